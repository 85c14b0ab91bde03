//! Every sentence of assessments, in English, French and Arabic.
//!
//! The terms are those of the laws: *écrit*, *énonciations*, *accusé de réception*, *cachet électronique*, *horodatage
//! électronique qualifié*, *délai franc*; التوقيع الإلكتروني المؤهل, الخاتم الإلكتروني, الختم الزمني الإلكتروني.

mod consumer;
mod formation;
mod general;
pub(super) mod guide;
mod level;
mod personal_data;
mod providers;
mod report;
mod scope;
mod writing;

use crate::validation::Language;

/// A sentence with places for arguments, as `{0}`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sentence {
    english: &'static str,
    french: &'static str,
    arabic: &'static str,
}

impl Sentence {
    /// The sentence in this language, its places unfilled.
    pub(crate) fn text(&self, language: Language) -> &'static str {
        match language {
            Language::French => self.french,
            Language::Arabic => self.arabic,
            Language::English => self.english,
        }
    }
}

/// Each sentence of the tables, those of rules included.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = &'static Sentence> {
    let guides = guide::all().flat_map(|guide| [&guide.title, &guide.remedy]);
    TABLES.iter().copied().flatten().chain(guides)
}

/// The sentence with this English, which has so many places. Asked by [`phrase!`](super::phrase) when the crate is compiled.
#[expect(clippy::panic, reason = "runs while compiling alone: a sentence that a language lacks is not compiled")]
pub(crate) const fn find(english: &str, arguments: usize) -> &'static Sentence {
    let mut tables = TABLES;
    while let [table, others @ ..] = tables {
        let mut rest: &'static [Sentence] = table;
        while let [sentence, after @ ..] = rest {
            if same(sentence.english, english) {
                assert!(
                    places(english) == arguments,
                    "the sentence has another number of places than there are arguments"
                );
                return sentence;
            }
            rest = after;
        }
        tables = others;
    }
    panic!("the tables have no such sentence");
}

/// Whether two texts are one.
const fn same(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, one_after @ ..], [second, other_after @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_after, other_after);
    }
    true
}

/// How many places a sentence has, numbered from nought without a gap.
const fn places(text: &str) -> usize {
    let (mut rest, mut most) = (text.as_bytes(), 0);
    while let [first, after @ ..] = rest {
        if let (b'{', [digit @ b'0'..=b'9', b'}', ..]) = (*first, after) {
            let place = digit.wrapping_sub(b'0');
            // A digit widens without loss, and `From` is not const.
            #[expect(clippy::as_conversions, reason = "an octet as a number of places, in a const function")]
            let count = place as usize + 1;
            if count > most {
                most = count;
            }
        }
        rest = after;
    }
    most
}

const TABLES: &[&[Sentence]] = &[
    general::SENTENCES,
    report::SENTENCES,
    scope::SENTENCES,
    writing::SENTENCES,
    formation::SENTENCES,
    level::SENTENCES,
    providers::SENTENCES,
    consumer::SENTENCES,
    personal_data::SENTENCES,
];

/// Writes rows of a table: English, French, Arabic.
macro_rules! sentences {
    ($($english:literal, $french:literal, $arabic:literal;)+) => {
        &[$($crate::legal::sentences::Sentence { english: $english, french: $french, arabic: $arabic },)+]
    };
}
use sentences;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn numbers(text: &str) -> HashSet<&str> {
        text.split('{').skip(1).filter_map(|after| after.split('}').next()).collect()
    }

    #[test]
    fn every_language_has_the_places_of_the_english() {
        for sentence in all() {
            let expected = numbers(sentence.english);
            assert_eq!(expected.len(), places(sentence.english), "{}", sentence.english);
            for language in Language::ALL {
                assert_eq!(numbers(sentence.text(*language)), expected, "{}", sentence.english);
            }
        }
    }

    #[test]
    fn no_sentence_stands_twice_in_the_tables() {
        let mut seen = HashSet::new();
        for sentence in TABLES.iter().copied().flatten() {
            assert!(seen.insert(sentence.english), "{}", sentence.english);
        }
    }

    #[test]
    fn no_language_speaks_in_the_words_of_another() {
        for sentence in all() {
            let Sentence { english, french, arabic } = sentence;
            let bare = english.chars().filter(|c| c.is_alphabetic()).count() == 0;
            assert!(bare || ALIKE.contains(english) || english != french, "{english}");
            assert!(bare || arabic.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c)), "{english}: {arabic}");
            assert!(!french.chars().chain(english.chars()).any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{english}");
            for text in [english, french, arabic] {
                assert!(!text.trim().is_empty() && text.trim() == *text && !text.contains("  "), "{text}");
            }
        }
    }

    /// Words that English and French write alike.
    const ALIKE: &[&str] = &["{0} (attestation {1})", "Article"];
}
