//! What is assessed, and the case that a rule is put to.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::attestation::{Attestations, Statement};
use super::calendar::Day;
use super::facts::{Amount, CeremonyFacts, Declared};
use super::phrase::Phrase;
use super::regime::Regime;
use super::signed::Signed;
use super::trust_list::TrustList;
use crate::time::Time;
use crate::validation::Indication;

/// Everything that an assessment looks at.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Matter {
    /// The time as of which it is assessed.
    pub at: Time,
    /// The signatures and seals, as validated.
    pub signed: Vec<Signed>,
    /// The ceremony, where there was one.
    pub ceremony: CeremonyFacts,
    /// How it is kept.
    pub archive: ArchiveFacts,
    /// What is processed of persons.
    pub personal_data: PersonalDataFacts,
    /// What the operator does for others.
    pub operator: OperatorFacts,
    /// The words of persons.
    pub attestations: Attestations,
    /// The snapshot of the national list.
    pub trust_list: Option<TrustList>,
    /// What no text that was found fixes.
    pub settings: Settings,
    /// The name of the policy by which signatures were validated, and its digest.
    pub validation_policy: Option<String>,
    /// The dossier that shows all this, where there is one.
    pub dossier: Option<DossierFacts>,
}

/// What there is to say of a dossier itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DossierFacts {
    /// The number of its ceremony.
    pub ceremony: Option<String>,
    /// How many events its journal has.
    pub events: usize,
    /// The SHA-256 of the last event, as in `sha256:…`. Who knows it sees whether a journal was cut short.
    pub head: Option<String>,
    /// The conclusion of the validation of the seal over all files.
    pub seal: Option<String>,
    /// What nobody changed and what is all the same not as a ceremony has it: events out of turn, contents that contradict each
    /// other, signatures of others than the parties.
    pub irregularities: Vec<Phrase>,
    /// What the validation of the signatures over other events than confirmation and acknowledgement came to. They are over a
    /// withdrawal or a performance, and nobody's signature of the contract.
    #[serde(skip)]
    pub other_signatures: Vec<Indication>,
}

/// How a contract is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchiveFacts {
    /// Whether it is an archive that is asked about.
    pub archived: bool,
    /// Whether the chain from the deposit to now verifies.
    pub chain_verifies: Option<bool>,
    /// The day until which it is kept.
    pub kept_until: Option<Day>,
    /// On what basis that day was declared.
    pub retention_basis: Option<String>,
    /// Why a legal hold suspends the end.
    pub legal_hold: Option<String>,
    /// Whether it is an accounting document or a voucher.
    pub accounting: Option<bool>,
    /// Which limitation counts, as somebody says.
    pub limitation: Option<Declared<Limitation>>,
    /// Whether its preservation is claimed to be a qualified one.
    pub claimed_qualified: bool,
    /// Whether its time-stamps were renewed in time.
    pub renewed: Option<bool>,
    /// A report on access control, integrity and copies.
    pub security_report: Option<String>,
}

/// How long a claim can be brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Limitation {
    /// Fifteen years (DOC 387).
    Civil,
    /// Five years (commercial code art. 5).
    Commercial,
    /// Two years: a merchant's supplies to a private person (DOC 388).
    MerchantToPerson,
}

/// What is processed of persons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonalDataFacts {
    /// Whether anything is.
    pub processed: Option<bool>,
    /// Whether the number of the national identity card is among it.
    pub card_number: Option<bool>,
    /// Whether sensitive or health data are among it.
    pub sensitive: Option<bool>,
    /// Whether it is collected from the person.
    pub collected_from_person: Option<bool>,
    /// Fields that no schema allows.
    pub fields_beyond_schema: Option<Vec<String>>,
    /// Requests to rectify.
    pub rectifications: Vec<Request>,
    /// Whether third parties that were sent the data were told of the rectifications; so too where there are none.
    pub rectifications_passed_on: Option<bool>,
    /// Requests of access.
    pub accesses: Vec<Request>,
    /// Whether a processor hosts it.
    pub processor: Option<bool>,
    /// Countries that it is sent to.
    pub sent_to: Option<Vec<String>>,
    /// The number of the CNDP's receipt, as shown where data are collected.
    pub receipt_shown: Option<String>,
}

/// The request of a person about its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// When it was made.
    pub asked: Time,
    /// When it was answered.
    pub answered: Option<Time>,
    /// Whether the answer left what was signed as it was.
    pub signed_octets_untouched: Option<bool>,
}

/// What the operator does for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperatorFacts {
    /// Whether it offers trust services to others.
    pub offers_services: Option<bool>,
    /// Whether it offers qualified ones.
    pub offers_qualified: Option<bool>,
    /// For how many years it keeps the data of its services.
    pub service_data_years: Option<u32>,
    /// Whether it can hand them to judicial authorities, and tells the relying party when it does.
    pub service_data_handed_over: Option<bool>,
    /// Whether it keeps proofs of registered delivery, and for how many years.
    pub delivery_proof_years: Option<u32>,
    /// For how many years the sender can access them.
    pub delivery_access_years: Option<u32>,
    /// Whether registered delivery is offered.
    pub delivers: Option<bool>,
    /// Whether that is claimed to be a qualified one.
    pub claims_qualified_delivery: bool,
    /// Whether the library is imported, exported or supplied in Morocco as a product.
    pub supplies_cryptology: Option<bool>,
}

/// What laws leave to texts that were not found, or to the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// The value above which a credit institution's security needs an advanced signature (law 43-20 art. 78).
    pub security_threshold: Option<Amount>,
    /// Processes that an arrêté holds equivalent to a certificate (decree 2-22-687 art. 22).
    pub equivalent_processes: Vec<String>,
    /// Seconds after which an acknowledgement counts as late (DOC 65-5 gives no figure).
    pub acknowledgement_seconds: Option<i64>,
    /// Seconds after which the answer to a request of access counts as late (law 09-08 art. 7 gives no figure).
    pub access_seconds: Option<i64>,
}

impl Matter {
    /// A matter about which nothing is known yet.
    pub fn new(at: Time) -> Self {
        Self {
            at,
            signed: Vec::new(),
            ceremony: CeremonyFacts::default(),
            archive: ArchiveFacts::default(),
            personal_data: PersonalDataFacts::default(),
            operator: OperatorFacts::default(),
            attestations: Attestations::default(),
            trust_list: None,
            settings: Settings::default(),
            validation_policy: None,
            dossier: None,
        }
    }
}

/// What a rule is put to: the matter, under one law, and the signature in question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'a> {
    pub(crate) matter: &'a Matter,
    pub(crate) regime: Regime,
    pub(crate) signed: Option<&'a Signed>,
}

impl<'a> Case<'a> {
    pub(crate) fn ceremony(&self) -> &'a CeremonyFacts {
        &self.matter.ceremony
    }

    /// What is attested of the signature in question, of its party or of everybody.
    pub(crate) fn attested(&self, statement: Statement, missing: Phrase) -> Answer {
        let about = self.signed.and_then(|signed| signed.party.as_deref());
        self.matter.attestations.answer(statement, about, self.matter.at, missing)
    }

    /// Each natural person's signature, under the same law.
    pub(crate) fn signatures(&self) -> impl Iterator<Item = &'a Signed> {
        self.matter.signed.iter().filter(|signed| !signed.is_seal())
    }

    pub(crate) fn of(&self, signed: &'a Signed) -> Self {
        Self { signed: Some(signed), ..*self }
    }
}
