//! The optional signed attributes of CAdES: commitment, location, media type, policy.

use crate::ades::{Defect, SignaturePolicy, SignedProperties, SignerLocation, Weight};
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::cms::{self, Attribute};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::oid::{self, Oid};

/// EN 319 122-1 5.2.3: CommitmentTypeIndication ::= SEQUENCE { commitmentTypeId OBJECT IDENTIFIER, commitmentTypeQualifier
/// SEQUENCE SIZE (1..MAX) OF CommitmentTypeQualifier OPTIONAL }
pub(super) fn commitment(commitment: &Oid) -> Vec<u8> {
    cms::attribute(&oid::COMMITMENT_TYPE_INDICATION, &write::sequence(&[&write::oid(commitment)]))
}

/// EN 319 122-1 5.2.5.
///
/// ```text
/// SignerLocation ::= SEQUENCE {
///     countryName [0] DirectoryString OPTIONAL, localityName [1] DirectoryString OPTIONAL,
///     postalAdddress [2] SEQUENCE SIZE(1..6) OF DirectoryString OPTIONAL }
/// ```
pub(super) fn location(location: &SignerLocation) -> Result<Vec<u8>> {
    if location.address.len() > 6 {
        return Err(Error::misuse("a postal address has at most six lines"));
    }
    let field = |number, text: &Option<String>| {
        text.as_ref().map_or_else(Vec::new, |text| write::tlv(Tag::context(number), &[&write::utf8(text)]))
    };
    let address = if location.address.is_empty() {
        Vec::new()
    } else {
        let lines: Vec<Vec<u8>> = location.address.iter().map(|line| write::utf8(line)).collect();
        let parts: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
        write::tlv(Tag::context(2), &[&write::sequence(&parts)])
    };
    let value = write::sequence(&[&field(0, &location.country), &field(1, &location.locality), &address]);
    Ok(cms::attribute(&oid::SIGNER_LOCATION, &value))
}

/// EN 319 122-1 5.2.4.1: ContentHints ::= SEQUENCE { contentDescription UTF8String OPTIONAL, contentType ContentType }, whose
/// description holds the media type as in RFC 2045.
pub(super) fn content_hints(mime_type: &str) -> Vec<u8> {
    let description = format!("Content-Type: {mime_type}");
    cms::attribute(&oid::CONTENT_HINTS, &write::sequence(&[&write::utf8(&description), &write::oid(&oid::DATA)]))
}

/// EN 319 122-1 5.2.4.2: MimeType ::= UTF8String
pub(super) fn mime_type(mime_type: &str) -> Vec<u8> {
    cms::attribute(&oid::MIME_TYPE, &write::utf8(mime_type))
}

/// EN 319 122-1 5.2.9.1.
///
/// ```text
/// SignaturePolicyId ::= SEQUENCE { sigPolicyId OBJECT IDENTIFIER, sigPolicyHash OtherHashAlgAndValue, … }
/// ```
pub(super) fn policy(policy: &Oid, hash: &Digest) -> Vec<u8> {
    let algorithm = crate::key::digest_identifier(hash.algorithm());
    let hash = write::sequence(&[&algorithm, &write::octet_string(hash.octets())]);
    cms::attribute(&oid::SIGNATURE_POLICY_IDENTIFIER, &write::sequence(&[&write::oid(policy), &hash]))
}

/// Reads what the signed attributes state. One that cannot be read is a defect, and the others stand.
pub(super) fn read(attributes: &[Attribute<'_>], defects: &mut Vec<Defect>) -> SignedProperties {
    let mut properties = SignedProperties::default();
    for attribute in attributes {
        if let Err(error) = read_one(attribute, &mut properties) {
            defects.push(Defect::new(Weight::Constraint, "EN 319 122-1 5.2", error.to_string()));
        }
    }
    properties
}

fn read_one(attribute: &Attribute<'_>, properties: &mut SignedProperties) -> Result<()> {
    let fields = |tlv: &Tlv<'_>| {
        if tlv.tag == Tag::SEQUENCE { Ok(()) } else { Err(Error::malformed("SEQUENCE expected").at(tlv.offset)) }
    };
    match attribute.oid {
        oid::COMMITMENT_TYPE_INDICATION => {
            for value in &attribute.values {
                fields(value)?;
                properties.commitments.push(value.reader().oid()?);
            }
        }
        oid::SIGNER_LOCATION => {
            let value = attribute.single()?;
            fields(&value)?;
            properties.location = Some(read_location(&mut value.reader())?);
        }
        oid::CONTENT_HINTS => {
            let value = attribute.single()?;
            fields(&value)?;
            if let Some(description) = value.reader().optional(Tag::UTF8_STRING)? {
                let text = String::from_utf8_lossy(description.content);
                let media = text.strip_prefix("Content-Type:").map(|rest| rest.trim().to_owned());
                properties.mime_type = properties.mime_type.take().or(media);
            }
        }
        oid::MIME_TYPE => {
            let value = attribute.single()?;
            properties.mime_type = Some(String::from_utf8_lossy(value.content).into_owned());
        }
        oid::SIGNATURE_POLICY_IDENTIFIER => {
            let value = attribute.single()?;
            // The other choice is NULL: a policy implied by the context.
            if value.tag == Tag::SEQUENCE {
                let mut fields = value.reader();
                let identifier = fields.oid()?;
                let digest = fields.optional(Tag::SEQUENCE)?.and_then(|hash| read_hash(&hash).ok());
                properties.policy = Some(SignaturePolicy { identifier, digest });
            }
        }
        _ => {}
    }
    Ok(())
}

/// OtherHashAlgAndValue ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashValue OCTET STRING }
fn read_hash(hash: &Tlv<'_>) -> Result<Digest> {
    let mut fields = hash.reader();
    let algorithm = crate::key::digest_from_identifier(&AlgorithmIdentifier::read(&mut fields)?)?;
    Digest::new(algorithm, &fields.read(Tag::OCTET_STRING, "hash of the signature policy expected")?.octets()?)
}

fn read_location(fields: &mut Reader<'_>) -> Result<SignerLocation> {
    let text = |tlv: &Tlv<'_>| tlv.reader().any().map(|inner| String::from_utf8_lossy(inner.content).into_owned());
    let country = fields.optional(Tag::context(0))?.map(|tlv| text(&tlv)).transpose()?;
    let locality = fields.optional(Tag::context(1))?.map(|tlv| text(&tlv)).transpose()?;
    let mut address = Vec::new();
    if let Some(lines) = fields.optional(Tag::context(2))? {
        let mut lines = lines.reader().sequence("lines of an address expected")?;
        while !lines.is_empty() && address.len() < 6 {
            address.push(String::from_utf8_lossy(lines.any()?.content).into_owned());
        }
    }
    fields.finish("unknown field in the signer-location")?;
    Ok(SignerLocation { country, locality, address })
}
