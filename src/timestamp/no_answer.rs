//! Why a server gave no answer, for callers that act on it.

use std::time::Duration;

use crate::error::Error;
use crate::time::Time;

/// Why a [`Transport`](super::Transport) brought no answer back.
///
/// It is the source of the transport's error where that says more than its kind: a caller that keeps to what a server allows
/// looks for it there.
///
/// ```
/// use seing::error::{Error, ErrorKind};
/// use seing::timestamp::{NoAnswer, RetryAfter};
///
/// let retry_after = RetryAfter::parse("120");
/// let busy = NoAnswer::Status { status: 429, retry_after };
/// let error = Error::new(ErrorKind::Rejected, "the server refused the request").because(busy);
/// assert_eq!(NoAnswer::of(&error), Some(busy));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoAnswer {
    /// The server answered with a status that is no success.
    #[error("HTTP {status}")]
    Status {
        /// The status code.
        status: u16,
        /// When the server wants to be asked again, if it says so.
        retry_after: Option<RetryAfter>,
    },
    /// The answer was not there in time, or not all of it.
    #[error("the server did not answer in time")]
    Timeout,
    /// The connection ended before the answer did.
    #[error("the server ended the connection before its answer was there")]
    Cut,
    /// What came is not HTTP.
    #[error("the answer of the server is not HTTP")]
    NotHttp,
    /// What came is something else than what was asked for.
    #[error("answer of another media type")]
    MediaType,
}

impl NoAnswer {
    /// The reason in the error of a transport, where there is one.
    pub fn of(error: &Error) -> Option<Self> {
        std::error::Error::source(error).and_then(|source| source.downcast_ref::<Self>()).copied()
    }
}

/// When a server wants to be asked again (RFC 9110 §10.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 9110 §10.2.3")]
pub enum RetryAfter {
    /// So long after its answer.
    Delay(Duration),
    /// At an instant, by its own clock.
    At(Time),
}

impl RetryAfter {
    /// Reads the value of the header field: a number of seconds, or a date in the fixed-length form that is the only one that
    /// may still be written (RFC 9110 §5.6.7). Anything else says nothing.
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if !value.is_empty() && value.bytes().all(|octet| octet.is_ascii_digit()) {
            // More digits than fit are a long time as well.
            return Some(Self::Delay(Duration::from_secs(value.parse().unwrap_or(u64::MAX))));
        }
        let (_weekday, date) = value.strip_suffix(" GMT")?.split_once(", ")?;
        let mut parts = date.split(' ');
        let (day, month, year, clock) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let month = MONTHS.iter().position(|name| *name == month)? + 1;
        let time = Time::parse_rfc3339(&format!("{year}-{month:02}-{day}T{clock}Z")).ok()?;
        parts.next().is_none().then_some(Self::At(time))
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else() {
        let delay = |seconds| Some(RetryAfter::Delay(Duration::from_secs(seconds)));
        assert_eq!(RetryAfter::parse("120"), delay(120));
        assert_eq!(RetryAfter::parse(" 0 "), delay(0));
        assert_eq!(RetryAfter::parse("99999999999999999999999"), delay(u64::MAX));
        // The example of RFC 9110 §5.6.7.
        let time = Time::parse_rfc3339("1994-11-06T08:49:37Z").unwrap();
        assert_eq!(RetryAfter::parse("Sun, 06 Nov 1994 08:49:37 GMT"), Some(RetryAfter::At(time)));
        for other in [
            "",
            "-1",
            "+1",
            "1.5",
            "soon",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 x GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
        ] {
            assert_eq!(RetryAfter::parse(other), None, "{other}");
        }
    }
}
