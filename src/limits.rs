//! How much work a stranger's bytes may cause.

use crate::error::{Error, Result};

/// Bounds on what is read and tried. Each default says where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Octets of a document that is held in memory (a CMS with its attached content, a certificate file).
    /// 256 MiB: a scanned contract of 500 pages with room to spare; larger contents are signed detached and streamed.
    pub document_octets: usize,
    /// Elements of SETs and SEQUENCEs that are looked at. OpenSSL and Bouncy Castle set none; 100,000 certificates,
    /// attributes and values are beyond any real signature.
    pub elements: usize,
    /// Certificates of one bag. The largest of the test corpora holds 9; the EU's largest real ones some dozens.
    pub certificates: usize,
    /// Revocation lists and OCSP responses of one document. The largest of the test corpora holds 4.
    pub revocation: usize,
    /// Signatures of one document, those of time-stamps included.
    pub signatures: usize,
    /// Events of one journal of a contract. An order has some dozens, and one that is amended every day for years some thousands.
    pub events: usize,
    /// Signature checks in one validation: webpki's 100, the remedy of Go's CVE-2018-16875.
    pub signature_checks: usize,
    /// Certificates tried in path searches. mozilla::pkix and webpki allow 200,000, where a step is cheaper; at this number a
    /// search of the worst certificates ends within a second.
    pub path_steps: usize,
    /// Comparisons of names with name constraints, whose number is a product: webpki's 250,000, which is that of Go's
    /// crypto/x509.
    pub name_comparisons: usize,
    /// Policies and mappings of policies that are looked at in path searches. OpenSSL allows 1,000 nodes to the policy tree
    /// of one path, the remedy of its CVE-2023-0464; this is a hundred times as much for all paths of one run.
    pub policy_steps: usize,
    /// Octets that are hashed in one validation, counted as often as they are hashed: four times the largest document. Certificates
    /// and archive time-stamps may each ask for all of a document once more.
    pub hashed_octets: usize,
    /// Octets of revocation information that signatures hold besides the first that holds them: each signature has its own.
    /// Ten parties and a list of 3 MiB, which is a long one.
    pub copied_octets: usize,
    /// Octets that a time-stamp authority, an OCSP responder or a server of certificates may answer. Real answers are under
    /// 20 KiB.
    pub answer_octets: usize,
    /// Octets of a revocation list that is fetched. 32 MiB: OpenSSL's `OSSL_HTTP_DEFAULT_MAX_CRL_LEN`.
    pub crl_octets: usize,
    /// Octets that are fetched in one collection, all answers together: four lists of the largest kind.
    pub collected_octets: usize,
    /// Addresses that are tried in one collection. A signature with a time-stamp and two authorities above each of the two
    /// certificates needs ten.
    pub fetches: usize,
    /// Addresses of one kind that are tried for one certificate. Real certificates name one or two, of which one may be LDAP.
    pub sources: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_octets: 256 << 20,
            elements: 100_000,
            certificates: 1_000,
            revocation: 1_000,
            signatures: 100,
            events: 10_000,
            signature_checks: 1_000,
            path_steps: 10_000,
            name_comparisons: 250_000,
            policy_steps: 100_000,
            hashed_octets: 1 << 30,
            copied_octets: 32 << 20,
            answer_octets: 1 << 20,
            crl_octets: 32 << 20,
            collected_octets: 128 << 20,
            fetches: 50,
            sources: 8,
        }
    }
}

/// What remains of [`Limits`] in one run. It is passed by `&mut` down every loop over input.
#[derive(Debug)]
pub struct Budget {
    elements: usize,
    certificates: usize,
    revocation: usize,
    signatures: usize,
    events: usize,
    signature_checks: usize,
    path_steps: usize,
    name_comparisons: usize,
    policy_steps: usize,
    hashed_octets: usize,
    copied_octets: usize,
}

impl Budget {
    /// A full budget.
    pub fn new(limits: &Limits) -> Self {
        Self {
            elements: limits.elements,
            certificates: limits.certificates,
            revocation: limits.revocation,
            signatures: limits.signatures,
            events: limits.events,
            signature_checks: limits.signature_checks,
            path_steps: limits.path_steps,
            name_comparisons: limits.name_comparisons,
            policy_steps: limits.policy_steps,
            hashed_octets: limits.hashed_octets,
            copied_octets: limits.copied_octets,
        }
    }

    /// For what was counted before, or was made here.
    pub(crate) fn unlimited() -> Self {
        Self {
            elements: usize::MAX,
            certificates: usize::MAX,
            revocation: usize::MAX,
            signatures: usize::MAX,
            events: usize::MAX,
            signature_checks: usize::MAX,
            path_steps: usize::MAX,
            name_comparisons: usize::MAX,
            policy_steps: usize::MAX,
            hashed_octets: usize::MAX,
            copied_octets: usize::MAX,
        }
    }

    pub(crate) fn element(&mut self) -> Result<()> {
        self.elements(1)
    }

    pub(crate) fn elements(&mut self, count: usize) -> Result<()> {
        spend_many(&mut self.elements, count, "more elements than the limit allows")
    }

    /// For so many octets of revocation information that another signature holds already.
    pub(crate) fn copy(&mut self, octets: usize) -> Result<()> {
        let what = "more revocation information for so many signatures than the limit allows";
        spend_many(&mut self.copied_octets, octets, what)
    }

    /// For so many octets that are hashed.
    pub(crate) fn hash(&mut self, octets: usize) -> Result<()> {
        spend_many(&mut self.hashed_octets, octets, "more octets to hash than the limit allows")
    }

    pub(crate) fn certificate(&mut self) -> Result<()> {
        spend(&mut self.certificates, "more certificates than the limit allows")
    }

    pub(crate) fn revocation(&mut self) -> Result<()> {
        spend(&mut self.revocation, "more revocation lists and responses than the limit allows")
    }

    pub(crate) fn signature(&mut self) -> Result<()> {
        spend(&mut self.signatures, "more signatures than the limit allows")
    }

    /// For one event of a journal, which brings what an ordinary one needs: a signature with its time-stamp, and the certificates of
    /// both. What it needs beyond that is spent like anything else.
    pub(crate) fn event(&mut self) -> Result<()> {
        spend(&mut self.events, "more events than the limit allows")?;
        self.signatures = self.signatures.saturating_add(2);
        self.signature_checks = self.signature_checks.saturating_add(2);
        self.certificates = self.certificates.saturating_add(6);
        self.elements = self.elements.saturating_add(500);
        Ok(())
    }

    pub(crate) fn signature_check(&mut self) -> Result<()> {
        self.signature_checks(1)
    }

    /// For one that is as much work as so many others.
    pub(crate) fn signature_checks(&mut self, count: usize) -> Result<()> {
        spend_many(&mut self.signature_checks, count, "more signature checks than the limit allows")
    }

    pub(crate) fn path_step(&mut self) -> Result<()> {
        spend(&mut self.path_steps, "more certification paths than the limit allows")
    }

    /// For a name of so many octets: a long one costs as much as several.
    pub(crate) fn name_comparison(&mut self, octets: usize) -> Result<()> {
        let what = "more names and name constraints than the limit allows";
        spend_many(&mut self.name_comparisons, 1 + octets / ORDINARY_NAME, what)
    }

    pub(crate) fn policy_step(&mut self) -> Result<()> {
        spend(&mut self.policy_steps, "more certificate policies than the limit allows")
    }
}

fn spend(left: &mut usize, what: &'static str) -> Result<()> {
    spend_many(left, 1, what)
}

fn spend_many(left: &mut usize, count: usize, what: &'static str) -> Result<()> {
    *left = left.checked_sub(count).ok_or_else(|| Error::limit(what))?;
    Ok(())
}

/// The longest host name (RFC 1035 §2.3.4).
const ORDINARY_NAME: usize = 253;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_budget_ends() {
        let mut budget = Budget::new(&Limits { signatures: 1, ..Limits::default() });
        assert!(budget.signature().is_ok());
        assert_eq!(budget.signature().map_err(|e| e.kind()), Err(ErrorKind::LimitExceeded));
    }
}
