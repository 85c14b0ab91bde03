//! The folder of the records, in which each appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use seing::evidence::Sealed;

use super::names::Names;
use crate::failure::{Failure, On, Result};

/// Where records are before they are in their place. What is left there by a run that was interrupted is nobody's.
pub(super) const STAGING: &str = ".seing-batch";

/// Records that are made durable together, and then put in their places.
const GROUP: usize = 4096;

pub(super) struct Folder {
    path: PathBuf,
    staging: PathBuf,
    /// Open since before anything is written: what cannot be written is told to whoever had the file system open by then.
    #[cfg(target_os = "linux")]
    whole: File,
    /// Whether it was made here.
    made: bool,
    /// Locked as long as this run lasts.
    lock: Option<File>,
}

impl Folder {
    /// The folder, which is made where it does not exist.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let made = fs::symlink_metadata(path).is_err();
        fs::create_dir_all(path).on(path)?;
        let lock = lock(path).on(path)?;
        let staging = path.join(STAGING);
        if fs::symlink_metadata(&staging).is_ok() {
            fs::remove_dir_all(&staging).on(&staging)?;
        }
        fs::create_dir(&staging).on(&staging)?;
        Ok(Self {
            path: path.to_owned(),
            #[cfg(target_os = "linux")]
            whole: File::open(&staging).on(&staging)?,
            staging,
            made,
            lock,
        })
    }

    /// Where the record of a document is.
    pub(super) fn place(&self, name: &Path) -> PathBuf {
        let mut place = self.path.join(name).into_os_string();
        place.push(".ers");
        place.into()
    }

    /// Whether there is something in that place. A place that cannot be is an error: its name would be too long, or below a file.
    pub(super) fn has(&self, name: &Path) -> Result<bool> {
        let place = self.place(name);
        if is_there(&place).on(&place)? {
            return Ok(true);
        }
        let folder = place.parent().unwrap_or(&self.path);
        if folder != self.path && !is_there(folder).on(&place)? {
            // Nobody has looked at the names below what is missing.
            for part in place.strip_prefix(&self.path).unwrap_or(&place).components() {
                is_there(&self.path.join(part)).on(&place)?;
            }
        }
        Ok(false)
    }

    /// Writes a record for each name.
    pub(super) fn write(&self, sealed: &Sealed, names: &mut Names, bar: &ProgressBar) -> Result<()> {
        let (mut records, mut names) = (sealed.records(), names.read()?);
        let mut group = Vec::with_capacity(GROUP);
        while let Some(record) = records.next_record() {
            let missing = || Failure::impossible("there are fewer names than records", "run it again with --resume");
            let place = self.place(&names.next()?.ok_or_else(missing)?);
            let staged = self.staging.join(group.len().to_string());
            let mut file = File::create(&staged).on(&staged)?;
            file.write_all(record.octets()).on(&staged)?;
            group.push((staged, place));
            if group.len() == GROUP {
                self.settle(&mut group, bar)?;
            }
        }
        self.settle(&mut group, bar)?;
        // The last names: those of the groups before were made durable with the records of the group after.
        self.sync(&[]).on(&self.path)
    }

    /// Puts records in their places, once they last.
    fn settle(&self, group: &mut Vec<(PathBuf, PathBuf)>, bar: &ProgressBar) -> Result<()> {
        self.sync(group).on(&self.staging)?;
        for (staged, place) in group.drain(..) {
            let folder = place.parent().unwrap_or(&self.path);
            fs::create_dir_all(folder).on(folder)?;
            if fs::symlink_metadata(&place).is_ok() {
                return Err(Failure::impossible(
                    "something else was put in the place of the record",
                    "run it again with --resume",
                )
                .on(place.display()));
            }
            fs::rename(&staged, &place).on(&place)?;
            bar.inc(1);
        }
        Ok(())
    }

    /// Makes what was written durable: all of the file system at once, where file by file would take hours for millions.
    #[cfg(target_os = "linux")]
    fn sync(&self, _group: &[(PathBuf, PathBuf)]) -> io::Result<()> {
        Ok(rustix::fs::syncfs(&self.whole)?)
    }

    /// Makes the records durable; their names last when the system has written them.
    #[cfg(not(target_os = "linux"))]
    fn sync(&self, group: &[(PathBuf, PathBuf)]) -> io::Result<()> {
        group.iter().try_for_each(|(staged, _)| File::options().write(true).open(staged)?.sync_all())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is removed by the next run.
        drop(fs::remove_dir_all(&self.staging));
        if self.made {
            drop(fs::remove_dir(&self.path));
        }
        drop(self.lock.take());
    }
}

fn is_there(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Keeps a second run out of the folder, where the system can lock folders.
#[cfg(unix)]
fn lock(path: &Path) -> io::Result<Option<File>> {
    let folder = File::open(path)?;
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(fs::TryLockError::WouldBlock) => {
            Err(io::Error::new(io::ErrorKind::WouldBlock, "another run is writing records there"))
        }
        Err(fs::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(not(unix))]
fn lock(_path: &Path) -> io::Result<Option<File>> {
    Ok(None)
}
