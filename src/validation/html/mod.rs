//! The report for a person as one HTML page, which needs nothing beside it and prints on A4.
//!
//! No script and nothing from elsewhere: the policy of the page forbids both. What the conclusion is, words and a shape say;
//! colour only repeats it. The page is well-formed XML as well.

mod evidence;

use super::indication::Indication;
use super::markup::Markup;
use super::report::{Finding, PolicyIdentity, Report, Severity, SignatureReport, TimestampReport};
use super::words::{Language, Step, Words};
use crate::time::Time;

impl Report {
    /// The report as one self-contained HTML page. The same report gives the same octets.
    pub fn to_html(&self, language: Language) -> String {
        let page = Page { words: language.words() };
        let mut markup = Markup::after("<!DOCTYPE html>");
        markup.block("html", &[("lang", language.tag()), ("dir", language.direction())], |html| {
            html.block("head", &[], |head| page.head(head, page.words.title));
            html.block("body", &[], |body| {
                body.block("main", &[], |main| page.report(main, self));
                body.block("footer", &[], |footer| page.about(footer, &self.policy));
            });
        });
        markup.finish()
    }
}

struct Page {
    words: &'static Words,
}

/// What the rows of a table of particulars are made of.
type Cell<'a> = &'a dyn Fn(&mut Markup);

impl Page {
    fn head(&self, head: &mut Markup, title: &str) {
        head.void("meta", &[("charset", "utf-8")]);
        head.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", CONTENT_POLICY)]);
        head.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        head.leaf("title", &[], title);
        head.row("style", &[], |style| style.verbatim(STYLE));
    }

    fn report(&self, main: &mut Markup, report: &Report) {
        let words = self.words;
        main.leaf("h1", &[], words.title);
        main.leaf("h2", &[], words.conclusion);
        let sentence = match report.indication() {
            _ if report.signatures.is_empty() => words.no_signature,
            Indication::Passed => words.passed_means,
            Indication::Indeterminate(_) => words.indeterminate_means,
            Indication::Failed(_) => words.failed_means,
        };
        self.verdict(main, report.indication(), Some(sentence));
        let until = report.until.as_deref();
        let until: Cell<'_> = &|cell| match until.and_then(|until| until.time) {
            Some(until) => time(cell, until),
            None => cell.text(words.holds_without_end),
        };
        let rows: [(bool, &str, Cell<'_>); 5] = [
            (true, words.validated_as_of, &|cell| time(cell, report.validation_time)),
            (true, words.policy, &|cell| name(cell, &report.policy.name)),
            (true, words.policy_digest, &|cell| code(cell, &report.policy.digest)),
            (true, words.count, &|cell| cell.text(&report.signatures.len().to_string())),
            (report.until.is_some(), words.holds_until, until),
        ];
        self.particulars(main, words.validation, &known(rows));
        for (number, signature) in (1_usize..).zip(&report.signatures) {
            main.block("section", &[], |section| self.signature(section, number, signature));
        }
    }

    fn signature(&self, section: &mut Markup, number: usize, signature: &SignatureReport) {
        section.leaf("h2", &[], &format!("{} {number}", self.words.signature));
        self.verdict(section, signature.indication, None);
        self.reason(section, signature.indication);
        self.signature_particulars(section, signature);
        if !signature.timestamps.is_empty() {
            self.timestamps(section, &signature.timestamps);
        }
        self.findings(section, self.words.findings, &signature.findings);
        for (number, timestamp) in (1_usize..).zip(&signature.timestamps) {
            self.findings(section, &format!("{} {number}", self.words.findings_of_timestamp), &timestamp.findings);
        }
    }

    fn signature_particulars(&self, section: &mut Markup, signature: &SignatureReport) {
        let words = self.words;
        let signer = signature.signer.as_ref();
        let subject: Cell<'_> = &|cell| match signer {
            Some(signer) => name(cell, &signer.subject),
            None => cell.text(words.signer_unknown),
        };
        let level: Cell<'_> = &|cell| {
            name(cell, &signature.level.to_string());
            cell.verbatim(" · ");
            cell.text((words.level)(signature.level));
        };
        let value = said(signature.signature_intact, words.value_holds, words.value_differs, words);
        let content = said(signature.data_intact, words.content_holds, words.content_differs, words);
        let proven: Cell<'_> = &|cell| match signature.best_signature_time {
            Some(proven) => time(cell, proven),
            None => cell.text(words.not_proven),
        };
        let issuer = signer.map(|signer| signer.issuer.as_str()).unwrap_or_default();
        let serial = signer.map(|signer| signer.serial.as_str()).unwrap_or_default();
        let certificate = signer.map(|signer| signer.certificate.to_hex()).unwrap_or_default();
        let algorithm = signature.algorithm.as_deref();
        let counter_signed = signature.counter_signature_of.map(|place| (place + 1).to_string());
        let rows: [(bool, &str, Cell<'_>); 12] = [
            (counter_signed.is_some(), words.counter_signs, &|cell| {
                cell.text(counter_signed.as_deref().unwrap_or_default())
            }),
            (true, words.signer, subject),
            (signer.is_some(), words.issuer, &|cell| name(cell, issuer)),
            (signer.is_some(), words.serial, &|cell| code(cell, serial)),
            (signer.is_some(), words.certificate_digest, &|cell| code(cell, &certificate)),
            (true, words.content, &|cell| cell.text(content)),
            (true, words.signature_value, &|cell| cell.text(value)),
            (algorithm.is_some(), words.algorithm, &|cell| code(cell, algorithm.unwrap_or_default())),
            (true, words.format, &|cell| name(cell, &signature.format.to_string())),
            (true, words.level_label, level),
            (signature.claimed_signing_time.is_some(), words.claimed_time, &|cell| {
                signature.claimed_signing_time.into_iter().for_each(|claimed| time(cell, claimed));
            }),
            (true, words.proven_time, proven),
        ];
        self.particulars(section, words.particulars, &known(rows));
    }

    fn timestamps(&self, section: &mut Markup, timestamps: &[TimestampReport]) {
        let words = self.words;
        section.leaf("h3", &[], words.timestamps);
        for (number, stamp) in (1_usize..).zip(timestamps) {
            let imprint = said(stamp.imprint_intact, words.imprint_holds, words.imprint_differs, words);
            let value = said(stamp.signature_intact, words.value_holds, words.value_differs, words);
            self.particulars(
                section,
                &format!("{number}. {} · {}", words.covers_label, (words.covers)(stamp.kind)),
                &[
                    (words.result, &|cell| self.outcome(cell, stamp.indication)),
                    (words.stated_time, &|cell| time(cell, stamp.time)),
                    (words.authority, &|cell| match &stamp.tsa {
                        Some(tsa) => name(cell, tsa),
                        None => cell.text(words.authority_unknown),
                    }),
                    (words.imprint, &|cell| cell.text(imprint)),
                    (words.signature_value, &|cell| cell.text(value)),
                ],
            );
        }
    }

    /// The conclusion as a framed sign: a shape, words, and the indication as the standard spells it.
    fn verdict(&self, parent: &mut Markup, indication: Indication, sentence: Option<&str>) {
        let (class, shape) = match indication {
            Indication::Passed => ("verdict passed", CIRCLE_WITH_CHECK),
            Indication::Indeterminate(_) => ("verdict indeterminate", TRIANGLE_WITH_MARK),
            Indication::Failed(_) => ("verdict failed", OCTAGON_WITH_CROSS),
        };
        parent.block("div", &[("class", class)], |frame| {
            frame.row("svg", &[("viewBox", "0 0 24 24"), ("aria-hidden", "true")], |svg| svg.verbatim(shape));
            frame.block("div", &[], |text| {
                text.leaf("strong", &[], self.word(indication));
                text.row("span", &[], |span| code(span, &indication.to_string()));
                if let Some(sentence) = sentence {
                    text.leaf("p", &[], sentence);
                }
            });
        });
    }

    fn word(&self, indication: Indication) -> &'static str {
        match indication {
            Indication::Passed => self.words.passed,
            Indication::Indeterminate(_) => self.words.indeterminate,
            Indication::Failed(_) => self.words.failed,
        }
    }

    /// Why it did not pass, in the language of the reader.
    fn reason(&self, section: &mut Markup, indication: Indication) {
        let Some(sub) = indication.sub_indication() else { return };
        let explanation = (self.words.explain)(sub);
        section.block("div", &[("class", "reason")], |reason| {
            self.labelled(reason, self.words.means, explanation.means);
            self.labelled(reason, self.words.remedy, explanation.remedy);
        });
    }

    fn labelled(&self, reason: &mut Markup, label: &str, sentence: &str) {
        reason.leaf("h3", &[], label);
        reason.leaf("p", &[], sentence);
    }

    /// The outcome of a part: its word, the indication, and what the sub-indication means.
    fn outcome(&self, cell: &mut Markup, indication: Indication) {
        cell.inline("span", &[("class", "outcome")], |span| span.text(self.word(indication)));
        cell.verbatim(" ");
        let Some(sub) = indication.sub_indication() else {
            return code(cell, indication.name());
        };
        code(cell, &format!("{}/{sub}", indication.name()));
        cell.inline("p", &[], |p| p.text((self.words.explain)(sub).means));
    }

    fn particulars(&self, parent: &mut Markup, caption: &str, rows: &[(&str, Cell<'_>)]) {
        parent.block("table", &[("class", "particulars")], |table| {
            table.leaf("caption", &[], caption);
            table.block("tbody", &[], |body| {
                for (label, value) in rows {
                    body.row("tr", &[], |row| {
                        row.inline("th", &[("scope", "row")], |head| head.text(label));
                        row.inline("td", &[], value);
                    });
                }
            });
        });
    }

    fn findings(&self, section: &mut Markup, heading: &str, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        let words = self.words;
        section.leaf("h3", &[], heading);
        section.leaf("p", &[("class", "language")], words.findings_language);
        section.block("table", &[("class", "findings")], |table| {
            table.block("thead", &[], |head| {
                head.row("tr", &[], |row| {
                    for label in [words.severity, words.step_label, words.message] {
                        row.inline("th", &[("scope", "col")], |cell| cell.text(label));
                    }
                });
            });
            table.block("tbody", &[], |body| findings.iter().for_each(|finding| self.finding(body, finding)));
        });
    }

    fn finding(&self, body: &mut Markup, finding: &Finding) {
        let (class, mark, word) = match finding.severity {
            Severity::Fail => ("fail", "✗ ", self.words.fail),
            Severity::Warn => ("warn", "! ", self.words.warn),
            Severity::Info => ("info", "· ", self.words.info),
        };
        body.row("tr", &[("class", class)], |row| {
            row.inline("td", &[], |cell| {
                cell.verbatim(mark);
                cell.text(word);
            });
            row.inline("td", &[], |cell| {
                if let Some(step) = Step::of(&finding.clause) {
                    cell.inline("span", &[("class", "step")], |span| span.text((self.words.step)(step)));
                    cell.verbatim(" ");
                }
                name(cell, &finding.clause);
            });
            row.inline("td", &[("lang", "en"), ("dir", "ltr")], |cell| cell.text(&finding.message));
        });
    }

    fn about(&self, footer: &mut Markup, policy: &PolicyIdentity) {
        let words = self.words;
        footer.leaf("h2", &[], words.about);
        footer.leaf("p", &[], words.about_policy);
        footer.row("p", &[], |p| {
            name(p, &policy.name);
            p.verbatim(" · ");
            code(p, &policy.digest);
        });
        footer.leaf("p", &[("class", "law")], words.about_law);
        footer.leaf("p", &[], words.about_terms);
        footer.leaf("p", &[], words.about_standard);
    }
}

/// Text that is written from left to right whatever surrounds it, and turns nothing around it (UAX #9).
fn name(parent: &mut Markup, text: &str) {
    parent.inline("bdi", &[("dir", "ltr")], |bdi| bdi.text(text));
}

/// The same for what is compared character by character.
pub(crate) fn code(parent: &mut Markup, text: &str) {
    parent.inline("bdi", &[("dir", "ltr")], |bdi| bdi.inline("code", &[], |code| code.text(text)));
}

pub(crate) fn time(cell: &mut Markup, time: Time) {
    let text = time.to_string();
    cell.inline("bdi", &[("dir", "ltr")], |bdi| {
        bdi.inline("time", &[("datetime", &text)], |element| element.text(&text));
    });
}

/// The rows of which there is something to say.
fn known<'c, const N: usize>(rows: [(bool, &'c str, Cell<'c>); N]) -> Vec<(&'c str, Cell<'c>)> {
    rows.into_iter().filter(|(known, ..)| *known).map(|(_, label, cell)| (label, cell)).collect()
}

fn said(check: Option<bool>, holds: &'static str, differs: &'static str, words: &Words) -> &'static str {
    match check {
        Some(true) => holds,
        Some(false) => differs,
        None => words.not_checked,
    }
}

pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

pub(crate) const STYLE: &str = include_str!("style.css");

const CIRCLE_WITH_CHECK: &str = "<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\" \
    d=\"M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21zM6.5 12.5l3.8 3.8 7.2-8\"/>";

const TRIANGLE_WITH_MARK: &str = "<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\" \
    stroke-linejoin=\"round\" d=\"M12 2L23 22H1zM12 9v6.5M12 17.6v2.2\"/>";

const OCTAGON_WITH_CROSS: &str = "<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\" \
    d=\"M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6zM8 8l8 8M16 8l-8 8\"/>";
