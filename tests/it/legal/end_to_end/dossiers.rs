//! The eight dossiers, against the tables written by hand.

use seing::contract::Statement;
use serde_json::json;

use super::Desk;
use super::careless::Platform;
use super::sale::{By, Sale};
use super::table::{differs, hold, lines, table};
use super::yard::Yard;

type Lines = std::collections::BTreeMap<String, String>;

/// Words that say the Arabic translations to be faithful, and others.
fn words<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["faithful_translation"], more].concat()
}

fn found(desk: Desk) -> Lines {
    let (assessment, exit) = desk.assessed();
    lines(&assessment, exit)
}

fn concluded_well(yard: &Yard) -> Lines {
    found(Desk::new(yard, &Sale::new(yard).sealed()).attesting(&words(&[])))
}

#[test]
fn a_consumer_s_order_concluded_well() {
    let expected = table(include_str!("expected/1-concluded.txt"));
    let found = concluded_well(&Yard::new());
    hold("1", &expected, &found);
    let beyond: Vec<&String> = found.keys().filter(|key| !expected.contains_key(*key)).collect();
    assert!(beyond.is_empty(), "not in the table: {beyond:?}");
    let rules = expected.keys().filter(|key| key.starts_with("MA-"));
    assert_eq!(rules.count(), 125);
}

#[test]
fn a_missing_statement_makes_it_advertising() {
    let yard = Yard::new();
    let sale = Sale { unstated: Some(Statement::ErrorCorrection), ..Sale::new(&yard) };
    let found = found(Desk::new(&yard, &sale.sealed()).attesting(&words(&[])));
    differs("2", &table(include_str!("expected/2-advertising.txt")), &found, &concluded_well(&yard));
}

#[test]
fn a_confirmation_before_the_review_concludes_nothing() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = Platform::of(&yard, &sale.made());
    let (review, confirmation) = (platform.place("reviewed"), platform.place("confirmed"));
    let dossier = platform.after(review, confirmation).sealed(sale.days_later(9));
    let desk = Desk::new(&yard, &dossier).attesting(&words(&[]));
    let (assessment, exit) = desk.assessed();
    differs("3", &table(include_str!("expected/3-no-review.txt")), &lines(&assessment, exit), &concluded_well(&yard));
    // It is said that no ceremony goes so, and where.
    let irregular = assessment["dossier"]["irregularities"].to_string();
    assert!(irregular.contains("event 3: it cannot happen at this stage (confirmed)"), "{irregular}");
}

#[test]
fn an_order_that_was_never_shown_concludes_nothing_either() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = Platform::of(&yard, &sale.made());
    let review = platform.place("reviewed");
    let dossier = platform.without(review).sealed(sale.days_later(9));
    let found = found(Desk::new(&yard, &dossier).attesting(&words(&[])));
    hold("3, second form", &table(include_str!("expected/3-review-missing.txt")), &found);
}

#[test]
fn a_total_that_is_not_the_order_s_was_not_its_price() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let platform = Platform::of(&yard, &sale.made());
    let review = platform.place("reviewed");
    let dossier = platform
        .edited(review, |event| event["body"]["reviewed"]["total_shown"] = json!("125.00"))
        .sealed(sale.days_later(9));
    let found = found(Desk::new(&yard, &dossier).attesting(&words(&[])));
    // DOC 65-5 al. 1: « son prix total ».
    differs("3, third form", &table(include_str!("expected/3-no-review.txt")), &found, &concluded_well(&yard));
}

#[test]
fn a_late_acknowledgement() {
    let yard = Yard::new();
    let sale = Sale { delay: 172_800, ..Sale::new(&yard) };
    let dossier = sale.sealed();
    let desk = || Desk::new(&yard, &dossier).attesting(&words(&[]));
    differs("4", &table(include_str!("expected/4-late.txt")), &found(desk()), &concluded_well(&yard));
    let silent = desk();
    let stated = std::fs::read_to_string(silent.folder.path().join("shop.json")).unwrap();
    silent.put("shop.json", stated.replace("\"acknowledgement_seconds\":3600,", "").as_bytes());
    let expected = table(include_str!("expected/4-late-no-figure.txt"));
    differs("4, second form", &expected, &found(silent), &concluded_well(&yard));
}

const SOLE: &[&str] = &["sole_control", "conforming_device"];

/// Everything about the customer's signature is in the table.
fn hold_all_of_the_customer(name: &str, expected: &Lines, found: &Lines) {
    hold(name, expected, found);
    let own = |key: &&String| key.contains("@customer") || key.contains(".customer.");
    let beyond: Vec<&String> = found.keys().filter(own).filter(|key| !expected.contains_key(*key)).collect();
    assert!(beyond.is_empty(), "{name}: not in the table: {beyond:?}");
}

#[test]
fn a_foreign_certificate_carries_an_advanced_signature() {
    let yard = Yard::new();
    let sale = Sale { price: "12000", customer: Some(&yard.abroad), ..Sale::new(&yard) };
    let desk = Desk::new(&yard, &sale.sealed()).attesting(&words(SOLE)).listing(&[(
        "signature_certificates",
        &yard.moroccan.certificate,
        "2023-08-01",
    )]);
    hold_all_of_the_customer("5", &table(include_str!("expected/5-foreign.txt")), &found(desk));
}

#[test]
fn a_qualified_signature_with_and_without_a_qualified_time_stamp() {
    let yard = Yard::new();
    let sale = Sale { price: "12000", customer: Some(&yard.customer), merchant: By::Manager, ..Sale::new(&yard) };
    let dossier = sale.sealed();
    let attested = words(&[SOLE, &["accurate_clock"]].concat());
    let signatures = ("signature_certificates", &yard.moroccan.certificate, "2023-08-01");
    let seals = ("seal_certificates", &yard.moroccan.certificate, "2023-08-01");
    let stamps = ("time_stamps", &yard.stamps.certificate, "2023-08-01");
    let desk = || Desk::new(&yard, &dossier).attesting(&attested);
    let qualified = found(desk().listing(&[signatures, seals, stamps]));
    hold_all_of_the_customer("6", &table(include_str!("expected/6-qualified.txt")), &qualified);
    let without = found(desk().listing(&[signatures, seals]));
    differs("6, without", &table(include_str!("expected/6-qualified-unlisted-time.txt")), &without, &qualified);
}

#[test]
fn signed_in_2015_with_a_secured_certificate() {
    let yard = Yard::new();
    let sale = Sale { day: "2015-06-01", price: "12000", customer: Some(&yard.secured), ..Sale::new(&yard) };
    let desk = Desk::new(&yard, &sale.sealed()).attesting(&words(&[SOLE, &["secured_certificate"]].concat()));
    hold_all_of_the_customer("7", &table(include_str!("expected/7-secured-2015.txt")), &found(desk));
}

#[test]
fn signed_in_march_2023_under_both_laws() {
    let yard = Yard::new();
    let sale = Sale { day: "2023-03-15", price: "12000", customer: Some(&yard.secured), ..Sale::new(&yard) };
    let desk = Desk::new(&yard, &sale.sealed()).attesting(&words(&[SOLE, &["secured_certificate"]].concat()));
    let (assessment, exit) = desk.assessed();
    hold("8", &table(include_str!("expected/8-both-2023.txt")), &lines(&assessment, exit));
    let why = assessment["signatures"][0]["regime"]["why"].to_string();
    for day in ["2023-03-15", "12 January 2023", "12 July 2023"] {
        assert!(why.contains(day), "{day}: {why}");
    }
    assert!(assessment["for_a_lawyer"].to_string().contains("Which law governs"));
}
