//! Records with octets changed, cut and moved: never taken, never a panic.

use seing::ades::Check;
use seing::digest::Algorithm;
use seing::key::KeyKind;

use super::{batch, facts, order, parse, sealed};
use crate::workshop::Parties;

/// Whether a record proves a document by its trees, links and the octets of its tokens.
fn proves(record: &[u8], document: &[u8]) -> Option<Vec<Vec<u8>>> {
    let record = parse(record).ok()?;
    let facts = facts(&record, &[document]);
    let tokens = facts.time_stamps.iter().map(|stamp| stamp.token.octets().to_vec()).collect();
    (facts.imprint() == Check::Holds).then_some(tokens)
}

#[test]
fn no_changed_octet_of_a_tree_is_taken() {
    let parties = Parties::new(KeyKind::P256);
    let sealed = sealed(&parties, batch(Algorithm::Sha256, 5), 0);
    let record = sealed.record(1).unwrap();
    let tokens = proves(&record, &order(1)).unwrap();
    let token = tokens[0].len();
    // The hash function is said twice before the tree begins, and a third time by the token.
    let tree = record.windows(5).position(|octets| octets == [3, 4, 2, 1, 0xa2]).unwrap() + 4;
    for at in 0..record.len() {
        for bit in [0x01, 0x80] {
            let mut changed = record.clone();
            changed[at] ^= bit;
            let Some(found) = proves(&changed, &order(1)) else { continue };
            // What the tree does not cover is the token itself, whose signature is checked elsewhere, and what the record says of
            // its algorithms in general.
            let listed = at < tree;
            assert!(at >= record.len() - token || listed, "octet {at} of {}", record.len());
            assert!(found != tokens || listed, "octet {at} of {}", record.len());
        }
    }
    for end in 0..record.len() {
        assert!(proves(&record[..end], &order(1)).is_none(), "cut at {end}");
    }
}

#[test]
fn a_record_proves_no_other_document() {
    let parties = Parties::new(KeyKind::P256);
    let sealed = sealed(&parties, batch(Algorithm::Sha256, 9), 0);
    for place in 0..9 {
        let record = sealed.record(place).unwrap();
        // A neighbour stands in the first list beside the document: both are proven to have existed.
        let proven: Vec<usize> = (0..9).filter(|number| proves(&record, &order(*number)).is_some()).collect();
        let beside = if place == 8 { vec![8] } else { vec![place & !1, place | 1] };
        assert_eq!(proven, beside, "{place}");
    }
}
