//! OCSP responders that answer as they like.

use seing::ades::Material;
use seing::collect::{Collected, Collector};
use seing::error::{Error, ErrorKind};
use seing::timestamp::{Exchange, Method};

use super::internet::{Authority, OCSP, Places, Souk, now, outcomes};
use crate::timestamp::forge::{oid, sequence, tlv};
use crate::timestamp::loopback::ok;
use crate::workshop::counting;

/// The pages that were asked about a person after the certificate of the issuer, and what came of it, when the responder
/// answers like this.
fn after(souk: &Souk, answer: Vec<u8>) -> Vec<(String, Option<ErrorKind>)> {
    souk.internet.answer("/ocsp", answer);
    let collected = souk.collected();
    assert_eq!(collected.material.crls.len(), 2, "{:?}", collected.attempts);
    outcomes(&collected)[1..3].to_vec()
}

#[test]
fn an_answer_that_proves_nothing_is_followed_by_the_list() {
    let souk = Souk::new();
    let stranger = Authority::root("TEST Middle");
    let other = souk.middle.person("TEST Badr", &Places::default());
    let (good, of_stranger) = (souk.middle.ocsp(&souk.amal, &[]), stranger.ocsp(&souk.amal, &[]));
    let mut changed = good.clone();
    let serial = changed.windows(16).position(|window| window == souk.amal.serial()).unwrap();
    // From "good" to "unknown", without the signer.
    changed[serial + 16] = 0x82;
    for (case, body, kind) in [
        ("tryLater", vec![0x30, 3, 0x0a, 1, 3], ErrorKind::Rejected),
        ("unauthorized", vec![0x30, 3, 0x0a, 1, 6], ErrorKind::Rejected),
        ("of another certificate", souk.middle.ocsp(&other, &[]), ErrorKind::Rejected),
        ("of another issuer of the name", of_stranger, ErrorKind::Rejected),
        ("changed", changed, ErrorKind::Rejected),
        ("signed by a stranger", souk.middle.ocsp_by(&stranger, &souk.amal, &[]), ErrorKind::Rejected),
        ("signed by another person", souk.middle.ocsp_by(&souk.root, &souk.amal, &[]), ErrorKind::Rejected),
        ("HTML", b"<!DOCTYPE html><p>It works!".to_vec(), ErrorKind::Malformed),
        ("nothing", Vec::new(), ErrorKind::Malformed),
        ("cut", good[..good.len() - 1].to_vec(), ErrorKind::Malformed),
        ("followed by more", [&good[..], b"\n"].concat(), ErrorKind::Malformed),
    ] {
        let found = after(&souk, ok(OCSP, &body));
        assert_eq!(found, [("ocsp".to_owned(), Some(kind)), ("middle.crl".to_owned(), None)], "{case}");
    }
    let found = after(&souk, ok("text/html", &good));
    assert_eq!(found[0].1, Some(ErrorKind::Rejected));
}

#[test]
fn a_responder_of_its_own_is_looked_after_too() {
    let souk = Souk::new();
    let places = Places { ocsp: Vec::new(), ..Souk::places(&souk.internet) };
    let responder = souk.middle.responder("TEST Responder", &places);
    souk.internet.put("/ocsp", OCSP, &souk.middle.ocsp_by(&responder, &souk.amal, &[]));
    let collected = souk.collected();
    assert_eq!(souk.internet.asked(), ["GET /middle.cer", "POST /ocsp", "GET /root.crl", "GET /middle.crl"]);
    assert_eq!(collected.attempts[3].certificates, [responder.certificate]);
    assert!(collected.attempts.iter().all(|attempt| attempt.outcome.is_ok()), "{:?}", collected.attempts);
}

/// What is collected with nonces when the responder answers what is made of the nonce that was asked.
fn with_nonce(answer: impl Fn(&[u8]) -> Vec<u8>) -> Collected {
    let souk = Souk::new();
    let id = oid("1.3.6.1.5.5.7.48.1.2");
    let respond = |exchange: &Exchange<'_>| {
        if exchange.method == Method::Get {
            return Err(Error::new(ErrorKind::Unreachable, "nobody is there"));
        }
        // OCTET STRING of OCTET STRING of 32 octets.
        let place = exchange.body.windows(id.len()).position(|window| window == id).unwrap() + id.len();
        let nonce = &exchange.body[place..];
        assert_eq!(nonce[..4], [4, 34, 4, 32]);
        Ok(souk.middle.ocsp(&souk.amal, &answer(&nonce[4..36])))
    };
    let mut known = Material::default();
    known.certificates.push(souk.middle.certificate.clone());
    Collector::new(respond, now()).guard(souk.guard()).nonces(counting).for_certificates(
        std::slice::from_ref(&souk.amal),
        &known,
        &souk.anchors(),
    )
}

fn nonce_extension(nonce: &[u8]) -> Vec<u8> {
    let extension = sequence(&[&oid("1.3.6.1.5.5.7.48.1.2"), &tlv(4, &[&tlv(4, &[nonce])])]);
    tlv(0xa1, &[&sequence(&[&extension])])
}

#[test]
fn a_nonce_is_repeated_or_left_out_but_not_another_one() {
    assert!(with_nonce(nonce_extension).attempts[0].outcome.is_ok());
    assert!(with_nonce(|_| Vec::new()).attempts[0].outcome.is_ok());
    let other = with_nonce(|_| nonce_extension(&[7; 32]));
    let error = other.attempts[0].outcome.as_ref().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert!(error.to_string().contains("nonce"), "{error}");
    assert!(other.material.ocsp_responses.is_empty());
}
