//! Every event, signature, time-stamp and value changed, dropped, swapped and repeated: found, and named by its place.

use seing::contract::*;
use serde_json::{Value, json};

use super::*;

/// A concluded contract as JSON, as whoever has it can edit it.
fn concluded(by: By) -> Value {
    let ceremony = Shop::new().concluded(by, &mut salts());
    serde_json::from_str(&ceremony.journal().to_json().unwrap()).unwrap()
}

fn faults(journal: &Value) -> Vec<Fault> {
    match read(&journal.to_string()) {
        Ok(journal) => examined(&journal),
        Err(error) => panic!("{error}"),
    }
}

fn events(journal: &mut Value) -> &mut Vec<Value> {
    journal["events"].as_array_mut().unwrap()
}

fn openings(journal: &mut Value) -> &mut Vec<Value> {
    journal["openings"].as_array_mut().unwrap()
}

/// Whether something is found at an event.
fn named(found: &[Fault], number: usize) -> bool {
    found.iter().any(|fault| fault.event == Some(number as u32))
}

const BOTH: [By; 2] = [By::Key, By::Identification];

#[test]
fn a_dropped_event_is_found() {
    for by in BOTH {
        let whole = concluded(by);
        let count = whole["events"].as_array().unwrap().len();
        // The last one is found missing by whoever knows the head of the journal.
        for index in 0..count - 1 {
            let mut journal = whole.clone();
            events(&mut journal).remove(index);
            let found = faults(&journal);
            assert!(named(&found, index + 1), "{by:?}, {index}: {found:?}");
            assert!(found.iter().any(|fault| fault.kind == FaultKind::Number), "{found:?}");
        }
        let mut journal = whole.clone();
        events(&mut journal).pop();
        let (cut, whole) = (read(&journal.to_string()).unwrap(), read(&whole.to_string()).unwrap());
        assert_ne!(cut.head(), whole.head());
    }
}

#[test]
fn swapped_and_repeated_events_are_found() {
    for by in BOTH {
        let whole = concluded(by);
        let count = whole["events"].as_array().unwrap().len();
        for one in 0..count {
            for other in one + 1..count {
                let mut journal = whole.clone();
                events(&mut journal).swap(one, other);
                let found = faults(&journal);
                assert!(named(&found, one + 1) && named(&found, other + 1), "{by:?}, {one}, {other}: {found:?}");
            }
            let mut journal = whole.clone();
            let again = events(&mut journal)[one].clone();
            events(&mut journal).insert(one, again);
            let found = faults(&journal);
            assert!(named(&found, one + 2), "{by:?}, {one} twice: {found:?}");
        }
    }
}

/// One bit of every hundredth octet of every event.
#[test]
fn a_changed_event_is_found() {
    for by in BOTH {
        let whole = concluded(by);
        let count = whole["events"].as_array().unwrap().len();
        for index in 0..count {
            let octets = whole["events"][index]["event"].as_str().unwrap().as_bytes().to_vec();
            // Each place costs the examination of a whole journal.
            for place in (0..octets.len()).step_by(101) {
                let mut changed = octets.clone();
                changed[place] ^= 1;
                let Ok(changed) = String::from_utf8(changed) else { continue };
                let mut journal = whole.clone();
                journal["events"][index]["event"] = changed.into();
                let found = faults(&journal);
                let next = named(&found, index + 2);
                assert!(named(&found, index + 1) || next, "{by:?}, event {index}, octet {place}: {found:?}");
            }
        }
    }
}

/// Other words in the review, with the links made anew by somebody without the keys.
#[test]
fn a_chain_that_is_made_anew_breaks_at_the_first_signature() {
    for by in BOTH {
        let mut journal = concluded(by);
        let reviewed =
            journal["events"][4]["event"].as_str().unwrap().replace("each line can be edited", "no line can be edited");
        journal["events"][4]["event"] = reviewed.into();
        for index in 5..events(&mut journal).len() {
            let before = journal["events"][index - 1]["event"].as_str().unwrap().to_owned();
            let digest = seing::digest::Algorithm::Sha256.digest(before.as_bytes());
            let mut event: Value = serde_json::from_str(journal["events"][index]["event"].as_str().unwrap()).unwrap();
            event["previous"]["event"] = digest.to_string().into();
            journal["events"][index]["event"] = event.to_string().into();
        }
        let found = faults(&journal);
        assert!(!named(&found, 5), "{found:?}");
        let kind = if by == By::Key { FaultKind::Signature } else { FaultKind::TimeStamp };
        assert_eq!(found.iter().find(|fault| fault.event == Some(6)).map(|fault| fault.kind), Some(kind));
        for number in 7..=9 {
            assert!(found.iter().any(|fault| (fault.event, fault.kind) == (Some(number), FaultKind::Signature)));
        }
    }
}

#[test]
fn dropped_and_swapped_attestations_are_found() {
    for by in BOTH {
        let whole = concluded(by);
        let attested: Vec<(usize, &str)> = (5..9)
            .map(|index| (index, if index == 5 && by == By::Identification { "time_stamp" } else { "signature" }))
            .collect();
        for (index, name) in &attested {
            let mut journal = whole.clone();
            events(&mut journal)[*index].as_object_mut().unwrap().remove(*name).unwrap();
            let found = faults(&journal);
            assert!(named(&found, index + 1), "{by:?}, {index}: {found:?}");
            for (other, other_name) in &attested {
                if other == index || other_name != name {
                    continue;
                }
                let mut journal = whole.clone();
                journal["events"][index][*name] = whole["events"][other][*name].clone();
                let found = faults(&journal);
                assert!(named(&found, index + 1), "{by:?}, {other} for {index}: {found:?}");
            }
        }
        // A signature where none is named.
        let mut journal = whole.clone();
        journal["events"][0]["signature"] = whole["events"][8]["signature"].clone();
        assert!(faults(&journal).iter().any(|fault| fault.kind == FaultKind::SignatureUnexpected));
        let mut journal = whole.clone();
        journal["events"][8]["time_stamp"] = whole["events"][8]["signature"].clone();
        assert!(faults(&journal).iter().any(|fault| fault.kind == FaultKind::TimeStampUnexpected));
    }
}

/// A signature over a content of its own, which it carries, says nothing of the event.
#[test]
fn a_signature_with_another_content_is_found() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let shop = Shop::new();
    let whole = concluded(By::Key);
    let signed = shop.parties.finish(seing::sign(b"something else", &shop.parties.customer), true);
    let mut journal = whole;
    journal["events"][5]["signature"] = STANDARD.encode(signed).into();
    let found = faults(&journal);
    let found: Vec<_> = found.iter().filter(|fault| fault.event == Some(6)).map(|fault| fault.kind).collect();
    assert_eq!(found, [FaultKind::Signature]);
}

/// Somebody else whom the same root certifies.
#[test]
fn a_signature_of_another_is_found() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let shop = Shop::new();
    let mut journal = concluded(By::Key);
    let octets = journal["events"][5]["event"].as_str().unwrap().as_bytes().to_vec();
    let digest = seing::digest::Algorithm::Sha256.digest(&octets);
    let signed = shop.parties.finish(seing::sign_detached(&digest, &shop.parties.merchant), true);
    journal["events"][5]["signature"] = STANDARD.encode(signed).into();
    let found = faults(&journal);
    let found: Vec<_> = found.iter().filter(|fault| fault.event == Some(6)).map(|fault| fault.kind).collect();
    assert_eq!(found, [FaultKind::SignatureOfAnother]);
}

#[test]
fn a_value_that_is_changed_dropped_or_swapped_is_found() {
    let whole = concluded(By::Key);
    let count = whole["openings"].as_array().unwrap().len();
    // Name, address and electronic mail in three orders, their representative and delivery, and the telephone.
    assert_eq!(count, 3 * 5 + 1);
    for index in 0..count {
        let opening = &whole["openings"][index];
        let event = opening["event"].as_u64().unwrap() as usize;
        let field = opening["field"].as_str().unwrap();
        let mut journal = whole.clone();
        openings(&mut journal).remove(index);
        let missing = |fault: &Fault| fault.kind == FaultKind::ValueMissing && fault.detail == field;
        let found = faults(&journal);
        assert!(found.len() == 1 && named(&found, event) && missing(&found[0]), "{field}: {found:?}");
        for (name, changed) in [
            ("value", json!("somebody else")),
            ("salt", json!("00".repeat(32))),
            ("field", json!("/elsewhere")),
            ("event", json!(event + 1)),
            ("ceremony", json!("00")),
        ] {
            let mut journal = whole.clone();
            journal["openings"][index][name] = changed;
            let found = faults(&journal);
            assert!(found.iter().any(missing), "{field}, {name}: {found:?}");
            assert!(found.iter().any(|fault| fault.kind == FaultKind::ValueChanged), "{field}, {name}: {found:?}");
        }
        let mut journal = whole.clone();
        let again = journal["openings"][index].clone();
        openings(&mut journal).push(again);
        let error = read(&journal.to_string()).unwrap_err();
        assert!(error.to_string().contains(&format!("event {event}, {field}")), "{error}");
    }
}

/// One event after another of a second ceremony in place of the first one's.
#[test]
fn an_event_of_another_ceremony_is_found() {
    let whole = concluded(By::Key);
    let mut other_salts = salts();
    other_salts(&mut [0; 8]).unwrap();
    let other = Shop::new().concluded(By::Key, &mut other_salts);
    let other: Value = serde_json::from_str(&other.journal().to_json().unwrap()).unwrap();
    for index in 0..9 {
        let mut journal = whole.clone();
        journal["events"][index] = other["events"][index].clone();
        let found = faults(&journal);
        assert!(found.iter().any(|fault| fault.kind == FaultKind::OtherCeremony), "{index}: {found:?}");
        assert!(index == 0 || named(&found, index + 1), "{index}: {found:?}");
    }
}

/// An amount that does not follow from the lines is seen even where nothing is signed yet.
#[test]
fn another_total_is_found() {
    let mut journal = concluded(By::Key);
    let reviewed = journal["events"][4]["event"].as_str().unwrap().replace("1200.00", "1100.00");
    assert_eq!(reviewed.matches("1100.00").count(), 3);
    let reviewed = reviewed.replacen("1100.00", "1200.00", 1);
    journal["events"][4]["event"] = reviewed.into();
    assert!(faults(&journal).iter().any(|fault| (fault.event, fault.kind) == (Some(5), FaultKind::Content)));
}

/// The same JSON written otherwise is another event.
#[test]
fn only_the_canonical_octets_are_an_event() {
    let whole = concluded(By::Key);
    let text = whole["events"][0]["event"].as_str().unwrap().to_owned();
    let twice = text.replacen("{\"body\"", "{\"body\":null,\"body\"", 1);
    let unknown = text.replacen("{\"body\"", "{\"a\":1,\"body\"", 1);
    for changed in [format!(" {text}"), text.replacen("\":", "\": ", 1), twice, unknown, format!("{text}\n")] {
        assert_ne!(changed, text);
        let mut journal = whole.clone();
        journal["events"][0]["event"] = changed.into();
        assert!(faults(&journal).iter().any(|fault| (fault.event, fault.kind) == (Some(1), FaultKind::Unreadable)));
    }
}

/// From the acknowledgement on, somebody signs or seals: whoever merely holds the file adds nothing to it.
#[test]
fn an_event_that_nobody_seals_is_found_after_the_acknowledgement() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let mut journal = concluded(By::Key);
    let last = events(&mut journal).last().unwrap().clone();
    let (octets, signature) = (last["event"].as_str().unwrap(), last["signature"].as_str().unwrap());
    let value = &seing::ades::cades::signature_values(&STANDARD.decode(signature).unwrap()).unwrap()[0];
    let mut event: Value = serde_json::from_str(octets).unwrap();
    let digest = |octets: &[u8]| seing::digest::Algorithm::Sha256.digest(octets).to_string();
    event["previous"] = json!({ "event": digest(octets.as_bytes()), "attested": digest(value) });
    event["number"] = json!(10);
    event["signed_by"] = Value::Null;
    event["time_stamped"] = json!(false);
    event["body"] = json!({ "held": { "reason": "a claim" } });
    events(&mut journal).push(json!({ "event": event.to_string() }));
    let found: Vec<_> = faults(&journal).iter().map(|fault| (fault.event, fault.kind)).collect();
    assert_eq!(found, [(Some(10), FaultKind::SignatureMissing)]);
}

/// A value without a salt can be found again by trying once it is erased.
#[test]
fn a_value_without_a_salt_is_found() {
    let ceremony = Shop::new().reviewed(&mut salts());
    let mut journal: Value = serde_json::from_str(&ceremony.journal().to_json().unwrap()).unwrap();
    let place = openings(&mut journal).iter().position(|opening| opening["event"] == json!(5)).unwrap();
    let digest = |opening: &Value| seing::digest::Algorithm::Sha256.digest(opening.to_string().as_bytes()).to_string();
    let before = digest(&journal["openings"][place]);
    journal["openings"][place]["salt"] = json!("");
    let after = digest(&journal["openings"][place]);
    let event = journal["events"][4]["event"].as_str().unwrap().replace(&before, &after);
    assert!(event.contains(&after));
    journal["events"][4]["event"] = event.into();
    let found: Vec<_> = faults(&journal).iter().map(|fault| (fault.event, fault.kind)).collect();
    assert_eq!(found, [(Some(5), FaultKind::ValueUnsalted)]);
}

/// Two thousand documents are more than a thousand elements.
#[test]
fn the_documents_of_a_journal_are_work() {
    let document =
        |number| Document::new(format!("{number}.txt"), DocumentRole::Other, "text/plain", "fr", b"a").unwrap();
    let offer = (0..2000).map(document).fold(offer(), Offer::document);
    let ceremony = Ceremony::publish(offer, Act::NotStated, kept(), at(0), &mut salts()).unwrap();
    assert_eq!(examined(ceremony.journal()), []);
    let mut limits = Limits::default();
    limits.elements = 1000;
    let error = ceremony.journal().examine(&mut Budget::new(&limits)).unwrap_err();
    assert_eq!(error.kind(), seing::error::ErrorKind::LimitExceeded);
}
