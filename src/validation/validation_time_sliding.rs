//! EN 319 102-1 5.6.2.2: validation time sliding.

use super::Case;
use super::evidence::{Link, links};
use super::indication::SubIndication;
use super::policy::RevocationRule;
use super::report::Finding;
use super::revocation_freshness_checker::fresh_until;
use super::revocation_status::{Inquiry, Open, doubt, revoked};
use crate::error::Result;
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::Budget;
use crate::pki::path::VerifiedPath;
use crate::pki::revocation::{Statement, Status};
use crate::time::Time;

const CLAUSE: &str = "EN 319 102-1 5.6.2.2.4";

/// 5.6.2.2.4: from the anchor downwards, the latest time at which each certificate is known to have been good.
///
/// The standard slides to the issuance of revocation information that is no longer fresh. Here the time slides to the last moment
/// at which the policy takes it as fresh, since until then it would have been taken; with a freshness of 0 seconds the two are one.
pub(super) fn slide(
    case: &Case<'_>,
    path: &VerifiedPath,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<std::result::Result<Time, SubIndication>> {
    let inquiry = case.inquiry();
    let mut control_time = case.context.time;
    // Signatures on certificates stand in the order of the path; the links come from its end.
    let algorithms = path.signature_algorithms().iter().rev();
    for (link, algorithm) in links(path).zip(algorithms) {
        let step = Step { case, path, inquiry: &inquiry, link, algorithm: *algorithm };
        match step.slide(control_time, findings, budget)? {
            Ok(time) => control_time = time,
            Err(sub_indication) => return Ok(Err(sub_indication)),
        }
    }
    Ok(Ok(control_time))
}

struct Step<'a> {
    case: &'a Case<'a>,
    path: &'a VerifiedPath,
    inquiry: &'a Inquiry<'a>,
    link: Link<'a>,
    /// Of the signature on the certificate.
    algorithm: (SignatureAlgorithm, KeyAlgorithm),
}

impl Step<'_> {
    fn slide(
        &self,
        mut control_time: Time,
        findings: &mut Vec<Finding>,
        budget: &mut Budget,
    ) -> Result<std::result::Result<Time, SubIndication>> {
        let certificate = self.link.certificate;
        let since = self.case.certificate_since(certificate);
        if since > control_time {
            let message =
                format!("nothing proves that the certificate of {} existed at {control_time}", certificate.subject());
            findings.push(Finding::fail(CLAUSE, message));
            return Ok(Err(SubIndication::NoPoe));
        }
        match self.slide_by_revocation(control_time, findings, budget)? {
            Ok(time) => control_time = time,
            Err(sub_indication) => return Ok(Err(sub_indication)),
        }
        let (algorithm, key) = self.algorithm;
        match self.slide_by_strength(algorithm, key, since, control_time, findings) {
            Ok(time) => control_time = time,
            Err(sub_indication) => return Ok(Err(sub_indication)),
        }
        // What nobody revokes after its end is known to have been good until then at most.
        let control_time = control_time.min(certificate.not_after());
        if control_time < certificate.not_before() {
            let message =
                format!("nothing shows that the certificate of {} was good while it was valid", certificate.subject());
            findings.push(Finding::fail(CLAUSE, message));
            return Ok(Err(SubIndication::NoPoe));
        }
        Ok(Ok(control_time))
    }

    fn slide_by_revocation(
        &self,
        control_time: Time,
        findings: &mut Vec<Finding>,
        budget: &mut Budget,
    ) -> Result<std::result::Result<Time, SubIndication>> {
        let (certificate, policy) = (self.link.certificate, self.case.context.policy);
        if policy.revocation == RevocationRule::Never {
            return Ok(Ok(control_time));
        }
        let open = Open::of(self.path, certificate, policy.revocation);
        let (reliable, unreliable) = self.inquiry.reliable(self.link, control_time, budget)?;
        if let Some((time, reason)) = revoked(&reliable).filter(|(time, _)| *time <= control_time) {
            let message = format!("{} was revoked at {time} ({reason}); it counts until then", certificate.subject());
            findings.push(Finding::info(CLAUSE, message));
            // At that moment it is revoked (RFC 5280 §5.3).
            return Ok(Ok(time.just_before()));
        }
        let was_there = |statement: &&Statement| {
            statement.issued <= control_time && self.inquiry.existed(statement) <= control_time
        };
        let good = |statement: &&Statement| matches!(statement.status, Status::Good);
        let newest = reliable.iter().filter(good).filter(was_there).max_by_key(|statement| statement.issued);
        if let Some(time) = doubt(&unreliable, newest).filter(|time| *time <= control_time) {
            let message = format!(
                "{} was revoked at {time} by what is not relied on, and nothing newer says otherwise; it counts until then",
                certificate.subject()
            );
            findings.push(Finding::info(CLAUSE, message));
            return Ok(Ok(time.just_before()));
        }
        let Some(statement) = newest else {
            let mut reasons: Vec<String> = unreliable.into_iter().map(|unreliable| unreliable.why).collect();
            let unproven = reliable.iter().filter(good);
            reasons.extend(unproven.map(|statement| {
                format!("{}: nothing proves that it existed at {control_time}", statement.description)
            }));
            findings.push(open.finding(certificate, control_time, &reasons));
            return Ok(if open.required { Err(SubIndication::NoPoe) } else { Ok(control_time) });
        };
        findings.push(Finding::info(CLAUSE, format!("{} good: {}", certificate.subject(), statement.description)));
        Ok(Ok(control_time.min(fresh_until(statement, policy))))
    }

    fn slide_by_strength(
        &self,
        algorithm: SignatureAlgorithm,
        key: KeyAlgorithm,
        since: Time,
        control_time: Time,
        findings: &mut Vec<Finding>,
    ) -> std::result::Result<Time, SubIndication> {
        let Some(weakness) = self.case.context.policy.weakness(algorithm, key, control_time) else {
            return Ok(control_time);
        };
        match weakness.until {
            Some(until) if since <= until => Ok(until),
            Some(_) | None => {
                let message =
                    format!("the certificate of {} is signed weakly: {weakness}", self.link.certificate.subject());
                findings.push(Finding::fail(CLAUSE, message));
                Err(SubIndication::CryptoConstraintsFailureNoPoe)
            }
        }
    }
}
