//! The store in a file, without a server.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction};

use super::{
    Admission, Backlog, Bounds, Claim, Committed, Entry, Key, Order, Pending, Receipt, Refusal, Store, Window, WindowId,
};
use crate::digest::many::Digests;
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// A journal in a file of its own, for one process with any number of threads.
///
/// The file is a redb database. Every change is written in two phases, so that it is there whole or not at all even where others
/// choose the keys, and so that a journal of any size opens at once after a crash.
pub struct RedbStore {
    database: Database,
    algorithm: Algorithm,
    /// The windows that are being sealed. There is no other process.
    claimed: Mutex<BTreeSet<u64>>,
}

/// What a transaction did: one that changed nothing needs no disk.
enum Done<T> {
    Changed(T),
    Nothing(T),
}

/// Key → number. Orders have numbers from 0 on, without gaps, in the order in which they came in.
const ORDERS: TableDefinition<'_, &[u8], u64> = TableDefinition::new("orders");
/// Number → seconds and nanoseconds of its time, octets of the contract, digest, key.
const ENTRIES: TableDefinition<'_, u64, EntryColumns> = TableDefinition::new("entries");
type EntryColumns = (i64, u32, u64, &'static [u8], &'static [u8]);
/// The first number of a window, which names it → how many orders it has. The next one begins where it ends.
const WINDOWS: TableDefinition<'_, u64, u64> = TableDefinition::new("windows");
/// The windows that have no token yet.
const UNSEALED: TableDefinition<'_, u64, ()> = TableDefinition::new("unsealed");
/// Window → token.
const TOKENS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("tokens");
/// What is counted: see the names below.
const NUMBERS: TableDefinition<'_, &str, u64> = TableDefinition::new("numbers");
/// What the journal is.
const JOURNAL: TableDefinition<'_, &str, &str> = TableDefinition::new("journal");

/// The number of the next order.
const NEXT: &str = "next";
/// The number of the first order that is in no window.
const OPEN: &str = "open";
/// How many orders have no record yet.
const PENDING: &str = "pending";

const FORMAT: &str = "seing-journal/1";

/// What is read again and again is small; the rest is in the memory of the operating system.
const CACHE: usize = 64 << 20;

impl RedbStore {
    /// Opens the journal in a file, or makes one for digests of this algorithm.
    ///
    /// # Errors
    ///
    /// `Io` when the file cannot be opened, or is open in another process; `Misuse` when it is a journal of another algorithm, and
    /// `Unsupported` when it is one of another version.
    pub fn open(path: impl AsRef<Path>, algorithm: Algorithm) -> Result<Self> {
        let path = path.as_ref();
        let database = Database::builder().set_cache_size(CACHE).create(path).map_err(fault)?;
        // A file that is new lasts once its folder is synchronised; folders cannot be opened everywhere.
        #[cfg(unix)]
        if let Some(folder) = std::fs::canonicalize(path)?.parent() {
            std::fs::File::open(folder)?.sync_all()?;
        }
        let store = Self { database, algorithm, claimed: Mutex::default() };
        store.write(|transaction| {
            let mut journal = transaction.open_table(JOURNAL).map_err(fault)?;
            for (name, own) in [("format", FORMAT), ("algorithm", algorithm.name())] {
                let found = journal.get(name).map_err(fault)?.map(|found| found.value().to_owned());
                match found {
                    None => drop(journal.insert(name, own).map_err(fault)?),
                    Some(found) if found == own => {}
                    Some(found) if name == "format" => {
                        return Err(Error::unsupported("journal of another version").with(found));
                    }
                    Some(found) => return Err(Error::misuse("the journal is one of another algorithm").with(found)),
                }
            }
            transaction.open_table(ORDERS).map_err(fault)?;
            transaction.open_table(ENTRIES).map_err(fault)?;
            transaction.open_table(WINDOWS).map_err(fault)?;
            transaction.open_table(UNSEALED).map_err(fault)?;
            transaction.open_table(TOKENS).map_err(fault)?;
            transaction.open_table(NUMBERS).map_err(fault)?;
            Ok(Done::Changed(()))
        })?;
        Ok(store)
    }

    /// Does something whole, or not at all.
    fn write<T>(&self, work: impl FnOnce(&WriteTransaction) -> Result<Done<T>>) -> Result<T> {
        let mut transaction = self.database.begin_write().map_err(fault)?;
        transaction.set_quick_repair(true);
        match work(&transaction)? {
            Done::Changed(done) => transaction.commit().map_err(fault).map(|()| done),
            Done::Nothing(done) => transaction.abort().map_err(fault).map(|()| done),
        }
    }

    fn read<T>(&self, work: impl FnOnce(&redb::ReadTransaction) -> Result<T>) -> Result<T> {
        work(&self.database.begin_read().map_err(fault)?)
    }

    fn digest(&self, octets: &[u8]) -> Result<Digest> {
        Digest::new(self.algorithm, octets)
    }

    fn claimed(&self) -> MutexGuard<'_, BTreeSet<u64>> {
        self.claimed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for RedbStore {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn admit(&self, orders: &[Order], backlog: &Backlog) -> Result<Vec<Admission>> {
        self.write(|transaction| {
            let mut numbers = transaction.open_table(NUMBERS).map_err(fault)?;
            let mut known = transaction.open_table(ORDERS).map_err(fault)?;
            let mut entries = transaction.open_table(ENTRIES).map_err(fault)?;
            let unsealed = transaction.open_table(UNSEALED).map_err(fault)?;
            let mut pending = waiting(&numbers, &entries, &unsealed)?;
            let before = number(&numbers, NEXT)?;
            let mut next = before;
            let mut admissions = Vec::with_capacity(orders.len());
            for order in orders {
                let found = known.get(order.key().octets()).map_err(fault)?.map(|found| found.value());
                if let Some(found) = found {
                    let entry = entries.get(found).map_err(fault)?.ok_or_else(lost)?;
                    let (seconds, nanoseconds, _, octets, _) = entry.value();
                    admissions.push(admission(order, self.digest(octets)?, Time::from_unix(seconds, nanoseconds)?));
                } else if let Some(refusal) = backlog.refusal(&pending, order) {
                    admissions.push(Err(refusal));
                } else {
                    let (digest, since) = (order.digest(), order.since());
                    known.insert(order.key().octets(), next).map_err(fault)?;
                    let entry = (
                        since.unix_seconds(),
                        since.nanoseconds(),
                        order.octets(),
                        digest.octets(),
                        order.key().octets(),
                    );
                    entries.insert(next, entry).map_err(fault)?;
                    next = next.checked_add(1).ok_or_else(lost)?;
                    pending.add(order);
                    admissions.push(Ok(Receipt::new(*digest, since)));
                }
            }
            if next == before {
                return Ok(Done::Nothing(admissions));
            }
            numbers.insert(NEXT, next).map_err(fault)?;
            numbers.insert(PENDING, pending.orders).map_err(fault)?;
            Ok(Done::Changed(admissions))
        })
    }

    fn close(&self, bounds: &Bounds) -> Result<Option<WindowId>> {
        // Most of the times that it is asked, there is nothing to be closed.
        let asked = self.read(|transaction| {
            let numbers = transaction.open_table(NUMBERS).map_err(fault)?;
            due(&numbers, &transaction.open_table(ENTRIES).map_err(fault)?, bounds)
        })?;
        if asked.is_none() {
            return Ok(None);
        }
        self.write(|transaction| {
            let mut numbers = transaction.open_table(NUMBERS).map_err(fault)?;
            let Some(range) = due(&numbers, &transaction.open_table(ENTRIES).map_err(fault)?, bounds)? else {
                return Ok(Done::Nothing(None));
            };
            let count = range.end.checked_sub(range.start).ok_or_else(lost)?;
            transaction.open_table(WINDOWS).map_err(fault)?.insert(range.start, count).map_err(fault)?;
            transaction.open_table(UNSEALED).map_err(fault)?.insert(range.start, ()).map_err(fault)?;
            numbers.insert(OPEN, range.end).map_err(fault)?;
            Ok(Done::Changed(Some(WindowId::new(range.start))))
        })
    }

    fn claim(&self, _lease: Duration) -> Result<Option<Claim>> {
        // A claim ends with the process, or when it is dropped: no other process has to wait for it.
        let mut claimed = self.claimed();
        self.read(|transaction| {
            for window in transaction.open_table(UNSEALED).map_err(fault)?.range::<u64>(..).map_err(fault)? {
                let window = window.map_err(fault)?.0.value();
                if claimed.insert(window) {
                    return Ok(Some(Claim::new(WindowId::new(window), 0)));
                }
            }
            Ok(None)
        })
    }

    fn release(&self, claim: &Claim) -> Result<()> {
        self.claimed().remove(&claim.window.number());
        Ok(())
    }

    fn commit(&self, window: WindowId, token: &[u8]) -> Result<Committed> {
        let committed = self.write(|transaction| {
            let id = window.number();
            let mut numbers = transaction.open_table(NUMBERS).map_err(fault)?;
            if transaction.open_table(UNSEALED).map_err(fault)?.remove(id).map_err(fault)?.is_none() {
                return Ok(Done::Nothing(Committed::Late));
            }
            let count =
                transaction.open_table(WINDOWS).map_err(fault)?.get(id).map_err(fault)?.ok_or_else(lost)?.value();
            let pending = number(&numbers, PENDING)?.checked_sub(count).ok_or_else(lost)?;
            numbers.insert(PENDING, pending).map_err(fault)?;
            transaction.open_table(TOKENS).map_err(fault)?.insert(id, token).map_err(fault)?;
            Ok(Done::Changed(Committed::First))
        })?;
        self.claimed().remove(&window.number());
        Ok(committed)
    }

    fn find(&self, key: &Key) -> Result<Option<Entry>> {
        self.read(|transaction| {
            let Some(found) = transaction.open_table(ORDERS).map_err(fault)?.get(key.octets()).map_err(fault)? else {
                return Ok(None);
            };
            let found = found.value();
            let entry = transaction.open_table(ENTRIES).map_err(fault)?.get(found).map_err(fault)?.ok_or_else(lost)?;
            let (seconds, nanoseconds, _, octets, _) = entry.value();
            let windows = transaction.open_table(WINDOWS).map_err(fault)?;
            let window = windows.range(..=found).map_err(fault)?.next_back().transpose().map_err(fault)?;
            let place = window.and_then(|(first, count)| {
                let place = found.checked_sub(first.value()).filter(|place| *place < count.value())?;
                Some((first.value(), usize::try_from(place).ok()?))
            });
            let tokens = transaction.open_table(TOKENS).map_err(fault)?;
            let place = match place {
                Some((window, place)) if tokens.get(window).map_err(fault)?.is_some() => {
                    Some((WindowId::new(window), place))
                }
                Some(_) | None => None,
            };
            Ok(Some(Entry::new(self.digest(octets)?, Time::from_unix(seconds, nanoseconds)?, place)))
        })
    }

    fn window(&self, window: WindowId) -> Result<Option<Window>> {
        self.read(|transaction| {
            let first = window.number();
            let Some(count) = transaction.open_table(WINDOWS).map_err(fault)?.get(first).map_err(fault)? else {
                return Ok(None);
            };
            let end = first.checked_add(count.value()).ok_or_else(lost)?;
            let mut digests = Digests::new(self.algorithm);
            for entry in transaction.open_table(ENTRIES).map_err(fault)?.range(first..end).map_err(fault)? {
                digests.push(&self.digest(entry.map_err(fault)?.1.value().3)?)?;
            }
            if u64::try_from(digests.len()).ok() != Some(count.value()) {
                return Err(lost());
            }
            let token = transaction.open_table(TOKENS).map_err(fault)?.get(first).map_err(fault)?;
            Ok(Some(Window::new(digests, token.map(|token| token.value().to_vec()))))
        })
    }

    fn keys(&self, window: WindowId, from: usize, count: usize) -> Result<Vec<Key>> {
        self.read(|transaction| {
            let first = window.number();
            let Some(orders) = transaction.open_table(WINDOWS).map_err(fault)?.get(first).map_err(fault)? else {
                return Ok(Vec::new());
            };
            let end = first.saturating_add(orders.value());
            let start = first.saturating_add(u64::try_from(from).unwrap_or(u64::MAX)).min(end);
            let entries = transaction.open_table(ENTRIES).map_err(fault)?;
            let entries = entries.range(start..end).map_err(fault)?.take(count);
            entries.map(|entry| Key::new(entry.map_err(fault)?.1.value().4)).collect()
        })
    }

    fn sealed(&self, after: Option<WindowId>, count: usize) -> Result<Vec<WindowId>> {
        self.read(|transaction| {
            let first = match after {
                None => 0,
                Some(after) => match after.number().checked_add(1) {
                    Some(first) => first,
                    None => return Ok(Vec::new()),
                },
            };
            let tokens = transaction.open_table(TOKENS).map_err(fault)?;
            let tokens = tokens.range(first..).map_err(fault)?.take(count);
            tokens.map(|token| Ok(WindowId::new(token.map_err(fault)?.0.value()))).collect()
        })
    }

    fn pending(&self) -> Result<Pending> {
        self.read(|transaction| {
            waiting(
                &transaction.open_table(NUMBERS).map_err(fault)?,
                &transaction.open_table(ENTRIES).map_err(fault)?,
                &transaction.open_table(UNSEALED).map_err(fault)?,
            )
        })
    }
}

impl fmt::Debug for RedbStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedbStore").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// The numbers of the orders that are to be the next window, if one is to be closed.
fn due(
    numbers: &impl ReadableTable<&'static str, u64>,
    entries: &impl ReadableTable<u64, EntryColumns>,
    bounds: &Bounds,
) -> Result<Option<Range<u64>>> {
    let open = number(numbers, OPEN)?;
    let (mut end, mut orders, mut octets, mut due) = (open, 0usize, 0u64, false);
    for entry in entries.range(open..).map_err(fault)? {
        let (place, entry) = entry.map_err(fault)?;
        let (seconds, nanoseconds, length, ..) = entry.value();
        due |= Time::from_unix(seconds, nanoseconds)? <= bounds.since;
        end = place.value().checked_add(1).ok_or_else(lost)?;
        orders = orders.saturating_add(1);
        octets = octets.saturating_add(length);
        if orders >= bounds.orders || octets >= bounds.octets {
            due = true;
            break;
        }
    }
    Ok(due.then_some(open..end))
}

/// What waits. The first of it is in the first window without a token, or else the first that is in no window.
fn waiting(
    numbers: &impl ReadableTable<&'static str, u64>,
    entries: &impl ReadableTable<u64, EntryColumns>,
    unsealed: &impl ReadableTable<u64, ()>,
) -> Result<Pending> {
    let first = match unsealed.first().map_err(fault)? {
        Some((window, _)) => window.value(),
        None => number(numbers, OPEN)?,
    };
    let since = match entries.get(first).map_err(fault)? {
        Some(entry) => Some(Time::from_unix(entry.value().0, entry.value().1)?),
        None => None,
    };
    Ok(Pending::new(number(numbers, PENDING)?, since))
}

fn number(numbers: &impl ReadableTable<&'static str, u64>, name: &str) -> Result<u64> {
    Ok(numbers.get(name).map_err(fault)?.map_or(0, |number| number.value()))
}

/// What is said to an order whose key is there.
fn admission(order: &Order, digest: Digest, since: Time) -> Admission {
    if digest == *order.digest() {
        Ok(Receipt::new(digest, since))
    } else {
        Err(Refusal::KeyTaken { key: order.key().clone(), by: digest })
    }
}

fn fault(error: impl Into<redb::Error>) -> Error {
    let error = error.into();
    let what = match &error {
        redb::Error::DatabaseAlreadyOpen => "the journal is open in another process",
        _ => "the file of the journal cannot be read or written",
    };
    Error::new(ErrorKind::Io, what).with(error.to_string()).because(error)
}

fn lost() -> Error {
    Error::malformed("the journal contradicts itself")
}
