//! The ceremony: events in the one order that DOC 65-4 and 65-5 leave, each stage a type.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::event::{self, SCHEMA};
use super::journal::Entry;
use super::signing::{self, Awaiting, Signatory, Stamp, signed_by};
use super::text::{Committing, Openings};
use super::{
    Acknowledgement, Act, Amendment, Body, Confirmation, CopyAccess, Correction, DataProtection, Document, Erasure,
    Event, Hand, Journal, LegalHold, Offer, Order, Performance, Publication, Rectification, Review, SignedBy,
    Termination, TermsAcceptance, Text, Withdrawal, canonical,
};
use crate::digest::hex;
use crate::error::{Error, Result};
use crate::key::{Entropy, SignatureAlgorithm};
use crate::pki::Certificate;
use crate::time::Time;

/// An offer is online.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "it names a stage and has no value")]
pub enum Published {}

/// The terms are accepted, and the order is to be reviewed.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "it names a stage and has no value")]
pub enum TermsAccepted {}

/// The customer has seen the order with its total price.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "it names a stage and has no value")]
pub enum Reviewed {}

/// The customer has confirmed what was reviewed.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "it names a stage and has no value")]
pub enum Confirmed {}

/// The merchant has acknowledged.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "it names a stage and has no value")]
pub enum Acknowledged {}

/// A ceremony at a stage, which is what can be done next: nothing else compiles.
///
/// ```
/// # use seing::contract::*;
/// # use seing::key::{KeyKind, os_entropy};
/// # use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// # use seing::time::Time;
/// # let now = Time::parse_rfc3339("2026-11-23T10:00:00Z")?;
/// # let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
/// # let merchant = Party::legal("TEST Souk SARL", Capacity::Professional);
/// # let customer = Party::natural("TEST Amina Berrada", Capacity::Consumer);
/// # let desk = Line::including_vat("desk", Quantity::ONE, Amount::parse("1200")?, VatRate::parse("20")?);
/// # let order = Order::new("4711", merchant, customer, vec![desk])?;
/// # let terms = Document::new("terms.txt", DocumentRole::Terms, "text/plain", "ar", b"...")?;
/// # let offer = Offer::new("https://shop.example/desk", now).document(terms);
/// # let kept = DataProtection::new("TEST Souk SARL", LegalBasis::Contract, now.plus_seconds(315_576_000), "10 years");
/// # let press = |words: &str| Gesture::new("button pressed", words, "fr");
/// let shop = Signatory::sealing(&pki.merchant.key, &pki.merchant.chain);
/// let ceremony = Ceremony::publish(offer, Act::NotStated, kept, now, &mut os_entropy)?
///     .accept_terms(TermsAcceptance::new(["terms.txt"], press("J'accepte les conditions")), now, &mut os_entropy)?
///     .review(Review::new(order, Amount::parse("1200")?, "the basket can be edited"), now, &mut os_entropy)?
///     .confirm(Confirmation::new(press("Commander et payer")), None, now, &mut os_entropy)?
///     .acknowledge(Acknowledgement::new(Vec::new(), "customer account", now), &shop, None, now, &mut os_entropy)?;
/// assert_eq!(ceremony.events().len(), 5);
/// # Ok::<(), seing::error::Error>(())
/// ```
///
/// To confirm what was not reviewed is not a mistake that can be made:
///
/// ```compile_fail
/// # use seing::contract::*;
/// # fn wrong(accepted: Ceremony<TermsAccepted>, confirmation: Confirmation, now: seing::time::Time) {
/// accepted.confirm(confirmation, None, now, &mut seing::key::os_entropy);
/// # }
/// ```
#[must_use]
#[derive(Debug)]
pub struct Ceremony<S> {
    pub(super) journal: Journal,
    pub(super) events: Vec<Event>,
    pub(super) stage: PhantomData<S>,
}

/// Which stage a ceremony is at, for journals that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Published,
    TermsAccepted,
    Reviewed,
    Confirmed,
    Acknowledged,
}

impl Stage {
    /// The stage after an event, if it may happen at this one.
    pub(super) fn after(before: Option<Self>, body: &Body) -> Option<Self> {
        match (before, body) {
            (None, Body::OfferPublished(_)) => Some(Self::Published),
            (Some(Self::Published), Body::TermsAccepted(_)) | (Some(Self::Reviewed), Body::Corrected(_)) => {
                Some(Self::TermsAccepted)
            }
            (Some(Self::TermsAccepted), Body::Reviewed(_)) => Some(Self::Reviewed),
            (Some(Self::Reviewed), Body::Confirmed(_)) => Some(Self::Confirmed),
            (Some(Self::Confirmed), Body::Acknowledged(_)) => Some(Self::Acknowledged),
            (
                Some(Self::Acknowledged),
                Body::CopyAccessible(_)
                | Body::Performed(_)
                | Body::Withdrawn(_)
                | Body::Amended(_)
                | Body::Terminated(_)
                | Body::Held(_)
                | Body::Released(_)
                | Body::Erased(_)
                | Body::Rectified(_),
            ) => Some(Self::Acknowledged),
            (_, _) => None,
        }
    }
}

/// A ceremony with its next event, which is not attested yet.
pub(super) struct Draft<S> {
    pub(super) before: Journal,
    pub(super) events: Vec<Event>,
    pub(super) openings: Openings,
    pub(super) event: Event,
    pub(super) stage: PhantomData<S>,
}

/// How an event is attested.
struct Attested {
    signed_by: Option<SignedBy>,
    time_stamped: bool,
}

impl<S> Ceremony<S> {
    /// The events so far.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The journal, to be stored between two steps, or for good.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The order as it was last reviewed or corrected before it was confirmed.
    pub fn order(&self) -> Option<&Order> {
        event::order(&self.events)
    }

    /// The documents that no Arabic translation accompanies, where a consumer concludes with a professional or it is not known yet who
    /// does (law 31-08, article 206). It keeps nothing from being concluded, and the law punishes it.
    pub fn untranslated(&self) -> impl Iterator<Item = &Document> {
        event::untranslated(&self.events)
    }

    fn draft<N>(self, body: Body, how: Attested, time: Time, entropy: &mut Entropy<'_>) -> Result<Draft<N>> {
        let Self { journal, events, .. } = self;
        if let Some(last) = events.last()
            && time < last.time
        {
            return Err(
                Error::misuse("an event is not before the one before it").with(format!("{time}, {}", last.time))
            );
        }
        let ceremony = match events.first() {
            Some(first) => first.ceremony.clone(),
            None => {
                let mut number = [0; 16];
                entropy(&mut number)?;
                hex(&number)
            }
        };
        body.check(&events, time)?;
        let number = u32::try_from(events.len()).ok().and_then(|count| count.checked_add(1));
        let number = number.ok_or_else(|| Error::limit("more events than a ceremony can have"))?;
        let publication = match &body {
            Body::OfferPublished(publication) => Some(publication),
            _ => event::publication(&events),
        };
        let authorisation =
            publication.and_then(|publication| publication.data_protection.identity_card_authorisation());
        let mut committing = Committing {
            ceremony: &ceremony,
            event: number,
            identity_card_authorisation: authorisation,
            entropy,
            openings: Openings::default(),
        };
        let mut value = canonical::value(&body)?;
        committing.replace(&mut value, "")?;
        let openings = committing.openings;
        let body = serde_json::from_value(value)
            .map_err(|error| Error::misuse("the event cannot be read again").because(error))?;
        let previous = journal.entries.last().map(Entry::link).transpose()?;
        let Attested { signed_by, time_stamped } = how;
        let schema = SCHEMA.to_owned();
        let event = Event { schema, ceremony, number, previous, time, signed_by, time_stamped, body };
        Ok(Draft { before: journal, events, openings, event, stage: PhantomData })
    }

    fn unattested<N>(self, body: Body, time: Time, entropy: &mut Entropy<'_>) -> Result<Ceremony<N>> {
        signing::unsigned(self.draft(body, Attested { signed_by: None, time_stamped: false }, time, entropy)?, None)
    }

    fn signed<N>(
        self,
        body: Body,
        signatory: &Signatory<'_>,
        stamp: Option<&mut Stamp<'_>>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Ceremony<N>> {
        let signed_by = Some(signed_by(signatory.chain(), signatory.hand())?);
        let draft = self.draft(body, Attested { signed_by, time_stamped: stamp.is_some() }, time, entropy)?;
        let awaiting = Awaiting::new(draft, signatory.chain(), signatory.algorithm(), time)?;
        signatory.sign(awaiting, stamp)
    }
}

impl<S> Draft<S> {
    pub(super) fn octets(&self) -> Result<Vec<u8>> {
        canonical::octets(&canonical::value(&self.event)?)
    }

    pub(super) fn time(&self) -> Time {
        self.event.time
    }

    pub(super) fn hand(&self) -> Option<Hand> {
        self.event.signed_by.as_ref().map(|by| by.hand)
    }

    pub(super) fn is_time_stamped(&self) -> bool {
        self.event.time_stamped
    }

    pub(super) fn attested(self, entry: Entry) -> Ceremony<S> {
        let Self { before: mut journal, mut events, openings, event, stage } = self;
        journal.entries.push(entry);
        journal.openings.extend(openings);
        // What an erasure names is gone when the erasure is there.
        if let Body::Erased(erasure) = &event.body {
            for commitment in &erasure.commitments {
                journal.openings.remove(commitment);
            }
        }
        events.push(event);
        Ceremony { journal, events, stage }
    }
}

impl Ceremony<Published> {
    /// Puts an offer online: the first event.
    ///
    /// # Errors
    ///
    /// `Excluded` when the law keeps such an act from being concluded electronically; `Misuse` when the offer does not hold together.
    /// An offer that does not state everything can be published: it is mere advertising, and the assessment says so.
    pub fn publish(
        offer: Offer,
        act: Act,
        data_protection: DataProtection,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        let nothing = Ceremony::<Published> { journal: Journal::default(), events: Vec::new(), stage: PhantomData };
        nothing.unattested(Body::OfferPublished(Publication { offer, act, data_protection }), time, entropy)
    }

    /// The customer accepts the terms expressly.
    ///
    /// # Errors
    ///
    /// `Misuse` when no gesture, or no document of the offer is named, or the time is before the last event.
    pub fn accept_terms(
        self,
        acceptance: TermsAcceptance,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Ceremony<TermsAccepted>> {
        self.unattested(Body::TermsAccepted(acceptance), time, entropy)
    }
}

impl Ceremony<TermsAccepted> {
    /// The customer is shown the order with its total price, and could correct it.
    ///
    /// # Errors
    ///
    /// `Misuse` when the total that was shown is not the order's, or the order not the corrected one; `Excluded` when a party cannot
    /// read, or a number of an identity card is there without authorisation.
    pub fn review(self, review: Review, time: Time, entropy: &mut Entropy<'_>) -> Result<Ceremony<Reviewed>> {
        self.unattested(Body::Reviewed(review), time, entropy)
    }
}

impl Ceremony<Reviewed> {
    /// The customer corrects the order, which is to be reviewed again.
    ///
    /// # Errors
    ///
    /// As [`Ceremony::review`].
    pub fn correct(
        self,
        correction: Correction,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Ceremony<TermsAccepted>> {
        self.unattested(Body::Corrected(correction), time, entropy)
    }

    /// The customer confirms without a key. What identified the customer is in the confirmation, and is no signature. With a `stamp`,
    /// a time-stamp token is taken over the event.
    ///
    /// # Errors
    ///
    /// `Misuse` when there is no gesture; `Unreachable` and `Rejected` when the time-stamp cannot be had.
    pub fn confirm(
        self,
        confirmation: Confirmation,
        stamp: Option<&mut Stamp<'_>>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Ceremony<Confirmed>> {
        let how = Attested { signed_by: None, time_stamped: stamp.is_some() };
        signing::unsigned(self.draft(Body::Confirmed(Box::new(confirmation)), how, time, entropy)?, stamp)
    }

    /// The customer confirms and signs with a key.
    ///
    /// # Errors
    ///
    /// As [`confirm`](Self::confirm); `Unusable` when the certificate may not sign; `Signer` when the key refuses.
    pub fn confirm_signed(
        self,
        confirmation: Confirmation,
        customer: &Signatory<'_>,
        stamp: Option<&mut Stamp<'_>>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Ceremony<Confirmed>> {
        self.signed(Body::Confirmed(Box::new(confirmation)), customer, stamp, time, entropy)
    }

    /// The same in two moves, for keys that are elsewhere. `time_stamped` announces that [`Awaiting::embed`] will be given a stamp.
    ///
    /// # Errors
    ///
    /// As [`confirm_signed`](Self::confirm_signed).
    pub fn prepare_confirmation(
        self,
        confirmation: Confirmation,
        chain: &[Certificate],
        algorithm: SignatureAlgorithm,
        time_stamped: TimeStamping,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Awaiting<Confirmed>> {
        let signed_by = Some(signed_by(chain, Hand::Signature)?);
        let how = Attested { signed_by, time_stamped: time_stamped == TimeStamping::Announced };
        let draft = self.draft(Body::Confirmed(Box::new(confirmation)), how, time, entropy)?;
        Awaiting::new(draft, chain, algorithm, time)
    }
}

/// Whether an event will be time-stamped when it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "closed: it will or it will not")]
pub enum TimeStamping {
    /// It will.
    Announced,
    /// It will not.
    None,
}

impl Ceremony<Confirmed> {
    /// The merchant acknowledges, signed or sealed (DOC 65-5).
    ///
    /// # Errors
    ///
    /// `Misuse` when two documents have the same name; `Unusable` when the certificate may not sign; `Signer` when the key refuses;
    /// `Unreachable` and `Rejected` when the time-stamp cannot be had.
    pub fn acknowledge(
        self,
        acknowledgement: Acknowledgement,
        merchant: &Signatory<'_>,
        stamp: Option<&mut Stamp<'_>>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Ceremony<Acknowledged>> {
        self.signed(Body::Acknowledged(acknowledgement), merchant, stamp, time, entropy)
    }

    /// The same in two moves, for keys that are elsewhere. `time_stamped` announces that [`Awaiting::embed`] will be given a stamp.
    ///
    /// # Errors
    ///
    /// As [`acknowledge`](Self::acknowledge).
    #[expect(
        clippy::too_many_arguments,
        reason = "those of acknowledge, with the parts of a signatory whose key is elsewhere"
    )]
    pub fn prepare_acknowledgement(
        self,
        acknowledgement: Acknowledgement,
        hand: Hand,
        chain: &[Certificate],
        algorithm: SignatureAlgorithm,
        time_stamped: TimeStamping,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Awaiting<Acknowledged>> {
        let how = Attested {
            signed_by: Some(signed_by(chain, hand)?),
            time_stamped: time_stamped == TimeStamping::Announced,
        };
        let draft = self.draft(Body::Acknowledged(acknowledgement), how, time, entropy)?;
        Awaiting::new(draft, chain, algorithm, time)
    }
}

/// What happens after the conclusion. Each event is signed or sealed by whoever keeps the journal.
impl Ceremony<Acknowledged> {
    /// A party can get at its copy.
    ///
    /// # Errors
    ///
    /// `Misuse` when what is recorded does not fit what was recorded before, or is earlier; `Unusable` when the certificate may not
    /// sign; `Signer` when the key refuses.
    pub fn copy_accessible(
        self,
        copy: CopyAccess,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        self.signed(Body::CopyAccessible(copy), by, None, time, entropy)
    }

    /// What was promised was done.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible).
    pub fn performed(
        self,
        performance: Performance,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        self.signed(Body::Performed(performance), by, None, time, entropy)
    }

    /// A party withdraws.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible).
    pub fn withdraw(
        self,
        withdrawal: Withdrawal,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        self.signed(Body::Withdrawn(withdrawal), by, None, time, entropy)
    }

    /// Another ceremony has amended the contract.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible).
    pub fn amend(
        self,
        amendment: Amendment,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        self.signed(Body::Amended(amendment), by, None, time, entropy)
    }

    /// A party ends the contract.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible).
    pub fn terminate(
        self,
        termination: Termination,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        self.signed(Body::Terminated(termination), by, None, time, entropy)
    }

    /// Keeps the journal beyond its retention, for a reason.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible).
    pub fn hold(
        self,
        reason: impl Into<String>,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        self.signed(Body::Held(LegalHold { reason: reason.into() }), by, None, time, entropy)
    }

    /// Ends a hold.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible); `Misuse` when there is none.
    pub fn release(
        self,
        reason: impl Into<String>,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        self.signed(Body::Released(LegalHold { reason: reason.into() }), by, None, time, entropy)
    }

    /// Erases values about persons, and records which and why. Every link and signature goes on holding.
    ///
    /// A value that stands in a document, a certificate or an event as well stays there, since signed octets are never rewritten, and so
    /// does one that was recorded once more: [`Erasure::found_in`] says where, after a search of the octets as they are. `documents` are those of the contract by their
    /// names; one that is not among them is said not to be searched.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible); `Misuse` when a text has no value to erase, or a document is not the one that
    /// was recorded.
    pub fn erase<'t>(
        self,
        texts: impl IntoIterator<Item = &'t Text>,
        documents: &BTreeMap<String, Vec<u8>>,
        reason: impl Into<String>,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        let mut commitments = Vec::new();
        for text in texts {
            let there = text.commitment().filter(|commitment| self.journal.openings.opening(commitment).is_some());
            commitments.push(there.ok_or_else(|| Error::misuse("there is no such value to erase"))?.to_owned());
        }
        let erasure = Erasure::searched(commitments, &self.journal, &self.events, documents, reason.into())?;
        self.signed(Body::Erased(erasure), by, None, time, entropy)
    }

    /// Erases every value about a person.
    ///
    /// # Errors
    ///
    /// As [`erase`](Self::erase).
    pub fn erase_everything(
        self,
        documents: &BTreeMap<String, Vec<u8>>,
        reason: impl Into<String>,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        let commitments = self.journal.openings.iter().map(|(commitment, _)| commitment.to_owned()).collect();
        let erasure = Erasure::searched(commitments, &self.journal, &self.events, documents, reason.into())?;
        self.signed(Body::Erased(erasure), by, None, time, entropy)
    }

    /// Erases documents: their digests stay in the events, and dossiers from now on are without them.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible); `Misuse` when the contract has no such document.
    pub fn erase_documents(
        self,
        names: impl IntoIterator<Item = impl Into<String>>,
        reason: impl Into<String>,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        let documents = names.into_iter().map(Into::into).collect();
        let erasure = Erasure { documents, reason: reason.into(), ..Erasure::default() };
        self.signed(Body::Erased(erasure), by, None, time, entropy)
    }

    /// Records what a value about a person should have been. The one that was not right stays until it is erased.
    ///
    /// # Errors
    ///
    /// As [`copy_accessible`](Self::copy_accessible); `Misuse` when the text is no commitment.
    pub fn rectify(
        self,
        text: &Text,
        value: impl Into<String>,
        reason: impl Into<String>,
        by: &Signatory<'_>,
        time: Time,
        entropy: &mut Entropy<'_>,
    ) -> Result<Self> {
        let replaces = text.commitment().ok_or_else(|| Error::misuse("this is no value about a person"))?.to_owned();
        let rectification = Rectification { replaces, value: Text::personal(value), reason: reason.into() };
        self.signed(Body::Rectified(rectification), by, None, time, entropy)
    }
}
