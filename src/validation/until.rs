//! Until when the evidence at hand carries the verdict, if nothing is added to it.

use std::fmt;

use serde::{Serialize, Serializer};

use super::indication::Indication;
use super::report::{Finding, Severity};
use super::revocation_freshness_checker;
use super::{Context, Policy, Report, validate};
use crate::ades::{Material, SignatureFacts, SignerFacts};
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};
use crate::pki::Certificate;
use crate::pki::revocation::RevocationData;
use crate::time::Time;

/// Until when a document that passes goes on passing on the present evidence, and what ends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Until {
    /// The last moment at which it passes. `None` where nothing at hand has an end that would change the verdict.
    pub time: Option<Time>,
    /// What ends then.
    pub ends: Vec<Ending>,
    /// The verdict afterwards.
    #[serde(serialize_with = "in_full")]
    pub then: Option<Indication>,
    /// What will keep it from passing.
    pub findings: Vec<Finding>,
}

/// Something that has an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "name", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ending {
    /// The validity of a certificate, by its subject.
    Certificate(String),
    /// The freshness of a revocation list or an OCSP response.
    RevocationInformation(String),
    /// The reliability of an algorithm by the policy.
    Algorithm(String),
}

/// Says until when a document goes on passing. The verdict is computed anew after everything that ends; `None` when it does not
/// pass now.
///
/// # Errors
///
/// As [`validate`]; and `LimitExceeded` when too much has an end.
pub fn until_when(facts: &[SignatureFacts], context: &Context<'_>, limits: &Limits) -> Result<Option<Until>> {
    if validate(facts, context, &mut Budget::new(limits))?.indication() != Indication::Passed {
        return Ok(None);
    }
    let mut endings = Endings { after: context.time, found: Vec::new() };
    facts.iter().for_each(|facts| endings.of_signature(facts, context.policy));
    endings.of_material(context.material, context.policy);
    endings.of_policy(context.policy);
    let mut times: Vec<Time> = endings.found.iter().map(|(time, _)| *time).collect();
    times.sort_unstable();
    times.dedup();
    if times.len() > MOST {
        return Err(Error::limit("more certificates and revocation information that end than the limit allows"));
    }
    for time in times {
        let report = validate(facts, &context.as_of(time.plus_seconds(1)), &mut Budget::new(limits))?;
        if report.indication() != Indication::Passed {
            return Ok(Some(Until {
                time: Some(time),
                ends: endings.at(time),
                then: Some(report.indication()),
                findings: failures(&report),
            }));
        }
    }
    Ok(Some(Until { time: None, ends: Vec::new(), then: None, findings: Vec::new() }))
}

fn failures(report: &Report) -> Vec<Finding> {
    let findings = report.signatures.iter().flat_map(|signature| &signature.findings);
    findings.filter(|finding| finding.severity == Severity::Fail).cloned().collect()
}

struct Endings {
    after: Time,
    found: Vec<(Time, Ending)>,
}

impl Endings {
    fn add(&mut self, time: Time, ending: Ending) {
        let entry = (time, ending);
        if time >= self.after && !self.found.contains(&entry) {
            self.found.push(entry);
        }
    }

    fn of_signature(&mut self, facts: &SignatureFacts, policy: &Policy) {
        self.of_signer(&facts.signer);
        facts.timestamps.iter().for_each(|timestamp| self.of_signer(&timestamp.signer));
        self.of_material(&facts.material, policy);
        facts.counter_signatures.iter().for_each(|counter| self.of_signature(counter, policy));
    }

    fn of_signer(&mut self, facts: &SignerFacts) {
        facts.certificate.iter().chain(&facts.certificates).for_each(|certificate| self.of_certificate(certificate));
    }

    fn of_certificate(&mut self, certificate: &Certificate) {
        self.add(certificate.not_after(), Ending::Certificate(certificate.subject().to_string()));
    }

    fn of_material(&mut self, material: &Material, policy: &Policy) {
        let (data, _unreadable) = RevocationData::read(&material.crls, &material.ocsp_responses);
        for crl in data.crls() {
            let until = revocation_freshness_checker::until(crl.this_update(), crl.next_update(), policy);
            self.add(until, Ending::RevocationInformation(crl.to_string()));
        }
        for response in data.ocsp_responses() {
            let Some(issued) = response.produced_at() else { continue };
            for single in response.responses() {
                let until = revocation_freshness_checker::until(issued, single.next_update(), policy);
                self.add(until, Ending::RevocationInformation(response.to_string()));
            }
            response.certificates().iter().for_each(|certificate| self.of_certificate(certificate));
        }
    }

    fn of_policy(&mut self, policy: &Policy) {
        for rule in &policy.hashes {
            if let Some(until) = rule.until {
                self.add(until, Ending::Algorithm(rule.hash.clone()));
            }
        }
        for rule in &policy.keys {
            if let Some(until) = rule.until {
                let longer = policy.keys.iter().filter(|other| other.kind == rule.kind && other.bits > rule.bits);
                let sizes = match longer.map(|other| other.bits).min() {
                    Some(longer) => format!("{} of {} to {} bits", rule.kind, rule.bits, longer.saturating_sub(1)),
                    None => format!("{} of {} bits and more", rule.kind, rule.bits),
                };
                self.add(until, Ending::Algorithm(sizes));
            }
        }
    }

    fn at(&self, time: Time) -> Vec<Ending> {
        self.found.iter().filter(|(end, _)| *end == time).map(|(_, ending)| ending.clone()).collect()
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(time) = self.time else {
            return writeln!(f, "Nothing at hand has an end that would change this verdict.");
        };
        writeln!(f, "On this evidence it passes until {time}. Then ends:")?;
        self.ends.iter().try_for_each(|ending| writeln!(f, "  {ending}"))?;
        if let Some(then) = self.then {
            writeln!(f, "Afterwards it is {then}:")?;
        }
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))?;
        f.write_str("Before then, add revocation information and an archive time-stamp (level B-LTA).\n")
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certificate(subject) => write!(f, "the certificate of {subject}"),
            Self::RevocationInformation(what) => write!(f, "the freshness of the {what}"),
            Self::Algorithm(name) => write!(f, "the reliability of {name}"),
        }
    }
}

fn in_full<S: Serializer>(then: &Option<Indication>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    then.map(|indication| indication.to_string()).serialize(serializer)
}

/// Different moments at which something ends. Each costs a validation.
const MOST: usize = 500;
