//! The search: depth first, from the target upwards.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::policies::PolicySets;
use super::validating::{self, Fault};
use super::{NotChecked, PathFailure, PathFault, PathQuery, Verified, VerifiedPath};
use crate::error::{Error, Result};
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::Budget;
use crate::oid;
use crate::pki::Certificate;

/// Certificates in a path, anchor included: OpenSSL's X509_DEFAULT_VERIFY_DEPTH and the two ends. Real paths have 3 or 4.
const LONGEST_PATH: usize = 102;

pub(super) fn search(query: &PathQuery<'_>, budget: &mut Budget) -> std::result::Result<VerifiedPath, PathFailure> {
    // A target that is trusted as it stands needs no issuer, but what it is used for must still be allowed by it.
    // Octet for octet: nobody vouches for another certificate that has the name and the key of an anchor.
    if query.anchors.contains(query.target) {
        return match validating::validate(&[query.target], query, budget) {
            Ok(policies) => Ok(verified(&[query.target], Vec::new(), policies)),
            Err(Fault::Hard(failure) | Fault::Unfit(failure) | Fault::OutOfTime(failure)) => {
                Err(failure.along(vec![query.target.clone()]))
            }
            Err(Fault::Limit(limit)) => Err(over(&limit)),
        };
    }
    let mut search = Search::new(query);
    match search.extend(&mut vec![0], budget) {
        Ok(Some(path)) => Ok(path),
        Ok(None) => Err(search.failure()),
        Err(limit) => Err(over(&limit)),
    }
}

fn over(limit: &Error) -> PathFailure {
    PathFailure::new(PathFault::LimitExceeded).with(limit.to_string())
}

struct Search<'a> {
    query: &'a PathQuery<'a>,
    /// The target, the anchors, then the candidates.
    nodes: Vec<Node<'a>>,
    by_subject: HashMap<&'a [u8], Vec<usize>>,
    /// The issuers of each certificate that was looked at, the most promising first.
    issuers: HashMap<usize, Rc<[usize]>>,
    /// What came out for a certificate and the key of an issuer, so that cross-certificates repeat no mathematics.
    verified: HashMap<(usize, usize), Signature>,
    best: Option<(Rank, PathFailure)>,
}

#[derive(Clone, Copy)]
struct Node<'a> {
    certificate: &'a Certificate,
    is_anchor: bool,
    /// The number of its [`Identity`], which may be long.
    identity: usize,
}

/// A subject and its key: what a certificate is about, and what may stand only once in a path.
type Identity<'a> = (&'a [u8], &'a [u8]);

#[derive(Clone)]
enum Signature {
    Holds(SignatureAlgorithm, KeyAlgorithm),
    Mismatch,
    Unusable(String),
}

/// How far a path came, in ascending order. An issuer that did not sign says more than none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Incomplete { length: usize, issuer_is_known: bool },
    Faulty,
    Unfit,
    OutOfTime,
}

impl<'a> Search<'a> {
    fn new(query: &'a PathQuery<'a>) -> Self {
        let mut identities: HashMap<Identity<'_>, usize> = HashMap::new();
        let mut node = |certificate, is_anchor| {
            let next = identities.len();
            Node { certificate, is_anchor, identity: *identities.entry(identity(certificate)).or_insert(next) }
        };
        let mut nodes = vec![node(query.target, false)];
        nodes.extend(query.anchors.iter().map(|anchor| node(anchor, true)));
        let trusted: HashSet<usize> = nodes.iter().filter(|node| node.is_anchor).map(|node| node.identity).collect();
        let mut seen = HashSet::from([query.target.der()]);
        for candidate in query.candidates.iter().filter(|candidate| seen.insert(candidate.der())) {
            let candidate = node(candidate, false);
            // Another certificate of an anchor's name and key leads nowhere that the anchor does not end.
            if !trusted.contains(&candidate.identity) {
                nodes.push(candidate);
            }
        }
        let mut by_subject: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (place, node) in nodes.iter().enumerate() {
            // RFC 5280 §4.1.2.4: an issuer has a name.
            if !node.certificate.subject().is_empty() {
                by_subject.entry(node.certificate.subject().folded()).or_default().push(place);
            }
        }
        Self { query, nodes, by_subject, issuers: HashMap::new(), verified: HashMap::new(), best: None }
    }

    /// Extends a path by one certificate, and so on until it ends at an anchor and holds.
    fn extend(&mut self, path: &mut Vec<usize>, budget: &mut Budget) -> Result<Option<VerifiedPath>> {
        let Some((child, child_node)) = path.last().and_then(|last| Some((*last, *self.nodes.get(*last)?))) else {
            return Ok(None);
        };
        let length = path.len();
        if length >= LONGEST_PATH {
            self.record(Rank::Incomplete { length, issuer_is_known: false }, path, || {
                PathFailure::new(PathFault::LimitExceeded)
            });
            return Ok(None);
        }
        let issuers = self.issuers_of(child, child_node.certificate);
        for issuer in issuers.iter().copied() {
            budget.path_step()?;
            let Some(node) = self.nodes.get(issuer).copied() else { continue };
            if self.nodes_of(path).any(|above| above.identity == node.identity) {
                continue;
            }
            let fault = match self.signature(child, child_node.certificate, &node, budget)? {
                Signature::Holds(..) => None,
                Signature::Mismatch => Some(PathFailure::new(PathFault::SignatureMismatch)),
                Signature::Unusable(why) => Some(PathFailure::new(PathFault::Algorithm).with(why)),
            };
            if let Some(failure) = fault {
                self.record(Rank::Incomplete { length, issuer_is_known: true }, path, || {
                    failure.of(child_node.certificate, length - 1)
                });
                continue;
            }
            path.push(issuer);
            let found = if node.is_anchor { self.conclude(path, budget)? } else { self.extend(path, budget)? };
            if found.is_some() {
                return Ok(found);
            }
            path.pop();
        }
        self.record(Rank::Incomplete { length, issuer_is_known: false }, path, || {
            let detail = if child_node.certificate.is_self_issued() {
                "self-issued, and no trust anchor".to_owned()
            } else {
                format!("issued by {}", child_node.certificate.issuer())
            };
            PathFailure::new(PathFault::NoAnchor).of(child_node.certificate, length - 1).with(detail)
        });
        Ok(None)
    }

    /// Validates a path that ends at an anchor.
    fn conclude(&mut self, path: &[usize], budget: &mut Budget) -> Result<Option<VerifiedPath>> {
        // Every certificate of the path is looked at again.
        for _certificate in path {
            budget.path_step()?;
        }
        let certificates: Vec<&Certificate> = self.nodes_of(path).map(|node| node.certificate).collect();
        let (rank, failure) = match validating::validate(&certificates, self.query, budget) {
            Ok(policies) => {
                let links = path.iter().zip(self.nodes_of(path).skip(1));
                let algorithms =
                    links.filter_map(|(child, issuer)| match self.verified.get(&(*child, issuer.identity)) {
                        Some(Signature::Holds(algorithm, key)) => Some((*algorithm, *key)),
                        Some(Signature::Mismatch | Signature::Unusable(_)) | None => None,
                    });
                return Ok(Some(verified(&certificates, algorithms.collect(), policies)));
            }
            Err(Fault::Hard(failure)) => (Rank::Faulty, failure),
            Err(Fault::Unfit(failure)) => (Rank::Unfit, failure),
            Err(Fault::OutOfTime(failure)) => (Rank::OutOfTime, failure),
            Err(Fault::Limit(limit)) => return Err(limit),
        };
        self.record(rank, path, || failure);
        Ok(None)
    }

    fn nodes_of(&self, path: &[usize]) -> impl Iterator<Item = &Node<'a>> {
        path.iter().filter_map(|place| self.nodes.get(*place))
    }

    /// Who may have issued a certificate, by name alone (RFC 5280 §7.1).
    fn issuers_of(&mut self, place: usize, child: &'a Certificate) -> Rc<[usize]> {
        if let Some(issuers) = self.issuers.get(&place) {
            return Rc::clone(issuers);
        }
        let mut issuers = self.by_subject.get(child.issuer().folded()).cloned().unwrap_or_default();
        issuers.sort_by_key(|issuer| self.nodes.get(*issuer).map(|node| self.promise(child, node)));
        let issuers: Rc<[usize]> = issuers.into();
        self.issuers.insert(place, Rc::clone(&issuers));
        issuers
    }

    /// How promising an issuer is, the least first: its key identifier, then being an anchor, then its validity.
    fn promise(&self, child: &Certificate, issuer: &Node<'_>) -> (u8, bool, bool) {
        let identifier = match (child.authority_key_identifier(), issuer.certificate.subject_key_identifier()) {
            (Some(wanted), Some(found)) if wanted == found => 0,
            (Some(_), Some(_)) => 2,
            (None, _) | (_, None) => 1,
        };
        let time = self.query.time;
        let in_time = issuer.certificate.not_before() <= time && time <= issuer.certificate.not_after();
        (identifier, !issuer.is_anchor, !in_time)
    }

    fn signature(
        &mut self,
        place: usize,
        child: &'a Certificate,
        issuer: &Node<'_>,
        budget: &mut Budget,
    ) -> Result<Signature> {
        let link = (place, issuer.identity);
        if let Some(known) = self.verified.get(&link) {
            return Ok(known.clone());
        }
        budget.signature_checks(issuer.certificate.public_key().map_or(1, |key| key.algorithm().checks()))?;
        budget.hash(child.to_be_signed().len())?;
        let outcome = || {
            let (algorithm, key) = (child.signature_algorithm()?, issuer.certificate.public_key()?);
            Ok(match child.verify_issued_by(key)? {
                Ok(()) => Signature::Holds(algorithm, key.algorithm()),
                Err(_mismatch) => Signature::Mismatch,
            })
        };
        let signature = outcome().unwrap_or_else(|error: Error| Signature::Unusable(error.to_string()));
        self.verified.insert(link, signature.clone());
        Ok(signature)
    }

    /// Keeps the failure if it came further than those before.
    fn record(&mut self, rank: Rank, path: &[usize], failure: impl FnOnce() -> PathFailure) {
        if self.best.as_ref().is_none_or(|(best, _)| rank > *best) {
            let path = self.nodes_of(path).map(|node| node.certificate.clone()).collect();
            self.best = Some((rank, failure().along(path)));
        }
    }

    fn failure(self) -> PathFailure {
        self.best.map_or_else(|| PathFailure::new(PathFault::NoAnchor).of(self.query.target, 0), |(_, failure)| failure)
    }
}

fn identity(certificate: &Certificate) -> Identity<'_> {
    (certificate.subject().folded(), certificate.spki())
}

fn verified(
    certificates: &[&Certificate],
    algorithms: Vec<(SignatureAlgorithm, KeyAlgorithm)>,
    policies: PolicySets,
) -> VerifiedPath {
    let below_anchor = certificates.split_last().map_or(&[][..], |(_, below)| below);
    VerifiedPath(Arc::new(Verified {
        certificates: certificates.iter().copied().cloned().collect(),
        algorithms,
        policies,
        not_checked: below_anchor.iter().map(|certificate| revocation(certificate)).collect(),
    }))
}

fn revocation(certificate: &Certificate) -> NotChecked {
    let sources: Vec<String> =
        certificate.ocsp_responders().iter().chain(certificate.crl_distribution_points()).cloned().collect();
    let authority = certificate.basic_constraints().is_some_and(|constraints| constraints.authority);
    let responder =
        certificate.extended_key_usage().is_some_and(|usage| usage.purposes.contains(&oid::KP_OCSP_SIGNING));
    // RFC 9608 §3: it is for end entities alone, and excludes every source. RFC 6960 §4.2.2.2.1 is of responders.
    let waived = (certificate.no_rev_avail() && !authority && sources.is_empty())
        || certificate.validity_assured_short_term()
        || (certificate.ocsp_no_check() && responder);
    NotChecked::Revocation { certificate: certificate.clone(), sources, waived }
}
