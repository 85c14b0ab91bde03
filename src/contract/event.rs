//! Events: what happened, when, after which other event, and what attests it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Acknowledgement, Amendment, Attestation, Capacity, Confirmation, CopyAccess, Correction, DataProtection, Document,
    Erasure, LegalHold, Offer, Order, Performance, Person, Rectification, Review, Termination, TermsAcceptance, Text,
    Withdrawal, digest_text, excluded,
};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::time::Time;

pub(super) const SCHEMA: &str = "seing-event/1";

/// One event of a ceremony. Its octets are canonical JSON (RFC 8785), and what signatures, time-stamps and the next event are over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
    pub(super) schema: String,
    /// The ceremony, by a random number in hexadecimal.
    pub ceremony: String,
    /// The place among its events, from 1.
    pub number: u32,
    /// The event before.
    pub previous: Option<Link>,
    /// When it happened, by the clock of whoever keeps the journal.
    pub time: Time,
    /// What signs it, if anything does.
    pub signed_by: Option<SignedBy>,
    /// Whether a time-stamp was taken for it: on its signature, or on its octets where nothing signs it.
    pub time_stamped: bool,
    /// What happened.
    pub body: Body,
}

/// An event by its digest, with the signature and the time-stamp that it had when the next one was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Link {
    /// The SHA-256 of its octets.
    #[serde(with = "digest_text")]
    pub event: Digest,
    /// The SHA-256 of the value of its signature, or of the signature of its time-stamp where nothing signs it.
    #[serde(with = "digest_text::optional")]
    pub attested: Option<Digest>,
}

/// What signs an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SignedBy {
    /// The SHA-256 of the certificate.
    #[serde(with = "digest_text")]
    pub certificate: Digest,
    /// A signature or a seal.
    pub hand: Hand,
}

/// What a signature value is in law. A seal does not take the place of a party's signature (DOC 426).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed by the law: of a natural person, or of a legal one")]
pub enum Hand {
    /// A natural person's.
    Signature,
    /// A legal person's.
    Seal,
}

/// One of the two who conclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed: the journal is of an order, which two conclude")]
pub enum Role {
    /// Who offers.
    Merchant,
    /// Who orders.
    Customer,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Body {
    /// The offer was put online.
    OfferPublished(Publication),
    /// The customer accepted the terms expressly.
    TermsAccepted(TermsAcceptance),
    /// The customer was shown the details of the order and its total price, and could correct them.
    Reviewed(Review),
    /// The customer corrected the order, which is to be reviewed again.
    Corrected(Correction),
    /// The customer confirmed the order, and thereby accepted the offer.
    Confirmed(Box<Confirmation>),
    /// The merchant acknowledged the confirmation.
    Acknowledged(Acknowledgement),
    /// A party can get at its copy.
    CopyAccessible(CopyAccess),
    /// What was promised was done.
    Performed(Performance),
    /// A party withdrew from the contract.
    Withdrawn(Withdrawal),
    /// The contract was amended by another ceremony.
    Amended(Amendment),
    /// The contract was ended.
    Terminated(Termination),
    /// The journal is kept beyond its retention, for a reason.
    Held(LegalHold),
    /// It no longer is.
    Released(LegalHold),
    /// Values about a person were erased.
    Erased(Erasure),
    /// A value about a person was rectified.
    Rectified(Rectification),
}

/// The offer, and under what conditions data about the customer are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Publication {
    /// The offer.
    pub offer: Offer,
    /// What kind of act the contract is.
    pub act: Act,
    /// What becomes of data about persons.
    pub data_protection: DataProtection,
}

/// What kind of act a contract is, as the caller says. Some are not concluded by electronic private deed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Act {
    /// Nobody says.
    NotStated,
    /// None of those below.
    Ordinary(Attestation),
    /// An act applying the family code: excluded (DOC 2-1).
    Family,
    /// A private deed about a personal or real security: excluded (DOC 2-1) unless made for the needs of a profession or by a credit
    /// institution.
    Security(SecurityMaker),
    /// An act about real rights: excluded (law 39-08, article 4).
    RealRight,
}

/// Who makes a deed about a security.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SecurityMaker {
    /// Somebody, for the needs of his profession.
    Professional(Attestation),
    /// A credit institution or an assimilated body (law 43-20, article 76).
    CreditInstitution(Attestation),
    /// Somebody else: excluded.
    Other,
}

impl Act {
    fn check(&self) -> Result<()> {
        match self {
            Self::Family => Err(excluded("DOC 2-1: acts applying the family code are not concluded electronically")),
            Self::Security(SecurityMaker::Other) => Err(excluded(
                "DOC 2-1: a private deed about a security is not concluded electronically, but for the needs of a profession or \
                 by a credit institution",
            )),
            Self::RealRight => Err(excluded(
                "law 39-08, article 4: real rights need an authentic act, or one of certain date drawn by a lawyer",
            )),
            Self::NotStated
            | Self::Ordinary(_)
            | Self::Security(SecurityMaker::Professional(_) | SecurityMaker::CreditInstitution(_)) => Ok(()),
        }
    }
}

impl Body {
    /// What kind of event it is, as its JSON names it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OfferPublished(_) => "offer-published",
            Self::TermsAccepted(_) => "terms-accepted",
            Self::Reviewed(_) => "reviewed",
            Self::Corrected(_) => "corrected",
            Self::Confirmed(_) => "confirmed",
            Self::Acknowledged(_) => "acknowledged",
            Self::CopyAccessible(_) => "copy-accessible",
            Self::Performed(_) => "performed",
            Self::Withdrawn(_) => "withdrawn",
            Self::Amended(_) => "amended",
            Self::Terminated(_) => "terminated",
            Self::Held(_) => "held",
            Self::Released(_) => "released",
            Self::Erased(_) => "erased",
            Self::Rectified(_) => "rectified",
        }
    }

    /// Whether it is recorded with a signature or a seal: from the acknowledgement on, everything is.
    pub(super) fn is_of_keeper(&self) -> bool {
        match self {
            Self::OfferPublished(_)
            | Self::TermsAccepted(_)
            | Self::Reviewed(_)
            | Self::Corrected(_)
            | Self::Confirmed(_) => false,
            Self::Acknowledged(_)
            | Self::CopyAccessible(_)
            | Self::Performed(_)
            | Self::Withdrawn(_)
            | Self::Amended(_)
            | Self::Terminated(_)
            | Self::Held(_)
            | Self::Released(_)
            | Self::Erased(_)
            | Self::Rectified(_) => true,
        }
    }

    /// How many names of documents are held against each other in [`check`](Self::check).
    pub(super) fn names(&self, before: &[Event]) -> usize {
        let own = match self {
            Self::OfferPublished(publication) => return publication.offer.documents.len(),
            Self::TermsAccepted(acceptance) => acceptance.documents.len(),
            Self::Acknowledged(acknowledgement) => acknowledgement.documents.len(),
            Self::CopyAccessible(copy) => copy.documents.len(),
            Self::Erased(erasure) => [&erasure.commitments, &erasure.documents, &erasure.not_searched]
                .map(Vec::len)
                .into_iter()
                .chain([erased_documents(before).count()])
                .fold(0, usize::saturating_add),
            _ => return 0,
        };
        own.saturating_add(documents(before).count())
    }

    /// Refuses what must not be recorded at a time, and what was read and could not have been. `before` are the events before.
    pub(super) fn check(&self, before: &[Event], time: Time) -> Result<()> {
        let publication = publication(before);
        match self {
            Self::OfferPublished(publication) => {
                publication.act.check()?;
                publication.data_protection.check(time)?;
                publication.offer.check()
            }
            Self::TermsAccepted(acceptance) => acceptance.check(publication),
            Self::Reviewed(review) => {
                if review.total_shown != review.order.totals().total {
                    return Err(Error::misuse("the total price that was shown is not that of the order (DOC 65-5)")
                        .with(format!("{} instead of {}", review.total_shown, review.order.totals().total)));
                }
                if review.correction.trim().is_empty() {
                    return Err(Error::misuse("say how the customer could correct errors (DOC 65-5)"));
                }
                check_order(&review.order, publication, before)
            }
            Self::Corrected(correction) => check_order(&correction.order, publication, before),
            Self::Confirmed(confirmation) => confirmation.check(),
            Self::Acknowledged(acknowledgement) => {
                let names = names(before);
                match acknowledgement.documents.iter().find(|document| names.contains(document.name.as_str())) {
                    Some(document) => Err(Error::misuse("two documents have the same name").with(&document.name)),
                    None => {
                        super::offer::check_documents(&acknowledgement.documents)?;
                        let all = documents(before).chain(&acknowledgement.documents);
                        super::offer::check_translations(&acknowledgement.documents, all)
                    }
                }
            }
            Self::CopyAccessible(copy) => {
                let names = names(before);
                match copy.documents.iter().find(|name| !names.contains(name.as_str())) {
                    Some(name) => Err(Error::misuse("a copy of a document that the contract has not").with(name)),
                    None => Ok(()),
                }
            }
            Self::Held(hold) | Self::Released(hold) if hold.reason.trim().is_empty() => {
                Err(Error::misuse("a legal hold has a reason"))
            }
            Self::Released(_) if legal_hold(before).is_none() => Err(Error::misuse("there is no legal hold to end")),
            Self::Performed(performance) => performance.check(confirmed(before).map(|event| event.time), time),
            Self::Withdrawn(_)
            | Self::Amended(_)
            | Self::Terminated(_)
            | Self::Held(_)
            | Self::Released(_)
            | Self::Rectified(_) => Ok(()),
            Self::Erased(erasure) => erasure.check(before),
        }
    }
}

/// The first event, which says what the ceremony is about.
pub(super) fn publication(events: &[Event]) -> Option<&Publication> {
    match &events.first()?.body {
        Body::OfferPublished(publication) => Some(publication),
        _ => None,
    }
}

/// The documents of the offer and of the contract.
pub(super) fn documents(events: &[Event]) -> impl Iterator<Item = &Document> {
    events.iter().flat_map(|event| match &event.body {
        Body::OfferPublished(publication) => publication.offer.documents.as_slice(),
        Body::Acknowledged(acknowledgement) => acknowledgement.documents.as_slice(),
        _ => &[],
    })
}

fn names(events: &[Event]) -> BTreeSet<&str> {
    documents(events).map(|document| document.name.as_str()).collect()
}

/// What was erased.
pub(super) fn erasures(events: &[Event]) -> impl Iterator<Item = &Erasure> {
    events.iter().filter_map(|event| match &event.body {
        Body::Erased(erasure) => Some(erasure),
        _ => None,
    })
}

/// The names of the documents that were erased.
pub(super) fn erased_documents(events: &[Event]) -> impl Iterator<Item = &String> {
    erasures(events).flat_map(|erasure| &erasure.documents)
}

/// The documents in another language that no Arabic translation accompanies (law 31-08, article 206), unless the parties are no
/// consumer and professional.
pub(super) fn untranslated(events: &[Event]) -> impl Iterator<Item = &Document> {
    let is_of_consumer = order(events).is_none_or(|order| {
        (order.merchant().capacity, order.customer().capacity) == (Capacity::Professional, Capacity::Consumer)
    });
    let arabic = documents(events).filter(|document| document.is_arabic());
    let translated: BTreeSet<&String> = arabic.filter_map(|document| document.translation_of.as_ref()).collect();
    documents(events).filter(move |document| {
        is_of_consumer
            && document.translation_of.is_none()
            && !document.is_arabic()
            && !translated.contains(&document.name)
    })
}

/// Why the journal is kept beyond its retention, if it is.
pub(super) fn legal_hold(events: &[Event]) -> Option<&str> {
    events.iter().rev().find_map(|event| match &event.body {
        Body::Held(hold) => Some(Some(hold.reason.as_str())),
        Body::Released(_) => Some(None),
        _ => None,
    })?
}

/// The confirmation: the last one by a gesture, or else the last.
pub(super) fn confirmed(events: &[Event]) -> Option<&Event> {
    events.get(confirmed_at(events)?)
}

fn confirmed_at(events: &[Event]) -> Option<usize> {
    let is_express = |event: &Event| matches!(&event.body, Body::Confirmed(own) if own.gesture.check().is_ok());
    let last = || events.iter().rposition(|event| matches!(event.body, Body::Confirmed(_)));
    events.iter().rposition(is_express).or_else(last)
}

/// The event with the order that was confirmed, or is to be: the last before the confirmation. What is recorded later was not what the
/// customer confirmed; it is the order only where nothing is recorded before.
pub(super) fn ordered(events: &[Event]) -> Option<&Event> {
    let (before, later) = events.split_at_checked(confirmed_at(events).unwrap_or(events.len()))?;
    let has_order = |event: &&Event| order_of(event).is_some();
    before.iter().rfind(has_order).or_else(|| later.iter().find(has_order))
}

/// The order as it was last reviewed or corrected before it was confirmed.
pub(super) fn order(events: &[Event]) -> Option<&Order> {
    ordered(events).and_then(order_of)
}

fn order_of(event: &Event) -> Option<&Order> {
    match &event.body {
        Body::Reviewed(review) => Some(&review.order),
        Body::Corrected(correction) => Some(&correction.order),
        _ => None,
    }
}

fn check_order(order: &Order, publication: Option<&Publication>, before: &[Event]) -> Result<()> {
    order.check()?;
    let authorised =
        publication.is_some_and(|publication| publication.data_protection.identity_card_authorisation().is_some());
    for party in [order.merchant(), order.customer()] {
        party.check(authorised)?;
    }
    if order.customer().person == Person::Natural {
        order.delivery().and_then(|delivery| delivery.address.as_ref()).map_or(Ok(()), Text::check_personal)?;
    }
    // What is reviewed after a correction is what was corrected to.
    if let Some(Body::Corrected(correction)) = before.last().map(|event| &event.body)
        && (correction.order.lines(), correction.order.totals()) != (order.lines(), order.totals())
    {
        return Err(Error::misuse("what is reviewed is not the order as it was corrected"));
    }
    Ok(())
}
