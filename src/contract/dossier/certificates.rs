//! Certificates of the seal that its signature does not cover, held against those of the events, which the manifest does.
//!
//! The signature binds the certificate of its key, and no other: not those of the authorities above it, nor those of the time-stamp.
//! The same authorities stand in the signatures of the events as a rule.

use crate::ades::{SignatureFacts, SignerFacts};
use crate::contract::{Attested, AttestedBy};
use crate::error::Result;
use crate::limits::Budget;
use crate::pki::Certificate;

/// What contradicts the events, if anything does.
pub(super) fn contradiction(seal: &SignatureFacts, events: &[Attested], budget: &mut Budget) -> Result<Option<String>> {
    let mut known: Vec<&Certificate> = Vec::new();
    for attested in events {
        let signers: Vec<&SignerFacts> = match &attested.by {
            AttestedBy::Signature(facts) => signers(facts),
            AttestedBy::TimeStamp(facts) => vec![&facts.signer],
        };
        for certificate in signers.into_iter().flat_map(certificates) {
            budget.elements(known.len().saturating_add(1))?;
            if !known.contains(&certificate) {
                known.push(certificate);
            }
        }
    }
    let signers = signers(seal);
    let own: Vec<&Certificate> = signers.iter().copied().flat_map(certificates).collect();
    for certificate in &own {
        budget.elements(known.len())?;
        if known.iter().any(|other| other != certificate && are_one(other, certificate)) {
            return Ok(Some(format!("the events have another certificate of {}", certificate.subject())));
        }
    }
    for signer in signers.iter().filter_map(|signer| signer.certificate.as_ref()) {
        let issued = |issuer: &&&Certificate| issuer.subject() == signer.issuer();
        if known.contains(&signer)
            && known.iter().any(|other| issued(&other))
            && !own.iter().any(|other| issued(&other))
        {
            return Ok(Some(format!("the certificate of {} is missing, which the events have", signer.issuer())));
        }
    }
    Ok(None)
}

fn signers(facts: &SignatureFacts) -> Vec<&SignerFacts> {
    std::iter::once(&facts.signer).chain(facts.timestamps.iter().map(|stamp| &stamp.signer)).collect()
}

fn certificates(signer: &SignerFacts) -> impl Iterator<Item = &Certificate> {
    signer.certificate.iter().chain(&signer.certificates)
}

/// Whether two certificates claim to be the same. A change to one leaves its number and its issuer, its number and its subject, or the
/// end of its signature; a renewal leaves none of them.
fn are_one(one: &Certificate, other: &Certificate) -> bool {
    let same_number = one.serial() == other.serial();
    let end = |certificate: &Certificate| certificate.der().last_chunk::<32>().copied();
    (same_number && (one.issuer() == other.issuer() || one.subject() == other.subject())) || end(one) == end(other)
}
