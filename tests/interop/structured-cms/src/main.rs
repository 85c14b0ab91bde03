//! Verifies evidence records with structured-cms. The argument is a folder with `cases` and the certificate of the authority of all
//! records, `tsa.der`. What is not as its lines expect is printed, and in the end how many there were.
//!
//! The mathematics is checked: trees, links, imprints, the signatures of the tokens and their order. The path of the one
//! authority is not.

use std::cell::Cell;
use std::cmp::Ordering;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use p256::ecdsa::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256, Sha512};
use structured_asn1::digest::{Digest, Resolution};
use structured_asn1::memory::{Memory, MemoryAccount, MemoryError, Work};
use structured_asn1::{Encoding, Parser, Reader, Tag, universal};
use structured_cms::Octets;
use structured_cms::evidence::verify::{Authorities, Decision, Selection};
use structured_cms::evidence::{ArchiveTimeStamp, EvidenceRecord, Membership};
use structured_cms::provider::{Prehash, SignatureAnswer, SignatureMode, SignatureProvider};
use structured_pkix::algorithm::digest::{Algorithm, AsnDigest};
use structured_pkix::path::WorkingKey;
use structured_pkix::temporal::{Instant, LeapTable};
use structured_pkix::{AlgorithmIdentifier, Certificate};

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("a folder"));
    let cases = fs::read_to_string(folder.join("cases")).expect("cases");
    let authority = fs::read(folder.join("tsa.der")).expect("tsa.der");
    let (mut all, mut agreed) = (0, 0);
    for line in cases.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let read = |name: &&str| fs::read(Path::new(&folder).join(name)).expect("a file of the case");
        let documents: Vec<Vec<u8>> = fields[3..].iter().map(read).collect();
        let found = match verify(&read(&fields[2]), &documents, &authority) {
            Ok(()) => "holds".to_owned(),
            Err(why) => format!("refused: {why}"),
        };
        all += 1;
        if found.starts_with(fields[1]) {
            agreed += 1;
        } else {
            println!("  {}: expected {}, {found}", fields[0], fields[1]);
        }
    }
    println!("{agreed} of {all}");
}

fn verify(record: &[u8], documents: &[Vec<u8>], authority: &[u8]) -> Result<(), String> {
    let memory = || Memory::new(Arc::new(MemoryAccount::new(1 << 26, 1 << 40)));
    let parser = Parser::ber(memory());
    let mut parent = parser.read(record, 0).map_err(|error| format!("{error:?}"))?;
    let element = parent.expect(Tag::constructed(universal::SEQUENCE)).map_err(|error| format!("{error:?}"))?;
    let parsed = EvidenceRecord::read(&parent, &element).map_err(|error| format!("{error:?}"))?;
    let certificates = Parser::der(memory());
    let certificate = Certificate::read(&certificates, authority, 0).map_err(|error| format!("{error:?}"))?;
    let only = Only { certificate, parent: certificates.read(&[], 0).map_err(|error| format!("{error:?}"))? };
    let provider = Provider { verified: Cell::new(0) };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    let now = i64::try_from(now).expect("a clock");
    let utc = LeapTable::new(1_500_000_000, now + 400 * 86_400, &[]).expect("no leap second since 2017");
    let membership = if documents.len() == 1 { Membership::Object } else { Membership::Group };
    let mut objects: Vec<[&[u8]; 1]> = documents.iter().map(|document| [document.as_slice()]).collect();
    let report = parsed
        .verify(
            &provider,
            &parent,
            &only,
            &utc,
            Instant::new(now, 0).expect("an instant"),
            &mut objects,
            membership,
            |_, _, _| Ok::<_, Infallible>(false),
            |history, _| {
                Ok::<_, Infallible>(match history.current.evidence() {
                    Some(_) => Decision::Valid,
                    None => Decision::Invalid,
                })
            },
        )
        .map_err(|error| format!("{error:?}"))?;
    if report.verified().is_some() {
        return Ok(());
    }
    let without = report.checks().filter(|check| check.timestamp().evidence().is_none()).count();
    Err(format!("{without} time-stamps without evidence, order {:?}", report.ordering()))
}

/// The one authority of all records.
struct Only<'c> {
    certificate: Certificate<'c>,
    parent: Reader<'c>,
}

impl<'d> Authorities<'d> for Only<'_> {
    type Error = Infallible;

    fn select<'a, W: Work>(&'a self, _: usize, _: &'a ArchiveTimeStamp<'d>, _: &W) -> Result<Selection<'a>, Infallible>
    where
        'd: 'a,
    {
        Ok(Selection {
            certificate: &self.certificate,
            certificate_parent: &self.parent,
            key: WorkingKey::standing(self.certificate.tbs().public_key()),
            policy_accuracy: None,
        })
    }
}

/// SHA-256, SHA-512 and ECDSA over P-256 with SHA-256.
struct Provider {
    verified: Cell<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hash {
    Sha256,
    Sha512,
}

enum State {
    Sha256(Sha256),
    Sha512(Sha512),
}

#[derive(Debug)]
#[expect(dead_code, reason = "printed by Debug")]
enum Fault {
    Resource(MemoryError),
    NotPrehashed,
}

impl From<MemoryError> for Fault {
    fn from(error: MemoryError) -> Self {
        Self::Resource(error)
    }
}

impl<'a> Digest<'a> for Provider {
    type Identity = Hash;
    type State = State;
    type Output = Vec<u8>;
    type Error = Fault;

    fn width(&self, hash: &Hash) -> Option<usize> {
        Some(match hash {
            Hash::Sha256 => 32,
            Hash::Sha512 => 64,
        })
    }

    fn compare<W: Work>(&self, left: &Hash, right: &Hash, work: &W) -> Result<Ordering, Fault> {
        work.charge_work(1)?;
        Ok(left.cmp(right))
    }

    fn start<W: Work>(&'a self, hash: &Hash, work: &W) -> Result<Resolution<State>, Fault> {
        work.charge_work(1)?;
        Ok(Resolution::Supported(match hash {
            Hash::Sha256 => State::Sha256(Sha256::new()),
            Hash::Sha512 => State::Sha512(Sha512::new()),
        }))
    }

    fn update<W: Work>(&self, state: &mut State, octets: &[u8], work: &W) -> Result<(), Fault> {
        work.charge_work(octets.len() as u64)?;
        match state {
            State::Sha256(state) => state.update(octets),
            State::Sha512(state) => state.update(octets),
        }
        Ok(())
    }

    fn finish<W: Work>(&self, state: State, work: &W) -> Result<Vec<u8>, Fault> {
        work.charge_work(1)?;
        Ok(match state {
            State::Sha256(state) => state.finalize().to_vec(),
            State::Sha512(state) => state.finalize().to_vec(),
        })
    }

    fn matches<W: Work>(&self, _: &Hash, output: &Vec<u8>, expected: &[u8], work: &W) -> Result<bool, Fault> {
        work.charge_work(expected.len() as u64)?;
        Ok(output.as_slice() == expected)
    }
}

impl AsnDigest<'_> for Provider {
    fn identity(&self, algorithm: Algorithm) -> Option<Hash> {
        match algorithm {
            Algorithm::Sha256 => Some(Hash::Sha256),
            Algorithm::Sha512 => Some(Hash::Sha512),
            _ => None,
        }
    }
}

/// ecdsa-with-SHA256 (RFC 5758 §3.2), without its tag and length.
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

impl<'a> SignatureProvider<'a> for Provider {
    type SignatureIdentity = ();
    type RawState = ();

    fn resolve_signature(
        &'a self,
        identifier: AlgorithmIdentifier<'a>,
        digest: &Hash,
        _: WorkingKey<'a>,
        _: Encoding,
        parent: &Reader<'a>,
    ) -> Result<Resolution<SignatureMode<()>>, Fault> {
        parent.execution().charge_work(1)?;
        if identifier.algorithm().as_bytes() != ECDSA_SHA256 || *digest != Hash::Sha256 {
            return Ok(Resolution::Unsupported);
        }
        Ok(Resolution::Supported(SignatureMode::Prehashed(())))
    }

    fn compare_signature<W: Work>(&self, (): &(), (): &(), work: &W) -> Result<Ordering, Fault> {
        work.charge_work(1)?;
        Ok(Ordering::Equal)
    }

    fn start_raw<W: Work>(&'a self, (): &(), _: WorkingKey<'a>, _: &'a Octets<'a>, _: &W) -> Result<(), Fault> {
        Err(Fault::NotPrehashed)
    }

    fn update_raw<W: Work>(&self, (): &mut (), _: &[u8], _: &W) -> Result<(), Fault> {
        Err(Fault::NotPrehashed)
    }

    fn finish_raw<W: Work>(&self, (): (), _: &W) -> Result<SignatureAnswer, Fault> {
        Err(Fault::NotPrehashed)
    }

    fn verify_prehashed<W: Work>(
        &'a self,
        (): &(),
        key: WorkingKey<'a>,
        signature: &Octets<'a>,
        digest: Prehash<'_, '_, Self, Hash>,
        work: &W,
    ) -> Result<SignatureAnswer, Fault> {
        work.charge_work(100_000)?;
        self.verified.set(self.verified.get() + 1);
        let key = key.key().key_octets().and_then(|octets| VerifyingKey::from_sec1_bytes(octets).ok());
        let signature = signature.as_one().and_then(|octets| Signature::from_der(octets).ok());
        let holds = key
            .zip(signature)
            .is_some_and(|(key, signature)| key.verify_prehash(digest.as_bytes(), &signature).is_ok());
        Ok(if holds { SignatureAnswer::Valid } else { SignatureAnswer::Invalid })
    }
}
