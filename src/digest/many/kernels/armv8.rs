//! The SHA2 extension of Armv8: two streams of SHA-256, interleaved.

use std::arch::aarch64::*;
use std::arch::is_aarch64_feature_detected;

use super::{K256, Kernel, Shared, Word};

/// SHA-256 in two lanes.
#[derive(Clone, Copy)]
pub(in crate::digest) struct Sha256(());

impl Sha256 {
    /// The kernel, where the processor has the SHA2 extension.
    pub(in crate::digest) fn detect() -> Option<Self> {
        (is_aarch64_feature_detected!("neon") && is_aarch64_feature_detected!("sha2")).then_some(Self(()))
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
        unsafe { compress(states, first, second) };
        first.len().min(second.len())
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

/// A chaining value as the instructions want it: words a to d and words e to h.
type Halves = (uint32x4_t, uint32x4_t);

#[target_feature(enable = "neon,sha2")]
fn compress(states: &mut [[u32; 8]; 2], first: &[[u8; 64]], second: &[[u8; 64]]) {
    let [one, two] = &*states;
    let (mut one, mut two) = (halves(one), halves(two));
    for (first, second) in first.iter().zip(second) {
        let (saved_one, saved_two) = (one, two);
        let (mut w, mut x) = (words(first), words(second));
        let (fours, _) = K256.as_chunks::<4>();
        for (at, k) in fours.iter().enumerate() {
            let k = load(k);
            four_rounds(&mut one, &mut two, vaddq_u32(w[0], k), vaddq_u32(x[0], k));
            // Twelve times four more words are needed after the first sixteen.
            let (next_w, next_x) = if at < 12 { (next(w), next(x)) } else { (w[0], x[0]) };
            w = [w[1], w[2], w[3], next_w];
            x = [x[1], x[2], x[3], next_x];
        }
        one = add(one, saved_one);
        two = add(two, saved_two);
    }
    *states = [words_of(one), words_of(two)];
}

#[target_feature(enable = "neon,sha2")]
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

#[inline]
#[target_feature(enable = "neon,sha2")]
fn four_rounds(one: &mut Halves, two: &mut Halves, wk: uint32x4_t, xk: uint32x4_t) {
    let (abcd_one, abcd_two) = (one.0, two.0);
    one.0 = vsha256hq_u32(one.0, one.1, wk);
    two.0 = vsha256hq_u32(two.0, two.1, xk);
    one.1 = vsha256h2q_u32(one.1, abcd_one, wk);
    two.1 = vsha256h2q_u32(two.1, abcd_two, xk);
}

/// The next four words of the schedule, from the last sixteen.
#[inline]
#[target_feature(enable = "neon,sha2")]
fn next([w0, w1, w2, w3]: [uint32x4_t; 4]) -> uint32x4_t {
    vsha256su1q_u32(vsha256su0q_u32(w0, w1), w2, w3)
}

#[inline]
#[target_feature(enable = "neon,sha2")]
fn add(a: Halves, b: Halves) -> Halves {
    (vaddq_u32(a.0, b.0), vaddq_u32(a.1, b.1))
}

#[inline]
#[target_feature(enable = "neon,sha2")]
fn words(block: &[u8; 64]) -> [uint32x4_t; 4] {
    let (quarters, _) = block.as_chunks::<16>();
    let mut words = [vdupq_n_u32(0); 4];
    for (words, quarter) in words.iter_mut().zip(quarters) {
        // SAFETY: the array is as large as the vector, and the load needs no alignment.
        let octets = unsafe { vld1q_u8(quarter.as_ptr()) };
        *words = vreinterpretq_u32_u8(vrev32q_u8(octets));
    }
    words
}

#[inline]
#[target_feature(enable = "neon,sha2")]
fn halves(state: &[u32; 8]) -> Halves {
    let [a, b, c, d, e, f, g, h] = *state;
    (load(&[a, b, c, d]), load(&[e, f, g, h]))
}

#[inline]
#[target_feature(enable = "neon,sha2")]
fn words_of((abcd, efgh): Halves) -> [u32; 8] {
    let mut state = [0; 8];
    if let [low, high] = state.as_chunks_mut::<4>().0 {
        store(abcd, low);
        store(efgh, high);
    }
    state
}

#[inline]
#[target_feature(enable = "neon,sha2")]
fn load(words: &[u32; 4]) -> uint32x4_t {
    // SAFETY: the array is as large as the vector, and the load needs no alignment.
    unsafe { vld1q_u32(words.as_ptr()) }
}

#[inline]
#[target_feature(enable = "neon,sha2")]
fn store(vector: uint32x4_t, words: &mut [u32; 4]) {
    // SAFETY: the array is as large as the vector, and the store needs no alignment.
    unsafe { vst1q_u32(words.as_mut_ptr(), vector) }
}
