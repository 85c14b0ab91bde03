//! The command with `--online`.

use std::process::{Command, Output, Stdio};

use seing::digest::Algorithm;
use seing::key::os_entropy;
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Authority as Tsa, Client, Exchange};
use tempfile::TempDir;

use super::internet::{Authority, Internet, Places};
use crate::cli::Tsa as Server;
use crate::timestamp::loopback::status;

/// A folder with a root, a signer whose certificate says where things are, what the signer signed, and a time-stamp on it.
struct Desk {
    internet: Internet,
    folder: TempDir,
}

impl Desk {
    /// The command has a clock of its own, so that everything is of today.
    fn new() -> Self {
        let (internet, folder) = (Internet::new(), tempfile::tempdir().unwrap());
        let root = Authority::root("TEST Root");
        let at = |page: &str| vec![internet.at(page)];
        let of_root = Places { crl: at("/root.crl"), ..Places::default() };
        let middle = root.authority("TEST Middle", &of_root);
        let places = Places { issuer: at("/middle.cer"), crl: at("/middle.crl"), ..Places::default() };
        internet.put("/middle.cer", "application/pkix-cert", middle.certificate.der());
        let now: Time = std::time::SystemTime::now().into();
        let (from, until) = (now.plus_seconds(-3600), now.plus_seconds(86_400));
        for (page, authority) in [("/root.crl", &root), ("/middle.crl", &middle)] {
            internet.put(page, "application/pkix-crl", &authority.crl_of(from, until));
        }
        let (key, certificate) = middle.person_with_key("TEST Amal", &places);
        let (tsa_key, tsa) = middle.time_stamp_authority("TEST TSA", &places);
        let (tsa_pkcs8, tsa_pem) = (tsa_key.to_pkcs8_pem(None, &mut os_entropy).unwrap(), tsa.to_pem());
        let tsa = Tsa::new(tsa_key, vec![tsa], Oid::parse("2.999.1").unwrap()).unwrap();
        let answer = |ask: &Exchange<'_>| Ok(tsa.respond(ask.body, now, &mut os_entropy));
        let token = Client::new("here", answer, os_entropy).stamp(&Algorithm::Sha256.digest(ORDER), now).unwrap();

        let desk = Self { internet, folder };
        desk.put("root.pem", root.certificate.to_pem().as_bytes());
        desk.put("amal.key", key.to_pkcs8_pem(None, &mut os_entropy).unwrap().as_bytes());
        desk.put("amal.pem", certificate.to_pem().as_bytes());
        desk.put("tsa.key", tsa_pkcs8.as_bytes());
        desk.put("tsa.pem", tsa_pem.as_bytes());
        desk.put("order.txt", ORDER);
        desk.put("order.tst", token.octets());
        let signed =
            desk.run(&["sign", "order.txt", "--key", "amal.key", "--cert", "amal.pem", "--embed", "-o", "order.p7m"]);
        assert_eq!(signed.status.code(), Some(0), "{}", said(&signed));
        desk
    }

    fn put(&self, name: &str, octets: &[u8]) {
        std::fs::write(self.folder.path().join(name), octets).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seing"));
        command.current_dir(self.folder.path()).args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// The exit status, and what standard error says, of a verification against the root.
    fn verdict(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(&[arguments, &["--trust", "root.pem"]].concat());
        (output.status.code(), said(&output))
    }

    fn online(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let host = self.internet.host();
        self.verdict(&[arguments, &["--online", "--allow-host", &host]].concat())
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const ORDER: &[u8] = b"Bon de commande 4711";
const EVERYTHING: [&str; 3] = ["GET /middle.cer", "GET /middle.crl", "GET /root.crl"];

#[test]
fn what_is_missing_for_a_certificate_is_fetched() {
    let desk = Desk::new();
    assert_eq!(desk.verdict(&["chain", "amal.pem"]).0, Some(3));
    assert_eq!(desk.internet.asked(), Vec::<String>::new());
    assert_eq!(desk.online(&["chain", "amal.pem"]), (Some(0), String::new()));
    assert_eq!(desk.internet.asked(), EVERYTHING);
    assert_eq!(desk.online(&["chain", "amal.pem", "--no-revocation"]), (Some(0), String::new()));
    assert_eq!(desk.internet.asked(), EVERYTHING[..1]);
}

#[test]
fn what_is_missing_for_a_document_is_fetched() {
    let desk = Desk::new();
    assert_eq!(desk.verdict(&["verify", "order.p7m"]).0, Some(3));
    assert_eq!(desk.online(&["verify", "order.p7m"]), (Some(0), String::new()));
    assert_eq!(desk.internet.asked(), EVERYTHING);
}

#[test]
fn what_is_missing_for_a_time_stamp_is_fetched() {
    let desk = Desk::new();
    let verify = ["timestamp", "verify", "order.tst", "--content", "order.txt"];
    assert_eq!(desk.verdict(&verify).0, Some(3));
    assert_eq!(desk.online(&verify), (Some(0), String::new()));
    assert_eq!(desk.internet.asked(), EVERYTHING);
}

#[test]
fn what_could_not_be_fetched_is_said() {
    let desk = Desk::new();
    let (status_without, said) = desk.verdict(&["verify", "order.p7m", "--online"]);
    assert_eq!(status_without, Some(3));
    let url = desk.internet.at("/middle.cer");
    assert!(said.contains(&url) && said.contains("CN=TEST Amal") && said.contains("not allowed"), "{said}");
    assert_eq!(desk.internet.asked(), Vec::<String>::new());

    desk.internet.answer("/middle.crl", status("410 Gone", "X: y"));
    let (status, said) = desk.online(&["verify", "order.p7m"]);
    assert_eq!(status, Some(3));
    assert!(said.lines().count() == 1 && said.contains("revocation list") && said.contains("410"), "{said}");
}

/// Each certificate names its list: a signature of level B-LT holds all of them, or is not made.
#[test]
fn a_signature_takes_along_what_is_fetched() {
    let desk = Desk::new();
    let tsa = Server::start(desk.folder.path(), &["--key", "tsa.key", "--cert", "tsa.pem"]);
    let sign = ["sign", "order.txt", "--key", "amal.key", "--cert", "amal.pem", "--embed", "-o", "lt.p7m"];
    let asked = [&sign[..], &["--level", "lt", "--tsa", &tsa.url]].concat();
    assert_eq!(desk.verdict(&asked).0, Some(4));
    desk.internet.put("/middle.crl", "text/html", b"It works!");
    let (status, said) = desk.online(&asked);
    assert_eq!(status, Some(4));
    let last = said.lines().last().unwrap();
    assert!(
        last.contains("of CN=TEST Amal not known") && last.contains("middle.crl") && last.contains("--crl"),
        "{said}"
    );
    assert!(!desk.folder.path().join("lt.p7m").exists());

    let desk = Desk::new();
    let tsa = Server::start(desk.folder.path(), &["--key", "tsa.key", "--cert", "tsa.pem"]);
    let asked = [&sign[..], &["--level", "lt", "--tsa", &tsa.url]].concat();
    assert_eq!(desk.online(&asked), (Some(0), String::new()));
    desk.internet.asked();
    assert_eq!(desk.verdict(&["verify", "lt.p7m"]), (Some(0), String::new()));
    let augment = ["augment", "lt.p7m", "--level", "lta", "--tsa", &tsa.url, "-o", "lta.p7m"];
    assert_eq!(desk.verdict(&augment), (Some(0), String::new()));
    assert_eq!(desk.verdict(&["verify", "lta.p7m"]), (Some(0), String::new()));
    assert_eq!(desk.internet.asked(), Vec::<String>::new());
    // A signature without its lists is not raised.
    let bare = ["augment", "order.p7m", "--level", "lt", "--tsa", &tsa.url, "-o", "no.p7m"];
    let (status, said) = desk.verdict(&bare);
    assert!(status == Some(4) && !desk.folder.path().join("no.p7m").exists(), "{said}");
}

#[test]
fn hosts_are_allowed_online_and_by_name() {
    let desk = Desk::new();
    assert_eq!(desk.verdict(&["verify", "order.p7m", "--allow-host", "ocsp.test"]).0, Some(2));
    let (status, said) = desk.verdict(&["verify", "order.p7m", "--online", "--allow-host", "http://ocsp.test/"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("http://ocsp.test/"), "{said}");
}
