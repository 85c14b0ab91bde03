//! The levels of law 43-20 up to the advanced one, and what limits them.

use super::{Effect, Rule, rules, writing};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::calendar::Day;
use crate::legal::facts::Person;
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;
use crate::legal::signed::Signed;
use crate::legal::trust_list::{Listing, ServiceKind};
use crate::time::Time;
use crate::validation::{Indication, SubIndication};

pub(crate) fn simple(case: &Case<'_>, signed: &Signed) -> Answer {
    Answer::all([
        writing::natural(signed),
        writing::identified(case, signed),
        writing::linked(case, signed),
        writing::consent(case, signed),
    ])
}

pub(crate) fn proper(case: &Case<'_>, signed: &Signed) -> Answer {
    let heard = case.attested(Statement::ProperToSignatory, phrase!("that the key is the signatory's alone"));
    if matches!(heard, Answer::NotSatisfied { .. }) {
        return heard;
    }
    let validated = signed.certificate.as_ref().filter(|_| signed.indication == Indication::Passed);
    let named = validated.filter(|own| own.name.is_some() || own.pseudonym.is_some());
    match (signed.person, named) {
        (Some(Person::Legal), _) => Answer::broken(phrase!("the certificate is a legal person's")),
        (Some(Person::Natural), Some(certificate)) => {
            Answer::satisfied(phrase!("the certificate {0} is of one natural person", certificate.digest))
        }
        _ => heard,
    }
}

pub(crate) fn identifies(case: &Case<'_>, signed: &Signed) -> Answer {
    let Some(certificate) = &signed.certificate else {
        return writing::identified(case, signed);
    };
    match (certificate.pseudonym.as_ref().or(certificate.name.as_ref()), signed.indication) {
        (None, _) => match writing::identified(case, signed) {
            recorded @ (Answer::Satisfied { .. } | Answer::Attested { .. }) => recorded,
            _ => Answer::broken(phrase!("the certificate has neither a name nor a pseudonym")),
        },
        (Some(name), Indication::Passed) => Answer::satisfied(match certificate.pseudonym {
            Some(_) => phrase!("the certificate names the pseudonym {0}, and says that it is one", name),
            None => phrase!("the certificate names {0}", name),
        }),
        (Some(_), other) => Answer::unknown(phrase!("a certificate that validates: {0}", other)),
    }
}

pub(crate) fn sole_control(case: &Case<'_>, _: &Signed) -> Answer {
    case.attested(
        Statement::SoleControl,
        phrase!("that the signatory alone controls the key, with the high level of confidence that the national authority defines"),
    )
}

pub(crate) fn rests_on_certificate(case: &Case<'_>, signed: &Signed) -> Answer {
    if let Some(process) = &signed.equivalent_process {
        return match case.matter.settings.equivalent_processes.contains(process) {
            true => {
                Answer::satisfied(phrase!("the process {0} is among those held equivalent to a certificate", process))
            }
            false => {
                Answer::broken(phrase!("the process {0} is not among those held equivalent to a certificate", process))
            }
        };
    }
    match (&signed.certificate, signed.indication) {
        (None, _) => Answer::unknown(phrase!("a certificate, or a process that an arrêté holds equivalent to one")),
        (Some(certificate), Indication::Passed) => {
            Answer::satisfied(phrase!("a path leads from the certificate {0} to a trust anchor", certificate.digest))
        }
        (Some(_), Indication::Indeterminate(sub)) => Answer::unknown(phrase!("a certificate that validates: {0}", sub)),
        (Some(_), Indication::Failed(sub)) => {
            Answer::broken(phrase!("the certificate does not carry the signature: {0}", sub))
        }
    }
}

pub(crate) fn change_detectable(_: &Case<'_>, signed: &Signed) -> Answer {
    match signed.intact() {
        Some(false) => Answer::broken(phrase!("the signature does not hold over the data")),
        None => Answer::unknown(phrase!("whether the signature holds over the data")),
        Some(true) if too_weak(signed.indication) => not_strong_enough(),
        Some(true) => Answer::satisfied(phrase!("the signature holds over the data")),
    }
}

/// Whether the validation found an algorithm by which data could be exchanged unnoticed.
pub(crate) fn too_weak(indication: Indication) -> bool {
    use SubIndication::{CryptoConstraintsFailure, CryptoConstraintsFailureNoPoe};
    matches!(indication.sub_indication(), Some(CryptoConstraintsFailure | CryptoConstraintsFailureNoPoe))
}

pub(crate) fn not_strong_enough() -> Answer {
    Answer::unknown(phrase!("an algorithm that the policy of the validation holds for strong enough"))
}

/// Law 43-20 art. 5, the simple signature of art. 2 included.
pub(crate) fn advanced(case: &Case<'_>, signed: &Signed) -> Answer {
    Answer::all([simple(case, signed), conditions_of_article_5(case, signed)])
}

pub(crate) fn conditions_of_article_5(case: &Case<'_>, signed: &Signed) -> Answer {
    Answer::all([
        writing::natural(signed),
        proper(case, signed),
        identifies(case, signed),
        sole_control(case, signed),
        rests_on_certificate(case, signed),
        change_detectable(case, signed),
    ])
}

pub(crate) fn foreign(case: &Case<'_>, signed: &Signed) -> Answer {
    let Some(certificate) = &signed.certificate else {
        return Answer::beside(phrase!("there is no certificate"));
    };
    let day = signed.proven_time.map(Day::in_morocco);
    let kinds = [ServiceKind::SignatureCertificates, ServiceKind::SealCertificates, ServiceKind::SecuredCertificates];
    let listed = case.matter.trust_list.as_ref().zip(day).and_then(|(list, day)| {
        kinds.into_iter().find_map(|kind| match list.listing(kind, &signed.path, day) {
            Listing::Listed(provider, _) => Some(provider),
            Listing::NotListed | Listing::ReadBefore => None,
        })
    });
    let state = listed.map(|provider| provider.state.as_str()).or(certificate.issuer_country.as_deref());
    match state {
        Some(MOROCCO) => Answer::beside(phrase!("the provider is established in Morocco")),
        Some(state) => case.attested(
            Statement::RecognisedAbroad,
            phrase!("an agreement with Morocco that recognises the provider, which is of {0}; none was found", state),
        ),
        None => Answer::unknown(phrase!("the State in which the provider is established")),
    }
}

/// The snapshot's word on a service at a time, and the day that was asked about.
pub(crate) fn listed(case: &Case<'_>, kind: ServiceKind, path: &[crate::digest::Digest], day: Day) -> Answer {
    let Some(list) = &case.matter.trust_list else {
        return Answer::unknown(phrase!("a snapshot of the national list (law 43-20 art. 53)"));
    };
    if path.is_empty() {
        return Answer::unknown(phrase!(
            "a path from the certificate to a trust anchor, in which to look for the provider"
        ));
    }
    match list.listing(kind, path, day) {
        Listing::Listed(provider, service) => {
            let (name, from, label) = (&provider.name, service.from, list.label());
            Answer::satisfied(match (service.to, service.decision.as_deref()) {
                (None, None) => phrase!("{0} is listed from {1} ({2})", name, from, label),
                (Some(to), None) => phrase!("{0} is listed from {1} to {2} ({3})", name, from, to, label),
                (None, Some(decision)) => {
                    phrase!("{0} is listed from {1}, by decision {2} ({3})", name, from, decision, label)
                }
                (Some(to), Some(decision)) => {
                    phrase!("{0} is listed from {1} to {2}, by decision {3} ({4})", name, from, to, decision, label)
                }
            })
        }
        Listing::NotListed => {
            Answer::broken(phrase!("no certificate above it is listed on {0} ({1})", day, list.label()))
        }
        Listing::ReadBefore => {
            Answer::unknown(phrase!("a snapshot read on {0} or later; there is a {1}", day, list.label()))
        }
    }
}

/// Law 43-20 art. 82: secured certificates count as qualified ones until they expire.
pub(crate) fn legacy(case: &Case<'_>, signed: &Signed) -> Answer {
    let Some(certificate) = &signed.certificate else {
        return Answer::beside(phrase!("there is no certificate"));
    };
    let issued = Day::in_morocco(certificate.not_before);
    if crate::legal::regime::Regime::on(issued) == [crate::legal::regime::Regime::L43_20] {
        return Answer::beside(phrase!("the certificate was issued under law 43-20"));
    }
    match signed.proven_time {
        None => {
            return Answer::unknown(phrase!("a time-stamp that proves the signature before the certificate expired"));
        }
        Some(time) if time > certificate.not_after => {
            return Answer::broken(phrase!("the certificate had expired when the signature is proven to exist"));
        }
        Some(_) => {}
    }
    issued_as_secured(case, signed, issued)
}

/// Law 53-05 art. 11: by a provider approved on that day, and with the mention of its a), for which no encoding is known.
pub(crate) fn issued_as_secured(case: &Case<'_>, signed: &Signed, issued: Day) -> Answer {
    let mention = case.attested(
        Statement::SecuredCertificate,
        phrase!("that the certificate was issued as a secured one under law 53-05, by a provider approved then"),
    );
    match listed(case, ServiceKind::SecuredCertificates, &signed.path, issued) {
        found @ Answer::Satisfied { .. } => Answer::all([found, mention]),
        _ => mention,
    }
}

/// Law 43-20 art. 9, 10, 18, 19: by a provider approved on the day of issue, and on that of the signature or seal.
pub(crate) fn issued_by_approved(case: &Case<'_>, kind: ServiceKind, signed: &Signed, at: Time) -> Answer {
    let Some(own) = &signed.certificate else {
        return Answer::unknown(phrase!("the certificate"));
    };
    Answer::all([own.not_before, at].map(|time| listed(case, kind, &signed.path, Day::in_morocco(time))))
}

fn holder_acts(case: &Case<'_>, _: &Signed) -> Answer {
    case.attested(
        Statement::ConformingDevice,
        phrase!("that the data were in the holder's own device with a conformity certificate, so that their use is deemed his act"),
    )
}

fn neither_expired_nor_revoked(_: &Case<'_>, signed: &Signed) -> Answer {
    use SubIndication::{Expired, NotYetValid, Revoked};
    match signed.indication {
        Indication::Failed(sub @ (Expired | NotYetValid | Revoked)) => {
            Answer::broken(phrase!("the certificate could not be used when it was: {0}", sub))
        }
        Indication::Passed => Answer::unknown(phrase!(
            "whether the key was certified elsewhere after an expiry or a revocation; the certificate itself was usable"
        )),
        other => Answer::unknown(phrase!("whether the certificate was usable: {0}", other)),
    }
}

pub(crate) const MOROCCO: &str = "MA";

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-4320-SES": "L43-20 art.2", NEW, Evidence, Effect::Downgrade("NO_SIGNATURE"),
        ["S27", "S2"],
        "always",
        "Simple: reliable electronic identification process guaranteeing the link with the act and expressing \
             consent" => Signature(simple);
    "MA-4320-AES-1": "L43-20 art.5 t.1", NEW, Evidence, Effect::Downgrade("SIMPLE"),
        ["S2"],
        "claimed level >= ADVANCED",
        "Signature is proper to the signatory (key/credential not shared)" => Signature(proper);
    "MA-4320-AES-2": "L43-20 art.5 t.2", NEW, Check, Effect::Downgrade("SIMPLE"),
        ["S2"],
        "claimed level >= ADVANCED",
        "Signature allows the signatory to be identified" => Signature(identifies);
    "MA-4320-AES-3": "L43-20 art.5 t.3", NEW, Attest, Effect::Downgrade("SIMPLE"),
        ["S2"],
        "claimed level >= ADVANCED",
        "Created with data usable under the signatory's sole control, with the high level of confidence set \
             by the national authority" => Signature(sole_control);
    "MA-4320-AES-4": "L43-20 art.5 t.4; D2-22-687 art.22", NEW, Check, Effect::Downgrade("SIMPLE"),
        ["S2", "S3"],
        "claimed level >= ADVANCED",
        "Rests on an electronic certificate, or a process listed as equivalent by arrêté" => Signature(rests_on_certificate);
    "MA-4320-AES-5": "L43-20 art.5 t.5", NEW, Check, Effect::Downgrade("SIMPLE"),
        ["S2"],
        "claimed level >= ADVANCED",
        "Any later change of the data is detectable" => Signature(change_detectable);
    "MA-4320-FOREIGN": "L43-20 art.36", NEW, Attest, Effect::Downgrade("ADVANCED"),
        ["S2"],
        "provider not established in Morocco",
        "Qualified value only if provider/service recognised by multilateral or bilateral agreement with Morocco" => Signature(foreign);
    "MA-4320-LEGACY": "L43-20 art.81-82", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S2"],
        "certificate issued as 'secured' under L53-05 and unexpired",
        "Counts as qualified certificate until it expires; device conformity certificate stays valid while it \
             meets L43-20" => Signature(legacy);
    "MA-4320-ART44": "L43-20 art.44, 71 (ex L53-05 art.28, 37)", BOTH, Check, Effect::Refuse,
        ["S1", "S2"],
        "before producing a signature or seal",
        "Certificate is neither expired nor revoked; key not re-certified elsewhere after expiry/revocation" => Either(neither_expired_nor_revoked);
    "MA-4320-ART41": "L43-20 art.41 (ex L53-05 art.25)", BOTH, Evidence, Effect::Inform,
        ["S1", "S2"],
        "qualified device",
        "Use of the creation data is deemed the holder's act unless proved otherwise" => Either(holder_acts);
};
