//! What shows that a leaf is in a tree.

use std::marker::PhantomData;

use super::super::{Algorithm, Digest};
use super::{Separation, node};
use crate::error::{Error, Result};

/// The digests beside the way from a leaf to the root, from the leaf on: RFC 9162, 2.1.3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof<S> {
    algorithm: Algorithm,
    index: usize,
    size: usize,
    path: Vec<Digest>,
    separation: PhantomData<S>,
}

impl<S: Separation> Proof<S> {
    /// A proof that came from elsewhere, for the leaf at `index` of a tree of `size` leaves.
    ///
    /// # Errors
    ///
    /// `Malformed` when a tree of this size has no such leaf, its way to the root is of another length, or a digest is of
    /// another algorithm.
    pub fn from_path(algorithm: Algorithm, index: usize, size: usize, path: Vec<Digest>) -> Result<Self> {
        if index >= size {
            return Err(Error::malformed("proof for a leaf that the tree does not have"));
        }
        if path.len() != steps(index, size).filter(|step| *step != Step::Alone).count() {
            return Err(Error::malformed("proof of the wrong length"));
        }
        if path.iter().any(|digest| digest.algorithm != algorithm) {
            return Err(Error::malformed("proof with digests of another algorithm"));
        }
        Ok(Self::new(algorithm, index, size, path))
    }

    pub(super) fn new(algorithm: Algorithm, index: usize, size: usize, path: Vec<Digest>) -> Self {
        Self { algorithm, index, size, path, separation: PhantomData }
    }

    /// The place of the leaf, counted from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The digests beside the way, from the leaf to the root.
    pub fn path(&self) -> &[Digest] {
        &self.path
    }

    /// The root of the tree in which this leaf is at this place: to be compared with the root that is known.
    ///
    /// # Errors
    ///
    /// `Misuse` when the leaf is of another algorithm.
    pub fn root(&self, leaf: &Digest) -> Result<Digest> {
        if leaf.algorithm != self.algorithm {
            return Err(Error::misuse("leaf of another algorithm than the tree").with(leaf.algorithm.name()));
        }
        let steps = steps(self.index, self.size).filter(|step| *step != Step::Alone);
        Ok(steps.zip(&self.path).fold(*leaf, |here, (step, beside)| match step {
            Step::Right => node::<S>(self.algorithm, beside, &here),
            _ => node::<S>(self.algorithm, &here, beside),
        }))
    }
}

/// What a node on the way is to its parent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Left,
    Right,
    /// The last of a level without a sibling: it is taken up as it is.
    Alone,
}

/// RFC 9162, 2.1.3.2: the way from a leaf to the root of a tree of this size.
fn steps(index: usize, size: usize) -> impl Iterator<Item = Step> {
    let levels = std::iter::successors(Some((index, size.saturating_sub(1))), |(at, last)| Some((at / 2, last / 2)));
    levels.take_while(|(_, last)| *last > 0).map(|(at, last)| match at % 2 {
        1 => Step::Right,
        _ if at == last => Step::Alone,
        _ => Step::Left,
    })
}
