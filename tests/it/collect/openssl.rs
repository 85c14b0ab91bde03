//! OpenSSL's responder, over the network, as its users start it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use seing::ades::Material;
use seing::key::os_entropy;
use seing::limits::{Budget, Limits};
use seing::pki::TrustAnchors;
use seing::pki::revocation::{RevocationData, RevocationQuery, Status, statements};
use seing::time::Time;
use seing::timestamp::Guard;
use tempfile::TempDir;

use super::internet::{Authority, Places, online};
use crate::tool;

/// `openssl ocsp` for one authority.
struct Responder {
    process: Child,
    _folder: TempDir,
}

/// A port that was free a moment ago.
fn port() -> u16 {
    TcpListener::bind("localhost:0").unwrap().local_addr().unwrap().port()
}

impl Responder {
    /// With one certificate in its index.
    fn start(authority: &Authority, port: u16, index: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put("ca.pem", &authority.certificate.to_pem());
        put("ca.key", &authority.key.to_pkcs8_pem(None, &mut os_entropy).unwrap());
        put("index.txt", index);
        let mut process = Command::new("openssl")
            .current_dir(folder.path())
            .args(["ocsp", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key"])
            .args(["-nmin", "10", "-port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("ACCEPT "), "{line}");
        Self { process, _folder: folder }
    }
}

impl Drop for Responder {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// What OpenSSL says of a certificate whose line in the index begins and ends like this.
fn said(begins: &str, ends: &str) -> Option<Vec<Status>> {
    tool("openssl")?;
    let root = Authority::root("TEST Root");
    let port = port();
    let host = format!("localhost:{port}");
    let amal = root.person("TEST Amal", &Places { ocsp: vec![format!("http://{host}/")], ..Places::default() });
    let index = format!("{begins}\t{}\tunknown\t{ends}\n", amal.serial_hex().to_uppercase());
    let _responder = Responder::start(&root, port, &index);

    let now: Time = std::time::SystemTime::now().into();
    let anchors = TrustAnchors::none().with(root.certificate.clone());
    let guard = Guard::new().allow_host(&host).unwrap();
    let collected = online(guard, now).nonces(os_entropy).for_certificates(
        std::slice::from_ref(&amal),
        &Material::default(),
        &anchors,
    );
    let outcomes: Vec<String> = collected.attempts.iter().map(ToString::to_string).collect();
    assert_eq!(outcomes, [format!("OCSP response from http://{host}/ for CN=TEST Amal: fetched")]);
    let (data, _) = RevocationData::read(&[], &collected.material.ocsp_responses);
    let query = RevocationQuery::new(&amal, &root.certificate, &[], &anchors, now);
    let found = statements(&query, &data, &mut Budget::new(&Limits::default())).unwrap();
    Some(found.proven.iter().map(|statement| statement.status).collect())
}

#[test]
fn a_responder_of_openssl_is_asked() {
    let Some(statuses) = said("V\t360101000000Z\t", "/CN=TEST Amal") else { return };
    assert_eq!(statuses, [Status::Good]);
    let statuses = said("R\t360101000000Z\t261101000000Z,keyCompromise", "/CN=TEST Amal").unwrap();
    let [Status::Revoked { time, reason, .. }] = statuses[..] else { panic!("{statuses:?}") };
    assert_eq!((time.to_string().as_str(), reason.to_string().as_str()), ("2026-11-01T00:00:00Z", "keyCompromise"));
}
