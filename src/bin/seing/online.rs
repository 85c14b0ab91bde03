//! Revocation information and issuers: from files, and fetched when the command line says that it may be.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use clap::Args;
use seing::ades::Material;
use seing::collect::{Collected, Collector};
use seing::error::ErrorKind;
use seing::pki::{Certificate, TrustAnchors};
use seing::timestamp::{Guard, HttpOptions};

use crate::failure::{Failure, Result, reason};
use crate::{remark, trust};

/// Where revocation information comes from, beside what a document carries.
#[derive(Args)]
pub(crate) struct Revocation {
    /// Revocation lists: PEM or DER files, or folders of them.
    #[arg(long, value_name = "FILE|DIR")]
    crl: Vec<PathBuf>,
    /// OCSP responses, likewise.
    #[arg(long, value_name = "FILE|DIR")]
    ocsp: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) online: Online,
}

impl Revocation {
    /// What the files hold.
    pub(crate) fn read(&self) -> Result<Material> {
        trust::material(&self.crl, &self.ocsp)
    }

    pub(crate) fn is_given(&self) -> bool {
        !self.crl.is_empty() || !self.ocsp.is_empty() || self.online.online
    }
}

#[derive(Args)]
pub(crate) struct Online {
    /// Fetch what is missing from where the certificates say that it is: issuers, revocation lists, OCSP responses. Only hosts
    /// on the public internet are asked.
    #[arg(long)]
    online: bool,
    /// A host that may be asked too, although it is not on the public internet, or not at port 80 or 443.
    #[arg(long, value_name = "HOST[:PORT]", requires = "online")]
    allow_host: Vec<String>,
}

impl Online {
    /// What is known, and what could be fetched for a signed document.
    pub(crate) fn for_document(&self, signed: &[u8], known: Material, anchors: &TrustAnchors) -> Result<Material> {
        self.complete(known, |collector, known| Ok(collector.for_document(signed, known, anchors)?))
    }

    /// The same for a time-stamp.
    pub(crate) fn for_time_stamp(&self, token: &[u8], known: Material, anchors: &TrustAnchors) -> Result<Material> {
        self.complete(known, |collector, known| Ok(collector.for_time_stamp(token, known, anchors)?))
    }

    /// The same for one certificate.
    pub(crate) fn for_certificate(
        &self,
        target: &Certificate,
        known: Material,
        anchors: &TrustAnchors,
    ) -> Result<Material> {
        let targets = std::slice::from_ref(target);
        self.complete(known, |collector, known| Ok(collector.for_certificates(targets, known, anchors)))
    }

    /// The same for its path alone.
    pub(crate) fn for_path(&self, target: &Certificate, known: Material, anchors: &TrustAnchors) -> Result<Material> {
        let targets = std::slice::from_ref(target);
        self.complete(known, |collector, known| Ok(collector.for_paths(targets, known, anchors)))
    }

    fn complete(
        &self,
        mut known: Material,
        collect: impl FnOnce(&mut Collector<'_>, &Material) -> Result<Collected>,
    ) -> Result<Material> {
        if !self.online {
            return Ok(known);
        }
        let mut guard = Guard::new();
        for host in &self.allow_host {
            let allowed = guard.allow_host(host);
            guard = allowed.map_err(|error| Failure::usage(error.to_string(), "correct --allow-host").on(host))?;
        }
        let mut options = HttpOptions::default();
        options.total = PATIENCE;
        let start = Instant::now();
        // What is current is current now, whatever the time of the validation is.
        let mut collector = Collector::over_http(&options, guard, SystemTime::now().into())?
            .time_left(move || ALTOGETHER.saturating_sub(start.elapsed()));
        let collected = collect(&mut collector, &known)?;
        for attempt in &collected.attempts {
            match &attempt.outcome {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::Forbidden => {
                    remark(&format!("{attempt}; allow the host with --allow-host HOST[:PORT], if it is meant"));
                }
                Err(_) => remark(&attempt.to_string()),
            }
        }
        if let Some(limit) = &collected.incomplete {
            remark(&format!("not everybody was asked: {}", reason(limit)));
        }
        known.extend(&collected.material);
        Ok(known)
    }
}

/// Somebody waits for the verdict. Servers of authorities answer within a second.
const PATIENCE: Duration = Duration::from_secs(10);
const ALTOGETHER: Duration = Duration::from_secs(60);
