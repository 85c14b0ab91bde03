//! References to certificates and revocation information (RFC 5126 §6.2), and the time-stamps over them (§6.3.5, §6.3.6).

use std::collections::HashSet;

use super::long_term::sequence;
use super::time_stamps::Stamped;
use crate::ades::{Check, Defect, Material, Weight, object_digest};
use crate::asn1::Tag;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::{Reader, Tlv};
use crate::cms::{Attribute, SignerInfo};
use crate::digest::{Algorithm, Digest, Hasher};
use crate::error::{ErrorKind, Result};
use crate::key::digest_from_identifier;
use crate::limits::Budget;
use crate::oid::{self, Oid};

/// The digests by which a signature refers to certificates and revocation information.
#[derive(Default)]
pub(super) struct References(HashSet<Digest>);

impl References {
    /// Reads the references among unsigned attributes. They prove nothing of themselves: what matters is the material.
    pub(super) fn read(attributes: &[Attribute<'_>], defects: &mut Vec<Defect>, budget: &mut Budget) -> Result<Self> {
        let mut references = Self::default();
        for attribute in attributes {
            for value in &attribute.values {
                let (clause, what, read) = match attribute.oid {
                    oid::COMPLETE_CERTIFICATE_REFERENCES => {
                        ("RFC 5126 6.2.1", "certificate references", references.read_certificates(value, budget))
                    }
                    oid::COMPLETE_REVOCATION_REFERENCES => {
                        ("RFC 5126 6.2.2", "revocation references", references.read_revocation(value, budget))
                    }
                    _ => continue,
                };
                match read {
                    Err(error) if error.kind() == ErrorKind::LimitExceeded => return Err(error),
                    Err(error) => {
                        let what = format!("{what} cannot be read: {error}");
                        defects.push(Defect::new(Weight::Constraint, clause, what));
                    }
                    Ok(count) => {
                        defects.push(Defect::new(Weight::Remark, clause, format!("{count} {what}")));
                    }
                }
            }
        }
        Ok(references)
    }

    /// The names of those objects that are referred to by a digest which still says something.
    pub(super) fn resolve(&self, material: &Material, budget: &mut Budget) -> Result<Vec<Digest>> {
        let algorithms: HashSet<Algorithm> = self.0.iter().map(Digest::algorithm).collect();
        let certificates = material.certificates.iter().map(|certificate| certificate.der());
        let octets = certificates.chain(material.crls.iter().chain(&material.ocsp_responses).map(Vec::as_slice));
        let length: usize = octets.clone().map(<[u8]>::len).sum();
        budget.hash(length.saturating_mul(algorithms.len()))?;
        let is_meant = |octets: &&[u8]| {
            let mut strong = algorithms.iter().filter(|algorithm| **algorithm != Algorithm::Sha1);
            strong.any(|algorithm| self.0.contains(&algorithm.digest(octets)))
        };
        Ok(octets.filter(is_meant).map(object_digest).collect())
    }

    /// CompleteCertificateRefs ::= SEQUENCE OF OtherCertID
    ///
    /// OtherCertID ::= SEQUENCE { otherCertHash OtherHash, issuerSerial IssuerSerial OPTIONAL }
    fn read_certificates(&mut self, value: &Tlv<'_>, budget: &mut Budget) -> Result<usize> {
        self.read_each(&mut sequence(value)?, budget, |fields| fields.any().map(Some))
    }

    /// ```text
    /// CompleteRevocationRefs ::= SEQUENCE OF CrlOcspRef
    /// CrlOcspRef ::= SEQUENCE {
    ///     crlids [0] SEQUENCE { crls SEQUENCE OF CrlValidatedID } OPTIONAL,
    ///     ocspids [1] SEQUENCE { ocspResponses SEQUENCE OF OcspResponsesID } OPTIONAL, otherRev [2] OtherRevRefs OPTIONAL }
    /// CrlValidatedID ::= SEQUENCE { crlHash OtherHash, crlIdentifier CrlIdentifier OPTIONAL }
    /// OcspResponsesID ::= SEQUENCE { ocspIdentifier OcspIdentifier, ocspRepHash OtherHash OPTIONAL }
    /// ```
    fn read_revocation(&mut self, value: &Tlv<'_>, budget: &mut Budget) -> Result<usize> {
        let mut references = sequence(value)?;
        let mut count = 0;
        while !references.is_empty() {
            budget.element()?;
            let mut fields = references.sequence("revocation reference expected")?;
            if let Some(lists) = fields.optional(Tag::context(0))? {
                let mut lists =
                    lists.reader().sequence("list references expected")?.sequence("list references expected")?;
                count += self.read_each(&mut lists, budget, |fields| fields.any().map(Some))?;
            }
            if let Some(responses) = fields.optional(Tag::context(1))? {
                let mut responses = responses.reader().sequence("response references expected")?;
                let mut responses = responses.sequence("response references expected")?;
                count += self.read_each(&mut responses, budget, |fields| {
                    fields.any()?;
                    if fields.is_empty() { Ok(None) } else { fields.any().map(Some) }
                })?;
            }
            fields.optional(Tag::context(2))?;
            fields.finish("unknown field in a revocation reference")?;
        }
        Ok(count)
    }

    fn read_each(
        &mut self,
        references: &mut Reader<'_>,
        budget: &mut Budget,
        hash_of: impl for<'r> Fn(&mut Reader<'r>) -> Result<Option<Tlv<'r>>>,
    ) -> Result<usize> {
        let mut count = 0;
        while !references.is_empty() {
            budget.element()?;
            if let Some(hash) = hash_of(&mut references.sequence("reference expected")?)? {
                self.0.extend(other_hash(&hash)?);
            }
            count += 1;
        }
        Ok(count)
    }
}

/// `None` when the hash algorithm is unknown.
///
/// ```text
/// OtherHash ::= CHOICE { sha1Hash OCTET STRING, otherHash SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashValue OCTET STRING } }
/// ```
fn other_hash(tlv: &Tlv<'_>) -> Result<Option<Digest>> {
    if tlv.tag.primitive() == Tag::OCTET_STRING {
        return Digest::new(Algorithm::Sha1, &tlv.octets()?).map(Some);
    }
    let mut fields = sequence(tlv)?;
    let algorithm = match digest_from_identifier(&AlgorithmIdentifier::read(&mut fields)?) {
        Err(error) if error.kind() == ErrorKind::Unsupported => return Ok(None),
        other => other?,
    };
    Digest::new(algorithm, &fields.read(Tag::OCTET_STRING, "hash value expected")?.octets()?).map(Some)
}

/// CAdES-C-timestamp: over the signature value, the signature time-stamps and the references, those without the tag and
/// length of their attribute (RFC 5126 §6.3.5).
pub(super) fn compare_complete(signer: &SignerInfo<'_>, imprint: &Digest, objects: Vec<Digest>) -> Stamped {
    let parts = [oid::SIGNATURE_TIME_STAMP, oid::COMPLETE_CERTIFICATE_REFERENCES, oid::COMPLETE_REVOCATION_REFERENCES];
    compare("RFC 5126 6.3.5", signer, &signer.signature, &parts, imprint, objects)
}

/// Time-stamped-certs-crls-references: over the references alone (RFC 5126 §6.3.6).
pub(super) fn compare_references(signer: &SignerInfo<'_>, imprint: &Digest, objects: Vec<Digest>) -> Stamped {
    let parts = [oid::COMPLETE_CERTIFICATE_REFERENCES, oid::COMPLETE_REVOCATION_REFERENCES];
    compare("RFC 5126 6.3.6", signer, &[], &parts, imprint, objects)
}

fn compare(
    clause: &'static str,
    signer: &SignerInfo<'_>,
    value: &[u8],
    types: &[Oid],
    imprint: &Digest,
    objects: Vec<Digest>,
) -> Stamped {
    let attributes: Vec<&Attribute<'_>> =
        signer.unsigned_attributes.iter().filter(|attribute| types.contains(&attribute.oid)).collect();
    if attributes.iter().all(|attribute| attribute.oid == oid::SIGNATURE_TIME_STAMP) {
        return Stamped::defective(
            Check::NotChecked,
            clause,
            "there are no references that the time-stamp could be over",
        );
    }
    let holds = |attributes: &[&Attribute<'_>]| {
        let mut hasher = Hasher::new(&[imprint.algorithm()]);
        hasher.update(value);
        attributes.iter().for_each(|attribute| hasher.update(attribute.content));
        hasher.finish() == [*imprint]
    };
    // The clause lists them in one order; some signers took them as they stand in the signature.
    let mut listed = attributes.clone();
    listed.sort_by_key(|attribute| types.iter().position(|oid| *oid == attribute.oid));
    let check = if holds(&listed) || holds(&attributes) { Check::Holds } else { Check::Broken };
    Stamped::new(check, objects)
}
