//! The hashing core beside ring, aws-lc-rs, OpenSSL, tape-sha256, BLAKE3 (another hash, for context) and hashtree, in one run.

#[path = "../../../measure/mod.rs"]
mod measure;

use measure::{contender, octets, prepared, row};
use seing::digest::Algorithm;
use seing::digest::many::{self, Kernel, Parallelism};
use seing::digest::merkle::{Rfc4998, Rfc9162, Separation, Tree};
use sha2::Digest;
use std::num::NonZeroUsize;

fn main() {
    measure::machine();
    println!("OpenSSL: {}", openssl::version::version());
    println!("GB/s, medians; the ratio is seing over the best of sha2, ring, aws-lc-rs and openssl\n");
    let only = std::env::args().nth(1);
    if only.as_deref().is_none_or(|only| only == "few") {
        for count in [1, 2, 3] {
            for size in [64, 256, 1024, 4096, 16_384] {
                few(count, size);
            }
        }
        println!();
    }
    if only.as_deref() == Some("few") {
        return;
    }
    if only.as_deref() == Some("tree") {
        return merkle();
    }
    if only.as_deref() == Some("cache") {
        return in_cache();
    }
    for size in [64, 256, 1024, 4096, 16_384, 1 << 20] {
        // 16 MiB in memory, and not fewer than 64 messages.
        let count = ((16 << 20) / size).max(64);
        let data = octets(count * size);
        let messages: Vec<&[u8]> = data.chunks(size).collect();
        every(&format!("{count} messages of {size}"), &messages);
    }
    let data = octets(64 << 20);
    let mixed: Vec<&[u8]> = (0..20_000).map(|at| &data[at * 3000..at * 3000 + 200 + (at * 7919) % 2800]).collect();
    every("20000 orders of 200 to 3000", &mixed);
    in_cache();
    let data = octets(16 << 20);
    let messages: Vec<&[u8]> = data.chunks(1024).collect();
    threads(&messages);
    merkle();
}

/// The same work by another crate that hashes many messages at once.
fn beside_another(messages: &[&[u8]], octets: usize) {
    let mut digests = vec![[0; 32]; messages.len()];
    let mut contenders = [
        contender("seing", || {
            std::hint::black_box(many::digests(Algorithm::Sha256, messages, Parallelism::ONE));
        }),
        contender("tape-sha256", || tape_sha256::hash_many(messages, std::hint::black_box(&mut digests))),
    ];
    let medians = measure::medians(&mut contenders);
    let [seing, tape] = [medians[0], medians[1]].map(|median| octets as f64 / median);
    println!("    tape-sha256 ({}): {tape:.2}, of which seing makes {:.2}x", tape_sha256::backend(), seing / tape);
}

/// What 512 KiB take that stay in the cache, on all kernels and on each.
fn in_cache() {
    for size in [64, 256, 1024, 4096] {
        let data = octets(512 * 1024);
        let messages: Vec<&[u8]> = data.chunks(size).collect();
        every(&format!("{} messages of {size}, in cache", messages.len()), &messages);
        beside_another(&messages, data.len());
    }
    let data = octets(512 * 1024);
    let messages: Vec<&[u8]> = data.chunks(1024).collect();
    let blake3 = measure::medians(&mut [contender("blake3", || {
        messages.iter().for_each(|message| {
            std::hint::black_box(blake3::hash(message));
        })
    })]);
    println!("the same with BLAKE3, another hash: {:.2}", data.len() as f64 / blake3[0]);
    for kernel in Kernel::ALL {
        if !kernel.is_available(Algorithm::Sha256) {
            println!("{kernel:?}: not on this processor");
            continue;
        }
        let hash = contender("seing", || many::digests_on(kernel, Algorithm::Sha256, &messages));
        row(&format!("{kernel:?} alone, 512 of 1024"), data.len(), [vec![hash], peers(&messages)].concat_all());
    }
}

trait ConcatAll<T> {
    fn concat_all(self) -> Vec<T>;
}
impl<T, const N: usize> ConcatAll<T> for [Vec<T>; N] {
    fn concat_all(self) -> Vec<T> {
        self.into_iter().flatten().collect()
    }
}

fn few(count: usize, size: usize) {
    let data = octets(count * size);
    let messages: Vec<&[u8]> = data.chunks(size).collect();
    let ours = match *messages {
        [a] => contender("seing", move || Algorithm::Sha256.digest(a)),
        [a, b] => contender("seing", move || many::digests_of(Algorithm::Sha256, [a, b])),
        [a, b, c] => contender("seing", move || many::digests_of(Algorithm::Sha256, [a, b, c])),
        _ => unreachable!("one, two or three"),
    };
    row(&format!("{count} of {size}"), data.len(), [vec![ours], peers(&messages)].concat_all());
}

fn every(label: &str, messages: &[&[u8]]) {
    let ours = contender("seing", || many::digests(Algorithm::Sha256, messages, Parallelism::ONE));
    row(label, messages.iter().map(|message| message.len()).sum(), [vec![ours], peers(messages)].concat_all());
}

fn peers<'a>(messages: &'a [&'a [u8]]) -> Vec<measure::Contender<'a>> {
    fn all<T>(messages: &[&[u8]], hash: impl Fn(&[u8]) -> T) -> usize {
        messages.iter().map(|message| std::hint::black_box(hash(message))).fold(0, |count, _| count + 1)
    }
    vec![
        contender("sha2", || all(messages, |message| sha2::Sha256::digest(message))),
        contender("ring", || all(messages, |message| ring::digest::digest(&ring::digest::SHA256, message))),
        contender("aws-lc", || all(messages, |message| aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, message))),
        contender("openssl", || all(messages, openssl::sha::sha256)),
    ]
}

/// Trees over leaves whose digests are there: every contender makes the memory of the levels above, fills it level by level or
/// however it likes, and frees it.
fn merkle() {
    println!();
    for leaves in [1 << 12, 1 << 16, 1 << 20] {
        trees(leaves);
    }
}

fn trees(count: usize) {
    let octets = octets(count * 32);
    let mut leaves = many::Digests::new(Algorithm::Sha256);
    for leaf in octets.as_chunks::<32>().0 {
        let Ok(digest) = seing::digest::Digest::new(Algorithm::Sha256, leaf) else { continue };
        let Ok(()) = leaves.push(&digest) else { continue };
    }
    fn tree<S: Separation>(leaves: many::Digests) -> Tree<S> {
        let mut tree = Tree::<S>::new(Algorithm::Sha256);
        drop(tree.extend_digests(leaves, Parallelism::ONE));
        tree
    }
    /// Every level into a buffer of its own.
    fn levels(leaves: &[u8], node: impl Fn(&[u8], &mut [u8])) -> Vec<Vec<u8>> {
        let mut levels: Vec<Vec<u8>> = Vec::new();
        while let Some(below) = Some(levels.last().map_or(leaves, Vec::as_slice)).filter(|level| level.len() > 32) {
            let mut above = vec![0; below.len() / 2];
            node(below, &mut above);
            levels.push(above);
        }
        levels
    }
    hashtree_rs::init();
    let (ours, theirs) = (|| leaves.clone(), || octets.clone());
    let times = measure::medians(&mut [
        prepared("seing, RFC 4998", ours, tree::<Rfc4998>),
        prepared("seing, RFC 9162", ours, tree::<Rfc9162>),
        prepared("hashtree", theirs, |leaves| {
            (levels(&leaves, |below, above| hashtree_rs::hash(above, below, below.len() / 64)), leaves)
        }),
        prepared("sha2", theirs, |leaves| {
            let levels = levels(&leaves, |below, above| {
                for (node, children) in above.as_chunks_mut::<32>().0.iter_mut().zip(below.as_chunks::<64>().0) {
                    *node = sha2::Sha256::digest(children).into();
                }
            });
            (levels, leaves)
        }),
    ]);
    let rates: Vec<f64> = times.iter().map(|time| count as f64 / time * 1000.0).collect();
    println!(
        "tree over {count} leaves, million nodes a second: seing RFC 4998 {:.1}, RFC 9162 {:.1}; hashtree {:.1}; sha2 {:.1}",
        rates[0], rates[1], rates[2], rates[3]
    );
    println!(
        "    RFC 4998 over hashtree {:.2}x, over sha2 {:.2}x; RFC 9162 over hashtree {:.2}x, over sha2 {:.2}x",
        rates[0] / rates[2],
        rates[0] / rates[3],
        rates[1] / rates[2],
        rates[1] / rates[3]
    );
}

fn threads(messages: &[&[u8]]) {
    let two = Parallelism::threads(NonZeroUsize::MIN.saturating_add(1));
    let times = measure::medians(&mut [
        contender("one", || many::digests(Algorithm::Sha256, messages, Parallelism::ONE)),
        contender("two", || many::digests(Algorithm::Sha256, messages, two)),
    ]);
    println!("two threads over one: {:.2}x", times[0] / times[1]);
}
