//! A contract of level B-LTA, validated when nothing of the day on which it was signed is valid any more. OpenSSL makes the
//! certificates, the time-stamps, the revocation lists and the OCSP responses.

use seing::ades::{Level, Material};
use seing::time::Time;
use seing::validation::{Indication, Policy, Report};
use seing::{augment, sign, verify};

use super::openssl::Registry;
use crate::workshop::{CONTRACT, says};

/// Signed, time-stamped by the first authority, archived with the day's revocation information by the second.
pub(super) fn archived(registry: &Registry) -> Vec<u8> {
    let mut first = registry.time_stamping("tsa1");
    let signed = sign(CONTRACT, &registry.signer()).claimed_at(registry.now).timestamp(&mut first).finish().unwrap();
    let mut material = registry.material(0);
    material.certificates = vec![registry.certificate("root")];
    material.ocsp_responses = vec![registry.ocsp("signer")];
    let mut second = registry.time_stamping("tsa2");
    augment(&signed).to(Level::BLta).material(&material).timestamp(&mut second).at(registry.now).finish().unwrap()
}

fn minutes_later(registry: &Registry) -> Time {
    registry.now.plus_seconds(600)
}

fn report(registry: &Registry, octets: &[u8], at: Time, material: &Material) -> Report {
    verify(octets).trust(&registry.anchors()).material(material).at(at).report().unwrap()
}

#[track_caller]
fn is(report: &Report, indication: &str) {
    assert_eq!(report.indication().to_string(), indication, "{report}");
}

#[test]
fn a_signature_outlives_the_certificates_of_its_day() {
    let Some(registry) = Registry::new() else { return };
    let octets = archived(&registry);
    let nothing = Material::default();
    is(&report(&registry, &octets, minutes_later(&registry), &nothing), "TOTAL_PASSED");

    let years = registry.in_days(5 * 365);
    is(&report(&registry, &octets, years, &nothing), "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    let found = report(&registry, &octets, years, &registry.material(5 * 365 - 1));
    is(&found, "TOTAL_PASSED");
    let signature = &found.signatures[0];
    assert!(signature.timestamps.iter().all(|stamp| stamp.indication == Indication::Passed), "{found}");
    let proven = signature.best_signature_time.unwrap();
    assert!((registry.now..=minutes_later(&registry)).contains(&proven), "{proven}");
}

#[test]
fn a_revocation_counts_from_its_day_on() {
    let Some(registry) = Registry::new() else { return };
    let octets = archived(&registry);
    let (weeks, years) = (registry.in_days(14), registry.in_days(5 * 365));

    registry.revoke("signer", 10);
    for (at, days) in [(weeks, 13), (years, 5 * 365 - 1)] {
        is(&report(&registry, &octets, at, &registry.material(days)), "TOTAL_PASSED");
    }
    let unstamped = sign(CONTRACT, &registry.signer()).claimed_at(registry.now).finish().unwrap();
    is(&report(&registry, &unstamped, weeks, &registry.material(13)), "INDETERMINATE/REVOKED_NO_POE");
    is(&report(&registry, &unstamped, years, &registry.material(5 * 365 - 1)), "INDETERMINATE/REVOKED_NO_POE");

    registry.revoke("signer", -1);
    for (at, days) in [(minutes_later(&registry), 0), (weeks, 13), (years, 5 * 365 - 1)] {
        let found = report(&registry, &octets, at, &registry.material(days));
        is(&found, "INDETERMINATE/REVOKED_NO_POE");
        assert!(says(&found, "was revoked at"), "{found}");
    }
}

/// The first time-stamp falls with its authority, and with it what it proved of the signature.
#[test]
fn a_revoked_time_stamp_authority_proves_nothing_afterwards() {
    let Some(registry) = Registry::new() else { return };
    let octets = archived(&registry);
    let years = registry.in_days(5 * 365);
    registry.revoke("tsa1", 10);
    is(&report(&registry, &octets, years, &registry.material(5 * 365 - 1)), "TOTAL_PASSED");
    registry.revoke("tsa1", -1);
    let found = report(&registry, &octets, years, &registry.material(5 * 365 - 1));
    is(&found, "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
    assert_ne!(found.signatures[0].timestamps[0].indication, Indication::Passed);
    registry.revoke("tsa2", 10);
    let found = report(&registry, &octets, years, &registry.material(5 * 365 - 1));
    assert_ne!(found.indication(), Indication::Passed);
}

/// RFC 6960 §4.2.2.1: who announces no next update always has newer information. The policy says how long the answer is taken.
#[test]
fn an_answer_without_a_next_update_is_taken_for_as_long_as_the_policy_says() {
    let Some(registry) = Registry::new() else { return };
    let octets = sign(CONTRACT, &registry.signer()).claimed_at(registry.now).finish().unwrap();
    let mut material = Material::default();
    material.crls = vec![registry.crl("root", 0)];
    material.ocsp_responses = vec![registry.ocsp_of_the_moment("signer")];
    let hour = registry.now.plus_seconds(3_600);
    is(&report(&registry, &octets, hour, &material), "TOTAL_PASSED");
    is(&report(&registry, &octets, registry.in_days(2), &material), "INDETERMINATE/TRY_LATER");
    let mut momentary = Policy::default();
    momentary.revocation_unannounced_seconds = 0;
    let anchors = registry.anchors();
    let found = verify(&octets).trust(&anchors).material(&material).policy(momentary).at(hour).report().unwrap();
    is(&found, "INDETERMINATE/TRY_LATER");
}
