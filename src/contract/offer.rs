//! The offer: its documents, what it must state (DOC 65-4, law 31-08 article 29), how long it holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::digest_text;
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::time::Time;

/// A file that belongs to the contract, by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Document {
    /// Its name, which tells it from the other documents of the contract.
    pub name: String,
    /// What it is for.
    pub role: DocumentRole,
    /// Its media type, as in `application/pdf`.
    pub media_type: String,
    /// Its language, as in `ar` or `fr` (RFC 5646).
    pub language: String,
    /// The SHA-256 of its octets.
    #[serde(with = "digest_text")]
    pub digest: Digest,
    /// How many octets it has.
    pub octets: u64,
    /// The name of the document that it translates.
    pub translation_of: Option<String>,
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DocumentRole {
    /// The offer itself.
    Offer,
    /// The terms of the contract (DOC 65-4, law 31-08 article 30).
    Terms,
    /// The contract.
    Contract,
    /// The confirmation on a durable medium (law 31-08, article 32).
    Confirmation,
    /// The form for withdrawing (DOC 65-6).
    WithdrawalForm,
    /// What a person is told whose data are collected (law 09-08, article 5).
    PrivacyNotice,
    /// An agreement on evidence (DOC 417).
    EvidenceAgreement,
    /// Something else.
    Other,
}

impl Document {
    /// A document with these octets.
    ///
    /// # Errors
    ///
    /// `Misuse` when the name is not one that every system can store: letters, digits, `.`, `-` and `_` of ASCII, at most 100 of
    /// them, and not a point first.
    pub fn new(
        name: impl Into<String>,
        role: DocumentRole,
        media_type: impl Into<String>,
        language: impl Into<String>,
        octets: &[u8],
    ) -> Result<Self> {
        let document = Self {
            name: name.into(),
            role,
            media_type: media_type.into(),
            language: language.into(),
            digest: Algorithm::Sha256.digest(octets),
            octets: u64::try_from(octets.len()).unwrap_or(u64::MAX),
            translation_of: None,
        };
        document.check()?;
        Ok(document)
    }

    /// Says which document it translates, as the Arabic translation of law 31-08, article 206.
    #[must_use]
    pub fn translating(self, name: impl Into<String>) -> Self {
        Self { translation_of: Some(name.into()), ..self }
    }

    pub(super) fn is_arabic(&self) -> bool {
        self.primary_language().eq_ignore_ascii_case("ar")
    }

    /// RFC 5646 §2.2.1: the subtag before the first hyphen.
    fn primary_language(&self) -> &str {
        self.language.split('-').next().unwrap_or_default()
    }

    pub(super) fn check(&self) -> Result<()> {
        let plain = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_');
        if self.name.is_empty() || self.name.len() > 100 || self.name.starts_with('.') || !self.name.bytes().all(plain)
        {
            return Err(Error::misuse("the name of a document is of ASCII letters, digits, points, - and _"));
        }
        Ok(())
    }
}

/// What an offer must state. Without one of the seven of DOC 65-4 it is no offer but mere advertising.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Statement {
    /// DOC 65-4, 1°: the main characteristics.
    #[serde(rename = "doc-65-4-1")]
    Characteristics,
    /// DOC 65-4, 2°: the conditions of sale or transfer.
    #[serde(rename = "doc-65-4-2")]
    Conditions,
    /// DOC 65-4, 3°: the steps by which the contract is concluded electronically.
    #[serde(rename = "doc-65-4-3")]
    Steps,
    /// DOC 65-4, 4°: the means of finding and correcting errors before the conclusion.
    #[serde(rename = "doc-65-4-4")]
    ErrorCorrection,
    /// DOC 65-4, 5°: the languages.
    #[serde(rename = "doc-65-4-5")]
    Languages,
    /// DOC 65-4, 6°: how the contract is archived and the archived one accessed, where its nature or object justifies it.
    #[serde(rename = "doc-65-4-6")]
    Archiving,
    /// DOC 65-4, 7°: the means of consulting the rules to which the author of the offer submits, if any.
    #[serde(rename = "doc-65-4-7")]
    Rules,
    /// Law 31-08, article 29, 1°: the essential characteristics.
    #[serde(rename = "l31-08-29-1")]
    EssentialCharacteristics,
    /// Law 31-08, article 29, 2°: who the supplier is.
    #[serde(rename = "l31-08-29-2")]
    Supplier,
    /// Law 31-08, article 29, 3°: time and costs of delivery, if any.
    #[serde(rename = "l31-08-29-3")]
    Delivery,
    /// Law 31-08, article 29, 4°: that there is a right of withdrawal, unless it is excluded.
    #[serde(rename = "l31-08-29-4")]
    Withdrawal,
    /// Law 31-08, article 29, 5°: payment, delivery or performance.
    #[serde(rename = "l31-08-29-5")]
    Performance,
    /// Law 31-08, article 29, 6°: how long offer and price hold.
    #[serde(rename = "l31-08-29-6")]
    Validity,
    /// Law 31-08, article 29, 7°: what it costs to communicate at a distance.
    #[serde(rename = "l31-08-29-7")]
    CommunicationCost,
    /// Law 31-08, article 29, 8°: the minimum duration of a continuous or periodic supply, if any.
    #[serde(rename = "l31-08-29-8")]
    MinimumDuration,
}

impl Statement {
    /// All of them, in the order of the articles.
    pub const ALL: [Self; 15] = [
        Self::Characteristics,
        Self::Conditions,
        Self::Steps,
        Self::ErrorCorrection,
        Self::Languages,
        Self::Archiving,
        Self::Rules,
        Self::EssentialCharacteristics,
        Self::Supplier,
        Self::Delivery,
        Self::Withdrawal,
        Self::Performance,
        Self::Validity,
        Self::CommunicationCost,
        Self::MinimumDuration,
    ];

    /// Whether the article itself asks for it only where there is something to state.
    pub fn may_be_not_applicable(self) -> bool {
        match self {
            Self::Archiving | Self::Rules | Self::Delivery | Self::Withdrawal | Self::MinimumDuration => true,
            Self::Characteristics
            | Self::Conditions
            | Self::Steps
            | Self::ErrorCorrection
            | Self::Languages
            | Self::EssentialCharacteristics
            | Self::Supplier
            | Self::Performance
            | Self::Validity
            | Self::CommunicationCost => false,
        }
    }
}

/// Where an offer states something, or why it need not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Stated {
    /// In a document of the offer.
    At {
        /// The name of the document.
        document: String,
        /// The place in it, as in `page 2, section 4`.
        place: String,
    },
    /// Nowhere, since it does not apply.
    NotApplicable {
        /// Why not.
        reason: String,
    },
}

/// An offer at the moment at which it is put online.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Offer {
    /// What it consists of.
    pub documents: Vec<Document>,
    /// What it states, and where. What is missing here is not stated.
    pub statements: BTreeMap<Statement, Stated>,
    /// The languages in which the contract can be concluded.
    pub languages: Vec<String>,
    /// Since when it is accessible.
    pub online_since: Time,
    /// Until when its author is bound by it. Without it, as long as it is accessible by his doing (DOC 65-4).
    pub valid_until: Option<Time>,
    /// Where it is accessible: an address, an application.
    pub channel: String,
}

impl Offer {
    /// An offer that is accessible somewhere since a moment.
    pub fn new(channel: impl Into<String>, online_since: Time) -> Self {
        Self {
            documents: Vec::new(),
            statements: BTreeMap::new(),
            languages: Vec::new(),
            online_since,
            valid_until: None,
            channel: channel.into(),
        }
    }

    /// Adds a document.
    #[must_use]
    pub fn document(mut self, document: Document) -> Self {
        self.documents.push(document);
        self
    }

    /// Adds where something is stated.
    #[must_use]
    pub fn states(mut self, statement: Statement, document: impl Into<String>, place: impl Into<String>) -> Self {
        self.statements.insert(statement, Stated::At { document: document.into(), place: place.into() });
        self
    }

    /// Adds why something need not be stated.
    #[must_use]
    pub fn need_not_state(mut self, statement: Statement, reason: impl Into<String>) -> Self {
        self.statements.insert(statement, Stated::NotApplicable { reason: reason.into() });
        self
    }

    /// Adds a language in which the contract can be concluded.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.languages.push(language.into());
        self
    }

    /// Sets until when its author is bound.
    #[must_use]
    pub fn valid_until(self, time: Time) -> Self {
        Self { valid_until: Some(time), ..self }
    }

    /// The document of this name.
    pub fn named(&self, name: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.name == name)
    }

    pub(super) fn check(&self) -> Result<()> {
        check_documents(&self.documents)?;
        check_translations(&self.documents, self.documents.iter())?;
        if self.documents.is_empty() {
            return Err(Error::misuse("an offer has a document at least (DOC 65-4)"));
        }
        self.statements.iter().try_for_each(|(statement, stated)| self.check_statement(*statement, stated))
    }

    /// Refuses what states nothing.
    pub(crate) fn check_statement(&self, statement: Statement, stated: &Stated) -> Result<()> {
        match stated {
            Stated::At { document, .. } if self.named(document).is_none() => {
                Err(Error::misuse("a statement is in a document that the offer has not").with(document))
            }
            Stated::NotApplicable { .. } if !statement.may_be_not_applicable() => {
                Err(Error::misuse("the law lets no offer go without this statement").with(format!("{statement:?}")))
            }
            Stated::NotApplicable { reason } if reason.trim().is_empty() => {
                Err(Error::misuse("what does not apply needs a reason").with(format!("{statement:?}")))
            }
            Stated::At { .. } | Stated::NotApplicable { .. } => Ok(()),
        }
    }
}

/// A translation is bound to its original: a document of the contract, in another language, which is no translation itself.
pub(super) fn check_translations<'a>(documents: &[Document], all: impl Iterator<Item = &'a Document>) -> Result<()> {
    let all: BTreeMap<&str, &Document> = all.map(|document| (document.name.as_str(), document)).collect();
    for document in documents {
        let Some(name) = &document.translation_of else { continue };
        let original = all
            .get(name.as_str())
            .ok_or_else(|| Error::misuse("a translation of a document that the contract has not").with(name))?;
        let same = original.primary_language().eq_ignore_ascii_case(document.primary_language());
        if same || original.translation_of.is_some() {
            return Err(Error::misuse("a translation is of an original in another language").with(&document.name));
        }
    }
    Ok(())
}

/// Documents are told apart by their names.
pub(super) fn check_documents(documents: &[Document]) -> Result<()> {
    let mut names = BTreeSet::new();
    for document in documents {
        document.check()?;
        if !names.insert(document.name.as_str()) {
            return Err(Error::misuse("two documents have the same name").with(&document.name));
        }
    }
    Ok(())
}
