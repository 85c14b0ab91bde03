//! Many digests, one root.

use std::ops::Range;

use super::records::Records;
use super::tree::joined;
use crate::digest::many::{Digests, Parallelism};
use crate::digest::merkle::{Rfc4998, Tree};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::timestamp::Token;

/// Digests of documents that are to get one time-stamp (RFC 4998 §4.2).
///
/// It keeps two digests for each document, and not the documents.
#[derive(Clone, Debug)]
pub struct Batch {
    tree: Tree<Rfc4998>,
    /// The places of groups, ascending, and the digests of their documents in binary ascending order.
    groups: Vec<(usize, Vec<Digest>)>,
}

impl Batch {
    /// A batch without documents.
    pub fn new(algorithm: Algorithm) -> Self {
        Self { tree: Tree::new(algorithm), groups: Vec::new() }
    }

    /// Adds a document, and returns its place.
    ///
    /// # Errors
    ///
    /// `Misuse` when its digest is of another algorithm.
    pub fn push(&mut self, digest: &Digest) -> Result<usize> {
        let mut digests = Digests::new(self.algorithm());
        digests.push(digest)?;
        self.extend(digests, Parallelism::ONE).map(|places| places.start)
    }

    /// Adds documents, and returns their places.
    ///
    /// # Errors
    ///
    /// `Misuse` when their digests are of another algorithm.
    pub fn extend(&mut self, digests: Digests, parallelism: Parallelism) -> Result<Range<usize>> {
        let start = self.len();
        self.tree.extend_digests(digests, parallelism)?;
        Ok(start..self.len())
    }

    /// Adds documents that get one record together, such as a contract and its annexes, and returns their place.
    ///
    /// # Errors
    ///
    /// `Misuse` without a document, or when their digests are of another algorithm.
    pub fn push_group(&mut self, documents: &[Digest]) -> Result<usize> {
        if let Some(other) = documents.iter().find(|digest| digest.algorithm() != self.algorithm()) {
            return Err(Error::misuse("digest of another algorithm").with(other.algorithm().name()));
        }
        if documents.is_empty() {
            return Err(Error::misuse("group without a document"));
        }
        let mut documents = documents.to_vec();
        documents.sort_unstable_by(|one, other| one.octets().cmp(other.octets()));
        let place = self.push(&joined(self.algorithm(), documents.iter().map(Digest::octets).collect())?)?;
        if documents.len() > 1 {
            self.groups.push((place, documents));
        }
        Ok(place)
    }

    /// The hash function of documents and tree.
    pub fn algorithm(&self) -> Algorithm {
        self.tree.algorithm()
    }

    /// How many records there will be.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// What is to be time-stamped.
    ///
    /// # Errors
    ///
    /// `Misuse` without a document.
    pub fn root(&self) -> Result<Digest> {
        if self.is_empty() {
            return Err(Error::misuse("batch without a document"));
        }
        Ok(self.tree.root())
    }

    /// The batch with the token over its [`root`](Self::root). The signature of the token is not verified here:
    /// [`Client`](crate::timestamp::Client) returns none whose signature does not hold.
    ///
    /// # Errors
    ///
    /// `Rejected` when the token is over something else; `Misuse` without a document.
    pub fn seal(self, token: &Token) -> Result<Sealed> {
        if token.info().message_imprint().digest()? != self.root()? {
            return Err(Error::new(ErrorKind::Rejected, "the token is over something else than the batch"));
        }
        Ok(Sealed { batch: self, token: token.octets().to_vec() })
    }
}

/// A batch with its token: as many records as it has documents and groups.
#[derive(Clone, Debug)]
pub struct Sealed {
    batch: Batch,
    token: Vec<u8>,
}

impl Sealed {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.batch.len()
    }

    /// Whether there is no record; there is always one.
    pub fn is_empty(&self) -> bool {
        self.batch.is_empty()
    }

    /// The records one after the other, each in the place of the one before.
    pub fn records(&self) -> Records<'_> {
        Records::new(self)
    }

    /// The record at a place. For all of them [`records`](Self::records) is faster.
    pub fn record(&self, place: usize) -> Option<Vec<u8>> {
        self.records().at(place).map(|record| record.octets().to_vec())
    }

    /// The archive time-stamp at a place, for [`EvidenceRecord::renew_time_stamp`](super::EvidenceRecord::renew_time_stamp) and
    /// [`renew_hash_tree`](super::EvidenceRecord::renew_hash_tree).
    pub fn archive_time_stamp(&self, place: usize) -> Option<Vec<u8>> {
        self.records().at(place).map(|record| record.archive_time_stamp().to_vec())
    }

    pub(super) fn tree(&self) -> &Tree<Rfc4998> {
        &self.batch.tree
    }

    pub(super) fn token(&self) -> &[u8] {
        &self.token
    }

    /// The digests at a place, where it is a group.
    pub(super) fn group(&self, place: usize) -> Option<&[Digest]> {
        let groups = &self.batch.groups;
        let found = groups.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        groups.get(found).map(|(_, documents)| documents.as_slice())
    }
}
