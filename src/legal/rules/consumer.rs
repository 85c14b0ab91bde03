//! What a consumer is owed at a distance (law 31-08, decree 2-12-503), and the terms that run.

use super::formation::{confirmed, detachable_form, found_at, reviewed};
use super::writing::handwritten;
use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::calendar::Day;
use crate::legal::facts::{
    Capacity, Channel, ConsumerExclusion, ConsumerStatement, Declared, Event, EventKind, Object, Party,
    WithdrawalExclusion,
};
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;

fn capacity(party: &Party) -> Option<Capacity> {
    party.capacity.as_ref().map(|capacity| capacity.value)
}

/// Whether the rules for contracts with consumers at a distance apply; the answer when they do not, or when that is unknown.
fn applies(case: &Case<'_>) -> Result<(), Answer> {
    let ceremony = case.ceremony();
    if let Some(exclusion) = &ceremony.consumer_exclusion
        && exclusion.value == ConsumerExclusion::Article28
    {
        return Err(Answer::beside(phrase!("{0} says that law 31-08 art. 28 excludes the contract", exclusion.by)));
    }
    match ceremony.channel {
        Some(Channel::Distance) => {}
        Some(_) => return Err(Answer::beside(phrase!("it is not concluded at a distance"))),
        None => return Err(Answer::unknown(phrase!("whether it is concluded at a distance"))),
    }
    between_professional_and_consumer(case)
}

fn between_professional_and_consumer(case: &Case<'_>) -> Result<(), Answer> {
    let parties = &case.ceremony().parties;
    let consumer = parties.iter().any(|party| capacity(party) == Some(Capacity::Consumer));
    let supplier =
        parties.iter().any(|party| matches!(capacity(party), Some(Capacity::Professional | Capacity::Merchant)));
    match (consumer, supplier) {
        (true, true) => Ok(()),
        _ if parties.is_empty() || parties.iter().any(|party| party.capacity.is_none()) => {
            Err(Answer::unknown(phrase!("whether a professional contracts with a consumer")))
        }
        _ => Err(Answer::beside(phrase!("it is not between a professional and a consumer"))),
    }
}

/// Law 31-08 art. 42 takes away these articles.
fn article_42(case: &Case<'_>, leaves_29_and_32: bool) -> Result<(), Answer> {
    let excluded = case.ceremony().consumer_exclusion.as_ref();
    match excluded.map(|exclusion| (exclusion.value, &exclusion.by)) {
        Some((ConsumerExclusion::RegularDeliveries, by)) => Err(Answer::beside(phrase!(
            "{0} says that these are regular deliveries of current consumption (art. 42)",
            by
        ))),
        Some((ConsumerExclusion::ServiceAtDate, by)) if !leaves_29_and_32 => Err(Answer::beside(phrase!(
            "{0} says that this is lodging, transport, catering or leisure at a date (art. 42)",
            by
        ))),
        _ => Ok(()),
    }
}

/// Answers, or says why the question does not arise.
fn where_applicable(found: Result<Answer, Answer>) -> Answer {
    found.unwrap_or_else(|beside| beside)
}

fn is_consumer_contract(case: &Case<'_>) -> Answer {
    where_applicable(applies(case).map(|()| {
        let words = case.ceremony().parties.iter().filter_map(|party| party.capacity.as_ref());
        Answer::all(words.map(|word| Answer::Attested { by: word.by.clone(), at: word.at }))
    }))
}

fn stated(case: &Case<'_>, statement: ConsumerStatement) -> Answer {
    where_applicable(applies(case).and_then(|()| article_42(case, true)).map(|()| {
        let Some(offer) = &case.ceremony().offer else {
            return Answer::unknown(phrase!("the offer"));
        };
        match found_at(offer, offer.consumer_statements.get(&statement)) {
            Ok(answer) => answer,
            Err(why) => match statement {
                ConsumerStatement::Duration if !why.trim().is_empty() => {
                    Answer::beside(phrase!("the supplier's reason: {0}", why))
                }
                // 4° is left out where the chapter excludes the right, and nowhere else.
                ConsumerStatement::Withdrawal if exclusion(case).is_some() => {
                    Answer::beside(phrase!("the supplier's reason: {0}", why))
                }
                _ => Answer::unknown(phrase!("a lawyer's word on the reason for leaving it out: {0}", why)),
            },
        }
    }))
}

fn characteristics(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::Characteristics)
}
fn supplier(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::Supplier)
}
fn delivery(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::Delivery)
}
fn right_of_withdrawal(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::Withdrawal)
}
fn payment(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::Payment)
}
fn validity(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::Validity)
}
fn communication_cost(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::CommunicationCost)
}
fn duration(case: &Case<'_>) -> Answer {
    stated(case, ConsumerStatement::Duration)
}

fn recalled(case: &Case<'_>) -> Answer {
    where_applicable(applies(case).and_then(|()| article_42(case, true)).map(|()| reviewed(case)))
}

fn price(case: &Case<'_>) -> Answer {
    where_applicable(applies(case).map(|()| {
        let Some(order) = &case.ceremony().order else {
            return Answer::unknown(phrase!("the order and its price"));
        };
        let total = match &order.total {
            Some(total) if total.currency == "MAD" => Answer::satisfied(phrase!("the total is in dirhams")),
            Some(total) => Answer::broken(phrase!("the total is in {0} and not in dirhams", total.currency)),
            None => Answer::unknown(phrase!("the total price")),
        };
        let taxes = match order.taxes_included {
            Some(true) => Answer::satisfied(phrase!("it includes taxes and charges")),
            Some(false) => Answer::broken(phrase!("it does not include taxes and charges")),
            None => Answer::unknown(phrase!("whether the total includes taxes and charges")),
        };
        let delivery = match order.delivery_cost_told {
            Some(true) => Answer::satisfied(phrase!("the cost of delivery is told")),
            Some(false) => Answer::broken(phrase!("the cost of delivery is not told")),
            None => Answer::unknown(phrase!("whether the cost of delivery is told")),
        };
        Answer::all([total, taxes, delivery, reviewed(case)])
    }))
}

fn terms_accepted(case: &Case<'_>) -> Answer {
    where_applicable(applies(case).map(|()| {
        let ceremony = case.ceremony();
        let confirmation = match confirmed(ceremony) {
            Ok(found) => found,
            Err(unknown) => return unknown,
        };
        let accepted = || ceremony.all_before(EventKind::TermsAccepted, confirmation);
        let (_, confirmed) = confirmation;
        let own = accepted().find(|event| event.party.is_some() && event.party == confirmed.party);
        match own {
            Some(accepted) if accepted.digest.is_some() => {
                Answer::satisfied(phrase!("the terms were accepted on {0}, before the confirmation", accepted.at))
            }
            Some(_) => Answer::unknown(phrase!("the digest of the terms that were accepted")),
            None if confirmed.party.is_none() || accepted().any(|event| event.party.is_none()) => {
                Answer::unknown(phrase!("who accepted the terms"))
            }
            None => Answer::broken(phrase!("the order was confirmed and the terms had not been accepted expressly")),
        }
    }))
}

/// The confirmation of art. 32, which is due with the delivery at the latest.
pub(crate) fn confirmation(case: &Case<'_>) -> Answer {
    where_applicable(applies(case).and_then(|()| article_42(case, true)).map(|()| {
        let ceremony = case.ceremony();
        let delivered = ceremony.first(EventKind::GoodsReceived).or_else(|| ceremony.first(EventKind::Performed));
        let sent = ceremony.first(EventKind::ConfirmationDelivered);
        match (sent, delivered) {
            (Some((_, sent)), _) if sent.digest.is_none() => Answer::unknown(phrase!("the file of the confirmation")),
            (Some((_, sent)), Some((_, delivered))) if sent.at > delivered.at => {
                Answer::broken(phrase!("confirmed on {0}, after the delivery on {1}", sent.at, delivered.at))
            }
            (Some((_, sent)), _) => Answer::satisfied(phrase!("confirmed on a durable medium on {0}", sent.at)),
            (None, Some((_, delivered))) => {
                Answer::broken(phrase!("delivered on {0} and not confirmed on a durable medium", delivered.at))
            }
            (None, None) => {
                Answer::unknown(phrase!("the confirmation on a durable medium, due with the delivery at the latest"))
            }
        }
    }))
}

/// A term that runs, and its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) start: Day,
    pub(crate) days: u16,
}

impl Term {
    pub(crate) fn last(self) -> Day {
        self.start.clear_days(self.days)
    }
}

/// The case of art. 38 that the supplier claims, unless the order is of another object than that case.
fn exclusion<'a>(case: &Case<'a>) -> Option<&'a Declared<WithdrawalExclusion>> {
    let ceremony = case.ceremony();
    let object = ceremony.order.as_ref().and_then(|order| order.object);
    ceremony.no_withdrawal.as_ref().filter(|claimed| match claimed.value {
        WithdrawalExclusion::ServiceBegun => object != Some(Object::Goods),
        WithdrawalExclusion::MadeToOrderOrPerishable => object != Some(Object::Service),
        WithdrawalExclusion::MarketPrice | WithdrawalExclusion::Unsealed | WithdrawalExclusion::Press => true,
    })
}

/// The consumer's withdrawal (art. 36), or why there is none or it is not known.
pub(crate) fn withdrawal_term(case: &Case<'_>) -> Result<Term, Answer> {
    applies(case)?;
    article_42(case, false)?;
    let ceremony = case.ceremony();
    if let Some(exclusion) = exclusion(case) {
        let by = &exclusion.by;
        return Err(Answer::beside(match exclusion.value {
            WithdrawalExclusion::ServiceBegun => {
                phrase!("{0} says that art. 38 excludes it: a service begun by consent", by)
            }
            WithdrawalExclusion::MarketPrice => {
                phrase!("{0} says that art. 38 excludes it: a price of the financial market", by)
            }
            WithdrawalExclusion::MadeToOrderOrPerishable => {
                phrase!("{0} says that art. 38 excludes it: made to order, or perishable", by)
            }
            WithdrawalExclusion::Unsealed => {
                phrase!("{0} says that art. 38 excludes it: recordings or software unsealed by the consumer", by)
            }
            WithdrawalExclusion::Press => {
                phrase!("{0} says that art. 38 excludes it: newspapers, periodicals, magazines", by)
            }
        }));
    }
    let order = ceremony.order.as_ref().and_then(|order| order.object);
    let start = match order {
        None => return Err(Answer::unknown(phrase!("whether goods or a service are ordered"))),
        Some(Object::Goods) => ceremony.last(EventKind::GoodsReceived),
        Some(Object::Service) => ceremony.last(EventKind::OrderConfirmed),
    };
    let Some((_, start)) = start else {
        return Err(Answer::unknown(phrase!("the receipt of the goods, or the acceptance of the offer of a service")));
    };
    let days = match confirmation(case) {
        Answer::Satisfied { .. } => WITHDRAWAL_DAYS,
        _ => WITHDRAWAL_DAYS_UNCONFIRMED,
    };
    Ok(Term { start: Day::in_morocco(start.at), days })
}

fn withdrawal(case: &Case<'_>) -> Answer {
    where_applicable(withdrawal_term(case).map(|term| {
        Answer::satisfied(phrase!(
            "{0} clear days from {1}: the last day is {2} (the first and the last are not counted)",
            term.days,
            term.start,
            term.last()
        ))
    }))
}

/// The refund (art. 37), once the consumer withdrew.
pub(crate) fn refund_term(case: &Case<'_>) -> Result<Term, Answer> {
    applies(case)?;
    article_42(case, false)?;
    let Some((_, event)) = case.ceremony().first(EventKind::Withdrawn) else {
        return Err(Answer::beside(phrase!("nobody withdrew")));
    };
    let start = Day::in_morocco(event.at);
    match withdrawal_term(case) {
        Ok(term) if start > term.last() => {
            Err(Answer::beside(phrase!("withdrawn on {0}, and {1} was the last day", start, term.last())))
        }
        _ => Ok(Term { start, days: REFUND_DAYS }),
    }
}

/// Whether something happened on a day, and what became of the term that ends on another.
fn met(case: &Case<'_>, from: Option<Day>, due: Day, event: EventKind) -> Met {
    let done = case.ceremony().last(event).map(|(_, event)| Day::in_morocco(event.at));
    let done = done.filter(|day| from.is_none_or(|from| from <= *day));
    match done {
        Some(day) if day <= due => Met::InTime(day),
        Some(day) => Met::Late(day),
        None if Day::in_morocco(case.matter.at) > due => Met::Missed,
        None => Met::Runs,
    }
}

enum Met {
    InTime(Day),
    Late(Day),
    Missed,
    Runs,
}

fn refunded(case: &Case<'_>) -> Answer {
    where_applicable(refund_term(case).map(|term| {
        let due = term.last();
        match met(case, Some(term.start), due, EventKind::Refunded) {
            Met::InTime(day) => Answer::satisfied(phrase!("refunded on {0}, and {1} was the last day", day, due)),
            Met::Late(day) => Answer::broken(phrase!("refunded on {0}, and {1} was the last day", day, due)),
            Met::Missed => Answer::broken(phrase!("not refunded by {0}, the last day", due)),
            Met::Runs => Answer::unknown(phrase!("that it is refunded by {0}, the last day", due)),
        }
    }))
}

fn excluded_withdrawal(case: &Case<'_>) -> Answer {
    where_applicable(applies(case).map(|()| match (exclusion(case), &case.ceremony().no_withdrawal) {
        (Some(exclusion), _) => Answer::Attested { by: exclusion.by.clone(), at: exclusion.at },
        (None, Some(_)) => Answer::broken(phrase!("the case that the supplier claims is not one of what is ordered")),
        (None, None) => Answer::beside(phrase!("the supplier claims no case in which there is no withdrawal")),
    }))
}

/// The performance (art. 39), counted from the acknowledged order unless the parties agreed on a day.
pub(crate) fn performance_due(case: &Case<'_>) -> Result<(Day, Option<Term>), Answer> {
    applies(case)?;
    let ceremony = case.ceremony();
    if let Some(agreed) = ceremony.order.as_ref().and_then(|order| order.perform_by) {
        return Ok((agreed, None));
    }
    match ceremony.last(EventKind::Acknowledged) {
        Some((_, event)) => {
            let term = Term { start: Day::in_morocco(event.at), days: PERFORMANCE_DAYS };
            Ok((term.last(), Some(term)))
        }
        None => Err(Answer::unknown(phrase!("the acknowledgement of the order, from which the term runs"))),
    }
}

fn performed(case: &Case<'_>) -> Answer {
    where_applicable(performance_due(case).map(|(due, _)| {
        let service = case.ceremony().order.as_ref().and_then(|order| order.object) == Some(Object::Service);
        let event = match case.ceremony().last(EventKind::Performed) {
            None if !service => EventKind::GoodsReceived,
            _ => EventKind::Performed,
        };
        match met(case, None, due, event) {
            Met::InTime(day) => Answer::satisfied(phrase!("performed on {0}, and {1} was the last day", day, due)),
            Met::Late(day) => Answer::broken(phrase!("performed on {0}, and {1} was the last day", day, due)),
            Met::Missed => Answer::broken(phrase!("not performed by {0}, the last day", due)),
            Met::Runs => Answer::unknown(phrase!("that it is performed by {0}, the last day", due)),
        }
    }))
}

fn provable(case: &Case<'_>) -> Answer {
    let each = [
        characteristics,
        supplier,
        delivery,
        right_of_withdrawal,
        payment,
        validity,
        communication_cost,
        duration,
        recalled,
        terms_accepted,
        confirmation,
    ];
    where_applicable(applies(case).map(|()| Answer::all(each.into_iter().map(|evidence| evidence(case)))))
}

fn translated(case: &Case<'_>) -> Answer {
    where_applicable(between_professional_and_consumer(case).map(|()| {
        let documents = &case.ceremony().documents;
        let arabic = |language: &str| language.split('-').next() == Some("ar");
        if documents.is_empty() {
            return Answer::unknown(phrase!("the documents of the contract and their languages"));
        }
        Answer::all(documents.iter().filter(|document| document.translates.is_none()).map(|document| {
            let Some(language) = &document.language else {
                return Answer::unknown(phrase!("the language of the document {0}", document.digest));
            };
            if arabic(language) {
                return Answer::beside(phrase!("the document {0} is in Arabic", document.digest));
            }
            let translation = documents.iter().find(|other| {
                other.translates == Some(document.digest) && other.language.as_deref().is_some_and(arabic)
            });
            match translation {
                Some(translation) => Answer::all([
                    Answer::satisfied(phrase!("{0} translates {1}", translation.digest, document.digest)),
                    case.attested(
                        Statement::FaithfulTranslation,
                        phrase!("somebody's word that the Arabic translation is faithful"),
                    ),
                ]),
                None => Answer::broken(phrase!("no Arabic translation accompanies the document {0}", document.digest)),
            }
        }))
    }))
}

fn off_premises(case: &Case<'_>) -> Answer {
    let ceremony = case.ceremony();
    match ceremony.channel {
        Some(Channel::OffPremises) => {}
        Some(_) => return Answer::beside(phrase!("it is not concluded outside business premises")),
        None => return Answer::unknown(phrase!("whether it is concluded outside business premises")),
    }
    where_applicable(between_professional_and_consumer(case).map(|()| {
        let form = match ceremony.detachable_form {
            Some(_) => detachable_form(case),
            None => Answer::broken(phrase!("there is no detachable form to withdraw with")),
        };
        let hand = match &ceremony.handwritten_mention {
            Some(_) => handwritten(case),
            None => Answer::unknown(phrase!("that the consumer signed and dated every copy in his own hand")),
        };
        let consumer = |event: &&Event| {
            let mut parties = ceremony.parties.iter();
            event.kind == EventKind::CopyAccessible
                && parties.any(|party| {
                    capacity(party) == Some(Capacity::Consumer) && event.party.as_deref() == Some(&*party.id)
                })
        };
        let day = |event: &Event| Day::in_morocco(event.at);
        let concluded = ceremony.last(EventKind::OrderConfirmed).map(|(_, event)| day(event));
        let copy = match (ceremony.events.iter().find(consumer), concluded) {
            (Some(event), Some(concluded)) if day(event) > concluded => {
                Answer::broken(phrase!("a copy was given on {0}, and not at once", event.at))
            }
            (Some(event), Some(_)) => Answer::satisfied(phrase!("a copy was given on {0}", event.at)),
            (Some(_), None) => Answer::unknown(phrase!("when the contract was concluded")),
            (None, _) => Answer::unknown(phrase!("that the consumer was given a copy at once")),
        };
        let paid = match (ceremony.first(EventKind::Paid), ceremony.last(EventKind::OrderConfirmed)) {
            (None, _) => Answer::satisfied(phrase!("no payment is recorded")),
            (Some(_), None) => Answer::unknown(phrase!("when the contract was concluded")),
            (Some((_, paid)), Some((_, concluded))) => {
                let last = Day::in_morocco(concluded.at).clear_days(WITHDRAWAL_DAYS);
                match Day::in_morocco(paid.at) > last {
                    true => Answer::satisfied(phrase!("paid on {0}, after {1}", paid.at, last)),
                    false => Answer::broken(phrase!("paid on {0}, before the seven days ended on {1}", paid.at, last)),
                }
            }
        };
        Answer::all([form, hand, copy, paid])
    }))
}

fn delivery_deadline(case: &Case<'_>) -> Answer {
    let Some(order) = &case.ceremony().order else {
        return Answer::unknown(phrase!("the order, its price and its delivery"));
    };
    if let Err(beside) = between_professional_and_consumer(case) {
        return beside;
    }
    match (order.total.as_ref().and_then(|total| total.in_dirhams()), order.delivered_at_once, order.deliver_by) {
        (_, Some(true), _) => Answer::beside(phrase!("it is delivered at once")),
        (Some(total), ..) if total <= DEADLINE_ABOVE_HUNDREDTHS => {
            Answer::beside(phrase!("the price is not above 3 000 dirhams"))
        }
        (_, _, Some(day)) => Answer::satisfied(phrase!("{0} is stated as the last day of delivery", day)),
        (None, ..) => Answer::unknown(phrase!("the price in dirhams, and the last day of delivery in writing")),
        (_, None, _) => {
            Answer::unknown(phrase!("whether it is delivered at once, and else the last day of delivery in writing"))
        }
        (Some(_), Some(false), None) => Answer::broken(phrase!("the last day of delivery is not stated in writing")),
    }
}

fn credit(case: &Case<'_>) -> Answer {
    match case.ceremony().consumer_credit {
        Some(false) => Answer::beside(phrase!("it is neither a consumer credit nor financed by one")),
        Some(true) => Answer::unknown(phrase!(
            "a lawyer's examination: consumer credit has a prior offer, a form and a withdrawal of its own (art. 74-94)"
        )),
        None => Answer::unknown(phrase!("whether it is a consumer credit, or financed by one")),
    }
}

/// Law 31-08 art. 36.
const WITHDRAWAL_DAYS: u16 = 7;
const WITHDRAWAL_DAYS_UNCONFIRMED: u16 = 30;
/// Law 31-08 art. 37.
const REFUND_DAYS: u16 = 15;
/// Law 31-08 art. 39.
const PERFORMANCE_DAYS: u16 = 30;
/// Decree 2-12-503 art. 28: three thousand dirhams.
const DEADLINE_ABOVE_HUNDREDTHS: u64 = 3_000 * 100;

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-3108-APPLY": "L31-08 art.2, 25-28", BOTH, Attest, Effect::Inform,
        ["S6"],
        "supplier is a professional and other party buys for non-professional personal/family use, at a distance",
        "Consumer distance rules apply unless art.28 exclusion (vending, pay-phone, building/real estate \
             except rent, auction)" => Matter(is_consumer_contract);
    "MA-3108-29-1": "L31-08 art.29 1°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: essential characteristics" => Matter(characteristics);
    "MA-3108-29-2": "L31-08 art.29 2°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: supplier name, trade name, phone, e-mail, address/seat; e-merchant: RC number and \
             capital, tax id if VAT, licence number/date/authority, professional rules and body" => Matter(supplier);
    "MA-3108-29-3": "L31-08 art.29 3°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: delivery time and costs if any" => Matter(delivery);
    "MA-3108-29-4": "L31-08 art.29 4°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: existence of withdrawal right (art.36) unless excluded" => Matter(right_of_withdrawal);
    "MA-3108-29-5": "L31-08 art.29 5°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: terms of payment, delivery or performance" => Matter(payment);
    "MA-3108-29-6": "L31-08 art.29 6°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: period of validity of offer and of its price" => Matter(validity);
    "MA-3108-29-7": "L31-08 art.29 7°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: cost of using the distance communication technique" => Matter(communication_cost);
    "MA-3108-29-8": "L31-08 art.29 8°", BOTH, Evidence, Effect::Warn(None),
        ["S6", "S7"],
        "consumer distance contract, art.42 not excluding",
        "Offer states: minimum duration for continuous/periodic supply if any" => Matter(duration);
    "MA-3108-29-RECALL": "L31-08 art.29 last al.", BOTH, Evidence, Effect::Warn(None),
        ["S6"],
        "consumer distance contract",
        "Before conclusion supplier recalled the consumer's choices and let him confirm or modify the order" => Matter(recalled);
    "MA-3108-21-PRICE": "D2-12-503 art.11, 15, 21; L31-08 art.5", BOTH, Check, Effect::Warn(None),
        ["S7", "S6"],
        "consumer distance contract",
        "Total price incl. VAT and charges, in dirham, and delivery cost told before conclusion by a means \
             that proves it" => Matter(price);
    "MA-3108-30": "L31-08 art.30", BOTH, Evidence, Effect::Warn(None),
        ["S6"],
        "consumer distance contract",
        "Terms easily accessible on home page/medium and expressly accepted before confirmation of acceptance" => Matter(terms_accepted);
    "MA-3108-32": "L31-08 art.32", BOTH, Evidence, Effect::Extend("WITHDRAWAL_30D"),
        ["S6"],
        "consumer distance contract",
        "At latest on delivery consumer got in writing or durable medium: confirmation of arts.3, 5, 29 \
             information; complaint address; withdrawal terms; after-sales and guarantees; termination terms if \
             open-ended or > 1 year" => Matter(confirmation);
    "MA-3108-36": "L31-08 art.36, 203", BOTH, Check, Effect::Inform,
        ["S6", "S22"],
        "consumer distance contract, art.38/42 not excluding",
        "Withdrawal window: 7 clear days (30 if art.32 confirmation missing) from receipt of goods or \
             acceptance of offer for services" => Matter(withdrawal);
    "MA-3108-37": "L31-08 art.37", BOTH, Check, Effect::Warn(None),
        ["S6"],
        "withdrawal exercised",
        "Full refund at once and at most within 15 days; interest after" => Matter(refunded);
    "MA-3108-38": "L31-08 art.38", BOTH, Attest, Effect::Warn(None),
        ["S6"],
        "supplier claims no withdrawal right",
        "One exclusion holds: service begun with consent before 7 days end; market-price goods; made-to-\
             order/perishable; unsealed audio/video/software; press — and no contrary agreement" => Matter(excluded_withdrawal);
    "MA-3108-39": "L31-08 art.39", BOTH, Check, Effect::Warn(None),
        ["S6"],
        "consumer distance contract",
        "Performance within 30 days from acknowledged order unless agreed otherwise" => Matter(performed);
    "MA-3108-34": "L31-08 art.34", BOTH, Check, Effect::Warn(None),
        ["S6"],
        "consumer distance contract",
        "Burden of proof of prior information, confirmation, time limits and consumer acceptance is on the \
             supplier: evidence pack complete" => Matter(provable);
    "MA-3108-206": "L31-08 art.206, 194", BOTH, Check, Effect::Warn(None),
        ["S6", "S6b"],
        "consumer contract drafted in a foreign language",
        "An Arabic translation accompanies the contract" => Matter(translated);
    "MA-3108-47": "L31-08 art.47-50; DOC 65-6, 2-1 al.2", BOTH, Evidence, Effect::Block(None),
        ["S6"],
        "off-premises selling",
        "Written contract, copy at once, detachable withdrawal form, all copies signed and dated in \
             consumer's own hand; no payment before 7 days end" => Matter(off_premises);
    "MA-3108-12": "L31-08 art.12; D2-12-503 art.28", BOTH, Check, Effect::Warn(None),
        ["S6", "S7"],
        "price > 3000 MAD and delivery not immediate",
        "Delivery deadline stated in writing" => Matter(delivery_deadline);
    "MA-3108-92": "L31-08 art.85, 88, 92", BOTH, Evidence, Effect::Warn(None),
        ["S6"],
        "consumer credit or sale financed by it",
        "7-day withdrawal from acceptance of the prior offer with detachable form; copy to borrower at \
             signing; seller keeps a copy of the prior offer handed to the borrower for inspectors; no payment \
             before" => Matter(credit);
};
