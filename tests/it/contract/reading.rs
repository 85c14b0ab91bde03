//! Journals that are stored, read and gone on with.

use seing::contract::*;
use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::validation::{Context, Indication, Policy};
use serde_json::Value;

use super::*;
use crate::workshop::later;

#[test]
fn a_journal_is_read_as_it_was_written() {
    let shop = Shop::new();
    let ceremony = shop.concluded(By::Key, &mut salts());
    let json = ceremony.journal().to_json().unwrap();
    let journal = read(&json).unwrap();
    assert_eq!(&journal, ceremony.journal());
    assert_eq!(journal.to_json().unwrap(), json);
    assert_eq!(account(&journal).events(), ceremony.events());
}

/// The octets are held to be canonical by a reader that shares nothing with the writer: sorted members, no space, and the
/// SHA-256 of each in the next.
#[test]
fn events_are_canonical_and_linked() {
    let ceremony = Shop::new().concluded(By::Key, &mut salts());
    let mut previous = Value::Null;
    for entry in ceremony.journal().entries() {
        let value: Value = serde_json::from_slice(entry.octets()).unwrap();
        // serde_json keeps members sorted by octets, which is RFC 8785's order for names in ASCII.
        assert_eq!(value.to_string().as_bytes(), entry.octets());
        assert_eq!(value["previous"]["event"], previous);
        previous = Algorithm::Sha256.digest(entry.octets()).to_string().into();
    }
}

#[test]
fn a_ceremony_goes_on_from_its_journal_at_every_stage() {
    let shop = Shop::new();
    let salts = &mut salts();
    let resume = |journal: &Journal| {
        let journal = read(&journal.to_json().unwrap()).unwrap();
        account(&journal).resume().unwrap()
    };
    let ceremony = Ceremony::publish(offer(), Act::NotStated, kept(), at(0), salts).unwrap();
    let Resumed::Published(ceremony) = resume(ceremony.journal()) else { panic!("published") };
    let terms = TermsAcceptance::new(["terms.txt"], press("J'accepte"));
    let ceremony = ceremony.accept_terms(terms, at(1), salts).unwrap();
    let Resumed::TermsAccepted(ceremony) = resume(ceremony.journal()) else { panic!("terms accepted") };
    let review = Review::new(order(1), amount("1200"), "the basket");
    let ceremony = ceremony.review(review, at(2), salts).unwrap();
    let Resumed::Reviewed(ceremony) = resume(ceremony.journal()) else { panic!("reviewed") };
    let ceremony = ceremony.confirm(confirmation(), None, at(3), salts).unwrap();
    let Resumed::Confirmed(ceremony) = resume(ceremony.journal()) else { panic!("confirmed") };
    let ceremony = ceremony.acknowledge(acknowledgement(), &shop.merchant(), None, at(4), salts).unwrap();
    let Resumed::Acknowledged(ceremony) = resume(ceremony.journal()) else { panic!("acknowledged") };
    assert_eq!(ceremony.events().len(), 5);
    assert_eq!(examined(ceremony.journal()), []);
}

#[test]
fn attestations_are_validated_like_any_other() {
    let shop = Shop::new();
    for by in [By::Key, By::Identification] {
        let account = account(shop.concluded(by, &mut salts()).journal());
        let policy = Policy::lenient();
        let context = Context::new(&shop.parties.judge.0, &policy, later());
        for attested in account.attested() {
            let indication = match attested.validate(&context, &mut budget()).unwrap() {
                AttestationReport::Signature(report) => report.indication(),
                AttestationReport::TimeStamp(report) => report.indication,
                other => panic!("{other:?}"),
            };
            assert_eq!(indication, Indication::Passed, "{by:?}, event {}", attested.event);
        }
        let nobody = seing::pki::TrustAnchors::none();
        let context = Context::new(&nobody, &policy, later());
        for attested in account.attested() {
            match attested.validate(&context, &mut budget()).unwrap() {
                AttestationReport::Signature(report) => assert!(report.require_passed().is_err()),
                AttestationReport::TimeStamp(report) => assert_ne!(report.indication, Indication::Passed),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn what_nothing_attests_is_said() {
    let ceremony = Shop::new().reviewed(&mut salts());
    assert_eq!(examined(ceremony.journal()), []);
    assert_eq!(account(ceremony.journal()).attested_through(), None);
}

#[test]
fn other_documents_are_no_journals() {
    for (json, kind) in [
        ("", ErrorKind::Malformed),
        ("{}", ErrorKind::Malformed),
        (r#"{"schema":"seing-journal/2","events":[],"openings":[]}"#, ErrorKind::Unsupported),
        (r#"{"schema":"seing-journal/1","events":[],"openings":[],"more":1}"#, ErrorKind::Malformed),
        (
            r#"{"schema":"seing-journal/1","events":[{"event":"{}","signature":"%"}],"openings":[]}"#,
            ErrorKind::Malformed,
        ),
    ] {
        assert_eq!(read(json).unwrap_err().kind(), kind, "{json}");
    }
    let empty = read(r#"{"schema":"seing-journal/1","events":[],"openings":[]}"#).unwrap();
    assert_eq!(examined(&empty)[0].kind, FaultKind::Empty);
    assert!(empty.examine(&mut budget()).unwrap().require_sound().is_err());
}
