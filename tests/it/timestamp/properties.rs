//! What holds for all octets.

use proptest::prelude::*;
use seing::digest::Algorithm;
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::timestamp::{Client, Exchange, Request, Response, Token, TstInfo};

use super::client::{authority, counter, digest, now};

proptest! {
    #[test]
    fn no_octets_make_a_parser_panic(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        Request::parse(&octets).ok();
        Response::parse(&octets).ok();
        TstInfo::parse(&octets).ok();
        Token::parse(&octets, &mut Budget::new(&Limits::default())).ok();
    }

    #[test]
    fn an_answer_with_a_piece_replaced_is_not_accepted(
        place in 9usize..850,
        length in 0usize..40,
        piece in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut client = Client::new("here", |_: &Exchange<'_>| Ok(Vec::new()), counter());
        let request = client.request(&digest()).unwrap();
        let answer = authority().respond(&request.to_der(), now(), &mut counter());
        let honest = client.accept(&request, &answer, now()).unwrap();
        let mut changed = answer.clone();
        let place = place.min(answer.len());
        changed.splice(place..(place + length).min(answer.len()), piece);
        if let Ok(accepted) = client.accept(&request, &changed, now()) {
            // The piece was what it replaced, but for the letter case of a name.
            prop_assert_eq!(accepted.info(), honest.info());
            prop_assert_eq!(accepted.octets().to_ascii_lowercase(), honest.octets().to_ascii_lowercase());
        }
    }

    #[test]
    fn a_request_is_read_as_it_was_written(
        octets in any::<[u8; 32]>(),
        policy in prop::option::of(0u32..),
        nonce in prop::option::of(prop::collection::vec(any::<u8>(), 0..30)),
        certificates in any::<bool>(),
    ) {
        let digest = seing::digest::Digest::new(Algorithm::Sha3_256, &octets).unwrap();
        let mut request = Request::new(&digest);
        if let Some(arc) = policy {
            request = request.under_policy(Oid::parse(&format!("1.3.6.1.4.1.32473.{arc}")).unwrap());
        }
        if let Some(nonce) = &nonce {
            request = request.with_nonce(nonce);
        }
        if certificates {
            request = request.with_certificates();
        }
        let read = Request::parse(&request.to_der()).unwrap();
        prop_assert_eq!(read.message_imprint().digest().unwrap(), digest);
        prop_assert_eq!(read, request);
    }
}
