//! The report for a person.

use std::fmt;

use super::indication::Indication;
use super::report::{Finding, Report, Severity, SignatureReport, TimestampReport};
use crate::ades::TimestampKind;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.signatures.len();
        let plural = if count == 1 { "" } else { "s" };
        writeln!(f, "{} · {count} signature{plural}, validated as of {}", self.indication(), self.validation_time)?;
        writeln!(f, "by the policy \"{}\" ({})", self.policy.name, self.policy.digest)?;
        for (number, signature) in self.signatures.iter().enumerate() {
            write!(f, "\nSignature {}: {signature}", number + 1)?;
        }
        match &self.until {
            Some(until) => write!(f, "\n{until}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for SignatureReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.indication)?;
        let mut line = |name: &str, value: &dyn fmt::Display| writeln!(f, "  {name:<14} {value}");
        line("format", &format_args!("{} {}", self.format, self.level))?;
        if let Some(place) = self.counter_signature_of {
            line("over", &format_args!("signature {}", place + 1))?;
        }
        match &self.signer {
            Some(signer) => {
                line("signer", &signer.subject)?;
                line("issued by", &format_args!("{} · serial {}", signer.issuer, signer.serial))?;
            }
            None => line("signer", &"unknown: the certificate is not at hand")?,
        }
        if let Some(algorithm) = &self.algorithm {
            line("algorithm", algorithm)?;
        }
        line("content", &said(self.data_intact, "as it was signed", "NOT the one that was signed"))?;
        line("signature", &said(self.signature_intact, "holds", "does NOT hold"))?;
        if let Some(time) = self.claimed_signing_time {
            line("claimed time", &time)?;
        }
        if let Some(time) = self.best_signature_time {
            line("proven time", &format_args!("{time} at the latest"))?;
        }
        for timestamp in &self.timestamps {
            write!(f, "  time-stamp     ")?;
            summary(timestamp, f)?;
        }
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}

impl fmt::Display for TimestampReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Time-stamp: ")?;
        summary(self, f)?;
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.severity {
            Severity::Fail => "✗",
            Severity::Warn => "!",
            Severity::Info => "·",
        };
        write!(f, "{mark} {} [{}]", self.message, self.clause)
    }
}

fn summary(timestamp: &TimestampReport, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let over = match timestamp.kind {
        TimestampKind::Content => "content",
        TimestampKind::Signature => "signature",
        TimestampKind::Refs => "references",
        TimestampKind::Archive => "whole signature",
        TimestampKind::Document => "document",
        TimestampKind::Evidence => "documents of the record",
    };
    let tsa = timestamp.tsa.as_deref().unwrap_or("an unknown authority");
    write!(f, "{} over the {over} at {} by {tsa}", timestamp.indication.name(), timestamp.time)?;
    match timestamp.indication {
        Indication::Passed => writeln!(f),
        Indication::Indeterminate(sub) | Indication::Failed(sub) => writeln!(f, " · {sub}"),
    }
}

fn said(check: Option<bool>, holds: &'static str, broken: &'static str) -> &'static str {
    match check {
        Some(true) => holds,
        Some(false) => broken,
        None => "could not be checked",
    }
}
