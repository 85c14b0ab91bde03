//! Which law governs a signature: law 53-05 before, law 43-20 after, both in between.

use std::fmt;

use serde::Serialize;

use super::calendar::Day;
use super::phrase::{Phrase, phrase};
use crate::time::Time;

/// A law of electronic signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "closed by law 43-20 art. 83: one law followed the other")]
pub enum Regime {
    /// Law 53-05, of 30 November 2007.
    #[serde(rename = "53-05")]
    L53_05,
    /// Law 43-20, of 31 December 2020.
    #[serde(rename = "43-20")]
    L43_20,
}

/// What a signing time rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "closed: proven, said, or not known")]
pub enum TimeProof {
    /// A time-stamp that validated.
    TimeStamp,
    /// The signer's word alone.
    Claimed,
    /// Nothing.
    None,
}

/// Which laws were applied to a signature, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegimeChoice {
    /// One law, or both where it cannot be told which.
    pub regimes: &'static [Regime],
    /// The signing time that decided, if there is one.
    pub time: Option<Time>,
    /// What that time rests on.
    pub proof: TimeProof,
    /// Why, with the articles.
    pub why: Phrase,
}

impl Regime {
    /// The number of the law.
    pub fn number(self) -> &'static str {
        match self {
            Self::L53_05 => "53-05",
            Self::L43_20 => "43-20",
        }
    }

    /// The laws of a signature, from the time that a time-stamp proves, or from the one that the signer claims.
    ///
    /// A claimed time before the change is not enough to choose the earlier law: whoever signs later could write it.
    ///
    /// ```
    /// use seing::legal::Regime;
    /// use seing::time::Time;
    ///
    /// let proven = Time::parse_rfc3339("2023-03-15T10:00:00Z")?;
    /// assert_eq!(Regime::choose(Some(proven), None).regimes, Regime::BOTH);
    /// # Ok::<(), seing::error::Error>(())
    /// ```
    pub fn choose(proven: Option<Time>, claimed: Option<Time>) -> RegimeChoice {
        let Some((time, proof)) =
            proven.map(|time| (time, TimeProof::TimeStamp)).or(claimed.map(|time| (time, TimeProof::Claimed)))
        else {
            let why = phrase!("No signing time is known, so that both laws are reported (law 43-20 art. 83-84)");
            return RegimeChoice { regimes: Self::BOTH, time: None, proof: TimeProof::None, why };
        };
        let day = Day::in_morocco(time);
        let by_day = Self::on(day);
        let said = match proof {
            TimeProof::TimeStamp => phrase!("A time-stamp proves the signature on {0}", day),
            _ => phrase!("The signer claims to have signed on {0}, and no time-stamp proves it", day),
        };
        let (regimes, because) = match (by_day, proof) {
            ([Self::L43_20], _) => (by_day, later()),
            ([Self::L53_05], TimeProof::TimeStamp) => (by_day, earlier()),
            ([Self::L53_05], _) => (Self::BOTH, claimed_earlier()),
            _ => (Self::BOTH, between()),
        };
        RegimeChoice { regimes, time: Some(time), proof, why: phrase!("{0}: {1}", said, because) }
    }

    /// The laws of a signature made on this day.
    pub fn on(day: Day) -> &'static [Self] {
        let text = day.to_string();
        if text.as_str() < PUBLISHED {
            &[Self::L53_05]
        } else if text.as_str() < IN_EFFECT {
            Self::BOTH
        } else {
            &[Self::L43_20]
        }
    }

    /// Both of them.
    pub const BOTH: &'static [Self] = &[Self::L53_05, Self::L43_20];
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "law {}", self.number())
    }
}

/// Decree 2-22-687 was published in the Official Bulletin 7160 on this day, and takes effect six months later (art. 37).
const PUBLISHED: &str = "2023-01-12";
const IN_EFFECT: &str = "2023-07-12";

fn earlier() -> Phrase {
    phrase!(
        "law 53-05 governs, for decree 2-22-687, which brings law 43-20 into force (art. 84), was published on 12 January 2023 (Official Bulletin 7160)"
    )
}

fn later() -> Phrase {
    phrase!("law 43-20 governs, for decree 2-22-687 took effect on 12 July 2023 (its art. 37; law 43-20 art. 83-84)")
}

fn between() -> Phrase {
    phrase!(
        "both laws are reported, for decree 2-22-687 was published on 12 January 2023 and took effect on 12 July 2023 (law 43-20 art. 84; decree art. 37), and no source found settles which of the two days counts"
    )
}

fn claimed_earlier() -> Phrase {
    phrase!(
        "both laws are reported, for that is before 12 January 2023 (law 43-20 art. 84) but rests on the signer's word alone"
    )
}
