//! The faster arithmetic and the portable one give the same verdict, on what Ed25519 implementations disagree about above all.

use curve25519_dalek::Scalar;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT as BASE, EIGHT_TORSION};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use seing::digest::Algorithm;
use seing::key::{
    Arithmetic, KeyAlgorithm, KeyKind, PublicKey, SignatureAlgorithm, Signed, Signer, SoftwareKey, arithmetic,
    os_entropy, verify_batch,
};

use crate::keys::hex;

/// The prefix of an Ed25519 SubjectPublicKeyInfo (RFC 8410 §4).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// Whether both arithmetics, which agree, find that the signature matches.
fn matches(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = PublicKey::from_spki(&[&SPKI, key].concat()).unwrap();
    let verifier = key.verifier(SignatureAlgorithm::Ed25519).unwrap();
    let verdict = verifier.verify(message, signature);
    assert_eq!(verifier.portable().verify(message, signature), verdict, "the arithmetics disagree");
    verdict.is_ok()
}

/// H(R ‖ A ‖ M) of RFC 8032 §5.1.7.
fn challenge(r: &[u8], key: &[u8], message: &[u8]) -> Scalar {
    let octets = Algorithm::Sha512.digest(&[r, key, message].concat());
    Scalar::from_bytes_mod_order_wide(octets.octets().try_into().unwrap())
}

/// A signature by the secret `a` whose key is `a`B + `torsion`, with R = `r`B + `shift`, as an attacker may make it.
fn crooked(a: Scalar, torsion: EdwardsPoint, r: Scalar, shift: EdwardsPoint, message: &[u8]) -> ([u8; 32], [u8; 64]) {
    let key = (a * BASE + torsion).compress().to_bytes();
    let point = (r * BASE + shift).compress().to_bytes();
    let s = r + challenge(&point, &key, message) * a;
    (key, [point, s.to_bytes()].concat().try_into().unwrap())
}

#[test]
fn the_build_says_which_arithmetic_it_has() {
    eprintln!("arithmetic: {}", arithmetic());
    if !cfg!(feature = "graviola") {
        assert_eq!(arithmetic(), Arithmetic::Portable);
    } else if arithmetic() == Arithmetic::Portable {
        eprintln!(
            "skipped: graviola does not support this processor; the tests compare the portable arithmetic with itself"
        );
    }
}

/// Cases 0 to 7 and two encodings of zero from "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, SSR 2020); its table
/// has one acceptance for strict verification: points of mixed order for which the equation without cofactor holds.
#[test]
fn edge_cases_of_taming_the_many_eddsas_are_judged_strictly() {
    for (case, (message, key, signature)) in TAMING.iter().enumerate() {
        assert_eq!(matches(&hex(key), &hex(message), &hex(signature)), case == 3, "case {case}");
    }
}

/// Every torsion in the key with every torsion in R: the equation without cofactor holds for one in eight of them by chance,
/// and neither arithmetic may take the seven others.
#[test]
fn points_of_mixed_order_are_judged_alike() {
    let (mut accepted, mut refused) = (0, 0);
    for number in 1..8_u64 {
        let (a, r) = (Scalar::from(number * 0x1234_5678_9abc), Scalar::from(number + 77));
        for torsion in EIGHT_TORSION {
            for shift in EIGHT_TORSION {
                let (key, signature) = crooked(a, torsion, r, shift, b"order");
                let k = challenge(&signature[..32], &key, b"order");
                // S·B - k·A = r·B - k·torsion
                let expected = shift == -(k * torsion);
                assert_eq!(matches(&key, b"order", &signature), expected);
                *(if expected { &mut accepted } else { &mut refused }) += 1;
            }
        }
    }
    assert!(accepted > 30 && refused > 300, "{accepted} {refused}");
}

/// For these an attacker knows S such that the bare equation holds for every message.
#[test]
fn points_of_small_order_never_match() {
    let a = Scalar::from(4_711_u64);
    for small in EIGHT_TORSION {
        for other in EIGHT_TORSION {
            let (key, signature) = crooked(Scalar::ZERO, small, Scalar::from(5_u64), other, b"order");
            assert!(!matches(&key, b"order", &signature), "key of small order");
            let (key, signature) = crooked(a, other, Scalar::ZERO, small, b"order");
            assert!(!matches(&key, b"order", &signature), "R of small order");
        }
    }
}

/// y-coordinates from p to 2²⁵⁵ - 1 and the negative zero, as key and as R.
#[test]
fn encodings_that_are_not_canonical_are_judged_alike() {
    let good = [3; 32];
    let (mut keys, mut accepted) = (0, 0);
    for low in 0xed..=0xff_u8 {
        for top in [0x7f, 0xff] {
            let mut octets = [0xff; 32];
            (octets[0], octets[31]) = (low, top);
            let (key, _) = crooked(Scalar::from(9_u64), EIGHT_TORSION[0], Scalar::ONE, EIGHT_TORSION[0], b"");
            for s in [[0; 32], good] {
                assert!(!matches(&key, b"order", &[octets, s].concat()));
            }
            // As a key: with R = S·B - k·A for guesses of k's place among the torsion, whatever its discrete logarithm.
            let Ok(key) = PublicKey::from_spki(&[&SPKI[..], &octets].concat()) else { continue };
            keys += 1;
            let verifier = key.verifier(SignatureAlgorithm::Ed25519).unwrap();
            for number in 0..32_u64 {
                let point = (Scalar::from(number) * BASE).compress().to_bytes();
                let signature = [point, Scalar::from(number).to_bytes()].concat();
                let verdict = verifier.verify(b"order", &signature);
                assert_eq!(verifier.portable().verify(b"order", &signature), verdict);
                accepted += usize::from(verdict.is_ok());
            }
        }
    }
    assert!(keys > 10 && accepted == 0, "{keys} {accepted}");
}

#[test]
fn a_scalar_beyond_the_order_does_not_match() {
    let (key, signature) =
        crooked(Scalar::from(3_u64), EIGHT_TORSION[0], Scalar::from(5_u64), EIGHT_TORSION[0], b"order");
    assert!(matches(&key, b"order", &signature));
    // L, RFC 8032 §5.1
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0;
    let mut beyond = signature;
    for (octet, add) in beyond[32..].iter_mut().zip(order) {
        let sum = u16::from(*octet) + u16::from(add) + carry;
        (*octet, carry) = (sum.to_le_bytes()[0], sum >> 8);
    }
    assert!(!matches(&key, b"order", &beyond));
    for length in [0, 31, 32, 63] {
        assert!(!matches(&key, b"order", &signature[..length]));
    }
    assert!(!matches(&key, b"order", &[&signature[..], &[0]].concat()));
}

fn keys() -> Vec<SoftwareKey> {
    [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072]
        .map(|kind| SoftwareKey::generate(kind, &mut os_entropy).unwrap())
        .into()
}

fn algorithms(key: &SoftwareKey) -> Vec<SignatureAlgorithm> {
    use SignatureAlgorithm as A;
    let hashes = [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];
    match key.public_key().algorithm() {
        KeyAlgorithm::Ed25519 => vec![A::Ed25519],
        KeyAlgorithm::Rsa(_) => hashes
            .iter()
            .flat_map(|hash| [A::RsaPkcs1(*hash), A::RsaPss { digest: *hash, salt: hash.length().try_into().unwrap() }])
            .collect(),
        _ => hashes.map(A::Ecdsa).into(),
    }
}

/// Each verifies what the other signs, and refuses the same of it when a bit is wrong.
#[test]
fn each_arithmetic_verifies_what_the_other_signs() {
    let pem = |key: &SoftwareKey| key.to_pkcs8_pem(None, &mut os_entropy).unwrap();
    for key in keys() {
        for algorithm in algorithms(&key) {
            let same =
                || SoftwareKey::from_pkcs8(pem(&key).as_bytes(), None).unwrap().with_algorithm(algorithm).unwrap();
            let (fast, slow) = (same(), same().portable());
            let verifier = key.public_key().verifier(algorithm).unwrap();
            for length in [0, 1, 55, 56, 64, 111, 112, 1000] {
                let message = vec![0x5a; length];
                let signatures = [fast.sign(&message).unwrap(), slow.sign(&message).unwrap()];
                if matches!(algorithm, SignatureAlgorithm::Ed25519 | SignatureAlgorithm::RsaPkcs1(_)) {
                    assert_eq!(signatures[0], signatures[1], "{algorithm}: one signature and no other");
                }
                for mut signature in signatures {
                    for verifier in [verifier, verifier.portable()] {
                        assert_eq!(verifier.verify(&message, &signature), Ok(()), "{algorithm}");
                        assert!(verifier.verify(b"another", &signature).is_err(), "{algorithm}");
                    }
                    for place in [0, signature.len() / 3, signature.len() - 1] {
                        signature[place] ^= 4;
                        for verifier in [verifier, verifier.portable()] {
                            assert!(verifier.verify(&message, &signature).is_err(), "{algorithm} at {place}");
                        }
                        signature[place] ^= 4;
                    }
                }
            }
        }
    }
}

/// What the batch says is what the signatures say one by one, by whatever way it gets there.
#[test]
fn a_batch_names_its_culprits() {
    let own: Vec<_> = [KeyKind::Ed25519, KeyKind::Ed25519, KeyKind::P256]
        .map(|kind| SoftwareKey::generate(kind, &mut os_entropy).unwrap())
        .into();
    let messages: Vec<[u8; 8]> = (0..700_u64).map(u64::to_le_bytes).collect();
    let mut signatures: Vec<_> =
        messages.iter().enumerate().map(|(place, message)| own[place % 17 % 3].sign(message).unwrap()).collect();
    let verifiers = own.iter().map(|key| key.public_key().verifier(key.algorithm()).unwrap());
    let verifiers: Vec<_> = verifiers.collect();
    let places = |signatures: &[Vec<u8>], count: usize| {
        let batch = messages.iter().zip(signatures).enumerate();
        let batch =
            batch.map(|(place, (message, signature))| Signed::new(verifiers[place % 17 % 3], message, signature));
        let batch: Vec<_> = batch.take(count).collect();
        verify_batch(&batch).map_err(|mismatches| mismatches.places().to_vec())
    };
    assert_eq!(places(&signatures, 700), Ok(()));
    assert_eq!(places(&signatures, 1), Ok(()));
    assert_eq!(places(&signatures, 0), Err(vec![]));
    signatures[3][40] ^= 1;
    signatures[650].clear();
    // R - T2 for the R of an honest signature: a bare equation with a cofactor holds.
    let r = CompressedEdwardsY(signatures[17][..32].try_into().unwrap()).decompress().unwrap();
    let crooked = (r + EIGHT_TORSION[4]).compress().to_bytes();
    signatures[17][..32].copy_from_slice(&crooked);
    assert_eq!(places(&signatures, 700), Err(vec![3, 17, 650]));
    assert_eq!(places(&signatures, 5), Err(vec![3]));
}

/// One by one some signatures under a key of mixed order are accepted, so the batch with one of them is.
#[test]
fn a_batch_is_as_strict_as_one_by_one_and_no_stricter() {
    let honest = SoftwareKey::generate(KeyKind::Ed25519, &mut os_entropy).unwrap();
    let signature = honest.sign(b"order").unwrap();
    let verifier = honest.public_key().verifier(SignatureAlgorithm::Ed25519).unwrap();
    let mut seen = [0, 0];
    for number in 0..16_u64 {
        let (key, mixed) =
            crooked(Scalar::from(6_u64), EIGHT_TORSION[4], Scalar::from(number + 9), EIGHT_TORSION[0], b"order");
        let key = PublicKey::from_spki(&[&SPKI[..], &key].concat()).unwrap();
        let mut batch = vec![Signed::new(verifier, b"order", &signature); 300];
        batch[7] = Signed::new(key.verifier(SignatureAlgorithm::Ed25519).unwrap(), b"order", &mixed);
        let accepted = matches(&key.spki()[12..], b"order", &mixed);
        assert_eq!(verify_batch(&batch).is_ok(), accepted);
        seen[usize::from(accepted)] += 1;
    }
    assert!(seen[0] > 1 && seen[1] > 1, "{seen:?}");
}

const TAMING: [(&str, &str, &str); 10] = [
    (
        "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a\
         0000000000000000000000000000000000000000000000000000000000000000",
    ),
    (
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43\
         a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
    ),
    (
        "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa\
         8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e",
    ),
    (
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f\
         87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009",
    ),
    (
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512\
         5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09",
    ),
    (
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7\
         e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405",
    ),
    (
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
        "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
        "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e\
         547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514",
    ),
    (
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
        "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
        "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa1942\
         7e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22",
    ),
    (
        "fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f\
         454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607",
    ),
    (
        "84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f\
         084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d3be329006ace1b37b09",
    ),
];
