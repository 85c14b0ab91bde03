//! Who signed a list, and whether the list may be believed for it (RFC 5280 §6.3.3 f).

use std::collections::{HashMap, HashSet};

use super::{Outcome, RevocationQuery, outcome};
use crate::error::{Error, Result};
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::limits::Budget;
use crate::pki::crl::Crl;
use crate::pki::general_name::GeneralName;
use crate::pki::path::{PathFailure, PathFault, PathQuery, VerifiedPath, find_path};
use crate::pki::{Certificate, Name, TrustAnchors};

/// Whoever signed a list and may do so.
#[derive(Clone)]
pub(super) struct Signer {
    pub(super) certificate: Certificate,
    /// Those whose revocation matters, each with its issuer.
    pub(super) rests_on: Vec<(Certificate, Certificate)>,
    /// The algorithms of the signatures on those.
    pub(super) algorithms: Vec<(SignatureAlgorithm, KeyAlgorithm)>,
}

/// Those who may have signed lists that speak of one certificate.
pub(super) struct Signers<'a> {
    query: &'a RevocationQuery<'a>,
    /// The anchors among which a path may end: that of the issuer. Made when it is asked for.
    anchor: Option<Outcome<TrustAnchors>>,
    /// By the octets of the certificate.
    paths: HashMap<&'a [u8], Outcome<Signer>>,
}

impl<'a> Signers<'a> {
    pub(super) fn new(query: &'a RevocationQuery<'a>) -> Self {
        Self { query, anchor: None, paths: HashMap::new() }
    }

    /// Finds whoever signed a list: first the issuer of the certificate, then any other of the name.
    pub(super) fn of(&mut self, crl: &Crl, budget: &mut Budget) -> Result<Outcome<Signer>> {
        let issuer = self.query.issuer;
        let mut why = None;
        if crl.issuer().matches(issuer.subject()) {
            match signed(crl, issuer, budget)? {
                Ok(()) => {
                    return Ok(Ok(Signer {
                        certificate: issuer.clone(),
                        rests_on: Vec::new(),
                        algorithms: Vec::new(),
                    }));
                }
                Err(fault) => why = Some(fault),
            }
        }
        let named = self.query.candidates.iter().chain(self.query.anchors.iter());
        let mut named: Vec<&Certificate> =
            named.filter(|other| *other != issuer && other.subject().matches(crl.issuer())).collect();
        let wanted = crl.extensions().authority_key_identifier.as_deref();
        named.sort_by_key(|other| wanted.is_none() || other.subject_key_identifier() != wanted);
        let (mut tried, mut refused) = (HashSet::new(), None);
        for other in named.into_iter().filter(|other| tried.insert(other.der())) {
            match signed(crl, other, budget)? {
                Ok(()) => match self.authorised(other, budget)? {
                    Ok(signer) => return Ok(Ok(signer)),
                    Err(fault) => drop(refused.get_or_insert(fault)),
                },
                Err(fault) => drop(why.get_or_insert(fault)),
            }
        }
        // That the signer is known and may not sign says more than that others did not sign.
        let why = refused.or(why);
        Ok(Err(why.unwrap_or_else(|| format!("no certificate of {}, who signed it, is at hand", crl.issuer()))))
    }

    fn authorised(&mut self, other: &'a Certificate, budget: &mut Budget) -> Result<Outcome<Signer>> {
        if let Some(known) = self.paths.get(other.der()) {
            return Ok(known.clone());
        }
        let authorised = self.path(other, budget)?;
        self.paths.insert(other.der(), authorised.clone());
        Ok(authorised)
    }

    fn path(&mut self, other: &Certificate, budget: &mut Budget) -> Result<Outcome<Signer>> {
        let certificate = self.query.certificate;
        // A key does not vouch for itself, unless the issuer says that this very certificate is on the lists of its subject.
        let is_designated = || other == certificate && designates(certificate, other.subject());
        if other.spki() == certificate.spki() && !is_designated() {
            return Ok(Err("it is signed with the key of the certificate of which it speaks".to_owned()));
        }
        let anchors = match self.anchor(budget)? {
            Ok(anchors) => anchors.clone(),
            Err(why) => {
                return Ok(Err(format!("it is signed with another key than that of the certificate, and {why}")));
            }
        };
        let mut candidates = self.query.candidates.to_vec();
        candidates.push(self.query.issuer.clone());
        match found(find_path(&PathQuery::new(other, &candidates, &anchors, self.query.time), budget))? {
            Ok(path) => {
                let issuer = self.query.issuer;
                let below_issuer = path.certificates().iter().take_while(|certificate| *certificate != issuer).count();
                let links = path.certificates().iter().zip(path.certificates().iter().skip(1)).take(below_issuer);
                let links = links.filter(|(one, _)| *one != certificate);
                Ok(Ok(Signer {
                    certificate: other.clone(),
                    rests_on: links.map(|(one, above)| (one.clone(), above.clone())).collect(),
                    algorithms: path.signature_algorithms().iter().take(below_issuer).copied().collect(),
                }))
            }
            Err(failure) => {
                Ok(Err(format!("the certificate of its signer, {}, does not hold: {failure}", other.subject())))
            }
        }
    }

    /// RFC 5280 §6.3.3 f: the anchor of the signer's path must be that of the certificate's.
    fn anchor(&mut self, budget: &mut Budget) -> Result<&Outcome<TrustAnchors>> {
        let anchor = match self.anchor.take() {
            Some(known) => known,
            None => self.find_anchor(budget)?,
        };
        Ok(self.anchor.insert(anchor))
    }

    fn find_anchor(&self, budget: &mut Budget) -> Result<Outcome<TrustAnchors>> {
        let RevocationQuery { issuer, candidates, anchors, anchor, time, .. } = *self.query;
        if let Some(anchor) = anchor {
            return Ok(Ok(TrustAnchors::none().with(anchor.clone())));
        }
        let path = found(find_path(&PathQuery::new(issuer, candidates, anchors, time), budget))?;
        // Whether the path holds is for whoever validates it; whose it is decides which other signers count.
        let (certificates, why) = match &path {
            Ok(path) => (path.certificates(), None),
            Err(failure) => (failure.path(), Some(failure)),
        };
        let anchor = certificates.last().filter(|last| anchors.contains(last));
        Ok(match (anchor, why) {
            (Some(anchor), _) => Ok(TrustAnchors::none().with(anchor.clone())),
            (None, Some(failure)) => Err(format!("no path of the issuer ends at an anchor: {failure}")),
            (None, None) => Err("no path of the issuer ends at an anchor".to_owned()),
        })
    }
}

/// Whether a distribution point of the certificate says that somebody of this name issues the lists.
fn designates(certificate: &Certificate, name: &Name) -> bool {
    let issuers = certificate.extensions().distribution_points.iter().filter_map(|point| point.crl_issuer.as_ref());
    issuers.flatten().filter_map(GeneralName::directory).any(|issuer| issuer.matches(name))
}

/// Whether the key of a certificate may sign lists, and signed this one.
fn signed(crl: &Crl, signer: &Certificate, budget: &mut Budget) -> Result<Outcome<()>> {
    if signer.key_usage().is_some_and(|usage| !usage.crl_sign()) {
        return Ok(Err(format!("the key usage of {} does not allow it to sign lists", signer.subject())));
    }
    let verified = signer.public_key().and_then(|key| crl.verify_signed_by(key, budget));
    Ok(match outcome(verified)? {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_mismatch)) => Err(format!("its signature is not by the key of {}", signer.subject())),
        Err(why) => Err(format!("its signature cannot be verified: {why}")),
    })
}

/// A path that does not hold says why a signer is not believed; a budget that ended says nothing.
pub(super) fn found(
    path: std::result::Result<VerifiedPath, PathFailure>,
) -> Result<std::result::Result<VerifiedPath, PathFailure>> {
    match path {
        Err(failure) if failure.fault() == PathFault::LimitExceeded => {
            Err(Error::limit("more work for the signers of revocation information than the limit allows")
                .because(failure))
        }
        found => Ok(found),
    }
}
