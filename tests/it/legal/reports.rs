//! The assessment as people read it: text and HTML, in three languages.

use roxmltree::{Document as Page, Node};
use seing::legal::*;
use seing::validation::Language;

use super::*;

/// Matters that differ in what they say.
pub(super) fn matters() -> Vec<(&'static str, Matter)> {
    let signed = |country: &str, proven: &str, words: &[Statement]| {
        let mut matter = sale();
        matter.signed = vec![signature(country, proven)];
        matter.trust_list = Some(snapshot(true));
        matter.attestations = Attestations::new(words.iter().copied().map(attested).collect());
        matter.validation_policy = Some("default".to_owned());
        matter
    };
    let held = [Statement::SoleControl, Statement::ConformingDevice, Statement::AccurateClock];
    let mut sealed = signed("MA", "2026-11-02T09:02:00Z", &held);
    sealed.signed[0].person = Some(Person::Legal);
    let mut family = sale();
    family.ceremony.nature = Some(declared(Nature::Family));
    let mut advertising = sale();
    advertising.ceremony.offer.as_mut().unwrap().statements.remove(&OfferStatement::Errors);
    let mut rushed = sale();
    rushed.ceremony.events.retain(|event| event.kind != EventKind::OrderReviewed);
    vec![
        ("nothing known", Matter::new(time("2026-11-23T10:00:00Z"))),
        ("well concluded", sale()),
        ("advertising", advertising),
        ("not reviewed", rushed),
        ("foreign", signed("FR", "2026-11-02T09:02:00Z", &held)),
        ("qualified", signed("MA", "2026-11-02T09:02:00Z", &held)),
        ("2015", signed("MA", "2015-06-01T10:00:00Z", &[Statement::SecuredCertificate])),
        ("March 2023", signed("MA", "2023-03-15T10:00:00Z", &held)),
        ("sealed", sealed),
        ("family", family),
        ("hostile", hostile()),
    ]
}

const EVIL: &str = "<script>alert(1)</script>\"'&\u{202e}\u{7}\u{1b}[31m مرحبا";

/// A sale in which strangers wrote what they could.
fn hostile() -> Matter {
    let mut matter = sale();
    matter.signed = vec![signature("MA", "2026-11-02T09:02:00Z")];
    matter.signed[0].party = Some(EVIL.to_owned());
    let certificate = matter.signed[0].certificate.as_mut().unwrap();
    certificate.name = Some(EVIL.to_owned());
    certificate.subject = EVIL.to_owned();
    certificate.serial = EVIL.to_owned();
    certificate.status_locations = vec![EVIL.to_owned()];
    certificate.issuer_name = Some(EVIL.to_owned());
    for party in &mut matter.ceremony.parties {
        party.id = EVIL.to_owned();
    }
    for event in &mut matter.ceremony.events {
        event.party = Some(EVIL.to_owned());
    }
    let offer = matter.ceremony.offer.as_mut().unwrap();
    offer.statements.insert(OfferStatement::Archiving, Stated::NotApplicable(EVIL.to_owned()));
    offer.statements.insert(OfferStatement::Steps, Stated::At(EVIL.to_owned()));
    matter.validation_policy = Some(EVIL.to_owned());
    matter.personal_data.processed = Some(true);
    matter.personal_data.receipt_shown = Some(EVIL.to_owned());
    matter.personal_data.fields_beyond_schema = Some(vec![EVIL.to_owned()]);
    matter.personal_data.sent_to = Some(vec![EVIL.to_owned()]);
    matter.archive.archived = true;
    matter.archive.kept_until = Some(Day::parse("2036-11-23").unwrap());
    matter.archive.retention_basis = Some(EVIL.to_owned());
    let mut word = attested(Statement::SoleControl);
    word.by = EVIL.to_owned();
    matter.attestations = Attestations::new(vec![word]);
    matter
}

fn page(html: &str) -> Page<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    Page::parse_with_options(html, options).unwrap_or_else(|error| panic!("{error}"))
}

/// The text of an element, with that of all in it.
fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).map(|inner| inner.text().unwrap()).collect()
}

fn rules_table<'a>(page: &'a Page<'_>) -> impl Iterator<Item = Node<'a, 'a>> {
    page.descendants().filter(|node| node.has_tag_name("table") && node.attribute("class") == Some("rules"))
}

/// The rows of the tables of rules outside what stops everything.
fn rows<'a>(page: &'a Page<'_>) -> Vec<Vec<Node<'a, 'a>>> {
    let tables = rules_table(page).filter(|table| !table.ancestors().any(|node| node.has_tag_name("section")));
    tables
        .flat_map(|table| table.descendants().filter(|node| node.has_tag_name("tr")))
        .map(|row| row.children().filter(|node| node.has_tag_name("td")).collect::<Vec<_>>())
        .filter(|cells| !cells.is_empty())
        .collect()
}

#[test]
fn each_page_is_one_document_with_a_line_for_every_answer() {
    for (name, matter) in matters() {
        let assessment = assess(&matter);
        for language in Language::ALL {
            let html = assessment.to_html(*language);
            let page = page(&html);
            let root = page.root_element();
            assert_eq!(root.attribute("lang"), Some(language.tag()), "{name}");
            let direction = if *language == Language::Arabic { "rtl" } else { "ltr" };
            assert_eq!(root.attribute("dir"), Some(direction));
            assert_eq!(rows(&page).len(), assessment.answers.len(), "{name} {language:?}");
            for node in page.descendants().filter(Node::is_element) {
                let tag = node.tag_name().name();
                assert!(!["script", "link", "img", "iframe", "object", "form"].contains(&tag), "{name}: {tag}");
                for attribute in node.attributes() {
                    assert!(
                        !attribute.name().starts_with("on") && attribute.name() != "src" && attribute.name() != "href"
                    );
                }
            }
        }
    }
}

/// Every line: article, what the law wants, finding, on what, and what can be done where it does not hold.
#[test]
fn every_line_says_its_article_its_finding_and_what_can_be_done() {
    for (name, matter) in matters() {
        let assessment = assess(&matter);
        for language in Language::ALL {
            let html = assessment.to_html(*language);
            let page = page(&html);
            for row in rows(&page) {
                let cells: Vec<String> = row.iter().map(|cell| text(*cell).trim().to_owned()).collect();
                assert_eq!(cells.len(), 5);
                let class = row[0].parent().unwrap().attribute("class").unwrap();
                assert!(cells[..4].iter().all(|cell| !cell.is_empty()), "{name} {language:?}: {cells:?}");
                assert_eq!(!cells[4].is_empty(), ["broken", "unknown"].contains(&class), "{name}: {cells:?}");
            }
        }
    }
}

/// What strangers wrote reaches neither the browser nor the terminal as anything but text.
#[test]
fn what_strangers_wrote_stays_text() {
    let assessment = assess(&hostile());
    for language in Language::ALL {
        let html = assessment.to_html(*language);
        assert!(!html.contains("<script") && !html.contains('\u{202e}') && !html.contains('\u{1b}'));
        assert!(text(page(&html).root_element()).contains("<script>alert(1)</script>\"'&[U+202E][U+0007][U+001B][31m"));
        let plain = assessment.to_text(*language, 80);
        assert!(!plain.contains(['\u{202e}', '\u{1b}', '\u{7}']));
        assert!(plain.contains("[U+202E]"));
    }
}

/// Nothing is said in English on a page of another language but what strangers wrote and codes, which are isolated.
#[test]
fn an_arabic_page_has_no_latin_letters_outside_what_is_isolated() {
    for (name, matter) in matters() {
        let html = assess(&matter).to_html(Language::Arabic);
        for node in page(&html).descendants().filter(Node::is_text) {
            let isolated = node.ancestors().any(|parent| ["bdi", "style", "code"].contains(&parent.tag_name().name()));
            let text = node.text().unwrap();
            assert!(isolated || !text.contains(|c: char| c.is_ascii_alphabetic()), "{name}: {text}");
        }
    }
}

#[test]
fn text_keeps_to_its_columns_in_every_language() {
    for (name, matter) in matters() {
        let assessment = assess(&matter);
        for language in Language::ALL {
            for columns in [40, 80, 132] {
                for line in assessment.to_text(*language, columns).lines() {
                    let seen = line.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).count();
                    let marks = line.chars().filter(|c| ('\u{64b}'..='\u{65f}').contains(c)).count();
                    assert!(seen - marks <= columns, "{name} {language:?} {columns}: {line}");
                    assert_eq!(line.trim_end(), line, "{name}");
                }
            }
        }
    }
}

/// DOC 2-1 al. 3: the article stands at the top.
#[test]
fn what_stops_the_act_stands_first_with_its_article() {
    let mut matter = sale();
    matter.ceremony.nature = Some(declared(Nature::Family));
    let assessment = assess(&matter);
    for (language, article) in [
        (Language::French, "DOC, art. 2-1, al. 3"),
        (Language::Arabic, "ق.ل.ع، الفصل 2-1، الفقرة 3"),
        (Language::English, "DOC 2-1 para. 3"),
    ] {
        let html = assessment.to_html(language);
        let page = page(&html);
        let main = page.descendants().find(|node| node.has_tag_name("main")).unwrap();
        let mut elements = main.children().filter(Node::is_element);
        assert!(elements.next().unwrap().has_tag_name("h1"));
        let stop = elements.next().unwrap();
        assert_eq!(stop.attribute("class"), Some("stop"));
        assert!(text(stop).contains(article), "{}", text(stop));
        let plain = assessment.to_text(language, 80).replace(['\u{2066}', '\u{2069}'], "");
        assert!(plain.lines().take(12).any(|line| line.contains(article)), "{plain}");
    }
    assert!(!assess(&sale()).to_html(Language::English).contains("class=\"stop\""));
}

/// Law 31-08 art. 36: received on 10 November 2026, the last day is the 18th.
#[test]
fn terms_are_dates_in_the_words_of_each_language() {
    let assessment = assess(&sale());
    for (language, day) in [
        (Language::French, "18 novembre 2026"),
        (Language::Arabic, "18 نونبر 2026"),
        (Language::English, "18 November 2026"),
    ] {
        assert!(assessment.to_text(language, 80).contains(day), "{language:?}");
        assert!(assessment.to_html(language).contains(&format!("<time datetime=\"2026-11-18\">{day}</time>")));
    }
}

#[test]
fn json_says_the_rule_and_what_can_be_done() {
    let mut matter = sale();
    matter.ceremony.events.retain(|event| event.kind != EventKind::OrderReviewed);
    let json = serde_json::to_value(assess(&matter)).unwrap();
    let answers = json["answers"].as_array().unwrap();
    let review = answers.iter().find(|answer| answer["rule"] == "MA-DOC-65-5-REVIEW").unwrap();
    assert_eq!(review["answer"], "not_satisfied");
    assert_eq!(review["why"][0], "the order was confirmed and had not been shown with its total price");
    assert!(review["remedy"].as_str().unwrap().contains("reviewed with its total price"));
    let acknowledged = answers.iter().find(|answer| answer["rule"] == "MA-DOC-65-5-RECEIVED").unwrap();
    assert_eq!(acknowledged["article"], "DOC 65-5 al.4");
}
