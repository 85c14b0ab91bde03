//! `seing chain`: one certification path.

use std::path::PathBuf;
use std::time::SystemTime;

use clap::Args;
use seing::limits::{Budget, Limits};
use seing::oid::Oid;
use seing::pki::path::{PathQuery, Purpose};
use seing::time::Time;
use seing::validation::{Policy, RevocationRule, validate_certificate};

use crate::failure::{Failure, On, Result, Status};
use crate::online::Revocation;
use crate::verify::{print, status};
use crate::{trust, tsa, verify};

#[derive(Args)]
#[command(after_help = "\
The path is validated by RFC 5280. It is PASSED only when each certificate below the anchor is known not to be revoked, or with \
--no-revocation. A path that does not hold is INDETERMINATE (EN 319 102-1 5.2.6).

Examples:
  seing chain signer.pem --trust root.pem --with intermediates/ --no-revocation
  seing chain signer.pem --trust root.pem --online
  seing chain signer.pem --trust root.pem --at 2027-01-31T12:00:00Z --json
  seing chain signer.pem --trust root.pem --policy 1.3.6.1.4.1.99999.1 --require-policy --no-revocation")]
pub(crate) struct Options {
    /// The certificate, in PEM or DER. Further ones in the file are used like those of --with.
    certificate: PathBuf,
    /// Certificates of authorities: PEM or DER files with one or more, or folders of them.
    #[arg(long, value_name = "FILE|DIR")]
    with: Vec<PathBuf>,
    /// Trust anchors, likewise.
    #[arg(long, value_name = "FILE|DIR")]
    trust: Vec<PathBuf>,
    #[command(flatten)]
    revocation: Revocation,
    /// The time as of which to validate; now where it is not given.
    #[arg(long, value_name = "RFC3339", value_parser = verify::time)]
    at: Option<Time>,
    /// Certificate policies that are acceptable; any where none is given.
    #[arg(long, value_name = "OID", value_parser = tsa::policy)]
    policy: Vec<Oid>,
    /// The path must be valid under one of them (initial-explicit-policy).
    #[arg(long)]
    require_policy: bool,
    /// Policies of different authorities are not equivalent (initial-policy-mapping-inhibit).
    #[arg(long)]
    inhibit_mapping: bool,
    /// anyPolicy in a certificate stands for none (initial-any-policy-inhibit).
    #[arg(long)]
    inhibit_any: bool,
    /// The purpose that the certificate and those above it must have, where they name any.
    #[arg(long, value_name = "OID", value_parser = tsa::policy)]
    eku: Option<Oid>,
    /// Decide by the path alone.
    #[arg(long)]
    no_revocation: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> Result<Status> {
    let certificates = trust::certificates(std::slice::from_ref(&options.certificate))?;
    let Some((target, others)) = certificates.split_first() else {
        return Err(Failure::impossible("no certificate in it", "name a PEM or DER file with a certificate")
            .on(options.certificate.display()));
    };
    let anchors = trust::anchors(&options.trust)?;
    let mut material = options.revocation.read()?;
    material.certificates = [others, &trust::certificates(&options.with)?].concat();
    let material = match options.no_revocation {
        true => options.revocation.online.for_path(target, material, &anchors),
        false => options.revocation.online.for_certificate(target, material, &anchors),
    };
    let material = material.on(&options.certificate)?;
    let time = options.at.unwrap_or_else(|| SystemTime::now().into());

    let mut query = PathQuery::new(target, &material.certificates, &anchors, time);
    if let Some(eku) = options.eku {
        query = query.purpose(Purpose::Eku(eku)).purpose_throughout();
    }
    if !options.policy.is_empty() {
        query = query.policies(&options.policy);
    }
    if options.require_policy {
        query = query.require_policy();
    }
    if options.inhibit_mapping {
        query = query.inhibit_policy_mapping();
    }
    if options.inhibit_any {
        query = query.inhibit_any_policy();
    }
    let mut policy = Policy::default();
    policy.revocation = if options.no_revocation { RevocationRule::Never } else { RevocationRule::Always };

    let report = validate_certificate(&query, &material, &policy, &mut Budget::new(&Limits::default()))
        .on(&options.certificate)?;
    print(&if options.json { report.to_json()? } else { report.to_string() })?;
    Ok(status(report.indication))
}
