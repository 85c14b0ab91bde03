//! Withdrawal, refund, performance, selling outside premises and credit: law 31-08 art. 12, 36 to 50, 74 to 94.

use super::formation::form;
use super::writing::mention;
use super::*;

/// Sold at the consumer's door on 2 November 2026, and paid after the seven clear days, which end on the 10th.
fn at_the_door() -> Matter {
    let mut matter = full();
    matter.ceremony.channel = Some(Channel::OffPremises);
    form(&mut matter, Some(true));
    mention(&mut matter, Some(true), Some(true));
    happened(&mut matter, EventKind::Paid, "2026-11-11T10:00:00Z", "customer");
    matter
}

fn withdrew(matter: &mut Matter) {
    happened(matter, EventKind::Withdrawn, "2026-11-12T10:00:00Z", "customer");
}

/// 3001 dirhams, delivered later.
fn dear(matter: &mut Matter) {
    total(matter, 3001);
    order(matter).delivered_at_once = Some(false);
}

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "MA-3108-36",
        words: "art. 36 (ar) : sept jours pour se rétracter, trente sans la confirmation écrite, à compter de la réception du \
                bien ou de l'acceptation de l'offre de services",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("it counts a term, which is known or not"),
        opens: By(|matter| without(matter, EventKind::GoodsReceived)),
        beside: By(|matter| {
            matter.ceremony.no_withdrawal = Some(declared(WithdrawalExclusion::MadeToOrderOrPerishable));
        }),
    },
    Case {
        rule: "MA-3108-37",
        words: "art. 37 (ar) : rembourser sans délai la totalité de la somme payée, et au plus tard dans les quinze jours",
        laws: Both,
        base: full,
        holds: Shown(|matter| {
            withdrew(matter);
            happened(matter, EventKind::Refunded, "2026-11-20T10:00:00Z", "customer");
        }),
        // Withdrawn on 12 November: fifteen clear days are the 13th to the 27th, and the 28th is the last to act on.
        breaks: By(|matter| {
            withdrew(matter);
            matter.at = time("2026-11-29T10:00:00Z");
        }),
        opens: By(withdrew),
        beside: By(as_is),
    },
    Case {
        rule: "MA-3108-38",
        words: "art. 38 (ar) : sauf accord, pas de rétractation pour les services commencés avec accord, les prix du marché \
                financier, le sur mesure et le périssable, les enregistrements descellés, la presse",
        laws: Both,
        base: full,
        holds: Said(|matter| {
            matter.ceremony.no_withdrawal = Some(declared(WithdrawalExclusion::MadeToOrderOrPerishable));
        }),
        // Goods are no service that has begun.
        breaks: By(|matter| matter.ceremony.no_withdrawal = Some(declared(WithdrawalExclusion::ServiceBegun))),
        opens: By(|matter| matter.ceremony.channel = None),
        beside: By(as_is),
    },
    Case {
        rule: "MA-3108-39",
        words: "art. 39 (ar) : sauf accord contraire, exécuter la commande dans les trente jours de celui où elle est \
                confirmée",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        // Acknowledged on 2 November: 3 November to 2 December are thirty clear days, and the 3rd is the last to act on.
        breaks: By(|matter| {
            when(matter, EventKind::GoodsReceived, "2026-12-04T10:00:00Z");
            matter.at = time("2026-12-05T10:00:00Z");
        }),
        opens: By(|matter| without(matter, EventKind::GoodsReceived)),
        beside: By(between_professionals),
    },
    Case {
        rule: "MA-3108-47",
        words: "art. 47 à 50 (ar) : contrat écrit, exemplaire remis, formulaire détachable, signé et daté de la main du \
                consommateur, aucun paiement avant la fin des sept jours",
        laws: Both,
        base: at_the_door,
        holds: Shown(as_is),
        // The tenth is the last day of the seven clear ones.
        breaks: By(|matter| when(matter, EventKind::Paid, "2026-11-10T10:00:00Z")),
        opens: By(|matter| matter.ceremony.handwritten_mention = None),
        beside: By(|matter| matter.ceremony.channel = Some(Channel::Distance)),
    },
    Case {
        rule: "MA-3108-12",
        words: "art. 12 (ar) et décret 2-12-503 art. 28 : au-dessus de 3 000 dirhams et si la livraison n'est pas immédiate, \
                la date limite est indiquée par écrit",
        laws: Both,
        base: full,
        holds: Shown(|matter| {
            dear(matter);
            order(matter).deliver_by = Some(day("2026-12-01"));
        }),
        breaks: By(dear),
        opens: By(|matter| {
            dear(matter);
            order(matter).delivered_at_once = None;
        }),
        beside: By(|matter| {
            dear(matter);
            total(matter, 3000);
        }),
    },
    Case {
        rule: "MA-3108-92",
        words: "art. 85, 88, 92 (ar) : offre préalable, formulaire détachable, exemplaire remis ; le fournisseur conserve une \
                copie de l'offre préalable",
        laws: Both,
        base: full,
        holds: Holds::Never("consumer credit has rules of its own, which are left to a lawyer"),
        breaks: Outcome::Never("consumer credit has rules of its own, which are left to a lawyer"),
        opens: By(|matter| matter.ceremony.consumer_credit = Some(true)),
        beside: By(|matter| matter.ceremony.consumer_credit = Some(false)),
    },
];
