//! The records of an archive, and the documents that they are of.

use std::fs;
use std::path::{Path, PathBuf};

use seing::digest::{Algorithm, Digest, digest_reader};
use seing::evidence::DataObject;

use crate::failure::{Failure, On, Result};
use crate::files;

/// A record and the documents that it is of, where they are at hand.
pub(super) struct Entry {
    pub(super) file: PathBuf,
    pub(super) documents: Vec<PathBuf>,
    /// Whether they are the files of a folder, which share the record.
    pub(super) is_group: bool,
}

/// The digests of documents, several of each.
pub(super) struct Digests(Vec<Vec<Digest>>);

/// The records in these files and folders, in the order of their names.
pub(super) fn entries(archive: &[PathBuf], documents: Option<&Path>) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for path in archive {
        if path.is_dir() {
            let mut files = Vec::new();
            collect(path, &mut files)?;
            if files.is_empty() {
                let remedy = format!("name files, or a folder of files ending in .{}", ENDINGS.join(" or ."));
                return Err(Failure::impossible("no evidence record in this folder", remedy).on(path.display()));
            }
            files.sort();
            for file in files {
                let inside = file.strip_prefix(path).unwrap_or(&file);
                entries.push(entry(file.clone(), inside, documents)?);
            }
        } else {
            let name = path.file_name().map(Path::new).unwrap_or(path);
            entries.push(entry(path.clone(), name, documents)?);
        }
    }
    Ok(entries)
}

/// Folders within are entered, links to folders are not.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).on(folder)? {
        let entry = entry.on(folder)?;
        let path = entry.path();
        if entry.file_type().on(&path)?.is_dir() {
            collect(&path, files)?;
        } else if is_record(&path) && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn is_record(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
}

/// A record with the document that is called as it is without the ending, or with the files of the folder that is called so: a
/// group. What else is in that folder cannot be read, and is said so: a group is renewed whole.
fn entry(file: PathBuf, name: &Path, documents: Option<&Path>) -> Result<Entry> {
    let Some(documents) = documents else { return Ok(Entry { file, documents: Vec::new(), is_group: false }) };
    let place = documents.join(if is_record(name) { name.with_extension("") } else { name.to_owned() });
    if place.is_dir() {
        let mut group = Vec::new();
        for entry in fs::read_dir(&place).on(&place)? {
            group.push(entry.on(&place)?.path());
        }
        group.sort();
        return Ok(Entry { file, documents: group, is_group: true });
    }
    Ok(Entry { file, documents: if place.is_file() { vec![place] } else { Vec::new() }, is_group: false })
}

impl Entry {
    /// Every document is read once, however many algorithms there are.
    pub(super) fn digests(&self, algorithms: &[Algorithm]) -> Result<Digests> {
        let digest = |path: &PathBuf| digest_reader(files::open(path)?, algorithms, |_| ()).on(path);
        self.documents.iter().map(digest).collect::<Result<_>>().map(Digests)
    }
}

impl Digests {
    pub(super) fn objects(&self) -> Vec<DataObject<'_>> {
        self.0.iter().map(|digests| DataObject::digests(digests)).collect()
    }

    /// One of each document.
    pub(super) fn of(&self, algorithm: Algorithm) -> Vec<Digest> {
        let by = |digests: &Vec<Digest>| digests.iter().find(|digest| digest.algorithm() == algorithm).copied();
        self.0.iter().filter_map(by).collect()
    }
}

const ENDINGS: [&str; 2] = ["er", "ers"];
