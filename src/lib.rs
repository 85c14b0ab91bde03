//! Signing, time-stamping and verification of online contracts.

pub mod ades;
pub mod digest;
pub mod error;
pub mod key;
pub mod limits;
pub mod oid;
pub mod pki;
pub mod time;
pub mod timestamp;

mod asn1;
mod cms;
