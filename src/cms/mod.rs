//! CMS SignedData (RFC 5652): parsed with the original octets kept, examined signer by signer, and built.

mod attributes;
mod build;
mod examine;
mod signed_data;

pub(crate) use attributes::{Attribute, SignedAttributes};
pub(crate) use build::{Additions, SignerParts, attribute, encapsulated, signed_attributes, signed_data};
pub use examine::{CertificateReference, Check, Defect, Weight};
pub(crate) use examine::{ContentDigests, Examination, examine, examine_counter_signature};
pub(crate) use signed_data::{SignedData, SignerIdentifier, SignerInfo};
