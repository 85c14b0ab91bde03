//! SETs and SEQUENCEs of very many elements.

use seing::timestamp::{Request, Response, TstInfo};

use super::{ELEMENTS, MANY, SIGNATURES, attribute, bounded, contract, ends_at, names_limit, parties, report};
use crate::der_tree::{Node, SIGNED, UNSIGNED};
use crate::timestamp::forge::{oid, sequence, tlv};

#[test]
fn sets_of_very_many_elements_end_at_a_limit() {
    let parties = parties();
    let whole = contract(&parties, false);
    let hash = Node::parse(&sequence(&[&oid("2.16.840.1.101.3.4.2.1")]));
    let mut message = whole.clone();
    *message.signed_data()[1].nodes_mut() = vec![hash; MANY];
    ends_at(&parties, "digest algorithms", ELEMENTS, &message.octets());

    let null = Node::primitive(5, &[]);
    for values in [0, 1] {
        let unknown = attribute("2.999", vec![null.clone(); values]);
        let mut message = whole.clone();
        message.signer(0).push(Node::constructed(0xa1, vec![unknown.clone(); MANY]));
        ends_at(&parties, "unsigned attributes", ELEMENTS, &message.octets());
        let mut message = whole.clone();
        *message.signer(0)[SIGNED].nodes_mut() = vec![unknown; MANY];
        ends_at(&parties, "signed attributes", ELEMENTS, &message.octets());
    }
    let mut message = whole.clone();
    message.signer(0).push(Node::constructed(0xa1, vec![attribute("2.999", vec![null; MANY])]));
    ends_at(&parties, "attribute values", ELEMENTS, &message.octets());

    let mut message = whole.clone();
    let signer = message.signers()[0].clone();
    *message.signers() = vec![signer; 101];
    ends_at(&parties, "signers", SIGNATURES, &message.octets());

    let mut message = whole.clone();
    let certificate = message.certificates()[0].clone();
    *message.certificates() = vec![certificate.clone(); 1_001];
    ends_at(&parties, "certificates", "more certificates than the limit allows", &message.octets());

    let mut message = whole;
    message.signed_data().insert(4, Node::constructed(0xa1, vec![certificate; 1_001]));
    let limit = "more revocation lists and responses than the limit allows";
    ends_at(&parties, "revocation lists", limit, &message.octets());
}

/// As many as the limits allow, of everything that is not understood.
#[test]
fn what_is_not_understood_is_said_in_little_room() {
    let parties = parties();
    let mut message = contract(&parties, false);
    let unknown: Vec<Node> =
        (0..49_000u32).map(|number| attribute(&format!("2.999.{number}"), vec![Node::primitive(5, &[])])).collect();
    message.signer(0).push(Node::constructed(0xa1, unknown));
    let report = report(&parties, "unknown attributes", &message.octets()).unwrap();
    assert!(report.signatures[0].findings.len() < 300, "{}", report.signatures[0].findings.len());
    assert_eq!(report.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
}

#[test]
fn time_stamps_without_number_end_at_a_limit() {
    let parties = parties();
    let mut message = contract(&parties, true);
    let stamps = message.signer(0)[UNSIGNED].nodes_mut();
    let token = stamps[0].nodes()[1].nodes()[0].clone();
    stamps[0].nodes_mut()[1] = Node::constructed(0x31, vec![token.clone(); 3_000]);
    ends_at(&parties, "time-stamps", SIGNATURES, &message.octets());
    let content = attribute("1.2.840.113549.1.9.16.2.20", vec![token; 3_000]);
    message.signer(0).truncate(UNSIGNED);
    message.signer(0)[SIGNED].nodes_mut().push(content);
    ends_at(&parties, "content time-stamps", SIGNATURES, &message.octets());
}

/// Extensions of requests and tokens, and what an authority says to people.
#[test]
fn lists_in_requests_and_answers_end_at_a_limit() {
    let imprint = sequence(&[&sequence(&[&oid("2.16.840.1.101.3.4.2.1")]), &tlv(4, &[&[7; 32]])]);
    let extensions = sequence(&[&oid("2.999"), &tlv(4, &[])]).repeat(MANY);
    let request = sequence(&[&[2, 1, 1], &imprint, &tlv(0xa0, &[&extensions])]);
    names_limit("request", ELEMENTS, bounded("request", || Request::parse(&request)));

    let time = tlv(0x18, &[b"20261123100000Z"]);
    let info = sequence(&[&[2, 1, 1], &oid("2.999"), &imprint, &[2, 1, 1], &time, &tlv(0xa1, &[&extensions])]);
    names_limit("TSTInfo", ELEMENTS, bounded("TSTInfo", || TstInfo::parse(&info)));

    let text = sequence(&[&tlv(0x0c, &[b"no"]).repeat(MANY)]);
    let response = sequence(&[&sequence(&[&[2, 1, 2], &text])]);
    names_limit("response", ELEMENTS, bounded("response", || Response::parse(&response)));
}

/// What is counted is counted over all certificates together, wherever they stand.
#[test]
fn lists_in_unsigned_attributes_end_at_a_limit() {
    let parties = parties();
    let whole = contract(&parties, true);
    let certificate = whole.clone().certificates()[0].clone();
    let hash = Node::constructed(0x30, vec![Node::primitive(4, &[7; 20])]);
    let list = |values: Vec<Node>| Node::constructed(0x30, values);
    let cases = [
        ("1.2.840.113549.1.9.16.2.23", list(vec![certificate; 1_001]), "more certificates than the limit allows"),
        ("1.2.840.113549.1.9.16.2.21", list(vec![hash; MANY]), ELEMENTS),
        ("1.2.840.113549.1.9.16.2.22", list(vec![list(Vec::new()); MANY]), ELEMENTS),
    ];
    for (kind, value, limit) in cases {
        let mut message = whole.clone();
        message.signer(0)[UNSIGNED].nodes_mut().push(attribute(kind, vec![value]));
        ends_at(&parties, kind, limit, &message.octets());
    }
}

#[test]
fn a_hash_index_without_end_ends_at_a_limit() {
    let parties = parties();
    let mut message = contract(&parties, true);
    let stamps = message.signer(0)[UNSIGNED].nodes_mut();
    let mut token = stamps[0].nodes()[1].nodes()[0].clone();
    let hashes = Node::constructed(0x30, vec![Node::primitive(4, &[]); MANY]);
    let empty = Node::constructed(0x30, Vec::new());
    let hash = Node::parse(&sequence(&[&oid("2.16.840.1.101.3.4.2.1")]));
    let index = attribute("0.4.0.19122.1.5", vec![Node::constructed(0x30, vec![hash, empty.clone(), empty, hashes])]);
    let signer = token.at_mut(&[1, 0]).nodes_mut().last_mut().unwrap().nodes_mut()[0].nodes_mut();
    signer.push(Node::constructed(0xa1, vec![index]));
    stamps.push(attribute("0.4.0.1733.2.4", vec![token]));
    ends_at(&parties, "hash index", ELEMENTS, &message.octets());
}
