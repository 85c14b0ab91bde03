//! From the octets of a CMS message to the facts of its signatures.

use std::borrow::Cow;

use super::archive::Archived;
use super::embedded::{self, Embedded, is_evidence_record};
use super::long_term::Collected;
use super::references::References;
use super::time_stamps::{Comparison, time_stamp_kind};
use super::{counter_signatures, properties};
use crate::ades::{
    CertificateReference, Check, Defect, Format, Level, Material, SignatureFacts, SignerFacts, Weight, object_digest,
};
use crate::asn1::pem;
use crate::asn1::read::Tlv;
use crate::cms::{Attribute, ContentDigests, Examination, SignedData, SignerInfo, examine};
use crate::digest::{self, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::key::digest_from_identifier;
use crate::limits::{Budget, Limits};
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::pki::path::KnownPaths;
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
            Self::Octets(octets) => ContentDigests::Octets(octets, &[]),
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
        Archived::content_algorithms(signer, budget).into_iter().for_each(&mut need);
        embedded::content_algorithms(signer, budget).into_iter().for_each(&mut need);
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

/// The SHA-256 of the content that a message carries, if it carries one.
pub(crate) fn attached_digest(signed: &[u8], limits: &Limits) -> Result<Option<Digest>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(limits))?;
    Ok(message.content.map(|content| digest::Algorithm::Sha256.digest(&content)))
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
    facts_among(signed, content, certificates, None, budget)
}

/// The same, where certificates of known paths may come along.
pub(crate) fn facts_among(
    signed: &[u8],
    content: Content<'_>,
    certificates: &[Certificate],
    known: Option<&KnownPaths>,
    budget: &mut Budget,
) -> Result<Vec<SignatureFacts>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, budget)?;
    if message.content_type == oid::TST_INFO {
        return Err(Error::unsupported("this is a time-stamp token and no signed document"));
    }
    // Each signature gets its own copy of what it shares with the others.
    budget.copy(message.revocation_field.len().saturating_mul(message.signers.len().saturating_sub(1)))?;
    let mut shared = Collected::default();
    shared.add_message(&message, known, budget)?;
    let attached = message.content.as_deref();
    let given = content.digests();
    let source = attached.map_or(given, |octets| ContentDigests::Octets(octets, &[]));
    let known = digests_for(&message.signers, source, budget)?;
    let source = match source {
        ContentDigests::Octets(octets, _) => ContentDigests::Octets(octets, &known),
        ContentDigests::Missing | ContentDigests::Digests(_) => source,
    };
    let mut examined = Vec::new();
    for signer in &message.signers {
        let surroundings = Surroundings::new(signer, &shared, certificates, budget)?;
        let found = examine(&message, signer, source, &surroundings.certificates, budget)?;
        examined.push((signer, found, surroundings));
    }
    let twice: Vec<bool> =
        examined.iter().map(|one| examined.iter().filter(|other| is_same_signature(one, other)).count() > 1).collect();
    let records = Embedded::read(&octets, &message, source, (&shared, certificates), budget)?;
    let mut all = Vec::new();
    for ((signer, mut found, surroundings), twice) in examined.into_iter().zip(twice) {
        if twice {
            found.defects.push(Defect::new(Weight::Constraint, "RFC 5652 5.1", "the same signature is there twice"));
        }
        if attached.is_some() {
            compare_given(&mut found, source, given, budget)?;
        }
        let signed = Signed { signer, content: source, message: Some(&message), records: Some(&records), depth: 0 };
        all.push(signature(&signed, found, surroundings, budget)?);
    }
    Ok(all)
}

/// What a signature can be examined with: what came with it so far, and the certificates among that and of the caller.
pub(super) struct Surroundings {
    pub(super) collected: Collected,
    pub(super) certificates: Vec<Certificate>,
}

impl Surroundings {
    pub(super) fn new(
        signer: &SignerInfo<'_>,
        shared: &Collected,
        more: &[Certificate],
        budget: &mut Budget,
    ) -> Result<Self> {
        let mut collected = shared.clone();
        collected.add_attributes(&signer.unsigned_attributes, budget)?;
        let certificates = collected.material.certificates.iter().chain(more).cloned().collect();
        Ok(Self { collected, certificates })
    }
}

/// A signature and what it is over.
pub(super) struct Signed<'m, 'a> {
    pub(super) signer: &'m SignerInfo<'a>,
    pub(super) content: ContentDigests<'m>,
    /// The message of which it is a signer; a counter-signature is none of a message.
    pub(super) message: Option<&'m SignedData<'a>>,
    /// The evidence records of that message.
    pub(super) records: Option<&'m Embedded>,
    /// How many signatures it counter-signs, one over the other.
    pub(super) depth: usize,
}

/// Whether two signers are one under two encodings: attributes in another order, lengths of another form, the other of the two
/// ECDSA values that anybody can make of one.
fn is_same_signature(
    one: &(&SignerInfo<'_>, Examination, Surroundings),
    other: &(&SignerInfo<'_>, Examination, Surroundings),
) -> bool {
    let [one_signed, other_signed] =
        [one, other].map(|(signer, ..)| signer.signed_attributes.as_ref().map(|signed| signed.to_be_signed.as_slice()));
    one.1.certificate == other.1.certificate && one_signed == other_signed
}

/// Content that the caller gives although it is attached must be the attached one: it is what the caller asks about.
fn compare_given(
    found: &mut Examination,
    attached: ContentDigests<'_>,
    given: ContentDigests<'_>,
    budget: &mut Budget,
) -> Result<()> {
    let same = match (attached, given) {
        (_, ContentDigests::Missing | ContentDigests::Digests([])) => return Ok(()),
        (ContentDigests::Octets(attached, _), ContentDigests::Octets(given, _)) => attached == given,
        (_, given) => {
            let algorithm = match given {
                ContentDigests::Digests([first, ..]) => first.algorithm(),
                _ => digest::Algorithm::Sha256,
            };
            attached.digest(algorithm, budget)? == given.digest(algorithm, budget)?
        }
    };
    if !same {
        found.data = Check::Broken;
        found.defects.push(Defect::new(
            Weight::Constraint,
            "EN 319 102-1 5.2.7",
            "the content given is not the one attached",
        ));
    }
    Ok(())
}

/// The digests of the content that its signers need, each once for all of them.
fn digests_for(signers: &[SignerInfo<'_>], content: ContentDigests<'_>, budget: &mut Budget) -> Result<Vec<Digest>> {
    let mut digests = Vec::new();
    for algorithm in signers.iter().filter_map(|signer| digest_from_identifier(&signer.digest_algorithm).ok()) {
        if !digests.iter().any(|digest: &Digest| digest.algorithm() == algorithm) {
            digests.extend(content.digest(algorithm, budget)?);
        }
    }
    Ok(digests)
}

/// The facts of a signature that was examined.
pub(super) fn signature(
    signed: &Signed<'_, '_>,
    mut found: Examination,
    surroundings: Surroundings,
    budget: &mut Budget,
) -> Result<SignatureFacts> {
    let signer = signed.signer;
    let Surroundings { mut collected, certificates } = surroundings;
    let (format, level) = level(signer, found.reference, &collected.material);
    let references = References::read(&signer.unsigned_attributes, &mut found.defects, budget)?;
    for attribute in &signer.unsigned_attributes {
        if signed.records.is_none() || !is_evidence_record(attribute.oid) {
            found.defects.extend(unsigned_defect(attribute));
        }
    }
    let tokens = tokens(signer, &mut collected, &mut found.defects, budget)?;
    let mut comparison = Comparison::new(signed, &tokens, references.resolve(&collected.material, budget)?, budget)?;
    let mut timestamps = Vec::new();
    for (attribute, token) in &tokens {
        match comparison.facts(*attribute, token, &certificates, budget) {
            Ok(facts) => timestamps.push(facts),
            Err(error) => found.defects.push(unreadable_token(error)?),
        }
    }
    if let Some(records) = signed.records {
        // Each signature gets its own copy.
        budget.copy(records.shared_octets())?;
        timestamps.extend(records.timestamps.iter().cloned());
        found.defects.extend(records.defects.iter().cloned());
        collected.material.extend(&records.material);
    }
    let counter_signatures = counter_signatures::facts(signed, &collected, &certificates, &mut found.defects, budget)?;
    let attributes = signer.signed_attributes.as_ref().map(|signed| signed.attributes.as_slice()).unwrap_or_default();
    let mut properties = properties::read(attributes, &mut found.defects);
    properties.signing_time = found.signing_time;
    found.defects.extend(collected.defects);
    Ok(SignatureFacts {
        format,
        level,
        signer: signer_facts(found, &certificates),
        timestamps,
        attributes: properties,
        material: collected.material,
        value: object_digest(&signer.signature),
        counter_signatures,
    })
}

/// The time-stamp tokens of a signature, each with the type of its attribute. What they carry is collected.
fn tokens(
    signer: &SignerInfo<'_>,
    collected: &mut Collected,
    defects: &mut Vec<Defect>,
    budget: &mut Budget,
) -> Result<Vec<(Oid, Token)>> {
    let content = values(signer, oid::CONTENT_TIME_STAMP).map(|value| (oid::CONTENT_TIME_STAMP, value));
    let unsigned = signer.unsigned_attributes.iter().filter(|attribute| time_stamp_kind(attribute.oid).is_some());
    let unsigned = unsigned.flat_map(|attribute| attribute.values.iter().map(|value| (attribute.oid, value)));
    let mut tokens = Vec::new();
    for (attribute, value) in content.chain(unsigned) {
        match Token::parse(value.raw, budget) {
            Ok(token) => {
                collected.add_token(&token.message()?, budget)?;
                tokens.push((attribute, token));
            }
            Err(error) => defects.push(unreadable_token(error)?),
        }
    }
    Ok(tokens)
}

fn unreadable_token(error: Error) -> Result<Defect> {
    if error.kind() == ErrorKind::LimitExceeded {
        return Err(error);
    }
    let what = format!("a time-stamp cannot be read: {error}");
    Ok(Defect::new(Weight::Constraint, "EN 319 102-1 5.4", what))
}

/// What an unsigned attribute is, beyond what is read and compared.
fn unsigned_defect(attribute: &Attribute<'_>) -> Option<Defect> {
    let name = attribute.oid.name().unwrap_or_else(|| attribute.oid.to_string());
    if attribute.values.is_empty() {
        let what = format!("the unsigned attribute {name} without a value");
        return Some(Defect::new(Weight::Constraint, "RFC 5652 5.3", what));
    }
    let is_read = matches!(
        attribute.oid,
        oid::CERTIFICATE_VALUES
            | oid::REVOCATION_VALUES
            | oid::COMPLETE_CERTIFICATE_REFERENCES
            | oid::COMPLETE_REVOCATION_REFERENCES
            | oid::COUNTERSIGNATURE
    );
    if is_read || time_stamp_kind(attribute.oid).is_some() {
        return None;
    }
    let what = format!("the unsigned attribute {name} is not validated by this version");
    Some(Defect::new(Weight::Constraint, "EN 319 122-1 5", what))
}

pub(super) fn signer_facts(mut found: Examination, certificates: &[Certificate]) -> SignerFacts {
    shorten(&mut found.defects);
    SignerFacts {
        certificate: found.certificate,
        certificates: certificates.to_vec(),
        reference: found.reference,
        algorithm: found.algorithm,
        content_hash: found.content_hash,
        reference_hash: found.reference_hash,
        signature: found.signature,
        data: found.data,
        defects: found.defects,
    }
}

/// Keeps so many defects of each weight, and says how many more there were: what they mean for the signature stays.
fn shorten(defects: &mut Vec<Defect>) {
    for weight in [Weight::Remark, Weight::Departure, Weight::Constraint, Weight::Format] {
        let mut count = 0usize;
        defects.retain(|defect| {
            count += usize::from(defect.weight == weight);
            defect.weight != weight || count <= MOST_DEFECTS
        });
        if let Some(more) = count.checked_sub(MOST_DEFECTS).filter(|more| *more > 0) {
            defects.push(Defect::new(
                weight,
                "EN 319 102-1 5.1",
                format!("{more} further findings of the same weight"),
            ));
        }
    }
}

/// More of one weight are no help to anybody.
const MOST_DEFECTS: usize = 100;

fn values<'m, 'a: 'm>(signer: &'m SignerInfo<'a>, oid: Oid) -> impl Iterator<Item = &'m Tlv<'a>> {
    let signed = signer.signed_attributes.iter().flat_map(|signed| &signed.attributes);
    signed.filter(move |attribute: &&Attribute<'a>| attribute.oid == oid).flat_map(|attribute| &attribute.values)
}

/// The level that the attributes amount to (EN 319 122-1, table 1), with what came beside time-stamps.
fn level(signer: &SignerInfo<'_>, reference: CertificateReference, material: &Material) -> (Format, Level) {
    let has = |oid: Oid| signer.unsigned_attributes.iter().any(|attribute| attribute.oid == oid);
    if reference == CertificateReference::Absent {
        return (Format::Cms, Level::None);
    }
    let stamped = has(oid::SIGNATURE_TIME_STAMP);
    let level = if stamped && (has(oid::ARCHIVE_TIME_STAMP_V3) || has(oid::ARCHIVE_TIME_STAMP_V2)) {
        Level::BLta
    } else if stamped && !(material.crls.is_empty() && material.ocsp_responses.is_empty()) {
        Level::BLt
    } else if stamped {
        Level::BT
    } else {
        Level::BB
    };
    (Format::Cades, level)
}
