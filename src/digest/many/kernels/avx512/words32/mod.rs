//! SHA-256: 16 lanes of 32 bits.

mod nodes;

pub(super) use nodes::{prefixed, sorted};

use std::arch::x86_64::*;

use super::super::K256;
use super::super::ahead::{AHEAD, fetch};
use super::super::rounds::{Columns, constant_rounds, next, round, rounds};
use super::quarters;

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
        let worked = rounds!(state, words, K256);
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
pub(super) fn digests(states: &Columns<u32, 16>, place: &mut [[u32; 8]; 16]) {
    for (digest, vector) in place.iter_mut().zip(lane_by_lane(load_all(&states.0))) {
        // SAFETY: the array is as large as the vector, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(digest.as_mut_ptr().cast(), vector) }
    }
}

/// The chaining value of each lane in a vector of its own, big-endian.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn lane_by_lane(state: [__m512i; 8]) -> [__m256i; 16] {
    let [a, b, c, d, e, f, g, h] = swap_all(state);
    let (first, second) = (words_in_quarters(a, b, c, d), words_in_quarters(e, f, g, h));
    // The halves of two digests of four words each, side by side.
    let low = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    let high = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    let mut lanes = [_mm256_setzero_si256(); 16];
    if let [lanes0, lanes1, lanes2, lanes3] = lanes.as_chunks_mut::<4>().0 {
        for (((((first, second), at0), at1), at2), at3) in
            first.into_iter().zip(second).zip(lanes0).zip(lanes1).zip(lanes2).zip(lanes3)
        {
            let pair = _mm512_permutex2var_epi64(first, low, second);
            (*at0, *at1) = (_mm512_castsi512_si256(pair), _mm512_extracti64x4_epi64::<1>(pair));
            let pair = _mm512_permutex2var_epi64(first, high, second);
            (*at2, *at3) = (_mm512_castsi512_si256(pair), _mm512_extracti64x4_epi64::<1>(pair));
        }
    }
    lanes
}
