//! What can be wrong with a dossier, by the file that it is wrong with.

use std::fmt;

use crate::contract::FaultKind;

/// What is wrong with a file of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DossierFault {
    /// The file, as in `journal/0003.json`.
    pub file: String,
    /// What is wrong with it.
    pub kind: DossierFaultKind,
    /// What was found.
    pub detail: String,
}

/// What can be wrong with a file of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DossierFaultKind {
    /// It is one that no dossier has.
    Unknown,
    /// It is missing.
    Missing,
    /// A document of no event.
    NeverRecorded,
    /// A document that is not the one that was recorded.
    NotAsRecorded,
    /// A document that an erasure names.
    Erased,
    /// A value about a person under the name of another, or that is none.
    NotAValue,
    /// The manifest lists it with another digest: it was changed, or the manifest was.
    NotAsSealed,
    /// The manifest does not list it: it was added, or the manifest was changed.
    NotSealed,
    /// The manifest is not written as that of a dossier is.
    Manifest,
    /// The seal does not hold.
    Seal,
    /// The time-stamp of the seal does not hold.
    SealTimeStamp,
    /// The seal is somebody else's than the merchant's of the order.
    SealOfAnother,
    /// It is not established that the seal is the merchant's of the order.
    KeeperNotEstablished,
    /// An event, its attestation or a value of it.
    Journal(FaultKind),
}

impl DossierFault {
    pub(super) fn new(file: impl Into<String>, kind: DossierFaultKind, detail: impl Into<String>) -> Self {
        Self { file: file.into(), kind, detail: detail.into() }
    }
}

impl DossierFaultKind {
    fn sentence(self) -> &'static str {
        match self {
            Self::Unknown => "no dossier has such a file",
            Self::Missing => "it is missing",
            Self::NeverRecorded => "no event has recorded it",
            Self::NotAsRecorded => "it is not the one that was recorded",
            Self::Erased => "it is there, and was erased",
            Self::NotAValue => "it is not the value about a person that its name says",
            Self::NotAsSealed => "the manifest lists another digest for it",
            Self::NotSealed => "the manifest does not list it",
            Self::Manifest => "it is no manifest as a dossier has it",
            Self::Seal => "the seal does not hold",
            Self::SealTimeStamp => "the time-stamp of the seal does not hold",
            Self::SealOfAnother => "the seal is not the merchant's",
            Self::KeeperNotEstablished => "it is not established that the seal is the merchant's",
            Self::Journal(kind) => kind.sentence(),
        }
    }
}

impl fmt::Display for DossierFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.kind.sentence())?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}
