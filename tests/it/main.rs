//! What the crate promises, held against other implementations, hostile input and the network.
#![expect(
    clippy::unwrap_used,
    clippy::unwrap_in_result,
    clippy::let_underscore_must_use,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::as_conversions,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, say aloud what they skip and are told by the environment where data is"
)]

mod archive;
mod arithmetic;
mod cli;
mod collect;
mod contract;
mod corpora;
mod der_tree;
mod evidence;
mod facts;
mod hashing;
mod hostile;
mod interop;
mod keys;
mod legal;
mod long_term;
mod pki;
mod policy;
mod reports;
mod revocation;
mod stored;
mod structure;
mod tamper;
mod throwaway;
mod timestamp;
mod validation;
mod workshop;
mod wycheproof;

/// Says that a program is there, or aloud that the test is skipped.
fn tool(name: &'static str) -> Option<&'static str> {
    let there = std::process::Command::new(name).arg("version").output().is_ok();
    if !there {
        eprintln!("skipped: {name} is not installed");
    }
    there.then_some(name)
}
