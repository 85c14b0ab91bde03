//! Evidence records (RFC 4998): the time-stamps in them, and what each proves to have existed. Those that a message carries about
//! itself are in `embedded`.

use super::long_term::Collected;
use super::time_stamps::{Stamped, token_facts};
use crate::ades::{Check, EvidenceFacts, TimestampKind, object_digest};
use crate::digest::Digest;
use crate::error::Result;
use crate::evidence::{Covers, DataObject, EvidenceRecord, RecordFacts};
use crate::limits::Budget;
use crate::pki::Certificate;

/// The facts of a record that is held against documents. `certificates` are candidates beside those of its tokens.
pub(crate) fn evidence_facts(
    record: &EvidenceRecord,
    objects: &[DataObject<'_>],
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<EvidenceFacts> {
    record_facts(record, objects, &[], certificates, budget)
}

/// The same where no document is at hand, as if those in its trees were the right ones: what has to be known before a new
/// time-stamp is put on the last one, and never a verdict on documents.
pub(crate) fn evidence_facts_without_documents(
    record: &EvidenceRecord,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<EvidenceFacts> {
    let mut found = record.facts(&[], budget)?;
    for stamp in found.time_stamps.iter_mut().filter(|stamp| stamp.covers != Covers::TokenBefore) {
        // Without a tree the token is over the document itself, so that both are open.
        if stamp.algorithm.is_some() && stamp.link == Check::NotChecked && stamp.tree != Check::Broken {
            (stamp.link, stamp.tree) = (Check::Holds, Check::Holds);
        }
    }
    facts_of(found, &[], certificates, budget)
}

/// The same, where `inside` are the [`object_digest`]s of what is in the documents.
pub(super) fn record_facts(
    record: &EvidenceRecord,
    objects: &[DataObject<'_>],
    inside: &[Digest],
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<EvidenceFacts> {
    facts_of(record.facts(objects, budget)?, inside, certificates, budget)
}

fn facts_of(
    found: RecordFacts,
    inside: &[Digest],
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<EvidenceFacts> {
    let mut all =
        EvidenceFacts { timestamps: Vec::new(), material: Collected::default().material, others: found.others };
    let mut before: Vec<Digest> = Vec::new();
    let mut older: Vec<Digest> = inside.to_vec();
    for stamp in found.time_stamps {
        let covers = match stamp.covers {
            Covers::TokenBefore => before,
            Covers::Documents | Covers::DocumentsAndOlderChains => older.to_vec(),
        };
        let imprint = stamp.imprint();
        let stamped = Stamped { imprint, covers, defects: stamp.defects };
        let facts = token_facts(TimestampKind::Evidence, &stamp.token, certificates, budget, |_, _| Ok(stamped))?;
        let mut carried = Collected::default();
        carried.add_token(&stamp.token.message()?, budget)?;
        all.material.extend(&carried.material);
        before = carried.objects().chain([object_digest(stamp.token.octets())]).collect();
        older.extend(&before);
        all.timestamps.push(facts);
    }
    Ok(all)
}

/// The names of the tokens of a record, and of what they carry.
pub(super) fn record_objects(record: &EvidenceRecord, budget: &mut Budget) -> Result<Vec<Digest>> {
    let (mut objects, mut inside) = (Vec::new(), Collected::default());
    for stamp in record.time_stamps() {
        budget.hash(stamp.token().octets().len())?;
        objects.push(object_digest(stamp.token().octets()));
        inside.add_token(&stamp.token().message()?, budget)?;
    }
    objects.extend(inside.objects());
    Ok(objects)
}

impl EvidenceFacts {
    /// Whether every tree and every link holds.
    pub fn imprint(&self) -> Check {
        let imprints = self.timestamps.iter().map(|timestamp| timestamp.imprint);
        imprints.fold(Check::Holds, |worst, check| match (worst, check) {
            (Check::Broken, _) | (_, Check::Broken) => Check::Broken,
            (Check::NotChecked, _) | (_, Check::NotChecked) => Check::NotChecked,
            _ => Check::Holds,
        })
    }
}
