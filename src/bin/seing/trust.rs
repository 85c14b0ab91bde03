//! Certificates, revocation lists and OCSP responses from files and folders of them.

use std::fs;
use std::path::{Path, PathBuf};

use seing::ades::Material;
use seing::limits::Limits;
use seing::pki::crl::Crl;
use seing::pki::ocsp::OcspResponse;
use seing::pki::{Certificate, TrustAnchors};

use crate::failure::{Failure, On, Result};
use crate::files;

/// Every certificate of these files and folders, PEM or DER, one or more in each.
pub(crate) fn certificates(paths: &[PathBuf]) -> Result<Vec<Certificate>> {
    let mut certificates = Vec::new();
    for path in files(paths, CERTIFICATES)? {
        certificates.extend(of_file(&path)?);
    }
    Ok(certificates)
}

/// Every revocation list and every OCSP response of these files and folders.
pub(crate) fn material(crls: &[PathBuf], ocsp_responses: &[PathBuf]) -> Result<Material> {
    let mut material = Material::default();
    for path in files(crls, CRLS)? {
        let lists = Crl::parse_many(&files::read(&path, &Limits::default())?).on(&path)?;
        material.crls.extend(lists.iter().map(|list| list.der().to_vec()));
    }
    for path in files(ocsp_responses, OCSP_RESPONSES)? {
        let responses = OcspResponse::parse_many(&files::read(&path, &Limits::default())?).on(&path)?;
        material.ocsp_responses.extend(responses.iter().map(|response| response.der().to_vec()));
    }
    Ok(material)
}

/// The same as trust anchors.
pub(crate) fn anchors(paths: &[PathBuf]) -> Result<TrustAnchors> {
    let mut anchors = TrustAnchors::none();
    certificates(paths)?.into_iter().for_each(|certificate| anchors.add(certificate));
    Ok(anchors)
}

fn of_file(path: &Path) -> Result<Vec<Certificate>> {
    let octets = files::read(path, &Limits::default())?;
    let certificates = Certificate::parse_many(&octets).on(path)?;
    if certificates.is_empty() {
        return Err(
            Failure::impossible("no certificate in it", "name a PEM or DER file with certificates").on(path.display())
        );
    }
    Ok(certificates)
}

/// What a folder is searched for.
struct Wanted {
    what: &'static str,
    endings: &'static [&'static str],
}

const CERTIFICATES: Wanted = Wanted { what: "certificate", endings: &["pem", "crt", "cer", "der", "p7b", "p7c"] };
const CRLS: Wanted = Wanted { what: "revocation list", endings: &["crl"] };
const OCSP_RESPONSES: Wanted = Wanted { what: "OCSP response", endings: &["ocsp", "ors", "resp"] };

fn files(paths: &[PathBuf], wanted: Wanted) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(files_of(path, &wanted)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// The files of a folder whose names end as what is wanted does, in order of their names. Folders within are not entered.
fn files_of(folder: &Path, wanted: &Wanted) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).on(folder)? {
        let path = entry.on(folder)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if path.is_file() && wanted.endings.contains(&ending.as_str()) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        let nothing = format!("no {} in this folder", wanted.what);
        let remedy = format!("name files ending in .{}", wanted.endings.join(", ."));
        return Err(Failure::impossible(nothing, remedy).on(folder.display()));
    }
    Ok(files)
}
