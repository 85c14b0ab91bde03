//! How long what proves a contract is kept.

use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::calendar::Day;
use crate::legal::facts::{Capacity, EventKind};
use crate::legal::matter::{Case, Limitation};
use crate::legal::phrase::phrase;

/// The day from which terms of retention are counted: the end of the contract, or else its performance.
pub(crate) fn start(case: &Case<'_>) -> Option<Day> {
    let ceremony = case.ceremony();
    let end = ceremony.last(EventKind::Ended).or_else(|| ceremony.last(EventKind::Performed));
    end.map(|(_, event)| Day::in_morocco(event.at))
}

fn kept(case: &Case<'_>, years: i32) -> Answer {
    let archive = &case.matter.archive;
    let Some(start) = start(case) else {
        return Answer::unknown(phrase!(
            "the end of the contract, or its performance, from which the years are counted"
        ));
    };
    let due = start.plus_years(years);
    match archive.kept_until {
        Some(until) if until >= due => {
            Answer::satisfied(phrase!("kept until {0}, {1} years from {2} at least", until, years, start))
        }
        Some(until) => {
            Answer::broken(phrase!("kept until {0}, and {1} years from {2} end on {3}", until, years, start, due))
        }
        None => {
            Answer::unknown(phrase!("the day until which it is kept; {0} years from {1} end on {2}", years, start, due))
        }
    }
}

fn merchant(case: &Case<'_>) -> Answer {
    let parties = &case.ceremony().parties;
    let capacity =
        |wanted| parties.iter().any(|party| party.capacity.as_ref().map(|capacity| capacity.value) == Some(wanted));
    if capacity(Capacity::Merchant) {
        return kept(case, MERCHANT_YEARS);
    }
    if parties.is_empty() || parties.iter().any(|party| party.capacity.is_none()) || capacity(Capacity::Professional) {
        return Answer::unknown(phrase!("whether a party is a merchant"));
    }
    Answer::beside(phrase!("no party is a merchant"))
}

fn accounting(case: &Case<'_>) -> Answer {
    match case.matter.archive.accounting {
        Some(true) => kept(case, MERCHANT_YEARS),
        Some(false) => Answer::beside(phrase!("it is not an accounting document or a voucher")),
        None => Answer::unknown(phrase!("whether it is an accounting document or a voucher")),
    }
}

fn limitation(case: &Case<'_>) -> Answer {
    let longest = kept(case, years(None));
    match (&case.matter.archive.limitation, &longest) {
        (Some(word), Answer::NotSatisfied { .. }) => match kept(case, years(Some(word.value))) {
            // That the shorter one counts is what somebody says.
            Answer::Satisfied { .. } => Answer::Attested { by: word.by.clone(), at: word.at },
            other => other,
        },
        _ => longest,
    }
}

/// The years of a limitation; the longest when it is not known which one counts.
pub(crate) fn years(limitation: Option<Limitation>) -> i32 {
    match limitation {
        Some(Limitation::Commercial) => 5,
        Some(Limitation::MerchantToPerson) => 2,
        Some(Limitation::Civil) | None => 15,
    }
}

/// Commercial code art. 26; law 9-88 art. 22.
pub(crate) const MERCHANT_YEARS: i32 = 10;

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-RET-COM26": "Code de commerce art.26", BOTH, Check, Effect::Warn(None),
        ["S10"],
        "party is a merchant",
        "Letters received (originals) and sent (copies) kept 10 years from date" => Matter(merchant);
    "MA-RET-988": "L9-88 art.22; CGI art.211", BOTH, Check, Effect::Warn(None),
        ["S11", "S12"],
        "document is an accounting document or voucher (invoice...)",
        "Kept 10 years" => Matter(accounting);
    "MA-RET-LIMIT": "DOC 387, 388; Code de commerce art.5", BOTH, Check, Effect::Inform,
        ["S4", "S10"],
        "archive kept for proof",
        "Retention covers limitation: 15 years civil default; 5 years commercial; 2 years merchant to private \
             person" => Matter(limitation);
};
