//! Which kernels hash, and in which order messages are given to them.

use super::super::{Algorithm, Digest};
use super::kernels::{self, Kernel as Lanes, Word};
use super::lanes::{Function, Message, Padding, alone, feed, together};
use super::padding;

/// A family of instructions that hashes several messages at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kernel {
    /// AVX-512 F and BW: 16 lanes of SHA-256, 8 of SHA-384 and SHA-512.
    Avx512,
    /// AVX2: 8 lanes of SHA-256, 4 of SHA-384 and SHA-512.
    Avx2,
    /// The SHA extensions of x86-64: two interleaved streams of SHA-256.
    ShaNi,
    /// The SHA2 extension of Armv8: two interleaved streams of SHA-256.
    Armv8,
    /// The `sha2` crate, one message after the other, with whatever it finds in the processor.
    Portable,
}

impl Kernel {
    /// All of them, whether this processor has them or not.
    pub const ALL: [Self; 5] = [Self::Avx512, Self::Avx2, Self::ShaNi, Self::Armv8, Self::Portable];

    /// Whether this processor has what it needs to compute this algorithm.
    pub fn is_available(self, algorithm: Algorithm) -> bool {
        Core::on(self, algorithm).is_some()
    }
}

/// SHA-256, or SHA-384 and SHA-512, on the kernels of this processor.
#[derive(Clone, Copy)]
pub(in crate::digest) enum Core {
    Words32(Cascade32),
    Words64(Cascade64, Algorithm),
}

/// The kernels of SHA-256, from the widest that there is to one stream.
#[derive(Clone, Copy)]
pub(in crate::digest) enum Cascade32 {
    #[cfg(target_arch = "x86_64")]
    Avx512(kernels::avx512::Sha256, Option<kernels::sha_ni::Sha256>),
    #[cfg(target_arch = "x86_64")]
    Avx2(kernels::avx2::Sha256),
    #[cfg(target_arch = "x86_64")]
    ShaNi(kernels::sha_ni::Sha256),
    #[cfg(target_arch = "aarch64")]
    Armv8(kernels::armv8::Sha256),
    Portable,
}

/// The kernels of SHA-384 and SHA-512.
#[derive(Clone, Copy)]
pub(in crate::digest) enum Cascade64 {
    #[cfg(target_arch = "x86_64")]
    Avx512(kernels::avx512::Sha512),
    #[cfg(target_arch = "x86_64")]
    Avx2(kernels::avx2::Sha512),
    Portable,
}

impl Cascade32 {
    #[cfg(target_arch = "x86_64")]
    fn best() -> Self {
        match (kernels::avx512::Sha256::detect(), kernels::sha_ni::Sha256::detect()) {
            (Some(wide), pair) => Self::Avx512(wide, pair),
            (None, Some(pair)) => Self::ShaNi(pair),
            (None, None) => kernels::avx2::Sha256::detect().map_or(Self::Portable, Self::Avx2),
        }
    }

    #[cfg(target_arch = "aarch64")]
    fn best() -> Self {
        kernels::armv8::Sha256::detect().map_or(Self::Portable, Self::Armv8)
    }

    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    fn best() -> Self {
        Self::Portable
    }

    fn on(kernel: Kernel) -> Option<Self> {
        match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => kernels::avx512::Sha256::detect().map(|wide| Self::Avx512(wide, None)),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => kernels::avx2::Sha256::detect().map(Self::Avx2),
            #[cfg(target_arch = "x86_64")]
            Kernel::ShaNi => kernels::sha_ni::Sha256::detect().map(Self::ShaNi),
            #[cfg(target_arch = "aarch64")]
            Kernel::Armv8 => kernels::armv8::Sha256::detect().map(Self::Armv8),
            Kernel::Portable => Some(Self::Portable),
            _ => None,
        }
    }
}

impl Cascade64 {
    fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(wide) = kernels::avx512::Sha512::detect() {
            return Self::Avx512(wide);
        } else if let Some(wide) = kernels::avx2::Sha512::detect() {
            return Self::Avx2(wide);
        }
        Self::Portable
    }

    fn on(kernel: Kernel) -> Option<Self> {
        match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => kernels::avx512::Sha512::detect().map(Self::Avx512),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => kernels::avx2::Sha512::detect().map(Self::Avx2),
            Kernel::Portable => Some(Self::Portable),
            _ => None,
        }
    }
}

/// One lane of SHA-256 or of SHA-384 and SHA-512.
const ONE32: kernels::portable::Sha256 = kernels::portable::Sha256;
const ONE64: kernels::portable::Sha512 = kernels::portable::Sha512;

/// Calls `$call` with the kernels of a cascade: the widest, below how many lanes it is not worth it, the next, and one lane.
///
/// AVX-512 takes as long for sixteen blocks as two SHA-NI streams for nine, and as one stream of portable code for two.
macro_rules! with {
    ($core:expr, $function:expr, ($wide:ident, $fewest:ident, $pair:ident, $one:ident, $f:ident) => $call:expr) => {{
        macro_rules! on {
            ($initial:expr, $a:expr, $b:expr, $c:expr, $d:expr) => {{
                let $f = Function { initial: $initial, prefix: $function };
                let ($wide, $fewest, $pair, $one) = ($a, $b, $c, $d);
                $call
            }};
        }
        match $core {
            #[cfg(target_arch = "x86_64")]
            Core::Words32(Cascade32::Avx512(wide, Some(pair))) => on!(H256, wide, 9, pair, pair.single()),
            #[cfg(target_arch = "x86_64")]
            Core::Words32(Cascade32::Avx512(wide, None)) => on!(H256, wide, 2, ONE32, ONE32),
            #[cfg(target_arch = "x86_64")]
            Core::Words32(Cascade32::Avx2(wide)) => on!(H256, wide, 3, ONE32, ONE32),
            #[cfg(target_arch = "x86_64")]
            Core::Words32(Cascade32::ShaNi(pair)) => on!(H256, pair, 2, pair, pair.single()),
            #[cfg(target_arch = "aarch64")]
            Core::Words32(Cascade32::Armv8(pair)) => on!(H256, pair, 2, ONE32, ONE32),
            Core::Words32(Cascade32::Portable) => on!(H256, ONE32, 1, ONE32, ONE32),
            #[cfg(target_arch = "x86_64")]
            Core::Words64(Cascade64::Avx512(wide), algorithm) => on!(initial64(algorithm), wide, 2, ONE64, ONE64),
            #[cfg(target_arch = "x86_64")]
            Core::Words64(Cascade64::Avx2(wide), algorithm) => on!(initial64(algorithm), wide, 3, ONE64, ONE64),
            Core::Words64(Cascade64::Portable, algorithm) => on!(initial64(algorithm), ONE64, 1, ONE64, ONE64),
        }
    }};
}

impl Core {
    /// The fastest for this algorithm; none where there is nothing faster than one message after the other.
    pub(in crate::digest) fn of(algorithm: Algorithm) -> Option<Self> {
        match algorithm {
            Algorithm::Sha256 => Some(Self::Words32(Cascade32::best())),
            Algorithm::Sha384 | Algorithm::Sha512 => Some(Self::Words64(Cascade64::best(), algorithm)),
            _ => None,
        }
    }

    /// The fastest for one message.
    pub(in crate::digest) fn single(algorithm: Algorithm) -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        if let (Algorithm::Sha256, Some(core)) = (algorithm, Self::on(Kernel::ShaNi, algorithm)) {
            return Some(core);
        }
        Self::on(Kernel::Portable, algorithm)
    }

    /// One kernel and no other but the portable one for what it cannot fill.
    pub(in crate::digest) fn on(kernel: Kernel, algorithm: Algorithm) -> Option<Self> {
        match algorithm {
            Algorithm::Sha256 => Cascade32::on(kernel).map(Self::Words32),
            Algorithm::Sha384 | Algorithm::Sha512 => Cascade64::on(kernel).map(|on| Self::Words64(on, algorithm)),
            _ => None,
        }
    }

    /// Writes the digests of messages, a prefix in front of each, side by side into a place for as many.
    pub(in crate::digest) fn digests<M: AsRef<[u8]>>(self, prefix: Option<u8>, messages: &[M], place: &mut [u8]) {
        let length = self.length();
        for (messages, place) in messages.chunks(WINDOW).zip(place.chunks_mut(WINDOW * length)) {
            with!(self, prefix, (wide, fewest, pair, one, function) => {
                let mut put = |index: usize, words: &_| write(place, length, index, words);
                let left = batches(wide, &function, messages, &mut put);
                let left = left.iter().map(|index| message(&function, messages, *index));
                cascade(wide, fewest, pair, one, left, put);
            });
        }
    }

    /// The digests of a handful of messages, without allocating for them.
    pub(in crate::digest) fn few<M: AsRef<[u8]>>(self, messages: &[M], digests: &mut [Digest]) {
        let length = self.length();
        with!(self, None, (wide, fewest, pair, one, function) => {
            let put = |index: usize, words: &_| {
                if let Some(digest) = digests.get_mut(index) {
                    write(&mut digest.octets, length, 0, words);
                }
            };
            if messages.len() >= fewest && messages.len() > 1 {
                let all = messages.iter().enumerate().map(|(index, body)| Message::new(&function, index, body.as_ref()));
                return cascade(wide, fewest, pair, one, all, put);
            }
            handful(pair, one, &function, messages, put);
        });
    }

    /// Writes as many nodes over pairs of SHA-256 digests as there is a kernel for, and returns how many. Behind a prefix
    /// the pairs are taken as they are, without one the lesser digest comes first.
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_variables, reason = "there is no such kernel"))]
    pub(in crate::digest) fn nodes(self, prefix: Option<u8>, pairs: &[[u8; 64]], place: &mut [[u8; 32]]) -> usize {
        #[cfg(target_arch = "x86_64")]
        if let Self::Words32(Cascade32::Avx512(wide, _)) = self {
            let (groups, places) = (pairs.as_chunks::<16>().0, place.as_chunks_mut::<16>().0);
            match prefix {
                Some(prefix) => wide.prefixed_nodes(prefix, groups, places),
                None => wide.sorted_nodes(&super::lanes::padding(64), groups, places),
            }
            return groups.len() * 16;
        }
        0
    }

    fn length(self) -> usize {
        match self {
            Self::Words32(_) => Algorithm::Sha256.length(),
            Self::Words64(_, algorithm) => algorithm.length(),
        }
    }
}

/// Messages that are looked at together: enough that few lanes stay without a message of the same length.
const WINDOW: usize = 1 << 16;

/// Hashes messages of as many blocks as each other together, and returns the indices of those that find no company, the
/// longest first.
fn batches<K, W, M, const LANES: usize, const BLOCK: usize>(
    kernel: K,
    function: &Function<W>,
    messages: &[M],
    mut put: impl FnMut(usize, &[W; 8]),
) -> Vec<usize>
where
    K: Lanes<W, LANES, BLOCK>,
    W: Word<BLOCK>,
    M: AsRef<[u8]>,
{
    let (mut padding, mut digests) = (Padding::new(), [[W::default(); 8]; LANES]);
    let prefix = usize::from(function.prefix.is_some());
    let blocks = |body: &M| padding::blocks::<W, BLOCK>(body.as_ref().len() + prefix);
    let first = messages.first().map_or(0, blocks);
    if LANES == 1 || messages.iter().all(|body| blocks(body) == first) {
        let (groups, rest) = messages.as_chunks::<LANES>();
        let (mut at, mut groups) = (0, groups.iter());
        while let Some(group) = groups.next() {
            let (bodies, ahead) = (octets(group), octets(groups.as_slice().first().unwrap_or(group)));
            let blocks = bodies.first().map_or(0, |body| padding::blocks::<W, BLOCK>(body.len() + prefix));
            together(kernel, function, &bodies, blocks, Some(&mut padding), &ahead, &mut digests);
            for digest in &digests {
                put(at, digest);
                at += 1;
            }
        }
        return (messages.len() - rest.len()..messages.len()).collect();
    }
    let order = longest_first(messages, blocks);
    let (mut rest, mut left) = (order.as_slice(), Vec::new());
    let bodies_of = |group: &[usize; LANES]| {
        let mut bodies: [&[u8]; LANES] = [&[]; LANES];
        for (body, index) in bodies.iter_mut().zip(group) {
            *body = messages.get(*index).map_or(&[], AsRef::as_ref);
        }
        bodies
    };
    while let Some((group, after)) = rest.split_first_chunk::<LANES>() {
        let bodies = bodies_of(group);
        let blocks = |body: Option<&&[u8]>| body.map(|body| padding::blocks::<W, BLOCK>(body.len() + prefix));
        match (blocks(bodies.first()), blocks(bodies.last())) {
            (Some(first), Some(last)) if first == last => {
                let ahead = bodies_of(after.first_chunk().unwrap_or(group));
                together(kernel, function, &bodies, first, Some(&mut padding), &ahead, &mut digests);
                group.iter().zip(&digests).for_each(|(index, digest)| put(*index, digest));
                rest = after;
            }
            _ => {
                left.extend(group.first());
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    left.extend(rest);
    left
}

fn octets<M: AsRef<[u8]>, const LANES: usize>(group: &[M; LANES]) -> [&[u8]; LANES] {
    let mut bodies: [&[u8]; LANES] = [&[]; LANES];
    for (body, message) in bodies.iter_mut().zip(group) {
        *body = message.as_ref();
    }
    bodies
}

/// The indices of messages by how many blocks they take, the longest first.
fn longest_first<M>(messages: &[M], blocks: impl Fn(&M) -> usize) -> Vec<usize> {
    // Counted up to here, and beyond compared: what that costs is little beside hashing so long a message.
    const COUNTED: usize = 64;
    let bin = |message: &M| COUNTED - blocks(message).min(COUNTED);
    let mut ends = [0; COUNTED + 1];
    for message in messages {
        if let Some(count) = ends.get_mut(bin(message)) {
            *count += 1;
        }
    }
    let long = ends.first().copied().unwrap_or_default();
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum - *end;
    }
    let mut order = vec![0; messages.len()];
    for (index, message) in messages.iter().enumerate() {
        if let Some(next) = ends.get_mut(bin(message)) {
            if let Some(place) = order.get_mut(*next) {
                *place = index;
            }
            *next += 1;
        }
    }
    if let Some(long) = order.get_mut(..long) {
        long.sort_by_cached_key(|index| std::cmp::Reverse(messages.get(*index).map_or(0, &blocks)));
    }
    order
}

/// Hashes too few messages for a wide kernel.
fn handful<B, C, W, M, const PAIR: usize, const BLOCK: usize>(
    pair: B,
    one: C,
    function: &Function<W>,
    messages: &[M],
    mut put: impl FnMut(usize, &[W; 8]),
) where
    B: Lanes<W, PAIR, BLOCK>,
    C: Lanes<W, 1, BLOCK>,
    W: Word<BLOCK>,
    M: AsRef<[u8]>,
{
    let prefix = usize::from(function.prefix.is_some());
    let blocks = |message: &M| padding::blocks::<W, BLOCK>(message.as_ref().len() + prefix);
    let first = messages.first().map_or(0, blocks);
    if messages.len() > 1 && messages.iter().any(|message| blocks(message) != first) {
        let all = messages.iter().enumerate().map(|(index, body)| Message::new(function, index, body.as_ref()));
        let left = feed(pair, PAIR, all, &mut put);
        feed(one, 1, left.into_iter(), put);
        return;
    }
    let (groups, rest) = messages.as_chunks::<PAIR>();
    let (mut at, mut digests) = (0, [[W::default(); 8]; PAIR]);
    for group in groups {
        let bodies = octets(group);
        together(pair, function, &bodies, first, None, &bodies, &mut digests);
        for digest in &digests {
            put(at, digest);
            at += 1;
        }
    }
    for (offset, message) in rest.iter().enumerate() {
        put(at + offset, &alone(one, function, message.as_ref()));
    }
}

/// Feeds messages to the widest kernel, what it leaves to the next, and the last one to a single stream.
fn cascade<'m, A, B, C, W, const WIDE: usize, const PAIR: usize, const BLOCK: usize>(
    wide: A,
    fewest: usize,
    pair: B,
    one: C,
    messages: impl Iterator<Item = Message<'m, W, BLOCK>>,
    mut put: impl FnMut(usize, &[W; 8]),
) where
    A: Lanes<W, WIDE, BLOCK>,
    B: Lanes<W, PAIR, BLOCK>,
    C: Lanes<W, 1, BLOCK>,
    W: Word<BLOCK>,
{
    let left = feed(wide, fewest, messages, &mut put);
    let left = feed(pair, PAIR, left.into_iter(), &mut put);
    feed(one, 1, left.into_iter(), put);
}

fn message<'m, M: AsRef<[u8]>, W: Word<BLOCK>, const BLOCK: usize>(
    function: &Function<W>,
    messages: &'m [M],
    index: usize,
) -> Message<'m, W, BLOCK> {
    Message::new(function, index, messages.get(index).map_or(&[], AsRef::as_ref))
}

#[inline]
fn write<W: Word<BLOCK>, const BLOCK: usize>(place: &mut [u8], length: usize, index: usize, words: &[W; 8]) {
    if let Some(place) = place.get_mut(index * length..).and_then(|place| place.get_mut(..length)) {
        W::write(words, place);
    }
}

fn initial64(algorithm: Algorithm) -> [u64; 8] {
    match algorithm {
        Algorithm::Sha384 => H384,
        _ => H512,
    }
}

/// FIPS 180-4, 5.3.3.
pub(super) const H256: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// FIPS 180-4, 5.3.4.
const H384: [u64; 8] = [
    0xcbbb_9d5d_c105_9ed8,
    0x629a_292a_367c_d507,
    0x9159_015a_3070_dd17,
    0x152f_ecd8_f70e_5939,
    0x6733_2667_ffc0_0b31,
    0x8eb4_4a87_6858_1511,
    0xdb0c_2e0d_64f9_8fa7,
    0x47b5_481d_befa_4fa4,
];

/// FIPS 180-4, 5.3.5.
const H512: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];
