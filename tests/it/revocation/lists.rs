//! What revocation lists prove (RFC 5280 §6.3).

use seing::pki::Reason;
use seing::pki::revocation::Status;
use seing::time::Time;

use super::forge::*;
use crate::workshop::time;

fn rfc3339(text: &str) -> Time {
    time(text)
}

#[test]
fn a_certificate_that_is_not_listed_is_good_and_one_that_is_is_revoked() {
    let good = Scene::new().list(&List::of(ROOT).entry(entry(PERSON - 1, &[])));
    let found = good.statements();
    let [statement] = found.proven.as_slice() else { panic!("{found:#?}") };
    assert_eq!(statement.status, Status::Good);
    assert_eq!(statement.this_update, rfc3339("2026-11-20T00:00:00Z"));
    assert_eq!(statement.next_update, Some(rfc3339("2026-11-30T00:00:00Z")));
    assert_eq!(statement.issued, statement.this_update);
    assert_eq!(statement.description, "CRL of CN=TEST Root, 2026-11-20T00:00:00Z");
    assert!(statement.signers.is_empty() && statement.responder.is_none() && statement.expired_kept_since.is_none());
    assert_eq!(statement.algorithms.len(), 1);
    assert_eq!(statement.sources.len(), 1);

    let since = extension("2.5.29.24", false, &tlv(0x18, &[b"20260915000000Z"]));
    let bad = Scene::new().list(&List::of(ROOT).entry(entry(PERSON, &[reason(1), since])));
    let status = Status::Revoked {
        time: rfc3339(REVOKED_AT),
        reason: Reason::KeyCompromise,
        invalidity_date: Some(rfc3339("2026-09-15T00:00:00Z")),
    };
    assert_eq!(bad.statements().proven[0].status, status);
    let plain = Scene::new().list(&List::of(ROOT).entry(entry(PERSON, &[])));
    assert_eq!(plain.statements().proven[0].status, revoked_for(Reason::Unspecified));
}

#[test]
fn no_information_is_no_statement() {
    Scene::new().proves_nothing(&[]);
}

#[test]
fn lists_of_tomorrow_and_of_long_ago_are_statements_since_freshness_is_for_others() {
    let tomorrow = List { this_update: "261124000000Z", ..List::of(ROOT) };
    let past = List { this_update: "260201000000Z", next_update: "260202000000Z", ..List::of(ROOT) };
    Scene::new().list(&tomorrow).list(&past).proves(&["good", "good"]);
}

#[test]
fn a_list_older_than_the_certificate_proves_nothing_good() {
    let older = List { this_update: "251231235959Z", ..List::of(ROOT) };
    Scene::new().list(&older).proves_nothing(&["before the certificate"]);
    Scene::new().list(&older.entry(entry(PERSON, &[reason(4)]))).proves(&["superseded"]);
}

#[test]
fn a_list_by_another_key_than_the_issuers_proves_nothing() {
    let forged = List::of(ROOT).entry(entry(PERSON, &[]));
    Scene::new().crl(forged.sign(&ed25519(9))).proves_nothing(&["not by the key of CN=TEST Root"]);
}

#[test]
fn lists_of_other_issuers_are_passed_over() {
    Scene::new().crl(List::of("TEST Other").entry(entry(PERSON, &[])).sign(&ed25519(1))).proves_nothing(&[]);
}

#[test]
fn a_critical_extension_that_is_unknown_spoils_the_list_wherever_it_stands() {
    let unknown = extension("1.3.6.1.4.1.5.1", true, &[5, 0]);
    let words = ["critical extension 1.3.6.1.4.1.5.1 is unknown"];
    Scene::new().list(&List::of(ROOT).with(unknown.clone())).proves_nothing(&words);
    let listed = List::of(ROOT).entry(entry(PERSON, &[]));
    Scene::new().list(&listed.clone().with(unknown.clone())).proves_nothing(&words);
    Scene::new().list(&listed.entry(entry(7, &[unknown]))).proves_nothing(&words);
    let harmless = extension("1.3.6.1.4.1.5.1", false, &[5, 0]);
    Scene::new().list(&List::of(ROOT).with(harmless.clone()).entry(entry(7, &[harmless]))).proves(&["good"]);
}

#[test]
fn the_key_usage_of_the_issuer_must_allow_lists() {
    let scene = Scene::with(&Form::authority(ROOT, CERT_SIGN), &Form::person(PERSON));
    scene.list(&List::of(ROOT)).proves_nothing(&["key usage of CN=TEST Root"]);
}

#[test]
fn another_key_of_the_issuer_signs_lists_when_a_path_to_the_same_anchor_says_so() {
    let root = || Form::authority(ROOT, CERT_SIGN);
    let list = List::of(ROOT).entry(entry(PERSON, &[reason(1)]));
    let scene = || Scene::with(&root(), &Form::person(PERSON));
    let lists = |usage| Form { serial: vec![3], ..Form::authority(ROOT, usage) };
    let signer = lists(CRL_SIGN).issued_by(ed25519(3), &scene().root);

    let found = scene().candidate(&signer.certificate).crl(list.sign(&signer.key));
    found.proves(&["keyCompromise"]);
    let statement = &found.statements().proven[0];
    let root_certificate = found.root.certificate.clone();
    assert_eq!(statement.signers, [(signer.certificate.clone(), root_certificate)]);
    assert_eq!(statement.algorithms.len(), 2);

    let absent = scene().crl(list.sign(&signer.key));
    absent.proves_nothing(&["key usage of CN=TEST Root"]);

    let no_usage = lists(DIGITAL_SIGNATURE).issued_by(ed25519(3), &scene().root);
    scene().candidate(&no_usage.certificate).crl(list.sign(&no_usage.key)).proves_nothing(&["key usage"]);

    let expired = Form { valid: ("200101000000Z", "260101000000Z"), ..lists(CRL_SIGN) };
    let expired = expired.issued_by(ed25519(3), &scene().root);
    scene().candidate(&expired.certificate).crl(list.sign(&expired.key)).proves_nothing(&["expired"]);
    // Of two certificates of the key, one is enough.
    let both = scene().candidate(&expired.certificate).candidate(&signer.certificate);
    both.crl(list.sign(&signer.key)).proves(&["keyCompromise"]);

    let stranger = lists(CRL_SIGN).self_signed(3);
    scene().candidate(&stranger.certificate).crl(list.sign(&stranger.key)).proves_nothing(&["does not hold"]);
}

#[test]
fn a_namesake_below_another_anchor_signs_no_lists_for_the_issuer() {
    let mut scene = Scene::new();
    let namesake = Form { serial: vec![9], ..Form::authority(ROOT, CERT_SIGN | CRL_SIGN) }.self_signed(3);
    scene.anchors.add(namesake.certificate.clone());
    let list = List::of(ROOT).entry(entry(PERSON, &[]));
    scene.crl(list.sign(&namesake.key)).proves_nothing(&["does not hold"]);
}

#[test]
fn a_certificate_does_not_vouch_for_itself() {
    let person = Form { subject: ROOT, ..Form::authority(ROOT, CRL_SIGN) };
    let scene = Scene::with(&Form::authority(ROOT, CERT_SIGN), &person);
    let (list, own) = (List::of(ROOT), ed25519(PERSON_SEED));
    let certificate = scene.person.certificate.clone();
    scene.candidate(&certificate).crl(list.sign(&own)).proves_nothing(&["key of the certificate of which it speaks"]);
}

#[test]
fn a_list_is_for_the_kind_of_certificates_that_it_names() {
    let fields = |tag: u8| List::of(ROOT).with(scope(&[&[tag, 1, 0xff]]));
    Scene::new().list(&fields(0x81)).proves(&["good"]);
    Scene::new().list(&fields(0x82)).proves_nothing(&["authorities alone"]);
    Scene::new().list(&fields(0x85)).proves_nothing(&["attribute certificates alone"]);
    let authority = Form { serial: vec![PERSON], ..Form::authority("TEST Below", CERT_SIGN) };
    let scene = || Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &authority);
    scene().list(&fields(0x82)).proves(&["good"]);
    scene().list(&fields(0x81)).proves_nothing(&["not for certificates of authorities"]);
}

#[test]
fn a_list_of_one_distribution_point_says_nothing_of_certificates_of_another() {
    let here = Form::person(PERSON).with(point(&[&full_name("TEST Point A")]));
    let scene = || Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &here);
    let list = |name: &str| List::of(ROOT).with(scope(&[&full_name(name)]));
    scene().list(&list("TEST Point A")).proves(&["good"]);
    scene().list(&list("TEST Point B")).proves_nothing(&["another distribution point"]);
    // A list without a scope is for everything that its issuer certified.
    scene().list(&List::of(ROOT)).proves(&["good"]);
    // A certificate without distribution points is on lists that are named after the issuer.
    Scene::new().list(&list("TEST Point A")).proves_nothing(&["another distribution point"]);
    Scene::new().list(&list(ROOT)).proves(&["good"]);

    let address = |text: &str| tlv(0xa0, &[&tlv(0xa0, &[&tlv(0x86, &[text.as_bytes()])])]);
    let there = Form::person(PERSON).with(point(&[&address("http://crl.test/a")]));
    let scene = || Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &there);
    scene().list(&List::of(ROOT).with(scope(&[&address("http://crl.test/a")]))).proves(&["good"]);
    scene().list(&List::of(ROOT).with(scope(&[&address("http://crl.test/A")]))).proves_nothing(&["another"]);
}

#[test]
fn names_relative_to_the_issuer_are_completed() {
    let attribute = |text: &str| tlv(0xa1, &[&sequence(&[&oid("2.5.4.3"), &tlv(0x0c, &[text.as_bytes()])])]);
    let relative = |text: &str| tlv(0xa0, &[&attribute(text)]);
    let person = Form::person(PERSON).with(point(&[&relative("Part 1")]));
    let scene = || Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &person);
    let list = |text: &str| List::of(ROOT).with(scope(&[&relative(text)]));
    scene().list(&list("Part 1")).proves(&["good"]);
    scene().list(&list("Part 2")).proves_nothing(&["another distribution point"]);
    let element = |text: &str| tlv(0x31, &[&sequence(&[&oid("2.5.4.3"), &tlv(0x0c, &[text.as_bytes()])])]);
    let whole = sequence(&[&element(ROOT), &element("Part 1")]);
    let full = tlv(0xa0, &[&tlv(0xa0, &[&tlv(0xa4, &[&whole])])]);
    scene().list(&List::of(ROOT).with(scope(&[&full]))).proves(&["good"]);
}

/// Reason flags in the tag of onlySomeReasons: `0x60` is keyCompromise and cACompromise.
fn some_reasons(first: u8, second: u8) -> Vec<u8> {
    scope(&[&[0x83, 3, 7, first, second]])
}

#[test]
fn lists_for_some_reasons_prove_good_together_and_revoked_alone() {
    let keys = List::of(ROOT).with(some_reasons(0x60, 0));
    let rest = List { this_update: "261121000000Z", ..List::of(ROOT).with(some_reasons(0x1f, 0x80)) };
    Scene::new().list(&keys).proves_nothing(&["affiliationChanged, superseded, cessationOfOperation"]);
    let both = Scene::new().list(&keys).list(&rest);
    let found = both.statements();
    let [statement] = found.proven.as_slice() else { panic!("{found:#?}") };
    assert_eq!(statement.status, Status::Good);
    assert_eq!(statement.this_update, rfc3339("2026-11-20T00:00:00Z"), "the older of the two");
    assert_eq!(statement.sources.len(), 2);
    assert!(found.unusable.is_empty());
    // keyCompromise is in neither of these.
    let other = List::of(ROOT).with(some_reasons(0x20, 0));
    let missing = Scene::new().list(&other).list(&rest).statements();
    assert!(missing.proven.is_empty());
    assert!(missing.unusable.iter().all(|unusable| unusable.why.contains("keyCompromise")), "{missing:#?}");
    Scene::new().list(&keys.clone().entry(entry(PERSON, &[reason(1)]))).list(&rest).proves(&["keyCompromise"]);
    Scene::new().list(&List::of(ROOT).with(some_reasons(0x80, 0))).proves_nothing(&["no reason"]);
}

#[test]
fn the_reasons_of_a_distribution_point_bound_what_its_list_covers() {
    let reasons = [0x81, 3, 7, 0x60, 0];
    let person = Form::person(PERSON).with(point(&[&full_name("TEST Point A"), &reasons]));
    let scene = || Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &person);
    let named = List::of(ROOT).with(scope(&[&full_name("TEST Point A")]));
    scene().list(&named).proves_nothing(&["does not cover all reasons"]);
    scene().list(&List::of(ROOT)).proves(&["good"]);
}

fn complete() -> List {
    List::of(ROOT).with(number(5))
}

fn delta() -> List {
    List { this_update: "261122000000Z", ..List::of(ROOT) }.with(number(7)).with(base(5))
}

#[test]
fn a_delta_list_brings_a_list_up_to_date() {
    let revoked = delta().entry(entry(PERSON, &[reason(4)]));
    Scene::new().list(&complete()).list(&revoked).proves(&["good", "superseded"]);
    let found = Scene::new().list(&complete()).list(&delta()).statements();
    assert_eq!(shown(&found), ["good", "good"]);
    assert_eq!(found.proven[1].this_update, rfc3339("2026-11-22T00:00:00Z"));
    assert_eq!(found.proven[1].sources.len(), 2);
    assert_eq!(
        found.proven[1].description,
        "CRL of CN=TEST Root, 2026-11-20T00:00:00Z with delta CRL of CN=TEST Root, 2026-11-22T00:00:00Z"
    );
}

#[test]
fn a_suspension_ends_with_a_delta_list_and_a_revocation_does_not() {
    let held = complete().entry(entry(PERSON, &[reason(6)]));
    let released = delta().entry(entry(PERSON, &[reason(8)]));
    Scene::new().list(&held).list(&released).proves(&["certificateHold", "good"]);
    Scene::new().list(&held).list(&delta()).proves(&["certificateHold", "certificateHold"]);
    Scene::new()
        .list(&held)
        .list(&delta().entry(entry(PERSON, &[reason(1)])))
        .proves(&["certificateHold", "keyCompromise"]);
    let compromised = complete().entry(entry(PERSON, &[reason(1)]));
    Scene::new().list(&compromised).list(&released).proves(&["keyCompromise", "keyCompromise"]);
    Scene::new().list(&complete().entry(entry(PERSON, &[reason(8)]))).proves_nothing(&["one of delta lists"]);
}

#[test]
fn a_delta_list_that_does_not_fit_proves_nothing() {
    let alone = |scene: Scene| {
        let found = scene.statements();
        assert!(found.unusable.iter().any(|unusable| unusable.description.starts_with("delta CRL")), "{found:#?}");
        shown(&found)
    };
    assert_eq!(alone(Scene::new().list(&delta())), [""; 0]);
    // It starts from a later list; it is older than the list; the list has no number; the list has another scope.
    let later = List::of(ROOT).with(number(9)).with(base(6));
    assert_eq!(alone(Scene::new().list(&complete()).list(&later)), ["good"]);
    let older = List::of(ROOT).with(number(4)).with(base(3)).entry(entry(PERSON, &[]));
    assert_eq!(alone(Scene::new().list(&complete()).list(&older)), ["good"]);
    assert_eq!(alone(Scene::new().list(&List::of(ROOT)).list(&delta())), ["good"]);
    let users = delta().with(scope(&[&[0x81, 1, 0xff]])).entry(entry(PERSON, &[]));
    assert_eq!(alone(Scene::new().list(&complete()).list(&users)), ["good"]);
    let forged = delta().entry(entry(PERSON, &[])).sign(&ed25519(9));
    assert_eq!(alone(Scene::new().list(&complete()).crl(forged)), ["good"]);
}

/// certificateIssuer of an entry.
fn of_issuer(common_name: &str) -> Vec<u8> {
    extension("2.5.29.29", true, &sequence(&[&tlv(0xa4, &[&name(common_name)])]))
}

const INDIRECT: [u8; 3] = [0x84, 1, 0xff];

#[test]
fn entries_of_an_indirect_list_are_of_the_issuer_that_was_named_last() {
    let list = || List::of(ROOT).with(scope(&[&INDIRECT]));
    Scene::new().list(&list().entry(entry(PERSON, &[]))).proves(&["unspecified"]);
    let other = list().entry(entry(3, &[of_issuer("TEST Other")])).entry(entry(PERSON, &[]));
    Scene::new().list(&other).proves(&["good"]);
    Scene::new().list(&other.clone().entry(entry(PERSON, &[of_issuer(ROOT)]))).proves(&["unspecified"]);
    // A direct list has no such entries.
    let direct = List::of(ROOT).entry(entry(PERSON, &[of_issuer(ROOT)]));
    Scene::new().list(&direct).proves_nothing(&["without being an indirect one"]);
}

#[test]
fn somebody_else_issues_lists_only_when_the_certificate_says_so() {
    let issuer = tlv(0xa2, &[&tlv(0xa4, &[&name("TEST Lists")])]);
    let person = Form::person(PERSON).with(point(&[&full_name("TEST Point A"), &issuer]));
    let scene = || Scene::with(&Form::authority(ROOT, CERT_SIGN | CRL_SIGN), &person);
    let lists = Form { serial: vec![5], ..Form::authority("TEST Lists", CRL_SIGN) };
    let lists = lists.issued_by(ed25519(5), &scene().root);
    let list = |fields: &[&[u8]]| List::of("TEST Lists").with(scope(fields)).entry(entry(PERSON, &[of_issuer(ROOT)]));
    let indirect = list(&[&full_name("TEST Point A"), &INDIRECT]);

    let found = scene().candidate(&lists.certificate).crl(indirect.sign(&lists.key));
    found.proves(&["unspecified"]);
    assert_eq!(found.statements().proven[0].signers.len(), 1);
    scene().crl(indirect.sign(&lists.key)).proves_nothing(&["no certificate of CN=TEST Lists"]);
    let direct = List::of("TEST Lists").entry(entry(PERSON, &[]));
    scene().candidate(&lists.certificate).crl(direct.sign(&lists.key)).proves_nothing(&["not an indirect one"]);
    let elsewhere = list(&[&full_name("TEST Point B"), &INDIRECT]);
    scene()
        .candidate(&lists.certificate)
        .crl(elsewhere.sign(&lists.key))
        .proves_nothing(&["another distribution point"]);
    // A certificate that names nobody is on the lists of its issuer alone.
    Scene::new().candidate(&lists.certificate).crl(indirect.sign(&lists.key)).proves_nothing(&[]);
}

#[test]
fn a_list_that_keeps_expired_certificates_says_since_when() {
    let kept = extension("2.5.29.60", false, &tlv(0x18, &[b"20200101000000Z"]));
    let found = Scene::new().list(&List::of(ROOT).with(kept)).statements();
    assert_eq!(found.proven[0].expired_kept_since, Some(rfc3339("2020-01-01T00:00:00Z")));
}

#[test]
fn serial_numbers_are_numbers() {
    let padded = sequence(&[&tlv(2, &[&[0, PERSON]]), &tlv(0x17, &[b"261001000000Z"])]);
    Scene::new().list(&List::of(ROOT).entry(padded)).proves(&["unspecified"]);
}

#[test]
fn of_two_entries_the_one_that_is_for_ever_counts() {
    let (held, gone) = (entry(PERSON, &[reason(6)]), entry(PERSON, &[reason(1)]));
    for entries in [[held.clone(), gone.clone()], [gone, held]] {
        Scene::new().list(&List { entries: entries.to_vec(), ..List::of(ROOT) }).proves(&["keyCompromise"]);
    }
}
