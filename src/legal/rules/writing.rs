//! What makes a writing and a signature, and what proof they are (DOC 417 to 443).

use super::{Effect, Rule, level, qualified, rules, secured, time_stamps};
use crate::legal::answer::{Answer, Strength};
use crate::legal::attestation::Statement;
use crate::legal::facts::{EventKind, Identification, Party, Person};
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;
use crate::legal::regime::Regime;
use crate::legal::signed::{Place, Signed};
use crate::validation::{Indication, SubIndication};

fn party<'a>(case: &Case<'a>, signed: &Signed) -> Option<&'a Party> {
    let id = signed.party.as_deref()?;
    case.ceremony().parties.iter().find(|party| party.id == id)
}

pub(crate) fn identified(case: &Case<'_>, signed: &Signed) -> Answer {
    let record = party(case, signed).and_then(|party| party.identification.as_ref());
    if let Some(record) = record.filter(|record| names_who_and_how(record)) {
        // Anybody can write a name into a certificate that leads nowhere: what is left is the word of whoever identified.
        if signed.indication != Indication::Passed {
            return Answer::Attested { by: record.operator.clone(), at: record.at };
        }
        return Answer::satisfied(phrase!(
            "{0} identified {1} by {2} on {3}",
            record.operator,
            signed.label(),
            record.method,
            record.at
        ));
    }
    let Some(certificate) = &signed.certificate else {
        return Answer::unknown(phrase!("a certificate, or a record of how the person was identified"));
    };
    match (&certificate.name, &certificate.pseudonym, signed.indication) {
        (_, Some(_), _) => Answer::unknown(phrase!("who stands behind the pseudonym of the certificate")),
        (Some(name), None, Indication::Passed) => {
            Answer::satisfied(phrase!("the certificate {0} names {1}", certificate.digest, name))
        }
        (Some(_), None, other) => Answer::unknown(phrase!("a certificate that validates: {0}", other)),
        (None, None, _) => Answer::unknown(phrase!("the name of the person: the certificate has none")),
    }
}

fn names_who_and_how(record: &Identification) -> bool {
    !record.method.trim().is_empty() && !record.operator.trim().is_empty()
}

pub(crate) fn made_with_integrity(_: &Case<'_>, signed: &Signed) -> Answer {
    match (signed.intact(), signed.covers_all) {
        (Some(true), Some(true)) if level::too_weak(signed.indication) => level::not_strong_enough(),
        (Some(false), _) => Answer::broken(phrase!("the signature does not hold over the document")),
        (_, Some(false)) => Answer::broken(phrase!("the signature does not cover the whole document")),
        (None, _) => Answer::unknown(phrase!("whether the signature holds over the document")),
        (_, None) => Answer::unknown(phrase!("whether the signature covers the whole document")),
        (Some(true), Some(true)) => Answer::satisfied(phrase!("the signature holds and covers the whole document")),
    }
}

pub(crate) fn kept_with_integrity(case: &Case<'_>) -> Answer {
    match (case.matter.archive.archived, case.matter.archive.chain_verifies) {
        (false, _) => Answer::beside(phrase!("it is not in an archive")),
        (true, Some(true)) => Answer::satisfied(phrase!("the chain of the archive verifies from the deposit to now")),
        (true, Some(false)) => Answer::broken(phrase!("the chain of the archive does not verify")),
        (true, None) => Answer::unknown(phrase!("whether the chain of the archive verifies")),
    }
}

pub(crate) fn linked(case: &Case<'_>, signed: &Signed) -> Answer {
    let recorded = party(case, signed).and_then(|party| party.identification.as_ref()).is_some_and(names_who_and_how);
    match signed.indication {
        Indication::Passed => {}
        Indication::Failed(sub) => return Answer::broken(phrase!("the signature does not hold: {0}", sub)),
        // Whoever was identified in another way needs no certificate that leads to an anchor. That it is his is somebody's word.
        Indication::Indeterminate(SubIndication::NoCertificateChainFound) if recorded => {}
        Indication::Indeterminate(sub) => return Answer::unknown(phrase!("a signature that validates: {0}", sub)),
    }
    match (signed.intact(), signed.names_certificate) {
        (Some(false), _) => Answer::broken(phrase!("the signature does not hold over the act")),
        (None, _) => Answer::unknown(phrase!("whether the signature holds over the act")),
        (Some(true), Some(true)) if signed.indication != Indication::Passed => identified(case, signed),
        (Some(true), Some(true)) => Answer::satisfied(phrase!(
            "the signature holds over the digest of the act and the certificate that it names"
        )),
        (Some(true), _) => Answer::unknown(phrase!("a signed attribute that names the certificate")),
    }
}

pub(crate) fn consent(case: &Case<'_>, signed: &Signed) -> Answer {
    // What a signature states is the signatory's where it holds over the act.
    if signed.states_approval == Some(true) && signed.intact() == Some(true) {
        return Answer::satisfied(phrase!("the signature states that the signatory approves the content"));
    }
    let ceremony = case.ceremony();
    let own = |kind| {
        let mut events = ceremony.events.iter().enumerate();
        events.find(move |(_, event)| event.kind == kind && event.party.is_some() && event.party == signed.party)
    };
    match (own(EventKind::ConsentShown), own(EventKind::OrderConfirmed)) {
        (Some((first, shown)), Some((then, confirmed)))
            if shown.digest.is_some() && first < then && shown.at <= confirmed.at =>
        {
            Answer::satisfied(phrase!(
                "the words of consent were shown on {0} and confirmed on {1}",
                shown.at,
                confirmed.at
            ))
        }
        _ => Answer::unknown(phrase!(
            "a statement of approval in the signature, or words of consent shown and then confirmed"
        )),
    }
}

fn authentic(case: &Case<'_>) -> Answer {
    if case.ceremony().claimed_authentic {
        return case.attested(
            Statement::PublicOfficer,
            phrase!("the public officer before whom it was signed, and the office"),
        );
    }
    Answer::beside(phrase!("nobody claims that the act is authentic"))
}

/// The conditions of the highest level of the law in question.
pub(crate) fn highest(case: &Case<'_>, signed: &Signed) -> Answer {
    match case.regime {
        Regime::L53_05 => secured::secured(case, signed),
        Regime::L43_20 => qualified::qualified(case, signed),
    }
}

pub(crate) fn legalised(case: &Case<'_>, signed: &Signed) -> Answer {
    Answer::all([highest(case, signed), dated(case, signed)])
}

/// A qualified time-stamp; under law 53-05 a time-stamp.
pub(crate) fn dated(case: &Case<'_>, signed: &Signed) -> Answer {
    let answers = signed.time_stamps.iter().map(|stamp| match case.regime {
        Regime::L53_05 => time_stamps::existed(case, stamp),
        Regime::L43_20 => time_stamps::qualified(case, stamp),
    });
    let none = match case.regime {
        Regime::L53_05 => phrase!("there is no time-stamp"),
        Regime::L43_20 => phrase!("there is no time-stamp, and a qualified one is needed"),
    };
    answers.min_by_key(Answer::strength).unwrap_or_else(|| Answer::broken(none))
}

fn evidence_agreement(case: &Case<'_>) -> Answer {
    let mut signatures = case.signatures().peekable();
    let signed = signatures.peek().is_some();
    if signed && signatures.all(|signed| highest(&case.of(signed), signed).strength() == Strength::Shown) {
        return Answer::beside(phrase!("the reliability of the signatures is presumed"));
    }
    let missing = phrase!("an agreement on evidence between the parties; without one the court decides by all means");
    case.attested(Statement::EvidenceAgreement, missing)
}

fn certain_date(case: &Case<'_>, signed: &Signed) -> Answer {
    if case.ceremony().date_against_third_parties == Some(false) {
        return Answer::beside(phrase!("the date need not bind third parties"));
    }
    highest(case, signed)
}

pub(crate) fn signed_by_obligors(case: &Case<'_>) -> Answer {
    let obligors: Vec<&Party> = case.ceremony().parties.iter().filter(|party| party.obligor).collect();
    if obligors.is_empty() {
        return Answer::unknown(phrase!("who takes on obligations"));
    }
    Answer::all(obligors.into_iter().map(|party| {
        let own = case.matter.signed.iter().filter(|signed| signed.party.as_deref() == Some(&*party.id));
        let own: Vec<&Signed> = own.collect();
        let best = own.iter().filter(|signed| !signed.is_seal()).min_by_key(|signed| signed.indication);
        match best {
            Some(signed) => match (signed.person, signed.indication) {
                (None, _) => Answer::unknown(phrase!("whether a natural person signed for {0}", party.id)),
                (Some(_), Indication::Passed) => Answer::satisfied(phrase!("{0} signed", party.id)),
                (Some(_), Indication::Failed(sub)) => {
                    Answer::broken(phrase!("the signature of {0} does not hold: {1}", party.id, sub))
                }
                (Some(_), Indication::Indeterminate(sub)) => {
                    Answer::unknown(phrase!("whether the signature of {0} holds: {1}", party.id, sub))
                }
            },
            None => match (case.signatures().find(|signed| signed.party.is_none()), own.is_empty()) {
                (Some(other), _) => Answer::unknown(phrase!(
                    "whose the signature of {0} is: it may be that of {1}",
                    other.label(),
                    party.id
                )),
                (None, true) => Answer::broken(phrase!("{0} did not sign", party.id)),
                (None, false) => {
                    Answer::broken(phrase!("{0} sealed, and a seal does not stand in for a signature", party.id))
                }
            },
        }
    }))
}

fn in_the_act(case: &Case<'_>, signed: &Signed) -> Answer {
    if highest(case, signed).strength() == Strength::Broken {
        return Answer::beside(phrase!("the signature is not of the level that must be in the act"));
    }
    match signed.place {
        Some(Place::Embedded) => Answer::satisfied(phrase!("the signature is in the act")),
        Some(Place::OneContainer) => Answer::satisfied(phrase!("the signature and the act are in one container")),
        Some(Place::Detached) => Answer::broken(phrase!("the signature is in a file of its own")),
        None => Answer::unknown(phrase!("where the signature is")),
    }
}

pub(crate) fn handwritten(case: &Case<'_>) -> Answer {
    let Some(mention) = &case.ceremony().handwritten_mention else {
        return Answer::beside(phrase!(
            "no mention in the obligor's own hand is required, as far as the ceremony says"
        ));
    };
    match (mention.typed_by_obligor, mention.covered_by_own_signature) {
        (Some(false), _) => Answer::broken(phrase!("somebody else could have written the mention")),
        (_, Some(false)) => Answer::broken(phrase!("the obligor's own signature does not cover the mention")),
        (Some(true), Some(true)) => Answer::all([
            Answer::satisfied(phrase!(
                "the obligor wrote the mention in his own session, and his own signature covers it"
            )),
            signed_by_obligors(case),
        ]),
        _ => Answer::unknown(phrase!(
            "that only the obligor can have written the mention, and that his own signature covers it"
        )),
    }
}

fn copies(case: &Case<'_>) -> Answer {
    let ceremony = case.ceremony();
    if ceremony.parties.is_empty() {
        return Answer::unknown(phrase!("who the parties are"));
    }
    if ceremony.parties.len() < 2 && ceremony.several_originals != Some(true) {
        return Answer::beside(phrase!("there is one party, and several originals are not required"));
    }
    let mut answers: Vec<Answer> = ceremony
        .parties
        .iter()
        .map(|party| {
            let own = ceremony.events.iter().find(|event| {
                event.kind == EventKind::CopyAccessible
                    && event.party.as_deref() == Some(&*party.id)
                    && event.digest.is_some()
            });
            match own {
                Some(event) => Answer::satisfied(phrase!("{0} can access a copy since {1}", party.id, event.at)),
                None => Answer::unknown(phrase!("that {0} holds a copy or can access one", party.id)),
            }
        })
        .collect();
    if ceremony.several_originals == Some(true) {
        // DOC 65-7 cites 417-3 beside 417-1 and 417-2.
        if case.signatures().next().is_none() {
            answers.push(Answer::broken(phrase!("several originals are required, and nobody signed")));
        }
        answers.extend(case.signatures().map(|signed| highest(&case.of(signed), signed)));
    }
    Answer::all(answers)
}

/// The person who signs is a natural one, as far as is known.
pub(crate) fn natural(signed: &Signed) -> Answer {
    match signed.person {
        Some(Person::Natural) => Answer::satisfied(phrase!("a natural person signs")),
        Some(Person::Legal) => Answer::broken(phrase!("a legal person cannot sign: it seals (law 43-20 art. 2)")),
        None => Answer::unknown(phrase!("whether the certificate is a natural person's")),
    }
}

/// DOC 417-3 al. 1: reliability is presumed.
pub(crate) fn presumed(case: &Case<'_>, signed: &Signed) -> Answer {
    let simple = match case.regime {
        Regime::L53_05 => Answer::all([linked(case, signed), consent(case, signed)]),
        Regime::L43_20 => level::simple(case, signed),
    };
    Answer::all([simple, highest(case, signed)])
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-DOC-417-1-ID": "DOC 417-1 al.2", BOTH, Evidence, Effect::Downgrade("NOT_ADMISSIBLE"),
        ["S1", "S4"],
        "always",
        "The person from whom the writing emanates can be duly identified" => Signature(identified);
    "MA-DOC-417-1-INT-MADE": "DOC 417-1 al.2", BOTH, Check, Effect::Downgrade("NOT_ADMISSIBLE"),
        ["S1", "S4"],
        "always",
        "Writing was established under conditions guaranteeing integrity: signature digest equals recomputed \
             digest over the full document" => Signature(made_with_integrity);
    "MA-DOC-417-1-INT-KEPT": "DOC 417-1 al.2", BOTH, Check, Effect::Downgrade("NOT_ADMISSIBLE"),
        ["S1", "S4"],
        "archived document",
        "Writing is kept under conditions guaranteeing integrity: archive chain verifies from deposit to now" => Matter(kept_with_integrity);
    "MA-DOC-417-2-LINK": "DOC 417-2 al.3", BOTH, Check, Effect::Downgrade("NO_SIGNATURE"),
        ["S1", "S4"],
        "electronic signature present",
        "A reliable identification process guarantees the link between signature and act" => Signature(linked);
    "MA-DOC-417-2-CONSENT": "DOC 417-2 al.1; L43-20 art.2 (simple signature)", BOTH, Evidence, Effect::Warn(None),
        ["S1", "S2", "S27"],
        "electronic signature present",
        "Signature expresses consent to the obligations of the act" => Signature(consent);
    "MA-DOC-417-2-AUTH": "DOC 417-2 al.2", BOTH, Attest, Effect::Block(Some("AUTHENTIC_CLAIM")),
        ["S1", "S4"],
        "caller claims authentic act",
        "Signature was affixed before a public officer empowered to certify" => Matter(authentic);
    "MA-DOC-417-3-PRESUME": "DOC 417-3 al.1-2", BOTH, Check, Effect::Inform,
        ["S1", "S2", "S4"],
        "always",
        "Presumption of reliability: signature level = QUALIFIED (L43_20) or SECURED (L53_05)" => Signature(presumed);
    "MA-DOC-417-3-LEGALISED": "DOC 417-3 al.3 (L43-20 art.76)", BOTH, Check, Effect::Inform,
        ["S1", "S2", "S4"],
        "always",
        "Same force as act with legalised signature and certain date: QUALIFIED signature + QUALIFIED \
             timestamp (old text: SECURED signature + timestamped)" => Signature(legalised);
    "MA-DOC-417-AL3": "DOC 417 al.3", BOTH, Attest, Effect::Warn(None),
        ["S1", "S4"],
        "level < QUALIFIED",
        "A valid agreement on evidence between the parties exists (otherwise the court decides by all means)" => Matter(evidence_agreement);
    "MA-DOC-425-6": "DOC 425 6°", BOTH, Check, Effect::Inform,
        ["S1", "S2", "S4"],
        "date must bind third parties",
        "Date results from a qualified (ex secured) signature authenticating act and signatory" => Signature(certain_date);
    "MA-DOC-426-SIGN": "DOC 426 al.2", BOTH, Check, Effect::Downgrade("NO_SIGNATURE"),
        ["S1", "S4"],
        "private deed",
        "A signature by each obligor himself is present; a seal/stamp does not stand in for it" => Matter(signed_by_obligors);
    "MA-DOC-426-EMBED": "DOC 426 al.3", BOTH, Check, Effect::Warn(None),
        ["S1", "S4"],
        "qualified/secured signature",
        "Signature is introduced in the act (embedded or in one container bound to it)" => Signature(in_the_act);
    "MA-DOC-2-1-HANDWRITTEN": "DOC 2-1 al.2", BOTH, Evidence, Effect::Warn(None),
        ["S1", "S4"],
        "law requires a mention in the obligor's own hand",
        "Mention affixed electronically under conditions such that only the obligor can have done it" => Matter(handwritten);
    "MA-DOC-65-7": "DOC 65-7; DOC 440 al.2; L31-08 art.8", BOTH, Evidence, Effect::Warn(None),
        ["S1", "S4", "S6"],
        "several originals or copies required / contract with several parties",
        "Each party can hold a copy or have access to it" => Matter(copies);
};
