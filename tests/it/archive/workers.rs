//! Several workers on one journal in PostgreSQL.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use seing::archive::{Committed, Outcome, PostgresStore, SealingJournal, Store};
use seing::digest::Algorithm;
use seing::error::ErrorKind;

use super::server::Schema;
use super::{at, contract, journal, key, order, orders, parties, proves, record, refused, seal_all, settings};

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_window_of_a_dead_worker_is_taken_over() {
    let Some(server) = Schema::new("taken_over") else { return };
    let parties = parties();
    let first = journal(server.sha256(), 3);
    first.submit_many(&orders(0..3)).unwrap();
    first.close_due(at(0)).unwrap();
    let lease = Duration::from_millis(400);
    let began = Instant::now();
    let dead = first.store().claim(lease).unwrap().unwrap();
    drop(first);
    let second = journal(server.sha256(), 3);
    let live = loop {
        if let Some(claim) = second.store().claim(MINUTE).unwrap() {
            break claim;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(began.elapsed() >= lease, "the lease of a worker that may be alive was not kept");
    assert_eq!(live.window, dead.window);
    assert!(live.epoch > dead.epoch);
    // One that was only slow has no say over the claim of its successor.
    second.store().release(&dead).unwrap();
    assert_eq!(second.store().claim(MINUTE).unwrap(), None);
    second.store().release(&live).unwrap();
    assert_eq!(seal_all(&second, &parties), 3);
    assert!(proves(&parties, &record(&second, 1), &contract(1)));
}

#[test]
fn a_slow_worker_and_its_successor_leave_one_token() {
    let Some(server) = Schema::new("one_token") else { return };
    let parties = parties();
    let mut hasty = settings(3);
    hasty.lease = Duration::from_millis(1);
    let slow = SealingJournal::new(server.sha256(), hasty).unwrap();
    let other = journal(server.sha256(), 3);
    slow.submit_many(&orders(0..3)).unwrap();
    slow.close_due(at(0)).unwrap();
    let late = slow.seal_next(at(0), |root, now| {
        std::thread::sleep(Duration::from_millis(20));
        let sealing = other.seal_next(at(7), |root, now| parties.client(now).stamp(root, now)).unwrap().unwrap();
        assert_eq!((sealing.orders, sealing.committed), (3, Committed::First));
        parties.client(now).stamp(root, now)
    });
    assert_eq!(late.unwrap().unwrap().committed, Committed::Late);
    for journal in [&slow, &other] {
        let outcome = journal.outcome(&key(1)).unwrap();
        assert!(matches!(outcome, Some(Outcome::Sealed { time, .. }) if time == at(7)), "{outcome:?}");
    }
    assert_eq!(record(&slow, 2), record(&other, 2));
}

/// Submissions of the same orders in opposite directions, closing and sealing, all at the same time.
#[test]
fn workers_get_in_nobodys_way() {
    const WORKERS: usize = 4;
    const ORDERS: usize = 400;
    let Some(server) = Schema::new("nobodys_way") else { return };
    let together = Barrier::new(WORKERS);
    let sealed: usize = std::thread::scope(|scope| {
        let works: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let (server, together) = (&server, &together);
                scope.spawn(move || {
                    let parties = parties();
                    // All of them find that there is no journal yet.
                    together.wait();
                    let journal = journal(server.sha256(), 32);
                    let mut all = orders(0..ORDERS);
                    if worker % 2 == 1 {
                        all.reverse();
                    }
                    let mut sealed = 0;
                    for portion in all.chunks(50) {
                        for (order, admission) in portion.iter().zip(journal.submit_many(portion).unwrap()) {
                            assert_eq!(admission.unwrap().digest, *order.digest());
                        }
                        journal.close_due(at(0)).unwrap();
                        sealed += seal_all(&journal, &parties);
                    }
                    sealed
                })
            })
            .collect();
        works.into_iter().map(|work| work.join().unwrap()).sum()
    });
    let journal = journal(server.sha256(), 32);
    journal.close_all().unwrap();
    let parties = parties();
    assert_eq!(sealed + seal_all(&journal, &parties), ORDERS);
    let mut keys = BTreeSet::new();
    for window in journal.sealed(None, ORDERS).unwrap() {
        journal
            .each_record(window, |key, _| {
                assert!(keys.insert(key.clone()), "{key} is in two windows");
                Ok(())
            })
            .unwrap();
    }
    assert_eq!(keys.len(), ORDERS);
    for number in (0..ORDERS).step_by(17) {
        assert!(proves(&parties, &record(&journal, number), &contract(number)), "{number}");
    }
}

#[test]
fn a_lost_connection_is_made_again() {
    let Some(server) = Schema::new("lost_connection") else { return };
    let journal = journal(server.sha256(), 3);
    let receipt = journal.submit(order(0, 0)).unwrap();
    let end = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like $1";
    server.client().query(end, &[&format!("%{}%", server.name)]).unwrap();
    let again = std::iter::repeat_with(|| journal.submit(order(0, 9))).take(3).find_map(Result::ok);
    assert_eq!(again, Some(receipt));
}

#[test]
fn a_server_that_is_not_there_is_said() {
    let nowhere = PostgresStore::connect("host=/nowhere user=nobody", "journal", Algorithm::Sha256);
    refused(nowhere.map(drop), ErrorKind::Unreachable, "the database of the journal does not answer");
    for name in ["", "Journal", "j; drop schema public cascade", "1", "\u{661}", &"j".repeat(64)] {
        let refusal = PostgresStore::connect("host=/nowhere", name, Algorithm::Sha256);
        refused(refusal.map(drop), ErrorKind::Misuse, "name of a schema");
    }
}
