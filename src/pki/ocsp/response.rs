//! What was answered.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::CertId;
use super::cert_id::key_hash;
use crate::asn1::pem;
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::digest::{self, Digest};
use crate::error::{Error, Result};
use crate::key::{Mismatch, PublicKey, SignatureAlgorithm};
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::distribution::Reason;
use crate::pki::signed::{Signed, each_extension, only};
use crate::pki::{Certificate, Name};
use crate::time::Time;

/// An answer of an OCSP responder, octet for octet as it was received (RFC 6960 §4.2).
///
/// A clone shares the octets. Two responses are equal when their octets are.
///
/// ```text
/// OCSPResponse      ::= SEQUENCE { responseStatus OCSPResponseStatus, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
/// ResponseBytes     ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
/// BasicOCSPResponse ::= SEQUENCE { tbsResponseData ResponseData, signatureAlgorithm AlgorithmIdentifier,
///     signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
/// ResponseData      ::= SEQUENCE { version [0] EXPLICIT Version DEFAULT v1, responderID ResponderID,
///     producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT Extensions OPTIONAL }
/// ```
///
/// That a response can be read says nothing of its signature: [`revocation`](crate::pki::revocation) decides what it proves.
#[derive(Clone)]
pub struct OcspResponse(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    status: ResponseStatus,
    basic: Option<Basic>,
    object_digest: OnceLock<Digest>,
}

struct Basic {
    der: Vec<u8>,
    signed: Signed,
    responder: ResponderId,
    produced_at: Time,
    responses: Vec<SingleResponse>,
    certificates: Vec<Certificate>,
    nonce: Option<Vec<u8>>,
    extended_revoke: bool,
    unknown_critical: Option<Oid>,
}

/// Whether the responder answered at all.
///
/// ```text
/// OCSPResponseStatus ::= ENUMERATED { successful (0), malformedRequest (1), internalError (2), tryLater (3),
///     sigRequired (5), unauthorized (6) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 6960 §4.2.1")]
pub enum ResponseStatus {
    /// There is an answer.
    Successful,
    /// The responder could not read the request.
    MalformedRequest,
    /// The responder has failed.
    InternalError,
    /// The responder cannot answer now.
    TryLater,
    /// The responder answers signed requests alone.
    SigRequired,
    /// The responder does not answer this client, or for this certificate.
    Unauthorized,
}

const STATUS: &[(ResponseStatus, u64, &str)] = &[
    (ResponseStatus::Successful, 0, "successful"),
    (ResponseStatus::MalformedRequest, 1, "malformedRequest"),
    (ResponseStatus::InternalError, 2, "internalError"),
    (ResponseStatus::TryLater, 3, "tryLater"),
    (ResponseStatus::SigRequired, 5, "sigRequired"),
    (ResponseStatus::Unauthorized, 6, "unauthorized"),
];

/// Who signed a response.
///
/// ```text
/// ResponderID ::= CHOICE { byName [1] EXPLICIT Name, byKey [2] EXPLICIT OCTET STRING }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 6960 §4.2.1")]
pub enum ResponderId {
    /// The subject of its certificate.
    Name(Name),
    /// The SHA-1 of its public key.
    KeyHash(Vec<u8>),
}

/// What a response says of one certificate.
///
/// ```text
/// SingleResponse ::= SEQUENCE { certID CertID, certStatus CertStatus, thisUpdate GeneralizedTime,
///     nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, singleExtensions [1] EXPLICIT Extensions OPTIONAL }
/// ```
#[derive(Clone, Debug)]
pub struct SingleResponse {
    id: CertId,
    status: CertStatus,
    this_update: Time,
    next_update: Option<Time>,
    archive_cutoff: Option<Time>,
    crl: Option<CrlId>,
    unknown_critical: Option<Oid>,
}

/// Whether a certificate is revoked, by the word of a responder.
///
/// ```text
/// CertStatus  ::= CHOICE { good [0] IMPLICIT NULL, revoked [1] IMPLICIT RevokedInfo, unknown [2] IMPLICIT NULL }
/// RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 6960 §4.2.1")]
pub enum CertStatus {
    /// It is not.
    Good,
    /// It is, or it is suspended.
    Revoked {
        /// When it was revoked.
        time: Time,
        /// Why; [`Reason::Unspecified`] where the responder does not say it.
        reason: Reason,
        /// Since when the key is known or suspected to be in other hands (RFC 5280 §5.3.2).
        invalidity_date: Option<Time>,
    },
    /// The responder does not know it.
    Unknown,
}

/// The revocation list on which an answer rests (RFC 6960 §4.4.2).
///
/// ```text
/// CrlID ::= SEQUENCE { crlUrl [0] EXPLICIT IA5String OPTIONAL, crlNum [1] EXPLICIT INTEGER OPTIONAL,
///     crlTime [2] EXPLICIT GeneralizedTime OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CrlId {
    /// Where it is.
    pub url: Option<String>,
    /// The content octets of its number.
    pub number: Option<Vec<u8>>,
    /// When it was issued.
    pub time: Option<Time>,
}

impl OcspResponse {
    /// Reads a response, in DER or in PEM (`OCSP RESPONSE`). Certificates in it that cannot be read are left aside: they are
    /// not the responder's.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one; `Unsupported` for responses of another type than BasicOCSPResponse.
    pub fn parse(octets: &[u8]) -> Result<Self> {
        if pem::is_pem(octets) {
            let blocks = pem::blocks(octets)?;
            let block = blocks.iter().find(|block| block.label == PEM_LABEL);
            return Self::from_der(
                &block.ok_or_else(|| Error::malformed("no OCSP response among the PEM blocks"))?.octets,
            );
        }
        Self::from_der(octets)
    }

    /// Reads the responses of a file: PEM (`OCSP RESPONSE`) or DER, one or more. PEM blocks of other kinds are passed over.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse), when there is none or when one cannot be read.
    pub fn parse_many(octets: &[u8]) -> Result<Vec<Self>> {
        let mut responses = Vec::new();
        if pem::is_pem(octets) {
            for block in pem::blocks(octets)?.iter().filter(|block| block.label == PEM_LABEL) {
                responses.push(Self::from_der(&block.octets)?);
            }
        } else {
            let mut reader = Reader::new(octets);
            while !reader.is_empty() {
                let element = reader.read(Tag::SEQUENCE, "OCSP response expected")?;
                responses.push(Self::from_der(element.raw).map_err(|error| error.at(element.offset))?);
            }
        }
        if responses.is_empty() { Err(Error::malformed("no OCSP response")) } else { Ok(responses) }
    }

    /// Reads a BasicOCSPResponse, as CAdES embeds it (RFC 5126 §6.3.4), and puts it into an OCSPResponse.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn from_basic(der: &[u8]) -> Result<Self> {
        let bytes = write::sequence(&[&write::oid(&oid::OCSP_BASIC), &write::octet_string(der)]);
        let successful = write::tlv(ENUMERATED, &[&[0]]);
        Self::from_der(&write::sequence(&[&successful, &write::tlv(Tag::context(0), &[&bytes])]))
    }

    fn from_der(der: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(der);
        let mut fields = reader.sequence("OCSP response expected")?;
        reader.finish("octets after the OCSP response")?;
        let status = status(&fields.read(ENUMERATED, "status of an OCSP response expected")?)?;
        let bytes = fields.optional(Tag::context(0))?;
        fields.finish("OCSP response with more than two elements")?;
        let basic = match (status, bytes) {
            (ResponseStatus::Successful, Some(explicit)) => Some(Basic::from_bytes(&explicit)?),
            // RFC 6960 §4.2.1: an error has no responseBytes.
            (ResponseStatus::Successful, None) => {
                return Err(Error::malformed("successful OCSP response without content"));
            }
            (_, Some(explicit)) => {
                return Err(Error::malformed("OCSP response with content beside an error").at(explicit.offset));
            }
            (_, None) => None,
        };
        Ok(Self(Arc::new(Inner { der: der.to_vec(), status, basic, object_digest: OnceLock::new() })))
    }

    /// The OCSPResponse, octet for octet as it was received.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The BasicOCSPResponse in it, as CAdES embeds it. `None` when the responder refused.
    pub fn basic_der(&self) -> Option<&[u8]> {
        self.0.basic.as_ref().map(|basic| basic.der.as_slice())
    }

    /// The digest of the whole response.
    pub fn digest(&self, algorithm: digest::Algorithm) -> Digest {
        algorithm.digest(self.der())
    }

    /// Whether the responder answered.
    pub fn status(&self) -> ResponseStatus {
        self.0.status
    }

    /// Who signed it. `None` when the responder refused.
    pub fn responder(&self) -> Option<&ResponderId> {
        self.0.basic.as_ref().map(|basic| &basic.responder)
    }

    /// When it was signed. `None` when the responder refused.
    pub fn produced_at(&self) -> Option<Time> {
        self.0.basic.as_ref().map(|basic| basic.produced_at)
    }

    /// What it says, certificate by certificate.
    pub fn responses(&self) -> &[SingleResponse] {
        self.0.basic.as_ref().map_or(&[], |basic| &basic.responses)
    }

    /// The certificates that came with it.
    pub fn certificates(&self) -> &[Certificate] {
        self.0.basic.as_ref().map_or(&[], |basic| &basic.certificates)
    }

    /// The nonce, where there is one.
    pub fn nonce(&self) -> Option<&[u8]> {
        self.0.basic.as_ref().and_then(|basic| basic.nonce.as_deref())
    }

    /// The algorithm with which it is signed.
    ///
    /// # Errors
    ///
    /// `Unsupported` for algorithms that this crate does not know; `Malformed` when the identifier cannot be read, or when
    /// the responder refused.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        let basic = self.basic()?;
        basic.signed.algorithm(&basic.der)
    }

    /// Verifies the signature with a key. That the key may sign this response is for
    /// [`revocation`](crate::pki::revocation) to say.
    ///
    /// # Errors
    ///
    /// `Unsupported` or `Malformed` when the signature cannot be computed with this key, or when the responder refused;
    /// `LimitExceeded` when the budget ends. The inner result is what was found: [`Mismatch`] when the key did not make the
    /// signature.
    pub fn verify_signed_by(&self, key: &PublicKey, budget: &mut Budget) -> Result<std::result::Result<(), Mismatch>> {
        let basic = self.basic()?;
        basic.signed.verify(&basic.der, key, budget)
    }

    /// The SHA-256 of the whole response.
    pub(in crate::pki) fn object_digest(&self) -> Digest {
        *self.0.object_digest.get_or_init(|| self.digest(digest::Algorithm::Sha256))
    }

    /// The responder says "revoked" also of certificates that were never issued (RFC 6960 §4.4.8).
    pub(in crate::pki) fn extended_revoke(&self) -> bool {
        self.0.basic.as_ref().is_some_and(|basic| basic.extended_revoke)
    }

    /// The first extension of the whole response that is critical and unknown.
    pub(in crate::pki) fn unknown_critical(&self) -> Option<Oid> {
        self.0.basic.as_ref().and_then(|basic| basic.unknown_critical)
    }

    fn basic(&self) -> Result<&Basic> {
        self.0.basic.as_ref().ok_or_else(|| {
            Error::malformed("the responder refused, and signed nothing").with(self.0.status.to_string())
        })
    }
}

fn status(tlv: &Tlv<'_>) -> Result<ResponseStatus> {
    let number = if tlv.tag.is_constructed() { None } else { Some(tlv.unsigned()?) };
    let row = STATUS.iter().find(|row| Some(row.1) == number);
    row.map(|row| row.0).ok_or_else(|| Error::malformed("unknown status of an OCSP response").at(tlv.offset))
}

impl Basic {
    fn from_bytes(explicit: &Tlv<'_>) -> Result<Self> {
        let mut inner = explicit.reader();
        let mut fields = inner.sequence("ResponseBytes expected")?;
        inner.finish("octets after the ResponseBytes")?;
        let kind = fields.oid()?;
        if kind != oid::OCSP_BASIC {
            return Err(
                Error::unsupported("OCSP response of another type than BasicOCSPResponse").with(kind.to_string())
            );
        }
        let octets = fields.read(Tag::OCTET_STRING, "BasicOCSPResponse expected")?;
        fields.finish("ResponseBytes with more than two elements")?;
        Self::parse(octets.octets()?)
    }

    fn parse(der: Cow<'_, [u8]>) -> Result<Self> {
        let mut reader = Reader::new(&der);
        let mut parts = reader.sequence("BasicOCSPResponse expected")?;
        reader.finish("octets after the BasicOCSPResponse")?;
        let (signed, data) = Signed::read(&mut parts)?;
        let certificates = match parts.optional(Tag::context(0))? {
            Some(explicit) => certificates(&explicit)?,
            None => Vec::new(),
        };
        parts.finish("BasicOCSPResponse with more than four elements")?;

        let mut fields = data.reader();
        if let Some(version) = fields.optional(Tag::context(0))?
            && version.reader().unsigned()? != 0
        {
            return Err(Error::unsupported("OCSP response of another version than 1").at(version.offset));
        }
        let responder = ResponderId::read(&fields.any()?)?;
        let produced_at = fields.read(Tag::GENERALIZED_TIME, "producedAt expected")?.time()?;
        let mut list = fields.sequence("responses of an OCSP response expected")?;
        let mut responses = Vec::new();
        while !list.is_empty() {
            responses.push(SingleResponse::read(&mut list)?);
        }
        let (mut nonce, mut extended_revoke, mut unknown_critical) = (None, false, None);
        if let Some(explicit) = fields.optional(Tag::context(1))? {
            each_extension(&mut explicit.reader().sequence("extensions expected")?, |kind, critical, value| {
                match kind {
                    // RFC 6960 §4.4.1 puts an OCTET STRING there; responders that put bare octets exist.
                    oid::OCSP_NONCE => {
                        let inner = only(value, Tag::OCTET_STRING, "nonce expected").and_then(|nonce| nonce.octets());
                        nonce = Some(inner.map_or_else(|_bare| value.to_vec(), Cow::into_owned));
                    }
                    oid::OCSP_EXTENDED_REVOKE => extended_revoke = true,
                    _ if critical => {
                        unknown_critical.get_or_insert(kind);
                    }
                    _ => {}
                }
                Ok(())
            })?;
        }
        fields.finish("unknown field in the OCSP response")?;
        Ok(Self {
            signed,
            responder,
            produced_at,
            responses,
            certificates,
            nonce,
            extended_revoke,
            unknown_critical,
            der: der.into_owned(),
        })
    }
}

fn certificates(explicit: &Tlv<'_>) -> Result<Vec<Certificate>> {
    let mut inner = explicit.reader();
    let mut list = inner.sequence("certificates of an OCSP response expected")?;
    inner.finish("octets after the certificates of an OCSP response")?;
    let mut certificates = Vec::new();
    let mut left = MOST_CERTIFICATES;
    while !list.is_empty() {
        left =
            left.checked_sub(1).ok_or_else(|| Error::limit("more certificates in an OCSP response than the limit"))?;
        if let Ok(certificate) = Certificate::parse(list.any()?.raw) {
            certificates.push(certificate);
        }
    }
    Ok(certificates)
}

/// A responder sends its own certificate, and at times those above it.
const MOST_CERTIFICATES: usize = 100;

impl ResponderId {
    fn read(choice: &Tlv<'_>) -> Result<Self> {
        let mut explicit = choice.reader();
        let id = match choice.tag {
            tag if tag == Tag::context(1) => {
                Self::Name(Name::parse(explicit.read(Tag::SEQUENCE, "name of a responder expected")?.raw)?)
            }
            tag if tag == Tag::context(2) => {
                let hash = explicit.read(Tag::OCTET_STRING, "key hash of a responder expected")?;
                Self::KeyHash(hash.octets()?.into_owned())
            }
            _ => return Err(Error::malformed("ResponderID expected").at(choice.offset)),
        };
        explicit.finish("ResponderID with more than one element")?;
        Ok(id)
    }

    /// Whether it names the holder of a certificate.
    pub(in crate::pki) fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::Name(name) => name.matches(certificate.subject()),
            Self::KeyHash(hash) => hash == key_hash(digest::Algorithm::Sha1, certificate).octets(),
        }
    }
}

impl fmt::Display for ResponderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => fmt::Display::fmt(name, f),
            Self::KeyHash(hash) => write!(f, "key {}", digest::hex(hash)),
        }
    }
}

impl SingleResponse {
    fn read(list: &mut Reader<'_>) -> Result<Self> {
        let mut fields = list.sequence("SingleResponse expected")?;
        let id = CertId::read(&mut fields)?;
        let status = fields.any()?;
        let this_update = fields.read(Tag::GENERALIZED_TIME, "thisUpdate expected")?.time()?;
        let next_update = match fields.optional(Tag::context(0))? {
            Some(explicit) => Some(explicit.reader().read(Tag::GENERALIZED_TIME, "nextUpdate expected")?.time()?),
            None => None,
        };
        let (mut reason, mut invalidity_date) = (None, None);
        let (mut archive_cutoff, mut crl, mut unknown_critical) = (None, None, None);
        if let Some(explicit) = fields.optional(Tag::context(1))? {
            each_extension(&mut explicit.reader().sequence("extensions expected")?, |kind, critical, value| {
                let time = || only(value, Tag::GENERALIZED_TIME, "GeneralizedTime expected")?.time();
                match kind {
                    oid::OCSP_ARCHIVE_CUTOFF => archive_cutoff = Some(time()?),
                    oid::OCSP_CRL => crl = Some(CrlId::read(value)?),
                    // RFC 6960 §4.4.5: the extensions of CRL entries may stand here.
                    oid::REASON_CODE => {
                        reason = Some(Reason::from_tlv(&only(value, ENUMERATED, "CRLReason expected")?)?)
                    }
                    oid::INVALIDITY_DATE => invalidity_date = Some(time()?),
                    oid::HOLD_INSTRUCTION_CODE => {}
                    _ if critical => {
                        unknown_critical.get_or_insert(kind);
                    }
                    _ => {}
                }
                Ok(())
            })?;
        }
        fields.finish("unknown field in the SingleResponse")?;
        let status = CertStatus::read(&status, reason, invalidity_date)?;
        Ok(Self { id, status, this_update, next_update, archive_cutoff, crl, unknown_critical })
    }

    /// Which certificate it speaks of.
    pub fn id(&self) -> &CertId {
        &self.id
    }

    /// Whether that certificate is revoked.
    pub fn status(&self) -> CertStatus {
        self.status
    }

    /// The time at which this was known to be so.
    pub fn this_update(&self) -> Time {
        self.this_update
    }

    /// By when there is newer information. Without it there is newer information at any time (RFC 6960 §4.2.2.1).
    pub fn next_update(&self) -> Option<Time> {
        self.next_update
    }

    /// The responder keeps what it knows of certificates that expired after this time (RFC 6960 §4.4.4).
    pub fn archive_cutoff(&self) -> Option<Time> {
        self.archive_cutoff
    }

    /// The revocation list on which the answer rests, where the responder names it.
    pub fn crl(&self) -> Option<&CrlId> {
        self.crl.as_ref()
    }

    pub(in crate::pki) fn unknown_critical(&self) -> Option<Oid> {
        self.unknown_critical
    }
}

impl CertStatus {
    fn read(choice: &Tlv<'_>, reason: Option<Reason>, invalidity_date: Option<Time>) -> Result<Self> {
        match choice.tag {
            // UnknownInfo is NULL, and was an empty SEQUENCE in drafts.
            tag if tag == Tag::context_primitive(0) && choice.content.is_empty() => Ok(Self::Good),
            tag if tag.primitive() == Tag::context_primitive(2) && choice.content.is_empty() => Ok(Self::Unknown),
            tag if tag == Tag::context(1) => {
                let mut fields = choice.reader();
                let time = fields.read(Tag::GENERALIZED_TIME, "revocationTime expected")?.time()?;
                let given = match fields.optional(Tag::context(0))? {
                    Some(explicit) => {
                        Some(Reason::from_tlv(&explicit.reader().read(ENUMERATED, "CRLReason expected")?)?)
                    }
                    None => None,
                };
                fields.finish("RevokedInfo with more than two elements")?;
                Ok(Self::Revoked { time, reason: given.or(reason).unwrap_or(Reason::Unspecified), invalidity_date })
            }
            _ => Err(Error::malformed("CertStatus expected").at(choice.offset)),
        }
    }
}

impl CrlId {
    fn read(value: &[u8]) -> Result<Self> {
        let mut fields = only(value, Tag::SEQUENCE, "CrlID expected")?.reader();
        let mut explicit = |number, tag| match fields.optional(Tag::context(number))? {
            Some(explicit) => explicit.reader().read(tag, "field of a CrlID expected").map(Some),
            None => Ok(None),
        };
        let (url, number) = (explicit(0, Tag::IA5_STRING)?, explicit(1, Tag::INTEGER)?);
        let time = explicit(2, Tag::GENERALIZED_TIME)?.map(|time| time.time()).transpose()?;
        fields.finish("CrlID with more than three elements")?;
        let graphic = |url: Tlv<'_>| {
            url.content.iter().filter(|octet| octet.is_ascii_graphic()).copied().map(char::from).collect()
        };
        Ok(Self { url: url.map(graphic), number: number.map(|number| number.content.to_vec()), time })
    }
}

impl fmt::Display for ResponseStatus {
    /// The name in RFC 6960.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STATUS.iter().find(|row| row.0 == *self).map_or("", |row| row.2))
    }
}

impl fmt::Display for OcspResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.basic {
            Some(basic) => write!(f, "OCSP response of {}, {}", basic.responder, basic.produced_at),
            None => write!(f, "OCSP response: {}", self.0.status),
        }
    }
}

impl fmt::Debug for OcspResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.basic {
            Some(basic) => {
                write!(f, "OcspResponse({}, {}, {} answers)", basic.responder, basic.produced_at, basic.responses.len())
            }
            None => write!(f, "OcspResponse({})", self.0.status),
        }
    }
}

impl PartialEq for OcspResponse {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for OcspResponse {}

const ENUMERATED: Tag = Tag(0x0a);
const PEM_LABEL: &str = "OCSP RESPONSE";
