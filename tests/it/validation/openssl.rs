//! A public key infrastructure run by `openssl ca`, `openssl ocsp` and `openssl ts`, in a folder that disappears.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use seing::Identity;
use seing::ades::Material;
use seing::key::{SoftwareKey, os_entropy};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;
use seing::timestamp::{Client, Exchange};
use tempfile::TempDir;

const DAY: i64 = 86_400;

const CONFIGURATION: &str = "
[ca]
default_ca = ca
[ca]
database = $ENV::WHO.index
serial = $ENV::WHO.serial
crlnumber = $ENV::WHO.crlnumber
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
countryName = optional
commonName = supplied
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
crlDistributionPoints = URI:http://crl.test/root.crl
[signer]
keyUsage = critical, nonRepudiation
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.test/
[tsa]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:http://crl.test/ca.crl
[ocsp]
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
authorityKeyIdentifier = keyid
[tsa1]
signer_cert = tsa1.pem
signer_key = tsa1.key
certs = ca.pem
[tsa2]
signer_cert = tsa2.pem
signer_key = tsa2.key
certs = ca.pem
";

const STAMPING: &str = "serial = tsa.serial
signer_digest = sha256
default_policy = 2.999.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
";

/// A root, an authority, a signer and a first time-stamp authority with certificates for a month, a second one and a responder
/// with certificates for thirty years.
pub(super) struct Registry {
    folder: TempDir,
    pub(super) now: Time,
}

impl Registry {
    /// `None`, said aloud, when `openssl` is not installed.
    pub(super) fn new() -> Option<Self> {
        crate::tool("openssl")?;
        let registry =
            Self { folder: tempfile::tempdir().unwrap(), now: Time::from(SystemTime::now()).whole_seconds() };
        let configuration = CONFIGURATION.replace("noCheck = ignored", "1.3.6.1.5.5.7.48.1.5 = ASN1:NULL");
        let stamping = |name: &str| format!("[{name}]\n{STAMPING}");
        let configuration = configuration.replace("[tsa1]\n", &stamping("tsa1")).replace("[tsa2]\n", &stamping("tsa2"));
        registry.write("openssl.cnf", configuration.as_bytes());
        registry.write("tsa.serial", b"01\n");
        for authority in ["root", "ca"] {
            registry.write(&format!("{authority}.index"), b"");
            registry.write(&format!("{authority}.serial"), b"1000\n");
            registry.write(&format!("{authority}.crlnumber"), b"01\n");
        }
        registry.key("root");
        registry.openssl("req -new -x509 -key root.key -subj /C=MA/CN=TEST_Root -days 14600 -config openssl.cnf -extensions root -out root.pem");
        registry.certify("ca", "authority", "root", 10_950);
        registry.certify("signer", "signer", "ca", 30);
        registry.certify("tsa1", "tsa", "ca", 30);
        registry.certify("tsa2", "tsa", "ca", 10_900);
        registry.certify("ocsp", "ocsp", "ca", 10_900);
        Some(registry)
    }

    pub(super) fn in_days(&self, days: i64) -> Time {
        self.now.plus_seconds(days * DAY)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, file: &str, octets: &[u8]) {
        fs::write(self.path().join(file), octets).unwrap();
    }

    fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.path().join(file)).unwrap()
    }

    #[track_caller]
    fn openssl(&self, arguments: &str) {
        self.openssl_as("ca", arguments);
    }

    #[track_caller]
    fn openssl_as(&self, who: &str, arguments: &str) {
        let mut command = Command::new("openssl");
        let output =
            command.current_dir(self.path()).env("WHO", who).args(arguments.split_whitespace()).output().unwrap();
        assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn key(&self, name: &str) {
        self.openssl(&format!("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out {name}.key"));
    }

    fn certify(&self, name: &str, section: &str, issuer: &str, days: i64) {
        self.key(name);
        self.openssl(&format!(
            "req -new -key {name}.key -subj /C=MA/CN=TEST_{name} -config openssl.cnf -out {name}.csr"
        ));
        let (start, end) = (compact(self.in_days(-10)), compact(self.in_days(days)));
        self.openssl_as(
            issuer,
            &format!(
                "ca -batch -notext -config openssl.cnf -extensions {section} -cert {issuer}.pem -keyfile {issuer}.key \
                 -startdate {start} -enddate {end} -in {name}.csr -out {name}.pem"
            ),
        );
    }

    pub(super) fn certificate(&self, name: &str) -> Certificate {
        Certificate::parse_many(&self.read(&format!("{name}.pem"))).unwrap().remove(0)
    }

    pub(super) fn anchors(&self) -> TrustAnchors {
        TrustAnchors::none().with(self.certificate("root"))
    }

    pub(super) fn signer(&self) -> Identity {
        let key = SoftwareKey::from_pkcs8(&self.read("signer.key"), None).unwrap();
        Identity::new(key, ["signer", "ca"].map(|name| self.certificate(name)).to_vec()).unwrap()
    }

    /// A client of `openssl ts` with this certificate.
    pub(super) fn time_stamping(&self, name: &'static str) -> Client<'_> {
        let answer = move |exchange: &Exchange<'_>| {
            self.write("query.tsq", exchange.body);
            self.openssl(&format!("ts -reply -config openssl.cnf -section {name} -queryfile query.tsq -out reply.tsr"));
            Ok(self.read("reply.tsr"))
        };
        Client::new("openssl ts", answer, os_entropy).trust(self.anchors())
    }

    /// A revocation list issued so many days from now, which promises the next one a week later.
    pub(super) fn crl(&self, issuer: &str, days: i64) -> Vec<u8> {
        let (this, next) = (compact(self.in_days(days)), compact(self.in_days(days + 7)));
        self.openssl_as(
            issuer,
            &format!(
                "ca -gencrl -config openssl.cnf -cert {issuer}.pem -keyfile {issuer}.key -crl_lastupdate {this} \
                 -crl_nextupdate {next} -out {issuer}.crl.pem"
            ),
        );
        self.openssl(&format!("crl -in {issuer}.crl.pem -outform DER -out {issuer}.crl"));
        self.read(&format!("{issuer}.crl"))
    }

    /// What `openssl ocsp` answers now about a certificate, promising newer information in a week.
    pub(super) fn ocsp(&self, name: &str) -> Vec<u8> {
        self.answer(name, "-ndays 7")
    }

    /// The same, without a word of when there will be newer information.
    pub(super) fn ocsp_of_the_moment(&self, name: &str) -> Vec<u8> {
        self.answer(name, "")
    }

    fn answer(&self, name: &str, promise: &str) -> Vec<u8> {
        self.openssl(&format!("ocsp -issuer ca.pem -cert {name}.pem -reqout request.der"));
        self.openssl(&format!(
            "ocsp -index ca.index -CA ca.pem -rsigner ocsp.pem -rkey ocsp.key {promise} -reqin request.der -respout response.der"
        ));
        self.read("response.der")
    }

    /// Writes into the authority's database that a certificate was revoked so many days from now.
    pub(super) fn revoke(&self, name: &str, days: i64) {
        let index = String::from_utf8(self.read("ca.index")).unwrap();
        // The database has two digits of the year.
        let revoked = format!("{},keyCompromise", &compact(self.in_days(days))[2..]);
        let lines = index.lines().map(|line| {
            let mut fields: Vec<&str> = line.split('\t').collect();
            if line.ends_with(&format!("CN=TEST_{name}")) {
                (fields[0], fields[2]) = ("R", &revoked);
            }
            fields.join("\t") + "\n"
        });
        self.write("ca.index", lines.collect::<String>().as_bytes());
    }

    /// What a validation so many days from now can draw on.
    pub(super) fn material(&self, days: i64) -> Material {
        let mut material = Material::default();
        material.crls = vec![self.crl("root", days), self.crl("ca", days)];
        material
    }
}

/// As `openssl ca` wants it: YYYYMMDDHHMMSSZ.
fn compact(time: Time) -> String {
    time.to_string().chars().filter(|character| !"-:T".contains(*character)).collect()
}
