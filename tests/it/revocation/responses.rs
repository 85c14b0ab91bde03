//! What OCSP responses prove (RFC 6960).

use seing::digest::Algorithm;
use seing::pki::Reason;
use seing::pki::ocsp::{CertId, OcspResponse, Request, Unanswered};
use seing::pki::revocation::{RevocationData, Status};

use super::forge::*;
use crate::workshop::time;

fn good(scene: &Scene) -> Answer {
    Answer::new(by_name(ROOT), &[Single::new(scene.id(), &GOOD)])
}

fn root_key() -> seing::key::SoftwareKey {
    ed25519(ROOT_SEED)
}

#[test]
fn the_issuer_answers_for_its_certificates() {
    let scene = Scene::new();
    let answer = good(&scene);
    let scene = scene.answer(&answer, &root_key());
    let found = scene.statements();
    let [statement] = found.proven.as_slice() else { panic!("{found:#?}") };
    assert_eq!(statement.status, Status::Good);
    assert_eq!(statement.this_update, time("2026-11-21T00:00:00Z"));
    assert_eq!(statement.next_update, Some(time("2026-11-28T00:00:00Z")));
    assert_eq!(statement.issued, time("2026-11-21T00:00:00Z"));
    assert_eq!(statement.description, "OCSP response of CN=TEST Root, 2026-11-21T00:00:00Z");
    assert!(statement.signers.is_empty() && statement.responder.is_none());

    let scene = Scene::new();
    let answer =
        Answer::new(by_key(&scene.root.certificate), &[Single::new(scene.id(), &revoked("20261001000000Z", 1))]);
    let scene = scene.answer(&answer, &root_key());
    assert_eq!(scene.statements().proven[0].status, revoked_for(Reason::KeyCompromise));
}

#[test]
fn a_certificate_may_be_named_by_sha_256() {
    let scene = Scene::new();
    let id = id(Algorithm::Sha256, &scene.person.certificate, &scene.root.certificate);
    let answer = Answer::new(by_name(ROOT), &[Single::new(id, &GOOD)]);
    scene.answer(&answer, &root_key()).proves(&["good"]);
}

#[test]
fn a_responder_answers_when_the_issuer_delegated_it() {
    let scene = Scene::new();
    let responder = Form::responder().issued_by(ed25519(7), &scene.root);
    let answer = Answer::new(by_name("TEST Responder"), &[Single::new(scene.id(), &GOOD)]);
    let found = scene.answer(&answer.clone().carrying(&responder.certificate), &responder.key);
    found.proves(&["good"]);
    let statement = &found.statements().proven[0];
    assert_eq!(statement.responder, Some(responder.certificate.clone()));
    assert_eq!(statement.signers, [(responder.certificate.clone(), found.root.certificate.clone())]);
    assert_eq!(statement.algorithms.len(), 2);

    // Its certificate may come from elsewhere, and its key may stand for its name.
    let by_key = Answer { responder: by_key(&responder.certificate), ..answer.clone() };
    Scene::new().candidate(&responder.certificate).answer(&by_key, &responder.key).proves(&["good"]);
    Scene::new().answer(&answer, &responder.key).proves_nothing(&["no certificate of CN=TEST Responder"]);

    let unchecked = Form::responder().with(extension("1.3.6.1.5.5.7.48.1.5", false, &[5, 0]));
    let unchecked = unchecked.issued_by(ed25519(7), &found.root);
    let found = Scene::new().answer(&answer.carrying(&unchecked.certificate), &unchecked.key).statements();
    assert!(found.proven[0].signers.is_empty());
    assert_eq!(found.proven[0].responder, Some(unchecked.certificate));
}

#[test]
fn whoever_was_not_delegated_proves_nothing() {
    let scene = Scene::new();
    let attempt = |responder: &Party, words: &str| {
        let common_name = responder.certificate.subject().to_string();
        let id = by_name(common_name.strip_prefix("CN=").unwrap());
        for status in [GOOD.to_vec(), revoked("20261001000000Z", 1)] {
            let answer = Answer::new(id.clone(), &[Single::new(scene.id(), &status)]).carrying(&responder.certificate);
            Scene::new().answer(&answer, &responder.key).proves_nothing(&[words]);
        }
    };
    let without = |place: usize| {
        let mut form = Form::responder();
        form.extensions.remove(place);
        form
    };
    attempt(&without(1).issued_by(ed25519(7), &scene.root), "no certificate for OCSP responses");
    let any = without(1).with(purpose("2.5.29.37.0"));
    attempt(&any.issued_by(ed25519(7), &scene.root), "no certificate for OCSP responses");
    attempt(&without(0).with(key_usage(CERT_SIGN)).issued_by(ed25519(7), &scene.root), "key usage");
    let expired = Form { valid: ("250101000000Z", "261120000000Z"), ..Form::responder() };
    attempt(&expired.issued_by(ed25519(7), &scene.root), "expired");
    let unborn = Form { valid: ("261122000000Z", "280101000000Z"), ..Form::responder() };
    attempt(&unborn.issued_by(ed25519(7), &scene.root), "not yet valid");
    // Of the name of the issuer, but by another key.
    attempt(&Form::responder().issue(ed25519(7), ROOT, &ed25519(9)), "not a responder of the issuer");
    let other = Form::authority("TEST Other", CERT_SIGN).self_signed(9);
    attempt(&Form::responder().issued_by(ed25519(7), &other), "not a responder of the issuer");
    // A sub-authority is not the issuer itself.
    let below = Form::authority("TEST Below", CERT_SIGN).issued_by(ed25519(9), &scene.root);
    attempt(&Form::responder().issued_by(ed25519(7), &below), "not a responder of the issuer");
}

#[test]
fn a_responder_does_not_answer_for_its_own_key() {
    let scene = Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &Form::responder());
    let answer = Answer::new(by_name("TEST Responder"), &[Single::new(scene.id(), &GOOD)]);
    let own = ed25519(PERSON_SEED);
    let answer = answer.carrying(&scene.person.certificate);
    scene.answer(&answer, &own).proves_nothing(&["key of the certificate of which it speaks"]);
}

#[test]
fn a_response_by_another_key_than_it_says_proves_nothing() {
    let scene = Scene::new();
    let answer = good(&scene);
    scene.answer(&answer, &ed25519(9)).proves_nothing(&["not by the key of CN=TEST Root"]);
    // Signed by the issuer, but naming another.
    let scene = Scene::new();
    let answer = Answer { responder: by_name("TEST Other"), ..answer };
    scene.answer(&answer, &root_key()).proves_nothing(&["no certificate of CN=TEST Other"]);
}

#[test]
fn an_answer_about_another_certificate_proves_nothing() {
    let scene = Scene::new();
    let other = Form::person(PERSON + 1).issued_by(ed25519(2), &scene.root);
    let about = id(Algorithm::Sha1, &other.certificate, &scene.root.certificate);
    let answer = Answer::new(by_name(ROOT), &[Single::new(about, &GOOD)]);
    scene.answer(&answer, &root_key()).proves_nothing(&[]);
    // The same serial number and name of the issuer, but another key: worth a word.
    let scene = Scene::new();
    let namesake = Form::authority(ROOT, CERT_SIGN).self_signed(9);
    let about = id(Algorithm::Sha1, &scene.person.certificate, &namesake.certificate);
    let answer = Answer::new(by_name(ROOT), &[Single::new(about, &GOOD)]);
    scene.answer(&answer, &root_key()).proves_nothing(&["of another issuer"]);
}

#[test]
fn unknown_is_neither_good_nor_revoked() {
    let scene = Scene::new();
    let answer = Answer::new(by_name(ROOT), &[Single::new(scene.id(), &UNKNOWN)]);
    scene.answer(&answer, &root_key()).proves_nothing(&["does not know the certificate"]);
}

#[test]
fn of_two_answers_for_a_certificate_the_graver_counts() {
    let scene = Scene::new();
    let (fine, gone) = (Single::new(scene.id(), &GOOD), Single::new(scene.id(), &revoked("20261001000000Z", 4)));
    for singles in [[fine.clone(), gone.clone()], [gone.clone(), fine.clone()]] {
        Scene::new().answer(&Answer::new(by_name(ROOT), &singles), &root_key()).proves(&["superseded"]);
    }
    let unsure = Single::new(scene.id(), &UNKNOWN);
    Scene::new().answer(&Answer::new(by_name(ROOT), &[fine, unsure]), &root_key()).proves_nothing(&["does not know"]);
}

#[test]
fn an_answer_older_than_the_certificate_proves_nothing_good() {
    let scene = Scene::new();
    let old = Single { this_update: "20251231235959Z", ..Single::new(scene.id(), &GOOD) };
    scene.answer(&Answer::new(by_name(ROOT), &[old]), &root_key()).proves_nothing(&["before the certificate"]);
}

#[test]
fn the_archive_cutoff_says_since_when_expired_certificates_are_kept() {
    let scene = Scene::new();
    let cutoff = extension("1.3.6.1.5.5.7.48.1.6", false, &tlv(0x18, &[b"20160101000000Z"]));
    let answer = Answer::new(by_name(ROOT), &[Single::new(scene.id(), &GOOD).with(cutoff)]);
    let found = scene.answer(&answer, &root_key()).statements();
    assert_eq!(found.proven[0].expired_kept_since, Some(time("2016-01-01T00:00:00Z")));
}

#[test]
fn a_certificate_that_was_never_issued_is_suspended_and_said_to_be_so() {
    let scene = Scene::new();
    let never = Single::new(scene.id(), &revoked("19700101000000Z", 6));
    let extended = extension("1.3.6.1.5.5.7.48.1.9", false, &[5, 0]);
    let scene = scene.answer(&Answer::new(by_name(ROOT), &[never]).with(extended), &root_key());
    scene.proves(&["certificateHold"]);
    assert!(scene.statements().proven[0].description.ends_with("which says that the certificate was never issued"));
}

#[test]
fn a_critical_extension_that_is_unknown_spoils_the_response() {
    let unknown = extension("1.3.6.1.4.1.5.1", true, &[5, 0]);
    let words = ["critical extension 1.3.6.1.4.1.5.1 is unknown"];
    let scene = Scene::new();
    let answer = good(&scene).with(unknown.clone());
    scene.answer(&answer, &root_key()).proves_nothing(&words);
    let scene = Scene::new();
    let answer = Answer::new(by_name(ROOT), &[Single::new(scene.id(), &GOOD).with(unknown)]);
    scene.answer(&answer, &root_key()).proves_nothing(&words);
}

#[test]
fn a_request_is_answered_by_a_response_with_its_certificate_and_its_nonce() {
    let scene = Scene::new();
    let (person, root) = (&scene.person.certificate, &scene.root.certificate);
    let mut entropy = |octets: &mut [u8]| {
        octets.fill(0xa5);
        Ok(())
    };
    let request = Request::new(person, root).nonce(&mut entropy).unwrap();
    let nonce = |octets: &[u8]| extension("1.3.6.1.5.5.7.48.1.2", false, &tlv(4, &[octets]));
    // RFC 6960 §4.1.1 by hand: the CertID, and the nonce in an OCTET STRING in an OCTET STRING.
    let asked = sequence(&[&sequence(&[&scene.id()])]);
    let extensions = tlv(0xa2, &[&sequence(&[&nonce(&[0xa5; 32])])]);
    assert_eq!(request.to_der(), sequence(&[&sequence(&[&asked, &extensions])]));

    let answered = |answer: Answer| request.check_answer(&answer.sign(&root_key()));
    assert_eq!(answered(good(&scene).with(nonce(&[0xa5; 32]))), Ok(()));
    assert_eq!(answered(good(&scene).with(nonce(&[0xa6; 32]))), Err(Unanswered::OtherNonce));
    assert_eq!(answered(good(&scene)), Err(Unanswered::NoNonce));
    let other = Form::person(PERSON + 1).issued_by(ed25519(2), &scene.root);
    let about = id(Algorithm::Sha1, &other.certificate, root);
    let elsewhere = Answer::new(by_name(ROOT), &[Single::new(about, &GOOD)]).with(nonce(&[0xa5; 32]));
    assert_eq!(answered(elsewhere), Err(Unanswered::OtherCertificate));
    let two = Request::new(person, root).and(CertId::new(Algorithm::Sha256, person, root));
    assert_eq!(two.check_answer(&good(&scene).sign(&root_key())), Err(Unanswered::OtherCertificate));
    let refusal = OcspResponse::parse(&sequence(&[&[10, 1, 3]])).unwrap();
    assert_eq!(request.check_answer(&refusal), Err(Unanswered::Refused));
}

#[test]
fn what_cannot_be_read_and_what_was_refused_comes_back_with_the_reason() {
    let scene = Scene::new();
    let refusal = sequence(&[&[10, 1, 3]]);
    let answer = good(&scene).to_der(&root_key());
    let list = List::of(ROOT).to_der(&root_key());
    let (data, unusable) = RevocationData::read(&[list, vec![0x30]], &[answer, refusal.clone(), vec![5, 0]]);
    assert_eq!((data.crls().len(), data.ocsp_responses().len()), (1, 1));
    let whys: Vec<&str> = unusable.iter().map(|unusable| unusable.why.as_str()).collect();
    assert!(
        matches!(whys[..], [list, refused, other] if list.contains("truncated")
        && refused.contains("tryLater") && other.contains("OCSP response expected")),
        "{whys:?}"
    );
    assert_eq!(unusable[1].source, Algorithm::Sha256.digest(&refusal));
}
