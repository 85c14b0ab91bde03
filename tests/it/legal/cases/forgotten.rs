//! A fact that is not known never makes anything hold: each fact of matters in which much is wrong is forgotten in turn.

use std::collections::BTreeMap;

use super::*;

fn first(matter: &mut Matter) -> Option<&mut Signed> {
    matter.signed.first_mut()
}

fn own(matter: &mut Matter) -> Option<&mut CertificateFacts> {
    matter.signed.first_mut()?.certificate.as_mut()
}

fn nameless_events(matter: &mut Matter) {
    matter.ceremony.events.iter_mut().for_each(|event| event.party = None);
}

fn undigested_events(matter: &mut Matter) {
    matter.ceremony.events.iter_mut().for_each(|event| event.digest = None);
}

macro_rules! forget {
    ($($path:ident . $($field:ident).+),+ $(,)?) => {
        &[$((
            concat!(stringify!($path), $(".", stringify!($field)),+),
            |matter: &mut Matter| matter.$path.$($field).+ = None,
        )),+]
    };
}

macro_rules! forget_in {
    ($of:ident: $($field:ident),+ $(,)?) => {
        &[$((
            concat!(stringify!($of), ".", stringify!($field)),
            |matter: &mut Matter| if let Some(of) = $of(matter) { of.$field = None },
        )),+]
    };
}

fn some_offer(matter: &mut Matter) -> Option<&mut Offer> {
    matter.ceremony.offer.as_mut()
}

fn some_order(matter: &mut Matter) -> Option<&mut Order> {
    matter.ceremony.order.as_mut()
}

fn stamp(matter: &mut Matter) -> Option<&mut TimeStamped> {
    first(matter)?.time_stamps.first_mut()
}

fn one_party(matter: &mut Matter) -> Option<&mut Party> {
    matter.ceremony.parties.first_mut()
}

type Forgotten = (&'static str, Change);

const OF_THE_MATTER: &[Forgotten] = forget!(
    ceremony.nature,
    ceremony.channel,
    ceremony.offer,
    ceremony.order,
    archive.chain_verifies,
    archive.kept_until,
    archive.retention_basis,
    archive.accounting,
    archive.renewed,
    archive.security_report,
    personal_data.processed,
    personal_data.card_number,
    personal_data.sensitive,
    personal_data.collected_from_person,
    personal_data.fields_beyond_schema,
    personal_data.rectifications_passed_on,
    personal_data.processor,
    personal_data.sent_to,
    personal_data.receipt_shown,
    operator.offers_services,
    operator.offers_qualified,
    operator.service_data_years,
    operator.service_data_handed_over,
    operator.delivers,
    operator.delivery_proof_years,
    operator.delivery_access_years,
    operator.supplies_cryptology,
    settings.security_threshold,
    settings.acknowledgement_seconds,
    settings.access_seconds,
);

const OF_THE_SIGNATURE: &[Forgotten] = forget_in!(
    first: party, person, signature_intact, data_intact, covers_all, names_certificate, states_approval, place,
    proven_time, certificate,
);

const OF_THE_CERTIFICATE: &[Forgotten] = forget_in!(
    own: name, pseudonym, issuer_name, issuer_country, issuer_identifier, for_signatures, for_seals,
);

const OF_THE_STAMP: &[Forgotten] = forget_in!(stamp: imprint_intact, signature_intact);

const OF_THE_OFFER: &[Forgotten] = forget_in!(some_offer: professional, digest, terms, terms_can_be_kept);

const OF_THE_ORDER: &[Forgotten] = forget_in!(
    some_order: total, taxes_included, delivery_cost_told, object, delivered_at_once, deliver_by, perform_by,
);

const OF_A_PARTY: &[Forgotten] = forget_in!(one_party: person, capacity, can_read, identification);

const OF_EVERYTHING: &[Forgotten] = &[
    ("trust list", no_snapshot),
    ("policy", |matter| matter.validation_policy = None),
    ("parties of events", nameless_events),
    ("digests of events", undigested_events),
    ("parties", |matter| matter.ceremony.parties.clear()),
    ("words", silent),
    ("paths", |matter| matter.signed.iter_mut().for_each(|signed| signed.path.clear())),
];

/// As much is wrong as can be at once.
fn broken(matter: &mut Matter) {
    altered(matter);
    revoked(matter);
    let first = &mut matter.signed[0];
    first.covers_all = Some(false);
    first.place = Some(Place::Detached);
    first.time_stamps[0].imprint_intact = Some(false);
    let own = certificate(matter);
    own.status_locations.clear();
    own.issuer_locations.clear();
    own.legislation = vec!["FR".to_owned()];
    own.limit = Some(("MAD".to_owned(), 1, 0));
    let offer = offer_of(matter);
    offer.statements.clear();
    offer.consumer_statements.clear();
    offer.terms_can_be_kept = Some(false);
    let order = order(matter);
    order.total = Some(Amount { currency: "MAD".to_owned(), hundredths: 1_000_001 });
    order.taxes_included = Some(false);
    order.delivery_cost_told = Some(false);
    order.delivered_at_once = Some(false);
    order.perform_by = Some(day("2026-11-05"));
    customer(matter).can_read = Some(declared(false));
    nature(matter, Nature::Security { made_by: SecurityMaker::Other, value: None });
    matter.ceremony.several_originals = Some(true);
    matter.ceremony.no_withdrawal = Some(declared(WithdrawalExclusion::MadeToOrderOrPerishable));
    matter.ceremony.amends = Some(Amended { digest: Algorithm::Sha256.digest(b"lease"), same_form: Some(false) });
    matter.ceremony.claimed_authentic = true;
    writing::mention(matter, Some(false), Some(false));
    formation::form(matter, Some(false));
    for kind in [EventKind::TermsAccepted, EventKind::OrderReviewed, EventKind::ConfirmationDelivered] {
        without(matter, kind);
    }
    when(matter, EventKind::Acknowledged, "2026-11-05T09:02:30Z");
    happened(matter, EventKind::EmailSent, "2026-11-05T10:00:00Z", "customer");
    happened(matter, EventKind::Ended, "2026-11-20T10:00:00Z", "customer");
    matter.ceremony.documents.truncate(1);
    matter.archive.chain_verifies = Some(false);
    matter.archive.kept_until = Some(day("2026-11-21"));
    matter.archive.accounting = Some(true);
    matter.archive.claimed_qualified = true;
    matter.archive.renewed = Some(false);
    matter.personal_data.fields_beyond_schema = Some(vec!["religion".to_owned()]);
    let late = Some(time("2026-11-20T10:00:00Z"));
    let request = Request { asked: time("2026-11-02T10:00:00Z"), answered: late, signed_octets_untouched: Some(true) };
    matter.personal_data.rectifications = vec![request.clone()];
    matter.personal_data.accesses = vec![request];
    let operator = &mut matter.operator;
    operator.service_data_years = Some(6);
    operator.delivery_proof_years = Some(0);
    operator.claims_qualified_delivery = true;
}

/// What holds once a fact is forgotten that spoke against it, rightly: law 31-08 art. 39 gives thirty days where no other day
/// is known to be agreed on.
const SPOKE_AGAINST: &[(&str, &str)] = &[("MA-3108-39", "ceremony.order"), ("MA-3108-39", "some_order.perform_by")];

fn better(before: &str, after: &str) -> bool {
    matches!((before, after), ("UNKNOWN" | "NOT_SATISFIED", "SATISFIED" | "ATTESTED") | ("ATTESTED", "SATISFIED"))
}

fn answers(matter: &Matter) -> BTreeMap<(&'static str, Regime), &'static str> {
    assess(matter).answers.iter().map(|answer| ((answer.rule, answer.regime), answer.answer.name())).collect()
}

#[test]
fn nothing_holds_because_something_is_forgotten() {
    let every = [
        OF_THE_MATTER,
        OF_THE_SIGNATURE,
        OF_THE_CERTIFICATE,
        OF_THE_STAMP,
        OF_THE_OFFER,
        OF_THE_ORDER,
        OF_A_PARTY,
        OF_EVERYTHING,
    ];
    let matters: [(fn() -> Matter, Change); 5] =
        [(full, silent), (full, broken), (of_2015, silent), (of_2015, broken), (sealed, silent)];
    let found_wrong = |(base, change): &(fn() -> Matter, Change)| {
        let mut matter = base();
        change(&mut matter);
        let before = answers(&matter);
        let mut wrong = Vec::new();
        for (what, forget) in every.into_iter().flatten() {
            let mut less = matter.clone();
            forget(&mut less);
            for (asked, after) in answers(&less) {
                let Some(before) = before.get(&asked).filter(|before| better(before, after)) else { continue };
                if !SPOKE_AGAINST.contains(&(asked.0, what)) {
                    wrong.push(format!("{} without {what}: {before}, then {after}", asked.0));
                }
            }
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> = matters.iter().map(|matter| scope.spawn(|| found_wrong(matter))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
