//! EN 319 102-1 5.5: validation process for signatures with time.

use super::indication::{Indication, SubIndication};
use super::policy::TimeStampRule;
use super::report::{Finding, Severity, SignatureReport, SignerIdentity, TimestampReport};
use super::time_stamp::{self, intact};
use super::{Context, basic_signature};
use crate::ades::{SignatureFacts, SignerFacts, TimestampKind};
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::path::Purpose;
use crate::time::Time;

const CLAUSE: &str = "EN 319 102-1 5.5.4";

/// 5.5.4. By the default policy every time-stamp that is there must hold: one that does not leaves the signature INDETERMINATE,
/// where the standard goes on without it.
pub(super) fn validate(facts: &SignatureFacts, context: &Context<'_>, budget: &mut Budget) -> Result<SignatureReport> {
    let (mut findings, mut stamp_findings) = (Vec::new(), Vec::new());
    let timestamps = facts
        .timestamps
        .iter()
        .map(|timestamp| time_stamp::validate(timestamp, context, budget))
        .collect::<Result<Vec<_>>>()?;
    let stamps = check_time_stamps(&timestamps, context, &mut stamp_findings);
    let best_signature_time = times(&timestamps, TimestampKind::Signature).min();
    let mut indication =
        basic_signature::validate(&facts.signer, Purpose::Signing, context.time, context, &mut findings, budget)?;
    if let (Indication::Indeterminate(SubIndication::OutOfBoundsNoPoe), Some(time)) = (indication, best_signature_time)
    {
        indication = within_validity(facts, time, context, &mut findings, budget)?;
    }
    check_claimed_time(facts.attributes.signing_time, best_signature_time, &mut findings);
    let indication = conclude(indication, stamps);
    findings.extend(stamp_findings);
    findings.sort_by_key(|finding| finding.severity);
    Ok(SignatureReport {
        format: facts.format,
        level: facts.level,
        indication,
        signature_intact: intact(facts.signer.signature),
        data_intact: intact(facts.signer.data),
        algorithm: algorithm(&facts.signer),
        claimed_signing_time: facts.attributes.signing_time,
        best_signature_time,
        signer: facts.signer.certificate.as_ref().map(|certificate| SignerIdentity {
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
            serial: certificate.serial_hex(),
        }),
        timestamps,
        findings,
    })
}

/// What the signature itself did not pass weighs more than its time-stamps, and a failure more than anything open.
fn conclude(signature: Indication, stamps: Indication) -> Indication {
    match signature {
        Indication::Passed => stamps,
        other => other,
    }
}

fn times(timestamps: &[TimestampReport], kind: TimestampKind) -> impl Iterator<Item = Time> {
    let passed =
        move |timestamp: &&TimestampReport| timestamp.kind == kind && timestamp.indication == Indication::Passed;
    timestamps.iter().filter(passed).map(|timestamp| timestamp.time)
}

/// Each holds, and content time-stamps are not younger than signature time-stamps.
fn check_time_stamps(timestamps: &[TimestampReport], context: &Context<'_>, findings: &mut Vec<Finding>) -> Indication {
    let mut indication = Indication::Passed;
    for timestamp in timestamps.iter().filter(|timestamp| timestamp.indication != Indication::Passed) {
        let tsa = timestamp.tsa.as_deref().unwrap_or("an unknown authority");
        let sub = timestamp.indication.sub_indication().map(|sub| format!("/{sub}")).unwrap_or_default();
        let message = format!("the time-stamp of {} by {tsa} is {}{sub}", timestamp.time, timestamp.indication.name());
        if context.policy.time_stamps == TimeStampRule::LeaveAside {
            findings.push(Finding::warn(CLAUSE, format!("{message}, and is left aside")));
            continue;
        }
        findings.push(Finding::fail(CLAUSE, message));
        for finding in timestamp.findings.iter().filter(|finding| finding.severity == Severity::Fail) {
            findings.push(Finding::fail(finding.clause, format!("time-stamp: {}", finding.message)));
        }
        indication = Indication::Indeterminate(SubIndication::SigConstraintsFailure);
    }
    let last_content = times(timestamps, TimestampKind::Content).max();
    let first_signature = times(timestamps, TimestampKind::Signature).min();
    if last_content.zip(first_signature).is_some_and(|(content, signature)| content > signature) {
        findings.push(Finding::fail(CLAUSE, "a content time-stamp is younger than a signature time-stamp"));
        indication = Indication::Indeterminate(SubIndication::TimestampOrderFailure);
    }
    indication
}

/// The certificate is out of its validity now: was it within when the time-stamp proves that the signature existed?
fn within_validity(
    facts: &SignatureFacts,
    best_signature_time: Time,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Indication> {
    let Some(certificate) = &facts.signer.certificate else {
        return Ok(Indication::Indeterminate(SubIndication::NoSigningCertificateFound));
    };
    if best_signature_time < certificate.not_before() {
        let message = format!("the signature existed at {best_signature_time}, before its certificate was valid");
        findings.push(Finding::fail(CLAUSE, message));
        return Ok(Indication::Failed(SubIndication::NotYetValid));
    }
    let mut then = Vec::new();
    let indication =
        basic_signature::validate(&facts.signer, Purpose::Signing, best_signature_time, context, &mut then, budget)?;
    if indication == Indication::Passed {
        // What kept it from passing today does not, as of the time that is proven.
        findings.retain(|finding| finding.severity != Severity::Fail);
        let message = format!(
            "the certificate has expired since; it was valid at {best_signature_time}, which a time-stamp proves"
        );
        findings.push(Finding::info(CLAUSE, message));
    }
    Ok(indication)
}

fn check_claimed_time(claimed: Option<Time>, proven: Option<Time>, findings: &mut Vec<Finding>) {
    if let (Some(claimed), Some(proven)) = (claimed, proven)
        && claimed > proven.plus_seconds(CLOCK_TOLERANCE)
    {
        let message = format!("the signer claims {claimed}, but the signature existed already at {proven}");
        findings.push(Finding::warn(CLAUSE, message));
    }
}

/// Clocks of signer and authority may differ by so many seconds before it is worth a word.
const CLOCK_TOLERANCE: i64 = 300;

fn algorithm(facts: &SignerFacts) -> Option<String> {
    let algorithm = facts.algorithm?;
    let key = facts.certificate.as_ref().and_then(|certificate| certificate.public_key().ok());
    Some(key.map_or_else(|| algorithm.to_string(), |key| key.name_of(algorithm)))
}
