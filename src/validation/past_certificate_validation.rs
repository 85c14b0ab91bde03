//! EN 319 102-1 5.6.2.1: past certificate validation.

use super::certificate_validation::{check_purpose, sub_indication, within_limits};
use super::indication::{Indication, SubIndication};
use super::report::Finding;
use super::{Case, validation_time_sliding};
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::Certificate;
use crate::pki::path::{PathFailure, VerifiedPath};
use crate::time::Time;

const CLAUSE: &str = "EN 319 102-1 5.6.2.1.4";

/// 5.6.2.1.4: the latest time at which the certificate is known to have been valid, or why there is none.
pub(super) fn validate(
    case: &Case<'_>,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<std::result::Result<Time, Indication>> {
    let Some(certificate) = &case.facts.certificate else {
        return Ok(Err(Indication::Indeterminate(SubIndication::NoSigningCertificateFound)));
    };
    let path = match path_in_common_validity(case, certificate, budget)? {
        Ok(path) => path,
        Err(failure) => {
            findings.push(Finding::fail(CLAUSE, failure.to_string()));
            return Ok(Err(Indication::Indeterminate(sub_indication(&failure))));
        }
    };
    let constraints = check_purpose(certificate, case.purpose, findings);
    if constraints != Indication::Passed {
        return Ok(Err(constraints));
    }
    let slid = validation_time_sliding::slide(case, &path, findings, budget)?;
    Ok(slid.map_err(Indication::Indeterminate))
}

/// A path that holds at a time at which all its certificates were valid, revocation left aside. That time is searched where the
/// validity of a certificate begins or ends, after the time at which the signature is known to have existed.
fn path_in_common_validity(
    case: &Case<'_>,
    certificate: &Certificate,
    budget: &mut Budget,
) -> Result<std::result::Result<VerifiedPath, PathFailure>> {
    let mut times = vec![case.evidence.proofs.of(&case.object), certificate.not_after(), certificate.not_before()];
    let within = certificate.not_before()..=certificate.not_after();
    let bounds = case.facts.certificates.iter().flat_map(|other| [other.not_after(), other.not_before()]);
    times.extend(bounds.filter(|time| within.contains(time)));
    let mut first = None;
    let mut tried = Vec::new();
    for time in times {
        if tried.len() == MOST_TIMES {
            break;
        }
        if tried.contains(&time) {
            continue;
        }
        tried.push(time);
        match case.context.find_path(&case.query(certificate, time), budget) {
            Ok(path) => return Ok(Ok(path)),
            Err(failure) => {
                let failure = within_limits(failure)?;
                first.get_or_insert(failure);
            }
        }
    }
    match first {
        Some(failure) => Ok(Err(failure)),
        None => Err(crate::error::Error::misuse("a path without a time")),
    }
}

/// Times at which a path is searched.
const MOST_TIMES: usize = 12;
