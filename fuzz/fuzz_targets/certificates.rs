//! Certificates, alone and in files, and paths through them: the first is trusted, the last is asked about.

#![no_main]

use seing::pki::path::{PathQuery, Purpose, find_path};
use seing::pki::{Certificate, TrustAnchors};
use seing_fuzz::world::{budget, later};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    if let Ok(certificate) = Certificate::parse(input) {
        assert_eq!(certificate.der(), input);
        assert_eq!(Certificate::parse_many(certificate.to_pem().as_bytes()).unwrap(), [certificate]);
    }
    let Ok(certificates) = Certificate::parse_many(input) else { return };
    let (Some(anchor), Some(target)) = (certificates.first(), certificates.last()) else { return };
    for certificate in &certificates {
        let _shown = format!("{certificate:?} {} {:?}", certificate.issuer(), certificate.qc_statements());
        let _known = certificate.public_key().map(|key| key.algorithm().to_string());
    }
    let anchors = TrustAnchors::none().with(anchor.clone());
    for purpose in [Purpose::Any, Purpose::Signing, Purpose::TimeStamping] {
        let query = PathQuery::new(target, &certificates, &anchors, later()).purpose(purpose);
        match find_path(&query, &mut budget()) {
            Ok(path) => {
                assert_eq!(path.certificates().first(), Some(target));
                assert_eq!(path.anchor(), Some(anchor));
                for pair in path.certificates().windows(2) {
                    assert!(pair[0].issuer().matches(pair[1].subject()));
                    assert_eq!(pair[0].verify_issued_by(pair[1].public_key().unwrap()).unwrap(), Ok(()));
                }
            }
            Err(failure) => drop(failure.to_string()),
        }
    }
});
