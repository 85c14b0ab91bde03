//! The ValidationReport of ETSI TS 119 102-2.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use roxmltree::{Document, Node};
use seing::ades::TimestampKind;
use seing::validation::{Indication, Report};

use super::{SHOWN, all, concluding, conclusions, hostile, is_hidden, parsed, report, text};

const REPORT: &str = "http://uri.etsi.org/19102/v1.2.1#";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";

/// How often an element stands in a sequence.
#[derive(Clone, Copy, PartialEq)]
enum Times {
    Once,
    AtMostOnce,
    Any,
    OnceOrMore,
}
use Times::{Any, AtMostOnce, Once, OnceOrMore};

/// The sequences of the schema of TS 119 102-2 v1.3.1 and XAdES 1.3.2, of the elements that are written here.
const SEQUENCES: &[(&str, &[(&str, Times)])] = &[
    ("root/ValidationReport", &[("SignatureValidationReport", OnceOrMore), ("SignatureValidationObjects", AtMostOnce)]),
    ("SignatureValidationReport", VALIDATION_REPORT),
    ("ValidationReport", VALIDATION_REPORT),
    ("SignatureIdentifier", &[("HashOnly", Once), ("DocHashOnly", Once)]),
    ("ValidationConstraintsEvaluationReport", &[("SignatureValidationPolicy", AtMostOnce)]),
    ("SignatureValidationPolicy", &[("SignaturePolicyIdentifier", Once), ("PolicyName", AtMostOnce)]),
    ("SignaturePolicyIdentifier", &[("SignaturePolicyId", Once)]),
    ("SignaturePolicyId", &[("SigPolicyId", Once), ("SigPolicyHash", Once)]),
    ("SigPolicyId", &[("Identifier", Once)]),
    ("SigPolicyHash", &[("DigestMethod", Once), ("DigestValue", Once)]),
    ("ValidationTimeInfo", &[("ValidationTime", Once), ("BestSignatureTime", Once)]),
    ("BestSignatureTime", &[("POETime", Once), ("TypeOfProof", Once), ("POEObject", AtMostOnce)]),
    ("SigningTime", &[("AttributeObject", Any), ("Time", Once)]),
    ("AllDataObjectsTimeStamp", STAMP),
    ("SignatureTimeStamp", STAMP),
    ("ArchiveTimeStamp", STAMP),
    ("DocTimeStamp", STAMP),
    ("SignerInformation", &[("SignerCertificate", Once), ("Signer", AtMostOnce)]),
    ("SignatureValidationProcess", &[("SignatureValidationProcessID", AtMostOnce)]),
    (
        "SignatureValidationStatus",
        &[("MainIndication", Once), ("SubIndication", Any), ("AssociatedValidationReportData", Any)],
    ),
    (
        "AssociatedValidationReportData",
        &[("CertificateChain", AtMostOnce), ("AdditionalValidationReportData", AtMostOnce)],
    ),
    ("CertificateChain", &[("SigningCertificate", Once)]),
    ("AdditionalValidationReportData", &[("ReportData", OnceOrMore)]),
    ("ReportData", &[("Type", Once), ("Value", Once)]),
    ("SignatureValidationObjects", &[("ValidationObject", OnceOrMore)]),
    (
        "ValidationObject",
        &[("ObjectType", Once), ("ValidationObjectRepresentation", Once), ("ValidationReport", AtMostOnce)],
    ),
    ("ValidationObjectRepresentation", &[("DigestAlgAndValue", AtMostOnce)]),
    ("DigestAlgAndValue", &[("DigestMethod", Once), ("DigestValue", Once)]),
];

const VALIDATION_REPORT: &[(&str, Times)] = &[
    ("SignatureIdentifier", AtMostOnce),
    ("ValidationConstraintsEvaluationReport", AtMostOnce),
    ("ValidationTimeInfo", AtMostOnce),
    ("SignatureAttributes", AtMostOnce),
    ("SignerInformation", AtMostOnce),
    ("SignatureValidationProcess", AtMostOnce),
    ("SignatureValidationStatus", Once),
];

const STAMP: &[(&str, Times)] = &[("AttributeObject", Any), ("TimeStampValue", Once)];

/// What stands among the attributes, in any order, at least one.
const ATTRIBUTES: &[&str] =
    &["SigningTime", "AllDataObjectsTimeStamp", "SignatureTimeStamp", "ArchiveTimeStamp", "DocTimeStamp"];

fn conforms(document: &Document<'_>) {
    let elements = || document.descendants().filter(Node::is_element);
    for node in elements() {
        let name = node.tag_name().name();
        let expected = match name {
            "DigestMethod" | "DigestValue" => SIGNATURE,
            "SignaturePolicyId" | "SigPolicyId" | "SigPolicyHash" | "Identifier" => XADES,
            _ => REPORT,
        };
        assert_eq!(node.tag_name().namespace(), Some(expected), "{name}");
        let children: Vec<&str> =
            node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect();
        if name == "SignatureAttributes" {
            assert!(!children.is_empty() && children.iter().all(|child| ATTRIBUTES.contains(child)), "{children:?}");
            continue;
        }
        let key = if node == document.root_element() { "root/ValidationReport" } else { name };
        let sequence = SEQUENCES.iter().find(|(parent, _)| *parent == key).map_or(&[][..], |(_, sequence)| *sequence);
        let mut rest = children.as_slice();
        for (child, times) in sequence {
            let count = rest.iter().take_while(|name| *name == child).count();
            let most = if matches!(times, Once | AtMostOnce) { 1 } else { usize::MAX };
            assert!(count <= most && (count > 0 || matches!(times, AtMostOnce | Any)), "{name}: {child} {count} times");
            rest = &rest[count..];
        }
        assert!(rest.is_empty(), "{name}: {rest:?} out of place");
    }
    let ids: Vec<&str> = elements().filter_map(|node| node.attribute("id")).collect();
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an ID stands twice");
    for reference in elements().filter_map(|node| node.attribute("VOReference")) {
        assert!(known.contains(reference), "{reference}");
    }
    // NCName, as far as these go: a letter first, then letters, digits, hyphens.
    assert!(ids.iter().all(|id| id.starts_with(char::is_alphabetic) && !id.contains([':', ' ', '.'])), "{ids:?}");
}

fn only(document: &Document<'_>, name: &str) -> String {
    text(all(document, name).next().unwrap())
}

/// Reports of every shape that there is.
fn reports() -> Vec<Report> {
    let mut reports: Vec<Report> = conclusions().map(concluding).collect();
    let mut bare = report();
    for signature in &mut bare.signatures {
        (signature.signer, signature.claimed_signing_time, signature.best_signature_time) = (None, None, None);
        signature.timestamps.clear();
    }
    let mut nobody = report();
    nobody.signatures.clear();
    let mut twice = report();
    twice.signatures.push(twice.signatures[0].clone());
    twice.signatures[2].counter_signature_of = Some(1);
    let kinds = [TimestampKind::Content, TimestampKind::Refs, TimestampKind::Archive, TimestampKind::Document];
    reports.extend([bare, nobody, twice, hostile()]);
    reports.extend(kinds.map(|kind| {
        let mut report = report();
        report.signatures[0].timestamps[0].kind = kind;
        report.signatures[0].claimed_signing_time = None;
        report
    }));
    reports
}

#[test]
fn every_report_follows_the_schema() {
    for report in reports() {
        let xml = report.to_xml();
        conforms(&parsed(&xml));
        assert_eq!(xml, report.to_xml());
    }
}

#[test]
fn indications_are_the_urns_of_the_standard() {
    for indication in conclusions() {
        let xml = concluding(indication).to_xml();
        let document = parsed(&xml);
        let main = match indication {
            Indication::Passed => "urn:etsi:019102:mainindication:total-passed",
            Indication::Indeterminate(_) => "urn:etsi:019102:mainindication:indeterminate",
            Indication::Failed(_) => "urn:etsi:019102:mainindication:total-failed",
        };
        let status = all(&document, "SignatureValidationStatus").next().unwrap();
        let said: Vec<String> = status.children().filter(Node::is_element).take(2).map(text).collect();
        assert_eq!(said[0], main);
        if let Some(sub) = indication.sub_indication() {
            assert_eq!(said[1], format!("urn:etsi:019102:subindication:{sub}"));
        }
    }
    let mut stamp = report();
    stamp.signatures.truncate(1);
    let xml = stamp.to_xml();
    let document = parsed(&xml);
    let mains: Vec<String> = all(&document, "MainIndication").map(text).collect();
    assert_eq!(
        mains,
        ["urn:etsi:019102:mainindication:total-passed", "urn:etsi:019102:mainindication:passed"],
        "the signature, then its time-stamp"
    );
}

#[test]
fn times_and_policy_are_those_of_the_report() {
    let report = report();
    let xml = report.to_xml();
    let document = parsed(&xml);
    assert_eq!(only(&document, "ValidationTime"), report.validation_time.to_string());
    assert_eq!(only(&document, "POETime"), report.signatures[0].best_signature_time.unwrap().to_string());
    assert_eq!(only(&document, "Time"), report.signatures[0].claimed_signing_time.unwrap().to_string());
    assert_eq!(only(&document, "PolicyName"), report.policy.name);
    let proof = all(&document, "POEObject").next().unwrap().attribute("VOReference").unwrap();
    let object = all(&document, "ValidationObject").find(|object| object.attribute("id") == Some(proof)).unwrap();
    let kind = object.first_element_child().unwrap();
    assert_eq!(text(kind), "urn:etsi:019102:validationObject:timestamp");

    let mut unproven = concluding(Indication::Passed);
    unproven.signatures[0].best_signature_time = None;
    let xml = unproven.to_xml();
    let document = parsed(&xml);
    assert_eq!(only(&document, "POETime"), report.validation_time.to_string(), "known to exist when it is validated");
}

#[test]
fn a_counter_signature_says_what_it_signs() {
    let mut report = report();
    report.signatures[1].counter_signature_of = Some(0);
    let xml = report.to_xml();
    let document = parsed(&xml);
    let signed = all(&document, "SignatureIdentifier").next().unwrap().attribute("id").unwrap();
    let said = all(&document, "ReportData").find(|data| text(*data).contains("counter-signature-of")).unwrap();
    assert_eq!(text(said.last_element_child().unwrap()), signed);
}

/// What was not compared here is not said to have been.
#[test]
fn digests_in_place_of_the_content_are_told() {
    let mut report = report();
    for by_digest in [false, true] {
        report.content_by_digest = by_digest;
        let xml = report.to_xml();
        assert!(all(&parsed(&xml), "DocHashOnly").all(|element| text(element) == by_digest.to_string()));
    }
}

#[test]
fn what_strangers_wrote_stays_text() {
    let xml = hostile().to_xml();
    assert!(!xml.contains(is_hidden));
    let document = parsed(&xml);
    conforms(&document);
    assert_eq!(only(&document, "Signer"), SHOWN);
    assert_eq!(only(&document, "PolicyName"), SHOWN);
}

#[test]
fn the_xml_claims_no_standing() {
    for report in reports() {
        let xml = report.to_xml().to_lowercase();
        for word in ["approved", "qualified", "agréé", "معتمد", "legal", "signaturevalidator>", "tspinformation"]
        {
            assert!(!xml.contains(word), "{word}");
        }
    }
}

/// `SEING_TS_119_102_2_SCHEMA` names the file of the schema, which is ETSI's and not here.
#[test]
fn xmllint_finds_that_every_report_follows_the_schema() {
    let Some(schema) = env::var_os("SEING_TS_119_102_2_SCHEMA") else {
        return eprintln!("skipped: SEING_TS_119_102_2_SCHEMA does not say where the schema is");
    };
    let folder = tempfile::tempdir().unwrap();
    let files = write(folder.path());
    let Ok(output) = Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(schema).args(files).output()
    else {
        return eprintln!("skipped: xmllint is not installed");
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// pyHanko's classes come from the schema; what they do not know is an error to the parser.
#[test]
fn pyhanko_reads_every_report() {
    const READ: &str = "
import sys
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig
from pyhanko.generated.etsi.ts_11910202 import ValidationReport
strict = ParserConfig(fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True)
parser = XmlParser(config=strict)
for name in sys.stdin.read().split():
    for report in parser.parse(name, ValidationReport).signature_validation_report:
        print(report.signature_validation_status.main_indication)
";
    let there = Command::new("python3").args(["-c", "import xsdata, pyhanko.generated.etsi.ts_11910202"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        return eprintln!("skipped: pyhanko with xsdata is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let files = write(folder.path());
    let mut python =
        Command::new("python3").args(["-c", READ]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    python.stdin.take().unwrap().write_all(files.join("\n").as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    let read = String::from_utf8(output.stdout).unwrap();
    assert_eq!(read.lines().count(), reports().iter().map(|report| report.signatures.len().max(1)).sum::<usize>());
}

fn write(folder: &Path) -> Vec<String> {
    let write = |(number, report): (usize, Report)| {
        let file = folder.join(format!("{number}.xml"));
        fs::write(&file, report.to_xml()).unwrap();
        file.into_os_string().into_string().unwrap()
    };
    reports().into_iter().enumerate().map(write).collect()
}
