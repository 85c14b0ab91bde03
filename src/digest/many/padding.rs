//! Where a message ends: FIPS 180-4, 5.1.

use super::kernels::Word;

/// The blocks that cannot be read from a message itself: its end and the padding, one block or two, at the end of the place.
pub(in crate::digest) type Tail<const BLOCK: usize> = [[u8; BLOCK]; 2];

/// How many blocks a message of so many octets takes with its padding.
pub(in crate::digest) fn blocks<W: Word<BLOCK>, const BLOCK: usize>(octets: usize) -> usize {
    // A slice has at most isize::MAX octets: this does not overflow.
    (octets + W::LENGTH_OCTETS) / BLOCK + 1
}

/// Writes the end of a message of so many octets, less than a block long, and returns how many blocks that takes.
/// The place must hold zeros, but for the first block where the end takes only the second.
pub(in crate::digest) fn pad<W: Word<BLOCK>, const BLOCK: usize>(
    tail: &mut Tail<BLOCK>,
    prefix: Option<u8>,
    rest: &[u8],
    octets: usize,
) -> usize {
    let end = usize::from(prefix.is_some()) + rest.len();
    let count = blocks::<W, BLOCK>(end);
    let start = (2 - count) * BLOCK;
    if let Some((message, padding)) =
        tail.as_flattened_mut().get_mut(start..).and_then(|tail| tail.split_at_mut_checked(end))
    {
        message.iter_mut().zip(prefix).for_each(|(place, octet)| *place = octet);
        if let (Some(place), [_, ..]) = (message.get_mut(usize::from(prefix.is_some())..), rest) {
            place.copy_from_slice(rest);
        }
        if let Some(mark) = padding.first_mut() {
            *mark = 0x80;
        }
        if let Some(length) = padding.last_chunk_mut::<8>() {
            *length = bits(octets).to_be_bytes();
        }
    }
    count
}

/// Sixteen octets of length are needed from 2^61 octets on, more than any memory holds.
fn bits(octets: usize) -> u64 {
    u64::try_from(octets).unwrap_or(u64::MAX).wrapping_mul(8)
}
