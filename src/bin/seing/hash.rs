//! `seing hash`: the lines of sha256sum.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use seing::digest::{Algorithm, Digest, digest_reader};

use crate::failure::{Failure, On, Result, Status};
use crate::{complain, files, progress};

#[derive(Args)]
#[command(after_help = "\
Examples:
  seing hash contract.pdf > contract.sha256
  sha256sum --check contract.sha256
  cat contract.pdf | seing hash --algorithm sha512 -")]
pub(crate) struct Options {
    /// Files to hash; `-` is standard input, and so is no file at all.
    files: Vec<PathBuf>,
    /// The hash function: sha256, sha384, sha512, sha3-256, sha3-384, sha3-512.
    #[arg(long, default_value = "sha256", value_parser = algorithm)]
    algorithm: Algorithm,
}

fn algorithm(name: &str) -> std::result::Result<Algorithm, String> {
    Algorithm::from_name(name).ok_or_else(|| "not a hash function of this version".to_owned())
}

/// Prints a line per file. A file that cannot be read is named on standard error, and the others are hashed.
pub(crate) fn run(options: &Options) -> Result<Status> {
    let stdin = [PathBuf::from("-")];
    let files = if options.files.is_empty() { &stdin } else { options.files.as_slice() };
    let mut stdout = io::stdout().lock();
    let mut status = Status::Done;
    for path in files {
        match digest(path, options.algorithm) {
            Ok(digest) => {
                stdout.write_all(&line(&digest, path)).map_err(|error| Failure::from(error).on("standard output"))?
            }
            Err(failure) => {
                complain(&failure);
                status = Status::Impossible;
            }
        }
    }
    Ok(status)
}

fn digest(path: &Path, algorithm: Algorithm) -> Result<Digest> {
    let bar = progress::bar(path);
    let digests = digest_reader(files::open(path)?, &[algorithm], |read| bar.set_position(read)).on(path)?;
    bar.finish_and_clear();
    digests.into_iter().next().ok_or_else(|| Failure::usage("no hash function", "name one with --algorithm"))
}

/// Like GNU coreutils: a name with a backslash, a newline or a carriage return is escaped, and the line starts with a
/// backslash to say so.
fn line(digest: &Digest, path: &Path) -> Vec<u8> {
    let name = path.as_os_str().as_encoded_bytes();
    let mut escaped = Vec::with_capacity(name.len());
    for octet in name {
        match octet {
            b'\\' => escaped.extend(br"\\"),
            b'\n' => escaped.extend(br"\n"),
            b'\r' => escaped.extend(br"\r"),
            octet => escaped.push(*octet),
        }
    }
    let mark: &[u8] = if escaped.len() == name.len() { b"" } else { br"\" };
    [mark, digest.to_hex().as_bytes(), b"  ", &escaped, b"\n"].concat()
}
