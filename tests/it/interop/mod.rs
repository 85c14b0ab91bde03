//! Other implementations, both ways: what is written here they accept, and what they write is accepted here.
//!
//! Nothing of this crate takes part in what is taken from them: keys, certificates, signatures and tokens are OpenSSL's, at the
//! time of the machine.

mod bench;
mod ed25519;
mod openssl_signs;
mod openssl_verifies;
mod stamps;
