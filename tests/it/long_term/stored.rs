//! Facts of long-term signatures, stored and judged again.

use seing::ades::Material;
use seing::ades::stored::{Facts, Subject};
use seing::key::KeyKind;
use seing::limits::Limits;
use seing::validation::Policy;
use seing::{verify, verify_facts};

use super::counter_signatures::{counter, with_counters};
use super::yard::{Yard, now};
use crate::workshop::CONTRACT;

fn compare(yard: &Yard, octets: &[u8], added: &Material) -> Facts {
    let facts = verify(octets).content(CONTRACT).material(added).facts().unwrap();
    let json = facts.to_json().unwrap();
    let read = Facts::from_json(&json, &Limits::default()).unwrap();
    assert_eq!(read.to_json().unwrap(), json);
    for policy in [Policy::default(), Policy::strict(), Policy::lenient()] {
        for days in [-1, 0, 5, 4000, 9000] {
            let at = now().plus_seconds(days * 86_400);
            let document = verify(octets).content(CONTRACT).material(added).trust(&yard.anchors);
            let document = document.policy(policy.clone()).at(at).report();
            let stored = verify_facts(&read).trust(&yard.anchors).policy(policy.clone()).at(at).report();
            assert_eq!(document.unwrap().to_json().unwrap(), stored.unwrap().to_json().unwrap());
        }
    }
    read
}

#[test]
fn an_archived_signature_keeps_its_verdict() {
    let yard = Yard::new(KeyKind::P256);
    for detached in [false, true] {
        let facts = compare(&yard, &yard.archived(detached), &Material::default());
        let Subject::Signatures(signatures) = &facts.subject else { panic!("signatures") };
        assert_eq!(signatures[0].timestamps.len(), 3);
        assert_eq!(signatures[0].material.ocsp_responses, yard.material.ocsp_responses);
        assert_eq!(signatures[0].material.crls, yard.material.crls);
    }
}

#[test]
fn a_signature_with_counter_signatures_keeps_its_verdict() {
    let yard = Yard::new(KeyKind::P256);
    for good in [true, false] {
        let octets = with_counters(&yard, |value| {
            let value = if good { value } else { b"another value" };
            vec![counter(&yard, value, &[]), counter(&yard, value, &[])]
        });
        let facts = compare(&yard, &octets, &Material::default());
        let Subject::Signatures(signatures) = &facts.subject else { panic!("signatures") };
        assert_eq!(signatures[0].counter_signatures.len(), 2);
        assert_eq!(signatures[0].signer.defects.is_empty(), good);
    }
}

#[test]
fn what_the_caller_adds_is_kept_with_the_facts() {
    let yard = Yard::new(KeyKind::P256);
    let octets = yard.signed(false);
    let facts = compare(&yard, &octets, &yard.material);
    assert_eq!(facts.material.certificates, yard.material.certificates);
    assert_eq!(facts.material.crls, yard.material.crls);
    assert_eq!(facts.material.ocsp_responses, yard.material.ocsp_responses);
    let at = now().plus_seconds(60);
    let strict = || Policy::strict();
    let with = verify_facts(&facts).trust(&yard.anchors).policy(strict()).at(at).report().unwrap();
    let without = compare(&yard, &octets, &Material::default());
    let without = verify_facts(&without).trust(&yard.anchors).policy(strict()).at(at).report().unwrap();
    assert_eq!(with.indication().to_string(), "TOTAL_PASSED");
    assert_eq!(without.indication().to_string(), "INDETERMINATE/TRY_LATER");
}
