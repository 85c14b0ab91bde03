//! What an authority allows, and what was asked of it.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;
use crate::timestamp::{Failure, Status};

/// On which terms an authority is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terms {
    /// What a token costs, in any unit that is the same for the whole pool: cheaper authorities are asked first, and those of the
    /// same cost in the order in which they were added. 0.
    pub cost: u32,
    /// How many requests it takes in any span of time; without this, as many as there are.
    pub allowance: Option<Allowance>,
    /// The time from one request to the next, at least. None; a second-hand account of Sectigo's advice has 15 seconds.
    pub interval: Duration,
    /// How long it is not asked after it refused a request, where it does not say so itself. 10 minutes; some block a user for
    /// a day who does not keep to their limits.
    pub block: Duration,
    /// How long it is asked after all others when it failed otherwise: this long at first, twice as long each time, an hour at most.
    /// 30 seconds.
    pub pause: Duration,
    /// The time for its answer. The transport must keep to [`Exchange::time`](crate::timestamp::Exchange::time). 10 seconds:
    /// real authorities answer within one.
    pub patience: Duration,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            cost: 0,
            allowance: None,
            interval: Duration::ZERO,
            block: Duration::from_secs(600),
            pause: Duration::from_secs(30),
            patience: Duration::from_secs(10),
        }
    }
}

/// So many requests in any span of this length, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many. The redirects of a request are requests of the same authority that are not counted: it is better named by the
    /// address that they lead to.
    pub requests: NonZeroU32,
    /// In which span, rounded up to whole seconds. What a request needs to arrive is not counted here: whoever is blocked for
    /// exceeding it leaves some seconds more.
    pub window: Duration,
}

/// What is kept of a [`Pool`](super::Pool) when the program ends: requests, blocks and failures of each authority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolState {
    authorities: Vec<Ledger>,
}

impl PoolState {
    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is something else.
    pub fn from_json(json: &str) -> Result<Self> {
        let malformed = |error| Error::malformed("not the state of a pool of time-stamp authorities").because(error);
        serde_json::from_str::<Self>(json).map_err(malformed)
    }

    /// Writes the state.
    ///
    /// # Errors
    ///
    /// `Malformed` when it cannot be written, which no state is known to do.
    pub fn to_json(&self) -> Result<String> {
        let error = |error| Error::malformed("the state of the pool cannot be written").because(error);
        serde_json::to_string(self).map_err(error)
    }

    pub(super) fn into_ledgers(self) -> Vec<Ledger> {
        self.authorities
    }
}

impl FromIterator<Ledger> for PoolState {
    fn from_iter<I: IntoIterator<Item = Ledger>>(ledgers: I) -> Self {
        Self { authorities: ledgers.into_iter().collect() }
    }
}

/// What was asked of one authority, and how it behaved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ledger {
    authority: String,
    /// When requests were sent, as far back as the allowance needs; the last one at least. Ascending.
    #[serde(default)]
    requests: Vec<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    blocked_until: Option<Time>,
    #[serde(default)]
    failures: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resting_until: Option<Time>,
}

/// Why an authority is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bar {
    OverBudget(Time),
    Blocked(Time),
}

impl Ledger {
    pub(super) fn new(authority: &str) -> Self {
        Self {
            authority: authority.to_owned(),
            requests: Vec::new(),
            blocked_until: None,
            failures: 0,
            resting_until: None,
        }
    }

    /// The ledger as it was kept, with no more in it than these terms need.
    pub(super) fn bounded(mut self, terms: &Terms) -> Self {
        self.requests.sort_unstable();
        let most = terms.allowance.and_then(|allowance| usize::try_from(allowance.requests.get()).ok()).unwrap_or(1);
        self.requests.drain(..self.requests.len().saturating_sub(most));
        self
    }

    pub(super) fn authority(&self) -> &str {
        &self.authority
    }

    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    pub(super) fn resting_until(&self, at: Time) -> Option<Time> {
        self.resting_until.filter(|until| *until > at && *until <= horizon(at))
    }

    /// Why it may not be asked at a time, if it may not, and until when.
    pub(super) fn barred(&self, at: Time, terms: &Terms) -> Option<Bar> {
        let blocked = self.blocked_until.filter(|until| *until > at && *until <= horizon(at));
        let requests = self.requests.get(..self.possible(at)).unwrap_or_default();
        let last = requests.last().filter(|_| !terms.interval.is_zero());
        let interval = last.map(|last| after(*last, terms.interval));
        let allowance = terms.allowance.and_then(|allowance| {
            // The request that must be out of the window before another one is let into it.
            let first = requests.len().checked_sub(usize::try_from(allowance.requests.get()).ok()?)?;
            requests.get(first).map(|sent| after(*sent, allowance.window))
        });
        let spent = interval.into_iter().chain(allowance).max().filter(|until| *until > at);
        match (blocked, spent) {
            (Some(blocked), spent) if spent.is_none_or(|spent| spent <= blocked) => Some(Bar::Blocked(blocked)),
            (_, spent) => spent.map(Bar::OverBudget),
        }
    }

    /// Counts a request that is sent at a time.
    pub(super) fn count(&mut self, sent: Time, terms: &Terms) {
        let place = self.requests.partition_point(|earlier| *earlier <= sent);
        self.requests.insert(place, sent);
        let most = terms.allowance.and_then(|allowance| usize::try_from(allowance.requests.get()).ok()).unwrap_or(1);
        // What is impossible makes room first.
        self.requests.truncate(self.possible(sent).max(most));
        self.requests.drain(..self.requests.len().saturating_sub(most));
    }

    /// How many requests, from the first on, were sent at times that a sound clock may have said.
    fn possible(&self, at: Time) -> usize {
        self.requests.partition_point(|sent| *sent <= horizon(at))
    }

    /// Draws the consequences of what came of a request.
    pub(super) fn settle(&mut self, outcome: &Outcome, at: Time, terms: &Terms) {
        if matches!(outcome, Outcome::Granted | Outcome::SameAuthority) {
            (self.failures, self.resting_until, self.blocked_until) = (0, None, None);
            return;
        }
        let doublings = 1u32.checked_shl(self.failures).filter(|_| self.failures < 31).unwrap_or(u32::MAX);
        let rest = terms.pause.saturating_mul(doublings).min(LONGEST_REST);
        self.failures = self.failures.saturating_add(1);
        self.resting_until = Some(after(at, rest));
        let latest = after(at, LONGEST_BLOCK);
        let blocked = match outcome {
            Outcome::Http { until: Some(until), .. } if *until > at => Some(*until),
            // RFC 9110 §15.5: what is wrong is the request, or whoever sends it.
            Outcome::Http { status: 400..=499, .. } => Some(after(at, terms.block)),
            Outcome::Refused { status, failures } => {
                let passing = *status == Status::Waiting
                    || failures.contains(Failure::TimeNotAvailable)
                    || failures.contains(Failure::SystemFailure);
                (!passing).then(|| after(at, terms.block))
            }
            _ => None,
        };
        self.blocked_until = blocked.map(|until| until.min(latest));
    }
}

impl Bar {
    pub(super) fn until(self) -> Time {
        match self {
            Self::OverBudget(until) | Self::Blocked(until) => until,
        }
    }

    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::OverBudget(until) => Outcome::OverBudget { until },
            Self::Blocked(until) => Outcome::Blocked { until },
        }
    }

    pub(super) fn error(self) -> Error {
        let (what, until) = match self {
            Self::OverBudget(until) => ("not asked, because its budget is spent", until),
            Self::Blocked(until) => ("not asked, because it refused a request lately", until),
        };
        Error::new(ErrorKind::Rejected, what).with(format!("until {until}"))
    }
}

/// The instant so long after another one, rounded up to whole seconds: budgets are kept rather too well.
pub(super) fn after(time: Time, span: Duration) -> Time {
    let seconds = span.as_secs().saturating_add(u64::from(span.subsec_nanos() > 0));
    time.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// The last instant that may be in a ledger. What is later was written by a clock that was ahead, and is believed no longer: it would
/// bar the authority until that time comes.
fn horizon(at: Time) -> Time {
    after(at, LONGEST_BLOCK.saturating_mul(2))
}

/// One that is down for a night is found again within an hour of its return.
const LONGEST_REST: Duration = Duration::from_secs(3600);

/// The longest block that is known is of a day; a server that asks for more than a week of it has made a mistake.
const LONGEST_BLOCK: Duration = Duration::from_secs(7 * 86_400);
