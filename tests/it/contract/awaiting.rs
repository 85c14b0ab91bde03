//! Signing in two moves, with a key that never was in this process and a restart between the moves.

use std::process::Command;

use seing::Identity;
use seing::digest::Algorithm::Sha256;
use seing::error::ErrorKind;
use seing::key::{PublicKey, SignatureAlgorithm};
use seing::pki::Certificate;
use serde_json::Value;

use super::*;
use crate::workshop::{Profile, ROOT, key};

fn prepared(shop: &Shop, chain: &[Certificate], time_stamped: TimeStamping) -> Awaiting<Confirmed> {
    let salts = &mut salts();
    let algorithm = SignatureAlgorithm::Ecdsa(Sha256);
    shop.reviewed(salts).prepare_confirmation(confirmation(), chain, algorithm, time_stamped, at(4), salts).unwrap()
}

fn again(json: &str) -> Result<Awaiting<Confirmed>> {
    Awaiting::<Confirmed>::from_json(json, &Limits::default())
}

/// OpenSSL makes the key and signs, as a smart card or a remote service would.
#[test]
fn a_key_elsewhere_signs_after_a_restart() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: openssl is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let openssl = |arguments: &str| {
        let output = Command::new("openssl").args(arguments.split(' ')).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    };
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
    openssl("pkey -in key.pem -pubout -outform DER -out key.spki");
    let public = PublicKey::from_spki(&std::fs::read(folder.path().join("key.spki")).unwrap()).unwrap();
    let certificate = Profile::person("TEST Amal", 7).issue(&public, &key(KeyKind::P256, ROOT));
    let chain = std::slice::from_ref(&certificate);
    let shop = Shop::new();
    for time_stamped in [TimeStamping::Announced, TimeStamping::None] {
        let json = prepared(&shop, chain, time_stamped).to_json().unwrap();

        let awaiting = again(&json).unwrap();
        std::fs::write(folder.path().join("octets"), awaiting.to_be_signed()).unwrap();
        openssl("dgst -sha256 -sign key.pem -out value octets");
        let value = std::fs::read(folder.path().join("value")).unwrap();
        assert_eq!(again(&awaiting.to_json().unwrap()).unwrap().to_be_signed(), awaiting.to_be_signed());
        let mut stamp = shop.stamp();
        let stamp: Option<&mut Stamp<'_>> = (time_stamped == TimeStamping::Announced).then_some(&mut stamp);
        let confirmed = awaiting.embed(&value, stamp).unwrap();

        assert_eq!(examined(confirmed.journal()), []);
        assert_eq!(confirmed.events()[5].signed_by.as_ref().unwrap().certificate, certificate.digest(Sha256));
        let ceremony = confirmed.acknowledge(acknowledgement(), &shop.merchant(), None, at(5), &mut salts()).unwrap();
        assert_eq!(account(ceremony.journal()).value(&ceremony.order().unwrap().customer().name), Some(NAME));
    }
}

#[test]
fn the_merchants_key_may_be_elsewhere_too() {
    let shop = Shop::new();
    let merchant: &Identity = &shop.parties.merchant;
    let salts = &mut salts();
    let confirmed = shop.confirmed(By::Identification, salts);
    let awaiting = confirmed
        .prepare_acknowledgement(
            acknowledgement(),
            Hand::Seal,
            merchant.chain(),
            merchant.signer().algorithm(),
            TimeStamping::None,
            at(5),
            salts,
        )
        .unwrap();
    let json = awaiting.to_json().unwrap();
    assert!(again(&json).is_err(), "a confirmation is no acknowledgement");
    let awaiting = Awaiting::<Acknowledged>::from_json(&json, &Limits::default()).unwrap();
    let value = merchant.signer().sign(awaiting.to_be_signed()).unwrap();
    let acknowledged = awaiting.embed(&value, None).unwrap();
    assert_eq!(examined(acknowledged.journal()), []);
}

type Edit<'a> = dyn Fn(&mut Value) + 'a;

/// Whoever keeps it between the moves cannot change what will be signed.
#[test]
fn what_was_changed_meanwhile_is_refused() {
    let shop = Shop::new();
    let json = prepared(&shop, shop.parties.customer.chain(), TimeStamping::None).to_json().unwrap();
    let whole: Value = serde_json::from_str(&json).unwrap();
    assert!(again(&whole.to_string()).is_ok());
    let edits: [(&str, &Edit<'_>); 10] = [
        ("another schema", &|value| value["schema"] = "seing-awaiting/2".into()),
        ("a member that nobody knows", &|value| value["more"] = 1.into()),
        ("no prepared signature", &|value| value["prepared"] = Value::Null),
        ("another event", &|value| {
            let event = value["event"].as_str().unwrap().replace("obligation de paiement", "une obligation");
            value["event"] = event.into();
        }),
        ("an event of the journal is missing", &|value| {
            value["journal"]["events"].as_array_mut().unwrap().pop();
        }),
        ("an event of the journal is changed", &|value| {
            let event = value["journal"]["events"][0]["event"].as_str().unwrap().replace("section 1", "section 2");
            value["journal"]["events"][0]["event"] = event.into();
        }),
        ("a value is missing", &|value| {
            value["openings"].as_array_mut().unwrap().pop().unwrap();
        }),
        ("a value is changed", &|value| value["openings"][0]["value"] = "+212 6 00 00 00 00".into()),
        ("another certificate", &|value| {
            let other = prepared(&shop, shop.parties.merchant.chain(), TimeStamping::None).to_json().unwrap();
            value["prepared"] = serde_json::from_str::<Value>(&other).unwrap()["prepared"].clone();
        }),
        ("the octets of a signature on something else", &|value| {
            let mut salts = salts();
            salts(&mut [0; 8]).unwrap();
            let reviewed = shop.reviewed(&mut salts);
            let (chain, algorithm) = (shop.parties.customer.chain(), SignatureAlgorithm::Ecdsa(Sha256));
            let other = reviewed
                .prepare_confirmation(confirmation(), chain, algorithm, TimeStamping::None, at(5), &mut salts)
                .unwrap();
            value["prepared"] = serde_json::from_str::<Value>(&other.to_json().unwrap()).unwrap()["prepared"].clone();
        }),
    ];
    for (what, edit) in edits {
        let mut changed = whole.clone();
        edit(&mut changed);
        assert_ne!(changed, whole, "{what}");
        let error = again(&changed.to_string()).err().unwrap_or_else(|| panic!("{what}"));
        assert!(matches!(error.kind(), ErrorKind::Malformed | ErrorKind::Unsupported), "{what}: {error}");
    }
}
