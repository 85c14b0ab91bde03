//! What a time-stamp authority is asked: it answers everything, and what it grants is what was asked for.

#![no_main]

use seing::timestamp::{Request, Response, Token};
use seing_fuzz::world::{budget, now, respond};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let request = Request::parse(input);
    if let Ok(request) = &request {
        assert_eq!(Request::parse(&request.to_der()).unwrap(), *request);
    }
    let answer = Response::parse(&respond(input, now())).unwrap();
    if let Some(token) = answer.token() {
        let (token, request) = (Token::parse(token, &mut budget()).unwrap(), request.unwrap());
        assert_eq!(token.info().message_imprint(), request.message_imprint());
        assert_eq!(token.info().nonce(), request.nonce());
    }
});
