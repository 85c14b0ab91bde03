//! What the command says and returns when it does not do what was asked.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use seing::error::{Error, ErrorKind};

use crate::files;

/// An exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Done, or every signature is TOTAL_PASSED.
    Done,
    /// A signature is TOTAL_FAILED.
    Failed,
    /// Wrong usage.
    Usage,
    /// A signature is INDETERMINATE.
    Indeterminate,
    /// It could not be done.
    Impossible,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Failed => 1,
            Status::Usage => 2,
            Status::Indeterminate => 3,
            Status::Impossible => 4,
        })
    }
}

/// One sentence: which file, what and where, and the remedy.
#[derive(Debug)]
pub(crate) struct Failure {
    subject: Option<String>,
    what: String,
    remedy: String,
    status: Status,
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// The command line asks for something that cannot be meant, or that this version does not do.
    pub(crate) fn usage(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject: None, what: what.into(), remedy: remedy.into(), status: Status::Usage }
    }

    /// It could not be done, for a reason that the library does not know.
    pub(crate) fn impossible(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { subject: None, what: what.into(), remedy: remedy.into(), status: Status::Impossible }
    }

    /// Names the file, or the address, that it is about.
    pub(crate) fn on(mut self, subject: impl fmt::Display) -> Self {
        self.subject.get_or_insert_with(|| subject.to_string());
        self
    }

    pub(crate) fn status(&self) -> Status {
        self.status
    }
}

/// Names the file that an error is about.
pub(crate) trait On<T> {
    fn on(self, path: &Path) -> Result<T>;
}

impl<T, E: Into<Failure>> On<T> for std::result::Result<T, E> {
    fn on(self, path: &Path) -> Result<T> {
        let name = if path == Path::new(files::STDIN) { "standard input".into() } else { path.display().to_string() };
        self.map_err(|error| error.into().on(name))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if let Some(stream) = error.source().and_then(|source| source.downcast_ref::<io::Error>()) {
            return Self::impossible(stream.to_string(), io_remedy(stream.kind()));
        }
        let what = reason(&error);
        let (remedy, status) = match error.kind() {
            ErrorKind::Malformed => ("ask for another copy of it", Status::Impossible),
            ErrorKind::Unsupported => {
                ("this version does not do that: use another algorithm or format", Status::Impossible)
            }
            ErrorKind::LimitExceeded => ("do not trust it before its sender explains its size", Status::Impossible),
            ErrorKind::Io => ("check the path, the permissions and the space left", Status::Impossible),
            ErrorKind::Signer => ("check that this is the key and that its password is right", Status::Impossible),
            ErrorKind::Unusable => {
                ("use a certificate of this key that is valid at the time of signing", Status::Impossible)
            }
            ErrorKind::Unreachable => {
                ("check the address and the network, or name another authority", Status::Impossible)
            }
            ErrorKind::Rejected => ("name another authority", Status::Impossible),
            ErrorKind::Forbidden => ("allow its host by name, if it is meant", Status::Impossible),
            ErrorKind::Incomplete => {
                ("give what is missing with --crl, --ocsp or --trust, or fetch it with --online", Status::Impossible)
            }
            ErrorKind::Excluded => ("read the article, or ask a lawyer", Status::Impossible),
            ErrorKind::Misuse => ("see `seing COMMAND --help`", Status::Usage),
            _ => ("see `seing COMMAND --help`", Status::Impossible),
        };
        Self { subject: None, what, remedy: remedy.to_owned(), status }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::impossible(error.to_string(), io_remedy(error.kind()))
    }
}

/// What an error says, and those below it as far as they say more.
pub(crate) fn reason(error: &Error) -> String {
    let mut what = error.to_string();
    let mut below = error.source();
    while let Some(source) = below {
        let text = source.to_string();
        if !what.contains(&text) {
            what.push_str(&format!(": {text}"));
        }
        below = source.source();
    }
    what
}

fn io_remedy(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "check its permissions",
        io::ErrorKind::AlreadyExists => "name another file, or give --force to replace this one",
        io::ErrorKind::IsADirectory => "name a file",
        io::ErrorKind::StorageFull => "free some space",
        _ => "check the path, the permissions and the space left",
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(subject) = &self.subject {
            write!(f, "{subject}: ")?;
        }
        write!(f, "{}; {}", self.what, self.remedy)
    }
}
