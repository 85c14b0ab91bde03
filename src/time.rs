//! Instants: nanoseconds, GeneralizedTime, UTCTime, RFC 3339.

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Month, PrimitiveDateTime, Time as Clock};

use crate::error::{Error, Result};

/// An instant of UTC, to the nanosecond, in the years 0 to 9999.
///
/// ```
/// use seing::time::Time;
///
/// let signed = Time::parse_rfc3339("2026-11-23T11:00:00.5+01:00")?;
/// assert_eq!(signed.to_string(), "2026-11-23T10:00:00.5Z");
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    seconds: i64,
    nanoseconds: u32,
}

/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970.
const FIRST: i64 = -62_167_219_200;
const LAST: i64 = 253_402_300_799;

impl Time {
    /// The instant so many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// `Malformed` outside the years 0 to 9999, which certificates and time-stamps cannot express.
    pub fn from_unix(seconds: i64, nanoseconds: u32) -> Result<Self> {
        if !(FIRST..=LAST).contains(&seconds) || nanoseconds > 999_999_999 {
            return Err(Error::malformed("an instant outside the years 0 to 9999"));
        }
        Ok(Self { seconds, nanoseconds })
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// The instant so many seconds later (or earlier), clamped to the years 0 to 9999.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self { seconds: self.seconds.saturating_add(seconds).clamp(FIRST, LAST), ..self }
    }

    /// The same instant without the fraction of a second, as UTCTime and X.509 need it.
    #[must_use]
    pub fn whole_seconds(self) -> Self {
        Self { nanoseconds: 0, ..self }
    }

    /// The last instant before this one.
    pub(crate) fn just_before(self) -> Self {
        match self.nanoseconds.checked_sub(1) {
            Some(nanoseconds) => Self { nanoseconds, ..self },
            None if self.seconds > FIRST => Self { nanoseconds: 999_999_999, ..self.plus_seconds(-1) },
            None => self,
        }
    }

    /// The nanoseconds within the second.
    pub fn nanoseconds(self) -> u32 {
        self.nanoseconds
    }

    /// Reads an RFC 3339 date-time, with any offset and up to nine digits of fraction.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, or names a day that does not exist.
    pub fn parse_rfc3339(text: &str) -> Result<Self> {
        let wrong = || {
            Error::malformed("not a date and time like 2026-11-23T10:00:00Z")
                .with(text.chars().take(40).collect::<String>())
        };
        let mut digits = Digits(text.as_bytes());
        let mut read = || {
            let date = (digits.number(4)?, digits.after(b'-', 2)?, digits.after(b'-', 2)?);
            if !matches!(digits.next()?, b'T' | b't' | b' ') {
                return None;
            }
            let clock = (digits.number(2)?, digits.after(b':', 2)?, digits.after(b':', 2)?);
            let fraction = digits.fraction(b'.')?;
            let offset = match digits.next()? {
                b'Z' | b'z' => 0,
                sign @ (b'+' | b'-') => {
                    let minutes = digits.number(2)?.checked_mul(60)?.checked_add(digits.after(b':', 2)?)?;
                    if sign == b'+' { i64::from(minutes) * 60 } else { i64::from(minutes) * -60 }
                }
                _ => return None,
            };
            let time = civil(date, clock, fraction)?;
            digits.0.is_empty().then_some((time, offset))
        };
        let (time, offset) = read().ok_or_else(wrong)?;
        Self::from_unix(time.seconds.checked_sub(offset).ok_or_else(wrong)?, time.nanoseconds)
    }

    /// Reads the content octets of a GeneralizedTime. RFC 5280 wants seconds and no fraction; RFC 3161 lets both vary.
    pub(crate) fn parse_generalized(octets: &[u8]) -> Result<Self> {
        let mut digits = Digits(octets);
        let mut read = || {
            let date = (digits.number(4)?, digits.number(2)?, digits.number(2)?);
            let (hour, minute) = (digits.number(2)?, digits.number(2)?);
            let second = if digits.0.first().is_some_and(u8::is_ascii_digit) { digits.number(2)? } else { 0 };
            let fraction = digits.fraction(b'.')?;
            let time = civil(date, (hour, minute, second), fraction)?;
            (digits.0 == b"Z").then_some(time)
        };
        read().ok_or_else(|| Error::malformed("GeneralizedTime that is not YYYYMMDDhhmm[ss[.f]]Z"))
    }

    /// Reads the content octets of a UTCTime (years 1950 to 2049, RFC 5280 §4.1.2.5.1).
    pub(crate) fn parse_utc(octets: &[u8]) -> Result<Self> {
        let mut digits = Digits(octets);
        let mut read = || {
            let year = digits.number(2)?;
            let century = if year < 50 { 2000 } else { 1900 };
            let date = (century + year, digits.number(2)?, digits.number(2)?);
            let (hour, minute) = (digits.number(2)?, digits.number(2)?);
            let second = if digits.0.first().is_some_and(u8::is_ascii_digit) { digits.number(2)? } else { 0 };
            let time = civil(date, (hour, minute, second), 0)?;
            (digits.0 == b"Z").then_some(time)
        };
        read().ok_or_else(|| Error::malformed("UTCTime that is not YYMMDDhhmm[ss]Z"))
    }

    /// The content octets of a GeneralizedTime in DER: no trailing zeros in the fraction.
    pub(crate) fn to_generalized(self) -> String {
        let (date, clock) = self.civil();
        format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}{}Z",
            date.year(),
            u8::from(date.month()),
            date.day(),
            clock.hour(),
            clock.minute(),
            clock.second(),
            self.fraction()
        )
    }

    /// The content octets of a UTCTime, where RFC 5280 §4.1.2.5 asks for one: from 1950 to 2049.
    pub(crate) fn to_utc(self) -> Option<String> {
        let year = self.civil().0.year();
        if !(1950..2050).contains(&year) {
            return None;
        }
        self.whole_seconds().to_generalized().get(2..).map(str::to_owned)
    }

    fn civil(self) -> (Date, Clock) {
        let days = i32::try_from(self.seconds.div_euclid(86_400)).unwrap_or(0);
        let second = u32::try_from(self.seconds.rem_euclid(86_400)).unwrap_or(0);
        let date = Date::from_julian_day(UNIX_EPOCH_JULIAN_DAY.saturating_add(days)).unwrap_or(Date::MAX);
        let part = |n: u32| u8::try_from(n).unwrap_or(0);
        let clock = Clock::from_hms(part(second / 3600), part(second / 60 % 60), part(second % 60));
        (date, clock.unwrap_or(Clock::MIDNIGHT))
    }

    fn fraction(self) -> String {
        if self.nanoseconds == 0 {
            return String::new();
        }
        let digits = format!("{:09}", self.nanoseconds);
        format!(".{}", digits.trim_end_matches('0'))
    }
}

const UNIX_EPOCH_JULIAN_DAY: i32 = 2_440_588;

fn civil((year, month, day): (u32, u32, u32), clock: (u32, u32, u32), nanoseconds: u32) -> Option<Time> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    // A leap second is read as the last second before it: no instant of ours has sixty-one seconds.
    let second = if clock.2 == 60 { 59 } else { clock.2 };
    let clock =
        Clock::from_hms(u8::try_from(clock.0).ok()?, u8::try_from(clock.1).ok()?, u8::try_from(second).ok()?).ok()?;
    let seconds = PrimitiveDateTime::new(date, clock).assume_utc().unix_timestamp();
    Time::from_unix(seconds, nanoseconds).ok()
}

struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0u32, |sum, _| {
            let digit = char::from(self.next()?).to_digit(10)?;
            sum.checked_mul(10)?.checked_add(digit)
        })
    }

    fn after(&mut self, separator: u8, count: usize) -> Option<u32> {
        (self.next()? == separator).then(|| self.number(count))?
    }

    /// Nanoseconds after `point`, or 0 where there is none. Digits beyond the ninth are read and dropped.
    fn fraction(&mut self, point: u8) -> Option<u32> {
        if self.0.first() != Some(&point) {
            return Some(0);
        }
        self.next()?;
        let (mut sum, mut unit, mut count) = (0, 100_000_000, 0usize);
        while let Some(digit) = self.0.first().and_then(|d| char::from(*d).to_digit(10)) {
            sum += digit * unit;
            unit /= 10;
            count += 1;
            self.next()?;
        }
        (count > 0).then_some(sum)
    }
}

impl From<SystemTime> for Time {
    fn from(system: SystemTime) -> Self {
        let (seconds, nanoseconds) = match system.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()).unwrap_or(LAST), after.subsec_nanos()),
            Err(before) => (i64::try_from(before.duration().as_secs()).map_or(FIRST, |s| -s), 0),
        };
        Self { seconds: seconds.clamp(FIRST, LAST), nanoseconds }
    }
}

impl fmt::Display for Time {
    /// Writes RFC 3339 in UTC, with as many digits of fraction as there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, clock) = self.civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z",
            date.year(),
            u8::from(date.month()),
            date.day(),
            clock.hour(),
            clock.minute(),
            clock.second(),
            self.fraction()
        )
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::parse_rfc3339(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    /// Expected seconds from `date -u -d … +%s`.
    #[test]
    fn every_notation_names_the_same_instant() {
        let expected = Time { seconds: 1_795_428_000, nanoseconds: 0 };
        assert_eq!(Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap(), expected);
        assert_eq!(Time::parse_rfc3339("2026-11-23t11:30:00+01:30").unwrap(), expected);
        assert_eq!(Time::parse_generalized(b"20261123100000Z").unwrap(), expected);
        assert_eq!(Time::parse_generalized(b"202611231000Z").unwrap(), expected);
        assert_eq!(Time::parse_utc(b"261123100000Z").unwrap(), expected);
        assert_eq!(Time::parse_utc(b"2611231000Z").unwrap(), expected);
        assert_eq!(expected.to_generalized(), "20261123100000Z");
        assert_eq!(expected.to_utc().as_deref(), Some("261123100000Z"));
    }

    #[test]
    fn fractions_are_kept_and_written_without_trailing_zeros() {
        let time = Time::parse_generalized(b"20261123100000.250Z").unwrap();
        assert_eq!(time.nanoseconds(), 250_000_000);
        assert_eq!(time.to_generalized(), "20261123100000.25Z");
        assert_eq!(time.to_string(), "2026-11-23T10:00:00.25Z");
    }

    #[test]
    fn days_that_do_not_exist_and_half_written_instants_are_refused() {
        for text in [
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-23",
            "2026-11-23T10:00:00",
            "2026-11-23T10:00:00.Z",
            "",
        ] {
            assert!(Time::parse_rfc3339(text).is_err(), "{text}");
        }
        for octets in
            [&b"20261123100000"[..], b"20261123100000+0100", b"20261123100000,5Z", b"2026112310Z", b"20260230100000Z"]
        {
            assert!(Time::parse_generalized(octets).is_err());
        }
    }

    #[test]
    fn years_before_1950_and_after_2049_have_no_utc_time() {
        assert_eq!(Time::parse_rfc3339("2050-01-01T00:00:00Z").unwrap().to_utc(), None);
        assert_eq!(Time::parse_utc(b"500101000000Z").unwrap().to_string(), "1950-01-01T00:00:00Z");
        assert_eq!(Time::parse_utc(b"491231235959Z").unwrap().to_string(), "2049-12-31T23:59:59Z");
    }
}
