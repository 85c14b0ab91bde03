//! EN 319 102-1 5.6.2.4: past signature validation.

use super::indication::{Indication, SubIndication};
use super::report::{Finding, Severity};
use super::{Case, basic_signature, past_certificate_validation};
use crate::error::Result;
use crate::limits::Budget;

const CLAUSE: &str = "EN 319 102-1 5.6.2.4.4";

/// 5.6.2.4.4: what does not hold today held when the signature is known to have existed. `current` is what was concluded as of
/// today, with its findings; it stands where nothing better can be shown.
pub(super) fn validate(
    case: &Case<'_>,
    current: Indication,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Indication> {
    let mut past = Vec::new();
    let existed = case.evidence.proofs.of(&case.object);
    let path = match past_certificate_validation::validate(case, &mut past, budget)? {
        Ok(control_time) if existed <= control_time => {
            let message = format!(
                "the certificate was valid until {control_time} at least, and the signature existed at {existed}, which a \
                 time-stamp proves"
            );
            past.push(Finding::info(CLAUSE, message));
            Indication::Passed
        }
        Ok(control_time) => {
            let message = match case.evidence.proofs.proven(&case.object) {
                Some(time) => {
                    format!("it existed at {time}, but its certificate is known as good until {control_time} only")
                }
                None => {
                    format!("nothing proves that it existed at {control_time}, until when its certificate was good")
                }
            };
            findings.push(Finding::fail(CLAUSE, message));
            return Ok(unproven(current));
        }
        Err(past_indication) => {
            findings.extend(past.into_iter().filter(|finding| finding.severity == Severity::Fail));
            let no_poe = past_indication == Indication::Indeterminate(SubIndication::NoPoe);
            return Ok(if no_poe { unproven(current) } else { current });
        }
    };
    let indication = basic_signature::conclude(case, path, existed, &mut past);
    if indication == Indication::Passed {
        // What kept it from passing as of today did not, as of the time that is proven.
        findings.retain(|finding| finding.severity != Severity::Fail);
        findings.extend(past);
    } else {
        findings.extend(past.into_iter().filter(|finding| finding.severity == Severity::Fail));
    }
    Ok(indication)
}

/// What is missing where the certificates of authorities no longer hold, and all else does: a proof that they did.
fn unproven(current: Indication) -> Indication {
    match current {
        Indication::Indeterminate(SubIndication::CertificateChainGeneralFailure) => {
            Indication::Indeterminate(SubIndication::NoPoe)
        }
        other => other,
    }
}
