//! Providers, persons and authorities for whole dossiers: certificates as decree 2-22-687 art. 2 and 3 describe them, all of them
//! `TEST`, with keys from fixed octets.

use seing::digest::Digest;
use seing::error::Result;
use seing::key::{KeyKind, Signer, SoftwareKey};
use seing::oid::{self, Oid};
use seing::pki::issue::{Template, empty_crl};
use seing::pki::{Certificate, KeyUsage, QcStatements};
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange, Token};

use crate::workshop::{counting, key, time};

/// Somebody with a key and the chain of its certificate, the root left out.
pub(super) struct Holder {
    pub(super) key: SoftwareKey,
    pub(super) chain: Vec<Certificate>,
}

impl Holder {
    pub(super) fn certificate(&self) -> &Certificate {
        &self.chain[0]
    }
}

/// A provider in a country, with the root above it.
pub(super) struct Provider {
    pub(super) root: Certificate,
    root_key: SoftwareKey,
    key: SoftwareKey,
    pub(super) certificate: Certificate,
}

type Names<'a> = &'a [(Oid, &'a str)];

/// Salts and serial numbers that are never the same twice.
pub(super) fn salts() -> impl FnMut(&mut [u8]) -> Result<()> {
    let mut count = 0u64;
    move |octets: &mut [u8]| {
        count += 1;
        octets.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&count.to_be_bytes()[..chunk.len()]));
        Ok(())
    }
}

impl Provider {
    fn new(seed: u8, root: Names<'_>, own: Names<'_>) -> Self {
        let (root_key, key) = (key(KeyKind::P256, seed), key(KeyKind::P256, seed + 1));
        let (from, until) = (time("2010-01-01T00:00:00Z"), time("2045-01-01T00:00:00Z"));
        let template = Template::new(root, root_key.public_key(), from, until).unwrap().authority(None);
        let root = template.self_signed(&root_key, &mut salts()).unwrap();
        let template = Template::new(own, key.public_key(), from, until).unwrap().authority(Some(0));
        let certificate = template.issued_by(&root, &root_key, &mut salts()).unwrap();
        Self { root, root_key, key, certificate }
    }

    /// A certificate with everything that the decree wants in it, of the kind that the statements say.
    fn certify(&self, seed: u8, name: Names<'_>, years: (u16, u16), statements: Option<QcStatements>) -> Holder {
        let own = key(KeyKind::P256, seed);
        let date = |year: u16| time(&format!("{year}-01-01T00:00:00Z"));
        let mut template = Template::new(name, own.public_key(), date(years.0), date(years.1))
            .unwrap()
            .key_usage(KeyUsage::NON_REPUDIATION)
            .crl_distribution_points(&["http://status.example/list.crl"])
            .ca_issuers("http://status.example/provider.cer");
        if let Some(statements) = statements {
            template = template.qc_statements(&statements).unwrap();
        }
        // Each serial number is its own.
        let mut number = [seed; 16];
        number[15] = 1;
        let mut entropy = move |octets: &mut [u8]| {
            octets.copy_from_slice(&number[..octets.len()]);
            Ok(())
        };
        let certificate = template.issued_by(&self.certificate, &self.key, &mut entropy).unwrap();
        Holder { key: own, chain: vec![certificate, self.certificate.clone()] }
    }

    /// Its revocation list, and that of its root, on which nobody stands.
    pub(super) fn lists(&self, at: Time) -> [Vec<u8>; 2] {
        let (from, until) = (at.plus_seconds(-3600), at.plus_seconds(7 * 86_400));
        [
            empty_crl(&self.certificate, &self.key, 1, from, until).unwrap(),
            empty_crl(&self.root, &self.root_key, 1, from, until).unwrap(),
        ]
    }
}

/// What a certificate says of itself, in the encoding of EN 319 412-5.
fn statements(kind: Oid, country: &str) -> Option<QcStatements> {
    let mut statements = QcStatements::default();
    statements.compliance = true;
    statements.secure_device = true;
    statements.types = vec![kind];
    statements.legislation = vec![country.to_owned()];
    Some(statements)
}

/// Everybody.
pub(super) struct Yard {
    pub(super) moroccan: Provider,
    pub(super) french: Provider,
    pub(super) stamps: Provider,
    /// With a qualified certificate of the Moroccan provider, issued under law 43-20.
    pub(super) customer: Holder,
    /// The same person with a qualified certificate of France.
    pub(super) abroad: Holder,
    /// The same person with a certificate of 2014, before anything was qualified.
    pub(super) secured: Holder,
    /// The manager of the shop, a natural person.
    pub(super) manager: Holder,
    /// The manager, with a certificate of 2014.
    pub(super) manager_secured: Holder,
    /// The shop, a legal person.
    pub(super) shop: Holder,
    /// Another legal person, which has nothing to do with the sale.
    pub(super) stranger: Holder,
    authority: Authority,
}

const COUNTRY: Oid = oid::COUNTRY;
const CUSTOMER: Names<'static> =
    &[(COUNTRY, "MA"), (oid::GIVEN_NAME, "Amina"), (oid::SURNAME, "Berrada"), (oid::COMMON_NAME, "TEST Amina Berrada")];
const MANAGER: Names<'static> =
    &[(COUNTRY, "MA"), (oid::GIVEN_NAME, "Driss"), (oid::SURNAME, "Alami"), (oid::COMMON_NAME, "TEST Driss Alami")];
const SHOP: Names<'static> = &[
    (COUNTRY, "MA"),
    (oid::ORGANIZATION, "TEST Souk SARL"),
    (oid::ORGANIZATION_IDENTIFIER, "NTRMA-TEST0"),
    (oid::COMMON_NAME, "TEST Souk SARL"),
];

const STRANGER: Names<'static> = &[
    (COUNTRY, "MA"),
    (oid::ORGANIZATION, "TEST Autre SARL"),
    (oid::ORGANIZATION_IDENTIFIER, "NTRMA-TEST9"),
    (oid::COMMON_NAME, "TEST Autre SARL"),
];

impl Yard {
    pub(super) fn new() -> Self {
        let named = |country: &'static str, organization: &'static str, number: &'static str| {
            [
                (COUNTRY, country),
                (oid::ORGANIZATION, organization),
                (oid::ORGANIZATION_IDENTIFIER, number),
                (oid::COMMON_NAME, organization),
            ]
        };
        let root = |country: &'static str, organization: &'static str| {
            [(COUNTRY, country), (oid::ORGANIZATION, organization), (oid::COMMON_NAME, "TEST Root")]
        };
        let moroccan = Provider::new(10, &root("MA", "TEST Racine"), &named("MA", "TEST Prestataire", "NTRMA-TEST1"));
        let french = Provider::new(20, &root("FR", "TEST Racine FR"), &named("FR", "TEST Fournisseur", "NTRFR-TEST1"));
        let stamps = Provider::new(30, &root("MA", "TEST Temps"), &named("MA", "TEST Horodatage", "NTRMA-TEST2"));
        let own = key(KeyKind::P256, 32);
        let name = [(COUNTRY, "MA"), (oid::ORGANIZATION, "TEST Horodatage"), (oid::COMMON_NAME, "TEST TSA")];
        let (from, until) = (time("2010-01-01T00:00:00Z"), time("2045-01-01T00:00:00Z"));
        let certificate = Template::new(&name, own.public_key(), from, until)
            .unwrap()
            .key_usage(KeyUsage::DIGITAL_SIGNATURE)
            .only_purpose(oid::KP_TIME_STAMPING)
            .issued_by(&stamps.certificate, &stamps.key, &mut salts())
            .unwrap();
        let chain = vec![certificate, stamps.certificate.clone()];
        let authority = Authority::new(own, chain, Oid::parse("1.3.6.1.4.1.32473.1").unwrap()).unwrap();
        Self {
            customer: moroccan.certify(40, CUSTOMER, (2026, 2029), statements(oid::QC_TYPE_ESIGN, "MA")),
            abroad: french.certify(41, CUSTOMER, (2026, 2029), statements(oid::QC_TYPE_ESIGN, "FR")),
            secured: moroccan.certify(42, CUSTOMER, (2014, 2029), None),
            manager: moroccan.certify(43, MANAGER, (2026, 2029), statements(oid::QC_TYPE_ESIGN, "MA")),
            manager_secured: moroccan.certify(45, MANAGER, (2014, 2029), None),
            shop: moroccan.certify(44, SHOP, (2014, 2029), statements(oid::QC_TYPE_ESEAL, "MA")),
            stranger: moroccan.certify(46, STRANGER, (2014, 2029), statements(oid::QC_TYPE_ESEAL, "MA")),
            moroccan,
            french,
            stamps,
            authority,
        }
    }

    /// A token of the authority, whose clock stands at the time that is asked for.
    pub(super) fn stamp(&self) -> impl FnMut(&Digest, Time) -> Result<Token> {
        |digest: &Digest, time| {
            let answer = |exchange: &Exchange<'_>| Ok(self.authority.respond(exchange.body, time, &mut counting));
            Client::new("here", answer, counting).stamp(digest, time)
        }
    }
}
