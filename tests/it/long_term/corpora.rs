//! The facts of long-term signatures that others made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use seing::ades::cades::{Content, facts};
use seing::ades::{Check, SignatureFacts, TimestampKind};
use seing::limits::{Budget, Limits};
use serde_json::Value;

/// The CAdES files of a corpus, each with its detached content where it has one.
fn files(corpus: &str) -> Vec<(String, Vec<u8>, Option<Vec<u8>>)> {
    let root = env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let folder = root.join(corpus);
    let Ok(manifest) = fs::read_to_string(folder.join("manifest.json")) else {
        eprintln!("skipped: corpus {corpus}: not in {}", root.display());
        return Vec::new();
    };
    let manifest: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    let mut files = BTreeMap::new();
    for entry in manifest.iter().filter(|entry| entry["kind"] == "cades") {
        let name = entry["file"].as_str().unwrap();
        let detached = &entry["detached"][0];
        let content = detached.as_str().or(detached["file"].as_str()).map(|file| fs::read(folder.join(file)).unwrap());
        let known: &mut Option<Vec<u8>> = files.entry(name.to_owned()).or_default();
        *known = known.take().or(content);
    }
    files.into_iter().map(|(name, content)| (name.clone(), fs::read(folder.join(name)).unwrap(), content)).collect()
}

#[test]
fn dump() {
    for corpus in ["dss", "siva", "ers"] {
        for (name, octets, content) in files(corpus) {
            let content = content.as_deref().map_or(Content::Attached, Content::Octets);
            let all = match facts(&octets, content, &[], &mut Budget::new(&Limits::default())) {
                Ok(all) => all,
                Err(error) => {
                    eprintln!("{name}: {error}");
                    continue;
                }
            };
            for one in &all {
                show(&name, one, "");
            }
        }
    }
}

fn show(name: &str, one: &SignatureFacts, indent: &str) {
    eprintln!(
        "{indent}{name} {:?} {:?} sig {:?} data {:?} certs {} crls {} ocsp {}",
        one.format,
        one.level,
        one.signer.signature,
        one.signer.data,
        one.material.certificates.len(),
        one.material.crls.len(),
        one.material.ocsp_responses.len()
    );
    for defect in &one.signer.defects {
        eprintln!("{indent}    - {:?} {defect}", defect.weight);
    }
    for stamp in &one.timestamps {
        eprintln!(
            "{indent}    * {:?} {} imprint {:?} sig {:?} covers {}",
            stamp.kind,
            stamp.time,
            stamp.imprint,
            stamp.signer.signature,
            stamp.covers.len()
        );
        for defect in &stamp.signer.defects {
            eprintln!("{indent}        - {:?} {defect}", defect.weight);
        }
    }
    for counter in &one.counter_signatures {
        show("counter", counter, "        ");
    }
}
