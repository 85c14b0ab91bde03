//! The one place where octets leave for another machine.

use std::time::Duration;

use crate::error::Result;
use crate::limits::Limits;

/// Whoever can carry a request to a server and bring back its answer: HTTP, a queue, a recording, a function.
///
/// One exchange is one blocking call: an implementation bounds its time and, by [`Exchange::limit`], its size. It returns
/// the body of a successful answer whose media type is [`Exchange::accept`]; anything else is an error. What comes back is
/// not trusted: the caller checks it. Where the address comes from a stranger, as those in certificates do, an implementation
/// that connects asks a [`Guard`](super::Guard) first.
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
    /// Sends a request and returns the body of the answer.
    ///
    /// # Errors
    ///
    /// `Unreachable` when there is no answer in time, `Rejected` when the answer is not a successful one or of another media
    /// type, `LimitExceeded` when it is longer than it may be, `Misuse` for an address that is not one, `Forbidden` for one
    /// that may not be asked.
    fn exchange(&mut self, exchange: &Exchange<'_>) -> Result<Vec<u8>>;
}

/// How a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// With a body.
    Post,
    /// Without one.
    Get,
}

/// What is to be sent where, and what may come back.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// How.
    pub method: Method,
    /// The address.
    pub url: &'a str,
    /// The media type of the body; empty for [`Method::Get`].
    pub content_type: &'a str,
    /// The media type that the answer must have; [`ANY_TYPE`](Self::ANY_TYPE) takes every one.
    pub accept: &'a str,
    /// What is posted; empty for [`Method::Get`].
    pub body: &'a [u8],
    /// The octets that the answer may have.
    pub limit: usize,
    /// The time that the caller has for it, where that may be less than the transport's own.
    pub time: Option<Duration>,
}

impl<'a> Exchange<'a> {
    /// The media type that stands for all of them (RFC 9110 §12.5.1).
    pub const ANY_TYPE: &'static str = "*/*";

    /// A time-stamp request for a server. Other protocols set the media types.
    pub fn new(url: &'a str, body: &'a [u8]) -> Self {
        Self {
            method: Method::Post,
            url,
            content_type: super::QUERY_TYPE,
            accept: super::REPLY_TYPE,
            body,
            limit: Limits::default().answer_octets,
            time: None,
        }
    }

    /// A request for what lies at an address, whatever media type it has.
    pub fn get(url: &'a str) -> Self {
        Self { method: Method::Get, content_type: "", accept: Self::ANY_TYPE, body: &[], ..Self::new(url, &[]) }
    }
}

impl<F: FnMut(&Exchange<'_>) -> Result<Vec<u8>>> Transport for F {
    fn exchange(&mut self, exchange: &Exchange<'_>) -> Result<Vec<u8>> {
        self(exchange)
    }
}
