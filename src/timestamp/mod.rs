//! Time-stamps of RFC 3161, as updated by RFC 5816: the request, the response and the token.
//!
//! ```text
//! Digest ── Request ──▶ Transport ──▶ authority ──▶ Response ── Token { TstInfo } ──▶ time
//! ```

mod authority;
mod client;
mod extension;
mod guard;
#[cfg(feature = "http")]
mod http;
mod imprint;
mod info;
mod no_answer;
pub mod pool;
mod request;
mod response;
mod token;
mod transport;

pub use authority::Authority;
pub use client::Client;
pub use extension::Extension;
pub use guard::Guard;
#[cfg(feature = "http")]
pub use http::{HttpOptions, HttpTransport};
pub use imprint::MessageImprint;
pub use info::{Accuracy, TstInfo};
pub use no_answer::{NoAnswer, RetryAfter};
pub use request::Request;
pub use response::{Failure, Failures, Response, Status};
pub use token::Token;
pub use transport::{Exchange, Method, Transport};

/// The media type of a request (RFC 3161 §3.4).
pub const QUERY_TYPE: &str = "application/timestamp-query";
/// The media type of a response (RFC 3161 §3.4).
pub const REPLY_TYPE: &str = "application/timestamp-reply";
