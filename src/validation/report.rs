//! What was found: for each signature a conclusion, what it rests on, and every finding on the way.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Serialize;

use super::indication::{Indication, SubIndication};
use super::{Context, Policy, Until};
use crate::ades::{Format, Level, TimestampKind};
use crate::digest::Digest;
use crate::error::Error;
use crate::time::Time;

/// The outcome of validating a document. The only way from it to "yes" is [`require_passed`](Self::require_passed).
#[must_use]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The time as of which the document was validated.
    pub validation_time: Time,
    /// The policy by which it was validated.
    pub policy: PolicyIdentity,
    /// Whether digests of the content stood for the content itself, which was elsewhere.
    pub content_by_digest: bool,
    /// One report per signature, in the order of the document.
    pub signatures: Vec<SignatureReport>,
    /// Until when it goes on passing on the present evidence, where that was asked and it passes.
    pub until: Option<Box<Until>>,
}

/// A policy, by its name and the SHA-256 of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PolicyIdentity {
    /// Its name.
    pub name: String,
    /// The digest, as in `sha256:…`.
    pub digest: String,
}

impl PolicyIdentity {
    pub(super) fn of(policy: &Policy) -> Result<Self, Error> {
        let digest = policy.digest()?;
        Ok(Self { name: policy.name.to_owned(), digest: format!("{}:{}", digest.algorithm(), digest.to_hex()) })
    }
}

/// What was found about one signature.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignatureReport {
    /// Its format.
    pub format: Format,
    /// The level that its attributes amount to, whether or not they hold.
    pub level: Level,
    /// The place among the report's signatures of the one that this one counter-signs (RFC 5652 §11.4).
    pub counter_signature_of: Option<usize>,
    /// The [`object_digest`](crate::ades::object_digest) of its value, which tells it from others.
    pub value: Digest,
    /// The conclusion.
    pub indication: Indication,
    /// Whether the signature value holds over what was signed; `None` when it could not be computed.
    pub signature_intact: Option<bool>,
    /// Whether the content is the one that was signed; `None` when it could not be computed.
    pub data_intact: Option<bool>,
    /// The algorithm, as in `ecdsa-p256-sha256`.
    pub algorithm: Option<String>,
    /// When the signer claims to have signed.
    pub claimed_signing_time: Option<Time>,
    /// The earliest time at which a valid time-stamp proves that the signature existed.
    pub best_signature_time: Option<Time>,
    /// Whose certificate it is.
    pub signer: Option<SignerIdentity>,
    /// Its time-stamps.
    pub timestamps: Vec<TimestampReport>,
    /// What was found on the way, the grave before the harmless.
    pub findings: Vec<Finding>,
}

/// Whose certificate it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SignerIdentity {
    /// The subject of the certificate (RFC 4514).
    pub subject: String,
    /// The issuer of the certificate (RFC 4514).
    pub issuer: String,
    /// The serial number in hexadecimal.
    pub serial: String,
    /// The SHA-256 of the certificate.
    #[serde(skip)]
    pub certificate: Digest,
}

/// What was found about one time-stamp.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TimestampReport {
    /// What it covers.
    pub kind: TimestampKind,
    /// The time that it states.
    pub time: Time,
    /// The [`object_digest`](crate::ades::object_digest) of the token, which tells it from others.
    pub token: Digest,
    /// The conclusion.
    pub indication: Indication,
    /// Whether it is over what it should be over; `None` when it could not be computed.
    pub imprint_intact: Option<bool>,
    /// Whether the authority's signature holds; `None` when it could not be computed.
    pub signature_intact: Option<bool>,
    /// The authority: the subject of its certificate.
    pub tsa: Option<String>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// One observation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The clause that it is measured by.
    pub clause: Cow<'static, str>,
    /// How much it weighs.
    pub severity: Severity,
    /// What was observed, in a sentence.
    pub message: String,
}

/// How much a [`Finding`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "closed: it decides, it warns, or it informs")]
pub enum Severity {
    /// It keeps the signature from passing.
    Fail,
    /// Somebody should know.
    Warn,
    /// For the record.
    Info,
}

impl Finding {
    pub(super) fn new(severity: Severity, clause: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { clause: clause.into(), severity, message: message.into() }
    }

    pub(super) fn fail(clause: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Fail, clause, message)
    }

    pub(super) fn warn(clause: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warn, clause, message)
    }

    pub(super) fn info(clause: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, clause, message)
    }
}

/// The grave before the harmless, and each once, where it was found first.
pub(super) fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert(finding.clone()));
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// A report whose every signature passed, of which there is at least one.
#[derive(Clone, Debug)]
pub struct Accepted(Report);

/// A report that is no acceptance, and the indication that decided so.
#[derive(Clone, Debug, thiserror::Error)]
#[error("not accepted: {indication}")]
#[non_exhaustive]
pub struct Rejected {
    /// The worst indication, or INDETERMINATE/SIGNED_DATA_NOT_FOUND when there is no signature.
    pub indication: Indication,
    /// The report.
    pub report: Report,
}

impl Report {
    pub(super) fn new(context: &Context<'_>, signatures: Vec<SignatureReport>) -> Result<Self, Error> {
        let policy = PolicyIdentity::of(context.policy)?;
        Ok(Self { validation_time: context.time, policy, content_by_digest: false, signatures, until: None })
    }

    /// The conclusion over all signatures: the worst one. No signature is no acceptance.
    pub fn indication(&self) -> Indication {
        let none = Indication::Indeterminate(SubIndication::SignedDataNotFound);
        self.signatures.iter().map(|signature| signature.indication).max().unwrap_or(none)
    }

    /// The proof that every signature passed and that there is one.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with the worst indication and the report.
    pub fn require_passed(self) -> Result<Accepted, Rejected> {
        match self.indication() {
            Indication::Passed => Ok(Accepted(self)),
            indication => Err(Rejected { indication, report: self }),
        }
    }

    /// Lowers every signature that passed, because fewer people signed than must have. Who signs twice is one, and who
    /// counter-signs does not sign the content.
    pub(crate) fn require_signers(&mut self, required: usize) {
        let signatures = self.signatures.iter().filter(|signature| signature.counter_signature_of.is_none());
        let known = signatures.clone().filter_map(|signature| signature.signer.as_ref());
        let unknown = signatures.count() - known.clone().count();
        let found = unknown + known.map(|signer| (&signer.issuer, &signer.serial)).collect::<HashSet<_>>().len();
        if found >= required {
            return;
        }
        for signature in &mut self.signatures {
            let message = format!("{required} signers are required and {found} found");
            signature.findings.insert(0, Finding::fail("EN 319 102-1 5.2.8", message));
            if signature.indication == Indication::Passed {
                signature.indication = Indication::Indeterminate(SubIndication::SigConstraintsFailure);
            }
        }
    }
}

impl Accepted {
    /// The report that was accepted.
    pub fn report(&self) -> &Report {
        &self.0
    }
}
