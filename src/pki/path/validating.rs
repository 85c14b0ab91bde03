//! The checks of RFC 5280 §6.1 on a path whose names and signatures chain.

use super::policies::{Policies, PolicyFault, PolicySets, Position};
use super::{PathFailure, PathFault, PathQuery, Purpose};
use crate::error::Error;
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::general_name::GeneralName;
use crate::pki::name_constraints::{Breach, NameConstraints};
use crate::pki::{Certificate, ExtendedKeyUsage, QcStatements};
use crate::time::Time;

/// Why a whole path is not taken.
pub(super) enum Fault {
    /// It does not hold at any time.
    Hard(PathFailure),
    /// It holds, but not for the purpose or under the policies that are asked for.
    Unfit(PathFailure),
    /// It holds at another time.
    OutOfTime(PathFailure),
    /// It was not validated to its end.
    Limit(Error),
}

impl From<PathFailure> for Fault {
    fn from(failure: PathFailure) -> Self {
        Self::Hard(failure)
    }
}

impl From<Error> for Fault {
    fn from(limit: Error) -> Self {
        Self::Limit(limit)
    }
}

type Checked = std::result::Result<(), PathFailure>;

/// Checks a path of certificates, the target first and the anchor last, of which each was signed by the next (§6.1.3 a 1 and
/// a 4). Whether one was revoked (a 3) is for whoever has revocation information.
///
/// Faults of fitness are reported only where the path holds, and faults of time only where nothing else is wrong, since a
/// proof that the signature is older cures them.
pub(super) fn validate(
    path: &[&Certificate],
    query: &PathQuery<'_>,
    budget: &mut Budget,
) -> std::result::Result<PolicySets, Fault> {
    let Some((anchor, below)) = path.split_last() else {
        return Err(PathFailure::new(PathFault::NoAnchor).into());
    };
    // §6.1.2
    let mut policies = Policies::new(query, below.len().max(1));
    let mut constraints = Constraints(Vec::new());
    let mut room = u64::MAX;
    let (mut unfit, mut out_of_time) = (None, None);
    if !below.is_empty() {
        // RFC 5280 §6.1.1 d: an anchor is a name and a key. Its validity and its signature are not looked at. What its
        // certificate says of those whom it certifies binds all the same, which RFC 5280 §6.2 leaves open and RFC 5937
        // describes: a certificate that is trusted as an end entity's does not become an authority by it.
        extensions_hold(anchor, below.len())?;
        criticals_known(anchor, below.len())?;
        may_issue(anchor, below.len(), anchor.version() < 3)?;
        let sets = policies.process(anchor, Position::Anchor, budget)?;
        keep(&mut unfit, policy(sets, anchor, below.len())?);
        let sets = policies.prepare_for_next(anchor, Position::Anchor, budget)?;
        keep(&mut unfit, policy(sets, anchor, below.len())?);
        constraints.add(anchor);
        room = path_length(anchor);
        keep(&mut unfit, names_purpose(anchor, below.len(), query).err());
    }
    // A target that is an anchor itself is validated as the last certificate of a path.
    let certificates = if below.is_empty() { path } else { below };
    for (place, certificate) in certificates.iter().enumerate().skip(1).rev() {
        extensions_hold(certificate, place)?;
        // §6.1.3 a 2. The fault of the target is the one that stays.
        out_of_time = time(certificate, place, query.time).err().or(out_of_time);
        // §6.1.3 b and c
        if !certificate.is_self_issued() {
            constraints.check(certificate, place, budget)?;
        }
        // §6.1.3 d to f
        let sets = policies.process(certificate, Position::Intermediate, budget)?;
        keep(&mut unfit, policy(sets, certificate, place)?);
        // §6.1.4 a, b and h to j
        let sets = policies.prepare_for_next(certificate, Position::Intermediate, budget)?;
        keep(&mut unfit, policy(sets, certificate, place)?);
        // §6.1.4 g
        constraints.add(certificate);
        // §6.1.4 k and n
        may_issue(certificate, place, false)?;
        if !certificate.is_self_issued() {
            // §6.1.4 l
            room =
                room.checked_sub(1).ok_or_else(|| PathFailure::new(PathFault::PathTooLong).of(certificate, place))?;
        }
        // §6.1.4 m
        room = room.min(path_length(certificate));
        // §6.1.4 o
        criticals_known(certificate, place)?;
        keep(&mut unfit, names_purpose(certificate, place, query).err());
    }
    let Some(last) = certificates.first() else {
        return Err(PathFailure::new(PathFault::NoAnchor).into());
    };
    extensions_hold(last, 0)?;
    out_of_time = time(last, 0, query.time).err().or(out_of_time);
    constraints.check(last, 0, budget)?;
    let sets = policies.process(last, Position::Target, budget)?;
    keep(&mut unfit, policy(sets, last, 0)?);
    // §6.1.5 f, which is §6.1.4 o for the last certificate
    criticals_known(last, 0)?;
    constrains_nobody_or_is_an_authority(last)?;
    // §6.1.5 a, b and g
    let sets = policies.conclude(last);
    keep(&mut unfit, sets.as_ref().err().map(|_| PathFailure::new(PathFault::Policy).of(last, 0)));
    keep(&mut unfit, is_for(last, query.purpose).err());
    match (sets, unfit, out_of_time) {
        (Ok(sets), None, None) => Ok(sets),
        (_, Some(failure), _) => Err(Fault::Unfit(failure)),
        (_, None, Some(failure)) => Err(Fault::OutOfTime(failure)),
        (Err(_), None, None) => Err(PathFailure::new(PathFault::Policy).of(last, 0).into()),
    }
}

/// The first of several faults.
fn keep(first: &mut Option<PathFailure>, failure: Option<PathFailure>) {
    if let Some(failure) = failure {
        first.get_or_insert(failure);
    }
}

/// A mapping of anyPolicy breaks the path, and that no policy is valid makes it unfit.
fn policy(
    processed: std::result::Result<(), PolicyFault>,
    certificate: &Certificate,
    place: usize,
) -> std::result::Result<Option<PathFailure>, PathFailure> {
    match processed {
        Ok(()) => Ok(None),
        Err(PolicyFault::NoneValid) => Ok(Some(PathFailure::new(PathFault::Policy).of(certificate, place))),
        Err(PolicyFault::AnyPolicyMapped) => Err(PathFailure::new(PathFault::AnyPolicyMapped).of(certificate, place)),
    }
}

/// permitted_subtrees and excluded_subtrees (§6.1.2 b and c), which are those of the anchor at first.
///
/// A name lies in the intersection of permitted subtrees, and in no union of excluded ones (§6.1.4 g), when it lies so to each
/// extension by itself.
struct Constraints<'a>(Vec<(&'a Certificate, &'a NameConstraints)>);

impl<'a> Constraints<'a> {
    fn add(&mut self, authority: &'a Certificate) {
        self.0.extend(authority.extensions().name_constraints.as_ref().map(|constraints| (authority, constraints)));
    }

    fn check(&self, certificate: &Certificate, place: usize, budget: &mut Budget) -> std::result::Result<(), Fault> {
        for (authority, constraints) in &self.0 {
            let refuse = |breach: Breach, name: String| {
                let why = match breach {
                    Breach::NotPermitted => "is not among the names that are permitted by",
                    Breach::Excluded => "is among the names, or cannot be told from those, that are excluded by",
                    Breach::Incomparable => "is of a form that cannot be compared with the constraints of",
                };
                let detail = format!("{name} {why} {}", authority.subject());
                PathFailure::new(PathFault::NameConstraints).of(certificate, place).with(detail)
            };
            if let Err(breach) = constraints.check_subject(certificate.subject(), budget)? {
                return Err(refuse(breach, "the subject".to_owned()).into());
            }
            for name in &certificate.extensions().subject_alt_names {
                if let Err(breach) = constraints.check(name, budget)? {
                    return Err(refuse(breach, shown(name)).into());
                }
            }
        }
        Ok(())
    }
}

/// A name as it may reach a terminal.
fn shown(name: &GeneralName) -> String {
    match name {
        GeneralName::Rfc822(text) | GeneralName::Dns(text) | GeneralName::Uri(text) => {
            text.chars().take(LONGEST_SHOWN).flat_map(char::escape_default).collect()
        }
        GeneralName::Directory(name) => name.to_string(),
        GeneralName::Ip(octets) => {
            match (<[u8; 4]>::try_from(octets.as_slice()), <[u8; 16]>::try_from(octets.as_slice())) {
                (Ok(octets), _) => std::net::Ipv4Addr::from(octets).to_string(),
                (_, Ok(octets)) => std::net::Ipv6Addr::from(octets).to_string(),
                _ => "an IP address of no known length".to_owned(),
            }
        }
        GeneralName::Other(kind) => format!("otherName {kind}"),
        GeneralName::X400 => "an x400Address".to_owned(),
        GeneralName::EdiParty => "an ediPartyName".to_owned(),
        GeneralName::RegisteredId => "a registeredID".to_owned(),
    }
}

/// The longest host name (RFC 1035 §2.3.4).
const LONGEST_SHOWN: usize = 253;

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

/// RFC 5280 §6.1.4 k and n.
fn may_issue(certificate: &Certificate, place: usize, too_old_to_say: bool) -> Checked {
    let fail = |fault| Err(PathFailure::new(fault).of(certificate, place));
    if !too_old_to_say && (certificate.version() != 3 || !is_authority(certificate)) {
        return fail(PathFault::NotACa);
    }
    match certificate.key_usage() {
        Some(usage) if !usage.key_cert_sign() => fail(PathFault::KeyUsage),
        _ => Ok(()),
    }
}

fn is_authority(certificate: &Certificate) -> bool {
    certificate.basic_constraints().is_some_and(|constraints| constraints.authority)
}

/// RFC 5280 §4.2.1.10: name constraints are for authorities alone.
fn constrains_nobody_or_is_an_authority(target: &Certificate) -> Checked {
    match target.extensions().name_constraints {
        Some(_) if !is_authority(target) => {
            Err(PathFailure::new(PathFault::Misplaced(oid::NAME_CONSTRAINTS)).of(target, 0))
        }
        _ => Ok(()),
    }
}

/// The purposes of an authority, where the query asks for them throughout the path.
fn names_purpose(authority: &Certificate, place: usize, query: &PathQuery<'_>) -> Checked {
    let wanted = match query.purpose {
        _ if !query.purpose_throughout => return Ok(()),
        Purpose::Any | Purpose::Signing => return Ok(()),
        Purpose::TimeStamping => oid::KP_TIME_STAMPING,
        Purpose::Eku(purpose) => purpose,
    };
    has_purpose(authority, place, wanted)
}

/// RFC 5280 §4.2.1.12.
fn has_purpose(certificate: &Certificate, place: usize, wanted: Oid) -> Checked {
    match certificate.extended_key_usage() {
        Some(usage) if !usage.purposes.iter().any(|p| *p == wanted || *p == oid::ANY_EXTENDED_KEY_USAGE) => {
            Err(PathFailure::new(PathFault::ExtendedKeyUsage).of(certificate, place))
        }
        _ => Ok(()),
    }
}

fn is_for(target: &Certificate, purpose: Purpose) -> Checked {
    match purpose {
        Purpose::Any => Ok(()),
        Purpose::Signing => signing(target),
        Purpose::TimeStamping => {
            // RFC 3161 §2.3
            let alone = |usage: &&ExtendedKeyUsage| usage.critical && usage.purposes == [oid::KP_TIME_STAMPING];
            if target.extended_key_usage().filter(alone).is_none() {
                return Err(PathFailure::new(PathFault::ExtendedKeyUsage).of(target, 0));
            }
            signing(target)
        }
        Purpose::Eku(purpose) => has_purpose(target, 0, purpose),
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

/// What is read to decide about a path, critical or not.
const RESTRICTING: &[Oid] = &[
    oid::BASIC_CONSTRAINTS,
    oid::KEY_USAGE,
    oid::EXTENDED_KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::CERTIFICATE_POLICIES,
    oid::POLICY_MAPPINGS,
    oid::POLICY_CONSTRAINTS,
    oid::INHIBIT_ANY_POLICY,
    oid::NAME_CONSTRAINTS,
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
