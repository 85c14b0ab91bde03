//! Revocation lists, octet for octet as they were received (RFC 5280 §5).
//!
//! A list is read whole, each entry included, but nothing is kept per entry: a list of a million certificates costs its own
//! octets. What it says of a certificate is looked up in them.

mod entries;
mod extensions;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use entries::Entry;
pub(super) use entries::shortest;
pub(super) use extensions::Extensions;

use self::entries::{CurrentIssuer, RawEntry};
use super::distribution::Reason;
use super::signed::Signed;
use super::{Certificate, Name};
use crate::asn1::Tag;
use crate::asn1::pem;
use crate::asn1::read::Reader;
use crate::digest::{self, Digest, hex};
use crate::error::{Error, Result};
use crate::key::{Mismatch, PublicKey, SignatureAlgorithm};
use crate::limits::Budget;
use crate::oid::Oid;
use crate::time::Time;

/// A revocation list (RFC 5280 §5.1), complete or delta, direct or indirect.
///
/// A clone shares the octets. Two lists are equal when their octets are.
///
/// ```text
/// CertificateList ::= SEQUENCE { tbsCertList TBSCertList, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
/// TBSCertList     ::= SEQUENCE { version Version OPTIONAL, signature AlgorithmIdentifier, issuer Name, thisUpdate Time,
///     nextUpdate Time OPTIONAL, revokedCertificates SEQUENCE OF SEQUENCE { … } OPTIONAL, crlExtensions [0] Extensions OPTIONAL }
/// ```
///
/// That a list can be read says nothing of its signature: [`revocation`](super::revocation) decides what it proves.
#[derive(Clone)]
pub struct Crl(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    signed: Signed,
    /// RFC 5280 §5.1.1.2: the algorithm that is signed is the one that stands beside the signature.
    algorithms_agree: bool,
    issuer: Name,
    this_update: Time,
    next_update: Option<Time>,
    /// The content of revokedCertificates.
    entries: Range<usize>,
    count: usize,
    unknown_critical_in_entry: Option<Oid>,
    /// An entry has the extension certificateIssuer.
    names_issuers: bool,
    extensions: Extensions,
    /// The key that is known to have made the signature: a large list costs its octets once.
    signed_by: OnceLock<Box<[u8]>>,
    object_digest: OnceLock<Digest>,
}

impl Crl {
    /// Reads a revocation list in DER, every entry included.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, when octets follow it, or when an entry or a known extension cannot be read.
    pub fn parse(der: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(der);
        let mut parts = reader.sequence("revocation list expected")?;
        reader.finish("octets after the revocation list")?;
        let (signed, to_be_signed) = Signed::read(&mut parts)?;
        parts.finish("revocation list with more than three elements")?;

        let mut fields = to_be_signed.reader();
        let version = fields.optional(Tag::INTEGER)?.map(|version| version.unsigned()).transpose()?;
        // RFC 5280 §5.1.2.1: where present it is v2, and without it there are no extensions.
        if version.is_some_and(|version| version != 1) {
            return Err(Error::malformed("version of a revocation list that is none").at(to_be_signed.offset));
        }
        let algorithm = fields.read(Tag::SEQUENCE, "signature algorithm expected")?;
        let issuer = fields.read(Tag::SEQUENCE, "issuer of the revocation list expected")?;
        let this_update = fields.any()?.time()?;
        let next_update = match fields.peek() {
            Some(Tag::UTC_TIME | Tag::GENERALIZED_TIME) => Some(fields.any()?.time()?),
            _ => None,
        };
        let list = fields.optional(Tag::SEQUENCE)?;
        let extensions = fields.optional(Tag::context(0))?;
        fields.finish("unknown field in the revocation list")?;
        let extensions = match (extensions, version) {
            (None, _) => Extensions::default(),
            (Some(_), None) => return Err(Error::malformed("version 1 revocation list with extensions")),
            (Some(explicit), Some(_)) => {
                let mut inner = explicit.reader();
                let mut list = inner.sequence("extensions of the revocation list expected")?;
                inner.finish("octets after the extensions of the revocation list")?;
                Extensions::read(&mut list)?
            }
        };

        let mut entries = 0..0;
        let (mut count, mut unknown_critical_in_entry, mut names_issuers) = (0usize, None, false);
        if let Some(list) = list {
            let mut reader = list.reader();
            entries = reader.offset()..reader.offset() + list.content.len();
            while !reader.is_empty() {
                let entry = RawEntry::read(&mut reader)?;
                entry.time()?;
                let said = entry.extensions()?;
                names_issuers |= said.certificate_issuer.is_some();
                unknown_critical_in_entry = unknown_critical_in_entry.or(said.unknown_critical);
                count += 1;
            }
        }
        Ok(Self(Arc::new(Inner {
            algorithms_agree: signed.algorithm_octets(der) == algorithm.raw,
            signed,
            issuer: Name::parse(issuer.raw)?,
            this_update,
            next_update,
            entries,
            count,
            unknown_critical_in_entry,
            names_issuers,
            extensions,
            signed_by: OnceLock::new(),
            object_digest: OnceLock::new(),
            der: der.to_vec(),
        })))
    }

    /// Reads the revocation lists of a file: PEM (`X509 CRL`) or DER, one or more. PEM blocks of other kinds are passed over.
    ///
    /// # Errors
    ///
    /// `Malformed` when there is none, or when one cannot be read.
    pub fn parse_many(octets: &[u8]) -> Result<Vec<Self>> {
        let mut lists = Vec::new();
        if pem::is_pem(octets) {
            for block in pem::blocks(octets)?.iter().filter(|block| block.label == PEM_LABEL) {
                lists.push(Self::parse(&block.octets)?);
            }
        } else {
            let mut reader = Reader::new(octets);
            while !reader.is_empty() {
                let element = reader.read(Tag::SEQUENCE, "revocation list expected")?;
                lists.push(Self::parse(element.raw).map_err(|error| error.at(element.offset))?);
            }
        }
        if lists.is_empty() { Err(Error::malformed("no revocation list")) } else { Ok(lists) }
    }

    /// The list, octet for octet as it was received.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The list in PEM.
    pub fn to_pem(&self) -> String {
        pem::encode(PEM_LABEL, self.der())
    }

    /// The digest of the whole list.
    pub fn digest(&self, algorithm: digest::Algorithm) -> Digest {
        algorithm.digest(self.der())
    }

    /// Who signed it. For an indirect list it need not be who issued the certificates.
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// When it was issued.
    pub fn this_update(&self) -> Time {
        self.0.this_update
    }

    /// By when the next one is issued, where the list says it.
    pub fn next_update(&self) -> Option<Time> {
        self.0.next_update
    }

    /// Its number in hexadecimal, where it has one.
    pub fn number_hex(&self) -> Option<String> {
        self.0.extensions.number.as_ref().map(|number| if number.is_empty() { "00".to_owned() } else { hex(number) })
    }

    /// Whether it says only what has changed since another list (RFC 5280 §5.2.4).
    pub fn is_delta(&self) -> bool {
        self.0.extensions.base_number.is_some()
    }

    /// Whether it may hold certificates of other issuers than its own (RFC 5280 §5.2.5).
    pub fn is_indirect(&self) -> bool {
        self.0.extensions.scope.as_ref().is_some_and(|scope| scope.indirect)
    }

    /// Where delta lists are that bring it up to date (RFC 5280 §5.2.6).
    pub fn freshest(&self) -> &[String] {
        &self.0.extensions.freshest
    }

    /// How many entries it has.
    pub fn entries(&self) -> usize {
        self.0.count
    }

    /// What it says of a certificate. Whether it is the list for this certificate, and who signed it, is another question.
    ///
    /// # Errors
    ///
    /// `Malformed` when the name of an issuer in it cannot be read.
    pub fn entry_of(&self, certificate: &Certificate) -> Result<Option<Entry>> {
        let wanted = shortest(certificate.serial());
        let mut issuer = CurrentIssuer::new(self.issuer(), certificate);
        let mut entries = Reader::new(self.0.der.get(self.0.entries.clone()).unwrap_or_default());
        let mut found: Option<Entry> = None;
        while !entries.is_empty() {
            let entry = RawEntry::read(&mut entries)?;
            if self.0.names_issuers {
                issuer.follow(&entry)?;
            }
            if entry.serial != wanted || !issuer.is_wanted()? {
                continue;
            }
            // Of several entries, which nobody should write, one that is for ever counts before one that can end.
            let is_final = |entry: &Entry| !matches!(entry.reason, Reason::CertificateHold | Reason::RemoveFromCrl);
            if found.as_ref().is_none_or(|found| !is_final(found)) {
                found = Some(entry.entry()?);
            }
        }
        Ok(found)
    }

    /// The algorithm with which it is signed.
    ///
    /// # Errors
    ///
    /// `Unsupported` for algorithms that this crate does not know; `Malformed` when the identifier cannot be read, or is
    /// not the one that was signed.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        if !self.0.algorithms_agree {
            return Err(Error::malformed("signature algorithm other than the one that was signed"));
        }
        self.0.signed.algorithm(self.der())
    }

    /// Verifies the signature with a key. That the key may sign this list is for
    /// [`revocation`](super::revocation) to say.
    ///
    /// # Errors
    ///
    /// `Unsupported` or `Malformed` when the signature cannot be computed with this key; `LimitExceeded` when the budget
    /// ends. The inner result is what was found: [`Mismatch`] when the key did not make the signature.
    pub fn verify_signed_by(&self, key: &PublicKey, budget: &mut Budget) -> Result<std::result::Result<(), Mismatch>> {
        self.signature_algorithm()?;
        if self.0.signed_by.get().is_some_and(|known| **known == *key.spki()) {
            return Ok(Ok(()));
        }
        let verified = self.0.signed.verify(self.der(), key, budget)?;
        if verified.is_ok() {
            self.0.signed_by.get_or_init(|| key.spki().into());
        }
        Ok(verified)
    }

    pub(super) fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// Why nothing may be concluded from it, whatever it says.
    pub(super) fn defect(&self) -> Option<Defect> {
        // RFC 5280 §5.2 and §5.3: one critical extension that is not understood, of the list or of any entry.
        if let Some(kind) = self.0.extensions.unknown_critical.or(self.0.unknown_critical_in_entry) {
            return Some(Defect::UnknownCriticalExtension(kind));
        }
        // RFC 5280 §5.3.3: certificateIssuer is for indirect lists alone.
        (self.0.names_issuers && !self.is_indirect()).then_some(Defect::IssuersInDirectList)
    }

    /// The SHA-256 of the list.
    pub(super) fn object_digest(&self) -> Digest {
        *self.0.object_digest.get_or_init(|| self.digest(digest::Algorithm::Sha256))
    }
}

/// What makes a revocation list say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Defect {
    #[error("its critical extension {0} is unknown")]
    UnknownCriticalExtension(Oid),
    #[error("it names other issuers without being an indirect one")]
    IssuersInDirectList,
}

impl fmt::Display for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_delta() { "delta CRL" } else { "CRL" };
        write!(f, "{kind} of {}, {}", self.issuer(), self.this_update())
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crl({}, {}, {} entries)", self.issuer(), self.this_update(), self.entries())
    }
}

impl PartialEq for Crl {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Crl {}

const PEM_LABEL: &str = "X509 CRL";
