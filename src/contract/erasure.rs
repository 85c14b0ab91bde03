//! Where erased values still stand: in documents, certificates and events, whose octets are signed and stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{documents, erased_documents};
use super::{Erasure, Event, Journal};
use crate::digest::Algorithm;
use crate::error::{Error, Result};

impl Erasure {
    pub(super) fn check(&self, before: &[Event]) -> Result<()> {
        if self.commitments.is_empty() && self.documents.is_empty() {
            return Err(Error::misuse("an erasure says what is erased"));
        }
        if self.reason.trim().is_empty() {
            return Err(Error::misuse("an erasure has a reason"));
        }
        let mut there: BTreeSet<&String> = documents(before).map(|document| &document.name).collect();
        for name in erased_documents(before) {
            there.remove(name);
        }
        match self.documents.iter().chain(&self.not_searched).find(|name| !there.contains(name)) {
            Some(name) => Err(Error::misuse("the contract has no such document to erase or to search").with(name)),
            None => Ok(()),
        }
    }

    /// The erasure of the values behind commitments, after a search for them in documents, events, signatures and other values.
    pub(super) fn searched(
        commitments: Vec<String>,
        journal: &Journal,
        events: &[Event],
        files: &BTreeMap<String, Vec<u8>>,
        reason: String,
    ) -> Result<Self> {
        let values: Vec<&str> =
            commitments.iter().filter_map(|commitment| Some(journal.openings.opening(commitment)?.value())).collect();
        let patterns: Vec<Vec<Vec<u8>>> =
            values.iter().filter(|value| !value.is_empty()).flat_map(|value| patterns(value)).collect();
        let holds = |octets: &[u8]| patterns.iter().any(|parts| parts.iter().all(|part| contains(octets, part)));
        let (mut found_in, mut not_searched) = (Vec::new(), Vec::new());
        for document in
            documents(events).filter(|document| !erased_documents(events).any(|name| *name == document.name))
        {
            match files.get(&document.name) {
                None => not_searched.push(document.name.clone()),
                Some(octets) if Algorithm::Sha256.digest(octets) != document.digest => {
                    let what = "a document to search is not the one that was recorded";
                    return Err(Error::misuse(what).with(&document.name));
                }
                Some(octets) if holds(octets) => found_in.push(format!("documents/{}", document.name)),
                Some(_) => {}
            }
        }
        for (entry, number) in journal.entries().iter().zip(1..) {
            let parts = [("json", Some(entry.octets())), ("p7s", entry.signature()), ("tst", entry.time_stamp())];
            let holding = parts.into_iter().filter(|(_, octets)| octets.is_some_and(holds));
            found_in.extend(holding.map(|(part, _)| super::dossier::event_file(number, part)));
        }
        for (commitment, opening) in
            journal.openings.iter().filter(|(other, _)| !commitments.iter().any(|one| one == other))
        {
            if holds(opening.value().as_bytes()) {
                found_in.push(super::dossier::value_file(commitment));
            }
        }
        Ok(Self { commitments, documents: Vec::new(), found_in, not_searched, reason })
    }
}

/// What shows a value, each by parts that all are there: the value, or its words wherever they stand, as the given name and the surname
/// in a certificate.
fn patterns(value: &str) -> Vec<Vec<Vec<u8>>> {
    let mut patterns: Vec<Vec<Vec<u8>>> = written(value).into_iter().map(|whole| vec![whole]).collect();
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let words: Vec<&str> = value.split(|letter: char| !letter.is_alphanumeric()).filter(is_word).collect();
    if words.len() > 1 {
        let [mut utf8, mut big, mut little] = [const { Vec::new() }; 3];
        for [a, b, c] in words.into_iter().map(written) {
            utf8.push(a);
            big.push(b);
            little.push(c);
        }
        patterns.extend([utf8, big, little]);
    }
    patterns
}

/// A value as it can stand in octets: UTF-8, and UTF-16 as in PDF and in certificates (BMPString).
fn written(value: &str) -> [Vec<u8>; 3] {
    let units = || value.encode_utf16();
    [
        value.as_bytes().to_vec(),
        units().flat_map(u16::to_be_bytes).collect(),
        units().flat_map(u16::to_le_bytes).collect(),
    ]
}

fn contains(octets: &[u8], pattern: &[u8]) -> bool {
    octets.windows(pattern.len()).any(|window| window == pattern)
}
