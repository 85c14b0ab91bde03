//! What a rule can answer.

use serde::Serialize;

use crate::time::Time;

/// What a rule answers. An attestation stays one: nothing makes it [`Satisfied`](Self::Satisfied).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
#[expect(clippy::exhaustive_enums, reason = "closed: whoever reads an assessment must treat each of the five")]
pub enum Answer {
    /// The condition holds, on this evidence.
    Satisfied {
        /// What shows it, each in a sentence.
        evidence: Vec<String>,
    },
    /// The condition does not hold.
    NotSatisfied {
        /// Why not.
        why: String,
    },
    /// Somebody says that it holds, and nothing here can check that.
    Attested {
        /// Whose word it is; several names when several conditions each rest on one.
        by: String,
        /// When it was given: the latest where there are several.
        at: Time,
    },
    /// Nothing at hand says whether it holds.
    Unknown {
        /// What is missing.
        missing: String,
    },
    /// The rule does not speak of this case.
    NotApplicable {
        /// Why not.
        why: String,
    },
}

impl Answer {
    pub(crate) fn satisfied(evidence: impl Into<String>) -> Self {
        Self::Satisfied { evidence: vec![evidence.into()] }
    }

    pub(crate) fn broken(why: impl Into<String>) -> Self {
        Self::NotSatisfied { why: why.into() }
    }

    pub(crate) fn unknown(missing: impl Into<String>) -> Self {
        Self::Unknown { missing: missing.into() }
    }

    pub(crate) fn beside(why: impl Into<String>) -> Self {
        Self::NotApplicable { why: why.into() }
    }

    /// The answer to several conditions at once: one that is broken breaks it, one that is unknown leaves it unknown, one
    /// that is attested makes it attested. Conditions that do not apply are left aside.
    pub(crate) fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        let (mut evidence, mut broken, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        let (mut beside, mut names) = (Vec::new(), Vec::new());
        let mut latest: Option<Time> = None;
        for answer in answers {
            match answer {
                Self::Satisfied { evidence: more } => evidence.extend(more),
                Self::NotSatisfied { why } => broken.push(why),
                Self::Unknown { missing: more } => missing.push(more),
                Self::NotApplicable { why } => beside.push(why),
                Self::Attested { by, at } => {
                    if !names.contains(&by) {
                        names.push(by);
                    }
                    latest = latest.max(Some(at));
                }
            }
        }
        if !broken.is_empty() {
            return Self::NotSatisfied { why: broken.join("; ") };
        }
        if !missing.is_empty() {
            return Self::Unknown { missing: missing.join("; ") };
        }
        if let Some(at) = latest {
            return Self::Attested { by: names.join(", "), at };
        }
        if !evidence.is_empty() {
            return Self::Satisfied { evidence };
        }
        if beside.is_empty() {
            return Self::unknown("nothing was asked");
        }
        Self::NotApplicable { why: beside.join("; ") }
    }

    /// How surely the condition holds.
    pub(crate) fn strength(&self) -> Strength {
        match self {
            Self::Satisfied { .. } | Self::NotApplicable { .. } => Strength::Shown,
            Self::Attested { .. } => Strength::Attested,
            Self::Unknown { .. } => Strength::Open,
            Self::NotSatisfied { .. } => Strength::Broken,
        }
    }

    /// The answer's name in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Satisfied { .. } => "SATISFIED",
            Self::NotSatisfied { .. } => "NOT_SATISFIED",
            Self::Attested { .. } => "ATTESTED",
            Self::Unknown { .. } => "UNKNOWN",
            Self::NotApplicable { .. } => "NOT_APPLICABLE",
        }
    }
}

/// The order in which answers weaken a conclusion that rests on all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    Shown,
    Attested,
    Open,
    Broken,
}
