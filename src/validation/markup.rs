//! Elements, attributes and text, written so that they are always closed and always escaped: HTML that is XML as well, and XML.

/// A text of markup that grows.
pub(crate) struct Markup {
    text: String,
    depth: usize,
}

/// Name and value of attributes.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Markup {
    /// Begins after a prologue, as `<!DOCTYPE html>`.
    pub(crate) fn after(prologue: &'static str) -> Self {
        Self { text: prologue.to_owned(), depth: 0 }
    }

    /// An element on lines of its own, with what is inside indented.
    pub(crate) fn block(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.line();
        self.open(name, attributes, ">");
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line();
        self.close(name);
    }

    /// An element on a line of its own, with text inside.
    pub(crate) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.line();
        self.inline(name, attributes, |markup| markup.text(text));
    }

    /// An element on a line of its own that has nothing inside, as the standard has it.
    pub(crate) fn void(&mut self, name: &str, attributes: Attributes<'_>) {
        self.line();
        self.open(name, attributes, "/>");
    }

    /// An element on a line of its own, with what is inside on the same.
    pub(crate) fn row(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.line();
        self.inline(name, attributes, inside);
    }

    /// An element in the midst of a line.
    pub(crate) fn inline(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes, ">");
        inside(self);
        self.close(name);
    }

    /// Text.
    pub(crate) fn text(&mut self, text: &str) {
        escape(text, &mut self.text);
    }

    /// What needs no escaping because it is ours, and would not survive it: a style sheet, the punctuation of elements.
    pub(crate) fn verbatim(&mut self, ours: &'static str) {
        self.text.push_str(ours);
    }

    /// All of it.
    pub(crate) fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }

    fn open(&mut self, name: &str, attributes: Attributes<'_>, end: &'static str) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            escape(value, &mut self.text);
            self.text.push('"');
        }
        self.text.push_str(end);
    }

    fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', self.depth));
    }
}

/// What strangers wrote says nothing to the reader of markup, and shows what it hides.
fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '&' => into.push_str("&amp;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            hidden if is_hidden(hidden) => into.push_str(&format!("[U+{:04X}]", u32::from(hidden))),
            shown => into.push(shown),
        }
    }
}

/// Characters that are not seen, but turn the direction of what follows, break its line or hide what it is: control characters,
/// marks of direction (UAX #9), spaces without width, annotations, tags; and those that XML 1.0 does not have.
///
/// The joiners U+200C and U+200D belong to the spelling of words and turn nothing.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn what_strangers_wrote_is_neither_markup_nor_direction() {
        let mut markup = Markup::after("");
        markup.inline("b", &[("title", "a\"b'c<d\n")], |b| b.text("</b><script>&\u{202e}\u{2066}\u{0}é\u{200d}م"));
        let expected = "<b title=\"a&quot;b&#39;c&lt;d[U+000A]\">\
                        &lt;/b&gt;&lt;script&gt;&amp;[U+202E][U+2066][U+0000]é\u{200d}م</b>\n";
        assert_eq!(markup.finish(), expected);
    }
}
