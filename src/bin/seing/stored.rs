//! Facts in files: what was found is kept apart from what is concluded.

use std::path::{Path, PathBuf};

use clap::Args;
use seing::ades::stored::Facts;
use seing::limits::Limits;

use crate::failure::{Failure, On, Result};
use crate::files::{self, Access};

#[derive(Args)]
pub(crate) struct Storage {
    /// Also write what was found and not yet judged, as JSON (seing-facts/1).
    #[arg(long, value_name = "OUT")]
    facts: Option<PathBuf>,
    /// Judge what --facts wrote, in place of the document. Nothing protects that file: keep it where nobody can change it.
    #[arg(
        long,
        value_name = "FACTS",
        conflicts_with_all = ["file", "facts", "content", "content_digest", "cert", "crl", "ocsp", "online"]
    )]
    from_facts: Option<PathBuf>,
}

impl Storage {
    /// The facts to judge, and the file that they come from.
    pub(crate) fn read(&self) -> Result<Option<(Facts, &Path)>> {
        let Some(path) = &self.from_facts else { return Ok(None) };
        let limits = Limits::default();
        let facts = Facts::from_json(&files::read_text(path, &limits)?, &limits).on(path)?;
        Ok(Some((facts, path)))
    }

    /// Where facts are to be written, if they are, which is none of the files that are read.
    pub(crate) fn place(&self, read: &[Option<&Path>]) -> Result<Option<&Path>> {
        let Some(place) = &self.facts else { return Ok(None) };
        if read.iter().flatten().any(|path| files::is_same(path, place)) {
            let what = "it is read, and will not be written over";
            return Err(Failure::usage(what, "name another file with --facts").on(place.display()));
        }
        Ok(Some(place))
    }
}

pub(crate) fn write(facts: &Facts, place: &Path) -> Result<()> {
    let mut json = facts.to_json()?;
    json.push('\n');
    files::write(place, json.as_bytes(), Access::Public)
}
