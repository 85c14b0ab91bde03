//! The facts of long-term signatures that others made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use seing::ades::cades::{Content, facts};
use seing::ades::{Check, Level, SignatureFacts, TimestampKind};
use seing::limits::{Budget, Limits};
use serde_json::Value;

/// A CAdES file with its detached content, where it has one.
pub(super) struct File {
    pub(super) name: String,
    pub(super) octets: Vec<u8>,
    pub(super) content: Option<Vec<u8>>,
}

impl File {
    pub(super) fn facts(&self) -> seing::error::Result<Vec<SignatureFacts>> {
        self.facts_of(&self.octets)
    }

    /// Those of other octets over the same content.
    pub(super) fn facts_of(&self, octets: &[u8]) -> seing::error::Result<Vec<SignatureFacts>> {
        let content = self.content.as_deref().map_or(Content::Attached, Content::Octets);
        facts(octets, content, &[], &mut Budget::new(&Limits::default()))
    }
}

/// The CAdES files of a corpus.
pub(super) fn files(corpus: &str) -> Vec<File> {
    let root = env::var_os("SEING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from);
    let folder = root.join(corpus);
    let Ok(manifest) = fs::read_to_string(folder.join("manifest.json")) else {
        eprintln!("skipped: corpus {corpus}: not in {}", root.display());
        return Vec::new();
    };
    let manifest: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    let mut files: BTreeMap<String, Option<Vec<u8>>> = BTreeMap::new();
    for entry in manifest.iter().filter(|entry| entry["kind"] == "cades") {
        let detached = &entry["detached"][0];
        let content = detached.as_str().or(detached["file"].as_str()).map(|file| fs::read(folder.join(file)).unwrap());
        let known = files.entry(entry["file"].as_str().unwrap().to_owned()).or_default();
        *known = known.take().or(content);
    }
    let read = |(name, content): (String, _)| File { octets: fs::read(folder.join(&name)).unwrap(), name, content };
    files.into_iter().map(read).collect()
}

/// The imprints that do not hold, of time-stamps other than on the signature and on the content; all others do.
const NOT_HOLDING: &[(&str, TimestampKind, Check, &str)] = &[
    (
        "cades-ats-v3-wrong-cert.p7m",
        TimestampKind::Archive,
        Check::Broken,
        "the index lists a certificate that was changed",
    ),
    ("cades-ats-v3-wrong-crl.p7s", TimestampKind::Archive, Check::Broken, "the index lists a list that was changed"),
    ("CAdES-BpLTA_removed_ocsp.p7m", TimestampKind::Archive, Check::Broken, "the index lists what was removed"),
    (
        "cades-dss1997.p7m",
        TimestampKind::Archive,
        Check::Broken,
        "the index lists other certificate-values, and is invalid by EN 319 122-1 5.5.2; EU DSS compares the imprint with the \
         index as it stands, and says the same of the index apart from it",
    ),
    ("cades-dss1956.p7m", TimestampKind::Archive, Check::NotChecked, "the index has no value of its own syntax"),
    (
        "cades-lta-copied-atst.p7m",
        TimestampKind::Archive,
        Check::NotChecked,
        "a signature time-stamp put in place of one",
    ),
    ("TEST_ESTEID2018_CAdES_LTA_detached.p7s", TimestampKind::Archive, Check::NotChecked, "the content is not at hand"),
];

#[test]
fn the_imprints_of_long_term_time_stamps_hold() {
    let (mut holding, mut others) = (BTreeMap::new(), Vec::new());
    for file in ["dss", "siva"].into_iter().flat_map(files) {
        let short = file.name.rsplit('/').next().unwrap();
        for stamp in file.facts().iter().flatten().flat_map(|facts| &facts.timestamps) {
            let is_long_term = matches!(stamp.kind, TimestampKind::Archive | TimestampKind::Refs);
            match stamp.imprint {
                Check::Holds => {
                    let count: &mut usize = holding.entry(format!("{:?}", stamp.kind)).or_default();
                    *count += 1;
                    assert!(!is_long_term || stamp.covers.len() > 1, "{short}: {stamp:?}");
                }
                imprint if is_long_term => {
                    assert_eq!(stamp.covers, []);
                    others.push((short.to_owned(), stamp.kind, imprint));
                }
                _ => {}
            }
        }
    }
    if holding.is_empty() {
        return;
    }
    eprintln!("imprints that hold: {holding:?}");
    assert_eq!((holding["Archive"], holding["Refs"]), (15, 5));
    let mut expected: Vec<_> =
        NOT_HOLDING.iter().map(|(name, kind, check, _)| ((*name).to_owned(), *kind, *check)).collect();
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    others.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(others, expected);
}

/// What the tests of EU DSS and of SiVa call these files.
#[test]
fn levels_are_those_that_others_name() {
    let expected = [
        ("cades-lta-copied-atst.p7m", Level::BLta),
        ("cms-wrong-sign-cert-ref.p7m", Level::BLt),
        ("cades-b-copied-cnttst.p7m", Level::BB),
        ("C-E-ERS-two-er-mixed.p7m", Level::BLt),
        ("TEST_ESTEID2018_CAdES_B_enveloping.p7m", Level::BB),
        ("TEST_ESTEID2018_CAdES_T_enveloping.p7m", Level::BT),
        ("TEST_ESTEID2018_CAdES_T_detached.p7s", Level::BT),
        ("TEST_ESTEID2018_CAdES_LT_enveloping.p7m", Level::BLt),
        ("TEST_ESTEID2018_CAdES_LTA_enveloping.p7m", Level::BLta),
        ("TEST_ESTEID2018_CAdES_LTA_detached.p7s", Level::BLta),
    ];
    for file in ["dss", "siva"].into_iter().flat_map(files) {
        let short = file.name.rsplit('/').next().unwrap();
        if let Some((_, level)) = expected.iter().find(|(name, _)| *name == short) {
            assert!(file.facts().unwrap().iter().all(|facts| facts.level == *level), "{short}");
        }
    }
}

#[test]
fn embedded_material_is_found_wherever_it_stands() {
    let expected = [
        // In SignedData.crls and in tokens; in revocation-values; in both; OCSP in OtherRevocationInfoFormat.
        ("Signature-C-CZ_SIX-1.p7m", (5, 3, 0)),
        ("cades-e-lt.p7m", (5, 3, 0)),
        ("CAdES-XL-T1-Double-AV2.png.p7m", (7, 5, 1)),
        ("Signature-C-HU_POL-3.p7m", (4, 0, 2)),
        ("Signature-C-B-LTA-10.p7m", (5, 0, 4)),
    ];
    for file in files("dss") {
        let short = file.name.rsplit('/').next().unwrap();
        if let Some((_, counts)) = expected.iter().find(|(name, _)| *name == short) {
            for facts in file.facts().unwrap() {
                let material = &facts.material;
                let found = (material.certificates.len(), material.crls.len(), material.ocsp_responses.len());
                assert_eq!(found, *counts, "{short}");
            }
        }
    }
}
