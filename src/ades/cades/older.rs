//! New validation material where an older archive time-stamp covers the whole message (EN 319 122-1 5.5.3, second strategy): it
//! goes into the latest archive time-stamp, as unsigned attributes of its token.

use super::archive::is_archive_time_stamp;
use super::long_term::{Collected, certificate_values, revocation_values};
use crate::ades::Material;
use crate::cms::{Additions, Attribute, SignedData, SignerInfo, attribute};
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid;
use crate::timestamp::Token;

/// The message with the material in the latest archive time-stamp of each signer; there must be one.
pub(super) fn add_material(message: &SignedData<'_>, material: &Material) -> Result<Vec<u8>> {
    let infos = message.signers.iter().map(|signer| with_material(message, signer, material));
    Ok(message.rebuilt(infos.collect::<Result<_>>()?, Additions::default()))
}

fn with_material(message: &SignedData<'_>, signer: &SignerInfo<'_>, material: &Material) -> Result<Vec<u8>> {
    let mut latest: Option<(&Attribute<'_>, Token)> = None;
    let mut there = Collected::default();
    there.add_message(message, None, &mut Budget::unlimited())?;
    there.add_attributes(&signer.unsigned_attributes, &mut Budget::unlimited())?;
    for stamp in signer.unsigned_attributes.iter().filter(|attribute| is_archive_time_stamp(attribute.oid)) {
        let token = Token::parse(stamp.single()?.raw, &mut Budget::unlimited())?;
        if latest.as_ref().is_none_or(|(_, other)| other.time() < token.time()) {
            latest = Some((stamp, token));
        }
    }
    let (place, token) = latest.ok_or_else(|| {
        Error::unsupported(
            "an archive time-stamp of another signer covers the message, and this one has none to add to",
        )
    })?;
    let token = extended(&token, &there.material, material)?;
    let stamp = attribute(&place.oid, &token);
    let keep = |other: &Attribute<'_>| other.offset != place.offset;
    let attributes = signer.unsigned_attributes.iter();
    let attributes: Vec<&[u8]> = attributes.map(|other| if keep(other) { other.raw } else { &stamp }).collect();
    Ok(signer.with_unsigned_attributes(&attributes))
}

/// The token with what is not yet in the message or in itself.
fn extended(token: &Token, there: &Material, material: &Material) -> Result<Vec<u8>> {
    let message = token.message()?;
    let authority = message.signers.first().ok_or_else(|| Error::malformed("time-stamp token without a signature"))?;
    let mut values = Collected::default();
    values.add_attributes(&authority.unsigned_attributes, &mut Budget::unlimited())?;
    let mut known = Collected::default();
    known.add_message(&message, None, &mut Budget::unlimited())?;
    known.material.extend(there);
    known.material.extend(&values.material);
    let more = material.without(&known.material);
    if more.is_empty() {
        return Ok(token.octets().to_vec());
    }
    values.material.extend(&more);
    let values = &values.material;
    let others = authority.unsigned_attributes.iter();
    let others = others.filter(|other| !matches!(other.oid, oid::CERTIFICATE_VALUES | oid::REVOCATION_VALUES));
    let mut attributes: Vec<Vec<u8>> = others.map(|other| other.raw.to_vec()).collect();
    if !values.certificates.is_empty() {
        attributes.push(attribute(&oid::CERTIFICATE_VALUES, &certificate_values(&values.certificates)));
    }
    if !(values.crls.is_empty() && values.ocsp_responses.is_empty()) {
        attributes.push(attribute(&oid::REVOCATION_VALUES, &revocation_values(values)?));
    }
    attributes.sort();
    let attributes: Vec<&[u8]> = attributes.iter().map(Vec::as_slice).collect();
    Ok(message.rebuilt(vec![authority.with_unsigned_attributes(&attributes)], Additions::default()))
}
