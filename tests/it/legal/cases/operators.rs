//! Duties of whoever provides trust services or supplies cryptology: law 43-20 art. 12, 28 to 47, decree 2-22-687.

use super::*;

macro_rules! duty {
    ($rule:literal, $words:literal, $statement:ident, $offered:ident) => {
        Case {
            rule: $rule,
            words: $words,
            laws: New,
            base: full,
            holds: Said(as_is),
            breaks: By(|matter| deny(matter, Statement::$statement)),
            opens: By(|matter| unsaid(matter, Statement::$statement)),
            beside: By(|matter| matter.operator.$offered = Some(false)),
        }
    };
}

pub(super) const CASES: &[Case] = &[
    duty!(
        "MA-4320-ART35",
        "art. 35 : « Toute personne qui se propose de fournir des services de confiance autres que qualifiés doit se déclarer \
         au préalable auprès de l'autorité nationale »",
        OperatorDeclared,
        offers_services
    ),
    duty!(
        "MA-4320-ART32",
        "art. 32 : « Seuls les prestataires de services de confiance agréés … peuvent fournir un service de confiance qualifié »",
        OperatorApproved,
        offers_qualified
    ),
    duty!(
        "MA-4320-ART40",
        "art. 40 : « notifient, immédiatement après en avoir eu connaissance, à l'autorité nationale toute atteinte à la \
         sécurité ou toute perte d'intégrité »",
        BreachesNotified,
        offers_services
    ),
    duty!(
        "MA-4320-CRYPTO",
        "art. 46 : « l'importation, l'exportation et la fourniture de moyens de cryptologie … sont soumises : a) à \
         déclaration préalable … b) à autorisation »",
        CryptologyDeclared,
        supplies_cryptology
    ),
    Case {
        rule: "MA-2687-KEEP7",
        words: "décret art. 18 : « conserver les données … pendant une durée minimale de sept (7) ans » ; 43-20 art. 39 : \
                « sont tenus de les communiquer aux autorités judiciaires … en informent, sans délai, la partie utilisatrice »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.operator.service_data_years = Some(6)),
        opens: By(|matter| matter.operator.service_data_years = None),
        beside: By(|matter| matter.operator.offers_services = Some(false)),
    },
    Case {
        rule: "MA-4320-ERDS-Q",
        words: "art. 28 : « être fourni par un ou plusieurs prestataires de services de confiance agréés ; garantir \
                l'identification de l'expéditeur … garantir l'identification du destinataire »",
        laws: New,
        base: full,
        holds: Said(|matter| matter.operator.claims_qualified_delivery = true),
        breaks: By(|matter| {
            matter.operator.claims_qualified_delivery = true;
            deny(matter, Statement::QualifiedDelivery);
        }),
        opens: By(|matter| {
            matter.operator.claims_qualified_delivery = true;
            unsaid(matter, Statement::OperatorApproved);
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-4320-ERDS-KEEP",
        words: "décret art. 7 : « pour une durée qui ne peut être inférieure à un an … L'expéditeur a accès aux informations \
                mentionnées au présent article pendant un an »",
        laws: New,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.operator.delivery_proof_years = Some(0)),
        opens: By(|matter| matter.operator.delivery_proof_years = None),
        beside: By(|matter| matter.operator.delivers = Some(false)),
    },
    Case {
        rule: "MA-4320-PRESERVE",
        words: "art. 12 : « un prestataire de services de confiance agréé qui utilise des procédures et des technologies \
                permettant d'étendre la fiabilité … au-delà de la validité technologique »",
        laws: New,
        base: full,
        holds: Said(|matter| matter.archive.claimed_qualified = true),
        breaks: By(|matter| {
            matter.archive.claimed_qualified = true;
            matter.archive.renewed = Some(false);
        }),
        opens: By(|matter| {
            matter.archive.claimed_qualified = true;
            matter.archive.renewed = None;
        }),
        beside: By(as_is),
    },
];

/// Each half of an article that has two.
#[test]
fn half_of_a_duty_is_not_the_duty() {
    let mut matter = full();
    matter.operator.delivery_access_years = None;
    assert_eq!(answer(&matter, "MA-4320-ERDS-KEEP").name(), "UNKNOWN");
    matter.operator.delivery_access_years = Some(0);
    assert_eq!(answer(&matter, "MA-4320-ERDS-KEEP").name(), "NOT_SATISFIED");
    matter.operator.service_data_handed_over = None;
    assert_eq!(answer(&matter, "MA-2687-KEEP7").name(), "UNKNOWN");
    matter.operator.service_data_handed_over = Some(false);
    assert_eq!(answer(&matter, "MA-2687-KEEP7").name(), "NOT_SATISFIED");
}

/// What an operator does is not taken for granted either way.
#[test]
fn an_operator_who_says_nothing_leaves_its_duties_open() {
    let mut matter = full();
    matter.operator = OperatorFacts::default();
    for rule in
        ["MA-4320-ART35", "MA-4320-ART32", "MA-4320-ART40", "MA-4320-CRYPTO", "MA-2687-KEEP7", "MA-4320-ERDS-KEEP"]
    {
        assert_eq!(answer(&matter, rule).name(), "UNKNOWN", "{rule}");
    }
}
