//! What is asked.

use super::{CertId, OcspResponse};
use crate::asn1::{Tag, write};
use crate::digest::Algorithm;
use crate::error::Result;
use crate::key::Entropy;
use crate::oid;
use crate::pki::Certificate;

/// The media type of a request (RFC 6960, appendix A.1.1).
pub const REQUEST_TYPE: &str = "application/ocsp-request";
/// The media type of a response (RFC 6960, appendix A.2).
pub const RESPONSE_TYPE: &str = "application/ocsp-response";

/// A question to an OCSP responder: whether certificates are revoked (RFC 6960 §4.1).
///
/// ```text
/// OCSPRequest ::= SEQUENCE { tbsRequest TBSRequest, optionalSignature [0] EXPLICIT Signature OPTIONAL }
/// TBSRequest  ::= SEQUENCE { version [0] EXPLICIT Version DEFAULT v1, requestorName [1] EXPLICIT GeneralName OPTIONAL,
///     requestList SEQUENCE OF SEQUENCE { reqCert CertID, singleRequestExtensions [0] EXPLICIT Extensions OPTIONAL },
///     requestExtensions [2] EXPLICIT Extensions OPTIONAL }
/// ```
///
/// It is not signed.
#[derive(Clone, Debug)]
pub struct Request {
    certificates: Vec<CertId>,
    nonce: Option<[u8; NONCE]>,
}

/// Why a response does not answer a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unanswered {
    /// The responder refused.
    #[error("the responder refused the request")]
    Refused,
    /// A certificate that was asked for is not in it.
    #[error("the response does not speak of a certificate that was asked for")]
    OtherCertificate,
    /// The response repeats the nonce of another request.
    #[error("the nonce is not the one of the request")]
    OtherNonce,
    /// The response has no nonce although there was one in the request. Responders that answer with responses made in
    /// advance do so (RFC 5019 §2.1.1): their freshness is what their times say.
    #[error("the response has no nonce")]
    NoNonce,
}

impl Request {
    /// Asks for one certificate, named by the SHA-1 of its issuer: what every responder understands.
    pub fn new(certificate: &Certificate, issuer: &Certificate) -> Self {
        Self { certificates: vec![CertId::new(Algorithm::Sha1, certificate, issuer)], nonce: None }
    }

    /// Asks for one more, or for the first again by another hash.
    #[must_use]
    pub fn and(mut self, certificate: CertId) -> Self {
        self.certificates.push(certificate);
        self
    }

    /// Adds a nonce of 32 octets (RFC 8954 §2.1), which the response must repeat.
    ///
    /// # Errors
    ///
    /// What `entropy` fails with.
    pub fn nonce(mut self, entropy: &mut Entropy<'_>) -> Result<Self> {
        let mut nonce = [0; NONCE];
        entropy(&mut nonce)?;
        self.nonce = Some(nonce);
        Ok(self)
    }

    /// Writes the request in DER.
    pub fn to_der(&self) -> Vec<u8> {
        let requests = self.certificates.iter().map(|id| write::sequence(&[&id.to_der()])).collect::<Vec<_>>().concat();
        let extensions = self.nonce.map_or_else(Vec::new, |nonce| {
            let value = write::octet_string(&write::octet_string(&nonce));
            let extension = write::sequence(&[&write::oid(&oid::OCSP_NONCE), &value]);
            write::tlv(Tag::context(2), &[&write::sequence(&[&extension])])
        });
        write::sequence(&[&write::sequence(&[&write::sequence(&[&requests]), &extensions])])
    }

    /// Checks that a response is one to this request: that it speaks of every certificate and repeats the nonce. It says
    /// nothing of its signature.
    ///
    /// # Errors
    ///
    /// The first of [`Unanswered`] that applies.
    pub fn check_answer(&self, response: &OcspResponse) -> std::result::Result<(), Unanswered> {
        if response.produced_at().is_none() {
            return Err(Unanswered::Refused);
        }
        let answered = |id: &CertId| response.responses().iter().any(|single| single.id().is(id));
        if !self.certificates.iter().all(answered) {
            return Err(Unanswered::OtherCertificate);
        }
        match (&self.nonce, response.nonce()) {
            (None, _) => Ok(()),
            (Some(asked), Some(repeated)) if asked == repeated => Ok(()),
            (Some(_), Some(_)) => Err(Unanswered::OtherNonce),
            (Some(_), None) => Err(Unanswered::NoNonce),
        }
    }
}

const NONCE: usize = 32;
