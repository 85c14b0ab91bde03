//! The checks of RFC 5280 §6.1 on a path whose names and signatures chain.

use super::{PathFailure, PathFault, PathQuery, Purpose};
use crate::oid::{self, Oid};
use crate::pki::{Certificate, ExtendedKeyUsage, QcStatements};
use crate::time::Time;

/// What is wrong with a whole path.
pub(super) enum Fault {
    /// It does not hold at any time.
    Hard(PathFailure),
    /// It holds at another time.
    OutOfTime(PathFailure),
}

impl From<PathFailure> for Fault {
    fn from(failure: PathFailure) -> Self {
        Self::Hard(failure)
    }
}

type Checked = std::result::Result<(), PathFailure>;

/// Checks a path of certificates, the target first and the anchor last, of which each was signed by the next.
///
/// Faults of time are reported only where nothing else is wrong, since a proof that the signature is older cures them.
pub(super) fn validate(path: &[&Certificate], query: &PathQuery<'_>) -> std::result::Result<(), Fault> {
    let Some((anchor, below)) = path.split_last() else {
        return Err(PathFailure::new(PathFault::NoAnchor).into());
    };
    if below.is_empty() {
        target(anchor, query.purpose)?;
        return time(anchor, 0, query.time).map_err(Fault::OutOfTime);
    }
    // RFC 5280 §6.1.1 d: an anchor is a name and a key. Its validity and its signature are not looked at. What its
    // certificate says of those whom it certifies binds all the same, which RFC 5280 §6.2 leaves open and RFC 5937
    // describes: a certificate that is trusted as an end entity's does not become an authority by it.
    extensions_hold(anchor, below.len())?;
    criticals_known(anchor, below.len())?;
    may_issue(anchor, below.len(), anchor.version() < 3)?;
    let mut room = path_length(anchor);
    let mut out_of_time = None;
    for (place, certificate) in below.iter().enumerate().rev() {
        // §6.1.3 a 2. The fault of the target is the one that stays.
        out_of_time = time(certificate, place, query.time).err().or(out_of_time);
        if place == 0 {
            target(certificate, query.purpose)?;
            continue;
        }
        extensions_hold(certificate, place)?;
        criticals_known(certificate, place)?;
        may_issue(certificate, place, false)?;
        if !certificate.is_self_issued() {
            // §6.1.4 l
            room =
                room.checked_sub(1).ok_or_else(|| PathFailure::new(PathFault::PathTooLong).of(certificate, place))?;
        }
        // §6.1.4 m
        room = room.min(path_length(certificate));
    }
    out_of_time.map_or(Ok(()), |failure| Err(Fault::OutOfTime(failure)))
}

fn path_length(certificate: &Certificate) -> u64 {
    certificate.basic_constraints().and_then(|constraints| constraints.path_length).unwrap_or(u64::MAX)
}

fn time(certificate: &Certificate, place: usize, time: Time) -> Checked {
    if time < certificate.not_before() {
        let detail = format!("valid from {}", certificate.not_before());
        return Err(PathFailure::new(PathFault::NotYetValid).of(certificate, place).with(detail));
    }
    // notAfter names the last second, and all of it (RFC 5280 §4.1.2.5).
    if time.whole_seconds() > certificate.not_after() {
        let detail = format!("valid until {}", certificate.not_after());
        return Err(PathFailure::new(PathFault::Expired).of(certificate, place).with(detail));
    }
    Ok(())
}

/// Extensions that stand there twice, or that matter to the path and cannot be read.
fn extensions_hold(certificate: &Certificate, place: usize) -> Checked {
    let extensions = certificate.extensions();
    if let Some(duplicate) = extensions.duplicate {
        return Err(PathFailure::new(PathFault::DuplicateExtension(duplicate)).of(certificate, place));
    }
    let matters = |kind: &Oid| RESTRICTING.contains(kind) || extensions.present.contains(&(*kind, true));
    match extensions.malformed.iter().find(|kind| matters(kind)) {
        Some(malformed) => Err(PathFailure::new(PathFault::MalformedExtension(*malformed)).of(certificate, place)),
        None => Ok(()),
    }
}

/// RFC 5280 §4.2 and §6.1.4 o: critical extensions are understood, or the certificate is refused.
fn criticals_known(certificate: &Certificate, place: usize) -> Checked {
    let extensions = certificate.extensions();
    let known = |kind: &Oid| match *kind {
        // §4.2.1.4: including the qualifiers.
        oid::CERTIFICATE_POLICIES => !extensions.unknown_policy_qualifier,
        // RFC 3739 §3.2.6: including every statement.
        oid::QC_STATEMENTS => certificate.qc_statements().is_some_and(QcStatements::all_understood),
        _ => UNDERSTOOD.contains(kind),
    };
    match extensions.present.iter().find(|(kind, critical)| *critical && !known(kind)) {
        Some((kind, _)) => Err(PathFailure::new(PathFault::UnknownCriticalExtension(*kind)).of(certificate, place)),
        None => Ok(()),
    }
}

/// RFC 5280 §6.1.4 k and n, and what §6.1.4 a, b, g and h would decide.
fn may_issue(certificate: &Certificate, place: usize, too_old_to_say: bool) -> Checked {
    let fail = |fault| Err(PathFailure::new(fault).of(certificate, place));
    if let Some(kind) = NOT_PROCESSED.iter().find(|kind| certificate.extensions().contains(kind)) {
        return fail(PathFault::NotProcessed(*kind));
    }
    // certificatePolicies alone decides nothing: every policy is acceptable here (§6.1.1 c) and none is required
    // (§6.1.1 e), so that an empty policy tree is no fault (§6.1.3 f).
    let authority = certificate.basic_constraints().is_some_and(|constraints| constraints.authority);
    if !too_old_to_say && (certificate.version() != 3 || !authority) {
        return fail(PathFault::NotACa);
    }
    match certificate.key_usage() {
        Some(usage) if !usage.key_cert_sign() => fail(PathFault::KeyUsage),
        _ => Ok(()),
    }
}

fn target(certificate: &Certificate, purpose: Purpose) -> Checked {
    let fail = |fault| Err(PathFailure::new(fault).of(certificate, 0));
    extensions_hold(certificate, 0)?;
    criticals_known(certificate, 0)?;
    // RFC 5280 §6.1.5 a and b: requireExplicitPolicy counts in the last certificate too. §4.2.1.10: nameConstraints is for
    // authorities alone.
    let authority = certificate.basic_constraints().is_some_and(|constraints| constraints.authority);
    if certificate.extensions().contains(&oid::POLICY_CONSTRAINTS) {
        return fail(PathFault::NotProcessed(oid::POLICY_CONSTRAINTS));
    }
    if !authority && certificate.extensions().contains(&oid::NAME_CONSTRAINTS) {
        return fail(PathFault::NotProcessed(oid::NAME_CONSTRAINTS));
    }
    match purpose {
        Purpose::Any => Ok(()),
        Purpose::Signing => signing(certificate),
        Purpose::TimeStamping => {
            // RFC 3161 §2.3
            let alone = |usage: &&ExtendedKeyUsage| usage.critical && usage.purposes == [oid::KP_TIME_STAMPING];
            if certificate.extended_key_usage().filter(alone).is_none() {
                return fail(PathFault::ExtendedKeyUsage);
            }
            signing(certificate)
        }
        Purpose::Eku(purpose) => match certificate.extended_key_usage() {
            Some(usage) if !usage.purposes.iter().any(|p| *p == purpose || *p == oid::ANY_EXTENDED_KEY_USAGE) => {
                fail(PathFault::ExtendedKeyUsage)
            }
            _ => Ok(()),
        },
    }
}

fn signing(certificate: &Certificate) -> Checked {
    match certificate.key_usage() {
        Some(usage) if !usage.digital_signature() && !usage.non_repudiation() => {
            Err(PathFailure::new(PathFault::KeyUsage).of(certificate, 0).with(usage.to_string()))
        }
        _ => Ok(()),
    }
}

/// What restricts paths and is another step of RFC 5280 §6.1 than those above.
const NOT_PROCESSED: &[Oid] =
    &[oid::NAME_CONSTRAINTS, oid::POLICY_CONSTRAINTS, oid::POLICY_MAPPINGS, oid::INHIBIT_ANY_POLICY];

/// What is read to decide about a path, critical or not.
const RESTRICTING: &[Oid] = &[
    oid::BASIC_CONSTRAINTS,
    oid::KEY_USAGE,
    oid::EXTENDED_KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::CERTIFICATE_POLICIES,
];

/// Extensions that may be critical: each is taken into account above, or restricts nothing that is decided here, or refuses
/// the path by itself. Where revocation is published is for whoever checks it.
const UNDERSTOOD: &[Oid] = &[
    oid::BASIC_CONSTRAINTS,
    oid::KEY_USAGE,
    oid::EXTENDED_KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::SUBJECT_KEY_IDENTIFIER,
    oid::AUTHORITY_KEY_IDENTIFIER,
    oid::NAME_CONSTRAINTS,
    oid::POLICY_CONSTRAINTS,
    oid::POLICY_MAPPINGS,
    oid::INHIBIT_ANY_POLICY,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::AUTHORITY_INFO_ACCESS,
    oid::OCSP_NO_CHECK,
    oid::NO_REV_AVAIL,
    oid::VALIDITY_ASSURED_SHORT_TERM,
];
