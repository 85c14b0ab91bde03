//! The token: SignedData around a TSTInfo.

use super::TstInfo;
use crate::asn1::Tag;
use crate::asn1::read::Reader;
use crate::cms::{self, ContentDigests, Defect, Examination, SignedData, Weight};
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid;
use crate::pki::{Certificate, Name};
use crate::time::Time;

/// A time-stamp token, octet for octet as it was received (RFC 3161 §2.4.2).
///
/// ```text
/// TimeStampToken ::= ContentInfo
///     -- contentType is id-signedData, content is SignedData whose eContentType is id-ct-TSTInfo
/// ```
///
/// That a token can be read says nothing of its signature: [`Client`](super::Client) returns none that it has not checked,
/// and a report says what was found of any other.
#[derive(Clone, Debug)]
pub struct Token {
    octets: Vec<u8>,
    info: TstInfo,
    certificates: Vec<Certificate>,
}

impl Token {
    /// Reads a token in BER or DER. Zero octets that follow it are left aside.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, or does not bear exactly one signature; `Unsupported` for critical extensions;
    /// `LimitExceeded` when it needs more work than the budget has left.
    pub fn parse(octets: &[u8], budget: &mut Budget) -> Result<Self> {
        let message = SignedData::parse(octets, budget)?;
        if message.content_type != oid::TST_INFO {
            return Err(Error::malformed("this is no time-stamp token").with(message.content_type.to_string()));
        }
        check_content(message.encapsulated)?;
        let content = message.content.ok_or_else(|| Error::malformed("time-stamp token without content"))?;
        // RFC 3161 §2.4.2: a token bears the signature of its authority and no other.
        if message.signers.len() != 1 {
            let count = message.signers.len().to_string();
            return Err(Error::malformed("time-stamp token without its one signature").with(count));
        }
        let length = octets.len().saturating_sub(message.padding);
        // What is no certificate, or none that can be read, cannot be the authority's, whose digest the token carries.
        let mut certificates = Vec::new();
        for tlv in message.certificates.iter().filter(|tlv| tlv.tag == Tag::SEQUENCE) {
            match Certificate::parse(tlv.raw) {
                Ok(certificate) => {
                    budget.elements(certificate.elements())?;
                    certificates.push(certificate);
                }
                Err(_unreadable) => {}
            }
        }
        Ok(Self {
            octets: octets.get(..length).unwrap_or_default().to_vec(),
            info: TstInfo::read(&content, budget)?,
            certificates,
        })
    }

    /// The token as it was received, to be stored or embedded.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// What the authority signed.
    pub fn info(&self) -> &TstInfo {
        &self.info
    }

    /// The time of the token.
    pub fn time(&self) -> Time {
        self.info.time()
    }

    /// The certificates that the token carries, in the order in which they stand there.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The token as the CMS message that it is. Its parts were counted when it was parsed first.
    pub(crate) fn message(&self) -> Result<SignedData<'_>> {
        SignedData::parse(&self.octets, &mut Budget::unlimited())
    }

    /// What its signature proves. `candidates` are certificates beside those of the token.
    pub(crate) fn examine(&self, candidates: &[Certificate], budget: &mut Budget) -> Result<Examination> {
        let message = self.message()?;
        let signer = message.signers.first().ok_or_else(|| Error::malformed("time-stamp token without a signature"))?;
        let content = message.content.as_deref().unwrap_or_default();
        let certificates: Vec<Certificate> = self.certificates.iter().chain(candidates).cloned().collect();
        cms::examine(&message, signer, ContentDigests::Octets(content, &[]), &certificates, budget)
    }

    /// RFC 3161 §2.4.2: the name by which the authority calls itself must be one of those of its certificate. Only a
    /// directoryName is compared.
    pub(crate) fn check_name(&self, certificate: &Certificate) -> Result<Option<Defect>> {
        let Some(name) = self.info.tsa() else { return Ok(None) };
        let Some(directory) = Reader::new(name).optional(Tag::context(4))? else { return Ok(None) };
        let name = Name::parse(directory.content)?;
        if name.matches(certificate.subject()) {
            return Ok(None);
        }
        let what = format!("the time-stamp authority calls itself {name}, its certificate {}", certificate.subject());
        Ok(Some(Defect::new(Weight::Constraint, "RFC 3161 2.4.2", what)))
    }
}

/// PKCS #7 lets the content be of any type; RFC 3161 §2.4.2 wants an OCTET STRING, whose tag no digest covers.
fn check_content(encapsulated: &[u8]) -> Result<()> {
    let mut fields = Reader::new(encapsulated).sequence("encapsulated content expected")?;
    fields.oid()?;
    let explicit = fields.read(Tag::context(0), "time-stamp token without content")?;
    explicit.reader().read(Tag::OCTET_STRING, "content of a time-stamp token that is not an OCTET STRING")?;
    Ok(())
}

/// What keeps a certificate from being that of a time-stamp authority (RFC 3161 §2.3).
pub(crate) fn authority_defects(certificate: &Certificate) -> Vec<Defect> {
    let mut defects = Vec::new();
    let mut defect = |clause, what: &str| defects.push(Defect::new(Weight::Constraint, clause, what));
    match certificate.extended_key_usage() {
        None => defect("RFC 3161 2.3", "the certificate is not one for time-stamping: it has no extended key usage"),
        Some(usage) => {
            if usage.purposes != [oid::KP_TIME_STAMPING] {
                let alone = usage.purposes.contains(&oid::KP_TIME_STAMPING);
                defect(
                    "RFC 3161 2.3",
                    if alone {
                        "the certificate is not for time-stamping alone: its extended key usage names other purposes"
                    } else {
                        "the certificate is not one for time-stamping: its extended key usage is another"
                    },
                );
            }
            if !usage.critical {
                defect("RFC 3161 2.3", "the extended key usage of the certificate is not critical");
            }
        }
    }
    if certificate.key_usage().is_some_and(|usage| !usage.digital_signature() && !usage.non_repudiation()) {
        defect("RFC 5280 4.2.1.3", "the key usage of the certificate does not allow signatures");
    }
    defects
}
