//! Which rules are asked under which law, around 12 January and 12 July 2023 on the clocks of Morocco.
//!
//! Decree 2-22-687 was published on the first and took effect on the second (its art. 37, law 43-20 art. 84).

use super::*;

use Regime::{L43_20, L53_05};

/// The last second before each boundary and the first one after it.
const BOUNDARIES: &[(&str, &[Regime])] = &[
    ("2023-01-11T23:59:59+01:00", &[L53_05]),
    ("2023-01-12T00:00:00+01:00", &[L53_05, L43_20]),
    ("2023-07-11T23:59:59+01:00", &[L53_05, L43_20]),
    ("2023-07-12T00:00:00+01:00", &[L43_20]),
];

/// Signed by the customer and sealed by the shop at this time.
fn signed_and_sealed(instant: &str) -> Matter {
    let mut matter = full();
    let mut seal = signature("MA", instant);
    seal.party = Some("shop".to_owned());
    seal.person = Some(Person::Legal);
    matter.signed = vec![signature("MA", instant), seal];
    matter
}

fn asked(assessment: &Assessment, rule: &str) -> BTreeSet<Regime> {
    assessment.answers.iter().filter(|answer| answer.rule == rule).map(|answer| answer.regime).collect()
}

#[test]
fn rules_count_beside_the_laws_of_their_articles() {
    let table: std::collections::BTreeMap<_, _> = rules().map(|rule| (rule.id, rule.regimes)).collect();
    for case in super::table() {
        assert_eq!(table[case.rule], case.laws.regimes(), "{}", case.rule);
    }
}

#[test]
fn each_rule_is_asked_under_the_laws_of_the_proven_time_that_it_counts_beside() {
    for (instant, governing) in BOUNDARIES {
        let assessment = assess(&signed_and_sealed(instant));
        for case in super::table() {
            let expected = governing.iter().filter(|law| case.laws.regimes().contains(law)).copied().collect();
            assert_eq!(asked(&assessment, case.rule), expected, "{} at {instant}", case.rule);
        }
    }
}

#[test]
fn what_is_signed_in_between_is_read_under_both_laws() {
    for (instant, governing) in BOUNDARIES {
        let assessment = assess(&signed_and_sealed(instant));
        let readings = &assessment.signatures[0].readings;
        assert_eq!(readings.iter().map(|reading| reading.regime).collect::<Vec<_>>(), *governing, "{instant}");
        // Law 53-05 knows no seal.
        let sealed = assessment.seals[0].would_be != SealClass::None;
        assert_eq!(sealed, governing.contains(&L43_20), "{instant}");
    }
}

/// A claimed time is the signer's word: it does not choose the law that was repealed.
#[test]
fn a_claimed_time_before_the_change_leaves_both_laws() {
    for (instant, governing) in BOUNDARIES {
        let mut matter = signed_and_sealed(instant);
        for signed in &mut matter.signed {
            signed.proven_time = None;
            signed.time_stamps.clear();
        }
        let expected = if *governing == [L53_05] { Regime::BOTH } else { governing };
        let found: Vec<Regime> = asked(&assess(&matter), "MA-SCOPE-002").into_iter().collect();
        assert_eq!(found, expected, "{instant}");
        assert!(assess(&matter).answers.iter().all(|answer| {
            // No level that rests on the time of signing is reached on a claim.
            !matches!(answer.rule, "MA-DOC-417-3-PRESUME" | "MA-DOC-417-3-LEGALISED" | "MA-DOC-425-6")
                || matches!(answer.answer, Answer::Unknown { .. } | Answer::NotSatisfied { .. })
        }));
    }
}

/// One signed before the change, one after it: the matter as a whole is read under both laws, each signature under its own.
#[test]
fn each_signature_has_its_own_law() {
    let mut matter = full();
    matter.signed = vec![signature("MA", "2015-06-01T10:00:00Z"), signature("MA", "2026-11-02T09:02:00Z")];
    let assessment = assess(&matter);
    assert_eq!(asked(&assessment, "MA-SCOPE-002").into_iter().collect::<Vec<_>>(), Regime::BOTH);
    let laws: Vec<&[Regime]> = assessment.signatures.iter().map(|signature| signature.regime.regimes).collect();
    assert_eq!(laws, [&[L53_05][..], &[L43_20]]);
}
