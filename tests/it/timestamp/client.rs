//! What the client accepts, and what it refuses from an authority that does one thing wrong, over HTTP on the loopback
//! interface.

use std::sync::mpsc;
use std::time::Duration;

use seing::digest::{Algorithm, Digest};
use seing::error::{Error, ErrorKind};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{
    Authority, Client, Exchange, Extension, Failure, HttpOptions, HttpTransport, MessageImprint, REPLY_TYPE, Request,
    Response, Token, TstInfo,
};

use super::forge::{CODE_SIGNING, Forgery, Key, Profile, TIME_STAMPING, name, response, sequence, tlv};
use super::loopback::{Loopback, ok, status};

pub(crate) fn now() -> Time {
    Time::parse_rfc3339("2026-11-23T10:00:00.2579Z").unwrap()
}

pub(crate) fn digest() -> Digest {
    Algorithm::Sha256.digest(b"order 4711")
}

pub(crate) fn policy() -> Oid {
    Oid::parse("1.3.6.1.4.1.32473.1").unwrap()
}

pub(crate) fn root() -> Certificate {
    Profile::root().issue(&Key::new(9), &Key::new(9))
}

pub(crate) fn tsa(profile: &Profile) -> Certificate {
    profile.issue(&Key::new(1), &Key::new(9))
}

pub(crate) fn authority() -> Authority {
    Authority::new(Key::new(1), vec![tsa(&Profile::tsa()), root()], policy()).unwrap()
}

/// Octets that count upwards, other ones each time.
pub(crate) fn counter() -> impl FnMut(&mut [u8]) -> Result<(), Error> + Send {
    let mut next = 0u64;
    move |octets| {
        next += 1;
        octets
            .iter_mut()
            .rev()
            .zip(next.to_le_bytes().into_iter().chain(std::iter::repeat(0x5a)))
            .for_each(|(to, from)| *to = from);
        Ok(())
    }
}

pub(super) fn respond(authority: &Authority, request: &[u8]) -> Vec<u8> {
    authority.respond(request, now(), &mut counter())
}

fn client(url: String) -> Client<'static> {
    let transport = HttpTransport::new(&HttpOptions::default()).unwrap();
    Client::new(url, transport, counter()).trust(TrustAnchors::none().with(root()))
}

fn stamp(answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Result<Token, Error> {
    stamp_with(answer, |client| client)
}

fn stamp_with(
    mut answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static,
    options: impl FnOnce(Client<'static>) -> Client<'static>,
) -> Result<Token, Error> {
    let server = Loopback::start(move |received| ok(REPLY_TYPE, &answer(&received.body)));
    options(client(server.url())).stamp(&digest(), now())
}

/// The sentence with which an answer is refused.
#[track_caller]
fn refused(outcome: Result<Token, Error>, sentence: &str) {
    let error = outcome.expect_err(sentence);
    assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
    assert!(error.to_string().contains(sentence), "{error}");
}

/// The TSTInfo that a request asks for.
pub(super) fn info(request: &[u8]) -> TstInfo {
    let request = Request::parse(request).unwrap();
    let info = TstInfo::new(policy(), request.message_imprint().clone(), &[7], now());
    info.with_nonce(request.nonce().unwrap())
}

/// An answer with a token of this certificate, changed by `change`.
pub(super) fn forged(
    profile: Profile,
    change: impl Fn(&mut Forgery<'_>) + Send + 'static,
) -> impl FnMut(&[u8]) -> Vec<u8> + Send + 'static {
    move |request| {
        let (key, certificate) = (Key::new(1), tsa(&profile));
        let mut forgery = Forgery::of(info(request).to_der(), &key, &certificate);
        change(&mut forgery);
        response(0, &forgery.to_der())
    }
}

#[test]
fn an_honest_answer_is_accepted() {
    let token = stamp(|request| respond(&authority(), request)).unwrap();
    assert_eq!(token.time().to_string(), "2026-11-23T10:00:00.257Z");
    assert_eq!(token.info().message_imprint().digest().unwrap(), digest());
    assert_eq!(token.info().policy(), &policy());
    assert_eq!(token.certificates(), [tsa(&Profile::tsa())]);
    let again = Token::parse(token.octets(), &mut Budget::new(&Limits::default())).unwrap();
    assert_eq!(again.info(), token.info());
    assert_eq!(stamp(forged(Profile::tsa(), |_| ())).unwrap().time().to_string(), "2026-11-23T10:00:00.2579Z");
}

#[test]
fn a_policy_that_was_asked_for_is_granted() {
    let token = stamp_with(|request| respond(&authority(), request), |client| client.policy(policy())).unwrap();
    assert_eq!(token.info().policy(), &policy());
}

#[test]
fn a_closure_is_a_transport_and_the_address_is_handed_to_it() {
    let authority = authority();
    let transport = |exchange: &Exchange<'_>| {
        assert_eq!(exchange.url, "here");
        Ok(respond(&authority, exchange.body))
    };
    Client::new("here", transport, counter()).stamp(&digest(), now()).unwrap();
}

#[test]
fn each_request_has_its_own_nonce() {
    let mut client = Client::new("here", |_: &Exchange<'_>| Ok(Vec::new()), counter());
    let (one, two) = (client.request(&digest()).unwrap(), client.request(&digest()).unwrap());
    assert!(one.nonce().is_some() && one.nonce() != two.nonce());
    assert!(one.wants_certificates());
}

#[test]
fn a_request_without_randomness_is_not_sent() {
    let fail = |_: &mut [u8]| Err(Error::new(ErrorKind::Io, "no randomness"));
    let mut client = Client::new("here", |_: &Exchange<'_>| -> Result<Vec<u8>, Error> { panic!("sent") }, fail);
    assert_eq!(client.stamp(&digest(), now()).unwrap_err().kind(), ErrorKind::Io);
}

#[test]
fn a_weak_digest_is_not_stamped() {
    let mut client = client("http://127.0.0.1:1/".into());
    let error = client.stamp(&Algorithm::Sha1.digest(b"order 4711"), now()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);
}

#[test]
fn a_token_over_another_digest_is_refused() {
    let other = |request: &[u8]| {
        let nonce = Request::parse(request).unwrap().nonce().unwrap().to_vec();
        let other = Algorithm::Sha256.digest(b"order 4712");
        respond(&authority(), &Request::new(&other).with_nonce(&nonce).with_certificates().to_der())
    };
    refused(stamp(other), "over another digest");
}

#[test]
fn a_token_over_a_digest_of_another_algorithm_is_refused() {
    let other = |request: &[u8]| {
        let nonce = Request::parse(request).unwrap().nonce().unwrap().to_vec();
        let same_octets = Digest::new(Algorithm::Sha3_256, digest().octets()).unwrap();
        respond(&authority(), &Request::new(&same_octets).with_nonce(&nonce).with_certificates().to_der())
    };
    refused(stamp(other), "over a digest of another algorithm");
}

#[test]
fn a_token_with_another_nonce_is_refused() {
    let other =
        |_: &[u8]| respond(&authority(), &Request::new(&digest()).with_nonce(&[9]).with_certificates().to_der());
    refused(stamp(other), "another nonce");
}

#[test]
fn a_token_without_the_nonce_is_refused() {
    let none = |_: &[u8]| respond(&authority(), &Request::new(&digest()).with_certificates().to_der());
    refused(stamp(none), "does not repeat the nonce");
}

#[test]
fn a_token_under_another_policy_is_refused() {
    let other = |request: &[u8]| {
        let nonce = Request::parse(request).unwrap().nonce().unwrap().to_vec();
        respond(&authority(), &Request::new(&digest()).with_nonce(&nonce).with_certificates().to_der())
    };
    let asked = Oid::parse("1.3.6.1.4.1.32473.2").unwrap();
    refused(stamp_with(other, |client| client.policy(asked)), "under another policy");
    let with_mods = move |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        response(1, &Forgery::of(info(request).to_der(), &key, &certificate).to_der())
    };
    refused(stamp_with(with_mods, |client| client.policy(asked)), "under another policy");
    stamp_with(with_mods, |client| client.policy(policy())).unwrap();
}

#[test]
fn a_refusal_is_told_with_its_reason() {
    let asked = Oid::parse("1.3.6.1.4.1.32473.2").unwrap();
    let outcome = stamp_with(|request| respond(&authority(), request), |client| client.policy(asked));
    refused(outcome, "rejection, unacceptedPolicy: the policy is 1.3.6.1.4.1.32473.1");
    refused(
        stamp(|_| Response::rejected(Failure::SystemFailure, "on fire\n\u{1b}[2J").to_der()),
        "systemFailure: on fire[2J",
    );
    refused(stamp(|_| response(3, &[])), "waiting");
    refused(stamp(|_| response(2, &[])), "rejection");
}

#[test]
fn a_grant_that_names_a_failure_is_refused() {
    let both = |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let token = Forgery::of(info(request).to_der(), &key, &certificate).to_der();
        sequence(&[&sequence(&[&[2, 1, 0], &[3, 2, 7, 0x80]]), &token])
    };
    refused(stamp(both), "granted, badAlg");
}

#[test]
fn a_certificate_whose_extended_key_usage_is_not_critical_is_refused() {
    let profile = Profile { extended_key_usage: Some((false, vec![TIME_STAMPING])), ..Profile::tsa() };
    refused(stamp(forged(profile, |_| ())), "not critical");
}

#[test]
fn a_certificate_with_a_second_purpose_is_refused() {
    let profile = Profile { extended_key_usage: Some((true, vec![TIME_STAMPING, CODE_SIGNING])), ..Profile::tsa() };
    refused(stamp(forged(profile, |_| ())), "not for time-stamping alone");
}

#[test]
fn a_certificate_of_another_purpose_is_refused() {
    let profile = Profile { extended_key_usage: Some((true, vec![CODE_SIGNING])), ..Profile::tsa() };
    refused(stamp(forged(profile, |_| ())), "extended key usage is another");
    let profile = Profile { extended_key_usage: None, ..Profile::tsa() };
    refused(stamp(forged(profile, |_| ())), "no extended key usage");
}

#[test]
fn a_certificate_that_is_not_valid_at_the_time_of_the_token_is_refused() {
    let profile = Profile { valid: ("200101000000Z", "261123095959Z"), ..Profile::tsa() };
    refused(stamp(forged(profile, |_| ())), "has expired");
    let profile = Profile { valid: ("261123100001Z", "400101000000Z"), ..Profile::tsa() };
    refused(stamp(forged(profile, |_| ())), "not yet valid");
}

#[test]
fn a_certificate_of_the_same_name_and_another_key_is_refused() {
    let answer = |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let other = Profile::tsa().issue(&Key::new(2), &Key::new(9));
        let mut forgery = Forgery::of(info(request).to_der(), &key, &certificate);
        forgery.bag = vec![&other];
        response(0, &forgery.to_der())
    };
    refused(stamp(answer), "names a certificate that is not there");
    let answer = |request: &[u8]| {
        let other = Profile::tsa().issue(&Key::new(2), &Key::new(9));
        let key = Key::new(1);
        response(0, &Forgery::of(info(request).to_der(), &key, &other).to_der())
    };
    refused(stamp(answer), "the signature of the token does not hold");
}

#[test]
fn another_certificate_of_the_same_key_is_refused() {
    // The same key certified again, for ever: what was signed names the certificate that ends.
    let answer = |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let longer = tsa(&Profile { valid: ("200101000000Z", "491231000000Z"), ..Profile::tsa() });
        let mut forgery = Forgery::of(info(request).to_der(), &key, &certificate);
        forgery.bag = vec![&longer];
        response(0, &forgery.to_der())
    };
    refused(stamp(answer), "names a certificate that is not there");
}

#[test]
fn a_signer_identifier_that_differs_from_the_attribute_is_refused() {
    let answer = |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let other = tsa(&Profile { serial: 3, ..Profile::tsa() });
        let mut forgery = Forgery::of(info(request).to_der(), &key, &certificate);
        forgery.signer = &other;
        response(0, &forgery.to_der())
    };
    assert_eq!(stamp(answer).unwrap_err().kind(), ErrorKind::Rejected);
}

#[test]
fn a_token_that_names_no_certificate_is_refused() {
    let without = |token: &mut Forgery<'_>| token.named = None;
    refused(stamp(forged(Profile::tsa(), without)), "does not say which certificate");
}

#[test]
fn a_token_without_certificates_is_accepted_when_the_caller_has_it() {
    let without = |token: &mut Forgery<'_>| token.bag.clear();
    refused(stamp(forged(Profile::tsa(), without)), "certificate of the time-stamp authority is missing");
    let given = |client: Client<'static>| client.certificates(vec![tsa(&Profile::tsa())]);
    stamp_with(forged(Profile::tsa(), without), given).unwrap();
}

#[test]
fn a_token_bears_one_signature() {
    for count in [0, 2] {
        let signed = move |token: &mut Forgery<'_>| token.signatures = count;
        refused(stamp(forged(Profile::tsa(), signed)), "without its one signature");
    }
}

#[test]
fn a_message_of_another_content_type_is_refused() {
    let data = |token: &mut Forgery<'_>| token.content_type = "1.2.840.113549.1.7.1";
    refused(stamp(forged(Profile::tsa(), data)), "no time-stamp token");
}

#[test]
fn a_weak_signature_is_refused_on_a_new_token() {
    let sha1 = |token: &mut Forgery<'_>| token.digest = Algorithm::Sha1;
    refused(stamp(forged(Profile::tsa(), sha1)), "too weak");
}

#[test]
fn a_time_far_from_the_callers_is_refused() {
    let at =
        |seconds: i64| move |request: &[u8]| authority().respond(request, now().plus_seconds(seconds), &mut counter());
    for seconds in [-301, 301, -86_400, 86_400] {
        refused(stamp(at(seconds)), "too far from the time here");
    }
    for seconds in [-299, 299] {
        stamp(at(seconds)).unwrap();
    }
    let strict = |client: Client<'static>| client.tolerance(Duration::from_secs(1));
    refused(stamp_with(at(3), strict), "too far from the time here");
}

#[test]
fn an_authority_without_a_path_to_an_anchor_is_refused() {
    let stranger = Profile::root().issue(&Key::new(8), &Key::new(8));
    let anchors = TrustAnchors::none().with(stranger);
    let outcome = stamp_with(|request| respond(&authority(), request), |client| client.trust(anchors));
    refused(outcome, "no path to a trust anchor");
}

#[test]
fn an_authority_that_calls_itself_otherwise_is_refused() {
    let called = |other: &'static str| {
        move |request: &[u8]| {
            let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
            let info = info(request).to_der();
            let named = tlv(0xa0, &[&tlv(0xa4, &[&name(other)])]);
            let fields = &info[info.iter().position(|octet| *octet == 2).unwrap()..];
            response(0, &Forgery::of(sequence(&[fields, &named]), &key, &certificate).to_der())
        }
    };
    refused(stamp(called("TEST Other")), "calls itself CN=TEST Other");
    stamp(called("test tsa")).unwrap();
}

#[test]
fn an_unknown_critical_extension_is_refused() {
    let critical = |request: &[u8]| {
        let (key, certificate) = (Key::new(1), tsa(&Profile::tsa()));
        let extension = Extension::new(Oid::parse("1.3.6.1.4.1.32473.3").unwrap(), [5, 0]).critical();
        response(0, &Forgery::of(info(request).with_extension(extension).to_der(), &key, &certificate).to_der())
    };
    refused(stamp(critical), "unknown critical extension");
}

#[test]
fn what_is_no_answer_is_refused() {
    refused(stamp(|_| Vec::new()), "not a time-stamp response");
    refused(stamp(|_| b"<html>".to_vec()), "not a time-stamp response");
    refused(stamp(|_| response(0, &[])), "granted without a token");
    refused(stamp(|_| response(9, &[])), "unknown status");
    refused(stamp(|_| response(0, &[0x30, 0])), "no time-stamp token in it");
    refused(stamp(|request| response(0, request)), "no time-stamp token in it");
    refused(stamp(|request| [respond(&authority(), request), vec![0]].concat()), "octets after");
}

#[test]
fn an_answer_beyond_the_limit_is_refused() {
    let long = |_: &[u8]| vec![0x30; Limits::default().answer_octets + 1];
    assert_eq!(stamp(long).unwrap_err().kind(), ErrorKind::LimitExceeded);
    let careless = |_: &Exchange<'_>| Ok(vec![0x30; Limits::default().answer_octets + 1]);
    let error = Client::new("here", careless, counter()).stamp(&digest(), now()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
}

#[test]
fn a_server_that_limits_its_users_is_told_from_one_that_is_gone() {
    let server = Loopback::start(|_| status("429 Too Many Requests", "Retry-After: 60"));
    let error = client(server.url()).stamp(&digest(), now()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert!(error.to_string().contains("429"), "{error}");
    let (release, wait) = mpsc::channel::<()>();
    let server = Loopback::start(move |_| {
        wait.recv().unwrap_err();
        Vec::new()
    });
    let mut options = HttpOptions::default();
    options.total = Duration::from_millis(100);
    let mut client = Client::new(server.url(), HttpTransport::new(&options).unwrap(), counter());
    assert_eq!(client.stamp(&digest(), now()).unwrap_err().kind(), ErrorKind::Unreachable);
    drop(release);
}

/// A request with its honest answer, and a client that knows the authority.
fn exchanged() -> (Client<'static>, Request, Vec<u8>) {
    let mut client = client("http://127.0.0.1:1/".into());
    let request = client.request(&digest()).unwrap();
    let answer = respond(&authority(), &request.to_der());
    (client, request, answer)
}

#[test]
fn no_octet_of_an_answer_can_be_changed() {
    let (client, request, answer) = exchanged();
    let token = client.accept(&request, &answer, now()).unwrap();
    let before = answer.len() - token.octets().len();
    let find =
        |part: &[u8], from: usize| from + answer[from..].windows(part.len()).position(|window| window == part).unwrap();
    let certificate = tsa(&Profile::tsa());
    let text = find(b"TEST Root", find(certificate.der(), 0) + certificate.der().len());
    let issuer = text..text + 9;
    for place in 0..answer.len() {
        for mask in [0x01, 0x20, 0x80, 0xff] {
            let mut changed = answer.clone();
            changed[place] ^= mask;
            let Ok(accepted) = client.accept(&request, &changed, now()) else { continue };
            // Outside the token nothing is signed: granted may become granted with modifications. Inside, letter case does
            // not matter in the issuer's name by which the signer is identified (RFC 5280 §7.1).
            assert!(place < before || (mask == 0x20 && issuer.contains(&place)), "octet {place} with {mask:#x}");
            assert_eq!(accepted.info(), token.info());
        }
    }
}

#[test]
fn no_answer_can_be_cut_or_lengthened() {
    let (client, request, answer) = exchanged();
    for length in 0..answer.len() {
        client.accept(&request, &answer[..length], now()).unwrap_err();
    }
    client.accept(&request, &[answer, vec![0]].concat(), now()).unwrap_err();
}

#[test]
fn a_token_alone_survives_padding_and_no_other_change() {
    let (client, request, answer) = exchanged();
    let token = client.accept(&request, &answer, now()).unwrap();
    let octets = token.octets();
    let budget = || Budget::new(&Limits::default());
    let padded = Token::parse(&[octets, &[0; 9]].concat(), &mut budget()).unwrap();
    assert_eq!(padded.octets(), octets);
    Token::parse(&[octets, &[0, 1]].concat(), &mut budget()).unwrap_err();
    for length in 0..octets.len() {
        Token::parse(&octets[..length], &mut budget()).unwrap_err();
    }
}

#[test]
fn an_imprint_is_a_digest_or_says_why_not() {
    let imprint = MessageImprint::new(&digest());
    assert_eq!(imprint.digest().unwrap(), digest());
}
