//! Validating a CAdES B-B signature of 1 KiB with its chain of a signer, an intermediate authority and a root: what it takes
//! beside the signatures that are verified.
//!
//! `cargo bench --features graviola --bench verify`; without the feature both arithmetics are the portable one.
#![expect(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program that measures and prints"
)]

#[expect(dead_code, reason = "shared with the benchmarks of the hashing core")]
mod measure;

use measure::{contender, medians};
use seing::key::{KeyKind, arithmetic, os_entropy};
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::{Identity, sign, verify};

fn main() {
    measure::machine();
    println!("arithmetic: {}\n", arithmetic());
    let now = Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap();
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        let pki = ThrowawayPki::new(now, &Kinds::all(kind), &mut os_entropy).unwrap();
        let anchors = pki.trust_anchors();
        let identity = Identity::new(pki.merchant.key, pki.merchant.chain).unwrap();
        let signed = sign(&[0x42; 1024], &identity).claimed_at(now).finish().unwrap();
        let whole = || verify(&signed).trust(&anchors).at(now).report().unwrap().require_passed().unwrap();
        if std::env::args().any(|argument| argument == "cold") {
            for _ in 0..20000 {
                whole();
            }
            continue;
        }
        let times = medians(&mut [contender("cold", whole)]);
        println!("{kind}: {:.1}", times[0] / 1000.0);
    }
}
