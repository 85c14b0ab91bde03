//! The certificates and the revocation information that came with a signature, wherever they stood.

use crate::ades::{Defect, Material, Weight, object_digest};
use crate::asn1::read::{Reader, Tlv};
use crate::asn1::{Tag, write};
use crate::cms::{Attribute, SignedData};
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Budget;
use crate::oid::{self, Oid};
use crate::pki::Certificate;
use crate::pki::path::KnownPaths;

/// What was found so far, and what could not be read.
#[derive(Clone, Default)]
pub(super) struct Collected {
    pub(super) material: Material,
    pub(super) defects: Vec<Defect>,
}

/// One piece of revocation information, as [`Material`] holds it.
#[derive(PartialEq, Eq)]
pub(super) enum Revocation {
    /// A CertificateList.
    Crl(Vec<u8>),
    /// An OCSPResponse.
    Ocsp(Vec<u8>),
}

impl Collected {
    /// What the certificates and crls fields of a message hold. A certificate that is known is not read again.
    pub(super) fn add_message(
        &mut self,
        message: &SignedData<'_>,
        known: Option<&KnownPaths>,
        budget: &mut Budget,
    ) -> Result<()> {
        for tlv in &message.certificates {
            if tlv.tag == Tag::SEQUENCE {
                let read = match known.and_then(|known| known.certificate(tlv.raw)) {
                    Some(certificate) => Ok(certificate.clone()),
                    None => Certificate::parse(tlv.raw),
                };
                self.keep_certificate(tlv, "RFC 5652 10.2.2", read, budget)?;
            } else {
                let what = "a certificate of another kind than X.509 is left aside";
                self.defects.push(Defect::new(Weight::Remark, "RFC 5652 10.2.2", what));
            }
        }
        for tlv in &message.revocation {
            match Revocation::from_choice(tlv) {
                Ok(Some(revocation)) => self.add_revocation(revocation),
                Ok(None) => {
                    let what = "revocation information that is neither a list nor an OCSP response is left aside";
                    self.defects.push(Defect::new(Weight::Remark, "RFC 5652 10.2.1", what));
                }
                Err(error) => self.unreadable("RFC 5652 10.2.1", "revocation information", &error),
            }
        }
        Ok(())
    }

    /// What certificate-values and revocation-values among unsigned attributes hold.
    pub(super) fn add_attributes(&mut self, attributes: &[Attribute<'_>], budget: &mut Budget) -> Result<()> {
        for attribute in attributes {
            for value in &attribute.values {
                self.add_values(attribute.oid, value, budget)?;
            }
        }
        Ok(())
    }

    /// One value of certificate-values or revocation-values; other attributes hold none.
    pub(super) fn add_values(&mut self, attribute: Oid, value: &Tlv<'_>, budget: &mut Budget) -> Result<()> {
        let (clause, what, read) = match attribute {
            oid::CERTIFICATE_VALUES => {
                ("RFC 5126 6.3.3", "certificate-values", self.add_certificate_values(value, budget))
            }
            oid::REVOCATION_VALUES => {
                ("RFC 5126 6.3.4", "revocation-values", self.add_revocation_values(value, budget))
            }
            _ => return Ok(()),
        };
        match read {
            Err(error) if error.kind() == ErrorKind::LimitExceeded => Err(error),
            Err(error) => {
                self.unreadable(clause, what, &error);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// What a time-stamp token carries, in its own fields and in the unsigned attributes of its signature.
    pub(super) fn add_token(&mut self, token: &SignedData<'_>, budget: &mut Budget) -> Result<()> {
        let mut inside = Self::default();
        inside.add_message(token, None, budget)?;
        for signer in &token.signers {
            inside.add_attributes(&signer.unsigned_attributes, budget)?;
        }
        self.material.extend(&inside.material);
        self.defects.append(&mut inside.defects);
        Ok(())
    }

    /// The names of everything in it.
    pub(super) fn objects(&self) -> impl Iterator<Item = Digest> {
        let Material { certificates, crls, ocsp_responses, .. } = &self.material;
        let certificates = certificates.iter().map(|certificate| certificate.digest(Algorithm::Sha256));
        certificates.chain(crls.iter().chain(ocsp_responses).map(|octets| object_digest(octets)))
    }

    /// CertificateValues ::= SEQUENCE OF Certificate
    fn add_certificate_values(&mut self, value: &Tlv<'_>, budget: &mut Budget) -> Result<()> {
        let mut certificates = sequence(value)?;
        while !certificates.is_empty() {
            budget.certificate()?;
            let tlv = certificates.any()?;
            let read = Certificate::parse(tlv.raw);
            self.keep_certificate(&tlv, "RFC 5126 6.3.3", read, budget)?;
        }
        Ok(())
    }

    /// ```text
    /// RevocationValues ::= SEQUENCE {
    ///     crlVals [0] SEQUENCE OF CertificateList OPTIONAL, ocspVals [1] SEQUENCE OF BasicOCSPResponse OPTIONAL,
    ///     otherRevVals [2] OtherRevVals OPTIONAL }
    /// ```
    fn add_revocation_values(&mut self, value: &Tlv<'_>, budget: &mut Budget) -> Result<()> {
        let mut fields = sequence(value)?;
        for number in [0, 1] {
            let Some(field) = fields.optional(Tag::context(number))? else { continue };
            let mut items = field.reader().sequence("revocation values expected")?;
            while !items.is_empty() {
                budget.revocation()?;
                let item = items.any()?;
                let revocation = if number == 0 { Revocation::crl(&item) } else { Revocation::ocsp(&item) };
                self.add_revocation(revocation?);
            }
        }
        if fields.optional(Tag::context(2))?.is_some() {
            let what = "revocation values that are neither lists nor OCSP responses are left aside";
            self.defects.push(Defect::new(Weight::Remark, "RFC 5126 6.3.4", what));
        }
        fields.finish("unknown field in the revocation-values")
    }

    fn keep_certificate(
        &mut self,
        tlv: &Tlv<'_>,
        clause: &'static str,
        read: Result<Certificate>,
        budget: &mut Budget,
    ) -> Result<()> {
        match read {
            Ok(certificate) if self.material.certificates.contains(&certificate) => {}
            Ok(certificate) => {
                budget.elements(certificate.elements())?;
                self.material.certificates.push(certificate);
            }
            Err(error) => self.unreadable(clause, "a certificate", &error.at(tlv.offset)),
        }
        Ok(())
    }

    fn add_revocation(&mut self, revocation: Revocation) {
        let (list, octets) = match revocation {
            Revocation::Crl(octets) => (&mut self.material.crls, octets),
            Revocation::Ocsp(octets) => (&mut self.material.ocsp_responses, octets),
        };
        if !list.contains(&octets) {
            list.push(octets);
        }
    }

    fn unreadable(&mut self, clause: &'static str, what: &str, error: &Error) {
        self.defects.push(Defect::new(Weight::Constraint, clause, format!("{what} cannot be read: {error}")));
    }
}

impl Revocation {
    /// ```text
    /// RevocationInfoChoice ::= CHOICE { crl CertificateList, other [1] IMPLICIT OtherRevocationInfoFormat }
    /// OtherRevocationInfoFormat ::= SEQUENCE { otherRevInfoFormat OBJECT IDENTIFIER, otherRevInfo ANY }
    /// ```
    ///
    /// `None` for a format that is unknown.
    pub(super) fn from_choice(tlv: &Tlv<'_>) -> Result<Option<Self>> {
        if tlv.tag == Tag::SEQUENCE {
            return Self::crl(tlv).map(Some);
        }
        if tlv.tag != Tag::context(1) {
            return Err(Error::malformed("list or other revocation information expected").at(tlv.offset));
        }
        let mut fields = tlv.reader();
        let format = fields.oid()?;
        let info = fields.any()?;
        fields.finish("other revocation information with more than two elements")?;
        match format {
            // RFC 5940 §2.1 wants an OCSPResponse; others wrote BasicOCSPResponse, under its own name or this one.
            oid::RI_OCSP_RESPONSE | oid::OCSP_BASIC => Self::ocsp(&info).map(Some),
            _ => Ok(None),
        }
    }

    /// The RevocationInfoChoice; that of an OCSPResponse is RFC 5940's (§2.1).
    pub(super) fn into_choice(self) -> Vec<u8> {
        match self {
            Self::Crl(list) => list,
            Self::Ocsp(response) => write::tlv(Tag::context(1), &[&write::oid(&oid::RI_OCSP_RESPONSE), &response]),
        }
    }

    /// The object's name in proofs of existence.
    pub(super) fn object(&self) -> Digest {
        match self {
            Self::Crl(octets) | Self::Ocsp(octets) => object_digest(octets),
        }
    }

    /// CertificateList ::= SEQUENCE { tbsCertList TBSCertList, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
    pub(super) fn crl(tlv: &Tlv<'_>) -> Result<Self> {
        check_signed(tlv, "revocation list expected")?;
        Ok(Self::Crl(tlv.raw.to_vec()))
    }

    /// An OCSPResponse, or a BasicOCSPResponse which becomes one.
    ///
    /// ```text
    /// OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
    /// ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
    /// ```
    pub(super) fn ocsp(tlv: &Tlv<'_>) -> Result<Self> {
        if tlv.tag == Tag::SEQUENCE && tlv.reader().peek() == Some(ENUMERATED) {
            return Ok(Self::Ocsp(tlv.raw.to_vec()));
        }
        check_signed(tlv, "OCSP response expected")?;
        Ok(Self::Ocsp(successful(tlv.raw)))
    }
}

/// CertificateValues (RFC 5126 §6.3.3).
pub(super) fn certificate_values(certificates: &[Certificate]) -> Vec<u8> {
    write::sequence(&certificates.iter().map(Certificate::der).collect::<Vec<_>>())
}

/// RevocationValues (RFC 5126 §6.3.4), whose responses are BasicOCSPResponses.
pub(super) fn revocation_values(material: &Material) -> Result<Vec<u8>> {
    let responses = material.ocsp_responses.iter().map(|response| basic(response)).collect::<Result<Vec<_>>>()?;
    let field = |number, items: &[Vec<u8>]| match items {
        [] => Vec::new(),
        some => {
            let items: Vec<&[u8]> = some.iter().map(Vec::as_slice).collect();
            write::tlv(Tag::context(number), &[&write::sequence(&items)])
        }
    };
    Ok(write::sequence(&[&field(0, &material.crls), &field(1, &responses)]))
}

/// The BasicOCSPResponse of a successful answer.
fn basic(response: &[u8]) -> Result<Vec<u8>> {
    let mut fields = Reader::new(response).sequence("OCSP response expected")?;
    fields.read(ENUMERATED, "status of an OCSP response expected")?;
    let bytes = fields.read(Tag::context(0), "OCSP response that carries nothing")?;
    let mut bytes = bytes.reader().sequence("response of an OCSP response expected")?;
    if bytes.oid()? != oid::OCSP_BASIC {
        return Err(Error::unsupported("OCSP response of another kind than the basic one"));
    }
    Ok(bytes.read(Tag::OCTET_STRING, "response of an OCSP response expected")?.octets()?.into_owned())
}

/// A BasicOCSPResponse as the answer that it came in.
fn successful(basic: &[u8]) -> Vec<u8> {
    let bytes = write::sequence(&[&write::oid(&oid::OCSP_BASIC), &write::octet_string(basic)]);
    write::sequence(&[&write::tlv(ENUMERATED, &[&[0]]), &write::tlv(Tag::context(0), &[&bytes])])
}

/// What CertificateList and BasicOCSPResponse have in common: something signed, an algorithm, a BIT STRING.
fn check_signed(tlv: &Tlv<'_>, what: &'static str) -> Result<()> {
    let mut fields = sequence(tlv)?;
    fields.read(Tag::SEQUENCE, what)?;
    fields.read(Tag::SEQUENCE, what)?;
    fields.read(Tag::BIT_STRING, what).map(|_| ())
}

pub(super) fn sequence<'a>(value: &Tlv<'a>) -> Result<Reader<'a>> {
    if value.tag == Tag::SEQUENCE {
        Ok(value.reader())
    } else {
        Err(Error::malformed("SEQUENCE expected").at(value.offset))
    }
}

const ENUMERATED: Tag = Tag(0x0a);
