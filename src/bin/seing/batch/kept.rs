//! Records that are there already.

use std::path::Path;
use std::time::SystemTime;

use seing::ades::Check;
use seing::digest::Digest;
use seing::evidence::{DataObject, EvidenceRecord};
use seing::limits::{Budget, Limits};
use seing::pki::TrustAnchors;
use seing::validation::{Indication, SubIndication};

use crate::failure::{Failure, Result};
use crate::files;

/// Holds records against their documents. The token that many records have in common is validated once.
pub(super) struct Kept<'a> {
    anchors: &'a TrustAnchors,
    /// A token that holds.
    token: Option<Vec<u8>>,
}

impl<'a> Kept<'a> {
    pub(super) fn new(anchors: &'a TrustAnchors) -> Self {
        Self { anchors, token: None }
    }

    /// Says why a record that is there is none of this document, if it is not.
    pub(super) fn check(&mut self, place: &Path, digest: &Digest) -> Result<()> {
        let octets = files::read(place, &Limits::default())?;
        self.hold(&octets, digest)
            .map_err(|what| Failure::impossible(what, "move it away to have another one made").on(place.display()))
    }

    fn hold(&mut self, octets: &[u8], digest: &Digest) -> std::result::Result<(), String> {
        let unreadable = |error| format!("the record that is there cannot be read ({error})");
        let budget = &mut Budget::new(&Limits::default());
        let record = EvidenceRecord::parse(octets, budget).map_err(unreadable)?;
        let digests = [*digest];
        let documents = [DataObject::digests(&digests)];
        let facts = record.facts(&documents, budget).map_err(unreadable)?;
        if facts.imprint() != Check::Holds {
            return Err("the record that is there is of another document, or of another version of it".to_owned());
        }
        let only = match facts.time_stamps.as_slice() {
            [only] if only.defects.is_empty() => Some(only.token.octets()),
            _ => None,
        };
        if only.is_some() && only == self.token.as_deref() {
            return Ok(());
        }
        let verification = seing::verify_evidence(octets, &documents).trust(self.anchors);
        let report = verification.at(SystemTime::now().into()).report().map_err(unreadable)?;
        let holds = match report.indication {
            Indication::Passed => true,
            // What is missing is revocation information, which a new record would not have either.
            Indication::Indeterminate(SubIndication::TryLater) => true,
            Indication::Indeterminate(SubIndication::NoCertificateChainFound) => self.anchors.is_empty(),
            Indication::Indeterminate(_) | Indication::Failed(_) => false,
        };
        if !holds || report.imprint_intact != Some(true) || report.signature_intact != Some(true) {
            return Err(format!("the time-stamp of the record that is there does not hold ({})", report.indication));
        }
        self.token = only.map(<[u8]>::to_vec);
        Ok(())
    }
}
