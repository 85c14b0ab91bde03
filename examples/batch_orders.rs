//! One time-stamp for many orders, and an evidence record for each: `cargo run --release --example batch_orders -- 100000`.
//!
//! It measures what a record costs beside hashing the orders alone, and beside a time-stamp for each order.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example measures and says what it does")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use seing::digest::Algorithm;
use seing::digest::many::{Parallelism, digests};
use seing::error::{Error, ErrorKind, Result};
use seing::evidence::{Batch, DataObject};
use seing::key::{KeyKind, os_entropy};
use seing::oid::Oid;
use seing::pki::TrustAnchors;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let orders: usize = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let cores = std::thread::available_parallelism()?;
    let threads = Parallelism::threads(cores);
    let now = std::time::SystemTime::now().into();
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?; // TEST certificates
    let anchors = pki.trust_anchors();
    let authority = pki.time_stamp_authority;
    let authority = Authority::new(authority.key, authority.chain, Oid::parse("2.999.1")?)?;

    // The batch. Nothing holds on to the orders: those of a moment are made, and the clock stands meanwhile.
    let mut batch = Batch::new(Algorithm::Sha256);
    let (mut hashing, mut treeing, mut made) = (Duration::ZERO, Duration::ZERO, 0);
    while made < orders {
        let portion: Vec<Vec<u8>> = (made..orders.min(made + PORTION)).map(order).collect();
        let start = Instant::now();
        let leaves = digests(Algorithm::Sha256, &portion, threads);
        hashing += start.elapsed();
        let start = Instant::now();
        made = batch.extend(leaves, threads)?.end;
        treeing += start.elapsed();
    }
    let start = Instant::now();
    let token = client(&authority, &anchors, now).stamp(&batch.root()?, now)?;
    let sealed = batch.seal(&token)?;
    let stamping = start.elapsed();
    let (start, mut octets, mut last) = (Instant::now(), 0, Vec::new());
    let mut records = sealed.records();
    while let Some(record) = records.next_record() {
        octets += black_box(record.octets()).len();
        if record.place() + 1 == orders {
            last = record.octets().to_vec();
        }
    }
    let recording = start.elapsed();
    let whole = hashing + treeing + stamping + recording;

    // A time-stamp for each order: so many of them measured, on as many cores, with the same authority and the same checks.
    let start = Instant::now();
    std::thread::scope(|scope| {
        let stamping = |first: usize| {
            let (authority, anchors) = (&authority, &anchors);
            move || -> Result<()> {
                let mut tsa = client(authority, anchors, now);
                for number in (first..TOKENS).step_by(cores.get()) {
                    tsa.stamp(&Algorithm::Sha256.digest(&order(number)), now)?;
                }
                Ok(())
            }
        };
        let workers: Vec<_> = (0..cores.get()).map(|first| scope.spawn(stamping(first))).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    let each = start.elapsed().as_secs_f64() / count(TOKENS)?;
    let singly = each * count(orders)?;

    println!("{orders} orders of 1 KiB on {cores} cores");
    println!("  hashing            {hashing:>10.2?}");
    println!("  tree               {treeing:>10.2?}");
    println!("  one time-stamp     {stamping:>10.2?}  of an authority in this process, checked");
    println!("  records            {recording:>10.2?}  {octets} octets in all, one after the other in memory");
    println!("  all of it          {whole:>10.2?}  {:.2}x of hashing", whole.as_secs_f64() / hashing.as_secs_f64());
    println!(
        "  a token for each   {:>9.2}s  {:.0}x of all of it; {TOKENS} were measured, {:.1} µs each, and scaled",
        singly,
        singly / whole.as_secs_f64(),
        each * 1e6,
    );
    match peak_memory() {
        Some(peak) => println!("  most memory        {peak:>10}"),
        None => println!("  most memory        not told by this system"),
    }

    let document = order(orders.saturating_sub(1));
    let report = seing::verify_evidence(&last, &[DataObject::octets(&document)]).trust(&anchors).at(now).report()?;
    assert_eq!(report.imprint_intact, Some(true));
    print!("\nthe last record: {report}");
    Ok(())
}

/// A client of the authority, without a network in between.
fn client<'a>(authority: &'a Authority, anchors: &TrustAnchors, now: Time) -> Client<'a> {
    let answer = move |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now, &mut os_entropy));
    Client::new("http://tsa.example/", answer, os_entropy).trust(anchors.clone())
}

/// A contract of 1 KiB.
fn order(number: usize) -> Vec<u8> {
    let mut order = format!("order {number}: one desk, 1200 MAD\n").into_bytes();
    order.resize(1024, b' ');
    order
}

/// The most memory that this process has had, where the system says so.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    peak.map(|kib: u64| format!("{} MiB", kib.div_ceil(1024)))
}

fn count(number: usize) -> Result<f64> {
    let number = u32::try_from(number);
    let too_many = |error| Error::new(ErrorKind::Misuse, "more orders than can be counted").because(error);
    number.map(f64::from).map_err(too_many)
}

/// Contracts that are in memory at a time.
const PORTION: usize = 4096;

/// Time-stamps that are measured one by one.
const TOKENS: usize = 4000;
