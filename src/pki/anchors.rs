//! Whom the relying party trusts without proof.

use std::sync::Arc;

use super::Certificate;

/// The certificates whose names and keys are trusted as they stand (RFC 5280 §6.1.1 d).
///
/// There is no default: whom to trust is for the caller to say, and [`none`](Self::none) says it too.
///
/// A clone shares them. They are equal when they are the same, octet for octet, in the same order.
#[derive(Clone, Debug)]
pub struct TrustAnchors(Arc<Vec<Certificate>>);

impl TrustAnchors {
    /// No trust in anybody: every certification path ends in `NoAnchor`.
    pub fn none() -> Self {
        Self(Arc::default())
    }

    /// Trusts one more certificate, of whatever kind: a root, an intermediate authority, or an end entity.
    pub fn add(&mut self, certificate: Certificate) {
        if !self.contains(&certificate) {
            Arc::make_mut(&mut self.0).push(certificate);
        }
    }

    /// The same anchors and one more.
    #[must_use]
    pub fn with(mut self, certificate: Certificate) -> Self {
        self.add(certificate);
        self
    }

    /// Whether nobody is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The anchors, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Certificate> {
        self.0.iter()
    }

    /// Whether this certificate, octet for octet, is one of them.
    pub fn contains(&self, certificate: &Certificate) -> bool {
        self.0.contains(certificate)
    }
}

impl Extend<Certificate> for TrustAnchors {
    fn extend<I: IntoIterator<Item = Certificate>>(&mut self, certificates: I) {
        certificates.into_iter().for_each(|certificate| self.add(certificate));
    }
}

impl PartialEq for TrustAnchors {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Eq for TrustAnchors {}
