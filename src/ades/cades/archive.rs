//! Archive time-stamps: the hash index and the imprint of version 3 (EN 319 122-1 5.5), the imprint of version 2
//! (RFC 5126 §6.4.1).

use std::borrow::Cow;
use std::collections::HashMap;

use super::embedded::is_evidence_record;
use super::evidence_record::record_objects;
use super::long_term::{Collected, Revocation, sequence};
use super::time_stamps::{Stamped, time_stamp_kind};
use crate::ades::{Check, Defect, Weight, object_digest};
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::cms::{Attribute, ContentDigests, SignedData, SignerInfo};
use crate::digest::{self, Digest, Hasher};
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::EvidenceRecord;
use crate::key::{digest_from_identifier, digest_identifier};
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::time::Time;
use crate::timestamp::Token;

/// What the archive time-stamps of one signer are over.
pub(super) struct Archived<'m, 'a> {
    message: &'m SignedData<'a>,
    signer: &'m SignerInfo<'a>,
    content: ContentDigests<'m>,
    /// Those computed so far, each once for however many time-stamps.
    digests: Vec<Digest>,
    attributes: Vec<Unsigned<'m, 'a>>,
}

/// An unsigned attribute that an archive time-stamp may cover.
struct Unsigned<'m, 'a> {
    attribute: &'m Attribute<'a>,
    /// The names of the objects in each of its values.
    objects: Vec<Vec<Digest>>,
    /// The time of an archive time-stamp, the latest where there are several.
    stamped: Option<Time>,
}

/// ```text
/// ATSHashIndexV3 ::= SEQUENCE {
///     hashIndAlgorithm AlgorithmIdentifier, certificatesHashIndex SEQUENCE OF OCTET STRING,
///     crlsHashIndex SEQUENCE OF OCTET STRING, unsignedAttrValuesHashIndex SEQUENCE OF OCTET STRING }
/// ```
///
/// In the first version the algorithm is DEFAULT sha256, and the last list is of whole attributes, as in the second one.
struct HashIndex<'a> {
    raw: &'a [u8],
    algorithm: digest::Algorithm,
    certificates: Vec<Cow<'a, [u8]>>,
    revocation: Vec<Cow<'a, [u8]>>,
    attributes: Vec<Cow<'a, [u8]>>,
    of_values: bool,
}

impl<'a> HashIndex<'a> {
    /// The one hash index among the unsigned attributes of a token.
    fn of_token(token: &SignedData<'a>, budget: &mut Budget) -> Result<Self> {
        let unsigned = token.signers.iter().flat_map(|signer| &signer.unsigned_attributes);
        let mut indexes = unsigned.filter(|attribute| {
            matches!(attribute.oid, oid::ATS_HASH_INDEX | oid::ATS_HASH_INDEX_V2 | oid::ATS_HASH_INDEX_V3)
        });
        match (indexes.next(), indexes.next()) {
            (Some(attribute), None) => Self::read(attribute.oid, &attribute.single()?, budget),
            (None, _) => Err(Error::malformed("archive time-stamp without a hash index")),
            (Some(_), Some(again)) => {
                Err(Error::malformed("archive time-stamp with several hash indexes").at(again.offset))
            }
        }
    }

    fn read(version: Oid, value: &Tlv<'a>, budget: &mut Budget) -> Result<Self> {
        let mut fields = sequence(value)?;
        // The lists are SEQUENCEs as well: an algorithm begins with an object identifier.
        let begins_with = |fields: &Reader<'a>| fields.clone().any().ok().and_then(|tlv| tlv.reader().peek());
        let algorithm = if begins_with(&fields) == Some(Tag::OBJECT_IDENTIFIER) {
            digest_from_identifier(&AlgorithmIdentifier::read(&mut fields)?)?
        } else if version == oid::ATS_HASH_INDEX {
            digest::Algorithm::Sha256
        } else {
            return Err(Error::malformed("hash index without its algorithm").at(value.offset));
        };
        let mut list = || {
            let mut list = fields.sequence("list of the hash index expected")?;
            let mut hashes = Vec::new();
            while !list.is_empty() {
                budget.element()?;
                hashes.push(list.read(Tag::OCTET_STRING, "hash value expected")?.octets()?);
            }
            Ok::<_, Error>(hashes)
        };
        let (certificates, revocation, attributes) = (list()?, list()?, list()?);
        fields.finish("unknown field in the hash index")?;
        let of_values = version == oid::ATS_HASH_INDEX_V3;
        Ok(Self { raw: value.raw, algorithm, certificates, revocation, attributes, of_values })
    }
}

/// The ATSHashIndexV3 of a signer as the message stands.
pub(super) fn hash_index(message: &SignedData<'_>, signer: &SignerInfo<'_>, algorithm: digest::Algorithm) -> Vec<u8> {
    let list = |hashes: Vec<Digest>| {
        let hashes: Vec<Vec<u8>> = hashes.iter().map(|hash| write::octet_string(hash.octets())).collect();
        write::sequence(&hashes.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    let raw = |items: &[Tlv<'_>]| items.iter().map(|tlv| algorithm.digest(tlv.raw)).collect();
    let values = signer
        .unsigned_attributes
        .iter()
        .flat_map(|attribute| attribute.values.iter().map(move |value| value_hash(attribute.oid, value, algorithm)));
    write::sequence(&[
        &digest_identifier(algorithm),
        &list(raw(&message.certificates)),
        &list(raw(&message.revocation)),
        &list(values.collect()),
    ])
}

/// The imprint of an archive-time-stamp-v3 (EN 319 122-1 5.5.3, steps 1 to 4).
pub(super) fn imprint(
    message: &SignedData<'_>,
    signer: &SignerInfo<'_>,
    content: &Digest,
    hash_index: &[u8],
) -> Result<Digest> {
    let parts = [&*write::oid(&message.content_type), content.octets(), signer.before_unsigned, hash_index];
    digest_of(content.algorithm(), &parts)
}

fn digest_of(algorithm: digest::Algorithm, parts: &[&[u8]]) -> Result<Digest> {
    let mut hasher = Hasher::new(&[algorithm]);
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finish().pop().ok_or_else(|| Error::unsupported("no digest of the archived parts"))
}

fn value_hash(attribute: Oid, value: &Tlv<'_>, algorithm: digest::Algorithm) -> Digest {
    let mut octets = write::oid(&attribute);
    octets.extend_from_slice(value.raw);
    algorithm.digest(&octets)
}

impl<'m, 'a> Archived<'m, 'a> {
    pub(super) fn new(
        message: &'m SignedData<'a>,
        signer: &'m SignerInfo<'a>,
        content: ContentDigests<'m>,
        budget: &mut Budget,
    ) -> Result<Self> {
        // Every object in the attributes gets its name.
        budget.hash(signer.raw.len())?;
        let unsigned = signer.unsigned_attributes.iter().map(|attribute| Unsigned::new(attribute, budget));
        let attributes = unsigned.collect::<Result<_>>()?;
        Ok(Self { message, signer, content, digests: Vec::new(), attributes })
    }

    /// The hash algorithms in which archive time-stamps of version 3 need the content.
    pub(super) fn content_algorithms(signer: &SignerInfo<'_>, budget: &mut Budget) -> Vec<digest::Algorithm> {
        let stamps = signer.unsigned_attributes.iter().filter(|attribute| attribute.oid == oid::ARCHIVE_TIME_STAMP_V3);
        let tokens = stamps.flat_map(|attribute| &attribute.values);
        // What cannot be read is found again, and said, when the time-stamp is compared.
        let imprints = tokens.filter_map(|value| {
            Token::parse(value.raw, budget).and_then(|token| token.info().message_imprint().digest()).ok()
        });
        imprints.map(|imprint| imprint.algorithm()).collect()
    }

    /// Version 3: first the hash index, then the imprint (EN 319 122-1 5.5.2). What the index does not list is not covered.
    pub(super) fn compare_v3(&mut self, token: &Token, expected: &Digest, budget: &mut Budget) -> Result<Stamped> {
        // What the index may list is hashed to be found, and again to be named.
        let listed = [self.message.certificates_field, self.message.revocation_field, self.signer.raw];
        budget.hash(listed.map(<[u8]>::len).into_iter().sum::<usize>().saturating_mul(2))?;
        let token = token.message()?;
        let index = match HashIndex::of_token(&token, budget) {
            Ok(index) => index,
            Err(error) => return Stamped::from_error(INDEX, error),
        };
        let (mut covers, mut defects) = (Vec::new(), Vec::new());
        if index.algorithm != expected.algorithm() {
            let what = format!("the hash index is in {}, the imprint in {}", index.algorithm, expected.algorithm());
            defects.push(Defect::new(Weight::Constraint, INDEX, what));
        }
        let missing = self.resolve(&index, &mut covers);
        let check = if let Some(what) = missing {
            defects.push(Defect::new(Weight::Constraint, INDEX, format!("the hash index lists {what}")));
            Check::Broken
        } else if let Some(content) = self.content_digest(expected.algorithm(), budget)? {
            let computed = imprint(self.message, self.signer, &content, index.raw)?;
            if computed == *expected { Check::Holds } else { Check::Broken }
        } else {
            let what = format!("the {} digest of the content is not at hand", expected.algorithm());
            defects.push(Defect::new(Weight::Remark, IMPRINT, what));
            Check::NotChecked
        };
        covers.push(object_digest(&self.signer.signature));
        covers.extend(signed_tokens(self.signer));
        Ok(Stamped { imprint: check, covers, defects })
    }

    /// Finds what the index lists; gives what it lists without being there.
    fn resolve(&self, index: &HashIndex<'_>, covers: &mut Vec<Digest>) -> Option<&'static str> {
        let algorithm = index.algorithm;
        let by_hash = |items: &'_ [Tlv<'_>]| -> HashMap<Vec<u8>, usize> {
            let hashes = items.iter().enumerate().map(|(at, tlv)| (algorithm.digest(tlv.raw).octets().to_vec(), at));
            hashes.collect()
        };
        let certificates = by_hash(&self.message.certificates);
        for hash in &index.certificates {
            let Some(tlv) = certificates.get(&**hash).and_then(|at| self.message.certificates.get(*at)) else {
                return Some("a certificate that is not among those of the message");
            };
            covers.push(object_digest(tlv.raw));
        }
        let revocation = by_hash(&self.message.revocation);
        for hash in &index.revocation {
            let Some(tlv) = revocation.get(&**hash).and_then(|at| self.message.revocation.get(*at)) else {
                return Some("revocation information that is not among that of the message");
            };
            // What cannot be read is no object; the message says so itself.
            covers.extend(Revocation::from_choice(tlv).ok().flatten().map(|revocation| revocation.object()));
        }
        let mut attributes: HashMap<Vec<u8>, &[Vec<Digest>]> = HashMap::new();
        for Unsigned { attribute, objects, .. } in &self.attributes {
            if index.of_values {
                for (value, objects) in attribute.values.iter().zip(objects) {
                    let hash = value_hash(attribute.oid, value, algorithm);
                    attributes.insert(hash.octets().to_vec(), std::slice::from_ref(objects));
                }
            } else {
                attributes.insert(algorithm.digest(attribute.raw).octets().to_vec(), objects);
            }
        }
        for hash in &index.attributes {
            let Some(objects) = attributes.get(&**hash) else {
                return Some("an unsigned attribute that is not there");
            };
            covers.extend(objects.iter().flatten());
        }
        None
    }

    fn content_digest(&mut self, algorithm: digest::Algorithm, budget: &mut Budget) -> Result<Option<Digest>> {
        let mut known = self.digests.iter().find(|digest| digest.algorithm() == algorithm).copied();
        if known.is_none() {
            known = self.content.digest(algorithm, budget)?;
            self.digests.extend(known);
        }
        Ok(known)
    }

    /// Version 2: everything as received, but for this and later archive time-stamps.
    pub(super) fn compare_v2(&self, token: &Token, expected: &Digest, budget: &mut Budget) -> Result<Stamped> {
        let content = match (&self.message.content, self.content) {
            (Some(_), _) => &[][..],
            (None, ContentDigests::Octets(octets, _)) => octets,
            (None, _) => {
                let mut stamped = Stamped::new(Check::NotChecked, Vec::new());
                let what = "the time-stamp is over the content itself, which is not at hand";
                stamped.defects.push(Defect::new(Weight::Remark, "RFC 5126 6.4.1", what));
                return Ok(stamped);
            }
        };
        let was_there = |unsigned: &&Unsigned<'_, '_>| match unsigned.stamped {
            Some(time) => time < token.time(),
            // A record of the message covers its archive time-stamps, and so came later.
            None => !is_archive_time_stamp(unsigned.attribute.oid) && !is_evidence_record(unsigned.attribute.oid),
        };
        let attributes: Vec<&Unsigned<'_, '_>> = self.attributes.iter().filter(was_there).collect();
        let raw: Vec<&[u8]> = attributes.iter().map(|unsigned| unsigned.attribute.raw).collect();
        let head = [
            self.message.encapsulated,
            content,
            self.message.certificates_field,
            self.message.revocation_field,
            self.signer.before_unsigned,
        ];
        let octets = head.iter().chain(&raw).map(|part| part.len()).sum::<usize>();
        // Hashed twice for the imprint, and then object by object.
        budget.hash(octets.saturating_mul(3))?;
        // TS 101 733 V2.2.1, annex K, note 3: with the tag and length of the unsigned attributes, or as once without.
        let field = write::tlv(Tag::context(1), &raw);
        let with_field = digest_of(expected.algorithm(), &[head.as_slice(), &[field.as_slice()]].concat())?;
        let matches =
            with_field == *expected || digest_of(expected.algorithm(), &[&head, raw.as_slice()].concat())? == *expected;
        if !matches {
            return Ok(Stamped::new(Check::Broken, Vec::new()));
        }
        let mut all = Collected::default();
        all.add_message(self.message, None, budget)?;
        let mut covers: Vec<Digest> = all.objects().collect();
        covers.extend(attributes.iter().flat_map(|unsigned| unsigned.objects.iter().flatten()));
        covers.push(object_digest(&self.signer.signature));
        covers.extend(signed_tokens(self.signer));
        Ok(Stamped::new(Check::Holds, covers))
    }
}

pub(super) fn is_archive_time_stamp(oid: Oid) -> bool {
    matches!(oid, oid::ARCHIVE_TIME_STAMP_V1 | oid::ARCHIVE_TIME_STAMP_V2 | oid::ARCHIVE_TIME_STAMP_V3)
}

impl<'m, 'a> Unsigned<'m, 'a> {
    fn new(attribute: &'m Attribute<'a>, budget: &mut Budget) -> Result<Self> {
        let mut unsigned = Self { attribute, objects: Vec::new(), stamped: None };
        for value in &attribute.values {
            let objects = unsigned.objects_of(value, budget)?;
            unsigned.objects.push(objects);
        }
        Ok(unsigned)
    }

    /// Tokens and what they carry, values, counter-signatures. What cannot be read is no object.
    fn objects_of(&mut self, value: &Tlv<'_>, budget: &mut Budget) -> Result<Vec<Digest>> {
        let oid = self.attribute.oid;
        let (mut objects, mut inside) = (Vec::new(), Collected::default());
        if time_stamp_kind(oid).is_some() || is_archive_time_stamp(oid) {
            if let Some(token) = readable(Token::parse(value.raw, budget))? {
                objects.push(object_digest(token.octets()));
                inside.add_token(&token.message()?, budget)?;
                if is_archive_time_stamp(oid) {
                    self.stamped = self.stamped.max(Some(token.time()));
                }
            }
        } else if oid == oid::COUNTERSIGNATURE {
            let signer = readable(SignerInfo::parse(value, budget))?;
            objects.extend(signer.map(|signer| object_digest(&signer.signature)));
        } else if is_evidence_record(oid) {
            if let Some(record) = readable(EvidenceRecord::parse(value.raw, budget))? {
                objects.extend(record_objects(&record, budget)?);
            }
        } else {
            inside.add_values(oid, value, budget)?;
        }
        objects.extend(inside.objects());
        Ok(objects)
    }
}

/// What can be read; a limit ends everything.
fn readable<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Err(error) if error.kind() == ErrorKind::LimitExceeded => Err(error),
        other => Ok(other.ok()),
    }
}

/// The names of everything in a message that proofs of existence are about, but for the unsigned attributes that are left out.
pub(super) fn named_objects(
    message: &SignedData<'_>,
    keeps: impl Fn(&Attribute<'_>) -> bool,
    budget: &mut Budget,
) -> Result<Vec<Digest>> {
    let mut fields = Collected::default();
    fields.add_message(message, None, budget)?;
    let mut objects: Vec<Digest> = fields.objects().collect();
    for signer in &message.signers {
        objects.push(object_digest(&signer.signature));
        objects.extend(signed_tokens(signer));
        for attribute in signer.unsigned_attributes.iter().filter(|attribute| keeps(attribute)) {
            objects.extend(Unsigned::new(attribute, budget)?.objects.into_iter().flatten());
        }
    }
    Ok(objects)
}

/// The content time-stamps, which stand among what was signed.
fn signed_tokens(signer: &SignerInfo<'_>) -> Vec<Digest> {
    let signed = signer.signed_attributes.iter().flat_map(|signed| &signed.attributes);
    let stamps = signed.filter(|attribute| attribute.oid == oid::CONTENT_TIME_STAMP);
    stamps.flat_map(|attribute| &attribute.values).map(|value| object_digest(value.raw)).collect()
}

const INDEX: &str = "EN 319 122-1 5.5.2";
const IMPRINT: &str = "EN 319 122-1 5.5.3";
