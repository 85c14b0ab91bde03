//! What must not be taken for shown: words of persons, seals, claimed times, certificates that do not validate, missing facts.

use super::*;

#[track_caller]
fn expect(matter: &Matter, rule: &str, expected: &str) {
    assert_eq!(answer(matter, rule).name(), expected, "{rule}");
}

/// An attestation stays one, in whatever facts it stands.
#[test]
fn what_only_a_person_can_say_is_never_satisfied() {
    let by_a_person: BTreeSet<&str> = rules().filter(|rule| rule.mode == Mode::Attest).map(|rule| rule.id).collect();
    assert_eq!(by_a_person.len(), 23);
    for case in table() {
        let mut matter = (case.base)();
        if let Shown(change) | Said(change) = case.holds {
            change(&mut matter);
        }
        for found in assess(&matter).answers.iter().filter(|found| by_a_person.contains(found.rule)) {
            assert_ne!(found.answer.name(), "SATISFIED", "{} in the case of {}", found.rule, case.rule);
        }
    }
}

/// Law 43-20 art. 2, law 53-05 art. 7: the signatory is a natural person.
#[test]
fn whoever_may_be_a_legal_person_has_not_been_shown_to_sign() {
    let mut matter = full();
    matter.signed[0].person = None;
    expect(&matter, "MA-4320-SES", "UNKNOWN");
    total(&mut matter, 10_001);
    expect(&matter, "MA-SCOPE-008", "UNKNOWN");
    assert_eq!(assess(&matter).signatures[0].readings[0].level, Level::None);
    matter = of_2015();
    matter.signed[0].person = None;
    assert_eq!(assess(&matter).signatures[0].readings[0].level, Level::None);
}

/// DOC 417-1: an identification by nobody, or in no way, is none.
#[test]
fn an_empty_record_identifies_nobody() {
    let record = |method: &str, operator: &str| Identification {
        method: method.to_owned(),
        at: time("2026-11-02T09:00:00Z"),
        operator: operator.to_owned(),
    };
    let mut matter = full();
    no_certificate(&mut matter);
    for (method, operator, expected) in
        [("identity card", "the shop", "SATISFIED"), (" ", "the shop", "UNKNOWN"), ("identity card", "", "UNKNOWN")]
    {
        customer(&mut matter).identification = Some(record(method, operator));
        expect(&matter, "MA-DOC-417-1-ID", expected);
    }
}

/// DOC 417-1, 417-2: whoever makes a certificate with somebody's name and says that he identified him has shown neither.
#[test]
fn a_record_beside_a_certificate_that_leads_nowhere_is_somebody_s_word() {
    let recorded = || {
        let mut matter = full();
        no_path(&mut matter);
        customer(&mut matter).identification = Some(Identification {
            method: "code by telephone".to_owned(),
            at: time("2026-11-02T09:00:00Z"),
            operator: "the shop".to_owned(),
        });
        matter
    };
    for rule in ["MA-DOC-417-1-ID", "MA-DOC-417-2-LINK", "MA-4320-SES"] {
        expect(&recorded(), rule, "ATTESTED");
    }
    let reading = assess(&recorded()).signatures[0].readings[0].clone();
    assert_eq!((reading.level, reading.on_attestations), (Level::None, Level::Simple));
    assert_eq!(reading.effects.admissible.to_string(), "ATTESTED: the shop, 2026-11-02T09:00:00Z");
    // DOC 65-2: an acceptance that rests on that word rests on it.
    let mut matter = recorded();
    without(&mut matter, EventKind::OrderConfirmed);
    expect(&matter, "MA-DOC-65-2-SILENCE", "ATTESTED");
    // Law 43-20 art. 5 t. 2.
    matter = recorded();
    certificate(&mut matter).name = None;
    expect(&matter, "MA-4320-AES-2", "ATTESTED");
}

/// DOC 417-1 « de nature à en garantir l'intégrité », law 43-20 art. 10: not by a digest that can be forged.
#[test]
fn an_algorithm_that_is_too_weak_guarantees_no_integrity() {
    for indication in [
        Indication::Failed(SubIndication::CryptoConstraintsFailure),
        Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe),
    ] {
        let mut matter = full();
        matter.signed[0].indication = indication;
        expect(&matter, "MA-DOC-417-1-INT-MADE", "UNKNOWN");
        expect(&matter, "MA-4320-QES-INTEGRITY", "UNKNOWN");
    }
}

/// DOC 417-2: what a signature states counts as the signatory's when the signature holds over the act.
#[test]
fn a_broken_signature_states_no_approval() {
    let mut matter = full();
    altered(&mut matter);
    expect(&matter, "MA-DOC-417-2-CONSENT", "UNKNOWN");
    matter = full();
    not_computed(&mut matter);
    expect(&matter, "MA-DOC-417-2-CONSENT", "UNKNOWN");
}

/// Shown, and then confirmed: in the journal and by the clock.
#[test]
fn words_of_consent_shown_after_the_confirmation_are_not_consented_to() {
    let mut matter = full();
    matter.signed[0].states_approval = None;
    happened(&mut matter, EventKind::ConsentShown, "2026-11-02T09:01:30Z", "customer");
    expect(&matter, "MA-DOC-417-2-CONSENT", "UNKNOWN");
    let shown = matter.ceremony.events.pop().unwrap();
    matter.ceremony.events.insert(0, shown);
    expect(&matter, "MA-DOC-417-2-CONSENT", "SATISFIED");
}

/// DOC 65-4, law 31-08 art. 29: a statement is somewhere in the offer.
#[test]
fn a_statement_at_no_place_is_not_shown() {
    let mut matter = full();
    offer_of(&mut matter).statements.insert(OfferStatement::Steps, Stated::At(" ".to_owned()));
    offer_of(&mut matter).consumer_statements.insert(ConsumerStatement::Payment, Stated::At(String::new()));
    expect(&matter, "MA-DOC-65-4-3-STEPS", "UNKNOWN");
    expect(&matter, "MA-3108-29-5", "UNKNOWN");
}

/// DOC 65-5 al. 1: « le destinataire de l'offre », who then confirms.
#[test]
fn an_order_shown_to_somebody_else_was_not_reviewed_by_who_confirmed() {
    let mut matter = full();
    let shown = matter.ceremony.events.iter_mut().find(|event| event.kind == EventKind::OrderReviewed).unwrap();
    shown.party = Some("shop".to_owned());
    expect(&matter, "MA-DOC-65-5-REVIEW", "NOT_SATISFIED");
    expect(&matter, "MA-3108-29-RECALL", "NOT_SATISFIED");
    let shown = matter.ceremony.events.iter_mut().find(|event| event.kind == EventKind::OrderReviewed).unwrap();
    shown.party = None;
    expect(&matter, "MA-DOC-65-5-REVIEW", "UNKNOWN");
    matter = full();
    let confirmed = matter.ceremony.events.iter_mut().find(|event| event.kind == EventKind::OrderConfirmed).unwrap();
    confirmed.party = None;
    expect(&matter, "MA-DOC-65-5-REVIEW", "UNKNOWN");
}

/// Law 31-08 art. 30 (ar): accepted expressly by the consumer.
#[test]
fn terms_that_the_shop_accepts_are_not_accepted_by_the_consumer() {
    let mut matter = full();
    let accepted = matter.ceremony.events.iter_mut().find(|event| event.kind == EventKind::TermsAccepted).unwrap();
    accepted.party = Some("shop".to_owned());
    expect(&matter, "MA-3108-30", "NOT_SATISFIED");
}

/// DOC 65-5 al. 4: « les parties auxquelles ils sont adressés ».
#[test]
fn a_message_is_received_by_its_addressee() {
    let mut matter = full();
    for event in &mut matter.ceremony.events {
        if event.kind == EventKind::AccessPossible {
            event.party = Some("customer".to_owned());
        }
    }
    expect(&matter, "MA-DOC-65-5-RECEIVED", "UNKNOWN");
}

/// DOC 65-2: a signature that does not hold is no acceptance, and silence is none.
#[test]
fn a_signature_that_does_not_validate_accepts_nothing() {
    let unconfirmed = || {
        let mut matter = full();
        without(&mut matter, EventKind::OrderConfirmed);
        matter
    };
    expect(&unconfirmed(), "MA-DOC-65-2-SILENCE", "SATISFIED");
    let mut matter = unconfirmed();
    revoked(&mut matter);
    expect(&matter, "MA-DOC-65-2-SILENCE", "NOT_SATISFIED");
    matter = unconfirmed();
    no_path(&mut matter);
    expect(&matter, "MA-DOC-65-2-SILENCE", "UNKNOWN");
    matter = unconfirmed();
    matter.signed[0].person = None;
    expect(&matter, "MA-DOC-65-2-SILENCE", "UNKNOWN");
    // A seal is no acceptance by the party, and payment is none.
    matter = unconfirmed();
    matter.signed[0].person = Some(Person::Legal);
    happened(&mut matter, EventKind::Paid, "2026-11-02T10:00:00Z", "customer");
    expect(&matter, "MA-DOC-65-2-SILENCE", "NOT_SATISFIED");
}

/// Law 43-20 art. 5: whose key it is rests on a certificate that validates.
#[test]
fn a_certificate_that_does_not_validate_gives_the_key_to_nobody() {
    for change in [no_path, revoked] {
        let mut matter = full();
        change(&mut matter);
        unsaid(&mut matter, Statement::ProperToSignatory);
        expect(&matter, "MA-4320-AES-1", "UNKNOWN");
    }
}

/// Law 43-20 art. 5 t. 2: what the certificate lacks, a record of the identification can give.
#[test]
fn a_record_identifies_whom_the_certificate_does_not() {
    let mut matter = full();
    certificate(&mut matter).name = None;
    customer(&mut matter).identification = Some(Identification {
        method: "identity card".to_owned(),
        at: time("2026-11-02T09:00:00Z"),
        operator: "the shop".to_owned(),
    });
    expect(&matter, "MA-4320-AES-2", "SATISFIED");
}

/// Law 43-20 art. 5 t. 4: a certificate or an equivalent process, either.
#[test]
fn a_process_held_equivalent_stands_for_a_certificate() {
    let mut matter = full();
    matter.signed[0].equivalent_process = Some("code by telephone".to_owned());
    matter.settings.equivalent_processes = vec!["code by telephone".to_owned()];
    no_certificate(&mut matter);
    expect(&matter, "MA-4320-AES-4", "SATISFIED");
}

/// Law 43-20 art. 9, 10: « délivré par un prestataire de services de confiance agréé », which it was on the day of issue.
#[test]
fn a_certificate_issued_before_its_provider_was_approved_is_no_qualified_one() {
    let mut matter = full();
    unsaid(&mut matter, Statement::SecuredCertificate);
    for (issued, expected) in [("2023-07-31T12:00:00Z", "NOT_SATISFIED"), ("2023-08-01T12:00:00Z", "SATISFIED")] {
        certificate(&mut matter).not_before = time(issued);
        expect(&matter, "MA-4320-QES-CERT-AT-SIGN", expected);
    }
    matter = sealed();
    for (issued, expected) in [("2023-07-31T12:00:00Z", "NOT_SATISFIED"), ("2023-08-01T12:00:00Z", "ATTESTED")] {
        certificate(&mut matter).not_before = time(issued);
        expect(&matter, "MA-4320-SEAL-Q", expected);
    }
}

/// Decree 2-22-687 art. 2: the qualified device is one of this law; the statement of another law's certificate is of that law.
#[test]
fn a_device_qualified_under_another_law_is_not_mentioned() {
    let mut matter = full();
    certificate(&mut matter).legislation = vec!["FR".to_owned()];
    expect(&matter, "MA-2687-QC-QSCDMENTION", "UNKNOWN");
}

/// Law 43-20 art. 82 is of certificates of signatures: law 53-05 knew no seal.
#[test]
fn a_seal_has_no_secured_certificate() {
    let mut matter = sealed();
    let own = certificate(&mut matter);
    own.not_before = time("2023-06-01T00:00:00Z");
    own.status_locations.clear();
    matter.trust_list = Some(listing("seal_certificates", "2023-01-01"));
    expect(&matter, "MA-4320-SEAL-Q", "NOT_SATISFIED");
}

/// A snapshot with one service of a provider.
fn listing(kind: &str, from: &str) -> TrustList {
    let provider = Algorithm::Sha256.digest(b"provider");
    pinned(&format!(
        r#"{{"format":"seing-trust-list/1","curator":"TEST","source":"https://list.example/","read_on":"2026-11-20",
        "page":"{provider}","providers":[{{"name":"TEST Provider","state":"MA","services":[
        {{"kind":"{kind}","anchor":"{provider}","from":"{from}"}}]}}]}}"#
    ))
    .unwrap()
}

/// Law 53-05 art. 11 a: a mention in the certificate, which the approval of its provider does not replace.
#[test]
fn an_approved_provider_s_certificate_is_not_secured_for_that() {
    let mut matter = of_2015();
    matter.trust_list = Some(listing("secured_certificates", "2012-01-01"));
    expect(&matter, "MA-5305-CERT", "ATTESTED");
    unsaid(&mut matter, Statement::SecuredCertificate);
    expect(&matter, "MA-5305-CERT", "UNKNOWN");
    deny(&mut matter, Statement::SecuredCertificate);
    expect(&matter, "MA-5305-CERT", "NOT_SATISFIED");
    matter = full();
    certificate(&mut matter).not_before = time("2020-01-01T00:00:00Z");
    matter.trust_list = Some(listing("secured_certificates", "2012-01-01"));
    expect(&matter, "MA-4320-LEGACY", "ATTESTED");
    deny(&mut matter, Statement::SecuredCertificate);
    expect(&matter, "MA-4320-LEGACY", "NOT_SATISFIED");
}

/// Law 53-05 art. 11 e, g: the verification data and the identity code.
#[test]
fn a_secured_certificate_carries_its_key_and_its_code() {
    let mut matter = of_2015();
    certificate(&mut matter).key_readable = false;
    expect(&matter, "MA-5305-CERT", "UNKNOWN");
    matter = of_2015();
    certificate(&mut matter).serial.clear();
    expect(&matter, "MA-5305-CERT", "UNKNOWN");
}

/// Law 53-05 art. 22: a certificate of a provider abroad has the same value under an agreement alone.
#[test]
fn a_foreign_certificate_of_2015_is_secured_under_an_agreement_alone() {
    let mut matter = of_2015();
    certificate(&mut matter).issuer_country = Some("FR".to_owned());
    matter.signed[0].path = vec![Algorithm::Sha256.digest(b"another provider")];
    unsaid(&mut matter, Statement::RecognisedAbroad);
    expect(&matter, "MA-5305-CERT", "UNKNOWN");
    assert_eq!(assess(&matter).signatures[0].readings[0].on_attestations, Level::Ordinary);
    deny(&mut matter, Statement::RecognisedAbroad);
    expect(&matter, "MA-5305-CERT", "NOT_SATISFIED");
}

/// Law 43-20 art. 36: no more than advanced, and the presumption is not there.
#[test]
fn a_foreign_certificate_carries_an_advanced_signature_at_most() {
    let mut matter = full();
    certificate(&mut matter).issuer_country = Some("FR".to_owned());
    matter.trust_list = Some(foreign_listing());
    deny(&mut matter, Statement::RecognisedAbroad);
    let reading = assess(&matter).signatures[0].readings[0].clone();
    assert_eq!(
        (reading.level, reading.on_attestations, reading.would_be),
        (Level::Simple, Level::Advanced, Level::Advanced)
    );
    assert_eq!(reading.effects.presumed_reliable.name(), "NOT_SATISFIED");
    assert_eq!(reading.effects.admissible.name(), "SATISFIED");
}

/// The State of the list is the provider's, whatever its certificate says of itself.
#[test]
fn a_provider_listed_abroad_is_not_of_morocco_because_its_certificate_says_so() {
    let mut matter = full();
    matter.trust_list = Some(foreign_listing());
    unsaid(&mut matter, Statement::RecognisedAbroad);
    expect(&matter, "MA-4320-FOREIGN", "UNKNOWN");
}

fn foreign_listing() -> TrustList {
    let provider = Algorithm::Sha256.digest(b"provider");
    pinned(&format!(
        r#"{{"format":"seing-trust-list/1","curator":"TEST","source":"https://list.example/","read_on":"2026-11-20",
        "page":"{provider}","providers":[{{"name":"TEST Fournisseur","state":"FR","services":[
        {{"kind":"signature_certificates","anchor":"{provider}","from":"2023-08-01"}}]}}]}}"#
    ))
    .unwrap()
}

/// Law 31-08 art. 47: the consumer's copy, on the day itself.
#[test]
fn at_the_door_the_copy_is_the_consumer_s_and_given_at_once() {
    let mut matter = full();
    matter.ceremony.channel = Some(Channel::OffPremises);
    formation::form(&mut matter, Some(true));
    writing::mention(&mut matter, Some(true), Some(true));
    expect(&matter, "MA-3108-47", "SATISFIED");
    matter
        .ceremony
        .events
        .retain(|event| event.kind != EventKind::CopyAccessible || event.party.as_deref() == Some("shop"));
    expect(&matter, "MA-3108-47", "UNKNOWN");
    happened(&mut matter, EventKind::CopyAccessible, "2026-11-03T09:00:00Z", "customer");
    expect(&matter, "MA-3108-47", "NOT_SATISFIED");
    matter.ceremony.events.pop();
    happened(&mut matter, EventKind::CopyAccessible, "2026-11-02T22:59:59Z", "customer");
    expect(&matter, "MA-3108-47", "SATISFIED");
    writing::mention(&mut matter, Some(false), Some(true));
    expect(&matter, "MA-3108-47", "NOT_SATISFIED");
}

/// Law 09-08 art. 8.
#[test]
fn an_answer_before_the_request_answers_nothing() {
    let mut matter = full();
    matter.personal_data.rectifications = vec![Request {
        asked: time("2026-11-02T10:00:00Z"),
        answered: Some(time("2026-11-01T10:00:00Z")),
        signed_octets_untouched: Some(true),
    }];
    expect(&matter, "MA-0908-RECTIFY", "UNKNOWN");
    matter.personal_data.rectifications[0].answered = Some(time("2026-11-03T10:00:00Z"));
    expect(&matter, "MA-0908-RECTIFY", "SATISFIED");
    matter.personal_data.rectifications_passed_on = None;
    expect(&matter, "MA-0908-RECTIFY", "UNKNOWN");
    matter.personal_data.rectifications_passed_on = Some(false);
    expect(&matter, "MA-0908-RECTIFY", "NOT_SATISFIED");
}

/// Law 31-08 art. 29 4°: the right need not be stated where art. 38 or 42 takes it away, and nowhere else.
#[test]
fn the_right_of_withdrawal_is_stated_unless_it_is_excluded() {
    let mut matter = full();
    let reason = Stated::NotApplicable("sold as seen".to_owned());
    offer_of(&mut matter).consumer_statements.insert(ConsumerStatement::Withdrawal, reason);
    expect(&matter, "MA-3108-29-4", "UNKNOWN");
    matter.ceremony.no_withdrawal = Some(declared(WithdrawalExclusion::MadeToOrderOrPerishable));
    expect(&matter, "MA-3108-29-4", "NOT_APPLICABLE");
}

/// Law 31-08 art. 38: a case that the order contradicts takes no right away.
#[test]
fn an_exclusion_that_cannot_be_leaves_the_right() {
    let mut matter = full();
    matter.ceremony.no_withdrawal = Some(declared(WithdrawalExclusion::ServiceBegun));
    expect(&matter, "MA-3108-36", "SATISFIED");
    order(&mut matter).object = Some(Object::Service);
    expect(&matter, "MA-3108-38", "ATTESTED");
    matter.ceremony.no_withdrawal = Some(declared(WithdrawalExclusion::MadeToOrderOrPerishable));
    expect(&matter, "MA-3108-38", "NOT_SATISFIED");
}

/// Law 31-08 art. 36, 37: received on 10 November, the last day is the 18th; what is sent on the 19th withdraws from nothing.
#[test]
fn a_late_withdrawal_is_owed_no_refund() {
    for (sent, expected) in [("2026-11-18T12:00:00Z", "UNKNOWN"), ("2026-11-19T12:00:00Z", "NOT_APPLICABLE")] {
        let mut matter = full();
        happened(&mut matter, EventKind::Withdrawn, sent, "customer");
        expect(&matter, "MA-3108-37", expected);
    }
}

/// Law 31-08 art. 37: what was paid back before the withdrawal is not the refund that the withdrawal brings about.
#[test]
fn a_refund_before_the_withdrawal_is_another_one() {
    let mut matter = full();
    happened(&mut matter, EventKind::Refunded, "2026-11-11T10:00:00Z", "customer");
    happened(&mut matter, EventKind::Withdrawn, "2026-11-12T10:00:00Z", "customer");
    expect(&matter, "MA-3108-37", "UNKNOWN");
}

/// Law 31-08 art. 39: goods that arrived are performance, whether or not somebody wrote down that they are goods.
#[test]
fn a_missing_object_of_the_order_breaks_nothing() {
    let mut matter = full();
    order(&mut matter).object = None;
    matter.at = time("2027-01-15T10:00:00Z");
    expect(&matter, "MA-3108-39", "SATISFIED");
}

/// DOC 2-1 al. 2: a mention under nobody's signature is under no signature of the obligor's own.
#[test]
fn a_mention_is_covered_by_a_signature_that_is_there() {
    let mut matter = full();
    writing::mention(&mut matter, Some(true), Some(true));
    matter.signed.clear();
    expect(&matter, "MA-DOC-2-1-HANDWRITTEN", "NOT_SATISFIED");
}

/// Law 43-20 art. 44: « pour créer une signature électronique ou un cachet électronique ».
#[test]
fn a_revoked_certificate_makes_no_seal_either() {
    let mut matter = sealed();
    revoked(&mut matter);
    expect(&matter, "MA-4320-ART44", "NOT_SATISFIED");
}

/// What somebody denies of one translation is not so of the contract.
#[test]
fn a_denial_of_one_is_heard_of_the_whole() {
    let mut matter = full();
    let denial =
        Attestation { holds: false, about: Some("annex 2".to_owned()), ..attested(Statement::FaithfulTranslation) };
    matter.attestations = Attestations::new(matter.attestations.iter().cloned().chain([denial]).collect());
    expect(&matter, "MA-3108-206", "NOT_SATISFIED");
}

/// DOC 417-1: « établi et conservé ».
#[test]
fn what_was_not_kept_with_integrity_is_not_admissible() {
    let mut matter = full();
    assert_eq!(assess(&matter).signatures[0].readings[0].effects.admissible.name(), "SATISFIED");
    matter.archive.chain_verifies = Some(false);
    assert_eq!(assess(&matter).signatures[0].readings[0].effects.admissible.name(), "NOT_SATISFIED");
}

/// Nothing is known: nothing is satisfied but what the library says of itself, and nothing is broken.
#[test]
fn of_nothing_nothing_follows() {
    let assessment = assess(&Matter::new(time("2026-11-23T10:00:00Z")));
    for found in &assessment.answers {
        let of_itself = matches!(found.rule, "MA-4320-ART7" | "MA-4320-ART72" | "MA-0908-AUTO");
        let open = matches!(found.answer, Answer::Unknown { .. } | Answer::NotApplicable { .. });
        assert!(of_itself || open, "{}: {}", found.rule, found.answer.name());
    }
}
