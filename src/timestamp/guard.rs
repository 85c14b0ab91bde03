//! Which addresses may be asked, when a stranger names them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::error::{Error, ErrorKind, Result};

/// Keeps requests that a stranger causes out of the network that they would be sent from.
///
/// The addresses in certificates are written by whoever made the certificates, and a validation that follows them sends
/// requests from inside a private network (CWE-918). A guard lets through `http` and `https` to their default ports at
/// addresses of the public internet. Everything else it lets through only where the host is allowed by name:
///
/// ```
/// use seing::timestamp::Guard;
///
/// let guard = Guard::new();
/// assert!(guard.check_url("http://crl.example/root.crl").is_ok());
/// for refused in ["ldap://crl.example/", "http://crl.example:8080/", "http://10.0.0.7/", "http://[::ffff:127.0.0.1]/"] {
///     assert!(guard.check_url(refused).is_err());
/// }
/// let guard = guard.allow_host("crl.example:8080")?.allow_host("10.0.0.7")?;
/// assert!(guard.check_url("http://crl.example:8080/root.crl").is_ok());
/// assert!(guard.check_url("http://10.0.0.7/root.crl").is_ok());
/// # Ok::<(), seing::error::Error>(())
/// ```
///
/// What a name stands for is known only when it is resolved, and may be another address each time: a transport that connects
/// must hand the address to which it connects to [`check_address`](Self::check_address), and each redirect to
/// [`check_url`](Self::check_url). `HttpTransport::guarded` (feature `http`) does both.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Vec<Allowed>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Allowed {
    host: Host,
    /// The default ports where there is none.
    port: Option<u16>,
}

impl Guard {
    /// Public addresses and default ports, and nothing else.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets through one more host, wherever it is: at the default ports, or with `host:port` at that port. The name of the
    /// host must be the one that the addresses have; a host that is named by number is allowed by number.
    ///
    /// # Errors
    ///
    /// `Misuse` when it is not the name of a host.
    pub fn allow_host(mut self, host: &str) -> Result<Self> {
        let (host, port) = authority(host).ok_or_else(|| {
            Error::misuse("name of a host expected, as in ocsp.example or ocsp.example:8080").with(printable(host))
        })?;
        self.allowed.push(Allowed { host, port });
        Ok(self)
    }

    /// Checks what an address says by itself: scheme, host and port.
    ///
    /// # Errors
    ///
    /// `Unsupported` when it is not one of `http` or `https`; `Forbidden` when it is one that the guard does not let through,
    /// or has a user name.
    pub fn check_url(&self, url: &str) -> Result<()> {
        let location = Location::parse(url)?;
        match location.host {
            Host::Address(address) => self.check_host(&location.host, location.port, Some(address)),
            Host::Name(_) => self.check_host(&location.host, location.port, None),
        }
    }

    /// Checks an address to which a connection is about to be made on behalf of a host.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the guard does not let it through.
    pub fn check_address(&self, host: &str, address: SocketAddr) -> Result<()> {
        let named = Host::parse(host).ok_or_else(|| forbidden("host without a proper name").with(printable(host)))?;
        self.check_host(&named, address.port(), Some(address.ip()))
    }

    fn check_host(&self, host: &Host, port: u16, address: Option<IpAddr>) -> Result<()> {
        let is_default = DEFAULT_PORTS.contains(&port);
        let allows = |allowed: &Allowed| {
            allowed.host == *host && allowed.port.map_or(is_default, |allowed_port| allowed_port == port)
        };
        if self.allowed.iter().any(allows) {
            return Ok(());
        }
        if !is_default {
            return Err(forbidden("port that is not allowed").with(format!("{host}:{port}")));
        }
        match address {
            Some(address) if !is_public(address) => {
                let detail = match host {
                    Host::Name(name) => format!("{name} is {address}"),
                    Host::Address(_) => address.to_string(),
                };
                Err(forbidden("address that is not on the public internet").with(detail))
            }
            Some(_) | None => Ok(()),
        }
    }
}

const DEFAULT_PORTS: [u16; 2] = [80, 443];

/// Where an address leads: the part of a URI that decides to whom one connects (RFC 3986 §3.2).
struct Location {
    host: Host,
    port: u16,
}

impl Location {
    fn parse(url: &str) -> Result<Self> {
        let not_http = || Error::unsupported("address that is not one of http or https").with(printable(url));
        // Characters that RFC 3986 does not know are read differently by different software.
        if !url.bytes().all(|octet| octet.is_ascii_graphic() && octet != b'\\') {
            return Err(not_http());
        }
        let (scheme, rest) = url.split_once("://").ok_or_else(not_http)?;
        let default = match scheme.to_ascii_lowercase().as_str() {
            "http" => 80,
            "https" => 443,
            _ => return Err(not_http()),
        };
        let whole = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if whole.contains('@') {
            return Err(forbidden("address with a user name").with(printable(url)));
        }
        let (host, port) = authority(whole).ok_or_else(not_http)?;
        Ok(Self { host, port: port.unwrap_or(default) })
    }
}

/// A host and, after a colon, its port.
fn authority(text: &str) -> Option<(Host, Option<u16>)> {
    let end = if text.starts_with('[') { text.find(']')? + 1 } else { text.find(':').unwrap_or(text.len()) };
    let (host, port) = text.split_at_checked(end)?;
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        None => return None,
        Some(digits) if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) => return None,
        Some(digits) => Some(digits.parse().ok()?),
    };
    Some((Host::parse(host)?, port))
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    /// In lower case, without the dot of the root.
    Name(String),
    Address(IpAddr),
}

impl Host {
    /// Reads a host as it stands in an address, one of version 6 in brackets.
    fn parse(text: &str) -> Option<Self> {
        if let Some(inside) = text.strip_prefix('[') {
            return Some(Self::Address(IpAddr::V6(inside.strip_suffix(']')?.parse().ok()?)));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        let is_label =
            |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c));
        if name.len() > LONGEST_NAME || !name.split('.').all(is_label) {
            return None;
        }
        // 127.1, 0x7f000001 and 2130706433 are addresses to the resolver of the operating system.
        let last = name.rsplit('.').next().unwrap_or_default();
        if last.bytes().all(|digit| digit.is_ascii_digit()) || last.starts_with("0x") || last.starts_with("0X") {
            return Some(Self::Address(IpAddr::V4(name.parse().ok()?)));
        }
        Some(Self::Name(name.to_ascii_lowercase()))
    }
}

/// RFC 1035 §2.3.4.
const LONGEST_NAME: usize = 255;

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(IpAddr::V4(address)) => write!(f, "{address}"),
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

/// Whether an address is globally reachable by the registries of special-purpose addresses (RFC 6890 and the IANA registries
/// that it set up), and not one that carries another one that is not.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let number = u32::from(address);
    !SPECIAL_V4.iter().any(|(block, length)| number >> (32 - length) == u32::from(*block) >> (32 - length))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let number = u128::from(address);
    let is_in = |(block, length): &(Ipv6Addr, u32)| number >> (128 - length) == u128::from(*block) >> (128 - length);
    is_in(&GLOBAL_UNICAST) && !SPECIAL_V6.iter().any(is_in)
}

/// The IPv4 address that a gateway would take out of an IPv6 address.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let last = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        // IPv4-mapped (RFC 4291 §2.5.5.2).
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(last(high, low)),
        // NAT64 (RFC 6052 §2.1).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(last(high, low)),
        // 6to4 (RFC 3056 §2).
        [0x2002, high, low, ..] => Some(last(high, low)),
        // ISATAP (RFC 5214 §6.1), in any network.
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(last(high, low)),
        _ => None,
    }
}

/// What is not globally reachable of IPv4. RFC 6890 §2.2.2 but for its anycast relays, which are no servers either.
const SPECIAL_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private use
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // shared by carriers, RFC 6598
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link-local; metadata services of clouds
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private use
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // protocol assignments
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // 6to4 relays, RFC 7526
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private use
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarking
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved; limited broadcast
];

/// RFC 4291 §2.4 as IANA hands it out: loopback, link-local, unique local, multicast, unspecified and the local prefixes of
/// NAT64 (RFC 8215) are outside of it.
const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

const SPECIAL_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments, Teredo among them
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation, RFC 9637
];

fn forbidden(what: &'static str) -> Error {
    Error::new(ErrorKind::Forbidden, what)
}

/// What a stranger wrote, for a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn kind(url: &str) -> Option<ErrorKind> {
        Guard::new().check_url(url).err().map(|error| error.kind())
    }

    #[test]
    fn addresses_that_are_not_public_are_forbidden() {
        for host in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.1",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "192.88.99.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::127.0.0.1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:10.1.2.3]",
            "[::ffff:a9fe:a9fe]",
            "[::ffff:0:127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::1]",
            "[100::1]",
            "[2002:7f00:1::]",
            "[2002:a00:1::1]",
            "[2002:c0a8:101::1]",
            "[2001::1]",
            "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
            "[2001:10::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[2a00:1450::5efe:10.0.0.1]",
            "[2a00:1450::200:5efe:127.0.0.1]",
            "[5f00::1]",
            "[4000::1]",
        ] {
            assert_eq!(kind(&format!("http://{host}/x")), Some(ErrorKind::Forbidden), "{host}");
        }
    }

    #[test]
    fn public_addresses_and_names_are_let_through() {
        for host in [
            "8.8.8.8",
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "169.253.1.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.254",
            "[2606:4700::1111]",
            "[2a00:1450:4007::2003]",
            "[::ffff:8.8.8.8]",
            "[64:ff9b::8.8.8.8]",
            "[2002:808:808::1]",
            "[2001:200::1]",
            "crl.example",
            "CRL.Example.",
            "crl_1.example",
            "localhost",
            "xn--bcher-kva.example",
            "8.8.8.8.example",
            "1a.example",
        ] {
            for url in [format!("http://{host}/x"), format!("HTTPS://{host}"), format!("http://{host}:443?x#y")] {
                assert_eq!(kind(&url), None, "{url}");
            }
        }
    }

    #[test]
    fn other_schemes_and_spellings_are_not_http() {
        for url in [
            "",
            "x",
            "file:///etc/passwd",
            "ftp://crl.example/",
            "ldap://crl.example/cn=x",
            "gopher://x/",
            "data:,x",
            "http:/crl.example/",
            "http:crl.example",
            "//crl.example/",
            "http:///x",
            "http://",
            "http://?x",
            "http://:80/",
            " http://crl.example/",
            "http://crl.example\\@10.0.0.1/",
            "http://crl.example/ x",
            "http://crl\u{e9}.example/",
            "http://crl..example/",
            "http://.example/",
            "http://crl.example:/",
            "http://crl.example:+80/",
            "http://crl.example:65536/",
            "http://[::1/",
            "http://::1/",
            "http://[::1]x/",
            "http://[fe80::1%25eth0]/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://1.2.3.4.5/",
            "http://%31%32%37.0.0.1/",
            "http://crl.example%2f@x/",
            "http\n://crl.example/",
        ] {
            let kind = kind(url).unwrap();
            assert!(
                kind == ErrorKind::Unsupported || url.contains('@') && kind == ErrorKind::Forbidden,
                "{url}: {kind:?}"
            );
        }
    }

    #[test]
    fn user_names_and_other_ports_are_forbidden() {
        for url in [
            "http://crl.example@10.0.0.1/",
            "http://user:password@crl.example/",
            "http://@crl.example/",
            "http://crl.example:22/",
            "http://crl.example:8080/",
            "https://crl.example:6379/",
            "http://crl.example:0/",
        ] {
            assert_eq!(kind(url), Some(ErrorKind::Forbidden), "{url}");
        }
    }

    #[test]
    fn a_host_is_allowed_by_its_name_and_by_its_port() {
        let guard = Guard::new().allow_host("OCSP.test").unwrap().allow_host("127.0.0.1:8080").unwrap();
        let guard = guard.allow_host("[fd00::1]:81").unwrap();
        let check = |url: &str| guard.check_url(url).is_ok();
        assert!(check("http://ocsp.test/") && check("https://ocsp.TEST./x") && !check("http://ocsp.test:8080/"));
        assert!(check("http://127.0.0.1:8080/") && !check("http://127.0.0.1/") && !check("http://localhost:8080/"));
        assert!(check("http://[fd00:0::1]:81/") && !check("http://[fd00::2]:81/"));
        let at = |host: &str, address: &str| guard.check_address(host, address.parse().unwrap()).is_ok();
        assert!(at("ocsp.test", "10.0.0.1:80") && at("127.0.0.1", "127.0.0.1:8080"));
        assert!(!at("ocsp.test", "10.0.0.1:22") && !at("other.test", "10.0.0.1:80") && !at("localhost", "[::1]:80"));
        assert!(at("other.test", "8.8.8.8:443") && !at("other.test", "[::ffff:10.0.0.1]:443"));
        for wrong in ["", "http://ocsp.test", "ocsp.test/", "ocsp.test:", "ocsp.test:x", "a b", "[::1", "10.1"] {
            assert_eq!(Guard::new().allow_host(wrong).unwrap_err().kind(), ErrorKind::Misuse, "{wrong}");
        }
    }
}
