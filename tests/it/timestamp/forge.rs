//! Certificates and tokens put together by hand, so that anything in them can be wrong. Nothing of the crate writes them.

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{DerSignature, Signature, SigningKey};
use seing::digest::Algorithm;
use seing::error::Result;
use seing::key::{PublicKey, SignatureAlgorithm, Signer};
use seing::pki::Certificate;

pub(crate) fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len().to_be_bytes();
    let digits = &length[length.iter().position(|octet| *octet != 0).unwrap_or(7)..];
    let head: Vec<u8> = match content.len() {
        0..=0x7f => vec![tag, length[7]],
        _ => [&[tag, 0x80 | digits.len() as u8], digits].concat(),
    };
    [head, content].concat()
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, parts)
}

pub(crate) fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content = Vec::new();
    for arc in std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied()) {
        let septets = (0..10).rev().map(|place| (arc >> (7 * place)) as u8 & 0x7f).skip_while(|septet| *septet == 0);
        let mut septets: Vec<u8> = septets.collect();
        if septets.is_empty() {
            septets.push(0);
        }
        let last = septets.len() - 1;
        septets[..last].iter_mut().for_each(|septet| *septet |= 0x80);
        content.extend(septets);
    }
    tlv(6, &[&content])
}

/// A P-256 key from a seed of one octet.
pub(crate) struct Key {
    secret: SigningKey,
    public: PublicKey,
}

impl Key {
    pub(crate) fn new(seed: u8) -> Self {
        let secret = SigningKey::from_slice(&[seed; 32]).unwrap();
        let point = secret.verifying_key().to_sec1_point(false);
        let algorithm = sequence(&[&oid("1.2.840.10045.2.1"), &oid("1.2.840.10045.3.1.7")]);
        let spki = sequence(&[&algorithm, &tlv(3, &[&[0], point.as_bytes()])]);
        Self { secret, public: PublicKey::from_spki(&spki).unwrap() }
    }

    fn sign_with(&self, algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.secret.sign_prehash(algorithm.digest(message).octets()).unwrap();
        signature.to_der().as_bytes().to_vec()
    }
}

impl Signer for Key {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::Ecdsa(Algorithm::Sha256)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let signature: DerSignature = self.secret.sign(message);
        Ok(signature.as_bytes().to_vec())
    }
}

/// What is in a certificate.
#[derive(Clone)]
pub(crate) struct Profile {
    pub(crate) subject: &'static str,
    pub(crate) issuer: &'static str,
    pub(crate) serial: u8,
    /// UTCTime.
    pub(crate) valid: (&'static str, &'static str),
    pub(crate) authority: bool,
    /// Whether it is critical, and the purposes.
    pub(crate) extended_key_usage: Option<(bool, Vec<&'static str>)>,
}

pub(crate) const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
pub(crate) const CODE_SIGNING: &str = "1.3.6.1.5.5.7.3.3";

impl Profile {
    pub(crate) fn root() -> Self {
        Self {
            subject: "TEST Root",
            issuer: "TEST Root",
            serial: 1,
            valid: ("200101000000Z", "400101000000Z"),
            authority: true,
            extended_key_usage: None,
        }
    }

    pub(crate) fn tsa() -> Self {
        Self {
            subject: "TEST TSA",
            serial: 2,
            authority: false,
            extended_key_usage: Some((true, vec![TIME_STAMPING])),
            ..Self::root()
        }
    }

    pub(crate) fn issue(&self, key: &Key, issuer: &Key) -> Certificate {
        let algorithm = sequence(&[&oid("1.2.840.10045.4.3.2")]);
        let validity = sequence(&[&tlv(0x17, &[self.valid.0.as_bytes()]), &tlv(0x17, &[self.valid.1.as_bytes()])]);
        let extension = |id: &str, critical: bool, value: &[u8]| {
            let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
            sequence(&[&oid(id), flag, &tlv(4, &[value])])
        };
        let constraints = if self.authority { sequence(&[&[1, 1, 0xff]]) } else { sequence(&[]) };
        let mut extensions = extension("2.5.29.19", true, &constraints);
        let usage: [u8; 4] = if self.authority { [3, 2, 1, 0x06] } else { [3, 2, 7, 0x80] };
        extensions.extend(extension("2.5.29.15", true, &usage));
        if let Some((critical, purposes)) = &self.extended_key_usage {
            let purposes: Vec<u8> = purposes.iter().flat_map(|purpose| oid(purpose)).collect();
            extensions.extend(extension("2.5.29.37", *critical, &sequence(&[&purposes])));
        }
        let to_be_signed = sequence(&[
            &[0xa0, 3, 2, 1, 2],
            &[2, 1, self.serial],
            &algorithm,
            &name(self.issuer),
            &validity,
            &name(self.subject),
            key.public.spki(),
            &tlv(0xa3, &[&sequence(&[&extensions])]),
        ]);
        let signature = tlv(3, &[&[0], &issuer.sign(&to_be_signed).unwrap()]);
        Certificate::parse(&sequence(&[&to_be_signed, &algorithm, &signature])).unwrap()
    }
}

pub(crate) fn name(common_name: &str) -> Vec<u8> {
    let attribute = sequence(&[&oid("2.5.4.3"), &tlv(0x0c, &[common_name.as_bytes()])]);
    sequence(&[&tlv(0x31, &[&attribute])])
}

/// What is in a token.
pub(crate) struct Forgery<'a> {
    pub(crate) info: Vec<u8>,
    pub(crate) content_type: &'static str,
    pub(crate) key: &'a Key,
    /// The certificate of the signer identifier.
    pub(crate) signer: &'a Certificate,
    /// The certificate of the signing-certificate attribute, if there is one.
    pub(crate) named: Option<&'a Certificate>,
    pub(crate) bag: Vec<&'a Certificate>,
    pub(crate) signatures: usize,
    pub(crate) digest: Algorithm,
}

pub(crate) const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

impl<'a> Forgery<'a> {
    /// A token in which everything is as it must be.
    pub(crate) fn of(info: Vec<u8>, key: &'a Key, certificate: &'a Certificate) -> Self {
        Self {
            info,
            content_type: TST_INFO,
            key,
            signer: certificate,
            named: Some(certificate),
            bag: vec![certificate],
            signatures: 1,
            digest: Algorithm::Sha256,
        }
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        let attribute = |id: &str, value: &[u8]| sequence(&[&oid(id), &tlv(0x31, &[value])]);
        let digest = self.digest.digest(&self.info);
        let mut attributes = vec![
            attribute("1.2.840.113549.1.9.3", &oid(self.content_type)),
            attribute("1.2.840.113549.1.9.4", &tlv(4, &[digest.octets()])),
        ];
        if let Some(named) = self.named {
            let hash = tlv(4, &[named.digest(Algorithm::Sha256).octets()]);
            let certificates = sequence(&[&sequence(&[&sequence(&[&hash])])]);
            attributes.push(attribute("1.2.840.113549.1.9.16.2.47", &certificates));
        }
        attributes.sort();
        let attributes = attributes.concat();
        let signature = self.key.sign_with(self.digest, &tlv(0x31, &[&attributes]));
        let (hash_id, signature_id) = match self.digest {
            Algorithm::Sha1 => ("1.3.14.3.2.26", "1.2.840.10045.4.1"),
            _ => ("2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"),
        };
        let hash_id = sequence(&[&oid(hash_id)]);
        let info = sequence(&[
            &[2, 1, 1],
            &sequence(&[self.signer.issuer().der(), &tlv(2, &[self.signer.serial()])]),
            &hash_id,
            &tlv(0xa0, &[&attributes]),
            &sequence(&[&oid(signature_id)]),
            &tlv(4, &[&signature]),
        ]);
        let mut bag: Vec<&[u8]> = self.bag.iter().map(|certificate| certificate.der()).collect();
        bag.sort();
        let content = tlv(0xa0, &[&tlv(4, &[&self.info])]);
        let signed_data = sequence(&[
            &[2, 1, 3],
            &tlv(0x31, &[&hash_id]),
            &sequence(&[&oid(self.content_type), &content]),
            &tlv(0xa0, &bag),
            &tlv(0x31, &vec![info.as_slice(); self.signatures]),
        ]);
        sequence(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xa0, &[&signed_data])])
    }
}

/// A response with this status around a token.
pub(crate) fn response(status: u8, token: &[u8]) -> Vec<u8> {
    sequence(&[&sequence(&[&[2, 1, status]]), token])
}
