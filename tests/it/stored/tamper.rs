//! One thing in stored facts changed. Nothing protects them, so that a verdict may change with them; it never does so by accident.

use seing::error::ErrorKind;
use seing::key::KeyKind;
use seing::verify;
use seing::verify_facts;
use serde_json::{Value, json};

use super::{json_of, read};
use crate::workshop::{Judge, Parties, Shape, later};

fn stamped() -> (Judge, Value) {
    let parties = Parties::new(KeyKind::Ed25519);
    let contract = parties.contract(Shape { stamped: true, ..Shape::ATTACHED });
    (parties.judge, json_of(&verify(&contract.octets).facts().unwrap()))
}

/// The indication, or the error.
fn verdict(judge: &Judge, facts: &Value) -> String {
    let report = read(&facts.to_string()).and_then(|facts| verify_facts(&facts).trust(&judge.0).at(later()).report());
    match report {
        Ok(report) => report.indication().to_string(),
        Err(error) => format!("{:?}: {error}", error.kind()),
    }
}

#[test]
fn each_fact_has_its_weight() {
    let (judge, facts) = stamped();
    assert_eq!(verdict(&judge, &facts), "TOTAL_PASSED");
    let pool = facts["certificates"].as_object().unwrap();
    let other = pool.keys().find(|name| facts["signatures"][0]["signer"]["certificate"] != name.as_str()).unwrap();
    let sha = |digits: &str| json!(format!("sha256:{}", digits.repeat(32)));
    let defect = |weight: &str| json!([{ "weight": weight, "clause": "RFC 5652 5.3", "what": "something is odd" }]);
    for (place, value, expected) in [
        ("/signatures/0/signer/signature", json!("broken"), "TOTAL_FAILED/SIG_CRYPTO_FAILURE"),
        ("/signatures/0/signer/signature", json!("not-checked"), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
        ("/signatures/0/signer/data", json!("broken"), "TOTAL_FAILED/HASH_FAILURE"),
        ("/signatures/0/signer/data", json!("not-checked"), "INDETERMINATE/SIGNED_DATA_NOT_FOUND"),
        ("/signatures/0/signer/data", json!("maybe"), "Malformed: these are no stored facts"),
        ("/signatures/0/signer/reference", json!("differs"), "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND"),
        ("/signatures/0/signer/reference", json!("absent"), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        ("/signatures/0/signer/certificate", json!(null), "INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND"),
        ("/signatures/0/signer/certificate", json!(other), "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE"),
        (
            "/signatures/0/signer/certificate",
            sha("00"),
            "Malformed: the facts refer to something that is not stored with them (signatures[0].signer.certificate)",
        ),
        (
            "/signatures/0/signer/certificates",
            json!(99),
            "Malformed: the facts refer to a list that is not there (signatures[0].signer.certificates)",
        ),
        ("/signatures/0/signer/certificates", json!(-1), "Malformed: these are no stored facts"),
        ("/signatures/0/signer/algorithm", json!("dsa-sha1"), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
        (
            "/signatures/0/signer/algorithm",
            json!("ed448"),
            "Unsupported: the facts name an algorithm that this version does not know (signatures[0].signer.algorithm: ed448)",
        ),
        (
            "/signatures/0/signer/algorithm",
            json!("rsa-pss-sha256"),
            "Unsupported: the facts name an algorithm that this version does not know (signatures[0].signer.algorithm: rsa-pss-sha256)",
        ),
        ("/signatures/0/signer/content_hash", json!("sha1"), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
        (
            "/signatures/0/signer/content_hash",
            json!("md5"),
            "Unsupported: the facts name an algorithm that this version does not know (signatures[0].signer.content_hash: md5)",
        ),
        ("/signatures/0/signer/defects", defect("format"), "TOTAL_FAILED/FORMAT_FAILURE"),
        ("/signatures/0/signer/defects", defect("constraint"), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        ("/signatures/0/signer/defects", defect("remark"), "TOTAL_PASSED"),
        ("/signatures/0/timestamps/0/imprint", json!("broken"), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        ("/signatures/0/timestamps/0/time", json!("2030-01-01T00:00:00Z"), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE"),
        ("/signatures/0/timestamps/0/time", json!("yesterday"), "Malformed: these are no stored facts"),
        ("/signatures/0/timestamps/0/kind", json!("postmark"), "Malformed: these are no stored facts"),
        (
            "/signatures/0/timestamps/0/imprint_algorithm",
            json!("md5"),
            "Unsupported: the facts name an algorithm that this version does not know (signatures[0].timestamps[0].imprint_algorithm: md5)",
        ),
        (
            "/signatures/0/timestamps/0/covers/0",
            json!("sha256:00"),
            "Malformed: stored digest that cannot be read (signatures[0].timestamps[0].covers[0])",
        ),
        (
            "/signatures/0/attributes/policy",
            json!({ "identifier": "one.two", "digest": null }),
            "Malformed: stored object identifier that is not one (signatures[0].attributes.policy.identifier)",
        ),
        ("/signatures/0/format", json!("PAdES"), "Malformed: these are no stored facts"),
        ("/signatures", json!([]), "INDETERMINATE/SIGNED_DATA_NOT_FOUND"),
        (
            "/signatures",
            json!(null),
            "Malformed: stored facts are of signatures, of a time-stamp or of an evidence record, and of one of them",
        ),
        (
            "/schema",
            json!("seing-facts/2"),
            "Unsupported: this version reads facts of the schema seing-facts/1 only (seing-facts/2)",
        ),
        (
            "/schema",
            json!("seing-report/1"),
            "Unsupported: this version reads facts of the schema seing-facts/1 only (seing-report/1)",
        ),
        ("/document", json!("md5:00"), "Unsupported: stored digest that cannot be read (document)"),
    ] {
        let mut changed = facts.clone();
        *changed.pointer_mut(place).unwrap() = value.clone();
        assert_eq!(verdict(&judge, &changed), expected, "{place} {value}");
    }
}

#[test]
fn what_is_stored_under_a_digest_has_that_digest() {
    let (judge, facts) = stamped();
    let pool = facts["certificates"].as_object().unwrap();
    let names: Vec<&String> = pool.keys().collect();
    for (text, expected) in [
        (pool[names[1]].clone(), "Malformed: what is stored under a digest is something else (certificates)"),
        (json!("AAAA"), "Malformed: what is stored under a digest is something else (certificates)"),
        (json!("!"), "Malformed: what is stored is not in base64 (certificates)"),
        (json!(7), "Malformed: these are no stored facts"),
    ] {
        let mut changed = facts.clone();
        changed["certificates"][names[0]] = text;
        assert_eq!(verdict(&judge, &changed), expected);
    }
    let mut changed = facts.clone();
    changed["certificates"]["sha256:709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c"] = json!("AAAA");
    assert_eq!(verdict(&judge, &changed), "Malformed: what is stored is no certificate (certificates)");
}

/// The places of all values, as JSON pointers.
fn places(value: &Value, place: &str, all: &mut Vec<String>) {
    all.push(place.to_owned());
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| places(value, &format!("{place}/{name}"), all)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| places(value, &format!("{place}/{at}"), all));
        }
        _ => {}
    }
}

#[test]
fn no_field_may_be_missing_and_none_may_be_added() {
    let (judge, mut facts) = stamped();
    facts["signatures"][0]["attributes"]["location"] =
        json!({ "country": "MA", "locality": "Rabat", "address": ["12 rue des Consuls"] });
    facts["signatures"][0]["signer"]["defects"] = json!([{ "weight": "remark", "clause": "5", "what": "odd" }]);
    assert_eq!(verdict(&judge, &facts), "TOTAL_PASSED");
    let mut all = Vec::new();
    places(&facts, "", &mut all);
    let (mut removed, mut added) = (0, 0);
    for place in &all {
        if let Some(fields) = facts.pointer(place).unwrap().as_object() {
            for name in fields.keys() {
                let mut changed = facts.clone();
                changed.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(name);
                // Options of the type that is shared with signing.
                if place.ends_with("location") && name != "address" {
                    continue;
                }
                assert!(verdict(&judge, &changed).starts_with("Malformed"), "{place}/{name}");
                removed += 1;
            }
            let mut changed = facts.clone();
            changed.pointer_mut(place).unwrap().as_object_mut().unwrap().insert("more".to_owned(), json!("1"));
            let refused = verdict(&judge, &changed);
            assert!(refused.starts_with("Malformed"), "{place}: {refused}");
            added += 1;
        }
    }
    assert!(removed > 50 && added > 10, "{removed} {added}");
}

#[test]
fn whatever_is_changed_is_read_or_refused() {
    let (judge, facts) = stamped();
    let mut all = Vec::new();
    places(&facts, "", &mut all);
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(3),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("sha256"),
        json!("0000-01-01T00:00:00Z"),
        json!([]),
        json!({}),
        json!([[]]),
    ];
    for place in &all {
        for other in &others {
            let mut changed = facts.clone();
            *changed.pointer_mut(place).unwrap() = other.clone();
            verdict(&judge, &changed);
        }
        let mut changed = facts.clone();
        if let Some(items) = changed.pointer_mut(place).unwrap().as_array_mut() {
            let twice = items.clone();
            items.extend(twice);
            verdict(&judge, &changed);
        }
    }
}

#[test]
fn facts_that_are_cut_short_are_refused() {
    let (_, facts) = stamped();
    let json = facts.to_string();
    for length in (0..json.len()).filter(|length| *length < 600 || length % 97 == 0) {
        assert_eq!(read(&json[..length]).unwrap_err().kind(), ErrorKind::Malformed, "{length}");
    }
    assert_eq!(read(&format!("{json}{json}")).unwrap_err().kind(), ErrorKind::Malformed);
    assert_eq!(
        read(&json.replacen("{", "{\"schema\":\"seing-facts/1\",", 1)).unwrap_err().kind(),
        ErrorKind::Malformed
    );
}
