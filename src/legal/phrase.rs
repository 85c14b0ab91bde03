//! Sentences that can be said in each language of reports.
//!
//! A rule writes its sentence in English, where its reader is, with places for what it found. The sentence must stand in the
//! tables of [`sentences`](super::sentences) with its French and its Arabic: one that does not is not compiled.

use std::fmt;

use serde::{Serialize, Serializer};

use super::calendar::Day;
use super::report::article;
use super::sentences::Sentence;
use crate::digest::Digest;
use crate::time::Time;
use crate::validation::{Indication, Language, SubIndication};

/// Something that an assessment says, in any language of reports.
///
/// Displayed and serialised in English.
///
/// ```
/// use seing::legal::{Matter, assess};
/// use seing::time::Time;
/// use seing::validation::Language;
///
/// let assessment = assess(&Matter::new(Time::parse_rfc3339("2026-11-23T10:00:00Z")?));
/// let notice = &assessment.notices[0];
/// assert!(notice.to_string().starts_with("This assessment"));
/// assert!(notice.in_language(Language::French).to_string().starts_with("Cette appréciation"));
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    sentence: &'static Sentence,
    arguments: Vec<Argument>,
}

/// What stands in a place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Argument {
    /// What somebody wrote, in whatever language.
    Text(String),
    /// What is read character by character, from left to right.
    Code(String),
    Time(Time),
    Day(Day),
    Number(i64),
    /// An article, cited as the table of rules does.
    Article(&'static str),
    Phrase(Phrase),
}

/// A part of a phrase in a language.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece<'a> {
    /// Our own words.
    Words(&'static str),
    /// What stands among them.
    Argument(&'a Argument),
}

impl Phrase {
    pub(crate) fn new(sentence: &'static Sentence, arguments: Vec<Argument>) -> Self {
        Self { sentence, arguments }
    }

    /// The phrase as this language says it.
    pub fn in_language(&self, language: Language) -> impl fmt::Display {
        Spoken { phrase: self, language }
    }

    /// Its parts from the first to the last, those of phrases within it included.
    pub(crate) fn pieces(&self, language: Language) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        self.append_pieces(language, &mut pieces);
        pieces
    }

    /// A phrase stands within another in the rules alone, to no depth that input could choose.
    fn append_pieces<'a>(&'a self, language: Language, pieces: &mut Vec<Piece<'a>>) {
        let mut rest = self.sentence.text(language);
        while let Some((words, after)) = rest.split_once('{') {
            pieces.push(Piece::Words(words));
            let Some((place, after)) = after.split_once('}') else { break };
            match place.parse::<usize>().ok().and_then(|place| self.arguments.get(place)) {
                Some(Argument::Phrase(phrase)) => phrase.append_pieces(language, pieces),
                Some(argument) => pieces.push(Piece::Argument(argument)),
                None => {}
            }
            rest = after;
        }
        pieces.push(Piece::Words(rest));
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_language(Language::English).fmt(f)
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Code(text) => f.write_str(text),
            Self::Article(citation) => f.write_str(&article(citation, Language::English)),
            Self::Time(time) => time.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
        }
    }
}

struct Spoken<'a> {
    phrase: &'a Phrase,
    language: Language,
}

impl fmt::Display for Spoken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase.pieces(self.language).into_iter().try_for_each(|piece| match piece {
            Piece::Words(words) => f.write_str(words),
            Piece::Argument(Argument::Article(citation)) => f.write_str(&article(citation, self.language)),
            Piece::Argument(argument) => argument.fmt(f),
        })
    }
}

/// What can stand in a place of a phrase.
pub(crate) trait Sayable {
    fn argument(&self) -> Argument;
}

macro_rules! sayable {
    ($($kind:ty: |$value:ident| $argument:expr;)+) => {
        $(impl Sayable for $kind {
            fn argument(&self) -> Argument {
                let $value = self;
                $argument
            }
        })+
    };
}

impl<T: Sayable + ?Sized> Sayable for &T {
    fn argument(&self) -> Argument {
        T::argument(self)
    }
}

sayable! {
    str: |text| Argument::Text(text.to_owned());
    String: |text| Argument::Text(text.to_owned());
    Time: |time| Argument::Time(*time);
    Day: |day| Argument::Day(*day);
    Digest: |digest| Argument::Code(digest.to_string());
    SubIndication: |sub| Argument::Code(sub.to_string());
    Indication: |indication| Argument::Code(indication.to_string());
    i64: |number| Argument::Number(*number);
    i32: |number| Argument::Number((*number).into());
    u32: |number| Argument::Number((*number).into());
    u16: |number| Argument::Number((*number).into());
    Phrase: |phrase| Argument::Phrase(phrase.clone());
    Argument: |argument| argument.clone();
}

/// A phrase from its English, with `{0}`, `{1}`… for the arguments that follow.
macro_rules! phrase {
    (@unit $argument:expr) => { () };
    ($english:literal $(, $argument:expr)* $(,)?) => {{
        // An item, which is evaluated by `cargo check` already.
        const SENTENCE: &$crate::legal::sentences::Sentence = {
            let arguments: &[()] = &[$($crate::legal::phrase::phrase!(@unit $argument)),*];
            $crate::legal::sentences::find($english, arguments.len())
        };
        $crate::legal::phrase::Phrase::new(SENTENCE, vec![$($crate::legal::phrase::Sayable::argument(&$argument)),*])
    }};
}
pub(crate) use phrase;
