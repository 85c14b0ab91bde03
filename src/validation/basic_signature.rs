//! EN 319 102-1 5.3: validation process for basic signatures.

use super::indication::Indication;
use super::report::Finding;
use super::{
    Context, certificate_validation, cryptographic_verification, format_checking, signature_acceptance,
    signing_certificate,
};
use crate::ades::SignerFacts;
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::path::Purpose;
use crate::time::Time;

/// 5.3.4 as of `time`. Every block runs and leaves its findings; the first in this order that did not pass concludes, so that
/// a proven failure is not hidden behind something that merely could not be determined.
pub(super) fn validate(
    facts: &SignerFacts,
    purpose: Purpose,
    time: Time,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
    budget: &mut Budget,
) -> Result<Indication> {
    let format = format_checking::check(&facts.defects, findings);
    let data = cryptographic_verification::check_data(facts, findings);
    let certificate = signing_certificate::identify(facts, findings);
    let value = cryptographic_verification::check_signature(facts, findings);
    let path = certificate_validation::validate(facts, purpose, time, context, findings, budget)?;
    let acceptance = signature_acceptance::check(facts, time, context, findings);
    let failed = |indication: &Indication| matches!(indication, Indication::Failed(_));
    let in_order = [format, data, certificate, value, path, acceptance];
    // The value was computed with the certificate at hand: it proves nothing where that is not the signer's.
    let proven = [format, data, if certificate == Indication::Passed { value } else { Indication::Passed }];
    let concludes = proven
        .into_iter()
        .find(failed)
        .or_else(|| in_order.into_iter().find(|indication| matches!(indication, Indication::Indeterminate(_))));
    Ok(concludes.unwrap_or(Indication::Passed))
}
