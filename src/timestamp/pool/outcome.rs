//! What came of asking, authority by authority.

use std::fmt;

use super::ledger::after;
use crate::error::{Error, ErrorKind};
use crate::time::Time;
use crate::timestamp::{Failures, NoAnswer, RetryAfter, Status, Token};

/// The tokens that could be had, and what it took.
#[derive(Debug)]
#[must_use]
#[non_exhaustive]
pub struct Obtained {
    /// As many as were needed at least, each of another authority.
    pub tokens: Vec<Granted>,
    /// Every authority that was asked or passed over, in order.
    pub attempts: Vec<Attempt>,
    /// How many more tokens were wanted.
    pub missing: usize,
    /// When asking for those makes sense.
    pub again_at: Option<Time>,
}

/// Why there are not as many tokens as were needed.
///
/// It is the source of the error that [`Pool::obtain`](super::Pool::obtain) returns.
#[derive(Debug)]
#[non_exhaustive]
pub struct Unobtained {
    /// The tokens that could be had. They hold, and are too few.
    pub tokens: Vec<Granted>,
    /// Every authority that was asked or passed over, in order.
    pub attempts: Vec<Attempt>,
    /// When asking again makes sense. `None` when it never does with these authorities.
    pub again_at: Option<Time>,
}

/// A token, and who gave it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Granted {
    /// The address of the authority.
    pub authority: String,
    /// The token, in which everything holds that [`Client`](crate::timestamp::Client) checks.
    pub token: Token,
}

/// One authority that was asked, or passed over.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The address of the authority.
    pub authority: String,
    /// The time of the call, by the caller's clock.
    pub at: Time,
    /// What came of it.
    pub outcome: Outcome,
    /// The same as a sentence, where there is no token.
    pub error: Option<Error>,
}

/// What came of asking one authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// A token in which everything holds.
    Granted,
    /// The authority refused the request.
    Refused {
        /// Its status.
        status: Status,
        /// Its reasons.
        failures: Failures,
    },
    /// The server refused the request.
    Http {
        /// The status of HTTP.
        status: u16,
        /// When it wants to be asked again, by the caller's clock, if it says so.
        until: Option<Time>,
    },
    /// The answer was not there in time, or not all of it.
    Timeout,
    /// The connection ended before the answer did.
    Cut,
    /// The server could not be reached.
    Unreachable,
    /// The answer is longer than it may be, or needs more work.
    TooLong,
    /// The answer is not one of HTTP, or of another media type.
    NoReply,
    /// The address is not one that may be asked, or that can be.
    Address,
    /// The answer came, and does not hold.
    Unsound(Flaw),
    /// The token holds, and is of an authority that has given one already.
    SameAuthority,
    /// Not asked: the budget is spent, or the last request is too recent.
    OverBudget {
        /// Until when.
        until: Time,
    },
    /// Not asked: it refused a request lately.
    Blocked {
        /// Until when.
        until: Time,
    },
}

/// What does not hold in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Flaw {
    /// It is no time-stamp response, or has no token in it that can be read.
    Malformed,
    /// The token is over something else.
    Imprint,
    /// The token answers another request, or does not say which.
    Nonce,
    /// The token is under another policy than the one that was asked for.
    Policy,
    /// The time of the token is too far from that of the caller.
    Time,
    /// The signature does not hold, or cannot be checked.
    Signature,
    /// The signature, or one on the path to an anchor, is by an algorithm or a key that is too weak.
    Weak,
    /// The certificate that the token names is not there, or the token names none.
    Certificate,
    /// The certificate is not for time-stamping, or not for it alone.
    Purpose,
    /// The authority calls itself otherwise than its certificate does.
    Name,
    /// The certificate was not valid yet at the time of the token.
    NotYetValid,
    /// The certificate had expired at the time of the token.
    Expired,
    /// The certificate has no path to a trust anchor.
    Untrusted,
    /// Something else that its standard asks for.
    Form,
}

impl Outcome {
    /// What the error of a transport says, of a request that was sent at a time.
    pub(super) fn of_transport(error: &Error, sent: Time) -> Self {
        match NoAnswer::of(error) {
            Some(NoAnswer::Status { status, retry_after }) => {
                let until = retry_after.map(|retry| match retry {
                    RetryAfter::Delay(delay) => after(sent, delay),
                    RetryAfter::At(time) => time,
                });
                Self::Http { status, until }
            }
            Some(NoAnswer::Timeout) => Self::Timeout,
            Some(NoAnswer::Cut) => Self::Cut,
            Some(NoAnswer::NotHttp | NoAnswer::MediaType) => Self::NoReply,
            None => match error.kind() {
                ErrorKind::LimitExceeded => Self::TooLong,
                ErrorKind::Rejected => Self::NoReply,
                ErrorKind::Misuse | ErrorKind::Forbidden | ErrorKind::Unsupported => Self::Address,
                _ => Self::Unreachable,
            },
        }
    }
}

impl Unobtained {
    /// The attempts behind an error, where it is one of a pool.
    pub fn of(error: &Error) -> Option<&Self> {
        std::error::Error::source(error).and_then(|source| source.downcast_ref())
    }

    pub(super) fn into_error(self) -> Error {
        let mut kinds = self.attempts.iter().filter_map(|attempt| attempt.error.as_ref()).map(Error::kind);
        let kind = match kinds.next() {
            Some(first) if kinds.all(|kind| kind == first) => first,
            _ => ErrorKind::Unreachable,
        };
        let what = if self.tokens.is_empty() { "there is no time-stamp" } else { "there are too few time-stamps" };
        Error::new(kind, what).with(self.to_string()).because(self)
    }
}

impl fmt::Display for Unobtained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, attempt) in self.attempts.iter().enumerate() {
            let separator = if count > 0 { "; " } else { "" };
            write!(f, "{separator}{attempt}")?;
        }
        match self.again_at {
            Some(again) if self.attempts.iter().all(|attempt| again > attempt.at) => {
                write!(f, "; ask again at {again}")
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl std::error::Error for Unobtained {}

impl fmt::Display for Attempt {
    /// The authority and the sentence, with those below it as far as they say more.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(error) = &self.error else { return write!(f, "{}: token granted", self.authority) };
        let mut sentence = error.to_string();
        let mut below = std::error::Error::source(error);
        while let Some(source) = below {
            let text = source.to_string();
            if !sentence.contains(&text) {
                sentence.push_str(": ");
                sentence.push_str(&text);
            }
            below = source.source();
        }
        write!(f, "{}: {sentence}", self.authority)
    }
}
