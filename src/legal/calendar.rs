//! Days in Morocco, and terms that run in clear days.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month};

use crate::error::{Error, Result};
use crate::time::Time;
use crate::validation::Language;

/// A day of the calendar, in Morocco unless said otherwise.
///
/// ```
/// use seing::legal::Day;
/// use seing::time::Time;
///
/// let late = Time::parse_rfc3339("2026-11-23T23:30:00Z")?; // half past midnight in Casablanca
/// assert_eq!(Day::in_morocco(late).to_string(), "2026-11-24");
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day with these numbers.
    ///
    /// # Errors
    ///
    /// `Malformed` when there is no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self> {
        let date = Month::try_from(month).ok().and_then(|month| Date::from_calendar_date(year, month, day).ok());
        date.filter(|date| (0..=9999).contains(&date.year()))
            .map(Self)
            .ok_or_else(|| Error::malformed("a day that does not exist"))
    }

    /// Reads `2026-11-23`.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is no such day.
    pub fn parse(text: &str) -> Result<Self> {
        let read = || {
            let octets = text.as_bytes();
            let digits = [0, 1, 2, 3, 5, 6, 8, 9];
            let digit = |at: usize| octets.get(at).is_some_and(u8::is_ascii_digit);
            let dashes = octets.get(4) == Some(&b'-') && octets.get(7) == Some(&b'-');
            if octets.len() != 10 || !dashes || !digits.into_iter().all(digit) {
                return None;
            }
            let year = text.get(..4)?.parse().ok()?;
            Self::new(year, text.get(5..7)?.parse().ok()?, text.get(8..)?.parse().ok()?).ok()
        };
        read().ok_or_else(|| {
            Error::malformed("not a day like 2026-11-23").with(text.chars().take(20).collect::<String>())
        })
    }

    /// The day that it is in Morocco at this instant (IANA time zone Africa/Casablanca).
    pub fn in_morocco(time: Time) -> Self {
        Self::of_utc(time.plus_seconds(offset_in_morocco(time)))
    }

    fn of_utc(time: Time) -> Self {
        let days = i32::try_from(time.unix_seconds().div_euclid(86_400)).unwrap_or(0);
        Self(Date::from_julian_day(UNIX_EPOCH_JULIAN_DAY.saturating_add(days)).unwrap_or(Date::MAX))
    }

    /// So many days later, or earlier.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(time::Duration::days(i64::from(days))))
    }

    /// The same day so many years later; the first of March where that is no leap year.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        let year = self.0.year().saturating_add(years);
        let same = Date::from_calendar_date(year, self.0.month(), self.0.day());
        Self(same.or_else(|_no_leap_year| Date::from_calendar_date(year, Month::March, 1)).unwrap_or(Date::MAX))
    }

    /// The last day of a term of so many clear days that this day opens: neither it nor the last one is counted (law 31-08
    /// art. 203; code of civil procedure art. 512).
    ///
    /// ```
    /// use seing::legal::Day;
    ///
    /// assert_eq!(Day::parse("2026-11-01")?.clear_days(7), Day::parse("2026-11-09")?);
    /// # Ok::<(), seing::error::Error>(())
    /// ```
    #[must_use]
    pub fn clear_days(self, days: u16) -> Self {
        self.plus_days(i32::from(days).saturating_add(1))
    }
}

impl Day {
    /// The day with the name of its month, as Morocco names it.
    pub(crate) fn in_words(self, language: Language) -> String {
        let (day, year) = (self.0.day(), self.0.year());
        let [english, french, arabic] = month_names(self.0.month());
        match language {
            Language::French if day == 1 => format!("1er {french} {year}"),
            Language::French => format!("{day} {french} {year}"),
            Language::Arabic => format!("{day} {arabic} {year}"),
            Language::English => format!("{day} {english} {year}"),
        }
    }
}

fn month_names(month: Month) -> [&'static str; 3] {
    match month {
        Month::January => ["January", "janvier", "يناير"],
        Month::February => ["February", "février", "فبراير"],
        Month::March => ["March", "mars", "مارس"],
        Month::April => ["April", "avril", "أبريل"],
        Month::May => ["May", "mai", "ماي"],
        Month::June => ["June", "juin", "يونيو"],
        Month::July => ["July", "juillet", "يوليوز"],
        Month::August => ["August", "août", "غشت"],
        Month::September => ["September", "septembre", "شتنبر"],
        Month::October => ["October", "octobre", "أكتوبر"],
        Month::November => ["November", "novembre", "نونبر"],
        Month::December => ["December", "décembre", "دجنبر"],
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Seconds that Moroccan clocks are ahead of UTC.
fn offset_in_morocco(time: Time) -> i64 {
    let seconds = time.unix_seconds();
    let passed = TRANSITIONS.partition_point(|(from, _)| *from <= seconds);
    passed.checked_sub(1).and_then(|last| TRANSITIONS.get(last)).map_or(0, |(_, offset)| *offset)
}

/// Whether the day in Morocco might be another than [`Day::in_morocco`] says: clocks go back for Ramadan, on dates announced
/// year by year, and those after [`LAST_ANNOUNCED`] are foreseen in the table or missing from it.
pub(crate) fn day_is_unsettled(time: Time) -> bool {
    let hour_later = Day::of_utc(time.plus_seconds(3600));
    time.unix_seconds() > LAST_ANNOUNCED.saturating_add(SETTLED_AFTER_LAST) && Day::of_utc(time) != hour_later
}

const UNIX_EPOCH_JULIAN_DAY: i32 = 2_440_588;

/// 22 March 2026, after Ramadan 1447: what follows in the table is foreseen.
const LAST_ANNOUNCED: i64 = 1_774_144_800;
/// From the last transition to the end of its year, no other is due.
const SETTLED_AFTER_LAST: i64 = 284 * 86_400;

/// Instants at which Moroccan clocks changed, and the offset from then on (IANA tzdb, Africa/Casablanca, 2005 to 2031).
const TRANSITIONS: &[(i64, i64)] = &[
    (1_212_278_400, 3600),
    (1_220_223_600, 0),
    (1_243_814_400, 3600),
    (1_250_809_200, 0),
    (1_272_758_400, 3600),
    (1_281_222_000, 0),
    (1_301_788_800, 3600),
    (1_312_066_800, 0),
    (1_335_664_800, 3600),
    (1_342_749_600, 0),
    (1_345_428_000, 3600),
    (1_348_970_400, 0),
    (1_367_114_400, 3600),
    (1_373_162_400, 0),
    (1_376_100_000, 3600),
    (1_382_839_200, 0),
    (1_396_144_800, 3600),
    (1_403_920_800, 0),
    (1_406_944_800, 3600),
    (1_414_288_800, 0),
    (1_427_594_400, 3600),
    (1_434_247_200, 0),
    (1_437_271_200, 3600),
    (1_445_738_400, 0),
    (1_459_044_000, 3600),
    (1_465_092_000, 0),
    (1_468_116_000, 3600),
    (1_477_792_800, 0),
    (1_490_493_600, 3600),
    (1_495_332_000, 0),
    (1_498_960_800, 3600),
    (1_509_242_400, 0),
    (1_521_943_200, 3600),
    (1_526_176_800, 0),
    (1_529_200_800, 3600),
    (1_557_021_600, 0),
    (1_560_045_600, 3600),
    (1_587_261_600, 0),
    (1_590_890_400, 3600),
    (1_618_106_400, 0),
    (1_621_130_400, 3600),
    (1_648_346_400, 0),
    (1_651_975_200, 3600),
    (1_679_191_200, 0),
    (1_682_215_200, 3600),
    (1_710_036_000, 0),
    (1_713_060_000, 3600),
    (1_740_276_000, 0),
    (1_743_904_800, 3600),
    (1_771_120_800, 0),
    (1_774_144_800, 3600),
    (1_801_965_600, 0),
    (1_804_989_600, 3600),
    (1_832_205_600, 0),
    (1_835_834_400, 3600),
    (1_863_050_400, 0),
    (1_866_074_400, 3600),
    (1_893_290_400, 0),
    (1_896_919_200, 3600),
    (1_924_135_200, 0),
    (1_927_159_200, 3600),
];
