//! Authorities that do one thing wrong, over HTTP on the loopback interface, before one that does everything right.

use std::io::Write;
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::pki::TrustAnchors;
use seing::timestamp::pool::{Flaw, Outcome, Pool, Terms, Tokens, Unobtained};
use seing::timestamp::{Client, Failure, Failures, HttpOptions, HttpTransport, REPLY_TYPE, Request, Response, Status};

use super::other_authority;
use crate::timestamp::client::{authority, counter, digest, forged, info, now, respond, root, tsa};
use crate::timestamp::forge::{CODE_SIGNING, Forgery, Key, Profile, TIME_STAMPING, response};
use crate::timestamp::loopback::{Loopback, Received, ok, status};

/// Long enough for a busy machine to answer, short enough to be waited for.
const PATIENCE: Duration = Duration::from_millis(1500);

fn over_http(url: &str) -> Client<'static> {
    let transport = HttpTransport::new(&HttpOptions::default()).unwrap();
    Client::new(url, transport, counter()).trust(TrustAnchors::none().with(root()))
}

fn terms(cost: u32) -> Terms {
    let mut terms = super::cost(cost);
    terms.patience = PATIENCE;
    terms
}

fn honest() -> Loopback {
    let authority = other_authority(7, "TEST Second TSA");
    Loopback::start(move |received| ok(REPLY_TYPE, &respond(&authority, &received.body)))
}

/// What is found of an authority whose neighbour gives the token, and then of the same one alone.
#[track_caller]
fn of(url: &str) -> Outcome {
    let good = honest();
    let mut pool = Pool::new().with(over_http(&good.url()), terms(1)).with(over_http(url), terms(0));
    let obtained = pool.obtain(&digest(), now(), Tokens::One).unwrap();
    let [bad, granted] = obtained.attempts.as_slice() else { panic!("{:?}", obtained.attempts) };
    assert_eq!((bad.authority.as_str(), bad.at), (url, now()));
    assert_eq!((granted.authority.as_str(), granted.outcome), (good.url().as_str(), Outcome::Granted));
    let [token] = obtained.tokens.as_slice() else { panic!("{:?}", obtained.tokens) };
    assert_eq!(token.authority, good.url());
    assert_eq!(token.token.info().message_imprint().digest().unwrap(), digest());
    assert_eq!(obtained.missing, 0);

    let mut alone = Pool::new().with(over_http(url), terms(0));
    let error = alone.stamp(&digest(), now()).unwrap_err();
    let unobtained = Unobtained::of(&error).unwrap();
    let [only] = unobtained.attempts.as_slice() else { panic!("{error}") };
    assert_eq!(only.outcome, bad.outcome, "{error}");
    assert!(unobtained.tokens.is_empty() && unobtained.again_at > Some(now()), "{error}");
    assert!(error.to_string().contains(url) && error.to_string().contains("there is no time-stamp"), "{error}");
    assert_eq!(alone.standings(now())[0].failures, 1);
    only.outcome
}

#[track_caller]
fn answered(answer: impl FnMut(Received) -> Vec<u8> + Send + 'static) -> Outcome {
    of(&Loopback::start(answer).url())
}

#[track_caller]
fn replied(mut answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Outcome {
    answered(move |received| ok(REPLY_TYPE, &answer(&received.body)))
}

#[test]
fn a_refusal_is_told_with_status_and_reason() {
    let refused = |failure| {
        let status = Status::Rejection;
        (
            replied(move |_| Response::rejected(failure, "no").to_der()),
            Outcome::Refused { status, failures: failure.into() },
        )
    };
    for failure in [Failure::BadAlg, Failure::SystemFailure, Failure::TimeNotAvailable] {
        let (found, expected) = refused(failure);
        assert_eq!(found, expected);
    }
    let Outcome::Refused { status, failures } = replied(|_| response(3, &[])) else { panic!("no refusal") };
    assert!(status == Status::Waiting && failures == Failures::default() && failures.is_empty());
}

#[test]
fn an_authority_that_hangs_is_left_when_its_time_is_over() {
    let (release, wait) = mpsc::channel::<()>();
    let server = Loopback::start(move |_| {
        wait.recv().unwrap_err();
        Vec::new()
    });
    let start = Instant::now();
    assert_eq!(of(&server.url()), Outcome::Timeout);
    assert!(start.elapsed() < 4 * PATIENCE, "{:?}", start.elapsed());
    drop(release);
}

#[test]
fn an_answer_that_drips_is_left_when_its_time_is_over() {
    let server = Loopback::streaming(|_, stream| {
        let whole = ok(REPLY_TYPE, &[0x30; 4096]);
        for octet in whole.chunks(8) {
            if stream.write_all(octet).and_then(|()| stream.flush()).is_err() {
                return;
            }
            std::thread::sleep(PATIENCE / 100);
        }
    });
    let start = Instant::now();
    assert_eq!(of(&server.url()), Outcome::Timeout);
    assert!(start.elapsed() < 4 * PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn the_status_of_http_and_its_retry_after_are_told() {
    let http = |line: &'static str, header: &'static str| answered(move |_| status(line, header));
    let until = |seconds| Some(now().plus_seconds(seconds));
    assert_eq!(http("429 Too Many Requests", "X: y"), Outcome::Http { status: 429, until: None });
    assert_eq!(http("429 Too Many Requests", "Retry-After: 120"), Outcome::Http { status: 429, until: until(120) });
    assert_eq!(http("503 Service Unavailable", "Retry-After: 7"), Outcome::Http { status: 503, until: until(7) });
    let at = Outcome::Http { status: 429, until: Some(now().whole_seconds().plus_seconds(3600)) };
    assert_eq!(http("429 Too Many Requests", "Retry-After: Mon, 23 Nov 2026 11:00:00 GMT"), at);
    assert_eq!(http("400 Bad Request", "Retry-After: soon"), Outcome::Http { status: 400, until: None });
    assert_eq!(http("500 Internal Server Error", "X: y"), Outcome::Http { status: 500, until: None });
}

#[test]
fn a_server_that_is_not_there_or_leaves_early_is_told_from_one_that_is_slow() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(of(&format!("http://{nobody}/")), Outcome::Unreachable);
    assert_eq!(of("ftp://tsa.example/"), Outcome::Address);
    assert_eq!(answered(|_| Vec::new()), Outcome::Cut);
    let cut = |left_off: usize| {
        move |received: Received| {
            let mut whole = ok(REPLY_TYPE, &respond(&authority(), &received.body));
            whole.truncate(whole.len() - left_off);
            whole
        }
    };
    for left_off in [1, 700] {
        assert_eq!(answered(cut(left_off)), Outcome::Cut);
    }
}

#[test]
fn garbage_is_told_by_its_kind() {
    assert_eq!(answered(|_| b"220 mail ready\r\n\r\n".to_vec()), Outcome::NoReply);
    assert_eq!(answered(|_| ok("text/html", b"<p>welcome")), Outcome::NoReply);
    for garbage in [&b""[..], b"<html>", &[0x30, 0x80], &[0xff; 300]] {
        assert_eq!(replied(move |_| garbage.to_vec()), Outcome::Unsound(Flaw::Malformed), "{garbage:?}");
    }
    assert_eq!(replied(|_| response(0, &[0x30, 0])), Outcome::Unsound(Flaw::Malformed));
    assert_eq!(replied(|_| vec![0x30; (1 << 20) + 1]), Outcome::TooLong);
}

#[test]
fn a_token_over_something_else_or_for_another_request_is_told() {
    let nonce = |request: &[u8]| Request::parse(request).unwrap().nonce().unwrap().to_vec();
    let answer = |request: Request| respond(&authority(), &request.with_certificates().to_der());
    let other = Algorithm::Sha256.digest(b"order 4712");
    let imprint = replied(move |request| answer(Request::new(&other).with_nonce(&nonce(request))));
    assert_eq!(imprint, Outcome::Unsound(Flaw::Imprint));
    assert_eq!(replied(move |_| answer(Request::new(&digest()).with_nonce(&[9]))), Outcome::Unsound(Flaw::Nonce));
    assert_eq!(replied(move |_| answer(Request::new(&digest()))), Outcome::Unsound(Flaw::Nonce));
    let old = replied(|request| authority().respond(request, now().plus_seconds(-86_400), &mut counter()));
    assert_eq!(old, Outcome::Unsound(Flaw::Time));
}

#[test]
fn a_certificate_that_is_not_valid_or_not_for_time_stamps_is_told() {
    let of_profile = |profile| replied(forged(profile, |_| ()));
    let valid = |from, to| Profile { valid: (from, to), ..Profile::tsa() };
    let purposes = |usage| Profile { extended_key_usage: usage, ..Profile::tsa() };
    assert_eq!(of_profile(valid("200101000000Z", "261123095959Z")), Outcome::Unsound(Flaw::Expired));
    assert_eq!(of_profile(valid("261123100001Z", "400101000000Z")), Outcome::Unsound(Flaw::NotYetValid));
    for usage in [None, Some((true, vec![CODE_SIGNING])), Some((false, vec![TIME_STAMPING]))] {
        assert_eq!(of_profile(purposes(usage)), Outcome::Unsound(Flaw::Purpose));
    }
}

#[test]
fn certificates_that_were_put_into_a_token_do_not_help_it() {
    let swapped = |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let other = Profile::tsa().issue(&Key::new(2), &Key::new(9));
        let mut forgery = Forgery::of(info(request).to_der(), &key, &certificate);
        forgery.bag = vec![&other];
        response(0, &forgery.to_der())
    };
    assert_eq!(replied(swapped), Outcome::Unsound(Flaw::Certificate));
    let unnamed = |token: &mut Forgery<'_>| token.named = None;
    assert_eq!(replied(forged(Profile::tsa(), unnamed)), Outcome::Unsound(Flaw::Certificate));
    // A root of somebody's own beside the certificate that it issued.
    let stranger = |request: &[u8]| {
        let key = Key::new(1);
        let certificate = Profile::tsa().issue(&key, &Key::new(8));
        let root = Profile::root().issue(&Key::new(8), &Key::new(8));
        let mut forgery = Forgery::of(info(request).to_der(), &key, &certificate);
        forgery.bag.push(&root);
        response(0, &forgery.to_der())
    };
    assert_eq!(replied(stranger), Outcome::Unsound(Flaw::Untrusted));
    let flooded = |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let others: Vec<_> =
            (0..=255).map(|serial| Profile { serial, ..Profile::root() }.issue(&Key::new(8), &Key::new(8))).collect();
        let mut forgery = Forgery::of(info(request).to_der(), &key, &certificate);
        forgery.bag.extend(others.iter().cycle().take(1001));
        response(0, &forgery.to_der())
    };
    assert_eq!(replied(flooded), Outcome::TooLong);
}

#[test]
fn a_certificate_more_in_a_token_does_no_harm() {
    let server = Loopback::start(|received| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let other = Profile::tsa().issue(&Key::new(2), &Key::new(9));
        let mut forgery = Forgery::of(info(&received.body).to_der(), &key, &certificate);
        forgery.bag.push(&other);
        ok(REPLY_TYPE, &response(0, &forgery.to_der()))
    });
    let mut pool = Pool::new().with(over_http(&server.url()), terms(0));
    let obtained = pool.obtain(&digest(), now(), Tokens::One).unwrap();
    assert_eq!(obtained.attempts[0].outcome, Outcome::Granted);
}

#[test]
fn signatures_that_do_not_hold_or_are_weak_are_told() {
    let broken = |request: &[u8]| {
        let mut answer = respond(&authority(), request);
        // The last octet is the last one of the signature value.
        *answer.last_mut().unwrap() ^= 1;
        answer
    };
    assert_eq!(replied(broken), Outcome::Unsound(Flaw::Signature));
    let sha1 = |token: &mut Forgery<'_>| token.digest = Algorithm::Sha1;
    assert_eq!(replied(forged(Profile::tsa(), sha1)), Outcome::Unsound(Flaw::Weak));
}

#[test]
fn the_kind_of_the_error_is_that_of_all_attempts() {
    let refusing = Loopback::start(|_| status("403 Forbidden", "X: y"));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut pool = Pool::new().with(over_http(&refusing.url()), terms(0));
    assert_eq!(pool.stamp(&digest(), now()).unwrap_err().kind(), ErrorKind::Rejected);
    let mut pool = pool.with(over_http(&format!("http://{nobody}/")), terms(0));
    let error = pool.stamp(&digest(), now()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    let text = error.to_string();
    assert!(text.contains("refused a request lately") && text.contains("cannot be reached"), "{text}");
    assert!(text.contains("ask again at 2026-11-23T10:00:30"), "{text}");
}
