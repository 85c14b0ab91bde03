//! Signers taken away, put in twice, and mixed with one another.

use p256::ecdsa::Signature;
use seing::ades::cades::{add_signature_time_stamp, signature_values};
use seing::digest::Algorithm;
use seing::key::KeyKind;
use seing::{sign, sign_beside, verify};

use crate::der_tree::{Body, DIGEST_ALGORITHM, Message, Node, SID, SIGNED, UNSIGNED, VALUE};
use crate::workshop::{CONTRACT, CUSTOMER, Parties, Profile, Shape, passed, says, signing};

const TWO: Shape = Shape { detached: false, stamped: false, signers: 2 };
const TWO_STAMPED: Shape = Shape { stamped: true, ..TWO };

fn kinds() -> [Parties; 2] {
    [KeyKind::Ed25519, KeyKind::P256].map(Parties::new)
}

#[test]
fn one_of_two_signers_is_not_enough() {
    for parties in kinds() {
        for shape in Shape::all().filter(|shape| shape.signers == 2) {
            for gone in 0..2 {
                let mut message = Message::parse(&parties.contract(shape).octets);
                message.signers().remove(gone);
                let report = parties.judge.report(&message.octets(), shape).unwrap();
                assert_eq!(report.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
                assert!(says(&report, "2 signers are required and 1 found"));
                // Nothing in what is left shows that there was another.
                assert!(parties.judge.accepts(&message.octets(), Shape { signers: 1, ..shape }));
            }
        }
    }
}

#[test]
fn no_signature_is_not_acceptance() {
    for parties in kinds() {
        for shape in Shape::all() {
            let mut message = Message::parse(&parties.contract(shape).octets);
            message.signers().clear();
            for signers in [0, 1, 2] {
                let report = parties.judge.report(&message.octets(), Shape { signers, ..shape }).unwrap();
                assert!(report.signatures.is_empty());
                assert!(report.require_passed().is_err());
            }
        }
    }
}

/// A document of one signer with another SignerInfo that is made of his.
#[track_caller]
fn one_stays_one(kind: KeyKind, change: impl FnOnce(&mut Vec<Node>)) {
    let parties = Parties::new(kind);
    let mut message = Message::parse(&parties.contract(Shape::ATTACHED).octets);
    let mut copy = message.signers()[0].clone();
    change(copy.nodes_mut());
    message.signers().push(copy);
    for signers in [1, 2] {
        let report = parties.judge.report(&message.octets(), Shape { signers, ..Shape::ATTACHED }).unwrap();
        assert_eq!(report.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
        assert!(says(&report, "the same signature is there twice"));
    }
}

#[test]
fn a_signer_who_is_there_twice_is_one() {
    one_stays_one(KeyKind::Ed25519, |_| ());
}

#[test]
fn a_signer_who_is_there_twice_in_another_order_is_one() {
    one_stays_one(KeyKind::Ed25519, |signer| signer[SIGNED].nodes_mut().reverse());
}

#[test]
fn a_signer_who_is_there_twice_in_pieces_is_one() {
    one_stays_one(KeyKind::Ed25519, |signer| {
        let value = signer[VALUE].clone();
        signer[VALUE] = Node::constructed(0x24, vec![value]);
    });
}

#[test]
fn a_signer_who_is_there_twice_with_null_parameters_is_one() {
    one_stays_one(KeyKind::Ed25519, |signer| signer[DIGEST_ALGORITHM].nodes_mut().push(Node::primitive(5, &[])));
}

/// (r, n − s) is a signature wherever (r, s) is one.
#[test]
fn a_signer_who_is_there_twice_by_the_twin_of_his_value_is_one() {
    one_stays_one(KeyKind::P256, |signer| {
        let value = Signature::from_der(signer[VALUE].octets()).unwrap();
        let (r, s) = value.split_scalars();
        let twin = Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap();
        signer[VALUE].body = Body::Octets(twin.to_der().as_bytes().to_vec());
    });
}

#[test]
fn who_signs_twice_is_one_signer() {
    let parties = Parties::new(KeyKind::Ed25519);
    let signed = sign(CONTRACT, &parties.customer).claimed_at(signing()).finish().unwrap();
    let again = sign_beside(&signed, None, &parties.customer).claimed_at(signing().plus_seconds(1)).finish().unwrap();
    assert!(parties.judge.accepts(&again, Shape::ATTACHED));
    let report = parties.judge.report(&again, TWO).unwrap();
    assert!(!passed(&report) && says(&report, "2 signers are required and 1 found"));
}

#[test]
fn no_part_of_a_signer_can_take_the_place_of_the_others() {
    for parties in kinds() {
        for part in [SID, SIGNED, VALUE] {
            for shape in [TWO, Shape { detached: true, ..TWO_STAMPED }] {
                let mut message = Message::parse(&parties.contract(shape).octets);
                let [one, other] = [0, 1].map(|signer| message.signer(signer)[part].clone());
                let mut exchanged = message.clone();
                exchanged.signer(0)[part] = other.clone();
                exchanged.signer(1)[part] = one;
                assert!(!parties.judge.accepts(&exchanged.octets(), shape), "{part} {shape:?}");
                message.signer(0)[part] = other;
                assert!(!parties.judge.accepts(&message.octets(), shape), "{part} {shape:?}");
                assert!(!parties.judge.accepts(&message.octets(), Shape { signers: 1, ..shape }), "{part} {shape:?}");
            }
        }
    }
}

#[test]
fn no_signed_attribute_can_be_moved_to_another_signer() {
    let parties = Parties::new(KeyKind::Ed25519);
    let whole = Message::parse(&parties.contract(TWO).octets);
    let count = whole.clone().signer(0)[SIGNED].nodes().len();
    for place in 0..count {
        let mut message = whole.clone();
        let one = message.signer(0)[SIGNED].nodes()[place].clone();
        let other = message.signer(1)[SIGNED].nodes()[place].clone();
        if one == other {
            continue;
        }
        message.signer(0)[SIGNED].nodes_mut()[place] = other.clone();
        message.signer(1)[SIGNED].nodes_mut()[place] = one;
        assert!(!parties.judge.accepts(&message.octets(), TWO), "{place}");
        let mut message = whole.clone();
        message.signer(0)[SIGNED].nodes_mut().push(other);
        assert!(!parties.judge.accepts(&message.octets(), TWO), "{place}");
    }
}

#[test]
fn no_attribute_can_be_moved_out_of_what_is_signed() {
    let parties = Parties::new(KeyKind::Ed25519);
    let whole = Message::parse(&parties.contract(Shape { stamped: true, ..Shape::ATTACHED }).octets);
    let shape = Shape::ATTACHED;
    for place in 0..whole.clone().signer(0)[SIGNED].nodes().len() {
        let mut message = whole.clone();
        let attribute = message.signer(0)[SIGNED].nodes_mut().remove(place);
        message.signer(0)[UNSIGNED].nodes_mut().push(attribute.clone());
        assert!(!parties.judge.accepts(&message.octets(), shape), "{place}");
        // What is signed stays, and the same stands outside once more.
        let mut message = whole.clone();
        message.signer(0)[UNSIGNED].nodes_mut().push(attribute);
        assert!(!parties.judge.accepts(&message.octets(), shape), "{place}");
    }
    let mut message = whole.clone();
    let stamp = message.signer(0).remove(UNSIGNED).nodes()[0].clone();
    message.signer(0)[SIGNED].nodes_mut().push(stamp);
    assert!(!parties.judge.accepts(&message.octets(), shape));
}

#[test]
fn a_time_stamp_is_of_one_signature() {
    for parties in kinds() {
        let shape = TWO_STAMPED;
        let whole = Message::parse(&parties.contract(shape).octets);
        let mut message = whole.clone();
        let [one, other] = [0, 1].map(|signer| message.signer(signer)[UNSIGNED].clone());
        message.signer(0)[UNSIGNED] = other.clone();
        let verdict = parties.judge.verdict(&message.octets(), shape);
        assert_eq!(verdict, "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
        message.signer(1)[UNSIGNED] = one;
        assert_eq!(parties.judge.verdict(&message.octets(), shape), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
        // Beside the right one, too.
        let mut message = whole.clone();
        message.signer(0)[UNSIGNED].nodes_mut().extend(other.nodes().iter().cloned());
        let report = parties.judge.report(&message.octets(), shape).unwrap();
        assert!(!passed(&report) && says(&report, "the message imprint is of something else"));
    }
}

#[test]
fn a_time_stamp_over_anything_but_the_signature_value_is_none() {
    let parties = Parties::new(KeyKind::P256);
    let signed = parties.contract(Shape::ATTACHED).octets;
    let mut message = Message::parse(&signed);
    let attributes = message.signer(0)[SIGNED].encode();
    let value = message.signer(0)[VALUE].clone();
    for (stamped, right) in [
        (value.octets(), true),
        (&value.encode()[..], false),
        (CONTRACT, false),
        (&attributes[..], false),
        (&signed[..], false),
        (&[], false),
    ] {
        let token = parties.client(signing()).stamp(&Algorithm::Sha256.digest(stamped), signing()).unwrap();
        let stamped = add_signature_time_stamp(&signed, 0, token.octets()).unwrap();
        assert_eq!(parties.judge.accepts(&stamped, Shape::ATTACHED), right);
    }
}

#[test]
fn what_is_left_of_one_document_is_nothing_in_another() {
    let parties = Parties::new(KeyKind::Ed25519);
    let other = sign(b"another contract", &parties.customer).claimed_at(signing()).finish().unwrap();
    let mut other = Message::parse(&other);
    let mut message = Message::parse(&parties.contract(TWO).octets);
    let theirs = other.signers()[0].clone();
    message.signers()[0] = theirs.clone();
    assert_eq!(parties.judge.verdict(&message.octets(), TWO), "TOTAL_FAILED/HASH_FAILURE");
    let mut message = Message::parse(&parties.contract(Shape::ATTACHED).octets);
    message.signers().push(theirs);
    assert_eq!(parties.judge.verdict(&message.octets(), Shape::ATTACHED), "TOTAL_FAILED/HASH_FAILURE");
    // The value alone, under the attributes of the contract.
    let mut message = Message::parse(&parties.contract(Shape::ATTACHED).octets);
    message.signer(0)[VALUE] = other.signer(0)[VALUE].clone();
    assert_eq!(parties.judge.verdict(&message.octets(), Shape::ATTACHED), "TOTAL_FAILED/SIG_CRYPTO_FAILURE");
}

#[test]
fn the_order_of_signers_means_nothing() {
    let parties = Parties::new(KeyKind::P256);
    let signed = parties.contract(TWO).octets;
    let mut message = Message::parse(&signed);
    message.signers().reverse();
    assert!(parties.judge.accepts(&message.octets(), TWO));
    let mut values = signature_values(&signed).unwrap();
    values.reverse();
    assert_eq!(signature_values(&message.octets()).unwrap(), values);
}

/// Whoever signs under a key that is in nobody's certificate proves nothing by putting the right certificate beside it.
#[test]
fn a_signature_by_another_key_is_not_the_signers() {
    let parties = Parties::new(KeyKind::Ed25519);
    let stranger = Parties::identity(KeyKind::Ed25519, 77, &Profile::person("TEST Amal", CUSTOMER));
    let forged = sign(CONTRACT, &stranger).claimed_at(signing()).finish().unwrap();
    let mut message = Message::parse(&parties.contract(Shape::ATTACHED).octets);
    message.signer(0)[VALUE] = Message::parse(&forged).signer(0)[VALUE].clone();
    let verdict = parties.judge.verdict(&message.octets(), Shape::ATTACHED);
    assert_eq!(verdict, "TOTAL_FAILED/SIG_CRYPTO_FAILURE");
    let nobody = verify(&forged).at(signing()).report().unwrap();
    assert!(!passed(&nobody));
}
