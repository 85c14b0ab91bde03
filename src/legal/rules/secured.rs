//! The secured signature of law 53-05, which still governs what was signed before the change.

use super::{Effect, Rule, level, qualified, rules, writing};
use crate::legal::answer::Answer;
use crate::legal::calendar::Day;
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;
use crate::legal::signed::Signed;
use crate::validation::Indication;

/// Law 53-05 art. 6, with the signature of DOC 417-2.
pub(crate) fn secured(case: &Case<'_>, signed: &Signed) -> Answer {
    Answer::all([
        writing::natural(signed),
        writing::identified(case, signed),
        writing::linked(case, signed),
        writing::consent(case, signed),
        level::proper(case, signed),
        level::sole_control(case, signed),
        level::change_detectable(case, signed),
        qualified::device(case, signed),
        certificate(case, signed),
    ])
}

fn certificate(case: &Case<'_>, signed: &Signed) -> Answer {
    let Some(own) = &signed.certificate else {
        return Answer::unknown(phrase!("a secured certificate"));
    };
    let valid = match (signed.indication, signed.proven_time) {
        (Indication::Failed(sub), _) => Answer::broken(phrase!("the certificate was not valid: {0}", sub)),
        (Indication::Indeterminate(sub), _) => Answer::unknown(phrase!("whether the certificate was valid: {0}", sub)),
        (Indication::Passed, None) => Answer::unknown(phrase!("a time-stamp that proves when it was signed")),
        (Indication::Passed, Some(time)) => Answer::satisfied(phrase!(
            "the certificate {0} was valid on {1}, and its provider's signature verifies",
            own.digest,
            time
        )),
    };
    let issued = Day::in_morocco(own.not_before);
    let by_approved = level::issued_as_secured(case, signed, issued);
    let provider = match (&own.issuer_name, &own.issuer_country) {
        (Some(name), Some(country)) => {
            Answer::satisfied(phrase!("it carries its provider {0} and the State {1}", name, country))
        }
        _ => Answer::broken(phrase!(
            "it does not carry its provider and the State in which that is established (art. 11 b)"
        )),
    };
    let holder = match own.pseudonym.as_ref().or(own.name.as_ref()) {
        Some(name) => Answer::satisfied(phrase!("it carries the name or pseudonym {0}", name)),
        None => Answer::broken(phrase!("it carries neither a name nor a pseudonym (art. 11 c)")),
    };
    let rest = match (own.key_readable, own.serial.as_str()) {
        (false, _) => Answer::unknown(phrase!("the key in it (art. 11 e)")),
        (true, "") => Answer::unknown(phrase!("its serial number")),
        (true, serial) => Answer::satisfied(phrase!(
            "it carries its key, its serial number {0} and its validity from {1} to {2}",
            serial,
            own.not_before,
            own.not_after
        )),
    };
    // Art. 22: a provider abroad has the same value under an agreement.
    Answer::all([valid, by_approved, provider, holder, rest, level::foreign(case, signed)])
}

fn limit(case: &Case<'_>, signed: &Signed) -> Answer {
    let Some((currency, amount, exponent)) = signed.certificate.as_ref().and_then(|own| own.limit.as_ref()) else {
        return Answer::beside(phrase!("the certificate carries no limit of amount"));
    };
    let Some(total) = case.ceremony().order.as_ref().and_then(|order| order.total.as_ref()) else {
        return Answer::unknown(phrase!("the amount of the contract"));
    };
    // amount × 10^exponent units, in hundredths.
    let scale = exponent.checked_add(2).and_then(|power| u32::try_from(power).ok());
    let hundredths = scale.and_then(|power| 10_i128.checked_pow(power)?.checked_mul(i128::from(*amount)));
    match hundredths {
        _ if *currency != total.currency => {
            Answer::unknown(phrase!("the limit in {0}: the certificate states it in {1}", total.currency, currency))
        }
        None => Answer::unknown(phrase!("a limit of amount that can be computed")),
        Some(most) if i128::from(total.hundredths) <= most => {
            Answer::satisfied(phrase!("the amount is within the limit of {0}×10^{1} {2}", amount, exponent, currency))
        }
        Some(_) => {
            Answer::broken(phrase!("the amount is above the limit of {0}×10^{1} {2}", amount, exponent, currency))
        }
    }
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-5305-SEC-1": "L53-05 art.6", OLD, Evidence, Effect::Downgrade("ORDINARY"),
        ["S1"],
        "claimed level = SECURED",
        "Signature is proper to the signatory" => Signature(level::proper);
    "MA-5305-SEC-2": "L53-05 art.6", OLD, Attest, Effect::Downgrade("ORDINARY"),
        ["S1"],
        "claimed level = SECURED",
        "Signature is created by means the signatory can keep under exclusive control" => Signature(level::sole_control);
    "MA-5305-SEC-3": "L53-05 art.6", OLD, Check, Effect::Downgrade("ORDINARY"),
        ["S1"],
        "claimed level = SECURED",
        "Signature is guarantees a link with the act such that any later change is detectable" => Signature(level::change_detectable);
    "MA-5305-SEC-4": "L53-05 art.6", OLD, Attest, Effect::Downgrade("ORDINARY"),
        ["S1"],
        "claimed level = SECURED",
        "Signature is produced by a creation device attested by a conformity certificate of the national authority" => Signature(qualified::device);
    "MA-5305-SEC-5": "L53-05 art.6", OLD, Check, Effect::Downgrade("ORDINARY"),
        ["S1"],
        "claimed level = SECURED",
        "Signature is verification data are in a secured electronic certificate" => Signature(certificate);
    "MA-5305-CERT": "L53-05 art.11 a-i", OLD, Check, Effect::Downgrade("ORDINARY"),
        ["S1"],
        "claimed level = SECURED",
        "Certificate by approved provider, with: secured mention; provider identity and State; name or \
             flagged pseudonym; quality if any; verification data; validity; identity code; provider's secured \
             signature; conditions of use incl. max amount if any" => Signature(certificate);
    "MA-5305-LIMIT": "L53-05 art.11 i", OLD, Check, Effect::Warn(None),
        ["S1"],
        "certificate carries a maximum transaction amount",
        "Contract amount is not above it" => Signature(limit);
};
