//! What an archive time-stamp covers cannot be changed, taken away or put in another's place.

use seing::ades::cades::{Content, facts};
use seing::ades::{Check, Level, TimestampKind};
use seing::error::ErrorKind;
use seing::key::KeyKind;
use seing::limits::{Budget, Limits};
use seing::verify;

use super::yard::{Yard, archive_imprints, facts_of, now};
use crate::der_tree::{Body, Message, Node, UNSIGNED};
use crate::workshop::CONTRACT;

const ARCHIVE: &[u8] = &[0x04, 0x00, 0x8d, 0x45, 0x02, 0x04];

/// Once archived, taken apart.
fn archived() -> Message {
    let yard = Yard::new(KeyKind::P256);
    Message::parse(&yard.raised(&yard.signed(false), Level::BLta, false, 1))
}

fn is_archive(attribute: &Node) -> bool {
    attribute.nodes()[0].octets() == ARCHIVE
}

/// The unsigned attributes of the only signer.
fn unsigned(message: &mut Message) -> &mut Vec<Node> {
    message.signer(0)[UNSIGNED].nodes_mut()
}

/// The hash index in the token of the archive time-stamp.
fn hash_index(message: &mut Message) -> &mut Node {
    let archive = unsigned(message).iter_mut().find(|attribute| is_archive(attribute)).unwrap();
    let token = archive.at_mut(&[1, 0, 1, 0]);
    let signers = token.nodes().len() - 1;
    token.at_mut(&[signers, 0, UNSIGNED, 0, 1, 0])
}

/// Whether the archive time-stamp of changed octets still holds.
fn holds(octets: &[u8]) -> bool {
    let all = facts(octets, Content::Attached, &[], &mut Budget::new(&Limits::default()));
    all.is_ok_and(|all| all.iter().any(|facts| archive_imprints(facts) == [Check::Holds]))
}

#[test]
fn no_octet_of_what_is_covered_can_be_changed() {
    let mut message = archived();
    let octets = message.octets();
    assert!(holds(&octets));
    let fields = message.signed_data().len();
    let mut covered: Vec<Vec<usize>> = vec![vec![1, 0, 2]];
    for field in [3, 4] {
        covered.extend((0..message.signed_data()[field].nodes().len()).map(|at| vec![1, 0, field, at]));
    }
    let signer = [1, 0, fields - 1, 0];
    covered.extend((0..UNSIGNED).map(|part| [&signer[..], &[part]].concat()));
    for (at, attribute) in unsigned(&mut message).iter().enumerate() {
        if !is_archive(attribute) {
            covered.push([&signer[..], &[UNSIGNED, at]].concat());
        }
    }
    assert_eq!(covered.len(), 1 + 4 + 3 + 6 + 1);
    let mut changes = 0;
    for path in covered {
        // A length made longer or shorter moves the rest, which is another test.
        for at in message.0.range(&path).step_by(7) {
            for mask in [0x01, 0x80] {
                let mut changed = octets.clone();
                changed[at] ^= mask;
                assert!(!holds(&changed), "octet {at} of {path:?} under {mask:#x}");
                changes += 1;
            }
        }
    }
    assert!(changes > 1_000, "{changes}");
}

#[test]
fn what_is_covered_cannot_be_taken_away() {
    let message = archived();
    for field in [3, 4] {
        for at in 0..message.0.at(&[1, 0, field]).nodes().len() {
            let mut less = message.clone();
            less.signed_data()[field].nodes_mut().remove(at);
            assert!(!holds(&less.octets()), "{field} {at}");
        }
        let mut none = message.clone();
        none.signed_data().remove(field);
        assert!(!holds(&none.octets()));
    }
    let mut unstamped = message.clone();
    unsigned(&mut unstamped).retain(is_archive);
    assert!(!holds(&unstamped.octets()));
}

#[test]
fn what_is_added_is_not_covered() {
    let mut message = archived();
    let before = facts_of(&message.octets()).remove(0);
    let other = Yard::new(KeyKind::P256).material.certificates.remove(0);
    message.certificates().push(Node::parse(other.der()));
    assert!(holds(&message.octets()));
    let after = facts_of(&message.octets()).remove(0);
    assert_eq!(after.material.certificates.len(), before.material.certificates.len() + 1);
    let covers = |facts: &seing::ades::SignatureFacts| {
        let stamp = facts.timestamps.iter().find(|stamp| stamp.kind == TimestampKind::Archive).unwrap();
        stamp.covers.clone()
    };
    assert_eq!(covers(&after), covers(&before));
}

#[test]
fn the_hash_index_cannot_be_changed() {
    let message = archived();
    let lists = [1, 2, 3];
    for list in lists {
        let mut shorter = message.clone();
        hash_index(&mut shorter).nodes_mut()[list].nodes_mut().pop();
        assert!(!holds(&shorter.octets()), "one hash less");
        let mut longer = message.clone();
        hash_index(&mut longer).nodes_mut()[list].nodes_mut().push(Node::primitive(4, &[7; 32]));
        assert!(!holds(&longer.octets()), "one hash more");
        let mut twice = message.clone();
        let hash = hash_index(&mut twice).nodes()[list].nodes()[0].clone();
        hash_index(&mut twice).nodes_mut()[list].nodes_mut().push(hash);
        assert!(!holds(&twice.octets()), "a hash twice");
    }
    let mut other = message.clone();
    *hash_index(&mut other) = hash_index(&mut archived()).clone();
    assert!(!holds(&other.octets()), "that of another signature");
    let mut bare = message.clone();
    hash_index(&mut bare).body = Body::Nodes(Vec::new());
    assert!(!holds(&bare.octets()));
}

/// The archive time-stamp of one signature put on another one of the same content.
#[test]
fn an_archive_time_stamp_belongs_to_its_signature() {
    let (mut one, mut other) = (archived(), archived());
    let stamp = unsigned(&mut other).iter().find(|attribute| is_archive(attribute)).unwrap().clone();
    *unsigned(&mut one).iter_mut().find(|attribute| is_archive(attribute)).unwrap() = stamp;
    let facts = facts_of(&one.octets()).remove(0);
    assert_eq!(archive_imprints(&facts), [Check::Broken]);
}

#[test]
fn a_thousand_lists_are_the_limit() {
    let mut message = archived();
    let list = message.signed_data()[4].nodes().iter().find(|choice| choice.tag == 0x30).unwrap().clone();
    message.signed_data()[4].nodes_mut().extend(vec![list; 1_000]);
    let error = facts(&message.octets(), Content::Attached, &[], &mut Budget::new(&Limits::default())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

/// Every octet in turn: nothing that was changed is accepted.
#[test]
fn no_octet_of_an_archived_contract_can_be_changed() {
    let yard = Yard::new(KeyKind::Ed25519);
    let octets = yard.raised(&yard.signed(false), Level::BLta, false, 1);
    let at = now().plus_seconds(2 * 86_400);
    let accepts = |octets: &[u8]| {
        let report = verify(octets).content(CONTRACT).trust(&yard.anchors).at(at).report();
        report.is_ok_and(|report| report.require_passed().is_ok())
    };
    if !accepts(&octets) {
        let report = verify(&octets).content(CONTRACT).trust(&yard.anchors).at(at).report().unwrap();
        panic!("{report}");
    }
    let mut changed = octets.clone();
    let mut accepted = Vec::new();
    for place in 0..octets.len() {
        let mask = [0x01, 0x80, 0xff][place % 3];
        changed[place] ^= mask;
        if accepts(&changed) {
            accepted.push(place);
        }
        changed[place] ^= mask;
    }
    assert_eq!(accepted, Vec::<usize>::new());
}
