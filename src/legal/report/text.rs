//! The report for terminals.

use super::outline::{self, Block, Depth, Line, Said};
use super::speech::{Shown, seen, speak};
use crate::legal::assessment::Assessment;
use crate::legal::phrase::{Phrase, phrase};
use crate::validation::Language;

impl Assessment {
    /// The report as plain text in lines of so many columns, forty at least. The same assessment gives the same text.
    ///
    /// ```
    /// use seing::legal::{Matter, assess};
    /// use seing::time::Time;
    /// use seing::validation::Language;
    ///
    /// let assessment = assess(&Matter::new(Time::parse_rfc3339("2026-11-23T10:00:00Z")?));
    /// let text = assessment.to_text(Language::French, 80);
    /// assert!(text.starts_with("APPRÉCIATION JURIDIQUE"));
    /// assert!(text.lines().all(|line| line.chars().count() <= 80));
    /// # Ok::<(), seing::error::Error>(())
    /// ```
    pub fn to_text(&self, language: Language, columns: usize) -> String {
        let mut sheet = Sheet { text: String::new(), language, columns: columns.max(LEAST_COLUMNS) };
        let title = sheet.said(&outline::title()).to_uppercase();
        sheet.wrapped("", "", &title);
        outline::outline(self).iter().for_each(|block| sheet.block(block));
        sheet.text
    }
}

/// Lines of text that grow.
struct Sheet {
    text: String,
    language: Language,
    columns: usize,
}

impl Sheet {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(depth, title) => self.heading(*depth, title),
            Block::Paragraph(sentence) => self.paragraph(sentence),
            Block::List(phrases) => phrases.iter().for_each(|phrase| self.phrase("  • ", "    ", phrase)),
            Block::Stop { title, sentence, lines } => {
                self.line();
                let title = self.said(title).to_uppercase();
                self.wrapped("✗✗✗ ", "    ", &title);
                self.paragraph(sentence);
                lines.iter().for_each(|line| self.rule(line));
            }
            Block::Particulars { caption, rows } => {
                self.line();
                let caption = self.said(caption);
                self.wrapped("", "", &caption);
                rows.iter().for_each(|(label, said)| self.particular(label, said));
            }
            Block::Table { columns, rows } => {
                for row in rows {
                    for (place, (column, cell)) in columns.iter().zip(row).enumerate() {
                        let label = phrase!("{0}: {1}", column, cell);
                        let lead = if place == 0 { "  • " } else { "    " };
                        self.phrase(lead, "      ", &label);
                    }
                }
            }
            Block::Lines(lines) => lines.iter().for_each(|line| self.rule(line)),
        }
    }

    fn heading(&mut self, depth: Depth, title: &Phrase) {
        self.line();
        let title = self.said(title);
        let (title, mark) = match depth {
            Depth::Section => (title.to_uppercase(), "="),
            Depth::Part => (title, "-"),
        };
        self.wrapped("", "", &title);
        let rule = mark.repeat(width(&title).min(self.columns));
        self.text.push_str(&rule);
        self.line();
    }

    fn paragraph(&mut self, sentence: &Phrase) {
        self.phrase("  ", "  ", sentence);
    }

    fn particular(&mut self, label: &Phrase, said: &Said) {
        let label = self.said(label);
        let Some(finding) = said.finding else {
            self.wrapped("  ", "    ", &label);
            said.sentences.iter().for_each(|sentence| self.phrase("      ", "        ", sentence));
            return;
        };
        self.wrapped(&format!("  {} ", finding.mark()), "    ", &label);
        self.phrase("      ", "        ", &finding.word());
        said.sentences.iter().for_each(|sentence| self.phrase("      - ", "        ", sentence));
    }

    fn rule(&mut self, line: &Line) {
        self.phrase(&format!("{} ", line.finding.mark()), "    ", &line.title);
        self.phrase("    ", "      ", &phrase!("{0} · {1}", &line.article, &line.rule));
        line.context.iter().for_each(|context| self.phrase("    ", "      ", context));
        let finding = line.finding.word();
        self.labelled(&phrase!("Finding"), &finding);
        match line.sentences.as_slice() {
            [] => {}
            [one] => self.labelled(&line.on_what, one),
            several => {
                self.phrase("    ", "      ", &line.on_what);
                several.iter().for_each(|sentence| self.phrase("      - ", "        ", sentence));
            }
        }
        if let Some(remedy) = &line.remedy {
            self.labelled(&phrase!("What can be done"), remedy);
        }
        self.line();
    }

    fn labelled(&mut self, label: &Phrase, sentence: &Phrase) {
        self.phrase("    ", "      ", &phrase!("{0}: {1}", label, sentence));
    }

    fn phrase(&mut self, lead: &str, indent: &str, phrase: &Phrase) {
        let said = self.said(phrase);
        self.wrapped(lead, indent, &said);
    }

    /// A phrase with what strangers wrote isolated in its direction (UAX #9) where the page runs the other way.
    fn said(&self, phrase: &Phrase) -> String {
        let mut said = String::new();
        let isolates = self.language == Language::Arabic;
        let isolated = |mark: char, text: &str, said: &mut String| match isolates {
            true => said.extend([&*mark.to_string(), &seen(text), "\u{2069}"]),
            false => said.push_str(&seen(text)),
        };
        speak(phrase, self.language, |shown| match shown {
            Shown::Words(words) => said.push_str(words),
            Shown::Composed(words) => said.push_str(&words),
            Shown::LeftToRight(text) | Shown::Code(text) => isolated('\u{2066}', text, &mut said),
            Shown::Foreign(text) => isolated('\u{2068}', text, &mut said),
            Shown::Time(time) => isolated('\u{2066}', &time.to_string(), &mut said),
            Shown::Day(words, _) => said.push_str(&words),
        });
        said
    }

    /// A text after a lead, broken into lines that begin with an indent.
    fn wrapped(&mut self, lead: &str, indent: &str, text: &str) {
        self.text.push_str(lead);
        let (mut column, mut first) = (width(lead), true);
        for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
            let mut rest = word;
            while !rest.is_empty() {
                let gap = usize::from(!first);
                let room = self.columns.saturating_sub(column.saturating_add(gap));
                if width(rest) > room && !first {
                    self.line();
                    self.text.push_str(indent);
                    (column, first) = (width(indent), true);
                    continue;
                }
                let (part, after) = split_at_width(rest, room.max(1));
                if !first {
                    self.text.push(' ');
                }
                self.text.push_str(part);
                column = column.saturating_add(gap).saturating_add(width(part));
                first = false;
                rest = after;
            }
        }
        self.line();
    }

    fn line(&mut self) {
        self.text.push('\n');
    }
}

/// The columns that a text fills: marks that combine or that only turn the direction fill none.
fn width(text: &str) -> usize {
    text.chars().filter(|c| fills(*c)).count()
}

fn fills(c: char) -> bool {
    !matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}')
}

fn split_at_width(text: &str, most: usize) -> (&str, &str) {
    let mut filled = 0_usize;
    let end = text.char_indices().find(|(_, c)| {
        filled = filled.saturating_add(usize::from(fills(*c)));
        filled > most
    });
    end.and_then(|(place, _)| text.split_at_checked(place)).unwrap_or((text, ""))
}

/// Fewer leave no room for words beside the indents.
const LEAST_COLUMNS: usize = 40;
