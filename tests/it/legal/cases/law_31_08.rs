//! What a consumer is told before and with a contract at a distance: law 31-08 art. 2 to 34, 206, decree 2-12-503.

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
                offer_of(matter).consumer_statements.remove(&ConsumerStatement::$statement);
            }),
            opens: By(|matter| matter.ceremony.offer = None),
            beside: By(regular_deliveries),
        }
    };
}

/// Law 31-08 art. 42: deliveries of current consumption.
fn regular_deliveries(matter: &mut Matter) {
    matter.ceremony.consumer_exclusion = Some(declared(ConsumerExclusion::RegularDeliveries));
}

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "MA-3108-APPLY",
        words: "art. 2, 25 (ar) : le fournisseur agit dans une activité professionnelle ou commerciale, le consommateur pour \
                ses besoins non professionnels, à distance",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: Outcome::Never("where the rules for consumers do not apply, they are beside the matter and not broken"),
        opens: By(|matter| customer(matter).capacity = None),
        beside: By(between_professionals),
    },
    statement!(
        "MA-3108-29-1",
        "art. 29 1° (ar) : les caractéristiques essentielles du bien ou du service",
        Characteristics
    ),
    statement!(
        "MA-3108-29-2",
        "art. 29 2° (ar) : le nom et la dénomination du fournisseur, téléphone, adresse électronique, siège, registre du \
         commerce",
        Supplier
    ),
    statement!("MA-3108-29-3", "art. 29 3° (ar) : les délais de livraison et les frais éventuels", Delivery),
    statement!("MA-3108-29-4", "art. 29 4° (ar) : l'existence du droit de rétractation de l'article 36", Withdrawal),
    statement!("MA-3108-29-5", "art. 29 5° (ar) : les modalités de paiement, de livraison ou d'exécution", Payment),
    statement!("MA-3108-29-6", "art. 29 6° (ar) : la durée de validité de l'offre et de son prix", Validity),
    statement!(
        "MA-3108-29-7",
        "art. 29 7° (ar) : le coût de l'utilisation de la technique de communication à distance",
        CommunicationCost
    ),
    statement!(
        "MA-3108-29-8",
        "art. 29 8° (ar) : la durée minimale du contrat, en cas de fourniture continue ou périodique",
        Duration
    ),
    Case {
        rule: "MA-3108-29-RECALL",
        words: "art. 29, dernier al. (ar) : avant la conclusion, rappeler les choix du consommateur et lui permettre de \
                confirmer ou de modifier sa commande",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| without(matter, EventKind::OrderReviewed)),
        opens: By(|matter| without(matter, EventKind::OrderConfirmed)),
        beside: By(regular_deliveries),
    },
    Case {
        rule: "MA-3108-21-PRICE",
        words: "décret 2-12-503 art. 11, 15, 21 (ar) : le prix en dirhams, toutes taxes comprises, et les frais de livraison, \
                avant la conclusion et par tout moyen qui le prouve",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| order(matter).total.as_mut().unwrap().currency = "EUR".to_owned()),
        opens: By(|matter| order(matter).taxes_included = None),
        beside: By(between_professionals),
    },
    Case {
        rule: "MA-3108-30",
        words: "art. 30 (ar) : les conditions contractuelles accessibles dès la page d'accueil et acceptées expressément avant \
                la confirmation",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| when(matter, EventKind::TermsAccepted, "2026-11-02T09:02:01Z")),
        opens: By(|matter| undigested(matter, EventKind::TermsAccepted)),
        beside: By(|matter| matter.ceremony.channel = Some(Channel::OnPremises)),
    },
    Case {
        rule: "MA-3108-32",
        words: "art. 32 (ar) : au plus tard à la livraison, par écrit ou par un autre moyen durable, la confirmation des \
                informations des articles 3, 5 et 29",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| when(matter, EventKind::ConfirmationDelivered, "2026-11-10T15:00:01Z")),
        opens: By(|matter| {
            without(matter, EventKind::ConfirmationDelivered);
            without(matter, EventKind::GoodsReceived);
        }),
        beside: By(regular_deliveries),
    },
    Case {
        rule: "MA-3108-34",
        words: "art. 34 (ar) : la charge de la preuve de l'information préalable, de sa confirmation, du respect des délais et \
                de l'acceptation du consommateur est au fournisseur",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| without(matter, EventKind::TermsAccepted)),
        opens: By(|matter| matter.ceremony.offer = None),
        beside: By(between_professionals),
    },
    Case {
        rule: "MA-3108-206",
        words: "art. 206 : « Tout contrat conclu dans une langue étrangère doit être obligatoirement accompagné d'une \
                traduction en arabe »",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| matter.ceremony.documents.truncate(1)),
        opens: By(|matter| unsaid(matter, Statement::FaithfulTranslation)),
        beside: By(|matter| {
            matter.ceremony.documents.truncate(1);
            matter.ceremony.documents[0].language = Some("ar-MA".to_owned());
        }),
    },
];

/// Art. 42 leaves art. 29 and 32 to services at a date that are concluded electronically, and takes 36 and 37 away.
#[test]
fn a_hotel_booked_online_is_described_and_confirmed_and_not_withdrawn_from() {
    let mut matter = full();
    matter.ceremony.consumer_exclusion = Some(declared(ConsumerExclusion::ServiceAtDate));
    for (rule, expected) in [
        ("MA-3108-29-1", "SATISFIED"),
        ("MA-3108-32", "SATISFIED"),
        ("MA-3108-36", "NOT_APPLICABLE"),
        ("MA-3108-37", "NOT_APPLICABLE"),
    ] {
        assert_eq!(answer(&matter, rule).name(), expected, "{rule}");
    }
}

/// Art. 28 (ar): vending machines, telephone boxes, real estate other than rent, auctions.
#[test]
fn what_article_28_excludes_has_none_of_the_rules_at_a_distance() {
    let mut matter = full();
    matter.ceremony.consumer_exclusion = Some(declared(ConsumerExclusion::Article28));
    for rule in [
        "MA-3108-APPLY",
        "MA-3108-29-1",
        "MA-3108-29-RECALL",
        "MA-3108-21-PRICE",
        "MA-3108-30",
        "MA-3108-32",
        "MA-3108-34",
        "MA-3108-36",
        "MA-3108-37",
        "MA-3108-38",
        "MA-3108-39",
    ] {
        assert_eq!(answer(&matter, rule).name(), "NOT_APPLICABLE", "{rule}");
    }
    // Art. 206 is of every contract with a consumer.
    assert_eq!(answer(&matter, "MA-3108-206").name(), "ATTESTED");
}
