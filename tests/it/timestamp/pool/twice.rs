//! Two tokens of different authorities.

use seing::timestamp::pool::{Outcome, Pool, Terms, Tokens, Unobtained};

use super::{Switch, away, cost, outcomes};
use crate::timestamp::client::{digest, now};

fn two() -> (Pool<'static>, Switch, Switch) {
    let (one, other) = (Switch::default(), Switch::default());
    let pool = Pool::new()
        .with(one.client("http://one/", 10, "TEST One"), Terms::default())
        .with(other.client("http://other/", 11, "TEST Other"), cost(1));
    (pool, one, other)
}

#[test]
fn two_tokens_are_of_two_authorities() {
    let (mut pool, ..) = two();
    let obtained = pool.obtain(&digest(), now(), Tokens::Two).unwrap();
    let [one, other] = obtained.tokens.as_slice() else { panic!("{obtained:?}") };
    assert_eq!([one.authority.as_str(), other.authority.as_str()], ["http://one/", "http://other/"]);
    assert_ne!(one.token.certificates()[0], other.token.certificates()[0]);
    for granted in &obtained.tokens {
        assert_eq!(granted.token.info().message_imprint().digest().unwrap(), digest());
    }
}

#[test]
fn where_two_are_wanted_and_one_is_enough_the_outcome_says_so() {
    let (mut pool, one, _) = two();
    one.fails(away);
    let obtained = pool.obtain(&digest(), now(), Tokens::TwoIfPossible).unwrap();
    assert_eq!((obtained.tokens.len(), obtained.missing), (1, 1));
    assert_eq!(obtained.again_at, Some(now().plus_seconds(30)));
    let expected = [("http://one/", Outcome::Unreachable), ("http://other/", Outcome::Granted)];
    assert_eq!(outcomes(&obtained.attempts), expected);
}

#[test]
fn where_two_are_needed_one_is_an_error_that_keeps_it() {
    let (mut pool, one, other) = two();
    one.fails(away);
    let error = pool.obtain(&digest(), now(), Tokens::Two).unwrap_err();
    assert!(error.to_string().starts_with("there are too few time-stamps (http://one/: there is nobody"), "{error}");
    let unobtained = Unobtained::of(&error).unwrap();
    assert_eq!((unobtained.tokens.len(), unobtained.again_at), (1, Some(now().plus_seconds(30))));
    assert_eq!(unobtained.tokens[0].authority, "http://other/");
    assert_eq!(other.asked(), 1);
}

#[test]
fn one_authority_at_two_addresses_is_one() {
    let (one, again) = (Switch::default(), Switch::default());
    // The same key under two names, and then the same name over two keys.
    for (seed, subject) in [(10, "TEST Another"), (11, "TEST One")] {
        let mut pool = Pool::new()
            .with(one.client("http://one/", 10, "TEST One"), Terms::default())
            .with(again.client("http://again/", seed, subject), Terms::default());
        let error = pool.obtain(&digest(), now(), Tokens::Two).unwrap_err();
        let unobtained = Unobtained::of(&error).unwrap();
        let expected = [("http://one/", Outcome::Granted), ("http://again/", Outcome::SameAuthority)];
        assert_eq!(outcomes(&unobtained.attempts), expected);
        assert_eq!(unobtained.again_at, None, "there is nobody else");
        let obtained = pool.obtain(&digest(), now(), Tokens::TwoIfPossible).unwrap();
        assert_eq!((obtained.missing, obtained.again_at), (1, None));
    }
}
