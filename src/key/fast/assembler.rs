//! The arithmetic of graviola, held to the verdicts of the portable crates.
//!
//! graviola asserts that the processor has what it needs: [`supported`] is asked before the first call.

use graviola::signing::ecdsa::{self, Curve, P256, P384};
use graviola::signing::{eddsa, rsa as fast_rsa};
use graviola::{hashing, key_agreement};
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use zeroize::Zeroizing;

use crate::asn1::write;
use crate::digest;
use crate::digest::Algorithm::{Sha256, Sha384, Sha512};
use crate::key::public::{Key, Mismatch};
use crate::key::software::Secret;
use crate::key::{KeyAlgorithm, PublicKey, SignatureAlgorithm};

type Verdict = Result<(), Mismatch>;

pub(in crate::key) enum PublicHalf {
    Ed25519(eddsa::Ed25519VerifyingKey),
    P256(Box<ecdsa::VerifyingKey<P256>>),
    P384(Box<ecdsa::VerifyingKey<P384>>),
    Rsa(Box<fast_rsa::VerifyingKey>),
}

pub(in crate::key) enum SecretHalf {
    Ed25519(eddsa::Ed25519SigningKey),
    P256(ecdsa::SigningKey<P256>),
    P384(ecdsa::SigningKey<P384>),
    Rsa(Box<fast_rsa::SigningKey>),
}

/// The instructions that its assembler uses; it asks for fewer itself (BMI2 is missing there, and MULX is everywhere).
#[cfg(target_arch = "x86_64")]
pub(super) fn supported() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("aes")
        && has!("pclmulqdq")
        && has!("ssse3")
        && has!("avx")
        && has!("avx2")
        && has!("bmi1")
        && has!("bmi2")
        && has!("adx")
        && graviola::util::is_cpu_supported()
}

#[cfg(target_arch = "aarch64")]
pub(super) fn supported() -> bool {
    use std::arch::is_aarch64_feature_detected as has;
    cfg!(target_endian = "little")
        && has!("neon")
        && has!("aes")
        && has!("pmull")
        && has!("sha2")
        && graviola::util::is_cpu_supported()
}

impl PublicHalf {
    /// `None` for keys that graviola does not take, and for the Ed25519 keys that it and the reference might read
    /// differently: y-coordinates that are not reduced do not decode here, and points of small order are left to the
    /// reference, which refuses them.
    pub(in crate::key) fn prepare(key: &Key) -> Option<Self> {
        if !supported() {
            return None;
        }
        match key {
            Key::Ed25519(key) if SMALL_ORDER.contains(&key.encoded) => None,
            Key::Ed25519(key) => eddsa::Ed25519VerifyingKey::from_bytes(&key.encoded).ok().map(Self::Ed25519),
            Key::P256(key) => {
                let point = key.to_sec1_point(false);
                ecdsa::VerifyingKey::from_x962_uncompressed(point.as_bytes()).ok().map(|key| Self::P256(Box::new(key)))
            }
            Key::P384(key) => {
                let point = key.to_sec1_point(false);
                ecdsa::VerifyingKey::from_x962_uncompressed(point.as_bytes()).ok().map(|key| Self::P384(Box::new(key)))
            }
            Key::Rsa(key, _) if of_whole_words(key.n().as_ref().bits()) => {
                let numbers = [write::unsigned(&key.n().to_be_bytes()), write::unsigned(&key.e().to_be_bytes())];
                let key = write::sequence(&[&numbers[0], &numbers[1]]);
                fast_rsa::VerifyingKey::from_pkcs1_der(&key).ok().map(|key| Self::Rsa(Box::new(key)))
            }
            Key::Rsa(..) | Key::P521(_) | Key::Dsa(_) | Key::MlDsa(..) => None,
        }
    }

    /// Verifies over the message: graviola hashes for itself, with SHA-256, SHA-384 or SHA-512.
    ///
    /// Ed25519: the reference, `verify_strict`, accepts when S < L, R decodes, neither A nor R is of small order, and
    /// `encode([S]B - [k]A) == R`. graviola accepts when S < L and the same equation holds: it has no cofactor, and s2n-bignum
    /// multiplies A by the integer k itself (it subtracts L only from scalars above 2²⁵⁵), so that the torsion of a
    /// mixed-order A counts in both. Where the equation holds R is what `encode` gave, so that it decodes and is canonical.
    /// What remains is small order: A is excluded in [`prepare`](Self::prepare), R here.
    pub(in crate::key) fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Option<Verdict> {
        use SignatureAlgorithm as A;
        let outcome = match (self, algorithm) {
            (Self::Ed25519(key), A::Ed25519) => {
                if signature.first_chunk::<32>().is_none_or(|r| SMALL_ORDER.contains(r)) {
                    return Some(Err(Mismatch));
                }
                key.verify(signature, message)
            }
            (Self::P256(key), A::Ecdsa(hash)) => match p256::ecdsa::Signature::from_der(signature) {
                Ok(value) => return verify_ecdsa(key, hash, message, &value.to_bytes()),
                Err(_) => return Some(Err(Mismatch)),
            },
            (Self::P384(key), A::Ecdsa(hash)) => match p384::ecdsa::Signature::from_der(signature) {
                Ok(value) => return verify_ecdsa(key, hash, message, &value.to_bytes()),
                Err(_) => return Some(Err(Mismatch)),
            },
            (Self::Rsa(key), A::RsaPkcs1(Sha256)) => key.verify_pkcs1_sha256(signature, message),
            (Self::Rsa(key), A::RsaPkcs1(Sha384)) => key.verify_pkcs1_sha384(signature, message),
            (Self::Rsa(key), A::RsaPkcs1(Sha512)) => key.verify_pkcs1_sha512(signature, message),
            // The salt is as long as the hash there; any other length is for the reference.
            (Self::Rsa(key), A::RsaPss { digest: Sha256, salt: 32 }) => key.verify_pss_sha256(signature, message),
            (Self::Rsa(key), A::RsaPss { digest: Sha384, salt: 48 }) => key.verify_pss_sha384(signature, message),
            (Self::Rsa(key), A::RsaPss { digest: Sha512, salt: 64 }) => key.verify_pss_sha512(signature, message),
            _ => return None,
        };
        Some(outcome.or(Err(Mismatch)))
    }
}

impl SecretHalf {
    pub(in crate::key) fn prepare(secret: &Secret, public: &PublicKey) -> Option<Self> {
        if !supported() {
            return None;
        }
        match secret {
            Secret::Ed25519(key) => eddsa::Ed25519SigningKey::from_bytes(key.as_bytes()).ok().map(Self::Ed25519),
            Secret::P256(key) => {
                let key = key_agreement::p256::StaticPrivateKey::from_bytes(&Zeroizing::new(key.to_bytes()));
                key.ok().map(|private_key| Self::P256(ecdsa::SigningKey { private_key }))
            }
            Secret::P384(key) => {
                let key = key_agreement::p384::StaticPrivateKey::from_bytes(&Zeroizing::new(key.to_bytes()));
                key.ok().map(|private_key| Self::P384(ecdsa::SigningKey { private_key }))
            }
            Secret::Rsa(key) => secret_rsa(key, public).map(|key| Self::Rsa(Box::new(key))),
        }
    }

    pub(in crate::key) fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Option<Vec<u8>> {
        use SignatureAlgorithm as A;
        match (self, algorithm) {
            (Self::Ed25519(key), A::Ed25519) => Some(key.sign(message).to_vec()),
            (Self::P256(key), A::Ecdsa(hash)) => sign_ecdsa(key, hash, message),
            (Self::P384(key), A::Ecdsa(hash)) => sign_ecdsa(key, hash, message),
            (Self::Rsa(key), _) => {
                let mut room = vec![0; key.modulus_len_bytes()];
                let signature = match algorithm {
                    A::RsaPkcs1(Sha256) => key.sign_pkcs1_sha256(&mut room, message),
                    A::RsaPkcs1(Sha384) => key.sign_pkcs1_sha384(&mut room, message),
                    A::RsaPkcs1(Sha512) => key.sign_pkcs1_sha512(&mut room, message),
                    A::RsaPss { digest: Sha256, salt: 32 } => key.sign_pss_sha256(&mut room, message),
                    A::RsaPss { digest: Sha384, salt: 48 } => key.sign_pss_sha384(&mut room, message),
                    A::RsaPss { digest: Sha512, salt: 64 } => key.sign_pss_sha512(&mut room, message),
                    _ => return None,
                };
                signature.ok().map(<[u8]>::to_vec)
            }
            _ => None,
        }
    }
}

/// RSA in graviola counts in words of 64 bits and takes a modulus for as many whole ones.
fn of_whole_words(bits: u32) -> bool {
    (2048..=8192).contains(&bits) && bits.is_multiple_of(64)
}

/// Its arithmetic with the Chinese remainders wants two primes of half the length each, the larger one first.
fn secret_rsa(key: &rsa::RsaPrivateKey, public: &PublicKey) -> Option<fast_rsa::SigningKey> {
    let KeyAlgorithm::Rsa(bits) = public.algorithm() else { return None };
    let [p, q] = key.primes() else { return None };
    if !of_whole_words(bits) || !bits.is_multiple_of(128) || p.bits() != bits / 2 || q.bits() != bits / 2 {
        return None;
    }
    let der = if p > q {
        key.to_pkcs1_der()
    } else {
        let numbers = (key.n().as_ref().clone(), key.e().clone(), key.d().clone());
        let primes = vec![q.as_ref().clone(), p.as_ref().clone()];
        rsa::RsaPrivateKey::from_components(numbers.0, numbers.1, numbers.2, primes).ok()?.to_pkcs1_der()
    };
    fast_rsa::SigningKey::from_pkcs1_der(der.ok()?.as_bytes()).ok()
}

/// Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }, with the number of RFC 6979 §3.6: the hash, and randomness of the
/// operating system besides.
fn sign_ecdsa<C: Curve>(key: &ecdsa::SigningKey<C>, hash: digest::Algorithm, message: &[u8]) -> Option<Vec<u8>> {
    let mut room = [0; 2 * LONGEST];
    let signature = match hash {
        Sha256 => key.sign::<hashing::Sha256>(&[message], &mut room),
        Sha384 => key.sign::<hashing::Sha384>(&[message], &mut room),
        Sha512 => key.sign::<hashing::Sha512>(&[message], &mut room),
        _ => return None,
    };
    let signature = signature.ok()?;
    let (r, s) = signature.split_at_checked(signature.len() / 2)?;
    Some(write::sequence(&[&write::unsigned(r), &write::unsigned(s)]))
}

/// r and s come from the portable crates, so that there is one judge of the DER.
fn verify_ecdsa<C: Curve>(
    key: &ecdsa::VerifyingKey<C>,
    hash: digest::Algorithm,
    message: &[u8],
    r_and_s: &[u8],
) -> Option<Verdict> {
    let outcome = match hash {
        Sha256 => key.verify::<hashing::Sha256>(&[message], r_and_s),
        Sha384 => key.verify::<hashing::Sha384>(&[message], r_and_s),
        Sha512 => key.verify::<hashing::Sha512>(&[message], r_and_s),
        _ => return None,
    };
    Some(outcome.or(Err(Mismatch)))
}

/// The octets of a number of P-384.
const LONGEST: usize = 48;

/// The encodings of the eight points of small order, all of which are canonical.
pub(in crate::key) const SMALL_ORDER: [[u8; 32]; 8] = [
    [
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
    ],
    [
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0xfa,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x85,
    ],
];

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, reason = "tests fail by panicking")]
mod tests {
    use curve25519_dalek::constants::EIGHT_TORSION;

    use super::*;
    use crate::key::{KeyKind, SoftwareKey, os_entropy};

    #[test]
    fn the_points_of_small_order_are_these() {
        let mut expected = EIGHT_TORSION.map(|point| point.compress().to_bytes());
        let mut listed = SMALL_ORDER;
        expected.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, expected);
    }

    #[test]
    fn every_kind_of_key_that_it_is_for_is_taken() {
        if !supported() {
            eprintln!("skipped: graviola does not support this processor");
            return;
        }
        for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072] {
            let key = SoftwareKey::generate(kind, &mut os_entropy).unwrap();
            let algorithm = crate::key::Signer::algorithm(&key);
            let public = crate::key::Signer::public_key(&key);
            let fast = SecretHalf::prepare(&key.secret, public).unwrap();
            let signature = fast.sign(algorithm, b"order").unwrap();
            let verify = |message: &[u8]| {
                let verifier = public.verifier(algorithm).unwrap();
                assert_eq!(verifier.portable().verify(message, &signature), verifier.verify(message, &signature));
                verifier.fast().unwrap().verify(algorithm, message, &signature).unwrap()
            };
            assert_eq!((verify(b"order"), verify(b"another")), (Ok(()), Err(Mismatch)), "{kind}");
        }
    }

    #[test]
    fn the_primes_of_an_rsa_key_may_stand_in_any_order() {
        let key = SoftwareKey::generate(KeyKind::Rsa3072, &mut os_entropy).unwrap();
        let public = crate::key::Signer::public_key(&key);
        let Secret::Rsa(secret) = &key.secret else { return };
        let primes: Vec<_> = secret.primes().iter().map(|prime| prime.as_ref().clone()).collect();
        let mut signatures = Vec::new();
        for primes in [[0, 1], [1, 0]].map(|order| order.map(|place| primes[place].clone()).to_vec()) {
            let numbers = (secret.n().as_ref().clone(), secret.e().clone(), secret.d().clone());
            let turned = rsa::RsaPrivateKey::from_components(numbers.0, numbers.1, numbers.2, primes).unwrap();
            let fast = secret_rsa(&turned, public).filter(|_| supported());
            signatures.extend(fast.map(|fast| {
                let mut room = vec![0; fast.modulus_len_bytes()];
                fast.sign_pkcs1_sha256(&mut room, b"order").unwrap().to_vec()
            }));
        }
        let expected = crate::key::Signer::sign(&key.portable(), b"order").unwrap();
        assert!(signatures.iter().all(|signature| *signature == expected));
        assert_eq!(signatures.len(), if supported() { 2 } else { 0 });
    }

    /// Its encodings would be of whole words, and wrong, between them.
    #[test]
    fn rsa_keys_of_broken_words_are_left_to_the_portable_arithmetic() {
        assert!([2048, 3072, 4096, 8192, 2112].map(of_whole_words).iter().all(|taken| *taken));
        assert!([1024, 1984, 2047, 2049, 2056, 8256].map(of_whole_words).iter().all(|taken| !taken));
    }
}
