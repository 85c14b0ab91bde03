//! Duties of whoever provides trust services, or supplies cryptology.

use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::matter::Case;
use crate::legal::phrase::{Phrase, phrase};

fn qualified_delivery(case: &Case<'_>) -> Answer {
    if !case.matter.operator.claims_qualified_delivery {
        return Answer::beside(phrase!("nobody claims a qualified registered delivery"));
    }
    Answer::all([
        case.attested(
            Statement::QualifiedDelivery,
            phrase!("the proofs of deposit and receipt of decree 2-22-687 art. 6-7"),
        ),
        case.attested(
            Statement::OperatorApproved,
            phrase!("the decision that approves the provider for registered delivery"),
        ),
    ])
}

/// Answers where the operator does something; else says that it does not, or that this is not known.
fn when(offered: Option<bool>, [not, whether]: [Phrase; 2], then: impl FnOnce() -> Answer) -> Answer {
    match offered {
        Some(true) => then(),
        Some(false) => Answer::beside(not),
        None => Answer::unknown(whether),
    }
}

fn years(kept: Option<u32>, least: u32, how_long: Phrase) -> Answer {
    match kept {
        Some(years) if years >= least => Answer::satisfied(phrase!("they are kept for {0} years", years)),
        Some(years) => Answer::broken(phrase!("they are kept for {0} years, and at least {1} are due", years, least)),
        None => Answer::unknown(how_long),
    }
}

fn delivery_proofs(case: &Case<'_>) -> Answer {
    let operator = &case.matter.operator;
    let delivers = [
        phrase!("the operator does not deliver registered messages"),
        phrase!("whether the operator delivers registered messages"),
    ];
    when(operator.delivers, delivers, || {
        let open = match operator.delivery_access_years {
            Some(0) => Answer::broken(phrase!("the sender cannot access them for a year")),
            Some(_) => Answer::satisfied(phrase!("the sender can access them for a year")),
            None => Answer::unknown(phrase!("for how long the sender can access the proofs of delivery")),
        };
        Answer::all([
            years(operator.delivery_proof_years, 1, phrase!("for how long the proofs of delivery are kept")),
            open,
        ])
    })
}

fn offers() -> [Phrase; 2] {
    [
        phrase!("the operator does not offer signatures, seals, time-stamps, validation or preservation to others"),
        phrase!("whether the operator offers signatures, seals, time-stamps, validation or preservation to others"),
    ]
}

fn declared(case: &Case<'_>) -> Answer {
    when(case.matter.operator.offers_services, offers(), || {
        case.attested(
            Statement::OperatorDeclared,
            phrase!("the receipt of the operator's declaration to the national authority"),
        )
    })
}

fn approved(case: &Case<'_>) -> Answer {
    let qualified = [
        phrase!("the operator does not offer a qualified service"),
        phrase!("whether the operator offers a qualified service"),
    ];
    when(case.matter.operator.offers_qualified, qualified, || {
        case.attested(Statement::OperatorApproved, phrase!("the decision that approves the operator for the service"))
    })
}

fn service_data(case: &Case<'_>) -> Answer {
    let operator = &case.matter.operator;
    when(operator.offers_services, offers(), || {
        let handed_over = match operator.service_data_handed_over {
            Some(true) => {
                Answer::satisfied(phrase!("they can be handed to judicial authorities, and the relying party is told"))
            }
            Some(false) => Answer::broken(phrase!(
                "they cannot be handed to judicial authorities, or the relying party is not told"
            )),
            None => Answer::unknown(phrase!(
                "whether they can be handed to judicial authorities, and the relying party is told"
            )),
        };
        Answer::all([
            years(operator.service_data_years, 7, phrase!("for how long the data of the service are kept")),
            handed_over,
        ])
    })
}

fn breaches(case: &Case<'_>) -> Answer {
    when(case.matter.operator.offers_services, offers(), || {
        case.attested(
            Statement::BreachesNotified,
            phrase!("that breaches are notified at once to the authority and to who is harmed"),
        )
    })
}

fn preservation(case: &Case<'_>) -> Answer {
    let archive = &case.matter.archive;
    if !archive.claimed_qualified {
        return Answer::beside(phrase!("nobody claims a qualified preservation"));
    }
    let renewed = match archive.renewed {
        Some(true) => Answer::satisfied(phrase!("the archive's time-stamps were renewed in time")),
        Some(false) => Answer::broken(phrase!("the archive's time-stamps were not renewed in time")),
        None => Answer::unknown(phrase!("whether the archive's time-stamps were renewed in time")),
    };
    let provider =
        case.attested(Statement::OperatorApproved, phrase!("the decision that approves the provider for preservation"));
    Answer::all([renewed, provider])
}

fn cryptology(case: &Case<'_>) -> Answer {
    let supplies = [
        phrase!("the operator does not import, export or supply the library as a product"),
        phrase!("whether the operator imports, exports or supplies the library as a product"),
    ];
    when(case.matter.operator.supplies_cryptology, supplies, || {
        case.attested(
            Statement::CryptologyDeclared,
            phrase!("a declaration or an authorisation, or the exemption relied on"),
        )
    })
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-4320-ERDS-Q": "L43-20 art.28; D2-22-687 art.5-7", NEW, Check, Effect::Downgrade("SIMPLE_ERDS"),
        ["S2", "S3"],
        "qualified electronic registered delivery claimed",
        "Approved provider(s); sender identified with high confidence; addressee identified before delivery; \
             secured by advanced signature/seal; changes signalled; qualified timestamps for sending, receipt, \
             change" => Matter(qualified_delivery);
    "MA-4320-ERDS-KEEP": "D2-22-687 art.6-7", NEW, Check, Effect::Warn(None),
        ["S3"],
        "operator keeps delivery proofs",
        "Proofs kept at least 1 year and open to the sender for 1 year" => Matter(delivery_proofs);
    "MA-4320-ART35": "L43-20 art.35, 63; D2-22-687 art.21", NEW, Attest, Effect::Warn(Some("OPERATOR")),
        ["S2", "S3"],
        "operator offers signature/seal/timestamp/validation/preservation to others",
        "Operator is a legal person that declared itself to the national authority" => Matter(declared);
    "MA-4320-ART32": "L43-20 art.32, 33, 62", NEW, Attest, Effect::Block(Some("OPERATOR")),
        ["S2", "S3"],
        "operator offers a QUALIFIED service",
        "Operator is approved (agrément, max 3 years) for that service" => Matter(approved);
    "MA-2687-KEEP7": "L43-20 art.39; D2-22-687 art.18, 23", NEW, Check, Effect::Warn(None),
        ["S2", "S3"],
        "operator is a trust service provider (qualified or not)",
        "Service data kept at least 7 years and can be handed to judicial authorities; relying party informed" => Matter(service_data);
    "MA-4320-ART40": "L43-20 art.40; D2-22-687 art.19", NEW, Attest, Effect::Warn(Some("OPERATOR")),
        ["S2", "S3"],
        "operator is a trust service provider",
        "Security or integrity breach notified at once to the national authority, and to harmed persons" => Matter(breaches);
    "MA-4320-PRESERVE": "L43-20 art.12, 21", NEW, Check, Effect::Downgrade("PLAIN_ARCHIVE"),
        ["S2"],
        "long-term preservation of qualified signatures claimed qualified",
        "Provided by approved provider using procedures extending trust beyond technological validity" => Matter(preservation);
    "MA-4320-CRYPTO": "L43-20 art.45-47, 66; D2-22-687 art.24-26, annex 6", NEW, Attest, Effect::Warn(Some("SUPPLIER")),
        ["S2", "S3"],
        "library is imported, exported or supplied in Morocco as a product",
        "Prior declaration (>= 30 days) if sole object is authentication/integrity; authorisation (max 5 \
             years) otherwise; exemptions of annex 6" => Matter(cryptology);
};
