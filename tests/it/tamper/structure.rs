//! Every element removed, doubled, emptied, moved, and written otherwise.

use seing::key::KeyKind;

use crate::der_tree::{Body, Message, Node, Path, SIGNED, VALUE};
use crate::workshop::{Parties, Shape, passed, says};

/// What a contract says: its content, and under it the signed attributes, values and time-stamps of its signers.
fn meaning(root: &Node) -> (Option<Vec<u8>>, Vec<[Vec<u8>; 2]>) {
    let fields = root.at(&[1, 0]).nodes();
    let content = fields[2].nodes().get(1).map(|explicit| explicit.nodes()[0].joined());
    let signers = fields.last().unwrap().nodes().iter();
    let mut signers: Vec<_> =
        signers.map(|signer| [signer.nodes()[SIGNED].sorted().encode(), signer.nodes()[VALUE].joined()]).collect();
    signers.sort();
    (content, signers)
}

/// The changes by name, each with the path of what was changed, that leave the contract accepted.
type Change<'a> = &'a dyn Fn(&mut Vec<Node>);

fn accepted(kind: KeyKind, shape: Shape) -> Vec<(&'static str, Path)> {
    let parties = Parties::new(kind);
    let signed = parties.contract(shape);
    let whole = Node::parse(&signed.octets);
    let mut accepted = Vec::new();
    for path in whole.paths() {
        let (place, parent) = path.split_last().unwrap();
        let changes: &[(&str, Change<'_>)] = &[
            ("removed", &|siblings| drop(siblings.remove(*place))),
            ("doubled", &|siblings| siblings.insert(*place, siblings[*place].clone())),
            ("emptied", &|siblings| match &mut siblings[*place].body {
                Body::Octets(octets) => octets.clear(),
                Body::Nodes(nodes) => nodes.clear(),
            }),
            ("exchanged", &|siblings| {
                if *place + 1 < siblings.len() {
                    siblings.swap(*place, *place + 1);
                }
            }),
            ("last", &|siblings| siblings[*place..].rotate_left(1)),
            ("null", &|siblings| siblings[*place] = Node::primitive(5, &[])),
            ("lengthened", &|siblings| match &mut siblings[*place].body {
                Body::Octets(octets) => octets.push(0),
                Body::Nodes(nodes) => nodes.push(Node::primitive(5, &[])),
            }),
            ("wrapped", &|siblings| {
                let inner = siblings[*place].clone();
                siblings[*place] = Node::constructed(inner.tag | 0x20, vec![inner]);
            }),
        ];
        for (name, change) in changes {
            let mut changed = whole.clone();
            change(changed.at_mut(parent).nodes_mut());
            let octets = changed.encode();
            let Ok(report) = parties.judge.report(&octets, shape) else { continue };
            if octets == signed.octets || !passed(&report) {
                continue;
            }
            assert_eq!(meaning(&changed), meaning(&whole), "{name} {path:?}");
            for signature in &report.signatures {
                assert_eq!(signature.level.to_string() == "B-T", !signature.timestamps.is_empty(), "{name} {path:?}");
            }
            accepted.push((*name, path.clone()));
        }
    }
    accepted
}

/// Where a change leaves the contract what it was, and why. The paths are those of an attached contract of one signer; the
/// same hold in its token, which is such a message too.
const HARMLESS: &[(&str, &[usize], &[&str])] = &[
    ("the digest algorithms are a set, whose parameters may be NULL", &[1, 0, 1, 0], &["doubled", "lengthened"]),
    ("a string may be in several pieces", &[1, 0, 2, 1, 0], &["wrapped"]),
    ("certificates are a set of candidates", &[1, 0, 3], &["lengthened"]),
    ("certificates are a set of candidates", &[1, 0, 3, 0], &["doubled"]),
    ("parameters of an algorithm that has none may be NULL", &[1, 0, 4, 0, 2], &["lengthened"]),
    ("what is verified is the DER encoding of the signed attributes", &[1, 0, 4, 0, 3, 0], &["exchanged", "last"]),
    ("what is verified is the DER encoding of the signed attributes", &[1, 0, 4, 0, 3, 1], &["exchanged", "last"]),
    ("what is verified is the DER encoding of the signed attributes", &[1, 0, 4, 0, 3, 2], &["exchanged", "last"]),
    ("parameters of an algorithm that has none may be NULL", &[1, 0, 4, 0, 4], &["lengthened"]),
    ("a string may be in several pieces", &[1, 0, 4, 0, 5], &["wrapped"]),
];

/// Without its time-stamp a contract is one of level B-B, and with the same one twice it is what it was.
const HARMLESS_STAMPED: &[(&[usize], &[&str])] = &[
    (&[1, 0, 4, 0, 6], &["removed", "emptied"]),
    (&[1, 0, 4, 0, 6, 0], &["removed", "doubled"]),
    (&[1, 0, 4, 0, 6, 0, 1, 0], &["doubled"]),
];

const TOKEN: &[usize] = &[1, 0, 4, 0, 6, 0, 1, 0];

#[test]
fn only_what_no_signature_covers_and_nobody_reads_can_be_moved() {
    let shape = Shape { stamped: true, ..Shape::ATTACHED };
    let mut expected: Vec<(&str, Path)> = Vec::new();
    for (_, path, names) in HARMLESS {
        expected.extend(names.iter().map(|name| (*name, path.to_vec())));
        expected.extend(names.iter().map(|name| (*name, [TOKEN, path].concat())));
    }
    for (path, names) in HARMLESS_STAMPED {
        expected.extend(names.iter().map(|name| (*name, path.to_vec())));
    }
    let mut found = accepted(KeyKind::Ed25519, shape);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn what_is_accepted_means_what_it_meant() {
    for shape in Shape::all().filter(|shape| !shape.stamped) {
        assert!(!accepted(KeyKind::P256, shape).is_empty());
    }
    assert!(!accepted(KeyKind::Ed25519, Shape { detached: true, stamped: true, signers: 2 }).is_empty());
}

#[test]
fn signed_attributes_in_another_order_are_said() {
    let parties = Parties::new(KeyKind::P256);
    let mut message = Message::parse(&parties.contract(Shape::ATTACHED).octets);
    message.signer(0)[SIGNED].nodes_mut().reverse();
    let report = parties.judge.report(&message.octets(), Shape::ATTACHED).unwrap();
    assert!(passed(&report) && says(&report, "the signed attributes were not in DER"));
}

/// The framing is not signed, and nothing that is signed changes with it.
#[test]
fn indefinite_lengths_around_what_is_signed_change_nothing() {
    let parties = Parties::new(KeyKind::Ed25519);
    for shape in Shape::all() {
        let whole = Node::parse(&parties.contract(shape).octets);
        for depth in 0..5 {
            let octets = whole.encode_indefinite(depth);
            assert_eq!(parties.judge.verdict(&octets, shape), "TOTAL_PASSED", "{shape:?} {depth}");
            let mut cut = octets.clone();
            cut.truncate(octets.len() - 2);
            assert!(depth == 0 || parties.judge.verdict(&cut, shape).starts_with("Malformed"), "{shape:?} {depth}");
        }
    }
}
