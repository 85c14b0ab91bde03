//! AVX-512: 16 lanes of SHA-256, 8 of SHA-384 and SHA-512.
//!
//! A rotation is one instruction, and so is any function of three words (`vpternlog`): Ch is 0xca, or 0xb8 with
//! its last word first; Maj is 0xe8, the sum 0x96.
//! State and schedule take 24 of the 32 registers.

mod words32;
mod words64;

use std::arch::x86_64::*;

use super::rounds::Columns;
use super::{Kernel, Shared};

/// SHA-256 in 16 lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha256(());

impl Sha256 {
    /// The kernel, where the processor has AVX-512 F and BW.
    pub(in crate::digest) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw")).then_some(Self(()))
    }
}

impl Sha256 {
    /// Writes the nodes over pairs of digests, which are told from leaves by a prefix, as many as there are places and pairs.
    pub(in crate::digest) fn prefixed_nodes(self, prefix: u8, pairs: &[[[u8; 64]; 16]], places: &mut [[[u8; 32]; 16]]) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::prefixed(prefix, pairs, places) };
    }

    /// Writes the nodes over pairs of digests, the lesser first. The padding is that of 64 octets.
    pub(in crate::digest) fn sorted_nodes(
        self,
        padding: &Shared<u32, 64>,
        pairs: &[[[u8; 64]; 16]],
        places: &mut [[[u8; 32]; 16]],
    ) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::sorted(&padding.schedule, pairs, places) };
    }
}

impl Kernel<u32, 16, 64> for Sha256 {
    type States = Columns<u32, 16>;

    #[inline]
    fn start(self, state: &[u32; 8]) -> Self::States {
        Columns::start(state)
    }

    #[inline]
    fn set(self, states: &mut Self::States, lane: usize, state: &[u32; 8]) {
        states.set(lane, state);
    }

    #[inline]
    fn get(self, states: &Self::States, lane: usize) -> [u32; 8] {
        states.get(lane)
    }

    #[inline]
    fn compress(self, states: &mut Self::States, lanes: &[&[[u8; 64]]; 16], ahead: &[&[u8]; 16]) -> usize {
        let blocks = lanes.iter().map(|lane| lane.len()).min().unwrap_or(0);
        // SAFETY: `self` exists, so `detect` has found the instructions; every lane has `blocks` blocks at its pointer.
        unsafe {
            words32::compress(states, &lanes.map(<[_]>::as_ptr), blocks, &ahead.map(|octets| octets.as_ptr().cast()))
        };
        blocks
    }

    #[inline]
    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u32, 64>) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::compress_shared(states, &shared.schedule) };
    }

    #[inline]
    fn digests_with_shared(
        self,
        initial: &[u32; 8],
        lanes: &[&[[u8; 64]]; 16],
        shared: &Shared<u32, 64>,
        ahead: &[&[u8]; 16],
        place: &mut [[u32; 8]; 16],
    ) {
        let blocks = lanes.iter().map(|lane| lane.len()).min().unwrap_or(0);
        // SAFETY: `self` exists, so `detect` has found the instructions; every lane has `blocks` blocks at its pointer.
        unsafe {
            words32::digests_with_shared(
                initial,
                &lanes.map(<[_]>::as_ptr),
                blocks,
                &shared.schedule,
                &ahead.map(|octets| octets.as_ptr().cast()),
                place,
            );
        }
    }

    #[inline]
    fn digests(self, states: &Self::States, place: &mut [[u32; 8]; 16]) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::digests(states, place) }
    }
}

/// SHA-384 and SHA-512 in 8 lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha512(());

impl Sha512 {
    /// The kernel, where the processor has AVX-512 F and BW.
    pub(in crate::digest) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw")).then_some(Self(()))
    }
}

impl Kernel<u64, 8, 128> for Sha512 {
    type States = Columns<u64, 8>;

    #[inline]
    fn start(self, state: &[u64; 8]) -> Self::States {
        Columns::start(state)
    }

    #[inline]
    fn set(self, states: &mut Self::States, lane: usize, state: &[u64; 8]) {
        states.set(lane, state);
    }

    #[inline]
    fn get(self, states: &Self::States, lane: usize) -> [u64; 8] {
        states.get(lane)
    }

    #[inline]
    fn compress(self, states: &mut Self::States, lanes: &[&[[u8; 128]]; 8], ahead: &[&[u8]; 8]) -> usize {
        let blocks = lanes.iter().map(|lane| lane.len()).min().unwrap_or(0);
        // SAFETY: `self` exists, so `detect` has found the instructions; every lane has `blocks` blocks at its pointer.
        unsafe {
            words64::compress(states, lanes.map(<[_]>::as_ptr), blocks, ahead.map(|octets| octets.as_ptr().cast()))
        };
        blocks
    }

    #[inline]
    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u64, 128>) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words64::compress_shared(states, &shared.schedule) };
    }

    #[inline]
    fn digests(self, states: &Self::States, place: &mut [[u64; 8]; 8]) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words64::digests(states, place) }
    }
}

/// Transposes four rows of quarters.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn quarters(a: __m512i, b: __m512i, c: __m512i, d: __m512i) -> [__m512i; 4] {
    let (ab02, ab13) = (_mm512_shuffle_i64x2::<0x88>(a, b), _mm512_shuffle_i64x2::<0xdd>(a, b));
    let (cd02, cd13) = (_mm512_shuffle_i64x2::<0x88>(c, d), _mm512_shuffle_i64x2::<0xdd>(c, d));
    [
        _mm512_shuffle_i64x2::<0x88>(ab02, cd02),
        _mm512_shuffle_i64x2::<0x88>(ab13, cd13),
        _mm512_shuffle_i64x2::<0xdd>(ab02, cd02),
        _mm512_shuffle_i64x2::<0xdd>(ab13, cd13),
    ]
}
