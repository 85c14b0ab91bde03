//! Text for a terminal.

use std::borrow::Cow;

/// What strangers wrote, without the characters that move the cursor of a terminal or start a new line.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    // The marks of U+202A to U+202E and U+2066 to U+2069 turn the direction of writing around what follows.
    let is_hidden = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(is_hidden) { Cow::Owned(text.replace(is_hidden, "\u{fffd}")) } else { Cow::Borrowed(text) }
}
