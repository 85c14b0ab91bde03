//! Whole dossiers, made step by step with real keys, certificates and tokens, written to a file, and assessed from that file by the
//! command. What each must come to stands in `expected/`, worked out by hand from the articles.

mod careless;
mod command;
mod dossiers;
mod sale;
mod shifted;
mod shown;
mod table;
mod yard;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use seing::digest::Algorithm;
use seing::pki::Certificate;
use serde_json::{Value, json};
use tempfile::TempDir;

use yard::Yard;

/// When everything is assessed.
const ASSESSED: &str = "2026-11-23T10:00:00Z";

/// A folder with a dossier and what it is assessed with.
struct Desk {
    folder: TempDir,
    arguments: Vec<String>,
}

impl Desk {
    /// With the roots, the revocation lists, and what the shop states of itself.
    fn new(yard: &Yard, dossier: &[u8]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), arguments: Vec::new() };
        desk.put("order.asice", dossier);
        for folder in ["roots", "lists"] {
            fs::create_dir(desk.folder.path().join(folder)).unwrap();
        }
        for (name, provider) in [("ma", &yard.moroccan), ("fr", &yard.french), ("ts", &yard.stamps)] {
            desk.put(&format!("roots/{name}.pem"), provider.root.to_pem().as_bytes());
            for (number, list) in provider.lists(crate::workshop::time(ASSESSED)).into_iter().enumerate() {
                desk.put(&format!("lists/{name}{number}.crl"), &list);
            }
        }
        let stated = json!({
            "format": "seing-circumstances/1",
            "acknowledgement_seconds": 3600,
            "consumer_credit": false,
            "accounting": true,
            "sensitive_data": false,
            "identity_card_number": false,
            "data_processor": false,
            "data_sent_to": [],
            "receipt_shown": "D-TEST-1/2026",
            "operator": {
                "offers_services": false, "offers_qualified": false, "delivers": false, "supplies_cryptology": false
            }
        });
        desk.put("shop.json", stated.to_string().as_bytes());
        desk.with(&["--trust", "roots", "--crl", "lists", "--circumstances", "shop.json", "--at", ASSESSED])
    }

    fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// With words of persons, each about everything.
    fn attesting(self, statements: &[&str]) -> Self {
        let word = |statement: &&str| json!({ "statement": statement, "holds": true, "by": "Me Alaoui", "at": "2026-11-20T09:00:00Z" });
        let words: Vec<Value> = statements.iter().map(word).collect();
        self.put("words.json", Value::from(words).to_string().as_bytes());
        self.with(&["--attest", "words.json"])
    }

    /// With a snapshot of the national list, of which the digest is named.
    fn listing(self, services: &[(&str, &Certificate, &str)]) -> Self {
        let list = snapshot(services);
        self.put("list.json", list.as_bytes());
        let digest = Algorithm::Sha256.digest(list.as_bytes()).to_string();
        self.with(&["--trust-list", "list.json", "--trust-list-signer", &digest])
    }

    fn put(&self, name: &str, octets: &[u8]) {
        fs::write(self.folder.path().join(name), octets).unwrap();
    }

    fn run(&self, more: &[&str]) -> Output {
        run(self.folder.path(), &self.arguments, more)
    }

    /// The assessment as JSON, and the exit status.
    fn assessed(&self) -> (Value, i32) {
        let output = self.run(&["--json"]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.stdout.is_empty(), "{errors}");
        (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
    }
}

fn run(folder: &Path, arguments: &[String], more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_seing"))
        .current_dir(folder)
        .args(["assess", "order.asice"])
        .args(arguments)
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Services by their kind, the certificate under which they issue, and the day from which they are approved.
fn snapshot(services: &[(&str, &Certificate, &str)]) -> String {
    let page = Algorithm::Sha256.digest(b"the page as it was read").to_string();
    let services: Vec<Value> = services
        .iter()
        .map(|(kind, certificate, from)| {
            let anchor = certificate.digest(Algorithm::Sha256).to_string();
            json!({ "kind": kind, "anchor": anchor, "from": from, "decision": "TEST 1/2023" })
        })
        .collect();
    json!({
        "format": "seing-trust-list/1", "curator": "TEST Office", "source": "https://list.example/",
        "read_on": "2026-11-20", "page": page,
        "providers": [{ "name": "TEST Prestataire", "state": "MA", "services": services }]
    })
    .to_string()
}
