//! What electronic form can carry at all, and which law counts.

use super::level;
use super::writing;
use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::facts::{CeremonyFacts, Declared, Nature, Person, SecurityMaker};
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;
use crate::legal::regime::{Regime, TimeProof};
use crate::legal::signed::Signed;

fn regime(_: &Case<'_>, signed: &Signed) -> Answer {
    let choice = Regime::choose(signed.proven_time, signed.claimed_time);
    match choice.proof {
        TimeProof::TimeStamp => Answer::satisfied(choice.why),
        TimeProof::Claimed | TimeProof::None => {
            Answer::unknown(phrase!("a time-stamp that proves when it was signed ({0})", choice.why))
        }
    }
}

fn nature(ceremony: &CeremonyFacts) -> Result<&Declared<Nature>, Answer> {
    ceremony.nature.as_ref().ok_or_else(|| Answer::unknown(phrase!("somebody's word on what kind of act it is")))
}

fn said<T>(declared: &Declared<T>) -> Answer {
    Answer::Attested { by: declared.by.clone(), at: declared.at }
}

fn family(case: &Case<'_>) -> Answer {
    match nature(case.ceremony()) {
        Ok(act) if act.value == Nature::Family => Answer::broken(phrase!(
            "it is an act that applies the Family Code, and the chapter does not govern it (DOC 2-1 al. 3)"
        )),
        Ok(act) => said(act),
        Err(unknown) => unknown,
    }
}

fn security(case: &Case<'_>) -> Answer {
    let act = match nature(case.ceremony()) {
        Ok(act) => act,
        Err(unknown) => return unknown,
    };
    match (&act.value, case.regime) {
        (Nature::Security { made_by: SecurityMaker::Professional, .. }, _) => said(act),
        (Nature::Security { made_by: SecurityMaker::CreditInstitution, .. }, Regime::L43_20) => said(act),
        (Nature::Security { made_by: SecurityMaker::CreditInstitution, .. }, Regime::L53_05) => {
            Answer::unknown(phrase!(
                "whether it is made for the needs of a profession: credit institutions are named only since law 43-20 art. 76"
            ))
        }
        (Nature::Security { .. }, _) => Answer::broken(phrase!(
            "a private deed about a security, made neither for the needs of a profession nor by a credit institution"
        )),
        _ => Answer::beside(phrase!("it is not a deed about a security")),
    }
}

fn real_right(case: &Case<'_>) -> Answer {
    use crate::legal::attestation::Statement::RealRightAdmitted;
    match nature(case.ceremony()) {
        Ok(act) if act.value == Nature::RealRight => {
            match case.attested(RealRightAdmitted, phrase!("an arrêté that admits the act")) {
                Answer::Unknown { .. } => Answer::broken(phrase!(
                    "an act about real property rights: an authentic act, or a lawyer's act of certain date, is required on pain of nullity (law 39-08 art. 4), and no arrêté that admits it is named"
                )),
                heard => heard,
            }
        }
        Ok(_) => Answer::beside(phrase!("it is not an act about real property rights")),
        Err(unknown) => unknown,
    }
}

fn credit_security(case: &Case<'_>) -> Answer {
    let value = match case.ceremony().nature.as_ref().map(|act| &act.value) {
        Some(Nature::Security { made_by: SecurityMaker::CreditInstitution, value }) => value,
        Some(_) => return Answer::beside(phrase!("it is not a security by a credit institution")),
        None => return Answer::unknown(phrase!("somebody's word on what kind of act it is")),
    };
    let Some(value) = value.as_ref().and_then(|value| value.in_dirhams()) else {
        return Answer::unknown(phrase!("the value of the security, in dirhams"));
    };
    let threshold = case.matter.settings.security_threshold.as_ref().and_then(|threshold| threshold.in_dirhams());
    let Some(threshold) = threshold else {
        return Answer::unknown(phrase!(
            "the value that the joint arrêté sets (law 43-20 art. 78), which was not found"
        ));
    };
    if value <= threshold {
        return Answer::beside(phrase!("the value is not above the one that the arrêté sets"));
    }
    let signed = &case.matter.signed;
    if signed.is_empty() {
        return Answer::broken(phrase!("it is neither signed nor sealed"));
    }
    Answer::all(signed.iter().map(|signed| {
        let case = case.of(signed);
        if signed.is_seal() { super::seals::advanced(&case, signed) } else { level::advanced(&case, signed) }
    }))
}

fn can_read(case: &Case<'_>) -> Answer {
    let parties = &case.ceremony().parties;
    if parties.is_empty() {
        return Answer::unknown(phrase!("who the parties are"));
    }
    Answer::all(parties.iter().filter(|party| party.obligor).map(|party| match (&party.can_read, party.person) {
        (_, Some(Person::Legal)) => Answer::beside(phrase!("{0} is a legal person", party.id)),
        (Some(can), _) if can.value => said(can),
        (Some(_), _) => Answer::broken(phrase!("{0} cannot read: the obligations of illiterate persons count only before a notary or public officer (DOC 427)", party.id)),
        (None, _) => Answer::unknown(phrase!("somebody's word that {0} can read", party.id)),
    }))
}

fn amendment(case: &Case<'_>) -> Answer {
    let Some(amended) = &case.ceremony().amends else {
        return Answer::beside(phrase!("it amends no earlier contract"));
    };
    match amended.same_form {
        Some(true) => Answer::satisfied(phrase!("the form is that of the contract {0} that it amends", amended.digest)),
        Some(false) => Answer::broken(phrase!("the contract {0} that it amends has another form", amended.digest)),
        None => Answer::unknown(phrase!("the form of the contract {0} that it amends", amended.digest)),
    }
}

fn writing_above_amount(case: &Case<'_>) -> Answer {
    let total = case.ceremony().order.as_ref().and_then(|order| order.total.as_ref());
    let Some(total) = total.and_then(|total| total.in_dirhams()) else {
        return Answer::unknown(phrase!("the amount of the contract, in dirhams"));
    };
    if total <= WRITING_ABOVE_HUNDREDTHS {
        return Answer::beside(phrase!("the amount is not above 10 000 dirhams"));
    }
    let mut signatures = case.signatures().peekable();
    if signatures.peek().is_none() {
        return Answer::broken(phrase!("the amount is above 10 000 dirhams and nobody signed"));
    }
    let each = signatures.flat_map(|signed| {
        let case = case.of(signed);
        [
            writing::natural(signed),
            writing::identified(&case, signed),
            writing::made_with_integrity(&case, signed),
            writing::linked(&case, signed),
            writing::consent(&case, signed),
        ]
    });
    // A private deed is signed by who is obliged (DOC 426), and kept with integrity (DOC 417-1).
    Answer::all(each.chain([writing::signed_by_obligors(case), writing::kept_with_integrity(case)]))
}

/// DOC 443: ten thousand dirhams.
const WRITING_ABOVE_HUNDREDTHS: u64 = 10_000 * 100;

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-SCOPE-001": "L43-20 art.83-84; D2-22-687 art.37", BOTH, Check, Effect::Inform,
        ["S2", "S3"],
        "always",
        "Select regime from the signing time: < 2023-01-12 => L53_05; >= 2023-07-12 => L43_20; in between => \
             report both, flag TRANSITION" => Signature(regime);
    "MA-SCOPE-002": "DOC 2-1 al.3", BOTH, Attest, Effect::Block(None),
        ["S1", "S4"],
        "always",
        "Act is not an act applying the Family Code" => Matter(family);
    "MA-SCOPE-003": "DOC 2-1 al.3 (L43-20 art.76)", BOTH, Attest, Effect::Block(None),
        ["S1", "S2", "S4"],
        "private deed about a personal or real security",
        "Made by a person for the needs of his profession, or (since L43-20) by a credit institution or \
             assimilated body" => Matter(security);
    "MA-SCOPE-004": "L39-08 art.4; L43-20 art.79; D2-22-687 art.31", NEW, Attest, Effect::Block(None),
        ["S13", "S3"],
        "act transfers/creates/modifies/extinguishes real property rights (incl. promise of sale, mandates)",
        "Not concluded as an ordinary electronic private deed: authentic act or lawyer's act of certain date \
             is required on pain of nullity; e-levels depend on an arrêté of the Minister of Justice" => Matter(real_right);
    "MA-SCOPE-005": "L43-20 art.78; D2-22-687 art.30", NEW, Check, Effect::Block(None),
        ["S2", "S3"],
        "security deed by a credit institution above the value set by joint arrêté",
        "Signature or seal level is advanced or qualified" => Matter(credit_security);
    "MA-SCOPE-006": "DOC 427", BOTH, Attest, Effect::Block(None),
        ["S4"],
        "signatory is a natural person",
        "Signatory can read; obligations of illiterate persons only valid before notary/public officer" => Matter(can_read);
    "MA-SCOPE-007": "DOC 401 al.3", BOTH, Check, Effect::Warn(None),
        ["S4"],
        "document amends an earlier contract that the law required in writing",
        "Amendment takes the same form" => Matter(amendment);
    "MA-SCOPE-008": "DOC 443", BOTH, Check, Effect::Block(None),
        ["S1", "S4"],
        "amount > 10000 MAD",
        "A written act exists (electronic form accepted): signing level is at least SIMPLE and DOC 417-1 holds" => Matter(writing_above_amount);
};
