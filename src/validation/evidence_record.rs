//! RFC 4998 5.3: an evidence record, as a chain of time-stamps each of which proves that the one before is older.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::evidence::Evidence;
use super::indication::{Indication, SubIndication};
use super::policy::Tolerance;
use super::report::{Finding, PolicyIdentity, Severity, TimestampReport, sorted};
use super::{Context, time_stamp};
use crate::ades::{EvidenceFacts, Weight};
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::time::Time;

const CLAUSE: &str = "RFC 4998 5.3";

/// What was found about an evidence record.
#[must_use]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EvidenceReport {
    /// The time as of which it was validated.
    pub validation_time: Time,
    /// The policy by which it was validated.
    pub policy: PolicyIdentity,
    /// The conclusion: that of the worst of its time-stamps.
    pub indication: Indication,
    /// Whether every hash tree and every link holds; `None` when one could not be computed.
    pub imprint_intact: Option<bool>,
    /// Whether the signature of every token holds; `None` when one could not be computed.
    pub signature_intact: Option<bool>,
    /// Since when the documents are proven to have existed, where it passed.
    pub proven: Option<Time>,
    /// Its time-stamps, in the order in which they were made.
    pub timestamps: Vec<TimestampReport>,
    /// What was found on the way, the grave before the harmless.
    pub findings: Vec<Finding>,
}

/// Validates an evidence record: the last time-stamp as of the time of validation, and every other by what those after it prove.
///
/// # Errors
///
/// `LimitExceeded` when the certificates ask for more work than the budget has.
pub fn validate_evidence_record(
    facts: &EvidenceFacts,
    context: &Context<'_>,
    budget: &mut Budget,
) -> Result<EvidenceReport> {
    let mut evidence = Evidence::new(&facts.material, context);
    let (mut timestamps, mut findings) = (Vec::new(), Vec::new());
    for timestamp in facts.timestamps.iter().rev() {
        let report = time_stamp::validate(timestamp, &evidence, context, budget)?;
        if report.indication == Indication::Passed {
            evidence.proofs.extract(timestamp);
        }
        timestamps.push(report);
    }
    timestamps.reverse();
    for (number, timestamp) in timestamps.iter().enumerate() {
        if timestamp.indication != Indication::Passed {
            let sub = timestamp.indication.sub_indication().map(|sub| format!("/{sub}")).unwrap_or_default();
            let message = format!("archive time-stamp {} is {}{sub}", number + 1, timestamp.indication.name());
            findings.push(Finding::fail(CLAUSE, message));
            let fails = timestamp.findings.iter().filter(|finding| finding.severity == Severity::Fail);
            let said = fails.map(|finding| Finding::fail(finding.clause.to_string(), finding.message.as_str()));
            findings.extend(said);
        }
    }
    let mut constraints = Indication::Passed;
    for defect in &facts.defects {
        let refused = match defect.weight {
            Weight::Remark => false,
            Weight::Departure => context.policy.departures == Tolerance::Refuse,
            Weight::Constraint | Weight::Format => true,
        };
        if refused {
            constraints = Indication::Indeterminate(SubIndication::SigConstraintsFailure);
            findings.push(Finding::fail(defect.clause.clone(), defect.what.as_str()));
        } else {
            findings.push(Finding::info(defect.clause.clone(), defect.what.as_str()));
        }
    }
    if facts.others > 0 {
        let message =
            format!("{} other hashes stand beside those of the given documents in the first list", facts.others);
        findings.push(Finding::info("RFC 4998 4.3", message));
    }
    let none = Indication::Indeterminate(SubIndication::SignedDataNotFound);
    let indication = timestamps.iter().map(|timestamp| timestamp.indication).max().unwrap_or(none).max(constraints);
    let first = timestamps.first().map(|timestamp| timestamp.time);
    Ok(EvidenceReport {
        validation_time: context.time,
        policy: PolicyIdentity::of(context.policy)?,
        indication,
        imprint_intact: all(timestamps.iter().map(|timestamp| timestamp.imprint_intact)),
        signature_intact: all(timestamps.iter().map(|timestamp| timestamp.signature_intact)),
        proven: first.filter(|_| indication == Indication::Passed),
        timestamps,
        findings: sorted(findings),
    })
}

/// Whether all are true; one that is false outweighs one that is unknown.
fn all(checks: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let checks: Vec<Option<bool>> = checks.collect();
    match checks.contains(&Some(false)) {
        true => Some(false),
        false => checks.iter().all(Option::is_some).then_some(true),
    }
}

impl EvidenceReport {
    /// The report as one JSON object.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts, truth values and lists.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::misuse("the report cannot be written").because(error))
    }
}

impl Serialize for EvidenceReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("EvidenceRecord", 10)?;
        object.serialize_field("schema", "seing-evidence-report/1")?;
        object.serialize_field("validation_time", &self.validation_time)?;
        object.serialize_field("policy", &self.policy)?;
        object.serialize_field("indication", self.indication.name())?;
        object.serialize_field("sub_indication", &self.indication.sub_indication().map(|sub| sub.to_string()))?;
        object.serialize_field("imprint_intact", &self.imprint_intact)?;
        object.serialize_field("signature_intact", &self.signature_intact)?;
        object.serialize_field("proven_time", &self.proven)?;
        object.serialize_field("timestamps", &self.timestamps)?;
        object.serialize_field("findings", &self.findings)?;
        object.end()
    }
}

impl fmt::Display for EvidenceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.timestamps.len();
        let plural = if count == 1 { "" } else { "s" };
        let (indication, time) = (self.indication, self.validation_time);
        write!(f, "Evidence record: {}", indication.name())?;
        if let Some(sub_indication) = indication.sub_indication() {
            write!(f, " · {sub_indication}")?;
        }
        writeln!(f, " · {count} archive time-stamp{plural}, validated as of {time}")?;
        if let Some(proven) = self.proven {
            writeln!(f, "  the documents existed at {proven}")?;
        }
        for timestamp in &self.timestamps {
            write!(f, "{timestamp}")?;
        }
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}
