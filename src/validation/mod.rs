//! Validation as EN 319 102-1 lays it out, one file per building block.
//!
//! Pure: facts, trust anchors, policy and a time go in, a [`Report`] comes out. Nothing here knows a format, reads a clock or
//! opens a socket. Implemented are basic signatures (5.3), time-stamps (5.4), signatures with time (5.5) and certificates by
//! themselves (5.2.6). What revocation would decide is said to be not checked, and never passed.

mod basic_signature;
mod certificate;
mod certificate_validation;
mod cryptographic_verification;
mod format_checking;
mod indication;
mod json;
mod policy;
mod report;
mod signature_acceptance;
mod signature_with_time;
mod signing_certificate;
mod text;
mod time_stamp;

pub use certificate::{CertificateReport, validate_certificate};
pub use indication::{Indication, SubIndication};
pub use policy::{HashRule, KeyRule, Policy, RevocationRule, TimeStampRule, Tolerance};
pub use report::{
    Accepted, Finding, PolicyIdentity, Rejected, Report, Severity, SignatureReport, SignerIdentity, TimestampReport,
};

use crate::ades::{SignatureFacts, TimestampFacts};
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::TrustAnchors;
use crate::time::Time;

/// What every building block is given (EN 319 102-1 5.2.4, validation context initialization).
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    anchors: &'a TrustAnchors,
    policy: &'a Policy,
    time: Time,
}

impl<'a> Context<'a> {
    /// A context: whom to trust, by which rules, and as of when.
    pub fn new(anchors: &'a TrustAnchors, policy: &'a Policy, time: Time) -> Self {
        Self { anchors, policy, time }
    }
}

/// Validates every signature of a document.
///
/// # Errors
///
/// `LimitExceeded` when the certificates ask for more work than the budget has.
pub fn validate(facts: &[SignatureFacts], context: &Context<'_>, budget: &mut Budget) -> Result<Report> {
    let signatures =
        facts.iter().map(|facts| signature_with_time::validate(facts, context, budget)).collect::<Result<Vec<_>>>()?;
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
    time_stamp::validate(facts, context, budget)
}
