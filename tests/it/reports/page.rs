//! The page for people.

use std::collections::{BTreeSet, HashSet};

use roxmltree::Node;
use seing::validation::{Indication, Language, SubIndication};

use super::{SHOWN, all, concluding, conclusions, hostile, is_hidden, parsed, report, text};

fn of_class<'a, 'b>(document: &'a roxmltree::Document<'b>, class: &'a str) -> impl Iterator<Item = Node<'a, 'b>> {
    let has =
        move |node: &Node<'_, '_>| node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class));
    document.descendants().filter(has)
}

#[test]
fn every_language_explains_every_sub_indication() {
    for language in Language::ALL {
        let mut meanings = HashSet::new();
        for indication in conclusions() {
            let page = concluding(indication).to_html(*language);
            let document = parsed(&page);
            assert!(text(of_class(&document, "verdict").next().unwrap()).contains(&indication.to_string()));
            let reasons: Vec<_> = of_class(&document, "reason").collect();
            if indication == Indication::Passed {
                assert!(reasons.is_empty());
                continue;
            }
            let sentences: Vec<String> =
                reasons[0].children().filter(|node| node.has_tag_name("p")).map(text).collect();
            assert_eq!(sentences.len(), 2, "{indication}: what it means and what would mend it");
            assert!(sentences.iter().all(|sentence| sentence.chars().count() > 20), "{sentences:?}");
            meanings.insert(sentences[0].clone());
        }
        assert_eq!(meanings.len(), SubIndication::ALL.len(), "{language:?}");
    }
}

/// Whoever sees no colours sees another shape, another frame and other words.
#[test]
fn a_conclusion_is_told_by_words_and_shape() {
    let sub = SubIndication::TryLater;
    for language in Language::ALL {
        let signs = [Indication::Passed, Indication::Indeterminate(sub), Indication::Failed(sub)].map(|indication| {
            let page = concluding(indication).to_html(*language);
            let document = parsed(&page);
            let sign = of_class(&document, "verdict").next().unwrap();
            let find = |name| sign.descendants().find(|node| node.has_tag_name(name)).unwrap();
            [
                sign.attribute("class").unwrap().to_owned(),
                find("path").attribute("d").unwrap().to_owned(),
                text(find("strong")),
            ]
        });
        for part in 0..3 {
            assert_eq!(signs.iter().map(|sign| &sign[part]).collect::<HashSet<_>>().len(), 3, "{signs:?}");
        }
    }
}

#[test]
fn no_signature_is_no_acceptance_on_the_page_either() {
    let mut report = report();
    report.signatures.clear();
    for language in Language::ALL {
        let page = report.to_html(*language);
        assert!(page.contains("INDETERMINATE/SIGNED_DATA_NOT_FOUND") && !page.contains("TOTAL_PASSED"));
        assert!(page.contains("class=\"verdict indeterminate\""));
    }
}

#[test]
fn what_strangers_wrote_does_not_become_part_of_the_page() {
    let report = hostile();
    for language in Language::ALL {
        let page = report.to_html(*language);
        assert!(!page.contains(is_hidden), "{language:?}");
        let document = parsed(&page);
        let shown: Vec<_> = document
            .descendants()
            .filter(|node| node.is_text() && node.text().is_some_and(|text| text.contains("alert(1)")))
            .collect();
        // Policy twice; subject, issuer, algorithm, one authority and at least one message for each signer.
        assert!(shown.len() >= 2 + 2 * 5, "{}", shown.len());
        for text in shown {
            assert_eq!(text.text(), Some(SHOWN));
            let isolated = text.ancestors().find(|node| node.has_tag_name("bdi") || node.has_tag_name("td")).unwrap();
            assert_eq!(isolated.attribute("dir"), Some("ltr"), "turned by what surrounds it");
        }
    }
}

/// Nothing runs, and nothing is fetched: neither by an element nor by an attribute nor by the style.
#[test]
fn the_page_needs_nothing_and_runs_nothing() {
    const ELEMENTS: &[&str] = &[
        "html", "head", "meta", "title", "style", "body", "main", "section", "footer", "h1", "h2", "h3", "p", "div",
        "span", "strong", "svg", "path", "table", "caption", "thead", "tbody", "tr", "th", "td", "bdi", "code", "time",
    ];
    const ATTRIBUTES: &[&str] = &[
        "lang",
        "dir",
        "class",
        "scope",
        "datetime",
        "charset",
        "name",
        "content",
        "http-equiv",
        "viewBox",
        "aria-hidden",
        "d",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linejoin",
    ];
    for language in Language::ALL {
        let page = hostile().to_html(*language);
        let document = parsed(&page);
        for node in document.descendants().filter(Node::is_element) {
            assert!(ELEMENTS.contains(&node.tag_name().name()), "{node:?}");
            assert!(node.attributes().all(|attribute| ATTRIBUTES.contains(&attribute.name())), "{node:?}");
        }
        let style = text(all(&document, "style").next().unwrap());
        assert!(!style.contains("url(") && !style.contains("@import") && !style.contains('<') && !style.contains('&'));
        assert!(!page.contains("://"), "an address");
        let policy = all(&document, "meta").find(|meta| meta.attribute("http-equiv").is_some()).unwrap();
        assert_eq!(policy.attribute("http-equiv"), Some("Content-Security-Policy"));
        assert_eq!(policy.attribute("content"), Some("default-src 'none'; style-src 'unsafe-inline'"));
    }
}

#[test]
fn the_page_is_written_in_its_direction_and_codes_from_left_to_right() {
    for (language, tag, direction) in
        [(Language::French, "fr", "ltr"), (Language::Arabic, "ar", "rtl"), (Language::English, "en", "ltr")]
    {
        let report = report();
        let page = report.to_html(language);
        let document = parsed(&page);
        let root = document.root_element();
        assert_eq!((root.attribute("lang"), root.attribute("dir")), (Some(tag), Some(direction)));
        for codes in ["code", "time"] {
            assert!(all(&document, codes).count() > 0);
            for node in all(&document, codes) {
                assert_eq!(node.parent().unwrap().attribute("dir"), Some("ltr"));
            }
        }
        let messages: Vec<_> = all(&document, "td").filter(|cell| cell.attribute("lang") == Some("en")).collect();
        let found: usize = report
            .signatures
            .iter()
            .map(|signature| {
                signature.findings.len() + signature.timestamps.iter().map(|stamp| stamp.findings.len()).sum::<usize>()
            })
            .sum();
        assert_eq!(messages.len(), found);
        assert!(messages.iter().all(|cell| cell.attribute("dir") == Some("ltr")));
    }
}

#[test]
fn readers_that_speak_find_their_way() {
    let page = hostile().to_html(Language::French);
    let document = parsed(&page);
    assert!(all(&document, "th").all(|head| matches!(head.attribute("scope"), Some("row" | "col"))));
    for table in all(&document, "table") {
        assert!(table.descendants().any(|node| node.has_tag_name("th")));
        let named = table.first_element_child().unwrap().has_tag_name("caption");
        assert!(named || table.prev_sibling_element().is_some_and(|before| before.has_tag_name("p")), "{table:?}");
    }
    let levels: Vec<u32> =
        document.descendants().filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse().ok()).collect();
    assert_eq!((levels[0], levels.iter().filter(|level| **level == 1).count()), (1, 1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "a level of headings is left out: {levels:?}");
    assert!(all(&document, "svg").all(|sign| sign.attribute("aria-hidden") == Some("true")));
}

#[test]
fn a_counter_signature_says_what_it_signs() {
    let mut report = report();
    report.signatures[1].counter_signature_of = Some(0);
    for (language, label) in [
        (Language::French, "Contresigne la signature"),
        (Language::Arabic, "توقيع بالعطف على التوقيع"),
        (Language::English, "Counter-signs signature"),
    ] {
        let page = report.to_html(language);
        let document = parsed(&page);
        let rows: Vec<String> = all(&document, "tr").map(text).filter(|row| row.starts_with(label)).collect();
        assert_eq!(rows, [format!("{label}1")]);
    }
}

#[test]
fn printed_rows_stay_whole() {
    let page = report().to_html(Language::Arabic);
    let print = page.split_once("@media print").unwrap().1;
    assert!(page.contains("size: A4"));
    let unbroken = print.lines().find(|line| line.contains("break-inside: avoid")).unwrap();
    assert!(unbroken.starts_with("tr,"), "{unbroken}");
    assert!(print.contains("thead { display: table-header-group }"));
}

/// What the library is not, it says once and suggests nowhere: no approved provider, no qualified service, no counsel.
#[test]
fn the_page_claims_no_standing() {
    const NEVER: &[&str] = &[
        "approved",
        "accredited",
        "certified by",
        "trusted provider",
        "guarantee",
        "agréé",
        "accrédité",
        "homologué",
        "garanti",
        "certifié",
        "معتمد",
        "مرخّص",
        "مرخص",
        "ضمان",
    ];
    const ONLY_DENIED: &[&str] =
        &["qualified", "legal advice", "qualifié", "conseil juridique", "مؤهل", "استشارة قانونية", "legal effect"];
    for language in Language::ALL {
        for indication in conclusions() {
            let page = concluding(indication).to_html(*language);
            let document = parsed(&page);
            let said = text(all(&document, "body").next().unwrap()).to_lowercase();
            assert!(!NEVER.iter().any(|word| said.contains(word)), "{language:?} {indication}");
            let denial = text(of_class(&document, "law").next().unwrap()).to_lowercase();
            let elsewhere = said.replacen(&denial, "", 1);
            assert!(!ONLY_DENIED.iter().any(|word| elsewhere.contains(word)), "{language:?} {indication}");
        }
    }
    let denial = |language, words: &[&str]| {
        let page = report().to_html(language);
        let document = parsed(&page);
        let denial = text(of_class(&document, "law").next().unwrap());
        assert!(words.iter().all(|word| denial.contains(word)), "{denial}");
    };
    denial(Language::English, &["gives no legal advice", "is no qualified validation", "43-20"]);
    denial(Language::French, &["ne constitue pas un conseil juridique", "n’est pas une validation qualifiée", "43-20"]);
    denial(Language::Arabic, &["لا يشكّل هذا التقرير استشارة قانونية", "وليس تحققاً مؤهلاً", "43.20"]);
}

#[test]
fn the_page_names_the_policy_and_the_same_report_gives_the_same_page() {
    let report = report();
    let pages: BTreeSet<String> = Language::ALL.iter().map(|language| report.to_html(*language)).collect();
    assert_eq!(pages.len(), Language::ALL.len());
    for language in Language::ALL {
        let page = report.to_html(*language);
        assert_eq!(page, report.clone().to_html(*language));
        let document = parsed(&page);
        let about = text(all(&document, "footer").next().unwrap());
        assert!(about.contains(&report.policy.name) && about.contains(&report.policy.digest));
        assert!(page.contains(&report.validation_time.to_string()));
        for signature in &report.signatures {
            let signer = signature.signer.as_ref().unwrap();
            let said = [&signer.subject, &signer.issuer, &signer.serial, &signer.certificate.to_hex()];
            assert!(said.iter().all(|text| page.contains(text.as_str())), "{signer:?}");
        }
    }
}
