//! Any messages, cut from the input by its first octets, have on every kernel the digests that `sha2` gives.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seing::digest::Algorithm;
use seing::digest::many::{Kernel, digests_on};
use sha2::Digest;

fuzz_target!(|input: &[u8]| {
    let Some((&count, mut rest)) = input.split_first() else { return };
    let mut messages = Vec::new();
    for _ in 0..count {
        let Some((length, after)) = rest.split_first_chunk::<2>() else { break };
        let length = usize::from(u16::from_be_bytes(*length)) % (after.len() + 1);
        messages.push(&after[..length]);
        // Messages overlap: a short input makes many of them.
        rest = &after[length / 8..];
    }
    for algorithm in [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512] {
        for kernel in Kernel::ALL.into_iter().filter(|kernel| kernel.is_available(algorithm)) {
            let digests = digests_on(kernel, algorithm, &messages).unwrap();
            for (digest, message) in digests.iter().zip(&messages) {
                let expected = match algorithm {
                    Algorithm::Sha384 => sha2::Sha384::digest(message).to_vec(),
                    Algorithm::Sha512 => sha2::Sha512::digest(message).to_vec(),
                    _ => sha2::Sha256::digest(message).to_vec(),
                };
                assert_eq!(digest.octets(), expected, "{kernel:?} {algorithm}");
            }
        }
    }
});
