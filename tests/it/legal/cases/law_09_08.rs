//! Personal data (law 09-08, decree 2-09-165), and how long what proves a contract is kept.

use super::*;

macro_rules! said {
    ($rule:literal, $words:literal, $statement:ident, $processed:ident) => {
        Case {
            rule: $rule,
            words: $words,
            laws: Both,
            base: full,
            holds: Said(as_is),
            breaks: By(|matter| deny(matter, Statement::$statement)),
            opens: By(|matter| unsaid(matter, Statement::$statement)),
            beside: By(|matter| matter.personal_data.$processed = Some(false)),
        }
    };
}

/// Asked on 2 November 2026, and answered or not.
fn request(answered: Option<&str>) -> Request {
    let asked = time("2026-11-02T10:00:00Z");
    Request { asked, answered: answered.map(time), signed_octets_untouched: Some(true) }
}

fn rectified(matter: &mut Matter, answered: Option<&str>) {
    matter.personal_data.rectifications = vec![request(answered)];
}

fn accessed(matter: &mut Matter, answered: Option<&str>) {
    matter.personal_data.accesses = vec![request(answered)];
}

pub(super) const CASES: &[Case] = &[
    said!(
        "MA-0908-DECL",
        "art. 12 : « doit faire l'objet … 2. d'une déclaration préalable dans les autres cas » ; art. 19 : « récépissé …, dont \
         les caractéristiques doivent figurer dans toutes les opérations de collecte »",
        PersonalDataDeclared,
        processed
    ),
    said!(
        "MA-0908-CIN",
        "art. 12 : « d'une autorisation préalable lorsque les traitements concernent … e) des données comportant le numéro de \
         la carte d'identité nationale »",
        CardNumberAuthorised,
        card_number
    ),
    said!(
        "MA-0908-SENS",
        "art. 21 : « Le traitement des données sensibles est subordonné à une autorisation de la loi … A défaut, il doit être \
         autorisé par la Commission nationale »",
        SensitiveDataAuthorised,
        sensitive
    ),
    Case {
        rule: "MA-0908-NOTICE",
        words: "art. 5 : « Toute personne sollicitée directement, en vue d'une collecte de ses données personnelles, doit être \
                préalablement informée de manière expresse, précise et non équivoque »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| {
            without(matter, EventKind::PrivacyNoticeShown);
            happened(matter, EventKind::PrivacyNoticeShown, "2026-11-02T09:04:00Z", "customer");
        }),
        opens: By(|matter| without(matter, EventKind::PrivacyNoticeShown)),
        beside: By(|matter| matter.personal_data.collected_from_person = Some(false)),
    },
    said!(
        "MA-0908-BASIS",
        "art. 4 : « ne peut être effectué que si la personne concernée a indubitablement donné son consentement … ce \
         consentement n'est pas exigé si le traitement est nécessaire »",
        LegalBasis,
        processed
    ),
    Case {
        rule: "MA-0908-MIN",
        words: "art. 3 : « c) adéquates, pertinentes et non excessives au regard des finalités »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.personal_data.fields_beyond_schema = Some(vec!["religion".to_owned()])),
        opens: By(|matter| matter.personal_data.fields_beyond_schema = None),
        beside: By(|matter| matter.personal_data.processed = Some(false)),
    },
    Case {
        rule: "MA-0908-RETAIN",
        words: "art. 3 : « e) conservées … pendant une durée n'excédant pas celle nécessaire à la réalisation des finalités »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.archive.kept_until = Some(day("2026-11-22"))),
        opens: By(|matter| matter.archive.kept_until = None),
        beside: By(|matter| matter.archive.archived = false),
    },
    Case {
        rule: "MA-0908-RECTIFY",
        words: "art. 8 : « de procéder aux rectifications nécessaires sans frais pour le demandeur et ce, dans un délai franc \
                de dix jours » ; « b) la notification aux tiers »",
        laws: Both,
        base: full,
        // Ten clear days are 3 to 12 November, and the 13th is the last to act on.
        holds: Shown(|matter| rectified(matter, Some("2026-11-13T22:59:59Z"))),
        breaks: By(|matter| rectified(matter, Some("2026-11-13T23:00:00Z"))),
        opens: By(|matter| {
            rectified(matter, None);
            matter.at = time("2026-11-13T12:00:00Z");
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-0908-ACCESS",
        words: "art. 7 : « le droit d'obtenir du responsable du traitement, à des intervalles raisonnables, sans délais et \
                gratuitement »",
        laws: Both,
        base: full,
        holds: Shown(|matter| accessed(matter, Some("2026-11-03T10:00:00Z"))),
        breaks: By(|matter| accessed(matter, Some("2026-11-13T10:00:00Z"))),
        opens: By(|matter| {
            accessed(matter, Some("2026-11-03T10:00:00Z"));
            matter.settings.access_seconds = None;
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-0908-SECURITY",
        words: "art. 23 : « les mesures techniques et organisationnelles appropriées pour protéger les données … contre la \
                destruction accidentelle ou illicite, la perte accidentelle, l'altération, la diffusion ou l'accès non \
                autorisé »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| deny(matter, Statement::SecurityMeasures)),
        opens: By(|matter| {
            matter.archive.security_report = None;
            unsaid(matter, Statement::SecurityMeasures);
        }),
        beside: By(|matter| matter.archive.archived = false),
    },
    said!(
        "MA-0908-PROCESSOR",
        "art. 23 : « doit être régie par un contrat ou un acte juridique qui lie le sous-traitant au responsable du \
         traitement »",
        ProcessorContract,
        processor
    ),
    Case {
        rule: "MA-0908-TRANSFER",
        words: "art. 43 : « ne peut transférer des données à caractère personnel vers un Etat étranger que si cet Etat assure \
                un niveau de protection suffisant »",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| deny(matter, Statement::TransferBasis)),
        opens: By(|matter| unsaid(matter, Statement::TransferBasis)),
        beside: By(|matter| matter.personal_data.sent_to = Some(vec!["MA".to_owned()])),
    },
    Case {
        rule: "MA-0908-AUTO",
        words: "art. 11 : « Aucune autre décision produisant des effets juridiques à l'égard d'une personne ne peut être prise \
                sur le seul fondement d'un traitement automatisé »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("an assessment always says that it decides nothing"),
        opens: Outcome::Never("an assessment always says that it decides nothing"),
        beside: ALWAYS,
    },
];

/// Ended on 20 November 2026 and kept until a day: ten years from then end on 20 November 2036.
fn ended(matter: &mut Matter, kept_until: &str) {
    happened(matter, EventKind::Ended, "2026-11-20T10:00:00Z", "customer");
    matter.archive.kept_until = Some(day(kept_until));
}

pub(super) const RETENTION: &[Case] = &[
    Case {
        rule: "MA-RET-COM26",
        words: "code de commerce art. 26 (ar) : les originaux des lettres reçues et les copies des lettres envoyées sont \
                conservés dix ans à partir de leur date",
        laws: Both,
        base: full,
        holds: Shown(|matter| ended(matter, "2036-11-20")),
        breaks: By(|matter| ended(matter, "2036-11-19")),
        opens: By(as_is),
        beside: By(|matter| matter.ceremony.parties.truncate(1)),
    },
    Case {
        rule: "MA-RET-988",
        words: "9-88 art. 22 (ar) : les documents comptables et les pièces justificatives sont conservés pendant dix ans",
        laws: Both,
        base: full,
        holds: Shown(|matter| {
            ended(matter, "2036-11-20");
            matter.archive.accounting = Some(true);
        }),
        breaks: By(|matter| {
            ended(matter, "2036-11-19");
            matter.archive.accounting = Some(true);
        }),
        opens: By(|matter| {
            ended(matter, "2036-11-20");
            matter.archive.accounting = None;
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-RET-LIMIT",
        words: "DOC 387 (ar) : toutes les actions nées d'une obligation se prescrivent par quinze ans, sauf les exceptions que \
                la loi prévoit",
        laws: Both,
        base: full,
        holds: Shown(|matter| ended(matter, "2041-11-20")),
        breaks: By(|matter| ended(matter, "2041-11-19")),
        opens: By(as_is),
        beside: Outcome::Never("proof is what the contract is kept for in any case"),
    },
];

/// DOC 388, commercial code art. 5: that a shorter limitation counts is what somebody says.
#[test]
fn a_shorter_limitation_is_somebody_s_word() {
    let mut matter = full();
    ended(&mut matter, "2031-11-20");
    matter.archive.limitation = Some(declared(Limitation::Commercial));
    assert_eq!(answer(&matter, "MA-RET-LIMIT").name(), "ATTESTED");
    matter.archive.kept_until = Some(day("2031-11-19"));
    assert_eq!(answer(&matter, "MA-RET-LIMIT").name(), "NOT_SATISFIED");
    // Kept for the longest there is, nobody's word is needed.
    matter.archive.kept_until = Some(day("2041-11-20"));
    assert_eq!(answer(&matter, "MA-RET-LIMIT").name(), "SATISFIED");
}
