//! The paved path from a signed document to one of a higher level.

use std::borrow::Cow;

use crate::ades::cades::{
    Content, SignerState, add_archive_time_stamp, add_signature_time_stamp, add_validation_material, archive_imprint,
    facts, signer_states,
};
use crate::ades::{Check, Level, Material, SignatureFacts};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Budget, Limits};
use crate::pki::TrustAnchors;
use crate::time::Time;
use crate::timestamp::{Client, Token};
use crate::validation::{Context, Finding, Indication, Policy, Severity, SubIndication, validate};

/// Starts raising a signed document, by whomever it was signed, to a higher level. Nothing that was signed is touched.
///
/// ```
/// # use seing::ades::{Level, Material};
/// # use seing::key::{KeyKind, os_entropy};
/// # use seing::pki::throwaway::{Kinds, ThrowawayPki};
/// # use seing::timestamp::{Authority, Client, Exchange};
/// # let now = std::time::SystemTime::now().into();
/// # let pki = ThrowawayPki::new(now, &Kinds::all(KeyKind::P256), &mut os_entropy)?;
/// # let anchors = pki.trust_anchors();
/// # let shop = seing::Identity::new(pki.merchant.key, pki.merchant.chain)?;
/// # let tsa = pki.time_stamp_authority;
/// # let authority = Authority::new(tsa.key, tsa.chain, seing::oid::Oid::parse("2.999.1")?)?;
/// # let mut tsa = Client::new(
/// #     "http://tsa.example/",
/// #     |ask: &Exchange| Ok(authority.respond(ask.body, now, &mut os_entropy)),
/// #     os_entropy,
/// # );
/// # let signed = seing::sign(b"one desk, 1200 MAD", &shop).claimed_at(now).finish()?;
/// let mut material = Material::default();
/// material.crls = vec![pki.root_crl, pki.intermediate_crl];
/// let raising = seing::augment(&signed).to(Level::BLta).material(&material).trust(&anchors);
/// let archived = raising.timestamp(&mut tsa).at(now).finish()?;
/// let report = seing::verify(&archived).trust(&anchors).at(now).report()?;
/// assert_eq!(report.signatures[0].level, Level::BLta);
/// # Ok::<(), seing::error::Error>(())
/// ```
pub fn augment(signed: &[u8]) -> Augment<'_> {
    Augment {
        signed,
        level: Level::BT,
        content: Content::Attached,
        material: None,
        anchors: None,
        policy: Policy::default(),
        time: None,
        stamp: None,
    }
}

/// An augmentation that is being specified.
#[must_use]
pub struct Augment<'a> {
    signed: &'a [u8],
    level: Level,
    content: Content<'a>,
    material: Option<&'a Material>,
    anchors: Option<&'a TrustAnchors>,
    policy: Policy,
    time: Option<Time>,
    stamp: Option<Stamp<'a>>,
}

type Stamp<'a> = Box<dyn FnMut(&Digest, Time) -> Result<Token> + 'a>;

impl<'a> Augment<'a> {
    /// The level that every signature is to have at least: B-T unless this says otherwise. B-LTA means one more archive
    /// time-stamp, also where there is one already.
    pub fn to(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// The detached content.
    pub fn content(self, octets: &'a [u8]) -> Self {
        Self { content: Content::Octets(octets), ..self }
    }

    /// Digests of the detached content, where the content itself is elsewhere: in the algorithms of the signatures, or in a
    /// stronger one.
    pub fn content_digests(self, digests: &'a [Digest]) -> Self {
        Self { content: Content::Digests(digests), ..self }
    }

    /// The certificates and the revocation information that level B-LT embeds.
    pub fn material(self, material: &'a Material) -> Self {
        Self { material: Some(material), ..self }
    }

    /// The anchors at which the paths end of those who will verify it. Without this call, paths end at the self-issued certificates
    /// that are in the document and in the material.
    pub fn trust(self, anchors: &'a TrustAnchors) -> Self {
        Self { anchors: Some(anchors), ..self }
    }

    /// The policy that says whose revocation must be known at level B-LT, in place of the library's default.
    pub fn policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// Who gives the time-stamps. Tokens are checked before they are taken.
    pub fn timestamp<'c: 'a>(self, tsa: &'a mut Client<'c>) -> Self {
        self.timestamp_by(|digest, time| tsa.stamp(digest, time))
    }

    /// The same for whoever gives a token for a digest, as several authorities that are tried in turn.
    pub fn timestamp_by(self, stamp: impl FnMut(&Digest, Time) -> Result<Token> + 'a) -> Self {
        Self { stamp: Some(Box::new(stamp)), ..self }
    }

    /// The present time, by which tokens and revocation information are checked.
    pub fn at(self, time: Time) -> Self {
        Self { time: Some(time), ..self }
    }

    /// Gives the document in DER, of the level that was asked for.
    ///
    /// From level B-LT on, the result is validated before it is given. Every signature and every time-stamp of it must have a
    /// path to an anchor, and a statement on the revocation of each certificate on it of which the policy wants to know, that is
    /// fresh now or proven to be old enough: what is missing today is missing for good once its authority is gone. A
    /// certificate that was revoked is no obstacle, since that is known. The newest archive time-stamp is not asked: what validates
    /// it is embedded when the next one is added.
    ///
    /// # Errors
    ///
    /// `Malformed` and `Unsupported` when this is no signed document, or cannot be added to; `Misuse` when a time, an authority
    /// or the digest of a detached content is needed and missing, or when a signature is broken or of other content; `Incomplete`
    /// when something is missing to validate a signature or a time-stamp later; `Unreachable` and `Rejected` when a time-stamp
    /// cannot be had. Then there is no document, rather than one of a lower level.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        let mut signed = self.signed.to_vec();
        let signers = signer_states(&signed)?;
        if self.level >= Level::BT {
            for signer in signers.iter().filter(|signer| !signer.is_stamped) {
                let token = self.stamp(&algorithm(signer).digest(&signer.value))?;
                signed = add_signature_time_stamp(&signed, position(&signed, signer)?, token.octets())?;
            }
        }
        if self.level >= Level::BLt {
            if let Some(material) = self.material {
                signed = add_validation_material(&signed, material)?;
            }
            if signer_states(&signed)?.iter().any(|signer| !signer.has_revocation) {
                return Err(Error::new(ErrorKind::Incomplete, "there is no revocation information to embed"));
            }
            self.check(&signed)?;
        }
        if self.level >= Level::BLta {
            for signer in &signers {
                let content = self.content_digest(algorithm(signer));
                let algorithm = content.map_or_else(|| algorithm(signer), |digest| digest.algorithm());
                let index = position(&signed, signer)?;
                let archived = archive_imprint(&signed, index, content.as_ref(), algorithm)?;
                let token = self.stamp(archived.digest())?;
                signed = add_archive_time_stamp(&signed, index, &archived, token.octets())?;
            }
        }
        Ok(signed)
    }

    /// Refuses a document that carries too little to be validated when those who vouch for it are gone.
    fn check(&self, signed: &[u8]) -> Result<()> {
        let time = self.time.ok_or_else(no_time)?;
        let budget = &mut Budget::new(&Limits::default());
        let mut facts = facts(signed, self.content, &[], budget)?;
        facts.iter_mut().for_each(set_content_aside);
        let anchors = self.anchors.map_or_else(|| Cow::Owned(own_ends(&facts)), Cow::Borrowed);
        if anchors.is_empty() {
            let what = "trust anchors are needed: no certificate in it is one at which paths could end";
            return Err(Error::new(ErrorKind::Incomplete, what));
        }
        let report = validate(&facts, &Context::new(&anchors, &self.policy, time), budget)?;
        for signature in &report.signatures {
            if signature.data_intact == Some(false) || signature.signature_intact == Some(false) {
                return Err(Error::misuse(
                    "the signature is broken, or is of other content: it cannot reach this level",
                ));
            }
            let stamps = signature.timestamps.iter().map(|stamp| (stamp.indication, &stamp.findings));
            for (indication, findings) in [(signature.indication, &signature.findings)].into_iter().chain(stamps) {
                if let Indication::Indeterminate(sub_indication) = indication
                    && MISSING.contains(&sub_indication)
                {
                    return Err(Error::new(ErrorKind::Incomplete, "something is missing to validate it at this level")
                        .with(failures(findings).unwrap_or_else(|| sub_indication.to_string())));
                }
            }
        }
        Ok(())
    }

    /// The digest of the detached content for an archive time-stamp, best in the algorithm of the signature.
    fn content_digest(&self, algorithm: Algorithm) -> Option<Digest> {
        match self.content {
            Content::Attached => None,
            Content::Octets(octets) => Some(algorithm.digest(octets)),
            Content::Digests(digests) => {
                let same = digests.iter().find(|digest| digest.algorithm() == algorithm);
                same.or_else(|| digests.iter().find(|digest| digest.algorithm() != Algorithm::Sha1)).copied()
            }
        }
    }

    fn stamp(&mut self, digest: &Digest) -> Result<Token> {
        let time = self.time.ok_or_else(no_time)?;
        let stamp = self.stamp.as_mut();
        stamp.ok_or_else(|| Error::misuse("a time-stamp authority is missing: say .timestamp(&mut tsa)"))?(digest, time)
    }
}

fn no_time() -> Error {
    Error::misuse("the time is missing: say .at(time)")
}

/// The content may be elsewhere. Whether certificates are known to hold does not depend on it.
fn set_content_aside(facts: &mut SignatureFacts) {
    let aside = |check: &mut Check| {
        if *check == Check::NotChecked {
            *check = Check::Holds;
        }
    };
    aside(&mut facts.signer.data);
    facts.timestamps.iter_mut().for_each(|stamp| aside(&mut stamp.imprint));
    facts.counter_signatures.iter_mut().for_each(set_content_aside);
}

/// Where paths end as far as the document itself knows.
fn own_ends(facts: &[SignatureFacts]) -> TrustAnchors {
    let mut ends = TrustAnchors::none();
    for facts in facts {
        let signers = facts.timestamps.iter().map(|stamp| &stamp.signer).chain([&facts.signer]);
        let certificates = signers.flat_map(|signer| signer.certificate.iter().chain(&signer.certificates));
        let certificates = certificates.chain(&facts.material.certificates);
        certificates.filter(|one| one.is_self_issued()).for_each(|one| ends.add(one.clone()));
    }
    ends
}

fn failures(findings: &[Finding]) -> Option<String> {
    let failures = findings.iter().filter(|finding| finding.severity == Severity::Fail);
    let mut messages: Vec<&str> = failures.map(|finding| finding.message.as_str()).collect();
    messages.dedup();
    (!messages.is_empty()).then(|| messages.join("; "))
}

/// What more certificates, revocation information or proofs of existence would mend.
const MISSING: &[SubIndication] = &[
    SubIndication::TryLater,
    SubIndication::NoSigningCertificateFound,
    SubIndication::NoCertificateChainFound,
    SubIndication::CertificateChainGeneralFailure,
    SubIndication::OutOfBoundsNoPoe,
    SubIndication::RevocationOutOfBoundsNoPoe,
    SubIndication::NoPoe,
];

/// Where a signer stands now: adding to one may move the others.
fn position(signed: &[u8], signer: &SignerState) -> Result<usize> {
    let states = signer_states(signed)?;
    let place = states.iter().position(|other| other.value == signer.value);
    place.ok_or_else(|| Error::misuse("the signature is not in the document that it was read from"))
}

/// What the signature hashes with, so that its time-stamps are no weaker; SHA-1 is not stamped any more.
fn algorithm(signer: &SignerState) -> Algorithm {
    signer.algorithm.filter(|algorithm| *algorithm != Algorithm::Sha1).unwrap_or(Algorithm::Sha256)
}
