//! Certification paths of other people's test suites: NIST PKITS, C2SP x509-limbo, and those of OpenSSL.
//!
//! `known_divergences/paths.json` names the cases whose verdict differs, each with its reason. One that agrees after all is a
//! fault as well.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use seing::ades::Material;
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::crl::Crl;
use seing::pki::path::{PathFailure, PathQuery, Purpose, VerifiedPath, find_path};
use seing::pki::revocation::RevocationData;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::validation::{Indication, Policy, RevocationRule, validate_certificate};
use serde_json::Value;

use crate::revocation::Relying;

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

/// The certificates of a case, in PEM or DER, as its maker gives them.
struct Case {
    target: Vec<u8>,
    candidates: Vec<Vec<u8>>,
    anchors: Vec<Vec<u8>>,
    time: Time,
}

/// What a path is asked for.
struct Settings {
    purpose: Purpose,
    policies: Option<Vec<Oid>>,
    /// A policy is required, mapping is inhibited, anyPolicy is inhibited.
    switches: [bool; 3],
}

impl Settings {
    const NONE: Self = Self { purpose: Purpose::Any, policies: None, switches: [false; 3] };

    fn apply<'a>(&'a self, query: PathQuery<'a>) -> PathQuery<'a> {
        let [require, inhibit_mapping, inhibit_any] = self.switches;
        let query = query.purpose(self.purpose).purpose_throughout();
        let query = self.policies.as_ref().map_or(query, |policies| query.policies(policies));
        let query = if require { query.require_policy() } else { query };
        let query = if inhibit_mapping { query.inhibit_policy_mapping() } else { query };
        if inhibit_any { query.inhibit_any_policy() } else { query }
    }
}

impl Case {
    /// Asks for a path. A target that does not parse is no path either.
    fn ask(&self, settings: &Settings) -> Result<VerifiedPath, Option<PathFailure>> {
        let parse = |octets: &Vec<u8>| Certificate::parse_many(octets).map(|mut found| found.remove(0)).ok();
        let target = parse(&self.target).ok_or(None)?;
        let candidates: Vec<Certificate> = self.candidates.iter().filter_map(parse).collect();
        let mut anchors = TrustAnchors::none();
        anchors.extend(self.anchors.iter().filter_map(parse));
        let query = settings.apply(PathQuery::new(&target, &candidates, &anchors, self.time));
        find_path(&query, &mut Budget::new(&Limits::default())).map_err(Some)
    }
}

impl Case {
    /// Whether every certificate of the path is good as well, and what was seen.
    fn revocation(
        &self,
        found: Result<VerifiedPath, Option<PathFailure>>,
        candidates: &[Certificate],
        data: &RevocationData,
    ) -> (bool, String) {
        let path = match found {
            Ok(path) => path,
            Err(None) => return (false, "no certificate".to_owned()),
            Err(Some(failure)) => return (false, failure.to_string()),
        };
        let mut anchors = TrustAnchors::none();
        anchors.extend(self.anchors.iter().flat_map(|octets| Certificate::parse_many(octets).unwrap()));
        let relying = Relying { candidates, anchors: &anchors, data, time: self.time };
        match relying.judge_path(&path, &mut Budget::new(&Limits::default())) {
            Ok(()) => (true, "a path of good certificates".to_owned()),
            Err((certificate, verdict)) => (false, format!("{} is {verdict}", certificate.subject())),
        }
    }
}

/// Counts what agrees, and what differs without being known to.
struct Ledger {
    corpus: &'static str,
    known: BTreeMap<String, String>,
    faults: Vec<String>,
    agreed: usize,
    differing: usize,
}

impl Ledger {
    fn new(corpus: &'static str) -> Self {
        let all: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            serde_json::from_str(include_str!("../known_divergences/paths.json")).unwrap();
        let reasons = all.get(corpus).cloned().unwrap_or_default();
        let known =
            reasons.into_iter().flat_map(|(reason, ids)| ids.into_iter().map(move |id| (id, reason.clone()))).collect();
        Self { corpus, known, faults: Vec::new(), agreed: 0, differing: 0 }
    }

    fn hold(&mut self, id: &str, expected: &Value, found: Result<VerifiedPath, Option<PathFailure>>) {
        let saw = match &found {
            Ok(_) => "a path".to_owned(),
            Err(None) => "no certificate".to_owned(),
            Err(Some(failure)) => failure.to_string(),
        };
        self.compare(id, expected, found.is_ok(), &saw);
    }

    fn compare(&mut self, id: &str, expected: &Value, found: bool, saw: &str) {
        let accepted = match expected.as_str() {
            Some("SUCCESS") => true,
            Some("FAILURE") => false,
            _ => panic!("{id}: {expected} is expected"),
        };
        match (found == accepted, self.known.remove(id)) {
            (true, None) => self.agreed += 1,
            (true, Some(reason)) => {
                self.faults.push(format!("{id}: agrees, though listed as a divergence: {reason}"));
            }
            (false, Some(_)) => self.differing += 1,
            (false, None) => self.faults.push(format!("{id}: expected {expected}, saw {saw}")),
        }
    }

    fn close(mut self, cases: usize) {
        eprintln!("{}: {} of {cases} agree, {} differ with a reason", self.corpus, self.agreed, self.differing);
        self.faults.extend(self.known.keys().map(|id| format!("{id}: listed as a divergence, but not in the corpus")));
        assert!(self.faults.is_empty(), "{} faults\n{}", self.faults.len(), self.faults.join("\n"));
        assert_eq!(self.agreed + self.differing, cases, "{}", self.corpus);
        assert!(self.agreed > 0, "{}: nothing was held to a verdict", self.corpus);
    }
}

#[test]
fn limbo_is_answered_as_expected_but_for_known_differences() {
    let Some(folder) = corpus("limbo") else { return };
    let mut ledger = Ledger::new("limbo");
    let all = json(&folder.join("limbo.json"));
    let cases = all["testcases"].as_array().unwrap();
    for case in cases {
        let owned = |field: &str| texts(case, field).iter().map(|pem| pem.as_bytes().to_vec()).collect::<Vec<_>>();
        let laid = Case {
            target: case["peer_certificate"].as_str().unwrap().into(),
            candidates: owned("untrusted_intermediates"),
            anchors: owned("trusted_certs"),
            time: Time::parse_rfc3339(case["validation_time"].as_str().unwrap_or("2026-01-01T00:00:00Z")).unwrap(),
        };
        let start = Instant::now();
        let found = laid.ask(&Settings::NONE);
        let id = case["id"].as_str().unwrap();
        // A debug build; the issue is that the search ends.
        assert!(start.elapsed() < Duration::from_secs(10), "{id} took {:?}", start.elapsed());
        let lists = texts(case, "crls");
        if lists.is_empty() {
            ledger.hold(id, &case["expected_result"], found);
        } else {
            let mut data = RevocationData::none();
            lists.iter().flat_map(|list| Crl::parse_many(list.as_bytes()).unwrap()).for_each(|list| data.add_crl(list));
            let (accepted, saw) = laid.revocation(found, &[], &data);
            ledger.compare(id, &case["expected_result"], accepted, &saw);
        }
    }
    ledger.close(cases.len());
}

fn oids(value: &Value, field: &str) -> Option<Vec<Oid>> {
    value[field].is_array().then(|| texts(value, field).into_iter().map(|oid| Oid::parse(oid).unwrap()).collect())
}

#[test]
fn pkits_is_answered_as_expected_with_its_revocation_lists() {
    let Some(folder) = corpus("pkits") else { return };
    let read = |file: &str| fs::read(folder.join(file)).unwrap();
    let mut data = RevocationData::none();
    for file in fs::read_dir(folder.join("rsa/crls")).unwrap() {
        data.add_crl(Crl::parse(&fs::read(file.unwrap().path()).unwrap()).unwrap());
    }
    // Those of whoever signs lists with another key, among others.
    let mut certificates = Vec::new();
    for file in fs::read_dir(folder.join("rsa/certs")).unwrap() {
        certificates.extend(Certificate::parse(&fs::read(file.unwrap().path()).unwrap()));
    }
    let mut ledger = Ledger::new("pkits");
    let mut cases = 0;
    for entry in json(&folder.join("manifest.json")).as_array().unwrap() {
        let laid = Case {
            target: read(entry["file"].as_str().unwrap()),
            candidates: texts(entry, "intermediates").into_iter().map(read).collect(),
            anchors: vec![read(entry["trust_anchor"].as_str().unwrap())],
            time: Time::parse_rfc3339("2020-01-01T00:00:00Z").unwrap(),
        };
        let settings = &entry["settings"];
        let policies = oids(settings, "initial_policies");
        let switches = ["explicit_policy", "inhibit_policy_mapping", "inhibit_any_policy"]
            .map(|switch| settings[switch].as_bool().unwrap_or(false));
        let found = laid.ask(&Settings { policies, switches, ..Settings::NONE });
        cases += 1;
        let (accepted, saw) = laid.revocation(found, &certificates, &data);
        ledger.compare(entry["id"].as_str().unwrap(), &entry["expect"], accepted, &saw);

        // The same certificates under the settings of another test bench.
        for other in entry["pyhanko_cases"].as_array().into_iter().flatten() {
            let settings = &other["params"]["params"];
            let policies = oids(settings, "user_initial_policy_set");
            let switches = ["initial_explicit_policy", "initial_policy_mapping_inhibit", "initial_any_policy_inhibit"]
                .map(|switch| settings[switch].as_bool().unwrap_or(false));
            let found = laid.ask(&Settings { policies, switches, ..Settings::NONE });
            let id = format!("{}/{}", other["id"].as_str().unwrap(), other["name"].as_str().unwrap());
            cases += 1;
            let (accepted, saw) = laid.revocation(found, &certificates, &data);
            ledger.compare(&id, &other["expect"], accepted, &saw);
        }
    }
    ledger.close(cases);
}

/// With every certificate and every list of the suite at hand, as a collection of them would be.
#[test]
fn pkits_is_validated_as_expected_from_one_heap() {
    let Some(folder) = corpus("pkits") else { return };
    let read = |file: &str| fs::read(folder.join(file)).unwrap();
    let all = |place: &str| {
        let files = fs::read_dir(folder.join(place)).unwrap();
        files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect::<Vec<Vec<u8>>>()
    };
    let certificates: Vec<Certificate> =
        all("rsa/certs").iter().filter_map(|octets| Certificate::parse(octets).ok()).collect();
    let mut material = Material::default();
    material.crls = all("rsa/crls");
    let mut policy = Policy::default();
    policy.revocation = RevocationRule::Always;
    let mut ledger = Ledger::new("pkits-validated");
    let entries = json(&folder.join("manifest.json"));
    for entry in entries.as_array().unwrap() {
        let settings = &entry["settings"];
        let policies = oids(settings, "initial_policies");
        let switches = ["explicit_policy", "inhibit_policy_mapping", "inhibit_any_policy"]
            .map(|switch| settings[switch].as_bool().unwrap_or(false));
        let settings = Settings { policies, switches, ..Settings::NONE };
        let anchors =
            TrustAnchors::none().with(Certificate::parse(&read(entry["trust_anchor"].as_str().unwrap())).unwrap());
        let time = Time::parse_rfc3339("2020-01-01T00:00:00Z").unwrap();
        let (accepted, saw) = match Certificate::parse(&read(entry["file"].as_str().unwrap())) {
            Err(error) => (false, error.to_string()),
            Ok(target) => {
                let query = settings.apply(PathQuery::new(&target, &certificates, &anchors, time));
                let report = validate_certificate(&query, &material, &policy, &mut Budget::new(&Limits::default()));
                let report = report.unwrap();
                (report.indication == Indication::Passed, report.to_string())
            }
        };
        ledger.compare(entry["id"].as_str().unwrap(), &entry["expect"], accepted, &saw);
    }
    ledger.close(entries.as_array().unwrap().len());
}

#[test]
fn paths_of_openssl_are_answered_as_expected_but_for_known_differences() {
    let Some(folder) = corpus("openssl-tests") else { return };
    let read = |file: &str| fs::read(folder.join(file)).unwrap();
    let mut ledger = Ledger::new("openssl-tests");
    let mut cases = 0;
    for entry in json(&folder.join("manifest.json")).as_array().unwrap() {
        if entry["kind"] != "cert-path" {
            continue;
        }
        let options = texts(entry, "options");
        let after = |name: &str| options.windows(2).find(|pair| pair[0] == name).map(|pair| pair[1]);
        let laid = Case {
            target: read(entry["file"].as_str().unwrap()),
            candidates: texts(entry, "intermediates").into_iter().map(read).collect(),
            anchors: texts(entry, "trusted").into_iter().map(read).collect(),
            time: Time::from_unix(after("-attime").map_or(1_700_000_000, |time| time.parse().unwrap()), 0).unwrap(),
        };
        let purpose = match entry["purpose"].as_str().unwrap() {
            // id-kp-serverAuth and id-kp-clientAuth (RFC 5280 §4.2.1.12).
            "sslserver" => Purpose::Eku(Oid::parse("1.3.6.1.5.5.7.3.1").unwrap()),
            "sslclient" => Purpose::Eku(Oid::parse("1.3.6.1.5.5.7.3.2").unwrap()),
            _ => Purpose::Any,
        };
        let policies = after("-policy").map(|policy| vec![Oid::parse(policy).unwrap()]);
        let switches = [options.contains(&"-explicit_policy"), false, false];
        let found = laid.ask(&Settings { purpose, policies, switches });
        cases += 1;
        ledger.hold(entry["id"].as_str().unwrap(), &entry["expect"], found);
    }
    ledger.close(cases);
}
