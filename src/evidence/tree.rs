//! The reduced hash tree: the lists of hashes from a document to what was time-stamped.

use crate::asn1::Tag;
use crate::asn1::read::Tlv;
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::limits::Budget;

/// The lists of hashes that lead from the documents to the root, the list with the documents first.
///
/// ```text
/// reducedHashtree [2] SEQUENCE OF PartialHashtree OPTIONAL
/// PartialHashtree ::= SEQUENCE OF OCTET STRING
/// ```
#[derive(Clone, Debug)]
pub(super) struct ReducedHashTree {
    lists: Vec<Vec<Vec<u8>>>,
}

impl ReducedHashTree {
    pub(super) fn parse(field: &Tlv<'_>, budget: &mut Budget) -> Result<Self> {
        let (mut lists, mut rest) = (Vec::new(), field.reader());
        while !rest.is_empty() {
            budget.element()?;
            let mut hashes = rest.sequence("list of hashes expected")?;
            let mut list = Vec::new();
            while !hashes.is_empty() {
                budget.element()?;
                let hash = hashes.read(Tag::OCTET_STRING, "hash in a reduced hash tree expected")?;
                list.push(hash.octets()?.into_owned());
            }
            if list.is_empty() {
                return Err(Error::malformed("list without hashes in a reduced hash tree").at(hashes.offset()));
            }
            lists.push(list);
        }
        if lists.is_empty() {
            return Err(Error::malformed("reduced hash tree without lists").at(field.offset));
        }
        Ok(Self { lists })
    }

    /// The list in which the documents, or the time-stamp before, must be.
    pub(super) fn first(&self) -> &[Vec<u8>] {
        self.lists.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// RFC 4998 §4.3 step 3: what the lists lead to.
    pub(super) fn root(&self, algorithm: Algorithm) -> Result<Digest> {
        let mut above: Option<Digest> = None;
        for list in &self.lists {
            // Hashes of several lengths could be put together in more ways than one.
            if let Some(other) = list.iter().find(|hash| hash.len() != algorithm.length()) {
                let detail = format!("{} octets, {algorithm}", other.len());
                return Err(Error::malformed("hash of the wrong length in a reduced hash tree").with(detail));
            }
            let hashes = list.iter().map(Vec::as_slice).chain(above.as_ref().map(Digest::octets));
            above = Some(joined(algorithm, hashes.collect())?);
        }
        above.ok_or_else(|| Error::malformed("reduced hash tree without lists"))
    }
}

/// The hash over hashes in binary ascending order; one alone stands for itself (RFC 4998 §4.2 steps 3 and 4).
pub(super) fn joined(algorithm: Algorithm, mut hashes: Vec<&[u8]>) -> Result<Digest> {
    hashes.sort_unstable();
    match hashes.as_slice() {
        [alone] => Digest::new(algorithm, alone),
        hashes => Ok(algorithm.digest(&hashes.concat())),
    }
}
