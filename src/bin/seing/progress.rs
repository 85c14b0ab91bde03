//! A bar for what takes a while, where somebody watches.

use std::io::{self, IsTerminal};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

/// Smaller files are done before a bar can be read.
const LARGE: u64 = 64 << 20;

/// A bar over the octets of a file: visible when the file is large and standard error is a terminal.
pub(crate) fn bar(path: &Path) -> ProgressBar {
    let length = std::fs::metadata(path).map_or(0, |there| there.len());
    if length <= LARGE || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length).with_message(path.display().to_string());
    match ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A bar over so many things, or a count of them where nobody knows how many there are: visible when standard error is a
/// terminal.
pub(crate) fn count(total: Option<u64>, what: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}"),
        None => (ProgressBar::new_spinner(), "{msg} {spinner} {human_pos} {per_sec}"),
    };
    let bar = bar.with_message(what);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
