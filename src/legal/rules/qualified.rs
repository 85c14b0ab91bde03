//! The qualified signature (law 43-20 art. 6 to 10) and its certificate (decree 2-22-687 art. 2).

use super::level::{self, MOROCCO};
use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::matter::Case;
use crate::legal::phrase::phrase;
use crate::legal::signed::{CertificateFacts, Signed};
use crate::legal::trust_list::ServiceKind;
use crate::validation::Indication;

/// Law 43-20 art. 6 and 10.
pub(crate) fn qualified(case: &Case<'_>, signed: &Signed) -> Answer {
    let conditions = [
        level::advanced(case, signed),
        certificate_at_signing(case, signed),
        validation_data(case, signed),
        identity_data(case, signed),
        pseudonym(case, signed),
        device(case, signed),
        integrity(case, signed),
        content(case, signed),
        level::foreign(case, signed),
    ];
    Answer::all(conditions)
}

/// The ten data of decree 2-22-687 art. 2, which art. 82 of the law does not ask of secured certificates.
fn content(case: &Case<'_>, signed: &Signed) -> Answer {
    let each = [
        serial,
        issuer,
        validity,
        name,
        key,
        status_location,
        issuer_location,
        mention,
        device_mention,
        provider_signature,
    ];
    Answer::all(each.into_iter().map(|datum| datum(case, signed)))
}

/// The data that certificates of seals carry as well (decree 2-22-687 art. 3), the mention of their kind aside.
pub(crate) fn content_but_mention(case: &Case<'_>, seal: &Signed) -> Answer {
    let each =
        [serial, issuer, validity, name, key, status_location, issuer_location, device_mention, provider_signature];
    Answer::all(each.into_iter().map(|datum| datum(case, seal)))
}

fn is_legacy(case: &Case<'_>, signed: &Signed) -> bool {
    // Law 53-05 had certificates of signatures, and no seal.
    !signed.is_seal() && matches!(level::legacy(case, signed), Answer::Satisfied { .. } | Answer::Attested { .. })
}

pub(crate) fn certificate_at_signing(case: &Case<'_>, signed: &Signed) -> Answer {
    let valid = match (signed.indication, signed.proven_time) {
        (Indication::Failed(sub), _) => Answer::broken(phrase!("the certificate was not valid: {0}", sub)),
        (Indication::Indeterminate(sub), _) => Answer::unknown(phrase!("whether the certificate was valid: {0}", sub)),
        (Indication::Passed, None) => Answer::unknown(phrase!("a time-stamp that proves when it was signed")),
        (Indication::Passed, Some(time)) => Answer::satisfied(phrase!("the certificate was valid on {0}", time)),
    };
    let legacy = level::legacy(case, signed);
    let issued = match (&legacy, signed.proven_time) {
        (Answer::Satisfied { .. } | Answer::Attested { .. }, _) => legacy,
        (_, None) => Answer::unknown(phrase!("a time-stamp that proves the day on which the provider must be listed")),
        (_, Some(time)) => level::issued_by_approved(case, ServiceKind::SignatureCertificates, signed, time),
    };
    Answer::all([valid, issued])
}

fn with_certificate(signed: &Signed, answer: impl FnOnce(&CertificateFacts) -> Answer) -> Answer {
    signed.certificate.as_ref().map_or_else(|| Answer::unknown(phrase!("the certificate")), answer)
}

fn validation_data(_: &Case<'_>, signed: &Signed) -> Answer {
    with_certificate(signed, |own| match signed.signature_intact {
        Some(true) => Answer::satisfied(phrase!("the certificate is {0}", own.digest)),
        Some(false) => Answer::broken(phrase!("the signature does not hold under its key")),
        None => Answer::unknown(phrase!("whether the signature holds under its key")),
    })
}

fn identity_data(_: &Case<'_>, signed: &Signed) -> Answer {
    with_certificate(signed, |own| match own.subject.trim() {
        "" => Answer::broken(phrase!("it carries neither a name nor a pseudonym")),
        subject => Answer::satisfied(phrase!("its subject is {0}", subject)),
    })
}

fn pseudonym(_: &Case<'_>, signed: &Signed) -> Answer {
    with_certificate(signed, |own| match &own.pseudonym {
        Some(name) => Answer::satisfied(phrase!("{0} is a pseudonym", name)),
        None => Answer::beside(phrase!("the certificate has no pseudonym")),
    })
}

pub(crate) fn device(case: &Case<'_>, _: &Signed) -> Answer {
    let missing = phrase!("that it was created by a device with a conformity certificate of the national authority");
    case.attested(Statement::ConformingDevice, missing)
}

fn article_5(case: &Case<'_>, signed: &Signed) -> Answer {
    level::conditions_of_article_5(case, signed)
}

fn integrity(case: &Case<'_>, signed: &Signed) -> Answer {
    level::change_detectable(case, signed)
}

fn report(case: &Case<'_>, _: &Signed) -> Answer {
    match &case.matter.validation_policy {
        Some(policy) => Answer::satisfied(phrase!(
            "the validation reports each finding, under {0}, which is a policy of the library and not law",
            policy
        )),
        None => Answer::unknown(phrase!("the report of the validation, and its policy")),
    }
}

/// What a certificate must carry, unless it is a secured one of law 53-05 that has not expired.
fn datum(case: &Case<'_>, signed: &Signed, carries: impl FnOnce(&CertificateFacts) -> Answer) -> Answer {
    if is_legacy(case, signed) {
        return Answer::beside(phrase!("it counts as qualified by law 43-20 art. 82"));
    }
    with_certificate(signed, carries)
}

fn serial(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match own.serial.as_str() {
        "" => Answer::unknown(phrase!("its serial number")),
        serial => Answer::satisfied(phrase!("its serial number is {0}", serial)),
    })
}

fn issuer(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match (&own.issuer_name, &own.issuer_country, &own.issuer_identifier) {
        (Some(name), Some(country), Some(number)) => {
            Answer::satisfied(phrase!("its issuer is {0}, of {1}, registered as {2}", name, country, number))
        }
        (None, ..) => Answer::broken(phrase!("it does not carry the name of its provider")),
        (_, None, _) => Answer::broken(phrase!("it does not carry the State of its provider's seat")),
        (Some(_), Some(_), None) => case.attested(
            Statement::ProviderIdentity,
            phrase!("the provider's ICE or commercial register number, for which the text fixes no field"),
        ),
    })
}

fn validity(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| Answer::satisfied(phrase!("it is valid from {0} to {1}", own.not_before, own.not_after)))
}

fn name(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match (&own.pseudonym, &own.name) {
        (Some(name), _) => Answer::satisfied(phrase!("it carries the pseudonym {0}, as one", name)),
        (None, Some(name)) => Answer::satisfied(phrase!("it carries the name {0}", name)),
        (None, None) => Answer::broken(phrase!("it carries neither a name nor a pseudonym")),
    })
}

fn key(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match (own.key_readable, signed.signature_intact) {
        (true, Some(true)) => Answer::satisfied(phrase!("the signature holds under its key")),
        (_, Some(false)) => Answer::broken(phrase!("the signature does not hold under its key")),
        _ => Answer::unknown(phrase!("whether the signature holds under its key")),
    })
}

fn status_location(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match own.status_locations.first() {
        Some(place) => Answer::satisfied(phrase!("its status is to be asked at {0}", place)),
        None => Answer::broken(phrase!("it does not say where its status is to be asked")),
    })
}

fn issuer_location(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match own.issuer_locations.first() {
        Some(place) => Answer::satisfied(phrase!("its issuer's certificate is at {0}", place)),
        None => Answer::broken(phrase!("it does not say where its issuer's certificate is to be had")),
    })
}

fn mention(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| {
        qualified_mention(own, || match own.for_signatures {
            Some(false) => Answer::broken(phrase!("it is not for signatures")),
            None => Answer::unknown(phrase!("that it is for signatures")),
            Some(true) => Answer::satisfied(phrase!("it says to be qualified for signatures under the law of Morocco")),
        })
    })
}

/// The text fixes no encoding; that of EN 319 412-5 counts where it names Morocco.
pub(crate) fn qualified_mention(own: &CertificateFacts, meant: impl FnOnce() -> Answer) -> Answer {
    if !own.claims_qualified {
        return Answer::unknown(phrase!(
            "a mention, in an encoding that the text does not fix, that it is a qualified certificate"
        ));
    }
    if !own.legislation.iter().any(|country| country == MOROCCO) {
        return Answer::broken(phrase!("it claims to be qualified under another law than that of Morocco"));
    }
    meant()
}

fn device_mention(case: &Case<'_>, signed: &Signed) -> Answer {
    // A certificate that is qualified under another law speaks of that law's devices.
    datum(case, signed, |own| match own.claims_device && own.legislation.iter().any(|country| country == MOROCCO) {
        true => Answer::satisfied(phrase!("it says that its key is in a qualified device")),
        false => Answer::unknown(phrase!(
            "a mention, in an encoding that the text does not fix, that its key is in a qualified device"
        )),
    })
}

fn provider_signature(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |_| match signed.indication {
        Indication::Passed => Answer::satisfied(phrase!("its provider's signature verifies up to the trust anchor")),
        other => Answer::unknown(phrase!("whether its provider's signature verifies: {0}", other)),
    })
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-4320-QES-CERT-AT-SIGN": "L43-20 art.10 t.1-2; art.9", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S2", "S3"],
        "claimed level = QUALIFIED",
        "Certificate was, at signing time, a qualified certificate issued by an approved provider and valid" => Signature(certificate_at_signing);
    "MA-4320-QES-VALDATA": "L43-20 art.10 t.3", NEW, Check, Effect::Indeterminate,
        ["S2"],
        "claimed level = QUALIFIED",
        "Validation data match what is given to the relying party" => Signature(validation_data);
    "MA-4320-QES-IDDATA": "L43-20 art.10 t.4", NEW, Check, Effect::Indeterminate,
        ["S2"],
        "claimed level = QUALIFIED",
        "Unique set of data representing the signatory is given correctly to the relying party" => Signature(identity_data);
    "MA-4320-QES-PSEUDO": "L43-20 art.10 t.5", NEW, Check, Effect::Warn(None),
        ["S2", "S3"],
        "claimed level = QUALIFIED and pseudonym used",
        "Use of a pseudonym is clearly indicated to the relying party" => Signature(pseudonym);
    "MA-4320-QES-QSCD": "L43-20 art.10 t.6; art.6; art.8", NEW, Attest, Effect::Downgrade("ADVANCED"),
        ["S2", "S3"],
        "claimed level = QUALIFIED",
        "Signature created by a qualified device holding a conformity certificate of the national authority \
             (max 5 years)" => Signature(device);
    "MA-4320-QES-ART5": "L43-20 art.10 t.6", NEW, Check, Effect::Downgrade("SIMPLE"),
        ["S2"],
        "claimed level = QUALIFIED",
        "Conditions of art.5 were met at signing" => Signature(article_5);
    "MA-4320-QES-INTEGRITY": "L43-20 art.10 t.7", NEW, Check, Effect::Downgrade("NOT_ADMISSIBLE"),
        ["S2"],
        "claimed level = QUALIFIED",
        "Integrity of the signed data is not compromised" => Signature(integrity);
    "MA-4320-QES-REPORT": "L43-20 art.10 last al.", NEW, Evidence, Effect::Warn(None),
        ["S2"],
        "validation performed",
        "The validation system gives the correct result and lets the relying party detect any relevant \
             security problem" => Signature(report);
    "MA-2687-QC-SERIAL": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: unique identity code of the certificate (serialNumber)" => Signature(serial);
    "MA-2687-QC-ISSUER": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: provider name, State of seat, ICE or commercial register number" => Signature(issuer);
    "MA-2687-QC-VALIDITY": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: start and end of validity" => Signature(validity);
    "MA-2687-QC-NAME": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: holder's name, or pseudonym clearly flagged" => Signature(name);
    "MA-2687-QC-KEY": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: verification data matching the creation data" => Signature(key);
    "MA-2687-QC-STATUSLOC": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: location of validity status services (OCSP / CRL)" => Signature(status_location);
    "MA-2687-QC-ISSUERCERT": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: place where the provider's certificate can be had free of charge (AIA caIssuers)" => Signature(issuer_location);
    "MA-2687-QC-QCMENTION": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: machine-readable mention that it is a qualified signature certificate" => Signature(mention);
    "MA-2687-QC-QSCDMENTION": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: machine-readable mention that the key is in a qualified device, when so" => Signature(device_mention);
    "MA-2687-QC-PSIG": "D2-22-687 art.2 (L43-20 art.9)", NEW, Check, Effect::Downgrade("ADVANCED"),
        ["S3"],
        "claimed level = QUALIFIED",
        "Certificate carries: advanced signature or seal of the provider" => Signature(provider_signature);
};
