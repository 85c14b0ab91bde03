//! Certificates with more in them than any needs, alone and in documents.

use seing::error::ErrorKind;
use seing::key::{KeyKind, PublicKey, Signer, SoftwareKey};
use seing::pki::{Certificate, Name};

use super::{ELEMENTS, bounded, contract, ends_at, names_limit, parties};
use crate::der_tree::Node;
use crate::timestamp::forge::{name, oid, sequence, tlv};
use crate::workshop::{ROOT, key};

/// What stands in a certificate, as it is encoded.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) serial: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) spki: Vec<u8>,
    pub(super) extensions: Vec<Vec<u8>>,
}

impl Parts {
    pub(super) fn new(subject: &str, issuer: &str, key: &PublicKey) -> Self {
        let (issuer, subject) = (name(issuer), name(subject));
        Self { serial: vec![1], issuer, subject, spki: key.spki().to_vec(), extensions: Vec::new() }
    }

    pub(super) fn authority(mut self) -> Self {
        self.extensions.push(extension("2.5.29.19", true, &sequence(&[&[1, 1, 0xff]])));
        self
    }

    pub(super) fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub(super) fn numbered(&self, serial: u32) -> Self {
        Self { serial: [&[0x40], &serial.to_be_bytes()[..]].concat(), ..self.clone() }
    }

    pub(super) fn signed(&self, issuer: &SoftwareKey) -> Vec<u8> {
        let algorithm = sequence(&[&oid("1.2.840.10045.4.3.2")]);
        let validity = sequence(&[&tlv(0x17, &[b"200101000000Z"]), &tlv(0x17, &[b"400101000000Z"])]);
        let extensions = match self.extensions.concat() {
            none if none.is_empty() => Vec::new(),
            some => tlv(0xa3, &[&sequence(&[&some])]),
        };
        let to_be_signed = sequence(&[
            &[0xa0, 3, 2, 1, 2],
            &tlv(2, &[&self.serial]),
            &algorithm,
            &self.issuer,
            &validity,
            &self.subject,
            &self.spki,
            &extensions,
        ]);
        sequence(&[&to_be_signed, &algorithm, &tlv(3, &[&[0], &issuer.sign(&to_be_signed).unwrap()])])
    }

    pub(super) fn certificate(&self, issuer: &SoftwareKey) -> Certificate {
        Certificate::parse(&self.signed(issuer)).unwrap()
    }
}

pub(super) fn extension(id: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    sequence(&[&oid(id), flag, &tlv(4, &[value])])
}

fn parse(what: &str, parts: &Parts, issuer: &SoftwareKey) -> Result<Certificate, seing::error::Error> {
    let der = parts.signed(issuer);
    bounded(&format!("{what}, {} KiB", der.len() >> 10), || Certificate::parse(&der))
}

#[test]
fn parts_without_end_end_at_a_limit() {
    let root = key(KeyKind::P256, ROOT);
    let plain = Parts::new("TEST", "TEST Root", root.public_key());
    let element = &name("x")[2..];

    let long = sequence(&[&element.repeat(100_000)]);
    names_limit("name", "distinguished name over 64 KiB", Name::parse(&long));
    let some = sequence(&[&element.repeat(10_000)]);
    let subject = Parts { subject: some.clone(), ..plain.clone() };
    names_limit("subject", "distinguished name over 64 KiB", parse("subject", &subject, &root));
    let issuer = Parts { issuer: some, ..plain.clone() };
    names_limit("issuer", "distinguished name over 64 KiB", parse("issuer", &issuer, &root));
    let large = Parts { subject: long, ..plain.clone() };
    names_limit("certificate", "certificate over 1 MiB", parse("certificate", &large, &root));

    let serial = Parts { serial: vec![0x17; 100_000], ..plain.clone() };
    names_limit("serial number", "serial number over 256 octets", parse("serial number", &serial, &root));
    let mut many = plain.clone();
    many.extensions = vec![extension("2.999", false, &[]); 50_000];
    let limit = "certificate with more extensions than the limit allows";
    names_limit("extensions", limit, parse("extensions", &many, &root));

    let location = tlv(0x86, &[b"http://example/"]);
    let policy = |number: usize| sequence(&[&oid(&format!("2.999.{number}"))]);
    let lists = [
        ("2.5.29.17", tlv(0x82, &[]).repeat(100_000)),
        ("2.5.29.32", (0..50_000).flat_map(policy).collect()),
        ("2.5.29.33", sequence(&[&oid("2.999"), &oid("2.999")]).repeat(50_000)),
        ("2.5.29.37", oid("2.999").repeat(100_000)),
        ("2.5.29.30", tlv(0xa1, &[&sequence(&[&tlv(0x82, &[])]).repeat(100_000)])),
        ("2.5.29.31", sequence(&[&tlv(0xa0, &[&tlv(0xa0, &[&location])])]).repeat(30_000)),
        ("1.3.6.1.5.5.7.1.1", sequence(&[&oid("1.3.6.1.5.5.7.48.1"), &location]).repeat(30_000)),
        ("1.3.6.1.5.5.7.1.3", sequence(&[&oid("2.999")]).repeat(100_000)),
    ];
    let limit = "certificate with more elements than the limit allows";
    for (id, list) in lists {
        let parts = plain.clone().with(extension(id, false, &sequence(&[&list])));
        names_limit(id, limit, parse(id, &parts, &root));
    }
    let long = plain.with(extension("2.5.29.17", false, &sequence(&[&tlv(0x86, &[&[b'x'; 100_000]])])));
    names_limit("URI", "name of more octets than the limit allows", parse("URI", &long, &root));
}

#[test]
fn object_identifiers_are_short() {
    let mut arcs = vec![0xff; 1 << 20];
    arcs.push(1);
    let identifier = tlv(6, &[&arcs]);
    let subject = sequence(&[&tlv(0x31, &[&sequence(&[&identifier, &[5, 0]])])]);
    assert_eq!(Name::parse(&subject).unwrap_err().kind(), ErrorKind::LimitExceeded);
    let parties = parties();
    let mut message = contract(&parties, false);
    let values = Node::constructed(0x31, vec![Node::primitive(5, &[])]);
    let unknown = Node::constructed(0x30, vec![Node::primitive(6, &arcs), values]);
    message.signer(0).push(Node::constructed(0xa1, vec![unknown]));
    let error = super::report(&parties, "attribute type", &message.octets()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
}

/// Each of the certificates is within its limits: 9,000 names in 18 KiB.
#[test]
fn certificates_share_one_limit_on_their_elements() {
    let parties = parties();
    let root = key(KeyKind::P256, ROOT);
    let names = extension("2.5.29.17", false, &sequence(&[&tlv(0x82, &[]).repeat(9_000)]));
    let crowded = Parts::new("TEST", "TEST Root", root.public_key()).with(names);
    let crowded: Vec<Vec<u8>> = (0..60).map(|serial| crowded.numbered(serial).signed(&root)).collect();
    let mut message = contract(&parties, false);
    message.certificates().extend(crowded.iter().map(|der| Node::parse(der)));
    ends_at(&parties, "crowded certificates", ELEMENTS, &message.octets());
    let file = crowded.concat();
    names_limit("file", ELEMENTS, bounded("file", || Certificate::parse_many(&file)));
}

/// A name ends up in terminals and reports.
#[test]
fn what_no_terminal_should_see_is_escaped() {
    let root = key(KeyKind::P256, ROOT);
    let parts = Parts::new("a\0b\u{1b}[2J\u{202e}\r\n", "TEST Root", root.public_key());
    let shown = parts.certificate(&root).subject().to_string();
    assert_eq!(shown, "CN=a\\00b\\1b[2J\\e2\\80\\ae\\0d\\0a");
}
