//! Renewal: what has to be stamped, and the record with its new archive time-stamp.

use super::facts::renewed;
use super::{ArchiveTimeStamp, DataObject, EvidenceRecord};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};

impl EvidenceRecord {
    /// What a time-stamp renewal must stamp: the hash of the last token, by the algorithm of its chain (RFC 4998 §5.2). Those of
    /// many records make a [`Batch`](super::Batch); records of one batch have the same.
    ///
    /// # Errors
    ///
    /// `Unsupported` when the algorithm is not one of ours.
    pub fn token_digest(&self) -> Result<Digest> {
        let last = self.time_stamps().last().ok_or_else(nothing)?;
        Ok(last.algorithm()?.digest(last.token().octets()))
    }

    /// What a time-stamp renewal stamps so that every verifier finds what it looks for: the hashes of all tokens of the last chain,
    /// the last one among them, to stay together in [`Batch::push_group`](super::Batch::push_group). RFC 4998 §5.2 asks for the
    /// last one alone; Bouncy Castle looks for all of them from the second renewal on.
    ///
    /// # Errors
    ///
    /// `Unsupported` when the algorithm is not one of ours.
    pub fn token_digests(&self) -> Result<Vec<Digest>> {
        let last = self.chains().last().ok_or_else(nothing)?;
        let digest = |stamp: &ArchiveTimeStamp| Ok(stamp.algorithm()?.digest(stamp.token().octets()));
        last.time_stamps().iter().map(digest).collect()
    }

    /// What a hash-tree renewal stamps: for each document, whose digest by the new algorithm is given, the hash of that digest and
    /// of the record so far (RFC 4998 §5.2, steps 3 and 4). Those of a group stay together in
    /// [`Batch::push_group`](super::Batch::push_group).
    ///
    /// # Errors
    ///
    /// `Misuse` without a document, or with digests of several algorithms.
    pub fn renewed_digests(&self, documents: &[Digest]) -> Result<Vec<Digest>> {
        let algorithm = algorithm_of(documents)?;
        let older = algorithm.digest(&self.older(self.chains().len()));
        Ok(documents.iter().map(|document| renewed(document, &older)).collect())
    }

    /// The record with a time-stamp renewal: an archive time-stamp over [`token_digests`](Self::token_digests), such as
    /// [`BatchRecord::archive_time_stamp`](super::BatchRecord::archive_time_stamp) gives.
    ///
    /// # Errors
    ///
    /// `Rejected` when the archive time-stamp is over something else, of another algorithm, or older than the last one;
    /// `Malformed` when it is none.
    pub fn renew_time_stamp(&self, archive_time_stamp: &[u8]) -> Result<Self> {
        let budget = &mut Budget::new(&Limits::default());
        let stamp = ArchiveTimeStamp::parse(archive_time_stamp, budget)?;
        self.with(&stamp, false, budget)?.checked(&[], budget)
    }

    /// The record with a hash-tree renewal: an archive time-stamp over [`renewed_digests`](Self::renewed_digests) of the same
    /// documents.
    ///
    /// # Errors
    ///
    /// As [`renew_time_stamp`](Self::renew_time_stamp); `Misuse` without a document, or with digests of several algorithms.
    pub fn renew_hash_tree(&self, archive_time_stamp: &[u8], documents: &[Digest]) -> Result<Self> {
        algorithm_of(documents)?;
        let budget = &mut Budget::new(&Limits::default());
        let stamp = ArchiveTimeStamp::parse(archive_time_stamp, budget)?;
        let digests: Vec<[Digest; 1]> = documents.iter().map(|digest| [*digest]).collect();
        let objects: Vec<DataObject<'_>> = digests.iter().map(|digest| DataObject::digests(digest)).collect();
        self.with(&stamp, true, budget)?.checked(&objects, budget)
    }

    /// The record, if its last archive time-stamp is over what it should be.
    fn checked(self, objects: &[DataObject<'_>], budget: &mut Budget) -> Result<Self> {
        let facts = self.facts(objects, budget)?;
        facts.time_stamps.last().ok_or_else(nothing)?.require()?;
        Ok(self)
    }
}

fn algorithm_of(documents: &[Digest]) -> Result<Algorithm> {
    let first = documents.first().ok_or_else(|| Error::misuse("hash-tree renewal without a document"))?;
    match documents.iter().find(|digest| digest.algorithm() != first.algorithm()) {
        Some(other) => Err(Error::misuse("documents hashed by several algorithms").with(other.algorithm().name())),
        None => Ok(first.algorithm()),
    }
}

fn nothing() -> Error {
    Error::malformed("evidence record without a time-stamp")
}
