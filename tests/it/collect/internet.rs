//! A server with pages, and authorities whose certificates name them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use seing::ades::Material;
use seing::collect::{Attempt, Collected, Collector};
use seing::error::ErrorKind;
use seing::key::{KeyKind, Signer, SoftwareKey, os_entropy};
use seing::oid;
use seing::pki::issue::{Template, empty_crl};
use seing::pki::{Certificate, KeyUsage, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Guard, HttpOptions};

use crate::timestamp::forge;
use crate::timestamp::forge::{sequence, tlv};
use crate::timestamp::loopback::{Loopback, ok, status};
use crate::workshop::time;

pub(super) fn now() -> Time {
    time("2026-11-23T10:00:00Z")
}

type Pages = Arc<Mutex<HashMap<String, Vec<u8>>>>;

/// A server that has pages, and writes down what is asked of it.
pub(super) struct Internet {
    server: Loopback,
    pages: Pages,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Internet {
    pub(super) fn new() -> Self {
        let (pages, asked) = (Pages::default(), Arc::new(Mutex::new(Vec::new())));
        let (there, heard) = (Arc::clone(&pages), Arc::clone(&asked));
        let server = Loopback::start(move |received| {
            let line: Vec<&str> = received.head.split(' ').take(2).collect();
            heard.lock().unwrap().push(line.join(" "));
            let page = there.lock().unwrap().get(line[1]).cloned();
            page.unwrap_or_else(|| status("404 Not Found", "X: y"))
        });
        Self { server, pages, asked }
    }

    /// The address of a page, as in `/root.crl`.
    pub(super) fn at(&self, page: &str) -> String {
        format!("http://{}{page}", self.host())
    }

    pub(super) fn host(&self) -> String {
        self.server.url().trim_start_matches("http://").trim_end_matches('/').to_owned()
    }

    pub(super) fn put(&self, page: &str, media_type: &str, body: &[u8]) {
        self.answer(page, ok(media_type, body));
    }

    /// Puts a page that is answered with these octets.
    pub(super) fn answer(&self, page: &str, answer: Vec<u8>) {
        self.pages.lock().unwrap().insert(page.to_owned(), answer);
    }

    /// What was asked since this was last called, as in `GET /root.crl`.
    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// A collector that may ask this server.
    pub(super) fn collector(&self) -> Collector<'static> {
        self.collector_at(now())
    }

    pub(super) fn collector_at(&self, time: Time) -> Collector<'static> {
        online(Guard::new().allow_host(&self.host()).unwrap(), time)
    }
}

pub(super) fn online(guard: Guard, time: Time) -> Collector<'static> {
    let mut options = HttpOptions::default();
    options.total = Duration::from_secs(5);
    Collector::over_http(&options, guard, time).unwrap()
}

/// An authority, as certain of its octets as the test that made it.
pub(super) struct Authority {
    pub(super) key: SoftwareKey,
    pub(super) certificate: Certificate,
}

/// Where a certificate says that things are.
#[derive(Clone, Default)]
pub(super) struct Places {
    pub(super) issuer: Vec<String>,
    pub(super) ocsp: Vec<String>,
    pub(super) crl: Vec<String>,
}

pub(super) fn key() -> SoftwareKey {
    SoftwareKey::generate(KeyKind::P256, &mut os_entropy).unwrap()
}

fn template<'a>(name: &str, key: &'a SoftwareKey, places: &Places) -> Template<'a> {
    let (from, until) = (time("2026-01-01T00:00:00Z"), time("2036-01-01T00:00:00Z"));
    let mut template = Template::new(&[(oid::COMMON_NAME, name)], key.public_key(), from, until).unwrap();
    for url in &places.issuer {
        template = template.ca_issuers(url);
    }
    for url in &places.ocsp {
        template = template.ocsp_responder(url);
    }
    let points: Vec<&str> = places.crl.iter().map(String::as_str).collect();
    if points.is_empty() { template } else { template.crl_distribution_points(&points) }
}

impl Authority {
    pub(super) fn root(name: &str) -> Self {
        let key = key();
        let certificate =
            template(name, &key, &Places::default()).authority(None).self_signed(&key, &mut os_entropy).unwrap();
        Self { key, certificate }
    }

    /// An authority below this one.
    pub(super) fn authority(&self, name: &str, places: &Places) -> Self {
        let key = key();
        let certificate = self.authority_of(name, &key, places);
        Self { key, certificate }
    }

    /// A certificate of an authority that has a key already.
    pub(super) fn authority_of(&self, name: &str, key: &SoftwareKey, places: &Places) -> Certificate {
        let template = template(name, key, places).authority(None);
        template.issued_by(&self.certificate, &self.key, &mut os_entropy).unwrap()
    }

    pub(super) fn person(&self, name: &str, places: &Places) -> Certificate {
        self.person_with_key(name, places).1
    }

    pub(super) fn person_with_key(&self, name: &str, places: &Places) -> (SoftwareKey, Certificate) {
        let key = key();
        let template = template(name, &key, places).key_usage(KeyUsage::NON_REPUDIATION);
        let certificate = template.issued_by(&self.certificate, &self.key, &mut os_entropy).unwrap();
        (key, certificate)
    }

    pub(super) fn time_stamp_authority(&self, name: &str, places: &Places) -> (SoftwareKey, Certificate) {
        let key = key();
        let template = template(name, &key, places).key_usage(KeyUsage::DIGITAL_SIGNATURE);
        let template = template.only_purpose(oid::KP_TIME_STAMPING);
        let certificate = template.issued_by(&self.certificate, &self.key, &mut os_entropy).unwrap();
        (key, certificate)
    }

    /// A list of a day and a half on which nobody stands.
    pub(super) fn crl(&self) -> Vec<u8> {
        self.crl_of(time("2026-11-23T00:00:00Z"), time("2026-11-24T12:00:00Z"))
    }

    pub(super) fn crl_of(&self, from: Time, until: Time) -> Vec<u8> {
        empty_crl(&self.certificate, &self.key, 7, from, until).unwrap()
    }

    /// Somebody who answers for this authority.
    pub(super) fn responder(&self, name: &str, places: &Places) -> Self {
        let key = key();
        let template = template(name, &key, places).key_usage(KeyUsage::DIGITAL_SIGNATURE);
        let template = template.purposes(&[oid::KP_OCSP_SIGNING]);
        let certificate = template.issued_by(&self.certificate, &self.key, &mut os_entropy).unwrap();
        Self { key, certificate }
    }

    /// A response of a day that a certificate is good, signed by this authority itself. `more` is what follows the answers.
    pub(super) fn ocsp(&self, certificate: &Certificate, more: &[u8]) -> Vec<u8> {
        self.ocsp_by(self, certificate, more)
    }

    /// The same signed by somebody else, whose certificate comes along.
    pub(super) fn ocsp_by(&self, signer: &Self, certificate: &Certificate, more: &[u8]) -> Vec<u8> {
        let hash = |octets: &[u8]| tlv(4, &[seing::digest::Algorithm::Sha1.digest(octets).octets()]);
        let generalized = |text: &str| tlv(0x18, &[text.as_bytes()]);
        // The point of a P-256 key is the last 65 octets of its SubjectPublicKeyInfo.
        let point = &self.certificate.spki()[self.certificate.spki().len() - 65..];
        let id = sequence(&[
            &sequence(&[&forge::oid("1.3.14.3.2.26"), &[5, 0]]),
            &hash(self.certificate.subject().der()),
            &hash(point),
            &tlv(2, &[certificate.serial()]),
        ]);
        let until = tlv(0xa0, &[&generalized("20261124100000Z")]);
        let single = sequence(&[&id, &[0x80, 0], &generalized("20261123090000Z"), &until]);
        let data = sequence(&[
            &tlv(0xa1, &[signer.certificate.subject().der()]),
            &generalized("20261123090000Z"),
            &sequence(&[&single]),
            more,
        ]);
        let signature = tlv(3, &[&[0], &signer.key.sign(&data).unwrap()]);
        let certificates = tlv(0xa0, &[&sequence(&[signer.certificate.der()])]);
        let basic = sequence(&[&data, &sequence(&[&forge::oid("1.2.840.10045.4.3.2")]), &signature, &certificates]);
        let bytes = sequence(&[&forge::oid("1.3.6.1.5.5.7.48.1.1"), &tlv(4, &[&basic])]);
        sequence(&[&[0x0a, 1, 0], &tlv(0xa0, &[&bytes])])
    }
}

/// A root, an authority below it and a person below that, each of whom says where to ask about it; and the pages.
pub(super) struct Souk {
    pub(super) internet: Internet,
    pub(super) root: Authority,
    pub(super) middle: Authority,
    pub(super) amal: Certificate,
}

impl Souk {
    pub(super) fn new() -> Self {
        let internet = Internet::new();
        let root = Authority::root("TEST Root");
        let at = |page: &str| vec![internet.at(page)];
        let places = Places { issuer: at("/root.cer"), crl: at("/root.crl"), ..Places::default() };
        let middle = root.authority("TEST Middle", &places);
        let amal = middle.person("TEST Amal", &Self::places(&internet));
        internet.put("/root.cer", "application/pkix-cert", root.certificate.der());
        internet.put("/middle.cer", "application/pkix-cert", middle.certificate.der());
        internet.put("/root.crl", "application/pkix-crl", &root.crl());
        internet.put("/middle.crl", "application/pkix-crl", &middle.crl());
        internet.put("/ocsp", OCSP, &middle.ocsp(&amal, &[]));
        Self { internet, root, middle, amal }
    }

    /// Where things are for whoever stands below the authority in the middle.
    pub(super) fn places(internet: &Internet) -> Places {
        let at = |page: &str| vec![internet.at(page)];
        Places { issuer: at("/middle.cer"), ocsp: at("/ocsp"), crl: at("/middle.crl") }
    }

    pub(super) fn anchors(&self) -> TrustAnchors {
        TrustAnchors::none().with(self.root.certificate.clone())
    }

    pub(super) fn guard(&self) -> Guard {
        Guard::new().allow_host(&self.internet.host()).unwrap()
    }

    /// What is collected for the person by somebody who has nothing.
    pub(super) fn collected(&self) -> Collected {
        self.collected_with(&Material::default())
    }

    pub(super) fn collected_with(&self, known: &Material) -> Collected {
        self.internet.collector().for_certificates(std::slice::from_ref(&self.amal), known, &self.anchors())
    }
}

pub(super) const OCSP: &str = "application/ocsp-response";

/// Each attempt as its page and what came of it.
pub(super) fn outcomes(collected: &Collected) -> Vec<(String, Option<ErrorKind>)> {
    let page = |attempt: &Attempt| attempt.url.rsplit('/').next().unwrap().to_owned();
    let kind = |attempt: &Attempt| attempt.outcome.as_ref().err().map(seing::error::Error::kind);
    collected.attempts.iter().map(|attempt| (page(attempt), kind(attempt))).collect()
}

/// What kind of an error the only attempt ended with, and its sentence.
pub(super) fn only_error(collected: &Collected) -> (ErrorKind, String) {
    assert_eq!(collected.attempts.len(), 1, "{:?}", collected.attempts);
    assert!(collected.material.is_empty(), "{:?}", collected.material);
    let error = collected.attempts[0].outcome.as_ref().unwrap_err();
    (error.kind(), error.to_string())
}
