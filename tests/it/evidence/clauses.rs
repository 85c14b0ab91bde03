//! RFC 4998 clause by clause: records that look right and are not. Each is written by hand from tokens that hold.

use seing::ades::Check;
use seing::digest::{Algorithm, Digest};
use seing::evidence::DataObject;
use seing::key::{KeyKind, Signer};
use seing::oid::Oid;
use seing::time::Time;
use seing::timestamp::{Authority, Client, Exchange};
use seing::validation::{EvidenceReport, Policy};
use seing::verify_evidence;

use super::{facts, order, parse};
use crate::timestamp::forge::{oid, sequence, tlv};
use crate::workshop::{Parties, Profile, ROOT, counting, key, time};

const SHA1: &str = "1.3.14.3.2.26";
const SHA256: &str = "2.16.840.1.101.3.4.2.1";
const SHA512: &str = "2.16.840.1.101.3.4.2.3";

fn id(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Sha1 => SHA1,
        Algorithm::Sha256 => SHA256,
        Algorithm::Sha512 => SHA512,
        other => panic!("{other}"),
    }
}

/// Whose tokens these are: authorities whose certificates end when a test says.
struct Bench {
    parties: Parties,
    kind: KeyKind,
}

impl Bench {
    fn new() -> Self {
        Self::of(KeyKind::P256)
    }

    fn of(kind: KeyKind) -> Self {
        Self { parties: Parties::new(kind), kind }
    }

    fn token(&self, digest: &Digest, at: &str, end: &'static str) -> Vec<u8> {
        let (seed, at) = (end.as_bytes()[1], time(at));
        let own = key(self.kind, seed);
        let profile = Profile { valid: ("200101000000Z", end), serial: seed, ..Profile::time_stamping() };
        let certificate = profile.issue(own.public_key(), &key(self.kind, ROOT));
        let authority = Authority::new(own, vec![certificate], Oid::parse("2.999.1").unwrap()).unwrap();
        let answer = |exchange: &Exchange<'_>| Ok(authority.respond(exchange.body, at, &mut counting));
        let mut client = Client::new("here", answer, counting).trust(self.parties.judge.0.clone());
        client.stamp(digest, at).unwrap().octets().to_vec()
    }

    fn report(&self, record: &[u8], documents: &[&[u8]], at: &str, policy: &Policy) -> EvidenceReport {
        let objects: Vec<DataObject<'_>> = documents.iter().map(|document| DataObject::octets(document)).collect();
        let verification = verify_evidence(record, &objects).trust(&self.parties.judge.0).at(time(at));
        verification.policy(policy.clone()).report().unwrap()
    }

    fn verdict(&self, record: &[u8], documents: &[&[u8]], at: &str) -> String {
        self.report(record, documents, at, &Policy::default()).indication.to_string().replace("TOTAL_", "")
    }
}

/// An archive time-stamp: lists of hashes, and the token over what they lead to.
fn archive_time_stamp(algorithm: Algorithm, lists: &[Vec<Vec<u8>>], token: &[u8]) -> Vec<u8> {
    let list = |list: &Vec<Vec<u8>>| sequence(&[&list.iter().map(|hash| tlv(4, &[hash])).collect::<Vec<_>>().concat()]);
    let tree: Vec<u8> = lists.iter().map(list).collect::<Vec<_>>().concat();
    let tree = if lists.is_empty() { Vec::new() } else { tlv(0xa2, &[&tree]) };
    sequence(&[&tlv(0xa0, &[&oid(id(algorithm))]), &tree, token])
}

fn sequence_of(items: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[&items.concat()])
}

/// A record of these chains of archive time-stamps.
fn record(listed: &[Algorithm], chains: &[Vec<Vec<u8>>]) -> Vec<u8> {
    let listed: Vec<Vec<u8>> = listed.iter().map(|algorithm| sequence(&[&oid(id(*algorithm))])).collect();
    let chains: Vec<Vec<u8>> = chains.iter().map(|chain| sequence_of(chain)).collect();
    sequence(&[&[2, 1, 1], &sequence_of(&listed), &sequence_of(&chains)])
}

fn ascending(mut hashes: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    hashes.sort();
    hashes
}

fn hash(algorithm: Algorithm, parts: &[&[u8]]) -> Vec<u8> {
    algorithm.digest(&parts.concat()).octets().to_vec()
}

fn father(algorithm: Algorithm, hashes: &[Vec<u8>]) -> Digest {
    algorithm.digest(&ascending(hashes.to_vec()).concat())
}

const FIRST: &str = "2026-11-23T10:00:00Z";
const SECOND: &str = "2027-06-01T10:00:00Z";
const THIRD: &str = "2028-06-01T10:00:00Z";
const NOW: &str = "2029-01-01T00:00:00Z";
/// The ends of three certificates: after the second time-stamp, after the third, and long after.
const ENDS: [&str; 3] = ["280101000000Z", "281201000000Z", "391231000000Z"];

/// The first archive time-stamp over one order, without a tree, and its token.
fn initial(bench: &Bench, algorithm: Algorithm, at: &str, end: &'static str) -> (Vec<u8>, Vec<u8>) {
    let token = bench.token(&algorithm.digest(&order(0)), at, end);
    (archive_time_stamp(algorithm, &[], &token), token)
}

/// A time-stamp renewal over a token.
fn renewed(bench: &Bench, algorithm: Algorithm, token: &[u8], at: &str, end: &'static str) -> (Vec<u8>, Vec<u8>) {
    let token = bench.token(&algorithm.digest(token), at, end);
    (archive_time_stamp(algorithm, &[], &token), token)
}

#[test]
fn each_time_stamp_was_valid_when_the_next_one_was_made() {
    // 5.3, step 2.
    let bench = Bench::new();
    let sha256 = Algorithm::Sha256;
    let order = order(0);
    let made = |times: [&str; 3], ends: [&'static str; 3]| {
        let (one, token) = initial(&bench, sha256, times[0], ends[0]);
        let (two, token) = renewed(&bench, sha256, &token, times[1], ends[1]);
        let (three, _) = renewed(&bench, sha256, &token, times[2], ends[2]);
        record(&[sha256], &[vec![one, two, three]])
    };
    assert_eq!(bench.verdict(&made([FIRST, SECOND, THIRD], ENDS), &[&order], NOW), "PASSED");
    let [short, middle, long] = ENDS;
    for (times, ends) in [
        ([FIRST, "2028-06-01T10:00:00Z", "2028-07-01T10:00:00Z"], ENDS),
        ([FIRST, SECOND, "2028-12-15T10:00:00Z"], ENDS),
        ([FIRST, SECOND, THIRD], [short, middle, middle]),
    ] {
        let found = bench.verdict(&made(times, ends), &[&order], NOW);
        assert!(found.starts_with("INDETERMINATE"), "{times:?}: {found}");
    }
    // The order of the times.
    let found = bench.verdict(&made([SECOND, FIRST, THIRD], [long; 3]), &[&order], NOW);
    assert_eq!(found, "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
    assert_eq!(bench.verdict(&made([FIRST, FIRST, THIRD], [long; 3]), &[&order], NOW), "PASSED");
}

#[test]
fn a_chain_has_one_hash_algorithm() {
    // 5.1, and 5.3 step 2.
    let bench = Bench::new();
    let (one, token) = initial(&bench, Algorithm::Sha256, FIRST, ENDS[2]);
    let (two, _) = renewed(&bench, Algorithm::Sha512, &token, SECOND, ENDS[2]);
    let mixed = record(&[Algorithm::Sha256, Algorithm::Sha512], &[vec![one, two]]);
    assert_eq!(bench.verdict(&mixed, &[&order(0)], NOW), "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
    // 4.3, step 4: the same of the tree and of its token.
    let root = Algorithm::Sha256.digest(&order(0));
    let token = bench.token(&Algorithm::Sha512.digest(&order(0)), FIRST, ENDS[2]);
    let stamp = archive_time_stamp(Algorithm::Sha256, &[vec![root.octets().to_vec()]], &token);
    let other = record(&[Algorithm::Sha256], &[vec![stamp]]);
    let found = bench.verdict(&other, &[&order(0)], NOW);
    assert!(found.starts_with("INDETERMINATE"), "{found}");
}

/// A hash-tree renewal with SHA-512 over what the caller says.
fn new_tree(bench: &Bench, hashes: &[Vec<u8>], at: &str) -> Vec<u8> {
    let root = match hashes {
        [one] => Digest::new(Algorithm::Sha512, one).unwrap(),
        several => father(Algorithm::Sha512, several),
    };
    archive_time_stamp(Algorithm::Sha512, &[ascending(hashes.to_vec())], &bench.token(&root, at, ENDS[2]))
}

#[test]
fn a_new_tree_covers_every_document_and_everything_before() {
    // 5.2, steps 2 to 5; 5.3, step 3.
    let bench = Bench::new();
    let (sha256, sha512) = (Algorithm::Sha256, Algorithm::Sha512);
    let documents = [order(0), order(1)];
    let group: Vec<Vec<u8>> = documents.iter().map(|document| hash(sha256, &[document])).collect();
    let token = bench.token(&father(sha256, &group), FIRST, ENDS[0]);
    let first = archive_time_stamp(sha256, &[ascending(group)], &token);
    let (second, _) = renewed(&bench, sha256, &token, SECOND, ENDS[1]);
    let older = sequence_of(&[sequence_of(&[first.clone(), second.clone()])]);
    let ha = hash(sha512, &[&older]);
    let over = |document: &[u8], older: &[u8]| hash(sha512, &[&hash(sha512, &[document]), older]);
    let given: Vec<&[u8]> = documents.iter().map(Vec::as_slice).collect();
    let verdict = |hashes: &[Vec<u8>]| {
        let chains = [vec![first.clone(), second.clone()], vec![new_tree(&bench, hashes, THIRD)]];
        let record = record(&[sha256, sha512], &chains);
        (bench.verdict(&record, &given, NOW), bench.verdict(&record, &given[..1], NOW))
    };
    let both = |found: (String, String)| [found.0, found.1];
    let [zero, one] = [0, 1].map(|at| over(&documents[at], &ha));
    assert_eq!(both(verdict(&[zero.clone(), one.clone()])), ["PASSED", "PASSED"]);
    let sorted = |document: &[u8]| hash(sha512, &[&ascending(vec![hash(sha512, &[document]), ha.clone()]).concat()]);
    assert_eq!(both(verdict(&[sorted(&documents[0]), sorted(&documents[1])])), ["PASSED", "PASSED"]);
    // Not one of the group, though the other stands alone.
    assert_eq!(both(verdict(std::slice::from_ref(&zero))), ["FAILED/HASH_FAILURE", "PASSED"]);
    let less = hash(sha512, &[&sequence_of(&[sequence_of(std::slice::from_ref(&first))])]);
    let chain = hash(sha512, &[&sequence_of(&[first.clone(), second.clone()])]);
    for wrong in [
        // Over the documents alone; over the chain in place of the sequence of chains; without the last time-stamp of it.
        [hash(sha512, &[&documents[0]]), hash(sha512, &[&documents[1]])],
        [over(&documents[0], &chain), over(&documents[1], &chain)],
        [over(&documents[0], &less), over(&documents[1], &less)],
        // Over what is older, and over no document.
        [ha.clone(), hash(sha512, &[&ha])],
    ] {
        assert_eq!(both(verdict(&wrong)), ["FAILED/HASH_FAILURE", "FAILED/HASH_FAILURE"]);
    }
    // Made after the last time-stamp of the chain before became invalid.
    let late = [vec![first.clone(), second.clone()], vec![new_tree(&bench, &[zero, one], "2028-12-15T10:00:00Z")]];
    let found = bench.verdict(&record(&[sha256, sha512], &late), &given, NOW);
    assert!(found.starts_with("INDETERMINATE"), "{found}");
}

#[test]
fn the_hash_of_a_chain_was_sound_when_the_next_chain_began() {
    // 5.3, step 2: secure at the time of the first archive time-stamp of the following chain.
    // What signs rests on SHA-384.
    let bench = Bench::of(KeyKind::P384);
    let (sha256, sha512) = (Algorithm::Sha256, Algorithm::Sha512);
    let (first, token) = initial(&bench, sha256, FIRST, ENDS[2]);
    let (second, _) = renewed(&bench, sha256, &token, SECOND, ENDS[2]);
    let older = hash(sha512, &[&sequence_of(&[sequence_of(&[first.clone(), second.clone()])])]);
    let renewed = hash(sha512, &[&hash(sha512, &[&order(0)]), &older]);
    let chains = [vec![first, second], vec![new_tree(&bench, &[renewed], THIRD)]];
    let record = record(&[sha256, sha512], &chains);
    let verdict = |until: &str| {
        let mut policy = Policy::default();
        for rule in policy.hashes.iter_mut().filter(|rule| rule.hash == "sha256") {
            rule.until = Some(time(until));
        }
        bench.report(&record, &[&order(0)], NOW, &policy)
    };
    let ended = |report: &EvidenceReport| {
        let rests = |stamp: &seing::validation::TimestampReport| {
            stamp.findings.iter().any(|finding| finding.message.contains("the message imprint rests on sha256"))
        };
        report.timestamps.iter().map(rests).collect::<Vec<_>>()
    };
    let day = |time: Time, seconds| time.plus_seconds(seconds).to_string();
    assert_eq!(ended(&verdict(&day(time(THIRD), 1))), [false; 3]);
    // The second one is known to exist since the third alone; what it proves of the first is nothing, then.
    assert_eq!(ended(&verdict(&day(time(THIRD), -1))), [true, true, false]);
    let found = verdict(&day(time(THIRD), -1)).indication.to_string();
    assert!(found.starts_with("INDETERMINATE"), "{found}");
}

#[test]
fn what_stands_beside_a_document_is_said_and_what_is_not_there_is_missed() {
    // 4.3, steps 1 to 4.
    let bench = Bench::new();
    let sha256 = Algorithm::Sha256;
    let [zero, one, two] = [0, 1, 2].map(|number| hash(sha256, &[&order(number)]));
    let made = |lists: &[Vec<Vec<u8>>], root: &Digest| {
        record(&[sha256], &[vec![archive_time_stamp(sha256, lists, &bench.token(root, FIRST, ENDS[2]))]])
    };
    let root = father(sha256, &[zero.clone(), one.clone()]);
    let pair = made(&[ascending(vec![zero.clone(), one.clone()])], &root);
    let beside = |documents: &[&[u8]]| facts(&parse(&pair).unwrap(), documents).others;
    assert_eq!([beside(&[&order(0)]), beside(&[&order(0), &order(1)])], [1, 0]);
    let report = bench.report(&pair, &[&order(0)], NOW, &Policy::default());
    assert!(report.to_string().contains("1 other hashes stand beside"), "{report}");
    // A document that stands twice is hashed twice.
    let twice = father(sha256, &[zero.clone(), zero.clone()]);
    let lists = [vec![zero.clone(), zero.clone()]];
    assert_eq!(bench.verdict(&made(&lists, &twice), &[&order(0), &order(0)], NOW), "PASSED");
    assert_eq!(bench.verdict(&made(&lists, &root), &[&order(0)], NOW), "FAILED/HASH_FAILURE");
    // The order within a list is of no matter, that of the lists is.
    let three = father(sha256, &[root.octets().to_vec(), two.clone()]);
    let ordered = [vec![one.clone(), zero.clone()], vec![two.clone()]];
    assert_eq!(bench.verdict(&made(&ordered, &three), &[&order(0)], NOW), "PASSED");
    assert_eq!(
        bench.verdict(&made(&ordered, &three), &[&order(2)], NOW),
        "FAILED/HASH_FAILURE",
        "not in the first list"
    );
    let swapped = [vec![two.clone()], vec![one.clone(), zero.clone()]];
    assert_eq!(bench.verdict(&made(&swapped, &three), &[&order(0)], NOW), "FAILED/HASH_FAILURE");
    // Hashes that are cut elsewhere: one of 31 octets and one of 33 make the same octets.
    let whole = ascending(vec![zero.clone(), one.clone()]).concat();
    let (short, long) = whole.split_at(31);
    let cut = [vec![short.to_vec(), long.to_vec()]];
    assert_ne!(facts(&parse(&made(&cut, &root)).unwrap(), &[&order(0)]).imprint(), Check::Holds);
}

#[test]
fn an_algorithm_that_the_record_does_not_list_is_remarked_upon() {
    // 3.1: digestAlgorithms is the union of those of the archive time-stamps.
    let bench = Bench::new();
    let (stamp, _) = initial(&bench, Algorithm::Sha256, FIRST, ENDS[2]);
    let report = |listed: &[Algorithm]| {
        let record = record(listed, &[vec![stamp.clone()]]);
        bench.report(&record, &[&order(0)], NOW, &Policy::default())
    };
    let says = |report: &EvidenceReport| report.to_string().contains("its list of algorithms omits");
    let listed = report(&[Algorithm::Sha512, Algorithm::Sha256]);
    assert_eq!((listed.indication.name(), says(&listed)), ("PASSED", false));
    for listed in [&[][..], &[Algorithm::Sha512]] {
        let report = report(listed);
        assert_eq!((report.indication.name(), says(&report)), ("PASSED", true), "{report}");
    }
}
