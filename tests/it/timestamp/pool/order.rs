//! Who is asked first, who is passed over, and who is asked again.

use std::sync::atomic::Ordering;

use seing::error::{Error, ErrorKind};
use seing::timestamp::pool::{Outcome, Pool, Terms, Tokens, Unobtained};
use seing::timestamp::{Exchange, NoAnswer, RetryAfter};

use super::{Switch, away, cost, outcomes, trusting};
use crate::timestamp::client::{digest, now};

const NAMES: [&str; 3] = ["http://dear/", "http://cheap/", "http://middling/"];

/// Three authorities, of costs 9, 1 and 5.
fn three() -> (Pool<'static>, [Switch; 3]) {
    let switches = [Switch::default(), Switch::default(), Switch::default()];
    let mut pool = Pool::new();
    for (((url, switch), seed), price) in NAMES.into_iter().zip(&switches).zip(10..).zip([9, 1, 5]) {
        pool = pool.with(
            switch.client(url, seed, ["TEST Dear", "TEST Cheap", "TEST Middling"][seed as usize - 10]),
            cost(price),
        );
    }
    (pool, switches)
}

fn asked(switches: &[Switch; 3]) -> [usize; 3] {
    switches.each_ref().map(Switch::asked)
}

#[test]
fn the_cheapest_is_asked_and_nobody_else() {
    let (mut pool, switches) = three();
    for _ in 0..3 {
        pool.stamp(&digest(), now()).unwrap();
    }
    assert_eq!(asked(&switches), [0, 3, 0]);
    let order: Vec<String> = pool.standings(now()).into_iter().map(|standing| standing.authority).collect();
    assert_eq!(order, ["http://cheap/", "http://middling/", "http://dear/"]);
}

#[test]
fn the_next_cheapest_follows_one_that_fails() {
    let (mut pool, [dear, cheap, middling]) = three();
    cheap.fails(away);
    middling.fails(away);
    let obtained = pool.obtain(&digest(), now(), Tokens::One).unwrap();
    let expected = [
        ("http://cheap/", Outcome::Unreachable),
        ("http://middling/", Outcome::Unreachable),
        ("http://dear/", Outcome::Granted),
    ];
    assert_eq!(outcomes(&obtained.attempts), expected);
    assert_eq!(asked(&[dear, cheap, middling]), [1, 1, 1]);
}

#[test]
fn one_that_failed_is_asked_last_until_it_has_rested_and_its_rest_grows() {
    let (mut pool, switches) = three();
    switches[1].fails(away);
    pool.stamp(&digest(), now()).unwrap();
    // The middling one gave the token; the cheap one rests for 30 seconds.
    let at = |seconds| now().plus_seconds(seconds);
    pool.stamp(&digest(), at(29)).unwrap();
    assert_eq!(asked(&switches), [0, 1, 2]);
    pool.stamp(&digest(), at(30)).unwrap();
    assert_eq!(asked(&switches), [0, 2, 3]);
    // The second time for 60.
    pool.stamp(&digest(), at(89)).unwrap();
    assert_eq!(asked(&switches), [0, 2, 4]);
    // Without anybody else it is asked all the same.
    switches[0].fails(away);
    switches[2].fails(away);
    switches[1].recovers();
    let obtained = pool.obtain(&digest(), at(89), Tokens::One).unwrap();
    assert_eq!(obtained.tokens[0].authority, "http://cheap/");
    // Whoever gives a token is well again.
    let standing = pool.standings(at(89)).remove(0);
    assert_eq!((standing.authority.as_str(), standing.failures, standing.resting_until), ("http://cheap/", 0, None));
}

#[test]
fn a_rest_ends_within_an_hour() {
    let (mut pool, switches) = three();
    switches.iter().for_each(|switch| switch.fails(away));
    let mut at = now();
    for _ in 0..80 {
        let error = pool.stamp(&digest(), at).unwrap_err();
        let again = Unobtained::of(&error).unwrap().again_at.unwrap();
        assert!(again > at && again <= at.plus_seconds(3600), "{again} after {at}");
        assert_eq!(pool.ready_at(at), Some(again));
        at = again;
    }
    assert_eq!(switches[0].asked(), 80);
    assert_eq!(pool.ready_at(at.plus_seconds(3601)), Some(at.plus_seconds(3601)));
}

#[test]
fn whoever_refuses_is_blocked_as_long_as_it_says_or_as_the_terms_say() {
    let busy = |retry_after| {
        move || {
            let reason = NoAnswer::Status { status: 429, retry_after };
            Error::new(ErrorKind::Rejected, "too many requests").because(reason)
        }
    };
    let delay = |seconds| Some(RetryAfter::Delay(std::time::Duration::from_secs(seconds)));
    for (retry_after, blocked) in [
        (None, 600),
        (delay(45), 45),
        (Some(RetryAfter::At(now().plus_seconds(90))), 90),
        // A time that is over is none, as from a server whose clock is behind.
        (delay(0), 600),
        (Some(RetryAfter::At(now().plus_seconds(-90))), 600),
        // A week is the longest that is believed.
        (delay(u64::MAX), 7 * 86_400),
    ] {
        let switch = Switch::default();
        let count = switch.asked.clone();
        let fault = busy(retry_after);
        let client = trusting("http://busy/", move |_: &Exchange<'_>| {
            count.fetch_add(1, Ordering::SeqCst);
            Err(fault())
        });
        let mut pool = Pool::new().with(client, Terms::default());
        let until = now().plus_seconds(blocked);
        let error = pool.stamp(&digest(), now()).unwrap_err();
        assert_eq!(Unobtained::of(&error).unwrap().again_at, Some(until), "{error}");
        for at in [now(), now().plus_seconds(1), until.plus_seconds(-1)] {
            let error = pool.stamp(&digest(), at).unwrap_err();
            assert_eq!(Unobtained::of(&error).unwrap().attempts[0].outcome, Outcome::Blocked { until });
            assert_eq!(pool.standings(at)[0].barred_until, Some(until));
        }
        assert_eq!(switch.asked(), 1);
        pool.stamp(&digest(), until).unwrap_err();
        assert_eq!(switch.asked(), 2);
    }
}

#[test]
fn a_server_that_is_busy_until_now_is_asked_again() {
    let past = || {
        let reason = NoAnswer::Status { status: 503, retry_after: RetryAfter::parse("0") };
        Error::new(ErrorKind::Rejected, "busy").because(reason)
    };
    let switch = Switch::default();
    switch.fails(past);
    let mut pool = Pool::new().with(switch.client("http://busy/", 10, "TEST Busy"), Terms::default());
    pool.stamp(&digest(), now()).unwrap_err();
    switch.recovers();
    pool.stamp(&digest(), now().plus_seconds(1)).unwrap();
}

#[test]
fn what_is_wrong_with_the_call_is_no_attempt() {
    let (mut pool, switches) = three();
    let weak = seing::digest::Algorithm::Sha1.digest(b"order 4711");
    assert_eq!(pool.stamp(&weak, now()).unwrap_err().kind(), ErrorKind::Misuse);
    let one = Switch::default();
    let mut lonely = Pool::new().with(one.client("http://one/", 10, "TEST One"), Terms::default());
    let error = lonely.obtain(&digest(), now(), Tokens::Two).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse, "{error}");
    assert!(Unobtained::of(&error).is_none() && one.asked() == 0);
    assert_eq!(lonely.obtain(&digest(), now(), Tokens::TwoIfPossible).unwrap().missing, 1);
    assert_eq!(Pool::new().stamp(&digest(), now()).unwrap_err().kind(), ErrorKind::Misuse);
    assert_eq!(asked(&switches), [0, 0, 0]);
    assert_eq!((Pool::new().ready_at(now()), pool.len(), pool.is_empty()), (None, 3, false));
}

#[test]
fn an_authority_that_is_added_again_takes_its_own_place() {
    let (pool, _) = three();
    let again = Switch::default();
    let pool = pool.with(again.client("http://dear/", 20, "TEST Dear again"), cost(0));
    assert_eq!(pool.len(), 3);
    assert_eq!(pool.standings(now())[0].authority, "http://dear/");
}
