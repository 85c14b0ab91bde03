//! Certificates from files and folders of them.

use std::fs;
use std::path::{Path, PathBuf};

use seing::limits::Limits;
use seing::pki::{Certificate, TrustAnchors};

use crate::failure::{Failure, On, Result};
use crate::files;

/// Every certificate of these files and folders, PEM or DER, one or more in each.
pub(crate) fn certificates(paths: &[PathBuf]) -> Result<Vec<Certificate>> {
    let mut certificates = Vec::new();
    for path in paths {
        if path.is_dir() {
            for file in files_of(path)? {
                certificates.extend(of_file(&file)?);
            }
        } else {
            certificates.extend(of_file(path)?);
        }
    }
    Ok(certificates)
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

/// The files of a folder whose names end like certificates, in order of their names. Folders within are not entered.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).on(folder)? {
        let path = entry.on(folder)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if path.is_file() && ENDINGS.contains(&ending.as_str()) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Failure::impossible(
            "no certificate in this folder",
            "name files ending in .pem, .crt, .cer, .der or .p7c",
        )
        .on(folder.display()));
    }
    Ok(files)
}

const ENDINGS: &[&str] = &["pem", "crt", "cer", "der", "p7b", "p7c"];
