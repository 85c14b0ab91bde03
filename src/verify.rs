//! The paved path from octets to a report.

use std::io::Read;

use crate::ades::cades::{self, Content};
use crate::ades::{TimestampFacts, TimestampKind};
use crate::cms::ContentDigests;
use crate::digest::{self, Digest, digest_reader};
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;
use crate::validation::{Context, Policy, Report, TimestampReport, validate, validate_time_stamp};

/// Starts the verification of a signed document.
///
/// Nothing is fetched, and no clock is read. Without trust anchors the mathematics is still done, and the signatures are
/// INDETERMINATE at best.
///
/// See the [crate's first example](crate).
pub fn verify(signed: &[u8]) -> Verification<'_> {
    Verification {
        signed,
        content: Source::Attached,
        anchors: None,
        certificates: &[],
        time: None,
        policy: Policy::default(),
        limits: Limits::default(),
        signers: 1,
    }
}

/// A verification that is being specified.
#[must_use]
pub struct Verification<'a> {
    signed: &'a [u8],
    content: Source<'a>,
    anchors: Option<&'a TrustAnchors>,
    certificates: &'a [Certificate],
    time: Option<Time>,
    policy: Policy,
    limits: Limits,
    signers: usize,
}

enum Source<'a> {
    Attached,
    Octets(&'a [u8]),
    Stream(Box<dyn Read + 'a>),
    Digests(&'a [Digest]),
}

impl<'a> Verification<'a> {
    /// The content that was signed, where it is not attached.
    pub fn content(mut self, octets: &'a [u8]) -> Self {
        self.content = Source::Octets(octets);
        self
    }

    /// The content as a stream, which is read once and never held.
    pub fn content_stream(mut self, stream: impl Read + 'a) -> Self {
        self.content = Source::Stream(Box::new(stream));
        self
    }

    /// Digests of the content, where the content itself is elsewhere.
    pub fn content_digests(mut self, digests: &'a [Digest]) -> Self {
        self.content = Source::Digests(digests);
        self
    }

    /// Whom to trust.
    pub fn trust(mut self, anchors: &'a TrustAnchors) -> Self {
        self.anchors = Some(anchors);
        self
    }

    /// Certificates beside those that the document carries: the signer's, or intermediate ones.
    pub fn certificates(mut self, certificates: &'a [Certificate]) -> Self {
        self.certificates = certificates;
        self
    }

    /// The time as of which to validate: now, or a moment of the past or future.
    pub fn at(mut self, time: Time) -> Self {
        self.time = Some(time);
        self
    }

    /// The policy to validate by, in place of the library's default.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The limits to stay within, in place of the default ones.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How many signatures there must be, as in a contract of two parties: nothing in a document shows that one was taken away.
    pub fn signers(mut self, required: usize) -> Self {
        self.signers = required;
        self
    }

    /// Verifies, and says what was found.
    ///
    /// # Errors
    ///
    /// `Malformed` and `Unsupported` when this is no signed document; `LimitExceeded` when it asks for too much work; `Io` when
    /// the content cannot be read; `Misuse` without a time. A signature that does not hold is no error.
    pub fn report(self) -> Result<Report> {
        let time = self.time()?;
        self.bounded()?;
        let budget = &mut Budget::new(&self.limits);
        let streamed;
        let content = match self.content {
            Source::Attached => Content::Attached,
            Source::Octets(octets) => Content::Octets(octets),
            Source::Digests(digests) => Content::Digests(digests),
            Source::Stream(stream) => {
                let (_, mut algorithms) = cades::digest_algorithms(self.signed, &self.limits)?;
                if algorithms.is_empty() {
                    algorithms.push(digest::Algorithm::Sha256);
                }
                streamed = digest_reader(stream, &algorithms, |_| ())?;
                Content::Digests(&streamed)
            }
        };
        let facts = cades::facts(self.signed, content, self.certificates, budget)?;
        let nobody = TrustAnchors::none();
        let context = Context::new(self.anchors.unwrap_or(&nobody), &self.policy, time);
        let mut report = validate(&facts, &context, budget)?;
        report.require_signers(self.signers);
        Ok(report)
    }

    fn time(&self) -> Result<Time> {
        self.time.ok_or_else(|| Error::misuse("the time of validation is missing: say .at(time)"))
    }

    fn bounded(&self) -> Result<()> {
        if self.signed.len() > self.limits.document_octets {
            return Err(Error::limit("the signed document is larger than the limit"));
        }
        Ok(())
    }
}
