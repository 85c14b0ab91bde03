//! What a time-stamp authority is asked: it answers everything, and what it grants is what was asked for.

#![no_main]

use std::cell::OnceCell;

use seing::timestamp::{Authority, Request, Response, Token};
use seing_fuzz::world::{authority, budget, known, now};

thread_local!(static AUTHORITY: OnceCell<Authority> = const { OnceCell::new() });

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let request = Request::parse(input);
    if let Ok(request) = &request {
        assert_eq!(Request::parse(&request.to_der()).unwrap(), *request);
    }
    let answer = AUTHORITY.with(|cell| cell.get_or_init(authority).respond(input, now(), &mut known(&mut 7)));
    let answer = Response::parse(&answer).unwrap();
    if let Some(token) = answer.token() {
        let (token, request) = (Token::parse(token, &mut budget()).unwrap(), request.unwrap());
        assert_eq!(token.info().message_imprint(), request.message_imprint());
        assert_eq!(token.info().nonce(), request.nonce());
    }
});
