//! Seals, which are a legal person's and never stand in for a party's signature (law 43-20 art. 13 to 20).

use super::qualified::qualified_mention;
use super::{Effect, Rule, level, qualified, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::facts::Person;
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;
use crate::legal::signed::Signed;
use crate::legal::trust_list::ServiceKind;
use crate::validation::Indication;

/// Law 43-20 art. 2: created by a legal person, to guarantee the origin and the integrity of what it is joined to.
pub(crate) fn simple(case: &Case<'_>, seal: &Signed) -> Answer {
    Answer::all([creator(case, seal), level::identifies(case, seal), level::change_detectable(case, seal)])
}

fn creator(case: &Case<'_>, seal: &Signed) -> Answer {
    let heard = case.attested(Statement::ProperToSignatory, phrase!("that the key is the signatory's alone"));
    if matches!(heard, Answer::NotSatisfied { .. }) {
        return heard;
    }
    match (&seal.certificate, seal.person) {
        (_, Some(Person::Natural)) => Answer::broken(phrase!("the certificate is a natural person's")),
        (Some(own), Some(Person::Legal)) if own.name.is_some() => {
            Answer::satisfied(phrase!("the certificate {0} is of one legal person", own.digest))
        }
        _ => Answer::unknown(phrase!("the legal person that seals, named by a certificate")),
    }
}

pub(crate) fn advanced(case: &Case<'_>, seal: &Signed) -> Answer {
    Answer::all([simple(case, seal), level::sole_control(case, seal), level::rests_on_certificate(case, seal)])
}

pub(crate) fn qualified(case: &Case<'_>, seal: &Signed) -> Answer {
    let at_sealing = match (seal.indication, seal.proven_time) {
        (Indication::Passed, Some(time)) => level::issued_by_approved(case, ServiceKind::SealCertificates, seal, time),
        (Indication::Passed, None) => Answer::unknown(phrase!("a time-stamp that proves when it was sealed")),
        (other, _) => Answer::unknown(phrase!("a seal that validates: {0}", other)),
    };
    let mention = match &seal.certificate {
        Some(own) => qualified_mention(own, || match own.for_seals {
            Some(false) => Answer::broken(phrase!("it is not for seals")),
            None => Answer::unknown(phrase!("that it is for seals")),
            Some(true) => Answer::satisfied(phrase!("it says to be qualified for seals under the law of Morocco")),
        }),
        None => Answer::unknown(phrase!("the certificate")),
    };
    Answer::all([
        advanced(case, seal),
        at_sealing,
        mention,
        qualified::device(case, seal),
        qualified::content_but_mention(case, seal),
        level::foreign(case, seal),
    ])
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-4320-SEAL-A": "L43-20 art.14", NEW, Check, Effect::Downgrade("SIMPLE_SEAL"),
        ["S2"],
        "seal claimed ADVANCED",
        "Univocal to creator; identifies creator; under its control with high confidence; rests on \
             certificate or listed equivalent; later change detectable" => Seal(advanced);
    "MA-4320-SEAL-Q": "L43-20 art.15, 17-19; D2-22-687 art.3", NEW, Check, Effect::Downgrade("ADVANCED_SEAL"),
        ["S2", "S3"],
        "seal claimed QUALIFIED",
        "Advanced + qualified device + qualified seal certificate, valid at sealing; gives presumption of \
             integrity and correct origin" => Seal(qualified);
};
