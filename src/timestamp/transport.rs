//! The one place where octets leave for another machine.

use crate::error::Result;

/// Whoever can carry a request to a server and bring back its answer: HTTP, a queue, a recording, a function.
///
/// One exchange is one blocking call: an implementation bounds its time and, by [`Exchange::limit`], its size. It returns
/// the body of a successful answer whose media type is [`Exchange::accept`]; anything else is an error. What comes back is
/// not trusted: the caller checks it.
///
/// A closure is a transport:
///
/// ```
/// use seing::error::{Error, ErrorKind};
/// use seing::timestamp::{Exchange, Transport};
///
/// let mut offline = |exchange: &Exchange<'_>| {
///     Err(Error::new(ErrorKind::Unreachable, "there is no network here").with(exchange.url))
/// };
/// let exchange = Exchange::new("http://tsa.example/", b"request");
/// assert!(offline.exchange(&exchange).is_err());
/// ```
pub trait Transport {
    /// Posts a body and returns the body of the answer.
    ///
    /// # Errors
    ///
    /// `Unreachable` when there is no answer in time, `Rejected` when the answer is not a successful one or of another media
    /// type, `LimitExceeded` when it is longer than it may be, `Misuse` for an address that is not one.
    fn exchange(&mut self, exchange: &Exchange<'_>) -> Result<Vec<u8>>;
}

/// What is to be posted where, and what may come back.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The address.
    pub url: &'a str,
    /// The media type of the body.
    pub content_type: &'a str,
    /// The media type that the answer must have.
    pub accept: &'a str,
    /// What is posted.
    pub body: &'a [u8],
    /// The octets that the answer may have.
    pub limit: usize,
}

impl<'a> Exchange<'a> {
    /// A time-stamp request for a server. Other protocols set the media types.
    pub fn new(url: &'a str, body: &'a [u8]) -> Self {
        let limit = crate::limits::Limits::default().answer_octets;
        Self { url, content_type: super::QUERY_TYPE, accept: super::REPLY_TYPE, body, limit }
    }
}

impl<F: FnMut(&Exchange<'_>) -> Result<Vec<u8>>> Transport for F {
    fn exchange(&mut self, exchange: &Exchange<'_>) -> Result<Vec<u8>> {
        self(exchange)
    }
}
