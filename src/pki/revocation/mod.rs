//! What the revocation information at hand proves of one certificate (RFC 5280 §6.3, RFC 6960 §3.2 and §4.2.2).
//!
//! [`statements`] looks at every list and every response, and says what each proves and why the others prove nothing. It
//! decides neither which of several statements counts, nor whether one is fresh enough, nor whether the information existed
//! at some time, nor whether its algorithms are strong: that is for a validation, which has a policy. What is not proven is
//! neither good nor revoked: there is no statement.
//!
//! The revocation of whoever signed the information is a question of its own. [`Statement::signers`] names whom to ask about
//! next; whoever asks must not go in circles, for a list may stand and fall with the certificate of which it speaks.

mod lists;
mod responses;
mod scope;
mod signers;

use std::collections::HashSet;

use super::crl::Crl;
use super::distribution::Reason;
use super::ocsp::{OcspResponse, ResponseStatus};
use super::{Certificate, TrustAnchors};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::Budget;
use crate::time::Time;

/// Revocation lists and OCSP responses that were read and that nobody has judged yet.
#[derive(Clone, Debug, Default)]
pub struct RevocationData {
    crls: Vec<Crl>,
    ocsp_responses: Vec<OcspResponse>,
    known: HashSet<Digest>,
}

impl RevocationData {
    /// Nothing at hand.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads lists and responses in DER. What cannot be read, and a response in which the responder refuses to answer, come
    /// back with the reason.
    pub fn read(crls: &[Vec<u8>], ocsp_responses: &[Vec<u8>]) -> (Self, Vec<Unusable>) {
        let (mut data, mut unusable) = (Self::none(), Vec::new());
        for octets in crls {
            match Crl::parse(octets) {
                Ok(crl) => data.add_crl(crl),
                Err(error) => unusable.push(Unusable::unreadable(octets, "CRL", &error)),
            }
        }
        for octets in ocsp_responses {
            match OcspResponse::parse(octets) {
                Ok(response) if response.status() == ResponseStatus::Successful => data.add_ocsp(response),
                Ok(response) => unusable.push(Unusable {
                    source: Algorithm::Sha256.digest(octets),
                    description: "OCSP response".to_owned(),
                    why: format!("the responder refused to answer: {}", response.status()),
                }),
                Err(error) => unusable.push(Unusable::unreadable(octets, "OCSP response", &error)),
            }
        }
        (data, unusable)
    }

    /// Adds a list, unless it is there.
    pub fn add_crl(&mut self, crl: Crl) {
        if self.known.insert(crl.object_digest()) {
            self.crls.push(crl);
        }
    }

    /// Adds a response, unless it is there.
    pub fn add_ocsp(&mut self, response: OcspResponse) {
        if self.known.insert(response.object_digest()) {
            self.ocsp_responses.push(response);
        }
    }

    /// The lists, in the order in which they were added.
    pub fn crls(&self) -> &[Crl] {
        &self.crls
    }

    /// The responses, in the order in which they were added.
    pub fn ocsp_responses(&self) -> &[OcspResponse] {
        &self.ocsp_responses
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.crls.is_empty() && self.ocsp_responses.is_empty()
    }
}

/// A question: whether a certificate is revoked.
#[derive(Clone, Copy, Debug)]
pub struct RevocationQuery<'a> {
    certificate: &'a Certificate,
    issuer: &'a Certificate,
    candidates: &'a [Certificate],
    anchors: &'a TrustAnchors,
    anchor: Option<&'a Certificate>,
    time: Time,
}

impl<'a> RevocationQuery<'a> {
    /// Asks about a certificate and the one that follows it in a certification path: `issuer` is that of the key with which it
    /// is signed.
    ///
    /// Lists that are signed with another key are believed where a path from the certificate of that key, over any of the
    /// candidates, ends at the same anchor as that of the issuer and holds at `time`.
    pub fn new(
        certificate: &'a Certificate,
        issuer: &'a Certificate,
        candidates: &'a [Certificate],
        anchors: &'a TrustAnchors,
        time: Time,
    ) -> Self {
        Self { certificate, issuer, candidates, anchors, anchor: None, time }
    }

    /// Names the anchor at which the path of the certificate ends. Where this is not called, it is the one at the end of the
    /// first path that is found for the issuer.
    #[must_use]
    pub fn anchor(self, anchor: &'a Certificate) -> Self {
        Self { anchor: Some(anchor), ..self }
    }
}

/// What the information at hand proves of a certificate, and what proves nothing.
#[derive(Clone, Debug, Default)]
#[must_use]
#[non_exhaustive]
pub struct Statements {
    /// What is proven, in the order of the information. Several statements may differ: a certificate was good before it was
    /// revoked, and is good again after a suspension.
    pub proven: Vec<Statement>,
    /// The information that is of the certificate's issuer, or looks as if it were meant for the certificate, and proves
    /// nothing of it.
    pub unusable: Vec<Unusable>,
}

/// What authentic revocation information says of the certificate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Statement {
    /// What it says.
    pub status: Status,
    /// When this was so. Of several lists together, when the oldest of them was issued.
    pub this_update: Time,
    /// By when there is newer information, where it says so. Of several lists together, the first such time.
    pub next_update: Option<Time>,
    /// When the information was signed: thisUpdate of a list, producedAt of a response.
    pub issued: Time,
    /// The SHA-256 of each list or of the OCSPResponse, in DER: more than one where a delta list brings another up to date,
    /// and where several lists together cover all reasons.
    pub sources: Vec<Digest>,
    /// The information in words, as in `CRL of CN=Souk CA, 2026-11-20T00:00:00Z`.
    pub description: String,
    /// The certificates, other than that of the issuer and those above it, on which the statement rests and whose own
    /// revocation matters, each with the certificate of its issuer: the signer of a list with another key than the issuer's,
    /// and those above it; a delegated responder, unless it is not to be checked (RFC 6960 §4.2.2.2.1).
    pub signers: Vec<(Certificate, Certificate)>,
    /// The delegated responder, whether or not it is to be checked. It was valid when it signed.
    pub responder: Option<Certificate>,
    /// The algorithms of the signatures on the information, and on the certificates of its signers, each with the kind of key.
    pub algorithms: Vec<(SignatureAlgorithm, KeyAlgorithm)>,
    /// Since when the information keeps certificates that have expired (expiredCertsOnCRL of X.509, the archive cutoff of
    /// RFC 6960 §4.4.4).
    ///
    /// A certificate that expired before [`this_update`](Self::this_update) need not be on a list any more, although it was
    /// revoked (RFC 5280 §3.3). Of such a certificate [`Status::Good`] says something only where this time is there and is not
    /// after the end of its validity.
    pub expired_kept_since: Option<Time>,
}

/// Whether a certificate is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "what is neither is no statement")]
pub enum Status {
    /// It is not.
    Good,
    /// It is, or it is suspended: then the reason is [`Reason::CertificateHold`].
    Revoked {
        /// When it was revoked.
        time: Time,
        /// Why; [`Reason::Unspecified`] where it is not said.
        reason: Reason,
        /// Since when the key is known or suspected to be in other hands (RFC 5280 §5.3.2).
        invalidity_date: Option<Time>,
    },
}

/// Revocation information that proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unusable {
    /// The SHA-256 of the list or of the OCSPResponse.
    pub source: Digest,
    /// The information in words.
    pub description: String,
    /// Why it proves nothing.
    pub why: String,
}

impl Unusable {
    fn unreadable(octets: &[u8], kind: &str, error: &Error) -> Self {
        Self {
            source: Algorithm::Sha256.digest(octets),
            description: kind.to_owned(),
            why: format!("it cannot be read: {error}"),
        }
    }

    fn list(crl: &Crl, why: impl Into<String>) -> Self {
        Self { source: crl.object_digest(), description: crl.to_string(), why: why.into() }
    }

    fn response(response: &OcspResponse, why: impl Into<String>) -> Self {
        Self { source: response.object_digest(), description: response.to_string(), why: why.into() }
    }
}

/// Says what every list and response proves of the certificate.
///
/// # Errors
///
/// `LimitExceeded` when the budget ends. Whatever else is wrong with the information makes it [`Unusable`].
pub fn statements(query: &RevocationQuery<'_>, data: &RevocationData, budget: &mut Budget) -> Result<Statements> {
    let mut statements = Statements::default();
    if query.issuer.subject().matches(query.certificate.issuer()) {
        responses::add(query, data, budget, &mut statements)?;
        lists::add(query, data, budget, &mut statements)?;
    }
    Ok(statements)
}

/// What came out of looking at a piece of information, or in words why nothing did.
type Outcome<T> = std::result::Result<T, String>;

/// Errors other than of the budget say why a piece of information proves nothing.
fn outcome<T>(result: Result<T>) -> Result<Outcome<T>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(error) if error.kind() == ErrorKind::LimitExceeded => Err(error),
        Err(error) => Ok(Err(error.to_string())),
    }
}
