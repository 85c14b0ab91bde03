//! The qualified signature (law 43-20 art. 6 to 10) and its certificate (decree 2-22-687 art. 2).

use super::level::{self, MOROCCO};
use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::attestation::Statement;
use crate::legal::matter::Case;
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
        (Indication::Failed(sub), _) => Answer::broken(format!("the certificate was not valid: {sub}")),
        (Indication::Indeterminate(sub), _) => Answer::unknown(format!("whether the certificate was valid: {sub}")),
        (Indication::Passed, None) => Answer::unknown("a time-stamp that proves when it was signed"),
        (Indication::Passed, Some(time)) => Answer::satisfied(format!("the certificate was valid on {time}")),
    };
    let legacy = level::legacy(case, signed);
    let issued = match (&legacy, signed.proven_time) {
        (Answer::Satisfied { .. } | Answer::Attested { .. }, _) => legacy,
        (_, None) => Answer::unknown("a time-stamp that proves the day on which the provider must be listed"),
        (_, Some(time)) => level::issued_by_approved(case, ServiceKind::SignatureCertificates, signed, time),
    };
    Answer::all([valid, issued])
}

fn with_certificate(signed: &Signed, answer: impl FnOnce(&CertificateFacts) -> Answer) -> Answer {
    signed.certificate.as_ref().map_or_else(|| Answer::unknown("the certificate"), answer)
}

fn validation_data(_: &Case<'_>, signed: &Signed) -> Answer {
    with_certificate(signed, |own| match signed.signature_intact {
        Some(true) => Answer::satisfied(format!("the certificate is {}", own.digest)),
        Some(false) => Answer::broken("the signature does not hold under its key"),
        None => Answer::unknown("whether the signature holds under its key"),
    })
}

fn identity_data(_: &Case<'_>, signed: &Signed) -> Answer {
    with_certificate(signed, |own| match own.subject.trim() {
        "" => Answer::broken("it carries neither a name nor a pseudonym"),
        subject => Answer::satisfied(format!("its subject is {subject}")),
    })
}

fn pseudonym(_: &Case<'_>, signed: &Signed) -> Answer {
    with_certificate(signed, |own| match &own.pseudonym {
        Some(name) => Answer::satisfied(format!("{name} is a pseudonym")),
        None => Answer::beside("the certificate has no pseudonym"),
    })
}

pub(crate) fn device(case: &Case<'_>, _: &Signed) -> Answer {
    let missing = "that it was created by a device with a conformity certificate of the national authority";
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
        Some(policy) => Answer::satisfied(format!(
            "the validation reports each finding, under {policy}, which is a policy of the library and not law"
        )),
        None => Answer::unknown("the report of the validation, and its policy"),
    }
}

/// What a certificate must carry, unless it is a secured one of law 53-05 that has not expired.
fn datum(case: &Case<'_>, signed: &Signed, carries: impl FnOnce(&CertificateFacts) -> Answer) -> Answer {
    if is_legacy(case, signed) {
        return Answer::beside("it counts as qualified by law 43-20 art. 82");
    }
    with_certificate(signed, carries)
}

fn serial(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match own.serial.as_str() {
        "" => Answer::unknown("its serial number"),
        serial => Answer::satisfied(format!("its serial number is {serial}")),
    })
}

fn issuer(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match (&own.issuer_name, &own.issuer_country, &own.issuer_identifier) {
        (Some(name), Some(country), Some(number)) => {
            Answer::satisfied(format!("its issuer is {name}, of {country}, registered as {number}"))
        }
        (None, ..) => Answer::broken("it does not carry the name of its provider"),
        (_, None, _) => Answer::broken("it does not carry the State of its provider's seat"),
        (Some(_), Some(_), None) => case.attested(
            Statement::ProviderIdentity,
            "the provider's ICE or commercial register number, for which the text fixes no field",
        ),
    })
}

fn validity(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| Answer::satisfied(format!("it is valid from {} to {}", own.not_before, own.not_after)))
}

fn name(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match (&own.pseudonym, &own.name) {
        (Some(name), _) => Answer::satisfied(format!("it carries the pseudonym {name}, as one")),
        (None, Some(name)) => Answer::satisfied(format!("it carries the name {name}")),
        (None, None) => Answer::broken("it carries neither a name nor a pseudonym"),
    })
}

fn key(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match (own.key_readable, signed.signature_intact) {
        (true, Some(true)) => Answer::satisfied("the signature holds under its key"),
        (_, Some(false)) => Answer::broken("the signature does not hold under its key"),
        _ => Answer::unknown("whether the signature holds under its key"),
    })
}

fn status_location(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match own.status_locations.first() {
        Some(place) => Answer::satisfied(format!("its status is to be asked at {place}")),
        None => Answer::broken("it does not say where its status is to be asked"),
    })
}

fn issuer_location(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| match own.issuer_locations.first() {
        Some(place) => Answer::satisfied(format!("its issuer's certificate is at {place}")),
        None => Answer::broken("it does not say where its issuer's certificate is to be had"),
    })
}

fn mention(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |own| qualified_mention(own, own.for_signatures, "signatures"))
}

/// The text fixes no encoding; that of EN 319 412-5 counts where it names Morocco.
pub(crate) fn qualified_mention(own: &CertificateFacts, meant: Option<bool>, what: &str) -> Answer {
    if !own.claims_qualified {
        return Answer::unknown(
            "a mention, in an encoding that the text does not fix, that it is a qualified certificate",
        );
    }
    if !own.legislation.iter().any(|country| country == MOROCCO) {
        return Answer::broken("it claims to be qualified under another law than that of Morocco");
    }
    match meant {
        Some(false) => Answer::broken(format!("it is not for {what}")),
        None => Answer::unknown(format!("that it is for {what}")),
        Some(true) => Answer::satisfied(format!("it says to be qualified for {what} under the law of Morocco")),
    }
}

fn device_mention(case: &Case<'_>, signed: &Signed) -> Answer {
    // A certificate that is qualified under another law speaks of that law's devices.
    datum(case, signed, |own| match own.claims_device && own.legislation.iter().any(|country| country == MOROCCO) {
        true => Answer::satisfied("it says that its key is in a qualified device"),
        false => Answer::unknown(
            "a mention, in an encoding that the text does not fix, that its key is in a qualified device",
        ),
    })
}

fn provider_signature(case: &Case<'_>, signed: &Signed) -> Answer {
    datum(case, signed, |_| match signed.indication {
        Indication::Passed => Answer::satisfied("its provider's signature verifies up to the trust anchor"),
        other => Answer::unknown(format!("whether its provider's signature verifies: {other}")),
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
