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
pub mod validation;

mod asn1;
mod cms;
mod sign;
mod verify;

pub use sign::{Identity, Sign, sign, sign_beside, sign_detached};
pub use verify::{TimestampVerification, Verification, verify, verify_time_stamp};
