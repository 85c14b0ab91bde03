//! What the authority grants and what it refuses, and why.

use seing::digest::{Algorithm, Digest};
use seing::error::{Error, ErrorKind, Result};
use seing::key::{PublicKey, SignatureAlgorithm, Signer};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Accuracy, Authority, Extension, Failure, Failures, Request, Response, Status, Token};

use super::client::{authority, counter, digest, now, policy, root, tsa};
use super::forge::{CODE_SIGNING, Key, Profile, TIME_STAMPING, oid, sequence, tlv};

fn respond(request: &[u8]) -> Response {
    Response::parse(&authority().respond(request, now(), &mut counter())).unwrap()
}

fn granted(request: &Request) -> Token {
    let response = respond(&request.to_der());
    assert_eq!(response.status(), Status::Granted);
    Token::parse(response.token().unwrap(), &mut Budget::new(&Limits::default())).unwrap()
}

#[track_caller]
fn refused(response: &Response, failure: Failure) {
    assert_eq!(response.status(), Status::Rejection);
    assert_eq!(response.failures(), Failures::from(failure), "{:?}", response.text());
    assert!(response.token().is_none());
    assert_eq!(response.text().len(), 1);
}

/// A request with this version, message imprint and rest.
fn request(version: u8, algorithm: &[u8], octets: &[u8], rest: &[u8]) -> Vec<u8> {
    sequence(&[&[2, 1, version], &sequence(&[&sequence(&[algorithm]), &tlv(4, &[octets])]), rest])
}

const SHA256: &str = "2.16.840.1.101.3.4.2.1";

#[test]
fn every_strong_hash_function_is_stamped() {
    use Algorithm as A;
    for algorithm in [A::Sha256, A::Sha384, A::Sha512, A::Sha3_256, A::Sha3_384, A::Sha3_512] {
        let digest = algorithm.digest(b"order 4711");
        assert_eq!(granted(&Request::new(&digest)).info().message_imprint().digest().unwrap(), digest);
    }
}

#[test]
fn weak_and_unknown_hash_functions_are_bad_algorithms() {
    for algorithm in [Algorithm::Sha1, Algorithm::Sha224, Algorithm::Sha3_224] {
        refused(&respond(&Request::new(&algorithm.digest(b"")).to_der()), Failure::BadAlg);
    }
    refused(&respond(&request(1, &oid("1.2.840.113549.2.5"), &[0; 16], &[])), Failure::BadAlg);
    let with_parameters = [oid(SHA256), vec![2, 1, 1]].concat();
    refused(&respond(&request(1, &with_parameters, &[0; 32], &[])), Failure::BadAlg);
}

#[test]
fn null_parameters_are_repeated_as_they_came() {
    let with_null = [oid(SHA256), vec![5, 0]].concat();
    let response = respond(&request(1, &with_null, digest().octets(), &[]));
    let token = response.token().unwrap();
    let imprint = [with_null.as_slice(), &[4, 32], digest().octets()].concat();
    assert!(token.windows(imprint.len()).any(|window| window == imprint));
}

#[test]
fn what_is_no_request_has_a_bad_format() {
    let fine = request(1, &oid(SHA256), &[7; 32], &[]);
    assert_eq!(respond(&fine).status(), Status::Granted);
    for length in 0..fine.len() {
        refused(&respond(&fine[..length]), Failure::BadDataFormat);
    }
    refused(&respond(&[fine.as_slice(), &[0]].concat()), Failure::BadDataFormat);
    refused(&respond(&request(1, &oid(SHA256), &[7; 31], &[])), Failure::BadDataFormat);
    refused(&respond(&request(1, &oid(SHA256), &[7; 32], &[5, 0])), Failure::BadDataFormat);
    refused(&respond(&request(1, &oid(SHA256), &[7; 32], &[2, 0])), Failure::BadDataFormat);
    refused(&respond(b"GET / HTTP/1.1\r\n\r\n"), Failure::BadDataFormat);
    refused(&respond(&[0x30, 0x80].repeat(20_000)), Failure::BadRequest);
    refused(&respond(&request(2, &oid(SHA256), &[7; 32], &[])), Failure::BadRequest);
}

#[test]
fn any_octets_are_answered() {
    let fine = Request::new(&digest()).under_policy(policy()).with_nonce(&[1; 8]).with_certificates().to_der();
    for place in 0..fine.len() {
        for mask in [0x01, 0x02, 0x10, 0x20, 0x80, 0xff] {
            let mut changed = fine.clone();
            changed[place] ^= mask;
            respond(&changed);
        }
    }
}

#[test]
fn another_policy_is_not_accepted() {
    let other = Request::new(&digest()).under_policy(Oid::parse("1.3.6.1.4.1.32473.2").unwrap());
    refused(&respond(&other.to_der()), Failure::UnacceptedPolicy);
    let own = Request::new(&digest()).under_policy(policy());
    assert_eq!(granted(&own).info().policy(), &policy());
}

#[test]
fn no_extension_is_accepted() {
    let extension = Extension::new(Oid::parse("1.3.6.1.4.1.32473.3").unwrap(), [5, 0]);
    let request = Request::new(&digest()).with_extension(extension.clone());
    refused(&respond(&request.to_der()), Failure::UnacceptedExtension);
    let request = Request::new(&digest()).with_extension(extension.critical());
    refused(&respond(&request.to_der()), Failure::UnacceptedExtension);
}

#[test]
fn there_is_no_time_outside_the_certificates_validity() {
    let request = Request::new(&digest()).to_der();
    for (time, valid) in [
        ("2019-12-31T23:59:59Z", false),
        ("2020-01-01T00:00:00Z", true),
        ("2040-01-01T00:00:00Z", true),
        ("2040-01-01T00:00:01Z", false),
    ] {
        let response = authority().respond(&request, Time::parse_rfc3339(time).unwrap(), &mut counter());
        let response = Response::parse(&response).unwrap();
        if valid {
            assert_eq!(response.status(), Status::Granted, "{time}");
        } else {
            refused(&response, Failure::TimeNotAvailable);
        }
    }
}

#[test]
fn the_nonce_is_repeated_whatever_its_size_and_sign() {
    for nonce in [&[0][..], &[0xff], &[0, 0x80], &[0x7f; 200]] {
        let response = respond(&request(1, &oid(SHA256), &[7; 32], &tlv(2, &[nonce])));
        let token = Token::parse(response.token().unwrap(), &mut Budget::new(&Limits::default())).unwrap();
        assert_eq!(token.info().nonce(), Some(nonce));
    }
    assert_eq!(granted(&Request::new(&digest())).info().nonce(), None);
}

#[test]
fn certificates_come_when_asked_for_and_the_root_never() {
    assert!(granted(&Request::new(&digest())).certificates().is_empty());
    assert_eq!(granted(&Request::new(&digest()).with_certificates()).certificates(), [tsa(&Profile::tsa())]);
}

#[test]
fn serial_numbers_have_sixteen_octets_of_the_entropy() {
    let mut fixed = |octets: &mut [u8]| -> Result<()> {
        octets.fill(0xa5);
        Ok(())
    };
    let answer = authority().respond(&Request::new(&digest()).to_der(), now(), &mut fixed);
    let response = Response::parse(&answer).unwrap();
    let token = Token::parse(response.token().unwrap(), &mut Budget::new(&Limits::default())).unwrap();
    assert_eq!(token.info().serial_hex(), format!("00{}", "a5".repeat(16)));
}

#[test]
fn accuracy_is_said_when_it_is_known() {
    let accuracy = Accuracy::new(std::time::Duration::from_millis(1500));
    let answer = authority().accuracy(accuracy).respond(&Request::new(&digest()).to_der(), now(), &mut counter());
    let response = Response::parse(&answer).unwrap();
    let token = Token::parse(response.token().unwrap(), &mut Budget::new(&Limits::default())).unwrap();
    assert_eq!(token.info().accuracy(), Some(accuracy));
    assert!(!token.info().ordering());
}

/// A key that has been taken away.
struct Gone(Key);

impl Signer for Gone {
    fn public_key(&self) -> &PublicKey {
        self.0.public_key()
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.0.algorithm()
    }

    fn sign(&self, _: &[u8]) -> Result<Vec<u8>> {
        Err(Error::new(ErrorKind::Signer, "the card was removed"))
    }
}

#[test]
fn a_key_or_randomness_that_fails_is_a_failure_of_the_system() {
    let request = Request::new(&digest()).to_der();
    let gone = Authority::new(Gone(Key::new(1)), vec![tsa(&Profile::tsa())], policy()).unwrap();
    let response = Response::parse(&gone.respond(&request, now(), &mut counter())).unwrap();
    refused(&response, Failure::SystemFailure);
    assert_eq!(response.text(), ["the card was removed"]);
    let mut none = |_: &mut [u8]| Err(Error::new(ErrorKind::Io, "no randomness"));
    refused(&Response::parse(&authority().respond(&request, now(), &mut none)).unwrap(), Failure::SystemFailure);
}

#[test]
fn an_authority_has_a_certificate_for_time_stamping_alone() {
    let kind = |chain| Authority::new(Key::new(1), chain, policy()).unwrap_err().kind();
    assert_eq!(kind(Vec::new()), ErrorKind::Misuse);
    assert_eq!(kind(vec![root()]), ErrorKind::Unusable);
    assert_eq!(kind(vec![Profile::tsa().issue(&Key::new(2), &Key::new(9))]), ErrorKind::Unusable);
    for usage in [
        None,
        Some((false, vec![TIME_STAMPING])),
        Some((true, vec![CODE_SIGNING])),
        Some((true, vec![TIME_STAMPING, CODE_SIGNING])),
        Some((true, vec![TIME_STAMPING, TIME_STAMPING])),
    ] {
        assert_eq!(kind(vec![tsa(&Profile { extended_key_usage: usage, ..Profile::tsa() })]), ErrorKind::Unusable);
    }
    let digest = Digest::new(Algorithm::Sha256, &[0; 32]).unwrap();
    assert_eq!(granted(&Request::new(&digest)).time().nanoseconds(), 257_000_000);
}
