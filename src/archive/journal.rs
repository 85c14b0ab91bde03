//! The journal: orders in, windows closed and sealed, records out.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::group::Group;
use super::{Admission, Bounds, Claim, Committed, Key, Order, Pending, Receipt, Settings, Store, WindowId};
use crate::digest::Digest;
use crate::digest::many::Parallelism;
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::{Batch, Sealed};
use crate::limits::{Budget, Limits};
use crate::time::Time;
use crate::timestamp::Token;

/// Orders that are to get an evidence record each, in windows of one time-stamp.
///
/// An order is in the store before [`submit`](Self::submit) returns. It is in exactly one window, and a window gets exactly one
/// token, whichever workers stop in between: whoever comes next goes on from what is in the store. The record of an order is made
/// from the digests of its window, in their stored order, and the token, so it is the same whenever and by whomever it is asked
/// for.
#[derive(Debug)]
pub struct SealingJournal<S> {
    store: S,
    settings: Settings,
    group: Group,
    /// The window that was read last: its neighbours are likely to be asked for next, and it does not change.
    last: Mutex<Option<(WindowId, Arc<SealedWindow>)>>,
}

/// The trees of a window with its token.
#[derive(Debug)]
struct SealedWindow {
    sealed: Sealed,
    time: Time,
}

/// What there is for an order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It waits for a time-stamp. No other time stands in for it.
    Pending {
        /// When the order came in, by the clock of whoever received it.
        since: Time,
    },
    /// It has its record.
    Sealed {
        /// The evidence record, in DER.
        record: Vec<u8>,
        /// The time of its token.
        time: Time,
        /// Its window.
        window: WindowId,
    },
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending { since } => write!(f, "time pending since {since}"),
            Self::Sealed { time, .. } => write!(f, "time-stamped at {time}"),
        }
    }
}

/// A window that was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sealing {
    /// The window.
    pub window: WindowId,
    /// How many orders it has.
    pub orders: usize,
    /// Whether the token became that of the window.
    pub committed: Committed,
}

impl<S: Store> SealingJournal<S> {
    /// The journal in a store.
    ///
    /// # Errors
    ///
    /// `Misuse` when the settings cannot be meant, or when the digests of the journal are too weak to be time-stamped.
    pub fn new(store: S, settings: Settings) -> Result<Self> {
        settings.check()?;
        // What is acknowledged must get its time-stamp: of shorter roots `Client::request` makes none.
        if store.algorithm().length() < 32 {
            return Err(Error::misuse("digests too weak to be time-stamped").with(store.algorithm().name()));
        }
        Ok(Self { store, settings, group: Group::default(), last: Mutex::new(None) })
    }

    /// The store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Takes an order in. Orders that several threads submit at the same time share a transaction.
    ///
    /// An order that is there already gets the receipt that it got first.
    ///
    /// # Errors
    ///
    /// `Conflict` when its key is that of another digest, `Full` when the backlog takes no more, `Misuse` when its digest is of another
    /// algorithm; the errors of the store.
    pub fn submit(&self, order: Order) -> Result<Receipt> {
        self.check(&order)?;
        let admission = self.group.submit(order, |orders| self.store.admit(orders, &self.settings.backlog()))?;
        Ok(admission?)
    }

    /// Takes orders in together, and says for each of them what became of it.
    ///
    /// # Errors
    ///
    /// `Misuse` when one of the digests is of another algorithm, and then none is taken in; the errors of the store.
    pub fn submit_many(&self, orders: &[Order]) -> Result<Vec<Admission>> {
        orders.iter().try_for_each(|order| self.check(order))?;
        self.store.admit(orders, &self.settings.backlog())
    }

    fn check(&self, order: &Order) -> Result<()> {
        let (own, other) = (self.store.algorithm(), order.digest().algorithm());
        if own != other {
            return Err(Error::misuse("digest of another algorithm than the journal's")
                .with(format!("{other} instead of {own}")));
        }
        Ok(())
    }

    /// Closes the windows that have as many orders or octets as they may, or one of whose orders has waited for long enough.
    /// Returns how many that were.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn close_due(&self, now: Time) -> Result<usize> {
        self.close_windows(&self.settings.bounds(now))
    }

    /// Closes windows until every order is in one, as before a shutdown. Returns how many that were.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn close_all(&self) -> Result<usize> {
        let since = Time::from_unix(0, 0)?.plus_seconds(i64::MAX);
        self.close_windows(&Bounds { since, ..self.settings.bounds(since) })
    }

    fn close_windows(&self, bounds: &Bounds) -> Result<usize> {
        let mut closed = 0usize;
        while self.store.close(bounds)?.is_some() {
            closed = closed.saturating_add(1);
        }
        Ok(closed)
    }

    /// Seals the first window that is closed and belongs to nobody: `stamp` is asked for a token over the root of its tree, at the time
    /// `now`. Returns nothing when there is no such window.
    ///
    /// `stamp` answers for the token, as [`Pool::stamp`](crate::timestamp::pool::Pool::stamp) and
    /// [`Client::stamp`](crate::timestamp::Client::stamp) do. Here it is held to the root.
    ///
    /// # Errors
    ///
    /// The error of `stamp`, `Rejected` when its token is over something else, `LimitExceeded` when it is larger than tokens are by
    /// the default [`Limits`]; those of the store. The window is for the next one then.
    pub fn seal_next(&self, now: Time, stamp: impl FnOnce(&Digest, Time) -> Result<Token>) -> Result<Option<Sealing>> {
        let Some(claim) = self.store.claim(self.settings.lease)? else {
            return Ok(None);
        };
        let mut held = Held { store: &self.store, claim: Some(claim) };
        let stored = self.store.window(claim.window)?.ok_or_else(|| lost(claim.window))?;
        let mut batch = Batch::new(self.store.algorithm());
        let orders = batch.extend(stored.digests, Parallelism::ONE)?.end;
        let token = stamp(&batch.root()?, now)?;
        let time = token.time();
        let sealed = batch.seal(&token)?;
        // By the limits of whoever reads the window later, which those of `stamp` may exceed.
        Token::parse(token.octets(), &mut Budget::new(&Limits::default()))?;
        let committed = self.store.commit(claim.window, token.octets())?;
        held.claim = None;
        if committed == Committed::First {
            self.keep(claim.window, Arc::new(SealedWindow { sealed, time }));
        }
        Ok(Some(Sealing { window: claim.window, orders, committed }))
    }

    /// What there is for an order, or nothing when it is not in the journal.
    ///
    /// # Errors
    ///
    /// Those of the store; `Rejected` when the token in it is not over the digests in it.
    pub fn outcome(&self, key: &Key) -> Result<Option<Outcome>> {
        let Some(entry) = self.store.find(key)? else {
            return Ok(None);
        };
        let Some((window, place)) = entry.place else {
            return Ok(Some(Outcome::Pending { since: entry.since }));
        };
        let found = self.sealed_window(window)?.ok_or_else(|| lost(window))?;
        let record = found.sealed.record(place).ok_or_else(|| lost(window))?;
        Ok(Some(Outcome::Sealed { record, time: found.time, window }))
    }

    /// Gives the records of a window one after the other, each with its key. No more than one is in memory.
    ///
    /// # Errors
    ///
    /// `Incomplete` when the window has no token yet, `Misuse` when there is none of this number; the errors of `each` and those of
    /// [`outcome`](Self::outcome).
    pub fn each_record(&self, window: WindowId, mut each: impl FnMut(&Key, &[u8]) -> Result<()>) -> Result<()> {
        let found = self.sealed_window(window)?;
        let found = found.ok_or_else(|| {
            Error::new(ErrorKind::Incomplete, "the window waits for its time-stamp").with(window.to_string())
        })?;
        let mut keys = Vec::new().into_iter();
        let mut records = found.sealed.records();
        while let Some(record) = records.next_record() {
            if keys.len() == 0 {
                keys = self.store.keys(window, record.place(), PORTION)?.into_iter();
            }
            let key = keys.next().ok_or_else(|| lost(window))?;
            each(&key, record.octets())?;
        }
        Ok(())
    }

    /// The windows whose records are there, after one of them or from the first on, no more than so many.
    ///
    /// Windows are not sealed in the order of their numbers: whoever goes on from the last one misses those that are sealed later.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn sealed(&self, after: Option<WindowId>, count: usize) -> Result<Vec<WindowId>> {
        self.store.sealed(after, count)
    }

    /// What waits for a time-stamp.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn pending(&self) -> Result<Pending> {
        self.store.pending()
    }

    /// A window with its token, if it has one.
    fn sealed_window(&self, window: WindowId) -> Result<Option<Arc<SealedWindow>>> {
        if let Some((id, found)) = &*self.last.lock().unwrap_or_else(PoisonError::into_inner)
            && *id == window
        {
            return Ok(Some(Arc::clone(found)));
        }
        let stored = self.store.window(window)?;
        let stored = stored.ok_or_else(|| Error::misuse("no window of this number").with(window.to_string()))?;
        let Some(token) = stored.token else {
            return Ok(None);
        };
        let token = Token::parse(&token, &mut Budget::new(&Limits::default()))?;
        let mut batch = Batch::new(self.store.algorithm());
        batch.extend(stored.digests, Parallelism::ONE)?;
        let found = Arc::new(SealedWindow { time: token.time(), sealed: batch.seal(&token)? });
        self.keep(window, Arc::clone(&found));
        Ok(Some(found))
    }

    fn keep(&self, window: WindowId, found: Arc<SealedWindow>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((window, found));
    }
}

/// A claim that is given back when nothing came of it.
struct Held<'s, S: Store> {
    store: &'s S,
    claim: Option<Claim>,
}

impl<S: Store> Drop for Held<'_, S> {
    fn drop(&mut self) {
        if let Some(claim) = &self.claim {
            // One that cannot be given back ends with its lease.
            drop(self.store.release(claim));
        }
    }
}

fn lost(window: WindowId) -> Error {
    Error::malformed("the store has lost a part of the window").with(window.to_string())
}

/// Keys that are in memory at a time.
const PORTION: usize = 4096;
