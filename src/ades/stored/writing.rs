//! From facts to their document.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::document::{self, Document, MaterialLists, Pool};
use super::{Facts, Subject};
use crate::ades::{
    Defect, EvidenceFacts, Material, SignatureFacts, SignedProperties, SignerFacts, TimestampFacts, object_digest,
};
use crate::digest::Digest;
use crate::key::SignatureAlgorithm;
use crate::oid::Oid;
use crate::pki::Certificate;

pub(super) fn document(facts: &Facts) -> Document {
    let Facts { document, content, material, subject } = facts;
    let mut pools = Pools::default();
    let material = pools.material(material);
    let (signatures, time_stamp, evidence_record) = match subject {
        Subject::Signatures(signatures) => {
            (Some(signatures.iter().map(|signature| pools.signature(signature)).collect()), None, None)
        }
        Subject::TimeStamp(time_stamp) => (None, Some(pools.time_stamp(time_stamp)), None),
        Subject::EvidenceRecord(record) => (None, None, Some(pools.evidence_record(record))),
    };
    Document {
        schema: document::SCHEMA.to_owned(),
        document: document.to_string(),
        content: texts(content),
        material,
        signatures,
        time_stamp,
        evidence_record,
        lists: in_order(pools.lists),
        certificates: pools.certificates,
        crls: pools.crls,
        ocsp_responses: pools.ocsp_responses,
    }
}

fn defect(defect: &Defect) -> document::Defect {
    document::Defect { weight: defect.weight, clause: defect.clause.to_string(), what: defect.what.to_owned() }
}

/// What is there once, however often it is referred to.
#[derive(Default)]
struct Pools {
    lists: HashMap<Vec<String>, usize>,
    certificates: Pool,
    crls: Pool,
    ocsp_responses: Pool,
}

impl Pools {
    fn signature(&mut self, facts: &SignatureFacts) -> document::Signature {
        let SignatureFacts { format, level, signer, timestamps, attributes, material, value, counter_signatures } =
            facts;
        document::Signature {
            format: *format,
            level: *level,
            value: value.to_string(),
            signer: self.signer(signer),
            attributes: properties(attributes),
            timestamps: timestamps.iter().map(|timestamp| self.time_stamp(timestamp)).collect(),
            material: self.material(material),
            counter_signatures: counter_signatures.iter().map(|counter| self.signature(counter)).collect(),
        }
    }

    fn time_stamp(&mut self, facts: &TimestampFacts) -> document::TimeStamp {
        let TimestampFacts { kind, time, imprint, imprint_algorithm, signer, token, covers } = facts;
        document::TimeStamp {
            kind: *kind,
            time: *time,
            imprint: *imprint,
            imprint_algorithm: imprint_algorithm.map(|hash| hash.to_string()),
            token: token.to_string(),
            covers: texts(covers),
            signer: self.signer(signer),
        }
    }

    fn evidence_record(&mut self, facts: &EvidenceFacts) -> document::EvidenceRecord {
        let EvidenceFacts { timestamps, material, others, defects } = facts;
        document::EvidenceRecord {
            timestamps: timestamps.iter().map(|timestamp| self.time_stamp(timestamp)).collect(),
            material: self.material(material),
            others: *others,
            defects: defects.iter().map(defect).collect(),
        }
    }

    fn signer(&mut self, facts: &SignerFacts) -> document::Signer {
        let SignerFacts {
            certificate,
            certificates,
            reference,
            algorithm,
            content_hash,
            reference_hash,
            signature,
            data,
            defects,
        } = facts;
        document::Signer {
            certificate: certificate.as_ref().map(|certificate| keep(&mut self.certificates, certificate.der())),
            certificates: self.certificates(certificates),
            reference: *reference,
            algorithm: algorithm.map(|algorithm| algorithm.to_string()),
            salt_octets: match algorithm {
                Some(SignatureAlgorithm::RsaPss { salt, .. }) => Some(*salt),
                _ => None,
            },
            content_hash: content_hash.map(|hash| hash.to_string()),
            reference_hash: reference_hash.map(|hash| hash.to_string()),
            signature: *signature,
            data: *data,
            defects: defects.iter().map(defect).collect(),
        }
    }

    fn material(&mut self, material: &Material) -> MaterialLists {
        let Material { certificates, crls, ocsp_responses } = material;
        let crls = crls.iter().map(|octets| keep(&mut self.crls, octets)).collect();
        let ocsp_responses = ocsp_responses.iter().map(|octets| keep(&mut self.ocsp_responses, octets)).collect();
        MaterialLists {
            certificates: self.certificates(certificates),
            crls: self.list(crls),
            ocsp_responses: self.list(ocsp_responses),
        }
    }

    fn certificates(&mut self, certificates: &[Certificate]) -> usize {
        let names = certificates.iter().map(|certificate| keep(&mut self.certificates, certificate.der())).collect();
        self.list(names)
    }

    /// The place of a list, which is new where there was none like it.
    fn list(&mut self, names: Vec<String>) -> usize {
        let next = self.lists.len();
        *self.lists.entry(names).or_insert(next)
    }
}

/// The name of octets, which are there once from now on.
fn keep(pool: &mut Pool, octets: &[u8]) -> String {
    let name = object_digest(octets).to_string();
    if !pool.contains_key(&name) {
        pool.insert(name.to_owned(), STANDARD.encode(octets));
    }
    name
}

fn in_order(lists: HashMap<Vec<String>, usize>) -> Vec<Vec<String>> {
    let mut lists: Vec<(usize, Vec<String>)> = lists.into_iter().map(|(names, place)| (place, names)).collect();
    lists.sort_unstable();
    lists.into_iter().map(|(_, names)| names).collect()
}

fn properties(properties: &SignedProperties) -> document::Attributes {
    let SignedProperties { signing_time, commitments, location, mime_type, policy } = properties;
    document::Attributes {
        signing_time: *signing_time,
        commitments: commitments.iter().map(identifier).collect(),
        location: location.to_owned(),
        mime_type: mime_type.to_owned(),
        policy: policy.as_ref().map(|policy| document::SignaturePolicy {
            identifier: identifier(&policy.identifier),
            digest: policy.digest.map(|digest| digest.to_string()),
        }),
    }
}

/// In the dotted notation, or in the octets of its encoding where an arc is too long for that.
pub(super) fn identifier(oid: &Oid) -> String {
    let dotted = oid.to_string();
    if Oid::parse(&dotted).is_ok_and(|read| read == *oid) {
        dotted
    } else {
        format!("der:{}", STANDARD.encode(oid.octets()))
    }
}

fn texts(digests: &[Digest]) -> Vec<String> {
    digests.iter().map(Digest::to_string).collect()
}
