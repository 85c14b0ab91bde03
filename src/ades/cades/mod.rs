//! CAdES (EN 319 122-1): signing in two moves, adding signers, time-stamps and what validates them later, and the facts of a
//! signature.

mod archive;
mod augment;
mod counter_signatures;
mod embedded;
mod evidence_record;
mod extract;
mod long_term;
mod older;
mod outline;
mod properties;
mod references;
mod signing;
mod time_stamps;

pub use augment::{
    ArchiveImprint, add_archive_time_stamp, add_signature_time_stamp, add_validation_material, archive_imprint,
    signature_values,
};
pub(crate) use augment::{SignerState, signer_states};
pub(crate) use evidence_record::{evidence_facts, evidence_facts_without_documents};
pub use extract::{Content, digest_algorithms, facts};
pub(crate) use extract::{attached_digest, facts_among, unwrapped};
pub use outline::{CertificateName, Outline, SignerOutline};
pub(crate) use signing::SigningContent;
pub(crate) use signing::usable;
pub use signing::{Prepared, Signing};
pub(crate) use time_stamps::time_stamp;
