//! What a policy asks of a signature, and what comes of it (EN 319 102-1 5.2.8).

use seing::ades::{Level, SignatureFacts, SignerLocation, TimestampKind};
use seing::digest::Algorithm;
use seing::key::KeyKind;
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::sign;
use seing::validation::{Context, Policy, Report, RequiredAttribute, TimeStampRule, validate};

use crate::workshop::{CONTRACT, Parties, Shape, facts_of, later, says};

fn judged(parties: &Parties, facts: &SignatureFacts, policy: &Policy) -> Report {
    let context = Context::new(&parties.judge.0, policy, later());
    validate(std::slice::from_ref(facts), &context, &mut Budget::new(&Limits::default())).unwrap()
}

const LACKING: &str = "INDETERMINATE/SIG_CONSTRAINTS_FAILURE";

#[test]
fn what_the_policy_requires_must_be_there() {
    let parties = Parties::new(KeyKind::Ed25519);
    let stating = sign(CONTRACT, &parties.customer)
        .location(SignerLocation::new("MA", "Rabat"))
        .commitment(Oid::parse("1.2.840.113549.1.9.16.6.5").unwrap())
        .mime_type("application/pdf")
        .policy(Oid::parse("2.999.1").unwrap(), Algorithm::Sha256.digest(b"the rules of the house"));
    let mut everything = facts_of(&parties.finish(stating, true)).remove(0);
    let mut content = everything.timestamps[0].clone();
    content.kind = TimestampKind::Content;
    everything.timestamps.push(content);
    type Change = fn(&mut SignatureFacts);
    let take = |facts: &mut SignatureFacts, kind| facts.timestamps.retain(|stamp| stamp.kind != kind);
    for (required, words, remove) in [
        (
            RequiredAttribute::SigningTime,
            "requires the time at which the signer signed",
            (|facts| facts.attributes.signing_time = None) as Change,
        ),
        (RequiredAttribute::SignerLocation, "requires the place", |facts| facts.attributes.location = None),
        (RequiredAttribute::CommitmentType, "requires a commitment", |facts| facts.attributes.commitments.clear()),
        (RequiredAttribute::MimeType, "requires the media type", |facts| facts.attributes.mime_type = None),
        (RequiredAttribute::SignaturePolicy, "requires a signature policy", |facts| facts.attributes.policy = None),
        (RequiredAttribute::ContentTimeStamp, "requires a time-stamp on the content", |_| ()),
        (RequiredAttribute::SignatureTimeStamp, "requires a time-stamp on the signature", |_| ()),
    ] {
        let mut policy = Policy::default();
        policy.required_attributes = vec![required];
        let policy = Policy::from_json(&policy.to_json().unwrap()).unwrap();
        let report = judged(&parties, &everything, &policy);
        assert_eq!(report.indication().to_string(), "TOTAL_PASSED", "{required:?}");
        let mut lacking = everything.clone();
        remove(&mut lacking);
        match required {
            RequiredAttribute::ContentTimeStamp => take(&mut lacking, TimestampKind::Content),
            RequiredAttribute::SignatureTimeStamp => take(&mut lacking, TimestampKind::Signature),
            _ => {}
        }
        assert_eq!(judged(&parties, &lacking, &Policy::default()).indication().to_string(), "TOTAL_PASSED");
        let report = judged(&parties, &lacking, &policy);
        assert_eq!(report.indication().to_string(), LACKING, "{required:?}");
        assert!(says(&report, words), "{required:?}: {report}");
    }
}

#[test]
fn a_level_is_reached_by_time_stamps_that_hold() {
    let parties = Parties::new(KeyKind::Ed25519);
    let facts = |stamped| facts_of(&parties.contract(Shape { stamped, ..Shape::ATTACHED }).octets).remove(0);
    let (basic, stamped) = (facts(false), facts(true));
    assert_eq!((basic.level, stamped.level), (Level::BB, Level::BT));
    let least = |level| {
        let mut policy = Policy::lenient();
        policy.least_level = level;
        policy
    };
    for (facts, level, expected) in [
        (&basic, Level::None, "TOTAL_PASSED"),
        (&basic, Level::BB, "TOTAL_PASSED"),
        (&basic, Level::BT, LACKING),
        (&stamped, Level::BT, "TOTAL_PASSED"),
        (&stamped, Level::BLt, LACKING),
        (&stamped, Level::BLta, LACKING),
    ] {
        let report = judged(&parties, facts, &least(level));
        assert_eq!(report.indication().to_string(), expected, "{} for {level}", facts.level);
    }
    let report = judged(&parties, &basic, &least(Level::BT));
    assert!(says(&report, "the policy requires the level B-T, and this is B-B"));
    let mut broken = stamped.clone();
    broken.timestamps[0].imprint = seing::ades::Check::Broken;
    assert_eq!(judged(&parties, &broken, &least(Level::BB)).indication().to_string(), "TOTAL_PASSED");
    let mut policy = least(Level::BT);
    assert_eq!(policy.time_stamps, TimeStampRule::LeaveAside);
    assert_eq!(judged(&parties, &broken, &policy).indication().to_string(), LACKING, "left aside, it raises no level");
    // Named twice, said once.
    policy.required_attributes = vec![RequiredAttribute::SignatureTimeStamp; 2];
    let report = judged(&parties, &broken, &policy);
    let findings = report.signatures[0].findings.iter();
    assert_eq!(findings.filter(|finding| finding.message.contains("requires a time-stamp")).count(), 1);
    // An archive time-stamp that holds is asked for, whatever the level is called.
    let mut called = stamped.clone();
    called.level = Level::BLta;
    let report = judged(&parties, &called, &least(Level::BLta));
    assert_eq!(report.indication().to_string(), LACKING);
    assert!(says(&report, "the policy requires an archive time-stamp that holds"));
}

/// What is wrong with the signature itself weighs more than what it lacks.
#[test]
fn a_requirement_does_not_hide_a_failure() {
    let parties = Parties::new(KeyKind::Ed25519);
    let mut facts = facts_of(&parties.contract(Shape::ATTACHED).octets).remove(0);
    facts.signer.data = seing::ades::Check::Broken;
    let mut policy = Policy::default();
    policy.least_level = Level::BLta;
    assert_eq!(judged(&parties, &facts, &policy).indication().to_string(), "TOTAL_FAILED/HASH_FAILURE");
}
