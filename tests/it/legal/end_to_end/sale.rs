//! A shop sells a desk: each step made with the ceremony, and the dossier sealed.

use std::collections::BTreeMap;

use seing::contract::*;
use seing::time::Time;

use super::yard::{Holder, Yard, salts};
use crate::workshop::time;

const FILES: &[(&str, DocumentRole, &str)] = &[
    ("offer.txt", DocumentRole::Offer, "Un bureau en chene : 1 250,00 MAD TTC, livraison comprise"),
    ("terms.txt", DocumentRole::Terms, "Conditions generales de vente"),
    ("contract.txt", DocumentRole::Contract, "Contrat de vente"),
    ("privacy.txt", DocumentRole::PrivacyNotice, "Donnees personnelles (loi 09-08, art. 5)"),
    ("confirmation.txt", DocumentRole::Confirmation, "Confirmation de commande (loi 31-08, art. 32)"),
];

/// How a sale goes.
pub(super) struct Sale<'y> {
    pub(super) yard: &'y Yard,
    /// The day on which it happens, as in 2026-11-02.
    pub(super) day: &'static str,
    pub(super) price: &'static str,
    /// Who signs the confirmation; with nobody, the customer is identified.
    pub(super) customer: Option<&'y Holder>,
    /// Who signs or seals the acknowledgement.
    pub(super) merchant: By<'y>,
    /// What the offer does not state.
    pub(super) unstated: Option<Statement>,
    /// Seconds between the confirmation and the acknowledgement.
    pub(super) delay: i64,
    /// Whether a confirmation that nobody signs is time-stamped.
    pub(super) stamped: bool,
}

#[derive(Clone, Copy)]
pub(super) enum By<'y> {
    Manager(&'y Holder),
    Seal,
    /// A seal in name, by somebody else's key.
    SealOf(&'y Holder),
}

impl<'y> Sale<'y> {
    /// The sale of 2 November 2026, for 1,250 dirhams, as the articles want it.
    pub(super) fn new(yard: &'y Yard) -> Self {
        let (customer, merchant, unstated) = (None, By::Seal, None);
        Self { yard, day: "2026-11-02", price: "1250", customer, merchant, unstated, delay: 30, stamped: false }
    }

    pub(super) fn at(&self, clock: &str) -> Time {
        time(&format!("{}T{clock}Z", self.day))
    }

    pub(super) fn days_later(&self, days: i64) -> Time {
        self.at("15:00:00").plus_seconds(days * 86_400)
    }

    fn document(&self, place: usize) -> [Document; 2] {
        let (name, role, text) = FILES[place];
        let arabic = format!("ar-{name}");
        [
            Document::new(name, role, "text/plain", "fr", text.as_bytes()).unwrap(),
            Document::new(arabic, role, "text/plain", "ar", ARABIC.as_bytes()).unwrap().translating(name),
        ]
    }

    pub(super) fn documents() -> BTreeMap<String, Vec<u8>> {
        let both = |(name, _, text): &(&str, DocumentRole, &str)| {
            [((*name).to_owned(), text.as_bytes().to_vec()), (format!("ar-{name}"), ARABIC.as_bytes().to_vec())]
        };
        FILES.iter().flat_map(both).collect()
    }

    fn offer(&self) -> Offer {
        let mut offer = Offer::new("https://souk.example/bureau", self.at("08:00:00"))
            .language("fr")
            .language("ar")
            .valid_until(self.days_later(30));
        for document in (0..4).flat_map(|place| self.document(place)) {
            offer = offer.document(document);
        }
        for (statement, place) in Statement::ALL.into_iter().zip(1..) {
            if self.unstated != Some(statement) && statement != Statement::MinimumDuration {
                offer = offer.states(statement, "offer.txt", format!("section {place}"));
            }
        }
        offer.need_not_state(Statement::MinimumDuration, "a single delivery")
    }

    fn order(&self) -> Order {
        let word = |by: &str| Attestation::new(by, self.at("07:00:00"), "an interview");
        let merchant = Party::legal("TEST Souk SARL", Capacity::Professional)
            .with(DetailKind::Email, "souk@souk.example")
            .represented_by("Driss Alami", "manager");
        let customer = Party::natural("Amina Berrada", Capacity::Consumer)
            .with(DetailKind::Email, "amina@mail.example")
            .literacy(Literacy::CanRead(word("shop desk")));
        let amount = Amount::parse(self.price).unwrap().minus(Amount::parse("50").unwrap()).unwrap();
        let vat = VatRate::parse("20").unwrap();
        let line = |what, amount| Line::including_vat(what, Quantity::ONE, amount, vat);
        let delivery = Delivery::new(DeliveryTime::Until(self.days_later(18)))
            .to(Text::personal("12, rue de Fes, Rabat"))
            .costing(line("delivery", Amount::parse("50").unwrap()));
        Order::new("4711", merchant, customer, vec![line("desk, oak", amount)]).unwrap().delivered(delivery).unwrap()
    }

    fn data(&self) -> DataProtection {
        let kept = self.days_later(3653);
        DataProtection::new("TEST Souk SARL", LegalBasis::Contract, kept, "Code de commerce, article 26")
            .declared("D-TEST-1/2026")
    }

    pub(super) fn shop(&self) -> Signatory<'y> {
        Signatory::sealing(&self.yard.shop.key, &self.yard.shop.chain)
    }

    fn press(wording: &str) -> Gesture {
        Gesture::new("button pressed", wording, "fr")
    }

    /// From the offer to the copies and the delivery.
    pub(super) fn made(&self) -> Ceremony<Acknowledged> {
        let salts = &mut salts();
        let stamp = &mut self.yard.stamp();
        let act = Act::Ordinary(Attestation::new("legal department", self.at("07:00:00"), "a sale of furniture"));
        let terms = TermsAcceptance::new(["terms.txt", "ar-terms.txt"], Self::press("J'accepte les conditions"))
            .email_accepted("J'accepte les courriels")
            .privacy_notice("privacy.txt");
        let order = self.order();
        let total = order.totals().total;
        let review = Review::new(order, total, "each line can be edited");
        let identification =
            Identification::new("one-time code by telephone", "TEST Souk SARL", self.at("09:01:30"), "session 1")
                .attribute("+212 6 00 00 00 00");
        let confirmation = Confirmation::new(Self::press("Commander avec obligation de paiement"));
        let reviewed = Ceremony::publish(self.offer(), act, self.data(), self.at("08:00:00"), salts)
            .unwrap()
            .accept_terms(terms, self.at("09:00:00"), salts)
            .unwrap()
            .review(review, self.at("09:01:00"), salts)
            .unwrap();
        let confirmed = self.at("09:02:00");
        let ceremony = match self.customer {
            Some(holder) => {
                let customer = Signatory::signing(&holder.key, &holder.chain);
                reviewed.confirm_signed(confirmation, &customer, Some(stamp), confirmed, salts)
            }
            None if self.stamped => {
                reviewed.confirm(confirmation.identified(identification), Some(stamp), confirmed, salts)
            }
            None => reviewed.confirm(confirmation.identified(identification), None, confirmed, salts),
        }
        .unwrap();
        let acknowledged = confirmed.plus_seconds(self.delay);
        let acknowledgement = Acknowledgement::new(self.document(4).into(), "customer account", acknowledged);
        let merchant = match self.merchant {
            By::Manager(holder) => Signatory::signing(&holder.key, &holder.chain),
            By::Seal => self.shop(),
            By::SealOf(holder) => Signatory::sealing(&holder.key, &holder.chain),
        };
        let names = ["contract.txt", "ar-contract.txt", "terms.txt", "ar-terms.txt"];
        let copy = |party, medium| CopyAccess::new(party, names, medium, "https://souk.example/4711", acknowledged);
        let received = Performance::new(PerformanceKind::GoodsReceived, self.days_later(8), "delivery note 12");
        ceremony
            .acknowledge(acknowledgement, &merchant, Some(stamp), acknowledged, salts)
            .unwrap()
            .copy_accessible(copy(Role::Customer, "electronic mail"), &self.shop(), acknowledged, salts)
            .unwrap()
            .copy_accessible(copy(Role::Merchant, "archive"), &self.shop(), acknowledged, salts)
            .unwrap()
            .performed(received, &self.shop(), self.days_later(8), salts)
            .unwrap()
    }

    pub(super) fn sealed(&self) -> Vec<u8> {
        self.sealed_by(&self.made(), &self.shop())
    }

    pub(super) fn sealed_by(&self, ceremony: &Ceremony<Acknowledged>, keeper: &Signatory<'_>) -> Vec<u8> {
        let stamp = &mut self.yard.stamp();
        let dossier = Dossier::seal(ceremony, Self::documents(), keeper, Some(stamp), self.days_later(9));
        dossier.unwrap().to_octets().unwrap()
    }
}

const ARABIC: &str = "ترجمة";
