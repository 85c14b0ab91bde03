//! Attributes (RFC 5652 §5.3) and the octets of the signed ones that were signed (§5.4).

use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid::Oid;

/// ```text
/// Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }
/// ```
#[derive(Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) oid: Oid,
    pub(crate) values: Vec<Tlv<'a>>,
    pub(crate) raw: &'a [u8],
    /// The type and the SET of values, each with its tag and length, without those of the attribute.
    pub(crate) content: &'a [u8],
    pub(crate) offset: usize,
}

/// The signed attributes of one signer, and what their signature covers.
#[derive(Debug)]
pub(crate) struct SignedAttributes<'a> {
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// The DER encoding of the SET: each attribute's own octets as received, in DER order (RFC 5652 §5.4).
    pub(crate) to_be_signed: Vec<u8>,
    /// Whether that is also what was received, but for the IMPLICIT tag.
    pub(crate) is_der: bool,
}

impl<'a> Attribute<'a> {
    pub(crate) fn read_all(set: &mut Reader<'a>, budget: &mut Budget) -> Result<Vec<Self>> {
        let mut attributes = Vec::new();
        while !set.is_empty() {
            budget.element()?;
            let tlv = set.read(Tag::SEQUENCE, "attribute expected")?;
            let mut fields = tlv.reader();
            let oid = fields.oid()?;
            let mut set = fields.read(Tag::SET, "attribute values expected")?.reader();
            fields.finish("attribute with more than two elements")?;
            let mut values = Vec::new();
            while !set.is_empty() {
                budget.element()?;
                values.push(set.any()?);
            }
            attributes.push(Self { oid, values, raw: tlv.raw, content: tlv.content, offset: tlv.offset });
        }
        Ok(attributes)
    }

    /// The only value of an attribute that may have one.
    pub(crate) fn single(&self) -> Result<Tlv<'a>> {
        match self.values.as_slice() {
            [value] => Ok(*value),
            _ => Err(Error::malformed("attribute that must have one value").with(self.oid.to_string()).at(self.offset)),
        }
    }
}

impl<'a> SignedAttributes<'a> {
    pub(crate) fn parse(set: &Tlv<'a>, budget: &mut Budget) -> Result<Self> {
        let attributes = Attribute::read_all(&mut set.reader(), budget)?;
        let to_be_signed = write::set_of(Tag::SET, attributes.iter().map(|attribute| attribute.raw.to_vec()).collect());
        let is_der = to_be_signed.get(1..) == set.raw.get(1..);
        Ok(Self { attributes, to_be_signed, is_der })
    }

    /// The attribute of this type, which must not be there twice.
    pub(crate) fn at_most_one(&self, oid: Oid) -> Result<Option<&Attribute<'a>>> {
        let mut found = self.attributes.iter().filter(|attribute| attribute.oid == oid);
        match (found.next(), found.next()) {
            (_, Some(again)) => {
                Err(Error::malformed("attribute that is there twice").with(oid.to_string()).at(again.offset))
            }
            (first, None) => Ok(first),
        }
    }
}
