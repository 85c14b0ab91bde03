//! What a signature stands under: the form that certificates, revocation lists and OCSP responses share.

use std::ops::Range;
use std::sync::OnceLock;

use crate::asn1::Tag;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::{Reader, Tlv};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::key::{Mismatch, PublicKey, SignatureAlgorithm};
use crate::limits::Budget;
use crate::oid::Oid;

/// Where the parts of a signed structure stand in its octets.
///
/// ```text
/// SIGNED ::= SEQUENCE { toBeSigned ANY, algorithm AlgorithmIdentifier, signature BIT STRING }
/// ```
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub(super) to_be_signed: Range<usize>,
    algorithm: Range<usize>,
    signature: Range<usize>,
    /// That of a large content, once it was computed.
    digest: OnceLock<Digest>,
}

impl Signed {
    /// Reads the three parts and gives the first. Offsets are those of the reader's whole input.
    pub(super) fn read<'a>(fields: &mut Reader<'a>) -> Result<(Self, Tlv<'a>)> {
        let to_be_signed = fields.read(Tag::SEQUENCE, "signed content expected")?;
        let algorithm = fields.read(Tag::SEQUENCE, "signature algorithm expected")?;
        let signature = fields.read(Tag::BIT_STRING, "signature value expected")?;
        let place = |tlv: &Tlv<'_>| tlv.offset..tlv.offset + tlv.raw.len();
        let signed = Self {
            to_be_signed: place(&to_be_signed),
            algorithm: place(&algorithm),
            signature: place(&signature),
            digest: OnceLock::new(),
        };
        Ok((signed, to_be_signed))
    }

    /// The AlgorithmIdentifier beside the signature, as encoded.
    pub(super) fn algorithm_octets<'a>(&self, whole: &'a [u8]) -> &'a [u8] {
        whole.get(self.algorithm.clone()).unwrap_or_default()
    }

    pub(super) fn algorithm(&self, whole: &[u8]) -> Result<SignatureAlgorithm> {
        let identifier = AlgorithmIdentifier::read(&mut Reader::new(self.algorithm_octets(whole)))?;
        SignatureAlgorithm::from_identifier(&identifier, None)
    }

    /// Verifies the signature in these octets with a key. To hash a large content costs as many checks as it has MiB, once.
    pub(super) fn verify(
        &self,
        whole: &[u8],
        key: &PublicKey,
        budget: &mut Budget,
    ) -> Result<std::result::Result<(), Mismatch>> {
        let algorithm = self.algorithm(whole)?;
        let verifier = key.verifier(algorithm)?;
        let content = whole.get(self.to_be_signed.clone()).unwrap_or_default();
        let signature = whole.get(self.signature.clone()).unwrap_or_default();
        budget.signature_check()?;
        if self.digest.get().is_none() {
            for _mebibyte in 0..content.len() >> 20 {
                budget.signature_check()?;
            }
        }
        // A signature value is octets: a BIT STRING that ends within one holds none.
        let Ok(signature) = Reader::new(signature).any()?.bit_octets() else { return Ok(Err(Mismatch)) };
        Ok(match algorithm.digest().filter(|_| content.len() >> 20 > 0) {
            Some(hash) => verifier.verify_digest(self.digest.get_or_init(|| hash.digest(content)), signature),
            None => verifier.verify(content, signature),
        })
    }
}

/// Reads `Extensions`, calling for each with its identifier, whether it is critical, and its value.
///
/// ```text
/// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
/// ```
pub(super) fn each_extension(
    list: &mut Reader<'_>,
    mut read: impl FnMut(Oid, bool, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut left = MOST_EXTENSIONS;
    while !list.is_empty() {
        left = left.checked_sub(1).ok_or_else(|| Error::limit("more extensions than the limit allows"))?;
        let mut fields = list.sequence("extension expected")?;
        let kind = fields.oid()?;
        let critical = match fields.optional(Tag::BOOLEAN)? {
            Some(field) => field.boolean()?,
            None => false,
        };
        let value = fields.read(Tag::OCTET_STRING, "value of an extension expected")?;
        fields.finish("extension with more than three elements")?;
        read(kind, critical, &value.octets()?).map_err(|error| error.at(value.offset))?;
    }
    Ok(())
}

/// Reads a value that is one element and nothing more.
pub(super) fn only<'a>(octets: &'a [u8], tag: Tag, what: &'static str) -> Result<Tlv<'a>> {
    let mut reader = Reader::new(octets);
    let tlv = reader.read(tag, what)?;
    reader.finish("octets after the value of an extension")?;
    Ok(tlv)
}

/// As for certificates: RFC 5280 and RFC 6960 define fewer than twenty for any one place.
const MOST_EXTENSIONS: usize = 200;
