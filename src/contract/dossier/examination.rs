//! Examining a dossier: the journal, the values, the documents, the manifest, the seal, and whose seal it is.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{DossierFault, DossierFaultKind};
use super::{Dossier, MANIFEST, SEAL, certificates, digests, event_file, manifest, value_file};
use crate::ades::{Check, SignatureFacts, TimestampFacts, Weight};
use crate::contract::attested::{refusal, signature_facts, stamp_refusal};
use crate::contract::event::{documents, erased_documents};
use crate::contract::{Account, Body, Event, Examination, Fault, FaultKind};
use crate::digest::{Algorithm, Digest};
use crate::error::{ErrorKind, Result};
use crate::limits::Budget;
use crate::oid;
use crate::pki::Certificate;

/// What was found in a dossier. The only way from it to what it tells is [`require_sound`](Self::require_sound).
#[must_use]
#[derive(Clone, Debug)]
pub struct DossierExamination {
    faults: Vec<DossierFault>,
    account: Account,
}

/// The seal of a dossier: computed, and not yet validated.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Seal {
    /// Its facts, for [`validate`](crate::validation::validate).
    pub facts: SignatureFacts,
    /// How it is known that it is the merchant's of the order.
    pub keeper: Keeper,
}

/// How it is known whose the seal of a dossier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keeper {
    /// Its certificate is the one with which the order was acknowledged.
    Acknowledged,
    /// The subject of its certificate has the name of the merchant of the order.
    Named,
    /// The caller says whose it is ([`DossierExamination::kept_by`]).
    Declared,
    /// It is not known. A dossier of which this is so has a fault.
    NotEstablished,
}

/// A dossier with faults tells nothing.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the dossier does not hold: {}", first(.faults))]
#[non_exhaustive]
pub struct UnsoundDossier {
    /// What is wrong with it.
    pub faults: Vec<DossierFault>,
}

fn first(faults: &[DossierFault]) -> String {
    match faults {
        [] => String::new(),
        [only] => only.to_string(),
        [first, others @ ..] => format!("{first}; and {} more", others.len()),
    }
}

impl DossierExamination {
    /// What is wrong, in the order of the files.
    pub fn faults(&self) -> &[DossierFault] {
        &self.faults
    }

    /// What its events say, whatever is wrong with it. Whoever asks has looked at the faults.
    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Says that the seal is of this certificate, as the caller knows from elsewhere: a third party may keep dossiers for a merchant.
    /// It changes nothing where the seal is of another certificate.
    pub fn kept_by(mut self, certificate: &Certificate) -> Self {
        let Some(seal) = &mut self.account.seal else { return self };
        if seal.facts.signer.certificate.as_ref() == Some(certificate) {
            seal.keeper = Keeper::Declared;
            let of_keeper =
                |kind| matches!(kind, DossierFaultKind::SealOfAnother | DossierFaultKind::KeeperNotEstablished);
            self.faults.retain(|fault| !of_keeper(fault.kind));
        }
        self
    }

    /// What the dossier tells, if nothing is wrong with it.
    ///
    /// Whose the certificates are, and whether they were valid, is not asked here: [`Attested::validate`](crate::contract::Attested::validate)
    /// and the validation of [`Account::seal`] do.
    ///
    /// # Errors
    ///
    /// [`UnsoundDossier`] with everything that is wrong.
    pub fn require_sound(self) -> std::result::Result<Account, UnsoundDossier> {
        if self.faults.is_empty() { Ok(self.account) } else { Err(UnsoundDossier { faults: self.faults }) }
    }
}

impl Dossier {
    /// Examines every file: events, signatures, time-stamps, values, documents, the manifest and the seal over it.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it asks for more work than the budget has. What is wrong with the dossier is no error.
    pub fn examine(&self, budget: &mut Budget) -> Result<DossierExamination> {
        let Examination { faults: of_journal, mut account } = self.journal.examine(budget)?;
        let mut faults = self.strays.clone();
        faults.extend(of_journal.iter().map(|fault| self.by_file(fault)));
        let files = self.sealed_files();
        budget.hash(files.values().map(|octets| octets.len()).fold(0, usize::saturating_add))?;
        let files = digests(files);
        faults.extend(document_faults(&account.events, &files));
        match manifest::read(&self.manifest) {
            Some(listed) => faults.extend(manifest_faults(&listed, &files)),
            None => faults.push(DossierFault::new(MANIFEST, DossierFaultKind::Manifest, "")),
        }
        budget.hash(self.manifest.len())?;
        match signature_facts(&self.seal, &self.manifest, budget) {
            Ok(facts) => {
                faults.extend(seal_faults(&facts));
                let contradiction = certificates::contradiction(&facts, &account.attested, budget)?;
                faults.extend(contradiction.map(|what| DossierFault::new(SEAL, DossierFaultKind::Seal, what)));
                // Of a journal that does not hold nobody knows who the merchant is.
                let keeper = if of_journal.is_empty() { keeper(&account, &facts) } else { Err(None) };
                let keeper = keeper.unwrap_or_else(|fault| {
                    faults.extend(fault);
                    Keeper::NotEstablished
                });
                account.seal = Some(Box::new(Seal { facts, keeper }));
            }
            Err(error) if error.kind() == ErrorKind::LimitExceeded => return Err(error),
            Err(error) => faults.push(DossierFault::new(SEAL, DossierFaultKind::Seal, error.to_string())),
        }
        faults.sort_by(|one, other| one.file.cmp(&other.file));
        Ok(DossierExamination { faults, account })
    }

    /// The fault of a journal, by the file that it is in.
    fn by_file(&self, fault: &Fault) -> DossierFault {
        let place = fault.event.and_then(|position| usize::try_from(position).ok()?.checked_sub(1));
        let (number, entry) = match place {
            Some(place) => (self.numbers.get(place).copied().or(fault.event), self.journal.entries.get(place)),
            None => (None, None),
        };
        let of_signature = match fault.kind {
            FaultKind::SignatureMissing
            | FaultKind::SignatureUnexpected
            | FaultKind::Signature
            | FaultKind::SignatureOfAnother => Some("p7s"),
            FaultKind::TimeStampMissing | FaultKind::TimeStamp => {
                Some(if entry.is_some_and(|entry| entry.signature.is_some()) { "p7s" } else { "tst" })
            }
            FaultKind::TimeStampUnexpected => Some("tst"),
            _ => None,
        };
        let file = match &fault.commitment {
            Some(commitment) => value_file(commitment),
            None => event_file(number.unwrap_or(1), of_signature.unwrap_or("json")),
        };
        DossierFault::new(file, DossierFaultKind::Journal(fault.kind), &fault.detail)
    }
}

/// Documents that are missing, changed, erased or of no event.
pub(super) fn document_faults(events: &[Event], files: &BTreeMap<String, Digest>) -> Vec<DossierFault> {
    let mut faults = Vec::new();
    // Where one name stands for two documents, the file is not both.
    let mut recorded = BTreeMap::<String, Vec<Digest>>::new();
    for document in documents(events) {
        recorded.entry(format!("documents/{}", document.name)).or_default().push(document.digest);
    }
    let erased: BTreeSet<_> = erased_documents(events).map(|name| format!("documents/{name}")).collect();
    for (file, digests) in &recorded {
        let kind = match (files.get(file), erased.contains(file)) {
            (None, false) => DossierFaultKind::Missing,
            (Some(_), true) => DossierFaultKind::Erased,
            (Some(found), false) if digests.iter().any(|digest| found != digest) => DossierFaultKind::NotAsRecorded,
            (Some(_), false) | (None, true) => continue,
        };
        faults.push(DossierFault::new(file, kind, ""));
    }
    let unrecorded = files.keys().filter(|file| file.starts_with("documents/") && !recorded.contains_key(*file));
    faults.extend(unrecorded.map(|file| DossierFault::new(file, DossierFaultKind::NeverRecorded, "")));
    faults
}

fn manifest_faults(listed: &BTreeMap<String, Digest>, files: &BTreeMap<String, Digest>) -> Vec<DossierFault> {
    let of_listed = listed.iter().filter_map(|(file, digest)| match files.get(file) {
        None => Some(DossierFault::new(file, DossierFaultKind::Missing, "the manifest lists it")),
        Some(found) if found != digest => Some(DossierFault::new(file, DossierFaultKind::NotAsSealed, "")),
        Some(_) => None,
    });
    let unlisted = files.keys().filter(|file| !listed.contains_key(*file));
    of_listed.chain(unlisted.map(|file| DossierFault::new(file, DossierFaultKind::NotSealed, ""))).collect()
}

fn seal_faults(facts: &SignatureFacts) -> Vec<DossierFault> {
    let fault = |why: &str| DossierFault::new(SEAL, DossierFaultKind::Seal, why);
    match refusal(&facts.signer) {
        // One of both was changed.
        Some(why) if facts.signer.data == Check::Broken => {
            return vec![DossierFault::new(MANIFEST, DossierFaultKind::Seal, why), fault(why)];
        }
        Some(why) => return vec![fault(why)],
        None => {}
    }
    // What the seal does not cover of its own file is as it is written here, or was changed.
    if let Some(defect) = facts.signer.defects.iter().find(|defect| defect.weight > Weight::Remark) {
        return vec![fault(&defect.what)];
    }
    let of_stamp = |stamp| {
        let defects = |stamp: &TimestampFacts| {
            stamp
                .signer
                .defects
                .iter()
                .find(|defect| defect.weight >= Weight::Constraint)
                .map(|defect| defect.what.clone())
        };
        stamp_refusal(stamp).map(str::to_owned).or_else(|| defects(stamp))
    };
    let why = facts.timestamps.iter().find_map(of_stamp);
    why.map(|why| DossierFault::new(SEAL, DossierFaultKind::SealTimeStamp, why)).into_iter().collect()
}

/// Whether the seal is of the merchant of the order.
fn keeper(account: &Account, seal: &SignatureFacts) -> std::result::Result<Keeper, Option<DossierFault>> {
    let unknown = |why| Err(Some(DossierFault::new(SEAL, DossierFaultKind::KeeperNotEstablished, why)));
    let Some(certificate) = &seal.signer.certificate else { return unknown("its certificate is not there") };
    let acknowledged = account.events.iter().find(|event| matches!(event.body, Body::Acknowledged(_)));
    let signed_by = acknowledged.and_then(|event| event.signed_by.as_ref());
    if signed_by.is_some_and(|by| by.certificate == certificate.digest(Algorithm::Sha256)) {
        return Ok(Keeper::Acknowledged);
    }
    let Some(order) = account.order() else { return unknown("there is no order yet, and no merchant in it") };
    // As it was recorded: whoever seals could have rectified it.
    let Some(name) = account.openings().value(&order.merchant().name) else {
        return unknown("the merchant's name was erased");
    };
    let subject = certificate.subject();
    let names = [oid::ORGANIZATION, oid::COMMON_NAME].map(|kind| subject.attribute(&kind));
    if names.iter().flatten().any(|found| folded(found) == folded(name)) {
        return Ok(Keeper::Named);
    }
    let detail = format!("{subject} instead of {name}");
    Err(Some(DossierFault::new(SEAL, DossierFaultKind::SealOfAnother, detail)))
}

/// Letter case and the number of spaces do not matter (RFC 5280 §7.1).
fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
