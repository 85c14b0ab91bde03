//! The paved path from a document to a signed, time-stamped one.

use crate::ades::SignerLocation;
use crate::ades::cades::{Signing, SigningContent, add_signature_time_stamp, signature_values, usable};
use crate::digest::Digest;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Signer;
use crate::oid::Oid;
use crate::pki::Certificate;
use crate::time::Time;
use crate::timestamp::{Client, Token};

/// Whoever signs: a key, and the certificate chain that says whose it is.
pub struct Identity {
    signer: Box<dyn Signer>,
    chain: Vec<Certificate>,
}

impl Identity {
    /// A key with its certificate, first in `chain`, and what leads from it to a trust anchor.
    ///
    /// # Errors
    ///
    /// `Unusable` when the certificate is of another key; `Misuse` when there is none.
    pub fn new(signer: impl Signer + 'static, chain: Vec<Certificate>) -> Result<Self> {
        let certificate = chain.first().ok_or_else(|| Error::misuse("an identity needs a certificate"))?;
        if certificate.public_key()? != signer.public_key() {
            return Err(Error::new(ErrorKind::Unusable, "the certificate is of another key")
                .with(certificate.subject().to_string()));
        }
        Ok(Self { signer: Box::new(signer), chain })
    }

    /// Refuses early what [`Sign::finish`] refuses: to sign at a time at which the certificate does not allow it.
    ///
    /// # Errors
    ///
    /// `Unusable` when the certificate is expired, not yet valid, not for signing, or its key is not for the algorithm.
    pub fn usable_at(&self, time: Time) -> Result<()> {
        let certificate = self.chain.first().ok_or_else(|| Error::misuse("an identity needs a certificate"))?;
        usable(certificate, self.signer.algorithm(), time)
    }

    /// The certificate chain, the signer's own certificate first.
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// The key.
    pub fn signer(&self) -> &dyn Signer {
        self.signer.as_ref()
    }
}

/// Starts signing a document, which the signature will carry.
///
/// See the [crate's first example](crate).
pub fn sign<'a>(content: &'a [u8], identity: &'a Identity) -> Sign<'a> {
    Sign::new(SigningContent::Attached(content), identity)
}

/// Starts signing a document apart from it. Its digest must be of the algorithm that
/// [`Signing::digest_algorithm`] names for the key.
pub fn sign_detached<'a>(digest: &'a Digest, identity: &'a Identity) -> Sign<'a> {
    Sign::new(SigningContent::Detached(digest), identity)
}

/// Starts signing what others have signed: one more signature beside theirs, over the same content. Of a detached content the
/// digest is needed.
pub fn sign_beside<'a>(signed: &'a [u8], digest: Option<&'a Digest>, identity: &'a Identity) -> Sign<'a> {
    Sign::new(SigningContent::Beside(signed, digest), identity)
}

/// A signature that is being specified.
#[must_use]
pub struct Sign<'a> {
    signing: Signing<'a>,
    identity: &'a Identity,
    time: Option<Time>,
    stamp: Option<Stamp<'a>>,
}

type Stamp<'a> = Box<dyn FnOnce(&Digest, Time) -> Result<Token> + 'a>;

impl<'a> Sign<'a> {
    fn new(content: SigningContent<'a>, identity: &'a Identity) -> Self {
        let signing = Signing::untimed(content, identity.chain(), identity.signer().algorithm());
        Self { signing, identity, time: None, stamp: None }
    }

    /// When the signer claims to sign.
    pub fn claimed_at(self, time: Time) -> Self {
        Self { signing: self.signing.claimed_at(time), time: Some(time), ..self }
    }

    /// Has the signature time-stamped: level B-T. The token is checked before it is taken.
    pub fn timestamp<'c: 'a>(self, tsa: &'a mut Client<'c>) -> Self {
        self.timestamp_by(|digest, time| tsa.stamp(digest, time))
    }

    /// Has the signature time-stamped by whoever gives a token for the digest of its value, as several authorities that are
    /// tried in turn. The time is the one that the signer claims.
    pub fn timestamp_by(mut self, stamp: impl FnOnce(&Digest, Time) -> Result<Token> + 'a) -> Self {
        self.stamp = Some(Box::new(stamp));
        self
    }

    /// Adds what the signature commits to, as in [`oid::PROOF_OF_APPROVAL`](crate::oid::PROOF_OF_APPROVAL).
    pub fn commitment(self, commitment: Oid) -> Self {
        Self { signing: self.signing.commitment(commitment), ..self }
    }

    /// Adds where the signer claims to be.
    pub fn location(self, location: SignerLocation) -> Self {
        Self { signing: self.signing.location(location), ..self }
    }

    /// Adds the media type of the content, as in `application/pdf`.
    pub fn mime_type(self, mime_type: impl Into<String>) -> Self {
        Self { signing: self.signing.mime_type(mime_type), ..self }
    }

    /// Adds the signature policy, with the digest of its document.
    pub fn policy(self, policy: Oid, digest: Digest) -> Self {
        Self { signing: self.signing.policy(policy, digest), ..self }
    }

    /// Signs, has it time-stamped where that was asked for, and gives the signed document in DER.
    ///
    /// # Errors
    ///
    /// `Misuse` without a time; `Unusable` when the certificate may not sign; `Signer` when the key refuses; `Unreachable` and
    /// `Rejected` when the time-stamp cannot be had: then there is no document, rather than one of a lower level.
    pub fn finish(self) -> Result<Vec<u8>> {
        let signer = self.identity.signer();
        let prepared = self.signing.prepare()?;
        let value = signer.sign(prepared.to_be_signed())?;
        let signed = prepared.embed_own(&value)?;
        let Some((stamp, time)) = self.stamp.zip(self.time) else { return Ok(signed) };
        let imprint = Signing::digest_algorithm(signer.algorithm()).digest(&value);
        let token = stamp(&imprint, time)?;
        let index = signature_values(&signed)?.iter().position(|other| *other == value);
        let index = index.ok_or_else(|| Error::misuse("the signature is not in the document that it was put in"))?;
        add_signature_time_stamp(&signed, index, token.octets())
    }
}
