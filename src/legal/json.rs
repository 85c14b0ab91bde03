//! The assessment as JSON.

use serde::Serialize;

use super::Assessment;
use super::phrase::{Phrase, phrase};
use super::rules::{self, Ask};
use crate::error::{Error, Result};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    assessment: &'a Assessment,
    not_asked: Vec<NotAsked>,
}

/// A rule that was not asked, since there was nothing to ask it of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotAsked {
    /// The rule.
    pub rule: &'static str,
    /// Its article.
    pub article: &'static str,
    /// What it wants.
    pub title: Phrase,
    /// Why it was not asked.
    pub why: Phrase,
}

impl Assessment {
    /// Each rule that has no line among the answers, and why: every rule is there or here.
    pub fn not_asked(&self) -> Vec<NotAsked> {
        let answered = |id: &str| self.answers.iter().any(|answer| answer.rule == id);
        let governs = |rule: &rules::Rule| self.answers.iter().any(|answer| rule.counts_under(answer.regime));
        let why = |rule: &rules::Rule| match rule.ask {
            _ if !governs(rule) => phrase!("the law beside which it counts does not govern here"),
            Ask::Signature(_) | Ask::Either(_) => phrase!("nobody signed"),
            Ask::Seal(_) => phrase!("nobody sealed"),
            Ask::TimeStamp(_) => phrase!("there is no time-stamp on a signature or a seal"),
            Ask::Matter(_) => phrase!("the law beside which it counts does not govern here"),
        };
        let open = rules::all().filter(|rule| !answered(rule.id));
        open.map(|rule| NotAsked { rule: rule.id, article: rule.article, title: rule.title(), why: why(rule) })
            .collect()
    }

    /// The assessment as one JSON object, of which the names are stable (`seing-assessment/1`).
    ///
    /// | member | is |
    /// |---|---|
    /// | `schema` | `seing-assessment/1` |
    /// | `at` | the time as of which it was assessed |
    /// | `dossier` | null, or `ceremony`, `events`, `head`, `seal` (an indication of EN 319 102-1) and `irregularities` |
    /// | `notices` | what it says of itself |
    /// | `trust_list`, `validation_policy` | what was used, by digest, source, day and curator; null where nothing was |
    /// | `answers` | a line per rule, law and signature: `rule`, `article`, `sources`, `mode`, `effect`, `regime`, `about`, `title`, the answer, and `remedy` where it is not shown to hold |
    /// | `not_asked` | the other rules: `rule`, `article`, `title` and `why` |
    /// | `signatures` | per signature `about`, `regime` (`regimes`, `time`, `proof`, `why`) and `readings`: per law `level`, `on_attestations`, `would_be`, `missing`, `effects` |
    /// | `seals` | per seal `about`, `level`, `on_attestations`, `would_be`, `missing`, `presumed_intact` |
    /// | `formation` | `offer`, `validly_concluded`, `express_acceptance`, `acknowledged` as answers, and `acknowledgement_delay` in seconds |
    /// | `deadlines` | `what`, `article`, `from`, `days`, `last_day`, or `otherwise`: the answer why there is none |
    /// | `retention` | `article`, `years`, `from`, `until` |
    /// | `stops` | rules whose failure stops a ceremony and that failed |
    /// | `for_a_lawyer` | what a lawyer must still check |
    ///
    /// An answer is `satisfied` with `evidence`, `not_satisfied` with `why`, `attested` with `by` and `at`, `unknown` with
    /// `missing`, or `not_applicable` with `why`, which its member `answer` tells; `evidence`, `why` and `missing` are lists of
    /// sentences, in English. Readers treat each of the five; members may
    /// be added.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts, numbers and lists.
    pub fn to_json(&self) -> Result<String> {
        let document = Document { schema: "seing-assessment/1", assessment: self, not_asked: self.not_asked() };
        serde_json::to_string_pretty(&document)
            .map_err(|error| Error::misuse("the assessment cannot be written").because(error))
    }
}
