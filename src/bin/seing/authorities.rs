//! Time-stamp authorities, tried in the order in which they are named.

use std::path::PathBuf;
use std::time::SystemTime;

use clap::Args;
use seing::digest::Digest;
use seing::error::{Error, ErrorKind, Result};
use seing::key::os_entropy;
use seing::oid::Oid;
use seing::pki::TrustAnchors;
use seing::timestamp::{Client, HttpOptions, HttpTransport, Token};

use crate::failure::{self, reason};
use crate::{remark, trust};

#[derive(Args)]
pub(crate) struct TsaOptions {
    /// Time-stamp authorities, tried in this order until one gives a token that holds.
    #[arg(long = "tsa", value_name = "URL")]
    urls: Vec<String>,
    /// Trust anchors to which an authority must have a path. Without any, no path is looked for.
    #[arg(long, value_name = "FILE|DIR", requires = "urls")]
    pub(crate) tsa_trust: Vec<PathBuf>,
}

impl TsaOptions {
    pub(crate) fn is_given(&self) -> bool {
        !self.urls.is_empty()
    }

    /// The authorities; no connection is made yet.
    pub(crate) fn open(&self, policy: Option<Oid>) -> failure::Result<Authorities<'_>> {
        let transport = HttpTransport::new(&HttpOptions::default())?;
        Ok(Authorities { urls: &self.urls, anchors: trust::anchors(&self.tsa_trust)?, transport, policy })
    }
}

pub(crate) struct Authorities<'a> {
    urls: &'a [String],
    anchors: TrustAnchors,
    transport: HttpTransport,
    policy: Option<Oid>,
}

impl Authorities<'_> {
    /// A token of the first authority that gives one that holds. When that is not the first one that was asked, standard
    /// error says why.
    pub(crate) fn stamp(&self, digest: &Digest) -> Result<Token> {
        let mut refusals = Vec::new();
        let mut kinds = Vec::new();
        for url in self.urls {
            match self.ask(url, digest) {
                Ok(token) => {
                    if !refusals.is_empty() {
                        remark(&format!("time-stamped by {url}, after {}", refusals.join("; ")));
                    }
                    return Ok(token);
                }
                Err(error) => {
                    refusals.push(format!("{url}: {}", reason(&error)));
                    kinds.push(error.kind());
                }
            }
        }
        let kind = match kinds.as_slice() {
            [first, rest @ ..] if rest.iter().all(|kind| kind == first) => *first,
            _ => ErrorKind::Unreachable,
        };
        Err(Error::new(kind, "there is no time-stamp").with(refusals.join("; ")))
    }

    fn ask(&self, url: &str, digest: &Digest) -> Result<Token> {
        let mut client = Client::new(url, self.transport.clone(), os_entropy).trust(self.anchors.clone());
        if let Some(policy) = self.policy {
            client = client.policy(policy);
        }
        client.stamp(digest, SystemTime::now().into())
    }
}
