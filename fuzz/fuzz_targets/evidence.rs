//! Evidence records: what passes is of the content of the seeds, since the time at which it was stamped first.

#![no_main]

use seing::ades::stored::Facts;
use seing::digest::{Algorithm, Digest};
use seing::evidence::{DataObject, EvidenceRecord};
use seing::limits::Limits;
use seing::validation::Indication;
use seing::{verify_evidence, verify_facts};
use seing_fuzz::world::{CONTENTS, budget, facts_of, later, now, world};

seing_fuzz::fuzz_encoding!(|input: &[u8]| {
    let world = world();
    // Records stand in messages too.
    drop(facts_of(input, CONTENTS[0]));
    let Ok(record) = EvidenceRecord::parse(input, &mut budget()) else { return };
    assert_eq!(record.octets(), input);
    for documents in [&CONTENTS[..1], &CONTENTS[1..], &CONTENTS[..], &[][..]] {
        let objects: Vec<DataObject<'_>> = documents.iter().map(|document| DataObject::octets(document)).collect();
        let verification =
            || verify_evidence(input, &objects).trust(&world.anchors).material(&world.material).at(later());
        let Ok(report) = verification().report() else { continue };
        drop(report.to_string());
        let json = report.to_json().unwrap();
        if report.indication == Indication::Passed {
            assert_eq!(documents, &CONTENTS[..1], "documents that nobody stamped pass");
            assert_eq!(report.proven, Some(now()), "a time that no authority stated passes");
        }
        if let Ok(need) = verification().renewal_need() {
            drop(need.before(later()));
            assert!(documents.is_empty() || need.indication == report.indication);
        }
        let facts = verification().facts().unwrap().to_json().unwrap();
        if let Ok(facts) = Facts::from_json(&facts, &Limits::default()) {
            let judged = verify_facts(&facts).trust(&world.anchors).at(later()).evidence_report();
            assert_eq!(judged.unwrap().to_json().unwrap(), json, "stored facts are judged otherwise");
        }
    }
    // What can be renewed is over what the renewal says.
    if let Ok(digests) = record.token_digests() {
        assert_eq!(digests.last().copied(), record.token_digest().ok());
    }
    let document: Digest = Algorithm::Sha512.digest(CONTENTS[0]);
    assert_eq!(record.renewed_digests(&[document]).unwrap().len(), 1);
});
