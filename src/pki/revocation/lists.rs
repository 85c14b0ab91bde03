//! What revocation lists prove (RFC 5280 §6.3.3).

use super::scope::{self, Scope};
use super::signers::{Signer, Signers};
use super::{Outcome, RevocationData, RevocationQuery, Statement, Statements, Status, Unusable, outcome};
use crate::error::Result;
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::Budget;
use crate::pki::crl::{Crl, Entry};
use crate::pki::distribution::{Reason, Reasons};
use crate::time::Time;

/// A list that is authentic and for the certificate.
struct Complete<'a> {
    crl: &'a Crl,
    reasons: Reasons,
    signer: Signer,
    entry: Option<Entry>,
}

/// What a list, and the delta list that brings it up to date, say together for some reasons.
#[derive(Clone)]
struct Finding<'a> {
    reasons: Reasons,
    entry: Option<Entry>,
    list: &'a Crl,
    delta: Option<&'a Crl>,
    signer: &'a Signer,
}

pub(super) fn add(
    query: &RevocationQuery<'_>,
    data: &RevocationData,
    budget: &mut Budget,
    statements: &mut Statements,
) -> Result<()> {
    let mut signers = Signers::new(query);
    let (mut complete, mut deltas) = (Vec::new(), Vec::new());
    for crl in data.crls() {
        budget.element()?;
        let reasons = match outcome(scope::of(crl, query.certificate, budget))? {
            Ok(Scope::Foreign) => continue,
            Ok(Scope::Covers(reasons)) if crl.defect().is_none() => reasons,
            Ok(Scope::Covers(_)) => {
                let why = crl.defect().map(|defect| defect.to_string()).unwrap_or_default();
                statements.unusable.push(Unusable::list(crl, why));
                continue;
            }
            Ok(Scope::Outside(why)) => {
                statements.unusable.push(Unusable::list(crl, why));
                continue;
            }
            Err(why) => {
                statements.unusable.push(Unusable::list(crl, why));
                continue;
            }
        };
        if crl.is_delta() {
            deltas.push((crl, reasons));
            continue;
        }
        match read(crl, reasons, query, &mut signers, budget)? {
            Ok(list) => complete.push(list),
            Err(why) => statements.unusable.push(Unusable::list(crl, why)),
        }
    }

    let mut findings = Vec::new();
    for Complete { crl, reasons, signer, entry } in &complete {
        findings.push(Finding { reasons: *reasons, entry: *entry, list: crl, delta: None, signer });
    }
    for (delta, reasons) in deltas {
        match update(delta, reasons, &complete, query, budget)? {
            Ok(finding) => findings.push(finding),
            Err(why) => statements.unusable.push(Unusable::list(delta, why)),
        }
    }
    let mut partial = Vec::new();
    for finding in findings {
        if finding.entry.is_some() || finding.reasons.is_all() {
            conclude(&[&finding], query, statements);
        } else {
            partial.push(finding);
        }
    }
    combine(partial, query, statements);
    Ok(())
}

fn read<'a>(
    crl: &'a Crl,
    reasons: Reasons,
    query: &RevocationQuery<'_>,
    signers: &mut Signers<'_>,
    budget: &mut Budget,
) -> Result<Outcome<Complete<'a>>> {
    let signer = match signers.of(crl, budget)? {
        Ok(signer) => signer,
        Err(why) => return Ok(Err(why)),
    };
    Ok(match outcome(crl.entry_of(query.certificate))? {
        // RFC 5280 §5.3.1
        Ok(Some(Entry { reason: Reason::RemoveFromCrl, .. })) => {
            Err("its entry for the certificate is one of delta lists".to_owned())
        }
        Ok(entry) => Ok(Complete { crl, reasons, signer, entry }),
        Err(why) => Err(why),
    })
}

/// Brings the newest list that it can up to date with a delta list (RFC 5280 §5.2.4 and §6.3.3 c).
fn update<'a>(
    delta: &'a Crl,
    reasons: Reasons,
    complete: &'a [Complete<'a>],
    query: &RevocationQuery<'_>,
    budget: &mut Budget,
) -> Result<Outcome<Finding<'a>>> {
    let mut bases: Vec<&Complete<'_>> = complete.iter().filter(|base| is_base(base.crl, delta)).collect();
    bases.sort_by_key(|base| std::cmp::Reverse(base.crl.this_update()));
    let mut why = "there is no list at hand that it brings up to date".to_owned();
    for base in bases {
        // §6.3.3 h: with the key of the complete list.
        let verified = base.signer.certificate.public_key().and_then(|key| delta.verify_signed_by(key, budget));
        match outcome(verified)? {
            Ok(Ok(())) => {}
            Ok(Err(_mismatch)) => {
                why = format!("it is not signed with the key of {}", base.crl);
                continue;
            }
            Err(fault) => {
                why = format!("its signature cannot be verified: {fault}");
                continue;
            }
        }
        return Ok(outcome(delta.entry_of(query.certificate))?.map(|said| Finding {
            reasons: reasons.intersection(base.reasons),
            entry: updated(base.entry, said),
            list: base.crl,
            delta: Some(delta),
            signer: &base.signer,
        }));
    }
    Ok(Err(why))
}

/// §5.2.4 and §6.3.3 c: of the same issuer and key, for the same certificates and reasons, and not older than what the delta
/// list starts from.
fn is_base(base: &Crl, delta: &Crl) -> bool {
    let (of_base, of_delta) = (base.extensions(), delta.extensions());
    let scope = |of: &'_ crate::pki::crl::Extensions| of.scope.as_ref().map(|scope| scope.raw.clone());
    let (Some(number), Some(newer), Some(from)) = (&of_base.number, &of_delta.number, &of_delta.base_number) else {
        return false;
    };
    let order = |number: &Vec<u8>| (number.len(), number.clone());
    base.issuer().matches(delta.issuer())
        && scope(of_base) == scope(of_delta)
        && of_base.authority_key == of_delta.authority_key
        && order(number) >= order(from)
        && order(number) < order(newer)
}

/// What holds after a delta list has said something.
fn updated(base: Option<Entry>, delta: Option<Entry>) -> Option<Entry> {
    match (base, delta) {
        (base, None) => base,
        // A revocation that is for ever leaves the lists with the certificate that expires (§5.3.1), and does not end by it.
        (Some(base), Some(_)) if base.reason != Reason::CertificateHold => Some(base),
        (_, Some(Entry { reason: Reason::RemoveFromCrl, .. })) => None,
        (_, Some(delta)) => Some(delta),
    }
}

/// Lists that each cover some reasons say together that a certificate is not revoked, for all of them (§6.3.3 l). After each
/// list that was issued, this is what could be said with those before it.
fn combine(mut partial: Vec<Finding<'_>>, query: &RevocationQuery<'_>, statements: &mut Statements) {
    partial.sort_by_key(Finding::this_update);
    let mut newest: Vec<&Finding<'_>> = Vec::new();
    let mut waiting: Vec<&Finding<'_>> = Vec::new();
    let mut missing = Reasons::ALL;
    for finding in &partial {
        newest.retain(|older| older.reasons != finding.reasons);
        newest.insert(0, finding);
        let (mut covered, mut taken) = (Reasons::NONE, Vec::new());
        for other in &newest {
            if !other.reasons.without(covered).is_empty() {
                covered = covered.union(other.reasons);
                taken.push(*other);
            }
        }
        waiting.push(finding);
        missing = Reasons::ALL.without(covered);
        if missing.is_empty() {
            waiting.retain(|other| !taken.iter().any(|taken| taken.newest() == other.newest()));
            conclude(&taken, query, statements);
        }
    }
    for finding in waiting {
        let why = if missing.is_empty() {
            "it does not cover all reasons, and none at hand that was issued before covers the others".to_owned()
        } else {
            format!("it does not cover all reasons, and no list at hand covers {missing}")
        };
        statements.unusable.push(Unusable::list(finding.newest(), why));
    }
}

/// States what findings say that cover all reasons together, or the one that says "revoked".
fn conclude(findings: &[&Finding<'_>], query: &RevocationQuery<'_>, statements: &mut Statements) {
    let Some(first) = findings.first() else { return };
    let times = findings.iter().map(|finding| finding.this_update());
    let this_update = times.min().unwrap_or(first.this_update());
    let status = match first.entry {
        Some(entry) => {
            Status::Revoked { time: entry.revoked_at, reason: entry.reason, invalidity_date: entry.invalidity_date }
        }
        // A serial number that is not there yet cannot be listed.
        None if this_update < query.certificate.not_before() => {
            let why = "it was issued before the certificate was";
            statements.unusable.extend(findings.iter().map(|finding| Unusable::list(finding.newest(), why)));
            return;
        }
        None => Status::Good,
    };
    let lists = || findings.iter().flat_map(|finding| [Some(finding.list), finding.delta]).flatten();
    let descriptions: Vec<String> = lists().map(Crl::to_string).collect();
    let mut statement = Statement {
        status,
        this_update,
        next_update: findings.iter().filter_map(|finding| finding.newest().next_update()).min(),
        issued: this_update,
        sources: lists().map(Crl::object_digest).collect(),
        description: descriptions.join(" with "),
        signers: Vec::new(),
        responder: None,
        algorithms: Vec::new(),
        expired_kept_since: kept_since(findings),
    };
    for finding in findings {
        for link in &finding.signer.rests_on {
            if !statement.signers.contains(link) {
                statement.signers.push(link.clone());
            }
        }
        statement.algorithms.extend(finding.algorithms());
    }
    statements.proven.push(statement);
}

/// All lists keep certificates since the last of the times.
fn kept_since(findings: &[&Finding<'_>]) -> Option<Time> {
    let times: Option<Vec<Time>> = findings.iter().map(|finding| finding.list.extensions().expired_since).collect();
    times.and_then(|times| times.into_iter().max())
}

impl<'a> Finding<'a> {
    fn newest(&self) -> &'a Crl {
        self.delta.unwrap_or(self.list)
    }

    fn this_update(&self) -> Time {
        self.newest().this_update()
    }

    fn algorithms(&self) -> impl Iterator<Item = (SignatureAlgorithm, KeyAlgorithm)> {
        let key = self.signer.certificate.public_key().ok().map(crate::key::PublicKey::algorithm);
        let lists = [Some(self.list), self.delta].into_iter().flatten();
        let of_lists = lists.filter_map(move |list| Some((list.signature_algorithm().ok()?, key?)));
        of_lists.chain(self.signer.algorithms.iter().copied())
    }
}
