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
use seing::ades::cades::Signing;
use seing::key::{KeyKind, arithmetic, os_entropy};
use seing::pki::path::KnownPaths;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::{Identity, sign, verify};

fn main() {
    measure::machine();
    println!("arithmetic: {}; \u{b5}s, medians; the rest is what is taken beside the signatures\n", arithmetic());
    println!("{:<24} {:>10} {:>10} {:>10}", "", "signatures", "validation", "the rest");
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        of(kind);
    }
}

fn of(kind: KeyKind) {
    let now = Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap();
    let pki = ThrowawayPki::new(now, &Kinds::all(kind), &mut os_entropy).unwrap();
    let anchors = pki.trust_anchors();
    let [root, authority, signer] =
        [&pki.root, &pki.intermediate, &pki.merchant].map(|member| member.certificate().clone());
    let identity = Identity::new(pki.merchant.key, pki.merchant.chain).unwrap();
    let signed = sign(&CONTENT, &identity).claimed_at(now).finish().unwrap();
    let algorithm = identity.signer().algorithm();
    let attributes = Signing::attached(&CONTENT, identity.chain(), algorithm, now).prepare().unwrap();
    let attributes = attributes.to_be_signed();
    let value = identity.signer().sign(attributes).unwrap();
    let verifier = signer.public_key().unwrap().verifier(algorithm).unwrap();
    let keys = [authority.public_key().unwrap(), root.public_key().unwrap()];

    let one = || verifier.verify(attributes, &value).unwrap();
    let three = || {
        one();
        signer.verify_issued_by(keys[0]).unwrap().unwrap();
        authority.verify_issued_by(keys[1]).unwrap().unwrap();
    };
    let cold = || verify(&signed).trust(&anchors).at(now).report().unwrap().require_passed().unwrap();
    let mut paths = KnownPaths::default();
    let kept =
        || verify(&signed).trust(&anchors).known_paths(&mut paths).at(now).report().unwrap().require_passed().unwrap();
    let times = medians(&mut [
        contender("one", one),
        contender("three", three),
        contender("cold", cold),
        contender("kept", kept),
    ]);
    let times: Vec<f64> = times.iter().map(|time| time / 1000.0).collect();
    for (name, alone, whole) in [("cold", times[1], times[2]), ("path validated before", times[0], times[3])] {
        let name = format!("{kind} {name}");
        println!("{name:<32} {alone:>10.1} {whole:>10.1} {:>10.1}", whole - alone);
    }
}

const CONTENT: [u8; 1024] = [0x42; 1024];
