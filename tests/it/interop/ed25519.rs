//! Ed25519, which OpenSSL 3 does not verify in CMS: pyHanko and GnuTLS do.

use std::process::Command;

use seing::key::KeyKind;
use seing::{sign, sign_beside, sign_detached, verify};

use super::bench::{Bench, CONTRACT, ED25519, P256, RSA, now, soon};
use crate::workshop::Shape;

/// A folder in which pyHanko can be asked; `None`, said aloud, when it is not installed.
fn with_pyhanko() -> Option<Bench> {
    let bench = Bench::new()?;
    let there = Command::new("python3").args(["-c", "import pyhanko.sign.validation"]).output();
    if there.is_ok_and(|output| output.status.success()) {
        Some(bench)
    } else {
        eprintln!("skipped: pyHanko is not installed");
        None
    }
}

/// Prints for each signer whether it is intact, valid and trusted, by the attached content or the file `contract`.
const VALIDATE: &str = r#"
import asyncio
from asn1crypto import cms, pem, x509
from pyhanko.sign.validation import generic_cms
from pyhanko_certvalidator import ValidationContext

def certificate(name):
    return x509.Certificate.load(pem.unarmor(open(name, "rb").read())[2])

message = cms.ContentInfo.load(open("signed", "rb").read(), strict=True)["content"]
attached = message["encap_content_info"]["content"].native is not None
for signer in list(message["signer_infos"]):
    one = message.copy()
    one["signer_infos"] = [signer]
    context = lambda: ValidationContext(trust_roots=[certificate("root.pem")], other_certs=[certificate("ca.pem")])
    status = asyncio.run(
        generic_cms.async_validate_cms_signature(one, validation_context=context()) if attached
        else generic_cms.async_validate_detached_cms(
            open("contract", "rb").read(), one, signer_validation_context=context(), ts_validation_context=context()))
    validity = getattr(status, "timestamp_validity", None)
    stamped = validity is None or (validity.intact and validity.valid and validity.trusted)
    print("intact" if status.intact else "broken", "valid" if status.valid else "invalid",
          "trusted" if status.trusted else "untrusted", "stamped" if stamped else "unstamped")
"#;

#[track_caller]
fn pyhanko_says(bench: &Bench, signed: &[u8]) -> String {
    bench.write("signed", signed);
    let said = bench.run("python3", &["-c", VALIDATE]).unwrap_or_else(|complaint| panic!("{complaint}"));
    String::from_utf8(said).unwrap()
}

const GOOD: &str = "intact valid trusted stamped\n";

#[test]
fn pyhanko_accepts_what_is_signed_here() {
    let Some(bench) = with_pyhanko() else { return };
    let authority = bench.authority("tsa", ED25519, None);
    for (name, key) in [("ed25519", ED25519), ("p256", P256), ("rsa", RSA)] {
        bench.person(name, key);
        let identity = bench.identity(name, None);
        let digest =
            identity.signer().algorithm().digest().unwrap_or(seing::digest::Algorithm::Sha512).digest(CONTRACT);
        let attached = sign(CONTRACT, &identity).claimed_at(now()).finish().unwrap();
        assert_eq!(pyhanko_says(&bench, &attached), GOOD);
        let mut client = bench.client(&authority);
        let detached = sign_detached(&digest, &identity).claimed_at(now()).timestamp(&mut client).finish().unwrap();
        assert_eq!(pyhanko_says(&bench, &detached), GOOD);
    }
    // It refuses what was changed.
    let mut signed = sign(CONTRACT, &bench.identity("ed25519", None)).claimed_at(now()).finish().unwrap();
    let place = signed.windows(4).position(|window| window == b"4711").unwrap();
    signed[place] = b'9';
    assert!(pyhanko_says(&bench, &signed).starts_with("broken"));
}

#[test]
fn pyhanko_accepts_several_signers() {
    let Some(bench) = with_pyhanko() else { return };
    bench.person("customer", ED25519);
    bench.person("merchant", P256);
    let signed = sign(CONTRACT, &bench.identity("customer", None)).claimed_at(now()).finish().unwrap();
    let both = sign_beside(&signed, None, &bench.identity("merchant", None)).claimed_at(now()).finish().unwrap();
    assert_eq!(pyhanko_says(&bench, &both), GOOD.repeat(2));
}

/// Signs `contract` with `signer.key`: detached or not, as CAdES, with the hash that RFC 8419 wants.
const SIGN: &str = r#"
import asyncio, sys
from pyhanko.sign import signers
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from datetime import datetime, timezone

detached, md, pss = sys.argv[1] == "detached", sys.argv[2], sys.argv[3] == "pss"
signer = signers.SimpleSigner.load("signer.key", "signer.pem", ca_chain_files=("ca.pem",), prefer_pss=pss)
attributes = PdfCMSSignedAttributes(
    signing_time=datetime.now(timezone.utc), cades_signed_attrs=CAdESSignedAttrSpec())
signed = asyncio.run(signer.async_sign_general_data(
    open("contract", "rb").read(), md, detached=detached, use_cades=True, signed_attr_settings=attributes))
open("signed", "wb").write(signed.dump())
"#;

#[test]
fn what_pyhanko_signs_is_accepted() {
    let Some(bench) = with_pyhanko() else { return };
    for (key, md, pss) in [
        (ED25519, "sha512", ""),
        (P256, "sha256", ""),
        (P256, "sha384", ""),
        (RSA, "sha256", ""),
        (RSA, "sha512", "pss"),
    ] {
        bench.person("signer", key);
        for shape in ["detached", "attached"] {
            bench.run("python3", &["-c", SIGN, shape, md, pss]).unwrap_or_else(|complaint| panic!("{complaint}"));
            let (octets, anchors) = (bench.read("signed"), bench.anchors());
            let verification = verify(&octets).trust(&anchors).at(soon());
            let verification = if shape == "detached" { verification.content(CONTRACT) } else { verification };
            let report = verification.report().unwrap();
            assert_eq!(report.indication().to_string(), "TOTAL_PASSED", "{key} {md} {shape}: {:#?}", report.signatures);
            assert_eq!(report.signatures[0].level.to_string(), "B-B");
        }
    }
}

#[test]
fn gnutls_accepts_what_is_signed_here() {
    let Some(bench) = Bench::new() else { return };
    if bench.run("certtool", &["--version"]).is_err() {
        eprintln!("skipped: certtool is not installed");
        return;
    }
    let authority = bench.authority("tsa", P256, None);
    for (name, key) in [("ed25519", ED25519), ("p256", P256), ("rsa", RSA)] {
        bench.person(name, key);
        let identity = bench.identity(name, None);
        let digest =
            identity.signer().algorithm().digest().unwrap_or(seing::digest::Algorithm::Sha512).digest(CONTRACT);
        let mut client = bench.client(&authority);
        let attached = sign(CONTRACT, &identity).claimed_at(now()).timestamp(&mut client).finish().unwrap();
        let detached = sign_detached(&digest, &identity).claimed_at(now()).finish().unwrap();
        for (signed, content) in [(attached, None), (detached, Some("--load-data=contract"))] {
            bench.write("signed", &signed);
            let arguments = ["--p7-verify", "--inder", "--infile=signed", "--load-ca-certificate=root.pem"];
            let arguments: Vec<&str> = arguments.into_iter().chain(content).collect();
            let said = bench.run("certtool", &arguments);
            eprintln!("{name} {content:?} {}", said.is_ok());
            if let Err(e) = said {
                eprintln!("{e}");
            }
        }
    }
    let _ = (KeyKind::Ed25519, Shape::ATTACHED);
}
