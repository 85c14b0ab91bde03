//! Every file of a dossier changed, dropped, swapped and repeated: found, and the file is named.

use std::collections::BTreeMap;

use seing::ades::asic::Container;
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::timestamp::{Authority, Client, Exchange};

use super::*;
use crate::workshop::counting;

/// A dossier that has everything a dossier can have, file by file.
fn files() -> BTreeMap<String, Vec<u8>> {
    let shop = Shop::new();
    let octets = sealed(&shop, &shop.concluded(By::Identification, &mut salts())).to_octets().unwrap();
    let container = Container::parse(&octets, &Limits::default()).unwrap();
    let files: BTreeMap<_, _> = container.files().map(|(name, octets)| (name.to_owned(), octets.to_vec())).collect();
    // Nine events, one time-stamp, three signatures, four documents, sixteen values, manifest and seal.
    assert_eq!(files.len(), 9 + 1 + 3 + 4 + 16 + 2);
    files
}

/// The files at fault in a dossier that has these.
fn faulty(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut container = Container::default();
    for (name, octets) in files {
        container.add(name, octets.clone()).unwrap();
    }
    match dossier_faults(&container.to_octets().unwrap()) {
        Ok(faults) => faults.into_iter().map(|fault| fault.file).collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[track_caller]
fn named(found: &[String], file: &str, what: &str) {
    assert!(found.iter().any(|found| found.contains(file)), "{file} {what}: {found:?}");
}

/// The kinds of octets that a reader might take for one another.
fn class(octet: u8) -> u8 {
    match octet {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b' ' | b'\t' | b'\r' | b'\n' => 3,
        0x21..=0x7e => 4,
        0 => 5,
        0x01..=0x7f => 6,
        0x80..=0xff => 7,
    }
}

#[test]
fn the_whole_dossier_has_no_fault() {
    assert_eq!(faulty(&files()), Vec::<String>::new());
}

/// The first, the middle and the last octet of each kind in every file.
#[test]
fn a_changed_file_is_named() {
    let whole = files();
    for (name, octets) in &whole {
        for kind in 0..8 {
            let places: Vec<_> = (0..octets.len()).filter(|place| class(octets[*place]) == kind).collect();
            let mut chosen: Vec<_> =
                [places.first(), places.get(places.len() / 2), places.last()].into_iter().flatten().copied().collect();
            chosen.dedup();
            for place in chosen {
                let mut files = whole.clone();
                files.get_mut(name).unwrap()[place] ^= 1;
                named(&faulty(&files), name, &format!("changed at {place}"));
            }
        }
        for (what, changed) in [
            ("cut", octets[..octets.len() - 1].to_vec()),
            ("longer", [&octets[..], b"\n"].concat()),
            ("emptied", Vec::new()),
        ] {
            let mut files = whole.clone();
            files.insert(name.clone(), changed);
            named(&faulty(&files), name, what);
        }
    }
}

#[test]
fn a_dropped_file_is_named() {
    let whole = files();
    for name in whole.keys() {
        let mut files = whole.clone();
        files.remove(name);
        named(&faulty(&files), name, "dropped");
    }
}

/// Each pair; of the sixteen values, which are alike, the first two with everything and each with the next.
#[test]
fn swapped_files_are_both_named() {
    let whole = files();
    let names: Vec<_> = whole.keys().collect();
    let is_value = |index: usize| names[index].starts_with("values/");
    let first = (0..names.len()).find(|index| is_value(*index)).unwrap();
    let is_alike = |index: usize| is_value(index) && index > first + 1;
    for (one, name) in names.iter().enumerate() {
        for (other, other_name) in names.iter().enumerate().skip(one + 1) {
            if (is_alike(one) || is_alike(other)) && !(is_value(one) && other == one + 1) {
                continue;
            }
            let mut files = whole.clone();
            files.insert((*name).clone(), whole[*other_name].clone());
            files.insert((*other_name).clone(), whole[*name].clone());
            let found = faulty(&files);
            named(&found, name, &format!("swapped with {other_name}"));
            named(&found, other_name, &format!("swapped with {name}"));
        }
    }
}

#[test]
fn a_repeated_file_is_named() {
    let whole = files();
    for (name, octets) in &whole {
        let again = match name.split_once('/').unwrap() {
            ("journal", file) => {
                vec![
                    format!("journal/0010.{}", &file[5..]),
                    format!("journal/0001{}", "0.json"),
                    "journal/1.json".to_owned(),
                ]
            }
            ("values", _) => vec![format!("values/{}.json", "0".repeat(64)), "values/again.json".to_owned()],
            ("documents", file) => vec![format!("documents/again-{file}"), format!("again/{file}")],
            (_, file) => vec![format!("META-INF/again-{file}"), format!("documents/{file}")],
        };
        for again in again.into_iter().filter(|again| !whole.contains_key(again)) {
            let mut files = whole.clone();
            files.insert(again.clone(), octets.clone());
            // A signature of an event that is not there is found as an event that is missing.
            let event = again.strip_suffix(".p7s").or(again.strip_suffix(".tst")).unwrap_or(&again);
            named(&faulty(&files), event, &format!("as {name} once more"));
        }
    }
    // A signature where there is none.
    let mut files = whole.clone();
    files.insert("journal/0001.p7s".to_owned(), whole["journal/0007.p7s"].clone());
    named(&faulty(&files), "journal/0001.p7s", "added");
    files.remove("journal/0001.p7s");
    files.insert("journal/0001.tst".to_owned(), whole["journal/0006.tst"].clone());
    named(&faulty(&files), "journal/0001.tst", "added");
}

/// Who makes manifest and seal anew with a key of his own is not the merchant.
#[test]
fn a_dossier_that_is_sealed_anew_is_somebody_elses() {
    let shop = Shop::new();
    let ceremony = shop.concluded(By::Key, &mut salts());
    let forged = Dossier::seal(&ceremony, documents(), &shop.customer(), None, at(10)).unwrap();
    let kinds: Vec<_> =
        dossier_faults(&forged.to_octets().unwrap()).unwrap().into_iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [DossierFaultKind::SealOfAnother]);
}

/// Of the file of the seal its signature covers a part. The rest is held against its form, and against the certificates of the events.
#[test]
fn every_octet_of_the_seal_counts() {
    let salts = &mut salts();
    let pki = ThrowawayPki::new(at(0), &Kinds::all(KeyKind::P256), salts).unwrap();
    let (anchors, tsa) = (pki.trust_anchors(), pki.time_stamp_authority);
    let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1").unwrap()).unwrap();
    let respond = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, at(5), &mut counting));
    let mut client = Client::new("here", respond, counting).trust(anchors);
    let mut stamp = |digest: &Digest, _| client.stamp(digest, at(5));
    let by = Signatory::sealing(&pki.merchant.key, &pki.merchant.chain);
    let ceremony = Shop::new()
        .reviewed(salts)
        .confirm(confirmation(), None, at(5), salts)
        .unwrap()
        .acknowledge(acknowledgement(), &by, Some(&mut stamp), at(5), salts)
        .unwrap();
    let dossier = Dossier::seal(&ceremony, documents(), &by, Some(&mut stamp), at(5)).unwrap();
    let octets = dossier.to_octets().unwrap();
    let whole = Container::parse(&octets, &Limits::default()).unwrap();
    let files: BTreeMap<_, _> = whole.files().map(|(name, octets)| (name.to_owned(), octets.to_vec())).collect();
    assert_eq!(faulty(&files), Vec::<String>::new());
    let name = "META-INF/signature.p7s";
    for place in (0..files[name].len()).step_by(11) {
        let mut changed = files.clone();
        changed.get_mut(name).unwrap()[place] ^= 1 << (place % 8);
        named(&faulty(&changed), name, &format!("changed at {place}"));
    }
}

/// An event that is cut off the end, where only the manifest knows it.
#[test]
fn the_last_event_is_missed() {
    let mut files = files();
    files.remove("journal/0009.json");
    files.remove("journal/0009.p7s");
    let found = faulty(&files);
    assert_eq!(found, ["journal/0009.json", "journal/0009.p7s"]);
}

/// One bit of every octet that is not the content of a file: headers, names, directory.
#[test]
fn changed_metadata_of_the_archive_is_refused_or_changes_nothing() {
    let shop = Shop::new();
    let octets = sealed(&shop, &shop.concluded(By::Key, &mut salts())).to_octets().unwrap();
    let whole = Container::parse(&octets, &Limits::default()).unwrap();
    let mut places = Vec::new();
    let mut at = 0;
    while octets[at..].starts_with(b"PK\x03\x04") {
        let four = |at: usize| u32::from_le_bytes(octets[at..at + 4].try_into().unwrap()) as usize;
        let head = 30 + usize::from(octets[at + 26]);
        places.extend(at..at + head);
        at += head + four(at + 18);
    }
    places.extend(at..octets.len());
    for place in places {
        for bit in [0, 3, 7] {
            let mut changed = octets.clone();
            changed[place] ^= 1 << bit;
            match Container::parse(&changed, &Limits::default()) {
                Ok(read) => assert_eq!(read, whole, "octet {place}, bit {bit}"),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    }
}

/// The name of a member in the archive made that of another: two of the same name, of which each reader might take one.
#[test]
fn duplicate_names_in_the_archive_are_refused() {
    let shop = Shop::new();
    let octets = sealed(&shop, &shop.concluded(By::Key, &mut salts())).to_octets().unwrap();
    for (name, other) in [
        ("journal/0001.json", "journal/0002.json"),
        ("journal/0008.p7s", "journal/0009.p7s"),
        ("documents/offer.txt", "documents/terms.txt"),
    ] {
        let mut changed = octets.clone();
        let places: Vec<_> =
            (0..octets.len() - name.len()).filter(|at| octets[*at..].starts_with(name.as_bytes())).collect();
        for place in places {
            // Not where the manifest lists it.
            if octets[place - 1] != b'"' {
                changed[place..place + name.len()].copy_from_slice(other.as_bytes());
            }
        }
        let error = dossier_faults(&changed).unwrap_err();
        assert!(error.to_string().contains(&format!("two members have the same name ({other})")), "{error}");
    }
}
