//! Delta lists, where a list or a certificate says that they are.

use seing::collect::{Collected, Sought};
use seing::error::ErrorKind;
use seing::key::Signer;
use seing::limits::{Budget, Limits};
use seing::pki::revocation::{RevocationData, RevocationQuery, Status, statements};

use super::internet::{Authority, Places, Souk, now};
use crate::timestamp::forge::{oid, sequence, tlv};

fn extension(kind: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    sequence(&[&oid(kind), flag, &tlv(4, &[value])])
}

/// A list of this number, with these entries and further extensions.
fn list(authority: &Authority, number: u8, entries: &[u8], more: &[u8]) -> Vec<u8> {
    let algorithm = sequence(&[&oid("1.2.840.10045.4.3.2")]);
    let extensions = sequence(&[&extension("2.5.29.20", false, &[2, 1, number]), more]);
    let to_be_signed = sequence(&[
        &[2, 1, 1],
        &algorithm,
        authority.certificate.subject().der(),
        &tlv(0x17, &[b"261123000000Z"]),
        &tlv(0x17, &[b"261124000000Z"]),
        entries,
        &tlv(0xa0, &[&extensions]),
    ]);
    let signature = tlv(3, &[&[0], &authority.key.sign(&to_be_signed).unwrap()]);
    sequence(&[&to_be_signed, &algorithm, &signature])
}

fn freshest(url: &str) -> Vec<u8> {
    let name = tlv(0xa0, &[&tlv(0xa0, &[&tlv(0x86, &[url.as_bytes()])])]);
    extension("2.5.29.46", false, &sequence(&[&sequence(&[&name])]))
}

/// The person of a souk whose list names a delta list on which the person stands, and what is collected.
fn collected(souk: &Souk, delta: &[u8]) -> Collected {
    let base = list(&souk.middle, 4, &[], &freshest(&souk.internet.at("/delta.crl")));
    souk.internet.put("/middle.crl", "application/pkix-crl", &base);
    souk.internet.put("/delta.crl", "application/pkix-crl", delta);
    souk.collected()
}

fn souk() -> Souk {
    let mut souk = Souk::new();
    let places = Places { ocsp: Vec::new(), ..Souk::places(&souk.internet) };
    souk.amal = souk.middle.person("TEST Amal", &places);
    souk
}

/// RFC 5280 §5.2.4: the list that it starts from, critical.
fn since(number: u8) -> Vec<u8> {
    extension("2.5.29.27", true, &[2, 1, number])
}

#[test]
fn a_delta_list_is_fetched_after_its_list() {
    let souk = souk();
    let entry = sequence(&[&tlv(2, &[souk.amal.serial()]), &tlv(0x17, &[b"261122000000Z"])]);
    let delta = list(&souk.middle, 5, &sequence(&[&entry]), &since(4));
    let mut collected = collected(&souk, &delta);
    assert_eq!(souk.internet.asked(), ["GET /middle.cer", "GET /middle.crl", "GET /delta.crl", "GET /root.crl"]);
    assert_eq!(collected.attempts[2].sought, Sought::DeltaCrl);
    assert!(collected.attempts.iter().all(|attempt| attempt.outcome.is_ok()), "{:?}", collected.attempts);

    let (data, _) = RevocationData::read(&collected.material.crls, &[]);
    let anchors = souk.anchors();
    let query = RevocationQuery::new(&souk.amal, &souk.middle.certificate, &[], &anchors, now());
    let found = statements(&query, &data, &mut Budget::new(&Limits::default())).unwrap();
    assert!(found.proven.iter().any(|statement| matches!(statement.status, Status::Revoked { .. })), "{found:?}");

    // Known, and current.
    let again = souk.collected_with(&collected.material);
    assert!(again.attempts.is_empty() && souk.internet.asked().is_empty());
    // Without the delta list it is the only piece that is missing.
    collected.material.crls.retain(|crl| *crl != delta);
    assert_eq!(souk.collected_with(&collected.material).material.crls, [delta]);
    assert_eq!(souk.internet.asked(), ["GET /delta.crl"]);
}

#[test]
fn a_list_that_is_no_delta_list_is_not_taken_for_one() {
    let souk = souk();
    let collected = collected(&souk, &list(&souk.middle, 5, &[], &[]));
    let error = collected.attempts[2].outcome.as_ref().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert!(error.to_string().contains("no delta list"), "{error}");
    assert_eq!(collected.material.crls.len(), 2);
}
