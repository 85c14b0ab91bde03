//! Who concludes: merchant and customer, persons and companies, and in what capacity.

use serde::{Deserialize, Serialize};

use super::{Text, excluded};
use crate::error::Result;
use crate::time::Time;

/// A party to a contract.
///
/// The name and the details of a natural person are recorded as commitments, those of a company as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Party {
    /// Natural or legal person.
    pub person: Person,
    /// What the party acts for.
    pub capacity: Capacity,
    /// The name.
    pub name: Text,
    /// What else is known of the party.
    pub details: Vec<Detail>,
    /// The natural person who acts for the party, where it does not act itself.
    pub representative: Option<Representative>,
    /// Whether the party, where it is a natural person, can read (DOC 427).
    pub literacy: Literacy,
}

/// Whether a natural person can read. Obligations of one who cannot bind only when a notary or an authorised public officer
/// receives the act (DOC 427).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed: said, denied, or not said")]
pub enum Literacy {
    /// Nobody says anything about it.
    NotStated,
    /// Somebody says that the person can.
    CanRead(Attestation),
    /// The person cannot: there is no ceremony.
    CannotRead,
}

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed by the law: there is no third kind of person")]
pub enum Person {
    /// A natural person, who signs.
    Natural,
    /// A legal person, which seals.
    Legal,
}

/// What a party acts for (law 31-08, article 2). Either kind of person may act as either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed by the law: whoever is no consumer acts professionally")]
pub enum Capacity {
    /// Personal or family needs.
    Consumer,
    /// A profession or a trade.
    Professional,
}

/// One thing that is known of a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Detail {
    /// What it is.
    pub kind: DetailKind,
    /// The thing itself.
    pub value: Text,
}

/// What may be recorded of a party, and nothing else may (law 09-08, article 3-1 c).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DetailKind {
    /// Postal address, or the seat of a company.
    Address,
    /// Electronic mail.
    Email,
    /// Telephone.
    Telephone,
    /// The trade name.
    TradeName,
    /// Number in the commercial register.
    CommercialRegister,
    /// The common identifier of the enterprise (ICE).
    EnterpriseIdentifier,
    /// Tax identifier.
    TaxIdentifier,
    /// The capital of a company.
    Capital,
    /// A licence: number, date and authority.
    Licence,
    /// The number of the national identity card, which needs an authorisation of the CNDP.
    IdentityCardNumber,
}

/// Who acts for a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Representative {
    /// The name.
    pub name: Text,
    /// What the power to act rests on: an office, a mandate.
    pub authority: String,
}

/// What somebody says, and software cannot know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Attestation {
    /// Who says so: an office or a function, and no name of a person.
    pub by: String,
    /// Since when.
    pub at: Time,
    /// On what it rests.
    pub basis: String,
}

impl Attestation {
    /// What `by` says since `at`, on such a basis.
    pub fn new(by: impl Into<String>, at: Time, basis: impl Into<String>) -> Self {
        Self { by: by.into(), at, basis: basis.into() }
    }
}

impl Party {
    /// A natural person.
    pub fn natural(name: impl Into<String>, capacity: Capacity) -> Self {
        Self::new(Person::Natural, Text::personal(name), capacity)
    }

    /// A company, an association, a public body.
    pub fn legal(name: impl Into<String>, capacity: Capacity) -> Self {
        Self::new(Person::Legal, Text::open(name), capacity)
    }

    fn new(person: Person, name: Text, capacity: Capacity) -> Self {
        Self { person, capacity, name, details: Vec::new(), representative: None, literacy: Literacy::NotStated }
    }

    /// Adds what is known of it.
    #[must_use]
    pub fn with(mut self, kind: DetailKind, value: impl Into<String>) -> Self {
        let value = match (self.person, kind) {
            (Person::Natural, _) | (_, DetailKind::IdentityCardNumber) => Text::personal(value),
            (Person::Legal, _) => Text::open(value),
        };
        self.details.push(Detail { kind, value });
        self
    }

    /// Adds the natural person who acts for it.
    #[must_use]
    pub fn represented_by(mut self, name: impl Into<String>, authority: impl Into<String>) -> Self {
        self.representative = Some(Representative { name: Text::personal(name), authority: authority.into() });
        self
    }

    /// Says whether the party can read.
    #[must_use]
    pub fn literacy(self, literacy: Literacy) -> Self {
        Self { literacy, ..self }
    }

    /// Refuses what no event may hold.
    pub(super) fn check(&self, authorised: bool) -> Result<()> {
        // What is about a natural person is committed to: it could not be erased else.
        let is_natural = self.person == Person::Natural;
        let of_person = |detail: &&Detail| is_natural || detail.kind == DetailKind::IdentityCardNumber;
        let details = self.details.iter().filter(of_person).map(|detail| &detail.value);
        let names =
            is_natural.then_some(&self.name).into_iter().chain(self.representative.as_ref().map(|one| &one.name));
        names.chain(details).try_for_each(Text::check_personal)?;
        let has_number = self.details.iter().any(|detail| detail.kind == DetailKind::IdentityCardNumber);
        if has_number && !authorised {
            return Err(excluded(super::text::NUMBER_NEEDS_AUTHORISATION));
        }
        match self.literacy {
            Literacy::CannotRead => Err(excluded(
                "DOC 427: obligations of a person who cannot read bind only when a notary or an authorised public officer \
                 receives the act",
            )),
            Literacy::CanRead(_) | Literacy::NotStated => Ok(()),
        }
    }
}
