//! `seing pki`: a throw-away PKI in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use seing::key::{KeyKind, os_entropy};
use seing::pki::throwaway::{Kinds, Member, ThrowawayPki};

use crate::failure::{Failure, On, Result, Status};
use crate::files::{self, Access};
use crate::keygen;

#[derive(Args)]
#[command(after_help = "\
Every name in it contains TEST, its keys are not encrypted, and nobody trusts it: it is for trials. DIR/README.txt says what \
is in it and what to run next.

Examples:
  seing pki trial
  seing pki trial --algorithm p256 --days 30
  seing sign order.json --key trial/signer.key --cert trial/signer.pem --chain trial/intermediate.pem")]
pub(crate) struct Options {
    /// The folder, which is made if need be.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The kind of all keys: ed25519, p256, p384, rsa3072 or rsa4096. The key of the time-stamp authority is p256 where this
    /// is ed25519, which OpenSSL cannot verify in time-stamps. Without it: p256, and ed25519 for those who sign.
    #[arg(long, value_parser = keygen::kind)]
    algorithm: Option<KeyKind>,
    /// How many days the certificates are valid.
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..))]
    days: u16,
    /// Write into a folder that is not empty. Keys of the same name that are in it are lost.
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    let folder = options.folder.as_path();
    fs::create_dir_all(folder).on(folder)?;
    if !options.force && fs::read_dir(folder).on(folder)?.next().is_some() {
        let remedy = "name a new folder, or give --force to write into this one";
        return Err(Failure::impossible("the folder is not empty", remedy).on(folder.display()));
    }
    let mut kinds = options.algorithm.map_or_else(Kinds::default, Kinds::all);
    if kinds.time_stamp_authority == KeyKind::Ed25519 {
        kinds.time_stamp_authority = KeyKind::P256;
    }
    let pki = ThrowawayPki::lasting(options.days, SystemTime::now().into(), &kinds, &mut os_entropy)?;
    let mut written = Vec::new();
    let done = write(&pki, folder, options.force, &mut written);
    if done.is_err() {
        // Half a PKI is of no use to anybody. A file that cannot be removed is one more that the sentence need not name.
        written.iter().for_each(|path| drop(fs::remove_file(path)));
    }
    done.map(|()| Status::Done)
}

fn write(pki: &ThrowawayPki, folder: &Path, force: bool, written: &mut Vec<PathBuf>) -> Result<()> {
    let secret = if force { Access::PrivateReplacing } else { Access::Private };
    let mut put = |name: String, octets: &[u8], access: Access| {
        let path = folder.join(name);
        files::write(&path, octets, access)?;
        written.push(path);
        Ok::<(), Failure>(())
    };
    for (name, member) in members(pki) {
        let key = member.key.to_pkcs8_pem(None, &mut os_entropy)?;
        put(format!("{name}.key"), key.as_bytes(), secret)?;
        put(format!("{name}.pem"), member.certificate().to_pem().as_bytes(), Access::Public)?;
    }
    put("root.pem".to_owned(), pki.root.certificate().to_pem().as_bytes(), Access::Public)?;
    put("intermediate.pem".to_owned(), pki.intermediate.certificate().to_pem().as_bytes(), Access::Public)?;
    put("root.crl".to_owned(), &pki.root_crl, Access::Public)?;
    put("intermediate.crl".to_owned(), &pki.intermediate_crl, Access::Public)?;
    put("README.txt".to_owned(), README.as_bytes(), Access::Public)
}

/// Those whose keys are used. The keys of the two authorities are not kept: nothing more is issued.
fn members(pki: &ThrowawayPki) -> [(&'static str, &Member); 4] {
    [
        ("signer", &pki.customer),
        ("seal", &pki.merchant),
        ("tsa", &pki.time_stamp_authority),
        ("ocsp", &pki.ocsp_responder),
    ]
}

const README: &str = "\
A throw-away public key infrastructure, made by `seing pki` for trials. Nobody trusts it, its keys are not encrypted, and
every name in it contains TEST. Never sign anything with it that is meant to count.

  root.pem            the trust anchor
  intermediate.pem    the authority that issued the certificates below
  signer.key, .pem    a natural person, who signs
  seal.key, .pem      a legal person, whose seal it is
  tsa.key, .pem       a time-stamp authority
  ocsp.key, .pem      an OCSP responder
  root.crl            the revocation lists of the two authorities, for 30 days: nothing is revoked
  intermediate.crl

No certificate names a place where revocation lists are, for there is no server: give this folder with --crl.

Next, in this folder:

  seing tsa --key tsa.key --cert tsa.pem --chain intermediate.pem &
  seing sign README.txt --key signer.key --cert signer.pem --chain intermediate.pem --tsa http://127.0.0.1:3180/
  seing verify README.txt.p7s --content README.txt --trust root.pem
  seing augment README.txt.p7s --content README.txt --level lta --crl . --trust root.pem --tsa http://127.0.0.1:3180/ -o kept.p7s
  seing inspect kept.p7s
";
