//! Nothing is taken for granted that the dossier does not show.

use seing::contract::{Dossier, Role, Signatory, Withdrawal};
use serde_json::{Value, json};

use super::Desk;
use super::sale::{By, Sale};
use super::table::lines;
use super::yard::{Holder, Yard, salts};

pub(super) fn answer(assessment: &Value, rule: &str) -> String {
    let mut answers = assessment["answers"].as_array().unwrap().iter();
    answers.find(|answer| answer["rule"] == rule).unwrap()["answer"].as_str().unwrap().to_owned()
}

pub(super) fn irregularities(assessment: &Value) -> String {
    assessment["dossier"]["irregularities"].to_string()
}

/// DOC 426: « signature … de la partie qui s'oblige ».
#[test]
fn a_certificate_of_somebody_else_is_not_the_customer_s_signature() {
    let yard = Yard::new();
    let sale = Sale { customer: Some(&yard.manager), ..Sale::new(&yard) };
    let (assessment, _) = Desk::new(&yard, &sale.sealed()).assessed();
    assert!(irregularities(&assessment).contains("Alami"), "{assessment}");
    assert_ne!(answer(&assessment, "MA-DOC-426-SIGN"), "satisfied");
    let about = assessment["signatures"][0]["about"].to_string();
    assert!(about.contains("Alami") && !about.contains("customer"), "{about}");
}

/// Law 43-20 art. 2: signatures are of natural persons.
#[test]
fn a_legal_person_s_certificate_seals_whatever_the_journal_calls_it() {
    let yard = Yard::new();
    let sale = Sale { customer: Some(&yard.shop), ..Sale::new(&yard) };
    let (assessment, _) = Desk::new(&yard, &sale.sealed()).assessed();
    assert_eq!(assessment["signatures"], json!([]));
    assert_eq!(answer(&assessment, "MA-DOC-426-SIGN"), "not_satisfied");
}

#[test]
fn what_the_journal_calls_a_seal_is_nobody_s_signature() {
    let yard = Yard::new();
    let sale = Sale { customer: Some(&yard.customer), merchant: By::SealOf(&yard.manager), ..Sale::new(&yard) };
    let (assessment, exit) = Desk::new(&yard, &sale.sealed()).assessed();
    assert_ne!(answer(&assessment, "MA-DOC-426-SIGN"), "satisfied");
    let lines = lines(&assessment, exit);
    assert!(lines.keys().any(|key| key == "level.customer.43-20"), "{lines:?}");
    assert!(!lines.keys().any(|key| key == "level.merchant.43-20" || key == "seal.manager"), "{lines:?}");
}

/// Law 09-08: the proof stays, and what it proved of whom is no longer shown.
#[test]
fn after_an_erasure_the_dossier_holds_and_nobody_is_named() {
    let yard = Yard::new();
    let merchant = By::Manager(&yard.manager);
    let sale = Sale { customer: Some(&yard.customer), merchant, ..Sale::new(&yard) };
    let erased = sale
        .made()
        .erase_everything(&Sale::documents(), "the retention ended", &sale.shop(), sale.days_later(9), &mut salts())
        .unwrap();
    let dossier = sale.sealed_by(&erased, &sale.shop());
    let (assessment, _) = Desk::new(&yard, &dossier).assessed();
    assert!(assessment["faults"].is_null(), "{assessment}");
    assert_eq!(assessment["formation"]["validly_concluded"]["answer"], "satisfied");
    assert_eq!(answer(&assessment, "MA-DOC-417-1-INT-KEPT"), "satisfied");
    assert!(irregularities(&assessment).contains("is not shown to be that of the customer"), "{assessment}");
    // Two people signed, and that they were not customer and manager is not shown either.
    let signed = assessment["answers"].as_array().unwrap().iter().find(|one| one["rule"] == "MA-DOC-426-SIGN").unwrap();
    assert!(signed.to_string().contains("whose the signature of"), "{signed}");
}

/// What holds but is somebody else's is not what the parties kept.
#[test]
fn a_dossier_that_a_stranger_sealed_is_refused_unless_he_is_named() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let keeper = Signatory::sealing(&yard.manager.key, &yard.manager.chain);
    let desk = Desk::new(&yard, &sale.sealed_by(&sale.made(), &keeper));
    let output = desk.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("META-INF/signature.p7s"));
    desk.put("keeper.pem", yard.manager.certificate().to_pem().as_bytes());
    let (assessment, _) = desk.with(&["--keeper", "keeper.pem"]).assessed();
    assert!(assessment["faults"].is_null(), "{assessment}");
    assert_eq!(answer(&assessment, "MA-DOC-417-1-INT-KEPT"), "satisfied");
}

/// Anybody can write offer, click and acknowledgement in a merchant's name, and seal with the certificate that acknowledged.
#[test]
fn a_dossier_that_a_stranger_made_proves_nothing_of_the_merchant() {
    let yard = Yard::new();
    let sale = Sale { merchant: By::SealOf(&yard.stranger), ..Sale::new(&yard) };
    let keeper = Signatory::sealing(&yard.stranger.key, &yard.stranger.chain);
    let (assessment, exit) = Desk::new(&yard, &sale.sealed_by(&sale.made(), &keeper)).assessed();
    assert!(irregularities(&assessment).contains("TEST Autre SARL"), "{assessment}");
    assert_eq!(answer(&assessment, "MA-DOC-417-1-INT-KEPT"), "unknown");
    assert_eq!(exit, 3);
}

/// DOC 417-1 « conservé »: from when on, a time-stamp alone proves. Whoever seals can seal again a second ago.
#[test]
fn a_seal_without_a_time_stamp_does_not_prove_since_when_it_was_kept() {
    let yard = Yard::new();
    let sale = Sale::new(&yard);
    let dossier = Dossier::seal(&sale.made(), Sale::documents(), &sale.shop(), None, sale.days_later(9)).unwrap();
    let (assessment, _) = Desk::new(&yard, &dossier.to_octets().unwrap()).assessed();
    assert_eq!(assessment["dossier"]["seal"], "TOTAL_PASSED");
    assert_eq!(answer(&assessment, "MA-DOC-417-1-INT-KEPT"), "unknown");
}

/// DOC 417-2, 426, 443: who clicked and then signed his withdrawal did not sign the contract.
#[test]
fn a_signature_over_a_withdrawal_is_none_of_the_contract() {
    let yard = Yard::new();
    let withdrawn = |sale: &Sale<'_>, by: &Holder| {
        let customer = Signatory::signing(&by.key, &by.chain);
        let withdrawal = Withdrawal::new(Role::Customer, sale.days_later(9), "the form of the customer account");
        let ceremony = sale.made().withdraw(withdrawal, &customer, sale.days_later(9), &mut salts()).unwrap();
        sale.sealed_by(&ceremony, &sale.shop())
    };
    let sale = Sale { price: "12000", merchant: By::Manager(&yard.manager), ..Sale::new(&yard) };
    let (assessment, exit) = Desk::new(&yard, &withdrawn(&sale, &yard.customer)).assessed();
    let about: Vec<&Value> = assessment["signatures"].as_array().unwrap().iter().map(|one| &one["about"]).collect();
    assert_eq!(about, ["merchant"], "{assessment}");
    assert_eq!(answer(&assessment, "MA-DOC-426-SIGN"), "not_satisfied");
    assert_eq!((assessment["stops"].clone(), exit), (json!(["MA-SCOPE-008"]), 1));
    assert_eq!(assessment["dossier"]["irregularities"], json!([]));
    // One that does not validate is said, and stops nobody from asking the rest.
    let desk = Desk::new(&yard, &withdrawn(&Sale::new(&yard), &yard.abroad));
    std::fs::remove_file(desk.folder.path().join("roots/fr.pem")).unwrap();
    let (assessment, exit) = desk.assessed();
    assert!(irregularities(&assessment).contains("the signature over it is INDETERMINATE"), "{assessment}");
    assert_eq!((&assessment["signatures"], exit), (&json!([]), 3));
}

/// Law 43-20 art. 32, 35, 40, 46; decree 2-22-687 art. 18.
#[test]
fn an_operator_of_services_is_told_its_duties() {
    let yard = Yard::new();
    let desk = Desk::new(&yard, &Sale::new(&yard).sealed());
    let duties = ["MA-4320-ART35", "MA-4320-ART40", "MA-2687-KEEP7", "MA-4320-CRYPTO"];
    let stated = json!({
        "format": "seing-circumstances/1", "operator": { "offers_services": true, "supplies_cryptology": true }
    });
    desk.put("shop.json", stated.to_string().as_bytes());
    let (assessment, _) = desk.assessed();
    for duty in duties {
        assert_eq!(answer(&assessment, duty), "unknown", "{duty}");
    }
    let stated = json!({
        "format": "seing-circumstances/1",
        "operator": { "offers_services": true, "supplies_cryptology": true, "service_data_years": 5,
                      "service_data_handed_over": true }
    });
    desk.put("shop.json", stated.to_string().as_bytes());
    let (assessment, _) = desk.attesting(&["operator_declared", "breaches_notified", "cryptology_declared"]).assessed();
    let answers = duties.map(|duty| answer(&assessment, duty));
    assert_eq!(answers, ["attested", "attested", "not_satisfied", "attested"]);
}

/// DOC 417-1: an identification record is evidence of who it was, and no signature.
#[test]
fn a_time_stamp_over_a_click_signs_nothing() {
    let yard = Yard::new();
    let dossier = Sale { stamped: true, ..Sale::new(&yard) }.sealed();
    let (assessment, _) = Desk::new(&yard, &dossier).assessed();
    assert_eq!(assessment["signatures"], json!([]));
    assert_eq!(answer(&assessment, "MA-DOC-426-SIGN"), "not_satisfied");
    assert_eq!(assessment["dossier"]["irregularities"], json!([]));
    // Without trust in its authority it proves nothing, and that is said.
    let desk = Desk::new(&yard, &dossier);
    std::fs::remove_file(desk.folder.path().join("roots/ts.pem")).unwrap();
    let (assessment, _) = desk.assessed();
    let irregular = irregularities(&assessment);
    assert!(irregular.contains("event 4: the time-stamp over it is INDETERMINATE"), "{irregular}");
}
