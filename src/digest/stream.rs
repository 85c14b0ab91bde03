//! One pass over a stream, as many digests as are asked for.

use std::io::Read;

use ::digest::Update;

use super::{Algorithm, Digest};
use crate::error::Result;

/// Hashes what it is fed, with several algorithms at once.
#[derive(Clone)]
pub struct Hasher(Vec<State>);

#[derive(Clone)]
enum State {
    Sha1(sha1::Sha1),
    Sha224(sha2::Sha224),
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
    Sha3_224(sha3::Sha3_224),
    Sha3_256(sha3::Sha3_256),
    Sha3_384(sha3::Sha3_384),
    Sha3_512(sha3::Sha3_512),
}

/// Calls the same thing on whichever state it is.
macro_rules! each {
    ($state:expr, $inner:ident => $call:expr) => {
        match $state {
            State::Sha1($inner) => $call,
            State::Sha224($inner) => $call,
            State::Sha256($inner) => $call,
            State::Sha384($inner) => $call,
            State::Sha512($inner) => $call,
            State::Sha3_224($inner) => $call,
            State::Sha3_256($inner) => $call,
            State::Sha3_384($inner) => $call,
            State::Sha3_512($inner) => $call,
        }
    };
}

impl Hasher {
    /// A hasher for these algorithms.
    pub fn new(algorithms: &[Algorithm]) -> Self {
        Self(algorithms.iter().map(|algorithm| State::new(*algorithm)).collect())
    }

    /// Feeds more octets.
    pub fn update(&mut self, octets: &[u8]) {
        for state in &mut self.0 {
            each!(state, inner => Update::update(inner, octets));
        }
    }

    /// The digests, in the order in which the algorithms were named.
    pub fn finish(self) -> Vec<Digest> {
        self.0.into_iter().map(State::finish).collect()
    }
}

impl State {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Self::Sha1(Default::default()),
            Algorithm::Sha224 => Self::Sha224(Default::default()),
            Algorithm::Sha256 => Self::Sha256(Default::default()),
            Algorithm::Sha384 => Self::Sha384(Default::default()),
            Algorithm::Sha512 => Self::Sha512(Default::default()),
            Algorithm::Sha3_224 => Self::Sha3_224(Default::default()),
            Algorithm::Sha3_256 => Self::Sha3_256(Default::default()),
            Algorithm::Sha3_384 => Self::Sha3_384(Default::default()),
            Algorithm::Sha3_512 => Self::Sha3_512(Default::default()),
        }
    }

    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Sha1(_) => Algorithm::Sha1,
            Self::Sha224(_) => Algorithm::Sha224,
            Self::Sha256(_) => Algorithm::Sha256,
            Self::Sha384(_) => Algorithm::Sha384,
            Self::Sha512(_) => Algorithm::Sha512,
            Self::Sha3_224(_) => Algorithm::Sha3_224,
            Self::Sha3_256(_) => Algorithm::Sha3_256,
            Self::Sha3_384(_) => Algorithm::Sha3_384,
            Self::Sha3_512(_) => Algorithm::Sha3_512,
        }
    }

    fn finish(self) -> Digest {
        let mut digest = Digest { algorithm: self.algorithm(), octets: [0; 64] };
        each!(self, inner => copy(&mut digest.octets, &::digest::FixedOutput::finalize_fixed(inner)));
        digest
    }
}

fn copy(place: &mut [u8; 64], octets: &[u8]) {
    place.iter_mut().zip(octets).for_each(|(to, from)| *to = *from);
}

/// Hashes a stream to its end in one pass with a fixed buffer, and says after each piece how many octets were read.
///
/// # Errors
///
/// `Io` when the stream cannot be read.
///
/// ```
/// use seing::digest::{Algorithm, digest_reader};
///
/// let digests = digest_reader(&b"abc"[..], &[Algorithm::Sha256, Algorithm::Sha512], |_| ())?;
/// assert!(digests[0].to_hex().starts_with("ba7816bf"));
/// assert!(digests[1].to_hex().starts_with("ddaf35a1"));
/// # Ok::<(), seing::error::Error>(())
/// ```
pub fn digest_reader(
    mut stream: impl Read,
    algorithms: &[Algorithm],
    mut progress: impl FnMut(u64),
) -> Result<Vec<Digest>> {
    let mut hasher = Hasher::new(algorithms);
    let mut buffer = vec![0; BUFFER];
    let mut total = 0u64;
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(count) => {
                hasher.update(buffer.get(..count).unwrap_or_default());
                total = total.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
                progress(total);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// 256 KiB: reading in larger pieces measured no faster.
const BUFFER: usize = 256 << 10;
