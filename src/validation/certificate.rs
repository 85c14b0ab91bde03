//! The validation of a certificate by itself (EN 319 102-1 5.2.6).

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::certificate_validation::{
    CLAUSE, check_revocation, check_strength, no_anchor, sub_indication, within_limits,
};
use super::evidence::Evidence;
use super::indication::{Indication, SubIndication};
use super::report::Finding;
use super::revocation_status::Inquiry;
use super::{Context, Policy};
use crate::ades::Material;
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid;
use crate::pki::Certificate;
use crate::pki::path::{PathQuery, VerifiedPath, find_path};

/// What was found about one certificate.
#[must_use]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CertificateReport {
    /// The conclusion: PASSED, FAILED or INDETERMINATE.
    pub indication: Indication,
    /// The certification path, the certificate first: the one that holds, or else the one that came furthest.
    pub path: Vec<Certificate>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// Validates a certificate: whether a path to a trust anchor holds, is of reliable algorithms and was not revoked, by the
/// revocation information in `material`.
///
/// # Errors
///
/// `LimitExceeded` when the certificates ask for more work than the budget has.
pub fn validate_certificate(
    query: &PathQuery<'_>,
    material: &Material,
    policy: &Policy,
    budget: &mut Budget,
) -> Result<CertificateReport> {
    let mut findings = Vec::new();
    if query.anchors().is_empty() {
        findings.push(no_anchor());
        let indication = Indication::Indeterminate(SubIndication::NoCertificateChainFound);
        return Ok(CertificateReport { indication, path: vec![query.target().clone()], findings });
    }
    match find_path(query, budget) {
        Ok(path) => {
            let context = &Context::new(query.anchors(), policy, query.time()).material(material);
            let evidence = &Evidence::new(&Material::NONE, context);
            let inquiry = Inquiry { evidence, candidates: query.candidates(), context };
            let revocation = check_revocation(&path, &inquiry, query.time(), &mut findings, budget)?.indication;
            let strength = check_strength(&path, |_| query.time(), policy, &mut findings);
            findings.extend(policies(&path));
            let path = path.certificates().to_vec();
            let indication = if revocation == Indication::Passed { strength } else { revocation };
            Ok(CertificateReport { indication, path, findings })
        }
        Err(failure) => {
            let failure = within_limits(failure)?;
            findings.push(Finding::fail(CLAUSE, failure.to_string()));
            let indication = Indication::Indeterminate(sub_indication(&failure));
            Ok(CertificateReport { indication, path: failure.path().to_vec(), findings })
        }
    }
}

/// What RFC 5280 §6.1.6 gives back of policies.
fn policies(path: &VerifiedPath) -> Option<Finding> {
    let policies: Vec<String> = path
        .user_constrained_policies()
        .iter()
        .map(|policy| if *policy == oid::ANY_POLICY { "any".to_owned() } else { policy.to_string() })
        .collect();
    (!policies.is_empty()).then(|| Finding::info("RFC 5280 6.1.6", format!("valid policies: {}", policies.join(", "))))
}

impl CertificateReport {
    /// The report as one JSON object.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts and lists.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::misuse("the report cannot be written").because(error))
    }
}

impl Serialize for CertificateReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let subjects: Vec<String> = self.path.iter().map(|certificate| certificate.subject().to_string()).collect();
        let mut object = serializer.serialize_struct("Certificate", 4)?;
        object.serialize_field("indication", self.indication.name())?;
        object.serialize_field("sub_indication", &self.indication.sub_indication().map(|sub| sub.to_string()))?;
        object.serialize_field("path", &subjects)?;
        object.serialize_field("findings", &self.findings)?;
        object.end()
    }
}

impl fmt::Display for CertificateReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.indication.name())?;
        if let Some(sub_indication) = self.indication.sub_indication() {
            write!(f, "/{sub_indication}")?;
        }
        writeln!(f)?;
        for (place, certificate) in self.path.iter().enumerate() {
            let subject = certificate.subject();
            writeln!(f, "  {} {subject}", if place == 0 { "certificate" } else { "issued by  " })?;
        }
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}
