//! Keys in memory.

use std::fmt;
use std::sync::OnceLock;

use ecdsa::elliptic_curve::{CurveArithmetic, NonZeroScalar};
use getrandom::SysRng;
use rsa::traits::{PublicKeyParts, SignatureScheme};
use signature::Signer as _;

use super::Signer;
use super::algorithm::SignatureAlgorithm;
use super::entropy::{Entropy, Unfailing, draw};
use super::fast;
use super::public::{PublicKey, pkcs1_padding};
use crate::asn1::algorithm::identifier;
use crate::asn1::write;
use crate::digest::Algorithm::{Sha256, Sha384, Sha512};
use crate::digest::Digest;
use crate::error::{Error, ErrorKind, Result};
use crate::oid;

/// A kind of key that this crate makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum KeyKind {
    /// Ed25519 (RFC 8410), the one to prefer for one's own keys.
    #[default]
    Ed25519,
    /// ECDSA on NIST P-256, which every verifier knows: for time-stamp authorities and PDF.
    P256,
    /// ECDSA on NIST P-384.
    P384,
    /// RSA of 3072 bits.
    Rsa3072,
    /// RSA of 4096 bits.
    Rsa4096,
}

const KINDS: &[(KeyKind, &str)] = &[
    (KeyKind::Ed25519, "ed25519"),
    (KeyKind::P256, "p256"),
    (KeyKind::P384, "p384"),
    (KeyKind::Rsa3072, "rsa3072"),
    (KeyKind::Rsa4096, "rsa4096"),
];

impl KeyKind {
    /// The kind of this name: `ed25519`, `p256`, `p384`, `rsa3072` or `rsa4096`.
    pub fn from_name(name: &str) -> Option<Self> {
        KINDS.iter().find(|row| row.1.eq_ignore_ascii_case(name)).map(|row| row.0)
    }

    /// Its name, which [`from_name`](Self::from_name) takes.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A private key in memory, which signs with one algorithm.
///
/// | key | algorithm unless [told otherwise](Self::with_algorithm) |
/// |---|---|
/// | Ed25519 | Ed25519 |
/// | P-256 | ECDSA with SHA-256 |
/// | P-384 | ECDSA with SHA-384 |
/// | RSA | PKCS#1 v1.5 with SHA-256 |
///
/// Ed25519 is deterministic, and so is ECDSA, which takes its number from RFC 6979. RSA is blinded, and PSS salted, with
/// randomness that the signer takes from the operating system itself: a signature depends on it in PSS only. RSA keys are
/// made with 3072 bits or more; imported ones sign from 2048 bits.
///
/// With the feature `graviola`, where the processor allows it, ECDSA adds such randomness to the number of RFC 6979 (its
/// §3.6): two signatures of one message differ, and no weakness of the randomness gives the key away. RSA is not blinded
/// there but computed in constant time. [`portable`](Self::portable) turns this off.
///
/// The key is wiped from memory when it is dropped. It cannot be cloned, and its `Debug` does not show it.
///
/// ```
/// use seing::key::{KeyKind, Signer, SoftwareKey, os_entropy};
///
/// let key = SoftwareKey::generate(KeyKind::Ed25519, &mut os_entropy)?;
/// let signature = key.sign(b"the contract")?;
/// let verifier = key.public_key().verifier(key.algorithm())?;
/// assert!(verifier.verify(b"the contract", &signature).is_ok());
/// assert!(verifier.verify(b"another one", &signature).is_err());
/// # Ok::<(), seing::error::Error>(())
/// ```
pub struct SoftwareKey {
    pub(super) secret: Secret,
    public: PublicKey,
    algorithm: SignatureAlgorithm,
    portable: bool,
    /// Prepared at the first signature, where it is of use.
    fast: OnceLock<Option<fast::SecretHalf>>,
}

/// Each of them wipes itself when dropped.
pub(super) enum Secret {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    P256(Box<p256::ecdsa::SigningKey>),
    P384(Box<p384::ecdsa::SigningKey>),
    Rsa(Box<rsa::RsaPrivateKey>),
}

impl SoftwareKey {
    /// Makes a key.
    ///
    /// # Errors
    ///
    /// What `entropy` fails with; `Signer` when it delivers nothing that makes a key.
    pub fn generate(kind: KeyKind, entropy: &mut Entropy<'_>) -> Result<Self> {
        let secret = match kind {
            KeyKind::Ed25519 => {
                Secret::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(&*draw::<32>(entropy)?)))
            }
            KeyKind::P256 => Secret::P256(Box::new(scalar::<32, _>(entropy, p256::ecdsa::SigningKey::from_slice)?)),
            KeyKind::P384 => Secret::P384(Box::new(scalar::<48, _>(entropy, p384::ecdsa::SigningKey::from_slice)?)),
            KeyKind::Rsa3072 => Secret::Rsa(Box::new(primes(3072, entropy)?)),
            KeyKind::Rsa4096 => Secret::Rsa(Box::new(primes(4096, entropy)?)),
        };
        Self::from_secret(secret)
    }

    /// The same key signing with another algorithm: RSASSA-PSS instead of PKCS#1 v1.5, or a longer hash.
    ///
    /// ```
    /// use seing::digest::Algorithm::Sha384;
    /// use seing::key::{KeyKind, SignatureAlgorithm, Signer, SoftwareKey, os_entropy};
    ///
    /// let key = SoftwareKey::generate(KeyKind::P256, &mut os_entropy)?.with_algorithm(SignatureAlgorithm::Ecdsa(Sha384))?;
    /// assert_eq!(key.public_key().name_of(key.algorithm()), "ecdsa-p256-sha384");
    /// # Ok::<(), seing::error::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `Misuse` unless it is an algorithm of this kind of key, with SHA-256, SHA-384 or SHA-512, and with a PSS salt as long
    /// as the hash.
    pub fn with_algorithm(self, algorithm: SignatureAlgorithm) -> Result<Self> {
        use SignatureAlgorithm as A;
        let of_the_key = match (&self.secret, algorithm) {
            (Secret::Ed25519(_), A::Ed25519)
            | (Secret::P256(_) | Secret::P384(_), A::Ecdsa(Sha256 | Sha384 | Sha512))
            | (Secret::Rsa(_), A::RsaPkcs1(Sha256 | Sha384 | Sha512)) => true,
            (Secret::Rsa(_), A::RsaPss { digest: digest @ (Sha256 | Sha384 | Sha512), salt }) => {
                usize::from(salt) == digest.length()
            }
            _ => false,
        };
        if of_the_key {
            Ok(Self { algorithm, ..self })
        } else {
            Err(Error::misuse("the key does not sign with this algorithm").with(self.public.name_of(algorithm)))
        }
    }

    /// The same key signing with the portable arithmetic, whatever the build and the processor offer
    /// ([`arithmetic`](super::arithmetic)).
    pub fn portable(self) -> Self {
        Self { portable: true, ..self }
    }

    fn fast(&self) -> Option<&fast::SecretHalf> {
        if self.portable {
            return None;
        }
        self.fast.get_or_init(|| fast::SecretHalf::prepare(&self.secret, &self.public)).as_ref()
    }

    pub(super) fn from_secret(secret: Secret) -> Result<Self> {
        let elliptic = |curve, point: &[u8]| {
            write::sequence(&[&identifier(&oid::EC_PUBLIC_KEY, &write::oid(curve)), &write::bit_string(point)])
        };
        let (spki, algorithm) = match &secret {
            Secret::Ed25519(key) => {
                let point = key.verifying_key().to_bytes();
                let spki = write::sequence(&[&identifier(&oid::ED25519, &[]), &write::bit_string(&point)]);
                (spki, SignatureAlgorithm::Ed25519)
            }
            Secret::P256(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                (elliptic(&oid::P256, point.as_bytes()), SignatureAlgorithm::Ecdsa(Sha256))
            }
            Secret::P384(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                (elliptic(&oid::P384, point.as_bytes()), SignatureAlgorithm::Ecdsa(Sha384))
            }
            Secret::Rsa(key) => {
                let numbers = write::sequence(&[
                    &write::unsigned(&key.n().to_be_bytes()),
                    &write::unsigned(&key.e().to_be_bytes()),
                ]);
                let id = identifier(&oid::RSA_ENCRYPTION, &write::null());
                (write::sequence(&[&id, &write::bit_string(&numbers)]), SignatureAlgorithm::RsaPkcs1(Sha256))
            }
        };
        let public = PublicKey::from_spki(&spki)?;
        Ok(Self { public, secret, algorithm, portable: false, fast: OnceLock::new() })
    }
}

impl Signer for SoftwareKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        use SignatureAlgorithm as A;
        if let Some(signature) = self.fast().and_then(|key| key.sign(self.algorithm, message)) {
            return Ok(signature);
        }
        match (&self.secret, self.algorithm) {
            (Secret::Ed25519(key), A::Ed25519) => Ok(key.sign(message).to_vec()),
            (Secret::P256(key), A::Ecdsa(digest)) => sign_ecdsa(key.as_nonzero_scalar(), &digest.digest(message)),
            (Secret::P384(key), A::Ecdsa(digest)) => sign_ecdsa(key.as_nonzero_scalar(), &digest.digest(message)),
            (Secret::Rsa(key), A::RsaPkcs1(digest)) => pkcs1_padding(digest)
                .sign(Some(&mut SysRng), key, digest.digest(message).octets())
                .map_err(|error| refused().because(error)),
            (Secret::Rsa(key), A::RsaPss { digest, .. }) => sign_pss(key, &digest.digest(message)),
            _ => Err(refused()),
        }
    }
}

impl fmt::Debug for SoftwareKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SoftwareKey({})", self.public.algorithm())
    }
}

fn refused() -> Error {
    Error::new(ErrorKind::Signer, "the key does not sign")
}

/// A secret number between 1 and the order of a curve, by rejection (FIPS 186-5, appendix A.2.2).
fn scalar<const LENGTH: usize, K>(
    entropy: &mut Entropy<'_>,
    key: impl Fn(&[u8]) -> std::result::Result<K, signature::Error>,
) -> Result<K> {
    for _ in 0..TRIES {
        if let Ok(key) = key(draw::<LENGTH>(entropy)?.as_slice()) {
            return Ok(key);
        }
    }
    Err(Error::new(ErrorKind::Signer, "the source of randomness delivers nothing that makes a key"))
}

/// One draw in 2³² is rejected, so that a good source never gets here.
const TRIES: usize = 64;

fn primes(bits: usize, entropy: &mut Entropy<'_>) -> Result<rsa::RsaPrivateKey> {
    let mut source = Unfailing::new(entropy);
    let key = rsa::RsaPrivateKey::new(&mut source, bits);
    source.finish()?;
    key.map_err(|error| Error::new(ErrorKind::Signer, "no RSA key could be made").because(error))
}

/// Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }, with the number of RFC 6979 over the hash of the message.
fn sign_ecdsa<C: ecdsa::EcdsaCurve + CurveArithmetic>(secret: &NonZeroScalar<C>, digest: &Digest) -> Result<Vec<u8>> {
    use ecdsa::hazmat::sign_prehashed_rfc6979 as sign;
    let (signature, _) = match digest.algorithm() {
        Sha256 => sign::<C, sha2::Sha256>(secret, digest.octets(), &[]),
        Sha384 => sign::<C, sha2::Sha384>(secret, digest.octets(), &[]),
        Sha512 => sign::<C, sha2::Sha512>(secret, digest.octets(), &[]),
        _ => return Err(refused()),
    };
    let (r, s) = signature.split_bytes();
    Ok(write::sequence(&[&write::unsigned(&r), &write::unsigned(&s)]))
}

fn sign_pss(key: &rsa::RsaPrivateKey, digest: &Digest) -> Result<Vec<u8>> {
    fn with<D: ::digest::Digest + ::digest::FixedOutputReset>(
        key: &rsa::RsaPrivateKey,
        digest: &Digest,
    ) -> rsa::errors::Result<Vec<u8>> {
        rsa::Pss::<D>::new_blinded().sign(Some(&mut SysRng), key, digest.octets())
    }
    let signature = match digest.algorithm() {
        Sha256 => with::<sha2::Sha256>(key, digest),
        Sha384 => with::<sha2::Sha384>(key, digest),
        Sha512 => with::<sha2::Sha512>(key, digest),
        _ => return Err(refused()),
    };
    signature.map_err(|error| refused().because(error))
}
