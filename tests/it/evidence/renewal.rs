//! Renewed records, and records that are renewed wrongly.

use sha2::{Digest as _, Sha256, Sha512};

use seing::ades::Check;
use seing::digest::{Algorithm, Digest};
use seing::error::ErrorKind;
use seing::evidence::{Batch, Covers, EvidenceRecord};
use seing::key::KeyKind;

use super::{batch, facts, imprint, order, parse, sealed};
use crate::der_tree::{Body, Node};
use crate::workshop::Parties;

/// The element at this way from the root, in DER.
fn element(record: &[u8], way: &[usize]) -> Vec<u8> {
    let whole = Node::parse(record);
    let found = way.iter().fold(&whole, |node, at| match &node.body {
        Body::Nodes(nodes) => &nodes[*at],
        Body::Octets(_) => panic!("primitive"),
    });
    found.encode()
}

/// Renews the time-stamps of records in one batch.
fn time_stamp_renewed(parties: &Parties, records: &[EvidenceRecord], days: i64) -> Vec<EvidenceRecord> {
    let digests: Vec<Digest> = records.iter().map(|record| record.token_digest().unwrap()).collect();
    let mut batch = Batch::new(digests[0].algorithm());
    digests.iter().for_each(|digest| assert!(batch.push(digest).is_ok()));
    let sealed = sealed(parties, batch, days);
    let renew = |(place, record): (usize, &EvidenceRecord)| {
        record.renew_time_stamp(&sealed.archive_time_stamp(place).unwrap()).unwrap()
    };
    records.iter().enumerate().map(renew).collect()
}

/// Renews the hash trees of records of one document each.
fn hash_tree_renewed(
    parties: &Parties,
    records: &[EvidenceRecord],
    algorithm: Algorithm,
    days: i64,
) -> Vec<EvidenceRecord> {
    let document = |place: usize| algorithm.digest(&order(place));
    let mut batch = Batch::new(algorithm);
    for (place, record) in records.iter().enumerate() {
        batch.push_group(&record.renewed_digests(&[document(place)]).unwrap()).unwrap();
    }
    let sealed = sealed(parties, batch, days);
    let renew = |(place, record): (usize, &EvidenceRecord)| {
        record.renew_hash_tree(&sealed.archive_time_stamp(place).unwrap(), &[document(place)]).unwrap()
    };
    records.iter().enumerate().map(renew).collect()
}

fn orders(parties: &Parties, count: usize) -> Vec<EvidenceRecord> {
    let sealed = sealed(parties, batch(Algorithm::Sha256, count), 0);
    (0..count).map(|place| parse(&sealed.record(place).unwrap()).unwrap()).collect()
}

#[test]
fn records_are_renewed_again_and_again() {
    let parties = Parties::new(KeyKind::P256);
    for count in [1, 2, 5] {
        let records = orders(&parties, count);
        let records = time_stamp_renewed(&parties, &records, 1);
        let records = time_stamp_renewed(&parties, &records, 2);
        let records = hash_tree_renewed(&parties, &records, Algorithm::Sha512, 3);
        let records = time_stamp_renewed(&parties, &records, 4);
        let records = hash_tree_renewed(&parties, &records, Algorithm::Sha3_256, 5);
        for (place, record) in records.iter().enumerate() {
            assert_eq!(record.document_algorithms(), [Algorithm::Sha256, Algorithm::Sha512, Algorithm::Sha3_256]);
            assert_eq!(Node::parse(record.octets()).encode(), record.octets(), "DER");
            let facts = facts(record, &[&order(place)]);
            let covers: Vec<Covers> = facts.time_stamps.iter().map(|stamp| stamp.covers).collect();
            let (token, renewed) = (Covers::TokenBefore, Covers::DocumentsAndOlderChains);
            assert_eq!(covers, [Covers::Documents, token, token, renewed, token, renewed]);
            assert!(facts.time_stamps.iter().all(|stamp| stamp.imprint() == Check::Holds), "{facts:?}");
            assert!(facts.time_stamps.iter().all(|stamp| stamp.defects.is_empty()), "{facts:?}");
            assert_eq!(imprint(record.octets(), &[&order(count)]), Check::Broken);
            let without: Vec<Check> =
                super::facts(record, &[]).time_stamps.iter().map(|stamp| stamp.imprint()).collect();
            assert_eq!(without[1..3], [Check::Holds; 2], "links between tokens need no document");
            assert_eq!([without[0], without[3], without[5]], [Check::NotChecked; 3]);
        }
    }
}

#[test]
fn what_a_renewal_stamps_is_what_the_standard_says() {
    let parties = Parties::new(KeyKind::P256);
    let records = orders(&parties, 1);
    let record = &records[0];
    // The time-stamp is the last field of the first archive time-stamp of the first chain.
    let token = element(record.octets(), &[2, 0, 0, 1]);
    assert_eq!(record.token_digest().unwrap().octets(), Sha256::digest(&token).as_slice());
    let document = Sha512::digest(order(0));
    let sequence = Sha512::digest(element(record.octets(), &[2]));
    let both = Sha512::digest([document.as_slice(), sequence.as_slice()].concat());
    let digest = record.renewed_digests(&[Algorithm::Sha512.digest(&order(0))]).unwrap();
    assert_eq!(digest[0].octets(), both.as_slice());
    let renewed = &hash_tree_renewed(&parties, &records, Algorithm::Sha512, 1)[0];
    // The sequence of the older chains is written again around them, without the new chain.
    let older = Node::constructed(0x30, vec![Node::parse(&element(renewed.octets(), &[2, 0]))]).encode();
    assert_eq!(Sha512::digest(older), sequence);
}

#[test]
fn groups_are_renewed_together() {
    let parties = Parties::new(KeyKind::P256);
    let documents: [&[u8]; 3] = [b"the contract", b"its annex", b"the terms"];
    let digests = |algorithm: Algorithm| documents.map(|document| algorithm.digest(document));
    let mut batch = batch(Algorithm::Sha256, 2);
    batch.push_group(&digests(Algorithm::Sha256)).unwrap();
    let sealed_first = sealed(&parties, batch, 0);
    let record = parse(&sealed_first.record(2).unwrap()).unwrap();
    let mut batch = super::batch(Algorithm::Sha512, 3);
    let place = batch.push_group(&record.renewed_digests(&digests(Algorithm::Sha512)).unwrap()).unwrap();
    let stamp = sealed(&parties, batch, 1).archive_time_stamp(place).unwrap();
    let renewed = record.renew_hash_tree(&stamp, &digests(Algorithm::Sha512)).unwrap();
    assert_eq!(facts(&renewed, &documents).imprint(), Check::Holds);
    assert_eq!(facts(&renewed, &documents).others, 0);
    assert_eq!(facts(&renewed, &documents[1..]).imprint(), Check::Holds);
    assert_eq!(facts(&renewed, &[documents[0], b"another annex"]).imprint(), Check::Broken);
    let wrong = record.renew_hash_tree(&stamp, &[Algorithm::Sha512.digest(b"another annex")]);
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Rejected);
}

#[test]
fn a_renewal_of_something_else_is_refused() {
    let parties = Parties::new(KeyKind::P256);
    let record = &orders(&parties, 3)[1];
    let refused = |stamp: &[u8]| record.renew_time_stamp(stamp).unwrap_err().kind();
    let one = |digest: &Digest, days| {
        let mut batch = Batch::new(digest.algorithm());
        batch.push(digest).unwrap();
        sealed(&parties, batch, days).archive_time_stamp(0).unwrap()
    };
    assert_eq!(refused(&one(&Algorithm::Sha256.digest(b"another token"), 1)), ErrorKind::Rejected);
    let token = record.chains()[0].time_stamps()[0].token().octets();
    assert_eq!(refused(&one(&Algorithm::Sha512.digest(token), 1)), ErrorKind::Rejected, "another algorithm");
    let older = stamped_before(&parties, &record.token_digest().unwrap());
    assert_eq!(refused(&older), ErrorKind::Rejected, "an older token");
    assert_eq!(refused(b"\x30\x00"), ErrorKind::Malformed);
    assert!(record.renew_time_stamp(&one(&record.token_digest().unwrap(), 1)).is_ok());
    assert_eq!(record.renewed_digests(&[]).unwrap_err().kind(), ErrorKind::Misuse);
}

/// An archive time-stamp over a digest by a token of the day before the contracts were signed.
fn stamped_before(parties: &Parties, digest: &Digest) -> Vec<u8> {
    let at = crate::workshop::time("2026-11-22T10:00:00Z");
    let mut batch = Batch::new(digest.algorithm());
    batch.push(digest).unwrap();
    let token = parties.client(at).stamp(digest, at).unwrap();
    batch.seal(&token).unwrap().archive_time_stamp(0).unwrap()
}
