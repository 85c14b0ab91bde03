//! `seing evidence`: evidence records (RFC 4998), verified and renewed.

mod archive;
mod renew;
mod verify;

use clap::{Args, Subcommand};

use crate::failure::{Result, Status};

#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Verifies an evidence record (RFC 4998) and says why it holds or what is wrong.
    Verify(Box<verify::Options>),
    /// Renews the evidence records of an archive before what they rest on ends.
    Renew(Box<renew::Options>),
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    match &options.command {
        Command::Verify(options) => verify::run(options),
        Command::Renew(options) => renew::run(options),
    }
}
