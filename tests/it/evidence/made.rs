//! Records of batches, taken apart as RFC 4998 puts them together.

use sha2::{Digest as _, Sha256, Sha384};

use seing::ades::Check;
use seing::digest::Algorithm;
use seing::digest::many::{self, Parallelism};
use seing::error::ErrorKind;
use seing::evidence::Batch;
use seing::key::KeyKind;

use super::{batch, facts, imprint, order, parse, sealed, token};
use crate::der_tree::{Body, Node};
use crate::workshop::Parties;

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

/// RFC 4998 §4.2 with nothing of ours: hashes in ascending order.
fn father(children: &[&[u8]]) -> Vec<u8> {
    let mut children = children.to_vec();
    children.sort();
    sha256(&children)
}

fn nodes(node: &Node) -> &[Node] {
    match &node.body {
        Body::Nodes(nodes) => nodes,
        Body::Octets(_) => panic!("primitive"),
    }
}

fn octets(node: &Node) -> &[u8] {
    match &node.body {
        Body::Octets(octets) => octets,
        Body::Nodes(_) => panic!("constructed"),
    }
}

/// The fields of the only archive time-stamp.
fn stamp(record: &[u8]) -> Vec<Node> {
    let record = Node::parse(record);
    let fields = nodes(&record);
    assert_eq!(octets(&fields[0]), [1]);
    assert_eq!(fields.len(), 3);
    let chains = nodes(&fields[2]);
    assert_eq!((chains.len(), nodes(&chains[0]).len()), (1, 1));
    nodes(&nodes(&chains[0])[0]).to_vec()
}

fn lists(record: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let stamp = stamp(record);
    assert_eq!(stamp[1].tag, 0xa2);
    let list = |list: &Node| nodes(list).iter().map(|hash| octets(hash).to_vec()).collect();
    nodes(&stamp[1]).iter().map(list).collect()
}

#[test]
fn the_reduced_trees_are_those_of_the_standards_figure() {
    // RFC 4998 §4.2, figure 2: documents d1 and d3, and a group of three in between.
    let [d1, d2a, d2b, d2c, d3] = [b"d1".as_slice(), b"d2a", b"d2b", b"d2c", b"d3"];
    let [h1, h2a, h2b, h2c, h3] = [d1, d2a, d2b, d2c, d3].map(|document| sha256(&[document]));
    let h2abc = father(&[&h2a, &h2b, &h2c]);
    let h12 = father(&[&h1, &h2abc]);
    let root = father(&[&h12, &h3]);
    let parties = Parties::new(KeyKind::P256);
    let mut batch = Batch::new(Algorithm::Sha256);
    let digest = |document: &[u8]| Algorithm::Sha256.digest(document);
    batch.push(&digest(d1)).unwrap();
    batch.push_group(&[digest(d2b), digest(d2c), digest(d2a)]).unwrap();
    batch.push(&digest(d3)).unwrap();
    assert_eq!(batch.root().unwrap().octets(), root);
    let sealed = sealed(&parties, batch, 0);
    let ascending = |mut hashes: Vec<Vec<u8>>| {
        hashes.sort();
        hashes
    };
    let record = |place| sealed.record(place).unwrap();
    assert_eq!(lists(&record(0)), [ascending(vec![h1.clone(), h2abc]), vec![h3.clone()]]);
    assert_eq!(lists(&record(1)), [ascending(vec![h2a, h2b, h2c]), vec![h1], vec![h3.clone()]]);
    assert_eq!(lists(&record(2)), [ascending(vec![h3, h12])]);
    assert_eq!(sealed.record(3), None);
    assert_eq!(imprint(&record(0), &[d1]), Check::Holds);
    assert_eq!(imprint(&record(1), &[d2a, d2b, d2c]), Check::Holds);
    assert_eq!(imprint(&record(1), &[d2c]), Check::Holds);
    assert_eq!(imprint(&record(2), &[d3]), Check::Holds);
    assert_eq!(imprint(&record(1), &[d1]), Check::Broken, "in a later list, not in the first one");
    assert_eq!(imprint(&record(1), &[d2a, d1]), Check::Broken);
    assert_eq!(imprint(&record(0), &[]), Check::NotChecked);
    let others = |place, documents: &[&[u8]]| facts(&parse(&record(place)).unwrap(), documents).others;
    assert_eq!(others(1, &[d2a, d2b, d2c]), 0, "nothing else is of the group");
    assert_eq!(others(1, &[d2a, d2b]), 1);
}

#[test]
fn a_single_document_needs_no_tree() {
    let parties = Parties::new(KeyKind::P256);
    let sealed = sealed(&parties, batch(Algorithm::Sha256, 1), 0);
    let record = sealed.record(0).unwrap();
    let stamp = stamp(&record);
    assert_eq!(stamp.iter().map(|field| field.tag).collect::<Vec<_>>(), [0xa0, 0x30]);
    assert_eq!(imprint(&record, &[&order(0)]), Check::Holds);
    assert_eq!(imprint(&record, &[&order(1)]), Check::Broken);
    assert_eq!(imprint(&record, &[&order(0), &order(1)]), Check::Broken);
}

#[test]
fn every_document_of_batches_of_every_size_has_its_record() {
    let parties = Parties::new(KeyKind::P256);
    for count in (1..=20).chain([31, 32, 33, 100, 129]) {
        let sealed = sealed(&parties, batch(Algorithm::Sha256, count), 0);
        let mut records = sealed.records();
        let mut place = 0;
        while let Some(record) = records.next_record() {
            assert_eq!(record.place(), place);
            assert_eq!(Some(record.octets().to_vec()), sealed.record(place), "{place} of {count}, in turn and alone");
            assert_eq!(Some(record.archive_time_stamp().to_vec()), sealed.archive_time_stamp(place));
            assert_eq!(Node::parse(record.octets()).encode(), record.octets(), "DER");
            assert_eq!(imprint(record.octets(), &[&order(place)]), Check::Holds, "{place} of {count}");
            assert_eq!(imprint(record.octets(), &[&order(count)]), Check::Broken, "{place} of {count}");
            place += 1;
        }
        assert_eq!(place, count);
        assert_eq!(place, sealed.len());
    }
}

#[test]
fn groups_stand_between_single_documents_in_any_order() {
    let parties = Parties::new(KeyKind::P256);
    let algorithm = Algorithm::Sha256;
    let documents = |place: usize, count: usize| -> Vec<Vec<u8>> {
        (0..count).map(|at| format!("document {at} of {place}").into_bytes()).collect()
    };
    let sizes = [1, 1, 3, 40, 1, 2, 1, 1, 1, 5, 7];
    let mut batch = Batch::new(algorithm);
    for (place, size) in sizes.iter().enumerate() {
        let digests: Vec<_> = documents(place, *size).iter().map(|document| algorithm.digest(document)).collect();
        assert_eq!(batch.push_group(&digests).unwrap(), place);
    }
    let sealed = sealed(&parties, batch, 0);
    let mut records = sealed.records();
    for (place, size) in sizes.iter().enumerate() {
        let record = records.next_record().unwrap();
        let documents = documents(place, *size);
        let documents: Vec<&[u8]> = documents.iter().map(Vec::as_slice).collect();
        assert_eq!(Node::parse(record.octets()).encode(), record.octets(), "DER");
        let facts = facts(&parse(record.octets()).unwrap(), &documents);
        assert_eq!(facts.imprint(), Check::Holds, "{place}");
        assert_eq!(facts.others, usize::from(*size == 1), "{place}");
    }
}

#[test]
fn the_algorithms_of_the_registry_make_records() {
    let parties = Parties::new(KeyKind::P256);
    for algorithm in [Algorithm::Sha384, Algorithm::Sha512, Algorithm::Sha3_256, Algorithm::Sha3_512] {
        let sealed = sealed(&parties, batch(algorithm, 7), 0);
        let record = parse(&sealed.record(5).unwrap()).unwrap();
        assert_eq!(record.document_algorithms(), [algorithm]);
        assert_eq!(facts(&record, &[&order(5)]).imprint(), Check::Holds);
    }
    let sealed = sealed(&parties, batch(Algorithm::Sha384, 2), 0);
    let [left, right] = [0, 1].map(|number| Sha384::digest(order(number)).to_vec());
    let mut list = vec![left, right];
    list.sort();
    assert_eq!(lists(&sealed.record(0).unwrap()), [list]);
}

#[test]
fn a_token_over_something_else_seals_nothing() {
    let parties = Parties::new(KeyKind::P256);
    let token = token(&parties, &Algorithm::Sha256.digest(b"another batch"), 0);
    let refused = |batch: Batch| batch.seal(&token).unwrap_err().kind();
    assert_eq!(refused(batch(Algorithm::Sha256, 3)), ErrorKind::Rejected);
    assert_eq!(refused(batch(Algorithm::Sha256, 0)), ErrorKind::Misuse);
    let mut batch = Batch::new(Algorithm::Sha256);
    assert_eq!(batch.push(&Algorithm::Sha512.digest(b"")).unwrap_err().kind(), ErrorKind::Misuse);
    assert_eq!(batch.push_group(&[]).unwrap_err().kind(), ErrorKind::Misuse);
    let digests = many::digests(Algorithm::Sha384, &["one"], Parallelism::ONE);
    assert_eq!(batch.extend(digests, Parallelism::ONE).unwrap_err().kind(), ErrorKind::Misuse);
    assert_eq!(batch.root().unwrap_err().kind(), ErrorKind::Misuse);
}
