//! What a signature is validated with, besides itself: revocation information and proofs of existence.

use super::Context;
use super::poe_extraction::ProofsOfExistence;
use crate::ades::Material;
use crate::digest::Algorithm;
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::Certificate;
use crate::pki::path::VerifiedPath;
use crate::pki::revocation::{RevocationData, RevocationQuery, Statements, Unusable, statements};
use crate::time::Time;

#[derive(Clone, Debug)]
pub(super) struct Evidence {
    revocation: RevocationData,
    /// What could not be read.
    unreadable: Vec<Unusable>,
    pub(super) proofs: ProofsOfExistence,
}

/// A certificate of a path, and who issued it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'a> {
    pub(super) certificate: &'a Certificate,
    pub(super) issuer: &'a Certificate,
    /// The trust anchor at the end of the path. Where it is the issuer, its own validity is not looked at (RFC 5280 §6.1.1 d).
    pub(super) anchor: &'a Certificate,
    /// Whether the certificate is the one that the path is about.
    pub(super) is_target: bool,
}

impl Evidence {
    /// From what came with the signature and what the caller gave.
    pub(super) fn new(material: &Material, context: &Context<'_>) -> Self {
        let mut all = material.clone();
        all.extend(context.material);
        let (revocation, unreadable) = RevocationData::read(&all.crls, &all.ocsp_responses);
        Self { revocation, unreadable, proofs: ProofsOfExistence::new(context.time) }
    }

    /// What it says of a certificate.
    pub(super) fn statements(
        &self,
        link: Link<'_>,
        candidates: &[Certificate],
        time: Time,
        context: &Context<'_>,
        budget: &mut Budget,
    ) -> Result<Statements> {
        let query = RevocationQuery::new(link.certificate, link.issuer, candidates, context.anchors, time);
        let mut found = statements(&query.anchor(link.anchor), &self.revocation, budget)?;
        found.unusable.extend(self.unreadable.iter().cloned());
        Ok(found)
    }

    /// Since when a certificate is known to have existed.
    pub(super) fn certificate_since(&self, certificate: &Certificate) -> Time {
        self.proofs.of(&certificate.digest(Algorithm::Sha256))
    }
}

/// The certificates below the anchor with their issuers, beginning with the one that the anchor issued.
pub(super) fn links(path: &VerifiedPath) -> impl Iterator<Item = Link<'_>> {
    let certificates = path.certificates();
    let pairs = certificates.iter().zip(certificates.iter().skip(1)).enumerate();
    let anchored = pairs.rev().zip(std::iter::repeat(path.anchor()));
    anchored.filter_map(|((place, (certificate, issuer)), anchor)| {
        Some(Link { certificate, issuer, anchor: anchor?, is_target: place == 0 })
    })
}
