//! Validation as EN 319 102-1 lays it out, one file per building block.
//!
//! Pure: facts, trust anchors, policy and a time go in, a [`Report`] comes out. Nothing here knows a format, reads a clock or
//! opens a socket.
//!
//! | clause | building block or process | file |
//! |---|---|---|
//! | 5.2.2 | format checking | `format_checking` |
//! | 5.2.3 | identification of the signing certificate | `signing_certificate` |
//! | 5.2.4 | validation context initialization | `validation_context`, `signature_policy` |
//! | 5.2.5 | revocation freshness checker | `revocation_freshness_checker` |
//! | 5.2.6 | X.509 certificate validation | `certificate_validation`, `revocation_status` |
//! | 5.2.7 | cryptographic verification | `cryptographic_verification` |
//! | 5.2.8 | signature acceptance validation | `signature_acceptance` |
//! | 5.3 | basic signatures | `basic_signature` |
//! | 5.4 | time-stamps | `time_stamp` |
//! | 5.5 | signatures with time | `signature_with_time` |
//! | 5.6.2.1 | past certificate validation | `past_certificate_validation` |
//! | 5.6.2.2 | validation time sliding | `validation_time_sliding` |
//! | 5.6.2.3 | POE extraction | `poe_extraction` |
//! | 5.6.2.4 | past signature validation | `past_signature_validation` |
//! | 5.6.3 | signatures with long term availability | `long_term_signature` |
//!
//! Evidence records (RFC 4998) of their own are validated by `evidence_record`. The archive time-stamps of those that a signature
//! carries are time-stamps of that signature (5.6.3.4).

mod basic_signature;
mod certificate;
mod certificate_validation;
mod cryptographic_verification;
mod evidence;
mod evidence_record;
mod evidence_renewal;
mod format_checking;
pub(crate) mod html;
mod indication;
mod json;
mod long_term_signature;
pub(crate) mod markup;
mod past_certificate_validation;
mod past_signature_validation;
mod poe_extraction;
mod policy;
mod report;
mod revocation_freshness_checker;
mod revocation_status;
mod signature_acceptance;
mod signature_policy;
mod signature_with_time;
mod signing_certificate;
mod text;
mod time_stamp;
mod until;
mod validation_context;
mod validation_time_sliding;
pub(crate) mod words;
mod xml;

pub use certificate::{CertificateReport, validate_certificate};
pub use evidence_record::{EvidenceReport, validate_evidence_record};
pub use evidence_renewal::{Renewal, RenewalDue, RenewalNeed, RenewalReason, renewal_need};
pub use indication::{Indication, SubIndication};
pub use policy::{
    HashRule, KeyRule, Policy, RequiredAttribute, RevocationRule, SignaturePolicyRule, TimeStampRule, Tolerance,
};
pub use report::{
    Accepted, Finding, PolicyIdentity, Rejected, Report, Severity, SignatureReport, SignerIdentity, TimestampReport,
};
pub use until::{Ending, Until, until_when};
pub use validation_context::Context;
pub use words::Language;

use crate::ades::{Material, SignatureFacts, SignerFacts, TimestampFacts};
use crate::digest::Digest;
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::path::Purpose;

use evidence::Evidence;

/// A signature that is being validated: a signer's or that of a time-stamp authority.
#[derive(Clone, Copy, Debug)]
struct Case<'a> {
    facts: &'a SignerFacts,
    purpose: Purpose,
    /// Its name in proofs of existence.
    object: Digest,
    evidence: &'a Evidence,
    context: &'a Context<'a>,
}

/// Validates every signature of a document, counter-signatures after those that they sign.
///
/// # Errors
///
/// `LimitExceeded` when the certificates ask for more work than the budget has.
pub fn validate(facts: &[SignatureFacts], context: &Context<'_>, budget: &mut Budget) -> Result<Report> {
    let mut signatures = Vec::new();
    for facts in facts {
        long_term_signature::validate(facts, None, context, &mut signatures, budget)?;
    }
    Report::new(context, signatures)
}

/// Validates one time-stamp (EN 319 102-1 5.4).
///
/// # Errors
///
/// `LimitExceeded` when the certificates ask for more work than the budget has.
pub fn validate_time_stamp(
    facts: &TimestampFacts,
    context: &Context<'_>,
    budget: &mut Budget,
) -> Result<TimestampReport> {
    time_stamp::validate(facts, &Evidence::new(&Material::NONE, context), context, budget)
}
