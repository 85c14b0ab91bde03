//! Dossiers for the fuzz target, and a mutator that edits files of a container and keeps the container whole.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use seing::ades::asic::Container;
use seing::contract::*;
use seing::digest::Digest;
use seing::limits::Limits;
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};

use crate::world::{CONTENTS, fresh_pki, known, now};

/// A dossier with signatures, one with an identification, and the latter with everything erased.
pub fn dossiers() -> &'static [Vec<u8>] {
    static DOSSIERS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    DOSSIERS.get_or_init(make)
}

/// The files, but for the seal, whose unsigned attributes anybody may write.
pub fn files_of(container: &Container) -> BTreeMap<String, Vec<u8>> {
    let files = container.files().filter(|(name, _)| *name != "META-INF/signature.p7s");
    files.map(|(name, octets)| (name.to_owned(), octets.to_vec())).collect()
}

fn make() -> Vec<Vec<u8>> {
    let pki = fresh_pki();
    let anchors = pki.trust_anchors();
    let tsa = pki.time_stamp_authority;
    let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1").unwrap()).unwrap();
    let respond = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now(), &mut known(&mut 7)));
    let mut nonce = 5;
    let entropy = move |octets: &mut [u8]| known(&mut nonce)(octets);
    let mut client = Client::new("here", respond, entropy).trust(anchors);
    let mut stamp = |digest: &Digest, at: Time| client.stamp(digest, at);
    let customer = Signatory::signing(&pki.customer.key, &pki.customer.chain);
    let shop = Signatory::sealing(&pki.merchant.key, &pki.merchant.chain);
    let documents = BTreeMap::from([
        ("terms.txt".to_owned(), CONTENTS[0].to_vec()),
        ("contract.txt".to_owned(), CONTENTS[1].to_vec()),
    ]);
    let mut state = 17;
    let salts = &mut known(&mut state);
    let press = |words: &str| Gesture::new("button pressed", words, "fr");
    let mut made = Vec::new();
    for by_key in [true, false] {
        let terms = Document::new("terms.txt", DocumentRole::Terms, "text/plain", "fr", CONTENTS[0]).unwrap();
        let contract = Document::new("contract.txt", DocumentRole::Contract, "text/plain", "fr", CONTENTS[1]).unwrap();
        let offer = Offer::new("https://boutique.example", now()).document(terms);
        let kept = DataProtection::new("TEST", LegalBasis::Contract, now().plus_seconds(315_576_000), "10 years");
        let merchant = Party::legal("TEST Boutique SARL", Capacity::Professional);
        let customer_party = Party::natural("TEST Amina Berrada", Capacity::Consumer);
        let price = Amount::parse("1200").unwrap();
        let desk = Line::including_vat("desk", Quantity::ONE, price, VatRate::parse("20").unwrap());
        let order = Order::new("4711", merchant, customer_party, vec![desk]).unwrap();
        let reviewed = Ceremony::publish(offer, Act::NotStated, kept, now(), salts)
            .unwrap()
            .accept_terms(TermsAcceptance::new(["terms.txt"], press("J'accepte")), now(), salts)
            .unwrap()
            .review(Review::new(order, price, "the basket"), now(), salts)
            .unwrap();
        let confirmation = Confirmation::new(press("Commander"));
        let confirmed = if by_key {
            reviewed.confirm_signed(confirmation, &customer, Some(&mut stamp), now(), salts)
        } else {
            reviewed.confirm(confirmation, Some(&mut stamp), now(), salts)
        };
        let acknowledgement = Acknowledgement::new(vec![contract], "account", now());
        let ceremony = confirmed.unwrap().acknowledge(acknowledgement, &shop, Some(&mut stamp), now(), salts).unwrap();
        let mut seal = |ceremony: &Ceremony<Acknowledged>| {
            Dossier::seal(ceremony, documents.clone(), &shop, Some(&mut stamp), now()).unwrap().to_octets().unwrap()
        };
        made.push(seal(&ceremony));
        if !by_key {
            made.push(seal(&ceremony.erase_everything(&documents, "purpose", &shop, now(), salts).unwrap()));
        }
    }
    made
}

/// Edits one file of a container, drops, repeats or swaps some; every third time, and where there is no container, the octets
/// themselves.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let plain = |data: &mut [u8]| libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    if seed % 3 == 0 {
        return plain(data);
    }
    let Ok(container) = Container::parse(&data[..size], &Limits::default()) else { return plain(data) };
    let mut files: Vec<(String, Vec<u8>)> =
        container.files().map(|(name, octets)| (name.to_owned(), octets.to_vec())).collect();
    if files.is_empty() {
        return plain(data);
    }
    let (one, other) = (seed as usize / 7 % files.len(), seed as usize / 911 % files.len());
    match seed % 5 {
        0 => {
            files.remove(one);
        }
        1 => {
            let octets = files[other].1.clone();
            files[one].1 = octets;
        }
        2 => {
            let name = files[other].0.replacen('0', "1", 1);
            files[one].0 = name;
        }
        _ => {
            let mut octets = files[one].1.clone();
            let length = octets.len();
            octets.resize(length + 64, 0);
            let length = libfuzzer_sys::fuzzer_mutate(&mut octets, length, length + 64);
            octets.truncate(length);
            files[one].1 = octets;
        }
    }
    let mut changed = Container::default();
    for (name, octets) in files {
        // Two of the same name are tried by the octets.
        let _ = changed.add(name, octets);
    }
    match changed.to_octets() {
        Ok(octets) if octets.len() <= max_size.min(data.len()) => {
            data[..octets.len()].copy_from_slice(&octets);
            octets.len()
        }
        _ => plain(data),
    }
}
