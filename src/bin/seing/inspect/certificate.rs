//! What a certificate says.

use seing::digest::Algorithm;
use seing::oid::{self, Oid};
use seing::pki::{Certificate, QcStatements};

use super::page::Page;

pub(super) fn describe(certificate: &Certificate, page: &mut Page) {
    page.title("Certificate");
    page.line("subject", certificate.subject());
    page.line("issuer", certificate.issuer());
    page.line("serial", certificate.serial_hex());
    page.line("valid from", certificate.not_before());
    page.line("valid until", certificate.not_after());
    match certificate.public_key() {
        Ok(key) => page.line("key", key.algorithm()),
        Err(error) => page.line("key", error),
    }
    match certificate.signature_algorithm() {
        Ok(algorithm) => page.line("signed with", algorithm),
        Err(error) => page.line("signed with", error),
    }
    if let Some(usage) = certificate.key_usage() {
        page.line("key usage", usage);
    }
    if let Some(usage) = certificate.extended_key_usage() {
        let critical = if usage.critical { " (critical)" } else { "" };
        page.line("purposes", format!("{}{critical}", names(&usage.purposes)));
    }
    if let Some(constraints) = certificate.basic_constraints().filter(|constraints| constraints.authority) {
        match constraints.path_length {
            Some(length) => page.line("authority", format!("with {length} more below it")),
            None => page.line("authority", "yes"),
        }
    }
    page.list("policies", certificate.policies().iter().map(name));
    if let Some(statements) = certificate.qc_statements() {
        describe_statements(statements, page);
    }
    page.list("issuer's at", certificate.ca_issuers().iter().cloned());
    page.list("OCSP at", certificate.ocsp_responders().iter().cloned());
    page.list("CRL at", certificate.crl_distribution_points().iter().cloned());
    page.line("SHA-256", certificate.digest(Algorithm::Sha256).to_hex());
}

/// EN 319 412-5; the claims of the issuer.
fn describe_statements(statements: &QcStatements, page: &mut Page) {
    let mut claims = Vec::new();
    if statements.compliance {
        claims.push("a qualified certificate".to_owned());
    }
    if statements.secure_device {
        claims.push("its key is in a qualified device".to_owned());
    }
    claims.extend(statements.types.iter().map(|kind| match *kind {
        oid::QC_TYPE_ESIGN => "for electronic signatures".to_owned(),
        oid::QC_TYPE_ESEAL => "for electronic seals".to_owned(),
        oid::QC_TYPE_WEB => "for web sites".to_owned(),
        other => format!("of type {other}"),
    }));
    if !statements.legislation.is_empty() {
        claims.push(format!("under the law of {}", statements.legislation.join(" and ")));
    }
    if let Some(limit) = &statements.limit {
        claims.push(format!("up to {} x 10^{} {}", limit.amount, limit.exponent, limit.currency));
    }
    claims.extend(statements.others.iter().map(|other| format!("statement {other}")));
    page.list("states to be", claims);
}

pub(super) fn names(oids: &[Oid]) -> String {
    oids.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The name of an identifier, or its digits.
pub(super) fn name(oid: &Oid) -> String {
    oid.name().unwrap_or_else(|| oid.to_string())
}
