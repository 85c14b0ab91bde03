//! Time-stamp tokens: whose signature it is, and whether the token is over what it should be over.

use super::archive::{Archived, is_archive_time_stamp};
use super::extract::{Signed, signer_facts};
use super::references::{compare_complete, compare_references};
use crate::ades::{Check, Defect, TimestampFacts, TimestampKind, Weight, object_digest};
use crate::cms::ContentDigests;
use crate::digest::Digest;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::timestamp::Token;

/// What a message imprint was compared with.
pub(super) struct Stamped {
    pub(super) imprint: Check,
    /// The names of the objects that the token proves to have existed.
    pub(super) covers: Vec<Digest>,
    pub(super) defects: Vec<Defect>,
}

impl Stamped {
    pub(super) fn new(imprint: Check, covers: Vec<Digest>) -> Self {
        Self { imprint, covers, defects: Vec::new() }
    }

    /// A comparison that cannot be made, or that cannot come out well.
    pub(super) fn defective(imprint: Check, clause: &'static str, what: impl Into<String>) -> Self {
        Self { imprint, covers: Vec::new(), defects: vec![Defect::new(Weight::Constraint, clause, what)] }
    }

    /// What an error while comparing means: a limit ends everything, the rest leaves the comparison open.
    pub(super) fn from_error(clause: &'static str, error: Error) -> Result<Self> {
        match error.kind() {
            ErrorKind::LimitExceeded => Err(error),
            _ => Ok(Self::defective(Check::NotChecked, clause, error.to_string())),
        }
    }
}

/// The facts of a time-stamp token over what `stamped` is. `certificates` are candidates beside those of the token.
pub(crate) fn time_stamp(
    kind: TimestampKind,
    token: &[u8],
    stamped: ContentDigests<'_>,
    certificates: &[Certificate],
    budget: &mut Budget,
) -> Result<TimestampFacts> {
    let token = Token::parse(token, budget)?;
    token_facts(kind, &token, certificates, budget, |imprint, budget| {
        compare_content(stamped, imprint, Vec::new(), budget)
    })
}

/// A time-stamp over octets themselves.
pub(super) fn compare_content(
    stamped: ContentDigests<'_>,
    imprint: &Digest,
    covers: Vec<Digest>,
    budget: &mut Budget,
) -> Result<Stamped> {
    let check = match stamped.digest(imprint.algorithm(), budget)? {
        Some(digest) if digest == *imprint => Check::Holds,
        Some(_) => Check::Broken,
        None => Check::NotChecked,
    };
    Ok(Stamped::new(check, covers))
}

/// The time-stamps of one signature, and what they can be over.
pub(super) struct Comparison<'m, 'a> {
    signed: &'m Signed<'m, 'a>,
    archived: Option<Archived<'m, 'a>>,
    /// The names of the objects that the signature refers to, and of its signature time-stamps.
    referenced: Vec<Digest>,
    stamps: Vec<Digest>,
}

impl<'m, 'a> Comparison<'m, 'a> {
    pub(super) fn new(
        signed: &'m Signed<'m, 'a>,
        tokens: &[(Oid, Token)],
        referenced: Vec<Digest>,
        budget: &mut Budget,
    ) -> Result<Self> {
        let is_archived = tokens.iter().any(|(attribute, _)| is_archive_time_stamp(*attribute));
        let message = signed.message.filter(|_| is_archived);
        let archived =
            message.map(|message| Archived::new(message, signed.signer, signed.content, budget)).transpose()?;
        let stamps = tokens.iter().filter(|(attribute, _)| *attribute == oid::SIGNATURE_TIME_STAMP);
        let stamps = stamps.map(|(_, token)| object_digest(token.octets())).collect();
        Ok(Self { signed, archived, referenced, stamps })
    }

    /// The facts of a time-stamp in an attribute of this type.
    pub(super) fn facts(
        &mut self,
        attribute: Oid,
        token: &Token,
        certificates: &[Certificate],
        budget: &mut Budget,
    ) -> Result<TimestampFacts> {
        let kind = time_stamp_kind(attribute).unwrap_or(TimestampKind::Content);
        token_facts(kind, token, certificates, budget, |imprint, budget| {
            let signer = self.signed.signer;
            let value = object_digest(&signer.signature);
            match (attribute, &mut self.archived) {
                (oid::SIGNATURE_TIME_STAMP, _) => {
                    compare_content(ContentDigests::Octets(&signer.signature, &[]), imprint, vec![value], budget)
                }
                (oid::ESC_TIME_STAMP, _) => {
                    let objects = self.referenced.iter().chain(&self.stamps).copied().chain([value]);
                    Ok(compare_complete(signer, imprint, objects.collect()))
                }
                (oid::CERTS_CRLS_TIME_STAMP, _) => Ok(compare_references(signer, imprint, self.referenced.clone())),
                (oid::ARCHIVE_TIME_STAMP_V2, Some(archived)) => archived.compare_v2(token, imprint, budget),
                (oid::ARCHIVE_TIME_STAMP_V3, Some(archived)) => archived.compare_v3(token, imprint, budget),
                (oid::ARCHIVE_TIME_STAMP_V2 | oid::ARCHIVE_TIME_STAMP_V3, None) => {
                    let what = "an archive time-stamp of a counter-signature is not compared";
                    Ok(Stamped::defective(Check::NotChecked, "EN 319 122-1 5.5.3", what))
                }
                _ => compare_content(self.signed.content, imprint, Vec::new(), budget),
            }
        })
    }
}

/// The facts of a token by a comparison of its own. What a token is not over, it proves nothing of.
pub(super) fn token_facts(
    kind: TimestampKind,
    token: &Token,
    certificates: &[Certificate],
    budget: &mut Budget,
    compare: impl FnOnce(&Digest, &mut Budget) -> Result<Stamped>,
) -> Result<TimestampFacts> {
    let mut found = token.examine(certificates, budget)?;
    if let Some(certificate) = &found.certificate {
        found.defects.extend(token.check_name(certificate)?);
    }
    for signer in &token.message()?.signers {
        for attribute in signer.unsigned_attributes.iter().filter(|attribute| !is_known_in_token(attribute.oid)) {
            let what = format!("the unsigned attribute {} of the token is unknown", attribute.oid);
            found.defects.push(Defect::new(Weight::Constraint, "RFC 5652 5.3", what));
        }
    }
    let (stamped, imprint_algorithm) = match token.info().message_imprint().digest() {
        Ok(imprint) => (compare(&imprint, budget)?, Some(imprint.algorithm())),
        Err(error) => {
            found.defects.push(Defect::from_error("RFC 3161 2.4.2", &error));
            (Stamped::new(Check::NotChecked, Vec::new()), None)
        }
    };
    found.defects.extend(stamped.defects);
    let certificates: Vec<Certificate> = token.certificates().iter().chain(certificates).cloned().collect();
    Ok(TimestampFacts {
        kind,
        time: token.time(),
        imprint: stamped.imprint,
        imprint_algorithm,
        signer: signer_facts(found, &certificates),
        token: object_digest(token.octets()),
        covers: if stamped.imprint == Check::Holds { stamped.covers } else { Vec::new() },
    })
}

/// What kind of time-stamp an unsigned attribute holds, if any that is compared.
pub(super) fn time_stamp_kind(attribute: Oid) -> Option<TimestampKind> {
    match attribute {
        oid::SIGNATURE_TIME_STAMP => Some(TimestampKind::Signature),
        oid::ESC_TIME_STAMP | oid::CERTS_CRLS_TIME_STAMP => Some(TimestampKind::Refs),
        oid::ARCHIVE_TIME_STAMP_V2 | oid::ARCHIVE_TIME_STAMP_V3 => Some(TimestampKind::Archive),
        _ => None,
    }
}

/// What EN 319 122-1 and RFC 5126 put beside the signature of a token.
fn is_known_in_token(oid: Oid) -> bool {
    [
        oid::ATS_HASH_INDEX,
        oid::ATS_HASH_INDEX_V2,
        oid::ATS_HASH_INDEX_V3,
        oid::CERTIFICATE_VALUES,
        oid::REVOCATION_VALUES,
        oid::COMPLETE_CERTIFICATE_REFERENCES,
        oid::COMPLETE_REVOCATION_REFERENCES,
    ]
    .contains(&oid)
}
