//! What is fetched for signatures and time-stamps.

use seing::ades::Material;
use seing::digest::Algorithm;
use seing::key::os_entropy;
use seing::oid::Oid;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::Indication;
use seing::{Identity, verify, verify_time_stamp};

use super::internet::{Places, Souk, now};
use crate::workshop::CONTRACT;

/// A time-stamp authority of the souk, whose tokens carry its own certificate alone.
fn authority(souk: &Souk) -> Authority {
    let places = Places { ocsp: Vec::new(), ..Souk::places(&souk.internet) };
    let (key, certificate) = souk.middle.time_stamp_authority("TEST TSA", &places);
    Authority::new(key, vec![certificate], Oid::parse("2.999.1").unwrap()).unwrap()
}

fn client(authority: &Authority) -> Client<'_> {
    let answer = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now(), &mut os_entropy));
    Client::new("here", answer, os_entropy)
}

#[test]
fn the_paths_of_signer_and_time_stamp_authority_are_completed() {
    let souk = Souk::new();
    let places = Places { ocsp: Vec::new(), ..Souk::places(&souk.internet) };
    let (key, certificate) = souk.middle.person_with_key("TEST Badr", &places);
    let signer = Identity::new(key, vec![certificate]).unwrap();
    let authority = authority(&souk);
    let mut client = client(&authority);
    let signed = seing::sign(CONTRACT, &signer).claimed_at(now()).timestamp(&mut client).finish().unwrap();
    let anchors = souk.anchors();
    let indication = |material: &Material| {
        verify(&signed).trust(&anchors).material(material).at(now()).report().unwrap().indication()
    };
    assert!(matches!(indication(&Material::default()), Indication::Indeterminate(_)));
    let collected = souk.internet.collector().for_document(&signed, &Material::default(), &anchors).unwrap();
    assert_eq!(souk.internet.asked(), ["GET /middle.cer", "GET /middle.crl", "GET /root.crl"]);
    assert_eq!(indication(&collected.material), Indication::Passed);
}

#[test]
fn a_token_and_the_response_that_brought_it_are_looked_after() {
    let souk = Souk::new();
    let (authority, anchors, digest) = (authority(&souk), souk.anchors(), Algorithm::Sha256.digest(CONTRACT));
    let request = client(&authority).request(&digest).unwrap();
    let response = authority.respond(&request.to_der(), now(), &mut os_entropy);
    let token = client(&authority).stamp(&digest, now()).unwrap();
    for octets in [token.octets(), &response] {
        let collected = souk.internet.collector().for_time_stamp(octets, &Material::default(), &anchors).unwrap();
        assert_eq!(souk.internet.asked(), ["GET /middle.cer", "GET /middle.crl", "GET /root.crl"]);
        let report = verify_time_stamp(octets).content(CONTRACT).trust(&anchors).material(&collected.material);
        assert_eq!(report.at(now()).report().unwrap().indication, Indication::Passed);
    }
    assert!(souk.internet.collector().for_time_stamp(b"x", &Material::default(), &anchors).is_err());
}
