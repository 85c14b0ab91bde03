//! Every octet changed, every length cut.

use std::collections::HashSet;
use std::sync::Mutex;

use seing::key::KeyKind;

use crate::der_tree::{Node, SIGNED, UNSIGNED, VALUE};
use crate::workshop::{Judge, Parties, Shape, Signed, passed, says};

/// The changes, an octet and what takes its place, that leave a contract accepted.
fn accepted(judge: &Judge, signed: &Signed, changes: impl Iterator<Item = (usize, u8)> + Send) -> Vec<(usize, u8)> {
    let (changes, found) = (Mutex::new(changes), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut octets = signed.octets.clone();
                loop {
                    let batch: Vec<_> = changes.lock().unwrap().by_ref().take(64).collect();
                    if batch.is_empty() {
                        break;
                    }
                    for (place, octet) in batch {
                        let was = std::mem::replace(&mut octets[place], octet);
                        if octet != was && judge.accepts(&octets, signed.shape) {
                            found.lock().unwrap().push((place, octet));
                        }
                        octets[place] = was;
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort_unstable();
    found
}

#[track_caller]
fn no_change_passes(kind: KeyKind, shape: Shape, changes: impl FnOnce(&[u8]) -> Vec<(usize, u8)>) {
    let parties = Parties::new(kind);
    let signed = parties.contract(shape);
    assert_eq!(parties.judge.verdict(&signed.octets, shape), "TOTAL_PASSED");
    let changes = changes(&signed.octets);
    assert!(!changes.is_empty());
    let found = accepted(&parties.judge, &signed, changes.into_iter());
    assert_eq!(found, [], "{kind} {shape:?}");
}

/// Every octet under all of the masks.
fn under_each(masks: &[u8]) -> impl FnOnce(&[u8]) -> Vec<(usize, u8)> {
    |octets| {
        octets.iter().enumerate().flat_map(|(at, octet)| masks.iter().map(move |mask| (at, octet ^ mask))).collect()
    }
}

/// Every octet under one of the masks, which take turns.
fn in_turn(masks: &[u8]) -> impl FnOnce(&[u8]) -> Vec<(usize, u8)> {
    |octets| octets.iter().enumerate().map(|(at, octet)| (at, octet ^ masks[at % masks.len()])).collect()
}

const MASKS: &[u8] = &[0x01, 0x80, 0xff];

#[test]
fn no_octet_of_a_contract_can_be_changed_ed25519() {
    for shape in Shape::all().filter(|shape| shape.signers == 1) {
        no_change_passes(KeyKind::Ed25519, shape, under_each(MASKS));
    }
}

#[test]
fn no_octet_of_a_contract_can_be_changed_p256() {
    for shape in Shape::all().filter(|shape| shape.signers == 1 && !shape.stamped) {
        no_change_passes(KeyKind::P256, shape, under_each(MASKS));
    }
    for shape in Shape::all().filter(|shape| shape.signers == 1 && shape.stamped) {
        no_change_passes(KeyKind::P256, shape, in_turn(MASKS));
    }
}

#[test]
fn no_octet_of_a_contract_of_two_can_be_changed() {
    for shape in Shape::all().filter(|shape| shape.signers == 2) {
        no_change_passes(KeyKind::Ed25519, shape, in_turn(MASKS));
        if !shape.stamped {
            no_change_passes(KeyKind::P256, shape, in_turn(MASKS));
        }
    }
    no_change_passes(KeyKind::P256, Shape { detached: true, stamped: true, signers: 2 }, in_turn(MASKS));
}

#[test]
#[ignore = "every octet in place of every other: a quarter of an hour with optimisation"]
fn no_octet_of_a_contract_can_be_any_other() {
    let all = |octets: &[u8]| (0..octets.len()).flat_map(|at| (0..=u8::MAX).map(move |octet| (at, octet))).collect();
    for kind in [KeyKind::Ed25519, KeyKind::P256] {
        for shape in Shape::all() {
            no_change_passes(kind, shape, all);
        }
    }
}

/// The octets that no digest and no signature covers: those of the structure around what was signed.
fn unprotected(octets: &[u8]) -> Vec<usize> {
    let root = Node::parse(octets);
    let mut covered = vec![false; octets.len()];
    cover(&root, &[], &mut covered);
    covered.iter().enumerate().filter(|(_, covered)| !**covered).map(|(place, _)| place).collect()
}

/// Marks what is signed in the message at a path.
fn cover(root: &Node, message: &[usize], covered: &mut [bool]) {
    let below = |path: &[usize]| [message, path].concat();
    let mut mark = |path: &[usize]| covered[root.range(path)].fill(true);
    let fields = root.at(&below(&[1, 0])).nodes().len();
    for certificate in 0..root.at(&below(&[1, 0, 3])).nodes().len() {
        mark(&below(&[1, 0, 3, certificate]));
    }
    let mut tokens = Vec::new();
    let signers = below(&[1, 0, fields - 1]);
    for place in 0..root.at(&signers).nodes().len() {
        let signer = [&signers[..], &[place]].concat();
        mark(&[&signer[..], &[SIGNED]].concat());
        mark(&[&signer[..], &[VALUE]].concat());
        if root.at(&signer).nodes().len() > UNSIGNED {
            tokens.push([&signer[..], &[UNSIGNED, 0, 1, 0]].concat());
        }
    }
    for token in tokens {
        cover(root, &token, covered);
    }
}

/// Every bit by itself, and in place of every identifier every other octet.
#[test]
fn what_no_signature_covers_has_one_spelling() {
    let changes = |octets: &[u8]| -> Vec<(usize, u8)> {
        let bits = (0..8).map(|bit| 1u8 << bit).chain([0xff]);
        let flips =
            unprotected(octets).into_iter().flat_map(|at| bits.clone().map(move |mask| (at, octets[at] ^ mask)));
        let root = Node::parse(octets);
        let open: HashSet<usize> = unprotected(octets).into_iter().collect();
        let heads = root.paths().into_iter().map(|path| root.range(&path).start).filter(|at| open.contains(at));
        let others = heads.flat_map(|at| (0..=u8::MAX).map(move |octet| (at, octet)));
        flips.chain(others).collect()
    };
    no_change_passes(KeyKind::Ed25519, Shape { detached: false, stamped: true, signers: 1 }, changes);
}

#[test]
fn no_length_of_a_contract_can_be_cut() {
    for kind in [KeyKind::Ed25519, KeyKind::P256] {
        let parties = Parties::new(kind);
        for shape in Shape::all() {
            let signed = parties.contract(shape);
            for length in 0..signed.octets.len() {
                let verdict = parties.judge.verdict(&signed.octets[..length], shape);
                assert!(verdict.starts_with("Malformed: "), "{kind} {shape:?} {length}: {verdict}");
            }
        }
    }
}

#[test]
fn nothing_may_follow_a_contract_but_zeros() {
    let parties = Parties::new(KeyKind::Ed25519);
    for shape in Shape::all() {
        let signed = parties.contract(shape);
        let followed = |more: &[u8]| parties.judge.verdict(&[&signed.octets, more].concat(), shape);
        for octet in 1..=u8::MAX {
            assert!(followed(&[octet]).starts_with("Malformed: octets after the CMS message"), "{octet}");
            assert!(followed(&[0, 0, octet]).starts_with("Malformed: octets after the CMS message"), "{octet}");
        }
        assert!(followed(&signed.octets).starts_with("Malformed: octets after the CMS message"));
        // What a PDF leaves room for is there, and is said.
        let padded = parties.judge.report(&[&signed.octets[..], &[0; 9]].concat(), shape).unwrap();
        assert!(passed(&padded) && says(&padded, "9 zero octets follow the message"));
    }
}
