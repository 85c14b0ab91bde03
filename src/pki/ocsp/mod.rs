//! The Online Certificate Status Protocol (RFC 6960): requests are written, responses are read.
//!
//! Nothing here reaches a network. Whoever asks sends [`Request::to_der`] with the media type [`REQUEST_TYPE`], and
//! [`revocation`](super::revocation) says what the answer proves.

mod cert_id;
mod request;
mod response;

pub use cert_id::CertId;
pub use request::{REQUEST_TYPE, RESPONSE_TYPE, Request, Unanswered};
pub use response::{CertStatus, CrlId, OcspResponse, ResponderId, ResponseStatus, SingleResponse};
