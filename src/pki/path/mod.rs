//! Certification paths: from a certificate to somebody who is trusted (RFC 5280 §6).
//!
//! [`find_path`] builds and validates in one search: signatures, names, validity at the given time, basic constraints, path
//! length, key usage, the purpose of the target, extensions that are critical and unknown.
//!
//! What it does not do is never taken as passed. Name constraints, policy constraints, policy mappings and inhibitAnyPolicy
//! make a path fail with [`PathFault::NotProcessed`]. Revocation is not looked at: [`VerifiedPath::not_checked`] lists what
//! there would have been to ask, certificate by certificate.

mod building;
mod failure;
mod validating;

pub use failure::{PathFailure, PathFault};

use super::{Certificate, TrustAnchors};
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::Budget;
use crate::oid::Oid;
use crate::time::Time;

/// A question: whether a certificate can be trusted for a purpose at a time.
#[derive(Clone, Copy, Debug)]
pub struct PathQuery<'a> {
    target: &'a Certificate,
    candidates: &'a [Certificate],
    anchors: &'a TrustAnchors,
    time: Time,
    purpose: Purpose,
}

/// What the key of the target is to be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose {
    /// Whatever the certificate allows.
    Any,
    /// Signatures on documents: the key usage, where present, has digitalSignature or nonRepudiation.
    Signing,
    /// Time-stamp tokens: the extended key usage is present, critical, and time-stamping alone (RFC 3161 §2.3), and the key
    /// usage as for [`Signing`](Self::Signing).
    TimeStamping,
    /// A purpose by its identifier: the extended key usage, where present, names it or anyExtendedKeyUsage
    /// (RFC 5280 §4.2.1.12).
    Eku(Oid),
}

/// A certification path in which everything holds that [`find_path`] checks. There is no other way to have one.
#[derive(Clone, Debug)]
#[must_use]
pub struct VerifiedPath {
    certificates: Vec<Certificate>,
    algorithms: Vec<(SignatureAlgorithm, KeyAlgorithm)>,
    not_checked: Vec<NotChecked>,
}

/// What a path does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotChecked {
    /// Whether the issuer revoked a certificate.
    #[non_exhaustive]
    Revocation {
        /// The certificate.
        certificate: Certificate,
        /// Where it can be asked: the OCSP responders and revocation lists that the certificate names.
        sources: Vec<String>,
        /// The certificate says that there is nothing to ask: it is too short-lived (EN 319 412-1 §5.2), its issuer revokes
        /// none of its kind (RFC 9608), or it is of an OCSP responder that is not to be checked (RFC 6960 §4.2.2.2.1).
        waived: bool,
    },
}

impl<'a> PathQuery<'a> {
    /// Asks whether `target` leads to one of the anchors, over any of the candidates, at a time, for any purpose.
    pub fn new(target: &'a Certificate, candidates: &'a [Certificate], anchors: &'a TrustAnchors, time: Time) -> Self {
        Self { target, candidates, anchors, time, purpose: Purpose::Any }
    }

    /// Asks for one purpose.
    #[must_use]
    pub fn purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }
}

impl VerifiedPath {
    /// The certificates, the target first and the trust anchor last. A target that is an anchor itself stands alone.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The trust anchor.
    pub fn anchor(&self) -> Option<&Certificate> {
        self.certificates.last()
    }

    /// The algorithms of the signatures in the path, each with the kind of key that made it, beginning with the signature
    /// on the target. A cryptographic policy judges them.
    pub fn signature_algorithms(&self) -> &[(SignatureAlgorithm, KeyAlgorithm)] {
        &self.algorithms
    }

    /// What nobody looked at, for each certificate below the anchor.
    pub fn not_checked(&self) -> &[NotChecked] {
        &self.not_checked
    }
}

/// Finds a path from the target to a trust anchor in which everything holds.
///
/// The search goes from the target upwards, depth first, and stops at the first path that holds. Issuers are found by name;
/// key identifiers and validity only decide which is tried first (RFC 4158 §3.5). Each signature is verified once.
///
/// # Errors
///
/// The failure of the path that came furthest; [`PathFault::LimitExceeded`] when the budget ends before the search does.
///
/// ```
/// use seing::limits::{Budget, Limits};
/// use seing::pki::path::{PathQuery, Purpose, find_path};
/// use seing::pki::{Certificate, TrustAnchors};
/// use seing::time::Time;
///
/// # let received = b"\
/// # -----BEGIN CERTIFICATE-----
/// # MIIBLDCB36ADAgECAgECMAUGAytlcDAUMRIwEAYDVQQDDAlURVNUIHJvb3QwIBcN
/// # MjYxMTIzMDkyODM2WhgPMjEyNjEwMzAwOTI4MzZaMBYxFDASBgNVBAMMC1RFU1Qg
/// # c2lnbmVyMCowBQYDK2VwAyEA/8zX2m5eSWJ/sscEp2vFAnaBccMjSmlKy5nQg9an
/// # ohejUjBQMA4GA1UdDwEB/wQEAwIGQDAdBgNVHQ4EFgQUjADOpt7aGTEeyVGeROFK
/// # QLt7VTowHwYDVR0jBBgwFoAU2ZEell0TKhlDaRsg/vhsW7DjD2kwBQYDK2VwA0EA
/// # ReAp45+4vlHdKX1m2QUuP6K4TQpde99gZCKL1zjvzeVx21y7qtT8XvxuN+46oNrA
/// # 6gI7SiTH4hUUyCDPAol7Dw==
/// # -----END CERTIFICATE-----
/// # -----BEGIN CERTIFICATE-----
/// # MIIBGjCBzaADAgECAgEBMAUGAytlcDAUMRIwEAYDVQQDDAlURVNUIHJvb3QwIBcN
/// # MjYxMTIzMDkyODM2WhgPMjEyNjEwMzAwOTI4MzZaMBQxEjAQBgNVBAMMCVRFU1Qg
/// # cm9vdDAqMAUGAytlcAMhAEbBIF4uOoVuRe8Zn/cDo9LYsTWW7SWgH1pmhTEgVJsZ
/// # o0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4EFgQU
/// # 2ZEell0TKhlDaRsg/vhsW7DjD2kwBQYDK2VwA0EAEc4b7VkM8fRH5LM39IyZ8+0+
/// # eDxav3a5CGdneavR5x13zwnW1BxqR8/iGeY+ea8TwyujJ1+THToKv2OFZB9jAA==
/// # -----END CERTIFICATE-----";
/// let received = Certificate::parse_many(received)?;
/// let [signer, root] = received.as_slice() else { panic!("two certificates") };
/// let anchors = TrustAnchors::none().with(root.clone());
/// let signed_at = Time::parse_rfc3339("2030-01-01T00:00:00Z")?;
///
/// let query = PathQuery::new(signer, &received, &anchors, signed_at).purpose(Purpose::Signing);
/// let path = find_path(&query, &mut Budget::new(&Limits::default()))?;
/// assert_eq!(path.certificates(), [signer.clone(), root.clone()]);
/// assert_eq!(path.not_checked().len(), 1); // whether the signer's certificate was revoked
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn find_path(query: &PathQuery<'_>, budget: &mut Budget) -> Result<VerifiedPath, PathFailure> {
    building::search(query, budget)
}
