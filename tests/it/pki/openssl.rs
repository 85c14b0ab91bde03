//! Certification authorities run by OpenSSL in a folder that disappears.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use seing::pki::Certificate;

/// Keys and certificates by name, each in a file.
pub(crate) struct Openssl {
    folder: PathBuf,
    serial: Cell<u32>,
}

/// What a certificate is to say.
pub(crate) struct Request<'a> {
    pub(crate) subject: &'a str,
    /// The name of the key, made when it does not exist: `p256…`, `p384…`, `rsa…`, `ed25519…`.
    pub(crate) key: &'a str,
    /// The name of the certificate and of the key that sign; none for self-signed.
    pub(crate) issuer: Option<(&'a str, &'a str)>,
    /// Lines of an OpenSSL extension file; none for a version 1 certificate.
    pub(crate) extensions: &'a str,
    pub(crate) days: u32,
    /// Further arguments of `openssl x509`.
    pub(crate) arguments: &'a [&'a str],
}

pub(crate) const AUTHORITY: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n\
    subjectKeyIdentifier=hash\n";
pub(crate) const SIGNER: &str = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n\
    authorityInfoAccess=OCSP;URI:http://ocsp.test/\n\
    crlDistributionPoints=URI:http://crl.test/ca.crl\n";

impl Openssl {
    /// A fresh folder for a test, or none when OpenSSL is not installed.
    pub(crate) fn new(test: &str) -> Option<Self> {
        crate::tool("openssl")?;
        let folder = std::env::temp_dir().join(format!("seing-pki-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Some(Self { folder, serial: Cell::new(1) })
    }

    /// Makes a certificate and keeps it under a name.
    pub(crate) fn issue(&self, name: &str, request: &Request<'_>) -> Certificate {
        let Request { subject, key, issuer, extensions, days, arguments } = *request;
        self.key(key);
        let (csr, extension_file, out) = (format!("{name}.csr"), format!("{name}.ext"), format!("{name}.pem"));
        self.run(&["req", "-new", "-key", &format!("{key}.key"), "-subj", subject, "-out", &csr, "-utf8"]);
        fs::write(self.folder.join(&extension_file), extensions).unwrap();
        self.serial.set(self.serial.get() + 1);
        let (days, serial) = (days.to_string(), self.serial.get().to_string());
        let own_key = format!("{key}.key");
        let mut command = vec!["x509", "-req", "-in", &csr, "-out", &out, "-days", &days];
        if !arguments.contains(&"-set_serial") {
            command.extend(["-set_serial", &serial]);
        }
        let signer;
        match issuer {
            Some((certificate, key)) => {
                signer = (format!("{certificate}.pem"), format!("{key}.key"));
                command.extend(["-CA", &signer.0, "-CAkey", &signer.1]);
            }
            None => command.extend(["-signkey", &own_key]),
        }
        if !extensions.is_empty() {
            command.extend(["-extfile", &extension_file]);
        }
        command.extend(arguments);
        self.run(&command);
        self.certificate(name)
    }

    /// A self-signed authority.
    pub(crate) fn root(&self, name: &str, key: &str) -> Certificate {
        let subject = format!("/C=MA/O=TEST/CN={name}");
        self.issue(name, &Request { subject: &subject, extensions: AUTHORITY, ..Request::of(key, None) })
    }

    /// An authority below another.
    pub(crate) fn authority(&self, name: &str, key: &str, issuer: (&str, &str), extensions: &str) -> Certificate {
        let subject = format!("/C=MA/O=TEST/CN={name}");
        self.issue(name, &Request { subject: &subject, extensions, ..Request::of(key, Some(issuer)) })
    }

    /// A certificate of an end entity.
    pub(crate) fn signer(&self, name: &str, key: &str, issuer: (&str, &str), extensions: &str) -> Certificate {
        self.authority(name, key, issuer, extensions)
    }

    /// A certificate made before.
    pub(crate) fn certificate(&self, name: &str) -> Certificate {
        let pem = fs::read(self.folder.join(format!("{name}.pem"))).unwrap();
        Certificate::parse_many(&pem).unwrap().remove(0)
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let output = Command::new("openssl").current_dir(&self.folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn key(&self, name: &str) {
        let file = format!("{name}.key");
        if self.folder.join(&file).exists() {
            return;
        }
        let algorithm: &[&str] = match name {
            _ if name.starts_with("p256") => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
            _ if name.starts_with("p384") => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
            _ if name.starts_with("rsa") => &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
            _ => &["-algorithm", "ED25519"],
        };
        self.run(&[&["genpkey", "-out", &file], algorithm].concat());
    }
}

impl<'a> Request<'a> {
    pub(crate) fn of(key: &'a str, issuer: Option<(&'a str, &'a str)>) -> Self {
        Self { subject: "/CN=TEST", key, issuer, extensions: "", days: 3650, arguments: &[] }
    }
}

impl Drop for Openssl {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}
