//! Time-stamp authorities, of which those are asked next that did not give a token.

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::SystemTime;

use clap::Args;
use seing::digest::Digest;
use seing::error::{Error, ErrorKind, Result};
use seing::key::os_entropy;
use seing::oid::Oid;
use seing::pki::TrustAnchors;
use seing::timestamp::pool::{Attempt, Granted, Pool, Terms, Tokens};
use seing::timestamp::{Client, HttpOptions, HttpTransport, Token};

use crate::{failure, remark, trust};

#[derive(Args)]
pub(crate) struct TsaOptions {
    /// Time-stamp authorities, tried in this order until one gives a token that holds. One that failed is asked after the
    /// others from then on.
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
    pub(crate) fn open(&self, policy: Option<Oid>) -> failure::Result<Authorities> {
        self.open_trusting(policy, &trust::anchors(&self.tsa_trust)?)
    }

    /// The same with these anchors.
    pub(crate) fn open_trusting(&self, policy: Option<Oid>, anchors: &TrustAnchors) -> failure::Result<Authorities> {
        let options = HttpOptions::default();
        let transport = HttpTransport::new(&options)?;
        let mut terms = Terms::default();
        if self.urls.len() == 1 {
            // Nobody else could be asked meanwhile.
            terms.patience = options.total;
        }
        let mut pool = Pool::new();
        for url in &self.urls {
            let client = Client::new(url.as_str(), transport.clone(), os_entropy).trust(anchors.clone());
            let client = match policy {
                Some(policy) => client.policy(policy),
                None => client,
            };
            pool = pool.with(client, terms.clone());
        }
        Ok(Authorities { pool: RefCell::new(pool) })
    }
}

pub(crate) struct Authorities {
    pool: RefCell<Pool<'static>>,
}

impl Authorities {
    /// A token of the first authority that gives one that holds. When that is not the first one that was asked, standard
    /// error says why.
    pub(crate) fn stamp(&self, digest: &Digest) -> Result<Token> {
        Ok(self.obtain(digest)?.token)
    }

    /// The same with the address of the authority.
    pub(crate) fn obtain(&self, digest: &Digest) -> Result<Granted> {
        let obtained = self.pool.borrow_mut().obtain(digest, SystemTime::now().into(), Tokens::One)?;
        let failed = obtained.attempts.iter().filter(|attempt| attempt.error.is_some());
        let refusals: Vec<String> = failed.map(Attempt::to_string).collect();
        let granted = obtained.tokens.into_iter().next();
        let granted = granted.ok_or_else(|| Error::new(ErrorKind::Misuse, "no token was asked for"))?;
        if !refusals.is_empty() {
            remark(&format!("time-stamped by {}, after {}", granted.authority, refusals.join("; ")));
        }
        Ok(granted)
    }
}
