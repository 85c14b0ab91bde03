//! Every sub-indication of EN 319 102-1, table 6, and what leads to it.

use std::collections::BTreeSet;

use seing::ades::{CertificateReference, Check, Material, SignatureFacts, TimestampKind};
use seing::digest::Algorithm;
use seing::key::KeyKind;
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::validation::{Context, Policy, SignaturePolicyRule, SubIndication, validate};
use seing::{Identity, sign};

use crate::der_tree::{Message, SIGNED};
use crate::revocation::forge::{
    Answer, CERT_SIGN, CRL_SIGN, Form, GOOD, List, Party, ROOT, Single, by_name, ed25519, entry, entry_at, extension,
    id, point, purpose, reason, revoked as status_revoked, scope, tlv,
};
use crate::workshop::{CONTRACT, Parties, facts_of, later, time};

const PERSON: u8 = 42;
const ROOT_SEED: u8 = 1;

/// A contract and those who look at it; a case changes what it is about.
struct Case {
    parties: Parties,
    signer: Party,
    between: Vec<Certificate>,
    stamped: bool,
    policy: Policy,
    anchors: TrustAnchors,
    material: Material,
    at: Time,
    documents: Vec<&'static [u8]>,
    signature_policy: Option<(&'static str, &'static [u8])>,
    change: fn(&mut SignatureFacts),
}

fn root() -> Party {
    Form::authority(ROOT, CERT_SIGN | CRL_SIGN).self_signed(ROOT_SEED)
}

impl Case {
    fn new() -> Self {
        Self::of(&Form::person(PERSON))
    }

    fn of(person: &Form) -> Self {
        let parties = Parties::new(KeyKind::Ed25519);
        Self {
            signer: person.issue(ed25519(2), ROOT, &ed25519(ROOT_SEED)),
            between: Vec::new(),
            stamped: false,
            policy: Policy::default(),
            anchors: parties.judge.0.clone(),
            material: Material::default(),
            at: later(),
            documents: Vec::new(),
            signature_policy: None,
            change: |_| (),
            parties,
        }
    }

    /// Somebody whom an authority below the root certifies.
    fn below(authority: &Form) -> Self {
        let authority = authority.issue(ed25519(3), ROOT, &ed25519(ROOT_SEED));
        let signer = Form::person(PERSON).issued_by(ed25519(2), &authority);
        Self { signer, between: vec![authority.certificate], ..Self::new() }
    }

    fn stamped(mut self) -> Self {
        self.stamped = true;
        self
    }

    fn changed(mut self, change: fn(&mut SignatureFacts)) -> Self {
        self.change = change;
        self
    }

    fn list(mut self, list: &List) -> Self {
        self.material.crls.push(list.to_der(&ed25519(ROOT_SEED)));
        self
    }

    fn octets(&self) -> Vec<u8> {
        let Party { certificate, .. } = &self.signer;
        let chain = std::iter::once(certificate).chain(&self.between).cloned().collect();
        let identity = Identity::new(ed25519(2), chain).unwrap();
        let mut signing = sign(CONTRACT, &identity);
        if let Some((policy, document)) = self.signature_policy {
            signing = signing.policy(Oid::parse(policy).unwrap(), Algorithm::Sha256.digest(document));
        }
        self.parties.finish(signing, self.stamped)
    }

    fn judged(&self, octets: &[u8]) -> String {
        let mut facts = facts_of(octets);
        (self.change)(&mut facts[0]);
        let context = Context::new(&self.anchors, &self.policy, self.at)
            .material(&self.material)
            .signature_policies(&self.documents);
        let report = validate(&facts, &context, &mut Budget::new(&Limits::default())).unwrap();
        let signature = &report.signatures[0];
        format!(
            "{}/{}",
            signature.indication.name(),
            signature.indication.sub_indication().map_or(String::new(), |sub| sub.to_string())
        )
    }

    fn verdict(&self) -> String {
        self.judged(&self.octets())
    }
}

/// The time-stamp on the signature as one on the content: the same words of the same authority, about something older.
fn on_the_content(facts: &mut SignatureFacts) {
    facts.timestamps[0].kind = TimestampKind::Content;
    facts.timestamps[0].covers.clear();
}

fn weak(facts: &mut SignatureFacts) {
    facts.signer.content_hash = Some(Algorithm::Sha1);
}

fn revoked() -> List {
    List::of(ROOT).entry(entry(PERSON, &[]))
}

/// expiredCertsOnCRL (X.509, 9.5.2.6).
fn keeping_the_expired() -> Vec<u8> {
    extension("2.5.29.60", false, &tlv(0x18, &[b"20200101000000Z"]))
}

fn person(valid: (&'static str, &'static str)) -> Form {
    Form { valid, ..Form::person(PERSON) }
}

fn naming_a_list() -> Form {
    let uri = tlv(0x86, &[b"http://crl.test/list"]);
    Form::person(PERSON).with(point(&[&tlv(0xa0, &[&tlv(0xa0, &[&uri])])]))
}

/// A good word of a responder whose certificate has ended a day after.
fn word_of_an_expired_responder() -> Case {
    answer_of_an_expired_responder(&GOOD)
}

fn answer_of_an_expired_responder(status: &[u8]) -> Case {
    let mut case = Case::of(&naming_a_list());
    let form = Form { valid: ("260101000000Z", "261122000000Z"), ..Form::responder() };
    let responder = form.issue(ed25519(7), ROOT, &ed25519(ROOT_SEED));
    let single = Single::new(id(Algorithm::Sha1, &case.signer.certificate, &root().certificate), status);
    let answer = Answer::new(by_name("TEST Responder"), &[single]).carrying(&responder.certificate);
    case.material.ocsp_responses.push(answer.to_der(&responder.key));
    case
}

fn without_a_signed_attribute() -> String {
    let case = Case::new();
    let mut message = Message::parse(&case.octets());
    message.signer(0)[SIGNED].nodes_mut().remove(0);
    case.judged(&message.octets())
}

#[test]
fn nothing_is_wrong_with_the_contract_itself() {
    assert_eq!(Case::new().verdict(), "PASSED/");
    assert_eq!(Case::new().stamped().verdict(), "PASSED/");
    assert_eq!(Case::new().list(&List::of(ROOT)).verdict(), "PASSED/");
    assert_eq!(Case::of(&naming_a_list()).list(&List::of(ROOT)).verdict(), "PASSED/");
}

#[test]
fn each_sub_indication_is_reached() {
    let expired = || person(("260101000000Z", "261123100001Z"));
    let authority = || Form::authority("TEST Issuing", CERT_SIGN | CRL_SIGN);
    let found = [
        ("FAILED/FORMAT_FAILURE", without_a_signed_attribute()),
        ("FAILED/HASH_FAILURE", Case::new().changed(|facts| facts.signer.data = Check::Broken).verdict()),
        ("FAILED/SIG_CRYPTO_FAILURE", Case::new().changed(|facts| facts.signer.signature = Check::Broken).verdict()),
        ("FAILED/REVOKED", Case::new().stamped().changed(on_the_content).list(&revoked()).verdict()),
        (
            "FAILED/EXPIRED",
            Case::of(&expired())
                .stamped()
                .changed(|facts| {
                    on_the_content(facts);
                    facts.timestamps[0].time = time("2026-11-23T11:00:00Z");
                })
                .verdict(),
        ),
        (
            "FAILED/CRYPTO_CONSTRAINTS_FAILURE",
            Case::new()
                .stamped()
                .changed(|facts| {
                    on_the_content(facts);
                    weak(facts);
                })
                .verdict(),
        ),
        (
            "FAILED/NOT_YET_VALID",
            Case::new().stamped().changed(|facts| facts.timestamps[0].time = time("2025-12-31T23:59:59Z")).verdict(),
        ),
        (
            "INDETERMINATE/SIG_CONSTRAINTS_FAILURE",
            Case::new().changed(|facts| facts.signer.reference = CertificateReference::Absent).verdict(),
        ),
        (
            "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE",
            Case::of(&Form::person(PERSON).with(purpose("1.3.6.1.5.5.7.3.1"))).verdict(),
        ),
        (
            "INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE",
            Case { signer: Form::person(PERSON).issue(ed25519(2), ROOT, &ed25519(9)), ..Case::new() }.verdict(),
        ),
        (
            "INDETERMINATE/POLICY_PROCESSING_ERROR",
            Case {
                signature_policy: Some(("2.999.7", b"the policy")),
                documents: vec![b"another policy"],
                ..Case::new()
            }
            .verdict(),
        ),
        ("INDETERMINATE/SIGNATURE_POLICY_NOT_AVAILABLE", {
            let mut case = Case { signature_policy: Some(("2.999.7", b"the policy")), ..Case::new() };
            case.policy.signature_policies = SignaturePolicyRule::MustBeGiven;
            case.verdict()
        }),
        (
            "INDETERMINATE/TIMESTAMP_ORDER_FAILURE",
            Case::new()
                .stamped()
                .changed(|facts| {
                    let mut content = facts.timestamps[0].clone();
                    content.kind = TimestampKind::Content;
                    content.time = content.time.plus_seconds(60);
                    facts.timestamps.push(content);
                })
                .verdict(),
        ),
        (
            "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND",
            Case::new().changed(|facts| facts.signer.certificate = None).verdict(),
        ),
        ("INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND", Case { anchors: TrustAnchors::none(), ..Case::new() }.verdict()),
        ("INDETERMINATE/REVOKED_NO_POE", Case::new().list(&revoked()).verdict()),
        (
            "INDETERMINATE/REVOKED_CA_NO_POE",
            Case::below(&authority()).list(&List::of(ROOT).entry(entry(1, &[]))).verdict(),
        ),
        (
            "INDETERMINATE/OUT_OF_BOUNDS_NOT_REVOKED",
            Case::of(&expired())
                .list(&List { this_update: "261124000000Z", ..List::of(ROOT) }.with(keeping_the_expired()))
                .verdict(),
        ),
        ("INDETERMINATE/OUT_OF_BOUNDS_NO_POE", Case::of(&expired()).verdict()),
        ("INDETERMINATE/REVOCATION_OUT_OF_BOUNDS_NO_POE", word_of_an_expired_responder().verdict()),
        ("INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE", Case::new().changed(weak).verdict()),
        (
            "INDETERMINATE/NO_POE",
            Case::below(&Form { valid: ("200101000000Z", "261123120000Z"), ..authority() }).verdict(),
        ),
        ("INDETERMINATE/TRY_LATER", Case::of(&naming_a_list()).verdict()),
        (
            "INDETERMINATE/SIGNED_DATA_NOT_FOUND",
            Case::new().changed(|facts| facts.signer.data = Check::NotChecked).verdict(),
        ),
    ];
    let wrong: Vec<_> = found.iter().filter(|(expected, found)| expected != found).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let reached: BTreeSet<&str> = found.iter().filter_map(|(name, _)| name.split('/').nth(1)).collect();
    let all: Vec<String> = SubIndication::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(reached, all.iter().map(String::as_str).collect());
}

/// What fails for a lack of proof passes with one: the same cases, with a time-stamp on the signature.
#[test]
fn a_time_stamp_proves_what_was_missing() {
    let expired = person(("260101000000Z", "261123100001Z"));
    let authority = Form::authority("TEST Issuing", CERT_SIGN | CRL_SIGN);
    assert_eq!(Case::of(&expired).stamped().verdict(), "PASSED/");
    // It was revoked on 1 October, before the signature.
    assert_eq!(Case::new().stamped().list(&revoked()).verdict(), "INDETERMINATE/REVOKED_NO_POE");
    // Its reference to its certificate was stamped with it: both existed while the authority was valid.
    let stamped = Case::below(&Form { valid: ("200101000000Z", "261123120000Z"), ..authority.clone() }).stamped();
    assert_eq!(stamped.verdict(), "PASSED/");
    let stamped = Case::below(&Form { valid: ("200101000000Z", "261123100100Z"), ..authority }).stamped();
    let stamped = stamped.changed(|facts| facts.timestamps[0].time = time("2026-11-23T10:01:01Z"));
    assert_eq!(stamped.verdict(), "INDETERMINATE/NO_POE");
}

/// RFC 5280 §5.3.1: a hold can be lifted, and is no revocation.
#[test]
fn a_certificate_on_hold_is_to_be_asked_about_again() {
    let held = List::of(ROOT).entry(entry(PERSON, &[reason(6)]));
    assert_eq!(Case::new().list(&held).verdict(), "INDETERMINATE/TRY_LATER");
    assert_eq!(Case::new().stamped().changed(on_the_content).list(&held).verdict(), "INDETERMINATE/TRY_LATER");
    let lifted = List { this_update: "261122000000Z", ..List::of(ROOT) };
    assert_eq!(Case::new().list(&held).list(&lifted).verdict(), "PASSED/");
}

fn naming(page: &'static str) -> Vec<u8> {
    point(&[&named(page)])
}

fn named(page: &'static str) -> Vec<u8> {
    tlv(0xa0, &[&tlv(0xa0, &[&tlv(0x86, &[page.as_bytes()])])])
}

/// RFC 5280 §6.3.3: the revocation date is the first moment at which a certificate is revoked.
#[test]
fn a_signature_of_the_moment_of_the_revocation_is_too_late() {
    let case = || Case::new().stamped().list(&revoked());
    let just_then = case().changed(|facts| facts.timestamps[0].time = time("2026-10-01T00:00:00Z"));
    assert_eq!(just_then.verdict(), "INDETERMINATE/REVOKED_NO_POE");
    let before = case().changed(|facts| facts.timestamps[0].time = time("2026-09-30T23:59:59Z"));
    assert_eq!(before.verdict(), "PASSED/");
}

/// Whoever has the key of a responder that was revoked since can date an answer back. Nothing proves that this one is older.
#[test]
fn a_responder_that_was_revoked_since_is_not_believed_without_a_proof() {
    let (at, place) = (time("2026-12-20T00:00:00Z"), "http://crl.test/responders");
    let case = |revoked: bool| {
        let mut case = Case { at, ..Case::of(&naming_a_list()) }.stamped();
        let responder = Form::responder().with(naming(place)).issue(ed25519(7), ROOT, &ed25519(ROOT_SEED));
        let single = Single::new(id(Algorithm::Sha1, &case.signer.certificate, &root().certificate), &GOOD);
        let answer = Answer::new(by_name("TEST Responder"), &[single]).carrying(&responder.certificate);
        case.material.ocsp_responses.push(answer.to_der(&responder.key));
        let of_responders = List { this_update: "261219000000Z", next_update: "261231000000Z", ..List::of(ROOT) };
        let of_responders = of_responders.with(scope(&[&named(place)]));
        let entry = entry_at(77, "261201000000Z");
        case.list(&if revoked { of_responders.entry(entry) } else { of_responders })
    };
    assert_eq!(case(false).verdict(), "PASSED/");
    assert_eq!(case(true).verdict(), "INDETERMINATE/TRY_LATER");
}

/// An authority may have been revoked since, and its list be the work of whoever has its key: its own revocation must be known
/// today, or its list be proven to be old.
#[test]
fn the_list_of_an_authority_that_nobody_vouches_for_today_is_not_believed_without_a_proof() {
    let case = |root_list: List| {
        let authority = Form::authority("TEST Issuing", CERT_SIGN | CRL_SIGN).with(naming("http://crl.test/root"));
        let mut case = Case::below(&authority);
        let authority = Party { key: ed25519(3), certificate: case.between[0].clone() };
        case.signer = Form::person(PERSON).with(naming("http://crl.test/list")).issued_by(ed25519(2), &authority);
        case.material.crls.push(List::of("TEST Issuing").to_der(&authority.key));
        Case { at: time("2026-12-20T00:00:00Z"), ..case }.stamped().list(&root_list)
    };
    let fresh = List { this_update: "261219000000Z", next_update: "261231000000Z", ..List::of(ROOT) };
    assert_eq!(case(fresh).verdict(), "PASSED/");
    assert_eq!(case(List::of(ROOT)).verdict(), "INDETERMINATE/TRY_LATER");
}

/// The answer proves no revocation, since nothing proves that it was made while its responder was one. An older list is no
/// answer to it, and a newer one is.
#[test]
fn a_good_word_does_not_outweigh_a_newer_one_that_is_not_relied_on() {
    let case = |day: &'static str| {
        let case = answer_of_an_expired_responder(&status_revoked("20261001000000Z", 1));
        case.list(&List { this_update: day, ..List::of(ROOT) })
    };
    assert_eq!(case("261120000000Z").verdict(), "INDETERMINATE/REVOCATION_OUT_OF_BOUNDS_NO_POE");
    assert_eq!(case("261120000000Z").stamped().verdict(), "INDETERMINATE/REVOCATION_OUT_OF_BOUNDS_NO_POE");
    assert_eq!(case("261122000000Z").verdict(), "PASSED/");
}

/// RFC 5280 §4.1.2.5: notAfter names the last second, and all of it.
#[test]
fn the_last_second_of_a_certificate_is_not_too_late() {
    let mut case = Case::of(&person(("260101000000Z", "261123100001Z"))).stamped();
    let content_of = |case: &mut Case, change: fn(&mut SignatureFacts)| {
        case.change = change;
        case.verdict()
    };
    let within = content_of(&mut case, |facts| {
        on_the_content(facts);
        facts.timestamps[0].time = time("2026-11-23T10:00:01.9Z");
    });
    assert_eq!(within, "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    let after = content_of(&mut case, |facts| {
        on_the_content(facts);
        facts.timestamps[0].time = time("2026-11-23T10:00:02Z");
    });
    assert_eq!(after, "FAILED/EXPIRED");
}
