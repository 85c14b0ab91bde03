//! What every store holds to: the same tests for all of them.

use std::collections::BTreeMap;
use std::time::Duration;

use seing::archive::{Committed, Key, Order, Outcome, Refusal, SealingJournal, Settings, Store};
use seing::digest::Algorithm;
use seing::error::{Error, ErrorKind};

use super::{at, contract, journal, key, order, orders, parties, proves, record, refused, seal_all, settings};

/// Opens the store of a test, again and again.
type Open<'o, S> = &'o dyn Fn(Algorithm) -> seing::error::Result<S>;

macro_rules! held_by_every_store {
    ($($test:ident)*) => {
        mod embedded {
            use seing::archive::RedbStore;

            $(#[test]
            fn $test() {
                let folder = tempfile::tempdir().unwrap();
                super::$test(&|algorithm| RedbStore::open(folder.path().join("journal"), algorithm));
            })*
        }

        #[cfg(feature = "store-postgres")]
        mod shared {
            $(#[test]
            fn $test() {
                if let Some(server) = super::super::server::Schema::new(stringify!($test)) {
                    super::$test(&|algorithm| server.connect(algorithm));
                }
            })*
        }
    };
}

held_by_every_store! {
    an_order_submitted_twice_gets_the_same_answer
    a_key_is_not_given_to_another_contract
    a_key_twice_in_one_submission_is_one_order
    windows_close_by_count
    windows_close_by_octets
    windows_close_by_time
    an_order_of_the_future_holds_no_other_back
    every_order_gets_its_record
    records_stay_the_same
    one_order_alone_gets_a_record
    what_is_pending_says_so
    past_the_limit_new_orders_are_refused
    the_limit_is_met_in_small_steps
    orders_that_wait_too_long_stop_new_ones
    an_authority_that_fails_costs_nothing
    a_token_over_something_else_is_refused
    a_window_that_panics_is_for_the_next
    the_first_token_stays
    a_window_belongs_to_one_worker
    any_octets_are_a_key
    orders_of_many_threads_are_all_there
    a_journal_keeps_its_algorithm
    windows_are_listed_in_portions
}

fn sha256<S>(open: Open<'_, S>) -> S {
    open(Algorithm::Sha256).unwrap()
}

fn an_order_submitted_twice_gets_the_same_answer<S: Store>(open: Open<'_, S>) {
    let first = journal(sha256(open), 10);
    let receipt = first.submit(order(1, 0)).unwrap();
    assert_eq!((receipt.digest, receipt.since), (Algorithm::Sha256.digest(&contract(1)), at(0)));
    assert_eq!(first.submit(order(1, 5)).unwrap(), receipt);
    first.close_all().unwrap();
    assert_eq!(first.submit(order(1, 6)).unwrap(), receipt);
    seal_all(&first, &parties());
    drop(first);
    let again = journal(sha256(open), 10);
    assert_eq!(again.submit(order(1, 7)).unwrap(), receipt);
    assert_eq!(again.submit_many(&[order(1, 8), order(1, 9)]).unwrap(), [Ok(receipt), Ok(receipt)]);
    again.close_all().unwrap();
    assert_eq!(again.pending().unwrap().orders, 0);
    assert_eq!(again.sealed(None, 9).unwrap().len(), 1);
}

fn a_key_is_not_given_to_another_contract<S: Store>(open: Open<'_, S>) {
    let journal = journal(sha256(open), 10);
    journal.submit(order(1, 0)).unwrap();
    let forged = Order::new("CMD-1", &Algorithm::Sha256.digest(b"free of charge"), at(0)).unwrap();
    refused(journal.submit(forged.clone()), ErrorKind::Conflict, "another contract (CMD-1)");
    let admissions = journal.submit_many(&[order(2, 0), forged.clone(), order(3, 0)]).unwrap();
    let by = Algorithm::Sha256.digest(&contract(1));
    assert!(admissions[0].is_ok() && admissions[2].is_ok(), "{admissions:?}");
    assert_eq!(admissions[1], Err(Refusal::KeyTaken { key: key(1), by }));
    journal.close_all().unwrap();
    let parties = parties();
    assert_eq!(seal_all(&journal, &parties), 3);
    refused(journal.submit(forged), ErrorKind::Conflict, "CMD-1");
    assert!(proves(&parties, &record(&journal, 1), &contract(1)));
}

fn a_key_twice_in_one_submission_is_one_order<S: Store>(open: Open<'_, S>) {
    let journal = journal(sha256(open), 10);
    let forged = Order::new("CMD-2", &Algorithm::Sha256.digest(b"free of charge"), at(0)).unwrap();
    let admissions = journal.submit_many(&[order(2, 0), order(1, 0), order(2, 3), forged]).unwrap();
    assert_eq!(admissions[0], admissions[2]);
    assert!(matches!(&admissions[3], Err(Refusal::KeyTaken { key, .. }) if *key == super::key(2)), "{admissions:?}");
    assert_eq!(journal.pending().unwrap().orders, 2);
}

fn windows_close_by_count<S: Store>(open: Open<'_, S>) {
    let journal = journal(sha256(open), 3);
    assert_eq!(journal.close_due(at(0)).unwrap(), 0);
    journal.submit_many(&orders(0..2)).unwrap();
    assert_eq!(journal.close_due(at(0)).unwrap(), 0);
    journal.submit_many(&orders(2..8)).unwrap();
    assert_eq!(journal.close_due(at(0)).unwrap(), 2);
    assert_eq!(seal_all(&journal, &parties()), 6);
    assert_eq!(journal.pending().unwrap().orders, 2);
    assert_eq!(journal.close_due(at(0)).unwrap(), 0);
    assert_eq!(journal.close_all().unwrap(), 1);
    assert_eq!(journal.close_all().unwrap(), 0);
}

fn windows_close_by_octets<S: Store>(open: Open<'_, S>) {
    let mut settings = settings(100);
    settings.window_octets = 1000;
    let journal = SealingJournal::new(sha256(open), settings).unwrap();
    journal.submit_many(&[order(0, 0).of_octets(400), order(1, 0).of_octets(400)]).unwrap();
    assert_eq!(journal.close_due(at(0)).unwrap(), 0);
    // The second window is one contract alone, and the fourth is not full.
    let more = [order(2, 0).of_octets(200), order(3, 0).of_octets(5000), order(4, 0).of_octets(u64::MAX), order(5, 0)];
    journal.submit_many(&more).unwrap();
    assert_eq!(journal.close_due(at(0)).unwrap(), 3);
    let parties = parties();
    let mut sizes = Vec::new();
    while let Some(sealing) = journal.seal_next(at(0), |root, now| parties.client(now).stamp(root, now)).unwrap() {
        sizes.push(sealing.orders);
    }
    assert_eq!(sizes, [3, 1, 1]);
}

fn windows_close_by_time<S: Store>(open: Open<'_, S>) {
    let mut settings = settings(100);
    settings.window_age = Duration::from_millis(1500);
    let journal = SealingJournal::new(sha256(open), settings).unwrap();
    journal.submit_many(&[order(0, 0), order(1, 1)]).unwrap();
    assert_eq!(journal.close_due(at(1)).unwrap(), 0);
    assert_eq!(journal.close_due(at(2)).unwrap(), 1);
    assert_eq!(journal.close_due(at(200)).unwrap(), 0);
    assert_eq!(seal_all(&journal, &parties()), 2);
}

fn an_order_of_the_future_holds_no_other_back<S: Store>(open: Open<'_, S>) {
    let mut settings = settings(100);
    settings.window_age = Duration::from_secs(60);
    let journal = SealingJournal::new(sha256(open), settings).unwrap();
    journal.submit_many(&[order(0, 1_000_000)]).unwrap();
    journal.submit_many(&[order(1, 0)]).unwrap();
    assert_eq!(journal.close_due(at(59)).unwrap(), 0);
    assert_eq!(journal.close_due(at(60)).unwrap(), 1);
    assert_eq!(seal_all(&journal, &parties()), 2);
}

fn every_order_gets_its_record<S: Store>(open: Open<'_, S>) {
    let parties = parties();
    let journal = journal(sha256(open), 7);
    for start in (0..40).step_by(10) {
        journal.submit_many(&orders(start..start + 10)).unwrap();
        journal.close_due(at(0)).unwrap();
        seal_all(&journal, &parties);
    }
    journal.close_all().unwrap();
    seal_all(&journal, &parties);
    let windows = journal.sealed(None, 100).unwrap();
    assert_eq!(windows.len(), 6);
    let mut found = BTreeMap::new();
    for window in windows {
        journal
            .each_record(window, |key, record| {
                assert!(found.insert(key.clone(), record.to_vec()).is_none(), "{key} is in two windows");
                Ok(())
            })
            .unwrap();
    }
    assert_eq!(found.len(), 40);
    for number in 0..40 {
        let own = record(&journal, number);
        assert_eq!(found[&key(number)], own);
        assert!(proves(&parties, &own, &contract(number)), "{number}");
        // The next one may be in the same list of its tree, which is what the record then proves too.
        assert!(!proves(&parties, &own, &contract(number + 2)), "{number}");
    }
}

fn records_stay_the_same<S: Store>(open: Open<'_, S>) {
    let parties = parties();
    let first = journal(sha256(open), 5);
    first.submit_many(&orders(0..10)).unwrap();
    first.close_due(at(0)).unwrap();
    seal_all(&first, &parties);
    // Of one window, of another one, and of the first again.
    let before: Vec<Vec<u8>> = [1, 8, 1].map(|number| record(&first, number)).to_vec();
    assert_eq!(before[0], before[2]);
    drop(first);
    let again = journal(sha256(open), 5);
    assert_eq!([1, 8, 1].map(|number| record(&again, number)).to_vec(), before);
}

fn one_order_alone_gets_a_record<S: Store>(open: Open<'_, S>) {
    let parties = parties();
    let journal = journal(sha256(open), 1);
    journal.submit_many(&orders(0..2)).unwrap();
    assert_eq!(journal.close_due(at(0)).unwrap(), 2);
    assert_eq!(seal_all(&journal, &parties), 2);
    for number in 0..2 {
        assert!(proves(&parties, &record(&journal, number), &contract(number)));
    }
}

fn what_is_pending_says_so<S: Store>(open: Open<'_, S>) {
    let journal = journal(sha256(open), 10);
    assert_eq!(journal.outcome(&key(1)).unwrap(), None);
    assert_eq!(journal.pending().unwrap().since, None);
    journal.submit(order(1, 0)).unwrap();
    journal.submit(order(2, 60)).unwrap();
    let said = || journal.outcome(&key(2)).unwrap().unwrap().to_string();
    assert_eq!(said(), "time pending since 2026-11-23T10:01:00Z");
    journal.close_all().unwrap();
    assert_eq!(said(), "time pending since 2026-11-23T10:01:00Z");
    let pending = journal.pending().unwrap();
    assert_eq!((pending.orders, pending.since), (2, Some(at(0))));
    let window = seing::archive::WindowId::new(0);
    assert!(journal.each_record(window, |_, _| Ok(())).is_err());
    seal_all(&journal, &parties());
    assert_eq!(said(), "time-stamped at 2026-11-23T10:00:00Z");
    assert_eq!(journal.pending().unwrap().since, None);
}

fn past_the_limit_new_orders_are_refused<S: Store>(open: Open<'_, S>) {
    let mut settings = settings(2);
    settings.pending_orders = 5;
    let journal = SealingJournal::new(sha256(open), settings).unwrap();
    let receipts = journal.submit_many(&orders(0..4)).unwrap();
    journal.close_due(at(0)).unwrap();
    let admissions = journal.submit_many(&orders(3..8)).unwrap();
    assert_eq!(admissions[0], receipts[3]);
    assert!(admissions[1].is_ok());
    assert_eq!(admissions[2..], vec![Err(Refusal::TooMany { pending: 5, limit: 5 }); 3]);
    refused(journal.submit(order(9, 0)), ErrorKind::Full, "too many orders wait for a time-stamp (5 of at most 5)");
    assert_eq!(journal.submit(order(0, 0)).unwrap(), *receipts[0].as_ref().unwrap());
    assert_eq!(journal.outcome(&key(9)).unwrap(), None);
    seal_all(&journal, &parties());
    journal.submit(order(9, 0)).unwrap();
    assert_eq!(journal.pending().unwrap().orders, 2);
}

/// A store may not count everything anew each time, and must come to the same.
fn the_limit_is_met_in_small_steps<S: Store>(open: Open<'_, S>) {
    let mut settings = settings(20);
    settings.pending_orders = 300;
    let journal = SealingJournal::new(sha256(open), settings).unwrap();
    let parties = parties();
    let mut next = 0;
    let mut submit = |step: usize| {
        let admitted =
            journal.submit_many(&orders(next..next + step)).unwrap().iter().filter(|one| one.is_ok()).count();
        next += step;
        admitted
    };
    for sealed in [0, 300, 300] {
        journal.close_due(at(0)).unwrap();
        assert_eq!(seal_all(&journal, &parties), sealed);
        let admitted: usize = (0..160).map(|step| submit(1 + step % 4)).sum();
        assert_eq!(admitted, 300);
    }
    assert_eq!(journal.pending().unwrap().orders, 300);
}

fn orders_that_wait_too_long_stop_new_ones<S: Store>(open: Open<'_, S>) {
    let mut settings = settings(2);
    settings.pending_age = Duration::from_secs(3600);
    let journal = SealingJournal::new(sha256(open), settings).unwrap();
    journal.submit(order(0, 0)).unwrap();
    let receipt = journal.submit(order(1, 3600)).unwrap();
    let words = "for too long (time pending since 2026-11-23T10:00:00Z)";
    refused(journal.submit(order(2, 3601)), ErrorKind::Full, words);
    journal.close_all().unwrap();
    refused(journal.submit(order(2, 3601)), ErrorKind::Full, words);
    assert_eq!(journal.submit(order(1, 9999)).unwrap(), receipt);
    seal_all(&journal, &parties());
    journal.submit(order(2, 3601)).unwrap();
}

fn an_authority_that_fails_costs_nothing<S: Store>(open: Open<'_, S>) {
    let parties = parties();
    let journal = journal(sha256(open), 3);
    journal.submit_many(&orders(0..3)).unwrap();
    journal.close_due(at(0)).unwrap();
    for kind in [ErrorKind::Unreachable, ErrorKind::Rejected] {
        refused(journal.seal_next(at(0), |_, _| Err(Error::new(kind, "not today"))), kind, "not today");
        assert_eq!(journal.pending().unwrap().orders, 3);
        assert!(matches!(journal.outcome(&key(0)).unwrap(), Some(Outcome::Pending { .. })));
    }
    assert_eq!(seal_all(&journal, &parties), 3);
}

fn a_token_over_something_else_is_refused<S: Store>(open: Open<'_, S>) {
    let parties = parties();
    let journal = journal(sha256(open), 3);
    journal.submit_many(&orders(0..3)).unwrap();
    journal.close_due(at(0)).unwrap();
    let other = Algorithm::Sha256.digest(b"something else");
    let sealing = journal.seal_next(at(0), |_, now| parties.client(now).stamp(&other, now));
    refused(sealing, ErrorKind::Rejected, "something else");
    assert_eq!(seal_all(&journal, &parties), 3);
}

fn a_window_that_panics_is_for_the_next<S: Store>(open: Open<'_, S>) {
    let journal = journal(sha256(open), 3);
    journal.submit_many(&orders(0..3)).unwrap();
    journal.close_due(at(0)).unwrap();
    let panics = || journal.seal_next(at(0), |_, _| panic!("the authority's client has a fault")).is_ok();
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).is_err());
    assert_eq!(seal_all(&journal, &parties()), 3);
}

fn the_first_token_stays<S: Store>(open: Open<'_, S>) {
    let parties = parties();
    let journal = journal(sha256(open), 3);
    journal.submit_many(&orders(0..3)).unwrap();
    journal.close_due(at(0)).unwrap();
    let claim = journal.store().claim(Duration::from_secs(60)).unwrap().unwrap();
    journal.store().release(&claim).unwrap();
    // A worker that was held up comes back with its token after another one has put another there.
    let late = journal.seal_next(at(0), |root, now| {
        assert!(journal.store().sealed(None, 1).unwrap().is_empty());
        let first = parties.client(at(9)).stamp(root, at(9))?;
        assert_eq!(journal.store().commit(claim.window, first.octets()).unwrap(), Committed::First);
        assert_eq!(journal.store().commit(claim.window, first.octets()).unwrap(), Committed::Late);
        parties.client(now).stamp(root, now)
    });
    assert_eq!(late.unwrap().unwrap().committed, Committed::Late);
    let Some(Outcome::Sealed { record, time, .. }) = journal.outcome(&key(1)).unwrap() else { panic!("not sealed") };
    assert_eq!(time, at(9));
    assert!(proves(&parties, &record, &contract(1)));
    assert_eq!(journal.sealed(None, 9).unwrap().len(), 1);
    assert_eq!(journal.pending().unwrap().orders, 0);
}

fn a_window_belongs_to_one_worker<S: Store>(open: Open<'_, S>) {
    let store = sha256(open);
    let minute = Duration::from_secs(60);
    assert_eq!(store.claim(minute).unwrap(), None);
    let journal = journal(store, 2);
    journal.submit_many(&orders(0..4)).unwrap();
    journal.close_due(at(0)).unwrap();
    let store = journal.store();
    let (first, second) = (store.claim(minute).unwrap().unwrap(), store.claim(minute).unwrap().unwrap());
    assert!(first.window < second.window);
    assert_eq!(store.claim(minute).unwrap(), None);
    store.release(&first).unwrap();
    assert_eq!(store.claim(minute).unwrap().unwrap().window, first.window);
    assert_eq!(store.claim(minute).unwrap(), None);
    store.release(&second).unwrap();
    assert_eq!(seal_all(&journal, &parties()), 2);
}

fn any_octets_are_a_key<S: Store>(open: Open<'_, S>) {
    let parties = parties();
    let journal = journal(sha256(open), 100);
    let keys: Vec<Vec<u8>> = [
        "'; drop table orders; --".as_bytes(),
        b"\0",
        b"\0\0",
        b"a",
        b"A",
        b"a ",
        b"\\x61",
        b"%s{}$1",
        b"\xff\xfe",
        "طلب ٤٧١١".as_bytes(),
        &[0xff; 256],
        &[0; 256],
    ]
    .map(<[u8]>::to_vec)
    .to_vec();
    let submitted: Vec<Order> = (0..keys.len())
        .map(|number| Order::new(keys[number].clone(), &Algorithm::Sha256.digest(&contract(number)), at(0)).unwrap())
        .collect();
    assert!(journal.submit_many(&submitted).unwrap().iter().all(Result::is_ok));
    journal.close_all().unwrap();
    assert_eq!(seal_all(&journal, &parties), keys.len());
    for (number, octets) in keys.into_iter().enumerate() {
        let outcome = journal.outcome(&Key::new(octets).unwrap()).unwrap();
        let Some(Outcome::Sealed { record, .. }) = outcome else { panic!("{number}: {outcome:?}") };
        assert!(proves(&parties, &record, &contract(number)), "{number}");
    }
}

fn orders_of_many_threads_are_all_there<S: Store + Sync>(open: Open<'_, S>) {
    const THREADS: usize = 8;
    const EACH: usize = 50;
    let parties = parties();
    let journal = journal(sha256(open), 64);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let journal = &journal;
            scope.spawn(move || {
                for number in thread * EACH..(thread + 1) * EACH {
                    let receipt = journal.submit(order(number, 0)).unwrap();
                    assert_eq!(receipt.digest, Algorithm::Sha256.digest(&contract(number)));
                    // Somebody else's, and late.
                    let other = (number + EACH) % (THREADS * EACH);
                    assert_eq!(journal.submit(order(other, 0)).unwrap().since, at(0));
                    journal.close_due(at(0)).unwrap();
                }
            });
        }
    });
    journal.close_all().unwrap();
    assert_eq!(seal_all(&journal, &parties), THREADS * EACH);
    for number in 0..THREADS * EACH {
        record(&journal, number);
    }
}

fn a_journal_keeps_its_algorithm<S: Store>(open: Open<'_, S>) {
    let journal = SealingJournal::new(open(Algorithm::Sha512).unwrap(), Settings::default()).unwrap();
    refused(journal.submit(order(1, 0)), ErrorKind::Misuse, "sha256 instead of sha512");
    refused(journal.submit_many(&orders(0..1)), ErrorKind::Misuse, "sha256 instead of sha512");
    let digest = Algorithm::Sha512.digest(&contract(1));
    journal.submit(Order::new("CMD-1", &digest, at(0)).unwrap()).unwrap();
    journal.close_all().unwrap();
    let parties = parties();
    seal_all(&journal, &parties);
    assert!(proves(&parties, &record(&journal, 1), &contract(1)));
    drop(journal);
    refused(open(Algorithm::Sha256).map(drop), ErrorKind::Misuse, "another algorithm (sha512)");
    open(Algorithm::Sha512).unwrap();
}

fn windows_are_listed_in_portions<S: Store>(open: Open<'_, S>) {
    let journal = journal(sha256(open), 1);
    journal.submit_many(&orders(0..5)).unwrap();
    journal.close_due(at(0)).unwrap();
    seal_all(&journal, &parties());
    let all = journal.sealed(None, 100).unwrap();
    assert_eq!(all.len(), 5);
    assert!(all.is_sorted());
    let mut listed = journal.sealed(None, 2).unwrap();
    loop {
        let more = journal.sealed(listed.last().copied(), 2).unwrap();
        if more.is_empty() {
            break;
        }
        listed.extend(more);
    }
    assert_eq!(listed, all);
    refused(
        journal.each_record(seing::archive::WindowId::new(u64::MAX >> 1), |_, _| Ok(())),
        ErrorKind::Misuse,
        "no window of this number",
    );
}
