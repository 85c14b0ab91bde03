//! Values about persons: recorded as commitments, erased, rectified, and kept no longer than they may be (law 09-08).

use seing::contract::*;
use seing::error::ErrorKind;

use super::*;

const VALUES: [&str; 5] = [NAME, STREET, EMAIL, TELEPHONE, "Driss Alami"];

#[test]
fn no_event_holds_a_value_about_a_person() {
    let ceremony = Shop::new().concluded(By::Key, &mut salts());
    for entry in ceremony.journal().entries() {
        let text = String::from_utf8(entry.octets().to_vec()).unwrap();
        for value in VALUES {
            assert!(!text.contains(value), "{value} in {text}");
        }
    }
    let json = ceremony.journal().to_json().unwrap();
    for value in VALUES {
        assert!(json.contains(value), "{value}");
    }
    let account = account(ceremony.journal());
    let order = account.order().unwrap();
    assert_eq!(order.customer().name.as_str(), None);
    assert_eq!(account.value(&order.customer().name), Some(NAME));
    assert_eq!(account.value(&order.merchant().name), Some("TEST Souk SARL"));
}

/// The commitment is the SHA-256 of the canonical JSON of the opening: recomputed here from its members alone.
#[test]
fn a_commitment_can_be_checked_by_hand() {
    let ceremony = Shop::new().confirmed(By::Identification, &mut salts());
    let account = account(ceremony.journal());
    let Body::Confirmed(confirmation) = &account.events()[5].body else { panic!("confirmed") };
    let text = &confirmation.identification.as_ref().unwrap().attributes[0];
    let opening = account.openings().opening(text.commitment().unwrap()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&opening.octets().unwrap()).unwrap();
    let written = format!(
        "{{\"ceremony\":\"{}\",\"event\":6,\"field\":\"/confirmed/identification/attributes/0\",\"salt\":\"{}\",\"value\":\"{TELEPHONE}\"}}",
        account.events()[0].ceremony,
        json["salt"].as_str().unwrap(),
    );
    let digest = seing::digest::Algorithm::Sha256.digest(written.as_bytes());
    assert_eq!(text.commitment(), Some(digest.to_string().as_str()));
    assert_eq!(json["salt"].as_str().unwrap().len(), 64);
}

#[test]
fn everything_can_be_erased_and_the_proof_stays() {
    let shop = Shop::new();
    let salts = &mut salts();
    for by in [By::Key, By::Identification] {
        let ceremony = shop.concluded(by, salts);
        let signed: Vec<_> = account(ceremony.journal()).attested().iter().map(|attested| attested.event).collect();
        let erased =
            ceremony.erase_everything(&documents(), "end of the purpose", &shop.merchant(), at(60), salts).unwrap();
        let json = erased.journal().to_json().unwrap();
        for value in VALUES {
            assert!(!json.contains(value), "{value}");
        }
        assert!(erased.journal().openings().is_empty());
        assert_eq!(examined(erased.journal()), []);
        let account = account(&read(&json).unwrap());
        let still: Vec<_> = account.attested().iter().map(|attested| attested.event).collect();
        assert_eq!(still, [signed, vec![10]].concat());
        assert_eq!(account.value(&account.order().unwrap().customer().name), None);
        assert_eq!(account.order().unwrap().totals().total, amount("1200"));
    }
}

#[test]
fn one_value_can_be_erased_and_no_other_goes() {
    let shop = Shop::new();
    let salts = &mut salts();
    let ceremony = shop.concluded(By::Key, salts);
    let count = ceremony.journal().openings().len();
    let email = ceremony.order().unwrap().customer().details[0].value.clone();
    let erased = ceremony.erase([&email], &documents(), "not needed", &shop.merchant(), at(60), salts).unwrap();
    assert_eq!(erased.journal().openings().len(), count - 1);
    assert_eq!(examined(erased.journal()), []);
    let again = erased.erase([&email], &documents(), "not needed", &shop.merchant(), at(61), salts);
    assert_eq!(again.unwrap_err().kind(), ErrorKind::Misuse);
}

/// Whoever kept a value that was erased cannot put it back unseen, nor drop the erasure.
#[test]
fn an_erasure_is_not_undone() {
    let shop = Shop::new();
    let salts = &mut salts();
    let ceremony = shop.concluded(By::Key, salts);
    let before: serde_json::Value = serde_json::from_str(&ceremony.journal().to_json().unwrap()).unwrap();
    let erased =
        ceremony.erase_everything(&documents(), "end of the purpose", &shop.merchant(), at(60), salts).unwrap();
    let mut after: serde_json::Value = serde_json::from_str(&erased.journal().to_json().unwrap()).unwrap();
    let mut dropped = after.clone();
    dropped["events"].as_array_mut().unwrap().pop();
    after["openings"] = before["openings"].clone();
    let faults = examined(&read(&after.to_string()).unwrap());
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.kind == FaultKind::ValueErased), "{faults:?}");
    let faults = examined(&read(&dropped.to_string()).unwrap());
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.kind == FaultKind::ValueMissing), "{faults:?}");
}

#[test]
fn a_value_is_rectified_by_one_more_event() {
    let shop = Shop::new();
    let salts = &mut salts();
    let ceremony = shop.concluded(By::Key, salts);
    let name = ceremony.order().unwrap().customer().name.clone();
    let head = ceremony.journal().head();
    let rectified =
        ceremony.rectify(&name, "Amina Berrada-Alaoui", "spelling", &shop.merchant(), at(60), salts).unwrap();
    assert_eq!(rectified.events()[9].previous.as_ref().map(|link| link.event), head);
    let json = rectified.journal().to_json().unwrap();
    let account = account(&read(&json).unwrap());
    assert_eq!(account.value(&name), Some("Amina Berrada-Alaoui"));
    assert_eq!(account.openings().value(&name), Some(NAME));
}

/// Law 09-08, article 12-1 e.
#[test]
fn the_number_of_an_identity_card_needs_an_authorisation() {
    let salts = &mut salts();
    let accepted = |kept, salts: &mut seing::key::Entropy<'_>| {
        let terms = TermsAcceptance::new(["terms.txt"], press("J'accepte"));
        Ceremony::publish(offer(), Act::NotStated, kept, at(0), salts)
            .unwrap()
            .accept_terms(terms, at(1), salts)
            .unwrap()
    };
    let by_kind = customer().with(DetailKind::IdentityCardNumber, "AB123456");
    let by_looks = customer().with(DetailKind::Address, "CIN AB123456");
    for party in [by_kind, by_looks] {
        let order = Order::new("4711", merchant(), party, desks(1)).unwrap();
        let review = Review::new(order, amount("1200"), "the basket");
        let error = accepted(kept(), salts).review(review.clone(), at(2), salts).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Excluded);
        assert!(error.to_string().contains("law 09-08, article 12-1 e"), "{error}");
        let authorised = kept().identity_cards_authorised("A-TEST-7/2026");
        assert!(accepted(authorised, salts).review(review, at(2), salts).is_ok());
    }
    let empty = kept().identity_cards_authorised(" ");
    let error = Ceremony::publish(offer(), Act::NotStated, empty, at(0), salts).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);
}

/// Whoever fills the fields himself cannot let a value about a natural person stand in an event, where nothing would erase it.
#[test]
fn a_value_about_a_person_never_stands_open() {
    let salts = &mut salts();
    let mut by_name = customer();
    by_name.name = Text::open(NAME);
    let mut by_detail = customer();
    by_detail.details[0].value = Text::open(EMAIL);
    let mut number = merchant().with(DetailKind::IdentityCardNumber, "AB123456");
    number.details[1].value = Text::open("AB123456");
    let mut by_representative = merchant();
    by_representative.representative.as_mut().unwrap().name = Text::open("Driss Alami");
    for (merchant, customer) in
        [(merchant(), by_name), (merchant(), by_detail), (number, customer()), (by_representative, customer())]
    {
        let kept = kept().identity_cards_authorised("A-TEST-7/2026");
        let terms = TermsAcceptance::new(["terms.txt"], press("J'accepte"));
        let accepted = Ceremony::publish(offer(), Act::NotStated, kept, at(0), salts)
            .unwrap()
            .accept_terms(terms, at(1), salts)
            .unwrap();
        let order = Order::new("4711", merchant, customer, desks(1)).unwrap();
        let error = accepted.review(Review::new(order, amount("1200"), "the basket"), at(2), salts).unwrap_err();
        assert!(error.kind() == ErrorKind::Misuse && error.to_string().contains("law 09-08"), "{error}");
    }
    let mut open = confirmation();
    open.identification.as_mut().unwrap().attributes[0] = Text::open(TELEPHONE);
    let error = Shop::new().reviewed(salts).confirm(open, None, at(4), salts).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);
}

#[test]
fn a_journal_is_purged_when_its_time_has_come_and_nobody_holds_it() {
    let shop = Shop::new();
    let salts = &mut salts();
    let end = retained_until();
    let concluded = shop.concluded(By::Key, salts);
    let early = account(concluded.journal()).purge(end.plus_seconds(-1), "end of the retention");
    assert_eq!(early.unwrap_err().kind(), ErrorKind::Misuse);

    let nothing = account(concluded.journal()).resume().unwrap();
    let Resumed::Acknowledged(nothing) = nothing else { panic!("acknowledged") };
    let error = nothing.release("nothing", &shop.merchant(), at(60), salts).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);

    let held = concluded.hold("case 12/2030", &shop.merchant(), at(60), salts).unwrap();
    assert_eq!(account(held.journal()).legal_hold(), Some("case 12/2030"));
    let error = account(held.journal()).purge(end, "end of the retention").unwrap_err();
    assert!(error.to_string().contains("case 12/2030"), "{error}");

    let released = held.release("the case is closed", &shop.merchant(), at(61), salts).unwrap();
    let tombstone = account(released.journal()).purge(end, "end of the retention").unwrap();
    assert_eq!(Some(tombstone.head), released.journal().head());
    assert_eq!(tombstone.events, 11);
    let json = tombstone.to_json().unwrap();
    assert_eq!(Tombstone::from_json(&json).unwrap(), tombstone);
    for value in VALUES.into_iter().chain(["TEST Souk", "desk"]) {
        assert!(!json.contains(value), "{value}");
    }
}
