//! Documents that ask for more work than they are worth end at a limit that is named, or are small work after all.
//!
//! What a release build needs for each was measured with `/usr/bin/time -v seing …`: less than a second and 64 MiB. Here a
//! generous bound on processor time guards against work that explodes, and `command` holds the memory to 64 MiB.

mod certificates;
mod command;
mod files;
mod lengths;
mod paths;
mod sets;
mod signers;

use std::time::Duration;

use seing::error::{Error, ErrorKind};
use seing::key::KeyKind;
use seing::validation::Report;
use seing::verify;

use crate::der_tree::{Message, Node};
use crate::timestamp::forge::oid;
use crate::workshop::{Parties, Shape, later};

/// What the processor may need for one document, in a build without optimisation on a machine that does other things too.
const MOST: Duration = Duration::from_secs(8);

/// The time that this thread spent on the processor, where the system tells.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Does some work within the bound.
#[track_caller]
fn bounded<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let before = processor_time();
    let done = work();
    if let (Some(before), Some(after)) = (before, processor_time()) {
        eprintln!("{what}: {:?}", after - before);
        assert!(after - before < MOST, "{what}: {:?}", after - before);
    }
    done
}

#[track_caller]
fn report(parties: &Parties, what: &str, octets: &[u8]) -> Result<Report, Error> {
    bounded(&format!("{what}, {} KiB", octets.len() >> 10), || {
        verify(octets).trust(&parties.judge.0).at(later()).report()
    })
}

/// Where the place in the input does not matter.
#[track_caller]
fn names_limit<T: std::fmt::Debug>(what: &str, limit: &str, outcome: Result<T, Error>) {
    let error = outcome.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{what}: {error}");
    assert!(error.to_string().starts_with(limit), "{what}: {error}");
}

#[track_caller]
fn ends_at(parties: &Parties, what: &str, limit: &str, octets: &[u8]) {
    names_limit(what, limit, report(parties, what, octets));
}

fn contract(parties: &Parties, stamped: bool) -> Message {
    Message::parse(&parties.contract(Shape { stamped, ..Shape::ATTACHED }).octets)
}

fn parties() -> Parties {
    Parties::new(KeyKind::P256)
}

fn attribute(kind: &str, values: Vec<Node>) -> Node {
    Node::constructed(0x30, vec![Node::parse(&oid(kind)), Node::constructed(0x31, values)])
}

const ELEMENTS: &str = "more elements than the limit allows";
const SIGNATURES: &str = "more signatures than the limit allows";
const MANY: usize = 100_001;
