//! Revocation lists and OCSP responses of other people's test suites, read and held to what their makers and asn1crypto found
//! in them.
//!
//! `known_divergences/revocation.json` names the entries that differ, each with its reason. One that agrees after all is a
//! fault as well.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use seing::limits::{Budget, Limits};
use seing::pki::Certificate;
use seing::pki::crl::Crl;
use seing::pki::ocsp::{CertStatus, OcspResponse, ResponderId, ResponseStatus};
use seing::time::Time;
use serde_json::Value;

const CORPORA: &[&str] = &["cms-tst-ocsp-crl", "dss"];

#[test]
fn lists_and_responses_of_the_corpora_are_read_as_expected_but_for_known_differences() {
    let root = std::env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let mut known: BTreeMap<String, String> =
        serde_json::from_str(include_str!("../known_divergences/revocation.json")).unwrap();
    let certificates = certificates(&root);
    let (mut faults, mut agreed, mut verified) = (Vec::new(), 0, 0);
    for corpus in CORPORA {
        let folder = root.join(corpus);
        let Ok(manifest) = fs::read(folder.join("manifest.json")) else {
            eprintln!("skipped: corpus {corpus} is not in {}", root.display());
            known.retain(|name, _| !name.starts_with(&format!("{corpus}/")));
            continue;
        };
        let entries: Vec<Value> = serde_json::from_slice(&manifest).unwrap();
        for entry in entries.iter().filter(|entry| entry["kind"] == "crl" || entry["kind"] == "ocsp") {
            let name = format!("{corpus}/{}", entry["file"].as_str().unwrap());
            let octets = fs::read(folder.join(entry["file"].as_str().unwrap())).unwrap();
            let found = match entry["kind"].as_str() {
                Some("crl") => crl(&octets, entry, &certificates),
                _ => ocsp(&octets, entry, &certificates),
            };
            match (found, known.remove(&name)) {
                (Ok(signature), None) => {
                    agreed += 1;
                    verified += usize::from(signature == Signature::Holds);
                }
                (Ok(_), Some(reason)) => {
                    faults.push(format!("{name}: agrees, though listed as a divergence: {reason}"))
                }
                (Err(_), Some(_)) => {}
                (Err(why), None) => faults.push(format!("{name}: {why}")),
            }
        }
    }
    eprintln!("revocation: {agreed} agree, {verified} of them with a signature that holds");
    faults.extend(known.keys().map(|name| format!("{name}: listed as a divergence, but not in the corpus")));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[derive(PartialEq)]
enum Signature {
    Holds,
    /// By none of the certificates at hand, which are not all.
    Unknown,
}

/// Every certificate that lies in a corpus by itself.
fn certificates(root: &Path) -> Vec<Certificate> {
    let (mut folders, mut found) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if ["crt", "cer", "pem", "der"].contains(&kind) && fs::metadata(&path).unwrap().len() < 20_000 {
                found.extend(Certificate::parse_many(&fs::read(path).unwrap()).unwrap_or_default());
            }
        }
    }
    found
}

fn crl(octets: &[u8], entry: &Value, certificates: &[Certificate]) -> Result<Signature, String> {
    let read = Crl::parse_many(octets);
    if entry["expect"] == "parse-error" {
        return match read {
            Err(_) => Ok(Signature::Unknown),
            Ok(_) => Err("is read, and should not be".to_owned()),
        };
    }
    let read = read.map_err(|error| error.to_string())?;
    let [list] = read.as_slice() else { return Err("is not one list".to_owned()) };
    let facts = if entry["facts"].is_object() { &entry["facts"] } else { &entry["independent"] };
    same("thisUpdate", Some(list.this_update()), &facts["this_update"])?;
    same("nextUpdate", list.next_update(), &facts["next_update"])?;
    if facts["entries"] != list.entries() {
        return Err(format!("{} entries, expected {}", list.entries(), facts["entries"]));
    }
    let by_name = certificates.iter().filter(|certificate| certificate.subject().matches(list.issuer()));
    signature(entry, by_name, |key, budget| list.verify_signed_by(key, budget))
}

fn ocsp(octets: &[u8], entry: &Value, certificates: &[Certificate]) -> Result<Signature, String> {
    let read = OcspResponse::parse(octets);
    match entry["expect"].as_str() {
        Some("parse-error") if read.is_err() => return Ok(Signature::Unknown),
        Some("parse-error") => return Err("is read, and should not be".to_owned()),
        _ => {}
    }
    let response = read.map_err(|error| error.to_string())?;
    if entry["expect"] == "ocsp-error-status" {
        let refused = response.status() != ResponseStatus::Successful;
        return if refused { Ok(Signature::Unknown) } else { Err("is an answer, and should not be".to_owned()) };
    }
    let facts = &entry["facts"];
    same("producedAt", response.produced_at(), &facts["produced_at"])?;
    let expected = facts["responses"].as_array().unwrap();
    if expected.len() != response.responses().len() {
        return Err(format!("{} responses, expected {}", response.responses().len(), expected.len()));
    }
    for (single, expected) in response.responses().iter().zip(expected) {
        same("thisUpdate", Some(single.this_update()), &expected["this_update"])?;
        same("nextUpdate", single.next_update(), &expected["next_update"])?;
        let status = match single.status() {
            CertStatus::Good => "good",
            CertStatus::Revoked { .. } => "revoked",
            CertStatus::Unknown => "unknown",
        };
        if expected["status"] != status {
            return Err(format!("{status}, expected {}", expected["status"]));
        }
        let hash = single.id().hash().map(|hash| hash.name().replace('-', ""));
        if expected["hash"].as_str() != hash.as_deref() {
            return Err(format!("hash {hash:?}, expected {}", expected["hash"]));
        }
    }
    let all = response.certificates().iter().chain(certificates);
    let named = all.filter(|certificate| match response.responder() {
        Some(ResponderId::Name(name)) => name.matches(certificate.subject()),
        Some(ResponderId::KeyHash(_)) => response.certificates().contains(certificate),
        None => false,
    });
    signature(entry, named, |key, budget| response.verify_signed_by(key, budget))
}

fn signature<'a>(
    entry: &Value,
    certificates: impl Iterator<Item = &'a Certificate>,
    verify: impl Fn(&seing::key::PublicKey, &mut Budget) -> seing::error::Result<Result<(), seing::key::Mismatch>>,
) -> Result<Signature, String> {
    let mut budget = Budget::new(&Limits::default());
    let mut tried = Vec::new();
    for certificate in certificates {
        // A key that cannot be used, or not with this algorithm, did not make the signature.
        let verified = certificate.public_key().and_then(|key| verify(key, &mut budget));
        tried.push(matches!(verified, Ok(Ok(()))));
    }
    match (entry["expect"].as_str().unwrap(), tried.contains(&true)) {
        ("crypto-invalid", true) => Err("the signature holds, and should not".to_owned()),
        ("crypto-valid", false) if !tried.is_empty() => Err("the signature does not hold, and should".to_owned()),
        (_, true) => Ok(Signature::Holds),
        (_, false) => Ok(Signature::Unknown),
    }
}

/// Times of asn1crypto, as in `2015-05-22 16:24:08+00:00`, or `None`.
fn same(what: &str, found: Option<Time>, expected: &Value) -> Result<(), String> {
    let expected = match expected.as_str() {
        None | Some("None") => None,
        Some(text) => Some(Time::parse_rfc3339(&text.replace(' ', "T").replace("+00:00", "Z")).unwrap()),
    };
    if found == expected { Ok(()) } else { Err(format!("{what} is {found:?}, expected {expected:?}")) }
}
