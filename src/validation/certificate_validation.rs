//! EN 319 102-1 5.2.6: X.509 certificate validation.

use super::Context;
use super::indication::{Indication, SubIndication};
use super::policy::RevocationRule;
use super::report::{Finding, Severity};
use crate::ades::SignerFacts;
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::path::{NotChecked, PathFailure, PathFault, PathQuery, Purpose, VerifiedPath, find_path};
use crate::pki::{Certificate, ExtendedKeyUsage};
use crate::time::Time;

pub(super) const CLAUSE: &str = "EN 319 102-1 5.2.6.4";

/// 5.2.6.4 as of `time`: a path to a trust anchor, valid by RFC 5280, of reliable algorithms, and not revoked.
///
/// Revocation is not implemented. A certificate that names where its status can be asked leaves the validation INDETERMINATE
/// with TRY_LATER; one that names no source, or says that there is none, is reported as not checked.
pub(super) fn validate(
    facts: &SignerFacts,
    purpose: Purpose,
    time: Time,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Indication> {
    let Some(certificate) = &facts.certificate else {
        return Ok(Indication::Indeterminate(SubIndication::NoSigningCertificateFound));
    };
    if context.anchors.is_empty() {
        findings.push(Finding::fail(CLAUSE, "no trust anchor was given, so nothing says whose certificate this is"));
        return Ok(Indication::Indeterminate(SubIndication::NoCertificateChainFound));
    }
    let query = PathQuery::new(certificate, &facts.certificates, context.anchors, time).purpose(purpose);
    match find_path(&query, budget) {
        Ok(path) => {
            let revocation = check_revocation(&path, context, findings);
            let strength = check_strength(&path, time, context, findings);
            Ok(match check_purpose(certificate, purpose, findings) {
                Indication::Passed => revocation.max(strength),
                other => other,
            })
        }
        Err(failure) if failure.fault() == PathFault::LimitExceeded => {
            Err(Error::limit("the certificates ask for more work than the limit allows"))
        }
        Err(failure) => {
            findings.push(Finding::fail(CLAUSE, failure.to_string()));
            Ok(Indication::Indeterminate(sub_indication(&failure)))
        }
    }
}

pub(super) fn sub_indication(failure: &PathFailure) -> SubIndication {
    match failure.fault() {
        PathFault::NoAnchor => SubIndication::NoCertificateChainFound,
        PathFault::NotYetValid | PathFault::Expired if failure.target_at_fault() => SubIndication::OutOfBoundsNoPoe,
        PathFault::KeyUsage | PathFault::ExtendedKeyUsage | PathFault::Policy => SubIndication::ChainConstraintsFailure,
        PathFault::Algorithm => SubIndication::CryptoConstraintsFailureNoPoe,
        _ => SubIndication::CertificateChainGeneralFailure,
    }
}

/// RFC 5280 4.2.1.12: a certificate that names purposes is for these alone. People's certificates name many that let them sign,
/// e-mail protection and client authentication among them; those of machines that answer, and of programs, name none.
fn check_purpose(certificate: &Certificate, purpose: Purpose, findings: &mut Vec<Finding>) -> Indication {
    let elsewhere =
        |usage: &&ExtendedKeyUsage| usage.purposes.iter().all(|purpose| NOT_FOR_DOCUMENTS.contains(purpose));
    match certificate.extended_key_usage().filter(elsewhere) {
        Some(_) if purpose == Purpose::Signing => {
            findings
                .push(Finding::fail(CLAUSE, "the extended key usage of the certificate is not for signing documents"));
            Indication::Indeterminate(SubIndication::ChainConstraintsFailure)
        }
        Some(_) | None => Indication::Passed,
    }
}

const NOT_FOR_DOCUMENTS: &[Oid] =
    &[oid::KP_SERVER_AUTH, oid::KP_CODE_SIGNING, oid::KP_TIME_STAMPING, oid::KP_OCSP_SIGNING];

pub(super) fn check_revocation(path: &VerifiedPath, context: &Context<'_>, findings: &mut Vec<Finding>) -> Indication {
    let mut indication = Indication::Passed;
    for not_checked in path.not_checked() {
        let NotChecked::Revocation { certificate, sources, waived, .. } = not_checked;
        let certificate = certificate.subject();
        let required = match context.policy.revocation {
            RevocationRule::Never => false,
            RevocationRule::WhereNamed => !waived && !sources.is_empty(),
            RevocationRule::Always => !waived,
        };
        let why = if *waived {
            "the certificate says that there is none to ask for".to_owned()
        } else if sources.is_empty() {
            "the certificate names no source".to_owned()
        } else {
            format!("this version does not ask {}", sources.join(", "))
        };
        let message = format!("revocation of {certificate} not checked: {why}");
        if required {
            findings.push(Finding::fail(CLAUSE, message));
            indication = Indication::Indeterminate(SubIndication::TryLater);
        } else {
            findings.push(Finding::new(if *waived { Severity::Info } else { Severity::Warn }, CLAUSE, message));
        }
    }
    indication
}

pub(super) fn check_strength(
    path: &VerifiedPath,
    time: Time,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Indication {
    let mut indication = Indication::Passed;
    for (algorithm, key) in path.signature_algorithms() {
        if let Some(weakness) = context.policy.weakness(*algorithm, *key, time) {
            findings.push(Finding::fail("EN 319 102-1 5.2.8.4", format!("a certificate is signed weakly: {weakness}")));
            indication = Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe);
        }
    }
    indication
}
