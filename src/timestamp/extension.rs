//! Extensions of requests and tokens.

use crate::asn1::read::Reader;
use crate::asn1::{Tag, write};
use crate::error::Result;
use crate::limits::Budget;
use crate::oid::Oid;

/// An extension of a request or of a token, as X.509 has them.
///
/// ```text
/// Extension ::= SEQUENCE {
///     extnID    OBJECT IDENTIFIER,
///     critical  BOOLEAN DEFAULT FALSE,
///     extnValue OCTET STRING }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extension {
    /// What it is.
    pub oid: Oid,
    /// Whether a reader that does not know it must give up.
    pub critical: bool,
    /// The content octets of `extnValue`.
    pub value: Vec<u8>,
}

impl Extension {
    /// An extension that a reader may overlook.
    pub fn new(oid: Oid, value: impl Into<Vec<u8>>) -> Self {
        Self { oid, critical: false, value: value.into() }
    }

    /// Makes readers that do not know it give up.
    #[must_use]
    pub fn critical(mut self) -> Self {
        self.critical = true;
        self
    }

    pub(super) fn read_all(mut fields: Reader<'_>, budget: &mut Budget) -> Result<Vec<Self>> {
        let mut extensions = Vec::new();
        while !fields.is_empty() {
            budget.element()?;
            let mut parts = fields.sequence("extension expected")?;
            let oid = parts.oid()?;
            let critical = match parts.optional(Tag::BOOLEAN)? {
                Some(flag) => flag.boolean()?,
                None => false,
            };
            let value = parts.read(Tag::OCTET_STRING, "extension value expected")?.octets()?.into_owned();
            parts.finish("extension with more than three elements")?;
            extensions.push(Self { oid, critical, value });
        }
        Ok(extensions)
    }

    /// Extensions under an IMPLICIT tag, or nothing where there are none.
    pub(super) fn write_all(tag: Tag, extensions: &[Self]) -> Vec<u8> {
        if extensions.is_empty() {
            return Vec::new();
        }
        let each: Vec<Vec<u8>> = extensions.iter().map(Self::to_der).collect();
        let parts: Vec<&[u8]> = each.iter().map(Vec::as_slice).collect();
        write::tlv(tag, &parts)
    }

    fn to_der(&self) -> Vec<u8> {
        let critical = if self.critical { write::boolean_true() } else { Vec::new() };
        write::sequence(&[&write::oid(&self.oid), &critical, &write::octet_string(&self.value)])
    }
}
