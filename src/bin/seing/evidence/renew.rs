//! `seing evidence renew`: the records of an archive, renewed before what they rest on ends.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::time::SystemTime;

use clap::Args;
use seing::ades::Material;
use seing::digest::{Algorithm, Digest};
use seing::evidence::{Batch, EvidenceRecord, Sealed};
use seing::limits::{Budget, Limits};
use seing::pki::TrustAnchors;
use seing::time::Time;
use seing::validation::{Indication, Policy, Renewal, RenewalDue, RenewalNeed};
use serde::Serialize;

use super::archive::{Digests, Entry, entries};
use crate::authorities::{Authorities, TsaOptions};
use crate::failure::{Failure, On, Result, Status};
use crate::files::{self, Access};
use crate::online::Revocation;
use crate::text::printable;
use crate::verify::{print, time};
use crate::{policy, progress, trust};

#[derive(Args)]
#[command(after_help = "\
First the plan: what each record rests on and until when, by the certificates of its last time-stamp and by the policy. Records \
whose time-stamp ends get a new one over the old; records whose hash function ends get a new hash tree, for which their documents \
are read. Many records share one new time-stamp.

Each renewed record is verified before it takes the place of the old one, which it contains; a file is replaced whole or not at \
all. After an interruption the same command goes on with what is left. A record that does not hold any more is named, and left \
as it is. The exit status is 0 when every record that was due is renewed (or, with --dry-run, can be), else 4.

`order.pdf.ers` or `order.pdf.er` is the record of `order.pdf`, in the same folder below --documents; a folder `order.pdf` there \
holds the documents of a group.

Examples:
  seing evidence renew archive/ --trust roots/ --dry-run
  seing evidence renew archive/ --trust roots/ --tsa http://tsa.example/ --online
  seing evidence renew archive/ --documents orders/ --trust roots/ --tsa http://tsa.example/ --before 2029-01-01T00:00:00Z")]
pub(super) struct Options {
    /// Evidence records in DER, or folders of them: files ending in .er or .ers, folders within included.
    #[arg(required = true)]
    archive: Vec<PathBuf>,
    /// The folder with the documents. Without it no hash tree is renewed, and documents are taken to be the right ones.
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,
    /// Renew what ends before this time; 90 days from now where it is not given.
    #[arg(long, value_name = "RFC3339", value_parser = time)]
    before: Option<Time>,
    /// Print the plan and do nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    tsa: TsaOptions,
    /// Trust anchors of the authorities, old and new: PEM or DER files with one or more certificates, or folders of them.
    #[arg(long, value_name = "FILE|DIR", required = true)]
    trust: Vec<PathBuf>,
    /// Certificates that may be missing in tokens.
    #[arg(long, value_name = "FILE|DIR")]
    cert: Vec<PathBuf>,
    #[command(flatten)]
    revocation: Revocation,
    /// The policy that says which algorithm is reliable until when: default, strict, lenient, or a JSON file.
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<PathBuf>,
    /// The hash function of new hash trees.
    #[arg(long, value_name = "ALG", default_value = "sha512", value_parser = algorithm)]
    digest_alg: Algorithm,
    /// How many records share one new time-stamp at most.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = at_least_one)]
    batch: usize,
    /// Print the plan, and what became of it, as JSON.
    #[arg(long)]
    json: bool,
}

fn algorithm(name: &str) -> std::result::Result<Algorithm, String> {
    Algorithm::from_name(name).ok_or_else(|| "not a hash function of this version".to_owned())
}

fn at_least_one(text: &str) -> std::result::Result<usize, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| "say a number from 1 on".to_owned())
}

pub(super) fn run(options: &Options) -> Result<Status> {
    if !options.dry_run && !options.tsa.is_given() {
        return Err(Failure::usage("no time-stamp authority", "name one with --tsa, or say --dry-run"));
    }
    let mut material = options.revocation.read()?;
    material.certificates = trust::certificates(&options.cert)?;
    let now = Time::from(SystemTime::now());
    let mut archive = Archive {
        options,
        anchors: trust::anchors(&options.trust)?,
        policy: policy::read_or_default(options.policy.as_deref())?,
        material,
        asked: HashSet::new(),
        before: options.before.unwrap_or_else(|| now.plus_seconds(NINETY_DAYS)),
    };
    let entries = entries(&options.archive, options.documents.as_deref())?;
    let mut records = archive.plan(&entries)?;
    if !options.json {
        print(&plan_text(&records, archive.before))?;
    }
    let renewed = if options.dry_run { Ok(()) } else { archive.renew(&entries, &mut records) };
    if options.json {
        let before = archive.before;
        let all = Outcome { schema: "seing-renewal/1", time: now, before, dry_run: options.dry_run, records: &records };
        let json = serde_json::to_string_pretty(&all);
        print(&json.map_err(|error| Failure::impossible(error.to_string(), "say it without --json"))?)?;
    } else if !options.dry_run {
        print(&outcome_text(&records))?;
    }
    renewed?;
    let all_well = records.iter().all(|record| record.problem.is_none());
    Ok(if all_well { Status::Done } else { Status::Impossible })
}

/// What is known of one record, and what became of it.
#[derive(Serialize)]
struct Record {
    file: String,
    /// Whether its documents are at hand.
    documents: bool,
    indication: Option<&'static str>,
    stamped: Option<Time>,
    /// Until when it holds, if anything under it has an end.
    until: Option<Time>,
    due: Option<RenewalDue>,
    renewed: Option<Time>,
    /// Why it is not renewed although it should be.
    problem: Option<String>,
}

#[derive(Serialize)]
struct Outcome<'r> {
    schema: &'static str,
    time: Time,
    before: Time,
    dry_run: bool,
    records: &'r [Record],
}

struct Archive<'o> {
    options: &'o Options,
    anchors: TrustAnchors,
    policy: Policy,
    material: Material,
    /// The tokens for which something was fetched already, or was not to be had.
    asked: HashSet<Vec<u8>>,
    before: Time,
}

/// A record whose renewal is under way, and where what it needs is in the batch.
struct Underway {
    number: usize,
    digests: Digests,
    place: usize,
}

impl Archive<'_> {
    fn plan(&mut self, entries: &[Entry]) -> Result<Vec<Record>> {
        let bar = progress::count(u64::try_from(entries.len()).ok(), "looking at records");
        let mut records = Vec::new();
        for entry in bar.wrap_iter(entries.iter()) {
            let mut record = Record {
                file: entry.file.display().to_string(),
                documents: !entry.documents.is_empty(),
                indication: None,
                stamped: None,
                until: None,
                due: None,
                renewed: None,
                problem: None,
            };
            match self.need(entry) {
                Ok(need) => self.fill(&mut record, &need),
                Err(failure) => record.problem = Some(failure.to_string()),
            }
            records.push(record);
        }
        bar.finish_and_clear();
        Ok(records)
    }

    fn fill(&self, record: &mut Record, need: &RenewalNeed) {
        record.indication = Some(need.indication.name());
        record.stamped = need.stamped;
        record.until = need.reasons.first().map(|reason| reason.until);
        record.due = need.before(self.before);
        let needs_documents = record.due.as_ref().is_some_and(|due| due.renewal == Renewal::HashTree);
        record.problem = if need.indication != Indication::Passed {
            Some(format!("it does not hold any more: {}", reasons(need)))
        } else if needs_documents && !record.documents {
            Some("a new hash tree needs its documents: name their folder with --documents".to_owned())
        } else {
            None
        };
    }

    fn need(&mut self, entry: &Entry) -> Result<RenewalNeed> {
        let (octets, record) = read(entry)?;
        for stamp in record.time_stamps() {
            let token = stamp.token().octets();
            if !self.asked.insert(Algorithm::Sha256.digest(token).octets().to_vec()) {
                continue;
            }
            let material = std::mem::take(&mut self.material);
            let online = &self.options.revocation.online;
            self.material = online.for_time_stamp(token, material, &self.anchors).on(&entry.file)?;
        }
        let digests = entry.digests(&record.document_algorithms())?;
        self.judge(&octets, &digests, &self.material, SystemTime::now().into()).on(&entry.file)
    }

    fn judge(
        &self,
        record: &[u8],
        digests: &Digests,
        material: &Material,
        at: Time,
    ) -> seing::error::Result<RenewalNeed> {
        let objects = digests.objects();
        let verification = seing::verify_evidence(record, &objects).trust(&self.anchors).material(material);
        verification.policy(self.policy.clone()).at(at).renewal_need()
    }

    /// Batch by batch, so that an interruption loses no more than the time-stamp of one.
    fn renew(&self, entries: &[Entry], records: &mut [Record]) -> Result<()> {
        let mut trusted = self.anchors.clone();
        trust::anchors(&self.options.tsa.tsa_trust)?.iter().for_each(|anchor| trusted.add(anchor.clone()));
        let authorities = self.options.tsa.open_trusting(None, &trusted)?;
        let mut batches: BTreeMap<(Renewal, &'static str), (Algorithm, Vec<usize>)> = BTreeMap::new();
        for (number, (entry, record)) in entries.iter().zip(records.iter_mut()).enumerate() {
            let (None, Some(due)) = (&record.problem, &record.due) else { continue };
            let algorithm = match due.renewal {
                Renewal::HashTree => Ok(self.options.digest_alg),
                Renewal::TimeStamp => read(entry).and_then(|(_, record)| Ok(record.token_digest()?.algorithm())),
            };
            match algorithm {
                Ok(algorithm) => {
                    let batch = batches.entry((due.renewal, algorithm.name())).or_insert((algorithm, Vec::new()));
                    batch.1.push(number);
                }
                Err(failure) => record.problem = Some(failure.to_string()),
            }
        }
        let total: usize = batches.values().map(|(_, numbers)| numbers.len()).sum();
        let bar = progress::count(u64::try_from(total).ok(), "renewing records");
        for ((renewal, _), (algorithm, numbers)) in &batches {
            for numbers in numbers.chunks(self.options.batch) {
                self.renew_batch(*renewal, *algorithm, numbers, entries, records, &authorities, &bar)?;
            }
        }
        bar.finish_and_clear();
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one step of the loop above")]
    fn renew_batch(
        &self,
        renewal: Renewal,
        algorithm: Algorithm,
        numbers: &[usize],
        entries: &[Entry],
        records: &mut [Record],
        authorities: &Authorities,
        bar: &indicatif::ProgressBar,
    ) -> Result<()> {
        let mut batch = Batch::new(algorithm);
        // Records that were made together have the same token, and need one place.
        let mut places: HashMap<Vec<Digest>, usize> = HashMap::new();
        let mut underway = Vec::new();
        for number in numbers {
            let (Some(entry), Some(record)) = (entries.get(*number), records.get_mut(*number)) else { continue };
            let found = self.stamped(entry, renewal, algorithm).and_then(|(digests, stamped)| {
                let place = match places.get(&stamped) {
                    Some(place) => *place,
                    None => batch.push_group(&stamped)?,
                };
                places.insert(stamped, place);
                Ok(Underway { number: *number, digests, place })
            });
            match found {
                Ok(one) => underway.push(one),
                Err(failure) => record.problem = Some(failure.to_string()),
            }
        }
        if underway.is_empty() {
            return Ok(());
        }
        let token = authorities.stamp(&batch.root()?)?;
        let online = &self.options.revocation.online;
        let material = online.for_time_stamp(token.octets(), self.material.clone(), &self.anchors)?;
        let at = Time::from(SystemTime::now()).max(token.time());
        let sealed = batch.seal(&token)?;
        for one in &underway {
            let (Some(entry), Some(record)) = (entries.get(one.number), records.get_mut(one.number)) else { continue };
            match self.replace(entry, one, renewal, algorithm, &sealed, (&material, at)) {
                Ok(()) => record.renewed = Some(token.time()),
                // What the new time-stamp lacks, it lacks for all of them.
                Err(Refused::TimeStamp(why)) => {
                    let remedy = "name another authority, or an earlier time with --before";
                    return Err(Failure::impossible(why, remedy).on("the new time-stamp"));
                }
                Err(Refused::Record(failure)) => record.problem = Some(failure.to_string()),
            }
            bar.inc(1);
        }
        Ok(())
    }

    /// What is stamped for a record, and the digests of its documents.
    fn stamped(&self, entry: &Entry, renewal: Renewal, algorithm: Algorithm) -> Result<(Digests, Vec<Digest>)> {
        let (_, record) = read(entry)?;
        let mut algorithms = record.document_algorithms();
        if renewal == Renewal::HashTree && !algorithms.contains(&algorithm) {
            algorithms.push(algorithm);
        }
        let digests = entry.digests(&algorithms)?;
        if renewal == Renewal::HashTree && entry.is_group {
            let found = record.facts(&digests.objects(), &mut Budget::new(&Limits::default())).on(&entry.file)?;
            if found.others > 0 {
                let what =
                    format!("{} documents of its group are not at hand, and would lose their proof", found.others);
                return Err(Failure::impossible(what, "complete its folder below --documents").on(entry.file.display()));
            }
        }
        let stamped = match renewal {
            Renewal::TimeStamp => record.token_digests().on(&entry.file)?,
            Renewal::HashTree => record.renewed_digests(&digests.of(algorithm)).on(&entry.file)?,
        };
        Ok((digests, stamped))
    }

    /// Verifies the renewed record, and puts it in the place of the old one.
    fn replace(
        &self,
        entry: &Entry,
        one: &Underway,
        renewal: Renewal,
        algorithm: Algorithm,
        sealed: &Sealed,
        (material, at): (&Material, Time),
    ) -> std::result::Result<(), Refused> {
        let (_, record) = read(entry)?;
        let stamp = sealed.archive_time_stamp(one.place).unwrap_or_default();
        let documents = one.digests.of(algorithm);
        let renewed = match renewal {
            Renewal::TimeStamp => record.renew_time_stamp(&stamp),
            Renewal::HashTree => record.renew_hash_tree(&stamp, &documents),
        };
        let renewed = renewed.on(&entry.file)?;
        let need = self.judge(renewed.octets(), &one.digests, material, at).on(&entry.file)?;
        if need.indication != Indication::Passed {
            return Err(Refused::TimeStamp(format!("with it a record does not hold: {}", reasons(&need))));
        }
        if let Some(due) = need.before(self.before) {
            let ends: Vec<String> = due.reasons.iter().map(ToString::to_string).collect();
            return Err(Refused::TimeStamp(format!("it ends before {}: {}", self.before, ends.join("; "))));
        }
        Ok(files::write(&entry.file, renewed.octets(), Access::Public)?)
    }
}

/// Why a renewed record does not take the place of the old one.
enum Refused {
    /// The new time-stamp is not good enough for any record.
    TimeStamp(String),
    Record(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Record(failure)
    }
}

fn read(entry: &Entry) -> Result<(Vec<u8>, EvidenceRecord)> {
    let octets = files::read(&entry.file, &Limits::default())?;
    let record = EvidenceRecord::parse(&octets, &mut Budget::new(&Limits::default())).on(&entry.file)?;
    Ok((octets, record))
}

fn reasons(need: &RenewalNeed) -> String {
    let found: Vec<&str> = need.findings.iter().map(|finding| finding.message.as_str()).collect();
    format!("{} ({})", need.indication, found.join("; "))
}

/// One line for each kind and day of renewal, and one for each record that cannot be renewed.
fn plan_text(records: &[Record], before: Time) -> String {
    let mut due: BTreeMap<(Time, Renewal, String), usize> = BTreeMap::new();
    for record in records.iter().filter(|record| record.problem.is_none()) {
        if let Some(RenewalDue { until, renewal, reasons, .. }) = &record.due {
            let ends = reasons.first().map(|reason| reason.ends.to_string()).unwrap_or_default();
            *due.entry((*until, *renewal, ends)).or_default() += 1;
        }
    }
    let sound = records.iter().filter(|record| record.problem.is_none() && record.due.is_none());
    let mut text = format!("{} records; {} need nothing before {before}\n", records.len(), sound.count());
    for ((until, renewal, ends), count) in &due {
        let what = if *renewal == Renewal::TimeStamp { "a new time-stamp" } else { "a new hash tree" };
        line(&mut text, &format!("  {count} need {what} before {until}: then ends {ends}"));
    }
    problems(&mut text, records);
    text
}

fn outcome_text(records: &[Record]) -> String {
    let renewed = records.iter().filter(|record| record.renewed.is_some()).count();
    let due = records.iter().filter(|record| record.due.is_some()).count();
    let mut text = format!("{renewed} of {due} records renewed\n");
    problems(&mut text, records);
    text
}

fn problems(text: &mut String, records: &[Record]) {
    for record in records {
        if let Some(problem) = &record.problem {
            line(text, &format!("  {}: {problem}", record.file));
        }
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(&printable(line));
    text.push('\n');
}

const NINETY_DAYS: i64 = 90 * 86_400;
