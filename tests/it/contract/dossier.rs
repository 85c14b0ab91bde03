//! Dossiers: one sealed file, the same for each party, which tells something when nothing is wrong with it.

use seing::error::ErrorKind;
use seing::validation::{Context, Policy, validate};

use super::*;
use crate::workshop::{Profile, later};

fn account_of(dossier: &Dossier) -> Account {
    dossier.examine(&mut budget()).unwrap().require_sound().unwrap()
}

#[test]
fn a_dossier_is_read_as_it_was_written() {
    let shop = Shop::new();
    let dossier = sealed(&shop, &shop.concluded(By::Key, &mut salts()));
    let octets = dossier.to_octets().unwrap();
    let read = Dossier::parse(&octets, &Limits::default()).unwrap();
    assert_eq!(read, dossier);
    assert_eq!(read.to_octets().unwrap(), octets);
    assert_eq!(dossier_faults(&octets).unwrap(), []);
    let account = account_of(&read);
    assert_eq!(account.events().len(), 9);
    let seal = account.seal().unwrap();
    assert_eq!(seal.keeper, Keeper::Acknowledged);
    let policy = Policy::lenient();
    let context = Context::new(&shop.parties.judge.0, &policy, later());
    validate(std::slice::from_ref(&seal.facts), &context, &mut budget()).unwrap().require_passed().unwrap();
}

/// Several originals (DOC 65-7, 440): each party has the same octets, and the journal says which.
#[test]
fn the_copies_of_both_parties_are_the_same_file() {
    let shop = Shop::new();
    let salts = &mut salts();
    let stamp = &mut shop.stamp();
    let by = shop.merchant();
    let concluded =
        shop.confirmed(By::Key, salts).acknowledge(acknowledgement(), &by, Some(stamp), at(5), salts).unwrap();
    let original = sealed(&shop, &concluded).to_octets().unwrap();
    let copies = [Role::Customer, Role::Merchant].map(|_| Dossier::parse(&original, &Limits::default()).unwrap());
    for copy in &copies {
        assert_eq!(copy.to_octets().unwrap(), original);
    }
    let access = |party, octets: &[u8]| {
        let documents = ["contract.txt", "terms.txt", "terms-ar.txt", "offer.txt"];
        CopyAccess::new(party, documents, "customer account", "https://souk.example/4711", at(6)).of_dossier(octets)
    };
    let one = concluded.copy_accessible(access(Role::Customer, &original), &by, at(6), salts).unwrap();
    assert_eq!(account(one.journal()).common_copy(), None);
    let both = one.copy_accessible(access(Role::Merchant, &original), &by, at(6), salts).unwrap();
    let digest = seing::digest::Algorithm::Sha256.digest(&original);
    assert_eq!(account(both.journal()).common_copy(), Some(digest));
    let other = both.copy_accessible(access(Role::Merchant, b"another file"), &by, at(7), salts).unwrap();
    let account = account(other.journal());
    assert_eq!((account.common_copy(), account.copies().count()), (None, 3));
}

#[test]
fn a_dossier_that_somebody_else_sealed_says_nothing() {
    let shop = Shop::new();
    let concluded = shop.concluded(By::Key, &mut salts());
    let by = |keeper: &Signatory<'_>| Dossier::seal(&concluded, documents(), keeper, None, at(10)).unwrap();

    let of_customer = by(&shop.customer()).examine(&mut budget()).unwrap();
    let kinds: Vec<_> = of_customer.faults().iter().map(|fault| (fault.file.as_str(), fault.kind)).collect();
    assert_eq!(kinds, [("META-INF/signature.p7s", DossierFaultKind::SealOfAnother)]);
    assert!(of_customer.clone().require_sound().is_err());
    // What the caller declares must be true of the seal.
    let certificates = [&shop.parties.merchant, &shop.parties.customer].map(|identity| &identity.chain()[0]);
    assert!(of_customer.clone().kept_by(certificates[0]).require_sound().is_err());
    let account = of_customer.kept_by(certificates[1]).require_sound().unwrap();
    assert_eq!(account.seal().unwrap().keeper, Keeper::Declared);

    // Another certificate with the name of the merchant of the order.
    let named = Parties::identity(KeyKind::P256, 8, &Profile::person("test souk  SARL", 8));
    let named = Signatory::sealing(named.signer(), named.chain());
    assert_eq!(account_of(&by(&named)).seal().unwrap().keeper, Keeper::Named);
}

/// Before there is an order nobody knows who the merchant is, and a dossier says so.
#[test]
fn what_is_not_established_is_no_silent_yes() {
    let shop = Shop::new();
    let published = Ceremony::publish(offer(), Act::NotStated, kept(), at(0), &mut salts()).unwrap();
    let mut files = documents();
    files.remove("contract.txt");
    let dossier = Dossier::seal(&published, files, &shop.merchant(), None, at(10)).unwrap();
    let examination = dossier.examine(&mut budget()).unwrap();
    let kinds: Vec<_> = examination.faults().iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [DossierFaultKind::KeeperNotEstablished]);
    assert!(examination.clone().require_sound().is_err());
    let certificate = &shop.parties.merchant.chain()[0];
    assert!(examination.kept_by(certificate).require_sound().is_ok());
}

#[test]
fn the_documents_of_a_dossier_are_those_of_the_ceremony() {
    let shop = Shop::new();
    let concluded = shop.concluded(By::Key, &mut salts());
    let seal = |files| {
        let result = Dossier::seal(&concluded, files, &shop.merchant(), None, at(10));
        result.map(|_| ()).map_err(|error| (error.kind(), error.to_string()))
    };
    assert_eq!(seal(documents()), Ok(()));
    let mut changed = documents();
    changed.insert("terms.txt".to_owned(), b"other terms".to_vec());
    let mut missing = documents();
    missing.remove("offer.txt");
    let mut more = documents();
    more.insert("more.txt".to_owned(), Vec::new());
    for (files, name) in [(changed, "terms.txt"), (missing, "offer.txt"), (more, "more.txt")] {
        let (kind, message) = seal(files).unwrap_err();
        assert!(kind == ErrorKind::Misuse && message.contains(&format!("documents/{name}")), "{message}");
    }
}

/// Law 31-08, article 206.
#[test]
fn a_contract_in_another_language_without_an_arabic_translation_is_named() {
    let shop = Shop::new();
    let salts = &mut salts();
    let french = |document: &&Document| document.language == "fr";
    let ceremony = shop.concluded(By::Key, salts);
    let names: Vec<_> = ceremony.untranslated().filter(french).map(|document| document.name.as_str()).collect();
    assert_eq!(names, ["offer.txt", "contract.txt"]);
    let account = account(ceremony.journal());
    assert_eq!(account.untranslated().count(), 2);

    let arabic = |of: &str| {
        Document::new("contract-ar.txt", DocumentRole::Contract, "text/plain", "ar-MA", ARABIC).unwrap().translating(of)
    };
    let contract = Document::new("contract.txt", DocumentRole::Contract, "text/plain", "fr", CONTRACT).unwrap();
    let acknowledged = |documents, salts: &mut seing::key::Entropy<'_>| {
        let acknowledgement = Acknowledgement::new(documents, "customer account", at(5));
        let confirmed = shop.confirmed(By::Identification, salts);
        confirmed.acknowledge(acknowledgement, &shop.merchant(), None, at(5), salts)
    };
    let translated = acknowledged(vec![contract.clone(), arabic("contract.txt")], salts).unwrap();
    assert_eq!(translated.untranslated().map(|document| document.name.as_str()).collect::<Vec<_>>(), ["offer.txt"]);
    // A translation is bound to an original of this contract, in another language, and not to a translation.
    for of in ["nowhere.txt", "contract-ar.txt", "terms-ar.txt"] {
        let error = acknowledged(vec![contract.clone(), arabic(of)], salts).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Misuse, "{of}");
    }
}

/// Between professionals nobody asks for it.
#[test]
fn professionals_contract_in_any_language() {
    let salts = &mut salts();
    let terms = TermsAcceptance::new(["terms.txt"], press("J'accepte"));
    let accepted = Ceremony::publish(offer(), Act::NotStated, kept(), at(0), salts)
        .unwrap()
        .accept_terms(terms, at(1), salts)
        .unwrap();
    // Nobody knows who orders.
    assert_eq!(accepted.untranslated().count(), 1);
    let customer = Party::natural(NAME, Capacity::Professional);
    let order = Order::new("4711", merchant(), customer, desks(1)).unwrap();
    let reviewed = accepted.review(Review::new(order, amount("1200"), "the basket"), at(2), salts).unwrap();
    assert_eq!(reviewed.untranslated().count(), 0);
}
