//! The command held to the verdicts of corpora that others made: CMS, CAdES and RFC 3161 tokens.
//!
//! Each corpus is a folder with a `manifest.json`; they stand beside the repository, or where `SEING_CORPORA` says.
//! `known_divergences/corpora.json` names the entries whose verdict differs, each with its reason.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, thread};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// The corpora with signatures of these kinds, and how many of their entries are run: named when they are not there.
const CORPORA: &[(&str, usize)] = &[
    ("cms-tst-ocsp-crl", 19),
    ("dss", 73),
    ("ers", 3),
    ("gnutls-tests", 4),
    ("openssl-tests", 4),
    ("pqc-mldsa", 4),
    ("siva", 6),
];

const KINDS: &[&str] = &["cms", "cades", "tst"];

/// `contested` and `java-conditional` are left out: their makers disagree with each other.
const HELD: &[&str] = &["high", "upstream", "tests", "java-only", "folder", "tool-only"];

const LONGEST: Duration = Duration::from_secs(20);

struct Entry {
    name: String,
    folder: PathBuf,
    value: Value,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Agree,
    Disagree(String),
    /// The expectation depends on trust or policy that the entry does not carry.
    Undecided,
}

#[test]
fn every_corpus_entry_gets_its_verdict_or_is_a_known_divergence() {
    let root = env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let mut corpora = Vec::new();
    for (corpus, count) in CORPORA {
        if root.join(corpus).join("manifest.json").is_file() {
            corpora.push((*corpus, entries(&root, corpus)));
        } else {
            eprintln!("skipped: corpus {corpus}, {count} entries: not in {}", root.display());
        }
    }
    let known: BTreeMap<String, String> = serde_json::from_str(include_str!("known_divergences/corpora.json")).unwrap();
    let mut faults = Vec::new();
    for (corpus, entries) in &corpora {
        let verdicts = verdicts(entries);
        let held = verdicts.iter().filter(|verdict| **verdict != Verdict::Undecided).count();
        eprintln!("corpus {corpus}: {held} of {} entries decided", entries.len());
        if held == 0 {
            faults.push(format!("{corpus}: nothing was held to a verdict"));
        }
        for (entry, verdict) in entries.iter().zip(verdicts) {
            match (verdict, known.get(&entry.name)) {
                (Verdict::Disagree(seen), None) => {
                    faults.push(format!("{}: expected {}, saw {seen}", entry.name, entry.value["expect"]));
                }
                (Verdict::Agree, Some(reason)) => {
                    faults.push(format!("{}: agrees, though listed as a divergence: {reason}", entry.name));
                }
                _ => {}
            }
        }
        for name in known.keys().filter(|name| name.starts_with(&format!("{corpus}/"))) {
            if !entries.iter().any(|entry| entry.name == *name) {
                faults.push(format!("{name}: listed as a divergence, but not in the corpus"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_verdict_is_agreed_by_the_rule_of_the_corpora() {
    let signature = |intact: bool, indication: &str| serde_json::json!({"signature_intact": intact, "data_intact": true, "indication": indication});
    let agrees = |kind: &str, expect: &str, status: i32, report: &Value| {
        judge(kind, expect, Some(status), report) == Verdict::Agree
    };
    let none = serde_json::json!({"signatures": []});
    let held = serde_json::json!({"signatures": [signature(true, "INDETERMINATE")]});
    let failed = serde_json::json!({"signatures": [signature(true, "TOTAL_FAILED")]});
    let mixed = serde_json::json!({"signatures": [signature(true, "INDETERMINATE"), signature(false, "TOTAL_FAILED")]});
    let token = serde_json::json!({"imprint_intact": true, "signature_intact": true});
    let unknown = serde_json::json!({"signatures": [{"signature_intact": true, "data_intact": null, "indication": "INDETERMINATE"}]});
    assert!(agrees("cms", "crypto-valid", 3, &held));
    assert!(!agrees("cms", "crypto-valid", 3, &none), "no signature is not acceptance");
    assert!(!agrees("cms", "crypto-valid", 1, &failed));
    assert!(!agrees("cms", "crypto-valid", 3, &unknown));
    assert!(agrees("cms", "crypto-invalid", 1, &failed));
    assert!(!agrees("cms", "crypto-invalid", 3, &held));
    assert!(agrees("cms", "mixed", 1, &mixed));
    assert!(!agrees("cms", "mixed", 1, &held));
    assert!(agrees("cms", "INDETERMINATE", 3, &unknown));
    assert!(!agrees("cms", "INDETERMINATE", 1, &unknown));
    assert!(agrees("cms", "parse-error", 4, &Value::Null));
    assert!(agrees("cms", "no-signature", 4, &Value::Null));
    assert!(!agrees("cms", "no-signature", 3, &held));
    assert!(agrees("tst", "crypto-valid", 3, &token));
    assert!(!agrees("tst", "crypto-valid", 2, &token), "a usage error agrees with nothing");
    assert!(!agrees("cms", "crypto-invalid", 101, &Value::Null), "a panic agrees with nothing");
    assert_eq!(judge("cms", "TOTAL_FAILED", Some(3), &held), Verdict::Undecided);
}

/// The entries of one corpus that are held, named `corpus/file`, with ` #2` and on where a file has several.
fn entries(root: &Path, corpus: &str) -> Vec<Entry> {
    let folder = root.join(corpus);
    let manifest: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(folder.join("manifest.json")).unwrap()).unwrap();
    let mut seen = HashMap::new();
    let mut entries = Vec::new();
    for value in manifest {
        if !KINDS.contains(&value["kind"].as_str().unwrap()) {
            continue;
        }
        let file = value["file"].as_str().unwrap();
        let count = seen.entry(file.to_owned()).and_modify(|count| *count += 1).or_insert(1);
        let name = if *count == 1 { format!("{corpus}/{file}") } else { format!("{corpus}/{file} #{count}") };
        if value["confidence"].as_str().is_none_or(|confidence| HELD.contains(&confidence)) {
            entries.push(Entry { name, folder: folder.clone(), value });
        }
    }
    entries
}

fn verdicts(entries: &[Entry]) -> Vec<Verdict> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let parts = entries.chunks(entries.len().div_ceil(threads).max(1));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| part.iter().map(verdict).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn verdict(entry: &Entry) -> Verdict {
    let Some(arguments) = arguments(entry) else {
        return Verdict::Undecided;
    };
    let (status, output) = run(&arguments);
    let text = String::from_utf8_lossy(&output);
    if text.trim().is_empty() {
        return judge(kind(entry), expected(entry), status, &Value::Null);
    }
    match serde_json::from_str(&text) {
        Ok(report) => judge(kind(entry), expected(entry), status, &report),
        Err(error) => Verdict::Disagree(format!("a report that is not JSON: {error}")),
    }
}

fn kind(entry: &Entry) -> &str {
    entry.value["kind"].as_str().unwrap()
}

fn expected(entry: &Entry) -> &str {
    entry.value["expect"].as_str().unwrap()
}

/// The command line of an entry, or none where its contents cannot be given on one.
fn arguments(entry: &Entry) -> Option<Vec<String>> {
    let in_folder = |file: &str| entry.folder.join(file).to_str().unwrap().to_owned();
    let commands: &[&str] = if kind(entry) == "tst" { &["timestamp", "verify"] } else { &["verify"] };
    let mut arguments: Vec<String> = commands.iter().map(|word| (*word).to_owned()).collect();
    arguments.push(in_folder(entry.value["file"].as_str()?));
    for item in entry.value["detached"].as_array().unwrap_or(&Vec::new()) {
        let name = item["name"].as_str().map_or_else(String::new, |name| format!("{name}="));
        if let Some(file) = item.as_str() {
            arguments.extend(["--content".to_owned(), in_folder(file)]);
        } else if let Some(file) = item["file"].as_str() {
            arguments.extend(["--content".to_owned(), format!("{name}{}", in_folder(file))]);
        } else if let Some(digest) = item["digest_b64"].as_str() {
            let octets = STANDARD.decode(digest).unwrap();
            let hex: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            let algorithm = item["digest_alg"].as_str()?.to_lowercase().replace('-', "");
            arguments.extend(["--content-digest".to_owned(), format!("{name}{algorithm}:{hex}")]);
        } else {
            return None;
        }
    }
    for item in entry.value["detached_digests"].as_array().unwrap_or(&Vec::new()) {
        let digest = format!("{}:{}", item["alg"].as_str()?, item["hex"].as_str()?);
        arguments.extend(["--content-digest".to_owned(), digest]);
    }
    arguments.push("--json".to_owned());
    Some(arguments)
}

/// The exit status and what was printed; no status when the command was stopped, by a signal or by the clock.
fn run(arguments: &[String]) -> (Option<i32>, Vec<u8>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_seing"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut output = Vec::new();
        stdout.read_to_end(&mut output).unwrap();
        sender.send(output).ok();
    });
    match receiver.recv_timeout(LONGEST) {
        Ok(output) => (child.wait().unwrap().code(), output),
        Err(_) => {
            child.kill().unwrap();
            child.wait().unwrap();
            (None, Vec::new())
        }
    }
}

/// Accepted is: at least one signature, each intact in signature and data, and none of them TOTAL_FAILED.
fn judge(kind: &str, expect: &str, status: Option<i32>, report: &Value) -> Verdict {
    let signatures = report["signatures"].as_array().map_or(&[][..], Vec::as_slice);
    let holds = |signature: &Value| {
        signature["signature_intact"] == true
            && signature["data_intact"] == true
            && signature["indication"] != "TOTAL_FAILED"
    };
    let held = signatures.iter().filter(|signature| holds(signature)).count();
    let accepted = match kind {
        "tst" => report["imprint_intact"] == true && report["signature_intact"] == true,
        _ => held > 0 && held == signatures.len(),
    };
    let seen = format!("exit {status:?}, report {}", summary(report));
    let agrees = match (status, expect) {
        (None | Some(2 | 101), _) => false,
        (_, "crypto-valid" | "TOTAL_PASSED") => accepted,
        (_, "crypto-invalid") => !accepted,
        (_, "mixed") => held > 0 && held < signatures.len(),
        (_, "INDETERMINATE") => status == Some(3) && !accepted,
        (_, "parse-error") => status == Some(4) || !accepted,
        (_, "no-signature") => {
            matches!(status, Some(3 | 4)) && signatures.is_empty() && (kind != "tst" || report.is_null())
        }
        (_, "TOTAL_FAILED") if !accepted => true,
        _ => return Verdict::Undecided,
    };
    if agrees { Verdict::Agree } else { Verdict::Disagree(seen) }
}

fn summary(report: &Value) -> String {
    let one = |item: &Value| {
        ["indication", "sub_indication", "signature_intact", "data_intact", "imprint_intact"]
            .iter()
            .filter(|name| !item[**name].is_null())
            .map(|name| format!("{name} {}", item[*name]))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match report["signatures"].as_array() {
        Some(signatures) => signatures.iter().map(one).collect::<Vec<_>>().join("; "),
        None if report.is_null() => "none".to_owned(),
        None => one(report),
    }
}
