//! Signed contracts that somebody laid hands on: never accepted, never a panic.

mod certificates;
mod octets;
mod signers;
mod structure;
