//! What an authority signs: the digest and the time.

use std::time::Duration;

use super::request::{optional_integer, unsigned_content, version};
use super::{Extension, MessageImprint};
use crate::asn1::read::Reader;
use crate::asn1::{Tag, write};
use crate::digest::hex;
use crate::error::{Error, Result};
use crate::limits::{Budget, Limits};
use crate::oid::Oid;
use crate::time::Time;

/// What a token says: this digest existed at this time (RFC 3161 §2.4.2).
///
/// ```text
/// TSTInfo ::= SEQUENCE {
///     version        INTEGER { v1(1) },
///     policy         TSAPolicyId,
///     messageImprint MessageImprint,
///     serialNumber   INTEGER,
///     genTime        GeneralizedTime,
///     accuracy       Accuracy                OPTIONAL,
///     ordering       BOOLEAN                 DEFAULT FALSE,
///     nonce          INTEGER                 OPTIONAL,
///     tsa            [0] GeneralName         OPTIONAL,
///     extensions     [1] IMPLICIT Extensions OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TstInfo {
    policy: Oid,
    message_imprint: MessageImprint,
    serial: Vec<u8>,
    time: Time,
    accuracy: Option<Accuracy>,
    ordering: bool,
    nonce: Option<Vec<u8>>,
    tsa: Option<Vec<u8>>,
    extensions: Vec<Extension>,
}

/// How far the time of a token may be off, either way.
///
/// ```text
/// Accuracy ::= SEQUENCE {
///     seconds INTEGER              OPTIONAL,
///     millis  [0] INTEGER (1..999) OPTIONAL,
///     micros  [1] INTEGER (1..999) OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Accuracy {
    seconds: u32,
    microseconds: u32,
}

impl TstInfo {
    /// Says that a digest existed at a time, under a policy, in a token of this serial number (big-endian octets without
    /// sign).
    pub fn new(policy: Oid, message_imprint: MessageImprint, serial: &[u8], time: Time) -> Self {
        Self {
            policy,
            message_imprint,
            serial: unsigned_content(serial),
            time,
            accuracy: None,
            ordering: false,
            nonce: None,
            tsa: None,
            extensions: Vec::new(),
        }
    }

    /// Says how far the time may be off.
    #[must_use]
    pub fn with_accuracy(mut self, accuracy: Accuracy) -> Self {
        self.accuracy = Some(accuracy);
        self
    }

    /// Repeats the nonce of a request, given by its content octets.
    #[must_use]
    pub fn with_nonce(mut self, content: impl Into<Vec<u8>>) -> Self {
        self.nonce = Some(content.into());
        self
    }

    /// Adds an extension.
    #[must_use]
    pub fn with_extension(mut self, extension: Extension) -> Self {
        self.extensions.push(extension);
        self
    }

    /// Reads a TSTInfo, which RFC 3161 wants in DER and which is met in BER.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, `Unsupported` for another version and for critical extensions, none of which is
    /// known.
    pub fn parse(octets: &[u8]) -> Result<Self> {
        Self::read(octets, &mut Budget::new(&Limits::default()))
    }

    pub(super) fn read(octets: &[u8], budget: &mut Budget) -> Result<Self> {
        let mut reader = Reader::new(octets);
        let mut fields = reader.sequence("TSTInfo expected")?;
        reader.finish("octets after the TSTInfo")?;
        version(&mut fields)?;
        let policy = fields.oid()?;
        let message_imprint = MessageImprint::read(&mut fields)?;
        let offset = fields.offset();
        let serial = optional_integer(&mut fields)?
            .ok_or_else(|| Error::malformed("serial number of a time-stamp token expected").at(offset))?;
        let time = fields.read(Tag::GENERALIZED_TIME, "time of a time-stamp token expected")?.time()?;
        let accuracy = match fields.optional(Tag::SEQUENCE)? {
            Some(accuracy) => Some(Accuracy::read(accuracy.reader())?),
            None => None,
        };
        let ordering = match fields.optional(Tag::BOOLEAN)? {
            Some(flag) => flag.boolean()?,
            None => false,
        };
        let nonce = optional_integer(&mut fields)?;
        let tsa = match fields.optional(Tag::context(0))? {
            Some(name) => {
                let mut inside = name.reader();
                let name = inside.any()?;
                inside.finish("more than one name of the time-stamp authority")?;
                Some(name.raw.to_vec())
            }
            None => None,
        };
        let extensions = match fields.optional(Tag::context(1))? {
            Some(list) => Extension::read_all(list.reader(), budget)?,
            None => Vec::new(),
        };
        fields.finish("unknown field in the TSTInfo")?;
        if let Some(unknown) = extensions.iter().find(|extension| extension.critical) {
            return Err(
                Error::unsupported("unknown critical extension of a time-stamp token").with(unknown.oid.to_string())
            );
        }
        Ok(Self { policy, message_imprint, serial, time, accuracy, ordering, nonce, tsa, extensions })
    }

    /// Writes the TSTInfo in DER.
    pub fn to_der(&self) -> Vec<u8> {
        write::sequence(&[
            &write::small(1),
            &write::oid(&self.policy),
            &self.message_imprint.to_der(),
            &write::tlv(Tag::INTEGER, &[&self.serial]),
            &write::generalized_time(self.time),
            &self.accuracy.map(Accuracy::to_der).unwrap_or_default(),
            &if self.ordering { write::boolean_true() } else { Vec::new() },
            &self.nonce.as_deref().map(|nonce| write::tlv(Tag::INTEGER, &[nonce])).unwrap_or_default(),
            &self.tsa.as_deref().map(|name| write::tlv(Tag::context(0), &[name])).unwrap_or_default(),
            &Extension::write_all(Tag::context(1), &self.extensions),
        ])
    }

    /// The policy under which the token was issued.
    pub fn policy(&self) -> &Oid {
        &self.policy
    }

    /// What was stamped.
    pub fn message_imprint(&self) -> &MessageImprint {
        &self.message_imprint
    }

    /// The content octets of the serial number, 20 or more of them included.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// The serial number in hexadecimal.
    pub fn serial_hex(&self) -> String {
        hex(&self.serial)
    }

    /// The time of the token, `genTime`.
    pub fn time(&self) -> Time {
        self.time
    }

    /// How far the time may be off, if the authority says so.
    pub fn accuracy(&self) -> Option<Accuracy> {
        self.accuracy
    }

    /// Whether tokens of this authority can be ordered by their times whatever the accuracy.
    pub fn ordering(&self) -> bool {
        self.ordering
    }

    /// The content octets of the nonce.
    pub fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }

    /// The GeneralName by which the authority calls itself, as it was received. It is a hint: the signing-certificate
    /// attribute is what identifies the authority.
    pub fn tsa(&self) -> Option<&[u8]> {
        self.tsa.as_deref()
    }

    /// The extensions, none of them critical.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }
}

impl Accuracy {
    /// An accuracy of whole microseconds; what is below is rounded up.
    pub fn new(duration: Duration) -> Self {
        let up = u32::from(!duration.subsec_nanos().is_multiple_of(1000));
        let microseconds = duration.subsec_micros() + up;
        let seconds = u32::try_from(duration.as_secs()).unwrap_or(u32::MAX);
        Self { seconds: seconds.saturating_add(microseconds / 1_000_000), microseconds: microseconds % 1_000_000 }
    }

    /// The time that it stands for.
    pub fn duration(self) -> Duration {
        Duration::new(u64::from(self.seconds), self.microseconds * 1000)
    }

    fn read(mut fields: Reader<'_>) -> Result<Self> {
        let offset = fields.offset();
        let seconds = match fields.optional(Tag::INTEGER)? {
            Some(seconds) => seconds.unsigned()?,
            None => 0,
        };
        let millis = thousandth(&mut fields, 0)?;
        let micros = thousandth(&mut fields, 1)?;
        fields.finish("unknown field in the accuracy")?;
        let seconds = u32::try_from(seconds)
            .ok()
            .ok_or_else(|| Error::malformed("accuracy of more than a century").at(offset))?;
        Ok(Self { seconds, microseconds: millis * 1000 + micros })
    }

    fn to_der(self) -> Vec<u8> {
        let seconds = if self.seconds > 0 { write::small(u64::from(self.seconds)) } else { Vec::new() };
        let part = |number: u8, value: u32| match value {
            0 => Vec::new(),
            // 1 to 999: two octets, the first of them without sign.
            _ => write::tlv(Tag::context_primitive(number), &[&unsigned_content(&value.to_be_bytes())]),
        };
        let millis = part(0, self.microseconds / 1000);
        let micros = part(1, self.microseconds % 1000);
        write::sequence(&[&seconds, &millis, &micros])
    }
}

/// `[number] INTEGER (1..999)`. Zero is met too, and means the same as absence.
fn thousandth(fields: &mut Reader<'_>, number: u8) -> Result<u32> {
    let Some(field) = fields.optional(Tag::context_primitive(number))? else { return Ok(0) };
    let value = if field.tag.is_constructed() { None } else { u32::try_from(field.unsigned()?).ok() };
    value
        .filter(|value| *value < 1000)
        .ok_or_else(|| Error::malformed("accuracy outside 1 to 999 thousandths").at(field.offset))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

    use super::*;
    use crate::digest::Algorithm;
    use crate::error::ErrorKind;

    fn info(time: &str) -> TstInfo {
        let imprint = MessageImprint::new(&Algorithm::Sha256.digest(b"abc"));
        TstInfo::new(Oid::parse("1.2.3.4").unwrap(), imprint, &[0x80; 21], Time::parse_rfc3339(time).unwrap())
    }

    #[test]
    fn every_field_is_written_and_read() {
        let mut info = info("2026-11-23T10:00:00.25Z")
            .with_accuracy(Accuracy::new(Duration::from_millis(1500)))
            .with_nonce([0, 0xc1]);
        info.ordering = true;
        info.tsa = Some(vec![0x82, 1, b'a']);
        info.extensions.push(Extension::new(Oid::parse("1.2.3.5").unwrap(), [5, 0]));
        let read = TstInfo::parse(&info.to_der()).unwrap();
        assert_eq!(read, info);
        assert_eq!(read.serial().len(), 22);
        assert_eq!(read.accuracy().unwrap().duration(), Duration::from_millis(1500));
    }

    #[test]
    fn a_critical_extension_is_refused() {
        let mut info = info("2026-11-23T10:00:00Z");
        info.extensions.push(Extension::new(Oid::parse("1.2.3.5").unwrap(), [5, 0]).critical());
        assert_eq!(TstInfo::parse(&info.to_der()).unwrap_err().kind(), ErrorKind::Unsupported);
    }

    /// X.690 and RFC 3161 by hand: 1 s, 500 ms, 20 µs; and what is out of range.
    #[test]
    fn accuracy_is_three_small_numbers() {
        let read = |octets: &[u8]| Accuracy::read(Reader::new(octets));
        let some = [2, 1, 1, 0x80, 2, 1, 0xf4, 0x81, 1, 20];
        assert_eq!(read(&some).unwrap().duration(), Duration::from_micros(1_500_020));
        assert_eq!(read(&some).unwrap().to_der(), [&[0x30, 10], &some[..]].concat());
        assert_eq!(read(&[]).unwrap().duration(), Duration::ZERO);
        for wrong in [&[0x80, 2, 3, 0xe8][..], &[2, 1, 0xff], &[0xa0, 3, 2, 1, 1], &[0x81, 1, 1, 0x80, 1, 1]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(Accuracy::new(Duration::new(1, 999_999_001)).duration(), Duration::from_secs(2));
    }

    #[test]
    fn a_time_may_lack_its_seconds() {
        let der = info("2026-11-23T10:00:00Z").to_der();
        let at = der.windows(15).position(|window| window == b"20261123100000Z").unwrap();
        let mut short = der;
        short.splice(at - 1..at + 15, *b"\x0d202611231000Z");
        short.splice(1..2, [u8::try_from(short.len() - 2).unwrap()]);
        assert_eq!(TstInfo::parse(&short).unwrap().time().to_string(), "2026-11-23T10:00:00Z");
    }
}
