//! What awaits its signature, stored and resumed.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ceremony::{Draft, Stage};
use super::text::{Opening, Openings};
use super::{Acknowledged, Awaiting, Confirmed, Entry, FaultKind, Journal};
use crate::ades::cades::Prepared;
use crate::digest::Algorithm;
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};

impl<S> Awaiting<S> {
    /// The ceremony, the event and the prepared signature as one JSON object, to be kept until the signature value is there. It holds
    /// values about persons, as the journal does.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts.
    pub fn to_json(&self) -> Result<String> {
        let value = |json: String| {
            serde_json::from_str(&json).map_err(|error| Error::misuse("this cannot be written as JSON").because(error))
        };
        let stored = Stored {
            schema: SCHEMA.to_owned(),
            journal: value(self.draft.before.to_json()?)?,
            event: String::from_utf8(self.octets.clone())
                .map_err(|error| Error::misuse("an event that is no text").because(error))?,
            openings: self.draft.openings.iter().map(|(_, opening)| opening.clone()).collect(),
            prepared: value(self.prepared.to_json()?)?,
        };
        serde_json::to_string_pretty(&stored)
            .map_err(|error| Error::misuse("what awaits its signature cannot be written").because(error))
    }

    /// The event must follow its journal, lack its signature and nothing else, and be what the prepared signature is over.
    fn resumed(json: &str, stage: Stage, limits: &Limits) -> Result<Self> {
        if json.len() > limits.document_octets {
            return Err(Error::limit("what awaits its signature is larger than the limit"));
        }
        let wrong = || Error::malformed("this is nothing that awaits its signature");
        let stored: Stored = serde_json::from_str(json).map_err(|error| wrong().because(error))?;
        if stored.schema != SCHEMA {
            return Err(Error::unsupported("what awaits its signature is of another version").with(stored.schema));
        }
        let before = Journal::from_json(&stored.journal.to_string(), limits)?;
        let mut openings = Openings::default();
        for opening in stored.openings {
            openings.insert(opening.commitment()?.to_string(), opening);
        }
        let octets = stored.event.into_bytes();
        let mut whole = before.clone();
        whole.entries.push(Entry { octets: octets.clone(), signature: None, time_stamp: None });
        whole.openings.extend(openings.clone());
        let examination = whole.examine(&mut Budget::new(limits))?;
        let number = u32::try_from(whole.entries.len()).ok();
        let is_expected = |kind, event| kind == FaultKind::SignatureMissing && event == number;
        if let Some(fault) = examination.faults.iter().find(|fault| !is_expected(fault.kind, fault.event)) {
            return Err(wrong().with(fault.to_string()));
        }
        let mut events = examination.account.events;
        let reached = events.iter().fold(None, |stage, event| Stage::after(stage, &event.body));
        let event = events.pop().filter(|_| reached == Some(stage)).ok_or_else(wrong)?;
        let prepared = Prepared::from_json(&stored.prepared.to_string())?;
        let certificate = prepared.certificate().map(|certificate| certificate.digest(Algorithm::Sha256));
        if certificate.is_none() || certificate != event.signed_by.as_ref().map(|by| by.certificate) {
            return Err(wrong().with("the certificate is not the one that the event names"));
        }
        let time = event.time;
        let draft = Draft { before, events, openings, event, stage: PhantomData };
        let again = Self::new(draft, prepared.chain(), prepared.algorithm(), time)?;
        if again.octets != octets || again.to_be_signed() != prepared.to_be_signed() {
            return Err(wrong().with("the octets to be signed are not those of the event"));
        }
        Ok(again)
    }
}

impl Awaiting<Confirmed> {
    /// Reads what [`to_json`](Self::to_json) wrote, and examines it: the journal holds, and the event follows it.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is something else, or was changed; `Unsupported` when it is of another version; `Unusable` when the
    /// certificate may not sign; `LimitExceeded` when it is too large.
    pub fn from_json(json: &str, limits: &Limits) -> Result<Self> {
        Self::resumed(json, Stage::Confirmed, limits)
    }
}

impl Awaiting<Acknowledged> {
    /// Reads what [`to_json`](Self::to_json) wrote, and examines it: the journal holds, and the event follows it.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is something else, or was changed; `Unsupported` when it is of another version; `Unusable` when the
    /// certificate may not sign; `LimitExceeded` when it is too large.
    pub fn from_json(json: &str, limits: &Limits) -> Result<Self> {
        Self::resumed(json, Stage::Acknowledged, limits)
    }
}

const SCHEMA: &str = "seing-awaiting/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: String,
    journal: Value,
    /// The canonical JSON as a text, so that its octets are those that are to be signed.
    event: String,
    openings: Vec<Opening>,
    prepared: Value,
}
