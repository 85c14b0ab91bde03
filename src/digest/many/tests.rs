#![expect(
    clippy::as_conversions,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say aloud what they skip"
)]

use ::digest::Digest as _;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const ALGORITHMS: [Algorithm; 3] = [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];

/// The widest kernel has as many lanes.
const LANES: usize = 16;

/// What the `sha2` crate makes of a message.
fn expected(algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Sha384 => sha2::Sha384::digest(message).to_vec(),
        Algorithm::Sha512 => sha2::Sha512::digest(message).to_vec(),
        _ => sha2::Sha256::digest(message).to_vec(),
    }
}

/// Octets that differ from place to place, the same in every run: a linear congruential generator (Knuth, MMIX).
fn octets(count: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// Runs over every kernel that this processor has, and says which it lacks.
fn on_every_kernel(test: impl Fn(Kernel, Algorithm)) {
    for algorithm in ALGORITHMS {
        for kernel in Kernel::ALL {
            if kernel.is_available(algorithm) {
                test(kernel, algorithm);
            } else {
                eprintln!("not run: {kernel:?} for {algorithm}, which this processor does not have");
            }
        }
    }
}

/// Holds the digests of messages against `sha2`, with a prefix in front of each and without.
fn hold(kernel: Kernel, algorithm: Algorithm, messages: &[&[u8]]) {
    let core = Core::on(kernel, algorithm).unwrap();
    for prefix in [None, Some(0x00), Some(0x01)] {
        let mut place = vec![0; messages.len() * algorithm.length()];
        core.digests(prefix, messages, &mut place);
        for (at, (digest, message)) in place.chunks(algorithm.length()).zip(messages).enumerate() {
            let whole = [prefix.as_slice(), message].concat();
            let (lengths, length): (Vec<usize>, _) = (messages.iter().map(|m| m.len()).collect(), message.len());
            assert!(
                digest == expected(algorithm, &whole),
                "{kernel:?} {algorithm} {prefix:?}: message {at} of {length} octets among {lengths:?}"
            );
        }
    }
}

#[test]
fn every_length_is_hashed_in_every_lane() {
    let data = octets(600, 1);
    on_every_kernel(|kernel, algorithm| {
        for length in 0..=300 {
            // All lanes alike, from starts that are not aligned; then one lane of this length among others.
            let alike: Vec<&[u8]> = (0..LANES).map(|lane| &data[lane..lane + length]).collect();
            hold(kernel, algorithm, &alike);
            let mut mixture: Vec<&[u8]> = (0..LANES).map(|lane| &data[lane..lane + (lane * 37) % 300]).collect();
            mixture[length % LANES] = &data[3..3 + length];
            hold(kernel, algorithm, &mixture);
        }
    });
}

#[test]
fn one_length_among_others_may_be_in_any_lane() {
    let data = octets(600, 2);
    on_every_kernel(|kernel, algorithm| {
        for (length, others) in [(0, 64), (55, 56), (63, 55), (64, 64), (119, 120), (128, 1), (240, 3), (257, 256)] {
            for lane in 0..LANES {
                let mut messages: Vec<&[u8]> = (0..LANES).map(|lane| &data[lane..lane + others]).collect();
                messages[lane] = &data[5..5 + length];
                hold(kernel, algorithm, &messages);
            }
        }
    });
}

#[test]
fn any_number_of_messages_is_hashed() {
    let data = octets(4096, 3);
    on_every_kernel(|kernel, algorithm| {
        for count in (0..=2 * LANES + 1).chain([63, 64, 65]) {
            for length in [0, 1, 64, 100, 128, 1024] {
                let messages: Vec<&[u8]> = (0..count).map(|at| &data[at..at + length]).collect();
                hold(kernel, algorithm, &messages);
            }
            let messages: Vec<&[u8]> = (0..count).map(|at| &data[at..at + at * 31]).collect();
            hold(kernel, algorithm, &messages);
        }
    });
}

#[test]
fn long_messages_of_any_length_are_hashed() {
    let data = octets(100 << 10, 4);
    let picks = octets(4 * 40, 5);
    let messages: Vec<&[u8]> = picks
        .as_chunks::<4>()
        .0
        .iter()
        .map(|pick| {
            let length = usize::try_from(u32::from_be_bytes(*pick)).unwrap() % data.len();
            &data[data.len() - length..]
        })
        .collect();
    on_every_kernel(|kernel, algorithm| {
        hold(kernel, algorithm, &messages);
        for count in [1, 2, 3, LANES - 1, LANES, LANES + 1] {
            hold(kernel, algorithm, &messages[..count]);
        }
    });
}

#[test]
fn more_messages_than_are_looked_at_together_are_hashed_in_their_order() {
    let data = octets(64, 6);
    let messages: Vec<&[u8]> = (0..70_000).map(|at| &data[at % 7..at % 7 + at % 57]).collect();
    let digests = digests(Algorithm::Sha256, &messages, Parallelism::ONE);
    for (digest, message) in digests.iter().zip(&messages) {
        assert_eq!(digest.octets(), expected(Algorithm::Sha256, message));
    }
}

#[test]
fn threads_change_nothing() {
    let data = octets(1 << 20, 7);
    let messages: Vec<&[u8]> = (0..1500).map(|at| &data[at * 11..at * 11 + (at * 7919) % 5000]).collect();
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512, Algorithm::Sha3_256] {
        let one = digests(algorithm, &messages, Parallelism::ONE);
        for threads in [2, 3, 16] {
            let many = digests(algorithm, &messages, Parallelism::threads(NonZeroUsize::new(threads).unwrap()));
            assert_eq!(one, many);
        }
        assert_eq!(one.get(1499), Some(algorithm.digest(messages[1499])));
        assert_eq!(one.get(1500), None);
    }
}

#[test]
fn a_few_messages_are_hashed_without_a_list() {
    let data = octets(20_000, 8);
    for algorithm in [Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512, Algorithm::Sha1] {
        for lengths in [[0, 0, 0], [1, 64, 65], [1024, 1024, 1024], [16_384, 3, 700]] {
            let messages = lengths.map(|length| &data[7..7 + length]);
            let single = messages.map(|message| algorithm.digest(message));
            assert_eq!(digests_of(algorithm, messages), single);
            assert_eq!(digests_of(algorithm, [messages[0]]), [single[0]]);
            assert_eq!(digests_of(algorithm, [messages[2], messages[1]]), [single[2], single[1]]);
            assert_eq!(digests_of(algorithm, [messages[0]; 17]), [single[0]; 17]);
        }
    }
}

#[test]
fn streams_of_any_length_are_hashed_and_those_that_fail_say_so() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
    let data = octets(5 << 20, 10);
    let lengths = [0, 1, 64, 1 << 20, (1 << 20) - 1, (1 << 20) + 1, 3 << 20, 5 << 20, 100, 777];
    for threads in [1, 3] {
        let streams = lengths.iter().cycle().take(25).map(|length| &data[..*length]);
        let mut streams: Vec<Box<dyn std::io::Read + Send>> = streams.map(|octets| Box::new(octets) as _).collect();
        streams.push(Box::new(Broken));
        let parallelism = Parallelism::threads(NonZeroUsize::new(threads).unwrap());
        let digests = digest_readers(Algorithm::Sha256, streams, parallelism);
        assert_eq!(digests.len(), 26);
        for (digest, length) in digests.iter().zip(lengths.iter().cycle()).take(25) {
            assert_eq!(digest.as_ref().unwrap().octets(), expected(Algorithm::Sha256, &data[..*length]));
        }
        assert_eq!(digests[25].as_ref().unwrap_err().kind(), crate::error::ErrorKind::Io);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_mixture_is_hashed(lengths in vec(prop_oneof![0usize..130, 0usize..1200, Just(64), Just(1024), 0usize..9000], 0..90)) {
        let data = octets(9100, 9);
        let messages: Vec<&[u8]> = lengths.iter().enumerate().map(|(at, length)| &data[at..at + length]).collect();
        for algorithm in ALGORITHMS {
            for kernel in Kernel::ALL.into_iter().filter(|kernel| kernel.is_available(algorithm)) {
                hold(kernel, algorithm, &messages);
            }
            let together = digests(algorithm, &messages, Parallelism::ONE);
            for (digest, message) in together.iter().zip(&messages) {
                prop_assert_eq!(digest.octets(), expected(algorithm, message));
            }
        }
    }
}
