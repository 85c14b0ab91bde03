//! OCSP responses: what is signed by the responder of the seeds is the response of the seeds.

#![no_main]

use seing::pki::ocsp::OcspResponse;
use seing::pki::revocation::{RevocationData, RevocationQuery, Status, statements};
use seing_fuzz::world::{budget, later, world};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let world = world();
    let pki = &world.pki;
    drop(OcspResponse::from_basic(input));
    let Ok(response) = OcspResponse::parse(input) else { return };
    assert_eq!(response.der(), input);
    let _shown = format!("{response:?} {:?} {:?}", response.responder(), response.responses());
    if let Some(basic) = response.basic_der() {
        assert_eq!(OcspResponse::from_basic(basic).unwrap().basic_der(), Some(basic));
    }
    let key = pki.ocsp_responder.certificate().public_key().unwrap();
    if response.verify_signed_by(key, &mut budget()).is_ok_and(|outcome| outcome.is_ok()) {
        let seed = OcspResponse::parse(&world.material.ocsp_responses[0]).unwrap();
        assert_eq!(response.produced_at(), seed.produced_at());
        assert_eq!(format!("{:?}", response.responses()), format!("{:?}", seed.responses()));
    }
    let (data, _unusable) = RevocationData::read(&[], &[input.to_vec()]);
    let (customer, issuer) = (pki.customer.certificate(), pki.intermediate.certificate());
    let query = RevocationQuery::new(customer, issuer, &world.material.certificates, &world.anchors, later());
    if let Ok(statements) = statements(&query, &data, &mut budget()) {
        for statement in &statements.proven {
            assert!(matches!(statement.status, Status::Good), "{statement:?}");
        }
    }
});
