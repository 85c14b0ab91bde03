//! Stored facts that ask for more than facts can.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use seing::ades::object_digest;
use seing::ades::stored::Facts;
use seing::error::ErrorKind;
use seing::key::KeyKind;
use seing::limits::Limits;
use seing::verify;
use serde_json::{Value, json};

use super::{json_of, read};
use crate::workshop::{Parties, Shape};

fn plain() -> Value {
    let contract = Parties::new(KeyKind::Ed25519).contract(Shape::ATTACHED);
    json_of(&verify(&contract.octets).facts().unwrap())
}

fn refused(facts: &Value, words: &str) {
    let error = read(&facts.to_string()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn facts_larger_than_the_limit_are_not_read() {
    let json = plain().to_string();
    let mut limits = Limits::default();
    limits.document_octets = json.len();
    assert!(Facts::from_json(&json, &limits).is_ok());
    limits.document_octets = json.len() - 1;
    assert_eq!(Facts::from_json(&json, &limits).unwrap_err().kind(), ErrorKind::LimitExceeded);
}

/// What takes three octets in the document takes more in memory.
#[test]
fn a_document_of_nothing_but_marks_is_not_read() {
    for part in ["\"\",", "[],", "{\"a\":0},", "[\"\"],"] {
        let json = format!("{{\"schema\":\"seing-facts/1\",\"content\":[{}\"\"]", part.repeat(800_001));
        let error = read(&json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
        assert!(error.to_string().contains("more parts"), "{error}");
    }
}

/// As deep as signatures may be that are verified, and no deeper.
#[test]
fn counter_signatures_end_somewhere() {
    let facts = plain();
    let tower = |height: usize| {
        let mut facts = facts.clone();
        for _ in 0..height {
            let below = facts["signatures"][0].clone();
            facts["signatures"][0]["counter_signatures"] = json!([below]);
        }
        facts
    };
    assert!(read(&tower(8).to_string()).is_ok());
    refused(&tower(9), "nested too deep");
    let signature = facts["signatures"][0].to_string();
    let open = signature.replace("\"counter_signatures\":[]", "\"counter_signatures\":[");
    let (head, _) = open.split_at(open.find("\"counter_signatures\":[").unwrap() + "\"counter_signatures\":[".len());
    for text in [head.repeat(5000), "[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        let json = format!("{{\"schema\":\"seing-facts/1\",\"signatures\":[{text}");
        assert_eq!(read(&json).unwrap_err().kind(), ErrorKind::Malformed);
    }
}

#[test]
fn more_signatures_than_the_limit_are_refused() {
    let mut facts = plain();
    let signature = facts["signatures"][0].clone();
    facts["signatures"] = json!(vec![signature.clone(); 100]);
    assert!(read(&facts.to_string()).is_ok());
    facts["signatures"] = json!(vec![signature; 101]);
    refused(&facts, "more signatures");
}

/// One list in the document is many in memory.
#[test]
fn a_list_that_everybody_refers_to_is_counted_each_time() {
    let mut facts = plain();
    facts["content"] = json!(vec![facts["document"].clone(); 100_001]);
    refused(&facts, "more elements");
    let mut facts = plain();
    let crl = vec![0x30; 4 << 20];
    let name = object_digest(&crl).to_string();
    facts["crls"] = json!({ name.as_str(): STANDARD.encode(&crl) });
    let lists = facts["lists"].as_array_mut().unwrap();
    lists.push(json!([name]));
    facts["signatures"][0]["material"]["crls"] = json!(lists.len() - 1);
    let signature = facts["signatures"][0].clone();
    facts["signatures"] = json!(vec![signature.clone(); 64]);
    assert!(read(&facts.to_string()).is_ok());
    facts["signatures"] = json!(vec![signature; 65]);
    refused(&facts, "more revocation information");
    let mut facts = plain();
    let certificate = facts["signatures"][0]["signer"]["certificate"].clone();
    let lists = facts["lists"].as_array_mut().unwrap();
    lists.push(json!(vec![certificate; 50_000]));
    facts["signatures"][0]["signer"]["certificates"] = json!(lists.len() - 1);
    let signature = facts["signatures"][0].clone();
    facts["signatures"] = json!(vec![signature; 21]);
    refused(&facts, "more certificates");
}
