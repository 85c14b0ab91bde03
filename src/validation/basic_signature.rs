//! EN 319 102-1 5.3: validation process for basic signatures.

use super::certificate_validation::{self, Outcome};
use super::indication::Indication;
use super::report::Finding;
use super::{Case, cryptographic_verification, format_checking, signature_acceptance, signing_certificate};
use crate::error::Result;
use crate::limits::Budget;
use crate::time::Time;

/// What was concluded of a basic signature.
#[derive(Debug)]
pub(super) struct Basic {
    pub(super) indication: Indication,
    /// When the signing certificate was revoked.
    pub(super) revoked: Option<Time>,
    /// Whether proofs of existence can change the conclusion.
    pub(super) depends_on_time: bool,
}

/// 5.3.4 as of `time`.
pub(super) fn validate(case: &Case<'_>, time: Time, findings: &mut Vec<Finding>, budget: &mut Budget) -> Result<Basic> {
    let Outcome { indication: path, revoked, depends_on_time } =
        certificate_validation::validate(case, time, findings, budget)?;
    let indication = conclude(case, path, time, findings);
    // Weak algorithms were strong once; a path that holds depends on nothing but the time.
    let depends_on_time =
        matches!(indication, Indication::Indeterminate(_)) && (depends_on_time || path == Indication::Passed);
    Ok(Basic { indication, revoked, depends_on_time })
}

/// The other blocks, about a path of which it is known what to think. Every block runs and leaves its findings; the first in
/// this order that did not pass concludes, so that a proven failure is not hidden behind something that merely could not be
/// determined. `time` is the one at which the algorithms were used.
pub(super) fn conclude(case: &Case<'_>, path: Indication, time: Time, findings: &mut Vec<Finding>) -> Indication {
    let facts = case.facts;
    let format = format_checking::check(&facts.defects, findings);
    let data = cryptographic_verification::check_data(facts, findings);
    let certificate = signing_certificate::identify(facts, findings);
    let value = cryptographic_verification::check_signature(facts, findings);
    let acceptance = signature_acceptance::check(facts, time, case.context, findings);
    let failed = |indication: &Indication| matches!(indication, Indication::Failed(_));
    let in_order = [format, data, certificate, value, path, acceptance];
    // The value was computed with the certificate at hand: it proves nothing where that is not the signer's.
    let proven = [format, data, if certificate == Indication::Passed { value } else { Indication::Passed }];
    let concludes = proven
        .into_iter()
        .find(failed)
        .or_else(|| in_order.into_iter().find(|indication| matches!(indication, Indication::Indeterminate(_))));
    concludes.unwrap_or(Indication::Passed)
}
