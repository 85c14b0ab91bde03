//! Duties of whoever provides trust services, or supplies cryptology.

use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::matter::Case;

fn qualified_delivery(case: &Case<'_>) -> Answer {
    if !case.matter.operator.claims_qualified_delivery {
        return Answer::beside("nobody claims a qualified registered delivery");
    }
    Answer::all([
        case.attested(Statement::QualifiedDelivery, "the proofs of deposit and receipt of decree 2-22-687 art. 6-7"),
        case.attested(Statement::OperatorApproved, "the decision that approves the provider for registered delivery"),
    ])
}

fn when(offered: Option<bool>, what: &str, then: impl FnOnce() -> Answer) -> Answer {
    match offered {
        Some(true) => then(),
        Some(false) => Answer::beside(format!("the operator does not {what}")),
        None => Answer::unknown(format!("whether the operator does {what}")),
    }
}

fn years(kept: Option<u32>, least: u32, what: &str) -> Answer {
    match kept {
        Some(years) if years >= least => Answer::satisfied(format!("{what} are kept for {years} years")),
        Some(years) => Answer::broken(format!("{what} are kept for {years} years, and at least {least} are due")),
        None => Answer::unknown(format!("for how long {what} are kept")),
    }
}

fn delivery_proofs(case: &Case<'_>) -> Answer {
    let operator = &case.matter.operator;
    when(operator.delivers, "deliver registered messages", || {
        let open = match operator.delivery_access_years {
            Some(0) => Answer::broken("the sender cannot access them for a year"),
            Some(_) => Answer::satisfied("the sender can access them for a year"),
            None => Answer::unknown("for how long the sender can access the proofs of delivery"),
        };
        Answer::all([years(operator.delivery_proof_years, 1, "proofs of delivery"), open])
    })
}

const OFFERS: &str = "offer signatures, seals, time-stamps, validation or preservation to others";

fn declared(case: &Case<'_>) -> Answer {
    when(case.matter.operator.offers_services, OFFERS, || {
        case.attested(
            Statement::OperatorDeclared,
            "the receipt of the operator's declaration to the national authority",
        )
    })
}

fn approved(case: &Case<'_>) -> Answer {
    when(case.matter.operator.offers_qualified, "offer a qualified service", || {
        case.attested(Statement::OperatorApproved, "the decision that approves the operator for the service")
    })
}

fn service_data(case: &Case<'_>) -> Answer {
    let operator = &case.matter.operator;
    when(operator.offers_services, OFFERS, || {
        let handed_over = match operator.service_data_handed_over {
            Some(true) => {
                Answer::satisfied("they can be handed to judicial authorities, and the relying party is told")
            }
            Some(false) => {
                Answer::broken("they cannot be handed to judicial authorities, or the relying party is not told")
            }
            None => {
                Answer::unknown("whether they can be handed to judicial authorities, and the relying party is told")
            }
        };
        Answer::all([years(operator.service_data_years, 7, "the data of the service"), handed_over])
    })
}

fn breaches(case: &Case<'_>) -> Answer {
    when(case.matter.operator.offers_services, OFFERS, || {
        case.attested(
            Statement::BreachesNotified,
            "that breaches are notified at once to the authority and to who is harmed",
        )
    })
}

fn preservation(case: &Case<'_>) -> Answer {
    let archive = &case.matter.archive;
    if !archive.claimed_qualified {
        return Answer::beside("nobody claims a qualified preservation");
    }
    let renewed = match archive.renewed {
        Some(true) => Answer::satisfied("the archive's time-stamps were renewed in time"),
        Some(false) => Answer::broken("the archive's time-stamps were not renewed in time"),
        None => Answer::unknown("whether the archive's time-stamps were renewed in time"),
    };
    let provider =
        case.attested(Statement::OperatorApproved, "the decision that approves the provider for preservation");
    Answer::all([renewed, provider])
}

fn cryptology(case: &Case<'_>) -> Answer {
    when(case.matter.operator.supplies_cryptology, "import, export or supply the library as a product", || {
        case.attested(Statement::CryptologyDeclared, "a declaration or an authorisation, or the exemption relied on")
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
