//! The part of ZIP (APPNOTE 6.3) that a container needs: members that are stored as they are.

use crate::error::{Error, Result};
use crate::limits::Limits;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// 1980-01-01, the first date that a member can have (APPNOTE 4.4.6).
const NO_DATE: [u8; 4] = [0, 0, 0x21, 0];

/// Version 1.0, and 2.0 for names with folders (APPNOTE 4.4.3).
const VERSION: [u8; 2] = [20, 0];

pub(super) fn write<'a>(members: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    let (mut octets, mut directory, mut count) = (Vec::new(), Vec::new(), 0u16);
    for (name, content) in members {
        let offset = four(octets.len())?;
        let length = four(content.len())?;
        let name_length = u16::try_from(name.len()).map_err(too_large)?.to_le_bytes();
        let mut shared = Vec::new();
        shared.extend(VERSION);
        shared.extend([0; 4]); // no flags, stored
        shared.extend(NO_DATE);
        shared.extend(crc32(content).to_le_bytes());
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

/// The members in the order in which they stand there. The directory must say the same as the members, in the same order, and
/// nothing may be before, between or behind them.
pub(super) fn read<'a>(octets: &'a [u8], limits: &Limits) -> Result<Vec<(&'a str, &'a [u8])>> {
    let mut local = Octets { all: octets, at: 0 };
    let mut members = Vec::new();
    while local.next_is(LOCAL) {
        if members.len() >= limits.elements {
            return Err(Error::limit("more members than the limit allows"));
        }
        let offset = local.at;
        local.take(4)?;
        let shared = local.take(26)?;
        let header = Header::read(shared, offset)?;
        let name = local.name(header.name_length)?;
        let content = local.take(header.length)?;
        if crc32(content) != header.crc {
            return Err(Error::malformed("a member of the container was changed: its checksum is another").with(name));
        }
        members.push((offset, shared, name, content));
    }
    let start = local.at;
    for (offset, shared, name, _) in &members {
        let at = local.at;
        let contradicts = || Error::malformed("the directory of the container contradicts its members").at(at);
        if !local.next_is(CENTRAL) {
            return Err(contradicts());
        }
        local.take(6)?;
        let listed = local.take(26)?;
        let rest = local.take(10)?;
        let place = local.take(4)?;
        let same = listed == *shared && place == four(*offset)? && local.name(name.len())? == *name;
        // No comment and one disk; the attributes are those of the system that wrote it.
        if !same || rest.get(..4) != Some(&[0; 4]) {
            return Err(contradicts());
        }
    }
    let length = local.at.saturating_sub(start);
    let count = u16::try_from(members.len()).map_err(too_large)?.to_le_bytes();
    let mut end = END.to_vec();
    end.extend([0; 4]);
    end.extend(count);
    end.extend(count);
    end.extend(four(length)?);
    end.extend(four(start)?);
    end.extend([0; 2]);
    if members.is_empty() || octets.get(local.at..) != Some(end.as_slice()) {
        return Err(Error::malformed("this is no container, or something stands before or behind it").at(local.at));
    }
    Ok(members.into_iter().map(|(_, _, name, content)| (name, content)).collect())
}

struct Header {
    crc: u32,
    length: usize,
    name_length: usize,
}

impl Header {
    /// The 26 octets that a member and its entry in the directory share.
    fn read(shared: &[u8], offset: usize) -> Result<Self> {
        let wrong = || Error::malformed("a member of the container is cut short").at(offset);
        let two = |at: usize| -> Result<u16> {
            let octets = shared.get(at..at + 2).and_then(|octets| octets.try_into().ok()).ok_or_else(wrong)?;
            Ok(u16::from_le_bytes(octets))
        };
        let four = |at: usize| -> Result<u32> { Ok(u32::from(two(at)?) | (u32::from(two(at + 2)?) << 16)) };
        // Bit 11 says that names are UTF-8, which ASCII is.
        if two(2)? & !0x0800 != 0 || two(4)? != 0 {
            return Err(Error::unsupported("a member of the container is compressed or encrypted").at(offset));
        }
        let (packed, length) = (four(14)?, four(18)?);
        if packed != length || two(24)? != 0 {
            return Err(Error::malformed("a member of the container has two lengths, or more than a name").at(offset));
        }
        let length = usize::try_from(length).map_err(too_large)?;
        Ok(Self { crc: four(10)?, length, name_length: usize::from(two(22)?) })
    }
}

struct Octets<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Octets<'a> {
    fn next_is(&self, mark: [u8; 4]) -> bool {
        self.all.get(self.at..).is_some_and(|rest| rest.starts_with(&mark))
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let taken = self.at.checked_add(count).and_then(|end| self.all.get(self.at..end));
        let taken = taken.ok_or_else(|| Error::malformed("the container is cut short").at(self.at))?;
        self.at += count;
        Ok(taken)
    }

    fn name(&mut self, count: usize) -> Result<&'a str> {
        let at = self.at;
        std::str::from_utf8(self.take(count)?)
            .map_err(|error| Error::malformed("the name of a member is no text").at(at).because(error))
    }
}

fn four(length: usize) -> Result<[u8; 4]> {
    Ok(u32::try_from(length).map_err(too_large)?.to_le_bytes())
}

fn too_large(error: std::num::TryFromIntError) -> Error {
    Error::limit("larger than a container can be").because(error)
}

/// CRC-32 of ISO 3309, as ZIP has it (APPNOTE 4.4.7), four bits at a time.
fn crc32(octets: &[u8]) -> u32 {
    const TABLE: [u32; 16] = [
        0x0000_0000,
        0x1db7_1064,
        0x3b6e_20c8,
        0x26d9_30ac,
        0x76dc_4190,
        0x6b6b_51f4,
        0x4db2_6158,
        0x5005_713c,
        0xedb8_8320,
        0xf00f_9344,
        0xd6d6_a3e8,
        0xcb61_b38c,
        0x9b64_c2b0,
        0x86d3_d2d4,
        0xa00a_e278,
        0xbdbd_f21c,
    ];
    let nibble = |crc: u32, bits: u32| {
        let place = usize::try_from((crc ^ bits) & 0xf).unwrap_or(0);
        (crc >> 4) ^ TABLE.get(place).copied().unwrap_or(0)
    };
    !octets.iter().fold(!0, |crc, octet| nibble(nibble(crc, u32::from(*octet)), u32::from(*octet) >> 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
