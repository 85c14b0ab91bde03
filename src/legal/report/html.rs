//! The report as one HTML page, which needs nothing beside it and prints on A4.
//!
//! No script and nothing from elsewhere, as [`Report::to_html`](crate::validation::Report::to_html).

use super::outline::{self, Block, Depth, Finding, Line, Said};
use super::speech::{Shown, speak};
use crate::legal::assessment::Assessment;
use crate::legal::phrase::{Phrase, phrase};
use crate::validation::Language;
use crate::validation::html::{CONTENT_POLICY, STYLE, code, time};
use crate::validation::markup::Markup;

impl Assessment {
    /// The report as one self-contained HTML page. The same assessment gives the same octets.
    ///
    /// ```
    /// use seing::legal::{Matter, assess};
    /// use seing::time::Time;
    /// use seing::validation::Language;
    ///
    /// let assessment = assess(&Matter::new(Time::parse_rfc3339("2026-11-23T10:00:00Z")?));
    /// let page = assessment.to_html(Language::Arabic);
    /// assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    /// # Ok::<(), seing::error::Error>(())
    /// ```
    pub fn to_html(&self, language: Language) -> String {
        let page = Page { language };
        let mut markup = Markup::after("<!DOCTYPE html>");
        markup.block("html", &[("lang", language.tag()), ("dir", language.direction())], |html| {
            html.block("head", &[], |head| page.head(head));
            html.block("body", &[], |body| {
                body.block("main", &[], |main| {
                    main.row("h1", &[], |h1| page.phrase(h1, &outline::title()));
                    outline::outline(self).iter().for_each(|block| page.block(main, block));
                });
            });
        });
        markup.finish()
    }
}

struct Page {
    language: Language,
}

impl Page {
    fn head(&self, head: &mut Markup) {
        head.void("meta", &[("charset", "utf-8")]);
        head.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", CONTENT_POLICY)]);
        head.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        head.leaf("title", &[], &outline::title().in_language(self.language).to_string());
        head.row("style", &[], |style| {
            style.verbatim(STYLE);
            style.verbatim(RULES_STYLE);
        });
    }

    fn block(&self, main: &mut Markup, block: &Block) {
        match block {
            Block::Heading(Depth::Section, title) => main.row("h2", &[], |h2| self.phrase(h2, title)),
            Block::Heading(Depth::Part, title) => main.row("h3", &[], |h3| self.phrase(h3, title)),
            Block::Paragraph(sentence) => self.paragraph(main, sentence),
            Block::List(phrases) => self.list(main, phrases),
            Block::Stop { title, sentence, lines } => main.block("section", &[("class", "stop")], |stop| {
                stop.row("h2", &[], |h2| self.phrase(h2, title));
                self.paragraph(stop, sentence);
                self.lines(stop, lines);
            }),
            Block::Particulars { caption, rows } => self.particulars(main, caption, rows),
            Block::Table { columns, rows } => self.table(main, columns, rows),
            Block::Lines(lines) => self.lines(main, lines),
        }
    }

    fn paragraph(&self, parent: &mut Markup, sentence: &Phrase) {
        parent.row("p", &[], |p| self.phrase(p, sentence));
    }

    fn list(&self, parent: &mut Markup, phrases: &[Phrase]) {
        parent.block("ul", &[], |list| {
            phrases.iter().for_each(|phrase| list.row("li", &[], |item| self.phrase(item, phrase)));
        });
    }

    fn particulars(&self, parent: &mut Markup, caption: &Phrase, rows: &[(Phrase, Said)]) {
        parent.block("table", &[("class", "particulars")], |table| {
            table.row("caption", &[], |element| self.phrase(element, caption));
            table.block("tbody", &[], |body| {
                for (label, said) in rows {
                    body.block("tr", &[], |row| {
                        row.row("th", &[("scope", "row")], |head| self.phrase(head, label));
                        row.block("td", &[], |cell| {
                            if let Some(finding) = said.finding {
                                self.finding(cell, finding);
                            }
                            self.sentences(cell, &said.sentences);
                        });
                    });
                }
            });
        });
    }

    fn table(&self, parent: &mut Markup, columns: &[Phrase], rows: &[Vec<Phrase>]) {
        parent.block("table", &[], |table| {
            self.columns(table, columns);
            table.block("tbody", &[], |body| {
                for cells in rows {
                    body.block("tr", &[], |row| {
                        cells.iter().for_each(|cell| row.row("td", &[], |element| self.phrase(element, cell)));
                    });
                }
            });
        });
    }

    fn columns(&self, table: &mut Markup, columns: &[Phrase]) {
        table.block("thead", &[], |head| {
            head.block("tr", &[], |row| {
                columns.iter().for_each(|label| row.row("th", &[("scope", "col")], |cell| self.phrase(cell, label)));
            });
        });
    }

    /// Rules: article, what the law wants, finding, on what, what can be done.
    fn lines(&self, parent: &mut Markup, lines: &[Line]) {
        let columns = [
            phrase!("Article"),
            phrase!("What the law wants"),
            phrase!("Finding"),
            phrase!("On what"),
            phrase!("What can be done"),
        ];
        parent.block("table", &[("class", "rules")], |table| {
            self.columns(table, &columns);
            table.block("tbody", &[], |body| lines.iter().for_each(|line| self.line(body, line)));
        });
    }

    fn line(&self, body: &mut Markup, line: &Line) {
        body.block("tr", &[("class", line.finding.class())], |row| {
            row.block("td", &[], |cell| {
                self.paragraph(cell, &line.article);
                cell.row("p", &[("class", "context")], |p| self.phrase(p, &line.rule));
            });
            row.block("td", &[], |cell| {
                self.paragraph(cell, &line.title);
                line.context.iter().for_each(|context| {
                    cell.row("p", &[("class", "context")], |p| self.phrase(p, context));
                });
            });
            row.block("td", &[], |cell| self.finding(cell, line.finding));
            row.block("td", &[], |cell| {
                if !line.sentences.is_empty() {
                    cell.row("p", &[("class", "context")], |p| self.phrase(p, &line.on_what));
                }
                self.sentences(cell, &line.sentences);
            });
            row.block("td", &[], |cell| line.remedy.iter().for_each(|remedy| self.paragraph(cell, remedy)));
        });
    }

    fn finding(&self, cell: &mut Markup, finding: Finding) {
        cell.row("span", &[("class", "outcome")], |span| {
            span.inline("span", &[("aria-hidden", "true")], |mark| mark.verbatim(finding.mark()));
            span.verbatim(" ");
            self.phrase(span, &finding.word());
        });
    }

    fn sentences(&self, cell: &mut Markup, sentences: &[Phrase]) {
        match sentences {
            [] => {}
            [one] => self.paragraph(cell, one),
            several => self.list(cell, several),
        }
    }

    fn phrase(&self, parent: &mut Markup, phrase: &Phrase) {
        speak(phrase, self.language, |shown| match shown {
            Shown::Words(words) => parent.text(words),
            Shown::Composed(words) => parent.text(&words),
            Shown::LeftToRight(text) => {
                parent.inline("bdi", &[("dir", "ltr"), ("class", "run")], |bdi| bdi.text(text));
            }
            Shown::Foreign(text) => parent.inline("bdi", &[], |bdi| bdi.text(text)),
            Shown::Code(text) => code(parent, text),
            Shown::Time(at) => time(parent, at),
            Shown::Day(words, machine) => {
                parent.inline("time", &[("datetime", &machine)], |element| element.text(&words));
            }
        });
    }
}

const RULES_STYLE: &str = include_str!("rules.css");
