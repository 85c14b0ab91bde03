//! Orders that come in at the same time from several threads share one transaction.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{Admission, Order};
use crate::error::{Error, ErrorKind, Result};

/// The orders that wait for the transaction of those before them.
///
/// The first that comes leads: it submits what is there. Whatever comes meanwhile waits, and one of that leads next.
#[derive(Debug, Default)]
pub(super) struct Group {
    waiting: Mutex<Waiting>,
    done: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    next: u64,
    orders: Vec<(u64, Order)>,
    admitted: BTreeMap<u64, std::result::Result<Admission, Arc<Error>>>,
    led: bool,
}

impl Group {
    pub(super) fn submit(
        &self,
        order: Order,
        admit: impl FnOnce(&[Order]) -> Result<Vec<Admission>>,
    ) -> Result<Admission> {
        let mut waiting = self.lock();
        let ticket = waiting.next;
        waiting.next = ticket.wrapping_add(1);
        waiting.orders.push((ticket, order));
        let mut admit = Some(admit);
        loop {
            if let Some(admission) = waiting.admitted.remove(&ticket) {
                return admission.map_err(|error| {
                    Error::new(error.kind(), "the transaction with this order failed").because(error)
                });
            }
            // The second is never so: who has led has its answer.
            let (false, Some(admit)) = (waiting.led, admit.take_if(|_| !waiting.led)) else {
                waiting = self.done.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            waiting.led = true;
            let (tickets, orders): (Vec<u64>, Vec<Order>) = mem::take(&mut waiting.orders).into_iter().unzip();
            drop(waiting);
            let mut lead = Lead { group: self, tickets, admitted: None };
            lead.admitted = Some(admit(&orders));
            drop(lead);
            waiting = self.lock();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // What a thread does under this lock cannot leave it half done.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives everybody an answer, also when the transaction panics.
struct Lead<'g> {
    group: &'g Group,
    tickets: Vec<u64>,
    admitted: Option<Result<Vec<Admission>>>,
}

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        let admitted = self.admitted.take();
        let admitted = admitted.unwrap_or_else(|| Err(Error::new(ErrorKind::Io, "the transaction was broken off")));
        let mut waiting = self.group.lock();
        match admitted {
            Ok(admissions) => {
                let missing = || Err(Arc::new(Error::misuse("store that answers for fewer orders than it was given")));
                let mut admissions = admissions.into_iter();
                for ticket in mem::take(&mut self.tickets) {
                    waiting.admitted.insert(ticket, admissions.next().map_or_else(missing, Ok));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                let each = mem::take(&mut self.tickets).into_iter().map(|ticket| (ticket, Err(Arc::clone(&error))));
                waiting.admitted.extend(each);
            }
        }
        waiting.led = false;
        drop(waiting);
        self.group.done.notify_all();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Barrier;
    use std::thread;

    use super::*;
    use crate::archive::Receipt;
    use crate::digest::Algorithm;
    use crate::time::Time;

    fn order(number: usize) -> Order {
        let at = Time::from_unix(0, 0).unwrap();
        Order::new(number.to_string(), &Algorithm::Sha256.digest(b"a contract"), at).unwrap()
    }

    fn admitted(orders: &[Order]) -> Result<Vec<Admission>> {
        Ok(orders.iter().map(|order| Ok(Receipt::new(*order.digest(), order.since()))).collect())
    }

    /// One transaction runs until five more orders have come; what becomes of it is for the caller to say.
    fn five_behind_one(
        first: impl FnOnce(&[Order]) -> Result<Vec<Admission>> + Send,
        others: impl Fn(&[Order]) -> Result<Vec<Admission>> + Sync,
    ) -> (thread::Result<Result<Admission>>, Vec<Result<Admission>>) {
        let (group, begun, all_there) = (Group::default(), Barrier::new(2), Barrier::new(2));
        thread::scope(|scope| {
            let leading = || {
                group.submit(order(0), |orders| {
                    begun.wait();
                    all_there.wait();
                    first(orders)
                })
            };
            let leader = scope.spawn(move || catch_unwind(AssertUnwindSafe(leading)));
            begun.wait();
            let (group, others) = (&group, &others);
            let behind: Vec<_> =
                (1..6).map(|number| scope.spawn(move || group.submit(order(number), others))).collect();
            while group.lock().orders.len() < 5 {
                thread::yield_now();
            }
            all_there.wait();
            let behind = behind.into_iter().map(|one| one.join().unwrap()).collect();
            (leader.join().unwrap(), behind)
        })
    }

    #[test]
    fn those_who_wait_share_one_transaction() {
        let sizes = Mutex::new(Vec::new());
        let (leader, behind) = five_behind_one(admitted, |orders| {
            sizes.lock().unwrap().push(orders.len());
            admitted(orders)
        });
        assert!(leader.unwrap().unwrap().is_ok());
        assert!(behind.iter().all(|one| matches!(one, Ok(Ok(_)))), "{behind:?}");
        assert_eq!(sizes.into_inner().unwrap(), [5]);
    }

    #[test]
    fn a_transaction_that_fails_is_said_to_everybody_in_it() {
        let full = |_: &[Order]| Err(Error::new(ErrorKind::Unreachable, "the disk is gone"));
        let (leader, behind) = five_behind_one(admitted, full);
        assert!(leader.unwrap().unwrap().is_ok());
        for one in behind {
            assert_eq!(one.unwrap_err().kind(), ErrorKind::Unreachable);
        }
        let (_, behind) = five_behind_one(admitted, |_| Ok(Vec::new()));
        assert!(behind.iter().all(Result::is_err), "{behind:?}");
    }

    #[test]
    fn a_transaction_that_panics_keeps_nobody_waiting() {
        let (leader, behind) = five_behind_one(|_| panic!("a fault of the store"), admitted);
        assert!(leader.is_err());
        assert!(behind.iter().all(|one| matches!(one, Ok(Ok(_)))), "{behind:?}");
    }
}
