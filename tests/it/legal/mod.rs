//! The law, asked with facts: each expectation is worked out by hand from the article.

mod cases;
mod days;
mod dossiers;
mod end_to_end;
mod reports;
mod rules;
mod words;

use seing::digest::Algorithm;
use seing::legal::*;
use seing::time::Time;
use seing::validation::{Indication, SubIndication};

fn time(text: &str) -> Time {
    Time::parse_rfc3339(text).unwrap()
}

fn declared<T>(value: T) -> Declared<T> {
    Declared { value, by: "the shop".to_owned(), at: time("2026-11-01T08:00:00Z") }
}

fn event(kind: EventKind, at: &str, party: &str) -> Event {
    let digest = Some(Algorithm::Sha256.digest(format!("{kind:?}").as_bytes()));
    Event { kind, at: time(at), party: Some(party.to_owned()), digest }
}

fn attested(statement: Statement) -> Attestation {
    Attestation {
        statement,
        about: None,
        holds: true,
        by: "Me Alaoui".to_owned(),
        at: time("2026-11-20T09:00:00Z"),
        reference: None,
    }
}

/// A shop sells a desk for 1200 dirhams to a consumer, as the articles want it.
fn sale() -> Matter {
    let mut matter = Matter::new(time("2026-11-23T10:00:00Z"));
    let ceremony = &mut matter.ceremony;
    ceremony.nature = Some(declared(Nature::Ordinary));
    ceremony.channel = Some(Channel::Distance);
    let mut customer = Party::default();
    customer.id = "customer".to_owned();
    customer.person = Some(Person::Natural);
    customer.capacity = Some(declared(Capacity::Consumer));
    customer.obligor = true;
    customer.can_read = Some(declared(true));
    let mut shop = Party::default();
    shop.id = "shop".to_owned();
    shop.person = Some(Person::Legal);
    shop.capacity = Some(declared(Capacity::Merchant));
    ceremony.parties = vec![customer, shop];
    ceremony.offer = Some(offer());
    let mut order = Order::default();
    order.total = Some(Amount::dirhams(1200));
    order.taxes_included = Some(true);
    order.delivery_cost_told = Some(true);
    order.object = Some(Object::Goods);
    ceremony.order = Some(order);
    ceremony.events = vec![
        event(EventKind::OfferPublished, "2026-11-01T08:00:00Z", "shop"),
        event(EventKind::TermsAccepted, "2026-11-02T09:00:00Z", "customer"),
        event(EventKind::OrderReviewed, "2026-11-02T09:01:00Z", "customer"),
        event(EventKind::OrderConfirmed, "2026-11-02T09:02:00Z", "customer"),
        event(EventKind::Acknowledged, "2026-11-02T09:02:30Z", "shop"),
        event(EventKind::ConfirmationDelivered, "2026-11-02T09:03:00Z", "customer"),
        event(EventKind::CopyAccessible, "2026-11-02T09:03:00Z", "customer"),
        event(EventKind::CopyAccessible, "2026-11-02T09:03:00Z", "shop"),
        event(EventKind::GoodsReceived, "2026-11-10T15:00:00Z", "customer"),
    ];
    matter.settings.acknowledgement_seconds = Some(3600);
    matter
}

fn offer() -> Offer {
    let mut offer = Offer::default();
    offer.professional = Some(true);
    offer.digest = Some(Algorithm::Sha256.digest(b"offer"));
    offer.terms = Some((Algorithm::Sha256.digest(b"terms"), "application/pdf".to_owned()));
    offer.terms_can_be_kept = Some(true);
    for (place, statement) in [
        OfferStatement::Characteristics,
        OfferStatement::Conditions,
        OfferStatement::Steps,
        OfferStatement::Errors,
        OfferStatement::Languages,
        OfferStatement::Archiving,
        OfferStatement::Rules,
    ]
    .into_iter()
    .enumerate()
    {
        offer.statements.insert(statement, Stated::At(format!("section {place}")));
    }
    for (place, statement) in [
        ConsumerStatement::Characteristics,
        ConsumerStatement::Supplier,
        ConsumerStatement::Delivery,
        ConsumerStatement::Withdrawal,
        ConsumerStatement::Payment,
        ConsumerStatement::Validity,
        ConsumerStatement::CommunicationCost,
        ConsumerStatement::Duration,
    ]
    .into_iter()
    .enumerate()
    {
        offer.consumer_statements.insert(statement, Stated::At(format!("page {place}")));
    }
    offer
}

/// The customer's signature, with a certificate of a provider in this country.
fn signature(country: &str, proven: &str) -> Signed {
    // Issued while its provider was approved: under law 53-05, or from 1 August 2023 on.
    let issued = if proven < "2023-08-02" { "2014-01-01T00:00:00Z" } else { "2023-08-01T12:00:00Z" };
    let mut certificate = CertificateFacts::new(
        Algorithm::Sha256.digest(b"certificate"),
        "CN=Amina Bennani,C=MA",
        time(issued),
        time("2029-01-01T00:00:00Z"),
    );
    certificate.name = Some("Amina Bennani".to_owned());
    certificate.serial = "2a".to_owned();
    certificate.issuer_name = Some("TEST Provider".to_owned());
    certificate.issuer_country = Some(country.to_owned());
    certificate.issuer_identifier = Some("NTRMA-1234".to_owned());
    certificate.key_readable = true;
    certificate.status_locations = vec!["http://status.example/".to_owned()];
    certificate.issuer_locations = vec!["http://issuer.example/".to_owned()];
    certificate.claims_qualified = true;
    certificate.claims_device = true;
    certificate.legislation = vec![country.to_owned()];
    certificate.for_signatures = Some(true);
    let mut signed = Signed::new(Indication::Passed);
    signed.party = Some("customer".to_owned());
    signed.person = Some(Person::Natural);
    signed.signature_intact = Some(true);
    signed.data_intact = Some(true);
    signed.covers_all = Some(true);
    signed.names_certificate = Some(true);
    signed.states_approval = Some(true);
    signed.place = Some(Place::OneContainer);
    signed.claimed_time = Some(time(proven));
    signed.proven_time = Some(time(proven));
    signed.path = vec![Algorithm::Sha256.digest(b"provider")];
    let mut stamp = TimeStamped::new(time(proven), Indication::Passed);
    stamp.imprint_intact = Some(true);
    stamp.signature_intact = Some(true);
    stamp.path = vec![Algorithm::Sha256.digest(b"authority")];
    signed.time_stamps = vec![stamp];
    signed.certificate = Some(certificate);
    signed
}

/// A snapshot with one provider, approved from 1 August 2023 for signatures, and for time-stamps where asked.
fn snapshot(time_stamps: bool) -> TrustList {
    let provider = Algorithm::Sha256.digest(b"provider");
    let authority = Algorithm::Sha256.digest(b"authority");
    let stamps = match time_stamps {
        true => format!(r#",{{"kind":"time_stamps","anchor":"{authority}","from":"2023-08-01"}}"#),
        false => String::new(),
    };
    let json = format!(
        r#"{{"format":"seing-trust-list/1","curator":"TEST","source":"https://list.example/","read_on":"2026-11-20",
        "page":"{provider}","providers":[{{"name":"TEST Provider","state":"MA","services":[
        {{"kind":"signature_certificates","anchor":"{provider}","from":"2023-08-01","decision":"1/2023"}}{stamps}]}}]}}"#
    );
    pinned(&json).unwrap()
}

/// A snapshot whose digest whoever writes it knows.
fn pinned(json: &str) -> seing::error::Result<TrustList> {
    TrustList::pinned(json, &Algorithm::Sha256.digest(json.as_bytes()))
}

/// The answer of a rule, of which there is one.
fn answer(matter: &Matter, rule: &str) -> Answer {
    let assessment = assess(matter);
    let mut found = assessment.answers.iter().filter(|answer| answer.rule == rule);
    let first = found.next().unwrap_or_else(|| panic!("{rule} was not asked"));
    assert!(found.next().is_none(), "{rule} was asked more than once");
    first.answer.clone()
}
