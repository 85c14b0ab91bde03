//! Terms in clear days and days in Morocco, against calendars on paper.

use seing::legal::{Assessment, Day, EventKind, Regime, Request, TimeProof, assess};
use seing::time::Time;

use super::{answer, event, sale, time};

/// The day that opens the term and the last one are not counted (law 31-08 art. 203; code of civil procedure art. 512):
/// opened on 1 November, seven clear days are the 2nd to the 8th, and the 9th is the last to act on.
#[test]
fn neither_the_first_nor_the_last_day_is_counted() {
    for (opens, days, last) in [
        ("2026-11-01", 7, "2026-11-09"),
        ("2026-01-31", 7, "2026-02-08"), // over the end of January
        ("2024-02-22", 7, "2024-03-01"), // leap year: 23 to 29 February
        ("2023-02-22", 7, "2023-03-02"), // no leap year: 23 February to 1 March
        ("2024-02-20", 7, "2024-02-28"),
        ("2026-12-25", 7, "2027-01-02"), // over the end of the year
        ("2026-11-23", 30, "2026-12-24"),
        ("2024-02-01", 30, "2024-03-03"),
        ("2023-02-01", 30, "2023-03-04"),
        ("2026-12-20", 15, "2027-01-05"),
        ("2024-02-28", 10, "2024-03-10"),
    ] {
        assert_eq!(Day::parse(opens).unwrap().clear_days(days).to_string(), last, "{days} days from {opens}");
    }
}

/// What opens a term, as UTC, beside the hour on the clocks of Morocco; its clear days; the last day to act on. Counted on a
/// calendar: the day after the opening one is the first of the clear days, and the last to act on follows the last of them.
const TERMS: &[(&str, u16, &str)] = &[
    // Leap years, and years that are none.
    ("2024-02-28T22:30:00Z", 7, "2024-03-07"), // 23:30 on 28 February
    ("2024-02-28T23:30:00Z", 7, "2024-03-08"), // 00:30 on 29 February
    ("2024-02-29T12:00:00Z", 10, "2024-03-11"),
    ("2024-02-29T12:00:00Z", 15, "2024-03-16"),
    ("2024-02-29T12:00:00Z", 30, "2024-03-31"),
    ("2024-01-30T12:00:00Z", 30, "2024-03-01"),
    ("2023-01-30T12:00:00Z", 30, "2023-03-02"),
    ("2026-01-31T12:00:00Z", 30, "2026-03-03"),
    ("2027-02-28T12:00:00Z", 7, "2027-03-08"),
    ("2027-02-28T12:00:00Z", 30, "2027-03-31"),
    ("2028-02-28T23:30:00Z", 7, "2028-03-07"), // 23:30 on 28 February, in Ramadan
    ("2028-02-29T00:30:00Z", 7, "2028-03-08"), // 00:30 on 29 February, in Ramadan
    ("2028-02-29T12:00:00Z", 30, "2028-03-31"),
    // The end of a year.
    ("2026-12-15T12:00:00Z", 15, "2026-12-31"),
    ("2026-12-16T12:00:00Z", 15, "2027-01-01"),
    ("2026-12-31T12:00:00Z", 15, "2027-01-16"),
    ("2026-12-31T12:00:00Z", 30, "2027-01-31"),
    ("2026-12-31T22:30:00Z", 7, "2027-01-08"), // 23:30 on 31 December
    ("2026-12-31T23:30:00Z", 7, "2027-01-09"), // 00:30 on 1 January
    ("2027-12-31T12:00:00Z", 10, "2028-01-11"),
    // The ends of months.
    ("2026-03-30T12:00:00Z", 30, "2026-04-30"),
    ("2026-03-31T12:00:00Z", 30, "2026-05-01"),
    ("2026-04-30T12:00:00Z", 7, "2026-05-08"),
    ("2026-08-31T12:00:00Z", 30, "2026-10-01"),
    ("2026-10-31T12:00:00Z", 10, "2026-11-11"),
    // Ramadan 1447: clocks go back at 03:00 on 15 February 2026 and forward at 02:00 on 22 March.
    ("2026-02-14T22:30:00Z", 7, "2026-02-22"), // 23:30 on the 14th
    ("2026-02-14T23:30:00Z", 7, "2026-02-23"), // 00:30 on the 15th
    ("2026-02-15T23:30:00Z", 7, "2026-02-23"), // 23:30 on the 15th
    ("2026-02-16T00:30:00Z", 7, "2026-02-24"), // 00:30 on the 16th
    ("2026-03-21T23:30:00Z", 7, "2026-03-29"), // 23:30 on the 21st
    ("2026-03-22T00:30:00Z", 7, "2026-03-30"), // 00:30 on the 22nd
    ("2026-03-22T22:30:00Z", 7, "2026-03-30"), // 23:30 on the 22nd
    ("2026-03-22T23:30:00Z", 7, "2026-03-31"), // 00:30 on the 23rd
    // Ramadan 1448, as the data base foresees it: back on 7 February 2027 and forward on 14 March.
    ("2027-02-06T22:30:00Z", 7, "2027-02-14"),  // 23:30 on the 6th
    ("2027-02-06T23:30:00Z", 7, "2027-02-15"),  // 00:30 on the 7th
    ("2027-02-07T23:30:00Z", 7, "2027-02-15"),  // 23:30 on the 7th
    ("2027-02-08T00:30:00Z", 7, "2027-02-16"),  // 00:30 on the 8th
    ("2027-03-13T23:30:00Z", 30, "2027-04-13"), // 23:30 on the 13th
    ("2027-03-14T22:30:00Z", 30, "2027-04-14"), // 23:30 on the 14th
    ("2027-03-14T23:30:00Z", 30, "2027-04-15"), // 00:30 on the 15th
];

#[test]
fn terms_open_on_the_day_that_it_is_in_morocco() {
    for (opens, days, last) in TERMS {
        assert_eq!(Day::in_morocco(time(opens)).clear_days(*days).to_string(), *last, "{days} days from {opens}");
    }
}

/// The same table through the rules whose terms these are: withdrawal in 7 or 30 days, refund in 15 (law 31-08 art. 36, 37),
/// rectification in 10 (law 09-08 art. 8).
#[test]
fn the_terms_of_the_law_end_on_these_days() {
    let due = |assessment: &Assessment, what: &str| {
        let found = assessment.deadlines.iter().find(|deadline| deadline.what.to_string().starts_with(what));
        found.unwrap().last_day.unwrap().to_string()
    };
    for (opens, days, last) in TERMS {
        let mut matter = sale();
        let events = &mut matter.ceremony.events;
        events.retain(|event| event.kind != EventKind::GoodsReceived && event.kind != EventKind::ConfirmationDelivered);
        match days {
            7 | 30 => {
                if *days == 7 {
                    events.push(event(EventKind::ConfirmationDelivered, opens, "customer"));
                }
                events.push(event(EventKind::GoodsReceived, opens, "customer"));
                assert_eq!(due(&assess(&matter), "withdrawal"), *last, "{opens}");
            }
            15 => {
                events.push(event(EventKind::Withdrawn, opens, "customer"));
                assert_eq!(due(&assess(&matter), "refund"), *last, "{opens}");
            }
            _ => {
                matter.personal_data.rectifications_passed_on = Some(true);
                let mut rectified = |day: String| {
                    let answered = Some(time(&format!("{day}T12:00:00Z")));
                    let asked: Time = time(opens);
                    let request = Request { asked, answered, signed_octets_untouched: Some(true) };
                    matter.personal_data.rectifications = vec![request];
                    answer(&matter, "MA-0908-RECTIFY").name()
                };
                assert_eq!(rectified((*last).to_owned()), "SATISFIED", "{opens}");
                let after = Day::parse(last).unwrap().plus_days(1).to_string();
                assert_eq!(rectified(after), "NOT_SATISFIED", "{opens}");
            }
        }
    }
}

/// What clocks do in a Ramadan that is not announced yet is foreseen and not known: a lawyer is told of it near midnight.
#[test]
fn a_day_that_is_foreseen_alone_is_left_to_a_lawyer() {
    let told = |at: &str| {
        let mut matter = sale();
        matter.ceremony.events.push(event(EventKind::Performed, at, "customer"));
        assess(&matter).for_a_lawyer.len()
    };
    assert_eq!(told("2027-02-10T23:30:00Z"), told("2027-02-10T12:00:00Z") + 1);
    assert_eq!(told("2027-06-10T23:30:00Z"), told("2027-06-10T12:00:00Z") + 1);
    assert_eq!(told("2026-02-20T23:30:00Z"), told("2026-02-20T12:00:00Z"));
}

/// Clocks are at UTC+1, and at UTC during Ramadan since 2018; before, at UTC in winter (IANA tzdb).
#[test]
fn a_day_begins_when_it_does_in_casablanca() {
    for (instant, day) in [
        ("2026-11-23T22:59:59Z", "2026-11-23"),
        ("2026-11-23T23:00:00Z", "2026-11-24"),
        ("2026-03-01T23:30:00Z", "2026-03-01"), // Ramadan 1447
        ("2026-03-22T23:00:00Z", "2026-03-23"), // the evening after
        ("2015-01-10T23:30:00Z", "2015-01-10"), // winter
        ("2015-05-10T23:30:00Z", "2015-05-11"), // summer
        ("2007-12-31T23:59:59Z", "2007-12-31"),
    ] {
        assert_eq!(Day::in_morocco(time(instant)).to_string(), day, "{instant}");
    }
}

#[test]
fn the_offset_is_that_of_the_machine_s_data_base() {
    if !std::path::Path::new("/usr/share/zoneinfo/Africa/Casablanca").exists() {
        eprintln!("skipped: no time zone data base");
        return;
    }
    for year in 2008..=2026 {
        for month in 1..=12 {
            let instant = format!("{year}-{month:02}-15T23:30:00Z");
            let output = std::process::Command::new("date")
                .args(["-d", &instant, "+%Y-%m-%d"])
                .env("TZ", "Africa/Casablanca")
                .output();
            let Ok(output) = output else {
                eprintln!("skipped: date is not installed");
                return;
            };
            let expected = String::from_utf8(output.stdout).unwrap();
            assert_eq!(Day::in_morocco(time(&instant)).to_string(), expected.trim(), "{instant}");
        }
    }
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for text in ["2023-02-29", "2026-13-01", "2026-1-01", "2026-11-31", "", "2026-11-23T", "+026-11-23", "20261-1-23"] {
        assert!(Day::parse(text).is_err(), "{text}");
    }
    assert_eq!(Day::parse("2024-02-29").unwrap().plus_years(15).to_string(), "2039-03-01");
    assert_eq!(Day::parse("2024-02-29").unwrap().plus_years(4).to_string(), "2028-02-29");
}

/// Law 43-20 art. 83-84; decree 2-22-687: published on 12 January 2023, in effect on 12 July 2023.
#[test]
fn the_law_follows_the_proven_signing_time() {
    use Regime::{L43_20, L53_05};
    for (proven, expected) in [
        ("2015-06-01T10:00:00Z", &[L53_05][..]),
        ("2023-01-11T22:59:59Z", &[L53_05]),
        ("2023-01-11T23:00:00Z", &[L53_05, L43_20]), // midnight in Casablanca
        ("2023-03-15T10:00:00Z", &[L53_05, L43_20]),
        ("2023-07-11T22:59:59Z", &[L53_05, L43_20]),
        ("2023-07-11T23:00:00Z", &[L43_20]),
        ("2026-11-23T10:00:00Z", &[L43_20]),
    ] {
        let choice = Regime::choose(Some(time(proven)), None);
        assert_eq!(choice.regimes, expected, "{proven}");
        assert_eq!(choice.proof, TimeProof::TimeStamp);
        let why = choice.why.to_string();
        assert!(why.contains("art. 8") && why.contains("2-22-687"), "{why}");
    }
}

#[test]
fn a_claim_to_have_signed_before_the_change_does_not_choose_the_law() {
    let claimed = Regime::choose(None, Some(time("2015-06-01T10:00:00Z")));
    assert_eq!(claimed.regimes, Regime::BOTH);
    assert_eq!(claimed.proof, TimeProof::Claimed);
    let proven = Regime::choose(Some(time("2026-11-23T10:00:00Z")), Some(time("2015-06-01T10:00:00Z")));
    assert_eq!(proven.regimes, [Regime::L43_20]);
    assert_eq!(Regime::choose(None, None).regimes, Regime::BOTH);
}
