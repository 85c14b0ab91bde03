//! Whether a list is one for a certificate, and for which reasons of revocation.

use std::borrow::Cow;

use crate::error::Result;
use crate::limits::Budget;
use crate::pki::crl::Crl;
use crate::pki::distribution::{DistributionPoint, Reasons, have_common};
use crate::pki::general_name::GeneralName;
use crate::pki::{Certificate, Name};

/// What a list has to do with a certificate.
pub(super) enum Scope {
    /// It is neither of the issuer of the certificate nor of whoever the certificate names instead.
    Foreign,
    /// It is, but it says nothing of this certificate, for this reason.
    Outside(&'static str),
    /// It names the certificate if it is revoked for one of these reasons: the interim_reasons_mask of RFC 5280 §6.3.3 d.
    Covers(Reasons),
}

/// RFC 5280 §6.3.3 b and d, for every distribution point of the certificate and for the one that stands for lists of its
/// issuer that no distribution point names.
pub(super) fn of(crl: &Crl, certificate: &Certificate, budget: &mut Budget) -> Result<Scope> {
    let of_issuer = crl.issuer().matches(certificate.issuer());
    let points = &certificate.extensions().distribution_points;
    let mut is_named = false;
    for point in points {
        is_named |= names(point.crl_issuer.as_deref().unwrap_or_default(), crl.issuer(), budget)?;
    }
    if !of_issuer && !is_named {
        return Ok(Scope::Foreign);
    }
    // b 2 ii to iv
    let scope = crl.extensions().scope.as_ref();
    let is_authority = certificate.basic_constraints().is_some_and(|constraints| constraints.authority);
    let outside = match scope {
        Some(scope) if scope.only_attributes => Some("it is for attribute certificates alone"),
        Some(scope) if scope.only_users && is_authority => Some("it is not for certificates of authorities"),
        Some(scope) if scope.only_authorities && !is_authority => Some("it is for certificates of authorities alone"),
        Some(_) | None => None,
    };
    if let Some(why) = outside {
        return Ok(Scope::Outside(why));
    }

    let of_list = scope.and_then(|scope| scope.only_some_reasons).unwrap_or(Reasons::ALL);
    let mut covered = Reasons::NONE;
    let mut is_for_a_point = false;
    for point in points {
        if is_for(crl, point, certificate, of_issuer, budget)? {
            is_for_a_point = true;
            covered = covered.union(of_list.intersection(point.reasons.unwrap_or(Reasons::ALL)));
        }
    }
    if of_issuer && is_for_issuer(crl, certificate, budget)? {
        is_for_a_point = true;
        covered = covered.union(of_list);
    }
    Ok(match (is_for_a_point, covered.is_empty()) {
        (false, _) if !of_issuer && !crl.is_indirect() => {
            Scope::Outside("it is not an indirect one, and not of the issuer")
        }
        (false, _) => Scope::Outside("it is of another distribution point than those of the certificate"),
        (true, true) => Scope::Outside("it covers no reason of a revocation"),
        (true, false) => Scope::Covers(covered),
    })
}

/// §6.3.3 b 1 and b 2 i, for one distribution point.
fn is_for(
    crl: &Crl,
    point: &DistributionPoint,
    certificate: &Certificate,
    of_issuer: bool,
    budget: &mut Budget,
) -> Result<bool> {
    let base = match &point.crl_issuer {
        Some(issuers) => {
            if !crl.is_indirect() || !names(issuers, crl.issuer(), budget)? {
                return Ok(false);
            }
            issuers.iter().find_map(GeneralName::directory).unwrap_or(certificate.issuer())
        }
        None if of_issuer => certificate.issuer(),
        None => return Ok(false),
    };
    let Some(of_list) = name_of(crl)? else { return Ok(true) };
    let of_point = match (&point.name, &point.crl_issuer) {
        (Some(name), _) => name.in_full(base)?,
        (None, Some(issuers)) => Cow::Borrowed(issuers.as_slice()),
        (None, None) => return Ok(false),
    };
    have_common(&of_list, &of_point, budget)
}

/// The same for the distribution point that has no more than the name of the issuer of the certificate.
fn is_for_issuer(crl: &Crl, certificate: &Certificate, budget: &mut Budget) -> Result<bool> {
    match name_of(crl)? {
        Some(of_list) => names(&of_list, certificate.issuer(), budget),
        None => Ok(true),
    }
}

/// The names of the distribution point for which the list says it is.
fn name_of(crl: &Crl) -> Result<Option<Cow<'_, [GeneralName]>>> {
    let name = crl.extensions().scope.as_ref().and_then(|scope| scope.name.as_ref());
    name.map(|name| name.in_full(crl.issuer())).transpose()
}

fn names(list: &[GeneralName], wanted: &Name, budget: &mut Budget) -> Result<bool> {
    for name in list.iter().filter_map(GeneralName::directory) {
        budget.name_comparison(name.der().len())?;
        if name.matches(wanted) {
            return Ok(true);
        }
    }
    Ok(false)
}
