//! Erasure that leaves nothing behind, or says where something is left.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use seing::ades::asic::Container;
use seing::error::ErrorKind;

use super::*;

const VALUES: [&str; 5] = [NAME, STREET, EMAIL, TELEPHONE, "Driss Alami"];

/// Every way in which a value could be written: as it is, in UTF-16, hexadecimal, percent-encoded, in base64 at each of three places.
fn disguises(value: &str) -> Vec<Vec<u8>> {
    let units = || value.encode_utf16();
    let hex: String = value.bytes().map(|octet| format!("{octet:02x}")).collect();
    let percent = value.replace(' ', "%20").replace('@', "%40").replace(',', "%2C");
    let mut all = vec![
        value.as_bytes().to_vec(),
        value.to_lowercase().into_bytes(),
        units().flat_map(u16::to_be_bytes).collect(),
        units().flat_map(u16::to_le_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        percent.into_bytes(),
    ];
    for before in 0..3 {
        let padded = [&b"xx"[..before], value.as_bytes()].concat();
        // The first and last characters depend on what stands around the value.
        for engine in [STANDARD, URL_SAFE] {
            let text = engine.encode(&padded).trim_end_matches('=').to_owned();
            let (first, last) = (before.div_ceil(1) + usize::from(before > 0), text.len() - 2);
            all.push(text.as_bytes()[first..last].to_vec());
        }
    }
    all
}

/// The values that are found in some octets.
fn found<'a>(octets: &[u8], values: &[&'a str]) -> Vec<&'a str> {
    let holds = |pattern: &Vec<u8>| octets.windows(pattern.len()).any(|window| window == pattern);
    values.iter().filter(|value| disguises(value).iter().any(holds)).copied().collect()
}

/// In the octets of the file, and in each of its members.
fn found_in_dossier<'a>(octets: &[u8], values: &[&'a str]) -> Vec<&'a str> {
    let container = Container::parse(octets, &Limits::default()).unwrap();
    let mut all = found(octets, values);
    all.extend(container.files().flat_map(|(_, content)| found(content, values)));
    all
}

#[test]
fn every_disguise_is_seen() {
    for value in VALUES {
        for padding in ["", "1", "12", "123"] {
            let text = format!("{padding}{value} and more");
            let octets = [STANDARD.encode(&text).into_bytes(), b"\0".to_vec()].concat();
            assert_eq!(found(&octets, &[value]), [value], "{padding}");
        }
    }
    assert!(found(b"nothing of the kind", &VALUES).is_empty());
}

#[test]
fn no_erased_value_is_in_the_file_and_everything_verifies() {
    let shop = Shop::new();
    let salts = &mut salts();
    for by in [By::Key, By::Identification] {
        let ceremony = shop.concluded(by, salts);
        let before = sealed(&shop, &ceremony).to_octets().unwrap();
        let there = found_in_dossier(&before, &VALUES);
        assert!(VALUES.iter().all(|value| there.contains(value)), "{there:?}");
        let attested = account(ceremony.journal()).attested().len();

        let reason = "end of the purpose";
        let erased = ceremony.erase_everything(&documents(), reason, &shop.merchant(), at(60), salts).unwrap();
        let octets = sealed(&shop, &erased).to_octets().unwrap();
        assert_eq!(found_in_dossier(&octets, &VALUES), Vec::<&str>::new(), "{by:?}");
        assert_eq!(found(erased.journal().to_json().unwrap().as_bytes(), &VALUES), Vec::<&str>::new());
        let dossier = Dossier::parse(&octets, &Limits::default()).unwrap();
        let account = dossier.examine(&mut budget()).unwrap().require_sound().unwrap();
        assert_eq!(account.attested().len(), attested + 1);
        assert!(account.openings().is_empty());
        let erasure = account.erasures().next().unwrap();
        assert_eq!((erasure.commitments.len(), erasure.found_in.len(), erasure.not_searched.len()), (16, 0, 0));
        assert!(account.events().iter().all(|event| event.number <= 10));
    }
}

/// What the salts hide is not found by trying: a commitment to a known value under another salt is another.
#[test]
fn a_commitment_without_its_salt_says_nothing() {
    let shop = Shop::new();
    let salts = &mut salts();
    let ceremony = shop.concluded(By::Key, salts);
    let salts_of: Vec<String> = ceremony
        .journal()
        .openings()
        .iter()
        .map(|(_, opening)| {
            let json: serde_json::Value = serde_json::from_slice(&opening.octets().unwrap()).unwrap();
            json["salt"].as_str().unwrap().to_owned()
        })
        .collect();
    let erased =
        ceremony.erase_everything(&documents(), "end of the purpose", &shop.merchant(), at(60), salts).unwrap();
    let octets = sealed(&shop, &erased).to_octets().unwrap();
    let text = String::from_utf8_lossy(&octets);
    assert!(salts_of.iter().all(|salt| salt.len() == 64 && !text.contains(salt.as_str())));
}

/// Names in the documents, and in the certificate that signed: what was erased is still there, and is said.
#[test]
fn where_an_erased_value_still_stands_is_recorded() {
    let shop = Shop::new();
    let salts = &mut salts();
    let text = format!("Contrat avec {NAME}");
    let utf16: Vec<u8> = format!("Courriel : {EMAIL}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let documents_of = |salts: &mut seing::key::Entropy<'_>, attribute: &str| {
        let contract =
            Document::new("contract.txt", DocumentRole::Contract, "text/plain", "fr", text.as_bytes()).unwrap();
        let other = Document::new("mail.bin", DocumentRole::Confirmation, "text/plain", "fr", &utf16).unwrap();
        let identification = Identification::new("code", "TEST Souk SARL", at(3), "session 1").attribute(attribute);
        let confirmation = Confirmation::new(press("Commander")).identified(identification);
        let by = &shop.merchant();
        shop.reviewed(salts)
            .confirm_signed(confirmation, &shop.customer(), None, at(4), salts)
            .unwrap()
            .acknowledge(Acknowledgement::new(vec![contract, other], "account", at(5)), by, None, at(5), salts)
            .unwrap()
    };
    let mut files = documents();
    files.insert("contract.txt".to_owned(), text.clone().into_bytes());
    files.insert("mail.bin".to_owned(), utf16.clone());
    let by = &shop.merchant();
    let last = |ceremony: &Ceremony<Acknowledged>| match &ceremony.events().last().unwrap().body {
        Body::Erased(erasure) => erasure.clone(),
        other => panic!("{other:?}"),
    };

    // The certificate of the customer is of TEST Amal.
    let ceremony = documents_of(salts, "TEST Amal");
    let erased = ceremony.erase_everything(&files, "end of the purpose", by, at(60), salts).unwrap();
    let erasure = last(&erased);
    assert_eq!(erasure.found_in, ["documents/contract.txt", "documents/mail.bin", "journal/0006.p7s"]);
    assert_eq!(erasure.not_searched, Vec::<String>::new());
    let octets = Dossier::seal(&erased, files.clone(), by, None, at(61)).unwrap().to_octets().unwrap();
    assert!(found_in_dossier(&octets, &VALUES).contains(&NAME));

    // The caller takes the documents out. Their digests stay, and the dossier without them is sound.
    let without =
        erased.erase_documents(["contract.txt", "mail.bin"], "they hold the name", by, at(62), salts).unwrap();
    let error = Dossier::seal(&without, files.clone(), by, None, at(63)).unwrap_err();
    assert!(error.kind() == ErrorKind::Misuse && error.to_string().contains("documents/contract.txt"), "{error}");
    files.retain(|name, _| name != "contract.txt" && name != "mail.bin");
    let dossier = Dossier::seal(&without, files.clone(), by, None, at(63)).unwrap();
    let octets = dossier.to_octets().unwrap();
    assert_eq!(found_in_dossier(&octets, &VALUES), Vec::<&str>::new());
    let account = dossier.examine(&mut budget()).unwrap().require_sound().unwrap();
    assert!(account.documents().any(|document| document.name == "contract.txt"));
    // What is gone is not erased twice.
    let again = without.erase_documents(["contract.txt"], "again", by, at(64), salts);
    assert_eq!(again.unwrap_err().kind(), ErrorKind::Misuse);

    // Where nobody looked is said, and nothing is looked for in other documents than those of the contract.
    let ceremony = documents_of(salts, TELEPHONE);
    let email = ceremony.order().unwrap().customer().details[0].value.clone();
    let mut wrong = files.clone();
    wrong.insert("contract.txt".to_owned(), b"another".to_vec());
    let error = documents_of(salts, TELEPHONE).erase([&email], &wrong, "not needed", by, at(60), salts).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Misuse);
    let erased = ceremony.erase([&email], &files, "not needed", by, at(60), salts).unwrap();
    assert_eq!(last(&erased).not_searched, ["contract.txt", "mail.bin"]);
    // The address was recorded with each of the three orders, and one of them is erased.
    let still: Vec<_> = erased.journal().openings().iter().filter(|(_, opening)| opening.value() == EMAIL).collect();
    let files: Vec<_> =
        still.iter().map(|(commitment, _)| format!("values/{}.json", &commitment["sha256:".len()..])).collect();
    assert_eq!((files.len(), last(&erased).found_in), (2, files));
}

/// A document that was erased and is there all the same, or is missing without an erasure.
#[test]
fn a_dossier_has_the_documents_that_were_not_erased() {
    let shop = Shop::new();
    let salts = &mut salts();
    let ceremony = shop.concluded(By::Key, salts);
    let with = sealed(&shop, &ceremony).to_octets().unwrap();
    let without = ceremony.erase_documents(["offer.txt"], "not needed", &shop.merchant(), at(60), salts).unwrap();
    let mut files = documents();
    files.remove("offer.txt");
    let octets = Dossier::seal(&without, files, &shop.merchant(), None, at(61)).unwrap().to_octets().unwrap();
    assert_eq!(dossier_faults(&octets).unwrap(), []);
    let [with, without] = [with, octets].map(|octets| Container::parse(&octets, &Limits::default()).unwrap());
    let mut back = without.clone();
    back.add("documents/offer.txt", with.file("documents/offer.txt").unwrap().to_vec()).unwrap();
    let faults = dossier_faults(&back.to_octets().unwrap()).unwrap();
    assert!(faults.iter().any(|fault| fault.kind == DossierFaultKind::Erased), "{faults:?}");
    assert!(faults.iter().all(|fault| fault.file == "documents/offer.txt"), "{faults:?}");
}

/// Law 09-08, articles 3-1 e and 15 f: a retention has an end, and it is after the beginning.
#[test]
fn a_retention_ends_after_it_begins() {
    let salts = &mut salts();
    let publish = |until, basis: &str, salts: &mut seing::key::Entropy<'_>| {
        let kept = DataProtection::new("TEST Souk SARL", LegalBasis::Contract, until, basis);
        Ceremony::publish(offer(), Act::NotStated, kept, at(0), salts).map(|_| ()).map_err(|error| error.kind())
    };
    assert_eq!(publish(at(1), "10 years", salts), Ok(()));
    assert_eq!(publish(at(0), "10 years", salts), Err(ErrorKind::Misuse));
    assert_eq!(publish(at(-1), "10 years", salts), Err(ErrorKind::Misuse));
    assert_eq!(publish(at(1), " ", salts), Err(ErrorKind::Misuse));
}

/// A certificate has the surname and the given name apart, as this document has.
#[test]
fn a_name_is_found_by_its_words() {
    let shop = Shop::new();
    let salts = &mut salts();
    let text = "Berrada (Mme), prenom : Amina";
    let contract = Document::new("contract.txt", DocumentRole::Contract, "text/plain", "fr", text.as_bytes()).unwrap();
    let by = &shop.merchant();
    let acknowledgement = Acknowledgement::new(vec![contract], "account", at(5));
    let ceremony =
        shop.confirmed(By::Identification, salts).acknowledge(acknowledgement, by, None, at(5), salts).unwrap();
    let mut files = documents();
    files.insert("contract.txt".to_owned(), text.as_bytes().to_vec());
    let erased = ceremony.erase_everything(&files, "end of the purpose", by, at(60), salts).unwrap();
    let Body::Erased(erasure) = &erased.events().last().unwrap().body else { panic!("erased") };
    assert_eq!(erasure.found_in, ["documents/contract.txt"]);
}
