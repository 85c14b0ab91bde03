//! Lists and responses that are made to cost work.

use std::time::{Duration, Instant};

use seing::error::ErrorKind;
use seing::limits::{Budget, Limits};
use seing::pki::crl::Crl;
use seing::pki::ocsp::OcspResponse;
use seing::pki::revocation::{RevocationQuery, statements};

use super::forge::*;

/// A debug build on a busy machine: what matters is that it ends.
const SOON: Duration = Duration::from_secs(20);

fn within<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < SOON, "{what} took {:?}", start.elapsed());
    done
}

/// Whether a limit stopped the question.
#[track_caller]
fn goes_over_a_limit(scene: &Scene) {
    let query = RevocationQuery::new(
        &scene.person.certificate,
        &scene.root.certificate,
        &scene.candidates,
        &scene.anchors,
        now(),
    );
    let found = within("the question", || statements(&query, &scene.data, &mut Budget::new(&Limits::default())));
    assert_eq!(found.unwrap_err().kind(), ErrorKind::LimitExceeded);
}

/// An entry of a long serial number.
fn long_entry(serial: u32, extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = if extensions.is_empty() { Vec::new() } else { sequence(&[&extensions.concat()]) };
    sequence(&[&tlv(2, &[&[1], &serial.to_be_bytes()]), &tlv(0x17, &[b"261001000000Z"]), &extensions])
}

#[test]
fn a_list_of_many_certificates_is_looked_up_in_its_octets() {
    let of_other = || extension("2.5.29.29", true, &sequence(&[&tlv(0xa4, &[&name("TEST Other")])]));
    let mut entries: Vec<Vec<u8>> = (0..100_000).map(|serial| long_entry(serial, &[reason(1)])).collect();
    entries.push(entry(PERSON, &[reason(4)]));
    let list = List { entries, ..List::of(ROOT) };
    let scene = Scene::new();
    let list = within("reading", || list.sign(&scene.root.key));
    let scene = scene.crl(list);
    within("looking up", || scene.proves(&["superseded"]));

    // Every entry names an issuer.
    let entries = (0..20_000).map(|serial| long_entry(serial, &[of_other()])).collect();
    let list = List { entries, ..List::of(ROOT) }.with(scope(&[&[0x84, 1, 0xff]]));
    within("looking up", || Scene::new().list(&list).proves(&["good"]));
}

#[test]
fn many_namesakes_end_at_the_limit_of_signature_checks() {
    let mut scene = Scene::with(&Form::authority(ROOT, CERT_SIGN), &Form::person(PERSON));
    for number in 0..1_100_u16 {
        let serial = number.to_be_bytes();
        let namesake = Form { serial: [&[1], &serial[..]].concat(), ..Form::authority(ROOT, CRL_SIGN) };
        scene.candidates.push(namesake.issued_by(ed25519(3), &scene.root).certificate);
    }
    goes_over_a_limit(&scene.crl(List::of(ROOT).sign(&ed25519(9))));
}

#[test]
fn many_names_of_distribution_points_end_at_the_limit_of_comparisons() {
    let names = |prefix: &str, count: u32| {
        let names: Vec<u8> = (0..count).flat_map(|n| tlv(0x86, &[format!("http://{prefix}/{n}").as_bytes()])).collect();
        tlv(0xa0, &[&tlv(0xa0, &[&names])])
    };
    let person = Form::person(PERSON).with(point(&[&names("a.test", 1_000)]));
    let scene = Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &person);
    goes_over_a_limit(&scene.list(&List::of(ROOT).with(scope(&[&names("b.test", 1_000)]))));
}

#[test]
fn many_answers_in_a_response_end_at_the_limit_of_elements() {
    let scene = Scene::new();
    let single = Single::new(scene.id(), &GOOD);
    let answer = Answer::new(by_name(ROOT), &vec![single; 100_001]);
    let scene = within("signing", || scene.answer(&answer, &ed25519(ROOT_SEED)));
    goes_over_a_limit(&scene);
}

#[test]
fn many_responders_in_a_response_are_refused() {
    let scene = Scene::new();
    let responder = Form::responder().issued_by(ed25519(7), &scene.root);
    let mut answer = Answer::new(by_name("TEST Responder"), &[Single::new(scene.id(), &GOOD)]);
    answer.certificates = vec![responder.certificate; 101];
    let refused = within("reading", || OcspResponse::parse(&answer.to_der(&ed25519(9))));
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::LimitExceeded);
}

#[test]
fn nesting_and_lengths_allocate_and_recurse_nothing() {
    let deep = (0..10_000).fold(vec![5, 0], |inner, _| {
        let length = u32::try_from(inner.len()).unwrap().to_be_bytes();
        [&[0x30, 0x84], &length[..], &inner].concat()
    });
    let indefinite: Vec<u8> = [0x30, 0x80].repeat(50_000);
    let long = [&[0x30, 0x84, 0x40, 0, 0, 0][..], &[0x30, 0x84, 0x3f, 0xff, 0xff, 0xf0]].concat();
    for octets in [deep, indefinite, long] {
        within("reading", || assert!(Crl::parse(&octets).is_err() && OcspResponse::parse(&octets).is_err()));
    }
}

#[test]
fn many_extensions_are_refused() {
    let many = (0..300_u32).map(|n| extension(&format!("1.3.6.1.4.1.5.{n}"), false, &[5, 0])).collect::<Vec<_>>();
    let list = List { extensions: many.clone(), ..List::of(ROOT) }.to_der(&ed25519(1));
    assert_eq!(Crl::parse(&list).unwrap_err().kind(), ErrorKind::LimitExceeded);
    let list = List::of(ROOT).entry(entry(3, &many)).to_der(&ed25519(1));
    assert_eq!(Crl::parse(&list).unwrap_err().kind(), ErrorKind::LimitExceeded);
    let repeated = List::of(ROOT).with(number(1)).with(number(2)).to_der(&ed25519(1));
    assert_eq!(Crl::parse(&repeated).unwrap_err().kind(), ErrorKind::Malformed);
}
