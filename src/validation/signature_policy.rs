//! The signature policy that a signer refers to (EN 319 102-1 5.2.4, EN 319 122-1 5.2.9).

use super::Context;
use super::indication::{Indication, SubIndication};
use super::policy::SignaturePolicyRule;
use super::report::Finding;
use crate::ades::SignaturePolicy;

const CLAUSE: &str = "EN 319 102-1 5.2.4.4";

/// 5.2.4.4: the policy's document is at hand where it must be, and is the one that the signer referred to. Its rules are for
/// people: none of them is applied.
pub(super) fn check(
    policy: Option<&SignaturePolicy>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Indication {
    let Some(policy) = policy else { return Indication::Passed };
    let name = policy.identifier;
    if context.signature_policies.is_empty() {
        let message = format!("the signer refers to the signature policy {name}, whose document was not given");
        if context.policy.signature_policies == SignaturePolicyRule::LeaveAside {
            findings.push(Finding::info(CLAUSE, message));
            return Indication::Passed;
        }
        findings.push(Finding::fail(CLAUSE, message));
        return Indication::Indeterminate(SubIndication::SignaturePolicyNotAvailable);
    }
    let is_it = |document: &&[u8]| policy.digest.is_some_and(|digest| digest.algorithm().digest(document) == digest);
    if context.signature_policies.iter().any(is_it) {
        let message = format!("the signature policy {name} is the document given; its rules were not applied");
        findings.push(Finding::warn(CLAUSE, message));
        return Indication::Passed;
    }
    let message = match policy.digest {
        Some(_) => format!("no document given is the signature policy {name}: their digests are others"),
        None => format!("the digest of the signature policy {name} is missing or of an unknown algorithm"),
    };
    findings.push(Finding::fail(CLAUSE, message));
    Indication::Indeterminate(SubIndication::PolicyProcessingError)
}
