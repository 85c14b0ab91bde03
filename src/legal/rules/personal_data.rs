//! Personal data (law 09-08, decree 2-09-165).

use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::calendar::Day;
use crate::legal::facts::EventKind;
use crate::legal::matter::Case;
use crate::legal::phrase::{Phrase, phrase};

/// Answers where the question arises; else says that it does not, or that this is not known.
fn when(known: Option<bool>, [not, whether]: [Phrase; 2], then: impl FnOnce() -> Answer) -> Answer {
    match known {
        Some(true) => then(),
        Some(false) => Answer::beside(not),
        None => Answer::unknown(whether),
    }
}

fn processed() -> [Phrase; 2] {
    [phrase!("personal data are not processed"), phrase!("whether personal data are processed")]
}

fn declared(case: &Case<'_>) -> Answer {
    let data = &case.matter.personal_data;
    when(data.processed, processed(), || {
        let shown = match &data.receipt_shown {
            Some(number) => Answer::satisfied(phrase!("the receipt {0} is shown where data are collected", number)),
            None => Answer::unknown(phrase!("the CNDP's receipt, shown where data are collected")),
        };
        let made = case
            .attested(Statement::PersonalDataDeclared, phrase!("the prior declaration to the CNDP and its receipt"));
        Answer::all([made, shown])
    })
}

fn card_number(case: &Case<'_>) -> Answer {
    let number = [
        phrase!("the number of the national identity card is not among the data"),
        phrase!("whether the number of the national identity card is among the data"),
    ];
    when(case.matter.personal_data.card_number, number, || {
        let missing = phrase!("the CNDP's prior authorisation to process the number of the national identity card");
        case.attested(Statement::CardNumberAuthorised, missing)
    })
}

fn sensitive(case: &Case<'_>) -> Answer {
    let among = [
        phrase!("no sensitive or health data are among them"),
        phrase!("whether sensitive or health data are among them"),
    ];
    when(case.matter.personal_data.sensitive, among, || {
        case.attested(
            Statement::SensitiveDataAuthorised,
            phrase!("the law or the CNDP's authorisation, and the person's consent"),
        )
    })
}

fn notice(case: &Case<'_>) -> Answer {
    let asked =
        [phrase!("no data are collected from the person"), phrase!("whether data are collected from the person")];
    when(case.matter.personal_data.collected_from_person, asked, || {
        let ceremony = case.ceremony();
        let collected = ceremony.first(EventKind::OrderReviewed).or_else(|| ceremony.first(EventKind::OrderConfirmed));
        let in_time = collected.and_then(|collected| ceremony.before(EventKind::PrivacyNoticeShown, collected));
        match (ceremony.first(EventKind::PrivacyNoticeShown), in_time, collected) {
            (Some((_, event)), None, Some(_)) => {
                Answer::broken(phrase!("the notice was shown on {0}, after data were collected", event.at))
            }
            (Some((_, event)), ..) if event.digest.is_some() => {
                Answer::satisfied(phrase!("the notice was shown on {0}", event.at))
            }
            _ => Answer::unknown(phrase!("the notice and when it was shown")),
        }
    })
}

fn basis(case: &Case<'_>) -> Answer {
    when(case.matter.personal_data.processed, processed(), || {
        case.attested(Statement::LegalBasis, phrase!("the basis of the processing, per purpose"))
    })
}

fn minimal(case: &Case<'_>) -> Answer {
    let data = &case.matter.personal_data;
    when(data.processed, processed(), || match &data.fields_beyond_schema {
        Some(fields) if fields.is_empty() => {
            Answer::satisfied(phrase!("no field beyond those of the schema is stored"))
        }
        Some(fields) => Answer::broken(phrase!("fields beyond those of the schema are stored: {0}", fields.join(", "))),
        None => Answer::unknown(phrase!("whether only the fields of the schema are stored")),
    })
}

fn retained(case: &Case<'_>) -> Answer {
    let archive = &case.matter.archive;
    if !archive.archived {
        return Answer::beside(phrase!("it is not in an archive"));
    }
    let today = Day::in_morocco(case.matter.at);
    match (archive.kept_until, &archive.retention_basis, &archive.legal_hold) {
        (None, ..) => Answer::unknown(phrase!("the day on which the retention ends")),
        (_, None, _) => Answer::unknown(phrase!("the basis on which the end of the retention was declared")),
        (Some(until), Some(_), None) if until < today => {
            Answer::broken(phrase!("its retention ended on {0}, and it is still kept without a legal hold", until))
        }
        (Some(until), Some(basis), None) => Answer::satisfied(phrase!("it is kept until {0}: {1}", until, basis)),
        (Some(until), Some(_), Some(hold)) => {
            Answer::satisfied(phrase!("a legal hold suspends the end on {0}: {1}", until, hold))
        }
    }
}

/// Law 09-08 art. 8: ten clear days.
fn rectified(case: &Case<'_>) -> Answer {
    let requests = &case.matter.personal_data.rectifications;
    if requests.is_empty() {
        return Answer::beside(phrase!("nobody asked for a rectification"));
    }
    let told = match case.matter.personal_data.rectifications_passed_on {
        Some(true) => {
            Answer::satisfied(phrase!("third parties that were sent the data were told, where there are any"))
        }
        Some(false) => Answer::broken(phrase!("third parties that were sent the data were not told")),
        None => Answer::unknown(phrase!("whether third parties that were sent the data were told")),
    };
    let each = requests.iter().map(|request| {
        let due = Day::in_morocco(request.asked).clear_days(RECTIFICATION_DAYS);
        let answered = request.answered.map(Day::in_morocco);
        match (answered, request.signed_octets_untouched) {
            (_, Some(false)) => {
                Answer::broken(phrase!("what was signed was changed, instead of a correction beside it"))
            }
            _ if request.answered.is_some_and(|answered| answered < request.asked) => {
                Answer::unknown(phrase!("an answer whose time is after the request"))
            }
            (Some(day), _) if day > due => {
                Answer::broken(phrase!("answered on {0}, and {1} was the last day", day, due))
            }
            (Some(day), Some(true)) => {
                Answer::satisfied(phrase!("answered on {0}, by {1}, beside what was signed", day, due))
            }
            (Some(_), None) => Answer::unknown(phrase!("whether what was signed was left as it was")),
            (None, _) if Day::in_morocco(case.matter.at) > due => {
                Answer::broken(phrase!("not answered, and {0} was the last day", due))
            }
            (None, _) => Answer::unknown(phrase!("the answer, due by {0}", due)),
        }
    });
    Answer::all(each.chain([told]))
}

fn accessed(case: &Case<'_>) -> Answer {
    let requests = &case.matter.personal_data.accesses;
    if requests.is_empty() {
        return Answer::beside(phrase!("nobody asked for access"));
    }
    Answer::all(requests.iter().map(|request| {
        let until = request.answered.unwrap_or(case.matter.at);
        let delay = until.unix_seconds().saturating_sub(request.asked.unix_seconds());
        match (request.answered, case.matter.settings.access_seconds) {
            (Some(answered), _) if answered < request.asked => {
                Answer::unknown(phrase!("an answer whose time is after the request"))
            }
            (_, Some(limit)) if delay > limit => Answer::broken(phrase!(
                "{0} seconds, more than the {1} that the caller holds for an answer without delay",
                delay,
                limit
            )),
            (Some(answered), Some(_)) => {
                Answer::satisfied(phrase!("asked on {0} and answered on {1}", request.asked, answered))
            }
            (Some(_), None) => Answer::unknown(phrase!(
                "what delay is none, for the article gives no figure: it was answered after {0} seconds",
                delay
            )),
            (None, _) => Answer::unknown(phrase!("the answer to the request of {0}", request.asked)),
        }
    }))
}

fn security(case: &Case<'_>) -> Answer {
    let archive = &case.matter.archive;
    if !archive.archived {
        return Answer::beside(phrase!("it is not in an archive"));
    }
    let heard = case.attested(Statement::SecurityMeasures, phrase!("reports on access control, integrity and copies"));
    match (&archive.security_report, heard) {
        (_, denied @ Answer::NotSatisfied { .. }) => denied,
        (Some(report), _) if !report.trim().is_empty() => Answer::satisfied(phrase!("a report is kept: {0}", report)),
        (_, heard) => heard,
    }
}

fn processor(case: &Case<'_>) -> Answer {
    let hosts = [
        phrase!("no processor hosts the data or signs on behalf of the controller"),
        phrase!("whether a processor hosts the data or signs on behalf of the controller"),
    ];
    when(case.matter.personal_data.processor, hosts, || {
        case.attested(Statement::ProcessorContract, phrase!("the written contract with the processor"))
    })
}

fn transferred(case: &Case<'_>) -> Answer {
    match &case.matter.personal_data.sent_to {
        None => Answer::unknown(phrase!("the countries to which data are sent")),
        Some(countries) if countries.iter().all(|country| country == super::level::MOROCCO) => {
            Answer::beside(phrase!("no data are sent outside Morocco"))
        }
        Some(countries) => case.attested(
            Statement::TransferBasis,
            phrase!("the basis on which data are sent to {0}", countries.join(", ")),
        ),
    }
}

const RECTIFICATION_DAYS: u16 = 10;

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-0908-DECL": "L09-08 art.12-2, 14-15, 19, 52", BOTH, Attest, Effect::Warn(Some("CONTROLLER")),
        ["S8"],
        "personal data processed",
        "CNDP declaration made and receipt issued before processing; receipt data shown at collection" => Matter(declared);
    "MA-0908-CIN": "L09-08 art.12-1-e; D2-09-165 art.28", BOTH, Check, Effect::Warn(Some("CONTROLLER")),
        ["S8", "S9"],
        "record or certificate contains the national identity card number",
        "Prior CNDP authorisation (2 months, renewable once; silence = authorisation)" => Matter(card_number);
    "MA-0908-SENS": "L09-08 art.1-3, 21, 24", BOTH, Attest, Effect::Warn(Some("CONTROLLER")),
        ["S8"],
        "contract or record reveals sensitive or health data",
        "Law or CNDP authorisation; express consent; art.24 controls" => Matter(sensitive);
    "MA-0908-NOTICE": "L09-08 art.5", BOTH, Evidence, Effect::Warn(None),
        ["S8"],
        "data collected from the person",
        "Notice given before: controller, purposes, recipients, mandatory/optional, access and rectification \
             rights, CNDP receipt; open-network warning" => Matter(notice);
    "MA-0908-BASIS": "L09-08 art.4", BOTH, Attest, Effect::Warn(None),
        ["S8"],
        "personal data processed",
        "Consent, or necessity: legal obligation, contract, vital interest, public task, legitimate interest" => Matter(basis);
    "MA-0908-MIN": "L09-08 art.3-1-c", BOTH, Check, Effect::Warn(None),
        ["S8"],
        "personal data processed",
        "Data adequate, relevant, not excessive: only fields on the allow-list are stored in the record" => Matter(minimal);
    "MA-0908-RETAIN": "L09-08 art.3-1-e, 15-f, 55", BOTH, Check, Effect::Warn(None),
        ["S8"],
        "archive",
        "Each record has a retention end; kept no longer than declared; purge or anonymise at end unless \
             legal hold" => Matter(retained);
    "MA-0908-RECTIFY": "L09-08 art.8; D2-09-165 art.36", BOTH, Check, Effect::Warn(None),
        ["S8", "S9"],
        "rectification request",
        "Update, rectify, erase or lock within 10 clear days, free; third parties notified; signed bytes \
             untouched, correction by appended statement" => Matter(rectified);
    "MA-0908-ACCESS": "L09-08 art.7", BOTH, Check, Effect::Warn(None),
        ["S8"],
        "access request",
        "Intelligible export of the person's data, purposes, recipients, origin; without delay and free" => Matter(accessed);
    "MA-0908-SECURITY": "L09-08 art.23, 58", BOTH, Evidence, Effect::Warn(None),
        ["S8"],
        "archive",
        "Appropriate technical and organisational measures against destruction, loss, alteration, \
             unauthorised disclosure/access" => Matter(security);
    "MA-0908-PROCESSOR": "L09-08 art.23-2..4, 25", BOTH, Attest, Effect::Warn(None),
        ["S8"],
        "a processor hosts the archive or signs on behalf",
        "Written contract: acts only on instruction, same security duties" => Matter(processor);
    "MA-0908-TRANSFER": "L09-08 art.43-44, 60", BOTH, Attest, Effect::Warn(None),
        ["S8"],
        "data sent outside Morocco (hosting, remote signing, e-mail, TSA receiving more than a digest)",
        "Country on CNDP list, or express consent / listed necessity / CNDP authorisation" => Matter(transferred);
};
