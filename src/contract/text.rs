//! Texts of an event, and the salted commitments that stand for those about a person (law 09-08).
//!
//! An event holds the SHA-256 of an *opening*, canonical JSON of the field, a random salt and the value. The openings are kept
//! beside the events. Whoever has one shows that its value is what was recorded; once it is thrown away, nothing in the event
//! says what the value was, and every link and signature still holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{canonical, excluded};
use crate::digest::{Algorithm, Digest, hex};
use crate::error::{Error, Result};
use crate::key::Entropy;

/// A text of an event: open to whoever reads the journal, or about a person and therefore kept beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(Inner);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Inner {
    Open(String),
    Personal(Personal),
    Committed(Committed),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Personal {
    personal: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Committed {
    commitment: String,
}

impl Text {
    /// A text about nobody, as the name of a company: it stands in the event.
    pub fn open(text: impl Into<String>) -> Self {
        Self(Inner::Open(text.into()))
    }

    /// A text about a natural person: the event gets a commitment to it.
    pub fn personal(text: impl Into<String>) -> Self {
        Self(Inner::Personal(Personal { personal: text.into() }))
    }

    /// The text itself, unless there is a commitment in its place.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Inner::Open(text) | Inner::Personal(Personal { personal: text }) => Some(text),
            Inner::Committed(_) => None,
        }
    }

    /// Refuses a text about a natural person that would stand in the event as it is.
    pub(super) fn check_personal(&self) -> Result<()> {
        match &self.0 {
            Inner::Personal(_) | Inner::Committed(_) => Ok(()),
            Inner::Open(_) => Err(Error::misuse("a value about a natural person stands open in the event (law 09-08)")),
        }
    }

    /// The commitment in its place, as in `sha256:…`: what [`Openings::value`] finds it by.
    pub fn commitment(&self) -> Option<&str> {
        match &self.0 {
            Inner::Committed(Committed { commitment }) => Some(commitment),
            Inner::Open(_) | Inner::Personal(_) => None,
        }
    }
}

/// What opens the commitments of a journal: erasable, and all that is ever erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Openings(BTreeMap<String, Opening>);

/// A value about a person, where it stands, and the salt that hides it once it is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    ceremony: String,
    event: u32,
    field: String,
    salt: String,
    value: String,
}

impl Opening {
    /// The number of the event that it belongs to.
    pub fn event(&self) -> u32 {
        self.event
    }

    /// The place in the body of the event, as a JSON pointer (RFC 6901).
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The value.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether the salt is 32 octets in hexadecimal.
    pub(super) fn is_salted(&self) -> bool {
        self.salt.len() == 64 && self.salt.bytes().all(|octet| octet.is_ascii_digit() || (b'a'..=b'f').contains(&octet))
    }

    pub(super) fn ceremony(&self) -> &str {
        &self.ceremony
    }

    /// The octets that the commitment is the SHA-256 of: canonical JSON (RFC 8785).
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts and a number.
    pub fn octets(&self) -> Result<Vec<u8>> {
        canonical::octets(&canonical::value(self)?)
    }

    pub(super) fn commitment(&self) -> Result<Digest> {
        Ok(Algorithm::Sha256.digest(&self.octets()?))
    }
}

impl Openings {
    /// Everything that opens a commitment.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Opening)> {
        self.0.iter().map(|(commitment, opening)| (commitment.as_str(), opening))
    }

    /// The opening of a commitment, unless it was erased.
    pub fn opening(&self, commitment: &str) -> Option<&Opening> {
        self.0.get(commitment)
    }

    /// What a text says, unless it was erased.
    pub fn value<'a>(&'a self, text: &'a Text) -> Option<&'a str> {
        match text.commitment() {
            Some(commitment) => self.opening(commitment).map(Opening::value),
            None => text.as_str(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether everything was erased, or nothing about a person was ever there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn insert(&mut self, commitment: String, opening: Opening) -> Option<Opening> {
        self.0.insert(commitment, opening)
    }

    pub(super) fn remove(&mut self, commitment: &str) -> Option<Opening> {
        self.0.remove(commitment)
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// Where an event stands that values about persons are recorded in.
pub(super) struct Committing<'a, 'e> {
    pub(super) ceremony: &'a str,
    pub(super) event: u32,
    pub(super) identity_card_authorisation: Option<&'a str>,
    pub(super) entropy: &'a mut Entropy<'e>,
    pub(super) openings: Openings,
}

impl Committing<'_, '_> {
    /// Puts commitments in place of the values about persons in the body of an event.
    pub(super) fn replace(&mut self, value: &mut Value, pointer: &str) -> Result<()> {
        match value {
            Value::Object(members) => {
                if let Some(text) = personal(members) {
                    let opening = self.open(text.to_owned(), pointer)?;
                    let commitment = opening.commitment()?.to_string();
                    self.openings.insert(commitment.clone(), opening);
                    *members = Map::from_iter([("commitment".to_owned(), Value::String(commitment))]);
                    return Ok(());
                }
                for (name, member) in members.iter_mut() {
                    self.replace(member, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")))?;
                }
                Ok(())
            }
            Value::Array(items) => items
                .iter_mut()
                .enumerate()
                .try_for_each(|(index, item)| self.replace(item, &format!("{pointer}/{index}"))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
        }
    }

    fn open(&mut self, value: String, field: &str) -> Result<Opening> {
        if self.identity_card_authorisation.is_none() && has_identity_card_number(&value) {
            return Err(excluded(NUMBER_NEEDS_AUTHORISATION).with(field));
        }
        let mut salt = [0; 32];
        (self.entropy)(&mut salt)?;
        Ok(Opening {
            ceremony: self.ceremony.to_owned(),
            event: self.event,
            field: field.to_owned(),
            salt: hex(&salt),
            value,
        })
    }
}

/// The value that stands there as it was given.
fn personal(members: &Map<String, Value>) -> Option<&str> {
    members.get("personal").filter(|_| members.len() == 1)?.as_str()
}

pub(super) const NUMBER_NEEDS_AUTHORISATION: &str =
    "law 09-08, article 12-1 e: the number of the national identity card needs an authorisation of the CNDP";

/// Whether a word looks like the number of a national identity card: one or two letters and five to seven digits.
pub(super) fn has_identity_card_number(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = word.len() - digits.len();
        (1..=2).contains(&letters)
            && (5..=7).contains(&digits.len())
            && digits.bytes().all(|octet| octet.is_ascii_digit())
    })
}

/// Every commitment in the body of an event with its place, as commitment and pointer. A value about a person that stands there
/// uncommitted is found as one without commitment.
pub(super) fn commitments(value: &Value, pointer: &str, found: &mut Vec<(Option<String>, String)>) {
    match value {
        Value::Object(members) => {
            if personal(members).is_some() {
                found.push((None, pointer.to_owned()));
                return;
            }
            if let Some(Value::String(commitment)) = members.get("commitment").filter(|_| members.len() == 1) {
                found.push((Some(commitment.clone()), pointer.to_owned()));
                return;
            }
            for (name, member) in members {
                commitments(member, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| commitments(item, &format!("{pointer}/{index}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_identity_cards_are_seen() {
        for number in ["AB123456", "Amal, CIN: BK12345", "b1234567"] {
            assert!(has_identity_card_number(number), "{number}");
        }
        for other in ["Amal", "12345678", "+212612345678", "amal@example.ma", "ABC123456", "N12 rue 5", "10000 Rabat"] {
            assert!(!has_identity_card_number(other), "{other}");
        }
    }
}
