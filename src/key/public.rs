//! Public keys, and the mathematics of one signature.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rsa::BoxedUint;
use rsa::traits::{PublicKeyParts, SignatureScheme};
use signature::hazmat::PrehashVerifier;

use super::algorithm::{MlDsa, SignatureAlgorithm};
use super::fast;
use crate::asn1::algorithm::AlgorithmIdentifier;
use crate::asn1::read::Reader;
use crate::asn1::{Tag, write};
use crate::digest::{self, Digest};
use crate::error::{Error, Result};
use crate::oid;

/// A public key, with the SubjectPublicKeyInfo that it was read from.
#[derive(Clone)]
pub struct PublicKey {
    spki: Vec<u8>,
    key: Key,
    oddity: Option<&'static str>,
    /// Prepared at the first verification, where it is of use.
    fast: OnceLock<Option<Arc<fast::PublicHalf>>>,
}

#[derive(Clone)]
pub(super) enum Key {
    Ed25519(Edwards),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
    Rsa(rsa::RsaPublicKey, RsaUse),
    Dsa(Box<dsa::VerifyingKey>),
    MlDsa(MlDsa, Vec<u8>),
}

/// A point of the curve of Ed25519 and its encoding.
#[derive(Clone)]
pub(super) struct Edwards {
    pub(super) encoded: [u8; 32],
    /// Decoded when it is asked for: the faster arithmetic decodes for itself, and has then found that it is on the curve.
    point: OnceLock<Option<ed25519_dalek::VerifyingKey>>,
}

/// What the algorithm identifier of an RSA key allows (RFC 4055 §1.2).
#[derive(Clone, Copy)]
pub(super) enum RsaUse {
    /// rsaEncryption: every signature scheme.
    Any,
    /// id-RSASSA-PSS without parameters: RSASSA-PSS.
    Pss,
    /// id-RSASSA-PSS with parameters: RSASSA-PSS with this hash, and a salt not shorter than this.
    PssWith(digest::Algorithm, u16),
}

/// What kind of key it is, and how large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
    /// RSA, with the bits of its modulus.
    Rsa(u32),
    /// DSA, with the bits of its modulus.
    Dsa(u32),
    /// ML-DSA (FIPS 204).
    MlDsa(MlDsa),
}

/// The signature is not one of this message under this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not match")]
#[non_exhaustive]
pub struct Mismatch;

/// A public key together with an algorithm that it can be used with.
#[derive(Clone, Copy)]
pub struct Verifier<'a> {
    key: &'a PublicKey,
    algorithm: SignatureAlgorithm,
    portable: bool,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo in DER.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, or its numbers make no key; `Unsupported` for other algorithms, curves and sizes.
    pub fn from_spki(der: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(der);
        let mut fields = reader.sequence("public key expected")?;
        reader.finish("octets after the public key")?;
        let id = AlgorithmIdentifier::read(&mut fields)?;
        let octets = fields.read(Tag::BIT_STRING, "key octets expected")?.bit_octets()?;
        fields.finish("public key with more than two elements")?;
        let mut oddity = None;
        let key = match id.oid {
            oid::ED25519 => ed25519(octets)?,
            oid::EC_PUBLIC_KEY => elliptic(&id, octets)?,
            oid::RSA_ENCRYPTION => Key::Rsa(rsa(octets, &mut oddity)?, RsaUse::Any),
            oid::RSASSA_PSS => Key::Rsa(rsa(octets, &mut oddity)?, RsaUse::of_pss(&id)?),
            oid::DSA => dsa(&id, octets)?,
            oid::ML_DSA_44 => ml_dsa(MlDsa::MlDsa44, octets)?,
            oid::ML_DSA_65 => ml_dsa(MlDsa::MlDsa65, octets)?,
            oid::ML_DSA_87 => ml_dsa(MlDsa::MlDsa87, octets)?,
            other => return Err(Error::unsupported("unknown kind of public key").with(other.to_string())),
        };
        let key = Self { spki: der.to_vec(), key, oddity, fast: OnceLock::new() };
        match &key.key {
            Key::Ed25519(point) if key.fast().is_none() && point.point().is_none() => {
                Err(Error::malformed("Ed25519 key that is not on the curve"))
            }
            _ => Ok(key),
        }
    }

    /// The SubjectPublicKeyInfo, octet for octet as it was read.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// The octets of its subjectPublicKey, which key identifiers are computed from (RFC 5280 §4.2.1.2).
    pub(crate) fn bits(&self) -> &[u8] {
        let mut reader = Reader::new(&self.spki);
        let bits = reader.sequence("public key expected").and_then(|mut fields| {
            fields.any()?;
            fields.any()?.bit_octets()
        });
        bits.unwrap_or_default()
    }

    /// What kind of key it is, and how large.
    pub fn algorithm(&self) -> KeyAlgorithm {
        match &self.key {
            Key::Ed25519(_) => KeyAlgorithm::Ed25519,
            Key::P256(_) => KeyAlgorithm::P256,
            Key::P384(_) => KeyAlgorithm::P384,
            Key::P521(_) => KeyAlgorithm::P521,
            Key::Rsa(key, _) => KeyAlgorithm::Rsa(key.n().as_ref().bits()),
            Key::Dsa(key) => KeyAlgorithm::Dsa(key.components().p().bits()),
            Key::MlDsa(set, _) => KeyAlgorithm::MlDsa(*set),
        }
    }

    /// What is unusual about the key although it can be used without doubt: an exponent or an encoding met on real cards.
    pub fn oddity(&self) -> Option<&'static str> {
        self.oddity
    }

    /// The name of an algorithm used with this key, as in `ecdsa-p256-sha256`.
    pub fn name_of(&self, algorithm: SignatureAlgorithm) -> String {
        let curve = match self.key {
            Key::P256(_) => "p256",
            Key::P384(_) => "p384",
            Key::P521(_) => "p521",
            _ => return algorithm.to_string(),
        };
        match algorithm.digest() {
            Some(digest) => format!("ecdsa-{curve}-{digest}"),
            None => algorithm.to_string(),
        }
    }

    fn fast(&self) -> Option<&fast::PublicHalf> {
        self.fast.get_or_init(|| fast::PublicHalf::prepare(&self.key).map(Arc::new)).as_deref()
    }

    /// Prepares the verification of signatures of this algorithm.
    ///
    /// # Errors
    ///
    /// `Malformed` when the algorithm is not one for this kind of key, or the key is bound to other parameters of it.
    pub fn verifier(&self, algorithm: SignatureAlgorithm) -> Result<Verifier<'_>> {
        use SignatureAlgorithm as A;
        match (&self.key, algorithm) {
            (Key::Ed25519(_), A::Ed25519)
            | (Key::P256(_) | Key::P384(_) | Key::P521(_), A::Ecdsa(_))
            | (Key::Rsa(_, RsaUse::Any), A::RsaPkcs1(_) | A::RsaPss { .. })
            | (Key::Rsa(_, RsaUse::Pss), A::RsaPss { .. })
            | (Key::Dsa(_), A::Dsa(_)) => {}
            // RFC 4055 §3.3
            (Key::Rsa(_, RsaUse::PssWith(hash, least)), A::RsaPss { digest, salt })
                if *hash == digest && salt >= *least => {}
            (Key::MlDsa(set, _), A::MlDsa(other)) if *set == other => {}
            _ => {
                return Err(Error::malformed("signature algorithm that the key is not for").with(algorithm.to_string()));
            }
        }
        Ok(Verifier { key: self, algorithm, portable: false })
    }
}

impl<'a> Verifier<'a> {
    /// The same verifier with the portable arithmetic, whatever the build and the processor offer ([`arithmetic`]).
    ///
    /// [`arithmetic`]: super::arithmetic
    pub fn portable(self) -> Self {
        Self { portable: true, ..self }
    }

    pub(super) fn key(&self) -> &'a Key {
        &self.key.key
    }

    pub(super) fn fast(&self) -> Option<&fast::PublicHalf> {
        if self.portable { None } else { self.key.fast() }
    }

    /// Verifies a signature over a message.
    ///
    /// Ed25519 is strict: small-order points and non-canonical encodings do not match (RFC 8032 §5.1.7 with the
    /// restrictions of ed25519-dalek's `verify_strict`).
    ///
    /// # Errors
    ///
    /// [`Mismatch`] when it is not a signature of this message by this key.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> std::result::Result<(), Mismatch> {
        if let Some(verdict) = self.fast().and_then(|key| key.verify(self.algorithm, message, signature)) {
            return verdict;
        }
        match (&self.key.key, self.algorithm.digest()) {
            (_, Some(digest)) => self.verify_digest(&digest.digest(message), signature),
            (Key::Ed25519(key), None) => {
                let signature = ed25519_dalek::Signature::from_slice(signature).or(Err(Mismatch))?;
                key.point().ok_or(Mismatch)?.verify_strict(message, &signature).or(Err(Mismatch))
            }
            (Key::MlDsa(set, octets), None) => verify_ml_dsa(*set, octets, message, signature),
            _ => Err(Mismatch),
        }
    }

    /// Verifies a signature over a message of which only the digest is at hand. The digest must be of the algorithm's hash.
    ///
    /// # Errors
    ///
    /// [`Mismatch`] when it is not a signature of that message by this key; always so for algorithms that need the message
    /// itself ([`SignatureAlgorithm::digest`] is `None`).
    pub fn verify_digest(&self, digest: &Digest, signature: &[u8]) -> std::result::Result<(), Mismatch> {
        if self.algorithm.digest() != Some(digest.algorithm()) {
            return Err(Mismatch);
        }
        match (&self.key.key, self.algorithm) {
            (Key::P256(key), _) => {
                let signature = p256::ecdsa::Signature::from_der(signature).or(Err(Mismatch))?;
                key.verify_prehash(&widened::<32>(digest), &signature).or(Err(Mismatch))
            }
            (Key::P384(key), _) => {
                let signature = p384::ecdsa::Signature::from_der(signature).or(Err(Mismatch))?;
                key.verify_prehash(&widened::<48>(digest), &signature).or(Err(Mismatch))
            }
            (Key::P521(key), _) => {
                let signature = p521::ecdsa::Signature::from_der(signature).or(Err(Mismatch))?;
                key.verify_prehash(&widened::<66>(digest), &signature).or(Err(Mismatch))
            }
            (Key::Rsa(key, _), SignatureAlgorithm::RsaPkcs1(algorithm)) => {
                pkcs1_padding(algorithm).verify(key, digest.octets(), signature).or(Err(Mismatch))
            }
            (Key::Rsa(key, _), SignatureAlgorithm::RsaPss { salt, .. }) => {
                verify_pss(key, digest, usize::from(salt), signature).or(Err(Mismatch))
            }
            (Key::Dsa(key), _) => {
                let signature = dsa_signature(signature).ok_or(Mismatch)?;
                key.verify_prehash(digest.octets(), &signature).or(Err(Mismatch))
            }
            _ => Err(Mismatch),
        }
    }
}

/// ECDSA reads a digest as a number: one shorter than the curve's order gets zeros in front and stays the same number.
/// (The `ecdsa` crate refuses digests under half the order instead.)
fn widened<const WIDTH: usize>(digest: &Digest) -> Vec<u8> {
    let octets = digest.octets();
    let mut wide = vec![0; WIDTH.saturating_sub(octets.len())];
    wide.extend_from_slice(octets);
    wide
}

/// DigestInfo with NULL parameters, and nothing else (RFC 8017 §9.2): without NULL it is refused, as OpenSSL 3 does.
pub(super) fn pkcs1_padding(algorithm: digest::Algorithm) -> rsa::Pkcs1v15Sign {
    let id = crate::asn1::algorithm::identifier(&algorithm.oid(), &write::null());
    let hash = write::octet_string(&vec![0; algorithm.length()]);
    let mut prefix = write::sequence(&[&id, &hash]);
    prefix.truncate(prefix.len().saturating_sub(algorithm.length()));
    rsa::Pkcs1v15Sign { hash_len: Some(algorithm.length()), prefix: prefix.into_boxed_slice() }
}

fn verify_pss(key: &rsa::RsaPublicKey, digest: &Digest, salt: usize, signature: &[u8]) -> rsa::errors::Result<()> {
    use digest::Algorithm as A;
    fn with<D: ::digest::Digest + ::digest::FixedOutputReset>(
        key: &rsa::RsaPublicKey,
        digest: &Digest,
        salt: usize,
        signature: &[u8],
    ) -> rsa::errors::Result<()> {
        rsa::Pss::<D>::new_with_salt(salt).verify(key, digest.octets(), signature)
    }
    match digest.algorithm() {
        A::Sha1 => with::<sha1::Sha1>(key, digest, salt, signature),
        A::Sha224 => with::<sha2::Sha224>(key, digest, salt, signature),
        A::Sha256 => with::<sha2::Sha256>(key, digest, salt, signature),
        A::Sha384 => with::<sha2::Sha384>(key, digest, salt, signature),
        A::Sha512 => with::<sha2::Sha512>(key, digest, salt, signature),
        A::Sha3_224 => with::<sha3::Sha3_224>(key, digest, salt, signature),
        A::Sha3_256 => with::<sha3::Sha3_256>(key, digest, salt, signature),
        A::Sha3_384 => with::<sha3::Sha3_384>(key, digest, salt, signature),
        A::Sha3_512 => with::<sha3::Sha3_512>(key, digest, salt, signature),
    }
}

fn verify_ml_dsa(set: MlDsa, key: &[u8], message: &[u8], signature: &[u8]) -> std::result::Result<(), Mismatch> {
    fn with<P: ml_dsa::MlDsaParams>(key: &[u8], message: &[u8], signature: &[u8]) -> Option<bool> {
        let key = ml_dsa::VerifyingKey::<P>::decode(key.try_into().ok()?);
        let signature = ml_dsa::Signature::<P>::decode(signature.try_into().ok()?)?;
        Some(key.verify_with_context(message, &[], &signature))
    }
    let holds = match set {
        MlDsa::MlDsa44 => with::<ml_dsa::MlDsa44>(key, message, signature),
        MlDsa::MlDsa65 => with::<ml_dsa::MlDsa65>(key, message, signature),
        MlDsa::MlDsa87 => with::<ml_dsa::MlDsa87>(key, message, signature),
    };
    if holds == Some(true) { Ok(()) } else { Err(Mismatch) }
}

fn ed25519(octets: &[u8]) -> Result<Key> {
    let encoded = octets.try_into().ok().ok_or_else(|| Error::malformed("Ed25519 key of other than 32 octets"))?;
    Ok(Key::Ed25519(Edwards { encoded, point: OnceLock::new() }))
}

impl Edwards {
    /// `None` when it is not on the curve.
    pub(super) fn point(&self) -> Option<&ed25519_dalek::VerifyingKey> {
        self.point.get_or_init(|| ed25519_dalek::VerifyingKey::from_bytes(&self.encoded).ok()).as_ref()
    }
}

fn elliptic(id: &AlgorithmIdentifier<'_>, octets: &[u8]) -> Result<Key> {
    let curve = id.parameters.ok_or_else(|| Error::malformed("elliptic-curve key without a curve").at(id.offset))?;
    if curve.tag != Tag::OBJECT_IDENTIFIER {
        return Err(Error::unsupported("elliptic-curve key without a named curve").at(curve.offset));
    }
    let off = || Error::malformed("elliptic-curve point that is not on its curve");
    match curve.oid()? {
        oid::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(octets).map(Key::P256).or(Err(off())),
        oid::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(octets).map(Key::P384).or(Err(off())),
        oid::P521 => p521::ecdsa::VerifyingKey::from_sec1_bytes(octets).map(Key::P521).or(Err(off())),
        other => Err(Error::unsupported("unknown elliptic curve").with(other.to_string())),
    }
}

/// RSA moduli from 1024 bits, which old cards still hold, to 8192, beyond which one verification takes seconds.
const RSA_BITS: std::ops::RangeInclusive<u32> = 1024..=8192;

/// As OpenSSL has it for the moduli that are usual now (OPENSSL_RSA_MAX_PUBEXP_BITS).
const LONGEST_EXPONENT: usize = 8;

fn rsa(octets: &[u8], oddity: &mut Option<&'static str>) -> Result<rsa::RsaPublicKey> {
    let mut reader = Reader::new(octets);
    let mut fields = reader.sequence("RSA key expected")?;
    let modulus = fields.read(Tag::INTEGER, "modulus expected")?.content;
    let exponent = fields.read(Tag::INTEGER, "exponent expected")?.content;
    fields.finish("RSA key with more than two numbers")?;
    if modulus.first().is_some_and(|octet| octet & 0x80 != 0) {
        *oddity = Some("the modulus is encoded as a negative number");
    }
    let (modulus, exponent) = (without_zeros(modulus), without_zeros(exponent));
    let odd = |number: &[u8]| number.last().is_some_and(|octet| octet & 1 == 1);
    let bits = u32::try_from(modulus.len()).unwrap_or(u32::MAX).saturating_mul(8)
        - modulus.first().map_or(0, |octet| octet.leading_zeros());
    if !RSA_BITS.contains(&bits) {
        return Err(Error::unsupported("RSA key outside 1024 to 8192 bits").with(format!("{bits} bits")));
    }
    // The work is that of both lengths together.
    if exponent.len() > LONGEST_EXPONENT {
        return Err(Error::unsupported("RSA key with an exponent over 64 bits"));
    }
    // RFC 8017 §3.1: e is between 3 and n - 1 and prime to λ(n), so both are odd.
    if !odd(modulus) || !odd(exponent) || exponent == [1] || (exponent.len(), exponent) >= (modulus.len(), modulus) {
        return Err(Error::malformed("RSA key whose numbers make no key"));
    }
    if exponent != [1, 0, 1] && exponent != [3] {
        *oddity = oddity.or(Some("the exponent is neither 65537 nor 3"));
    }
    Ok(rsa::RsaPublicKey::new_unchecked(
        BoxedUint::from_be_slice_vartime(modulus),
        BoxedUint::from_be_slice_vartime(exponent),
    ))
}

impl RsaUse {
    fn of_pss(id: &AlgorithmIdentifier<'_>) -> Result<Self> {
        if id.parameters.is_none() {
            return Ok(Self::Pss);
        }
        match SignatureAlgorithm::from_identifier(id, None)? {
            SignatureAlgorithm::RsaPss { digest, salt } => Ok(Self::PssWith(digest, salt)),
            _ => Err(Error::malformed("RSASSA-PSS parameters expected").at(id.offset)),
        }
    }
}

fn dsa(id: &AlgorithmIdentifier<'_>, octets: &[u8]) -> Result<Key> {
    let parameters =
        id.parameters.ok_or_else(|| Error::unsupported("DSA key that inherits its parameters").at(id.offset))?;
    let mut numbers = parameters.reader();
    let mut number = || numbers.read(Tag::INTEGER, "DSA parameter expected").map(|tlv| without_zeros(tlv.content));
    let (p, q, g) = (number()?, number()?, number()?);
    let y = without_zeros(Reader::new(octets).read(Tag::INTEGER, "DSA public value expected")?.content);
    if p.len() > 384
        || q.len() > 32
        || g.len() > p.len()
        || y.len() > p.len()
        || q.last().is_none_or(|octet| octet & 1 == 0)
    {
        return Err(Error::unsupported("DSA key of an unusual size").at(id.offset));
    }
    let wrong = || Error::malformed("DSA key whose numbers make no key").at(id.offset);
    let (p, q) = (BoxedUint::from_be_slice_vartime(p), BoxedUint::from_be_slice_vartime(q));
    // The crate computes with numbers of the modulus' width alone, and panics at others.
    let as_wide = |octets: &[u8]| BoxedUint::from_be_slice(octets, p.bits_precision()).or(Err(wrong()));
    let (g, y) = (as_wide(g)?, as_wide(y)?);
    if y >= p {
        return Err(wrong());
    }
    let components = dsa::Components::from_components(p, q, g).or(Err(wrong()))?;
    dsa::VerifyingKey::from_components(components, y).map(|key| Key::Dsa(Box::new(key))).or(Err(wrong()))
}

/// Dss-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }, in DER and no other encoding, as the curves' signatures are read.
fn dsa_signature(octets: &[u8]) -> Option<dsa::Signature> {
    let mut numbers = Reader::new(octets).sequence("DSA signature expected").ok()?;
    let mut number = || {
        let tlv = numbers.read(Tag::INTEGER, "number expected").ok()?;
        (tlv.content.len() <= 33).then(|| without_zeros(tlv.content))
    };
    let (r, s) = (number()?, number()?);
    if write::sequence(&[&write::unsigned(r), &write::unsigned(s)]) != octets {
        return None;
    }
    dsa::Signature::from_components(BoxedUint::from_be_slice_vartime(r), BoxedUint::from_be_slice_vartime(s))
}

fn ml_dsa(set: MlDsa, octets: &[u8]) -> Result<Key> {
    let length = match set {
        MlDsa::MlDsa44 => 1312,
        MlDsa::MlDsa65 => 1952,
        MlDsa::MlDsa87 => 2592,
    };
    if octets.len() != length {
        return Err(Error::malformed("ML-DSA key of the wrong length"));
    }
    Ok(Key::MlDsa(set, octets.to_vec()))
}

fn without_zeros(octets: &[u8]) -> &[u8] {
    let first = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len());
    octets.get(first..).unwrap_or_default()
}

impl PartialEq for PublicKey {
    /// Two keys are the same when their SubjectPublicKeyInfo is.
    fn eq(&self, other: &Self) -> bool {
        self.spki == other.spki
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.algorithm())
    }
}

impl KeyAlgorithm {
    /// How many checks of ordinary signatures are as much work as one with such a key, reading it included: those of the longest
    /// RSA keys need 0.9 ms, of P-521 0.6 ms, of DSA some milliseconds.
    pub(crate) fn checks(self) -> usize {
        match self {
            Self::Dsa(_) => 4,
            Self::Rsa(bits) if bits > 4096 => 2,
            Self::Rsa(_) | Self::Ed25519 | Self::P256 | Self::P384 | Self::P521 | Self::MlDsa(_) => 1,
        }
    }
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::P521 => f.write_str("P-521"),
            Self::Rsa(bits) => write!(f, "RSA of {bits} bits"),
            Self::Dsa(bits) => write!(f, "DSA of {bits} bits"),
            Self::MlDsa(MlDsa::MlDsa44) => f.write_str("ML-DSA-44"),
            Self::MlDsa(MlDsa::MlDsa65) => f.write_str("ML-DSA-65"),
            Self::MlDsa(MlDsa::MlDsa87) => f.write_str("ML-DSA-87"),
        }
    }
}
