//! Reports as pages and as XML: they say everything in every language, and nothing that strangers wrote becomes part of them.

mod page;
mod xml;

use std::sync::OnceLock;

use roxmltree::{Document, Node, ParsingOptions};
use seing::key::KeyKind;
use seing::validation::{Indication, Report, SubIndication};

use crate::workshop::{Parties, Shape};

/// What a certificate or an error message may carry to become part of the page, or to turn what stands around it.
const HOSTILE: &str = "CN=<script>alert(1)</script>\"'&amp;]]>\u{202e}\u{2066}\u{200f}\u{0}\n,O=سوق & <b>أمل</b>,C=MA";

/// The same as it may be seen.
const SHOWN: &str =
    "CN=<script>alert(1)</script>\"'&amp;]]>[U+202E][U+2066][U+200F][U+0000][U+000A],O=سوق & <b>أمل</b>,C=MA";

/// A report on a contract with two signers and their time-stamps, all of which hold.
fn report() -> Report {
    static REPORT: OnceLock<Report> = OnceLock::new();
    let made = REPORT.get_or_init(|| {
        let parties = Parties::new(KeyKind::Ed25519);
        let shape = Shape { detached: false, stamped: true, signers: 2 };
        parties.judge.report(&parties.contract(shape).octets, shape).unwrap()
    });
    assert_eq!(made.indication(), Indication::Passed);
    made.clone()
}

/// The report with another conclusion on its first signature.
pub(crate) fn concluding(indication: Indication) -> Report {
    let mut report = report();
    report.signatures[0].indication = indication;
    report
}

/// The report with something hostile in every text that strangers write.
fn hostile() -> Report {
    let mut report = concluding(Indication::Failed(SubIndication::HashFailure));
    report.policy.name = HOSTILE.to_owned();
    for signature in &mut report.signatures {
        let signer = signature.signer.as_mut().unwrap();
        signer.subject = HOSTILE.to_owned();
        signer.issuer = HOSTILE.to_owned();
        signature.algorithm = Some(HOSTILE.to_owned());
        for stamp in &mut signature.timestamps {
            stamp.tsa = Some(HOSTILE.to_owned());
        }
        let messages = signature.findings.iter_mut().map(|finding| &mut finding.message);
        messages.for_each(|message| *message = HOSTILE.to_owned());
        assert!(!signature.findings.is_empty() && !signature.timestamps.is_empty());
    }
    report
}

/// Each conclusion that there is.
fn conclusions() -> impl Iterator<Item = Indication> {
    let subs = SubIndication::ALL.iter().copied();
    let open = subs.clone().map(Indication::Indeterminate);
    std::iter::once(Indication::Passed).chain(open).chain(subs.map(Indication::Failed))
}

fn parsed(markup: &str) -> Document<'_> {
    Document::parse_with_options(markup, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() }).unwrap()
}

/// The elements of a name, in the order of the document.
fn all<'a, 'b>(document: &'a Document<'b>, name: &'a str) -> impl Iterator<Item = Node<'a, 'b>> {
    document.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// The text in an element and below it.
fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// Characters that are not seen and turn, break or hide what follows.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}')
}
