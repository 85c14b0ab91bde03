//! The journal: the events with what attests them, and the openings, as one JSON document that is stored and given away.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::Link;
use super::signing::value_digest;
use super::text::{Opening, Openings};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::limits::Limits;

/// The events of a ceremony as they are stored, with their signatures and time-stamps, and the values about persons beside them.
///
/// Nothing is known of it until it was [examined](Self::examine).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    pub(super) entries: Vec<Entry>,
    pub(super) openings: Openings,
}

/// One event as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(super) octets: Vec<u8>,
    pub(super) signature: Option<Vec<u8>>,
    pub(super) time_stamp: Option<Vec<u8>>,
}

impl Entry {
    /// The octets of the event: canonical JSON.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// Its signature: CAdES, detached from the octets.
    pub fn signature(&self) -> Option<&[u8]> {
        self.signature.as_deref()
    }

    /// The time-stamp token over the octets, where nothing signs them.
    pub fn time_stamp(&self) -> Option<&[u8]> {
        self.time_stamp.as_deref()
    }

    /// What the next event says of this one.
    pub(super) fn link(&self) -> Result<Link> {
        let attested = self.signature.as_ref().or(self.time_stamp.as_ref());
        Ok(Link { event: self.digest(), attested: attested.map(|signed| value_digest(signed)).transpose()? })
    }

    pub(crate) fn digest(&self) -> Digest {
        Algorithm::Sha256.digest(&self.octets)
    }
}

impl Journal {
    /// The events.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The values about persons.
    pub fn openings(&self) -> &Openings {
        &self.openings
    }

    /// The SHA-256 of the last event, which holds all before it. A journal that is cut short after a signed event is a journal: who
    /// knows this digest sees that something is missing.
    pub fn head(&self) -> Option<Digest> {
        self.entries.last().map(Entry::digest)
    }

    /// The journal as one JSON object.
    ///
    /// # Errors
    ///
    /// `Malformed` when an event is not text, which those made here are.
    pub fn to_json(&self) -> Result<String> {
        let stored = Stored {
            schema: SCHEMA.to_owned(),
            events: self.entries.iter().map(StoredEntry::new).collect::<Result<_>>()?,
            openings: self.openings.iter().map(|(_, opening)| opening.clone()).collect(),
        };
        serde_json::to_string_pretty(&stored)
            .map_err(|error| Error::misuse("the journal cannot be written").because(error))
    }

    /// Reads what [`to_json`](Self::to_json) wrote. What is in it is for [`examine`](Self::examine) to say.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is something else; `Unsupported` when it is of another version; `LimitExceeded` when it is too large.
    pub fn from_json(json: &str, limits: &Limits) -> Result<Self> {
        if json.len() > limits.document_octets {
            return Err(Error::limit("the journal is larger than the limit"));
        }
        let wrong = |error| Error::malformed("this is no journal").because(error);
        let Head { schema } = serde_json::from_str(json).map_err(wrong)?;
        if schema != SCHEMA {
            let shown = schema.chars().take(80).collect::<String>();
            return Err(
                Error::unsupported("this version reads journals of the schema seing-journal/1 only").with(shown)
            );
        }
        let stored: Stored = serde_json::from_str(json).map_err(wrong)?;
        if stored.events.len().saturating_add(stored.openings.len()) > limits.elements {
            return Err(Error::limit("the journal has more events and values than the limit allows"));
        }
        if stored.events.len() > limits.events {
            return Err(Error::limit("the journal has more events than the limit allows"));
        }
        let mut openings = Openings::default();
        for opening in stored.openings {
            let (event, field) = (opening.event(), opening.field().to_owned());
            if openings.insert(opening.commitment()?.to_string(), opening).is_some() {
                return Err(Error::malformed("the same value is there twice").with(format!("event {event}, {field}")));
            }
        }
        let entries = stored.events.into_iter().map(StoredEntry::entry).collect::<Result<_>>()?;
        Ok(Self { entries, openings })
    }
}

const SCHEMA: &str = "seing-journal/1";

#[derive(Deserialize)]
struct Head {
    schema: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: String,
    events: Vec<StoredEntry>,
    openings: Vec<Opening>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredEntry {
    /// The canonical JSON as a text, so that its octets are those that were signed.
    event: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signature: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time_stamp: Option<String>,
}

impl StoredEntry {
    fn new(entry: &Entry) -> Result<Self> {
        let event = String::from_utf8(entry.octets.clone())
            .map_err(|error| Error::malformed("an event that is no text").because(error))?;
        let text = |octets: &Vec<u8>| STANDARD.encode(octets);
        Ok(Self {
            event,
            signature: entry.signature.as_ref().map(text),
            time_stamp: entry.time_stamp.as_ref().map(text),
        })
    }

    fn entry(self) -> Result<Entry> {
        let octets = |text: String| {
            STANDARD.decode(text).map_err(|error| Error::malformed("a signature that is not base64").because(error))
        };
        Ok(Entry {
            octets: self.event.into_bytes(),
            signature: self.signature.map(octets).transpose()?,
            time_stamp: self.time_stamp.map(octets).transpose()?,
        })
    }
}
