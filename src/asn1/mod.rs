//! ASN.1 in octets: a reader of BER that keeps what it read, and a writer of DER.
//!
//! Real CMS is BER, and what was signed is never re-encoded, so the reader hands out slices of its input.

pub(crate) mod algorithm;
pub(crate) mod pem;
pub(crate) mod read;
pub(crate) mod write;

/// The identifier octet of a TLV, class and constructed bit included. Tag numbers above 30 do not occur in our formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag(pub(crate) u8);

impl Tag {
    pub(crate) const BOOLEAN: Self = Self(0x01);
    pub(crate) const INTEGER: Self = Self(0x02);
    pub(crate) const BIT_STRING: Self = Self(0x03);
    pub(crate) const OCTET_STRING: Self = Self(0x04);
    pub(crate) const NULL: Self = Self(0x05);
    pub(crate) const OBJECT_IDENTIFIER: Self = Self(0x06);
    pub(crate) const UTF8_STRING: Self = Self(0x0c);
    pub(crate) const PRINTABLE_STRING: Self = Self(0x13);
    pub(crate) const IA5_STRING: Self = Self(0x16);
    pub(crate) const UTC_TIME: Self = Self(0x17);
    pub(crate) const GENERALIZED_TIME: Self = Self(0x18);
    pub(crate) const SEQUENCE: Self = Self(0x30);
    pub(crate) const SET: Self = Self(0x31);

    /// `[number]`, constructed: EXPLICIT tags, and IMPLICIT ones of a SEQUENCE or SET.
    pub(crate) const fn context(number: u8) -> Self {
        Self(0xa0 | number)
    }

    /// `[number]`, primitive: IMPLICIT tags of a string or number.
    pub(crate) const fn context_primitive(number: u8) -> Self {
        Self(0x80 | number)
    }

    pub(crate) const fn is_constructed(self) -> bool {
        self.0 & 0x20 != 0
    }

    pub(crate) const fn primitive(self) -> Self {
        Self(self.0 & !0x20)
    }
}
