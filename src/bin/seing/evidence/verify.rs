//! `seing evidence verify`: the report on an evidence record.

use std::path::{Path, PathBuf};

use clap::Args;
use seing::ades::stored::Facts;
use seing::digest::{Digest, digest_reader};
use seing::evidence::{DataObject, EvidenceRecord};
use seing::limits::{Budget, Limits};
use seing::validation::EvidenceReport;

use crate::failure::{Failure, On, Result, Status};
use crate::presentation::Page;
use crate::stored::{self, Storage};
use crate::verify::{Evidence, blame, print, status};
use crate::{files, progress};

#[derive(Args)]
#[command(after_help = "\
Without --content or --content-digest nothing says of what it is evidence, and without --trust nothing says by whom: the \
record is INDETERMINATE at best. Several documents are those of a group. Digests are of one document where each is of another \
algorithm. The exit status is 0 for PASSED, 1 for FAILED, 3 for INDETERMINATE.

Examples:
  seing evidence verify order-4711.ers --content order-4711.pdf --trust root.pem
  seing evidence verify order-4711.ers --content order.pdf --content annex.pdf --trust roots/ --json
  seing evidence verify order-4711.ers --content order.pdf --trust roots/ --html report.html --lang ar
  seing evidence verify order-4711.ers --content-digest sha256:2cf24d… --trust roots/")]
pub(super) struct Options {
    /// The evidence record, in DER.
    #[arg(required_unless_present = "from_facts")]
    file: Option<PathBuf>,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    storage: Storage,
    /// Print the report as JSON (seing-evidence-report/1).
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    page: Page,
}

pub(super) fn run(options: &Options) -> Result<Status> {
    let evidence = &options.evidence;
    let (anchors, policy, time) = (evidence.trust()?, evidence.policy()?, evidence.time());
    let judge =
        |facts: &Facts| seing::verify_facts(facts).trust(&anchors).policy(policy.clone()).at(time).evidence_report();
    if let Some((facts, path)) = options.storage.read()? {
        options.page.check(std::iter::once(path))?;
        return show(&judge(&facts).on(path)?, options, path);
    }
    let file = options.file.as_deref().ok_or_else(|| Failure::usage("no evidence record to verify", "name a file"))?;
    let (mut material, given, contents) = (evidence.material()?, evidence.digests()?, evidence.contents());
    let read: Vec<Option<&Path>> = [file].into_iter().chain(contents.iter().map(PathBuf::as_path)).map(Some).collect();
    let place = options.storage.place(&read)?;
    options.page.check(read.into_iter().flatten())?;
    let octets = files::read(file, &Limits::default())?;
    let record = EvidenceRecord::parse(&octets, &mut Budget::new(&Limits::default())).on(file)?;
    for stamp in record.time_stamps() {
        material = evidence.revocation.online.for_time_stamp(stamp.token().octets(), material, &anchors).on(file)?;
    }
    let algorithms = record.document_algorithms();
    let mut documents = by_document(&given);
    for content in &contents {
        let stream = progress::bar(content).wrap_read(files::open(content)?);
        documents.push(digest_reader(stream, &algorithms, |_| ()).map_err(|error| blame(error, file, Some(content)))?);
    }
    let objects: Vec<DataObject<'_>> = documents.iter().map(|digests| DataObject::digests(digests)).collect();
    let verification = seing::verify_evidence(&octets, &objects).material(&material);
    let report = match place {
        Some(place) => {
            let facts = verification.facts().on(file)?;
            stored::write(&facts, place)?;
            judge(&facts)
        }
        None => verification.trust(&anchors).policy(policy.clone()).at(time).report(),
    };
    show(&report.on(file)?, options, file)
}

fn show(report: &EvidenceReport, options: &Options, file: &Path) -> Result<Status> {
    options.page.write(|language| report.to_html(language))?;
    let text = if options.json { report.to_json().on(file)? } else { report.to_string() };
    print(&text)?;
    Ok(status(report.indication))
}

/// Each digest is of the first document that has none of its algorithm yet.
fn by_document(given: &[Digest]) -> Vec<Vec<Digest>> {
    let mut documents: Vec<Vec<Digest>> = Vec::new();
    for digest in given {
        let lacks = |digests: &&mut Vec<Digest>| digests.iter().all(|other| other.algorithm() != digest.algorithm());
        match documents.iter_mut().find(lacks) {
            Some(digests) => digests.push(*digest),
            None => documents.push(vec![*digest]),
        }
    }
    documents
}
