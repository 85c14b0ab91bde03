//! The end of a journal: not before its retention ends, not under a legal hold, and not without a trace (law 09-08).

use serde::{Deserialize, Serialize};

use super::event::legal_hold;
use super::{Account, digest_text};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::time::Time;

/// What is left of a journal that was purged. It identifies nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tombstone {
    schema: String,
    /// The ceremony.
    pub ceremony: String,
    /// The SHA-256 of its last event.
    #[serde(with = "digest_text")]
    pub head: Digest,
    /// How many events there were.
    pub events: usize,
    /// Until when it was to be kept.
    pub retained_until: Time,
    /// When it was purged.
    pub purged_at: Time,
    /// Why.
    pub reason: String,
}

const SCHEMA: &str = "seing-tombstone/1";

impl Tombstone {
    /// The tombstone as one JSON object.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts and a number.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self)
            .map_err(|error| Error::misuse("the tombstone cannot be written").because(error))
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is something else.
    pub fn from_json(json: &str) -> Result<Self> {
        let wrong = || Error::malformed("this is no tombstone of a journal");
        let read: Self = serde_json::from_str(json).map_err(|error| wrong().because(error))?;
        if read.schema == SCHEMA { Ok(read) } else { Err(wrong()) }
    }
}

impl Account {
    /// Why the journal is kept beyond its retention, if it is.
    pub fn legal_hold(&self) -> Option<&str> {
        legal_hold(self.events())
    }

    /// Gives the journal up, and says what is to be kept in its place. Whoever calls this deletes the journal.
    ///
    /// # Errors
    ///
    /// `Misuse` before the end of the retention, and under a legal hold.
    pub fn purge(self, at: Time, reason: impl Into<String>) -> Result<Tombstone> {
        if let Some(hold) = self.legal_hold() {
            return Err(Error::misuse("the journal is under a legal hold").with(hold));
        }
        let nothing = || Error::misuse("a journal without events has no retention");
        let retained_until = self.data_protection().ok_or_else(nothing)?.retained_until();
        if at < retained_until {
            return Err(Error::misuse("the journal is to be kept longer").with(format!("until {retained_until}")));
        }
        let first = self.events().first().ok_or_else(nothing)?;
        Ok(Tombstone {
            schema: SCHEMA.to_owned(),
            ceremony: first.ceremony.clone(),
            head: self.journal().head().ok_or_else(nothing)?,
            events: self.events().len(),
            retained_until,
            purged_at: at,
            reason: reason.into(),
        })
    }
}
