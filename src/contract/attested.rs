//! What attests an event, computed: its signature, or the time-stamp over it.

use super::examination::FaultKind;
use super::{Entry, Event};
use crate::ades::cades::{self, Content};
use crate::ades::{CertificateReference, Check, SignatureFacts, SignerFacts, TimestampFacts, TimestampKind};
use crate::cms::ContentDigests;
use crate::digest::Algorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Budget, Limits};
use crate::time::Time;
use crate::validation::{Context, Report, TimestampReport, validate, validate_time_stamp};

/// What attests one event.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attested {
    /// The number of the event.
    pub event: u32,
    /// What was computed.
    pub by: AttestedBy,
}

/// The facts of a signature, or of a time-stamp where nothing signs the event.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AttestedBy {
    /// A signature or a seal: the event says which.
    Signature(Box<SignatureFacts>),
    /// A time-stamp over the event.
    TimeStamp(Box<TimestampFacts>),
}

/// What validating an attestation gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AttestationReport {
    /// Of a signature or a seal.
    Signature(Report),
    /// Of a time-stamp over the event.
    TimeStamp(Box<TimestampReport>),
}

impl Attested {
    /// When a time-stamp says that the event existed, if there is one. Whether the authority is to be trusted, [`validate`](Self::validate) says.
    pub fn stated_time(&self) -> Option<Time> {
        match &self.by {
            AttestedBy::Signature(facts) => {
                let stamps = facts.timestamps.iter().filter(|stamp| stamp.kind == TimestampKind::Signature);
                stamps.map(|stamp| stamp.time).min()
            }
            AttestedBy::TimeStamp(facts) => Some(facts.time),
        }
    }

    /// Validates it (EN 319 102-1).
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when the certificates ask for more work than the budget has.
    pub fn validate(&self, context: &Context<'_>, budget: &mut Budget) -> Result<AttestationReport> {
        Ok(match &self.by {
            AttestedBy::Signature(facts) => {
                AttestationReport::Signature(validate(std::slice::from_ref(facts), context, budget)?)
            }
            AttestedBy::TimeStamp(facts) => {
                AttestationReport::TimeStamp(Box::new(validate_time_stamp(facts, context, budget)?))
            }
        })
    }
}

/// Why an attestation does not hold.
pub(super) type Refusal = (FaultKind, String);

/// What attests an event, if it is what the event says.
pub(super) fn attested(
    event: &Event,
    entry: &Entry,
    budget: &mut Budget,
) -> Result<std::result::Result<Option<AttestedBy>, Refusal>> {
    let refused = |kind, why: &str| Ok(Err((kind, why.to_owned())));
    match (&event.signed_by, &entry.signature, &entry.time_stamp) {
        (Some(_), None, _) => refused(FaultKind::SignatureMissing, "the event says that it is signed"),
        (None, Some(_), _) => refused(FaultKind::SignatureUnexpected, "the event says that nothing signs it"),
        (Some(_), Some(_), Some(_)) => {
            refused(FaultKind::TimeStampUnexpected, "what is signed has its time-stamp on the signature")
        }
        (Some(by), Some(signature), None) => {
            let facts = match or_limit(signature_facts(signature, &entry.octets, budget))? {
                Ok(facts) => facts,
                Err(error) => return Ok(Err((FaultKind::Signature, error.to_string()))),
            };
            if let Some(why) = refusal(&facts.signer) {
                return refused(FaultKind::Signature, why);
            }
            let certificate =
                facts.signer.certificate.as_ref().map(|certificate| certificate.digest(Algorithm::Sha256));
            if certificate != Some(by.certificate) {
                return refused(FaultKind::SignatureOfAnother, "the event names another certificate");
            }
            let mut stamps = facts.timestamps.iter().filter(|stamp| stamp.kind == TimestampKind::Signature).peekable();
            if event.time_stamped && stamps.peek().is_none() {
                return refused(FaultKind::TimeStampMissing, "the event says that its signature is time-stamped");
            }
            match stamps.find_map(stamp_refusal) {
                Some(why) => refused(FaultKind::TimeStamp, why),
                None => Ok(Ok(Some(AttestedBy::Signature(Box::new(facts))))),
            }
        }
        (None, None, Some(_)) if !event.time_stamped => {
            refused(FaultKind::TimeStampUnexpected, "the event says that it is not time-stamped")
        }
        (None, None, None) if event.time_stamped => {
            refused(FaultKind::TimeStampMissing, "the event says that it is time-stamped")
        }
        (None, None, None) => Ok(Ok(None)),
        (None, None, Some(token)) => {
            let stamped = ContentDigests::Octets(&entry.octets, &[]);
            let facts = match or_limit(cades::time_stamp(TimestampKind::Document, token, stamped, &[], budget))? {
                Ok(facts) => facts,
                Err(error) => return Ok(Err((FaultKind::TimeStamp, error.to_string()))),
            };
            match stamp_refusal(&facts) {
                Some(why) => refused(FaultKind::TimeStamp, why),
                None => Ok(Ok(Some(AttestedBy::TimeStamp(Box::new(facts))))),
            }
        }
    }
}

pub(super) fn signature_facts(signature: &[u8], octets: &[u8], budget: &mut Budget) -> Result<SignatureFacts> {
    let (is_detached, _) = cades::digest_algorithms(signature, &Limits::default())?;
    if !is_detached {
        return Err(Error::malformed("the signature is over a content of its own, and not over the event"));
    }
    let mut facts = cades::facts(signature, Content::Octets(octets), &[], budget)?;
    match (facts.pop(), facts.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Error::malformed("an event has one signature, and this has several")),
        (None, _) => Err(Error::malformed("an event has one signature, and this has none")),
    }
}

pub(super) fn refusal(signer: &SignerFacts) -> Option<&'static str> {
    match (signer.signature, signer.data, signer.reference) {
        (Check::Holds, Check::Holds, CertificateReference::Holds) => None,
        (_, Check::Broken, _) => Some("it is over something else"),
        (Check::Broken, _, _) => Some("it does not hold"),
        (Check::NotChecked, _, _) | (_, Check::NotChecked, _) => Some("it cannot be checked"),
        (_, _, CertificateReference::Absent) => Some("it does not say of which certificate it is"),
        (_, _, CertificateReference::Differs) => Some("it names another certificate"),
    }
}

pub(super) fn stamp_refusal(stamp: &TimestampFacts) -> Option<&'static str> {
    match stamp.imprint {
        Check::Holds => refusal(&stamp.signer),
        Check::Broken => Some("it is over something else"),
        Check::NotChecked => Some("it cannot be checked"),
    }
}

/// What cannot be read is a fault of the journal; what is too much work is an error.
fn or_limit<T>(result: Result<T>) -> Result<Result<T>> {
    match result {
        Err(error) if error.kind() == ErrorKind::LimitExceeded => Err(error),
        other => Ok(other),
    }
}
