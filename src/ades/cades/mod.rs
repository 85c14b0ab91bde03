//! CAdES (EN 319 122-1): signing in two moves, adding signers and time-stamps, and the facts of a signature.

mod augment;
mod extract;
mod outline;
mod properties;
mod signing;

pub use augment::{add_signature_time_stamp, signature_values};
pub use extract::{Content, digest_algorithms, facts};
pub(crate) use extract::{time_stamp, unwrapped};
pub use outline::{CertificateName, Outline, SignerOutline};
pub(crate) use signing::SigningContent;
pub(crate) use signing::usable;
pub use signing::{Prepared, Signing};
