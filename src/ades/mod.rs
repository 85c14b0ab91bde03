//! The format-neutral model: what a signature of any format states, and what was computed about it.
//!
//! Formats fill [`SignatureFacts`]; validation reads them. Neither knows the other.

pub mod asic;
pub mod cades;
mod material;
pub mod stored;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use material::{Material, object_digest};

pub use crate::cms::{CertificateReference, Check, Defect, Weight};
use crate::digest::{self, Digest};
use crate::key::SignatureAlgorithm;
use crate::oid::Oid;
use crate::pki::Certificate;
use crate::time::Time;

/// A signature format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Format {
    /// CMS SignedData without a signing-certificate attribute (RFC 5652).
    #[serde(rename = "CMS")]
    Cms,
    /// CAdES (EN 319 122-1).
    #[serde(rename = "CAdES")]
    Cades,
}

/// A baseline level (EN 319 122-1 clause 6 and its siblings).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Level {
    /// Below B-B: no attribute says which certificate signed.
    #[serde(rename = "none")]
    None,
    /// Basic signature.
    #[serde(rename = "B-B")]
    BB,
    /// With a signature time-stamp.
    #[serde(rename = "B-T")]
    BT,
    /// With the material for validating it later.
    #[serde(rename = "B-LT")]
    BLt,
    /// With archive time-stamps over all of it.
    #[serde(rename = "B-LTA")]
    BLta,
}

/// What one signature states, and what was computed about it, without any judgement.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignatureFacts {
    /// The format.
    pub format: Format,
    /// The level that its attributes amount to, whether or not they hold.
    pub level: Level,
    /// The signature itself.
    pub signer: SignerFacts,
    /// Its time-stamps, in the order in which they stand there, and after them those of the evidence records of the message.
    pub timestamps: Vec<TimestampFacts>,
    /// What its signed attributes state.
    pub attributes: SignedProperties,
    /// The certificates and the revocation information that came with it, wherever they stood.
    pub material: Material,
    /// The [`object_digest`] of its value, by which time-stamps prove that it existed.
    pub value: Digest,
    /// Signatures over the value of this one.
    pub counter_signatures: Vec<SignatureFacts>,
}

/// Counter-signatures over counter-signatures that are followed; one of a notary over one of a witness makes two.
const COUNTER_SIGNATURES_DEEP: usize = 8;

/// What was computed about one signature value and the certificate behind it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignerFacts {
    /// The signer's certificate, where it is at hand.
    pub certificate: Option<Certificate>,
    /// The certificates that came along and may complete the path.
    pub certificates: Vec<Certificate>,
    /// Whether the signature says itself which certificate it is of.
    pub reference: CertificateReference,
    /// The algorithm, where it is a known one.
    pub algorithm: Option<SignatureAlgorithm>,
    /// The hash of the content in the signed attributes, where it is a known one. Algorithms that take the message itself do not
    /// imply it.
    pub content_hash: Option<digest::Algorithm>,
    /// The hash by which the signature refers to its certificate.
    pub reference_hash: Option<digest::Algorithm>,
    /// The mathematics of the signature value.
    pub signature: Check,
    /// The digests of the signed content.
    pub data: Check,
    /// What is not as the standards want it.
    pub defects: Vec<Defect>,
}

/// A time-stamp on a signature or on its content.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TimestampFacts {
    /// What it covers.
    pub kind: TimestampKind,
    /// The time that it states.
    pub time: Time,
    /// Whether it is over what it should be over.
    pub imprint: Check,
    /// The hash algorithm of the imprint, where it is a known one.
    pub imprint_algorithm: Option<digest::Algorithm>,
    /// The authority's signature.
    pub signer: SignerFacts,
    /// The [`object_digest`] of the token, by which later time-stamps prove that it existed.
    pub token: Digest,
    /// The [`object_digest`]s of what it proves to have existed: values, certificates, revocation information, tokens.
    pub covers: Vec<Digest>,
}

/// What an evidence record says of documents, and what was computed about it, without any judgement.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EvidenceFacts {
    /// Its archive time-stamps, in the order in which they were made.
    pub timestamps: Vec<TimestampFacts>,
    /// The certificates and the revocation information in its tokens.
    pub material: Material,
    /// How many hashes stand beside those of the documents in the first list of the first tree.
    pub others: usize,
}

/// What a time-stamp covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TimestampKind {
    /// The content, before it was signed.
    Content,
    /// The signature value.
    Signature,
    /// References to certificates and revocation information, with or without the signature value.
    Refs,
    /// The signature with everything that validates it.
    Archive,
    /// A document of its own, outside any signature.
    Document,
    /// The documents of an evidence record, or what came before in it (RFC 4998).
    Evidence,
}

/// What the signer states in signed attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedProperties {
    /// When the signer claims to have signed.
    pub signing_time: Option<Time>,
    /// What the signature commits to, as in proof of origin or of approval.
    pub commitments: Vec<Oid>,
    /// Where the signer claims to be.
    pub location: Option<SignerLocation>,
    /// The media type of the content.
    pub mime_type: Option<String>,
    /// The signature policy that the signer refers to.
    pub policy: Option<SignaturePolicy>,
}

/// A signature policy, as a signer refers to it (EN 319 122-1 5.2.9.1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignaturePolicy {
    /// Its identifier.
    pub identifier: Oid,
    /// The digest of its document, where the signer gives one of a known algorithm.
    pub digest: Option<Digest>,
}

/// Where a signer claims to be (RFC 5126 §5.11.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SignerLocation {
    /// The country.
    pub country: Option<String>,
    /// The town or region.
    pub locality: Option<String>,
    /// Up to six lines of postal address.
    pub address: Vec<String>,
}

impl SignerLocation {
    /// A town in a country.
    pub fn new(country: impl Into<String>, locality: impl Into<String>) -> Self {
        Self { country: Some(country.into()), locality: Some(locality.into()), address: Vec::new() }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cms => "CMS",
            Self::Cades => "CAdES",
        })
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::BB => "B-B",
            Self::BT => "B-T",
            Self::BLt => "B-LT",
            Self::BLta => "B-LTA",
        })
    }
}
