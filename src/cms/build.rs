//! SignedData in DER, put together from parts that may already be encoded.

use super::signed_data::{SignedData, SignerInfo};
use crate::asn1::read::Tlv;
use crate::asn1::{Tag, write};
use crate::digest::{self, Digest};
use crate::key::{SignatureAlgorithm, digest_identifier};
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::time::Time;

/// An Attribute of one value.
pub(crate) fn attribute(oid: &Oid, value: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::oid(oid), &write::tlv(Tag::SET, &[value])])
}

/// The SET OF signed attributes as it is signed: content-type, message-digest, signing-certificate-v2, signing-time where
/// there is one, and what else the caller encoded.
pub(crate) fn signed_attributes(
    content_type: &Oid,
    message_digest: &Digest,
    certificate: &Certificate,
    signing_time: Option<Time>,
    more: Vec<Vec<u8>>,
) -> Vec<u8> {
    let mut attributes = more;
    attributes.push(attribute(&oid::CONTENT_TYPE, &write::oid(content_type)));
    attributes.push(attribute(&oid::MESSAGE_DIGEST, &write::octet_string(message_digest.octets())));
    attributes.push(attribute(&oid::SIGNING_CERTIFICATE_V2, &signing_certificate_v2(certificate)));
    if let Some(time) = signing_time {
        attributes.push(attribute(&oid::SIGNING_TIME, &write::time(time)));
    }
    write::set_of(Tag::SET, attributes)
}

/// SigningCertificateV2 with the SHA-256 of the certificate, which is the DEFAULT and so not written (RFC 5035 §3), and
/// its issuer and serial number.
pub(crate) fn signing_certificate_v2(certificate: &Certificate) -> Vec<u8> {
    let hash = certificate.digest(digest::Algorithm::Sha256);
    let directory_name = write::tlv(Tag::context(4), &[certificate.issuer().der()]);
    let issuer_serial =
        write::sequence(&[&write::sequence(&[&directory_name]), &write::tlv(Tag::INTEGER, &[certificate.serial()])]);
    let id = write::sequence(&[&write::octet_string(hash.octets()), &issuer_serial]);
    write::sequence(&[&write::sequence(&[&id])])
}

/// What a SignerInfo is made of.
pub(crate) struct SignerParts<'a> {
    pub(crate) certificate: &'a Certificate,
    pub(crate) algorithm: SignatureAlgorithm,
    /// The SET OF as it was signed.
    pub(crate) signed_attributes: &'a [u8],
    pub(crate) signature: &'a [u8],
}

impl SignerParts<'_> {
    /// A SignerInfo of version 1, identified by issuer and serial number.
    pub(crate) fn signer_info(&self) -> Vec<u8> {
        let sid = write::sequence(&[
            self.certificate.issuer().der(),
            &write::tlv(Tag::INTEGER, &[self.certificate.serial()]),
        ]);
        let mut implicit = self.signed_attributes.to_vec();
        if let Some(tag) = implicit.first_mut() {
            *tag = Tag::context(0).0;
        }
        write::sequence(&[
            &write::small(1),
            &sid,
            &digest_identifier(self.algorithm.message_digest()),
            &implicit,
            &self.algorithm.to_identifier(),
            &write::octet_string(self.signature),
        ])
    }
}

impl SignerInfo<'_> {
    /// The same SignerInfo with one unsigned attribute more; nothing that was there is encoded again.
    pub(crate) fn with_unsigned_attribute(&self, oid: &Oid, value: &[u8]) -> Vec<u8> {
        let added = attribute(oid, value);
        let mut attributes: Vec<&[u8]> = self.unsigned_attributes.iter().map(|attribute| attribute.raw).collect();
        // The others keep their order, which older archive time-stamps cover; in DER it is the ascending one.
        let place = if attributes.is_sorted() {
            attributes.partition_point(|other| *other <= added.as_slice())
        } else {
            attributes.len()
        };
        attributes.insert(place, &added);
        self.with_unsigned_attributes(&attributes)
    }

    /// The same SignerInfo with other unsigned attributes, already encoded.
    pub(crate) fn with_unsigned_attributes(&self, attributes: &[&[u8]]) -> Vec<u8> {
        write::sequence(&[self.before_unsigned, &write::tlv(Tag::context(1), attributes)])
    }
}

/// A ContentInfo with the SignedData of these parts. The content is EncapsulatedContentInfo, already encoded.
pub(crate) fn signed_data(
    content_type: &Oid,
    encapsulated: &[u8],
    digest_algorithms: Vec<Vec<u8>>,
    certificates: Vec<Vec<u8>>,
    signer_infos: Vec<Vec<u8>>,
) -> Vec<u8> {
    let version = if *content_type == oid::DATA { 1 } else { 3 };
    let certificates = set_field(0, certificates);
    wrap(version, encapsulated, digest_algorithms, &certificates, &[], signer_infos)
}

/// What a message gets in addition. What it has already is not added again.
#[derive(Default)]
pub(crate) struct Additions {
    /// AlgorithmIdentifiers.
    pub(crate) digest_algorithms: Vec<Vec<u8>>,
    /// CertificateChoices.
    pub(crate) certificates: Vec<Vec<u8>>,
    /// RevocationInfoChoices.
    pub(crate) revocation: Vec<Vec<u8>>,
}

/// EncapsulatedContentInfo, with the content or, detached, without.
pub(crate) fn encapsulated(content_type: &Oid, content: Option<&[u8]>) -> Vec<u8> {
    match content {
        Some(octets) => {
            write::sequence(&[&write::oid(content_type), &write::tlv(Tag::context(0), &[&write::octet_string(octets)])])
        }
        None => write::sequence(&[&write::oid(content_type)]),
    }
}

impl SignedData<'_> {
    /// The same message with other signer infos and something added. What was there stays, octet for octet; a field to which
    /// nothing is added stays as a whole.
    pub(crate) fn rebuilt(&self, signer_infos: Vec<Vec<u8>>, more: Additions) -> Vec<u8> {
        let mut algorithms: Vec<Vec<u8>> = self.digest_algorithms.iter().map(|(_, raw)| raw.to_vec()).collect();
        algorithms.extend(more.digest_algorithms);
        let certificates = extended(0, self.certificates_field, &self.certificates, more.certificates);
        let with_other = more.revocation.iter().any(|choice| choice.first() == Some(&Tag::context(1).0));
        let revocation = extended(1, self.revocation_field, &self.revocation, more.revocation);
        // RFC 5652 §5.1: other revocation information asks for version 5. Another version than the prescribed one stays to be seen.
        let version = if with_other { self.version.max(5) } else { self.version };
        wrap(version, self.encapsulated, algorithms, &certificates, &revocation, signer_infos)
    }
}

/// A field with a SET OF, as it was received where nothing is new.
fn extended(number: u8, field: &[u8], there: &[Tlv<'_>], more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut items: Vec<Vec<u8>> = there.iter().map(|tlv| tlv.raw.to_vec()).collect();
    let before = items.len();
    for item in more {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    if items.len() == before { field.to_vec() } else { set_field(number, items) }
}

fn set_field(number: u8, items: Vec<Vec<u8>>) -> Vec<u8> {
    if items.is_empty() { Vec::new() } else { write::set_of(Tag::context(number), unique(items)) }
}

fn unique(mut items: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    items.sort();
    items.dedup();
    items
}

fn wrap(
    version: u64,
    encapsulated: &[u8],
    digest_algorithms: Vec<Vec<u8>>,
    certificates: &[u8],
    revocation: &[u8],
    signer_infos: Vec<Vec<u8>>,
) -> Vec<u8> {
    let signed_data = write::sequence(&[
        &write::small(version),
        &write::set_of(Tag::SET, unique(digest_algorithms)),
        encapsulated,
        certificates,
        revocation,
        &write::set_of(Tag::SET, signer_infos),
    ]);
    write::sequence(&[&write::oid(&oid::SIGNED_DATA), &write::tlv(Tag::context(0), &[&signed_data])])
}
