//! PKCS#12 (RFC 7292): a private key and its certificates in one file under a password.

use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error as Refusal;

use super::{Signer, SoftwareKey};
use crate::asn1::Tag;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::Reader;
use crate::error::{Error, ErrorKind, Result};
use crate::oid;

/// Opens a PKCS#12 file: its private key, and its certificates in DER, the one of the key first, then its issuers as far as
/// they are there, then the others as they stand.
///
/// The encryption may be AES (PBES2) or the older triple DES and RC2, the integrity check any HMAC of RFC 7292.
///
/// # Errors
///
/// `Signer` when the password is wrong; `Malformed` when it is no PKCS#12 file, or holds no private key, or certificates
/// none of which is the key's; `Unsupported` for several keys, for files without integrity check or with the one of RFC 9579,
/// and for what [`SoftwareKey::from_pkcs8`] does not take; `LimitExceeded` over 1 MiB.
pub fn open(octets: &[u8], password: &str) -> Result<(SoftwareKey, Vec<Vec<u8>>)> {
    if octets.len() > FILE {
        return Err(Error::limit("PKCS#12 file over 1 MiB"));
    }
    check_integrity_is_passworded(octets)?;
    let archive = Pkcs12Archive::from_pkcs12(octets, password).map_err(|refusal| match refusal {
        Refusal::MacError(_) => Error::new(ErrorKind::Signer, "the password does not open the PKCS#12 file"),
        Refusal::UnsupportedEncryptionScheme
        | Refusal::UnsupportedMacAlgorithm
        | Refusal::UnsupportedContentType
        | Refusal::UnsupportedCertificateType => {
            Error::unsupported("PKCS#12 file protected in an unknown way").because(refusal)
        }
        Refusal::InvalidParameters => Error::limit("PKCS#12 file whose password is stretched too far").because(refusal),
        other => Error::malformed("PKCS#12 file that does not follow RFC 7292").because(other),
    })?;
    let key = match archive.keys.as_slice() {
        [bag] => SoftwareKey::from_pkcs8(bag.key.as_der(), None)?,
        [] => return Err(Error::malformed("no private key in the PKCS#12 file")),
        _ => return Err(Error::unsupported("several private keys in the PKCS#12 file: export the one that signs")),
    };
    let certificates = archive.certs.iter().map(|bag| bag.cert.as_der()).collect();
    let chain = leaf_first(&key, certificates)?;
    Ok((key, chain))
}

/// Whether these octets are a PKCS#12 file by their first field, the version, in which no other key file has a 3.
pub fn is_pkcs12(octets: &[u8]) -> bool {
    let version = Reader::new(octets).sequence("PKCS#12 file expected").and_then(|mut pfx| pfx.unsigned());
    matches!(version, Ok(3))
}

/// Without the check, whoever alters the file decides how much work opening it is.
///
/// ```text
/// PFX     ::= SEQUENCE { version INTEGER {v3(3)}, authSafe ContentInfo, macData MacData OPTIONAL }
/// MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
/// ```
fn check_integrity_is_passworded(octets: &[u8]) -> Result<()> {
    let mut reader = Reader::new(octets);
    let mut pfx = reader.sequence("PKCS#12 file expected")?;
    reader.finish("octets after the PKCS#12 file")?;
    if pfx.unsigned()? != 3 {
        return Err(Error::malformed("PKCS#12 file of a version other than 3"));
    }
    pfx.sequence("content of the PKCS#12 file expected")?;
    if pfx.is_empty() {
        return Err(Error::unsupported("PKCS#12 file without integrity check"));
    }
    let mac = AlgorithmIdentifier::read(
        &mut pfx.sequence("integrity check expected")?.sequence("digest of the integrity check expected")?,
    )?;
    if mac.oid == oid::PBMAC1 {
        return Err(Error::unsupported("PKCS#12 file with the integrity check of RFC 9579: export it without PBMAC1"));
    }
    Ok(())
}

/// What the order of certificates depends on, as it is encoded.
struct Names<'a> {
    der: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    spki: &'a [u8],
}

impl<'a> Names<'a> {
    /// ```text
    /// TBSCertificate ::= SEQUENCE {
    ///     version [0] Version DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier, issuer Name,
    ///     validity Validity, subject Name, subjectPublicKeyInfo SubjectPublicKeyInfo, … }
    /// ```
    fn read(der: &'a [u8]) -> Result<Self> {
        let mut tbs = Reader::new(der).sequence("certificate expected")?.sequence("certificate expected")?;
        tbs.optional(Tag::context(0))?;
        let (_serial, _signature, issuer) = (tbs.any()?, tbs.any()?, tbs.any()?);
        let (_validity, subject, spki) = (tbs.any()?, tbs.any()?, tbs.any()?);
        Ok(Self { der, issuer: issuer.raw, subject: subject.raw, spki: spki.raw })
    }
}

fn leaf_first(key: &SoftwareKey, certificates: Vec<&[u8]>) -> Result<Vec<Vec<u8>>> {
    let mut rest = certificates.into_iter().map(Names::read).collect::<Result<Vec<_>>>()?;
    if rest.is_empty() {
        return Ok(Vec::new());
    }
    let leaf = rest.iter().position(|certificate| certificate.spki == key.public_key().spki());
    let leaf = leaf.ok_or_else(|| Error::malformed("none of the certificates in the PKCS#12 file is of its key"))?;
    let mut next = Some(leaf);
    let mut chain = Vec::with_capacity(rest.len());
    while let Some(found) = next {
        let certificate = rest.remove(found);
        next = rest.iter().position(|other| other.subject == certificate.issuer);
        chain.push(certificate.der.to_vec());
    }
    chain.extend(rest.iter().map(|certificate| certificate.der.to_vec()));
    Ok(chain)
}

const FILE: usize = 1 << 20;
