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

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::event::documents;
use super::journal::Entry;
use super::text::{Opening, Openings};
use super::{Ceremony, Event, Journal, Signatory, Stamp, canonical};
use crate::ades::asic::Container;
use crate::ades::cades::{Signing, add_signature_time_stamp};
use crate::digest::{Algorithm, hex};
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};
use crate::time::Time;

/// The files of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    journal: Journal,
    documents: BTreeMap<String, Vec<u8>>,
    manifest: Vec<u8>,
    seal: Vec<u8>,
}

const MANIFEST: &str = "META-INF/ASiCManifest.xml";
const SEAL: &str = "META-INF/signature.p7s";

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
        if let Some(fault) = document_faults(ceremony.events(), &documents).into_iter().next() {
            return Err(Error::misuse("the documents are not those of the ceremony").with(fault));
        }
        let journal = ceremony.journal().to_owned();
        let manifest = manifest(&sealed_files(&journal, &documents)?);
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
        Ok(Self { journal, documents, manifest, seal })
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
        for (name, octets) in sealed_files(&self.journal, &self.documents)? {
            container.add(name, octets.to_vec())?;
        }
        for (_, opening) in self.journal.openings.iter() {
            let octets = opening.octets()?;
            container.add(format!("values/{}.json", hex(Algorithm::Sha256.digest(&octets).octets())), octets)?;
        }
        container.add(MANIFEST, self.manifest.to_owned())?;
        container.add(SEAL, self.seal.to_owned())?;
        container.to_octets()
    }

    /// Reads a container that [`to_octets`](Self::to_octets) wrote. What is in it is for [`faults`](Self::faults) to say.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is no dossier, or has a file that none has; `LimitExceeded` when it is too large.
    pub fn parse(octets: &[u8], limits: &Limits) -> Result<Self> {
        let container = Container::parse(octets, limits)?;
        let missing = |name| Error::malformed("a file of the dossier is missing").with(name);
        let own = |name: &'static str| container.file(name).map(<[u8]>::to_vec).ok_or_else(|| missing(name));
        let (manifest, seal) = (own(MANIFEST)?, own(SEAL)?);
        let (mut documents, mut openings, mut entries) = (BTreeMap::new(), Openings::default(), Vec::new());
        for number in 1u32.. {
            let part = |ending| container.file(&format!("journal/{number:04}.{ending}")).map(<[u8]>::to_vec);
            let Some(octets) = part("json") else { break };
            entries.push(Entry { octets, signature: part("p7s"), time_stamp: part("tst") });
        }
        for (name, octets) in container.files() {
            let unknown = || Error::malformed("the dossier has a file that no dossier has").with(name);
            match name.split_once('/') {
                Some(("documents", document)) => {
                    documents.insert(document.to_owned(), octets.to_vec());
                }
                Some(("values", file)) => {
                    let opening: Opening = canonical::parse(octets).map_err(|error| unknown().because(error))?;
                    let commitment = opening.commitment()?;
                    if file != format!("{}.json", commitment.to_hex()) {
                        return Err(
                            Error::malformed("a value was changed: its file has the name of another").with(name)
                        );
                    }
                    openings.insert(commitment.to_string(), opening);
                }
                Some(("journal", file)) => {
                    let number = file.split_once('.').and_then(|(number, _)| number.parse::<u32>().ok()).unwrap_or(0);
                    let read = usize::try_from(number).is_ok_and(|number| (1..=entries.len()).contains(&number));
                    let own = ["json", "p7s", "tst"].map(|ending| format!("{number:04}.{ending}"));
                    if !read || !own.iter().any(|own| own == file) {
                        return Err(Error::malformed("this is no event, or one is missing before it").with(name));
                    }
                }
                _ if name == MANIFEST || name == SEAL => {}
                _ => return Err(unknown()),
            }
        }
        Ok(Self { journal: Journal { entries, openings }, documents, manifest, seal })
    }

    /// What is wrong with the files beside the journal, each by its name. [`Journal::examine`] says it of the events and the values,
    /// and the validation of [`seal_octets`](Self::seal_octets) over [`manifest`](Self::manifest) whether the seal holds.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it asks for more work than the budget has.
    pub fn faults(&self, budget: &mut Budget) -> Result<Vec<String>> {
        let mut events = Vec::new();
        for entry in &self.journal.entries {
            budget.element()?;
            // One that cannot be read is found, and named, by the examination of the journal.
            events.extend(canonical::parse::<Event>(&entry.octets).ok());
        }
        for octets in self.documents.values() {
            budget.hash(octets.len())?;
        }
        let mut faults = document_faults(&events, &self.documents);
        if manifest(&sealed_files(&self.journal, &self.documents)?) != self.manifest {
            faults.push(format!("{MANIFEST}: it is not that of the files that are there"));
        }
        Ok(faults)
    }
}

/// Documents that are missing, changed, or of no event.
fn document_faults(events: &[Event], files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut faults = Vec::new();
    for document in documents(events) {
        match files.get(&document.name) {
            None => faults.push(format!("documents/{}: it is missing", document.name)),
            Some(octets) if Algorithm::Sha256.digest(octets) != document.digest => {
                faults.push(format!("documents/{}: it is not the one that was recorded", document.name));
            }
            Some(_) => {}
        }
    }
    for name in files.keys() {
        if !documents(events).any(|document| document.name == *name) {
            faults.push(format!("documents/{name}: it was never recorded"));
        }
    }
    faults
}

/// What the seal is over.
fn sealed_files<'a>(
    journal: &'a Journal,
    documents: &'a BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, &'a [u8]>> {
    let mut files: BTreeMap<_, _> =
        documents.iter().map(|(name, octets)| (format!("documents/{name}"), octets.as_slice())).collect();
    for (entry, number) in journal.entries.iter().zip(1u32..) {
        if number > 9_999 {
            return Err(Error::limit("more events than a dossier can have"));
        }
        files.insert(format!("journal/{number:04}.json"), &entry.octets);
        files.extend(entry.signature().map(|octets| (format!("journal/{number:04}.p7s"), octets)));
        files.extend(entry.time_stamp().map(|octets| (format!("journal/{number:04}.tst"), octets)));
    }
    Ok(files)
}

/// The manifest (EN 319 162-1), in the one way in which it is written here.
fn manifest(files: &BTreeMap<String, &[u8]>) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n",
    );
    xml += &format!("<asic:SigReference URI=\"{SEAL}\" MimeType=\"application/pkcs7-signature\"/>\n");
    for (name, octets) in files {
        let digest = STANDARD.encode(Algorithm::Sha256.digest(octets).octets());
        xml += &format!(
            "<asic:DataObjectReference URI=\"{name}\"><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
             <ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>\n"
        );
    }
    xml += "</asic:ASiCManifest>\n";
    xml.into_bytes()
}
