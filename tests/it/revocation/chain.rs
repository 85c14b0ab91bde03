//! `seing chain` with lists and responses of OpenSSL.

use std::fs;
use std::process::Command;

use seing::pki::ocsp::Request as Question;
use serde_json::Value;

use super::openssl::{Authority, RESPONDER};

/// The exit status and the report of the command in the folder of an authority.
fn chain(authority: &Authority, name: &str, arguments: &[&str]) -> (Option<i32>, Value) {
    let certificate = format!("{name}.pem");
    let command = ["chain", &certificate, "--trust", "ca.pem", "--json"];
    let output = Command::new(env!("CARGO_BIN_EXE_seing"))
        .current_dir(authority.openssl.path(""))
        .args([&command, arguments].concat())
        .output()
        .unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_default())
}

#[track_caller]
fn says(authority: &Authority, name: &str, arguments: &[&str], status: i32, verdict: &str) {
    let (code, report) = chain(authority, name, arguments);
    let indication = [&report["indication"], &report["sub_indication"]].map(|text| text.as_str().unwrap_or_default());
    assert_eq!((code, indication.join(" ").trim()), (Some(status), verdict), "{report:#}");
}

#[test]
fn the_command_takes_lists_and_responses() {
    let Some(mut authority) = Authority::new("chain", "p256") else { return };
    let (fine, stolen) = (authority.issue("fine"), authority.issue("stolen"));
    authority.issue("held");
    authority.revoke("stolen", "keyCompromise");
    authority.revoke("held", "certificateHold");
    authority.list(&[]);
    let list = ["--crl", "ca.crl"];
    says(&authority, "fine", &list, 0, "PASSED");
    says(&authority, "stolen", &list, 3, "INDETERMINATE REVOKED_NO_POE");
    assert_eq!(chain(&authority, "held", &list).0, Some(3));
    says(&authority, "fine", &[], 3, "INDETERMINATE TRY_LATER");
    says(&authority, "stolen", &["--no-revocation"], 0, "PASSED");

    authority.responder("p256-responder", &format!("{RESPONDER}extendedKeyUsage=OCSPSigning\nnoCheck=yes\n"));
    let mut answers = Vec::new();
    for (certificate, file) in [(&fine, "fine.ocsp"), (&stolen, "stolen.ocsp")] {
        let answer = authority.ask(&Question::new(certificate, &authority.root), "p256-responder", &[]);
        fs::write(authority.openssl.path(file), answer.der()).unwrap();
        answers.extend_from_slice(answer.der());
    }
    fs::write(authority.openssl.path("both.ocsp"), answers).unwrap();
    for file in ["fine.ocsp", "both.ocsp"] {
        says(&authority, "fine", &["--ocsp", file], 0, "PASSED");
    }
    says(&authority, "stolen", &["--ocsp", "fine.ocsp"], 3, "INDETERMINATE TRY_LATER");
    for file in ["stolen.ocsp", "both.ocsp"] {
        says(&authority, "stolen", &["--ocsp", file], 3, "INDETERMINATE REVOKED_NO_POE");
    }
    // What proves nothing is named, and does no harm beside what proves something.
    authority.responder("p256-other", RESPONDER);
    let answer = authority.ask(&Question::new(&fine, &authority.root), "p256-other", &[]);
    fs::write(authority.openssl.path("other.ocsp"), answer.der()).unwrap();
    let (code, report) = chain(&authority, "fine", &["--ocsp", "other.ocsp"]);
    assert_eq!(code, Some(3));
    assert!(report["findings"].to_string().contains("no certificate for OCSP responses"), "{report:#}");
    says(&authority, "fine", &["--ocsp", "other.ocsp", "--crl", "ca.crl"], 0, "PASSED");
}
