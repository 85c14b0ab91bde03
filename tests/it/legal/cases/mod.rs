//! Each of the 125 rules in a case that satisfies it, one that breaks it, one that leaves it open and one beside which it
//! stands, worked out from the article's words and not from the code.
//!
//! The words are those of the official French texts. Those marked (ar) are a translation of the Arabic text.

mod decree;
mod findings;
mod forgotten;
mod formation;
mod law_09_08;
mod law_31_08;
mod law_31_08_terms;
mod law_43_20;
mod law_53_05;
mod operators;
mod regimes;
mod scope;
mod writing;

use std::collections::BTreeSet;

use super::*;

/// A rule in its cases.
struct Case {
    rule: &'static str,
    /// The article's words, in short.
    words: &'static str,
    laws: Laws,
    /// The matter in which it is asked, once.
    base: fn() -> Matter,
    holds: Holds,
    breaks: Outcome,
    opens: Outcome,
    beside: Outcome,
}

type Change = fn(&mut Matter);

/// The laws of electronic signatures beside which a rule counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Laws {
    Old,
    New,
    Both,
}

impl Laws {
    fn regimes(self) -> &'static [Regime] {
        match self {
            Self::Old => &[Regime::L53_05],
            Self::New => &[Regime::L43_20],
            Self::Both => Regime::BOTH,
        }
    }
}

/// How a rule is satisfied.
enum Holds {
    /// By what is at hand.
    Shown(Change),
    /// By what somebody says, which stays that.
    Said(Change),
    /// In no case, for this reason.
    Never(&'static str),
}

/// How another answer comes about.
enum Outcome {
    /// By facts changed so.
    By(Change),
    /// In no case, for this reason.
    Never(&'static str),
}

use Holds::{Said, Shown};
use Laws::{Both, New, Old};
use Outcome::By;

fn table() -> impl Iterator<Item = &'static Case> {
    let laws: [&'static [Case]; 11] = [
        scope::CASES,
        writing::CASES,
        formation::CASES,
        law_43_20::CASES,
        decree::CASES,
        operators::CASES,
        law_53_05::CASES,
        law_31_08::CASES,
        law_31_08_terms::CASES,
        law_09_08::CASES,
        law_09_08::RETENTION,
    ];
    laws.into_iter().flatten()
}

#[test]
fn the_cases_are_those_of_the_rules() {
    let cases: Vec<&str> = table().map(|case| case.rule).collect();
    let named: BTreeSet<&str> = cases.iter().copied().collect();
    assert_eq!(cases.len(), named.len(), "a rule has two rows");
    assert_eq!(named, rules().map(|rule| rule.id).collect::<BTreeSet<_>>());
    assert!(table().all(|case| case.words.len() > 20), "the article's words are missing");
}

fn answered(case: &Case, change: Change) -> &'static str {
    let mut matter = (case.base)();
    change(&mut matter);
    answer(&matter, case.rule).name()
}

/// All of them at once, so that one run shows every rule that is wrong.
#[test]
fn every_rule_answers_as_its_article_says() {
    let mut wrong = Vec::new();
    let mut hold = |case: &Case, what: &str, change: Change, expected: &str| {
        let found = answered(case, change);
        if found != expected {
            wrong.push(format!("{} {what}: {found}, and {expected} by the article", case.rule));
        }
    };
    for case in table() {
        match case.holds {
            Shown(change) => hold(case, "satisfied", change, "SATISFIED"),
            Said(change) => hold(case, "attested", change, "ATTESTED"),
            Holds::Never(_) => {}
        }
        for (what, outcome, expected) in [
            ("broken", &case.breaks, "NOT_SATISFIED"),
            ("open", &case.opens, "UNKNOWN"),
            ("beside", &case.beside, "NOT_APPLICABLE"),
        ] {
            if let By(change) = outcome {
                hold(case, what, *change, expected);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules of which one of the three cases cannot exist, each with its reason in the table.
#[test]
fn what_can_never_be_is_listed() {
    let rules_where = |never: fn(&Case) -> Option<&'static str>| {
        table().filter_map(|case| never(case).map(|why| (case.rule, why))).collect::<Vec<_>>()
    };
    let holds = rules_where(|case| match case.holds {
        Holds::Never(why) => Some(why),
        Shown(_) | Said(_) => None,
    });
    let reason = |outcome: &Outcome| match outcome {
        Outcome::Never(why) => Some(*why),
        By(_) => None,
    };
    let all = |never: &[(&'static str, &'static str)]| never.iter().map(|(rule, _)| *rule).collect::<Vec<_>>();
    assert_eq!(all(&holds), NEVER_SATISFIED);
    let breaks = table().filter_map(|case| reason(&case.breaks).map(|why| (case.rule, why))).collect::<Vec<_>>();
    assert_eq!(all(&breaks), NEVER_BROKEN);
    let opens = table().filter_map(|case| reason(&case.opens).map(|why| (case.rule, why))).collect::<Vec<_>>();
    assert_eq!(all(&opens), NEVER_OPEN);
    let beside = table().filter_map(|case| reason(&case.beside).map(|why| (case.rule, why))).collect::<Vec<_>>();
    assert!(holds.iter().chain(&breaks).chain(&opens).chain(&beside).all(|(_, why)| why.len() > 5));
    assert_eq!(beside.len(), 45);
}

const NEVER_SATISFIED: &[&str] = &["MA-4320-ART44", "MA-3108-92"];

const NEVER_BROKEN: &[&str] = &[
    "MA-SCOPE-001",
    "MA-DOC-417-1-ID",
    "MA-DOC-417-2-CONSENT",
    "MA-DOC-65-5-RECEIVED",
    "MA-4320-QES-PSEUDO",
    "MA-4320-QES-REPORT",
    "MA-4320-ART7",
    "MA-4320-ART72",
    "MA-2687-QC-SERIAL",
    "MA-2687-QC-VALIDITY",
    "MA-2687-QC-QSCDMENTION",
    "MA-2687-QC-PSIG",
    "MA-3108-APPLY",
    "MA-3108-36",
    "MA-3108-92",
    "MA-0908-AUTO",
];

const NEVER_OPEN: &[&str] = &["MA-4320-ART7", "MA-4320-ART72", "MA-0908-AUTO"];

/// Every word that a person can say.
const STATEMENTS: &[Statement] = &[
    Statement::PublicOfficer,
    Statement::EvidenceAgreement,
    Statement::ProperToSignatory,
    Statement::SoleControl,
    Statement::ConformingDevice,
    Statement::SecuredCertificate,
    Statement::ProviderIdentity,
    Statement::RecognisedAbroad,
    Statement::AccurateClock,
    Statement::OperatorDeclared,
    Statement::OperatorApproved,
    Statement::BreachesNotified,
    Statement::CryptologyDeclared,
    Statement::QualifiedDelivery,
    Statement::RealRightAdmitted,
    Statement::PersonalDataDeclared,
    Statement::CardNumberAuthorised,
    Statement::SensitiveDataAuthorised,
    Statement::LegalBasis,
    Statement::ProcessorContract,
    Statement::TransferBasis,
    Statement::FaithfulTranslation,
    Statement::SecurityMeasures,
];

/// A sale in which everything is as the law wants it, signed on 2 November 2026 with a certificate of 2024; every word that
/// a person can give is given.
fn full() -> Matter {
    let mut matter = sale();
    matter.signed = vec![signature("MA", "2026-11-02T09:02:00Z")];
    certificate(&mut matter).not_before = time("2024-01-01T00:00:00Z");
    matter.trust_list = Some(snapshot(true));
    matter.attestations = Attestations::new(STATEMENTS.iter().copied().map(attested).collect());
    matter.validation_policy = Some("default".to_owned());
    matter.settings.access_seconds = Some(10 * 86_400);
    let ceremony = &mut matter.ceremony;
    ceremony.events.insert(1, event(EventKind::PrivacyNoticeShown, "2026-11-02T08:59:00Z", "customer"));
    let message = |kind| Some(Algorithm::Sha256.digest(format!("{kind:?}").as_bytes()));
    let mut confirmation_accessible = event(EventKind::AccessPossible, "2026-11-02T09:02:00Z", "shop");
    confirmation_accessible.digest = message(EventKind::OrderConfirmed);
    let mut acknowledgement_accessible = event(EventKind::AccessPossible, "2026-11-02T09:02:40Z", "customer");
    acknowledgement_accessible.digest = message(EventKind::Acknowledged);
    ceremony.events.extend([confirmation_accessible, acknowledgement_accessible]);
    ceremony.documents = vec![
        Document { digest: Algorithm::Sha256.digest(b"fr"), language: Some("fr".to_owned()), translates: None },
        Document {
            digest: Algorithm::Sha256.digest(b"ar"),
            language: Some("ar".to_owned()),
            translates: Some(Algorithm::Sha256.digest(b"fr")),
        },
    ];
    let archive = &mut matter.archive;
    archive.archived = true;
    archive.chain_verifies = Some(true);
    archive.kept_until = Some(day("2042-01-01"));
    archive.retention_basis = Some("commercial code art. 26".to_owned());
    archive.security_report = Some("report 12".to_owned());
    archive.accounting = Some(false);
    archive.renewed = Some(true);
    let data = &mut matter.personal_data;
    data.processed = Some(true);
    data.card_number = Some(true);
    data.sensitive = Some(true);
    data.collected_from_person = Some(true);
    data.fields_beyond_schema = Some(Vec::new());
    data.processor = Some(true);
    data.sent_to = Some(vec!["FR".to_owned()]);
    data.receipt_shown = Some("D-1/2026".to_owned());
    data.rectifications_passed_on = Some(true);
    let operator = &mut matter.operator;
    operator.offers_services = Some(true);
    operator.offers_qualified = Some(true);
    operator.service_data_years = Some(7);
    operator.service_data_handed_over = Some(true);
    operator.delivers = Some(true);
    operator.delivery_proof_years = Some(1);
    operator.delivery_access_years = Some(1);
    operator.supplies_cryptology = Some(true);
    matter
}

/// The same signed in 2015, with a certificate of 2014.
fn of_2015() -> Matter {
    let mut matter = full();
    matter.signed = vec![signature("MA", "2015-06-01T10:00:00Z")];
    matter
}

/// The same sealed by the shop, and signed by nobody.
fn sealed() -> Matter {
    let mut matter = full();
    let seal = &mut matter.signed[0];
    seal.party = Some("shop".to_owned());
    seal.person = Some(Person::Legal);
    let own = certificate(&mut matter);
    own.name = Some("TEST Shop".to_owned());
    own.for_signatures = Some(false);
    own.for_seals = Some(true);
    matter.trust_list = Some(seal_snapshot());
    matter
}

/// A snapshot with a provider approved for certificates of seals from 1 August 2023.
fn seal_snapshot() -> TrustList {
    let provider = Algorithm::Sha256.digest(b"provider");
    TrustList::from_json(&format!(
        r#"{{"format":"seing-trust-list/1","curator":"TEST","source":"https://list.example/","read_on":"2026-11-20",
        "page":"{provider}","providers":[{{"name":"TEST Provider","state":"MA","services":[
        {{"kind":"seal_certificates","anchor":"{provider}","from":"2023-08-01"}}]}}]}}"#
    ))
    .unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn as_is(_: &mut Matter) {}

fn certificate(matter: &mut Matter) -> &mut CertificateFacts {
    matter.signed[0].certificate.as_mut().unwrap()
}

fn no_certificate(matter: &mut Matter) {
    matter.signed[0].certificate = None;
}

/// Nobody says anything.
fn silent(matter: &mut Matter) {
    matter.attestations = Attestations::default();
}

/// Everything that a person can say is denied.
fn denied(matter: &mut Matter) {
    let denials = STATEMENTS.iter().map(|statement| Attestation { holds: false, ..attested(*statement) });
    matter.attestations = Attestations::new(denials.collect());
}

/// Nobody says this.
fn unsaid(matter: &mut Matter, statement: Statement) {
    matter.attestations =
        Attestations::new(matter.attestations.iter().filter(|word| word.statement != statement).cloned().collect());
}

/// Somebody says that this is not so.
fn deny(matter: &mut Matter, statement: Statement) {
    let denial = Attestation { holds: false, ..attested(statement) };
    matter.attestations = Attestations::new(matter.attestations.iter().cloned().chain([denial]).collect());
}

fn altered(matter: &mut Matter) {
    matter.signed[0].data_intact = Some(false);
}

fn not_computed(matter: &mut Matter) {
    matter.signed[0].data_intact = None;
}

fn revoked(matter: &mut Matter) {
    matter.signed[0].indication = Indication::Failed(SubIndication::Revoked);
}

fn no_path(matter: &mut Matter) {
    matter.signed[0].indication = Indication::Indeterminate(SubIndication::NoCertificateChainFound);
}

fn not_proven(matter: &mut Matter) {
    matter.signed[0].proven_time = None;
}

fn no_snapshot(matter: &mut Matter) {
    matter.trust_list = None;
}

fn offer_of(matter: &mut Matter) -> &mut Offer {
    matter.ceremony.offer.as_mut().unwrap()
}

fn order(matter: &mut Matter) -> &mut Order {
    matter.ceremony.order.as_mut().unwrap()
}

fn customer(matter: &mut Matter) -> &mut Party {
    matter.ceremony.parties.iter_mut().find(|party| party.id == "customer").unwrap()
}

fn without(matter: &mut Matter, kind: EventKind) {
    matter.ceremony.events.retain(|event| event.kind != kind);
}

fn happened(matter: &mut Matter, kind: EventKind, at: &str, party: &str) {
    matter.ceremony.events.push(event(kind, at, party));
}

fn when(matter: &mut Matter, kind: EventKind, at: &str) {
    let found = matter.ceremony.events.iter_mut().find(|event| event.kind == kind).unwrap();
    found.at = time(at);
}

fn undigested(matter: &mut Matter, kind: EventKind) {
    let found = matter.ceremony.events.iter_mut().find(|event| event.kind == kind).unwrap();
    found.digest = None;
}

fn total(matter: &mut Matter, dirhams: u32) {
    order(matter).total = Some(Amount::dirhams(dirhams));
}

fn nature(matter: &mut Matter, value: Nature) {
    matter.ceremony.nature = Some(declared(value));
}

fn between_professionals(matter: &mut Matter) {
    customer(matter).capacity = Some(declared(Capacity::Professional));
}

const ALWAYS: Outcome = Outcome::Never("it applies to every act or signature");
const LEVEL_NOT_CLAIMED: Outcome =
    Outcome::Never("levels are found and not claimed, so that it is asked of each signature");
