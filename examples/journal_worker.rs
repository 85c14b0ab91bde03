//! A worker that takes orders in and gives every one of them an evidence record, with one time-stamp for many.
//!
//! ```sh
//! cargo run --release --example journal_worker
//! cargo run --release --example journal_worker --features http -- FILE http://tsa.example/ root.pem < orders
//! cargo run --release --example journal_worker --features http,store-postgres -- \
//!     'postgresql:host=/run/postgresql dbname=shop' http://tsa.example/ root.pem < orders
//! ```
//!
//! A line of input is an order: its number, a tabulator, its contract. A line of output says what became of one, and is written when
//! it is so on disk: `accepted NUMBER`, `refused NUMBER: WHY`, `record NUMBER sha256:DIGEST-OF-THE-RECORD`. There may be several
//! authorities, in quotes with spaces between them.
//!
//! The worker may be killed whenever one likes. Whoever sees no `accepted` sends the order again, to the next worker or to another
//! one on the same PostgreSQL journal; the records of all that were accepted are there in the end, each once.
//!
//! Without arguments it makes the orders, the authority and the journal itself, and verifies what comes out.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example has a clock, a terminal and an environment"
)]

use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use seing::archive::{Key, Order, Outcome, RedbStore, SealingJournal, Settings, Store};
use seing::digest::{Algorithm, Digest};
use seing::evidence::DataObject;
use seing::key::{KeyKind, os_entropy};
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::pool::{Pool, Terms};
use seing::timestamp::{Authority, Client, Exchange, HttpOptions, HttpTransport, Token};
use seing::verify_evidence;

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => demonstrate(),
        [journal, tsa, root] => worker(journal, tsa, root, settings()),
        _ => Err("usage: journal_worker [JOURNAL 'TSA…' ROOT]".into()),
    }
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.window_orders = 1000;
    settings.window_age = Duration::from_secs(1);
    settings
}

/// Works on the orders of standard input until there are no more and every one has its record.
pub(crate) fn worker(journal: &str, tsa: &str, root: &str, settings: Settings) -> Fallible<()> {
    let mut anchors = TrustAnchors::none();
    for certificate in Certificate::parse_many(&std::fs::read(root)?)? {
        anchors.add(certificate);
    }
    let http = HttpTransport::new(&HttpOptions::default())?;
    let mut pool = Pool::new();
    for tsa in tsa.split(' ') {
        pool = pool.with(Client::new(tsa, http.clone(), os_entropy).trust(anchors.clone()), Terms::default());
    }
    let stamp = |root: &Digest, at: Time| pool.stamp(root, at);
    let (input, output) = (BufReader::new(io::stdin()), io::stdout());
    match journal.strip_prefix("postgresql:") {
        None => {
            work(&SealingJournal::new(RedbStore::open(journal, Algorithm::Sha256)?, settings)?, stamp, input, output)
        }
        Some(address) => shared(address, settings, stamp, input, output),
    }
}

#[cfg(feature = "store-postgres")]
fn shared(
    address: &str,
    settings: Settings,
    stamp: impl FnMut(&Digest, Time) -> seing::error::Result<Token>,
    input: BufReader<impl Read + Send>,
    output: impl Write + Send,
) -> Fallible<()> {
    // The address, and the schema where it is not the usual one: `host=… dbname=…#SCHEMA`.
    let (address, schema) = address.split_once('#').unwrap_or((address, "seing_journal"));
    let store = seing::archive::PostgresStore::connect(address, schema, Algorithm::Sha256)?;
    work(&SealingJournal::new(store, settings)?, stamp, input, output)
}

#[cfg(not(feature = "store-postgres"))]
fn shared<T, I, O>(_: &str, _: Settings, _: T, _: I, _: O) -> Fallible<()> {
    Err("PostgreSQL needs the feature store-postgres".into())
}

/// One thread takes orders in; this one closes windows and seals them meanwhile.
fn work<S: Store + Sync>(
    journal: &SealingJournal<S>,
    mut stamp: impl FnMut(&Digest, Time) -> seing::error::Result<Token>,
    input: BufReader<impl Read + Send>,
    output: impl Write + Send,
) -> Fallible<()> {
    let (output, no_more) = (&Mutex::new(output), &AtomicBool::new(false));
    std::thread::scope(|scope| {
        let taking = scope.spawn(move || {
            let taken = take_in(journal, input, output).map_err(|error| error.to_string());
            no_more.store(true, Ordering::Release);
            taken
        });
        loop {
            let last = no_more.load(Ordering::Acquire);
            if last {
                journal.close_all()?;
            } else {
                journal.close_due(now())?;
            }
            let pause = match journal.seal_next(now(), &mut stamp) {
                Ok(Some(sealing)) => {
                    let mut lines = Vec::new();
                    journal.each_record(sealing.window, |key, record| {
                        Ok(writeln!(lines, "record {key} {}", Algorithm::Sha256.digest(record))?)
                    })?;
                    say(output, &lines)?;
                    continue;
                }
                Ok(None) if last && journal.pending()?.orders == 0 => break,
                Ok(None) => PAUSE,
                // Without the authority orders wait, and past the limits of the operator new ones are refused. Nothing else
                // stands in for its time.
                Err(error) => {
                    eprintln!("journal_worker: {error}");
                    AFTER_A_FAILURE
                }
            };
            std::thread::sleep(pause);
        }
        match taking.join() {
            Ok(taken) => Ok(taken?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// As many orders to a transaction as there are lines at a time.
fn take_in<S: Store>(
    journal: &SealingJournal<S>,
    mut input: BufReader<impl Read>,
    output: &Mutex<impl Write>,
) -> Fallible<()> {
    let (mut line, mut ended) = (Vec::new(), false);
    while !ended {
        let (mut orders, mut lines) = (Vec::new(), Vec::new());
        while orders.len() < PORTION {
            line.clear();
            if input.read_until(b'\n', &mut line)? == 0 {
                ended = true;
                break;
            }
            match order(line.strip_suffix(b"\n").unwrap_or(&line)) {
                Ok(order) => orders.push(order),
                Err(error) => writeln!(lines, "refused a line: {error}")?,
            }
            if !input.buffer().contains(&b'\n') {
                break;
            }
        }
        for (order, admission) in orders.iter().zip(journal.submit_many(&orders)?) {
            match admission {
                Ok(_) => writeln!(lines, "accepted {}", order.key())?,
                Err(refusal) => writeln!(lines, "refused {}: {refusal}", order.key())?,
            }
        }
        say(output, &lines)?;
    }
    Ok(())
}

fn order(line: &[u8]) -> Fallible<Order> {
    let tabulator = line.iter().position(|octet| *octet == b'\t').ok_or("no tabulator after the order number")?;
    let (number, contract) = line.split_at(tabulator);
    let contract = contract.get(1..).unwrap_or_default();
    Ok(Order::new(number, &Algorithm::Sha256.digest(contract), now())?.of_octets(u64::try_from(contract.len())?))
}

fn say(output: &Mutex<impl Write>, lines: &[u8]) -> io::Result<()> {
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    output.write_all(lines)?;
    output.flush()
}

fn now() -> Time {
    SystemTime::now().into()
}

/// Orders that are in memory at a time.
const PORTION: usize = 1000;
const PAUSE: Duration = Duration::from_millis(10);
/// An authority that fails is not asked a hundred times a second.
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);

/// A thousand orders, an authority of this process whose certificate says TEST, and a journal in a temporary folder.
fn demonstrate() -> Fallible<()> {
    let pki = ThrowawayPki::new(now(), &Kinds::all(KeyKind::P256), &mut os_entropy)?;
    let anchors = pki.trust_anchors();
    let authority = pki.time_stamp_authority;
    let authority = Authority::new(authority.key, authority.chain, Oid::parse("2.999.1")?)?;
    let answer = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now(), &mut os_entropy));
    let mut tsa = Client::new("http://tsa.example/", answer, os_entropy).trust(anchors.clone());
    let contract = |number: usize| format!("order {number}: one desk, 1200 MAD");
    let lines: String = (0..ORDERS).map(|number| format!("CMD-{number}\t{}\n", contract(number))).collect();

    let folder = tempfile::tempdir()?;
    let path = folder.path().join("journal.redb");
    let mut settings = settings();
    settings.window_orders = 300;
    let mut said = Vec::new();
    let journal = SealingJournal::new(RedbStore::open(&path, Algorithm::Sha256)?, settings.clone())?;
    work(&journal, |root, at| tsa.stamp(root, at), BufReader::new(lines.as_bytes()), &mut said)?;
    drop(journal);
    let said = String::from_utf8(said)?;
    let count = |word: &str| said.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((count("accepted "), count("record "), count("refused ")), (ORDERS, ORDERS, 0));

    // Another process, another day.
    let journal = SealingJournal::new(RedbStore::open(&path, Algorithm::Sha256)?, settings)?;
    for number in 0..ORDERS {
        let Some(Outcome::Sealed { record, time, .. }) = journal.outcome(&Key::new(format!("CMD-{number}"))?)? else {
            return Err(format!("CMD-{number} has no record").into());
        };
        let document = contract(number);
        let report =
            verify_evidence(&record, &[DataObject::octets(document.as_bytes())]).trust(&anchors).at(now()).report()?;
        assert_eq!((report.imprint_intact, report.signature_intact), (Some(true), Some(true)), "{report}");
        if number == 0 {
            println!("CMD-0: {document:?} was there at {time}, says a record of {} octets", record.len());
        }
    }
    println!(
        "{ORDERS} orders in {} windows: every one has its record, and every record verifies",
        journal.sealed(None, ORDERS)?.len()
    );
    Ok(())
}

const ORDERS: usize = 1000;
