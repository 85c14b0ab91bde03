//! From an empty folder to a verified contract: pki, tsa, sign, verify, timestamp.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::{CONTRACT, Desk, nobody, sentence};
use crate::tool;

/// Every name must be there; others may join them in later versions of the same schema.
fn has(value: &Value, names: &[&str]) {
    let there: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(there.is_superset(&BTreeSet::from_iter(names.iter().copied())), "{there:?}");
}

#[test]
fn a_contract_is_signed_stamped_and_verified() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    desk.signed("signer", &["contract.txt", "--tsa", &tsa.url, "--tsa-trust", "pki/root.pem"]);
    assert_eq!(desk.octets("contract.txt"), CONTRACT.as_bytes());
    let report = desk.accepted(&["contract.txt.p7s", "--content", "contract.txt"]);

    has(&report, &["schema", "validation_time", "signatures"]);
    assert_eq!(report["schema"], "seing-report/1");
    let signature = &report["signatures"][0];
    let expected = [
        ("format", "CAdES"),
        ("level", "B-T"),
        ("indication", "TOTAL_PASSED"),
        ("algorithm", "ed25519"),
        ("claimed_signing_time", "T"),
        ("best_signature_time", "T"),
    ];
    for (name, value) in expected {
        let said = signature[name].as_str().unwrap();
        assert!(said == value || (value == "T" && said.ends_with('Z')), "{name}: {said}");
    }
    let others = ["container", "sub_indication", "signature_intact", "data_intact", "signer", "timestamps", "findings"];
    has(signature, &others);
    assert!(signature["container"].is_null() && signature["sub_indication"].is_null());
    assert!(signature["signature_intact"] == true && signature["data_intact"] == true);
    let signer = &signature["signer"];
    has(signer, &["subject", "issuer", "serial"]);
    assert!(signer["subject"].as_str().unwrap().contains("CN=TEST Amina Berrada"), "{signer}");
    assert!(signer["serial"].as_str().unwrap().bytes().all(|octet| octet.is_ascii_hexdigit()));
    for finding in signature["findings"].as_array().unwrap() {
        has(finding, &["clause", "severity", "message"]);
    }
    let timestamp = &signature["timestamps"][0];
    let expected = [("kind", "signature"), ("indication", "PASSED")];
    for (name, value) in expected {
        assert_eq!(timestamp[name], value);
    }
    let others = ["time", "sub_indication", "imprint_intact", "signature_intact", "tsa", "findings"];
    has(timestamp, &others);
    assert!(timestamp["imprint_intact"] == true && timestamp["signature_intact"] == true);
    assert!(timestamp["tsa"].as_str().unwrap().contains("TEST Time-Stamp Authority"), "{timestamp}");
}

#[test]
fn verdicts_have_exit_statuses() {
    let desk = Desk::new(None);
    desk.signed("signer", &["contract.txt", "-o", "contract.p7s"]);
    desk.put("other.txt", b"Bon de commande 4711 : 9 999,00 MAD");
    let signed = ["contract.p7s", "--content", "contract.txt"];
    desk.accepted(&signed);
    let (status, report) = desk.verify(&["contract.p7s", "--content", "other.txt"]);
    assert_eq!((status, &report["signatures"][0]["sub_indication"]), (Some(1), &Value::from("HASH_FAILURE")));
    assert_eq!(report["signatures"][0]["data_intact"], false);
    let (status, report) = desk.verify(&["contract.p7s"]);
    assert_eq!(status, Some(3));
    assert!(report["signatures"][0]["data_intact"].is_null());
    let untrusted = desk.run(&[&["verify"], &signed[..]].concat());
    assert_eq!(untrusted.status.code(), Some(3), "{}", sentence(&untrusted));
    let (status, _) = desk.verify(&[&signed[..], &["--signers", "2"]].concat());
    assert_eq!(status, Some(3));
    let (status, _) = desk.verify(&[&signed[..], &["--at", "2020-01-01T00:00:00Z"]].concat());
    assert_eq!(status, Some(3));
    desk.refused(4, &["verify", "contract.txt"]);
}

#[test]
fn a_document_is_stamped_and_its_token_verified() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    desk.done(&["timestamp", "contract.txt", "--tsa", &tsa.url, "--tsa-trust", "pki/root.pem", "-o", "contract.tst"]);
    let verify = |arguments: &[&str]| {
        let output = desk.run(&[&["timestamp", "verify", "contract.tst", "--json"], arguments].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), report)
    };
    let trust = ["--trust", "pki/root.pem"];
    let (status, report) = verify(&[&trust[..], &["--content", "contract.txt"]].concat());
    assert_eq!(status, Some(0), "{report:#}");
    let others = ["time", "sub_indication", "tsa", "findings"];
    has(&report, &others);
    assert!(report["kind"] == "document" && report["indication"] == "PASSED", "{report:#}");
    assert!(report["imprint_intact"] == true && report["signature_intact"] == true, "{report:#}");

    desk.put("other.txt", b"another contract");
    let (status, report) = verify(&[&trust[..], &["--content", "other.txt"]].concat());
    assert!(status == Some(1) && report["imprint_intact"] == false, "{report:#}");
    let (status, report) = verify(&["--content", "contract.txt"]);
    assert!(status == Some(3) && report["imprint_intact"] == true, "{report:#}");
    let (status, report) = verify(&trust);
    assert!(status == Some(3) && report["imprint_intact"].is_null(), "{report:#}");
    if let Some(sha256sum) = tool("sha256sum") {
        let line = Command::new(sha256sum).arg(desk.path("contract.txt")).output().unwrap();
        let digest = format!("sha256:{}", String::from_utf8_lossy(&line.stdout).split(' ').next().unwrap());
        let (status, report) = verify(&[&trust[..], &["--content-digest", &digest]].concat());
        assert_eq!(status, Some(0), "{report:#}");
    }
    if let Some(openssl) = tool("openssl") {
        let theirs = Command::new(openssl)
            .current_dir(desk.folder.path())
            .args(["ts", "-verify", "-token_in", "-in", "contract.tst", "-data", "contract.txt"])
            .args(["-CAfile", "pki/root.pem"])
            .output()
            .unwrap();
        assert!(theirs.status.success(), "{}", sentence(&theirs));
    }
}

#[test]
fn the_next_authority_is_asked_when_one_fails() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    let said = desk.signed("seal", &["contract.txt", "--tsa", &nobody(), "--tsa", &tsa.url, "-o", "contract.p7s"]);
    assert!(said.contains(&nobody()) && said.contains(&format!("time-stamped by {}", tsa.url)), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    let report = desk.accepted(&["contract.p7s", "--content", "contract.txt"]);
    assert_eq!(report["signatures"][0]["level"], "B-T");

    let before = desk.files();
    let other = Desk::new(None);
    // The first does not answer, and the second has no path to this root.
    let refused = desk.run(&[
        "timestamp",
        "contract.txt",
        "--tsa",
        &nobody(),
        "--tsa",
        &tsa.url,
        "--tsa-trust",
        other.path("pki/root.pem").to_str().unwrap(),
    ]);
    let said = sentence(&refused);
    assert_eq!(refused.status.code(), Some(4), "{said}");
    assert!(said.contains(&nobody()) && said.contains(&tsa.url) && said.contains("no path"), "{said}");
    assert_eq!(desk.files(), before);
}

/// The pages of README.txt promise commands: they are run as they stand there.
#[test]
fn the_commands_of_the_readme_in_a_new_pki_work() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    let readme = String::from_utf8(desk.octets("pki/README.txt")).unwrap();
    let commands: Vec<&str> = readme.lines().filter_map(|line| line.trim().strip_prefix("seing ")).collect();
    assert_eq!(commands.len(), 5, "{readme}");
    for command in commands.iter().filter(|command| !command.starts_with("tsa")) {
        let command = command.replace("http://127.0.0.1:3180/", &tsa.url);
        let arguments: Vec<&str> = command.split(' ').collect();
        let output = super::seing(&desk.path("pki"), &arguments);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", sentence(&output));
    }
}
