//! The whole of verification: whatever is done to documents that pass, nothing passes that nobody signed.

#![no_main]

use seing::verify;
use seing_fuzz::world::{later, world};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let world = world();
    world.assert_genuine(input);
    if let Ok(report) = verify(input).trust(&world.anchors).at(later()).report() {
        drop(report.to_string());
        assert!(report.to_json().is_ok());
    }
});
