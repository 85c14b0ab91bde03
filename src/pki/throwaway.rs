//! A throw-away PKI for development: everything that signing, time-stamping and verifying needs, and trusted by nobody.

use super::issue::{Template, empty_crl};
use super::{Certificate, KeyUsage, QcStatements, TrustAnchors};
use crate::error::Result;
use crate::key::{Entropy, KeyKind, Signer, SoftwareKey};
use crate::oid::{self, Oid};
use crate::time::Time;

/// A public key infrastructure that lives as long as a test: two authorities, a customer, a merchant, a time-stamp authority
/// and an OCSP responder.
///
/// Every name in it contains `TEST`. No certificate of it says where revocation lists or responders are, since there is no
/// server to ask: the two revocation lists are here, and a verifier is given them. No certificate claims to be qualified.
///
/// ```
/// use seing::key::os_entropy;
/// use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// use seing::time::Time;
///
/// let pki = ThrowawayPki::new(Time::parse_rfc3339("2026-11-23T10:00:00Z")?, &Kinds::default(), &mut os_entropy)?;
/// assert!(pki.customer.certificate().subject().to_string().contains("CN=TEST Amina Berrada"));
/// assert_eq!(pki.merchant.chain.len(), 2);
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct ThrowawayPki {
    /// The root, valid for ten years; its chain is its own certificate.
    pub root: Member,
    /// The authority that issues the other certificates, valid for five years; its chain is its own certificate.
    pub intermediate: Member,
    /// A natural person, who signs: key usage nonRepudiation alone.
    pub customer: Member,
    /// A legal person, whose seal it is: digitalSignature and nonRepudiation.
    pub merchant: Member,
    /// A time-stamp authority (RFC 3161 §2.3).
    pub time_stamp_authority: Member,
    /// Who answers for the intermediate authority (RFC 6960 §4.2.2.2).
    pub ocsp_responder: Member,
    /// The revocation list of the root in DER: empty, valid for 30 days.
    pub root_crl: Vec<u8>,
    /// The revocation list of the intermediate authority in DER: empty, valid for 30 days.
    pub intermediate_crl: Vec<u8>,
}

/// Who has a key in a [`ThrowawayPki`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Member {
    /// The private key.
    pub key: SoftwareKey,
    /// The certificate of the key, then the one of the intermediate authority. The root is not in it.
    pub chain: Vec<Certificate>,
    certificate: Certificate,
}

/// The kinds of keys of a [`ThrowawayPki`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Kinds {
    /// Those of the root, the intermediate authority and the OCSP responder.
    pub authorities: KeyKind,
    /// Those of customer and merchant.
    pub signers: KeyKind,
    /// That of the time-stamp authority.
    pub time_stamp_authority: KeyKind,
}

impl Default for Kinds {
    /// P-256, which every verifier knows, and Ed25519 for the two who sign.
    fn default() -> Self {
        Self { authorities: KeyKind::P256, signers: KeyKind::Ed25519, time_stamp_authority: KeyKind::P256 }
    }
}

impl Kinds {
    /// The same kind of key for everybody.
    pub fn all(kind: KeyKind) -> Self {
        Self { authorities: kind, signers: kind, time_stamp_authority: kind }
    }
}

impl ThrowawayPki {
    /// Makes the keys, the certificates and the revocation lists. They are valid from an hour before `now`, for clocks that
    /// are slow, and those that are not of authorities for a year.
    ///
    /// # Errors
    ///
    /// What `entropy` fails with.
    pub fn new(now: Time, kinds: &Kinds, entropy: &mut Entropy<'_>) -> Result<Self> {
        Self::lasting(365, now, kinds, entropy)
    }

    /// The same with certificates that are valid for so many days; those of the authorities for as long at least.
    ///
    /// # Errors
    ///
    /// What `entropy` fails with.
    pub fn lasting(lifetime: u16, now: Time, kinds: &Kinds, entropy: &mut Entropy<'_>) -> Result<Self> {
        let lifetime = i64::from(lifetime);
        let from = now.whole_seconds().plus_seconds(-3600);
        let days = |days: i64| now.whole_seconds().plus_seconds(days * 86_400);
        let signing = KeyUsage::NON_REPUDIATION;
        let sealing = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);

        let key = SoftwareKey::generate(kinds.authorities, entropy)?;
        let name = organization("TEST Root CA");
        let template = Template::new(&name, key.public_key(), from, days(lifetime.max(3652)))?.authority(None);
        let certificate = template.self_signed(&key, entropy)?;
        let root = Member { key, chain: vec![certificate.clone()], certificate };

        let key = SoftwareKey::generate(kinds.authorities, entropy)?;
        let name = organization("TEST Issuing CA");
        let template = Template::new(&name, key.public_key(), from, days(lifetime.max(1826)))?.authority(Some(0));
        let certificate = template.issued_by(&root.certificate, &root.key, entropy)?;
        let intermediate = Member { key, chain: vec![certificate.clone()], certificate };

        let mut member = |kind, name: &[(Oid, &str)], finish: &dyn Fn(Template<'_>) -> Result<Template<'_>>| {
            let key = SoftwareKey::generate(kind, entropy)?;
            let template = finish(Template::new(name, key.public_key(), from, days(lifetime))?)?;
            let certificate = template.issued_by(&intermediate.certificate, &intermediate.key, entropy)?;
            let chain = vec![certificate.clone(), intermediate.certificate.clone()];
            Ok::<_, crate::error::Error>(Member { key, chain, certificate })
        };
        let customer = member(kinds.signers, CUSTOMER, &|template| {
            template.key_usage(signing).qc_statements(&statements(oid::QC_TYPE_ESIGN))
        })?;
        let merchant = member(kinds.signers, MERCHANT, &|template| {
            template.key_usage(sealing).qc_statements(&statements(oid::QC_TYPE_ESEAL))
        })?;
        let time_stamp_authority =
            member(kinds.time_stamp_authority, &organization("TEST Time-Stamp Authority"), &|template| {
                Ok(template.key_usage(KeyUsage::DIGITAL_SIGNATURE).only_purpose(oid::KP_TIME_STAMPING))
            })?;
        let ocsp_responder = member(kinds.authorities, &organization("TEST OCSP Responder"), &|template| {
            let template = template.key_usage(KeyUsage::DIGITAL_SIGNATURE);
            Ok(template.purposes(&[oid::KP_OCSP_SIGNING]).ocsp_no_check())
        })?;

        let root_crl = empty_crl(&root.certificate, &root.key, 1, from, days(30))?;
        let intermediate_crl = empty_crl(&intermediate.certificate, &intermediate.key, 1, from, days(30))?;
        Ok(Self {
            root,
            intermediate,
            customer,
            merchant,
            time_stamp_authority,
            ocsp_responder,
            root_crl,
            intermediate_crl,
        })
    }

    /// The root as the only trust anchor.
    pub fn trust_anchors(&self) -> TrustAnchors {
        TrustAnchors::none().with(self.root.certificate.clone())
    }
}

impl Member {
    /// The certificate of the key.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

fn organization(name: &'static str) -> [(Oid, &'static str); 3] {
    [(oid::COUNTRY, "MA"), (oid::ORGANIZATION, "TEST PKI"), (oid::COMMON_NAME, name)]
}

/// The attributes of EN 319 412-2, the serial number with the prefix of EN 319 412-1 §5.1.3.
const CUSTOMER: &[(Oid, &str)] = &[
    (oid::COUNTRY, "MA"),
    (oid::GIVEN_NAME, "Amina"),
    (oid::SURNAME, "Berrada"),
    (oid::SERIAL_NUMBER, "IDCMA-TEST000001"),
    (oid::COMMON_NAME, "TEST Amina Berrada"),
];

/// The attributes of EN 319 412-3, the organization identifier with the prefix of EN 319 412-1 §5.1.4.
const MERCHANT: &[(Oid, &str)] = &[
    (oid::COUNTRY, "MA"),
    (oid::ORGANIZATION, "TEST Boutique SARL"),
    (oid::ORGANIZATION_IDENTIFIER, "NTRMA-TEST000001"),
    (oid::COMMON_NAME, "TEST Boutique SARL"),
];

/// The kind of certificate and the country, without the claim to be qualified.
fn statements(kind: Oid) -> QcStatements {
    QcStatements { types: vec![kind], legislation: vec!["MA".to_owned()], ..QcStatements::default() }
}
