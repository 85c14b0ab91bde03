//! What the events of a journal record, in the terms that rules ask about.

use std::collections::{BTreeMap, BTreeSet};

use super::parties::{self, recorder};
use crate::contract::{self, Account, Body, DeliveryTime, DocumentRole, PerformanceKind, Role, Statement};
use crate::digest::Digest;
use crate::legal::calendar::Day;
use crate::legal::facts::{
    Amount, CeremonyFacts, Channel, ConsumerStatement, Declared, DetachableForm, Document, Event, EventKind,
    HandwrittenMention, Nature, Object, Offer, OfferStatement, Order, Person, SecurityMaker, Stated,
};
use crate::legal::signed::Signed;
use crate::time::Time;

pub(super) fn facts(account: &Account, signed: &[(Option<u32>, Signed)]) -> CeremonyFacts {
    let parties = parties::of(account);
    let offer = account.publication().map(|publication| offer(account, &publication.offer));
    CeremonyFacts {
        nature: nature(account),
        channel: account.publication().and_then(|publication| channel(&publication.offer)),
        offer,
        order: account.order().map(|order| self::order(account, order)),
        events: Recording { account, copied: makes_the_contract(account), events: Vec::new() }.all(),
        documents: documents(account),
        handwritten_mention: mention(account, signed),
        detachable_form: form(account),
        parties,
        ..CeremonyFacts::default()
    }
}

fn nature(account: &Account) -> Option<Declared<Nature>> {
    let first = account.events().first()?;
    let said = |value, word: &contract::Attestation| {
        Some(Declared { value, by: format!("{} ({})", word.by, word.basis), at: word.at })
    };
    let kept = |value| Some(Declared { value, by: recorder(account, first.number), at: first.time });
    let security = |made_by| Nature::Security { made_by, value: None };
    match &account.publication()?.act {
        contract::Act::NotStated => None,
        contract::Act::Ordinary(word) => said(Nature::Ordinary, word),
        contract::Act::Family => kept(Nature::Family),
        contract::Act::RealRight => kept(Nature::RealRight),
        contract::Act::Security(contract::SecurityMaker::Professional(word)) => {
            said(security(SecurityMaker::Professional), word)
        }
        contract::Act::Security(contract::SecurityMaker::CreditInstitution(word)) => {
            said(security(SecurityMaker::CreditInstitution), word)
        }
        contract::Act::Security(contract::SecurityMaker::Other) => kept(security(SecurityMaker::Other)),
    }
}

/// What is offered at an address of the web is offered at a distance. Of other channels nothing is known.
fn channel(offer: &contract::Offer) -> Option<Channel> {
    let web = ["https://", "http://"].iter().any(|scheme| offer.channel.starts_with(scheme));
    web.then_some(Channel::Distance)
}

fn offer(account: &Account, offer: &contract::Offer) -> Offer {
    let own = |role| {
        let mut documents = offer.documents.iter().filter(move |document| document.role == role);
        documents.find(|document| document.translation_of.is_none())
    };
    let terms = own(DocumentRole::Terms);
    let mut read = Offer {
        professional: account.order().map(|order| order.merchant().capacity == contract::Capacity::Professional),
        // Without a file of its own, the offer is in the event that published it.
        digest: own(DocumentRole::Offer).map(|document| document.digest).or_else(|| digest_of(account, 1)),
        terms: terms.map(|terms| (terms.digest, terms.media_type.to_owned())),
        // Files that are complete in themselves; a page of the web may draw on others.
        terms_can_be_kept: terms
            .filter(|terms| matches!(terms.media_type.as_str(), "text/plain" | "application/pdf"))
            .map(|_| true),
        valid_until: offer.valid_until,
        ..Offer::default()
    };
    let states =
        |(statement, stated): &(&Statement, &contract::Stated)| offer.check_statement(**statement, stated).is_ok();
    for (statement, stated) in offer.statements.iter().filter(states) {
        let stated = match stated {
            contract::Stated::At { document, place } => Stated::At(format!("{document}, {place}")),
            contract::Stated::NotApplicable { reason } => Stated::NotApplicable(reason.to_owned()),
        };
        match which(*statement) {
            Which::Offer(statement) => read.statements.insert(statement, stated),
            Which::Consumer(statement) => read.consumer_statements.insert(statement, stated),
        };
    }
    read
}

/// DOC 65-4, or law 31-08 art. 29.
enum Which {
    Offer(OfferStatement),
    Consumer(ConsumerStatement),
}

fn which(statement: Statement) -> Which {
    match statement {
        Statement::Characteristics => Which::Offer(OfferStatement::Characteristics),
        Statement::Conditions => Which::Offer(OfferStatement::Conditions),
        Statement::Steps => Which::Offer(OfferStatement::Steps),
        Statement::ErrorCorrection => Which::Offer(OfferStatement::Errors),
        Statement::Languages => Which::Offer(OfferStatement::Languages),
        Statement::Archiving => Which::Offer(OfferStatement::Archiving),
        Statement::Rules => Which::Offer(OfferStatement::Rules),
        Statement::EssentialCharacteristics => Which::Consumer(ConsumerStatement::Characteristics),
        Statement::Supplier => Which::Consumer(ConsumerStatement::Supplier),
        Statement::Delivery => Which::Consumer(ConsumerStatement::Delivery),
        Statement::Withdrawal => Which::Consumer(ConsumerStatement::Withdrawal),
        Statement::Performance => Which::Consumer(ConsumerStatement::Payment),
        Statement::Validity => Which::Consumer(ConsumerStatement::Validity),
        Statement::CommunicationCost => Which::Consumer(ConsumerStatement::CommunicationCost),
        Statement::MinimumDuration => Which::Consumer(ConsumerStatement::Duration),
    }
}

fn order(account: &Account, order: &contract::Order) -> Order {
    let is_total = order.check().is_ok();
    let total = u64::try_from(order.total_in_dirham().centimes()).ok().filter(|_| is_total);
    let stated = account.publication().and_then(|publication| publication.offer.statements.get(&Statement::Delivery));
    let cost_stated = matches!(stated, Some(contract::Stated::At { .. }));
    let delivery = order.delivery();
    let (delivered_at_once, deliver_by) = match delivery.map(|delivery| delivery.when) {
        Some(DeliveryTime::Immediate) => (Some(true), None),
        Some(DeliveryTime::Until(time)) => (Some(false), Some(Day::in_morocco(time))),
        Some(DeliveryTime::NotStated) | None => (None, None),
    };
    Order {
        total: total.map(|hundredths| Amount { currency: "MAD".to_owned(), hundredths }),
        // The totals of an order follow from its lines, the tax of each and the delivery included.
        taxes_included: is_total.then_some(true),
        delivery_cost_told: (delivery.is_some_and(|delivery| delivery.cost.is_some()) || cost_stated).then_some(true),
        object: object(account),
        delivered_at_once,
        deliver_by,
        // What both confirmed is what they agreed on (law 31-08 art. 39).
        perform_by: deliver_by,
    }
}

/// Nothing but its performance says whether an order is of goods or of a service.
fn object(account: &Account) -> Option<Object> {
    let done = |kinds: &[PerformanceKind]| {
        account.events().iter().any(|event| match &event.body {
            Body::Performed(performance) => kinds.contains(&performance.kind),
            _ => false,
        })
    };
    let goods = done(&[PerformanceKind::GoodsReceived]);
    let service = done(&[PerformanceKind::ServiceBegun, PerformanceKind::ServiceDone]);
    match (goods, service) {
        (true, false) => Some(Object::Goods),
        (false, true) => Some(Object::Service),
        (true, true) | (false, false) => None,
    }
}

fn documents(account: &Account) -> Vec<Document> {
    let digests: BTreeMap<&str, Digest> =
        account.documents().map(|document| (document.name.as_str(), document.digest)).collect();
    let read = |document: &contract::Document| Document {
        digest: document.digest,
        language: Some(document.language.to_owned()).filter(|language| !language.trim().is_empty()),
        translates: document.translation_of.as_ref().and_then(|name| digests.get(name.as_str())).copied(),
    };
    account.documents().map(read).collect()
}

/// That only the customer can have typed it is for a person to say.
fn mention(account: &Account, signed: &[(Option<u32>, Signed)]) -> Option<HandwrittenMention> {
    account.confirmed().and_then(|event| match &event.body {
        Body::Confirmed(confirmation) if confirmation.mention.is_some() => {
            let over = signed.iter().find(|(number, _)| *number == Some(event.number)).map(|(_, signed)| signed);
            let own = |signed: &Signed| {
                let customer = signed.party.as_deref() == Some(parties::id(Role::Customer));
                (customer && signed.person == Some(Person::Natural)).then_some(true)
            };
            Some(HandwrittenMention {
                covered_by_own_signature: over.map_or(Some(false), own),
                ..HandwrittenMention::default()
            })
        }
        _ => None,
    })
}

/// A form in a file can be had. How it is filled in and sent back, nothing records.
fn form(account: &Account) -> Option<DetachableForm> {
    let there = account.documents().any(|document| document.role == DocumentRole::WithdrawalForm);
    there.then(|| DetachableForm { accessible: Some(true), ..DetachableForm::default() })
}

fn digest_of(account: &Account, number: u32) -> Option<Digest> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    account.journal().entries().get(place).map(contract::Entry::digest)
}

fn shows_the_price(review: &contract::Review) -> bool {
    review.order.check().is_ok() && review.total_shown == review.order.totals().total
}

/// The events as they are taken down.
struct Recording<'a> {
    account: &'a Account,
    /// The documents of which a copy must be had.
    copied: BTreeSet<&'a str>,
    events: Vec<Event>,
}

impl Recording<'_> {
    fn all(mut self) -> Vec<Event> {
        for event in self.account.events() {
            self.event(event);
        }
        self.events
    }

    fn note(&mut self, kind: EventKind, at: Time, party: Role, digest: Option<Digest>) {
        self.events.push(Event { kind, at, party: Some(parties::id(party).to_owned()), digest });
    }

    fn event(&mut self, event: &contract::Event) {
        use Role::{Customer, Merchant};
        let own = digest_of(self.account, event.number);
        match &event.body {
            Body::OfferPublished(_) => self.note(EventKind::OfferPublished, event.time, Merchant, own),
            // What is not express, or names what was not offered, accepts nothing (DOC 65-2).
            Body::TermsAccepted(acceptance) if acceptance.check(self.account.publication()).is_ok() => {
                self.note(EventKind::TermsAccepted, event.time, Customer, self.accepted_terms(&acceptance.documents));
                if acceptance.email_accepted.is_some() {
                    self.note(EventKind::EmailAccepted, event.time, Customer, own);
                }
                if let Some(notice) = &acceptance.privacy_notice {
                    self.note(EventKind::PrivacyNoticeShown, event.time, Customer, self.named(notice));
                }
            }
            // A total that is not the order's, or not that of its lines, is not the price of what was ordered (DOC 65-5).
            Body::Reviewed(review) if shows_the_price(review) => {
                let correctable = !review.correction.trim().is_empty();
                self.note(EventKind::OrderReviewed, event.time, Customer, own.filter(|_| correctable));
            }
            // After a review, it is another order than the one that was reviewed.
            Body::Reviewed(_) if !self.events.iter().any(|earlier| earlier.kind == EventKind::OrderReviewed) => {}
            Body::Reviewed(_) | Body::Corrected(_) => self.note(EventKind::OrderCorrected, event.time, Customer, own),
            // Silence accepts nothing (DOC 65-2).
            Body::Confirmed(confirmation) if confirmation.gesture.check().is_ok() => {
                self.note(EventKind::OrderConfirmed, event.time, Customer, own);
            }
            Body::Acknowledged(acknowledgement) => self.acknowledged(event, acknowledgement, own),
            Body::CopyAccessible(copy) => self.copied(event, copy, own),
            Body::Performed(performance) if self.can_have_been(event, performance) => {
                let kind = match performance.kind {
                    PerformanceKind::GoodsReceived => Some(EventKind::GoodsReceived),
                    PerformanceKind::ServiceDone => Some(EventKind::Performed),
                    PerformanceKind::Paid => Some(EventKind::Paid),
                    PerformanceKind::Refunded => Some(EventKind::Refunded),
                    PerformanceKind::ServiceBegun => None,
                };
                if let Some(kind) = kind {
                    self.note(kind, performance.at, Customer, own);
                }
            }
            // The withdrawal of a merchant is none of law 31-08.
            Body::Withdrawn(withdrawal) if withdrawal.by == Customer => {
                self.note(EventKind::Withdrawn, withdrawal.sent, Customer, own);
            }
            Body::Terminated(termination) => {
                self.note(EventKind::Ended, termination.effective, termination.by, own);
            }
            Body::TermsAccepted(_)
            | Body::Confirmed(_)
            | Body::Performed(_)
            | Body::Withdrawn(_)
            | Body::Amended(_)
            | Body::Held(_)
            | Body::Released(_)
            | Body::Erased(_)
            | Body::Rectified(_) => {}
        }
    }

    fn acknowledged(
        &mut self,
        event: &contract::Event,
        acknowledgement: &contract::Acknowledgement,
        own: Option<Digest>,
    ) {
        // What the acknowledgement links to, its author had (DOC 65-5 al. 4).
        let confirmed = self.events.iter().rev().find(|earlier| earlier.kind == EventKind::OrderConfirmed);
        if let Some(digest) = confirmed.and_then(|confirmed| confirmed.digest) {
            self.note(EventKind::AccessPossible, event.time, Role::Merchant, Some(digest));
        }
        self.note(EventKind::Acknowledged, event.time, Role::Merchant, own);
        // What was accessible before it was recorded is the word of whoever records.
        let since = acknowledgement.accessible_since.max(event.time);
        self.note(EventKind::AccessPossible, since, Role::Customer, own);
        self.confirmation(acknowledgement.documents.iter(), since);
    }

    fn can_have_been(&self, event: &contract::Event, performance: &contract::Performance) -> bool {
        performance.check(self.account.confirmed().map(|confirmed| confirmed.time), event.time).is_ok()
    }

    fn copied(&mut self, event: &contract::Event, copy: &contract::CopyAccess, own: Option<Digest>) {
        let since = copy.accessible_since.max(event.time);
        let given: BTreeSet<&str> = copy.documents.iter().map(String::as_str).collect();
        // A dossier has the documents in it.
        let whole = copy.dossier.is_some() || self.copied.is_subset(&given);
        self.note(EventKind::CopyAccessible, since, copy.party, own.filter(|_| whole));
        if matches!(copy.medium.to_lowercase().as_str(), "electronic mail" | "e-mail" | "email" | "courriel") {
            self.note(EventKind::EmailSent, since, copy.party, own);
        }
        if copy.party == Role::Customer {
            let account = self.account;
            self.confirmation(account.documents().filter(|one| given.contains(one.name.as_str())), since);
        }
    }

    /// The confirmation of law 31-08 art. 32, where one of the documents is that.
    fn confirmation<'d>(&mut self, mut documents: impl Iterator<Item = &'d contract::Document>, since: Time) {
        if let Some(document) = documents.find(|document| document.role == DocumentRole::Confirmation) {
            self.note(EventKind::ConfirmationDelivered, since, Role::Customer, Some(document.digest));
        }
    }

    /// The terms, where all of them were accepted.
    fn accepted_terms(&self, accepted: &[String]) -> Option<Digest> {
        let mut terms = self.account.publication()?.offer.documents.iter();
        let own =
            |document: &&contract::Document| document.role == DocumentRole::Terms && document.translation_of.is_none();
        let first = terms.clone().find(own)?;
        let accepted: BTreeSet<&str> = accepted.iter().map(String::as_str).collect();
        terms.all(|document| !own(&document) || accepted.contains(document.name.as_str())).then_some(first.digest)
    }

    fn named(&self, name: &str) -> Option<Digest> {
        self.account.documents().find(|document| document.name == name).map(|document| document.digest)
    }
}

/// The documents of which a copy must be had: the contract, or else the offer, and the terms.
fn makes_the_contract(account: &Account) -> BTreeSet<&str> {
    let has_contract = account.documents().any(|document| document.role == DocumentRole::Contract);
    let offered = if has_contract { DocumentRole::Contract } else { DocumentRole::Offer };
    let wanted = |document: &&contract::Document| {
        document.translation_of.is_none() && (document.role == offered || document.role == DocumentRole::Terms)
    };
    account.documents().filter(wanted).map(|document| document.name.as_str()).collect()
}
