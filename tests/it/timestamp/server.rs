//! `seing tsa`, as its users start it: our client, OpenSSL, and many at once.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use seing::digest::Algorithm;
use seing::key::os_entropy;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Client, Exchange, HttpOptions, HttpTransport, Transport};

use crate::tool;

/// A running server over a PKI of its own.
struct Server {
    folder: tempfile::TempDir,
    process: Child,
    url: String,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let seing = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_seing"));
            command.current_dir(folder.path());
            command
        };
        let made = seing().args(["pki", "pki"]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        let mut process = seing()
            .args(["tsa", "--listen", "127.0.0.1:0", "--key", "pki/tsa.key", "--cert", "pki/tsa.pem"])
            .args(["--chain", "pki/intermediate.pem", "--policy", "1.3.6.1.4.1.32473.1"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self { folder, process, url }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn client(&self) -> Client<'static> {
        let root = Certificate::parse_many(&fs::read(self.path("pki/root.pem")).unwrap()).unwrap().remove(0);
        let transport = HttpTransport::new(&HttpOptions::default()).unwrap();
        Client::new(&*self.url, transport, os_entropy).trust(TrustAnchors::none().with(root))
    }

    /// The time of the machine, a moment ago.
    fn now(&self) -> Time {
        fs::metadata(self.path("pki/root.pem")).unwrap().modified().unwrap().into()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn the_server_stamps_for_many_clients_at_once() {
    let server = Server::start();
    let clients: Vec<_> = (0..40)
        .map(|number: u8| {
            let (mut client, now) = (server.client(), server.now());
            std::thread::spawn(move || client.stamp(&Algorithm::Sha256.digest(&[number]), now).unwrap())
        })
        .collect();
    let mut serials: Vec<String> =
        clients.into_iter().map(|client| client.join().unwrap().info().serial_hex()).collect();
    serials.sort();
    serials.dedup();
    assert_eq!(serials.len(), 40);
}

#[test]
fn the_server_outlives_nonsense() {
    let server = Server::start();
    let address = server.url.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    for nonsense in [&b""[..], b"\0\0\0\0", b"POST / HTTP/1.1\r\n", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n123"]
    {
        TcpStream::connect(&address).unwrap().write_all(nonsense).unwrap();
    }
    let mut transport = HttpTransport::new(&HttpOptions::default()).unwrap();
    let refusal = transport.exchange(&Exchange::new(&server.url, b"no request")).unwrap();
    assert!(seing::timestamp::Response::parse(&refusal).unwrap().token().is_none());
    let mut wrong = Exchange::new(&server.url, b"no request");
    wrong.content_type = "text/plain";
    assert!(transport.exchange(&wrong).unwrap_err().to_string().contains("415"));
    server.client().stamp(&Algorithm::Sha512.digest(b"order 4711"), server.now()).unwrap();
}

#[test]
fn openssl_verifies_what_the_server_answers() {
    if tool("openssl").is_none() {
        return;
    }
    let server = Server::start();
    let openssl = |arguments: &[&str]| {
        let output = Command::new("openssl").current_dir(server.folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    fs::write(server.path("document"), b"order 4711").unwrap();
    openssl(&["ts", "-query", "-data", "document", "-sha256", "-cert", "-out", "q.tsq"]);
    let question = fs::read(Path::new(&server.path("q.tsq"))).unwrap();
    let mut transport = HttpTransport::new(&HttpOptions::default()).unwrap();
    let answer = transport.exchange(&Exchange::new(&server.url, &question)).unwrap();
    fs::write(server.path("r.tsr"), answer).unwrap();
    openssl(&["ts", "-verify", "-queryfile", "q.tsq", "-in", "r.tsr", "-CAfile", "pki/root.pem"]);
}
