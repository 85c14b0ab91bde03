//! AVX2: 8 lanes of SHA-256, 4 of SHA-384 and SHA-512.

use super::rounds::Columns;
use super::{Kernel, Shared};

/// SHA-256 in 8 lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha256(());

impl Sha256 {
    /// The kernel, where the processor has AVX2.
    pub(in crate::digest) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx2")).then_some(Self(()))
    }
}

impl Kernel<u32, 8, 64> for Sha256 {
    type States = Columns<u32, 8>;

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
    fn compress(self, states: &mut Self::States, lanes: &[&[[u8; 64]]; 8], ahead: &[&[u8]; 8]) -> usize {
        let blocks = lanes.iter().map(|lane| lane.len()).min().unwrap_or(0);
        // SAFETY: `self` exists, so `detect` has found the instructions; every lane has `blocks` blocks at its pointer.
        unsafe {
            words32::compress(states, lanes.map(<[_]>::as_ptr), blocks, ahead.map(|octets| octets.as_ptr().cast()))
        };
        blocks
    }

    #[inline]
    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u32, 64>) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::compress_shared(states, &shared.schedule) };
    }

    #[inline]
    fn digests(self, states: &Self::States, place: &mut [[u32; 8]; 8]) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words32::digests(states, place) }
    }
}

/// SHA-384 and SHA-512 in 4 lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha512(());

impl Sha512 {
    /// The kernel, where the processor has AVX2.
    pub(in crate::digest) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx2")).then_some(Self(()))
    }
}

impl Kernel<u64, 4, 128> for Sha512 {
    type States = Columns<u64, 4>;

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
    fn compress(self, states: &mut Self::States, lanes: &[&[[u8; 128]]; 4], ahead: &[&[u8]; 4]) -> usize {
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
    fn digests(self, states: &Self::States, place: &mut [[u64; 8]; 4]) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { words64::digests(states, place) }
    }
}

mod words32 {
    use std::arch::x86_64::*;

    use super::super::K256;
    use super::super::ahead::{AHEAD, fetch};
    use super::super::rounds::{Columns, constant_rounds, next, round, rounds};

    #[inline]
    #[target_feature(enable = "avx2")]
    fn splat(word: u32) -> __m256i {
        _mm256_set1_epi32(word.cast_signed())
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn add(a: __m256i, b: __m256i) -> __m256i {
        _mm256_add_epi32(a, b)
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn xor3(a: __m256i, b: __m256i, c: __m256i) -> __m256i {
        _mm256_xor_si256(_mm256_xor_si256(a, b), c)
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn ch(e: __m256i, f: __m256i, g: __m256i) -> __m256i {
        _mm256_xor_si256(g, _mm256_and_si256(e, _mm256_xor_si256(f, g)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn maj(a: __m256i, b: __m256i, c: __m256i) -> __m256i {
        _mm256_xor_si256(a, _mm256_and_si256(_mm256_xor_si256(a, b), _mm256_xor_si256(a, c)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn rotate<const RIGHT: i32, const LEFT: i32>(x: __m256i) -> __m256i {
        _mm256_or_si256(_mm256_srli_epi32::<RIGHT>(x), _mm256_slli_epi32::<LEFT>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn upper0(x: __m256i) -> __m256i {
        xor3(rotate::<2, 30>(x), rotate::<13, 19>(x), rotate::<22, 10>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn upper1(x: __m256i) -> __m256i {
        xor3(rotate::<6, 26>(x), rotate::<11, 21>(x), rotate::<25, 7>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn lower0(x: __m256i) -> __m256i {
        xor3(rotate::<7, 25>(x), rotate::<18, 14>(x), _mm256_srli_epi32::<3>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn lower1(x: __m256i) -> __m256i {
        xor3(rotate::<17, 15>(x), rotate::<19, 13>(x), _mm256_srli_epi32::<10>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(column: &[u32; 8]) -> __m256i {
        // SAFETY: the array is as large as the vector, and the load needs no alignment.
        unsafe { _mm256_loadu_si256(column.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store(vector: __m256i, column: &mut [u32; 8]) {
        // SAFETY: the array is as large as the vector, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(column.as_mut_ptr().cast(), vector) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load_all(columns: &[[u32; 8]; 8]) -> [__m256i; 8] {
        let mut vectors = [_mm256_setzero_si256(); 8];
        for (vector, column) in vectors.iter_mut().zip(columns) {
            *vector = load(column);
        }
        vectors
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn swap_all<const COUNT: usize>(mut vectors: [__m256i; COUNT]) -> [__m256i; COUNT] {
        let swap = swap();
        for vector in &mut vectors {
            *vector = _mm256_shuffle_epi8(*vector, swap);
        }
        vectors
    }

    /// # Safety
    ///
    /// `blocks` blocks must be readable at each pointer.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn compress(
        states: &mut Columns<u32, 8>,
        mut lanes: [*const [u8; 64]; 8],
        blocks: usize,
        ahead: [*const [u8; 64]; 8],
    ) {
        let mut state = load_all(&states.0);
        for turn in 0..blocks {
            if turn + AHEAD < blocks {
                lanes.iter().for_each(|lane| fetch(*lane, AHEAD));
            } else {
                let far = turn.saturating_sub(blocks.saturating_sub(AHEAD));
                ahead.iter().for_each(|lane| fetch(*lane, far));
            }
            // SAFETY: the caller has `blocks` blocks at each pointer, and this is one of as many turns.
            let words = unsafe { words(&lanes) };
            for lane in &mut lanes {
                *lane = lane.wrapping_add(1);
            }
            let worked = rounds!(state, words, K256);
            for (state, worked) in state.iter_mut().zip(worked) {
                *state = add(*state, worked);
            }
        }
        for (column, state) in states.0.iter_mut().zip(state) {
            store(state, column);
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn compress_shared(states: &mut Columns<u32, 8>, schedule: &[u32; 64]) {
        let state = load_all(&states.0);
        let worked = constant_rounds!(state, schedule);
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
    #[target_feature(enable = "avx2")]
    unsafe fn words(lanes: &[*const [u8; 64]; 8]) -> [__m256i; 16] {
        let (mut first, mut second) = ([_mm256_setzero_si256(); 8], [_mm256_setzero_si256(); 8]);
        for ((first, second), lane) in first.iter_mut().zip(&mut second).zip(lanes) {
            let lane: *const __m256i = lane.cast();
            // SAFETY: a block is as large as two vectors; the caller has one at each pointer, and loads need no alignment.
            (*first, *second) = unsafe { (_mm256_loadu_si256(lane), _mm256_loadu_si256(lane.wrapping_add(1))) };
        }
        let [w0, w1, w2, w3, w4, w5, w6, w7] = transpose(swap_all(first));
        let [w8, w9, w10, w11, w12, w13, w14, w15] = transpose(swap_all(second));
        [w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15]
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn transpose(rows: [__m256i; 8]) -> [__m256i; 8] {
        let [a, b, c, d, e, f, g, h] = rows;
        let (first, second) = (words_in_halves(a, b, c, d), words_in_halves(e, f, g, h));
        [
            _mm256_permute2x128_si256::<0x20>(first[0], second[0]),
            _mm256_permute2x128_si256::<0x20>(first[1], second[1]),
            _mm256_permute2x128_si256::<0x20>(first[2], second[2]),
            _mm256_permute2x128_si256::<0x20>(first[3], second[3]),
            _mm256_permute2x128_si256::<0x31>(first[0], second[0]),
            _mm256_permute2x128_si256::<0x31>(first[1], second[1]),
            _mm256_permute2x128_si256::<0x31>(first[2], second[2]),
            _mm256_permute2x128_si256::<0x31>(first[3], second[3]),
        ]
    }

    /// Transposes 32-bit words of four rows within each half.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn words_in_halves(a: __m256i, b: __m256i, c: __m256i, d: __m256i) -> [__m256i; 4] {
        let (ab0, ab1) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
        let (cd0, cd1) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
        [
            _mm256_unpacklo_epi64(ab0, cd0),
            _mm256_unpackhi_epi64(ab0, cd0),
            _mm256_unpacklo_epi64(ab1, cd1),
            _mm256_unpackhi_epi64(ab1, cd1),
        ]
    }

    /// Reverses the octets of each word.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn swap() -> __m256i {
        _mm256_broadcastsi128_si256(_mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203))
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn digests(states: &Columns<u32, 8>, place: &mut [[u32; 8]; 8]) {
        let rows = transpose(swap_all(load_all(&states.0)));
        for (row, digest) in rows.into_iter().zip(place) {
            store(row, digest);
        }
    }
}

mod words64 {
    use std::arch::x86_64::*;

    use super::super::K512;
    use super::super::ahead::{AHEAD, fetch};
    use super::super::rounds::{Columns, constant_rounds, next, round, rounds};

    #[inline]
    #[target_feature(enable = "avx2")]
    fn splat(word: u64) -> __m256i {
        _mm256_set1_epi64x(word.cast_signed())
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn add(a: __m256i, b: __m256i) -> __m256i {
        _mm256_add_epi64(a, b)
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn xor3(a: __m256i, b: __m256i, c: __m256i) -> __m256i {
        _mm256_xor_si256(_mm256_xor_si256(a, b), c)
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn ch(e: __m256i, f: __m256i, g: __m256i) -> __m256i {
        _mm256_xor_si256(g, _mm256_and_si256(e, _mm256_xor_si256(f, g)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn maj(a: __m256i, b: __m256i, c: __m256i) -> __m256i {
        _mm256_xor_si256(a, _mm256_and_si256(_mm256_xor_si256(a, b), _mm256_xor_si256(a, c)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn rotate<const RIGHT: i32, const LEFT: i32>(x: __m256i) -> __m256i {
        _mm256_or_si256(_mm256_srli_epi64::<RIGHT>(x), _mm256_slli_epi64::<LEFT>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn upper0(x: __m256i) -> __m256i {
        xor3(rotate::<28, 36>(x), rotate::<34, 30>(x), rotate::<39, 25>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn upper1(x: __m256i) -> __m256i {
        xor3(rotate::<14, 50>(x), rotate::<18, 46>(x), rotate::<41, 23>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn lower0(x: __m256i) -> __m256i {
        xor3(rotate::<1, 63>(x), rotate::<8, 56>(x), _mm256_srli_epi64::<7>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn lower1(x: __m256i) -> __m256i {
        xor3(rotate::<19, 45>(x), rotate::<61, 3>(x), _mm256_srli_epi64::<6>(x))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(column: &[u64; 4]) -> __m256i {
        // SAFETY: the array is as large as the vector, and the load needs no alignment.
        unsafe { _mm256_loadu_si256(column.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store(vector: __m256i, column: &mut [u64; 4]) {
        // SAFETY: the array is as large as the vector, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(column.as_mut_ptr().cast(), vector) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load_all(columns: &[[u64; 4]; 8]) -> [__m256i; 8] {
        let mut vectors = [_mm256_setzero_si256(); 8];
        for (vector, column) in vectors.iter_mut().zip(columns) {
            *vector = load(column);
        }
        vectors
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn swap_all<const COUNT: usize>(mut vectors: [__m256i; COUNT]) -> [__m256i; COUNT] {
        let swap = swap();
        for vector in &mut vectors {
            *vector = _mm256_shuffle_epi8(*vector, swap);
        }
        vectors
    }

    /// # Safety
    ///
    /// `blocks` blocks must be readable at each pointer.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn compress(
        states: &mut Columns<u64, 4>,
        mut lanes: [*const [u8; 128]; 4],
        blocks: usize,
        ahead: [*const [u8; 128]; 4],
    ) {
        let mut state = load_all(&states.0);
        for turn in 0..blocks {
            if turn + AHEAD < blocks {
                lanes.iter().for_each(|lane| fetch(*lane, AHEAD));
            } else {
                let far = turn.saturating_sub(blocks.saturating_sub(AHEAD));
                ahead.iter().for_each(|lane| fetch(*lane, far));
            }
            // SAFETY: the caller has `blocks` blocks at each pointer, and this is one of as many turns.
            let words = unsafe { words(&lanes) };
            for lane in &mut lanes {
                *lane = lane.wrapping_add(1);
            }
            let worked = rounds!(state, words, K512);
            for (state, worked) in state.iter_mut().zip(worked) {
                *state = add(*state, worked);
            }
        }
        for (column, state) in states.0.iter_mut().zip(state) {
            store(state, column);
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn compress_shared(states: &mut Columns<u64, 4>, schedule: &[u64; 80]) {
        let state = load_all(&states.0);
        let worked = constant_rounds!(state, schedule);
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
    #[target_feature(enable = "avx2")]
    unsafe fn words(lanes: &[*const [u8; 128]; 4]) -> [__m256i; 16] {
        let mut words = [_mm256_setzero_si256(); 16];
        for (at, words) in words.as_chunks_mut().0.iter_mut().enumerate() {
            let mut rows = [_mm256_setzero_si256(); 4];
            for (row, lane) in rows.iter_mut().zip(lanes) {
                let lane: *const __m256i = lane.cast();
                // SAFETY: a block is as large as four vectors, and `at` is less; the caller has a block at each pointer, and
                // the load needs no alignment.
                *row = unsafe { _mm256_loadu_si256(lane.wrapping_add(at)) };
            }
            *words = transpose(swap_all(rows));
        }
        words
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn transpose(rows: [__m256i; 4]) -> [__m256i; 4] {
        let [a, b, c, d] = rows;
        let (ab0, ab1) = (_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
        let (cd0, cd1) = (_mm256_unpacklo_epi64(c, d), _mm256_unpackhi_epi64(c, d));
        [
            _mm256_permute2x128_si256::<0x20>(ab0, cd0),
            _mm256_permute2x128_si256::<0x20>(ab1, cd1),
            _mm256_permute2x128_si256::<0x31>(ab0, cd0),
            _mm256_permute2x128_si256::<0x31>(ab1, cd1),
        ]
    }

    /// Reverses the octets of each word.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn swap() -> __m256i {
        _mm256_broadcastsi128_si256(_mm_set_epi64x(0x0809_0a0b_0c0d_0e0f, 0x0001_0203_0405_0607))
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn digests(states: &Columns<u64, 4>, place: &mut [[u64; 8]; 4]) {
        let [a, b, c, d, e, f, g, h] = swap_all(load_all(&states.0));
        let (first, second) = (transpose([a, b, c, d]), transpose([e, f, g, h]));
        for ((first, second), digest) in first.into_iter().zip(second).zip(place) {
            if let [low, high] = digest.as_chunks_mut::<4>().0 {
                store(first, low);
                store(second, high);
            }
        }
    }
}
