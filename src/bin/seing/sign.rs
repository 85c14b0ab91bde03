//! `seing sign`: a CAdES signature, apart from the document or around it.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use seing::Identity;
use seing::ades::cades::{Signing, digest_algorithms};
use seing::ades::{Material, SignerLocation};
use seing::digest::{Algorithm, Digest, digest_reader};
use seing::key::{SignatureAlgorithm, Signer, SoftwareKey};
use seing::limits::Limits;
use seing::oid::{self, Oid};
use seing::time::Time;
use seing::validation::Policy;

use crate::augment::Raising;
use crate::authorities::{Authorities, TsaOptions};
use crate::failure::{Failure, On, Result, Status};
use crate::files::{self, Access};
use crate::identity::IdentityOptions;
use crate::online::Revocation;
use crate::{augment, progress, verify};

#[derive(Args)]
#[command(after_help = "\
The signature is written apart from its document (FILE.p7s) unless --embed puts the document into it (FILE.p7m). Documents of \
any size are signed apart from their signature; those that are embedded are held in memory, 256 MiB at most. \
An expired certificate, one that is not valid yet and a key of another certificate are refused before anything is written. \
Levels lt and lta embed what proves that no certificate was revoked, of the signer and of the time-stamp authority: from --crl and \
--ocsp, or fetched with --online. Where something is missing, nothing is written. This version signs in CAdES.

Examples:
  seing sign order.json --key shop.key --cert shop.pem --chain issuing.pem
  seing sign contract.pdf --format cades --key shop.p12 --password-file secret.txt -o contract.p7s
  seing sign order.json --key me.p12 --level lta --tsa http://tsa.example/ --online --trust root.pem
  seing sign order.json --embed --key me.p12 --commitment approval --location 'Casablanca, MA'
  seing sign --beside order.p7m --key shop.key --cert shop.pem -o both.p7m
  seing sign contract.txt --beside contract.p7s --key shop.key --cert shop.pem -o both.p7s")]
pub(crate) struct Options {
    /// The documents to sign; `-` is standard input.
    #[arg(value_name = "FILE", required_unless_present = "beside")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    identity: IdentityOptions,
    /// The format of the signature. PDF asks for pades and several files for asic-e, which are to come: say cades to sign
    /// them as files, each by itself.
    #[arg(long, value_enum, ignore_case = true)]
    format: Option<Format>,
    /// The level: b, t with a time-stamp of the signature, lt with revocation information too, lta with an archive time-stamp over
    /// all of it. It is t where --tsa is given, and b otherwise.
    #[arg(long, value_enum, ignore_case = true)]
    level: Option<Level>,
    #[command(flatten)]
    tsa: TsaOptions,
    #[command(flatten)]
    revocation: Revocation,
    /// Trust anchors at which paths end at levels lt and lta. They are not embedded.
    #[arg(long, value_name = "FILE|DIR")]
    trust: Vec<PathBuf>,
    /// Put the document into the signed file.
    #[arg(long)]
    embed: bool,
    /// Add one more signature to those of this signed document, over the same content. FILE is that content, and is needed
    /// where it is apart from the signatures.
    #[arg(long, value_name = "SIGNED", conflicts_with = "embed")]
    beside: Option<PathBuf>,
    /// Where to write; a folder for several documents. Without it, beside each document.
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// What the signature commits to; may be repeated.
    #[arg(long, value_enum)]
    commitment: Vec<Commitment>,
    /// Where the signer claims to be: a town, or a town and a country.
    #[arg(long, value_name = "TOWN, COUNTRY", value_parser = location)]
    location: Option<SignerLocation>,
    /// The media type of the document, as in application/pdf.
    #[arg(long, value_name = "TYPE", value_parser = media_type)]
    mime_type: Option<String>,
    /// The hash function of the signature, for RSA and ECDSA keys: sha256, sha384 or sha512.
    #[arg(long, value_name = "ALG", value_parser = hash)]
    digest: Option<Algorithm>,
    /// Sign with RSASSA-PSS instead of PKCS#1 v1.5.
    #[arg(long)]
    pss: bool,
    /// When the signer claims to sign, for trials; now where it is not given.
    #[arg(long, value_name = "RFC3339", value_parser = verify::time)]
    claimed_time: Option<Time>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Cades,
    Pades,
    Jades,
    Xades,
    AsicS,
    AsicE,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
    B,
    T,
    Lt,
    Lta,
}

impl Level {
    fn above_t(self) -> Option<seing::ades::Level> {
        match self {
            Self::B | Self::T => None,
            Self::Lt => Some(seing::ades::Level::BLt),
            Self::Lta => Some(seing::ades::Level::BLta),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Commitment {
    #[value(name = "proof-of-origin", alias = "origin")]
    Origin,
    #[value(name = "proof-of-receipt", alias = "receipt")]
    Receipt,
    #[value(name = "proof-of-delivery", alias = "delivery")]
    Delivery,
    #[value(name = "proof-of-sender", alias = "sender")]
    Sender,
    #[value(name = "proof-of-approval", alias = "approval")]
    Approval,
    #[value(name = "proof-of-creation", alias = "creation")]
    Creation,
}

impl Commitment {
    fn oid(self) -> Oid {
        match self {
            Self::Origin => oid::PROOF_OF_ORIGIN,
            Self::Receipt => oid::PROOF_OF_RECEIPT,
            Self::Delivery => oid::PROOF_OF_DELIVERY,
            Self::Sender => oid::PROOF_OF_SENDER,
            Self::Approval => oid::PROOF_OF_APPROVAL,
            Self::Creation => oid::PROOF_OF_CREATION,
        }
    }
}

fn location(text: &str) -> std::result::Result<SignerLocation, String> {
    let (town, country) = text.rsplit_once(',').map_or((text, None), |(town, country)| (town, Some(country)));
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut location = SignerLocation::default();
    location.locality = Some(said(town).ok_or("write it as 'Casablanca, MA'")?);
    location.country = country.and_then(said);
    Ok(location)
}

fn media_type(text: &str) -> std::result::Result<String, String> {
    let is_one = text.split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty());
    if is_one && text.bytes().all(|octet| octet.is_ascii_graphic() || octet == b' ') {
        Ok(text.to_owned())
    } else {
        Err("write it as application/pdf".to_owned())
    }
}

fn hash(name: &str) -> std::result::Result<Algorithm, String> {
    let algorithm = Algorithm::from_name(name);
    algorithm
        .filter(|algorithm| matches!(algorithm, Algorithm::Sha256 | Algorithm::Sha384 | Algorithm::Sha512))
        .ok_or_else(|| "not a hash function that signs: sha256, sha384 or sha512".to_owned())
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    options.refuse_unsupported()?;
    let outputs = options.outputs()?;
    let (key, chain) = options.identity.open()?;
    let key = with_algorithm(key, options.digest, options.pss)?;
    let identity = Identity::new(key, chain).on(options.identity.certificate_file())?;
    identity.usable_at(options.time()).on(options.identity.certificate_file())?;
    let authorities = if options.tsa.is_given() { Some(options.tsa.open(None)?) } else { None };
    let policy = Policy::default();
    let anchors = augment::anchors(&options.trust, &options.tsa)?;
    let raising = options.level.and_then(Level::above_t).map(|level| Raising {
        level,
        revocation: &options.revocation,
        anchors: &anchors,
        policy: &policy,
        authorities: authorities.as_ref(),
    });
    let desk = Desk { options, identity: &identity, authorities: authorities.as_ref(), raising };
    let mut known = options.revocation.read()?;
    for (input, output) in outputs {
        let signed = match (&options.beside, input) {
            (Some(signed), content) => desk.sign_beside(signed, content)?,
            (None, Some(input)) if options.embed => desk.sign_embedded(input, &mut known)?,
            (None, Some(input)) => desk.sign_apart(input, &mut known)?,
            (None, None) => return Err(Failure::usage("nothing to sign", "name a file")),
        };
        let access = if options.out.is_some() { Access::Public } else { Access::PublicNew };
        files::write(&output, &signed, access)?;
    }
    Ok(Status::Done)
}

impl Options {
    fn refuse_unsupported(&self) -> Result<()> {
        let only = "this version signs in CAdES only";
        if self.format.is_some_and(|format| format != Format::Cades) {
            return Err(Failure::usage(only, "say `--format cades` to sign any file with a CAdES signature"));
        }
        match (self.level, self.tsa.is_given()) {
            (Some(Level::T | Level::Lt | Level::Lta), false) => {
                return Err(Failure::usage("levels above b need a time-stamp authority", "name one with --tsa"));
            }
            (Some(Level::B), true) => {
                return Err(Failure::usage("level b has no time-stamp", "leave --tsa out, or say `--level t`"));
            }
            _ => {}
        }
        let long = self.level.and_then(Level::above_t).is_some();
        if !long && (self.revocation.is_given() || !self.trust.is_empty()) {
            return Err(Failure::usage("revocation information is for levels lt and lta", "say `--level lt`"));
        }
        if long && self.beside.is_some() {
            let what = "levels lt and lta are of the whole document, and of the signatures that are there too";
            return Err(Failure::usage(what, "sign it, and then say `seing augment`"));
        }
        if self.beside.is_some() && self.files.len() > 1 {
            return Err(Failure::usage("a signed document has one content", "name one file with --beside"));
        }
        if self.format.is_some() || self.beside.is_some() {
            return Ok(());
        }
        match self.files.as_slice() {
            [one] if is_pdf(one)? => Err(Failure::usage(
                format!("a PDF is signed as PAdES unless it is said otherwise, and {only}"),
                "say `--format cades` to sign it as a file",
            )
            .on(one.display())),
            [_, _, ..] => Err(Failure::usage(
                format!("several files are signed together as ASiC-E unless it is said otherwise, and {only}"),
                "say `--format cades` to sign each by itself",
            )),
            _ => Ok(()),
        }
    }

    /// Each document with the place of its signature. None of these places may be a file that is read.
    fn outputs(&self) -> Result<Vec<(Option<&Path>, PathBuf)>> {
        let mut outputs: Vec<(Option<&Path>, PathBuf)> = Vec::new();
        for input in self.files.iter().map(|file| Some(file.as_path())).chain(self.no_file()) {
            let output = self.output(input)?;
            let beside = self.beside.iter();
            let read = self.files.iter().chain(beside).chain(self.identity.files());
            if read.into_iter().any(|read| files::is_same(read, &output)) {
                let what = "it is read, and will not be written over";
                return Err(Failure::usage(what, "name another file with --out").on(output.display()));
            }
            if outputs.iter().any(|(_, other)| *other == output) {
                let what = "two signatures would be written to it";
                return Err(Failure::usage(what, "sign files of the same name one by one").on(output.display()));
            }
            if self.out.is_none() && std::fs::symlink_metadata(&output).is_ok() {
                let what = "it exists, and may be someone's signature";
                return Err(Failure::impossible(what, "name the file to write with --out").on(output.display()));
            }
            outputs.push((input, output));
        }
        Ok(outputs)
    }

    fn no_file(&self) -> Option<Option<&Path>> {
        self.files.is_empty().then_some(None)
    }

    fn output(&self, input: Option<&Path>) -> Result<PathBuf> {
        let unnamed = || Failure::usage("where to write is not said", "name a file with --out");
        let name = || -> Result<OsString> {
            let mut name = input.and_then(Path::file_name).filter(|name| *name != "-").ok_or_else(unnamed)?.to_owned();
            name.push(if self.embed { ".p7m" } else { ".p7s" });
            Ok(name)
        };
        match &self.out {
            Some(folder) if folder.is_dir() => Ok(folder.join(name()?)),
            Some(folder) if self.files.len() > 1 => Err(Failure::usage(
                "not a folder, and several files are signed",
                "make it with mkdir, or name one file",
            )
            .on(folder.display())),
            Some(file) => Ok(file.clone()),
            None if self.beside.is_some() => Err(unnamed()),
            None => Ok(input.ok_or_else(unnamed)?.with_file_name(name()?)),
        }
    }

    fn time(&self) -> Time {
        self.claimed_time.unwrap_or_else(|| SystemTime::now().into())
    }
}

/// Where documents are signed: what is to be said in each signature, by whom and with whose time.
struct Desk<'a> {
    options: &'a Options,
    identity: &'a Identity,
    authorities: Option<&'a Authorities>,
    /// Where more than a time-stamp is asked for.
    raising: Option<Raising<'a>>,
}

impl Desk<'_> {
    fn sign_embedded(&self, input: &Path, known: &mut Material) -> Result<Vec<u8>> {
        let content = files::read(input, &Limits::default())?;
        let signed = self.finish(seing::sign(&content, self.identity)).on(input)?;
        self.raised(signed, &[], known).on(input)
    }

    fn raised(&self, signed: Vec<u8>, digests: &[Digest], known: &mut Material) -> Result<Vec<u8>> {
        match &self.raising {
            Some(raising) => raising.raise(&signed, digests, known),
            None => Ok(signed),
        }
    }

    fn sign_apart(&self, input: &Path, known: &mut Material) -> Result<Vec<u8>> {
        let digest = digests(input, &[self.digest_algorithm()])?.into_iter().next();
        let digest =
            digest.ok_or_else(|| Failure::impossible("no digest of the file", "name another").on(input.display()))?;
        let signed = self.finish(seing::sign_detached(&digest, self.identity)).on(input)?;
        self.raised(signed, &[digest], known).on(input)
    }

    /// One more signature, over the content of those that are there: nothing else may be given as the content.
    fn sign_beside(&self, signed_file: &Path, content: Option<&Path>) -> Result<Vec<u8>> {
        let signed = files::read(signed_file, &Limits::default())?;
        let (detached, mut algorithms) = digest_algorithms(&signed, &Limits::default()).on(signed_file)?;
        if !algorithms.contains(&self.digest_algorithm()) {
            algorithms.push(self.digest_algorithm());
        }
        let digests = match content {
            Some(content) => digests(content, &algorithms)?,
            None if detached => {
                return Err(Failure::usage("its content is apart from it", "name the content as FILE")
                    .on(signed_file.display()));
            }
            None => Vec::new(),
        };
        if let Some(content) = content {
            let report = seing::verify(&signed).content_digests(&digests).at(self.options.time()).report();
            if report.on(signed_file)?.signatures.iter().any(|signature| signature.data_intact == Some(false)) {
                let what = format!("it is not the content of {}", signed_file.display());
                return Err(Failure::impossible(what, "name the content that was signed").on(content.display()));
            }
        }
        let own = digests.iter().find(|digest| digest.algorithm() == self.digest_algorithm()).filter(|_| detached);
        self.finish(seing::sign_beside(&signed, own, self.identity)).on(signed_file)
    }

    fn digest_algorithm(&self) -> Algorithm {
        Signing::digest_algorithm(self.identity.signer().algorithm())
    }

    fn finish(&self, mut sign: seing::Sign<'_>) -> seing::error::Result<Vec<u8>> {
        sign = sign.claimed_at(self.options.time());
        for commitment in &self.options.commitment {
            sign = sign.commitment(commitment.oid());
        }
        if let Some(location) = &self.options.location {
            sign = sign.location(location.clone());
        }
        if let Some(mime_type) = &self.options.mime_type {
            sign = sign.mime_type(mime_type);
        }
        match self.authorities {
            Some(authorities) => sign.timestamp_by(|imprint, _| authorities.stamp(imprint)).finish(),
            None => sign.finish(),
        }
    }
}

fn digests(path: &Path, algorithms: &[Algorithm]) -> Result<Vec<Digest>> {
    let bar = progress::bar(path);
    let digests = digest_reader(files::open(path)?, algorithms, |read| bar.set_position(read)).on(path)?;
    bar.finish_and_clear();
    Ok(digests)
}

/// The key signing as it is asked to, rather than in its usual way.
fn with_algorithm(key: SoftwareKey, digest: Option<Algorithm>, pss: bool) -> Result<SoftwareKey> {
    use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
    let salted = |digest: Algorithm| RsaPss { digest, salt: u16::try_from(digest.length()).unwrap_or(u16::MAX) };
    let asked = match (key.algorithm(), digest) {
        (Ed25519, Some(_)) => {
            return Err(Failure::usage("an Ed25519 key hashes in one way only", "leave --digest out"));
        }
        (RsaPkcs1(usual), digest) if pss => salted(digest.unwrap_or(usual)),
        (RsaPss { digest: usual, .. }, digest) => salted(digest.unwrap_or(usual)),
        (_, _) if pss => return Err(Failure::usage("--pss is for RSA keys", "leave it out")),
        (RsaPkcs1(_), Some(digest)) => RsaPkcs1(digest),
        (Ecdsa(_), Some(digest)) => Ecdsa(digest),
        (usual, _) => usual,
    };
    Ok(key.with_algorithm(asked)?)
}

/// Readers of PDF look for its header in the first 1024 octets. Standard input is not looked at.
fn is_pdf(path: &Path) -> Result<bool> {
    if path == Path::new("-") {
        return Ok(false);
    }
    let mut head = Vec::new();
    files::open(path)?.take(1024).read_to_end(&mut head).on(path)?;
    Ok(head.windows(5).any(|window| window == b"%PDF-"))
}
