//! Orders against sums worked by hand.

use seing::contract::*;
use seing::error::ErrorKind;

use super::{amount, customer, merchant};

fn rate(text: &str) -> VatRate {
    VatRate::parse(text).unwrap()
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

fn order(lines: Vec<Line>) -> Order {
    Order::new("4711", merchant(), customer(), lines).unwrap()
}

/// 3 x 19.99 = 59.97, of which 20/120 = 9.995, rounded to 10.00 (a half, away from zero);
/// 1.250 x 89.90 = 112.375, rounded to 112.38, and 10 % of it 11.238, rounded to 11.24;
/// 2 x 7.00 = 14.00 without tax.
#[test]
fn lines_are_rounded_one_by_one() {
    let order = order(vec![
        Line::including_vat("cup", Quantity::pieces(3), amount("19.99"), rate("20")),
        Line::excluding_vat("olives, kg", quantity("1.250"), amount("89.90"), rate("10")),
        Line::including_vat("bread", Quantity::pieces(2), amount("7"), rate("0")),
    ]);
    let totals: Vec<_> = order.lines().iter().map(|line| line.totals().unwrap()).collect();
    let texts = |totals: &Totals| (totals.net.to_string(), totals.vat.to_string(), totals.total.to_string());
    let expected = |net: &str, vat: &str, total: &str| (net.to_owned(), vat.to_owned(), total.to_owned());
    assert_eq!(texts(&totals[0]), expected("49.97", "10.00", "59.97"));
    assert_eq!(texts(&totals[1]), expected("112.38", "11.24", "123.62"));
    assert_eq!(texts(&totals[2]), expected("14.00", "0.00", "14.00"));
    assert_eq!(texts(&order.totals()), expected("176.35", "21.24", "197.59"));
    let rates: Vec<_> = order.totals_by_rate().unwrap().into_iter().collect();
    assert_eq!(rates.iter().map(|(rate, _)| rate.to_string()).collect::<Vec<_>>(), ["0.00", "10.00", "20.00"]);
    assert_eq!(rates[2].1.vat, amount("10.00"));
}

/// 0.1 + 0.2 is what floating point gets wrong, a thousand times over.
#[test]
fn a_thousand_small_lines_sum_to_the_centime() {
    let line = |price| Line::including_vat("stamp", Quantity::ONE, amount(price), rate("0"));
    let lines = (0..1000).flat_map(|_| [line("0.10"), line("0.20")]).collect();
    assert_eq!(order(lines).totals().total, amount("300.00"));
}

#[test]
fn a_reduction_is_a_line_and_a_delivery_is_in_the_total() {
    let lines = vec![
        Line::including_vat("desk", Quantity::ONE, amount("1200"), rate("20")),
        Line::including_vat("reduction", Quantity::ONE, amount("-120"), rate("20")),
    ];
    let cost = Line::including_vat("carriage", Quantity::ONE, amount("60"), rate("20"));
    let order = order(lines).delivered(Delivery::new(DeliveryTime::NotStated).costing(cost)).unwrap();
    assert_eq!(order.totals().total, amount("1140"));
    assert_eq!(order.totals().vat, amount("190"));
}

#[test]
fn what_is_no_order_is_refused() {
    let none = Order::new("4711", merchant(), customer(), Vec::new());
    assert_eq!(none.unwrap_err().kind(), ErrorKind::Misuse);
    let negative = vec![Line::including_vat("reduction", Quantity::ONE, amount("-1"), rate("20"))];
    assert_eq!(Order::new("4711", merchant(), customer(), negative).unwrap_err().kind(), ErrorKind::Misuse);
    let huge = Line::including_vat("star", Quantity::pieces(u32::MAX), amount("9999999999999999"), rate("20"));
    assert_eq!(Order::new("4711", merchant(), customer(), vec![huge]).unwrap_err().kind(), ErrorKind::LimitExceeded);
}

#[test]
fn another_currency_states_its_total_in_dirham() {
    let line = Line::including_vat("desk", Quantity::ONE, amount("110"), rate("20"));
    let euros = Currency::parse("EUR").unwrap();
    let order = order(vec![line]).in_currency(euros, amount("1199.00"), "10.90 (Bank Al-Maghrib, 2026-11-23)").unwrap();
    assert_eq!((order.totals().total, order.total_in_dirham()), (amount("110"), amount("1199")));
    assert_eq!(Currency::parse("TND").unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(Currency::parse("Mad").unwrap_err().kind(), ErrorKind::Malformed);
}
