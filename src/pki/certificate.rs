//! Certificates, octet for octet as they were received.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use x509_parser::certificate::{TbsCertificate, X509CertificateParser};
use x509_parser::nom::Parser;

use super::extensions::Extensions;
use super::name;
use super::{BasicConstraints, ExtendedKeyUsage, KeyUsage, Name, QcStatements};
use crate::asn1::Tag;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::pem;
use crate::asn1::read::{self, Reader, Tlv};
use crate::digest::{self, Digest, hex};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Mismatch, PublicKey, SignatureAlgorithm};
use crate::limits::{Budget, Limits};
use crate::oid::{self, Oid};
use crate::time::Time;

/// An X.509 certificate (RFC 5280 §4.1).
///
/// A clone shares the octets. Two certificates are equal when their octets are.
///
/// ```text
/// Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
/// ```
///
/// Parsing is lenient where the mathematics of a signature can still be done: a key of an unknown kind, an extension that
/// cannot be read or that stands there twice are left for certification paths to judge, which refuses them.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    to_be_signed: Range<usize>,
    algorithm: Range<usize>,
    signature: Range<usize>,
    /// RFC 5280 §4.1.1.2: the algorithm that is signed is the one that stands beside the signature.
    algorithms_agree: bool,
    version: u32,
    serial: Vec<u8>,
    issuer: Name,
    subject: Name,
    not_before: Time,
    not_after: Time,
    spki: Vec<u8>,
    /// Read when it is asked for: many a certificate is only carried along. `None` where [`PublicKey::from_spki`] refuses it.
    key: OnceLock<Option<Box<PublicKey>>>,
    extensions: Extensions,
    /// How many elements there are in the extensions.
    elements: usize,
    sha256: OnceLock<Digest>,
}

impl Certificate {
    /// Reads a certificate in DER.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, or when octets follow it; `LimitExceeded` when it has more or longer parts than any
    /// certificate needs.
    pub fn parse(der: &[u8]) -> Result<Self> {
        if der.len() > LARGEST {
            return Err(Error::limit("certificate over 1 MiB"));
        }
        let mut reader = Reader::new(der);
        let mut fields = reader.sequence("certificate expected")?;
        reader.finish("octets after the certificate")?;
        let to_be_signed = fields.read(Tag::SEQUENCE, "TBSCertificate expected")?;
        let algorithm = fields.read(Tag::SEQUENCE, "signature algorithm expected")?;
        let signature = fields.read(Tag::BIT_STRING, "signature value expected")?;
        fields.finish("certificate with more than three elements")?;
        check_parts(&mut to_be_signed.reader())?;

        let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
        let (_, parsed) = parser.parse(der).map_err(|error| Error::malformed("certificate expected").because(error))?;
        let tbs = &parsed.tbs_certificate;
        // x509-parser reads what it knows of a structure and leaves what follows inside it.
        if tbs.as_ref() != to_be_signed.raw {
            return Err(Error::malformed("TBSCertificate with more than it may hold").at(to_be_signed.offset));
        }
        let (extensions, elements) = extensions(tbs)?;
        Ok(Self(Arc::new(Inner {
            to_be_signed: range(&to_be_signed),
            algorithm: range(&algorithm),
            signature: range(&signature),
            algorithms_agree: tbs.signature == parsed.signature_algorithm,
            version: tbs.version.0,
            serial: tbs.raw_serial().to_vec(),
            issuer: Name::parse(tbs.issuer.as_raw())?,
            subject: Name::parse(tbs.subject.as_raw())?,
            not_before: Time::from_unix(tbs.validity.not_before.timestamp(), 0)?,
            not_after: Time::from_unix(tbs.validity.not_after.timestamp(), 0)?,
            spki: tbs.subject_pki.raw.to_vec(),
            key: OnceLock::new(),
            extensions,
            elements,
            der: der.to_vec(),
            sha256: OnceLock::new(),
        })))
    }

    /// Reads the certificates of a file: PEM or DER, one or more, or a PKCS#7 (CMS) that carries certificates.
    ///
    /// PEM blocks of other kinds are passed over, and so is, in a PKCS#7, what does not parse as a certificate.
    ///
    /// # Errors
    ///
    /// `Malformed` when there is no certificate, or when one that stands by itself does not parse; `LimitExceeded` when there
    /// are more than any list of authorities has.
    pub fn parse_many(octets: &[u8]) -> Result<Vec<Self>> {
        let mut certificates = Vec::new();
        // All authorities of all browsers, those below their roots included, are some thousands.
        let budget = &mut Budget::new(&Limits { certificates: 5_000, elements: 300_000, ..Limits::default() });
        if pem::is_pem(octets) {
            for block in pem::blocks(octets)? {
                match block.label.as_str() {
                    "CERTIFICATE" | "X509 CERTIFICATE" => certificates.push(Self::counted(&block.octets, budget)?),
                    "PKCS7" | "CMS" => certificates.append(&mut bag(&Reader::new(&block.octets).any()?, budget)?),
                    _ => {}
                }
            }
        } else {
            let mut reader = Reader::new(octets);
            while !reader.is_empty() {
                let element = reader.read(Tag::SEQUENCE, "certificate expected")?;
                if element.reader().peek() == Some(Tag::OBJECT_IDENTIFIER) {
                    certificates.append(&mut bag(&element, budget)?);
                } else {
                    let certificate = Self::counted(element.raw, budget).map_err(|error| error.at(element.offset))?;
                    certificates.push(certificate);
                }
            }
        }
        if certificates.is_empty() { Err(Error::malformed("no certificate")) } else { Ok(certificates) }
    }

    /// Reads one of several, which must stay within the budget together.
    fn counted(der: &[u8], budget: &mut Budget) -> Result<Self> {
        budget.certificate()?;
        let certificate = Self::parse(der)?;
        budget.elements(certificate.elements())?;
        Ok(certificate)
    }

    /// How many elements there are in its extensions, which take more room than their octets.
    pub(crate) fn elements(&self) -> usize {
        self.0.elements
    }

    /// The certificate, octet for octet as it was received.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The certificate in PEM.
    pub fn to_pem(&self) -> String {
        pem::encode("CERTIFICATE", self.der())
    }

    /// The octets that the issuer signed.
    pub fn to_be_signed(&self) -> &[u8] {
        self.slice(&self.0.to_be_signed)
    }

    /// The digest of the whole certificate. That of SHA-256, by which signatures and proofs name it, is computed once.
    pub fn digest(&self, algorithm: digest::Algorithm) -> Digest {
        match algorithm {
            digest::Algorithm::Sha256 => *self.0.sha256.get_or_init(|| algorithm.digest(self.der())),
            other => other.digest(self.der()),
        }
    }

    /// Whose key it certifies.
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// Who says so.
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// Whether subject and issuer have the same name. It says nothing of who signed.
    pub fn is_self_issued(&self) -> bool {
        self.subject().matches(self.issuer())
    }

    /// The content octets of the serial number, as they were encoded.
    pub fn serial(&self) -> &[u8] {
        &self.0.serial
    }

    /// The serial number in hexadecimal, as in `0a1b`, with a minus sign for the negative ones that exist.
    pub fn serial_hex(&self) -> String {
        match self.serial() {
            [0, digits @ ..] if !digits.is_empty() => hex(digits),
            digits @ [first, ..] if first & 0x80 != 0 => format!("-{}", hex(&negated(digits))),
            digits => hex(digits),
        }
    }

    /// The first second in which it is valid.
    pub fn not_before(&self) -> Time {
        self.0.not_before
    }

    /// The last second in which it is valid.
    pub fn not_after(&self) -> Time {
        self.0.not_after
    }

    /// The certified key.
    ///
    /// # Errors
    ///
    /// As [`PublicKey::from_spki`]: `Unsupported` for kinds of keys that this crate does not know, `Malformed` for numbers
    /// that make no key.
    pub fn public_key(&self) -> Result<&PublicKey> {
        match self.0.key.get_or_init(|| PublicKey::from_spki(self.spki()).ok().map(Box::new)) {
            Some(key) => Ok(key),
            None => match PublicKey::from_spki(self.spki()) {
                Err(error) => Err(error),
                Ok(_) => Err(Error::unsupported("unknown kind of public key")),
            },
        }
    }

    /// The SubjectPublicKeyInfo, octet for octet as it was received.
    pub fn spki(&self) -> &[u8] {
        &self.0.spki
    }

    /// What the key may be used for, where the certificate says it.
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.0.extensions.key_usage
    }

    /// The purposes of the key, where the certificate names them.
    pub fn extended_key_usage(&self) -> Option<&ExtendedKeyUsage> {
        self.0.extensions.extended_key_usage.as_ref()
    }

    /// Whether the subject is a certification authority, where the certificate says it.
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.0.extensions.basic_constraints
    }

    /// The identifier of the certified key.
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.0.extensions.subject_key_identifier.as_deref()
    }

    /// The identifier of the issuer's key.
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.0.extensions.authority_key_identifier.as_deref()
    }

    /// The certificate policies.
    pub fn policies(&self) -> &[Oid] {
        &self.0.extensions.policies
    }

    /// Where certificates of the issuer can be had (authorityInfoAccess, caIssuers).
    pub fn ca_issuers(&self) -> &[String] {
        &self.0.extensions.issuer_locations
    }

    /// Who answers whether it is revoked (authorityInfoAccess, ocsp).
    pub fn ocsp_responders(&self) -> &[String] {
        &self.0.extensions.ocsp_responders
    }

    /// Where the revocation lists are on which it would stand.
    pub fn crl_distribution_points(&self) -> &[String] {
        &self.0.extensions.crl_distribution_points
    }

    /// Where the delta lists are that bring those up to date (freshestCRL).
    pub fn freshest_crl(&self) -> &[String] {
        &self.0.extensions.freshest_crl
    }

    /// What it states of itself as a qualified certificate.
    pub fn qc_statements(&self) -> Option<&QcStatements> {
        self.0.extensions.qc_statements.as_ref()
    }

    /// The certificate of an OCSP responder that is not to be checked for revocation (RFC 6960 §4.2.2.2.1).
    pub fn ocsp_no_check(&self) -> bool {
        self.states(&oid::OCSP_NO_CHECK)
    }

    /// The issuer publishes no revocation information about it (RFC 9608).
    pub fn no_rev_avail(&self) -> bool {
        self.states(&oid::NO_REV_AVAIL)
    }

    /// It lives too short to be revoked (EN 319 412-1 §5.2).
    pub fn validity_assured_short_term(&self) -> bool {
        self.states(&oid::VALIDITY_ASSURED_SHORT_TERM)
    }

    /// The algorithm with which the issuer signed.
    ///
    /// # Errors
    ///
    /// `Unsupported` for algorithms that this crate does not know; `Malformed` when the identifier cannot be read, or is
    /// not the one that was signed.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm> {
        if !self.0.algorithms_agree {
            return Err(Error::malformed("signature algorithm other than the one that was signed"));
        }
        let identifier = AlgorithmIdentifier::read(&mut Reader::new(self.slice(&self.0.algorithm)))?;
        SignatureAlgorithm::from_identifier(&identifier, None)
    }

    /// Verifies the signature of the certificate with the key of its issuer. That the key is the issuer's, and that the
    /// issuer may sign certificates, is for a certification path to say.
    ///
    /// # Errors
    ///
    /// `Unsupported` or `Malformed` when the signature cannot be computed with this key. The inner result is what was
    /// found: [`Mismatch`] when the key did not make the signature.
    pub fn verify_issued_by(&self, issuer: &PublicKey) -> Result<std::result::Result<(), Mismatch>> {
        let verifier = issuer.verifier(self.signature_algorithm()?)?;
        // A signature value is octets: a BIT STRING that ends within one holds none.
        let signature = Reader::new(self.slice(&self.0.signature)).any()?.bit_octets().or(Err(Mismatch));
        Ok(signature.and_then(|signature| verifier.verify(self.to_be_signed(), signature)))
    }

    pub(super) fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// 1, 2 or 3.
    pub(super) fn version(&self) -> u32 {
        self.0.version.saturating_add(1)
    }

    fn states(&self, kind: &Oid) -> bool {
        let extensions = &self.0.extensions;
        extensions.contains(kind) && !extensions.malformed.contains(kind)
    }

    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.0.der.get(range.clone()).unwrap_or_default()
    }
}

fn range(tlv: &Tlv<'_>) -> Range<usize> {
    tlv.offset..tlv.offset + tlv.raw.len()
}

/// Keys of ML-DSA and logotypes make certificates of some 10 KiB; one of the largest proposed, Classic McEliece, of 1 MiB.
const LARGEST: usize = 1 << 20;
/// RFC 5280 §4.1.2.2 allows 20 octets, and serial numbers are repeated in reports.
const LONGEST_SERIAL: usize = 256;
/// RFC 5280 defines 17. Each is compared with those before it, so that their number must end somewhere.
const MOST_EXTENSIONS: usize = 200;
/// Names, policies and whatever else is listed. Certificates of web servers name some hundreds of hosts.
const MOST_ELEMENTS: usize = 10_000;

/// Bounds what is built from the octets before anything is built.
///
/// ```text
/// TBSCertificate ::= SEQUENCE {
///     version [0] Version DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier, issuer Name, validity Validity,
///     subject Name, subjectPublicKeyInfo SubjectPublicKeyInfo, issuerUniqueID [1] BIT STRING OPTIONAL,
///     subjectUniqueID [2] BIT STRING OPTIONAL, extensions [3] EXPLICIT SEQUENCE OF Extension OPTIONAL }
/// ```
fn check_parts(fields: &mut Reader<'_>) -> Result<()> {
    fields.optional(Tag::context(0))?;
    if fields.any()?.content.len() > LONGEST_SERIAL {
        return Err(Error::limit("serial number over 256 octets"));
    }
    fields.any()?;
    name::check_length(fields.any()?.raw)?;
    fields.any()?;
    name::check_length(fields.any()?.raw)?;
    fields.any()?;
    while !fields.is_empty() {
        let field = fields.any()?;
        if field.tag != Tag::context(3) {
            continue;
        }
        let mut list = field.reader().sequence("extensions expected")?;
        let mut count = 0;
        while !list.is_empty() {
            list.any()?;
            count += 1;
            if count > MOST_EXTENSIONS {
                return Err(Error::limit("certificate with more extensions than the limit allows"));
            }
        }
    }
    Ok(())
}

fn extensions(tbs: &TbsCertificate<'_>) -> Result<(Extensions, usize)> {
    let (mut extensions, mut elements) = (Extensions::default(), 0usize);
    for extension in tbs.extensions() {
        elements = elements.saturating_add(read::count(extension.value));
        if elements > MOST_ELEMENTS {
            return Err(Error::limit("certificate with more elements than the limit allows"));
        }
        extensions.add(Oid::from_octets(extension.oid.as_bytes())?, extension.critical, extension.value)?;
    }
    Ok((extensions, elements))
}

/// The certificates of a SignedData, of which nothing else is looked at.
///
/// ```text
/// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
/// SignedData  ::= SEQUENCE { version INTEGER, digestAlgorithms SET, encapContentInfo SEQUENCE,
///     certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL, … }
/// ```
fn bag(content_info: &Tlv<'_>, budget: &mut Budget) -> Result<Vec<Certificate>> {
    let mut fields = content_info.reader();
    let kind = fields.oid()?;
    if kind != oid::SIGNED_DATA {
        return Err(Error::unsupported("PKCS#7 that is not SignedData").with(kind.to_string()));
    }
    let content = fields.read(Tag::context(0), "SignedData expected")?;
    let mut signed_data = content.reader().sequence("SignedData expected")?;
    signed_data.read(Tag::INTEGER, "version expected")?;
    signed_data.read(Tag::SET, "digest algorithms expected")?;
    signed_data.read(Tag::SEQUENCE, "content expected")?;
    let Some(set) = signed_data.optional(Tag::context(0))? else {
        return Ok(Vec::new());
    };
    let mut elements = set.reader();
    let mut certificates = Vec::new();
    let mut refused = 0usize;
    while !elements.is_empty() {
        match Certificate::counted(elements.any()?.raw, budget) {
            Ok(certificate) => certificates.push(certificate),
            Err(error) if error.kind() == ErrorKind::LimitExceeded => return Err(error),
            Err(_other) => refused += 1,
        }
    }
    if certificates.is_empty() && refused > 0 {
        return Err(Error::malformed("PKCS#7 none of whose certificates can be read").with(refused.to_string()));
    }
    Ok(certificates)
}

/// The magnitude of a negative number in two's complement, without leading zeros.
fn negated(octets: &[u8]) -> Vec<u8> {
    let mut carry = true;
    let mut magnitude: Vec<u8> = octets
        .iter()
        .rev()
        .map(|octet| {
            let (sum, over) = (!octet).overflowing_add(u8::from(carry));
            carry = over;
            sum
        })
        .collect();
    while magnitude.len() > 1 && magnitude.last() == Some(&0) {
        magnitude.pop();
    }
    magnitude.reverse();
    magnitude
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, serial {})", self.subject(), self.serial_hex())
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Certificate {}

impl Borrow<[u8]> for Certificate {
    /// The octets, by which maps find it.
    fn borrow(&self) -> &[u8] {
        self.der()
    }
}

impl Hash for Certificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.der().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_serial_numbers_have_a_sign() {
        assert_eq!(negated(&[0xff]), [1]);
        assert_eq!(negated(&[0x80]), [0x80]);
        assert_eq!(negated(&[0x80, 0]), [0x80, 0]);
        assert_eq!(negated(&[0xff, 0x01]), [0xff]);
    }
}
