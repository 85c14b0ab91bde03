//! What a report says, in its order, before it is text or HTML.

use crate::legal::NotAsked;
use crate::legal::answer::Answer;
use crate::legal::assessment::{
    Assessment, Deadline, Formation, Level, Reading, Retention, RuleAnswer, SealClass, SealLevel, SignatureLevel,
};
use crate::legal::calendar::Day;
use crate::legal::matter::DossierFacts;
use crate::legal::phrase::{Argument, Phrase, phrase};
use crate::legal::regime::Regime;
use crate::legal::rules::{self, Subject};

/// A part of a report.
pub(super) enum Block {
    /// A heading, of the second or third level.
    Heading(Depth, Phrase),
    Paragraph(Phrase),
    List(Vec<Phrase>),
    /// What stops everything.
    Stop {
        title: Phrase,
        sentence: Phrase,
        lines: Vec<Line>,
    },
    /// Labels, each with what is said of it.
    Particulars {
        caption: Phrase,
        rows: Vec<(Phrase, Said)>,
    },
    /// A table with columns of its own.
    Table {
        columns: Vec<Phrase>,
        rows: Vec<Vec<Phrase>>,
    },
    /// Rules of a subject.
    Lines(Vec<Line>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Section,
    Part,
}

/// What is said of a label.
pub(super) struct Said {
    /// The finding, where it is one.
    pub(super) finding: Option<Finding>,
    pub(super) sentences: Vec<Phrase>,
}

/// A rule, and what was found.
pub(super) struct Line {
    pub(super) article: Phrase,
    /// Its name in the table of rules.
    pub(super) rule: Phrase,
    pub(super) title: Phrase,
    /// The law and the signature that it was asked about.
    pub(super) context: Vec<Phrase>,
    pub(super) finding: Finding,
    /// What introduces the sentences.
    pub(super) on_what: Phrase,
    pub(super) sentences: Vec<Phrase>,
    pub(super) remedy: Option<Phrase>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    Satisfied,
    NotSatisfied,
    Attested,
    Unknown,
    NotApplicable,
}

impl Finding {
    fn of(answer: &Answer) -> Self {
        match answer {
            Answer::Satisfied { .. } => Self::Satisfied,
            Answer::NotSatisfied { .. } => Self::NotSatisfied,
            Answer::Attested { .. } => Self::Attested,
            Answer::Unknown { .. } => Self::Unknown,
            Answer::NotApplicable { .. } => Self::NotApplicable,
        }
    }

    pub(super) fn word(self) -> Phrase {
        match self {
            Self::Satisfied => phrase!("Satisfied"),
            Self::NotSatisfied => phrase!("Not satisfied"),
            Self::Attested => phrase!("Attested"),
            Self::Unknown => phrase!("Unknown"),
            Self::NotApplicable => phrase!("Not applicable"),
        }
    }

    fn on_what(self) -> Phrase {
        match self {
            Self::Satisfied => phrase!("Evidence"),
            Self::NotSatisfied | Self::NotApplicable => phrase!("Why not"),
            Self::Attested => phrase!("On the word of"),
            Self::Unknown => phrase!("Missing"),
        }
    }

    /// A sign that repeats the word.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Satisfied => "✓",
            Self::NotSatisfied => "✗",
            Self::Attested => "§",
            Self::Unknown => "?",
            Self::NotApplicable => "–",
        }
    }

    /// Its name in style sheets.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::NotSatisfied => "broken",
            Self::Attested => "attested",
            Self::Unknown => "unknown",
            Self::NotApplicable => "beside",
        }
    }
}

impl Said {
    fn plain(sentence: Phrase) -> Self {
        Self { finding: None, sentences: vec![sentence] }
    }

    /// The evidence of what is satisfied stands with its rules.
    fn answer(answer: &Answer) -> Self {
        let sentences = match answer {
            Answer::Satisfied { .. } => Vec::new(),
            _ => sentences(answer),
        };
        Self { finding: Some(Finding::of(answer)), sentences }
    }
}

pub(super) fn title() -> Phrase {
    phrase!("Legal assessment of a contract concluded electronically")
}

/// Everything, from the summary to the notices.
pub(super) fn outline(assessment: &Assessment) -> Vec<Block> {
    let mut blocks = Vec::new();
    stop(assessment, &mut blocks);
    summary(assessment, &mut blocks);
    formation(&assessment.formation, &mut blocks);
    signatures(assessment, &mut blocks);
    terms(&assessment.deadlines, &mut blocks);
    retention(&assessment.retention, &mut blocks);
    every_rule(assessment, &mut blocks);
    not_asked(assessment, &mut blocks);
    blocks.push(section(phrase!("What a lawyer must still check")));
    blocks.push(Block::List(repeated(assessment.for_a_lawyer.iter())));
    blocks.push(section(phrase!("About this assessment")));
    let about = [
        phrase!(
            "What is missing and can be attested is named with its attestation: have the person who knows say it, with name and date."
        ),
        phrase!(
            "Days are those of Morocco; times are in coordinated universal time (UTC). Digests, codes and what parties wrote are given as they are."
        ),
    ];
    blocks.push(Block::List(repeated(assessment.notices.iter().chain(&about))));
    blocks
}

fn section(title: Phrase) -> Block {
    Block::Heading(Depth::Section, title)
}

fn repeated<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Vec<Phrase> {
    phrases.cloned().collect()
}

/// The sentences of an answer, each once.
fn sentences(answer: &Answer) -> Vec<Phrase> {
    if let Answer::Attested { by, at } = answer {
        return vec![phrase!("{0}, {1}; heard and not checked", by, at)];
    }
    let mut seen = std::collections::HashSet::new();
    repeated(answer.sentences().iter().filter(|sentence| seen.insert(*sentence)))
}

fn stop(assessment: &Assessment, blocks: &mut Vec<Block>) {
    let stopped = assessment.answers.iter().filter(|answer| {
        assessment.stops.contains(&answer.rule) && matches!(answer.answer, Answer::NotSatisfied { .. })
    });
    let lines: Vec<Line> = stopped.map(|answer| line(answer, false)).collect();
    if !lines.is_empty() {
        blocks.push(Block::Stop {
            title: phrase!("It stops here"),
            sentence: phrase!("What stops the conclusion, with the article and what can be done:"),
            lines,
        });
    }
}

fn summary(assessment: &Assessment, blocks: &mut Vec<Block>) {
    let count = |wanted| {
        let found = assessment.answers.iter().filter(|answer| Finding::of(&answer.answer) == wanted).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    };
    let counts = phrase!(
        "satisfied {0}, not satisfied {1}, attested {2}, unknown {3}, not applicable {4}",
        count(Finding::Satisfied),
        count(Finding::NotSatisfied),
        count(Finding::Attested),
        count(Finding::Unknown),
        count(Finding::NotApplicable),
    );
    let list = assessment.trust_list.as_ref().map_or_else(|| phrase!("none was given"), |list| phrase!("{0}", list));
    let policy = assessment.validation_policy.as_ref();
    let policy = policy.map_or_else(|| phrase!("no validation was given"), |policy| phrase!("{0}", policy));
    let mut rows = vec![
        (phrase!("Assessed as of"), Said::plain(phrase!("{0}", assessment.at))),
        (phrase!("Findings"), Said::plain(counts)),
        (phrase!("Snapshot of the national list"), Said::plain(list)),
        (phrase!("Policy of the validation, which is not law"), Said::plain(policy)),
    ];
    if let Some(facts) = &assessment.dossier {
        dossier(facts, &mut rows);
    }
    blocks.push(Block::Particulars { caption: phrase!("Summary"), rows });
}

fn dossier(facts: &DossierFacts, rows: &mut Vec<(Phrase, Said)>) {
    let code = |text: &Option<String>, otherwise: Phrase| match text {
        Some(text) => Argument::Code(text.to_owned()),
        None => Argument::Phrase(otherwise),
    };
    let events = i64::try_from(facts.events).unwrap_or(i64::MAX);
    let ceremony = code(&facts.ceremony, phrase!("without a name"));
    let seal = code(&facts.seal, phrase!("none"));
    rows.push((phrase!("Dossier"), Said::plain(phrase!("ceremony {0}, {1} events, seal {2}", ceremony, events, seal))));
    rows.push((phrase!("Last event"), Said::plain(phrase!("{0}", code(&facts.head, phrase!("none"))))));
    if !facts.irregularities.is_empty() {
        let sentences = facts.irregularities.to_vec();
        rows.push((phrase!("Irregularities of the dossier"), Said { finding: None, sentences }));
    }
}

fn formation(formation: &Formation, blocks: &mut Vec<Block>) {
    let mut rows = vec![
        (phrase!("It is an offer, and not mere advertising (DOC 65-4)"), Said::answer(&formation.offer)),
        (
            phrase!("It is validly concluded: reviewed and corrected before it was confirmed (DOC 65-5)"),
            Said::answer(&formation.validly_concluded),
        ),
        (phrase!("The acceptance is express (DOC 65-2)"), Said::answer(&formation.express_acceptance)),
        (phrase!("The acceptance was acknowledged (DOC 65-5)"), Said::answer(&formation.acknowledged)),
    ];
    if let Some(delay) = formation.acknowledgement_delay {
        rows.push((phrase!("Seconds until the acknowledgement"), Said::plain(phrase!("{0}", delay))));
    }
    blocks.push(section(phrase!("Formation of the contract")));
    blocks.push(Block::Particulars { caption: phrase!("Findings"), rows });
}

fn signatures(assessment: &Assessment, blocks: &mut Vec<Block>) {
    blocks.push(section(phrase!("Signatures")));
    match assessment.signatures.is_empty() {
        true => blocks.push(Block::Paragraph(phrase!("There is no natural person's signature."))),
        false => blocks.push(Block::Paragraph(phrase!(
            "A signature below the highest level is not refused for that: whoever relies on it proves that it is reliable (law 43-20 art. 7; DOC 417-3)."
        ))),
    }
    assessment.signatures.iter().for_each(|found| signature(found, blocks));
    if !assessment.seals.is_empty() {
        blocks.push(section(phrase!("Seals")));
        blocks.push(Block::Paragraph(phrase!("A seal is a legal person's. It is not counted as a party's signature.")));
    }
    assessment.seals.iter().for_each(|found| seal(found, blocks));
}

fn signature(found: &SignatureLevel, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(Depth::Part, phrase!("Signature of {0}", &found.about)));
    blocks.push(Block::Paragraph(phrase!("{0}: {1}", phrase!("Law that governs"), &found.regime.why)));
    for reading in &found.readings {
        let caption = match reading.regime {
            Regime::L53_05 => phrase!("Under law 53-05"),
            Regime::L43_20 => phrase!("Under law 43-20"),
        };
        blocks.push(Block::Particulars { caption, rows: reading_rows(reading) });
    }
}

fn reading_rows(reading: &Reading) -> Vec<(Phrase, Said)> {
    let effects = &reading.effects;
    let mut rows = ladder([reading.level, reading.on_attestations, reading.would_be].map(level), &reading.missing);
    rows.extend([
        (phrase!("Admitted in evidence (DOC 417-1; law 43-20 art. 7)"), Said::answer(&effects.admissible)),
        (phrase!("Reliability presumed (DOC 417-3)"), Said::answer(&effects.presumed_reliable)),
        (phrase!("Date that binds third parties (DOC 425)"), Said::answer(&effects.date_against_third_parties)),
        (
            phrase!("Force of a legalised signature and of a certain date (DOC 417-3)"),
            Said::answer(&effects.legalised_with_certain_date),
        ),
    ]);
    rows
}

/// The level that is shown, that on attestations, and that which nothing excludes with what it lacks.
fn ladder([shown, attested, would_be]: [Phrase; 3], missing: &[Phrase]) -> Vec<(Phrase, Said)> {
    let mut rows = vec![
        (phrase!("Level shown"), Said::plain(shown)),
        (phrase!("Level if what was attested is true"), Said::plain(attested)),
        (phrase!("Highest level that nothing excludes"), Said::plain(would_be)),
    ];
    if !missing.is_empty() {
        let mut seen = std::collections::HashSet::new();
        let missing = repeated(missing.iter().filter(|sentence| seen.insert(*sentence)));
        let said = Said { finding: None, sentences: missing };
        rows.push((phrase!("It would be that level if this were shown or attested"), said));
    }
    rows
}

fn seal(found: &SealLevel, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(Depth::Part, phrase!("Seal of {0}", &found.about)));
    let classes = [found.level, found.on_attestations, found.would_be].map(class);
    let mut rows = ladder(classes, &found.missing);
    let presumed = Said::answer(&found.presumed_intact);
    rows.push((phrase!("Integrity and origin presumed (law 43-20 art. 15)"), presumed));
    blocks.push(Block::Particulars { caption: phrase!("Under law 43-20"), rows });
}

fn level(level: Level) -> Phrase {
    match level {
        Level::None => phrase!("nothing that is shown to be a signature in the sense of the law"),
        Level::Ordinary => phrase!("ordinary signature"),
        Level::Secured => phrase!("secured signature"),
        Level::Simple => phrase!("simple signature"),
        Level::Advanced => phrase!("advanced signature"),
        Level::Qualified => phrase!("qualified signature"),
    }
}

fn class(class: SealClass) -> Phrase {
    match class {
        SealClass::None => phrase!("nothing that is shown to be a seal in the sense of the law"),
        SealClass::Simple => phrase!("simple seal"),
        SealClass::Advanced => phrase!("advanced seal"),
        SealClass::Qualified => phrase!("qualified seal"),
    }
}

fn terms(deadlines: &[Deadline], blocks: &mut Vec<Block>) {
    let rows = deadlines.iter().map(|deadline| {
        let counted = match (deadline.days, deadline.from, &deadline.otherwise) {
            (Some(days), Some(from), _) => {
                phrase!("{0} clear days from {1}; the first and the last are not counted", days, from)
            }
            (.., Some(otherwise)) => joined(otherwise),
            _ => phrase!("the day on which the parties agreed"),
        };
        let last = match &deadline.otherwise {
            Some(Answer::NotApplicable { .. }) => phrase!("none"),
            _ => day(deadline.last_day),
        };
        vec![phrase!("{0}", &deadline.what), cited(deadline.article), last, counted]
    });
    let columns = vec![
        phrase!("Term"),
        phrase!("Article"),
        phrase!("Last day"),
        phrase!("How it is counted, or why there is none"),
    ];
    blocks.push(section(phrase!("Terms that run")));
    blocks.push(Block::Table { columns, rows: rows.collect() });
}

/// The finding and its first sentence.
fn joined(answer: &Answer) -> Phrase {
    let word = Finding::of(answer).word();
    match sentences(answer).into_iter().next() {
        Some(sentence) => phrase!("{0}: {1}", word, sentence),
        None => word,
    }
}

fn retention(floors: &[Retention], blocks: &mut Vec<Block>) {
    let rows = floors
        .iter()
        .map(|floor| vec![cited(floor.article), phrase!("{0}", floor.years), day(floor.from), day(floor.until)]);
    let columns =
        vec![phrase!("Article"), phrase!("Years, at least"), phrase!("Counted from"), phrase!("To be kept until")];
    blocks.push(section(phrase!("Retention")));
    blocks.push(Block::Table { columns, rows: rows.collect() });
}

fn day(day: Option<Day>) -> Phrase {
    day.map_or_else(|| phrase!("not known"), |day| phrase!("{0}", day))
}

fn cited(article: &'static str) -> Phrase {
    phrase!("{0}", Argument::Article(article))
}

fn named(rule: &str) -> Phrase {
    phrase!("{0}", Argument::Code(rule.to_owned()))
}

fn every_rule(assessment: &Assessment, blocks: &mut Vec<Block>) {
    let mut regimes = assessment.answers.iter().map(|answer| answer.regime);
    let first = regimes.next();
    let several = regimes.any(|regime| Some(regime) != first);
    blocks.push(section(phrase!("Every rule")));
    for (subject, rules) in rules::by_subject() {
        let of_subject = |answer: &&RuleAnswer| rules.iter().any(|rule| rule.id == answer.rule);
        let lines: Vec<Line> = assessment.answers.iter().filter(of_subject).map(|found| line(found, several)).collect();
        if !lines.is_empty() {
            blocks.push(Block::Heading(Depth::Part, heading(subject)));
            blocks.push(Block::Lines(lines));
        }
    }
}

/// Rules without a line, and why.
fn not_asked(assessment: &Assessment, blocks: &mut Vec<Block>) {
    let open = assessment.not_asked();
    if open.is_empty() {
        return;
    }
    let row = |rule: &NotAsked| {
        vec![cited(rule.article), named(rule.rule), phrase!("{0}", &rule.title), phrase!("{0}", &rule.why)]
    };
    let rows = open.iter().map(row);
    let columns = vec![phrase!("Article"), phrase!("Rule"), phrase!("What the law wants"), phrase!("Why not")];
    blocks.push(Block::Heading(Depth::Part, phrase!("Rules that were not asked")));
    blocks.push(Block::Table { columns, rows: rows.collect() });
}

fn heading(subject: Subject) -> Phrase {
    match subject {
        Subject::Scope => phrase!("What electronic form can carry"),
        Subject::Writing => phrase!("Writing, signature and proof"),
        Subject::Formation => phrase!("Conclusion by electronic means"),
        Subject::Level => phrase!("Levels of signatures"),
        Subject::Qualified => phrase!("Conditions of the qualified signature"),
        Subject::Seals => phrase!("Seals"),
        Subject::TimeStamps => phrase!("Time-stamps"),
        Subject::Providers => phrase!("Duties of providers and suppliers"),
        Subject::Secured => phrase!("The secured signature of law 53-05"),
        Subject::Consumer => phrase!("Consumer at a distance"),
        Subject::PersonalData => phrase!("Personal data"),
        Subject::Retention => phrase!("Keeping"),
        Subject::Wording => phrase!("The words of this report"),
    }
}

fn line(found: &RuleAnswer, several_laws: bool) -> Line {
    let finding = Finding::of(&found.answer);
    let mut context = Vec::new();
    if several_laws {
        context.push(match found.regime {
            Regime::L53_05 => phrase!("Law 53-05"),
            Regime::L43_20 => phrase!("Law 43-20"),
        });
    }
    context.extend(found.about.as_ref().map(|about| phrase!("about {0}", about)));
    Line {
        article: cited(found.article),
        rule: named(found.rule),
        title: phrase!("{0}", &found.title),
        context,
        finding,
        on_what: finding.on_what(),
        sentences: sentences(&found.answer),
        remedy: found.remedy.as_ref().map(|remedy| phrase!("{0}", remedy)),
    }
}
