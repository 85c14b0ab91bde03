//! The manifest of a dossier (EN 319 162-1, ASiCManifest): the digests of the files that the seal is over.
//!
//! ```text
//! <xsd:element name="ASiCManifest"> SigReference, DataObjectReference+, ASiCManifestExtensions?
//! <xsd:element name="SigReference"> URI, MimeType?
//! <xsd:element name="DataObjectReference"> ds:DigestMethod, ds:DigestValue, DataObjectReferenceExtensions?; URI, MimeType?, Rootfile?
//! ```

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::SEAL;
use crate::digest::{Algorithm, Digest};

/// The manifest in the one way in which it is written here. Names of files are of letters, digits, points, `-`, `_` and `/`, which
/// need no escape in XML or in a URI.
pub(super) fn written(files: &BTreeMap<String, Digest>) -> Vec<u8> {
    let mut xml = format!("{HEAD}{SIGNATURE_BEFORE}{SEAL}{SIGNATURE_AFTER}");
    for (name, digest) in files {
        let value = STANDARD.encode(digest.octets());
        for part in [OBJECT, name, METHOD, &value, AFTER] {
            xml.push_str(part);
        }
    }
    xml.push_str(TAIL);
    xml.into_bytes()
}

/// What a manifest of this kind lists. One that is written otherwise is none.
pub(super) fn read(xml: &[u8]) -> Option<BTreeMap<String, Digest>> {
    let text = std::str::from_utf8(xml).ok()?.strip_prefix(HEAD)?;
    let text = text.strip_prefix(SIGNATURE_BEFORE)?.strip_prefix(SEAL)?.strip_prefix(SIGNATURE_AFTER)?;
    let mut files = BTreeMap::new();
    for line in text.strip_suffix(TAIL)?.split_inclusive('\n') {
        let (name, value) = line.strip_prefix(OBJECT)?.strip_suffix(AFTER)?.split_once(METHOD)?;
        let digest = Digest::new(Algorithm::Sha256, &STANDARD.decode(value).ok()?).ok()?;
        files.insert(name.to_owned(), digest);
    }
    // Not in order, twice, with other characters: written otherwise.
    (written(&files) == xml).then_some(files)
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n";
const SIGNATURE_BEFORE: &str = "<asic:SigReference URI=\"";
const SIGNATURE_AFTER: &str = "\" MimeType=\"application/pkcs7-signature\"/>\n";
const OBJECT: &str = "<asic:DataObjectReference URI=\"";
const METHOD: &str = "\"><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>";
const AFTER: &str = "</ds:DigestValue></asic:DataObjectReference>\n";
const TAIL: &str = "</asic:ASiCManifest>\n";
