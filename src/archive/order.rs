//! What comes in: an order number, the digest of its contract, and what is said to it.

use std::fmt;
use std::time::Duration;

use crate::digest::Digest;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// What an order is known by, its number for instance: the same key twice is the same order.
///
/// Any octets do, up to [`LONGEST`](Self::LONGEST) of them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Vec<u8>);

impl Key {
    /// The most octets of a key. Order numbers have some dozens, and a UUID 36.
    pub const LONGEST: usize = 256;

    /// A key of these octets.
    ///
    /// # Errors
    ///
    /// `Misuse` without an octet, `LimitExceeded` when there are too many.
    pub fn new(octets: impl Into<Vec<u8>>) -> Result<Self> {
        let octets = octets.into();
        match octets.len() {
            0 => Err(Error::misuse("order without a number")),
            1..=Self::LONGEST => Ok(Self(octets)),
            length => Err(Error::limit("the order number is longer than 256 octets").with(length.to_string())),
        }
    }

    /// The octets.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Key {
    /// As text, on one line whatever is in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", String::from_utf8_lossy(&self.0).escape_debug())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// An order that is to be sealed: its key, the digest of its contract, and since when it waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    key: Key,
    digest: Digest,
    octets: u64,
    since: Time,
}

impl Order {
    /// An order that came in at a time, by the clock of whoever received it. That time proves nothing: it says since when a
    /// time-stamp is wanted.
    ///
    /// # Errors
    ///
    /// As [`Key::new`].
    pub fn new(key: impl Into<Vec<u8>>, digest: &Digest, since: Time) -> Result<Self> {
        Ok(Self { key: Key::new(key)?, digest: *digest, octets: 0, since })
    }

    /// Says how long the contract is, where windows are to close by octets.
    #[must_use]
    pub fn of_octets(mut self, octets: u64) -> Self {
        // Databases count in 63 bits.
        self.octets = octets.min(u64::MAX >> 1);
        self
    }

    /// What it is known by.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The digest of its contract.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// How long its contract is, if that was said.
    pub fn octets(&self) -> u64 {
        self.octets
    }

    /// Since when it waits.
    pub fn since(&self) -> Time {
        self.since
    }
}

/// What is said to an order that is in the journal: the same every time it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// The digest that was journalled.
    pub digest: Digest,
    /// When it first came in.
    pub since: Time,
}

impl Receipt {
    /// A receipt, for implementations of [`Store`](super::Store).
    pub fn new(digest: Digest, since: Time) -> Self {
        Self { digest, since }
    }
}

/// What becomes of one order of many.
pub type Admission = std::result::Result<Receipt, Refusal>;

/// Why an order is not in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Its key is that of another contract.
    KeyTaken {
        /// The key.
        key: Key,
        /// The digest that has it.
        by: Digest,
    },
    /// So many orders wait for a time-stamp that the operator takes no more.
    TooMany {
        /// How many wait.
        pending: u64,
        /// The most that may.
        limit: u64,
    },
    /// An order has waited for a time-stamp for so long that the operator takes no more.
    TooLong {
        /// Since when.
        since: Time,
        /// The longest that one may.
        limit: Duration,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyTaken { key, by } => write!(f, "the order number {key} is that of another contract, {by}"),
            Self::TooMany { pending, limit } => {
                write!(f, "no new orders: {pending} wait for a time-stamp, and no more than {limit} may")
            }
            Self::TooLong { since, limit } => {
                write!(
                    f,
                    "no new orders: time pending since {since}, and no longer than {} s may it be",
                    limit.as_secs()
                )
            }
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let (kind, what) = match &refusal {
            Refusal::KeyTaken { .. } => (ErrorKind::Conflict, "the order number is that of another contract"),
            Refusal::TooMany { .. } => (ErrorKind::Full, "too many orders wait for a time-stamp"),
            Refusal::TooLong { .. } => (ErrorKind::Full, "orders have waited for a time-stamp for too long"),
        };
        let detail = match &refusal {
            Refusal::KeyTaken { key, .. } => key.to_string(),
            Refusal::TooMany { pending, limit } => format!("{pending} of at most {limit}"),
            Refusal::TooLong { since, .. } => format!("time pending since {since}"),
        };
        Self::new(kind, what).with(detail).because(refusal)
    }
}
