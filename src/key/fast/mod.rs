//! The seam to faster arithmetic: what a key is prepared for once, and used with often.
//!
//! Everything here answers `None` where it does not apply, and the portable crates then decide. What it does decide is what
//! they decide.

use std::fmt;

#[cfg(not(all(feature = "graviola", any(target_arch = "x86_64", target_arch = "aarch64"))))]
mod absent;
#[cfg(all(feature = "graviola", any(target_arch = "x86_64", target_arch = "aarch64")))]
mod assembler;

#[cfg(not(all(feature = "graviola", any(target_arch = "x86_64", target_arch = "aarch64"))))]
use absent as chosen;
#[cfg(all(feature = "graviola", any(target_arch = "x86_64", target_arch = "aarch64")))]
use assembler as chosen;

pub(super) use chosen::{PublicHalf, SecretHalf};

/// Whose arithmetic signs and verifies where it can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Arithmetic {
    /// The portable crates.
    Portable,
    /// The assembler of s2n-bignum through the crate graviola, for Ed25519, P-256, P-384, and RSA from 2048 bits.
    Graviola,
}

/// The arithmetic of this build on this processor: [`Graviola`](Arithmetic::Graviola) with the feature `graviola` where the
/// processor has the instructions that it needs.
///
/// The verdict on a signature does not depend on it.
pub fn arithmetic() -> Arithmetic {
    if chosen::supported() { Arithmetic::Graviola } else { Arithmetic::Portable }
}

impl fmt::Display for Arithmetic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Portable => "portable",
            Self::Graviola => "graviola",
        })
    }
}
