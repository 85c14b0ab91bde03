//! A platform that keeps a journal without the ceremony: its events are linked, signed and sealed as they should be, and happen in
//! the order in which it let them happen. Nothing of the crate's ceremony writes these.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use seing::ades::asic::Container;
use seing::ades::cades::{Signing, add_signature_time_stamp, signature_values};
use seing::contract::{Acknowledged, Ceremony};
use seing::digest::Algorithm;
use seing::key::Signer;
use seing::oid;
use seing::time::Time;
use serde_json::{Value, json};

use super::sale::Sale;
use super::yard::{Holder, Yard};
use crate::workshop::time;

/// Events of a platform, each with who signs it.
pub(super) struct Platform<'y> {
    yard: &'y Yard,
    events: Vec<(Value, Option<&'y Holder>)>,
    /// Values about persons, as openings.
    values: Vec<Value>,
}

impl<'y> Platform<'y> {
    /// One whose journal records what this ceremony does, signed by whoever signed it.
    pub(super) fn of(yard: &'y Yard, ceremony: &Ceremony<Acknowledged>) -> Self {
        let journal: Value = serde_json::from_str(&ceremony.journal().to_json().unwrap()).unwrap();
        let events = journal["events"].as_array().unwrap().iter().map(|entry| {
            let event: Value = serde_json::from_str(entry["event"].as_str().unwrap()).unwrap();
            let by = event["signed_by"]["certificate"].as_str().map(|certificate| {
                let holders = [&yard.shop, &yard.customer, &yard.manager];
                let own = |holder: &&Holder| holder.certificate().digest(Algorithm::Sha256).to_string() == certificate;
                holders.into_iter().find(own).unwrap()
            });
            (event, by)
        });
        Self { yard, events: events.collect(), values: journal["openings"].as_array().unwrap().clone() }
    }

    pub(super) fn place(&self, kind: &str) -> usize {
        self.events.iter().position(|(event, _)| event["body"].get(kind).is_some()).unwrap()
    }

    /// An event happens after another one that it should be before, in the same second.
    pub(super) fn after(mut self, early: usize, other: usize) -> Self {
        self.events[early].0["time"] = self.events[other].0["time"].clone();
        let event = self.events.remove(early);
        self.events.insert(other, event);
        self
    }

    pub(super) fn without(mut self, place: usize) -> Self {
        let (event, _) = self.events.remove(place);
        self.values.retain(|value| value["event"] != event["number"]);
        self
    }

    pub(super) fn edited(mut self, place: usize, edit: impl FnOnce(&mut Value)) -> Self {
        edit(&mut self.events[place].0);
        self
    }

    /// The event happens once more right after itself.
    pub(super) fn doubled(self, place: usize) -> Self {
        self.inserted(place, place + 1, |_| {})
    }

    /// Something like an event happens once more after everything else.
    pub(super) fn again(self, place: usize, edit: impl FnOnce(&mut Value)) -> Self {
        let end = self.events.len();
        self.inserted(place, end, edit)
    }

    fn inserted(mut self, place: usize, to: usize, edit: impl FnOnce(&mut Value)) -> Self {
        let (event, by) = self.events[place].clone();
        let number = json!(1000 + self.events.len());
        let mut text = event.to_string();
        for mut value in self.values.clone() {
            if value["event"] != event["number"] {
                continue;
            }
            let before = Algorithm::Sha256.digest(value.to_string().as_bytes()).to_string();
            value["event"] = number.clone();
            text = text.replace(&before, &Algorithm::Sha256.digest(value.to_string().as_bytes()).to_string());
            self.values.push(value);
        }
        let mut event: Value = serde_json::from_str(&text).unwrap();
        event["number"] = number;
        event["time"] = self.events[to - 1].0["time"].clone();
        edit(&mut event);
        let by = by.filter(|_| !event["signed_by"].is_null());
        self.events.insert(to, (event, by));
        self
    }

    /// From an event on, everything is recorded at a time.
    pub(super) fn recorded_at(mut self, place: usize, time: &str) -> Self {
        self.events.iter_mut().skip(place).for_each(|(event, _)| event["time"] = json!(time));
        self
    }

    /// Numbers, commitments, links, signatures and time-stamps made anew, in a sealed container.
    pub(super) fn sealed(mut self, at: Time) -> Vec<u8> {
        let mut files: Vec<(String, Vec<u8>)> =
            Sale::documents().into_iter().map(|(name, octets)| (format!("documents/{name}"), octets)).collect();
        let mut values = Vec::new();
        let mut previous = Value::Null;
        for (index, (event, by)) in self.events.iter().enumerate() {
            let number = index as u64 + 1;
            let mut event = event.clone();
            let old = event["number"].clone();
            let mut renumbered = Vec::new();
            self.values.retain(|value| {
                let own = value["event"] == old;
                if own {
                    renumbered.push(value.clone());
                }
                !own
            });
            event["number"] = json!(number);
            event["previous"] = previous;
            let mut text = event.to_string();
            for mut value in renumbered {
                let before = Algorithm::Sha256.digest(value.to_string().as_bytes()).to_string();
                value["event"] = json!(number);
                let after = Algorithm::Sha256.digest(value.to_string().as_bytes());
                assert!(text.contains(&before), "the opening is canonical JSON");
                text = text.replace(&before, &after.to_string());
                values.push((format!("values/{}.json", after.to_hex()), value.to_string().into_bytes()));
            }
            let octets = text.into_bytes();
            let name = format!("journal/{number:04}");
            let happened = time(event["time"].as_str().unwrap());
            let stamped = event["time_stamped"] == json!(true);
            let signature = by.map(|holder| self.signed(&octets, holder, happened, stamped));
            let attested = signature
                .as_ref()
                .map(|signature| Algorithm::Sha256.digest(&signature_values(signature).unwrap()[0]).to_string());
            previous = json!({ "event": Algorithm::Sha256.digest(&octets).to_string(), "attested": attested });
            files.extend(signature.map(|signature| (format!("{name}.p7s"), signature)));
            files.push((format!("{name}.json"), octets));
        }
        files.sort();
        let manifest = manifest(&files);
        let seal = self.signed(&manifest, &self.yard.shop, at, true);
        let mut container = Container::default();
        let own = [(MANIFEST.to_owned(), manifest), (SEAL.to_owned(), seal)];
        for (name, octets) in files.into_iter().chain(values).chain(own) {
            container.add(name, octets).unwrap();
        }
        container.to_octets().unwrap()
    }

    fn signed(&self, octets: &[u8], holder: &Holder, at: Time, stamped: bool) -> Vec<u8> {
        let algorithm = holder.key.algorithm();
        let digest = Signing::digest_algorithm(algorithm).digest(octets);
        let signing = Signing::detached(&digest, &holder.chain, algorithm, at).commitment(oid::PROOF_OF_ORIGIN);
        let prepared = signing.prepare().unwrap();
        let value = holder.key.sign(prepared.to_be_signed()).unwrap();
        let signature = prepared.embed(&value).unwrap();
        if !stamped {
            return signature;
        }
        let token = self.yard.stamp()(&Algorithm::Sha256.digest(&value), at).unwrap();
        add_signature_time_stamp(&signature, 0, token.octets()).unwrap()
    }
}

const MANIFEST: &str = "META-INF/ASiCManifest.xml";
const SEAL: &str = "META-INF/signature.p7s";

/// EN 319 162-1, annex A.
fn manifest(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n",
    );
    xml += &format!("<asic:SigReference URI=\"{SEAL}\" MimeType=\"application/pkcs7-signature\"/>\n");
    for (name, octets) in files {
        let digest = STANDARD.encode(Algorithm::Sha256.digest(octets).octets());
        xml += &format!(
            "<asic:DataObjectReference URI=\"{name}\"><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
             <ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>\n"
        );
    }
    (xml + "</asic:ASiCManifest>\n").into_bytes()
}
