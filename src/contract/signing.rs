//! Who signs events, in two moves or in one, and who time-stamps them.

use super::ceremony::Draft;
use super::journal::Entry;
use super::{Ceremony, Hand, SignedBy};
use crate::ades::cades::{Prepared, Signing, add_signature_time_stamp, signature_values};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::key::{SignatureAlgorithm, Signer};
use crate::oid;
use crate::pki::Certificate;
use crate::time::Time;
use crate::timestamp::Token;

/// Whoever gives a time-stamp token for a digest, as [`Client::stamp`](crate::timestamp::Client::stamp).
pub type Stamp<'a> = dyn FnMut(&Digest, Time) -> Result<Token> + 'a;

/// Whose signature or seal an event gets: a key and its certificate chain, the certificate of the key first.
#[derive(Clone, Copy)]
pub struct Signatory<'a> {
    signer: &'a dyn Signer,
    chain: &'a [Certificate],
    hand: Hand,
}

impl<'a> Signatory<'a> {
    /// A natural person, who signs.
    pub fn signing(signer: &'a dyn Signer, chain: &'a [Certificate]) -> Self {
        Self { signer, chain, hand: Hand::Signature }
    }

    /// A legal person, which seals.
    pub fn sealing(signer: &'a dyn Signer, chain: &'a [Certificate]) -> Self {
        Self { signer, chain, hand: Hand::Seal }
    }

    pub(super) fn hand(&self) -> Hand {
        self.hand
    }

    pub(super) fn chain(&self) -> &'a [Certificate] {
        self.chain
    }

    pub(super) fn algorithm(&self) -> SignatureAlgorithm {
        self.signer.algorithm()
    }

    pub(super) fn value(&self, message: &[u8]) -> Result<Vec<u8>> {
        self.signer.sign(message)
    }

    pub(super) fn sign<S>(&self, awaiting: Awaiting<S>, stamp: Option<&mut Stamp<'_>>) -> Result<Ceremony<S>> {
        let value = self.signer.sign(awaiting.to_be_signed())?;
        awaiting.embed(&value, stamp)
    }
}

/// What an event says of the certificate that will sign it.
pub(super) fn signed_by(chain: &[Certificate], hand: Hand) -> Result<SignedBy> {
    let certificate = chain.first().ok_or_else(|| Error::misuse("a signature needs its certificate"))?;
    Ok(SignedBy { certificate: certificate.digest(Algorithm::Sha256), hand })
}

/// An event that lacks nothing but its signature: a phone, a smart card or a remote service can make it, today or next week, since
/// it survives a restart as JSON.
#[must_use]
pub struct Awaiting<S> {
    pub(super) draft: Draft<S>,
    pub(super) octets: Vec<u8>,
    pub(super) prepared: Prepared,
}

impl<S> Awaiting<S> {
    pub(super) fn new(
        draft: Draft<S>,
        chain: &[Certificate],
        algorithm: SignatureAlgorithm,
        time: Time,
    ) -> Result<Self> {
        let octets = draft.octets()?;
        let digest = Signing::digest_algorithm(algorithm).digest(&octets);
        let signing = Signing::detached(&digest, chain, algorithm, time).mime_type("application/json");
        // RFC 5126 §5.11.1: who signs a contract approves it; a seal says where the event comes from.
        let commitment = match draft.hand() {
            Some(Hand::Signature) => oid::PROOF_OF_APPROVAL,
            Some(Hand::Seal) | None => oid::PROOF_OF_ORIGIN,
        };
        let prepared = signing.commitment(commitment).prepare()?;
        Ok(Self { draft, octets, prepared })
    }

    /// The octets to be signed.
    pub fn to_be_signed(&self) -> &[u8] {
        self.prepared.to_be_signed()
    }

    /// What is to be signed, with its digest and the algorithm.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// The event itself, canonical JSON, for whoever wants to see what is signed.
    pub fn event(&self) -> &[u8] {
        &self.octets
    }

    /// Puts the signature value in place, has it time-stamped where that was announced, and goes on.
    ///
    /// # Errors
    ///
    /// `Unusable` when the value is not a signature by the key of the certificate; `Misuse` when a time-stamp was announced and there
    /// is nobody to give it, or the other way round; `Unreachable` and `Rejected` when it cannot be had.
    pub fn embed(self, value: &[u8], stamp: Option<&mut Stamp<'_>>) -> Result<Ceremony<S>> {
        let mut signature = self.prepared.embed(value)?;
        let time = self.draft.time();
        match (stamp, self.draft.is_time_stamped()) {
            (Some(stamp), true) => {
                let token = stamp(&Algorithm::Sha256.digest(value), time)?;
                signature = add_signature_time_stamp(&signature, 0, token.octets())?;
            }
            (None, false) => {}
            (Some(_), false) | (None, true) => return Err(Error::misuse(NOT_AS_ANNOUNCED)),
        }
        Ok(self.draft.attested(Entry { octets: self.octets, signature: Some(signature), time_stamp: None }))
    }
}

/// An event that nothing signs, with a time-stamp of its own where that was announced.
pub(super) fn unsigned<S>(draft: Draft<S>, stamp: Option<&mut Stamp<'_>>) -> Result<Ceremony<S>> {
    let octets = draft.octets()?;
    let time_stamp = match (stamp, draft.is_time_stamped()) {
        (Some(stamp), true) => Some(stamp(&Algorithm::Sha256.digest(&octets), draft.time())?.octets().to_vec()),
        (None, false) => None,
        (Some(_), false) | (None, true) => return Err(Error::misuse(NOT_AS_ANNOUNCED)),
    };
    Ok(draft.attested(Entry { octets, signature: None, time_stamp }))
}

const NOT_AS_ANNOUNCED: &str = "the event says that it is time-stamped when it is, and else that it is not";

/// The SHA-256 of the one signature value of a CMS message.
pub(super) fn value_digest(signed: &[u8]) -> Result<Digest> {
    match signature_values(signed)?.as_slice() {
        [value] => Ok(Algorithm::Sha256.digest(value)),
        values => Err(Error::malformed("an event has one signature").with(format!("{} found", values.len()))),
    }
}
