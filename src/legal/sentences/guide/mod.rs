//! What each rule wants, in a sentence for whoever is no lawyer, and what can be done when it is not shown to be so.

mod acts;
mod consumer;
mod formation;
mod persons;
mod qualified;
mod signatures;

use super::Sentence;

/// The words of a rule.
#[derive(Debug)]
pub(crate) struct Guide {
    pub(crate) rule: &'static str,
    pub(crate) title: Sentence,
    pub(crate) remedy: Sentence,
}

/// The words of the rule of this name. Asked by the rows of the rules when the crate is compiled.
#[expect(clippy::panic, reason = "runs while compiling alone: a rule without words is not compiled")]
pub(crate) const fn of(rule: &str) -> &'static Guide {
    let mut tables = TABLES;
    while let [table, others @ ..] = tables {
        let mut rest: &'static [Guide] = table;
        while let [guide, after @ ..] = rest {
            if super::same(guide.rule, rule) {
                return guide;
            }
            rest = after;
        }
        tables = others;
    }
    panic!("the tables have no words for this rule");
}

/// Each of them.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = &'static Guide> {
    TABLES.iter().copied().flatten()
}

const TABLES: &[&[Guide]] =
    &[acts::GUIDES, signatures::GUIDES, formation::GUIDES, qualified::GUIDES, consumer::GUIDES, persons::GUIDES];

/// A sentence: English, French, Arabic.
macro_rules! say {
    ($english:literal, $french:literal, $arabic:literal $(,)?) => {
        $crate::legal::sentences::Sentence { english: $english, french: $french, arabic: $arabic }
    };
}
use say;

/// Rows of a table: the rule, what it wants, and what can be done.
macro_rules! guides {
    ($($rule:literal: $english:literal, $french:literal, $arabic:literal => $remedy:expr;)+) => {
        &[$($crate::legal::sentences::guide::Guide {
            rule: $rule,
            title: $crate::legal::sentences::guide::say!($english, $french, $arabic),
            remedy: $remedy,
        },)+]
    };
}
use guides;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crate::legal::rules;

    #[test]
    fn every_guide_is_of_one_rule() {
        let known: HashSet<_> = rules().map(|rule| rule.id).collect();
        let mut seen = HashSet::new();
        for guide in super::all() {
            assert!(known.contains(guide.rule) && seen.insert(guide.rule), "{}", guide.rule);
        }
        assert_eq!(seen.len(), known.len());
    }
}
