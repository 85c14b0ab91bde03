//! Validating a CAdES B-B signature of 1 KiB with its chain, P-256, against OpenSSL's `CMS_verify` of the same file: medians of
//! interleaved runs, and ratios.
//!
//! `cargo run --release --bin verification` in this folder. Needs OpenSSL's headers and a C compiler.

#[path = "../../../measure/mod.rs"]
#[expect(dead_code, reason = "shared with the benchmarks of the hashing core")]
mod measure;

use std::time::SystemTime;

use measure::{contender, medians};
use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::x509::X509;
use openssl::x509::store::X509StoreBuilder;
use seing::key::{KeyKind, arithmetic, os_entropy};
use seing::pki::path::KnownPaths;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::{Identity, sign, verify};

fn main() {
    measure::machine();
    println!("arithmetic of seing: {}", arithmetic());
    println!("OpenSSL: {}", openssl::version::version());
    let now = SystemTime::now().into();
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy).unwrap();
    let anchors = pki.trust_anchors();
    let [root, intermediate] = [&pki.root, &pki.intermediate].map(|member| member.certificate().clone());
    let signer = pki.merchant.certificate().clone();
    let identity = Identity::new(pki.merchant.key, pki.merchant.chain).unwrap();
    let signed = sign(&[0x42; 1024], &identity).claimed_at(now).finish().unwrap();

    let mut store = X509StoreBuilder::new().unwrap();
    store.add_cert(X509::from_der(root.der()).unwrap()).unwrap();
    let store = store.build();

    let value = identity.signer().sign(&[0x5a; 192]).unwrap();
    let key = signer.public_key().unwrap();
    let verifier = key.verifier(identity.signer().algorithm()).unwrap();
    let keys = [root.public_key().unwrap(), intermediate.public_key().unwrap()];
    let one = || verifier.verify(&[0x5a; 192], &value).unwrap();

    let cold = || verify(&signed).trust(&anchors).at(now).report().unwrap().require_passed().unwrap();
    let mut paths = KnownPaths::default();
    let kept =
        || verify(&signed).trust(&anchors).known_paths(&mut paths).at(now).report().unwrap().require_passed().unwrap();
    let mut contenders = [
        contender("one signature alone", one),
        contender("the three signatures alone", || {
            one();
            signer.verify_issued_by(keys[1]).unwrap().unwrap();
            intermediate.verify_issued_by(keys[0]).unwrap().unwrap();
        }),
        contender("seing, cold", cold),
        contender("seing, path validated before", kept),
        contender("OpenSSL, CMS_verify", || {
            let mut message = CmsContentInfo::from_der(&signed).unwrap();
            message.verify(None, Some(&store), None, None, CMSOptions::empty()).unwrap();
        }),
    ];
    let times = medians(&mut contenders);
    println!("\u{b5}s, medians\n");
    for (contender, time) in contenders.iter().zip(&times) {
        println!("{:<30} {:>8.1}", contender.name, time / 1000.0);
    }
    let [one, three, cold, kept, openssl] = times[..] else { unreachable!("five contenders") };
    println!("\nover OpenSSL: cold {:.2}x, path validated before {:.2}x", openssl / cold, openssl / kept);
    println!("over the signatures alone: cold {:.2}x, path validated before {:.2}x", cold / three, kept / one);
}
