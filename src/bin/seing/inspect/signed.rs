//! What signed documents and time-stamps say.

use seing::ades::cades::{self, Content, Outline, SignerOutline};
use seing::ades::{SignatureFacts, TimestampFacts, TimestampKind};
use seing::error::Result;
use seing::limits::{Budget, Limits};
use seing::oid;
use seing::timestamp::{MessageImprint, Request, Response, TstInfo};

use super::certificate::{self, name, names};
use super::page::Page;

/// A CMS message in DER, BER or PEM.
pub(super) fn describe(message: &[u8], page: &mut Page) -> Result<()> {
    let budget = &mut Budget::new(&Limits::default());
    let outline = Outline::parse(message, budget)?;
    if let Some(info) = &outline.time_stamp {
        page.title("Time-stamp token (RFC 3161)");
        describe_info(info, page);
        outline.signers.iter().for_each(|signer| describe_signer(signer, page));
        describe_bag(&outline, page);
        return Ok(());
    }
    let is_token = outline.content_type == oid::TST_INFO;
    let facts = if is_token { Vec::new() } else { cades::facts(message, Content::Attached, &[], budget)? };
    page.title(if outline.signers.is_empty() { "CMS message without a signature" } else { "Signed document (CMS)" });
    page.line("content type", name(&outline.content_type));
    match outline.content_octets {
        Some(octets) => page.line("content", format!("{octets} octets, attached")),
        None => page.line("content", "apart from the signature"),
    }
    page.line("signatures", outline.signers.len());
    for (number, signer) in outline.signers.iter().enumerate() {
        page.part(&format!("Signature {}", number + 1));
        match facts.get(number) {
            Some(facts) => describe_facts(facts, signer, page),
            None => describe_signer(signer, page),
        }
    }
    describe_bag(&outline, page);
    Ok(())
}

/// What an authority answered.
pub(super) fn describe_response(response: &Response, page: &mut Page) -> Result<()> {
    page.title("Time-stamp response (RFC 3161)");
    page.line("status", response.status());
    if !response.failures().is_empty() {
        page.line("reasons", response.failures());
    }
    page.list("text", response.text().iter().cloned());
    response.token().map_or(Ok(()), |token| describe(token, page))
}

/// What an authority was asked.
pub(super) fn describe_request(request: &Request, page: &mut Page) -> Result<()> {
    page.title("Time-stamp request (RFC 3161)");
    describe_imprint(request.message_imprint(), page);
    if let Some(policy) = request.policy() {
        page.line("policy", name(policy));
    }
    if request.wants_certificates() {
        page.line("certificates", "asked for");
    }
    Ok(())
}

fn describe_info(info: &TstInfo, page: &mut Page) {
    page.line("time", info.time());
    if let Some(accuracy) = info.accuracy() {
        page.line("accuracy", format!("{:?}", accuracy.duration()));
    }
    describe_imprint(info.message_imprint(), page);
    page.line("policy", name(info.policy()));
    page.line("serial", info.serial_hex());
}

fn describe_imprint(imprint: &MessageImprint, page: &mut Page) {
    match imprint.digest() {
        Ok(digest) => page.line("over", format!("{}:{}", digest.algorithm(), digest.to_hex())),
        Err(_) => page.line("over", format!("a digest in {}", name(&imprint.algorithm()))),
    }
}

fn describe_facts(facts: &SignatureFacts, signer: &SignerOutline, page: &mut Page) {
    page.line("format", format!("{} {}", facts.format, facts.level));
    if let Some(certificate) = &facts.signer.certificate {
        page.line("signer", certificate.subject());
    }
    describe_signer(signer, page);
    let stated = &facts.attributes;
    if let Some(time) = stated.signing_time {
        page.line("claimed time", time);
    }
    page.list("commits to", stated.commitments.iter().map(name));
    if let Some(location) = &stated.location {
        let parts = location.address.iter().chain(&location.locality).chain(&location.country);
        page.list("claimed place", parts.cloned());
    }
    page.list("media type", stated.mime_type.iter().cloned());
    page.list("policy", stated.policy.iter().map(|policy| name(&policy.identifier)));
    facts.timestamps.iter().for_each(|timestamp| describe_time_stamp(timestamp, page));
}

fn describe_time_stamp(timestamp: &TimestampFacts, page: &mut Page) {
    let over = match timestamp.kind {
        TimestampKind::Content => "the content",
        TimestampKind::Signature => "the signature",
        _ => "something else",
    };
    let authority = timestamp.signer.certificate.as_ref().map(|certificate| certificate.subject().to_string());
    let authority = authority.unwrap_or_else(|| "an authority whose certificate is not there".to_owned());
    page.line("time-stamp", format!("over {over}, states {} by {authority}", timestamp.time));
}

fn describe_signer(signer: &SignerOutline, page: &mut Page) {
    page.line("certificate", &signer.certificate);
    page.line("algorithm", format!("{} with {}", name(&signer.signature_algorithm), name(&signer.digest_algorithm)));
    page.list("signed", Some(names(&signer.signed_attributes)).filter(|names| !names.is_empty()));
    page.list("not signed", Some(names(&signer.unsigned_attributes)).filter(|names| !names.is_empty()));
}

fn describe_bag(outline: &Outline, page: &mut Page) {
    if outline.other_certificates > 0 {
        page.line("unreadable", format!("{} certificates", outline.other_certificates));
    }
    if outline.revocation > 0 {
        page.line("revocation", format!("{} lists or responses", outline.revocation));
    }
    outline.certificates.iter().for_each(|certificate| certificate::describe(certificate, page));
}
