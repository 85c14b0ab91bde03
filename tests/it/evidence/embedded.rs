//! Records inside the messages that they are over: those of others, and ours put there with nothing of the crate.

use std::path::{Path, PathBuf};
use std::{env, fs};

use seing::ades::cades::{self, Content, facts};
use seing::ades::{Check, Level, Material, SignatureFacts, TimestampKind};
use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::evidence::Batch;
use seing::key::{KeyKind, Signer};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::Report;
use seing::{Identity, augment, sign, sign_beside, sign_detached, verify};

use crate::der_tree::Node;
use crate::timestamp::forge::oid;
use crate::workshop::{CONTRACT, Parties, Profile, ROOT, counting, key, says, signing, time};

const INTERNAL: &str = "1.2.840.113549.1.9.16.2.49";
const EXTERNAL: &str = "1.2.840.113549.1.9.16.2.50";

/// The imprints of the archive time-stamps, in the order in which they were made.
fn imprints(facts: &SignatureFacts) -> Vec<Check> {
    let stamps = facts.timestamps.iter().filter(|stamp| stamp.kind == TimestampKind::Evidence);
    stamps.map(|stamp| stamp.imprint).collect()
}

#[test]
fn the_records_in_messages_of_others_get_the_verdict_of_their_makers() {
    let root = env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let (holds, broken) = (Check::Holds, Check::Broken);
    let (folder, hello) = ("dss/files/dss-cades/validation/evidence-record", "dss/files/_inline/7f83b1657ff1.bin");
    let logo = "dss/files/dss-cades/validation/evidence-record/TestDataLogo.png";
    // What the tests of EU DSS assert of each: EvidenceRecord digest matchers and time-stamp imprints.
    let cases = [
        ("C-E-ERS-two-er.p7m", None, vec![holds, holds]),
        ("C-E-ERS_renewed_hashtree.p7m", None, vec![holds, holds, holds]),
        ("Double-C-E-ERS.p7m", None, vec![holds]),
        // The signers changed places when the record was added.
        ("Double-C-E-ERS-basic.p7m", None, vec![holds]),
        ("C-E-ERS-detached-ber.p7s", Some(logo), vec![holds]),
        // The second one is external, and names the message without its content.
        ("C-E-ERS-two-er-mixed.p7m", None, vec![holds, broken]),
        ("C-E-ERS-detached-original-not-covered.p7s", Some(hello), vec![broken]),
        ("C-E-ERS-detached_renewed_hashtree_invalid.p7s", Some(hello), vec![holds, holds, broken]),
    ];
    let governikus = [
        ("encapsulated_with_er.p7s", None, vec![holds]),
        ("TestDataLogo.png_er.p7s", Some("ers/files/ervt/cms/TestDataLogo.png"), vec![holds]),
    ];
    let cases = cases.into_iter().map(|case| (folder, case));
    let cases = cases.chain(governikus.into_iter().map(|case| ("ers/files/ervt/cms", case)));
    let mut held = 0;
    for (folder, (name, content, expected)) in cases {
        let Ok(octets) = fs::read(root.join(folder).join(name)) else {
            eprintln!("skipped: {folder}/{name}: not in {}", root.display());
            continue;
        };
        let content = content.map(|content| fs::read(root.join(content)).unwrap());
        let given = content.as_deref().map_or(Content::Attached, Content::Octets);
        let budget = &mut Budget::new(&Limits::default());
        for signature in facts(&octets, given, &[], budget).unwrap() {
            assert_eq!(imprints(&signature), expected, "{name}");
            let tokens = signature.timestamps.iter().filter(|stamp| stamp.kind == TimestampKind::Evidence);
            assert!(tokens.into_iter().all(|stamp| stamp.signer.signature == holds), "{name}");
        }
        if content.is_some() {
            let without = facts(&octets, Content::Attached, &[], budget).unwrap();
            let found = imprints(&without[0]);
            assert_ne!(found[0], holds, "{name}");
        }
        held += 1;
    }
    eprintln!("messages with evidence records: {held}");
}

/// The message with one more unsigned attribute at its signer, written with nothing of the crate. The signers keep their places.
fn with_attribute(message: &[u8], signer: usize, attribute: &str, value: &[u8]) -> Vec<u8> {
    let mut message = Node::parse(message);
    let infos = message.at(&[1, 0]).nodes().len() - 1;
    let signer = message.at_mut(&[1, 0, infos, signer]);
    if signer.nodes().last().unwrap().tag != 0xa1 {
        signer.nodes_mut().push(Node::constructed(0xa1, Vec::new()));
    }
    let values = Node::constructed(0x31, vec![Node::parse(value)]);
    let attribute = Node::constructed(0x30, vec![Node::parse(&oid(attribute)), values]);
    signer.nodes_mut().last_mut().unwrap().nodes_mut().push(attribute);
    message.encode()
}

/// A token of an authority of its own, whose certificate ends as given, in UTCTime.
fn record(parties: &Parties, (seed, end): (u8, &'static str), objects: &[&[u8]], at: Time) -> Vec<u8> {
    let own = key(KeyKind::P256, seed);
    let profile = Profile { valid: ("200101000000Z", end), serial: seed, ..Profile::time_stamping() };
    let certificate = profile.issue(own.public_key(), &key(KeyKind::P256, ROOT));
    let authority = Authority::new(own, vec![certificate], Oid::parse("2.999.1").unwrap()).unwrap();
    let answer = |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, at, &mut counting));
    let mut client = Client::new("here", answer, counting).trust(parties.judge.0.clone());
    let mut batch = Batch::new(Algorithm::Sha256);
    let digests: Vec<_> = objects.iter().map(|object| Algorithm::Sha256.digest(object)).collect();
    let place = batch.push_group(&digests).unwrap();
    batch.push(&Algorithm::Sha256.digest(b"another order")).unwrap();
    let token = client.stamp(&batch.root().unwrap(), at).unwrap();
    batch.seal(&token).unwrap().record(place).unwrap()
}

/// Somebody whose certificate ends soon.
fn customer() -> Identity {
    let profile = Profile { valid: ("260101000000Z", "261215000000Z"), ..Profile::person("TEST Amal", 2) };
    Parties::identity(KeyKind::P256, 2, &profile)
}

fn report(parties: &Parties, octets: &[u8], content: Option<&[u8]>, at: &str) -> Report {
    let verification = verify(octets).trust(&parties.judge.0).at(time(at));
    let verification = if let Some(content) = content { verification.content(content) } else { verification };
    verification.report().unwrap()
}

const LONG: (u8, &str) = (41, "390101000000Z");
const SHORT: (u8, &str) = (42, "280101000000Z");

#[test]
fn a_record_proves_that_a_signature_is_older_than_the_end_of_its_certificate() {
    let parties = Parties::new(KeyKind::P256);
    let message = sign(CONTRACT, &customer()).claimed_at(signing()).finish().unwrap();
    let far = "2033-01-01T00:00:00Z";
    assert_ne!(report(&parties, &message, None, far).indication().to_string(), "TOTAL_PASSED");
    let at = time("2026-12-01T10:00:00Z");
    let found = with_attribute(&message, 0, INTERNAL, &record(&parties, LONG, &[&message], at));
    let passed = report(&parties, &found, None, far);
    assert_eq!(passed.indication().to_string(), "TOTAL_PASSED", "{passed}");
    assert_eq!(passed.signatures[0].best_signature_time, Some(at));
    assert_eq!(passed.signatures[0].timestamps[0].kind, TimestampKind::Evidence);
    // A record of the time after, and one of another message.
    let late = record(&parties, LONG, &[&message], time("2026-12-20T10:00:00Z"));
    let late = report(&parties, &with_attribute(&message, 0, INTERNAL, &late), None, far);
    assert!(late.indication().to_string().starts_with("INDETERMINATE"), "{late}");
    let other = sign(b"another contract", &customer()).claimed_at(signing()).finish().unwrap();
    let other = with_attribute(&message, 0, INTERNAL, &record(&parties, LONG, &[&other], at));
    let other = report(&parties, &other, None, "2026-12-02T10:00:00Z");
    assert_eq!(other.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE", "{other}");
    assert_eq!(other.signatures[0].timestamps[0].indication.to_string(), "TOTAL_FAILED/HASH_FAILURE");
}

#[test]
fn lengths_are_adapted_in_the_form_that_they_have() {
    let parties = Parties::new(KeyKind::P256);
    let der = sign(CONTRACT, &customer()).claimed_at(signing()).finish().unwrap();
    let at = time("2026-12-01T10:00:00Z");
    // Down to the fields of the SignedData: certificates stay in DER.
    for depth in 0..5 {
        let ber = |octets: &[u8]| Node::parse(octets).encode_indefinite(depth);
        let record = record(&parties, LONG, &[&ber(&der)], at);
        let message = ber(&with_attribute(&der, 0, INTERNAL, &record));
        let report = report(&parties, &message, None, "2033-01-01T00:00:00Z");
        assert_eq!(report.indication().to_string(), "TOTAL_PASSED", "{depth}: {report}");
    }
}

#[test]
fn an_external_record_is_over_the_message_and_its_content() {
    let parties = Parties::new(KeyKind::P256);
    let digest = Algorithm::Sha256.digest(CONTRACT);
    let message = sign_detached(&digest, &customer()).claimed_at(signing()).finish().unwrap();
    let at = time("2026-12-01T10:00:00Z");
    let far = "2033-01-01T00:00:00Z";
    let both = with_attribute(&message, 0, EXTERNAL, &record(&parties, LONG, &[&message, CONTRACT], at));
    assert_eq!(report(&parties, &both, Some(CONTRACT), far).indication().to_string(), "TOTAL_PASSED");
    let stream = verify(&both).trust(&parties.judge.0).at(time(far)).content_stream(CONTRACT);
    assert_eq!(stream.report().unwrap().indication().to_string(), "TOTAL_PASSED");
    assert_ne!(report(&parties, &both, None, far).indication().to_string(), "TOTAL_PASSED");
    let alone = with_attribute(&message, 0, EXTERNAL, &record(&parties, LONG, &[&message], at));
    let alone = report(&parties, &alone, Some(CONTRACT), far);
    assert_eq!(alone.signatures[0].timestamps[0].indication.to_string(), "TOTAL_FAILED/HASH_FAILURE");
    assert!(alone.indication().to_string().starts_with("INDETERMINATE"), "{alone}");
    // The attribute says which selection was meant: the message alone is proven by an internal record.
    let inside = with_attribute(&message, 0, INTERNAL, &record(&parties, LONG, &[&message], at));
    assert_eq!(report(&parties, &inside, Some(CONTRACT), far).indication().to_string(), "TOTAL_PASSED");
}

#[test]
fn a_later_record_is_over_the_earlier_ones_and_carries_them() {
    let parties = Parties::new(KeyKind::P256);
    let message = sign(CONTRACT, &customer()).claimed_at(signing()).finish().unwrap();
    let first = record(&parties, SHORT, &[&message], time("2026-12-01T10:00:00Z"));
    let once = with_attribute(&message, 0, INTERNAL, &first);
    let far = "2033-01-01T00:00:00Z";
    assert_ne!(report(&parties, &once, None, far).indication().to_string(), "TOTAL_PASSED");
    let second = record(&parties, LONG, &[&once], time("2027-06-01T10:00:00Z"));
    let twice = with_attribute(&once, 0, INTERNAL, &second);
    let passed = report(&parties, &twice, None, far);
    assert_eq!(passed.indication().to_string(), "TOTAL_PASSED", "{passed}");
    assert_eq!(passed.signatures[0].best_signature_time, Some(time("2026-12-01T10:00:00Z")));
    // In the other order they stand as DER may put them.
    let reversed = with_attribute(&with_attribute(&message, 0, INTERNAL, &second), 0, INTERNAL, &first);
    assert_eq!(report(&parties, &reversed, None, far).indication().to_string(), "TOTAL_PASSED");
    // The second one over the message without the first does not carry it.
    let second = record(&parties, LONG, &[&message], time("2027-06-01T10:00:00Z"));
    let beside = report(&parties, &with_attribute(&once, 0, INTERNAL, &second), None, far);
    assert!(beside.indication().to_string().starts_with("INDETERMINATE"), "{beside}");
}

#[test]
fn a_record_at_one_signer_is_of_all_of_them() {
    let parties = Parties::new(KeyKind::P256);
    let first = sign(CONTRACT, &customer()).claimed_at(signing()).finish().unwrap();
    let message = sign_beside(&first, None, &parties.merchant).claimed_at(signing()).finish().unwrap();
    let at = time("2026-12-01T10:00:00Z");
    for signer in [0, 1] {
        let found = with_attribute(&message, signer, INTERNAL, &record(&parties, LONG, &[&message], at));
        let report = report(&parties, &found, None, "2033-01-01T00:00:00Z");
        assert_eq!(report.signatures.len(), 2);
        assert_eq!(report.indication().to_string(), "TOTAL_PASSED", "{report}");
        assert!(report.signatures.iter().all(|signature| signature.best_signature_time == Some(at)));
    }
}

#[test]
fn what_is_not_understood_leaves_the_signature_open() {
    let parties = Parties::new(KeyKind::P256);
    let message = sign(CONTRACT, &customer()).claimed_at(signing()).finish().unwrap();
    let at = time("2026-12-01T10:00:00Z");
    let good = record(&parties, LONG, &[&message], at);
    let soon = "2026-12-02T10:00:00Z";
    let verdict = |octets: &[u8]| report(&parties, octets, None, soon).indication().to_string();
    assert_eq!(verdict(&with_attribute(&message, 0, INTERNAL, &good)), "TOTAL_PASSED");
    let garbage = report(&parties, &with_attribute(&message, 0, INTERNAL, &[0x30, 0]), None, soon);
    assert_eq!(garbage.indication().to_string(), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE", "{garbage}");
    assert!(says(&garbage, "an evidence record cannot be read"), "{garbage}");
    let mut two = Node::parse(&with_attribute(&message, 0, INTERNAL, &good));
    let infos = two.at(&[1, 0]).nodes().len() - 1;
    let place = two.at(&[1, 0, infos, 0]).nodes().len() - 1;
    two.at_mut(&[1, 0, infos, 0, place, 0, 1]).nodes_mut().push(Node::parse(&good));
    assert_eq!(verdict(&two.encode()), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE", "two values");
    // A length around the attribute in four octets: what the message without it looks like is not said.
    let der = with_attribute(&message, 0, INTERNAL, &good);
    assert_eq!(der[..2], [0x30, 0x82]);
    let long = [&[0x30, 0x84, 0, 0], &der[2..]].concat();
    assert_eq!(verdict(&long), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
}

#[test]
fn no_octet_of_a_message_may_change_under_its_record() {
    let parties = Parties::new(KeyKind::P256);
    let message = sign(CONTRACT, &customer()).claimed_at(signing()).finish().unwrap();
    let at = time("2026-12-01T10:00:00Z");
    let found = with_attribute(&message, 0, INTERNAL, &record(&parties, LONG, &[&message], at));
    for place in 0..message.len() {
        for bit in [0x01, 0x20] {
            let mut changed = found.clone();
            changed[place] ^= bit;
            let judged = verify(&changed).trust(&parties.judge.0).at(time("2033-01-01T00:00:00Z")).report();
            assert!(!judged.is_ok_and(|report| report.require_passed().is_ok()), "octet {place}, bit {bit}");
        }
    }
}

#[test]
fn nothing_is_added_to_a_message_that_a_record_covers() {
    let parties = Parties::new(KeyKind::P256);
    let message = sign(CONTRACT, &customer()).claimed_at(signing()).finish().unwrap();
    let record = record(&parties, LONG, &[&message], signing());
    let found = with_attribute(&message, 0, INTERNAL, &record);
    let mut client = parties.client(signing());
    let stamped = augment(&found).to(Level::BT).timestamp(&mut client).at(signing()).finish();
    assert_eq!(stamped.unwrap_err().kind(), ErrorKind::Unsupported);
    let material = Material::default();
    let added = cades::add_validation_material(&found, &material);
    assert_eq!(added.unwrap_err().kind(), ErrorKind::Unsupported);
    let beside = sign_beside(&found, None, &parties.merchant).claimed_at(signing()).finish();
    assert_eq!(beside.unwrap_err().kind(), ErrorKind::Unsupported);
}
