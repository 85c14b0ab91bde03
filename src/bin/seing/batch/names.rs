//! The names of the documents in a batch, on disk: there may be millions of them, and they are needed once.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, On, Result};
use crate::hash;

/// Names in the order of their documents.
pub(super) struct Names {
    spool: BufWriter<File>,
    /// A short hash of each, by which names that are there twice are found.
    marks: Vec<u64>,
}

impl Names {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { spool: BufWriter::new(tempfile::tempfile().on(Path::new(SPOOL))?), marks: Vec::new() })
    }

    pub(super) fn push(&mut self, name: &Path) -> Result<()> {
        let octets = name.as_os_str().as_encoded_bytes();
        let length = u32::try_from(octets.len()).map_err(io::Error::other).on(name)?;
        let spool = Path::new(SPOOL);
        self.spool.write_all(&length.to_le_bytes()).and_then(|()| self.spool.write_all(octets)).on(spool)?;
        self.marks.push(mark(octets));
        Ok(())
    }

    /// Refuses names that are there twice: one record would take the place of the other.
    pub(super) fn check_unique(&mut self) -> Result<()> {
        self.marks.sort_unstable();
        let pairs = self.marks.windows(2).filter_map(|pair| match pair {
            [one, other] if one == other => Some(*one),
            _ => None,
        });
        let twice: HashSet<u64> = pairs.collect();
        self.marks = Vec::new();
        if twice.is_empty() {
            return Ok(());
        }
        let mut met = HashSet::new();
        let mut names = self.read()?;
        while let Some(name) = names.next()? {
            if twice.contains(&mark(name.as_os_str().as_encoded_bytes())) && !met.insert(name.clone()) {
                let what = "two records would be written for that name";
                return Err(
                    Failure::usage(what, "list it once, or name a folder in place of its files").on(name.display())
                );
            }
        }
        Ok(())
    }

    /// The names from the first one on.
    pub(super) fn read(&mut self) -> Result<Spooled<'_>> {
        let spool = Path::new(SPOOL);
        self.spool.flush().on(spool)?;
        let file = self.spool.get_mut();
        file.rewind().on(spool)?;
        Ok(Spooled(BufReader::new(file)))
    }
}

pub(super) struct Spooled<'n>(BufReader<&'n mut File>);

impl Spooled<'_> {
    pub(super) fn next(&mut self) -> Result<Option<PathBuf>> {
        self.next_name().on(Path::new(SPOOL))
    }

    fn next_name(&mut self) -> io::Result<Option<PathBuf>> {
        let mut length = [0; 4];
        match self.0.read_exact(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            done => done?,
        }
        let mut octets = Vec::new();
        let length = u64::from(u32::from_le_bytes(length));
        self.0.by_ref().take(length).read_to_end(&mut octets)?;
        hash::path(octets).map(Some).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
    }
}

fn mark(octets: &[u8]) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(octets)
}

/// What is said where the temporary file cannot be used.
const SPOOL: &str = "the temporary file of names";
