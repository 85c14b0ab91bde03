//! EN 319 102-1 5.6.3: validation process for signatures providing long term availability and integrity of validation material.

use std::cmp::Reverse;

use super::basic_signature::{self, Basic};
use super::evidence::Evidence;
use super::indication::{Indication, SubIndication};
use super::policy::TimeStampRule;
use super::report::{Finding, Severity, SignatureReport, SignerIdentity, TimestampReport, sorted};
use super::time_stamp::{self, intact};
use super::{Case, Context, past_signature_validation, signature_acceptance, signature_policy, signature_with_time};
use crate::ades::{SignatureFacts, SignerFacts, TimestampFacts, TimestampKind};
use crate::digest::Algorithm;
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::path::Purpose;
use crate::time::Time;

const CLAUSE: &str = "EN 319 102-1 5.6.3.4";
const CLAUSE_WITH_TIME: &str = "EN 319 102-1 5.5.4";
const CLAUSE_BASIC: &str = "EN 319 102-1 5.3.4";

/// A signature that another one signs.
pub(super) struct Countersigned<'a> {
    /// Its place in the report.
    place: usize,
    evidence: &'a Evidence,
}

/// 5.6.3.4: first the time-stamps, the latest first, so that each finds what later ones prove; then the signature as of today
/// (5.3), as of the time that is proven (5.5), and by what its certificates are known to have been (5.6.2.4).
///
/// By the default policy every time-stamp that is there must hold: one that does not leaves the signature INDETERMINATE, where the
/// standard goes on without it.
pub(super) fn validate(
    facts: &SignatureFacts,
    countersigned: Option<&Countersigned<'_>>,
    context: &Context<'_>,
    reports: &mut Vec<SignatureReport>,
    budget: &mut Budget,
) -> Result<()> {
    let mut evidence = Evidence::new(&facts.material, context);
    if let Some(countersigned) = countersigned {
        evidence.proofs = countersigned.evidence.proofs.clone();
    }
    let timestamps = validate_time_stamps(&facts.timestamps, &mut evidence, context, budget)?;
    let (mut findings, mut stamp_findings) = (Vec::new(), Vec::new());
    let stamps = check_time_stamps(&facts.timestamps, &timestamps, context, &mut stamp_findings);

    let case =
        Case { facts: &facts.signer, purpose: Purpose::Signing, object: facts.value, evidence: &evidence, context };
    let best_signature_time = evidence.proofs.proven(&facts.value);
    let basic = basic_signature::validate(&case, context.time, &mut findings, budget)?;
    let signature = match created_too_late(&basic, &case, &timestamps, &mut findings) {
        Some(failure) => failure,
        None => in_the_past(&case, &basic, best_signature_time, &mut findings, budget)?,
    };
    check_claimed_time(facts.attributes.signing_time, best_signature_time, &mut findings);
    let policy = signature_policy::check(facts.attributes.policy.as_ref(), context, &mut findings);
    // EN 319 122-1 has no levels of counter-signatures.
    let required = match countersigned {
        None => signature_acceptance::check_required(facts, &timestamps, context, &mut findings),
        Some(_) => Indication::Passed,
    };
    // What the signature itself did not pass weighs more than its time-stamps.
    let in_order = [signature, policy, required, stamps];
    let indication = in_order.into_iter().find(|one| *one != Indication::Passed).unwrap_or(Indication::Passed);
    findings.extend(stamp_findings);
    let findings = sorted(findings);

    let place = reports.len();
    reports.push(SignatureReport {
        format: facts.format,
        level: facts.level,
        value: facts.value,
        counter_signature_of: countersigned.map(|countersigned| countersigned.place),
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
            certificate: certificate.digest(Algorithm::Sha256),
        }),
        timestamps,
        findings,
    });
    let countersigned = Countersigned { place, evidence: &evidence };
    for counter in &facts.counter_signatures {
        validate(counter, Some(&countersigned), context, reports, budget)?;
    }
    Ok(())
}

/// Each time-stamp after those that are younger, and in the order of the document in the end.
fn validate_time_stamps(
    facts: &[TimestampFacts],
    evidence: &mut Evidence,
    context: &Context<'_>,
    budget: &mut Budget,
) -> Result<Vec<TimestampReport>> {
    let mut order: Vec<(usize, &TimestampFacts)> = facts.iter().enumerate().collect();
    // Of two in one second, the one that is over more was made later.
    order.sort_by_key(|(place, facts)| Reverse((facts.time, extent(facts.kind), *place)));
    let mut reports = Vec::new();
    for (place, facts) in order {
        let report = time_stamp::validate(facts, evidence, context, budget)?;
        if report.indication == Indication::Passed {
            evidence.proofs.extract(facts);
        }
        reports.push((place, report));
    }
    reports.sort_by_key(|(place, _)| *place);
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

fn extent(kind: TimestampKind) -> u8 {
    match kind {
        TimestampKind::Content | TimestampKind::Document => 0,
        TimestampKind::Signature => 1,
        TimestampKind::Refs => 2,
        TimestampKind::Archive | TimestampKind::Evidence => 3,
    }
}

/// What is not as it should be today: was it, when the signature is known to have existed?
fn in_the_past(
    case: &Case<'_>,
    basic: &Basic,
    best_signature_time: Option<Time>,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Indication> {
    if let Some(failure) = signature_with_time::check_issuance(case, basic, best_signature_time, findings) {
        return Ok(failure);
    }
    if basic.indication == Indication::Passed || !basic.depends_on_time {
        return Ok(basic.indication);
    }
    if let Some(time) = best_signature_time
        && let Some(indication) = signature_with_time::validate(case, basic, time, findings, budget)?
    {
        return Ok(indication);
    }
    past_signature_validation::validate(case, basic.indication, findings, budget)
}

/// 5.3.4: a content time-stamp proves that the signature was made after it: after its certificate was revoked or had expired, or
/// when its algorithms were no longer reliable, it fails for good.
fn created_too_late(
    basic: &Basic,
    case: &Case<'_>,
    timestamps: &[TimestampReport],
    findings: &mut Vec<Finding>,
) -> Option<Indication> {
    let certificate = case.facts.certificate.as_ref()?;
    let content = times(timestamps, TimestampKind::Content).max()?;
    if !basic.depends_on_time {
        return None;
    }
    let (what, sub_indication) = if basic.revoked.is_some_and(|revoked| revoked <= content) {
        ("its certificate was revoked", SubIndication::Revoked)
    } else if certificate.not_after() < content.whole_seconds() {
        ("its certificate had expired", SubIndication::Expired)
    } else if signature_acceptance::weakness(case.facts, content, case.context).is_some() {
        ("its algorithms were not reliable any more", SubIndication::CryptoConstraintsFailure)
    } else {
        return None;
    };
    let message = format!("a content time-stamp proves that it was made after {content}, when {what}");
    findings.push(Finding::fail(CLAUSE_BASIC, message));
    Some(Indication::Failed(sub_indication))
}

fn times(timestamps: &[TimestampReport], kind: TimestampKind) -> impl Iterator<Item = Time> {
    let passed =
        move |timestamp: &&TimestampReport| timestamp.kind == kind && timestamp.indication == Indication::Passed;
    timestamps.iter().filter(passed).map(|timestamp| timestamp.time)
}

/// Each holds, and none is older than what it is over.
fn check_time_stamps(
    facts: &[TimestampFacts],
    timestamps: &[TimestampReport],
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Indication {
    let mut indication = Indication::Passed;
    for timestamp in timestamps.iter().filter(|timestamp| timestamp.indication != Indication::Passed) {
        let tsa = timestamp.tsa.as_deref().unwrap_or("an unknown authority");
        let sub = timestamp.indication.sub_indication().map(|sub| format!("/{sub}")).unwrap_or_default();
        let message = format!("the time-stamp of {} by {tsa} is {}{sub}", timestamp.time, timestamp.indication.name());
        if context.policy.time_stamps == TimeStampRule::LeaveAside {
            findings.push(Finding::warn(CLAUSE_WITH_TIME, format!("{message}, and is left aside")));
            continue;
        }
        findings.push(Finding::fail(CLAUSE_WITH_TIME, message));
        for finding in timestamp.findings.iter().filter(|finding| finding.severity == Severity::Fail) {
            findings.push(Finding::fail(finding.clause.clone(), format!("time-stamp: {}", finding.message)));
        }
        indication = Indication::Indeterminate(SubIndication::SigConstraintsFailure);
    }
    let last_content = times(timestamps, TimestampKind::Content).max();
    let first_signature = times(timestamps, TimestampKind::Signature).min();
    if last_content.zip(first_signature).is_some_and(|(content, signature)| content > signature) {
        findings.push(Finding::fail(CLAUSE_WITH_TIME, "a content time-stamp is younger than a signature time-stamp"));
        indication = Indication::Indeterminate(SubIndication::TimestampOrderFailure);
    }
    let passed = |(_, report): &(&TimestampFacts, &TimestampReport)| report.indication == Indication::Passed;
    let holding: Vec<&TimestampFacts> = facts.iter().zip(timestamps).filter(passed).map(|(facts, _)| facts).collect();
    let is_over_younger =
        |one: &&TimestampFacts| holding.iter().any(|other| other.time > one.time && one.covers.contains(&other.token));
    if holding.iter().any(is_over_younger) {
        findings.push(Finding::fail(CLAUSE, "a time-stamp is older than another one that it is over"));
        indication = Indication::Indeterminate(SubIndication::TimestampOrderFailure);
    }
    indication
}

fn check_claimed_time(claimed: Option<Time>, proven: Option<Time>, findings: &mut Vec<Finding>) {
    if let (Some(claimed), Some(proven)) = (claimed, proven)
        && claimed > proven.plus_seconds(CLOCK_TOLERANCE)
    {
        let message = format!("the signer claims {claimed}, but the signature existed already at {proven}");
        findings.push(Finding::warn(CLAUSE_WITH_TIME, message));
    }
}

/// Clocks of signer and authority may differ by so many seconds before it is worth a word.
const CLOCK_TOLERANCE: i64 = 300;

fn algorithm(facts: &SignerFacts) -> Option<String> {
    let algorithm = facts.algorithm?;
    let key = facts.certificate.as_ref().and_then(|certificate| certificate.public_key().ok());
    Some(key.map_or_else(|| algorithm.to_string(), |key| key.name_of(algorithm)))
}
