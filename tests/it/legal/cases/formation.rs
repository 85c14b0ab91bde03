//! The electronic contract: DOC 65-2 to 65-6.

use super::*;

macro_rules! statement {
    ($rule:literal, $words:literal, $statement:ident) => {
        Case {
            rule: $rule,
            words: $words,
            laws: Both,
            base: full,
            holds: Shown(as_is),
            breaks: By(|matter| {
                offer_of(matter).statements.remove(&OfferStatement::$statement);
            }),
            opens: By(|matter| offer_of(matter).digest = None),
            beside: By(|matter| offer_of(matter).professional = Some(false)),
        }
    };
}

pub(super) const CASES: &[Case] = &[
    statement!(
        "MA-DOC-65-4-1-CHARACTERISTICS",
        "« 1 - Les principales caractéristiques du bien, du service proposé »",
        Characteristics
    ),
    statement!("MA-DOC-65-4-2-CONDITIONS", "« 2 - Les conditions de vente du bien ou du service »", Conditions),
    statement!(
        "MA-DOC-65-4-3-STEPS",
        "« 3 - Les différentes étapes à suivre pour conclure le contrat par voie électronique »",
        Steps
    ),
    statement!(
        "MA-DOC-65-4-4-ERRORS",
        "« 4 - Les moyens techniques permettant …, avant la conclusion du contrat, d'identifier les erreurs commises dans la \
         saisie des données et de les corriger »",
        Errors
    ),
    statement!("MA-DOC-65-4-5-LANGUAGES", "« 5 - Les langues proposées pour la conclusion du contrat »", Languages),
    statement!(
        "MA-DOC-65-4-6-ARCHIVING",
        "« 6 - Les modalités d'archivage du contrat …, si la nature ou l'objet du contrat le justifie »",
        Archiving
    ),
    statement!(
        "MA-DOC-65-4-7-RULES",
        "« 7 - Les moyens de consulter … les règles professionnelles et commerciales auxquelles l'auteur de l'offre entend, \
         le cas échéant, se soumettre »",
        Rules
    ),
    Case {
        rule: "MA-DOC-65-4-TERMS",
        words: "« met à disposition du public les conditions contractuelles applicables d'une manière permettant leur \
                conservation et leur reproduction »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| offer_of(matter).terms_can_be_kept = Some(false)),
        opens: By(|matter| offer_of(matter).terms = None),
        beside: By(|matter| offer_of(matter).professional = Some(false)),
    },
    Case {
        rule: "MA-DOC-65-3-EMAIL",
        words: "« peuvent être transmises par courrier électronique si leur destinataire a accepté expressément l'usage de \
                ce moyen »",
        laws: Both,
        base: full,
        holds: Shown(|matter| {
            happened(matter, EventKind::EmailAccepted, "2026-11-02T09:00:00Z", "customer");
            happened(matter, EventKind::EmailSent, "2026-11-02T09:05:00Z", "customer");
        }),
        breaks: By(|matter| {
            happened(matter, EventKind::EmailSent, "2026-11-02T09:05:00Z", "customer");
            happened(matter, EventKind::EmailAccepted, "2026-11-02T09:06:00Z", "customer");
        }),
        opens: By(|matter| {
            happened(matter, EventKind::EmailSent, "2026-11-02T09:05:00Z", "customer");
            customer(matter).capacity = None;
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-DOC-65-5-REVIEW",
        words: "« le destinataire de l'offre doit avoir eu la possibilité de vérifier le détail de son ordre et son prix \
                total et de corriger d'éventuelles erreurs, et ce avant de confirmer ledit ordre »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| without(matter, EventKind::OrderReviewed)),
        opens: By(|matter| order(matter).total = None),
        beside: Outcome::Never("the rules are put to contracts concluded electronically"),
    },
    Case {
        rule: "MA-DOC-65-5-ACK",
        words: "« L'auteur de l'offre doit accuser réception, sans délai injustifié et par voie électronique, de \
                l'acceptation »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| without(matter, EventKind::Acknowledged)),
        opens: By(|matter| matter.settings.acknowledgement_seconds = None),
        beside: Outcome::Never("the rules are put to contracts concluded electronically"),
    },
    Case {
        rule: "MA-DOC-65-5-RECEIVED",
        words: "« L'acceptation de l'offre, sa confirmation et l'accusé de réception sont réputés reçus lorsque les parties \
                auxquelles ils sont adressés peuvent y avoir accès »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("that no access is recorded does not show that there is none"),
        opens: By(|matter| without(matter, EventKind::AccessPossible)),
        beside: Outcome::Never("the rules are put to contracts concluded electronically"),
    },
    Case {
        rule: "MA-DOC-65-2-SILENCE",
        words: "« Les dispositions des articles 23 à 30 et 32 ci-dessus ne sont pas applicables au présent chapitre » \
                (art. 25 : silence ou exécution valant acceptation)",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| {
            matter.signed.clear();
            without(matter, EventKind::OrderConfirmed);
        }),
        opens: By(|matter| matter.ceremony.parties.clear()),
        beside: Outcome::Never("the rules are put to contracts concluded electronically"),
    },
    Case {
        rule: "MA-DOC-65-6-FORM",
        words: "« il est permis d'accéder au formulaire, de le remplir et de le renvoyer par la même voie »",
        laws: Both,
        base: full,
        holds: Shown(|matter| form(matter, Some(true))),
        breaks: By(|matter| form(matter, Some(false))),
        opens: By(|matter| form(matter, None)),
        beside: By(as_is),
    },
];

/// A form that can be accessed and filled in, and returned as said.
pub(super) fn form(matter: &mut Matter, returnable: Option<bool>) {
    let mut form = DetachableForm::default();
    form.accessible = Some(true);
    form.fillable = Some(true);
    form.returnable = returnable;
    matter.ceremony.detachable_form = Some(form);
}

/// DOC 65-4 al. 3: six and seven are owed under a condition, the others are not.
#[test]
fn two_statements_alone_can_be_left_out_for_a_reason() {
    let left_out = |statement| {
        let mut matter = full();
        offer_of(&mut matter).statements.insert(statement, Stated::NotApplicable("a newspaper".to_owned()));
        matter
    };
    for (statement, rule, expected) in [
        (OfferStatement::Characteristics, "MA-DOC-65-4-1-CHARACTERISTICS", "NOT_SATISFIED"),
        (OfferStatement::Conditions, "MA-DOC-65-4-2-CONDITIONS", "NOT_SATISFIED"),
        (OfferStatement::Steps, "MA-DOC-65-4-3-STEPS", "NOT_SATISFIED"),
        (OfferStatement::Errors, "MA-DOC-65-4-4-ERRORS", "NOT_SATISFIED"),
        (OfferStatement::Languages, "MA-DOC-65-4-5-LANGUAGES", "NOT_SATISFIED"),
        (OfferStatement::Archiving, "MA-DOC-65-4-6-ARCHIVING", "NOT_APPLICABLE"),
        (OfferStatement::Rules, "MA-DOC-65-4-7-RULES", "NOT_APPLICABLE"),
    ] {
        assert_eq!(answer(&left_out(statement), rule).name(), expected, "{rule}");
    }
}

/// DOC 65-3 al. 3: to professionals « dès lors qu'ils ont communiqué leur adresse électronique »; who is one is said.
#[test]
fn a_professional_who_gave_an_address_is_one_by_somebody_s_word() {
    let mut matter = full();
    happened(&mut matter, EventKind::EmailSent, "2026-11-02T09:05:00Z", "customer");
    between_professionals(&mut matter);
    assert_eq!(answer(&matter, "MA-DOC-65-3-EMAIL").name(), "NOT_SATISFIED");
    customer(&mut matter).gave_address = true;
    assert_eq!(answer(&matter, "MA-DOC-65-3-EMAIL").name(), "ATTESTED");
}
