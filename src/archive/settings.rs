//! When windows close, and when the operator takes no more orders.

use std::time::Duration;

use super::{Backlog, Bounds};
use crate::error::{Error, Result};
use crate::time::Time;

/// When the windows of a journal close, how many orders may wait, and for how long a worker may seal.
///
/// ```
/// use std::time::Duration;
/// use seing::archive::Settings;
///
/// let mut settings = Settings::default();
/// settings.window_age = Duration::from_secs(5);
/// settings.pending_orders = 50_000;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// A window closes when it has so many orders. 10,000: its tree is made in milliseconds.
    pub window_orders: usize,
    /// A window closes when its contracts have so many octets, as far as orders say how long theirs are. Never, unless said
    /// otherwise: only digests are kept.
    pub window_octets: u64,
    /// A window closes when one of its orders has waited for so long. A minute: state authorities are known that answer twenty
    /// requests in twenty minutes.
    pub window_age: Duration,
    /// New orders are refused while so many wait for a time-stamp. A million: a day of a large shop.
    pub pending_orders: u64,
    /// New orders are refused while one has waited for longer. A day: after that, a time-stamp no longer says on which day a
    /// contract was there.
    pub pending_age: Duration,
    /// For how long a window belongs to the worker that seals it, before another one may. Two minutes: longer than a worker waits
    /// for an authority.
    pub lease: Duration,
}

/// The most orders of one window: its tree, of digests of 32 octets, stays under 300 MiB.
const LARGEST_WINDOW: usize = 1 << 22;

impl Settings {
    pub(super) fn check(&self) -> Result<()> {
        if !(1..=LARGEST_WINDOW).contains(&self.window_orders) {
            let detail = format!("{} and not from 1 to {LARGEST_WINDOW}", self.window_orders);
            return Err(Error::misuse("number of orders to a window").with(detail));
        }
        if self.window_octets == 0 {
            return Err(Error::misuse("windows of no octets, in which no order has room"));
        }
        if self.lease.is_zero() {
            return Err(Error::misuse("a lease that is over when it begins"));
        }
        Ok(())
    }

    pub(super) fn bounds(&self, now: Time) -> Bounds {
        Bounds { orders: self.window_orders, octets: self.window_octets, since: earlier(now, self.window_age) }
    }

    pub(super) fn backlog(&self) -> Backlog {
        Backlog { orders: self.pending_orders, age: self.pending_age }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            window_orders: 10_000,
            window_octets: u64::MAX,
            window_age: Duration::from_secs(60),
            pending_orders: 1_000_000,
            pending_age: Duration::from_secs(86_400),
            lease: Duration::from_secs(120),
        }
    }
}

/// The instant so much before another one, or the first that there is.
pub(super) fn earlier(time: Time, by: Duration) -> Time {
    let whole = time.plus_seconds(i64::try_from(by.as_secs()).map_or(i64::MIN, |seconds| -seconds));
    let (seconds, nanoseconds) = match whole.nanoseconds().checked_sub(by.subsec_nanos()) {
        Some(rest) => (whole.unix_seconds(), rest),
        None => (
            whole.unix_seconds().saturating_sub(1),
            (whole.nanoseconds() + 1_000_000_000).saturating_sub(by.subsec_nanos()),
        ),
    };
    Time::from_unix(seconds, nanoseconds).unwrap_or(whole)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn an_instant_before_another_one() {
        let at = |text| Time::parse_rfc3339(text).unwrap();
        for (from, milliseconds, to) in [
            ("2026-11-23T10:00:00Z", 0, "2026-11-23T10:00:00Z"),
            ("2026-11-23T10:00:00Z", 1, "2026-11-23T09:59:59.999Z"),
            ("2026-11-23T10:00:00.5Z", 500, "2026-11-23T10:00:00Z"),
            ("2026-11-23T10:00:00.5Z", 86_400_600, "2026-11-22T09:59:59.9Z"),
        ] {
            assert_eq!(earlier(at(from), Duration::from_millis(milliseconds)), at(to));
        }
        assert_eq!(earlier(at("2026-11-23T10:00:00Z"), Duration::MAX), at("0000-01-01T00:00:00Z"));
    }
}
