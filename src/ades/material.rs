//! What a validation can draw on besides the signature itself.

use crate::digest::{Algorithm, Digest};
use crate::pki::Certificate;

/// Certificates and revocation information, as octets that nobody has judged yet: embedded in a signature, given by the caller,
/// or collected.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Material {
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// CertificateLists in DER (RFC 5280 §5).
    pub crls: Vec<Vec<u8>>,
    /// OCSPResponses in DER (RFC 6960 §4.2.1).
    pub ocsp_responses: Vec<Vec<u8>>,
}

impl Material {
    /// Nothing.
    pub(crate) const NONE: Self = Self { certificates: Vec::new(), crls: Vec::new(), ocsp_responses: Vec::new() };

    /// Adds another material's pieces, each once.
    pub fn extend(&mut self, other: &Self) {
        add_each(&mut self.certificates, &other.certificates);
        add_each(&mut self.crls, &other.crls);
        add_each(&mut self.ocsp_responses, &other.ocsp_responses);
    }

    /// What of it is not in another material.
    pub(crate) fn without(&self, other: &Self) -> Self {
        Self {
            certificates: except(&self.certificates, &other.certificates),
            crls: except(&self.crls, &other.crls),
            ocsp_responses: except(&self.ocsp_responses, &other.ocsp_responses),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.crls.is_empty() && self.ocsp_responses.is_empty()
    }
}

fn except<T: Clone + PartialEq>(items: &[T], others: &[T]) -> Vec<T> {
    items.iter().filter(|item| !others.contains(item)).cloned().collect()
}

fn add_each<T: Clone + PartialEq>(to: &mut Vec<T>, from: &[T]) {
    for item in from {
        if !to.contains(item) {
            to.push(item.clone());
        }
    }
}

/// The name of an object in proofs of existence: the SHA-256 of its octets.
pub fn object_digest(octets: &[u8]) -> Digest {
    Algorithm::Sha256.digest(octets)
}
