//! Digests of many streams: the small ones together, on all lanes, the large ones each in pieces.

use std::io::Read;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::super::{Algorithm, Digest, Hasher};
use super::{Parallelism, digests};
use crate::error::{Error, Result};

/// The digests of streams, in their order. Each is read to its end and dropped before too many of the next are taken.
///
/// What is up to 1 MiB long is held in memory until there is enough of it to hash together; longer streams pass through in
/// pieces. So no more than some MiB for each thread are held, however many and however long they are.
///
/// A stream that cannot be read has an `Io` error in its place.
///
/// ```
/// use seing::digest::{Algorithm, many};
///
/// let orders: [&[u8]; 2] = [b"one desk", b"two chairs"];
/// let digests = many::digest_readers(Algorithm::Sha256, orders, many::Parallelism::ONE);
/// assert_eq!(digests[1].as_ref().ok(), Some(&Algorithm::Sha256.digest(b"two chairs")));
/// ```
pub fn digest_readers<R, I>(algorithm: Algorithm, streams: I, parallelism: Parallelism) -> Vec<Result<Digest>>
where
    R: Read,
    I: IntoIterator<Item = R>,
    I::IntoIter: Send,
{
    let streams = Mutex::new(streams.into_iter().enumerate());
    let next = || streams.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        let (mut batch, mut found) = (Batch::default(), Vec::new());
        while let Some((index, stream)) = next() {
            if let Some(done) = batch.read(algorithm, index, stream) {
                found.push((index, done));
            }
            if batch.octets.len() >= ENOUGH {
                batch.hash(algorithm, &mut found);
            }
        }
        batch.hash(algorithm, &mut found);
        found
    };
    let mut found = std::thread::scope(|scope| {
        let others: Vec<_> = (1..parallelism.0.get()).map(|_| scope.spawn(run)).collect();
        let mut found = run();
        for other in others {
            match other.join() {
                Ok(theirs) => found.extend(theirs),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        found
    });
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, digest)| digest).collect()
}

/// Streams that were read and wait to be hashed together.
#[derive(Default)]
struct Batch {
    octets: Vec<u8>,
    streams: Vec<(usize, Range<usize>)>,
}

impl Batch {
    /// Reads a stream. Returns its digest if it is too long to wait for others.
    fn read(&mut self, algorithm: Algorithm, index: usize, mut stream: impl Read) -> Option<Result<Digest>> {
        let start = self.octets.len();
        let read = stream.by_ref().take(WHOLE).read_to_end(&mut self.octets);
        let here = self.octets.get(start..).unwrap_or_default();
        let done = match read {
            Err(error) => Err(Error::from(error)),
            Ok(count) if u64::try_from(count).is_ok_and(|count| count < WHOLE) => {
                self.streams.push((index, start..self.octets.len()));
                return None;
            }
            Ok(_) => pieces(algorithm, here, stream),
        };
        self.octets.truncate(start);
        Some(done)
    }

    fn hash(&mut self, algorithm: Algorithm, found: &mut Vec<(usize, Result<Digest>)>) {
        let octets = |(_, range): &(usize, Range<usize>)| self.octets.get(range.clone()).unwrap_or_default();
        let messages: Vec<&[u8]> = self.streams.iter().map(octets).collect();
        let digests = digests(algorithm, &messages, Parallelism::ONE);
        found.extend(self.streams.iter().zip(digests.iter()).map(|((index, _), digest)| (*index, Ok(digest))));
        self.streams.clear();
        self.octets.clear();
    }
}

/// Hashes what was read of a stream, and then the rest of it.
fn pieces(algorithm: Algorithm, start: &[u8], mut rest: impl Read) -> Result<Digest> {
    let mut hasher = Hasher::new(&[algorithm]);
    hasher.update(start);
    let mut buffer = vec![0; PIECE];
    loop {
        match rest.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => hasher.update(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    hasher.finish().pop().ok_or_else(|| Error::misuse("no hash function"))
}

/// Octets up to which a stream is held whole.
const WHOLE: u64 = 1 << 20;

/// Octets that are hashed together: enough to fill the lanes with small files, and little memory.
const ENOUGH: usize = 4 << 20;

/// As in [`digest_reader`](crate::digest::digest_reader).
const PIECE: usize = 256 << 10;
