//! Which certificate is meant.

use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::digest::{Algorithm, Digest};
use crate::error::Result;
use crate::oid::Oid;
use crate::pki::crl::shortest;
use crate::pki::{Certificate, Name};

/// A certificate by the hashes of its issuer's name and key, and its serial number (RFC 6960 §4.1.1).
///
/// ```text
/// CertID ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING,
///     serialNumber CertificateSerialNumber }
/// ```
///
/// The hash tells issuers apart and protects nothing: SHA-1 is what responders expect (RFC 5019 §2.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertId {
    hash: Oid,
    issuer_name_hash: Vec<u8>,
    issuer_key_hash: Vec<u8>,
    serial: Vec<u8>,
}

impl CertId {
    /// Names a certificate, by this hash of its issuer.
    pub fn new(hash: Algorithm, certificate: &Certificate, issuer: &Certificate) -> Self {
        Self {
            hash: hash.oid(),
            issuer_name_hash: name_hash(hash, certificate.issuer()).octets().to_vec(),
            issuer_key_hash: key_hash(hash, issuer).octets().to_vec(),
            serial: certificate.serial().to_vec(),
        }
    }

    pub(super) fn read(fields: &mut Reader<'_>) -> Result<Self> {
        let mut fields = fields.sequence("CertID expected")?;
        let hash = AlgorithmIdentifier::read(&mut fields)?;
        let octets = |tlv: Tlv<'_>| tlv.octets().map(std::borrow::Cow::into_owned);
        let issuer_name_hash = octets(fields.read(Tag::OCTET_STRING, "issuerNameHash expected")?)?;
        let issuer_key_hash = octets(fields.read(Tag::OCTET_STRING, "issuerKeyHash expected")?)?;
        let serial = fields.read(Tag::INTEGER, "serial number expected")?.content.to_vec();
        fields.finish("CertID with more than four elements")?;
        Ok(Self { hash: hash.oid, issuer_name_hash, issuer_key_hash, serial })
    }

    pub(super) fn to_der(&self) -> Vec<u8> {
        // RFC 5754 §2 tells to leave the parameters out, but responders of RFC 2560 compare with NULL.
        let hash = write::sequence(&[&write::oid(&self.hash), &write::null()]);
        write::sequence(&[
            &hash,
            &write::octet_string(&self.issuer_name_hash),
            &write::octet_string(&self.issuer_key_hash),
            &write::tlv(Tag::INTEGER, &[&self.serial]),
        ])
    }

    /// The hash of the issuer's name and key. `None` when it is one that this crate does not know.
    pub fn hash(&self) -> Option<Algorithm> {
        Algorithm::from_oid(&self.hash)
    }

    /// The content octets of the serial number, as they were encoded.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// Whether the serial number is that of a certificate.
    pub(in crate::pki) fn has_serial_of(&self, certificate: &Certificate) -> bool {
        shortest(&self.serial) == shortest(certificate.serial())
    }

    /// Whether it names this certificate of this issuer. An unknown hash names none.
    pub(in crate::pki) fn names(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let Some(hash) = self.hash() else { return false };
        self.has_serial_of(certificate)
            && self.issuer_name_hash == name_hash(hash, certificate.issuer()).octets()
            && self.issuer_key_hash == key_hash(hash, issuer).octets()
    }

    /// Whether it names the same certificate by the same hash.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.hash == other.hash
            && self.issuer_name_hash == other.issuer_name_hash
            && self.issuer_key_hash == other.issuer_key_hash
            && shortest(&self.serial) == shortest(&other.serial)
    }
}

fn name_hash(hash: Algorithm, name: &Name) -> Digest {
    hash.digest(name.der())
}

/// The hash of the value of the BIT STRING subjectPublicKey, without tag, length and number of unused bits.
pub(in crate::pki) fn key_hash(hash: Algorithm, certificate: &Certificate) -> Digest {
    let bits = Reader::new(certificate.spki()).sequence("public key expected").and_then(|mut fields| {
        fields.any()?;
        fields.any()
    });
    let octets = bits.ok().and_then(|bits| bits.content.get(1..)).unwrap_or_default();
    hash.digest(octets)
}
