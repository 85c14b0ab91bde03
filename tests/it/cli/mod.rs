//! The command from outside: exit statuses, sentences, files.

mod augment;
mod batch;
mod facts;
mod inspect;
mod keys_and_hashes;
mod presentation;
mod refusals;
mod sign;
mod story;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn seing(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_seing")).current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn sentence(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with a throw-away PKI in `pki` and a contract in `contract.txt`.
struct Desk {
    folder: TempDir,
}

const CONTRACT: &str = "Bon de commande n° 4711 : 1 250,00 MAD TTC, الدفع عند التسليم\n";

impl Desk {
    /// Of keys of one kind, or of those that the command takes by itself.
    fn new(algorithm: Option<&str>) -> Self {
        Self { folder: tempfile::tempdir().unwrap() }.furnished(algorithm)
    }

    /// The same in a temporary folder of this one.
    fn new_in(folder: &Path) -> Self {
        Self { folder: tempfile::tempdir_in(folder).unwrap() }.furnished(None)
    }

    fn furnished(self, algorithm: Option<&str>) -> Self {
        let more = algorithm.map_or_else(Vec::new, |algorithm| vec!["--algorithm", algorithm]);
        self.done(&[&["pki", "pki"], more.as_slice()].concat());
        self.put("contract.txt", CONTRACT.as_bytes());
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, octets: &[u8]) {
        fs::write(self.path(name), octets).unwrap();
    }

    fn octets(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        seing(self.folder.path(), arguments)
    }

    /// Runs a command that succeeds, and gives what it says on standard error.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", sentence(&output));
        sentence(&output)
    }

    /// Runs a command that is refused with this exit status and one sentence, and gives the sentence.
    fn refused(&self, status: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = sentence(&output);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.starts_with("seing: ") && said.ends_with('\n'), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        said
    }

    /// Signs with one of the keys of the PKI.
    fn sign(&self, who: &str, arguments: &[&str]) -> Output {
        let (key, cert) = (format!("pki/{who}.key"), format!("pki/{who}.pem"));
        let identity = ["sign", "--key", &key, "--cert", &cert, "--chain", "pki/intermediate.pem"];
        self.run(&[&identity, arguments].concat())
    }

    fn signed(&self, who: &str, arguments: &[&str]) -> String {
        let output = self.sign(who, arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", sentence(&output));
        sentence(&output)
    }

    /// Verifies against the root, and gives the exit status and the report.
    fn verify(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = self.run(&[&["verify", "--json", "--trust", "pki/root.pem"], arguments].concat());
        let report = serde_json::from_slice(&output.stdout);
        (output.status.code(), report.unwrap_or_else(|error| panic!("{error}: {}", sentence(&output))))
    }

    fn accepted(&self, arguments: &[&str]) -> Value {
        let (status, report) = self.verify(arguments);
        assert_eq!(status, Some(0), "{arguments:?}: {report:#}");
        report
    }

    /// The time-stamp authority of the PKI, serving until it is dropped.
    fn authority(&self) -> Tsa {
        let identity = ["--key", "pki/tsa.key", "--cert", "pki/tsa.pem", "--chain", "pki/intermediate.pem"];
        Tsa::start(self.folder.path(), &identity)
    }

    /// The names of the files in the folder, in order.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub(crate) struct Tsa {
    server: Child,
    pub(crate) url: String,
}

impl Tsa {
    /// An authority with the key and the certificates of a folder.
    pub(crate) fn start(folder: &Path, identity: &[&str]) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_seing"))
            .current_dir(folder)
            .args(["tsa", "--listen", "127.0.0.1:0"])
            .args(identity)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("listening on ").map(str::to_owned);
        Self { server, url: url.unwrap_or_else(|| panic!("{line}")) }
    }
}

impl Drop for Tsa {
    fn drop(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

/// An address at which nobody listens: its port was free a moment ago, and is not in the range that is handed out next.
fn nobody() -> String {
    "http://127.0.0.1:9/".to_owned()
}
