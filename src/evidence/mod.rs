//! Evidence records of RFC 4998: one time-stamp for many documents, a record for each of them, and their renewal.
//!
//! ```text
//! digests ── Batch ── root ──▶ authority ──▶ Token ── Sealed ── Records ──▶ one EvidenceRecord for each digest
//! EvidenceRecord + documents ──▶ RecordFacts { every tree, every link, every token }
//! ```
//!
//! The standard can be read in more ways than one. Here hashes are put together in binary ascending order, a single document
//! has no tree, a hash that is alone in its list stands for itself, and on hash-tree renewal the hash of a document comes
//! before that of the older sequence (5.2, step 4). When records are read, the latter two in ascending order are taken too. A
//! new time-stamp is over the hashes of all tokens of its chain, of which 5.2 asks for the last.
//!
//! ```
//! use seing::digest::Algorithm;
//! use seing::evidence::{Batch, DataObject, EvidenceRecord};
//! use seing::key::{KeyKind, os_entropy};
//! use seing::limits::{Budget, Limits};
//! use seing::oid::Oid;
//! use seing::pki::throwaway::{Kinds, ThrowawayPki};
//! use seing::timestamp::{Authority, Client, Exchange};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let now = std::time::SystemTime::now().into();
//! # let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
//! # let tsa = pki.time_stamp_authority;
//! # let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1")?)?;
//! # let answer = |ask: &Exchange| Ok(authority.respond(ask.body, now, &mut os_entropy));
//! # let mut tsa = Client::new("http://tsa.example/", answer, os_entropy);
//! let mut batch = Batch::new(Algorithm::Sha256);
//! for order in ["one desk", "two chairs", "one lamp"] {
//!     batch.push(&Algorithm::Sha256.digest(order.as_bytes()))?;
//! }
//! let token = tsa.stamp(&batch.root()?, now)?;
//! let sealed = batch.seal(&token)?;
//! let record = sealed.record(1).unwrap();
//!
//! let budget = &mut Budget::new(&Limits::default());
//! let record = EvidenceRecord::parse(&record, budget)?;
//! let facts = record.facts(&[DataObject::octets(b"two chairs")], budget)?;
//! assert_eq!(facts.imprint(), seing::ades::Check::Holds);
//! # Ok(())
//! # }
//! ```

mod batch;
mod facts;
mod record;
mod records;
mod renewal;
mod tree;

pub use batch::{Batch, Sealed};
pub use facts::{ArchiveTimeStampFacts, Covers, DataObject, RecordFacts};
pub use record::{ArchiveTimeStamp, ArchiveTimeStampChain, EvidenceRecord};
pub use records::{BatchRecord, Records};
