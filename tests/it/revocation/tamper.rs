//! Every octet of a list and of a response changed, every length cut: never another verdict.

use seing::limits::{Budget, Limits};
use seing::pki::crl::Crl;
use seing::pki::ocsp::OcspResponse;
use seing::pki::revocation::{RevocationData, RevocationQuery, Statement, statements};

use super::forge::*;

/// What a statement says, but for the digest of what it was read from.
fn said(statement: &Statement) -> String {
    let mut said = statement.clone();
    said.sources.clear();
    format!("{said:?}")
}

/// What is stated with these octets as list or response, where they can be read.
fn stated(scene: &Scene, octets: &[u8], add: fn(&mut RevocationData, &[u8])) -> Vec<String> {
    let mut data = RevocationData::none();
    add(&mut data, octets);
    let query = RevocationQuery::new(
        &scene.person.certificate,
        &scene.root.certificate,
        &scene.candidates,
        &scene.anchors,
        now(),
    );
    let found = statements(&query, &data, &mut Budget::new(&Limits::default())).unwrap();
    found.proven.iter().map(said).collect()
}

fn add_list(data: &mut RevocationData, octets: &[u8]) {
    Crl::parse(octets).into_iter().for_each(|crl| data.add_crl(crl));
}

fn add_response(data: &mut RevocationData, octets: &[u8]) {
    OcspResponse::parse(octets).into_iter().for_each(|response| data.add_ocsp(response));
}

#[track_caller]
fn nothing_else_is_ever_stated(scene: &Scene, octets: &[u8], add: fn(&mut RevocationData, &[u8])) {
    let stated = |octets: &[u8]| stated(scene, octets, add);
    let original = stated(octets);
    assert_eq!(original.len(), 1);
    let mut unharmed = 0;
    let mut changed = octets.to_vec();
    for place in 0..octets.len() {
        for change in [1, 2, 0x20, 0x80, 0xff] {
            changed[place] ^= change;
            let found = stated(&changed);
            assert!(found.is_empty() || found == original, "octet {place} changed by {change:#x}: {found:?}");
            unharmed += found.len();
            changed[place] ^= change;
        }
    }
    // Octets around what is signed may change without harm, as that a sequence is long or short; the signature itself may not.
    assert!(unharmed < octets.len() / 4, "{unharmed} changes of {} octets do no harm", octets.len());
    for length in 0..octets.len() {
        assert_eq!(stated(&octets[..length]), [""; 0], "cut to {length}");
    }
    assert_eq!(stated(&[octets, &[0]].concat()), [""; 0]);
}

#[test]
fn no_changed_list_says_anything_else() {
    let scene = Scene::new();
    let list = List::of(ROOT).with(number(5)).with(scope(&[&full_name(ROOT), &[0x81, 1, 0xff]])).entry(entry(3, &[]));
    nothing_else_is_ever_stated(&scene, &list.to_der(&scene.root.key), add_list);
    let list = list.entry(entry(PERSON, &[reason(1)]));
    nothing_else_is_ever_stated(&scene, &list.to_der(&scene.root.key), add_list);
}

#[test]
fn no_changed_list_of_another_key_says_anything_else() {
    let scene = Scene::with(&Form::authority(ROOT, CERT_SIGN), &Form::person(PERSON));
    let lists = Form { serial: vec![3], ..Form::authority(ROOT, CRL_SIGN) }.issued_by(ed25519(3), &scene.root);
    let scene = scene.candidate(&lists.certificate);
    nothing_else_is_ever_stated(&scene, &List::of(ROOT).to_der(&lists.key), add_list);
}

#[test]
fn no_changed_response_says_anything_else() {
    let scene = Scene::new();
    let responder = Form::responder().issued_by(ed25519(7), &scene.root);
    for status in [GOOD.to_vec(), revoked("20261001000000Z", 1)] {
        let singles = [Single::new(scene.id(), &status)];
        let direct = Answer::new(by_name(ROOT), &singles);
        nothing_else_is_ever_stated(&scene, &direct.to_der(&scene.root.key), add_response);
        let delegated = Answer::new(by_key(&responder.certificate), &singles).carrying(&responder.certificate);
        nothing_else_is_ever_stated(&scene, &delegated.to_der(&responder.key), add_response);
    }
    let unknown = Answer::new(by_name(ROOT), &[Single::new(scene.id(), &UNKNOWN)]).to_der(&scene.root.key);
    let mut changed = unknown.clone();
    for place in 0..unknown.len() {
        for change in [1, 2, 3, 0x20, 0x80, 0xff] {
            changed[place] ^= change;
            assert_eq!(stated(&scene, &changed, add_response), [""; 0], "octet {place} changed by {change:#x}");
            changed[place] ^= change;
        }
    }
}
