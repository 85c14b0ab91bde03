//! The structure of a record, read with its octets kept.

use super::tree::ReducedHashTree;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::digest::Algorithm;
use crate::error::{Error, Result};
use crate::key::digest_identifier;
use crate::limits::Budget;
use crate::oid::Oid;
use crate::timestamp::Token;

/// What proves that documents existed at a time, and goes on proving it after its algorithms are broken, if it is renewed
/// before that (RFC 4998 §3.1).
///
/// ```text
/// EvidenceRecord ::= SEQUENCE {
///     version                  INTEGER { v1(1) },
///     digestAlgorithms         SEQUENCE OF AlgorithmIdentifier,
///     cryptoInfos              [0] CryptoInfos OPTIONAL,
///     encryptionInfo           [1] EncryptionInfo OPTIONAL,
///     archiveTimeStampSequence ArchiveTimeStampSequence }
/// CryptoInfos ::= SEQUENCE SIZE (1..MAX) OF Attribute
/// ArchiveTimeStampSequence ::= SEQUENCE OF ArchiveTimeStampChain
/// ```
///
/// That a record can be read says nothing of what it proves: [`facts`](Self::facts) says what was found.
#[derive(Clone, Debug)]
pub struct EvidenceRecord {
    octets: Vec<u8>,
    /// The algorithm identifiers as they were received.
    algorithms: Vec<(Oid, Vec<u8>)>,
    /// The field as it was received, or nothing.
    crypto_infos: Vec<u8>,
    chains: Vec<ArchiveTimeStampChain>,
}

/// Archive time-stamps of one hash algorithm, each over the one before.
///
/// ```text
/// ArchiveTimeStampChain ::= SEQUENCE OF ArchiveTimeStamp
/// ```
#[derive(Clone, Debug)]
pub struct ArchiveTimeStampChain {
    octets: Vec<u8>,
    /// The octets of the elements, without those in front of them.
    content: Vec<u8>,
    time_stamps: Vec<ArchiveTimeStamp>,
}

/// A time-stamp over a hash tree (RFC 4998 §4.1).
///
/// ```text
/// ArchiveTimeStamp ::= SEQUENCE {
///     digestAlgorithm [0] AlgorithmIdentifier OPTIONAL,
///     attributes      [1] Attributes OPTIONAL,
///     reducedHashtree [2] SEQUENCE OF PartialHashtree OPTIONAL,
///     timeStamp       ContentInfo }
/// ```
#[derive(Clone, Debug)]
pub struct ArchiveTimeStamp {
    octets: Vec<u8>,
    /// The hash function that it names, and what stands inside the identifier.
    algorithm: Option<(Oid, Vec<u8>)>,
    tree: Option<ReducedHashTree>,
    token: Token,
}

impl EvidenceRecord {
    /// Reads a record.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one; `Unsupported` for another version, for encrypted documents (RFC 4998 §6), and for
    /// time-stamps with critical extensions; `LimitExceeded` when it needs more work than the budget has left.
    pub fn parse(octets: &[u8], budget: &mut Budget) -> Result<Self> {
        let mut reader = Reader::new(octets);
        let mut fields = reader.sequence("evidence record expected")?;
        reader.finish("octets after the evidence record")?;
        let version = fields.read(Tag::INTEGER, "version of an evidence record expected")?.unsigned()?;
        if version != VERSION {
            return Err(Error::unsupported("evidence record of an unknown version").with(version.to_string()));
        }
        let mut listed = fields.sequence("digest algorithms of an evidence record expected")?;
        let mut algorithms = Vec::new();
        while !listed.is_empty() {
            budget.element()?;
            let identifier = listed.read(Tag::SEQUENCE, "algorithm identifier expected")?;
            algorithms.push((AlgorithmIdentifier::from_tlv(&identifier)?.oid, identifier.raw.to_vec()));
        }
        let crypto_infos = fields.optional(Tag::context(0))?.map(|field| field.raw.to_vec()).unwrap_or_default();
        if let Some(encrypted) = fields.optional(Tag::context(1))? {
            let what = "evidence record of encrypted documents (RFC 4998 6)";
            return Err(Error::unsupported(what).at(encrypted.offset));
        }
        let mut sequence = fields.sequence("archive time-stamp sequence expected")?;
        fields.finish("unknown field in the evidence record")?;
        let mut chains = Vec::new();
        while !sequence.is_empty() {
            budget.element()?;
            let chain = sequence.read(Tag::SEQUENCE, "archive time-stamp chain expected")?;
            chains.push(ArchiveTimeStampChain::read(&chain, budget)?);
        }
        if chains.is_empty() {
            return Err(Error::malformed("evidence record without a time-stamp"));
        }
        Ok(Self { octets: octets.to_vec(), algorithms, crypto_infos, chains })
    }

    /// The record as it was received or made.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The chains, the oldest first. There is at least one.
    pub fn chains(&self) -> &[ArchiveTimeStampChain] {
        &self.chains
    }

    /// The archive time-stamps of all chains, in the order in which they were made.
    pub fn time_stamps(&self) -> impl Iterator<Item = &ArchiveTimeStamp> {
        self.chains.iter().flat_map(|chain| &chain.time_stamps)
    }

    /// The algorithms by which documents must be hashed for [`facts`](Self::facts), those that are not ours left out.
    pub fn document_algorithms(&self) -> Vec<Algorithm> {
        let mut algorithms = Vec::new();
        let initial = self.chains.iter().filter_map(|chain| chain.time_stamps.first());
        for algorithm in initial.filter_map(|stamp| stamp.algorithm().ok()) {
            if !algorithms.contains(&algorithm) {
                algorithms.push(algorithm);
            }
        }
        algorithms
    }

    /// Whether the record lists a hash function among those of its archive time-stamps.
    pub(super) fn names_algorithm(&self, algorithm: Algorithm) -> bool {
        self.algorithms.iter().any(|(oid, _)| *oid == algorithm.oid())
    }

    /// RFC 4998 §5.2 step 3: so many of the oldest chains as a sequence of their own.
    pub(super) fn older(&self, chains: usize) -> Vec<u8> {
        let chains: Vec<&[u8]> = self.chains.iter().take(chains).map(|chain| chain.octets.as_slice()).collect();
        write::sequence(&chains)
    }

    /// The same record with an archive time-stamp more, in the last chain or in one of its own.
    pub(super) fn with(&self, stamp: &ArchiveTimeStamp, new_chain: bool, budget: &mut Budget) -> Result<Self> {
        let algorithm = stamp.algorithm()?;
        let mut chains: Vec<Vec<u8>> = self.chains.iter().map(|chain| chain.octets.to_vec()).collect();
        if new_chain {
            chains.push(write::sequence(&[&stamp.octets]));
        } else if let (Some(chain), Some(last)) = (chains.last_mut(), self.chains.last()) {
            *chain = write::sequence(&[&last.content, &stamp.octets]);
        }
        let mut algorithms: Vec<&[u8]> = self.algorithms.iter().map(|(_, raw)| raw.as_slice()).collect();
        let added = digest_identifier(algorithm);
        if !self.names_algorithm(algorithm) {
            algorithms.push(&added);
        }
        let chains: Vec<&[u8]> = chains.iter().map(Vec::as_slice).collect();
        let octets = write::sequence(&[
            &write::small(VERSION),
            &write::sequence(&algorithms),
            &self.crypto_infos,
            &write::sequence(&chains),
        ]);
        Self::parse(&octets, budget)
    }
}

impl ArchiveTimeStampChain {
    fn read(chain: &Tlv<'_>, budget: &mut Budget) -> Result<Self> {
        let (mut time_stamps, mut rest) = (Vec::new(), chain.reader());
        while !rest.is_empty() {
            budget.element()?;
            let stamp = rest.read(Tag::SEQUENCE, "archive time-stamp expected")?;
            time_stamps.push(ArchiveTimeStamp::read(&stamp, budget)?);
        }
        if time_stamps.is_empty() {
            return Err(Error::malformed("archive time-stamp chain without a time-stamp").at(chain.offset));
        }
        Ok(Self { octets: chain.raw.to_vec(), content: chain.content.to_vec(), time_stamps })
    }

    /// The archive time-stamps, the oldest first. There is at least one.
    pub fn time_stamps(&self) -> &[ArchiveTimeStamp] {
        &self.time_stamps
    }
}

impl ArchiveTimeStamp {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// As [`EvidenceRecord::parse`].
    pub fn parse(octets: &[u8], budget: &mut Budget) -> Result<Self> {
        let mut reader = Reader::new(octets);
        let stamp = reader.read(Tag::SEQUENCE, "archive time-stamp expected")?;
        reader.finish("octets after the archive time-stamp")?;
        Self::read(&stamp, budget)
    }

    fn read(stamp: &Tlv<'_>, budget: &mut Budget) -> Result<Self> {
        let mut fields = stamp.reader();
        let algorithm = match fields.optional(Tag::context(0))? {
            Some(field) => Some((AlgorithmIdentifier::from_tlv(&field)?.oid, field.content.to_vec())),
            None => None,
        };
        // Attributes are the archive's own notes, which no time-stamp covers.
        fields.optional(Tag::context(1))?;
        let tree = match fields.optional(Tag::context(2))? {
            Some(field) => Some(ReducedHashTree::parse(&field, budget)?),
            None => None,
        };
        let token = fields.read(Tag::SEQUENCE, "time-stamp token expected")?;
        fields.finish("unknown field in an archive time-stamp")?;
        budget.signature()?;
        Ok(Self { octets: stamp.raw.to_vec(), algorithm, tree, token: Token::parse(token.raw, budget)? })
    }

    /// The archive time-stamp as it was received or made.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The hash function of its tree: the one that it names, else that of its token (RFC 4998 §4.1).
    ///
    /// # Errors
    ///
    /// `Unsupported` when it is not one of ours.
    pub fn algorithm(&self) -> Result<Algorithm> {
        match &self.algorithm {
            Some((oid, content)) => {
                let identifier = write::sequence(&[content]);
                AlgorithmIdentifier::read(&mut Reader::new(&identifier))?.no_parameters()?;
                let unknown = || Error::unsupported("unknown hash algorithm").with(oid.to_string());
                Algorithm::from_oid(oid).ok_or_else(unknown)
            }
            None => Ok(self.token.info().message_imprint().digest()?.algorithm()),
        }
    }

    /// The token.
    pub fn token(&self) -> &Token {
        &self.token
    }

    pub(super) fn tree(&self) -> Option<&ReducedHashTree> {
        self.tree.as_ref()
    }
}

/// `v1`.
pub(super) const VERSION: u64 = 1;
