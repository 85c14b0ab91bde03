//! Until when the evidence at hand holds: what is foretold comes true.

use seing::ades::Material;
use seing::key::KeyKind;
use seing::time::Time;
use seing::validation::{Ending, Indication, Policy, Report};
use seing::{sign, verify};

use super::archive::archived;
use super::openssl::Registry;
use crate::workshop::{CONTRACT, Parties, later, time};

fn report(parties: &Parties, octets: &[u8], policy: &Policy, at: Time) -> Report {
    verify(octets).trust(&parties.judge.0).policy(policy.clone()).at(at).until_when().report().unwrap()
}

#[test]
fn a_basic_signature_lasts_as_long_as_its_certificate() {
    let parties = Parties::new(KeyKind::P256);
    let octets = parties.finish(sign(CONTRACT, &parties.customer), false);
    let found = report(&parties, &octets, &Policy::default(), later());
    let until = found.until.as_deref().unwrap();
    // The certificate of the person, by the profile that it was issued from.
    assert_eq!(until.time, Some(time("2028-01-01T00:00:00Z")));
    assert_eq!(until.ends, [Ending::Certificate("CN=TEST Amal".to_owned())]);
    assert_eq!(until.then.unwrap().to_string(), "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    assert!(found.to_string().contains("passes until 2028-01-01T00:00:00Z"), "{found}");
}

#[test]
fn a_time_stamped_signature_lasts_as_long_as_its_authority_or_its_algorithms() {
    let parties = Parties::new(KeyKind::P256);
    let octets = parties.finish(sign(CONTRACT, &parties.customer), true);
    let until = report(&parties, &octets, &Policy::default(), later()).until.unwrap();
    assert_eq!(until.time, Some(time("2040-01-01T00:00:00Z")));
    assert_eq!(until.ends[0], Ending::Certificate("CN=TEST TSA".to_owned()));

    let mut policy = Policy::default();
    let end = time("2035-06-30T12:00:00Z");
    policy.hashes.iter_mut().filter(|rule| rule.hash == "sha256").for_each(|rule| rule.until = Some(end));
    let until = report(&parties, &octets, &policy, later()).until.unwrap();
    assert_eq!((until.time, until.ends), (Some(end), vec![Ending::Algorithm("sha256".to_owned())]));

    let mut policy = Policy::default();
    let of_256_bits = policy.keys.iter_mut().find(|rule| rule.kind == "ecdsa").unwrap();
    let mut of_384_bits = of_256_bits.clone();
    of_384_bits.bits = 384;
    of_256_bits.until = Some(end);
    policy.keys.push(of_384_bits);
    let until = report(&parties, &octets, &policy, later()).until.unwrap();
    assert_eq!((until.time, until.ends), (Some(end), vec![Ending::Algorithm("ecdsa of 256 to 383 bits".to_owned())]));
}

#[test]
fn what_does_not_pass_has_no_end() {
    let parties = Parties::new(KeyKind::P256);
    let octets = parties.finish(sign(CONTRACT, &parties.customer), false);
    assert_eq!(report(&parties, &octets, &Policy::default(), time("2029-01-01T00:00:00Z")).until, None);
}

/// Two policies, and what the lists of OpenSSL promise: a week.
#[test]
fn what_is_foretold_comes_true() {
    let Some(registry) = Registry::new() else { return };
    let octets = archived(&registry);
    let at = registry.now.plus_seconds(600);
    let judged = |policy: &Policy, at: Time| {
        let anchors = registry.anchors();
        let nothing = Material::default();
        verify(&octets).trust(&anchors).material(&nothing).policy(policy.clone()).at(at).until_when().report().unwrap()
    };
    let mut hourly = Policy::default();
    hourly.revocation_fresh_seconds = Some(3_600);
    for (policy, expected) in [(Policy::default(), registry.in_days(7)), (hourly, registry.now.plus_seconds(3_600))] {
        let until = judged(&policy, at).until.unwrap();
        assert_eq!(until.time, Some(expected), "{until}");
        assert!(matches!(until.ends[0], Ending::RevocationInformation(_)), "{until}");
        assert_eq!(judged(&policy, expected).indication(), Indication::Passed);
        let afterwards = judged(&policy, expected.plus_seconds(1));
        assert_eq!(Some(afterwards.indication()), until.then);
        assert_eq!(until.then.unwrap().to_string(), "INDETERMINATE/TRY_LATER");
    }
}
