//! `seing sign`: where signatures go, what they say, and that others accept them.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::{CONTRACT, Desk, sentence};
use crate::tool;

#[test]
fn signatures_go_beside_their_documents_and_take_the_place_of_none() {
    let desk = Desk::new(None);
    desk.signed("signer", &["contract.txt"]);
    desk.signed("signer", &["contract.txt", "--embed"]);
    desk.accepted(&["contract.txt.p7s", "--content", "contract.txt"]);
    desk.accepted(&["contract.txt.p7m"]);
    let first = desk.octets("contract.txt.p7s");
    let again = desk.sign("seal", &["contract.txt"]);
    assert!(again.status.code() == Some(4) && sentence(&again).contains("--out"), "{}", sentence(&again));
    assert_eq!(desk.octets("contract.txt.p7s"), first);
    desk.signed("seal", &["contract.txt", "-o", "contract.txt.p7s"]);
    assert_ne!(desk.octets("contract.txt.p7s"), first);
    for read in ["contract.txt", "./pki/../contract.txt", "pki/signer.key", "pki/signer.pem", "pki/intermediate.pem"] {
        let before = desk.octets(read);
        let refused = desk.sign("signer", &["contract.txt", "-o", read]);
        assert_eq!(refused.status.code(), Some(2), "{read}: {}", sentence(&refused));
        assert_eq!(desk.octets(read), before);
    }
}

#[test]
fn several_documents_are_signed_into_a_folder() {
    let desk = Desk::new(None);
    fs::create_dir_all(desk.path("in")).unwrap();
    fs::create_dir(desk.path("out")).unwrap();
    desk.put("in/terms.pdf", b"%PDF-1.7 terms");
    desk.put("in/contract.txt", b"another of the same name");
    desk.signed("signer", &["--format", "cades", "contract.txt", "in/terms.pdf", "-o", "out"]);
    desk.accepted(&["out/contract.txt.p7s", "--content", "contract.txt"]);
    desk.accepted(&["out/terms.pdf.p7s", "--content", "in/terms.pdf"]);
    desk.signed("signer", &["--embed", "contract.txt", "-o", "out"]);
    desk.accepted(&["out/contract.txt.p7m"]);
    for (arguments, why) in [
        (&["--format", "cades", "contract.txt", "in/terms.pdf", "-o", "nowhere"][..], "not a folder"),
        (&["--format", "cades", "contract.txt", "in/contract.txt", "-o", "out"], "two signatures"),
        (&["contract.txt", "in/terms.pdf", "-o", "out"], "--format cades"),
        (&["in/terms.pdf", "-o", "out"], "--format cades"),
    ] {
        let refused = desk.sign("signer", arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}: {}", sentence(&refused));
        assert!(sentence(&refused).contains(why), "{arguments:?}: {}", sentence(&refused));
    }
}

#[test]
fn what_this_version_does_not_sign_is_said() {
    let desk = Desk::new(None);
    let before = desk.files();
    for arguments in [
        &["--format", "pades"][..],
        &["--format", "jades"],
        &["--format", "xades"],
        &["--format", "asic-s"],
        &["--format", "ASiC-E"],
    ] {
        let refused = desk.sign("signer", &[&["contract.txt"], arguments].concat());
        let said = sentence(&refused);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("CAdES only"), "{arguments:?}: {said}");
    }
    for arguments in [
        &["--level", "t"][..],
        &["--level", "b", "--tsa", "http://127.0.0.1:9/"],
        &["--tsa", "ftp://127.0.0.1/"],
        &["--pss"],
        &["--digest", "sha384"],
        &["--digest", "sha1"],
        &["--mime-type", "pdf"],
        &["--location", ""],
        &["--claimed-time", "yesterday"],
        &["--beside", "contract.txt", "pki/README.txt"],
    ] {
        let refused = desk.sign("signer", &[&["contract.txt"], arguments].concat());
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}: {}", sentence(&refused));
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_second_party_signs_beside_the_first() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    desk.signed("signer", &["contract.txt", "-o", "one.p7s"]);
    desk.signed("seal", &["contract.txt", "--beside", "one.p7s", "--tsa", &tsa.url, "-o", "two.p7s"]);
    let report = desk.accepted(&["two.p7s", "--content", "contract.txt", "--signers", "2"]);
    let levels: Vec<&str> =
        report["signatures"].as_array().unwrap().iter().map(|s| s["level"].as_str().unwrap()).collect();
    assert!(levels.contains(&"B-B") && levels.contains(&"B-T") && levels.len() == 2, "{levels:?}");

    desk.signed("signer", &["contract.txt", "--embed", "-o", "one.p7m"]);
    desk.signed("seal", &["--beside", "one.p7m", "-o", "two.p7m"]);
    desk.signed("seal", &["contract.txt", "--beside", "one.p7m", "-o", "two-again.p7m"]);
    for both in ["two.p7m", "two-again.p7m"] {
        desk.accepted(&[both, "--signers", "2"]);
    }
    desk.put("other.txt", b"what the first party did not sign");
    for (arguments, status, why) in [
        (&["other.txt", "--beside", "one.p7s", "-o", "x.p7s"][..], 4, "not the content of one.p7s"),
        (&["other.txt", "--beside", "one.p7m", "-o", "x.p7m"], 4, "not the content of one.p7m"),
        (&["--beside", "one.p7s", "-o", "x.p7s"], 2, "name the content"),
        (&["--beside", "one.p7m"], 2, "--out"),
        (&["--beside", "one.p7m", "-o", "one.p7m"], 2, "will not be written over"),
        (&["--beside", "contract.txt", "-o", "x.p7s"], 4, "contract.txt"),
    ] {
        let refused = desk.sign("seal", arguments);
        let said = sentence(&refused);
        assert!(refused.status.code() == Some(status) && said.contains(why), "{arguments:?}: {said}");
    }
    assert!(!desk.path("x.p7s").exists() && !desk.path("x.p7m").exists());
}

#[test]
fn what_the_signer_states_is_in_the_signature() {
    let desk = Desk::new(None);
    let statements = ["--commitment", "approval", "--commitment", "proof-of-origin", "--location", "Casablanca, MA"];
    let claimed = ["--mime-type", "text/plain", "--claimed-time", "2027-01-31T12:00:00+01:00"];
    desk.signed("signer", &[&["contract.txt", "-o", "contract.p7s"], &statements[..], &claimed].concat());
    let report = desk.accepted(&["contract.p7s", "--content", "contract.txt", "--at", "2027-02-01T00:00:00Z"]);
    assert_eq!(report["signatures"][0]["claimed_signing_time"], "2027-01-31T11:00:00Z");
    let inspected = desk.run(&["inspect", "contract.p7s"]);
    let said = String::from_utf8(inspected.stdout).unwrap();
    for stated in ["proof-of-origin, proof-of-approval", "Casablanca, MA", "text/plain", "2027-01-31T11:00:00Z"] {
        assert!(said.contains(stated), "{stated}: {said}");
    }
}

#[test]
fn a_pkcs12_file_brings_its_certificates() {
    let desk = Desk::new(Some("p256"));
    let Some(openssl) = tool("openssl") else { return };
    let made = Command::new(openssl)
        .current_dir(desk.folder.path())
        .args(["pkcs12", "-export", "-inkey", "pki/seal.key", "-in", "pki/seal.pem", "-out", "seal.p12"])
        .args(["-certfile", "pki/intermediate.pem", "-passout", "pass:cachet"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", sentence(&made));
    desk.put("secret", b"cachet\n");
    desk.put("wrong", b"scellement\n");
    let sign = ["sign", "contract.txt", "--key", "seal.p12", "-o", "contract.p7s"];
    desk.done(&[&sign[..], &["--password-file", "secret"]].concat());
    desk.accepted(&["contract.p7s", "--content", "contract.txt"]);
    assert!(desk.refused(4, &[&sign[..], &["--password-file", "wrong"]].concat()).contains("password"));
    assert!(desk.refused(4, &sign).contains("seal.p12"));
    let bare = ["sign", "contract.txt", "--key", "pki/seal.key", "-o", "contract.p7s"];
    assert!(desk.refused(2, &bare).contains("--cert"));
}

#[test]
fn openssl_verifies_what_every_kind_of_key_signs() {
    let Some(openssl) = tool("openssl") else { return };
    for (kind, options) in [
        ("p256", &[&[][..], &["--digest", "sha512"]][..]),
        ("p384", &[&[]]),
        ("rsa3072", &[&[], &["--pss"], &["--pss", "--digest", "sha384"], &["--digest", "sha512"]]),
    ] {
        let desk = Desk::new(Some(kind));
        let check = |arguments: &[&str]| {
            let theirs = Command::new(openssl)
                .current_dir(desk.folder.path())
                .args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-CAfile", "pki/root.pem"])
                .args(["-purpose", "any"])
                .args(arguments)
                .output()
                .unwrap();
            assert!(theirs.status.success(), "{kind} {arguments:?}: {}", sentence(&theirs));
            assert_eq!(theirs.stdout, CONTRACT.as_bytes());
        };
        for options in options {
            desk.signed("signer", &[&["contract.txt", "-o", "contract.p7s"], *options].concat());
            check(&["-in", "contract.p7s", "-content", "contract.txt"]);
            desk.signed("seal", &[&["contract.txt", "--embed", "-o", "contract.p7m"], *options].concat());
            check(&["-in", "contract.p7m"]);
        }
    }
}

/// A signer that is stopped while it reads leaves neither a signature nor a part of one.
#[test]
fn nothing_is_left_of_a_signature_that_is_interrupted() {
    let desk = Desk::new(None);
    let before = desk.files();
    let mut signer = Command::new(env!("CARGO_BIN_EXE_seing"))
        .current_dir(desk.folder.path())
        .args(["sign", "-", "--key", "pki/signer.key", "--cert", "pki/signer.pem", "-o", "contract.p7s"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    signer.stdin.as_mut().unwrap().write_all(&[0; 1 << 20]).unwrap();
    signer.kill().unwrap();
    signer.wait().unwrap();
    assert_eq!(desk.files(), before);
}

#[test]
fn standard_input_is_signed() {
    let desk = Desk::new(None);
    let mut signer = Command::new(env!("CARGO_BIN_EXE_seing"))
        .current_dir(desk.folder.path())
        .args(["sign", "-", "--key", "pki/signer.key", "--cert", "pki/signer.pem", "-o", "contract.p7s"])
        .args(["--chain", "pki/intermediate.pem"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    signer.stdin.take().unwrap().write_all(CONTRACT.as_bytes()).unwrap();
    assert!(signer.wait().unwrap().success());
    desk.accepted(&["contract.p7s", "--content", "contract.txt"]);
    let unnamed = desk.sign("signer", &["-"]);
    assert!(unnamed.status.code() == Some(2) && sentence(&unnamed).contains("--out"), "{}", sentence(&unnamed));
}

/// What is signed apart from its document is never held: the process may have less memory than the file has octets.
#[cfg(target_os = "linux")]
#[test]
fn a_file_larger_than_memory_is_signed_and_verified() {
    let desk = Desk::new(Some("p256"));
    let file = fs::File::create(desk.path("large.bin")).unwrap();
    file.set_len(1 << 30).unwrap();
    let limited = |arguments: &str| {
        let script = format!("ulimit -v 262144 && exec {} {arguments}", env!("CARGO_BIN_EXE_seing"));
        let output = Command::new("sh").current_dir(desk.folder.path()).args(["-c", &script]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments}: {}", sentence(&output));
    };
    limited("sign large.bin --key pki/signer.key --cert pki/signer.pem --chain pki/intermediate.pem");
    limited("verify large.bin.p7s --content large.bin --trust pki/root.pem");
    let embedded = desk.sign("signer", &["large.bin", "--embed"]);
    let said = sentence(&embedded);
    assert!(embedded.status.code() == Some(4) && said.contains("larger than 256 MiB"), "{said}");
    assert!(!desk.path("large.bin.p7m").exists());
}
