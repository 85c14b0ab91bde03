//! What a sound journal tells: for whoever goes on with the ceremony, and for whoever assesses it.

use std::marker::PhantomData;

use super::attested::Attested;
use super::ceremony::Stage;
use super::event::{self, Publication};
use super::{
    Acknowledged, Body, Ceremony, Confirmed, CopyAccess, DataProtection, Document, Erasure, Event, Journal, Openings,
    Order, Published, Reviewed, Role, Seal, TermsAccepted, Text,
};
use crate::digest::Digest;
use crate::error::{Error, Result};

/// The events of a journal in which every link, signature, time-stamp and value holds. Only
/// [`Examination::require_sound`](super::Examination::require_sound) gives one.
#[derive(Clone, Debug)]
pub struct Account {
    pub(super) journal: Journal,
    pub(super) events: Vec<Event>,
    pub(super) attested: Vec<Attested>,
    pub(super) seal: Option<Box<Seal>>,
}

/// A ceremony to go on with, at whatever stage it is.
#[derive(Debug)]
#[non_exhaustive]
pub enum Resumed {
    /// The offer is online.
    Published(Ceremony<Published>),
    /// The terms are accepted.
    TermsAccepted(Ceremony<TermsAccepted>),
    /// The order was reviewed.
    Reviewed(Ceremony<Reviewed>),
    /// It was confirmed.
    Confirmed(Ceremony<Confirmed>),
    /// It was acknowledged.
    Acknowledged(Ceremony<Acknowledged>),
}

impl Account {
    /// The events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What attests them.
    pub fn attested(&self) -> &[Attested] {
        &self.attested
    }

    /// The seal of the dossier that the journal was in, if it was in one.
    pub fn seal(&self) -> Option<&Seal> {
        self.seal.as_deref()
    }

    /// What the parties were given: their copies, and where.
    pub fn copies(&self) -> impl Iterator<Item = &CopyAccess> {
        self.events.iter().filter_map(|event| match &event.body {
            Body::CopyAccessible(copy) => Some(copy),
            _ => None,
        })
    }

    /// The digest of the dossier that both parties were given last, if they were given the same: several originals, bit-identical
    /// (DOC 65-7, 440).
    pub fn common_copy(&self) -> Option<Digest> {
        let last = |party| self.copies().filter(|copy| copy.party == party).last()?.dossier;
        last(Role::Customer).filter(|digest| last(Role::Merchant) == Some(*digest))
    }

    /// The documents that no Arabic translation accompanies, where a consumer concludes with a professional or it is not known yet who
    /// does (law 31-08, article 206).
    pub fn untranslated(&self) -> impl Iterator<Item = &Document> {
        event::untranslated(&self.events)
    }

    /// What was erased, and where erased values still are.
    pub fn erasures(&self) -> impl Iterator<Item = &Erasure> {
        event::erasures(&self.events)
    }

    /// The journal itself.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The values about persons that were not erased.
    pub fn openings(&self) -> &Openings {
        self.journal.openings()
    }

    /// What a text says, unless it was erased. What was rectified says what it should have said.
    pub fn value<'a>(&'a self, text: &'a Text) -> Option<&'a str> {
        let rectified = text.commitment().and_then(|commitment| {
            self.events.iter().rev().find_map(|event| match &event.body {
                Body::Rectified(rectification) if rectification.replaces == commitment => Some(&rectification.value),
                _ => None,
            })
        });
        match rectified {
            Some(rectified) if rectified != text => self.openings().value(rectified),
            _ => self.openings().value(text),
        }
    }

    /// The offer, with what it was published under.
    pub fn publication(&self) -> Option<&Publication> {
        event::publication(&self.events)
    }

    /// The order as it was last reviewed or corrected before it was confirmed.
    pub fn order(&self) -> Option<&Order> {
        event::order(&self.events)
    }

    /// The event that has the order in it.
    pub(crate) fn ordered(&self) -> Option<&Event> {
        event::ordered(&self.events)
    }

    /// The event by which the order was confirmed.
    pub(crate) fn confirmed(&self) -> Option<&Event> {
        event::confirmed(&self.events)
    }

    /// The documents of offer and contract.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        event::documents(&self.events)
    }

    /// What becomes of data about persons.
    pub fn data_protection(&self) -> Option<&DataProtection> {
        self.publication().map(|publication| &publication.data_protection)
    }

    /// The number of the last event that is signed or time-stamped, itself or by one after it. Those beyond are bound by nothing but
    /// the file that they are in.
    pub fn attested_through(&self) -> Option<u32> {
        self.attested.iter().map(|attested| attested.event).max()
    }

    /// Goes on with the ceremony.
    ///
    /// # Errors
    ///
    /// None for an account that was given: its events are in order.
    pub fn resume(self) -> Result<Resumed> {
        let stage = self.events.iter().fold(None, |stage, event| Stage::after(stage, &event.body));
        let Self { journal, events, .. } = self;
        Ok(match stage.ok_or_else(|| Error::misuse("these events are no ceremony"))? {
            Stage::Published => Resumed::Published(Ceremony { journal, events, stage: PhantomData }),
            Stage::TermsAccepted => Resumed::TermsAccepted(Ceremony { journal, events, stage: PhantomData }),
            Stage::Reviewed => Resumed::Reviewed(Ceremony { journal, events, stage: PhantomData }),
            Stage::Confirmed => Resumed::Confirmed(Ceremony { journal, events, stage: PhantomData }),
            Stage::Acknowledged => Resumed::Acknowledged(Ceremony { journal, events, stage: PhantomData }),
        })
    }
}
