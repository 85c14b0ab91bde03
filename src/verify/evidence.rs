//! The paved path to the report on an evidence record.

use super::no_time;
use crate::ades::stored::{Facts, Subject};
use crate::ades::{EvidenceFacts, Material, cades};
use crate::digest::Algorithm;
use crate::error::{Error, Result};
use crate::evidence::{DataObject, EvidenceRecord};
use crate::limits::{Budget, Limits};
use crate::pki::TrustAnchors;
use crate::time::Time;
use crate::validation::{Context, EvidenceReport, Policy, RenewalNeed, renewal_need, validate_evidence_record};

/// Starts the verification of an evidence record (RFC 4998) of documents: one, or all or some of a group.
///
/// Without documents only the links between time-stamps are computed, and the record is INDETERMINATE at best.
pub fn verify_evidence<'a>(record: &'a [u8], documents: &'a [DataObject<'a>]) -> EvidenceVerification<'a> {
    EvidenceVerification {
        record,
        documents,
        anchors: None,
        material: None,
        time: None,
        policy: Policy::default(),
        limits: Limits::default(),
    }
}

/// A verification of an evidence record that is being specified.
#[must_use]
pub struct EvidenceVerification<'a> {
    record: &'a [u8],
    documents: &'a [DataObject<'a>],
    anchors: Option<&'a TrustAnchors>,
    material: Option<&'a Material>,
    time: Option<Time>,
    policy: Policy,
    limits: Limits,
}

impl<'a> EvidenceVerification<'a> {
    /// Whom to trust.
    pub fn trust(mut self, anchors: &'a TrustAnchors) -> Self {
        self.anchors = Some(anchors);
        self
    }

    /// Certificates, revocation lists and OCSP responses beside those that the tokens carry.
    pub fn material(mut self, material: &'a Material) -> Self {
        self.material = Some(material);
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

    /// Verifies, and says what was found.
    ///
    /// # Errors
    ///
    /// `Malformed` and `Unsupported` when this is no evidence record, or one of encrypted documents; `LimitExceeded` when it asks
    /// for too much work; `Misuse` without a time. A record that does not hold is no error.
    pub fn report(self) -> Result<EvidenceReport> {
        self.judged(false, validate_evidence_record)
    }

    /// Says whether the record holds, and what ends under its last time-stamp, so that it can be renewed before: a plan for an
    /// archive. Without documents it is taken for granted that they are those in its trees.
    ///
    /// # Errors
    ///
    /// As [`report`](Self::report).
    pub fn renewal_need(self) -> Result<RenewalNeed> {
        let without_documents = self.documents.is_empty();
        self.judged(without_documents, renewal_need)
    }

    /// What was found and not yet judged, as [`Verification::facts`](super::Verification::facts); judged by
    /// [`FactsVerification::evidence_report`](super::FactsVerification::evidence_report).
    ///
    /// # Errors
    ///
    /// As [`report`](Self::report).
    pub fn facts(self) -> Result<Facts> {
        let nothing = Material::default();
        let material = self.material.unwrap_or(&nothing);
        let budget = &mut Budget::new(&self.limits);
        let record = self.parsed(budget)?;
        let facts = cades::evidence_facts(&record, self.documents, &material.certificates, budget)?;
        Ok(Facts {
            document: Algorithm::Sha256.digest(self.record),
            content: self.documents.iter().flat_map(DataObject::known).collect(),
            material: material.to_owned(),
            subject: Subject::EvidenceRecord(Box::new(facts)),
        })
    }

    fn parsed(&self, budget: &mut Budget) -> Result<EvidenceRecord> {
        if self.record.len() > self.limits.document_octets {
            return Err(Error::limit("the evidence record is larger than the limit"));
        }
        EvidenceRecord::parse(self.record, budget)
    }

    fn judged<T>(
        self,
        without_documents: bool,
        judge: fn(&EvidenceFacts, &Context<'_>, &mut Budget) -> Result<T>,
    ) -> Result<T> {
        let time = self.time.ok_or_else(no_time)?;
        let budget = &mut Budget::new(&self.limits);
        let (nothing, nobody) = (Material::default(), TrustAnchors::none());
        let material = self.material.unwrap_or(&nothing);
        let record = self.parsed(budget)?;
        let facts = match without_documents {
            true => cades::evidence_facts_without_documents(&record, &material.certificates, budget)?,
            false => cades::evidence_facts(&record, self.documents, &material.certificates, budget)?,
        };
        let context = Context::new(self.anchors.unwrap_or(&nobody), &self.policy, time).material(material);
        judge(&facts, &context, budget)
    }
}
