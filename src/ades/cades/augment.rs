//! From one level to a higher one: signature time-stamps (EN 319 122-1 5.3), validation material (5.4) and archive time-stamps
//! (5.5). No signed octet is touched, and what is there stays as it was received.

use super::archive::{hash_index, imprint, is_archive_time_stamp};
use super::embedded::check_unrecorded;
use super::extract::unwrapped;
use super::long_term::Revocation;
use super::older;
use crate::ades::Material;
use crate::asn1::read::{Reader, Tlv};
use crate::cms::{Additions, SignedData, SignerInfo};
use crate::digest::{self, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{digest_from_identifier, digest_identifier};
use crate::limits::{Budget, Limits};
use crate::oid::{self, Oid};
use crate::timestamp::Token;

/// The signature values of a document, in the order of its signers: what signature time-stamps are over.
///
/// # Errors
///
/// `Malformed` or `Unsupported` when it is not CMS SignedData.
pub fn signature_values(signed: &[u8]) -> Result<Vec<Vec<u8>>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(&Limits::default()))?;
    Ok(message.signers.iter().map(|signer| signer.signature.to_vec()).collect())
}

/// What a signer has of the levels above B-B.
pub(crate) struct SignerState {
    pub(crate) value: Vec<u8>,
    /// The algorithm of its message digest, where it is a known one.
    pub(crate) algorithm: Option<digest::Algorithm>,
    pub(crate) is_stamped: bool,
    pub(crate) has_revocation: bool,
}

pub(crate) fn signer_states(signed: &[u8]) -> Result<Vec<SignerState>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(&Limits::default()))?;
    let state = |signer: &SignerInfo<'_>| {
        let has = |oid: Oid| signer.unsigned_attributes.iter().any(|attribute| attribute.oid == oid);
        SignerState {
            value: signer.signature.to_vec(),
            algorithm: digest_from_identifier(&signer.digest_algorithm).ok(),
            is_stamped: has(oid::SIGNATURE_TIME_STAMP),
            has_revocation: !message.revocation.is_empty() || has(oid::REVOCATION_VALUES),
        }
    };
    Ok(message.signers.iter().map(state).collect())
}

/// The document with a signature time-stamp added to the signer at `index`. No signed octet is touched. The order of signers
/// may change, since DER sorts them: their values tell them apart.
///
/// The token is taken as it is: [`timestamp::Client`](crate::timestamp::Client) gives tokens that were checked.
///
/// # Errors
///
/// `Malformed` or `Unsupported` when it is not CMS SignedData; `Misuse` when there is no signer at `index`; `Unsupported` when
/// an older time-stamp covers all unsigned attributes, and one more would break it.
pub fn add_signature_time_stamp(signed: &[u8], index: usize, token: &[u8]) -> Result<Vec<u8>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(&Limits::default()))?;
    let signer = signer_at(&message, index)?;
    check_open(&message)?;
    if signer.unsigned_attributes.iter().any(|attribute| attribute.oid == oid::ESC_TIME_STAMP) {
        return Err(Error::unsupported("a CAdES-C-timestamp covers the signature time-stamps: another would break it"));
    }
    let info = signer.with_unsigned_attribute(&oid::SIGNATURE_TIME_STAMP, token);
    Ok(message.rebuilt(replaced(&message, index, info), Additions::default()))
}

/// The document with certificates and revocation information added to it: level B-LT for signatures that are time-stamped.
/// What it has already is not added again; what is there stays in place, so that archive time-stamps hold. Where one of before
/// version 3 covers the whole message, the material goes into the latest archive time-stamp of each signer.
///
/// # Errors
///
/// `Malformed` when the document is no CMS SignedData, or the material no lists and responses; `Unsupported` when an older
/// archive time-stamp covers the message, and there is no place that it does not cover.
pub fn add_validation_material(signed: &[u8], material: &Material) -> Result<Vec<u8>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(&Limits::default()))?;
    check_unrecorded(&message)?;
    let lists = material.crls.iter().map(|octets| whole(octets, Revocation::crl));
    let responses = material.ocsp_responses.iter().map(|octets| whole(octets, Revocation::ocsp));
    let pieces = lists.chain(responses).collect::<Result<Vec<_>>>()?;
    if check_open(&message).is_err() {
        return older::add_material(&message, material);
    }
    let there: Vec<_> =
        message.revocation.iter().filter_map(|tlv| Revocation::from_choice(tlv).ok().flatten()).collect();
    let revocation = pieces.into_iter().filter(|piece| !there.contains(piece)).map(Revocation::into_choice).collect();
    let certificates = material.certificates.iter().map(|certificate| certificate.der().to_vec()).collect();
    let infos = message.signers.iter().map(|signer| signer.raw.to_vec()).collect();
    Ok(message.rebuilt(infos, Additions { certificates, revocation, ..Additions::default() }))
}

/// What an archive time-stamp is asked over: the digest to be stamped, and the list of everything that it covers.
#[must_use]
#[derive(Clone, Debug)]
pub struct ArchiveImprint {
    digest: Digest,
    hash_index: Vec<u8>,
}

impl ArchiveImprint {
    /// The digest to be stamped.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The ATSHashIndexV3 in DER: the hashes of the certificates, the revocation information and the unsigned attributes.
    pub fn hash_index(&self) -> &[u8] {
        &self.hash_index
    }
}

/// What an archive time-stamp of the signer at `index` is over (EN 319 122-1 5.5.3), as the document stands. Of a detached
/// content the digest in `algorithm` is needed.
///
/// # Errors
///
/// `Malformed` or `Unsupported` when it is not CMS SignedData; `Misuse` when there is no signer at `index`, or the digest of a
/// detached content is missing or of another algorithm.
pub fn archive_imprint(
    signed: &[u8],
    index: usize,
    content: Option<&Digest>,
    algorithm: digest::Algorithm,
) -> Result<ArchiveImprint> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(&Limits::default()))?;
    let signer = signer_at(&message, index)?;
    let content = match (&message.content, content) {
        (Some(attached), _) => algorithm.digest(attached),
        (None, Some(digest)) if digest.algorithm() == algorithm => *digest,
        (None, _) => {
            return Err(Error::misuse(
                "the content is detached: its digest in the algorithm of the time-stamp is needed",
            )
            .with(algorithm.to_string()));
        }
    };
    let hash_index = hash_index(&message, signer, algorithm);
    let digest = imprint(&message, signer, &content, &hash_index)?;
    Ok(ArchiveImprint { digest, hash_index })
}

/// The document with an archive time-stamp added to the signer at `index`: level B-LTA. The token is one over
/// [`ArchiveImprint::digest`], taken as it is otherwise, and gets the hash index beside its signature.
///
/// # Errors
///
/// `Malformed` or `Unsupported` when it is not CMS SignedData, or the token none; `Misuse` when there is no signer at `index`, or
/// the document has changed since its imprint was taken; `Unusable` when the token is of something else.
pub fn add_archive_time_stamp(signed: &[u8], index: usize, archived: &ArchiveImprint, token: &[u8]) -> Result<Vec<u8>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(&Limits::default()))?;
    let signer = signer_at(&message, index)?;
    check_unrecorded(&message)?;
    let algorithm = archived.digest.algorithm();
    if hash_index(&message, signer, algorithm) != archived.hash_index {
        return Err(Error::misuse("the document is not as it was when its archive imprint was taken"));
    }
    let token = Token::parse(token, &mut Budget::new(&Limits::default()))?;
    if token.info().message_imprint().digest()? != archived.digest {
        return Err(Error::new(ErrorKind::Unusable, "the time-stamp is of something else than the archive imprint"));
    }
    let stamp = token.message()?;
    let authority = stamp.signers.first().ok_or_else(|| Error::malformed("time-stamp token without a signature"))?;
    let authority = authority.with_unsigned_attribute(&oid::ATS_HASH_INDEX_V3, &archived.hash_index);
    let token = stamp.rebuilt(vec![authority], Additions::default());
    let info = signer.with_unsigned_attribute(&oid::ARCHIVE_TIME_STAMP_V3, &token);
    // 5.5.3, step 2: the algorithm should be among those of the message.
    let is_there = message.digest_algorithms.iter().any(|(id, _)| id.oid == algorithm.oid());
    let digest_algorithms = if is_there { Vec::new() } else { vec![digest_identifier(algorithm)] };
    Ok(message.rebuilt(replaced(&message, index, info), Additions { digest_algorithms, ..Additions::default() }))
}

fn whole(octets: &[u8], read: fn(&Tlv<'_>) -> Result<Revocation>) -> Result<Revocation> {
    let mut reader = Reader::new(octets);
    let piece = read(&reader.any()?)?;
    reader.finish("octets after a revocation list or OCSP response")?;
    Ok(piece)
}

fn signer_at<'m, 'a>(message: &'m SignedData<'a>, index: usize) -> Result<&'m SignerInfo<'a>> {
    message.signers.get(index).ok_or_else(|| Error::misuse("there is no such signer"))
}

fn replaced(message: &SignedData<'_>, index: usize, info: Vec<u8>) -> Vec<Vec<u8>> {
    let mut infos: Vec<Vec<u8>> = message.signers.iter().map(|signer| signer.raw.to_vec()).collect();
    if let Some(place) = infos.get_mut(index) {
        *place = info;
    }
    infos
}

/// EN 319 122-1 5.5.3: once there is an archive time-stamp of before version 3 or a long-term-validation attribute, nothing is
/// added to the message but archive time-stamps. Where an evidence record covers it, nothing is.
pub(super) fn check_open(message: &SignedData<'_>) -> Result<()> {
    check_unrecorded(message)?;
    let is_older =
        |oid| oid == oid::LONG_TERM_VALIDATION || (is_archive_time_stamp(oid) && oid != oid::ARCHIVE_TIME_STAMP_V3);
    let mut attributes = message.signers.iter().flat_map(|signer| &signer.unsigned_attributes);
    match attributes.find(|attribute| is_older(attribute.oid)) {
        None => Ok(()),
        Some(attribute) => Err(Error::unsupported(
            "an older archive time-stamp covers the whole message: only another one can be added",
        )
        .with(attribute.oid.name().unwrap_or_default())),
    }
}
