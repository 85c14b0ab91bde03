//! `seing evidence verify`: the report on an evidence record.

use std::path::PathBuf;

use clap::Args;
use seing::digest::{Digest, digest_reader};
use seing::evidence::{DataObject, EvidenceRecord};
use seing::limits::{Budget, Limits};

use crate::failure::{On, Result, Status};
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
  seing evidence verify order-4711.ers --content-digest sha256:2cf24d… --trust roots/")]
pub(super) struct Options {
    /// The evidence record, in DER.
    file: PathBuf,
    #[command(flatten)]
    evidence: Evidence,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> Result<Status> {
    let (evidence, file) = (&options.evidence, options.file.as_path());
    let (anchors, policy, time) = (evidence.trust()?, evidence.policy()?, evidence.time());
    let (mut material, given, contents) = (evidence.material()?, evidence.digests()?, evidence.contents());
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
    let verification = seing::verify_evidence(&octets, &objects).material(&material).trust(&anchors);
    let report = verification.policy(policy).at(time).report().on(file)?;
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
