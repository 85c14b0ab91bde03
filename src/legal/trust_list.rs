//! The national list of providers as a pinned snapshot: what somebody read on the authority's site, and when.
//!
//! No provider is built in, and no machine-readable list was found (law 43-20 art. 53). Whoever curates a snapshot signs its
//! file (CAdES, detached); that signature is validated like any other before the snapshot is used. One that nobody signed is used
//! only where the caller names its digest.

use serde::{Deserialize, Serialize};

use super::calendar::Day;
use super::phrase::{Argument, Phrase, phrase};
use crate::ades::cades::{self, Content};
use crate::digest::{self, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::{Budget, Limits};
use crate::pki::{Certificate, TrustAnchors};
use crate::time::Time;
use crate::validation::{Context, Indication, Policy, validate};

/// A snapshot of the lists that the national authority publishes.
///
/// ```
/// use seing::digest::Algorithm;
/// use seing::legal::TrustList;
///
/// let json = r#"{
///   "format": "seing-trust-list/1",
///   "curator": "Somebody",
///   "source": "https://authority.example/list",
///   "read_on": "2026-11-01",
///   "page": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
///   "providers": [{
///     "name": "TEST Provider", "state": "MA",
///     "services": [{
///       "kind": "signature_certificates", "from": "2023-08-01", "to": "2026-07-31", "decision": "1/2023",
///       "anchor": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
///     }]
///   }]
/// }"#;
/// // Whoever read the list and compared it knows its digest. One that is signed is for `TrustList::signed`.
/// let list = TrustList::pinned(json, &Algorithm::Sha256.digest(json.as_bytes()))?;
/// assert_eq!(list.providers.len(), 1);
/// assert!(TrustList::pinned(json, &Algorithm::Sha256.digest(b"another")).is_err());
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrustList {
    /// Who curates it.
    pub curator: String,
    /// Where it was read.
    pub source: String,
    /// The day on which it was read.
    pub read_on: Day,
    /// The digest of what was read.
    pub page: Digest,
    /// The providers in it.
    pub providers: Vec<Provider>,
    /// The SHA-256 of the snapshot's JSON, which names it in assessments.
    pub id: Digest,
    /// Why it is used.
    pub curation: Curation,
}

/// Why a snapshot is used. Neither makes it the authority's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Curation {
    /// The caller named its digest.
    Pinned,
    /// Its curator signed it, with a certificate that the caller named.
    #[non_exhaustive]
    Signed {
        /// The subject of the certificate (RFC 4514).
        subject: String,
        /// The SHA-256 of the certificate.
        certificate: Digest,
    },
}

/// A provider of trust services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// The country of its seat, as two letters.
    pub state: String,
    /// Its services.
    pub services: Vec<Service>,
}

/// A service of a provider, and when it was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// What it provides.
    pub kind: ServiceKind,
    /// The digest of the certificate under which it issues, as in `sha256:…`.
    pub anchor: String,
    /// The first day of the approval.
    pub from: Day,
    /// The last day of the approval; none while it goes on.
    #[serde(default)]
    pub to: Option<Day>,
    /// The number of the decision.
    #[serde(default)]
    pub decision: Option<String>,
}

/// What a service provides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServiceKind {
    /// Qualified certificates of signatures (law 43-20 art. 9).
    SignatureCertificates,
    /// Qualified certificates of seals (law 43-20 art. 18).
    SealCertificates,
    /// Qualified time-stamps (law 43-20 art. 24).
    TimeStamps,
    /// Qualified registered delivery (law 43-20 art. 28).
    RegisteredDelivery,
    /// Qualified preservation (law 43-20 art. 12, 21).
    Preservation,
    /// Secured certificates under law 53-05 (art. 11, 20).
    SecuredCertificates,
}

/// What a snapshot says of a service on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Listing<'a> {
    Listed(&'a Provider, &'a Service),
    NotListed,
    /// It was read before that day.
    ReadBefore,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format: String,
    curator: String,
    source: String,
    read_on: Day,
    page: String,
    providers: Vec<Provider>,
}

impl TrustList {
    /// A snapshot (seing-trust-list/1) of which the caller knows the digest.
    ///
    /// # Errors
    ///
    /// `Rejected` when its digest is another; `Malformed` when it is no such JSON, an anchor is no SHA-256, a country is not two
    /// letters, a provider has no name or an approval ends before it begins; `LimitExceeded` beyond a megabyte.
    pub fn pinned(json: &str, digest: &Digest) -> Result<Self> {
        let own = digest.algorithm().digest(json.as_bytes());
        if own != *digest {
            return Err(Error::new(ErrorKind::Rejected, "the trust list is not the one whose digest was named")
                .with(own.to_string()));
        }
        Self::read(json, Curation::Pinned)
    }

    /// A snapshot that its curator signed: CAdES, detached, by the certificate that the caller names, validated as of a time
    /// (EN 319 102-1).
    ///
    /// # Errors
    ///
    /// `Rejected` when the signature is of another certificate, or does not pass as of that time; else as
    /// [`pinned`](Self::pinned).
    pub fn signed(
        json: &str,
        signature: &[u8],
        curator: &Certificate,
        time: Time,
        budget: &mut Budget,
    ) -> Result<Self> {
        let rejected = |what, found: String| Err(Error::new(ErrorKind::Rejected, what).with(found));
        let (is_detached, _) = cades::digest_algorithms(signature, &Limits::default())?;
        if !is_detached {
            return rejected("the signature of the trust list has a content of its own", String::new());
        }
        let certificates = std::slice::from_ref(curator);
        let facts = cades::facts(signature, Content::Octets(json.as_bytes()), certificates, budget)?;
        let [only] = facts.as_slice() else {
            return rejected("a trust list has one signature, its curator's", format!("{} found", facts.len()));
        };
        if only.signer.certificate.as_ref() != Some(curator) {
            let subject = only.signer.certificate.as_ref().map(|own| own.subject().to_string());
            return rejected("the trust list is signed by somebody else", subject.unwrap_or_default());
        }
        let (anchors, policy) = (TrustAnchors::none().with(curator.to_owned()), Policy::default());
        let report = validate(&facts, &Context::new(&anchors, &policy, time), budget)?;
        match report.indication() {
            Indication::Passed => {}
            other => return rejected("the signature of the trust list does not pass", other.to_string()),
        }
        let (subject, certificate) = (curator.subject().to_string(), curator.digest(digest::Algorithm::Sha256));
        Self::read(json, Curation::Signed { subject, certificate })
    }

    fn read(json: &str, curation: Curation) -> Result<Self> {
        if json.len() > SNAPSHOT_OCTETS {
            return Err(Error::limit("a trust list of more than a megabyte"));
        }
        let stored: Stored =
            serde_json::from_str(json).map_err(|cause| Error::malformed("not a trust list").because(cause))?;
        if stored.format != FORMAT {
            return Err(Error::malformed("a trust list of another format").with(stored.format));
        }
        for provider in &stored.providers {
            if provider.name.trim().is_empty() {
                return Err(Error::malformed("a provider without a name"));
            }
            if provider.state.len() != 2 || !provider.state.bytes().all(|octet| octet.is_ascii_uppercase()) {
                return Err(Error::malformed("a country that is not two capital letters").with(&*provider.state));
            }
            for service in &provider.services {
                sha256(&service.anchor)?;
                if service.to.is_some_and(|to| to < service.from) {
                    return Err(Error::malformed("an approval that ends before it begins").with(&*provider.name));
                }
            }
        }
        Ok(Self {
            page: sha256(&stored.page)?,
            curator: stored.curator,
            source: stored.source,
            read_on: stored.read_on,
            providers: stored.providers,
            id: digest::Algorithm::Sha256.digest(json.as_bytes()),
            curation,
        })
    }

    /// What it says of the service under one of these certificates on that day. Of days after its reading it says nothing: an
    /// approval can be withdrawn before its end (law 43-20 art. 52, 53).
    pub(crate) fn listing(&self, kind: ServiceKind, path: &[Digest], day: Day) -> Listing<'_> {
        if self.read_on < day {
            return Listing::ReadBefore;
        }
        let names: Vec<String> = path.iter().map(ToString::to_string).collect();
        let mut services =
            self.providers.iter().flat_map(|provider| provider.services.iter().map(move |service| (provider, service)));
        let found = services.find(|(_, service)| {
            let then = service.from <= day && service.to.is_none_or(|to| day <= to);
            service.kind == kind && then && names.contains(&service.anchor)
        });
        match found {
            Some((provider, service)) => Listing::Listed(provider, service),
            None => Listing::NotListed,
        }
    }

    /// How assessments name it.
    pub(crate) fn label(&self) -> Phrase {
        let source = Argument::Code(self.source.to_owned());
        phrase!("snapshot {0} of {1}, read on {2} by {3}", self.id, source, self.read_on, &self.curator)
    }
}

fn sha256(text: &str) -> Result<Digest> {
    let digest = Digest::parse(text)?;
    if digest.algorithm() != digest::Algorithm::Sha256 || digest.to_string() != text {
        return Err(Error::malformed("a SHA-256 like sha256: and 64 hexadecimal digits in lower case is expected"));
    }
    Ok(digest)
}

const FORMAT: &str = "seing-trust-list/1";
const SNAPSHOT_OCTETS: usize = 1 << 20;
