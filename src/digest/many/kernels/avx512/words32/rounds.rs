//! The rounds of SHA-256 in 16 lanes, instruction by instruction.
//!
//! Two ports take instructions on 512 bits and one of them alone rotates: whether both are always busy depends on the order
//! of the instructions, which a compiler changes, and on what else goes through these ports. So the order is written down
//! here, the registers are the compiler's to choose, and what brings the next block into lanes goes on between the rounds
//! and through memory, by ports that are idle otherwise: see [`Stage`].

use std::arch::asm;
use std::arch::x86_64::*;

use super::swap;

/// One round with a constant, or the sum of a constant and a word that all lanes have, and maybe a word of each lane; the
/// working variables are named in the order that they have in it. The place of the constant is counted within sixteen.
macro_rules! round {
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $k:expr, $at:literal) => {
        round!($a $b $c $d $e $f $g $h, $k, $at, [], [])
    };
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $k:expr, $at:literal, $w:ident) => {
        round!($a $b $c $d $e $f $g $h, $k, $at, ["vpaddd {h}, {h}, {w}"], [w = in(zmm_reg) $w,])
    };
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $k:expr, $at:literal,
     [$($add:literal)?], [$($word:tt)*]) => {{
        let constants: &[u32; 16] = $k;
        // SAFETY: the function has AVX-512 F; one of the sixteen constants is read, and nothing is written but registers.
        unsafe {
            asm!(
                "vpaddd {h}, {h}, dword ptr [{k} + 4 * {at}]{{1to16}}",
                "vmovdqa64 {t}, {g}",
                "vpternlogd {t}, {e}, {f}, 0xb8",
                "vprord {x}, {e}, 6",
                "vprord {y}, {e}, 11",
                "vprord {z}, {e}, 25",
                $($add,)?
                "vpaddd {h}, {h}, {t}",
                "vpternlogd {x}, {y}, {z}, 0x96",
                "vpaddd {h}, {h}, {x}",
                "vpaddd {d}, {d}, {h}",
                "vmovdqa64 {t}, {c}",
                "vpternlogd {t}, {a}, {b}, 0xe8",
                "vprord {x}, {a}, 2",
                "vprord {y}, {a}, 13",
                "vprord {z}, {a}, 22",
                "vpaddd {h}, {h}, {t}",
                "vpternlogd {x}, {y}, {z}, 0x96",
                "vpaddd {h}, {h}, {x}",
                a = in(zmm_reg) $a, b = in(zmm_reg) $b, c = in(zmm_reg) $c, d = inout(zmm_reg) $d,
                e = in(zmm_reg) $e, f = in(zmm_reg) $f, g = in(zmm_reg) $g, h = inout(zmm_reg) $h,
                $($word)* k = in(reg) constants.as_ptr(), at = const $at,
                t = out(zmm_reg) _, x = out(zmm_reg) _, y = out(zmm_reg) _, z = out(zmm_reg) _,
                options(readonly, nostack, preserves_flags),
            );
        }
    }};
}

/// A word of the schedule, in the place of the one sixteen words before.
macro_rules! next {
    ($w0:ident, $w1:ident $w9:ident $w14:ident) => {
        // SAFETY: the function has AVX-512 F, and these read and write registers alone.
        unsafe {
            asm!(
                "vpaddd {w}, {w}, {w9}",
                "vprord {x}, {w1}, 7",
                "vprord {y}, {w1}, 18",
                "vpsrld {z}, {w1}, 3",
                "vpternlogd {x}, {y}, {z}, 0x96",
                "vpaddd {w}, {w}, {x}",
                "vprord {x}, {w14}, 17",
                "vprord {y}, {w14}, 19",
                "vpsrld {z}, {w14}, 10",
                "vpternlogd {x}, {y}, {z}, 0x96",
                "vpaddd {w}, {w}, {x}",
                w = inout(zmm_reg) $w0, w1 = in(zmm_reg) $w1, w9 = in(zmm_reg) $w9, w14 = in(zmm_reg) $w14,
                x = out(zmm_reg) _, y = out(zmm_reg) _, z = out(zmm_reg) _,
                options(readonly, nostack, preserves_flags),
            );
        }
    };
}

/// The working variables after 64 rounds over one block in each lane, not yet added to the state.
///
/// `$aside!(four, lane)` is done between the rounds, once for each of four lanes in each of four fours.
macro_rules! rounds {
    ($state:expr, $words:expr, $aside:ident) => {{
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = $state;
        let [
            mut w0,
            mut w1,
            mut w2,
            mut w3,
            mut w4,
            mut w5,
            mut w6,
            mut w7,
            mut w8,
            mut w9,
            mut w10,
            mut w11,
            mut w12,
            mut w13,
            mut w14,
            mut w15,
        ] = $words;
        // Each word of the schedule is computed in the place of one that was just used.
        macro_rules! sixteen {
                    ($four:expr, $k:expr, $next:ident) => {
                        let (four, k) = ($four, $k);
                        $aside!(four, 0);
                        step!(a b c d e f g h, k 0, w0, $next!(w0, w1 w9 w14));
                        step!(h a b c d e f g, k 1, w1, $next!(w1, w2 w10 w15));
                        step!(g h a b c d e f, k 2, w2, $next!(w2, w3 w11 w0));
                        step!(f g h a b c d e, k 3, w3, $next!(w3, w4 w12 w1));
                        $aside!(four, 1);
                        step!(e f g h a b c d, k 4, w4, $next!(w4, w5 w13 w2));
                        step!(d e f g h a b c, k 5, w5, $next!(w5, w6 w14 w3));
                        step!(c d e f g h a b, k 6, w6, $next!(w6, w7 w15 w4));
                        step!(b c d e f g h a, k 7, w7, $next!(w7, w8 w0 w5));
                        $aside!(four, 2);
                        step!(a b c d e f g h, k 8, w8, $next!(w8, w9 w1 w6));
                        step!(h a b c d e f g, k 9, w9, $next!(w9, w10 w2 w7));
                        step!(g h a b c d e f, k 10, w10, $next!(w10, w11 w3 w8));
                        step!(f g h a b c d e, k 11, w11, $next!(w11, w12 w4 w9));
                        $aside!(four, 3);
                        step!(e f g h a b c d, k 12, w12, $next!(w12, w13 w5 w10));
                        step!(d e f g h a b c, k 13, w13, $next!(w13, w14 w6 w11));
                        step!(c d e f g h a b, k 14, w14, $next!(w14, w15 w7 w12));
                        step!(b c d e f g h a, k 15, w15, $next!(w15, w0 w8 w13));
                    };
                }
        macro_rules! step {
                    ($x0:ident $x1:ident $x2:ident $x3:ident $x4:ident $x5:ident $x6:ident $x7:ident,
                     $k:ident $at:literal, $w:ident, $next:ident!($place:ident, $w1:ident $w9:ident $w14:ident)) => {
                        round!($x0 $x1 $x2 $x3 $x4 $x5 $x6 $x7, $k, $at, $w);
                        $next!($place, $w1 $w9 $w14);
                    };
                }
        macro_rules! none {
            ($place:ident, $w1:ident $w9:ident $w14:ident) => {};
        }
        let [constants @ .., last] = sixteens(&K256);
        for (four, k) in constants.into_iter().enumerate() {
            sixteen!(four, k, next);
        }
        sixteen!(3, last, none);
        [a, b, c, d, e, f, g, h]
    }};
}

/// The same over a block that all lanes share, its schedule expanded and added to the constants beforehand.
macro_rules! constant_rounds {
    ($state:expr, $schedule:expr) => {{
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = $state;
        for wk in sixteens($schedule) {
            round!(a b c d e f g h, wk, 0);
            round!(h a b c d e f g, wk, 1);
            round!(g h a b c d e f, wk, 2);
            round!(f g h a b c d e, wk, 3);
            round!(e f g h a b c d, wk, 4);
            round!(d e f g h a b c, wk, 5);
            round!(c d e f g h a b, wk, 6);
            round!(b c d e f g h a, wk, 7);
            round!(a b c d e f g h, wk, 8);
            round!(h a b c d e f g, wk, 9);
            round!(g h a b c d e f, wk, 10);
            round!(f g h a b c d e, wk, 11);
            round!(e f g h a b c d, wk, 12);
            round!(d e f g h a b c, wk, 13);
            round!(c d e f g h a b, wk, 14);
            round!(b c d e f g h a, wk, 15);
        }
        [a, b, c, d, e, f, g, h]
    }};
}

pub(super) use {constant_rounds, next, round, rounds};

/// Sixty-four constants or words, sixteen by sixteen.
#[inline]
pub(super) fn sixteens(words: &[u32; 64]) -> [&[u32; 16]; 4] {
    match words.as_chunks().0 {
        [a, b, c, d] => [a, b, c, d],
        _ => [&[0; 16]; 4],
    }
}

/// One block of each of 16 lanes, its eighths side by side as the vectors want them.
///
/// Transposing 16 rows takes four steps of shuffles. Copying eighths of rows to where they belong is three of them, and takes
/// no shuffle. As long as what is copied is not read within some hundred cycles, it is in the cache by then.
#[repr(C, align(64))]
pub(super) struct Stage([[[u64; 8]; 2]; 8]);

impl Stage {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self([[[0; 8]; 2]; 8])
    }

    /// Takes the block of a lane, so many octets after a pointer. With a shift of one, each octet is taken for the one after
    /// it, and the last is lost.
    ///
    /// # Safety
    ///
    /// There are four fours, and a block must be readable where it is said to be.
    #[inline(always)]
    pub(super) unsafe fn put<const LANE: usize, const SHIFT: usize>(
        &mut self,
        four: usize,
        pointer: *const [u8; 64],
        octets: usize,
    ) {
        const { assert!(LANE < 4 && SHIFT < 2) };
        // SAFETY: eight octets are copied eight times from within the block that the caller has there, to within the stage. They
        // are copied here and not by the compiler, which would keep them in vectors, with all the shuffles that takes.
        unsafe {
            asm!(
                "mov {octets}, qword ptr [{block} + {from}]",
                "mov qword ptr [{stage} + {to} + {lane}], {octets}",
                "mov {octets}, qword ptr [{block} + {from} + 8 - {shift}]",
                "mov qword ptr [{stage} + {to} + {lane} + 128], {octets}",
                "mov {octets}, qword ptr [{block} + {from} + 16 - {shift}]",
                "mov qword ptr [{stage} + {to} + {lane} + 256], {octets}",
                "mov {octets}, qword ptr [{block} + {from} + 24 - {shift}]",
                "mov qword ptr [{stage} + {to} + {lane} + 384], {octets}",
                "mov {octets}, qword ptr [{block} + {from} + 32 - {shift}]",
                "mov qword ptr [{stage} + {to} + {lane} + 512], {octets}",
                "mov {octets}, qword ptr [{block} + {from} + 40 - {shift}]",
                "mov qword ptr [{stage} + {to} + {lane} + 640], {octets}",
                "mov {octets}, qword ptr [{block} + {from} + 48 - {shift}]",
                "mov qword ptr [{stage} + {to} + {lane} + 768], {octets}",
                "mov {octets}, qword ptr [{block} + {from} + 56 - {shift}]",
                "mov qword ptr [{stage} + {to} + {lane} + 896], {octets}",
                octets = out(reg) _,
                block = in(reg) pointer,
                from = in(reg) octets,
                stage = in(reg) self,
                to = in(reg) 16 * four,
                lane = const LANE / 2 * 64 + LANE % 2 * 8,
                shift = const SHIFT,
                options(nostack, preserves_flags),
            );
        }
    }

    /// The words of all lanes, the first of every lane, then the second, and so on, each octet where it belongs.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn words(&self) -> [__m512i; 16] {
        self.words_after(swap())
    }

    /// The same, the octets of the first two words taken in the order `first`.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn words_after(&self, first: __m512i) -> [__m512i; 16] {
        let (mut words, mut order) = ([_mm512_setzero_si512(); 16], first);
        for (words, eighths) in words.as_chunks_mut::<2>().0.iter_mut().zip(&self.0) {
            // SAFETY: each array is as large as the vector, and the load needs no alignment.
            let [a, b] = eighths.each_ref().map(|lanes| unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) });
            let a = _mm512_castsi512_ps(_mm512_shuffle_epi8(a, order));
            let b = _mm512_castsi512_ps(_mm512_shuffle_epi8(b, order));
            let (even, odd) = (_mm512_shuffle_ps::<0x88>(a, b), _mm512_shuffle_ps::<0xdd>(a, b));
            *words = [_mm512_castps_si512(even), _mm512_castps_si512(odd)];
            order = swap();
        }
        words
    }
}
