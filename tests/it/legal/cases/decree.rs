//! What a qualified certificate carries: decree 2-22-687 art. 2, for law 43-20 art. 9.

use super::*;

/// A secured certificate of law 53-05 counts as a qualified one (law 43-20 art. 82), and its data are those of that law.
fn secured(matter: &mut Matter) {
    certificate(matter).not_before = time("2020-01-01T00:00:00Z");
}

macro_rules! datum {
    ($rule:literal, $words:literal, breaks $breaks:expr, opens $opens:expr) => {
        Case {
            rule: $rule,
            words: $words,
            laws: New,
            base: full,
            holds: Shown(as_is),
            breaks: $breaks,
            opens: $opens,
            beside: By(secured),
        }
    };
}

pub(super) const CASES: &[Case] = &[
    datum!("MA-2687-QC-SERIAL", "« le code unique d'identité du certificat »",
        breaks Outcome::Never("a certificate of X.509 has a serial number"),
        opens By(|matter| certificate(matter).serial.clear())),
    datum!("MA-2687-QC-ISSUER",
    "« la dénomination ou la raison sociale du prestataire … et l'Etat de son siège social, ainsi que son identifiant \
     commun d'entreprise ou son numéro de registre du commerce »",
    breaks By(|matter| certificate(matter).issuer_country = None),
    opens By(|matter| {
        certificate(matter).issuer_identifier = None;
        unsaid(matter, Statement::ProviderIdentity);
    })),
    datum!("MA-2687-QC-VALIDITY", "« l'indication du début et de la fin de la durée de validité du certificat »",
        breaks Outcome::Never("a certificate of X.509 has both ends"),
        opens By(no_certificate)),
    datum!("MA-2687-QC-NAME",
        "« le nom du titulaire du certificat ou son pseudonyme le cas échéant. Si un pseudonyme est utilisé, cela doit \
         être clairement indiqué »",
        breaks By(|matter| certificate(matter).name = None),
        opens By(no_certificate)),
    datum!("MA-2687-QC-KEY",
        "« les données afférentes à la vérification de la signature électronique qui correspondent aux données de création »",
        breaks By(|matter| matter.signed[0].signature_intact = Some(false)),
        opens By(|matter| certificate(matter).key_readable = false)),
    datum!("MA-2687-QC-STATUSLOC",
        "« l'emplacement des services permettant de s'informer du statut de validité du certificat »",
        breaks By(|matter| certificate(matter).status_locations.clear()),
        opens By(no_certificate)),
    datum!("MA-2687-QC-ISSUERCERT",
        "« l'endroit où peut être obtenu gratuitement le certificat électronique sur lequel repose la signature électronique \
         avancée ou le cachet électronique avancé du prestataire »",
        breaks By(|matter| certificate(matter).issuer_locations.clear()),
        opens By(no_certificate)),
    datum!("MA-2687-QC-QCMENTION",
        "« une mention indiquant, au moins sous une forme adaptée au traitement automatisé, que le certificat est un \
         certificat qualifié de signature électronique »",
        breaks By(|matter| certificate(matter).legislation = vec!["FR".to_owned()]),
        opens By(|matter| certificate(matter).claims_qualified = false)),
    datum!("MA-2687-QC-QSCDMENTION",
        "« lorsque les données de création … se trouvent dans un dispositif qualifié …, une mention l'indiquant, au moins \
         sous une forme adaptée au traitement automatisé »",
        breaks Outcome::Never("the text fixes no encoding, so that a mention that is not found may be there"),
        opens By(|matter| certificate(matter).claims_device = false)),
    datum!("MA-2687-QC-PSIG",
        "« la signature électronique avancée ou le cachet électronique avancé du prestataire de services de confiance \
         concerné »",
        breaks Outcome::Never("a validation that does not pass does not say that the provider's signature is missing"),
        opens By(no_path)),
];

/// The number has no field of its own: a person can give it.
#[test]
fn the_provider_s_number_can_be_somebody_s_word() {
    let mut matter = full();
    certificate(&mut matter).issuer_identifier = None;
    assert_eq!(answer(&matter, "MA-2687-QC-ISSUER").name(), "ATTESTED");
}
