//! A bar for files that take a while, where somebody watches.

use std::io::{self, IsTerminal};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over so many things that are done one after the other: visible when standard error is a terminal.
pub(crate) fn count(total: usize, doing: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX)).with_message(doing);
    match ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

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
