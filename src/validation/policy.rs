//! The validation policy: which algorithms are reliable until when, how fresh revocation information must be.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ades::Level;
use crate::digest::{self, Digest};
use crate::error::{Error, Result};
use crate::key::{KeyAlgorithm, SignatureAlgorithm};
use crate::time::Time;

/// A validation policy. It is the operator's or the library's, in the style of TS 119 312, and not law: no Moroccan text fixes an
/// algorithm, a key length or a freshness.
///
/// ```
/// use seing::validation::Policy;
///
/// let policy = Policy::default();
/// assert_eq!(Policy::from_json(&policy.to_json()?)?, policy);
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Policy {
    /// What reports call it.
    pub name: String,
    /// What it is, for whoever reads it.
    #[serde(default)]
    pub description: String,
    /// The hash functions that are reliable, and until when. Others are not.
    pub hashes: Vec<HashRule>,
    /// The kinds of keys that are reliable, from which size, and until when. Others are not.
    pub keys: Vec<KeyRule>,
    /// Whose revocation must be known.
    pub revocation: RevocationRule,
    /// For how many seconds revocation information is fresh after it was issued. Without it, until its own next
    /// update.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation_fresh_seconds: Option<u64>,
    /// For how many seconds it is fresh where its issuer announced no next update: responders who answer anew each time do not
    /// (RFC 6960 §4.2.2.1).
    #[serde(default)]
    pub revocation_unannounced_seconds: u64,
    /// Whether a time-stamp that does not hold keeps the signature from passing, or is left aside as EN 319 102-1 5.5.4 does.
    pub time_stamps: TimeStampRule,
    /// Whether departures from the formats are taken that leave no doubt of what was signed, as signed attributes that are not in
    /// DER (RFC 5652 §5.4 digests their DER encoding, whatever arrived).
    pub departures: Tolerance,
    /// What it means that the document of a signature policy, to which a signer refers, is not given.
    #[serde(default)]
    pub signature_policies: SignaturePolicyRule,
    /// The lowest level that is taken: from B-T on with a signature time-stamp that holds, at B-LTA with an archive time-stamp
    /// that does. `none` takes every level.
    #[serde(default = "any_level")]
    pub least_level: Level,
    /// What a signature must state or carry besides. Of counter-signatures neither this nor a level is asked.
    #[serde(default)]
    pub required_attributes: Vec<RequiredAttribute>,
}

fn any_level() -> Level {
    Level::None
}

/// A hash function and the last moment at which it is reliable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct HashRule {
    /// Its name, as in `sha256`.
    pub hash: String,
    /// RFC 3339; no end where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

/// A kind of key, its least size and the last moment at which it is reliable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct KeyRule {
    /// `rsa`, `dsa`, `ecdsa`, `ed25519` or `ml-dsa`.
    pub kind: String,
    /// The bits of the modulus or of the curve; 0 where the kind has one size.
    #[serde(default)]
    pub bits: u32,
    /// RFC 3339; no end where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

/// Whose revocation must be known (the RevocationCheckingConstraints of TS 119 172-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RevocationRule {
    /// Of every certificate below the anchor that does not say that there is nothing to ask.
    Always,
    /// Of every certificate that names where to ask.
    WhereNamed,
    /// Of none.
    Never,
}

/// What a time-stamp that does not hold means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TimeStampRule {
    /// Each that is there must hold.
    EachMustHold,
    /// One that does not hold is left aside.
    LeaveAside,
}

/// Whether a departure is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "closed: it is taken or refused")]
pub enum Tolerance {
    /// It is taken, with a finding.
    Accept,
    /// It keeps the signature from passing.
    Refuse,
}

/// What it means that the document of a signature policy is not at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SignaturePolicyRule {
    /// A finding says so.
    #[default]
    LeaveAside,
    /// The signature does not pass.
    MustBeGiven,
}

/// What a signature must state or carry (the SignatureElementConstraints of TS 119 172-1, EN 319 122-1 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RequiredAttribute {
    /// When the signer claims to have signed.
    SigningTime,
    /// Where the signer claims to be.
    SignerLocation,
    /// What the signature commits to.
    CommitmentType,
    /// The media type of the content, in mime-type or content-hints.
    MimeType,
    /// The signature policy under which it was made.
    SignaturePolicy,
    /// A time-stamp on the content that holds.
    ContentTimeStamp,
    /// A time-stamp on the signature that holds.
    SignatureTimeStamp,
}

/// Why an algorithm is not reliable at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weakness {
    pub(super) what: String,
    /// Until when it was, if it ever was.
    pub(super) until: Option<Time>,
}

impl Default for Policy {
    /// The library's default: hashes of 256 bits and more, RSA of 3,000 bits and more; older ones as long as they were sound.
    fn default() -> Self {
        let hash = |hash: &str, until: Option<&str>| HashRule { hash: hash.to_owned(), until: until.and_then(end_of) };
        let key = |kind: &str, bits, until: Option<&str>| KeyRule {
            kind: kind.to_owned(),
            bits,
            until: until.and_then(end_of),
        };
        Self {
            name: "seing default 1".to_owned(),
            description: format!("{WHOSE} The dates are those of TS 119 312 V2.1.1 and of NIST SP 800-131A."),
            hashes: vec![
                // TS 119 312 V2.1.1, table 4: SHA-2 and SHA-3 of 256 bits and more have no end.
                hash("sha256", None),
                hash("sha384", None),
                hash("sha512", None),
                hash("sha3-256", None),
                hash("sha3-384", None),
                hash("sha3-512", None),
                // The same table: SHA-224 is a legacy mechanism to the end of 2028. SHA3-224, of the same strength, is not in it.
                hash("sha224", Some("2028")),
                hash("sha3-224", Some("2028")),
                // NIST SP 800-131A: no signatures over SHA-1 after 2013.
                hash("sha1", Some("2013")),
            ],
            keys: vec![
                // TS 119 312 V2.1.1, table 4 and clause 8.4: recommended, without an end.
                key("ed25519", 0, None),
                key("ecdsa", 256, None),
                key("ml-dsa", 0, None),
                // Its table 6: no new certificates for RSA of less than 3,000 bits after 2026, and none that is valid after 2028.
                key("rsa", 3000, None),
                key("rsa", 1900, Some("2028")),
                // NIST SP 800-131A: no signatures of less than 112 bits of strength after 2013.
                key("rsa", 1024, Some("2013")),
                // FIPS 186-5 (2023) no longer has DSA, where table 7 lets 2,048 bits live to the end of 2026 and 3,072 longer.
                key("dsa", 2048, Some("2023")),
                key("dsa", 1024, Some("2013")),
            ],
            revocation: RevocationRule::WhereNamed,
            revocation_fresh_seconds: None,
            revocation_unannounced_seconds: 86_400,
            time_stamps: TimeStampRule::EachMustHold,
            departures: Tolerance::Accept,
            signature_policies: SignaturePolicyRule::LeaveAside,
            least_level: Level::None,
            required_attributes: Vec::new(),
        }
    }
}

/// So that nobody takes it for more than it is.
const WHOSE: &str = "A policy of the library seing, and not law: no Moroccan text fixes an algorithm or a date.";

fn end_of(year: &str) -> Option<Time> {
    Time::parse_rfc3339(&format!("{year}-12-31T23:59:59Z")).ok()
}

impl Policy {
    /// A stricter one: no algorithm that has an end, revocation of every certificate known and not older than a day, everything in
    /// DER, and the time at which the signer claims to have signed, as EN 319 122-1 6.3 wants it at every level.
    pub fn strict() -> Self {
        let mut policy = Self { name: "seing strict 1".to_owned(), ..Self::default() };
        policy.description =
            format!("{WHOSE} Only what TS 119 312 V2.1.1 gives no end, and every certificate's status known.");
        policy.hashes.retain(|rule| rule.until.is_none());
        policy.keys.retain(|rule| rule.until.is_none());
        policy.revocation = RevocationRule::Always;
        policy.revocation_fresh_seconds = Some(86_400);
        policy.departures = Tolerance::Refuse;
        policy.signature_policies = SignaturePolicyRule::MustBeGiven;
        policy.least_level = Level::BB;
        policy.required_attributes = vec![RequiredAttribute::SigningTime];
        policy
    }

    /// A more lenient one: revocation is not asked, and a time-stamp that does not hold is left aside.
    pub fn lenient() -> Self {
        Self {
            name: "seing lenient 1".to_owned(),
            description: format!("{WHOSE} The default's algorithms; nobody's revocation is asked."),
            revocation: RevocationRule::Never,
            time_stamps: TimeStampRule::LeaveAside,
            ..Self::default()
        }
    }

    /// Reads a policy from JSON, as an operator writes it.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, with line and column, or a rule for keys says nothing of their size where there are many;
    /// `Unsupported` when it names an algorithm that is unknown here.
    pub fn from_json(json: &str) -> Result<Self> {
        let policy: Self = serde_json::from_str(json)
            .map_err(|error| Error::malformed("this is no validation policy").because(error))?;
        if let Some(rule) = policy.hashes.iter().find(|rule| digest::Algorithm::from_name(&rule.hash).is_none()) {
            return Err(Error::unsupported("the policy names an unknown hash function").with(rule.hash.as_str()));
        }
        if let Some(rule) = policy.keys.iter().find(|rule| !KINDS.contains(&rule.kind.as_str())) {
            return Err(Error::unsupported("the policy names an unknown kind of key").with(rule.kind.as_str()));
        }
        let sizeless = |rule: &&KeyRule| rule.bits == 0 && OF_MANY_SIZES.contains(&rule.kind.as_str());
        if let Some(rule) = policy.keys.iter().find(sizeless) {
            return Err(Error::malformed("the policy does not say the least bits of a key").with(rule.kind.as_str()));
        }
        Ok(policy)
    }

    /// The policy as JSON.
    ///
    /// # Errors
    ///
    /// None that is known of: its fields are texts, numbers and lists.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::misuse("the policy cannot be written").because(error))
    }

    /// The SHA-256 of its JSON, by which reports name it beside its name.
    ///
    /// # Errors
    ///
    /// As [`to_json`](Self::to_json).
    pub fn digest(&self) -> Result<Digest> {
        self.to_json().map(|json| digest::Algorithm::Sha256.digest(json.as_bytes()))
    }

    /// Why an algorithm with a key is not reliable at a time, if it is not.
    pub(super) fn weakness(&self, algorithm: SignatureAlgorithm, key: KeyAlgorithm, time: Time) -> Option<Weakness> {
        let rests = |hash| self.weak_hash(hash, time, || format!("{algorithm} rests on {hash}, which"));
        algorithm.digest().and_then(rests).or_else(|| {
            let (kind, bits) = kind_of(key);
            let rules = self.keys.iter().filter(|rule| rule.kind == kind && rule.bits <= bits);
            expired(rules.map(|rule| rule.until), time, || format!("a key of {key}"))
        })
    }

    /// Why a hash function is not reliable at a time, if it is not. `what` is what rests on it.
    pub(super) fn weak_hash(&self, hash: digest::Algorithm, time: Time, what: impl Fn() -> String) -> Option<Weakness> {
        let rules = self.hashes.iter().filter(|rule| hash.is_named(&rule.hash));
        expired(rules.map(|rule| rule.until), time, what)
    }
}

/// The rule that reaches furthest counts; without any, there is no time at which it was reliable.
fn expired(rules: impl Iterator<Item = Option<Time>>, time: Time, what: impl Fn() -> String) -> Option<Weakness> {
    let furthest = rules.max_by_key(|until| (until.is_none(), *until));
    match furthest {
        Some(None) => None,
        Some(Some(until)) if time <= until => None,
        Some(Some(until)) => {
            Some(Weakness { what: format!("{} is not reliable after {until}", what()), until: Some(until) })
        }
        None => Some(Weakness { what: format!("{} is not reliable by this policy", what()), until: None }),
    }
}

const OF_MANY_SIZES: &[&str] = &["rsa", "dsa", "ecdsa"];

const KINDS: &[&str] = &["rsa", "dsa", "ecdsa", "ed25519", "ml-dsa"];

fn kind_of(key: KeyAlgorithm) -> (&'static str, u32) {
    match key {
        KeyAlgorithm::Ed25519 => ("ed25519", 256),
        KeyAlgorithm::P256 => ("ecdsa", 256),
        KeyAlgorithm::P384 => ("ecdsa", 384),
        KeyAlgorithm::P521 => ("ecdsa", 521),
        KeyAlgorithm::Rsa(bits) => ("rsa", bits),
        KeyAlgorithm::Dsa(bits) => ("dsa", bits),
        KeyAlgorithm::MlDsa(_) => ("ml-dsa", 0),
    }
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use crate::digest::Algorithm::{Sha1, Sha256};

    fn time(text: &str) -> Time {
        Time::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn an_algorithm_is_reliable_until_its_day() {
        let policy = Policy::default();
        let weakness = |algorithm, key, at| policy.weakness(algorithm, key, time(at)).map(|weakness| weakness.until);
        let sha1 = SignatureAlgorithm::RsaPkcs1(Sha1);
        assert_eq!(weakness(sha1, KeyAlgorithm::Rsa(2048), "2013-12-31T23:59:59Z"), None);
        assert_eq!(
            weakness(sha1, KeyAlgorithm::Rsa(2048), "2014-01-01T00:00:00Z"),
            Some(Some(time("2013-12-31T23:59:59Z")))
        );
        let sha256 = SignatureAlgorithm::RsaPkcs1(Sha256);
        assert_eq!(weakness(sha256, KeyAlgorithm::Rsa(2048), "2028-12-31T23:59:59Z"), None);
        assert_eq!(
            weakness(sha256, KeyAlgorithm::Rsa(2999), "2029-01-01T00:00:00Z"),
            Some(Some(time("2028-12-31T23:59:59Z")))
        );
        assert_eq!(weakness(sha256, KeyAlgorithm::Rsa(3000), "2040-01-01T00:00:00Z"), None);
        assert!(weakness(sha256, KeyAlgorithm::Rsa(1024), "2026-01-01T00:00:00Z").is_some());
        assert_eq!(weakness(sha256, KeyAlgorithm::Rsa(1023), "2010-01-01T00:00:00Z"), Some(None));
    }

    #[test]
    fn the_strict_policy_takes_no_rsa_2048() {
        let weakness = Policy::strict().weakness(
            SignatureAlgorithm::RsaPkcs1(Sha256),
            KeyAlgorithm::Rsa(2048),
            time("2026-01-01T00:00:00Z"),
        );
        assert!(weakness.is_some());
    }

    #[test]
    fn a_policy_that_says_more_than_is_understood_is_refused() {
        let json = Policy::default().to_json().unwrap();
        assert!(Policy::from_json(&json.replacen("\"name\"", "\"nmae\"", 1)).is_err());
        assert!(Policy::from_json(&json.replacen("sha256", "sha257", 1)).is_err());
        assert!(Policy::from_json(&json.replacen("ecdsa", "ecdsb", 1)).is_err());
        assert!(
            Policy::from_json(&json.replacen("\"required_attributes\": []", "\"required_attributes\": [\"seal\"]", 1))
                .is_err()
        );
        assert!(Policy::from_json(&json.replacen("\"bits\": 256", "\"bits\": 0", 1)).is_err());
        assert!(Policy::from_json("{}").is_err());
    }

    #[test]
    fn the_policies_of_the_library_say_that_they_are_no_law() {
        for policy in [Policy::default(), Policy::strict(), Policy::lenient()] {
            assert!(policy.description.contains("not law"), "{}", policy.name);
            assert_eq!(Policy::from_json(&policy.to_json().unwrap()).unwrap(), policy);
        }
    }
}
