//! Many signers, many candidates for each, and a large content.

use seing::error::ErrorKind;
use seing::key::{KeyKind, Signer};
use seing::limits::Limits;
use seing::verify;

use super::{attribute, bounded, contract, ends_at, names_limit, parties, report};
use crate::der_tree::{DIGEST_ALGORITHM, Message, Node, SID, SIGNED, UNSIGNED};
use crate::timestamp::forge::{name, oid, sequence, tlv};
use crate::workshop::{CUSTOMER, Parties, Profile, key, later};

/// A contract of many parties is no attack.
#[test]
fn a_contract_of_forty_nine_parties_is_read_with_all_its_time_stamps() {
    let parties = parties();
    let mut message = contract(&parties, true);
    let signer = message.signers()[0].clone();
    *message.signers() = vec![signer; 49];
    let report = report(&parties, "time-stamped signers", &message.octets()).unwrap();
    assert_eq!(report.signatures.len(), 49);
    assert!(report.signatures.iter().all(|signature| signature.timestamps[0].indication.name() == "PASSED"));
}

/// Certificates of one issuer and serial number, and signatures that say nothing of which it is.
pub(super) fn many_of_one_name(parties: &Parties, certificates: u32, signers: usize, padding: usize) -> Message {
    let mut message = contract(parties, false);
    let root = key(KeyKind::P256, crate::workshop::ROOT);
    let own = key(KeyKind::P256, CUSTOMER);
    let certificate = Node::parse(Profile::person("TEST Amal", CUSTOMER).issue(own.public_key(), &root).der());
    let others = (0..certificates).map(|number| {
        let mut other = certificate.clone();
        // Another signature, so that each is another certificate.
        let Some(last) = other.nodes_mut().last_mut() else { unreachable!() };
        *last = Node::primitive(3, &[&[0], &number.to_be_bytes()[..], &vec![7; padding]].concat());
        other
    });
    *message.certificates() = others.collect();
    let mut signer = message.signers()[0].clone();
    signer.nodes_mut().remove(SIGNED);
    *message.signers() = vec![signer; signers];
    message
}

#[test]
fn candidates_without_number_end_at_a_limit() {
    let parties = parties();
    let message = many_of_one_name(&parties, 1_000, 100, 0);
    let limit = "more signature checks than the limit allows";
    ends_at(&parties, "candidates", limit, &message.octets());
}

/// The content is hashed for each candidate, where the algorithm takes the message itself.
#[test]
fn candidates_for_a_large_content_end_at_a_limit() {
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        let parties = Parties::new(kind);
        let mut message = many_of_one_name(&parties, 1_000, 100, 0);
        message.signed_data()[2].at_mut(&[1]).nodes_mut()[0] = Node::primitive(4, &vec![b'x'; 4 << 20]);
        let error = report(&parties, "candidates for 4 MiB", &message.octets()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
    }
}

#[test]
fn one_content_is_hashed_once_for_all_signers() {
    let parties = parties();
    let mut message = contract(&parties, false);
    message.signed_data()[2].at_mut(&[1]).nodes_mut()[0] = Node::primitive(4, &vec![b'x'; 16 << 20]);
    let signer = message.signers()[0].clone();
    *message.signers() = vec![signer; 100];
    let report = report(&parties, "16 MiB for 100 signers", &message.octets()).unwrap();
    assert_eq!(report.indication().to_string(), "TOTAL_FAILED/HASH_FAILURE");
}

#[test]
fn long_names_of_issuers_are_read_once_for_each_signer() {
    let parties = parties();
    let mut message = many_of_one_name(&parties, 1_000, 100, 0);
    let element = name("x");
    let long = sequence(&[&element[2..].repeat(4_000)]);
    for signer in message.signers() {
        signer.nodes_mut()[SID].nodes_mut()[0] = Node::parse(&long);
    }
    let report = report(&parties, "long names", &message.octets()).unwrap();
    assert!(report.signatures.iter().all(|signature| signature.signer.is_none()));
}

#[test]
fn large_certificates_are_not_hashed_for_each_signer_without_end() {
    let parties = parties();
    let mut message = many_of_one_name(&parties, 100, 1, 60_000);
    let signed = contract(&parties, false).signers()[0].clone();
    *message.signers() = vec![signed; 100];
    // The hash functions are slow without optimisation.
    let mut limits = Limits::default();
    limits.hashed_octets = 64 << 20;
    let octets = message.octets();
    let verification = verify(&octets).trust(&parties.judge.0).at(later()).limits(limits);
    let limit = "more octets to hash than the limit allows";
    names_limit("large certificates", limit, bounded("large certificates", || verification.report()));
}

#[test]
fn what_a_report_repeats_is_short() {
    let parties = parties();
    let mut message = contract(&parties, false);
    let signer = message.signers()[0].clone();
    *message.signers() = vec![signer; 100];
    let certificate = &mut message.certificates()[0];
    let long = sequence(&[&name("\u{1}")[2..].repeat(40_000)]);
    certificate.nodes_mut()[0].nodes_mut()[5] = Node::parse(&long);
    let said = match report(&parties, "a long name", &message.octets()) {
        Ok(report) => report.to_json().unwrap().len(),
        Err(error) => error.to_string().len(),
    };
    assert!(said < 16 << 20, "{said} octets");
}

#[test]
fn archive_time_stamps_over_a_large_content_end_at_a_limit() {
    let parties = parties();
    let mut message = contract(&parties, true);
    let stamps = message.signer(0)[UNSIGNED].nodes_mut();
    let token = stamps[0].nodes()[1].nodes()[0].clone();
    for kind in ["1.2.840.113549.1.9.16.2.48", "0.4.0.1733.2.4"] {
        let mut message = message.clone();
        message.signer(0)[UNSIGNED].nodes_mut().push(attribute(kind, vec![token.clone(); 95]));
        message.signed_data()[2].at_mut(&[1]).nodes_mut()[0] = Node::primitive(4, &vec![b'x'; 16 << 20]);
        let _ = report(&parties, kind, &message.octets());
    }
}

/// RSA is cheap because exponents are small.
#[test]
fn exponents_as_long_as_the_modulus_are_refused() {
    let parties = parties();
    let mut message = many_of_one_name(&parties, 0, 100, 0);
    let signed = contract(&parties, false).certificates()[0].clone();
    let number = |octets: &[u8]| tlv(2, &[&[0], octets]);
    let certificates = (0..200u8).map(|number_of| {
        let mut modulus = vec![0xc5; 1024];
        modulus[1] = number_of;
        let mut exponent = vec![0xc3; 1024];
        exponent[1] = 0;
        let key = tlv(3, &[&[0], &sequence(&[&number(&modulus), &number(&exponent)])]);
        let spki = sequence(&[&sequence(&[&oid("1.2.840.113549.1.1.1"), &[5, 0]]), &key]);
        let mut certificate = signed.clone();
        certificate.nodes_mut()[0].nodes_mut()[6] = Node::parse(&spki);
        certificate
    });
    *message.certificates() = certificates.collect();
    for signer in message.signers() {
        signer.nodes_mut()[DIGEST_ALGORITHM + 1] = Node::parse(&sequence(&[&oid("1.2.840.113549.1.1.11"), &[5, 0]]));
        signer.nodes_mut()[DIGEST_ALGORITHM + 2] = Node::primitive(4, &[0x55; 1024]);
    }
    ends_at(&parties, "exponents", "more signature checks than the limit allows", &message.octets());
}

/// Each signature holds its own copy of the revocation information.
#[test]
fn revocation_information_is_not_copied_for_each_signature_without_end() {
    let parties = parties();
    let mut message = contract(&parties, false);
    let body = Node::constructed(0x30, vec![Node::primitive(4, &vec![7; 1 << 20])]);
    let list = Node::constructed(0x30, vec![body, Node::constructed(0x30, Vec::new()), Node::primitive(3, &[0])]);
    message.signed_data().insert(4, Node::constructed(0xa1, vec![list]));
    let limit = "more revocation information for so many signatures than the limit allows";
    let mut many = message.clone();
    let signer = many.signers()[0].clone();
    *many.signers() = vec![signer.clone(); 50];
    ends_at(&parties, "for signers", limit, &many.octets());
    message.signer(0).push(Node::constructed(0xa1, vec![attribute("1.2.840.113549.1.9.6", vec![signer; 90])]));
    ends_at(&parties, "for counter-signatures", limit, &message.octets());
}
