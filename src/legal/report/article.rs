//! Articles, as each language cites them.

use crate::validation::Language;

/// What an abbreviation stands for: English, French, Arabic.
type Abbreviation = (&'static str, [&'static str; 3]);

/// A citation of the table of rules in the words of a language.
pub(in crate::legal) fn article(citation: &str, language: Language) -> String {
    let (mut said, mut rest) = (String::new(), citation.chars());
    loop {
        let abbreviation = ABBREVIATIONS.iter().find_map(|(short, [english, french, arabic])| {
            let after = rest.as_str().strip_prefix(short)?;
            let words = match language {
                Language::English => english,
                Language::French => french,
                Language::Arabic => arabic,
            };
            Some((*words, after))
        });
        if let Some((words, after)) = abbreviation {
            said.push_str(words);
            rest = after.chars();
            continue;
        }
        match rest.next() {
            Some(';') if language == Language::French => said.push_str("\u{a0};"),
            Some(c) if language == Language::Arabic => said.push_str(arabic(c, &mut [0; 4])),
            Some(c) => said.push(c),
            None => return said,
        }
    }
}

/// The letters of lists, and punctuation, in Arabic.
fn arabic(c: char, room: &mut [u8; 4]) -> &str {
    match c {
        'a' => "أ",
        'b' => "ب",
        'c' => "ج",
        'd' => "د",
        'e' => "هـ",
        'f' => "و",
        'g' => "ز",
        'h' => "ح",
        'i' => "ط",
        ',' => "،",
        ';' => "؛",
        _ => c.encode_utf8(room),
    }
}

const ABBREVIATIONS: &[Abbreviation] = &[
    ("Code de commerce art.", ["commercial code art. ", "code de commerce, art. ", "مدونة التجارة، المادة "]),
    ("CGI art.", ["general tax code art. ", "code général des impôts, art. ", "المدونة العامة للضرائب، المادة "]),
    ("L43-20 art.", ["law 43-20 art. ", "loi 43-20, art. ", "القانون 43.20، المادة "]),
    ("L53-05 art.", ["law 53-05 art. ", "loi 53-05, art. ", "القانون 53.05، المادة "]),
    ("L31-08 art.", ["law 31-08 art. ", "loi 31-08, art. ", "القانون 31.08، المادة "]),
    ("L09-08 art.", ["law 09-08 art. ", "loi 09-08, art. ", "القانون 09.08، المادة "]),
    ("L39-08 art.", ["law 39-08 art. ", "loi 39-08, art. ", "القانون 39.08، المادة "]),
    ("L9-88 art.", ["law 9-88 art. ", "loi 9-88, art. ", "القانون 9.88، المادة "]),
    ("D2-22-687 art.", ["decree 2-22-687 art. ", "décret 2-22-687, art. ", "المرسوم 2.22.687، المادة "]),
    ("D2-12-503 art.", ["decree 2-12-503 art. ", "décret 2-12-503, art. ", "المرسوم 2.12.503، المادة "]),
    ("D2-09-165 art.", ["decree 2-09-165 art. ", "décret 2-09-165, art. ", "المرسوم 2.09.165، المادة "]),
    ("DOC ", ["DOC ", "DOC, art. ", "ق.ل.ع، الفصل "]),
    ("(simple signature)", ["(simple signature)", "(signature simple)", "(التوقيع البسيط)"]),
    ("(excludes ", ["(which excludes ", "(qui exclut ", "(الذي يستبعد "]),
    ("(ex ", ["(formerly ", "(ancien : ", "(سابقاً: "]),
    (" last al.", [", last paragraph", ", dernier alinéa", "، الفقرة الأخيرة"]),
    ("annex ", ["annex ", "annexe ", "الملحق "]),
    ("art.", ["art. ", "art. ", "المادة "]),
    (" al.", [" para. ", ", al. ", "، الفقرة "]),
    (" t.", [" indent ", ", tiret ", "، المطة "]),
    ("..", ["–", "–", "–"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legal::rules;

    #[test]
    fn citations_are_said_in_each_language() {
        let citation = "L43-20 art.10 t.1-2; art.9";
        assert_eq!(article(citation, Language::English), "law 43-20 art. 10 indent 1-2; art. 9");
        assert_eq!(article(citation, Language::French), "loi 43-20, art. 10, tiret 1-2\u{a0}; art. 9");
        assert_eq!(article(citation, Language::Arabic), "القانون 43.20، المادة 10، المطة 1-2؛ المادة 9");
        assert_eq!(article("DOC 65-4 al.3 1°", Language::Arabic), "ق.ل.ع، الفصل 65-4، الفقرة 3 1°");
    }

    #[test]
    fn no_citation_keeps_an_abbreviation() {
        for rule in rules() {
            let arabic = article(rule.article, Language::Arabic);
            assert!(!arabic.contains(|c: char| c.is_ascii_alphabetic()), "{}: {arabic}", rule.article);
            let french = article(rule.article, Language::French);
            for word in ["excludes", "last", "annex ", "L43", "D2-", "simple signature"] {
                assert!(!french.contains(word), "{french}");
            }
        }
    }
}
