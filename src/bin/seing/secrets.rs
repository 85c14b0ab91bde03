//! Passwords and private keys, from files.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use zeroize::Zeroizing;

use crate::failure::{Failure, On, Result};
use crate::files;

/// Longer first lines are not passwords.
const LONGEST_PASSWORD: u64 = 64 << 10;

#[derive(Args)]
pub(crate) struct PasswordOption {
    /// A file whose first line is the password of the key; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl PasswordOption {
    /// The password, where a file was named.
    pub(crate) fn read(&self) -> Result<Option<Zeroizing<String>>> {
        let Some(path) = &self.password_file else {
            return Ok(None);
        };
        let mut text = Zeroizing::new(String::with_capacity(4096));
        files::open(path)?.take(LONGEST_PASSWORD).read_to_string(&mut text).on(path)?;
        match text.lines().next() {
            Some(line) if !line.is_empty() => Ok(Some(Zeroizing::new(line.to_owned()))),
            _ => Err(Failure::impossible(
                "its first line is empty",
                "write the password there, or leave --password-file out",
            )
            .on(path.display())),
        }
    }
}
