//! The SHA extensions of x86-64: SHA-256 in two streams, interleaved, or in one.
//!
//! `sha256rnds2` waits for the one before it longer than the processor needs to start another: the second stream fills the wait.

use std::arch::x86_64::*;

use super::{K256, Kernel, Shared, Word};

/// SHA-256 in two lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha256(());

impl Sha256 {
    /// The kernel, where the processor has the SHA extensions.
    pub(in crate::digest) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("sha") && is_x86_feature_detected!("sse4.1") && is_x86_feature_detected!("ssse3"))
            .then_some(Self(()))
    }

    /// The kernel for one stream: it needs the same instructions.
    pub(in crate::digest) fn single(self) -> Single {
        Single(())
    }
}

impl Kernel<u32, 2, 64> for Sha256 {
    type States = [[u32; 8]; 2];

    fn start(self, state: &[u32; 8]) -> Self::States {
        [*state; 2]
    }

    fn set(self, states: &mut Self::States, lane: usize, state: &[u32; 8]) {
        if let Some(place) = states.get_mut(lane) {
            *place = *state;
        }
    }

    fn get(self, states: &Self::States, lane: usize) -> [u32; 8] {
        states.get(lane).copied().unwrap_or_default()
    }

    fn compress(self, states: &mut Self::States, [first, second]: &[&[[u8; 64]]; 2], _: &[&[u8]; 2]) -> usize {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { compress(states, first, second) };
        first.len().min(second.len())
    }

    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u32, 64>) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { compress_shared(states, &shared.schedule) };
    }

    fn digests(self, states: &Self::States) -> [[u32; 8]; 2] {
        states.map(|state| state.map(Word::<64>::to_be))
    }
}

/// SHA-256 in one lane.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Single(());

impl Kernel<u32, 1, 64> for Single {
    type States = [u32; 8];

    fn start(self, state: &[u32; 8]) -> Self::States {
        *state
    }

    fn set(self, states: &mut Self::States, _: usize, state: &[u32; 8]) {
        *states = *state;
    }

    fn get(self, states: &Self::States, _: usize) -> [u32; 8] {
        *states
    }

    fn compress(self, states: &mut Self::States, [blocks]: &[&[[u8; 64]]; 1], _: &[&[u8]; 1]) -> usize {
        // SAFETY: `self` exists, so there was a `Sha256`, whose `detect` has found the instructions.
        unsafe { compress_single(states, blocks, &[]) };
        blocks.len()
    }

    fn finish(self, states: &mut Self::States, [blocks]: &[&[[u8; 64]]; 1], [tail]: &[&[[u8; 64]]; 1]) {
        // SAFETY: `self` exists, so there was a `Sha256`, whose `detect` has found the instructions.
        unsafe { compress_single(states, blocks, tail) };
    }

    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u32, 64>) {
        self.compress(states, &[&[shared.block]], &[&[]]);
    }

    fn digests(self, states: &Self::States) -> [[u32; 8]; 1] {
        [states.map(Word::<64>::to_be)]
    }
}

/// A chaining value as the instructions want it: words a, b, e, f and words c, d, g, h.
type Halves = (__m128i, __m128i);

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress(states: &mut [[u32; 8]; 2], first: &[[u8; 64]], second: &[[u8; 64]]) {
    let [mut one, mut two] = states.map(|state| halves(&state));
    for (first, second) in first.iter().zip(second) {
        let (saved_one, saved_two) = (one, two);
        let (mut w, mut x) = (words(first), words(second));
        let (sixteens, _) = K256.as_chunks::<16>();
        for (at, k) in sixteens.iter().enumerate() {
            let (fours, _) = k.as_chunks::<4>();
            if let [k0, k1, k2, k3] = fours {
                if at > 0 {
                    w[0] = next(w[0], w[1], w[2], w[3]);
                    x[0] = next(x[0], x[1], x[2], x[3]);
                }
                four_rounds(&mut one, &mut two, w[0], x[0], k0);
                if at > 0 {
                    w[1] = next(w[1], w[2], w[3], w[0]);
                    x[1] = next(x[1], x[2], x[3], x[0]);
                }
                four_rounds(&mut one, &mut two, w[1], x[1], k1);
                if at > 0 {
                    w[2] = next(w[2], w[3], w[0], w[1]);
                    x[2] = next(x[2], x[3], x[0], x[1]);
                }
                four_rounds(&mut one, &mut two, w[2], x[2], k2);
                if at > 0 {
                    w[3] = next(w[3], w[0], w[1], w[2]);
                    x[3] = next(x[3], x[0], x[1], x[2]);
                }
                four_rounds(&mut one, &mut two, w[3], x[3], k3);
            }
        }
        one = add(one, saved_one);
        two = add(two, saved_two);
    }
    *states = [words_of(one), words_of(two)];
}

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress_single(state: &mut [u32; 8], blocks: &[[u8; 64]], tail: &[[u8; 64]]) {
    let mut one = halves(state);
    for block in blocks.iter().chain(tail) {
        let saved = one;
        let mut w = words(block);
        let (fours, _) = K256.as_chunks::<4>();
        for k in fours.iter().take(12) {
            single_rounds(&mut one, w[0], k);
            w = [w[1], w[2], w[3], next(w[0], w[1], w[2], w[3])];
        }
        for (w, k) in w.into_iter().zip(fours.iter().skip(12)) {
            single_rounds(&mut one, w, k);
        }
        one = add(one, saved);
    }
    *state = words_of(one);
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn single_rounds(one: &mut Halves, w: __m128i, k: &[u32; 4]) {
    let wk = _mm_add_epi32(w, load(k));
    one.1 = _mm_sha256rnds2_epu32(one.1, one.0, wk);
    one.0 = _mm_sha256rnds2_epu32(one.0, one.1, _mm_shuffle_epi32::<0x0e>(wk));
}

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress_shared(states: &mut [[u32; 8]; 2], schedule: &[u32; 64]) {
    let [mut one, mut two] = states.map(|state| halves(&state));
    let (saved_one, saved_two) = (one, two);
    let (fours, _) = schedule.as_chunks::<4>();
    for wk in fours {
        let wk = load(wk);
        two_rounds(&mut one, &mut two, wk, wk);
    }
    *states = [words_of(add(one, saved_one)), words_of(add(two, saved_two))];
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn four_rounds(one: &mut Halves, two: &mut Halves, w: __m128i, x: __m128i, k: &[u32; 4]) {
    let k = load(k);
    two_rounds(one, two, _mm_add_epi32(w, k), _mm_add_epi32(x, k));
}

/// Twice two rounds of both streams: the halves change places and are back.
#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn two_rounds(one: &mut Halves, two: &mut Halves, wk: __m128i, xk: __m128i) {
    one.1 = _mm_sha256rnds2_epu32(one.1, one.0, wk);
    two.1 = _mm_sha256rnds2_epu32(two.1, two.0, xk);
    one.0 = _mm_sha256rnds2_epu32(one.0, one.1, _mm_shuffle_epi32::<0x0e>(wk));
    two.0 = _mm_sha256rnds2_epu32(two.0, two.1, _mm_shuffle_epi32::<0x0e>(xk));
}

/// The next four words of the schedule, from the last sixteen.
#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn next(w0: __m128i, w1: __m128i, w2: __m128i, w3: __m128i) -> __m128i {
    let sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8::<4>(w3, w2));
    _mm_sha256msg2_epu32(sum, w3)
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn add(a: Halves, b: Halves) -> Halves {
    (_mm_add_epi32(a.0, b.0), _mm_add_epi32(a.1, b.1))
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn words(block: &[u8; 64]) -> [__m128i; 4] {
    let swap = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    let (quarters, _) = block.as_chunks::<16>();
    let mut words = [_mm_setzero_si128(); 4];
    for (words, quarter) in words.iter_mut().zip(quarters) {
        // SAFETY: the array is as large as the vector, and the load needs no alignment.
        *words = _mm_shuffle_epi8(unsafe { _mm_loadu_si128(quarter.as_ptr().cast()) }, swap);
    }
    words
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn halves(state: &[u32; 8]) -> Halves {
    let [a, b, c, d, e, f, g, h] = state.map(u32::cast_signed);
    (_mm_set_epi32(a, b, e, f), _mm_set_epi32(c, d, g, h))
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn words_of((abef, cdgh): Halves) -> [u32; 8] {
    let feba = _mm_shuffle_epi32::<0x1b>(abef);
    let dchg = _mm_shuffle_epi32::<0xb1>(cdgh);
    let mut state = [0; 8];
    if let [low, high] = state.as_chunks_mut::<4>().0 {
        store(_mm_blend_epi16::<0xf0>(feba, dchg), low);
        store(_mm_alignr_epi8::<8>(dchg, feba), high);
    }
    state
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn load(words: &[u32; 4]) -> __m128i {
    // SAFETY: the array is as large as the vector, and the load needs no alignment.
    unsafe { _mm_loadu_si128(words.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn store(vector: __m128i, words: &mut [u32; 4]) {
    // SAFETY: the array is as large as the vector, and the store needs no alignment.
    unsafe { _mm_storeu_si128(words.as_mut_ptr().cast(), vector) }
}
