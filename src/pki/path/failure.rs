//! Why no path holds.

use std::fmt;

use crate::oid::Oid;
use crate::pki::Certificate;

/// What is wrong with the certification path that came closest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathFault {
    /// The certificate's issuer is not among the certificates given, or the path ends before it reaches a trust anchor.
    #[error("no path to a trust anchor")]
    NoAnchor,
    /// There is a certificate of the issuer's name, but its key did not sign this one.
    #[error("the signature is not by the certified key of its issuer")]
    SignatureMismatch,
    /// The time is before the validity of the certificate. Everything else in the path holds.
    #[error("the certificate is not yet valid at the time asked for")]
    NotYetValid,
    /// The time is after the validity of the certificate. Everything else in the path holds.
    #[error("the certificate has expired at the time asked for")]
    Expired,
    /// A certificate issued another one without being of a certification authority (RFC 5280 §6.1.4 k).
    #[error("the certificate is not of a certification authority")]
    NotACa,
    /// More certification authorities follow one than it allows (RFC 5280 §6.1.4 l).
    #[error("the path is longer than an authority in it allows")]
    PathTooLong,
    /// The key usage does not allow what the key was used for.
    #[error("the key usage does not allow this use")]
    KeyUsage,
    /// The extended key usage does not allow what the key was used for.
    #[error("the extended key usage does not allow this use")]
    ExtendedKeyUsage,
    /// An extension is critical and unknown to this crate.
    #[error("critical extension {0} is unknown")]
    UnknownCriticalExtension(Oid),
    /// A name is not within those for which an authority above it may certify (RFC 5280 §6.1.3 b and c).
    #[error("a name violates the name constraints of an authority")]
    NameConstraints,
    /// A policy is required, by the caller or by an authority, and none of those that are acceptable is valid for the whole
    /// path (RFC 5280 §6.1.3 f and §6.1.5 g).
    #[error("no acceptable certificate policy is valid for the path")]
    Policy,
    /// The policy mappings of an authority speak of anyPolicy (RFC 5280 §6.1.4 a).
    #[error("anyPolicy is mapped")]
    AnyPolicyMapped,
    /// An extension stands in the certificate of an end entity and is for authorities alone.
    #[error("extension {0} is for certification authorities alone")]
    Misplaced(Oid),
    /// An extension stands there twice (RFC 5280 §4.2).
    #[error("extension {0} stands there twice")]
    DuplicateExtension(Oid),
    /// An extension that matters to the path cannot be read.
    #[error("extension {0} is malformed")]
    MalformedExtension(Oid),
    /// The signature cannot be computed: its algorithm or its issuer's key is unsupported, or the algorithm that was signed
    /// is not the one that stands beside the signature.
    #[error("the algorithm of the signature cannot be used")]
    Algorithm,
    /// The search needs more work than its budget allows. There may be a path.
    #[error("the search for a path went over its limits")]
    LimitExceeded,
}

/// Why no path from the target to a trust anchor holds, told of the path that came furthest.
///
/// A path that holds but for its validity in time ranks before one that holds but not for what it is asked for, that before
/// one with another fault, that before one that does not reach an anchor, and among these the longer one before the shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct PathFailure {
    fault: PathFault,
    certificate: Option<Certificate>,
    target_at_fault: bool,
    detail: Option<String>,
    path: Box<[Certificate]>,
}

impl PathFailure {
    pub(super) fn new(fault: PathFault) -> Self {
        Self { fault, certificate: None, target_at_fault: false, detail: None, path: Box::default() }
    }

    /// Says whose fault it is: the certificate at this place in the path, where 0 is the target.
    pub(super) fn of(self, certificate: &Certificate, place: usize) -> Self {
        Self { certificate: Some(certificate.clone()), target_at_fault: place == 0, ..self }
    }

    pub(super) fn with(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    pub(super) fn along(self, path: Vec<Certificate>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// What is wrong.
    pub fn fault(&self) -> PathFault {
        self.fault
    }

    /// The certificate in which it is wrong. None when the search went over its limits.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificate.as_ref()
    }

    /// Whether that certificate is the target itself, and not an authority above it.
    pub fn target_at_fault(&self) -> bool {
        self.target_at_fault
    }

    /// The path that came furthest, the target first. Empty when the search went over its limits.
    pub fn path(&self) -> &[Certificate] {
        &self.path
    }

    /// What was found there: a date, an algorithm, a name.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }
}

impl fmt::Display for PathFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(certificate) = &self.certificate {
            write!(f, "{}: ", certificate.subject())?;
        }
        fmt::Display::fmt(&self.fault, f)?;
        match &self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for PathFailure {}
