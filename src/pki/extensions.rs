//! The extensions of a certificate (RFC 5280 §4.2), those that decide nothing included.

use std::collections::HashSet;
use std::fmt;

use super::QcStatements;
use super::distribution::{DistributionPoint, PointName};
use super::general_name::GeneralName;
use super::name_constraints::NameConstraints;
use crate::asn1::Tag;
use crate::asn1::read::{Reader, Tlv};
use crate::error::{Error, ErrorKind, Result};
use crate::oid::{self, Oid};

/// What a key may be used for (RFC 5280 §4.2.1.3).
///
/// ```text
/// KeyUsage ::= BIT STRING { digitalSignature(0), nonRepudiation(1), keyEncipherment(2), dataEncipherment(3),
///     keyAgreement(4), keyCertSign(5), cRLSign(6), encipherOnly(7), decipherOnly(8) }
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(u16);

/// What a certified key is for (RFC 5280 §4.2.1.12).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExtendedKeyUsage {
    /// Whether whoever does not understand it must refuse the certificate.
    pub critical: bool,
    /// The purposes, in the order of the certificate.
    pub purposes: Vec<Oid>,
}

/// Whether the subject is a certification authority (RFC 5280 §4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BasicConstraints {
    /// The subject is one.
    pub authority: bool,
    /// How many certification authorities may stand below it in a path.
    pub path_length: Option<u64>,
}

/// How many certificates may follow before policies matter more (RFC 5280 §4.2.1.11).
///
/// ```text
/// PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] SkipCerts OPTIONAL, inhibitPolicyMapping [1] SkipCerts OPTIONAL }
/// SkipCerts         ::= INTEGER (0..MAX)
/// ```
#[derive(Clone, Copy, Default)]
pub(super) struct PolicyConstraints {
    pub(super) require_explicit_policy: Option<u64>,
    pub(super) inhibit_policy_mapping: Option<u64>,
}

/// A policy of the issuer that is equivalent to one of the subject (RFC 5280 §4.2.1.5).
pub(super) struct PolicyMapping {
    pub(super) issuer_domain: Oid,
    pub(super) subject_domain: Oid,
}

/// Every extension read, and what could not be read of them.
#[derive(Default)]
pub(super) struct Extensions {
    /// What is there, in the order of the certificate: the identifier and whether it is critical.
    pub(super) present: Vec<(Oid, bool)>,
    /// The first extension that stands there twice, which RFC 5280 §4.2 forbids.
    pub(super) duplicate: Option<Oid>,
    pub(super) malformed: Vec<Oid>,
    pub(super) key_usage: Option<KeyUsage>,
    pub(super) extended_key_usage: Option<ExtendedKeyUsage>,
    pub(super) basic_constraints: Option<BasicConstraints>,
    pub(super) subject_key_identifier: Option<Vec<u8>>,
    pub(super) authority_key_identifier: Option<Vec<u8>>,
    pub(super) policies: Vec<Oid>,
    /// A policy has a qualifier other than the two of RFC 5280.
    pub(super) unknown_policy_qualifier: bool,
    pub(super) policy_mappings: Vec<PolicyMapping>,
    pub(super) policy_constraints: PolicyConstraints,
    pub(super) inhibit_any_policy: Option<u64>,
    pub(super) subject_alt_names: Vec<GeneralName>,
    pub(super) name_constraints: Option<NameConstraints>,
    pub(super) issuer_locations: Vec<String>,
    pub(super) ocsp_responders: Vec<String>,
    pub(super) crl_distribution_points: Vec<String>,
    pub(super) distribution_points: Vec<DistributionPoint>,
    pub(super) freshest_crl: Vec<String>,
    pub(super) qc_statements: Option<QcStatements>,
}

impl Extensions {
    /// Reads one more. What stands in it may be malformed: that is recorded, for whoever validates. Only a limit is an error.
    pub(super) fn add(&mut self, kind: Oid, critical: bool, octets: &[u8]) -> Result<()> {
        if self.contains(&kind) {
            self.duplicate.get_or_insert(kind);
        } else if let Err(error) = self.read(kind, critical, octets) {
            if error.kind() == ErrorKind::LimitExceeded {
                return Err(error);
            }
            self.malformed.push(kind);
        }
        self.present.push((kind, critical));
        Ok(())
    }

    pub(super) fn contains(&self, kind: &Oid) -> bool {
        self.present.iter().any(|(present, _)| present == kind)
    }

    fn read(&mut self, kind: Oid, critical: bool, octets: &[u8]) -> Result<()> {
        let mut reader = Reader::new(octets);
        match kind {
            oid::KEY_USAGE => self.key_usage = Some(key_usage(&reader.read(Tag::BIT_STRING, "KeyUsage expected")?)?),
            oid::EXTENDED_KEY_USAGE => {
                let mut list = reader.sequence("ExtKeyUsageSyntax expected")?;
                let mut purposes = vec![list.oid()?];
                while !list.is_empty() {
                    purposes.push(list.oid()?);
                }
                self.extended_key_usage = Some(ExtendedKeyUsage { critical, purposes });
            }
            oid::BASIC_CONSTRAINTS => self.basic_constraints = Some(basic_constraints(&mut reader)?),
            oid::SUBJECT_KEY_IDENTIFIER => {
                let identifier = reader.read(Tag::OCTET_STRING, "SubjectKeyIdentifier expected")?;
                self.subject_key_identifier = Some(identifier.octets()?.into_owned());
            }
            oid::AUTHORITY_KEY_IDENTIFIER => {
                let mut fields = reader.sequence("AuthorityKeyIdentifier expected")?;
                let identifier = fields.optional(Tag::context_primitive(0))?;
                self.authority_key_identifier = identifier.map(|tlv| tlv.octets().map(Into::into)).transpose()?;
            }
            oid::CERTIFICATE_POLICIES => self.certificate_policies(&mut reader)?,
            oid::POLICY_MAPPINGS => self.policy_mappings = policy_mappings(&mut reader)?,
            oid::POLICY_CONSTRAINTS => self.policy_constraints = policy_constraints(&mut reader)?,
            oid::INHIBIT_ANY_POLICY => self.inhibit_any_policy = Some(reader.unsigned()?),
            oid::SUBJECT_ALT_NAME => {
                self.subject_alt_names = GeneralName::parse_all(&mut reader.sequence("GeneralNames expected")?)?;
            }
            oid::NAME_CONSTRAINTS => self.name_constraints = Some(NameConstraints::parse(&mut reader)?),
            oid::AUTHORITY_INFO_ACCESS => self.authority_info_access(&mut reader)?,
            oid::CRL_DISTRIBUTION_POINTS => {
                self.distribution_points = DistributionPoint::parse_all(&mut reader)?;
                let names = self.distribution_points.iter().filter_map(|point| point.name.as_ref());
                self.crl_distribution_points = names.flat_map(PointName::uris).map(str::to_owned).collect();
            }
            oid::FRESHEST_CRL => {
                let points = DistributionPoint::parse_all(&mut reader)?;
                let names = points.iter().filter_map(|point| point.name.as_ref());
                self.freshest_crl = names.flat_map(PointName::uris).map(str::to_owned).collect();
            }
            oid::OCSP_NO_CHECK | oid::NO_REV_AVAIL | oid::VALIDITY_ASSURED_SHORT_TERM => {
                reader.read(Tag::NULL, "NULL expected")?;
            }
            oid::QC_STATEMENTS => {
                self.qc_statements = Some(QcStatements::parse(octets)?);
                return Ok(());
            }
            _ => return Ok(()),
        }
        reader.finish("octets after the extension")
    }

    /// ```text
    /// certificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation
    /// PolicyInformation   ::= SEQUENCE { policyIdentifier OBJECT IDENTIFIER,
    ///     policyQualifiers SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL }
    /// PolicyQualifierInfo ::= SEQUENCE { policyQualifierId OBJECT IDENTIFIER, qualifier ANY }
    /// ```
    fn certificate_policies(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        let mut list = reader.sequence("certificatePolicies expected")?;
        while !list.is_empty() {
            let mut policy = list.sequence("PolicyInformation expected")?;
            self.policies.push(policy.oid()?);
            if !policy.is_empty() {
                let mut qualifiers = policy.sequence("policy qualifiers expected")?;
                while !qualifiers.is_empty() {
                    let kind = qualifiers.sequence("PolicyQualifierInfo expected")?.oid()?;
                    self.unknown_policy_qualifier |= kind != oid::QT_CPS && kind != oid::QT_USER_NOTICE;
                }
            }
            policy.finish("PolicyInformation with more than two elements")?;
        }
        if self.policies.is_empty() {
            return Err(Error::malformed("certificatePolicies without a policy").at(list.offset()));
        }
        // RFC 5280 §4.2.1.4: a policy must not appear more than once.
        let mut seen = HashSet::new();
        if !self.policies.iter().all(|policy| seen.insert(policy)) {
            return Err(Error::malformed("certificatePolicies with a policy twice").at(list.offset()));
        }
        Ok(())
    }

    /// ```text
    /// AuthorityInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF
    ///     SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
    /// ```
    fn authority_info_access(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        let mut list = reader.sequence("AuthorityInfoAccessSyntax expected")?;
        while !list.is_empty() {
            let mut fields = list.sequence("AccessDescription expected")?;
            let method = fields.oid()?;
            let location = GeneralName::parse(&fields.any()?)?;
            fields.finish("AccessDescription with more than two elements")?;
            match (method, location.uri()) {
                (oid::AD_OCSP, Some(location)) => self.ocsp_responders.push(location.to_owned()),
                (oid::AD_CA_ISSUERS, Some(location)) => self.issuer_locations.push(location.to_owned()),
                _ => {}
            }
        }
        Ok(())
    }
}

fn key_usage(tlv: &Tlv<'_>) -> Result<KeyUsage> {
    match tlv.content {
        [0..=7, bits @ ..] if !tlv.tag.is_constructed() => {
            let octet = |place: usize| bits.get(place).copied().map_or(0, u16::from);
            Ok(KeyUsage(octet(0) << 8 | octet(1)))
        }
        _ => Err(Error::malformed("bit string expected").at(tlv.offset)),
    }
}

/// ```text
/// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
/// ```
fn basic_constraints(reader: &mut Reader<'_>) -> Result<BasicConstraints> {
    let mut fields = reader.sequence("BasicConstraints expected")?;
    let authority = match fields.optional(Tag::BOOLEAN)? {
        Some(field) => field.boolean()?,
        None => false,
    };
    let path_length = match fields.optional(Tag::INTEGER)? {
        Some(field) => Some(field.unsigned()?),
        None => None,
    };
    fields.finish("BasicConstraints with more than two elements")?;
    Ok(BasicConstraints { authority, path_length })
}

/// ```text
/// PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { issuerDomainPolicy OBJECT IDENTIFIER,
///     subjectDomainPolicy OBJECT IDENTIFIER }
/// ```
fn policy_mappings(reader: &mut Reader<'_>) -> Result<Vec<PolicyMapping>> {
    let mut list = reader.sequence("PolicyMappings expected")?;
    let mut mappings = Vec::new();
    while !list.is_empty() {
        let mut fields = list.sequence("policy mapping expected")?;
        mappings.push(PolicyMapping { issuer_domain: fields.oid()?, subject_domain: fields.oid()? });
        fields.finish("policy mapping with more than two elements")?;
    }
    if mappings.is_empty() {
        return Err(Error::malformed("PolicyMappings without a mapping").at(list.offset()));
    }
    Ok(mappings)
}

fn policy_constraints(reader: &mut Reader<'_>) -> Result<PolicyConstraints> {
    let mut fields = reader.sequence("PolicyConstraints expected")?;
    let start = fields.offset();
    let mut skip_certs =
        |number| fields.optional(Tag::context_primitive(number))?.map(|field| field.unsigned()).transpose();
    let constraints =
        PolicyConstraints { require_explicit_policy: skip_certs(0)?, inhibit_policy_mapping: skip_certs(1)? };
    fields.finish("PolicyConstraints with more than two elements")?;
    // RFC 5280 §4.2.1.11: one of the two is present.
    match constraints {
        PolicyConstraints { require_explicit_policy: None, inhibit_policy_mapping: None } => {
            Err(Error::malformed("PolicyConstraints without a constraint").at(start))
        }
        constraints => Ok(constraints),
    }
}

const KEY_USAGES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

impl KeyUsage {
    /// Signatures other than those on certificates and CRLs.
    pub const DIGITAL_SIGNATURE: Self = Self(0x8000);
    /// Signatures that their signer may not deny.
    pub const NON_REPUDIATION: Self = Self(0x4000);
    /// Signatures on certificates.
    pub const KEY_CERT_SIGN: Self = Self(0x0400);
    /// Signatures on CRLs.
    pub const CRL_SIGN: Self = Self(0x0200);

    /// Both what this one and the other allow.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The bits of the BIT STRING, the first one uppermost.
    pub(super) fn bits(self) -> u16 {
        self.0
    }

    /// Signatures other than those on certificates and CRLs.
    pub fn digital_signature(self) -> bool {
        self.bit(0)
    }

    /// Signatures that their signer may not deny (X.509 calls it contentCommitment).
    pub fn non_repudiation(self) -> bool {
        self.bit(1)
    }

    /// Signatures on certificates.
    pub fn key_cert_sign(self) -> bool {
        self.bit(5)
    }

    /// Signatures on CRLs.
    pub fn crl_sign(self) -> bool {
        self.bit(6)
    }

    fn bit(self, place: u32) -> bool {
        self.0 & 0x8000_u16.unbounded_shr(place) != 0
    }
}

impl fmt::Display for KeyUsage {
    /// The names of RFC 5280, as in `digitalSignature, nonRepudiation`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> =
            (0..).zip(KEY_USAGES).filter(|(place, _)| self.bit(*place)).map(|(_, name)| name).collect();
        f.write_str(&names.join(", "))
    }
}

impl fmt::Debug for KeyUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyUsage({self})")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn read(kind: Oid, octets: &[u8]) -> Extensions {
        let mut extensions = Extensions::default();
        extensions.add(kind, true, octets).unwrap();
        extensions
    }

    #[test]
    fn key_usages_are_counted_from_the_first_bit() {
        let usage = read(oid::KEY_USAGE, &[3, 2, 6, 0xc0]).key_usage.unwrap();
        assert_eq!(usage.to_string(), "digitalSignature, nonRepudiation");
        assert!(usage.digital_signature() && usage.non_repudiation() && !usage.key_cert_sign());
        assert_eq!(
            read(oid::KEY_USAGE, &[3, 3, 7, 0x06, 0x80]).key_usage.unwrap().to_string(),
            "keyCertSign, cRLSign, decipherOnly"
        );
    }

    #[test]
    fn what_cannot_be_read_is_recorded() {
        for (kind, octets) in [
            (oid::KEY_USAGE, &[3, 2, 9, 0xc0][..]),
            (oid::BASIC_CONSTRAINTS, &[0x30, 3, 1, 1, 0xff, 0]),
            (oid::BASIC_CONSTRAINTS, &[0x30, 6, 1, 1, 0xff, 2, 1, 0xff]),
            (oid::EXTENDED_KEY_USAGE, &[0x30, 0]),
            (oid::SUBJECT_ALT_NAME, &[0x30, 0]),
            (oid::SUBJECT_ALT_NAME, &[0x30, 2, 0x0c, 0]),
            (oid::CERTIFICATE_POLICIES, &[0x30, 0]),
            (oid::OCSP_NO_CHECK, &[0x30, 0]),
            (oid::AUTHORITY_INFO_ACCESS, b"\x30\x11\x30\x0f\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x01\x86\x03a\x1bb"),
        ] {
            assert_eq!(read(kind, octets).malformed, [kind]);
        }
    }

    #[test]
    fn the_second_of_two_extensions_changes_nothing_and_is_recorded() {
        let mut extensions = read(oid::BASIC_CONSTRAINTS, &[0x30, 0]);
        extensions.add(oid::BASIC_CONSTRAINTS, false, &[0x30, 3, 1, 1, 0xff]).unwrap();
        assert_eq!(extensions.duplicate, Some(oid::BASIC_CONSTRAINTS));
        assert!(!extensions.basic_constraints.unwrap().authority);
    }
}
