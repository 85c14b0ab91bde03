//! Digests of many messages at once, on all lanes of the processor's vectors.
//!
//! One SHA-2 stream leaves most of a core idle: each round waits for the one before it. Here several messages are compressed
//! side by side, with the widest instructions that the processor has; [`Algorithm::digest`] is for one message,
//! [`digest_reader`](super::digest_reader) for one stream.
//!
//! ```
//! use seing::digest::{Algorithm, many};
//!
//! let orders = ["one desk", "two chairs", "one lamp"];
//! let digests = many::digests(Algorithm::Sha256, &orders, many::Parallelism::ONE);
//! assert_eq!(digests.get(1), Some(Algorithm::Sha256.digest(b"two chairs")));
//! ```

mod core;
mod kernels;
mod lanes;
mod padding;
mod readers;

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

pub(in crate::digest) use self::core::Core;
pub use self::core::Kernel;
pub use readers::digest_readers;

use super::{Algorithm, Digest, Hasher};
use crate::error::{Error, Result};

/// How many threads share the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parallelism(NonZeroUsize);

impl Parallelism {
    /// The calling thread alone.
    pub const ONE: Self = Self(NonZeroUsize::MIN);

    /// So many threads.
    pub fn threads(threads: NonZeroUsize) -> Self {
        Self(threads)
    }
}

impl Default for Parallelism {
    fn default() -> Self {
        Self::ONE
    }
}

/// Digests of one algorithm, side by side in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    algorithm: Algorithm,
    octets: Vec<u8>,
}

impl Digests {
    /// No digest yet.
    pub fn new(algorithm: Algorithm) -> Self {
        Self { algorithm, octets: Vec::new() }
    }

    /// Adds a digest.
    ///
    /// # Errors
    ///
    /// `Misuse` when it is of another algorithm.
    pub fn push(&mut self, digest: &Digest) -> Result<()> {
        if digest.algorithm != self.algorithm {
            return Err(Error::misuse("digest of another algorithm").with(digest.algorithm.name()));
        }
        self.octets.extend(digest.octets());
        Ok(())
    }

    /// Adds digests of the same algorithm.
    pub(in crate::digest) fn append(&mut self, other: Self) {
        if self.is_empty() {
            self.octets = other.octets;
        } else {
            self.octets.extend(other.octets);
        }
    }

    /// Makes room for so many more.
    pub(in crate::digest) fn reserve(&mut self, count: usize) {
        self.octets.reserve(count.saturating_mul(self.algorithm.length()));
    }

    /// Adds places for so many digests, and returns them.
    pub(in crate::digest) fn grow(&mut self, count: usize) -> &mut [u8] {
        let start = self.octets.len();
        self.octets.resize(start.saturating_add(count.saturating_mul(self.algorithm.length())), 0);
        self.octets.get_mut(start..).unwrap_or_default()
    }

    fn zeros(algorithm: Algorithm, count: usize) -> Self {
        Self { algorithm, octets: vec![0; count.saturating_mul(algorithm.length())] }
    }

    /// The algorithm of all of them.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.octets.len() / self.algorithm.length()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The digest of the message at this place.
    pub fn get(&self, index: usize) -> Option<Digest> {
        self.octets.chunks_exact(self.algorithm.length()).nth(index).map(|octets| self.digest(octets))
    }

    /// The digests in the order of the messages.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Digest> {
        self.octets.chunks_exact(self.algorithm.length()).map(|octets| self.digest(octets))
    }

    /// The octets of all of them, one after the other.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    fn digest(&self, octets: &[u8]) -> Digest {
        let mut digest = Digest { algorithm: self.algorithm, octets: [0; 64] };
        digest.octets.iter_mut().zip(octets).for_each(|(place, octet)| *place = *octet);
        digest
    }
}

/// The digests of messages in memory, in their order.
///
/// SHA-256, SHA-384 and SHA-512 are computed on many lanes; the other algorithms one message after the other.
pub fn digests<M: AsRef<[u8]> + Sync>(algorithm: Algorithm, messages: &[M], parallelism: Parallelism) -> Digests {
    let mut digests = Digests::zeros(algorithm, messages.len());
    digests_into(algorithm, None, messages, &mut digests.octets, parallelism);
    digests
}

/// The digests of a few messages, without allocating.
///
/// ```
/// use seing::digest::{Algorithm, many};
///
/// let [offer, order] = many::digests_of(Algorithm::Sha256, ["the offer", "the order"]);
/// assert_eq!(order, Algorithm::Sha256.digest(b"the order"));
/// assert_ne!(offer, order);
/// ```
pub fn digests_of<M: AsRef<[u8]>, const COUNT: usize>(algorithm: Algorithm, messages: [M; COUNT]) -> [Digest; COUNT] {
    let mut digests = [Digest { algorithm, octets: [0; 64] }; COUNT];
    match Core::of(algorithm) {
        Some(core) => core.few(&messages, &mut digests),
        None => {
            digests.iter_mut().zip(&messages).for_each(|(digest, message)| *digest = algorithm.digest(message.as_ref()))
        }
    }
    digests
}

/// The digests of messages in memory on one kernel, and on the portable one for what it cannot fill: to compare and to measure.
///
/// # Errors
///
/// `Unsupported` where this processor has no such kernel for this algorithm.
pub fn digests_on<M: AsRef<[u8]> + Sync>(kernel: Kernel, algorithm: Algorithm, messages: &[M]) -> Result<Digests> {
    let core = Core::on(kernel, algorithm).ok_or_else(|| {
        Error::unsupported("no such kernel on this processor").with(format!("{kernel:?}, {algorithm}"))
    })?;
    let mut digests = Digests::zeros(algorithm, messages.len());
    core.digests(None, messages, &mut digests.octets);
    Ok(digests)
}

/// Writes the digests of messages, a prefix in front of each, into a place for as many.
pub(in crate::digest) fn digests_into<M: AsRef<[u8]> + Sync>(
    algorithm: Algorithm,
    prefix: Option<u8>,
    messages: &[M],
    place: &mut [u8],
    parallelism: Parallelism,
) {
    let (core, length) = (Core::of(algorithm), algorithm.length());
    share(messages, place, length, parallelism, |messages, place| match core {
        Some(core) => core.digests(prefix, messages, place),
        None => {
            for (place, message) in place.chunks_exact_mut(length).zip(messages) {
                let mut hasher = Hasher::new(&[algorithm]);
                hasher.update(prefix.as_slice());
                hasher.update(message.as_ref());
                hasher.finish().iter().for_each(|digest| place.copy_from_slice(digest.octets()));
            }
        }
    });
}

/// Cuts the work into pieces that threads take one after the other.
pub(in crate::digest) fn share<M: AsRef<[u8]> + Sync>(
    messages: &[M],
    place: &mut [u8],
    length: usize,
    Parallelism(threads): Parallelism,
    hash: impl Fn(&[M], &mut [u8]) + Sync,
) {
    let cost = |message: &M| message.as_ref().len().saturating_add(OVERHEAD);
    let pieces = match threads.get() {
        1 => 1,
        threads => (messages.iter().map(cost).fold(0, usize::saturating_add) / LEAST).clamp(1, threads * PIECES),
    };
    if pieces == 1 {
        return hash(messages, place);
    }
    let each = messages.len().div_ceil(pieces).max(1);
    let work = Mutex::new(messages.chunks(each).zip(place.chunks_mut(each * length)));
    let next = || work.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        while let Some((messages, place)) = next() {
            hash(messages, place);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.get().min(pieces) {
            scope.spawn(run);
        }
        run();
    });
}

/// What a message costs beside its octets, in octets: its padding.
const OVERHEAD: usize = 64;

/// Octets that are worth starting a thread for: tens of microseconds of hashing.
const LEAST: usize = 256 << 10;

/// Pieces for each thread, so that none waits long for another.
const PIECES: usize = 4;

#[cfg(test)]
mod tests;
