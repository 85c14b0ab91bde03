//! The paved path from octets to a report.

mod evidence;
mod facts;

use std::borrow::Cow;
use std::io::Read;

pub use evidence::{EvidenceVerification, verify_evidence};
pub use facts::{FactsVerification, verify_facts};

use crate::ades::cades::{self, Content};
use crate::ades::stored::{Facts, Subject};
use crate::ades::{Material, SignatureFacts, TimestampFacts, TimestampKind};
use crate::asn1::Tag;
use crate::asn1::read::Reader;
use crate::cms::ContentDigests;
use crate::digest::{self, Digest, digest_reader};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Budget, Limits};
use crate::pki::path::KnownPaths;
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;
use crate::timestamp::{Response, Token};
use crate::validation::{
    Context, Indication, Policy, Report, TimestampReport, until_when, validate, validate_time_stamp,
};

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
        material: None,
        known: None,
        time: None,
        policy: Policy::default(),
        limits: Limits::default(),
        signers: 1,
        until_when: false,
        signature_policies: Vec::new(),
    }
}

/// Starts the verification of a time-stamp token, or of the response that brought it.
pub fn verify_time_stamp(token: &[u8]) -> TimestampVerification<'_> {
    TimestampVerification(verify(token))
}

/// A verification that is being specified.
#[must_use]
pub struct Verification<'a> {
    signed: &'a [u8],
    content: Source<'a>,
    anchors: Option<&'a TrustAnchors>,
    certificates: &'a [Certificate],
    material: Option<&'a Material>,
    known: Option<&'a mut KnownPaths>,
    time: Option<Time>,
    policy: Policy,
    limits: Limits,
    signers: usize,
    until_when: bool,
    signature_policies: Vec<&'a [u8]>,
}

/// A verification of a time-stamp that is being specified.
#[must_use]
pub struct TimestampVerification<'a>(Verification<'a>);

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

    /// Certificates, revocation lists and OCSP responses beside those that the document carries.
    pub fn material(mut self, material: &'a Material) -> Self {
        self.material = Some(material);
        self
    }

    /// Certification paths that were found when other documents were verified, and room for those that are found now. The report
    /// is the same without.
    pub fn known_paths(mut self, known: &'a mut KnownPaths) -> Self {
        self.known = Some(known);
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

    /// How many signers there must be, told apart by their certificates, as in a contract of two parties: nothing in a document
    /// shows that one was taken away.
    pub fn signers(mut self, required: usize) -> Self {
        self.signers = required;
        self
    }

    /// The document of a signature policy to which a signer refers, as it was published. It is compared by its digest; its rules
    /// are for people.
    pub fn signature_policy(mut self, document: &'a [u8]) -> Self {
        self.signature_policies.push(document);
        self
    }

    /// Says too until when the document goes on passing on the present evidence, and what must be renewed first
    /// ([`Report::until`]). It costs a validation for everything that has an end.
    pub fn until_when(mut self) -> Self {
        self.until_when = true;
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
        let content_by_digest = matches!(self.content, Source::Digests(_));
        let algorithms = self.content_algorithms(None)?;
        let mut digests = Vec::new();
        let mut this = self.streamed(&algorithms, &mut digests)?;
        let material = this.added();
        let facts = this.signatures(&material, budget)?;
        let nobody = TrustAnchors::none();
        let known = this.known.take();
        let context = Context::new(this.anchors.unwrap_or(&nobody), &this.policy, time)
            .material(&material)
            .signature_policies(&this.signature_policies);
        let context = known.into_iter().fold(context, Context::known_paths);
        let mut report = validate(&facts, &context, budget)?;
        report.content_by_digest = content_by_digest;
        report.require_signers(this.signers);
        if this.until_when && report.indication() == Indication::Passed {
            report.until = until_when(&facts, &context, &this.limits)?.map(Box::new);
        }
        Ok(report)
    }

    /// What was found and not yet judged, to be stored and given to [`verify_facts`] later. Trust, policy and time play no part.
    ///
    /// # Errors
    ///
    /// As [`report`](Self::report).
    pub fn facts(self) -> Result<Facts> {
        self.bounded()?;
        let budget = &mut Budget::new(&self.limits);
        let algorithms = self.content_algorithms(Some(digest::Algorithm::Sha256))?;
        let mut digests = Vec::new();
        let this = self.streamed(&algorithms, &mut digests)?;
        let material = this.added();
        let signatures = this.signatures(&material, budget)?;
        let content = match this.content {
            Source::Attached => cades::attached_digest(this.signed, &this.limits)?.into_iter().collect(),
            _ => this.known_content(),
        };
        Ok(this.stored(content, &material, Subject::Signatures(signatures)))
    }

    /// What the caller adds to what comes with the document.
    fn added(&self) -> Cow<'a, Material> {
        match self.material {
            Some(material) if self.certificates.is_empty() => Cow::Borrowed(material),
            material => {
                let mut added = material.cloned().unwrap_or_default();
                added.certificates = [self.certificates, &added.certificates].concat();
                Cow::Owned(added)
            }
        }
    }

    fn signatures(&self, added: &Material, budget: &mut Budget) -> Result<Vec<SignatureFacts>> {
        let content = match self.content {
            Source::Octets(octets) => Content::Octets(octets),
            Source::Digests(digests) => Content::Digests(digests),
            Source::Attached | Source::Stream(_) => Content::Attached,
        };
        cades::facts_among(self.signed, content, &added.certificates, self.known.as_deref(), budget)
    }

    /// The hashes that are needed of content that streams by.
    fn content_algorithms(&self, also: Option<digest::Algorithm>) -> Result<Vec<digest::Algorithm>> {
        if !matches!(self.content, Source::Stream(_)) {
            return Ok(Vec::new());
        }
        let (_, mut algorithms) = cades::digest_algorithms(self.signed, &self.limits)?;
        algorithms.extend(also.filter(|also| !algorithms.contains(also)));
        if algorithms.is_empty() {
            algorithms.push(digest::Algorithm::Sha256);
        }
        Ok(algorithms)
    }

    /// The same with the digests of a stream in place of the stream.
    fn streamed<'s>(self, algorithms: &[digest::Algorithm], digests: &'s mut Vec<Digest>) -> Result<Verification<'s>>
    where
        'a: 's,
    {
        let content = match self.content {
            Source::Stream(stream) => {
                *digests = digest_reader(stream, algorithms, |_| ())?;
                Source::Digests(digests)
            }
            other => other,
        };
        Ok(Verification { content, ..self })
    }

    /// What facts say of the content that was given.
    fn known_content(&self) -> Vec<Digest> {
        match self.content {
            Source::Octets(octets) => vec![digest::Algorithm::Sha256.digest(octets)],
            Source::Digests(digests) => digests.to_vec(),
            Source::Attached | Source::Stream(_) => Vec::new(),
        }
    }

    fn stored(&self, content: Vec<Digest>, material: &Material, subject: Subject) -> Facts {
        let document = digest::Algorithm::Sha256.digest(self.signed);
        Facts { document, content, material: material.to_owned(), subject }
    }

    fn time(&self) -> Result<Time> {
        self.time.ok_or_else(no_time)
    }

    fn bounded(&self) -> Result<()> {
        if self.signed.len() > self.limits.document_octets {
            return Err(Error::limit("the signed document is larger than the limit"));
        }
        Ok(())
    }
}

fn no_time() -> Error {
    Error::misuse("the time of validation is missing: say .at(time)")
}

impl<'a> TimestampVerification<'a> {
    /// The document that was time-stamped.
    pub fn content(self, octets: &'a [u8]) -> Self {
        Self(self.0.content(octets))
    }

    /// The document as a stream, which is read once and never held.
    pub fn content_stream(self, stream: impl Read + 'a) -> Self {
        Self(self.0.content_stream(stream))
    }

    /// Digests of the document, where the document itself is elsewhere.
    pub fn content_digests(self, digests: &'a [Digest]) -> Self {
        Self(self.0.content_digests(digests))
    }

    /// Whom to trust.
    pub fn trust(self, anchors: &'a TrustAnchors) -> Self {
        Self(self.0.trust(anchors))
    }

    /// Certificates beside those that the token carries.
    pub fn certificates(self, certificates: &'a [Certificate]) -> Self {
        Self(self.0.certificates(certificates))
    }

    /// Certificates, revocation lists and OCSP responses beside those that the token carries.
    pub fn material(self, material: &'a Material) -> Self {
        Self(self.0.material(material))
    }

    /// Certification paths that were found before, as [`Verification::known_paths`].
    pub fn known_paths(self, known: &'a mut KnownPaths) -> Self {
        Self(self.0.known_paths(known))
    }

    /// The time as of which to validate.
    pub fn at(self, time: Time) -> Self {
        Self(self.0.at(time))
    }

    /// The policy to validate by, in place of the library's default.
    pub fn policy(self, policy: Policy) -> Self {
        Self(self.0.policy(policy))
    }

    /// Verifies, and says what was found.
    ///
    /// # Errors
    ///
    /// As [`Verification::report`]; and `Rejected` when it is a response without a token, with the authority's reason.
    pub fn report(self) -> Result<TimestampReport> {
        let Self(this) = self;
        let time = this.time()?;
        this.bounded()?;
        let budget = &mut Budget::new(&this.limits);
        let octets = token_of(this.signed)?;
        let token = Token::parse(&octets, budget)?;
        let algorithms = this.stamped_algorithms(&token, None)?;
        let mut digests = Vec::new();
        let mut this = this.streamed(&algorithms, &mut digests)?;
        let material = this.added();
        let facts = this.time_stamp(&token, &material, budget)?;
        let nobody = TrustAnchors::none();
        let known = this.known.take();
        let context = Context::new(this.anchors.unwrap_or(&nobody), &this.policy, time).material(&material);
        let context = known.into_iter().fold(context, Context::known_paths);
        validate_time_stamp(&facts, &context, budget)
    }

    /// What was found and not yet judged, as [`Verification::facts`].
    ///
    /// # Errors
    ///
    /// As [`report`](Self::report).
    pub fn facts(self) -> Result<Facts> {
        let Self(this) = self;
        this.bounded()?;
        let budget = &mut Budget::new(&this.limits);
        let octets = token_of(this.signed)?;
        let token = Token::parse(&octets, budget)?;
        let algorithms = this.stamped_algorithms(&token, Some(digest::Algorithm::Sha256))?;
        let mut digests = Vec::new();
        let this = this.streamed(&algorithms, &mut digests)?;
        let material = this.added();
        let facts = this.time_stamp(&token, &material, budget)?;
        Ok(this.stored(this.known_content(), &material, Subject::TimeStamp(Box::new(facts))))
    }
}

impl Verification<'_> {
    fn time_stamp(&self, token: &Token, added: &Material, budget: &mut Budget) -> Result<TimestampFacts> {
        let stamped = match self.content {
            Source::Octets(octets) => ContentDigests::Octets(octets, &[]),
            Source::Digests(digests) => ContentDigests::Digests(digests),
            Source::Attached | Source::Stream(_) => ContentDigests::Missing,
        };
        cades::time_stamp(TimestampKind::Document, token.octets(), stamped, &added.certificates, budget)
    }

    /// The hashes that are needed of a time-stamped document that streams by.
    fn stamped_algorithms(&self, token: &Token, also: Option<digest::Algorithm>) -> Result<Vec<digest::Algorithm>> {
        if !matches!(self.content, Source::Stream(_)) {
            return Ok(Vec::new());
        }
        let algorithm = token.info().message_imprint().digest()?.algorithm();
        Ok(std::iter::once(algorithm).chain(also.filter(|also| *also != algorithm)).collect())
    }
}

/// The token itself, or the one in a response, out of PEM where it is in PEM.
fn token_of(octets: &[u8]) -> Result<Cow<'_, [u8]>> {
    let octets = cades::unwrapped(octets)?;
    let mut fields =
        Reader::new(&octets).sequence("this is no time-stamp token: ContentInfo or TimeStampResp expected")?;
    // A response begins with its status, a token with its content type.
    if fields.optional(Tag::SEQUENCE)?.is_none() {
        return Ok(octets);
    }
    let response = Response::parse(&octets)?;
    match response.token() {
        Some(token) => Ok(Cow::Owned(token.to_vec())),
        None => Err(Error::new(ErrorKind::Rejected, "the response carries no token").with(response.summary())),
    }
}
