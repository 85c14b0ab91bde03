//! Signing in two moves: prepare, let anyone sign, embed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::properties;
use crate::ades::SignerLocation;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::Reader;
use crate::asn1::{Tag, write};
use crate::cms::{self, Additions, SignedAttributes, SignedData, SignerParts};
use crate::digest::Digest;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{SignatureAlgorithm, digest_identifier};
use crate::limits::{Budget, Limits};
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::time::Time;

/// A CAdES signature that is being specified (level B-B, EN 319 122-1 clause 6).
///
/// ```
/// use seing::ades::cades::Signing;
/// use seing::key::{KeyKind, Signer, SoftwareKey, os_entropy};
/// use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// use seing::time::Time;
///
/// let now = Time::parse_rfc3339("2026-11-23T10:00:00Z")?;
/// let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
/// let prepared = Signing::attached(b"one desk", &pki.customer.chain, pki.customer.key.algorithm(), now).prepare()?;
/// let value = pki.customer.key.sign(prepared.to_be_signed())?;     // a smart card, a phone, a remote service, tomorrow
/// let signed = prepared.embed(&value)?;
/// assert_eq!(signed.first(), Some(&0x30));
/// # Ok::<(), seing::error::Error>(())
/// ```
#[must_use]
pub struct Signing<'a> {
    content: SigningContent<'a>,
    chain: &'a [Certificate],
    algorithm: SignatureAlgorithm,
    time: Option<Time>,
    commitments: Vec<Oid>,
    location: Option<SignerLocation>,
    mime_type: Option<String>,
    policy: Option<(Oid, Digest)>,
}

pub(crate) enum SigningContent<'a> {
    Attached(&'a [u8]),
    Detached(&'a Digest),
    /// Beside the signatures that are there; the digest of the content where that is detached.
    Beside(&'a [u8], Option<&'a Digest>),
}

impl<'a> Signing<'a> {
    /// A signature that carries its content. `chain` is the signer's certificate and what leads from it to a trust anchor;
    /// `time` is when the signer claims to sign.
    pub fn attached(content: &'a [u8], chain: &'a [Certificate], algorithm: SignatureAlgorithm, time: Time) -> Self {
        Self::untimed(SigningContent::Attached(content), chain, algorithm).claimed_at(time)
    }

    /// A signature apart from its content, of which only the digest is needed: in the algorithm that
    /// [`Signing::digest_algorithm`] names.
    pub fn detached(digest: &'a Digest, chain: &'a [Certificate], algorithm: SignatureAlgorithm, time: Time) -> Self {
        Self::untimed(SigningContent::Detached(digest), chain, algorithm).claimed_at(time)
    }

    /// One more signature beside those of a signed document, over the same content. A detached content is given by its digest.
    pub fn beside(
        signed: &'a [u8],
        digest: Option<&'a Digest>,
        chain: &'a [Certificate],
        algorithm: SignatureAlgorithm,
        time: Time,
    ) -> Self {
        Self::untimed(SigningContent::Beside(signed, digest), chain, algorithm).claimed_at(time)
    }

    /// A signature of which the time of signing is still to be said.
    pub(crate) fn untimed(
        content: SigningContent<'a>,
        chain: &'a [Certificate],
        algorithm: SignatureAlgorithm,
    ) -> Self {
        Self {
            content,
            chain,
            algorithm,
            time: None,
            commitments: Vec::new(),
            location: None,
            mime_type: None,
            policy: None,
        }
    }

    pub(crate) fn claimed_at(self, time: Time) -> Self {
        Self { time: Some(time), ..self }
    }

    /// The hash that digests the content for a signature algorithm: its own, or SHA-512 for Ed25519 (RFC 8419 §3.1).
    pub fn digest_algorithm(algorithm: SignatureAlgorithm) -> crate::digest::Algorithm {
        algorithm.message_digest()
    }

    /// Adds what the signature commits to, as in [`oid::PROOF_OF_APPROVAL`].
    pub fn commitment(mut self, commitment: Oid) -> Self {
        self.commitments.push(commitment);
        self
    }

    /// Adds where the signer claims to be.
    pub fn location(mut self, location: SignerLocation) -> Self {
        self.location = Some(location);
        self
    }

    /// Adds the media type of the content, as in `application/pdf`.
    pub fn mime_type(mut self, mime_type: impl Into<String>) -> Self {
        self.mime_type = Some(mime_type.into());
        self
    }

    /// Adds the signature policy, with the digest of its document.
    pub fn policy(mut self, policy: Oid, digest: Digest) -> Self {
        self.policy = Some((policy, digest));
        self
    }

    /// Fixes the octets to be signed.
    ///
    /// # Errors
    ///
    /// `Unusable` when the certificate is expired, not yet valid, not for signing, or its key is not for the algorithm (law 43-20,
    /// article 44: nobody signs with data of an expired certificate); `Misuse` when a digest is missing or of another algorithm;
    /// `Malformed` when the document to sign beside is not a CMS one; `Unsupported` when an older archive time-stamp covers all of it.
    pub fn prepare(self) -> Result<Prepared> {
        let time = self.time.ok_or_else(|| Error::misuse("the time of signing is missing: say .claimed_at(time)"))?;
        let certificate = self.chain.first().ok_or_else(|| Error::misuse("a signature needs its certificate"))?;
        usable(certificate, self.algorithm, time)?;
        let (content_type, encapsulated, message_digest, beside) = self.content.fix(self.algorithm.message_digest())?;
        let mut more: Vec<Vec<u8>> = self.commitments.iter().map(properties::commitment).collect();
        if let Some(location) = &self.location {
            more.push(properties::location(location)?);
        }
        // EN 319 122-1 5.2.4: mime-type for detached and content-hints for attached content.
        if let Some(mime_type) = &self.mime_type {
            let detached = matches!(self.content, SigningContent::Detached(_) | SigningContent::Beside(_, Some(_)));
            more.push(if detached { properties::mime_type(mime_type) } else { properties::content_hints(mime_type) });
        }
        if let Some((policy, digest)) = &self.policy {
            more.push(properties::policy(policy, digest));
        }
        let signed_attributes = cms::signed_attributes(&content_type, &message_digest, certificate, Some(time), more);
        Ok(Prepared {
            chain: self.chain.to_vec(),
            algorithm: self.algorithm,
            content_type,
            encapsulated,
            signed_attributes,
            beside,
        })
    }
}

/// Refuses what must not sign.
pub(crate) fn usable(certificate: &Certificate, algorithm: SignatureAlgorithm, time: Time) -> Result<()> {
    let unusable = |what| Err(Error::new(ErrorKind::Unusable, what).with(certificate.subject().to_string()));
    if time < certificate.not_before() {
        return unusable("the certificate is not valid yet");
    }
    if time.whole_seconds() > certificate.not_after() {
        return unusable("the certificate has expired");
    }
    if certificate.key_usage().is_some_and(|usage| !usage.digital_signature() && !usage.non_repudiation()) {
        return unusable("the certificate is not for signing");
    }
    certificate.public_key()?.verifier(algorithm).map(|_| ()).map_err(|error| {
        Error::new(ErrorKind::Unusable, "the key of the certificate is not one for this algorithm").because(error)
    })
}

type Fixed = (Oid, Vec<u8>, Digest, Option<Vec<u8>>);

impl SigningContent<'_> {
    fn fix(&self, algorithm: crate::digest::Algorithm) -> Result<Fixed> {
        let given = |digest: &Digest| {
            if digest.algorithm() == algorithm {
                Ok(*digest)
            } else {
                Err(Error::misuse("the digest of the content is of another algorithm")
                    .with(format!("{algorithm} is needed")))
            }
        };
        match self {
            Self::Attached(content) => {
                let encapsulated = cms::encapsulated(&oid::DATA, Some(content));
                Ok((oid::DATA, encapsulated, algorithm.digest(content), None))
            }
            Self::Detached(digest) => Ok((oid::DATA, cms::encapsulated(&oid::DATA, None), given(digest)?, None)),
            Self::Beside(signed, digest) => {
                let signed = super::extract::unwrapped(signed)?;
                let message = SignedData::parse(&signed, &mut Budget::new(&Limits::default()))?;
                super::augment::check_open(&message)?;
                let digest = match (&message.content, digest) {
                    (Some(content), _) => algorithm.digest(content),
                    (None, Some(digest)) => given(digest)?,
                    (None, None) => return Err(Error::misuse("the content is detached: give its digest")),
                };
                Ok((message.content_type, message.encapsulated.to_vec(), digest, Some(signed.to_vec())))
            }
        }
    }
}

/// A signature that lacks nothing but its value. It owns the exact octets to be signed, survives a restart as JSON, and is
/// used up by [`embed`](Self::embed).
#[must_use]
#[derive(Debug)]
pub struct Prepared {
    chain: Vec<Certificate>,
    algorithm: SignatureAlgorithm,
    content_type: Oid,
    encapsulated: Vec<u8>,
    signed_attributes: Vec<u8>,
    beside: Option<Vec<u8>>,
}

impl Prepared {
    /// The octets to be signed: the signed attributes in DER (RFC 5652 §5.4).
    pub fn to_be_signed(&self) -> &[u8] {
        &self.signed_attributes
    }

    /// Their digest, for services that sign digests; `None` where the algorithm takes the octets themselves.
    pub fn digest(&self) -> Option<Digest> {
        self.algorithm.digest().map(|algorithm| algorithm.digest(&self.signed_attributes))
    }

    /// The algorithm to sign with.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The certificate of the key to sign with.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.chain.first()
    }

    /// The certificate of the key, and what leads from it to a trust anchor.
    pub(crate) fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// Puts the signature value in place, and gives the signed document in DER.
    ///
    /// # Errors
    ///
    /// `Unusable` when the value is not a signature of [`to_be_signed`](Self::to_be_signed) by the key of the certificate.
    pub fn embed(self, signature: &[u8]) -> Result<Vec<u8>> {
        let certificate = self.certificate().ok_or_else(|| Error::misuse("a signature needs its certificate"))?;
        let verifier = certificate.public_key()?.verifier(self.algorithm)?;
        verifier.verify(&self.signed_attributes, signature).map_err(|mismatch| {
            Error::new(ErrorKind::Unusable, "the signature is not by the key of the certificate")
                .with(certificate.subject().to_string())
                .because(mismatch)
        })?;
        self.embed_own(signature)
    }

    /// The same for a signature that a key made whose public half is known to be the certificate's.
    pub(crate) fn embed_own(self, signature: &[u8]) -> Result<Vec<u8>> {
        let certificate = self.certificate().ok_or_else(|| Error::misuse("a signature needs its certificate"))?;
        let parts = SignerParts {
            certificate,
            algorithm: self.algorithm,
            signed_attributes: &self.signed_attributes,
            signature,
        };
        let signer_info = parts.signer_info();
        let algorithms = vec![digest_identifier(self.algorithm.message_digest())];
        // A trust anchor is known to whoever verifies, or is not one: in the message it would only be unprotected octets.
        let is_needed = |(at, certificate): &(usize, &Certificate)| *at == 0 || !certificate.is_self_issued();
        let certificates = self
            .chain
            .iter()
            .enumerate()
            .filter(is_needed)
            .map(|(_, certificate)| certificate.der().to_vec())
            .collect();
        match &self.beside {
            None => Ok(cms::signed_data(
                &self.content_type,
                &self.encapsulated,
                algorithms,
                certificates,
                vec![signer_info],
            )),
            Some(signed) => {
                let message = SignedData::parse(signed, &mut Budget::new(&Limits::default()))?;
                let mut infos: Vec<Vec<u8>> = message.signers.iter().map(|signer| signer.raw.to_vec()).collect();
                infos.push(signer_info);
                let digest_algorithms = algorithms;
                Ok(message.rebuilt(infos, Additions { digest_algorithms, certificates, ..Additions::default() }))
            }
        }
    }

    /// The prepared signature as JSON, to be kept until the signature value is there.
    ///
    /// # Errors
    ///
    /// None that is known of: the fields are texts.
    pub fn to_json(&self) -> Result<String> {
        let stored = Stored {
            schema: SCHEMA.to_owned(),
            algorithm: STANDARD.encode(self.algorithm.to_identifier()),
            digest: self.algorithm.message_digest().name().to_owned(),
            chain: self.chain.iter().map(|certificate| STANDARD.encode(certificate.der())).collect(),
            encapsulated: STANDARD.encode(&self.encapsulated),
            to_be_signed: STANDARD.encode(&self.signed_attributes),
            beside: self.beside.as_ref().map(|signed| STANDARD.encode(signed)),
        };
        serde_json::to_string_pretty(&stored)
            .map_err(|error| Error::misuse("the prepared signature cannot be written").because(error))
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is something else, or when the octets to be signed and the content no longer belong together.
    pub fn from_json(json: &str) -> Result<Self> {
        let wrong = || Error::malformed("this is no prepared signature");
        let stored: Stored = serde_json::from_str(json).map_err(|error| wrong().because(error))?;
        if stored.schema != SCHEMA {
            return Err(Error::unsupported("prepared signature of another version").with(stored.schema));
        }
        let octets = |text: &str| STANDARD.decode(text).map_err(|error| wrong().because(error));
        let chain = stored.chain.iter().map(|text| Certificate::parse(&octets(text)?)).collect::<Result<Vec<_>>>()?;
        let digest = crate::digest::Algorithm::from_name(&stored.digest).ok_or_else(wrong)?;
        let identifier = octets(&stored.algorithm)?;
        let identifier = AlgorithmIdentifier::read(&mut Reader::new(&identifier))?;
        let algorithm = SignatureAlgorithm::from_identifier(&identifier, Some(digest))?;
        let encapsulated = octets(&stored.encapsulated)?;
        let signed_attributes = octets(&stored.to_be_signed)?;
        let beside = stored.beside.as_deref().map(octets).transpose()?;
        let content_type = check_belongs(&encapsulated, &signed_attributes, algorithm)?;
        Ok(Self { chain, algorithm, content_type, encapsulated, signed_attributes, beside })
    }
}

/// The attributes must be a DER SET whose message-digest is the content's; gives the content type.
fn check_belongs(encapsulated: &[u8], attributes: &[u8], algorithm: SignatureAlgorithm) -> Result<Oid> {
    let budget = &mut Budget::new(&Limits::default());
    let set = Reader::new(attributes).read(Tag::SET, "signed attributes expected")?;
    let parsed = SignedAttributes::parse(&set, budget)?;
    // Parsed as the content of a message without signers, so that one reader knows what content is.
    let frame = write::sequence(&[
        &write::small(1),
        &write::set_of(Tag::SET, Vec::new()),
        encapsulated,
        &write::set_of(Tag::SET, Vec::new()),
    ]);
    let frame = write::sequence(&[&write::oid(&oid::SIGNED_DATA), &write::tlv(Tag::context(0), &[&frame])]);
    let message = SignedData::parse(&frame, budget)?;
    let digest = parsed.at_most_one(oid::MESSAGE_DIGEST)?.map(|attribute| attribute.single()).transpose()?;
    let belongs = match (&message.content, digest) {
        (Some(content), Some(digest)) => digest.content == algorithm.message_digest().digest(content).octets(),
        (None, Some(_)) => true,
        (_, None) => false,
    };
    if belongs && parsed.to_be_signed == attributes {
        Ok(message.content_type)
    } else {
        Err(Error::malformed("the octets to be signed are not those of the content"))
    }
}

const SCHEMA: &str = "seing-prepared/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: String,
    algorithm: String,
    digest: String,
    chain: Vec<String>,
    encapsulated: String,
    to_be_signed: String,
    beside: Option<String>,
}
