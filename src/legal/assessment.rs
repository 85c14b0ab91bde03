//! From the answers to what they amount to.

use serde::Serialize;

use super::answer::{Answer, Strength};
use super::calendar::{self, Day};
use super::matter::{Case, DossierFacts, Matter};
use super::phrase::{Argument, Phrase, phrase};
use super::regime::{Regime, RegimeChoice, TimeProof};
use super::rules::{self, Ask, Effect, Mode, Rule, consumer, formation, level, retention, seals, writing};
use super::signed::Signed;
use super::words;
use crate::time::Time;

/// What the law says of a contract, as far as rules can ask it.
#[must_use]
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Assessment {
    /// The time as of which it was assessed.
    pub at: Time,
    /// The dossier that was assessed, where there is one.
    pub dossier: Option<DossierFacts>,
    /// What it says of itself.
    pub notices: Vec<Phrase>,
    /// The snapshot of the national list that was used.
    pub trust_list: Option<Phrase>,
    /// The policy by which signatures were validated, which is not law.
    pub validation_policy: Option<String>,
    /// Every rule's answer, by law and by what it is about.
    pub answers: Vec<RuleAnswer>,
    /// What each signature amounts to.
    pub signatures: Vec<SignatureLevel>,
    /// What each seal amounts to; none stands in for a signature.
    pub seals: Vec<SealLevel>,
    /// How the contract came about.
    pub formation: Formation,
    /// What is due to the consumer, as days.
    pub deadlines: Vec<Deadline>,
    /// Until when it must be kept at least.
    pub retention: Vec<Retention>,
    /// Rules whose failure stops the ceremony and that failed, by name.
    pub stops: Vec<&'static str>,
    /// What a lawyer must still check.
    pub for_a_lawyer: Vec<Phrase>,
}

/// A rule's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleAnswer {
    /// The rule.
    pub rule: &'static str,
    /// Its article.
    pub article: &'static str,
    /// Where the article was read.
    pub sources: &'static [&'static str],
    /// Who can say whether it holds.
    pub mode: Mode,
    /// What follows when it does not hold.
    pub effect: Effect,
    /// The law of signatures beside which it was asked.
    pub regime: Regime,
    /// The signature or seal that it is about.
    pub about: Option<Phrase>,
    /// What the rule wants, in a sentence for whoever is no lawyer.
    pub title: Phrase,
    /// The answer.
    #[serde(flatten)]
    pub answer: Answer,
    /// What can be done, where the rule is not shown to hold.
    pub remedy: Option<Phrase>,
}

/// A level of signatures, the lower before the higher within a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed by law 43-20 art. 4 and by law 53-05 art. 6 with DOC 417-2")]
pub enum Level {
    /// Not shown to be a signature in the sense of the law.
    None,
    /// Law 53-05: a signature that is not a secured one.
    Ordinary,
    /// Law 53-05 art. 6.
    Secured,
    /// Law 43-20 art. 2.
    Simple,
    /// Law 43-20 art. 5.
    Advanced,
    /// Law 43-20 art. 6.
    Qualified,
}

/// What a signature amounts to.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SignatureLevel {
    /// Whose it is.
    pub about: Phrase,
    /// Which law was applied, and why.
    pub regime: RegimeChoice,
    /// What it amounts to, under each of these laws.
    pub readings: Vec<Reading>,
}

/// What a signature amounts to under one law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reading {
    /// The law.
    pub regime: Regime,
    /// The highest level whose every condition is shown.
    pub level: Level,
    /// The highest level whose every condition is shown or attested.
    pub on_attestations: Level,
    /// The highest level that no condition excludes.
    pub would_be: Level,
    /// What is missing for that last level.
    pub missing: Vec<Phrase>,
    /// What follows from it.
    pub effects: Effects,
}

/// What follows from a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Effects {
    /// It is admitted in evidence: the person is identified, and integrity is kept (DOC 417-1; law 43-20 art. 7).
    pub admissible: Answer,
    /// Its reliability is presumed until the contrary is proved (DOC 417-3 al. 1).
    pub presumed_reliable: Answer,
    /// Its date binds third parties (DOC 425 6°).
    pub date_against_third_parties: Answer,
    /// It has the force of a legalised signature and of a certain date (DOC 417-3 al. 3).
    pub legalised_with_certain_date: Answer,
}

/// A level of seals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed by law 43-20 art. 13")]
pub enum SealClass {
    /// Not shown to be more than data joined to data.
    None,
    /// Law 43-20 art. 2, 13.
    Simple,
    /// Law 43-20 art. 14.
    Advanced,
    /// Law 43-20 art. 15.
    Qualified,
}

/// What a seal amounts to under law 43-20; law 53-05 knows none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SealLevel {
    /// Whose it is.
    pub about: Phrase,
    /// The highest level whose every condition is shown.
    pub level: SealClass,
    /// The highest level whose every condition is shown or attested.
    pub on_attestations: SealClass,
    /// The highest level that no condition excludes.
    pub would_be: SealClass,
    /// What is missing for that last level.
    pub missing: Vec<Phrase>,
    /// The integrity of the data and their origin are presumed (law 43-20 art. 15).
    pub presumed_intact: Answer,
}

/// How the contract came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Formation {
    /// It is an offer: otherwise it is mere advertising, and does not bind its author (DOC 65-4).
    pub offer: Answer,
    /// The addressee could check the order and its total price, and correct errors, before he confirmed (DOC 65-5 al. 1).
    pub validly_concluded: Answer,
    /// The acceptance is express (DOC 65-2).
    pub express_acceptance: Answer,
    /// The acceptance was acknowledged without undue delay (DOC 65-5 al. 2).
    pub acknowledged: Answer,
    /// Seconds between the acceptance and its acknowledgement.
    pub acknowledgement_delay: Option<i64>,
}

/// A term that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Deadline {
    /// What is due.
    pub what: Phrase,
    /// The article.
    pub article: &'static str,
    /// The day that opens the term, which is not counted.
    pub from: Option<Day>,
    /// Its length in clear days.
    pub days: Option<u16>,
    /// The last day.
    pub last_day: Option<Day>,
    /// Why there is none, or why it is not known.
    pub otherwise: Option<Answer>,
}

/// How long something must be kept at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Retention {
    /// The article.
    pub article: &'static str,
    /// For how many years.
    pub years: i32,
    /// From which day; not known while the contract goes on.
    pub from: Option<Day>,
    /// Until which day.
    pub until: Option<Day>,
}

/// Reads the law over a matter. Pure: nothing is fetched and no clock is read.
///
/// ```
/// use seing::legal::{Matter, assess};
/// use seing::time::Time;
///
/// let matter = Matter::new(Time::parse_rfc3339("2026-11-23T10:00:00Z")?);
/// let assessment = assess(&matter);
/// assert!(assessment.signatures.is_empty());
/// assert!(!assessment.for_a_lawyer.is_empty());
/// # Ok::<(), seing::error::Error>(())
/// ```
pub fn assess(matter: &Matter) -> Assessment {
    let choices: Vec<(&Signed, RegimeChoice)> =
        matter.signed.iter().map(|signed| (signed, Regime::choose(signed.proven_time, signed.claimed_time))).collect();
    let overall = overall(&choices, matter);
    let case = |regime| Case { matter, regime, signed: None };
    let mut answers = Vec::new();
    for rule in rules::all() {
        ask(rule, matter, &choices, overall, &mut answers);
    }
    // The latest law is the one under which a ceremony would be stopped today.
    let now = case(overall.last().copied().unwrap_or(Regime::L43_20));
    let stops = answers.iter().filter(|answer| stops(answer)).map(|answer| answer.rule).collect();
    let signatures = choices.iter().filter(|(signed, _)| !signed.is_seal());
    Assessment {
        at: matter.at,
        dossier: matter.dossier.clone(),
        notices: words::notices(),
        trust_list: matter.trust_list.as_ref().map(|list| list.label()),
        validation_policy: matter.validation_policy.clone(),
        signatures: signatures.map(|(signed, choice)| signature_level(&now, signed, choice)).collect(),
        seals: choices
            .iter()
            .filter(|(signed, _)| signed.is_seal())
            .map(|(seal, at)| seal_level(matter, seal, at))
            .collect(),
        formation: contract_formation(&now),
        deadlines: deadlines(&now),
        retention: retention_floors(&now),
        for_a_lawyer: for_a_lawyer(matter, &choices, &answers),
        stops,
        answers,
    }
}

/// The laws of the matter as a whole: those of its signatures, or of the confirmation when nobody signed, whose time is
/// the word of whoever kept the journal; before it, those of the day of the assessment.
fn overall(choices: &[(&Signed, RegimeChoice)], matter: &Matter) -> &'static [Regime] {
    let mut found = choices.iter().map(|(_, choice)| choice.regimes);
    let Some(first) = found.next() else {
        return match formation::confirmed(&matter.ceremony) {
            Ok((_, confirmed)) => Regime::choose(None, Some(confirmed.at)).regimes,
            Err(_) => Regime::on(Day::in_morocco(matter.at)),
        };
    };
    if found.all(|regimes| regimes == first) { first } else { Regime::BOTH }
}

fn ask(
    rule: &Rule,
    matter: &Matter,
    choices: &[(&Signed, RegimeChoice)],
    overall: &[Regime],
    answers: &mut Vec<RuleAnswer>,
) {
    let mut note = |regime, about, answer: Answer| {
        answers.push(RuleAnswer {
            rule: rule.id,
            article: rule.article,
            sources: rule.sources,
            mode: rule.mode,
            effect: rule.effect,
            regime,
            about,
            title: rule.title(),
            remedy: matches!(answer, Answer::NotSatisfied { .. } | Answer::Unknown { .. }).then(|| rule.remedy()),
            answer,
        });
    };
    let counts = |regime: &Regime| rule.counts_under(*regime);
    let none = |regime, signed| Case { matter, regime, signed };
    match rule.ask {
        Ask::Matter(answer) => {
            for regime in overall.iter().copied().filter(counts) {
                note(regime, None, answer(&none(regime, None)));
            }
        }
        Ask::Signature(answer) => {
            for (signed, choice) in choices.iter().filter(|(signed, _)| !signed.is_seal()) {
                for regime in choice.regimes.iter().copied().filter(counts) {
                    note(regime, Some(signed.label()), answer(&none(regime, Some(signed)), signed));
                }
            }
        }
        Ask::Seal(answer) => {
            for (seal, choice) in choices.iter().filter(|(signed, _)| signed.is_seal()) {
                for regime in choice.regimes.iter().copied().filter(counts) {
                    note(regime, Some(seal.label()), answer(&none(regime, Some(seal)), seal));
                }
            }
        }
        Ask::Either(answer) => {
            for (signed, choice) in choices {
                for regime in choice.regimes.iter().copied().filter(counts) {
                    note(regime, Some(signed.label()), answer(&none(regime, Some(signed)), signed));
                }
            }
        }
        Ask::TimeStamp(answer) => {
            for (signed, choice) in choices {
                for regime in choice.regimes.iter().copied().filter(counts) {
                    for stamp in &signed.time_stamps {
                        note(regime, Some(signed.label()), answer(&none(regime, Some(signed)), stamp));
                    }
                }
            }
        }
    }
}

fn stops(answer: &RuleAnswer) -> bool {
    matches!(answer.effect, Effect::Block(_)) && matches!(answer.answer, Answer::NotSatisfied { .. })
}

/// The levels of a ladder from the lowest, each with its conditions, which contain those below.
fn climb<L: Copy>(lowest: L, ladder: &[(L, Answer)]) -> (L, L, L, Vec<Phrase>) {
    let upto = |strength: Strength| {
        let reached = ladder.iter().rev().find(|(_, answer)| answer.strength() <= strength);
        reached.map_or(lowest, |(level, _)| *level)
    };
    let open = ladder.iter().rev().find(|(_, answer)| answer.strength() <= Strength::Open);
    let missing = match open {
        Some((_, Answer::Unknown { missing })) => missing.clone(),
        _ => Vec::new(),
    };
    (upto(Strength::Shown), upto(Strength::Attested), upto(Strength::Open), missing)
}

fn signature_level(now: &Case<'_>, signed: &Signed, choice: &RegimeChoice) -> SignatureLevel {
    let readings = choice.regimes.iter().map(|regime| {
        let case = Case { regime: *regime, ..now.of(signed) };
        let (lowest, ladder) = match regime {
            Regime::L53_05 => (
                Level::None,
                vec![(Level::Ordinary, ordinary(&case, signed)), (Level::Secured, writing::highest(&case, signed))],
            ),
            Regime::L43_20 => (
                Level::None,
                vec![
                    (Level::Simple, level::simple(&case, signed)),
                    (Level::Advanced, level::advanced(&case, signed)),
                    (Level::Qualified, writing::highest(&case, signed)),
                ],
            ),
        };
        let (level, on_attestations, would_be, missing) = climb(lowest, &ladder);
        Reading { regime: *regime, level, on_attestations, would_be, missing, effects: effects(&case, signed) }
    });
    SignatureLevel { about: signed.label(), regime: choice.clone(), readings: readings.collect() }
}

/// DOC 417-2: identification, link, consent; law 53-05 art. 7: of a natural person.
fn ordinary(case: &Case<'_>, signed: &Signed) -> Answer {
    Answer::all([
        writing::natural(signed),
        writing::identified(case, signed),
        writing::linked(case, signed),
        writing::consent(case, signed),
    ])
}

fn effects(case: &Case<'_>, signed: &Signed) -> Effects {
    Effects {
        admissible: Answer::all([
            writing::identified(case, signed),
            writing::made_with_integrity(case, signed),
            writing::kept_with_integrity(case),
        ]),
        presumed_reliable: writing::presumed(case, signed),
        date_against_third_parties: writing::highest(case, signed),
        legalised_with_certain_date: writing::legalised(case, signed),
    }
}

fn seal_level(matter: &Matter, seal: &Signed, choice: &RegimeChoice) -> SealLevel {
    if !choice.regimes.contains(&Regime::L43_20) {
        return SealLevel {
            about: seal.label(),
            level: SealClass::None,
            on_attestations: SealClass::None,
            would_be: SealClass::None,
            missing: Vec::new(),
            presumed_intact: Answer::beside(phrase!("law 53-05, which governed then, has no rule on seals")),
        };
    }
    let case = Case { matter, regime: Regime::L43_20, signed: Some(seal) };
    let ladder = [
        (SealClass::Simple, seals::simple(&case, seal)),
        (SealClass::Advanced, seals::advanced(&case, seal)),
        (SealClass::Qualified, seals::qualified(&case, seal)),
    ];
    let (level, on_attestations, would_be, missing) = climb(SealClass::None, &ladder);
    let presumed_intact = seals::qualified(&case, seal);
    SealLevel { about: seal.label(), level, on_attestations, would_be, missing, presumed_intact }
}

fn contract_formation(case: &Case<'_>) -> Formation {
    let ceremony = case.ceremony();
    let delay = formation::confirmed(ceremony).ok().and_then(|(place, confirmed)| {
        let mut later = ceremony.events.iter().skip(place);
        let acknowledged = later.find(|event| event.kind == super::facts::EventKind::Acknowledged)?;
        Some(acknowledged.at.unix_seconds().saturating_sub(confirmed.at.unix_seconds()))
    });
    Formation {
        offer: formation::every_statement(case),
        validly_concluded: formation::reviewed(case),
        express_acceptance: formation::express(case),
        acknowledged: formation::acknowledged(case),
        acknowledgement_delay: delay,
    }
}

fn deadlines(case: &Case<'_>) -> Vec<Deadline> {
    let term = |what, article, found: Result<consumer::Term, Answer>| match found {
        Ok(term) => Deadline {
            what,
            article,
            from: Some(term.start),
            days: Some(term.days),
            last_day: Some(term.last()),
            otherwise: None,
        },
        Err(otherwise) => {
            Deadline { what, article, from: None, days: None, last_day: None, otherwise: Some(otherwise) }
        }
    };
    let performance = match consumer::performance_due(case) {
        Ok((due, found)) => Deadline {
            what: performance_of_the_order(),
            article: "L31-08 art.39",
            from: found.map(|term| term.start),
            days: found.map(|term| term.days),
            last_day: Some(due),
            otherwise: None,
        },
        Err(otherwise) => term(performance_of_the_order(), "L31-08 art.39", Err(otherwise)),
    };
    vec![
        term(phrase!("withdrawal of the consumer"), "L31-08 art.36, 203", consumer::withdrawal_term(case)),
        term(phrase!("refund after the withdrawal"), "L31-08 art.37, 203", consumer::refund_term(case)),
        performance,
    ]
}

fn performance_of_the_order() -> Phrase {
    phrase!("performance of the order")
}

fn retention_floors(case: &Case<'_>) -> Vec<Retention> {
    let from = retention::start(case);
    let floor = |article, years| Retention { article, years, from, until: from.map(|day| day.plus_years(years)) };
    let mut floors = Vec::new();
    let merchant = case.ceremony().parties.iter().filter_map(|party| party.capacity.as_ref());
    if merchant.into_iter().any(|capacity| capacity.value == super::facts::Capacity::Merchant) {
        floors.push(floor("Code de commerce art.26", retention::MERCHANT_YEARS));
    }
    if case.matter.archive.accounting == Some(true) {
        floors.push(floor("L9-88 art.22; CGI art.211", retention::MERCHANT_YEARS));
    }
    let limitation = case.matter.archive.limitation.as_ref();
    let years = retention::years(limitation.map(|declared| declared.value));
    floors.push(floor("DOC 387, 388; Code de commerce art.5", years));
    floors
}

fn for_a_lawyer(matter: &Matter, choices: &[(&Signed, RegimeChoice)], answers: &[RuleAnswer]) -> Vec<Phrase> {
    let mut open: Vec<Phrase> = Vec::new();
    let mut say = |what: Phrase| open.push(what);
    say(phrase!("Whether the parties have capacity and authority, and the object and cause are lawful (DOC 65-1)."));
    say(phrase!("The effect of law 09-15 of 2015 on DOC 2-1, which was not read."));
    say(phrase!(
        "Clear days are counted on the clock of Morocco as the IANA data base has it; whether a last day on a holiday is moved was not found in the texts read."
    ));
    if choices.iter().any(|(_, choice)| choice.regimes.len() > 1) {
        say(phrase!(
            "Which law governs: whether law 43-20 counts from 12 January or from 12 July 2023 was settled by no source."
        ));
    }
    if choices.iter().any(|(_, choice)| choice.proof != TimeProof::TimeStamp) {
        say(phrase!("When it was signed: no time-stamp proves it."));
    }
    let law_of = |time: Option<Time>| time.map(|time| Regime::on(Day::in_morocco(time)));
    if choices.iter().any(|(signed, _)| {
        let (claimed, proven) = (law_of(signed.claimed_time), law_of(signed.proven_time));
        claimed.is_some() && proven.is_some() && claimed != proven
    }) {
        say(phrase!(
            "A signer claims to have signed under another law than the one of the day that a time-stamp proves."
        ));
    }
    if matter.signed.iter().any(Signed::is_seal) {
        say(phrase!(
            "That an electronic seal does not stand in for a signature is the prudent reading of DOC 426, not a decided one."
        ));
    }
    if matter.ceremony.events.iter().any(|event| calendar::day_is_unsettled(event.at)) {
        say(phrase!("The day of an event near midnight: whether clocks had gone back for Ramadan is not known here."));
    }
    if matter.trust_list.is_none() {
        say(phrase!("Which providers the national authority lists: no snapshot was given."));
    }
    let attested = answers.iter().filter(|answer| matches!(answer.answer, Answer::Attested { .. }));
    let mut named: Vec<&str> = attested.map(|answer| answer.rule).collect();
    named.dedup();
    if !named.is_empty() {
        open.push(phrase!("What was attested and not checked: {0}.", Argument::Code(named.join(", "))));
    }
    open
}
