//! The authority: from the octets of a request to the octets of a response.

use super::token::authority_defects;
use super::{Accuracy, Failure, Request, Response, TstInfo};
use crate::cms::{self, SignerParts};
use crate::digest::Algorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Entropy, Signer, digest_identifier};
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::time::Time;

/// A time-stamp authority as a function.
///
/// It keeps no state and has no clock: the time that it certifies is an argument, and so is the randomness that makes serial
/// numbers unique. It answers every request, whatever its octets are.
pub struct Authority {
    signer: Box<dyn Signer + Send + Sync>,
    /// The authority's own certificate first.
    chain: Vec<Certificate>,
    policy: Oid,
    accuracy: Option<Accuracy>,
}

impl Authority {
    /// An authority that signs with this key under this policy. `chain` is its certificate and those above it, in order.
    ///
    /// # Errors
    ///
    /// `Misuse` without a certificate; `Unusable` when the first one is not of this key, or not for time-stamping alone by a
    /// critical extended key usage (RFC 3161 §2.3).
    pub fn new(signer: impl Signer + Send + Sync + 'static, chain: Vec<Certificate>, policy: Oid) -> Result<Self> {
        let certificate = chain.first().ok_or_else(|| Error::misuse("time-stamp authority without a certificate"))?;
        if certificate.public_key()? != signer.public_key() {
            return Err(Error::new(
                ErrorKind::Unusable,
                "the certificate of the time-stamp authority is of another key",
            ));
        }
        if let Some(defect) = authority_defects(certificate).first() {
            let what = "the certificate cannot be that of a time-stamp authority";
            return Err(Error::new(ErrorKind::Unusable, what).with(defect.to_string()));
        }
        Ok(Self { signer: Box::new(signer), chain, policy, accuracy: None })
    }

    /// Says in every token how far its time may be off.
    #[must_use]
    pub fn accuracy(mut self, accuracy: Accuracy) -> Self {
        self.accuracy = Some(accuracy);
        self
    }

    /// The certificate of the authority.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.chain.first()
    }

    /// Answers a request at a time, with a token or with a refusal that says why.
    pub fn respond(&self, request: &[u8], now: Time, entropy: &mut Entropy<'_>) -> Vec<u8> {
        let response = match self.grant(request, now, entropy) {
            Ok(token) => Response::granted(token),
            Err(refusal) => Response::rejected(refusal.failure, refusal.text),
        };
        response.to_der()
    }

    fn grant(&self, octets: &[u8], now: Time, entropy: &mut Entropy<'_>) -> std::result::Result<Vec<u8>, Refusal> {
        let request = Request::parse(octets).map_err(Refusal::of_request)?;
        let digest = request.message_imprint().digest().map_err(Refusal::of_imprint)?;
        if !ACCEPTED.contains(&digest.algorithm()) {
            return Err(Refusal::new(Failure::BadAlg, format!("{} is not accepted", digest.algorithm())));
        }
        if request.policy().is_some_and(|policy| *policy != self.policy) {
            return Err(Refusal::new(Failure::UnacceptedPolicy, format!("the policy is {}", self.policy)));
        }
        // RFC 3161 §2.4.1: whether marked critical or not.
        if let Some(extension) = request.extensions().first() {
            return Err(Refusal::new(
                Failure::UnacceptedExtension,
                format!("extension {} is not known", extension.oid),
            ));
        }
        let certificate = self.chain.first().ok_or_else(|| Refusal::new(Failure::SystemFailure, "no certificate"))?;
        if !(certificate.not_before()..=certificate.not_after()).contains(&now) {
            return Err(Refusal::new(Failure::TimeNotAvailable, "the certificate of the authority is not valid now"));
        }
        let mut serial = [0; 16];
        let failed = |error: Error| Refusal::new(Failure::SystemFailure, error.to_string());
        entropy(&mut serial).map_err(failed)?;
        self.token(&request, certificate, &serial, now).map_err(failed)
    }

    fn token(&self, request: &Request, certificate: &Certificate, serial: &[u8], now: Time) -> Result<Vec<u8>> {
        let milliseconds = now.nanoseconds() / 1_000_000 * 1_000_000;
        let time = Time::from_unix(now.unix_seconds(), milliseconds)?;
        let mut info = TstInfo::new(self.policy, request.message_imprint().clone(), serial, time);
        if let Some(accuracy) = self.accuracy {
            info = info.with_accuracy(accuracy);
        }
        if let Some(nonce) = request.nonce() {
            info = info.with_nonce(nonce);
        }
        let content = info.to_der();
        let algorithm = self.signer.algorithm();
        let message_digest = algorithm.message_digest();
        let signed_attributes = cms::signed_attributes(
            &oid::TST_INFO,
            &message_digest.digest(&content),
            certificate,
            Some(time.whole_seconds()),
            Vec::new(),
        );
        let signature = self.signer.sign(&signed_attributes)?;
        let parts =
            SignerParts { certificate, algorithm, signed_attributes: &signed_attributes, signature: &signature };
        Ok(cms::signed_data(
            &oid::TST_INFO,
            &cms::encapsulated(&oid::TST_INFO, Some(&content)),
            vec![digest_identifier(message_digest)],
            if request.wants_certificates() { self.certificates() } else { Vec::new() },
            vec![parts.signer_info()],
        ))
    }

    /// The authority's certificate and those above it, without the root: a verifier has that, or does not trust it.
    fn certificates(&self) -> Vec<Vec<u8>> {
        let above = self.chain.iter().skip(1).filter(|certificate| !certificate.is_self_issued());
        self.chain.first().into_iter().chain(above).map(|certificate| certificate.der().to_vec()).collect()
    }
}

/// SHA-1 and the 224-bit functions are there to verify what is old.
const ACCEPTED: &[Algorithm] = &[
    Algorithm::Sha256,
    Algorithm::Sha384,
    Algorithm::Sha512,
    Algorithm::Sha3_256,
    Algorithm::Sha3_384,
    Algorithm::Sha3_512,
];

struct Refusal {
    failure: Failure,
    text: String,
}

impl Refusal {
    fn new(failure: Failure, text: impl Into<String>) -> Self {
        Self { failure, text: text.into() }
    }

    fn of_request(error: Error) -> Self {
        let failure = match error.kind() {
            ErrorKind::Unsupported | ErrorKind::LimitExceeded => Failure::BadRequest,
            _ => Failure::BadDataFormat,
        };
        Self::new(failure, error.to_string())
    }

    fn of_imprint(error: Error) -> Self {
        let failure = match error.kind() {
            ErrorKind::Unsupported => Failure::BadAlg,
            _ => Failure::BadDataFormat,
        };
        Self::new(failure, error.to_string())
    }
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority").field("chain", &self.chain).field("policy", &self.policy).finish_non_exhaustive()
    }
}
