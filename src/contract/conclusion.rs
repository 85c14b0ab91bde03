//! What is recorded up to the conclusion: terms, review, corrections, confirmation, acknowledgement (DOC 65-4, 65-5).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::Publication;
use super::{Amount, Document, Order, Text};
use crate::error::{Error, Result};
use crate::time::Time;

/// How the customer accepted the terms (law 31-08, article 30).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TermsAcceptance {
    /// The names of the documents that were accepted: all of the terms, and others.
    pub documents: Vec<String>,
    /// What was done.
    pub gesture: Gesture,
    /// The words by which information by electronic mail was accepted, if they were (DOC 65-3).
    pub email_accepted: Option<String>,
    /// The name of the privacy notice that was shown (law 09-08, article 5).
    pub privacy_notice: Option<String>,
}

/// An express act of somebody in front of a screen. There is none for silence, which accepts nothing (DOC 65-2, law 31-08 article 33).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Gesture {
    /// What was done, as in `button pressed` or `box ticked`.
    pub action: String,
    /// The words that stood there.
    pub wording: String,
    /// Their language.
    pub language: String,
}

impl Gesture {
    /// Something that was done below some words.
    pub fn new(action: impl Into<String>, wording: impl Into<String>, language: impl Into<String>) -> Self {
        Self { action: action.into(), wording: wording.into(), language: language.into() }
    }

    pub(crate) fn check(&self) -> Result<()> {
        if self.action.trim().is_empty() || self.wording.trim().is_empty() {
            return Err(Error::misuse("an acceptance is express: say what was done, and below which words"));
        }
        Ok(())
    }
}

/// What the customer saw before confirming (DOC 65-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Review {
    /// The order with its details and its total price.
    pub order: Order,
    /// The total price as it stood on the screen, which must be the order's.
    pub total_shown: Amount,
    /// How errors could be corrected from there.
    pub correction: String,
}

impl Review {
    /// An order as it was shown with its total price, and how errors could be corrected from there.
    pub fn new(order: Order, total_shown: Amount, correction: impl Into<String>) -> Self {
        Self { order, total_shown, correction: correction.into() }
    }
}

/// What the customer corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Correction {
    /// The order as corrected.
    pub order: Order,
    /// What is different.
    pub changed: String,
}

impl Correction {
    /// An order as it was corrected, and what is different.
    pub fn new(order: Order, changed: impl Into<String>) -> Self {
        Self { order, changed: changed.into() }
    }
}

/// How the customer confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Confirmation {
    /// What was done.
    pub gesture: Gesture,
    /// A mention that the law wants in the customer's own hand, as the customer typed it (DOC 2-1).
    pub mention: Option<Text>,
    /// How the customer was identified. It is no signature.
    pub identification: Option<Identification>,
}

impl Confirmation {
    /// A confirmation by this gesture.
    pub fn new(gesture: Gesture) -> Self {
        Self { gesture, mention: None, identification: None }
    }

    /// Adds a mention in the customer's own hand.
    #[must_use]
    pub fn mention(self, text: impl Into<String>) -> Self {
        Self { mention: Some(Text::personal(text)), ..self }
    }

    /// Adds how the customer was identified.
    #[must_use]
    pub fn identified(self, identification: Identification) -> Self {
        Self { identification: Some(identification), ..self }
    }

    pub(super) fn check(&self) -> Result<()> {
        self.gesture.check()?;
        let attributes = self.identification.iter().flat_map(|identification| &identification.attributes);
        attributes.chain(&self.mention).try_for_each(Text::check_personal)
    }
}

/// How somebody was identified: method, time, who did it and what binds it to the session (DOC 417-1). It is no signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Identification {
    /// The method, as in `one-time code by telephone`.
    pub method: String,
    /// Who identified.
    pub operator: String,
    /// When.
    pub at: Time,
    /// What was found out, as in a telephone number.
    pub attributes: Vec<Text>,
    /// What binds it to the session or the key.
    pub binding: String,
}

impl Identification {
    /// An identification by a method, of an operator, at a time.
    pub fn new(method: impl Into<String>, operator: impl Into<String>, at: Time, binding: impl Into<String>) -> Self {
        let (method, operator, binding) = (method.into(), operator.into(), binding.into());
        Self { method, operator, at, attributes: Vec::new(), binding }
    }

    /// Adds what was found out.
    #[must_use]
    pub fn attribute(mut self, value: impl Into<String>) -> Self {
        self.attributes.push(Text::personal(value));
        self
    }
}

/// How the merchant acknowledged (DOC 65-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Acknowledgement {
    /// The documents of the contract: the contract, its translation, the confirmation on a durable medium.
    pub documents: Vec<Document>,
    /// Where the customer can get at the acknowledgement.
    pub channel: String,
    /// Since when: it counts as received then.
    pub accessible_since: Time,
}

impl Acknowledgement {
    /// An acknowledgement that the customer can get at somewhere since a moment.
    pub fn new(documents: Vec<Document>, channel: impl Into<String>, accessible_since: Time) -> Self {
        Self { documents, channel: channel.into(), accessible_since }
    }
}

impl TermsAcceptance {
    /// The acceptance of these documents by a gesture.
    pub fn new(documents: impl IntoIterator<Item = impl Into<String>>, gesture: Gesture) -> Self {
        let documents = documents.into_iter().map(Into::into).collect();
        Self { documents, gesture, email_accepted: None, privacy_notice: None }
    }

    /// Adds the words by which information by electronic mail was accepted (DOC 65-3).
    #[must_use]
    pub fn email_accepted(self, wording: impl Into<String>) -> Self {
        Self { email_accepted: Some(wording.into()), ..self }
    }

    /// Adds the name of the privacy notice that was shown (law 09-08, article 5).
    #[must_use]
    pub fn privacy_notice(self, document: impl Into<String>) -> Self {
        Self { privacy_notice: Some(document.into()), ..self }
    }

    pub(crate) fn check(&self, publication: Option<&Publication>) -> Result<()> {
        self.gesture.check()?;
        if self.documents.is_empty() {
            return Err(Error::misuse("say which documents were accepted"));
        }
        let documents = publication.into_iter().flat_map(|publication| &publication.offer.documents);
        let offered: BTreeSet<&String> = documents.map(|document| &document.name).collect();
        match self.documents.iter().chain(&self.privacy_notice).find(|name| !offered.contains(name)) {
            Some(name) => Err(Error::misuse("a document was accepted that the offer has not").with(name)),
            None => Ok(()),
        }
    }
}
