//! The signatures and seals of a dossier, validated.

use crate::ades::{CertificateReference, SignatureFacts, SignerFacts, TimestampFacts, TimestampKind};
use crate::contract::{self, Account, AttestedBy, Body, Document, DocumentRole, Event, Hand, Keeper, Role};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, Result};
use crate::legal::facts::Person;
use crate::legal::phrase::{Phrase, phrase};
use crate::legal::signed::{Place, Signed, TimeStamped};
use crate::limits::Budget;
use crate::oid;
use crate::pki::Certificate;
use crate::pki::path::{PathFault, PathQuery};
use crate::time::Time;
use crate::validation::{Context, Indication, validate, validate_time_stamp};

use super::parties;

/// What was found of them.
#[derive(Default)]
pub(super) struct Found {
    /// Each with the number of the event that it is over; none for the seal over the dossier.
    pub(super) signed: Vec<(Option<u32>, Signed)>,
    pub(super) faults: Vec<String>,
    pub(super) irregularities: Vec<Phrase>,
    pub(super) policy: Option<String>,
    pub(super) seal: Option<Indication>,
    /// Whether the seal is shown to be the merchant's or that of the keeper whom the caller names, with a proven time.
    pub(super) kept: bool,
    /// What the validation of the signatures over events that make no contract came to.
    pub(super) other_signatures: Vec<Indication>,
    /// Whether a certificate carries the number of a national identity card.
    pub(super) card_number: bool,
    /// The event from which on everything that makes the contract is there.
    whole_since: u32,
}

pub(super) fn of(account: &Account, context: &Context<'_>, budget: &mut Budget) -> Result<Found> {
    let mut found = Found { whole_since: whole_since(account), ..Found::default() };
    for attested in account.attested() {
        let event = account.events().iter().find(|event| event.number == attested.event);
        match (&attested.by, event) {
            (AttestedBy::Signature(facts), Some(event)) => found.event(event, facts, account, context, budget)?,
            (AttestedBy::TimeStamp(facts), Some(event)) => found.time_stamp(event, facts, context, budget)?,
            // The fault is that of an event which cannot be read.
            (_, None) => {}
        }
    }
    if let Some(seal) = account.seal() {
        found.dossier(seal, account, context, budget)?;
    }
    Ok(found)
}

impl Found {
    fn event(
        &mut self,
        event: &Event,
        facts: &SignatureFacts,
        account: &Account,
        context: &Context<'_>,
        budget: &mut Budget,
    ) -> Result<()> {
        let hand = event.signed_by.as_ref().map(|by| by.hand);
        let mut signed = self.validated(facts, hand, context, budget)?;
        let certificate = facts.signer.certificate.as_ref();
        let is_confirmation = account.confirmed().is_some_and(|confirmed| confirmed.number == event.number);
        let role = match &event.body {
            Body::Confirmed(_) if is_confirmation => Some(Role::Customer),
            Body::Acknowledged(_) => Some(Role::Merchant),
            _ => None,
        };
        signed.covers_all = (event.number >= self.whole_since).then_some(true);
        // Another confirmation than that of the order is no party's signature to it.
        signed.party = match (&event.body, role) {
            (Body::Confirmed(_), None) => None,
            _ => party(role, certificate, signed.person, account).map(str::to_owned),
        };
        if let Some(role) = role
            && signed.party.is_none()
        {
            let subject = certificate.map(|own| own.subject().to_string()).unwrap_or_default();
            let number = event.number;
            self.irregularities.push(match (signed.is_seal(), role) {
                (false, Role::Customer) => phrase!(
                    "event {0}: the certificate that signs ({1}) is not shown to be that of the customer",
                    number,
                    subject
                ),
                (false, Role::Merchant) => phrase!(
                    "event {0}: the certificate that signs ({1}) is not shown to be that of the merchant",
                    number,
                    subject
                ),
                (true, Role::Customer) => phrase!(
                    "event {0}: the certificate that seals ({1}) is not shown to be that of the customer",
                    number,
                    subject
                ),
                (true, Role::Merchant) => phrase!(
                    "event {0}: the certificate that seals ({1}) is not shown to be that of the merchant",
                    number,
                    subject
                ),
            });
        }
        match role {
            Some(_) => self.signed.push((Some(event.number), signed)),
            None if signed.is_seal() => self.add(Some(event.number), signed),
            // DOC 417-2: a signature is linked with the act to which it is attached. A withdrawal is another act than the contract.
            None => {
                if signed.indication != Indication::Passed {
                    let (number, found) = (event.number, signed.indication);
                    self.irregularities.push(phrase!("event {0}: the signature over it is {1}", number, found));
                }
                self.other_signatures.push(signed.indication);
            }
        }
        Ok(())
    }

    /// A time-stamp over an event that nobody signed. What does not validate proves nothing, and the clock of the journal is left.
    fn time_stamp(
        &mut self,
        event: &Event,
        facts: &TimestampFacts,
        context: &Context<'_>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut facts = facts.to_owned();
        facts.signer.certificates.extend_from_slice(context.certificates());
        let report = validate_time_stamp(&facts, context, budget)?;
        if report.indication != Indication::Passed {
            let number = event.number;
            self.irregularities.push(phrase!("event {0}: the time-stamp over it is {1}", number, report.indication));
        }
        Ok(())
    }

    /// Whoever keeps the journal seals each later event alike, and the dossier over them all: what says nothing new is said once,
    /// with the time that is proven.
    fn add(&mut self, event: Option<u32>, signed: Signed) {
        match self.signed.iter_mut().find(|(_, other)| is_alike(other, &signed)) {
            None => self.signed.push((event, signed)),
            Some(earlier) if earlier.1.proven_time.is_none() && signed.proven_time.is_some() => {
                *earlier = (event, signed);
            }
            Some(_) => {}
        }
    }

    /// The seal over the manifest.
    fn dossier(
        &mut self,
        seal: &contract::Seal,
        account: &Account,
        context: &Context<'_>,
        budget: &mut Budget,
    ) -> Result<()> {
        let mut signed = self.validated(&seal.facts, Some(Hand::Seal), context, budget)?;
        let certificate = seal.facts.signer.certificate.as_ref();
        signed.covers_all = Some(true);
        signed.party = party(None, certificate, signed.person, account).map(str::to_owned);
        let named = |one: &Signed| one.party.as_deref() == Some(parties::id(Role::Merchant));
        let is_same = |one: &Signed| digest(one).is_some() && digest(one) == digest(&signed);
        // The certificate that acknowledges shows nothing of whose it is, unless it names the merchant or who acts for it.
        let merchant = named(&signed) || self.signed.iter().any(|(_, other)| named(other) && is_same(other));
        if seal.keeper == Keeper::NotEstablished && !merchant && !acknowledged_by(account, certificate) {
            self.faults.push(format!("{SEAL}: it is not established that the seal is the merchant's"));
        }
        self.seal = Some(signed.indication);
        let whose = merchant || matches!(seal.keeper, Keeper::Named | Keeper::Declared);
        self.kept = whose && signed.proven_time.is_some();
        self.add(None, signed);
        Ok(())
    }

    fn validated(
        &mut self,
        facts: &SignatureFacts,
        hand: Option<Hand>,
        context: &Context<'_>,
        budget: &mut Budget,
    ) -> Result<Signed> {
        let facts = completed(facts, context.certificates());
        let report = validate(std::slice::from_ref(&facts), context, budget)?;
        self.policy.get_or_insert_with(|| format!("{} ({})", report.policy.name, report.policy.digest));
        let nothing = || Error::misuse("a signature without a report");
        let found = report.signatures.first().ok_or_else(nothing)?;
        let certificate = facts.signer.certificate.as_ref();
        self.card_number |= certificate.is_some_and(has_card_number);
        let mut signed = Signed::of(found, certificate);
        signed.person = certificate.and_then(|own| person(own, hand));
        signed.names_certificate = Some(facts.signer.reference == CertificateReference::Holds);
        signed.states_approval = Some(facts.attributes.commitments.contains(&oid::PROOF_OF_APPROVAL));
        signed.place = Some(Place::OneContainer);
        let at = found.best_signature_time.unwrap_or_else(|| context.time());
        signed.path = path(&facts.signer, context, at, budget)?.into_iter().skip(1).collect();
        signed.time_stamps = Vec::new();
        for stamp in found.timestamps.iter().filter(|stamp| stamp.kind != TimestampKind::Content) {
            let own = facts.timestamps.iter().find(|own| own.token == stamp.token);
            let path = own.map(|own| path(&own.signer, context, stamp.time, budget)).transpose()?;
            signed.time_stamps.push(TimeStamped { path: path.unwrap_or_default(), ..TimeStamped::of(stamp) });
        }
        Ok(signed)
    }
}

const SEAL: &str = "META-INF/signature.p7s";

/// Whether a certificate is the one with which the order was acknowledged.
fn acknowledged_by(account: &Account, certificate: Option<&Certificate>) -> bool {
    let acknowledged = account.events().iter().find(|event| matches!(event.body, Body::Acknowledged(_)));
    let by = acknowledged.and_then(|event| event.signed_by.as_ref());
    by.zip(certificate).is_some_and(|(by, own)| by.certificate == own.digest(Algorithm::Sha256))
}

/// The same with the certificates of the caller, over which paths may lead.
fn completed(facts: &SignatureFacts, certificates: &[Certificate]) -> SignatureFacts {
    let mut facts = facts.to_owned();
    facts.signer.certificates.extend_from_slice(certificates);
    for stamp in &mut facts.timestamps {
        stamp.signer.certificates.extend_from_slice(certificates);
    }
    facts
}

/// The digests of the path to a trust anchor at a time, the certificate itself first; none where there is no path.
fn path(signer: &SignerFacts, context: &Context<'_>, at: Time, budget: &mut Budget) -> Result<Vec<Digest>> {
    let Some(target) = &signer.certificate else { return Ok(Vec::new()) };
    match context.find_path(&PathQuery::new(target, &signer.certificates, context.anchors(), at), budget) {
        Ok(path) => Ok(path.certificates().iter().map(|one| one.digest(Algorithm::Sha256)).collect()),
        Err(failure) if matches!(failure.fault(), PathFault::LimitExceeded) => {
            Err(Error::limit("more certification paths than the limit allows"))
        }
        Err(_no_path) => Ok(Vec::new()),
    }
}

/// Whose certificate it is, as it says itself. What the journal calls a seal is none of a natural person's signatures.
fn person(certificate: &Certificate, hand: Option<Hand>) -> Option<Person> {
    let types = certificate.qc_statements().map(|statements| statements.types.as_slice()).unwrap_or_default();
    let has = |kind| certificate.subject().attribute(&kind).is_some();
    let own = match (types.contains(&oid::QC_TYPE_ESIGN), types.contains(&oid::QC_TYPE_ESEAL)) {
        (true, false) => Some(Person::Natural),
        (false, true) => Some(Person::Legal),
        (true, true) => None,
        // EN 319 412-2 §4.2.4 and EN 319 412-3 §4.2.1: what names of natural and of legal persons have.
        (false, false) if has(oid::GIVEN_NAME) || has(oid::SURNAME) || has(oid::PSEUDONYM) => Some(Person::Natural),
        (false, false) if has(oid::ORGANIZATION_IDENTIFIER) => Some(Person::Legal),
        (false, false) => None,
    };
    match (own, hand) {
        (Some(Person::Natural), Some(Hand::Seal)) => None,
        (own, _) => own,
    }
}

/// EN 319 412-1 §5.1.3: the serial number of a person who was identified by the national identity card.
fn has_card_number(certificate: &Certificate) -> bool {
    certificate.subject().attribute(&oid::SERIAL_NUMBER).is_some_and(|number| number.starts_with("IDCMA-"))
}

/// Who signed or sealed an event of a party; whoever did another, where the certificate names a party.
fn party(
    role: Option<Role>,
    certificate: Option<&Certificate>,
    person: Option<Person>,
    account: &Account,
) -> Option<&'static str> {
    let certificate = certificate?;
    let roles = role.map_or_else(|| vec![Role::Merchant, Role::Customer], |role| vec![role]);
    roles.into_iter().find(|role| parties::is_of(account, *role, certificate, person)).map(parties::id)
}

/// The last event that adds a document that makes the contract: the chain of events holds the digests of the documents before, and of
/// none after.
fn whole_since(account: &Account) -> u32 {
    let makes = |document: &Document| match document.role {
        DocumentRole::Offer | DocumentRole::Terms | DocumentRole::Contract | DocumentRole::EvidenceAgreement => true,
        DocumentRole::Confirmation
        | DocumentRole::WithdrawalForm
        | DocumentRole::PrivacyNotice
        | DocumentRole::Other => false,
    };
    let adds = account.events().iter().filter(|event| match &event.body {
        Body::Acknowledged(acknowledgement) => acknowledgement.documents.iter().any(makes),
        Body::OfferPublished(publication) => publication.offer.documents.iter().any(makes),
        _ => false,
    });
    adds.map(|event| event.number).max().unwrap_or_default()
}

fn digest(signed: &Signed) -> Option<Digest> {
    signed.certificate.as_ref().map(|own| own.digest)
}

fn is_alike(one: &Signed, other: &Signed) -> bool {
    one.is_seal()
        && digest(one).is_some()
        && (digest(one), one.person, one.indication) == (digest(other), other.person, other.indication)
}
