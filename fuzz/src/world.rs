//! A throw-away PKI and what it signed: the same in every run, so that what was found stays found.

use std::cell::OnceCell;
use std::sync::OnceLock;

use seing::ades::cades::{Content, facts};
use seing::ades::{Level, Material, SignatureFacts, SignedProperties, SignerLocation};
use seing::error::Result;
use seing::key::{KeyKind, Signer};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::ocsp::{CertId, Request as OcspRequest};
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::{Identity, augment, sign, sign_beside, sign_detached, verify};

use crate::der::Node;

pub const CONTENTS: [&[u8]; 2] = [b"Bon de commande 4711 : 1 250,00 MAD", b"Bon de commande 4712 : 12,50 MAD"];

pub struct World {
    pub pki: ThrowawayPki,
    pub anchors: TrustAnchors,
    pub material: Material,
    /// Documents that pass.
    pub documents: Vec<Document>,
    /// A token and the response that brought it, over the first content.
    pub token: Vec<u8>,
    pub response: Vec<u8>,
    pub request: Vec<u8>,
}

pub struct Document {
    pub octets: Vec<u8>,
    pub content: &'static [u8],
    pub is_detached: bool,
    pub signatures: Vec<Signed>,
}

/// What somebody of the PKI signed.
pub struct Signed {
    pub certificate: Option<Certificate>,
    pub attributes: SignedProperties,
}

/// What nobody but tests may use as randomness: it is known beforehand.
pub fn known(state: &mut u64) -> impl FnMut(&mut [u8]) -> Result<()> + '_ {
    |octets: &mut [u8]| {
        for octet in octets {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *octet = (*state >> 56) as u8;
        }
        Ok(())
    }
}

pub fn now() -> Time {
    Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap()
}

/// When the documents are looked at.
pub fn later() -> Time {
    now().plus_seconds(5 * 86_400)
}

pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(World::new)
}

/// What the time-stamp authority answers.
pub fn respond(request: &[u8], at: Time) -> Vec<u8> {
    // What signs is not shared between threads.
    thread_local!(static AUTHORITY: OnceCell<Authority> = const { OnceCell::new() });
    AUTHORITY.with(|cell| cell.get_or_init(authority).respond(request, at, &mut known(&mut 7)))
}

fn authority() -> Authority {
    let tsa = pki().time_stamp_authority;
    Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1").unwrap()).unwrap()
}

/// The same PKI once more, for whoever needs its keys.
pub fn fresh_pki() -> ThrowawayPki {
    pki()
}

fn pki() -> ThrowawayPki {
    let mut kinds = Kinds::default();
    kinds.signers = KeyKind::P256;
    ThrowawayPki::new(now(), &kinds, &mut known(&mut 4711)).unwrap()
}

pub fn budget() -> Budget {
    Budget::new(&Limits::default())
}

pub fn facts_of(octets: &[u8], content: &[u8]) -> Result<Vec<SignatureFacts>> {
    facts(octets, Content::Octets(content), &[], &mut budget())
}

impl World {
    fn new() -> Self {
        let world_pki = pki();
        let anchors = world_pki.trust_anchors();
        let mut material = Material::default();
        material.certificates =
            vec![world_pki.root.certificate().clone(), world_pki.ocsp_responder.certificate().clone()];
        material.certificates.extend(world_pki.customer.chain.iter().cloned());
        material.crls = vec![world_pki.root_crl.clone(), world_pki.intermediate_crl.clone()];
        let mut this = Self {
            pki: world_pki,
            anchors,
            material,
            documents: Vec::new(),
            token: Vec::new(),
            response: Vec::new(),
            request: Vec::new(),
        };
        this.material.ocsp_responses = vec![this.ocsp_response()];
        this.sign_documents();
        let digest = seing::digest::Algorithm::Sha256.digest(CONTENTS[0]);
        let request = seing::timestamp::Request::new(&digest).with_nonce(&[0x17, 0x42]).with_certificates();
        this.request = request.to_der();
        this.response = authority().respond(&this.request, now(), &mut known(&mut 3));
        let response = seing::timestamp::Response::parse(&this.response).unwrap();
        this.token = response.token().unwrap().to_vec();
        this
    }

    fn sign_documents(&mut self) {
        let fresh = pki();
        let customer = Identity::new(fresh.customer.key, fresh.customer.chain).unwrap();
        let merchant = Identity::new(fresh.merchant.key, fresh.merchant.chain).unwrap();
        let hash = seing::digest::Algorithm::Sha256;
        let authority = authority();
        let client = |at: Time| {
            let answer = {
                let authority = &authority;
                move |ask: &Exchange<'_>| Ok(authority.respond(ask.body, at, &mut known(&mut 7)))
            };
            let mut state = 5;
            let entropy = move |octets: &mut [u8]| known(&mut state)(octets);
            Client::new("here", answer, entropy).trust(self.anchors.clone())
        };
        let mut made = Vec::new();
        let digests = CONTENTS.map(|content| hash.digest(content));
        let plain = sign(CONTENTS[0], &customer).claimed_at(now()).finish().unwrap();
        let detached = sign_detached(&digests[1], &merchant).claimed_at(now()).finish().unwrap();
        let located = sign(CONTENTS[1], &merchant)
            .claimed_at(now().plus_seconds(60))
            .location(SignerLocation::new("MA", "Rabat"))
            .mime_type("text/plain")
            .timestamp(&mut client(now()))
            .finish()
            .unwrap();
        let both =
            sign_beside(&plain, None, &merchant).claimed_at(now()).timestamp(&mut client(now())).finish().unwrap();
        let raise = |octets: &[u8], level, days: i64| {
            let at = now().plus_seconds(days * 86_400);
            augment(octets).to(level).material(&self.material).timestamp(&mut client(at)).at(at).finish().unwrap()
        };
        let stamped = raise(&plain, Level::BT, 0);
        let long = raise(&stamped, Level::BLt, 1);
        let archived = raise(&plain, Level::BLta, 1);
        let twice = raise(&archived, Level::BLta, 2);
        for (octets, content, is_detached) in [
            (plain, 0, false),
            (detached, 1, true),
            (located, 1, false),
            (both, 0, false),
            (stamped, 0, false),
            (long, 0, false),
            (archived, 0, false),
            (twice, 0, false),
        ] {
            let content = CONTENTS[content];
            let report = verify(&octets).content(content).trust(&self.anchors).at(later()).report().unwrap();
            let said = report.to_string();
            assert!(report.require_passed().is_ok(), "{said}");
            let signatures = facts_of(&octets, content)
                .unwrap()
                .into_iter()
                .map(|facts| Signed { certificate: facts.signer.certificate, attributes: facts.attributes });
            made.push(Document { signatures: signatures.collect(), octets, content, is_detached });
        }
        self.documents = made;
    }

    /// The answer of the responder about the customer: good.
    ///
    /// ```text
    /// ResponseData ::= SEQUENCE { version [0] DEFAULT v1, responderID CHOICE { byName [1] Name, byKey [2] KeyHash },
    ///     producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, responseExtensions [1] OPTIONAL }
    /// SingleResponse ::= SEQUENCE { certID CertID, certStatus CHOICE { good [0] NULL, … }, thisUpdate GeneralizedTime,
    ///     nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, … }
    /// ```
    fn ocsp_response(&self) -> Vec<u8> {
        let (customer, issuer) = (self.pki.customer.certificate(), self.pki.intermediate.certificate());
        let id = CertId::new(seing::digest::Algorithm::Sha256, customer, issuer);
        let request = OcspRequest::new(customer, issuer).and(id);
        let request = Node::parse(&request.to_der()).unwrap();
        let time = |text: &[u8]| Node::primitive(0x18, text);
        let single = |request: &Node| {
            let next = Node::constructed(0xa0, vec![time(b"20261223100000Z")]);
            Node::constructed(
                0x30,
                vec![request.at(&[0]).clone(), Node::primitive(0x80, &[]), time(b"20261123100000Z"), next],
            )
        };
        let list = request.at(&[0]).nodes().last().unwrap();
        let responder = &self.pki.ocsp_responder;
        let name = Node::parse(responder.certificate().subject().der()).unwrap();
        let data = Node::constructed(
            0x30,
            vec![
                Node::constructed(0xa1, vec![name]),
                time(b"20261123100000Z"),
                Node::constructed(0x30, list.nodes().iter().map(single).collect()),
            ],
        );
        let certificate = Node::parse(responder.certificate().der()).unwrap();
        let basic = signed(
            data,
            &responder.key,
            vec![Node::constructed(0xa0, vec![Node::constructed(0x30, vec![certificate])])],
        );
        let basic_type = Node::primitive(6, &[0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1]);
        let bytes = Node::constructed(0x30, vec![basic_type, Node::primitive(4, &basic.encode())]);
        Node::constructed(0x30, vec![Node::primitive(0x0a, &[0]), Node::constructed(0xa0, vec![bytes])]).encode()
    }

    /// The revocation list of the intermediate authority with two entries.
    pub fn crl(&self) -> Vec<u8> {
        let empty = Node::parse(&self.pki.intermediate_crl).unwrap();
        let mut data = empty.nodes()[0].clone();
        let reason =
            Node::constructed(0x30, vec![Node::primitive(6, &[0x55, 0x1d, 0x15]), Node::primitive(4, &[0x0a, 1, 1])]);
        let entry = |serial: &[u8], more: Vec<Node>| {
            let time = Node::primitive(0x17, b"261120100000Z");
            Node::constructed(0x30, [vec![Node::primitive(2, serial), time], more].concat())
        };
        let revoked = vec![
            entry(self.pki.merchant.certificate().serial(), vec![Node::constructed(0x30, vec![reason])]),
            entry(&[0x17], Vec::new()),
        ];
        if let Some(fields) = data.nodes_mut() {
            fields.insert(fields.len() - 1, Node::constructed(0x30, revoked));
        }
        signed(data, &self.pki.intermediate.key, Vec::new()).encode()
    }

    /// Asserts that a document which passes says nothing that nobody signed: its content is one of ours, and so are whose
    /// signature it is and what it states.
    pub fn assert_genuine(&self, octets: &[u8]) {
        let passes = |content: &[u8]| {
            let report = verify(octets).content(content).trust(&self.anchors).at(later()).report();
            report.ok().filter(|report| report.clone().require_passed().is_ok())
        };
        let Ok(attached) = verify(octets).trust(&self.anchors).at(later()).report() else { return };
        let lacks_content = attached.signatures.iter().any(|signature| signature.data_intact.is_none());
        let is_attached = attached.require_passed().is_ok();
        if !is_attached && !lacks_content {
            return;
        }
        let content = CONTENTS.into_iter().find_map(|content| passes(content).map(|report| (content, report)));
        let Some((content, report)) = content else {
            assert!(!is_attached, "a content that nobody signed passes");
            return;
        };
        assert!(!report.signatures.is_empty());
        for stamp in report.signatures.iter().flat_map(|signature| &signature.timestamps) {
            let days = (0..=5).map(|days| now().plus_seconds(days * 86_400));
            assert!(days.into_iter().any(|time| time == stamp.time), "a time that no authority stated passes");
        }
        for found in facts_of(octets, content).unwrap() {
            let ours = self.documents.iter().filter(|document| document.content == content);
            let is_ours = ours
                .flat_map(|document| &document.signatures)
                .any(|signed| signed.certificate == found.signer.certificate && signed.attributes == found.attributes);
            assert!(is_ours, "attributes that nobody signed pass");
        }
    }
}

/// SIGNED ::= SEQUENCE { toBeSigned ANY, algorithm AlgorithmIdentifier, signature BIT STRING }, with ecdsa-with-SHA256.
fn signed(data: Node, key: &dyn Signer, more: Vec<Node>) -> Node {
    let value = key.sign(&data.encode()).unwrap();
    let algorithm = Node::constructed(0x30, vec![Node::primitive(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2])]);
    let signature = Node::primitive(3, &[&[0], value.as_slice()].concat());
    Node::constructed(0x30, [vec![data, algorithm, signature], more].concat())
}
