//! The extensions of a revocation list (RFC 5280 §5.2).

use crate::asn1::Tag;
use crate::asn1::read::{Reader, Tlv};
use crate::error::{Error, Result};
use crate::oid::{self, Oid};
use crate::pki::distribution::{DistributionPoint, PointName, Reasons};
use crate::pki::signed::{each_extension, only};
use crate::time::Time;

#[derive(Debug, Default)]
pub(in crate::pki) struct Extensions {
    /// The first that is critical and unknown.
    pub(in crate::pki) unknown_critical: Option<Oid>,
    /// The value of authorityKeyIdentifier as encoded, and the keyIdentifier in it.
    pub(in crate::pki) authority_key: Option<Vec<u8>>,
    pub(in crate::pki) authority_key_identifier: Option<Vec<u8>>,
    /// Without leading zeros.
    pub(in crate::pki) number: Option<Vec<u8>>,
    /// The BaseCRLNumber of a delta list, without leading zeros.
    pub(in crate::pki) base_number: Option<Vec<u8>>,
    pub(in crate::pki) scope: Option<IssuingDistributionPoint>,
    pub(in crate::pki) freshest: Vec<String>,
    pub(in crate::pki) expired_since: Option<Time>,
}

/// What the list is about (RFC 5280 §5.2.5).
///
/// ```text
/// IssuingDistributionPoint ::= SEQUENCE {
///     distributionPoint [0] DistributionPointName OPTIONAL, onlyContainsUserCerts [1] BOOLEAN DEFAULT FALSE,
///     onlyContainsCACerts [2] BOOLEAN DEFAULT FALSE, onlySomeReasons [3] ReasonFlags OPTIONAL,
///     indirectCRL [4] BOOLEAN DEFAULT FALSE, onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
/// ```
#[derive(Clone, Debug)]
pub(in crate::pki) struct IssuingDistributionPoint {
    /// The whole value, as encoded.
    pub(in crate::pki) raw: Vec<u8>,
    pub(in crate::pki) name: Option<PointName>,
    pub(in crate::pki) only_users: bool,
    pub(in crate::pki) only_authorities: bool,
    pub(in crate::pki) only_some_reasons: Option<Reasons>,
    pub(in crate::pki) indirect: bool,
    pub(in crate::pki) only_attributes: bool,
}

impl Extensions {
    pub(super) fn read(list: &mut Reader<'_>) -> Result<Self> {
        let mut extensions = Self::default();
        let mut seen = Vec::new();
        each_extension(list, |kind, critical, value| {
            // RFC 5280 §4.2, which §5.2 takes over: one instance of an extension.
            if seen.contains(&kind) {
                return Err(
                    Error::malformed("extension that stands twice in the revocation list").with(kind.to_string())
                );
            }
            seen.push(kind);
            extensions.add(kind, critical, value)
        })?;
        Ok(extensions)
    }

    fn add(&mut self, kind: Oid, critical: bool, value: &[u8]) -> Result<()> {
        match kind {
            oid::AUTHORITY_KEY_IDENTIFIER => {
                let mut fields = only(value, Tag::SEQUENCE, "AuthorityKeyIdentifier expected")?.reader();
                let identifier = fields.optional(Tag::context_primitive(0))?;
                self.authority_key_identifier = identifier.map(|tlv| tlv.octets().map(Into::into)).transpose()?;
                self.authority_key = Some(value.to_vec());
            }
            oid::CRL_NUMBER => self.number = Some(number(value)?),
            oid::DELTA_CRL_INDICATOR => self.base_number = Some(number(value)?),
            oid::ISSUING_DISTRIBUTION_POINT => self.scope = Some(IssuingDistributionPoint::read(value)?),
            oid::FRESHEST_CRL => {
                let mut reader = Reader::new(value);
                let points = DistributionPoint::parse_all(&mut reader)?;
                reader.finish("octets after the extension")?;
                let names = points.iter().filter_map(|point| point.name.as_ref());
                self.freshest = names.flat_map(PointName::uris).map(str::to_owned).collect();
            }
            oid::EXPIRED_CERTS_ON_CRL => {
                self.expired_since = Some(only(value, Tag::GENERALIZED_TIME, "GeneralizedTime expected")?.time()?);
            }
            oid::ISSUER_ALT_NAME => {}
            _ if critical => {
                self.unknown_critical.get_or_insert(kind);
            }
            _ => {}
        }
        Ok(())
    }
}

/// RFC 5280 §5.2.3 allows 20 octets. Longer ones are refused, since two numbers are compared for each delta list.
fn number(value: &[u8]) -> Result<Vec<u8>> {
    let tlv = only(value, Tag::INTEGER, "number of a revocation list expected")?;
    match tlv.content {
        [first, ..] if first & 0x80 == 0 && tlv.content.len() <= 32 => {
            Ok(tlv.content.iter().copied().skip_while(|octet| *octet == 0).collect())
        }
        _ => Err(Error::malformed("number of a revocation list that is negative, empty or too long")),
    }
}

impl IssuingDistributionPoint {
    fn read(value: &[u8]) -> Result<Self> {
        let mut fields = only(value, Tag::SEQUENCE, "IssuingDistributionPoint expected")?.reader();
        let flag = |field: Option<Tlv<'_>>| field.map_or(Ok(false), |field| field.boolean());
        let name = fields.optional(Tag::context(0))?.map(|explicit| PointName::read(&explicit)).transpose()?;
        let only_users = flag(fields.optional(Tag::context_primitive(1))?)?;
        let only_authorities = flag(fields.optional(Tag::context_primitive(2))?)?;
        let reasons = fields.optional(Tag::context_primitive(3))?;
        let only_some_reasons = reasons.map(|bits| Reasons::from_tlv(&bits)).transpose()?;
        let indirect = flag(fields.optional(Tag::context_primitive(4))?)?;
        let only_attributes = flag(fields.optional(Tag::context_primitive(5))?)?;
        fields.finish("unknown field in the IssuingDistributionPoint")?;
        Ok(Self {
            raw: value.to_vec(),
            name,
            only_users,
            only_authorities,
            only_some_reasons,
            indirect,
            only_attributes,
        })
    }
}
