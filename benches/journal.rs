//! The sealing journal: orders taken in, and windows sealed by one worker and by two on one PostgreSQL journal.
//!
//! ```sh
//! scripts/postgres cargo bench --features store-postgres --bench journal
//! ```
//!
//! Each worker is a thread with a connection of its own. The authority is one within the process, which answers at once or after
//! as long as one at the other end of a network does. One and two workers take turns, on journals of their own.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::as_conversions,
    reason = "a bench measures and prints"
)]

use std::error::Error;
use std::time::{Duration, Instant, SystemTime};

use seing::archive::{Order, RedbStore, SealingJournal, Settings, Store};
use seing::digest::Algorithm;
use seing::key::{KeyKind, os_entropy};
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Fallible<()> {
    let folder = tempfile::tempdir()?;
    let store = RedbStore::open(folder.path().join("journal.redb"), Algorithm::Sha256)?;
    taking_in("a file", SealingJournal::new(store, settings())?)?;
    #[cfg(feature = "store-postgres")]
    match std::env::var("SEING_POSTGRES") {
        Ok(address) => shared::measure(&address)?,
        Err(_) => println!("skipped: no PostgreSQL server; scripts/postgres starts one"),
    }
    #[cfg(not(feature = "store-postgres"))]
    println!("skipped: PostgreSQL, without the feature store-postgres");
    Ok(())
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.window_orders = WINDOW;
    settings
}

fn now() -> Time {
    SystemTime::now().into()
}

fn order(number: usize) -> Fallible<Order> {
    let digest = Algorithm::Sha256.digest(format!("order {number}").as_bytes());
    Ok(Order::new(format!("CMD-{number}"), &digest, now())?)
}

fn orders(numbers: std::ops::Range<usize>) -> Fallible<Vec<Order>> {
    numbers.map(order).collect()
}

/// One by one by many threads, as web workers do, and a thousand at a time.
fn taking_in<S: Store + Sync>(name: &str, journal: SealingJournal<S>) -> Fallible<()> {
    let began = Instant::now();
    std::thread::scope(|scope| {
        let works: Vec<_> = (0..THREADS)
            .map(|thread| {
                let journal = &journal;
                scope.spawn(move || {
                    (0..EACH).try_for_each(|number| {
                        journal.submit(order(thread * EACH + number)?)?;
                        Fallible::Ok(())
                    })
                })
            })
            .collect();
        works.into_iter().try_for_each(|work| work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    rate(&format!("{name}: orders taken in, one by one, {THREADS} threads"), THREADS * EACH, began.elapsed());
    let portions: Vec<Vec<Order>> =
        (1..=20).map(|portion| orders(portion * 100_000..portion * 100_000 + 1000)).collect::<Fallible<_>>()?;
    let began = Instant::now();
    for portion in &portions {
        journal.submit_many(portion)?;
    }
    rate(&format!("{name}: orders taken in, a thousand at a time"), portions.len() * 1000, began.elapsed());
    let (authority, began, mut sealed) = (authority()?, Instant::now(), 0);
    let mut tsa = tsa(&authority, Duration::ZERO);
    journal.close_all()?;
    while let Some(sealing) = journal.seal_next(now(), |root, at| tsa.stamp(root, at))? {
        sealed += sealing.orders;
    }
    rate(&format!("{name}: orders sealed, one worker"), sealed, began.elapsed());
    Ok(())
}

fn authority() -> Fallible<Authority> {
    let pki = ThrowawayPki::new(now(), &Kinds::all(KeyKind::P256), &mut os_entropy)?.time_stamp_authority;
    Ok(Authority::new(pki.key, pki.chain, Oid::parse("2.999.1")?)?)
}

/// A client of an authority that takes so long to answer.
fn tsa(authority: &Authority, takes: Duration) -> Client<'_> {
    let answer = move |ask: &Exchange<'_>| {
        std::thread::sleep(takes);
        Ok(authority.respond(ask.body, now(), &mut os_entropy))
    };
    Client::new("http://tsa.example/", answer, os_entropy)
}

fn rate(what: &str, count: usize, took: Duration) {
    println!("{what}: {:.0} a second", count as f64 / took.as_secs_f64());
}

const WINDOW: usize = 1000;
const THREADS: usize = 16;
const EACH: usize = 200;

#[cfg(feature = "store-postgres")]
mod shared {
    use postgres::{Client, NoTls};
    use seing::archive::PostgresStore;

    use super::*;

    pub(super) fn measure(address: &str) -> Fallible<()> {
        let schema = Schema::new(address, ROUNDS * 2)?;
        taking_in("PostgreSQL", SealingJournal::new(schema.connect()?, settings())?)?;
        for takes in [0, 20, 100].map(Duration::from_millis) {
            let (mut one, mut two) = (Vec::new(), Vec::new());
            for round in 0..ROUNDS {
                one.push(sealing(&Schema::new(address, round * 2)?, 1, takes)?);
                two.push(sealing(&Schema::new(address, round * 2 + 1)?, 2, takes)?);
            }
            let (one, two) = (median(one), median(two));
            println!(
                "PostgreSQL, an authority that takes {takes:?}: one worker seals {one:.0} orders a second, two seal {two:.0}: {:.2}x",
                two / one
            );
        }
        Ok(())
    }

    /// The orders that so many workers close and seal in a second.
    fn sealing(schema: &Schema<'_>, workers: usize, takes: Duration) -> Fallible<f64> {
        let journal = SealingJournal::new(schema.connect()?, settings())?;
        for portion in 0..ORDERS / 5000 {
            journal.submit_many(&orders(portion * 5000..(portion + 1) * 5000)?)?;
        }
        let mut journals = Vec::new();
        for _ in 0..workers {
            journals.push((SealingJournal::new(schema.connect()?, settings())?, authority()?));
        }
        let began = Instant::now();
        std::thread::scope(|scope| {
            let works: Vec<_> =
                journals.into_iter().map(|work| scope.spawn(move || seal(&work.0, &work.1, takes))).collect();
            works.into_iter().try_for_each(|work| work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })?;
        let took = began.elapsed();
        assert_eq!(journal.sealed(None, ORDERS)?.len(), ORDERS / WINDOW);
        Ok(ORDERS as f64 / took.as_secs_f64())
    }

    /// Closes and seals windows until there are none.
    fn seal<S: Store>(journal: &SealingJournal<S>, authority: &Authority, takes: Duration) -> Fallible<()> {
        let mut tsa = tsa(authority, takes);
        loop {
            journal.close_due(now())?;
            if journal.seal_next(now(), |root, at| tsa.stamp(root, at))?.is_none() {
                if journal.pending()?.orders == 0 {
                    return Ok(());
                }
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }

    fn median(mut rates: Vec<f64>) -> f64 {
        rates.sort_by(f64::total_cmp);
        rates.get(rates.len() / 2).copied().unwrap_or_default()
    }

    /// A schema that is gone afterwards.
    struct Schema<'a> {
        address: &'a str,
        name: String,
    }

    impl<'a> Schema<'a> {
        fn new(address: &'a str, number: usize) -> Fallible<Self> {
            let schema = Self { address, name: format!("bench_{}_{number}", std::process::id()) };
            Ok(schema)
        }

        fn connect(&self) -> Fallible<PostgresStore> {
            Ok(PostgresStore::connect(self.address, &self.name, Algorithm::Sha256)?)
        }
    }

    impl Drop for Schema<'_> {
        fn drop(&mut self) {
            let drop = format!("set client_min_messages = error; drop schema if exists {} cascade", self.name);
            if let Err(error) = Client::connect(self.address, NoTls).and_then(|mut client| client.batch_execute(&drop))
            {
                println!("{}: {error}", self.name);
            }
        }
    }

    const ROUNDS: usize = 3;
    const ORDERS: usize = 20_000;
}
