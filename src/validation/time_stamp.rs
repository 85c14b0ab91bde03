//! EN 319 102-1 5.4: time-stamp validation building block.

use super::evidence::Evidence;
use super::indication::{Indication, SubIndication};
use super::report::{Finding, TimestampReport, sorted};
use super::{Case, Context, basic_signature, past_signature_validation};
use crate::ades::{Check, TimestampFacts};
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::path::Purpose;

const CLAUSE: &str = "EN 319 102-1 5.4.4";

/// 5.4.4: the token is a valid signature of a time-stamp authority, over what it should be over, made while its certificate
/// was valid and not after the time of validation. Where its certificate no longer holds, later time-stamps may prove that the
/// token is older (5.6.3.4).
pub(super) fn validate(
    facts: &TimestampFacts,
    evidence: &Evidence,
    context: &Context<'_>,
    budget: &mut Budget,
) -> Result<TimestampReport> {
    let mut findings = Vec::new();
    let imprint = match facts.imprint {
        Check::Holds => Indication::Passed,
        Check::Broken => {
            findings.push(Finding::fail("RFC 3161 2.4.2", "the message imprint is of something else"));
            Indication::Failed(SubIndication::HashFailure)
        }
        Check::NotChecked => {
            findings.push(Finding::fail("RFC 3161 2.4.2", "the message imprint could not be compared"));
            Indication::Indeterminate(SubIndication::SignedDataNotFound)
        }
    };
    let case = Case { facts: &facts.signer, purpose: Purpose::TimeStamping, object: facts.token, evidence, context };
    let mut own = Vec::new();
    let basic = basic_signature::validate(&case, context.time, &mut own, budget)?;
    let signature = if basic.depends_on_time {
        past_signature_validation::validate(&case, basic.indication, &mut own, budget)?
    } else {
        basic.indication
    };
    findings.append(&mut own);
    let strength = check_strength(facts, &case, &mut findings);
    let time = check_time(facts, context, &mut findings);
    let findings = sorted(findings);
    Ok(TimestampReport {
        kind: facts.kind,
        time: facts.time,
        token: facts.token,
        indication: imprint.max(signature).max(strength).max(time),
        imprint_intact: intact(facts.imprint),
        signature_intact: both(facts.signer.signature, facts.signer.data),
        tsa: facts.signer.certificate.as_ref().map(|certificate| certificate.subject().to_string()),
        findings,
    })
}

/// 5.2.8: the imprint is of a hash without collisions since when the token is known to exist, or the time is that of another
/// document too.
fn check_strength(facts: &TimestampFacts, case: &Case<'_>, findings: &mut Vec<Finding>) -> Indication {
    let existed = case.evidence.proofs.of(&case.object);
    let weakness =
        |hash| case.context.policy.weak_hash(hash, existed, || format!("the message imprint rests on {hash}, which"));
    match facts.imprint_algorithm.and_then(weakness) {
        Some(weakness) => {
            findings.push(Finding::fail("EN 319 102-1 5.2.8.4", weakness.what));
            Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe)
        }
        None => Indication::Passed,
    }
}

fn check_time(facts: &TimestampFacts, context: &Context<'_>, findings: &mut Vec<Finding>) -> Indication {
    let mut indication = Indication::Passed;
    if facts.time > context.time {
        let message = format!("the time-stamp states {}, after the time of validation", facts.time);
        findings.push(Finding::fail(CLAUSE, message));
        indication = Indication::Indeterminate(SubIndication::TimestampOrderFailure);
    }
    if let Some(certificate) = &facts.signer.certificate
        && !(certificate.not_before()..=certificate.not_after()).contains(&facts.time.whole_seconds())
    {
        findings.push(Finding::fail(CLAUSE, "the authority's certificate was not valid at the time that is stated"));
        indication = indication.max(Indication::Indeterminate(SubIndication::OutOfBoundsNoPoe));
    }
    indication
}

/// A check as a truth value: `None` when it could not be computed.
pub(super) fn intact(check: Check) -> Option<bool> {
    match check {
        Check::Holds => Some(true),
        Check::Broken => Some(false),
        Check::NotChecked => None,
    }
}

/// The authority's signature holds when both its value and the digest of its TSTInfo do.
fn both(value: Check, data: Check) -> Option<bool> {
    match (value, data) {
        (Check::Holds, Check::Holds) => Some(true),
        (Check::Broken, _) | (_, Check::Broken) => Some(false),
        _ => None,
    }
}
