//! The sealing journal, in every store: what was acknowledged gets one record, and no order gets two.

mod kill;
#[cfg(feature = "store-postgres")]
mod server;
mod stores;
#[cfg(feature = "store-postgres")]
mod workers;

use std::time::Duration;

use seing::archive::{Key, Order, Outcome, SealingJournal, Settings, Store};
use seing::digest::{Algorithm, Digest};
use seing::error::ErrorKind;
use seing::evidence::DataObject;
use seing::key::KeyKind;
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Request, Token, TstInfo};
use seing::verify_evidence;

use crate::timestamp::forge::{self, Forgery, Profile};
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
    let mut lease = settings(1);
    lease.lease = Duration::ZERO;
    refused(SealingJournal::new(open("a"), lease), ErrorKind::Misuse, "lease");
    let mut octets = settings(1);
    octets.window_octets = 0;
    refused(SealingJournal::new(open("a"), octets), ErrorKind::Misuse, "no octets");
}

#[test]
fn a_journal_whose_orders_nobody_would_time_stamp_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = seing::archive::RedbStore::open(folder.path().join("a"), Algorithm::Sha1).unwrap();
    refused(SealingJournal::new(store, Settings::default()), ErrorKind::Misuse, "too weak to be time-stamped (sha1)");
}

#[test]
fn a_token_that_nobody_could_read_later_does_not_become_that_of_its_window() {
    let folder = tempfile::tempdir().unwrap();
    let store = seing::archive::RedbStore::open(folder.path().join("a"), Algorithm::Sha256).unwrap();
    let journal = journal(store, 3);
    journal.submit_many(&orders(0..3)).unwrap();
    journal.close_due(at(0)).unwrap();
    let flooded = |root: &Digest, now: Time| {
        let key = forge::Key::new(1);
        let certificate = Profile::tsa().issue(&key, &forge::Key::new(9));
        let imprint = Request::new(root).message_imprint().clone();
        let info = TstInfo::new(Oid::parse("2.999.1")?, imprint, &[7], now);
        let mut forgery = Forgery::of(info.to_der(), &key, &certificate);
        forgery.bag.extend(std::iter::repeat_n(&certificate, 1001));
        let mut limits = Limits::default();
        limits.certificates = 2000;
        Token::parse(&forgery.to_der(), &mut Budget::new(&limits))
    };
    refused(journal.seal_next(at(0), flooded), ErrorKind::LimitExceeded, "");
    assert_eq!(seal_all(&journal, &parties()), 3);
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
