//! Fetches what is missing for a validation: certificates of issuers, revocation lists, OCSP responses.
//!
//! ```text
//! certificates ──▶ Collector ── Transport ──▶ caIssuers, distribution points, OCSP responders
//!                      └──────▶ Material, and an Attempt for each address
//! ```
//!
//! Nothing that is fetched is trusted: it goes into [`Material`] as it came, and validation judges it. The addresses stand in
//! certificates, where whoever made the certificates put them: a [`Guard`] decides which of them are asked.

mod asking;
mod issuers;
mod run;

use std::fmt;
use std::time::Duration;

use crate::ades::cades::{self, Content};
use crate::ades::{Material, SignatureFacts, SignerFacts};
use crate::error::{Error, Result};
use crate::key::Entropy;
use crate::limits::{Budget, Limits};
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;
use crate::timestamp::{Guard, Response, Token, Transport};
#[cfg(feature = "http")]
use crate::timestamp::{HttpOptions, HttpTransport};

use self::run::Run;

/// Fetches what is missing for validating certificates.
///
/// For each certificate it completes the path: while none of the anchors is reached, it fetches certificates of issuers from
/// where the certificates on the way say that they are (authorityInfoAccess, caIssuers). Then it fetches revocation
/// information for each certificate below the anchors, until there is a statement about it that is still current: of OCSP
/// responders first, then lists, with the delta lists that bring them up to date. The certificates on which that information
/// rests, such as those of OCSP responders, are treated in the same way.
///
/// What is in the [`Material`] that the caller has is not fetched again while it is current, so that it serves as a cache.
///
/// ```
/// use seing::ades::Material;
/// use seing::collect::Collector;
/// use seing::key::{KeyKind, Signer, SoftwareKey, os_entropy};
/// use seing::oid;
/// use seing::pki::TrustAnchors;
/// use seing::pki::issue::Template;
/// use seing::time::Time;
/// use seing::timestamp::Exchange;
///
/// let now = Time::parse_rfc3339("2026-11-23T10:00:00Z")?;
/// let until = now.plus_seconds(86_400);
/// let (ca_key, key) = (SoftwareKey::generate(KeyKind::P256, &mut os_entropy)?, SoftwareKey::generate(KeyKind::P256, &mut os_entropy)?);
/// let name = [(oid::COMMON_NAME, "TEST CA")];
/// let ca = Template::new(&name, ca_key.public_key(), now, until)?.authority(None).self_signed(&ca_key, &mut os_entropy)?;
/// let signer = Template::new(&[(oid::COMMON_NAME, "TEST Amal")], key.public_key(), now, until)?
///     .ca_issuers("http://ca.example/ca.cer")
///     .issued_by(&ca, &ca_key, &mut os_entropy)?;
///
/// let internet = |exchange: &Exchange<'_>| {
///     assert_eq!(exchange.url, "http://ca.example/ca.cer");
///     Ok(ca.der().to_vec())
/// };
/// let collected = Collector::new(internet, now).for_certificates(&[signer], &Material::default(), &TrustAnchors::none());
/// assert_eq!(collected.material.certificates, [ca.clone()]);
/// assert!(collected.attempts[0].outcome.is_ok());
/// # Ok::<(), seing::error::Error>(())
/// ```
///
/// Over the network it is `Collector::over_http`, with the feature `http`.
pub struct Collector<'a> {
    transport: Box<dyn Transport + 'a>,
    guard: Guard,
    time: Time,
    limits: Limits,
    entropy: Option<Box<Entropy<'a>>>,
    time_left: Option<Box<dyn FnMut() -> Duration + 'a>>,
}

/// What was fetched, and what was tried.
#[derive(Debug)]
#[non_exhaustive]
#[must_use]
pub struct Collected {
    /// What was fetched and was not there before, each piece once.
    pub material: Material,
    /// Every address that was tried, in order, each once for what was asked of it.
    pub attempts: Vec<Attempt>,
    /// The limit that kept addresses from being tried, where one did.
    pub incomplete: Option<Error>,
}

/// One address that was tried.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// What was sought there.
    pub sought: Sought,
    /// The address, as it stands in the certificate.
    pub url: String,
    /// The certificates for which it was sought.
    pub certificates: Vec<Certificate>,
    /// Nothing where it brought what was sought; otherwise why it did not: `Forbidden` and `Unsupported` when it was not asked
    /// at all, `Unreachable`, `Rejected`, `LimitExceeded` and `Malformed` for what came of it. Revocation information that
    /// proves nothing, or is not current any more, is in the material all the same.
    pub outcome: Result<()>,
}

/// What is sought at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sought {
    /// Certificates of the issuer.
    Issuer,
    /// An OCSP response.
    OcspResponse,
    /// A revocation list.
    Crl,
    /// A list of what has changed since another one.
    DeltaCrl,
}

impl<'a> Collector<'a> {
    /// A collector that asks through a transport. `time` is what the caller's clock says: what is current is current then.
    ///
    /// The guard that it has can see what an address says, and not what a host resolves to: a transport that opens connections
    /// asks it itself, as the one of `Collector::over_http` does.
    pub fn new(transport: impl Transport + 'a, time: Time) -> Self {
        Self {
            transport: Box::new(transport),
            guard: Guard::new(),
            time,
            limits: Limits::default(),
            entropy: None,
            time_left: None,
        }
    }

    /// A collector that asks over HTTP and HTTPS whom the guard lets through.
    ///
    /// # Errors
    ///
    /// As [`HttpTransport::guarded`].
    #[cfg(feature = "http")]
    pub fn over_http(options: &HttpOptions, guard: Guard, time: Time) -> Result<Self> {
        Ok(Self::new(HttpTransport::guarded(options, guard.clone())?, time).guard(guard))
    }

    /// Decides by this guard which addresses are asked, in place of one that lets through the public internet alone.
    #[must_use]
    pub fn guard(mut self, guard: Guard) -> Self {
        self.guard = guard;
        self
    }

    /// The limits to stay within, in place of the default ones.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sends a nonce to OCSP responders, and takes no response that has another one. A response without any is taken: most
    /// responders make theirs in advance (RFC 5019 §2.1.1), and its times say how old it is.
    #[must_use]
    pub fn nonces(mut self, entropy: impl FnMut(&mut [u8]) -> Result<()> + 'a) -> Self {
        self.entropy = Some(Box::new(entropy));
        self
    }

    /// Bounds the time of a whole collection: says before each request how much of it is left. With none left, nothing more is
    /// asked. The caller has the clock:
    ///
    /// ```
    /// # use std::time::{Duration, Instant};
    /// # let transport = |_: &seing::timestamp::Exchange<'_>| Ok(Vec::new());
    /// # let now = seing::time::Time::parse_rfc3339("2026-11-23T10:00:00Z")?;
    /// let start = Instant::now();
    /// let collector = seing::collect::Collector::new(transport, now)
    ///     .time_left(move || Duration::from_secs(60).saturating_sub(start.elapsed()));
    /// # Ok::<(), seing::error::Error>(())
    /// ```
    #[must_use]
    pub fn time_left(mut self, left: impl FnMut() -> Duration + 'a) -> Self {
        self.time_left = Some(Box::new(left));
        self
    }

    /// Fetches what is missing for validating these certificates against these anchors. Without anchors, paths are completed up
    /// to certificates that are signed by themselves.
    pub fn for_certificates(&mut self, targets: &[Certificate], known: &Material, anchors: &TrustAnchors) -> Collected {
        Run::new(self, targets, known, anchors).collect(Run::everything)
    }

    /// Fetches what is missing in the paths of these certificates, and nothing on their revocation.
    pub fn for_paths(&mut self, targets: &[Certificate], known: &Material, anchors: &TrustAnchors) -> Collected {
        Run::new(self, targets, known, anchors).collect(Run::paths)
    }

    /// Fetches what is missing for validating the signers of documents, those of their time-stamps and of counter-signatures. What comes with the
    /// signatures is known.
    pub fn for_signatures(
        &mut self,
        signatures: &[SignatureFacts],
        known: &Material,
        anchors: &TrustAnchors,
    ) -> Collected {
        let (mut known, mut targets) = (known.clone(), Vec::new());
        signatures.iter().for_each(|signature| add_signature(signature, &mut targets, &mut known));
        self.for_certificates(&targets, &known, anchors)
    }

    /// The same for a signed document, whose content need not be at hand.
    ///
    /// # Errors
    ///
    /// As [`cades::facts`].
    pub fn for_document(&mut self, signed: &[u8], known: &Material, anchors: &TrustAnchors) -> Result<Collected> {
        let budget = &mut Budget::new(&self.limits);
        let facts = cades::facts(signed, Content::Attached, &known.certificates, budget)?;
        Ok(self.for_signatures(&facts, known, anchors))
    }

    /// The same for a time-stamp token, or the response that brought it, in DER, BER or PEM.
    ///
    /// # Errors
    ///
    /// As [`Token::parse`].
    pub fn for_time_stamp(&mut self, token: &[u8], known: &Material, anchors: &TrustAnchors) -> Result<Collected> {
        let budget = &mut Budget::new(&self.limits);
        let octets = cades::unwrapped(token)?;
        let response = Response::parse(&octets).ok();
        let token = Token::parse(response.as_ref().and_then(Response::token).unwrap_or(&octets), budget)?;
        let found = token.examine(&known.certificates, budget)?;
        let mut known = known.clone();
        known.certificates.extend(token.certificates().iter().cloned());
        Ok(self.for_certificates(found.certificate.as_slice(), &known, anchors))
    }
}

fn add_signature(signature: &SignatureFacts, targets: &mut Vec<Certificate>, known: &mut Material) {
    add_signer(&signature.signer, targets, known);
    known.extend(&signature.material);
    signature.timestamps.iter().for_each(|timestamp| add_signer(&timestamp.signer, targets, known));
    signature.counter_signatures.iter().for_each(|counter| add_signature(counter, targets, known));
}

fn add_signer(signer: &SignerFacts, targets: &mut Vec<Certificate>, known: &mut Material) {
    targets.extend(signer.certificate.iter().cloned());
    let mut carried = Material::default();
    carried.certificates.extend(signer.certificates.iter().cloned());
    known.extend(&carried);
}

impl fmt::Display for Sought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Issuer => "certificate of the issuer",
            Self::OcspResponse => "OCSP response",
            Self::Crl => "revocation list",
            Self::DeltaCrl => "delta revocation list",
        })
    }
}

impl fmt::Display for Attempt {
    /// One line, as in `revocation list from http://ca.example/ca.crl for CN=TEST Amal: fetched`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}", self.sought, self.url)?;
        for (place, certificate) in self.certificates.iter().enumerate() {
            write!(f, "{}{}", if place == 0 { " for " } else { " and " }, certificate.subject())?;
        }
        match &self.outcome {
            Ok(()) => f.write_str(": fetched"),
            Err(error) => write!(f, ": {error}"),
        }
    }
}

impl fmt::Debug for Collector<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collector").field("guard", &self.guard).field("time", &self.time).finish_non_exhaustive()
    }
}
