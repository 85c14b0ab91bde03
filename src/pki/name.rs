//! Distinguished names: as encoded, as compared, as shown.

use std::fmt;
use std::sync::OnceLock;

use crate::asn1::Tag;
use crate::asn1::read::{Reader, Tlv};
use crate::digest::hex;
use crate::error::{Error, Result};
use crate::oid::{self, Oid};

/// A distinguished name, octet for octet as it was read.
///
/// ```text
/// Name ::= CHOICE { rdnSequence SEQUENCE OF SET SIZE (1..MAX) OF SEQUENCE { type OBJECT IDENTIFIER, value ANY } }
/// ```
///
/// It is shown in the notation of RFC 4514, which begins with the last element of the encoding: `CN=Amal,O=Souk,C=MA`.
/// Control characters and those that change the direction of text are escaped: a name ends up in terminals and reports.
#[derive(Clone)]
pub struct Name {
    der: Vec<u8>,
    /// What [`matches`](Name::matches) compares, made when it is asked for.
    folded: OnceLock<Vec<u8>>,
    normalised: OnceLock<bool>,
}

struct Attribute<'a> {
    kind: Oid,
    value: Tlv<'a>,
}

impl Name {
    /// Reads a Name in DER.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one; `LimitExceeded` over 64 KiB.
    pub fn parse(der: &[u8]) -> Result<Self> {
        check_length(der)?;
        elements(der)?;
        Ok(Self { der: der.to_vec(), folded: OnceLock::new(), normalised: OnceLock::new() })
    }

    /// The name as it was encoded.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether the name has no element, as the subject of a certificate may that names it in subjectAltName.
    pub fn is_empty(&self) -> bool {
        self.folded().is_empty()
    }

    /// Whether both names are the same by the rules of RFC 5280 §7.1: letter case, the kind of string and the number of
    /// spaces do not matter. Unicode normalisation is not applied, so that names which differ by it do not match.
    pub fn matches(&self, other: &Self) -> bool {
        self.der == other.der || self.folded() == other.folded()
    }

    /// The text of the first attribute of this kind, as in [`oid::COMMON_NAME`].
    pub fn attribute(&self, kind: &Oid) -> Option<String> {
        let elements = elements(&self.der).ok()?;
        elements.iter().flatten().find(|attribute| attribute.kind == *kind).and_then(|attribute| text(&attribute.value))
    }

    /// The text of every attribute of this kind.
    pub(super) fn attributes(&self, kind: &Oid) -> Vec<String> {
        let elements = elements(&self.der).unwrap_or_default();
        let attributes = elements.iter().flatten().filter(|attribute| attribute.kind == *kind);
        attributes.filter_map(|attribute| text(&attribute.value)).collect()
    }

    /// Whether names that differ from this one by Unicode normalisation alone have characters that show it. Between two
    /// names of which it is so, no match is missed.
    pub(super) fn is_normalised(&self) -> bool {
        *self.normalised.get_or_init(|| {
            let elements = elements(&self.der).unwrap_or_default();
            let mut texts = elements.iter().flatten().filter_map(|attribute| text(&attribute.value));
            texts.all(|text| !text.chars().any(changes_when_normalised))
        })
    }

    /// What two names have in common exactly when they match. That of a name begins with that of another when its elements
    /// begin with the other's.
    pub(crate) fn folded(&self) -> &[u8] {
        self.folded.get_or_init(|| elements(&self.der).map(|elements| fold(&elements)).unwrap_or_default())
    }
}

pub(super) fn check_length(der: &[u8]) -> Result<()> {
    if der.len() > LONGEST { Err(Error::limit("distinguished name over 64 KiB")) } else { Ok(()) }
}

/// RFC 5280 appendix A lets a name have 32,768 characters (ub-name), and every other attribute some hundreds at most.
const LONGEST: usize = 64 << 10;

fn elements(der: &[u8]) -> Result<Vec<Vec<Attribute<'_>>>> {
    let mut reader = Reader::new(der);
    let mut sequence = reader.sequence("distinguished name expected")?;
    reader.finish("octets after the distinguished name")?;
    let mut elements = Vec::new();
    while !sequence.is_empty() {
        let mut set = sequence.read(Tag::SET, "relative distinguished name expected")?.reader();
        let mut attributes = Vec::new();
        while !set.is_empty() {
            let mut fields = set.sequence("attribute of a name expected")?;
            let attribute = Attribute { kind: fields.oid()?, value: fields.any()? };
            fields.finish("attribute of a name with more than two elements")?;
            attributes.push(attribute);
        }
        if attributes.is_empty() {
            return Err(Error::malformed("relative distinguished name without attribute").at(set.offset()));
        }
        elements.push(attributes);
    }
    Ok(elements)
}

/// The elements in their order, the attributes of each sorted, every part with its length in front so that no two names
/// run together.
fn fold(elements: &[Vec<Attribute<'_>>]) -> Vec<u8> {
    let mut folded = Vec::new();
    for element in elements {
        let mut attributes: Vec<Vec<u8>> = element.iter().map(fold_attribute).collect();
        attributes.sort();
        folded.extend_from_slice(&attributes.len().to_be_bytes());
        for attribute in &attributes {
            folded.extend_from_slice(&attribute.len().to_be_bytes());
            folded.extend_from_slice(attribute);
        }
    }
    folded
}

fn fold_attribute(attribute: &Attribute<'_>) -> Vec<u8> {
    let mut folded = vec![u8::try_from(attribute.kind.octets().len()).unwrap_or(u8::MAX)];
    folded.extend_from_slice(attribute.kind.octets());
    match text(&attribute.value) {
        Some(text) => {
            // RFC 4518 §2.2 and §2.6.1: case folded, runs of spaces are one, none at the ends.
            let words: Vec<&str> = text.split_whitespace().collect();
            folded.push(b't');
            folded.extend(words.join(" ").to_lowercase().into_bytes());
        }
        None => {
            folded.push(b'x');
            folded.extend_from_slice(attribute.value.raw);
        }
    }
    folded
}

/// The text of an attribute value, if it is a string of characters.
fn text(value: &Tlv<'_>) -> Option<String> {
    let octets = value.content;
    match value.tag {
        Tag::UTF8_STRING | Tag::PRINTABLE_STRING | Tag::IA5_STRING | NUMERIC_STRING | VISIBLE_STRING => {
            std::str::from_utf8(octets).ok().map(str::to_owned)
        }
        // Latin-1 is what writers of TeletexString put into it (OpenSSL reads it so).
        TELETEX_STRING => Some(octets.iter().copied().map(char::from).collect()),
        BMP_STRING => {
            let (units, rest) = octets.as_chunks::<2>();
            let units: Vec<u16> = units.iter().copied().map(u16::from_be_bytes).collect();
            rest.is_empty().then(|| String::from_utf16(&units).ok())?
        }
        UNIVERSAL_STRING => {
            let (units, rest) = octets.as_chunks::<4>();
            let text = units.iter().copied().map(u32::from_be_bytes).map(char::from_u32).collect::<Option<String>>()?;
            rest.is_empty().then_some(text)
        }
        _ => None,
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let elements = elements(&self.der).map_err(|_unreadable| fmt::Error)?;
        for (place, element) in elements.iter().rev().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            for (place, attribute) in element.iter().enumerate() {
                if place > 0 {
                    f.write_str("+")?;
                }
                show(attribute, f)?;
            }
        }
        Ok(())
    }
}

/// RFC 4514 §2.3 and §2.4: a short name and text, or the object identifier and the encoding in hexadecimal.
fn show(attribute: &Attribute<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let short = SHORT_NAMES.iter().find(|(kind, _)| *kind == attribute.kind);
    match (short, text(&attribute.value)) {
        (Some((_, short)), Some(text)) => {
            write!(f, "{short}=")?;
            escape(&text, f)
        }
        (Some((_, short)), None) => write!(f, "{short}=#{}", hex(attribute.value.raw)),
        (None, _) => write!(f, "{}=#{}", attribute.kind, hex(attribute.value.raw)),
    }
}

fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let last = text.len().saturating_sub(1);
    let mut shown = 0;
    for (place, character) in text.char_indices() {
        let backslash = match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => true,
            '#' => place == 0,
            ' ' => place == 0 || place == last,
            _ if misleads(character) => false,
            _ => continue,
        };
        f.write_str(text.get(shown..place).unwrap_or_default())?;
        shown = place;
        if backslash {
            f.write_str("\\")?;
        } else if misleads(character) {
            shown += character.len_utf8();
            let mut octets = [0; 4];
            character.encode_utf8(&mut octets).bytes().try_for_each(|octet| write!(f, "\\{octet:02x}"))?;
        }
    }
    f.write_str(text.get(shown..).unwrap_or_default())
}

/// Control characters, line and paragraph separators, and the marks, embeddings, overrides and isolates that change the
/// direction of what stands beside them (Unicode, UAX #9 §2).
fn misleads(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// Characters that RFC 4518 §2 maps to nothing, to a space or, by normalisation form KC, to others: the blocks of Unicode that
/// hold combining marks of European scripts, compatibility characters, presentation forms and invisible ones.
fn changes_when_normalised(character: char) -> bool {
    matches!(
        character,
        '\u{80}'..='\u{a0}' | 'ª' | '\u{ad}' | '²' | '³' | '´' | '¸' | '¹' | 'º' | '¼' | '½' | '¾' | '\u{17f}'
            | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}' | '\u{2b0}'..='\u{36f}' | '\u{180b}'..='\u{180e}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1d2c}'..='\u{1dff}' | '\u{2000}'..='\u{24ff}' | '\u{3000}'
            | '\u{3200}'..='\u{33ff}' | '\u{f900}'..='\u{fdff}' | '\u{fe00}'..='\u{ffff}' | '\u{1d400}'..='\u{1d7ff}'
            | '\u{1f100}'..='\u{1f2ff}' | '\u{2f800}'..='\u{2fa1f}' | '\u{e0000}'..='\u{e0fff}'
    )
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Name {
    /// Equal names have the same encoding; [`matches`](Self::matches) compares by the rules of X.500.
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Name {}

const NUMERIC_STRING: Tag = Tag(0x12);
const TELETEX_STRING: Tag = Tag(0x14);
const VISIBLE_STRING: Tag = Tag(0x1a);
const UNIVERSAL_STRING: Tag = Tag(0x1c);
const BMP_STRING: Tag = Tag(0x1e);

/// The first nine are those of RFC 4514 §3; the others are the descriptors of X.520 and RFC 2985.
const SHORT_NAMES: &[(Oid, &str)] = &[
    (oid::COMMON_NAME, "CN"),
    (oid::LOCALITY, "L"),
    (oid::STATE_OR_PROVINCE, "ST"),
    (oid::ORGANIZATION, "O"),
    (oid::ORGANIZATIONAL_UNIT, "OU"),
    (oid::COUNTRY, "C"),
    (oid::STREET_ADDRESS, "STREET"),
    (oid::DOMAIN_COMPONENT, "DC"),
    (oid::USER_ID, "UID"),
    (oid::SURNAME, "SN"),
    (oid::GIVEN_NAME, "givenName"),
    (oid::SERIAL_NUMBER, "serialNumber"),
    (oid::TITLE, "title"),
    (oid::PSEUDONYM, "pseudonym"),
    (oid::POSTAL_CODE, "postalCode"),
    (oid::ORGANIZATION_IDENTIFIER, "organizationIdentifier"),
    (oid::EMAIL_ADDRESS, "emailAddress"),
];

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use crate::asn1::write;

    fn name(elements: &[&[(Oid, Tag, &[u8])]]) -> Name {
        let sets: Vec<Vec<u8>> = elements
            .iter()
            .map(|element| {
                let attributes = element
                    .iter()
                    .map(|(kind, tag, value)| write::sequence(&[&write::oid(kind), &write::tlv(*tag, &[value])]));
                write::set_of(Tag::SET, attributes.collect())
            })
            .collect();
        let parts: Vec<&[u8]> = sets.iter().map(Vec::as_slice).collect();
        Name::parse(&write::sequence(&parts)).unwrap()
    }

    #[test]
    fn the_notation_is_that_of_rfc_4514() {
        let shown = name(&[
            &[(oid::COUNTRY, Tag::PRINTABLE_STRING, b"MA")],
            &[(oid::ORGANIZATION, Tag::UTF8_STRING, "Sté \"A\", B+C".as_bytes())],
            &[(oid::COMMON_NAME, Tag::UTF8_STRING, b"#x "), (oid::SURNAME, BMP_STRING, &[0x06, 0x31])],
            &[(oid::TST_INFO, Tag::UTF8_STRING, b"x")],
        ]);
        assert_eq!(
            shown.to_string(),
            "1.2.840.113549.1.9.16.1.4=#0c0178,SN=ر+CN=\\#x\\ ,O=Sté \\\"A\\\"\\, B\\+C,C=MA"
        );
    }

    #[test]
    fn what_would_mislead_on_a_terminal_is_escaped() {
        let shown = name(&[&[(oid::COMMON_NAME, Tag::UTF8_STRING, "a\u{1b}[2J\u{202e}b\n".as_bytes())]]);
        assert_eq!(shown.to_string(), "CN=a\\1b[2J\\e2\\80\\aeb\\0a");
    }

    #[test]
    fn case_spaces_and_string_types_do_not_matter_when_names_are_compared() {
        let one = name(&[&[(oid::ORGANIZATION, Tag::PRINTABLE_STRING, b"Souk  El  Had ")]]);
        let same = name(&[&[(oid::ORGANIZATION, Tag::UTF8_STRING, b"SOUK EL HAD")]]);
        let other = name(&[&[(oid::ORGANIZATION, Tag::UTF8_STRING, b"SOUKEL HAD")]]);
        let another = name(&[&[(oid::COMMON_NAME, Tag::UTF8_STRING, b"SOUK EL HAD")]]);
        assert!(one.matches(&same) && one != same);
        assert!(!one.matches(&other) && !one.matches(&another));
    }

    #[test]
    fn two_elements_are_not_one_element_of_two_attributes() {
        let c = (oid::COUNTRY, Tag::PRINTABLE_STRING, &b"MA"[..]);
        let o = (oid::ORGANIZATION, Tag::UTF8_STRING, &b"x"[..]);
        assert!(!name(&[&[c, o]]).matches(&name(&[&[c], &[o]])));
        assert!(name(&[&[c, o]]).matches(&name(&[&[o, c]])));
        assert!(!name(&[&[c], &[o]]).matches(&name(&[&[o], &[c]])));
    }
}
