//! The writer: DER, put together from the inside out.

use super::Tag;
use crate::oid::Oid;
use crate::time::Time;

/// An element of content octets put together from parts.
pub(crate) fn tlv(tag: Tag, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let mut out = Vec::with_capacity(length + 6);
    header(&mut out, tag, length);
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out
}

/// The identifier and length octets in front of content octets.
pub(crate) fn header(out: &mut Vec<u8>, tag: Tag, length: usize) {
    out.push(tag.0);
    let digits = length.to_be_bytes();
    let significant = digits
        .iter()
        .position(|octet| *octet != 0)
        .map_or(&digits[..0], |first| digits.get(first..).unwrap_or_default());
    match significant {
        [] => out.push(0),
        [short @ 0..=0x7f] => out.push(*short),
        long => {
            out.push(0x80 | u8::try_from(long.len()).unwrap_or(u8::MAX));
            out.extend_from_slice(long);
        }
    }
}

/// How many octets an element has, those in front of its content included.
pub(crate) fn whole_length(content: usize) -> usize {
    let digits = (usize::BITS - content.leading_zeros()).div_ceil(8);
    let longer = if content > 0x7f { usize::try_from(digits).unwrap_or_default() } else { 0 };
    content.saturating_add(2 + longer)
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(Tag::SEQUENCE, parts)
}

/// A SET OF: the elements in ascending order of their octets (X.690 §11.6).
pub(crate) fn set_of(tag: Tag, mut elements: Vec<Vec<u8>>) -> Vec<u8> {
    elements.sort();
    let parts: Vec<&[u8]> = elements.iter().map(Vec::as_slice).collect();
    tlv(tag, &parts)
}

pub(crate) fn oid(oid: &Oid) -> Vec<u8> {
    tlv(Tag::OBJECT_IDENTIFIER, &[oid.octets()])
}

pub(crate) fn null() -> Vec<u8> {
    tlv(Tag::NULL, &[])
}

pub(crate) fn boolean_true() -> Vec<u8> {
    tlv(Tag::BOOLEAN, &[&[0xff]])
}

/// An INTEGER from big-endian octets without sign.
pub(crate) fn unsigned(octets: &[u8]) -> Vec<u8> {
    let first = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len());
    let digits = octets.get(first..).unwrap_or_default();
    match digits.first() {
        Some(0..=0x7f) => tlv(Tag::INTEGER, &[digits]),
        _ => tlv(Tag::INTEGER, &[&[0], digits]),
    }
}

pub(crate) fn small(value: u64) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

pub(crate) fn octet_string(octets: &[u8]) -> Vec<u8> {
    tlv(Tag::OCTET_STRING, &[octets])
}

/// A BIT STRING of whole octets.
pub(crate) fn bit_string(octets: &[u8]) -> Vec<u8> {
    tlv(Tag::BIT_STRING, &[&[0], octets])
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    tlv(Tag::UTF8_STRING, &[text.as_bytes()])
}

pub(crate) fn generalized_time(time: Time) -> Vec<u8> {
    tlv(Tag::GENERALIZED_TIME, &[time.to_generalized().as_bytes()])
}

/// A Time as RFC 5280 §4.1.2.5 and RFC 5652 §11.3 want it: UTCTime from 1950 to 2049, GeneralizedTime outside, no fraction.
pub(crate) fn time(time: Time) -> Vec<u8> {
    match time.to_utc() {
        Some(utc) => tlv(Tag::UTC_TIME, &[utc.as_bytes()]),
        None => generalized_time(time.whole_seconds()),
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_as_short_as_they_can_be() {
        assert_eq!(tlv(Tag::OCTET_STRING, &[&[7; 127]])[..2], [0x04, 0x7f]);
        assert_eq!(tlv(Tag::OCTET_STRING, &[&[7; 128]])[..3], [0x04, 0x81, 0x80]);
        assert_eq!(tlv(Tag::OCTET_STRING, &[&[7; 256]])[..4], [0x04, 0x82, 1, 0]);
    }

    #[test]
    fn integers_have_no_superfluous_octet_and_no_sign() {
        assert_eq!(unsigned(&[]), [2, 1, 0]);
        assert_eq!(unsigned(&[0, 0, 0x7f]), [2, 1, 0x7f]);
        assert_eq!(unsigned(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(small(65_537), [2, 3, 1, 0, 1]);
    }
}
