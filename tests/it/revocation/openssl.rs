//! Lists and responses that OpenSSL makes.

use std::fs;
use std::process::Command;

use seing::digest::Algorithm;
use seing::limits::{Budget, Limits};
use seing::pki::crl::Crl;
use seing::pki::ocsp::{CertId, OcspResponse, Request as Question, Unanswered};
use seing::pki::revocation::{RevocationData, RevocationQuery, Statement, Statements, Status, statements};
use seing::pki::{Certificate, Reason, TrustAnchors};

use crate::pki::openssl::{AUTHORITY, Openssl, Request, SIGNER};

/// An authority with a database of what it issued.
pub(super) struct Authority {
    pub(super) openssl: Openssl,
    pub(super) root: Certificate,
    certificates: Vec<Certificate>,
}

const CONFIGURATION: &str = "[ca]\ndefault_ca = test\n[test]\ndatabase = index.txt\ncrlnumber = crlnumber\n\
    default_md = sha256\ndefault_crl_days = 30\nunique_subject = no\n\
    [users]\nissuingDistributionPoint = critical,@users_scope\n[users_scope]\nonlyuser = TRUE\n\
    [authorities]\nissuingDistributionPoint = critical,@authorities_scope\n[authorities_scope]\nonlyCA = TRUE\n\
    [some]\nissuingDistributionPoint = critical,@some_scope\n[some_scope]\nonlysomereasons = keyCompromise,CACompromise\n\
    [point]\nissuingDistributionPoint = critical,@point_scope\n[point_scope]\nfullname = URI:http://crl.test/ca.crl\n\
    [elsewhere]\nissuingDistributionPoint = critical,@other_scope\n[other_scope]\nfullname = URI:http://crl.test/b.crl\n";
pub(super) const RESPONDER: &str = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n";

impl Authority {
    pub(super) fn new(test: &str, key: &str) -> Option<Self> {
        let openssl = Openssl::new(&format!("revocation-{test}"))?;
        fs::write(openssl.path("ca.cnf"), CONFIGURATION).unwrap();
        fs::write(openssl.path("index.txt"), "").unwrap();
        fs::write(openssl.path("crlnumber"), "01\n").unwrap();
        let root = Request { subject: "/C=MA/O=TEST/CN=ca", extensions: AUTHORITY, ..Request::of(key, None) };
        let root = openssl.issue("ca", &root);
        fs::copy(openssl.path(&format!("{key}.key")), openssl.path("ca.key")).unwrap();
        let certificates = Vec::new();
        Some(Self { openssl, root, certificates })
    }

    /// A certificate that the database knows.
    pub(super) fn issue(&mut self, name: &str) -> Certificate {
        let certificate = self.openssl.signer(name, &format!("p256-{name}"), ("ca", "ca"), SIGNER);
        self.ca(&["-valid", &format!("{name}.pem")]);
        self.certificates.push(certificate.clone());
        certificate
    }

    fn ca(&self, arguments: &[&str]) {
        let common = ["ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key"];
        self.openssl.run(&[&common, arguments].concat());
    }

    pub(super) fn revoke(&self, name: &str, reason: &str) {
        self.ca(&["-revoke", &format!("{name}.pem"), "-crl_reason", reason]);
    }

    pub(super) fn list(&self, arguments: &[&str]) -> Crl {
        self.ca(&[&["-gencrl", "-out", "ca.crl"], arguments].concat());
        Crl::parse_many(&fs::read(self.openssl.path("ca.crl")).unwrap()).unwrap().remove(0)
    }

    /// What a responder that knows the database answers.
    pub(super) fn ask(&self, question: &Question, signer: &str, arguments: &[&str]) -> OcspResponse {
        fs::write(self.openssl.path("request.der"), question.to_der()).unwrap();
        let (certificate, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let common =
            ["ocsp", "-index", "index.txt", "-CA", "ca.pem", "-reqin", "request.der", "-respout", "response.der"];
        let signed = ["-rsigner", &certificate, "-rkey", &key, "-ndays", "7", "-noverify"];
        self.openssl.run(&[&common[..], &signed, arguments].concat());
        OcspResponse::parse(&fs::read(self.openssl.path("response.der")).unwrap()).unwrap()
    }

    /// Whether OpenSSL believes the response it made last.
    fn openssl_believes(&self, name: &str) -> bool {
        let certificate = format!("{name}.pem");
        let arguments = [
            "ocsp",
            "-no_nonce",
            "-respin",
            "response.der",
            "-issuer",
            "ca.pem",
            "-cert",
            &certificate,
            "-CAfile",
            "ca.pem",
        ];
        let output = Command::new("openssl").current_dir(self.openssl.path("")).args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stderr).contains("Response verify OK")
    }

    /// What OpenSSL says of a certificate with the list it made last.
    fn openssl_verifies(&self, name: &str) -> bool {
        let certificate = format!("{name}.pem");
        let arguments =
            ["verify", "-CAfile", "ca.pem", "-CRLfile", "ca.crl", "-crl_check", "-extended_crl", &certificate];
        let command = Command::new("openssl").current_dir(self.openssl.path("")).args(arguments).output();
        command.unwrap().status.success()
    }

    pub(super) fn responder(&self, name: &str, extensions: &str) -> Certificate {
        let request =
            Request { subject: "/C=MA/O=TEST/CN=responder", extensions, ..Request::of(name, Some(("ca", "ca"))) };
        self.openssl.issue(name, &request)
    }

    fn found(&self, certificate: &Certificate, data: &RevocationData) -> Statements {
        let anchors = TrustAnchors::none().with(self.root.clone());
        let query = RevocationQuery::new(certificate, &self.root, &[], &anchors, certificate.not_before());
        statements(&query, data, &mut Budget::new(&Limits::default())).unwrap()
    }

    fn by_list(&self, certificate: &Certificate, list: &Crl) -> Statements {
        let mut data = RevocationData::none();
        data.add_crl(list.clone());
        self.found(certificate, &data)
    }

    fn by_response(&self, certificate: &Certificate, response: &OcspResponse) -> Statements {
        let mut data = RevocationData::none();
        data.add_ocsp(response.clone());
        self.found(certificate, &data)
    }
}

fn only(found: &Statements) -> &Statement {
    let [statement] = found.proven.as_slice() else { panic!("{found:#?}") };
    statement
}

fn reason_of(found: &Statements) -> Option<Reason> {
    match only(found).status {
        Status::Good => None,
        Status::Revoked { reason, .. } => Some(reason),
    }
}

#[test]
fn lists_of_openssl_prove_what_it_wrote_into_them() {
    for key in ["p256", "p384", "rsa", "ed25519"] {
        let Some(mut authority) = Authority::new(&format!("lists-{key}"), key) else { return };
        let names = [
            ("stolen", "keyCompromise", Reason::KeyCompromise),
            ("newer", "superseded", Reason::Superseded),
            ("held", "certificateHold", Reason::CertificateHold),
            ("plain", "unspecified", Reason::Unspecified),
        ];
        let fine = authority.issue("fine");
        let revoked = names.map(|(name, ..)| authority.issue(name));
        let before = authority.list(&[]);
        assert!(revoked.iter().all(|certificate| reason_of(&authority.by_list(certificate, &before)).is_none()));
        names.iter().for_each(|(name, reason, _)| authority.revoke(name, reason));
        let after = authority.list(&[]);
        assert_eq!(after.entries(), 4);
        assert_eq!(reason_of(&authority.by_list(&fine, &after)), None);
        assert!(authority.openssl_verifies("fine"));
        for ((name, _, reason), certificate) in names.iter().zip(&revoked) {
            assert_eq!(reason_of(&authority.by_list(certificate, &after)), Some(*reason), "{name}");
            assert!(!authority.openssl_verifies(name), "{name}");
        }
        let update = only(&authority.by_list(&fine, &after)).next_update.unwrap();
        assert_eq!(update.unix_seconds() - after.this_update().unix_seconds(), 30 * 86400);
    }
}

#[test]
fn scopes_of_lists_count_as_they_do_for_openssl() {
    let Some(mut authority) = Authority::new("scopes", "p256") else { return };
    let fine = authority.issue("fine");
    for (scope, is_for) in
        [("users", true), ("authorities", false), ("some", false), ("point", true), ("elsewhere", false)]
    {
        let found = authority.by_list(&fine, &authority.list(&["-crlexts", scope]));
        assert_eq!(found.proven.len(), usize::from(is_for), "{scope}: {found:#?}");
        assert_eq!(found.unusable.len(), usize::from(!is_for), "{scope}: {found:#?}");
        assert_eq!(authority.openssl_verifies("fine"), is_for, "{scope}");
    }
}

#[test]
fn the_issuer_answers_by_openssl() {
    for key in ["p256", "rsa"] {
        let Some(mut authority) = Authority::new(&format!("direct-{key}"), key) else { return };
        let (fine, stolen) = (authority.issue("fine"), authority.issue("stolen"));
        let unknown = authority.openssl.signer("unknown", "p256-unknown", ("ca", "ca"), SIGNER);
        authority.revoke("stolen", "keyCompromise");
        let ask = |certificate: &Certificate, arguments: &[&str]| {
            let mut entropy = |octets: &mut [u8]| {
                octets.fill(7);
                Ok(())
            };
            let question = Question::new(certificate, &authority.root).nonce(&mut entropy).unwrap();
            let response = authority.ask(&question, "ca", arguments);
            question.check_answer(&response).unwrap();
            authority.by_response(certificate, &response)
        };
        assert_eq!(reason_of(&ask(&fine, &[])), None);
        assert!(authority.openssl_believes("fine"));
        assert_eq!(reason_of(&ask(&fine, &["-resp_key_id"])), None);
        assert_eq!(reason_of(&ask(&fine, &["-resp_no_certs"])), None);
        assert_eq!(reason_of(&ask(&stolen, &[])), Some(Reason::KeyCompromise));
        let found = ask(&unknown, &[]);
        assert!(found.proven.is_empty());
        assert!(found.unusable[0].why.contains("does not know"), "{found:#?}");
        // An answer for one certificate is none for another.
        let other = authority.ask(&Question::new(&fine, &authority.root), "ca", &[]);
        assert!(authority.by_response(&stolen, &other).proven.is_empty());
        let question = Question::new(&stolen, &authority.root);
        assert_eq!(question.check_answer(&other), Err(Unanswered::OtherCertificate));
        let mut entropy = |octets: &mut [u8]| {
            octets.fill(8);
            Ok(())
        };
        let question = Question::new(&fine, &authority.root).nonce(&mut entropy).unwrap();
        assert_eq!(question.check_answer(&other), Err(Unanswered::NoNonce));
    }
}

#[test]
fn certificates_are_asked_for_by_several_hashes_in_one_request() {
    let Some(mut authority) = Authority::new("hashes", "p256") else { return };
    let (fine, stolen) = (authority.issue("fine"), authority.issue("stolen"));
    authority.revoke("stolen", "superseded");
    let by = |hash| CertId::new(hash, &stolen, &authority.root);
    let question = Question::new(&fine, &authority.root).and(by(Algorithm::Sha256)).and(by(Algorithm::Sha384));
    let response = authority.ask(&question, "ca", &[]);
    question.check_answer(&response).unwrap();
    assert_eq!(response.responses().len(), 3);
    assert_eq!(reason_of(&authority.by_response(&fine, &response)), None);
    assert_eq!(reason_of(&authority.by_response(&stolen, &response)), Some(Reason::Superseded));
}

#[test]
fn responders_are_believed_when_openssl_believes_them() {
    let Some(mut authority) = Authority::new("delegated", "p256") else { return };
    let (fine, stolen) = (authority.issue("fine"), authority.issue("stolen"));
    authority.revoke("stolen", "keyCompromise");
    let purpose = format!("{RESPONDER}extendedKeyUsage=OCSPSigning\n");
    let delegated = authority.responder("p256-responder", &purpose);
    fs::copy(authority.openssl.path("p256-responder.pem"), authority.openssl.path("delegated.pem")).unwrap();
    let question = Question::new(&fine, &authority.root);
    let response = authority.ask(&question, "p256-responder", &[]);
    let found = authority.by_response(&fine, &response);
    assert_eq!(reason_of(&found), None);
    assert_eq!(only(&found).responder, Some(delegated.clone()));
    assert_eq!(only(&found).signers, [(delegated, authority.root.clone())]);
    assert!(authority.openssl_believes("fine"));
    let revoked = authority.ask(&Question::new(&stolen, &authority.root), "p256-responder", &["-resp_key_id"]);
    assert_eq!(reason_of(&authority.by_response(&stolen, &revoked)), Some(Reason::KeyCompromise));

    let unchecked = authority.responder("p384-responder", &format!("{purpose}noCheck=yes\n"));
    let found = authority.by_response(&fine, &authority.ask(&question, "p384-responder", &[]));
    assert_eq!(only(&found).responder, Some(unchecked));
    assert!(only(&found).signers.is_empty());

    for (name, extensions) in [("p256-a", RESPONDER), ("p256-b", "extendedKeyUsage=timeStamping\n")] {
        authority.responder(name, extensions);
        let found = authority.by_response(&fine, &authority.ask(&question, name, &[]));
        assert!(found.proven.is_empty(), "{name}");
        assert!(found.unusable[0].why.contains("no certificate for OCSP responses"), "{found:#?}");
        assert!(!authority.openssl_believes("fine"), "{name}");
    }
}
