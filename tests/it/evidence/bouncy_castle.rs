//! Our records verified by Bouncy Castle: Debian's libbcpkix-java, or the jars in the folder `SEING_BOUNCY_CASTLE`.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use seing::digest::Algorithm;
use seing::evidence::Batch;
use seing::key::KeyKind;

use super::{batch, order, parse, sealed};
use crate::workshop::Parties;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/evidence/VerifyRecords.java");

/// Has these records verified with their documents, where Bouncy Castle is installed.
pub(crate) fn takes(records: impl Iterator<Item = (Vec<u8>, Vec<Vec<u8>>)>) {
    let Some(class_path) = class_path() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut cases = Cases { folder: folder.path(), arguments: Vec::new(), expected: Vec::new() };
    for (record, documents) in records {
        cases.add(&record, &documents, true);
        cases.add(&record, &[b"another order".to_vec()], false);
    }
    cases.run(&class_path);
}

/// The jars, if all of them and Java are there.
fn class_path() -> Option<OsString> {
    let jars = env::var_os("SEING_BOUNCY_CASTLE").map_or_else(|| PathBuf::from("/usr/share/java"), PathBuf::from);
    let class_path = ["bcpkix.jar", "bcprov.jar", "bcutil.jar"].map(|jar| jars.join(jar));
    if !class_path.iter().all(|jar| jar.is_file()) || Command::new("java").arg("-version").output().is_err() {
        eprintln!("skipped: java with Bouncy Castle (libbcpkix-java) is not installed");
        return None;
    }
    Some(env::join_paths(class_path).unwrap())
}

#[test]
fn bouncy_castle_takes_our_records_and_refuses_other_documents() {
    let Some(class_path) = class_path() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut cases = Cases { folder: folder.path(), arguments: Vec::new(), expected: Vec::new() };
    let parties = Parties::new(KeyKind::P256);
    for count in [1, 2, 3, 5, 8, 13] {
        let sealed = sealed(&parties, batch(Algorithm::Sha256, count), 0);
        for place in 0..count {
            let record = sealed.record(place).unwrap();
            cases.add(&record, &[order(place)], true);
            cases.add(&record, &[b"another order".to_vec()], false);
        }
    }
    let documents = ["the contract", "its annex", "the terms"].map(|document| document.as_bytes().to_vec());
    let digests = documents.each_ref().map(|document| Algorithm::Sha256.digest(document));
    let mut group = batch(Algorithm::Sha256, 3);
    group.push_group(&digests).unwrap();
    cases.add(&sealed(&parties, group, 0).record(3).unwrap(), &documents, true);
    for count in [1, 4] {
        let first = sealed(&parties, batch(Algorithm::Sha256, count), 0);
        let record = parse(&first.record(0).unwrap()).unwrap();
        let mut tokens = Batch::new(Algorithm::Sha256);
        tokens.push(&record.token_digest().unwrap()).unwrap();
        tokens.push(&Algorithm::Sha256.digest(b"another token")).unwrap();
        let stamp = sealed(&parties, tokens, 1).archive_time_stamp(0).unwrap();
        let record = record.renew_time_stamp(&stamp).unwrap();
        cases.add(record.octets(), &[order(0)], true);
        let mut tokens = Batch::new(Algorithm::Sha256);
        let place = tokens.push_group(&record.token_digests().unwrap()).unwrap();
        let stamp = sealed(&parties, tokens, 1).archive_time_stamp(place).unwrap();
        let record = record.renew_time_stamp(&stamp).unwrap();
        cases.add(record.octets(), &[order(0)], true);
        let document = Algorithm::Sha512.digest(&order(0));
        let mut hashes = batch(Algorithm::Sha512, 2);
        hashes.push(&record.renewed_digests(&[document]).unwrap()[0]).unwrap();
        let stamp = sealed(&parties, hashes, 2).archive_time_stamp(2).unwrap();
        cases.add(record.renew_hash_tree(&stamp, &[document]).unwrap().octets(), &[order(0)], true);
    }
    cases.run(&class_path);
}

struct Cases<'f> {
    folder: &'f Path,
    arguments: Vec<String>,
    expected: Vec<bool>,
}

impl Cases<'_> {
    fn add(&mut self, record: &[u8], documents: &[Vec<u8>], holds: bool) {
        let record = self.write(record);
        self.arguments.extend([record, documents.len().to_string()]);
        for document in documents {
            let document = self.write(document);
            self.arguments.push(document);
        }
        self.expected.push(holds);
    }

    fn run(&self, class_path: &OsStr) {
        // An argument file, since there may be more of them than a command line takes.
        let list = self.folder.join("arguments");
        fs::write(&list, self.arguments.join("\n")).unwrap();
        let output = Command::new("java").arg("-cp").arg(class_path).arg(SOURCE).arg(&list).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let found: Vec<bool> = said.lines().map(|line| line == "holds").collect();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(found, self.expected, "{said}{complaint}");
        eprintln!("Bouncy Castle: {} records, as expected", found.len());
    }

    fn write(&self, octets: &[u8]) -> String {
        let number = fs::read_dir(self.folder).unwrap().count();
        let path = self.folder.join(number.to_string());
        fs::write(&path, octets).unwrap();
        path.to_str().unwrap().to_owned()
    }
}
