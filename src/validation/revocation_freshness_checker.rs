//! EN 319 102-1 5.2.5: revocation freshness checker.

use super::Policy;
use crate::pki::revocation::Statement;
use crate::time::Time;

/// 5.2.5.4: the last moment at which a statement is fresh.
pub(super) fn fresh_until(statement: &Statement, policy: &Policy) -> Time {
    until(statement.issued, statement.next_update, policy)
}

/// The policy's maximum after it was issued, or where the policy has none, until the issuer announced newer information. Where
/// the issuer announced none, for as long as the policy says.
pub(super) fn until(issued: Time, next_update: Option<Time>, policy: &Policy) -> Time {
    match (policy.revocation_fresh_seconds, next_update) {
        (Some(seconds), _) => after(issued, seconds),
        (None, Some(next_update)) => next_update.max(issued),
        (None, None) => after(issued, policy.revocation_unannounced_seconds),
    }
}

fn after(issued: Time, seconds: u64) -> Time {
    issued.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}
