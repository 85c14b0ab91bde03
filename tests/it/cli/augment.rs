//! `seing augment` and `seing sign --level`: levels are reached or refused.

use std::process::Command;

use super::{Desk, sentence};
use crate::tool;

/// The level, and whether it passed with nothing given but the content and the root.
fn level(desk: &Desk, file: &str, content: &[&str]) -> String {
    let report = desk.accepted(&[&[file], content].concat());
    report["signatures"][0]["level"].as_str().unwrap().to_owned()
}

/// What OpenSSL prints of the structure, after it has verified the signature.
fn openssl(desk: &Desk, file: &str, content: &[&str]) -> Option<String> {
    let run = |arguments: &[&str]| {
        let mut command = Command::new("openssl");
        let output = command.current_dir(desk.folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", sentence(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    tool("openssl")?;
    let verify = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", file, "-out", "read"];
    run(&[&verify[..], &["-CAfile", "pki/root.pem", "-purpose", "any"], content].concat());
    Some(run(&["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", file]))
}

#[test]
fn a_signature_climbs_from_level_to_level() {
    let desk = Desk::new(Some("p256"));
    let tsa = desk.authority();
    for (embed, content, theirs) in
        [(&["--embed"][..], &[][..], &[][..]), (&[], &["--content", "contract.txt"], &["-content", "contract.txt"])]
    {
        desk.signed("signer", &[&["contract.txt", "-o", "b.p7"], embed].concat());
        let revoked = ["--crl", "pki", "--trust", "pki/root.pem"];
        let steps = [
            ("b.p7", "t.p7", &[][..], "B-T"),
            ("t.p7", "lt.p7", &[&["--level", "lt"][..], &revoked].concat(), "B-LT"),
            ("lt.p7", "lta.p7", &["--level", "LTA", "--trust", "pki/root.pem"], "B-LTA"),
            ("lta.p7", "again.p7", &["--level", "lta", "--trust", "pki/root.pem"], "B-LTA"),
        ];
        for (from, to, arguments, reached) in steps {
            let given = [&["augment", from, "-o", to, "--tsa", &tsa.url], arguments, content].concat();
            desk.done(&given);
            assert_eq!(level(&desk, to, content), reached);
            let Some(printed) = openssl(&desk, to, theirs) else { continue };
            assert!(printed.contains("id-smime-aa-timeStampToken"), "{to}: {printed}");
            let lists = printed.matches("lastUpdate").count();
            assert_eq!(lists, if reached == "B-T" { 0 } else { 2 }, "{to}: {printed}");
            // id-aa-ets-archiveTimestampV3, which OpenSSL knows by number alone.
            let archives = printed.matches("0.4.0.1733.2.4").count();
            assert_eq!(archives, ["lta.p7", "again.p7"].iter().position(|one| *one == to).map_or(0, |place| place + 1));
        }
    }
}

#[test]
fn a_document_is_signed_at_a_level_at_once() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    let revoked = ["--tsa", &tsa.url, "--crl", "pki", "--tsa-trust", "pki/root.pem"];
    for (name, expected) in [("lt", "B-LT"), ("lta", "B-LTA")] {
        let asked = [&["contract.txt", "--level", name], &revoked[..]].concat();
        desk.signed("signer", &[&asked[..], &["-o", "x.p7s"]].concat());
        assert_eq!(level(&desk, "x.p7s", &["--content", "contract.txt"]), expected);
        desk.signed("seal", &[&asked[..], &["--embed", "-o", "x.p7m"]].concat());
        assert_eq!(level(&desk, "x.p7m", &[]), expected);
    }
}

#[test]
fn a_level_that_is_not_reached_is_not_written() {
    let desk = Desk::new(None);
    let tsa = desk.authority();
    desk.signed("signer", &["contract.txt", "-o", "b.p7s"]);
    desk.signed("signer", &["contract.txt", "--tsa", &tsa.url, "-o", "t.p7s"]);
    desk.put("other.txt", b"another contract");
    let strangers = Desk::new(None);
    let stranger = strangers.path("pki/root.pem");
    let before = desk.files();
    let (url, stranger) = (tsa.url.as_str(), stranger.to_str().unwrap());
    let lt = ["--level", "lt", "--crl", "pki"];
    for (file, arguments, status, why) in [
        ("b.p7s", &[][..], 2, "a time-stamp authority is missing"),
        ("t.p7s", &["--level", "lt", "--trust", "pki/root.pem"], 4, "no revocation information"),
        ("t.p7s", &[&lt[..], &["--trust", stranger]].concat(), 4, "CN=TEST Issuing CA"),
        ("t.p7s", &lt, 4, "trust anchors"),
        ("t.p7s", &[&lt[..], &["--trust", "pki/root.pem", "--content", "other.txt"]].concat(), 2, "other content"),
        ("t.p7s", &["--crl", "pki"], 2, "--level lt"),
        ("t.p7s", &["--level", "lta", "--crl", "pki", "--trust", "pki/root.pem", "--tsa", url], 2, "detached"),
        ("contract.txt", &["--tsa", url], 4, "contract.txt"),
    ] {
        let said = desk.refused(status, &[&["augment", file, "-o", "x.p7s"], arguments].concat());
        assert!(said.contains(why), "{arguments:?}: {said}");
    }
    desk.refused(2, &["augment", "t.p7s", "-o", "t.p7s"]);
    for (arguments, status, why) in [
        (&["--level", "lt"][..], 2, "--tsa"),
        (&["--crl", "pki", "--tsa", url], 2, "--level lt"),
        (&["--level", "lt", "--tsa", url], 4, "no revocation information"),
        (&["--level", "lt", "--tsa", url, "--crl", "pki"], 4, "trust anchors"),
        (&["--level", "lta", "--tsa", url, "--crl", "pki", "--beside", "b.p7s"], 2, "seing augment"),
    ] {
        let refused = desk.sign("signer", &[&["contract.txt", "-o", "x.p7s"], arguments].concat());
        let said = sentence(&refused);
        assert!(refused.status.code() == Some(status) && said.contains(why), "{arguments:?}: {said}");
    }
    assert_eq!(desk.files(), before);
}
