//! EN 319 102-1 5.6.2.3: POE extraction.

use std::collections::HashMap;

use crate::ades::TimestampFacts;
use crate::digest::Digest;
use crate::time::Time;

/// Since when each object is known to have existed. Everything at hand exists at the time of validation.
#[derive(Clone, Debug)]
pub(super) struct ProofsOfExistence {
    now: Time,
    proven: HashMap<Digest, Time>,
}

impl ProofsOfExistence {
    /// 5.6.3.4, initialisation: all that is known is that it is there now.
    pub(super) fn new(now: Time) -> Self {
        Self { now, proven: HashMap::new() }
    }

    /// 5.6.2.3.4: what a time-stamp that passed is over existed at its time.
    pub(super) fn extract(&mut self, timestamp: &TimestampFacts) {
        for object in &timestamp.covers {
            let proven = self.proven.entry(*object).or_insert(timestamp.time);
            *proven = timestamp.time.min(*proven);
        }
    }

    /// The earliest time at which the object is known to have existed.
    pub(super) fn of(&self, object: &Digest) -> Time {
        self.proven(object).unwrap_or(self.now)
    }

    /// The same, where something other than its presence proves it.
    pub(super) fn proven(&self, object: &Digest) -> Option<Time> {
        self.proven.get(object).copied().filter(|time| *time <= self.now)
    }
}
