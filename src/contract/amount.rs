//! Money, quantities and rates of VAT, as exact decimal numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// An amount of money to the centime, as in `1250.00`.
///
/// ```
/// use seing::contract::Amount;
///
/// let price = Amount::parse("1250.5")?;
/// assert_eq!(price.plus(Amount::from_centimes(50))?.to_string(), "1251.00");
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(i64);

/// How much of something, to the thousandth, as in `1.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quantity(i64);

/// A rate of value added tax in percent, to the hundredth, as in `20.00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VatRate(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many hundredths of the currency.
    pub fn from_centimes(centimes: i64) -> Self {
        Self(centimes)
    }

    /// The amount in hundredths of the currency.
    pub fn centimes(self) -> i64 {
        self.0
    }

    /// Reads `1250`, `1250.5`, `1250.50` or `-3.20`.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is none of these, or has more than two decimals.
    pub fn parse(text: &str) -> Result<Self> {
        decimal(text, 2).map(Self).ok_or_else(|| wrong("not an amount like 1250.00", text))
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it is too large.
    pub fn plus(self, other: Self) -> Result<Self> {
        self.0.checked_add(other.0).map(Self).ok_or_else(too_large)
    }

    /// The difference of two amounts.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it is too large.
    pub fn minus(self, other: Self) -> Result<Self> {
        self.0.checked_sub(other.0).map(Self).ok_or_else(too_large)
    }

    /// So many times this amount, rounded to the centime, halves away from zero.
    pub(super) fn times(self, quantity: Quantity) -> Result<Self> {
        self.scaled(quantity.0, 1_000)
    }

    /// The tax on this amount, which does not contain it.
    pub(super) fn vat_on(self, rate: VatRate) -> Result<Self> {
        self.scaled(rate.0, 10_000)
    }

    /// The tax in this amount, which contains it.
    pub(super) fn vat_within(self, rate: VatRate) -> Result<Self> {
        self.scaled(rate.0, rate.0.checked_add(10_000).ok_or_else(too_large)?)
    }

    fn scaled(self, by: i64, of: i64) -> Result<Self> {
        let (product, of) = (i128::from(self.0) * i128::from(by), i128::from(of));
        let half = if product < 0 { -(of / 2) } else { of / 2 };
        // An odd divisor has no halves, and `of / 2`, rounded down, decides right on both sides of the middle.
        let rounded = product.checked_add(half).and_then(|sum| sum.checked_div(of)).ok_or_else(too_large)?;
        i64::try_from(rounded).map(Self).map_err(|error| too_large().because(error))
    }
}

impl Quantity {
    /// One of something.
    pub const ONE: Self = Self(1_000);

    /// So many pieces.
    pub fn pieces(count: u32) -> Self {
        Self(i64::from(count) * 1_000)
    }

    /// Reads `3`, `1.5` or `0.125`.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is none of these, has more than three decimals, or is not more than nothing.
    pub fn parse(text: &str) -> Result<Self> {
        let thousandths = decimal(text, 3).filter(|thousandths| *thousandths > 0);
        thousandths.map(Self).ok_or_else(|| wrong("not a quantity like 1.5", text))
    }
}

impl VatRate {
    /// Reads `20`, `20.00` or `7.5`.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is none of these, or not from 0 to 100.
    pub fn parse(text: &str) -> Result<Self> {
        let hundredths = decimal(text, 2).filter(|hundredths| (0..=10_000).contains(hundredths));
        hundredths.map(Self).ok_or_else(|| wrong("not a rate of VAT like 20.00", text))
    }
}

fn too_large() -> Error {
    Error::limit("an amount larger than can be computed with")
}

fn wrong(what: &'static str, text: &str) -> Error {
    Error::malformed(what).with(text.chars().take(40).collect::<String>())
}

/// A decimal number in units of its last place.
fn decimal(text: &str, places: u32) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit());
    let places_there = u32::try_from(fraction.len()).ok()?;
    if !is_number(whole) || !is_number(fraction) || places_there > places.max(1) || whole.len() > 16 {
        return None;
    }
    let unit = 10i64.checked_pow(places)?;
    let fraction: i64 =
        fraction.parse::<i64>().ok()?.checked_mul(10i64.checked_pow(places.checked_sub(places_there)?)?)?;
    let value = whole.parse::<i64>().ok()?.checked_mul(unit)?.checked_add(fraction)?;
    Some(if negative { -value } else { value })
}

fn write(f: &mut fmt::Formatter<'_>, value: i64, unit: u64, places: usize) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    write!(f, "{sign}{}.{:0places$}", value / unit, value % unit)
}

macro_rules! is_text {
    ($type:ident, $unit:literal, $places:literal) => {
        impl fmt::Display for $type {
            /// With all its decimals and a point.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(f, self.0, $unit, $places)
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.to_string()
            }
        }

        impl TryFrom<String> for $type {
            type Error = Error;

            fn try_from(text: String) -> Result<Self> {
                Self::parse(&text)
            }
        }
    };
}

is_text!(Amount, 100, 2);
is_text!(Quantity, 1_000, 3);
is_text!(VatRate, 100, 2);

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    #[test]
    fn amounts_are_read_and_written_with_two_decimals() {
        for (text, written) in
            [("0", "0.00"), ("1250.5", "1250.50"), ("-3.07", "-3.07"), ("0.01", "0.01"), ("-0.5", "-0.50")]
        {
            assert_eq!(amount(text).to_string(), written);
        }
        for text in ["", "1,5", "1.234", ".5", "1.", "+1", "1e3", " 1", "--1", "99999999999999999", "١"] {
            assert!(Amount::parse(text).is_err(), "{text}");
        }
    }

    /// By hand: 0.125 of 0.20 is 0.025; 20 % of 0.02 is 0.004, of 0.03 is 0.006; 120 contains 20 at 20 %.
    #[test]
    fn halves_are_rounded_away_from_zero() {
        let eighth = Quantity::parse("0.125").unwrap();
        assert_eq!(amount("0.20").times(eighth).unwrap(), amount("0.03"));
        assert_eq!(amount("-0.20").times(eighth).unwrap(), amount("-0.03"));
        let twenty = VatRate::parse("20").unwrap();
        assert_eq!(amount("0.02").vat_on(twenty).unwrap(), Amount::ZERO);
        assert_eq!(amount("0.03").vat_on(twenty).unwrap(), amount("0.01"));
        assert_eq!(amount("120.00").vat_within(twenty).unwrap(), amount("20.00"));
    }

    #[test]
    fn what_is_too_large_is_an_error() {
        let large = Amount::from_centimes(i64::MAX);
        assert!(large.plus(Amount::from_centimes(1)).is_err());
        assert!(large.times(Quantity::pieces(2)).is_err());
        assert_eq!(large.times(Quantity::ONE).unwrap(), large);
    }

    #[test]
    fn quantities_and_rates_have_their_bounds() {
        assert!(Quantity::parse("0").is_err());
        assert!(Quantity::parse("-1").is_err());
        assert!(VatRate::parse("100.01").is_err());
        assert_eq!(VatRate::parse("7.5").unwrap().to_string(), "7.50");
    }
}
