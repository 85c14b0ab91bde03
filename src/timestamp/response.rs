//! The answer of an authority.

use std::fmt;

use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};

/// What an authority answered: a status, and a token if it granted one (RFC 3161 §2.4.2).
///
/// ```text
/// TimeStampResp ::= SEQUENCE {
///     status         PKIStatusInfo,
///     timeStampToken TimeStampToken OPTIONAL }
///
/// PKIStatusInfo ::= SEQUENCE {
///     status       PKIStatus,
///     statusString PKIFreeText    OPTIONAL,
///     failInfo     PKIFailureInfo OPTIONAL }
///
/// PKIFreeText ::= SEQUENCE SIZE (1..MAX) OF UTF8String
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    status: Status,
    text: Vec<String>,
    failures: Failures,
    token: Option<Vec<u8>>,
}

/// Whether a token was granted.
///
/// ```text
/// PKIStatus ::= INTEGER {
///     granted (0), grantedWithMods (1), rejection (2), waiting (3),
///     revocationWarning (4), revocationNotification (5) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "closed by RFC 3161 §2.4.2: clients must not understand others")]
pub enum Status {
    /// A token is there, as it was asked for.
    Granted,
    /// A token is there, with changes.
    GrantedWithMods,
    /// The request was refused.
    Rejection,
    /// The request has not been handled yet.
    Waiting,
    /// A revocation of the authority is imminent.
    RevocationWarning,
    /// The authority has been revoked.
    RevocationNotification,
}

/// Why a request was refused.
///
/// ```text
/// PKIFailureInfo ::= BIT STRING {
///     badAlg (0), badRequest (2), badDataFormat (5), timeNotAvailable (14),
///     unacceptedPolicy (15), unacceptedExtension (16), addInfoNotAvailable (17), systemFailure (25) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// Unrecognised or unsupported hash algorithm.
    BadAlg,
    /// The request is not permitted or not supported.
    BadRequest,
    /// The request has the wrong format.
    BadDataFormat,
    /// The time source is not available.
    TimeNotAvailable,
    /// The policy that was asked for is not supported.
    UnacceptedPolicy,
    /// An extension of the request is not supported.
    UnacceptedExtension,
    /// The additional information that was asked for is not understood or not available.
    AddInfoNotAvailable,
    /// The authority has failed.
    SystemFailure,
}

/// The bits of a PKIFailureInfo, the unknown ones included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures(u32);

const STATUS: &[(Status, &str)] = &[
    (Status::Granted, "granted"),
    (Status::GrantedWithMods, "grantedWithMods"),
    (Status::Rejection, "rejection"),
    (Status::Waiting, "waiting"),
    (Status::RevocationWarning, "revocationWarning"),
    (Status::RevocationNotification, "revocationNotification"),
];

const FAILURES: &[(Failure, u32, &str)] = &[
    (Failure::BadAlg, 0, "badAlg"),
    (Failure::BadRequest, 2, "badRequest"),
    (Failure::BadDataFormat, 5, "badDataFormat"),
    (Failure::TimeNotAvailable, 14, "timeNotAvailable"),
    (Failure::UnacceptedPolicy, 15, "unacceptedPolicy"),
    (Failure::UnacceptedExtension, 16, "unacceptedExtension"),
    (Failure::AddInfoNotAvailable, 17, "addInfoNotAvailable"),
    (Failure::SystemFailure, 25, "systemFailure"),
];

impl Response {
    /// An answer with this token.
    pub fn granted(token: impl Into<Vec<u8>>) -> Self {
        Self { status: Status::Granted, text: Vec::new(), failures: Failures(0), token: Some(token.into()) }
    }

    /// A refusal, with its reason for programs and for people.
    pub fn rejected(failure: Failure, text: impl Into<String>) -> Self {
        Self { status: Status::Rejection, text: vec![text.into()], failures: Failures::from(failure), token: None }
    }

    /// Reads a response. The token in it is neither read nor changed.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, when its status is none of those of RFC 3161, or when a token is missing or too many
    /// for that status.
    pub fn parse(octets: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(octets);
        let mut fields = reader.sequence("time-stamp response expected")?;
        reader.finish("octets after the time-stamp response")?;
        let mut info = fields.sequence("status of a time-stamp response expected")?;
        let status = status(&mut info)?;
        let text = match info.optional(Tag::SEQUENCE)? {
            Some(lines) => free_text(lines.reader())?,
            None => Vec::new(),
        };
        let failures = match info.optional(Tag::BIT_STRING)? {
            Some(bits) => Failures::from_tlv(&bits)?,
            None => Failures(0),
        };
        info.finish("unknown field in the status of a time-stamp response")?;
        let offset = fields.offset();
        let token = if fields.is_empty() { None } else { Some(fields.any()?.raw.to_vec()) };
        fields.finish("unknown field in the time-stamp response")?;
        // RFC 3161 §2.4.2: a token is present with the status values zero and one, and with no other.
        match (status, &token) {
            (Status::Granted | Status::GrantedWithMods, None) => {
                Err(Error::malformed("time-stamp granted without a token").at(offset))
            }
            (Status::Granted | Status::GrantedWithMods, Some(_)) | (_, None) => {
                Ok(Self { status, text, failures, token })
            }
            (_, Some(_)) => Err(Error::malformed("time-stamp token beside a refusal").at(offset)),
        }
    }

    /// Writes the response in DER, around the token as it is.
    pub fn to_der(&self) -> Vec<u8> {
        let position = STATUS.iter().position(|row| row.0 == self.status).unwrap_or(STATUS.len());
        let status = write::small(u64::try_from(position).unwrap_or(u64::MAX));
        let lines: Vec<Vec<u8>> = self.text.iter().map(|line| write::utf8(line)).collect();
        let parts: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
        let text = if parts.is_empty() { Vec::new() } else { write::sequence(&parts) };
        let info = write::sequence(&[&status, &text, &self.failures.to_der()]);
        write::sequence(&[&info, self.token.as_deref().unwrap_or_default()])
    }

    /// Whether a token was granted.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What the authority says to people, line by line.
    pub fn text(&self) -> &[String] {
        &self.text
    }

    /// Why the request was refused.
    pub fn failures(&self) -> Failures {
        self.failures
    }

    /// The token, octet for octet as it was received.
    pub fn token(&self) -> Option<&[u8]> {
        self.token.as_deref()
    }

    /// Status, reasons and text in one line, for an error.
    pub(crate) fn summary(&self) -> String {
        let mut line = self.status.to_string();
        if self.failures != Failures(0) {
            line.push_str(&format!(", {}", self.failures));
        }
        let text = self.text.join(" ");
        // What a stranger wrote ends up on terminals: one line of printable characters.
        let text: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
        if !text.is_empty() {
            line.push_str(&format!(": {text}"));
        }
        line
    }
}

fn status(info: &mut Reader<'_>) -> Result<Status> {
    let offset = info.offset();
    let number = info.unsigned()?;
    let row = usize::try_from(number).ok().and_then(|row| STATUS.get(row));
    row.map(|row| row.0)
        .ok_or_else(|| Error::malformed("unknown status of a time-stamp response").with(number.to_string()).at(offset))
}

fn free_text(mut lines: Reader<'_>) -> Result<Vec<String>> {
    let mut budget = Budget::new(&Limits::default());
    let mut text = Vec::new();
    while !lines.is_empty() {
        budget.element()?;
        text.push(String::from_utf8_lossy(lines.any()?.content).into_owned());
    }
    Ok(text)
}

impl Failures {
    /// Whether this reason is given.
    pub fn contains(self, failure: Failure) -> bool {
        self.0 & Self::from(failure).0 != 0
    }

    /// Whether no reason is given.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn from_tlv(bits: &Tlv<'_>) -> Result<Self> {
        let wrong = || Error::malformed("failure information that is not a short bit string").at(bits.offset);
        let (unused, octets) = bits.content.split_first().ok_or_else(wrong)?;
        if bits.tag.is_constructed() || *unused > 7 || octets.len() > 4 || (octets.is_empty() && *unused != 0) {
            return Err(wrong());
        }
        let mut whole = [0; 4];
        whole.iter_mut().zip(octets).for_each(|(to, from)| *to = *from);
        let length = 8 * u32::try_from(octets.len()).unwrap_or(4) - u32::from(*unused);
        let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
        Ok(Self(u32::from_be_bytes(whole) & mask))
    }

    /// A BIT STRING with named bits has no trailing zeros (X.690 §11.2.2).
    fn to_der(self) -> Vec<u8> {
        if self.0 == 0 {
            return Vec::new();
        }
        let octets = self.0.to_be_bytes();
        let unused = self.0.trailing_zeros();
        let length = 4 - usize::try_from(unused / 8).unwrap_or(0);
        let unused = u8::try_from(unused % 8).unwrap_or(0);
        write::tlv(Tag::BIT_STRING, &[&[unused], octets.get(..length).unwrap_or_default()])
    }
}

impl From<Failure> for Failures {
    fn from(failure: Failure) -> Self {
        let row = FAILURES.iter().find(|row| row.0 == failure);
        Self(row.map_or(0, |row| 1 << (31 - row.1)))
    }
}

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = (0..32u32).filter(|bit| self.0 & (1 << (31 - bit)) != 0);
        for (count, bit) in set.enumerate() {
            let separator = if count > 0 { " " } else { "" };
            match FAILURES.iter().find(|row| row.1 == bit) {
                Some(row) => write!(f, "{separator}{}", row.2)?,
                None => write!(f, "{separator}bit {bit}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Status {
    /// The name in RFC 3161.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STATUS.iter().find(|row| row.0 == *self).map_or("", |row| row.1))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;

    /// Put together by hand from X.690 and RFC 3161: status 2, "no" and bit 15.
    const REFUSED: &[u8] = &[0x30, 0x10, 0x30, 0x0e, 2, 1, 2, 0x30, 4, 0x0c, 2, b'n', b'o', 3, 3, 0, 0, 1];

    #[test]
    fn a_refusal_says_why() {
        let response = Response::parse(REFUSED).unwrap();
        assert_eq!(response.status(), Status::Rejection);
        assert!(response.failures().contains(Failure::UnacceptedPolicy));
        assert!(!response.failures().contains(Failure::BadAlg));
        assert_eq!(response.summary(), "rejection, unacceptedPolicy: no");
        assert_eq!(Response::rejected(Failure::UnacceptedPolicy, "no").to_der(), REFUSED);
    }

    #[test]
    fn bits_beyond_the_last_used_one_do_not_count() {
        // BIT STRING of one bit, whose padding is not zero.
        let bits = Reader::new(&[3, 2, 7, 0xff]).any().unwrap();
        assert_eq!(Failures::from_tlv(&bits).unwrap(), Failures::from(Failure::BadAlg));
        for wrong in [&[3, 0][..], &[3, 1, 1], &[3, 2, 8, 0], &[3, 6, 0, 0, 0, 0, 0, 0]] {
            assert!(Failures::from_tlv(&Reader::new(wrong).any().unwrap()).is_err());
        }
        let unknown = Reader::new(&[3, 2, 0, 0b0100_0001]).any().unwrap();
        assert_eq!(Failures::from_tlv(&unknown).unwrap().to_string(), "bit 1 bit 7");
        assert_eq!(Failures::from(Failure::SystemFailure).to_der(), [3, 5, 6, 0, 0, 0, 0x40]);
    }

    #[test]
    fn a_token_comes_with_a_grant_and_with_nothing_else() {
        let grant = |status: u8, token: &[u8]| {
            let info = [0x30, 3, 2, 1, status];
            Response::parse(&write::sequence(&[&info, token]))
        };
        assert_eq!(grant(0, &[0x30, 0]).unwrap().token(), Some(&[0x30, 0][..]));
        assert_eq!(grant(1, &[0x30, 0x80, 0, 0]).unwrap().token(), Some(&[0x30, 0x80, 0, 0][..]));
        assert!(grant(0, &[]).is_err());
        assert!(grant(2, &[0x30, 0]).is_err());
        assert!(grant(3, &[]).is_ok());
        assert!(grant(6, &[]).is_err());
        assert!(grant(0, &[0x30, 0, 0x30, 0]).is_err());
        assert!(grant(0, &[0x30, 1]).is_err());
    }
}
