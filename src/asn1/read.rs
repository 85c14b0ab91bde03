//! The reader: definite and indefinite lengths, constructed strings, offsets in every error.

use std::borrow::Cow;

use super::Tag;
use crate::error::{Error, Result};
use crate::oid::Oid;
use crate::time::Time;

/// Nesting that is followed. OpenSSL's `ASN1_MAX_CONSTRUCTED_NEST` is 30; CMS with a token inside needs about 20.
const DEPTH: usize = 32;

/// Elements inside one of indefinite length, which are passed over once for each level around them, and segments of one string. A
/// document of the largest size has a quarter of that in the segments of 1,000 octets that are usual.
const ELEMENTS: usize = 1_000_000;

/// Octets that are read from the front, with their place in the whole input.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
}

/// One element: its identifier, its content octets, and all of its octets as they stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: Tag,
    /// Identifier, length and content octets, end-of-contents octets included.
    pub(crate) raw: &'a [u8],
    pub(crate) content: &'a [u8],
    /// Where `raw` and `content` begin in the whole input.
    pub(crate) offset: usize,
    content_offset: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self { rest: input, offset: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// How many octets are left.
    pub(crate) fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Reads the next element, whatever it is.
    pub(crate) fn any(&mut self) -> Result<Tlv<'a>> {
        let header = Header::parse(self.rest, self.offset)?;
        let length = match header.length {
            Some(length) => length,
            None => contents_before_end(self.rest.get(header.octets..).unwrap_or_default(), self.offset)?,
        };
        let end_of_contents = if header.length.is_none() { 2 } else { 0 };
        let total = header.octets.checked_add(length).and_then(|n| n.checked_add(end_of_contents));
        let (raw, rest) = total
            .and_then(|total| self.rest.split_at_checked(total))
            .ok_or_else(|| Error::malformed("element longer than what contains it").at(self.offset))?;
        let content = raw.get(header.octets..raw.len() - end_of_contents).unwrap_or_default();
        let tlv =
            Tlv { tag: header.tag, raw, content, offset: self.offset, content_offset: self.offset + header.octets };
        self.rest = rest;
        self.offset += raw.len();
        Ok(tlv)
    }

    /// Reads the next element, which must have this tag. A string may also be in its constructed form.
    pub(crate) fn read(&mut self, tag: Tag, what: &'static str) -> Result<Tlv<'a>> {
        match self.optional(tag)? {
            Some(tlv) => Ok(tlv),
            None => Err(Error::malformed(what).at(self.offset)),
        }
    }

    /// Reads the next element if it has this tag.
    pub(crate) fn optional(&mut self, tag: Tag) -> Result<Option<Tlv<'a>>> {
        match self.peek() {
            Some(found) if found == tag || (is_string(tag) && found.primitive() == tag) => self.any().map(Some),
            _ => Ok(None),
        }
    }

    pub(crate) fn peek(&self) -> Option<Tag> {
        self.rest.first().map(|octet| Tag(*octet))
    }

    pub(crate) fn sequence(&mut self, what: &'static str) -> Result<Reader<'a>> {
        self.read(Tag::SEQUENCE, what).map(|tlv| tlv.reader())
    }

    pub(crate) fn oid(&mut self) -> Result<Oid> {
        let tlv = self.read(Tag::OBJECT_IDENTIFIER, "object identifier expected")?;
        Oid::from_octets(tlv.content).map_err(|error| error.at(tlv.offset))
    }

    /// Reads a small non-negative INTEGER.
    pub(crate) fn unsigned(&mut self) -> Result<u64> {
        self.read(Tag::INTEGER, "integer expected")?.unsigned()
    }

    /// Fails unless everything was read.
    pub(crate) fn finish(&self, what: &'static str) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Error::malformed(what).at(self.offset)) }
    }
}

impl<'a> Tlv<'a> {
    /// A reader over the elements of a constructed element.
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader { rest: self.content, offset: self.content_offset }
    }

    /// The octets of an OCTET STRING (or an IMPLICIT one), put together when it is constructed.
    pub(crate) fn octets(&self) -> Result<Cow<'a, [u8]>> {
        if !self.tag.is_constructed() {
            return Ok(Cow::Borrowed(self.content));
        }
        let mut whole = Vec::new();
        self.append_segments(&mut whole, DEPTH, &mut { ELEMENTS })?;
        Ok(Cow::Owned(whole))
    }

    fn append_segments(&self, whole: &mut Vec<u8>, depth: usize, left: &mut usize) -> Result<()> {
        let depth = depth.checked_sub(1).ok_or_else(|| Error::limit("string nested too deep").at(self.offset))?;
        let mut segments = self.reader();
        while !segments.is_empty() {
            let segment = segments.read(Tag::OCTET_STRING, "segment of a string expected")?;
            *left = left.checked_sub(1).ok_or_else(|| too_many().at(segment.offset))?;
            if segment.tag.is_constructed() {
                segment.append_segments(whole, depth, left)?;
            } else {
                whole.extend_from_slice(segment.content);
            }
        }
        Ok(())
    }

    /// The octets of a BIT STRING without unused bits.
    pub(crate) fn bit_octets(&self) -> Result<&'a [u8]> {
        match self.content.split_first() {
            Some((0, octets)) if !self.tag.is_constructed() => Ok(octets),
            _ => Err(Error::malformed("bit string of whole octets expected").at(self.offset)),
        }
    }

    pub(crate) fn oid(&self) -> Result<Oid> {
        Reader { rest: self.raw, offset: self.offset }.oid()
    }

    pub(crate) fn boolean(&self) -> Result<bool> {
        match self.content {
            [octet] => Ok(*octet != 0),
            _ => Err(Error::malformed("boolean of one octet expected").at(self.offset)),
        }
    }

    /// The value of a small non-negative INTEGER or ENUMERATED.
    pub(crate) fn unsigned(&self) -> Result<u64> {
        let digits = match self.content {
            [first, ..] if *first & 0x80 != 0 => None,
            [] => None,
            [0, digits @ ..] => Some(digits),
            digits => Some(digits),
        };
        digits
            .filter(|digits| digits.len() <= 8)
            .map(|digits| digits.iter().fold(0u64, |sum, octet| sum << 8 | u64::from(*octet)))
            .ok_or_else(|| Error::malformed("small positive integer expected").at(self.offset))
    }

    /// A Time: UTCTime or GeneralizedTime.
    pub(crate) fn time(&self) -> Result<Time> {
        match self.tag {
            Tag::UTC_TIME => Time::parse_utc(self.content),
            Tag::GENERALIZED_TIME => Time::parse_generalized(self.content),
            _ => Err(Error::malformed("time expected")),
        }
        .map_err(|error| error.at(self.offset))
    }
}

struct Header {
    tag: Tag,
    /// `None` is the indefinite form.
    length: Option<usize>,
    octets: usize,
}

impl Header {
    fn parse(input: &[u8], offset: usize) -> Result<Self> {
        let truncated = || Error::malformed("truncated element").at(offset);
        let (&identifier, rest) = input.split_first().ok_or_else(truncated)?;
        if identifier & 0x1f == 0x1f {
            return Err(Error::unsupported("tag number above 30").at(offset));
        }
        let tag = Tag(identifier);
        let (&first, rest) = rest.split_first().ok_or_else(truncated)?;
        match first {
            0..=0x7f => Ok(Self { tag, length: Some(usize::from(first)), octets: 2 }),
            0x80 if tag.is_constructed() => Ok(Self { tag, length: None, octets: 2 }),
            0x81..=0x88 => {
                let count = usize::from(first & 0x7f);
                let digits = rest.get(..count).ok_or_else(truncated)?;
                let length = digits.iter().fold(0u64, |sum, octet| sum << 8 | u64::from(*octet));
                let length = usize::try_from(length)
                    .ok()
                    .ok_or_else(|| Error::limit("length beyond this machine").at(offset))?;
                Ok(Self { tag, length: Some(length), octets: 2 + count })
            }
            _ => Err(Error::malformed("length that is not one").at(offset)),
        }
    }
}

/// The length of the contents of an indefinite element: up to its own end-of-contents octets.
fn contents_before_end(input: &[u8], offset: usize) -> Result<usize> {
    let mut open = 1usize;
    let mut at = 0usize;
    for _element in 0..ELEMENTS {
        let rest = input.get(at..).unwrap_or_default();
        if rest.starts_with(&[0, 0]) {
            open -= 1;
            if open == 0 {
                return Ok(at);
            }
            at += 2;
            continue;
        }
        let header = Header::parse(rest, offset.saturating_add(at))?;
        let skipped = header.octets.checked_add(header.length.unwrap_or(0));
        at = skipped
            .and_then(|n| at.checked_add(n))
            .filter(|at| *at <= input.len())
            .ok_or_else(|| Error::malformed("element longer than what contains it").at(offset))?;
        if header.length.is_none() {
            open += 1;
            if open > DEPTH {
                return Err(Error::limit("elements nested too deep").at(offset));
            }
        }
    }
    Err(too_many().at(offset))
}

fn too_many() -> Error {
    Error::limit("more elements in one than the limit allows")
}

/// How many elements there are, as far as they can be read, those inside others included.
pub(crate) fn count(octets: &[u8]) -> usize {
    let (mut rest, mut count) = (octets, 0);
    while let Ok(header) = Header::parse(rest, 0) {
        count += 1;
        let content = if header.tag.is_constructed() { 0 } else { header.length.unwrap_or(0) };
        rest = rest.get(header.octets.saturating_add(content)..).unwrap_or_default();
    }
    count
}

const fn is_string(tag: Tag) -> bool {
    matches!(tag.0, 0x04) || (tag.0 & 0xe0 == 0x80)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn indefinite_lengths_and_constructed_strings_are_read_as_received() {
        // SEQUENCE (indefinite) { OCTET STRING (constructed, indefinite) { "ab", "c" } }, then one octet more.
        let input = [0x30, 0x80, 0x24, 0x80, 0x04, 2, b'a', b'b', 0x04, 1, b'c', 0, 0, 0, 0, 0xff];
        let mut reader = Reader::new(&input);
        let sequence = reader.read(Tag::SEQUENCE, "sequence").unwrap();
        assert_eq!(sequence.raw, &input[..15]);
        assert_eq!(sequence.content, &input[2..13]);
        let string = sequence.reader().read(Tag::OCTET_STRING, "string").unwrap();
        assert_eq!(&*string.octets().unwrap(), b"abc");
        assert_eq!(reader.offset(), 15);
        assert!(reader.finish("nothing more").is_err());
    }

    #[test]
    fn a_length_field_allocates_nothing_and_overflows_nothing() {
        for input in [
            &[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..],
            &[0x30, 0x84, 0x40, 0, 0, 0],
            &[0x30, 0x89],
            &[0x04, 0x80, 0, 0],
            &[0x30],
        ] {
            assert!(Reader::new(input).any().is_err());
        }
    }

    #[test]
    fn nesting_ends_at_a_limit() {
        let deep: Vec<u8> = [0x30, 0x80].repeat(10_000);
        assert_eq!(Reader::new(&deep).any().unwrap_err().kind(), ErrorKind::LimitExceeded);
        let strings: Vec<u8> = [0x24, 0x80].repeat(40).into_iter().chain([0; 80]).collect();
        let error = Reader::new(&strings).any().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    }

    #[test]
    fn integers_are_small_and_positive() {
        let unsigned = |octets: &[u8]| Reader::new(octets).unsigned().ok();
        assert_eq!(unsigned(&[2, 1, 0]), Some(0));
        assert_eq!(unsigned(&[2, 2, 0, 0x80]), Some(128));
        assert_eq!(unsigned(&[2, 9, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Some(u64::MAX));
        assert_eq!(unsigned(&[2, 1, 0x80]), None);
        assert_eq!(unsigned(&[2, 0]), None);
    }
}
