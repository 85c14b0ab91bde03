//! EN 319 102-1 5.2.6: X.509 certificate validation.

use super::evidence::links;
use super::indication::{Indication, SubIndication};
use super::report::Finding;
use super::revocation_status::{Inquiry, Open, Standing};
use super::{Case, Context, Policy, RevocationRule};
use crate::ades::CertificateReference;
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::path::{PathFailure, PathFault, PathQuery, Purpose, VerifiedPath};
use crate::pki::revocation::{Statement, Status};
use crate::pki::{Certificate, ExtendedKeyUsage, Name, Reason};
use crate::time::Time;

pub(super) const CLAUSE: &str = "EN 319 102-1 5.2.6.4";

/// What was concluded of a certificate, and what a conclusion about the past can build on.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) indication: Indication,
    /// When the certificate itself was revoked.
    pub(super) revoked: Option<Time>,
    /// Whether proofs of existence can change the conclusion.
    pub(super) depends_on_time: bool,
}

impl Outcome {
    fn of(indication: Indication) -> Self {
        Self { indication, revoked: None, depends_on_time: false }
    }

    fn timely(sub_indication: SubIndication) -> Self {
        Self { indication: Indication::Indeterminate(sub_indication), revoked: None, depends_on_time: true }
    }
}

/// 5.2.6.4 as of `time`: a path to a trust anchor, valid by RFC 5280, of reliable algorithms, and not revoked.
pub(super) fn validate(
    case: &Case<'_>,
    time: Time,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Outcome> {
    let context = case.context;
    let Some(certificate) = &case.facts.certificate else {
        return Ok(Outcome::of(Indication::Indeterminate(SubIndication::NoSigningCertificateFound)));
    };
    if context.anchors.is_empty() {
        findings.push(no_anchor());
        return Ok(Outcome::of(Indication::Indeterminate(SubIndication::NoCertificateChainFound)));
    }
    match case.context.find_path(&case.query(certificate, time), budget) {
        Ok(path) => {
            let revocation = check_revocation(&path, &case.inquiry(), time, findings, budget)?;
            let since = |certificate: &Certificate| case.certificate_since(certificate);
            let strength = check_strength(&path, since, context.policy, findings);
            Ok(match check_purpose(certificate, case.purpose, findings) {
                Indication::Passed if revocation.indication != Indication::Passed => revocation,
                Indication::Passed => Outcome { depends_on_time: true, ..Outcome::of(strength) },
                other => Outcome::of(other),
            })
        }
        Err(failure) => {
            let failure = within_limits(failure)?;
            findings.push(Finding::fail(CLAUSE, failure.to_string()));
            if !matches!(failure.fault(), PathFault::Expired | PathFault::NotYetValid) {
                return Ok(Outcome::of(Indication::Indeterminate(sub_indication(&failure))));
            }
            if failure.target_at_fault() && failure.fault() == PathFault::Expired {
                return expired(case, certificate, time, findings, budget);
            }
            Ok(Outcome::timely(sub_indication(&failure)))
        }
    }
}

pub(super) fn no_anchor() -> Finding {
    Finding::fail(CLAUSE, "no trust anchor was given, so nothing says whose certificate this is")
}

/// A search that went over its limits is no verdict.
pub(super) fn within_limits(failure: PathFailure) -> Result<PathFailure> {
    if failure.fault() != PathFault::LimitExceeded {
        return Ok(failure);
    }
    let error = Error::limit("the certificates ask for more work than the limit allows");
    Err(failure.detail().into_iter().fold(error, |error, detail| error.with(detail)))
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

/// The certificate has expired: was it revoked while it was valid, is it known that it was not, or is neither known?
fn expired(
    case: &Case<'_>,
    certificate: &Certificate,
    time: Time,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Outcome> {
    let out_of_bounds = Outcome::timely(SubIndication::OutOfBoundsNoPoe);
    let Ok(path) = case.context.find_path(&case.query(certificate, certificate.not_after()), budget) else {
        return Ok(out_of_bounds);
    };
    let Some(link) = links(&path).last().filter(|link| link.is_target) else { return Ok(out_of_bounds) };
    if case.context.policy.revocation == RevocationRule::Never {
        return Ok(out_of_bounds);
    }
    match case.inquiry().standing(link, time, budget)? {
        Standing::Good(statement) => {
            let message = format!("the certificate was not revoked before it expired: {}", statement.description);
            findings.push(Finding::info(CLAUSE, message));
            Ok(Outcome::timely(SubIndication::OutOfBoundsNotRevoked))
        }
        Standing::Revoked { reason: Reason::CertificateHold, .. } | Standing::Unknown { .. } => Ok(out_of_bounds),
        Standing::Revoked { time, reason } => {
            findings.push(Finding::fail(CLAUSE, format!("the certificate was revoked at {time} ({reason})")));
            Ok(Outcome { revoked: Some(time), ..Outcome::timely(SubIndication::RevokedNoPoe) })
        }
    }
}

/// RFC 5280 4.2.1.12: a certificate that names purposes is for these alone. People's certificates name many that let them sign,
/// e-mail protection and client authentication among them; those of machines that answer, and of programs, name none.
pub(super) fn check_purpose(certificate: &Certificate, purpose: Purpose, findings: &mut Vec<Finding>) -> Indication {
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

/// The revocation of every certificate below the anchor. That of the certificate itself concludes before that of those above it,
/// and what is known before what is not.
pub(super) fn check_revocation(
    path: &VerifiedPath,
    inquiry: &Inquiry<'_>,
    time: Time,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Outcome> {
    let (mut authority_revoked, mut unknown, mut target_revoked) = (false, None, None);
    let rule = inquiry.context.policy.revocation;
    for link in links(path) {
        let open = Open::of(path, link.certificate, rule);
        let subject = link.certificate.subject();
        let standing = match rule {
            RevocationRule::Never => Standing::Unknown { why: SubIndication::TryLater, reasons: Vec::new() },
            RevocationRule::Always | RevocationRule::WhereNamed => inquiry.standing(link, time, budget)?,
        };
        match standing {
            Standing::Good(statement) => {
                let message = format!("{subject} not revoked as of {time}: {}", statement.description);
                findings.push(Finding::info(CLAUSE, message));
                findings.extend(reservation(&statement, subject, time, inquiry.context));
            }
            Standing::Revoked { time, reason: Reason::CertificateHold } => {
                let message = format!("{subject} is on hold since {time}, which can end: ask again later");
                findings.push(Finding::fail(CLAUSE, message));
                unknown = Some(SubIndication::TryLater);
            }
            Standing::Revoked { time, reason } => {
                findings.push(Finding::fail(CLAUSE, format!("{subject} was revoked at {time} ({reason})")));
                if link.is_target {
                    target_revoked = Some(time);
                } else {
                    authority_revoked = true;
                }
            }
            Standing::Unknown { why, reasons } => {
                findings.push(open.finding(link.certificate, time, &reasons));
                if open.required {
                    unknown = Some(why);
                }
            }
        }
    }
    let sub_indication = match (target_revoked, authority_revoked, unknown) {
        (Some(_), ..) => SubIndication::RevokedNoPoe,
        (None, true, _) => SubIndication::RevokedCaNoPoe,
        (None, false, Some(why)) => why,
        (None, false, None) => return Ok(Outcome::of(Indication::Passed)),
    };
    Ok(Outcome { revoked: target_revoked, ..Outcome::timely(sub_indication) })
}

/// What somebody should know of a word that is taken about a time in the past.
fn reservation(statement: &Statement, subject: &Name, time: Time, context: &Context<'_>) -> Option<Finding> {
    let message = match statement.status {
        Status::Revoked { time: revoked, invalidity_date: Some(invalid), .. } if invalid <= time => format!(
            "{subject} was revoked at {revoked} only, but its key is suspected to have been in other hands since {invalid}"
        ),
        Status::Good if statement.issued < time && time < context.time => format!(
            "the {} is older than the signature: a revocation shortly before it would not be in it",
            statement.description
        ),
        Status::Good | Status::Revoked { .. } => return None,
    };
    Some(Finding::warn(CLAUSE, message))
}

/// The algorithms of the signatures on the certificates are reliable since when each certificate is known to exist.
pub(super) fn check_strength(
    path: &VerifiedPath,
    since: impl Fn(&Certificate) -> Time,
    policy: &Policy,
    findings: &mut Vec<Finding>,
) -> Indication {
    let mut indication = Indication::Passed;
    for (certificate, (algorithm, key)) in path.certificates().iter().zip(path.signature_algorithms()) {
        if let Some(weakness) = policy.weakness(*algorithm, *key, since(certificate)) {
            let message = format!("the certificate of {} is signed weakly: {weakness}", certificate.subject());
            findings.push(Finding::fail("EN 319 102-1 5.2.8.4", message));
            indication = Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe);
        }
    }
    indication
}

impl Case<'_> {
    /// The path that is asked for, as of a time.
    pub(super) fn query<'q>(&'q self, certificate: &'q Certificate, time: Time) -> PathQuery<'q> {
        PathQuery::new(certificate, &self.facts.certificates, self.context.anchors, time).purpose(self.purpose)
    }

    pub(super) fn inquiry(&self) -> Inquiry<'_> {
        Inquiry { evidence: self.evidence, candidates: &self.facts.certificates, context: self.context }
    }

    /// Since when a certificate is known to have existed. The signature refers to its own by digest: it is as old as the signature.
    pub(super) fn certificate_since(&self, certificate: &Certificate) -> Time {
        let since = self.evidence.certificate_since(certificate);
        let own =
            self.facts.certificate.as_ref() == Some(certificate) && self.facts.reference == CertificateReference::Holds;
        if own { since.min(self.evidence.proofs.of(&self.object)) } else { since }
    }
}
