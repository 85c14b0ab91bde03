//! `seing hash`: the lines of sha256sum, and what it says when it checks them.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;
use indicatif::ProgressBar;
use seing::digest::many::{Parallelism, digest_readers};
use seing::digest::{Algorithm, Digest};
use seing::limits::Limits;

use crate::failure::{Failure, On, Result, Status};
use crate::{complain, files, progress};

#[derive(Args)]
#[command(after_help = "\
Examples:
  seing hash contracts/* > contracts.sha256
  seing hash --check contracts.sha256
  sha256sum --check contracts.sha256
  cat contract.pdf | seing hash --algorithm sha512 -

Exit status with --check: 0 when every listed file is there and has its digest, 1 otherwise, like sha256sum.")]
pub(crate) struct Options {
    /// Files to hash, or lists with --check; `-` is standard input, and so is no file at all.
    files: Vec<PathBuf>,
    /// The hash function: sha256, sha384, sha512, sha3-256, sha3-384, sha3-512.
    #[arg(long, default_value = "sha256", value_parser = algorithm)]
    algorithm: Algorithm,
    /// Read lines of digests and names, and check the files that they name.
    #[arg(long, short)]
    check: bool,
}

pub(crate) fn algorithm(name: &str) -> std::result::Result<Algorithm, String> {
    Algorithm::from_name(name).ok_or_else(|| "not a hash function of this version".to_owned())
}

/// Prints a line per file. A file that cannot be read is named on standard error, and the others are hashed.
pub(crate) fn run(options: &Options) -> Result<Status> {
    let stdin = [PathBuf::from("-")];
    let files = if options.files.is_empty() { &stdin } else { options.files.as_slice() };
    if options.check {
        return files.iter().try_fold(Status::Done, |status, list| {
            let checked = check(list, options.algorithm)?;
            Ok(if checked == Status::Done { status } else { checked })
        });
    }
    let mut status = Status::Done;
    let mut lines = Vec::new();
    for (path, digest) in files.iter().zip(digests(files, options.algorithm)) {
        match digest {
            Ok(digest) => lines.extend(line(&digest, path)),
            Err(failure) => {
                complain(&failure);
                status = Status::Impossible;
            }
        }
    }
    print(&lines)?;
    Ok(status)
}

fn digests(files: &[PathBuf], algorithm: Algorithm) -> Vec<Result<Digest>> {
    let threads = thread::available_parallelism().map_or(Parallelism::ONE, Parallelism::threads);
    let digests = digest_readers(algorithm, files.iter().map(|path| Opened::new(path)), threads);
    digests.into_iter().zip(files).map(|(digest, path)| digest.on(path)).collect()
}

/// A file that is opened when it is first read, so that never more than a few are open.
struct Opened<'a> {
    path: &'a Path,
    file: Option<File>,
    bar: ProgressBar,
}

impl<'a> Opened<'a> {
    fn new(path: &'a Path) -> Self {
        Self { path, file: None, bar: ProgressBar::hidden() }
    }
}

impl Read for Opened<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.path == Path::new("-") {
            return io::stdin().read(buffer);
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                self.bar = progress::bar(self.path);
                self.file.insert(File::open(self.path)?)
            }
        };
        let count = file.read(buffer)?;
        match u64::try_from(count) {
            Ok(0) | Err(_) => self.bar.finish_and_clear(),
            Ok(count) => self.bar.inc(count),
        }
        Ok(count)
    }
}

/// Checks the files that a list names, and says of each what sha256sum says.
fn check(list: &Path, algorithm: Algorithm) -> Result<Status> {
    let octets = files::read(list, &Limits::default())?;
    let (mut entries, mut misshapen) = (Vec::new(), 0u64);
    for text in octets.split_inclusive(|octet| *octet == b'\n') {
        match Entry::parse(text, algorithm) {
            Some(entry) => entries.push(entry),
            None if text.starts_with(b"#") => {}
            None => misshapen += 1,
        }
    }
    if entries.is_empty() {
        complain(
            &Failure::impossible(
                format!("no line of a {algorithm} digest and a name"),
                "name a list as sha256sum or `seing hash` writes it, and its hash function with --algorithm",
            )
            .on(list.display()),
        );
        return Ok(Status::Failed);
    }
    let names: Vec<PathBuf> = entries.iter().map(|entry| entry.name.clone()).collect();
    let (mut unread, mut different, mut lines) = (0u64, 0u64, Vec::new());
    for (entry, digest) in entries.iter().zip(digests(&names, algorithm)) {
        let verdict: &[u8] = match digest {
            Ok(digest) if digest.octets() == entry.digest => b": OK\n",
            Ok(_) => {
                different += 1;
                b": FAILED\n"
            }
            Err(failure) => {
                complain(&failure);
                unread += 1;
                b": FAILED open or read\n"
            }
        };
        // Like GNU coreutils: here only a name that would break the line is escaped.
        let name = entry.name.as_os_str().as_encoded_bytes();
        if name.contains(&b'\n') {
            lines.extend([&br"\"[..], &escaped(name)].concat());
        } else {
            lines.extend(name);
        }
        lines.extend(verdict);
    }
    print(&lines)?;
    for (count, what, remedy) in [
        (misshapen, "lines are no digest and name", "look at them: the files they mean were not checked"),
        (unread, "listed files could not be read", "check their paths and permissions"),
        (
            different,
            "files do not have the digest that is listed",
            "do not rely on them before you know who changed them",
        ),
    ] {
        if count > 0 {
            complain(&Failure::impossible(format!("{count} {what}"), remedy).on(list.display()));
        }
    }
    Ok(if unread + different == 0 { Status::Done } else { Status::Failed })
}

/// A line of a list.
pub(crate) struct Entry {
    pub(crate) digest: Vec<u8>,
    pub(crate) name: PathBuf,
}

impl Entry {
    /// Reads `digest  name`, `digest *name` or `SHA256 (name) = digest`, escaped where it starts with a backslash.
    pub(crate) fn parse(line: &[u8], algorithm: Algorithm) -> Option<Self> {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line).trim_ascii_start();
        if line.starts_with(b"#") {
            return None;
        }
        let (escaped, line) = line.strip_prefix(br"\").map_or((false, line), |line| (true, line));
        let tag = algorithm.name().to_ascii_uppercase();
        let (digits, name) = match line.strip_prefix(tag.as_bytes()) {
            Some(tagged) => {
                let tagged = tagged.strip_prefix(b" ").unwrap_or(tagged).strip_prefix(b"(")?;
                let close = tagged.windows(4).rposition(|four| four == b") = ")?;
                (tagged.get(close + 4..)?, tagged.get(..close)?)
            }
            None => {
                let (digits, rest) = line.split_at_checked(2 * algorithm.length())?;
                let rest = rest.strip_prefix(b" ").or_else(|| rest.strip_prefix(b"\t"))?;
                (digits, rest.strip_prefix(b" ").or_else(|| rest.strip_prefix(b"*")).unwrap_or(rest))
            }
        };
        let digest = Digest::parse(&format!("{algorithm}:{}", std::str::from_utf8(digits).ok()?)).ok()?;
        let name = if escaped { unescaped(name)? } else { name.to_vec() };
        (!name.is_empty()).then_some(())?;
        Some(Self { digest: digest.octets().to_vec(), name: path(name)? })
    }
}

#[cfg(unix)]
pub(crate) fn path(name: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(name).into())
}

#[cfg(not(unix))]
pub(crate) fn path(name: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(name).ok().map(PathBuf::from)
}

fn unescaped(name: &[u8]) -> Option<Vec<u8>> {
    let (mut octets, mut plain) = (name.iter(), Vec::with_capacity(name.len()));
    while let Some(octet) = octets.next() {
        plain.push(match octet {
            b'\\' => match octets.next()? {
                b'\\' => b'\\',
                b'n' => b'\n',
                b'r' => b'\r',
                _ => return None,
            },
            octet => *octet,
        });
    }
    Some(plain)
}

/// Like GNU coreutils: a name with a backslash, a newline or a carriage return is escaped, and the line starts with a
/// backslash to say so.
pub(crate) fn line(digest: &Digest, path: &Path) -> Vec<u8> {
    let name = path.as_os_str().as_encoded_bytes();
    let escaped = escaped(name);
    let mark: &[u8] = if escaped.len() == name.len() { b"" } else { br"\" };
    [mark, digest.to_hex().as_bytes(), b"  ", &escaped, b"\n"].concat()
}

fn escaped(name: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(name.len());
    for octet in name {
        match octet {
            b'\\' => escaped.extend(br"\\"),
            b'\n' => escaped.extend(br"\n"),
            b'\r' => escaped.extend(br"\r"),
            octet => escaped.push(*octet),
        }
    }
    escaped
}

fn print(octets: &[u8]) -> Result<()> {
    io::stdout().lock().write_all(octets).map_err(|error| Failure::from(error).on("standard output"))
}
