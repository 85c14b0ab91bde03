//! What a rule can answer.

use std::fmt;

use serde::Serialize;

use super::phrase::{Phrase, phrase};
use crate::time::Time;

/// What a rule answers. An attestation stays one: nothing makes it [`Satisfied`](Self::Satisfied).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
#[expect(clippy::exhaustive_enums, reason = "closed: whoever reads an assessment must treat each of the five")]
pub enum Answer {
    /// The condition holds, on this evidence.
    Satisfied {
        /// What shows it, each in a sentence.
        evidence: Vec<Phrase>,
    },
    /// The condition does not hold.
    NotSatisfied {
        /// Why not: each reason in a sentence.
        why: Vec<Phrase>,
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
        /// What is missing, thing by thing.
        missing: Vec<Phrase>,
    },
    /// The rule does not speak of this case.
    NotApplicable {
        /// Why not: each reason in a sentence.
        why: Vec<Phrase>,
    },
}

impl Answer {
    pub(crate) fn satisfied(evidence: Phrase) -> Self {
        Self::Satisfied { evidence: vec![evidence] }
    }

    pub(crate) fn broken(why: Phrase) -> Self {
        Self::NotSatisfied { why: vec![why] }
    }

    pub(crate) fn unknown(missing: Phrase) -> Self {
        Self::Unknown { missing: vec![missing] }
    }

    pub(crate) fn beside(why: Phrase) -> Self {
        Self::NotApplicable { why: vec![why] }
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
                Self::NotSatisfied { why } => broken.extend(why),
                Self::Unknown { missing: more } => missing.extend(more),
                Self::NotApplicable { why } => beside.extend(why),
                Self::Attested { by, at } => {
                    if !names.contains(&by) {
                        names.push(by);
                    }
                    latest = latest.max(Some(at));
                }
            }
        }
        if !broken.is_empty() {
            return Self::NotSatisfied { why: broken };
        }
        if !missing.is_empty() {
            return Self::Unknown { missing };
        }
        if let Some(at) = latest {
            return Self::Attested { by: names.join(", "), at };
        }
        if !evidence.is_empty() {
            return Self::Satisfied { evidence };
        }
        if beside.is_empty() {
            return Self::unknown(phrase!("nothing was asked"));
        }
        Self::NotApplicable { why: beside }
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

    /// Its sentences: the evidence, the reasons or what is missing. An attestation has none beside its name and date.
    pub fn sentences(&self) -> &[Phrase] {
        match self {
            Self::Satisfied { evidence } => evidence,
            Self::NotSatisfied { why } | Self::NotApplicable { why } => why,
            Self::Unknown { missing } => missing,
            Self::Attested { .. } => &[],
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

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if let Self::Attested { by, at } = self {
            return write!(f, ": {by}, {at}");
        }
        let mut mark = ": ";
        self.sentences().iter().try_for_each(|sentence| {
            write!(f, "{mark}{sentence}")?;
            mark = "; ";
            Ok(())
        })
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
