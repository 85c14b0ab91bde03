//! Examining a journal: every event that was changed, dropped, swapped or repeated, and every value, by its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::attested::{Attested, attested};
use super::ceremony::Stage;
use super::event::SCHEMA;
use super::{Account, Body, Entry, Event, Journal, canonical, text};
use crate::error::{ErrorKind, Result};
use crate::limits::Budget;

/// What is wrong with a journal, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The place of the event among those that are there, from 1; none for the journal as a whole.
    pub event: Option<u32>,
    /// What is wrong.
    pub kind: FaultKind,
    /// What was found.
    pub detail: String,
    /// The commitment to the value, where it is about one, as in `sha256:…`.
    pub commitment: Option<String>,
}

/// What can be wrong with a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// There is no event.
    Empty,
    /// The octets of the event are not canonical JSON of an event.
    Unreadable,
    /// The event is of another ceremony.
    OtherCeremony,
    /// The event has not the number of its place: one was dropped, swapped or repeated.
    Number,
    /// The event does not follow the one before it: that one was changed, dropped, swapped or repeated, or its signature was.
    Link,
    /// The event is earlier than the one before it.
    Time,
    /// The event cannot happen at this stage.
    Stage,
    /// What the event records could not have been recorded.
    Content,
    /// The signature is missing.
    SignatureMissing,
    /// There is a signature where the event names none.
    SignatureUnexpected,
    /// The signature does not hold.
    Signature,
    /// The signature is not of the certificate that the event names.
    SignatureOfAnother,
    /// The time-stamp is missing.
    TimeStampMissing,
    /// There is a time-stamp where the event names none.
    TimeStampUnexpected,
    /// The time-stamp does not hold.
    TimeStamp,
    /// A value about a person stands in the event itself.
    Uncommitted,
    /// A value about a person is missing, and no erasure says so.
    ValueMissing,
    /// A value about a person is not the one that was recorded.
    ValueChanged,
    /// The salt of a value about a person hides nothing once the value is erased.
    ValueUnsalted,
    /// A value about a person is there that an erasure names.
    ValueErased,
    /// An erasure or a rectification names a value that was never recorded.
    ValueUnknown,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.event {
            Some(number) => write!(f, "event {number}: ")?,
            None => f.write_str("the journal: ")?,
        }
        f.write_str(self.kind.sentence())?;
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        Ok(())
    }
}

impl FaultKind {
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "there is no event",
            Self::Unreadable => "it is not an event in canonical JSON",
            Self::OtherCeremony => "it is of another ceremony",
            Self::Number => "it has not the number of its place: one was dropped, swapped or repeated",
            Self::Link => "it does not follow the event before it, of which the octets or the signature are others",
            Self::Time => "it is earlier than the event before it",
            Self::Stage => "it cannot happen at this stage",
            Self::Content => "what it records could not have been recorded",
            Self::SignatureMissing => "its signature is missing",
            Self::SignatureUnexpected => "there is a signature that it does not name",
            Self::Signature => "its signature does not hold",
            Self::SignatureOfAnother => "its signature is not of the certificate that it names",
            Self::TimeStampMissing => "its time-stamp is missing",
            Self::TimeStampUnexpected => "there is a time-stamp that it does not name",
            Self::TimeStamp => "its time-stamp does not hold",
            Self::Uncommitted => "a value about a person stands in it",
            Self::ValueMissing => "a value about a person is missing, and no erasure says so",
            Self::ValueChanged => "a value about a person is not the one that was recorded",
            Self::ValueUnsalted => "the salt of a value about a person is not 32 octets in hexadecimal",
            Self::ValueErased => "a value about a person is there that was erased",
            Self::ValueUnknown => "it names a value about a person that was never recorded",
        }
    }
}

/// What was found in a journal. The only way from it to what it tells is [`require_sound`](Self::require_sound).
#[must_use]
#[derive(Clone, Debug)]
pub struct Examination {
    pub(super) faults: Vec<Fault>,
    pub(super) account: Account,
}

/// A journal with faults tells nothing.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the journal does not hold: {}", first(.faults))]
#[non_exhaustive]
pub struct Unsound {
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

fn first(faults: &[Fault]) -> String {
    match faults {
        [] => String::new(),
        [only] => only.to_string(),
        [first, others @ ..] => format!("{first}; and {} more", others.len()),
    }
}

impl Examination {
    /// What is wrong, in the order of the events.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// What the journal tells, if nothing is wrong with it.
    ///
    /// Whose the certificates are, and whether they were valid, is not asked here: [`Attested::validate`] does.
    ///
    /// # Errors
    ///
    /// [`Unsound`] with everything that is wrong.
    pub fn require_sound(self) -> std::result::Result<Account, Unsound> {
        if self.faults.is_empty() { Ok(self.account) } else { Err(Unsound { faults: self.faults }) }
    }
}

impl Journal {
    /// Examines every event, link, signature, time-stamp and value.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it asks for more work than the budget has. What is wrong with the journal is no error.
    pub fn examine(&self, budget: &mut Budget) -> Result<Examination> {
        let mut examining = Examining::default();
        for (entry, position) in self.entries.iter().zip(1..) {
            budget.event()?;
            budget.hash(entry.octets.len())?;
            examining.entry(entry, position, budget)?;
        }
        if self.entries.is_empty() {
            examining.found(None, FaultKind::Empty, "");
        }
        examining.values(self, budget)?;
        let Examining { mut faults, events, attested, .. } = examining;
        faults.sort_by_key(|fault| fault.event);
        Ok(Examination { faults, account: Account { journal: self.to_owned(), events, attested, seal: None } })
    }
}

#[derive(Default)]
struct Examining<'j> {
    faults: Vec<Fault>,
    events: Vec<Event>,
    attested: Vec<Attested>,
    previous: Option<&'j Entry>,
    stage: Option<Stage>,
    /// Once an event cannot be read, or happens out of turn, the stage of later ones is not measured by what was before them.
    is_astray: bool,
    /// Once an event cannot be read or is missing, nothing of later ones is.
    is_incomplete: bool,
    /// Where each commitment stands.
    commitments: BTreeMap<String, (u32, String)>,
    erased: BTreeSet<String>,
}

impl<'j> Examining<'j> {
    fn found(&mut self, event: Option<u32>, kind: FaultKind, detail: impl Into<String>) {
        self.faults.push(Fault { event, kind, detail: detail.into(), commitment: None });
    }

    fn entry(&mut self, entry: &'j Entry, position: u32, budget: &mut Budget) -> Result<()> {
        let at = Some(position);
        let previous = self.previous.replace(entry);
        let event: Event = match canonical::parse(&entry.octets) {
            Ok(event) => event,
            Err(error) if error.kind() == ErrorKind::LimitExceeded => return Err(error),
            Err(error) => {
                (self.is_astray, self.is_incomplete) = (true, true);
                self.found(at, FaultKind::Unreadable, error.to_string());
                return Ok(());
            }
        };
        if event.schema != SCHEMA {
            self.found(at, FaultKind::Unreadable, &event.schema);
        }
        if let Some(first) = self.events.first().filter(|first| first.ceremony != event.ceremony) {
            let detail = format!("{} instead of {}", event.ceremony, first.ceremony);
            self.found(at, FaultKind::OtherCeremony, detail);
        }
        if event.number != position {
            self.is_incomplete = true;
            self.found(at, FaultKind::Number, format!("number {}", event.number));
        }
        // What cannot be linked to has a signature that cannot be read, which is found as such.
        let link = previous.and_then(|previous| previous.link().ok());
        if event.previous != link {
            self.found(at, FaultKind::Link, event.body.name());
        }
        if let Some(last) = self.events.last().filter(|last| event.time < last.time) {
            let detail = format!("{} after {}", event.time, last.time);
            self.found(at, FaultKind::Time, detail);
        }
        if !self.is_astray {
            match Stage::after(self.stage, &event.body) {
                Some(stage) => self.stage = Some(stage),
                None => {
                    self.is_astray = true;
                    self.found(at, FaultKind::Stage, event.body.name());
                }
            }
        }
        budget.elements(event.body.names(&self.events))?;
        if !self.is_incomplete
            && let Err(error) = event.body.check(&self.events, event.time)
        {
            self.found(at, FaultKind::Content, error.to_string());
        }
        if event.signed_by.is_none() && entry.signature.is_none() && event.body.is_of_keeper() {
            self.found(at, FaultKind::SignatureMissing, "the keeper of the journal signs or seals such an event");
        }
        match attested(&event, entry, budget)? {
            Ok(Some(by)) => self.attested.push(Attested { event: position, by }),
            Ok(None) => {}
            Err((kind, detail)) => self.found(at, kind, detail),
        }
        self.body(&event.body, position, budget)?;
        self.events.push(event);
        Ok(())
    }

    fn body(&mut self, body: &Body, position: u32, budget: &mut Budget) -> Result<()> {
        let mut found = Vec::new();
        text::commitments(&canonical::value(body)?, "", &mut found);
        budget.elements(found.len())?;
        for (commitment, field) in found {
            match commitment {
                Some(commitment) => {
                    self.commitments.insert(commitment, (position, field));
                }
                None => self.found(Some(position), FaultKind::Uncommitted, field),
            }
        }
        let named: &[String] = match body {
            Body::Erased(erasure) => &erasure.commitments,
            Body::Rectified(rectification) => std::slice::from_ref(&rectification.replaces),
            _ => &[],
        };
        for commitment in named {
            if !self.commitments.contains_key(commitment) {
                self.found(Some(position), FaultKind::ValueUnknown, commitment);
            }
        }
        if let Body::Erased(erasure) = body {
            self.erased.extend(erasure.commitments.iter().cloned());
        }
        Ok(())
    }

    fn values(&mut self, journal: &Journal, budget: &mut Budget) -> Result<()> {
        let mut found = |event, kind, detail: &str, commitment: &str| {
            let (detail, commitment) = (detail.to_owned(), Some(commitment.to_owned()));
            self.faults.push(Fault { event: Some(event), kind, detail, commitment });
        };
        for (commitment, opening) in journal.openings.iter() {
            budget.element()?;
            match self.commitments.get(commitment) {
                // The commitment is the digest of all of the opening: one that matches and says another place was made so.
                Some((event, field))
                    if *event != opening.event()
                        || field != opening.field()
                        || self.events.first().is_some_and(|first| first.ceremony != opening.ceremony()) =>
                {
                    found(*event, FaultKind::ValueChanged, field, commitment);
                }
                Some((event, field)) if self.erased.contains(commitment) => {
                    found(*event, FaultKind::ValueErased, field, commitment);
                }
                // Without its salt, what is erased can be found again by trying.
                Some((event, field)) if !opening.is_salted() => {
                    found(*event, FaultKind::ValueUnsalted, field, commitment);
                }
                Some(_) => {}
                None => found(opening.event(), FaultKind::ValueChanged, opening.field(), commitment),
            }
        }
        for (commitment, (event, field)) in &self.commitments {
            if journal.openings.opening(commitment).is_none() && !self.erased.contains(commitment) {
                found(*event, FaultKind::ValueMissing, field, commitment);
            }
        }
        Ok(())
    }
}
