//! ASiC containers (EN 319 162-1): several files in one, a ZIP whose first member names its media type.

mod zip;

use std::collections::BTreeMap;

use zip::Member;

use crate::error::{Error, Result};
use crate::limits::Limits;

/// The media type of ASiC-E, and the content of the member `mimetype` (EN 319 162-1).
pub const ASIC_E: &str = "application/vnd.etsi.asic-e+zip";

/// The name of the member that comes first.
const MIMETYPE: &str = "mimetype";

/// The files of an ASiC-E container by their names. The member `mimetype` is not among them.
///
/// ```
/// use seing::ades::asic::Container;
/// use seing::limits::Limits;
///
/// let mut container = Container::default();
/// container.add("contract.txt", b"one desk".to_vec())?;
/// let octets = container.to_octets()?;
/// assert_eq!(Container::parse(&octets, &Limits::default())?, container);
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    files: BTreeMap<String, Vec<u8>>,
}

impl Container {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// `Misuse` when there is one of this name, or the name is not a relative path of plain parts.
    pub fn add(&mut self, name: impl Into<String>, octets: Vec<u8>) -> Result<()> {
        let name = name.into();
        if name == MIMETYPE || !is_plain(&name) {
            return Err(Error::misuse("no file of a container can have this name").with(name));
        }
        if self.files.contains_key(&name) {
            return Err(Error::misuse("the container has a file of this name").with(name));
        }
        self.files.insert(name, octets);
        Ok(())
    }

    /// The file of a name.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Every file with its name, in the order of the names.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, octets)| (name.as_str(), octets.as_slice()))
    }

    /// The container as a ZIP. The same files make the same octets: nothing is compressed, and there are no times.
    ///
    /// # Errors
    ///
    /// `LimitExceeded` when it is larger than 4 GiB, or has more than 65,534 files.
    pub fn to_octets(&self) -> Result<Vec<u8>> {
        let first = std::iter::once((MIMETYPE, ASIC_E.as_bytes()));
        zip::write(first.chain(self.files()))
    }

    /// Reads a container, of this writer or another: members that are stored or deflated, and nothing beside them.
    ///
    /// There is one way to read it: every octet belongs to a member or to the directory, which agree with each other, and no two
    /// members have the same name. Nothing is unpacked into a folder here; the names are such that it could be.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not a ZIP, its parts contradict each other, a name leads out of the folder, or it is no ASiC-E;
    /// `Unsupported` when something in it is encrypted, a link, packed otherwise, or of ZIP64; `LimitExceeded` when it is too large,
    /// or inflates to too much. Each names the member.
    pub fn parse(octets: &[u8], limits: &Limits) -> Result<Self> {
        if octets.len() > limits.document_octets {
            return Err(Error::limit("the container is larger than the limit"));
        }
        let mut members = zip::read(octets, limits)?.into_iter();
        match members.next() {
            Some(Member { name: MIMETYPE, content, is_bare: true }) if *content == *ASIC_E.as_bytes() => {}
            Some(Member { name: MIMETYPE, is_bare: false, .. }) => {
                return Err(Error::malformed("the media type is not stored as it is, right behind its name"));
            }
            _ => return Err(Error::malformed("the first member is not the media type of ASiC-E")),
        }
        let mut files = BTreeMap::new();
        for Member { name, content, .. } in members {
            if name == MIMETYPE || !stays_below(name) {
                return Err(Error::malformed("a member has a name that no file of a container can have").with(name));
            }
            if files.insert(name.to_owned(), content.into_owned()).is_some() {
                return Err(Error::malformed("two members have the same name").with(name));
            }
        }
        Ok(Self { files })
    }
}

/// A path that stays below the folder it is unpacked in, on every system, and reads the same on each.
fn is_plain(name: &str) -> bool {
    let part = |part: &str| {
        let plain = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    name.len() <= 200 && name.split('/').all(part)
}

/// A path of another writer that stays below the folder, on every system.
fn stays_below(name: &str) -> bool {
    let part = |part: &str| {
        let strange =
            |c: char| c.is_control() || matches!(c, '\\' | ':' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
        !part.trim_matches(['.', ' ']).is_empty() && !part.contains(strange)
    };
    name.len() <= 1_000 && name.split('/').all(part)
}
