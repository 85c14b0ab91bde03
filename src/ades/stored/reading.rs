//! From a document to the facts in it. Whoever kept it may have been careless: what it says is bounded and held to its form.

use std::collections::HashMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::document::{self, Document, MaterialLists, Pool};
use super::{Facts, Subject};
use crate::ades::{
    COUNTER_SIGNATURES_DEEP, Defect, EvidenceFacts, Material, SignatureFacts, SignaturePolicy, SignedProperties,
    SignerFacts, TimestampFacts, object_digest,
};
use crate::digest::{self, Digest};
use crate::error::{Error, Result};
use crate::key::SignatureAlgorithm;
use crate::limits::{Budget, Limits};
use crate::oid::Oid;
use crate::pki::Certificate;

pub(super) fn facts(document: Document, limits: &Limits) -> Result<Facts> {
    let root = Place::root();
    let mut reading = Reading::new(&document, Budget::new(limits))?;
    let material = reading.material(&document.material, root.field("material"))?;
    let subject = match (document.signatures, document.time_stamp, document.evidence_record) {
        (Some(signatures), None, None) => {
            Subject::Signatures(reading.signatures(signatures, root.field("signatures"), 0)?)
        }
        (None, Some(time_stamp), None) => {
            Subject::TimeStamp(Box::new(reading.time_stamp(time_stamp, root.field("time_stamp"))?))
        }
        (None, None, Some(record)) => {
            Subject::EvidenceRecord(Box::new(reading.evidence_record(record, root.field("evidence_record"))?))
        }
        _ => {
            let what = "stored facts are of signatures, of a time-stamp or of an evidence record, and of one of them";
            return Err(Error::malformed(what));
        }
    };
    Ok(Facts {
        document: named(&document.document, root.field("document"))?,
        content: reading.digests(&document.content, root.field("content"))?,
        material,
        subject,
    })
}

struct Reading {
    certificates: HashMap<Digest, Certificate>,
    crls: HashMap<Digest, Vec<u8>>,
    ocsp_responses: HashMap<Digest, Vec<u8>>,
    lists: Vec<Vec<Digest>>,
    budget: Budget,
    left: Left,
}

impl Reading {
    fn new(document: &Document, mut budget: Budget) -> Result<Self> {
        let root = Place::root();
        let parse = |(name, octets): (Digest, Vec<u8>)| match Certificate::parse(&octets) {
            Ok(certificate) => Ok((name, certificate)),
            Err(error) => Err(root.field("certificates").malformed("what is stored is no certificate").because(error)),
        };
        let certificates = pool(&document.certificates, root.field("certificates"), &mut budget)?;
        let mut lists = Vec::new();
        for (index, list) in document.lists.iter().enumerate() {
            budget.element()?;
            lists.push(digests(list, root.field("lists").at(index), &mut budget)?);
        }
        Ok(Self {
            certificates: certificates.into_iter().map(parse).collect::<Result<_>>()?,
            crls: pool(&document.crls, root.field("crls"), &mut budget)?,
            ocsp_responses: pool(&document.ocsp_responses, root.field("ocsp_responses"), &mut budget)?,
            lists,
            budget,
            left: Left { references: REFERENCES, octets: OCTETS },
        })
    }

    fn signatures(
        &mut self,
        stored: Vec<document::Signature>,
        place: Place<'_>,
        depth: usize,
    ) -> Result<Vec<SignatureFacts>> {
        if depth > COUNTER_SIGNATURES_DEEP && !stored.is_empty() {
            return Err(Error::limit("counter-signatures over counter-signatures nested too deep"));
        }
        let each = stored.into_iter().enumerate();
        each.map(|(index, signature)| self.signature(signature, place.at(index), depth)).collect()
    }

    fn signature(&mut self, stored: document::Signature, place: Place<'_>, depth: usize) -> Result<SignatureFacts> {
        self.budget.signature()?;
        let above = place.field("counter_signatures");
        let mut timestamps = Vec::new();
        for (index, timestamp) in stored.timestamps.into_iter().enumerate() {
            timestamps.push(self.time_stamp(timestamp, place.field("timestamps").at(index))?);
        }
        Ok(SignatureFacts {
            format: stored.format,
            level: stored.level,
            signer: self.signer(stored.signer, place.field("signer"))?,
            timestamps,
            attributes: self.properties(stored.attributes, place.field("attributes"))?,
            material: self.material(&stored.material, place.field("material"))?,
            value: named(&stored.value, place.field("value"))?,
            counter_signatures: self.signatures(stored.counter_signatures, above, depth + 1)?,
        })
    }

    fn time_stamp(&mut self, stored: document::TimeStamp, place: Place<'_>) -> Result<TimestampFacts> {
        self.budget.signature()?;
        Ok(TimestampFacts {
            kind: stored.kind,
            time: stored.time,
            imprint: stored.imprint,
            imprint_algorithm: hash(stored.imprint_algorithm, place.field("imprint_algorithm"))?,
            signer: self.signer(stored.signer, place.field("signer"))?,
            token: named(&stored.token, place.field("token"))?,
            covers: self.digests(&stored.covers, place.field("covers"))?,
        })
    }

    fn evidence_record(&mut self, stored: document::EvidenceRecord, place: Place<'_>) -> Result<EvidenceFacts> {
        let mut timestamps = Vec::new();
        for (index, timestamp) in stored.timestamps.into_iter().enumerate() {
            timestamps.push(self.time_stamp(timestamp, place.field("timestamps").at(index))?);
        }
        Ok(EvidenceFacts {
            timestamps,
            material: self.material(&stored.material, place.field("material"))?,
            others: stored.others,
            defects: self.defects(stored.defects)?,
        })
    }

    fn defects(&mut self, stored: Vec<document::Defect>) -> Result<Vec<Defect>> {
        let mut defects = Vec::new();
        for document::Defect { weight, clause, what } in stored {
            self.budget.element()?;
            defects.push(Defect { weight, clause: clause.into(), what });
        }
        Ok(defects)
    }

    fn signer(&mut self, stored: document::Signer, place: Place<'_>) -> Result<SignerFacts> {
        let own = place.field("certificate");
        let certificate = match stored.certificate {
            Some(name) => Some(found(&self.certificates, &named(&name, own)?, own)?),
            None => None,
        };
        let defects = self.defects(stored.defects)?;
        Ok(SignerFacts {
            certificate,
            certificates: self.certificates(stored.certificates, place.field("certificates"))?,
            reference: stored.reference,
            algorithm: algorithm(stored.algorithm, stored.salt_octets, place.field("algorithm"))?,
            content_hash: hash(stored.content_hash, place.field("content_hash"))?,
            reference_hash: hash(stored.reference_hash, place.field("reference_hash"))?,
            signature: stored.signature,
            data: stored.data,
            defects,
        })
    }

    fn properties(&mut self, stored: document::Attributes, place: Place<'_>) -> Result<SignedProperties> {
        let mut commitments = Vec::new();
        for (index, commitment) in stored.commitments.iter().enumerate() {
            self.budget.element()?;
            commitments.push(identifier(commitment, place.field("commitments").at(index))?);
        }
        Ok(SignedProperties {
            signing_time: stored.signing_time,
            commitments,
            location: stored.location,
            mime_type: stored.mime_type,
            policy: stored.policy.map(|policy| signature_policy(&policy, place.field("policy"))).transpose()?,
        })
    }

    fn material(&mut self, stored: &MaterialLists, place: Place<'_>) -> Result<Material> {
        let certificates = self.certificates(stored.certificates, place.field("certificates"))?;
        let Self { lists, left, .. } = self;
        Ok(Material {
            certificates,
            crls: left.octets(lists, stored.crls, &self.crls, place.field("crls"))?,
            ocsp_responses: left.octets(
                lists,
                stored.ocsp_responses,
                &self.ocsp_responses,
                place.field("ocsp_responses"),
            )?,
        })
    }

    fn certificates(&mut self, list: usize, place: Place<'_>) -> Result<Vec<Certificate>> {
        let names = self.left.follow(&self.lists, list, place)?;
        names.iter().map(|name| found(&self.certificates, name, place)).collect()
    }

    fn digests(&mut self, texts: &[String], place: Place<'_>) -> Result<Vec<Digest>> {
        digests(texts, place, &mut self.budget)
    }
}

/// How much may still be referred to: the facts hold a copy where the document holds a reference.
struct Left {
    references: usize,
    octets: usize,
}

impl Left {
    fn follow<'l>(&mut self, lists: &'l [Vec<Digest>], list: usize, place: Place<'_>) -> Result<&'l [Digest]> {
        let names = lists.get(list).ok_or_else(|| place.malformed("the facts refer to a list that is not there"))?;
        self.references = self
            .references
            .checked_sub(names.len())
            .ok_or_else(|| Error::limit("more certificates for so many signatures than the limit allows"))?;
        Ok(names)
    }

    fn octets(
        &mut self,
        lists: &[Vec<Digest>],
        list: usize,
        pool: &HashMap<Digest, Vec<u8>>,
        place: Place<'_>,
    ) -> Result<Vec<Vec<u8>>> {
        let mut all = Vec::new();
        for name in self.follow(lists, list, place)? {
            let octets = found(pool, name, place)?;
            self.octets = self.octets.checked_sub(octets.len()).ok_or_else(|| {
                Error::limit("more revocation information for so many signatures than the limit allows")
            })?;
            all.push(octets);
        }
        Ok(all)
    }
}

/// References to certificates and revocation information that are followed in all. A hundred signatures that each see a
/// thousand certificates, with their time-stamps and their material, make a third of it.
const REFERENCES: usize = 1 << 20;

/// Octets of revocation information that all signatures may hold together, as when they are computed.
const OCTETS: usize = 256 << 20;

/// What is stored, under the names that it must have.
fn pool(stored: &Pool, place: Place<'_>, budget: &mut Budget) -> Result<HashMap<Digest, Vec<u8>>> {
    let mut pool = HashMap::new();
    for (name, text) in stored {
        budget.element()?;
        let octets =
            STANDARD.decode(text).map_err(|error| place.malformed("what is stored is not in base64").because(error))?;
        let digest = named(name, place)?;
        if object_digest(&octets) != digest {
            return Err(place.malformed("what is stored under a digest is something else"));
        }
        pool.insert(digest, octets);
    }
    Ok(pool)
}

fn found<T: Clone>(pool: &HashMap<Digest, T>, name: &Digest, place: Place<'_>) -> Result<T> {
    pool.get(name).cloned().ok_or_else(|| place.malformed("the facts refer to something that is not stored with them"))
}

fn digests(texts: &[String], place: Place<'_>, budget: &mut Budget) -> Result<Vec<Digest>> {
    let mut digests = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        budget.element()?;
        digests.push(named(text, place.at(index))?);
    }
    Ok(digests)
}

fn named(text: &str, place: Place<'_>) -> Result<Digest> {
    Digest::parse(text).map_err(|error| {
        let what = "stored digest that cannot be read";
        Error::new(error.kind(), what).with(place.to_string()).because(error)
    })
}

fn hash(name: Option<String>, place: Place<'_>) -> Result<Option<digest::Algorithm>> {
    let known = |name: &String| digest::Algorithm::from_name(name).ok_or_else(|| place.unknown(name));
    name.as_ref().map(known).transpose()
}

fn algorithm(name: Option<String>, salt: Option<u16>, place: Place<'_>) -> Result<Option<SignatureAlgorithm>> {
    let known = |name: &String| SignatureAlgorithm::from_name(name, salt).ok_or_else(|| place.unknown(name));
    name.as_ref().map(known).transpose()
}

fn signature_policy(stored: &document::SignaturePolicy, place: Place<'_>) -> Result<SignaturePolicy> {
    Ok(SignaturePolicy {
        identifier: identifier(&stored.identifier, place.field("identifier"))?,
        digest: stored.digest.as_ref().map(|digest| named(digest, place.field("digest"))).transpose()?,
    })
}

/// As [`writing`](super::writing) spells it.
fn identifier(text: &str, place: Place<'_>) -> Result<Oid> {
    let wrong = || place.malformed("stored object identifier that is not one");
    let Some(digits) = text.strip_prefix("der:") else {
        return Oid::parse(text).map_err(|error| wrong().because(error));
    };
    let octets = STANDARD.decode(digits).map_err(|error| wrong().because(error))?;
    Oid::from_octets(&octets).map_err(|error| wrong().because(error))
}

/// Where something stands in the document, as in `signatures[0].signer.algorithm`.
#[derive(Clone, Copy)]
struct Place<'p> {
    within: Option<&'p Place<'p>>,
    name: &'static str,
    index: Option<usize>,
}

impl<'p> Place<'p> {
    fn root() -> Self {
        Self { within: None, name: "", index: None }
    }

    fn field(&'p self, name: &'static str) -> Place<'p> {
        Self { within: Some(self), name, index: None }
    }

    fn at(self, index: usize) -> Self {
        Self { index: Some(index), ..self }
    }

    fn malformed(&self, what: &'static str) -> Error {
        Error::malformed(what).with(self.to_string())
    }

    fn unknown(&self, name: &str) -> Error {
        let shown: String = name.chars().take(80).collect();
        Error::unsupported("the facts name an algorithm that this version does not know")
            .with(format!("{self}: {shown}"))
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(within) = self.within.filter(|within| within.within.is_some()) {
            write!(f, "{within}.")?;
        }
        f.write_str(self.name)?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::super::writing;
    use super::*;

    /// 2.25 and arcs that do not fit 128 bits: X.690 sets no limit to them.
    #[test]
    fn every_object_identifier_is_written_and_read() {
        let place = Place::root();
        let long = Oid::from_octets(&[&[0x69][..], &[0xff; 30], &[0x7f]].concat()).unwrap();
        for (oid, text) in [(Oid::parse("2.999.1").unwrap(), "2.999.1"), (long, "der:af///")] {
            let written = writing::identifier(&oid);
            assert!(written.starts_with(text), "{written}");
            assert_eq!(identifier(&written, place.field("policy")).unwrap(), oid);
        }
        for wrong in ["", "der:", "der:!", "der:gA==", "2.", "1.40"] {
            assert!(identifier(wrong, place.field("policy")).is_err(), "{wrong}");
        }
    }
}
