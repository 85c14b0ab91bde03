//! What the library's own words must not make believe.

use std::sync::OnceLock;

use super::{Effect, Rule, rules};
use crate::legal::answer::Answer;
use crate::legal::matter::Case;
use crate::legal::phrase::{Phrase, phrase};
use crate::legal::words;
use crate::validation::Language;

fn not_refused_for_its_level(_: &Case<'_>) -> Answer {
    own_words(phrase!("no signature is refused here on the sole ground that its level is below the qualified one"))
}

fn nobody_approved(_: &Case<'_>) -> Answer {
    own_words(phrase!("nothing here makes believe that the library or its operator has an approval"))
}

fn own_words(holds: Phrase) -> Answer {
    match misleading_notice() {
        Some(found) => Answer::broken(phrase!("a notice of the library misleads: {0}", found)),
        None => Answer::satisfied(holds),
    }
}

/// What the notices make believe that is not so. They are the same in each assessment, and read once.
fn misleading_notice() -> Option<&'static str> {
    static FOUND: OnceLock<Option<&'static str>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let notices = words::notices();
        let mut said = Language::ALL.iter().flat_map(|language| {
            notices.iter().flat_map(|notice| words::misleading(&notice.in_language(*language).to_string()))
        });
        said.next()
    })
}

fn advisory(_: &Case<'_>) -> Answer {
    Answer::satisfied(phrase!("the assessment says of itself that it advises nobody; it decides nothing"))
}

/// The rules of this subject.
pub(super) const RULES: &[Rule] = rules! {
    "MA-4320-ART7": "L43-20 art.7, 16, 25, 29", NEW, Check, Effect::Defect,
        ["S2"],
        "level < QUALIFIED",
        "Report must not say 'inadmissible' or 'invalid' merely because level is not qualified" => Matter(not_refused_for_its_level);
    "MA-4320-ART72": "L43-20 art.72, 62 (ex L53-05 art.38-39, 29)", BOTH, Check, Effect::Defect,
        ["S1", "S2"],
        "any output, brochure or visible signature",
        "No wording makes believe that the library or its operator is an approved/qualified provider" => Matter(nobody_approved);
    "MA-0908-AUTO": "L09-08 art.11", BOTH, Check, Effect::Inform,
        ["S8"],
        "legal assessment output used to decide",
        "Output is advisory; no decision solely on automated profiling of personality" => Matter(advisory);
};
