//! A signature whose key is somewhere else: on a card, on a phone, in the service of a provider.
//!
//! ```sh
//! cargo run --release --example remote_signer
//! ```
//!
//! Signing is two moves with anything in between. The shop prepares a signature and stores it as JSON; whoever has the key
//! signs the octets when they like; the shop, perhaps another process a day later, puts the value in its place.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example has a clock and a terminal")]

use std::error::Error;
use std::time::SystemTime;

use seing::ades::cades::{Prepared, Signing};
use seing::key::{KeyKind, SignatureAlgorithm, Signer, SoftwareKey, os_entropy};
use seing::oid;
use seing::pki::Certificate;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::verify;

const ORDER: &[u8] = b"Order 4711: one desk, 1250,00 MAD, to be delivered in Casablanca";

/// Another machine. It has the key and sees neither the order nor the shop.
struct Phone {
    key: SoftwareKey,
}

impl Phone {
    /// What it shows before it asks for the PIN is the digest, so that two screens can be compared.
    fn sign(&self, to_be_signed: &[u8], shown: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        println!("phone: signing {shown}");
        Ok(self.key.sign(to_be_signed)?)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let now = Time::from(SystemTime::now());
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
    let anchors = pki.trust_anchors();
    let phone = Phone { key: pki.customer.key };

    // The shop knows the customer's certificate and algorithm, and nothing secret.
    let stored = prepare(&pki.customer.chain, phone.key.algorithm(), now)?;
    println!("shop: stored a prepared signature of {} octets", stored.len());

    let prepared = Prepared::from_json(&stored)?;
    let shown = prepared.digest().map(|digest| digest.to_hex()).unwrap_or_default();
    let value = phone.sign(prepared.to_be_signed(), &shown)?;
    let signed = prepared.embed(&value)?;

    let accepted = verify(&signed).trust(&anchors).at(now).report()?.require_passed()?;
    println!("{}", accepted.report());

    // `embed` verifies what it is given: the value of another key never gets into a document.
    let stranger = Phone { key: pki.merchant.key };
    let prepared = Prepared::from_json(&stored)?;
    let value = stranger.sign(prepared.to_be_signed(), &shown)?;
    let refused = prepared.embed(&value).err().ok_or("a stranger's signature was taken")?;
    println!("shop: {refused}");
    Ok(())
}

fn prepare(chain: &[Certificate], algorithm: SignatureAlgorithm, now: Time) -> Result<String, Box<dyn Error>> {
    let signing = Signing::attached(ORDER, chain, algorithm, now).commitment(oid::PROOF_OF_APPROVAL);
    Ok(signing.prepare()?.to_json()?)
}
