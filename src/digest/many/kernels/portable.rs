//! One message after the other with the `sha2` crate, which has the processor's own instructions where there are any.

use super::{Kernel, Shared, Word};

/// SHA-256, one lane.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha256;

/// SHA-384 and SHA-512, one lane.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha512;

macro_rules! one_lane {
    ($kernel:ty, $word:ty, $block:literal, $compress:path) => {
        impl Kernel<$word, 1, $block> for $kernel {
            type States = [$word; 8];

            #[inline]
            fn start(self, state: &[$word; 8]) -> Self::States {
                *state
            }

            #[inline]
            fn set(self, states: &mut Self::States, _: usize, state: &[$word; 8]) {
                *states = *state;
            }

            #[inline]
            fn get(self, states: &Self::States, _: usize) -> [$word; 8] {
                *states
            }

            #[inline]
            fn compress(self, states: &mut Self::States, [blocks]: &[&[[u8; $block]]; 1], _: &[&[u8]; 1]) -> usize {
                $compress(states, blocks);
                blocks.len()
            }

            #[inline]
            fn compress_shared(self, states: &mut Self::States, shared: &Shared<$word, $block>) {
                $compress(states, &[shared.block]);
            }

            #[inline]
            fn digests(self, states: &Self::States, place: &mut [[$word; 8]; 1]) {
                *place = [states.map(Word::<$block>::to_be)];
            }
        }
    };
}

one_lane!(Sha256, u32, 64, sha2::block_api::compress256);
one_lane!(Sha512, u64, 128, sha2::block_api::compress512);
