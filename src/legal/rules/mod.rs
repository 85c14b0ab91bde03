//! The rules, each with its article, the laws under which it counts, what its failure does, and where it was read.
//!
//! One file per subject; [`all`] goes through the whole table.

pub(crate) mod consumer;
pub(crate) mod formation;
pub(crate) mod level;
pub(crate) mod personal_data;
pub(crate) mod providers;
pub(crate) mod qualified;
pub(crate) mod retention;
pub(crate) mod scope;
pub(crate) mod seals;
pub(crate) mod secured;
pub(crate) mod time_stamps;
pub(crate) mod wording;
pub(crate) mod writing;

use std::fmt;

use serde::{Serialize, Serializer};

use super::answer::Answer;
use super::matter::Case;
use super::phrase::Phrase;
use super::regime::Regime;
use super::sentences::guide::Guide;
use super::signed::{Signed, TimeStamped};

/// A rule of law, as far as software can ask it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// The article.
    pub article: &'static str,
    /// The laws of electronic signatures beside which it counts.
    pub regimes: &'static [Regime],
    /// When it applies.
    pub applies_when: &'static str,
    /// What must hold.
    pub condition: &'static str,
    /// Who can say whether it holds.
    pub mode: Mode,
    /// What follows when it does not.
    pub effect: Effect,
    /// The texts in which the article was read.
    pub sources: &'static [&'static str],
    pub(crate) ask: Ask,
    pub(crate) guide: &'static Guide,
}

/// Who can say whether a rule's condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed: computed, recorded or said")]
pub enum Mode {
    /// Software computes it.
    Check,
    /// Software can only record evidence of it.
    Evidence,
    /// Only a person can say it.
    Attest,
}

/// What follows when a rule's condition does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// Nothing more than that it is said.
    Inform,
    /// A warning, of this kind where one is named.
    Warn(Option<&'static str>),
    /// The level falls to this one.
    Downgrade(&'static str),
    /// The ceremony stops, or a claim is refused.
    Block(Option<&'static str>),
    /// No signature or seal is made.
    Refuse,
    /// It cannot be concluded either way.
    Indeterminate,
    /// A term becomes longer.
    Extend(&'static str),
    /// A defect of this library.
    Defect,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inform => f.write_str("info"),
            Self::Warn(None) => f.write_str("warn"),
            Self::Warn(Some(kind)) => write!(f, "warn:{kind}"),
            Self::Downgrade(level) => write!(f, "downgrade:{level}"),
            Self::Block(None) => f.write_str("block"),
            Self::Block(Some(what)) => write!(f, "block:{what}"),
            Self::Refuse => f.write_str("refuse"),
            Self::Indeterminate => f.write_str("indeterminate"),
            Self::Extend(term) => write!(f, "extend:{term}"),
            Self::Defect => f.write_str("bug"),
        }
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a rule is asked about, and the function that answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ask {
    /// The whole matter, once per law.
    Matter(fn(&Case<'_>) -> Answer),
    /// Each natural person's signature.
    Signature(fn(&Case<'_>, &Signed) -> Answer),
    /// Each seal.
    Seal(fn(&Case<'_>, &Signed) -> Answer),
    /// Each signature and each seal.
    Either(fn(&Case<'_>, &Signed) -> Answer),
    /// Each time-stamp.
    TimeStamp(fn(&Case<'_>, &TimeStamped) -> Answer),
}

impl Rule {
    /// What it wants, in a sentence for whoever is no lawyer.
    pub fn title(&self) -> Phrase {
        Phrase::new(&self.guide.title, Vec::new())
    }

    /// What can be done where it is not shown to hold.
    pub fn remedy(&self) -> Phrase {
        Phrase::new(&self.guide.remedy, Vec::new())
    }

    /// Whether it counts beside this law.
    pub fn counts_under(&self, regime: Regime) -> bool {
        self.regimes.contains(&regime)
    }
}

/// Each rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|(_, rules)| rules.iter())
}

/// The rules of each subject.
pub(crate) fn by_subject() -> impl Iterator<Item = (Subject, &'static [Rule])> {
    RULES.iter().copied()
}

/// What rules are about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    Scope,
    Writing,
    Formation,
    Level,
    Qualified,
    Seals,
    TimeStamps,
    Providers,
    Secured,
    Consumer,
    PersonalData,
    Retention,
    Wording,
}

/// The table, by subject.
const RULES: &[(Subject, &[Rule])] = &[
    (Subject::Scope, scope::RULES),
    (Subject::Writing, writing::RULES),
    (Subject::Formation, formation::RULES),
    (Subject::Level, level::RULES),
    (Subject::Qualified, qualified::RULES),
    (Subject::Seals, seals::RULES),
    (Subject::TimeStamps, time_stamps::RULES),
    (Subject::Providers, providers::RULES),
    (Subject::Secured, secured::RULES),
    (Subject::Consumer, consumer::RULES),
    (Subject::PersonalData, personal_data::RULES),
    (Subject::Retention, retention::RULES),
    (Subject::Wording, wording::RULES),
];

/// Both laws.
pub(crate) const BOTH: &[Regime] = Regime::BOTH;
/// Law 53-05 alone.
pub(crate) const OLD: &[Regime] = &[Regime::L53_05];
/// Law 43-20 alone.
pub(crate) const NEW: &[Regime] = &[Regime::L43_20];

/// Writes rows of the table.
macro_rules! rules {
    ($($id:literal: $article:literal, $regimes:ident, $mode:ident, $effect:expr, [$($source:literal),+],
       $applies:literal, $condition:literal => $about:ident($answer:path);)+) => {
        &[$($crate::legal::rules::Rule {
            id: $id,
            article: $article,
            regimes: $crate::legal::rules::$regimes,
            applies_when: $applies,
            condition: $condition,
            mode: $crate::legal::rules::Mode::$mode,
            effect: $effect,
            sources: &[$($source),+],
            ask: $crate::legal::rules::Ask::$about($answer),
            guide: const { $crate::legal::sentences::guide::of($id) },
        },)+]
    };
}
pub(crate) use rules;
