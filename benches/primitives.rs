//! Signature primitives with both arithmetics, Ed25519 in batches, and what CAdES adds to the primitive.
//!
//! `cargo bench --features graviola --bench primitives`; without the feature both columns are the portable arithmetic.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a benchmark has a clock and a terminal, and fails by panicking"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use seing::ades::cades::{Content, Signing, facts};
use seing::key::{KeyKind, Signed, Signer, SoftwareKey, arithmetic, os_entropy, verify_batch};
use seing::limits::{Budget, Limits};
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::{Identity, sign, verify};

const RUNS: usize = 11;

/// One run of one piece of work lasts about so long.
const RUN: Duration = Duration::from_millis(10);

/// The medians in µs of interleaved runs.
fn medians<const COUNT: usize>(mut works: [Box<dyn FnMut() + '_>; COUNT]) -> [f64; COUNT] {
    let repetitions: Vec<u32> = works
        .iter_mut()
        .map(|work| {
            let (start, mut count) = (Instant::now(), 0);
            while start.elapsed() < RUN {
                work();
                count += 1;
            }
            count
        })
        .collect();
    let mut times = vec![Vec::new(); COUNT];
    for _ in 0..RUNS {
        for ((work, count), times) in works.iter_mut().zip(&repetitions).zip(&mut times) {
            let start = Instant::now();
            for _ in 0..*count {
                work();
            }
            times.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(*count));
        }
    }
    for times in &mut times {
        times.sort_by(f64::total_cmp);
    }
    std::array::from_fn(|place| times[place][RUNS / 2])
}

fn work<'a, T>(mut work: impl FnMut() -> T + 'a) -> Box<dyn FnMut() + 'a> {
    Box::new(move || {
        black_box(work());
    })
}

/// Two keys that are the same but for the arithmetic.
fn twins(kind: KeyKind) -> [SoftwareKey; 2] {
    let key = SoftwareKey::generate(kind, &mut os_entropy).unwrap();
    let twin = SoftwareKey::from_pkcs8(key.to_pkcs8_pem(None, &mut os_entropy).unwrap().as_bytes(), None).unwrap();
    [key, twin.portable()]
}

fn primitives() {
    println!("\nµs, message of 192 octets {:>22} {:>10} {:>8}", arithmetic().to_string(), "portable", "ratio");
    let message = [0x5a; 192];
    for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072, KeyKind::Rsa4096] {
        let [fast, slow] = twins(kind);
        let [one, other] = medians([work(|| fast.sign(&message).unwrap()), work(|| slow.sign(&message).unwrap())]);
        println!("  {:<30} {one:>16.1} {other:>10.1} {:>7.2}x", format!("{kind} sign"), other / one);
        let verifier = fast.public_key().verifier(fast.algorithm()).unwrap();
        let signature = slow.sign(&message).unwrap();
        let [one, other] = medians([
            work(|| verifier.verify(&message, &signature).unwrap()),
            work(|| verifier.portable().verify(&message, &signature).unwrap()),
        ]);
        println!("  {:<30} {one:>16.1} {other:>10.1} {:>7.2}x", format!("{kind} verify"), other / one);
    }
}

fn batches() {
    println!("\nµs per Ed25519 signature of a batch, message of 192 octets");
    println!("  {:>7} {:>6} {:>10} {:>12} {:>12}", "batch", "keys", "together", arithmetic().to_string(), "portable");
    for (length, count) in [(16, 1), (256, 1), (512, 1), (1024, 1), (4096, 1), (4096, 64), (4096, 4096), (16384, 1)] {
        let keys: Vec<_> =
            (0..count).map(|_| SoftwareKey::generate(KeyKind::Ed25519, &mut os_entropy).unwrap()).collect();
        let messages: Vec<Vec<u8>> = (0..length).map(|place: usize| vec![place.to_le_bytes()[0]; 192]).collect();
        let signatures: Vec<_> =
            messages.iter().enumerate().map(|(place, message)| keys[place % count].sign(message).unwrap()).collect();
        let batch: Vec<_> = messages
            .iter()
            .zip(&signatures)
            .enumerate()
            .map(|(place, (message, signature))| {
                let key = &keys[place % count];
                let verifier = key.public_key().verifier(key.algorithm()).unwrap();
                (verifier, message, signature)
            })
            .collect();
        let signed: Vec<_> =
            batch.iter().map(|(verifier, message, signature)| Signed::new(*verifier, message, signature)).collect();
        let each = medians([
            work(|| verify_batch(&signed).unwrap()),
            work(|| {
                batch.iter().for_each(|(verifier, message, signature)| verifier.verify(message, signature).unwrap());
            }),
            work(|| {
                batch.iter().for_each(|(key, message, signature)| key.portable().verify(message, signature).unwrap());
            }),
        ]);
        let [together, one, other] = each.map(|time| time / f64::from(u16::try_from(length).unwrap()));
        println!("  {length:>7} {count:>6} {together:>10.1} {one:>12.1} {other:>12.1}");
    }
}

/// The primitive alone signs and verifies the signed attributes; the rest is what the format takes.
fn cades() {
    println!("\nµs, CAdES B-B of 1 KiB, attached       primitive      CAdES      added");
    let now = Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap();
    let content = [0x42; 1024];
    for kind in [KeyKind::Ed25519, KeyKind::P256] {
        for name in [arithmetic().to_string().as_str(), "portable"] {
            let pki = ThrowawayPki::new(now, &Kinds::all(kind), &mut os_entropy).unwrap();
            let anchors = pki.trust_anchors();
            let key = if name == "portable" { pki.customer.key.portable() } else { pki.customer.key };
            let identity = Identity::new(key, pki.customer.chain).unwrap();
            let signer = identity.signer();
            let prepared = Signing::attached(&content, identity.chain(), signer.algorithm(), now).prepare().unwrap();
            let attributes = prepared.to_be_signed().to_vec();
            let [bare, whole] = medians([
                work(|| signer.sign(&attributes).unwrap()),
                work(|| sign(&content, &identity).claimed_at(now).finish().unwrap()),
            ]);
            println!("  {:<30} {bare:>16.1} {whole:>10.1} {:>10.1}", format!("{kind} sign, {name}"), whole - bare);
            if name == "portable" {
                continue;
            }
            let value = signer.sign(&attributes).unwrap();
            let signed = sign(&content, &identity).claimed_at(now).finish().unwrap();
            let verifier = signer.public_key().verifier(signer.algorithm()).unwrap();
            let [bare, whole, report] = medians([
                work(|| verifier.verify(&attributes, &value).unwrap()),
                work(|| facts(&signed, Content::Attached, &[], &mut Budget::new(&Limits::default())).unwrap()),
                work(|| verify(&signed).trust(&anchors).at(now).report().unwrap()),
            ]);
            println!("  {:<30} {bare:>16.1} {whole:>10.1} {:>10.1}", format!("{kind} verify, {name}"), whole - bare);
            println!("  {:<30} {bare:>16.1} {report:>10.1}", format!("{kind} validate the chain, {name}"));
        }
    }
}

fn main() {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    println!("{}", cpu.lines().find(|line| line.starts_with("model name")).unwrap_or("unknown processor"));
    println!("one core, median of {RUNS} interleaved runs; arithmetic: {}", arithmetic());
    primitives();
    batches();
    cades();
}
