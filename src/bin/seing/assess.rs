//! `seing assess`: what Moroccan law says of a dossier.

use std::path::PathBuf;
use std::time::SystemTime;

use clap::Args;
use seing::ades::Material;
use seing::contract::Dossier;
use seing::digest::Digest;
use seing::error::{Error, ErrorKind};
use seing::legal::{Answer, Assessment, Attestations, Circumstances, Matter, TrustList, assess};
use seing::limits::{Budget, Limits};
use seing::time::Time;
use seing::validation::{Context, Indication};

use crate::failure::{Failure, On, Result, Status, reason};
use crate::presentation::Page;
use crate::text::printable;
use crate::verify::{print, time};
use crate::{files, policy, trust};

#[derive(Args)]
#[command(after_help = "\
The dossier is a sealed ASiC-E container with the journal of a ceremony. Each link, digest, signature, seal and time-stamp in it is \
verified, and the rules of laws 53-05, 43-20, 31-08 and 09-08 and of the Code of Obligations and Contracts are read over what it \
shows. What only persons know is attested: a list of {\"statement\", \"holds\", \"by\", \"at\", \"reference\"}. An attestation is \
heard, named, and never counted as shown. It is no legal advice and no validation by a provider of trust services. With --lang \
the text is in that language too.

A trust list is used when its curator signed it (CAdES, detached, in LIST.p7s) and --trust-list-signer names the curator's \
certificate; one that nobody signed, when --trust-list-signer names its digest as sha256:HEX.

Exit status:
  0  the dossier holds, and nothing in it is irregular; its signatures and seals pass; the offer, the conclusion and the acceptance are as the law wants them
  1  something in the dossier was changed, a signature or seal is TOTAL_FAILED, or the law is not satisfied: no offer, not \
validly concluded, no express acceptance, or a rule that stops the ceremony
  2  wrong usage
  3  something is missing to decide that, or something in the dossier is irregular
  4  it could not be done: unreadable, malformed, unsupported, over a limit

Examples:
  seing assess order.asice --trust root.pem
  seing assess order.asice --trust anchors/ --crl lists/ --attest words.json --at 2041-01-31T12:00:00Z
  seing assess order.asice --trust root.pem --trust-list list.json --trust-list-signer curator.pem --json
  seing assess order.asice --trust root.pem --circumstances shop.json --json > assessment.json")]
pub(crate) struct Options {
    /// The dossier.
    dossier: PathBuf,
    /// What persons attest: JSON.
    #[arg(long, value_name = "FILE")]
    attest: Vec<PathBuf>,
    /// What only whoever asks can state, as the kind of act and the operator's position: JSON (seing-circumstances/1).
    #[arg(long, value_name = "FILE")]
    circumstances: Option<PathBuf>,
    /// The snapshot of the national list of providers: JSON (seing-trust-list/1).
    #[arg(long, value_name = "FILE", requires = "trust_list_signer")]
    trust_list: Option<PathBuf>,
    /// The certificate of whoever curates the list, or the digest of a list that nobody signed.
    #[arg(long, value_name = "CERT|sha256:HEX", requires = "trust_list")]
    trust_list_signer: Option<String>,
    /// Trust anchors: PEM or DER files with one or more certificates, or folders of them.
    #[arg(long, value_name = "FILE|DIR")]
    trust: Vec<PathBuf>,
    /// Certificates over which paths may lead.
    #[arg(long, value_name = "FILE|DIR")]
    cert: Vec<PathBuf>,
    /// The certificate of whoever sealed the dossier, where that is not the merchant of the order.
    #[arg(long, value_name = "CERT")]
    keeper: Vec<PathBuf>,
    /// Revocation lists: PEM or DER files, or folders of them.
    #[arg(long, value_name = "FILE|DIR")]
    crl: Vec<PathBuf>,
    /// OCSP responses, likewise.
    #[arg(long, value_name = "FILE|DIR")]
    ocsp: Vec<PathBuf>,
    /// The policy to validate by: default, strict, lenient, or a JSON file like those that `seing policy` prints.
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<PathBuf>,
    /// The time as of which to assess; now where it is not given.
    #[arg(long, value_name = "RFC3339", value_parser = time)]
    at: Option<Time>,
    /// Print the assessment as JSON (seing-assessment/1).
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    page: Page,
}

/// The columns of the text where the terminal does not say how many it has.
const COLUMNS: usize = 100;

fn columns() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    told.map_or(COLUMNS, |columns: usize| columns.min(MOST_COLUMNS))
}

/// Longer lines are not read.
const MOST_COLUMNS: usize = 160;

pub(crate) fn run(options: &Options) -> Result<Status> {
    let path = &options.dossier;
    let made_from = [path].into_iter().chain(&options.attest).chain(&options.circumstances).chain(&options.trust_list);
    options.page.check(made_from.map(PathBuf::as_path))?;
    let time = options.at.unwrap_or_else(|| SystemTime::now().into());
    let (anchors, policy) = (trust::anchors(&options.trust)?, policy::read_or_default(options.policy.as_deref())?);
    let mut material: Material = trust::material(&options.crl, &options.ocsp)?;
    material.certificates = trust::certificates(&options.cert)?;
    let (attestations, circumstances) = (options.attestations()?, options.circumstances()?);
    let trust_list = options.trust_list(time)?;

    let limits = Limits::default();
    let dossier = Dossier::parse(&files::read(path, &limits)?, &limits).on(path)?;
    let context = Context::new(&anchors, &policy, time).material(&material);
    let mut examination = dossier.examine(&mut Budget::new(&limits)).on(path)?;
    for keeper in trust::certificates(&options.keeper)? {
        examination = examination.kept_by(&keeper);
    }
    let shown = Matter::of_dossier(&examination, &context, &mut Budget::new(&limits)).on(path)?;
    let mut matter = match shown.require_intact() {
        Ok(matter) => matter,
        Err(tampered) => return refuse(options, &tampered.faults),
    };
    attestations.into_iter().for_each(|words| matter.hear(words));
    if let Some(circumstances) = circumstances {
        circumstances.fill(&mut matter);
    }
    matter.trust_list = trust_list;
    let assessment = assess(&matter);
    options.page.write(|language| assessment.to_html(language))?;
    let text = || assessment.to_text(options.page.language(), columns());
    let text = if options.json { assessment.to_json().on(path)? } else { text() };
    print(&text)?;
    Ok(status(&matter, &assessment))
}

impl Options {
    fn attestations(&self) -> Result<Vec<Attestations>> {
        let read = |path: &PathBuf| Attestations::from_json(&files::read_text(path, &Limits::default())?).on(path);
        self.attest.iter().map(read).collect()
    }

    fn circumstances(&self) -> Result<Option<Circumstances>> {
        let read = |path: &PathBuf| Circumstances::from_json(&files::read_text(path, &Limits::default())?).on(path);
        self.circumstances.as_ref().map(read).transpose()
    }

    fn trust_list(&self, time: Time) -> Result<Option<TrustList>> {
        let (Some(path), Some(signer)) = (&self.trust_list, &self.trust_list_signer) else { return Ok(None) };
        let limits = Limits::default();
        let json = files::read_text(path, &limits)?;
        let not_accepted = |error: Error| match error.kind() {
            ErrorKind::Rejected => {
                let remedy = "compare it with the authority's, and name its digest or its curator's certificate";
                Failure::impossible(reason(&error), remedy).on(path.display())
            }
            _ => Failure::from(error).on(path.display()),
        };
        if signer.starts_with("sha256:") {
            let digest = Digest::parse(signer)
                .map_err(|error| Failure::usage(error.to_string(), "write the digest as sha256:HEX"))?;
            return TrustList::pinned(&json, &digest).map(Some).map_err(not_accepted);
        }
        let certificates = trust::certificates(&[PathBuf::from(signer)])?;
        let [curator] = certificates.as_slice() else {
            let what = "the curator of a trust list has one certificate, and this file has several";
            return Err(Failure::usage(what, "name a file with that one alone").on(signer));
        };
        let beside = {
            let mut name = path.as_os_str().to_owned();
            name.push(".p7s");
            PathBuf::from(name)
        };
        if !beside.exists() {
            let what = "nobody signed this trust list: there is no signature of it";
            let remedy =
                "have its curator sign it (seing sign), or name its digest with --trust-list-signer sha256:HEX";
            return Err(Failure::impossible(what, remedy).on(beside.display()));
        }
        let signature = files::read(&beside, &limits)?;
        TrustList::signed(&json, &signature, curator, time, &mut Budget::new(&limits)).map(Some).map_err(not_accepted)
    }
}

/// A dossier that was changed is not assessed: what is wrong with it is said instead.
fn refuse(options: &Options, faults: &[String]) -> Result<Status> {
    if options.json {
        print(&serde_json::json!({ "schema": "seing-assessment/1", "faults": faults }).to_string())?;
        return Ok(Status::Failed);
    }
    let mut text = format!("{}: the dossier does not hold, and is not assessed", options.dossier.display());
    for fault in faults {
        text.push_str("\n  ");
        text.push_str(&printable(fault));
    }
    print(&text)?;
    Ok(Status::Failed)
}

/// The worst of what the dossier, its signatures and the formation of the contract come to.
fn status(matter: &Matter, assessment: &Assessment) -> Status {
    let formation = &assessment.formation;
    let answers = [&formation.offer, &formation.validly_concluded, &formation.express_acceptance];
    let failed = |indication: Indication| matches!(indication, Indication::Failed(_));
    let others = || matter.dossier.iter().flat_map(|dossier| dossier.other_signatures.iter().copied());
    let signed = || matter.signed.iter().map(|signed| signed.indication).chain(others());
    let broken = answers.iter().any(|answer| matches!(answer, Answer::NotSatisfied { .. }));
    if broken || !assessment.stops.is_empty() || signed().any(failed) {
        return Status::Failed;
    }
    let open = answers.iter().any(|answer| matches!(answer, Answer::Unknown { .. }));
    let irregular = matter.dossier.as_ref().is_some_and(|dossier| !dossier.irregularities.is_empty());
    if open || irregular || signed().any(|indication| indication != Indication::Passed) || signed().next().is_none() {
        return Status::Indeterminate;
    }
    Status::Done
}
