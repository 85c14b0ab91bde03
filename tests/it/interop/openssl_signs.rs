//! What `openssl cms -sign -cades` makes is accepted here.

use seing::key::os_entropy;
use seing::validation::{Report, Severity};
use seing::verify;

use super::bench::{Bench, CONTRACT, ED25519, P256, P384, P521, RSA, RSA_1024, soon};
use crate::workshop::says;

/// Signs the contract with `openssl cms -sign` and these arguments, and reports on it.
fn signed(bench: &Bench, arguments: &str) -> Report {
    bench.openssl(&format!("cms -sign -in contract {arguments} -out signed"));
    report(bench, arguments)
}

fn report(bench: &Bench, arguments: &str) -> Report {
    let (octets, anchors, authority) = (bench.read("signed"), bench.anchors(), [bench.certificate("ca")]);
    let verification = verify(&octets).trust(&anchors).certificates(&authority).at(soon());
    let attached = arguments.contains("-nodetach");
    if attached { verification.report() } else { verification.content(CONTRACT).report() }.unwrap()
}

#[track_caller]
fn accepted(bench: &Bench, arguments: &str) {
    let report = signed(bench, arguments);
    assert_eq!(report.indication().to_string(), "TOTAL_PASSED", "{arguments}: {:#?}", report.signatures);
}

const SHAPES: &[&str] = &[
    "-outform DER",
    "-outform DER -nodetach",
    "-outform DER -stream",
    "-outform DER -indef -nodetach",
    "-outform PEM",
    "-outform PEM -nodetach -stream",
];

fn whole(shape: &str) -> bool {
    !shape.contains("-stream") && !shape.contains("-indef")
}

fn by(name: &str) -> String {
    format!("-cades -binary -signer {name}.pem -inkey {name}.key")
}

#[test]
fn every_curve_and_hash_is_accepted_in_every_shape() {
    let Some(bench) = Bench::new() else { return };
    for (name, key) in [("p256", P256), ("p384", P384), ("p521", P521)] {
        bench.person(name, key);
        for md in ["sha256", "sha384", "sha512"] {
            accepted(&bench, &format!("{} -md {md} -outform DER -stream -nodetach", by(name)));
        }
        for shape in SHAPES {
            accepted(&bench, &format!("{} -md sha256 {shape}", by(name)));
        }
    }
}

#[test]
fn rsa_is_accepted_in_every_shape() {
    let Some(bench) = Bench::new() else { return };
    bench.person("rsa", RSA);
    for md in ["sha256", "sha384", "sha512", "sha3-256", "sha3-512"] {
        accepted(&bench, &format!("{} -md {md} -outform DER -nodetach", by("rsa")));
    }
    for shape in SHAPES {
        accepted(&bench, &format!("{} {shape}", by("rsa")));
    }
}

#[test]
fn rsa_pss_is_accepted_with_salts_of_every_length() {
    let Some(bench) = Bench::new() else { return };
    bench.person("rsa", RSA);
    let pss = format!("{} -keyopt rsa_padding_mode:pss", by("rsa"));
    // OpenSSL 3.0 streams RSASSA-PSS only by keys that are for nothing else ("illegal zero content" otherwise).
    for shape in SHAPES.iter().filter(|shape| whole(shape)) {
        accepted(&bench, &format!("{pss} {shape}"));
    }
    for salt in ["digest", "max", "auto", "0", "20", "32", "48", "222"] {
        accepted(&bench, &format!("{pss} -md sha256 -keyopt rsa_pss_saltlen:{salt} -outform DER -nodetach"));
        accepted(
            &bench,
            &format!("{pss} -md sha384 -keyopt rsa_pss_saltlen:{} -outform DER", salt.replace("222", "206")),
        );
    }
    // Message and mask of different hashes are not supported, and not accepted.
    let report = signed(&bench, &format!("{pss} -md sha256 -keyopt rsa_mgf1_md:sha512 -outform DER"));
    assert_eq!(report.indication().to_string(), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
    assert!(says(&report, "different hashes for message and mask"));
}

#[test]
fn signers_by_key_identifier_several_signers_and_pieces_are_accepted() {
    let Some(bench) = Bench::new() else { return };
    for (name, key) in [("p256", P256), ("p384", P384), ("rsa", RSA)] {
        bench.person(name, key);
    }
    for shape in SHAPES {
        accepted(&bench, &format!("{} -keyid {shape}", by("p256")));
        let pss = if whole(shape) { "-keyopt rsa_padding_mode:pss" } else { "" };
        let others = format!("-signer p384.pem -inkey p384.key -signer rsa.pem -inkey rsa.key {pss}");
        let report = signed(&bench, &format!("{} {others} -certfile ca.pem -md sha256 {shape}", by("p256")));
        assert_eq!(report.signatures.len(), 3);
        assert_eq!(report.indication().to_string(), "TOTAL_PASSED", "{shape}");
    }
    accepted(&bench, &format!("{} -nosmimecap -outform DER", by("p256")));
    accepted(&bench, &format!("{} -receipt_request_all -receipt_request_to a@example.org -outform DER", by("p256")));
    // Enough content for OpenSSL to write it in several pieces.
    let mut long = vec![0; 300_000];
    os_entropy(&mut long).unwrap();
    bench.write("long", &long);
    bench.openssl(&format!("cms -sign -in long {} -nodetach -stream -outform DER -out signed", by("p256")));
    assert_eq!(report(&bench, "-nodetach").indication().to_string(), "TOTAL_PASSED");
    let mut changed = bench.read("signed");
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    bench.write("signed", &changed);
    assert_ne!(report(&bench, "-nodetach").indication().to_string(), "TOTAL_PASSED");
}

#[test]
fn what_is_not_checked_is_said() {
    let Some(bench) = Bench::new() else { return };
    bench.person("silent", P256);
    let report = signed(&bench, &format!("{} -outform DER", by("silent")));
    assert!(says(&report, "the certificate names no source"));
    let warned = |report: &Report| report.signatures[0].findings.iter().any(|found| found.severity == Severity::Warn);
    assert!(warned(&report));
    bench.certify("revocable", P256, "revocable", "ca");
    let report = signed(&bench, &format!("{} -outform DER", by("revocable")));
    assert_eq!(report.indication().to_string(), "INDETERMINATE/TRY_LATER");
    assert!(says(&report, "http://ocsp.example/, http://crl.example/list.crl"));
}

#[test]
fn what_is_less_than_a_good_signature_is_not_accepted() {
    let Some(bench) = Bench::new() else { return };
    for (name, key) in [("p256", P256), ("short", RSA_1024), ("ed", ED25519)] {
        bench.person(name, key);
    }
    let plain = |name: &str| format!("-binary -outform DER -signer {name}.pem -inkey {name}.key");
    for (arguments, verdict) in [
        (plain("p256"), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        (format!("{} -noattr", plain("p256")), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        (format!("{} -noattr -nodetach", plain("p256")), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        (format!("{} -cades -nocerts", plain("p256")), "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND"),
        (format!("{} -cades -md sha1", plain("p256")), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
        // 112 bits of strength, which the default policy takes until 2030.
        (format!("{} -cades -md sha224", plain("p256")), "TOTAL_PASSED"),
        (format!("{} -cades", plain("short")), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
        // Without -binary OpenSSL signs other octets than those of the file: it writes CR LF at every end of a line.
        ("-cades -outform DER -signer p256.pem -inkey p256.key".to_owned(), "TOTAL_FAILED/HASH_FAILURE"),
        (format!("{} -cades -econtent_type 1.2.3.4 -nodetach", plain("p256")), "TOTAL_PASSED"),
    ] {
        assert_eq!(signed(&bench, &arguments).indication().to_string(), verdict, "{arguments}");
    }
}
