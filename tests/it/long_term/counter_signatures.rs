//! Signatures over the value of another one.

use seing::ades::cades::{Content, facts};
use seing::ades::{Check, Format, SignatureFacts, Weight};
use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::key::KeyKind;
use seing::limits::{Budget, Limits};

use super::yard::{Yard, facts_of};
use crate::der_tree::{Message, Node, UNSIGNED, VALUE};
use crate::timestamp::forge::{oid, sequence, tlv};

/// A SignerInfo of the merchant over a value, with further signed attributes.
pub(super) fn counter(yard: &Yard, value: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let certificate = &yard.merchant.chain()[0];
    let attribute = |name: &str, value: &[u8]| sequence(&[&oid(name), &tlv(0x31, &[value])]);
    let digest = Algorithm::Sha256.digest(value);
    let reference = sequence(&[&sequence(&[&sequence(&[&tlv(4, &[certificate.digest(Algorithm::Sha256).octets()])])])]);
    let mut attributes = vec![
        attribute("1.2.840.113549.1.9.4", &tlv(4, &[digest.octets()])),
        attribute("1.2.840.113549.1.9.16.2.47", &reference),
    ];
    attributes.extend_from_slice(more);
    attributes.sort();
    let attributes = attributes.concat();
    let signature = yard.merchant.signer().sign(&tlv(0x31, &[&attributes])).unwrap();
    sequence(&[
        &[2, 1, 1],
        &sequence(&[certificate.issuer().der(), &tlv(2, &[certificate.serial()])]),
        &sequence(&[&oid("2.16.840.1.101.3.4.2.1")]),
        &tlv(0xa0, &[&attributes]),
        &sequence(&[&oid("1.2.840.10045.4.3.2")]),
        &tlv(4, &[&signature]),
    ])
}

fn attribute_of(counter: &[u8]) -> Node {
    Node::parse(&sequence(&[&oid("1.2.840.113549.1.9.6"), &tlv(0x31, &[counter])]))
}

/// The contract with counter-signatures on it. The merchant's certificate comes along.
fn countersigned(yard: &Yard, counters: &[Vec<u8>]) -> Vec<u8> {
    let mut message = Message::parse(&yard.signed(false));
    message.certificates().push(Node::parse(yard.merchant.chain()[0].der()));
    let attributes = counters.iter().map(|counter| attribute_of(counter)).collect();
    message.signer(0).push(Node::constructed(0xa1, attributes));
    message.octets()
}

fn value_of(yard: &Yard) -> (Message, Vec<u8>) {
    let mut message = Message::parse(&yard.signed(false));
    let value = message.signer(0)[VALUE].octets().to_vec();
    (message, value)
}

/// The signature is made anew each time, and so is its value: the same message is taken apart and put together.
fn with_counter(make: impl Fn(&Yard, &[u8]) -> Vec<u8>) -> SignatureFacts {
    let yard = Yard::new(KeyKind::P256);
    facts_of(&with_counters(&yard, |value| vec![make(&yard, value)])).remove(0)
}

pub(super) fn with_counters(yard: &Yard, make: impl Fn(&[u8]) -> Vec<Vec<u8>>) -> Vec<u8> {
    let (mut message, value) = value_of(yard);
    message.certificates().push(Node::parse(yard.merchant.chain()[0].der()));
    let attributes = make(&value).iter().map(|counter| attribute_of(counter)).collect();
    message.signer(0).push(Node::constructed(0xa1, attributes));
    message.octets()
}

fn constraints(facts: &SignatureFacts) -> Vec<&str> {
    let defects = facts.signer.defects.iter().filter(|defect| defect.weight >= Weight::Constraint);
    defects.map(|defect| defect.what.as_str()).collect()
}

#[test]
fn a_counter_signature_is_a_signature_of_its_own() {
    let facts = with_counter(|yard, value| counter(yard, value, &[]));
    assert_eq!(constraints(&facts), [""; 0]);
    let [counter] = &facts.counter_signatures[..] else { panic!("one counter-signature") };
    assert_eq!((counter.signer.signature, counter.signer.data), (Check::Holds, Check::Holds));
    assert_eq!(counter.format, Format::Cades);
    assert_eq!(counter.signer.defects, []);
    let subject = counter.signer.certificate.as_ref().unwrap().subject().to_string();
    assert!(subject.contains("TEST Boutique"), "{subject}");
}

#[test]
fn a_counter_signature_over_something_else_does_not_hold() {
    let facts = with_counter(|yard, _| counter(yard, b"another value", &[]));
    assert_eq!(facts.counter_signatures[0].signer.data, Check::Broken);
    assert_eq!(constraints(&facts), ["a counter-signature does not hold, or cannot be checked"]);
}

/// RFC 5652 §11.4: the content is a signature value, which has no content type.
#[test]
fn a_counter_signature_has_no_content_type() {
    let data = sequence(&[&oid("1.2.840.113549.1.9.3"), &tlv(0x31, &[&oid("1.2.840.113549.1.7.1")])]);
    let facts = with_counter(|yard, value| counter(yard, value, std::slice::from_ref(&data)));
    assert_eq!(constraints(&facts.counter_signatures[0]), ["a counter-signature with a content-type attribute"]);
}

#[test]
fn what_is_no_counter_signature_is_said() {
    let facts = with_counter(|_, _| sequence(&[&[2, 1, 1]]));
    assert!(facts.counter_signatures.is_empty());
    assert!(constraints(&facts)[0].starts_with("a counter-signature cannot be read"), "{facts:?}");
}

/// Each over the value of the one below it.
fn tower(yard: &Yard, value: &[u8], height: usize) -> Vec<u8> {
    let mut info = Node::parse(&counter(yard, value, &[]));
    if height > 1 {
        let above = tower(yard, info.nodes()[VALUE].octets(), height - 1);
        info.nodes_mut().push(Node::constructed(0xa1, vec![attribute_of(&above)]));
    }
    assert!(info.nodes().len() <= UNSIGNED + 1);
    info.encode()
}

#[test]
fn counter_signatures_over_counter_signatures_are_followed_to_a_limit() {
    let facts = with_counter(|yard, value| tower(yard, value, 8));
    let mut below = &facts;
    for _ in 0..8 {
        assert_eq!(constraints(below), [""; 0]);
        below = &below.counter_signatures[0];
        assert_eq!((below.signer.signature, below.signer.data), (Check::Holds, Check::Holds));
    }
    assert!(below.counter_signatures.is_empty());
    let yard = Yard::new(KeyKind::P256);
    let octets = countersigned(&yard, &[tower(&yard, b"", 9)]);
    let error = facts_with_limits(&octets).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

#[test]
fn more_counter_signatures_than_the_limit_are_refused() {
    let yard = Yard::new(KeyKind::P256);
    let one = counter(&yard, b"", &[]);
    let octets = countersigned(&yard, &vec![one; 100]);
    assert_eq!(facts_with_limits(&octets).unwrap_err().kind(), ErrorKind::LimitExceeded);
}

fn facts_with_limits(octets: &[u8]) -> seing::error::Result<Vec<SignatureFacts>> {
    facts(octets, Content::Attached, &[], &mut Budget::new(&Limits::default()))
}
