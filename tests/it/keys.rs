//! Private keys: what OpenSSL writes is read and signs, what is written OpenSSL reads, and broken files are refused.

use std::path::Path;
use std::process::Command;

use seing::digest::Algorithm;
use seing::error::{Error, ErrorKind};
use seing::key::{KeyKind, PublicKey, SignatureAlgorithm, Signer, SoftwareKey, os_entropy, pkcs12};

use crate::der_tree::Node;

const MESSAGE: &[u8] = b"un bon de commande de 1 250,00 MAD";

/// Runs `openssl` in a folder; `None`, said aloud, when it is not installed.
fn openssl(folder: &Path, arguments: &str) -> Option<Vec<u8>> {
    let output = match Command::new("openssl").current_dir(folder).args(arguments.split_whitespace()).output() {
        Ok(output) => output,
        Err(_) => {
            eprintln!("skipped: openssl is not installed");
            return None;
        }
    };
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "openssl {arguments}: {errors}");
    Some(output.stdout)
}

fn refusal(result: Result<SoftwareKey, Error>) -> (ErrorKind, String) {
    let error = result.expect_err("this is no key to be read");
    (error.kind(), error.to_string())
}

/// OpenSSL verifies a signature by `key` over [`MESSAGE`].
fn openssl_accepts(folder: &Path, key: &SoftwareKey) -> Option<()> {
    let signature = key.sign(MESSAGE).unwrap();
    std::fs::write(folder.join("message"), MESSAGE).unwrap();
    std::fs::write(folder.join("signature"), &signature).unwrap();
    std::fs::write(folder.join("public.der"), key.public_key().spki()).unwrap();
    let options = match key.algorithm() {
        SignatureAlgorithm::Ed25519 => "-rawin".to_owned(),
        SignatureAlgorithm::RsaPss { digest, .. } => {
            format!("-rawin -digest {digest} -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:digest")
        }
        algorithm => format!("-rawin -digest {}", algorithm.digest().unwrap()),
    };
    let verify = "pkeyutl -verify -pubin -keyform DER -inkey public.der -in message -sigfile signature";
    let said = openssl(folder, &format!("{verify} {options}"))?;
    assert!(String::from_utf8_lossy(&said).contains("Signature Verified Successfully"));
    let verifier = key.public_key().verifier(key.algorithm()).unwrap();
    verifier.verify(MESSAGE, &signature).unwrap();
    Some(())
}

const GENPKEY: [(&str, &str); 5] = [
    ("ed25519", "-algorithm ED25519"),
    ("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"),
    ("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384"),
    ("rsa2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
    ("rsa3072", "-algorithm RSA -pkeyopt rsa_keygen_bits:3072"),
];

#[test]
fn keys_of_openssl_are_read_in_every_form_and_sign() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let read = |name: &str, password: Option<&str>| {
        let octets = std::fs::read(folder.join(name)).unwrap();
        SoftwareKey::from_pkcs8(&octets, password).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    for (name, options) in GENPKEY {
        let make = || {
            openssl(folder, &format!("genpkey {options} -out {name}.pem"))?;
            openssl(folder, &format!("pkey -in {name}.pem -pubout -outform DER -out {name}.spki"))?;
            openssl(folder, &format!("pkey -in {name}.pem -outform DER -out {name}.der"))?;
            let pkcs8 = format!("pkcs8 -topk8 -in {name}.pem -passout pass:mot-de-passe");
            openssl(folder, &format!("{pkcs8} -out {name}-pbkdf2.pem"))?;
            openssl(
                folder,
                &format!("{pkcs8} -v2 aes-128-cbc -v2prf hmacWithSHA512 -outform DER -out {name}-sha512.der"),
            )?;
            openssl(folder, &format!("{pkcs8} -v2 des3 -v2prf hmacWithSHA1 -out {name}-des3.pem"))?;
            openssl(folder, &format!("{pkcs8} -scrypt -out {name}-scrypt.pem"))
        };
        if make().is_none() {
            return;
        }
        let key = read(&format!("{name}.pem"), None);
        let spki = std::fs::read(folder.join(format!("{name}.spki"))).unwrap();
        assert_eq!(key.public_key().spki(), spki, "{name}");
        openssl_accepts(folder, &key).unwrap();
        assert_eq!(read(&format!("{name}.der"), None).public_key(), key.public_key());
        for encrypted in ["-pbkdf2.pem", "-sha512.der", "-des3.pem", "-scrypt.pem"] {
            let file = format!("{name}{encrypted}");
            assert_eq!(read(&file, Some("mot-de-passe")).public_key(), key.public_key(), "{file}");
            let octets = std::fs::read(folder.join(&file)).unwrap();
            assert_eq!(refusal(SoftwareKey::from_pkcs8(&octets, Some("autre"))).0, ErrorKind::Signer, "{file}");
            assert_eq!(refusal(SoftwareKey::from_pkcs8(&octets, None)).0, ErrorKind::Signer, "{file}");
        }
        let traditional = || {
            openssl(folder, &format!("pkey -in {name}.pem -traditional -out {name}-old.pem"))?;
            openssl(folder, &format!("pkey -in {name}.pem -traditional -aes128 -passout pass:x -out {name}-proc.pem"))
        };
        if name != "ed25519" {
            traditional().unwrap();
            assert_eq!(read(&format!("{name}-old.pem"), None).public_key(), key.public_key());
            let octets = std::fs::read(folder.join(format!("{name}-proc.pem"))).unwrap();
            let (kind, sentence) = refusal(SoftwareKey::from_pkcs8(&octets, Some("x")));
            assert_eq!(kind, ErrorKind::Unsupported);
            assert!(sentence.contains("openssl pkcs8 -topk8"), "{sentence}");
        }
    }
    openssl(folder, "ecparam -name prime256v1 -genkey -out parameters.pem").unwrap();
    read("parameters.pem", None);
}

#[test]
fn openssl_verifies_every_algorithm_of_every_kind() {
    use SignatureAlgorithm::{Ecdsa, RsaPkcs1, RsaPss};
    let folder = tempfile::tempdir().unwrap();
    for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072] {
        let mut key = SoftwareKey::generate(kind, &mut os_entropy).unwrap();
        if openssl_accepts(folder.path(), &key).is_none() {
            return;
        }
        for digest in [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512] {
            let salt = u16::try_from(digest.length()).unwrap();
            for algorithm in [Ecdsa(digest), RsaPkcs1(digest), RsaPss { digest, salt }] {
                let of_this_kind = match kind {
                    KeyKind::P256 | KeyKind::P384 => matches!(algorithm, Ecdsa(_)),
                    KeyKind::Rsa3072 => !matches!(algorithm, Ecdsa(_)),
                    _ => false,
                };
                if of_this_kind {
                    key = key.with_algorithm(algorithm).unwrap();
                    openssl_accepts(folder.path(), &key).unwrap();
                }
            }
        }
    }
}

#[test]
fn openssl_reads_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072] {
        let key = SoftwareKey::generate(kind, &mut os_entropy).unwrap();
        let plain = key.to_pkcs8_pem(None, &mut os_entropy).unwrap();
        let encrypted = key.to_pkcs8_pem(Some("mot-de-passe"), &mut os_entropy).unwrap();
        std::fs::write(folder.join("plain.pem"), plain.as_bytes()).unwrap();
        std::fs::write(folder.join("encrypted.pem"), encrypted.as_bytes()).unwrap();
        let Some(spki) = openssl(folder, "pkey -in plain.pem -pubout -outform DER") else { return };
        assert_eq!(spki, key.public_key().spki(), "{kind}");
        let opened = openssl(folder, "pkey -in encrypted.pem -passin pass:mot-de-passe -pubout -outform DER").unwrap();
        assert_eq!(opened, key.public_key().spki(), "{kind}");
        openssl(folder, "pkey -in plain.pem -check -noout").unwrap();
        let back = SoftwareKey::from_pkcs8(encrypted.as_bytes(), Some("mot-de-passe")).unwrap();
        assert_eq!(back.public_key(), key.public_key());
    }
}

#[test]
fn pkcs12_files_of_openssl_are_opened_leaf_first() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let make = || {
        openssl(folder, "req -x509 -newkey ed25519 -nodes -keyout ca.key -out ca.pem -subj /CN=TEST-CA -days 2")?;
        openssl(folder, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out leaf.key")?;
        openssl(folder, "req -new -key leaf.key -subj /CN=TEST-leaf -out leaf.csr")?;
        openssl(folder, "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 2 -out leaf.pem -CAcreateserial")?;
        let export = "pkcs12 -export -inkey leaf.key -in leaf.pem -certfile ca.pem -passout pass:mot-de-passe";
        openssl(folder, &format!("{export} -out modern.p12"))?;
        openssl(folder, &format!("{export} -legacy -out legacy.p12"))?;
        openssl(folder, &format!("{export} -nomac -out nomac.p12"))?;
        openssl(folder, "pkcs12 -export -nokeys -in leaf.pem -passout pass:mot-de-passe -out nokey.p12")?;
        openssl(folder, "x509 -in ca.pem -outform DER -out ca.der")?;
        openssl(folder, "x509 -in leaf.pem -outform DER -out leaf.der")
    };
    if make().is_none() {
        return;
    }
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let expected = SoftwareKey::from_pkcs8(&file("leaf.key"), None).unwrap();
    for name in ["modern.p12", "legacy.p12"] {
        let (key, certificates) = pkcs12::open(&file(name), "mot-de-passe").unwrap();
        assert_eq!(key.public_key(), expected.public_key(), "{name}");
        assert_eq!(certificates, [file("leaf.der"), file("ca.der")], "{name}");
        let error = pkcs12::open(&file(name), "autre").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Signer, "{name}: {error}");
        let (kind, sentence) = refusal(SoftwareKey::from_pkcs8(&file(name), Some("mot-de-passe")));
        assert_eq!(kind, ErrorKind::Unsupported);
        assert!(sentence.contains("PKCS#12"), "{sentence}");
    }
    assert_eq!(pkcs12::open(&file("nomac.p12"), "mot-de-passe").unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(pkcs12::open(&file("nokey.p12"), "mot-de-passe").unwrap_err().kind(), ErrorKind::Malformed);
    assert_eq!(pkcs12::open(&file("leaf.key"), "mot-de-passe").unwrap_err().kind(), ErrorKind::Malformed);
    for name in ["modern.p12", "legacy.p12"] {
        for broken in broken(&file(name), 60) {
            let _: Result<_, Error> = pkcs12::open(&broken, "mot-de-passe");
        }
    }
}

#[test]
fn what_is_not_a_private_key_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let make = || {
        openssl(
            folder,
            "req -x509 -newkey ed25519 -nodes -keyout key.pem -out certificate.pem -subj /CN=TEST -days 2",
        )?;
        openssl(folder, "x509 -in certificate.pem -outform DER -out certificate.der")?;
        openssl(folder, "pkey -in key.pem -pubout -out public.pem")?;
        openssl(folder, "pkey -in key.pem -pubout -outform DER -out public.der")?;
        openssl(folder, "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out pss.pem")?;
        openssl(folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa1024.pem")?;
        openssl(folder, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out k1.pem")?;
        openssl(folder, "genpkey -algorithm ED448 -out ed448.pem")?;
        openssl(folder, "pkcs8 -topk8 -in key.pem -v1 PBE-SHA1-3DES -passout pass:x -out pbes1.pem")
    };
    if make().is_none() {
        return;
    }
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    for (name, kind, words) in [
        ("certificate.pem", ErrorKind::Malformed, "a certificate"),
        ("certificate.der", ErrorKind::Malformed, "a certificate"),
        ("public.pem", ErrorKind::Malformed, "a public key"),
        ("public.der", ErrorKind::Malformed, "a public key"),
        ("pss.pem", ErrorKind::Unsupported, "RSASSA-PSS"),
        ("rsa1024.pem", ErrorKind::Unsupported, "1024 bits"),
        ("k1.pem", ErrorKind::Unsupported, "1.3.132.0.10"),
        ("ed448.pem", ErrorKind::Unsupported, "1.3.101.113"),
        ("pbes1.pem", ErrorKind::Unsupported, "-v2 aes-256-cbc"),
    ] {
        let (found, sentence) = refusal(SoftwareKey::from_pkcs8(&file(name), Some("x")));
        assert_eq!(found, kind, "{name}: {sentence}");
        assert!(sentence.contains(words), "{name}: {sentence}");
    }
    let both = [file("certificate.pem"), file("key.pem")].concat();
    SoftwareKey::from_pkcs8(&both, None).unwrap();
    let twice = [file("key.pem"), file("key.pem")].concat();
    assert_eq!(refusal(SoftwareKey::from_pkcs8(&twice, None)).0, ErrorKind::Malformed);
    assert_eq!(refusal(SoftwareKey::from_pkcs8(b"", None)).0, ErrorKind::Malformed);
    assert_eq!(refusal(SoftwareKey::from_pkcs8(b"une phrase", None)).0, ErrorKind::Malformed);
}

/// Every length up to the whole, and every octet changed in one bit or all; at most so many of each.
fn broken(octets: &[u8], most: usize) -> Vec<Vec<u8>> {
    let step = (octets.len() / most).max(1);
    let cuts = (0..octets.len()).step_by(step).map(|length| octets[..length].to_vec());
    let flips = (0..octets.len()).step_by(step).flat_map(|at| {
        [0x01, 0x80, 0xff].map(|mask| {
            let mut flipped = octets.to_vec();
            flipped[at] ^= mask;
            flipped
        })
    });
    cuts.chain(flips).collect()
}

/// The octets within one PEM block.
fn der(pem: &str) -> Vec<u8> {
    use base64::Engine;
    let digits: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    base64::engine::general_purpose::STANDARD.decode(digits).unwrap()
}

#[test]
fn broken_keys_never_panic_and_never_sign_as_another() {
    for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072] {
        let key = SoftwareKey::generate(kind, &mut os_entropy).unwrap();
        let whole = der(&key.to_pkcs8_pem(None, &mut os_entropy).unwrap());
        for broken in broken(&whole, 700) {
            let Ok(other) = SoftwareKey::from_pkcs8(&broken, None) else { continue };
            // A flipped seed or exponent may be another key, which must then be whole.
            let signature = other.sign(MESSAGE).unwrap();
            let verifier = other.public_key().verifier(other.algorithm()).unwrap();
            assert!(verifier.verify(MESSAGE, &signature).is_ok(), "{kind}");
        }
        let text = key.to_pkcs8_pem(None, &mut os_entropy).unwrap();
        for broken in broken(text.as_bytes(), 200) {
            let _: Result<_, Error> = SoftwareKey::from_pkcs8(&broken, None);
        }
    }
}

#[test]
fn work_that_a_key_file_asks_for_is_bounded() {
    let pbes2 = |function: &str, parameters: &[u8]| {
        let oid = |dotted: &str| {
            let mut arcs = dotted.split('.').map(|arc| arc.parse::<u32>().unwrap());
            let first = arcs.next().unwrap() * 40 + arcs.next().unwrap();
            let mut octets = vec![u8::try_from(first).unwrap()];
            for arc in arcs {
                let digits: Vec<u8> = (0..5).rev().map(|at| u8::try_from(arc >> (7 * at) & 0x7f).unwrap()).collect();
                let start = digits.iter().position(|digit| *digit != 0).unwrap_or(4);
                let count = digits.len();
                octets.extend((start..count).map(|at| digits[at] | if at + 1 == count { 0 } else { 0x80 }));
            }
            tlv(6, &octets)
        };
        let function = tlv(0x30, &[oid(function), tlv(0x30, parameters)].concat());
        let cipher = tlv(0x30, &[oid("2.16.840.1.101.3.4.1.42"), tlv(4, &[0; 16])].concat());
        let scheme = tlv(0x30, &[oid("1.2.840.113549.1.5.13"), tlv(0x30, &[function, cipher].concat())].concat());
        tlv(0x30, &[scheme, tlv(4, &[0; 64])].concat())
    };
    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u8::try_from(content.len()).unwrap();
        let head = if length < 128 { vec![tag, length] } else { vec![tag, 0x81, length] };
        [head, content.to_vec()].concat()
    }
    let salt = tlv(4, &[0; 8]);
    let integers = |numbers: &[&[u8]]| {
        let numbers = numbers.iter().flat_map(|digits| tlv(2, digits));
        salt.iter().copied().chain(numbers).collect::<Vec<u8>>()
    };
    const PBKDF2: &str = "1.2.840.113549.1.5.12";
    const SCRYPT: &str = "1.3.6.1.4.1.11591.4.11";
    for (function, parameters, kind) in [
        (PBKDF2, integers(&[&[0x7f, 0xff, 0xff, 0xff]]), ErrorKind::LimitExceeded),
        (PBKDF2, integers(&[&[0]]), ErrorKind::LimitExceeded),
        (PBKDF2, integers(&[&[0xff]]), ErrorKind::Malformed),
        (SCRYPT, integers(&[&[0], &[8], &[1]]), ErrorKind::Malformed),
        (SCRYPT, integers(&[&[1], &[8], &[1]]), ErrorKind::Malformed),
        (SCRYPT, integers(&[&[0x40, 0], &[0], &[1]]), ErrorKind::LimitExceeded),
        (SCRYPT, integers(&[&[0x40, 0], &[8], &[0]]), ErrorKind::LimitExceeded),
        (SCRYPT, integers(&[&[0x40, 0], &[8], &[0x7f, 0xff]]), ErrorKind::LimitExceeded),
        (SCRYPT, integers(&[&[0x40, 0, 0, 0], &[8], &[1]]), ErrorKind::LimitExceeded),
        (SCRYPT, integers(&[&[0x40, 1], &[8], &[1]]), ErrorKind::Malformed),
        // In bounds: only the password is wrong then.
        (PBKDF2, integers(&[&[8, 0]]), ErrorKind::Signer),
        (SCRYPT, integers(&[&[4, 0], &[8], &[1]]), ErrorKind::Signer),
    ] {
        let (found, sentence) = refusal(SoftwareKey::from_pkcs8(&pbes2(function, &parameters), Some("x")));
        assert_eq!(found, kind, "{function} {parameters:02x?}: {sentence}");
    }
}

/// RFC 6979, appendices A.2.5 and A.2.6: the message "sample".
#[test]
fn ecdsa_is_deterministic_as_in_rfc_6979() {
    let p256 = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
    let p384 = "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5";
    for (secret, digest, r, s) in [
        (
            p256,
            Algorithm::Sha256,
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        ),
        (
            p256,
            Algorithm::Sha384,
            "0EAFEA039B20E9B42309FB1D89E213057CBF973DC0CFC8F129EDDDC800EF7719",
            "4861F0491E6998B9455193E34E7B0D284DDD7149A74B95B9261F13ABDE940954",
        ),
        (
            p384,
            Algorithm::Sha384,
            "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46",
            "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8",
        ),
    ] {
        let octets = hex(secret);
        let kind = if octets.len() == 32 { KeyKind::P256 } else { KeyKind::P384 };
        let mut entropy = |place: &mut [u8]| {
            place.copy_from_slice(&octets);
            Ok(())
        };
        let key = SoftwareKey::generate(kind, &mut entropy).unwrap();
        let key = key.with_algorithm(SignatureAlgorithm::Ecdsa(digest)).unwrap().portable();
        let signature = key.sign(b"sample").unwrap();
        let number = |text: &str| {
            let octets = hex(text);
            let sign = if octets[0] & 0x80 == 0 { vec![] } else { vec![0] };
            let skip = usize::from(octets[0] == 0 && octets[1] & 0x80 == 0);
            let content = [sign, octets[skip..].to_vec()].concat();
            [vec![2, u8::try_from(content.len()).unwrap()], content].concat()
        };
        let numbers = [number(r), number(s)].concat();
        assert_eq!(signature, [vec![0x30, u8::try_from(numbers.len()).unwrap()], numbers].concat(), "{digest}");
    }
}

/// RFC 8032 §7.1, test 1.
#[test]
fn ed25519_signs_as_in_rfc_8032() {
    let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let mut entropy = |place: &mut [u8]| {
        place.copy_from_slice(&seed);
        Ok(())
    };
    let key = SoftwareKey::generate(KeyKind::Ed25519, &mut entropy).unwrap();
    let signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    assert_eq!(key.sign(b"").unwrap(), hex(signature));
}

pub(crate) fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

/// Signatures at the edges of RFC 8032, computed with the group law alone: A = \[a\]B and R = \[r\]B with
/// a = SHA-512("secret") and r = SHA-512("nonce"), T of order 8, S as the equation without cofactor wants it.
#[test]
fn ed25519_is_strict_about_small_order_and_encodings() {
    const A: &str = "ff6f43ab4e72e31b78049fcc5f97455becdd0ea428c1fd6c7a0fc66e991c7cb9";
    const A_PLUS_T: &str = "bf0897a61d855442ee8ea10d40d5e4295cf6a0f9a153daecf3f162db13f2950a";
    const T: &str = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
    const R: &str = "b31b20f50426242514d81b383548bd90de72fd0b8cf2382a88f9f52ce5076b23";
    const R_PLUS_T: &str = "186ed2bdbd1a36f6437c5168b0221914018ea4f32a1c3fcd1c1794d64fbd596e";
    const IDENTITY: &str = "0100000000000000000000000000000000000000000000000000000000000000";
    const IDENTITY_NON_CANONICAL: &str = "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    const IDENTITY_WITH_SIGN: &str = "0100000000000000000000000000000000000000000000000000000000000080";
    const ZERO: &str = "0000000000000000000000000000000000000000000000000000000000000000";
    const S_OF_R: &str = "e878dca548664051e5e695d8c157b538a506f9a3dd9f0e9cfed7f4de62238207";
    for (what, message, key, r, s, holds) in [
        (
            "A and R of large order",
            "seing",
            A,
            R,
            "16bb5aa6d42fc9af55cdc507530568e400c3f21a0bdf5b3a18829adde599fd0e",
            true,
        ),
        ("S not reduced", "seing", A, R, "038f5003ef92db072c6abdaa31ff46f900c3f21a0bdf5b3a18829adde599fd1e", false),
        ("A of small order", "seing 0", T, R, S_OF_R, false),
        (
            "R of small order",
            "seing",
            A,
            IDENTITY,
            "4080e1fcc50b63acb8f0efa83ab94e2910ac1700d57ae9902664b2733476130a",
            false,
        ),
        ("A and R of small order, S = 0", "seing", IDENTITY, IDENTITY, ZERO, false),
        ("A not canonical", "seing", IDENTITY_NON_CANONICAL, R, S_OF_R, false),
        ("A of x = 0 with a sign", "seing", IDENTITY_WITH_SIGN, R, S_OF_R, false),
        (
            "R not canonical",
            "seing",
            A,
            IDENTITY_NON_CANONICAL,
            "24835ffe91eb1eaa8297579b291f3eac5c926ef6e2c1fd0ee3047ed3d59f0a06",
            false,
        ),
        // Of mixed order, the equation without cofactor decides, as in RFC 8032 §5.1.7 and OpenSSL.
        (
            "A mixed, the cofactor alone holds",
            "seing",
            A_PLUS_T,
            R,
            "73f8c0c61e044989f0a32baac68b63b702d5674f384aac3c85698f29b354800c",
            false,
        ),
        (
            "R mixed, the cofactor alone holds",
            "seing",
            A,
            R_PLUS_T,
            "6065734d4a33f4aa326ee8c58f1e05d3d09ec8c26b3982b5eee9a7f6f82c6d01",
            false,
        ),
        (
            "A mixed, the equation holds",
            "seing 19",
            A_PLUS_T,
            R,
            "e94a238c3a63d776edf547bb4a28c5fa5bf5c3fb5de63b02122affdde0643403",
            true,
        ),
        (
            "A and R mixed, the equation holds",
            "seing 8",
            A_PLUS_T,
            R_PLUS_T,
            "a732a8d78b140c4606f87b993415b11873a89136a9d2028fc7db009bd5bd9f03",
            true,
        ),
    ] {
        let spki = [hex("302a300506032b6570032100"), hex(key)].concat();
        let accepted = PublicKey::from_spki(&spki).is_ok_and(|key| {
            let verifier = key.verifier(SignatureAlgorithm::Ed25519).unwrap();
            verifier.verify(message.as_bytes(), &[hex(r), hex(s)].concat()).is_ok()
        });
        assert_eq!(accepted, holds, "{what}");
    }
}

#[test]
fn a_source_of_randomness_that_fails_makes_no_key() {
    for kind in [KeyKind::Ed25519, KeyKind::P256, KeyKind::P384, KeyKind::Rsa3072] {
        let mut draws = 0;
        let mut entropy = |place: &mut [u8]| {
            draws += 1;
            if draws > 1 || kind != KeyKind::Rsa3072 {
                return Err(Error::new(ErrorKind::Io, "the source ran dry"));
            }
            os_entropy(place)
        };
        assert_eq!(refusal(SoftwareKey::generate(kind, &mut entropy)).0, ErrorKind::Io, "{kind}");
    }
    let mut zeros = |place: &mut [u8]| {
        place.fill(0);
        Ok(())
    };
    assert_eq!(refusal(SoftwareKey::generate(KeyKind::P256, &mut zeros)).0, ErrorKind::Signer);
}

#[test]
fn a_key_refuses_algorithms_that_are_not_its_own() {
    let key = || SoftwareKey::generate(KeyKind::P256, &mut os_entropy).unwrap();
    for algorithm in [
        SignatureAlgorithm::Ed25519,
        SignatureAlgorithm::Ecdsa(Algorithm::Sha1),
        SignatureAlgorithm::Ecdsa(Algorithm::Sha224),
        SignatureAlgorithm::RsaPkcs1(Algorithm::Sha256),
        SignatureAlgorithm::RsaPss { digest: Algorithm::Sha256, salt: 32 },
    ] {
        assert_eq!(refusal(key().with_algorithm(algorithm)).0, ErrorKind::Misuse, "{algorithm}");
    }
}

#[test]
fn a_key_moves_between_threads_and_does_not_show_itself() {
    fn is_sendable(key: impl Send + Sync + 'static) -> impl Send + Sync + 'static {
        key
    }
    drop(is_sendable(SoftwareKey::generate(KeyKind::P256, &mut os_entropy).unwrap()));
    for (kind, shown) in [(KeyKind::Ed25519, "SoftwareKey(Ed25519)"), (KeyKind::P256, "SoftwareKey(P-256)")] {
        assert_eq!(format!("{:?}", SoftwareKey::generate(kind, &mut os_entropy).unwrap()), shown);
        assert_eq!(KeyKind::from_name(kind.name()), Some(kind));
    }
}

/// The numbers of a DSA key are chosen by whoever made it: none of them, nor its absence, is more than a signature that does not
/// hold, and numbers that are shorter than the modulus are numbers all the same.
#[test]
fn short_numbers_in_a_dsa_key_are_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if openssl(at, "dsaparam -genkey -out dsa.key 2048").is_none() {
        return;
    }
    openssl(at, "pkey -in dsa.key -pubout -outform DER -out dsa.spki");
    std::fs::write(at.join("message"), MESSAGE).unwrap();
    openssl(at, "dgst -sha256 -sign dsa.key -out signature message");
    let (spki, signature) = (std::fs::read(at.join("dsa.spki")).unwrap(), std::fs::read(at.join("signature")).unwrap());
    let verdict = |spki: &[u8]| {
        let key = PublicKey::from_spki(spki).ok()?;
        let verifier = key.verifier(SignatureAlgorithm::Dsa(Algorithm::Sha256)).unwrap();
        Some(verifier.verify(MESSAGE, &signature).is_ok())
    };
    assert_eq!(verdict(&spki), Some(true));
    for (number, octets) in [(0, &[1][..]), (1, &[3]), (2, &[2]), (2, &[0x7f; 24]), (2, &[0])] {
        let mut changed = Node::parse(&spki);
        *changed.at_mut(&[0, 1, number]) = Node::primitive(2, octets);
        assert_ne!(verdict(&changed.encode()), Some(true), "{number} {octets:?}");
    }
    for y in [&[2, 1, 0][..], &[2, 1, 1], &[2, 1, 2], &[2, 2, 0x7f, 3], &[2, 0]] {
        let mut changed = Node::parse(&spki);
        *changed.at_mut(&[1]) = Node::primitive(3, &[&[0], y].concat());
        assert_ne!(verdict(&changed.encode()), Some(true), "{y:?}");
    }
}
