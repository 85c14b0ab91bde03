//! Nodes of Merkle trees over SHA-256: what goes before the children or in which order they come is settled in registers.

use std::arch::asm;
use std::arch::x86_64::*;

use super::super::super::super::core::H256;
use super::rounds::{Stage, constant_rounds, next, round, rounds, sixteens};
use super::{K256, add_all, put_lanes, splat};

/// RFC 9162, 2.1.1: `prefix || left || right`, 65 octets in two blocks.
#[expect(clippy::indexing_slicing, reason = "one of four in one of four fours, of sixteen")]
#[target_feature(enable = "avx512f,avx512bw")]
pub(in super::super) fn prefixed(prefix: u8, groups: &[[[u8; 64]; 16]], places: &mut [[[u8; 32]; 16]]) {
    let Some(mut group) = groups.first() else { return };
    let mut stage = Stage::new();
    macro_rules! stage {
        ($four:ident, $lane:literal) => {
            // SAFETY: the pointer is that of one of the blocks.
            unsafe { stage.put::<$lane, 1>($four, &raw const group[4 * $four + $lane], 0) };
        };
    }
    for four in 0..4 {
        stage!(four, 0);
        stage!(four, 1);
        stage!(four, 2);
        stage!(four, 3);
    }
    let before = splat(u32::from(prefix) << 24);
    let mut ahead = groups.iter().skip(1);
    for place in places.iter_mut().take(groups.len()) {
        // The last octet, the mark of the padding, and 520 bits.
        let last = _mm512_ternarylogic_epi32::<0xf8>(splat(0x0080_0000), last_words(group), splat(0xff00_0000));
        group = ahead.next().unwrap_or(group);
        let mut words = stage.words_after(shift());
        words[0] = _mm512_or_si512(words[0], before);
        let state = add_all(initial(), rounds!(initial(), words, stage));
        macro_rules! nothing {
            ($four:ident, $lane:literal) => {
                let _: usize = $four;
            };
        }
        let mut words = [_mm512_setzero_si512(); 16];
        (words[0], words[15]) = (last, splat(520));
        put_lanes(add_all(state, rounds!(state, words, nothing)), place);
    }
}

/// The last four octets of each pair, little-endian.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn last_words(pairs: &[[u8; 64]; 16]) -> __m512i {
    let lanes = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    let offsets = _mm512_add_epi32(_mm512_slli_epi32::<6>(lanes), splat(60));
    // SAFETY: each lane reads the four octets that end where one of the sixteen pairs ends.
    unsafe { _mm512_i32gather_epi32::<1>(offsets, pairs.as_ptr().cast()) }
}

/// As [`swap`](super::swap), for octets that are one place further on; in the first place there is nothing.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn shift() -> __m512i {
    _mm512_broadcast_i32x4(_mm_set_epi64x(0x0b0c_0d0e_8008_090a, 0x0304_0506_8000_0102u64.cast_signed()))
}

/// RFC 4998, 4.2: the two digests in binary ascending order, 64 octets; the schedule of the padding is the same for all.
#[expect(clippy::indexing_slicing, reason = "one of four in one of four fours, of sixteen")]
#[target_feature(enable = "avx512f,avx512bw")]
pub(in super::super) fn sorted(padding: &[u32; 64], groups: &[[[u8; 64]; 16]], places: &mut [[[u8; 32]; 16]]) {
    let Some(mut group) = groups.first() else { return };
    let mut stage = Stage::new();
    macro_rules! stage {
        ($four:ident, $lane:literal) => {
            // SAFETY: the pointer is that of one of the blocks.
            unsafe { stage.put::<$lane, 0>($four, &raw const group[4 * $four + $lane], 0) };
        };
    }
    for four in 0..4 {
        stage!(four, 0);
        stage!(four, 1);
        stage!(four, 2);
        stage!(four, 3);
    }
    let mut ahead = groups.iter().skip(1);
    for place in places.iter_mut().take(groups.len()) {
        let words = stage.words();
        let [l0, l1, l2, l3, l4, l5, l6, l7, r0, r1, r2, r3, r4, r5, r6, r7] = words;
        let mut less = _mm512_cmplt_epu32_mask(r0, l0);
        let mut equal = _mm512_cmpeq_epi32_mask(r0, l0);
        if equal != 0 {
            for (left, right) in [(l1, r1), (l2, r2), (l3, r3), (l4, r4), (l5, r5), (l6, r6), (l7, r7)] {
                less |= _mm512_mask_cmplt_epu32_mask(equal, right, left);
                equal = _mm512_mask_cmpeq_epi32_mask(equal, right, left);
            }
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
        group = ahead.next().unwrap_or(group);
        let state = add_all(initial(), rounds!(initial(), words, stage));
        put_lanes(add_all(state, constant_rounds!(state, padding)), place);
    }
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
