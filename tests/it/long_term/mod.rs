//! What makes signatures last: embedded material, archive time-stamps, counter-signatures.

mod corpora;
mod counter_signatures;
mod making;
mod stored;
mod tamper;
mod yard;
