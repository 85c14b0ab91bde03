//! Merkle trees: one digest stands for many documents, and a short proof for each of them.
//!
//! ```
//! use seing::digest::many::Parallelism;
//! use seing::digest::merkle::{Rfc9162, Tree};
//! use seing::digest::Algorithm;
//!
//! let mut tree = Tree::<Rfc9162>::new(Algorithm::Sha256);
//! tree.extend(&["order 1", "order 2", "order 3"], Parallelism::ONE);
//! let (leaf, proof) = (tree.leaf(2).unwrap(), tree.proof(2).unwrap());
//! assert_eq!(proof.root(&leaf)?, tree.root());
//! # Ok::<(), seing::error::Error>(())
//! ```

mod frontier;
mod proof;
mod separation;
mod siblings;
mod tree;

pub use frontier::Frontier;
pub use proof::Proof;
pub use separation::{Rfc4998, Rfc9162, Separation};
pub use siblings::Siblings;
pub use tree::Tree;

use super::many::Parallelism;
use super::{Algorithm, Digest};
use separation::nodes;

/// The digest of a node over two others.
fn node<S: Separation>(algorithm: Algorithm, left: &Digest, right: &Digest) -> Digest {
    let mut digest = Digest { algorithm, octets: [0; 64] };
    let children = [left.octets(), right.octets()].concat();
    if let Some(place) = digest.octets.get_mut(..algorithm.length()) {
        nodes::<S>(algorithm, &children, place, Parallelism::ONE);
    }
    digest
}

/// The digest of a tree without leaves: that of nothing (RFC 9162, 2.1.1).
fn empty(algorithm: Algorithm) -> Digest {
    algorithm.digest(&[])
}

#[cfg(test)]
mod tests;
