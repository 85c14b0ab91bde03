//! Signs, time-stamps and verifies contracts concluded online, in the formats that other tools verify.
//!
//! ```
//! use seing::key::{KeyKind, os_entropy};
//! use seing::pki::throwaway::{Kinds, ThrowawayPki};
//! use seing::timestamp::{Authority, Client, Exchange};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let now = std::time::SystemTime::now().into();
//! let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?; // TEST certificates
//! let anchors = pki.trust_anchors();
//! let shop = seing::Identity::new(pki.merchant.key, pki.merchant.chain)?;
//! let tsa = pki.time_stamp_authority;
//! let authority = Authority::new(tsa.key, tsa.chain, seing::oid::Oid::parse("2.999.1")?)?;
//! let mut tsa = Client::new(
//!     "http://tsa.example/",
//!     |ask: &Exchange| Ok(authority.respond(ask.body, now, &mut os_entropy)),
//!     os_entropy,
//! );
//!
//! let signed = seing::sign(b"one desk, 1200 MAD", &shop).claimed_at(now).timestamp(&mut tsa).finish()?;
//! let report = seing::verify(&signed).trust(&anchors).at(now).report()?;
//! let accepted = report.require_passed()?; // the only way to "yes" is a type
//! assert_eq!(accepted.report().signatures.len(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! # The flow
//!
//! Signing goes down the modules and verifying comes back up as facts:
//!
//! ```text
//! digest   hashes, always with their algorithm
//! key      Signer, software keys, the mathematics of a signature
//! pki      certificates, trust anchors, certification paths
//! timestamp  RFC 3161: request, response, token, client, authority, a pool of authorities
//! evidence  RFC 4998: many documents under one token, a record for each of them, renewal
//! ades     what a signature states, in any format; ades::cades is CMS/CAdES
//! collect  what is missing for a validation, over a Transport
//! validation  EN 319 102-1: facts, policy and a time in, a Report out
//! contract the ceremony of an online contract, as a journal of linked events
//! legal    what Moroccan law says of it: rules with their articles, and an Assessment
//! archive  the sealing journal: orders in, one time-stamp for a window of them, an evidence record each out
//! ```
//!
//! [`sign()`], [`augment()`] and [`verify()`] are the paved path over them. Between [`ades::cades::Signing::prepare`] and
//! [`ades::cades::Prepared::embed`] anyone can sign: a smart card, an HSM, a phone, a remote service.
//!
//! # What holds everywhere
//!
//! A signature that does not hold is no error: [`error::Error`] says why something could not be done, a
//! [`validation::Report`] what was found. Time, trust, randomness and the network are arguments. What was signed is never
//! encoded again. Input is hostile, and bounded by [`limits::Limits`].
//!
//! # What it does not do
//!
//! It is no trust service provider and gives no legal advice. Nothing is fetched unless the caller asks for it: revocation
//! information that a verification needs and does not have makes it INDETERMINATE, and the report names where it is to be had.
//!
//! # Features
//!
//! `http` adds a transport to time-stamp authorities and for [`collect`], `pkcs12` key files of that kind, `graviola` faster signature arithmetic
//! on the processors that it supports ([`key::arithmetic`]), `store-redb` and `store-postgres` what keeps a sealing journal
//! ([`archive`]), `cli` the command `seing`. None changes a verdict.

pub mod ades;
pub mod archive;
pub mod collect;
pub mod contract;
pub mod digest;
pub mod error;
pub mod evidence;
pub mod key;
pub mod legal;
pub mod limits;
pub mod oid;
pub mod pki;
pub mod time;
pub mod timestamp;
pub mod validation;

mod asn1;
mod augment;
mod cms;
mod sign;
mod verify;

pub use augment::{Augment, augment};
pub use sign::{Identity, Sign, sign, sign_beside, sign_detached};
pub use verify::{
    EvidenceVerification, FactsVerification, TimestampVerification, Verification, verify, verify_evidence,
    verify_facts, verify_time_stamp,
};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
