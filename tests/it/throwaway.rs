//! What the throw-away PKI makes, as OpenSSL and our own certification paths see it.

use std::path::Path;
use std::process::Command;

use seing::digest::Algorithm;
use seing::error::ErrorKind;
use seing::key::{KeyKind, SignatureAlgorithm, Signer, SoftwareKey, os_entropy};
use seing::limits::{Budget, Limits};
use seing::oid;
use seing::pki::issue::{Template, empty_crl};
use seing::pki::path::{PathQuery, find_path};
use seing::pki::throwaway::{Kinds, Member, ThrowawayPki};
use seing::pki::{Certificate, KeyUsage, QcStatements};
use seing::time::Time;

fn now() -> Time {
    Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap()
}

/// What OpenSSL says, on both streams, when it is content.
fn openssl(folder: &Path, arguments: &str) -> String {
    let output = Command::new("openssl").current_dir(folder).args(arguments.split_whitespace()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|octets| String::from_utf8_lossy(&octets).into_owned()).concat();
    assert!(output.status.success(), "openssl {arguments}: {said}");
    said
}

fn members(pki: &ThrowawayPki) -> [(&'static str, &Member); 6] {
    [
        ("root", &pki.root),
        ("intermediate", &pki.intermediate),
        ("customer", &pki.customer),
        ("merchant", &pki.merchant),
        ("tsa", &pki.time_stamp_authority),
        ("ocsp", &pki.ocsp_responder),
    ]
}

#[test]
fn openssl_accepts_every_certificate_and_list_under_every_kind_of_key() {
    if crate::tool("openssl").is_none() {
        return;
    }
    for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let pki = ThrowawayPki::new(now(), &Kinds::all(kind), &mut os_entropy).unwrap();
        for (name, member) in members(&pki) {
            std::fs::write(folder.join(format!("{name}.pem")), member.certificate().to_pem()).unwrap();
            let text = openssl(folder, &format!("x509 -in {name}.pem -noout -text"));
            assert!(text.contains("TEST"), "{text}");
            assert!(text.contains("Version: 3 (0x2)"), "{text}");
        }
        for (list, issuer, octets) in
            [("root.crl", "root", &pki.root_crl), ("intermediate.crl", "intermediate", &pki.intermediate_crl)]
        {
            std::fs::write(folder.join(list), octets).unwrap();
            let crl = format!("crl -inform DER -in {list} -CAfile {issuer}.pem -text -out {list}.pem");
            let said = openssl(folder, &crl);
            assert!(said.contains("verify OK"), "{said}");
            let text = std::fs::read_to_string(folder.join(format!("{list}.pem"))).unwrap();
            assert!(text.contains("Version 2") && text.contains("No Revoked Certificates"), "{text}");
        }
        let lists = ["root.crl.pem", "intermediate.crl.pem"].map(|name| std::fs::read(folder.join(name)).unwrap());
        std::fs::write(folder.join("lists.pem"), lists.concat()).unwrap();
        let verify = format!(
            "verify -x509_strict -attime {} -CAfile root.pem -untrusted intermediate.pem -crl_check_all -CRLfile lists.pem",
            now().unix_seconds()
        );
        for (name, purpose) in [
            ("root", "crlsign"),
            ("intermediate", "crlsign"),
            ("customer", "smimesign"),
            ("merchant", "smimesign"),
            ("tsa", "timestampsign"),
            ("ocsp", "ocsphelper"),
        ] {
            let said = openssl(folder, &format!("{verify} -purpose {purpose} {name}.pem"));
            assert!(said.contains("OK"), "{kind} {name}: {said}");
        }
    }
}

#[test]
fn openssl_accepts_an_authority_that_signs_with_pss() {
    if crate::tool("openssl").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let key = SoftwareKey::generate(KeyKind::Rsa3072, &mut os_entropy).unwrap();
    let key = key.with_algorithm(SignatureAlgorithm::RsaPss { digest: Algorithm::Sha384, salt: 48 }).unwrap();
    let template =
        Template::new(&[(oid::COMMON_NAME, "TEST")], key.public_key(), now(), now().plus_seconds(60)).unwrap();
    let root = template.authority(None).self_signed(&key, &mut os_entropy).unwrap();
    std::fs::write(folder.path().join("root.pem"), root.to_pem()).unwrap();
    let verify = format!("verify -check_ss_sig -attime {} -CAfile root.pem root.pem", now().unix_seconds());
    assert!(openssl(folder.path(), &verify).contains("OK"));
}

#[test]
fn the_text_of_openssl_shows_every_extension() {
    if crate::tool("openssl").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let root = SoftwareKey::generate(KeyKind::P256, &mut os_entropy).unwrap();
    let root = root.with_algorithm(SignatureAlgorithm::Ecdsa(Algorithm::Sha512)).unwrap();
    let later = now().plus_seconds(40 * 365 * 86_400);
    let subject = [(oid::COUNTRY, "MA"), (oid::COMMON_NAME, "TEST autorité")];
    let template = Template::new(&subject, root.public_key(), now(), later).unwrap();
    let authority = template.authority(Some(1)).self_signed(&root, &mut os_entropy).unwrap();
    let leaf = SoftwareKey::generate(KeyKind::Ed25519, &mut os_entropy).unwrap();
    let mut statements = QcStatements::default();
    statements.types = vec![oid::QC_TYPE_ESEAL];
    statements.legislation = vec!["MA".to_owned()];
    let certificate = Template::new(&[(oid::COMMON_NAME, "TEST")], leaf.public_key(), now(), later)
        .unwrap()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE)
        .purposes(&[oid::KP_EMAIL_PROTECTION, oid::KP_DOCUMENT_SIGNING])
        .policies(&[oid::ANY_POLICY])
        .crl_distribution_points(&["http://test.invalid/a.crl", "http://test.invalid/b.crl"])
        .ca_issuers("http://test.invalid/a.cer")
        .ocsp_responder("http://test.invalid/ocsp")
        .qc_statements(&statements)
        .unwrap()
        .issued_by(&authority, &root, &mut os_entropy)
        .unwrap();
    std::fs::write(folder.join("certificate.pem"), certificate.to_pem()).unwrap();
    std::fs::write(folder.join("authority.pem"), authority.to_pem()).unwrap();
    let text = openssl(folder, "x509 -in certificate.pem -noout -text -certopt ext_parse");
    for words in [
        "Signature Algorithm: ecdsa-with-SHA512",
        "Not After : Nov 13 10:00:00 2066 GMT",
        "X509v3 Key Usage: critical\n                Digital Signature\n",
        "E-mail Protection, 1.3.6.1.5.5.7.3.36",
        "X509v3 Any Policy",
        "URI:http://test.invalid/a.crl",
        "URI:http://test.invalid/b.crl",
        "CA Issuers - URI:http://test.invalid/a.cer",
        "OCSP - URI:http://test.invalid/ocsp",
        "qcStatements",
        "0.4.0.1862.1.6.2",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let text = openssl(folder, "x509 -in authority.pem -noout -text");
    for words in [
        "X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:1\n",
        "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign\n",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(certificate.qc_statements(), Some(&statements));
    assert_eq!(certificate.authority_key_identifier(), authority.subject_key_identifier());
    let digest =
        openssl(folder, "x509 -in certificate.pem -noout -fingerprint -sha256").to_lowercase().replace(':', "");
    assert!(digest.contains(&certificate.digest(Algorithm::Sha256).to_hex()));
}

#[test]
fn every_member_has_a_path_to_the_root_and_its_own_key() {
    let pki = ThrowawayPki::new(now(), &Kinds::default(), &mut os_entropy).unwrap();
    let anchors = pki.trust_anchors();
    let mut serials = Vec::new();
    for (name, member) in members(&pki) {
        let certificate = member.certificate();
        assert_eq!(certificate, &member.chain[0]);
        assert_eq!(certificate.public_key().unwrap(), member.key.public_key(), "{name}");
        assert!(certificate.subject().attribute(&oid::COMMON_NAME).unwrap().contains("TEST"), "{name}");
        assert_eq!(certificate.subject().attribute(&oid::COUNTRY).unwrap(), "MA");
        assert!(certificate.crl_distribution_points().is_empty() && certificate.ocsp_responders().is_empty());
        assert_eq!(certificate.serial().len(), 16);
        serials.push(certificate.serial().to_vec());
        let query = PathQuery::new(certificate, &member.chain, &anchors, now());
        let path = find_path(&query, &mut Budget::new(&Limits::default())).unwrap();
        assert_eq!(path.certificates().last(), Some(pki.root.certificate()), "{name}");
    }
    serials.sort();
    serials.dedup();
    assert_eq!(serials.len(), 6);
    assert_eq!(pki.customer.certificate().key_usage().unwrap(), KeyUsage::NON_REPUDIATION);
    assert!(!pki.customer.certificate().qc_statements().unwrap().compliance);
    assert!(pki.ocsp_responder.certificate().ocsp_no_check());
    let purposes = pki.time_stamp_authority.certificate().extended_key_usage().unwrap();
    assert!(purposes.critical && purposes.purposes == [oid::KP_TIME_STAMPING]);
}

#[test]
fn nothing_is_issued_that_would_not_hold() {
    let key = |kind| SoftwareKey::generate(kind, &mut os_entropy).unwrap();
    let (authority, other) = (key(KeyKind::P256), key(KeyKind::P256));
    let later = now().plus_seconds(60);
    let subject = [(oid::COMMON_NAME, "TEST")];
    let template = || Template::new(&subject, authority.public_key(), now(), later).unwrap();
    let kind = |result: Result<Certificate, seing::error::Error>| result.unwrap_err().kind();

    for (name, from, until) in [
        (&[][..], now(), later),
        (&[(oid::COMMON_NAME, "")], now(), later),
        (&[(oid::COMMON_NAME, "a\nb")], now(), later),
        (&[(oid::COUNTRY, "Maroc")], now(), later),
        (&[(oid::SERIAL_NUMBER, "é")], now(), later),
        (&subject, later, now()),
    ] {
        let refused = Template::new(name, authority.public_key(), from, until).err().unwrap();
        assert_eq!(refused.kind(), ErrorKind::Misuse, "{name:?}");
    }
    assert_eq!(kind(template().self_signed(&other, &mut os_entropy)), ErrorKind::Misuse);
    let root = template().authority(None).self_signed(&authority, &mut os_entropy).unwrap();
    assert_eq!(kind(template().issued_by(&root, &other, &mut os_entropy)), ErrorKind::Unusable);
    let leaf = template().self_signed(&authority, &mut os_entropy).unwrap();
    assert_eq!(kind(template().issued_by(&leaf, &authority, &mut os_entropy)), ErrorKind::Unusable);
    assert_eq!(empty_crl(&leaf, &authority, 1, now(), later).unwrap_err().kind(), ErrorKind::Unusable);
    assert_eq!(empty_crl(&root, &authority, 1, later, now()).unwrap_err().kind(), ErrorKind::Misuse);
}
