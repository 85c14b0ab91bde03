//! Members that are stored as they are, without times.

use super::{CENTRAL, END, LOCAL, UTF8, too_large};
use crate::error::{Error, Result};

/// 1980-01-01, the first date that a member can have (APPNOTE 4.4.6).
const NO_DATE: [u8; 4] = [0, 0, 0x21, 0];

/// Version 2.0, for names with folders (APPNOTE 4.4.3).
const VERSION: [u8; 2] = [20, 0];

pub(in crate::ades::asic) fn write<'a>(members: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    let (mut octets, mut directory, mut count) = (Vec::new(), Vec::new(), 0u16);
    for (name, content) in members {
        let offset = four(octets.len())?;
        let length = four(content.len())?;
        let name_length = u16::try_from(name.len()).map_err(too_large)?.to_le_bytes();
        let flags = if name.is_ascii() { 0 } else { UTF8 };
        let mut shared = Vec::new();
        shared.extend(VERSION);
        shared.extend(flags.to_le_bytes());
        shared.extend([0; 2]); // stored
        shared.extend(NO_DATE);
        shared.extend(crc32fast::hash(content).to_le_bytes());
        shared.extend(length);
        shared.extend(length);
        shared.extend(name_length);
        shared.extend([0; 2]);
        octets.extend(LOCAL);
        octets.extend(&shared);
        octets.extend(name.bytes());
        octets.extend(content);
        directory.extend(CENTRAL);
        directory.extend(VERSION);
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend(offset);
        directory.extend(name.bytes());
        count = count
            .checked_add(1)
            .filter(|count| *count < u16::MAX)
            .ok_or_else(|| Error::limit("more files than a container can have"))?;
    }
    let (start, length) = (four(octets.len())?, four(directory.len())?);
    octets.extend(directory);
    octets.extend(END);
    octets.extend([0; 4]);
    octets.extend(count.to_le_bytes());
    octets.extend(count.to_le_bytes());
    octets.extend(length);
    octets.extend(start);
    octets.extend([0; 2]);
    Ok(octets)
}

fn four(length: usize) -> Result<[u8; 4]> {
    Ok(u32::try_from(length).map_err(too_large)?.to_le_bytes())
}
