//! The report as JSON, under the stable names of `seing-report/1`.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::report::{Report, SignatureReport, TimestampReport};
use crate::error::{Error, Result};

const SCHEMA: &str = "seing-report/1";

impl Report {
    /// The report as one JSON object.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts, truth values and lists.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::misuse("the report cannot be written").because(error))
    }
}

impl TimestampReport {
    /// The report on a time-stamp of its own as one JSON object.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts, truth values and lists.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::misuse("the report cannot be written").because(error))
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Report", 5)?;
        object.serialize_field("schema", SCHEMA)?;
        object.serialize_field("validation_time", &self.validation_time)?;
        object.serialize_field("policy", &self.policy)?;
        object.serialize_field("signatures", &self.signatures)?;
        match &self.until {
            Some(until) => object.serialize_field("until", until)?,
            None => object.skip_field("until")?,
        }
        object.end()
    }
}

impl Serialize for SignatureReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Signature", 14)?;
        object.serialize_field("format", &self.format)?;
        object.serialize_field("container", &None::<&str>)?;
        object.serialize_field("level", &self.level)?;
        object.serialize_field("counter_signature_of", &self.counter_signature_of)?;
        object.serialize_field("indication", self.indication.total_name())?;
        object.serialize_field("sub_indication", &self.indication.sub_indication().map(|sub| sub.to_string()))?;
        object.serialize_field("signature_intact", &self.signature_intact)?;
        object.serialize_field("data_intact", &self.data_intact)?;
        object.serialize_field("algorithm", &self.algorithm)?;
        object.serialize_field("claimed_signing_time", &self.claimed_signing_time)?;
        object.serialize_field("best_signature_time", &self.best_signature_time)?;
        object.serialize_field("signer", &self.signer)?;
        object.serialize_field("timestamps", &self.timestamps)?;
        object.serialize_field("findings", &self.findings)?;
        object.end()
    }
}

impl Serialize for TimestampReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Timestamp", 8)?;
        object.serialize_field("kind", &self.kind)?;
        object.serialize_field("time", &self.time)?;
        object.serialize_field("indication", self.indication.name())?;
        object.serialize_field("sub_indication", &self.indication.sub_indication().map(|sub| sub.to_string()))?;
        object.serialize_field("imprint_intact", &self.imprint_intact)?;
        object.serialize_field("signature_intact", &self.signature_intact)?;
        object.serialize_field("tsa", &self.tsa)?;
        object.serialize_field("findings", &self.findings)?;
        object.end()
    }
}
