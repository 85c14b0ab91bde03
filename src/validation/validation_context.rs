//! EN 319 102-1 5.2.4: validation context initialization.

use super::Policy;
use crate::ades::Material;
use crate::pki::TrustAnchors;
use crate::time::Time;

/// What every building block is given (EN 319 102-1 5.2.4, validation context initialization).
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub(super) anchors: &'a TrustAnchors,
    pub(super) policy: &'a Policy,
    pub(super) time: Time,
    pub(super) material: &'a Material,
    pub(super) signature_policies: &'a [&'a [u8]],
}

impl<'a> Context<'a> {
    /// A context: whom to trust, by which rules, and as of when.
    pub fn new(anchors: &'a TrustAnchors, policy: &'a Policy, time: Time) -> Self {
        const NOTHING: &Material = &Material::NONE;
        Self { anchors, policy, time, material: NOTHING, signature_policies: &[] }
    }

    /// Revocation information beside that of the document. The certificates in it are for whoever makes the facts.
    #[must_use]
    pub fn material(self, material: &'a Material) -> Self {
        Self { material, ..self }
    }

    /// The documents of signature policies to which signers may refer.
    #[must_use]
    pub fn signature_policies(self, documents: &'a [&'a [u8]]) -> Self {
        Self { signature_policies: documents, ..self }
    }
}
