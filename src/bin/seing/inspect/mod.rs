//! `seing inspect`: what is inside a file, for people.

mod certificate;
mod page;
mod signed;

use std::path::PathBuf;

use clap::Args;
use seing::error::{Error, ErrorKind};
use seing::key::{PublicKey, Signer, SoftwareKey, pkcs12};
use seing::limits::Limits;
use seing::pki::{Certificate, Name};
use seing::time::Time;
use seing::timestamp::{Request, Response};
use x509_parser::prelude::{CertificateRevocationList, FromDer};

use crate::failure::{Failure, On, Result, Status};
use crate::secrets::PasswordOption;
use crate::verify::print;
use crate::{files, text};
use page::Page;

#[derive(Args)]
#[command(after_help = "\
Reads signed documents (CMS), time-stamp tokens, requests and responses, certificates, revocation lists and keys, in DER or \
PEM, with several of them in one PEM file. Nothing is judged here: what is printed is what the file says of itself. Secrets \
are not printed.

Examples:
  seing inspect contract.p7s
  seing inspect root.pem
  seing inspect shop.p12 --password-file secret.txt")]
pub(crate) struct Options {
    /// The file; `-` is standard input.
    file: PathBuf,
    #[command(flatten)]
    password: PasswordOption,
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    let password = options.password.read()?;
    let octets = zeroize::Zeroizing::new(files::read(&options.file, &Limits::default())?);
    let mut page = Page::default();
    let password = password.as_ref().map(|text| text.as_str());
    let what = if octets.first() != Some(&SEQUENCE) && is_pem(&octets) {
        every_block(&octets, password, &mut page)
    } else {
        element(&octets, password, &mut page)
    };
    what.on(&options.file)?;
    print(&page.finish())?;
    Ok(Status::Done)
}

const SEQUENCE: u8 = 0x30;
const BEGIN: &str = "-----BEGIN ";

fn is_pem(octets: &[u8]) -> bool {
    octets.windows(BEGIN.len()).any(|window| window == BEGIN.as_bytes())
}

/// Each PEM block in turn. The library reads PEM, so that a block is handed on as the text that it is.
fn every_block(octets: &[u8], password: Option<&str>, page: &mut Page) -> Result<()> {
    let text = String::from_utf8_lossy(octets);
    let mut rest: &str = &text;
    while let Some(begin) = rest.find(BEGIN) {
        let block = rest.get(begin..).unwrap_or_default();
        let label = block.get(BEGIN.len()..).and_then(|after| after.split_once("-----")).map_or("", |(label, _)| label);
        let end = format!("-----END {label}-----");
        let at = text.len() - block.len();
        let length = block.find(&end).map(|length| length + end.len()).ok_or_else(|| {
            let label = text::printable(label);
            let what = format!("the PEM block {label:.40} at octet {at} has no end");
            Failure::impossible(what, "ask for another copy of it")
        })?;
        let (block, after) = block.split_at(length);
        one_block(label, block.as_bytes(), password, page)?;
        rest = after;
    }
    Ok(())
}

fn one_block(label: &str, block: &[u8], password: Option<&str>, page: &mut Page) -> Result<()> {
    match label {
        "CMS" | "PKCS7" | "PKCS #7 SIGNED DATA" => signed::describe(block, page)?,
        "CERTIFICATE" | "X509 CERTIFICATE" => certificates(block, page)?,
        "X509 CRL" => {
            let der = x509_parser::pem::parse_x509_pem(block).map(|(_, pem)| pem.contents);
            let unread = "the PEM block cannot be read";
            let der = der.ok().ok_or_else(|| Error::new(ErrorKind::Malformed, unread))?;
            revocation_list(&der, page)?;
        }
        "EC PARAMETERS" => {}
        label if label.ends_with("PRIVATE KEY") => private_key(block, password, page)?,
        other => page.title(&format!("PEM block {other:.60}, which this version does not read")),
    }
    Ok(())
}

type Describe<'a> = dyn Fn(&mut Page) -> seing::error::Result<()> + 'a;

/// One element in DER or BER. What it is is told by reading it: the reader that comes farthest says what is wrong.
fn element(octets: &[u8], password: Option<&str>, page: &mut Page) -> Result<()> {
    if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| octets.starts_with(magic)) {
        return Err(Failure::impossible(format!("this is {what}"), "name a file of signatures, certificates or keys"));
    }
    if pkcs12::is_pkcs12(octets) {
        return Ok(key_file(octets, password, page)?);
    }
    let readers: [&Describe<'_>; 7] = [
        &|page| signed::describe(octets, page),
        &|page| signed::describe_response(&Response::parse(octets)?, page),
        &|page| signed::describe_request(&Request::parse(octets)?, page),
        &|page| certificates(octets, page),
        &|page| revocation_list(octets, page),
        &|page| public_key(octets, page),
        &|page| private_key(octets, password, page),
    ];
    let mut farthest: Option<Error> = None;
    for reader in readers {
        match reader(page) {
            Ok(()) => return Ok(()),
            Err(error) if farthest.as_ref().is_none_or(|before| rank(&error) > rank(before)) => farthest = Some(error),
            Err(_) => {}
        }
    }
    let nothing = "no signed document, time-stamp, certificate, revocation list or key";
    let why = farthest.filter(|_| octets.first() == Some(&SEQUENCE));
    Err(why.map_or_else(|| Failure::impossible(nothing, "check that this is the file you mean"), Failure::from))
}

/// How far a reader came: to an offset, or through the whole structure to something that it does not support.
fn rank(error: &Error) -> (bool, usize) {
    let through = matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::Signer | ErrorKind::LimitExceeded);
    (through, error.offset().unwrap_or(0))
}

/// Files that are often signed, by their first octets.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF, whose signatures this version does not read"),
    (b"PK\x03\x04", "a ZIP container, whose signatures this version does not read"),
    (b"<?xml", "an XML document, whose signatures this version does not read"),
    (b"{", "a JSON document, whose signatures this version does not read"),
];

fn certificates(octets: &[u8], page: &mut Page) -> seing::error::Result<()> {
    Certificate::parse_many(octets)?.iter().for_each(|certificate| certificate::describe(certificate, page));
    Ok(())
}

fn private_key(octets: &[u8], password: Option<&str>, page: &mut Page) -> seing::error::Result<()> {
    match SoftwareKey::from_pkcs8(octets, password) {
        Ok(key) => {
            page.title("Private key");
            page.line("kind", key.public_key().algorithm());
            page.line("signs with", key.public_key().name_of(key.algorithm()));
        }
        Err(error) if error.kind() == ErrorKind::Signer && password.is_none() => {
            page.title("Private key, encrypted: its kind is shown with --password-file");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

fn key_file(octets: &[u8], password: Option<&str>, page: &mut Page) -> seing::error::Result<()> {
    match pkcs12::open(octets, password.unwrap_or_default()) {
        Ok((key, certificates)) => {
            page.title("PKCS#12 file with a private key");
            page.line("kind", key.public_key().algorithm());
            page.line("certificates", certificates.len());
            for der in certificates {
                certificate::describe(&Certificate::parse(&der)?, page);
            }
        }
        Err(error) if error.kind() == ErrorKind::Signer && password.is_none() => {
            page.title("PKCS#12 file, encrypted: what is in it is shown with --password-file");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

fn public_key(octets: &[u8], page: &mut Page) -> seing::error::Result<()> {
    let key = PublicKey::from_spki(octets)?;
    page.title("Public key");
    page.line("kind", key.algorithm());
    Ok(())
}

fn revocation_list(der: &[u8], page: &mut Page) -> seing::error::Result<()> {
    let parsed = CertificateRevocationList::from_der(der);
    let wrong = || Error::new(ErrorKind::Malformed, "this is no certificate revocation list");
    let (_, list) = parsed.ok().filter(|(rest, _)| rest.is_empty()).ok_or_else(wrong)?;
    page.title("Certificate revocation list");
    page.line("issuer", Name::parse(list.issuer().as_raw())?);
    page.line("issued", Time::from_unix(list.last_update().timestamp(), 0)?);
    if let Some(next) = list.next_update() {
        page.line("next one by", Time::from_unix(next.timestamp(), 0)?);
    }
    page.line("revoked", list.iter_revoked_certificates().count());
    Ok(())
}
