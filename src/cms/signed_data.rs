//! SignedData and SignerInfo as they were received (RFC 5652 §5.1, §5.3).

use std::borrow::Cow;

use super::attributes::{Attribute, SignedAttributes};
use crate::asn1::Tag;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::{Reader, Tlv};
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid::{self, Oid};

/// ```text
/// SignedData ::= SEQUENCE {
///     version CMSVersion, digestAlgorithms SET OF DigestAlgorithmIdentifier, encapContentInfo EncapsulatedContentInfo,
///     certificates [0] IMPLICIT CertificateSet OPTIONAL, crls [1] IMPLICIT RevocationInfoChoices OPTIONAL,
///     signerInfos SET OF SignerInfo }
/// ```
#[derive(Debug)]
pub(crate) struct SignedData<'a> {
    pub(crate) version: u64,
    /// Each with its octets, in the order received.
    pub(crate) digest_algorithms: Vec<(AlgorithmIdentifier<'a>, &'a [u8])>,
    pub(crate) content_type: Oid,
    /// What the content is, where it is attached: an OCTET STRING, or else as PKCS #7 had it.
    pub(crate) content_tag: Option<Tag>,
    /// The octets that the digest covers, where the content is attached.
    pub(crate) content: Option<Cow<'a, [u8]>>,
    /// EncapsulatedContentInfo as received.
    pub(crate) encapsulated: &'a [u8],
    /// CertificateChoices in the order received: each is a certificate unless its tag says otherwise.
    pub(crate) certificates: Vec<Tlv<'a>>,
    /// RevocationInfoChoices in the order received.
    pub(crate) revocation: Vec<Tlv<'a>>,
    /// The fields of the certificates and of the revocation information as received; empty where there is none.
    pub(crate) certificates_field: &'a [u8],
    pub(crate) revocation_field: &'a [u8],
    pub(crate) signers: Vec<SignerInfo<'a>>,
    /// Zero octets after the structure, as in padded PDF signatures.
    pub(crate) padding: usize,
}

/// ```text
/// SignerInfo ::= SEQUENCE {
///     version CMSVersion, sid SignerIdentifier, digestAlgorithm DigestAlgorithmIdentifier,
///     signedAttrs [0] IMPLICIT SignedAttributes OPTIONAL, signatureAlgorithm SignatureAlgorithmIdentifier,
///     signature SignatureValue, unsignedAttrs [1] IMPLICIT UnsignedAttributes OPTIONAL }
/// ```
#[derive(Debug)]
pub(crate) struct SignerInfo<'a> {
    pub(crate) raw: &'a [u8],
    pub(crate) version: u64,
    pub(crate) sid: SignerIdentifier<'a>,
    pub(crate) digest_algorithm: AlgorithmIdentifier<'a>,
    pub(crate) signed_attributes: Option<SignedAttributes<'a>>,
    pub(crate) signature_algorithm: AlgorithmIdentifier<'a>,
    pub(crate) signature: Cow<'a, [u8]>,
    pub(crate) unsigned_attributes: Vec<Attribute<'a>>,
    /// Everything before the unsigned attributes, as received.
    pub(crate) before_unsigned: &'a [u8],
}

/// ```text
/// SignerIdentifier ::= CHOICE {
///     issuerAndSerialNumber IssuerAndSerialNumber, subjectKeyIdentifier [0] SubjectKeyIdentifier }
/// ```
#[derive(Debug)]
pub(crate) enum SignerIdentifier<'a> {
    /// The issuer's Name in DER as received, and the content octets of the serial number.
    IssuerAndSerial(&'a [u8], &'a [u8]),
    SubjectKeyIdentifier(Cow<'a, [u8]>),
}

impl<'a> SignedData<'a> {
    /// Parses a ContentInfo that holds SignedData, in BER or DER. Zero octets may follow.
    pub(crate) fn parse(octets: &'a [u8], budget: &mut Budget) -> Result<Self> {
        let mut input = Reader::new(octets);
        let mut content_info = input.sequence("this is no CMS message: ContentInfo expected")?;
        let padding = octets.len() - input.offset();
        if octets.get(input.offset()..).is_some_and(|rest| rest.iter().any(|octet| *octet != 0)) {
            return Err(Error::malformed("octets after the CMS message").at(input.offset()));
        }
        let kind = content_info.oid()?;
        if kind != oid::SIGNED_DATA {
            return Err(Error::unsupported("CMS message of another kind than SignedData").with(kind.to_string()));
        }
        let explicit = content_info.read(Tag::context(0), "content of the ContentInfo expected")?;
        content_info.finish("ContentInfo with more than two elements")?;
        let mut inner = explicit.reader();
        let mut fields = inner.sequence("SignedData expected")?;
        inner.finish("octets after the SignedData")?;
        let mut parsed = Self::fields(&mut fields, budget)?;
        parsed.padding = padding;
        Ok(parsed)
    }

    fn fields(fields: &mut Reader<'a>, budget: &mut Budget) -> Result<Self> {
        let version = fields.unsigned()?;
        let mut algorithms = fields.read(Tag::SET, "digest algorithms expected")?.reader();
        let mut digest_algorithms = Vec::new();
        while !algorithms.is_empty() {
            budget.element()?;
            let tlv = algorithms.read(Tag::SEQUENCE, "digest algorithm expected")?;
            digest_algorithms.push((AlgorithmIdentifier::from_tlv(&tlv)?, tlv.raw));
        }
        let encapsulated = fields.read(Tag::SEQUENCE, "encapsulated content expected")?;
        let (content_type, content) = content(&encapsulated)?;
        let (content_tag, content) = content.unzip();
        let (mut certificates, mut certificates_field) = (Vec::new(), &[][..]);
        if let Some(set) = fields.optional(Tag::context(0))? {
            certificates_field = set.raw;
            let mut set = set.reader();
            while !set.is_empty() {
                budget.certificate()?;
                certificates.push(set.any()?);
            }
        }
        let (mut revocation, mut revocation_field) = (Vec::new(), &[][..]);
        if let Some(set) = fields.optional(Tag::context(1))? {
            revocation_field = set.raw;
            let mut set = set.reader();
            while !set.is_empty() {
                budget.revocation()?;
                revocation.push(set.any()?);
            }
        }
        let mut infos = fields.read(Tag::SET, "signer infos expected")?.reader();
        let mut signers = Vec::new();
        while !infos.is_empty() {
            budget.signature()?;
            signers.push(SignerInfo::read(&mut infos, budget)?);
        }
        fields.finish("unknown field in the SignedData")?;
        Ok(Self {
            version,
            digest_algorithms,
            content_type,
            content_tag,
            content,
            encapsulated: encapsulated.raw,
            certificates,
            revocation,
            certificates_field,
            revocation_field,
            signers,
            padding: 0,
        })
    }

    /// The version that RFC 5652 §5.1 prescribes for what is inside.
    pub(crate) fn prescribed_version(&self) -> u64 {
        let tagged = |items: &[Tlv<'_>], number| items.iter().any(|tlv| tlv.tag == Tag::context(number));
        let key_identifier = |signer: &SignerInfo<'_>| matches!(signer.sid, SignerIdentifier::SubjectKeyIdentifier(_));
        if tagged(&self.certificates, 3) || tagged(&self.revocation, 1) {
            5
        } else if tagged(&self.certificates, 2) {
            4
        } else if tagged(&self.certificates, 1)
            || self.content_type != oid::DATA
            || self.signers.iter().any(key_identifier)
        {
            3
        } else {
            1
        }
    }
}

/// The tag of the content, and the octets that its digest covers.
type Content<'a> = (Tag, Cow<'a, [u8]>);

/// ```text
/// EncapsulatedContentInfo ::= SEQUENCE { eContentType ContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL }
/// ```
fn content<'a>(encapsulated: &Tlv<'a>) -> Result<(Oid, Option<Content<'a>>)> {
    let mut fields = encapsulated.reader();
    let content_type = fields.oid()?;
    let content = match fields.optional(Tag::context(0))? {
        None => None,
        Some(explicit) => {
            let mut inner = explicit.reader();
            let tlv = inner.any()?;
            inner.finish("octets after the content")?;
            // RFC 5652 §5.2.1: PKCS #7 put any type there; its digest covers the content octets all the same.
            let is_octets = tlv.tag.primitive() == Tag::OCTET_STRING;
            Some((tlv.tag.primitive(), if is_octets { tlv.octets()? } else { Cow::Borrowed(tlv.content) }))
        }
    };
    fields.finish("unknown field in the encapsulated content")?;
    Ok((content_type, content))
}

impl<'a> SignerInfo<'a> {
    fn read(infos: &mut Reader<'a>, budget: &mut Budget) -> Result<Self> {
        Self::parse(&infos.read(Tag::SEQUENCE, "SignerInfo expected")?, budget)
    }

    /// Parses a SignerInfo, as one of a message or as the value of a countersignature attribute.
    pub(crate) fn parse(whole: &Tlv<'a>, budget: &mut Budget) -> Result<Self> {
        if whole.tag != Tag::SEQUENCE {
            return Err(Error::malformed("SignerInfo expected").at(whole.offset));
        }
        let mut fields = whole.reader();
        let version = fields.unsigned()?;
        let sid = SignerIdentifier::read(&mut fields)?;
        let digest_algorithm = AlgorithmIdentifier::read(&mut fields)?;
        let signed_attributes = match fields.optional(Tag::context(0))? {
            Some(set) => Some(SignedAttributes::parse(&set, budget)?),
            None => None,
        };
        let signature_algorithm = AlgorithmIdentifier::read(&mut fields)?;
        let signature = fields.read(Tag::OCTET_STRING, "signature value expected")?.octets()?;
        let read = whole.content.len() - fields.remaining();
        let before_unsigned = whole.content.get(..read).unwrap_or_default();
        let unsigned_attributes = match fields.optional(Tag::context(1))? {
            Some(set) => Attribute::read_all(&mut set.reader(), budget)?,
            None => Vec::new(),
        };
        fields.finish("unknown field in the SignerInfo")?;
        Ok(Self {
            raw: whole.raw,
            version,
            sid,
            digest_algorithm,
            signed_attributes,
            signature_algorithm,
            signature,
            unsigned_attributes,
            before_unsigned,
        })
    }
}

impl<'a> SignerIdentifier<'a> {
    fn read(fields: &mut Reader<'a>) -> Result<Self> {
        if let Some(identifier) = fields.optional(Tag::context_primitive(0))? {
            return Ok(Self::SubjectKeyIdentifier(identifier.octets()?));
        }
        let mut pair = fields.sequence("signer identifier expected")?;
        let issuer = pair.read(Tag::SEQUENCE, "issuer name expected")?.raw;
        let serial = pair.read(Tag::INTEGER, "serial number expected")?.content;
        pair.finish("signer identifier with more than two elements")?;
        Ok(Self::IssuerAndSerial(issuer, serial))
    }
}
