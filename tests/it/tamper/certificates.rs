//! Certificates that are not the signer's, or not for signing, or that nobody vouches for.

use seing::ades::cades::add_signature_time_stamp;
use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::key::{KeyKind, Signer, SoftwareKey};
use seing::oid::Oid;
use seing::pki::{Certificate, TrustAnchors};
use seing::timestamp::{MessageImprint, TstInfo};
use seing::validation::Indication;
use seing::{Identity, sign, verify};

use crate::der_tree::{Message, Node, VALUE};
use crate::timestamp::forge::{CODE_SIGNING, Forgery, Key, TIME_STAMPING};
use crate::workshop::{
    CERTIFICATE_SIGNING, CONTRACT, CUSTOMER, DIGITAL_SIGNATURE, Judge, Parties, Profile, ROOT, Shape, key, later,
    passed, signing,
};

const KIND: KeyKind = KeyKind::Ed25519;
const STRANGER: u8 = 66;

fn contract(parties: &Parties) -> Message {
    Message::parse(&parties.contract(Shape::ATTACHED).octets)
}

/// What becomes of the contract with these certificates in place of its own, whichever comes first.
#[track_caller]
fn never_accepted_with(parties: &Parties, certificates: &[&Certificate]) -> Vec<String> {
    let mut verdicts = Vec::new();
    for order in [false, true] {
        let mut message = contract(parties);
        let mut nodes: Vec<Node> = certificates.iter().map(|certificate| Node::parse(certificate.der())).collect();
        if order {
            nodes.reverse();
        }
        *message.certificates() = nodes;
        let verdict = parties.judge.verdict(&message.octets(), Shape::ATTACHED);
        assert_ne!(verdict, "TOTAL_PASSED");
        verdicts.push(verdict);
    }
    verdicts
}

#[test]
fn a_certificate_of_another_key_with_the_same_name_is_not_the_signers() {
    let parties = Parties::new(KIND);
    let profile = Profile::person("TEST Amal", CUSTOMER);
    let stranger = key(KIND, STRANGER);
    // By the same issuer, with the same serial number; and by an issuer of the same name.
    for issuer in [key(KIND, ROOT), key(KIND, STRANGER)] {
        let other = profile.issue(stranger.public_key(), &issuer);
        for verdict in never_accepted_with(&parties, &[&other]) {
            assert_eq!(verdict, "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND");
        }
    }
}

#[test]
fn another_certificate_of_the_same_key_is_not_the_signers() {
    let parties = Parties::new(KIND);
    let own = key(KIND, CUSTOMER);
    for profile in [
        Profile::person("TEST Amal", 99),
        Profile::person("TEST Somebody", CUSTOMER),
        Profile { valid: ("250101000000Z", "300101000000Z"), ..Profile::person("TEST Amal", CUSTOMER) },
    ] {
        let other = profile.issue(own.public_key(), &key(KIND, ROOT));
        for verdict in never_accepted_with(&parties, &[&other]) {
            assert_eq!(verdict, "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND");
        }
    }
}

#[test]
fn certificates_beside_the_signers_do_not_matter() {
    let parties = Parties::new(KIND);
    let profile = Profile::person("TEST Amal", CUSTOMER);
    let others = [
        profile.issue(key(KIND, STRANGER).public_key(), &key(KIND, ROOT)),
        profile.issue(key(KIND, CUSTOMER).public_key(), &key(KIND, STRANGER)),
        Profile::root().issue(key(KIND, STRANGER).public_key(), &key(KIND, STRANGER)),
    ];
    for reversed in [false, true] {
        let mut message = contract(&parties);
        message.certificates().extend(others.iter().map(|other| Node::parse(other.der())));
        if reversed {
            message.certificates().reverse();
        }
        let report = parties.judge.report(&message.octets(), Shape::ATTACHED).unwrap();
        assert!(passed(&report));
        let signer = report.signatures[0].signer.as_ref().unwrap();
        assert_eq!((signer.subject.as_str(), signer.serial.as_str()), ("CN=TEST Amal", "02"));
    }
}

/// A stranger who makes everything himself, root included, under the names of the real ones.
#[test]
fn a_root_of_the_same_name_is_not_the_root() {
    let parties = Parties::new(KIND);
    let (root_key, own) = (key(KIND, STRANGER), key(KIND, STRANGER + 1));
    let root = Profile::root().issue(root_key.public_key(), &root_key);
    let certificate = Profile::person("TEST Amal", CUSTOMER).issue(own.public_key(), &root_key);
    let forger = Identity::new(own, vec![certificate, root.clone()]).unwrap();
    let forged = sign(CONTRACT, &forger).claimed_at(signing()).finish().unwrap();
    let verdict = parties.judge.verdict(&forged, Shape::ATTACHED);
    assert_eq!(verdict, "INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE");
    // With the forged root and the real one beside it; and with both given by the caller as mere certificates.
    let mut message = Message::parse(&forged);
    message.certificates().extend([&root, &parties.root].map(|root| Node::parse(root.der())));
    let octets = message.octets();
    let given = [root.clone(), parties.root.clone()];
    let report = verify(&octets).certificates(&given).trust(&parties.judge.0).at(later()).report().unwrap();
    assert!(!passed(&report));
    // Who trusts the forged root is lost.
    assert!(Judge(TrustAnchors::none().with(root)).accepts(&octets, Shape::ATTACHED));
}

#[test]
fn a_self_signed_signer_is_trusted_by_name_alone_if_at_all() {
    let parties = Parties::new(KIND);
    let own = key(KIND, STRANGER);
    let profile = Profile { issuer: "TEST Amal", ..Profile::person("TEST Amal", 5) };
    let certificate = profile.issue(own.public_key(), &own);
    let forger = Identity::new(own, vec![certificate.clone()]).unwrap();
    let forged = sign(CONTRACT, &forger).claimed_at(signing()).finish().unwrap();
    assert_eq!(parties.judge.verdict(&forged, Shape::ATTACHED), "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
    let nobody = Judge(TrustAnchors::none());
    assert_eq!(nobody.verdict(&forged, Shape::ATTACHED), "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
    // Given as a certificate it is a candidate; given as an anchor it is trusted, which is what was asked for.
    let given = [certificate.clone()];
    let report = verify(&forged).certificates(&given).trust(&parties.judge.0).at(later()).report().unwrap();
    assert!(!passed(&report));
    assert!(Judge(TrustAnchors::none().with(certificate)).accepts(&forged, Shape::ATTACHED));
}

/// The verdict on the contract signed with a certificate of this profile.
fn signed_by(parties: &Parties, profile: &Profile) -> String {
    let identity = Parties::identity(KIND, STRANGER, profile);
    let signed = sign(CONTRACT, &identity).claimed_at(signing()).finish().unwrap();
    parties.judge.verdict(&signed, Shape::ATTACHED)
}

#[test]
fn a_certificate_for_servers_programs_or_answers_signs_no_contract() {
    let parties = Parties::new(KIND);
    for (purposes, verdict) in [
        (&[TIME_STAMPING][..], "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE"),
        (&[SERVER_AUTHENTICATION], "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE"),
        (&[CODE_SIGNING], "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE"),
        (&[OCSP_SIGNING, TIME_STAMPING], "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE"),
        (&[E_MAIL_PROTECTION], "TOTAL_PASSED"),
        (&[SERVER_AUTHENTICATION, CLIENT_AUTHENTICATION], "TOTAL_PASSED"),
        (&[DOCUMENT_SIGNING], "TOTAL_PASSED"),
    ] {
        for critical in [true, false] {
            let profile = Profile { purposes: Some((critical, purposes)), ..Profile::person("TEST Other", 50) };
            assert_eq!(signed_by(&parties, &profile), verdict, "{purposes:?}");
        }
    }
}

const SERVER_AUTHENTICATION: &str = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTHENTICATION: &str = "1.3.6.1.5.5.7.3.2";
const E_MAIL_PROTECTION: &str = "1.3.6.1.5.5.7.3.4";
const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";
const DOCUMENT_SIGNING: &str = "1.3.6.1.5.5.7.3.36";

/// Keys that certify do not sign contracts, whoever made the software that let them.
#[test]
fn a_certificate_for_certificates_signs_no_contract() {
    let parties = Parties::new(KIND);
    let certifying = Profile { key_usage: Some(CERTIFICATE_SIGNING), ..Profile::person("TEST Other", 50) };
    let identity = Parties::identity(KIND, STRANGER, &certifying);
    let error = sign(CONTRACT, &identity).claimed_at(signing()).finish().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unusable);
    // The signer's certificate in place of the one that the signature was prepared with names another key usage.
    let twin = Profile { key_usage: Some(DIGITAL_SIGNATURE), ..certifying.clone() };
    let mut message = Message::parse(&{
        let identity = Parties::identity(KIND, STRANGER, &twin);
        sign(CONTRACT, &identity).claimed_at(signing()).finish().unwrap()
    });
    *message.certificates() = vec![Node::parse(identity.chain()[0].der())];
    let verdict = parties.judge.verdict(&message.octets(), Shape::ATTACHED);
    assert_eq!(verdict, "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND");
}

/// A person cannot certify another one.
#[test]
fn a_signer_is_no_authority() {
    let parties = Parties::new(KIND);
    let (customer, own) = (key(KIND, CUSTOMER), key(KIND, STRANGER));
    let profile = Profile { issuer: "TEST Amal", ..Profile::person("TEST Victim", 50) };
    let certificate = profile.issue(own.public_key(), &customer);
    let chain = vec![certificate, parties.customer.chain()[0].clone()];
    let identity = Identity::new(own, chain).unwrap();
    let signed = sign(CONTRACT, &identity).claimed_at(signing()).finish().unwrap();
    let verdict = parties.judge.verdict(&signed, Shape::ATTACHED);
    assert_eq!(verdict, "INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE");
    // Nor where the person is whom the verifier trusts.
    let judge = Judge(TrustAnchors::none().with(parties.customer.chain()[0].clone()));
    assert_eq!(judge.verdict(&signed, Shape::ATTACHED), "INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE");
}

/// Tokens by whoever has a key, put beside a signature that is good.
#[test]
fn a_time_stamp_by_no_time_stamp_authority_is_none() {
    let parties = Parties::new(KeyKind::P256);
    let signed = parties.contract(Shape::ATTACHED).octets;
    let value = Message::parse(&signed).signer(0)[VALUE].octets().to_vec();
    let imprint = MessageImprint::new(&Algorithm::Sha256.digest(&value));
    let info = TstInfo::new(Oid::parse("1.2.3").unwrap(), imprint, &[7], signing()).to_der();
    let own = Key::new(STRANGER);
    let root = key(KeyKind::P256, ROOT);
    let judged = |profile: &Profile, issuer: &SoftwareKey| {
        let certificate = profile.issue(own.public_key(), issuer);
        let token = Forgery::of(info.clone(), &own, &certificate).to_der();
        let stamped = add_signature_time_stamp(&signed, 0, &token).unwrap();
        let report = parties.judge.report(&stamped, Shape::ATTACHED).unwrap();
        let signature = &report.signatures[0];
        let passed = signature.timestamps[0].indication == Indication::Passed;
        assert_eq!(signature.best_signature_time.is_some(), passed);
        assert_eq!(report.indication() == Indication::Passed, passed);
        signature.timestamps[0].indication.sub_indication().map(|sub| sub.to_string())
    };
    let good = Profile::time_stamping();
    assert_eq!(judged(&good, &root), None);
    let constraint = Some("CHAIN_CONSTRAINTS_FAILURE".to_owned());
    assert_eq!(judged(&Profile { purposes: None, ..good.clone() }, &root), constraint);
    assert_eq!(judged(&Profile { purposes: Some((false, &[TIME_STAMPING])), ..good.clone() }, &root), constraint);
    let both: (bool, &[&str]) = (true, &[TIME_STAMPING, CODE_SIGNING]);
    assert_eq!(judged(&Profile { purposes: Some(both), ..good.clone() }, &root), constraint);
    assert_eq!(judged(&Profile { key_usage: Some(CERTIFICATE_SIGNING), ..good.clone() }, &root), constraint);
    let stranger = key(KeyKind::P256, STRANGER);
    assert_ne!(judged(&good, &stranger), None);
    let expired = Profile { valid: ("200101000000Z", "261123095959Z"), ..good.clone() };
    assert_eq!(judged(&expired, &root), Some("OUT_OF_BOUNDS_NO_POE".to_owned()));
    let coming = Profile { valid: ("261123100001Z", "400101000000Z"), ..good };
    assert_eq!(judged(&coming, &root), Some("OUT_OF_BOUNDS_NO_POE".to_owned()));
}

/// The weaknesses of a token that a client never accepts, and somebody may put in afterwards.
#[test]
fn a_time_stamp_that_is_not_as_it_must_be_is_none() {
    let parties = Parties::new(KeyKind::P256);
    let signed = parties.contract(Shape::ATTACHED).octets;
    let value = Message::parse(&signed).signer(0)[VALUE].octets().to_vec();
    let (own, root) = (Key::new(STRANGER), key(KeyKind::P256, ROOT));
    let certificate = Profile::time_stamping().issue(own.public_key(), &root);
    let other = Profile { serial: 99, ..Profile::time_stamping() }.issue(own.public_key(), &root);
    let info = |digest: Algorithm| {
        let imprint = MessageImprint::new(&digest.digest(&value));
        TstInfo::new(Oid::parse("1.2.3").unwrap(), imprint, &[7], signing()).to_der()
    };
    let honest = |digest: Algorithm| Forgery::of(info(digest), &own, &certificate);
    let judged = |forgery: Forgery<'_>| {
        let stamped = add_signature_time_stamp(&signed, 0, &forgery.to_der()).unwrap();
        parties.judge.verdict(&stamped, Shape::ATTACHED)
    };
    let sha256 = || honest(Algorithm::Sha256);
    assert_eq!(judged(sha256()), "TOTAL_PASSED");
    for (place, forgery) in [
        Forgery { named: None, ..sha256() },
        Forgery { named: Some(&other), ..sha256() },
        Forgery { signer: &other, ..sha256() },
        Forgery { bag: Vec::new(), ..sha256() },
        Forgery { signatures: 2, ..sha256() },
        Forgery { signatures: 0, ..sha256() },
        Forgery { digest: Algorithm::Sha1, ..sha256() },
        Forgery { content_type: "1.2.840.113549.1.7.1", ..sha256() },
        honest(Algorithm::Sha1),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(judged(forgery), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE", "{place}");
    }
}
