//! The report as XML, a ValidationReport of ETSI TS 119 102-2.
//!
//! What the report does not know is left out where the schema allows it: the octets that were signed, the document, the quality
//! of the signature. What the schema has no place for stands in AdditionalValidationReportData, under names of this crate.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::indication::Indication;
use super::markup::Markup;
use super::report::{Finding, PolicyIdentity, Report, Severity, SignatureReport, SignerIdentity, TimestampReport};
use crate::ades::TimestampKind;
use crate::digest::{Algorithm, Digest};
use crate::time::Time;

impl Report {
    /// The report as a ValidationReport of ETSI TS 119 102-2. The same report gives the same octets.
    pub fn to_xml(&self) -> String {
        let mut markup = Markup::after("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        let namespaces = [("xmlns", REPORT), ("xmlns:ds", SIGNATURE), ("xmlns:xades", XADES)];
        markup.block("ValidationReport", &namespaces, |root| {
            for (number, signature) in (1_usize..).zip(&self.signatures) {
                root.block("SignatureValidationReport", &[], |report| self.signature(report, number, signature));
            }
            if self.signatures.is_empty() {
                root.block("SignatureValidationReport", &[], |report| {
                    self.policy_and_time(report, None, None);
                    status(report, self.indication(), Scope::Whole, &[], None);
                });
            }
            self.objects(root);
        });
        markup.finish()
    }

    fn signature(&self, report: &mut Markup, number: usize, signature: &SignatureReport) {
        report.block("SignatureIdentifier", &[("id", &signature_id(number, signature))], |identifier| {
            identifier.leaf("HashOnly", &[], "false");
            identifier.leaf("DocHashOnly", &[], if self.content_by_digest { "true" } else { "false" });
        });
        self.policy_and_time(report, signature.best_signature_time, proof(number, signature).as_deref());
        attributes(report, number, signature);
        if let Some(signer) = &signature.signer {
            report.block("SignerInformation", &[], |information| {
                information.void("SignerCertificate", &[("VOReference", &certificate_id(signer))]);
                information.leaf("Signer", &[], &signer.subject);
            });
        }
        report.block("SignatureValidationProcess", &[], |process| {
            process.leaf("SignatureValidationProcessID", &[], LONG_TERM);
        });
        let mut more = particulars(signature);
        if let Some(place) = signature.counter_signature_of
            && let Some(signed) = self.signatures.get(place)
        {
            more.push(("counter-signature-of".to_owned(), signature_id(place + 1, signed)));
        }
        more.extend(signature.findings.iter().map(finding));
        status(report, signature.indication, Scope::Whole, &more, signature.signer.as_ref());
    }

    fn policy_and_time(&self, report: &mut Markup, proven: Option<Time>, proof: Option<&str>) {
        report.block("ValidationConstraintsEvaluationReport", &[], |constraints| policy(constraints, &self.policy));
        report.block("ValidationTimeInfo", &[], |times| {
            times.leaf("ValidationTime", &[], &self.validation_time.to_string());
            // Without a proof, the signature exists since it is validated.
            times.block("BestSignatureTime", &[], |best| {
                best.leaf("POETime", &[], &proven.unwrap_or(self.validation_time).to_string());
                best.leaf("TypeOfProof", &[], BY_VALIDATION);
                if let Some(id) = proof {
                    best.void("POEObject", &[("VOReference", id)]);
                }
            });
        });
    }

    /// The certificates, each once, and the time-stamps with reports of their own.
    fn objects(&self, root: &mut Markup) {
        let mut certificates: Vec<&SignerIdentity> = Vec::new();
        for signer in self.signatures.iter().filter_map(|signature| signature.signer.as_ref()) {
            if !certificates.iter().any(|known| known.certificate == signer.certificate) {
                certificates.push(signer);
            }
        }
        let stamps: Vec<_> = (1_usize..)
            .zip(&self.signatures)
            .flat_map(|(number, signature)| {
                let with_id = move |(place, stamp)| (timestamp_id(number, place, stamp), stamp);
                (1_usize..).zip(&signature.timestamps).map(with_id)
            })
            .collect();
        if certificates.is_empty() && stamps.is_empty() {
            return;
        }
        root.block("SignatureValidationObjects", &[], |objects| {
            for signer in certificates {
                objects.block("ValidationObject", &[("id", &certificate_id(signer))], |object| {
                    represented(object, CERTIFICATE, &signer.certificate);
                });
            }
            for (id, stamp) in stamps {
                objects.block("ValidationObject", &[("id", &id)], |object| {
                    represented(object, TIME_STAMP, &stamp.token);
                    object.block("ValidationReport", &[], |report| timestamp(report, stamp));
                });
            }
        });
    }
}

/// Of what an indication speaks: the standard has names of its own for whole signatures.
#[derive(Clone, Copy)]
enum Scope {
    Whole,
    Part,
}

/// TS 119 102-2 4.3.5.3: the policy, by its digest as an identifier (RFC 6920) and by its name.
fn policy(constraints: &mut Markup, policy: &PolicyIdentity) {
    let digest = Digest::parse(&policy.digest).ok().filter(|digest| digest.algorithm() == Algorithm::Sha256);
    constraints.block("SignatureValidationPolicy", &[], |validation| {
        validation.block("SignaturePolicyIdentifier", &[], |identifier| match &digest {
            Some(digest) => identifier.block("xades:SignaturePolicyId", &[], |id| {
                id.block("xades:SigPolicyId", &[], |id| {
                    let name = format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(digest.octets()));
                    id.leaf("xades:Identifier", &[], &name);
                });
                id.block("xades:SigPolicyHash", &[], |hash| digest_value(hash, digest));
            }),
            None => identifier.void("xades:SignaturePolicyImplied", &[]),
        });
        validation.leaf("PolicyName", &[], &policy.name);
    });
}

/// TS 119 102-2 annex A: what the report knows of the attributes. Time-stamps over references have two names there, which the
/// report does not tell apart: they are among the validation objects alone.
fn attributes(report: &mut Markup, number: usize, signature: &SignatureReport) {
    let stamps: Vec<_> = (1_usize..)
        .zip(&signature.timestamps)
        .filter_map(|(place, stamp)| match stamp.kind {
            TimestampKind::Content => Some(("AllDataObjectsTimeStamp", "true", place, stamp)),
            TimestampKind::Signature => Some(("SignatureTimeStamp", "false", place, stamp)),
            TimestampKind::Archive => Some(("ArchiveTimeStamp", "false", place, stamp)),
            TimestampKind::Document => Some(("DocTimeStamp", "false", place, stamp)),
            TimestampKind::Refs | TimestampKind::Evidence => None,
        })
        .collect();
    if signature.claimed_signing_time.is_none() && stamps.is_empty() {
        return;
    }
    report.block("SignatureAttributes", &[], |attributes| {
        if let Some(time) = signature.claimed_signing_time {
            attributes.block("SigningTime", &[("Signed", "true")], |signing| {
                signing.leaf("Time", &[], &time.to_string());
            });
        }
        for (name, signed, place, stamp) in stamps {
            attributes.block(name, &[("Signed", signed)], |attribute| {
                attribute.void("AttributeObject", &[("VOReference", &timestamp_id(number, place, stamp))]);
                attribute.leaf("TimeStampValue", &[], &stamp.time.to_string());
            });
        }
    });
}

/// The report on a time-stamp, as on a signature of its own.
fn timestamp(report: &mut Markup, stamp: &TimestampReport) {
    let mut more = vec![("time".to_owned(), stamp.time.to_string())];
    more.extend(stamp.tsa.iter().map(|tsa| ("tsa".to_owned(), tsa.to_owned())));
    more.extend([
        ("imprint-intact".to_owned(), checked(stamp.imprint_intact).to_owned()),
        ("signature-intact".to_owned(), checked(stamp.signature_intact).to_owned()),
    ]);
    more.extend(stamp.findings.iter().map(finding));
    status(report, stamp.indication, Scope::Part, &more, None);
}

fn particulars(signature: &SignatureReport) -> Vec<(String, String)> {
    let mut more = vec![
        ("format".to_owned(), signature.format.to_string()),
        ("level".to_owned(), signature.level.to_string()),
        ("signature-value-sha256".to_owned(), signature.value.to_hex()),
        ("signature-intact".to_owned(), checked(signature.signature_intact).to_owned()),
        ("data-intact".to_owned(), checked(signature.data_intact).to_owned()),
    ];
    more.extend(signature.algorithm.iter().map(|algorithm| ("algorithm".to_owned(), algorithm.to_owned())));
    if let Some(signer) = &signature.signer {
        more.push(("certificate-issuer".to_owned(), signer.issuer.to_owned()));
        more.push(("certificate-serial".to_owned(), signer.serial.to_owned()));
    }
    more
}

fn finding(finding: &Finding) -> (String, String) {
    let severity = match finding.severity {
        Severity::Fail => "fail",
        Severity::Warn => "warn",
        Severity::Info => "info",
    };
    (format!("finding:{severity}"), format!("{} [{}]", finding.message, finding.clause))
}

fn checked(check: Option<bool>) -> &'static str {
    match check {
        Some(true) => "true",
        Some(false) => "false",
        None => "not-checked",
    }
}

/// The conclusion, in the URNs of TS 119 102-2, and what it rests on.
fn status(
    report: &mut Markup,
    indication: Indication,
    scope: Scope,
    more: &[(String, String)],
    signer: Option<&SignerIdentity>,
) {
    let main = match (indication, scope) {
        (Indication::Passed, Scope::Whole) => "urn:etsi:019102:mainindication:total-passed",
        (Indication::Passed, Scope::Part) => "urn:etsi:019102:mainindication:passed",
        (Indication::Indeterminate(_), _) => "urn:etsi:019102:mainindication:indeterminate",
        (Indication::Failed(_), Scope::Whole) => "urn:etsi:019102:mainindication:total-failed",
        (Indication::Failed(_), Scope::Part) => "urn:etsi:019102:mainindication:failed",
    };
    report.block("SignatureValidationStatus", &[], |status| {
        status.leaf("MainIndication", &[], main);
        if let Some(sub) = indication.sub_indication() {
            status.leaf("SubIndication", &[], &format!("urn:etsi:019102:subindication:{sub}"));
        }
        if signer.is_none() && more.is_empty() {
            return;
        }
        status.block("AssociatedValidationReportData", &[], |data| {
            if let Some(signer) = signer {
                data.block("CertificateChain", &[], |chain| {
                    chain.void("SigningCertificate", &[("VOReference", &certificate_id(signer))]);
                });
            }
            if !more.is_empty() {
                data.block("AdditionalValidationReportData", &[], |additional| {
                    for (name, value) in more {
                        additional.block("ReportData", &[], |data| {
                            data.leaf("Type", &[], &format!("urn:seing:report:{name}"));
                            data.leaf("Value", &[], value);
                        });
                    }
                });
            }
        });
    });
}

fn represented(object: &mut Markup, kind: &str, digest: &Digest) {
    object.leaf("ObjectType", &[], kind);
    object.block("ValidationObjectRepresentation", &[], |representation| {
        // Names of objects and digests of certificates are SHA-256; nothing is said about others.
        if digest.algorithm() == Algorithm::Sha256 {
            representation.block("DigestAlgAndValue", &[], |value| digest_value(value, digest));
        }
    });
}

/// XAdES:DigestAlgAndValueType of a SHA-256.
fn digest_value(parent: &mut Markup, digest: &Digest) {
    parent.void("ds:DigestMethod", &[("Algorithm", SHA256)]);
    parent.leaf("ds:DigestValue", &[], &STANDARD.encode(digest.octets()));
}

/// The first time-stamp that proves the best signature time.
fn proof(number: usize, signature: &SignatureReport) -> Option<String> {
    let proves = |stamp: &TimestampReport| {
        stamp.indication == Indication::Passed && Some(stamp.time) == signature.best_signature_time
    };
    let mut stamps = (1_usize..).zip(&signature.timestamps);
    stamps.find(|(_, stamp)| proves(stamp)).map(|(place, stamp)| timestamp_id(number, place, stamp))
}

/// The place makes it one of a kind where the same signature stands twice.
fn signature_id(number: usize, signature: &SignatureReport) -> String {
    format!("S-{number}-{}", signature.value.to_hex())
}

fn certificate_id(signer: &SignerIdentity) -> String {
    format!("C-{}", signer.certificate.to_hex())
}

/// The places make it one of a kind where the same token stands twice.
fn timestamp_id(signature: usize, place: usize, stamp: &TimestampReport) -> String {
    format!("T-{signature}-{place}-{}", stamp.token.to_hex())
}

/// The namespace of TS 119 102-2 from v1.2.1 to v1.3.1.
const REPORT: &str = "http://uri.etsi.org/19102/v1.2.1#";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// EN 319 102-1 5.6.3, by which every signature is validated.
const LONG_TERM: &str = "urn:etsi:019102:validationprocess:LTA";
const BY_VALIDATION: &str = "urn:etsi:019102:poetype:validation";
const CERTIFICATE: &str = "urn:etsi:019102:validationObject:certificate";
const TIME_STAMP: &str = "urn:etsi:019102:validationObject:timestamp";
