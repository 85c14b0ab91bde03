//! What a record proves: every tree and every link, computed and not judged.

use super::{ArchiveTimeStamp, EvidenceRecord};
use crate::cms::{Check, ContentDigests, Defect, Weight};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Budget;
use crate::timestamp::Token;

/// A document that a record is held against: one of a group, where several are given.
#[derive(Clone, Copy, Debug)]
pub struct DataObject<'a>(ContentDigests<'a>);

impl<'a> DataObject<'a> {
    /// A document in memory.
    pub fn octets(octets: &'a [u8]) -> Self {
        Self(ContentDigests::Octets(octets, &[]))
    }

    /// Digests of it: its SHA-256, or those that are known.
    pub(crate) fn known(&self) -> Vec<Digest> {
        match self.0 {
            ContentDigests::Octets(octets, _) => vec![Algorithm::Sha256.digest(octets)],
            ContentDigests::Digests(digests) => digests.to_vec(),
            ContentDigests::Missing => Vec::new(),
        }
    }

    /// The content of a message, as far as it is at hand.
    pub(crate) fn content(content: ContentDigests<'a>) -> Self {
        Self(content)
    }

    /// A document that is elsewhere, by its digests: one by each of [`EvidenceRecord::document_algorithms`].
    pub fn digests(digests: &'a [Digest]) -> Self {
        Self(ContentDigests::Digests(digests))
    }
}

/// What was computed about a record, without any judgement.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordFacts {
    /// The archive time-stamps of all chains, in the order in which they were made.
    pub time_stamps: Vec<ArchiveTimeStampFacts>,
    /// How many hashes beside those of the given documents the first list of the first tree holds. In the record of a whole
    /// group there is none (RFC 4998 §4.3); neighbours in a tree of single documents are counted as well.
    pub others: usize,
    /// What is not as RFC 4998 wants it in the record as a whole.
    pub defects: Vec<Defect>,
}

/// What was computed about one archive time-stamp.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ArchiveTimeStampFacts {
    /// The place of its chain, counted from 0.
    pub chain: usize,
    /// The token. Its signature is examined elsewhere.
    pub token: Token,
    /// What it must cover.
    pub covers: Covers,
    /// The hash function of its tree, where it is a known one.
    pub algorithm: Option<Algorithm>,
    /// What its tree leads to, which the token must be over.
    pub root: Option<Digest>,
    /// Whether what it must cover is among what it covers.
    pub link: Check,
    /// Whether the token is over the root of its tree.
    pub tree: Check,
    /// What is not as RFC 4998 wants it.
    pub defects: Vec<Defect>,
}

/// What an archive time-stamp must cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 4998 §5.3, steps 1 to 3")]
pub enum Covers {
    /// The documents: it is the initial one.
    Documents,
    /// The token before it: a time-stamp renewal.
    TokenBefore,
    /// The documents together with all older chains: a hash-tree renewal.
    DocumentsAndOlderChains,
}

impl RecordFacts {
    /// Whether every tree and every link holds.
    pub fn imprint(&self) -> Check {
        worst(self.time_stamps.iter().map(ArchiveTimeStampFacts::imprint))
    }
}

impl ArchiveTimeStampFacts {
    /// Whether the token is over what it must be over, by way of the tree.
    pub fn imprint(&self) -> Check {
        worst([self.link, self.tree])
    }
}

impl EvidenceRecord {
    /// What the record proves of these documents: the hash trees, and the links between archive time-stamps (RFC 4998 §4.3 and
    /// §5.3). Without documents only the links between time-stamps of one chain can be computed.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it needs more work than the budget has left. A record that does not hold is no error.
    pub fn facts(&self, objects: &[DataObject<'_>], budget: &mut Budget) -> Result<RecordFacts> {
        let mut facts: Vec<ArchiveTimeStampFacts> = Vec::new();
        let mut others = 0;
        for (chain, stamps) in self.chains().iter().enumerate() {
            let mut before: Option<&ArchiveTimeStamp> = None;
            for stamp in stamps.time_stamps() {
                let covers = match (before, chain) {
                    (Some(_), _) => Covers::TokenBefore,
                    (None, 0) => Covers::Documents,
                    (None, _) => Covers::DocumentsAndOlderChains,
                };
                let mut found = Found::new(chain, stamp, covers);
                match stamp.algorithm() {
                    Ok(algorithm) => {
                        let expected = match before {
                            Some(before) => vec![Expected::One(token_digest(algorithm, before, budget)?)],
                            None => self.documents(algorithm, chain, objects, budget)?,
                        };
                        if covers == Covers::Documents {
                            others = beside(stamp, &expected);
                        }
                        found.compare(stamp, algorithm, &expected);
                        if before.and_then(|before| before.algorithm().ok()).is_some_and(|other| other != algorithm) {
                            found.defect(
                                "RFC 4998 5.3",
                                "the archive time-stamps of a chain have several hash algorithms",
                            );
                        }
                    }
                    Err(error) => found.defects.push(Defect::from_error("RFC 4998 4.1", &error)),
                }
                if facts.last().is_some_and(|last| last.token.time() > stamp.token().time()) {
                    found.defect("RFC 4998 5.1", "an archive time-stamp is older than the one that it renews");
                }
                facts.push(found);
                before = Some(stamp);
            }
        }
        Ok(RecordFacts { time_stamps: facts, others, defects: self.unlisted() })
    }

    /// RFC 4998 §3.1: `digestAlgorithms` is the union of those of all archive time-stamps. Nothing rests on it.
    fn unlisted(&self) -> Vec<Defect> {
        let mut defects = Vec::new();
        for algorithm in self.time_stamps().filter_map(|stamp| stamp.algorithm().ok()) {
            let what = format!("the record is hashed with {algorithm}, which its list of algorithms omits");
            let defect = Defect::new(Weight::Remark, "RFC 4998 3.1", what);
            if !self.names_algorithm(algorithm) && !defects.contains(&defect) {
                defects.push(defect);
            }
        }
        defects
    }

    /// What the first list of the first tree of a chain must hold of the documents.
    fn documents(
        &self,
        algorithm: Algorithm,
        chain: usize,
        objects: &[DataObject<'_>],
        budget: &mut Budget,
    ) -> Result<Vec<Expected>> {
        let older = match chain {
            0 => None,
            _ => {
                let older = self.older(chain);
                budget.hash(older.len())?;
                Some(algorithm.digest(&older))
            }
        };
        let expected = |object: &DataObject<'_>| {
            Ok(match (object.0.digest(algorithm, budget)?, &older) {
                (None, _) => Expected::Unknown,
                (Some(document), None) => Expected::One(document),
                (Some(document), Some(older)) => Expected::Renewed {
                    unsorted: renewed(&document, older),
                    sorted: algorithm.digest(&in_order(&document, older)),
                },
            })
        };
        objects.iter().map(expected).collect()
    }
}

/// RFC 4998 §5.2 step 4: the hash of a document, then that of the older chains.
pub(super) fn renewed(document: &Digest, older: &Digest) -> Digest {
    document.algorithm().digest(&[document.octets(), older.octets()].concat())
}

fn in_order(one: &Digest, other: &Digest) -> Vec<u8> {
    let (one, other) = (one.octets(), other.octets());
    [one.min(other), one.max(other)].concat()
}

/// RFC 4998 §5.2: the hash of the whole field with the token.
fn token_digest(algorithm: Algorithm, stamp: &ArchiveTimeStamp, budget: &mut Budget) -> Result<Digest> {
    let token = stamp.token().octets();
    budget.hash(token.len())?;
    Ok(algorithm.digest(token))
}

/// Something that the first list must hold.
enum Expected {
    One(Digest),
    /// A hash-tree renewal may be read in two ways (§5.2 step 4, and figure 4).
    Renewed {
        unsorted: Digest,
        sorted: Digest,
    },
    /// The document has no digest by this algorithm.
    Unknown,
}

impl Expected {
    fn is_in(&self, list: &[&[u8]]) -> Check {
        let holds = match self {
            Self::One(digest) => list.contains(&digest.octets()),
            Self::Renewed { unsorted, sorted } => list.contains(&unsorted.octets()) || list.contains(&sorted.octets()),
            Self::Unknown => return Check::NotChecked,
        };
        if holds { Check::Holds } else { Check::Broken }
    }

    fn is(&self, hash: &[u8]) -> bool {
        self.is_in(&[hash]) == Check::Holds
    }
}

/// How many hashes of the first list are none of those expected.
fn beside(stamp: &ArchiveTimeStamp, expected: &[Expected]) -> usize {
    let first = stamp.tree().map(|tree| tree.first()).unwrap_or_default();
    first.iter().filter(|hash| !expected.iter().any(|expected| expected.is(hash))).count()
}

type Found = ArchiveTimeStampFacts;

impl Found {
    fn new(chain: usize, stamp: &ArchiveTimeStamp, covers: Covers) -> Self {
        Self {
            chain,
            token: stamp.token().clone(),
            covers,
            algorithm: None,
            root: None,
            link: Check::NotChecked,
            tree: Check::NotChecked,
            defects: Vec::new(),
        }
    }

    fn defect(&mut self, clause: &'static str, what: &str) {
        self.defects.push(Defect::new(Weight::Constraint, clause, what));
    }

    /// RFC 4998 §4.3.
    fn compare(&mut self, stamp: &ArchiveTimeStamp, algorithm: Algorithm, expected: &[Expected]) {
        self.algorithm = Some(algorithm);
        let imprint = match stamp.token().info().message_imprint().digest() {
            Ok(imprint) => imprint,
            Err(error) => return self.defects.push(Defect::from_error("RFC 3161 2.4.2", &error)),
        };
        if imprint.algorithm() != algorithm {
            // Step 4 wants the same algorithm; what another one would be over is not said.
            return self.defect("RFC 4998 4.3", "the token is of another hash algorithm than its hash tree");
        }
        match stamp.tree() {
            Some(tree) => {
                let first: Vec<&[u8]> = tree.first().iter().map(Vec::as_slice).collect();
                self.link = covered(expected, &first);
                match tree.root(algorithm) {
                    Ok(root) => {
                        self.root = Some(root);
                        self.tree = if root == imprint { Check::Holds } else { Check::Broken };
                    }
                    Err(error) => {
                        self.tree = Check::Broken;
                        self.defects.push(Defect::from_error("RFC 4998 4.3", &error));
                    }
                }
            }
            // Without a tree the token is over the one thing that is covered.
            None => {
                self.link = covered(expected, &[imprint.octets()]);
                self.tree = self.link;
                self.root = expected.first().and_then(|expected| match expected {
                    Expected::One(digest) => Some(*digest),
                    Expected::Renewed { sorted, .. } if *sorted == imprint => Some(*sorted),
                    Expected::Renewed { unsorted, .. } => Some(*unsorted),
                    Expected::Unknown => None,
                });
            }
        }
    }
}

/// RFC 4998 §4.3 step 2, for every document.
fn covered(expected: &[Expected], first: &[&[u8]]) -> Check {
    match expected {
        [] => Check::NotChecked,
        expected => worst(expected.iter().map(|expected| expected.is_in(first))),
    }
}

fn worst(checks: impl IntoIterator<Item = Check>) -> Check {
    checks.into_iter().fold(Check::Holds, |worst, check| match (worst, check) {
        (Check::Broken, _) | (_, Check::Broken) => Check::Broken,
        (Check::NotChecked, _) | (_, Check::NotChecked) => Check::NotChecked,
        (Check::Holds, Check::Holds) => Check::Holds,
    })
}

impl ArchiveTimeStampFacts {
    /// Fails unless the tree and the link hold.
    pub(super) fn require(&self) -> Result<()> {
        let defect = self.defects.iter().find(|defect| defect.weight >= Weight::Constraint);
        if let Some(defect) = defect {
            return Err(
                Error::new(ErrorKind::Rejected, "the archive time-stamp does not hold").with(defect.to_string())
            );
        }
        match self.imprint() {
            Check::Holds => Ok(()),
            _ => Err(Error::new(ErrorKind::Rejected, "the archive time-stamp is over something else")),
        }
    }
}
