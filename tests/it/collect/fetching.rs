//! What is there and is missing is fetched, and nothing else is.

use seing::ades::Material;
use seing::collect::Sought;
use seing::error::ErrorKind;
use seing::limits::{Budget, Limits};
use seing::pki::crl::Crl;
use seing::pki::path::{PathQuery, find_path};
use seing::pki::revocation::{RevocationData, RevocationQuery, Status, statements};
use seing::pki::{Certificate, TrustAnchors};

use super::internet::{Authority, Internet, Places, Souk, now, outcomes};
use crate::timestamp::forge::{oid, sequence, tlv};
use crate::timestamp::loopback::status;
use crate::workshop::time;

/// A PKCS#7 that carries certificates and nothing else.
fn bag(certificates: &[&Certificate]) -> Vec<u8> {
    let octets: Vec<&[u8]> = certificates.iter().map(|certificate| certificate.der()).collect();
    let content = sequence(&[&oid("1.2.840.113549.1.7.1")]);
    let signed = sequence(&[&[2, 1, 1], &[0x31, 0], &content, &tlv(0xa0, &octets), &[0x31, 0]]);
    sequence(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xa0, &[&signed])])
}

#[test]
fn everything_is_fetched_that_a_validation_needs() {
    let souk = Souk::new();
    let collected = souk.collected();
    assert_eq!(souk.internet.asked(), ["GET /middle.cer", "POST /ocsp", "GET /root.crl"]);
    assert!(collected.attempts.iter().all(|attempt| attempt.outcome.is_ok()), "{:?}", collected.attempts);
    assert!(collected.incomplete.is_none());

    let (material, anchors) = (&collected.material, souk.anchors());
    let query = PathQuery::new(&souk.amal, &material.certificates, &anchors, now());
    let budget = &mut Budget::new(&Limits::default());
    let path = find_path(&query, budget).unwrap();
    assert_eq!(
        path.certificates(),
        [souk.amal.clone(), souk.middle.certificate.clone(), souk.root.certificate.clone()]
    );
    let (data, unreadable) = RevocationData::read(&material.crls, &material.ocsp_responses);
    assert!(unreadable.is_empty());
    for pair in path.certificates().windows(2) {
        let query = RevocationQuery::new(&pair[0], &pair[1], &material.certificates, &anchors, now());
        let found = statements(&query, &data, budget).unwrap();
        assert_eq!(found.proven.iter().map(|statement| statement.status).collect::<Vec<_>>(), [Status::Good]);
    }
}

#[test]
fn an_attempt_says_what_was_sought_where_and_for_whom() {
    let souk = Souk::new();
    souk.internet.answer("/ocsp", status("503 Service Unavailable", "Retry-After: 9"));
    let collected = souk.collected();
    let said: Vec<String> = collected.attempts.iter().map(ToString::to_string).collect();
    let at = |page| souk.internet.at(page);
    assert_eq!(said[0], format!("certificate of the issuer from {} for CN=TEST Amal: fetched", at("/middle.cer")));
    let refusal = format!("OCSP response from {} for CN=TEST Amal: the server refused the request", at("/ocsp"));
    assert!(said[1].starts_with(&refusal) && said[1].contains("503"), "{}", said[1]);
    assert_eq!(said[2], format!("revocation list from {} for CN=TEST Amal: fetched", at("/middle.crl")));
    assert_eq!(said[3], format!("revocation list from {} for CN=TEST Middle: fetched", at("/root.crl")));
    assert_eq!(collected.attempts[3].sought, Sought::Crl);
    assert_eq!(collected.attempts[3].certificates, std::slice::from_ref(&souk.middle.certificate));
}

#[test]
fn what_is_known_is_a_cache() {
    let souk = Souk::new();
    let mut known = souk.collected().material;
    souk.internet.asked();
    let again = souk.collected_with(&known);
    assert_eq!(souk.internet.asked(), Vec::<String>::new());
    assert!(again.material.is_empty() && again.attempts.is_empty());

    // The response has ended, the list has not.
    let targets = std::slice::from_ref(&souk.amal);
    let next_day = time("2026-11-24T10:00:01Z");
    let later = souk.internet.collector_at(next_day).for_certificates(targets, &known, &souk.anchors());
    assert_eq!(souk.internet.asked(), ["POST /ocsp", "GET /middle.crl"]);
    assert_eq!(
        (later.material.crls.len(), later.material.ocsp_responses.len()),
        (1, 0),
        "the response is the same one"
    );
    known.extend(&later.material);

    // Both lists have.
    let last = souk.internet.collector_at(time("2026-11-25T00:00:00Z"));
    let last = { last }.for_certificates(targets, &known, &souk.anchors());
    assert_eq!(souk.internet.asked(), ["POST /ocsp", "GET /middle.crl", "GET /root.crl"]);
    assert!(last.material.is_empty());
}

#[test]
fn issuers_come_in_every_encoding() {
    let souk = Souk::new();
    let (middle, stranger) = (&souk.middle.certificate, Authority::root("TEST Stranger").certificate);
    let pem = middle.to_pem();
    let bundle = format!("subject=TEST\n{}{}", stranger.to_pem(), middle.to_pem());
    for (kind, octets) in [
        ("application/pkix-cert", middle.der().to_vec()),
        ("application/octet-stream", middle.der().to_vec()),
        ("text/plain", pem.clone().into_bytes()),
        ("application/x-pem-file", bundle.into_bytes()),
        ("application/pkcs7-mime", bag(&[middle])),
        ("application/x-pkcs7-certificates", bag(&[&stranger, middle])),
        ("", middle.der().to_vec()),
    ] {
        souk.internet.put("/middle.cer", kind, &octets);
        let collected = souk.collected();
        assert_eq!(collected.material.certificates, std::slice::from_ref(middle), "{kind}");
        assert!(collected.attempts[0].outcome.is_ok());
    }
}

#[test]
fn those_above_an_issuer_may_come_with_it() {
    let souk = Souk::new();
    souk.internet.put(
        "/middle.cer",
        "application/pkcs7-mime",
        &bag(&[&souk.root.certificate, &souk.middle.certificate]),
    );
    let targets = std::slice::from_ref(&souk.amal);
    let collected = souk.internet.collector().for_certificates(targets, &Material::default(), &TrustAnchors::none());
    assert_eq!(collected.material.certificates, [souk.middle.certificate.clone(), souk.root.certificate.clone()]);
    assert!(!souk.internet.asked().contains(&"GET /root.cer".to_owned()));
}

#[test]
fn without_anchors_a_path_is_completed_to_its_root() {
    let souk = Souk::new();
    let targets = std::slice::from_ref(&souk.amal);
    let collected = souk.internet.collector().for_certificates(targets, &Material::default(), &TrustAnchors::none());
    assert_eq!(collected.material.certificates, [souk.middle.certificate.clone(), souk.root.certificate.clone()]);
    let asked = ["GET /middle.cer", "GET /root.cer", "POST /ocsp", "GET /root.crl"];
    assert_eq!(souk.internet.asked(), asked);
}

#[test]
fn an_issuer_that_leads_nowhere_is_followed_to_another_certificate_of_it() {
    let souk = Souk::new();
    let stranger = Authority::root("TEST Stranger");
    let crossed = stranger.authority_of("TEST Middle", &souk.middle.key, &Places::default());
    let mut known = Material::default();
    known.certificates.push(crossed);
    let collected = souk.collected_with(&known);
    assert_eq!(collected.material.certificates, std::slice::from_ref(&souk.middle.certificate));
}

#[test]
fn lists_come_in_pem_too() {
    let souk = Souk::new();
    souk.internet.answer("/ocsp", status("404 Not Found", "X: y"));
    let list = souk.middle.crl();
    let pem = Crl::parse(&list).unwrap().to_pem();
    souk.internet.put("/middle.crl", "text/plain", pem.as_bytes());
    let collected = souk.collected();
    assert_eq!(collected.material.crls[0], list);
    let page = |name: &str, kind| (name.to_owned(), kind);
    assert_eq!(outcomes(&collected)[1..3], [page("ocsp", Some(ErrorKind::Rejected)), page("middle.crl", None)]);
}

#[test]
fn a_list_for_two_is_fetched_once() {
    let souk = Souk::new();
    let places = Places { ocsp: Vec::new(), ..Souk::places(&souk.internet) };
    let targets = [souk.middle.person("TEST Badr", &places), souk.middle.person("TEST Chama", &places)];
    let collected = souk.internet.collector().for_certificates(&targets, &Material::default(), &souk.anchors());
    assert_eq!(souk.internet.asked(), ["GET /middle.cer", "GET /middle.crl", "GET /root.crl"]);
    assert_eq!((collected.material.certificates.len(), collected.material.crls.len()), (1, 2));

    // One that is not there is asked for once, for both.
    souk.internet.answer("/middle.crl", status("404 Not Found", "X: y"));
    let collected = souk.internet.collector().for_certificates(&targets, &Material::default(), &souk.anchors());
    assert_eq!(souk.internet.asked(), ["GET /middle.cer", "GET /middle.crl", "GET /root.crl"]);
    assert_eq!(collected.attempts[1].certificates, targets);
}

#[test]
fn authorities_that_name_each_other_are_asked_once() {
    let internet = Internet::new();
    let at = |page: &str| Places { issuer: vec![internet.at(page)], ..Places::default() };
    let (one, other) = (Authority::root("TEST One"), Authority::root("TEST Other"));
    let one = Authority { certificate: other.authority_of("TEST One", &one.key, &at("/other.cer")), key: one.key };
    let crossed = one.authority_of("TEST Other", &other.key, &at("/one.cer"));
    internet.put("/one.cer", "application/pkix-cert", one.certificate.der());
    internet.put("/other.cer", "application/pkix-cert", crossed.der());
    let person = one.person("TEST Amal", &at("/one.cer"));
    let anchors = TrustAnchors::none().with(Authority::root("TEST Root").certificate);
    let collected = internet.collector().for_certificates(&[person], &Material::default(), &anchors);
    assert_eq!(collected.material.certificates, [one.certificate, crossed]);
    assert_eq!(internet.asked(), ["GET /one.cer", "GET /other.cer"]);
    assert!(collected.incomplete.is_none());
}

#[test]
fn nothing_is_asked_about_an_anchor() {
    let souk = Souk::new();
    let anchors = TrustAnchors::none().with(souk.amal.clone());
    let targets = std::slice::from_ref(&souk.amal);
    let collected = souk.internet.collector().for_certificates(targets, &Material::default(), &anchors);
    assert!(collected.attempts.is_empty() && souk.internet.asked().is_empty());
}
