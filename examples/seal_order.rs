//! The main job on a real order: two parties sign, an authority time-stamps, anybody verifies, and a forger is found out.
//!
//! ```sh
//! cargo run --release --example seal_order [FOLDER]
//! ```
//!
//! Reads `examples/data/order.json` and `examples/data/contract.pdf`, and writes what it makes to FOLDER, by default
//! `target/seal_order`. Every certificate is of a throw-away PKI and says TEST.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example has a clock and a terminal")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use seing::ades::SignerLocation;
use seing::ades::cades::Signing;
use seing::key::{KeyKind, os_entropy};
use seing::oid::{self, Oid};
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::{Identity, sign, sign_beside, sign_detached, verify};

fn main() -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::args_os().nth(1).map_or_else(|| root.join("target/seal_order"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let order = fs::read(root.join("examples/data/order.json"))?;
    let contract = fs::read(root.join("examples/data/contract.pdf"))?;

    println!("1. A throw-away PKI: customer (a natural person), merchant (a legal person), time-stamp authority.");
    let now = Time::from(SystemTime::now());
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
    let anchors = pki.trust_anchors();
    fs::write(folder.join("root.pem"), pki.root.certificate().to_pem())?;
    let customer = Identity::new(pki.customer.key, pki.customer.chain)?;
    let merchant = Identity::new(pki.merchant.key, pki.merchant.chain)?;
    let authority =
        Authority::new(pki.time_stamp_authority.key, pki.time_stamp_authority.chain, Oid::parse("2.999.1")?)?;
    let respond = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now, &mut os_entropy));
    let mut tsa = Client::new("http://tsa.example/", respond, os_entropy).trust(anchors.clone());

    println!("2. The customer signs the order, the merchant seals it beside; each signature is time-stamped.");
    let confirmed = sign(&order, &customer)
        .claimed_at(now)
        .mime_type("application/json")
        .commitment(oid::PROOF_OF_APPROVAL)
        .timestamp(&mut tsa)
        .finish()?;
    let sealed = sign_beside(&confirmed, None, &merchant)
        .claimed_at(now)
        .commitment(oid::PROOF_OF_RECEIPT)
        .location(SignerLocation::new("MA", "Casablanca"))
        .timestamp(&mut tsa)
        .finish()?;
    write(&folder, "order.json.p7m", &sealed)?;

    println!("3. The same for the contract, whose signatures stand apart from the PDF.");
    let digest = Signing::digest_algorithm(customer.signer().algorithm()).digest(&contract);
    let confirmed =
        sign_detached(&digest, &customer).claimed_at(now).mime_type("application/pdf").timestamp(&mut tsa).finish()?;
    let detached = sign_beside(&confirmed, Some(&digest), &merchant).claimed_at(now).timestamp(&mut tsa).finish()?;
    write(&folder, "contract.pdf.p7s", &detached)?;

    println!("4. Anybody verifies, from the files and the trust anchor alone.\n");
    let order_report = verify(&sealed).signers(2).trust(&anchors).at(now).report()?;
    println!("{order_report}");
    let report = verify(&detached).content(&contract).signers(2).trust(&anchors).at(now).report()?;
    order_report.require_passed()?;
    let accepted = report.require_passed()?;
    println!("contract.pdf: {} as well.\n", accepted.report().indication());

    println!("5. A forger changes one byte of the contract.\n");
    let mut forged = contract;
    if let Some(byte) = forged.last_mut() {
        *byte ^= 1;
    }
    let report = verify(&detached).content(&forged).signers(2).trust(&anchors).at(now).report()?;
    println!("{report}");
    let rejected = report.require_passed().err().ok_or("the forgery was accepted")?;
    println!("{rejected}. All of it took {} ms.", started.elapsed().as_millis());
    println!("Check with another tool:");
    println!(
        "  openssl cms -verify -cades -binary -inform DER -in {0}/contract.pdf.p7s -content examples/data/contract.pdf -CAfile {0}/root.pem -purpose any -out /dev/null",
        folder.display()
    );
    Ok(())
}

fn write(folder: &Path, name: &str, octets: &[u8]) -> Result<(), Box<dyn Error>> {
    let path = folder.join(name);
    fs::write(&path, octets)?;
    println!("   {} ({} octets)", path.display(), octets.len());
    Ok(())
}
