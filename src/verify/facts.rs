//! From stored facts to a report.

use crate::ades::stored::{Facts, Subject};
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};
use crate::pki::TrustAnchors;
use crate::time::Time;
use crate::validation::{
    Context, EvidenceReport, Indication, Policy, Report, TimestampReport, until_when, validate,
    validate_evidence_record, validate_time_stamp,
};

/// Starts the judgement of facts that were stored.
///
/// By the same trust anchors, policy and time the report is the same, octet for octet, as that on the document itself. The
/// mathematics is not done again: the report is as good as the facts, which nothing but their keeper protects.
///
/// See the example of [`Facts`].
pub fn verify_facts(facts: &Facts) -> FactsVerification<'_> {
    FactsVerification {
        facts,
        anchors: None,
        time: None,
        policy: Policy::default(),
        limits: Limits::default(),
        signers: 1,
        until_when: false,
        signature_policies: Vec::new(),
    }
}

/// A judgement of stored facts that is being specified.
#[must_use]
pub struct FactsVerification<'a> {
    facts: &'a Facts,
    anchors: Option<&'a TrustAnchors>,
    time: Option<Time>,
    policy: Policy,
    limits: Limits,
    signers: usize,
    until_when: bool,
    signature_policies: Vec<&'a [u8]>,
}

impl<'a> FactsVerification<'a> {
    /// Whom to trust.
    pub fn trust(mut self, anchors: &'a TrustAnchors) -> Self {
        self.anchors = Some(anchors);
        self
    }

    /// The time as of which to validate.
    pub fn at(mut self, time: Time) -> Self {
        self.time = Some(time);
        self
    }

    /// The policy to validate by, in place of the library's default.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The limits to stay within, in place of the default ones.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How many signers there must be, as in [`Verification::signers`](super::Verification::signers).
    pub fn signers(mut self, required: usize) -> Self {
        self.signers = required;
        self
    }

    /// The document of a signature policy, as [`Verification::signature_policy`](super::Verification::signature_policy).
    pub fn signature_policy(mut self, document: &'a [u8]) -> Self {
        self.signature_policies.push(document);
        self
    }

    /// Says too until when the document goes on passing, as [`Verification::until_when`](super::Verification::until_when).
    pub fn until_when(mut self) -> Self {
        self.until_when = true;
        self
    }

    /// The report on the signatures.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when the certificates ask for too much work; `Misuse` without a time, and when the facts are those of a
    /// time-stamp.
    pub fn report(self) -> Result<Report> {
        let Subject::Signatures(signatures) = &self.facts.subject else {
            return Err(Error::misuse("these are not the facts of signatures").with(self.subject()));
        };
        self.judge(|context, budget| {
            let mut report = validate(signatures, context, budget)?;
            report.require_signers(self.signers);
            if self.until_when && report.indication() == Indication::Passed {
                report.until = until_when(signatures, context, &self.limits)?.map(Box::new);
            }
            Ok(report)
        })
    }

    /// The report on the time-stamp, where the facts are those of one.
    ///
    /// # Errors
    ///
    /// As [`report`](Self::report), the other way round.
    pub fn time_stamp_report(self) -> Result<TimestampReport> {
        let Subject::TimeStamp(time_stamp) = &self.facts.subject else {
            return Err(Error::misuse("these are not the facts of a time-stamp").with(self.subject()));
        };
        self.judge(|context, budget| validate_time_stamp(time_stamp, context, budget))
    }

    /// The report on the evidence record, where the facts are those of one.
    ///
    /// # Errors
    ///
    /// As [`report`](Self::report), the other way round.
    pub fn evidence_report(self) -> Result<EvidenceReport> {
        let Subject::EvidenceRecord(record) = &self.facts.subject else {
            return Err(Error::misuse("these are not the facts of an evidence record").with(self.subject()));
        };
        self.judge(|context, budget| validate_evidence_record(record, context, budget))
    }

    fn subject(&self) -> &'static str {
        match self.facts.subject {
            Subject::Signatures(_) => "of signatures",
            Subject::TimeStamp(_) => "of a time-stamp",
            Subject::EvidenceRecord(_) => "of an evidence record",
        }
    }

    fn judge<T>(&self, validate: impl FnOnce(&Context<'_>, &mut Budget) -> Result<T>) -> Result<T> {
        let time = self.time.ok_or_else(super::no_time)?;
        let nobody = TrustAnchors::none();
        let context = Context::new(self.anchors.unwrap_or(&nobody), &self.policy, time)
            .material(&self.facts.material)
            .signature_policies(&self.signature_policies);
        validate(&context, &mut Budget::new(&self.limits))
    }
}
