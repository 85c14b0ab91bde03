//! What the command says, refuses and returns.

use std::fs;

use seing::Identity;
use seing::ades::asic::Container;
use seing::digest::Algorithm;
use seing::legal::misleading;
use seing::limits::Limits;
use seing::sign_detached;
use serde_json::Value;

use super::sale::Sale;
use super::yard::{Holder, Yard};
use super::{ASSESSED, Desk, run, snapshot};
use crate::workshop::{key, time};

fn printed(output: &std::process::Output) -> (String, String, i32) {
    let text = |octets: &[u8]| String::from_utf8(octets.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

#[test]
fn the_help_says_which_outcome_gives_which_status() {
    let (help, ..) = printed(&run(&std::env::temp_dir(), &[], &["--help"]));
    for line in ["0  the dossier holds", "1  something in the dossier was changed", "3  something is missing"] {
        assert!(help.contains(line), "{help}");
    }
}

#[test]
fn the_report_for_people_misleads_nobody() {
    let yard = Yard::new();
    let desk = Desk::new(&yard, &Sale { customer: Some(&yard.customer), ..Sale::new(&yard) }.sealed());
    // Declaration, breaches, cryptology (law 43-20 art. 35, 40, 46), as each language has them, and the last day to withdraw.
    let duties = [
        ("en", "18 November 2026", ["declare", "breaches", "cryptology"]),
        ("fr", "18 novembre 2026", ["déclar", "atteinte", "cryptologie"]),
        ("ar", "نونبر 2026", ["يصرّح", "بالأمن", "التشفير"]),
    ];
    for (language, day, duties) in duties {
        let (text, errors, status) = printed(&desk.run(&["--lang", language, "--html", "report.html"]));
        let page = fs::read_to_string(desk.folder.path().join("report.html")).unwrap();
        assert_eq!(status, 0, "{errors}");
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains(&format!("lang=\"{language}\"")), "{page}");
        assert_eq!(page.contains("dir=\"rtl\""), language == "ar");
        assert!(!page.contains("http-equiv=\"refresh\"") && !page.contains("<script"), "{page}");
        for report in [&text, &page] {
            assert_eq!(misleading(report).next(), None);
            for words in [day].into_iter().chain(duties) {
                assert!(report.contains(words), "{language}, {words}: {report}");
            }
        }
    }
}

#[test]
fn each_changed_file_is_named_and_nothing_is_assessed() {
    let yard = Yard::new();
    let dossier = Sale::new(&yard).sealed();
    let whole = Container::parse(&dossier, &Limits::default()).unwrap();
    let changed = |victim: &str| {
        let mut container = Container::default();
        for (name, octets) in whole.files() {
            let mut octets = octets.to_vec();
            if name == victim {
                // Within the value of something, so that it can still be read.
                let middle = octets.len() / 2;
                octets[middle] ^= 1;
            }
            container.add(name, octets).unwrap();
        }
        container.to_octets().unwrap()
    };
    for victim in ["documents/terms.txt", "META-INF/ASiCManifest.xml"] {
        let desk = Desk::new(&yard, &changed(victim));
        let (text, _, status) = printed(&desk.run(&[]));
        assert_eq!(status, 1, "{text}");
        assert!(text.contains(victim) && text.contains("not assessed"), "{text}");
        let (json, _, status) = printed(&desk.run(&["--json"]));
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(status, 1);
        assert!(json["faults"].to_string().contains(victim) && json["answers"].is_null(), "{json}");
    }
    // The seal is over the manifest: without its key nobody makes another.
    let (text, _, status) = printed(&Desk::new(&yard, &changed("META-INF/signature.p7s")).run(&[]));
    assert!(status == 1 && text.contains("META-INF/signature.p7s"), "{text}");
}

#[test]
fn without_trust_nothing_is_concluded_of_signatures() {
    let yard = Yard::new();
    let sale = Sale { customer: Some(&yard.customer), ..Sale::new(&yard) };
    let mut desk = Desk::new(&yard, &sale.sealed());
    desk.arguments = vec!["--at".to_owned(), ASSESSED.to_owned()];
    let (assessment, status) = desk.assessed();
    assert_eq!(status, 3);
    assert_eq!(assessment["signatures"][0]["readings"][0]["level"], "none");
    assert_eq!(assessment["schema"], "seing-assessment/1");
    // Nor is it known that the dossier was kept as it was.
    let kept = assessment["answers"].as_array().unwrap().iter().find(|one| one["rule"] == "MA-DOC-417-1-INT-KEPT");
    assert_eq!(kept.unwrap()["answer"], "unknown");
}

#[test]
fn what_is_no_dossier_is_refused_in_one_sentence() {
    let yard = Yard::new();
    let desk = Desk::new(&yard, b"PK nothing");
    let (text, errors, status) = printed(&desk.run(&[]));
    assert_eq!((text.as_str(), status), ("", 4));
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.contains("order.asice"), "{errors}");
}

fn identity(holder: &Holder, seed: u8) -> Identity {
    Identity::new(key(seing::key::KeyKind::P256, seed), holder.chain.clone()).unwrap()
}

fn sign(list: &str, holder: &Holder, seed: u8) -> Vec<u8> {
    let digest = Algorithm::Sha256.digest(list.as_bytes());
    sign_detached(&digest, &identity(holder, seed)).claimed_at(time("2026-11-20T12:00:00Z")).finish().unwrap()
}

/// Law 43-20 art. 53: the list is the authority's, and a snapshot is as good as whoever made it.
#[test]
fn a_trust_list_is_used_when_its_curator_signed_it_or_its_digest_is_named() {
    let yard = Yard::new();
    let desk = Desk::new(&yard, &Sale::new(&yard).sealed());
    let list = snapshot(&[("seal_certificates", &yard.moroccan.certificate, "2023-08-01")]);
    desk.put("list.json", list.as_bytes());
    desk.put("curator.pem", yard.manager.certificate().to_pem().as_bytes());
    let outcome = |more: &[&str]| printed(&desk.run(&[&["--json", "--trust-list", "list.json"], more].concat()));

    let (_, errors, status) = outcome(&[]);
    assert_eq!(status, 2, "{errors}");
    let (_, errors, status) = outcome(&["--trust-list-signer", "curator.pem"]);
    assert!(status == 4 && errors.contains("nobody signed this trust list"), "{errors}");
    let (_, errors, status) = outcome(&["--trust-list-signer", &Algorithm::Sha256.digest(b"another").to_string()]);
    assert!(status == 4 && errors.contains("list.json"), "{errors}");

    let named = |json: &str| {
        let assessment: Value = serde_json::from_str(json).unwrap();
        let label = assessment["trust_list"].as_str().unwrap().to_owned();
        let digest = Algorithm::Sha256.digest(list.as_bytes()).to_string();
        assert!(label.contains("TEST Office") && label.contains("2026-11-20") && label.contains(&digest), "{label}");
    };
    let (json, errors, status) =
        outcome(&["--trust-list-signer", &Algorithm::Sha256.digest(list.as_bytes()).to_string()]);
    assert_eq!(status, 0, "{errors}");
    named(&json);

    desk.put("list.json.p7s", &sign(&list, &yard.manager, 43));
    let (json, errors, status) = outcome(&["--trust-list-signer", "curator.pem"]);
    assert_eq!(status, 0, "{errors}");
    named(&json);

    // Signed by somebody else, or changed since.
    desk.put("list.json.p7s", &sign(&list, &yard.customer, 40));
    let (_, errors, status) = outcome(&["--trust-list-signer", "curator.pem"]);
    assert!(status == 4 && errors.contains("signed by somebody else"), "{errors}");
    desk.put("list.json.p7s", &sign(&list, &yard.manager, 43));
    let changed = list.replace("2023-08-01", "2013-08-01");
    fs::write(desk.folder.path().join("list.json"), changed).unwrap();
    let (_, errors, status) = outcome(&["--trust-list-signer", "curator.pem"]);
    assert!(status == 4 && errors.contains("does not pass"), "{errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
}

#[test]
fn circumstances_and_words_that_cannot_be_read_are_refused_by_name() {
    let yard = Yard::new();
    let desk = Desk::new(&yard, &Sale::new(&yard).sealed());
    desk.put("words.json", br#"[{"statement":"sole_control","holds":true,"by":"","at":"2026-11-20T09:00:00Z"}]"#);
    let (_, errors, status) = printed(&desk.run(&["--attest", "words.json"]));
    assert!(status == 4 && errors.contains("words.json") && errors.contains("nobody"), "{errors}");
    let (_, errors, status) = printed(&desk.run(&["--html", "order.asice"]));
    assert!(status == 2 && errors.contains("order.asice"), "{errors}");
    desk.put("shop.json", br#"{"format":"seing-circumstances/1","waiver":true}"#);
    let (_, errors, status) = printed(&desk.run(&[]));
    assert!(status == 4 && errors.contains("shop.json") && errors.contains("waiver"), "{errors}");
}
