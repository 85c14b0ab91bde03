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
use seing::key::{KeyKind, PublicKey, Signed, Signer, SoftwareKey, arithmetic, os_entropy, verify_batch};
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
    let twin = twin(&key, true);
    [key, twin]
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

/// The primitive alone signs and verifies the signed attributes; the rest is what the format takes, with the signer's
/// certificate in it or with its issuer's besides. Verification finds the key in the message, so that it is new every time.
fn cades() {
    println!("\nµs, CAdES B-B of 1 KiB, attached {:>19} {:>10} {:>10}", "primitive", "CAdES", "added");
    let now = Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap();
    let content = [0x42; 1024];
    let row = |what: String, bare: f64, whole: f64| {
        println!("  {what:<40} {bare:>10.1} {whole:>10.1} {:>10.1}", whole - bare);
    };
    for (kind, portable) in
        [KeyKind::Ed25519, KeyKind::P256].map(|kind| [(kind, false), (kind, true)]).into_iter().flatten()
    {
        let pki = ThrowawayPki::new(now, &Kinds::all(kind), &mut os_entropy).unwrap();
        let anchors = pki.trust_anchors();
        let chain = pki.customer.chain;
        let signer = if portable { pki.customer.key.portable() } else { pki.customer.key };
        let attributes =
            Signing::attached(&content, &chain, signer.algorithm(), now).prepare().unwrap().to_be_signed().to_vec();
        let value = signer.sign(&attributes).unwrap();
        let spki = signer.public_key().spki().to_vec();
        let algorithm = signer.algorithm();
        let name = if portable { "portable".to_owned() } else { arithmetic().to_string() };
        let identities = [
            Identity::new(twin(&signer, portable), chain.iter().take(1).cloned().collect()).unwrap(),
            Identity::new(twin(&signer, portable), chain.clone()).unwrap(),
        ];
        let [bare, short, long] = medians([
            work(|| signer.sign(&attributes).unwrap()),
            work(|| sign(&content, &identities[0]).claimed_at(now).finish().unwrap()),
            work(|| sign(&content, &identities[1]).claimed_at(now).finish().unwrap()),
        ]);
        row(format!("{kind} sign, {name}, 1 certificate"), bare, short);
        row(format!("{kind} sign, {name}, 2 certificates"), bare, long);
        if portable {
            continue;
        }
        let [short, long] = [0, 1].map(|place| sign(&content, &identities[place]).claimed_at(now).finish().unwrap());
        let budget = || Budget::new(&Limits::default());
        let verifier = signer.public_key().verifier(algorithm).unwrap();
        let [bare, fresh, one, two, report] = medians([
            work(|| verifier.verify(&attributes, &value).unwrap()),
            work(|| {
                let key = PublicKey::from_spki(&spki).unwrap();
                key.verifier(algorithm).unwrap().verify(&attributes, &value).unwrap();
            }),
            work(|| facts(&short, Content::Attached, &[], &mut budget()).unwrap()),
            work(|| facts(&long, Content::Attached, &[], &mut budget()).unwrap()),
            work(|| verify(&long).trust(&anchors).at(now).report().unwrap()),
        ]);
        row(format!("{kind} verify, the key read anew"), bare, fresh);
        row(format!("{kind} verify, {name}, 1 certificate"), bare, one);
        row(format!("{kind} verify, {name}, 2 certificates"), bare, two);
        row(format!("{kind} validation with its path"), bare, report);
    }
}

fn twin(key: &SoftwareKey, portable: bool) -> SoftwareKey {
    let pem = key.to_pkcs8_pem(None, &mut os_entropy).unwrap();
    let twin = SoftwareKey::from_pkcs8(pem.as_bytes(), None).unwrap();
    if portable { twin.portable() } else { twin }
}

fn main() {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    println!("{}", cpu.lines().find(|line| line.starts_with("model name")).unwrap_or("unknown processor"));
    println!("one core, median of {RUNS} interleaved runs; arithmetic: {}", arithmetic());
    primitives();
    batches();
    cades();
}
