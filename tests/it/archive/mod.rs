//! The sealing journal, in every store: what was acknowledged gets one record, and no order gets two.

#[cfg(feature = "store-postgres")]
mod server;
mod stores;
#[cfg(feature = "store-postgres")]
mod workers;

use std::time::Duration;

use seing::archive::{Key, Order, Outcome, SealingJournal, Settings, Store};
use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::evidence::DataObject;
use seing::key::KeyKind;
use seing::time::Time;
use seing::verify_evidence;

use crate::workshop::{Parties, later, signing};

/// The contract of an order.
fn contract(number: usize) -> Vec<u8> {
    format!("Bon de commande {number} : {number} 250,00 MAD").into_bytes()
}

fn key(number: usize) -> Key {
    Key::new(format!("CMD-{number}")).unwrap()
}

/// An order that came in so many seconds after the contracts are signed.
fn order(number: usize, seconds: i64) -> Order {
    let digest = Algorithm::Sha256.digest(&contract(number));
    Order::new(key(number).octets(), &digest, at(seconds)).unwrap()
}

fn orders(numbers: std::ops::Range<usize>) -> Vec<Order> {
    numbers.map(|number| order(number, 0)).collect()
}

fn at(seconds: i64) -> Time {
    signing().plus_seconds(seconds)
}

fn settings(window_orders: usize) -> Settings {
    let mut settings = Settings::default();
    settings.window_orders = window_orders;
    settings
}

fn journal<S: Store>(store: S, window_orders: usize) -> SealingJournal<S> {
    SealingJournal::new(store, settings(window_orders)).unwrap()
}

fn parties() -> Parties {
    Parties::new(KeyKind::P256)
}

/// Seals whatever is closed, and returns how many orders that were.
fn seal_all<S: Store>(journal: &SealingJournal<S>, parties: &Parties) -> usize {
    let mut sealed = 0;
    while let Some(sealing) = journal.seal_next(at(0), |root, now| parties.client(now).stamp(root, now)).unwrap() {
        sealed += sealing.orders;
    }
    sealed
}

fn record<S: Store>(journal: &SealingJournal<S>, number: usize) -> Vec<u8> {
    match journal.outcome(&key(number)).unwrap() {
        Some(Outcome::Sealed { record, .. }) => record,
        other => panic!("{number}: {other:?}"),
    }
}

/// Whether a record proves a contract, by the crate's validation and the anchors of the parties.
fn proves(parties: &Parties, record: &[u8], contract: &[u8]) -> bool {
    let documents = [DataObject::octets(contract)];
    let report = verify_evidence(record, &documents).trust(&parties.judge.0).at(later()).report().unwrap();
    report.imprint_intact == Some(true) && report.signature_intact == Some(true)
}

fn refused<T: std::fmt::Debug>(result: seing::error::Result<T>, kind: ErrorKind, words: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn settings_that_cannot_be_meant_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| seing::archive::RedbStore::open(folder.path().join(name), Algorithm::Sha256).unwrap();
    for orders in [0, usize::MAX] {
        refused(SealingJournal::new(open("a"), settings(orders)), ErrorKind::Misuse, "number of orders to a window");
    }
    let mut settings = settings(1);
    settings.lease = Duration::ZERO;
    refused(SealingJournal::new(open("a"), settings), ErrorKind::Misuse, "lease");
}

#[test]
fn keys_are_bounded() {
    refused(Key::new(""), ErrorKind::Misuse, "without a number");
    refused(Key::new([7; 257]), ErrorKind::LimitExceeded, "longer than 256");
    assert_eq!(Key::new([7; 256]).unwrap().octets().len(), 256);
    assert_eq!(Key::new("a\n\u{202e}\0b").unwrap().to_string(), "a\\n\\u{202e}\\0b");
}

#[cfg(not(feature = "store-postgres"))]
#[test]
fn the_journal_in_postgresql() {
    eprintln!("skipped: the feature store-postgres is not on; scripts/check has the whole of it");
}
