//! Private keys at rest: PKCS#8, encrypted or not, and the older forms of OpenSSL.

use pkcs8::der::Encode;
use pkcs8::pkcs5::{EncryptionScheme, pbes2};
use rsa::BoxedUint;
use rsa::pkcs8::EncodePrivateKey;
use zeroize::Zeroizing;

use super::Signer;
use super::entropy::{Entropy, draw};
use super::software::{Secret, SoftwareKey};
use crate::asn1::algorithm::{AlgorithmIdentifier, identifier};
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, pem, write};
use crate::error::{Error, ErrorKind, Result};
use crate::oid::{self, Oid};

impl SoftwareKey {
    /// Reads a private key: PKCS#8 (RFC 5958) in PEM or DER, encrypted with PBES2 (RFC 8018) or not, or the SEC1 and PKCS#1
    /// forms that OpenSSL calls `EC PRIVATE KEY` and `RSA PRIVATE KEY`.
    ///
    /// PEM may hold certificates besides, but not a second private key. The password is not used where nothing is encrypted.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is no private key, and says what it is instead when that can be told; `Signer` when the password
    /// is missing or wrong; `Unsupported` for other kinds of keys, RSA under 2048 bits, and other encryption; `LimitExceeded`
    /// over 1 MiB, and when the password is stretched beyond all measure.
    pub fn from_pkcs8(octets: &[u8], password: Option<&str>) -> Result<Self> {
        if octets.len() > FILE {
            return Err(Error::limit("key file over 1 MiB"));
        }
        if !pem::is_pem(octets) {
            return open(octets, password);
        }
        let text = String::from_utf8_lossy(octets);
        if text.contains("Proc-Type: 4,ENCRYPTED") {
            return Err(Error::unsupported(
                "private key in the encryption of OpenSSL's older PEM: convert it with `openssl pkcs8 -topk8`",
            ));
        }
        let mut found = None;
        let mut other = None;
        for block in pem::blocks(octets)? {
            let der = Zeroizing::new(block.octets);
            match block.label.as_str() {
                "PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" | "EC PRIVATE KEY" | "RSA PRIVATE KEY" if found.is_some() => {
                    return Err(Error::malformed("more than one private key in the file"));
                }
                "PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" | "EC PRIVATE KEY" | "RSA PRIVATE KEY" => found = Some(der),
                "EC PARAMETERS" => {}
                _ => other = Some(block.label),
            }
        }
        match (found, other.as_deref()) {
            (Some(der), _) => open(&der, password),
            (None, Some("CERTIFICATE")) => Err(Error::malformed(CERTIFICATE)),
            (None, Some("PUBLIC KEY")) => Err(Error::malformed(PUBLIC_KEY)),
            (None, Some("OPENSSH PRIVATE KEY")) => {
                Err(Error::unsupported("private key in OpenSSH's own form: convert it with `ssh-keygen -p -m PKCS8`"))
            }
            (None, label) => Err(Error::malformed("no private key in the file").with(label.unwrap_or("nothing"))),
        }
    }

    /// Writes the key as PKCS#8 in PEM, encrypted when there is a password: AES-256-CBC under a key of 600,000 rounds of
    /// PBKDF2 with HMAC-SHA-256 (the number that OWASP recommends; every common reader takes the two).
    ///
    /// The text is wiped from memory when it is dropped.
    ///
    /// # Errors
    ///
    /// What `entropy` fails with, when there is a password.
    pub fn to_pkcs8_pem(&self, password: Option<&str>, entropy: &mut Entropy<'_>) -> Result<Zeroizing<String>> {
        let info = self.private_key_info()?;
        let Some(password) = password else {
            return Ok(Zeroizing::new(pem::encode("PRIVATE KEY", &info)));
        };
        let (salt, iv) = (draw::<16>(entropy)?, draw::<16>(entropy)?);
        let refused = |error: pkcs8::pkcs5::Error| {
            Error::new(ErrorKind::Signer, "the key could not be encrypted").because(error.to_string())
        };
        let parameters =
            pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, salt.as_slice(), *iv).map_err(refused)?;
        let encrypted = parameters.encrypt(password, &info).map_err(refused)?;
        let scheme = EncryptionScheme::from(parameters).to_der();
        let scheme = scheme.map_err(|error| Error::malformed("encryption parameters").because(error))?;
        let octets = write::sequence(&[&scheme, &write::octet_string(&encrypted)]);
        Ok(Zeroizing::new(pem::encode("ENCRYPTED PRIVATE KEY", &octets)))
    }

    /// PrivateKeyInfo of version 0, which OpenSSL 3 reads for every kind (it refuses Ed25519 in version 1).
    fn private_key_info(&self) -> Result<Zeroizing<Vec<u8>>> {
        let (id, key) = match &self.secret {
            Secret::Ed25519(key) => {
                (identifier(&oid::ED25519, &[]), Zeroizing::new(write::octet_string(key.as_bytes())))
            }
            Secret::P256(key) => {
                let scalar = Zeroizing::new(key.to_bytes());
                (identifier(&oid::EC_PUBLIC_KEY, &write::oid(&oid::P256)), self.ec_private_key(&scalar))
            }
            Secret::P384(key) => {
                let scalar = Zeroizing::new(key.to_bytes());
                (identifier(&oid::EC_PUBLIC_KEY, &write::oid(&oid::P384)), self.ec_private_key(&scalar))
            }
            Secret::Rsa(key) => {
                let info = key.to_pkcs8_der();
                let info =
                    info.map_err(|error| Error::new(ErrorKind::Signer, "the key cannot be written").because(error))?;
                return Ok(info.to_bytes());
            }
        };
        let key = Zeroizing::new(write::octet_string(&key));
        Ok(Zeroizing::new(write::sequence(&[&write::small(0), &id, &key])))
    }

    fn ec_private_key(&self, scalar: &[u8]) -> Zeroizing<Vec<u8>> {
        let secret = Zeroizing::new(write::octet_string(scalar));
        let public = write::tlv(Tag::context(1), &[&write::bit_string(self.public_key().bits())]);
        Zeroizing::new(write::sequence(&[&write::small(1), &secret, &public]))
    }
}

/// RSA of 8192 bits makes 7 KiB of PEM; the rest is room for certificates and text around it.
const FILE: usize = 1 << 20;
const ROUNDS: u32 = 600_000;

const CERTIFICATE: &str = "a certificate, where a private key is needed";
const PUBLIC_KEY: &str = "a public key, where the private one is needed";

/// Tells by their first elements apart:
///
/// ```text
/// OneAsymmetricKey        ::= SEQUENCE { version INTEGER, privateKeyAlgorithm SEQUENCE, privateKey OCTET STRING, … }
/// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm SEQUENCE, encryptedData OCTET STRING }
/// ECPrivateKey            ::= SEQUENCE { version INTEGER (1), privateKey OCTET STRING, … }
/// RSAPrivateKey           ::= SEQUENCE { version INTEGER (0), modulus INTEGER, … }
/// ```
fn open(der: &[u8], password: Option<&str>) -> Result<SoftwareKey> {
    let mut fields = whole(der)?;
    let first = fields.any()?;
    match (first.tag, fields.peek()) {
        (Tag::INTEGER, Some(Tag::SEQUENCE)) if first.content == [3] => {
            Err(Error::unsupported("a PKCS#12 file: open it with its certificates"))
        }
        (Tag::INTEGER, Some(Tag::SEQUENCE)) => one_asymmetric_key(&first, fields),
        (Tag::INTEGER, Some(Tag::OCTET_STRING)) => elliptic(der, None),
        (Tag::INTEGER, Some(Tag::INTEGER)) => rsa(der),
        (Tag::SEQUENCE, Some(Tag::OCTET_STRING)) => {
            let data = fields.read(Tag::OCTET_STRING, "encrypted key expected")?;
            fields.finish("encrypted key with more than two elements")?;
            let info = decrypt(&first, data.content, password)?;
            // A wrong password passes the check of the padding once in 256 times.
            let mut fields = whole(&info).or(Err(wrong_password()))?;
            match (fields.any(), fields.peek()) {
                (Ok(version), Some(Tag::SEQUENCE)) if version.tag == Tag::INTEGER => {
                    one_asymmetric_key(&version, fields)
                }
                _ => Err(wrong_password()),
            }
        }
        (Tag::SEQUENCE, Some(Tag::BIT_STRING)) => Err(Error::malformed(PUBLIC_KEY)),
        (Tag::SEQUENCE, Some(Tag::SEQUENCE)) => Err(Error::malformed(CERTIFICATE)),
        _ => Err(Error::malformed("no private key")),
    }
}

/// The elements of the one SEQUENCE that the octets are.
fn whole(der: &[u8]) -> Result<Reader<'_>> {
    let mut reader = Reader::new(der);
    let fields = reader.sequence("private key expected")?;
    reader.finish("octets after the private key")?;
    Ok(fields)
}

/// ```text
/// OneAsymmetricKey ::= SEQUENCE {
///     version Version, privateKeyAlgorithm PrivateKeyAlgorithmIdentifier, privateKey OCTET STRING,
///     attributes [0] Attributes OPTIONAL, ..., [[2: publicKey [1] PublicKey OPTIONAL ]], ... }
/// ```
fn one_asymmetric_key(version: &Tlv<'_>, mut fields: Reader<'_>) -> Result<SoftwareKey> {
    if version.unsigned()? > 1 {
        return Err(Error::unsupported("PKCS#8 of an unknown version").at(version.offset));
    }
    let id = AlgorithmIdentifier::read(&mut fields)?;
    let octets = fields.read(Tag::OCTET_STRING, "private key expected")?.content;
    fields.optional(Tag::context(0))?;
    let public = fields.optional(Tag::context_primitive(1))?;
    fields.finish("unknown element after the private key")?;
    let key = match id.oid {
        oid::ED25519 => {
            id.no_parameters()?;
            let mut reader = Reader::new(octets);
            let seed = reader.read(Tag::OCTET_STRING, "Ed25519 key expected")?.content;
            reader.finish("octets after the Ed25519 key")?;
            let seed = seed.try_into().ok().ok_or_else(|| Error::malformed("Ed25519 key of other than 32 octets"))?;
            SoftwareKey::from_secret(Secret::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(seed))))?
        }
        oid::EC_PUBLIC_KEY => {
            let curve = id.parameters.ok_or_else(|| Error::malformed("elliptic-curve key without a curve"))?;
            elliptic(octets, Some(named(&curve)?))?
        }
        oid::RSA_ENCRYPTION => {
            id.no_parameters()?;
            rsa(octets)?
        }
        oid::RSASSA_PSS => {
            return Err(Error::unsupported(
                "RSA key bound to RSASSA-PSS: make one of rsaEncryption, which signs PSS too",
            ));
        }
        other => return Err(Error::unsupported("unknown kind of private key").with(other.to_string())),
    };
    match public {
        Some(public) if public.bit_octets()? != key.public_key().bits() => Err(halves_differ()),
        _ => Ok(key),
    }
}

fn named(curve: &Tlv<'_>) -> Result<Oid> {
    if curve.tag != Tag::OBJECT_IDENTIFIER {
        return Err(Error::unsupported("elliptic-curve key without a named curve"));
    }
    curve.oid()
}

/// ```text
/// ECPrivateKey ::= SEQUENCE {
///     version INTEGER { ecPrivkeyVer1(1) }, privateKey OCTET STRING,
///     parameters [0] ECParameters OPTIONAL, publicKey [1] BIT STRING OPTIONAL }
/// ```
/// RFC 5915 §3. `curve` is the one that PKCS#8 names around it.
fn elliptic(octets: &[u8], curve: Option<Oid>) -> Result<SoftwareKey> {
    let mut fields = whole(octets)?;
    if fields.unsigned()? != 1 {
        return Err(Error::unsupported("elliptic-curve key of an unknown version"));
    }
    let secret = fields.read(Tag::OCTET_STRING, "elliptic-curve key expected")?.content;
    let parameters = match fields.optional(Tag::context(0))? {
        Some(field) => Some(named(&field.reader().any()?)?),
        None => None,
    };
    let public = fields.optional(Tag::context(1))?;
    fields.finish("unknown element after the elliptic-curve key")?;
    let curve = match (curve, parameters) {
        (Some(one), Some(other)) if one != other => {
            return Err(Error::malformed("elliptic-curve key that names two curves"));
        }
        (Some(curve), _) | (None, Some(curve)) => curve,
        (None, None) => return Err(Error::malformed("elliptic-curve key without a curve")),
    };
    let public = match &public {
        Some(field) => Some(field.reader().read(Tag::BIT_STRING, "public key expected")?.bit_octets()?),
        None => None,
    };
    let outside = || Error::malformed("elliptic-curve key outside its curve");
    let (secret, same) = match curve {
        oid::P256 => {
            let key = p256::ecdsa::SigningKey::from_slice(secret).or(Err(outside()))?;
            let given = public.map(p256::ecdsa::VerifyingKey::from_sec1_bytes);
            let same = given.is_none_or(|given| given.is_ok_and(|given| given == *key.verifying_key()));
            (Secret::P256(Box::new(key)), same)
        }
        oid::P384 => {
            let key = p384::ecdsa::SigningKey::from_slice(secret).or(Err(outside()))?;
            let given = public.map(p384::ecdsa::VerifyingKey::from_sec1_bytes);
            let same = given.is_none_or(|given| given.is_ok_and(|given| given == *key.verifying_key()));
            (Secret::P384(Box::new(key)), same)
        }
        other => {
            return Err(
                Error::unsupported("elliptic-curve key that is of neither P-256 nor P-384").with(other.to_string())
            );
        }
    };
    if same { SoftwareKey::from_secret(secret) } else { Err(halves_differ()) }
}

/// ```text
/// RSAPrivateKey ::= SEQUENCE {
///     version Version, modulus INTEGER, publicExponent INTEGER, privateExponent INTEGER, prime1 INTEGER, prime2 INTEGER,
///     exponent1 INTEGER, exponent2 INTEGER, coefficient INTEGER, otherPrimeInfos OtherPrimeInfos OPTIONAL }
/// ```
/// The last three numbers are computed afresh, and the relations of the others checked.
fn rsa(octets: &[u8]) -> Result<SoftwareKey> {
    let mut fields = whole(octets)?;
    if fields.unsigned()? != 0 {
        return Err(Error::unsupported("RSA key of more than two primes"));
    }
    let mut number = || {
        let tlv = fields.read(Tag::INTEGER, "RSA key with eight numbers expected")?;
        match tlv.content {
            [0x80..=0xff, ..] => Err(Error::malformed("negative number in an RSA key").at(tlv.offset)),
            [] | [0] => Err(no_key().at(tlv.offset)),
            [0, digits @ ..] => Ok(digits),
            digits => Ok(digits),
        }
    };
    let (modulus, exponent, secret, p, q) = (number()?, number()?, number()?, number()?, number()?);
    let (_, _, _) = (number()?, number()?, number()?);
    fields.finish("RSA key with more than eight numbers")?;
    let bits = modulus
        .len()
        .saturating_mul(8)
        .saturating_sub(modulus.first().map_or(0, |octet| usize::try_from(octet.leading_zeros()).unwrap_or(0)));
    if !RSA_BITS.contains(&bits) {
        return Err(Error::unsupported("RSA key outside 2048 to 8192 bits").with(format!("{bits} bits")));
    }
    if exponent.len() > 5 || secret.len() > modulus.len() || p.len() > modulus.len() || q.len() > modulus.len() {
        return Err(no_key());
    }
    let uint = BoxedUint::from_be_slice_vartime;
    let key = rsa::RsaPrivateKey::from_components(uint(modulus), uint(exponent), uint(secret), vec![uint(p), uint(q)])
        .map_err(|error| no_key().because(error))?;
    SoftwareKey::from_secret(Secret::Rsa(Box::new(key)))
}

/// Those of 2048 bits are what many cards and authorities still issue; under that nothing is signed.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

fn no_key() -> Error {
    Error::malformed("RSA key whose numbers make no key")
}

fn halves_differ() -> Error {
    Error::malformed("private key beside the public key of another")
}

fn wrong_password() -> Error {
    Error::new(ErrorKind::Signer, "the password does not open the private key")
}

fn decrypt(scheme: &Tlv<'_>, data: &[u8], password: Option<&str>) -> Result<Zeroizing<Vec<u8>>> {
    let id = AlgorithmIdentifier::from_tlv(scheme)?;
    if id.oid != oid::PBES2 {
        return Err(Error::unsupported(
            "private key in an older encryption: convert it with `openssl pkcs8 -topk8 -v2 aes-256-cbc`",
        )
        .with(id.oid.to_string()));
    }
    check_work(&id)?;
    let scheme = EncryptionScheme::try_from(scheme.raw)
        .map_err(|error| Error::unsupported("unknown encryption of the private key").because(error))?;
    let password =
        password.ok_or_else(|| Error::new(ErrorKind::Signer, "the private key is encrypted: a password is needed"))?;
    let info = scheme.decrypt(password, data).or(Err(wrong_password()))?;
    Ok(Zeroizing::new(info))
}

/// Refuses parameters that would cost seconds or much memory, before anything is computed.
///
/// ```text
/// PBES2-params  ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }
/// PBKDF2-params ::= SEQUENCE { salt OCTET STRING, iterationCount INTEGER, keyLength INTEGER OPTIONAL, prf … }
/// scrypt-params ::= SEQUENCE { salt OCTET STRING, costParameter INTEGER, blockSize INTEGER,
///                              parallelizationParameter INTEGER, keyLength INTEGER OPTIONAL }
/// ```
fn check_work(id: &AlgorithmIdentifier<'_>) -> Result<()> {
    let missing = || Error::malformed("encryption without parameters").at(id.offset);
    let function = AlgorithmIdentifier::read(&mut id.parameters.ok_or_else(missing)?.reader())?;
    let mut fields = function.parameters.ok_or_else(missing)?.reader();
    fields.read(Tag::OCTET_STRING, "salt expected")?;
    let first = fields.unsigned()?;
    let bounded = match function.oid {
        oid::PBKDF2 => (1..=MOST_ROUNDS).contains(&first),
        oid::SCRYPT => {
            let (block, parallel) = (fields.unsigned()?, fields.unsigned()?);
            let memory = first.checked_mul(block).and_then(|product| product.checked_mul(128));
            if !first.is_power_of_two() || first < 2 {
                return Err(Error::malformed("scrypt whose cost is no power of two").at(function.offset));
            }
            memory.is_some_and(|memory| (1..=MOST_MEMORY).contains(&memory)) && (1..=MOST_PARALLEL).contains(&parallel)
        }
        other => return Err(Error::unsupported("unknown derivation of keys from passwords").with(other.to_string())),
    };
    if bounded { Ok(()) } else { Err(Error::limit("password stretched beyond the limit").at(function.offset)) }
}

/// Some seconds of work; OWASP's highest recommendation is 1,400,000 (for HMAC-SHA-1).
const MOST_ROUNDS: u64 = 10_000_000;
/// OpenSSL refuses more than 32 MiB unless told otherwise.
const MOST_MEMORY: u64 = 64 << 20;
const MOST_PARALLEL: u64 = 16;
