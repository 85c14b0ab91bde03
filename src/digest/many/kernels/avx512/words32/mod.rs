//! SHA-256: 16 lanes of 32 bits.

mod nodes;
mod rounds;

pub(super) use nodes::{prefixed, sorted};

use std::arch::asm;
use std::arch::x86_64::*;

use super::super::K256;
use super::super::ahead::{AHEAD, fetch};
use super::super::rounds::Columns;
use rounds::{Stage, constant_rounds, next, round, rounds, sixteens};

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
    lanes: &[*const [u8; 64]; 16],
    blocks: usize,
    ahead: &[*const [u8; 64]; 16],
) {
    // SAFETY: the caller has `blocks` blocks at each pointer.
    let state = unsafe { compressed(load_all(&states.0), lanes, blocks, ahead) };
    for (column, state) in states.0.iter_mut().zip(state) {
        store(state, column);
    }
}

/// Writes the digests over so many blocks of each lane and one that all lanes share.
///
/// # Safety
///
/// `blocks` blocks must be readable at each pointer.
#[target_feature(enable = "avx512f,avx512bw")]
pub(super) unsafe fn digests_with_shared(
    initial: &[u32; 8],
    lanes: &[*const [u8; 64]; 16],
    blocks: usize,
    schedule: &[u32; 64],
    ahead: &[*const [u8; 64]; 16],
    place: &mut [[u32; 8]; 16],
) {
    // SAFETY: the caller has `blocks` blocks at each pointer.
    let state = unsafe { compressed(initial.map(|word| splat(word)), lanes, blocks, ahead) };
    put_lanes(add_all(state, constant_rounds!(state, schedule)), place);
}

/// # Safety
///
/// `blocks` blocks must be readable at each pointer.
#[inline]
#[expect(clippy::indexing_slicing, reason = "one of four in one of four fours, of sixteen")]
#[target_feature(enable = "avx512f,avx512bw")]
unsafe fn compressed(
    mut state: [__m512i; 8],
    lanes: &[*const [u8; 64]; 16],
    blocks: usize,
    ahead: &[*const [u8; 64]; 16],
) -> [__m512i; 8] {
    if blocks == 0 {
        return state;
    }
    let (mut stage, mut from, mut soon, mut far) = (Stage::new(), 0, lanes, 0);
    macro_rules! stage {
        ($four:ident, $lane:literal) => {
            // SAFETY: the caller has `blocks` blocks at each pointer, and this is one of them.
            unsafe { stage.put::<$lane, 0>($four, lanes[4 * $four + $lane], from) };
            fetch(soon[4 * $four + $lane], far);
        };
    }
    for four in 0..4 {
        stage!(four, 0);
        stage!(four, 1);
        stage!(four, 2);
        stage!(four, 3);
    }
    for turn in 0..blocks {
        (soon, far) = match turn + AHEAD {
            far if far < blocks => (lanes, far),
            _ => (ahead, turn.saturating_sub(blocks.saturating_sub(AHEAD))),
        };
        // After the last block there is nothing to stage: it is staged once more.
        if turn + 1 < blocks {
            from += 64;
        }
        state = add_all(state, rounds!(state, stage.words(), stage));
    }
    state
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn compress_shared(states: &mut Columns<u32, 16>, schedule: &[u32; 64]) {
    let state = load_all(&states.0);
    let worked = constant_rounds!(state, schedule);
    for (column, sum) in states.0.iter_mut().zip(add_all(state, worked)) {
        store(sum, column);
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn add_all(mut state: [__m512i; 8], other: [__m512i; 8]) -> [__m512i; 8] {
    for (vector, other) in state.iter_mut().zip(other) {
        *vector = add(*vector, other);
    }
    state
}

/// Transposes 32-bit words of four rows within each quarter.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn words_in_quarters([a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
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
    put_lanes(load_all(&states.0), place);
}

/// What a vector of 256 bits may be stored to.
trait Place {}
impl Place for [u32; 8] {}
impl Place for [u8; 32] {}

/// Writes the chaining value of each lane, big-endian, to its place: eight words or 32 octets.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn put_lanes<T: Place>(state: [__m512i; 8], places: &mut [T; 16]) {
    let [a, b, c, d, e, f, g, h] = swap_all(state);
    let [a0, a1, a2, a3] = words_in_quarters([a, b, c, d]);
    let [e0, e1, e2, e3] = words_in_quarters([e, f, g, h]);
    // The halves of two digests of four words each, side by side.
    let low = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    let high = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    macro_rules! put {
        ($first:ident $second:ident, $order:ident, $at:literal $then:literal) => {
            let pair = _mm512_permutex2var_epi64($first, $order, $second);
            let (low, high) = (_mm512_castsi512_si256(pair), _mm512_extracti64x4_epi64::<1>(pair));
            // SAFETY: each place is as large as the vector, any octets are a value of it, and the store needs no alignment.
            unsafe {
                _mm256_storeu_si256((&raw mut places[$at]).cast(), low);
                _mm256_storeu_si256((&raw mut places[$then]).cast(), high);
            }
        };
    }
    put!(a0 e0, low, 0 4);
    put!(a1 e1, low, 1 5);
    put!(a2 e2, low, 2 6);
    put!(a3 e3, low, 3 7);
    put!(a0 e0, high, 8 12);
    put!(a1 e1, high, 9 13);
    put!(a2 e2, high, 10 14);
    put!(a3 e3, high, 11 15);
}
