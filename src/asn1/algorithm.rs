//! AlgorithmIdentifier, the structure that every format shares.

use super::read::{Reader, Tlv};
use super::{Tag, write};
use crate::error::{Error, Result};
use crate::oid::Oid;

/// ```text
/// AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug)]
pub(crate) struct AlgorithmIdentifier<'a> {
    pub(crate) oid: Oid,
    pub(crate) parameters: Option<Tlv<'a>>,
    pub(crate) offset: usize,
}

impl<'a> AlgorithmIdentifier<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self> {
        Self::from_tlv(&reader.read(Tag::SEQUENCE, "algorithm identifier expected")?)
    }

    /// Reads one whose SEQUENCE tag may have been replaced by an IMPLICIT one.
    pub(crate) fn from_tlv(tlv: &Tlv<'a>) -> Result<Self> {
        let mut fields = tlv.reader();
        let oid = fields.oid()?;
        let parameters = if fields.is_empty() { None } else { Some(fields.any()?) };
        fields.finish("algorithm identifier with more than two elements")?;
        Ok(Self { oid, parameters, offset: tlv.offset })
    }

    /// Fails unless the parameters are absent or NULL, which RFC 5754 §2 tells readers to take alike.
    pub(crate) fn no_parameters(&self) -> Result<()> {
        match self.parameters {
            None => Ok(()),
            Some(Tlv { tag: Tag::NULL, content: [], .. }) => Ok(()),
            Some(other) => Err(Error::malformed("algorithm parameters where there are none").at(other.offset)),
        }
    }
}

/// An AlgorithmIdentifier with these parameters already encoded, or without.
pub(crate) fn identifier(oid: &Oid, parameters: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::oid(oid), parameters])
}
