//! Raising documents to other levels: what passed passes afterwards, and the signature values stay.

#![no_main]

use seing::ades::Level;
use seing::ades::cades::signature_values;
use seing::timestamp::{Client, Exchange};
use seing::{augment, verify};
use seing_fuzz::world::{CONTENTS, known, later, respond, world};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let world = world();
    let passes = |octets: &[u8]| {
        let report = verify(octets).trust(&world.anchors).at(later()).report();
        report.is_ok_and(|report| report.require_passed().is_ok())
    };
    let Ok(before) = signature_values(input) else { return };
    let passed = passes(input);
    for level in [Level::BT, Level::BLt, Level::BLta] {
        let answer = |ask: &Exchange<'_>| Ok(respond(ask.body, later()));
        let mut state = 9;
        let mut client = Client::new("here", answer, |octets: &mut [u8]| known(&mut state)(octets));
        let raising = augment(input).to(level).material(&world.material).timestamp(&mut client).at(later());
        let Ok(raised) = raising.content(CONTENTS[0]).finish() else { continue };
        let (mut before, mut after) = (before.clone(), signature_values(&raised).unwrap());
        before.sort();
        after.sort();
        assert_eq!(before, after, "{level}");
        assert!(!passed || passes(&raised), "{level}: what passed passes no longer");
        world.assert_genuine(&raised);
    }
});
