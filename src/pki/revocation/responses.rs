//! What OCSP responses prove (RFC 6960 §3.2 and §4.2.2).

use super::signers::found;
use super::{Outcome, RevocationData, RevocationQuery, Statement, Statements, Status, Unusable, outcome};
use crate::error::Result;
use crate::key::{KeyAlgorithm, PublicKey, SignatureAlgorithm};
use crate::limits::Budget;
use crate::oid;
use crate::pki::distribution::Reason;
use crate::pki::ocsp::{CertStatus, OcspResponse, SingleResponse};
use crate::pki::path::{PathQuery, Purpose, find_path};
use crate::pki::{Certificate, TrustAnchors};

/// Whoever signed a response and may do so.
struct Signer {
    /// None is the issuer of the certificate itself.
    delegate: Option<Certificate>,
    algorithms: Vec<(SignatureAlgorithm, KeyAlgorithm)>,
}

pub(super) fn add(
    query: &RevocationQuery<'_>,
    data: &RevocationData,
    budget: &mut Budget,
    statements: &mut Statements,
) -> Result<()> {
    for response in data.ocsp_responses() {
        match statement(query, response, budget)? {
            Some(Ok(statement)) => statements.proven.push(statement),
            Some(Err(why)) => statements.unusable.push(Unusable::response(response, why)),
            None => {}
        }
    }
    Ok(())
}

/// None when the response speaks of other certificates.
fn statement(
    query: &RevocationQuery<'_>,
    response: &OcspResponse,
    budget: &mut Budget,
) -> Result<Option<Outcome<Statement>>> {
    let mut about: Option<&SingleResponse> = None;
    let mut of_same_serial = false;
    for single in response.responses() {
        budget.element()?;
        if single.id().names(query.certificate, query.issuer) {
            about = Some(about.map_or(single, |other| graver(other, single)));
        }
        of_same_serial |= single.id().has_serial_of(query.certificate);
    }
    let Some(single) = about else {
        let why = "it speaks of a certificate of this serial number, but of another issuer or by an unknown hash";
        return Ok(of_same_serial.then(|| Err(why.to_owned())));
    };
    if let Some(kind) = response.unknown_critical().or(single.unknown_critical()) {
        return Ok(Some(Err(format!("its critical extension {kind} is unknown"))));
    }
    let signer = match signer(query, response, budget)? {
        Ok(signer) => signer,
        Err(why) => return Ok(Some(Err(why))),
    };
    let status = match single.status() {
        CertStatus::Good if single.this_update() < query.certificate.not_before() => {
            return Ok(Some(Err("it was issued before the certificate was".to_owned())));
        }
        CertStatus::Good => Status::Good,
        CertStatus::Revoked { time, reason, invalidity_date } => Status::Revoked { time, reason, invalidity_date },
        CertStatus::Unknown => return Ok(Some(Err("the responder does not know the certificate".to_owned()))),
    };
    let not_issued = response.extended_revoke() && is_of_no_certificate(status);
    let Some(produced_at) = response.produced_at() else { return Ok(None) };
    let unchecked = signer.delegate.iter().filter(|delegate| !delegate.ocsp_no_check());
    Ok(Some(Ok(Statement {
        status,
        this_update: single.this_update(),
        next_update: single.next_update(),
        issued: produced_at,
        sources: vec![response.object_digest()],
        description: format!("{response}{}", if not_issued { NOT_ISSUED } else { "" }),
        signers: unchecked.map(|delegate| (delegate.clone(), query.issuer.clone())).collect(),
        responder: signer.delegate,
        algorithms: signer.algorithms,
        expired_kept_since: single.archive_cutoff(),
    })))
}

/// RFC 6960 §2.2: the issuer has no record of having issued the certificate.
fn is_of_no_certificate(status: Status) -> bool {
    match status {
        Status::Revoked { time, reason, .. } => reason == Reason::CertificateHold && time.unix_seconds() == 0,
        Status::Good => false,
    }
}

const NOT_ISSUED: &str = ", which says that the certificate was never issued";

/// Of two answers for one certificate, which nobody should give, the one that says less good of it.
fn graver<'a>(one: &'a SingleResponse, other: &'a SingleResponse) -> &'a SingleResponse {
    let rank = |single: &SingleResponse| match single.status() {
        CertStatus::Revoked { .. } => 0,
        CertStatus::Unknown => 1,
        CertStatus::Good => 2,
    };
    let order = |single: &SingleResponse| (rank(single), single.this_update());
    if order(other) < order(one) { other } else { one }
}

/// Finds whoever signed a response, and may: the issuer of the certificate, or a responder to whom it delegated this
/// (RFC 6960 §4.2.2.2).
fn signer(query: &RevocationQuery<'_>, response: &OcspResponse, budget: &mut Budget) -> Result<Outcome<Signer>> {
    let Some(id) = response.responder() else { return Ok(Err("the responder refused to answer".to_owned())) };
    let mut why = None;
    if id.names(query.issuer) {
        match signed(response, query.issuer, budget)? {
            Ok(algorithms) => return Ok(Ok(Signer { delegate: None, algorithms: vec![algorithms] })),
            Err(fault) => why = Some(fault),
        }
    }
    let others = response.certificates().iter().chain(query.candidates);
    let mut refused = None;
    for other in others.filter(|other| *other != query.issuer) {
        budget.name_comparison()?;
        if !id.names(other) {
            continue;
        }
        match signed(response, other, budget)? {
            Ok(algorithms) => match authorised(query, other, response, budget)? {
                Ok(above) => {
                    let algorithms = std::iter::once(algorithms).chain(above).collect();
                    return Ok(Ok(Signer { delegate: Some(other.clone()), algorithms }));
                }
                Err(fault) => drop(refused.get_or_insert(fault)),
            },
            Err(fault) => drop(why.get_or_insert(fault)),
        }
    }
    let why = refused.or(why);
    Ok(Err(why.unwrap_or_else(|| format!("no certificate of {id}, who signed it, is at hand"))))
}

fn signed(
    response: &OcspResponse,
    signer: &Certificate,
    budget: &mut Budget,
) -> Result<Outcome<(SignatureAlgorithm, KeyAlgorithm)>> {
    let mut verify = |key: &PublicKey| {
        let algorithms = (response.signature_algorithm()?, key.algorithm());
        Ok(response.verify_signed_by(key, budget)?.map(|()| algorithms))
    };
    Ok(match outcome(signer.public_key().and_then(&mut verify))? {
        Ok(Ok(algorithms)) => Ok(algorithms),
        Ok(Err(_mismatch)) => Err(format!("its signature is not by the key of {}", signer.subject())),
        Err(why) => Err(format!("its signature cannot be verified: {why}")),
    })
}

/// RFC 6960 §4.2.2.2: the responder's certificate says so, was issued with the key with which the certificate in question
/// was, and was valid when the responder signed.
fn authorised(
    query: &RevocationQuery<'_>,
    responder: &Certificate,
    response: &OcspResponse,
    budget: &mut Budget,
) -> Result<Outcome<Vec<(SignatureAlgorithm, KeyAlgorithm)>>> {
    let name = responder.subject();
    let Some(produced_at) = response.produced_at() else { return Ok(Err("the responder refused".to_owned())) };
    if responder.spki() == query.certificate.spki() {
        return Ok(Err("it is signed with the key of the certificate of which it speaks".to_owned()));
    }
    if !responder.extended_key_usage().is_some_and(|usage| usage.purposes.contains(&oid::KP_OCSP_SIGNING)) {
        return Ok(Err(format!("{name}, who signed it, is not the issuer and has no certificate for OCSP responses")));
    }
    // RFC 5280 §4.2.1.12: the key usages that are consistent with id-kp-OCSPSigning.
    if responder.key_usage().is_some_and(|usage| !usage.digital_signature() && !usage.non_repudiation()) {
        return Ok(Err(format!("the key usage of {name} does not allow it to sign responses")));
    }
    let issuer = TrustAnchors::none().with(query.issuer.clone());
    let path = PathQuery::new(responder, &[], &issuer, produced_at).purpose(Purpose::Eku(oid::KP_OCSP_SIGNING));
    Ok(match found(find_path(&path, budget))? {
        Ok(path) => Ok(path.signature_algorithms().to_vec()),
        Err(failure) => Err(format!("{name}, who signed it, is not a responder of the issuer: {failure}")),
    })
}
