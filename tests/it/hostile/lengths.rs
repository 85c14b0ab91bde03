//! Lengths that are not there, and nesting.

use seing::error::{Error, ErrorKind};
use seing::key::{PublicKey, SoftwareKey, pkcs12};
use seing::pki::crl::Crl;
use seing::pki::ocsp::OcspResponse;
use seing::pki::{Certificate, Name};
use seing::timestamp::{Request, Response, TstInfo};
use seing::verify_time_stamp;

use super::{attribute, bounded, contract, ends_at, names_limit, parties, report};
use crate::der_tree::{Node, UNSIGNED};
use crate::timestamp::forge::tlv;
use crate::workshop::later;

#[test]
fn lengths_that_are_not_there_are_not_believed() {
    let parties = parties();
    let whole = contract(&parties, false).octets();
    for length in
        [&[0x84, 0x40, 0, 0, 0][..], &[0x85, 1, 0, 0, 0, 0], &[0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]]
    {
        for tag in [0x30, 0x31, 0xa0, 4] {
            // In place of everything, and of the content.
            for at in [0, whole.len() / 2] {
                let octets = [&whole[..at], &[tag], length, &whole[at..]].concat();
                let error = report(&parties, "length", &octets).unwrap_err();
                assert!(matches!(error.kind(), ErrorKind::Malformed | ErrorKind::LimitExceeded), "{error}");
            }
        }
    }
}

type Reading = fn(&[u8]) -> Option<Error>;

/// Everything that reads what a stranger wrote.
const READERS: &[(&str, Reading)] = &[
    ("certificate", |octets| Certificate::parse(octets).err()),
    ("certificates", |octets| Certificate::parse_many(octets).err()),
    ("name", |octets| Name::parse(octets).err()),
    ("revocation list", |octets| Crl::parse(octets).err()),
    ("OCSP response", |octets| OcspResponse::parse(octets).err()),
    ("request", |octets| Request::parse(octets).err()),
    ("response", |octets| Response::parse(octets).err()),
    ("TSTInfo", |octets| TstInfo::parse(octets).err()),
    ("time-stamp", |octets| verify_time_stamp(octets).at(later()).report().err()),
    ("public key", |octets| PublicKey::from_spki(octets).err()),
    ("private key", |octets| SoftwareKey::from_pkcs8(octets, Some("x")).err()),
    ("key file", |octets| pkcs12::open(octets, "x").err()),
];

#[test]
fn every_reader_distrusts_lengths_and_nesting() {
    let gibibyte = [0x84, 0x40, 0, 0, 0];
    let mut inputs =
        vec![[&[0x30], &gibibyte[..]].concat(), [0x30, 0x80].repeat(1 << 16), [0x30, 0x84].repeat(1 << 16)];
    // Inside what each begins with: the elements of a sequence in a sequence.
    for tag in [2, 3, 4, 6, 0x30, 0x31, 0xa0] {
        inputs.push(tlv(0x30, &[&[tag], &gibibyte]));
        inputs.push(tlv(0x30, &[&tlv(0x30, &[&[2, 1, 1, tag], &gibibyte])]));
    }
    inputs.push((0..5_000).fold(Vec::new(), |inside, _| tlv(0x30, &[&inside])));
    for (what, read) in READERS {
        bounded(what, || {
            for input in &inputs {
                let error = read(input).unwrap();
                let kind = error.kind();
                assert!(
                    matches!(kind, ErrorKind::Malformed | ErrorKind::LimitExceeded | ErrorKind::Unsupported),
                    "{error}"
                );
            }
        });
    }
}

#[test]
fn nesting_without_end_ends_at_a_limit() {
    let parties = parties();
    for head in [&[0x30, 0x80][..], &[0x24, 0x80], &[0xa0, 0x80]] {
        let error = report(&parties, "indefinite", &head.repeat(1 << 20)).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::LimitExceeded | ErrorKind::Malformed), "{error}");
    }
    let whole = contract(&parties, false);
    // The content as a string of strings of strings.
    let mut message = whole.clone();
    let content = message.signed_data()[2].at_mut(&[1]).nodes_mut();
    for _ in 0..1_000 {
        content[0] = Node::constructed(0x24, vec![content[0].clone()]);
    }
    ends_at(&parties, "nested strings", "string nested too deep", &message.octets());
}

/// Each level around a million pieces passes over all of them once more.
#[test]
fn strings_in_very_many_pieces_end_at_a_limit() {
    let parties = parties();
    let limit = "more elements in one than the limit allows";
    for (tag, close) in [(&[0x24, 0x80][..], &[0, 0][..]), (&[], &[])] {
        let pieces = [tag.repeat(28), [4, 0].repeat(1_000_001), close.repeat(28)].concat();
        let message = contract(&parties, false);
        let (octets, place) = (message.octets(), message.0.range(&[1, 0, 2, 1, 0]));
        // The lengths of what is around the content are indefinite.
        let mut around = message.clone();
        around.signed_data()[2].at_mut(&[1]).nodes_mut()[0] = Node::primitive(0x24, &pieces);
        assert!(place.end < octets.len());
        ends_at(&parties, "pieces", limit, &around.octets());
    }
}

#[test]
fn tokens_in_tokens_and_counter_signatures_over_each_other_are_not_followed_for_ever() {
    let parties = parties();
    let whole = contract(&parties, true);
    let token = whole.clone().signer(0)[UNSIGNED].nodes()[0].nodes()[1].nodes()[0].clone();
    let nested = (0..20).fold(token.clone(), |inside, _| {
        let mut around = token.clone();
        let signer = around.at_mut(&[1, 0]).nodes_mut().last_mut().unwrap().nodes_mut()[0].nodes_mut();
        signer.push(Node::constructed(0xa1, vec![attribute("1.2.840.113549.1.9.16.2.14", vec![inside])]));
        around
    });
    let mut message = whole.clone();
    message.signer(0)[UNSIGNED].nodes_mut()[0].nodes_mut()[1] = Node::constructed(0x31, vec![nested]);
    let found = report(&parties, "tokens in tokens", &message.octets()).unwrap();
    assert_eq!(found.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");

    let mut message = contract(&parties, false);
    let signer = message.signers()[0].clone();
    let nested = (0..50).fold(signer.clone(), |inside, _| {
        let mut around = signer.clone();
        around.nodes_mut().push(Node::constructed(0xa1, vec![attribute("1.2.840.113549.1.9.6", vec![inside])]));
        around
    });
    *message.signers() = vec![nested];
    let limit = "counter-signatures over counter-signatures nested too deep";
    names_limit("counter-signatures", limit, report(&parties, "counter-signatures", &message.octets()));
}
