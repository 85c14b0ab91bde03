//! Webs of authorities, names and policies whose paths, comparisons and combinations have no end.

use seing::key::{KeyKind, Signer, SoftwareKey};
use seing::limits::{Budget, Limits};
use seing::pki::path::{PathFault, PathQuery, VerifiedPath, find_path};
use seing::pki::{Certificate, TrustAnchors};

use super::bounded;
use super::certificates::{Parts, extension};
use crate::timestamp::forge::{name, oid, sequence, tlv};
use crate::workshop::{key, later};

fn find(
    what: &str,
    target: &Certificate,
    candidates: &[Certificate],
    anchor: &Certificate,
) -> Result<VerifiedPath, String> {
    let anchors = TrustAnchors::none().with(anchor.clone());
    let query = PathQuery::new(target, candidates, &anchors, later());
    let found = bounded(what, || find_path(&query, &mut Budget::new(&Limits::default())));
    found.map_err(|failure| match failure.fault() {
        PathFault::LimitExceeded => failure.detail().unwrap().to_owned(),
        other => other.to_string(),
    })
}

fn keys(count: u8) -> Vec<SoftwareKey> {
    (0..count).map(|number| key(KeyKind::P256, 100 + number)).collect()
}

fn level(number: usize) -> String {
    format!("TEST level {number}")
}

/// Levels of authorities, each of as many certificates as are asked for; the target stands below level 0, and the last level is
/// certified by the root. `finish` adds to the certificate of a level and a number.
fn tower(
    keys: &[SoftwareKey],
    widths: &[usize],
    finish: impl Fn(Parts, usize) -> Parts,
) -> (Vec<Certificate>, Certificate) {
    let root = keys.last().unwrap();
    let mut candidates = Vec::new();
    for (height, width) in widths.iter().enumerate() {
        let (own, above) = (&keys[height], keys.get(height + 1).filter(|_| height + 1 < widths.len()).unwrap_or(root));
        let issuer = if height + 1 < widths.len() { level(height + 1) } else { "TEST Root".to_owned() };
        let parts = finish(Parts::new(&level(height), &issuer, own.public_key()).authority(), height);
        candidates.extend((0..*width).map(|number| parts.numbered(number as u32).certificate(above)));
    }
    (candidates, Parts::new("TEST Root", "TEST Root", root.public_key()).authority().certificate(root))
}

const PATHS: &str = "more certification paths than the limit allows";

/// 8 certificates on each of 6 levels make 262,144 paths, all of one signature for each pair of certificate and key.
#[test]
fn cross_certificates_without_number_end_at_a_limit() {
    let keys = keys(7);
    let (candidates, root) = tower(&keys, &[8; 6], |parts, _| parts);
    let target = Parts::new("TEST Amal", &level(0), keys[6].public_key()).certificate(&keys[0]);
    let stranger = Parts::new("TEST Other", "TEST Other", keys[0].public_key()).authority().certificate(&keys[0]);
    assert_eq!(find("no anchor", &target, &candidates, &stranger).unwrap_err(), PATHS);
    assert!(find("anchor", &target, &candidates, &root).is_ok());
    // Every path reaches the anchor and fails at the target.
    let unknown = Parts::new("TEST Amal", &level(0), keys[6].public_key()).with(extension("2.999", true, &[]));
    assert_eq!(find("unfit", &unknown.certificate(&keys[0]), &candidates, &root).unwrap_err(), PATHS);
}

/// The way up is long, each certificate on it has very many extensions, and at its end it forks.
#[test]
fn long_paths_cost_as_much_as_they_are_long() {
    let keys = keys(97);
    let mut widths = vec![1; 94];
    widths.extend([20, 40]);
    let crowd = |mut parts: Parts, _| {
        parts.extensions.extend((0..190).map(|number| extension(&format!("2.999.{number}"), false, &[])));
        parts
    };
    let (candidates, root) = tower(&keys, &widths, crowd);
    let unknown = Parts::new("TEST Amal", &level(0), keys[0].public_key()).with(extension("2.999", true, &[]));
    assert_eq!(find("long", &unknown.certificate(&keys[0]), &candidates, &root).unwrap_err(), PATHS);
}

#[test]
fn authorities_that_certify_each_other_in_circles_lead_nowhere() {
    let keys = keys(20);
    let mut candidates = Vec::new();
    for (place, own) in keys.iter().enumerate() {
        for step in 1..3 {
            let above = (place + step) % keys.len();
            let parts = Parts::new(&level(place), &level(above), own.public_key()).authority();
            candidates.push(parts.numbered(step as u32).certificate(&keys[above]));
        }
    }
    let own = Parts::new(&level(0), &level(0), keys[0].public_key()).authority().numbered(9).certificate(&keys[0]);
    candidates.push(own);
    let target = Parts::new("TEST Amal", &level(0), keys[6].public_key()).certificate(&keys[0]);
    let stranger = Parts::new("TEST Other", "TEST Other", keys[0].public_key()).authority().certificate(&keys[0]);
    let said = find("circles", &target, &candidates, &stranger).unwrap_err();
    assert!(said == PATHS || said == PathFault::NoAnchor.to_string(), "{said}");
    // Two that certify each other are a short way.
    let pair = &candidates[..2];
    let said = find("a circle", &target, pair, &stranger).unwrap_err();
    assert_eq!(said, PathFault::NoAnchor.to_string());
}

/// The certificates of one issuer with very many keys: each is tried, up to the limit.
#[test]
fn issuers_of_one_name_end_at_a_limit() {
    let own = key(KeyKind::P256, 100);
    let target = Parts::new("TEST Amal", &level(0), own.public_key()).certificate(&own);
    let issuer = Parts::new(&level(0), &level(0), own.public_key()).authority();
    let ed25519 = sequence(&[&oid("1.3.101.112")]);
    let candidates: Vec<Certificate> = (0..1_500u32)
        .map(|number| {
            let spki = sequence(&[&ed25519, &tlv(3, &[&[0; 29], &number.to_be_bytes()])]);
            Parts { spki, ..issuer.numbered(number) }.certificate(&own)
        })
        .collect();
    let stranger = Parts::new("TEST Other", "TEST Other", own.public_key()).authority().certificate(&own);
    let said = find("issuers", &target, &candidates, &stranger).unwrap_err();
    assert_eq!(said, "more signature checks than the limit allows");
}

/// Names times constraints is a product.
#[test]
fn name_constraints_times_names_end_at_a_limit() {
    const LIMIT: &str = "more names and name constraints than the limit allows";
    let keys = keys(3);
    let list = |tag: u8, count: usize, text: &dyn Fn(usize) -> Vec<u8>| -> Vec<Vec<u8>> {
        (0..count).map(|number| tlv(tag, &[&text(number)])).collect()
    };
    let host = |front: &'static str| move |number: usize| format!("{front}{number}.example").into_bytes();
    // Of one length, and different at the end.
    let mailbox = |front: char| {
        move |number: usize| format!("{}{number:04}@example.com", String::from(front).repeat(7_900)).into_bytes()
    };
    let directory = |front: char| {
        move |number: usize| {
            let element = name(&String::from(front).repeat(60_000));
            sequence(&[&element[4..], &name(&number.to_string())[2..]])
        }
    };
    let cases = [
        ("hosts", list(0x82, 1_000, &host("a")), list(0x82, 1_000, &host("b"))),
        ("mailboxes", list(0x81, 100, &mailbox('a')), list(0x81, 100, &mailbox('b'))),
        ("directories", list(0xa4, 14, &directory('a')), list(0xa4, 14, &directory('a'))),
    ];
    for (what, constraints, names) in cases {
        let bases: Vec<Vec<u8>> = constraints.iter().map(|base| sequence(&[base])).collect();
        let constraints = sequence(&[&tlv(0xa1, &[&bases.concat()])]);
        let constrain = |parts: Parts, _| parts.with(extension("2.5.29.30", true, &constraints));
        let (candidates, root) = tower(&keys, &[10, 10], constrain);
        let target = Parts::new("TEST Amal", &level(0), keys[2].public_key());
        let target = target.with(extension("2.5.29.17", false, &sequence(&[&names.concat()])));
        let said = find(what, &target.certificate(&keys[0]), &candidates, &root).unwrap_err();
        let refused = PathFault::NameConstraints.to_string();
        assert!(said == LIMIT || said == PATHS || said == refused, "{what}: {said}");
        assert!(what != "hosts" || said == LIMIT, "{said}");
    }
}

/// Each authority maps two policies to both: a tree would have a million leaves after 20 of them (CVE-2023-0464), and the graph
/// of RFC 9618 has two nodes on each level.
#[test]
fn policies_that_multiply_are_few_in_a_graph() {
    let keys = keys(41);
    let pair = ["2.999.1", "2.999.2"].map(oid);
    let policies = sequence(&[&sequence(&[&pair[0]]), &sequence(&[&pair[1]])]);
    let mappings: Vec<Vec<u8>> =
        pair.iter().flat_map(|one| pair.iter().map(|other| sequence(&[one.as_slice(), other]))).collect();
    let mappings = sequence(&[&mappings.concat()]);
    let (candidates, root) = tower(&keys, &[1; 40], |parts, _| {
        parts.with(extension("2.5.29.32", false, &policies)).with(extension("2.5.29.33", false, &mappings))
    });
    let target =
        Parts::new("TEST Amal", &level(0), keys[0].public_key()).with(extension("2.5.29.32", false, &policies));
    let path = find("policies", &target.certificate(&keys[0]), &candidates, &root).unwrap();
    assert_eq!(path.authority_constrained_policies().len(), 2);
}

#[test]
fn policies_without_number_end_at_a_limit() {
    let keys = keys(41);
    let all: Vec<Vec<u8>> = (0..1_500).map(|number| oid(&format!("2.999.{number}"))).collect();
    let policies = sequence(&[&all.iter().map(|policy| sequence(&[policy])).collect::<Vec<_>>().concat()]);
    let mappings = all.iter().zip(all.iter().rev()).map(|(one, other)| sequence(&[one, other]));
    let mappings = sequence(&[&mappings.collect::<Vec<_>>().concat()]);
    let (candidates, root) = tower(&keys, &[1; 40], |parts, _| {
        parts.with(extension("2.5.29.32", false, &policies)).with(extension("2.5.29.33", false, &mappings))
    });
    let target =
        Parts::new("TEST Amal", &level(0), keys[0].public_key()).with(extension("2.5.29.32", false, &policies));
    let said = find("policies", &target.certificate(&keys[0]), &candidates, &root).unwrap_err();
    assert_eq!(said, "more certificate policies than the limit allows");
}
