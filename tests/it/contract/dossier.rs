//! Dossiers: one sealed file, the same for each party, in which nothing changes unseen.

use std::collections::BTreeMap;

use seing::ades::asic::Container;
use seing::contract::*;
use seing::verify;

use super::*;
use crate::workshop::later;

fn documents() -> BTreeMap<String, Vec<u8>> {
    let files = [("offer.txt", OFFER), ("terms.txt", TERMS), ("terms-ar.txt", ARABIC), ("contract.txt", CONTRACT)];
    files.into_iter().map(|(name, octets)| (name.to_owned(), octets.to_vec())).collect()
}

fn sealed(shop: &Shop, ceremony: &Ceremony<Acknowledged>) -> Dossier {
    Dossier::seal(ceremony, documents(), &shop.merchant(), Some(&mut shop.stamp()), at(10)).unwrap()
}

/// What becomes of a file, by its name.
type Edit<'a> = dyn Fn(&str, &[u8]) -> Option<Vec<u8>> + 'a;

/// What a reader of a dossier does, and what it finds.
fn faults(shop: &Shop, octets: &[u8]) -> Vec<String> {
    let dossier = match Dossier::parse(octets, &Limits::default()) {
        Ok(dossier) => dossier,
        Err(error) => return vec![error.to_string()],
    };
    let mut faults = dossier.faults(&mut budget()).unwrap();
    faults.extend(examined(dossier.journal()).iter().map(Fault::to_string));
    let seal = verify(dossier.seal_octets()).content(dossier.manifest()).trust(&shop.parties.judge.0).at(later());
    if !seal.report().is_ok_and(|report| report.require_passed().is_ok()) {
        faults.push("META-INF/signature.p7s".to_owned());
    }
    faults
}

#[test]
fn a_dossier_is_read_as_it_was_written() {
    let shop = Shop::new();
    let dossier = sealed(&shop, &shop.concluded(By::Key, &mut salts()));
    let octets = dossier.to_octets().unwrap();
    assert_eq!(Dossier::parse(&octets, &Limits::default()).unwrap(), dossier);
    assert_eq!(dossier.to_octets().unwrap(), octets);
    assert_eq!(faults(&shop, &octets), Vec::<String>::new());
}

#[test]
fn a_file_that_is_changed_dropped_or_added_is_named() {
    let shop = Shop::new();
    let octets = sealed(&shop, &shop.concluded(By::Identification, &mut salts())).to_octets().unwrap();
    let whole = Container::parse(&octets, &Limits::default()).unwrap();
    let names: Vec<String> = whole.files().map(|(name, _)| name.to_owned()).collect();
    let edited = |edit: &Edit<'_>| {
        let mut container = Container::default();
        for (name, octets) in whole.files() {
            if let Some(octets) = edit(name, octets) {
                container.add(name, octets).unwrap();
            }
        }
        faults(&shop, &container.to_octets().unwrap())
    };
    for edited_name in &names {
        let dropped = edited(&|name, octets| (name != edited_name).then(|| octets.to_vec()));
        assert!(!dropped.is_empty(), "{edited_name} dropped");
        let changed = edited(&|name, octets| {
            let mut octets = octets.to_vec();
            if name == edited_name {
                let middle = octets.len() / 2;
                octets[middle] ^= 1;
            }
            Some(octets)
        });
        assert!(!changed.is_empty(), "{edited_name} changed");
        if edited_name.starts_with("documents/") {
            assert!(dropped[0].starts_with(edited_name.as_str()), "{dropped:?}");
            assert!(changed[0].starts_with(edited_name.as_str()), "{changed:?}");
        }
    }
    let mut more = whole.clone();
    more.add("documents/more.txt", b"more".to_vec()).unwrap();
    assert!(faults(&shop, &more.to_octets().unwrap())[0].starts_with("documents/more.txt"));
    let mut more = whole.clone();
    more.add("journal/01.json", b"{}".to_vec()).unwrap();
    assert!(!faults(&shop, &more.to_octets().unwrap()).is_empty());
}
