//! Titles and lines for a terminal, with whatever a file says made harmless.

use std::fmt::Display;

use crate::text::printable;

#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    /// What the following lines are about.
    pub(super) fn title(&mut self, what: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(&printable(what));
        self.0.push('\n');
    }

    /// A part of it.
    pub(super) fn part(&mut self, what: &str) {
        self.0.push_str("  ");
        self.0.push_str(&printable(what));
        self.0.push('\n');
    }

    pub(super) fn line(&mut self, name: &str, value: impl Display) {
        let value = value.to_string();
        self.0.push_str(&format!("    {name:<18} {}\n", printable(&value)));
    }

    /// A line, where there is something to say.
    pub(super) fn list(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().collect();
        if !values.is_empty() {
            self.line(name, values.join(", "));
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.title("Nothing was judged: `seing verify` does that.");
        self.0
    }
}
