//! The fields of `seing-facts/1`. Those that can be unknown are null then, and none may be missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ades::{CertificateReference, Check, Format, Level, SignerLocation, TimestampKind, Weight};
use crate::error::{Error, Result};
use crate::time::Time;

pub(super) const SCHEMA: &str = "seing-facts/1";

/// `sha256:…` to base64.
pub(super) type Pool = BTreeMap<String, String>;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) schema: String,
    pub(super) document: String,
    pub(super) content: Vec<String>,
    pub(super) material: MaterialLists,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) signatures: Option<Vec<Signature>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) time_stamp: Option<TimeStamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) evidence_record: Option<EvidenceRecord>,
    /// Lists of keys of the three pools, referred to by their place.
    pub(super) lists: Vec<Vec<String>>,
    pub(super) certificates: Pool,
    pub(super) crls: Pool,
    pub(super) ocsp_responses: Pool,
}

/// Places in `lists`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MaterialLists {
    pub(super) certificates: usize,
    pub(super) crls: usize,
    pub(super) ocsp_responses: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    pub(super) format: Format,
    pub(super) level: Level,
    pub(super) value: String,
    pub(super) signer: Signer,
    pub(super) attributes: Attributes,
    pub(super) timestamps: Vec<TimeStamp>,
    pub(super) material: MaterialLists,
    pub(super) counter_signatures: Vec<Signature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signer {
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) certificate: Option<String>,
    /// A place in `lists`.
    pub(super) certificates: usize,
    pub(super) reference: CertificateReference,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) algorithm: Option<String>,
    /// The length of the salt of RSASSA-PSS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) salt_octets: Option<u16>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) content_hash: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) reference_hash: Option<String>,
    pub(super) signature: Check,
    pub(super) data: Check,
    pub(super) defects: Vec<Defect>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Defect {
    pub(super) weight: Weight,
    pub(super) clause: String,
    pub(super) what: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attributes {
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) signing_time: Option<Time>,
    pub(super) commitments: Vec<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) location: Option<SignerLocation>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) mime_type: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) policy: Option<SignaturePolicy>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignaturePolicy {
    pub(super) identifier: String,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) digest: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeStamp {
    pub(super) kind: TimestampKind,
    pub(super) time: Time,
    pub(super) imprint: Check,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) imprint_algorithm: Option<String>,
    pub(super) token: String,
    pub(super) covers: Vec<String>,
    pub(super) signer: Signer,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceRecord {
    pub(super) timestamps: Vec<TimeStamp>,
    pub(super) material: MaterialLists,
    pub(super) others: usize,
    pub(super) defects: Vec<Defect>,
}

#[derive(Deserialize)]
struct Head {
    schema: String,
}

/// Reads the fields. A document of another schema is told from one that breaks this one.
pub(super) fn parse(json: &str) -> Result<Document> {
    let wrong = |error| Error::malformed("these are no stored facts").because(error);
    let Head { schema } = serde_json::from_str(json).map_err(wrong)?;
    if schema != SCHEMA {
        let shown = schema.chars().take(80).collect::<String>();
        return Err(Error::unsupported("this version reads facts of the schema seing-facts/1 only").with(shown));
    }
    serde_json::from_str(json).map_err(wrong)
}
