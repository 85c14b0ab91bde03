//! Paths that were found, for questions that are asked again.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::mem;

use super::{PathFailure, PathQuery, Purpose, VerifiedPath, find_path};
use crate::limits::Budget;
use crate::oid::Oid;
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;

/// Certification paths that were found, kept by whoever validates signatures of the same people again and again.
///
/// [`find`](Self::find) answers as [`find_path`] does, without its work where the same was asked before: the same target,
/// candidates and anchors, octet for octet and in the same order, for the same purpose and policies, at a time from which no
/// beginning and no end of the validity of any of these certificates lies between. The signatures in a path and everything
/// else in it are a function of these, so that the answer is the one that a search would give.
///
/// A path goes on holding when other candidates come along. They are compared all the same: another path might be found over
/// them, of certificates that were revoked or not, and a verdict must not depend on what was validated before.
///
/// Failures are not kept, nor anything of revocation.
///
/// ```
/// use seing::key::{KeyKind, os_entropy};
/// use seing::pki::path::KnownPaths;
/// use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// use seing::time::Time;
///
/// let now = Time::parse_rfc3339("2026-11-23T10:00:00Z")?;
/// let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
/// let anchors = pki.trust_anchors();
/// let shop = seing::Identity::new(pki.merchant.key, pki.merchant.chain)?;
///
/// let mut known = KnownPaths::new(10_000);
/// for order in [b"one desk, 1200 MAD", b"two lamps, 300 MAD"] {
///     let signed = seing::sign(order, &shop).claimed_at(now).finish()?;
///     seing::verify(&signed).trust(&anchors).known_paths(&mut known).at(now).report()?.require_passed()?;
/// }
/// assert_eq!(known.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct KnownPaths {
    paths: Recent<Question, Kept>,
    /// Those of the paths, so that their copies need not be read again.
    certificates: Recent<Certificate, ()>,
}

impl KnownPaths {
    /// No path yet, and room for so many. Where there are more, those go that were not asked for the longest.
    pub fn new(most: usize) -> Self {
        Self { paths: Recent::new(most), certificates: Recent::new(most.saturating_mul(2)) }
    }

    /// How many paths there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The path that was found before, or else the one that [`find_path`] finds.
    ///
    /// # Errors
    ///
    /// As [`find_path`].
    pub fn find(&mut self, query: &PathQuery<'_>, budget: &mut Budget) -> Result<VerifiedPath, PathFailure> {
        let Some(question) = Question::new(query) else { return find_path(query, budget) };
        if let Some(kept) = self.paths.get(&question)
            && kept.holds_at(query.time)
        {
            return Ok(kept.path.clone());
        }
        let path = find_path(query, budget)?;
        if let Some(kept) = Kept::new(query, &path) {
            for certificate in path.certificates() {
                self.certificates.insert(certificate.clone(), ());
            }
            self.paths.insert(question, kept);
        }
        Ok(path)
    }

    /// A certificate of one of the paths that has these octets.
    pub(crate) fn certificate(&self, der: &[u8]) -> Option<&Certificate> {
        self.certificates.key(der)
    }
}

impl Default for KnownPaths {
    /// Room for a thousand paths.
    fn default() -> Self {
        Self::new(1000)
    }
}

/// What a search depends on, but for the time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Question {
    target: Certificate,
    candidates: Vec<Certificate>,
    anchors: TrustAnchors,
    purpose: Purpose,
    purpose_throughout: bool,
    policies: Option<Vec<Oid>>,
    require_policy: bool,
    inhibit_policy_mapping: bool,
    inhibit_any_policy: bool,
}

impl Question {
    /// `None` where it is too large to be kept.
    fn new(query: &PathQuery<'_>) -> Option<Self> {
        // Every field by its name: what is asked for one day must be compared too.
        let PathQuery {
            target,
            candidates,
            anchors,
            time: _,
            purpose,
            purpose_throughout,
            policies,
            require_policy,
            inhibit_policy_mapping,
            inhibit_any_policy,
        } = *query;
        let octets = candidates.iter().fold(target.der().len(), |sum, candidate| sum + candidate.der().len());
        (octets <= LARGEST).then(|| Self {
            target: target.clone(),
            candidates: candidates.to_vec(),
            anchors: anchors.clone(),
            purpose,
            purpose_throughout,
            policies: policies.map(<[Oid]>::to_vec),
            require_policy,
            inhibit_policy_mapping,
            inhibit_any_policy,
        })
    }
}

/// Octets of certificates in a question that is kept: a stranger chooses the candidates. Those of real signatures are under
/// ten, of one or two thousand octets each.
const LARGEST: usize = 64 << 10;

impl Hash for Question {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.target.hash(state);
    }
}

#[derive(Clone, Debug)]
struct Kept {
    path: VerifiedPath,
    after: Option<Time>,
    before: Option<Time>,
}

impl Kept {
    /// A path, for the times between the two nearest ones at which the validity of a certificate changes. `None` where the time
    /// asked for is itself one.
    fn new(query: &PathQuery<'_>, path: &VerifiedPath) -> Option<Self> {
        let (mut after, mut before) = (None, None);
        let given = query.candidates.iter().chain(query.anchors.iter());
        for certificate in std::iter::once(query.target).chain(given) {
            // The last second is valid to its end (RFC 5280 §4.1.2.5).
            let last = certificate.not_after();
            for change in [certificate.not_before(), last, last.plus_seconds(1)] {
                match change.cmp(&query.time) {
                    std::cmp::Ordering::Less => after = after.max(Some(change)),
                    std::cmp::Ordering::Equal => return None,
                    std::cmp::Ordering::Greater => {
                        before = Some(before.map_or(change, |before: Time| before.min(change)));
                    }
                }
            }
        }
        Some(Self { path: path.clone(), after, before })
    }

    fn holds_at(&self, time: Time) -> bool {
        self.after.is_none_or(|after| after < time) && self.before.is_none_or(|before| time < before)
    }
}

/// A map that forgets what was not asked for the longest: when the half of its room is full of what was asked lately, the rest
/// goes.
#[derive(Clone, Debug)]
struct Recent<K, V> {
    lately: HashMap<K, V>,
    before: HashMap<K, V>,
    half: usize,
}

impl<K: Hash + Eq, V> Recent<K, V> {
    fn new(most: usize) -> Self {
        Self { lately: HashMap::new(), before: HashMap::new(), half: most.div_ceil(2) }
    }

    fn len(&self) -> usize {
        self.lately.len() + self.before.len()
    }

    fn get(&mut self, key: &K) -> Option<&V> {
        if !self.lately.contains_key(key)
            && let Some((key, value)) = self.before.remove_entry(key)
        {
            self.insert(key, value);
        }
        self.lately.get(key)
    }

    fn key<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&K>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.lately.get_key_value(key).or_else(|| self.before.get_key_value(key)).map(|(key, _)| key)
    }

    fn insert(&mut self, key: K, value: V) {
        if self.half == 0 {
            return;
        }
        self.before.remove(&key);
        if self.lately.len() >= self.half && !self.lately.contains_key(&key) {
            self.before = mem::take(&mut self.lately);
        }
        self.lately.insert(key, value);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use crate::key::{KeyKind, Signer, SoftwareKey, os_entropy};
    use crate::limits::Limits;
    use crate::oid;
    use crate::pki::issue::Template;
    use crate::pki::path::PathFault;

    const DAY: i64 = 86_400;

    struct Pki {
        key: SoftwareKey,
        root: Certificate,
        signer: Certificate,
        other: Certificate,
    }

    fn start() -> Time {
        Time::parse_rfc3339("2026-01-01T00:00:00Z").unwrap()
    }

    /// On this day, at noon.
    fn on(day: i64) -> Time {
        start().plus_seconds(day * DAY + DAY / 2)
    }

    /// A certificate from the first day to the last.
    fn certificate(name: &str, days: (i64, i64), issuer: Option<&Certificate>, key: &SoftwareKey) -> Certificate {
        let name = [(oid::COMMON_NAME, name)];
        let (from, until) = (start().plus_seconds(days.0 * DAY), start().plus_seconds(days.1 * DAY - 1));
        let template = Template::new(&name, key.public_key(), from, until).unwrap();
        match issuer {
            Some(issuer) => template.issued_by(issuer, key, &mut os_entropy).unwrap(),
            None => template.authority(None).self_signed(key, &mut os_entropy).unwrap(),
        }
    }

    fn pki() -> Pki {
        let key = SoftwareKey::generate(KeyKind::Ed25519, &mut os_entropy).unwrap();
        let root = certificate("TEST root", (0, 1000), None, &key);
        let signer = certificate("TEST signer", (100, 200), Some(&root), &key);
        let other = certificate("TEST other", (120, 180), Some(&root), &key);
        Pki { key, root, signer, other }
    }

    fn search(known: &mut KnownPaths, query: &PathQuery<'_>) -> Result<VerifiedPath, PathFailure> {
        known.find(query, &mut Budget::new(&Limits::default()))
    }

    /// The path where no search is needed: this budget is for none.
    fn recall(known: &mut KnownPaths, query: &PathQuery<'_>) -> Option<VerifiedPath> {
        let limits = Limits { path_steps: 0, ..Limits::default() };
        known
            .find(query, &mut Budget::new(&limits))
            .map_err(|failure| assert_eq!(failure.fault(), PathFault::LimitExceeded))
            .ok()
    }

    #[test]
    fn the_same_question_is_answered_without_a_search() {
        let Pki { root, signer, other, .. } = pki();
        let anchors = TrustAnchors::none().with(root.clone());
        let candidates = [other];
        let query = PathQuery::new(&signer, &candidates, &anchors, on(150)).purpose(Purpose::Signing);
        let mut known = KnownPaths::new(10);
        assert!(recall(&mut known, &query).is_none());
        let found = search(&mut known, &query).unwrap();
        // Read again, as they come with every document.
        let (target, same) = (Certificate::parse(signer.der()).unwrap(), TrustAnchors::none().with(root.clone()));
        let query = PathQuery::new(&target, &candidates, &same, on(150)).purpose(Purpose::Signing);
        let recalled = recall(&mut known, &query).unwrap();
        assert_eq!(recalled.certificates(), [signer.clone(), root.clone()]);
        assert_eq!(recalled.signature_algorithms(), found.signature_algorithms());
        assert_eq!(recalled.not_checked(), found.not_checked());
        assert_eq!(known.certificate(signer.der()), Some(&signer));
        assert_eq!(known.len(), 1);
    }

    #[test]
    fn no_path_is_recalled_for_anything_else() {
        let Pki { key, root, signer, other } = pki();
        let anchors = TrustAnchors::none().with(root.clone());
        let candidates = [other.clone()];
        let asked = PathQuery::new(&signer, &candidates, &anchors, on(150)).purpose(Purpose::Signing);
        let mut known = KnownPaths::new(10);
        assert!(search(&mut known, &asked).is_ok());

        // Of the same name and key, and another certificate.
        let again = certificate("TEST root", (0, 1000), None, &key);
        let [more, others, nobody] =
            [anchors.clone().with(again.clone()), TrustAnchors::none().with(again), TrustAnchors::none()];
        let policies = [oid::ANY_POLICY];
        let questions = [
            PathQuery { anchors: &more, ..asked },
            PathQuery { anchors: &others, ..asked },
            PathQuery { candidates: &[], ..asked },
            PathQuery { candidates: &[other.clone(), root.clone()], ..asked },
            PathQuery { target: &other, ..asked },
            asked.purpose(Purpose::Any),
            asked.purpose(Purpose::Eku(oid::KP_TIME_STAMPING)),
            asked.purpose_throughout(),
            asked.policies(&policies),
            asked.require_policy(),
            asked.inhibit_policy_mapping(),
            asked.inhibit_any_policy(),
        ];
        for question in &questions {
            assert!(recall(&mut known, question).is_none(), "{question:?}");
        }
        let failure = search(&mut known, &PathQuery { anchors: &nobody, ..asked }).unwrap_err();
        assert_eq!(failure.fault(), PathFault::NoAnchor);
        assert!(recall(&mut known, &asked).is_some());
    }

    #[test]
    fn a_path_is_recalled_between_two_changes_of_validity() {
        let Pki { root, signer, other, .. } = pki();
        let anchors = TrustAnchors::none().with(root);
        let candidates = [other];
        let at = |time| PathQuery::new(&signer, &candidates, &anchors, time);
        let mut known = KnownPaths::new(10);
        assert!(search(&mut known, &at(on(150))).is_ok());
        // The candidate, which the path does not need, is valid from day 120 to day 179.
        let [begins, ends] = [120, 180].map(|day| start().plus_seconds(day * DAY));
        for (time, within) in [
            (begins, false),
            (begins.plus_seconds(1), true),
            (ends.plus_seconds(-2), true),
            (ends.plus_seconds(-1), false),
            (ends, false),
            (on(110), false),
            (on(190), false),
            (on(50), false),
            (on(250), false),
        ] {
            assert_eq!(recall(&mut known, &at(time)).is_some(), within, "{time}");
        }
        assert_eq!(search(&mut known, &at(on(250))).unwrap_err().fault(), PathFault::Expired);
        assert_eq!(search(&mut known, &at(on(50))).unwrap_err().fault(), PathFault::NotYetValid);
        // In the very second of a change nothing is kept, and nothing that was kept goes.
        assert!(search(&mut known, &at(begins)).is_ok());
        assert!(recall(&mut known, &at(begins)).is_none() && recall(&mut known, &at(on(150))).is_some());
    }

    #[test]
    fn failures_and_large_questions_are_not_kept() {
        let Pki { root, signer, other, .. } = pki();
        let anchors = TrustAnchors::none().with(root.clone());
        let mut known = KnownPaths::new(10);
        assert!(search(&mut known, &PathQuery::new(&signer, &[], &TrustAnchors::none(), on(150))).is_err());
        assert!(search(&mut known, &PathQuery::new(&signer, &[], &anchors, on(250))).is_err());
        let many = vec![other; LARGEST / 100];
        assert!(search(&mut known, &PathQuery::new(&signer, &many, &anchors, on(150))).is_ok());
        assert!(known.is_empty());
        let nothing = &mut KnownPaths::new(0);
        assert!(search(nothing, &PathQuery::new(&signer, &[], &anchors, on(150))).is_ok());
        assert!(nothing.is_empty() && nothing.certificate(root.der()).is_none());
    }

    #[test]
    fn what_was_asked_for_lately_stays() {
        let mut recent = Recent::new(4);
        for number in 0..100 {
            recent.insert(number, ());
            assert!(recent.len() <= 4 && recent.get(&number).is_some());
            assert!(number == 0 || recent.get(&0).is_some(), "asked for every time, and gone at {number}");
        }
        assert!(recent.get(&50).is_none());
    }
}
