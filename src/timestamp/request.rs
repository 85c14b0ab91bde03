//! The question to an authority.

use super::{Extension, MessageImprint};
use crate::asn1::read::Reader;
use crate::asn1::{Tag, write};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};
use crate::oid::Oid;

/// What an authority is asked to stamp, and how (RFC 3161 §2.4.1).
///
/// ```text
/// TimeStampReq ::= SEQUENCE {
///     version        INTEGER { v1(1) },
///     messageImprint MessageImprint,
///     reqPolicy      TSAPolicyId         OPTIONAL,
///     nonce          INTEGER             OPTIONAL,
///     certReq        BOOLEAN             DEFAULT FALSE,
///     extensions     [0] IMPLICIT Extensions OPTIONAL }
/// ```
///
/// ```
/// use seing::digest::Algorithm;
/// use seing::timestamp::Request;
///
/// let digest = Algorithm::Sha256.digest(b"order 4711");
/// let request = Request::new(&digest).with_nonce(&[0x17, 0x42]).with_certificates();
/// assert_eq!(Request::parse(&request.to_der())?, request);
/// # Ok::<(), seing::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    message_imprint: MessageImprint,
    policy: Option<Oid>,
    nonce: Option<Vec<u8>>,
    certificates: bool,
    extensions: Vec<Extension>,
}

impl Request {
    /// Asks for a time-stamp of a digest, under any policy, without nonce and certificates.
    pub fn new(digest: &Digest) -> Self {
        Self {
            message_imprint: MessageImprint::new(digest),
            policy: None,
            nonce: None,
            certificates: false,
            extensions: Vec::new(),
        }
    }

    /// Asks for this policy and no other.
    #[must_use]
    pub fn under_policy(mut self, policy: Oid) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Adds a number that the token must repeat, from big-endian octets without sign.
    #[must_use]
    pub fn with_nonce(mut self, octets: &[u8]) -> Self {
        self.nonce = Some(unsigned_content(octets));
        self
    }

    /// Asks that the token carry the certificate of the authority.
    #[must_use]
    pub fn with_certificates(mut self) -> Self {
        self.certificates = true;
        self
    }

    /// Adds an extension.
    #[must_use]
    pub fn with_extension(mut self, extension: Extension) -> Self {
        self.extensions.push(extension);
        self
    }

    /// Reads a request.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, `Unsupported` for another version, `LimitExceeded` for too many extensions.
    pub fn parse(octets: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(octets);
        let mut fields = reader.sequence("time-stamp request expected")?;
        reader.finish("octets after the time-stamp request")?;
        version(&mut fields)?;
        let message_imprint = MessageImprint::read(&mut fields)?;
        let policy = match fields.optional(Tag::OBJECT_IDENTIFIER)? {
            Some(policy) => Some(policy.oid()?),
            None => None,
        };
        let nonce = optional_integer(&mut fields)?;
        let certificates = match fields.optional(Tag::BOOLEAN)? {
            Some(flag) => flag.boolean()?,
            None => false,
        };
        let extensions = match fields.optional(Tag::context(0))? {
            Some(list) => Extension::read_all(list.reader(), &mut Budget::new(&Limits::default()))?,
            None => Vec::new(),
        };
        fields.finish("unknown field in the time-stamp request")?;
        Ok(Self { message_imprint, policy, nonce, certificates, extensions })
    }

    /// Writes the request in DER.
    pub fn to_der(&self) -> Vec<u8> {
        let policy = self.policy.map(|policy| write::oid(&policy)).unwrap_or_default();
        let nonce = self.nonce.as_deref().map(|nonce| write::tlv(Tag::INTEGER, &[nonce])).unwrap_or_default();
        let certificates = if self.certificates { write::boolean_true() } else { Vec::new() };
        let extensions = Extension::write_all(Tag::context(0), &self.extensions);
        let imprint = self.message_imprint.to_der();
        write::sequence(&[&write::small(1), &imprint, &policy, &nonce, &certificates, &extensions])
    }

    /// What is to be stamped.
    pub fn message_imprint(&self) -> &MessageImprint {
        &self.message_imprint
    }

    /// The policy that is asked for.
    pub fn policy(&self) -> Option<&Oid> {
        self.policy.as_ref()
    }

    /// The content octets of the nonce.
    pub fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }

    /// Whether the token is to carry certificates.
    pub fn wants_certificates(&self) -> bool {
        self.certificates
    }

    /// The extensions, in order.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }
}

/// The version of a request or of a token: 1, the only one there is.
pub(super) fn version(fields: &mut Reader<'_>) -> Result<()> {
    let offset = fields.offset();
    match fields.unsigned()? {
        1 => Ok(()),
        other => {
            Err(Error::unsupported("unknown version of the time-stamp protocol").with(other.to_string()).at(offset))
        }
    }
}

/// The content octets of an INTEGER of any size, as they stand.
pub(super) fn optional_integer(fields: &mut Reader<'_>) -> Result<Option<Vec<u8>>> {
    match fields.optional(Tag::INTEGER)? {
        Some(number) if number.content.is_empty() => Err(Error::malformed("integer without octets").at(number.offset)),
        Some(number) => Ok(Some(number.content.to_vec())),
        None => Ok(None),
    }
}

/// The content octets of an INTEGER from big-endian octets without sign.
pub(super) fn unsigned_content(octets: &[u8]) -> Vec<u8> {
    let first = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len());
    let digits = octets.get(first..).unwrap_or_default();
    let sign: &[u8] = if digits.first().is_none_or(|octet| octet & 0x80 != 0) { &[0] } else { &[] };
    [sign, digits].concat()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::digest::Algorithm;
    use crate::error::ErrorKind;

    /// `openssl ts -query -data abc -sha256 -tspolicy 1.2.3.4 -cert`, OpenSSL 3.0.22.
    const OPENSSL: &str = "30490201013031300d060960864801650304020105000420ba7816bf8f01cfea414140de5dae2223b00361a3\
        96177a9cb410ff61f20015ad06032a030402090095c955d0bbee6e5a0101ff";

    #[test]
    fn a_request_of_another_implementation_is_read() {
        let request = Request::parse(&octets(OPENSSL)).unwrap();
        assert_eq!(request.message_imprint().digest().unwrap(), Algorithm::Sha256.digest(b"abc"));
        assert_eq!(request.policy().unwrap().to_string(), "1.2.3.4");
        assert_eq!(request.nonce().unwrap(), octets("0095c955d0bbee6e5a"));
        assert!(request.wants_certificates());
        assert_eq!(request.to_der(), octets(OPENSSL));
    }

    #[test]
    fn numbers_have_no_sign_and_no_superfluous_octet() {
        assert_eq!(unsigned_content(&[]), [0]);
        assert_eq!(unsigned_content(&[0, 0]), [0]);
        assert_eq!(unsigned_content(&[0, 0x7f]), [0x7f]);
        assert_eq!(unsigned_content(&[0x80]), [0, 0x80]);
    }

    #[test]
    fn another_version_and_octets_too_many_are_refused() {
        let request = Request::new(&Algorithm::Sha256.digest(b"abc")).to_der();
        let mut later = request.clone();
        later.splice(2..5, [2, 1, 2]);
        assert_eq!(Request::parse(&later).unwrap_err().kind(), ErrorKind::Unsupported);
        assert!(Request::parse(&[request.as_slice(), &[0]].concat()).is_err());
        (0..request.len()).for_each(|length| assert!(Request::parse(request.get(..length).unwrap()).is_err()));
    }

    fn octets(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.bytes().filter_map(|c| char::from(c).to_digit(16)?.try_into().ok()).collect();
        digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, digit| sum << 4 | digit)).collect()
    }
}
