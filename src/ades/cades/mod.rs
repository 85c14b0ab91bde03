//! CAdES (EN 319 122-1): signing in two moves, adding signers and time-stamps, and the facts of a signature.

mod archive;
mod augment;
mod counter_signatures;
mod extract;
mod long_term;
mod outline;
mod properties;
mod references;
mod signing;
mod time_stamps;

pub use augment::{add_signature_time_stamp, signature_values};
pub(crate) use extract::unwrapped;
pub use extract::{Content, digest_algorithms, facts};
pub use outline::{CertificateName, Outline, SignerOutline};
pub(crate) use signing::SigningContent;
pub(crate) use signing::usable;
pub use signing::{Prepared, Signing};
pub(crate) use time_stamps::time_stamp;
