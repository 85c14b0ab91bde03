//! Certificate policies: RFC 5280 §6.1 with the policy graph of RFC 9618 §5, whose size is that of the certificates and not,
//! as that of the policy tree, exponential in the length of the path.

use std::collections::{BTreeMap, BTreeSet};

use super::PathQuery;
use crate::error::Result;
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::Certificate;

/// The state variables of §6.1.2 that are of policies.
pub(super) struct Policies<'a> {
    query: &'a PathQuery<'a>,
    /// valid_policy_graph, from the nodes of the first certificate to those of the last. None is NULL.
    graph: Option<Vec<Level<'a>>>,
    /// By policy, the nodes of the last level that have it in their expected_policy_set.
    expected: BTreeMap<&'a Oid, Vec<&'a Oid>>,
    explicit_policy: u64,
    inhibit_any_policy: u64,
    policy_mapping: u64,
}

/// The nodes of one depth, of which there is one for each valid_policy.
#[derive(Default)]
struct Level<'a> {
    /// A node of anyPolicy, whose parent is that of the level above.
    any_policy: bool,
    /// The others, each with its parents. None of them is the node of anyPolicy alone.
    nodes: BTreeMap<&'a Oid, Vec<&'a Oid>>,
}

/// What the policies of a whole path come to (§6.1.5 g).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PolicySets {
    pub(super) authority_constrained: Vec<Oid>,
    pub(super) user_constrained: Vec<Oid>,
}

/// What is wrong with the policies of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PolicyFault {
    /// §6.1.3 f, §6.1.5 g.
    NoneValid,
    /// §6.1.4 a.
    AnyPolicyMapped,
}

/// Where a certificate stands in its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Anchor,
    Intermediate,
    Target,
}

impl<'a> Policies<'a> {
    /// §6.1.2 a and d to f, for a path of `certificates` below the anchor.
    pub(super) fn new(query: &'a PathQuery<'a>, certificates: usize) -> Self {
        let never = u64::try_from(certificates).unwrap_or(u64::MAX).saturating_add(1);
        let unless = |inhibited: bool| if inhibited { 0 } else { never };
        Self {
            query,
            graph: Some(vec![Level { any_policy: true, nodes: BTreeMap::new() }]),
            expected: BTreeMap::new(),
            explicit_policy: unless(query.require_policy),
            inhibit_any_policy: unless(query.inhibit_any_policy),
            policy_mapping: unless(query.inhibit_policy_mapping),
        }
    }

    /// §6.1.3 d to f of one certificate.
    ///
    /// The policies of an anchor are those of which it may speak at all. RFC 5937 intersects the user's with them, which the
    /// graph does when they are its first level; an anchor without the extension may speak of all.
    pub(super) fn process(
        &mut self,
        certificate: &'a Certificate,
        position: Position,
        budget: &mut Budget,
    ) -> Result<std::result::Result<(), PolicyFault>> {
        if certificate.extensions().contains(&oid::CERTIFICATE_POLICIES) {
            let any_policy_counts = match position {
                Position::Anchor => true,
                Position::Intermediate => self.inhibit_any_policy > 0 || certificate.is_self_issued(),
                Position::Target => self.inhibit_any_policy > 0,
            };
            self.grow(certificate.policies(), any_policy_counts, budget)?;
        } else if position != Position::Anchor {
            // §6.1.3 e
            self.graph = None;
        }
        // §6.1.3 f
        let nothing_is_valid = self.explicit_policy == 0 && self.graph.is_none();
        Ok(if nothing_is_valid { Err(PolicyFault::NoneValid) } else { Ok(()) })
    }

    /// §6.1.3 d: adds the level of one certificate.
    fn grow(&mut self, policies: &'a [Oid], any_policy_counts: bool, budget: &mut Budget) -> Result<()> {
        let Some(levels) = &mut self.graph else { return Ok(()) };
        let below_any = levels.last().is_some_and(|level| level.any_policy);
        let mut level = Level::default();
        for policy in policies {
            budget.policy_step()?;
            if *policy == oid::ANY_POLICY {
                continue;
            }
            if let Some(parents) = self.expected.remove(policy) {
                // §6.1.3 d 1 i
                level.nodes.insert(policy, parents);
            } else if below_any {
                // §6.1.3 d 1 ii
                level.nodes.insert(policy, Vec::new());
            }
        }
        if any_policy_counts && policies.contains(&oid::ANY_POLICY) {
            // §6.1.3 d 2: what is expected and was not named.
            level.nodes.append(&mut self.expected);
            level.any_policy = below_any;
        }
        self.expected.clear();
        for policy in level.nodes.keys() {
            budget.policy_step()?;
            self.expected.insert(policy, vec![policy]);
        }
        // §6.1.3 d 3: nodes without children are left in the levels above, where nothing is read from them that does not begin
        // at the last level. Without any there, all of them are childless.
        if level.any_policy || !level.nodes.is_empty() {
            levels.push(level);
        } else {
            self.graph = None;
        }
        Ok(())
    }

    /// §6.1.4 a, b and h to j of a certificate that is not the last.
    pub(super) fn prepare_for_next(
        &mut self,
        certificate: &'a Certificate,
        position: Position,
        budget: &mut Budget,
    ) -> Result<std::result::Result<(), PolicyFault>> {
        let extensions = certificate.extensions();
        let mut domains: BTreeMap<&Oid, BTreeSet<&Oid>> = BTreeMap::new();
        for mapping in &extensions.policy_mappings {
            budget.policy_step()?;
            // §6.1.4 a
            if mapping.issuer_domain == oid::ANY_POLICY || mapping.subject_domain == oid::ANY_POLICY {
                return Ok(Err(PolicyFault::AnyPolicyMapped));
            }
            domains.entry(&mapping.issuer_domain).or_default().insert(&mapping.subject_domain);
        }
        // §6.1.4 b
        if !domains.is_empty() {
            self.map(&domains, budget)?;
        }
        // §6.1.4 h. An anchor is no certificate of the path, so that it does not count.
        if position == Position::Intermediate && !certificate.is_self_issued() {
            self.explicit_policy = self.explicit_policy.saturating_sub(1);
            self.policy_mapping = self.policy_mapping.saturating_sub(1);
            self.inhibit_any_policy = self.inhibit_any_policy.saturating_sub(1);
        }
        // §6.1.4 i and j
        let at_most =
            |counter: &mut u64, skip_certs: Option<u64>| *counter = skip_certs.unwrap_or(*counter).min(*counter);
        at_most(&mut self.explicit_policy, extensions.policy_constraints.require_explicit_policy);
        at_most(&mut self.policy_mapping, extensions.policy_constraints.inhibit_policy_mapping);
        at_most(&mut self.inhibit_any_policy, extensions.inhibit_any_policy);
        Ok(Ok(()))
    }

    fn map(&mut self, domains: &BTreeMap<&'a Oid, BTreeSet<&'a Oid>>, budget: &mut Budget) -> Result<()> {
        let Some(level) = self.graph.as_mut().and_then(|levels| levels.last_mut()) else { return Ok(()) };
        for (issuer_domain, subject_domain) in domains {
            if self.policy_mapping == 0 {
                // §6.1.4 b 2
                level.nodes.remove(issuer_domain);
                self.expected.remove(issuer_domain);
            } else if level.nodes.contains_key(issuer_domain) || level.any_policy {
                // §6.1.4 b 1, where a node that is missing becomes a child of anyPolicy.
                level.nodes.entry(issuer_domain).or_default();
                if let Some(nodes) = self.expected.get_mut(issuer_domain) {
                    nodes.retain(|node| node != issuer_domain);
                }
                for policy in subject_domain {
                    budget.policy_step()?;
                    self.expected.entry(policy).or_default().push(issuer_domain);
                }
            }
        }
        self.expected.retain(|_, nodes| !nodes.is_empty());
        if !level.any_policy && level.nodes.is_empty() {
            self.graph = None;
        }
        Ok(())
    }

    /// §6.1.5 a, b and g, with the last certificate.
    pub(super) fn conclude(mut self, target: &Certificate) -> std::result::Result<PolicySets, PolicyFault> {
        // §6.1.5 a
        self.explicit_policy = self.explicit_policy.saturating_sub(1);
        // §6.1.5 b
        if target.extensions().policy_constraints.require_explicit_policy == Some(0) {
            self.explicit_policy = 0;
        }
        // §6.1.5 g
        let authority_constrained = self.authority_constrained();
        let user_constrained: BTreeSet<&Oid> = match self.query.policies {
            None | Some([oid::ANY_POLICY]) => authority_constrained.clone(),
            Some(wanted) => {
                // Where anyPolicy holds, so does each that the user names.
                let every = authority_constrained.contains(&oid::ANY_POLICY);
                wanted.iter().filter(|policy| every || authority_constrained.contains(policy)).collect()
            }
        };
        if self.explicit_policy == 0 && user_constrained.is_empty() {
            return Err(PolicyFault::NoneValid);
        }
        let owned = |set: BTreeSet<&Oid>| set.into_iter().copied().collect();
        Ok(PolicySets {
            authority_constrained: owned(authority_constrained),
            user_constrained: owned(user_constrained),
        })
    }

    /// The valid policies in the terms of the first authority: from the last level upwards, the nodes below anyPolicy.
    fn authority_constrained(&self) -> BTreeSet<&'a Oid> {
        let Some(levels) = &self.graph else { return BTreeSet::new() };
        let mut constrained = BTreeSet::new();
        let mut reached = BTreeSet::new();
        if let Some(last) = levels.last() {
            reached.extend(last.nodes.keys().copied());
            constrained.extend(last.any_policy.then_some(&oid::ANY_POLICY));
        }
        for level in levels.iter().rev() {
            let mut above = BTreeSet::new();
            for policy in reached {
                match level.nodes.get(policy).map(Vec::as_slice) {
                    Some([]) => {
                        constrained.insert(policy);
                    }
                    Some(parents) => above.extend(parents.iter().copied()),
                    None => {}
                }
            }
            reached = above;
        }
        constrained
    }
}
