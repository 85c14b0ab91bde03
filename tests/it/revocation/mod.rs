//! What lists and OCSP responses prove, held against other people's cases, OpenSSL and hostile input.

mod chain;
mod corpora;
mod forge;
mod hostile;
mod lists;
mod openssl;
mod responses;
mod tamper;

use std::fmt;

use seing::limits::Budget;
use seing::pki::path::VerifiedPath;
use seing::pki::revocation::{RevocationData, RevocationQuery, Statement, Status, statements};
use seing::pki::{Certificate, TrustAnchors};
use seing::time::Time;

/// What a relying party concludes that takes the information as of `time` and asks for no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Good,
    Revoked,
    NotProven,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A relying party with no grace for freshness: RFC 5280 §6.3.3 as of one instant.
pub(crate) struct Relying<'a> {
    pub(crate) candidates: &'a [Certificate],
    pub(crate) anchors: &'a TrustAnchors,
    pub(crate) data: &'a RevocationData,
    pub(crate) time: Time,
}

impl Relying<'_> {
    /// The first certificate of a path that is not good, and what it is instead.
    pub(crate) fn judge_path(&self, path: &VerifiedPath, budget: &mut Budget) -> Result<(), (Certificate, Verdict)> {
        let certificates = path.certificates();
        for (certificate, issuer) in certificates.iter().zip(&certificates[1..]) {
            let verdict = self.judge(certificate, issuer, &mut Vec::new(), budget);
            if verdict != Verdict::Good {
                return Err((certificate.clone(), verdict));
            }
        }
        Ok(())
    }

    pub(crate) fn judge(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        asked: &mut Vec<Certificate>,
        budget: &mut Budget,
    ) -> Verdict {
        if asked.contains(certificate) {
            return Verdict::NotProven;
        }
        asked.push(certificate.clone());
        let query = RevocationQuery::new(certificate, issuer, self.candidates, self.anchors, self.time);
        let found = statements(&query, self.data, budget).unwrap();
        let believed: Vec<&Statement> = found
            .proven
            .iter()
            .filter(|statement| {
                statement.this_update <= self.time
                    && statement.next_update.is_some_and(|next| self.time <= next)
                    && statement
                        .signers
                        .iter()
                        .all(|(signer, above)| self.judge(signer, above, asked, budget) == Verdict::Good)
            })
            .collect();
        asked.pop();
        // The last word counts, and of several last words the gravest.
        let last = believed.iter().map(|statement| statement.this_update).max();
        let (mut good, mut revoked) = (false, false);
        for statement in believed {
            let is_last = Some(statement.this_update) == last;
            match statement.status {
                Status::Good => good |= is_last,
                Status::Revoked { reason, .. } => {
                    revoked |= is_last || reason != seing::pki::Reason::CertificateHold;
                }
            }
        }
        match (revoked, good) {
            (true, _) => Verdict::Revoked,
            (false, true) => Verdict::Good,
            (false, false) => Verdict::NotProven,
        }
    }
}
