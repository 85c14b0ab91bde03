//! Facts that were stored, and the verdict from them.

mod corpora;
mod hostile;
mod made;
mod tamper;

use seing::ades::stored::Facts;
use seing::limits::Limits;
use seing::pki::TrustAnchors;
use seing::time::Time;
use seing::validation::Policy;
use seing::{Verification, verify_facts};
use serde_json::Value;

use crate::workshop::time;

fn read(json: &str) -> seing::error::Result<Facts> {
    Facts::from_json(json, &Limits::default())
}

/// The same after they were written and read, which makes the same octets again.
fn kept(facts: &Facts) -> Facts {
    let json = facts.to_json().unwrap();
    let read = read(&json).unwrap();
    assert_eq!(read.to_json().unwrap(), json);
    read
}

/// Every policy, and times long before, soon after, and when everything has expired.
fn judgements() -> [(Policy, Time); 6] {
    [
        (Policy::default(), "2012-06-01T00:00:00Z"),
        (Policy::default(), "2020-06-01T00:00:00Z"),
        (Policy::default(), "2026-11-24T10:00:00Z"),
        (Policy::default(), "2045-01-01T00:00:00Z"),
        (Policy::strict(), "2026-11-24T10:00:00Z"),
        (Policy::lenient(), "2026-11-24T10:00:00Z"),
    ]
    .map(|(policy, at)| (policy, time(at)))
}

/// Holds the report from facts to that on the document, under every policy and as of every time. Gives how many there were.
fn compare<'a>(
    name: &str,
    facts: &Facts,
    anchors: &'a TrustAnchors,
    verification: impl Fn() -> Verification<'a>,
) -> usize {
    let mut count = 0;
    for (policy, at) in judgements() {
        let document = verification().trust(anchors).policy(policy.clone()).at(at).report();
        let stored = verify_facts(facts).trust(anchors).policy(policy.clone()).at(at).report();
        match (document, stored) {
            (Ok(document), Ok(stored)) => {
                let [document, stored] = [document, stored].map(|report| (report.to_json().unwrap(), report));
                assert_eq!(document.0, stored.0, "{name} by {} as of {at}", policy.name);
                assert_eq!(document.1.to_string(), stored.1.to_string());
                count += 1;
            }
            (Err(document), Err(stored)) => assert_eq!(document.to_string(), stored.to_string(), "{name}"),
            (document, stored) => panic!("{name}: {document:?} and {stored:?}"),
        }
    }
    count
}

fn json_of(facts: &Facts) -> Value {
    serde_json::from_str(&facts.to_json().unwrap()).unwrap()
}
