//! Time-stamps, simple and qualified (law 43-20 art. 22 to 25).

use super::{Effect, Rule, level, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::calendar::Day;
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;
use crate::legal::signed::TimeStamped;
use crate::legal::trust_list::ServiceKind;
use crate::validation::Indication;

pub(crate) fn existed(_: &Case<'_>, stamp: &TimeStamped) -> Answer {
    match (stamp.imprint_intact, stamp.signature_intact, stamp.indication) {
        (Some(false), ..) => Answer::broken(phrase!("the time-stamp is over other data")),
        (_, Some(false), _) => Answer::broken(phrase!("the authority's signature does not hold")),
        (_, _, Indication::Failed(sub)) => Answer::broken(phrase!("the time-stamp does not hold: {0}", sub)),
        (Some(true), Some(true), Indication::Passed) => {
            Answer::satisfied(phrase!("the time-stamp binds the data to {0}", stamp.time))
        }
        (_, _, other) => Answer::unknown(phrase!("a time-stamp that validates: {0}", other)),
    }
}

fn bound(case: &Case<'_>, stamp: &TimeStamped) -> Answer {
    match level::too_weak(stamp.indication) {
        true => level::not_strong_enough(),
        false => existed(case, stamp),
    }
}

fn clock(case: &Case<'_>, _: &TimeStamped) -> Answer {
    case.attested(Statement::AccurateClock, phrase!("that the authority's clock is accurate and linked to UTC"))
}

fn by_approved_provider(case: &Case<'_>, stamp: &TimeStamped) -> Answer {
    let holds = match stamp.indication {
        Indication::Passed => Answer::satisfied(phrase!("the authority's signature validates")),
        Indication::Failed(sub) => Answer::broken(phrase!("the authority's signature does not validate: {0}", sub)),
        Indication::Indeterminate(sub) => {
            Answer::unknown(phrase!("whether the authority's signature validates: {0}", sub))
        }
    };
    Answer::all([holds, level::listed(case, ServiceKind::TimeStamps, &stamp.path, Day::in_morocco(stamp.time))])
}

/// Law 43-20 art. 24.
pub(crate) fn qualified(case: &Case<'_>, stamp: &TimeStamped) -> Answer {
    Answer::all([existed(case, stamp), bound(case, stamp), clock(case, stamp), by_approved_provider(case, stamp)])
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-4320-TS-SIMPLE": "L43-20 art.23", NEW, Check, Effect::Downgrade("NO_TIMESTAMP"),
        ["S2"],
        "timestamp present",
        "Token binds the data to an instant and proves they existed then" => TimeStamp(existed);
    "MA-4320-QTS-BIND": "L43-20 art.24 t.1", NEW, Check, Effect::Downgrade("SIMPLE_TS"),
        ["S2"],
        "timestamp claimed QUALIFIED",
        "Date/time bound to data so that undetectable change is excluded" => TimeStamp(bound);
    "MA-4320-QTS-UTC": "L43-20 art.24 t.2", NEW, Attest, Effect::Downgrade("SIMPLE_TS"),
        ["S2"],
        "timestamp claimed QUALIFIED",
        "Based on an accurate clock linked to UTC" => TimeStamp(clock);
    "MA-4320-QTS-SIGNED": "L43-20 art.24 t.3", NEW, Check, Effect::Downgrade("SIMPLE_TS"),
        ["S2"],
        "timestamp claimed QUALIFIED",
        "Signed/sealed with an advanced signature/seal of an approved provider" => TimeStamp(by_approved_provider);
};
