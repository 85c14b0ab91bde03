//! The report as files: a page for people, XML for machines.

use std::path::{Path, PathBuf};

use clap::Args;
use seing::validation::{Language, Report};

use crate::failure::{Failure, Result};
use crate::files::{self, Access};

#[derive(Args)]
pub(crate) struct Presentation {
    /// Write the report as one HTML page, which needs nothing beside it and prints well.
    #[arg(long, value_name = "OUT")]
    html: Option<PathBuf>,
    /// The language of the page: fr, ar or en.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    lang: Language,
    /// Write the report as XML (ETSI TS 119 102-2).
    #[arg(long, value_name = "OUT")]
    xml: Option<PathBuf>,
}

pub(crate) fn language(tag: &str) -> std::result::Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "say fr, ar or en".to_owned())
}

impl Presentation {
    /// Refuses places that would lose something: what is verified, and one report under the other.
    pub(crate) fn check<'a>(&self, verified: impl Iterator<Item = &'a Path>) -> Result<()> {
        for file in verified {
            let mut places = [&self.html, &self.xml].into_iter().flatten();
            if places.any(|place| files::is_same(place, file)) {
                let refusal = Failure::usage("this is what is verified", "name another file for the report");
                return Err(refusal.on(file.display()));
            }
        }
        if self.html.is_some() && self.html == self.xml {
            return Err(Failure::usage("--html and --xml name one file", "name two"));
        }
        Ok(())
    }

    /// Writes what was asked for.
    pub(crate) fn write(&self, report: &Report) -> Result<()> {
        if let Some(place) = &self.html {
            files::write(place, report.to_html(self.lang).as_bytes(), Access::Public)?;
        }
        if let Some(place) = &self.xml {
            files::write(place, report.to_xml().as_bytes(), Access::Public)?;
        }
        Ok(())
    }
}
