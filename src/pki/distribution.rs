//! Where revocation lists are published and for which reasons: the words that certificates and lists share.

use std::borrow::Cow;
use std::fmt;

use super::Name;
use super::general_name::GeneralName;
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::error::{Error, Result};
use crate::limits::Budget;

/// Why a certificate was revoked (RFC 5280 §5.3.1).
///
/// ```text
/// CRLReason ::= ENUMERATED { unspecified (0), keyCompromise (1), cACompromise (2), affiliationChanged (3), superseded (4),
///     cessationOfOperation (5), certificateHold (6), removeFromCRL (8), privilegeWithdrawn (9), aACompromise (10) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 5280 §5.3.1")]
pub enum Reason {
    /// No reason is given.
    Unspecified,
    /// The key of the subject is known or suspected to be in other hands.
    KeyCompromise,
    /// The key of an authority is known or suspected to be in other hands.
    CaCompromise,
    /// The subject's name or affiliation has changed.
    AffiliationChanged,
    /// There is a newer certificate.
    Superseded,
    /// The certificate is no longer needed.
    CessationOfOperation,
    /// The certificate is suspended, which can end.
    CertificateHold,
    /// The suspension has ended, or the certificate has expired. In delta lists alone.
    RemoveFromCrl,
    /// What the certificate allowed is no longer allowed.
    PrivilegeWithdrawn,
    /// The key of an attribute authority is known or suspected to be in other hands.
    AaCompromise,
}

/// Each with its number and its name, and its bit among [`Reasons`] where it has one.
const REASONS: &[(Reason, u64, &str, u16)] = &[
    (Reason::Unspecified, 0, "unspecified", 0),
    (Reason::KeyCompromise, 1, "keyCompromise", 0x4000),
    (Reason::CaCompromise, 2, "cACompromise", 0x2000),
    (Reason::AffiliationChanged, 3, "affiliationChanged", 0x1000),
    (Reason::Superseded, 4, "superseded", 0x0800),
    (Reason::CessationOfOperation, 5, "cessationOfOperation", 0x0400),
    (Reason::CertificateHold, 6, "certificateHold", 0x0200),
    (Reason::RemoveFromCrl, 8, "removeFromCRL", 0),
    (Reason::PrivilegeWithdrawn, 9, "privilegeWithdrawn", 0x0100),
    (Reason::AaCompromise, 10, "aACompromise", 0x0080),
];

impl Reason {
    /// Reads the content of a CRLReason, whatever tag it has.
    pub(super) fn from_tlv(tlv: &Tlv<'_>) -> Result<Self> {
        let number = tlv.unsigned()?;
        let row = REASONS.iter().find(|row| row.1 == number);
        row.map(|row| row.0)
            .ok_or_else(|| Error::malformed("unknown reason of a revocation").with(number.to_string()).at(tlv.offset))
    }
}

impl fmt::Display for Reason {
    /// The name in RFC 5280.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REASONS.iter().find(|row| row.0 == *self).map_or("", |row| row.2))
    }
}

/// A set of reasons: those for which a list holds revocations (RFC 5280 §4.2.1.13, §6.3.2).
///
/// ```text
/// ReasonFlags ::= BIT STRING { unused (0), keyCompromise (1), cACompromise (2), affiliationChanged (3), superseded (4),
///     cessationOfOperation (5), certificateHold (6), privilegeWithdrawn (7), aACompromise (8) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons(u16);

impl Reasons {
    /// None.
    pub(super) const NONE: Self = Self(0);
    /// RFC 5280 §6.3.2: all but unspecified, the bit "unused" left aside.
    pub const ALL: Self = Self(0x7f80);

    pub(super) fn from_tlv(tlv: &Tlv<'_>) -> Result<Self> {
        match tlv.content {
            [0..=7, bits @ ..] if !tlv.tag.is_constructed() => {
                let octet = |place: usize| bits.get(place).copied().map_or(0, u16::from);
                Ok(Self((octet(0) << 8 | octet(1)) & Self::ALL.0))
            }
            _ => Err(Error::malformed("bit string of reasons expected").at(tlv.offset)),
        }
    }

    /// Whether a reason is among them.
    pub fn contains(self, reason: Reason) -> bool {
        REASONS.iter().any(|row| row.0 == reason && row.3 & self.0 != 0)
    }

    pub(super) fn is_all(self) -> bool {
        self == Self::ALL
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

impl fmt::Display for Reasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = REASONS.iter().filter(|row| row.3 & self.0 != 0).map(|row| row.2).collect();
        f.write_str(&names.join(", "))
    }
}

/// ```text
/// DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
/// ```
#[derive(Clone, Debug)]
pub(super) enum PointName {
    Full(Vec<GeneralName>),
    /// The content octets of the RelativeDistinguishedName.
    Relative(Vec<u8>),
}

impl PointName {
    /// Reads what stands in the EXPLICIT tag of a distributionPoint.
    pub(super) fn read(explicit: &Tlv<'_>) -> Result<Self> {
        let mut inner = explicit.reader();
        let choice = inner.any()?;
        inner.finish("distribution point with more than one name")?;
        match choice.tag {
            tag if tag == Tag::context(0) => Ok(Self::Full(GeneralName::parse_all(&mut choice.reader())?)),
            tag if tag == Tag::context(1) && !choice.content.is_empty() => Ok(Self::Relative(choice.content.to_vec())),
            _ => Err(Error::malformed("name of a distribution point expected").at(choice.offset)),
        }
    }

    /// The URIs among the names.
    pub(super) fn uris(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::Full(names) => names.as_slice(),
            Self::Relative(_) => &[],
        };
        names.iter().filter_map(GeneralName::uri)
    }

    /// The names in full; a relative one is completed by the name of the issuer of the list.
    pub(super) fn in_full(&self, issuer: &Name) -> Result<Cow<'_, [GeneralName]>> {
        match self {
            Self::Full(names) => Ok(Cow::Borrowed(names)),
            Self::Relative(element) => {
                let elements = Reader::new(issuer.der()).read(Tag::SEQUENCE, "distinguished name expected")?.content;
                let whole = write::sequence(&[elements, &write::tlv(Tag::SET, &[element])]);
                Ok(Cow::Owned(vec![GeneralName::Directory(Name::parse(&whole)?)]))
            }
        }
    }
}

/// Whether two lists of names have one in common.
pub(super) fn have_common(one: &[GeneralName], other: &[GeneralName], budget: &mut Budget) -> Result<bool> {
    for name in one {
        for other in other {
            budget.name_comparison(name.length())?;
            if name.matches(other) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// ```text
/// CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint
/// DistributionPoint     ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
///     reasons [1] ReasonFlags OPTIONAL, cRLIssuer [2] GeneralNames OPTIONAL }
/// ```
#[derive(Clone, Debug)]
pub(super) struct DistributionPoint {
    pub(super) name: Option<PointName>,
    pub(super) reasons: Option<Reasons>,
    pub(super) crl_issuer: Option<Vec<GeneralName>>,
}

impl DistributionPoint {
    pub(super) fn parse_all(reader: &mut Reader<'_>) -> Result<Vec<Self>> {
        let mut list = reader.sequence("CRLDistributionPoints expected")?;
        let mut points = vec![Self::read(&mut list)?];
        while !list.is_empty() {
            points.push(Self::read(&mut list)?);
        }
        Ok(points)
    }

    fn read(list: &mut Reader<'_>) -> Result<Self> {
        let mut fields = list.sequence("DistributionPoint expected")?;
        let name = fields.optional(Tag::context(0))?.map(|explicit| PointName::read(&explicit)).transpose()?;
        let reasons = fields.optional(Tag::context_primitive(1))?.map(|bits| Reasons::from_tlv(&bits)).transpose()?;
        let crl_issuer =
            fields.optional(Tag::context(2))?.map(|names| GeneralName::parse_all(&mut names.reader())).transpose()?;
        fields.finish("DistributionPoint with more than three elements")?;
        Ok(Self { name, reasons, crl_issuer })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_from_the_first_bit_and_unused_is_none() {
        let read = |octets: &[u8]| Reasons::from_tlv(&Reader::new(octets).any().unwrap());
        assert_eq!(read(&[3, 2, 5, 0x60]).unwrap().to_string(), "keyCompromise, cACompromise");
        assert!(read(&[3, 3, 7, 0xff, 0x80]).unwrap().is_all());
        assert!(read(&[3, 2, 7, 0x80]).unwrap().is_empty());
        assert!(read(&[3, 0]).is_err());
        assert!(read(&[3, 2, 8, 0]).is_err());
        assert!(Reasons::ALL.contains(Reason::CertificateHold) && !Reasons::ALL.contains(Reason::Unspecified));
        let some = read(&[3, 2, 5, 0x60]).unwrap();
        assert!(some.union(Reasons::ALL.without(some)).is_all());
        assert!(!some.contains(Reason::Superseded) && some.contains(Reason::CaCompromise));
    }

    #[test]
    fn reason_seven_does_not_exist() {
        let read = |octets: &[u8]| Reason::from_tlv(&Reader::new(octets).any().unwrap());
        assert_eq!(read(&[10, 1, 10]).unwrap(), Reason::AaCompromise);
        assert!(read(&[10, 1, 7]).is_err() && read(&[10, 1, 11]).is_err() && read(&[10, 0]).is_err());
    }
}
