//! EN 319 102-1 5.2.7: cryptographic verification.

use super::indication::{Indication, SubIndication};
use super::report::Finding;
use crate::ades::{Check, SignerFacts};

const CLAUSE: &str = "EN 319 102-1 5.2.7.4";

/// 5.2.7.4, the first half: the signed data are there, and their digest is the one that was signed.
pub(super) fn check_data(facts: &SignerFacts, findings: &mut Vec<Finding>) -> Indication {
    match facts.data {
        Check::Holds => Indication::Passed,
        Check::Broken => {
            findings.push(Finding::fail(CLAUSE, "the content is not the one that was signed: its digest is another"));
            Indication::Failed(SubIndication::HashFailure)
        }
        Check::NotChecked => {
            findings
                .push(Finding::fail(CLAUSE, "the signed content could not be compared: give it beside the signature"));
            Indication::Indeterminate(SubIndication::SignedDataNotFound)
        }
    }
}

/// 5.2.7.4, the second half: the signature value is one of these data under the key of the certificate.
pub(super) fn check_signature(facts: &SignerFacts, findings: &mut Vec<Finding>) -> Indication {
    match facts.signature {
        Check::Holds => Indication::Passed,
        Check::Broken => {
            findings.push(Finding::fail(CLAUSE, "the signature value does not match what was signed"));
            Indication::Failed(SubIndication::SigCryptoFailure)
        }
        Check::NotChecked => {
            findings.push(Finding::fail(CLAUSE, "the signature value could not be verified"));
            Indication::Indeterminate(SubIndication::CryptoConstraintsFailureNoPoe)
        }
    }
}
