//! Digests in JSON, as in `sha256:…`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

use crate::digest::Digest;

pub(super) fn serialize<S: Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(digest)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
    Digest::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// The same where there may be none.
pub(super) mod optional {
    use serde::Serialize;
    use serde::de::Error as _;

    use super::{Deserialize, Deserializer, Digest, Serializer};

    pub(in crate::contract) fn serialize<S: Serializer>(
        digest: &Option<Digest>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        digest.map(|digest| digest.to_string()).serialize(serializer)
    }

    pub(in crate::contract) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Digest>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| Digest::parse(&text)).transpose().map_err(D::Error::custom)
    }
}
