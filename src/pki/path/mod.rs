//! Certification paths: from a certificate to somebody who is trusted (RFC 5280 §6).
//!
//! [`find_path`] builds and validates in one search: signatures, names, validity at the given time, basic constraints, path
//! length, key usage, name constraints, certificate policies, the purpose of the target, extensions that are critical and
//! unknown. Where an authority is trusted as an anchor, what its certificate says of those below it binds.
//!
//! Name constraints are processed in the forms rfc822Name, dNSName, directoryName, uniformResourceIdentifier and iPAddress. A
//! name of another form under a constraint on that form makes the path fail. A DSA key that inherits its parameters from its
//! issuer (RFC 3279 §2.3.2) is not supported, and does not verify anything.
//!
//! Revocation is not looked at: [`VerifiedPath::not_checked`] lists what there would have been to ask, certificate by
//! certificate.

mod building;
mod failure;
mod known;
mod policies;
mod validating;

pub use failure::{PathFailure, PathFault};
pub use known::KnownPaths;

use std::sync::Arc;

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
    purpose_throughout: bool,
    /// user-initial-policy-set; none is any-policy.
    policies: Option<&'a [Oid]>,
    require_policy: bool,
    inhibit_policy_mapping: bool,
    inhibit_any_policy: bool,
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
///
/// A clone shares it.
#[derive(Clone, Debug)]
#[must_use]
pub struct VerifiedPath(Arc<Verified>);

#[derive(Debug)]
struct Verified {
    certificates: Vec<Certificate>,
    algorithms: Vec<(SignatureAlgorithm, KeyAlgorithm)>,
    policies: policies::PolicySets,
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
        Self {
            target,
            candidates,
            anchors,
            time,
            purpose: Purpose::Any,
            purpose_throughout: false,
            policies: None,
            require_policy: false,
            inhibit_policy_mapping: false,
            inhibit_any_policy: false,
        }
    }

    /// The certificate that is asked about.
    pub fn target(&self) -> &'a Certificate {
        self.target
    }

    /// The certificates over which it may lead.
    pub fn candidates(&self) -> &'a [Certificate] {
        self.candidates
    }

    /// Whom it may lead to.
    pub fn anchors(&self) -> &'a TrustAnchors {
        self.anchors
    }

    /// As of when.
    pub fn time(&self) -> Time {
        self.time
    }

    /// Asks for one purpose.
    #[must_use]
    pub fn purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    /// Asks that each authority whose certificate names purposes names this one too, or anyExtendedKeyUsage, as TLS clients
    /// do. RFC 5280 §4.2.1.12 leaves it to the relying party. It says nothing where the purpose is
    /// [`Any`](Purpose::Any) or [`Signing`](Purpose::Signing).
    #[must_use]
    pub fn purpose_throughout(self) -> Self {
        Self { purpose_throughout: true, ..self }
    }

    /// Names the policies that are acceptable: the user-initial-policy-set of RFC 5280 §6.1.1 c, which is any-policy where
    /// this is not called. By itself it refuses nothing: whether the path must be valid under one of them is for
    /// [`require_policy`](Self::require_policy) and for the authorities to say.
    #[must_use]
    pub fn policies(self, acceptable: &'a [Oid]) -> Self {
        Self { policies: Some(acceptable), ..self }
    }

    /// Asks that the path be valid under one of the acceptable policies (initial-explicit-policy, RFC 5280 §6.1.1 f).
    #[must_use]
    pub fn require_policy(self) -> Self {
        Self { require_policy: true, ..self }
    }

    /// Asks that policies of different authorities not be taken as equivalent (initial-policy-mapping-inhibit, RFC 5280
    /// §6.1.1 e).
    #[must_use]
    pub fn inhibit_policy_mapping(self) -> Self {
        Self { inhibit_policy_mapping: true, ..self }
    }

    /// Asks that anyPolicy in a certificate not stand for every policy (initial-any-policy-inhibit, RFC 5280 §6.1.1 g).
    #[must_use]
    pub fn inhibit_any_policy(self) -> Self {
        Self { inhibit_any_policy: true, ..self }
    }
}

impl VerifiedPath {
    /// The certificates, the target first and the trust anchor last. A target that is an anchor itself stands alone.
    pub fn certificates(&self) -> &[Certificate] {
        &self.0.certificates
    }

    /// The trust anchor.
    pub fn anchor(&self) -> Option<&Certificate> {
        self.0.certificates.last()
    }

    /// The algorithms of the signatures in the path, each with the kind of key that made it, beginning with the signature
    /// on the target. A cryptographic policy judges them.
    pub fn signature_algorithms(&self) -> &[(SignatureAlgorithm, KeyAlgorithm)] {
        &self.0.algorithms
    }

    /// The policies that are valid for the whole path, in the terms of its first authority (authority-constrained policy set
    /// of RFC 9618 §5.5). anyPolicy among them stands for every other.
    pub fn authority_constrained_policies(&self) -> &[Oid] {
        &self.0.policies.authority_constrained
    }

    /// Those of them that the query names as acceptable (user-constrained policy set).
    pub fn user_constrained_policies(&self) -> &[Oid] {
        &self.0.policies.user_constrained
    }

    /// What nobody looked at, for each certificate below the anchor.
    pub fn not_checked(&self) -> &[NotChecked] {
        &self.0.not_checked
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
