//! Records validated with trust, time and policy, in the library and on the command line.

use std::fs;
use std::process::Command;

use serde_json::Value;

use seing::ades::stored::Facts;
use seing::digest::Algorithm;
use seing::evidence::{Batch, DataObject, EvidenceRecord};
use seing::key::{KeyKind, Signer};
use seing::limits::Limits;
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange, Token};
use seing::validation::{EvidenceReport, Indication, Language};
use seing::{verify_evidence, verify_facts};

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
    let trusted = ["--content", &path("order"), "--trust", &trust];
    for (language, says) in [("fr", "existaient"), ("ar", "موجودة"), ("en", "existed")] {
        let page = path(language);
        assert_eq!(run(&[&trusted[..], &["--html", &page, "--lang", language]].concat()).0, 0);
        let page = fs::read_to_string(page).unwrap();
        assert!(page.contains(says) && page.contains("2026-11-23T10:00:00Z"), "{language}");
    }
    assert_eq!(run(&[&trusted[..], &["--html", &path("order.ers")]].concat()).0, 2, "over the record");
}

#[test]
fn the_page_says_what_the_report_says_in_three_languages() {
    let parties = Parties::new(KeyKind::P256);
    let record = sealed(&parties, batch(Algorithm::Sha256, 3), 0).record(1).unwrap();
    let (right, wrong) = (order(1), b"<another order>".to_vec());
    for language in Language::ALL {
        let mut conclusions = Vec::new();
        for (documents, indication) in [(vec![&right], "PASSED"), (vec![&wrong], "FAILED"), (vec![], "INDETERMINATE")] {
            let documents: Vec<&[u8]> = documents.into_iter().map(Vec::as_slice).collect();
            let report = report(&parties, &record, &documents, later());
            let page = report.to_html(*language);
            assert_eq!(page, report.to_html(*language));
            let parsing = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
            let document = roxmltree::Document::parse_with_options(&page, parsing).unwrap();
            let verdict = document.descendants().find(|node| node.has_tag_name("strong")).unwrap();
            conclusions.push(verdict.text().unwrap().to_owned());
            assert!(
                page.contains(&format!(">TOTAL_{indication}")) || page.contains(&format!(">{indication}")),
                "{page}"
            );
            assert!(page.contains("2026-11-23T10:00:00Z"));
        }
        conclusions.dedup();
        assert_eq!(conclusions.len(), 3, "{conclusions:?}");
    }
}

#[test]
fn stored_facts_get_the_report_of_the_record() {
    let parties = Parties::new(KeyKind::P256);
    let record = aging(&parties);
    let stamps = one(record.token_digest().unwrap());
    let token = token_until(&parties, 42, "390101000000Z", &stamps, time("2026-12-20T10:00:00Z"));
    let record = record.renew_time_stamp(&stamps.seal(&token).unwrap().archive_time_stamp(0).unwrap()).unwrap();
    for document in [order(0), order(5)] {
        let objects = [DataObject::octets(&document)];
        let kept = verify_evidence(record.octets(), &objects).facts().unwrap().to_json().unwrap();
        let facts = Facts::from_json(&kept, &Limits::default()).unwrap();
        assert_eq!(facts.to_json().unwrap(), kept);
        assert_eq!(facts.content, [Algorithm::Sha256.digest(&document)]);
        for at in ["2026-12-21T00:00:00Z", "2033-01-01T00:00:00Z", "2041-01-01T00:00:00Z"] {
            let again = verify_facts(&facts).trust(&parties.judge.0).at(time(at)).evidence_report().unwrap();
            let report = report(&parties, record.octets(), &[&document], time(at));
            assert_eq!(again.to_json().unwrap(), report.to_json().unwrap());
        }
        assert!(verify_facts(&facts).trust(&parties.judge.0).at(later()).report().is_err());
    }
}

#[test]
fn the_command_keeps_facts_and_judges_them_again() {
    let folder = tempfile::tempdir().unwrap();
    let parties = Parties::new(KeyKind::P256);
    let sealed = sealed(&parties, batch(Algorithm::Sha256, 3), 0);
    fs::write(folder.path().join("order.ers"), sealed.record(2).unwrap()).unwrap();
    fs::write(folder.path().join("order"), order(2)).unwrap();
    fs::write(folder.path().join("root.der"), parties.root.der()).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seing"));
        let fixed = ["evidence", "verify", "--trust", "root.der", "--at", "2026-11-24T10:00:00Z", "--json"];
        let output = command.current_dir(folder.path()).args(fixed).args(arguments).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let first = run(&["order.ers", "--content", "order", "--facts", "facts.json"]);
    assert_eq!(first.0, 0, "{first:?}");
    assert_eq!(run(&["--from-facts", "facts.json"]), first);
    assert_eq!(run(&["order.ers", "--content", "order", "--facts", "order"]).0, 2, "over the document");
}
