//! EN 319 102-1 5.2.2: format checking.

use super::indication::{Indication, SubIndication};
use super::report::Finding;
use crate::ades::{Defect, Weight};

/// 5.2.2.4: a signature that violates its format fails with FORMAT_FAILURE.
pub(super) fn check(defects: &[Defect], findings: &mut Vec<Finding>) -> Indication {
    let mut indication = Indication::Passed;
    for defect in defects.iter().filter(|defect| defect.weight == Weight::Format) {
        findings.push(Finding::fail(defect.clause.clone(), defect.what.as_str()));
        indication = Indication::Failed(SubIndication::FormatFailure);
    }
    indication
}
