//! How a contract is concluded electronically (DOC 65-2 to 65-7).

use super::{Effect, Rule, rules, writing};
use crate::legal::answer::Answer;
use crate::legal::facts::{Capacity, CeremonyFacts, Event, EventKind, Offer, OfferStatement, Stated};
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;

/// The offer, where it is made professionally.
fn offer<'a>(case: &Case<'a>) -> Result<&'a Offer, Answer> {
    let offer = case.ceremony().offer.as_ref().ok_or_else(|| Answer::unknown(phrase!("the offer")))?;
    match offer.professional {
        Some(true) => Ok(offer),
        Some(false) => Err(Answer::beside(phrase!("the offer is not made professionally"))),
        None => Err(Answer::unknown(phrase!("whether the offer is made professionally"))),
    }
}

fn stated(case: &Case<'_>, statement: OfferStatement) -> Answer {
    let offer = match offer(case) {
        Ok(offer) => offer,
        Err(answer) => return answer,
    };
    match found_at(offer, offer.statements.get(&statement)) {
        Ok(answer) => answer,
        // Only the last two are owed under a condition: "if the nature or object of the contract justifies it", "if any".
        Err(why)
            if matches!(statement, OfferStatement::Archiving | OfferStatement::Rules) && !why.trim().is_empty() =>
        {
            Answer::beside(phrase!("the offeror's reason: {0}", why))
        }
        Err(_no_reason_counts) => Answer::broken(phrase!("the article lets no offer do without this statement")),
    }
}

/// Whether an offer makes a statement somewhere in it, or else its reason for leaving the statement out.
pub(super) fn found_at<'a>(offer: &Offer, statement: Option<&'a Stated>) -> Result<Answer, &'a str> {
    Ok(match (statement, offer.digest) {
        (None, _) => Answer::broken(phrase!("the offer does not make this statement")),
        (Some(Stated::At(place)), _) if place.trim().is_empty() => {
            Answer::unknown(phrase!("the place at which the offer states it"))
        }
        (Some(Stated::At(_)), None) => Answer::unknown(phrase!("the digest of the offer in which it is stated")),
        (Some(Stated::At(place)), Some(digest)) => {
            Answer::satisfied(phrase!("the offer {0} states it at {1}", digest, place))
        }
        (Some(Stated::NotApplicable(why)), _) => return Err(why),
    })
}

fn characteristics(case: &Case<'_>) -> Answer {
    stated(case, OfferStatement::Characteristics)
}
fn conditions(case: &Case<'_>) -> Answer {
    stated(case, OfferStatement::Conditions)
}
fn steps(case: &Case<'_>) -> Answer {
    stated(case, OfferStatement::Steps)
}
fn errors(case: &Case<'_>) -> Answer {
    stated(case, OfferStatement::Errors)
}
fn languages(case: &Case<'_>) -> Answer {
    stated(case, OfferStatement::Languages)
}
fn archiving(case: &Case<'_>) -> Answer {
    stated(case, OfferStatement::Archiving)
}
fn professional_rules(case: &Case<'_>) -> Answer {
    stated(case, OfferStatement::Rules)
}

/// DOC 65-4 al. 3 and 4: what lacks one statement is mere advertising.
pub(crate) fn every_statement(case: &Case<'_>) -> Answer {
    let each = [characteristics, conditions, steps, errors, languages, archiving, professional_rules];
    Answer::all(each.into_iter().map(|statement| statement(case)))
}

fn terms(case: &Case<'_>) -> Answer {
    let offer = match offer(case) {
        Ok(offer) => offer,
        Err(answer) => return answer,
    };
    match (&offer.terms, offer.terms_can_be_kept) {
        (_, Some(false)) => Answer::broken(phrase!("the terms cannot be kept and reproduced")),
        (None, _) => Answer::unknown(phrase!("the file of the terms")),
        (Some(_), None) => Answer::unknown(phrase!("whether the terms can be kept and reproduced")),
        (Some((digest, kind)), Some(true)) => {
            Answer::satisfied(phrase!("the terms {0} ({1}) can be kept and reproduced", digest, kind))
        }
    }
}

fn email(case: &Case<'_>) -> Answer {
    let ceremony = case.ceremony();
    let sent = ceremony.events.iter().enumerate().filter(|(_, event)| event.kind == EventKind::EmailSent);
    let mut sent = sent.peekable();
    if sent.peek().is_none() {
        return Answer::beside(phrase!("no information is sent by e-mail"));
    }
    Answer::all(sent.map(|(place, event)| {
        let Some(id) = event.party.as_deref() else {
            return Answer::unknown(phrase!("to whom the e-mail was sent"));
        };
        let mut earlier = ceremony.events.iter().take(place);
        let accepted = earlier
            .find(|one| one.kind == EventKind::EmailAccepted && one.party.as_deref() == Some(id) && one.at <= event.at);
        let party = ceremony.parties.iter().find(|party| party.id == id);
        let capacity = party.and_then(|party| party.capacity.as_ref());
        match (accepted, capacity) {
            (Some(accepted), _) => Answer::satisfied(phrase!("{0} accepted e-mail expressly on {1}", id, accepted.at)),
            (None, None) => Answer::unknown(phrase!("whether {0} is a professional who gave an address", id)),
            (None, Some(word))
                if matches!(word.value, Capacity::Professional | Capacity::Merchant)
                    && party.is_some_and(|party| party.gave_address) =>
            {
                Answer::Attested { by: word.by.clone(), at: word.at }
            }
            (None, Some(_)) => {
                Answer::broken(phrase!("{0} was sent an e-mail and had not accepted that expressly", id))
            }
        }
    }))
}

/// The confirmation that expresses the acceptance.
pub(crate) fn confirmed(ceremony: &CeremonyFacts) -> Result<(usize, &Event), Answer> {
    ceremony.last(EventKind::OrderConfirmed).ok_or_else(|| Answer::unknown(phrase!("the confirmation of the order")))
}

pub(crate) fn reviewed(case: &Case<'_>) -> Answer {
    let ceremony = case.ceremony();
    let (place, confirmed) = match confirmed(ceremony) {
        Ok(found) => found,
        Err(unknown) => return unknown,
    };
    let Some(addressee) = confirmed.party.as_deref() else {
        return Answer::unknown(phrase!("who confirmed the order"));
    };
    let shown = |whom: Option<&str>| {
        let mut earlier = ceremony.events.iter().enumerate().take(place).rev();
        earlier.find(|(_, event)| {
            event.kind == EventKind::OrderReviewed && event.at <= confirmed.at && event.party.as_deref() == whom
        })
    };
    let Some((shown_at, review)) = shown(Some(addressee)) else {
        return match shown(None) {
            Some(_) => Answer::unknown(phrase!("to whom the order was shown")),
            None => Answer::broken(phrase!("the order was confirmed and had not been shown with its total price")),
        };
    };
    let between = ceremony.events.iter().take(place).skip(shown_at);
    if between.into_iter().any(|event| event.kind == EventKind::OrderCorrected) {
        return Answer::unknown(phrase!("that the corrected order was shown again before it was confirmed"));
    }
    let total = ceremony.order.as_ref().and_then(|order| order.total.as_ref());
    match (total, review.digest) {
        (Some(_), Some(digest)) => Answer::satisfied(phrase!(
            "the order {0} was shown with its total price on {1} and confirmed on {2}",
            digest,
            review.at,
            confirmed.at
        )),
        (None, _) => Answer::unknown(phrase!("the total price that was shown")),
        (_, None) => Answer::unknown(phrase!("the digest of the order that was shown")),
    }
}

pub(crate) fn acknowledged(case: &Case<'_>) -> Answer {
    let ceremony = case.ceremony();
    let (place, confirmed) = match confirmed(ceremony) {
        Ok(found) => found,
        Err(unknown) => return unknown,
    };
    let mut later = ceremony.events.iter().skip(place);
    let Some(acknowledged) = later.find(|event| event.kind == EventKind::Acknowledged) else {
        return Answer::broken(phrase!("the acceptance was not acknowledged"));
    };
    let delay = acknowledged.at.unix_seconds().saturating_sub(confirmed.at.unix_seconds());
    if delay < 0 {
        return Answer::unknown(phrase!("an acknowledgement whose time is after the acceptance"));
    }
    match case.matter.settings.acknowledgement_seconds {
        Some(limit) if delay <= limit => Answer::satisfied(phrase!("acknowledged after {0} seconds", delay)),
        Some(limit) => Answer::broken(phrase!(
            "acknowledged after {0} seconds, more than the {1} that the caller holds for a delay that is justified",
            delay,
            limit
        )),
        None => Answer::unknown(phrase!(
            "what delay is justified, for the article gives no figure: it was acknowledged after {0} seconds",
            delay
        )),
    }
}

fn received(case: &Case<'_>) -> Answer {
    let ceremony = case.ceremony();
    let access = |kind| {
        let (_, message) = ceremony.last(kind)?;
        let found = ceremony.events.iter().find(|event| {
            event.kind == EventKind::AccessPossible
                && event.digest.is_some()
                && event.digest == message.digest
                && message.at <= event.at
                && event.party.as_ref().zip(message.party.as_ref()).is_some_and(|(reader, author)| reader != author)
        });
        Some(found.map(|event| event.at))
    };
    Answer::all([
        match access(EventKind::OrderConfirmed) {
            Some(Some(at)) => Answer::satisfied(phrase!("the confirmation could be accessed on {0}", at)),
            Some(None) => Answer::unknown(phrase!("when the addressee of the confirmation could access it")),
            None => Answer::unknown(phrase!("the confirmation, and when its addressee could access it")),
        },
        match access(EventKind::Acknowledged) {
            Some(Some(at)) => Answer::satisfied(phrase!("the acknowledgement could be accessed on {0}", at)),
            Some(None) => Answer::unknown(phrase!("when the addressee of the acknowledgement could access it")),
            None => Answer::unknown(phrase!("the acknowledgement, and when its addressee could access it")),
        },
    ])
}

/// DOC 65-2 takes away DOC 25, by which silence or performance could be an acceptance.
pub(crate) fn express(case: &Case<'_>) -> Answer {
    let ceremony = case.ceremony();
    if ceremony.parties.is_empty() {
        return Answer::unknown(phrase!("who the parties are"));
    }
    Answer::all(ceremony.parties.iter().map(|party| {
        let own = case.signatures().filter(|signed| signed.party.as_deref() == Some(&*party.id));
        let accepts =
            own.map(|signed| Answer::all([writing::natural(signed), writing::linked(&case.of(signed), signed)]));
        let accepts = accepts.min_by_key(Answer::strength);
        if matches!(accepts, Some(Answer::Satisfied { .. })) {
            return Answer::satisfied(phrase!("{0} signed", party.id));
        }
        let express = ceremony.events.iter().find(|event| {
            matches!(event.kind, EventKind::OfferPublished | EventKind::OrderConfirmed)
                && event.party.as_deref() == Some(&*party.id)
        });
        match express {
            Some(event) if event.kind == EventKind::OfferPublished => {
                Answer::satisfied(phrase!("{0} made the offer on {1}", party.id, event.at))
            }
            Some(event) => Answer::satisfied(phrase!("{0} confirmed on {1}", party.id, event.at)),
            None => match accepts {
                Some(heard @ Answer::Attested { .. }) => heard,
                Some(Answer::Unknown { .. }) => {
                    Answer::unknown(phrase!("whether a natural person signed for {0}", party.id))
                }
                _ => Answer::broken(phrase!(
                    "{0} neither signed nor confirmed: silence and performance are no acceptance",
                    party.id
                )),
            },
        }
    }))
}

pub(crate) fn detachable_form(case: &Case<'_>) -> Answer {
    let Some(form) = &case.ceremony().detachable_form else {
        return Answer::beside(phrase!("no detachable form is required, as far as the ceremony says"));
    };
    Answer::all([
        match form.accessible {
            Some(true) => Answer::satisfied(phrase!("the form can be accessed")),
            Some(false) => Answer::broken(phrase!("the form cannot be accessed")),
            None => Answer::unknown(phrase!("whether the form can be accessed")),
        },
        match form.fillable {
            Some(true) => Answer::satisfied(phrase!("the form can be filled in")),
            Some(false) => Answer::broken(phrase!("the form cannot be filled in")),
            None => Answer::unknown(phrase!("whether the form can be filled in")),
        },
        match form.returnable {
            Some(true) => Answer::satisfied(phrase!("the form can be returned by the same way")),
            Some(false) => Answer::broken(phrase!("the form cannot be returned by the same way")),
            None => Answer::unknown(phrase!("whether the form can be returned by the same way")),
        },
    ])
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-DOC-65-4-1-CHARACTERISTICS": "DOC 65-4 al.3 1°", BOTH, Evidence, Effect::Warn(Some("NOT_AN_OFFER")),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Offer states: main characteristics of the good/service/business" => Matter(characteristics);
    "MA-DOC-65-4-2-CONDITIONS": "DOC 65-4 al.3 2°", BOTH, Evidence, Effect::Warn(Some("NOT_AN_OFFER")),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Offer states: conditions of sale or transfer" => Matter(conditions);
    "MA-DOC-65-4-3-STEPS": "DOC 65-4 al.3 3°", BOTH, Evidence, Effect::Warn(Some("NOT_AN_OFFER")),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Offer states: steps to conclude the contract electronically and how parties perform" => Matter(steps);
    "MA-DOC-65-4-4-ERRORS": "DOC 65-4 al.3 4°", BOTH, Evidence, Effect::Warn(Some("NOT_AN_OFFER")),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Offer states: technical means to identify and correct input errors before conclusion" => Matter(errors);
    "MA-DOC-65-4-5-LANGUAGES": "DOC 65-4 al.3 5°", BOTH, Evidence, Effect::Warn(Some("NOT_AN_OFFER")),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Offer states: languages offered" => Matter(languages);
    "MA-DOC-65-4-6-ARCHIVING": "DOC 65-4 al.3 6°", BOTH, Evidence, Effect::Warn(Some("NOT_AN_OFFER")),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Offer states: archiving arrangements and access conditions of the archived contract, if \
             nature/object justifies it" => Matter(archiving);
    "MA-DOC-65-4-7-RULES": "DOC 65-4 al.3 7°", BOTH, Evidence, Effect::Warn(Some("NOT_AN_OFFER")),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Offer states: means to consult electronically the professional and commercial rules the offeror \
             accepts, if any" => Matter(professional_rules);
    "MA-DOC-65-4-TERMS": "DOC 65-4 al.1", BOTH, Check, Effect::Warn(None),
        ["S1", "S4"],
        "offer made professionally by electronic means",
        "Contract terms are made available in a form that can be kept and reproduced" => Matter(terms);
    "MA-DOC-65-3-EMAIL": "DOC 65-3 al.2-3", BOTH, Evidence, Effect::Warn(None),
        ["S1", "S4"],
        "information sent by e-mail",
        "Recipient expressly accepted e-mail, or is a professional who gave his address" => Matter(email);
    "MA-DOC-65-5-REVIEW": "DOC 65-5 al.1", BOTH, Evidence, Effect::Warn(Some("FORMATION")),
        ["S1", "S4"],
        "contract concluded electronically",
        "Before confirming, recipient could check detail of order and total price and correct errors" => Matter(reviewed);
    "MA-DOC-65-5-ACK": "DOC 65-5 al.2", BOTH, Check, Effect::Warn(None),
        ["S1", "S4"],
        "contract concluded electronically",
        "Offeror acknowledges the acceptance electronically without undue delay" => Matter(acknowledged);
    "MA-DOC-65-5-RECEIVED": "DOC 65-5 al.4", BOTH, Evidence, Effect::Inform,
        ["S1", "S4"],
        "contract concluded electronically",
        "Acceptance, confirmation and ack are deemed received when the addressee can access them" => Matter(received);
    "MA-DOC-65-2-SILENCE": "DOC 65-2 (excludes DOC 23-30, 32)", BOTH, Check, Effect::Block(None),
        ["S1", "S4"],
        "contract concluded electronically",
        "Acceptance is express; silence or mere performance is not used as acceptance" => Matter(express);
    "MA-DOC-65-6-FORM": "DOC 65-6", BOTH, Evidence, Effect::Warn(None),
        ["S1", "S4"],
        "a detachable form is required",
        "Form can be accessed, filled and returned by the same electronic way" => Matter(detachable_form);
};
