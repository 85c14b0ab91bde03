//! The cryptographic constraints (EN 319 102-1 5.2.8): which algorithms the library takes as reliable.

use crate::digest;
use crate::key::{KeyAlgorithm, SignatureAlgorithm};

/// The library's own validation policy, in the style of TS 119 312. It is not law: no Moroccan text fixes an algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The hash functions that are taken as free of collisions.
    pub digests: Vec<digest::Algorithm>,
    /// The shortest RSA modulus in bits. TS 119 312 asks for 1,900 until 2025 and for 3,000 after; signatures of contracts concluded
    /// with 2,048 are met everywhere and are not yet within reach of anybody.
    pub rsa_bits: u32,
}

impl Default for Policy {
    fn default() -> Self {
        use digest::Algorithm as A;
        Self { digests: vec![A::Sha256, A::Sha384, A::Sha512, A::Sha3_256, A::Sha3_384, A::Sha3_512], rsa_bits: 2048 }
    }
}

impl Policy {
    /// Why an algorithm with a key is not reliable, if it is not.
    pub(super) fn weakness(&self, algorithm: SignatureAlgorithm, key: KeyAlgorithm) -> Option<String> {
        if let Some(digest) = algorithm.digest().filter(|digest| !self.digests.contains(digest)) {
            return Some(format!("{algorithm} rests on {digest}, whose collisions are within reach"));
        }
        match key {
            KeyAlgorithm::Rsa(bits) if bits < self.rsa_bits => Some(format!("an RSA key of {bits} bits is too short")),
            KeyAlgorithm::Dsa(_) => Some("DSA is no longer an agreed mechanism".to_owned()),
            _ => None,
        }
    }
}
