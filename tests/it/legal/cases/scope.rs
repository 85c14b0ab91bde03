//! What electronic form can carry at all: DOC 2-1, 401, 427, 443; law 39-08 art. 4; law 43-20 art. 76 to 84.

use super::*;

/// A credit institution's security, above the value that a joint arrêté sets.
fn by_credit_institution(matter: &mut Matter) {
    let value = Some(Amount::dirhams(2_000_000));
    nature(matter, Nature::Security { made_by: SecurityMaker::CreditInstitution, value });
    matter.settings.security_threshold = Some(Amount::dirhams(1_000_000));
}

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "MA-SCOPE-001",
        words: "43-20 art. 84 : « La présente loi entre en vigueur à compter de la date de publication au Bulletin officiel \
                des textes pris pour son application »",
        laws: Both,
        base: full,
        holds: Shown(as_is),
        breaks: Outcome::Never("it tells which law counts, and there is always one"),
        opens: By(not_proven),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-SCOPE-002",
        words: "DOC 2-1 al. 3 : « les actes relatifs à l'application des dispositions du code de la famille … ne sont pas \
                soumis aux dispositions de la présente loi »",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| nature(matter, Nature::Family)),
        opens: By(|matter| matter.ceremony.nature = None),
        beside: ALWAYS,
    },
    Case {
        rule: "MA-SCOPE-003",
        words: "DOC 2-1 al. 3 : « les actes sous seing privé relatifs à des sûretés personnelles ou réelles … ne sont pas \
                soumis …, à l'exception des actes établis par une personne pour les besoins de sa profession et les actes \
                établis par les établissements de crédit et organismes assimilés »",
        laws: Both,
        base: full,
        holds: Said(|matter| nature(matter, Nature::Security { made_by: SecurityMaker::Professional, value: None })),
        breaks: By(|matter| nature(matter, Nature::Security { made_by: SecurityMaker::Other, value: None })),
        opens: By(|matter| matter.ceremony.nature = None),
        beside: By(as_is),
    },
    Case {
        rule: "MA-SCOPE-004",
        words: "39-08 art. 4 (ar) : droits réels par acte authentique ou acte à date certaine dressé par un avocat, à peine \
                de nullité ; 43-20 art. 79 : « Les modalités d'application … aux droits réels sont fixées par voie \
                réglementaire »",
        laws: New,
        base: full,
        holds: Said(|matter| nature(matter, Nature::RealRight)),
        breaks: By(|matter| {
            nature(matter, Nature::RealRight);
            unsaid(matter, Statement::RealRightAdmitted);
        }),
        opens: By(|matter| matter.ceremony.nature = None),
        beside: By(as_is),
    },
    Case {
        rule: "MA-SCOPE-005",
        words: "43-20 art. 78 : « la valeur des sûretés … établis par les établissements de crédit …, auxquels s'appliquent \
                obligatoirement la signature électronique avancée ou qualifiée ou le cachet électronique avancé ou qualifié »",
        laws: New,
        base: full,
        // The exclusive control of art. 5 is somebody's word.
        holds: Said(by_credit_institution),
        breaks: By(|matter| {
            by_credit_institution(matter);
            altered(matter);
        }),
        opens: By(|matter| {
            by_credit_institution(matter);
            matter.settings.security_threshold = None;
        }),
        beside: By(|matter| {
            by_credit_institution(matter);
            matter.settings.security_threshold = Some(Amount::dirhams(2_000_000));
        }),
    },
    Case {
        rule: "MA-SCOPE-006",
        words: "DOC 427 (ar) : les actes portant obligation de personnes illettrées ne valent que reçus par notaires ou \
                officiers publics autorisés",
        laws: Both,
        base: full,
        holds: Said(as_is),
        breaks: By(|matter| customer(matter).can_read = Some(declared(false))),
        opens: By(|matter| customer(matter).can_read = None),
        beside: By(|matter| customer(matter).person = Some(Person::Legal)),
    },
    Case {
        rule: "MA-SCOPE-007",
        words: "DOC 401 al. 3 (ar) : si la loi exige l'écrit, les modifications du contrat prennent la même forme",
        laws: Both,
        base: full,
        holds: Shown(|matter| amends(matter, Some(true))),
        breaks: By(|matter| amends(matter, Some(false))),
        opens: By(|matter| amends(matter, None)),
        beside: By(as_is),
    },
    Case {
        rule: "MA-SCOPE-008",
        words: "DOC 443 : les conventions « excédant la somme ou la valeur de dix mille dirhams ne peuvent être prouvés par \
                témoins. Il doit en être passé acte authentique ou sous seing privé, éventuellement établi sous forme \
                électronique »",
        laws: Both,
        base: full,
        holds: Shown(|matter| total(matter, 10_001)),
        breaks: By(|matter| {
            total(matter, 10_001);
            matter.signed.clear();
        }),
        opens: By(|matter| order(matter).total = Some(Amount { currency: "EUR".to_owned(), hundredths: 2_000_000 })),
        beside: By(|matter| total(matter, 10_000)),
    },
];

fn amends(matter: &mut Matter, same_form: Option<bool>) {
    matter.ceremony.amends = Some(Amended { digest: Algorithm::Sha256.digest(b"lease"), same_form });
}

/// DOC 443 wants a private deed, which DOC 426 has signed by the party that is obliged, and DOC 417-1 kept with integrity.
#[test]
fn a_deed_above_ten_thousand_dirhams_is_signed_by_its_obligors_and_kept_whole() {
    let mut matter = full();
    total(&mut matter, 10_001);
    matter.signed[0].party = Some("shop".to_owned());
    assert_eq!(answer(&matter, "MA-SCOPE-008").name(), "NOT_SATISFIED");
    // Both take on obligations, and a seal does not stand in for a signature (DOC 426).
    matter = full();
    total(&mut matter, 10_001);
    matter.ceremony.parties[1].obligor = true;
    assert_eq!(answer(&matter, "MA-SCOPE-008").name(), "NOT_SATISFIED");
    let mut seal = signature("MA", "2026-11-02T09:03:00Z");
    seal.party = Some("shop".to_owned());
    seal.person = Some(Person::Legal);
    matter.signed.push(seal);
    assert_eq!(answer(&matter, "MA-SCOPE-008").name(), "NOT_SATISFIED");
    matter.signed[1].person = Some(Person::Natural);
    assert_eq!(answer(&matter, "MA-SCOPE-008").name(), "SATISFIED");
    matter = full();
    total(&mut matter, 10_001);
    matter.archive.chain_verifies = Some(false);
    assert_eq!(answer(&matter, "MA-SCOPE-008").name(), "NOT_SATISFIED");
    matter.archive.chain_verifies = None;
    assert_eq!(answer(&matter, "MA-SCOPE-008").name(), "UNKNOWN");
}

/// DOC 2-1 al. 3 names credit institutions since law 43-20 art. 76.
#[test]
fn a_credit_institution_s_security_of_2015_is_not_excepted_by_its_maker() {
    let mut matter = of_2015();
    nature(&mut matter, Nature::Security { made_by: SecurityMaker::CreditInstitution, value: None });
    assert_eq!(answer(&matter, "MA-SCOPE-003").name(), "UNKNOWN");
}
