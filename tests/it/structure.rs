//! The import table and the shape of the source tree.
//!
//! A module may use those above it, never those below; `bin` stands on all of them. Comments and strings do not count.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the top down. Those of one row may use each other.
const TABLE: &[&[&str]] = &[
    &["error", "limits", "time", "oid", "asn1"],
    &["digest"],
    &["key"],
    &["pki"],
    &["cms"],
    &["timestamp"],
    &["evidence"],
    &["ades"],
    &["collect"],
    &["validation"],
    &["contract"],
    &["legal"],
    &["archive"],
    &["sign", "verify", "augment"],
];

/// The formats, which validation does not know: it sees the facts of `ades`.
const FORMATS: &[&str] = &["cades", "pades", "jades", "xades", "asic"];

/// What only `bin` may reach: the clock, the environment, files, other processes.
const HIDDEN_INPUTS: &[&[&str]] = &[
    &["SystemTime", "now"],
    &["Instant", "now"],
    &["env", "var"],
    &["env", "vars"],
    &["env", "var_os"],
    &["std", "fs"],
    &["std", "process"],
];

/// Files that reach outside because they are what reaches there: the journal in a file, and how long an answer over HTTP takes.
const OUTSIDE: &[(&str, &[&str])] =
    &[("src/archive/redb.rs", &["std", "fs"]), ("src/timestamp/http.rs", &["Instant", "now"])];

/// Files that may contain `unsafe`: kernels of the hashing core.
const UNSAFE: &[&str] = &[
    "src/digest/many/kernels/ahead.rs",
    "src/digest/many/kernels/armv8.rs",
    "src/digest/many/kernels/avx2.rs",
    "src/digest/many/kernels/avx512/mod.rs",
    "src/digest/many/kernels/avx512/words32/mod.rs",
    "src/digest/many/kernels/avx512/words32/nodes.rs",
    "src/digest/many/kernels/avx512/words32/rounds.rs",
    "src/digest/many/kernels/avx512/words64.rs",
    "src/digest/many/kernels/sha_ni.rs",
];

const VAGUE: &[&str] =
    &["util", "utils", "helper", "helpers", "common", "types", "misc", "manager", "constants", "traits", "prelude"];

const LONGEST: usize = 800;

#[test]
fn every_module_uses_only_those_above_it() {
    let sources = sources();
    assert!(sources.len() > 10, "the sources are not where they were: {}", root().display());
    let faults: Vec<String> = sources
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(root().join(file)).unwrap();
            faults(file.to_str().unwrap(), &text)
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_module_that_reaches_down_is_found() {
    for text in [
        "use crate::pki::Certificate;",
        "use crate::{error::Error, pki::{self, Certificate}};",
        "fn f() -> crate::pki::Certificate { g() }",
        "use super::super::pki::path;",
        "mod inner { mod deeper { use super::super::super::super::pki; } }",
        "macro_rules! m { () => { $crate::pki::path() } }",
        "fn f<'a>(x: &'a str) { let q = '\"'; crate::pki::f(x) }",
        "use crate::r#pki::path;",
    ] {
        found("src/key/public.rs", text, "may not use `pki`");
    }
    found("src/key/mod.rs", "use super::pki;", "may not use `pki`");
    found("src/key.rs", "use super::{error, pki};", "may not use `pki`");
    found("src/validation/report.rs", "use crate::ades::{self, cades::Signing};", "does not know formats");
    found("src/key/mod.rs", "use crate::nowhere::X;", "names no module");
    found("src/key/mod.rs", "use crate::*;", "names no module");
    found("src/key/mod.rs", "use crate as root;", "names no module");
    found("src/nowhere/mod.rs", "", "not in the import table");
}

#[test]
fn hidden_inputs_and_shapeless_files_are_found() {
    found("src/pki/mod.rs", "let now = std::time::SystemTime::now();", "belongs to `bin`");
    found("src/pki/mod.rs", "use std::{env, fs};", "belongs to `bin`");
    found("src/pki/mod.rs", "env::var(\"HOME\")", "belongs to `bin`");
    found("src/digest/mod.rs", "unsafe { f() }", "kernels");
    found("src/pki/utils.rs", "", "name the subject");
    found("src/pki/mod.rs", &"f();\n".repeat(LONGEST + 1), "split it by subject");
}

fn found(file: &str, text: &str, fault: &str) {
    let faults = faults(file, text);
    assert!(faults.iter().any(|found| found.contains(fault)), "{text}: {faults:?}");
}

#[test]
fn a_module_that_keeps_to_the_table_is_left_alone() {
    for (file, text) in [
        (
            "src/pki/mod.rs",
            "use crate::{digest::Algorithm, error::{Error, Result}, pki::path}; use super::key::PublicKey;",
        ),
        ("src/pki/path.rs", "use super::Certificate; mod tests { use super::*; use super::super::Name; }"),
        ("src/error.rs", "//! [`Report`](crate::validation::Report)\n/* crate::sign /* nested */ crate::verify */"),
        (
            "src/error.rs",
            "const T: &str = \"crate::sign\"; const R: &str = r#\"crate::\"verify\"#; const C: char = '\\'';",
        ),
        ("src/asn1/mod.rs", "use crate::time::Time; pub(in crate::asn1) fn f() {} use std::io::Read;"),
        ("src/bin/seing/main.rs", "use seing::verify; use crate::files; let t = SystemTime::now(); std::fs::read(x);"),
        ("src/lib.rs", "pub mod sign; pub use sign::sign;"),
        ("src/validation/mod.rs", "use crate::ades::SignatureFacts;"),
    ] {
        assert_eq!(faults(file, text), Vec::<String>::new(), "{text}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src`, relative to the root.
fn sources() -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![root().join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    files.sort();
    files
}

/// What is wrong with one file, a sentence each.
fn faults(file: &str, text: &str) -> Vec<String> {
    let mut faults = BTreeSet::new();
    let stem = Path::new(file).file_stem().unwrap().to_str().unwrap();
    if VAGUE.contains(&stem) {
        faults.insert(format!("{file}: name the subject, not `{stem}`"));
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    if lines > LONGEST {
        faults.insert(format!("{file}: {lines} lines; split it by subject"));
    }
    let tokens = tokens(text);
    if tokens.iter().any(|token| token == "unsafe") && !UNSAFE.contains(&file) {
        faults.insert(format!("{file}: `unsafe` lives in the kernels of the hashing core only"));
    }
    let inside: Vec<&str> = file.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
    let room = inside[0];
    if room == "bin" || room == "lib" {
        return faults.into_iter().collect();
    }
    let Some(rank) = rank(room) else {
        faults.insert(format!("{file}: `{room}` is not in the import table"));
        return faults.into_iter().collect();
    };
    let depth = inside.iter().filter(|part| **part != "mod").count();
    for path in paths(&tokens, depth) {
        let written = path.join("::");
        if let ["crate", rest @ ..] = &path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            match rest.first().map(|other| (other, self::rank(other))) {
                Some((_, Some(other))) if other <= rank => {}
                Some((other, Some(_))) => {
                    faults.insert(format!("{file}: `{room}` may not use `{other}`, which is below it ({written})"));
                }
                _ => {
                    faults.insert(format!("{file}: {written} names no module of the import table"));
                }
            }
            if let (["ades", format, ..], "validation") = (rest, room)
                && FORMATS.contains(format)
            {
                faults.insert(format!("{file}: validation does not know formats ({written})"));
            }
        }
        let is_own = |hidden: &[&str]| OUTSIDE.iter().any(|(own, reached)| *own == file && *reached == hidden);
        let mut hidden = HIDDEN_INPUTS.iter().filter(|hidden| !is_own(hidden));
        if hidden.any(|hidden| path.windows(hidden.len()).any(|part| part == *hidden)) {
            faults.insert(format!("{file}: {written} belongs to `bin`"));
        }
    }
    faults.into_iter().collect()
}

fn rank(room: &str) -> Option<usize> {
    TABLE.iter().position(|row| row.contains(&room))
}

/// The paths written in a file, groups taken apart. Those that leave the file's module through `super` start at `crate`.
fn paths(tokens: &[String], depth: usize) -> Vec<Vec<String>> {
    let (mut paths, mut at) = (Vec::new(), 0);
    // For each open brace, whether it is that of an inline module.
    let mut braces = Vec::new();
    while at < tokens.len() {
        let token = tokens[at].as_str();
        match token {
            "{" => braces.push(at >= 2 && tokens[at - 2] == "mod"),
            "}" => drop(braces.pop()),
            _ if is_word(token) && (at == 0 || tokens[at - 1] != "::") => {
                let inline = braces.iter().filter(|module| **module).count();
                let mut found = Vec::new();
                let end = tree(tokens, at, &mut Vec::new(), &mut found);
                let next = tokens.get(end).map(String::as_str);
                for path in found {
                    let path = from_root(path, depth + inline);
                    // A bare `crate` is the root itself, as in `pub(crate)`; renamed, it would hide what is used.
                    if path.len() > 1 || (path[0] == "crate" && next == Some("as")) {
                        paths.push(path);
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    paths
}

/// Reads one path or use tree; returns where it ends.
fn tree(tokens: &[String], mut at: usize, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let start = prefix.len();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = match tokens[at].as_str() {
                        "," => at + 1,
                        "as" => at + 2,
                        _ => tree(tokens, at, prefix, found),
                    };
                }
                at += 1;
                break;
            }
            Some(token) if is_word(token) || token == "*" => {
                prefix.push(token.to_owned());
                at += 1;
                if tokens.get(at).is_none_or(|token| token != "::") {
                    found.push(prefix.clone());
                    break;
                }
                at += 1;
            }
            // `::<`, a turbofish: the path so far is what is used.
            _ => {
                found.push(prefix.clone());
                at += usize::from(prefix.len() == start);
                break;
            }
        }
    }
    prefix.truncate(start);
    at
}

fn from_root(path: Vec<String>, depth: usize) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    if ups == 0 || ups < depth {
        return path;
    }
    std::iter::once("crate".to_owned()).chain(path.into_iter().skip(ups)).collect()
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Words and marks, without comments, strings and characters. `r#pki` is `pki`.
fn tokens(text: &str) -> Vec<String> {
    let (mut tokens, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = literal(rest) {
            length
        } else if rest.starts_with("r#") || first.is_whitespace() {
            if first == 'r' { 2 } else { first.len_utf8() }
        } else {
            let length = match rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()) {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                word => word,
            };
            tokens.push(rest[..length].to_owned());
            length
        };
        rest = &rest[length..];
    }
    tokens
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < text.len() {
        match text.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of the string or character literal that starts here, if one does.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix).is_some_and(|rest| rest.trim_start_matches('#').starts_with(['"', '\'']))
    })?;
    let body = &text[prefix.len()..];
    if prefix.ends_with('r') {
        let marks = body.len() - body.trim_start_matches('#').len();
        let quoted = body[marks..].strip_prefix('"')?;
        let close = format!("\"{}", "#".repeat(marks));
        return Some(prefix.len() + marks + 1 + quoted.find(&close)? + close.len());
    }
    let quote = body.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let mut escaped = false;
    let end = body.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    let length = end?.0 + 1;
    let content = &body[1..length - 1];
    // `'a` with another `'` further on is a lifetime.
    let character = quote == '"' || content.starts_with('\\') || content.chars().count() == 1;
    character.then_some(prefix.len() + length)
}
