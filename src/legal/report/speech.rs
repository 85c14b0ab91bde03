//! A phrase as it is shown: what stands in it, and what of it is written from left to right.

use std::borrow::Cow;

use super::article;
use crate::legal::phrase::{Argument, Phrase, Piece};
use crate::time::Time;
use crate::validation::Language;

/// A part of what is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown<'a> {
    /// Words in the direction of the page.
    Words(&'a str),
    /// Words that are written from left to right among those of a page that is not.
    LeftToRight(&'a str),
    /// Words of ours that were put together.
    Composed(String),
    /// What somebody wrote, in a direction that it says itself.
    Foreign(&'a str),
    /// What is read character by character.
    Code(&'a str),
    Time(Time),
    /// A day in words, and as machines write it.
    Day(String, String),
}

/// Gives the parts of a phrase one by one.
pub(super) fn speak(phrase: &Phrase, language: Language, mut show: impl FnMut(Shown<'_>)) {
    for piece in phrase.pieces(language) {
        match piece {
            Piece::Words(words) => directions(words, language, &mut show),
            Piece::Argument(Argument::Text(text)) => show(Shown::Foreign(text)),
            Piece::Argument(Argument::Code(text)) => show(Shown::Code(text)),
            Piece::Argument(Argument::Time(time)) => show(Shown::Time(*time)),
            Piece::Argument(Argument::Day(day)) => show(Shown::Day(day.in_words(language), day.to_string())),
            Piece::Argument(Argument::Article(citation)) => {
                directions(&article(citation, language), language, &mut show);
            }
            Piece::Argument(argument @ (Argument::Number(_) | Argument::Phrase(_))) => {
                show(Shown::Composed(argument.to_string()));
            }
        }
    }
}

/// Words of a language that is written from right to left, and those among them that are not.
fn directions(words: &str, language: Language, show: &mut impl FnMut(Shown<'_>)) {
    if language != Language::Arabic {
        return show(Shown::Words(words));
    }
    let mut rest = words;
    while let Some((before, run, after)) = next_run(rest) {
        show(Shown::Words(before));
        // A number alone keeps its direction by itself.
        match run.bytes().all(|octet| octet.is_ascii_digit()) {
            true => show(Shown::Words(run)),
            false => show(Shown::LeftToRight(run)),
        }
        rest = after;
    }
    show(Shown::Words(rest));
}

/// The first run of Latin letters and digits, with what joins them.
fn next_run(text: &str) -> Option<(&str, &str, &str)> {
    let starts = |c: char| c.is_ascii_alphanumeric();
    let start = text.find(starts)?;
    let (before, tail) = text.split_at_checked(start)?;
    let mut end = 0;
    for (place, c) in tail.char_indices() {
        if starts(c) {
            end = place.saturating_add(c.len_utf8());
        } else if !matches!(c, '-' | '.' | '/' | ':' | '_' | '+' | '@' | '×' | '^' | ' ') {
            break;
        }
    }
    let (run, after) = tail.split_at_checked(end)?;
    Some((before, run, after))
}

/// What is hidden in a text, made to be seen: it reaches terminals.
pub(super) fn seen(text: &str) -> Cow<'_, str> {
    if !text.contains(crate::validation::markup::is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for c in text.chars() {
        match crate::validation::markup::is_hidden(c) {
            true => shown.push_str(&format!("[U+{:04X}]", u32::from(c))),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_latin_words_keep_their_direction_in_arabic() {
        let mut runs = Vec::new();
        let text = "(ق.ل.ع، الفصل 65-4، الفقرة 3) وقاعدة بيانات TS 119 312.";
        directions(text, Language::Arabic, &mut |shown| {
            if let Shown::LeftToRight(run) = shown {
                runs.push(run.to_owned());
            }
        });
        assert_eq!(runs, ["65-4", "TS 119 312"]);
    }
}
