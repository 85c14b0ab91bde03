//! The page on an evidence record.

use super::{Cell, Page, code, name, said, time};
use crate::validation::EvidenceReport;
use crate::validation::indication::Indication;
use crate::validation::markup::Markup;
use crate::validation::words::Language;

impl EvidenceReport {
    /// The report as one self-contained HTML page. The same report gives the same octets.
    pub fn to_html(&self, language: Language) -> String {
        let page = Page { words: language.words() };
        let mut markup = Markup::after("<!DOCTYPE html>");
        markup.block("html", &[("lang", language.tag()), ("dir", language.direction())], |html| {
            html.block("head", &[], |head| page.head(head, page.words.evidence_title));
            html.block("body", &[], |body| {
                body.block("main", &[], |main| page.evidence(main, self));
                body.block("footer", &[], |footer| page.about(footer, &self.policy));
            });
        });
        markup.finish()
    }
}

impl Page {
    fn evidence(&self, main: &mut Markup, report: &EvidenceReport) {
        let words = self.words;
        main.leaf("h1", &[], words.evidence_title);
        main.leaf("h2", &[], words.conclusion);
        let sentence = match report.indication {
            Indication::Passed => words.evidence_passed_means,
            Indication::Indeterminate(_) => words.evidence_indeterminate_means,
            Indication::Failed(_) => words.evidence_failed_means,
        };
        self.verdict(main, report.indication, Some(sentence));
        let trees = said(report.imprint_intact, words.trees_hold, words.trees_differ, words);
        let tokens = said(report.signature_intact, words.tokens_hold, words.tokens_differ, words);
        let existed: Cell<'_> = &|cell| match report.proven {
            Some(proven) => time(cell, proven),
            None => cell.text(words.existence_not_proven),
        };
        let rows: [(&str, Cell<'_>); 7] = [
            (words.existed_since, existed),
            (words.trees, &|cell| cell.text(trees)),
            (words.tokens, &|cell| cell.text(tokens)),
            (words.archive_time_stamps, &|cell| cell.text(&report.timestamps.len().to_string())),
            (words.validated_as_of, &|cell| time(cell, report.validation_time)),
            (words.policy, &|cell| name(cell, &report.policy.name)),
            (words.policy_digest, &|cell| code(cell, &report.policy.digest)),
        ];
        self.particulars(main, words.evidence_particulars, &rows);
        if !report.timestamps.is_empty() {
            self.timestamps(main, &report.timestamps);
        }
        self.findings(main, words.findings_of_record, &report.findings);
        for (number, timestamp) in (1_usize..).zip(&report.timestamps) {
            self.findings(main, &format!("{} {number}", words.findings_of_timestamp), &timestamp.findings);
        }
    }
}
