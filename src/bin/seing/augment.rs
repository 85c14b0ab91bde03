//! `seing augment`: a signed document of a higher level, by whomever it was signed.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use seing::ades::cades::digest_algorithms;
use seing::ades::{Level, Material};
use seing::digest::{Algorithm, Digest, digest_reader};
use seing::limits::Limits;
use seing::pki::TrustAnchors;
use seing::validation::Policy;

use crate::authorities::{Authorities, TsaOptions};
use crate::failure::{Failure, On, Result, Status};
use crate::files::{self, Access};
use crate::online::Revocation;
use crate::{policy, progress, trust, verify};

#[derive(Args)]
#[command(after_help = "\
Level t adds a time-stamp to each signature that has none; lt embeds what proves that no certificate was revoked; lta adds an \
archive time-stamp over all of it, one more each time. Nothing that was signed is touched.

From lt on, each certificate that names a source of revocation information must have a fresh statement in --crl or --ocsp, in the \
document, or at the address that it names (--online); otherwise nothing is written. --trust says where the paths end; its \
certificates are not embedded.

Examples:
  seing augment order.p7m --tsa http://tsa.example/ -o stamped.p7m
  seing augment order.p7m --level lta --online --trust root.pem --tsa http://tsa.example/ -o a.p7m
  seing augment order.p7s --content order.pdf --level lt --crl lists/ --trust root.pem -o lt.p7s")]
pub(crate) struct Options {
    /// The signed document, or the signature apart from its document: CMS in DER, BER or PEM.
    file: PathBuf,
    /// The level that every signature is to have at least.
    #[arg(long, value_enum, ignore_case = true, default_value = "t")]
    level: Rung,
    /// The content, where it is apart from the signature.
    #[arg(long, value_name = "FILE", conflicts_with = "content_digest")]
    content: Option<PathBuf>,
    /// The digest of the content, where the content itself is elsewhere; once per algorithm.
    #[arg(long, value_name = "ALG:HEX")]
    content_digest: Vec<String>,
    /// Certificates to embed: those between the signers and a trust anchor that are not in the document.
    #[arg(long, value_name = "FILE|DIR")]
    cert: Vec<PathBuf>,
    #[command(flatten)]
    revocation: Revocation,
    /// Trust anchors at which paths end. Without any, they end at self-issued certificates in the document or in --cert.
    #[arg(long, value_name = "FILE|DIR")]
    trust: Vec<PathBuf>,
    /// The policy that says whose revocation must be known: default, strict, lenient, or a JSON file.
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    tsa: TsaOptions,
    /// Where to write; not onto the document itself.
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rung {
    T,
    Lt,
    Lta,
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    let read = [Some(&options.file), options.content.as_ref()];
    if read.into_iter().flatten().any(|read| files::is_same(read, &options.out)) {
        let what = "it is read, and will not be written over";
        return Err(Failure::usage(what, "name another file with --out").on(options.out.display()));
    }
    if options.level == Rung::T && options.revocation.is_given() {
        return Err(Failure::usage("level t embeds no revocation information", "say `--level lt`"));
    }
    let policy = policy::read_or_default(options.policy.as_deref())?;
    let mut known = options.revocation.read()?;
    known.certificates = trust::certificates(&options.cert)?;
    let signed = files::read(&options.file, &Limits::default())?;
    let digests = match &options.content {
        Some(content) => digests(&signed, &options.file, content)?,
        None => verify::digests(&options.content_digest)?,
    };
    let authorities = if options.tsa.is_given() { Some(options.tsa.open(None)?) } else { None };
    let raising = Raising {
        level: match options.level {
            Rung::T => Level::BT,
            Rung::Lt => Level::BLt,
            Rung::Lta => Level::BLta,
        },
        revocation: &options.revocation,
        anchors: &anchors(&options.trust, &options.tsa)?,
        policy: &policy,
        authorities: authorities.as_ref(),
    };
    let raised = raising.raise(&signed, &digests, &mut known).on(&options.file)?;
    files::write(&options.out, &raised, Access::Public)?;
    Ok(Status::Done)
}

/// The digests of a detached content that are needed of it.
fn digests(signed: &[u8], file: &Path, content: &Path) -> Result<Vec<Digest>> {
    let (_, mut algorithms) = digest_algorithms(signed, &Limits::default()).on(file)?;
    if !algorithms.contains(&Algorithm::Sha256) {
        algorithms.push(Algorithm::Sha256);
    }
    let stream = progress::bar(content).wrap_read(files::open(content)?);
    digest_reader(stream, &algorithms, |_| ()).on(content)
}

/// Those of the signers and those of the time-stamp authorities.
pub(crate) fn anchors(paths: &[PathBuf], tsa: &TsaOptions) -> Result<Option<TrustAnchors>> {
    let mut anchors = trust::anchors(paths)?;
    trust::anchors(&tsa.tsa_trust)?.iter().for_each(|anchor| anchors.add(anchor.clone()));
    Ok(Some(anchors).filter(|anchors| !anchors.is_empty()))
}

/// How documents are raised to a level.
pub(crate) struct Raising<'a> {
    pub(crate) level: Level,
    pub(crate) revocation: &'a Revocation,
    pub(crate) anchors: &'a Option<TrustAnchors>,
    pub(crate) policy: &'a Policy,
    pub(crate) authorities: Option<&'a Authorities>,
}

impl Raising<'_> {
    /// A document of that level. `digests` are of its content, where that is apart from it; what is fetched for it joins what is
    /// known.
    pub(crate) fn raise(&self, signed: &[u8], digests: &[Digest], known: &mut Material) -> Result<Vec<u8>> {
        // Whose time-stamp it is decides what is to be fetched, so that it comes first.
        let stamped = self.step(signed, Level::BT, digests, known)?;
        if self.level == Level::BT {
            return Ok(stamped);
        }
        let nobody = TrustAnchors::none();
        let anchors = self.anchors.as_ref().unwrap_or(&nobody);
        *known = self.revocation.online.for_document(&stamped, std::mem::take(known), anchors)?;
        self.step(&stamped, self.level, digests, known)
    }

    fn step(&self, signed: &[u8], level: Level, digests: &[Digest], known: &Material) -> Result<Vec<u8>> {
        let mut raising = seing::augment(signed).to(level).at(SystemTime::now().into()).policy(self.policy.clone());
        if !digests.is_empty() {
            raising = raising.content_digests(digests);
        }
        if !known.crls.is_empty() || !known.ocsp_responses.is_empty() || !known.certificates.is_empty() {
            raising = raising.material(known);
        }
        if let Some(anchors) = self.anchors {
            raising = raising.trust(anchors);
        }
        if let Some(authorities) = self.authorities {
            raising = raising.timestamp_by(|digest, _| authorities.stamp(digest));
        }
        Ok(raising.finish()?)
    }
}
