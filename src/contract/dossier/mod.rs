//! The dossier: the journal, what attests it, the documents and the values about persons in one ASiC-E container (EN 319 162-1), which
//! whoever keeps it seals.
//!
//! | file | what it is |
//! |---|---|
//! | `documents/NAME` | a document of the offer or of the contract |
//! | `journal/NNNN.json` | an event, canonical JSON |
//! | `journal/NNNN.p7s`, `journal/NNNN.tst` | its signature, or the time-stamp over it |
//! | `values/HEX.json` | an opening, of which HEX is the SHA-256: a value about a person |
//! | `META-INF/ASiCManifest.xml`, `META-INF/signature.p7s` | the digests of everything but the values, and the seal over them |
//!
//! Values are erased by taking their file out: no seal is over them, and the commitments of the events name them.

mod certificates;
mod examination;
mod fault;
mod manifest;

use std::collections::BTreeMap;

pub use examination::{DossierExamination, Keeper, Seal, UnsoundDossier};
pub use fault::{DossierFault, DossierFaultKind};

use super::journal::Entry;
use super::text::{Opening, Openings};
use super::{Ceremony, Journal, Signatory, Stamp, canonical};
use crate::ades::asic::Container;
use crate::ades::cades::{Signing, add_signature_time_stamp};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::time::Time;

/// The files of a dossier.
///
/// ```
/// # use seing::contract::*;
/// # use seing::limits::{Budget, Limits};
/// # fn read(octets: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
/// let limits = Limits::default();
/// let examination = Dossier::parse(octets, &limits)?.examine(&mut Budget::new(&limits))?;
/// for fault in examination.faults() {
///     println!("{fault}"); // as in "documents/terms.txt: it is not the one that was recorded"
/// }
/// let account = examination.require_sound()?; // the only way to what it tells
/// # Ok(())
/// # }
/// # assert!(read(b"").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    journal: Journal,
    /// The number in the name of the file of each event.
    numbers: Vec<u32>,
    documents: BTreeMap<String, Vec<u8>>,
    manifest: Vec<u8>,
    seal: Vec<u8>,
    /// What could not be read as a part of a dossier.
    strays: Vec<DossierFault>,
}

const MANIFEST: &str = "META-INF/ASiCManifest.xml";
const SEAL: &str = "META-INF/signature.p7s";

/// The largest number of an event in the name of a file.
const EVENTS: u32 = 9_999;

impl Dossier {
    /// A dossier of a ceremony with its documents by their names, sealed.
    ///
    /// # Errors
    ///
    /// `Misuse` when a document is missing, is not the one that was recorded, or is none of the ceremony; `Unusable` when the
    /// certificate may not sign; `Signer` when the key refuses; `Unreachable` and `Rejected` when the time-stamp cannot be had.
    pub fn seal<S>(
        ceremony: &Ceremony<S>,
        documents: BTreeMap<String, Vec<u8>>,
        keeper: &Signatory<'_>,
        stamp: Option<&mut Stamp<'_>>,
        time: Time,
    ) -> Result<Self> {
        let journal = ceremony.journal().to_owned();
        let numbers: Vec<u32> = (1..).zip(&journal.entries).map(|(number, _)| number).collect();
        if numbers.last().is_some_and(|last| *last > EVENTS) {
            return Err(Error::limit("more events than a dossier can have"));
        }
        let files = digests(files(&journal, &numbers, &documents));
        if let Some(fault) = examination::document_faults(ceremony.events(), &files).into_iter().next() {
            return Err(Error::misuse("the documents are not those of the ceremony").with(fault.to_string()));
        }
        let manifest = manifest::written(&files);
        let algorithm = keeper.algorithm();
        let digest = Signing::digest_algorithm(algorithm).digest(&manifest);
        let prepared =
            Signing::detached(&digest, keeper.chain(), algorithm, time).mime_type("application/xml").prepare()?;
        let value = keeper.value(prepared.to_be_signed())?;
        let mut seal = prepared.embed(&value)?;
        if let Some(stamp) = stamp {
            let token = stamp(&Algorithm::Sha256.digest(&value), time)?;
            seal = add_signature_time_stamp(&seal, 0, token.octets())?;
        }
        Ok(Self { journal, numbers, documents, manifest, seal, strays: Vec::new() })
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The documents by their names.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.documents.iter().map(|(name, octets)| (name.as_str(), octets.as_slice()))
    }

    /// The manifest that the seal is over.
    pub fn manifest(&self) -> &[u8] {
        &self.manifest
    }

    /// The seal over the manifest: CAdES, detached.
    pub fn seal_octets(&self) -> &[u8] {
        &self.seal
    }

    /// The container. The same dossier makes the same octets: each party's copy is the same.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it is larger than a container can be.
    pub fn to_octets(&self) -> Result<Vec<u8>> {
        let mut container = Container::default();
        for (name, octets) in self.sealed_files() {
            container.add(name, octets.to_vec())?;
        }
        for (commitment, opening) in self.journal.openings.iter() {
            container.add(value_file(commitment), opening.octets()?)?;
        }
        container.add(MANIFEST, self.manifest.to_owned())?;
        container.add(SEAL, self.seal.to_owned())?;
        container.to_octets()
    }

    /// What the seal is over.
    fn sealed_files(&self) -> BTreeMap<String, &[u8]> {
        files(&self.journal, &self.numbers, &self.documents)
    }

    /// Reads a dossier. What is wrong in it is for [`examine`](Self::examine) to say.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is no ASiC-E container, or the manifest or the seal is missing; `Unsupported` and `LimitExceeded` as
    /// [`Container::parse`].
    pub fn parse(octets: &[u8], limits: &Limits) -> Result<Self> {
        let container = Container::parse(octets, limits)?;
        let missing = |name| Error::malformed("a file of the dossier is missing").with(name);
        let own = |name: &'static str| container.file(name).map(<[u8]>::to_vec).ok_or_else(|| missing(name));
        let (manifest, seal) = (own(MANIFEST)?, own(SEAL)?);
        let (mut documents, mut openings, mut strays) = (BTreeMap::new(), Openings::default(), Vec::new());
        let mut parts: BTreeMap<u32, [Option<Vec<u8>>; 3]> = BTreeMap::new();
        let mut stray = |name: &str, kind, detail: String| strays.push(DossierFault::new(name, kind, detail));
        for (name, octets) in container.files() {
            match name.split_once('/') {
                _ if name == MANIFEST || name == SEAL => {}
                Some(("documents", document)) => {
                    documents.insert(document.to_owned(), octets.to_vec());
                }
                Some(("values", _)) => match value(name, octets) {
                    Ok((commitment, opening)) => {
                        openings.insert(commitment, opening);
                    }
                    Err(error) => stray(name, DossierFaultKind::NotAValue, error.to_string()),
                },
                _ => match event_part(name) {
                    Some((number, part)) => {
                        if let Some(place) = parts.entry(number).or_default().get_mut(part) {
                            *place = Some(octets.to_vec());
                        }
                    }
                    None => stray(name, DossierFaultKind::Unknown, String::new()),
                },
            }
        }
        let last = parts.last_key_value().map_or(0, |(number, _)| *number);
        let (mut entries, mut numbers) = (Vec::new(), Vec::new());
        for number in 1..=last {
            let [octets, signature, time_stamp] = parts.remove(&number).unwrap_or_default();
            match octets {
                Some(octets) => {
                    entries.push(Entry { octets, signature, time_stamp });
                    numbers.push(number);
                }
                None => stray(&event_file(number, "json"), DossierFaultKind::Missing, String::new()),
            }
        }
        Ok(Self { journal: Journal { entries, openings }, numbers, documents, manifest, seal, strays })
    }
}

/// What follows the number in the names of the files of an event.
const PARTS: [&str; 3] = ["json", "p7s", "tst"];

pub(super) fn event_file(number: u32, part: &str) -> String {
    format!("journal/{number:04}.{part}")
}

/// The number of the event, and which of its parts, if a file is one.
fn event_part(name: &str) -> Option<(u32, usize)> {
    let (number, part) = name.strip_prefix("journal/")?.split_once('.')?;
    let number = number.parse().ok().filter(|number| (1..=EVENTS).contains(number))?;
    let part = PARTS.iter().position(|known| *known == part)?;
    (event_file(number, PARTS.get(part)?) == name).then_some((number, part))
}

pub(super) fn value_file(commitment: &str) -> String {
    format!("values/{}.json", commitment.trim_start_matches("sha256:"))
}

/// An opening with its commitment, of which the file has its name.
fn value(name: &str, octets: &[u8]) -> Result<(String, Opening)> {
    let opening: Opening = canonical::parse(octets)?;
    let commitment = opening.commitment()?.to_string();
    if value_file(&commitment) == name {
        Ok((commitment, opening))
    } else {
        Err(Error::malformed("it is the value of another commitment").with(commitment))
    }
}

/// The files of events and documents by their names.
fn files<'a>(
    journal: &'a Journal,
    numbers: &[u32],
    documents: &'a BTreeMap<String, Vec<u8>>,
) -> BTreeMap<String, &'a [u8]> {
    let mut files: BTreeMap<_, _> =
        documents.iter().map(|(name, octets)| (format!("documents/{name}"), octets.as_slice())).collect();
    for (entry, number) in journal.entries.iter().zip(numbers) {
        let parts = [Some(entry.octets()), entry.signature(), entry.time_stamp()];
        files.extend(PARTS.iter().zip(parts).filter_map(|(part, octets)| Some((event_file(*number, part), octets?))));
    }
    files
}

fn digests(files: BTreeMap<String, &[u8]>) -> BTreeMap<String, Digest> {
    files.into_iter().map(|(name, octets)| (name, Algorithm::Sha256.digest(octets))).collect()
}
