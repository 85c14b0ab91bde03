//! PEM (RFC 7468), as tolerant of what stands around the blocks as OpenSSL is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// One block: its label, as in `CERTIFICATE`, and its octets.
pub(crate) struct Block {
    pub(crate) label: String,
    pub(crate) octets: Vec<u8>,
}

/// Whether octets are to be read as PEM: a `-----BEGIN ` line stands somewhere at their beginning.
pub(crate) fn is_pem(octets: &[u8]) -> bool {
    let head = octets.get(..octets.len().min(HEAD)).unwrap_or_default();
    head.first().is_none_or(|first| *first != 0x30)
        && head.windows(BEGIN.len()).any(|window| window == BEGIN.as_bytes())
}

/// Reads every block, in order.
pub(crate) fn blocks(octets: &[u8]) -> Result<Vec<Block>> {
    let text = String::from_utf8_lossy(octets);
    let mut blocks = Vec::new();
    let mut rest: &str = &text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let offset = text.len() - after.len();
        let read = || {
            let (label, body) = after.split_once("-----")?;
            let (body, tail) = body.split_once("-----END ")?;
            let tail = tail.strip_prefix(label)?.strip_prefix("-----")?;
            // Headers as in RFC 1421 (`Proc-Type: …`) end with an empty line.
            let body = body.rsplit_once("\n\n").map_or(body, |(_, body)| body);
            let digits: Zeroizing<String> = Zeroizing::new(body.split_ascii_whitespace().collect());
            Some((Block { label: label.to_owned(), octets: STANDARD.decode(digits.as_bytes()).ok()? }, tail))
        };
        let (block, tail) =
            read().ok_or_else(|| Error::malformed("PEM block that does not follow RFC 7468").at(offset))?;
        if blocks.len() >= BLOCKS {
            return Err(Error::limit("more PEM blocks than the limit allows").at(offset));
        }
        blocks.push(block);
        rest = tail;
    }
    if blocks.is_empty() { Err(Error::malformed("no PEM block")) } else { Ok(blocks) }
}

/// Writes one block with lines of 64 characters.
pub(crate) fn encode(label: &str, octets: &[u8]) -> String {
    let digits = Zeroizing::new(STANDARD.encode(octets));
    // Room for all of it at once: a private key leaves no copy behind in a buffer that was too small.
    let mut text = String::with_capacity(digits.len() + digits.len() / 64 + 2 * label.len() + 40);
    text.push_str(&format!("-----BEGIN {label}-----\n"));
    let mut rest = digits.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at_checked(64).unwrap_or((rest, ""));
        text.push_str(line);
        text.push('\n');
        rest = tail;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

const BEGIN: &str = "-----BEGIN ";
/// Blocks in one file. Bundles of all the authorities that a browser trusts, and of all those below them, have some thousands.
const BLOCKS: usize = 10_000;
/// Text before the first block (`Bag Attributes`, `Certificate: …`) is looked through so far.
const HEAD: usize = 64 << 10;

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_among_other_text() {
        let text = format!("subject=CN = x\n{}\nnoise\n{}", encode("A", b"one"), encode("B", &[7; 100]));
        let found = blocks(text.as_bytes()).unwrap();
        assert!(is_pem(text.as_bytes()));
        assert_eq!((found[0].label.as_str(), found[0].octets.as_slice()), ("A", &b"one"[..]));
        assert_eq!(found[1].octets, [7; 100]);
        assert!(blocks(b"-----BEGIN A-----\n!\n-----END A-----").is_err());
        assert!(blocks(b"nothing").is_err());
    }
}
