//! Randomness, which is an argument.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};

/// A source of unpredictable octets: it fills the whole buffer, or fails.
///
/// Nothing is stretched or checked: keys are as good as what it delivers. [`os_entropy`] is the one to pass unless there is a
/// reason for another.
pub type Entropy<'a> = dyn FnMut(&mut [u8]) -> Result<()> + 'a;

/// The operating system's randomness, for whoever passes it as [`Entropy`].
///
/// # Errors
///
/// `Io` when the operating system has none to give.
pub fn os_entropy(octets: &mut [u8]) -> Result<()> {
    getrandom::fill(octets)
        .map_err(|error| Error::new(ErrorKind::Io, "the operating system gives no randomness").because(error))
}

/// So many octets for a secret.
pub(super) fn draw<const LENGTH: usize>(entropy: &mut Entropy<'_>) -> Result<Zeroizing<[u8; LENGTH]>> {
    let mut octets = Zeroizing::new([0; LENGTH]);
    entropy(octets.as_mut_slice())?;
    Ok(octets)
}

/// [`Entropy`] for the search of primes, which takes only sources that cannot fail.
///
/// After a failure the search goes on with counted octets, so that it ends, and [`finish`](Self::finish) says that what
/// came of it must not be used.
pub(super) struct Unfailing<'a, 'b> {
    source: &'a mut Entropy<'b>,
    failure: Option<Error>,
    count: u64,
}

impl<'a, 'b> Unfailing<'a, 'b> {
    pub(super) fn new(source: &'a mut Entropy<'b>) -> Self {
        Self { source, failure: None, count: 0 }
    }

    pub(super) fn finish(self) -> Result<()> {
        self.failure.map_or(Ok(()), Err)
    }

    fn fill(&mut self, octets: &mut [u8]) {
        if self.failure.is_none() {
            self.failure = (self.source)(octets).err();
        }
        if self.failure.is_some() {
            for chunk in octets.chunks_mut(8) {
                // SplitMix64: any spread will do for octets that are thrown away.
                self.count = self.count.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mixed = (self.count ^ (self.count >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                chunk.iter_mut().zip((mixed ^ (mixed >> 31)).to_le_bytes()).for_each(|(to, from)| *to = from);
            }
        }
    }
}

impl TryRng for Unfailing<'_, '_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> std::result::Result<u32, Infallible> {
        let mut octets = [0; 4];
        self.fill(&mut octets);
        Ok(u32::from_le_bytes(octets))
    }

    fn try_next_u64(&mut self) -> std::result::Result<u64, Infallible> {
        let mut octets = [0; 8];
        self.fill(&mut octets);
        Ok(u64::from_le_bytes(octets))
    }

    fn try_fill_bytes(&mut self, octets: &mut [u8]) -> std::result::Result<(), Infallible> {
        self.fill(octets);
        Ok(())
    }
}

impl TryCryptoRng for Unfailing<'_, '_> {}
