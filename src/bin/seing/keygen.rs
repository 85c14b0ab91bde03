//! `seing keygen`: a private key in a file.

use std::path::PathBuf;

use clap::Args;
use seing::key::{KeyKind, SoftwareKey, os_entropy};

use crate::failure::{On, Result, Status};
use crate::files::{self, Access};
use crate::secrets::PasswordOption;

#[derive(Args)]
#[command(after_help = "\
Examples:
  seing keygen -o shop.key
  seing keygen --algorithm p256 --password-file secret.txt -o tsa.key
  openssl req -new -key tsa.key -passin file:secret.txt -subj '/CN=Shop TSA' -out tsa.csr

The key is written as PKCS#8 in PEM, readable by its owner only, and encrypted (PBES2) where a password is given. \
Choose p256 for keys whose signatures OpenSSL 3 is to verify: it cannot verify Ed25519 in CMS.")]
pub(crate) struct Options {
    /// What key to make: ed25519, p256, p384, rsa3072 or rsa4096.
    #[arg(long, default_value = "ed25519", value_parser = kind)]
    algorithm: KeyKind,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    password: PasswordOption,
    /// Replace the file if it exists. The key in it is lost.
    #[arg(long)]
    force: bool,
}

pub(crate) fn kind(name: &str) -> std::result::Result<KeyKind, String> {
    KeyKind::from_name(name).ok_or_else(|| "not a kind of key of this version".to_owned())
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    let access = if options.force { Access::PrivateReplacing } else { Access::Private };
    files::free(&options.out, access)?;
    let password = options.password.read()?;
    let key = SoftwareKey::generate(options.algorithm, &mut os_entropy).on(&options.out)?;
    let pem = key.to_pkcs8_pem(password.as_ref().map(|text| text.as_str()), &mut os_entropy).on(&options.out)?;
    files::write(&options.out, pem.as_bytes(), access)?;
    Ok(Status::Done)
}
