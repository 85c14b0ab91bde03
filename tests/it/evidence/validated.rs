//! Records validated with trust, time and policy, in the library and on the command line.

use std::fs;
use std::process::Command;

use serde_json::Value;

use seing::digest::Algorithm;
use seing::evidence::{Batch, DataObject, EvidenceRecord};
use seing::key::{KeyKind, Signer};
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange, Token};
use seing::validation::{EvidenceReport, Indication};
use seing::verify_evidence;

use super::{batch, order, parse, sealed};
use crate::workshop::{Parties, Profile, ROOT, counting, key, later, time};

fn report(parties: &Parties, record: &[u8], documents: &[&[u8]], at: Time) -> EvidenceReport {
    let objects: Vec<DataObject<'_>> = documents.iter().map(|document| DataObject::octets(document)).collect();
    verify_evidence(record, &objects).trust(&parties.judge.0).at(at).report().unwrap()
}

fn verdict(parties: &Parties, record: &[u8], documents: &[&[u8]], at: Time) -> String {
    let report = report(parties, record, documents, at);
    spelled(report.indication)
}

fn spelled(indication: Indication) -> String {
    let sub = indication.sub_indication().map(|sub| format!("/{sub}")).unwrap_or_default();
    format!("{}{sub}", indication.name())
}

#[test]
fn a_record_passes_with_its_document_and_the_authority_trusted() {
    let parties = Parties::new(KeyKind::P256);
    let sealed = sealed(&parties, batch(Algorithm::Sha256, 3), 0);
    let record = sealed.record(1).unwrap();
    let order = order(1);
    let report = report(&parties, &record, &[&order], later());
    assert_eq!(report.indication.name(), "PASSED", "{report}");
    assert_eq!(report.proven, Some(crate::workshop::signing()));
    let json: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    assert_eq!(json["indication"], "PASSED");
    assert_eq!((&json["imprint_intact"], &json["signature_intact"]), (&Value::Bool(true), &Value::Bool(true)));
    assert_eq!(json["timestamps"][0]["kind"], "evidence");
    let objects = [DataObject::octets(&order)];
    let strangers = verify_evidence(&record, &objects).at(later()).report().unwrap();
    assert_eq!(spelled(strangers.indication), "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(verdict(&parties, &record, &[b"another order"], later()), "FAILED/HASH_FAILURE");
    assert_eq!(verdict(&parties, &record, &[], later()), "INDETERMINATE/SIGNED_DATA_NOT_FOUND");
    let mut broken = record.clone();
    let end = broken.len() - 1;
    broken[end] ^= 1;
    assert_eq!(verdict(&parties, &broken, &[&order], later()), "FAILED/SIG_CRYPTO_FAILURE");
}

/// A token of an authority whose certificate is valid from 2020 to the end that is given, in UTCTime.
fn token_until(parties: &Parties, seed: u8, end: &'static str, batch: &Batch, at: Time) -> Token {
    let own = key(KeyKind::P256, seed);
    let profile = Profile { valid: ("200101000000Z", end), serial: seed, ..Profile::time_stamping() };
    let certificate = profile.issue(own.public_key(), &key(KeyKind::P256, ROOT));
    let authority = Authority::new(own, vec![certificate], Oid::parse("2.999.1").unwrap()).unwrap();
    let answer = |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, at, &mut counting));
    let mut client = Client::new("here", answer, counting).trust(parties.judge.0.clone());
    client.stamp(&batch.root().unwrap(), at).unwrap()
}

fn one(digest: seing::digest::Digest) -> Batch {
    let mut batch = Batch::new(digest.algorithm());
    batch.push(&digest).unwrap();
    batch
}

/// A record of 2026 whose authority's certificate ends in 2027, renewed or not.
fn aging(parties: &Parties) -> EvidenceRecord {
    let first = batch(Algorithm::Sha256, 2);
    let token = token_until(parties, 41, "270101000000Z", &first, time("2026-11-23T10:00:00Z"));
    parse(&first.seal(&token).unwrap().record(0).unwrap()).unwrap()
}

#[test]
fn a_record_outlives_its_authorities_when_it_is_renewed_in_time() {
    let parties = Parties::new(KeyKind::P256);
    let record = aging(&parties);
    let (then, now) = (time("2026-12-01T00:00:00Z"), time("2033-01-01T00:00:00Z"));
    let order = order(0);
    assert_eq!(verdict(&parties, record.octets(), &[&order], then), "PASSED");
    assert_ne!(verdict(&parties, record.octets(), &[&order], now), "PASSED");
    let stamps = one(record.token_digest().unwrap());
    let token = token_until(&parties, 42, "300101000000Z", &stamps, time("2026-12-20T10:00:00Z"));
    let stamp = stamps.seal(&token).unwrap().archive_time_stamp(0).unwrap();
    let record = record.renew_time_stamp(&stamp).unwrap();
    let document = Algorithm::Sha512.digest(&order);
    let hashes = one(record.renewed_digests(&[document]).unwrap()[0]);
    let token = token_until(&parties, 43, "390101000000Z", &hashes, time("2029-06-01T10:00:00Z"));
    let stamp = hashes.seal(&token).unwrap().archive_time_stamp(0).unwrap();
    let record = record.renew_hash_tree(&stamp, &[document]).unwrap();
    let report = report(&parties, record.octets(), &[&order], now);
    assert_eq!(report.indication.name(), "PASSED", "{report}");
    assert_eq!(report.proven, Some(time("2026-11-23T10:00:00Z")));
    assert_eq!(report.timestamps.len(), 3);
    assert_eq!(verdict(&parties, record.octets(), &[b"another order"], now), "FAILED/HASH_FAILURE");
}

#[test]
fn a_record_that_is_renewed_too_late_does_not_pass() {
    let parties = Parties::new(KeyKind::P256);
    let record = aging(&parties);
    let stamps = one(record.token_digest().unwrap());
    let token = token_until(&parties, 42, "390101000000Z", &stamps, time("2027-06-01T10:00:00Z"));
    let stamp = stamps.seal(&token).unwrap().archive_time_stamp(0).unwrap();
    let record = record.renew_time_stamp(&stamp).unwrap();
    let found = verdict(&parties, record.octets(), &[&order(0)], time("2033-01-01T00:00:00Z"));
    assert!(found.starts_with("INDETERMINATE"), "{found}");
}

#[test]
fn the_command_verifies_records() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let parties = Parties::new(KeyKind::P256);
    let sealed = sealed(&parties, batch(Algorithm::Sha256, 3), 0);
    fs::write(path("order.ers"), sealed.record(2).unwrap()).unwrap();
    fs::write(path("order"), order(2)).unwrap();
    fs::write(path("other"), order(0)).unwrap();
    fs::write(path("root.der"), parties.root.der()).unwrap();
    let run = |arguments: &[&str]| {
        let fixed = ["evidence", "verify", &path("order.ers"), "--at", "2026-11-24T10:00:00Z", "--json"];
        let output = Command::new(env!("CARGO_BIN_EXE_seing")).args(fixed).args(arguments).output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap(), json)
    };
    let trust = path("root.der");
    let (status, json) = run(&["--content", &path("order"), "--trust", &trust]);
    assert_eq!((status, json["indication"].as_str()), (0, Some("PASSED")), "{json}");
    let digest = Algorithm::Sha256.digest(&order(2)).to_string();
    assert_eq!(run(&["--content-digest", &digest, "--trust", &trust]).0, 0);
    assert_eq!(run(&["--content", &path("order")]).0, 3);
    assert_eq!(run(&["--trust", &trust]).0, 3);
    let (status, json) = run(&["--content", &path("other"), "--trust", &trust]);
    assert_eq!((status, &json["imprint_intact"]), (1, &Value::Bool(false)));
    assert_eq!(run(&["--content", &path("order"), "--content", &path("other"), "--trust", &trust]).0, 1);
}
