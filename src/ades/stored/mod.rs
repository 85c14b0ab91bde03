//! Facts as a JSON document, `seing-facts/1`: kept today, judged again in fifteen years, by another policy and as of another time.
//!
//! The document holds what [`SignatureFacts`] and [`TimestampFacts`] hold, and what the caller added to the signed document.
//! Certificates, revocation lists and OCSP responses stand in it once each, in base64, and are referred to by their SHA-256;
//! lists of them stand in it once each too, and are referred to by their place. The same facts make the same octets. Trust
//! anchors, policy and time are no facts, and not in it: they are arguments of the judgement.
//!
//! **Nothing protects the document.** The mathematics is not computed again when it is read: where it says that a signature holds,
//! the judgement takes it to hold. A verdict from stored facts is as good as the place where they were kept. Who doubts it verifies
//! the signed document, which [`Facts::document`] names, once more.

mod document;
mod reading;
mod writing;

use crate::ades::{EvidenceFacts, Material, SignatureFacts, TimestampFacts};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::limits::Limits;

/// The facts of a signed document or of a time-stamp of its own, with what they were computed from.
///
/// ```
/// use seing::ades::stored::Facts;
/// use seing::limits::Limits;
/// # use seing::key::{KeyKind, os_entropy};
/// # use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// # let now = std::time::SystemTime::now().into();
/// # let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
/// # let anchors = pki.trust_anchors();
/// # let shop = seing::Identity::new(pki.merchant.key, pki.merchant.chain)?;
/// # let signed = seing::sign(b"one desk, 1200 MAD", &shop).claimed_at(now).finish()?;
///
/// let kept: String = seing::verify(&signed).facts()?.to_json()?;
///
/// let facts = Facts::from_json(&kept, &Limits::default())?;
/// let again = seing::verify_facts(&facts).trust(&anchors).at(now).report()?;
/// let report = seing::verify(&signed).trust(&anchors).at(now).report()?;
/// assert_eq!(again.to_json()?, report.to_json()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Facts {
    /// The SHA-256 of the signed document, or of the time-stamp, as it was given.
    pub document: Digest,
    /// Digests of the content, as far as it was known: its SHA-256, or those that the caller gave.
    pub content: Vec<Digest>,
    /// What the caller added to what came with the document.
    pub material: Material,
    /// What was found.
    pub subject: Subject,
}

/// What facts are about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Subject {
    /// The signatures of a document, in its order.
    Signatures(Vec<SignatureFacts>),
    /// A time-stamp of its own.
    TimeStamp(Box<TimestampFacts>),
    /// An evidence record.
    EvidenceRecord(Box<EvidenceFacts>),
}

impl Facts {
    /// The facts as one JSON object.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts, numbers and lists.
    pub fn to_json(&self) -> Result<String> {
        let document = writing::document(self);
        serde_json::to_string_pretty(&document)
            .map_err(|error| Error::misuse("the facts cannot be written").because(error))
    }

    /// Reads facts that [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is another document, a field is missing or not known, or what is stored under a digest is something
    /// else; `Unsupported` when it follows another schema or names an algorithm that is unknown here; `LimitExceeded` when it is
    /// too large, or counter-signatures are nested too deep.
    pub fn from_json(json: &str, limits: &Limits) -> Result<Self> {
        if json.len() > limits.document_octets {
            return Err(Error::limit("the facts are larger than the limit"));
        }
        // An empty text takes three octets in JSON and eight times as many in memory: what is no fact is not read.
        let marks = json.bytes().filter(|octet| matches!(octet, b',' | b'[' | b'{')).count();
        if marks > limits.elements.saturating_mul(MARKS) {
            return Err(Error::limit("the facts have more parts than the limit allows"));
        }
        reading::facts(document::parse(json)?, limits)
    }
}

/// Commas and opening brackets for each element: a defect has four, and a signature with everything some dozens.
const MARKS: usize = 8;
