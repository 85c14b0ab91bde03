//! What is recorded after the conclusion: copies, performance, withdrawal, amendment, end, and what becomes of values about persons.

use serde::{Deserialize, Serialize};

use super::{Role, Text, digest_text};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::time::Time;

/// Where a party can get at its copy (DOC 65-7, 440).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CopyAccess {
    /// Whose copy.
    pub party: Role,
    /// The names of the documents.
    pub documents: Vec<String>,
    /// Where it is.
    pub channel: String,
    /// The medium, as in `electronic mail` or `customer account`.
    pub medium: String,
    /// Since when.
    pub accessible_since: Time,
    /// The SHA-256 of the dossier that the party was given, as a file, where it was given one. It is the dossier of the events
    /// before this one.
    #[serde(with = "digest_text::optional")]
    pub dossier: Option<Digest>,
}

impl CopyAccess {
    /// A copy of documents for a party, by a medium, somewhere, since a moment.
    pub fn new(
        party: Role,
        documents: impl IntoIterator<Item = impl Into<String>>,
        medium: impl Into<String>,
        channel: impl Into<String>,
        accessible_since: Time,
    ) -> Self {
        let documents = documents.into_iter().map(Into::into).collect();
        Self { party, documents, channel: channel.into(), medium: medium.into(), accessible_since, dossier: None }
    }

    /// Adds that the copy is a dossier, by the octets of its file.
    #[must_use]
    pub fn of_dossier(self, octets: &[u8]) -> Self {
        Self { dossier: Some(Algorithm::Sha256.digest(octets)), ..self }
    }
}

/// What was done, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Performance {
    /// What was done.
    pub kind: PerformanceKind,
    /// When.
    pub at: Time,
    /// On what the statement rests, as in the number of a delivery note.
    pub basis: String,
}

impl Performance {
    /// What was done at a moment, and what the statement rests on.
    pub fn new(kind: PerformanceKind, at: Time, basis: impl Into<String>) -> Self {
        Self { kind, at, basis: basis.into() }
    }

    /// Refuses what was done after it was recorded, or before there was anything to do. A payment can be in advance.
    pub(crate) fn check(&self, confirmed: Option<Time>, recorded: Time) -> Result<()> {
        if self.at > recorded {
            return Err(
                Error::misuse("what is recorded as done lies ahead").with(format!("{} is after {recorded}", self.at))
            );
        }
        match confirmed {
            Some(confirmed) if self.at < confirmed && self.kind != PerformanceKind::Paid => {
                Err(Error::misuse("an order was performed before it was confirmed")
                    .with(format!("{} is before {confirmed}", self.at)))
            }
            _ => Ok(()),
        }
    }
}

/// What can be done for a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PerformanceKind {
    /// The customer received the goods.
    GoodsReceived,
    /// The service began.
    ServiceBegun,
    /// The service was done.
    ServiceDone,
    /// The customer paid.
    Paid,
    /// The merchant paid back.
    Refunded,
}

/// Who withdrew, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Withdrawal {
    /// Who.
    pub by: Role,
    /// When the withdrawal was sent.
    pub sent: Time,
    /// By what way, as in `the form of the customer account`.
    pub channel: String,
}

impl Withdrawal {
    /// A withdrawal that a party sent at a moment by some way.
    pub fn new(by: Role, sent: Time, channel: impl Into<String>) -> Self {
        Self { by, sent, channel: channel.into() }
    }
}

/// What amends the contract: another ceremony, since an amendment is accepted as expressly as the contract was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Amendment {
    /// The other ceremony.
    pub ceremony: String,
    /// The SHA-256 of its acknowledgement.
    #[serde(with = "digest_text")]
    pub acknowledgement: Digest,
    /// What it amends.
    pub subject: String,
}

impl Amendment {
    /// An amendment by another ceremony.
    pub fn new(ceremony: impl Into<String>, acknowledgement: Digest, subject: impl Into<String>) -> Self {
        Self { ceremony: ceremony.into(), acknowledgement, subject: subject.into() }
    }
}

/// Who ended the contract, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Termination {
    /// Who.
    pub by: Role,
    /// Why.
    pub reason: String,
    /// From when on.
    pub effective: Time,
}

impl Termination {
    /// An end that a party makes for a reason, from a moment on.
    pub fn new(by: Role, reason: impl Into<String>, effective: Time) -> Self {
        Self { by, reason: reason.into(), effective }
    }
}

/// Why a journal is kept beyond its retention, or no longer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LegalHold {
    /// Why.
    pub reason: String,
}

/// What was erased, and why: values about persons, and documents that are about them. Digests and commitments stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Erasure {
    /// The commitments whose openings are gone, as in `sha256:…`.
    pub commitments: Vec<String>,
    /// The names of the documents that are gone.
    pub documents: Vec<String>,
    /// The files of the dossier in which an erased value still stands as it is, as in `documents/contract.txt`. One that is packed or
    /// encoded there is not found.
    pub found_in: Vec<String>,
    /// The names of the documents in which nobody looked, since they were not at hand.
    pub not_searched: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What a value about a person should have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rectification {
    /// The commitment that stands for the value that was not right.
    pub replaces: String,
    /// The right value.
    pub value: Text,
    /// Why.
    pub reason: String,
}
