//! Fetching into the cache what will be read soon: a block of every lane at once is more than the processor foresees.

use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};

/// So many blocks ahead: some thousands of cycles before they are needed, and little enough for the nearest cache.
pub(super) const AHEAD: usize = 4;

/// Fetches so many octets at each address. The addresses need not be of anything.
#[inline]
pub(super) fn fetch<const OCTETS: usize, const LANES: usize>(lanes: [*const u8; LANES]) {
    for lane in lanes {
        for at in (0..OCTETS).step_by(64) {
            // SAFETY: the instruction is a hint, which reads nothing and never faults.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(lane.wrapping_add(at).cast()) };
        }
    }
}
