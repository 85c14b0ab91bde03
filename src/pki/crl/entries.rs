//! The entries of a revocation list, read from its octets each time they are asked for: a list may have a million.

use crate::asn1::Tag;
use crate::asn1::read::{Reader, Tlv};
use crate::error::Result;
use crate::oid::{self, Oid};
use crate::pki::distribution::Reason;
use crate::pki::general_name::GeneralName;
use crate::pki::signed::{each_extension, only};
use crate::pki::{Certificate, Name};
use crate::time::Time;

/// What a revocation list says of one certificate.
///
/// ```text
/// SEQUENCE { userCertificate CertificateSerialNumber, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// When the certificate was revoked.
    pub revoked_at: Time,
    /// Why. A list that does not say it means [`Reason::Unspecified`].
    pub reason: Reason,
    /// Since when the key is known or suspected to be in other hands (RFC 5280 §5.3.2).
    pub invalidity_date: Option<Time>,
}

/// An entry as it stands.
pub(super) struct RawEntry<'a> {
    pub(super) serial: &'a [u8],
    time: Tlv<'a>,
    extensions: Option<Tlv<'a>>,
}

/// What the extensions of an entry say.
#[derive(Default)]
pub(super) struct EntryExtensions {
    pub(super) unknown_critical: Option<Oid>,
    reason: Option<Reason>,
    invalidity_date: Option<Time>,
    /// The value of certificateIssuer, as encoded.
    pub(super) certificate_issuer: Option<Vec<u8>>,
}

impl<'a> RawEntry<'a> {
    pub(super) fn read(entries: &mut Reader<'a>) -> Result<Self> {
        let mut fields = entries.sequence("revoked certificate expected")?;
        let serial = fields.read(Tag::INTEGER, "serial number expected")?.content;
        let time = fields.any()?;
        let extensions = fields.optional(Tag::SEQUENCE)?;
        fields.finish("revoked certificate with more than three elements")?;
        Ok(Self { serial: shortest(serial), time, extensions })
    }

    pub(super) fn time(&self) -> Result<Time> {
        self.time.time()
    }

    pub(super) fn extensions(&self) -> Result<EntryExtensions> {
        let mut read = EntryExtensions::default();
        if let Some(list) = &self.extensions {
            each_entry_extension(list, &mut read)?;
        }
        Ok(read)
    }

    pub(super) fn entry(&self) -> Result<Entry> {
        let extensions = self.extensions()?;
        Ok(Entry {
            revoked_at: self.time()?,
            reason: extensions.reason.unwrap_or(Reason::Unspecified),
            invalidity_date: extensions.invalidity_date,
        })
    }
}

fn each_entry_extension(list: &Tlv<'_>, read: &mut EntryExtensions) -> Result<()> {
    each_extension(&mut list.reader(), |kind, critical, value| {
        match kind {
            oid::REASON_CODE => {
                read.reason = Some(Reason::from_tlv(&only(value, ENUMERATED, "CRLReason expected")?)?);
            }
            oid::INVALIDITY_DATE => {
                read.invalidity_date = Some(only(value, Tag::GENERALIZED_TIME, "GeneralizedTime expected")?.time()?);
            }
            oid::CERTIFICATE_ISSUER => {
                only(value, Tag::SEQUENCE, "GeneralNames expected")?;
                read.certificate_issuer = Some(value.to_vec());
            }
            // What to do while a certificate is on hold is for whoever asks the issuer.
            oid::HOLD_INSTRUCTION_CODE => {}
            _ if critical => {
                read.unknown_critical.get_or_insert(kind);
            }
            _ => {}
        }
        Ok(())
    })
}

/// Who issued the certificates of the entries that are being read (RFC 5280 §5.3.3): the issuer of the list, until an entry
/// names another; that one holds for the entries that follow.
pub(super) struct CurrentIssuer<'a> {
    wanted: &'a Name,
    /// The value of certificateIssuer that was read last, and is not compared yet.
    named: Option<Vec<u8>>,
    matches: bool,
}

impl<'a> CurrentIssuer<'a> {
    pub(super) fn new(list_issuer: &Name, certificate: &'a Certificate) -> Self {
        let wanted = certificate.issuer();
        Self { wanted, named: None, matches: list_issuer.matches(wanted) }
    }

    /// Takes the next entry into account.
    pub(super) fn follow(&mut self, entry: &RawEntry<'_>) -> Result<()> {
        if entry.extensions.is_some()
            && let Some(value) = entry.extensions()?.certificate_issuer
        {
            self.named = Some(value);
        }
        Ok(())
    }

    /// Whether the certificate of that entry is of the wanted issuer.
    pub(super) fn is_wanted(&mut self) -> Result<bool> {
        if let Some(value) = self.named.take() {
            let names = only(&value, Tag::SEQUENCE, "GeneralNames expected")?;
            let names = GeneralName::parse_all(&mut names.reader())?;
            self.matches = names.iter().filter_map(GeneralName::directory).any(|name| name.matches(self.wanted));
        }
        Ok(self.matches)
    }
}

/// An INTEGER without superfluous octets in front (X.690 §8.3.2), sign kept.
pub(in crate::pki) fn shortest(mut octets: &[u8]) -> &[u8] {
    while let [first, second, ..] = octets
        && ((*first == 0 && second & 0x80 == 0) || (*first == 0xff && second & 0x80 != 0))
    {
        octets = octets.get(1..).unwrap_or_default();
    }
    octets
}

const ENUMERATED: Tag = Tag(0x0a);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_compared_in_their_shortest_form() {
        assert_eq!(shortest(&[0, 0, 0x7f]), [0x7f]);
        assert_eq!(shortest(&[0, 0x80]), [0, 0x80]);
        assert_eq!(shortest(&[0xff, 0xff, 0x80]), [0x80]);
        assert_eq!(shortest(&[0xff, 0x7f]), [0xff, 0x7f]);
        assert_eq!(shortest(&[0]), [0]);
    }
}
