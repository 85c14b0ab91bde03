//! `seing evidence renew` over a folder: planned, renewed in batches, killed in the middle, resumed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use seing::digest::Algorithm;
use seing::evidence::{Batch, DataObject};
use seing::key::{KeyKind, Signer, os_entropy};
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::{EvidenceReport, Policy, Renewal};
use seing::verify_evidence;

use super::{order, parse};
use crate::timestamp::loopback::{Loopback, ok};
use crate::workshop::{Parties, Profile, ROOT, key};

const DAY: i64 = 86_400;

fn now() -> Time {
    Time::from(SystemTime::now()).whole_seconds()
}

fn in_days(days: i64) -> Time {
    now().plus_seconds(days * DAY)
}

/// In UTCTime: the days after today until which a certificate is valid.
fn utc(time: Time) -> &'static str {
    let text = time.to_string();
    let digits: String = text[2..].chars().filter(char::is_ascii_digit).collect();
    format!("{digits}Z").leak()
}

/// An authority whose certificate ends in so many days.
fn authority(seed: u8, days: i64) -> Authority {
    authority_of(KeyKind::P256, seed, days)
}

fn authority_of(kind: KeyKind, seed: u8, days: i64) -> Authority {
    let subject = format!("TEST TSA {seed}").leak();
    let own = key(kind, seed);
    let profile =
        Profile { subject, valid: ("200101000000Z", utc(in_days(days))), serial: seed, ..Profile::time_stamping() };
    let certificate = profile.issue(own.public_key(), &key(kind, ROOT));
    Authority::new(own, vec![certificate], Oid::parse("2.999.1").unwrap()).unwrap()
}

/// An archive of numbered orders and their records, and who is trusted in it.
struct Archive {
    parties: Parties,
    folder: tempfile::TempDir,
    count: usize,
}

impl Archive {
    fn new(kind: KeyKind) -> Self {
        let parties = Parties::new(kind);
        let folder = tempfile::tempdir().unwrap();
        for name in ["records/2026", "orders/2026"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("root.der"), parties.root.der()).unwrap();
        Self { parties, folder, count: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn record(&self, number: usize) -> PathBuf {
        // Some in a folder of their own.
        let folder = if number.is_multiple_of(3) { "records/2026" } else { "records" };
        self.path(&format!("{folder}/order {number}.txt.ers"))
    }

    /// Orders of so many batches of this size, a month ago.
    fn add(&mut self, authority: &Authority, batches: usize, size: usize) {
        let at = in_days(-30);
        let answer = |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, at, &mut os_entropy));
        let mut client = Client::new("here", answer, os_entropy);
        for _ in 0..batches {
            let mut batch = Batch::new(Algorithm::Sha256);
            let first = self.count;
            for number in first..first + size {
                batch.push(&Algorithm::Sha256.digest(&order(number))).unwrap();
                let folder = if number.is_multiple_of(3) { "orders/2026" } else { "orders" };
                fs::write(self.path(&format!("{folder}/order {number}.txt")), order(number)).unwrap();
            }
            let token = client.stamp(&batch.root().unwrap(), at).unwrap();
            let sealed = batch.seal(&token).unwrap();
            let mut records = sealed.records();
            while let Some(record) = records.next_record() {
                fs::write(self.record(first + record.place()), record.octets()).unwrap();
            }
            self.count += size;
        }
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seing"));
        command
            .current_dir(self.folder.path())
            .args(["evidence", "renew", "records", "--trust", "root.der"])
            .args(more);
        command
    }

    fn run(&self, more: &[&str]) -> (i32, Value, Output) {
        let output = self.command(more).arg("--json").output().unwrap();
        let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap(), json, output)
    }

    fn octets(&self) -> BTreeMap<usize, Vec<u8>> {
        (0..self.count).map(|number| (number, fs::read(self.record(number)).unwrap())).collect()
    }

    fn report(&self, number: usize, document: &[u8], at: Time) -> EvidenceReport {
        let record = fs::read(self.record(number)).unwrap();
        let objects = [DataObject::octets(document)];
        verify_evidence(&record, &objects).trust(&self.parties.judge.0).at(at).report().unwrap()
    }

    /// Every record with its document, and none with another one.
    #[track_caller]
    fn holds(&self, at: Time) {
        for number in 0..self.count {
            let report = self.report(number, &order(number), at);
            assert_eq!(report.indication.name(), "PASSED", "{number} at {at}: {report}");
            if number.is_multiple_of(10) {
                assert_eq!(self.report(number, b"another order", at).indication.name(), "FAILED", "{number}");
            }
        }
    }
}

/// An authority behind HTTP, and how often it was asked.
fn serve(authority: Authority) -> (Loopback, Arc<AtomicUsize>) {
    serve_until(authority, usize::MAX, mpsc::channel().1)
}

/// The same, which after so many answers gives no more before the gate is dropped.
fn serve_until(authority: Authority, most: usize, gate: Receiver<()>) -> (Loopback, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = Loopback::start(move |received| {
        if count.fetch_add(1, Ordering::SeqCst) >= most {
            assert!(gate.recv().is_err(), "the gate was dropped");
        }
        let answer = authority.respond(&received.body, SystemTime::now().into(), &mut os_entropy);
        ok("application/timestamp-reply", &answer)
    });
    (server, asked)
}

fn count(json: &Value, is: impl Fn(&Value) -> bool) -> usize {
    json["records"].as_array().unwrap().iter().filter(|record| is(record)).count()
}

#[test]
fn an_archive_is_renewed_although_it_is_killed_in_the_middle() {
    let mut archive = Archive::new(KeyKind::P256);
    archive.add(&authority(51, 10), 1, 80);
    archive.add(&authority(52, 40), 9, 7);
    archive.add(&authority(53, 700), 57, 1);
    assert_eq!(archive.count, 200);
    let before = archive.octets();
    let (status, plan, _) = archive.run(&["--dry-run", "--documents", "orders"]);
    assert_eq!(status, 0, "{plan}");
    let due_in = |days: i64| {
        let until = in_days(days).plus_seconds(-60)..=in_days(days);
        move |record: &Value| {
            record["due"]["renewal"] == "time-stamp"
                && record["due"]["until"]
                    .as_str()
                    .is_some_and(|text| until.contains(&Time::parse_rfc3339(text).unwrap()))
        }
    };
    assert_eq!([count(&plan, due_in(10)), count(&plan, due_in(40))], [80, 63]);
    assert_eq!(count(&plan, |record| record["due"].is_null() && record["documents"] == true), 57);
    let text = String::from_utf8(archive.command(&["--dry-run"]).output().unwrap().stdout).unwrap();
    assert!(text.contains("200 records; 57 need nothing before"), "{text}");
    assert!(text.contains("80 need a new time-stamp before") && text.contains("CN=TEST TSA 51"), "{text}");
    assert_eq!(archive.octets(), before, "a plan changes nothing");

    let (gate, closed) = mpsc::channel();
    let (server, asked) = serve_until(authority(54, 4_000), 5, closed);
    let url = server.url();
    let arguments = ["--documents", "orders", "--tsa", &url, "--batch", "8"];
    let mut child = archive.command(&arguments).stdout(Stdio::null()).spawn().unwrap();
    let changed = |octets: &BTreeMap<usize, Vec<u8>>| octets.iter().filter(|(at, now)| before[*at] != **now).count();
    let start = Instant::now();
    while changed(&archive.octets()) < 5 {
        assert!(start.elapsed() < Duration::from_secs(120), "nothing was renewed");
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    drop(gate);
    let half = archive.octets();
    assert!((5..143).contains(&changed(&half)), "{}", changed(&half));
    archive.holds(now().plus_seconds(5));
    let first_half = asked.load(Ordering::SeqCst);

    let (status, outcome, output) = archive.run(&arguments);
    assert_eq!(status, 0, "{output:?}");
    let renewed = count(&outcome, |record| !record["renewed"].is_null());
    assert_eq!(renewed, 143 - changed(&half), "what was renewed before is not renewed again");
    let after = archive.octets();
    assert_eq!(changed(&after), 143);
    assert!(half.iter().all(|(at, octets)| before[at] == *octets || after[at] == *octets));
    for (at, octets) in &after {
        let [old, new] = [&before[at], octets].map(|octets| parse(octets).unwrap());
        let old: Vec<&[u8]> = old.time_stamps().map(|stamp| stamp.octets()).collect();
        let new: Vec<&[u8]> = new.time_stamps().map(|stamp| stamp.octets()).collect();
        assert_eq!(new[..old.len()], old, "the old record is in the new one");
        assert_eq!(new.len(), if *at < 143 { 2 } else { 1 });
    }
    // Records of one token share a place: 80 of the first authority in 10 batches of one digest.
    let tokens = asked.load(Ordering::SeqCst);
    assert!(
        first_half > 0 && tokens <= 22,
        "{tokens} time-stamps for 143 records in batches of 8, and one interruption"
    );
    archive.holds(now().plus_seconds(5));
    archive.holds(in_days(11));
    archive.holds(in_days(600));

    let (status, outcome, _) = archive.run(&arguments);
    assert_eq!((status, count(&outcome, |record| !record["due"].is_null())), (0, 0), "nothing is left to do");
    assert_eq!(archive.octets(), after);
    super::bouncy_castle::takes(after.iter().map(|(at, octets)| (octets.clone(), vec![order(*at)])));
}

/// The default policy, in which SHA-256 ends in so many days.
fn policy(archive: &Archive, days: i64) -> Policy {
    let mut json: Value = serde_json::from_str(&Policy::default().to_json().unwrap()).unwrap();
    for rule in json["hashes"].as_array_mut().unwrap() {
        if rule["hash"] == "sha256" {
            rule["until"] = in_days(days).to_string().into();
        }
    }
    fs::write(archive.path("policy.json"), json.to_string()).unwrap();
    Policy::from_json(&json.to_string()).unwrap()
}

#[test]
fn hash_trees_are_renewed_with_their_documents() {
    // Everything that signs rests on SHA-384, and the trees on SHA-256.
    let mut archive = Archive::new(KeyKind::P384);
    archive.add(&authority_of(KeyKind::P384, 51, 4_000), 1, 5);
    archive.add(&authority_of(KeyKind::P384, 53, 4_000), 3, 1);
    let policy = policy(&archive, 60);
    let old = archive.octets();
    let (server, asked) = serve(authority_of(KeyKind::P384, 55, 4_000));
    let (url, before) = (server.url(), in_days(61).to_string());
    let fixed = ["--tsa", &url, "--policy", "policy.json", "--before", &before];
    let (status, plan, _) = archive.run(&fixed);
    assert_eq!(status, 4, "{plan}");
    let wants = |record: &Value| {
        record["due"]["renewal"] == "hash-tree"
            && record["problem"].as_str().is_some_and(|problem| problem.contains("needs its documents"))
    };
    assert_eq!((count(&plan, wants), archive.octets() == old), (8, true));

    // One is missing, and one record is of a group.
    fs::remove_file(archive.path("orders/order 4.txt")).unwrap();
    let group: [&[u8]; 3] = [b"the contract", b"its annex", b"the terms"];
    let digests = group.map(|document| Algorithm::Sha256.digest(document));
    let mut batch = super::batch(Algorithm::Sha256, 2);
    batch.push_group(&digests).unwrap();
    let record = super::sealed(&archive.parties, batch, 0).record(2).unwrap();
    fs::write(archive.path("records/order 900.er"), &record).unwrap();
    fs::create_dir(archive.path("orders/order 900")).unwrap();
    // A document of the group is not at hand: it would have no proof any more once SHA-256 ends.
    for (number, document) in group.iter().enumerate().skip(1) {
        fs::write(archive.path(&format!("orders/order 900/{number}")), document).unwrap();
    }
    let documented = [&fixed[..], &["--documents", "orders"]].concat();
    let renewed = |record: &Value| record["renewed"].is_string();
    let (status, outcome, output) = archive.run(&documented);
    assert_eq!((status, count(&outcome, renewed)), (4, 7), "{output:?}");
    let incomplete = "1 documents of its group are not at hand, and would lose their proof";
    let lacks = |record: &Value| record["problem"].as_str().is_some_and(|problem| problem.contains(incomplete));
    assert_eq!(count(&outcome, lacks), 1, "{outcome}");
    assert_eq!(fs::read(archive.path("records/order 900.er")).unwrap(), record);
    fs::write(archive.path("orders/order 900/0"), group[0]).unwrap();
    let (status, outcome, output) = archive.run(&documented);
    assert_eq!(status, 4, "{output:?}");
    assert_eq!((count(&outcome, renewed), count(&outcome, wants)), (1, 1), "{outcome}");
    assert_eq!(asked.load(Ordering::SeqCst), 2, "one time-stamp for all that could be renewed");
    let report = |record: &[u8], documents: &[&[u8]], days: i64| {
        let objects: Vec<DataObject<'_>> = documents.iter().map(|document| DataObject::octets(document)).collect();
        let verification = verify_evidence(record, &objects).trust(&archive.parties.judge.0).at(in_days(days));
        verification.policy(policy.clone()).report().unwrap().indication
    };
    let now: Vec<(Vec<u8>, Vec<Vec<u8>>)> = (archive.octets().into_iter().filter(|(at, _)| *at != 4))
        .map(|(at, octets)| (octets, vec![order(at)]))
        .chain([(fs::read(archive.path("records/order 900.er")).unwrap(), group.map(<[u8]>::to_vec).to_vec())])
        .collect();
    for (octets, documents) in &now {
        let documents: Vec<&[u8]> = documents.iter().map(Vec::as_slice).collect();
        for days in [1, 100] {
            assert_eq!(report(octets, &documents, days).name(), "PASSED", "{days}");
        }
        assert_eq!(report(octets, &[b"another order"], 100).name(), "FAILED");
        assert_eq!(parse(octets).unwrap().document_algorithms(), [Algorithm::Sha256, Algorithm::Sha512]);
    }
    assert_eq!(report(&old[&0], &[&order(0)], 1).name(), "PASSED");
    assert_eq!(report(&old[&0], &[&order(0)], 100).name(), "INDETERMINATE", "SHA-256 has ended");
    super::bouncy_castle::takes(now.into_iter());
}

#[test]
fn what_a_record_needs_depends_on_how_far_it_is_to_carry() {
    let archive = Archive::new(KeyKind::P256);
    let policy = policy(&archive, 60);
    let ends = policy.hashes.iter().find(|rule| rule.hash == "sha256").unwrap().until.unwrap();
    let record = super::sealed(&archive.parties, super::batch(Algorithm::Sha256, 3), 0).record(1).unwrap();
    let need = |documents: &[DataObject<'_>]| {
        let verification = verify_evidence(&record, documents).trust(&archive.parties.judge.0).at(in_days(2));
        verification.policy(policy.clone()).renewal_need().unwrap()
    };
    let order = order(1);
    for documents in [&[][..], &[DataObject::octets(&order)]] {
        let found = need(documents);
        assert_eq!(found.indication.name(), "PASSED");
        assert_eq!(found.before(in_days(59)), None);
        let due = found.before(in_days(61)).unwrap();
        assert_eq!((due.renewal, due.until), (Renewal::HashTree, ends));
        let far = found.before(Time::parse_rfc3339("2041-01-01T00:00:00Z").unwrap()).unwrap();
        assert!(
            far.reasons.iter().any(|reason| reason.to_string().contains("the certificate of CN=TEST TSA")),
            "{far:?}"
        );
    }
    assert_eq!(need(&[DataObject::octets(b"another order")]).indication.name(), "FAILED");
}

#[test]
fn what_does_not_hold_is_named_and_left_alone() {
    let mut archive = Archive::new(KeyKind::P256);
    archive.add(&authority(51, 10), 1, 6);
    // Of an authority that nobody trusts, with a token that was changed, of another order, and no record at all.
    let strange = key(KeyKind::P256, 99);
    let profile = Profile { subject: "TEST Stranger", serial: 99, ..Profile::time_stamping() };
    let stranger = profile.issue(strange.public_key(), &strange);
    archive.add(&Authority::new(strange, vec![stranger], Oid::parse("2.999.1").unwrap()).unwrap(), 1, 1);
    let mut changed = fs::read(archive.record(1)).unwrap();
    *changed.last_mut().unwrap() ^= 1;
    fs::write(archive.record(1), changed).unwrap();
    fs::write(archive.path("orders/order 2.txt"), b"another order").unwrap();
    fs::write(archive.record(3), b"not a record").unwrap();
    let before = archive.octets();
    let (server, _) = serve(authority(54, 4_000));
    let url = server.url();
    let (status, outcome, _) = archive.run(&["--documents", "orders", "--tsa", &url]);
    assert_eq!(status, 4);
    let after = archive.octets();
    let untouched: Vec<usize> =
        after.iter().filter(|(at, octets)| before[*at] == **octets).map(|(at, _)| *at).collect();
    assert_eq!(untouched, [1, 2, 3, 6]);
    for record in outcome["records"].as_array().unwrap() {
        let file = record["file"].as_str().unwrap();
        let is_left = untouched.iter().any(|at| archive.record(*at).ends_with(Path::new(file)));
        assert_eq!(record["problem"].is_string(), is_left, "{record}");
    }
    let text = archive.command(&["--dry-run", "--documents", "orders"]).output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("order 1.txt.ers: it does not hold any more"), "{text}");
}

#[test]
fn a_new_time_stamp_that_ends_too_soon_or_is_not_trusted_replaces_nothing() {
    let mut archive = Archive::new(KeyKind::P256);
    archive.add(&authority(51, 10), 1, 3);
    let before = archive.octets();
    let (short, _) = serve(authority(56, 50));
    let output = archive.command(&["--tsa", &short.url()]).output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("the new time-stamp: it ends before") && said.contains("TEST TSA 56"), "{said}");
    let strange = key(KeyKind::P256, 99);
    let profile = Profile { subject: "TEST Stranger", serial: 99, ..Profile::time_stamping() };
    let stranger = profile.issue(strange.public_key(), &strange);
    let (stranger, _) = serve(Authority::new(strange, vec![stranger], Oid::parse("2.999.1").unwrap()).unwrap());
    let output = archive.command(&["--tsa", &stranger.url()]).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert_eq!(archive.octets(), before);
    let (good, _) = serve(authority(54, 4_000));
    let output = archive.command(&["--tsa", &stranger.url(), "--tsa", &good.url()]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    archive.holds(in_days(11));
    let usage = archive.command(&[]).output().unwrap();
    assert_eq!(usage.status.code(), Some(2), "neither --tsa nor --dry-run");
}
