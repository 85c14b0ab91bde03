//! Files: PEM, keys, policies.

use seing::error::ErrorKind;
use seing::key::{PublicKey, SoftwareKey};
use seing::pki::Certificate;
use seing::validation::Policy;

use super::{bounded, names_limit, parties, report};
use crate::timestamp::forge::{oid, sequence, tlv};
use crate::workshop::Profile;
use crate::workshop::{ROOT, key};

#[test]
fn pem_without_end() {
    let parties = parties();
    for text in [
        "-----BEGIN CMS-----\n".repeat(1_000_000),
        "-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n".repeat(100_000),
        format!("-----BEGIN CMS-----\n{}", "\n\n".repeat(1_000_000)),
        format!("-----BEGIN CMS-----\n{}-----END CMS-----", "A\n\n".repeat(1_000_000)),
    ] {
        let error = report(&parties, "PEM", text.as_bytes()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Malformed | ErrorKind::LimitExceeded), "{error}");
    }
}

#[test]
fn a_million_pem_blocks_end_at_a_limit() {
    let text = "-----BEGIN X-----\nMAA=\n-----END X-----\n".repeat(1_000_000);
    let limit = "more PEM blocks than the limit allows";
    names_limit("blocks", limit, bounded("blocks", || Certificate::parse_many(text.as_bytes())));
    let root = key(seing::key::KeyKind::P256, ROOT);
    let root = Profile::root().issue(seing::key::Signer::public_key(&root), &root);
    let certificates = root.der().repeat(5_001);
    let limit = "more certificates than the limit allows";
    names_limit("certificates", limit, bounded("certificates", || Certificate::parse_many(&certificates)));
}

/// One verification with such a key would take seconds.
#[test]
fn giant_rsa_keys_are_refused() {
    let number = |length: usize| tlv(2, &[&[0], &vec![0xc5; length]]);
    for (modulus, exponent) in [(2_048, 3), (1 << 20, 3), (256, 256), (1_024, 1_023), (256, 9)] {
        let bits = tlv(3, &[&[0], &sequence(&[&number(modulus), &number(exponent)])]);
        let spki = sequence(&[&sequence(&[&oid("1.2.840.113549.1.1.1"), &[5, 0]]), &bits]);
        let error = bounded("RSA", || PublicKey::from_spki(&spki)).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::Malformed), "{error}");
    }
    let numbers = [2_048usize, 3, 2_048, 1_024, 1_024, 1_024, 1_024, 1_024].map(number).concat();
    let key = sequence(&[&[2, 1, 0], &numbers]);
    let rsa = sequence(&[&oid("1.2.840.113549.1.1.1"), &[5, 0]]);
    let key = sequence(&[&[2, 1, 0], &rsa, &tlv(4, &[&key])]);
    let error = bounded("RSA key", || SoftwareKey::from_pkcs8(&key, None)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
}

/// RFC 8018 lets the file say how much work its password is.
#[test]
fn passwords_are_not_stretched_without_end() {
    let aes = sequence(&[&oid("2.16.840.1.101.3.4.1.42"), &tlv(4, &[&[7; 16]])]);
    let encrypted = |function: Vec<u8>| {
        let scheme = sequence(&[&oid("1.2.840.113549.1.5.13"), &sequence(&[&function, &aes])]);
        sequence(&[&scheme, &tlv(4, &[&[7; 48]])])
    };
    let salt = tlv(4, &[&[7; 16]]);
    let pbkdf2 = sequence(&[&oid("1.2.840.113549.1.5.12"), &sequence(&[&salt, &[2, 4, 0x7f, 0xff, 0xff, 0xff]])]);
    let cost = [&[2, 4, 0x40, 0, 0, 0][..], &[2, 1, 8, 2, 1, 1]].concat();
    let scrypt = sequence(&[&oid("1.3.6.1.4.1.11591.4.11"), &sequence(&[&salt, &cost])]);
    for function in [pbkdf2, scrypt] {
        let file = encrypted(function);
        let limit = "password stretched beyond the limit";
        names_limit("password", limit, bounded("password", || SoftwareKey::from_pkcs8(&file, Some("x"))));
    }
}

#[test]
fn a_policy_of_lists_in_lists_is_refused() {
    for text in ["[".repeat(1 << 20), "{\"name\":".repeat(1 << 18)] {
        assert_eq!(bounded("policy", || Policy::from_json(&text)).unwrap_err().kind(), ErrorKind::Malformed);
    }
}
