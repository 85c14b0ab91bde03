//! `openssl ts` accepts what is stamped here, and what it stamps is accepted here.

use seing::ades::cades::{Content, facts, signature_values};
use seing::digest::Algorithm::{self, Sha256, Sha384, Sha512};
use seing::key::SignatureAlgorithm::{Ecdsa, RsaPkcs1, RsaPss};
use seing::key::os_entropy;
use seing::limits::{Budget, Limits};
use seing::timestamp::{Client, Exchange};
use seing::validation::Indication;
use seing::{sign, verify, verify_time_stamp};

use super::bench::{Bench, CONTRACT, P256, P384, RSA, now, soon};
use crate::der_tree::{Message, UNSIGNED};

#[test]
fn openssl_accepts_our_tokens() {
    let Some(bench) = Bench::new() else { return };
    for (name, key, algorithm) in [
        ("p256", P256, None),
        ("p256_sha512", P256, Some(Ecdsa(Sha512))),
        ("p384", P384, None),
        ("rsa", RSA, None),
        ("rsa_sha512", RSA, Some(RsaPkcs1(Sha512))),
    ] {
        let authority = bench.authority(name, key, algorithm);
        for options in ["-sha256 -cert", "-sha512 -cert -no_nonce", "-sha384 -cert -tspolicy 1.3.6.1.4.1.32473.1"] {
            bench.openssl(&format!("ts -query -data contract {options} -out query.tsq"));
            bench.write("reply.tsr", &authority.respond(&bench.read("query.tsq"), now(), &mut os_entropy));
            bench.openssl("ts -verify -queryfile query.tsq -in reply.tsr -CAfile root.pem -untrusted ca.pem");
            bench.openssl("ts -verify -data contract -in reply.tsr -CAfile root.pem -untrusted ca.pem");
        }
        // Without certificates in the token, whoever verifies has them.
        bench.openssl("ts -query -data contract -sha256 -out query.tsq");
        bench.write("reply.tsr", &authority.respond(&bench.read("query.tsq"), now(), &mut os_entropy));
        bench.openssl("x509 -in ca.pem -out untrusted.pem");
        let both = [bench.read("ca.pem"), bench.read(&format!("{name}.pem"))].concat();
        bench.write("untrusted.pem", &both);
        bench.openssl("ts -verify -queryfile query.tsq -in reply.tsr -CAfile root.pem -untrusted untrusted.pem");
    }
}

/// OpenSSL verifies tokens as PKCS #7, which knows no RSASSA-PSS; its `cms` verifies the same signature.
#[test]
fn openssl_accepts_our_tokens_of_rsa_pss_as_cms() {
    let Some(bench) = Bench::new() else { return };
    let authority = bench.authority("pss", RSA, Some(RsaPss { digest: Sha256, salt: 32 }));
    let token = bench.client(&authority).stamp(&Sha256.digest(CONTRACT), now()).unwrap();
    bench.write("token.tst", token.octets());
    let ts = bench.try_openssl("ts -verify -token_in -in token.tst -data contract -CAfile root.pem -untrusted ca.pem");
    if ts.is_err() {
        eprintln!("openssl ts does not verify RSASSA-PSS; openssl cms does");
    }
    bench.openssl("cms -verify -cades -purpose any -inform DER -in token.tst -CAfile root.pem -out info");
    assert!(bench.read("info").windows(32).any(|octets| octets == Sha256.digest(CONTRACT).octets()));
}

#[test]
fn openssl_accepts_the_time_stamp_of_our_signature() {
    let Some(bench) = Bench::new() else { return };
    let authority = bench.authority("tsa", P384, None);
    bench.person("signer", P256);
    let identity = bench.identity("signer", None);
    let mut client = bench.client(&authority);
    let signed = sign(CONTRACT, &identity).claimed_at(now()).timestamp(&mut client).finish().unwrap();
    let token = Message::parse(&signed).signer(0)[UNSIGNED].at(&[0, 1, 0]).encode();
    bench.write("token.tst", &token);
    bench.write("value", &signature_values(&signed).unwrap()[0]);
    let verify = "ts -verify -token_in -in token.tst -CAfile root.pem -untrusted ca.pem";
    bench.openssl(&format!("{verify} -data value"));
    assert!(bench.try_openssl(&format!("{verify} -data contract")).unwrap_err().contains("message imprint mismatch"));
}

/// A responder's configuration: what differs from one to the next.
fn responder(bench: &Bench, options: &str) {
    let configuration = format!(
        "[tsa]\ndefault_tsa = responder\n[responder]\nserial = {0}/serial\ncrypto_device = builtin\nsigner_cert = {0}/theirs.pem\n\
         signer_key = {0}/theirs.key\ncerts = {0}/ca.pem\ndefault_policy = 1.2.3.4.1\nother_policies = 1.2.3.4.5\n\
         digests = sha1, sha256, sha384, sha512\n{options}\n",
        bench.path().display()
    );
    bench.write("tsa.cnf", configuration.as_bytes());
    bench.write("serial", b"0A1B\n");
}

#[test]
fn what_openssl_stamps_is_accepted() {
    let Some(bench) = Bench::new() else { return };
    for (key, options) in [
        (P256, "signer_digest = sha256"),
        (P256, "signer_digest = sha512\nclock_precision_digits = 6\nordering = yes\ntsa_name = yes"),
        (P384, "signer_digest = sha384\naccuracy = secs:1, millisecs:500, microsecs:100\ness_cert_id_chain = yes"),
        (RSA, "signer_digest = sha256\ness_cert_id_alg = sha256\ntsa_name = yes"),
        (RSA, "signer_digest = sha512\ness_cert_id_alg = sha1"),
        (RSA, "signer_digest = sha256\ness_cert_id_alg = sha512\ness_cert_id_chain = yes"),
    ] {
        bench.certify("theirs", key, "tsa", "ca");
        responder(&bench, options);
        let transport = |exchange: &Exchange<'_>| {
            bench.write("query.tsq", exchange.body);
            bench.openssl("ts -reply -config tsa.cnf -queryfile query.tsq -out reply.tsr");
            Ok(bench.read("reply.tsr"))
        };
        let anchors = bench.anchors();
        for digest in [Sha256, Sha512] {
            let mut client = Client::new("here", transport, os_entropy).trust(anchors.clone());
            let token = client.stamp(&digest.digest(CONTRACT), now()).unwrap();
            for octets in [token.octets(), &bench.read("reply.tsr")] {
                let report = verify_time_stamp(octets).content(CONTRACT).trust(&anchors).at(soon()).report().unwrap();
                assert_eq!(report.indication, Indication::Passed, "{options}: {:#?}", report.findings);
                let other = verify_time_stamp(octets).content(b"other").trust(&anchors).at(soon()).report().unwrap();
                assert_eq!(other.indication.to_string(), "TOTAL_FAILED/HASH_FAILURE");
            }
        }
        // And in a signature.
        bench.person("signer", P256);
        let identity = bench.identity("signer", None);
        let mut client = Client::new("here", transport, os_entropy).trust(anchors.clone());
        let signed = sign(CONTRACT, &identity).claimed_at(now()).timestamp(&mut client).finish().unwrap();
        let report = verify(&signed).trust(&anchors).at(soon()).report().unwrap();
        assert!(report.signatures[0].best_signature_time.is_some());
        report.require_passed().unwrap();
    }
}

#[test]
fn a_weak_imprint_is_not_accepted_whoever_stamps_it() {
    let Some(bench) = Bench::new() else { return };
    bench.certify("theirs", P256, "tsa", "ca");
    responder(&bench, "signer_digest = sha256");
    bench.openssl("ts -query -data contract -sha1 -cert -out query.tsq");
    bench.openssl("ts -reply -config tsa.cnf -queryfile query.tsq -out reply.tsr");
    let anchors = bench.anchors();
    let reply = bench.read("reply.tsr");
    let report = verify_time_stamp(&reply).content(CONTRACT).trust(&anchors).at(soon()).report().unwrap();
    assert_eq!(report.indication.to_string(), "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
    assert_eq!((report.imprint_intact, report.signature_intact), (Some(true), Some(true)));
}

/// What OpenSSL put there, read as facts.
#[test]
fn what_openssl_refuses_is_no_token() {
    let Some(bench) = Bench::new() else { return };
    bench.certify("theirs", P256, "tsa", "ca");
    responder(&bench, "signer_digest = sha256");
    bench.openssl("ts -query -data contract -sha256 -tspolicy 1.9.9 -cert -out query.tsq");
    bench.openssl("ts -reply -config tsa.cnf -queryfile query.tsq -out reply.tsr");
    let error = verify_time_stamp(&bench.read("reply.tsr")).at(soon()).report().unwrap_err();
    assert_eq!(error.kind(), seing::error::ErrorKind::Rejected);
    let none = facts(&bench.read("reply.tsr"), Content::Attached, &[], &mut Budget::new(&Limits::default()));
    assert!(none.is_err());
    assert_eq!(Algorithm::from_name("sha384"), Some(Sha384));
}
