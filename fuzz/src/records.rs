//! Evidence records over the first content: as they are made, and renewed in both ways.

use std::sync::OnceLock;

use seing::digest::Algorithm;
use seing::evidence::{Batch, EvidenceRecord};
use seing::timestamp::{Client, Exchange};

use crate::world::{CONTENTS, budget, known, now, respond, world};

/// Of a single document, of one among five, of a group; each with a new time-stamp, and with a new hash tree over that.
pub fn records() -> &'static [Vec<u8>] {
    static RECORDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    RECORDS.get_or_init(make)
}

fn make() -> Vec<Vec<u8>> {
    let digest = |number: u8| Algorithm::Sha256.digest(&[number]);
    let content = Algorithm::Sha256.digest(CONTENTS[0]);
    let mut all = Vec::new();
    for shape in [[0, 1], [4, 1], [2, 3]] {
        let mut batch = Batch::new(Algorithm::Sha256);
        (0..shape[0]).for_each(|number| assert!(batch.push(&digest(number)).is_ok()));
        let group: Vec<_> = (1..shape[1]).map(|number| digest(number + 100)).chain([content]).collect();
        let place = batch.push_group(&group).unwrap();
        let record = sealed(batch, place, 0, false);
        all.push(record.to_vec());
        let record = EvidenceRecord::parse(&record, &mut budget()).unwrap();
        let mut tokens = Batch::new(Algorithm::Sha256);
        tokens.push(&digest(200)).unwrap();
        let place = tokens.push_group(&record.token_digests().unwrap()).unwrap();
        let record = record.renew_time_stamp(&sealed(tokens, place, 1, true)).unwrap();
        all.push(record.octets().to_vec());
        let documents = [Algorithm::Sha512.digest(CONTENTS[0])];
        let mut hashes = Batch::new(Algorithm::Sha512);
        let place = hashes.push_group(&record.renewed_digests(&documents).unwrap()).unwrap();
        let record = record.renew_hash_tree(&sealed(hashes, place, 2, true), &documents).unwrap();
        all.push(record.octets().to_vec());
    }
    all
}

/// The record, or the archive time-stamp alone, at a place of a batch that is stamped some days later.
fn sealed(batch: Batch, place: usize, days: i64, stamp: bool) -> Vec<u8> {
    let at = now().plus_seconds(days * 86_400);
    let answer = move |ask: &Exchange<'_>| Ok(respond(ask.body, at));
    let mut state = 9;
    let entropy = move |octets: &mut [u8]| known(&mut state)(octets);
    let mut client = Client::new("here", answer, entropy).trust(world().anchors.clone());
    let token = client.stamp(&batch.root().unwrap(), at).unwrap();
    let sealed = batch.seal(&token).unwrap();
    if stamp { sealed.archive_time_stamp(place).unwrap() } else { sealed.record(place).unwrap() }
}
