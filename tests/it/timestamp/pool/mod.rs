//! The pool: what comes of authorities that fail in one way each, their budgets, and two tokens.

mod answers;
mod budgets;
mod order;
mod twice;

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use seing::error::{Error, ErrorKind};
use seing::pki::TrustAnchors;
use seing::timestamp::pool::{Allowance, Outcome, Terms};
use seing::timestamp::{Authority, Client, Exchange};

use super::client::{counter, policy, respond, root};
use super::forge::{Key, Profile};

/// An authority with a key and a name of its own.
fn other_authority(seed: u8, subject: &'static str) -> Authority {
    let certificate = Profile { subject, serial: seed, ..Profile::tsa() }.issue(&Key::new(seed), &Key::new(9));
    Authority::new(Key::new(seed), vec![certificate, root()], policy()).unwrap()
}

fn trusting(url: impl Into<String>, answer: impl FnMut(&Exchange<'_>) -> Answer + Send + 'static) -> Client<'static> {
    Client::new(url, answer, counter()).trust(TrustAnchors::none().with(root()))
}

type Answer = Result<Vec<u8>, Error>;
type Fault = fn() -> Error;

/// An authority in the process that can be switched off, and counts the requests.
#[derive(Clone, Default)]
struct Switch {
    asked: Arc<AtomicUsize>,
    fault: Arc<Mutex<Option<Fault>>>,
}

impl Switch {
    fn client(&self, url: &str, seed: u8, subject: &'static str) -> Client<'static> {
        let (this, authority) = (self.clone(), other_authority(seed, subject));
        trusting(url, move |exchange| {
            this.asked.fetch_add(1, Ordering::SeqCst);
            match *this.fault.lock().unwrap() {
                Some(fault) => Err(fault()),
                None => Ok(respond(&authority, exchange.body)),
            }
        })
    }

    fn fails(&self, fault: Fault) {
        *self.fault.lock().unwrap() = Some(fault);
    }

    fn recovers(&self) {
        *self.fault.lock().unwrap() = None;
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn away() -> Error {
    Error::new(ErrorKind::Unreachable, "there is nobody")
}

fn cost(cost: u32) -> Terms {
    let mut terms = Terms::default();
    terms.cost = cost;
    terms
}

fn allowing(requests: u32, window: u64) -> Terms {
    let mut terms = Terms::default();
    let window = Duration::from_secs(window);
    terms.allowance = Some(Allowance { requests: NonZeroU32::new(requests).unwrap(), window });
    terms
}

fn outcomes(attempts: &[seing::timestamp::pool::Attempt]) -> Vec<(&str, Outcome)> {
    attempts.iter().map(|attempt| (attempt.authority.as_str(), attempt.outcome)).collect()
}
