//! Events: what happened, when, after which other event, and what attests it.

use serde::{Deserialize, Serialize};

use super::{Attestation, Capacity, DataProtection, Document, Offer, Order, Text, digest_text, excluded};
use crate::digest::{Algorithm, Digest};
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

/// How the customer accepted the terms (law 31-08, article 30).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TermsAcceptance {
    /// The names of the documents that were accepted: all of the terms, and others.
    pub documents: Vec<String>,
    /// What was done.
    pub gesture: Gesture,
    /// The words by which information by electronic mail was accepted, if they were (DOC 65-3).
    pub email_accepted: Option<String>,
    /// The name of the privacy notice that was shown (law 09-08, article 5).
    pub privacy_notice: Option<String>,
}

/// An express act of somebody in front of a screen. There is none for silence, which accepts nothing (DOC 65-2, law 31-08 article 33).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Gesture {
    /// What was done, as in `button pressed` or `box ticked`.
    pub action: String,
    /// The words that stood there.
    pub wording: String,
    /// Their language.
    pub language: String,
}

impl Gesture {
    /// Something that was done below some words.
    pub fn new(action: impl Into<String>, wording: impl Into<String>, language: impl Into<String>) -> Self {
        Self { action: action.into(), wording: wording.into(), language: language.into() }
    }

    fn check(&self) -> Result<()> {
        if self.action.trim().is_empty() || self.wording.trim().is_empty() {
            return Err(Error::misuse("an acceptance is express: say what was done, and below which words"));
        }
        Ok(())
    }
}

/// What the customer saw before confirming (DOC 65-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Review {
    /// The order with its details and its total price.
    pub order: Order,
    /// The total price as it stood on the screen, which must be the order's.
    pub total_shown: super::Amount,
    /// How errors could be corrected from there.
    pub correction: String,
}

impl Review {
    /// An order as it was shown with its total price, and how errors could be corrected from there.
    pub fn new(order: Order, total_shown: super::Amount, correction: impl Into<String>) -> Self {
        Self { order, total_shown, correction: correction.into() }
    }
}

/// What the customer corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Correction {
    /// The order as corrected.
    pub order: Order,
    /// What is different.
    pub changed: String,
}

impl Correction {
    /// An order as it was corrected, and what is different.
    pub fn new(order: Order, changed: impl Into<String>) -> Self {
        Self { order, changed: changed.into() }
    }
}

/// How the customer confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Confirmation {
    /// What was done.
    pub gesture: Gesture,
    /// A mention that the law wants in the customer's own hand, as the customer typed it (DOC 2-1).
    pub mention: Option<Text>,
    /// How the customer was identified. It is no signature.
    pub identification: Option<Identification>,
}

impl Confirmation {
    /// A confirmation by this gesture.
    pub fn new(gesture: Gesture) -> Self {
        Self { gesture, mention: None, identification: None }
    }

    /// Adds a mention in the customer's own hand.
    #[must_use]
    pub fn mention(self, text: impl Into<String>) -> Self {
        Self { mention: Some(Text::personal(text)), ..self }
    }

    /// Adds how the customer was identified.
    #[must_use]
    pub fn identified(self, identification: Identification) -> Self {
        Self { identification: Some(identification), ..self }
    }
}

/// How somebody was identified: method, time, who did it and what binds it to the session (DOC 417-1). It is no signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Identification {
    /// The method, as in `one-time code by telephone`.
    pub method: String,
    /// Who identified.
    pub operator: String,
    /// When.
    pub at: Time,
    /// What was found out, as in a telephone number.
    pub attributes: Vec<Text>,
    /// What binds it to the session or the key.
    pub binding: String,
}

impl Identification {
    /// An identification by a method, of an operator, at a time.
    pub fn new(method: impl Into<String>, operator: impl Into<String>, at: Time, binding: impl Into<String>) -> Self {
        let (method, operator, binding) = (method.into(), operator.into(), binding.into());
        Self { method, operator, at, attributes: Vec::new(), binding }
    }

    /// Adds what was found out.
    #[must_use]
    pub fn attribute(mut self, value: impl Into<String>) -> Self {
        self.attributes.push(Text::personal(value));
        self
    }
}

/// How the merchant acknowledged (DOC 65-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Acknowledgement {
    /// The documents of the contract: the contract, its translation, the confirmation on a durable medium.
    pub documents: Vec<Document>,
    /// Where the customer can get at the acknowledgement.
    pub channel: String,
    /// Since when: it counts as received then.
    pub accessible_since: Time,
}

impl Acknowledgement {
    /// An acknowledgement that the customer can get at somewhere since a moment.
    pub fn new(documents: Vec<Document>, channel: impl Into<String>, accessible_since: Time) -> Self {
        Self { documents, channel: channel.into(), accessible_since }
    }
}

/// Where a party can get at its copy (DOC 65-7, 440).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CopyAccess {
    /// Whose copy.
    pub party: Role,
    /// The names of the documents.
    pub documents: Vec<String>,
    /// Where it is.
    pub channel: String,
    /// The medium, as in `electronic mail` or `customer account`.
    pub medium: String,
    /// Since when.
    pub accessible_since: Time,
    /// The SHA-256 of the dossier that the party was given, as a file, where it was given one. It is the dossier of the events
    /// before this one.
    #[serde(with = "digest_text::optional")]
    pub dossier: Option<Digest>,
}

impl CopyAccess {
    /// A copy of documents for a party, by a medium, somewhere, since a moment.
    pub fn new(
        party: Role,
        documents: impl IntoIterator<Item = impl Into<String>>,
        medium: impl Into<String>,
        channel: impl Into<String>,
        accessible_since: Time,
    ) -> Self {
        let documents = documents.into_iter().map(Into::into).collect();
        Self { party, documents, channel: channel.into(), medium: medium.into(), accessible_since, dossier: None }
    }

    /// Adds that the copy is a dossier, by the octets of its file.
    #[must_use]
    pub fn of_dossier(self, octets: &[u8]) -> Self {
        Self { dossier: Some(Algorithm::Sha256.digest(octets)), ..self }
    }
}

/// What was done, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Performance {
    /// What was done.
    pub kind: PerformanceKind,
    /// When.
    pub at: Time,
    /// On what the statement rests, as in the number of a delivery note.
    pub basis: String,
}

impl Performance {
    /// What was done at a moment, and what the statement rests on.
    pub fn new(kind: PerformanceKind, at: Time, basis: impl Into<String>) -> Self {
        Self { kind, at, basis: basis.into() }
    }
}

/// What can be done for a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PerformanceKind {
    /// The customer received the goods.
    GoodsReceived,
    /// The service began.
    ServiceBegun,
    /// The service was done.
    ServiceDone,
    /// The customer paid.
    Paid,
    /// The merchant paid back.
    Refunded,
}

/// Who withdrew, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Withdrawal {
    /// Who.
    pub by: Role,
    /// When the withdrawal was sent.
    pub sent: Time,
    /// By what way, as in `the form of the customer account`.
    pub channel: String,
}

impl Withdrawal {
    /// A withdrawal that a party sent at a moment by some way.
    pub fn new(by: Role, sent: Time, channel: impl Into<String>) -> Self {
        Self { by, sent, channel: channel.into() }
    }
}

/// What amends the contract: another ceremony, since an amendment is accepted as expressly as the contract was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Amendment {
    /// The other ceremony.
    pub ceremony: String,
    /// The SHA-256 of its acknowledgement.
    #[serde(with = "digest_text")]
    pub acknowledgement: Digest,
    /// What it amends.
    pub subject: String,
}

impl Amendment {
    /// An amendment by another ceremony.
    pub fn new(ceremony: impl Into<String>, acknowledgement: Digest, subject: impl Into<String>) -> Self {
        Self { ceremony: ceremony.into(), acknowledgement, subject: subject.into() }
    }
}

/// Who ended the contract, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Termination {
    /// Who.
    pub by: Role,
    /// Why.
    pub reason: String,
    /// From when on.
    pub effective: Time,
}

impl Termination {
    /// An end that a party makes for a reason, from a moment on.
    pub fn new(by: Role, reason: impl Into<String>, effective: Time) -> Self {
        Self { by, reason: reason.into(), effective }
    }
}

/// Why a journal is kept beyond its retention, or no longer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LegalHold {
    /// Why.
    pub reason: String,
}

/// What was erased, and why: values about persons, and documents that are about them. Digests and commitments stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Erasure {
    /// The commitments whose openings are gone, as in `sha256:…`.
    pub commitments: Vec<String>,
    /// The names of the documents that are gone.
    pub documents: Vec<String>,
    /// The files of the dossier in which an erased value still stands as it is, as in `documents/contract.txt`. One that is packed or
    /// encoded there is not found.
    pub found_in: Vec<String>,
    /// The names of the documents in which nobody looked, since they were not at hand.
    pub not_searched: Vec<String>,
    /// Why.
    pub reason: String,
}

/// What a value about a person should have been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rectification {
    /// The commitment that stands for the value that was not right.
    pub replaces: String,
    /// The right value.
    pub value: Text,
    /// Why.
    pub reason: String,
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
            Self::Confirmed(confirmation) => confirmation.gesture.check(),
            Self::Acknowledged(acknowledgement) => {
                let names = |name: &str| documents(before).any(|document| document.name == name);
                match acknowledgement.documents.iter().find(|document| names(&document.name)) {
                    Some(document) => Err(Error::misuse("two documents have the same name").with(&document.name)),
                    None => {
                        super::offer::check_documents(&acknowledgement.documents)?;
                        let all: Vec<_> = documents(before).chain(&acknowledgement.documents).collect();
                        super::offer::check_translations(&acknowledgement.documents, &all)
                    }
                }
            }
            Self::CopyAccessible(copy) => {
                let known = |name: &&String| documents(before).any(|document| document.name == **name);
                match copy.documents.iter().find(|name| !known(name)) {
                    Some(name) => Err(Error::misuse("a copy of a document that the contract has not").with(name)),
                    None => Ok(()),
                }
            }
            Self::Held(hold) | Self::Released(hold) if hold.reason.trim().is_empty() => {
                Err(Error::misuse("a legal hold has a reason"))
            }
            Self::Released(_) if legal_hold(before).is_none() => Err(Error::misuse("there is no legal hold to end")),
            Self::Performed(_)
            | Self::Withdrawn(_)
            | Self::Amended(_)
            | Self::Terminated(_)
            | Self::Held(_)
            | Self::Released(_)
            | Self::Rectified(_) => Ok(()),
            Self::Erased(erasure) => erasure.check(before),
        }
    }
}

impl Erasure {
    fn check(&self, before: &[Event]) -> Result<()> {
        if self.commitments.is_empty() && self.documents.is_empty() {
            return Err(Error::misuse("an erasure says what is erased"));
        }
        if self.reason.trim().is_empty() {
            return Err(Error::misuse("an erasure has a reason"));
        }
        let is_there = |name: &String| {
            documents(before).any(|document| document.name == *name)
                && !erased_documents(before).any(|other| other == name)
        };
        match self.documents.iter().chain(&self.not_searched).find(|name| !is_there(name)) {
            Some(name) => Err(Error::misuse("the contract has no such document to erase or to search").with(name)),
            None => Ok(()),
        }
    }
}

impl TermsAcceptance {
    /// The acceptance of these documents by a gesture.
    pub fn new(documents: impl IntoIterator<Item = impl Into<String>>, gesture: Gesture) -> Self {
        let documents = documents.into_iter().map(Into::into).collect();
        Self { documents, gesture, email_accepted: None, privacy_notice: None }
    }

    /// Adds the words by which information by electronic mail was accepted (DOC 65-3).
    #[must_use]
    pub fn email_accepted(self, wording: impl Into<String>) -> Self {
        Self { email_accepted: Some(wording.into()), ..self }
    }

    /// Adds the name of the privacy notice that was shown (law 09-08, article 5).
    #[must_use]
    pub fn privacy_notice(self, document: impl Into<String>) -> Self {
        Self { privacy_notice: Some(document.into()), ..self }
    }

    fn check(&self, publication: Option<&Publication>) -> Result<()> {
        self.gesture.check()?;
        if self.documents.is_empty() {
            return Err(Error::misuse("say which documents were accepted"));
        }
        let offered = |name: &&String| publication.is_some_and(|publication| publication.offer.named(name).is_some());
        match self.documents.iter().chain(&self.privacy_notice).find(|name| !offered(name)) {
            Some(name) => Err(Error::misuse("a document was accepted that the offer has not").with(name)),
            None => Ok(()),
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
    let is_translated = |document: &Document| {
        documents(events).any(|other| other.is_arabic() && other.translation_of.as_ref() == Some(&document.name))
    };
    documents(events).filter(move |document| {
        is_of_consumer && document.translation_of.is_none() && !document.is_arabic() && !is_translated(document)
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

/// The order as it was last reviewed or corrected.
pub(super) fn order(events: &[Event]) -> Option<&Order> {
    events.iter().rev().find_map(|event| match &event.body {
        Body::Reviewed(review) => Some(&review.order),
        Body::Corrected(correction) => Some(&correction.order),
        _ => None,
    })
}

fn check_order(order: &Order, publication: Option<&Publication>, before: &[Event]) -> Result<()> {
    order.check()?;
    let authorised =
        publication.is_some_and(|publication| publication.data_protection.identity_card_authorisation().is_some());
    for party in [order.merchant(), order.customer()] {
        party.check(authorised)?;
    }
    // What is reviewed after a correction is what was corrected to.
    if let Some(Body::Corrected(correction)) = before.last().map(|event| &event.body)
        && (correction.order.lines(), correction.order.totals()) != (order.lines(), order.totals())
    {
        return Err(Error::misuse("what is reviewed is not the order as it was corrected"));
    }
    Ok(())
}
