//! A throw-away PKI whose members sign, stamp and vouch for each other, at a time of their own.

use std::path::Path;

use seing::ades::cades::{Content, facts};
use seing::ades::{Check, Level, Material, SignatureFacts, TimestampKind};
use seing::key::{KeyKind, Signer, os_entropy};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::TrustAnchors;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::{Augment, Identity, Sign, augment, sign, sign_detached};

use crate::timestamp::forge::{sequence, tlv};
use crate::workshop::{CONTRACT, time};

pub(super) struct Yard {
    pub(super) customer: Identity,
    pub(super) merchant: Identity,
    pub(super) anchors: TrustAnchors,
    pub(super) material: Material,
    pub(super) authority: Authority,
    pub(super) root: String,
}

pub(super) fn now() -> Time {
    time("2026-11-23T10:00:00Z")
}

impl Yard {
    pub(super) fn new(kind: KeyKind) -> Self {
        let pki = ThrowawayPki::new(now(), &Kinds::all(kind), &mut os_entropy).unwrap();
        let mut material = Material::default();
        material.certificates = vec![pki.root.certificate().clone(), pki.ocsp_responder.certificate().clone()];
        material.certificates.extend(pki.customer.chain.iter().cloned());
        material.crls = vec![pki.root_crl.clone(), pki.intermediate_crl.clone()];
        material.ocsp_responses = vec![response(&pki.ocsp_responder.key)];
        let anchors = pki.trust_anchors();
        let root = pki.root.certificate().to_pem();
        let tsa = pki.time_stamp_authority;
        // The issuer comes with the signature: a second copy in each token could be changed without being missed.
        let stamping = vec![tsa.certificate().clone()];
        Self {
            customer: Identity::new(pki.customer.key, pki.customer.chain).unwrap(),
            merchant: Identity::new(pki.merchant.key, pki.merchant.chain).unwrap(),
            authority: Authority::new(tsa.key, stamping, Oid::parse("2.999.1").unwrap()).unwrap(),
            anchors,
            material,
            root,
        }
    }

    /// A client of the authority some days later.
    pub(super) fn client(&self, days: i64) -> Client<'_> {
        let at = now().plus_seconds(days * 86_400);
        let authority = &self.authority;
        let answer = move |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, at, &mut os_entropy));
        Client::new("here", answer, os_entropy).trust(self.anchors.clone()).certificates(self.customer.chain().to_vec())
    }

    pub(super) fn signed(&self, detached: bool) -> Vec<u8> {
        let digest = self.customer.signer().algorithm().digest().unwrap_or(seing::digest::Algorithm::Sha512);
        let digest = digest.digest(CONTRACT);
        let signing: Sign<'_> =
            if detached { sign_detached(&digest, &self.customer) } else { sign(CONTRACT, &self.customer) };
        signing.claimed_at(now()).finish().unwrap()
    }

    /// Raised to a level some days later.
    pub(super) fn raised(&self, signed: &[u8], level: Level, detached: bool, days: i64) -> Vec<u8> {
        let mut client = self.client(days);
        let at = now().plus_seconds(days * 86_400);
        let raising: Augment<'_> = augment(signed).to(level).material(&self.material).timestamp(&mut client).at(at);
        let raising = if detached { raising.content(CONTRACT) } else { raising };
        raising.finish().unwrap()
    }

    /// Of level B-LTA, with two archive time-stamps.
    pub(super) fn archived(&self, detached: bool) -> Vec<u8> {
        let signed = self.signed(detached);
        let once = self.raised(&signed, Level::BLta, detached, 1);
        self.raised(&once, Level::BLta, detached, 2)
    }
}

/// An OCSPResponse by its looks: nobody here asks what it answers.
fn response(key: &dyn Signer) -> Vec<u8> {
    let signature = tlv(3, &[&[0], &key.sign(b"good").unwrap()]);
    let algorithm = sequence(&[&crate::timestamp::forge::oid("1.2.840.10045.4.3.2")]);
    let basic = sequence(&[&sequence(&[&tlv(4, &[b"good"])]), &algorithm, &signature]);
    let bytes = sequence(&[&crate::timestamp::forge::oid("1.3.6.1.5.5.7.48.1.1"), &tlv(4, &[&basic])]);
    sequence(&[&[0x0a, 1, 0], &tlv(0xa0, &[&bytes])])
}

pub(super) fn facts_of(octets: &[u8]) -> Vec<SignatureFacts> {
    facts(octets, Content::Octets(CONTRACT), &[], &mut Budget::new(&Limits::default())).unwrap()
}

/// What the imprints of the archive time-stamps come out as.
pub(super) fn archive_imprints(facts: &SignatureFacts) -> Vec<Check> {
    let archive = facts.timestamps.iter().filter(|stamp| stamp.kind == TimestampKind::Archive);
    archive.map(|stamp| stamp.imprint).collect()
}

/// What an independent reading of the standard says of each archive time-stamp, where Python and asn1crypto are installed.
pub(super) fn independent(file: &Path, content: Option<&Path>) -> Option<Vec<String>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/long_term/archive_imprint.py");
    let there = std::process::Command::new("python3").args(["-c", "import asn1crypto"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: python3 with asn1crypto is not installed");
        return None;
    }
    let output = std::process::Command::new("python3").arg(script).arg(file).args(content).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}
