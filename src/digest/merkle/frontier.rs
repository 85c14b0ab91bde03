//! A tree that keeps no more than it needs for its root.

use std::marker::PhantomData;

use super::super::many::{Digests, Parallelism, digests_into};
use super::super::{Algorithm, Digest};
use super::separation::nodes;
use super::{Separation, empty, node};

/// The right edge of a [`Tree`](super::Tree) that only grows: one digest for each level, and the same root.
#[derive(Clone, Debug)]
pub struct Frontier<S> {
    algorithm: Algorithm,
    leaves: usize,
    /// For each level, the whole subtree that waits for its sibling.
    waiting: Vec<Option<Digest>>,
    separation: PhantomData<S>,
}

impl<S: Separation> Frontier<S> {
    /// A tree without leaves.
    pub fn new(algorithm: Algorithm) -> Self {
        Self { algorithm, leaves: 0, waiting: Vec::new(), separation: PhantomData }
    }

    /// Adds leaves, each the digest of one of these messages with what the separation puts in front of it.
    pub fn extend<M: AsRef<[u8]> + Sync>(&mut self, messages: &[M], parallelism: Parallelism) {
        for messages in messages.chunks(AT_ONCE) {
            self.leaves += messages.len();
            let mut level = 0;
            let mut added = self.begin(level, messages.len());
            digests_into(self.algorithm, S::LEAF, messages, added.grow(messages.len()), parallelism);
            while !added.is_empty() {
                let whole = added.len() / 2;
                self.wait(level, if added.len() % 2 == 1 { added.get(added.len() - 1) } else { None });
                let children = added.octets().get(..whole * 2 * self.algorithm.length()).unwrap_or_default();
                level += 1;
                let mut above = self.begin(level, whole);
                nodes::<S>(self.algorithm, children, above.grow(whole), parallelism);
                added = above;
            }
        }
    }

    /// The hash function of leaves and nodes.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many leaves there are.
    pub fn len(&self) -> usize {
        self.leaves
    }

    /// Whether there is no leaf.
    pub fn is_empty(&self) -> bool {
        self.leaves == 0
    }

    /// The digest that stands for all leaves; for none, that of nothing.
    pub fn root(&self) -> Digest {
        let waiting = self.waiting.iter().flatten().copied();
        waiting.reduce(|right, left| node::<S>(self.algorithm, &left, &right)).unwrap_or_else(|| empty(self.algorithm))
    }

    /// A level to which some are to be added: what waits there comes first, unless none is added.
    fn begin(&mut self, level: usize, added: usize) -> Digests {
        let mut digests = Digests::new(self.algorithm);
        if added > 0
            && let Some(first) = self.waiting.get_mut(level).and_then(Option::take)
        {
            digests.grow(1).copy_from_slice(first.octets());
        }
        digests
    }

    fn wait(&mut self, level: usize, digest: Option<Digest>) {
        if self.waiting.len() <= level {
            self.waiting.resize(level + 1, None);
        }
        if let (Some(place), Some(_)) = (self.waiting.get_mut(level), digest) {
            *place = digest;
        }
    }
}

/// Leaves that are hashed at a time: enough to fill all lanes, and little memory.
const AT_ONCE: usize = 1 << 12;
