//! Several authorities as one: each within what it allows, and no token that does not hold.
//!
//! ```text
//! cost, health ──▶ order ──▶ budget, block, interval ──▶ request ──▶ answer ──▶ checks of Client ──▶ Token
//!                    └──────────────── the next authority, with the reason written down ◀───────────────┘
//! ```

mod ledger;
mod outcome;

use std::time::Duration;

pub use ledger::{Allowance, PoolState, Terms};
pub use outcome::{Attempt, Flaw, Granted, Obtained, Outcome, Unobtained};

use super::{Client, Token};
use crate::digest::Digest;
use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;
use crate::time::Time;
use ledger::{Ledger, after};

/// Several time-stamp authorities, of which one or two give a token.
///
/// They are asked in the order of their cost, those that failed lately after all others. One that may not be asked now, because
/// its budget is spent or because it refused a request lately, is passed over. What counts is a token in which everything
/// holds that [`Client`] checks; whatever else comes of a request, the next authority is asked, and the reason is written down.
/// When nobody gives a token there is none: no clock takes its place.
///
/// Time is that of the caller, also for the budgets. [`state`](Self::state) goes into a file or a database, so that the budgets
/// of a program that is started again are those of the one that ended.
///
/// ```
/// use std::num::NonZeroU32;
/// use std::time::Duration;
///
/// use seing::digest::Algorithm;
/// use seing::error::{Error, ErrorKind};
/// use seing::key::{KeyKind, os_entropy};
/// use seing::oid::Oid;
/// use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// use seing::timestamp::pool::{Allowance, Outcome, Pool, Terms, Tokens};
/// use seing::timestamp::{Authority, Client, Exchange};
///
/// # let now = std::time::SystemTime::now().into();
/// # let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
/// # let anchors = pki.trust_anchors();
/// # let tsa = pki.time_stamp_authority;
/// # let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("2.999.1")?)?;
/// let away = |_: &Exchange<'_>| Err(Error::new(ErrorKind::Unreachable, "there is nobody"));
/// let there = |ask: &Exchange<'_>| Ok(authority.respond(ask.body, now, &mut os_entropy));
///
/// // This one blocks for a day whoever asks more than 20 times in 20 minutes.
/// let mut state = Terms::default();
/// state.allowance = Some(Allowance { requests: NonZeroU32::new(20).unwrap(), window: Duration::from_secs(1200) });
/// state.block = Duration::from_secs(86_400);
/// let mut bought = Terms::default();
/// bought.cost = 5;
/// let mut pool = Pool::new()
///     .with(Client::new("http://tsa.state.example/", away, os_entropy).trust(anchors.clone()), state)
///     .with(Client::new("http://tsa.example/", there, os_entropy).trust(anchors), bought);
///
/// let digest = Algorithm::Sha256.digest(b"order 4711");
/// let obtained = pool.obtain(&digest, now, Tokens::One)?;
/// assert_eq!(obtained.tokens[0].authority, "http://tsa.example/");
/// assert_eq!(obtained.attempts[0].outcome, Outcome::Unreachable);
///
/// let token = pool.stamp(&digest, now)?; // where one token is enough: the shape of Client::stamp
/// # let shop = seing::Identity::new(pki.merchant.key, pki.merchant.chain)?;
/// let signing = seing::sign(b"one desk, 1200 MAD", &shop).claimed_at(now);
/// let signed = signing.timestamp_by(|digest, at| pool.stamp(digest, at)).finish()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Pool<'a> {
    members: Vec<Member<'a>>,
    before_request: Option<Recorder<'a>>,
}

struct Member<'a> {
    client: Client<'a>,
    terms: Terms,
    ledger: Ledger,
}

type Recorder<'a> = Box<dyn FnMut(&PoolState) -> Result<()> + Send + 'a>;

/// How many tokens are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tokens {
    /// One, of whoever gives it first.
    One,
    /// Two of different authorities, and one where nobody gives a second: the outcome says so.
    TwoIfPossible,
    /// Two of different authorities, or an error.
    Two,
}

/// What may be done now with an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The address of the authority.
    pub authority: String,
    /// How often it failed since it last gave a token.
    pub failures: u32,
    /// Until when it is not asked at all: its budget is spent, or it refused a request.
    pub barred_until: Option<Time>,
    /// Until when it is asked after all others, because it failed lately.
    pub resting_until: Option<Time>,
}

impl<'a> Pool<'a> {
    /// A pool without authorities.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an authority. It takes the place of one at the same address.
    #[must_use]
    pub fn with(mut self, client: Client<'a>, terms: Terms) -> Self {
        let ledger = Ledger::new(client.url());
        self.members.retain(|member| member.client.url() != client.url());
        self.members.push(Member { client, terms, ledger });
        self
    }

    /// Goes on from a state that was kept. Authorities that are not in the pool are left aside.
    #[must_use]
    pub fn restore(mut self, state: PoolState) -> Self {
        for ledger in state.into_ledgers() {
            if let Some(member) = self.members.iter_mut().find(|member| member.client.url() == ledger.authority()) {
                member.ledger = ledger.bounded(&member.terms);
            }
        }
        self
    }

    /// Has the state kept before each request is sent, so that a request is counted even if the program ends while it waits for
    /// the answer. Where it cannot be kept, nothing is sent.
    #[must_use]
    pub fn before_request(mut self, keep: impl FnMut(&PoolState) -> Result<()> + Send + 'a) -> Self {
        self.before_request = Some(Box::new(keep));
        self
    }

    /// What is to be kept of the budgets.
    pub fn state(&self) -> PoolState {
        self.members.iter().map(|member| &member.ledger).cloned().collect()
    }

    /// How many authorities there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no authority.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// What may be done with the authorities at a time, in the order in which they would be asked.
    pub fn standings(&self, at: Time) -> Vec<Standing> {
        let standing = |member: &Member<'_>| Standing {
            authority: member.client.url().to_owned(),
            failures: member.ledger.failures(),
            barred_until: member.ledger.barred(at, &member.terms).map(|bar| bar.until()),
            resting_until: member.ledger.resting_until(at),
        };
        self.order(at).into_iter().filter_map(|place| self.members.get(place)).map(standing).collect()
    }

    /// From when on asking makes sense: an authority may be asked then, and none that may be asked sooner is known to be well.
    /// `None` without authorities.
    pub fn ready_at(&self, at: Time) -> Option<Time> {
        self.members.iter().map(|member| member.ready_at(at)).min()
    }

    /// Gets one token, as [`Client::stamp`] does.
    ///
    /// # Errors
    ///
    /// As [`obtain`](Self::obtain).
    pub fn stamp(&mut self, digest: &Digest, at: Time) -> Result<Token> {
        let tokens = self.obtain(digest, at, Tokens::One)?.tokens;
        tokens.into_iter().next().map(|granted| granted.token).ok_or_else(|| Error::misuse("no token was asked for"))
    }

    /// Gets one token or two, each of another authority. `at` is what the caller's clock says.
    ///
    /// Two tokens of different authorities outlive the fall of one of them. Authorities are different when their certificates
    /// are of different keys and different names; that different companies run them is for the caller to know.
    ///
    /// # Errors
    ///
    /// When there are fewer tokens than needed, an error whose source is [`Unobtained`]: every attempt with its reason, the token
    /// that could be had, and when asking again makes sense. Its kind is that of all attempts if they have one in common, else
    /// `Unreachable`. `Misuse` when there are fewer authorities than tokens are needed, or when the digest is too weak; the error
    /// of the entropy, and of [`before_request`](Self::before_request).
    pub fn obtain(&mut self, digest: &Digest, at: Time, tokens: Tokens) -> Result<Obtained> {
        let (wanted, needed) = match tokens {
            Tokens::One => (1, 1),
            Tokens::TwoIfPossible => (2, 1),
            Tokens::Two => (2, 2),
        };
        if needed > self.members.len() {
            let what = "more tokens are needed than there are time-stamp authorities";
            return Err(Error::misuse(what).with(format!("{needed} of {}", self.members.len())));
        }
        let mut round = Round { at, spent: Duration::ZERO, granted: Vec::new(), attempts: Vec::new() };
        for place in self.order(at) {
            if round.granted.len() == wanted {
                break;
            }
            self.ask(place, digest, &mut round)?;
        }
        let Round { granted, attempts, .. } = round;
        let missing = wanted.saturating_sub(granted.len());
        let again_at = self.again_at(at, missing, &attempts);
        let tokens: Vec<Granted> = granted.into_iter().map(|(granted, _certificate)| granted).collect();
        if tokens.len() < needed {
            return Err(Unobtained { tokens, attempts, again_at }.into_error());
        }
        Ok(Obtained { tokens, attempts, missing, again_at })
    }

    /// The places of the authorities in the order in which they are asked.
    fn order(&self, at: Time) -> Vec<usize> {
        let mut order: Vec<(bool, u32, usize)> = Vec::with_capacity(self.members.len());
        for (place, member) in self.members.iter().enumerate() {
            order.push((member.ledger.resting_until(at).is_some(), member.terms.cost, place));
        }
        order.sort_unstable();
        order.into_iter().map(|(_, _, place)| place).collect()
    }

    /// Asks one authority, and writes down what came of it.
    fn ask(&mut self, place: usize, digest: &Digest, round: &mut Round) -> Result<()> {
        let Some(member) = self.members.get_mut(place) else { return Ok(()) };
        if let Some(bar) = member.ledger.barred(round.at, &member.terms) {
            round.note(member.client.url(), bar.outcome(), Some(bar.error()));
            return Ok(());
        }
        let request = member.client.request(digest)?;
        // Those that were asked before took no longer than their patience: this request is sent no later than that.
        let sent = after(round.at, round.spent);
        member.ledger.count(sent, &member.terms);
        if let Some(keep) = &mut self.before_request {
            let state = self.members.iter().map(|member| &member.ledger).cloned().collect();
            keep(&state)?;
        }
        let Some(member) = self.members.get_mut(place) else { return Ok(()) };
        round.spent = round.spent.saturating_add(member.terms.patience);
        let answer = member.client.send(&request, Some(member.terms.patience));
        let (outcome, error) = match answer {
            Err(error) => (Outcome::of_transport(&error, sent), Some(error)),
            Ok(answer) => match member.client.judge(&request, &answer, round.at) {
                Err(refusal) => (refusal.outcome, Some(refusal.error)),
                Ok((_, certificate)) if round.has_token_of(&certificate) => {
                    let what = "the token is of an authority that has given one already";
                    let error = Error::new(ErrorKind::Rejected, what).with(certificate.subject().to_string());
                    (Outcome::SameAuthority, Some(error))
                }
                Ok((token, certificate)) => {
                    let granted = Granted { authority: member.client.url().to_owned(), token };
                    round.granted.push((granted, certificate));
                    (Outcome::Granted, None)
                }
            },
        };
        member.ledger.settle(&outcome, sent, &member.terms);
        round.note(member.client.url(), outcome, error);
        Ok(())
    }

    /// When so many of the authorities that gave no token may be asked again.
    fn again_at(&self, at: Time, missing: usize, attempts: &[Attempt]) -> Option<Time> {
        let gives_no_more = |url: &str| {
            let done = |outcome: &Outcome| matches!(outcome, Outcome::Granted | Outcome::SameAuthority);
            attempts.iter().any(|attempt| attempt.authority == url && done(&attempt.outcome))
        };
        let others = self.members.iter().filter(|member| !gives_no_more(member.client.url()));
        let mut ready: Vec<Time> = others.map(|member| member.ready_at(at)).collect();
        ready.sort_unstable();
        ready.get(missing.checked_sub(1)?).copied()
    }
}

impl Member<'_> {
    fn ready_at(&self, at: Time) -> Time {
        let barred = self.ledger.barred(at, &self.terms).map(|bar| bar.until());
        barred.into_iter().chain(self.ledger.resting_until(at)).fold(at, Time::max)
    }
}

/// One call of [`Pool::obtain`].
struct Round {
    at: Time,
    /// The time that may have passed since it began.
    spent: Duration,
    granted: Vec<(Granted, Certificate)>,
    attempts: Vec<Attempt>,
}

impl Round {
    fn note(&mut self, authority: &str, outcome: Outcome, error: Option<Error>) {
        self.attempts.push(Attempt { authority: authority.to_owned(), at: self.at, outcome, error });
    }

    fn has_token_of(&self, certificate: &Certificate) -> bool {
        self.granted.iter().any(|(_, other)| {
            other.spki() == certificate.spki()
                || (other.subject().matches(certificate.subject()) && other.issuer().matches(certificate.issuer()))
        })
    }
}

impl std::fmt::Debug for Pool<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let members = self.members.iter().map(|member| (&member.client, &member.terms, &member.ledger));
        f.debug_list().entries(members).finish()
    }
}
