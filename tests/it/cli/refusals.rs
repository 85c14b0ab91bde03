//! What is refused: one sentence, exit status 4, and nothing written.

use std::fs;

use super::{Desk, nobody, sentence};

#[test]
fn a_key_of_another_certificate_signs_nothing() {
    let desk = Desk::new(None);
    let before = desk.files();
    for (key, certificate) in [("signer", "seal"), ("signer", "ocsp"), ("tsa", "signer")] {
        let (key, certificate) = (format!("pki/{key}.key"), format!("pki/{certificate}.pem"));
        let said = desk.refused(4, &["sign", "contract.txt", "--key", &key, "--cert", &certificate]);
        assert!(said.contains(&certificate) && said.contains("of another key"), "{said}");
    }
    // The same name over another key.
    let other = Desk::new(None);
    let certificate = other.path("pki/signer.pem");
    let said =
        desk.refused(4, &["sign", "contract.txt", "--key", "pki/signer.key", "--cert", certificate.to_str().unwrap()]);
    assert!(said.contains("of another key"), "{said}");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_certificate_signs_within_its_validity_only() {
    let desk = Desk::new(None);
    let before = desk.files();
    for (time, why) in [("2020-01-01T00:00:00Z", "not valid yet"), ("2100-01-01T00:00:00Z", "has expired")] {
        for more in [&[][..], &["--embed"], &["--tsa", &nobody()]] {
            let output = desk.sign("signer", &[&["contract.txt", "--claimed-time", time], more].concat());
            let said = sentence(&output);
            assert_eq!(output.status.code(), Some(4), "{time} {more:?}: {said}");
            assert!(said.contains("pki/signer.pem") && said.contains(why), "{time} {more:?}: {said}");
        }
    }
    let output = desk.sign("ocsp", &["contract.txt", "-o", "x"]);
    assert_eq!(output.status.code(), Some(0), "a responder's key usage allows signatures: {}", sentence(&output));
    fs::remove_file(desk.path("x")).unwrap();
    let root = ["sign", "contract.txt", "--key", "pki/signer.key", "--cert", "pki/root.pem"];
    assert!(desk.refused(4, &root).contains("of another key"));
    assert_eq!(desk.files(), before);
}

#[test]
fn an_authority_that_cannot_be_reached_leaves_nothing_behind() {
    let desk = Desk::new(None);
    let before = desk.files();
    let output = desk.sign("signer", &["contract.txt", "--tsa", &nobody()]);
    let said = sentence(&output);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains(&nobody()) && said.contains("cannot be reached"), "{said}");
    assert!(desk.refused(4, &["timestamp", "contract.txt", "--tsa", &nobody()]).contains(&nobody()));
    assert_eq!(desk.files(), before);
}

#[test]
fn an_authority_needs_its_own_kind_of_certificate() {
    let desk = Desk::new(None);
    let said = desk.refused(4, &["tsa", "--key", "pki/seal.key", "--cert", "pki/seal.pem"]);
    assert!(said.contains("pki/seal.pem") && said.contains("time-stamp"), "{said}");
    let said = desk.refused(4, &["tsa", "--key", "pki/tsa.key", "--cert", "pki/ocsp.pem"]);
    assert!(said.contains("of another key"), "{said}");
    let good = ["tsa", "--key", "pki/tsa.key", "--cert", "pki/tsa.pem"];
    for address in ["300.0.0.1:0", "127.0.0.1", "127.0.0.1:99999"] {
        assert!(desk.refused(4, &[&good[..], &["--listen", address]].concat()).contains(address));
    }
    let wrong = desk.run(&[&good[..], &["--policy", "not.an.oid"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_signature_that_cannot_be_written_leaves_nothing_behind() {
    let desk = Desk::new(None);
    let before = desk.files();
    let mut places = vec!["no/such/folder/x.p7s", "contract.txt/x.p7s"];
    if cfg!(target_os = "linux") {
        places.push("/dev/full");
    }
    for place in places {
        let output = desk.sign("signer", &["contract.txt", "-o", place]);
        let said = sentence(&output);
        assert!(output.status.code() == Some(4) && said.contains(place), "{place}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_folder_with_something_in_it_gets_no_pki() {
    let desk = Desk::new(None);
    let key = desk.octets("pki/signer.key");
    assert!(desk.refused(4, &["pki", "pki"]).contains("--force"));
    assert_eq!(desk.octets("pki/signer.key"), key);
    desk.done(&["pki", "pki", "--force", "--days", "2", "--algorithm", "p384"]);
    assert_ne!(desk.octets("pki/signer.key"), key);
    #[cfg(unix)]
    for name in ["signer", "seal", "tsa", "ocsp"] {
        let permissions = fs::metadata(desk.path(&format!("pki/{name}.key"))).unwrap().permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&permissions) & 0o777, 0o600, "{name}");
    }
    let late = desk.sign("signer", &["contract.txt", "--claimed-time", "2100-01-01T00:00:00Z"]);
    assert_eq!(late.status.code(), Some(4));
    assert!(desk.refused(4, &["pki", "contract.txt"]).contains("contract.txt"));
    assert_eq!(desk.run(&["pki", "new", "--days", "0"]).status.code(), Some(2));
    assert!(!desk.path("new").exists());
}

/// Every place where a command reads a file, with `BAD` for the file.
const READERS: &[(&str, Reads)] = &[
    ("verify BAD", Reads::Signed),
    ("verify good.p7s --content contract.txt --trust BAD", Reads::Certificates),
    ("verify good.p7s --content contract.txt --cert BAD", Reads::Certificates),
    ("verify good.p7s --content BAD", Reads::Anything),
    ("verify good.p7s --content contract.txt --policy BAD", Reads::Signed),
    ("verify --from-facts BAD", Reads::Signed),
    ("timestamp verify BAD", Reads::Token),
    ("timestamp verify good.tst --policy BAD", Reads::Signed),
    ("timestamp verify --from-facts BAD", Reads::Signed),
    ("timestamp verify good.tst --trust BAD", Reads::Certificates),
    ("timestamp verify good.tst --cert BAD", Reads::Certificates),
    ("timestamp verify good.tst --content BAD", Reads::Anything),
    ("timestamp BAD --tsa http://127.0.0.1:9/ -o out", Reads::Anything),
    ("timestamp contract.txt --tsa http://127.0.0.1:9/ --tsa-trust BAD -o out", Reads::Certificates),
    ("sign BAD --key pki/signer.key --cert pki/signer.pem -o out", Reads::Anything),
    ("sign BAD --embed --key pki/signer.key --cert pki/signer.pem -o out", Reads::Anything),
    ("sign contract.txt --key BAD --cert pki/signer.pem -o out", Reads::Key),
    ("sign contract.txt --key pki/signer.key --cert BAD -o out", Reads::Certificates),
    ("sign contract.txt --key pki/signer.key --cert pki/signer.pem --chain BAD -o out", Reads::Certificates),
    ("sign contract.txt --key pki/signer.key --cert pki/signer.pem --beside BAD -o out", Reads::Signed),
    ("sign contract.txt --key pki/signer.key --cert pki/signer.pem --password-file BAD -o out", Reads::Password),
    ("tsa --key BAD --cert pki/tsa.pem", Reads::Key),
    ("tsa --key pki/tsa.key --cert BAD", Reads::Certificates),
    ("inspect BAD", Reads::Signed),
    ("hash BAD", Reads::Anything),
    ("keygen --password-file BAD -o out", Reads::Password),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Reads {
    Signed,
    Token,
    Certificates,
    Key,
    /// Its first line: no format that could be wrong, but it may not be empty.
    Password,
    /// Whatever can be read is right.
    Anything,
}

#[test]
fn what_cannot_be_read_gets_one_sentence_that_names_it() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    desk.signed("signer", &["contract.txt", "-o", "good.p7s"]);
    desk.done(&["timestamp", "contract.txt", "--tsa", &tsa.url, "-o", "good.tst"]);
    fs::create_dir(desk.path("folder")).unwrap();
    desk.put("empty", b"");
    desk.put("zeros", &[0; 100]);
    desk.put("garbage", &(0..4096u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>());
    desk.put("huge-length", &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x06, 0x09, 0x2a]);
    desk.put("longest-length", &[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    desk.put("endless", &[0x30, 0x80].repeat(50_000));
    desk.put("no-end.pem", b"-----BEGIN CERTIFICATE-----\nMIIB");
    desk.put("no-base64.pem", b"-----BEGIN CMS-----\n!!!!\n-----END CMS-----\n");
    for (name, whole) in [("good.p7s", "short.p7s"), ("good.tst", "short.tst")] {
        let octets = desk.octets(name);
        desk.put(whole, &octets[..octets.len() / 2]);
    }
    let unreadable = ["missing", "folder"];
    let malformed = [
        "empty",
        "zeros",
        "garbage",
        "huge-length",
        "longest-length",
        "endless",
        "no-end.pem",
        "no-base64.pem",
        "short.p7s",
        "short.tst",
        "contract.txt",
    ];
    let before = desk.files();
    for (command, reads) in READERS {
        let mut bad: Vec<&str> = unreadable.to_vec();
        match reads {
            Reads::Anything => {}
            Reads::Password => bad.push("empty"),
            Reads::Signed | Reads::Token | Reads::Certificates | Reads::Key => bad.extend(malformed),
        }
        for name in bad {
            if *reads == Reads::Certificates && name == "folder" {
                continue;
            }
            let arguments: Vec<&str> =
                command.split(' ').map(|argument| if argument == "BAD" { name } else { argument }).collect();
            let said = desk.refused(4, &arguments);
            assert!(said.contains(name) && said.contains("; "), "{arguments:?}: {said}");
            assert!(said.len() < 400, "{arguments:?}: {said}");
            assert_eq!(desk.files(), before, "{arguments:?}");
        }
    }
    for command in ["verify good.p7s --trust folder", "sign contract.txt --key pki/signer.key --cert folder -o out"] {
        let arguments: Vec<&str> = command.split(' ').collect();
        assert!(desk.refused(4, &arguments).contains("folder"));
    }
}

#[cfg(unix)]
#[test]
fn names_and_contents_do_not_reach_the_terminal_raw() {
    let desk = Desk::new(None);
    let said = desk.refused(4, &["verify", "\u{1b}[2Jevil\nname"]);
    assert!(!said.contains('\u{1b}') && said.contains("evil"), "{said:?}");
}
