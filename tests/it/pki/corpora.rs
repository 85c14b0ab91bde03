//! Certification paths of other people's test suites.

use std::fs;
use std::path::{Path, PathBuf};

use seing::limits::{Budget, Limits};
use seing::oid;
use seing::pki::path::{PathFault, PathQuery, find_path};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use serde_json::Value;

/// The folder of a corpus, or none and aloud.
fn corpus(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let folder = root.join(name);
    if !folder.is_dir() {
        eprintln!("skipped: corpus {name} is not at {}", folder.display());
        return None;
    }
    Some(folder)
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn texts<'a>(value: &'a Value, field: &str) -> Vec<&'a str> {
    value[field].as_array().into_iter().flatten().map(|text| text.as_str().unwrap()).collect()
}

/// What comes out for certificates in PEM or DER. One that does not parse is no path either.
fn outcome(target: &[u8], candidates: &[Vec<u8>], anchors: &[Vec<u8>], time: Time) -> Result<(), Option<PathFault>> {
    let read = |octets: &[u8]| Certificate::parse_many(octets).map(|mut found| found.remove(0));
    let Ok(target) = read(target) else { return Err(None) };
    let candidates: Vec<Certificate> = candidates.iter().filter_map(|octets| read(octets).ok()).collect();
    let mut trusted = TrustAnchors::none();
    trusted.extend(anchors.iter().filter_map(|octets| read(octets).ok()));
    let query = PathQuery::new(&target, &candidates, &trusted, time);
    find_path(&query, &mut Budget::new(&Limits::default())).map(drop).map_err(|failure| Some(failure.fault()))
}

/// Cases of limbo that must fail elsewhere and hold here, by reason.
const ACCEPTED: &[(&str, &[&str])] = &[
    (
        "the limit of the test is an option of TLS libraries",
        &["pathlen::max-chain-depth-0-exhausted", "pathlen::max-chain-depth-1-exhausted"],
    ),
    (
        "RFC 5280 tells issuers not to make such certificates, and does not tell validators to refuse them",
        &[
            "rfc5280::aki::leaf-missing-aki",
            "rfc5280::root-non-critical-basic-constraints",
            "rfc5280::san::ip-in-dns",
            "rfc5280::san::underscore-dns",
            "rfc5280::serial::negative",
            "rfc5280::serial::too-long",
            "rfc5280::serial::zero",
            "rfc5280::ski::critical-ski",
            "webpki::aki::root-with-aki-authoritycertissuer",
            "webpki::aki::root-with-aki-missing-keyidentifier",
            "webpki::aki::root-with-aki-ski-mismatch",
            "webpki::malformed-aia",
            "webpki::san::san-critical-with-nonempty-subject",
        ],
    ),
    (
        "names of web servers are not compared: contracts are signed by persons",
        &[
            "webpki::ca-as-leaf",
            "webpki::cn::case-mismatch",
            "webpki::cn::ipv4-hex-mismatch",
            "webpki::cn::ipv4-leading-zeros-mismatch",
            "webpki::cn::ipv6-uncompressed-mismatch",
            "webpki::cn::ipv6-uppercase-mismatch",
            "webpki::ee-basicconstraints-ca",
            "webpki::san::mismatch-apex-subdomain-san",
            "webpki::san::mismatch-domain-san",
            "webpki::san::mismatch-subdomain-apex-san",
            "webpki::san::no-san",
            "webpki::san::public-suffix-multi-label-wildcard-san",
            "webpki::san::san-wildcard-only-tld",
            "webpki::san::wildcard-match-across-labels-san",
        ],
    ),
    (
        "algorithms and sizes of keys are for a dated policy to judge",
        &[
            "webpki::forbidden-dsa-root",
            "webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf",
            "webpki::forbidden-rsa-not-divisible-by-8-in-root",
            "webpki::forbidden-weak-rsa-in-leaf",
        ],
    ),
];

#[test]
fn limbo_is_answered_as_expected_but_for_known_differences() {
    let Some(folder) = corpus("limbo") else { return };
    let mut differences = Vec::new();
    let mut agreed = 0;
    for case in json(&folder.join("limbo.json"))["testcases"].as_array().unwrap() {
        let owned = |field: &str| texts(case, field).iter().map(|pem| pem.as_bytes().to_vec()).collect::<Vec<_>>();
        let found = outcome(
            case["peer_certificate"].as_str().unwrap().as_bytes(),
            &owned("untrusted_intermediates"),
            &owned("trusted_certs"),
            Time::parse_rfc3339(case["validation_time"].as_str().unwrap_or("2026-01-01T00:00:00Z")).unwrap(),
        );
        let id = case["id"].as_str().unwrap().to_owned();
        match (case["expected_result"].as_str(), found) {
            (Some("SUCCESS"), Ok(())) | (Some("FAILURE"), Err(_)) => agreed += 1,
            // Not implemented, and said so.
            (Some("SUCCESS"), Err(Some(PathFault::NotProcessed(oid::NAME_CONSTRAINTS)))) => {}
            (Some("FAILURE"), Ok(())) => differences.push(id),
            (expected, found) => panic!("{id}: {expected:?} is expected, {found:?} found"),
        }
    }
    differences.sort();
    let mut known: Vec<&str> = ACCEPTED.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
    known.sort_unstable();
    assert_eq!(differences, known);
    assert!(agreed > 70, "{agreed}");
}

#[test]
fn pkits_is_answered_as_expected_but_for_revocation_and_policies() {
    let Some(folder) = corpus("pkits") else { return };
    let read = |file: &str| fs::read(folder.join(file)).unwrap();
    let mut agreed = 0;
    for case in json(&folder.join("manifest.json")).as_array().unwrap() {
        let candidates: Vec<Vec<u8>> = texts(case, "intermediates").into_iter().map(read).collect();
        let anchor = read(case["trust_anchor"].as_str().unwrap());
        let time = Time::parse_rfc3339("2020-01-01T00:00:00Z").unwrap();
        let found = outcome(&read(case["file"].as_str().unwrap()), &candidates, &[anchor], time);
        let id = case["id"].as_str().unwrap();
        // Revoked, or undecided for want of a good CRL; or of the policy set that the caller demands.
        let not_asked = ["CertificateRevoked", "RevocationStatusNotDetermined", "NullPolicySet"];
        let revocation =
            ["PKITS 4.14", "PKITS 4.15", "PKITS 4.7.4", "PKITS 4.7.5", "PKITS ? InvalidBasicSelfIssuedCRL"];
        let not_asked = case["error"].as_str().is_some_and(|error| not_asked.contains(&error))
            || revocation.iter().any(|prefix| id.starts_with(prefix))
            || id == "PKITS ? InvalidNegativeSerialNumberTest15";
        match (case["expect"].as_str(), found) {
            (Some("SUCCESS"), Ok(())) | (Some("FAILURE"), Err(_)) => agreed += 1,
            (Some("SUCCESS"), Err(Some(PathFault::NotProcessed(_)))) => {}
            // A DSA key that takes its parameters from its issuer's certificate is not supported.
            (Some("SUCCESS"), Err(Some(PathFault::Algorithm))) if id == "PKITS 4.1.5" => {}
            (Some("FAILURE"), Ok(())) if not_asked => {}
            (expected, found) => panic!("{id}: {expected:?} is expected, {found:?} found"),
        }
    }
    assert!(agreed > 140, "{agreed}");
}
