//! Every object identifier once, with the document that assigns it.

use std::fmt;

use const_oid::ObjectIdentifier;
use serde::{Serialize, Serializer};

use crate::error::{Error, Result};

/// An object identifier: its content octets, of which there are at most 63.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid {
    octets: [u8; Self::MOST],
    length: u8,
}

impl Oid {
    /// The longest of those met in certificates has 30 octets; those made of a UUID (ITU-T X.667) have 20 and more.
    const MOST: usize = 63;

    /// One of the constants below, checked at compile time.
    #[expect(
        clippy::indexing_slicing,
        clippy::as_conversions,
        reason = "evaluated at compile time: it compiles or it does not"
    )]
    const fn new(dotted: &str) -> Self {
        let known = ObjectIdentifier::new_unwrap(dotted);
        let from = known.as_bytes();
        let mut octets = [0; Self::MOST];
        let mut at = 0;
        while at < from.len() {
            octets[at] = from[at];
            at += 1;
        }
        Self { octets, length: at as u8 }
    }

    /// Reads the dotted notation, as in `1.2.840.113549.1.7.2`.
    ///
    /// # Errors
    ///
    /// `Malformed` when it is not one, `Unsupported` when its encoding is longer than 63 octets.
    pub fn parse(dotted: &str) -> Result<Self> {
        let wrong =
            || Error::malformed("object identifier that is not one").with(dotted.chars().take(80).collect::<String>());
        let arcs = dotted.split('.').map(|arc| arc.parse::<u128>().ok().filter(|_| !arc.starts_with('+')));
        let arcs = arcs.collect::<Option<Vec<u128>>>().ok_or_else(wrong)?;
        let [first, second, rest @ ..] = arcs.as_slice() else { return Err(wrong()) };
        if *first > 2 || (*first < 2 && *second > 39) {
            return Err(wrong());
        }
        let joined = second.checked_add(first * 40).ok_or_else(wrong)?;
        let mut octets = Vec::new();
        for arc in std::iter::once(&joined).chain(rest) {
            push_base128(&mut octets, *arc);
        }
        Self::from_octets(&octets)
    }

    /// Its name in this module, in small letters, as in `signing-certificate-v2`; `None` when it is not one of these.
    pub fn name(&self) -> Option<String> {
        let named = NAMES.iter().find(|(oid, _)| oid == self);
        named.map(|(_, name)| name.to_ascii_lowercase().replace('_', "-"))
    }

    /// Reads the content octets of an OBJECT IDENTIFIER (X.690 §8.19).
    pub(crate) fn from_octets(octets: &[u8]) -> Result<Self> {
        let starts = std::iter::once(&0).chain(octets).zip(octets).filter(|(before, _)| **before & 0x80 == 0);
        let padded = starts.clone().any(|(_, first)| *first == 0x80);
        if octets.last().is_none_or(|last| last & 0x80 != 0) || padded {
            return Err(Error::malformed("object identifier that is not one"));
        }
        let mut oid = Self { octets: [0; Self::MOST], length: 0 };
        let place = oid.octets.get_mut(..octets.len());
        place.ok_or_else(|| Error::unsupported("object identifier longer than 63 octets"))?.copy_from_slice(octets);
        oid.length = u8::try_from(octets.len()).unwrap_or(0);
        Ok(oid)
    }

    pub(crate) fn octets(&self) -> &[u8] {
        self.octets.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The arcs, or `None` when one does not fit 128 bits.
    fn arcs(&self) -> Option<Vec<u128>> {
        let mut arcs = Vec::new();
        let mut arc = 0u128;
        for octet in self.octets() {
            arc = arc.checked_mul(128)?.checked_add(u128::from(octet & 0x7f))?;
            if octet & 0x80 == 0 {
                arcs.push(arc);
                arc = 0;
            }
        }
        let joined = *arcs.first()?;
        let first = (joined / 40).min(2);
        arcs.splice(..1, [first, joined - first * 40]);
        Some(arcs)
    }
}

fn push_base128(octets: &mut Vec<u8>, arc: u128) {
    let digits = (1..19).rev().map(|place| arc >> (7 * place)).skip_while(|digits| *digits == 0);
    let low = |digits: u128| u8::try_from(digits & 0x7f).unwrap_or(0);
    octets.extend(digits.map(|digits| 0x80 | low(digits)));
    octets.push(low(arc));
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(arcs) = self.arcs() else {
            return write!(f, "(object identifier {:02x?})", self.octets());
        };
        for (place, arc) in arcs.iter().enumerate() {
            write!(f, "{}{arc}", if place == 0 { "" } else { "." })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Oid {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

macro_rules! oids {
    ($($(#[doc = $document:literal])+ $name:ident = $dotted:literal;)+) => {
        $($(#[doc = $document])+ pub const $name: Oid = Oid::new($dotted);)+

        const NAMES: &[(Oid, &str)] = &[$(($name, stringify!($name)),)+];
    };
}

oids! {
    /// RFC 5652 §3
    DATA = "1.2.840.113549.1.7.1";
    /// RFC 5652 §5.1
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    /// RFC 5652 §11.1
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    /// RFC 5652 §11.2
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    /// RFC 5652 §11.3
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    /// RFC 5652 §11.4
    COUNTERSIGNATURE = "1.2.840.113549.1.9.6";
    /// RFC 6211 §2
    CMS_ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
    /// RFC 3161 §2.4.2
    TST_INFO = "1.2.840.113549.1.9.16.1.4";

    /// RFC 2634 §5.4
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    /// RFC 5035 §3
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    /// RFC 2634 §2.9
    CONTENT_HINTS = "1.2.840.113549.1.9.16.2.4";
    /// RFC 5126 §5.8.1
    SIGNATURE_POLICY_IDENTIFIER = "1.2.840.113549.1.9.16.2.15";
    /// RFC 5126 §5.11.1
    COMMITMENT_TYPE_INDICATION = "1.2.840.113549.1.9.16.2.16";
    /// RFC 5126 §5.11.2
    SIGNER_LOCATION = "1.2.840.113549.1.9.16.2.17";
    /// RFC 5126 §5.11.4
    CONTENT_TIME_STAMP = "1.2.840.113549.1.9.16.2.20";
    /// RFC 3161, appendix A
    SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";
    /// RFC 5126 §6.2.1
    COMPLETE_CERTIFICATE_REFERENCES = "1.2.840.113549.1.9.16.2.21";
    /// RFC 5126 §6.2.2
    COMPLETE_REVOCATION_REFERENCES = "1.2.840.113549.1.9.16.2.22";
    /// RFC 5126 §6.3.3
    CERTIFICATE_VALUES = "1.2.840.113549.1.9.16.2.23";
    /// RFC 5126 §6.3.4
    REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24";
    /// RFC 5126 §6.3.5 (CAdES-C-timestamp)
    ESC_TIME_STAMP = "1.2.840.113549.1.9.16.2.25";
    /// RFC 5126 §6.3.6
    CERTS_CRLS_TIME_STAMP = "1.2.840.113549.1.9.16.2.26";
    /// RFC 5126 §6.4.1 (archive-time-stamp v2)
    ARCHIVE_TIME_STAMP_V2 = "1.2.840.113549.1.9.16.2.48";
    /// RFC 3126 §4.2.4 (archive-time-stamp v1)
    ARCHIVE_TIME_STAMP_V1 = "1.2.840.113549.1.9.16.2.27";
    /// RFC 5126 §6.2.3
    ATTRIBUTE_CERTIFICATE_REFERENCES = "1.2.840.113549.1.9.16.2.44";
    /// RFC 5126 §6.2.4
    ATTRIBUTE_REVOCATION_REFERENCES = "1.2.840.113549.1.9.16.2.45";
    /// RFC 4998, appendix A
    INTERNAL_EVIDENCE_RECORD = "1.2.840.113549.1.9.16.2.49";
    /// RFC 4998, appendix A
    EXTERNAL_EVIDENCE_RECORD = "1.2.840.113549.1.9.16.2.50";
    /// TS 101 733 §6.4.2 (long-term-validation)
    LONG_TERM_VALIDATION = "0.4.0.1733.2.2";
    /// TS 101 733 §6.4.2 (ats-hash-index)
    ATS_HASH_INDEX = "0.4.0.1733.2.5";
    /// EN 319 122-1 V1.0.0 §5.5.2
    ATS_HASH_INDEX_V2 = "0.4.0.19122.1.4";
    /// EN 319 122-1 §5.5.2
    ATS_HASH_INDEX_V3 = "0.4.0.19122.1.5";
    /// EN 319 122-1 §5.2.10
    SIGNATURE_POLICY_STORE = "0.4.0.19122.1.3";
    /// RFC 5940 §2.1
    RI_OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2";
    /// RFC 6960 §4.2.1
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    /// EN 319 122-1 §5.2.1
    MIME_TYPE = "0.4.0.1733.2.1";
    /// EN 319 122-1 §5.5.3
    ARCHIVE_TIME_STAMP_V3 = "0.4.0.1733.2.4";
    /// RFC 5126 §5.11.1
    PROOF_OF_ORIGIN = "1.2.840.113549.1.9.16.6.1";
    /// RFC 5126 §5.11.1
    PROOF_OF_RECEIPT = "1.2.840.113549.1.9.16.6.2";
    /// RFC 5126 §5.11.1
    PROOF_OF_DELIVERY = "1.2.840.113549.1.9.16.6.3";
    /// RFC 5126 §5.11.1
    PROOF_OF_SENDER = "1.2.840.113549.1.9.16.6.4";
    /// RFC 5126 §5.11.1
    PROOF_OF_APPROVAL = "1.2.840.113549.1.9.16.6.5";
    /// RFC 5126 §5.11.1
    PROOF_OF_CREATION = "1.2.840.113549.1.9.16.6.6";

    /// RFC 3370 §2.1
    SHA1 = "1.3.14.3.2.26";
    /// RFC 5754 §2
    SHA224 = "2.16.840.1.101.3.4.2.4";
    /// RFC 5754 §2
    SHA256 = "2.16.840.1.101.3.4.2.1";
    /// RFC 5754 §2
    SHA384 = "2.16.840.1.101.3.4.2.2";
    /// RFC 5754 §2
    SHA512 = "2.16.840.1.101.3.4.2.3";
    /// RFC 8702 §2; NIST Computer Security Objects Register
    SHA3_224 = "2.16.840.1.101.3.4.2.7";
    /// NIST Computer Security Objects Register
    SHA3_256 = "2.16.840.1.101.3.4.2.8";
    /// NIST Computer Security Objects Register
    SHA3_384 = "2.16.840.1.101.3.4.2.9";
    /// NIST Computer Security Objects Register
    SHA3_512 = "2.16.840.1.101.3.4.2.10";

    /// RFC 8017, appendix A.1
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    /// RFC 8017, appendix A.2.1
    MGF1 = "1.2.840.113549.1.1.8";
    /// RFC 8017, appendix A.2.3
    RSASSA_PSS = "1.2.840.113549.1.1.10";
    /// RFC 8017, appendix A.2.4
    SHA1_WITH_RSA = "1.2.840.113549.1.1.5";
    /// RFC 8017, appendix A.2.4
    SHA224_WITH_RSA = "1.2.840.113549.1.1.14";
    /// RFC 8017, appendix A.2.4
    SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
    /// RFC 8017, appendix A.2.4
    SHA384_WITH_RSA = "1.2.840.113549.1.1.12";
    /// RFC 8017, appendix A.2.4
    SHA512_WITH_RSA = "1.2.840.113549.1.1.13";
    /// NIST Computer Security Objects Register
    SHA3_224_WITH_RSA = "2.16.840.1.101.3.4.3.13";
    /// NIST Computer Security Objects Register
    SHA3_256_WITH_RSA = "2.16.840.1.101.3.4.3.14";
    /// NIST Computer Security Objects Register
    SHA3_384_WITH_RSA = "2.16.840.1.101.3.4.3.15";
    /// NIST Computer Security Objects Register
    SHA3_512_WITH_RSA = "2.16.840.1.101.3.4.3.16";
    /// RFC 5480 §2.1.1
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    /// RFC 5480 §2.1.1.1
    P256 = "1.2.840.10045.3.1.7";
    /// RFC 5480 §2.1.1.1
    P384 = "1.3.132.0.34";
    /// RFC 5480 §2.1.1.1
    P521 = "1.3.132.0.35";
    /// RFC 5753 §7.1.4
    ECDSA_WITH_SHA1 = "1.2.840.10045.4.1";
    /// RFC 5754 §3.3
    ECDSA_WITH_SHA224 = "1.2.840.10045.4.3.1";
    /// RFC 5754 §3.3
    ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    /// RFC 5754 §3.3
    ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";
    /// RFC 5754 §3.3
    ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4";
    /// NIST Computer Security Objects Register
    ECDSA_WITH_SHA3_256 = "2.16.840.1.101.3.4.3.10";
    /// NIST Computer Security Objects Register
    ECDSA_WITH_SHA3_384 = "2.16.840.1.101.3.4.3.11";
    /// NIST Computer Security Objects Register
    ECDSA_WITH_SHA3_512 = "2.16.840.1.101.3.4.3.12";
    /// RFC 8410 §3
    ED25519 = "1.3.101.112";
    /// RFC 3279 §2.3.2
    DSA = "1.2.840.10040.4.1";
    /// RFC 3279 §2.2.2
    DSA_WITH_SHA1 = "1.2.840.10040.4.3";
    /// RFC 5758 §3.1
    DSA_WITH_SHA224 = "2.16.840.1.101.3.4.3.1";
    /// RFC 5758 §3.1
    DSA_WITH_SHA256 = "2.16.840.1.101.3.4.3.2";
    /// RFC 9882 §3
    ML_DSA_44 = "2.16.840.1.101.3.4.3.17";
    /// RFC 9882 §3
    ML_DSA_65 = "2.16.840.1.101.3.4.3.18";
    /// RFC 9882 §3
    ML_DSA_87 = "2.16.840.1.101.3.4.3.19";

    /// RFC 8018, appendix A.5
    PBMAC1 = "1.2.840.113549.1.5.14";
    /// RFC 8018, appendix A.4
    PBES2 = "1.2.840.113549.1.5.13";
    /// RFC 8018, appendix A.2
    PBKDF2 = "1.2.840.113549.1.5.12";
    /// RFC 7914 §7
    SCRYPT = "1.3.6.1.4.1.11591.4.11";

    /// RFC 5280 §4.2.1.2
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// RFC 5280 §4.2.1.3
    KEY_USAGE = "2.5.29.15";
    /// RFC 5280 §4.2.1.6
    SUBJECT_ALT_NAME = "2.5.29.17";
    /// RFC 5280 §4.2.1.9
    BASIC_CONSTRAINTS = "2.5.29.19";
    /// RFC 5280 §5.2.3
    CRL_NUMBER = "2.5.29.20";
    /// RFC 5280 §5.3.1
    REASON_CODE = "2.5.29.21";
    /// RFC 3280 §5.3.2, which RFC 5280 no longer has
    HOLD_INSTRUCTION_CODE = "2.5.29.23";
    /// RFC 5280 §5.3.2
    INVALIDITY_DATE = "2.5.29.24";
    /// RFC 5280 §5.2.4
    DELTA_CRL_INDICATOR = "2.5.29.27";
    /// RFC 5280 §5.2.5
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    /// RFC 5280 §5.3.3
    CERTIFICATE_ISSUER = "2.5.29.29";
    /// RFC 5280 §4.2.1.15, §5.2.6
    FRESHEST_CRL = "2.5.29.46";
    /// X.509 §9.5.2.8
    EXPIRED_CERTS_ON_CRL = "2.5.29.60";
    /// RFC 5280 §4.2.1.7, §5.2.2
    ISSUER_ALT_NAME = "2.5.29.18";
    /// RFC 5280 §4.2.1.10
    NAME_CONSTRAINTS = "2.5.29.30";
    /// RFC 5280 §4.2.1.13
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    /// RFC 5280 §4.2.1.4
    CERTIFICATE_POLICIES = "2.5.29.32";
    /// RFC 5280 §4.2.1.4
    ANY_POLICY = "2.5.29.32.0";
    /// RFC 5280 §4.2.1.4
    QT_CPS = "1.3.6.1.5.5.7.2.1";
    /// RFC 5280 §4.2.1.4
    QT_USER_NOTICE = "1.3.6.1.5.5.7.2.2";
    /// RFC 5280 §4.2.1.5
    POLICY_MAPPINGS = "2.5.29.33";
    /// RFC 5280 §4.2.1.1
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// RFC 5280 §4.2.1.11
    POLICY_CONSTRAINTS = "2.5.29.36";
    /// RFC 5280 §4.2.1.12
    EXTENDED_KEY_USAGE = "2.5.29.37";
    /// RFC 5280 §4.2.1.12
    ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
    /// RFC 5280 §4.2.1.14
    INHIBIT_ANY_POLICY = "2.5.29.54";
    /// RFC 9598 §3
    SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";
    /// RFC 9608 §2
    NO_REV_AVAIL = "2.5.29.56";
    /// RFC 5280 §4.2.2.1
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    /// RFC 5280 §4.2.2.1
    AD_OCSP = "1.3.6.1.5.5.7.48.1";
    /// RFC 5280 §4.2.2.1
    AD_CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    /// RFC 3161 §2.3
    KP_TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    /// RFC 5280 §4.2.1.12
    KP_SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    /// RFC 5280 §4.2.1.12
    KP_CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /// RFC 5280 §4.2.1.12
    KP_EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    /// RFC 6960 §4.2.2.2
    KP_OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /// RFC 9336 §3.1
    KP_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";
    /// RFC 6960 §4.4.1
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2";
    /// RFC 6960 §4.4.2
    OCSP_CRL = "1.3.6.1.5.5.7.48.1.3";
    /// RFC 6960 §4.4.3
    OCSP_RESPONSE = "1.3.6.1.5.5.7.48.1.4";
    /// RFC 6960 §4.4.4
    OCSP_ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
    /// RFC 6960 §4.4.8
    OCSP_EXTENDED_REVOKE = "1.3.6.1.5.5.7.48.1.9";
    /// RFC 6960 §4.2.2.2.1
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    /// EN 319 412-1 §5.2
    VALIDITY_ASSURED_SHORT_TERM = "0.4.0.194121.2.1";

    /// RFC 3739 §3.2.6
    QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";
    /// EN 319 412-5 §4.2.1
    QC_COMPLIANCE = "0.4.0.1862.1.1";
    /// EN 319 412-5 §4.3.2
    QC_LIMIT_VALUE = "0.4.0.1862.1.2";
    /// EN 319 412-5 §4.3.3
    QC_RETENTION_PERIOD = "0.4.0.1862.1.3";
    /// EN 319 412-5 §4.3.4
    QC_PDS = "0.4.0.1862.1.5";
    /// RFC 3739 §3.2.6.1
    QC_SYNTAX_V1 = "1.3.6.1.5.5.7.11.1";
    /// RFC 3739 §3.2.6.1
    QC_SYNTAX_V2 = "1.3.6.1.5.5.7.11.2";
    /// EN 319 412-5 §4.2.2
    QC_SSCD = "0.4.0.1862.1.4";
    /// EN 319 412-5 §4.2.3
    QC_TYPE = "0.4.0.1862.1.6";
    /// EN 319 412-5 §4.2.4
    QC_CC_LEGISLATION = "0.4.0.1862.1.7";
    /// EN 319 412-5 §4.2.3
    QC_TYPE_ESIGN = "0.4.0.1862.1.6.1";
    /// EN 319 412-5 §4.2.3
    QC_TYPE_ESEAL = "0.4.0.1862.1.6.2";
    /// EN 319 412-5 §4.2.3
    QC_TYPE_WEB = "0.4.0.1862.1.6.3";

    /// X.520 §6.2.2
    COMMON_NAME = "2.5.4.3";
    /// X.520 §6.2.3
    SURNAME = "2.5.4.4";
    /// X.520 §6.2.9
    SERIAL_NUMBER = "2.5.4.5";
    /// X.520 §6.3.1
    COUNTRY = "2.5.4.6";
    /// X.520 §6.3.4
    LOCALITY = "2.5.4.7";
    /// X.520 §6.3.3
    STATE_OR_PROVINCE = "2.5.4.8";
    /// X.520 §6.3.5
    STREET_ADDRESS = "2.5.4.9";
    /// X.520 §6.4.1
    ORGANIZATION = "2.5.4.10";
    /// X.520 §6.4.2
    ORGANIZATIONAL_UNIT = "2.5.4.11";
    /// X.520 §6.4.3
    TITLE = "2.5.4.12";
    /// X.520 §6.6.2
    POSTAL_CODE = "2.5.4.17";
    /// X.520 §6.2.4
    GIVEN_NAME = "2.5.4.42";
    /// X.520 §6.2.10
    PSEUDONYM = "2.5.4.65";
    /// X.520 §6.4.6
    ORGANIZATION_IDENTIFIER = "2.5.4.97";
    /// RFC 2985 §5.2.1
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    /// RFC 4519 §2.4
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";
    /// RFC 4519 §2.39
    USER_ID = "0.9.2342.19200300.100.1.1";
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    /// Encodings from `openssl asn1parse -genstr OID:…`.
    #[test]
    fn octets_and_dots_name_the_same_identifier() {
        for (dotted, octets) in [
            ("1.2.840.113549.1.7.2", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2][..]),
            ("2.999.1", &[0x88, 0x37, 1]),
            ("2.5.29.32.0", &[0x55, 0x1d, 0x20, 0]),
            ("0.4.0.1862.1.1", &[4, 0, 0x8e, 0x46, 1, 1]),
            (
                "2.25.329800735698586629295641978511506172918",
                &[
                    0x69, 0x83, 0xf0, 0x9d, 0xa7, 0xeb, 0xcf, 0xde, 0xe0, 0xc7, 0xa1, 0xa7, 0xb2, 0xc0, 0x94, 0x8c,
                    0xc8, 0xf9, 0xd7, 0x76,
                ],
            ),
        ] {
            let oid = Oid::parse(dotted).unwrap();
            assert_eq!(oid.to_string(), dotted);
            assert_eq!(oid.octets(), octets, "{dotted}");
            assert_eq!(Oid::from_octets(oid.octets()).unwrap(), oid);
        }
        assert_eq!(Oid::parse("1.2.840.113549.1.7.2").unwrap(), SIGNED_DATA);
    }

    #[test]
    fn what_is_no_identifier_is_refused() {
        for dotted in ["", "1", "3.1", "1.40", "1..2", "1.+2", "1.2.x", "1.2.-1"] {
            assert!(Oid::parse(dotted).is_err(), "{dotted}");
        }
        for octets in [&[][..], &[0x80], &[0x2a, 0x80, 1], &[0x2a, 0x86], &[0x2a; 64]] {
            assert!(Oid::from_octets(octets).is_err(), "{octets:02x?}");
        }
    }
}
