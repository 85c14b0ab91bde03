//! A fact that is not known never makes anything hold: each fact of each case is forgotten in turn.

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

/// A broken case that holds once this is forgotten, and rightly: what was forgotten is what spoke against it.
const SPOKE_AGAINST: &[(&str, &str)] = &[];

fn better(before: &str, after: &str) -> bool {
    matches!((before, after), ("UNKNOWN" | "NOT_SATISFIED", "SATISFIED" | "ATTESTED") | ("ATTESTED", "SATISFIED"))
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
    let mut wrong = BTreeSet::new();
    for case in table() {
        let changes = match (&case.breaks, &case.opens) {
            (By(breaks), By(opens)) => vec![*breaks, *opens],
            (By(only), Outcome::Never(_)) | (Outcome::Never(_), By(only)) => vec![*only],
            (Outcome::Never(_), Outcome::Never(_)) => vec![as_is as Change],
        };
        for change in changes {
            let mut matter = (case.base)();
            change(&mut matter);
            let before = answer(&matter, case.rule).name();
            for (what, forget) in every.into_iter().flatten() {
                let mut less = matter.clone();
                forget(&mut less);
                let answers = assess(&less).answers;
                let after = answers.iter().filter(|answer| answer.rule == case.rule).map(|answer| answer.answer.name());
                for after in after {
                    if better(before, after) && !SPOKE_AGAINST.contains(&(case.rule, what)) {
                        wrong.insert(format!("{} without {what}: {before}, then {after}", case.rule));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}
