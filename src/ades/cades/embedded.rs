//! The evidence records that a message carries about itself, in unsigned attributes (RFC 4998, appendix A).

use std::collections::BTreeSet;
use std::mem::size_of_val;

use super::archive::named_objects;
use super::evidence_record::record_facts;
use super::long_term::Collected;
use crate::ades::{Check, Defect, Material, TimestampFacts, Weight};
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::cms::{Attribute, ContentDigests, SignedData, SignerInfo};
use crate::digest;
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::{DataObject, EvidenceRecord};
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::time::Time;

/// What the records of a message prove of it, and thus of each of its signatures.
pub(super) struct Embedded {
    /// The archive time-stamps of all records.
    pub(super) timestamps: Vec<TimestampFacts>,
    /// What their tokens carry.
    pub(super) material: Material,
    /// What cannot be read.
    pub(super) defects: Vec<Defect>,
}

/// A record and the attribute that holds it.
struct Carried {
    record: EvidenceRecord,
    attribute: Oid,
    /// Where the attribute begins in the message.
    offset: usize,
}

pub(super) fn is_evidence_record(attribute: Oid) -> bool {
    matches!(attribute, oid::INTERNAL_EVIDENCE_RECORD | oid::EXTERNAL_EVIDENCE_RECORD)
}

/// The hash algorithms in which external records need the content.
pub(super) fn content_algorithms(signer: &SignerInfo<'_>, budget: &mut Budget) -> Vec<digest::Algorithm> {
    let external = signer.unsigned_attributes.iter();
    let external = external.filter(|attribute| attribute.oid == oid::EXTERNAL_EVIDENCE_RECORD);
    // What cannot be read is found again, and said, when the record is compared.
    let records = external.flat_map(|attribute| &attribute.values);
    let records = records.filter_map(|value| EvidenceRecord::parse(value.raw, budget).ok());
    records.flat_map(|record| record.document_algorithms()).collect()
}

impl Embedded {
    /// Holds the records of a message against the message. What came with it and `more` are candidates for the certificates that
    /// their tokens lack.
    pub(super) fn read(
        octets: &[u8],
        message: &SignedData<'_>,
        content: ContentDigests<'_>,
        (shared, more): (&Collected, &[Certificate]),
        budget: &mut Budget,
    ) -> Result<Self> {
        let mut all = Self { timestamps: Vec::new(), material: Material::default(), defects: Vec::new() };
        let (mut records, mut removed) = (Vec::new(), BTreeSet::new());
        let attributes = message.signers.iter().flat_map(|signer| &signer.unsigned_attributes);
        for attribute in attributes.filter(|attribute| is_evidence_record(attribute.oid)) {
            match attribute.single().and_then(|value| EvidenceRecord::parse(value.raw, budget)) {
                Ok(record) => records.push(Carried { record, attribute: attribute.oid, offset: attribute.offset }),
                Err(error) => {
                    all.defects.push(unread(error)?);
                    removed.insert(attribute.offset);
                }
            }
        }
        // DER sorts the attributes by their octets, so that only their times tell which was there first.
        records.sort_by_key(|carried| (carried.time(), carried.offset));
        let whole = octets.get(..octets.len().saturating_sub(message.padding)).unwrap_or_default();
        let certificates: Vec<Certificate> = match records.as_slice() {
            [] => return Ok(all),
            _ => shared.material.certificates.iter().chain(more).cloned().collect(),
        };
        while let Some(carried) = records.pop() {
            removed.insert(carried.offset);
            let object = match object_of(&carried.record, whole, &removed, budget) {
                Ok(object) => object,
                Err(error) => {
                    all.defects.push(unread(error)?);
                    continue;
                }
            };
            // Everything in the message is hashed to be named.
            budget.hash(whole.len())?;
            let inside = named_objects(message, |attribute| !removed.contains(&attribute.offset), budget)?;
            let mut objects = vec![DataObject::octets(&object)];
            if carried.attribute == oid::EXTERNAL_EVIDENCE_RECORD {
                objects.push(DataObject::content(content));
            }
            let facts = record_facts(&carried.record, &objects, &inside, &certificates, budget)?;
            all.timestamps.splice(..0, facts.timestamps);
            all.material.extend(&facts.material);
            all.defects.extend(facts.defects);
        }
        Ok(all)
    }

    /// How many octets of revocation information its tokens carry, and of names of what they cover: each signature gets its own.
    pub(super) fn shared_octets(&self) -> usize {
        let carried = self.material.crls.iter().chain(&self.material.ocsp_responses).map(Vec::len);
        carried.chain(self.timestamps.iter().map(|stamp| size_of_val(stamp.covers.as_slice()))).sum()
    }
}

impl Carried {
    fn time(&self) -> Option<Time> {
        self.record.time_stamps().next().map(|stamp| stamp.token().time())
    }
}

/// What an error in a record means: a limit ends everything, the rest keeps the signatures from passing.
fn unread(error: Error) -> Result<Defect> {
    match error.kind() {
        ErrorKind::LimitExceeded => Err(error),
        _ => Ok(Defect::new(Weight::Constraint, CLAUSE, format!("an evidence record cannot be read: {error}"))),
    }
}

/// What a record is over: the message without the attributes that begin at these places. In DER the signers stand in ascending
/// order, which an attribute more may have changed: where the message as it stands is not what the record is over, its signers are
/// put into that order.
fn object_of(
    record: &EvidenceRecord,
    octets: &[u8],
    removed: &BTreeSet<usize>,
    budget: &mut Budget,
) -> Result<Vec<u8>> {
    let message = Reader::new(octets).any()?;
    let mut as_received = None;
    for order in [Order::AsReceived, Order::Ascending] {
        budget.hash(octets.len())?;
        let mut object = Vec::new();
        copy_without(&message, removed, order, &mut object)?;
        let facts = record.facts(&[DataObject::octets(&object)], budget)?;
        if facts.time_stamps.first().is_some_and(|stamp| stamp.link == Check::Holds) {
            return Ok(object);
        }
        as_received.get_or_insert(object);
    }
    Ok(as_received.unwrap_or_default())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    AsReceived,
    Ascending,
}

/// Lengths around what is left out are adapted, and an element that becomes empty goes as well; all else stays as it was
/// received. No deeper than the attributes are: seven elements.
fn copy_without(element: &Tlv<'_>, removed: &BTreeSet<usize>, order: Order, out: &mut Vec<u8>) -> Result<()> {
    if removed.contains(&element.offset) {
        return Ok(());
    }
    let end = element.offset.saturating_add(element.raw.len());
    if removed.range(element.offset..end).next().is_none() {
        out.extend_from_slice(element.raw);
        return Ok(());
    }
    let (mut parts, mut inside) = (Vec::new(), element.reader());
    while !inside.is_empty() {
        let mut part = Vec::new();
        copy_without(&inside.any()?, removed, order, &mut part)?;
        parts.push(part);
    }
    if element.tag == Tag::SET && order == Order::Ascending {
        parts.sort_unstable();
    }
    let content = parts.concat();
    match (content.is_empty(), element.raw) {
        // RFC 5652 §5.3: unsignedAttrs has at least one attribute, or is not there.
        (true, _) => {}
        (false, [identifier, INDEFINITE, ..]) => {
            out.extend_from_slice(&[*identifier, INDEFINITE]);
            out.extend_from_slice(&content);
            out.extend_from_slice(&END_OF_CONTENTS);
        }
        (false, raw) => {
            let header = raw.len().saturating_sub(element.content.len());
            let shortest = write::whole_length(element.content.len()).saturating_sub(element.content.len());
            if header != shortest {
                let what = "a length around an evidence record is not in its shortest form";
                return Err(Error::unsupported(what).at(element.offset));
            }
            write::header(out, element.tag, content.len());
            out.extend_from_slice(&content);
        }
    }
    Ok(())
}

/// Fails when a record covers the message: whatever is added to it would break the record.
pub(super) fn check_unrecorded(message: &SignedData<'_>) -> Result<()> {
    let mut attributes = message.signers.iter().flat_map(|signer| &signer.unsigned_attributes);
    match attributes.find(|attribute: &&Attribute<'_>| is_evidence_record(attribute.oid)) {
        None => Ok(()),
        Some(attribute) => Err(Error::unsupported("an evidence record covers the whole message: nothing can be added")
            .at(attribute.offset)),
    }
}

const INDEFINITE: u8 = 0x80;
const END_OF_CONTENTS: [u8; 2] = [0, 0];
const CLAUSE: &str = "RFC 4998 A";
