//! Journals in which something was recorded that shifts what was concluded: afterwards, at another time, or without an express act.

use serde_json::{Value, json};

use super::Desk;
use super::careless::Platform;
use super::sale::{By, Sale};
use super::shown::{answer, irregularities};
use super::table::lines;
use super::yard::{Yard, salts};

fn assessed(yard: &Yard, sale: &Sale<'_>, platform: Platform<'_>) -> (Value, i32) {
    Desk::new(yard, &platform.sealed(sale.days_later(19))).assessed()
}

/// DOC 65-5 al. 1: what was shown « avant de confirmer » is the order.
#[test]
fn what_is_shown_after_the_confirmation_is_not_what_was_confirmed() {
    let yard = Yard::new();
    let merchant = By::Manager(&yard.manager);
    let sale = Sale { price: "12000", customer: Some(&yard.customer), merchant, ..Sale::new(&yard) };
    let platform = || Platform::of(&yard, &sale.made());
    let (assessment, exit) = assessed(&yard, &sale, platform());
    assert_eq!(answer(&assessment, "MA-DOC-426-SIGN"), "satisfied", "{assessment}");
    let mut expected = lines(&assessment, exit);
    // What is irregular leaves the whole open.
    assert_eq!(expected.insert("exit".to_owned(), "3".to_owned()).as_deref(), Some("0"));
    let other = |event: &mut Value| {
        let order = &mut event["body"]["reviewed"]["order"];
        order["customer"]["capacity"] = json!("professional");
        order["delivery"]["when"] = json!("immediate");
        order["reference"] = json!("4712");
    };
    let place = platform().place("reviewed");
    let (assessment, exit) = assessed(&yard, &sale, platform().again(place, other));
    assert!(irregularities(&assessment).contains("it cannot happen at this stage (reviewed)"), "{assessment}");
    assert_eq!(lines(&assessment, exit), expected);
    // With a confirmation that nobody signs after it, the signature is over another order.
    let unsigned = |event: &mut Value| {
        event["signed_by"] = Value::Null;
        event["time_stamped"] = json!(false);
    };
    let confirmation = platform().place("confirmed");
    let twice = platform().again(place, other).again(confirmation, unsigned);
    let (assessment, _) = assessed(&yard, &sale, twice);
    assert_ne!(answer(&assessment, "MA-DOC-426-SIGN"), "satisfied", "{assessment}");
    let signatures = assessment["signatures"].as_array().unwrap();
    assert!(signatures.iter().all(|one| !one["about"].to_string().contains("customer")), "{signatures:?}");
    // One by no gesture changes nothing.
    let silent = |event: &mut Value| {
        unsigned(event);
        event["body"]["confirmed"]["gesture"]["action"] = json!("");
    };
    let (assessment, exit) = assessed(&yard, &sale, platform().again(place, other).again(confirmation, silent));
    assert_eq!(lines(&assessment, exit), expected);
}

/// DOC 426: the name is the one that stood there when it was signed.
#[test]
fn a_name_that_is_rectified_afterwards_signed_nothing() {
    let yard = Yard::new();
    let sale = Sale { customer: Some(&yard.manager), ..Sale::new(&yard) };
    let made = sale.made();
    let name = made.order().unwrap().customer().name.clone();
    let rectified = made.rectify(&name, "Driss Alami", "misspelt", &sale.shop(), sale.days_later(9), &mut salts());
    let dossier = sale.sealed_by(&rectified.unwrap(), &sale.shop());
    let (assessment, _) = Desk::new(&yard, &dossier).assessed();
    assert!(irregularities(&assessment).contains("is not shown to be that of the customer"), "{assessment}");
    assert_ne!(answer(&assessment, "MA-DOC-426-SIGN"), "satisfied");
    let about = assessment["signatures"][0]["about"].to_string();
    assert!(about.contains("Alami") && !about.contains("customer"), "{about}");
}

/// DOC 65-2, law 31-08 art. 33: silence is no acceptance, whatever else is out of turn.
#[test]
fn silence_is_no_confirmation() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = || Platform::of(&yard, &sale.made());
    let (assessment, _) = assessed(&yard, &sale, platform());
    assert_eq!(assessment["formation"]["express_acceptance"]["answer"], "satisfied");
    let (confirmation, terms) = (platform().place("confirmed"), platform().place("terms-accepted"));
    let silent = |event: &mut Value| event["body"]["confirmed"]["gesture"]["action"] = json!("");
    for platform in [platform().edited(confirmation, silent), platform().edited(confirmation, silent).doubled(terms)] {
        let (assessment, exit) = assessed(&yard, &sale, platform);
        assert_ne!(assessment["formation"]["express_acceptance"]["answer"], "satisfied", "{assessment}");
        assert_ne!(exit, 0);
        let irregular = irregularities(&assessment);
        assert!(irregular.contains("an acceptance is express"), "{irregular}");
    }
    let (assessment, _) = assessed(
        &yard,
        &sale,
        platform().edited(terms, |event| {
            event["body"]["terms-accepted"]["gesture"]["wording"] = json!(" ");
        }),
    );
    assert_ne!(answer(&assessment, "MA-3108-30"), "satisfied", "{assessment}");
}

/// DOC 65-5 al. 1: « son prix total » is what the lines come to.
#[test]
fn a_total_that_the_lines_do_not_come_to_is_no_price() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = || Platform::of(&yard, &sale.made());
    let (review, terms) = (platform().place("reviewed"), platform().place("terms-accepted"));
    let cheap = |event: &mut Value| {
        let review = &mut event["body"]["reviewed"];
        review["total_shown"] = json!("12.00");
        review["order"]["totals"] = json!({ "net": "10.00", "total": "12.00", "vat": "2.00" });
    };
    for platform in [platform().edited(review, cheap), platform().edited(review, cheap).doubled(terms)] {
        let (assessment, _) = assessed(&yard, &sale, platform);
        assert_ne!(answer(&assessment, "MA-DOC-65-5-REVIEW"), "satisfied", "{assessment}");
        assert!(irregularities(&assessment).contains("not those of its lines"), "{assessment}");
    }
    // A review that holds does not stand for a later one that does not.
    let (assessment, _) = assessed(
        &yard,
        &sale,
        platform().doubled(review).edited(review + 1, |event| {
            event["body"]["reviewed"]["total_shown"] = json!("125.00");
        }),
    );
    assert_ne!(answer(&assessment, "MA-DOC-65-5-REVIEW"), "satisfied", "{assessment}");
}

/// DOC 65-4: what is said to stand in a document that is not there is not stated.
#[test]
fn a_statement_in_no_document_is_not_stated() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = Platform::of(&yard, &sale.made()).edited(0, |event| {
        let statements = event["body"]["offer-published"]["offer"]["statements"].as_object_mut().unwrap();
        for stated in statements.values_mut() {
            let text = stated.to_string().replace("offer.txt", "elsewhere.txt");
            *stated = serde_json::from_str(&text).unwrap();
        }
    });
    let (assessment, _) = assessed(&yard, &sale, platform);
    assert_ne!(assessment["formation"]["offer"]["answer"], "satisfied", "{assessment}");
}

/// Law 31-08 art. 32, 36: the confirmation is due before the delivery, and without it thirty days run.
#[test]
fn a_confirmation_is_not_received_before_it_is_recorded() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = Platform::of(&yard, &sale.made());
    let place = platform.place("acknowledged");
    let (assessment, exit) = assessed(&yard, &sale, platform.recorded_at(place, "2026-11-20T10:00:00Z"));
    let found = lines(&assessment, exit);
    assert_ne!(found["MA-3108-32 43-20"], "satisfied", "{assessment}");
    // Received on 10 November: 11 November to 10 December are thirty clear days.
    assert_eq!(found["deadline.withdrawal"], "2026-12-11");
}

/// Law 31-08 art. 39: what lies ahead was not done, and nothing is delivered on an order before it is made.
#[test]
fn a_delivery_is_not_recorded_before_it_happens() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    for (at, why) in [("2026-11-19T10:00:00Z", "lies ahead"), ("2026-11-01T10:00:00Z", "before it was confirmed")] {
        let platform = Platform::of(&yard, &sale.made());
        let place = platform.place("performed");
        let (assessment, _) =
            assessed(&yard, &sale, platform.edited(place, |event| event["body"]["performed"]["at"] = json!(at)));
        assert!(irregularities(&assessment).contains(why), "{assessment}");
        assert_ne!(answer(&assessment, "MA-3108-39"), "satisfied", "{at}: {assessment}");
    }
}

/// The terms that were accepted are the file of their name, whatever is added under that name later.
#[test]
fn a_second_document_of_a_name_does_not_replace_the_first() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = Platform::of(&yard, &sale.made());
    let acknowledged = platform.place("acknowledged");
    let mut terms = Value::Null;
    let platform = platform.edited(0, |event| {
        let documents = event["body"]["offer-published"]["offer"]["documents"].as_array_mut().unwrap();
        let other = documents[0]["digest"].clone();
        let own = documents.iter_mut().find(|document| document["name"] == "terms.txt").unwrap();
        terms = own.clone();
        own["digest"] = other;
    });
    let platform = platform.edited(acknowledged, |event| {
        event["body"]["acknowledged"]["documents"].as_array_mut().unwrap().push(terms);
    });
    let output = Desk::new(&yard, &platform.sealed(sale.days_later(19))).run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("documents/terms.txt"));
}
