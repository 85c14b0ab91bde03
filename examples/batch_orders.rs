//! One time-stamp for many orders, and an evidence record for each: `cargo run --release --example batch_orders -- 100000`.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example measures and says what it does")]

use std::time::Instant;

use seing::digest::Algorithm;
use seing::digest::many::{Parallelism, digests};
use seing::evidence::{Batch, DataObject};
use seing::key::{KeyKind, os_entropy};
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::timestamp::{Authority, Client, Exchange};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let orders: usize = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let threads = Parallelism::threads(std::thread::available_parallelism()?);
    let now = std::time::SystemTime::now().into();
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?; // TEST certificates
    let anchors = pki.trust_anchors();
    let authority = pki.time_stamp_authority;
    let authority = Authority::new(authority.key, authority.chain, Oid::parse("2.999.1")?)?;
    let answer = |ask: &Exchange| Ok(authority.respond(ask.body, now, &mut os_entropy));
    let mut tsa = Client::new("http://tsa.example/", answer, os_entropy).trust(anchors.clone());

    let mut batch = Batch::new(Algorithm::Sha256);
    let (mut made, mut hashing, start) = (0, std::time::Duration::ZERO, Instant::now());
    while made < orders {
        // The contracts of a moment; nothing holds on to them.
        let portion: Vec<Vec<u8>> = (made..orders.min(made + PORTION)).map(order).collect();
        let began = Instant::now();
        let leaves = digests(Algorithm::Sha256, &portion, threads);
        hashing += began.elapsed();
        made = batch.extend(leaves, threads)?.end;
    }
    let token = tsa.stamp(&batch.root()?, now)?;
    let sealed = batch.seal(&token)?;
    println!("{orders} orders hashed and treed in {:.2?}, of which hashing {hashing:.2?}", start.elapsed());

    let (start, mut octets, mut last) = (Instant::now(), 0, Vec::new());
    let mut records = sealed.records();
    while let Some(record) = records.next_record() {
        octets += record.octets().len();
        if record.place() + 1 == orders {
            last = record.octets().to_vec();
        }
    }
    println!("{orders} records of {octets} octets in all in {:.2?}", start.elapsed());

    let document = order(orders - 1);
    let report = seing::verify_evidence(&last, &[DataObject::octets(&document)]).trust(&anchors).at(now).report()?;
    assert_eq!(report.imprint_intact, Some(true));
    print!("{report}");
    Ok(())
}

/// A contract of 1 KiB.
fn order(number: usize) -> Vec<u8> {
    let mut order = format!("order {number}: one desk, 1200 MAD\n").into_bytes();
    order.resize(1024, b' ');
    order
}

/// Contracts that are in memory at a time.
const PORTION: usize = 4096;
