//! Name constraints: within which names an authority may certify (RFC 5280 §4.2.1.10).

use super::Name;
use super::general_name::GeneralName;
use crate::asn1::Tag;
use crate::asn1::read::Reader;
use crate::error::{Error, Result};
use crate::limits::Budget;
use crate::oid;

/// The nameConstraints extension.
///
/// ```text
/// NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }
/// GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree
/// GeneralSubtree  ::= SEQUENCE { base GeneralName, minimum [0] BaseDistance DEFAULT 0, maximum [1] BaseDistance OPTIONAL }
/// ```
pub(super) struct NameConstraints {
    permitted: Subtrees,
    excluded: Subtrees,
}

/// What keeps a name from an authority's subtrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breach {
    NotPermitted,
    Excluded,
    /// The form of the name is constrained, and RFC 5280 does not say how names of this form compare.
    Incomparable,
}

/// The subtrees by the form of their names. A base that RFC 5280 does not define is kept as none: no name is known to lie
/// inside or outside.
#[derive(Default)]
struct Subtrees {
    mailboxes: Vec<Option<Mailboxes>>,
    domains: Vec<Option<String>>,
    directories: Vec<Option<Name>>,
    hosts: Vec<Option<Hosts>>,
    networks: Vec<Option<Network>>,
    others: Vec<Form>,
}

/// The forms whose names are not compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Other,
    X400,
    EdiParty,
    RegisteredId,
}

/// How a name lies to a subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Inside,
    Outside,
    /// The name stands for several, some inside and some outside, or one of the two is not what its form demands.
    Unclear,
}

/// A host or the hosts of a domain, in lower case.
enum Hosts {
    One(String),
    /// Those with at least one label more than this.
    Below(String),
}

enum Mailboxes {
    One(Mailbox),
    Of(Hosts),
}

#[derive(PartialEq, Eq)]
struct Mailbox {
    local: String,
    host: String,
}

/// Octets of an address and of its mask.
struct Network(Vec<(u8, u8)>);

impl NameConstraints {
    pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Self> {
        let mut fields = reader.sequence("NameConstraints expected")?;
        let start = fields.offset();
        let mut subtrees =
            |number| fields.optional(Tag::context(number))?.map(|tlv| Subtrees::parse(&mut tlv.reader())).transpose();
        let (permitted, excluded) = (subtrees(0)?, subtrees(1)?);
        fields.finish("NameConstraints with more than two elements")?;
        // §4.2.1.10: one of the two is present.
        if permitted.is_none() && excluded.is_none() {
            return Err(Error::malformed("NameConstraints without a constraint").at(start));
        }
        Ok(Self { permitted: permitted.unwrap_or_default(), excluded: excluded.unwrap_or_default() })
    }

    /// Checks a name of subjectAltName (RFC 5280 §6.1.3 b and c).
    pub(super) fn check(&self, name: &GeneralName, budget: &mut Budget) -> Result<std::result::Result<(), Breach>> {
        budget.name_comparison(name.length())?;
        match name {
            GeneralName::Dns(text) => {
                let presented = Domain::parse(text);
                let relation = |base: &String| presented.as_ref().map_or(Relation::Unclear, |name| name.under(base));
                decide(&self.permitted.domains, &self.excluded.domains, relation, text.len(), budget)
            }
            GeneralName::Rfc822(text) => self.check_mailbox(text, budget),
            // RFC 9598 §6: constraints on rfc822Name are for these as well, of which no comparison is made here.
            GeneralName::Other(oid::SMTP_UTF8_MAILBOX)
                if !self.permitted.mailboxes.is_empty() || !self.excluded.mailboxes.is_empty() =>
            {
                Ok(Err(Breach::Incomparable))
            }
            GeneralName::Directory(name) => self.check_directory(name, budget),
            GeneralName::Uri(text) => {
                let presented = host_of_uri(text);
                let relation = |base: &Hosts| presented.as_ref().map_or(Relation::Unclear, |host| base.relation(host));
                decide(&self.permitted.hosts, &self.excluded.hosts, relation, text.len(), budget)
            }
            GeneralName::Ip(address) => {
                let relation = |network: &Network| network.relation(address);
                decide(&self.permitted.networks, &self.excluded.networks, relation, address.len(), budget)
            }
            GeneralName::Other(_) => Ok(self.check_form(Form::Other)),
            GeneralName::X400 => Ok(self.check_form(Form::X400)),
            GeneralName::EdiParty => Ok(self.check_form(Form::EdiParty)),
            GeneralName::RegisteredId => Ok(self.check_form(Form::RegisteredId)),
        }
    }

    /// Checks a subject, unless it is empty: §4.2.1.10 applies the directoryName form to it, and the rfc822Name form to its
    /// emailAddress. The clause demands the latter where there is no subjectAltName; a mailbox that people are shown is held
    /// to it here in any case.
    pub(super) fn check_subject(&self, subject: &Name, budget: &mut Budget) -> Result<std::result::Result<(), Breach>> {
        if subject.is_empty() {
            return Ok(Ok(()));
        }
        budget.name_comparison(subject.der().len())?;
        if let Err(breach) = self.check_directory(subject, budget)? {
            return Ok(Err(breach));
        }
        if self.permitted.mailboxes.is_empty() && self.excluded.mailboxes.is_empty() {
            return Ok(Ok(()));
        }
        for mailbox in subject.attributes(&oid::EMAIL_ADDRESS) {
            if let Err(breach) = self.check_mailbox(&mailbox, budget)? {
                return Ok(Err(breach));
            }
        }
        Ok(Ok(()))
    }

    fn check_mailbox(&self, text: &str, budget: &mut Budget) -> Result<std::result::Result<(), Breach>> {
        let presented = Mailbox::parse(text);
        let relation = |base: &Mailboxes| presented.as_ref().map_or(Relation::Unclear, |name| base.relation(name));
        decide(&self.permitted.mailboxes, &self.excluded.mailboxes, relation, text.len(), budget)
    }

    fn check_directory(&self, name: &Name, budget: &mut Budget) -> Result<std::result::Result<(), Breach>> {
        let relation = |base: &Name| match name.folded().starts_with(base.folded()) {
            true => Relation::Inside,
            false if base.is_normalised() && name.is_normalised() => Relation::Outside,
            false => Relation::Unclear,
        };
        decide(&self.permitted.directories, &self.excluded.directories, relation, name.der().len(), budget)
    }

    /// §4.2.1.10: a constraint on a form is processed, or certificates with a name of this form are refused. A constraint that
    /// is not critical is held to as well.
    fn check_form(&self, form: Form) -> std::result::Result<(), Breach> {
        match self.permitted.others.contains(&form) || self.excluded.others.contains(&form) {
            true => Err(Breach::Incomparable),
            false => Ok(()),
        }
    }
}

/// Within one of the permitted subtrees, where there is any of the name's form, and outside all excluded ones. `octets` are those
/// of the name.
fn decide<T>(
    permitted: &[Option<T>],
    excluded: &[Option<T>],
    relation: impl Fn(&T) -> Relation,
    octets: usize,
    budget: &mut Budget,
) -> Result<std::result::Result<(), Breach>> {
    let mut compare = |base: &Option<T>| -> Result<Relation> {
        budget.name_comparison(octets)?;
        Ok(base.as_ref().map_or(Relation::Unclear, &relation))
    };
    let mut inside = permitted.is_empty();
    for base in permitted {
        inside = inside || compare(base)? == Relation::Inside;
    }
    if !inside {
        return Ok(Err(Breach::NotPermitted));
    }
    for base in excluded {
        if compare(base)? != Relation::Outside {
            return Ok(Err(Breach::Excluded));
        }
    }
    Ok(Ok(()))
}

impl Subtrees {
    fn parse(list: &mut Reader<'_>) -> Result<Self> {
        if list.is_empty() {
            return Err(Error::malformed("GeneralSubtrees without a subtree").at(list.offset()));
        }
        let mut subtrees = Self::default();
        while !list.is_empty() {
            let mut fields = list.sequence("GeneralSubtree expected")?;
            let base = GeneralName::parse(&fields.any()?)?;
            let minimum = fields.optional(Tag::context_primitive(0))?.map(|field| field.unsigned()).transpose()?;
            let maximum = fields.optional(Tag::context_primitive(1))?;
            fields.finish("GeneralSubtree with more than three elements")?;
            // §4.2.1.10: minimum is zero and maximum is absent. Other values are not processed, so that no name is inside.
            subtrees.add(base, minimum.unwrap_or(0) == 0 && maximum.is_none());
        }
        Ok(subtrees)
    }

    fn add(&mut self, base: GeneralName, whole: bool) {
        match base {
            GeneralName::Rfc822(text) => self.mailboxes.push(Mailboxes::parse(&text).filter(|_| whole)),
            GeneralName::Dns(text) => self.domains.push(host_name(&text).filter(|_| whole)),
            GeneralName::Directory(name) => self.directories.push(Some(name).filter(|_| whole)),
            GeneralName::Uri(text) => self.hosts.push(Hosts::parse(&text).filter(|_| whole)),
            GeneralName::Ip(octets) => self.networks.push(Network::parse(&octets).filter(|_| whole)),
            GeneralName::Other(_) => self.others.push(Form::Other),
            GeneralName::X400 => self.others.push(Form::X400),
            GeneralName::EdiParty => self.others.push(Form::EdiParty),
            GeneralName::RegisteredId => self.others.push(Form::RegisteredId),
        }
    }
}

/// A dNSName of subjectAltName: a host, or all those of one label more, as in `*.example.com` (RFC 9525 §6.3).
struct Domain {
    wildcard: bool,
    host: String,
}

impl Domain {
    fn parse(text: &str) -> Option<Self> {
        let (wildcard, host) = text.strip_prefix("*.").map_or((false, text), |host| (true, host));
        Some(Self { wildcard, host: host_name(host)? })
    }

    /// §4.2.1.10: a name is within when it is made by adding labels to the left of the base.
    fn under(&self, base: &str) -> Relation {
        if is_or_is_below(&self.host, base) {
            Relation::Inside
        } else if self.wildcard && base.split_once('.').is_some_and(|(_, parent)| parent == self.host) {
            Relation::Unclear
        } else {
            Relation::Outside
        }
    }
}

impl Hosts {
    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('.') {
            Some(domain) => host_name(domain).map(Self::Below),
            None => host_name(text).map(Self::One),
        }
    }

    fn relation(&self, host: &str) -> Relation {
        let inside = match self {
            Self::One(one) => host == one,
            Self::Below(domain) => host != domain && is_or_is_below(host, domain),
        };
        if inside { Relation::Inside } else { Relation::Outside }
    }
}

impl Mailboxes {
    fn parse(text: &str) -> Option<Self> {
        match text.contains('@') {
            true => Mailbox::parse(text).map(Self::One),
            false => Hosts::parse(text).map(Self::Of),
        }
    }

    fn relation(&self, mailbox: &Mailbox) -> Relation {
        match self {
            Self::One(one) if one == mailbox => Relation::Inside,
            Self::One(_) => Relation::Outside,
            Self::Of(hosts) => hosts.relation(&mailbox.host),
        }
    }
}

impl Mailbox {
    /// RFC 5321 §4.1.2. Address literals are no hosts that could be compared.
    fn parse(text: &str) -> Option<Self> {
        let (local, host) = text.rsplit_once('@')?;
        Some(Self { local: local_part(local)?, host: host_name(host)? })
    }
}

/// RFC 5280 §7.5 compares it octet for octet. A quoted string is the same without its quotes (RFC 5321 §4.1.2).
fn local_part(text: &str) -> Option<String> {
    let Some(quoted) = text.strip_prefix('"') else {
        let atom = |character: char| character.is_ascii_graphic() && !"()<>[]:;@\\,\"".contains(character);
        return (!text.is_empty() && text.chars().all(atom)).then(|| text.to_owned());
    };
    let mut characters = quoted.strip_suffix('"')?.chars();
    let mut local = String::new();
    while let Some(character) = characters.next() {
        match character {
            '\\' => local.push(characters.next()?),
            '"' => return None,
            _ => local.push(character),
        }
    }
    Some(local)
}

/// A host name in lower case, without the dot of the root: labels of letters, digits and hyphens (RFC 1034 §3.5), and of the
/// underscore, which stands in names that exist.
fn host_name(text: &str) -> Option<String> {
    let text = text.strip_suffix('.').unwrap_or(text);
    let octet = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_';
    let label = |label: &str| matches!(label.len(), 1..=63) && label.bytes().all(octet);
    (text.len() <= 253 && text.split('.').all(label)).then(|| text.to_ascii_lowercase())
}

fn is_or_is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|labels| labels.is_empty() || labels.ends_with('.'))
}

/// The host of a URI with an authority (RFC 3986 §3.2). §4.2.1.10: it is a name with a domain, not an address.
fn host_of_uri(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once("://")?;
    let is_scheme = |octet: u8| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet);
    if !scheme.bytes().all(is_scheme) || uri.contains('\\') {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host_and_port.split_once(':').map_or(host_and_port, |(host, _)| host);
    // An address in figures is no name, and a name ends in a label that is not one (RFC 1123 §2.1).
    let last = host.strip_suffix('.').unwrap_or(host).rsplit('.').next()?;
    host_name(host).filter(|_| !last.bytes().all(|octet| octet.is_ascii_digit()))
}

impl Network {
    /// An address and a mask of ones before zeros (RFC 4632 §3.1), each of 4 octets or each of 16.
    fn parse(octets: &[u8]) -> Option<Self> {
        let (address, mask) = octets.split_at_checked(octets.len() / 2)?;
        let zeros = mask.iter().copied().skip_while(|octet| *octet == 0xff);
        let contiguous = zeros.clone().next().is_none_or(|octet| octet.leading_ones() + octet.trailing_zeros() >= 8)
            && zeros.skip(1).all(|octet| octet == 0);
        (matches!(octets.len(), 8 | 32) && contiguous)
            .then(|| Self(address.iter().copied().zip(mask.iter().copied()).collect()))
    }

    fn relation(&self, address: &[u8]) -> Relation {
        if !matches!(address.len(), 4 | 16) {
            return Relation::Unclear;
        }
        let same = |((base, mask), octet): (&(u8, u8), &u8)| base & mask == octet & mask;
        match self.0.len() == address.len() && self.0.iter().zip(address).all(same) {
            true => Relation::Inside,
            false => Relation::Outside,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::Relation::{Inside, Outside, Unclear};
    use super::*;

    #[test]
    fn domains_hold_themselves_and_what_has_more_labels() {
        let relation = |name: &str, base: &str| Domain::parse(name).map(|name| name.under(&host_name(base).unwrap()));
        assert_eq!(relation("host.example.com", "example.com"), Some(Inside));
        assert_eq!(relation("EXAMPLE.com.", "example.com"), Some(Inside));
        assert_eq!(relation("bigexample.com", "example.com"), Some(Outside));
        assert_eq!(relation("example.com", "host.example.com"), Some(Outside));
        assert_eq!(relation("*.example.com", "example.com"), Some(Inside));
        assert_eq!(relation("*.example.com", "host.example.com"), Some(Unclear));
        assert_eq!(relation("*.example.com", "a.host.example.com"), Some(Outside));
        for odd in ["", ".", "a..b", "*", "a.*.b", "*a.example.com", ".example.com", "a b", "é.com"] {
            assert_eq!(relation(odd, "example.com"), None, "{odd}");
        }
    }

    #[test]
    fn mailboxes_are_of_a_host_or_of_the_hosts_below_a_domain() {
        let relation = |name: &str, base: &str| Some(Mailboxes::parse(base).unwrap().relation(&Mailbox::parse(name)?));
        assert_eq!(relation("root@example.com", "root@example.com"), Some(Inside));
        assert_eq!(relation("root@EXAMPLE.com", "root@example.com"), Some(Inside));
        assert_eq!(relation("Root@example.com", "root@example.com"), Some(Outside));
        assert_eq!(relation("\"root\"@example.com", "root@example.com"), Some(Inside));
        assert_eq!(relation("\"ro\\ot\"@example.com", "root@example.com"), Some(Inside));
        assert_eq!(relation("any@example.com", "example.com"), Some(Inside));
        assert_eq!(relation("\"a@b\"@example.com", "example.com"), Some(Inside));
        assert_eq!(relation("any@host.example.com", "example.com"), Some(Outside));
        assert_eq!(relation("any@host.example.com", ".example.com"), Some(Inside));
        assert_eq!(relation("any@example.com", ".example.com"), Some(Outside));
        for odd in ["", "root", "@example.com", "root@", "root@[192.0.2.1]", "ro ot@example.com", "\"@example.com"] {
            assert_eq!(relation(odd, "example.com"), None, "{odd}");
        }
        assert!(Mailboxes::parse("*.example.com").is_none());
    }

    #[test]
    fn uris_are_compared_by_their_hosts() {
        assert_eq!(host_of_uri("https://u:p@Host.example.com:8443/x?y#z").as_deref(), Some("host.example.com"));
        assert_eq!(host_of_uri("https://host.example.com?@evil.test").as_deref(), Some("host.example.com"));
        for odd in
            ["urn:uuid:1", "https://192.0.2.1/", "https://[2001:db8::1]/", "https://a\\@b/", "//host/", "http:///x"]
        {
            assert_eq!(host_of_uri(odd), None, "{odd}");
        }
        let relation = |host: &str, base: &str| Hosts::parse(base).unwrap().relation(host);
        assert_eq!(relation("host.example.com", "host.example.com"), Inside);
        assert_eq!(relation("my.host.example.com", "host.example.com"), Outside);
        assert_eq!(relation("my.host.example.com", ".example.com"), Inside);
        assert_eq!(relation("example.com", ".example.com"), Outside);
    }

    #[test]
    fn networks_have_masks_of_ones_before_zeros() {
        let network = Network::parse(&[192, 0, 2, 0, 255, 255, 254, 0]).unwrap();
        assert_eq!(network.relation(&[192, 0, 3, 77]), Inside);
        assert_eq!(network.relation(&[192, 0, 4, 0]), Outside);
        assert_eq!(network.relation(&[0; 16]), Outside);
        assert_eq!(network.relation(&[192, 0, 2]), Unclear);
        assert_eq!(Network::parse(&[0; 8]).unwrap().relation(&[1, 2, 3, 4]), Inside);
        assert_eq!(Network::parse(&[0xff; 32]).unwrap().relation(&[0xff; 16]), Inside);
        for odd in [&[192, 0, 2, 0, 255, 0, 255, 0][..], &[192, 0, 2, 0, 255, 253, 0, 0], &[0; 4], &[]] {
            assert!(Network::parse(odd).is_none(), "{odd:?}");
        }
    }
}
