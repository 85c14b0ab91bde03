//! What one SignerInfo proves: its mathematics, its attributes, and which certificate it names.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::attributes::SignedAttributes;
use super::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use crate::asn1::Tag;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::Tlv;
use crate::digest::{self, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{SignatureAlgorithm, digest_from_identifier};
use crate::limits::Budget;
use crate::oid;
use crate::pki::{Certificate, Name};
use crate::time::Time;

/// The outcome of one computation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "it holds, it does not, or it was not computed")]
pub enum Check {
    /// It holds.
    Holds,
    /// It does not hold.
    Broken,
    /// It could not be computed: something is missing, or not supported.
    NotChecked,
}

/// Something that is not as its standard wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Defect {
    /// What it means for the signature.
    pub weight: Weight,
    /// The clause that it is measured by, as in `RFC 5652 5.3`.
    pub clause: Cow<'static, str>,
    /// What was found.
    pub what: String,
}

/// What a [`Defect`] means for the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "closed: the consequences that a defect can have")]
pub enum Weight {
    /// Worth knowing, and nothing more.
    Remark,
    /// A departure from the standard that a policy takes or refuses.
    Departure,
    /// A constraint is not met: the signature cannot pass, and is not proven false.
    Constraint,
    /// The format is violated in a way that makes the signature worthless.
    Format,
}

/// Whether the signing-certificate attribute identifies the signer's certificate (EN 319 102-1 5.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed: the attribute is absent, matches, or does not")]
pub enum CertificateReference {
    /// There is no such attribute: the signature does not say whose it is.
    Absent,
    /// The digest in the attribute is the certificate's.
    Holds,
    /// The attribute names another certificate.
    Differs,
}

/// The signed content, as far as it is at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ContentDigests<'a> {
    Missing,
    /// The octets, and digests of them that were computed already.
    Octets(&'a [u8], &'a [Digest]),
    Digests(&'a [Digest]),
}

/// What was found about one signer.
#[derive(Debug)]
pub(crate) struct Examination {
    pub(crate) certificate: Option<Certificate>,
    pub(crate) reference: CertificateReference,
    pub(crate) algorithm: Option<SignatureAlgorithm>,
    pub(crate) content_hash: Option<digest::Algorithm>,
    pub(crate) reference_hash: Option<digest::Algorithm>,
    /// The signature value over the signed attributes, or over the content where there are none.
    pub(crate) signature: Check,
    /// The message-digest attribute against the content.
    pub(crate) data: Check,
    pub(crate) signing_time: Option<Time>,
    pub(crate) defects: Vec<Defect>,
}

impl ContentDigests<'_> {
    pub(crate) fn digest(&self, algorithm: digest::Algorithm, budget: &mut Budget) -> Result<Option<Digest>> {
        let (octets, known) = match *self {
            Self::Missing => return Ok(None),
            Self::Octets(octets, known) => (Some(octets), known),
            Self::Digests(known) => (None, known),
        };
        match (known.iter().find(|digest| digest.algorithm() == algorithm), octets) {
            (None, Some(octets)) => {
                budget.hash(octets.len())?;
                Ok(Some(algorithm.digest(octets)))
            }
            (known, _) => Ok(known.copied()),
        }
    }
}

impl Defect {
    pub(crate) fn new(weight: Weight, clause: &'static str, what: impl Into<String>) -> Self {
        Self { weight, clause: Cow::Borrowed(clause), what: what.into() }
    }

    /// What an error in a part of the signature means for the whole: violated formats and unknown algorithms differ.
    pub(crate) fn from_error(clause: &'static str, error: &Error) -> Self {
        let weight = if error.kind() == ErrorKind::Malformed { Weight::Format } else { Weight::Constraint };
        Self::new(weight, clause, error.to_string())
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.what, self.clause)
    }
}

/// Examines one signer. `certificates` are the candidates: those of the message and those that the caller adds.
///
/// A limit that is exceeded is an error; everything else is what was found.
pub(crate) fn examine(
    message: &SignedData<'_>,
    signer: &SignerInfo<'_>,
    content: ContentDigests<'_>,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<Examination> {
    examine_over(Some(message), signer, content, certificates, budget)
}

/// Examines a counter-signature, which is over the value of another signature (RFC 5652 §11.4).
pub(crate) fn examine_counter_signature(
    signer: &SignerInfo<'_>,
    value: &[u8],
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<Examination> {
    examine_over(None, signer, ContentDigests::Octets(value, &[]), certificates, budget)
}

/// Without a message the signature is over another one.
fn examine_over(
    message: Option<&SignedData<'_>>,
    signer: &SignerInfo<'_>,
    content: ContentDigests<'_>,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<Examination> {
    let mut found = Examination {
        certificate: None,
        reference: CertificateReference::Absent,
        algorithm: None,
        content_hash: None,
        reference_hash: None,
        signature: Check::NotChecked,
        data: Check::NotChecked,
        signing_time: None,
        defects: Vec::new(),
    };
    found.check_envelope(message, signer);
    let digest_algorithm = found.keep("RFC 5652 5.3", digest_from_identifier(&signer.digest_algorithm));
    found.algorithm =
        found.keep("RFC 5652 5.3", SignatureAlgorithm::from_identifier(&signer.signature_algorithm, digest_algorithm));
    found.check_algorithms_agree(signer, digest_algorithm);
    let content_digest = match digest_algorithm {
        Some(algorithm) => content.digest(algorithm, budget)?,
        None => None,
    };
    match &signer.signed_attributes {
        Some(attributes) => {
            found.content_hash = digest_algorithm;
            if !attributes.is_der {
                let what = "the signed attributes were not in DER; their DER encoding is what was verified";
                found.defect(Weight::Departure, "RFC 5652 5.4", what);
            }
            let read = found.read_attributes(message, signer, attributes, content_digest.as_ref());
            found.keep("RFC 5652 5.3", read);
        }
        None if message.is_some_and(|message| message.content_type != oid::DATA) => {
            found.defect(
                Weight::Constraint,
                "RFC 5652 5.3",
                "no signed attributes although the content is not plain data",
            );
        }
        None => {}
    }
    if found.data == Check::NotChecked && content_digest.is_none() && digest_algorithm.is_some() {
        found.remark("EN 319 102-1 5.2.7", "the signed content is not at hand");
    }
    let candidates = found.identify(signer, certificates, budget)?;
    found.verify_value(signer, &candidates, content, content_digest.as_ref(), budget)?;
    // Without signed attributes the value is over the content itself; when it does not hold, either may be wrong.
    if signer.signed_attributes.is_none() && found.signature == Check::Holds {
        found.data = Check::Holds;
    }
    Ok(found)
}

impl Examination {
    fn defect(&mut self, weight: Weight, clause: &'static str, what: impl Into<String>) {
        self.defects.push(Defect::new(weight, clause, what));
    }

    fn remark(&mut self, clause: &'static str, what: impl Into<String>) {
        self.defect(Weight::Remark, clause, what);
    }

    /// The value, or a defect that says why there is none.
    fn keep<T>(&mut self, clause: &'static str, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.defects.push(Defect::from_error(clause, &error));
                None
            }
        }
    }

    /// What no signature protects must still be what RFC 5652 prescribes, or something was changed afterwards.
    fn check_envelope(&mut self, message: Option<&SignedData<'_>>, signer: &SignerInfo<'_>) {
        let version = if matches!(signer.sid, SignerIdentifier::IssuerAndSerial(..)) { 1 } else { 3 };
        if signer.version != version {
            let what = format!("SignerInfo of version {} where {version} belongs", signer.version);
            self.defect(Weight::Constraint, "RFC 5652 5.3", what);
        }
        let Some(message) = message else { return };
        if message.version != message.prescribed_version() {
            let what =
                format!("SignedData of version {} where {} belongs", message.version, message.prescribed_version());
            self.defect(Weight::Constraint, "RFC 5652 5.1", what);
        }
        let is_the_signers =
            |id: &AlgorithmIdentifier<'_>| id.oid == signer.digest_algorithm.oid && id.no_parameters().is_ok();
        if !message.digest_algorithms.iter().any(|(id, _)| is_the_signers(id)) {
            self.defect(Weight::Constraint, "RFC 5652 5.1", "the digest algorithm is not among those of the message");
        }
        // No digest covers the tag of the content, and what is shown to people depends on it.
        if message.content_tag.is_some_and(|tag| tag != Tag::OCTET_STRING) {
            self.defect(Weight::Constraint, "RFC 5652 5.2", "the content is not an OCTET STRING, as PKCS #7 let it be");
        }
        if message.padding > 0 {
            self.remark("RFC 5652 3", format!("{} zero octets follow the message", message.padding));
        }
    }

    fn check_algorithms_agree(&mut self, signer: &SignerInfo<'_>, digest: Option<digest::Algorithm>) {
        let (Some(algorithm), Some(digest)) = (self.algorithm, digest) else { return };
        if algorithm.digest().is_some_and(|own| own != digest) {
            let what = format!("digest algorithm {digest} beside the signature algorithm {algorithm}");
            // An RSASSA-PSS identifier states its hash apart from the signature's name; RFC 4056 §3 wants them alike.
            let is_pss = matches!(algorithm, SignatureAlgorithm::RsaPss { .. });
            self.defect(if is_pss { Weight::Constraint } else { Weight::Format }, "RFC 5652 5.3", what);
        }
        let sha512 = digest == digest::Algorithm::Sha512;
        if algorithm == SignatureAlgorithm::Ed25519 && signer.signed_attributes.is_some() && !sha512 {
            self.defect(Weight::Format, "RFC 8419 3.1", format!("Ed25519 with {digest} where SHA-512 belongs"));
        }
    }

    fn read_attributes(
        &mut self,
        message: Option<&SignedData<'_>>,
        signer: &SignerInfo<'_>,
        attributes: &SignedAttributes<'_>,
        content_digest: Option<&Digest>,
    ) -> Result<()> {
        let message_digest = attributes
            .at_most_one(oid::MESSAGE_DIGEST)?
            .ok_or_else(|| Error::malformed("signed attributes without message-digest"))?
            .single()?;
        if message_digest.tag.primitive() != Tag::OCTET_STRING {
            return Err(Error::malformed("message-digest that is not an OCTET STRING").at(message_digest.offset));
        }
        if let Some(digest) = content_digest {
            let holds = *message_digest.octets()? == *digest.octets();
            self.data = if holds { Check::Holds } else { Check::Broken };
        }
        let content_type = attributes.at_most_one(oid::CONTENT_TYPE)?;
        match (message, content_type) {
            (Some(message), Some(attribute)) => {
                let content_type = attribute.single()?;
                if content_type.oid()? != message.content_type {
                    return Err(Error::malformed("content-type that is not the content's").at(content_type.offset));
                }
            }
            (Some(_), None) => return Err(Error::malformed("signed attributes without content-type")),
            (None, Some(_)) => {
                self.defect(Weight::Constraint, "RFC 5652 11.4", "a counter-signature with a content-type attribute");
            }
            (None, None) => {}
        }
        if let Some(attribute) = attributes.at_most_one(oid::SIGNING_TIME)? {
            self.signing_time = Some(attribute.single()?.time()?);
        }
        match attributes.at_most_one(oid::CMS_ALGORITHM_PROTECTION)? {
            Some(attribute) => check_protection(&attribute.single()?, signer),
            None => Ok(()),
        }
    }

    /// EN 319 102-1 5.2.3: the certificates that may be the signer's, the most likely one first.
    fn identify(
        &mut self,
        signer: &SignerInfo<'_>,
        certificates: &[Certificate],
        budget: &mut Budget,
    ) -> Result<Vec<Certificate>> {
        let named = named(&signer.sid, certificates);
        let reference = match &signer.signed_attributes {
            Some(attributes) => self.keep("RFC 5035 3", referenced_digest(attributes)).flatten(),
            None => None,
        };
        let Some(reference) = reference else {
            return Ok(named.into_iter().cloned().collect());
        };
        self.reference_hash = Some(reference.algorithm());
        let mut referred = |candidates: &mut dyn Iterator<Item = &'_ Certificate>| {
            for candidate in candidates {
                budget.hash(candidate.der().len())?;
                if candidate.digest(reference.algorithm()) == reference {
                    return Ok(Some(candidate.clone()));
                }
            }
            Ok::<_, Error>(None)
        };
        if let Some(certificate) = referred(&mut named.iter().copied())? {
            self.reference = CertificateReference::Holds;
            // The names match by RFC 5280 §7.1. Whoever writes an identifier copies it, so that another spelling is a change.
            if matches!(signer.sid, SignerIdentifier::IssuerAndSerial(issuer, _) if issuer != certificate.issuer().der())
            {
                let what = "the signer identifier spells the issuer otherwise than the certificate does";
                self.defect(Weight::Constraint, "RFC 5652 5.3", what);
            }
            return Ok(vec![certificate]);
        }
        self.reference = CertificateReference::Differs;
        if let Some(certificate) = referred(&mut certificates.iter())? {
            // The attribute is signed and the identifier is not: the mathematics is done with the former's certificate.
            self.defect(
                Weight::Constraint,
                "RFC 5652 5.3",
                "the signer identifier and the signing-certificate attribute name different certificates",
            );
            return Ok(vec![certificate]);
        }
        Ok(named.into_iter().cloned().collect())
    }

    fn verify_value(
        &mut self,
        signer: &SignerInfo<'_>,
        candidates: &[Certificate],
        content: ContentDigests<'_>,
        content_digest: Option<&Digest>,
        budget: &mut Budget,
    ) -> Result<()> {
        self.certificate = candidates.first().cloned();
        if candidates.is_empty() {
            self.remark("EN 319 102-1 5.2.3", "the signer's certificate is not at hand");
        }
        let Some(algorithm) = self.algorithm else { return Ok(()) };
        for candidate in candidates {
            budget.signature_checks(candidate.public_key().map_or(1, |key| key.algorithm().checks()))?;
            let verifier = match candidate.public_key().and_then(|key| key.verifier(algorithm)) {
                Ok(verifier) => verifier,
                Err(error) => {
                    self.defect(Weight::Constraint, "EN 319 102-1 5.2.7", error.to_string());
                    continue;
                }
            };
            let outcome = match (&signer.signed_attributes, content, content_digest) {
                (Some(attributes), _, _) => {
                    budget.hash(attributes.to_be_signed.len())?;
                    verifier.verify(&attributes.to_be_signed, &signer.signature)
                }
                (None, ContentDigests::Octets(octets, _), None) => {
                    budget.hash(octets.len())?;
                    verifier.verify(octets, &signer.signature)
                }
                (None, ContentDigests::Octets(octets, _), Some(digest)) => match algorithm.digest() {
                    Some(own) if own == digest.algorithm() => verifier.verify_digest(digest, &signer.signature),
                    Some(_) | None => {
                        budget.hash(octets.len())?;
                        verifier.verify(octets, &signer.signature)
                    }
                },
                (None, _, Some(digest)) if algorithm.digest().is_some() => {
                    verifier.verify_digest(digest, &signer.signature)
                }
                _ => return Ok(()),
            };
            self.signature = if outcome.is_ok() { Check::Holds } else { Check::Broken };
            if outcome.is_ok() {
                self.certificate = Some(candidate.clone());
                break;
            }
        }
        Ok(())
    }
}

/// The certificates that a signer identifier names.
fn named<'c>(sid: &SignerIdentifier<'_>, certificates: &'c [Certificate]) -> Vec<&'c Certificate> {
    match sid {
        SignerIdentifier::IssuerAndSerial(issuer, serial) => {
            let of_serial = certificates.iter().filter(|certificate| certificate.serial() == *serial);
            // Where every certificate spells the issuer as the identifier does, the name is not even read.
            let name = LazyCell::new(|| Name::parse(issuer).ok());
            let is_issuer = |certificate: &&Certificate| {
                certificate.issuer().der() == *issuer
                    || name.as_ref().is_some_and(|name| name.matches(certificate.issuer()))
            };
            of_serial.filter(is_issuer).collect()
        }
        SignerIdentifier::SubjectKeyIdentifier(identifier) => {
            let is_named = |own: &[u8]| *own == **identifier;
            certificates.iter().filter(|one| one.subject_key_identifier().is_some_and(is_named)).collect()
        }
    }
}

/// The digest of the signer's certificate in signing-certificate-v2 or signing-certificate: the first one named.
///
/// ```text
/// SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies SEQUENCE OF PolicyInformation OPTIONAL }
/// ESSCertIDv2 ::= SEQUENCE {
///     hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256}, certHash OCTET STRING, issuerSerial IssuerSerial OPTIONAL }
/// ```
fn referenced_digest(attributes: &SignedAttributes<'_>) -> Result<Option<Digest>> {
    let v2 = attributes.at_most_one(oid::SIGNING_CERTIFICATE_V2)?;
    let v1 = attributes.at_most_one(oid::SIGNING_CERTIFICATE)?;
    let Some(attribute) = v2.or(v1) else { return Ok(None) };
    let value = attribute.single()?;
    if value.tag != Tag::SEQUENCE {
        return Err(Error::malformed("signing-certificate expected").at(value.offset));
    }
    let mut first =
        value.reader().sequence("certificate identifiers expected")?.sequence("certificate identifier expected")?;
    let algorithm = match first.optional(Tag::SEQUENCE)? {
        _ if v2.is_none() => digest::Algorithm::Sha1,
        Some(tlv) => digest_from_identifier(&AlgorithmIdentifier::from_tlv(&tlv)?)?,
        None => digest::Algorithm::Sha256,
    };
    Digest::new(algorithm, &first.read(Tag::OCTET_STRING, "certificate hash expected")?.octets()?).map(Some)
}

/// ```text
/// CMSAlgorithmProtection ::= SEQUENCE {
///     digestAlgorithm DigestAlgorithmIdentifier, signatureAlgorithm [1] SignatureAlgorithmIdentifier OPTIONAL,
///     macAlgorithm [2] MessageAuthenticationCodeAlgorithm OPTIONAL }
/// ```
fn check_protection(value: &Tlv<'_>, signer: &SignerInfo<'_>) -> Result<()> {
    let mut fields = value.reader();
    let digest = AlgorithmIdentifier::read(&mut fields)?;
    let signature = fields.optional(Tag::context(1))?.map(|tlv| AlgorithmIdentifier::from_tlv(&tlv)).transpose()?;
    // Two encodings of the same parameters (NULL or absent, an explicit default) name the same algorithm.
    let hash = digest_from_identifier(&digest)?;
    let same = match signature {
        Some(id) => {
            hash == digest_from_identifier(&signer.digest_algorithm)?
                && SignatureAlgorithm::from_identifier(&id, Some(hash))?
                    == SignatureAlgorithm::from_identifier(&signer.signature_algorithm, Some(hash))?
        }
        None => false,
    };
    if same {
        Ok(())
    } else {
        Err(Error::malformed("CMSAlgorithmProtection that names other algorithms").at(value.offset))
    }
}
