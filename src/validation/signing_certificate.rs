//! EN 319 102-1 5.2.3: identification of the signing certificate.

use super::indication::{Indication, SubIndication};
use super::report::Finding;
use crate::ades::{CertificateReference, SignerFacts};

/// 5.2.3.4: the certificate is at hand, and is the one whose digest the signer signed.
pub(super) fn identify(facts: &SignerFacts, findings: &mut Vec<Finding>) -> Indication {
    let message = match (&facts.certificate, facts.reference) {
        (None, _) => {
            "the signer's certificate is not at hand: give it, or ask the signer for a signature that carries it"
        }
        (Some(_), CertificateReference::Differs) => "the certificate is not the one that the signer referred to",
        (Some(_), CertificateReference::Holds | CertificateReference::Absent) => return Indication::Passed,
    };
    findings.push(Finding::fail("EN 319 102-1 5.2.3.4", message));
    Indication::Indeterminate(SubIndication::NoSigningCertificateFound)
}
