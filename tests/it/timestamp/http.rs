//! The transport over HTTP and HTTPS against servers that do as they like.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use seing::error::{Error, ErrorKind};
use seing::timestamp::{Exchange, HttpOptions, HttpTransport, QUERY_TYPE, REPLY_TYPE, Transport};

use super::loopback::{Loopback, ok, status};
use crate::tool;

fn post(url: &str) -> Result<Vec<u8>, Error> {
    HttpTransport::new(&HttpOptions::default()).unwrap().exchange(&Exchange::new(url, b"question"))
}

fn refusal(url: &str) -> (ErrorKind, String) {
    let error = post(url).unwrap_err();
    (error.kind(), error.to_string())
}

#[test]
fn a_request_is_posted_with_its_media_types() {
    let server = Loopback::start(|received| {
        let head = received.head.to_ascii_lowercase();
        assert!(head.starts_with("post / http/1.1\r\n"), "{head}");
        assert!(head.contains(&format!("content-type: {QUERY_TYPE}\r\n")), "{head}");
        assert!(head.contains(&format!("accept: {REPLY_TYPE}\r\n")), "{head}");
        assert_eq!(received.body, b"question");
        ok("Application/Timestamp-Reply; charset=binary", b"answer")
    });
    assert_eq!(post(&server.url()).unwrap(), b"answer");
}

#[test]
fn an_answer_of_another_media_type_is_refused() {
    let server = Loopback::start(|_| ok("text/html", b"<p>welcome"));
    let (kind, text) = refusal(&server.url());
    assert_eq!(kind, ErrorKind::Rejected);
    assert!(text.contains("another media type") && text.contains("text/html"), "{text}");
}

#[test]
fn a_status_other_than_200_is_a_refusal_with_its_number() {
    for line in ["429 Too Many Requests", "500 Internal Server Error", "404 Not Found", "204 No Content"] {
        let server = Loopback::start(move |_| status(line, "Retry-After: 30"));
        let (kind, text) = refusal(&server.url());
        assert_eq!(kind, ErrorKind::Rejected, "{line}");
        assert!(text.contains(line) && text.contains("retry after 30"), "{text}");
    }
}

#[test]
fn an_answer_that_is_too_long_is_refused_without_being_read() {
    let server = Loopback::start(|_| ok(REPLY_TYPE, &[7; 101]));
    let url = server.url();
    let mut exchange = Exchange::new(&url, b"question");
    exchange.limit = 100;
    let mut transport = HttpTransport::new(&HttpOptions::default()).unwrap();
    assert_eq!(transport.exchange(&exchange).unwrap_err().kind(), ErrorKind::LimitExceeded);
    exchange.limit = 101;
    assert_eq!(transport.exchange(&exchange).unwrap(), [7; 101]);
}

#[test]
fn an_answer_in_pieces_is_put_together_and_bounded_too() {
    let pieces = |count: usize| {
        move |_| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {REPLY_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n");
            [head.as_bytes(), &b"2\r\nab\r\n".repeat(count), b"0\r\n\r\n"].concat()
        }
    };
    let server = Loopback::start(pieces(3));
    assert_eq!(post(&server.url()).unwrap(), b"ababab");
    let server = Loopback::start(pieces(1 << 20));
    assert_eq!(refusal(&server.url()).0, ErrorKind::LimitExceeded);
}

#[test]
fn an_endless_head_is_refused() {
    let server = Loopback::start(|_| {
        let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
        head.extend(b"X-Padding: 0123456789012345678901234567890123456789\r\n".repeat(5_000));
        head
    });
    assert!(matches!(refusal(&server.url()).0, ErrorKind::LimitExceeded | ErrorKind::Rejected));
}

#[test]
fn a_server_that_does_not_answer_is_given_up() {
    let (release, wait) = mpsc::channel::<()>();
    let server = Loopback::start(move |_| {
        wait.recv().unwrap_err();
        Vec::new()
    });
    let mut options = HttpOptions::default();
    options.total = Duration::from_millis(100);
    let url = server.url();
    let error = HttpTransport::new(&options).unwrap().exchange(&Exchange::new(&url, b"question")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(error.to_string().contains("in time"), "{error}");
    drop(release);
}

#[test]
fn a_connection_that_is_refused_or_cut_is_unreachable_or_not_http() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(refusal(&format!("http://{nobody}/")).0, ErrorKind::Unreachable);
    let server = Loopback::start(|_| Vec::new());
    assert!(matches!(refusal(&server.url()).0, ErrorKind::Unreachable | ErrorKind::Rejected));
    let server = Loopback::start(|_| b"220 mail ready\r\n\r\n".to_vec());
    assert_eq!(refusal(&server.url()).0, ErrorKind::Rejected);
    let server = Loopback::start(|_| {
        let mut cut = ok(REPLY_TYPE, b"answer");
        cut.pop();
        cut
    });
    assert!(matches!(refusal(&server.url()).0, ErrorKind::Unreachable | ErrorKind::Rejected));
}

#[test]
fn addresses_other_than_http_are_misuse() {
    for url in
        ["", "tsa.example", "file:///etc/passwd", "ftp://tsa.example/", "http://", "http:///x", "https:/x", "http://[/"]
    {
        assert_eq!(refusal(url).0, ErrorKind::Misuse, "{url:?}");
    }
}

#[test]
fn a_redirect_is_followed_with_the_same_body() {
    for line in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let target = Loopback::start(|received| {
            assert!(received.head.starts_with("POST /tsa?x=1 "), "{}", received.head);
            assert_eq!(received.body, b"question");
            ok(REPLY_TYPE, b"answer")
        });
        let to = format!("Location: {}tsa?x=1", target.url());
        let server = Loopback::start(move |_| status(line, &to));
        assert_eq!(post(&server.url()).unwrap(), b"answer", "{line}");
    }
}

#[test]
fn redirects_have_the_time_of_one_request_together() {
    let server = Loopback::start(|_| {
        std::thread::sleep(Duration::from_millis(400));
        status("307 Temporary Redirect", "Location: /")
    });
    let url = server.url();
    let mut exchange = Exchange::new(&url, b"question");
    exchange.time = Some(Duration::from_millis(600));
    let error = HttpTransport::new(&HttpOptions::default()).unwrap().exchange(&exchange).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
    assert!(error.to_string().contains("in time"), "{error}");
}

#[test]
fn a_redirect_may_name_a_path_of_the_same_server() {
    let server = Loopback::start(|received| match received.head.starts_with("POST /tsa ") {
        true => ok(REPLY_TYPE, b"answer"),
        false => status("307 Temporary Redirect", "Location: /tsa"),
    });
    assert_eq!(post(&server.url()).unwrap(), b"answer");
}

#[test]
fn redirects_end() {
    let server = Loopback::start(|_| status("307 Temporary Redirect", "Location: /"));
    let (kind, text) = refusal(&server.url());
    assert_eq!(kind, ErrorKind::Rejected);
    assert!(text.contains("more than three redirects"), "{text}");
}

#[test]
fn a_redirect_leads_to_http_or_nowhere() {
    for to in ["file:///etc/passwd", "gopher://x/", "ldap://x/", "javascript:1", "tsa", "http://", "//", "?x"] {
        let server = Loopback::start(move |_| status("302 Found", &format!("Location: {to}")));
        let (kind, text) = refusal(&server.url());
        assert_eq!(kind, ErrorKind::Rejected, "{to}");
        assert!(text.contains("redirect to an address"), "{to}: {text}");
    }
    let server = Loopback::start(|_| status("302 Found", "X-Location: none"));
    assert!(refusal(&server.url()).1.contains("without an address"));
    let server = Loopback::start(|_| status("303 See Other", "Location: /"));
    assert!(refusal(&server.url()).1.contains("303"));
}

/// `openssl s_server` with a certificate of its own for localhost; it answers the first connection with `answer`.
struct TlsServer {
    process: Child,
    port: u16,
    root: Vec<u8>,
}

impl TlsServer {
    fn start(answer: &[u8]) -> Option<Self> {
        tool("openssl")?;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).into_os_string();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=TEST localhost", "-addext", "subjectAltName=DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(path("key"))
            .arg("-out")
            .arg(path("cert"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let mut process = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-key"])
            .arg(path("key"))
            .arg("-cert")
            .arg(path("cert"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port =
            lines.map(Result::unwrap).find_map(|line| line.strip_prefix("ACCEPT 127.0.0.1:")?.parse().ok()).unwrap();
        process.stdin.as_mut().unwrap().write_all(answer).unwrap();
        Some(Self { process, port, root: std::fs::read(path("cert")).unwrap() })
    }

    fn post(&self, roots: Option<Vec<u8>>) -> Result<Vec<u8>, Error> {
        let mut options = HttpOptions::default();
        options.roots = roots;
        let url = format!("https://localhost:{}/", self.port);
        HttpTransport::new(&options).unwrap().exchange(&Exchange::new(&url, b"question"))
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn https_is_spoken_with_servers_whose_root_is_given() {
    let Some(server) = TlsServer::start(&ok(REPLY_TYPE, b"answer")) else { return };
    assert_eq!(server.post(Some(server.root.clone())).unwrap(), b"answer");
}

#[test]
fn https_is_not_spoken_with_strangers() {
    let Some(server) = TlsServer::start(&ok(REPLY_TYPE, b"answer")) else { return };
    let error = server.post(None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(error.to_string().contains("no TLS connection"), "{error}");
}

#[test]
fn https_does_not_lead_back_to_http() {
    let Some(server) = TlsServer::start(&status("307 Temporary Redirect", "Location: http://127.0.0.1:1/")) else {
        return;
    };
    let error = server.post(Some(server.root.clone())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert!(error.to_string().contains("from https to http"), "{error}");
}

#[test]
fn roots_that_are_none_are_refused() {
    let mut options = HttpOptions::default();
    for roots in [&b""[..], b"nothing", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        options.roots = Some(roots.to_vec());
        assert_eq!(HttpTransport::new(&options).unwrap_err().kind(), ErrorKind::Malformed);
    }
}
