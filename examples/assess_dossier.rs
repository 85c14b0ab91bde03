//! What Moroccan law makes of an order: a dossier is made (or read, from the file that is named), and assessed with what persons
//! attest and a snapshot of the national list of providers, which its curator signed.
//!
//! ```sh
//! cargo run --release --example assess_dossier [DOSSIER ROOT.pem]
//! ```

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "an example has a clock and a terminal")]

use std::error::Error;

use seing::contract::*;
use seing::digest::Algorithm;
use seing::key::{KeyKind, os_entropy};
use seing::legal::{Attestations, Day, Level, Matter, Reading, TrustList, assess};
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::throwaway::{Kinds, ThrowawayPki};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::{Context, Policy};
use seing::{Identity, sign_detached};

fn main() -> Result<(), Box<dyn Error>> {
    let now = Time::from(std::time::SystemTime::now());
    let given: Vec<String> = std::env::args().skip(1).collect();
    let (octets, anchors) = match given.as_slice() {
        [dossier, root] => {
            let anchors = Certificate::parse_many(&std::fs::read(root)?)?.into_iter();
            (std::fs::read(dossier)?, anchors.fold(TrustAnchors::none(), TrustAnchors::with))
        }
        _ => order(now)?,
    };

    let (limits, policy) = (Limits::default(), Policy::default());
    let budget = &mut Budget::new(&limits);
    let dossier = Dossier::parse(&octets, &limits)?;
    let shown = Matter::of_dossier(&dossier.examine(budget)?, &Context::new(&anchors, &policy, now), budget)?;
    let mut matter = shown.require_intact()?; // what was changed in the file is named, and nothing is assessed
    matter.hear(Attestations::from_json(&format!(
        r#"[{{"statement": "sole_control", "holds": true, "by": "TEST Amina Berrada", "at": "{now}"}}]"#
    ))?);
    matter.trust_list = Some(snapshot(now, budget)?);
    let assessment = assess(&matter);

    for signature in &assessment.signatures {
        println!("signature of {}: {}", signature.about, signature.regime.why);
        for Reading { regime, level, on_attestations, would_be, effects, .. } in &signature.readings {
            println!("  {regime}: {level:?}, on attestations {on_attestations:?}, at most {would_be:?}");
            let (admissible, presumed) = (effects.admissible.name(), effects.presumed_reliable.name());
            println!("  admissible: {admissible}, presumed reliable: {presumed}");
        }
    }
    let formation = &assessment.formation;
    println!("offer: {}, conclusion: {}", formation.offer.name(), formation.validly_concluded.name());
    for deadline in &assessment.deadlines {
        let until = deadline.last_day.map_or_else(|| "no day yet".to_owned(), |day| format!("until {day}"));
        println!("{} ({}): {until}", deadline.what, deadline.article);
    }
    if given.is_empty() {
        let mut readings = assessment.signatures.iter().flat_map(|signature| &signature.readings);
        let levels = readings.next().map(|reading| (reading.level, reading.on_attestations));
        assert_eq!(levels, Some((Level::Simple, Level::Advanced)));
        assert_eq!(formation.validly_concluded.name(), "SATISFIED");
        assert_eq!(formation.offer.name(), "NOT_SATISFIED"); // advertising: statements are missing (DOC 65-4)
    }
    Ok(())
}

/// A dossier of an order that a customer signed and a shop sealed.
fn order(now: Time) -> Result<(Vec<u8>, TrustAnchors), Box<dyn Error>> {
    let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?; // TEST certificates
    let anchors = pki.trust_anchors();
    let tsa = pki.time_stamp_authority;
    let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1")?)?;
    let respond = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now, &mut os_entropy));
    let mut client = Client::new("http://tsa.example/", respond, os_entropy);
    let stamp: &mut Stamp<'_> = &mut |digest, at| client.stamp(digest, at);
    let press = |words: &str| Gesture::new("button pressed", words, "fr");
    let customer = Signatory::signing(&pki.customer.key, &pki.customer.chain);
    let shop = Signatory::sealing(&pki.merchant.key, &pki.merchant.chain);

    let terms = Document::new("terms.txt", DocumentRole::Terms, "text/plain", "ar", b"...")?;
    let offer = Offer::new("https://shop.example/desk", now).document(terms);
    let kept =
        DataProtection::new("TEST Boutique SARL", LegalBasis::Contract, now.plus_seconds(315_576_000), "10 years");
    let desk = Line::including_vat("desk", Quantity::ONE, Amount::parse("1200")?, VatRate::parse("20")?);
    let order = Order::new(
        "4711",
        Party::legal("TEST Boutique SARL", Capacity::Professional),
        Party::natural("TEST Amina Berrada", Capacity::Consumer),
        vec![desk],
    )?;
    let ceremony = Ceremony::publish(offer, Act::NotStated, kept, now, &mut os_entropy)?
        .accept_terms(TermsAcceptance::new(["terms.txt"], press("J'accepte")), now, &mut os_entropy)?
        .review(Review::new(order, Amount::parse("1200")?, "the basket can be edited"), now, &mut os_entropy)?
        .confirm_signed(Confirmation::new(press("Commander")), &customer, Some(&mut *stamp), now, &mut os_entropy)?
        .acknowledge(Acknowledgement::new(vec![], "account", now), &shop, None, now, &mut os_entropy)?;
    let documents = [("terms.txt".to_owned(), b"...".to_vec())].into();
    Ok((Dossier::seal(&ceremony, documents, &shop, Some(stamp), now)?.to_octets()?, anchors))
}

/// A snapshot of a list on which nobody stands, signed by the office that read it.
fn snapshot(now: Time, budget: &mut Budget) -> Result<TrustList, Box<dyn Error>> {
    let office = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?.merchant;
    let certificate = office.certificate().clone();
    let page = Algorithm::Sha256.digest(b"the page as it was read");
    let list = format!(
        r#"{{"format": "seing-trust-list/1", "curator": "TEST office", "source": "https://authority.example/list",
            "read_on": "{}", "page": "{page}", "providers": []}}"#,
        Day::in_morocco(now)
    );
    let digest = Algorithm::Sha256.digest(list.as_bytes());
    let signature = sign_detached(&digest, &Identity::new(office.key, office.chain)?).claimed_at(now).finish()?;
    Ok(TrustList::signed(&list, &signature, &certificate, now, budget)?)
}
