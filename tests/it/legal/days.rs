//! Terms in clear days and days in Morocco, against calendars on paper.

use seing::legal::{Day, Regime, TimeProof};

use super::time;

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
