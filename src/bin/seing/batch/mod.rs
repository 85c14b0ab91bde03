//! `seing batch`: one time-stamp for many documents, and an evidence record for each of them.

mod documents;
mod kept;
mod names;
mod records;

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;
use indicatif::ProgressBar;
use seing::digest::many::{Digests, Parallelism, digest_readers};
use seing::digest::{Algorithm, Digest};
use seing::evidence::Batch;
use seing::timestamp::pool::Granted;
use serde::Serialize;

use crate::authorities::TsaOptions;
use crate::failure::{Failure, On, Result, Status};
use crate::files::{self, Access, Pending};
use crate::verify::print;
use crate::{complain, hash, progress, text, trust};
use documents::{Document, Documents, Opened, Source};
use kept::Kept;
use names::Names;
use records::Folder;

#[derive(Args)]
#[command(after_help = "\
A folder is searched with those in it. One file alone, or `-`, is a list: lines of paths, or of digests and names as sha256sum \
and `seing hash` write them, for which no file is read. Several files are the documents themselves.

The record of `orders/4711.pdf` in DIR is `orders/4711.pdf.ers` in OUTDIR. It appears whole or not at all, and takes the place of \
nothing. A run that was interrupted is continued with --resume: records that are there and hold are kept, and the rest gets a new \
time-stamp. Documents that cannot be read are named, the others get their records, and the exit status is 4.

Examples:
  seing batch orders/ --tsa http://tsa.example/ -o records/
  seing batch orders/ --tsa http://one.example/ --tsa http://two.example/ --trust roots/ -o records/ --resume
  sha256sum orders/* | seing batch - --tsa http://tsa.example/ -o records/
  seing evidence verify records/4711.pdf.ers --content orders/4711.pdf --trust roots/")]
pub(crate) struct Options {
    /// A folder, a list, `-` for a list on standard input, or several files and folders.
    #[arg(required = true, value_name = "DIR|LIST|-|FILE")]
    from: Vec<PathBuf>,
    /// A single file is a document, and not a list.
    #[arg(long)]
    files: bool,
    #[command(flatten)]
    tsa: TsaOptions,
    /// Trust anchors to which the time-stamp authority must have a path, and that of records that are there.
    #[arg(long, value_name = "FILE|DIR")]
    trust: Vec<PathBuf>,
    /// The hash function of documents and tree: sha256, sha384, sha512, sha3-256, sha3-384, sha3-512.
    #[arg(long, value_name = "ALG", default_value = "sha256", value_parser = hash::algorithm)]
    digest_alg: Algorithm,
    /// The folder for the records. It is made where it does not exist.
    #[arg(short, long, value_name = "OUTDIR")]
    out: PathBuf,
    /// Keep the records that are there and hold, and make those that are missing.
    #[arg(long)]
    resume: bool,
    /// Where to write the digests and names of all documents that have a record, as sha256sum does.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Print what was done as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    if !options.tsa.is_given() {
        return Err(Failure::usage("no time-stamp authority", "name one with --tsa"));
    }
    let mut anchors = trust::anchors(&options.trust)?;
    trust::anchors(&options.tsa.tsa_trust)?.iter().for_each(|anchor| anchors.add(anchor.clone()));
    let authorities = options.tsa.open_trusting(None, &anchors)?;
    if let Some(manifest) = &options.manifest {
        files::free(manifest, Access::PublicNew)?;
    }
    let folder = Folder::open(&options.out)?;
    let manifest = options.manifest.as_deref().map(|path| files::begin(path, Access::PublicNew)).transpose()?;
    let mut documents = Documents::open(&options.from, options.files, options.digest_alg, &options.out)?;
    if let Some(unfinished) = manifest.as_ref().and_then(Pending::unfinished) {
        documents.pass_over(unfinished)?;
    }
    let mut gathering = Gathering {
        options,
        folder: &folder,
        records_there: Kept::new(&anchors),
        batch: Batch::new(options.digest_alg),
        names: Names::new()?,
        manifest,
        kept: 0,
        failed: 0,
        bar: progress::count(None, "hashing"),
    };
    gathering.gather(documents)?;
    let Gathering { batch, mut names, manifest, kept, failed, bar, .. } = gathering;
    bar.finish_and_clear();
    if batch.is_empty() && kept + failed == 0 {
        return Err(Failure::impossible("there is no document", "name a folder or a list with files in it"));
    }
    names.check_unique()?;
    let made = u64::try_from(batch.len()).unwrap_or(u64::MAX);
    let stamp = if batch.is_empty() {
        None
    } else {
        let root = batch.root()?;
        let granted = authorities.obtain(&root)?;
        let sealed = batch.seal(&granted.token)?;
        let bar = progress::count(Some(made), "writing");
        folder.write(&sealed, &mut names, &bar)?;
        bar.finish_and_clear();
        Some((root, granted))
    };
    if let (Some(manifest), Some(path)) = (manifest, &options.manifest) {
        manifest.finish(path)?;
    }
    let summary = Summary::new(made, kept, failed, stamp.as_ref());
    if options.json {
        print(
            &serde_json::to_string_pretty(&summary)
                .map_err(|error| Failure::impossible(error.to_string(), "leave --json out").on("standard output"))?,
        )?;
    } else {
        print(&summary.sentence(&options.out))?;
    }
    Ok(if failed == 0 { Status::Done } else { Status::Impossible })
}

/// Documents on their way into the batch.
struct Gathering<'o> {
    options: &'o Options,
    folder: &'o Folder,
    records_there: Kept<'o>,
    batch: Batch,
    names: Names,
    manifest: Option<Pending>,
    /// Documents that have their record.
    kept: u64,
    /// Documents that get none.
    failed: u64,
    bar: ProgressBar,
}

impl Gathering<'_> {
    fn gather(&mut self, mut documents: Documents) -> Result<()> {
        loop {
            let mut portion = Vec::new();
            while portion.len() < PORTION {
                match documents.next() {
                    None => break,
                    Some(Ok(document)) if self.options.resume => portion.push(document),
                    Some(Ok(document)) => match self.folder.has(&document.name) {
                        Ok(true) => {
                            let what = "there is a record of that name";
                            let remedy = "keep those that hold with --resume, or name another folder with --out";
                            let place = self.folder.place(&document.name);
                            return Err(Failure::impossible(what, remedy).on(place.display()));
                        }
                        Ok(false) => portion.push(document),
                        Err(failure) => self.fails(&failure),
                    },
                    Some(Err(failure)) => self.fails(&failure),
                }
            }
            if portion.is_empty() {
                return Ok(());
            }
            self.add(portion)?;
        }
    }

    fn add(&mut self, portion: Vec<Document>) -> Result<()> {
        let paths = portion.iter().filter_map(|document| match &document.source {
            Source::File(path) => Some(path.as_path()),
            Source::Digest(_) => None,
        });
        let mut hashed = digest_readers(self.options.digest_alg, paths.map(Opened::new), threads()).into_iter();
        let mut digests = Digests::new(self.options.digest_alg);
        for document in portion {
            self.bar.inc(1);
            let digest = match &document.source {
                Source::Digest(digest) => Some(*digest),
                Source::File(path) => match hashed.next() {
                    Some(Ok(digest)) => Some(digest),
                    Some(Err(error)) => {
                        self.fails(&Failure::from(error).on(path.display()));
                        None
                    }
                    None => None,
                },
            };
            let Some(digest) = digest else { continue };
            let found = self.folder.has(&document.name).and_then(|found| {
                if found {
                    self.records_there.check(&self.folder.place(&document.name), &digest)?;
                }
                Ok(found)
            });
            match found {
                Ok(true) => self.kept += 1,
                Ok(false) => {
                    digests.push(&digest)?;
                    self.names.push(&document.name)?;
                }
                Err(failure) => {
                    self.fails(&failure);
                    continue;
                }
            }
            if let (Some(manifest), Some(path)) = (&mut self.manifest, &self.options.manifest) {
                manifest.write_all(&hash::line(&digest, &document.name)).on(path)?;
            }
        }
        self.batch.extend(digests, threads())?;
        Ok(())
    }

    fn fails(&mut self, failure: &Failure) {
        self.failed += 1;
        self.bar.suspend(|| complain(failure));
    }
}

fn threads() -> Parallelism {
    Parallelism::threads(thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
}

/// Documents that are looked at together: enough to fill the lanes of the hashing core.
const PORTION: usize = 4096;

/// What was done.
#[derive(Serialize)]
struct Summary {
    schema: &'static str,
    /// Records that were made.
    records: u64,
    /// Records that were there and hold.
    kept: u64,
    /// Documents that have none.
    failed: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_stamp: Option<Stamp>,
}

#[derive(Serialize)]
struct Stamp {
    time: String,
    authority: String,
    root: String,
}

impl Summary {
    fn new(records: u64, kept: u64, failed: u64, stamp: Option<&(Digest, Granted)>) -> Self {
        let time_stamp = stamp.map(|(root, granted)| Stamp {
            time: granted.token.time().to_string(),
            authority: granted.authority.to_owned(),
            root: root.to_string(),
        });
        Self { schema: "seing-batch/1", records, kept, failed, time_stamp }
    }

    fn sentence(&self, folder: &Path) -> String {
        let mut sentence = match &self.time_stamp {
            Some(stamp) => format!(
                "records made in {}: {}, time-stamped at {} by {}",
                folder.display(),
                self.records,
                stamp.time,
                stamp.authority
            ),
            None => format!("records made in {}: 0", folder.display()),
        };
        if self.kept > 0 {
            sentence.push_str(&format!("; kept: {}", self.kept));
        }
        if self.failed > 0 {
            sentence.push_str(&format!("; documents without a record: {}", self.failed));
        }
        text::printable(&sentence).into_owned()
    }
}
