//! From a dossier to what is assessed: what its journal records, and what the validation of its signatures and seals found.
//!
//! Nothing is taken for granted that the dossier does not show. An identification record is no signature, a legal person's
//! certificate makes a seal, and a signature is a party's where its certificate names that party.

mod ceremony;
mod parties;
mod signatures;
mod words_of_persons;

use std::fmt;

use super::Matter;
use super::calendar::Day;
use super::matter::{ArchiveFacts, DossierFacts, PersonalDataFacts};
use super::phrase::{Argument, Phrase, phrase};
use crate::contract::{self, Account, DossierExamination, DossierFault, DossierFaultKind, FaultKind};
use crate::error::Result;
use crate::limits::Budget;
use crate::validation::{Context, Indication};

/// What a dossier shows. The only way from it to what is assessed is [`require_intact`](Self::require_intact).
#[must_use]
#[derive(Clone, Debug)]
pub struct Shown {
    faults: Vec<String>,
    matter: Matter,
}

/// A dossier in which something was changed, dropped, swapped or repeated tells nothing.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the dossier does not hold: {}", Listed(.faults))]
#[non_exhaustive]
pub struct Tampered {
    /// What is wrong with it, each by the name of its file or the place of its event.
    pub faults: Vec<String>,
}

struct Listed<'a>(&'a [String]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => Ok(()),
            [only] => f.write_str(only),
            [first, others @ ..] => write!(f, "{first}; and {} more", others.len()),
        }
    }
}

impl Shown {
    /// What was changed, dropped, swapped or repeated, or does not hold: each by the name of its file or the place of its event.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// What is to be assessed, if nothing was changed.
    ///
    /// # Errors
    ///
    /// [`Tampered`] with everything that is wrong.
    pub fn require_intact(self) -> std::result::Result<Matter, Tampered> {
        if self.faults.is_empty() { Ok(self.matter) } else { Err(Tampered { faults: self.faults }) }
    }
}

impl Matter {
    /// Reads a dossier that was examined: every signature, seal and time-stamp is validated as of the time of the context
    /// (EN 319 102-1), and what the events record is taken down.
    ///
    /// What only persons know is added afterwards: [`attestations`](Self::attestations),
    /// [`Circumstances`](super::Circumstances), the [trust list](super::TrustList).
    ///
    /// ```
    /// # use seing::contract::*;
    /// # use seing::key::{KeyKind, os_entropy};
    /// # use seing::pki::throwaway::{Kinds, ThrowawayPki};
    /// use seing::legal::{Matter, assess};
    /// use seing::limits::{Budget, Limits};
    /// use seing::validation::{Context, Policy};
    /// # let now = seing::time::Time::parse_rfc3339("2026-11-23T10:00:00Z")?;
    /// # let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
    /// # let anchors = pki.trust_anchors();
    /// # let merchant = Party::legal("TEST Boutique SARL", Capacity::Professional);
    /// # let customer = Party::natural("TEST Amina Berrada", Capacity::Consumer);
    /// # let desk = Line::including_vat("desk", Quantity::ONE, Amount::parse("1200")?, VatRate::parse("20")?);
    /// # let order = Order::new("4711", merchant, customer, vec![desk])?;
    /// # let terms = Document::new("terms.txt", DocumentRole::Terms, "text/plain", "ar", b"...")?;
    /// # let offer = Offer::new("https://shop.example/desk", now).document(terms);
    /// # let kept = DataProtection::new("TEST Boutique SARL", LegalBasis::Contract, now.plus_seconds(315_576_000), "10 years");
    /// # let press = |words: &str| Gesture::new("button pressed", words, "fr");
    /// # let shop = Signatory::sealing(&pki.merchant.key, &pki.merchant.chain);
    /// # let ceremony = Ceremony::publish(offer, Act::NotStated, kept, now, &mut os_entropy)?
    /// #     .accept_terms(TermsAcceptance::new(["terms.txt"], press("J'accepte les conditions")), now, &mut os_entropy)?
    /// #     .review(Review::new(order, Amount::parse("1200")?, "the basket can be edited"), now, &mut os_entropy)?
    /// #     .confirm(Confirmation::new(press("Commander et payer")), None, now, &mut os_entropy)?
    /// #     .acknowledge(Acknowledgement::new(Vec::new(), "customer account", now), &shop, None, now, &mut os_entropy)?;
    /// # let documents = [("terms.txt".to_owned(), b"...".to_vec())].into();
    /// # let dossier = Dossier::seal(&ceremony, documents, &shop, None, now)?;
    ///
    /// let policy = Policy::default();
    /// let budget = &mut Budget::new(&Limits::default());
    /// let shown = Matter::of_dossier(&dossier.examine(budget)?, &Context::new(&anchors, &policy, now), budget)?;
    /// let assessment = assess(&shown.require_intact()?);
    ///
    /// assert_eq!(assessment.formation.validly_concluded.name(), "SATISFIED");
    /// assert_eq!(assessment.formation.offer.name(), "NOT_SATISFIED"); // it lacks the statements of DOC 65-4
    /// assert!(assessment.signatures.is_empty()); // the customer had no key, and the shop sealed
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it asks for more work than the budget has. What is wrong with the dossier is no error.
    pub fn of_dossier(examination: &DossierExamination, context: &Context<'_>, budget: &mut Budget) -> Result<Shown> {
        let (mut faults, mut irregularities) = (Vec::new(), Vec::new());
        for fault in examination.faults() {
            match of_order(fault) {
                Some(irregularity) => irregularities.push(irregularity),
                None => faults.push(fault.to_string()),
            }
        }
        let account = examination.account();
        let found = signatures::of(account, context, budget)?;
        faults.extend(found.faults);
        irregularities.extend(found.irregularities);
        let mut matter = Matter::new(context.time());
        matter.ceremony = ceremony::facts(account, &found.signed);
        matter.archive = archive(account, found.seal, found.kept);
        matter.personal_data = personal_data(account, found.card_number);
        matter.attestations = words_of_persons::recorded(account);
        matter.validation_policy = found.policy;
        matter.dossier = Some(DossierFacts {
            ceremony: account.events().first().map(|first| first.ceremony.to_owned()),
            events: account.journal().entries().len(),
            head: account.journal().head().map(|head| head.to_string()),
            seal: found.seal.map(|seal| seal.to_string()),
            irregularities,
            other_signatures: found.other_signatures,
        });
        matter.signed = found.signed.into_iter().map(|(_, signed)| signed).collect();
        Ok(Shown { faults, matter })
    }
}

/// A journal that nobody changed can record what should not have happened so. That is no fault of the file, and the law has an answer.
fn of_order(fault: &DossierFault) -> Option<Phrase> {
    let file = Argument::Code(fault.file.to_owned());
    match fault.kind {
        DossierFaultKind::Journal(FaultKind::Stage) => {
            let event = Argument::Code(fault.detail.to_owned());
            Some(phrase!("{0}: it cannot happen at this stage ({1})", file, event))
        }
        DossierFaultKind::Journal(FaultKind::Content) => {
            Some(phrase!("{0}: what it records could not have been recorded (in English: {1})", file, fault.detail))
        }
        _ => None,
    }
}

/// A dossier is what is kept: its seal is over everything that was deposited. From when on it is so is what a time-stamp proves, and
/// a seal of nobody who is known to keep it shows no more than that somebody made it.
fn archive(account: &Account, seal: Option<Indication>, kept: bool) -> ArchiveFacts {
    let protection = account.data_protection();
    ArchiveFacts {
        archived: true,
        chain_verifies: match seal {
            Some(Indication::Passed) => kept.then_some(true),
            Some(Indication::Failed(_)) => Some(false),
            Some(Indication::Indeterminate(_)) | None => None,
        },
        kept_until: protection.map(|kept| Day::in_morocco(kept.retained_until())),
        retention_basis: protection.map(|kept| kept.retention_basis().to_owned()),
        legal_hold: account.legal_hold().map(str::to_owned),
        ..ArchiveFacts::default()
    }
}

/// What the schema of the journal and its events show. Documents may hold more, and nobody can tell.
fn personal_data(account: &Account, certified_card_number: bool) -> PersonalDataFacts {
    let parties = || account.order().into_iter().flat_map(|order| [order.merchant(), order.customer()]);
    let card = |party: &contract::Party| {
        party.details.iter().any(|detail| detail.kind == contract::DetailKind::IdentityCardNumber)
    };
    let natural = |party: &contract::Party| party.person == contract::Person::Natural || party.representative.is_some();
    let asked = account.events().iter().any(|event| match &event.body {
        contract::Body::TermsAccepted(acceptance) => acceptance.privacy_notice.is_some(),
        contract::Body::Confirmed(confirmation) => {
            confirmation.identification.as_ref().is_some_and(|found| !found.attributes.is_empty())
        }
        _ => false,
    });
    PersonalDataFacts {
        processed: parties().any(natural).then_some(true),
        card_number: (certified_card_number || parties().any(card)).then_some(true),
        collected_from_person: asked.then_some(true),
        fields_beyond_schema: Some(Vec::new()),
        ..PersonalDataFacts::default()
    }
}
