//! The documents of a batch, one after the other: folders are walked and lists are read as they are needed.

use std::ffi::OsStr;
use std::fs::{self, File, ReadDir};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};

use seing::digest::{Algorithm, Digest};

use super::records::STAGING;
use crate::failure::{Failure, On, Result};
use crate::files::{self, STDIN};
use crate::hash::{self, Entry};

/// One document.
pub(super) struct Document {
    pub(super) source: Source,
    /// Its path among the documents, by which its record is named.
    pub(super) name: PathBuf,
}

pub(super) enum Source {
    File(PathBuf),
    Digest(Digest),
}

/// Every document that the command line names. One that cannot be had is a failure in its place.
pub(super) struct Documents {
    algorithm: Algorithm,
    /// The folder of the records, which is not searched.
    out: PathBuf,
    /// A file that this run is writing, which is no document.
    unfinished: Option<PathBuf>,
    /// Where they come from, the next one last.
    origins: Vec<Origin>,
}

enum Origin {
    File { path: PathBuf, name: PathBuf },
    Folder { entries: ReadDir, path: PathBuf, name: PathBuf },
    List { lines: BufReader<Box<dyn Read>>, path: PathBuf, number: u64 },
}

impl Documents {
    pub(super) fn open(from: &[PathBuf], files: bool, algorithm: Algorithm, out: &Path) -> Result<Self> {
        let out = fs::canonicalize(out).on(out)?;
        let origins = match from {
            [one] if one.is_dir() => {
                vec![Origin::named(one, PathBuf::new(), &out)?]
            }
            [one] if !files => vec![Origin::list(one)?],
            several => {
                let origin = |path: &PathBuf| match path.file_name() {
                    _ if path.as_os_str() == STDIN => {
                        let what = "a list on standard input is not read beside other documents";
                        Err(Failure::usage(what, "name `-` alone"))
                    }
                    name if path.is_dir() => Origin::named(path, name.map(PathBuf::from).unwrap_or_default(), &out),
                    Some(name) => Ok(Origin::File { path: path.to_owned(), name: name.into() }),
                    None => Err(Failure::usage("no name of a file", "name a file or a folder").on(path.display())),
                };
                several.iter().rev().map(origin).collect::<Result<_>>()?
            }
        };
        Ok(Self { algorithm, out, unfinished: None, origins })
    }

    /// Takes a file for no document that this run is writing.
    pub(super) fn pass_over(&mut self, unfinished: &Path) -> Result<()> {
        self.unfinished = Some(fs::canonicalize(unfinished).on(unfinished)?);
        Ok(())
    }
}

impl Origin {
    /// A folder that the command line names.
    fn named(path: &Path, name: PathBuf, out: &Path) -> Result<Self> {
        if fs::canonicalize(path).on(path)? == out {
            let what = "documents and records would be in the same folder";
            return Err(Failure::usage(what, "name another one with --out").on(path.display()));
        }
        Self::folder(path.to_owned(), name)
    }

    fn folder(path: PathBuf, name: PathBuf) -> Result<Self> {
        Ok(Self::Folder { entries: fs::read_dir(&path).on(&path)?, path, name })
    }

    fn list(path: &Path) -> Result<Self> {
        Ok(Self::List { lines: BufReader::new(files::open(path)?), path: path.to_owned(), number: 0 })
    }
}

/// What the next step through the documents leads to.
enum Step {
    Document(Result<Document>),
    /// Into a folder.
    Into(Origin),
    /// Past something that is no document.
    On,
    /// Out of the folder or the list.
    Out,
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let step = match self.origins.last_mut()? {
                Origin::File { path, name } => {
                    let document = file(std::mem::take(path), std::mem::take(name));
                    self.origins.pop();
                    Step::Document(document)
                }
                Origin::Folder { entries, path, name } => match entries.next() {
                    None => Step::Out,
                    Some(Ok(entry)) => {
                        let name = name.join(entry.file_name());
                        entry_of(entry.path(), name, &self.out, self.unfinished.as_deref())
                            .unwrap_or_else(|failure| Step::Document(Err(failure)))
                    }
                    Some(Err(error)) => Step::Document(Err(Failure::from(error).on(path.display()))),
                },
                Origin::List { lines, path, number } => {
                    *number += 1;
                    match line(lines).on(path) {
                        Ok(None) => Step::Out,
                        Ok(Some(line)) => listed(&line, self.algorithm)
                            .map_err(|failure| failure.on(format!("{}, line {number}", path.display())))
                            .unwrap_or_else(|failure| Step::Document(Err(failure))),
                        Err(failure) => {
                            // Nothing more can be read of it.
                            self.origins.pop();
                            Step::Document(Err(failure))
                        }
                    }
                }
            };
            match step {
                Step::Document(document) => return Some(document),
                Step::Into(folder) => self.origins.push(folder),
                Step::On => {}
                Step::Out => drop(self.origins.pop()),
            }
        }
    }
}

/// An entry of a folder. Links to files are read, links to folders are not entered: they may lead in circles.
fn entry_of(path: PathBuf, name: PathBuf, out: &Path, unfinished: Option<&Path>) -> Result<Step> {
    let kind = fs::symlink_metadata(&path).on(&path)?.file_type();
    if kind.is_dir() {
        if fs::canonicalize(&path).on(&path)? == out {
            return Ok(Step::On);
        }
        return Ok(Step::Into(Origin::folder(path, name)?));
    }
    if kind.is_symlink() && path.is_dir() {
        return Err(Failure::impossible("a symbolic link to a folder, which is not entered", "name the folder itself")
            .on(path.display()));
    }
    if let Some(unfinished) = unfinished
        && unfinished.file_name() == path.file_name()
        && files::is_same(unfinished, &path)
    {
        return Ok(Step::On);
    }
    Ok(Step::Document(file(path, name)))
}

/// A document that is a file. Pipes and devices are not opened: they may never end.
fn file(path: PathBuf, name: PathBuf) -> Result<Document> {
    if !fs::metadata(&path).on(&path)?.is_file() {
        return Err(Failure::impossible("not a file", "name files in lists, and folders alone").on(path.display()));
    }
    let name = inside(&name).ok_or_else(|| outside(&name))?;
    Ok(Document { source: Source::File(path), name })
}

/// What a line of a list names.
fn listed(line: &[u8], algorithm: Algorithm) -> Result<Step> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() || line.starts_with(b"#") {
        return Ok(Step::On);
    }
    if let Some(Entry { digest, name }) = Entry::parse(line, algorithm) {
        let name = inside(&name).ok_or_else(|| outside(&name))?;
        return Ok(Step::Document(Ok(Document { source: Source::Digest(Digest::new(algorithm, &digest)?), name })));
    }
    let path = hash::path(line.to_vec());
    let path = path.ok_or_else(|| Failure::impossible("not the name of a file", "write the list in UTF-8"))?;
    Ok(Step::Document(file(path.clone(), path)))
}

/// The next line, with its end, or `None` after the last one.
fn line(lines: &mut BufReader<Box<dyn Read>>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let count = lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    if line.len() >= usize::try_from(LONGEST_LINE).unwrap_or(usize::MAX) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not a list: its lines are too long"));
    }
    Ok((count > 0).then_some(line))
}

/// Paths are 4096 octets long at most where this limit is the largest, and names in lists may be escaped.
const LONGEST_LINE: u64 = 16 << 10;

/// The path within a folder that a name stands for; none where it would lead out of it.
fn inside(name: &Path) -> Option<PathBuf> {
    let mut within = PathBuf::new();
    for component in name.components() {
        match component {
            Component::Normal(part) => within.push(part),
            Component::CurDir | Component::RootDir => {}
            Component::ParentDir | Component::Prefix(_) => return None,
        }
    }
    let first = within.components().next()?;
    (first.as_os_str() != OsStr::new(STAGING)).then_some(within)
}

fn outside(name: &Path) -> Failure {
    Failure::impossible("its record would be outside of the folder for records", "list it by another path")
        .on(name.display())
}

/// A file that is opened when it is first read, so that never more than a few are open.
pub(super) struct Opened<'a> {
    path: &'a Path,
    file: Option<File>,
}

impl<'a> Opened<'a> {
    pub(super) fn new(path: &'a Path) -> Self {
        Self { path, file: None }
    }
}

impl Read for Opened<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.read(buffer),
            None => self.file.insert(File::open(self.path)?).read(buffer),
        }
    }
}
