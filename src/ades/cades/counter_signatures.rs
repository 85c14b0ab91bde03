//! Counter-signatures: signatures over the value of another one (RFC 5652 §11.4, EN 319 122-1 5.2.7).

use super::extract::{Signed, Surroundings, signature};
use super::long_term::Collected;
use crate::ades::{COUNTER_SIGNATURES_DEEP, Check, Defect, SignatureFacts, Weight};
use crate::asn1::read::Tlv;
use crate::cms::{ContentDigests, SignerInfo, examine_counter_signature};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Budget;
use crate::oid;
use crate::pki::Certificate;

/// The facts of the counter-signatures of a signature. One that does not hold is a defect of what it counter-signs.
pub(super) fn facts(
    signed: &Signed<'_, '_>,
    collected: &Collected,
    certificates: &[Certificate],
    defects: &mut Vec<Defect>,
    budget: &mut Budget,
) -> Result<Vec<SignatureFacts>> {
    let attributes = signed.signer.unsigned_attributes.iter();
    let counter = attributes.filter(|attribute| attribute.oid == oid::COUNTERSIGNATURE);
    // What the countersigned signature could not read is said there.
    let shared = Collected { material: collected.material.clone(), defects: Vec::new() };
    let mut all = Vec::new();
    for value in counter.flat_map(|attribute| &attribute.values) {
        if signed.depth >= COUNTER_SIGNATURES_DEEP {
            return Err(Error::limit("counter-signatures over counter-signatures nested too deep").at(value.offset));
        }
        match one(value, signed, &shared, certificates, budget) {
            Ok(facts) => {
                let violated = facts.signer.defects.iter().any(|defect| defect.weight == Weight::Format);
                if violated || facts.signer.signature != Check::Holds || facts.signer.data != Check::Holds {
                    let what = "a counter-signature does not hold, or cannot be checked";
                    defects.push(Defect::new(Weight::Constraint, CLAUSE, what));
                }
                all.push(facts);
            }
            Err(error) if error.kind() == ErrorKind::LimitExceeded => return Err(error),
            Err(error) => {
                let what = format!("a counter-signature cannot be read: {error}");
                defects.push(Defect::new(Weight::Constraint, CLAUSE, what));
            }
        }
    }
    Ok(all)
}

fn one(
    value: &Tlv<'_>,
    signed: &Signed<'_, '_>,
    shared: &Collected,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<SignatureFacts> {
    budget.signature()?;
    budget.copy(shared.material.crls.iter().chain(&shared.material.ocsp_responses).map(Vec::len).sum())?;
    let signer = &SignerInfo::parse(value, budget)?;
    let surroundings = Surroundings::new(signer, shared, certificates, budget)?;
    let over = &signed.signer.signature;
    let found = examine_counter_signature(signer, over, &surroundings.certificates, budget)?;
    let counter = Signed {
        signer,
        content: ContentDigests::Octets(over, &[]),
        message: None,
        records: None,
        depth: signed.depth + 1,
    };
    signature(&counter, found, surroundings, budget)
}

const CLAUSE: &str = "RFC 5652 11.4";
