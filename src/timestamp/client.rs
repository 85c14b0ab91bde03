//! The client: asks an authority, and accepts only what RFC 3161 lets a requester accept.

use std::time::Duration;

use super::pool::{Flaw, Outcome};
use super::token::authority_defects;
use super::{Exchange, Request, Response, Status, Token, Transport};
use crate::cms::{CertificateReference, Check, Defect, Examination, Weight};
use crate::digest::{self, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::{Budget, Limits};
use crate::oid::Oid;
use crate::pki::path::{PathFault, PathQuery, Purpose, find_path};
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;

/// A requester of time-stamps at one authority.
///
/// A token is returned only when everything holds that RFC 3161 §2.2 and §2.4.2 tell a requester to check: the status, the
/// one signature, the digest and its algorithm, the nonce, the policy, the certificate that the token names, its extended key
/// usage (critical, time-stamping alone), its validity at the time of the token, and that time against the caller's. With
/// [`trust`](Self::trust), the certificate must also have a path to an anchor. Whether it was revoked is not asked here.
///
/// ```
/// use seing::digest::Algorithm;
/// use seing::key::os_entropy;
/// use seing::oid::Oid;
/// use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// use seing::time::Time;
/// use seing::timestamp::{Authority, Client, Exchange};
///
/// let now = Time::parse_rfc3339("2026-11-23T10:00:00Z")?;
/// let pki = ThrowawayPki::new(now, &Kinds::default(), &mut os_entropy)?;
/// let anchors = pki.trust_anchors();
/// let tsa = pki.time_stamp_authority;
/// let authority = Authority::new(tsa.key, tsa.chain, Oid::parse("1.3.6.1.4.1.32473.1")?)?;
///
/// let in_process = |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, now, &mut os_entropy));
/// let mut client = Client::new("in-process", in_process, os_entropy).trust(anchors);
/// let token = client.stamp(&Algorithm::Sha256.digest(b"order 4711"), now)?;
/// assert_eq!(token.time(), now);
/// # Ok::<(), seing::error::Error>(())
/// ```
///
/// Over the network, the transport is `HttpTransport`, with the feature `http`.
pub struct Client<'a> {
    url: String,
    transport: Box<dyn Transport + Send + 'a>,
    entropy: Randomness<'a>,
    policy: Option<Oid>,
    anchors: TrustAnchors,
    certificates: Vec<Certificate>,
    tolerance: Duration,
    limits: Limits,
}

type Randomness<'a> = Box<dyn FnMut(&mut [u8]) -> Result<()> + Send + 'a>;

impl<'a> Client<'a> {
    /// A client of the authority at this address. `entropy` makes the nonces;
    /// [`os_entropy`](crate::key::os_entropy) is the one to pass.
    pub fn new(
        url: impl Into<String>,
        transport: impl Transport + Send + 'a,
        entropy: impl FnMut(&mut [u8]) -> Result<()> + Send + 'a,
    ) -> Self {
        Self {
            url: url.into(),
            transport: Box::new(transport),
            entropy: Box::new(entropy),
            policy: None,
            anchors: TrustAnchors::none(),
            certificates: Vec::new(),
            tolerance: TOLERANCE,
            limits: Limits::default(),
        }
    }

    /// Asks for tokens under this policy, and accepts no others.
    #[must_use]
    pub fn policy(mut self, policy: Oid) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Accepts only authorities with a path to one of these anchors. Without any, no path is looked for.
    #[must_use]
    pub fn trust(mut self, anchors: TrustAnchors) -> Self {
        self.anchors = anchors;
        self
    }

    /// Certificates that may be missing in the tokens: the authority's, and those between it and the anchors.
    #[must_use]
    pub fn certificates(mut self, certificates: Vec<Certificate>) -> Self {
        self.certificates = certificates;
        self
    }

    /// How far the time of a token may be from the caller's, in whole seconds: five minutes unless said otherwise.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Other bounds on what an authority may answer and make this client compute.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The address of the authority.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Gets a token for a digest. `at` is what the caller's clock says.
    ///
    /// # Errors
    ///
    /// `Rejected` when the authority refuses, or answers with something that does not hold; `Unreachable` and
    /// `LimitExceeded` from the transport; `Misuse` for digests that are too weak to be stamped.
    pub fn stamp(&mut self, digest: &Digest, at: Time) -> Result<Token> {
        let request = self.request(digest)?;
        let answer = self.send(&request, None)?;
        self.accept(&request, &answer, at)
    }

    /// Has a request carried to the authority and its answer back, in the time that there is for it.
    pub(super) fn send(&mut self, request: &Request, time: Option<Duration>) -> Result<Vec<u8>> {
        let body = request.to_der();
        let exchange = Exchange { limit: self.limits.answer_octets, time, ..Exchange::new(&self.url, &body) };
        self.transport.exchange(&exchange)
    }

    /// The request that [`stamp`](Self::stamp) sends, for whoever carries it by other means.
    ///
    /// # Errors
    ///
    /// `Misuse` for digests that are too weak to be stamped; the error of the entropy.
    pub fn request(&mut self, digest: &Digest) -> Result<Request> {
        if is_weak(digest.algorithm()) {
            return Err(Error::misuse("digest too weak to be time-stamped").with(digest.algorithm().name()));
        }
        let mut nonce = [0; 8];
        (self.entropy)(&mut nonce)?;
        // 63 bits: some authorities keep the number in a signed one of 64.
        if let Some(first) = nonce.first_mut() {
            *first &= 0x7f;
        }
        let request = Request::new(digest).with_nonce(&nonce).with_certificates();
        Ok(match self.policy {
            Some(policy) => request.under_policy(policy),
            None => request,
        })
    }

    /// Checks an answer and takes the token out of it. `at` is what the caller's clock says.
    ///
    /// # Errors
    ///
    /// `Rejected` when the authority refused, or when anything in the answer does not hold: the error says what.
    pub fn accept(&self, request: &Request, answer: &[u8], at: Time) -> Result<Token> {
        self.judge(request, answer, at).map(|(token, _certificate)| token).map_err(|refusal| refusal.error)
    }

    /// The same with the certificate of the authority, or with what does not hold.
    pub(super) fn judge(
        &self,
        request: &Request,
        answer: &[u8],
        at: Time,
    ) -> std::result::Result<(Token, Certificate), Refusal> {
        if answer.len() > self.limits.answer_octets {
            let what = "the answer of the time-stamp authority is longer than the limit allows";
            return Err(Error::limit(what).into());
        }
        let budget = &mut Budget::new(&self.limits);
        let response =
            Response::parse(answer).map_err(|error| unreadable("the answer is not a time-stamp response", error))?;
        let octets = granted(&response)?;
        let token = Token::parse(octets, budget)
            .map_err(|error| unreadable("the answer has no time-stamp token in it", error))?;
        self.check_info(request, &token, at)?;
        let found = token.examine(&self.certificates, budget)?;
        let certificate = check_signature(&found)?;
        if let Some(defect) = authority_defects(certificate).first() {
            let what = "the certificate is not that of a time-stamp authority";
            return Err(rejected(Flaw::Purpose, what).with(defect.to_string()));
        }
        let named = token.check_name(certificate);
        let named = named
            .map_err(|error| rejected(Flaw::Name, "the name of the time-stamp authority is none").because(error))?;
        if let Some(defect) = named {
            return Err(rejected(Flaw::Name, "the time-stamp authority is not who it says").with(defect.to_string()));
        }
        check_validity(certificate, token.time())?;
        self.check_path(certificate, &token, budget)?;
        let certificate = certificate.clone();
        Ok((token, certificate))
    }

    fn check_info(&self, request: &Request, token: &Token, at: Time) -> Checked<()> {
        let info = token.info();
        let (asked, stamped) = (request.message_imprint(), info.message_imprint());
        if asked.algorithm() != stamped.algorithm() {
            let detail = format!("{} instead of {}", stamped.algorithm(), asked.algorithm());
            return Err(rejected(Flaw::Imprint, "the token is over a digest of another algorithm").with(detail));
        }
        let stamped =
            stamped.digest().map_err(|error| rejected(Flaw::Imprint, "the token is over no digest").because(error))?;
        if asked.digest()? != stamped {
            return Err(rejected(Flaw::Imprint, "the token is over another digest"));
        }
        if info.nonce() != request.nonce() {
            let what = match info.nonce() {
                None => "the token does not repeat the nonce: it may be an old one",
                Some(_) => "the token has another nonce: it answers another request",
            };
            return Err(rejected(Flaw::Nonce, what));
        }
        if let Some(policy) = request.policy()
            && policy != info.policy()
        {
            let detail = format!("{} instead of {policy}", info.policy());
            return Err(rejected(Flaw::Policy, "the token is under another policy").with(detail));
        }
        let tolerance = i64::try_from(self.tolerance.as_secs()).unwrap_or(i64::MAX);
        if info.time() < at.plus_seconds(-tolerance) || info.time() > at.plus_seconds(tolerance) {
            let detail = format!("{} where it is {at} here", info.time());
            return Err(rejected(Flaw::Time, "the time of the token is too far from the time here").with(detail));
        }
        Ok(())
    }

    fn check_path(&self, certificate: &Certificate, token: &Token, budget: &mut Budget) -> Checked<()> {
        if self.anchors.is_empty() {
            return Ok(());
        }
        let candidates: Vec<Certificate> = token.certificates().iter().chain(&self.certificates).cloned().collect();
        let query =
            PathQuery::new(certificate, &candidates, &self.anchors, token.time()).purpose(Purpose::TimeStamping);
        let path = match find_path(&query, budget) {
            Ok(path) => path,
            Err(failure) if failure.fault() == PathFault::LimitExceeded => {
                return Err(Error::limit("more certification paths than the limit allows").because(failure).into());
            }
            Err(failure) => {
                let what = "the time-stamp authority has no path to a trust anchor";
                let flaw = match failure.fault() {
                    PathFault::Expired => Flaw::Expired,
                    PathFault::NotYetValid => Flaw::NotYetValid,
                    _ => Flaw::Untrusted,
                };
                return Err(rejected(flaw, what).with(failure.to_string()).because(failure));
            }
        };
        let weak = |(signature, key): &&(SignatureAlgorithm, KeyAlgorithm)| is_weak_signature(*signature, *key);
        match path.signature_algorithms().iter().find(weak) {
            Some((signature, key)) => {
                let what = "the certification path of the time-stamp authority is too weak";
                Err(rejected(Flaw::Weak, what).with(format!("{signature}, {key}")))
            }
            None => Ok(()),
        }
    }
}

/// RFC 3161 §2.2 asks for the comparison and sets no number: five minutes suffice for a machine whose clock nobody keeps,
/// and the nonce, not the time, is what tells an old token.
const TOLERANCE: Duration = Duration::from_secs(300);

/// An answer that is not accepted.
pub(super) struct Refusal {
    /// The same for a program.
    pub(super) outcome: Outcome,
    pub(super) error: Error,
}

type Checked<T> = std::result::Result<T, Refusal>;

impl Refusal {
    fn with(self, detail: impl Into<String>) -> Self {
        Self { error: self.error.with(detail), ..self }
    }

    fn because(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { error: self.error.because(source), ..self }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let outcome = match error.kind() {
            ErrorKind::LimitExceeded => Outcome::TooLong,
            _ => Outcome::Unsound(Flaw::Form),
        };
        Self { outcome, error }
    }
}

fn rejected(flaw: Flaw, what: &'static str) -> Refusal {
    Refusal { outcome: Outcome::Unsound(flaw), error: Error::new(ErrorKind::Rejected, what) }
}

fn unreadable(what: &'static str, error: Error) -> Refusal {
    let outcome = match error.kind() {
        ErrorKind::LimitExceeded => Outcome::TooLong,
        _ => Outcome::Unsound(Flaw::Malformed),
    };
    Refusal { outcome, error: Error::new(ErrorKind::Rejected, what).with(error.to_string()).because(error) }
}

/// The token of a response that grants one.
fn granted(response: &Response) -> Checked<&[u8]> {
    let refusal = || {
        let outcome = Outcome::Refused { status: response.status(), failures: response.failures() };
        let error = Error::new(ErrorKind::Rejected, "the time-stamp authority refused the request");
        Refusal { outcome, error: error.with(response.summary()) }
    };
    match response.status() {
        // What the modifications are is not said: the token is held to what was asked, as any other.
        Status::Granted | Status::GrantedWithMods if response.failures().is_empty() => {
            response.token().ok_or_else(refusal)
        }
        Status::Granted
        | Status::GrantedWithMods
        | Status::Rejection
        | Status::Waiting
        | Status::RevocationWarning
        | Status::RevocationNotification => Err(refusal()),
    }
}

/// The certificate by which the signature of a token holds without reservation.
fn check_signature(found: &Examination) -> Checked<&Certificate> {
    let missing = || rejected(Flaw::Certificate, "the certificate of the time-stamp authority is missing");
    let certificate = found.certificate.as_ref().ok_or_else(missing)?;
    match found.reference {
        CertificateReference::Holds => {}
        CertificateReference::Absent => {
            return Err(rejected(Flaw::Certificate, "the token does not say which certificate it was signed with"));
        }
        CertificateReference::Differs => {
            let what = "the token names a certificate that is not there";
            return Err(rejected(Flaw::Certificate, what).with(certificate.subject().to_string()));
        }
    }
    match (found.signature, found.data) {
        (Check::Holds, Check::Holds) => {}
        (Check::Broken, _) => return Err(rejected(Flaw::Signature, "the signature of the token does not hold")),
        (_, Check::Broken) => return Err(rejected(Flaw::Signature, "the token was changed after it was signed")),
        (Check::NotChecked, _) | (_, Check::NotChecked) => {
            let why = found.defects.iter().max_by_key(|defect| defect.weight).map(Defect::to_string);
            let what = "the signature of the token cannot be checked";
            return Err(rejected(Flaw::Signature, what).with(why.unwrap_or_default()));
        }
    }
    if let Some(defect) = found.defects.iter().find(|defect| defect.weight > Weight::Departure) {
        return Err(rejected(Flaw::Form, "the token is not as its standard wants it").with(defect.to_string()));
    }
    let key = certificate.public_key()?.algorithm();
    match found.algorithm {
        Some(algorithm) if !is_weak_signature(algorithm, key) => Ok(certificate),
        Some(algorithm) => {
            let what = "the signature of the token is too weak for a new one";
            Err(rejected(Flaw::Weak, what).with(format!("{algorithm}, {key}")))
        }
        None => Err(rejected(Flaw::Signature, "the signature of the token cannot be checked")),
    }
}

fn check_validity(certificate: &Certificate, time: Time) -> Checked<()> {
    let (flaw, what) = if time < certificate.not_before() {
        (Flaw::NotYetValid, "the certificate of the time-stamp authority is not yet valid at the time of the token")
    } else if time > certificate.not_after() {
        (Flaw::Expired, "the certificate of the time-stamp authority has expired at the time of the token")
    } else {
        return Ok(());
    };
    Err(rejected(flaw, what).with(format!(
        "{} to {}, token of {time}",
        certificate.not_before(),
        certificate.not_after()
    )))
}

/// SHA-1 and the 224-bit functions are there to verify what is old.
fn is_weak(algorithm: digest::Algorithm) -> bool {
    algorithm.length() < 32
}

/// RSA and DSA under 2048 bits likewise.
fn is_weak_signature(signature: SignatureAlgorithm, key: KeyAlgorithm) -> bool {
    let short = match key {
        KeyAlgorithm::Rsa(bits) | KeyAlgorithm::Dsa(bits) => bits < 2048,
        KeyAlgorithm::Ed25519
        | KeyAlgorithm::P256
        | KeyAlgorithm::P384
        | KeyAlgorithm::P521
        | KeyAlgorithm::MlDsa(_) => false,
    };
    short || signature.digest().is_some_and(is_weak)
}

impl std::fmt::Debug for Client<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("url", &self.url).field("policy", &self.policy).finish_non_exhaustive()
    }
}
