//! OpenSSL's requests answered, its answers checked, and pyHanko's word on what OpenSSL cannot verify.

use std::ffi::OsString;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use seing::digest::Algorithm;
use seing::error::Error;
use seing::key::{PublicKey, SignatureAlgorithm, Signer, SoftwareKey, os_entropy};
use seing::oid::Oid;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Accuracy, Authority, Client, Exchange, Request, Response, Token, TstInfo};

use super::forge::{oid, sequence, tlv};
use crate::tool;

/// A folder with what `openssl` makes: a root, an intermediate, and time-stamp authorities below it.
struct Folder(tempfile::TempDir);

const KINDS: &[(&str, &[&str])] = &[
    ("p256", &["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
    ("p384", &["EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
    ("rsa", &["RSA", "-pkeyopt", "rsa_keygen_bits:3072"]),
    ("rsa-pss", &["RSA-PSS", "-pkeyopt", "rsa_keygen_bits:3072"]),
    ("ed25519", &["ED25519"]),
];

impl Folder {
    fn new() -> Option<Self> {
        tool("openssl")?;
        let folder = Self(tempfile::tempdir().unwrap());
        let extensions = "[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n\
             subjectKeyIdentifier=hash\n\
             [tsa]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n\
             extendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
        fs::write(folder.path("extensions"), extensions).unwrap();
        folder.certificate("root", "root", "root", KINDS[0].1);
        folder.certificate("intermediate", "root", "root", KINDS[1].1);
        Some(folder)
    }

    /// One more authority, below the intermediate.
    fn authority(&self, kind: &str) {
        let (_, algorithm) = KINDS.iter().find(|row| row.0 == kind).unwrap();
        self.certificate(kind, "tsa", "intermediate", algorithm);
    }

    fn certificate(&self, name: &str, section: &str, issuer: &str, algorithm: &[&str]) {
        let (key, request) = (format!("{name}.key"), format!("{name}.csr"));
        self.run(&[&["genpkey", "-out", &key, "-algorithm"], algorithm].concat());
        let subject = format!("/C=MA/O=TEST/CN=TEST {name}");
        self.run(&["req", "-new", "-key", &key, "-subj", &subject, "-out", &request]);
        let (issuer_certificate, issuer_key) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        let signed_by: &[&str] = match name == issuer {
            true => &["-signkey", &key],
            false => &["-CA", &issuer_certificate, "-CAkey", &issuer_key, "-CAcreateserial"],
        };
        let out = format!("{name}.pem");
        let common = ["x509", "-req", "-in", &request, "-days", "30", "-extfile", "extensions", "-extensions", section];
        self.run(&[&common, signed_by, &["-out", &out]].concat());
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn try_run(&self, arguments: &[&str]) -> Output {
        Command::new("openssl").current_dir(self.0.path()).args(arguments).output().unwrap()
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) {
        let output = self.try_run(arguments);
        assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn pem(&self, name: &str) -> Certificate {
        Certificate::parse_many(&self.read(&format!("{name}.pem"))).unwrap().remove(0)
    }

    fn key(&self, name: &str) -> SoftwareKey {
        SoftwareKey::from_pkcs8(&self.read(&format!("{name}.key")), None).unwrap()
    }

    fn authority_of(&self, kind: &str) -> Authority {
        match kind {
            "rsa-pss" => Authority::new(self.bound_key(kind), self.chain(kind), policy()),
            _ => Authority::new(self.key(kind), self.chain(kind), policy()),
        }
        .unwrap()
    }

    /// The key of a certificate that binds it to RSASSA-PSS.
    fn bound_key(&self, name: &str) -> Bound {
        self.run(&["rsa", "-in", &format!("{name}.key"), "-traditional", "-outform", "DER", "-out", "pkcs1"]);
        let algorithm = sequence(&[&oid("1.2.840.113549.1.1.1"), &[5, 0]]);
        let pkcs8 = sequence(&[&[2, 1, 0], &algorithm, &tlv(4, &[&self.read("pkcs1")])]);
        let key = SoftwareKey::from_pkcs8(&pkcs8, None).unwrap();
        let key = key.with_algorithm(SignatureAlgorithm::RsaPss { digest: Algorithm::Sha256, salt: 32 }).unwrap();
        Bound { key, public: self.pem(name).public_key().unwrap().clone() }
    }

    fn chain(&self, name: &str) -> Vec<Certificate> {
        vec![self.pem(name), self.pem("intermediate"), self.pem("root")]
    }

    fn anchors(&self) -> TrustAnchors {
        TrustAnchors::none().with(self.pem("root"))
    }

    /// An instant at which every certificate is valid, with a fraction.
    fn now(&self) -> Time {
        let valid = self.pem("root").not_before().plus_seconds(3600);
        Time::from_unix(valid.unix_seconds(), 123_456_789).unwrap()
    }
}

/// An RSA key that calls itself as its certificate does.
struct Bound {
    key: SoftwareKey,
    public: PublicKey,
}

impl Signer for Bound {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.key.algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.key.sign(message)
    }
}

fn policy() -> Oid {
    Oid::parse("1.3.6.1.4.1.32473.1").unwrap()
}

#[test]
fn openssl_verifies_our_answers_to_its_requests() {
    let Some(folder) = Folder::new() else { return };
    fs::write(folder.path("document"), b"order 4711").unwrap();
    let mut count = 0;
    for kind in ["p256", "p384", "rsa", "rsa-pss"] {
        folder.authority(kind);
        let accuracy = Accuracy::new(Duration::from_micros(1_002_003));
        let authority = folder.authority_of(kind).accuracy(accuracy);
        for hash in ["-sha256", "-sha384", "-sha512", "-sha3-256"] {
            for options in [&["-cert"][..], &["-cert", "-tspolicy", "1.3.6.1.4.1.32473.1"], &["-no_nonce"]] {
                let query = ["ts", "-query", "-data", "document", hash, "-out", "q.tsq"];
                folder.run(&[query.as_slice(), options].concat());
                let answer = authority.respond(&folder.read("q.tsq"), folder.now(), &mut os_entropy);
                fs::write(folder.path("r.tsr"), answer).unwrap();
                let time = folder.now().unix_seconds().to_string();
                let verify = ["ts", "-verify", "-in", "r.tsr", "-CAfile", "root.pem", "-attime", &time];
                let tsa = format!("{kind}.pem");
                let chain = [folder.read(&tsa), folder.read("intermediate.pem")].concat();
                fs::write(folder.path("chain.pem"), chain).unwrap();
                let untrusted: &[&str] = if options.contains(&"-cert") { &[] } else { &["-untrusted", "chain.pem"] };
                folder.run(&[verify.as_slice(), &["-queryfile", "q.tsq"], untrusted].concat());
                folder.run(&[verify.as_slice(), &["-data", "document"], untrusted].concat());
                let other = folder.try_run(&[verify.as_slice(), &["-digest", &"00".repeat(32)], untrusted].concat());
                assert!(!other.status.success());
                count += 1;
            }
        }
    }
    assert_eq!(count, 48);
}

/// `openssl ts` knows RSASSA-PSS only with keys that are bound to it; `openssl cms` does with all.
#[test]
fn openssl_cms_verifies_our_tokens() {
    let Some(folder) = Folder::new() else { return };
    folder.authority("rsa");
    folder.authority("p256");
    let pss = SignatureAlgorithm::RsaPss { digest: Algorithm::Sha384, salt: 48 };
    let keys = [("rsa", folder.key("rsa").with_algorithm(pss).unwrap()), ("p256", folder.key("p256"))];
    for (kind, key) in keys {
        let authority = Authority::new(key, folder.chain(kind), policy()).unwrap();
        let request = Request::new(&Algorithm::Sha256.digest(b"order 4711")).with_certificates();
        let answer = authority.respond(&request.to_der(), folder.now(), &mut os_entropy);
        fs::write(folder.path("t.tst"), Response::parse(&answer).unwrap().token().unwrap()).unwrap();
        let time = folder.now().unix_seconds().to_string();
        let verify =
            ["cms", "-verify", "-cades", "-inform", "DER", "-in", "t.tst", "-CAfile", "root.pem", "-attime", &time];
        folder.run(&[verify.as_slice(), &["-purpose", "timestampsign", "-out", "info"]].concat());
        let info = TstInfo::parse(&folder.read("info")).unwrap();
        assert_eq!(info.message_imprint(), request.message_imprint());
    }
}

#[test]
fn openssl_reads_our_refusals() {
    let Some(folder) = Folder::new() else { return };
    folder.authority("p256");
    fs::write(folder.path("document"), b"order 4711").unwrap();
    let authority = Authority::new(folder.key("p256"), folder.chain("p256"), policy()).unwrap();
    for (options, failure) in [
        (["-sha1", "-cert"].as_slice(), "unrecognized or unsupported algorithm identifier"),
        (&["-tspolicy", "1.2.3"], "the requested TSA policy is not supported by the TSA"),
    ] {
        folder.run(&[&["ts", "-query", "-data", "document", "-out", "q.tsq"], options].concat());
        let answer = authority.respond(&folder.read("q.tsq"), folder.now(), &mut os_entropy);
        fs::write(folder.path("r.tsr"), answer).unwrap();
        let shown = folder.try_run(&["ts", "-reply", "-in", "r.tsr", "-text"]);
        let text = String::from_utf8_lossy(&shown.stdout);
        assert!(text.contains("Status: Rejected") && text.contains(failure), "{text}");
    }
}

#[test]
fn our_requests_are_what_openssl_reads() {
    let Some(folder) = Folder::new() else { return };
    let request = Request::new(&Algorithm::Sha384.digest(b"order 4711"));
    let request = request.with_nonce(&[0xc1, 2, 3]).with_certificates().under_policy(policy());
    fs::write(folder.path("q.tsq"), request.to_der()).unwrap();
    let shown = folder.try_run(&["ts", "-query", "-in", "q.tsq", "-text"]);
    let text = String::from_utf8_lossy(&shown.stdout);
    for line in ["Hash Algorithm: sha384", "Policy OID: 1.3.6.1.4.1.32473.1", "Nonce: 0xC10203", "required: yes"] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

/// Has `openssl ts -reply` answer, with these lines added to its configuration.
fn openssl_answers(folder: &Folder, kind: &str, lines: &str, request: &[u8]) -> Vec<u8> {
    let configuration = format!(
        "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\nsigner_cert={kind}.pem\n\
         signer_key={kind}.key\ncerts=intermediate.pem\nsigner_digest=sha256\ndefault_policy=1.3.6.1.4.1.32473.1\n\
         digests=sha256,sha384,sha512\n{lines}"
    );
    fs::write(folder.path("tsa.cnf"), configuration).unwrap();
    fs::write(folder.path("serial"), "01\n").unwrap();
    fs::write(folder.path("q.tsq"), request).unwrap();
    folder.run(&["ts", "-reply", "-queryfile", "q.tsq", "-out", "r.tsr", "-config", "tsa.cnf"]);
    folder.read("r.tsr")
}

fn stamp(folder: &Folder, kind: &str, lines: &str, algorithm: Algorithm) -> Result<Token, Error> {
    let answer = |exchange: &Exchange<'_>| Ok(openssl_answers(folder, kind, lines, exchange.body));
    // OpenSSL takes the time of the machine, which was that of the certificates a moment ago.
    let now = folder.pem(kind).not_before();
    let client = Client::new("openssl", answer, os_entropy).trust(folder.anchors());
    client.policy(policy()).stamp(&algorithm.digest(b"order 4711"), now)
}

#[test]
fn openssl_answers_are_accepted() {
    let Some(folder) = Folder::new() else { return };
    let mut text = String::new();
    for kind in ["p256", "p384", "rsa"] {
        folder.authority(kind);
        for lines in [
            "",
            "clock_precision_digits=3\n",
            "clock_precision_digits=6\naccuracy=secs:1, millisecs:500, microsecs:100\n",
            "ordering=yes\ntsa_name=yes\n",
            "ess_cert_id_chain=yes\n",
            "ess_cert_id_alg=sha1\n",
            "ess_cert_id_alg=sha256\n",
            "ess_cert_id_alg=sha512\ness_cert_id_chain=yes\ntsa_name=yes\n",
        ] {
            for algorithm in [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512] {
                let token =
                    stamp(&folder, kind, lines, algorithm).unwrap_or_else(|error| panic!("{kind} {lines}: {error}"));
                writeln!(text, "{kind} {} {:?} {}", token.time(), token.info().accuracy(), token.info().ordering())
                    .unwrap();
                assert_eq!(token.info().ordering(), lines.contains("ordering"));
                assert_eq!(token.info().tsa().is_some(), lines.contains("tsa_name"));
                if lines.contains("accuracy") {
                    assert_eq!(token.info().accuracy().unwrap().duration(), Duration::from_micros(1_500_100));
                }
            }
        }
    }
    assert_eq!(text.lines().count(), 72);
    assert!(text.contains('.'), "no time with a fraction: {text}");
}

#[test]
fn openssl_refusals_are_told() {
    let Some(folder) = Folder::new() else { return };
    folder.authority("p256");
    let error = stamp(&folder, "p256", "", Algorithm::Sha3_256).unwrap_err();
    assert!(error.to_string().contains("rejection, badAlg"), "{error}");
}

const PYHANKO: &str = r#"
import asyncio, sys
from asn1crypto import cms, x509, pem, tsp
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext
token, root, intermediate, digest, time = sys.argv[1:]
load = lambda path: x509.Certificate.load(pem.unarmor(open(path, 'rb').read())[2])
from datetime import datetime, timezone
moment = datetime.fromtimestamp(int(time), timezone.utc)
context = ValidationContext(trust_roots=[load(root)], other_certs=[load(intermediate)], moment=moment)
signed = cms.ContentInfo.load(open(token, 'rb').read())['content']
from pyhanko.sign.validation.status import TimestampSignatureStatus
found = asyncio.run(validate_tst_signed_data(signed, context, lambda algorithm: bytes.fromhex(digest)))
status = TimestampSignatureStatus(**found)
print(status.summary())
sys.exit(0 if status.intact and status.valid and status.trusted else 1)
"#;

#[test]
fn pyhanko_verifies_our_tokens() {
    let Some(folder) = Folder::new() else { return };
    if !Command::new("python3").args(["-c", "import pyhanko"]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: pyHanko is not installed");
        return;
    }
    for kind in ["ed25519", "p256", "rsa", "rsa-pss"] {
        folder.authority(kind);
        let authority = folder.authority_of(kind);
        let digest = Algorithm::Sha512.digest(b"order 4711");
        let request = Request::new(&digest).with_nonce(&[1; 8]).with_certificates();
        let answer = authority.respond(&request.to_der(), folder.now(), &mut os_entropy);
        fs::write(folder.path("t.tst"), Response::parse(&answer).unwrap().token().unwrap()).unwrap();
        let verify = |digest: &str| {
            let files = ["t.tst", "root.pem", "intermediate.pem"].map(|name| folder.path(name).into_os_string());
            let time = folder.now().unix_seconds().to_string();
            let rest = [OsString::from(digest), OsString::from(time)];
            Command::new("python3").args(["-c", PYHANKO]).args(files).args(rest).output().unwrap()
        };
        let output = verify(&digest.to_hex());
        assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
        if kind == "ed25519" {
            assert!(!verify(&"00".repeat(64)).status.success());
        }
        // What pyHanko says is what the client says.
        let client = Client::new("here", |_: &Exchange<'_>| Ok(Vec::new()), os_entropy).trust(folder.anchors());
        client.accept(&request, &answer, folder.now()).unwrap();
    }
}
