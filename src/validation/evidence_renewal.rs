//! RFC 4998 5.2: until when an evidence record proves what it does on what is at hand, and which renewal it needs before.

use std::fmt;

use serde::Serialize;

use super::evidence::{Evidence, links};
use super::indication::Indication;
use super::report::{Finding, Severity};
use super::until::Ending;
use super::{Case, Context, validate_evidence_record};
use crate::ades::{EvidenceFacts, TimestampFacts};
use crate::digest::Algorithm;
use crate::error::Result;
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::Budget;
use crate::pki::path::Purpose;
use crate::time::Time;

/// How a record is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 4998 5.2")]
pub enum Renewal {
    /// A new time-stamp over the last one: before its certificates or the algorithm of its signature end.
    TimeStamp,
    /// A new hash tree over the documents and everything before: before the hash function ends.
    HashTree,
}

/// Something that ends, and the renewal that survives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RenewalReason {
    /// The last moment at which it holds.
    pub until: Time,
    /// What ends.
    pub ends: Ending,
    /// What is to be done before.
    pub renewal: Renewal,
}

/// Whether a record can be renewed, and everything that ends under its last time-stamp.
#[must_use]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RenewalNeed {
    /// Whether the record holds now. Where documents were not given it is taken for granted that they are the ones in the trees.
    pub indication: Indication,
    /// What keeps it from holding.
    pub findings: Vec<Finding>,
    /// The time of the last time-stamp.
    pub stamped: Option<Time>,
    /// What ends, the soonest first.
    pub reasons: Vec<RenewalReason>,
}

/// The renewal that a record needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RenewalDue {
    /// Which one.
    pub renewal: Renewal,
    /// The last moment for it.
    pub until: Time,
    /// Why: what ends before the time that was asked about.
    pub reasons: Vec<RenewalReason>,
}

impl RenewalNeed {
    /// The renewal that carries the record past a time, if it needs one: a hash-tree renewal, which is a new time-stamp as well,
    /// where the hash function ends before then.
    pub fn before(&self, time: Time) -> Option<RenewalDue> {
        let reasons: Vec<RenewalReason> = self.reasons.iter().filter(|reason| reason.until <= time).cloned().collect();
        let renewal = reasons.iter().map(|reason| reason.renewal).max()?;
        let until = reasons.iter().map(|reason| reason.until).min()?;
        Some(RenewalDue { renewal, until, reasons })
    }
}

/// Says whether a record holds as of the time of validation, and what ends under its last time-stamp by the policy.
///
/// # Errors
///
/// As [`validate_evidence_record`].
pub fn renewal_need(facts: &EvidenceFacts, context: &Context<'_>, budget: &mut Budget) -> Result<RenewalNeed> {
    let report = validate_evidence_record(facts, context, budget)?;
    let mut ends = Ends { context, reasons: Vec::new() };
    if let Some(last) = facts.timestamps.last() {
        ends.of(last, &Evidence::new(&facts.material, context), budget);
    }
    ends.reasons.sort_by_key(|reason| (reason.until, reason.renewal));
    ends.reasons.dedup();
    let fails = report.findings.into_iter().filter(|finding| finding.severity == Severity::Fail);
    Ok(RenewalNeed {
        indication: report.indication,
        findings: fails.collect(),
        stamped: facts.timestamps.last().map(|stamp| stamp.time),
        reasons: ends.reasons,
    })
}

struct Ends<'c> {
    context: &'c Context<'c>,
    reasons: Vec<RenewalReason>,
}

impl Ends<'_> {
    fn of(&mut self, stamp: &TimestampFacts, evidence: &Evidence, budget: &mut Budget) {
        if let Some(hash) = stamp.imprint_algorithm {
            self.hash(hash, Renewal::HashTree);
        }
        // The digest of the TSTInfo is under the signature, as that of any content.
        stamp.signer.content_hash.into_iter().for_each(|hash| self.hash(hash, Renewal::TimeStamp));
        let Some(certificate) = &stamp.signer.certificate else { return };
        let key = certificate.public_key().ok();
        if let (Some(algorithm), Some(key)) = (stamp.signer.algorithm, key) {
            self.signature(algorithm, key.algorithm());
        }
        let (purpose, context) = (Purpose::TimeStamping, self.context);
        let case = Case { facts: &stamp.signer, purpose, object: stamp.token, evidence, context };
        match context.find_path(&case.query(certificate, context.time), budget) {
            Ok(path) => {
                for link in links(&path) {
                    self.add(link.certificate.not_after(), Ending::Certificate(link.certificate.subject().to_string()));
                }
                path.signature_algorithms().iter().for_each(|(algorithm, key)| self.signature(*algorithm, *key));
            }
            // Without a path the record does not hold; what is known ends all the same.
            Err(_) => self.add(certificate.not_after(), Ending::Certificate(certificate.subject().to_string())),
        }
    }

    /// The policy is asked what is not reliable then, and answers until when it is.
    fn end_of_time(&self) -> Time {
        self.context.time.plus_seconds(i64::MAX)
    }

    fn add(&mut self, until: Time, ends: Ending) {
        self.reasons.push(RenewalReason { until, ends, renewal: Renewal::TimeStamp });
    }

    fn hash(&mut self, hash: Algorithm, renewal: Renewal) {
        let weakness = self.context.policy.weak_hash(hash, self.end_of_time(), String::new);
        if let Some(until) = weakness.and_then(|weakness| weakness.until) {
            self.reasons.push(RenewalReason { until, ends: Ending::Algorithm(hash.to_string()), renewal });
        }
    }

    fn signature(&mut self, algorithm: SignatureAlgorithm, key: KeyAlgorithm) {
        let weakness = self.context.policy.weakness(algorithm, key, self.end_of_time());
        if let Some(until) = weakness.and_then(|weakness| weakness.until) {
            self.add(until, Ending::Algorithm(format!("{algorithm} with a key of {key}")));
        }
    }
}

impl fmt::Display for Renewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimeStamp => "time-stamp",
            Self::HashTree => "hash tree",
        })
    }
}

impl fmt::Display for RenewalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} holds until {}", self.ends, self.until)
    }
}
