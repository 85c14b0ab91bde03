//! How what is hashed in a leaf and in a node is told apart.

use super::super::Algorithm;
use super::super::many::{Core, Parallelism, digests_into, share};

/// What is hashed in front of leaves and nodes, and in which order a node has its children.
///
/// The two ways are types, so that a proof in one tree is not one in the other.
pub trait Separation: Sealed + Copy + Default + Send + Sync + std::fmt::Debug + 'static {}

/// A leaf is 0x00 and its octets, a node 0x01 and its children from left to right: RFC 9162, 2.1.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rfc9162;

/// A leaf is its octets, a node its children in binary ascending order: RFC 4998, 4.2.
///
/// Nothing tells a leaf from a node here: whoever checks a proof knows from elsewhere which digests are of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rfc4998;

impl Separation for Rfc9162 {}
impl Separation for Rfc4998 {}

/// What only this crate implements.
pub trait Sealed {
    /// What is hashed in front of a leaf.
    const LEAF: Option<u8>;
    /// What is hashed in front of the children of a node.
    const NODE: Option<u8>;
    /// Whether the lesser child comes first.
    const SORTED: bool;
}

impl Sealed for Rfc9162 {
    const LEAF: Option<u8> = Some(0x00);
    const NODE: Option<u8> = Some(0x01);
    const SORTED: bool = false;
}

impl Sealed for Rfc4998 {
    const LEAF: Option<u8> = None;
    const NODE: Option<u8> = None;
    const SORTED: bool = true;
}

/// Writes the digests of nodes whose children are side by side.
pub(super) fn nodes<S: Separation>(algorithm: Algorithm, children: &[u8], place: &mut [u8], parallelism: Parallelism) {
    match algorithm.length() {
        20 => pairs::<S, 40>(algorithm, children.as_chunks().0, place, parallelism),
        28 => pairs::<S, 56>(algorithm, children.as_chunks().0, place, parallelism),
        32 => share(children.as_chunks().0, place, 32, parallelism, |pairs, place| {
            let done = match Core::of(algorithm) {
                Some(core) => core.nodes(S::NODE, pairs, place.as_chunks_mut().0),
                None => 0,
            };
            if let (Some(rest), Some(place)) = (pairs.get(done..), place.get_mut(done * 32..)) {
                self::pairs::<S, 64>(algorithm, rest, place, Parallelism::ONE);
            }
        }),
        48 => pairs::<S, 96>(algorithm, children.as_chunks().0, place, parallelism),
        _ => pairs::<S, 128>(algorithm, children.as_chunks().0, place, parallelism),
    }
}

fn pairs<S: Separation, const PAIR: usize>(
    algorithm: Algorithm,
    pairs: &[[u8; PAIR]],
    place: &mut [u8],
    parallelism: Parallelism,
) {
    if !S::SORTED {
        return digests_into(algorithm, S::NODE, pairs, place, parallelism);
    }
    let mut sorted = vec![[0; PAIR]; pairs.len().min(AT_ONCE)];
    for (pairs, place) in pairs.chunks(AT_ONCE).zip(place.chunks_mut(AT_ONCE * algorithm.length())) {
        for (sorted, pair) in sorted.iter_mut().zip(pairs) {
            *sorted = *pair;
            let (left, right) = sorted.split_at_mut(PAIR / 2);
            if right < left {
                left.swap_with_slice(right);
            }
        }
        digests_into(algorithm, S::NODE, sorted.get(..pairs.len()).unwrap_or_default(), place, parallelism);
    }
}

/// Pairs that are sorted beside the tree at a time: enough to share among threads, and still in the cache.
const AT_ONCE: usize = 1 << 14;
