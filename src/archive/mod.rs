//! The sealing journal: orders come in, windows of them get one time-stamp, every order gets an evidence record.
//!
//! ```text
//! Order { key, digest } ── submit ──▶ Store ── close_due ──▶ window ── seal_next ──▶ token ──▶ a record for each key
//! ```
//!
//! An order that was acknowledged is in the store, and gets exactly one record, whenever the process is killed. The same key with
//! the same digest is the same order, so whoever is not sure submits it again; with another digest it is refused. An order whose
//! time-stamp is missing says so, and since when. No clock of ours stands in for it: past the operator's limits
//! ([`Settings`]), new orders are refused instead.
//!
//! `RedbStore` (feature `store-redb`) keeps a journal in a file, without a server. `PostgresStore` (feature `store-postgres`)
//! keeps it in PostgreSQL, for several workers. Both are a [`Store`], and there may be others.
#![cfg_attr(
    feature = "store-redb",
    doc = r#"
```
use seing::archive::{Key, Order, Outcome, RedbStore, SealingJournal, Settings};
use seing::digest::Algorithm;
# use seing::key::{KeyKind, os_entropy};
# use seing::oid::Oid;
# use seing::pki::throwaway::{Kinds, ThrowawayPki};
# use seing::timestamp::{Authority, Client, Exchange};

# fn main() -> Result<(), Box<dyn std::error::Error>> {
# let now = std::time::SystemTime::now().into();
# let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
# let authority = Authority::new(pki.time_stamp_authority.key, pki.time_stamp_authority.chain, Oid::parse("2.999.1")?)?;
# let answer = |ask: &Exchange| Ok(authority.respond(ask.body, now, &mut os_entropy));
# let mut tsa = Client::new("http://tsa.example/", answer, os_entropy);
# let folder = tempfile::tempdir()?;
# let path = folder.path().join("journal.redb");
let journal = SealingJournal::new(RedbStore::open(&path, Algorithm::Sha256)?, Settings::default())?;
let order = Order::new("CMD-4711", &Algorithm::Sha256.digest(b"one desk, 1200 MAD"), now)?;
let receipt = journal.submit(order.clone())?; // it is on disk
assert_eq!(journal.submit(order)?, receipt);

let key = Key::new("CMD-4711")?;
let pending = journal.outcome(&key)?.unwrap();
assert_eq!(pending.to_string(), format!("time pending since {now}"));

journal.close_all()?; // `close_due` where there are many
journal.seal_next(now, |root, at| tsa.stamp(root, at))?;
assert!(matches!(journal.outcome(&key)?, Some(Outcome::Sealed { .. })));
# Ok(())
# }
```
"#
)]

mod group;
mod journal;
mod order;
#[cfg(feature = "store-postgres")]
mod postgres;
#[cfg(feature = "store-redb")]
mod redb;
mod settings;
mod store;

pub use journal::{Outcome, Sealing, SealingJournal};
pub use order::{Admission, Key, Order, Receipt, Refusal};
pub use settings::Settings;
pub use store::{Backlog, Bounds, Claim, Committed, Entry, Pending, Store, Window, WindowId};

#[cfg(feature = "store-postgres")]
pub use self::postgres::PostgresStore;
#[cfg(feature = "store-redb")]
pub use self::redb::RedbStore;
