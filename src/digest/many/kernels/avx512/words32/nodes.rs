//! Nodes of Merkle trees over SHA-256: what goes before the children or in which order they come is settled in registers.

use std::arch::x86_64::*;

use super::super::super::super::core::H256;
use super::super::super::rounds::{constant_rounds, next, round, rounds};
use super::{K256, add, ch, lane_by_lane, lower0, lower1, maj, splat, upper0, upper1, words};

/// RFC 9162, 2.1.1: `prefix || left || right`, 65 octets in two blocks.
#[target_feature(enable = "avx512f,avx512bw")]
pub(in super::super) fn prefixed(prefix: u8, pairs: &[[u8; 64]; 16], place: &mut [[u8; 32]; 16]) {
    let words = load(pairs);
    let mut before = splat(u32::from(prefix));
    let mut shifted = words;
    for (word, unshifted) in shifted.iter_mut().zip(words) {
        *word = _mm512_or_si512(_mm512_slli_epi32::<24>(before), _mm512_srli_epi32::<8>(unshifted));
        before = unshifted;
    }
    let state = add_all(rounds!(initial(), shifted, K256), initial());
    // The last octet, the mark of the padding, and 520 bits.
    let mut last = [_mm512_setzero_si512(); 16];
    last[0] = _mm512_or_si512(_mm512_slli_epi32::<24>(before), splat(0x0080_0000));
    last[15] = splat(520);
    store(add_all(rounds!(state, last, K256), state), place);
}

/// RFC 4998, 4.2: the two digests in binary ascending order, 64 octets; the schedule of the padding is the same for all.
#[target_feature(enable = "avx512f,avx512bw")]
pub(in super::super) fn sorted(padding: &[u32; 64], pairs: &[[u8; 64]; 16], place: &mut [[u8; 32]; 16]) {
    let words = load(pairs);
    let (mut less, mut equal) = (0, !0);
    let [l0, l1, l2, l3, l4, l5, l6, l7, r0, r1, r2, r3, r4, r5, r6, r7] = words;
    for (left, right) in [(l0, r0), (l1, r1), (l2, r2), (l3, r3), (l4, r4), (l5, r5), (l6, r6), (l7, r7)] {
        less |= _mm512_mask_cmplt_epu32_mask(equal, right, left);
        equal = _mm512_mask_cmpeq_epi32_mask(equal, right, left);
    }
    let first = |left, right| _mm512_mask_blend_epi32(less, left, right);
    let second = |left, right| _mm512_mask_blend_epi32(less, right, left);
    let words = [
        first(l0, r0),
        first(l1, r1),
        first(l2, r2),
        first(l3, r3),
        first(l4, r4),
        first(l5, r5),
        first(l6, r6),
        first(l7, r7),
        second(l0, r0),
        second(l1, r1),
        second(l2, r2),
        second(l3, r3),
        second(l4, r4),
        second(l5, r5),
        second(l6, r6),
        second(l7, r7),
    ];
    let state = add_all(rounds!(initial(), words, K256), initial());
    store(add_all(constant_rounds!(state, padding), state), place);
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn initial() -> [__m512i; 8] {
    let mut state = [_mm512_setzero_si512(); 8];
    for (vector, word) in state.iter_mut().zip(H256) {
        *vector = splat(word);
    }
    state
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn load(pairs: &[[u8; 64]; 16]) -> [__m512i; 16] {
    // SAFETY: each pointer is that of one of the blocks.
    unsafe { words(&pairs.each_ref().map(std::ptr::from_ref)) }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn add_all(mut state: [__m512i; 8], other: [__m512i; 8]) -> [__m512i; 8] {
    for (vector, other) in state.iter_mut().zip(other) {
        *vector = add(*vector, other);
    }
    state
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn store(state: [__m512i; 8], place: &mut [[u8; 32]; 16]) {
    for (digest, vector) in place.iter_mut().zip(lane_by_lane(state)) {
        // SAFETY: the array is as large as the vector, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(digest.as_mut_ptr().cast(), vector) }
    }
}
