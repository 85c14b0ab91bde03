//! Who issued whom, among the certificates at hand.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::limits::Budget;
use crate::pki::Certificate;

/// Certificates and what joins them: names, and signatures that hold.
pub(super) struct Issuers {
    certificates: Vec<Certificate>,
    /// One for each certificate.
    nodes: Vec<Node>,
    places: HashMap<Certificate, usize>,
}

#[derive(Default)]
struct Node {
    is_anchor: bool,
    is_self_signed: bool,
    /// Those that signed it, itself aside.
    issuers: Vec<usize>,
    /// How many certificates were looked at for that.
    compared: usize,
}

impl Issuers {
    pub(super) fn new() -> Self {
        Self { certificates: Vec::new(), nodes: Vec::new(), places: HashMap::new() }
    }

    /// Adds a certificate, unless it is there, and says where it is.
    pub(super) fn add(&mut self, certificate: &Certificate) -> usize {
        let next = self.certificates.len();
        let place = *self.places.entry(certificate.clone()).or_insert(next);
        if place == next {
            self.certificates.push(certificate.clone());
            self.nodes.push(Node::default());
        }
        place
    }

    pub(super) fn add_anchor(&mut self, certificate: &Certificate) {
        let place = self.add(certificate);
        if let Some(node) = self.nodes.get_mut(place) {
            node.is_anchor = true;
        }
    }

    pub(super) fn contains(&self, certificate: &Certificate) -> bool {
        self.places.contains_key(certificate)
    }

    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    pub(super) fn certificate(&self, place: usize) -> Option<Certificate> {
        self.certificates.get(place).cloned()
    }

    pub(super) fn is_anchor(&self, place: usize) -> bool {
        self.nodes.get(place).is_some_and(|node| node.is_anchor)
    }

    /// Whether it is signed with its own key: no other certificate issued it.
    pub(super) fn is_self_signed(&self, place: usize) -> bool {
        self.nodes.get(place).is_some_and(|node| node.is_self_signed)
    }

    /// The certificates at hand that signed this one, itself aside.
    pub(super) fn of(&mut self, place: usize, budget: &mut Budget) -> Result<&[usize]> {
        let (Some(child), Some(node)) = (self.certificates.get(place), self.nodes.get_mut(place)) else {
            return Ok(&[]);
        };
        for (other, candidate) in self.certificates.iter().enumerate().skip(node.compared) {
            if candidate.subject().matches(child.issuer()) {
                budget.signature_check()?;
                match (is_signed_by(child, candidate), other == place) {
                    (true, true) => node.is_self_signed = true,
                    (true, false) => node.issuers.push(other),
                    (false, _) => {}
                }
            }
            node.compared = other + 1;
        }
        Ok(&node.issuers)
    }

    /// Every certificate to which a path upwards leads, nearest first, this one included. Nothing is above an anchor.
    pub(super) fn above(&mut self, place: usize, budget: &mut Budget) -> Result<Vec<usize>> {
        let (mut found, mut seen) = (vec![place], HashSet::from([place]));
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            at += 1;
            if !self.is_anchor(next) {
                found.extend(self.of(next, budget)?.iter().filter(|issuer| seen.insert(**issuer)));
            }
        }
        Ok(found)
    }

    /// Those of [`above`](Self::above) from which an anchor is reached, each with one of its issuers from which it is too. Where
    /// no anchor is reached, all of them that have an issuer.
    pub(super) fn on_paths(&mut self, above: &[usize], budget: &mut Budget) -> Result<Vec<(usize, usize)>> {
        let reached = above.iter().any(|place| self.is_anchor(*place));
        let mut leading: HashSet<usize> =
            above.iter().copied().filter(|place| !reached || self.is_anchor(*place)).collect();
        let mut links = Vec::new();
        let mut linked = HashSet::new();
        loop {
            let before = links.len();
            for place in above.iter().rev().copied().filter(|place| !self.is_anchor(*place)).collect::<Vec<_>>() {
                if linked.contains(&place) {
                    continue;
                }
                if let Some(issuer) = self.of(place, budget)?.iter().find(|issuer| leading.contains(issuer)) {
                    links.push((place, *issuer));
                    linked.insert(place);
                    leading.insert(place);
                }
            }
            if links.len() == before {
                links.reverse();
                return Ok(links);
            }
        }
    }
}

/// A key or an algorithm that is unknown here has signed nothing.
fn is_signed_by(child: &Certificate, issuer: &Certificate) -> bool {
    issuer.public_key().and_then(|key| child.verify_issued_by(key)).is_ok_and(|verified| verified.is_ok())
}
