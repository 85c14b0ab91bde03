//! One request after another: who is asked, and what is written down about it.

use std::collections::HashMap;
use std::time::Duration;

use super::{Attempt, Collector, Sought};
use crate::error::{Error, ErrorKind, Result};
use crate::pki::Certificate;
use crate::pki::ocsp;
use crate::timestamp::Exchange;

/// The transport, what is left of the limits, and what was tried.
pub(super) struct Asking<'r, 'a> {
    collector: &'r mut Collector<'a>,
    fetches: usize,
    octets: usize,
    attempts: Vec<Attempt>,
    /// The last attempt for what is sought at an address.
    asked: HashMap<(Sought, String), usize>,
}

/// What is to be asked where, and for which certificate.
#[derive(Clone, Copy)]
pub(super) struct Question<'q> {
    pub(super) sought: Sought,
    pub(super) url: &'q str,
    pub(super) certificate: &'q Certificate,
    /// An OCSP request; otherwise what lies at the address is fetched.
    pub(super) body: Option<&'q [u8]>,
}

impl<'r, 'a> Asking<'r, 'a> {
    pub(super) fn new(collector: &'r mut Collector<'a>) -> Self {
        let (fetches, octets) = (collector.limits.fetches, collector.limits.collected_octets);
        Self { collector, fetches, octets, attempts: Vec::new(), asked: HashMap::new() }
    }

    pub(super) fn collector(&mut self) -> &mut Collector<'a> {
        self.collector
    }

    pub(super) fn finish(self) -> Vec<Attempt> {
        self.attempts
    }

    /// Asks, unless it was asked before, and writes down what came of it. `None` when there is no answer, or none that is new.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when nothing more may be asked at all.
    pub(super) fn ask(&mut self, question: &Question<'_>) -> Result<Option<Answer>> {
        let Question { sought, url, certificate, body } = *question;
        let key = (sought, url.to_owned());
        if let Some(place) = self.asked.get(&key).copied()
            && let Some(attempt) = self.attempts.get_mut(place)
            // A responder that answers is asked about each certificate.
            && (body.is_none() || attempt.outcome.as_ref().is_err_and(|error| error.kind() != ErrorKind::Rejected))
        {
            if !attempt.certificates.contains(certificate) {
                attempt.certificates.push(certificate.clone());
            }
            return Ok(None);
        }
        self.fetches = self
            .fetches
            .checked_sub(1)
            .ok_or_else(|| Error::limit("more addresses than the limit on collecting allows"))?;
        let place = self.attempts.len();
        let answer = match self.collector.guard.check_url(url) {
            Ok(()) => self.exchange(question)?,
            Err(error) => Err(error),
        };
        let (outcome, octets) = match answer {
            Ok(octets) => (Ok(()), Some(octets)),
            Err(error) => (Err(error), None),
        };
        self.asked.insert(key, place);
        self.attempts.push(Attempt { sought, url: url.to_owned(), certificates: vec![certificate.clone()], outcome });
        Ok(octets.map(|octets| Answer { octets, place }))
    }

    /// Writes down that an answer is not what was sought.
    pub(super) fn fails(&mut self, place: usize, error: Error) {
        if let Some(attempt) = self.attempts.get_mut(place) {
            attempt.outcome = Err(error);
        }
    }

    /// The outer error ends the collection, the inner one this request.
    fn exchange(&mut self, question: &Question<'_>) -> Result<Result<Vec<u8>>> {
        if self.octets == 0 {
            return Err(Error::limit("more octets than the limit on collecting allows"));
        }
        let time = self.collector.time_left.as_mut().map(|left| left());
        if time == Some(Duration::ZERO) {
            return Err(Error::limit("the time for collecting has passed"));
        }
        let limits = &self.collector.limits;
        let most = match question.sought {
            Sought::Crl | Sought::DeltaCrl => limits.crl_octets,
            Sought::Issuer | Sought::OcspResponse => limits.answer_octets,
        };
        let mut exchange = match question.body {
            Some(body) => Exchange {
                content_type: ocsp::REQUEST_TYPE,
                accept: ocsp::RESPONSE_TYPE,
                ..Exchange::new(question.url, body)
            },
            None => Exchange::get(question.url),
        };
        exchange.limit = most.min(self.octets);
        exchange.time = time;
        let answer =
            self.collector.transport.exchange(&exchange).and_then(|octets| match octets.len() > exchange.limit {
                true => Err(Error::limit("the answer of the server is longer than the limit allows")),
                false => Ok(octets),
            });
        // An answer that was given up was read as far as the limit.
        self.octets -= match &answer {
            Ok(octets) => octets.len(),
            Err(error) if error.kind() == ErrorKind::LimitExceeded => exchange.limit,
            Err(_) => 0,
        };
        Ok(answer)
    }
}

/// What was answered, and where it is written down that it was.
pub(super) struct Answer {
    pub(super) octets: Vec<u8>,
    pub(super) place: usize,
}
