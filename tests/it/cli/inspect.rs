//! `seing inspect`: everything that the other commands write is said, and nothing secret.

use super::{Desk, sentence};

fn inspected(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(&[&["inspect"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", sentence(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn signed_documents_and_tokens_are_laid_out() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    desk.signed("signer", &["contract.txt", "--embed", "--tsa", &tsa.url, "-o", "contract.p7m"]);
    let said = inspected(&desk, &["contract.p7m"]);
    for line in
        ["CAdES B-T", "octets, attached", "signing-certificate-v2", "signature-time-stamp", "ed25519 with sha512"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(said.contains("by CN=TEST Time-Stamp Authority") && said.contains("CN=TEST Issuing CA"), "{said}");
    assert!(said.trim_end().ends_with("Nothing was judged: `seing verify` does that."), "{said}");
    desk.done(&["timestamp", "contract.txt", "--tsa", &tsa.url, "-o", "contract.tst"]);
    let said = inspected(&desk, &["contract.tst"]);
    assert!(said.contains("Time-stamp token") && said.contains("over               sha256:"), "{said}");
}

#[test]
fn certificates_lists_and_keys_are_told_apart() {
    let desk = Desk::new(Some("p256"));
    let said = inspected(&desk, &["pki/signer.pem"]);
    for line in [
        "CN=TEST Amina Berrada",
        "CN=TEST Issuing CA",
        "P-256",
        "nonRepudiation",
        "for electronic signatures",
        "law of MA",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(inspected(&desk, &["pki/tsa.pem"]).contains("kp-time-stamping (critical)"));
    let said = inspected(&desk, &["pki/root.crl"]);
    assert!(said.contains("Certificate revocation list") && said.contains("CN=TEST Root CA,O=TEST PKI,C=MA"), "{said}");

    let key = String::from_utf8(desk.octets("pki/seal.key")).unwrap();
    let all = ["pki/root.pem", "pki/seal.pem", "pki/seal.key"].map(|name| desk.octets(name)).concat();
    desk.put("all.pem", &all);
    let said = inspected(&desk, &["all.pem"]);
    assert_eq!(said.matches("Certificate\n").count(), 2, "{said}");
    assert!(said.contains("Private key\n    kind               P-256"), "{said}");
    for secret in key.lines().filter(|line| !line.starts_with("-----")) {
        assert!(!said.contains(secret), "{said}");
    }
    desk.put("secret", b"a pass phrase\n");
    desk.done(&["keygen", "--password-file", "secret", "-o", "me.key"]);
    assert!(inspected(&desk, &["me.key"]).contains("Private key, encrypted"));
    assert!(inspected(&desk, &["me.key", "--password-file", "secret"]).contains("Ed25519"));
}

#[test]
fn what_is_signed_in_other_ways_is_named() {
    let desk = Desk::new(None);
    for (name, octets) in
        [("a.pdf", &b"%PDF-1.7\n"[..]), ("a.asice", b"PK\x03\x04"), ("a.xml", b"<?xml version=\"1.0\"?>")]
    {
        desk.put(name, octets);
        assert!(desk.refused(4, &["inspect", name]).contains("does not read"));
    }
}
