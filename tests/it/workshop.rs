//! Keys, certificates and signed contracts for tests. Nothing of the crate writes the certificates, so that anything in them
//! can be wrong; the keys come from fixed octets, so that every run sees the same files.

use seing::ades::SignatureFacts;
use seing::ades::cades::{Content, facts};
use seing::digest::Algorithm;
use seing::error::Result;
use seing::key::{KeyKind, PublicKey, SignatureAlgorithm, Signer, SoftwareKey};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::{Indication, Report};
use seing::{Identity, Sign, sign, sign_beside, sign_detached, verify};

use crate::timestamp::forge::{TIME_STAMPING, name, oid, sequence, tlv};

pub(crate) const CONTRACT: &[u8] = b"Bon de commande 4711 : 1 250,00 MAD";

pub(crate) fn time(text: &str) -> Time {
    Time::parse_rfc3339(text).unwrap()
}

/// When the contracts are signed.
pub(crate) fn signing() -> Time {
    time("2026-11-23T10:00:00Z")
}

/// When they are looked at.
pub(crate) fn later() -> Time {
    time("2026-11-24T10:00:00Z")
}

/// A key that is the same in every run.
pub(crate) fn key(kind: KeyKind, seed: u8) -> SoftwareKey {
    let mut fixed = |octets: &mut [u8]| {
        octets.fill(seed);
        Ok(())
    };
    SoftwareKey::generate(kind, &mut fixed).unwrap()
}

/// What is in a certificate.
#[derive(Clone)]
pub(crate) struct Profile {
    pub(crate) subject: &'static str,
    pub(crate) issuer: &'static str,
    pub(crate) serial: u8,
    /// UTCTime.
    pub(crate) valid: (&'static str, &'static str),
    pub(crate) authority: bool,
    /// The first octet of the key usage, if there is one.
    pub(crate) key_usage: Option<u8>,
    /// Whether the extended key usage is critical, and its purposes.
    pub(crate) purposes: Option<(bool, &'static [&'static str])>,
    /// Where the revocation list is.
    pub(crate) revocation_list: Option<&'static str>,
}

pub(crate) const DIGITAL_SIGNATURE: u8 = 0x80;
pub(crate) const CERTIFICATE_SIGNING: u8 = 0x06;

impl Profile {
    pub(crate) fn root() -> Self {
        Self {
            subject: "TEST Root",
            issuer: "TEST Root",
            serial: 1,
            valid: ("200101000000Z", "400101000000Z"),
            authority: true,
            key_usage: Some(CERTIFICATE_SIGNING),
            purposes: None,
            revocation_list: None,
        }
    }

    pub(crate) fn person(subject: &'static str, serial: u8) -> Self {
        Self {
            subject,
            serial,
            valid: ("260101000000Z", "280101000000Z"),
            authority: false,
            key_usage: Some(DIGITAL_SIGNATURE),
            ..Self::root()
        }
    }

    pub(crate) fn time_stamping() -> Self {
        let valid = ("200101000000Z", "400101000000Z");
        Self { purposes: Some((true, &[TIME_STAMPING])), valid, ..Self::person("TEST TSA", 9) }
    }

    pub(crate) fn issue(&self, key: &PublicKey, issuer: &SoftwareKey) -> Certificate {
        let algorithm = sequence(&[&oid(match issuer.algorithm() {
            SignatureAlgorithm::Ed25519 => "1.3.101.112",
            SignatureAlgorithm::Ecdsa(Algorithm::Sha256) => "1.2.840.10045.4.3.2",
            SignatureAlgorithm::Ecdsa(Algorithm::Sha384) => "1.2.840.10045.4.3.3",
            other => panic!("no issuer signs with {other} here"),
        })]);
        let validity = sequence(&[&tlv(0x17, &[self.valid.0.as_bytes()]), &tlv(0x17, &[self.valid.1.as_bytes()])]);
        let to_be_signed = sequence(&[
            &[0xa0, 3, 2, 1, 2],
            &[2, 1, self.serial],
            &algorithm,
            &name(self.issuer),
            &validity,
            &name(self.subject),
            key.spki(),
            &tlv(0xa3, &[&sequence(&[&self.extensions()])]),
        ]);
        let signature = tlv(3, &[&[0], &issuer.sign(&to_be_signed).unwrap()]);
        Certificate::parse(&sequence(&[&to_be_signed, &algorithm, &signature])).unwrap()
    }

    fn extensions(&self) -> Vec<u8> {
        let extension = |id: &str, critical: bool, value: &[u8]| {
            let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
            sequence(&[&oid(id), flag, &tlv(4, &[value])])
        };
        let constraints = if self.authority { sequence(&[&[1, 1, 0xff]]) } else { sequence(&[]) };
        let mut extensions = extension("2.5.29.19", true, &constraints);
        if let Some(usage) = self.key_usage {
            extensions.extend(extension("2.5.29.15", true, &[3, 2, usage.trailing_zeros() as u8, usage]));
        }
        if let Some((critical, purposes)) = &self.purposes {
            let purposes: Vec<u8> = purposes.iter().flat_map(|purpose| oid(purpose)).collect();
            extensions.extend(extension("2.5.29.37", *critical, &sequence(&[&purposes])));
        }
        if let Some(address) = self.revocation_list {
            let names = tlv(0xa0, &[&tlv(0x86, &[address.as_bytes()])]);
            extensions.extend(extension("2.5.29.31", false, &sequence(&[&sequence(&[&tlv(0xa0, &[&names])])])));
        }
        extensions
    }
}

/// A root, two people and a time-stamp authority, all with keys of one kind.
pub(crate) struct Parties {
    pub(crate) root: Certificate,
    pub(crate) customer: Identity,
    pub(crate) merchant: Identity,
    pub(crate) authority: Authority,
    pub(crate) judge: Judge,
}

pub(crate) const ROOT: u8 = 1;
pub(crate) const CUSTOMER: u8 = 2;
pub(crate) const MERCHANT: u8 = 3;
pub(crate) const TSA: u8 = 4;

impl Parties {
    pub(crate) fn new(kind: KeyKind) -> Self {
        let root_key = key(kind, ROOT);
        let root = Profile::root().issue(root_key.public_key(), &root_key);
        let tsa = Profile::time_stamping().issue(key(kind, TSA).public_key(), &root_key);
        let policy = Oid::parse("1.3.6.1.4.1.32473.1").unwrap();
        Self {
            customer: Self::identity(kind, CUSTOMER, &Profile::person("TEST Amal", CUSTOMER)),
            merchant: Self::identity(kind, MERCHANT, &Profile::person("TEST Souk", MERCHANT)),
            authority: Authority::new(key(kind, TSA), vec![tsa], policy).unwrap(),
            judge: Judge(TrustAnchors::none().with(root.clone())),
            root,
        }
    }

    /// Somebody whom the root certifies.
    pub(crate) fn identity(kind: KeyKind, seed: u8, profile: &Profile) -> Identity {
        let own = key(kind, seed);
        let certificate = profile.issue(own.public_key(), &key(kind, ROOT));
        Identity::new(own, vec![certificate]).unwrap()
    }

    /// A client of the authority, whose clock stands at a time.
    pub(crate) fn client(&self, at: Time) -> Client<'_> {
        let authority = &self.authority;
        let answer = move |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, at, &mut counting));
        Client::new("here", answer, counting).trust(self.judge.0.clone())
    }

    pub(crate) fn finish(&self, signing_of: Sign<'_>, stamped: bool) -> Vec<u8> {
        let mut client = self.client(signing());
        let signing_of = signing_of.claimed_at(signing());
        if stamped { signing_of.timestamp(&mut client).finish().unwrap() } else { signing_of.finish().unwrap() }
    }

    /// The contract, signed.
    pub(crate) fn contract(&self, shape: Shape) -> Signed {
        let digest = self.digest();
        let first =
            if shape.detached { sign_detached(&digest, &self.customer) } else { sign(CONTRACT, &self.customer) };
        let mut octets = self.finish(first, shape.stamped);
        if shape.signers == 2 {
            let digest = shape.detached.then_some(&digest);
            octets = self.finish(sign_beside(&octets, digest, &self.merchant), shape.stamped);
        }
        Signed { octets, shape }
    }

    pub(crate) fn digest(&self) -> seing::digest::Digest {
        self.customer.signer().algorithm().digest().unwrap_or(Algorithm::Sha512).digest(CONTRACT)
    }
}

/// Somebody who looks at contracts. (What signs cannot be shared between threads, and this can.)
#[derive(Clone)]
pub(crate) struct Judge(pub(crate) TrustAnchors);

impl Judge {
    /// The report on a document as of a day later, held to the number of signers that it should have.
    pub(crate) fn report(&self, octets: &[u8], shape: Shape) -> Result<Report> {
        let verification = verify(octets).trust(&self.0).at(later()).signers(shape.signers);
        if shape.detached { verification.content(CONTRACT).report() } else { verification.report() }
    }

    /// Whether a document is accepted.
    pub(crate) fn accepts(&self, octets: &[u8], shape: Shape) -> bool {
        self.report(octets, shape).is_ok_and(|report| report.require_passed().is_ok())
    }

    /// What a document is found to be, in the words of the standard; an error is a refusal.
    pub(crate) fn verdict(&self, octets: &[u8], shape: Shape) -> String {
        match self.report(octets, shape) {
            Ok(report) => report.indication().to_string(),
            Err(error) => format!("{:?}: {error}", error.kind()),
        }
    }
}

/// A nonce and a serial number that are the same in every run.
pub(crate) fn counting(octets: &mut [u8]) -> Result<()> {
    octets.iter_mut().zip(1..).for_each(|(octet, count)| *octet = count);
    Ok(())
}

/// What a signed contract looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) detached: bool,
    pub(crate) stamped: bool,
    pub(crate) signers: usize,
}

impl Shape {
    pub(crate) const ATTACHED: Self = Self { detached: false, stamped: false, signers: 1 };

    pub(crate) fn all() -> impl Iterator<Item = Self> {
        [1, 2].into_iter().flat_map(|signers| {
            [(false, false), (false, true), (true, false), (true, true)].map(|(detached, stamped)| Self {
                detached,
                stamped,
                signers,
            })
        })
    }
}

/// A signed contract and what it looks like.
pub(crate) struct Signed {
    pub(crate) octets: Vec<u8>,
    pub(crate) shape: Shape,
}

/// The facts of a signed document.
pub(crate) fn facts_of(octets: &[u8]) -> Vec<SignatureFacts> {
    facts(octets, Content::Octets(CONTRACT), &[], &mut Budget::new(&Limits::default())).unwrap()
}

pub(crate) fn passed(report: &Report) -> bool {
    report.indication() == Indication::Passed
}

/// Whether one of the findings has these words.
pub(crate) fn says(report: &Report, words: &str) -> bool {
    report.signatures.iter().flat_map(|signature| &signature.findings).any(|finding| finding.message.contains(words))
}
