//! What only a person can say, as the rules hear it.

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::phrase::{Argument, Phrase, phrase};
use crate::error::{Error, Result};
use crate::time::Time;

/// What an attestation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Statement {
    /// The signature is affixed before a public officer empowered to certify (DOC 417-2).
    PublicOfficer,
    /// The parties made a valid agreement on evidence (DOC 417).
    EvidenceAgreement,
    /// The key is the signatory's alone (law 43-20 art. 5; law 53-05 art. 6).
    ProperToSignatory,
    /// The signatory alone controls the creation data (law 43-20 art. 5; law 53-05 art. 6).
    SoleControl,
    /// The signature, or the seal, was created by a device with a conformity certificate (law 43-20 art. 8; 53-05 art. 9).
    ConformingDevice,
    /// The certificate was issued as a secured one under law 53-05 (law 43-20 art. 82).
    SecuredCertificate,
    /// The provider's name, seat and registration number are those of the certificate (decree 2-22-687 art. 2).
    ProviderIdentity,
    /// An agreement with Morocco recognises the foreign provider (law 43-20 art. 36; law 53-05 art. 22).
    RecognisedAbroad,
    /// The clock of the time-stamp authority is accurate and linked to UTC (law 43-20 art. 24).
    AccurateClock,
    /// The operator declared itself to the national authority (law 43-20 art. 35).
    OperatorDeclared,
    /// The operator is approved for the service (law 43-20 art. 32).
    OperatorApproved,
    /// Breaches are notified at once (law 43-20 art. 40).
    BreachesNotified,
    /// The means of cryptology is declared, authorised or exempt (law 43-20 art. 46).
    CryptologyDeclared,
    /// The registered delivery meets the conditions of a qualified one (law 43-20 art. 28).
    QualifiedDelivery,
    /// An arrêté of the Minister of Justice admits the act (law 43-20 art. 79).
    RealRightAdmitted,
    /// The prior declaration is made to the CNDP and its receipt issued (law 09-08 art. 12).
    PersonalDataDeclared,
    /// The CNDP authorised to process the number of the national identity card (law 09-08 art. 12).
    CardNumberAuthorised,
    /// A law or the CNDP authorises to process sensitive data (law 09-08 art. 21).
    SensitiveDataAuthorised,
    /// The processing has a basis (law 09-08 art. 4).
    LegalBasis,
    /// The processor is bound by a written contract (law 09-08 art. 23).
    ProcessorContract,
    /// The transfer abroad has a basis (law 09-08 art. 43-44).
    TransferBasis,
    /// The Arabic translation is faithful (law 31-08 art. 206).
    FaithfulTranslation,
    /// Security measures are appropriate (law 09-08 art. 23).
    SecurityMeasures,
}

impl Statement {
    /// Its name in a list of attestations.
    fn key(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
    }
}

/// The word of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// What it is about.
    pub statement: Statement,
    /// The party, signature or provider that it is about; none for all.
    #[serde(default)]
    pub about: Option<String>,
    /// Whether the person says that it is so, or that it is not.
    pub holds: bool,
    /// Who says it.
    pub by: String,
    /// When.
    pub at: Time,
    /// The number of a decision, receipt or contract.
    #[serde(default)]
    pub reference: Option<String>,
}

/// The words of persons that an assessment hears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attestations(Vec<Attestation>);

impl Attestations {
    /// These words, and no others.
    pub fn new(words: Vec<Attestation>) -> Self {
        Self(words)
    }

    /// Reads a JSON list of them.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is none, or one is given by nobody; `LimitExceeded` beyond a megabyte.
    pub fn from_json(json: &str) -> Result<Self> {
        if json.len() > ATTESTATIONS_OCTETS {
            return Err(Error::limit("attestations of more than a megabyte"));
        }
        let words: Vec<Attestation> = serde_json::from_str(json)
            .map_err(|cause| Error::malformed("not a list of attestations").because(cause))?;
        if words.iter().any(|word| word.by.trim().is_empty()) {
            return Err(Error::malformed("an attestation by nobody"));
        }
        Ok(Self(words))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Attestation> {
        self.0.iter()
    }

    /// What is said of this: whoever denies is heard first. Words given after the time of the assessment are not heard.
    pub(crate) fn answer(&self, statement: Statement, about: Option<&str>, until: Time, missing: Phrase) -> Answer {
        let concerns = |word: &&Attestation| {
            let same = word.about.as_deref().is_none_or(|about_whom| Some(about_whom) == about);
            // Of the matter as a whole, what is denied of one is not so of all.
            let of_one = about.is_none() && !word.holds;
            word.statement == statement && (same || of_one) && word.at <= until
        };
        if let Some(denied) = self.0.iter().filter(concerns).find(|word| !word.holds) {
            return Answer::broken(phrase!("{0} says that it is not so ({1})", &denied.by, denied.at));
        }
        match self.0.iter().filter(concerns).max_by_key(|word| word.at) {
            Some(word) => {
                let reference = word.reference.as_deref().map(|number| format!(" ({number})")).unwrap_or_default();
                Answer::Attested { by: format!("{}{reference}", word.by), at: word.at }
            }
            None => Answer::unknown(phrase!("{0} (attestation {1})", missing, Argument::Code(statement.key()))),
        }
    }
}

const ATTESTATIONS_OCTETS: usize = 1 << 20;
