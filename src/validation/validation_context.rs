//! EN 319 102-1 5.2.4: validation context initialization.

use std::cell::Cell;
use std::fmt;

use super::Policy;
use crate::ades::Material;
use crate::limits::Budget;
use crate::pki::path::{KnownPaths, PathFailure, PathQuery, VerifiedPath, find_path};
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;

/// What every building block is given (EN 319 102-1 5.2.4, validation context initialization).
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub(super) anchors: &'a TrustAnchors,
    pub(super) policy: &'a Policy,
    pub(super) time: Time,
    pub(super) material: &'a Material,
    pub(super) signature_policies: &'a [&'a [u8]],
    known: Known<'a>,
}

/// Paths that were found before, taken out for as long as one is looked for.
#[derive(Clone, Copy)]
struct Known<'a>(Option<&'a Cell<KnownPaths>>);

impl<'a> Context<'a> {
    /// A context: whom to trust, by which rules, and as of when.
    pub fn new(anchors: &'a TrustAnchors, policy: &'a Policy, time: Time) -> Self {
        const NOTHING: &Material = &Material::NONE;
        Self { anchors, policy, time, material: NOTHING, signature_policies: &[], known: Known(None) }
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

    /// Certification paths that were found before. They save work and change nothing else.
    #[must_use]
    pub fn known_paths(self, known: &'a mut KnownPaths) -> Self {
        Self { known: Known(Some(Cell::from_mut(known))), ..self }
    }

    /// Whom to trust.
    pub(crate) fn anchors(&self) -> &'a TrustAnchors {
        self.anchors
    }

    /// As of when.
    pub(crate) fn time(&self) -> Time {
        self.time
    }

    /// The certificates beside those of the document.
    pub(crate) fn certificates(&self) -> &'a [Certificate] {
        &self.material.certificates
    }

    /// The same, as of another time.
    pub(super) fn as_of(&self, time: Time) -> Self {
        Self { time, ..*self }
    }

    /// The path that was found before, or else the one that is found now.
    pub(crate) fn find_path(
        &self,
        query: &PathQuery<'_>,
        budget: &mut Budget,
    ) -> std::result::Result<VerifiedPath, PathFailure> {
        let Known(Some(cell)) = self.known else { return find_path(query, budget) };
        let mut known = cell.take();
        let found = known.find(query, budget);
        cell.set(known);
        found
    }
}

impl fmt::Debug for Known<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "known paths" } else { "none" })
    }
}
