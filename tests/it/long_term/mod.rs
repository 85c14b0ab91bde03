//! What makes signatures last: embedded material, archive time-stamps, counter-signatures.

mod corpora;
