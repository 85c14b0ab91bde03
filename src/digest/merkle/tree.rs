//! A tree that keeps its digests, for proofs.

use std::marker::PhantomData;

use super::super::many::{Digests, Parallelism, digests_into};
use super::super::{Algorithm, Digest};
use super::separation::nodes;
use super::{Proof, Separation, empty, node};
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

    /// Computes the nodes that have got both children.
    fn complete(&mut self, parallelism: Parallelism) {
        let mut below = &self.leaves;
        let mut added = Vec::new();
        for level in &mut self.nodes {
            grow::<S>(below, level, parallelism);
            below = level;
        }
        while below.len() > 1 {
            let mut level = Digests::new(self.algorithm);
            grow::<S>(added.last().unwrap_or(below), &mut level, parallelism);
            if level.is_empty() {
                break;
            }
            added.push(level);
        }
        self.nodes.append(&mut added);
    }
}

/// Adds the nodes that a level lacks over the one below it.
fn grow<S: Separation>(below: &Digests, level: &mut Digests, parallelism: Parallelism) {
    let length = below.algorithm().length();
    let children = below.octets().get(level.len() * 2 * length..).unwrap_or_default();
    let (whole, _) = children.split_at(children.len() / (2 * length) * (2 * length));
    level.reserve(whole.len() / (2 * length));
    for children in whole.chunks(AT_ONCE * 2 * length) {
        nodes::<S>(below.algorithm(), children, level.grow(children.len() / (2 * length)), parallelism);
    }
}

/// Nodes whose place is made and filled at a time: so many that it is still in the cache, and worth sharing among threads.
const AT_ONCE: usize = 1 << 15;
