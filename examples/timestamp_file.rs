//! A time-stamp over any file: proof that it existed.
//!
//! ```sh
//! cargo run --release --example timestamp_file [FILE [TOKEN]]
//! cargo run --release --example timestamp_file --features http -- FILE TOKEN http://tsa.example/
//! ```
//!
//! The authority sees a digest and nothing of the file. Without an address it is one of this process, whose certificate says
//! TEST: the token proves nothing to anybody else.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example has a clock and a terminal")]

use std::error::Error;
use std::fs::{self, File};
use std::path::PathBuf;
use std::time::SystemTime;

use seing::digest::{Algorithm, Digest, digest_reader};
use seing::key::{KeyKind, os_entropy};
use seing::oid::Oid;
use seing::pki::TrustAnchors;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange, Token};
use seing::verify_time_stamp;

fn main() -> Result<(), Box<dyn Error>> {
    let now = Time::from(SystemTime::now());
    let mut arguments = std::env::args_os().skip(1);
    let order = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/order.json");
    let file = arguments.next().map_or_else(|| PathBuf::from(order), PathBuf::from);
    let (output, url) = (arguments.next(), arguments.next());

    // Read once and never held, however large it is.
    let digests = digest_reader(File::open(&file)?, &[Algorithm::Sha256], |_| ())?;
    let digest = digests.first().ok_or("no digest")?;
    let (token, anchors) = match url.as_deref().and_then(|url| url.to_str()) {
        Some(url) => (over_http(url, digest, now)?, TrustAnchors::none()),
        None => in_process(digest, now)?,
    };
    println!("{} existed at {}, says a token of {} octets", file.display(), token.time(), token.octets().len());
    if let Some(output) = output {
        fs::write(output, token.octets())?;
    }

    let report =
        verify_time_stamp(token.octets()).content_stream(File::open(&file)?).trust(&anchors).at(now).report()?;
    println!("{report}");
    // By an authority over HTTP nobody is named here whom to trust; what it stamped is known all the same.
    assert_eq!(report.imprint_intact, Some(true));
    Ok(())
}

/// An authority within this process, and whom to trust to believe it. A closure is a transport.
fn in_process(digest: &Digest, now: Time) -> Result<(Token, TrustAnchors), Box<dyn Error>> {
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
    let anchors = pki.trust_anchors();
    let member = pki.time_stamp_authority;
    let authority = Authority::new(member.key, member.chain, Oid::parse("2.999.1")?)?;
    let transport = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now, &mut os_entropy));
    let mut client = Client::new("http://tsa.example/", transport, os_entropy).trust(anchors.clone());
    Ok((client.stamp(digest, now)?, anchors))
}

#[cfg(feature = "http")]
fn over_http(url: &str, digest: &Digest, now: Time) -> Result<Token, Box<dyn Error>> {
    use seing::timestamp::{HttpOptions, HttpTransport};
    let transport = HttpTransport::new(&HttpOptions::default())?;
    Ok(Client::new(url, transport, os_entropy).stamp(digest, now)?)
}

#[cfg(not(feature = "http"))]
fn over_http(url: &str, _digest: &Digest, _now: Time) -> Result<Token, Box<dyn Error>> {
    Err(format!("{url}: no transport in this build; add --features http").into())
}
