//! Documents of our own, at every level.

use seing::ades::stored::Subject;
use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::key::KeyKind;
use seing::{sign_beside, verify, verify_facts, verify_time_stamp};

use super::{compare, kept};
use crate::workshop::{CONTRACT, Parties, Shape, later, signing};

#[test]
fn contracts_of_every_shape_keep_their_verdict() {
    for kind in [KeyKind::Ed25519, KeyKind::P384] {
        let parties = Parties::new(kind);
        for shape in Shape::all() {
            let contract = parties.contract(shape);
            let verification =
                || if shape.detached { verify(&contract.octets).content(CONTRACT) } else { verify(&contract.octets) };
            let facts = kept(&verification().facts().unwrap());
            assert_eq!(facts.document, Algorithm::Sha256.digest(&contract.octets));
            assert_eq!(facts.content, [Algorithm::Sha256.digest(CONTRACT)], "attached or given");
            assert_eq!(compare(&format!("{shape:?}"), &facts, &parties.judge.0, verification), 6);
            let report = verify_facts(&facts).trust(&parties.judge.0).at(later()).signers(shape.signers).report();
            assert_eq!(report.unwrap().indication().to_string(), "TOTAL_PASSED");
            let more = verify_facts(&facts).trust(&parties.judge.0).at(later()).signers(3).report().unwrap();
            assert_eq!(more.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
        }
    }
}

#[test]
fn content_that_streams_by_or_is_known_by_digest_is_named() {
    let parties = Parties::new(KeyKind::P384);
    let contract = parties.contract(Shape { detached: true, ..Shape::ATTACHED });
    let [sha256, sha384] = [Algorithm::Sha256, Algorithm::Sha384].map(|algorithm| algorithm.digest(CONTRACT));
    let facts = verify(&contract.octets).content_stream(CONTRACT).facts().unwrap();
    assert_eq!(facts.content, [sha384, sha256]);
    let facts = verify(&contract.octets).content_digests(&[sha384]).facts().unwrap();
    assert_eq!(facts.content, [sha384]);
    let facts = kept(&verify(&contract.octets).facts().unwrap());
    assert_eq!(facts.content, []);
    let report = verify_facts(&facts).trust(&parties.judge.0).at(later()).report().unwrap();
    assert_eq!(report.indication().to_string(), "INDETERMINATE/SIGNED_DATA_NOT_FOUND");
}

#[test]
fn what_the_caller_adds_is_a_fact() {
    let parties = Parties::new(KeyKind::Ed25519);
    let contract = parties.contract(Shape::ATTACHED);
    let added = [parties.root.clone(), parties.merchant.chain()[0].clone()];
    let facts = kept(&verify(&contract.octets).certificates(&added).facts().unwrap());
    assert_eq!(facts.material.certificates, added);
    let Subject::Signatures(signatures) = &facts.subject else { panic!("signatures") };
    assert!(added.iter().all(|certificate| signatures[0].signer.certificates.contains(certificate)));
    compare("more certificates", &facts, &parties.judge.0, || verify(&contract.octets).certificates(&added));
}

#[test]
fn a_time_stamp_of_its_own_keeps_its_verdict() {
    let parties = Parties::new(KeyKind::P256);
    let token = parties.client(signing()).stamp(&Algorithm::Sha512.digest(CONTRACT), signing()).unwrap();
    let verification = || verify_time_stamp(token.octets()).content_stream(CONTRACT);
    let facts = kept(&verification().facts().unwrap());
    assert_eq!(facts.content, [Algorithm::Sha512, Algorithm::Sha256].map(|algorithm| algorithm.digest(CONTRACT)));
    let again = || verify_facts(&facts).trust(&parties.judge.0).at(later());
    let report = verification().trust(&parties.judge.0).at(later()).report().unwrap();
    assert_eq!(report.indication.name(), "PASSED");
    assert_eq!(again().time_stamp_report().unwrap().to_json().unwrap(), report.to_json().unwrap());
    assert_eq!(again().report().unwrap_err().kind(), ErrorKind::Misuse, "no signature is not acceptance");
    let contract = parties.contract(Shape::ATTACHED);
    let facts = verify(&contract.octets).facts().unwrap();
    assert_eq!(verify_facts(&facts).at(later()).time_stamp_report().unwrap_err().kind(), ErrorKind::Misuse);
    assert_eq!(verify_facts(&facts).report().unwrap_err().kind(), ErrorKind::Misuse, "no time");
}

/// They share the certificates of their signer and of their authority, and the lists of them.
#[test]
fn facts_of_many_signatures_stay_small() {
    let parties = Parties::new(KeyKind::Ed25519);
    let mut octets = parties.contract(Shape { stamped: true, ..Shape::ATTACHED }).octets;
    let mut sizes = Vec::new();
    for count in 2..=50 {
        let signer = if count % 2 == 0 { &parties.merchant } else { &parties.customer };
        octets = parties.finish(sign_beside(&octets, None, signer), true);
        if [2, 25, 50].contains(&count) {
            let facts = verify(&octets).facts().unwrap();
            let Subject::Signatures(signatures) = &facts.subject else { panic!("signatures") };
            assert_eq!(signatures.len(), count);
            sizes.push(facts.to_json().unwrap().len());
        }
    }
    let facts = kept(&verify(&octets).facts().unwrap());
    compare("fifty signatures", &facts, &parties.judge.0, || verify(&octets));
    eprintln!("facts of 2, 25 and 50 signatures: {sizes:?} octets; the document: {}", octets.len());
    assert!(sizes[2] < 200_000 && sizes[2] < 2 * sizes[1] + 1000, "{sizes:?}");
}
