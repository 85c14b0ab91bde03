//! Merchant and customer, and whether a certificate is one of theirs.

use crate::contract::{self, Account, Role, Text};
use crate::legal::facts::{Capacity, Declared, Identification, Party, Person};
use crate::oid;
use crate::pki::{Certificate, Name};
use crate::time::Time;

/// The name of a party in events and signatures.
pub(super) fn id(role: Role) -> &'static str {
    match role {
        Role::Merchant => "merchant",
        Role::Customer => "customer",
    }
}

/// The parties of the order as it was last shown before it was confirmed. By it the one owes the price and the other what it is paid for, so that both take
/// on obligations.
pub(super) fn of(account: &Account) -> Vec<Party> {
    let Some(order) = account.order() else { return Vec::new() };
    let Some(shown) = account.ordered() else { return Vec::new() };
    let keeper = recorder(account, shown.number);
    let identified = account.confirmed().and_then(|event| match &event.body {
        contract::Body::Confirmed(confirmation) => confirmation.identification.as_ref(),
        _ => None,
    });
    [(Role::Merchant, order.merchant(), None), (Role::Customer, order.customer(), identified)]
        .map(|(role, party, identified)| recorded(role, party, identified, &keeper, shown.time))
        .into()
}

/// Whose word an event is.
pub(super) fn recorder(account: &Account, event: u32) -> String {
    match account.data_protection() {
        Some(kept) => format!("{}, journal #{event}", kept.controller()),
        None => format!("journal #{event}"),
    }
}

fn recorded(
    role: Role,
    party: &contract::Party,
    identified: Option<&contract::Identification>,
    keeper: &str,
    at: Time,
) -> Party {
    let capacity = match party.capacity {
        contract::Capacity::Consumer => Capacity::Consumer,
        contract::Capacity::Professional => Capacity::Professional,
    };
    let email = party.details.iter().any(|detail| detail.kind == contract::DetailKind::Email);
    let read = |value, by: &str, at| Some(Declared { value, by: by.to_owned(), at });
    Party {
        id: id(role).to_owned(),
        person: Some(match party.person {
            contract::Person::Natural => Person::Natural,
            contract::Person::Legal => Person::Legal,
        }),
        capacity: Some(Declared { value: capacity, by: keeper.to_owned(), at }),
        obligor: true,
        can_read: match &party.literacy {
            contract::Literacy::CanRead(word) => read(true, &word.by, word.at),
            contract::Literacy::CannotRead => read(false, keeper, at),
            contract::Literacy::NotStated => None,
        },
        identification: identified.map(|found| Identification {
            method: found.method.to_owned(),
            at: found.at,
            operator: found.operator.to_owned(),
        }),
        gave_address: capacity == Capacity::Professional && email,
    }
}

/// Whether a certificate names a party, or the person who acts for it, by the name as it was recorded before anybody signed: what
/// the keeper of the journal rectifies later is no part of what was signed. A name that was erased names nobody.
pub(super) fn is_of(account: &Account, role: Role, certificate: &Certificate, person: Option<Person>) -> bool {
    let Some(order) = account.order() else { return false };
    let party = match role {
        Role::Merchant => order.merchant(),
        Role::Customer => order.customer(),
    };
    let representative = party.representative.as_ref().map(|representative| &representative.name);
    let named: Option<&Text> = match (party.person, person) {
        (contract::Person::Natural, Some(Person::Natural)) => Some(&party.name),
        (contract::Person::Legal, Some(Person::Legal)) => Some(&party.name),
        (contract::Person::Legal, Some(Person::Natural)) => representative,
        (contract::Person::Natural, Some(Person::Legal)) | (_, None) => None,
    };
    let Some(name) = named.and_then(|name| account.openings().value(name)).map(words) else { return false };
    !name.is_empty() && names(certificate.subject(), person).any(|own| words(&own) == name)
}

/// The names of the subject: those of a natural person, or those of an organization.
fn names(subject: &Name, person: Option<Person>) -> impl Iterator<Item = String> {
    let attribute = |kind| subject.attribute(&kind);
    let both = attribute(oid::GIVEN_NAME).zip(attribute(oid::SURNAME));
    let own = match person {
        Some(Person::Legal) => attribute(oid::ORGANIZATION),
        Some(Person::Natural) | None => both.map(|(given, surname)| format!("{given} {surname}")),
    };
    own.into_iter().chain(attribute(oid::COMMON_NAME))
}

/// The words of a name without their order and case: registers put the surname first or last.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let mut words: Vec<String> = parts.map(str::to_lowercase).collect();
    words.sort_unstable();
    words
}
