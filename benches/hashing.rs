//! The hashing core beside the `sha2` crate, and Merkle nodes; `benches/peers` has more peers.
#![expect(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program that measures and prints"
)]

mod measure;

use measure::{contender, octets, row};
use seing::digest::Algorithm;
use seing::digest::many::{self, Digests, Kernel, Parallelism};
use seing::digest::merkle::{Rfc4998, Rfc9162, Separation, Tree};
use sha2::Digest;

fn main() {
    measure::machine();
    println!("GB/s, medians; the ratio is seing over sha2\n");
    for size in [64, 256, 1024, 4096, 16_384, 1 << 20] {
        let data = octets(size.max(1 << 20) * 4);
        let messages: Vec<&[u8]> = data.chunks(size).collect();
        beside_sha2(&format!("{} messages of {size}", messages.len()), &messages);
    }
    let data = octets(16 << 20);
    let orders: Vec<&[u8]> = (0..5000).map(|at| &data[at * 3000..at * 3000 + 200 + (at * 7919) % 2800]).collect();
    beside_sha2("5000 orders of 200 to 3000", &orders);

    println!();
    let data = octets(512 << 10);
    let messages: Vec<&[u8]> = data.chunks(1024).collect();
    for (algorithm, all) in [Algorithm::Sha256, Algorithm::Sha512].map(|algorithm| (algorithm, Kernel::ALL)) {
        for kernel in all {
            if !kernel.is_available(algorithm) {
                println!("{kernel:?}, {algorithm}: not on this processor");
                continue;
            }
            let ours = contender("seing", || many::digests_on(kernel, algorithm, &messages));
            row(
                &format!("{kernel:?}, {algorithm}, 512 of 1024"),
                data.len(),
                vec![ours, sha2_of(algorithm, &messages)],
            );
        }
    }

    println!("\nmillion nodes a second");
    for leaves in [1 << 14, 1 << 20] {
        let data = octets(leaves * 8);
        let digests = many::digests(Algorithm::Sha256, data.as_chunks::<8>().0, Parallelism::ONE);
        let times = measure::medians(&mut [
            contender("RFC 4998", || tree::<Rfc4998>(&digests)),
            contender("RFC 9162", || tree::<Rfc9162>(&digests)),
            contender("sha2", || levels(digests.octets())),
        ]);
        let rates: Vec<f64> = times.iter().map(|time| leaves as f64 / time * 1000.0).collect();
        println!(
            "{leaves} leaves: RFC 4998 {:.1}, RFC 9162 {:.1}, sha2 {:.1}  | {:.2}x, {:.2}x",
            rates[0],
            rates[1],
            rates[2],
            rates[0] / rates[2],
            rates[1] / rates[2]
        );
    }
}

fn beside_sha2(label: &str, messages: &[&[u8]]) {
    let ours = contender("seing", || many::digests(Algorithm::Sha256, messages, Parallelism::ONE));
    let octets = messages.iter().map(|message| message.len()).sum();
    row(label, octets, vec![ours, sha2_of(Algorithm::Sha256, messages)]);
}

fn sha2_of<'a>(algorithm: Algorithm, messages: &'a [&'a [u8]]) -> measure::Contender<'a> {
    contender("sha2", move || {
        for message in messages {
            match algorithm {
                Algorithm::Sha512 => drop(std::hint::black_box(sha2::Sha512::digest(message))),
                _ => drop(std::hint::black_box(sha2::Sha256::digest(message))),
            }
        }
    })
}

fn tree<S: Separation>(leaves: &Digests) -> Tree<S> {
    let mut tree = Tree::<S>::new(Algorithm::Sha256);
    tree.extend_digests(leaves.clone(), Parallelism::ONE).unwrap();
    tree
}

/// Every level in a buffer of its own, without prefixes or order.
fn levels(leaves: &[u8]) -> Vec<Vec<u8>> {
    let mut levels = vec![leaves.to_vec()];
    while let Some(below) = levels.last().filter(|level| level.len() > 32) {
        let above = below.as_chunks::<64>().0.iter().flat_map(sha2::Sha256::digest).collect();
        levels.push(above);
    }
    levels
}
