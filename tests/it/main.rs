//! Tests of the crate from outside, by subject.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::as_conversions,
    reason = "tests fail by panicking, and say aloud what they skip"
)]

mod keys;
mod wycheproof;
