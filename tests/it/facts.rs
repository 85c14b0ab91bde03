//! What is found follows from the facts: one fact changed, one verdict.

use seing::ades::SignatureFacts;
use seing::digest::Algorithm;
use seing::key::KeyKind;
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::TrustAnchors;
use seing::timestamp::{MessageImprint, TstInfo};
use seing::validation::{Context, Policy, Report, validate};
use seing::verify_time_stamp;

use crate::timestamp::forge::{Forgery, Key, Profile};
use crate::workshop::{CONTRACT, Parties, Shape, facts_of, later, passed, says, signing};

fn judged(parties: &Parties, facts: &[SignatureFacts]) -> Report {
    let policy = Policy::default();
    validate(facts, &Context::new(&parties.judge.0, &policy, later()), &mut Budget::new(&Limits::default())).unwrap()
}

fn one(parties: &Parties, change: impl FnOnce(&mut SignatureFacts)) -> Report {
    let mut facts = facts_of(&parties.contract(Shape { stamped: true, ..Shape::ATTACHED }).octets);
    assert_eq!(judged(parties, &facts).indication().to_string(), "TOTAL_PASSED");
    change(&mut facts[0]);
    judged(parties, &facts)
}

/// Two contracts of one SHA-1 can be made, and algorithms that take the message itself say nothing of that digest.
#[test]
fn a_weak_digest_of_the_content_is_not_accepted() {
    let parties = Parties::new(KeyKind::Ed25519);
    let report = one(&parties, |facts| facts.signer.content_hash = Some(Algorithm::Sha1));
    assert_eq!(report.indication().to_string(), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
    assert!(says(&report, "the digest of the content rests on sha1, which is not reliable after 2013-12-31"));
}

#[test]
fn a_weak_imprint_of_a_time_stamp_is_not_accepted() {
    let parties = Parties::new(KeyKind::Ed25519);
    let report = one(&parties, |facts| facts.timestamps[0].imprint_algorithm = Some(Algorithm::Sha1));
    assert_eq!(report.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
    assert!(says(&report, "time-stamp: the message imprint rests on sha1"));
}

#[test]
fn a_weak_reference_to_the_certificate_is_said() {
    let parties = Parties::new(KeyKind::Ed25519);
    let report = one(&parties, |facts| facts.signer.reference_hash = Some(Algorithm::Sha1));
    assert_eq!(report.indication().to_string(), "TOTAL_PASSED");
    assert!(says(&report, "the reference to the certificate by sha1 is not reliable after 2013-12-31"));
}

#[test]
fn a_token_over_a_sha1_digest_proves_nothing_today() {
    let (root_key, key) = (Key::new(1), Key::new(2));
    let root = Profile::root().issue(&root_key, &root_key);
    let tsa = Profile::tsa().issue(&key, &root_key);
    let anchors = TrustAnchors::none().with(root);
    for (hash, expected) in [
        (Algorithm::Sha256, "TOTAL_PASSED"),
        (Algorithm::Sha224, "TOTAL_PASSED"),
        (Algorithm::Sha1, "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
    ] {
        let imprint = MessageImprint::new(&hash.digest(CONTRACT));
        let info = TstInfo::new(Oid::parse("2.999.1").unwrap(), imprint, &[7], signing());
        let token = Forgery::of(info.to_der(), &key, &tsa).to_der();
        let report = verify_time_stamp(&token).content(CONTRACT).trust(&anchors).at(later()).report().unwrap();
        assert_eq!(report.indication.to_string(), expected, "{hash}");
        assert_eq!(report.imprint_intact, Some(true));
    }
}

/// A list of no digests says nothing of the content.
#[test]
fn no_digests_are_no_other_content() {
    let parties = Parties::new(KeyKind::P256);
    let signed = parties.contract(Shape::ATTACHED);
    let report =
        seing::verify(&signed.octets).content_digests(&[]).trust(&parties.judge.0).at(later()).report().unwrap();
    assert!(passed(&report), "{report}");
}
