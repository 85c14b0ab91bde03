//! The names of subjectAltName, of name constraints and of distribution points.

use super::Name;
use crate::asn1::read::{Reader, Tlv};
use crate::error::{Error, Result};
use crate::oid::Oid;

/// A name in one of the forms of RFC 5280 §4.2.1.6.
///
/// ```text
/// GeneralName ::= CHOICE { otherName [0] SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY },
///     rfc822Name [1] IA5String, dNSName [2] IA5String, x400Address [3] ORAddress, directoryName [4] Name,
///     ediPartyName [5] EDIPartyName, uniformResourceIdentifier [6] IA5String, iPAddress [7] OCTET STRING,
///     registeredID [8] OBJECT IDENTIFIER }
/// ```
#[derive(Clone, Debug)]
pub(crate) enum GeneralName {
    Other(Oid),
    Rfc822(String),
    Dns(String),
    X400,
    Directory(Name),
    EdiParty,
    Uri(String),
    Ip(Vec<u8>),
    RegisteredId,
}

impl GeneralName {
    pub(crate) fn parse(name: &Tlv<'_>) -> Result<Self> {
        match name.tag.0 {
            0xa0 => Ok(Self::Other(name.reader().oid()?)),
            0x81 => ascii(name).map(Self::Rfc822),
            0x82 => ascii(name).map(Self::Dns),
            0xa3 => Ok(Self::X400),
            // Name is a CHOICE, so that its tag stands inside [4] (X.680 §31.2.7).
            0xa4 => Name::parse(name.content).map(Self::Directory).map_err(|error| error.at(name.offset)),
            0xa5 => Ok(Self::EdiParty),
            // RFC 3986 §2: graphic characters of ASCII alone, which is also what may reach a terminal or a request line.
            0x86 if name.content.iter().all(u8::is_ascii_graphic) => ascii(name).map(Self::Uri),
            0x86 => Err(Error::malformed("URI of other than graphic ASCII characters").at(name.offset)),
            0x87 => Ok(Self::Ip(name.content.to_vec())),
            0x88 => Ok(Self::RegisteredId),
            _ => Err(Error::malformed("GeneralName expected").at(name.offset)),
        }
    }

    /// Reads the rest of a `SEQUENCE SIZE (1..MAX) OF GeneralName`.
    pub(crate) fn parse_all(list: &mut Reader<'_>) -> Result<Vec<Self>> {
        let mut names = vec![Self::parse(&list.any()?)?];
        while !list.is_empty() {
            names.push(Self::parse(&list.any()?)?);
        }
        // They are kept as long as the certificate is.
        names.shrink_to_fit();
        Ok(names)
    }

    /// How many octets there are to compare.
    pub(crate) fn length(&self) -> usize {
        match self {
            Self::Rfc822(text) | Self::Dns(text) | Self::Uri(text) => text.len(),
            Self::Directory(name) => name.der().len(),
            Self::Ip(octets) => octets.len(),
            Self::Other(_) | Self::X400 | Self::EdiParty | Self::RegisteredId => 0,
        }
    }

    /// The text of a uniformResourceIdentifier.
    pub(crate) fn uri(&self) -> Option<&str> {
        match self {
            Self::Uri(uri) => Some(uri),
            _ => None,
        }
    }

    /// The name of a directoryName.
    pub(crate) fn directory(&self) -> Option<&Name> {
        match self {
            Self::Directory(name) => Some(name),
            _ => None,
        }
    }

    /// Whether both are the same name. Of the forms whose value is not kept, none is the same as another.
    pub(crate) fn matches(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Directory(one), Self::Directory(other)) => one.matches(other),
            (Self::Rfc822(one), Self::Rfc822(other))
            | (Self::Dns(one), Self::Dns(other))
            | (Self::Uri(one), Self::Uri(other)) => one == other,
            (Self::Ip(one), Self::Ip(other)) => one == other,
            _ => false,
        }
    }
}

/// RFC 9110 §4.1 asks for 8,000 octets of a URI at least; host names and mailboxes are shorter.
const LONGEST: usize = 8_000;

fn ascii(name: &Tlv<'_>) -> Result<String> {
    if name.content.len() > LONGEST {
        return Err(Error::limit("name of more octets than the limit allows").at(name.offset));
    }
    let text = str::from_utf8(name.content).ok().filter(|text| text.is_ascii());
    text.map(str::to_owned).ok_or_else(|| Error::malformed("name of other than ASCII characters").at(name.offset))
}
