//! The report as files: a page for people, XML for machines.

use std::path::{Path, PathBuf};

use clap::Args;
use seing::validation::{Language, Report};

use crate::failure::{Failure, Result};
use crate::files::{self, Access};

#[derive(Args)]
pub(crate) struct Presentation {
    #[command(flatten)]
    page: Page,
    /// Write the report as XML (ETSI TS 119 102-2).
    #[arg(long, value_name = "OUT")]
    xml: Option<PathBuf>,
}

/// The report as a page.
#[derive(Args)]
pub(crate) struct Page {
    /// Write the report as one HTML page, which needs nothing beside it and prints well.
    #[arg(long, value_name = "OUT")]
    html: Option<PathBuf>,
    /// The language of the page: fr, ar or en.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = language)]
    lang: Language,
}

pub(crate) fn language(tag: &str) -> std::result::Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "say fr, ar or en".to_owned())
}

impl Page {
    /// The language of the page.
    pub(crate) fn language(&self) -> Language {
        self.lang
    }

    /// Refuses a place that would lose what the report is made from.
    pub(crate) fn check<'a>(&self, verified: impl Iterator<Item = &'a Path>) -> Result<()> {
        check(&[&self.html], verified)
    }

    /// Writes it where it was asked for.
    pub(crate) fn write(&self, page: impl FnOnce(Language) -> String) -> Result<()> {
        match &self.html {
            Some(place) => files::write(place, page(self.lang).as_bytes(), Access::Public),
            None => Ok(()),
        }
    }
}

fn check<'a>(places: &[&Option<PathBuf>], mut verified: impl Iterator<Item = &'a Path>) -> Result<()> {
    let is_lost = |file: &&Path| places.iter().copied().flatten().any(|place| files::is_same(place, file));
    match verified.find(is_lost) {
        Some(file) => {
            let refusal = Failure::usage("the report is made from this file", "name another one for the report");
            Err(refusal.on(file.display()))
        }
        None => Ok(()),
    }
}

impl Presentation {
    /// Refuses places that would lose something: what is verified, and one report under the other.
    pub(crate) fn check<'a>(&self, verified: impl Iterator<Item = &'a Path>) -> Result<()> {
        check(&[&self.page.html, &self.xml], verified)?;
        if self.page.html.is_some() && self.page.html == self.xml {
            return Err(Failure::usage("--html and --xml name one file", "name two"));
        }
        Ok(())
    }

    /// Writes what was asked for.
    pub(crate) fn write(&self, report: &Report) -> Result<()> {
        self.page.write(|language| report.to_html(language))?;
        if let Some(place) = &self.xml {
            files::write(place, report.to_xml().as_bytes(), Access::Public)?;
        }
        Ok(())
    }
}
