//! What the revocation information at hand makes of one certificate as of a time (EN 319 102-1 5.2.6.4, RFC 5280 §6.3).

use super::Context;
use super::evidence::{Evidence, Link};
use super::indication::SubIndication;
use super::policy::RevocationRule;
use super::report::{Finding, Severity};
use super::revocation_freshness_checker::fresh_until;
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::path::{NotChecked, VerifiedPath};
use crate::pki::revocation::{Statement, Status};
use crate::pki::{Certificate, Reason};
use crate::time::Time;

const CLAUSE: &str = "EN 319 102-1 5.2.6.4";

/// What is known of a certificate as of a time.
#[derive(Clone, Debug)]
pub(super) enum Standing {
    /// It was not revoked then. So says this statement.
    Good(Box<Statement>),
    /// It was revoked by then.
    Revoked { time: Time, reason: Reason },
    /// Nothing that is fresh enough, or that can be relied on, says it. The sub-indication is the one to conclude with where it
    /// must be known.
    Unknown { why: SubIndication, reasons: Vec<String> },
}

/// Whose revocation is asked, and of whom.
pub(super) struct Inquiry<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) candidates: &'a [Certificate],
    pub(super) context: &'a Context<'a>,
}

/// Why a statement is not relied on.
pub(super) struct Unreliable {
    pub(super) sub_indication: SubIndication,
    pub(super) why: String,
    /// What it says all the same.
    said: Option<Status>,
    issued: Option<Time>,
}

impl Unreliable {
    fn new(sub_indication: SubIndication, why: String) -> Self {
        Self { sub_indication, why, said: None, issued: None }
    }
}

/// The earliest revocation by a statement that is not relied on and is newer than what says that the certificate is good: it
/// proves no revocation, but the older word is not good enough against it.
pub(super) fn doubt(unreliable: &[Unreliable], good: Option<&Statement>) -> Option<Time> {
    let newer = unreliable.iter().filter(|one| good.is_none_or(|good| one.issued > Some(good.issued)));
    let revocations = newer.filter_map(|one| match one.said {
        Some(Status::Revoked { time, .. }) => Some(time),
        Some(Status::Good) | None => None,
    });
    revocations.min()
}

impl Inquiry<'_> {
    /// The standing of a certificate as of `time`.
    pub(super) fn standing(&self, link: Link<'_>, time: Time, budget: &mut Budget) -> Result<Standing> {
        self.standing_within(link, time, DEPTH, budget)
    }

    fn standing_within(&self, link: Link<'_>, time: Time, depth: usize, budget: &mut Budget) -> Result<Standing> {
        let (reliable, mut unknown) = self.reliable_within(link, time, depth, budget)?;
        if let Some((revoked, reason)) = revoked(&reliable).filter(|(revoked, _)| *revoked <= time) {
            return Ok(Standing::Revoked { time: revoked, reason });
        }
        // Who revoked it afterwards says that it was good until then.
        let says_good = |statement: &&Statement| match statement.status {
            Status::Good => true,
            Status::Revoked { time: revoked, .. } => revoked > time,
        };
        let newest = reliable.iter().filter(says_good).max_by_key(|statement| statement.issued);
        match newest {
            Some(statement) if doubt(&unknown, Some(statement)).is_some_and(|revoked| revoked <= time) => {
                let why = format!("{} is older than what says that it was revoked", statement.description);
                unknown.push(Unreliable::new(SubIndication::TryLater, why));
                Ok(conclude(unknown))
            }
            Some(statement) if time <= fresh_until(statement, self.context.policy) => {
                Ok(Standing::Good(Box::new(statement.clone())))
            }
            Some(stale) => {
                let until = fresh_until(stale, self.context.policy);
                let why = format!("{} is fresh until {until} only", stale.description);
                unknown.push(Unreliable::new(SubIndication::TryLater, why));
                Ok(conclude(unknown))
            }
            None => Ok(conclude(unknown)),
        }
    }

    /// The statements that can be relied on, and why the others cannot.
    pub(super) fn reliable(
        &self,
        link: Link<'_>,
        time: Time,
        budget: &mut Budget,
    ) -> Result<(Vec<Statement>, Vec<Unreliable>)> {
        self.reliable_within(link, time, DEPTH, budget)
    }

    fn reliable_within(
        &self,
        link: Link<'_>,
        time: Time,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<(Vec<Statement>, Vec<Unreliable>)> {
        let found = self.evidence.statements(link, self.candidates, time, self.context, budget)?;
        let mut reliable = Vec::new();
        let mut unreliable: Vec<Unreliable> = found
            .unusable
            .into_iter()
            .map(|unusable| {
                Unreliable::new(SubIndication::TryLater, format!("{}: {}", unusable.description, unusable.why))
            })
            .collect();
        for statement in found.proven {
            match self.unreliability(&statement, link, time, depth, budget)? {
                None => reliable.push(statement),
                Some(why) => {
                    let (said, issued) = (Some(statement.status), Some(statement.issued));
                    unreliable.push(Unreliable { said, issued, ..why });
                }
            }
        }
        Ok((reliable, unreliable))
    }

    /// Why a statement cannot be relied on: who signed it may have lost the right to, or the key, before it is known to have
    /// existed.
    fn unreliability(
        &self,
        statement: &Statement,
        link: Link<'_>,
        time: Time,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<Option<Unreliable>> {
        let existed = self.existed(statement);
        let what = &statement.description;
        let issuer = (link.issuer != link.anchor).then_some(link.issuer);
        let signers = statement.signers.iter().map(|(signer, _)| signer).chain(&statement.responder).chain(issuer);
        if let Some(expired) = signers.into_iter().find(|signer| signer.not_after() < existed) {
            let why = format!(
                "{what}: the certificate of {} expired at {}, and nothing proves that it was made before",
                expired.subject(),
                expired.not_after()
            );
            return Ok(Some(Unreliable::new(SubIndication::RevocationOutOfBoundsNoPoe, why)));
        }
        for (algorithm, key) in &statement.algorithms {
            if let Some(weakness) = self.context.policy.weakness(*algorithm, *key, existed) {
                let why = format!("{what}: {weakness}");
                return Ok(Some(Unreliable::new(SubIndication::CryptoConstraintsFailureNoPoe, why)));
            }
        }
        let expired = link.certificate.not_after();
        let kept = statement.expired_kept_since.is_some_and(|since| since <= expired);
        if matches!(statement.status, Status::Good) && statement.issued > expired && !kept {
            let why = format!("{what}: issued after the certificate expired, and does not say that it keeps such ones");
            return Ok(Some(Unreliable::new(SubIndication::TryLater, why)));
        }
        // Whoever has the key of a signer that was revoked since can date a good word back to a time before.
        let time = if matches!(statement.status, Status::Good) { time.max(existed) } else { time };
        for (signer, issuer) in &statement.signers {
            let link = Link { certificate: signer, issuer, anchor: link.anchor, is_target: false };
            let unreliable = |why| Some(Unreliable::new(SubIndication::TryLater, why));
            let Some(depth) = depth.checked_sub(1) else {
                return Ok(unreliable(format!("{what}: those who sign revocation information form too long a chain")));
            };
            match self.standing_within(link, time, depth, budget)? {
                Standing::Good(_) => {}
                Standing::Revoked { time, .. } => {
                    let why = format!("{what}: the certificate of {} was revoked at {time}", signer.subject());
                    return Ok(unreliable(why));
                }
                Standing::Unknown { .. } if !must_be_known(signer, self.context.policy.revocation) => {}
                Standing::Unknown { .. } => {
                    let why = format!("{what}: the revocation of {}, who signed it, is unknown", signer.subject());
                    return Ok(unreliable(why));
                }
            }
        }
        Ok(None)
    }

    /// Since when all of a statement is known to have existed.
    pub(super) fn existed(&self, statement: &Statement) -> Time {
        let sources = statement.sources.iter().map(|source| self.evidence.proofs.of(source));
        sources.max().unwrap_or(self.context.time)
    }
}

/// When it was revoked, by those who say so. What was lifted later is no revocation.
pub(super) fn revoked(statements: &[Statement]) -> Option<(Time, Reason)> {
    let newest = statements.iter().map(|statement| statement.issued).max()?;
    let revocations = statements.iter().filter_map(|statement| match statement.status {
        Status::Revoked { time, reason, .. } if reason != Reason::CertificateHold || statement.issued == newest => {
            Some((time, reason))
        }
        Status::Revoked { .. } | Status::Good => None,
    });
    revocations.min_by_key(|(time, _)| *time)
}

fn conclude(unreliable: Vec<Unreliable>) -> Standing {
    // What time heals, or proofs of existence, before what asking again mends.
    let order = [SubIndication::CryptoConstraintsFailureNoPoe, SubIndication::RevocationOutOfBoundsNoPoe];
    let has = |sub: &SubIndication| unreliable.iter().any(|unreliable| unreliable.sub_indication == *sub);
    let why = order.into_iter().find(has).unwrap_or(SubIndication::TryLater);
    Standing::Unknown { why, reasons: unreliable.into_iter().map(|unreliable| unreliable.why).collect() }
}

/// Whether the policy asks for the revocation of a certificate that does not come from a path.
fn must_be_known(certificate: &Certificate, rule: RevocationRule) -> bool {
    let sources = !certificate.ocsp_responders().is_empty() || !certificate.crl_distribution_points().is_empty();
    let waived = certificate.ocsp_no_check() || certificate.no_rev_avail() || certificate.validity_assured_short_term();
    asked(rule, waived, sources)
}

fn asked(rule: RevocationRule, waived: bool, has_sources: bool) -> bool {
    match rule {
        RevocationRule::Never => false,
        RevocationRule::WhereNamed => !waived && has_sources,
        RevocationRule::Always => !waived,
    }
}

/// What a path leaves open of one of its certificates.
pub(super) struct Open<'a> {
    pub(super) required: bool,
    pub(super) waived: bool,
    sources: &'a [String],
}

impl<'a> Open<'a> {
    /// What the path says of a certificate in it.
    pub(super) fn of(path: &'a VerifiedPath, certificate: &Certificate, rule: RevocationRule) -> Self {
        let mut open = path.not_checked().iter();
        let found = open.find_map(|not_checked| match not_checked {
            NotChecked::Revocation { certificate: other, sources, waived, .. } if other == certificate => {
                Some((sources.as_slice(), *waived))
            }
            NotChecked::Revocation { .. } => None,
        });
        // What the path does not list is not waived.
        let (sources, waived) = found.unwrap_or_default();
        Self { required: asked(rule, waived, !sources.is_empty()), waived, sources }
    }

    /// The finding on a certificate of which nothing is known: what was tried, and what would mend it.
    pub(super) fn finding(&self, certificate: &Certificate, time: Time, reasons: &[String]) -> Finding {
        let subject = certificate.subject();
        let severity = match (self.required, self.waived) {
            (true, _) => Severity::Fail,
            (false, true) => Severity::Info,
            (false, false) => Severity::Warn,
        };
        let mut message = format!("revocation of {subject} not known as of {time}: ");
        message += &match reasons {
            _ if self.waived => "the certificate says that there is none to ask for".to_owned(),
            [] if self.sources.is_empty() => "the certificate names no source, and none was given".to_owned(),
            [] => "no revocation list and no OCSP response for it is at hand".to_owned(),
            some => some.join("; "),
        };
        if self.required && !self.sources.is_empty() {
            message += &format!(". A newer one can be had from {}", first_few(self.sources));
        }
        Finding::new(severity, CLAUSE, message)
    }
}

/// A certificate may name sources without number, and each may be long.
fn first_few(sources: &[String]) -> String {
    let shown: Vec<&str> = sources.iter().take(SHOWN).map(String::as_str).collect();
    match sources.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} others", shown.join(", ")),
        None => shown.join(", "),
    }
}

const SHOWN: usize = 10;

/// Signers of revocation information whose own revocation is looked up, one above the other.
const DEPTH: usize = 3;
