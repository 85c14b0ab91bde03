//! From B-B to B-T: the signature time-stamp (EN 319 122-1 5.3).

use super::extract::unwrapped;
use crate::cms::{Additions, SignedData};
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};
use crate::oid;

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

/// The document with a signature time-stamp added to the signer at `index`. No signed octet is touched.
///
/// The token is taken as it is: [`timestamp::Client`](crate::timestamp::Client) gives tokens that were checked.
///
/// # Errors
///
/// `Malformed` or `Unsupported` when it is not CMS SignedData; `Misuse` when there is no signer at `index`.
pub fn add_signature_time_stamp(signed: &[u8], index: usize, token: &[u8]) -> Result<Vec<u8>> {
    let octets = unwrapped(signed)?;
    let message = SignedData::parse(&octets, &mut Budget::new(&Limits::default()))?;
    if index >= message.signers.len() {
        return Err(Error::misuse("there is no such signer to time-stamp"));
    }
    let infos = message.signers.iter().enumerate().map(|(at, signer)| {
        if at == index {
            signer.with_unsigned_attribute(&oid::SIGNATURE_TIME_STAMP, token)
        } else {
            signer.raw.to_vec()
        }
    });
    Ok(message.rebuilt(infos.collect(), Additions::default()))
}
