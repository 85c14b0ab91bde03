//! A folder with a root, an authority under it, and whom they certify, all made by `openssl`.

use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use seing::Identity;
use seing::key::{SignatureAlgorithm, SoftwareKey, os_entropy};
use seing::oid::Oid;
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use tempfile::TempDir;

pub(super) const CONTRACT: &[u8] = "Bon de commande 4711\r\nTotal : 1 250,00 MAD\nالمجموع\n\0\x1a".as_bytes();

pub(super) const P256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
pub(super) const P384: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-384";
pub(super) const P521: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-521";
pub(super) const RSA: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
pub(super) const RSA_1024: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:1024";
pub(super) const ED25519: &str = "-algorithm ED25519";

/// The extensions of the certificates, one section each.
const EXTENSIONS: &str = "
[req]
distinguished_name = none
prompt = no
[none]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[person]
basicConstraints = CA:false
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[revocable]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:http://crl.example/list.crl
authorityInfoAccess = OCSP;URI:http://ocsp.example/
[tsa]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
";

pub(super) struct Bench {
    folder: TempDir,
}

impl Bench {
    /// A root and an authority; `None`, said aloud, when `openssl` is not installed.
    pub(super) fn new() -> Option<Self> {
        crate::tool("openssl")?;
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        bench.write("extensions.cnf", EXTENSIONS.as_bytes());
        bench.write("contract", CONTRACT);
        bench.openssl(&format!("genpkey {P256} -out root.key"));
        bench.openssl(
            "req -new -x509 -key root.key -subj /C=MA/CN=TEST_Root -days 3650 -config extensions.cnf -extensions root -out root.pem",
        );
        bench.certify("ca", P256, "authority", "root");
        Some(bench)
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn write(&self, file: &str, octets: &[u8]) {
        std::fs::write(self.path().join(file), octets).unwrap();
    }

    pub(super) fn read(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.path().join(file)).unwrap()
    }

    /// Runs a program in the folder: its output, or what it complains of.
    pub(super) fn run(&self, program: &str, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let output = Command::new(program).current_dir(self.path()).args(arguments).output().unwrap();
        let complaint = || String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned();
        if output.status.success() { Ok(output.stdout) } else { Err(complaint()) }
    }

    pub(super) fn try_openssl(&self, arguments: &str) -> Result<Vec<u8>, String> {
        self.run("openssl", &arguments.split_whitespace().collect::<Vec<_>>())
    }

    #[track_caller]
    pub(super) fn openssl(&self, arguments: &str) -> Vec<u8> {
        self.try_openssl(arguments).unwrap_or_else(|complaint| panic!("openssl {arguments}: {complaint}"))
    }

    /// Makes `NAME.key` and `NAME.pem`, certified by `issuer`.
    pub(super) fn certify(&self, name: &str, key: &str, section: &str, issuer: &str) {
        self.openssl(&format!("genpkey {key} -out {name}.key"));
        self.openssl(&format!(
            "req -new -key {name}.key -subj /C=MA/O=TEST/CN=TEST_{name} -config extensions.cnf -out {name}.csr"
        ));
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial -days 365 -extfile extensions.cnf -extensions {section} -out {name}.pem"
        ));
    }

    /// Somebody whom the authority certifies.
    pub(super) fn person(&self, name: &str, key: &str) {
        self.certify(name, key, "person", "ca");
    }

    pub(super) fn certificate(&self, name: &str) -> Certificate {
        Certificate::parse_many(&self.read(&format!("{name}.pem"))).unwrap().remove(0)
    }

    pub(super) fn chain(&self, name: &str) -> Vec<Certificate> {
        [name, "ca", "root"].map(|name| self.certificate(name)).to_vec()
    }

    pub(super) fn key(&self, name: &str, algorithm: Option<SignatureAlgorithm>) -> SoftwareKey {
        let key = SoftwareKey::from_pkcs8(&self.read(&format!("{name}.key")), None).unwrap();
        match algorithm {
            Some(algorithm) => key.with_algorithm(algorithm).unwrap(),
            None => key,
        }
    }

    /// A key of OpenSSL's in the hands of this crate.
    pub(super) fn identity(&self, name: &str, algorithm: Option<SignatureAlgorithm>) -> Identity {
        Identity::new(self.key(name, algorithm), self.chain(name)).unwrap()
    }

    pub(super) fn anchors(&self) -> TrustAnchors {
        TrustAnchors::none().with(self.certificate("root"))
    }

    /// This crate's time-stamp authority with a key of OpenSSL's, which is made under the same name.
    pub(super) fn authority(&self, name: &str, key: &str, algorithm: Option<SignatureAlgorithm>) -> Authority {
        self.certify(name, key, "tsa", "ca");
        let policy = Oid::parse("1.3.6.1.4.1.32473.1").unwrap();
        Authority::new(self.key(name, algorithm), self.chain(name), policy).unwrap()
    }

    pub(super) fn client<'a>(&self, authority: &'a Authority) -> Client<'a> {
        let answer = |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, now(), &mut os_entropy));
        Client::new("here", answer, os_entropy).trust(self.anchors())
    }
}

/// The time of the machine, by which OpenSSL made the certificates.
pub(super) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Time::from_unix(since.as_secs() as i64, 0).unwrap()
}

/// When what was just made is looked at: two programs read the clock at different moments.
pub(super) fn soon() -> Time {
    now().plus_seconds(60)
}
