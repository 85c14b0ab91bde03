//! Certificates, lists and responses put together by hand, so that anything in them can be wrong. Nothing of the crate writes
//! them.

use seing::digest::Algorithm;
use seing::key::{KeyKind, Signer as _, SoftwareKey};
use seing::limits::{Budget, Limits};
use seing::pki::crl::Crl;
use seing::pki::ocsp::OcspResponse;
use seing::pki::revocation::{RevocationData, RevocationQuery, Statements, Status, statements};
use seing::pki::{Certificate, Reason, TrustAnchors};
use seing::time::Time;

pub(crate) use crate::timestamp::forge::{name, oid, sequence, tlv};
use crate::workshop::{key, time};

/// A key and its certificate.
pub(crate) struct Party {
    pub(crate) key: SoftwareKey,
    pub(crate) certificate: Certificate,
}

/// What a certificate says. Validity in UTCTime, extensions as encoded.
#[derive(Clone)]
pub(crate) struct Form {
    pub(crate) subject: &'static str,
    pub(crate) serial: Vec<u8>,
    pub(crate) valid: (&'static str, &'static str),
    pub(crate) extensions: Vec<Vec<u8>>,
}

pub(crate) const CRL_SIGN: u8 = 0x02;
pub(crate) const CERT_SIGN: u8 = 0x04;
pub(crate) const DIGITAL_SIGNATURE: u8 = 0x80;
pub(crate) const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

pub(crate) fn ed25519(seed: u8) -> SoftwareKey {
    key(KeyKind::Ed25519, seed)
}

pub(crate) fn extension(id: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    sequence(&[&oid(id), flag, &tlv(4, &[value])])
}

pub(crate) fn key_usage(usage: u8) -> Vec<u8> {
    extension("2.5.29.15", true, &[3, 2, usage.trailing_zeros() as u8, usage])
}

pub(crate) fn purpose(id: &str) -> Vec<u8> {
    extension("2.5.29.37", false, &sequence(&[&oid(id)]))
}

fn authority() -> Vec<u8> {
    extension("2.5.29.19", true, &sequence(&[&[1, 1, 0xff]]))
}

impl Form {
    pub(crate) fn authority(subject: &'static str, usage: u8) -> Self {
        let extensions = vec![authority(), key_usage(usage)];
        Self { subject, serial: vec![1], valid: ("200101000000Z", "400101000000Z"), extensions }
    }

    pub(crate) fn person(serial: u8) -> Self {
        let valid = ("260101000000Z", "280101000000Z");
        Self { subject: "TEST Person", serial: vec![serial], valid, extensions: vec![key_usage(DIGITAL_SIGNATURE)] }
    }

    pub(crate) fn responder() -> Self {
        let extensions = vec![key_usage(DIGITAL_SIGNATURE), purpose(OCSP_SIGNING)];
        Self { subject: "TEST Responder", serial: vec![77], extensions, ..Self::person(0) }
    }

    pub(crate) fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    /// The certificate of a key, signed by another for this name.
    pub(crate) fn issue(&self, key: SoftwareKey, issuer: &str, issuer_key: &SoftwareKey) -> Party {
        let validity = sequence(&[&tlv(0x17, &[self.valid.0.as_bytes()]), &tlv(0x17, &[self.valid.1.as_bytes()])]);
        let to_be_signed = sequence(&[
            &[0xa0, 3, 2, 1, 2],
            &tlv(2, &[&self.serial]),
            &ed25519_identifier(),
            &name(issuer),
            &validity,
            &name(self.subject),
            key.public_key().spki(),
            &tlv(0xa3, &[&sequence(&[&self.extensions.concat()])]),
        ]);
        let certificate = Certificate::parse(&signed(&to_be_signed, issuer_key, &[])).unwrap();
        Party { key, certificate }
    }

    pub(crate) fn issued_by(&self, key: SoftwareKey, issuer: &Party) -> Party {
        let subject = issuer.certificate.subject().to_string();
        self.issue(key, subject.strip_prefix("CN=").unwrap(), &issuer.key)
    }

    pub(crate) fn self_signed(&self, seed: u8) -> Party {
        self.issue(ed25519(seed), self.subject, &ed25519(seed))
    }
}

fn ed25519_identifier() -> Vec<u8> {
    sequence(&[&oid("1.3.101.112")])
}

fn signed(to_be_signed: &[u8], key: &SoftwareKey, after: &[u8]) -> Vec<u8> {
    let signature = tlv(3, &[&[0], &key.sign(to_be_signed).unwrap()]);
    sequence(&[to_be_signed, &ed25519_identifier(), &signature, after])
}

/// What a list says. Times in UTCTime, entries and extensions as encoded.
#[derive(Clone)]
pub(crate) struct List {
    pub(crate) issuer: &'static str,
    pub(crate) this_update: &'static str,
    pub(crate) next_update: &'static str,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) extensions: Vec<Vec<u8>>,
}

pub(crate) fn entry(serial: u8, extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = if extensions.is_empty() { Vec::new() } else { sequence(&[&extensions.concat()]) };
    sequence(&[&tlv(2, &[&[serial]]), &tlv(0x17, &[b"261001000000Z"]), &extensions])
}

/// The same at a time, without extensions.
pub(crate) fn entry_at(serial: u8, time: &str) -> Vec<u8> {
    sequence(&[&tlv(2, &[&[serial]]), &tlv(0x17, &[time.as_bytes()])])
}

pub(crate) fn reason(number: u8) -> Vec<u8> {
    extension("2.5.29.21", false, &[10, 1, number])
}

pub(crate) fn number(number: u8) -> Vec<u8> {
    extension("2.5.29.20", false, &[2, 1, number])
}

pub(crate) fn base(number: u8) -> Vec<u8> {
    extension("2.5.29.27", true, &[2, 1, number])
}

/// An issuingDistributionPoint of these fields.
pub(crate) fn scope(fields: &[&[u8]]) -> Vec<u8> {
    extension("2.5.29.28", true, &sequence(fields))
}

/// A fullName of one directory name, in the tag of a distributionPoint.
pub(crate) fn full_name(common_name: &str) -> Vec<u8> {
    tlv(0xa0, &[&tlv(0xa0, &[&tlv(0xa4, &[&name(common_name)])])])
}

/// cRLDistributionPoints of one point of these fields.
pub(crate) fn point(fields: &[&[u8]]) -> Vec<u8> {
    extension("2.5.29.31", false, &sequence(&[&sequence(fields)]))
}

impl List {
    pub(crate) fn of(issuer: &'static str) -> Self {
        let (this_update, next_update) = ("261120000000Z", "261130000000Z");
        Self { issuer, this_update, next_update, entries: Vec::new(), extensions: Vec::new() }
    }

    pub(crate) fn entry(mut self, entry: Vec<u8>) -> Self {
        self.entries.push(entry);
        self
    }

    pub(crate) fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub(crate) fn to_der(&self, key: &SoftwareKey) -> Vec<u8> {
        let entries = if self.entries.is_empty() { Vec::new() } else { sequence(&[&self.entries.concat()]) };
        let extensions = sequence(&[&self.extensions.concat()]);
        let to_be_signed = sequence(&[
            &[2, 1, 1],
            &ed25519_identifier(),
            &name(self.issuer),
            &tlv(0x17, &[self.this_update.as_bytes()]),
            &tlv(0x17, &[self.next_update.as_bytes()]),
            &entries,
            &if self.extensions.is_empty() { Vec::new() } else { tlv(0xa0, &[&extensions]) },
        ]);
        signed(&to_be_signed, key, &[])
    }

    pub(crate) fn sign(&self, key: &SoftwareKey) -> Crl {
        Crl::parse(&self.to_der(key)).unwrap()
    }
}

/// What a response says. Times in GeneralizedTime, the rest as encoded.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) responder: Vec<u8>,
    pub(crate) produced_at: &'static str,
    pub(crate) singles: Vec<Vec<u8>>,
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) extensions: Vec<Vec<u8>>,
}

/// What a response says of one certificate.
#[derive(Clone)]
pub(crate) struct Single {
    pub(crate) id: Vec<u8>,
    pub(crate) status: Vec<u8>,
    pub(crate) this_update: &'static str,
    pub(crate) extensions: Vec<Vec<u8>>,
}

pub(crate) const GOOD: [u8; 2] = [0x80, 0];
pub(crate) const UNKNOWN: [u8; 2] = [0x82, 0];

pub(crate) fn revoked(time: &str, reason: u8) -> Vec<u8> {
    tlv(0xa1, &[&tlv(0x18, &[time.as_bytes()]), &tlv(0xa0, &[&[10, 1, reason]])])
}

/// The identifier of a certificate, by hashes that are computed here from the issuer's octets.
pub(crate) fn id(hash: Algorithm, certificate: &Certificate, issuer: &Certificate) -> Vec<u8> {
    let algorithm = match hash {
        Algorithm::Sha1 => "1.3.14.3.2.26",
        Algorithm::Sha256 => "2.16.840.1.101.3.4.2.1",
        other => panic!("no {other} here"),
    };
    sequence(&[
        &sequence(&[&oid(algorithm), &[5, 0]]),
        &tlv(4, &[hash.digest(issuer.subject().der()).octets()]),
        &tlv(4, &[hash.digest(bits(issuer)).octets()]),
        &tlv(2, &[certificate.serial()]),
    ])
}

/// The octets of an Ed25519 key, which are the last 32 of its SubjectPublicKeyInfo (RFC 8410 §4).
fn bits(certificate: &Certificate) -> &[u8] {
    &certificate.spki()[certificate.spki().len() - 32..]
}

pub(crate) fn by_name(common_name: &str) -> Vec<u8> {
    tlv(0xa1, &[&name(common_name)])
}

pub(crate) fn by_key(certificate: &Certificate) -> Vec<u8> {
    tlv(0xa2, &[&tlv(4, &[Algorithm::Sha1.digest(bits(certificate)).octets()])])
}

impl Single {
    pub(crate) fn new(id: Vec<u8>, status: &[u8]) -> Self {
        Self { id, status: status.to_vec(), this_update: "20261121000000Z", extensions: Vec::new() }
    }

    pub(crate) fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        let extensions = tlv(0xa1, &[&sequence(&[&self.extensions.concat()])]);
        sequence(&[
            &self.id,
            &self.status,
            &tlv(0x18, &[self.this_update.as_bytes()]),
            &tlv(0xa0, &[&tlv(0x18, &[b"20261128000000Z"])]),
            &if self.extensions.is_empty() { Vec::new() } else { extensions },
        ])
    }
}

impl Answer {
    pub(crate) fn new(responder: Vec<u8>, singles: &[Single]) -> Self {
        Self {
            responder,
            produced_at: "20261121000000Z",
            singles: singles.iter().map(Single::to_der).collect(),
            certificates: Vec::new(),
            extensions: Vec::new(),
        }
    }

    pub(crate) fn carrying(mut self, certificate: &Certificate) -> Self {
        self.certificates.push(certificate.clone());
        self
    }

    pub(crate) fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub(crate) fn to_der(&self, key: &SoftwareKey) -> Vec<u8> {
        let extensions = tlv(0xa1, &[&sequence(&[&self.extensions.concat()])]);
        let data = sequence(&[
            &self.responder,
            &tlv(0x18, &[self.produced_at.as_bytes()]),
            &sequence(&[&self.singles.concat()]),
            &if self.extensions.is_empty() { Vec::new() } else { extensions },
        ]);
        let certificates: Vec<u8> = self.certificates.iter().flat_map(|one| one.der().to_vec()).collect();
        let certificates = if certificates.is_empty() { Vec::new() } else { tlv(0xa0, &[&sequence(&[&certificates])]) };
        let basic = signed(&data, key, &certificates);
        let bytes = sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &tlv(4, &[&basic])]);
        sequence(&[&[10, 1, 0], &tlv(0xa0, &[&bytes])])
    }

    pub(crate) fn sign(&self, key: &SoftwareKey) -> OcspResponse {
        OcspResponse::parse(&self.to_der(key)).unwrap()
    }
}

/// An authority that is trusted, and a person whom it certified.
pub(crate) struct Scene {
    pub(crate) root: Party,
    pub(crate) person: Party,
    pub(crate) candidates: Vec<Certificate>,
    pub(crate) anchors: TrustAnchors,
    pub(crate) data: RevocationData,
}

pub(crate) const ROOT: &str = "TEST Root";
pub(crate) const ROOT_SEED: u8 = 1;
pub(crate) const PERSON_SEED: u8 = 2;
pub(crate) const PERSON: u8 = 42;

/// When everything is looked at.
pub(crate) fn now() -> Time {
    time("2026-11-23T10:00:00Z")
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &Form::person(PERSON))
    }

    pub(crate) fn with(root: &Form, person: &Form) -> Self {
        let root = root.self_signed(ROOT_SEED);
        let person = person.issued_by(ed25519(PERSON_SEED), &root);
        let anchors = TrustAnchors::none().with(root.certificate.clone());
        Self { root, person, candidates: Vec::new(), anchors, data: RevocationData::none() }
    }

    /// With a list signed by the root.
    pub(crate) fn list(self, list: &List) -> Self {
        let crl = list.sign(&self.root.key);
        self.crl(crl)
    }

    pub(crate) fn crl(mut self, crl: Crl) -> Self {
        self.data.add_crl(crl);
        self
    }

    pub(crate) fn answer(mut self, answer: &Answer, key: &SoftwareKey) -> Self {
        self.data.add_ocsp(answer.sign(key));
        self
    }

    pub(crate) fn candidate(mut self, certificate: &Certificate) -> Self {
        self.candidates.push(certificate.clone());
        self
    }

    /// The identifier of the person's certificate.
    pub(crate) fn id(&self) -> Vec<u8> {
        id(Algorithm::Sha1, &self.person.certificate, &self.root.certificate)
    }

    pub(crate) fn statements(&self) -> Statements {
        self.statements_of(&self.person.certificate)
    }

    pub(crate) fn statements_of(&self, certificate: &Certificate) -> Statements {
        let query = RevocationQuery::new(certificate, &self.root.certificate, &self.candidates, &self.anchors, now());
        statements(&query, &self.data, &mut Budget::new(&Limits::default())).unwrap()
    }

    /// Everything that is proven in the order in which it is found, as in `good` and `keyCompromise`.
    #[track_caller]
    pub(crate) fn proves(&self, expected: &[&str]) {
        let found = self.statements();
        assert_eq!(shown(&found), expected, "{found:#?}");
    }

    /// That nothing is proven, and that what cannot be used is so for reasons with these words.
    #[track_caller]
    pub(crate) fn proves_nothing(&self, words: &[&str]) {
        let found = self.statements();
        assert_eq!(shown(&found), [""; 0], "{found:#?}");
        assert_eq!(found.unusable.len(), words.len(), "{found:#?}");
        for (unusable, words) in found.unusable.iter().zip(words) {
            assert!(unusable.why.contains(words), "{:?} does not say {words:?}", unusable.why);
        }
    }
}

pub(crate) fn shown(found: &Statements) -> Vec<String> {
    let words = |status: &Status| match status {
        Status::Good => "good".to_owned(),
        Status::Revoked { reason, .. } => reason.to_string(),
    };
    found.proven.iter().map(|statement| words(&statement.status)).collect()
}

pub(crate) const REVOKED_AT: &str = "2026-10-01T00:00:00Z";

pub(crate) fn revoked_for(reason: Reason) -> Status {
    Status::Revoked { time: time(REVOKED_AT), reason, invalidity_date: None }
}
