//! Workers are killed at random moments, under load: what they acknowledged has its record in the end, and has it once.
//!
//! SEING_KILLS says how often (ten times by default), SEING_SEED repeats a run.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

use seing::archive::{Key, RedbStore, SealingJournal, Settings, Store};
use seing::digest::Algorithm;
use seing::evidence::DataObject;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::validation::Indication;
use seing::verify_evidence;
use tempfile::TempDir;

use crate::cli::Tsa;

#[expect(dead_code, reason = "the test below is its `main`")]
#[path = "../../../examples/journal_worker.rs"]
mod journal_worker;

/// Small windows, and a lease that a killed worker's successor need not wait long for.
fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.window_orders = 40;
    settings.window_age = Duration::from_millis(30);
    settings.lease = Duration::from_millis(300);
    settings
}

/// The process that is killed: the example, on the journal, the authority and the root that the environment names.
#[test]
#[ignore = "the worker of the tests beside it"]
fn worker() {
    let Ok(named) = std::env::var("SEING_WORKER") else { return };
    let [journal, tsa, root] = named.split('\n').collect::<Vec<_>>()[..] else { panic!("{named}") };
    // The harness of the tests has not ended its line.
    std::io::stdout().write_all(b"\n").unwrap();
    journal_worker::worker(journal, tsa, root, settings()).unwrap();
}

#[test]
fn an_embedded_journal_survives_its_process() {
    let yard = Yard::new();
    let path = yard.folder.path().join("journal.redb");
    let run = yard.run(path.to_str().unwrap(), 1);
    run.check(&SealingJournal::new(RedbStore::open(&path, Algorithm::Sha256).unwrap(), settings()).unwrap());
}

#[cfg(feature = "store-postgres")]
#[test]
fn a_journal_in_postgresql_survives_its_worker() {
    shared("one_worker", 1);
}

#[cfg(feature = "store-postgres")]
#[test]
fn a_journal_in_postgresql_survives_its_workers() {
    shared("three_workers", 3);
}

#[cfg(feature = "store-postgres")]
fn shared(name: &str, workers: usize) {
    let Some(server) = super::server::Schema::new(name) else { return };
    let yard = Yard::new();
    let run = yard.run(&format!("postgresql:{}#{}", server.address, server.name), workers);
    run.check(&SealingJournal::new(server.sha256(), settings()).unwrap());
}

/// A throw-away PKI and its authority, over HTTP.
struct Yard {
    folder: TempDir,
    tsa: Tsa,
}

/// What one worker was given and said, in all its lives.
struct Bench {
    process: Option<(Child, ChildStdin, JoinHandle<()>)>,
    /// Given, and not yet said to be accepted.
    unanswered: BTreeSet<usize>,
}

#[derive(Default)]
struct Said {
    accepted: BTreeSet<String>,
    /// The digests of the records that were announced for each order.
    records: BTreeMap<String, BTreeSet<String>>,
}

struct Run {
    given: usize,
    said: Said,
    anchors: TrustAnchors,
    kills: usize,
    paused: usize,
    seed: u64,
}

fn key(number: usize) -> String {
    format!("CMD-{number}")
}

fn contract(number: usize) -> String {
    format!("Bon de commande {number} : {number},00 MAD")
}

impl Yard {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made =
            Command::new(env!("CARGO_BIN_EXE_seing")).current_dir(folder.path()).args(["pki", "pki"]).output().unwrap();
        assert!(made.status.success());
        let identity = ["--key", "pki/tsa.key", "--cert", "pki/tsa.pem", "--chain", "pki/intermediate.pem"];
        let tsa = Tsa::start(folder.path(), &identity);
        Self { folder, tsa }
    }

    fn root(&self) -> String {
        self.folder.path().join("pki/root.pem").to_str().unwrap().to_owned()
    }

    fn anchors(&self) -> TrustAnchors {
        let root = std::fs::read(self.root()).unwrap();
        Certificate::parse_many(&root).unwrap().into_iter().fold(TrustAnchors::none(), TrustAnchors::with)
    }

    /// Gives orders to workers and kills them, over and over; the last ones may finish.
    fn run(&self, journal: &str, workers: usize) -> Run {
        let kills = std::env::var("SEING_KILLS").map_or(10, |kills| kills.parse().unwrap());
        let clock = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().subsec_nanos().into();
        let seed = std::env::var("SEING_SEED").map_or_else(|_| clock(), |seed| seed.parse().unwrap());
        eprintln!("SEING_SEED={seed} SEING_KILLS={kills}, {workers} at work");
        let mut random = Random(seed ^ 0x9e37_79b9_7f4a_7c15);
        let said = Arc::new(Mutex::new(Said::default()));
        let mut benches: Vec<Bench> =
            (0..workers).map(|_| Bench { process: None, unanswered: BTreeSet::new() }).collect();
        let (mut given, mut killed, mut paused) = (0, 0, 0);
        while killed < kills {
            for bench in &mut benches {
                if bench.process.is_none() {
                    self.start(journal, bench, &said);
                }
            }
            let at = random.below(workers);
            let end = Instant::now() + Duration::from_micros(random.below(400_000) as u64);
            while Instant::now() < end {
                for bench in &mut benches {
                    for _ in 0..random.below(5) {
                        bench.give(given);
                        given += 1;
                    }
                }
                // An impatient customer: an order that another worker may have, or one that is long sealed.
                if given > 0 {
                    let again = random.below(given);
                    benches[random.below(workers)].give(again);
                }
                std::thread::sleep(Duration::from_micros(random.below(8_000) as u64));
            }
            benches[at].resume();
            if workers > 1 && random.below(4) == 0 {
                // A worker that is only slow: its windows are taken over, and it comes back.
                benches[at].pause();
                paused += 1;
            } else {
                benches[at].kill();
                killed += 1;
            }
        }
        for bench in &mut benches {
            match bench.process {
                None => self.start(journal, bench, &said),
                Some(_) => bench.resume(),
            }
        }
        for bench in &mut benches {
            bench.finish();
        }
        let said = Arc::into_inner(said).unwrap().into_inner().unwrap();
        Run { given, said, anchors: self.anchors(), kills, paused, seed }
    }

    /// Starts a worker, and gives it again what nobody said to have accepted.
    fn start(&self, journal: &str, bench: &mut Bench, said: &Arc<Mutex<Said>>) {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["archive::kill::worker", "--exact", "--ignored", "--nocapture"])
            .env("SEING_WORKER", [journal, &self.tsa.url, &self.root()].join("\n"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let heard = Arc::clone(said);
        let listening = std::thread::spawn(move || listen(output, &heard));
        bench.process = Some((process, input, listening));
        bench.unanswered.retain(|number| !said.lock().unwrap().accepted.contains(&key(*number)));
        for number in bench.unanswered.clone() {
            bench.give(number);
        }
    }
}

/// Hears a worker until it is dead. A line that it could not end is none.
fn listen(mut output: impl BufRead, said: &Mutex<Said>) {
    let mut line = String::new();
    while output.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
        let mut said = said.lock().unwrap();
        match line.trim_end().split(' ').collect::<Vec<_>>()[..] {
            ["accepted", key] => drop(said.accepted.insert(key.to_owned())),
            ["record", key, digest] => drop(said.records.entry(key.to_owned()).or_default().insert(digest.to_owned())),
            ["refused", ..] => panic!("{line}"),
            _ => {}
        }
        line.clear();
    }
}

impl Bench {
    fn give(&mut self, number: usize) {
        let (_, input, _) = self.process.as_mut().unwrap();
        self.unanswered.insert(number);
        // One that ended by itself is found when it is killed.
        let _ = writeln!(input, "{}\t{}", key(number), contract(number));
    }

    fn kill(&mut self) {
        let (mut process, _, listening) = self.process.take().unwrap();
        assert!(process.try_wait().unwrap().is_none(), "a worker ended before it was killed");
        process.kill().unwrap();
        process.wait().unwrap();
        listening.join().unwrap();
    }

    /// Stops the process until it is resumed.
    fn pause(&mut self) {
        self.signal("STOP");
    }

    /// Lets it run, if it was stopped.
    fn resume(&mut self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let (process, ..) = self.process.as_ref().unwrap();
        let kill = format!("kill -{name} {}", process.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    fn finish(&mut self) {
        let (mut process, input, listening) = self.process.take().unwrap();
        drop(input);
        assert!(process.wait().unwrap().success());
        listening.join().unwrap();
    }
}

impl Run {
    /// Holds what was said to what is in the journal.
    fn check<S: Store>(self, journal: &SealingJournal<S>) {
        let given: BTreeSet<String> = (0..self.given).map(key).collect();
        let unanswered: Vec<&String> = given.difference(&self.said.accepted).collect();
        assert!(unanswered.is_empty(), "given and never accepted: {unanswered:?}");
        assert_eq!(journal.pending().unwrap().orders, 0);
        let (mut records, windows) = (BTreeMap::new(), journal.sealed(None, usize::MAX >> 1).unwrap());
        for window in &windows {
            let each = |key: &Key, record: &[u8]| {
                assert!(records.insert(key.to_string(), record.to_vec()).is_none(), "{key} has two records");
                Ok(())
            };
            journal.each_record(*window, each).unwrap();
        }
        let lost: Vec<&String> = given.iter().filter(|key| !records.contains_key(*key)).collect();
        assert!(lost.is_empty(), "accepted and without a record: {lost:?}");
        assert_eq!(records.len(), given.len(), "records of orders that nobody gave");
        let announced = self.said.records.len();
        for (key, digests) in self.said.records {
            let own = Algorithm::Sha256.digest(&records[&key]).to_string();
            assert_eq!(digests.into_iter().collect::<Vec<_>>(), [own], "the record of {key} changed");
        }
        let began = Instant::now();
        let now = Time::from(SystemTime::now());
        let numbers: Vec<usize> = (0..self.given).collect();
        std::thread::scope(|scope| {
            for half in numbers.chunks(self.given.div_ceil(2)) {
                let (records, anchors) = (&records, &self.anchors);
                scope.spawn(move || {
                    for number in half {
                        let contract = contract(*number);
                        let documents = [DataObject::octets(contract.as_bytes())];
                        let report =
                            verify_evidence(&records[&key(*number)], &documents).trust(anchors).at(now).report();
                        let report = report.unwrap();
                        assert_eq!(report.imprint_intact, Some(true), "{number}: {report}");
                        assert_eq!(report.signature_intact, Some(true), "{number}: {report}");
                        assert_eq!(report.indication, Indication::Passed, "{number}: {report}");
                    }
                });
            }
        });
        eprintln!(
            "{} kills and {} pauses (seed {}): {} orders accepted, each with one record that verifies, in {} windows; {announced} records \
             were announced by those who were killed or ended, and none changed; verified in {:.1?}",
            self.kills,
            self.paused,
            self.seed,
            self.given,
            windows.len(),
            began.elapsed()
        );
    }
}

/// A generator that a seed repeats (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }
}
