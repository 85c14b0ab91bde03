//! Issuing: certificates and an empty revocation list, for whoever holds the key of an authority.
//!
//! This is what a [throw-away PKI](super::throwaway) needs, and tests of certification paths. It is no certification
//! authority: nothing is checked of who the subject is, and nothing is recorded.

use super::{Certificate, KeyUsage, QcStatements};
use crate::asn1::{Tag, write};
use crate::digest::Algorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Entropy, PublicKey, Signer};
use crate::oid::{self, Oid};
use crate::time::Time;

/// What a certificate of X.509 version 3 is to say.
///
/// Key identifiers are always there, computed as in RFC 7093 §2 (method 1); the other extensions only when asked for.
///
/// ```
/// use seing::key::{KeyKind, Signer, SoftwareKey, os_entropy};
/// use seing::oid;
/// use seing::pki::issue::Template;
/// use seing::time::Time;
///
/// let key = SoftwareKey::generate(KeyKind::P256, &mut os_entropy)?;
/// let (from, until) = (Time::parse_rfc3339("2026-01-01T00:00:00Z")?, Time::parse_rfc3339("2036-01-01T00:00:00Z")?);
/// let subject = [(oid::COUNTRY, "MA"), (oid::COMMON_NAME, "TEST root")];
/// let root = Template::new(&subject, key.public_key(), from, until)?.authority(None).self_signed(&key, &mut os_entropy)?;
/// assert_eq!(root.subject().to_string(), "CN=TEST root,C=MA");
/// # Ok::<(), seing::error::Error>(())
/// ```
pub struct Template<'a> {
    subject: Vec<u8>,
    key: &'a PublicKey,
    not_before: Time,
    not_after: Time,
    /// Those after the key identifiers, encoded.
    extensions: Vec<Vec<u8>>,
    /// The AccessDescriptions of authorityInfoAccess.
    access: Vec<Vec<u8>>,
}

impl<'a> Template<'a> {
    /// A certificate of this key for this subject, valid from the second of `not_before` through that of `not_after`. The
    /// attributes of the name stand in the order of the encoding, as in country, organization, common name.
    ///
    /// # Errors
    ///
    /// `Misuse` when the name is empty, has an empty attribute, or a character that its attribute does not take; or when the
    /// certificate would end before it begins.
    pub fn new(subject: &[(Oid, &str)], key: &'a PublicKey, not_before: Time, not_after: Time) -> Result<Self> {
        if not_after < not_before {
            return Err(Error::misuse("certificate that ends before it begins"));
        }
        let subject = distinguished_name(subject)?;
        Ok(Self { subject, key, not_before, not_after, extensions: Vec::new(), access: Vec::new() })
    }

    /// The subject is a certification authority, which signs certificates and revocation lists; at most so many authorities
    /// may stand below it.
    #[must_use]
    pub fn authority(self, path_length: Option<u8>) -> Self {
        let length = path_length.map_or_else(Vec::new, |length| write::small(u64::from(length)));
        self.extension(oid::BASIC_CONSTRAINTS, CRITICAL, &write::sequence(&[&write::boolean_true(), &length]))
            .key_usage(KeyUsage::KEY_CERT_SIGN.and(KeyUsage::CRL_SIGN))
    }

    /// What the key may be used for, as a critical extension.
    #[must_use]
    pub fn key_usage(self, usage: KeyUsage) -> Self {
        self.extension(oid::KEY_USAGE, CRITICAL, &named_bits(usage))
    }

    /// What the certified key is for, among other things that do not matter here.
    #[must_use]
    pub fn purposes(self, purposes: &[Oid]) -> Self {
        let value = write_all(Tag::SEQUENCE, purposes.iter().map(write::oid));
        self.extension(oid::EXTENDED_KEY_USAGE, NOT_CRITICAL, &value)
    }

    /// The one thing that the key is for, as a critical extension: time-stamping wants it so (RFC 3161 §2.3).
    #[must_use]
    pub fn only_purpose(self, purpose: Oid) -> Self {
        self.extension(oid::EXTENDED_KEY_USAGE, CRITICAL, &write::sequence(&[&write::oid(&purpose)]))
    }

    /// The policies under which the certificate is issued.
    #[must_use]
    pub fn policies(self, policies: &[Oid]) -> Self {
        let value = write_all(Tag::SEQUENCE, policies.iter().map(|policy| write::sequence(&[&write::oid(policy)])));
        self.extension(oid::CERTIFICATE_POLICIES, NOT_CRITICAL, &value)
    }

    /// Where the revocation lists are on which the certificate would stand.
    #[must_use]
    pub fn crl_distribution_points(self, uris: &[&str]) -> Self {
        let points = uris.iter().map(|uri| {
            let full_name = write::tlv(Tag::context(0), &[&uri_name(uri)]);
            write::sequence(&[&write::tlv(Tag::context(0), &[&full_name])])
        });
        let value = write_all(Tag::SEQUENCE, points);
        self.extension(oid::CRL_DISTRIBUTION_POINTS, NOT_CRITICAL, &value)
    }

    /// Where the certificate of the issuer can be had.
    #[must_use]
    pub fn ca_issuers(mut self, uri: &str) -> Self {
        self.access.push(write::sequence(&[&write::oid(&oid::AD_CA_ISSUERS), &uri_name(uri)]));
        self
    }

    /// Who answers whether the certificate is revoked.
    #[must_use]
    pub fn ocsp_responder(mut self, uri: &str) -> Self {
        self.access.push(write::sequence(&[&write::oid(&oid::AD_OCSP), &uri_name(uri)]));
        self
    }

    /// The certificate of an OCSP responder is not to be checked for revocation (RFC 6960 §4.2.2.2.1).
    #[must_use]
    pub fn ocsp_no_check(self) -> Self {
        self.extension(oid::OCSP_NO_CHECK, NOT_CRITICAL, &write::null())
    }

    /// What the certificate states of itself as a qualified one.
    ///
    /// # Errors
    ///
    /// `Unsupported` when a limit value or a statement of another kind is asked for, which are read but not written.
    pub fn qc_statements(self, statements: &QcStatements) -> Result<Self> {
        if statements.limit.is_some() || !statements.others.is_empty() {
            return Err(Error::unsupported("qcStatement that is not written"));
        }
        let mut list = Vec::new();
        if statements.compliance {
            list.push(write::sequence(&[&write::oid(&oid::QC_COMPLIANCE)]));
        }
        if statements.secure_device {
            list.push(write::sequence(&[&write::oid(&oid::QC_SSCD)]));
        }
        if !statements.types.is_empty() {
            let types = write_all(Tag::SEQUENCE, statements.types.iter().map(write::oid));
            list.push(write::sequence(&[&write::oid(&oid::QC_TYPE), &types]));
        }
        if !statements.legislation.is_empty() {
            let country = |country: &String| write::tlv(Tag::PRINTABLE_STRING, &[country.as_bytes()]);
            let countries = write_all(Tag::SEQUENCE, statements.legislation.iter().map(country));
            list.push(write::sequence(&[&write::oid(&oid::QC_CC_LEGISLATION), &countries]));
        }
        let value = write_all(Tag::SEQUENCE, list.into_iter());
        Ok(self.extension(oid::QC_STATEMENTS, NOT_CRITICAL, &value))
    }

    /// Issues the certificate under its own key.
    ///
    /// # Errors
    ///
    /// `Misuse` when the key is not the one of the template; what the signer and `entropy` fail with.
    pub fn self_signed(self, key: &dyn Signer, entropy: &mut Entropy<'_>) -> Result<Certificate> {
        if key.public_key() != self.key {
            return Err(Error::misuse("self-signed certificate under another key"));
        }
        let identifier = key_identifier(self.key);
        let issuer = self.subject.clone();
        self.sign(&issuer, &identifier, key, entropy)
    }

    /// Issues the certificate under the key of an authority.
    ///
    /// # Errors
    ///
    /// `Unusable` when the key is not that of the issuer's certificate, or the issuer is no authority; what the signer and
    /// `entropy` fail with.
    pub fn issued_by(self, issuer: &Certificate, key: &dyn Signer, entropy: &mut Entropy<'_>) -> Result<Certificate> {
        check_authority(issuer, key)?;
        self.sign(issuer.subject().der(), &identifier_of(issuer, key), key, entropy)
    }

    /// ```text
    /// TBSCertificate ::= SEQUENCE {
    ///     version [0] Version (v3(2)), serialNumber INTEGER, signature AlgorithmIdentifier, issuer Name,
    ///     validity SEQUENCE { notBefore Time, notAfter Time }, subject Name, subjectPublicKeyInfo SubjectPublicKeyInfo,
    ///     extensions [3] SEQUENCE OF Extension }
    /// ```
    fn sign(
        self,
        issuer: &[u8],
        issuer_key: &[u8],
        signer: &dyn Signer,
        entropy: &mut Entropy<'_>,
    ) -> Result<Certificate> {
        let mut extensions = vec![
            extension(oid::SUBJECT_KEY_IDENTIFIER, NOT_CRITICAL, &write::octet_string(&key_identifier(self.key))),
            authority_key_identifier(issuer_key),
        ];
        extensions.extend(self.extensions);
        if !self.access.is_empty() {
            let value = write_all(Tag::SEQUENCE, self.access.into_iter());
            extensions.push(extension(oid::AUTHORITY_INFO_ACCESS, NOT_CRITICAL, &value));
        }
        let to_be_signed = write::sequence(&[
            &write::tlv(Tag::context(0), &[&write::small(2)]),
            &serial_number(entropy)?,
            &signer.algorithm().to_identifier(),
            issuer,
            &write::sequence(&[&write::time(self.not_before), &write::time(self.not_after)]),
            &self.subject,
            self.key.spki(),
            &write::tlv(Tag::context(3), &[&write_all(Tag::SEQUENCE, extensions.into_iter())]),
        ]);
        Certificate::parse(&signed(&to_be_signed, signer)?)
    }

    fn extension(mut self, kind: Oid, critical: Critical, value: &[u8]) -> Self {
        self.extensions.push(extension(kind, critical, value));
        self
    }
}

/// Writes a revocation list (RFC 5280 §5) in DER on which no certificate stands.
///
/// ```text
/// TBSCertList ::= SEQUENCE {
///     version Version (v2(1)), signature AlgorithmIdentifier, issuer Name, thisUpdate Time, nextUpdate Time,
///     crlExtensions [0] SEQUENCE OF Extension }
/// ```
///
/// # Errors
///
/// `Misuse` when it would end before it begins; `Unusable` when the key is not that of the issuer's certificate, or the
/// issuer is no authority; what the signer fails with.
pub fn empty_crl(
    issuer: &Certificate,
    key: &dyn Signer,
    number: u64,
    this_update: Time,
    next_update: Time,
) -> Result<Vec<u8>> {
    check_authority(issuer, key)?;
    if next_update < this_update {
        return Err(Error::misuse("revocation list that ends before it begins"));
    }
    let extensions = write::sequence(&[
        &authority_key_identifier(&identifier_of(issuer, key)),
        &extension(oid::CRL_NUMBER, NOT_CRITICAL, &write::small(number)),
    ]);
    let to_be_signed = write::sequence(&[
        &write::small(1),
        &key.algorithm().to_identifier(),
        issuer.subject().der(),
        &write::time(this_update),
        &write::time(next_update),
        &write::tlv(Tag::context(0), &[&extensions]),
    ]);
    signed(&to_be_signed, key)
}

/// `BOOLEAN DEFAULT FALSE` of an extension, encoded.
type Critical = &'static [u8];
const CRITICAL: Critical = &[0x01, 0x01, 0xff];
const NOT_CRITICAL: Critical = &[];

/// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
fn extension(kind: Oid, critical: Critical, value: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::oid(&kind), critical, &write::octet_string(value)])
}

fn write_all(tag: Tag, elements: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    write::tlv(tag, &[&elements.flatten().collect::<Vec<u8>>()])
}

/// SIGNED ::= SEQUENCE { toBeSigned, algorithm AlgorithmIdentifier, signature BIT STRING }
fn signed(to_be_signed: &[u8], signer: &dyn Signer) -> Result<Vec<u8>> {
    let signature = write::bit_string(&signer.sign(to_be_signed)?);
    Ok(write::sequence(&[to_be_signed, &signer.algorithm().to_identifier(), &signature]))
}

/// RFC 7093 §2, method 1: the leftmost 160 bits of the SHA-256 of the subjectPublicKey.
fn key_identifier(key: &PublicKey) -> Vec<u8> {
    Algorithm::Sha256.digest(key.bits()).octets().iter().take(20).copied().collect()
}

fn identifier_of(issuer: &Certificate, key: &dyn Signer) -> Vec<u8> {
    issuer.subject_key_identifier().map_or_else(|| key_identifier(key.public_key()), <[u8]>::to_vec)
}

fn authority_key_identifier(identifier: &[u8]) -> Vec<u8> {
    let value = write::sequence(&[&write::tlv(Tag::context_primitive(0), &[identifier])]);
    extension(oid::AUTHORITY_KEY_IDENTIFIER, NOT_CRITICAL, &value)
}

fn check_authority(issuer: &Certificate, key: &dyn Signer) -> Result<()> {
    if issuer.public_key()? != key.public_key() {
        return Err(Error::new(ErrorKind::Unusable, "the certificate of the issuer is of another key"));
    }
    if !issuer.basic_constraints().is_some_and(|constraints| constraints.authority) {
        return Err(Error::new(ErrorKind::Unusable, "the issuer is no certification authority")
            .with(issuer.subject().to_string()));
    }
    Ok(())
}

/// Sixteen octets: positive, of one length, and 126 bits that nobody can foretell.
fn serial_number(entropy: &mut Entropy<'_>) -> Result<Vec<u8>> {
    let mut octets = [0; 16];
    entropy(&mut octets)?;
    let [first, ..] = &mut octets;
    *first = *first & 0x3f | 0x40;
    Ok(write::unsigned(&octets))
}

/// A BIT STRING with named bits ends with the last one that is set (X.690 §11.2.2).
fn named_bits(usage: KeyUsage) -> Vec<u8> {
    let octets = usage.bits().to_be_bytes();
    let unused = usage.bits().trailing_zeros();
    let length = 2 - usize::from(unused >= 8) - usize::from(unused >= 16);
    let unused = u8::try_from(unused % 8).unwrap_or(0);
    write::tlv(Tag::BIT_STRING, &[&[unused], octets.get(..length).unwrap_or_default()])
}

/// The uniformResourceIdentifier of a GeneralName.
fn uri_name(uri: &str) -> Vec<u8> {
    write::tlv(Tag::context_primitive(6), &[uri.as_bytes()])
}

/// Each attribute is a relative name of its own. RFC 5280, appendix A.1: countryName and serialNumber are PrintableStrings.
fn distinguished_name(attributes: &[(Oid, &str)]) -> Result<Vec<u8>> {
    if attributes.is_empty() {
        return Err(Error::misuse("name without an attribute"));
    }
    let mut elements = Vec::new();
    for (kind, text) in attributes {
        let printable = matches!(*kind, oid::COUNTRY | oid::SERIAL_NUMBER);
        let fits = if printable { text.bytes().all(is_printable) } else { !text.chars().any(char::is_control) };
        if text.is_empty() || !fits || (*kind == oid::COUNTRY && text.len() != 2) {
            return Err(Error::misuse("text that an attribute of a name does not take").with(kind.to_string()));
        }
        let tag = if printable { Tag::PRINTABLE_STRING } else { Tag::UTF8_STRING };
        let attribute = write::sequence(&[&write::oid(kind), &write::tlv(tag, &[text.as_bytes()])]);
        elements.push(write::tlv(Tag::SET, &[&attribute]));
    }
    Ok(write_all(Tag::SEQUENCE, elements.into_iter()))
}

/// X.680 §41.4, table 10.
fn is_printable(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&octet)
}
