//! Revocation lists: what is signed by the authority of the seeds is a list of the seeds.

#![no_main]

use seing::pki::crl::Crl;
use seing::pki::revocation::{RevocationData, RevocationQuery, statements};
use seing_fuzz::world::{budget, later, world};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let world = world();
    let pki = &world.pki;
    if let Ok(lists) = Crl::parse_many(input) {
        assert!(!lists.is_empty());
    }
    let Ok(crl) = Crl::parse(input) else { return };
    assert_eq!(crl.der(), input);
    assert_eq!(Crl::parse_many(crl.to_pem().as_bytes()).unwrap().len(), 1);
    let _shown = format!("{crl} {crl:?} {:?} {:?} {:?}", crl.number_hex(), crl.next_update(), crl.freshest());
    for certificate in [pki.customer.certificate(), pki.merchant.certificate(), pki.intermediate.certificate()] {
        let entry = crl.entry_of(certificate);
        assert!(crl.entries() > 0 || entry.is_ok_and(|entry| entry.is_none()));
    }
    let seeds = [&pki.root_crl, &pki.intermediate_crl, &world.crl()].map(|seed| Crl::parse(seed).unwrap());
    for authority in [&pki.root, &pki.intermediate] {
        let key = authority.certificate().public_key().unwrap();
        if crl.verify_signed_by(key, &mut budget()).is_ok_and(|outcome| outcome.is_ok()) {
            let same = |seed: &Crl| {
                (seed.issuer(), seed.this_update(), seed.next_update(), seed.number_hex(), seed.entries())
                    == (crl.issuer(), crl.this_update(), crl.next_update(), crl.number_hex(), crl.entries())
            };
            assert!(seeds.iter().any(same), "a list that nobody signed holds");
        }
    }
    let (data, _unusable) = RevocationData::read(&[input.to_vec()], &[]);
    let (customer, issuer) = (pki.customer.certificate(), pki.intermediate.certificate());
    let query = RevocationQuery::new(customer, issuer, &world.material.certificates, &world.anchors, later());
    if let Ok(statements) = statements(&query, &data, &mut budget()) {
        for statement in &statements.proven {
            assert!(matches!(statement.status, seing::pki::revocation::Status::Good), "{statement:?}");
        }
    }
});
