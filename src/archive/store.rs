//! What a database has to do for a journal.

use std::fmt;
use std::time::Duration;

use super::settings::earlier;
use super::{Admission, Key, Order, Refusal};
use crate::digest::many::Digests;
use crate::digest::{Algorithm, Digest};
use crate::error::Result;
use crate::time::Time;

/// A window of a journal: the orders that get one time-stamp together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WindowId(u64);

impl WindowId {
    /// The window that a store calls so. Later ones have higher numbers.
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// What the store calls it.
    pub fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for WindowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// When a window is to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// When it has so many orders, and then without those after them.
    pub orders: usize,
    /// When its contracts have so many octets, and then with the one that makes them so many.
    pub octets: u64,
    /// When one of its orders waits since then, or for longer.
    pub since: Time,
}

/// How many orders may wait for a time-stamp, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backlog {
    /// The most that may wait.
    pub orders: u64,
    /// The longest that one may.
    pub age: Duration,
}

impl Backlog {
    /// Why an order may not come on top of those that wait, if it may not.
    pub fn refusal(&self, pending: &Pending, order: &Order) -> Option<Refusal> {
        if pending.orders >= self.orders {
            return Some(Refusal::TooMany { pending: pending.orders, limit: self.orders });
        }
        let since = pending.since.filter(|since| *since < earlier(order.since(), self.age))?;
        Some(Refusal::TooLong { since, limit: self.age })
    }
}

/// The orders that wait for a time-stamp, in windows that are closed or not yet in any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pending {
    /// How many.
    pub orders: u64,
    /// Since when the first of them waits: the first that came in, by the clock of whoever received it.
    pub since: Option<Time>,
}

impl Pending {
    /// So many orders, for implementations of [`Store`].
    pub fn new(orders: u64, since: Option<Time>) -> Self {
        Self { orders, since }
    }

    /// Counts one more.
    pub fn add(&mut self, order: &Order) {
        self.orders = self.orders.saturating_add(1);
        self.since.get_or_insert(order.since());
    }
}

/// A window that is closed and not sealed, and that belongs to one worker for as long as the lease lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The window.
    pub window: WindowId,
    /// How often it was claimed: what tells this claim from later ones.
    pub epoch: u64,
}

impl Claim {
    /// A claim, for implementations of [`Store`].
    pub fn new(window: WindowId, epoch: u64) -> Self {
        Self { window, epoch }
    }
}

/// Whether a token became that of its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Committed {
    /// It did.
    First,
    /// Another worker had put one there before, which stays.
    Late,
}

/// What a store knows of one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The digest of the contract.
    pub digest: Digest,
    /// When it came in.
    pub since: Time,
    /// Its window and its place there, once the window has its token.
    pub place: Option<(WindowId, usize)>,
}

impl Entry {
    /// An entry, for implementations of [`Store`].
    pub fn new(digest: Digest, since: Time, place: Option<(WindowId, usize)>) -> Self {
        Self { digest, since, place }
    }
}

/// A window that is closed: its digests never change, and its token not once it is there.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Window {
    /// The digests of its orders, in their places.
    pub digests: Digests,
    /// Its token, once it is sealed.
    pub token: Option<Vec<u8>>,
}

impl Window {
    /// A window, for implementations of [`Store`].
    pub fn new(digests: Digests, token: Option<Vec<u8>>) -> Self {
        Self { digests, token }
    }
}

/// A database that keeps a journal.
///
/// Every method that changes something does it whole or not at all, and what it changed outlasts the process and the machine
/// once it has returned. Several workers may use one database at a time, each with a store of its own.
pub trait Store {
    /// The hash function of the journal, which was chosen when it was made.
    fn algorithm(&self) -> Algorithm;

    /// Takes orders in, and says for each of them what became of it. Those that are there already get their first receipt even where
    /// the backlog takes no new ones.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database. Some of the orders may be in the journal then: whoever submits them again finds out.
    fn admit(&self, orders: &[Order], backlog: &Backlog) -> Result<Vec<Admission>>;

    /// Closes one window, if one is to be closed: no order is in two of them.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn close(&self, bounds: &Bounds) -> Result<Option<WindowId>>;

    /// The first window that is closed, has no token and belongs to nobody. It belongs to the caller for as long as the lease lasts.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn claim(&self, lease: Duration) -> Result<Option<Claim>>;

    /// Gives a claim back before its lease is over.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn release(&self, claim: &Claim) -> Result<()>;

    /// Makes a token that of a window, unless it has one. Whoever claimed the window: the digests are the same for everybody, so a
    /// token is as good from a worker whose lease was over.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn commit(&self, window: WindowId, token: &[u8]) -> Result<Committed>;

    /// What is known of an order.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn find(&self, key: &Key) -> Result<Option<Entry>>;

    /// A window that is closed.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn window(&self, window: WindowId) -> Result<Option<Window>>;

    /// The keys of a window from a place on, in their places, no more than so many.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn keys(&self, window: WindowId, from: usize, count: usize) -> Result<Vec<Key>>;

    /// The windows that have a token, after one of them or from the first on, no more than so many.
    ///
    /// Windows are not sealed in the order of their numbers: whoever goes on from the last one misses those that are sealed later.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn sealed(&self, after: Option<WindowId>, count: usize) -> Result<Vec<WindowId>>;

    /// What waits for a time-stamp.
    ///
    /// # Errors
    ///
    /// `Io` and `Unreachable` from the database.
    fn pending(&self) -> Result<Pending>;
}
