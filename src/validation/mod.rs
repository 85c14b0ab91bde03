//! Validation as EN 319 102-1 lays it out, one file per building block.
//!
//! Pure: facts, trust anchors, policy and a time go in, a [`Report`] comes out. Nothing here knows a format, reads a clock or
//! opens a socket. Implemented are basic signatures (5.3), time-stamps (5.4), signatures with time (5.5), signatures of which
//! the past is proven by archive time-stamps (5.6), and certificates by themselves (5.2.6).

mod basic_signature;
mod certificate;
mod certificate_validation;
mod cryptographic_verification;
mod evidence;
mod format_checking;
mod html;
mod indication;
mod json;
mod long_term_signature;
mod markup;
mod past_certificate_validation;
mod past_signature_validation;
mod policy;
mod proof_of_existence;
mod report;
mod revocation_freshness;
mod revocation_status;
mod signature_acceptance;
mod signature_with_time;
mod signing_certificate;
mod text;
mod time_stamp;
mod until;
mod validation_time_sliding;
mod words;
mod xml;

pub use certificate::{CertificateReport, validate_certificate};
pub use indication::{Indication, SubIndication};
pub use policy::{HashRule, KeyRule, Policy, RevocationRule, TimeStampRule, Tolerance};
pub use report::{
    Accepted, Finding, PolicyIdentity, Rejected, Report, Severity, SignatureReport, SignerIdentity, TimestampReport,
};
pub use until::{Ending, Until, until_when};
pub use words::Language;

use std::cell::Cell;
use std::fmt;

use crate::ades::{Material, SignatureFacts, SignerFacts, TimestampFacts};
use crate::digest::Digest;
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::TrustAnchors;
use crate::pki::path::{KnownPaths, PathFailure, PathQuery, Purpose, VerifiedPath, find_path};
use crate::time::Time;

use evidence::Evidence;

/// What every building block is given (EN 319 102-1 5.2.4, validation context initialization).
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    anchors: &'a TrustAnchors,
    policy: &'a Policy,
    time: Time,
    material: &'a Material,
    known: Known<'a>,
}

/// Paths that were found before, taken out for as long as one is looked for.
#[derive(Clone, Copy)]
struct Known<'a>(Option<&'a Cell<KnownPaths>>);

impl<'a> Context<'a> {
    /// A context: whom to trust, by which rules, and as of when.
    pub fn new(anchors: &'a TrustAnchors, policy: &'a Policy, time: Time) -> Self {
        const NOTHING: &Material = &Material::NONE;
        Self { anchors, policy, time, material: NOTHING, known: Known(None) }
    }

    /// Revocation information beside that of the document. The certificates in it are for whoever makes the facts.
    #[must_use]
    pub fn material(self, material: &'a Material) -> Self {
        Self { material, ..self }
    }

    /// Certification paths that were found before. They save work and change nothing else.
    #[must_use]
    pub fn known_paths(self, known: &'a mut KnownPaths) -> Self {
        Self { known: Known(Some(Cell::from_mut(known))), ..self }
    }

    fn find_path(&self, query: &PathQuery<'_>, budget: &mut Budget) -> std::result::Result<VerifiedPath, PathFailure> {
        let Known(Some(cell)) = self.known else { return find_path(query, budget) };
        let mut known = cell.take();
        let found = known.find(query, budget);
        cell.set(known);
        found
    }
}

impl fmt::Debug for Known<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "known paths" } else { "none" })
    }
}

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
