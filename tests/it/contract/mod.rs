//! The ceremony of an online contract, its journal, and everything that can be done to one.

mod archive;
mod awaiting;
mod container;
mod dossier;
mod dossier_tamper;
mod erasure;
mod long;
mod order;
mod outside;
mod personal;
mod reading;
mod steps;
mod tamper;

use std::collections::BTreeMap;

use seing::contract::*;
use seing::digest::Digest;
use seing::error::Result;
use seing::key::KeyKind;
use seing::limits::{Budget, Limits};
use seing::time::Time;
use seing::timestamp::Token;

use crate::workshop::{Parties, signing};

const OFFER: &[u8] = b"Un bureau en chene : 1 200,00 MAD TTC";
const TERMS: &[u8] = b"Conditions generales de vente";
const ARABIC: &[u8] = "الشروط العامة للبيع".as_bytes();
const CONTRACT: &[u8] = b"Contrat : un bureau, 1 200,00 MAD";

const NAME: &str = "Amina Berrada";
const STREET: &str = "12, rue de Fes, Rabat";
const EMAIL: &str = "amina@example.ma";
const TELEPHONE: &str = "+212 6 12 34 56 78";

fn at(minutes: i64) -> Time {
    signing().plus_seconds(60 * minutes)
}

/// Salts that are never the same twice.
fn salts() -> impl FnMut(&mut [u8]) -> Result<()> {
    let mut count = 0u64;
    move |octets: &mut [u8]| {
        count += 1;
        octets.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&count.to_be_bytes()[..chunk.len()]));
        Ok(())
    }
}

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

fn offer() -> Offer {
    let document = |name, role, octets| Document::new(name, role, "text/plain", "fr", octets).unwrap();
    let mut offer = Offer::new("https://souk.example/bureau", at(-60))
        .document(document("offer.txt", DocumentRole::Offer, OFFER))
        .document(document("terms.txt", DocumentRole::Terms, TERMS))
        .document(
            Document::new("terms-ar.txt", DocumentRole::Terms, "text/plain", "ar", ARABIC)
                .unwrap()
                .translating("terms.txt"),
        )
        .language("fr")
        .language("ar")
        .valid_until(at(60 * 24));
    for (statement, place) in Statement::ALL.into_iter().zip(1..) {
        offer = offer.states(statement, "offer.txt", format!("section {place}"));
    }
    offer.need_not_state(Statement::MinimumDuration, "a single delivery")
}

fn kept() -> DataProtection {
    DataProtection::new("TEST Souk SARL", LegalBasis::Contract, retained_until(), "Code de commerce, article 26")
        .declared("D-TEST-1/2026")
}

fn retained_until() -> Time {
    Time::parse_rfc3339("2036-11-23T00:00:00Z").unwrap()
}

fn merchant() -> Party {
    Party::legal("TEST Souk SARL", Capacity::Professional)
        .with(DetailKind::CommercialRegister, "RC Rabat 00000")
        .represented_by("Driss Alami", "manager")
}

fn customer() -> Party {
    Party::natural(NAME, Capacity::Consumer).with(DetailKind::Email, EMAIL).with(DetailKind::Address, STREET)
}

fn desks(count: u32) -> Vec<Line> {
    let vat = VatRate::parse("20").unwrap();
    vec![Line::including_vat("desk, oak", Quantity::pieces(count), amount("1200"), vat)]
}

fn order(count: u32) -> Order {
    let delivery = Delivery::new(DeliveryTime::Until(at(60 * 24 * 7))).to(Text::personal(STREET));
    Order::new("4711", merchant(), customer(), desks(count)).unwrap().delivered(delivery).unwrap()
}

fn press(wording: &str) -> Gesture {
    Gesture::new("button pressed", wording, "fr")
}

fn confirmation() -> Confirmation {
    let identification =
        Identification::new("one-time code by telephone", "TEST Souk SARL", at(3), "session 1").attribute(TELEPHONE);
    Confirmation::new(press("Commander avec obligation de paiement")).identified(identification)
}

fn acknowledgement() -> Acknowledgement {
    let contract = Document::new("contract.txt", DocumentRole::Contract, "text/plain", "fr", CONTRACT).unwrap();
    Acknowledgement::new(vec![contract], "customer account", at(5))
}

/// Who sells, who buys and who stamps.
struct Shop {
    parties: Parties,
}

impl Shop {
    fn new() -> Self {
        Self { parties: Parties::new(KeyKind::P256) }
    }

    fn merchant(&self) -> Signatory<'_> {
        Signatory::sealing(self.parties.merchant.signer(), self.parties.merchant.chain())
    }

    fn customer(&self) -> Signatory<'_> {
        Signatory::signing(self.parties.customer.signer(), self.parties.customer.chain())
    }

    /// A token of the test authority, whose clock is always right.
    fn stamp(&self) -> impl FnMut(&Digest, Time) -> Result<Token> {
        |digest: &Digest, time| self.parties.client(time).stamp(digest, time)
    }

    fn reviewed(&self, salts: &mut seing::key::Entropy<'_>) -> Ceremony<Reviewed> {
        let terms = TermsAcceptance::new(["terms.txt", "terms-ar.txt"], press("J'accepte les conditions"));
        Ceremony::publish(offer(), Act::NotStated, kept(), at(0), salts)
            .unwrap()
            .accept_terms(terms.email_accepted("J'accepte les courriels"), at(1), salts)
            .unwrap()
            .review(Review::new(order(2), amount("2400"), "each line can be edited"), at(2), salts)
            .unwrap()
            .correct(Correction::new(order(1), "one desk instead of two"), at(2), salts)
            .unwrap()
            .review(Review::new(order(1), amount("1200"), "each line can be edited"), at(2), salts)
            .unwrap()
    }

    fn confirmed(&self, by: By, salts: &mut seing::key::Entropy<'_>) -> Ceremony<Confirmed> {
        let reviewed = self.reviewed(salts);
        let stamp = &mut self.stamp();
        match by {
            By::Key => reviewed.confirm_signed(confirmation(), &self.customer(), Some(stamp), at(4), salts),
            By::Identification => reviewed.confirm(confirmation(), Some(stamp), at(4), salts),
        }
        .unwrap()
    }

    fn concluded(&self, by: By, salts: &mut seing::key::Entropy<'_>) -> Ceremony<Acknowledged> {
        let confirmed = self.confirmed(by, salts);
        let stamp = &mut self.stamp();
        let documents = ["contract.txt", "terms.txt", "terms-ar.txt"];
        let copy = |party| CopyAccess::new(party, documents, "customer account", "https://souk.example/4711", at(6));
        confirmed
            .acknowledge(acknowledgement(), &self.merchant(), Some(stamp), at(5), salts)
            .unwrap()
            .copy_accessible(copy(Role::Customer), &self.merchant(), at(6), salts)
            .unwrap()
            .copy_accessible(copy(Role::Merchant), &self.merchant(), at(6), salts)
            .unwrap()
    }
}

/// How the customer confirms.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    Key,
    Identification,
}

/// The documents of the contract by their names.
fn documents() -> BTreeMap<String, Vec<u8>> {
    let files = [("offer.txt", OFFER), ("terms.txt", TERMS), ("terms-ar.txt", ARABIC), ("contract.txt", CONTRACT)];
    files.into_iter().map(|(name, octets)| (name.to_owned(), octets.to_vec())).collect()
}

fn sealed(shop: &Shop, ceremony: &Ceremony<Acknowledged>) -> Dossier {
    Dossier::seal(ceremony, documents(), &shop.merchant(), Some(&mut shop.stamp()), at(10)).unwrap()
}

/// What a reader of a dossier finds.
fn dossier_faults(octets: &[u8]) -> Result<Vec<DossierFault>> {
    let dossier = Dossier::parse(octets, &Limits::default())?;
    Ok(dossier.examine(&mut budget()).unwrap().faults().to_vec())
}

fn budget() -> Budget {
    Budget::new(&Limits::default())
}

fn examined(journal: &Journal) -> Vec<Fault> {
    journal.examine(&mut budget()).unwrap().faults().to_vec()
}

fn account(journal: &Journal) -> Account {
    journal.examine(&mut budget()).unwrap().require_sound().unwrap()
}

fn read(json: &str) -> Result<Journal> {
    Journal::from_json(json, &Limits::default())
}
