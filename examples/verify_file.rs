//! What a signed file says, who signed it, and whether that is to be believed.
//!
//! ```sh
//! cargo run --release --example verify_file [SIGNED [CONTENT|-] [ANCHORS.pem]]
//! ```
//!
//! SIGNED is CMS in DER, BER or PEM. CONTENT is what was signed, where it is apart from the signature. Without ANCHORS nobody
//! is trusted: the mathematics is checked, and the verdict is INDETERMINATE at best. Without arguments a signed order is made
//! for the occasion.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example has a clock and a terminal")]

use std::error::Error;
use std::fs::{self, File};
use std::process::ExitCode;
use std::time::SystemTime;

use seing::key::{KeyKind, os_entropy};
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::{Identity, sign, verify};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let now = Time::from(SystemTime::now());
    let mut arguments = std::env::args_os().skip(1);
    let (signed, content, anchors) = match arguments.next() {
        Some(file) => (fs::read(file)?, arguments.next().filter(|name| name != "-"), anchors(arguments.next())?),
        None => sample(now)?,
    };

    let mut verification = verify(&signed).trust(&anchors).at(now);
    if let Some(content) = content {
        // Read once and never held, however large it is.
        verification = verification.content_stream(File::open(content)?);
    }
    let report = verification.report()?;
    println!("{report}");

    // The report can be shown, stored as JSON and sent; only this turns it into a yes.
    match report.require_passed() {
        Ok(accepted) => {
            let signers = accepted.report().signatures.iter().flat_map(|signature| &signature.signer);
            signers.for_each(|signer| println!("Accepted: {}", signer.subject));
            Ok(ExitCode::SUCCESS)
        }
        Err(rejected) => {
            println!("Not accepted: {}", rejected.indication);
            Ok(ExitCode::FAILURE)
        }
    }
}

fn anchors(file: Option<impl AsRef<std::path::Path>>) -> Result<TrustAnchors, Box<dyn Error>> {
    let mut anchors = TrustAnchors::none();
    if let Some(file) = file {
        Certificate::parse_many(&fs::read(file)?)?.into_iter().for_each(|certificate| anchors.add(certificate));
    }
    Ok(anchors)
}

type Sample = (Vec<u8>, Option<std::ffi::OsString>, TrustAnchors);

/// An order with its signature around it, signed by a customer whom nobody but this example trusts.
fn sample(now: Time) -> Result<Sample, Box<dyn Error>> {
    let order = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/order.json"))?;
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
    let anchors = pki.trust_anchors();
    let customer = Identity::new(pki.customer.key, pki.customer.chain)?;
    Ok((sign(&order, &customer).claimed_at(now).finish()?, None, anchors))
}
