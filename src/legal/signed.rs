//! What was validated, as the rules look at it: signatures, seals, time-stamps and their certificates.

use crate::digest::{self, Digest};
use crate::oid;
use crate::pki::Certificate;
use crate::time::Time;
use crate::validation::{Indication, SignatureReport, TimestampReport};

use super::facts::Person;
use super::phrase::{Phrase, phrase};

/// A signature or a seal, with what its validation found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Signed {
    /// The party whose signature or seal it is.
    pub party: Option<String>,
    /// Whose certificate it is: a natural person's makes it a signature, a legal person's a seal.
    pub person: Option<Person>,
    /// The conclusion of the validation.
    pub indication: Indication,
    /// Whether the signature value holds.
    pub signature_intact: Option<bool>,
    /// Whether the content is the one that was signed.
    pub data_intact: Option<bool>,
    /// Whether it covers the whole document.
    pub covers_all: Option<bool>,
    /// Whether its signed attributes name the certificate.
    pub names_certificate: Option<bool>,
    /// Whether it states that the signatory approves the content.
    pub states_approval: Option<bool>,
    /// How it is bound to the act.
    pub place: Option<Place>,
    /// When the signer claims to have signed.
    pub claimed_time: Option<Time>,
    /// The earliest time at which a time-stamp that validated proves it.
    pub proven_time: Option<Time>,
    /// Its time-stamps over the signature.
    pub time_stamps: Vec<TimeStamped>,
    /// Its certificate.
    pub certificate: Option<CertificateFacts>,
    /// The digests of the certificates above it, up to the trust anchor.
    pub path: Vec<Digest>,
    /// Who identified the signatory for a signature without a certificate: the process, as an arrêté lists it.
    pub equivalent_process: Option<String>,
}

/// How a signature is bound to the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "closed: in it, in one container with it, or elsewhere")]
pub enum Place {
    /// In the act.
    Embedded,
    /// In one container with it.
    OneContainer,
    /// In a file of its own.
    Detached,
}

/// A time-stamp, with what its validation found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TimeStamped {
    /// The time that it states.
    pub time: Time,
    /// The conclusion of its validation.
    pub indication: Indication,
    /// Whether it is over what it should be over.
    pub imprint_intact: Option<bool>,
    /// Whether the authority's signature holds.
    pub signature_intact: Option<bool>,
    /// The digests of the certificates above the authority's, up to the trust anchor, its own first.
    pub path: Vec<Digest>,
}

/// What a certificate says, as far as the rules ask.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CertificateFacts {
    /// Its SHA-256.
    pub digest: Digest,
    /// Its subject (RFC 4514).
    pub subject: String,
    /// The name of a natural or legal person in it: common name, or given name and surname.
    pub name: Option<String>,
    /// The pseudonym in it.
    pub pseudonym: Option<String>,
    /// The serial number in hexadecimal.
    pub serial: String,
    /// The organisation of its issuer.
    pub issuer_name: Option<String>,
    /// The country of its issuer, as two letters.
    pub issuer_country: Option<String>,
    /// The registration number of its issuer (organizationIdentifier).
    pub issuer_identifier: Option<String>,
    /// The first instant of its validity.
    pub not_before: Time,
    /// The last instant of its validity.
    pub not_after: Time,
    /// Whether its key can be read.
    pub key_readable: bool,
    /// Where its status is to be asked.
    pub status_locations: Vec<String>,
    /// Where its issuer's certificate is to be had.
    pub issuer_locations: Vec<String>,
    /// Whether it claims to be a qualified one (QcCompliance).
    pub claims_qualified: bool,
    /// Whether it claims that its key is in a qualified device (QcSSCD).
    pub claims_device: bool,
    /// The countries under whose law it claims to be qualified (QcCClegislation).
    pub legislation: Vec<String>,
    /// Whether it says to be for signatures (QcType), where it says what for.
    pub for_signatures: Option<bool>,
    /// Whether it says to be for seals (QcType), where it says what for.
    pub for_seals: Option<bool>,
    /// The value of transactions to which it is limited, as currency, amount and power of ten.
    pub limit: Option<(String, i64, i64)>,
}

impl Signed {
    /// A signature about which nothing is known but what its validation concluded.
    pub fn new(indication: Indication) -> Self {
        Self {
            party: None,
            person: None,
            indication,
            signature_intact: None,
            data_intact: None,
            covers_all: None,
            names_certificate: None,
            states_approval: None,
            place: None,
            claimed_time: None,
            proven_time: None,
            time_stamps: Vec::new(),
            certificate: None,
            path: Vec::new(),
            equivalent_process: None,
        }
    }

    /// What a validation found about a signature, with the certificate that the report names where it is at hand.
    ///
    /// Whose it is, what it covers and how it is bound to the act is for the caller to add.
    pub fn of(report: &SignatureReport, certificate: Option<&Certificate>) -> Self {
        let named = report.signer.as_ref().map(|signer| signer.certificate);
        let own = certificate.filter(|own| named == Some(own.digest(digest::Algorithm::Sha256)));
        Self {
            signature_intact: report.signature_intact,
            data_intact: report.data_intact,
            claimed_time: report.claimed_signing_time,
            proven_time: report.best_signature_time,
            time_stamps: report.timestamps.iter().map(TimeStamped::of).collect(),
            certificate: own.map(CertificateFacts::of),
            ..Self::new(report.indication)
        }
    }

    /// Whether its value and the content hold.
    pub(crate) fn intact(&self) -> Option<bool> {
        match (self.signature_intact, self.data_intact) {
            (Some(true), Some(true)) => Some(true),
            (Some(false), _) | (_, Some(false)) => Some(false),
            _ => None,
        }
    }

    pub(crate) fn is_seal(&self) -> bool {
        self.person == Some(Person::Legal)
    }

    /// How reports call it.
    pub(crate) fn label(&self) -> Phrase {
        let party = self.party.as_deref();
        let subject = self.certificate.as_ref().map(|certificate| certificate.subject.as_str());
        party.or(subject).map_or_else(|| phrase!("an unknown signatory"), |name| phrase!("{0}", name))
    }
}

impl TimeStamped {
    /// A time-stamp about which nothing is known but its time and what its validation concluded.
    pub fn new(time: Time, indication: Indication) -> Self {
        Self { time, indication, imprint_intact: None, signature_intact: None, path: Vec::new() }
    }

    /// What a validation found about a time-stamp.
    pub fn of(report: &TimestampReport) -> Self {
        Self {
            imprint_intact: report.imprint_intact,
            signature_intact: report.signature_intact,
            ..Self::new(report.time, report.indication)
        }
    }
}

impl CertificateFacts {
    /// A certificate about which nothing is known but its SHA-256, its subject and its validity.
    pub fn new(digest: Digest, subject: impl Into<String>, not_before: Time, not_after: Time) -> Self {
        Self {
            digest,
            subject: subject.into(),
            name: None,
            pseudonym: None,
            serial: String::new(),
            issuer_name: None,
            issuer_country: None,
            issuer_identifier: None,
            not_before,
            not_after,
            key_readable: false,
            status_locations: Vec::new(),
            issuer_locations: Vec::new(),
            claims_qualified: false,
            claims_device: false,
            legislation: Vec::new(),
            for_signatures: None,
            for_seals: None,
            limit: None,
        }
    }

    /// What a certificate says.
    pub fn of(certificate: &Certificate) -> Self {
        let attribute = |kind| certificate.subject().attribute(&kind);
        let both = attribute(oid::GIVEN_NAME).zip(attribute(oid::SURNAME));
        let statements = certificate.qc_statements();
        let says = |kind| {
            statements.filter(|statements| !statements.types.is_empty()).map(|found| found.types.contains(&kind))
        };
        let status = certificate.ocsp_responders().iter().chain(certificate.crl_distribution_points());
        Self {
            digest: certificate.digest(digest::Algorithm::Sha256),
            subject: certificate.subject().to_string(),
            name: both.map(|(given, surname)| format!("{given} {surname}")).or(attribute(oid::COMMON_NAME)),
            pseudonym: attribute(oid::PSEUDONYM),
            serial: certificate.serial_hex(),
            issuer_name: certificate.issuer().attribute(&oid::ORGANIZATION),
            issuer_country: certificate.issuer().attribute(&oid::COUNTRY),
            issuer_identifier: certificate.issuer().attribute(&oid::ORGANIZATION_IDENTIFIER),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            key_readable: certificate.public_key().is_ok(),
            status_locations: status.cloned().collect(),
            issuer_locations: certificate.ca_issuers().to_vec(),
            claims_qualified: statements.is_some_and(|statements| statements.compliance),
            claims_device: statements.is_some_and(|statements| statements.secure_device),
            legislation: statements.map(|statements| statements.legislation.clone()).unwrap_or_default(),
            for_signatures: says(oid::QC_TYPE_ESIGN),
            for_seals: says(oid::QC_TYPE_ESEAL),
            limit: statements
                .and_then(|statements| statements.limit.as_ref())
                .map(|limit| (limit.currency.clone(), limit.amount, limit.exponent)),
        }
    }
}
