//! A dossier in the hands of somebody who has only the standards, and other people's programs.

use std::path::{Path, PathBuf};
use std::process::Command;

use seing::ades::cades::signature_values;
use seing::digest::Algorithm;

use super::*;

/// Whether a program is there; says so where it is not.
fn has(program: &str, argument: &str) -> bool {
    let found = Command::new(program).arg(argument).output().is_ok();
    if !found {
        eprintln!("skipped: {program} is not installed");
    }
    found
}

#[track_caller]
fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}\n{said}{complained}");
    said.into_owned()
}

/// Unpacked by python, which checks what EN 319 162-1 says of the container and its manifest.
const READ: &str = r#"
import base64, hashlib, os, sys, zipfile
import xml.etree.ElementTree as tree
octets = open("dossier.asice", "rb").read()
assert octets[30:38] == b"mimetype" and octets[38:69] == b"application/vnd.etsi.asic-e+zip"
archive = zipfile.ZipFile("dossier.asice")
assert archive.testzip() is None
first = archive.infolist()[0]
assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and first.extra == b"" and first.flag_bits == 0
assert archive.read("mimetype") == b"application/vnd.etsi.asic-e+zip"
names = archive.namelist()
assert len(set(names)) == len(names)
archive.extractall("dossier")
asic, ds = "{http://uri.etsi.org/02918/v1.2.1#}", "{http://www.w3.org/2000/09/xmldsig#}"
manifests = [name for name in names if name.startswith("META-INF/ASiCManifest") and name.endswith(".xml")]
assert len(manifests) == 1
root = tree.fromstring(archive.read(manifests[0]))
assert root.tag == asic + "ASiCManifest"
assert [child.tag for child in root] == [asic + "SigReference"] + [asic + "DataObjectReference"] * (len(root) - 1)
signature = root[0].attrib
assert signature["MimeType"] == "application/pkcs7-signature" and signature["URI"] in names
assert signature["URI"].startswith("META-INF/") and "signature" in signature["URI"] and signature["URI"].endswith(".p7s")
listed = {}
for reference in root[1:]:
    method, value = reference
    assert method.tag == ds + "DigestMethod" and method.attrib == {"Algorithm": "http://www.w3.org/2001/04/xmlenc#sha256"}
    assert value.tag == ds + "DigestValue"
    name = reference.attrib["URI"]
    assert name not in listed
    listed[name] = base64.b64decode(value.text, validate=True)
    assert hashlib.sha256(archive.read(name)).digest() == listed[name], name
for name in set(names) - set(listed) - {"mimetype", signature["URI"], manifests[0]}:
    # Values about persons are bound by the commitments of the events.
    hash = hashlib.sha256(archive.read(name)).hexdigest()
    assert name == "values/" + hash + ".json"
    assert any(("sha256:" + hash).encode() in archive.read(event) for event in listed if event.endswith(".json")), name
print(signature["URI"], manifests[0])
"#;

fn written(by: By) -> (tempfile::TempDir, Shop, Dossier) {
    let shop = Shop::new();
    let dossier = sealed(&shop, &shop.concluded(by, &mut salts()));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dossier.asice"), dossier.to_octets().unwrap()).unwrap();
    std::fs::write(folder.path().join("root.pem"), shop.parties.root.to_pem()).unwrap();
    (folder, shop, dossier)
}

#[test]
fn unzip_lists_a_dossier_and_finds_nothing_wrong() {
    if !has("unzip", "-v") {
        return;
    }
    let (folder, ..) = written(By::Key);
    run("unzip", &["-tqq", "dossier.asice"], folder.path());
    let list = run("unzip", &["-Z1", "dossier.asice"], folder.path());
    assert_eq!(list.lines().next(), Some("mimetype"));
    for name in ["META-INF/ASiCManifest.xml", "META-INF/signature.p7s", "journal/0007.p7s", "documents/contract.txt"] {
        assert!(list.lines().any(|line| line == name), "{name}");
    }
}

#[test]
fn python_and_openssl_verify_all_of_a_dossier() {
    if !has("python3", "--version") || !has("openssl", "version") {
        return;
    }
    for by in [By::Key, By::Identification] {
        let (folder, _, dossier) = written(by);
        let found = run("python3", &["-c", READ], folder.path());
        let (seal, manifest) = found.trim().split_once(' ').unwrap();
        let unpacked = folder.path().join("dossier");
        let mut tokens = 0;
        cms_verifies(&unpacked, Path::new(seal), Path::new(manifest));
        tokens += stamps_verify(&unpacked, Path::new(seal));
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(unpacked.join("journal")).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        let mut signatures = 0;
        for file in files {
            let event = file.with_extension("json");
            match file.extension().and_then(|extension| extension.to_str()) {
                Some("p7s") => {
                    cms_verifies(&unpacked, &file, &event);
                    tokens += stamps_verify(&unpacked, &file);
                    signatures += 1;
                }
                Some("tst") => {
                    ts_verifies(&unpacked, &file, &Algorithm::Sha256.digest(&std::fs::read(event).unwrap()));
                    tokens += 1;
                }
                _ => {}
            }
        }
        // The confirmation and the acknowledgement are stamped, and the seal; the two copies are signed as well.
        assert_eq!((signatures, tokens), (if by == By::Key { 4 } else { 3 }, 3), "{by:?}");
        assert_eq!(dossier.journal().entries().len(), 9);
    }
}

/// A time of the fixed clock, as OpenSSL takes it.
fn attime() -> String {
    let hours = seing::time::Time::parse_rfc3339("2026-11-23T10:00:00Z").unwrap();
    assert_eq!(at(0), hours);
    // date -u -d 2026-11-24T10:00:00Z +%s
    "1795514400".to_owned()
}

#[track_caller]
fn cms_verifies(folder: &Path, signature: &Path, content: &Path) {
    let (signature, content, at) = (signature.to_str().unwrap(), content.to_str().unwrap(), attime());
    let arguments = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", content];
    let trust = ["-CAfile", "../root.pem", "-purpose", "any", "-attime", &at, "-out", "verified"];
    run("openssl", &[&arguments[..], &trust].concat(), folder);
    assert_eq!(std::fs::read(folder.join("verified")).unwrap(), std::fs::read(folder.join(content)).unwrap());
}

#[track_caller]
fn ts_verifies(folder: &Path, token: &Path, digest: &Digest) {
    let (digest, at) = (digest.to_hex(), attime());
    let arguments = ["ts", "-verify", "-token_in", "-in", token.to_str().unwrap(), "-digest", &digest];
    run("openssl", &[&arguments[..], &["-CAfile", "../root.pem", "-attime", &at]].concat(), folder);
}

/// Verifies the time-stamps in the unsigned attributes of a signature; says how many there are.
fn stamps_verify(folder: &Path, signature: &Path) -> usize {
    let signed = std::fs::read(folder.join(signature)).unwrap();
    let [value] = signature_values(&signed).unwrap().try_into().unwrap();
    // id-aa-timeStampToken (RFC 3161, appendix A), then a SET of one token.
    const TIME_STAMP: &[u8] = &[6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x10, 2, 0x0e];
    let places = signed.windows(TIME_STAMP.len()).enumerate().filter(|(_, window)| *window == TIME_STAMP);
    let mut count = 0;
    for (place, _) in places {
        let set = &signed[place + TIME_STAMP.len()..];
        assert_eq!(set[..2], [0x31, 0x82]);
        let length = usize::from(u16::from_be_bytes([set[2], set[3]]));
        let file = folder.join("token.tst");
        std::fs::write(&file, &set[4..4 + length]).unwrap();
        ts_verifies(folder, &file, &Algorithm::Sha256.digest(&value));
        count += 1;
    }
    count
}
