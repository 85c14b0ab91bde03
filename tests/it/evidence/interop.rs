//! Records for other people's verifiers, written into the folder `SEING_INTEROP` when `scripts/interop` asks for them.

use std::path::PathBuf;
use std::{env, fs};

use seing::digest::Algorithm;
use seing::evidence::{Batch, EvidenceRecord, Sealed};
use seing::key::{KeyKind, os_entropy};
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Accuracy, Authority, Client, Exchange};

use super::{order, parse};

struct Cases {
    folder: PathBuf,
    authority: Authority,
    /// One line for each case: its name, `holds` or `refused`, the record, the documents.
    lines: Vec<String>,
    now: Time,
}

impl Cases {
    fn seal(&self, batch: Batch, days: i64) -> Sealed {
        let at = self.now.plus_seconds(days * 86_400);
        let answer = |exchange: &Exchange<'_>| Ok(self.authority.respond(exchange.body, at, &mut os_entropy));
        let token = Client::new("here", answer, os_entropy).stamp(&batch.root().unwrap(), at).unwrap();
        batch.seal(&token).unwrap()
    }

    fn write(&self, name: &str, octets: &[u8]) -> String {
        fs::write(self.folder.join(name), octets).unwrap();
        name.to_owned()
    }

    /// The record with its documents, and where another one stands in place of the first.
    fn add(&mut self, name: &str, record: &[u8], documents: &[Vec<u8>]) {
        let record = self.write(&format!("{name}.ers"), record);
        let other = self.write("another", b"another order");
        let names: Vec<String> = (documents.iter().enumerate())
            .map(|(number, document)| self.write(&format!("{name}.{number}"), document))
            .collect();
        let swapped = [&[other], &names[1..]].concat();
        for (expected, documents) in [("holds", names), ("refused", swapped)] {
            let fields = [vec![name.to_owned(), expected.to_owned(), record.clone()], documents].concat();
            self.lines.push(fields.join("\t"));
        }
    }

    fn with_time_stamp(&self, record: &EvidenceRecord, days: i64) -> EvidenceRecord {
        let mut tokens = Batch::new(record.token_digest().unwrap().algorithm());
        tokens.push(&Algorithm::Sha256.digest(b"another token")).unwrap();
        let place = tokens.push_group(&record.token_digests().unwrap()).unwrap();
        tokens.push(&Algorithm::Sha256.digest(b"one more")).unwrap();
        record.renew_time_stamp(&self.seal(tokens, days).archive_time_stamp(place).unwrap()).unwrap()
    }

    fn with_tree(&self, record: &EvidenceRecord, documents: &[Vec<u8>], days: i64) -> EvidenceRecord {
        let digests: Vec<_> = documents.iter().map(|document| Algorithm::Sha512.digest(document)).collect();
        let mut batch = super::batch(Algorithm::Sha512, 3);
        let place = batch.push_group(&record.renewed_digests(&digests).unwrap()).unwrap();
        record.renew_hash_tree(&self.seal(batch, days).archive_time_stamp(place).unwrap(), &digests).unwrap()
    }
}

#[test]
#[ignore = "scripts/interop runs it"]
fn records_for_others_are_written() {
    let folder = PathBuf::from(env::var_os("SEING_INTEROP").expect("a folder in SEING_INTEROP"));
    let now = Time::from(std::time::SystemTime::now()).whole_seconds().plus_seconds(-30 * 86_400);
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy).unwrap();
    fs::write(folder.join("root.pem"), pki.root.certificate().to_pem()).unwrap();
    let tsa = pki.time_stamp_authority;
    fs::write(folder.join("tsa.der"), tsa.certificate().der()).unwrap();
    let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1").unwrap()).unwrap();
    let authority = authority.accuracy(Accuracy::new(std::time::Duration::from_secs(1)));
    let mut cases = Cases { folder, authority, lines: Vec::new(), now };
    for count in [1, 2, 1000] {
        let sealed = cases.seal(super::batch(Algorithm::Sha256, count), 0);
        let mut records = sealed.records();
        while let Some(record) = records.next_record() {
            let place = record.place();
            cases.add(&format!("batch-{count}-{place}"), record.octets(), &[order(place)]);
        }
    }
    let group = ["the contract", "its annex", "the terms"].map(|document| document.as_bytes().to_vec());
    let mut batch = super::batch(Algorithm::Sha256, 4);
    let digests = group.each_ref().map(|document| Algorithm::Sha256.digest(document));
    let place = batch.push_group(&digests).unwrap();
    let sealed = cases.seal(batch, 0);
    let grouped = parse(&sealed.record(place).unwrap()).unwrap();
    cases.add("group", grouped.octets(), &group);
    let singles: Vec<(String, EvidenceRecord, Vec<Vec<u8>>)> = [1, 5]
        .iter()
        .map(|count| {
            let record = cases.seal(super::batch(Algorithm::Sha256, *count), 0).record(0).unwrap();
            (format!("of-{count}"), parse(&record).unwrap(), vec![order(0)])
        })
        .chain([("of-group".to_owned(), grouped, group.to_vec())])
        .collect();
    for (name, record, documents) in &singles {
        let once = cases.with_time_stamp(record, 1);
        cases.add(&format!("time-stamp-{name}"), once.octets(), documents);
        let twice = cases.with_time_stamp(&once, 2);
        cases.add(&format!("time-stamps-{name}"), twice.octets(), documents);
        let tree = cases.with_tree(record, documents, 1);
        cases.add(&format!("tree-{name}"), tree.octets(), documents);
        let both = cases.with_time_stamp_and_tree(&twice, documents);
        cases.add(&format!("all-{name}"), both.octets(), documents);
    }
    fs::write(cases.folder.join("cases"), cases.lines.join("\n") + "\n").unwrap();
}

impl Cases {
    /// A new tree over what was stamped twice, and one more time-stamp over that.
    fn with_time_stamp_and_tree(&self, record: &EvidenceRecord, documents: &[Vec<u8>]) -> EvidenceRecord {
        let tree = self.with_tree(record, documents, 3);
        let mut tokens = Batch::new(Algorithm::Sha512);
        tokens.push_group(&tree.token_digests().unwrap()).unwrap();
        tree.renew_time_stamp(&self.seal(tokens, 4).archive_time_stamp(0).unwrap()).unwrap()
    }
}
