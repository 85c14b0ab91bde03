//! The command `seing`: clock, files, sockets, environment and exit codes live here and nowhere else.
#![expect(clippy::disallowed_methods, reason = "the clock and the environment are read here")]

mod assess;
mod augment;
mod authorities;
mod chain;
mod evidence;
mod failure;
mod files;
mod hash;
mod identity;
mod inspect;
mod keygen;
mod online;
mod pki;
mod policy;
mod presentation;
mod progress;
mod secrets;
mod sign;
mod stored;
mod text;
mod timestamp;
mod trust;
mod tsa;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{Failure, Status};

/// Signs, time-stamps and verifies online contracts.
#[derive(Parser)]
#[command(name = "seing", version, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit status:
  0  done, or every signature is TOTAL_PASSED
  1  a signature is TOTAL_FAILED
  2  wrong usage
  3  a signature is INDETERMINATE: something is missing to decide
  4  it could not be done: unreadable, malformed, unsupported, over a limit, authority unreachable

`seing COMMAND --help` has examples.";

#[derive(Subcommand)]
enum Command {
    /// Makes a private key.
    Keygen(keygen::Options),
    /// Makes a folder with a throw-away PKI for trials.
    Pki(pki::Options),
    /// Signs documents.
    Sign(Box<sign::Options>),
    /// Raises a signed document to a higher level: time-stamps, revocation information, archive time-stamps.
    Augment(Box<augment::Options>),
    /// Verifies a signed document and says why it holds or what is wrong.
    Verify(Box<verify::Options>),
    /// Looks for a certification path and says whether it holds.
    Chain(Box<chain::Options>),
    /// Prints one of the library's validation policies.
    Policy(policy::Options),
    /// Has a document time-stamped, or verifies a time-stamp.
    Timestamp(Box<timestamp::Options>),
    /// Verifies and renews evidence records.
    Evidence(evidence::Options),
    /// Says what Moroccan law makes of a dossier, article by article.
    Assess(Box<assess::Options>),
    /// Answers requests for time-stamps.
    Tsa(tsa::Options),
    /// Says what is inside a file, and judges nothing.
    Inspect(inspect::Options),
    /// Prints the digests of files, in the lines of sha256sum.
    Hash(hash::Options),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let printed = error.print();
            let status = if error.use_stderr() { Status::Usage } else { Status::Done };
            return if printed.is_ok() { status.into() } else { Status::Impossible.into() };
        }
    };
    let done = match &cli.command {
        Command::Keygen(options) => keygen::run(options),
        Command::Pki(options) => pki::run(options),
        Command::Sign(options) => sign::run(options),
        Command::Augment(options) => augment::run(options),
        Command::Verify(options) => verify::run(options),
        Command::Chain(options) => chain::run(options),
        Command::Policy(options) => policy::run(options),
        Command::Timestamp(options) => timestamp::run(options),
        Command::Evidence(options) => evidence::run(options),
        Command::Assess(options) => assess::run(options),
        Command::Tsa(options) => tsa::run(options),
        Command::Inspect(options) => inspect::run(options),
        Command::Hash(options) => hash::run(options),
    };
    match done {
        Ok(status) => status.into(),
        Err(failure) => {
            complain(&failure);
            failure.status().into()
        }
    }
}

/// Writes one sentence to standard error. Where nobody reads it, the exit status still tells.
fn complain(failure: &Failure) {
    remark(&failure.to_string());
}

/// The same for what is worth knowing although it was done.
fn remark(sentence: &str) {
    drop(writeln!(std::io::stderr(), "seing: {}", text::printable(sentence)));
}
