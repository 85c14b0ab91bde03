//! The hashing core beside ring, aws-lc-rs, OpenSSL, BLAKE3 (another hash, for context) and hashtree, in one run.

#[path = "../../measure/mod.rs"]
mod measure;

use measure::{contender, octets, row};
use seing::digest::Algorithm;
use seing::digest::many::{self, Kernel, Parallelism};
use sha2::Digest;

fn main() {
    measure::machine();
    println!("OpenSSL: {}", openssl::version::version());
    println!("GB/s, medians; the ratio is seing over the best of sha2, ring, aws-lc-rs and openssl\n");
    let only = std::env::args().nth(1);
    if only.as_deref() != Some("many") {
    for count in [1, 2, 3] {
        for size in [64, 256, 1024, 4096, 16_384] {
            few(count, size);
        }
    }
    println!();
    }
    if only.as_deref() == Some("few") { return }
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
    let data = octets(512 * 1024);
    let messages: Vec<&[u8]> = data.chunks(1024).collect();
    every("512 messages of 1024, in cache", &messages);
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
