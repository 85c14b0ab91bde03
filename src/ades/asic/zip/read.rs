//! Members as any writer makes them: stored or deflated, with their sizes before or behind them.
//!
//! There is one way to read a container. Each octet belongs to a member or to the directory; the directory lists the members in the
//! order in which they stand there, and says of each what the member itself says.

use std::borrow::Cow;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::{CENTRAL, END, LOCAL, SIZES_BEHIND, UTF8, too_large};
use crate::ades::asic::{ASIC_E, MIMETYPE};
use crate::error::{Error, Result};
use crate::limits::Limits;

const SIZES: [u8; 4] = *b"PK\x07\x08";
const ZIP64_LOCATOR: [u8; 4] = *b"PK\x06\x07";

/// How many times its packed size a member may be, and from which size on that is asked. EU DSS bounds both so. Real documents
/// of XML or JSON stay below 20.
const RATIO: usize = 100;
const SMALL: usize = 1 << 20;

/// A file of the container.
pub(in crate::ades::asic) struct Member<'a> {
    pub(in crate::ades::asic) name: &'a str,
    pub(in crate::ades::asic) content: Cow<'a, [u8]>,
    /// Stored as it is right behind its name, so that it can be told without reading ZIP.
    pub(in crate::ades::asic) is_bare: bool,
}

/// The members in the order in which they stand there. Folders, which have no content, are left out.
pub(in crate::ades::asic) fn read<'a>(octets: &'a [u8], limits: &Limits) -> Result<Vec<Member<'a>>> {
    let end = End::find(octets)?;
    if end.count > limits.elements {
        return Err(Error::limit("more members than the limit allows"));
    }
    let mut directory = Octets { all: octets.get(..end.at).unwrap_or_default(), at: end.start };
    let mut members = Octets { all: octets.get(..end.start).unwrap_or_default(), at: 0 };
    let mut left = limits.document_octets;
    let mut entries = Vec::new();
    for _ in 0..end.count {
        let entry = Entry::read(&mut directory)?;
        left = left
            .checked_sub(entry.length)
            .ok_or_else(|| Error::limit("the members of the container are larger than the limit").with(entry.name))?;
        entries.push(entry);
    }
    // Nothing is inflated before it is known that all of it stays within the limit.
    let mut read = Vec::new();
    for entry in entries {
        read.extend(entry.member(&mut members)?);
    }
    if members.at != end.start || directory.at != end.at {
        return Err(Error::malformed("the container has octets that belong to no member").at(members.at));
    }
    Ok(read)
}

/// The end of the directory, and where it begins.
struct End {
    at: usize,
    start: usize,
    count: usize,
}

impl End {
    /// APPNOTE 4.3.16. EN 319 162-1 allows one comment: the media type.
    fn find(octets: &[u8]) -> Result<Self> {
        let comment = format!("mimetype={ASIC_E}");
        let at = ["", comment.as_str()].into_iter().find_map(|comment| {
            let tail = [&u16::try_from(comment.len()).ok()?.to_le_bytes(), comment.as_bytes()].concat();
            let at = octets.strip_suffix(tail.as_slice())?.len().checked_sub(20)?;
            octets.get(at..)?.starts_with(&END).then_some(at)
        });
        let no_end = || Error::malformed("this is no container, or something stands behind it").at(octets.len());
        let at = at.ok_or_else(no_end)?;
        let mut end = Octets { all: octets, at };
        end.take(4)?;
        let (disk, first_disk) = (end.two()?, end.two()?);
        let (here, count) = (end.two()?, end.two()?);
        let (length, start) = (end.four()?, end.four()?);
        let locator = at.checked_sub(20).and_then(|at| octets.get(at..));
        if locator.is_some_and(|locator| locator.starts_with(&ZIP64_LOCATOR)) || count == u16::MAX || start == u32::MAX
        {
            return Err(Error::unsupported("the container is a ZIP64 one, for more than 4 GiB").at(at));
        }
        if disk != 0 || first_disk != 0 || here != count {
            return Err(Error::unsupported("the container is split over several files").at(at));
        }
        let (length, start) = (usize_of(length)?, usize_of(start)?);
        if start.checked_add(length) != Some(at) || count == 0 {
            return Err(Error::malformed("the directory of the container is not where its end says").at(at));
        }
        Ok(Self { at, start, count: usize::from(count) })
    }
}

/// What the directory says of a member.
struct Entry<'a> {
    name: &'a str,
    /// Version, flags, method, time and date.
    kind: &'a [u8],
    flags: u16,
    is_deflated: bool,
    /// The checksum, the packed size and the size, as they stand there.
    sizes: [u32; 3],
    packed: usize,
    length: usize,
    offset: usize,
}

impl<'a> Entry<'a> {
    /// APPNOTE 4.3.12.
    fn read(directory: &mut Octets<'a>) -> Result<Self> {
        directory.mark(CENTRAL, "the directory of the container lists fewer members than it says")?;
        let made_by = directory.two()?;
        let kind = directory.take(10)?;
        let sizes @ [_, packed, length] = [directory.four()?, directory.four()?, directory.four()?];
        let (name_length, extra_length, comment_length) = (directory.two()?, directory.two()?, directory.two()?);
        let disk = directory.two()?;
        directory.take(2)?;
        let (attributes, offset) = (directory.four()?, directory.four()?);
        let name = directory.name(name_length)?;
        check_extra(directory.take(usize::from(extra_length))?, name)?;
        let mut fields = Octets { all: kind, at: 2 };
        let (flags, method) = (fields.two()?, fields.two()?);
        if [packed, length, offset].contains(&u32::MAX) {
            return Err(zip64(name));
        }
        check_flags(flags, name)?;
        if comment_length != 0 {
            return Err(Error::malformed("a member of the container has a comment").with(name));
        }
        if disk != 0 {
            return Err(Error::unsupported("the container is split over several files").with(name));
        }
        // APPNOTE 4.4.15, as Unix fills it: the type of a link is 12.
        if made_by >> 8 == 3 && attributes >> 28 == 0xa {
            return Err(Error::unsupported("a member of the container is a link to another file").with(name));
        }
        let is_deflated = match method {
            0 => false,
            8 => true,
            _ => {
                return Err(
                    Error::unsupported("a member of the container is packed by another method than DEFLATE").with(name)
                );
            }
        };
        let (packed, length) = (usize_of(packed)?, usize_of(length)?);
        if !is_deflated && packed != length {
            return Err(Error::malformed("a member of the container is stored, and has two lengths").with(name));
        }
        if length > SMALL && length / RATIO > packed {
            return Err(
                Error::limit("a member of the container inflates to more than a hundred times its size").with(name)
            );
        }
        Ok(Self { name, kind, flags, is_deflated, sizes, packed, length, offset: usize_of(offset)? })
    }

    /// The member itself (APPNOTE 4.3.7), if it is a file.
    fn member(&self, members: &mut Octets<'a>) -> Result<Option<Member<'a>>> {
        let name = self.name;
        let at = members.at;
        let contradicts =
            || Error::malformed("the directory of the container contradicts its members").at(at).with(name);
        if self.offset != at {
            let what = "members of the container overlap, are out of order, or have something between them";
            return Err(Error::malformed(what).at(at).with(name));
        }
        members.mark(LOCAL, "a member of the container is not where the directory says")?;
        let kind = members.take(10)?;
        let sizes = [members.four()?, members.four()?, members.four()?];
        let (name_length, extra_length) = (members.two()?, members.two()?);
        let are_behind = self.flags & SIZES_BEHIND != 0;
        // Whoever reads front to back does not see where such a member ends, and could see others than the directory lists.
        // The media type is refused for that by its own rule.
        if are_behind && !self.is_deflated && self.packed != 0 && name != MIMETYPE {
            return Err(
                Error::malformed("a member of the container is stored, and its length stands behind it").with(name)
            );
        }
        // APPNOTE 4.4.4: zero where they are behind; some writers know one of them before.
        let said = sizes.iter().zip(self.sizes).all(|(said, is)| *said == is || (are_behind && *said == 0));
        if kind != self.kind || !said || usize::from(name_length) != name.len() || members.name(name_length)? != name {
            return Err(contradicts());
        }
        check_extra(members.take(usize::from(extra_length))?, name)?;
        let packed = members.take(self.packed)?;
        if are_behind {
            self.sizes_behind(members).ok_or_else(contradicts)?;
        }
        let [crc, ..] = self.sizes;
        let content = if self.is_deflated { Cow::Owned(self.inflated(packed)?) } else { Cow::Borrowed(packed) };
        if crc32fast::hash(&content) != crc {
            return Err(Error::malformed("a member of the container was changed: its checksum is another").with(name));
        }
        if name.ends_with('/') {
            let is_empty = content.is_empty();
            return if is_empty { Ok(None) } else { Err(Error::malformed("a folder that has octets").with(name)) };
        }
        Ok(Some(Member { name, content, is_bare: !self.is_deflated && !are_behind && extra_length == 0 }))
    }

    /// APPNOTE 4.3.9: the checksum and both sizes, with a mark before them or without.
    fn sizes_behind(&self, members: &mut Octets<'_>) -> Option<()> {
        let sizes = self.sizes.map(u32::to_le_bytes).concat();
        let rest = members.all.get(members.at..)?;
        let marked = rest.strip_prefix(&SIZES).filter(|rest| rest.starts_with(&sizes));
        let after = marked.unwrap_or(rest).strip_prefix(sizes.as_slice())?;
        members.at = members.all.len().checked_sub(after.len())?;
        Some(())
    }

    /// The content of a member in DEFLATE (RFC 1951): as many octets as it says, of all that are packed.
    fn inflated(&self, packed: &[u8]) -> Result<Vec<u8>> {
        // At most a hundred times what is there, or a MiB.
        let mut content = vec![0; self.length];
        let mut state = DecompressorOxide::new();
        let (status, read, written) =
            decompress(&mut state, packed, &mut content, 0, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
        match status {
            TINFLStatus::Done if read == packed.len() && written == content.len() => Ok(content),
            TINFLStatus::HasMoreOutput => {
                Err(Error::malformed("a member of the container inflates to more than it says").with(self.name))
            }
            _ => Err(Error::malformed("a member of the container does not inflate to what it says").with(self.name)),
        }
    }
}

/// APPNOTE 4.4.4. Bits 1 and 2 say how hard the writer tried.
fn check_flags(flags: u16, name: &str) -> Result<()> {
    const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
    const EFFORT: u16 = 1 << 1 | 1 << 2;
    if flags & ENCRYPTED != 0 {
        return Err(encrypted(name));
    }
    if flags & !(EFFORT | SIZES_BEHIND | UTF8) != 0 {
        return Err(Error::unsupported("a member of the container has a flag that is not known").with(name));
    }
    if flags & UTF8 == 0 && !name.is_ascii() {
        return Err(Error::malformed("the name of a member is in no character set that it says").with(name));
    }
    Ok(())
}

/// APPNOTE 4.5: what is not known is no business of a container; what changes the name, the size or the content is.
fn check_extra(extra: &[u8], name: &str) -> Result<()> {
    let mut extra = Octets { all: extra, at: 0 };
    while extra.at < extra.all.len() {
        let (id, length) = (extra.two()?, extra.two()?);
        extra.take(usize::from(length))?;
        match id {
            0x0001 => return Err(zip64(name)),
            0x0014..=0x0017 | 0x9901 => return Err(encrypted(name)),
            0x7075 | 0x6375 => {
                return Err(Error::malformed("a member of the container has a second name or a comment").with(name));
            }
            _ => {}
        }
    }
    Ok(())
}

fn zip64(name: &str) -> Error {
    Error::unsupported("a member of the container is a ZIP64 one, for more than 4 GiB").with(name)
}

fn encrypted(name: &str) -> Error {
    Error::unsupported("a member of the container is encrypted").with(name)
}

struct Octets<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Octets<'a> {
    fn mark(&mut self, mark: [u8; 4], else_what: &'static str) -> Result<()> {
        let at = self.at;
        if self.take(4)? == mark { Ok(()) } else { Err(Error::malformed(else_what).at(at)) }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let taken = self.at.checked_add(count).and_then(|end| self.all.get(self.at..end));
        let taken = taken.ok_or_else(|| Error::malformed("the container is cut short").at(self.at))?;
        self.at += count;
        Ok(taken)
    }

    fn two(&mut self) -> Result<u16> {
        Ok(self.take(2)?.iter().rev().fold(0, |number, octet| number << 8 | u16::from(*octet)))
    }

    fn four(&mut self) -> Result<u32> {
        Ok(self.take(4)?.iter().rev().fold(0, |number, octet| number << 8 | u32::from(*octet)))
    }

    fn name(&mut self, count: u16) -> Result<&'a str> {
        let at = self.at;
        std::str::from_utf8(self.take(usize::from(count))?)
            .map_err(|error| Error::malformed("the name of a member is no text").at(at).because(error))
    }
}

fn usize_of(number: u32) -> Result<usize> {
    usize::try_from(number).map_err(too_large)
}
