//! Whole matters, and what the articles make of them.

use seing::legal::*;

use super::*;

fn strength(answer: &Answer) -> &'static str {
    answer.name()
}

fn deadline(assessment: &Assessment, what: &str) -> Deadline {
    assessment.deadlines.iter().find(|deadline| deadline.what.to_string().starts_with(what)).unwrap().clone()
}

/// DOC 65-4, 65-5; law 31-08 art. 36, 37, 39.
#[test]
fn a_consumer_s_order_concluded_well() {
    let assessment = assess(&sale());
    let formation = &assessment.formation;
    assert_eq!(strength(&formation.offer), "SATISFIED");
    assert_eq!(strength(&formation.validly_concluded), "SATISFIED");
    assert_eq!(strength(&formation.express_acceptance), "SATISFIED");
    assert_eq!(strength(&formation.acknowledged), "SATISFIED");
    assert_eq!(formation.acknowledgement_delay, Some(30));
    // Received on 10 November: 11 to 17 are seven clear days, the 18th is the last to act on.
    let withdrawal = deadline(&assessment, "withdrawal");
    assert_eq!((withdrawal.days, withdrawal.last_day), (Some(7), Some(Day::parse("2026-11-18").unwrap())));
    // Acknowledged on 2 November: 3 November to 2 December are thirty clear days.
    assert_eq!(deadline(&assessment, "performance").last_day, Some(Day::parse("2026-12-03").unwrap()));
    assert_eq!(deadline(&assessment, "refund").last_day, None);
    assert_eq!(assessment.stops, [""; 0]);
    let rules = ["MA-SCOPE-002", "MA-SCOPE-006", "MA-3108-APPLY"];
    for rule in rules {
        assert_eq!(strength(&answer(&sale(), rule)), "ATTESTED", "{rule}");
    }
}

/// DOC 65-4 al. 4: what lacks a statement « demeure une simple publicité ».
#[test]
fn an_offer_without_one_of_its_statements_is_advertising() {
    let mut matter = sale();
    matter.ceremony.offer.as_mut().unwrap().statements.remove(&OfferStatement::Errors);
    assert_eq!(strength(&assess(&matter).formation.offer), "NOT_SATISFIED");
    assert_eq!(strength(&answer(&matter, "MA-DOC-65-4-4-ERRORS")), "NOT_SATISFIED");
    // « si la nature ou l'objet du contrat le justifie » is said of the sixth alone.
    let statements = &mut matter.ceremony.offer.as_mut().unwrap().statements;
    statements.insert(OfferStatement::Errors, Stated::NotApplicable("no form".to_owned()));
    assert_eq!(strength(&assess(&matter).formation.offer), "NOT_SATISFIED");
    let statements = &mut matter.ceremony.offer.as_mut().unwrap().statements;
    statements.insert(OfferStatement::Errors, Stated::At("section 4".to_owned()));
    statements.insert(OfferStatement::Archiving, Stated::NotApplicable("a newspaper".to_owned()));
    assert_eq!(strength(&assess(&matter).formation.offer), "SATISFIED");
}

/// DOC 65-5 al. 1.
#[test]
fn a_confirmation_without_a_review_concludes_nothing() {
    let mut matter = sale();
    matter.ceremony.events.retain(|event| event.kind != EventKind::OrderReviewed);
    assert_eq!(strength(&assess(&matter).formation.validly_concluded), "NOT_SATISFIED");
    matter = sale();
    matter.ceremony.events.swap(2, 3);
    assert_eq!(strength(&assess(&matter).formation.validly_concluded), "NOT_SATISFIED");
}

/// DOC 65-5 al. 2 gives no figure: the caller's counts, and without one nothing is concluded.
#[test]
fn a_late_acknowledgement_is_late_by_the_caller_s_figure() {
    let mut matter = sale();
    matter.ceremony.events[4].at = time("2026-11-04T09:02:00Z");
    let late = assess(&matter).formation;
    assert_eq!((strength(&late.acknowledged), late.acknowledgement_delay), ("NOT_SATISFIED", Some(172_800)));
    matter.settings.acknowledgement_seconds = None;
    assert_eq!(strength(&assess(&matter).formation.acknowledged), "UNKNOWN");
}

/// Law 31-08 art. 36: thirty days when the confirmation is missing.
#[test]
fn without_a_confirmation_the_consumer_has_thirty_days() {
    let mut matter = sale();
    matter.ceremony.events.retain(|event| event.kind != EventKind::ConfirmationDelivered);
    let withdrawal = deadline(&assess(&matter), "withdrawal");
    // Received on 10 November: 11 November to 10 December, and the 11th.
    assert_eq!((withdrawal.days, withdrawal.last_day), (Some(30), Some(Day::parse("2026-12-11").unwrap())));
}

fn signed(signature: Signed, list: Option<TrustList>, attestations: &[Statement]) -> Matter {
    let mut matter = sale();
    matter.signed = vec![signature];
    matter.trust_list = list;
    matter.attestations = Attestations::new(attestations.iter().copied().map(attested).collect());
    matter
}

fn reading(matter: &Matter) -> Reading {
    let assessment = assess(matter);
    assert_eq!(assessment.signatures.len(), 1);
    assert_eq!(assessment.signatures[0].readings.len(), 1);
    assessment.signatures[0].readings[0].clone()
}

/// Law 43-20 art. 36: a foreign provider's certificate carries an advanced signature, and no more without an agreement.
#[test]
fn a_foreign_certificate_is_capped_at_advanced() {
    let words = [Statement::SoleControl, Statement::ConformingDevice];
    let mut matter = signed(signature("FR", "2026-11-02T09:02:00Z"), Some(snapshot(true)), &words);
    // Another anchor than the listed provider's.
    matter.signed[0].path = vec![Algorithm::Sha256.digest(b"another provider")];
    let found = reading(&matter);
    assert_eq!(found.level, Level::Simple);
    assert_eq!(found.on_attestations, Level::Advanced);
    assert_eq!(found.would_be, Level::Advanced);
    // Law 43-20 art. 7: admitted all the same.
    assert_eq!(strength(&found.effects.admissible), "SATISFIED");
    assert_eq!(strength(&found.effects.presumed_reliable), "NOT_SATISFIED");
    assert_eq!(strength(&answer(&matter, "MA-4320-FOREIGN")), "UNKNOWN");
}

/// Law 43-20 art. 6 to 10, 24; DOC 417-3.
#[test]
fn a_qualified_signature_with_and_without_a_qualified_time_stamp() {
    let words = [Statement::SoleControl, Statement::ConformingDevice, Statement::AccurateClock];
    for (stamps, legalised) in [(true, "ATTESTED"), (false, "NOT_SATISFIED")] {
        let matter = signed(signature("MA", "2026-11-02T09:02:00Z"), Some(snapshot(stamps)), &words);
        let found = reading(&matter);
        assert_eq!((found.level, found.on_attestations), (Level::Simple, Level::Qualified));
        assert_eq!(strength(&found.effects.presumed_reliable), "ATTESTED");
        assert_eq!(strength(&found.effects.date_against_third_parties), "ATTESTED");
        assert_eq!(strength(&found.effects.legalised_with_certain_date), legalised);
    }
    // Without the words nothing is concluded, and what is missing is named.
    let silent = signed(signature("MA", "2026-11-02T09:02:00Z"), Some(snapshot(true)), &[]);
    let found = reading(&silent);
    assert_eq!((found.level, found.on_attestations, found.would_be), (Level::Simple, Level::Simple, Level::Qualified));
    assert!(found.missing.iter().any(|missing| missing.to_string().contains("alone controls the key")));
}

/// Law 53-05 art. 6, 9, 11; DOC 417-3 in its first wording.
#[test]
fn signed_in_2015_with_a_secured_certificate() {
    let words = [Statement::SoleControl, Statement::ConformingDevice, Statement::SecuredCertificate];
    let matter = signed(signature("MA", "2015-06-01T10:00:00Z"), None, &words);
    let found = reading(&matter);
    assert_eq!(found.regime, Regime::L53_05);
    assert_eq!((found.level, found.on_attestations), (Level::Ordinary, Level::Secured));
    // « sécurisée et qui est horodaté »: any time-stamp that holds.
    assert_eq!(strength(&found.effects.legalised_with_certain_date), "ATTESTED");
}

/// Law 43-20 art. 82-84: both laws, and the secured certificate counts as a qualified one until it expires.
#[test]
fn signed_in_march_2023_under_both_laws() {
    let words = [Statement::SoleControl, Statement::ConformingDevice, Statement::SecuredCertificate];
    let matter = signed(signature("MA", "2023-03-15T10:00:00Z"), None, &words);
    let assessment = assess(&matter);
    let readings = &assessment.signatures[0].readings;
    assert_eq!(readings.iter().map(|reading| reading.regime).collect::<Vec<_>>(), Regime::BOTH);
    assert_eq!(readings[0].on_attestations, Level::Secured);
    assert_eq!(readings[1].on_attestations, Level::Qualified);
    assert!(assessment.for_a_lawyer.iter().any(|point| point.to_string().starts_with("Which law governs")));
}

/// DOC 417-2 al. 3: the process must be a reliable one.
#[test]
fn a_revoked_certificate_carries_no_signature_of_any_level() {
    let mut matter = signed(signature("MA", "2026-11-02T09:02:00Z"), None, &[]);
    matter.signed[0].indication = Indication::Failed(seing::validation::SubIndication::Revoked);
    let found = reading(&matter);
    assert_eq!((found.level, found.would_be), (Level::None, Level::None));
    matter.signed[0].indication = Indication::Indeterminate(seing::validation::SubIndication::RevokedNoPoe);
    let found = reading(&matter);
    assert_eq!((found.level, found.on_attestations), (Level::None, Level::None));
}

/// The journal's clock is the word of whoever kept it.
#[test]
fn without_a_signature_an_early_confirmation_leaves_both_laws() {
    let mut matter = sale();
    matter.ceremony.events[3].at = time("2015-11-02T09:02:00Z");
    let assessment = assess(&matter);
    let asked = assessment.answers.iter().filter(|answer| answer.rule == "MA-SCOPE-002");
    assert_eq!(asked.map(|answer| answer.regime).collect::<Vec<_>>(), Regime::BOTH);
}

/// DOC 426 al. 2.
#[test]
fn a_seal_does_not_stand_in_for_a_signature() {
    let mut seal = signature("MA", "2026-11-02T09:02:00Z");
    seal.person = Some(Person::Legal);
    let matter = signed(seal, Some(snapshot(true)), &[Statement::SoleControl]);
    let assessment = assess(&matter);
    assert!(assessment.signatures.is_empty());
    assert_eq!(assessment.seals[0].level, SealClass::Simple);
    assert_eq!(assessment.seals[0].on_attestations, SealClass::Advanced);
    assert_eq!(strength(&answer(&matter, "MA-DOC-426-SIGN")), "NOT_SATISFIED");
}

/// Seals came with law 43-20 (art. 13 to 20).
#[test]
fn a_seal_of_2015_has_no_level() {
    let mut seal = signature("MA", "2015-06-01T10:00:00Z");
    seal.person = Some(Person::Legal);
    let assessment = assess(&signed(seal, None, &[Statement::SoleControl]));
    assert_eq!(assessment.seals[0].would_be, SealClass::None);
    assert_eq!(strength(&assessment.seals[0].presumed_intact), "NOT_APPLICABLE");
}

/// DOC 2-1 al. 3, 427; law 39-08 art. 4.
#[test]
fn excluded_acts_stop_the_ceremony() {
    for (nature, rule) in [
        (Nature::Family, "MA-SCOPE-002"),
        (Nature::Security { made_by: SecurityMaker::Other, value: None }, "MA-SCOPE-003"),
        (Nature::RealRight, "MA-SCOPE-004"),
    ] {
        let mut matter = sale();
        matter.ceremony.nature = Some(declared(nature));
        assert_eq!(assess(&matter).stops, [rule]);
    }
    let mut matter = sale();
    matter.ceremony.parties[0].can_read = Some(declared(false));
    assert_eq!(assess(&matter).stops, ["MA-SCOPE-006"]);
}
