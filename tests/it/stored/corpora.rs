//! Signatures and time-stamps that others made.

use std::path::{Path, PathBuf};
use std::{env, fs};

use seing::ades::SignatureFacts;
use seing::ades::stored::{Facts, Subject};
use seing::pki::{Certificate, TrustAnchors};
use seing::{verify, verify_facts, verify_time_stamp};
use serde_json::Value;

use super::{compare, judgements, kept};

const CORPORA: &[&str] = &["cms-tst-ocsp-crl", "dss", "ers", "gnutls-tests", "openssl-tests", "pqc-mldsa", "siva"];

struct File {
    name: String,
    kind: String,
    octets: Vec<u8>,
    content: Option<Vec<u8>>,
}

fn files(corpus: &str) -> Vec<File> {
    let root = env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let folder = root.join(corpus);
    let Ok(manifest) = fs::read_to_string(folder.join("manifest.json")) else {
        eprintln!("skipped: corpus {corpus}: not in {}", root.display());
        return Vec::new();
    };
    let manifest: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    let kinds = ["cms", "cades", "tst"];
    let entries = manifest.iter().filter(|entry| kinds.contains(&entry["kind"].as_str().unwrap()));
    let read = |entry: &Value| {
        let detached = &entry["detached"][0];
        let content = detached.as_str().or(detached["file"].as_str());
        let name = entry["file"].as_str().unwrap();
        File {
            name: format!("{corpus}/{name}"),
            kind: entry["kind"].as_str().unwrap().to_owned(),
            octets: fs::read(folder.join(name)).unwrap(),
            content: content.map(|content| fs::read(folder.join(content)).unwrap()),
        }
    };
    entries.map(read).collect()
}

/// Whoever vouches for himself among the certificates at hand.
fn anchors<'a>(certificates: impl Iterator<Item = &'a Certificate>) -> TrustAnchors {
    certificates
        .filter(|certificate| certificate.is_self_issued())
        .fold(TrustAnchors::none(), |anchors, certificate| anchors.with(certificate.clone()))
}

fn certificates(facts: &SignatureFacts) -> impl Iterator<Item = &Certificate> {
    let stamps = facts.timestamps.iter().flat_map(|stamp| &stamp.signer.certificates);
    facts.signer.certificates.iter().chain(stamps)
}

#[test]
fn the_report_from_facts_is_that_on_the_document() {
    let (mut documents, mut reports, mut largest) = (0, 0, 0.0);
    for file in CORPORA.iter().flat_map(|corpus| files(corpus)) {
        if file.kind == "tst" {
            reports += stamp(&file);
            continue;
        }
        let verification = || match &file.content {
            Some(content) => verify(&file.octets).content(content),
            None => verify(&file.octets),
        };
        let Ok(facts) = verification().facts() else { continue };
        let Subject::Signatures(signatures) = &facts.subject else { panic!("{}", file.name) };
        let everybody = anchors(signatures.iter().flat_map(certificates));
        let stored = kept(&facts);
        reports += compare(&file.name, &stored, &everybody, verification);
        documents += usize::from(!signatures.is_empty());
        largest = f64::max(largest, size(&facts) as f64 / file.octets.len() as f64);
    }
    eprintln!("{reports} reports on {documents} documents; facts of at most {largest:.1} times their size");
    assert!(documents == 0 || (documents > 80 && reports > 450));
}

fn size(facts: &Facts) -> usize {
    facts.to_json().unwrap().len()
}

fn stamp(file: &File) -> usize {
    let verification = || match &file.content {
        Some(content) => verify_time_stamp(&file.octets).content(content),
        None => verify_time_stamp(&file.octets),
    };
    let Ok(facts) = verification().facts() else { return 0 };
    let Subject::TimeStamp(stamp) = &facts.subject else { panic!("{}", file.name) };
    let anchors = anchors(stamp.signer.certificates.iter());
    let stored = kept(&facts);
    let mut count = 0;
    for (policy, at) in judgements() {
        let document = verification().trust(&anchors).policy(policy.clone()).at(at).report().unwrap();
        let again = verify_facts(&stored).trust(&anchors).policy(policy.clone()).at(at).time_stamp_report();
        assert_eq!(document.to_json().unwrap(), again.unwrap().to_json().unwrap(), "{}", file.name);
        count += 1;
    }
    count
}
