//! Evidence records: those of others held to their verdicts, and ours taken apart by other means.

mod archive;
pub(crate) mod bouncy_castle;
mod clauses;
mod corpora;
mod embedded;
mod interop;
mod made;
mod renewal;
mod tamper;
mod validated;

use seing::ades::Check;
use seing::digest::{Algorithm, Digest};
use seing::error::Result;
use seing::evidence::{Batch, DataObject, EvidenceRecord, RecordFacts, Sealed};
use seing::limits::{Budget, Limits};
use seing::timestamp::Token;

use crate::workshop::{Parties, signing};

fn parse(octets: &[u8]) -> Result<EvidenceRecord> {
    EvidenceRecord::parse(octets, &mut Budget::new(&Limits::default()))
}

fn facts(record: &EvidenceRecord, documents: &[&[u8]]) -> RecordFacts {
    let objects: Vec<DataObject<'_>> = documents.iter().map(|document| DataObject::octets(document)).collect();
    record.facts(&objects, &mut Budget::new(&Limits::default())).unwrap()
}

/// What a record says of documents, every tree and link together.
fn imprint(record: &[u8], documents: &[&[u8]]) -> Check {
    facts(&parse(record).unwrap(), documents).imprint()
}

/// A token over a digest, so many days after the contracts are signed.
fn token(parties: &Parties, digest: &Digest, days: i64) -> Token {
    let at = signing().plus_seconds(days * 86_400);
    parties.client(at).stamp(digest, at).unwrap()
}

fn order(number: usize) -> Vec<u8> {
    format!("order {number}").into_bytes()
}

/// A batch of so many single documents, which are the orders from 0 on.
fn batch(algorithm: Algorithm, count: usize) -> Batch {
    let mut batch = Batch::new(algorithm);
    for number in 0..count {
        assert_eq!(batch.push(&algorithm.digest(&order(number))).unwrap(), number);
    }
    batch
}

fn sealed(parties: &Parties, batch: Batch, days: i64) -> Sealed {
    let token = token(parties, &batch.root().unwrap(), days);
    batch.seal(&token).unwrap()
}
