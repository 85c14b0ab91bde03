//! The hashing core: algorithms, digests that never go without their algorithm, and streams hashed in one pass.

pub mod many;
pub mod merkle;

mod stream;

use std::fmt;

pub use stream::{Hasher, digest_reader};

use crate::error::{Error, Result};
use crate::oid::{self, Oid};

/// A hash function.
///
/// SHA-1 and the 224-bit ones are there because old signatures use them: a dated policy decides what they are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// SHA-1 (FIPS 180-4). Collisions are known.
    Sha1,
    /// SHA-224 (FIPS 180-4).
    Sha224,
    /// SHA-256 (FIPS 180-4).
    Sha256,
    /// SHA-384 (FIPS 180-4).
    Sha384,
    /// SHA-512 (FIPS 180-4).
    Sha512,
    /// SHA3-224 (FIPS 202).
    Sha3_224,
    /// SHA3-256 (FIPS 202).
    Sha3_256,
    /// SHA3-384 (FIPS 202).
    Sha3_384,
    /// SHA3-512 (FIPS 202).
    Sha3_512,
}

const ALL: &[Algorithm] = &[
    Algorithm::Sha1,
    Algorithm::Sha224,
    Algorithm::Sha256,
    Algorithm::Sha384,
    Algorithm::Sha512,
    Algorithm::Sha3_224,
    Algorithm::Sha3_256,
    Algorithm::Sha3_384,
    Algorithm::Sha3_512,
];

impl Algorithm {
    /// The algorithm that an object identifier names, if it is one of ours.
    pub fn from_oid(oid: &Oid) -> Option<Self> {
        ALL.iter().copied().find(|algorithm| algorithm.oid() == *oid)
    }

    /// The algorithm of this name: `sha256` or `SHA-256`, `sha3-256` or `sha3256`.
    pub fn from_name(name: &str) -> Option<Self> {
        ALL.iter().copied().find(|algorithm| algorithm.is_named(name))
    }

    /// Whether this is a name of it.
    pub(crate) fn is_named(self, name: &str) -> bool {
        let plain = |octet: &u8| !matches!(octet, b'-' | b'_');
        let (own, other) = (self.name().bytes().filter(plain), name.bytes().filter(plain));
        own.eq(other.map(|octet| octet.to_ascii_lowercase()))
    }

    /// Its object identifier.
    pub fn oid(self) -> Oid {
        self.row().0
    }

    /// Its name, as in reports: `sha256`, `sha3-256`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The length of its digests in octets.
    pub fn length(self) -> usize {
        self.row().2
    }

    /// The digest of octets in memory.
    pub fn digest(self, octets: &[u8]) -> Digest {
        let mut digest = Digest { algorithm: self, octets: [0; 64] };
        match many::Core::single(self) {
            Some(core) => core.few(&[octets], std::slice::from_mut(&mut digest)),
            None => {
                let mut hasher = Hasher::new(&[self]);
                hasher.update(octets);
                digest = hasher.finish().pop().unwrap_or(digest);
            }
        }
        digest
    }

    /// The one table: object identifier, name, length of the digest in octets.
    fn row(self) -> (Oid, &'static str, usize) {
        match self {
            Self::Sha1 => (oid::SHA1, "sha1", 20),
            Self::Sha224 => (oid::SHA224, "sha224", 28),
            Self::Sha256 => (oid::SHA256, "sha256", 32),
            Self::Sha384 => (oid::SHA384, "sha384", 48),
            Self::Sha512 => (oid::SHA512, "sha512", 64),
            Self::Sha3_224 => (oid::SHA3_224, "sha3-224", 28),
            Self::Sha3_256 => (oid::SHA3_256, "sha3-256", 32),
            Self::Sha3_384 => (oid::SHA3_384, "sha3-384", 48),
            Self::Sha3_512 => (oid::SHA3_512, "sha3-512", 64),
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A digest and the algorithm that made it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest {
    algorithm: Algorithm,
    octets: [u8; 64],
}

impl Digest {
    /// A digest that someone else computed.
    ///
    /// # Errors
    ///
    /// `Malformed` when it does not have the length of its algorithm.
    pub fn new(algorithm: Algorithm, octets: &[u8]) -> Result<Self> {
        let mut digest = Self { algorithm, octets: [0; 64] };
        match digest.octets.get_mut(..algorithm.length()) {
            Some(place) if place.len() == octets.len() => place.copy_from_slice(octets),
            _ => {
                return Err(Error::malformed("digest of the wrong length")
                    .with(format!("{algorithm}, {} octets", octets.len())));
            }
        }
        Ok(digest)
    }

    /// Reads `algorithm:hex`, as in `sha256:e3b0c4…`.
    ///
    /// # Errors
    ///
    /// `Unsupported` for an unknown algorithm, `Malformed` when the digits are not hexadecimal or not as many as there must be.
    pub fn parse(text: &str) -> Result<Self> {
        let (name, digits) =
            text.split_once(':').ok_or_else(|| Error::malformed("digest that is not algorithm:hex"))?;
        let algorithm =
            Algorithm::from_name(name).ok_or_else(|| Error::unsupported("unknown hash algorithm").with(name))?;
        let octets = (0..digits.len())
            .step_by(2)
            .map(|at| digits.get(at..at + 2).filter(|pair| !pair.contains('+')))
            .map(|pair| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect::<Option<Vec<u8>>>()
            .ok_or_else(|| Error::malformed("digest that is not hexadecimal"))?;
        Self::new(algorithm, &octets)
    }

    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The octets of the digest.
    pub fn octets(&self) -> &[u8] {
        self.octets.get(..self.algorithm.length()).unwrap_or_default()
    }

    /// The octets in lower-case hexadecimal.
    pub fn to_hex(&self) -> String {
        hex(self.octets())
    }
}

impl fmt::Display for Digest {
    /// As [`parse`](Digest::parse) reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm, self.to_hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Octets in lower-case hexadecimal, for digests and serial numbers.
pub(crate) fn hex(octets: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' - 10 + value });
    octets.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 0xf)]).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    /// FIPS 180-4 and FIPS 202 examples for "abc" (NIST Cryptographic Standards and Guidelines, example values).
    #[test]
    fn every_algorithm_gives_the_published_digest_of_abc() {
        let published = [
            (Algorithm::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (Algorithm::Sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
            (Algorithm::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                Algorithm::Sha384,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            ),
            (
                Algorithm::Sha512,
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            ),
            (Algorithm::Sha3_224, "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf"),
            (Algorithm::Sha3_256, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
            (
                Algorithm::Sha3_384,
                "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
            ),
            (
                Algorithm::Sha3_512,
                "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
            ),
        ];
        for (algorithm, hex) in published {
            assert_eq!(algorithm.digest(b"abc").to_hex(), hex, "{algorithm}");
        }
    }

    #[test]
    fn a_digest_has_the_length_of_its_algorithm() {
        assert!(Digest::new(Algorithm::Sha256, &[0; 31]).is_err());
        assert!(Digest::parse("sha256:00").is_err());
        assert!(Digest::parse("sha256:zz").is_err());
        assert!(Digest::parse(&format!("sha256:+a{}", "00".repeat(31))).is_err());
        assert!(Digest::parse("md5:00").is_err());
        let digest = Algorithm::Sha3_256.digest(b"");
        assert_eq!(Digest::parse(&format!("SHA3-256:{}", digest.to_hex())).unwrap(), digest);
    }
}
