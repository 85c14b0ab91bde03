//! `openssl cms -verify -cades` accepts what is signed here.

use seing::digest::Algorithm::{Sha256, Sha384, Sha512};
use seing::key::SignatureAlgorithm::{self, Ecdsa, RsaPkcs1, RsaPss};
use seing::{Identity, sign, sign_beside, sign_detached, verify};

use super::bench::{Bench, CONTRACT, P256, P384, RSA, now, soon};

const SIGNERS: &[(&str, &str, Option<SignatureAlgorithm>)] = &[
    ("p256", P256, None),
    ("p256_sha512", P256, Some(Ecdsa(Sha512))),
    ("p384", P384, None),
    ("rsa", RSA, None),
    ("rsa_sha384", RSA, Some(RsaPkcs1(Sha384))),
    ("pss", RSA, Some(RsaPss { digest: Sha256, salt: 32 })),
    ("pss_sha512", RSA, Some(RsaPss { digest: Sha512, salt: 64 })),
];

#[track_caller]
fn openssl_accepts(bench: &Bench, signed: &[u8], detached: bool) {
    bench.write("signed.p7s", signed);
    let content = if detached { "-content contract" } else { "" };
    bench.openssl(&format!(
        "cms -verify -cades -binary -inform DER -in signed.p7s {content} -CAfile root.pem -out verified"
    ));
    assert_eq!(bench.read("verified"), CONTRACT);
}

#[track_caller]
fn we_accept(bench: &Bench, signed: &[u8], detached: bool, signers: usize) {
    let anchors = bench.anchors();
    let verification = verify(signed).trust(&anchors).at(soon()).signers(signers);
    let verification = if detached { verification.content(CONTRACT) } else { verification };
    verification.report().unwrap().require_passed().unwrap();
}

fn both_shapes(bench: &Bench, identity: &Identity) -> [(Vec<u8>, bool); 2] {
    let digest = identity.signer().algorithm().digest().unwrap().digest(CONTRACT);
    let attached = sign(CONTRACT, identity).claimed_at(now()).finish().unwrap();
    let detached = sign_detached(&digest, identity).claimed_at(now()).finish().unwrap();
    bench.write("attached", &attached);
    [(attached, false), (detached, true)]
}

#[test]
fn openssl_accepts_every_algorithm_attached_and_detached() {
    let Some(bench) = Bench::new() else { return };
    for (name, key, algorithm) in SIGNERS {
        bench.person(name, key);
        for (signed, detached) in both_shapes(&bench, &bench.identity(name, *algorithm)) {
            openssl_accepts(&bench, &signed, detached);
            we_accept(&bench, &signed, detached, 1);
        }
    }
}

#[test]
fn openssl_accepts_time_stamped_signatures() {
    let Some(bench) = Bench::new() else { return };
    let authority = bench.authority("tsa", P256, None);
    for (name, key, algorithm) in SIGNERS.iter().filter(|(name, ..)| matches!(*name, "p256" | "p384" | "pss")) {
        bench.person(name, key);
        let identity = bench.identity(name, *algorithm);
        let mut client = bench.client(&authority);
        let signed = sign(CONTRACT, &identity).claimed_at(now()).timestamp(&mut client).finish().unwrap();
        openssl_accepts(&bench, &signed, false);
        we_accept(&bench, &signed, false, 1);
    }
}

#[test]
fn openssl_accepts_several_signers() {
    let Some(bench) = Bench::new() else { return };
    let authority = bench.authority("tsa", P256, None);
    for detached in [false, true] {
        let mut signed: Option<Vec<u8>> = None;
        for (name, key, algorithm) in [SIGNERS[0], SIGNERS[2], SIGNERS[6]] {
            if !detached {
                bench.person(name, key);
            }
            let identity = bench.identity(name, algorithm);
            let digest = identity.signer().algorithm().digest().unwrap().digest(CONTRACT);
            let mut client = bench.client(&authority);
            let signing = match &signed {
                Some(before) => sign_beside(before, detached.then_some(&digest), &identity),
                None if detached => sign_detached(&digest, &identity),
                None => sign(CONTRACT, &identity),
            };
            let next = signing.claimed_at(now()).timestamp(&mut client).finish().unwrap();
            openssl_accepts(&bench, &next, detached);
            signed = Some(next);
        }
        we_accept(&bench, &signed.unwrap(), detached, 3);
    }
}

/// OpenSSL's signature beside ours, and ours beside OpenSSL's.
#[test]
fn openssl_and_we_sign_the_same_document() {
    let Some(bench) = Bench::new() else { return };
    bench.person("ours", P256);
    bench.person("theirs", RSA);
    let ours = bench.identity("ours", None);
    let theirs = "-cades -binary -signer theirs.pem -inkey theirs.key -certfile ca.pem";

    bench.write("ours.p7s", &sign(CONTRACT, &ours).claimed_at(now()).finish().unwrap());
    bench.openssl(&format!("cms -resign -inform DER -in ours.p7s {theirs} -md sha256 -outform DER -out both.p7s"));
    openssl_accepts(&bench, &bench.read("both.p7s"), false);
    we_accept(&bench, &bench.read("both.p7s"), false, 2);

    for stream in ["", "-stream"] {
        bench.openssl(&format!(
            "cms -sign -nodetach {stream} -md sha512 {theirs} -in contract -outform DER -out theirs.p7s"
        ));
        let both = sign_beside(&bench.read("theirs.p7s"), None, &ours).claimed_at(now()).finish().unwrap();
        openssl_accepts(&bench, &both, false);
        we_accept(&bench, &both, false, 2);
    }
}

/// That OpenSSL accepts means something: it refuses what was changed.
#[test]
fn openssl_refuses_what_was_changed() {
    let Some(bench) = Bench::new() else { return };
    bench.person("p256", P256);
    for (mut signed, detached) in both_shapes(&bench, &bench.identity("p256", None)) {
        let last = signed.len() - 1;
        signed[last] ^= 1;
        bench.write("signed.p7s", &signed);
        let content = if detached { "-content contract" } else { "" };
        let verify = format!("cms -verify -cades -binary -inform DER -in signed.p7s {content} -CAfile root.pem");
        assert!(bench.try_openssl(&verify).unwrap_err().contains("verification failure"));
        let anchors = bench.anchors();
        let report = verify_of(&signed, detached).trust(&anchors).at(soon()).report().unwrap();
        assert_eq!(report.indication().to_string(), "TOTAL_FAILED/SIG_CRYPTO_FAILURE");
    }
}

fn verify_of(signed: &[u8], detached: bool) -> seing::Verification<'_> {
    if detached { verify(signed).content(CONTRACT) } else { verify(signed) }
}
