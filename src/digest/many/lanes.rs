//! Which message is in which lane.
//!
//! Messages of as many blocks as each other go through the lanes together ([`together`]). The others are fed one by one: a
//! lane that is done takes the next message at once ([`feed`]), and when too few lanes are left for a wide kernel to be
//! worth it, the messages go on in a narrower one from where they are.

use std::array;

use super::kernels::{Kernel, Shared, Word};
use super::padding::{Tail, pad};

/// What is hashed in front of every message, and from which chaining value.
pub(in crate::digest) struct Function<W> {
    pub(in crate::digest) initial: [W; 8],
    pub(in crate::digest) prefix: Option<u8>,
}

/// The last block of messages of one length that end where a block ends: it is the same for all of them.
pub(in crate::digest) struct Padding<W: Word<BLOCK>, const BLOCK: usize>(Option<(usize, Shared<W, BLOCK>)>);

impl<W: Word<BLOCK>, const BLOCK: usize> Padding<W, BLOCK> {
    pub(in crate::digest) fn new() -> Self {
        Self(None)
    }

    fn of(&mut self, octets: usize) -> &Shared<W, BLOCK> {
        match &mut self.0 {
            Some((length, _)) if *length != octets => self.0 = None,
            _ => {}
        }
        &self.0.get_or_insert_with(|| (octets, padding(octets))).1
    }
}

/// The last block of messages of so many octets, which end where a block ends.
pub(in crate::digest) fn padding<W: Word<BLOCK>, const BLOCK: usize>(octets: usize) -> Shared<W, BLOCK> {
    let mut tail = [[0; BLOCK]; 2];
    pad::<W, BLOCK>(&mut tail, None, &[], octets);
    let [_, block] = tail;
    Shared::new(block)
}

/// Writes the digests of messages that take `blocks` blocks each with their padding, while what comes after them is fetched.
/// Without a place for it, the padding is not worth being scheduled once for all.
#[inline]
pub(in crate::digest) fn together<K, W, const LANES: usize, const BLOCK: usize>(
    kernel: K,
    function: &Function<W>,
    bodies: &[&[u8]; LANES],
    blocks: usize,
    padding: Option<&mut Padding<W, BLOCK>>,
    ahead: &[&[u8]; LANES],
    place: &mut [[W; 8]; LANES],
) where
    K: Kernel<W, LANES, BLOCK>,
    W: Word<BLOCK>,
{
    let length = bodies.first().map_or(0, |body| body.len());
    let mut wholes: [&[[u8; BLOCK]]; LANES] = [&[]; LANES];
    if let (None, Some(padding), true) = (function.prefix, padding, length.is_multiple_of(BLOCK))
        && bodies.iter().all(|body| body.len() == length)
    {
        for (whole, body) in wholes.iter_mut().zip(bodies) {
            *whole = body.as_chunks().0;
        }
        return kernel.digests_with_shared(&function.initial, &wholes, padding.of(length), ahead, place);
    }
    let mut states = kernel.start(&function.initial);
    let mut tails = [[[0; BLOCK]; 2]; LANES];
    let mut left = blocks;
    if let Some(prefix) = function.prefix {
        // Two blocks or one: what is not padding is copied into them whole.
        if blocks <= 2 {
            for (tail, body) in tails.iter_mut().zip(bodies) {
                pad::<W, BLOCK>(tail, Some(prefix), body, body.len() + 1);
            }
            kernel.compress(&mut states, &tails.each_ref().map(|tail| last(tail, blocks)), ahead);
            return kernel.digests(&states, place);
        }
        let mut heads = [[0; BLOCK]; LANES];
        for ((head, whole), body) in heads.iter_mut().zip(&mut wholes).zip(bodies) {
            *whole = begin(head, prefix, body).as_chunks().0;
        }
        left -= kernel.compress(&mut states, &heads.each_ref().map(std::slice::from_ref), bodies);
    } else {
        for (whole, body) in wholes.iter_mut().zip(bodies) {
            *whole = body.as_chunks().0;
        }
    }
    let common = wholes.iter().map(|whole| whole.len()).min().unwrap_or(0);
    for ((tail, body), whole) in tails.iter_mut().zip(bodies).zip(&wholes) {
        // As many blocks in all, and yet one more that is whole: then the padding takes one less.
        if let (Some(block), [first, _]) = (whole.get(common), &mut *tail) {
            *first = *block;
        }
        let octets = body.len() + usize::from(function.prefix.is_some());
        let rest = body.get(body.len() - octets % BLOCK..).unwrap_or_default();
        pad::<W, BLOCK>(tail, None, rest, octets);
    }
    kernel.finish(&mut states, &wholes, &tails.each_ref().map(|tail| last(tail, left - common)), ahead);
    kernel.digests(&states, place);
}

/// The digest of one message.
pub(in crate::digest) fn alone<K, W, const BLOCK: usize>(kernel: K, function: &Function<W>, body: &[u8]) -> [W; 8]
where
    K: Kernel<W, 1, BLOCK>,
    W: Word<BLOCK>,
{
    let (mut states, mut tail) = (kernel.start(&function.initial), [[0; BLOCK]; 2]);
    let (mut prefix, mut rest) = (function.prefix, body);
    if body.len() >= BLOCK - 1
        && let Some(octet) = prefix.take()
    {
        let mut head = [0; BLOCK];
        rest = begin(&mut head, octet, body);
        kernel.compress(&mut states, &[&[head]], &[&[]]);
    }
    let (whole, rest) = rest.as_chunks();
    let octets = body.len() + usize::from(function.prefix.is_some());
    let blocks = pad::<W, BLOCK>(&mut tail, prefix, rest, octets);
    kernel.finish(&mut states, &[whole], &[last(&tail, blocks)], &[&[]]);
    let mut digest = [[W::default(); 8]];
    kernel.digests(&states, &mut digest);
    digest[0]
}

/// Writes the block in which the prefix is, and returns what comes after it.
fn begin<'m, const BLOCK: usize>(head: &mut [u8; BLOCK], prefix: u8, body: &'m [u8]) -> &'m [u8] {
    let (start, rest) = body.split_at_checked(BLOCK - 1).unwrap_or((body, &[]));
    for (place, octet) in head.iter_mut().zip([&prefix].into_iter().chain(start)) {
        *place = *octet;
    }
    rest
}

fn last<const BLOCK: usize>(tail: &Tail<BLOCK>, blocks: usize) -> &[[u8; BLOCK]] {
    match (tail, blocks) {
        ([_, second], 1) => std::slice::from_ref(second),
        _ => tail,
    }
}

/// One message on its way: what has been compressed of it, and what is still to come.
pub(in crate::digest) struct Message<'m, W, const BLOCK: usize> {
    index: usize,
    state: [W; 8],
    head: Option<[u8; BLOCK]>,
    whole: &'m [[u8; BLOCK]],
    tail: Tail<BLOCK>,
    tail_blocks: usize,
}

impl<'m, W: Word<BLOCK>, const BLOCK: usize> Message<'m, W, BLOCK> {
    pub(in crate::digest) fn new(function: &Function<W>, index: usize, body: &'m [u8]) -> Self {
        let (mut tail, mut head, mut rest) = ([[0; BLOCK]; 2], None, body);
        let mut prefix = function.prefix;
        if body.len() >= BLOCK - 1
            && let Some(octet) = prefix.take()
        {
            rest = begin(head.insert([0; BLOCK]), octet, body);
        }
        let (whole, rest) = rest.as_chunks();
        let octets = body.len() + usize::from(function.prefix.is_some());
        let tail_blocks = pad::<W, BLOCK>(&mut tail, prefix, rest, octets);
        Self { index, state: function.initial, head, whole, tail, tail_blocks }
    }

    /// The blocks that come next and are in one place; none when the message is done.
    fn next(&self) -> &[[u8; BLOCK]] {
        match (&self.head, self.whole) {
            (Some(head), _) => std::slice::from_ref(head),
            (None, []) if self.tail_blocks == 0 => &[],
            (None, []) => last(&self.tail, self.tail_blocks),
            (None, whole) => whole,
        }
    }

    /// Takes note that so many of [`Self::next`] are compressed.
    fn advance(&mut self, blocks: usize) {
        if blocks == 0 || self.head.take().is_some() {
            return;
        }
        match self.whole.split_at_checked(blocks) {
            Some((_, whole)) => self.whole = whole,
            None => self.tail_blocks = self.tail_blocks.saturating_sub(blocks),
        }
    }

    fn is_done(&self) -> bool {
        self.next().is_empty()
    }
}

/// Feeds messages to the lanes for as long as at least `fewest` lanes have one. Returns those that are not done.
pub(in crate::digest) fn feed<'m, K, W, const LANES: usize, const BLOCK: usize>(
    kernel: K,
    fewest: usize,
    mut messages: impl Iterator<Item = Message<'m, W, BLOCK>>,
    mut done: impl FnMut(usize, &[W; 8]),
) -> Vec<Message<'m, W, BLOCK>>
where
    K: Kernel<W, LANES, BLOCK>,
    W: Word<BLOCK>,
{
    let mut states = kernel.start(&[W::default(); 8]);
    let mut lanes: [Option<Message<'m, W, BLOCK>>; LANES] = array::from_fn(|_| None);
    loop {
        for (lane, place) in lanes.iter_mut().enumerate() {
            if place.is_none() {
                *place = messages.next();
                if let Some(message) = place {
                    kernel.set(&mut states, lane, &message.state);
                }
            }
        }
        // A lane without a message is given another one's blocks, and what comes out of it is not looked at.
        let mut live = lanes.iter().flatten();
        let Some(filler) = live.next().filter(|_| live.count() + 1 >= fewest.max(1)) else { break };
        let blocks = array::from_fn(|lane| lanes.get(lane).and_then(Option::as_ref).unwrap_or(filler).next());
        let count = kernel.compress(&mut states, &blocks, &blocks.map(<[_]>::as_flattened));
        for (lane, place) in lanes.iter_mut().enumerate() {
            if let Some(message) = place {
                message.advance(count);
                if message.is_done() {
                    done(message.index, &kernel.get(&states, lane).map(W::to_be));
                    *place = None;
                }
            }
        }
    }
    let left = lanes
        .into_iter()
        .enumerate()
        .filter_map(|(lane, place)| place.map(|message| Message { state: kernel.get(&states, lane), ..message }));
    left.chain(messages).collect()
}
