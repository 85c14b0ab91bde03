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

    #[inline]
    fn start(self, state: &[u32; 8]) -> Self::States {
        [*state; 2]
    }

    #[inline]
    fn set(self, states: &mut Self::States, lane: usize, state: &[u32; 8]) {
        if let Some(place) = states.get_mut(lane) {
            *place = *state;
        }
    }

    #[inline]
    fn get(self, states: &Self::States, lane: usize) -> [u32; 8] {
        states.get(lane).copied().unwrap_or_default()
    }

    #[inline]
    fn compress(self, states: &mut Self::States, [first, second]: &[&[[u8; 64]]; 2], _: &[&[u8]; 2]) -> usize {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { compress(states, [[first, second]]) };
        first.len().min(second.len())
    }

    #[inline]
    fn finish(
        self,
        states: &mut Self::States,
        [first, second]: &[&[[u8; 64]]; 2],
        tails: &[&[[u8; 64]]; 2],
        _: &[&[u8]; 2],
    ) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { compress(states, [[first, second], *tails]) };
    }

    #[inline]
    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u32, 64>) {
        // SAFETY: `self` exists, so `detect` has found the instructions.
        unsafe { compress_shared(states, &shared.schedule) };
    }

    #[inline]
    fn digests(self, states: &Self::States, place: &mut [[u32; 8]; 2]) {
        *place = states.map(|state| state.map(Word::<64>::to_be));
    }
}

/// SHA-256 in one lane.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Single(());

impl Kernel<u32, 1, 64> for Single {
    type States = [u32; 8];

    #[inline]
    fn start(self, state: &[u32; 8]) -> Self::States {
        *state
    }

    #[inline]
    fn set(self, states: &mut Self::States, _: usize, state: &[u32; 8]) {
        *states = *state;
    }

    #[inline]
    fn get(self, states: &Self::States, _: usize) -> [u32; 8] {
        *states
    }

    #[inline]
    fn compress(self, states: &mut Self::States, [blocks]: &[&[[u8; 64]]; 1], _: &[&[u8]; 1]) -> usize {
        // SAFETY: `self` exists, so there was a `Sha256`, whose `detect` has found the instructions.
        unsafe { compress_single(states, blocks, &[]) };
        blocks.len()
    }

    #[inline]
    fn finish(self, states: &mut Self::States, [blocks]: &[&[[u8; 64]]; 1], [tail]: &[&[[u8; 64]]; 1], _: &[&[u8]; 1]) {
        // SAFETY: `self` exists, so there was a `Sha256`, whose `detect` has found the instructions.
        unsafe { compress_single(states, blocks, tail) };
    }

    #[inline]
    fn compress_shared(self, states: &mut Self::States, shared: &Shared<u32, 64>) {
        self.compress(states, &[&[shared.block]], &[&[]]);
    }

    #[inline]
    fn digests(self, states: &Self::States, place: &mut [[u32; 8]; 1]) {
        *place = [states.map(Word::<64>::to_be)];
    }
}

/// A chaining value as the instructions want it: words a, b, e, f and words c, d, g, h.
type Halves = (__m128i, __m128i);

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress<const PARTS: usize>(states: &mut [[u32; 8]; 2], parts: [[&[[u8; 64]]; 2]; PARTS]) {
    let [one, two] = &*states;
    let (mut one, mut two) = (halves(one), halves(two));
    for [first, second] in parts {
        (one, two) = pair_blocks(one, two, first, second);
    }
    *states = [words_of(one), words_of(two)];
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn pair_blocks(mut one: Halves, mut two: Halves, first: &[[u8; 64]], second: &[[u8; 64]]) -> (Halves, Halves) {
    let (k, _) = K256.as_chunks::<4>();
    let Some(k) = k.first_chunk::<16>() else { return (one, two) };
    macro_rules! four {
        ($w:ident $x:ident, $k:expr) => {
            let k = load(&$k);
            four_rounds(&mut one, &mut two, _mm_add_epi32($w, k), _mm_add_epi32($x, k));
        };
    }
    macro_rules! sixteen {
        ($w0:ident $w1:ident $w2:ident $w3:ident, $x0:ident $x1:ident $x2:ident $x3:ident, $k:literal) => {
            ($w0, $x0) = (next($w0, $w1, $w2, $w3), next($x0, $x1, $x2, $x3));
            four!($w0 $x0, k[$k]);
            ($w1, $x1) = (next($w1, $w2, $w3, $w0), next($x1, $x2, $x3, $x0));
            four!($w1 $x1, k[$k + 1]);
            ($w2, $x2) = (next($w2, $w3, $w0, $w1), next($x2, $x3, $x0, $x1));
            four!($w2 $x2, k[$k + 2]);
            ($w3, $x3) = (next($w3, $w0, $w1, $w2), next($x3, $x0, $x1, $x2));
            four!($w3 $x3, k[$k + 3]);
        };
    }
    for (first, second) in first.iter().zip(second) {
        let (saved_one, saved_two) = (one, two);
        let [mut w0, mut w1, mut w2, mut w3] = words(first);
        let [mut x0, mut x1, mut x2, mut x3] = words(second);
        four!(w0 x0, k[0]);
        four!(w1 x1, k[1]);
        four!(w2 x2, k[2]);
        four!(w3 x3, k[3]);
        sixteen!(w0 w1 w2 w3, x0 x1 x2 x3, 4);
        sixteen!(w0 w1 w2 w3, x0 x1 x2 x3, 8);
        sixteen!(w0 w1 w2 w3, x0 x1 x2 x3, 12);
        (one, two) = (add(one, saved_one), add(two, saved_two));
    }
    (one, two)
}

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress_single(state: &mut [u32; 8], blocks: &[[u8; 64]], tail: &[[u8; 64]]) {
    *state = words_of(single_blocks(single_blocks(halves(state), blocks), tail));
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn single_blocks((mut abef, mut cdgh): Halves, blocks: &[[u8; 64]]) -> Halves {
    let (k, _) = K256.as_chunks::<4>();
    let Some(k) = k.first_chunk::<16>() else { return (abef, cdgh) };
    macro_rules! four {
        ($w:expr, $k:expr) => {
            let wk = _mm_add_epi32($w, load(&$k));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32::<0x0e>(wk));
        };
    }
    macro_rules! sixteen {
        ($w0:ident $w1:ident $w2:ident $w3:ident, $k:literal) => {
            $w0 = next($w0, $w1, $w2, $w3);
            four!($w0, k[$k]);
            $w1 = next($w1, $w2, $w3, $w0);
            four!($w1, k[$k + 1]);
            $w2 = next($w2, $w3, $w0, $w1);
            four!($w2, k[$k + 2]);
            $w3 = next($w3, $w0, $w1, $w2);
            four!($w3, k[$k + 3]);
        };
    }
    for block in blocks {
        let saved = (abef, cdgh);
        let [mut w0, mut w1, mut w2, mut w3] = words(block);
        four!(w0, k[0]);
        four!(w1, k[1]);
        four!(w2, k[2]);
        four!(w3, k[3]);
        sixteen!(w0 w1 w2 w3, 4);
        sixteen!(w0 w1 w2 w3, 8);
        sixteen!(w0 w1 w2 w3, 12);
        (abef, cdgh) = add((abef, cdgh), saved);
    }
    (abef, cdgh)
}

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress_shared(states: &mut [[u32; 8]; 2], schedule: &[u32; 64]) {
    let [one, two] = &*states;
    let (mut one, mut two) = (halves(one), halves(two));
    let (saved_one, saved_two) = (one, two);
    let (fours, _) = schedule.as_chunks::<4>();
    for wk in fours {
        let wk = load(wk);
        four_rounds(&mut one, &mut two, wk, wk);
    }
    *states = [words_of(add(one, saved_one)), words_of(add(two, saved_two))];
}

/// Twice two rounds of both streams: the halves change places and are back.
#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn four_rounds(one: &mut Halves, two: &mut Halves, wk: __m128i, xk: __m128i) {
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
    let [dcba, hgfe] = match state.as_chunks::<4>().0 {
        [low, high] => [load(low), load(high)],
        _ => [_mm_setzero_si128(); 2],
    };
    let cdab = _mm_shuffle_epi32::<0xb1>(dcba);
    let efgh = _mm_shuffle_epi32::<0x1b>(hgfe);
    (_mm_alignr_epi8::<8>(cdab, efgh), _mm_blend_epi16::<0xf0>(efgh, cdab))
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
