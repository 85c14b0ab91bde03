//! What the journal records that somebody said, and nothing here can check.

use std::collections::BTreeSet;

use super::parties::recorder;
use crate::contract::{Account, Body, DocumentRole, LegalBasis};
use crate::legal::attestation::{Attestation, Attestations, Statement};
use crate::time::Time;

pub(super) fn recorded(account: &Account) -> Attestations {
    let mut words = Vec::new();
    let mut say = |statement, by: &str, at: Time, reference: &str| {
        let (by, reference) = (by.to_owned(), Some(reference.to_owned()));
        words.push(Attestation { statement, about: None, holds: true, by, at, reference });
    };
    if let (Some(first), Some(kept)) = (account.events().first(), account.data_protection()) {
        let by = recorder(account, first.number);
        say(Statement::LegalBasis, &by, first.time, basis(kept.legal_basis()));
        if let Some(receipt) = kept.declaration_receipt() {
            say(Statement::PersonalDataDeclared, &by, first.time, receipt);
        }
        if let Some(number) = kept.identity_card_authorisation() {
            say(Statement::CardNumberAuthorised, &by, first.time, number);
        }
    }
    for event in account.events() {
        let Body::TermsAccepted(acceptance) = &event.body else { continue };
        if acceptance.check(account.publication()).is_err() {
            continue;
        }
        let accepted: BTreeSet<&String> = acceptance.documents.iter().collect();
        let accepted = account
            .documents()
            .find(|document| document.role == DocumentRole::EvidenceAgreement && accepted.contains(&document.name));
        if let Some(document) = accepted {
            say(Statement::EvidenceAgreement, &recorder(account, event.number), event.time, &document.name);
        }
    }
    Attestations::new(words)
}

/// Law 09-08 art. 4.
fn basis(basis: LegalBasis) -> &'static str {
    match basis {
        LegalBasis::Consent => "consent",
        LegalBasis::LegalObligation => "legal obligation",
        LegalBasis::Contract => "contract",
        LegalBasis::VitalInterests => "vital interests",
        LegalBasis::PublicTask => "public task",
        LegalBasis::LegitimateInterest => "legitimate interest",
    }
}
