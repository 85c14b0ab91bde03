//! What an assessment says of itself, and what no output may make believe.

use super::phrase::{Phrase, phrase};

/// What every assessment says of itself, and of the duties of whoever runs it for others.
pub fn notices() -> Vec<Phrase> {
    vec![
        phrase!(
            "This assessment is made by software from facts that it was given: it is advice to nobody, and a lawyer must read it before anybody relies on it."
        ),
        phrase!("It is no validation by a provider of trust services in the sense of law 43-20 art. 11."),
        phrase!(
            "The cryptographic policy is the library's own: no Moroccan text that was found fixes an algorithm or a key length."
        ),
        phrase!("What somebody attested was heard and not checked."),
        phrase!(
            "Whoever offers signatures, seals, time-stamps, validation or preservation to others must declare itself to the national authority beforehand (law 43-20 art. 35); this library does that for nobody."
        ),
        phrase!(
            "A provider of trust services must notify breaches at once to the national authority and to whoever is harmed (law 43-20 art. 40)."
        ),
        phrase!(
            "Whoever imports, exports or supplies means of cryptology, of which this library is one, needs a prior declaration, an authorisation or an exemption (law 43-20 art. 45-47; decree 2-22-687 annex 6)."
        ),
    ]
}

/// What a text makes believe that is not so (law 43-20 art. 7, 11, 62, 72), in English, French or Arabic: that the library or
/// its operator is approved, that a signature counts for nothing for want of the qualified level, that a report is a qualified
/// validation, legal advice or a guarantee.
///
/// Spacing, case, accents, inflection and words in between do not hide it; a sentence that denies it does not say it.
///
/// ```
/// assert!(seing::legal::misleading("Rapport de validation qualifié").next().is_some());
/// assert!(seing::legal::misleading("Signature avancée").next().is_none());
/// assert!(seing::legal::misleading("This is not legal advice").next().is_none());
/// ```
pub fn misleading(text: &str) -> impl Iterator<Item = &'static str> + use<> {
    let sentences = sentences(text);
    CLAIMS.iter().filter(move |(_, made)| sentences.iter().any(|words| made(&Words(words)))).map(|(claim, _)| *claim)
}

/// What must not be claimed, and whether a sentence claims it.
type Claim = (&'static str, fn(&Words<'_>) -> bool);

const CLAIMS: &[Claim] = &[
    ("the library or its operator is approved", approval),
    ("a signature counts for nothing for want of the qualified level", refusal),
    ("it is a qualified validation", qualified_validation),
    ("it is legal advice", legal_advice),
    ("it is a guarantee of law", guarantee),
];

/// The words of a sentence, folded.
struct Words<'a>(&'a [String]);

impl Words<'_> {
    fn at(&self, place: usize, vocabulary: &[&str]) -> bool {
        self.0.get(place).is_some_and(|word| is_one_of(word, vocabulary))
    }

    fn places(&self, vocabulary: &[&str]) -> Vec<usize> {
        (0..self.0.len()).filter(|place| self.at(*place, vocabulary)).collect()
    }

    /// The first of these words among so many after that place.
    fn after(&self, place: usize, most: usize, vocabulary: &[&str]) -> Option<usize> {
        (place.saturating_add(1)..=place.saturating_add(most)).find(|next| self.at(*next, vocabulary))
    }

    /// Whether one of these words stands among so many before that place.
    fn before(&self, place: usize, most: usize, vocabulary: &[&str]) -> bool {
        (place.saturating_sub(most)..place).any(|earlier| self.at(earlier, vocabulary))
    }

    fn denied(&self, place: usize) -> bool {
        self.before(place, 8, DENIALS)
    }

    fn has(&self, vocabulary: &[&str]) -> bool {
        self.0.iter().any(|word| is_one_of(word, vocabulary))
    }
}

fn approval(words: &Words<'_>) -> bool {
    let approved = |place: usize| !words.denied(place) && !words.before(place, 10, CONDITIONS);
    let ours = words.places(OURSELVES).into_iter().any(|subject| {
        let said = words.after(subject, 7, APPROVED);
        let provider = words
            .after(subject, 9, QUALIFIED)
            .filter(|place| words.after(*place, 4, PROVIDER).is_some() || words.before(*place, 6, PROVIDER));
        said.or(provider).is_some_and(approved)
    });
    let by_authority = words.places(APPROVED).into_iter().any(|place| {
        let by = words.after(place, 2, BY);
        by.and_then(|by| words.after(by, 4, AUTHORITY)).is_some() && approved(place)
    });
    let as_provider = words.places(AS).into_iter().any(|place| {
        let graded = |from, most| words.after(from, most, APPROVED).or_else(|| words.after(from, most, QUALIFIED));
        let before = graded(place, 2).filter(|grade| words.after(*grade, 4, PROVIDER).is_some());
        let after = || words.after(place, 3, PROVIDER).and_then(|provider| graded(provider, 6));
        before.or_else(after).is_some_and(approved)
    });
    // A badge: an approved provider, and nothing else.
    let begins = [PROVIDER, APPROVED, QUALIFIED].into_iter().any(|vocabulary| words.at(0, vocabulary));
    let grades = words.places(APPROVED).into_iter().chain(words.places(QUALIFIED));
    let badge = begins && words.0.len() <= 6 && words.has(PROVIDER) && grades.into_iter().any(approved);
    ours || by_authority || as_provider || badge
}

fn refusal(words: &Words<'_>) -> bool {
    let grades = words.places(QUALIFIED).into_iter().filter(|place| !words.before(*place, 3, VALIDATION));
    let unqualified = grades.into_iter().any(|place| words.before(place, 4, LACKS))
        || words.places(LOWER).into_iter().any(|place| words.before(place, 2, MERELY))
        || words.has(UNQUALIFIED);
    let refused = words.places(WORTHLESS).into_iter().any(|place| !words.before(place, 6, DENIALS))
        || words.places(WORTH).into_iter().any(|place| {
            let denial = (place.saturating_sub(4)..place).find(|earlier| words.at(*earlier, DENIALS));
            denial.is_some_and(|denial| !words.before(denial, 3, DENIALS))
        });
    let reserved = words.places(QUALIFIED).into_iter().any(|place| {
        let alone = words.before(place, 4, ALONE) || words.after(place, 1, ALONE).is_some();
        alone && words.has(ADMITTED)
    });
    unqualified && refused || reserved
}

fn qualified_validation(words: &Words<'_>) -> bool {
    words.places(VALIDATION).into_iter().any(|place| {
        let graded = words.after(place, 2, QUALIFIED).is_some_and(|after| !words.at(after, ENGLISH_QUALIFIED));
        let before = words.before(place, 3, ENGLISH_QUALIFIED) || words.before(place, 1, QUALIFIED);
        (graded || before) && !words.before(place, 12, DENIALS)
    })
}

fn legal_advice(words: &Words<'_>) -> bool {
    let english =
        words.places(&["legal", "lawyer"]).into_iter().filter(|place| words.after(*place, 2, &["advice"]).is_some());
    let others = words.places(ADVICE).into_iter().filter(|place| words.after(*place, 2, LEGAL).is_some());
    english.chain(others).any(|place| !words.before(place, 10, DENIALS))
}

fn guarantee(words: &Words<'_>) -> bool {
    words.places(GUARANTEED).into_iter().any(|place| {
        let by_law = words.after(place, 3, LEGALLY).is_some() || words.before(place, 6, LEGALLY);
        // A registered delivery is مضمون as well.
        by_law && !words.denied(place) && !words.before(place, 2, &["ارسال*"])
    })
}

/// Whether a word is one of these; those with an asterisk stand for all that begin so.
fn is_one_of(word: &str, vocabulary: &[&str]) -> bool {
    let bare = without_particles(word);
    vocabulary.iter().any(|wanted| match wanted.strip_suffix('*') {
        Some(stem) => word.starts_with(stem) || bare.starts_with(stem),
        None => word == *wanted || bare == *wanted,
    })
}

/// An Arabic word without the particles that are written on to it: and, so, with, for, the.
fn without_particles(word: &str) -> &str {
    let mut bare = word;
    for particle in ["و", "ف"] {
        bare = bare.strip_prefix(particle).filter(|rest| rest.chars().count() > 2).unwrap_or(bare);
    }
    for article in ["بال", "كال", "لل", "ال"] {
        if let Some(rest) = bare.strip_prefix(article).filter(|rest| rest.chars().count() > 2) {
            return rest;
        }
    }
    bare
}

/// The sentences of a text, each as its words, folded: without case, accents, vowel signs, marks of direction.
fn sentences(text: &str) -> Vec<Vec<String>> {
    let (mut sentences, mut words, mut word) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().flat_map(char::to_lowercase).filter(|c| !is_silent(*c)).peekable();
    while let Some(c) = letters.next() {
        if c.is_alphanumeric() {
            word.push_str(folded(c, &mut [0; 4]));
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        let next = letters.peek().copied();
        let ends = match c {
            '!' | '?' | '؟' | ';' | '؛' => true,
            '.' => next.is_none_or(|next| !next.is_alphanumeric()),
            '\n' => next == Some('\n'),
            _ => false,
        };
        if ends {
            sentences.push(std::mem::take(&mut words));
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    sentences.push(words);
    sentences
}

/// Vowel signs and lengthening of Arabic, accents written apart, marks of direction, spaces without width.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{61c}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn folded(c: char, room: &mut [u8; 4]) -> &str {
    match c {
        'à' | 'â' | 'ä' => "a",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'î' | 'ï' => "i",
        'ô' | 'ö' => "o",
        'ù' | 'û' | 'ü' => "u",
        'ç' => "c",
        'œ' => "oe",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' => "ي",
        'ة' => "ه",
        _ => c.encode_utf8(room),
    }
}

// Folded: French agréé is agree, Arabic مؤهلة is مؤهله.

const DENIALS: &[&str] = &[
    "not",
    "no",
    "nor",
    "never",
    "nobody",
    "nothing",
    "none",
    "neither",
    "without",
    "cannot",
    "t",
    "ne",
    "n",
    "pas",
    "ni",
    "non",
    "aucun",
    "aucune",
    "rien",
    "personne",
    "sans",
    "jamais",
    "لا",
    "ليس*",
    "ولا",
    "وليس*",
    "لم",
    "لن",
    "غير",
    "دون",
    "بدون",
];
/// What is asked, required or supposed is not said.
const CONDITIONS: &[&str] = &[
    "whether", "if", "must", "should", "unless", "only", "believe", "si", "croire", "s", "doit", "doivent", "devra",
    "devront", "faut", "هل", "يجب", "اذا", "ان", "يوهم",
];
const OURSELVES: &[&str] = &[
    "we",
    "our",
    "library",
    "seing",
    "operator*",
    "software",
    "crate",
    "report*",
    "assessment*",
    "nous",
    "notre",
    "nos",
    "bibliotheque*",
    "exploitant*",
    "logiciel*",
    "rapport*",
    "appreciation*",
    "مكتبه",
    "مكتبتنا",
    "نحن",
    "اننا",
    "مستغل*",
    "برنامج*",
    "برنامجنا",
    "تقرير*",
    "تقييم*",
];
const APPROVED: &[&str] = &[
    "approved",
    "approval",
    "accredited",
    "certified",
    "licensed",
    "agree",
    "agreee",
    "agrees",
    "agreees",
    "agrement",
    "accredite*",
    "certifie",
    "certifiee",
    "certifies",
    "certifiees",
    "homologue*",
    "habilite*",
    "معتمد*",
    "اعتماد*",
    "مرخص*",
    "مصادق",
];
const QUALIFIED: &[&str] = &["qualified", "qualifie", "qualifiee", "qualifies", "qualifiees", "مؤهل*"];
const ENGLISH_QUALIFIED: &[&str] = &["qualified"];
const UNQUALIFIED: &[&str] = &["unqualified", "nonqualified"];
const PROVIDER: &[&str] =
    &["provider*", "authority", "prestataire*", "fournisseur*", "autorite", "مقدم*", "مزود*", "سلطه"];
const BY: &[&str] = &["by", "par", "من", "لدي", "طرف", "قبل", "عند"];
const AUTHORITY: &[&str] = &[
    "dgssi",
    "anrt",
    "authority",
    "government",
    "ministry",
    "state",
    "autorite*",
    "gouvernement",
    "ministere",
    "etat",
    "مديريه",
    "سلطه",
    "وزاره",
    "حكومه",
    "دوله",
];
const AS: &[&str] = &["as", "qualite", "tant", "comme", "بصفت*", "بوصف*", "باعتبار*"];
const LACKS: &[&str] = &[
    "not", "t", "never", "lacks", "lack", "lacking", "without", "non", "pas", "sans", "faute", "defaut", "غير", "ليس*",
    "لم", "لعدم", "عدم", "دون", "بدون",
];
const LOWER: &[&str] = &["simple", "advanced", "avance", "avancee", "بسيط*", "متقدم*"];
const MERELY: &[&str] = &["merely", "just", "only", "que", "seulement", "simplement", "مجرد", "فقط", "سوي"];
const WORTHLESS: &[&str] = &[
    "inadmissible",
    "invalid",
    "void",
    "worthless",
    "unenforceable",
    "rejected",
    "refused",
    "irrecevable*",
    "nul",
    "nulle",
    "nuls",
    "nulles",
    "invalide*",
    "inopposable*",
    "rejete*",
    "refuse*",
    "ecarte*",
    "باطل*",
    "لاغ*",
    "مرفوض*",
    "يرفض",
    "ترفض",
    "يستبعد",
    "مستبعد*",
];
const WORTH: &[&str] = &[
    "admissible",
    "valid",
    "enforceable",
    "binding",
    "accepted",
    "value",
    "effect",
    "force",
    "recevable*",
    "valable*",
    "valide*",
    "opposable*",
    "admise*",
    "admis",
    "valeur",
    "effet",
    "مقبول*",
    "صحيح*",
    "يقبل",
    "تقبل",
    "قيمه",
    "اثر",
    "حجيه",
    "يعتد",
];
const ALONE: &[&str] =
    &["only", "seul", "seule", "seuls", "seules", "uniquement", "exclusivement", "alone", "الا", "فقط", "وحده*"];
const ADMITTED: &[&str] = &[
    "admissible",
    "valid",
    "accepted",
    "enforceable",
    "recevable*",
    "valable*",
    "valide*",
    "admise*",
    "acceptee*",
    "مقبول*",
    "يقبل",
    "تقبل",
    "صحيح*",
];
const VALIDATION: &[&str] = &["validation*", "تحقق*"];
const ADVICE: &[&str] = &["conseil*", "avis", "consultation*", "استشار*", "مشوره", "راي", "رايا", "نصيحه"];
const LEGAL: &[&str] = &["juridique*", "قانوني*"];
const LEGALLY: &[&str] = &["legal", "legally", "juridique*", "juridiquement", "legalement", "قانون*"];
const GUARANTEED: &[&str] =
    &["guarantee*", "garanti", "garantie", "garantis", "garanties", "garantit", "مضمون*", "يضمن", "نضمن"];

#[cfg(test)]
mod tests {
    use super::misleading;
    use crate::legal::sentences;
    use crate::validation::Language;
    use crate::validation::words::tests::said_in;

    #[test]
    fn no_sentence_of_any_table_misleads() {
        for language in Language::ALL {
            let assessments = sentences::all().map(|sentence| sentence.text(*language));
            for sentence in assessments.chain(said_in(*language)) {
                let found: Vec<_> = misleading(sentence).collect();
                assert!(found.is_empty(), "{found:?}: {sentence}");
            }
        }
    }
}
