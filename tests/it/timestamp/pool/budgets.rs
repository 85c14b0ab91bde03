//! Requests in a window, from one to the next, over restarts of the program.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use seing::error::{Error, ErrorKind};
use seing::time::Time;
use seing::timestamp::NoAnswer;
use seing::timestamp::pool::{Outcome, Pool, PoolState, Terms, Tokens, Unobtained};

use super::{Switch, allowing, away, cost, outcomes, trusting};
use crate::timestamp::client::{digest, now};

/// An authority that only says when it was asked: the clock of the test is looked at.
#[derive(Clone)]
struct Watched {
    clock: Arc<Mutex<Time>>,
    asked: Arc<Mutex<Vec<Time>>>,
    kept: Arc<Mutex<String>>,
}

impl Watched {
    fn new() -> Self {
        let kept = PoolState::default().to_json().unwrap();
        Self { clock: Arc::new(Mutex::new(now())), asked: Arc::default(), kept: Arc::new(Mutex::new(kept)) }
    }

    /// A program that starts with what the one before has kept.
    fn start(&self, terms: Terms) -> Pool<'static> {
        let (this, kept) = (self.clone(), self.kept.clone());
        let client = trusting("http://state/", move |_| {
            this.asked.lock().unwrap().push(*this.clock.lock().unwrap());
            Err(away())
        });
        let state = PoolState::from_json(&self.kept.lock().unwrap()).unwrap();
        Pool::new().with(client, terms).restore(state).before_request(move |state| {
            *kept.lock().unwrap() = state.to_json()?;
            Ok(())
        })
    }

    fn ask(&self, pool: &mut Pool<'_>, at: Time) -> Outcome {
        *self.clock.lock().unwrap() = at;
        let error = pool.stamp(&digest(), at).unwrap_err();
        Unobtained::of(&error).unwrap().attempts[0].outcome
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A day of a worker that is killed now and then, at an authority that takes 20 requests in 20 minutes.
    #[test]
    fn twenty_requests_in_twenty_minutes_are_never_exceeded(
        steps in prop::collection::vec((prop_oneof![4 => 0i64..90, 1 => 0i64..1500], 0u8..20), 400..900),
    ) {
        let watched = Watched::new();
        let mut pool = watched.start(allowing(20, 1200));
        let mut at = now();
        for (gap, fate) in steps {
            at = at.plus_seconds(gap);
            if at > now().plus_seconds(86_400) {
                break;
            }
            if fate == 0 {
                pool = watched.start(allowing(20, 1200));
            }
            let recent = |asked: &[Time]| asked.iter().filter(|sent| **sent > at.plus_seconds(-1200)).count();
            let before = recent(&watched.asked.lock().unwrap());
            match watched.ask(&mut pool, at) {
                Outcome::OverBudget { until } => {
                    prop_assert_eq!(before, 20, "it could have been asked");
                    prop_assert!(until > at && until <= at.plus_seconds(1200));
                }
                Outcome::Unreachable => prop_assert!(before < 20),
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let asked = watched.asked.lock().unwrap();
        for window in asked.windows(21) {
            prop_assert!(window[20] >= window[0].plus_seconds(1200));
        }
    }

    /// The same where the caller's clock jumps back and forth: what counts is the calls in the order of their times.
    #[test]
    fn clocks_that_jump_do_not_exceed_it_either(jumps in prop::collection::vec(0i64..4000, 100..300)) {
        let watched = Watched::new();
        let mut pool = watched.start(allowing(5, 600));
        for jump in jumps {
            watched.ask(&mut pool, now().plus_seconds(jump));
        }
        let mut asked = watched.asked.lock().unwrap().clone();
        asked.sort_unstable();
        for window in asked.windows(6) {
            prop_assert!(window[5] >= window[0].plus_seconds(600));
        }
    }
}

#[test]
fn the_interval_between_requests_is_kept() {
    let watched = Watched::new();
    let mut terms = Terms::default();
    terms.interval = Duration::from_millis(14_500);
    let mut pool = watched.start(terms.clone());
    assert_eq!(watched.ask(&mut pool, now()), Outcome::Unreachable);
    let until = now().plus_seconds(15);
    for second in [0, 1, 14] {
        assert_eq!(watched.ask(&mut pool, now().plus_seconds(second)), Outcome::OverBudget { until });
    }
    let mut pool = watched.start(terms);
    assert_eq!(watched.ask(&mut pool, now().plus_seconds(14)), Outcome::OverBudget { until });
    assert_eq!(watched.ask(&mut pool, until), Outcome::Unreachable);
}

#[test]
fn the_next_authority_takes_over_where_a_budget_is_spent() {
    let (state, bought) = (Switch::default(), Switch::default());
    let mut pool = Pool::new()
        .with(state.client("http://state/", 10, "TEST State"), allowing(2, 60))
        .with(bought.client("http://bought/", 11, "TEST Bought"), cost(5));
    for _ in 0..2 {
        pool.stamp(&digest(), now()).unwrap();
    }
    let obtained = pool.obtain(&digest(), now().plus_seconds(1), Tokens::One).unwrap();
    let until = now().plus_seconds(60);
    let expected = [("http://state/", Outcome::OverBudget { until }), ("http://bought/", Outcome::Granted)];
    assert_eq!(outcomes(&obtained.attempts), expected);
    assert_eq!(pool.ready_at(now()), Some(now()));
    pool.stamp(&digest(), until).unwrap();
    assert_eq!((state.asked(), bought.asked()), (3, 1));
}

#[test]
fn when_all_budgets_are_spent_the_error_says_when_to_come_back() {
    let switch = Switch::default();
    let mut pool = Pool::new()
        .with(switch.client("http://one/", 10, "TEST One"), allowing(1, 300))
        .with(switch.client("http://two/", 11, "TEST Two"), allowing(1, 200));
    let obtained = pool.obtain(&digest(), now(), Tokens::Two).unwrap();
    assert_eq!((obtained.missing, obtained.again_at), (0, None));
    // The first one may have taken its ten seconds.
    let error = pool.stamp(&digest(), now().plus_seconds(10)).unwrap_err();
    let unobtained = Unobtained::of(&error).unwrap();
    assert_eq!(unobtained.again_at, Some(now().plus_seconds(210)));
    let expected = [
        ("http://one/", Outcome::OverBudget { until: now().plus_seconds(300) }),
        ("http://two/", Outcome::OverBudget { until: now().plus_seconds(210) }),
    ];
    assert_eq!(outcomes(&unobtained.attempts), expected);
    assert!(error.to_string().contains("its budget is spent") && error.to_string().contains("ask again at"), "{error}");
    // Two tokens at once need both.
    let error = pool.obtain(&digest(), now().plus_seconds(10), Tokens::Two).unwrap_err();
    assert_eq!(Unobtained::of(&error).unwrap().again_at, Some(now().plus_seconds(300)));
    assert_eq!(switch.asked(), 2);
}

#[test]
fn the_time_that_others_may_have_taken_counts() {
    // The first one hangs for its ten seconds, so that the second one is asked up to ten seconds after the call.
    let (hangs, works) = (Switch::default(), Switch::default());
    hangs.fails(away);
    let mut pool = Pool::new()
        .with(hangs.client("http://hangs/", 10, "TEST Hangs"), Terms::default())
        .with(works.client("http://works/", 11, "TEST Works"), allowing(1, 60));
    pool.stamp(&digest(), now()).unwrap();
    assert_eq!(pool.standings(now())[1].authority, "http://hangs/");
    assert_eq!(pool.standings(now())[0].barred_until, Some(now().plus_seconds(70)));
}

#[test]
fn a_clock_that_was_years_ahead_bars_nobody_for_years() {
    let switch = Switch::default();
    switch.fails(|| {
        let reason = NoAnswer::Status { status: 429, retry_after: None };
        Error::new(ErrorKind::Rejected, "too many requests").because(reason)
    });
    let mut terms = allowing(1, 300);
    terms.interval = Duration::from_secs(15);
    let fresh = || Pool::new().with(switch.client("http://one/", 10, "TEST One"), terms.clone());
    let mut pool = fresh();
    let ahead = now().plus_seconds(3 * 365 * 86_400);
    pool.stamp(&digest(), ahead).unwrap_err();
    assert_eq!(pool.standings(ahead)[0].barred_until, Some(ahead.plus_seconds(600)));
    switch.recovers();
    let mut pool = fresh().restore(pool.state());
    assert_eq!((pool.standings(now())[0].barred_until, pool.ready_at(now())), (None, Some(now())));
    pool.stamp(&digest(), now()).unwrap();
    assert_eq!(pool.standings(now())[0].barred_until, Some(now().plus_seconds(300)));
}

#[test]
fn a_state_that_cannot_be_kept_stops_the_request() {
    let switch = Switch::default();
    let full = |_: &PoolState| Err(Error::new(ErrorKind::Io, "the disk is full"));
    let mut pool =
        Pool::new().with(switch.client("http://one/", 10, "TEST One"), Terms::default()).before_request(full);
    assert_eq!(pool.stamp(&digest(), now()).unwrap_err().kind(), ErrorKind::Io);
    assert_eq!(switch.asked(), 0);
}

#[test]
fn a_state_is_kept_whole_and_nothing_else_is_one() {
    let switch = Switch::default();
    switch.fails(away);
    let fresh = || Pool::new().with(switch.client("http://one/", 10, "TEST One"), allowing(3, 60));
    let mut pool = fresh();
    for _ in 0..3 {
        pool.stamp(&digest(), now()).unwrap_err();
    }
    let json = pool.state().to_json().unwrap();
    let again = fresh().restore(PoolState::from_json(&json).unwrap());
    assert_eq!(again.state(), pool.state());
    assert_eq!(again.standings(now()), pool.standings(now()));
    // Of other authorities nothing is taken, and of too many requests the last ones.
    let other = Pool::new().with(switch.client("http://two/", 11, "TEST Two"), Terms::default());
    assert_eq!(other.restore(pool.state()).standings(now())[0].failures, 0);
    let narrow = Pool::new().with(switch.client("http://one/", 10, "TEST One"), allowing(1, 60));
    assert_eq!(narrow.restore(pool.state()).standings(now())[0].barred_until, Some(now().plus_seconds(60)));
    for wrong in
        ["", "{}", "[]", "{\"authorities\":[{}]}", "{\"authorities\":[{\"authority\":\"x\",\"requests\":[1]}]}"]
    {
        assert_eq!(PoolState::from_json(wrong).unwrap_err().kind(), ErrorKind::Malformed, "{wrong}");
    }
}
