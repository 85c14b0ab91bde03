//! EN 319 102-1 5.5: validation process for signatures with time.

use super::basic_signature::{self, Basic};
use super::evidence::links;
use super::indication::{Indication, SubIndication};
use super::report::{Finding, Severity};
use super::revocation_status::{Open, Standing};
use super::{Case, RevocationRule};
use crate::error::Result;
use crate::limits::Budget;
use crate::time::Time;

const CLAUSE: &str = "EN 319 102-1 5.5.4";

/// 5.5.4: the signature as of `best_signature_time`, at which a time-stamp proves that it existed, where it does not pass as of
/// today. `None` where those who certify it no longer hold today: then only proofs of existence of their words help (5.6).
pub(super) fn validate(
    case: &Case<'_>,
    today: &Basic,
    best_signature_time: Time,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Option<Indication>> {
    if !authorities_hold(case, best_signature_time, budget)? {
        return Ok(None);
    }
    let mut then = Vec::new();
    let basic = basic_signature::validate(case, best_signature_time, &mut then, budget)?;
    match basic.indication {
        Indication::Passed => {
            // What keeps it from passing as of today did not, as of the time that is proven.
            findings.retain(|finding| finding.severity != Severity::Fail);
            findings.extend(then.into_iter().filter(|finding| !findings.contains(finding)).collect::<Vec<_>>());
            let message = format!(
                "today it would be {}; it held at {best_signature_time}, at which a time-stamp proves that it existed",
                today.indication.sub_indication().map(|sub| sub.to_string()).unwrap_or_default()
            );
            findings.push(Finding::info(CLAUSE, message));
            Ok(Some(Indication::Passed))
        }
        _ if basic.revoked.is_some_and(|revoked| revoked <= best_signature_time) => {
            let message = format!(
                "no time-stamp proves that the signature existed before: the first is of {best_signature_time}"
            );
            findings.push(Finding::fail(CLAUSE, message));
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// 5.5.4: a signature that existed before its certificate was valid fails, whatever it is as of today.
pub(super) fn check_issuance(
    case: &Case<'_>,
    today: &Basic,
    best_signature_time: Option<Time>,
    findings: &mut Vec<Finding>,
) -> Option<Indication> {
    let certificate = case.facts.certificate.as_ref()?;
    let time = best_signature_time.filter(|time| *time < certificate.not_before())?;
    if matches!(today.indication, Indication::Failed(_)) {
        return None;
    }
    let message = format!("the signature existed at {time}, before its certificate was valid");
    findings.push(Finding::fail(CLAUSE, message));
    Some(Indication::Failed(SubIndication::NotYetValid))
}

/// Whether the authorities that certify the signature then are valid, and known not to be revoked, today: what they say is
/// believed without a proof of when they said it.
fn authorities_hold(case: &Case<'_>, then: Time, budget: &mut Budget) -> Result<bool> {
    let Some(certificate) = &case.facts.certificate else { return Ok(false) };
    let Ok(path) = case.context.find_path(&case.query(certificate, then), budget) else { return Ok(false) };
    let now = case.context.time;
    for link in links(&path).filter(|link| !link.is_target) {
        if !(link.certificate.not_before()..=link.certificate.not_after()).contains(&now.whole_seconds()) {
            return Ok(false);
        }
        let rule = case.context.policy.revocation;
        if rule == RevocationRule::Never {
            continue;
        }
        match case.inquiry().standing(link, now, budget)? {
            Standing::Good(_) => {}
            Standing::Revoked { .. } => return Ok(false),
            Standing::Unknown { .. } if Open::of(&path, link.certificate, rule).required => return Ok(false),
            Standing::Unknown { .. } => {}
        }
    }
    Ok(true)
}
