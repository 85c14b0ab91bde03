//! Signature algorithms: which primitive, which hash, and the one table of their object identifiers.

use std::fmt;

use crate::asn1::algorithm::{AlgorithmIdentifier, identifier};
use crate::asn1::{Tag, write};
use crate::digest;
use crate::error::{Error, Result};
use crate::oid::{self, Oid};

/// A signature algorithm with its hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// Ed25519 (RFC 8032), which hashes for itself.
    Ed25519,
    /// ECDSA (FIPS 186-5) on the curve of the key.
    Ecdsa(digest::Algorithm),
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    RsaPkcs1(digest::Algorithm),
    /// RSASSA-PSS (RFC 8017 §8.1) with MGF1 over the same hash.
    RsaPss {
        /// The hash of the message and of MGF1.
        digest: digest::Algorithm,
        /// The length of the salt in octets.
        salt: u16,
    },
    /// DSA (FIPS 186-4), verified only.
    Dsa(digest::Algorithm),
    /// ML-DSA (FIPS 204) without pre-hash and context, of the parameter set of the key, verified only.
    MlDsa(MlDsa),
}

/// A parameter set of ML-DSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "closed by FIPS 204")]
pub enum MlDsa {
    /// ML-DSA-44
    MlDsa44,
    /// ML-DSA-65
    MlDsa65,
    /// ML-DSA-87
    MlDsa87,
}

use SignatureAlgorithm::{Dsa, Ecdsa, Ed25519, RsaPkcs1};
use digest::Algorithm::{Sha1, Sha3_224, Sha3_256, Sha3_384, Sha3_512, Sha224, Sha256, Sha384, Sha512};

/// RSASSA-PSS is not here: its identifier carries parameters.
const TABLE: &[(Oid, SignatureAlgorithm)] = &[
    (oid::ED25519, Ed25519),
    (oid::ECDSA_WITH_SHA1, Ecdsa(Sha1)),
    (oid::ECDSA_WITH_SHA224, Ecdsa(Sha224)),
    (oid::ECDSA_WITH_SHA256, Ecdsa(Sha256)),
    (oid::ECDSA_WITH_SHA384, Ecdsa(Sha384)),
    (oid::ECDSA_WITH_SHA512, Ecdsa(Sha512)),
    (oid::ECDSA_WITH_SHA3_256, Ecdsa(Sha3_256)),
    (oid::ECDSA_WITH_SHA3_384, Ecdsa(Sha3_384)),
    (oid::ECDSA_WITH_SHA3_512, Ecdsa(Sha3_512)),
    (oid::SHA1_WITH_RSA, RsaPkcs1(Sha1)),
    (oid::SHA224_WITH_RSA, RsaPkcs1(Sha224)),
    (oid::SHA256_WITH_RSA, RsaPkcs1(Sha256)),
    (oid::SHA384_WITH_RSA, RsaPkcs1(Sha384)),
    (oid::SHA512_WITH_RSA, RsaPkcs1(Sha512)),
    (oid::SHA3_224_WITH_RSA, RsaPkcs1(Sha3_224)),
    (oid::SHA3_256_WITH_RSA, RsaPkcs1(Sha3_256)),
    (oid::SHA3_384_WITH_RSA, RsaPkcs1(Sha3_384)),
    (oid::SHA3_512_WITH_RSA, RsaPkcs1(Sha3_512)),
    (oid::DSA_WITH_SHA1, Dsa(Sha1)),
    (oid::DSA_WITH_SHA224, Dsa(Sha224)),
    (oid::DSA_WITH_SHA256, Dsa(Sha256)),
    (oid::ML_DSA_44, SignatureAlgorithm::MlDsa(MlDsa::MlDsa44)),
    (oid::ML_DSA_65, SignatureAlgorithm::MlDsa(MlDsa::MlDsa65)),
    (oid::ML_DSA_87, SignatureAlgorithm::MlDsa(MlDsa::MlDsa87)),
];

impl SignatureAlgorithm {
    /// The hash that is applied to the message before the primitive, where the primitive does not take the message itself.
    pub fn digest(self) -> Option<digest::Algorithm> {
        match self {
            Self::Ed25519 | Self::MlDsa(_) => None,
            Self::Ecdsa(digest) | Self::RsaPkcs1(digest) | Self::RsaPss { digest, .. } | Self::Dsa(digest) => {
                Some(digest)
            }
        }
    }

    /// The hash that a CMS SignerInfo names beside this algorithm: its own, or SHA-512 for Ed25519 (RFC 8419 §3.1)
    /// and ML-DSA (RFC 9882 §3.3).
    pub(crate) fn message_digest(self) -> digest::Algorithm {
        self.digest().unwrap_or(Sha512)
    }

    /// Reads an algorithm identifier. `rsaEncryption` says nothing of the hash: it is taken from `digest`, the one of the
    /// SignerInfo (RFC 3370 §3.2).
    pub(crate) fn from_identifier(id: &AlgorithmIdentifier<'_>, digest: Option<digest::Algorithm>) -> Result<Self> {
        if id.oid == oid::RSASSA_PSS {
            return pss(id);
        }
        if id.oid == oid::RSA_ENCRYPTION {
            id.no_parameters()?;
            return digest
                .map(Self::RsaPkcs1)
                .ok_or_else(|| Error::malformed("rsaEncryption does not name a hash").at(id.offset));
        }
        if id.oid == oid::DSA {
            return digest.map(Self::Dsa).ok_or_else(|| Error::malformed("id-dsa does not name a hash").at(id.offset));
        }
        let row = TABLE.iter().find(|row| row.0 == id.oid);
        let (_, algorithm) = row
            .ok_or_else(|| Error::unsupported("unknown signature algorithm").with(id.oid.to_string()).at(id.offset))?;
        id.no_parameters()?;
        Ok(*algorithm)
    }

    /// The algorithm of a name as reports write it, without the curve of a key. RSASSA-PSS, and no other, has a salt.
    pub(crate) fn from_name(name: &str, salt: Option<u16>) -> Option<Self> {
        let hash = |family| name.strip_prefix(family).and_then(digest::Algorithm::from_name);
        let pss = hash("rsa-pss-").zip(salt).map(|(digest, salt)| Self::RsaPss { digest, salt });
        let plain = || {
            let ecdsa = hash("ecdsa-").map(Ecdsa);
            let hashed = ecdsa.or_else(|| hash("rsa-pkcs1-").map(RsaPkcs1)).or_else(|| hash("dsa-").map(Dsa));
            hashed.or_else(|| TABLE.iter().map(|row| row.1).find(|algorithm| algorithm.to_string() == name))
        };
        pss.or_else(|| plain().filter(|_| salt.is_none()))
    }

    /// The algorithm identifier in DER.
    pub(crate) fn to_identifier(self) -> Vec<u8> {
        if let Self::RsaPss { digest, salt } = self {
            return identifier(&oid::RSASSA_PSS, &pss_parameters(digest, salt));
        }
        let row = TABLE.iter().find(|row| row.1 == self);
        let oid = row.map_or(oid::ED25519, |row| row.0);
        // RFC 4055 §5: NULL for RSA; RFC 5754 §3.3, RFC 8419 §2.1: absent for the others.
        let parameters = if matches!(self, Self::RsaPkcs1(_)) { write::null() } else { Vec::new() };
        identifier(&oid, &parameters)
    }
}

impl fmt::Display for SignatureAlgorithm {
    /// The name in reports, as in `rsa-pss-sha256`; a key adds its curve: `ecdsa-p256-sha256`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ed25519 => f.write_str("ed25519"),
            Self::Ecdsa(digest) => write!(f, "ecdsa-{digest}"),
            Self::RsaPkcs1(digest) => write!(f, "rsa-pkcs1-{digest}"),
            Self::RsaPss { digest, .. } => write!(f, "rsa-pss-{digest}"),
            Self::Dsa(digest) => write!(f, "dsa-{digest}"),
            Self::MlDsa(MlDsa::MlDsa44) => f.write_str("ml-dsa-44"),
            Self::MlDsa(MlDsa::MlDsa65) => f.write_str("ml-dsa-65"),
            Self::MlDsa(MlDsa::MlDsa87) => f.write_str("ml-dsa-87"),
        }
    }
}

/// The hash function of an algorithm identifier: absent and NULL parameters are the same (RFC 5754 §2).
pub(crate) fn digest_from_identifier(id: &AlgorithmIdentifier<'_>) -> Result<digest::Algorithm> {
    id.no_parameters()?;
    digest::Algorithm::from_oid(&id.oid)
        .ok_or_else(|| Error::unsupported("unknown hash algorithm").with(id.oid.to_string()).at(id.offset))
}

/// The algorithm identifier of a hash, without parameters (RFC 5754 §2).
pub(crate) fn digest_identifier(digest: digest::Algorithm) -> Vec<u8> {
    identifier(&digest.oid(), &[])
}

/// ```text
/// RSASSA-PSS-params ::= SEQUENCE {
///     hashAlgorithm    [0] HashAlgorithm    DEFAULT sha1,
///     maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
///     saltLength       [2] INTEGER          DEFAULT 20,
///     trailerField     [3] TrailerField     DEFAULT trailerFieldBC }
/// ```
fn pss(id: &AlgorithmIdentifier<'_>) -> Result<SignatureAlgorithm> {
    let parameters = id.parameters.ok_or_else(|| Error::malformed("RSASSA-PSS without parameters").at(id.offset))?;
    if parameters.tag != Tag::SEQUENCE {
        return Err(Error::malformed("RSASSA-PSS parameters expected").at(parameters.offset));
    }
    let mut fields = parameters.reader();
    let digest = match fields.optional(Tag::context(0))? {
        Some(field) => digest_from_identifier(&AlgorithmIdentifier::read(&mut field.reader())?)?,
        None => Sha1,
    };
    let mask_digest = match fields.optional(Tag::context(1))? {
        Some(field) => {
            let mask = AlgorithmIdentifier::read(&mut field.reader())?;
            match mask.parameters {
                Some(hash) if mask.oid == oid::MGF1 => digest_from_identifier(&AlgorithmIdentifier::from_tlv(&hash)?)?,
                _ => return Err(Error::unsupported("mask generation other than MGF1").at(mask.offset)),
            }
        }
        None => Sha1,
    };
    let salt = match fields.optional(Tag::context(2))? {
        Some(field) => field.reader().unsigned()?,
        None => 20,
    };
    if let Some(trailer) = fields.optional(Tag::context(3))?
        && trailer.reader().unsigned()? != 1
    {
        return Err(Error::unsupported("RSASSA-PSS trailer other than 0xbc").at(trailer.offset));
    }
    fields.finish("unknown field in the RSASSA-PSS parameters")?;
    if mask_digest != digest {
        return Err(Error::unsupported("RSASSA-PSS with different hashes for message and mask").at(parameters.offset));
    }
    let salt =
        u16::try_from(salt).ok().ok_or_else(|| Error::malformed("salt longer than any key").at(parameters.offset))?;
    Ok(SignatureAlgorithm::RsaPss { digest, salt })
}

fn pss_parameters(digest: digest::Algorithm, salt: u16) -> Vec<u8> {
    // RFC 4055 §2.1: the hash identifiers within RSASSA-PSS parameters carry NULL.
    let hash = identifier(&digest.oid(), &write::null());
    write::sequence(&[
        &write::tlv(Tag::context(0), &[&hash]),
        &write::tlv(Tag::context(1), &[&identifier(&oid::MGF1, &hash)]),
        &write::tlv(Tag::context(2), &[&write::small(u64::from(salt))]),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_algorithm() {
        for (_, algorithm) in TABLE {
            assert_eq!(SignatureAlgorithm::from_name(&algorithm.to_string(), None), Some(*algorithm));
            assert_eq!(SignatureAlgorithm::from_name(&algorithm.to_string(), Some(32)), None);
        }
        let pss = SignatureAlgorithm::RsaPss { digest: Sha384, salt: 20 };
        assert_eq!(SignatureAlgorithm::from_name("rsa-pss-sha384", Some(20)), Some(pss));
        for name in ["rsa-pss-sha384", "rsa-pkcs1-md5", "ecdsa-", "ed448", ""] {
            assert_eq!(SignatureAlgorithm::from_name(name, None), None, "{name}");
        }
    }
}
