//! Time-stamp tokens and responses: what passes is over the content of the seed, at its time.

#![no_main]

use seing::timestamp::{Response, Token, TstInfo};
use seing::verify_time_stamp;
use seing_fuzz::world::{CONTENTS, budget, later, now, world};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let world = world();
    if let Ok(response) = Response::parse(input) {
        assert_eq!(Response::parse(&response.to_der()).unwrap(), response);
    }
    if let Ok(info) = TstInfo::parse(input) {
        assert_eq!(TstInfo::parse(&info.to_der()).unwrap(), info);
    }
    if let Ok(token) = Token::parse(input, &mut budget()) {
        assert_eq!(Token::parse(token.octets(), &mut budget()).unwrap().info(), token.info());
    }
    let report = |content: &[u8]| verify_time_stamp(input).content(content).trust(&world.anchors).at(later()).report();
    if let Ok(report) = report(CONTENTS[0]) {
        drop(report.to_string());
        assert!(report.to_json().is_ok());
        if report.indication == seing::validation::Indication::Passed {
            assert_eq!(report.time, now(), "a time that no authority stated passes");
        }
    }
    if let Ok(report) = report(CONTENTS[1]) {
        assert_ne!(report.indication, seing::validation::Indication::Passed, "a content that nobody stamped passes");
    }
});
