//! `seing timestamp`: a token over a document, and the report on one.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use seing::ades::stored::Facts;
use seing::digest::{Algorithm, digest_reader};
use seing::limits::Limits;
use seing::oid::Oid;
use seing::validation::TimestampReport;

use crate::authorities::TsaOptions;
use crate::failure::{Failure, On, Result, Status};
use crate::files::{self, Access};
use crate::stored::{self, Storage};
use crate::verify::{Evidence, blame, print, status};
use crate::{hash, progress, tsa};

#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
The authority sees the digest of the document, not the document. Its token is written only when everything in it holds.

Examples:
  seing timestamp contract.pdf --tsa http://tsa.example/ -o contract.tst
  seing timestamp contract.pdf --tsa http://one.example/ --tsa http://two.example/ --tsa-trust roots/
  seing timestamp verify contract.tst --content contract.pdf --trust roots/
  openssl ts -verify -token_in -in contract.tst -data contract.pdf -CAfile root.pem"
)]
pub(crate) struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    /// The document; `-` is standard input.
    #[arg(required = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    tsa: TsaOptions,
    /// The hash function: sha256, sha384, sha512, sha3-256, sha3-384, sha3-512.
    #[arg(long, value_name = "ALG", default_value = "sha256", value_parser = hash::algorithm)]
    digest_alg: Algorithm,
    /// The policy under which the token is to be issued.
    #[arg(long, value_name = "OID", value_parser = tsa::policy)]
    policy: Option<Oid>,
    /// Where to write the token; FILE.tst where it is not given.
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Verifies a time-stamp and says why it holds or what is wrong.
    Verify(Box<VerifyOptions>),
}

#[derive(Args)]
#[command(after_help = "\
Without --content or --content-digest nothing says what was stamped, and without --trust nothing says by whom: the time-stamp \
is INDETERMINATE at best. The exit status is 0 for PASSED, 1 for FAILED, 3 for INDETERMINATE.

Examples:
  seing timestamp verify contract.tst --content contract.pdf --trust root.pem
  seing timestamp verify contract.tsr --content-digest sha256:2cf24d… --trust roots/ --json")]
struct VerifyOptions {
    /// The token, or the response that brought it, in DER or PEM.
    #[arg(required_unless_present = "from_facts")]
    file: Option<PathBuf>,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    storage: Storage,
    /// Print the report as JSON, as in the list `timestamps` of seing-report/1.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    match (&options.command, &options.file) {
        (Some(Command::Verify(options)), _) => verify(options),
        (None, Some(file)) => stamp(options, file),
        (None, None) => Err(Failure::usage("no document to stamp", "name a file")),
    }
}

fn stamp(options: &Options, file: &Path) -> Result<Status> {
    if !options.tsa.is_given() {
        return Err(Failure::usage("no time-stamp authority", "name one with --tsa"));
    }
    let output = match &options.out {
        Some(output) => output.clone(),
        None if file.as_os_str() == "-" => {
            return Err(Failure::usage("where to write is not said", "name a file with --out"));
        }
        None => {
            let mut name = file.as_os_str().to_owned();
            name.push(".tst");
            PathBuf::from(name)
        }
    };
    if files::is_same(file, &output) {
        let what = "it is read, and will not be written over";
        return Err(Failure::usage(what, "name another file with --out").on(output.display()));
    }
    let access = if options.out.is_some() { Access::Public } else { Access::PublicNew };
    files::free(&output, access)?;
    let authorities = options.tsa.open(options.policy)?;
    let bar = progress::bar(file);
    let digests = digest_reader(files::open(file)?, &[options.digest_alg], |read| bar.set_position(read)).on(file)?;
    bar.finish_and_clear();
    let digest = digests.first().ok_or_else(|| Failure::usage("no hash function", "name one with --digest-alg"))?;
    let token = authorities.stamp(digest).on(file)?;
    files::write(&output, token.octets(), access)?;
    Ok(Status::Done)
}

fn verify(options: &VerifyOptions) -> Result<Status> {
    let evidence = &options.evidence;
    let (anchors, policy, time) = (evidence.trust()?, evidence.policy()?, evidence.time());
    let judge =
        |facts: &Facts| seing::verify_facts(facts).trust(&anchors).policy(policy.clone()).at(time).time_stamp_report();
    if let Some((facts, path)) = options.storage.read()? {
        return show(&judge(&facts).on(path)?, options.json, path);
    }
    let file = options.file.as_deref().ok_or_else(|| Failure::usage("no time-stamp to verify", "name a file"))?;
    let (material, digests, content) = (evidence.material()?, evidence.digests()?, evidence.content()?);
    let place = options.storage.place(&[Some(file), content.as_deref()])?;
    let token = files::read(file, &Limits::default())?;
    let material = evidence.revocation.online.for_time_stamp(&token, material, &anchors).on(file)?;
    let mut verification = seing::verify_time_stamp(&token).material(&material);
    if !digests.is_empty() {
        verification = verification.content_digests(&digests);
    }
    if let Some(content) = &content {
        let stream = progress::bar(content).wrap_read(files::open(content)?);
        verification = verification.content_stream(stream);
    }
    let blame = |error| blame(error, file, content.as_deref());
    let report = if let Some(place) = place {
        let facts = verification.facts().map_err(blame)?;
        stored::write(&facts, place)?;
        judge(&facts)
    } else {
        verification.trust(&anchors).policy(policy.clone()).at(time).report()
    };
    show(&report.map_err(blame)?, options.json, file)
}

fn show(report: &TimestampReport, as_json: bool, file: &Path) -> Result<Status> {
    let text = if as_json { report.to_json().on(file)? } else { report.to_string() };
    print(&text)?;
    Ok(status(report.indication))
}
