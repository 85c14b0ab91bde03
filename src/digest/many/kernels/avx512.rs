//! AVX-512: 16 lanes of SHA-256, 8 of SHA-384 and SHA-512.
//!
//! A rotation is one instruction, and so is any function of three words (`vpternlog`): Ch is 0xca, Maj 0xe8, the sum 0x96.
//! State and schedule take 24 of the 32 registers.

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

impl Kernel<u32, 16, 64> for Sha256 {
    type States = Columns<u32, 16>;

    fn start(self, state: &[u32; 8]) -> Self::States {
        Columns::start(state)
    }

    fn set(self, states: &mut Self::States, lane: usize, state: &[u32; 8]) {
        states.set(lane, state);
    }

    fn get(self, states: &Self::States, lane: usize) -> [u32; 8] {
        states.get(lane)
    }

    fn compress(self, states: &mut Self::States, lanes: &[&[[u8; 64]]; 16], ahead: &[&[u8]; 16]) -> usize {
        let blocks = lanes.iter().map(|lane| lane.len()).min().unwrap_or(0);
        // SAFETY: `self` exists, so `detect` has found the instructions; every lane has `blocks` blocks at its pointer.
        unsafe {
            words32::compress(states, lanes.map(<[_]>::as_ptr), blocks, ahead.map(|octets| octets.as_ptr().cast()))
        };
        blocks
    }

    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u32, 64>) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::compress_shared(states, &shared.schedule) };
    }

    fn digests(self, states: &Self::States) -> [[u32; 8]; 16] {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::digests(states) }
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

    fn start(self, state: &[u64; 8]) -> Self::States {
        Columns::start(state)
    }

    fn set(self, states: &mut Self::States, lane: usize, state: &[u64; 8]) {
        states.set(lane, state);
    }

    fn get(self, states: &Self::States, lane: usize) -> [u64; 8] {
        states.get(lane)
    }

    fn compress(self, states: &mut Self::States, lanes: &[&[[u8; 128]]; 8], ahead: &[&[u8]; 8]) -> usize {
        let blocks = lanes.iter().map(|lane| lane.len()).min().unwrap_or(0);
        // SAFETY: `self` exists, so `detect` has found the instructions; every lane has `blocks` blocks at its pointer.
        unsafe {
            words64::compress(states, lanes.map(<[_]>::as_ptr), blocks, ahead.map(|octets| octets.as_ptr().cast()))
        };
        blocks
    }

    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u64, 128>) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words64::compress_shared(states, &shared.schedule) };
    }

    fn digests(self, states: &Self::States) -> [[u64; 8]; 8] {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words64::digests(states) }
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

mod words32 {
    use std::arch::x86_64::*;

    use super::super::K256;
    use super::super::ahead::{AHEAD, fetch};
    use super::super::rounds::{Columns, rounds};
    use super::quarters;

    rounds!("avx512f,avx512bw", __m512i, u32, 64);

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn splat(word: u32) -> __m512i {
        _mm512_set1_epi32(word.cast_signed())
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn add(a: __m512i, b: __m512i) -> __m512i {
        _mm512_add_epi32(a, b)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn xor3(a: __m512i, b: __m512i, c: __m512i) -> __m512i {
        _mm512_ternarylogic_epi32::<0x96>(a, b, c)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn ch(e: __m512i, f: __m512i, g: __m512i) -> __m512i {
        _mm512_ternarylogic_epi32::<0xca>(e, f, g)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn maj(a: __m512i, b: __m512i, c: __m512i) -> __m512i {
        _mm512_ternarylogic_epi32::<0xe8>(a, b, c)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn upper0(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi32::<2>(x), _mm512_ror_epi32::<13>(x), _mm512_ror_epi32::<22>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn upper1(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi32::<6>(x), _mm512_ror_epi32::<11>(x), _mm512_ror_epi32::<25>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn lower0(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi32::<7>(x), _mm512_ror_epi32::<18>(x), _mm512_srli_epi32::<3>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn lower1(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi32::<17>(x), _mm512_ror_epi32::<19>(x), _mm512_srli_epi32::<10>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn load(column: &[u32; 16]) -> __m512i {
        // SAFETY: the array is as large as the vector, and the load needs no alignment.
        unsafe { _mm512_loadu_si512(column.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn store(vector: __m512i, column: &mut [u32; 16]) {
        // SAFETY: the array is as large as the vector, and the store needs no alignment.
        unsafe { _mm512_storeu_si512(column.as_mut_ptr().cast(), vector) }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn load_all(columns: &[[u32; 16]; 8]) -> [__m512i; 8] {
        let mut vectors = [_mm512_setzero_si512(); 8];
        for (vector, column) in vectors.iter_mut().zip(columns) {
            *vector = load(column);
        }
        vectors
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn swap_all<const COUNT: usize>(mut vectors: [__m512i; COUNT]) -> [__m512i; COUNT] {
        let swap = swap();
        for vector in &mut vectors {
            *vector = _mm512_shuffle_epi8(*vector, swap);
        }
        vectors
    }

    /// # Safety
    ///
    /// `blocks` blocks must be readable at each pointer.
    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) unsafe fn compress(
        states: &mut Columns<u32, 16>,
        mut lanes: [*const [u8; 64]; 16],
        blocks: usize,
        ahead: [*const [u8; 64]; 16],
    ) {
        let mut state = load_all(&states.0);
        for turn in 0..blocks {
            if turn + AHEAD < blocks {
                fetch(&lanes, AHEAD);
            } else {
                fetch(&ahead, turn.saturating_sub(blocks.saturating_sub(AHEAD)));
            }
            // SAFETY: the caller has `blocks` blocks at each pointer, and this is one of as many turns.
            let words = unsafe { words(&lanes) };
            for lane in &mut lanes {
                *lane = lane.wrapping_add(1);
            }
            let worked = rounds(state, words, &K256);
            for (state, worked) in state.iter_mut().zip(worked) {
                *state = add(*state, worked);
            }
        }
        for (column, state) in states.0.iter_mut().zip(state) {
            store(state, column);
        }
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn compress_shared(states: &mut Columns<u32, 16>, schedule: &[u32; 64]) {
        let state = load_all(&states.0);
        let worked = constant_rounds(state, schedule);
        for ((column, state), worked) in states.0.iter_mut().zip(state).zip(worked) {
            store(add(state, worked), column);
        }
    }

    /// The words of one block of each lane, big-endian: the first word of every lane, then the second, and so on.
    ///
    /// # Safety
    ///
    /// One block must be readable at each pointer.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    unsafe fn words(lanes: &[*const [u8; 64]; 16]) -> [__m512i; 16] {
        let mut rows = [_mm512_setzero_si512(); 16];
        for (row, lane) in rows.iter_mut().zip(lanes) {
            // SAFETY: a block is as large as the vector; the caller has one at each pointer, and the load needs no alignment.
            *row = unsafe { _mm512_loadu_si512(lane.cast()) };
        }
        let rows = swap_all(rows);
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = rows;
        let [a0, a1, a2, a3] = words_in_quarters(a, b, c, d);
        let [b0, b1, b2, b3] = words_in_quarters(e, f, g, h);
        let [c0, c1, c2, c3] = words_in_quarters(i, j, k, l);
        let [d0, d1, d2, d3] = words_in_quarters(m, n, o, p);
        let [w0, w4, w8, w12] = quarters(a0, b0, c0, d0);
        let [w1, w5, w9, w13] = quarters(a1, b1, c1, d1);
        let [w2, w6, w10, w14] = quarters(a2, b2, c2, d2);
        let [w3, w7, w11, w15] = quarters(a3, b3, c3, d3);
        [w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15]
    }

    /// Transposes 32-bit words of four rows within each quarter.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn words_in_quarters(a: __m512i, b: __m512i, c: __m512i, d: __m512i) -> [__m512i; 4] {
        let (ab0, ab1) = (_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
        let (cd0, cd1) = (_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
        [
            _mm512_unpacklo_epi64(ab0, cd0),
            _mm512_unpackhi_epi64(ab0, cd0),
            _mm512_unpacklo_epi64(ab1, cd1),
            _mm512_unpackhi_epi64(ab1, cd1),
        ]
    }

    /// Reverses the octets of each word.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn swap() -> __m512i {
        _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn digests(states: &Columns<u32, 16>) -> [[u32; 8]; 16] {
        let [a, b, c, d, e, f, g, h] = swap_all(load_all(&states.0));
        let (first, second) = (words_in_quarters(a, b, c, d), words_in_quarters(e, f, g, h));
        // The halves of two digests of four words each, side by side.
        let low = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
        let high = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
        let mut digests = [[0; 8]; 16];
        let (groups, _) = digests.as_chunks_mut::<4>();
        if let [group0, group1, group2, group3] = groups {
            for (((((first, second), at0), at1), at2), at3) in
                first.into_iter().zip(second).zip(group0).zip(group1).zip(group2).zip(group3)
            {
                let pair = _mm512_permutex2var_epi64(first, low, second);
                store_half(_mm512_castsi512_si256(pair), at0);
                store_half(_mm512_extracti64x4_epi64::<1>(pair), at1);
                let pair = _mm512_permutex2var_epi64(first, high, second);
                store_half(_mm512_castsi512_si256(pair), at2);
                store_half(_mm512_extracti64x4_epi64::<1>(pair), at3);
            }
        }
        digests
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn store_half(vector: __m256i, digest: &mut [u32; 8]) {
        // SAFETY: the array is as large as the vector, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(digest.as_mut_ptr().cast(), vector) }
    }
}

mod words64 {
    use std::arch::x86_64::*;

    use super::super::K512;
    use super::super::ahead::{AHEAD, fetch};
    use super::super::rounds::{Columns, rounds};
    use super::quarters;

    rounds!("avx512f,avx512bw", __m512i, u64, 80);

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn splat(word: u64) -> __m512i {
        _mm512_set1_epi64(word.cast_signed())
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn add(a: __m512i, b: __m512i) -> __m512i {
        _mm512_add_epi64(a, b)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn xor3(a: __m512i, b: __m512i, c: __m512i) -> __m512i {
        _mm512_ternarylogic_epi32::<0x96>(a, b, c)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn ch(e: __m512i, f: __m512i, g: __m512i) -> __m512i {
        _mm512_ternarylogic_epi32::<0xca>(e, f, g)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn maj(a: __m512i, b: __m512i, c: __m512i) -> __m512i {
        _mm512_ternarylogic_epi32::<0xe8>(a, b, c)
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn upper0(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi64::<28>(x), _mm512_ror_epi64::<34>(x), _mm512_ror_epi64::<39>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn upper1(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi64::<14>(x), _mm512_ror_epi64::<18>(x), _mm512_ror_epi64::<41>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn lower0(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi64::<1>(x), _mm512_ror_epi64::<8>(x), _mm512_srli_epi64::<7>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn lower1(x: __m512i) -> __m512i {
        xor3(_mm512_ror_epi64::<19>(x), _mm512_ror_epi64::<61>(x), _mm512_srli_epi64::<6>(x))
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn load(column: &[u64; 8]) -> __m512i {
        // SAFETY: the array is as large as the vector, and the load needs no alignment.
        unsafe { _mm512_loadu_si512(column.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn store(vector: __m512i, column: &mut [u64; 8]) {
        // SAFETY: the array is as large as the vector, and the store needs no alignment.
        unsafe { _mm512_storeu_si512(column.as_mut_ptr().cast(), vector) }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn load_all(columns: &[[u64; 8]; 8]) -> [__m512i; 8] {
        let mut vectors = [_mm512_setzero_si512(); 8];
        for (vector, column) in vectors.iter_mut().zip(columns) {
            *vector = load(column);
        }
        vectors
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn swap_all<const COUNT: usize>(mut vectors: [__m512i; COUNT]) -> [__m512i; COUNT] {
        let swap = swap();
        for vector in &mut vectors {
            *vector = _mm512_shuffle_epi8(*vector, swap);
        }
        vectors
    }

    /// # Safety
    ///
    /// `blocks` blocks must be readable at each pointer.
    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) unsafe fn compress(
        states: &mut Columns<u64, 8>,
        mut lanes: [*const [u8; 128]; 8],
        blocks: usize,
        ahead: [*const [u8; 128]; 8],
    ) {
        let mut state = load_all(&states.0);
        for turn in 0..blocks {
            if turn + AHEAD < blocks {
                fetch(&lanes, AHEAD);
            } else {
                fetch(&ahead, turn.saturating_sub(blocks.saturating_sub(AHEAD)));
            }
            // SAFETY: the caller has `blocks` blocks at each pointer, and this is one of as many turns.
            let words = unsafe { words(&lanes) };
            for lane in &mut lanes {
                *lane = lane.wrapping_add(1);
            }
            let worked = rounds(state, words, &K512);
            for (state, worked) in state.iter_mut().zip(worked) {
                *state = add(*state, worked);
            }
        }
        for (column, state) in states.0.iter_mut().zip(state) {
            store(state, column);
        }
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn compress_shared(states: &mut Columns<u64, 8>, schedule: &[u64; 80]) {
        let state = load_all(&states.0);
        let worked = constant_rounds(state, schedule);
        for ((column, state), worked) in states.0.iter_mut().zip(state).zip(worked) {
            store(add(state, worked), column);
        }
    }

    /// The words of one block of each lane, big-endian: the first word of every lane, then the second, and so on.
    ///
    /// # Safety
    ///
    /// One block must be readable at each pointer.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    unsafe fn words(lanes: &[*const [u8; 128]; 8]) -> [__m512i; 16] {
        let (mut first, mut second) = ([_mm512_setzero_si512(); 8], [_mm512_setzero_si512(); 8]);
        for ((first, second), lane) in first.iter_mut().zip(&mut second).zip(lanes) {
            let lane: *const __m512i = lane.cast();
            // SAFETY: a block is as large as two vectors; the caller has one at each pointer, and loads need no alignment.
            (*first, *second) = unsafe { (_mm512_loadu_si512(lane), _mm512_loadu_si512(lane.wrapping_add(1))) };
        }
        let [w0, w1, w2, w3, w4, w5, w6, w7] = transpose(swap_all(first));
        let [w8, w9, w10, w11, w12, w13, w14, w15] = transpose(swap_all(second));
        [w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15]
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn transpose(rows: [__m512i; 8]) -> [__m512i; 8] {
        let [a, b, c, d, e, f, g, h] = rows;
        let (ab0, ab1) = (_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
        let (cd0, cd1) = (_mm512_unpacklo_epi64(c, d), _mm512_unpackhi_epi64(c, d));
        let (ef0, ef1) = (_mm512_unpacklo_epi64(e, f), _mm512_unpackhi_epi64(e, f));
        let (gh0, gh1) = (_mm512_unpacklo_epi64(g, h), _mm512_unpackhi_epi64(g, h));
        let [w0, w2, w4, w6] = quarters(ab0, cd0, ef0, gh0);
        let [w1, w3, w5, w7] = quarters(ab1, cd1, ef1, gh1);
        [w0, w1, w2, w3, w4, w5, w6, w7]
    }

    /// Reverses the octets of each word.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn swap() -> __m512i {
        _mm512_broadcast_i32x4(_mm_set_epi64x(0x0809_0a0b_0c0d_0e0f, 0x0001_0203_0405_0607))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn digests(states: &Columns<u64, 8>) -> [[u64; 8]; 8] {
        let rows = transpose(swap_all(load_all(&states.0)));
        let mut digests = [[0; 8]; 8];
        for (row, digest) in rows.into_iter().zip(&mut digests) {
            store(row, digest);
        }
        digests
    }
}
