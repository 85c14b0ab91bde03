//! EN 319 102-1 5.2.8: signature acceptance validation.

use super::Context;
use super::indication::{Indication, SubIndication};
use super::policy::Tolerance;
use super::report::Finding;
use crate::ades::{CertificateReference, SignerFacts, Weight};
use crate::time::Time;

const CLAUSE: &str = "EN 319 102-1 5.2.8.4";

/// 5.2.8.4: the signer says whose signature it is, nothing is as it should not be, and the algorithms are reliable.
pub(super) fn check(facts: &SignerFacts, time: Time, context: &Context<'_>, findings: &mut Vec<Finding>) -> Indication {
    check_constraints(facts, context, findings).max(check_strength(facts, time, context, findings))
}

fn check_constraints(facts: &SignerFacts, context: &Context<'_>, findings: &mut Vec<Finding>) -> Indication {
    let mut indication = Indication::Passed;
    if facts.reference == CertificateReference::Absent {
        let message =
            "no signed attribute says which certificate signed: another one of the same key could be put in its place";
        findings.push(Finding::fail(CLAUSE, message));
        indication = Indication::Indeterminate(SubIndication::SigConstraintsFailure);
    }
    for defect in &facts.defects {
        let refused = match defect.weight {
            Weight::Remark => false,
            Weight::Departure => context.policy.departures == Tolerance::Refuse,
            Weight::Constraint => true,
            // Found by format checking.
            Weight::Format => continue,
        };
        if refused {
            findings.push(Finding::fail(defect.clause, defect.what.as_str()));
            indication = Indication::Indeterminate(SubIndication::SigConstraintsFailure);
        } else {
            findings.push(Finding::info(defect.clause, defect.what.as_str()));
        }
    }
    indication
}

/// The cryptographic constraints on the signature itself; those on certificates belong to their path.
fn check_strength(facts: &SignerFacts, time: Time, context: &Context<'_>, findings: &mut Vec<Finding>) -> Indication {
    let Some((algorithm, certificate)) = facts.algorithm.zip(facts.certificate.as_ref()) else {
        return Indication::Passed;
    };
    let Ok(key) = certificate.public_key() else { return Indication::Passed };
    if let Some(oddity) = key.oddity() {
        findings.push(Finding::warn(CLAUSE, format!("the public key is unusual: {oddity}")));
    }
    match context.policy.weakness(algorithm, key.algorithm(), time) {
        Some(weakness) => {
            findings.push(Finding::fail(CLAUSE, weakness.what));
            Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe)
        }
        None => Indication::Passed,
    }
}
