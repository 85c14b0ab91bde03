//! What each step records, and what it refuses.

use seing::contract::*;
use seing::error::ErrorKind;

use super::*;

fn names(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(|event| event.body.name()).collect()
}

#[test]
fn a_ceremony_records_every_step_in_its_order() {
    let shop = Shop::new();
    for by in [By::Key, By::Identification] {
        let ceremony = shop.concluded(by, &mut salts());
        let steps = [
            "offer-published",
            "terms-accepted",
            "reviewed",
            "corrected",
            "reviewed",
            "confirmed",
            "acknowledged",
            "copy-accessible",
            "copy-accessible",
        ];
        assert_eq!(names(ceremony.events()), steps);
        assert_eq!(examined(ceremony.journal()), []);
        let account = account(ceremony.journal());
        assert_eq!(account.attested_through(), Some(9));
        let attested: Vec<_> = account.attested().iter().map(|attested| attested.event).collect();
        assert_eq!(attested, [6, 7, 8, 9]);
        assert_eq!(account.attested()[0].stated_time(), Some(at(4)));
        assert_eq!(account.attested()[1].stated_time(), Some(at(5)));
        assert_eq!(account.order().unwrap().totals().total, amount("1200"));
    }
}

#[test]
fn an_identification_is_no_signature() {
    let shop = Shop::new();
    let ceremony = shop.confirmed(By::Identification, &mut salts());
    assert_eq!(ceremony.events()[5].signed_by, None);
    assert!(matches!(account(ceremony.journal()).attested()[0].by, AttestedBy::TimeStamp(_)));
    let ceremony = shop.confirmed(By::Key, &mut salts());
    assert_eq!(ceremony.events()[5].signed_by.as_ref().unwrap().hand, Hand::Signature);
    let ceremony = shop.concluded(By::Key, &mut salts());
    assert_eq!(ceremony.events()[6].signed_by.as_ref().unwrap().hand, Hand::Seal);
}

#[test]
fn somebody_elsewhere_can_sign() {
    let shop = Shop::new();
    let salts = &mut salts();
    let customer = &shop.parties.customer;
    let awaiting = |announced, salts: &mut seing::key::Entropy<'_>| {
        let reviewed = shop.reviewed(salts);
        let algorithm = customer.signer().algorithm();
        reviewed.prepare_confirmation(confirmation(), customer.chain(), algorithm, announced, at(4), salts).unwrap()
    };
    let waiting = awaiting(TimeStamping::Announced, salts);
    let value = customer.signer().sign(waiting.to_be_signed()).unwrap();
    let confirmed = waiting.embed(&value, Some(&mut shop.stamp())).unwrap();
    assert_eq!(examined(confirmed.journal()), []);

    let other = shop.parties.merchant.signer();
    let waiting = awaiting(TimeStamping::None, salts);
    let value = other.sign(waiting.to_be_signed()).unwrap();
    assert_eq!(waiting.embed(&value, None).unwrap_err().kind(), ErrorKind::Unusable);

    let waiting = awaiting(TimeStamping::Announced, salts);
    let value = customer.signer().sign(waiting.to_be_signed()).unwrap();
    assert_eq!(waiting.embed(&value, None).unwrap_err().kind(), ErrorKind::Misuse);
}

#[test]
fn the_price_that_is_shown_is_the_price() {
    let shop = Shop::new();
    let salts = &mut salts();
    let accepted = shop.reviewed(salts).correct(Correction::new(order(1), "nothing"), at(3), salts).unwrap();
    let wrong = accepted.review(Review::new(order(1), amount("1199.99"), "the basket"), at(3), salts);
    let error = wrong.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);
    assert!(error.to_string().contains("1199.99 instead of 1200.00"), "{error}");
}

#[test]
fn what_is_reviewed_is_what_was_corrected() {
    let shop = Shop::new();
    let salts = &mut salts();
    let accepted = shop.reviewed(salts).correct(Correction::new(order(3), "three desks"), at(3), salts).unwrap();
    let wrong = accepted.review(Review::new(order(1), amount("1200"), "the basket"), at(3), salts);
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Misuse);
}

#[test]
fn time_does_not_run_backwards() {
    let shop = Shop::new();
    let salts = &mut salts();
    let wrong = shop.reviewed(salts).correct(Correction::new(order(1), "nothing"), at(1), salts);
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Misuse);
}

/// DOC 65-2: an acceptance is express.
#[test]
fn silence_accepts_nothing() {
    let salts = &mut salts();
    let published = Ceremony::publish(offer(), Act::NotStated, kept(), at(0), salts).unwrap();
    let silent = TermsAcceptance::new(["terms.txt"], Gesture::new("", "", "fr"));
    assert_eq!(published.accept_terms(silent, at(1), salts).unwrap_err().kind(), ErrorKind::Misuse);
    let wrong = Shop::new().reviewed(salts).confirm(Confirmation::new(press(" ")), None, at(4), salts);
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Misuse);
}

#[test]
fn an_offer_holds_together() {
    let salts = &mut salts();
    let publish = |offer, salts: &mut seing::key::Entropy<'_>| {
        Ceremony::publish(offer, Act::NotStated, kept(), at(0), salts).map(|_| ()).map_err(|error| error.kind())
    };
    assert_eq!(publish(offer(), salts), Ok(()));
    let elsewhere = offer().states(Statement::Steps, "nowhere.txt", "page 1");
    assert_eq!(publish(elsewhere, salts), Err(ErrorKind::Misuse));
    // DOC 65-4 lets 6 and 7 go without, and no other of the seven.
    for statement in Statement::ALL.into_iter().take(7) {
        let without = offer().need_not_state(statement, "nothing to state");
        let expected = matches!(statement, Statement::Archiving | Statement::Rules);
        assert_eq!(publish(without, salts).is_ok(), expected, "{statement:?}");
    }
    assert_eq!(publish(offer().need_not_state(Statement::Rules, " "), salts), Err(ErrorKind::Misuse));
    assert!(Document::new("../terms.txt", DocumentRole::Terms, "text/plain", "fr", TERMS).is_err());
    // What is missing is published all the same: it is advertising then (DOC 65-4), and no business of the ceremony.
    let mut incomplete = offer();
    incomplete.statements.remove(&Statement::Steps);
    assert_eq!(publish(incomplete, salts), Ok(()));
}

#[test]
fn terms_are_those_of_the_offer() {
    let salts = &mut salts();
    let published = Ceremony::publish(offer(), Act::NotStated, kept(), at(0), salts).unwrap();
    let other = TermsAcceptance::new(["other.txt"], press("J'accepte"));
    assert_eq!(published.accept_terms(other, at(1), salts).unwrap_err().kind(), ErrorKind::Misuse);
}

#[test]
fn excluded_acts_stop_the_ceremony_with_the_article() {
    let salts = &mut salts();
    let says = || Attestation::new("legal department", at(0), "file 12");
    for (act, article) in [
        (Act::Family, Some("DOC 2-1")),
        (Act::Security(SecurityMaker::Other), Some("DOC 2-1")),
        (Act::RealRight, Some("law 39-08, article 4")),
        (Act::Security(SecurityMaker::Professional(says())), None),
        (Act::Security(SecurityMaker::CreditInstitution(says())), None),
        (Act::Ordinary(says()), None),
    ] {
        let result = Ceremony::publish(offer(), act.clone(), kept(), at(0), salts);
        match (result, article) {
            (Ok(_), None) => {}
            (Err(error), Some(article)) => {
                assert_eq!(error.kind(), ErrorKind::Excluded);
                assert!(error.to_string().contains(article), "{error}");
            }
            (result, _) => panic!("{act:?}: {result:?}"),
        }
    }
}

/// DOC 427.
#[test]
fn a_party_who_cannot_read_stops_the_ceremony() {
    let salts = &mut salts();
    let terms = TermsAcceptance::new(["terms.txt"], press("J'accepte"));
    let accepted = Ceremony::publish(offer(), Act::NotStated, kept(), at(0), salts)
        .unwrap()
        .accept_terms(terms, at(1), salts)
        .unwrap();
    let party = customer().literacy(Literacy::CannotRead);
    let order = Order::new("4711", merchant(), party, desks(1)).unwrap();
    let error = accepted.review(Review::new(order, amount("1200"), "the basket"), at(2), salts).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Excluded);
    assert!(error.to_string().contains("DOC 427"), "{error}");
}

#[test]
fn a_contract_is_withdrawn_from_amended_and_ended() {
    let shop = Shop::new();
    let salts = &mut salts();
    let by = shop.merchant();
    let concluded = shop.concluded(By::Key, salts);
    let acknowledgement = concluded.journal().head().unwrap();
    let received = Performance::new(PerformanceKind::GoodsReceived, at(7), "delivery note 12");
    let ceremony = concluded
        .performed(received, &by, at(8), salts)
        .unwrap()
        .amend(Amendment::new("00", acknowledgement, "another colour"), &by, at(9), salts)
        .unwrap()
        .withdraw(Withdrawal::new(Role::Customer, at(10), "the form of the account"), &by, at(10), salts)
        .unwrap()
        .terminate(Termination::new(Role::Merchant, "withdrawn", at(11)), &by, at(11), salts)
        .unwrap();
    assert_eq!(examined(ceremony.journal()), []);
    assert_eq!(names(ceremony.events())[9..], ["performed", "amended", "withdrawn", "terminated"]);
}
