//! `seing policy`: the library's policies as JSON, to be read, edited and given to `--policy`.

use std::path::Path;

use clap::Args;
use seing::limits::Limits;
use seing::validation::Policy;

use crate::failure::{On, Result, Status};
use crate::files;
use crate::verify::print;

#[derive(Args)]
#[command(after_help = "\
A policy is the operator's or the library's, and not law: it says which algorithms are reliable until when, whose revocation must \
be known, and what is taken. Reports name it and the SHA-256 of its JSON.

Examples:
  seing policy strict
  seing policy > ours.json
  seing verify order.p7m --trust root.pem --policy ours.json")]
pub(crate) struct Options {
    /// default, strict or lenient.
    #[arg(default_value = "default", value_parser = named)]
    name: Policy,
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    print(&options.name.to_json()?)?;
    Ok(Status::Done)
}

/// One of the library's by its name, or that of a file.
fn read(name: &Path) -> Result<Policy> {
    match name.to_str().map(named) {
        Some(Ok(policy)) => Ok(policy),
        _ => Policy::from_json(&files::read_text(name, &Limits::default())?).on(name),
    }
}

/// The same, or the library's default where none is named.
pub(crate) fn read_or_default(name: Option<&Path>) -> Result<Policy> {
    name.map_or_else(|| Ok(Policy::default()), read)
}

fn named(name: &str) -> std::result::Result<Policy, String> {
    match name {
        "default" => Ok(Policy::default()),
        "strict" => Ok(Policy::strict()),
        "lenient" => Ok(Policy::lenient()),
        _ => Err("not one of the library's: default, strict, lenient".to_owned()),
    }
}
