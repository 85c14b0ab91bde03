//! `seing verify`: the report on a signed document.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use seing::ades::Material;
use seing::ades::stored::Facts;
use seing::digest::Digest;
use seing::error::{Error, ErrorKind};
use seing::limits::Limits;
use seing::time::Time;
use seing::validation::{Indication, Policy, Report};

use crate::failure::{Failure, On, Result, Status};
use crate::online::Revocation;
use crate::presentation::Presentation;
use crate::stored::{self, Storage};
use crate::{files, policy, progress, trust};

#[derive(Args)]
#[command(after_help = "\
Without --trust the mathematics is checked, and the signatures are INDETERMINATE at best: nothing says whose they are. \
Revocation is known from what the document carries and from --crl and --ocsp, or fetched with --online; the report says what \
is missing.

Examples:
  seing verify order.pdf.p7s --content order.pdf --trust root.pem
  seing verify order.p7m --trust anchors/ --signers 2 --json
  seing verify order.p7m --trust anchors/ --online
  seing verify order.p7m --trust root.pem --at 2027-01-31T12:00:00Z
  seing verify order.p7m --trust root.pem --html report.html --lang fr --xml report.xml
  seing verify order.p7m --trust root.pem --facts order.json
  seing verify --from-facts order.json --trust root.pem --policy strict --at 2041-01-31T12:00:00Z")]
pub(crate) struct Options {
    /// The signed document, or the signature apart from its document: CMS in DER, BER or PEM.
    #[arg(required_unless_present = "from_facts")]
    file: Option<PathBuf>,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    storage: Storage,
    /// How many signatures there must be: nothing in a document shows that one was taken away.
    #[arg(long, value_name = "N", default_value_t = 1)]
    signers: usize,
    /// The document of a signature policy to which a signer refers.
    #[arg(long, value_name = "FILE")]
    signature_policy: Vec<PathBuf>,
    /// Say too until when it goes on passing on the present evidence, and what must be renewed first.
    #[arg(long)]
    until_when: bool,
    /// Print the report as JSON (seing-report/1).
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    presentation: Presentation,
}

/// What a verification is given beside the signature; the same for signed documents and time-stamps.
#[derive(Args)]
pub(crate) struct Evidence {
    /// The content that was signed, where it is apart from the signature.
    #[arg(long, value_name = "[NAME=]FILE", conflicts_with = "content_digest")]
    content: Vec<String>,
    /// The digest of the content, where the content itself is elsewhere; once per algorithm.
    #[arg(long, value_name = "[NAME=]ALG:HEX")]
    content_digest: Vec<String>,
    /// Trust anchors: PEM or DER files with one or more certificates, or folders of them.
    #[arg(long, value_name = "FILE|DIR")]
    trust: Vec<PathBuf>,
    /// Certificates that may be missing: the signer's, or intermediate ones.
    #[arg(long, value_name = "FILE|DIR")]
    cert: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) revocation: Revocation,
    /// The time as of which to validate; now where it is not given.
    #[arg(long, value_name = "RFC3339", value_parser = time)]
    at: Option<Time>,
    /// The policy to validate by: default, strict, lenient, or a JSON file like those that `seing policy` prints.
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<PathBuf>,
}

pub(crate) fn time(text: &str) -> std::result::Result<Time, String> {
    Time::parse_rfc3339(text).map_err(|error| error.to_string())
}

impl Evidence {
    pub(crate) fn time(&self) -> Time {
        self.at.unwrap_or_else(|| SystemTime::now().into())
    }

    pub(crate) fn policy(&self) -> Result<Policy> {
        policy::read_or_default(self.policy.as_deref())
    }

    /// The files that hold the contents. A name before `=` is for containers of several files.
    pub(crate) fn contents(&self) -> Vec<PathBuf> {
        let path = |given: &String| {
            let named = given.split_once('=').map(|(_, path)| path).filter(|_| !Path::new(given).exists());
            PathBuf::from(named.unwrap_or(given))
        };
        self.content.iter().map(path).collect()
    }

    /// The one file that holds the content, if there is one.
    pub(crate) fn content(&self) -> Result<Option<PathBuf>> {
        match self.contents().as_mut_slice() {
            [] => Ok(None),
            [one] => Ok(Some(std::mem::take(one))),
            _ => Err(Failure::usage("a CMS signature is over one content", "give --content once")),
        }
    }

    pub(crate) fn digests(&self) -> Result<Vec<Digest>> {
        digests(&self.content_digest)
    }

    pub(crate) fn trust(&self) -> Result<seing::pki::TrustAnchors> {
        trust::anchors(&self.trust)
    }

    /// What may be missing in the document.
    pub(crate) fn material(&self) -> Result<Material> {
        let mut material = self.revocation.read()?;
        material.certificates = trust::certificates(&self.cert)?;
        Ok(material)
    }
}

/// Digests as they are given, with or without the name of what they are of.
pub(crate) fn digests(texts: &[String]) -> Result<Vec<Digest>> {
    let read = |text: &String| {
        let digest = text.rsplit_once('=').map_or(text.as_str(), |(_, digest)| digest);
        Digest::parse(digest).map_err(|error| Failure::usage(error.to_string(), "write it as sha256:HEX"))
    };
    texts.iter().map(read).collect()
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    let evidence = &options.evidence;
    let (anchors, policy, time) = (evidence.trust()?, evidence.policy()?, evidence.time());
    let documents = options.signature_policy.iter().map(|path| files::read(path, &Limits::default()));
    let documents = documents.collect::<Result<Vec<_>>>()?;
    let judge = |facts: &Facts| {
        let judging =
            seing::verify_facts(facts).trust(&anchors).policy(policy.clone()).at(time).signers(options.signers);
        let judging = documents.iter().fold(judging, |judging, document| judging.signature_policy(document));
        if options.until_when { judging.until_when().report() } else { judging.report() }
    };
    if let Some((facts, path)) = options.storage.read()? {
        options.presentation.check(std::iter::once(path))?;
        return show(&judge(&facts).on(path)?, options, path);
    }
    let file = options.file.as_deref().ok_or_else(|| Failure::usage("no document to verify", "name a file"))?;
    let (material, digests, content) = (evidence.material()?, evidence.digests()?, evidence.content()?);
    let place = options.storage.place(&[Some(file), content.as_deref()])?;
    let signed = files::read(file, &Limits::default())?;
    let material = evidence.revocation.online.for_document(&signed, material, &anchors).on(file)?;
    let mut verification = seing::verify(&signed).material(&material);
    if !digests.is_empty() {
        verification = verification.content_digests(&digests);
    }
    options.presentation.check([file].into_iter().chain(content.as_deref()))?;
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
        let judging = verification.trust(&anchors).policy(policy.clone()).at(time).signers(options.signers);
        let judging = documents.iter().fold(judging, |judging, document| judging.signature_policy(document));
        if options.until_when { judging.until_when().report() } else { judging.report() }
    };
    show(&report.map_err(blame)?, options, file)
}

fn show(report: &Report, options: &Options, file: &Path) -> Result<Status> {
    options.presentation.write(report)?;
    let text = if options.json { report.to_json().on(file)? } else { report.to_string() };
    print(&text)?;
    Ok(status(report.indication()))
}

/// Names the file that an error is about. Of the two only the content is a stream, so that what cannot be read is the content.
pub(crate) fn blame(error: Error, file: &Path, content: Option<&Path>) -> Failure {
    let content = content.filter(|_| error.kind() == ErrorKind::Io);
    Failure::from(error).on(content.unwrap_or(file).display())
}

/// Writes a report to standard output, with one newline at its end.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    let written = writeln!(stdout, "{}", text.trim_end()).and_then(|()| stdout.flush());
    written.map_err(|error| Failure::from(error).on("standard output"))
}

pub(crate) fn status(indication: Indication) -> Status {
    match indication {
        Indication::Passed => Status::Done,
        Indication::Indeterminate(_) => Status::Indeterminate,
        Indication::Failed(_) => Status::Failed,
    }
}
