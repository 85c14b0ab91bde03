//! A shop concludes an order online: the ceremony from the offer to the sealed dossier on disk, twice.
//!
//! ```sh
//! cargo run --release --example checkout [FOLDER]
//! ```
//!
//! One customer signs with a key; another has none, is identified by a code, and what records that is called no signature. Every
//! certificate is of a throw-away PKI and says TEST. The dossiers are written to FOLDER, by default `target/checkout`.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example has a clock and a terminal")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

use seing::contract::*;
use seing::digest::Digest;
use seing::key::{KeyKind, os_entropy};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, Member, ThrowawayPki};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::{Context, Policy, validate};

type Outcome<T> = Result<T, Box<dyn Error>>;

const FILES: [(&str, &str); 4] = [
    ("offer.txt", "Bureau en chêne, 1 200,00 MAD TTC. 1. Caractéristiques. 2. Conditions. 3. Étapes. 4. Corrections…"),
    ("offer-ar.txt", "مكتب من خشب البلوط، 1200,00 درهم"),
    ("contract.txt", "Contrat de vente : un bureau en chêne, 1 200,00 MAD, livré à l'adresse indiquée."),
    ("contract-ar.txt", "عقد بيع: مكتب من خشب البلوط، 1200,00 درهم"),
];

fn now() -> Time {
    SystemTime::now().into()
}

fn file(name: &str) -> &'static [u8] {
    FILES.iter().find(|(known, _)| *known == name).map_or(b"", |(_, text)| text.as_bytes())
}

fn document(name: &str, role: DocumentRole, language: &str) -> seing::error::Result<Document> {
    Document::new(name, role, "text/plain", language, file(name))
}

fn order(desks: u32) -> seing::error::Result<Order> {
    let merchant = Party::legal("TEST Boutique SARL", Capacity::Professional);
    let customer = Party::natural("TEST Amina Berrada", Capacity::Consumer).with(DetailKind::Email, "amina@example.ma");
    let desk = Line::including_vat("desk, oak", Quantity::pieces(desks), Amount::parse("1200")?, VatRate::parse("20")?);
    let week = DeliveryTime::Until(now().plus_seconds(7 * 86_400));
    let delivery = Delivery::new(week).to(Text::personal("12, rue de Fès, Rabat"));
    Order::new("4711", merchant, customer, vec![desk])?.delivered(delivery)
}

fn press(words: &str) -> Gesture {
    Gesture::new("button pressed", words, "fr")
}

/// From the offer to the acknowledgement.
fn conclude(key: Option<&Member>, shop: &Signatory<'_>, stamp: &mut Stamp<'_>) -> Outcome<Ceremony<Acknowledged>> {
    let (salts, editable) = (&mut os_entropy, "the basket can be edited");
    let mut offer = Offer::new("https://boutique.example/desk", now()).language("fr").language("ar");
    offer = offer.document(document("offer.txt", DocumentRole::Offer, "fr")?);
    offer = offer.document(document("offer-ar.txt", DocumentRole::Offer, "ar")?.translating("offer.txt"));
    for (statement, section) in Statement::ALL.into_iter().zip(1..) {
        offer = offer.states(statement, "offer.txt", format!("section {section}"));
    }
    let ten_years = now().plus_seconds(3_653 * 86_400);
    let kept =
        DataProtection::new("TEST Boutique SARL", LegalBasis::Contract, ten_years, "commercial code, article 26");
    let terms = TermsAcceptance::new(["offer.txt"], press("J'accepte les conditions"));
    let reviewed = Ceremony::publish(offer, Act::NotStated, kept, now(), salts)?
        .accept_terms(terms, now(), salts)?
        .review(Review::new(order(2)?, Amount::parse("2400")?, editable), now(), salts)?
        .correct(Correction::new(order(1)?, "one desk instead of two"), now(), salts)?
        .review(Review::new(order(1)?, Amount::parse("1200")?, editable), now(), salts)?;
    println!("   offer published, terms accepted, reviewed at 2400.00 MAD, corrected, reviewed at 1200.00 MAD");
    let confirmation = Confirmation::new(press("Commander avec obligation de paiement"));
    let confirmed = if let Some(Member { key, chain, .. }) = key {
        let customer = Signatory::signing(key, chain);
        reviewed.confirm_signed(confirmation, &customer, Some(stamp), now(), salts)?
    } else {
        let code = Identification::new("one-time code by telephone", "TEST Boutique SARL", now(), "session 17");
        reviewed.confirm(confirmation.identified(code.attribute("+212 6 12 34 56 78")), Some(stamp), now(), salts)?
    };
    println!("   confirmed, {}, time-stamped", if key.is_some() { "signed" } else { "identified and not signed" });
    let contract = document("contract.txt", DocumentRole::Contract, "fr")?;
    let arabic = document("contract-ar.txt", DocumentRole::Contract, "ar")?.translating("contract.txt");
    let acknowledgement = Acknowledgement::new(vec![contract, arabic], "customer account", now());
    let acknowledged = confirmed.acknowledge(acknowledgement, shop, Some(stamp), now(), salts)?;
    assert_eq!(acknowledged.untranslated().count(), 0, "each document is in Arabic as well");
    println!("   acknowledged under the merchant's seal, time-stamped");
    Ok(acknowledged)
}

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = env::args_os().nth(1).map_or_else(|| root.join("target/checkout"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let pki = ThrowawayPki::new(now(), &Kinds::all(KeyKind::P256), &mut os_entropy)?;
    fs::write(folder.join("root.pem"), pki.root.certificate().to_pem())?;
    let (anchors, tsa) = (pki.trust_anchors(), pki.time_stamp_authority);
    let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1")?)?;
    let respond = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now(), &mut os_entropy));
    let mut client = Client::new("http://tsa.example/", respond, os_entropy).trust(anchors.clone());
    let mut stamp = |digest: &Digest, at: Time| client.stamp(digest, at);
    let shop = Signatory::sealing(&pki.merchant.key, &pki.merchant.chain);
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    let documents: BTreeMap<_, _> = FILES.iter().map(owned).collect();
    let (limits, policy) = (Limits::default(), Policy::default());

    for (name, key) in [("signed.asice", Some(&pki.customer)), ("identified.asice", None)] {
        println!("{name}:");
        let mut ceremony = conclude(key, &shop, &mut stamp)?;
        let copy = Dossier::seal(&ceremony, documents.clone(), &shop, Some(&mut stamp), now())?.to_octets()?;
        for party in [Role::Customer, Role::Merchant] {
            let at = "https://boutique.example/4711";
            let access = CopyAccess::new(party, documents.keys(), "account", at, now()).of_dossier(&copy);
            ceremony = ceremony.copy_accessible(access, &shop, now(), &mut os_entropy)?;
        }
        let octets = Dossier::seal(&ceremony, documents.clone(), &shop, Some(&mut stamp), now())?.to_octets()?;
        fs::write(folder.join(name), &octets)?;
        println!("   a copy for each party, the same octets; all of it in {}", folder.join(name).display());

        let dossier = Dossier::parse(&fs::read(folder.join(name))?, &limits)?;
        let account = dossier.examine(&mut Budget::new(&limits))?.require_sound()?;
        assert!(account.common_copy().is_some());
        let seal = account.seal().ok_or("a dossier has a seal")?;
        let context = Context::new(&anchors, &policy, now());
        validate(std::slice::from_ref(&seal.facts), &context, &mut Budget::new(&limits))?.require_passed()?;
        let confirmed = account.events().iter().find(|event| event.body.name() == "confirmed").ok_or("confirmed")?;
        assert_eq!(confirmed.signed_by.is_some(), key.is_some(), "an identification is no signature");
        println!("   read back: sound, and the seal is the merchant's ({:?})", seal.keeper);

        let price = octets.windows(8).position(|octets| octets == b"1 200,00").ok_or("the price is there")?;
        let mut forged = octets;
        forged.get_mut(price).into_iter().for_each(|digit| *digit = b'2');
        println!("   with another price: {}", Dossier::parse(&forged, &limits).err().ok_or("a forgery passed")?);
        let erased = ceremony.erase_everything(&documents, "end of the purpose", &shop, now(), &mut os_entropy)?;
        let dossier = Dossier::seal(&erased, documents.clone(), &shop, None, now())?;
        let account = dossier.examine(&mut Budget::new(&limits))?.require_sound()?;
        assert!(!dossier.to_octets()?.windows(5).any(|octets| octets == b"Rabat"));
        println!("   values about persons erased: still sound, {} attestations hold", account.attested().len());
    }
    println!("Check with other tools, in a folder in which unzip has opened one of them:");
    println!(
        "  openssl cms -verify -cades -binary -inform DER -in META-INF/signature.p7s -content META-INF/ASiCManifest.xml -CAfile {}/root.pem -purpose any -out /dev/null",
        folder.display()
    );
    Ok(())
}
