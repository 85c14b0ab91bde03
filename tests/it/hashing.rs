//! The hashing core on every kernel of this processor, held against the vectors of NIST.

use seing::digest::many::{Kernel, digests_on};
use seing::digest::{Algorithm, Digest};

const VECTORS: &str = include_str!("../vectors/cavp_sha2.txt");

#[test]
fn every_kernel_gives_the_digests_of_the_cavp() {
    let lines: Vec<Vec<&str>> =
        VECTORS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').collect()).collect();
    for algorithm in [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512] {
        let (messages, digests): (Vec<Vec<u8>>, Vec<&str>) = lines
            .iter()
            .filter(|fields| fields[0] == algorithm.name())
            .map(|fields| (octets(fields[1].trim_matches('-')), fields[2]))
            .unzip();
        assert!(messages.len() >= 10, "{algorithm}: the vectors are not where they were");
        for kernel in Kernel::ALL {
            if !kernel.is_available(algorithm) {
                eprintln!("not run: {kernel:?} for {algorithm}, which this processor does not have");
                continue;
            }
            // All together, each alone, and each as often as no kernel has lanes.
            let together: Vec<String> = digests_on(kernel, algorithm, &messages).unwrap().iter().map(hex).collect();
            assert_eq!(together, digests, "{kernel:?} {algorithm}");
            for (message, digest) in messages.iter().zip(&digests) {
                for count in [1, 17] {
                    let alike = digests_on(kernel, algorithm, &vec![message; count]).unwrap();
                    assert!(alike.iter().all(|found| found.to_hex() == *digest), "{kernel:?} {algorithm} {digest}");
                }
            }
            for run in lines.iter().filter(|fields| fields[0] == "monte" && fields[1] == algorithm.name()) {
                monte_carlo(kernel, algorithm, run[2], &run[3..]);
            }
        }
    }
}

/// The Secure Hash Algorithm Validation System, 6.4: each message is the last three digests; every thousandth is published.
fn monte_carlo(kernel: Kernel, algorithm: Algorithm, seed: &str, checkpoints: &[&str]) {
    let mut seed = octets(seed);
    for checkpoint in checkpoints {
        let mut last = [seed.clone(), seed.clone(), seed];
        for _ in 0..1000 {
            let message = last.concat();
            // The same message in every lane, and one more.
            let digests = digests_on(kernel, algorithm, &[&message; 17]).unwrap();
            let digest = digests.get(16).unwrap().octets().to_vec();
            last.rotate_left(1);
            last[2] = digest;
        }
        seed = last[2].clone();
        assert_eq!(seed, octets(checkpoint), "{kernel:?} {algorithm}");
    }
}

fn hex(digest: Digest) -> String {
    digest.to_hex()
}

fn octets(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}
