//! Who signs: a private key and its certificates, from files.

use std::path::PathBuf;

use clap::Args;
use seing::key::{Signer, SoftwareKey, pkcs12};
use seing::limits::Limits;
use seing::pki::Certificate;
use zeroize::Zeroizing;

use crate::failure::{Failure, On, Result};
use crate::secrets::PasswordOption;
use crate::{files, trust};

#[derive(Args)]
pub(crate) struct IdentityOptions {
    /// The private key: PKCS#8 in PEM or DER, or PKCS#12 with its certificates.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The certificate of the key. It may be left out where --key is a PKCS#12 file that holds it.
    #[arg(long, value_name = "FILE")]
    cert: Option<PathBuf>,
    /// Certificates between that one and a trust anchor, which go into the signature.
    #[arg(long, value_name = "FILE|DIR")]
    chain: Vec<PathBuf>,
    #[command(flatten)]
    password: PasswordOption,
}

impl IdentityOptions {
    /// The key, and the certificates with the key's own one first. That it is the key's own is not said here.
    pub(crate) fn open(&self) -> Result<(SoftwareKey, Vec<Certificate>)> {
        let password = self.password.read()?;
        let password = password.as_ref().map(|text| text.as_str());
        let octets = Zeroizing::new(files::read(&self.key, &Limits::default())?);
        let (key, contained) = open(&octets, password).on(&self.key)?;
        let mut given = trust::certificates(self.cert.as_slice())?;
        // A file with a whole chain in it is taken in any order.
        if let Some(own) = given.iter().position(|certificate| certificate.spki() == key.public_key().spki()) {
            given.swap(0, own);
        }
        if given.is_empty() && contained.is_empty() {
            return Err(Failure::usage("the certificate of the key is missing", "give it with --cert"));
        }
        let mut chain: Vec<Certificate> = Vec::new();
        for certificate in given.into_iter().chain(contained).chain(trust::certificates(&self.chain)?) {
            if !chain.contains(&certificate) {
                chain.push(certificate);
            }
        }
        Ok((key, chain))
    }

    /// The file in which the key's certificate stands, for sentences about it.
    pub(crate) fn certificate_file(&self) -> &PathBuf {
        self.cert.as_ref().unwrap_or(&self.key)
    }

    /// Every file that is read, none of which may be written to.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.key).chain(&self.cert).chain(&self.chain)
    }
}

fn open(octets: &[u8], password: Option<&str>) -> seing::error::Result<(SoftwareKey, Vec<Certificate>)> {
    if !pkcs12::is_pkcs12(octets) {
        return Ok((SoftwareKey::from_pkcs8(octets, password)?, Vec::new()));
    }
    let (key, certificates) = pkcs12::open(octets, password.unwrap_or_default())?;
    let certificates = certificates.iter().map(|der| Certificate::parse(der)).collect::<seing::error::Result<_>>()?;
    Ok((key, certificates))
}
