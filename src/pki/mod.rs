//! The public key infrastructure: certificates, trust anchors, certification paths, revocation.
//!
//! Nothing here reads a clock, a file or a network: a path is a function of certificates, anchors, an instant and a budget.

mod anchors;
mod certificate;
pub mod crl;
mod distribution;
mod extensions;
mod general_name;
pub mod issue;
mod name;
mod name_constraints;
pub mod ocsp;
pub mod path;
mod qc_statements;
pub mod revocation;
mod signed;
pub mod throwaway;

pub use anchors::TrustAnchors;
pub use certificate::Certificate;
pub use distribution::{Reason, Reasons};
pub use extensions::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
pub use name::Name;
pub use qc_statements::{LimitValue, QcStatements};
