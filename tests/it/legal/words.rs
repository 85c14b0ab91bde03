//! What no output may make believe (law 43-20 art. 7, 11, 62, 72), read in everything that the project says.

use std::process::Command;

use seing::legal::*;
use seing::validation::{Indication, Language, SubIndication};

use super::reports::matters;

/// The text of a page: a block ends a sentence, what is in its midst does not.
fn without_markup(html: &str) -> String {
    let body = &html[html.find("<body").unwrap()..];
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, tail) = after.split_once('>').unwrap();
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric()).collect();
        if !["bdi", "code", "time", "span", "strong"].contains(&&*name) {
            text.push_str("\n\n");
        }
        rest = tail;
    }
    text
}

fn nothing_misleads(what: &str, text: &str) {
    // Paragraph by paragraph, so that a failure shows the one.
    for paragraph in text.split("\n\n") {
        let found: Vec<_> = misleading(paragraph).collect();
        assert!(found.is_empty(), "{what}: {found:?} in: {paragraph}");
    }
}

#[test]
fn no_form_of_an_assessment_misleads() {
    for (name, matter) in matters() {
        let assessment = assess(&matter);
        for language in Language::ALL {
            nothing_misleads(name, &without_markup(&assessment.to_html(*language)));
            // So wide that no sentence is broken.
            let text = assessment.to_text(*language, 10_000);
            text.lines().for_each(|line| nothing_misleads(name, line));
        }
        let json = serde_json::from_str(&assessment.to_json().unwrap()).unwrap();
        strings(&json, &mut |text| nothing_misleads(name, text));
    }
}

fn strings(value: &serde_json::Value, see: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => see(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, see)),
        serde_json::Value::Object(values) => values.values().for_each(|value| strings(value, see)),
        _ => {}
    }
}

#[test]
fn no_sentence_of_the_rules_misleads_in_any_language() {
    for rule in rules() {
        for language in Language::ALL {
            nothing_misleads(rule.id, &rule.title().in_language(*language).to_string());
            nothing_misleads(rule.id, &rule.remedy().in_language(*language).to_string());
        }
    }
}

#[test]
fn no_page_of_a_validation_misleads() {
    let ends = SubIndication::ALL.iter().map(|sub| Indication::Indeterminate(*sub));
    let fails = SubIndication::ALL.iter().map(|sub| Indication::Failed(*sub));
    for indication in ends.chain(fails).chain([Indication::Passed]) {
        let report = crate::reports::concluding(indication);
        for language in Language::ALL {
            nothing_misleads("validation", &without_markup(&report.to_html(*language)));
        }
        nothing_misleads("validation", &report.to_string());
    }
}

#[test]
fn neither_the_readme_nor_the_help_misleads() {
    let root = env!("CARGO_MANIFEST_DIR");
    for file in ["README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "Cargo.toml", "src/lib.rs"] {
        let text = std::fs::read_to_string(format!("{root}/{file}")).unwrap();
        nothing_misleads(file, &text);
    }
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_seing")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let top = help(&["--help"]);
    nothing_misleads("--help", &top);
    let commands: Vec<&str> = top
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.contains(&"sign") && commands.contains(&"verify"), "{commands:?}");
    for command in commands {
        for flag in ["-h", "--help"] {
            nothing_misleads(command, &help(&[command, flag]));
        }
    }
}

/// What must be caught, in each language and however it is written.
#[test]
fn what_misleads_is_caught() {
    for sentence in [
        // An approved provider.
        "We are approved.",
        "seing is an approved provider of trust services",
        "This library is certified by the DGSSI.",
        "Our operator has been officially accredited",
        "Approved  by\nthe   DGSSI",
        "You sign here with a qualified trust service provider: our software is a qualified provider",
        "The operator acts as an approved trust service provider",
        "Nous sommes agréés",
        "Notre bibliothèque est agréée par l’autorité nationale",
        "Logiciel certifié par la DGSSI",
        "AGRÉÉE PAR LA DGSSI",
        "L’exploitant est un prestataire de services de confiance qualifié",
        "agissant en qualité de prestataire de services de confiance agréé",
        "نحن معتمدون",
        "المكتبة معتمدة من المديرية العامة لأمن نظم المعلومات",
        "مُعْتَمَد من طرف المديرية",
        "المستغل مقدم خدمات ثقة مؤهل",
        "نعمل بصفتنا مقدم خدمات الثقة المعتمد",
        "Approved trust service provider",
        "Prestataire de services de confiance agréé",
        "مقدم خدمات الثقة المعتمد",
        // Refused for its level.
        "The signature is inadmissible because it is not qualified.",
        "This is invalid: it is not a qualified signature",
        "Signature without legal value since it isn't qualified",
        "Not admissible, for the signature is unqualified",
        "As the signature is merely advanced, it is void.",
        "La signature est irrecevable car elle n’est pas qualifiée",
        "Signature sans valeur juridique, faute d’être qualifiée",
        "Signature nulle : non qualifiée",
        "Elle n’est pas recevable parce qu’elle n’est pas qualifiée",
        "التوقيع غير مقبول لأنه غير مؤهل",
        "هذا التوقيع باطل لعدم كونه مؤهلاً",
        "لا قيمة لهذا التوقيع لأنه ليس مؤهلاً",
        "Signature non valable (non qualifiée)",
        "Only qualified signatures are admissible",
        "Seule une signature qualifiée est recevable",
        "لا يقبل إلا التوقيع المؤهل",
        // A qualified validation.
        "Qualified validation report",
        "This is a qualified electronic signature validation",
        "Rapport de validation qualifié",
        "Ceci est une validation qualifiée",
        "service de validation électronique qualifié",
        "تقرير التحقق المؤهل",
        "هذا تحقق مؤهل",
        // Legal advice, a guarantee.
        "This report is legal advice.",
        "Ce rapport vaut conseil juridique",
        "Ce rapport est un avis juridique",
        "هذا التقرير استشارة قانونية",
        "Legally guaranteed",
        "The legal value of your contracts is guaranteed",
        "Juridiquement garanti",
        "Valeur juridique garantie",
        "صلاحية مضمونة قانوناً",
    ] {
        assert!(misleading(sentence).next().is_some(), "{sentence}");
        // Marks of direction, other spaces and capitals do not hide it.
        let spaced = sentence.replace(' ', "\u{a0} ");
        assert!(misleading(&spaced).next().is_some(), "{spaced}");
        assert!(misleading(&format!("\u{200f}{}\u{202c}", sentence.to_uppercase())).next().is_some(), "{sentence}");
    }
}

/// The law's own words, and words that deny, are not caught.
#[test]
fn what_is_so_can_be_said() {
    for sentence in [
        "It is not a qualified validation, and no legal advice.",
        "Law 43-20 art. 7: a signature cannot be refused merely because it does not meet the requirements of a qualified one.",
        "Nobody claims that the library is approved.",
        "The operator must be approved before it offers a qualified service.",
        "The certificate names a qualified certificate of a provider on the national list.",
        "ne peuvent être refusés au seul motif qu’elle ne satisfait pas aux exigences de la signature qualifiée",
        "Il ne constitue pas un conseil juridique et n’est pas une validation qualifiée",
        "délivré par un prestataire alors agréé",
        "لا يشكّل هذا التقرير استشارة قانونية، وليس تحققاً مؤهلاً",
        "توقيع إلكتروني متقدم",
        "التحقق من التوقيع الإلكتروني المؤهل",
    ] {
        assert_eq!(misleading(sentence).next(), None, "{sentence}");
    }
}
