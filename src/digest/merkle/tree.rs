//! A tree that keeps its digests, for proofs.

use std::marker::PhantomData;

use super::super::many::{Digests, Parallelism, digests_into};
use super::super::{Algorithm, Digest};
use super::separation::nodes;
use super::{Proof, Separation, Siblings, empty, node};
use crate::error::{Error, Result};

/// A Merkle tree to which leaves are added as they arrive. The digest of every whole subtree is kept: twice as many as leaves.
///
/// Its shape is that of RFC 9162, 2.1.1: the left subtree of a node is whole and holds as many leaves as it can.
#[derive(Clone, Debug)]
pub struct Tree<S> {
    leaves: Digests,
    /// The digests of whole subtrees of two leaves, of four, and so on, as far as there is one.
    nodes: Vec<Digests>,
    algorithm: Algorithm,
    separation: PhantomData<S>,
}

impl<S: Separation> Tree<S> {
    /// A tree without leaves.
    pub fn new(algorithm: Algorithm) -> Self {
        Self { leaves: Digests::new(algorithm), nodes: Vec::new(), algorithm, separation: PhantomData }
    }

    /// Adds leaves, each the digest of one of these messages with what the separation puts in front of it.
    pub fn extend<M: AsRef<[u8]> + Sync>(&mut self, messages: &[M], parallelism: Parallelism) {
        digests_into(self.algorithm, S::LEAF, messages, self.leaves.grow(messages.len()), parallelism);
        self.complete(parallelism);
    }

    /// Adds leaves whose digests were computed elsewhere: with an RFC 4998 tree, those of the documents.
    ///
    /// # Errors
    ///
    /// `Misuse` when they are of another algorithm than the tree.
    pub fn extend_digests(&mut self, leaves: Digests, parallelism: Parallelism) -> Result<()> {
        if leaves.algorithm() != self.algorithm {
            return Err(Error::misuse("leaves of another algorithm than the tree").with(leaves.algorithm().name()));
        }
        self.leaves.append(leaves);
        self.complete(parallelism);
        Ok(())
    }

    /// The hash function of leaves and nodes.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many leaves there are.
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether there is no leaf.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The digest of a leaf.
    pub fn leaf(&self, index: usize) -> Option<Digest> {
        self.leaves.get(index)
    }

    /// The digest that stands for all leaves; for none, that of nothing.
    pub fn root(&self) -> Digest {
        let root = self.levels().fold(None, |edge, level| self.edge(edge, level));
        root.unwrap_or_else(|| empty(self.algorithm))
    }

    /// What shows that a leaf is in the tree: at most one digest for each level.
    pub fn proof(&self, index: usize) -> Option<Proof<S>> {
        self.leaf(index)?;
        let (mut path, mut edge, mut at) = (Vec::new(), None, index);
        for level in self.levels() {
            path.extend(match at % 2 {
                1 => level.get(at - 1),
                _ if at + 1 == level.len() => edge,
                _ => level.get(at + 1),
            });
            edge = self.edge(edge, level);
            at /= 2;
        }
        Some(Proof::new(self.algorithm, index, self.len(), path))
    }

    /// The digests beside the ways of all leaves, for those who want many proofs: what is at the edge is computed once.
    pub fn siblings(&self) -> Siblings<'_> {
        let mut edge = None;
        let levels = self.levels().map(|level| {
            let below = edge;
            edge = self.edge(below, level);
            (level, below)
        });
        Siblings::new(levels.collect())
    }

    fn levels(&self) -> impl Iterator<Item = &Digests> {
        std::iter::once(&self.leaves).chain(&self.nodes)
    }

    /// The subtree at the right edge that is not whole, one level up: it takes the last digest here that has no sibling.
    fn edge(&self, below: Option<Digest>, level: &Digests) -> Option<Digest> {
        if level.len().is_multiple_of(2) {
            return below;
        }
        let last = level.get(level.len() - 1)?;
        Some(below.map_or(last, |below| node::<S>(self.algorithm, &last, &below)))
    }

    /// Computes the nodes that have got both children: some of each level in turn, so that they are still in the cache when
    /// the next level needs them.
    fn complete(&mut self, parallelism: Parallelism) {
        let levels = self.len().checked_ilog2().and_then(|levels| usize::try_from(levels).ok()).unwrap_or(0);
        self.nodes.resize_with(levels, || Digests::new(self.algorithm));
        let mut below = self.leaves.len();
        for level in &mut self.nodes {
            below /= 2;
            level.reserve(below - level.len());
        }
        while self.climb(LANES, parallelism) > 0 {}
        self.climb(1, parallelism);
    }

    /// Adds nodes to every level, a multiple of so many. Returns how many that were.
    fn climb(&mut self, multiple: usize, parallelism: Parallelism) -> usize {
        let (mut below, mut added) = (&self.leaves, 0);
        for level in &mut self.nodes {
            added += grow::<S>(below, level, multiple, parallelism);
            below = level;
        }
        added
    }
}

/// Adds nodes that a level lacks over the one below it, and returns how many.
fn grow<S: Separation>(below: &Digests, level: &mut Digests, multiple: usize, parallelism: Parallelism) -> usize {
    let length = below.algorithm().length();
    let at_once = if parallelism == Parallelism::ONE { AT_ONCE } else { AT_ONCE_SHARED };
    let count = (below.len() / 2).saturating_sub(level.len()).min(at_once);
    let count = count - count % multiple;
    let start = level.len() * 2 * length;
    if let Some(children) = below.octets().get(start..start + count * 2 * length) {
        nodes::<S>(below.algorithm(), children, level.grow(count), parallelism);
    }
    count
}

/// Nodes of a level that are made at a time: so many that they are still in the cache with all that is above them.
const AT_ONCE: usize = 1 << 12;

/// The same for several threads: so many that sharing them is worth it.
const AT_ONCE_SHARED: usize = 1 << 15;

/// Nodes that are left for the end if there are fewer: the widest kernel makes as many at once.
const LANES: usize = 16;
