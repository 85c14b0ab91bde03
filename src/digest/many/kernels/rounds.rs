//! The rounds of FIPS 180-4, 6.2.2 and 6.4.2, once for every vector type.

/// Writes `rounds` and `constant_rounds` over the operations of the module that it is used in: `splat`, `add`, `ch`, `maj`,
/// `upper0`, `upper1` (Σ), `lower0` and `lower1` (σ).
///
/// The message schedule stays in sixteen registers: each word is replaced by the one sixteen rounds later.
macro_rules! rounds {
    ($features:literal, $vector:ty, $word:ty, $rounds:literal) => {
        /// The working variables after all rounds over one block in each lane, not yet added to the state.
        #[inline]
        #[target_feature(enable = $features)]
        fn rounds(state: [$vector; 8], mut w: [$vector; 16], constants: &[$word; $rounds]) -> [$vector; 8] {
            let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
            macro_rules! round {
                ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $w:expr, $k:expr) => {
                    $h = add(add($h, add($w, splat($k))), add(upper1($e), ch($e, $f, $g)));
                    $d = add($d, $h);
                    $h = add($h, add(upper0($a), maj($a, $b, $c)));
                };
            }
            macro_rules! eight {
                ($k:expr, $i0:tt $i1:tt $i2:tt $i3:tt $i4:tt $i5:tt $i6:tt $i7:tt) => {
                    round!(a b c d e f g h, w[$i0], $k[$i0]);
                    round!(h a b c d e f g, w[$i1], $k[$i1]);
                    round!(g h a b c d e f, w[$i2], $k[$i2]);
                    round!(f g h a b c d e, w[$i3], $k[$i3]);
                    round!(e f g h a b c d, w[$i4], $k[$i4]);
                    round!(d e f g h a b c, w[$i5], $k[$i5]);
                    round!(c d e f g h a b, w[$i6], $k[$i6]);
                    round!(b c d e f g h a, w[$i7], $k[$i7]);
                };
            }
            macro_rules! next {
                ($i0:tt $i1:tt $i9:tt $i14:tt) => {
                    w[$i0] = add(add(w[$i0], lower0(w[$i1])), add(w[$i9], lower1(w[$i14])));
                };
            }
            let (sixteens, _) = constants.as_chunks::<16>();
            for (at, k) in sixteens.iter().enumerate() {
                if at > 0 {
                    next!(0 1 9 14);
                    next!(1 2 10 15);
                    next!(2 3 11 0);
                    next!(3 4 12 1);
                    next!(4 5 13 2);
                    next!(5 6 14 3);
                    next!(6 7 15 4);
                    next!(7 8 0 5);
                }
                eight!(k, 0 1 2 3 4 5 6 7);
                if at > 0 {
                    next!(8 9 1 6);
                    next!(9 10 2 7);
                    next!(10 11 3 8);
                    next!(11 12 4 9);
                    next!(12 13 5 10);
                    next!(13 14 6 11);
                    next!(14 15 7 12);
                    next!(15 0 8 13);
                }
                eight!(k, 8 9 10 11 12 13 14 15);
            }
            [a, b, c, d, e, f, g, h]
        }

        /// The same over a block that all lanes share, its schedule expanded and added to the constants beforehand.
        #[inline]
        #[target_feature(enable = $features)]
        fn constant_rounds(state: [$vector; 8], schedule: &[$word; $rounds]) -> [$vector; 8] {
            let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
            macro_rules! round {
                ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $wk:expr) => {
                    $h = add(add($h, splat($wk)), add(upper1($e), ch($e, $f, $g)));
                    $d = add($d, $h);
                    $h = add($h, add(upper0($a), maj($a, $b, $c)));
                };
            }
            let (eights, _) = schedule.as_chunks::<8>();
            for wk in eights {
                round!(a b c d e f g h, wk[0]);
                round!(h a b c d e f g, wk[1]);
                round!(g h a b c d e f, wk[2]);
                round!(f g h a b c d e, wk[3]);
                round!(e f g h a b c d, wk[4]);
                round!(d e f g h a b c, wk[5]);
                round!(c d e f g h a b, wk[6]);
                round!(b c d e f g h a, wk[7]);
            }
            [a, b, c, d, e, f, g, h]
        }
    };
}

pub(super) use rounds;

/// Chaining values as vectors have them: the first word of every lane, then the second of every lane, and so on.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(in crate::digest) struct Columns<W, const LANES: usize>(pub(super) [[W; LANES]; 8]);

impl<W: Copy + Default, const LANES: usize> Columns<W, LANES> {
    pub(super) fn start(state: &[W; 8]) -> Self {
        Self(state.map(|word| [word; LANES]))
    }

    pub(super) fn set(&mut self, lane: usize, state: &[W; 8]) {
        for (column, word) in self.0.iter_mut().zip(state) {
            if let Some(place) = column.get_mut(lane) {
                *place = *word;
            }
        }
    }

    pub(super) fn get(&self, lane: usize) -> [W; 8] {
        self.0.map(|column| column.get(lane).copied().unwrap_or_default())
    }
}
