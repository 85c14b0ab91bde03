//! Why something could not be done.
//!
//! A signature that does not hold is not an error: it is what a [`Report`](crate::validation::Report) says.

use std::error::Error as StdError;
use std::fmt;

/// The result of whatever can fail in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something could not be done: what the caller can do about it, a sentence, and where in the input.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    what: &'static str,
    detail: Option<String>,
    offset: Option<usize>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What the caller can do about an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input does not follow its format. Ask for another copy.
    Malformed,
    /// The input is well formed but asks for something that this crate does not do.
    Unsupported,
    /// The input needs more work than [`Limits`](crate::limits::Limits) allow.
    LimitExceeded,
    /// A stream could not be read or written.
    Io,
    /// The key could not be opened, or refused to sign.
    Signer,
    /// The certificate may not be used for this: expired, not yet valid, or of another key (law 43-20, article 44).
    Unusable,
    /// The other side could not be reached, or did not answer in time.
    Unreachable,
    /// The other side answered with a refusal, or with something that does not hold. Ask another one.
    Rejected,
    /// The address may not be asked, because a stranger named it and it is not on the public internet, or not at a default
    /// port. Allow its host by name, if it is meant.
    Forbidden,
    /// Something that this needs is not at hand: certificates or revocation information. Collect it, and try again.
    Incomplete,
    /// What was given has the name of something else that is kept. Give it another name, or find out which of the two is meant.
    Conflict,
    /// No more is taken at the moment. Try again when less waits.
    Full,
    /// The law keeps this from being done so, and the sentence names its article. Conclude otherwise, or obtain what the article asks
    /// for.
    Excluded,
    /// The call itself is wrong: change the program, or the command line.
    Misuse,
}

impl Error {
    /// Makes an error from a sentence without capital letter and full stop.
    pub fn new(kind: ErrorKind, what: &'static str) -> Self {
        Self(Box::new(Inner { kind, what, detail: None, offset: None, source: None }))
    }

    /// Adds the octet of the input at which reading stopped.
    #[must_use]
    pub fn at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// Adds what was found there: a name, an identifier, a status.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.0.detail.get_or_insert(detail.into());
        self
    }

    /// Adds the error below this one.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What the caller can do about it.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The octet of the input at which reading stopped, counted from 0.
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    pub(crate) fn malformed(what: &'static str) -> Self {
        Self::new(ErrorKind::Malformed, what)
    }

    pub(crate) fn unsupported(what: &'static str) -> Self {
        Self::new(ErrorKind::Unsupported, what)
    }

    pub(crate) fn limit(what: &'static str) -> Self {
        Self::new(ErrorKind::LimitExceeded, what)
    }

    pub(crate) fn misuse(what: &'static str) -> Self {
        Self::new(ErrorKind::Misuse, what)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.what)?;
        if let Some(detail) = &self.0.detail {
            write!(f, " ({detail})")?;
        }
        if let Some(offset) = self.0.offset {
            write!(f, " at octet {offset}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("what", &self.0.what)
            .field("detail", &self.0.detail)
            .field("offset", &self.0.offset)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, "the stream cannot be read or written").because(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_what_was_found_and_where() {
        let error = Error::malformed("unknown tag").with("0x1f").at(7).at(9);
        assert_eq!(error.to_string(), "unknown tag (0x1f) at octet 7");
        assert_eq!(error.kind(), ErrorKind::Malformed);
    }
}
