//! Private keys in PKCS#8 and PKCS#12, and public ones.

#![no_main]

use seing::key::{PublicKey, Signer, SoftwareKey, pkcs12};
use seing_fuzz::world::known;

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    if let Ok(key) = PublicKey::from_spki(input) {
        assert_eq!(key.spki(), input);
    }
    if let Ok(key) = SoftwareKey::from_pkcs8(input, None) {
        let again = key.to_pkcs8_pem(None, &mut known(&mut 1)).unwrap();
        let again = SoftwareKey::from_pkcs8(again.as_bytes(), None).unwrap();
        assert_eq!(again.public_key(), key.public_key());
        let signature = key.sign(b"contract").unwrap();
        let verifier = key.public_key().verifier(key.algorithm()).unwrap();
        assert!(verifier.verify(b"contract", &signature).is_ok());
    }
    if pkcs12::is_pkcs12(input) {
        drop(pkcs12::open(input, "TEST"));
    }
});
