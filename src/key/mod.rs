//! Keys: public ones and the mathematics of a signature, private ones behind [`Signer`].

mod algorithm;
mod batch;
mod entropy;
mod fast;
#[cfg(feature = "pkcs12")]
pub mod pkcs12;
mod pkcs8;
mod public;
mod software;

pub use algorithm::{MlDsa, SignatureAlgorithm};
pub(crate) use algorithm::{digest_from_identifier, digest_identifier};
pub use batch::{Mismatches, Signed, verify_batch};
pub use entropy::{Entropy, os_entropy};
pub use fast::{Arithmetic, arithmetic};
pub use public::{KeyAlgorithm, Mismatch, PublicKey, Verifier};
pub use software::{KeyKind, SoftwareKey};

use crate::error::Result;

/// Whoever can sign octets: a software key, a smart card, an HSM, a phone, a remote service.
///
/// The formats need no more than this. An implementation signs `message` with the one algorithm that it names, hashing it
/// first where the algorithm does so, and returns the signature value as CMS wants it: DER for ECDSA, the bare octets
/// otherwise. It must not alter the message, and it must fail rather than return a signature by another key.
pub trait Signer {
    /// The public half of the key.
    fn public_key(&self) -> &PublicKey;

    /// The algorithm that [`sign`](Self::sign) uses.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// Signs a message.
    ///
    /// # Errors
    ///
    /// `Signer` when the key is not at hand, or refuses.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>>;
}
