//! The part of ZIP (APPNOTE 6.3) that a container needs: written as it is, read as other writers make it, in one way only.

mod read;
mod write;

pub(super) use read::{Member, read};
pub(super) use write::write;

use crate::error::Error;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// The sizes stand behind the member, whose header was written before they were known (APPNOTE 4.4.4, bit 3).
const SIZES_BEHIND: u16 = 1 << 3;

/// The name is UTF-8 (APPNOTE 4.4.4, bit 11).
const UTF8: u16 = 1 << 11;

fn too_large(error: std::num::TryFromIntError) -> Error {
    Error::limit("larger than a container can be").because(error)
}
