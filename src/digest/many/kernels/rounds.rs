//! The rounds of FIPS 180-4, 6.2.2 and 6.4.2, once for every vector type.

/// One round; the working variables are named in the order that they have in it.
macro_rules! round {
    ($a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident, $wk:expr) => {
        $h = add(add($h, $wk), add(upper1($e), ch($e, $f, $g)));
        $d = add($d, $h);
        $h = add($h, add(upper0($a), maj($a, $b, $c)));
    };
}

/// A word of the schedule, in the place of the one sixteen words before.
macro_rules! next {
    ($w:ident, $i0:tt $i1:tt $i9:tt $i14:tt) => {
        $w[$i0] = add(add($w[$i0], lower0($w[$i1])), add($w[$i9], lower1($w[$i14])));
    };
}

/// The working variables after all rounds over one block in each lane, not yet added to the state.
///
/// These are macros over the operations where they are used (`splat`, `add`, `ch`, `maj`, `upper0` and `upper1` for Σ,
/// `lower0` and `lower1` for σ), because a function with vector instructions is not always inlined, and two dozen vectors
/// would pass through memory. The message schedule stays in sixteen registers.
macro_rules! rounds {
    ($state:expr, $words:expr, $constants:expr) => {{
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = $state;
        let mut w = $words;
        let (sixteens, _) = $constants.as_chunks::<16>();
        for (at, k) in sixteens.iter().enumerate() {
            if at > 0 {
                next!(w, 0 1 9 14);
                next!(w, 1 2 10 15);
                next!(w, 2 3 11 0);
                next!(w, 3 4 12 1);
                next!(w, 4 5 13 2);
                next!(w, 5 6 14 3);
                next!(w, 6 7 15 4);
                next!(w, 7 8 0 5);
            }
            round!(a b c d e f g h, add(w[0], splat(k[0])));
            round!(h a b c d e f g, add(w[1], splat(k[1])));
            round!(g h a b c d e f, add(w[2], splat(k[2])));
            round!(f g h a b c d e, add(w[3], splat(k[3])));
            round!(e f g h a b c d, add(w[4], splat(k[4])));
            round!(d e f g h a b c, add(w[5], splat(k[5])));
            round!(c d e f g h a b, add(w[6], splat(k[6])));
            round!(b c d e f g h a, add(w[7], splat(k[7])));
            if at > 0 {
                next!(w, 8 9 1 6);
                next!(w, 9 10 2 7);
                next!(w, 10 11 3 8);
                next!(w, 11 12 4 9);
                next!(w, 12 13 5 10);
                next!(w, 13 14 6 11);
                next!(w, 14 15 7 12);
                next!(w, 15 0 8 13);
            }
            round!(a b c d e f g h, add(w[8], splat(k[8])));
            round!(h a b c d e f g, add(w[9], splat(k[9])));
            round!(g h a b c d e f, add(w[10], splat(k[10])));
            round!(f g h a b c d e, add(w[11], splat(k[11])));
            round!(e f g h a b c d, add(w[12], splat(k[12])));
            round!(d e f g h a b c, add(w[13], splat(k[13])));
            round!(c d e f g h a b, add(w[14], splat(k[14])));
            round!(b c d e f g h a, add(w[15], splat(k[15])));
        }
        [a, b, c, d, e, f, g, h]
    }};
}

/// The same over a block that all lanes share, its schedule expanded and added to the constants beforehand.
macro_rules! constant_rounds {
    ($state:expr, $schedule:expr) => {{
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = $state;
        let (eights, _) = $schedule.as_chunks::<8>();
        for wk in eights {
            round!(a b c d e f g h, splat(wk[0]));
            round!(h a b c d e f g, splat(wk[1]));
            round!(g h a b c d e f, splat(wk[2]));
            round!(f g h a b c d e, splat(wk[3]));
            round!(e f g h a b c d, splat(wk[4]));
            round!(d e f g h a b c, splat(wk[5]));
            round!(c d e f g h a b, splat(wk[6]));
            round!(b c d e f g h a, splat(wk[7]));
        }
        [a, b, c, d, e, f, g, h]
    }};
}

pub(super) use {constant_rounds, next, round, rounds};

/// Chaining values as vectors have them: the first word of every lane, then the second of every lane, and so on.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(in crate::digest) struct Columns<W, const LANES: usize>(pub(super) [[W; LANES]; 8]);

impl<W: Copy + Default, const LANES: usize> Columns<W, LANES> {
    pub(super) fn start(state: &[W; 8]) -> Self {
        let mut columns = Self([[W::default(); LANES]; 8]);
        for (column, word) in columns.0.iter_mut().zip(state) {
            column.fill(*word);
        }
        columns
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
