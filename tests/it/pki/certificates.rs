//! What is read of a certificate.

use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::limits::{Budget, Limits};
use seing::oid::{self, Oid};
use seing::pki::path::{NotChecked, PathFault, PathQuery, find_path};
use seing::pki::{Certificate, TrustAnchors};

use super::openssl::{AUTHORITY, Openssl, Request, SIGNER};

#[test]
fn a_certificate_says_what_openssl_wrote_into_it() {
    let Some(openssl) = Openssl::new("fields") else { return };
    openssl.root("root", "p256-root");
    let extensions = "basicConstraints=CA:TRUE,pathlen:3\nkeyUsage=digitalSignature,keyCertSign\n\
        extendedKeyUsage=critical,timeStamping,1.3.6.1.5.5.7.3.36\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n\
        certificatePolicies=1.2.3.4,1.2.3.5\nauthorityInfoAccess=OCSP;URI:http://ocsp.test/,caIssuers;URI:http://ca.test/ca.cer\n\
        crlDistributionPoints=URI:http://crl.test/1,URI:http://crl.test/2\nsubjectAltName=email:amal@souk.test,dirName:n\n\
        1.3.6.1.5.5.7.1.3=ASN1:SEQUENCE:statements\n0.4.0.194121.2.1=ASN1:NULL\n\
        [n]\nC=MA\n[statements]\na=SEQUENCE:compliance\n[compliance]\na=OID:0.4.0.1862.1.1\n";
    let request = Request {
        subject: "/C=MA/O=Souk, Sarl/CN=Amal العربية",
        extensions,
        arguments: &["-set_serial", "0x00f1e2"],
        ..Request::of("p256-leaf", Some(("root", "p256-root")))
    };
    let certificate = openssl.issue("leaf", &request);
    assert_eq!(certificate.subject().to_string(), "CN=Amal العربية,O=Souk\\, Sarl,C=MA");
    assert_eq!(certificate.subject().attribute(&oid::COUNTRY).as_deref(), Some("MA"));
    assert_eq!(certificate.issuer().to_string(), "CN=root,O=TEST,C=MA");
    assert_eq!((certificate.serial(), certificate.serial_hex().as_str()), (&[0, 0xf1, 0xe2][..], "f1e2"));
    let constraints = certificate.basic_constraints().unwrap();
    assert_eq!((constraints.authority, constraints.path_length), (true, Some(3)));
    assert_eq!(certificate.key_usage().unwrap().to_string(), "digitalSignature, keyCertSign");
    let usage = certificate.extended_key_usage().unwrap();
    assert_eq!(
        (usage.critical, usage.purposes.as_slice()),
        (true, &[oid::KP_TIME_STAMPING, oid::KP_DOCUMENT_SIGNING][..])
    );
    assert_eq!(certificate.policies(), [Oid::parse("1.2.3.4").unwrap(), Oid::parse("1.2.3.5").unwrap()]);
    assert_eq!(certificate.ocsp_responders(), ["http://ocsp.test/"]);
    assert_eq!(certificate.ca_issuers(), ["http://ca.test/ca.cer"]);
    assert_eq!(certificate.crl_distribution_points(), ["http://crl.test/1", "http://crl.test/2"]);
    assert!(certificate.qc_statements().unwrap().compliance && certificate.validity_assured_short_term());
    assert!(!certificate.is_self_issued() && !certificate.no_rev_avail() && !certificate.ocsp_no_check());
    assert_eq!(certificate.not_after().unix_seconds() - certificate.not_before().unix_seconds(), 3650 * 86_400);

    let root = openssl.certificate("root");
    assert_eq!(certificate.authority_key_identifier(), root.subject_key_identifier());
    let printed = openssl.run(&["x509", "-in", "leaf.pem", "-noout", "-fingerprint", "-sha256"]);
    let digits = printed.trim().rsplit('=').next().unwrap().replace(':', "").to_lowercase();
    assert_eq!(certificate.digest(Algorithm::Sha256).to_hex(), digits);
    assert_eq!(certificate.verify_issued_by(root.public_key().unwrap()).unwrap(), Ok(()));
    assert!(certificate.verify_issued_by(certificate.public_key().unwrap()).unwrap().is_err());
}

#[test]
fn certificates_come_in_pem_in_der_and_in_pkcs7() {
    let Some(openssl) = Openssl::new("files") else { return };
    let root = openssl.root("root", "p256-root");
    let leaf = openssl.signer("leaf", "p256-leaf", ("root", "p256-root"), SIGNER);
    let read = |file: &str| Certificate::parse_many(&std::fs::read(openssl.path(file)).unwrap());
    let pem =
        [std::fs::read(openssl.path("leaf.pem")).unwrap(), std::fs::read(openssl.path("root.pem")).unwrap()].concat();
    let key = std::fs::read(openssl.path("p256-leaf.key")).unwrap();
    assert_eq!(Certificate::parse_many(&[key.as_slice(), &pem].concat()).unwrap(), [leaf.clone(), root.clone()]);
    assert_eq!(Certificate::parse_many(&key).unwrap_err().kind(), ErrorKind::Malformed);

    let bundle = ["crl2pkcs7", "-nocrl", "-certfile", "leaf.pem", "-certfile", "root.pem"];
    openssl.run(&[&bundle[..], &["-out", "bag.p7b"]].concat());
    openssl.run(&[&bundle[..], &["-outform", "DER", "-out", "bag.p7c"]].concat());
    for file in ["bag.p7b", "bag.p7c"] {
        let bag = read(file).unwrap();
        assert!(bag.len() == 2 && bag.contains(&leaf) && bag.contains(&root), "{file}");
    }
    let der = [leaf.der(), root.der()].concat();
    assert_eq!(Certificate::parse_many(&der).unwrap(), [leaf, root]);
    assert!(Certificate::parse_many(&der[..der.len() - 1]).is_err());
    assert!(Certificate::parse_many(b"").is_err());
}

#[test]
fn serial_numbers_may_be_negative_and_long() {
    let Some(openssl) = Openssl::new("serials") else { return };
    for (serial, shown) in [
        ("-0x1234", "-1234"),
        ("-128", "-80"),
        ("0x7fffffffffffffffffffffffffffffffffffffffffffffffff", "7fffffffffffffffffffffffffffffffffffffffffffffffff"),
        ("0", "00"),
    ] {
        let request =
            Request { extensions: AUTHORITY, arguments: &["-set_serial", serial], ..Request::of("p256", None) };
        assert_eq!(openssl.issue("serial", &request).serial_hex(), shown);
    }
}

#[test]
fn a_key_of_an_unknown_kind_is_an_error_only_when_it_is_used() {
    let Some(openssl) = Openssl::new("unknown") else { return };
    let root = openssl.root("root", "p256-root");
    openssl.run(&["genpkey", "-algorithm", "X25519", "-out", "x25519.key"]);
    openssl.run(&["pkey", "-in", "x25519.key", "-pubout", "-out", "x25519.pub"]);
    let request = Request {
        extensions: SIGNER,
        arguments: &["-force_pubkey", "x25519.pub"],
        ..Request::of("p256-leaf", Some(("root", "p256-root")))
    };
    let certificate = openssl.issue("leaf", &request);
    for _ in 0..2 {
        assert_eq!(certificate.public_key().unwrap_err().kind(), ErrorKind::Unsupported);
    }
    assert!(certificate.spki().ends_with(&certificate.spki()[12..]) && certificate.spki().len() == 44);
    assert_eq!(certificate.verify_issued_by(root.public_key().unwrap()).unwrap(), Ok(()));
}

#[test]
fn revocation_is_waived_only_by_those_who_may() {
    let Some(openssl) = Openssl::new("waived") else { return };
    let root = openssl.root("root", "p256-root");
    let anchors = TrustAnchors::none().with(root);
    let waived = |extensions: &str| {
        let leaf = openssl.signer("leaf", "p256-leaf", ("root", "p256-root"), extensions);
        let query = PathQuery::new(&leaf, &[], &anchors, leaf.not_before());
        let path = find_path(&query, &mut Budget::new(&Limits::default())).unwrap();
        let [NotChecked::Revocation { waived, .. }] = path.not_checked() else { panic!("one certificate") };
        *waived
    };
    assert!(waived("0.4.0.194121.2.1=ASN1:NULL"));
    assert!(waived("2.5.29.56=ASN1:NULL"));
    assert!(!waived("2.5.29.56=ASN1:NULL\ncrlDistributionPoints=URI:http://crl.test/"));
    assert!(!waived("2.5.29.56=ASN1:NULL\nbasicConstraints=CA:TRUE"));
    assert!(waived("noCheck=ignored\nextendedKeyUsage=OCSPSigning"));
    assert!(!waived("noCheck=ignored"));
    assert!(!waived("2.5.29.56=DER:3000"));
}

#[test]
fn an_extension_that_stands_there_twice_is_refused_by_paths_alone() {
    let Some(openssl) = Openssl::new("twice") else { return };
    openssl.root("root", "p256-root");
    let extensions = "1.3.6.1.4.1.99999.1=ASN1:NULL\n1.3.6.1.4.1.99999.2=ASN1:NULL\n";
    let leaf = openssl.signer("leaf", "p256-leaf", ("root", "p256-root"), extensions);
    let identifier = b"\x06\x09\x2b\x06\x01\x04\x01\x86\x8d\x1f";
    let mut octets = leaf.der().to_vec();
    let second = octets.windows(identifier.len()).rposition(|window| window == identifier).unwrap();
    octets[second + identifier.len()] = 1;
    // Trusted as it stands, since the change broke its signature.
    let leaf = Certificate::parse(&octets).unwrap();
    let anchors = TrustAnchors::none().with(leaf.clone());
    let query = PathQuery::new(&leaf, &[], &anchors, leaf.not_before());
    let failure = find_path(&query, &mut Budget::new(&Limits::default())).unwrap_err();
    assert_eq!(failure.fault(), PathFault::DuplicateExtension(Oid::parse("1.3.6.1.4.1.99999.1").unwrap()));
}
