//! What is stamped: a digest, as it stands in a request or in a token.

use crate::asn1::algorithm::{AlgorithmIdentifier, identifier};
use crate::asn1::read::Reader;
use crate::asn1::{Tag, write};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::oid::Oid;

/// The digest that is stamped.
///
/// ```text
/// MessageImprint ::= SEQUENCE {
///     hashAlgorithm AlgorithmIdentifier,
///     hashedMessage OCTET STRING }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageImprint {
    algorithm: Oid,
    parameters: Vec<u8>,
    octets: Vec<u8>,
}

impl MessageImprint {
    /// The imprint of a digest.
    pub fn new(digest: &Digest) -> Self {
        Self { algorithm: digest.algorithm().oid(), parameters: Vec::new(), octets: digest.octets().to_vec() }
    }

    /// The object identifier of the hash function.
    pub fn algorithm(&self) -> Oid {
        self.algorithm
    }

    /// The octets of the digest, however many they are.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The digest.
    ///
    /// # Errors
    ///
    /// `Unsupported` when the hash function is not one of ours, `Malformed` when the digest does not have its length.
    pub fn digest(&self) -> Result<Digest> {
        // RFC 5754 §2: absent parameters and NULL are the same.
        let known =
            if matches!(self.parameters.as_slice(), [] | [5, 0]) { Algorithm::from_oid(&self.algorithm) } else { None };
        let algorithm =
            known.ok_or_else(|| Error::unsupported("unknown hash algorithm").with(self.algorithm.to_string()))?;
        Digest::new(algorithm, &self.octets)
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut fields = reader.sequence("message imprint expected")?;
        let identifier = AlgorithmIdentifier::read(&mut fields)?;
        let octets = fields.read(Tag::OCTET_STRING, "hashed message expected")?.octets()?.into_owned();
        fields.finish("message imprint with more than two elements")?;
        let parameters = identifier.parameters.map(|parameters| parameters.raw.to_vec()).unwrap_or_default();
        Ok(Self { algorithm: identifier.oid, parameters, octets })
    }

    /// Writes the parameters as they were read, so that an answer repeats the NULL of its question, or its absence.
    pub(super) fn to_der(&self) -> Vec<u8> {
        write::sequence(&[&identifier(&self.algorithm, &self.parameters), &write::octet_string(&self.octets)])
    }
}
