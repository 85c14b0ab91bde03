//! Signing and verifying against OpenSSL, aws-lc-rs and ring: medians of interleaved runs, and ratios.
//!
//! `cargo run --release --bin signatures` in this folder. Needs OpenSSL's headers and a C compiler.

use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_lc_rs::signature::{self as aws, KeyPair as _};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::{Signer as OpenSslSigner, Verifier as OpenSslVerifier};
use ring::signature as rings;
use seing::key::{KeyKind, Signer, SoftwareKey, arithmetic, os_entropy};

/// About what the signed attributes of a CMS signature take.
const MESSAGE: &[u8] = &[0x5a; 192];

const RUNS: usize = 15;

/// One run of one contestant lasts about so long.
const RUN: Duration = Duration::from_millis(12);

struct Contestant<'a> {
    name: &'static str,
    work: Box<dyn FnMut() + 'a>,
    times: Vec<f64>,
    repetitions: u32,
}

struct Table<'a> {
    title: String,
    contestants: Vec<Contestant<'a>>,
}

impl<'a> Table<'a> {
    fn new(title: String) -> Self {
        Self { title, contestants: Vec::new() }
    }

    fn add<T>(&mut self, name: &'static str, mut work: impl FnMut() -> T + 'a) {
        let work = Box::new(move || {
            black_box(work());
        });
        self.contestants.push(Contestant { name, work, times: Vec::new(), repetitions: 1 });
    }

    /// Every run has each contestant once, so that what disturbs the machine disturbs all of them.
    fn run(mut self) -> f64 {
        for contestant in &mut self.contestants {
            let start = Instant::now();
            let mut count = 0;
            while start.elapsed() < RUN {
                (contestant.work)();
                count += 1;
            }
            contestant.repetitions = count;
        }
        for _ in 0..RUNS {
            for contestant in &mut self.contestants {
                let start = Instant::now();
                for _ in 0..contestant.repetitions {
                    (contestant.work)();
                }
                let time = start.elapsed().as_secs_f64() * 1e6 / f64::from(contestant.repetitions);
                contestant.times.push(time);
            }
        }
        let medians: Vec<(&str, f64)> = self
            .contestants
            .iter_mut()
            .map(|contestant| {
                contestant.times.sort_by(f64::total_cmp);
                (contestant.name, contestant.times[RUNS / 2])
            })
            .collect();
        let peers = medians.iter().filter(|(name, _)| !name.starts_with("seing"));
        let best = peers.map(|(_, time)| *time).fold(f64::INFINITY, f64::min);
        println!("\n{}", self.title);
        for (name, time) in &medians {
            println!("  {name:<15} {time:>9.2} µs   {:>5.2}x the best peer", best / time);
        }
        let ours = medians.iter().filter(|(name, _)| name.starts_with("seing"));
        best / ours.map(|(_, time)| *time).fold(f64::INFINITY, f64::min)
    }
}

fn machine() {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find(|line| line.starts_with("model name")).unwrap_or("unknown processor");
    println!("{}", model.replace('\t', ""));
    println!("arithmetic of seing: {}", arithmetic());
    println!("OpenSSL: {}", openssl::version::version());
    println!("one core, median of {RUNS} interleaved runs, message of {} octets, hash included", MESSAGE.len());
}

fn der(key: &SoftwareKey) -> Vec<u8> {
    let pem = key.to_pkcs8_pem(None, &mut os_entropy).expect("a key that can be written");
    PKey::private_key_from_pem(pem.as_bytes()).expect("a key").private_key_to_pkcs8().expect("its PKCS#8")
}

/// The bits of the public key, which aws-lc-rs and ring take.
fn bits(key: &SoftwareKey, rsa: bool) -> Vec<u8> {
    let spki = key.public_key().spki();
    match rsa {
        true => PKey::public_key_from_der(spki).unwrap().rsa().unwrap().public_key_to_der_pkcs1().unwrap(),
        false => spki[spki.len() - bits_length(spki.len())..].to_vec(),
    }
}

fn bits_length(spki: usize) -> usize {
    match spki {
        44 => 32,
        91 => 65,
        120 => 97,
        _ => panic!("unexpected key"),
    }
}

fn main() {
    machine();
    let mut ratios = Vec::new();
    for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072] {
        let fast = SoftwareKey::generate(kind, &mut os_entropy).unwrap();
        let pkcs8 = der(&fast);
        let slow = SoftwareKey::from_pkcs8(&pkcs8, None).unwrap().portable();
        let public = bits(&fast, kind == KeyKind::Rsa3072);
        let openssl_secret = PKey::private_key_from_pkcs8(&pkcs8).unwrap();
        let openssl_public = PKey::public_key_from_der(fast.public_key().spki()).unwrap();
        let hash = match kind {
            KeyKind::Ed25519 => None,
            KeyKind::P384 => Some(MessageDigest::sha384()),
            _ => Some(MessageDigest::sha256()),
        };
        let random = aws_lc_rs::rand::SystemRandom::new();
        let ring_random = ring::rand::SystemRandom::new();

        let openssl_sign = || {
            let mut signer = match hash {
                Some(hash) => OpenSslSigner::new(hash, &openssl_secret).unwrap(),
                None => OpenSslSigner::new_without_digest(&openssl_secret).unwrap(),
            };
            signer.sign_oneshot_to_vec(MESSAGE).unwrap()
        };

        let mut table = Table::new(format!("{kind}: sign"));
        table.add("seing graviola", || fast.sign(MESSAGE).unwrap());
        table.add("seing portable", || slow.sign(MESSAGE).unwrap());
        table.add("openssl", openssl_sign);
        match kind {
            KeyKind::Ed25519 => {
                let key = aws::Ed25519KeyPair::from_pkcs8_maybe_unchecked(&pkcs8).unwrap();
                assert_eq!(key.public_key().as_ref(), public);
                table.add("aws-lc-rs", move || key.sign(MESSAGE));
                let key = rings::Ed25519KeyPair::from_pkcs8_maybe_unchecked(&pkcs8).unwrap();
                table.add("ring", move || key.sign(MESSAGE));
            }
            KeyKind::P256 | KeyKind::P384 => {
                let (theirs, rings_own) = match kind {
                    KeyKind::P256 => (&aws::ECDSA_P256_SHA256_ASN1_SIGNING, &rings::ECDSA_P256_SHA256_ASN1_SIGNING),
                    _ => (&aws::ECDSA_P384_SHA384_ASN1_SIGNING, &rings::ECDSA_P384_SHA384_ASN1_SIGNING),
                };
                let key = aws::EcdsaKeyPair::from_pkcs8(theirs, &pkcs8).unwrap();
                let random = &random;
                table.add("aws-lc-rs", move || key.sign(random, MESSAGE).unwrap());
                let key = rings::EcdsaKeyPair::from_pkcs8(rings_own, &pkcs8, &ring_random).unwrap();
                let random = &ring_random;
                table.add("ring", move || key.sign(random, MESSAGE).unwrap());
            }
            _ => {
                let key = aws::RsaKeyPair::from_pkcs8(&pkcs8).unwrap();
                let mut room = vec![0; key.public_modulus_len()];
                let random = &random;
                table.add("aws-lc-rs", move || key.sign(&aws::RSA_PKCS1_SHA256, random, MESSAGE, &mut room).unwrap());
                let key = rings::RsaKeyPair::from_pkcs8(&pkcs8).unwrap();
                let mut room = vec![0; key.public().modulus_len()];
                let random = &ring_random;
                table.add("ring", move || key.sign(&rings::RSA_PKCS1_SHA256, random, MESSAGE, &mut room).unwrap());
            }
        }
        ratios.push((format!("{kind} sign"), table.run()));

        let signature = openssl_sign();
        let verifier = fast.public_key().verifier(fast.algorithm()).unwrap();
        let (aws_algorithm, ring_algorithm): (
            &'static dyn aws::VerificationAlgorithm,
            &dyn rings::VerificationAlgorithm,
        ) = match kind {
            KeyKind::Ed25519 => (&aws::ED25519, &rings::ED25519),
            KeyKind::P256 => (&aws::ECDSA_P256_SHA256_ASN1, &rings::ECDSA_P256_SHA256_ASN1),
            KeyKind::P384 => (&aws::ECDSA_P384_SHA384_ASN1, &rings::ECDSA_P384_SHA384_ASN1),
            _ => (&aws::RSA_PKCS1_2048_8192_SHA256, &rings::RSA_PKCS1_2048_8192_SHA256),
        };
        let aws_key = aws::UnparsedPublicKey::new(aws_algorithm, &public);
        let aws_parsed = aws_key.parse().unwrap();
        let ring_key = rings::UnparsedPublicKey::new(ring_algorithm, &public);
        let mut table = Table::new(format!("{kind}: verify"));
        table.add("seing graviola", || verifier.verify(MESSAGE, &signature).unwrap());
        table.add("seing portable", || verifier.portable().verify(MESSAGE, &signature).unwrap());
        table.add("openssl", || {
            let mut verifier = match hash {
                Some(hash) => OpenSslVerifier::new(hash, &openssl_public).unwrap(),
                None => OpenSslVerifier::new_without_digest(&openssl_public).unwrap(),
            };
            assert!(verifier.verify_oneshot(&signature, MESSAGE).unwrap());
        });
        table.add("aws-lc-rs", || aws_parsed.verify_sig(MESSAGE, &signature).unwrap());
        table.add("ring", || ring_key.verify(MESSAGE, &signature).unwrap());
        ratios.push((format!("{kind} verify"), table.run()));
    }
    println!("\nseing over the best peer");
    for (what, ratio) in ratios {
        println!("  {what:<16} {ratio:.2}x");
    }
}
