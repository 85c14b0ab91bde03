//! What is not asked, and what is not taken.

use std::io::Write;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use seing::ades::Material;
use seing::collect::{Collected, Collector};
use seing::error::{Error, ErrorKind};
use seing::limits::Limits;
use seing::pki::{Certificate, TrustAnchors};
use seing::timestamp::{Exchange, Guard, HttpOptions, HttpTransport, Transport};

use super::internet::{Authority, Internet, Places, Souk, now, online, only_error, outcomes};
use crate::timestamp::loopback::{Loopback, ok, status};

/// Somebody whose issuer is to be had at these addresses.
fn person(urls: &[&str]) -> Certificate {
    let places = Places { issuer: urls.iter().map(|url| (*url).to_owned()).collect(), ..Places::default() };
    Authority::root("TEST Root").person("TEST Amal", &places)
}

fn collected(collector: &mut Collector<'_>, urls: &[&str]) -> Collected {
    collector.for_certificates(&[person(urls)], &Material::default(), &TrustAnchors::none())
}

/// The error with which the only attempt ends, by a guard that allows these hosts.
fn refusal(hosts: &[&str], url: &str) -> (ErrorKind, String) {
    let guard = hosts.iter().fold(Guard::new(), |guard, host| guard.allow_host(host).unwrap());
    only_error(&collected(&mut online(guard, now()), &[url]))
}

#[test]
fn the_machine_itself_is_not_asked_unless_it_is_allowed_by_name() {
    let souk = Souk::new();
    let targets = std::slice::from_ref(&souk.amal);
    let nobody = online(Guard::new(), now()).for_certificates(targets, &Material::default(), &souk.anchors());
    assert_eq!(only_error(&nobody).0, ErrorKind::Forbidden);
    // Another port of the same machine is another server.
    let other = online(Guard::new().allow_host("127.0.0.1").unwrap(), now());
    let other = { other }.for_certificates(targets, &Material::default(), &souk.anchors());
    assert_eq!(only_error(&other).0, ErrorKind::Forbidden);
    assert_eq!(souk.internet.asked(), Vec::<String>::new());
    assert!(!souk.collected().material.is_empty());
}

#[test]
fn a_name_that_stands_for_the_machine_itself_is_not_asked() {
    let (kind, text) = refusal(&[], "http://localhost/ca.cer");
    assert_eq!(kind, ErrorKind::Forbidden);
    assert!(text.contains("localhost is ") && text.contains("public internet"), "{text}");

    let internet = Internet::new();
    let port = internet.host().rsplit(':').next().unwrap().to_owned();
    let allowed = format!("localhost:{port}");
    // The number is not the name.
    assert_eq!(refusal(&[&internet.host()], &format!("http://{allowed}/x")).0, ErrorKind::Forbidden);
    assert_eq!(refusal(&[&allowed], &format!("http://{allowed}/x")).0, ErrorKind::Rejected);
    assert_eq!(internet.asked(), ["GET /x"]);
    assert_eq!(refusal(&["[::1]:9"], "http://[0::1]:9/").0, ErrorKind::Unreachable);
}

#[test]
fn every_way_to_write_a_private_address_is_refused() {
    for url in [
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://user@ca.example/",
        "http://user:secret@127.0.0.1/",
        "http://ca.example:8080/",
        "https://ca.example:22/",
    ] {
        assert_eq!(refusal(&[], url).0, ErrorKind::Forbidden, "{url}");
    }
    for url in [
        "file:///etc/passwd",
        "ftp://ca.example/ca.cer",
        "ldap://ca.example/cn=CA?cACertificate",
        "ldaps://ca.example/",
        "gopher://ca.example/",
        "data:application/pkix-cert,x",
        "ca.example/ca.cer",
        "http:ca.example",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://ca.example\\@127.0.0.1/",
        "http://",
    ] {
        assert_eq!(refusal(&[], url).0, ErrorKind::Unsupported, "{url}");
    }
}

#[test]
fn a_redirect_to_a_private_address_is_not_followed() {
    let (front, inside) = (Internet::new(), Internet::new());
    inside.put("/", "application/pkix-cert", Authority::root("TEST Root").certificate.der());
    let inside_port = inside.host().rsplit(':').next().unwrap().to_owned();
    for (to, expected) in [
        (inside.at("/"), ErrorKind::Forbidden),
        (format!("http://localhost:{inside_port}/"), ErrorKind::Forbidden),
        ("http://localhost/".to_owned(), ErrorKind::Forbidden),
        ("http://127.0.0.1/".to_owned(), ErrorKind::Forbidden),
        ("http://10.0.0.1/".to_owned(), ErrorKind::Forbidden),
        ("http://[::ffff:10.0.0.1]/".to_owned(), ErrorKind::Forbidden),
        ("http://169.254.169.254/latest/meta-data/".to_owned(), ErrorKind::Forbidden),
        (format!("http://x@{}/", front.host()), ErrorKind::Forbidden),
        (format!("//{}/", inside.host()), ErrorKind::Forbidden),
        ("http://2130706433/".to_owned(), ErrorKind::Unsupported),
        ("file:///etc/passwd".to_owned(), ErrorKind::Rejected),
        ("ldap://10.0.0.1/".to_owned(), ErrorKind::Rejected),
    ] {
        for line in ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect"] {
            front.answer("/ca.cer", status(line, &format!("Location: {to}")));
            assert_eq!(refusal(&[&front.host()], &front.at("/ca.cer")).0, expected, "{line}: {to}");
        }
    }
    assert_eq!(inside.asked(), Vec::<String>::new());
}

#[test]
fn redirects_end() {
    let internet = Internet::new();
    internet.answer("/a", status("302 Found", "Location: /b"));
    internet.answer("/b", status("303 See Other", &format!("Location: {}", internet.at("/a"))));
    let (kind, text) = refusal(&[&internet.host()], &internet.at("/a"));
    assert_eq!(kind, ErrorKind::Rejected);
    assert!(text.contains("more than three redirects"), "{text}");
    assert_eq!(internet.asked().len(), 4);
}

#[test]
fn a_redirect_to_a_host_that_is_allowed_is_followed() {
    let (front, back) = (Internet::new(), Internet::new());
    let root = Authority::root("TEST Root");
    back.put("/root.cer", "application/pkix-cert", root.certificate.der());
    front.answer("/ca.cer", status("303 See Other", &format!("Location: {}", back.at("/root.cer"))));
    let guard = Guard::new().allow_host(&front.host()).unwrap().allow_host(&back.host()).unwrap();
    let amal = root.person("TEST Amal", &Places { issuer: vec![front.at("/ca.cer")], ..Places::default() });
    let collected = online(guard, now()).for_certificates(&[amal], &Material::default(), &TrustAnchors::none());
    assert_eq!(collected.material.certificates, [root.certificate]);
}

#[test]
fn an_endless_answer_is_given_up() {
    let server = Loopback::streaming(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).ok();
        let piece = [b"1000\r\n".as_slice(), &[0x30; 0x1000], b"\r\n"].concat();
        while stream.write_all(&piece).is_ok() {}
    });
    let host = server.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
    assert_eq!(refusal(&[&host], &server.url()).0, ErrorKind::LimitExceeded);
    // What was read of it counts.
    let mut limits = Limits::default();
    limits.collected_octets = limits.answer_octets;
    let url = server.url();
    let mut collector = online(Guard::new().allow_host(&host).unwrap(), now()).limits(limits);
    let collected = collected(&mut collector, &[&url, &format!("{url}again")]);
    assert_eq!(collected.attempts.len(), 1);
    assert!(collected.incomplete.is_some_and(|limit| limit.to_string().contains("octets")));
}

#[test]
fn an_answer_that_trickles_is_given_up() {
    let (release, wait) = mpsc::channel::<()>();
    let server = Loopback::streaming(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0").ok();
        wait.recv().unwrap_err();
    });
    let host = server.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut options = HttpOptions::default();
    options.total = Duration::from_millis(200);
    let guard = Guard::new().allow_host(&host).unwrap();
    let start = Instant::now();
    let error =
        only_error(&collected(&mut Collector::over_http(&options, guard.clone(), now()).unwrap(), &[&server.url()]));
    assert_eq!(error.0, ErrorKind::Unreachable);

    // The caller has less time than the transport would take.
    let mut hurried = online(guard, now()).time_left(|| Duration::from_millis(200));
    assert_eq!(only_error(&collected(&mut hurried, &[&server.url()])).0, ErrorKind::Unreachable);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    drop(release);
}

#[test]
fn with_no_time_left_nothing_is_asked() {
    let souk = Souk::new();
    let mut left = [Duration::from_secs(9), Duration::ZERO].into_iter();
    let mut collector = souk.internet.collector().time_left(move || left.next().unwrap());
    let targets = std::slice::from_ref(&souk.amal);
    let collected = collector.for_certificates(targets, &Material::default(), &souk.anchors());
    assert_eq!(souk.internet.asked(), ["GET /middle.cer"]);
    let limit = collected.incomplete.unwrap();
    assert_eq!(limit.kind(), ErrorKind::LimitExceeded);
    assert!(limit.to_string().contains("time"), "{limit}");
    assert_eq!(collected.material.certificates.len(), 1);
}

#[test]
fn a_thousand_addresses_are_not_all_asked() {
    let internet = Internet::new();
    let urls: Vec<String> = (0..1000).map(|number| internet.at(&format!("/{number}"))).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let collected = collected(&mut internet.collector(), &urls);
    assert_eq!(internet.asked().len(), Limits::default().sources);
    assert_eq!(collected.attempts.len(), Limits::default().sources);
    let limit = collected.incomplete.unwrap();
    assert_eq!(limit.kind(), ErrorKind::LimitExceeded);
    assert!(limit.to_string().contains("TEST Amal"), "{limit}");
}

#[test]
fn requests_and_octets_are_counted() {
    let souk = Souk::new();
    let targets = std::slice::from_ref(&souk.amal);
    let with = |limits: Limits| {
        let collected =
            souk.internet.collector().limits(limits).for_certificates(targets, &Material::default(), &souk.anchors());
        assert_eq!(collected.incomplete.as_ref().map(Error::kind), Some(ErrorKind::LimitExceeded));
        souk.internet.asked().len()
    };
    let mut limits = Limits::default();
    limits.fetches = 2;
    assert_eq!(with(limits), 2);
    let mut limits = Limits::default();
    limits.collected_octets = souk.middle.certificate.der().len();
    assert_eq!(with(limits), 1);
}

#[test]
fn an_issuer_that_is_none_is_not_taken() {
    let souk = Souk::new();
    let stranger = Authority::root("TEST Middle").certificate;
    for (case, octets, kind) in [
        ("HTML", b"<!DOCTYPE html><p>Not here".to_vec(), ErrorKind::Malformed),
        ("nothing", Vec::new(), ErrorKind::Malformed),
        ("a list", souk.middle.crl(), ErrorKind::Malformed),
        ("of the name, of another key", stranger.der().to_vec(), ErrorKind::Rejected),
        ("of another name", souk.root.certificate.der().to_vec(), ErrorKind::Rejected),
        ("the certificate itself", souk.amal.der().to_vec(), ErrorKind::Rejected),
        ("cut", souk.middle.certificate.der()[..300].to_vec(), ErrorKind::Malformed),
    ] {
        souk.internet.put("/middle.cer", "application/pkix-cert", &octets);
        let collected = souk.collected();
        assert_eq!(only_error(&collected).0, kind, "{case}");
        assert!(collected.incomplete.is_none());
    }
}

#[test]
fn a_list_that_is_none_of_the_issuer_is_not_taken() {
    let souk = Souk::new();
    souk.internet.answer("/ocsp", status("404 Not Found", "X: y"));
    for (case, octets, kind) in [
        ("HTML", b"<html>".to_vec(), ErrorKind::Malformed),
        ("a certificate", souk.middle.certificate.der().to_vec(), ErrorKind::Malformed),
        ("of another issuer", souk.root.crl(), ErrorKind::Rejected),
        ("of another key", Authority::root("TEST Middle").crl(), ErrorKind::Rejected),
    ] {
        souk.internet.put("/middle.crl", "application/pkix-crl", &octets);
        let collected = souk.collected();
        assert_eq!(outcomes(&collected)[2], ("middle.crl".to_owned(), Some(kind)), "{case}");
    }
}

#[test]
fn a_list_that_has_ended_is_said_to_have() {
    let souk = Souk::new();
    souk.internet.answer("/ocsp", status("404 Not Found", "X: y"));
    let later = crate::workshop::time("2026-11-24T12:00:00Z");
    let targets = std::slice::from_ref(&souk.amal);
    let collected = souk.internet.collector_at(later).for_certificates(targets, &Material::default(), &souk.anchors());
    let error = collected.attempts[2].outcome.as_ref().unwrap_err();
    assert_eq!(error.to_string(), "what came is not current any more (until 2026-11-24T12:00:00Z)");
    assert_eq!(collected.material.crls.len(), 2);
}

#[test]
fn a_transport_that_brings_too_much_is_not_believed() {
    let careless = |exchange: &Exchange<'_>| Ok(vec![0x30; exchange.limit + 1]);
    let collected = collected(&mut Collector::new(careless, now()), &["http://ca.example/ca.cer"]);
    assert_eq!(only_error(&collected).0, ErrorKind::LimitExceeded);
}

#[test]
fn addresses_that_the_caller_names_need_no_guard() {
    let server = Loopback::start(|_| ok("application/pkix-cert", b"answer"));
    let url = server.url();
    let mut transport = HttpTransport::new(&HttpOptions::default()).unwrap();
    assert_eq!(transport.exchange(&Exchange::get(&url)).unwrap(), b"answer");
    let mut guarded = HttpTransport::guarded(&HttpOptions::default(), Guard::new()).unwrap();
    assert_eq!(guarded.exchange(&Exchange::get(&url)).unwrap_err().kind(), ErrorKind::Forbidden);
}
