//! What a certificate states of itself as a qualified one (RFC 3739 §3.2.6, EN 319 412-5).

use crate::asn1::Tag;
use crate::asn1::read::{Reader, Tlv};
use crate::error::{Error, Result};
use crate::oid::{self, Oid};

/// The statements of the extension qcStatements.
///
/// They are claims of the issuer. Whether a certificate is qualified is for a law and a trusted list to say.
///
/// ```text
/// QCStatements ::= SEQUENCE OF QCStatement
/// QCStatement  ::= SEQUENCE { statementId OBJECT IDENTIFIER, statementInfo ANY DEFINED BY statementId OPTIONAL }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct QcStatements {
    /// The certificate is a qualified one (QcCompliance).
    pub compliance: bool,
    /// The private key is in a qualified signature or seal creation device (QcSSCD).
    pub secure_device: bool,
    /// What it is for: electronic signatures, seals, web sites (QcType).
    pub types: Vec<Oid>,
    /// The countries under whose law it is qualified, as two letters; without any it is the eIDAS regulation
    /// (QcCClegislation).
    pub legislation: Vec<String>,
    /// The value of transactions to which its use is limited (QcLimitValue).
    pub limit: Option<LimitValue>,
    /// Statements of other kinds.
    pub others: Vec<Oid>,
}

/// A limit on the value of transactions: `amount` × 10^`exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitValue {
    /// The currency in ISO 4217: three letters, or three digits.
    pub currency: String,
    /// The mantissa.
    pub amount: i64,
    /// The power of ten.
    pub exponent: i64,
}

impl QcStatements {
    /// Whether every statement is understood, as a critical extension demands (RFC 3739 §3.2.6).
    pub(super) fn all_understood(&self) -> bool {
        self.others.iter().all(|kind| INFORMATIVE.contains(kind))
    }

    pub(super) fn parse(octets: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(octets);
        let mut list = reader.sequence("QCStatements expected")?;
        reader.finish("octets after QCStatements")?;
        let mut statements = Self::default();
        while !list.is_empty() {
            let mut fields = list.sequence("QCStatement expected")?;
            let kind = fields.oid()?;
            match kind {
                oid::QC_COMPLIANCE => statements.compliance = true,
                oid::QC_SSCD => statements.secure_device = true,
                oid::QC_TYPE => {
                    let mut types = fields.sequence("QcType expected")?;
                    while !types.is_empty() {
                        statements.types.push(types.oid()?);
                    }
                }
                oid::QC_CC_LEGISLATION => {
                    let mut countries = fields.sequence("QcCClegislation expected")?;
                    while !countries.is_empty() {
                        let country = countries.read(Tag::PRINTABLE_STRING, "country expected")?;
                        statements.legislation.push(letters(&country, 2)?);
                    }
                }
                oid::QC_LIMIT_VALUE => statements.limit = Some(limit_value(&mut fields)?),
                other => {
                    statements.others.push(other);
                    if !fields.is_empty() {
                        fields.any()?;
                    }
                }
            }
            fields.finish("QCStatement with more than it may hold")?;
        }
        Ok(statements)
    }
}

/// ```text
/// MonetaryValue       ::= SEQUENCE { currency Iso4217CurrencyCode, amount INTEGER, exponent INTEGER }
/// Iso4217CurrencyCode ::= CHOICE { alphabetic PrintableString (SIZE (3)), numeric INTEGER (1..999) }
/// ```
fn limit_value(fields: &mut Reader<'_>) -> Result<LimitValue> {
    let mut value = fields.sequence("MonetaryValue expected")?;
    let currency = match value.optional(Tag::PRINTABLE_STRING)? {
        Some(alphabetic) => letters(&alphabetic, 3)?,
        None => format!("{:03}", value.unsigned()?),
    };
    let amount = signed(&value.read(Tag::INTEGER, "amount expected")?)?;
    let exponent = signed(&value.read(Tag::INTEGER, "exponent expected")?)?;
    value.finish("MonetaryValue with more than three elements")?;
    Ok(LimitValue { currency, amount, exponent })
}

fn letters(tlv: &Tlv<'_>, count: usize) -> Result<String> {
    let text = std::str::from_utf8(tlv.content).ok();
    text.filter(|text| text.len() == count && text.bytes().all(|octet| octet.is_ascii_alphabetic()))
        .map(str::to_owned)
        .ok_or_else(|| Error::malformed("code of another length, or not of letters").at(tlv.offset))
}

fn signed(tlv: &Tlv<'_>) -> Result<i64> {
    let octets = tlv.content;
    let negative = octets.first().is_some_and(|octet| octet & 0x80 != 0);
    if octets.is_empty() || octets.len() > 8 {
        return Err(Error::malformed("small integer expected").at(tlv.offset));
    }
    let mut wide = [if negative { 0xff } else { 0 }; 8];
    wide.iter_mut().rev().zip(octets.iter().rev()).for_each(|(to, from)| *to = *from);
    Ok(i64::from_be_bytes(wide))
}

/// Statements that restrict nothing. Some issuers write the value of a QcType as a statement of its own.
const INFORMATIVE: &[Oid] = &[
    oid::QC_RETENTION_PERIOD,
    oid::QC_PDS,
    oid::QC_SYNTAX_V1,
    oid::QC_SYNTAX_V2,
    oid::QC_TYPE_ESIGN,
    oid::QC_TYPE_ESEAL,
    oid::QC_TYPE_WEB,
];

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    /// Made with `openssl asn1parse -genconf`: QcCompliance, QcSSCD, QcType { esign }, QcCClegislation { MA },
    /// QcLimitValue { "MAD", 5, 4 }, QcRetentionPeriod 15.
    const STATEMENTS: &str = "305d3008060604008e4601013008060604008e4601043013060604008e46\
        01063009060704008e46010601300e060604008e460107300413024d413015060604008e460102300b1303\
        4d4144020105020104300b060604008e46010302010f";

    #[test]
    fn every_statement_is_read_and_unknown_ones_are_named() {
        let whole: Vec<u8> = (0..STATEMENTS.len() / 2)
            .map(|at| u8::from_str_radix(STATEMENTS.get(at * 2..at * 2 + 2).unwrap(), 16).unwrap())
            .collect();
        let statements = QcStatements::parse(&whole).unwrap();
        assert!(statements.compliance && statements.secure_device);
        assert_eq!(statements.types, [oid::QC_TYPE_ESIGN]);
        assert_eq!(statements.legislation, ["MA"]);
        let limit = LimitValue { currency: "MAD".to_owned(), amount: 5, exponent: 4 };
        assert_eq!(statements.limit, Some(limit));
        assert_eq!(statements.others, [oid::QC_RETENTION_PERIOD]);
        for length in 0..whole.len() {
            assert!(QcStatements::parse(whole.get(..length).unwrap()).is_err());
        }
    }

    #[test]
    fn integers_have_a_sign() {
        let read = |octets: &[u8]| signed(&Reader::new(octets).any().unwrap()).ok();
        assert_eq!(read(&[2, 1, 0xfe]), Some(-2));
        assert_eq!(read(&[2, 2, 0, 0xfe]), Some(254));
        assert_eq!(read(&[2, 2, 0xff, 0x7f]), Some(-129));
        assert_eq!(read(&[2, 0]), None);
        assert_eq!(read(&[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0]), None);
    }
}
