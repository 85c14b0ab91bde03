//! From the octets of a CMS message to the facts of its signatures.

use std::borrow::Cow;

use super::properties;
use crate::ades::{
    CertificateReference, Check, Defect, Format, Level, Material, SignatureFacts, SignerFacts, TimestampFacts,
    TimestampKind, Weight, object_digest,
};
use crate::asn1::Tag;
use crate::asn1::pem;
use crate::asn1::read::Tlv;
use crate::cms::{Attribute, ContentDigests, Examination, SignedData, SignerInfo, examine};
use crate::digest::{self, Digest};
use crate::error::{Error, Result};
use crate::key::digest_from_identifier;
use crate::limits::{Budget, Limits};
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::timestamp::Token;

/// The signed content, where it does not come with the signature.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "closed: attached, at hand, or known by digest")]
pub enum Content<'a> {
    /// Nothing is given: the content is attached, or missing.
    Attached,
    /// The content itself.
    Octets(&'a [u8]),
    /// Digests of the content, at best in every algorithm that [`digest_algorithms`] names.
    Digests(&'a [Digest]),
}

impl<'a> Content<'a> {
    fn digests(&self) -> ContentDigests<'a> {
        match self {
            Self::Attached => ContentDigests::Missing,
            Self::Octets(octets) => ContentDigests::Octets(octets),
            Self::Digests(digests) => ContentDigests::Digests(digests),
        }
    }
}

/// The message in DER or BER, out of PEM where it is in PEM.
pub(crate) fn unwrapped(octets: &[u8]) -> Result<Cow<'_, [u8]>> {
    if !pem::is_pem(octets) {
        return Ok(Cow::Borrowed(octets));
    }
    let label = |block: &pem::Block| matches!(block.label.as_str(), "CMS" | "PKCS7" | "PKCS #7 SIGNED DATA");
    let block = pem::blocks(octets)?.into_iter().find(label);
    block.map(|block| Cow::Owned(block.octets)).ok_or_else(|| Error::malformed("no CMS or PKCS7 block in the PEM file"))
}

/// Whether a message comes without its content, and the hash algorithms that its signatures need of it.
///
/// # Errors
///
/// `Malformed` or `Unsupported` when it is not CMS SignedData; `LimitExceeded` when it has too many parts.
pub fn digest_algorithms(signed: &[u8], limits: &Limits) -> Result<(bool, Vec<digest::Algorithm>)> {
    let octets = unwrapped(signed)?;
    let budget = &mut Budget::new(limits);
    let message = SignedData::parse(&octets, budget)?;
    let mut algorithms = Vec::new();
    let mut need = |algorithm| {
        if !algorithms.contains(&algorithm) {
            algorithms.push(algorithm);
        }
    };
    for signer in &message.signers {
        // An unknown algorithm is found again, and said, when the signature is examined.
        if let Ok(algorithm) = digest_from_identifier(&signer.digest_algorithm) {
            need(algorithm);
        }
        for value in values(signer, oid::CONTENT_TIME_STAMP) {
            if let Ok(imprint) =
                Token::parse(value.raw, budget).and_then(|token| token.info().message_imprint().digest())
            {
                need(imprint.algorithm());
            }
        }
    }
    Ok((message.content.is_none(), algorithms))
}

/// The facts of every signature of a message, in BER, DER or PEM, in the order in which they stand there. `certificates` are
/// those that the caller adds.
///
/// # Errors
///
/// `Malformed` or `Unsupported` when it is not CMS SignedData; `LimitExceeded` when it asks for too much work.
pub fn facts(
    signed: &[u8],
    content: Content<'_>,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<Vec<SignatureFacts>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, budget)?;
    if message.content_type == oid::TST_INFO {
        return Err(Error::unsupported("this is a time-stamp token and no signed document"));
    }
    let mut common = Vec::new();
    let certificates = bag(&message, certificates, &mut common);
    let attached = message.content.as_deref();
    let source = attached.map_or(content.digests(), ContentDigests::Octets);
    let mut examined = Vec::new();
    for signer in &message.signers {
        examined.push((signer, examine(&message, signer, source, &certificates, budget)?));
    }
    let twice: Vec<bool> =
        examined.iter().map(|one| examined.iter().filter(|other| is_same_signature(one, other)).count() > 1).collect();
    let mut all = Vec::new();
    for ((signer, mut found), twice) in examined.into_iter().zip(twice) {
        found.defects.extend(common.iter().cloned());
        if twice {
            found.defects.push(Defect::new(Weight::Constraint, "RFC 5652 5.1", "the same signature is there twice"));
        }
        if attached.is_some() {
            compare_given(&mut found, source, content.digests());
        }
        all.push(signature(signer, found, source, &certificates, budget)?);
    }
    Ok(all)
}

/// Whether two signers are one under two encodings: attributes in another order, lengths of another form, the other of the two
/// ECDSA values that anybody can make of one.
fn is_same_signature(one: &(&SignerInfo<'_>, Examination), other: &(&SignerInfo<'_>, Examination)) -> bool {
    let [one_signed, other_signed] =
        [one, other].map(|(signer, _)| signer.signed_attributes.as_ref().map(|signed| signed.to_be_signed.as_slice()));
    one.1.certificate == other.1.certificate && one_signed == other_signed
}

/// The certificates of the message that can be read, and those that the caller adds.
fn bag(message: &SignedData<'_>, more: &[Certificate], defects: &mut Vec<Defect>) -> Vec<Certificate> {
    let mut certificates = Vec::new();
    for tlv in &message.certificates {
        if tlv.tag != Tag::SEQUENCE {
            defects.push(Defect::new(
                Weight::Remark,
                "RFC 5652 10.2.2",
                "a certificate of another kind than X.509 is left aside",
            ));
            continue;
        }
        match Certificate::parse(tlv.raw) {
            Ok(certificate) => certificates.push(certificate),
            Err(error) => {
                let what = format!("a certificate of the message cannot be read: {error}");
                defects.push(Defect::new(Weight::Constraint, "RFC 5652 10.2.2", what));
            }
        }
    }
    certificates.extend_from_slice(more);
    certificates
}

/// Content that the caller gives although it is attached must be the attached one: it is what the caller asks about.
fn compare_given(found: &mut Examination, attached: ContentDigests<'_>, given: ContentDigests<'_>) {
    let algorithm = match given {
        ContentDigests::Missing => return,
        ContentDigests::Octets(_) => digest::Algorithm::Sha256,
        ContentDigests::Digests(digests) => digests.first().map_or(digest::Algorithm::Sha256, Digest::algorithm),
    };
    if attached.digest(algorithm) != given.digest(algorithm) {
        found.data = Check::Broken;
        found.defects.push(Defect::new(
            Weight::Constraint,
            "EN 319 102-1 5.2.7",
            "the content given is not the one attached",
        ));
    }
}

fn signature(
    signer: &SignerInfo<'_>,
    mut found: Examination,
    content: ContentDigests<'_>,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<SignatureFacts> {
    let mut timestamps = Vec::new();
    for value in values(signer, oid::CONTENT_TIME_STAMP) {
        timestamps.push(time_stamp(TimestampKind::Content, value.raw, content, certificates, budget));
    }
    for attribute in &signer.unsigned_attributes {
        if attribute.values.is_empty() {
            let what = format!("{} without a value", unsigned_name(&attribute.oid));
            found.defects.push(Defect::new(Weight::Constraint, "RFC 5652 5.3", what));
        }
        match attribute.oid {
            oid::SIGNATURE_TIME_STAMP => {
                let stamped = ContentDigests::Octets(&signer.signature);
                for value in &attribute.values {
                    timestamps.push(time_stamp(TimestampKind::Signature, value.raw, stamped, certificates, budget));
                }
            }
            other => {
                let what = format!("{} is not validated by this version", unsigned_name(&other));
                found.defects.push(Defect::new(Weight::Constraint, "EN 319 122-1 5.5", what));
            }
        }
    }
    let mut read = Vec::new();
    for timestamp in timestamps {
        match timestamp {
            Ok(timestamp) => read.push(timestamp),
            Err(error) if error.kind() == crate::error::ErrorKind::LimitExceeded => return Err(error),
            Err(error) => {
                let what = format!("a time-stamp cannot be read: {error}");
                found.defects.push(Defect::new(Weight::Constraint, "EN 319 102-1 5.4", what));
            }
        }
    }
    let signed = signer.signed_attributes.as_ref().map(|signed| signed.attributes.as_slice()).unwrap_or_default();
    let mut attributes = properties::read(signed, &mut found.defects);
    attributes.signing_time = found.signing_time;
    let (format, level) = level(signer, found.reference);
    Ok(SignatureFacts {
        format,
        level,
        signer: signer_facts(found, certificates),
        timestamps: read,
        attributes,
        material: Material::default(),
        value: object_digest(&signer.signature),
        counter_signatures: Vec::new(),
    })
}

fn signer_facts(found: Examination, certificates: &[Certificate]) -> SignerFacts {
    SignerFacts {
        certificate: found.certificate,
        certificates: certificates.to_vec(),
        reference: found.reference,
        algorithm: found.algorithm,
        signature: found.signature,
        data: found.data,
        defects: found.defects,
    }
}

fn values<'m, 'a: 'm>(signer: &'m SignerInfo<'a>, oid: Oid) -> impl Iterator<Item = &'m Tlv<'a>> {
    let signed = signer.signed_attributes.iter().flat_map(|signed| &signed.attributes);
    signed.filter(move |attribute: &&Attribute<'a>| attribute.oid == oid).flat_map(|attribute| &attribute.values)
}

/// The level that the attributes amount to (EN 319 122-1, table 1).
fn level(signer: &SignerInfo<'_>, reference: CertificateReference) -> (Format, Level) {
    let has = |oid: Oid| signer.unsigned_attributes.iter().any(|attribute| attribute.oid == oid);
    if reference == CertificateReference::Absent {
        return (Format::Cms, Level::None);
    }
    let stamped = has(oid::SIGNATURE_TIME_STAMP);
    let level = if stamped && (has(oid::ARCHIVE_TIME_STAMP_V3) || has(oid::ARCHIVE_TIME_STAMP_V2)) {
        Level::BLta
    } else if stamped && has(oid::REVOCATION_VALUES) {
        Level::BLt
    } else if stamped {
        Level::BT
    } else {
        Level::BB
    };
    (Format::Cades, level)
}

/// The facts of a time-stamp token over what `stamped` is. `certificates` are candidates beside those of the token.
pub(crate) fn time_stamp(
    kind: TimestampKind,
    token: &[u8],
    stamped: ContentDigests<'_>,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<TimestampFacts> {
    let token = Token::parse(token, budget)?;
    let mut found = token.examine(certificates, budget)?;
    if let Some(certificate) = &found.certificate {
        found.defects.extend(token.check_name(certificate)?);
    }
    let (imprint, imprint_algorithm) = match token.info().message_imprint().digest() {
        Ok(imprint) => {
            let check = match stamped.digest(imprint.algorithm()) {
                Some(digest) if digest == imprint => Check::Holds,
                Some(_) => Check::Broken,
                None => Check::NotChecked,
            };
            (check, Some(imprint.algorithm()))
        }
        Err(error) => {
            found.defects.push(Defect::from_error("RFC 3161 2.4.2", &error));
            (Check::NotChecked, None)
        }
    };
    let certificates: Vec<Certificate> = token.certificates().iter().chain(certificates).cloned().collect();
    let covers = match (kind, stamped) {
        (TimestampKind::Signature, ContentDigests::Octets(value)) => vec![object_digest(value)],
        _ => Vec::new(),
    };
    Ok(TimestampFacts {
        kind,
        time: token.time(),
        imprint,
        imprint_algorithm,
        signer: signer_facts(found, &certificates),
        token: object_digest(token.octets()),
        covers,
    })
}

fn unsigned_name(oid: &Oid) -> String {
    let name = match *oid {
        oid::SIGNATURE_TIME_STAMP => "signature-time-stamp",
        oid::COUNTERSIGNATURE => "countersignature",
        oid::COMPLETE_CERTIFICATE_REFERENCES => "complete-certificate-references",
        oid::COMPLETE_REVOCATION_REFERENCES => "complete-revocation-references",
        oid::CERTIFICATE_VALUES => "certificate-values",
        oid::REVOCATION_VALUES => "revocation-values",
        oid::ESC_TIME_STAMP => "CAdES-C-timestamp",
        oid::CERTS_CRLS_TIME_STAMP => "time-stamped-certs-crls-references",
        oid::ARCHIVE_TIME_STAMP_V2 => "archive-time-stamp-v2",
        oid::ARCHIVE_TIME_STAMP_V3 => "archive-time-stamp-v3",
        _ => return format!("the unsigned attribute {oid}"),
    };
    format!("the unsigned attribute {name}")
}
