//! SHA-384 and SHA-512: 8 lanes of 64 bits.

use std::arch::x86_64::*;

use super::super::K512;
use super::super::ahead::{AHEAD, fetch};
use super::super::rounds::{Columns, constant_rounds, next, round, rounds};
use super::quarters;

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

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn compress_shared(states: &mut Columns<u64, 8>, schedule: &[u64; 80]) {
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
pub(super) fn digests(states: &Columns<u64, 8>, place: &mut [[u64; 8]; 8]) {
    let rows = transpose(swap_all(load_all(&states.0)));
    for (row, digest) in rows.into_iter().zip(place) {
        store(row, digest);
    }
}
