//! EN 319 102-1 5.2.8: signature acceptance validation.

use super::Context;
use super::indication::{Indication, SubIndication};
use super::policy::{RequiredAttribute, Tolerance, Weakness};
use super::report::{Finding, TimestampReport};
use crate::ades::{CertificateReference, Level, SignatureFacts, SignedProperties, SignerFacts, TimestampKind, Weight};
use crate::key::PublicKey;
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
            findings.push(Finding::fail(defect.clause.clone(), defect.what.as_str()));
            indication = Indication::Indeterminate(SubIndication::SigConstraintsFailure);
        } else {
            findings.push(Finding::info(defect.clause.clone(), defect.what.as_str()));
        }
    }
    indication
}

/// What the policy requires of the whole signature: a level, attributes, time-stamps that hold.
pub(super) fn check_required(
    facts: &SignatureFacts,
    timestamps: &[TimestampReport],
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Indication {
    let policy = context.policy;
    let holds = |kind| timestamps.iter().any(|stamp| stamp.kind == kind && stamp.indication == Indication::Passed);
    let mut missing = Vec::new();
    if facts.level < policy.least_level {
        missing.push(format!("the policy requires the level {}, and this is {}", policy.least_level, facts.level));
    }
    let mut require = |what: &str, is_there: bool| {
        let message = format!("the policy requires {what}, and there is none");
        if !is_there && !missing.contains(&message) {
            missing.push(message);
        }
    };
    if policy.least_level >= Level::BT {
        require("a time-stamp on the signature that holds", holds(TimestampKind::Signature));
    }
    if policy.least_level >= Level::BLta {
        require("an archive time-stamp that holds", holds(TimestampKind::Archive));
    }
    let SignedProperties { signing_time, commitments, location, mime_type, policy: signature_policy } =
        &facts.attributes;
    for required in &policy.required_attributes {
        match required {
            RequiredAttribute::SigningTime => require("the time at which the signer signed", signing_time.is_some()),
            RequiredAttribute::SignerLocation => require("the place where the signer signed", location.is_some()),
            RequiredAttribute::CommitmentType => require("a commitment of the signer", !commitments.is_empty()),
            RequiredAttribute::MimeType => require("the media type of the content", mime_type.is_some()),
            RequiredAttribute::SignaturePolicy => require("a signature policy", signature_policy.is_some()),
            RequiredAttribute::ContentTimeStamp => {
                require("a time-stamp on the content that holds", holds(TimestampKind::Content));
            }
            RequiredAttribute::SignatureTimeStamp => {
                require("a time-stamp on the signature that holds", holds(TimestampKind::Signature));
            }
        }
    }
    if missing.is_empty() {
        return Indication::Passed;
    }
    findings.extend(missing.into_iter().map(|message| Finding::fail(CLAUSE, message)));
    Indication::Indeterminate(SubIndication::SigConstraintsFailure)
}

/// Why the signature value, or the digest of the content under it, is not reliable at a time, if it is not.
pub(super) fn weakness(facts: &SignerFacts, time: Time, context: &Context<'_>) -> Option<Weakness> {
    let policy = context.policy;
    let key = facts.certificate.as_ref().and_then(|certificate| certificate.public_key().ok());
    let value = facts.algorithm.zip(key).and_then(|(algorithm, key)| policy.weakness(algorithm, key.algorithm(), time));
    let content = |hash| policy.weak_hash(hash, time, || format!("the digest of the content rests on {hash}, which"));
    value.or_else(|| facts.content_hash.and_then(content))
}

/// The cryptographic constraints on the signature itself; those on certificates belong to their path.
fn check_strength(facts: &SignerFacts, time: Time, context: &Context<'_>, findings: &mut Vec<Finding>) -> Indication {
    let policy = context.policy;
    let key = facts.certificate.as_ref().and_then(|certificate| certificate.public_key().ok());
    if let Some(oddity) = key.and_then(PublicKey::oddity) {
        findings.push(Finding::warn(CLAUSE, format!("the public key is unusual: {oddity}")));
    }
    // A certificate of the same digest would have to be found for one that exists: collisions do not help.
    let reference = |hash| policy.weak_hash(hash, time, || format!("the reference to the certificate by {hash}"));
    if let Some(weakness) = facts.reference_hash.and_then(reference) {
        findings.push(Finding::warn(CLAUSE, weakness.what));
    }
    match weakness(facts, time, context) {
        Some(weakness) => {
            findings.push(Finding::fail(CLAUSE, weakness.what));
            Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe)
        }
        None => Indication::Passed,
    }
}
