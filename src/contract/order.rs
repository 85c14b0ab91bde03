//! What is ordered: parties, lines, tax, delivery and the total price.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Amount, Party, Quantity, Text, VatRate};
use crate::error::{Error, Result};
use crate::time::Time;

/// An order, as the customer reviews it. Its totals follow from its lines, and are recorded with them.
///
/// ```
/// use seing::contract::{Amount, Capacity, Line, Order, Party, Quantity, VatRate};
///
/// let merchant = Party::legal("TEST Souk SARL", Capacity::Professional);
/// let customer = Party::natural("TEST Amina Berrada", Capacity::Consumer);
/// let desk = Line::including_vat("desk, oak", Quantity::pieces(2), Amount::parse("600")?, VatRate::parse("20")?);
/// let order = Order::new("4711", merchant, customer, vec![desk])?;
/// assert_eq!(order.totals().total.to_string(), "1200.00");
/// assert_eq!(order.totals().vat.to_string(), "200.00");
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    reference: String,
    merchant: Party,
    customer: Party,
    lines: Vec<Line>,
    delivery: Option<Delivery>,
    currency: Currency,
    /// The total in dirham, where the currency is another.
    dirham: Option<Dirham>,
    totals: Totals,
}

/// The currency of an order: three letters of ISO 4217, of a currency with hundredths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(String);

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Line {
    /// What it is.
    pub description: String,
    /// How much of it.
    pub quantity: Quantity,
    /// What one of it costs; less than nothing for a reduction.
    pub unit_price: Amount,
    /// Whether that contains the tax.
    pub price: PriceBasis,
    /// The rate of the tax.
    pub vat: VatRate,
}

/// Whether a price contains the value added tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed: it does or it does not")]
pub enum PriceBasis {
    /// The tax is added to it.
    ExcludingVat,
    /// It contains the tax.
    IncludingVat,
}

/// How the order gets to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Delivery {
    /// Where to.
    pub address: Option<Text>,
    /// What it costs, as a line of the order.
    pub cost: Option<Line>,
    /// When.
    pub when: DeliveryTime,
}

/// When an order is delivered (law 31-08, article 12: in writing above 3,000 MAD unless it is at once).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DeliveryTime {
    /// At once, as a download.
    Immediate,
    /// Not later than this.
    Until(Time),
    /// No date is stated.
    NotStated,
}

/// What an order comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Totals {
    /// Without the tax.
    pub net: Amount,
    /// The tax.
    pub vat: Amount,
    /// Everything: the total price of DOC 65-5.
    pub total: Amount,
}

/// The total in dirham of an order in another currency (decree 2-12-503, article 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dirham {
    total: Amount,
    /// The rate, and whose it is.
    rate: String,
}

impl Line {
    /// A line with a price that contains the tax.
    pub fn including_vat(description: impl Into<String>, quantity: Quantity, unit_price: Amount, vat: VatRate) -> Self {
        Self { description: description.into(), quantity, unit_price, price: PriceBasis::IncludingVat, vat }
    }

    /// A line with a price that the tax is added to.
    pub fn excluding_vat(description: impl Into<String>, quantity: Quantity, unit_price: Amount, vat: VatRate) -> Self {
        Self { price: PriceBasis::ExcludingVat, ..Self::including_vat(description, quantity, unit_price, vat) }
    }

    /// What the line comes to. Each product is rounded to the centime, halves away from zero.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it is too large.
    pub fn totals(&self) -> Result<Totals> {
        let product = self.unit_price.times(self.quantity)?;
        match self.price {
            PriceBasis::ExcludingVat => {
                let vat = product.vat_on(self.vat)?;
                Ok(Totals { net: product, vat, total: product.plus(vat)? })
            }
            PriceBasis::IncludingVat => {
                let vat = product.vat_within(self.vat)?;
                Ok(Totals { net: product.minus(vat)?, vat, total: product })
            }
        }
    }
}

impl Totals {
    fn plus(self, other: Self) -> Result<Self> {
        Ok(Self {
            net: self.net.plus(other.net)?,
            vat: self.vat.plus(other.vat)?,
            total: self.total.plus(other.total)?,
        })
    }
}

impl Delivery {
    /// A delivery at such a time.
    pub fn new(when: DeliveryTime) -> Self {
        Self { address: None, cost: None, when }
    }

    /// Adds where to. The address of a natural person is recorded as a commitment.
    #[must_use]
    pub fn to(self, address: Text) -> Self {
        Self { address: Some(address), ..self }
    }

    /// Adds what it costs.
    #[must_use]
    pub fn costing(self, cost: Line) -> Self {
        Self { cost: Some(cost), ..self }
    }
}

impl Currency {
    /// The dirham.
    pub fn dirham() -> Self {
        Self("MAD".to_owned())
    }

    /// Another currency.
    ///
    /// # Errors
    ///
    /// `Malformed` when these are not three capital letters; `Unsupported` for a currency without hundredths.
    pub fn parse(code: &str) -> Result<Self> {
        if code.len() != 3 || !code.bytes().all(|octet| octet.is_ascii_uppercase()) {
            return Err(Error::malformed("not a currency of ISO 4217 like MAD"));
        }
        if WITHOUT_HUNDREDTHS.contains(&code) {
            return Err(Error::unsupported("amounts have two decimals, and those of this currency have not").with(code));
        }
        Ok(Self(code.to_owned()))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        &self.0
    }
}

/// ISO 4217, list one: currencies of which the minor unit is not 2.
const WITHOUT_HUNDREDTHS: &[&str] = &[
    "BHD", "BIF", "CLF", "CLP", "DJF", "GNF", "IQD", "ISK", "JOD", "JPY", "KMF", "KRW", "KWD", "LYD", "OMR", "PYG",
    "RWF", "TND", "UGX", "UYI", "UYW", "VND", "VUV", "XAF", "XOF", "XPF",
];

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.0
    }
}

impl TryFrom<String> for Currency {
    type Error = Error;

    fn try_from(code: String) -> Result<Self> {
        Self::parse(&code)
    }
}

impl Order {
    /// An order in dirham.
    ///
    /// # Errors
    ///
    /// `Misuse` without a line, or when the total is less than nothing; `LimitExceeded` when it is too large.
    pub fn new(reference: impl Into<String>, merchant: Party, customer: Party, lines: Vec<Line>) -> Result<Self> {
        let order = Self {
            reference: reference.into(),
            merchant,
            customer,
            lines,
            delivery: None,
            currency: Currency::dirham(),
            dirham: None,
            totals: Totals::default(),
        };
        order.totalled()
    }

    /// The same order with a delivery, of which the cost is part of the total.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when the total is too large.
    pub fn delivered(self, delivery: Delivery) -> Result<Self> {
        Self { delivery: Some(delivery), ..self }.totalled()
    }

    /// The same order with its amounts in another currency. The customer is shown the total in dirham as well, at a rate that is
    /// stated with its source.
    ///
    /// # Errors
    ///
    /// `Misuse` when the currency is the dirham.
    pub fn in_currency(self, currency: Currency, dirham_total: Amount, rate: impl Into<String>) -> Result<Self> {
        if currency == Currency::dirham() {
            return Err(Error::misuse("the order is in dirham as it is"));
        }
        Ok(Self { currency, dirham: Some(Dirham { total: dirham_total, rate: rate.into() }), ..self })
    }

    /// The same order with other lines: a correction.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); `Misuse` in another currency, where the total in dirham must be stated anew.
    pub fn with_lines(self, lines: Vec<Line>) -> Result<Self> {
        if self.dirham.is_some() {
            return Err(Error::misuse("the total in dirham is of other lines: make the order anew"));
        }
        Self { lines, ..self }.totalled()
    }

    /// The merchant's reference.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Who offers.
    pub fn merchant(&self) -> &Party {
        &self.merchant
    }

    /// Who orders.
    pub fn customer(&self) -> &Party {
        &self.customer
    }

    /// The lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The delivery.
    pub fn delivery(&self) -> Option<&Delivery> {
        self.delivery.as_ref()
    }

    /// The currency.
    pub fn currency(&self) -> &Currency {
        &self.currency
    }

    /// What it comes to, in its currency.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// The total price in dirham.
    pub fn total_in_dirham(&self) -> Amount {
        self.dirham.as_ref().map_or(self.totals.total, |dirham| dirham.total)
    }

    /// The totals of each rate of tax.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when they are too large.
    pub fn totals_by_rate(&self) -> Result<BTreeMap<VatRate, Totals>> {
        let mut by_rate = BTreeMap::<VatRate, Totals>::new();
        for line in self.charged() {
            let sum = by_rate.entry(line.vat).or_default();
            *sum = sum.plus(line.totals()?)?;
        }
        Ok(by_rate)
    }

    /// The lines, and the delivery where it costs something.
    fn charged(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().chain(self.delivery.iter().filter_map(|delivery| delivery.cost.as_ref()))
    }

    fn sum(&self) -> Result<Totals> {
        self.charged().try_fold(Totals::default(), |sum, line| sum.plus(line.totals()?))
    }

    fn totalled(self) -> Result<Self> {
        let totals = self.sum()?;
        let order = Self { totals, ..self };
        order.check()?;
        Ok(order)
    }

    /// An order that was read must be one that could have been made.
    pub(crate) fn check(&self) -> Result<()> {
        if self.lines.is_empty() {
            return Err(Error::misuse("an order has a line at least"));
        }
        if self.totals != self.sum()? {
            return Err(Error::malformed("the totals of the order are not those of its lines"));
        }
        if self.totals.total < Amount::ZERO {
            return Err(Error::misuse("the total of an order is not less than nothing"));
        }
        if self.dirham.is_some() == (self.currency == Currency::dirham()) {
            return Err(Error::malformed("an order in another currency, and no other, states its total in dirham"));
        }
        Ok(())
    }
}
