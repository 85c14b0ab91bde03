//! Fetching into the cache what will be read soon: a block of every lane at once is more than the processor foresees.

use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};

/// So many blocks ahead: some thousands of cycles before they are needed, and little enough for the nearest cache.
pub(super) const AHEAD: usize = 4;

/// Fetches the block so far after an address. The address need not be of anything.
#[inline]
pub(super) fn fetch<const BLOCK: usize>(lane: *const [u8; BLOCK], far: usize) {
    let block: *const i8 = lane.wrapping_add(far).cast();
    for at in (0..BLOCK).step_by(64) {
        // SAFETY: the instruction is a hint, which reads nothing and never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(block.wrapping_add(at)) };
    }
}
