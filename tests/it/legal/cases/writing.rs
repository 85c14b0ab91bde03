//! Writing and signature in the Code of Obligations and Contracts: DOC 2-1, 65-7, 417 to 426, 440.

use super::*;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "MA-DOC-417-1-ID",
        words: "« sous réserve que puisse être dûment identifiée la personne dont il émane »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("nothing at hand can show that a person cannot be identified in any way"),
        opens: By(|matter| certificate(matter).name = None),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-DOC-417-1-INT-MADE",
        words: "« et qu'il soit établi … dans des conditions de nature à en garantir l'intégrité »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.signed[0].covers_all = Some(false)),
        opens: By(|matter| matter.signed[0].covers_all = None),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-DOC-417-1-INT-KEPT",
        words: "« établi et conservé dans des conditions de nature à en garantir l'intégrité »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.archive.chain_verifies = Some(false)),
        opens: By(|matter| matter.archive.chain_verifies = None),
        beside: By(|matter| matter.archive.archived = false),
    },
    Case {
        rule: "MA-DOC-417-2-LINK",
        words: "« il convient d'utiliser un procédé fiable d'identification garantissant son lien avec l'acte auquel elle \
                s'attache »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(altered),
        opens: By(not_computed),
        beside: Outcome::Never("it is asked of each signature that is there"),
    },
    Case {
        rule: "MA-DOC-417-2-CONSENT",
        words: "« La signature … exprime son consentement aux obligations qui découlent de cet acte »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("a signature that does not state its purpose may express consent all the same"),
        opens: By(|matter| matter.signed[0].states_approval = None),
        beside: Outcome::Never("it is asked of each signature that is there"),
    },
    Case {
        rule: "MA-DOC-417-2-AUTH",
        words: "« Lorsque la signature est apposée par devant un officier public habilité à certifier, elle confère \
                l'authenticité à l'acte »",
        laws: Both,
        base: full,
        holds: Said(|matter| matter.ceremony.claimed_authentic = true),
        breaks: By(|matter| {
            matter.ceremony.claimed_authentic = true;
            denied(matter);
        }),
        opens: By(|matter| {
            matter.ceremony.claimed_authentic = true;
            silent(matter);
        }),
        beside: By(as_is),
    },
    Case {
        rule: "MA-DOC-417-3-PRESUME",
        words: "« La fiabilité d'un procédé de signature électronique est présumée, jusqu'à preuve contraire, lorsque ce \
                procédé met en œuvre une signature électronique qualifiée »",
        laws: Both,
        base: full,
        // Exclusive control and device are words of persons.
        holds: Said(as_is),
        breaks: By(altered),
        opens: By(silent),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-DOC-417-3-LEGALISED",
        words: "« Tout acte sur lequel est apposée une signature électronique qualifiée et dont l'horodatage électronique \
                est qualifié, a la même force probante que l'acte dont la signature est légalisée et de date certaine »",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| matter.trust_list = Some(snapshot(false))),
        opens: By(|matter| unsaid(matter, Statement::AccurateClock)),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-DOC-417-AL3",
        words: "« à défaut de convention valable entre les parties, la juridiction statue sur les conflits de preuve \
                littérale par tous moyens »",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| deny(matter, Statement::EvidenceAgreement)),
        opens: By(|matter| unsaid(matter, Statement::EvidenceAgreement)),
        beside: Outcome::Never(
            "the qualified level rests on words of persons, so that an agreement is worth asking for",
        ),
    },
    Case {
        rule: "MA-DOC-425-6",
        words: "« Ils n'ont de date contre les tiers que … 6 - Lorsque la date résulte de la signature électronique \
                qualifiée authentifiant l'acte et son signataire »",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(altered),
        opens: By(not_proven_later),
        beside: By(|matter| matter.ceremony.date_against_third_parties = Some(false)),
    },
    Case {
        rule: "MA-DOC-426-SIGN",
        words: "« un timbre ou cachet ne peuvent y suppléer et sont considérés comme non apposés »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.signed[0].person = Some(Person::Legal)),
        opens: By(no_path),
        beside: Outcome::Never("whether an act is authentic, and so no private deed, is claimed and not shown"),
    },
    Case {
        rule: "MA-DOC-426-EMBED",
        words: "« Lorsqu'il s'agit d'une signature électronique qualifiée, il convient de l'introduire dans l'acte »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| matter.signed[0].place = Some(Place::Detached)),
        opens: By(|matter| matter.signed[0].place = None),
        beside: By(altered),
    },
    Case {
        rule: "MA-DOC-2-1-HANDWRITTEN",
        words: "« si les conditions de cette apposition sont de nature à garantir qu'elle ne peut être effectuée que par \
                lui-même »",
        laws: Both,
        base: full,
        holds: Shown(|matter| mention(matter, Some(true), Some(true))),
        breaks: By(|matter| mention(matter, Some(false), Some(true))),
        opens: By(|matter| mention(matter, Some(true), None)),
        beside: By(as_is),
    },
    Case {
        rule: "MA-DOC-65-7",
        words: "« si l'acte concerné est établi et conservé conformément aux dispositions des articles 417-1, 417-2 et 417-3 \
                et que le procédé utilisé permet à chacune des parties intéressées de disposer d'un exemplaire ou d'y \
                avoir accès »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: By(|matter| {
            matter.ceremony.several_originals = Some(true);
            altered(matter);
        }),
        opens: By(|matter| without(matter, EventKind::CopyAccessible)),
        beside: By(|matter| matter.ceremony.parties.truncate(1)),
    },
];

/// No time-stamp; what the signer claims stays.
fn not_proven_later(matter: &mut Matter) {
    not_proven(matter);
    matter.signed[0].time_stamps.clear();
}

pub(super) fn mention(matter: &mut Matter, typed: Option<bool>, covered: Option<bool>) {
    let mut mention = HandwrittenMention::default();
    mention.typed_by_obligor = typed;
    mention.covered_by_own_signature = covered;
    matter.ceremony.handwritten_mention = Some(mention);
}

/// DOC 65-7 cites 417-1 to 417-3: several originals of what nobody signed are none.
#[test]
fn several_originals_need_a_signature() {
    let mut matter = full();
    matter.ceremony.several_originals = Some(true);
    assert_eq!(answer(&matter, "MA-DOC-65-7").name(), "ATTESTED");
    matter.signed.clear();
    assert_eq!(answer(&matter, "MA-DOC-65-7").name(), "NOT_SATISFIED");
}

/// DOC 417-3 al. 3 in its first wording: « sécurisée et qui est horodaté », any time-stamp.
#[test]
fn the_certain_date_of_2015_needs_a_time_stamp_of_any_kind() {
    let mut matter = of_2015();
    no_snapshot(&mut matter);
    assert_eq!(answer(&matter, "MA-DOC-417-3-LEGALISED").name(), "ATTESTED");
    matter.signed[0].time_stamps.clear();
    assert_eq!(answer(&matter, "MA-DOC-417-3-LEGALISED").name(), "NOT_SATISFIED");
}
