//! What a CMS message is made of, for whoever shows it to people.

use std::fmt;

use super::extract::unwrapped;
use crate::asn1::Tag;
use crate::cms::{Attribute, SignedData, SignerIdentifier, SignerInfo};
use crate::digest::hex;
use crate::error::Result;
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::{Certificate, Name};
use crate::timestamp::TstInfo;

/// The parts of a CMS message (RFC 5652 §5.1), without any judgement.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outline {
    /// The type of its content.
    pub content_type: Oid,
    /// How many octets of content are attached; `None` when the content is elsewhere.
    pub content_octets: Option<usize>,
    /// The content, where it is the TSTInfo of a time-stamp token that can be read.
    pub time_stamp: Option<TstInfo>,
    /// The certificates that it carries and that can be read.
    pub certificates: Vec<Certificate>,
    /// How many certificates there are besides, of another kind or unreadable.
    pub other_certificates: usize,
    /// How many revocation lists and responses it carries.
    pub revocation: usize,
    /// Its signers, in the order in which they stand there.
    pub signers: Vec<SignerOutline>,
}

/// The parts of one SignerInfo (RFC 5652 §5.3).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignerOutline {
    /// The name by which it calls the signer's certificate.
    pub certificate: CertificateName,
    /// The hash function of the content.
    pub digest_algorithm: Oid,
    /// The signature algorithm.
    pub signature_algorithm: Oid,
    /// The types of its signed attributes.
    pub signed_attributes: Vec<Oid>,
    /// The types of its unsigned attributes.
    pub unsigned_attributes: Vec<Oid>,
}

/// How a SignerInfo calls the signer's certificate.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 5652 §5.3")]
pub enum CertificateName {
    /// By its issuer, where that name can be read, and its serial number in hexadecimal.
    IssuerAndSerial(Option<Name>, String),
    /// By the identifier of its key.
    KeyIdentifier(Vec<u8>),
}

impl Outline {
    /// Reads a message in BER, DER or PEM.
    ///
    /// # Errors
    ///
    /// `Malformed` or `Unsupported` when it is not CMS SignedData; `LimitExceeded` when it has too many parts.
    pub fn parse(signed: &[u8], budget: &mut Budget) -> Result<Self> {
        let octets = unwrapped(signed)?;
        let message = SignedData::parse(&octets, budget)?;
        let certificates = message.certificates.iter().filter(|tlv| tlv.tag == Tag::SEQUENCE);
        let certificates: Vec<Certificate> = certificates.filter_map(|tlv| Certificate::parse(tlv.raw).ok()).collect();
        let content = message.content.as_deref();
        Ok(Self {
            content_type: message.content_type,
            content_octets: content.map(<[u8]>::len),
            time_stamp: content
                .filter(|_| message.content_type == oid::TST_INFO)
                .and_then(|content| TstInfo::parse(content).ok()),
            other_certificates: message.certificates.len() - certificates.len(),
            certificates,
            revocation: message.revocation.len(),
            signers: message.signers.iter().map(SignerOutline::new).collect(),
        })
    }
}

impl SignerOutline {
    fn new(signer: &SignerInfo<'_>) -> Self {
        let signed = signer.signed_attributes.as_ref().map(|signed| signed.attributes.as_slice()).unwrap_or_default();
        let types = |attributes: &[Attribute<'_>]| attributes.iter().map(|attribute| attribute.oid).collect();
        Self {
            certificate: match &signer.sid {
                SignerIdentifier::IssuerAndSerial(issuer, serial) => {
                    CertificateName::IssuerAndSerial(Name::parse(issuer).ok(), hex(serial))
                }
                SignerIdentifier::SubjectKeyIdentifier(identifier) => {
                    CertificateName::KeyIdentifier(identifier.to_vec())
                }
            },
            digest_algorithm: signer.digest_algorithm.oid,
            signature_algorithm: signer.signature_algorithm.oid,
            signed_attributes: types(signed),
            unsigned_attributes: types(&signer.unsigned_attributes),
        }
    }
}

impl fmt::Display for CertificateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IssuerAndSerial(Some(issuer), serial) => write!(f, "serial {serial} of {issuer}"),
            Self::IssuerAndSerial(None, serial) => write!(f, "serial {serial} of an issuer whose name cannot be read"),
            Self::KeyIdentifier(identifier) => write!(f, "key identifier {}", hex(identifier)),
        }
    }
}
