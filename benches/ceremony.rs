//! A platform of 10,000 orders: what each costs from the offer to a sealed dossier, from the dossier back to what it tells, and
//! from there to its assessment, beside the signature arithmetic that it cannot do without.
//!
//! `cargo bench --features graviola --bench ceremony [-- ORDERS]`; without the feature the arithmetic is the portable one.
#![expect(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program that measures and prints"
)]

#[expect(dead_code, reason = "shared with the benchmarks of the hashing core")]
mod measure;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use measure::{contender, medians};
use seing::contract::*;
use seing::digest::Digest;
use seing::key::{KeyKind, Signer, SoftwareKey, arithmetic, os_entropy};
use seing::legal::{Matter, assess};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::{Context, Policy};

const ORDERS: u32 = 10_000;

/// The signatures of one order: confirmation, acknowledgement and seal, each with a time-stamp.
const SIGNATURES: f64 = 6.0;

/// Each is verified when it is made, before it is taken for one, and again when the dossier is read.
const VERIFICATIONS: f64 = 12.0;

fn main() {
    let orders = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ORDERS);
    measure::machine();
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        of(kind, orders);
    }
}

/// What the parts of the work took, in the order in which they came.
#[derive(Default)]
struct Parts {
    times: RefCell<Vec<(&'static str, Duration)>>,
    /// What a part within another took, which is not the other's.
    within: Cell<Duration>,
}

impl Parts {
    fn part<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let before = self.within.take();
        let start = Instant::now();
        let result = black_box(work());
        let whole = start.elapsed();
        let own = whole - self.within.get();
        let mut times = self.times.borrow_mut();
        match times.iter_mut().find(|(known, _)| *known == name) {
            Some((_, time)) => *time += own,
            None => times.push((name, own)),
        }
        self.within.set(before + whole);
        result
    }

    fn print(&self, orders: u32) {
        let times = self.times.borrow();
        let all: Duration = times.iter().map(|(_, time)| *time).sum();
        for (name, time) in times.iter() {
            let share = 100.0 * time.as_secs_f64() / all.as_secs_f64();
            println!("{name:<34} {:>10.1} {share:>6.1} %", micros(*time, orders));
        }
        println!("{:<34} {:>10.1}", "all of it", micros(all, orders));
    }

    fn all(&self) -> Duration {
        self.times.borrow().iter().map(|(_, time)| *time).sum()
    }
}

fn micros(time: Duration, orders: u32) -> f64 {
    time.as_secs_f64() * 1e6 / f64::from(orders)
}

fn of(kind: KeyKind, orders: u32) {
    let now = Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap();
    let pki = ThrowawayPki::new(now, &Kinds::all(kind), &mut os_entropy).unwrap();
    let anchors = pki.trust_anchors();
    let (sign, verify) = arithmetic_of(&pki.customer.key);
    let tsa = pki.time_stamp_authority;
    let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1").unwrap()).unwrap();
    let respond = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now, &mut os_entropy));
    let mut client = Client::new("here", respond, os_entropy).trust(anchors.clone());
    let customer = Signatory::signing(&pki.customer.key, &pki.customer.chain);
    let shop = Signatory::sealing(&pki.merchant.key, &pki.merchant.chain);
    let documents = documents();
    let (limits, policy) = (Limits::default(), Policy::default());
    let context = Context::new(&anchors, &policy, now);
    let parts = Parts::default();
    let mut stamp =
        |digest: &Digest, at: Time| parts.part("time-stamps, got and verified", || client.stamp(digest, at));
    let mut octets_of_all = 0;

    let start = Instant::now();
    for number in 0..orders {
        let reviewed = parts.part("offer, terms, review, correction", || reviewed(number, now));
        let confirmed = parts.part("confirmation, signed", || {
            let gesture = Gesture::new("button pressed", "Commander avec obligation de paiement", "fr");
            let confirmation = Confirmation::new(gesture);
            reviewed.confirm_signed(confirmation, &customer, Some(&mut stamp), now, &mut os_entropy).unwrap()
        });
        let acknowledged = parts.part("acknowledgement, sealed", || {
            let acknowledgement = Acknowledgement::new(vec![contract()], "customer account", now);
            confirmed.acknowledge(acknowledgement, &shop, Some(&mut stamp), now, &mut os_entropy).unwrap()
        });
        let files = documents.clone();
        let octets = parts.part("dossier, sealed and written", || {
            Dossier::seal(&acknowledged, files, &shop, Some(&mut stamp), now).unwrap().to_octets().unwrap()
        });
        octets_of_all += octets.len();
        let dossier = parts.part("dossier, read", || Dossier::parse(&octets, &limits).unwrap());
        let budget = &mut Budget::new(&limits);
        let examination = parts.part("dossier, examined", || dossier.examine(budget).unwrap());
        let matter = parts.part("signatures validated, facts taken", || {
            Matter::of_dossier(&examination, &context, budget).unwrap().require_intact().unwrap()
        });
        let assessment = parts.part("assessed, 125 rules", || assess(&matter));
        assert_eq!(assessment.formation.validly_concluded.name(), "SATISFIED");
        parts.part("assessment, written as JSON", || assessment.to_json().unwrap());
    }
    let took = start.elapsed();

    println!("\n{kind}, {} arithmetic, {orders} orders; \u{b5}s for each order", arithmetic());
    parts.print(orders);
    let bare = SIGNATURES * sign + VERIFICATIONS * verify;
    println!("{:<34} {bare:>10.1}", "6 signatures and 12 verifications");
    println!(
        "{:.2}x of the bare arithmetic; {:.0} orders a second on one core; {:.1} KiB for each dossier",
        micros(parts.all(), orders) / bare,
        f64::from(orders) / took.as_secs_f64(),
        octets_of_all as f64 / f64::from(orders) / 1024.0,
    );
}

/// What signing and verifying a message takes, in microseconds.
fn arithmetic_of(key: &SoftwareKey) -> (f64, f64) {
    let message = [0x42; 300];
    let value = key.sign(&message).unwrap();
    let verifier = key.public_key().verifier(key.algorithm()).unwrap();
    let times = medians(&mut [
        contender("sign", || key.sign(&message).unwrap()),
        contender("verify", || verifier.verify(&message, &value).unwrap()),
    ]);
    let mut times = times.into_iter().map(|time| time / 1000.0);
    (times.next().unwrap(), times.next().unwrap())
}

const TERMS: &[u8] = b"Conditions generales de vente, quatre pages";
const CONTRACT: &[u8] = b"Contrat de vente : un bureau, 1 200,00 MAD";

fn documents() -> BTreeMap<String, Vec<u8>> {
    [("terms.txt", TERMS), ("contract.txt", CONTRACT)]
        .into_iter()
        .map(|(name, octets)| (name.to_owned(), octets.to_vec()))
        .collect()
}

fn contract() -> Document {
    Document::new("contract.txt", DocumentRole::Contract, "text/plain", "fr", CONTRACT).unwrap()
}

fn order(number: u32, desks: u32) -> Order {
    let merchant = Party::legal("TEST Boutique SARL", Capacity::Professional);
    let customer = Party::natural("TEST Amina Berrada", Capacity::Consumer)
        .with(DetailKind::Email, "amina@example.ma")
        .with(DetailKind::Address, "12, rue de Fes, Rabat");
    let price = Amount::parse("1200").unwrap();
    let desk = Line::including_vat("desk, oak", Quantity::pieces(desks), price, VatRate::parse("20").unwrap());
    Order::new(number.to_string(), merchant, customer, vec![desk]).unwrap()
}

/// An order that was corrected once.
fn reviewed(number: u32, now: Time) -> Ceremony<Reviewed> {
    let terms = Document::new("terms.txt", DocumentRole::Terms, "text/plain", "fr", TERMS).unwrap();
    let mut offer = Offer::new("https://boutique.example/desk", now).document(terms).language("fr");
    for statement in Statement::ALL {
        offer = offer.states(statement, "terms.txt", "page 1");
    }
    let until = now.plus_seconds(10 * 31_557_600);
    let kept = DataProtection::new("TEST Boutique SARL", LegalBasis::Contract, until, "commercial code, article 26");
    let accepted = TermsAcceptance::new(["terms.txt"], Gesture::new("button pressed", "J'accepte", "fr"));
    let review = |desks, total| Review::new(order(number, desks), Amount::parse(total).unwrap(), "the basket");
    let salts = &mut os_entropy;
    Ceremony::publish(offer, Act::NotStated, kept, now, salts)
        .unwrap()
        .accept_terms(accepted, now, salts)
        .unwrap()
        .review(review(2, "2400"), now, salts)
        .unwrap()
        .correct(Correction::new(order(number, 1), "one desk instead of two"), now, salts)
        .unwrap()
        .review(review(1, "1200"), now, salts)
        .unwrap()
}
