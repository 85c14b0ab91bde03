//! The evidence records of others: BSI, Bouncy Castle, ERVerifyTool and EU DSS.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::{env, fs};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use seing::ades::Check;
use seing::digest::{Algorithm, Digest};
use seing::evidence::DataObject;
use seing::limits::{Budget, Limits};
use seing::verify_time_stamp;

use super::parse;
use crate::workshop::later;

const CORPORA: &[(&str, usize)] = &[("ers", 14), ("dss", 30)];

#[test]
fn the_records_of_others_get_their_verdict_or_are_known_divergences() {
    let root = env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let known: BTreeMap<String, String> =
        serde_json::from_str(include_str!("../known_divergences/evidence.json")).unwrap();
    let (mut faults, mut met) = (Vec::new(), 0);
    for (corpus, count) in CORPORA {
        let folder = root.join(corpus);
        let Ok(manifest) = fs::read_to_string(folder.join("manifest.json")) else {
            eprintln!("skipped: corpus {corpus}, {count} evidence records: not in {}", root.display());
            continue;
        };
        let entries: Vec<Value> = serde_json::from_str(&manifest).unwrap();
        let mut seen = HashMap::new();
        let mut held = 0;
        for entry in entries.iter().filter(|entry| entry["kind"] == "er") {
            let file = entry["file"].as_str().unwrap();
            // RFC 6283, in XML, is another format.
            if file.ends_with(".xml") {
                continue;
            }
            let times = seen.entry(file).and_modify(|times| *times += 1).or_insert(1);
            let name = if *times == 1 { format!("{corpus}/{file}") } else { format!("{corpus}/{file} #{times}") };
            let (expected, found) = (expected(entry), verdict(&folder, entry));
            held += 1;
            match (expected == found || expected == "unknown", known.get(&name)) {
                (false, None) => faults.push(format!("{name}: expected {expected}, found {found}")),
                (true, Some(reason)) => faults.push(format!("{name}: agrees, though a divergence: {reason}")),
                (false, Some(_)) => met += 1,
                (true, None) => {}
            }
            if expected == "unknown" {
                eprintln!("{name}: no verdict is given; found {found}");
            }
        }
        assert_eq!(held, *count, "{corpus}");
        eprintln!("corpus {corpus}: {held} evidence records");
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(met == 0 || met == known.len(), "divergences that are not in the corpora");
}

fn expected(entry: &Value) -> &str {
    entry["expect"].as_str().unwrap()
}

/// What the trees, the links and the signatures of the tokens come to, in the words of the manifests.
fn verdict(folder: &Path, entry: &Value) -> &'static str {
    let octets = fs::read(folder.join(entry["file"].as_str().unwrap())).unwrap();
    let record = match parse(&octets) {
        Ok(record) => record,
        Err(error) => {
            eprintln!("{}: {error}", entry["file"]);
            return "parse-error";
        }
    };
    let documents: Vec<Vec<Digest>> =
        objects(folder, entry).iter().map(|object| object.digests(&record.document_algorithms())).collect();
    let objects: Vec<DataObject<'_>> = documents.iter().map(|digests| DataObject::digests(digests)).collect();
    let facts = record.facts(&objects, &mut Budget::new(&Limits::default())).unwrap();
    let mut checks = vec![facts.imprint()];
    for stamp in &facts.time_stamps {
        let report = verify_time_stamp(stamp.token.octets()).at(later()).report().unwrap();
        checks.push(match report.signature_intact {
            Some(true) => Check::Holds,
            Some(false) => Check::Broken,
            None => Check::NotChecked,
        });
    }
    if checks.contains(&Check::Broken) {
        "crypto-invalid"
    } else if checks.contains(&Check::NotChecked) {
        "INDETERMINATE"
    } else {
        "crypto-valid"
    }
}

enum Object {
    Octets(Vec<u8>),
    Digest(Digest),
}

impl Object {
    fn digests(&self, algorithms: &[Algorithm]) -> Vec<Digest> {
        match self {
            Self::Octets(octets) => algorithms.iter().map(|algorithm| algorithm.digest(octets)).collect(),
            Self::Digest(digest) => vec![*digest],
        }
    }
}

fn objects(folder: &Path, entry: &Value) -> Vec<Object> {
    let mut objects = Vec::new();
    for item in entry["detached"].as_array().unwrap_or(&Vec::new()) {
        if let Some(file) = item.as_str().or(item["file"].as_str()) {
            objects.push(Object::Octets(fs::read(folder.join(file)).unwrap()));
        } else {
            let octets = STANDARD.decode(item["digest_b64"].as_str().unwrap()).unwrap();
            let algorithm = Algorithm::from_name(item["digest_alg"].as_str().unwrap()).unwrap();
            objects.push(Object::Digest(Digest::new(algorithm, &octets).unwrap()));
        }
    }
    for item in entry["detached_digests"].as_array().unwrap_or(&Vec::new()) {
        let text = format!("{}:{}", item["alg"].as_str().unwrap(), item["hex"].as_str().unwrap());
        objects.push(Object::Digest(Digest::parse(&text).unwrap()));
    }
    objects
}
