//! Files that are read within the limits, and that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use seing::limits::Limits;
use tempfile::{Builder, NamedTempFile};

use crate::failure::{Failure, On, Result};

/// The name that stands for standard input.
pub(crate) const STDIN: &str = "-";

/// Opens a file, or standard input where the name is `-`.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>> {
    if path == Path::new(STDIN) {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(File::open(path).on(path)?))
}

/// Reads a file into memory, up to the limit on documents.
pub(crate) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    let most = u64::try_from(limits.document_octets).unwrap_or(u64::MAX);
    let mut octets = Vec::new();
    open(path)?.take(most.saturating_add(1)).read_to_end(&mut octets).on(path)?;
    if octets.len() > limits.document_octets {
        return Err(Failure::impossible(
            format!("larger than {} MiB", limits.document_octets >> 20),
            "sign large documents detached",
        )
        .on(path.display()));
    }
    Ok(octets)
}

/// Reads a file of text, up to the same limit.
pub(crate) fn read_text(path: &Path, limits: &Limits) -> Result<String> {
    let text = String::from_utf8(read(path, limits)?);
    text.map_err(|_error| Failure::impossible("not a text in UTF-8", "ask for another copy of it").on(path.display()))
}

/// Whether two paths name one file that exists.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Who may read a new file, and whether it may take the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// For everybody that the umask allows; replaces what was there.
    Public,
    /// For everybody that the umask allows; replaces nothing.
    PublicNew,
    /// For its owner only; replaces nothing.
    Private,
    /// For its owner only; replaces what was there.
    PrivateReplacing,
}

/// Says early that a file may not be replaced, before work is spent on what goes there.
pub(crate) fn free(path: &Path, access: Access) -> Result<()> {
    if matches!(access, Access::Private | Access::PublicNew) && fs::symlink_metadata(path).is_ok() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists)).on(path);
    }
    Ok(())
}

/// Writes a file that appears whole or not at all: beside its place first, synchronised, then renamed.
pub(crate) fn write(path: &Path, octets: &[u8], access: Access) -> Result<()> {
    write_whole(path, octets, access).on(path)
}

fn write_whole(path: &Path, octets: &[u8], access: Access) -> io::Result<()> {
    let mut pending = begin_whole(path, access)?;
    pending.write_all(octets)?;
    pending.persist()
}

/// Begins a file that appears whole or not at all, and is written in pieces.
pub(crate) fn begin(path: &Path, access: Access) -> Result<Pending> {
    begin_whole(path, access).on(path)
}

fn begin_whole(path: &Path, access: Access) -> io::Result<Pending> {
    // Through a symbolic link the file it names is replaced, not the link.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&place).is_ok_and(|there| !there.is_file()) {
        // A terminal, a pipe or /dev/null: nothing can be renamed onto it.
        return Ok(Pending(State::There(File::options().write(true).open(&place)?)));
    }
    let folder = match place.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".seing-");
    #[cfg(unix)]
    if matches!(access, Access::Public | Access::PublicNew) {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let file = builder.tempfile_in(&folder)?;
    Ok(Pending(State::Beside { file, place, folder, access }))
}

/// A file that is being written, and is not there until [`finish`](Self::finish).
pub(crate) struct Pending(State);

enum State {
    There(File),
    Beside { file: NamedTempFile, place: PathBuf, folder: PathBuf, access: Access },
}

impl Pending {
    /// Puts the file in its place.
    pub(crate) fn finish(self, path: &Path) -> Result<()> {
        self.persist().on(path)
    }

    /// Where it is until then, beside its place.
    pub(crate) fn unfinished(&self) -> Option<&Path> {
        match &self.0 {
            State::There(_) => None,
            State::Beside { file, .. } => Some(file.path()),
        }
    }

    fn persist(self) -> io::Result<()> {
        let State::Beside { file, place, folder, access } = self.0 else { return Ok(()) };
        file.as_file().sync_all()?;
        match access {
            Access::Private | Access::PublicNew => file.persist_noclobber(&place)?,
            Access::Public | Access::PrivateReplacing => file.persist(&place)?,
        };
        // The rename itself lasts once its folder is synchronised; folders cannot be opened everywhere.
        #[cfg(unix)]
        File::open(&folder)?.sync_all()?;
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            State::There(file) => file.write(octets),
            State::Beside { file, .. } => file.write(octets),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            State::There(file) => file.flush(),
            State::Beside { file, .. } => file.flush(),
        }
    }
}
