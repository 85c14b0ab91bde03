//! The records of a batch, written one after the other into the same octets.

use super::Sealed;
use super::record::VERSION;
use crate::asn1::{Tag, write};
use crate::digest::Digest;
use crate::digest::merkle::Siblings;
use crate::key::digest_identifier;

/// The records of a batch in their order.
///
/// Neighbours in a tree have most of their lists in common, and all have the token, so each record is made from the one before:
/// a few digests change. No more than one record is in memory.
#[derive(Debug)]
pub struct Records<'s> {
    sealed: &'s Sealed,
    siblings: Siblings<'s>,
    /// The algorithm identifier, and what stands inside.
    identifier: Vec<u8>,
    next: usize,
    /// The place whose lists are in `octets`.
    written: Option<usize>,
    /// Room, the lists after the first one, and the token.
    octets: Vec<u8>,
    /// Where the room ends.
    lists: usize,
    /// For each level, what became of the digest beside the way.
    levels: Vec<Beside>,
    /// What comes before the lists after the first one.
    front: Vec<u8>,
}

/// A record in the octets of [`Records`].
#[derive(Clone, Copy, Debug)]
pub struct BatchRecord<'r> {
    place: usize,
    octets: &'r [u8],
    archive_time_stamp: &'r [u8],
}

impl BatchRecord<'_> {
    /// Its place in the batch.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The evidence record in DER.
    pub fn octets(&self) -> &[u8] {
        self.octets
    }

    /// The archive time-stamp in it, for renewals.
    pub fn archive_time_stamp(&self) -> &[u8] {
        self.archive_time_stamp
    }
}

/// Where the digest beside the way from a leaf is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// There is none on this level.
    Alone,
    /// In the first list, with that of the document.
    First,
    /// In a list of its own, which has its octets here.
    Own(usize),
}

impl<'s> Records<'s> {
    pub(super) fn new(sealed: &'s Sealed) -> Self {
        let siblings = sealed.tree().siblings();
        let levels = vec![Beside::Alone; siblings.levels()];
        let identifier = digest_identifier(sealed.tree().algorithm());
        let (octets, front) = (Vec::new(), Vec::new());
        Self { sealed, siblings, identifier, next: 0, written: None, octets, lists: 0, levels, front }
    }

    /// The next record, which lasts until the one after it.
    pub fn next_record(&mut self) -> Option<BatchRecord<'_>> {
        let place = self.next;
        self.next = place.checked_add(1)?;
        self.at(place)
    }

    pub(super) fn at(&mut self, place: usize) -> Option<BatchRecord<'_>> {
        let document = self.sealed.tree().leaf(place)?;
        let sealed = self.sealed;
        let group = sealed.group(place);
        if !self.change(place, group.is_some()) {
            self.write(place, group.is_some());
        }
        self.written = Some(place);
        let stamp = self.begin(place, group.unwrap_or(std::slice::from_ref(&document)));
        let start = self.lists.checked_sub(self.front.len())?;
        self.octets.get_mut(start..self.lists)?.copy_from_slice(&self.front);
        let octets = self.octets.get(start..)?;
        Some(BatchRecord { place, octets, archive_time_stamp: octets.get(stamp..)? })
    }

    /// Puts the digests that differ in place of those of the record before, unless its lists are others.
    fn change(&mut self, place: usize, group: bool) -> bool {
        let Some(before) = self.written.filter(|before| self.sealed.group(*before).is_some() == group) else {
            return false;
        };
        let (mut from, mut to) = (before, place);
        for (level, beside) in self.levels.iter().enumerate() {
            if from == to {
                break;
            }
            match (self.siblings.beside(level, to), beside) {
                (Some(_), Beside::First) | (None, Beside::Alone) => {}
                (Some(digest), Beside::Own(at)) => {
                    let end = at.saturating_add(digest.len());
                    self.octets.get_mut(*at..end).into_iter().for_each(|octets| octets.copy_from_slice(digest));
                }
                _ => return false,
            }
            (from, to) = (from / 2, to / 2);
        }
        true
    }

    /// Writes the lists after the first one, and the token.
    fn write(&mut self, place: usize, group: bool) {
        self.octets.clear();
        self.octets.resize(ROOM, 0);
        self.lists = ROOM;
        let (mut at, mut first) = (place, !group);
        for (level, beside) in self.levels.iter_mut().enumerate() {
            *beside = match self.siblings.beside(level, at) {
                None => Beside::Alone,
                Some(_) if std::mem::take(&mut first) => Beside::First,
                Some(digest) => {
                    write::header(&mut self.octets, Tag::SEQUENCE, write::whole_length(digest.len()));
                    write::header(&mut self.octets, Tag::OCTET_STRING, digest.len());
                    self.octets.extend_from_slice(digest);
                    Beside::Own(self.octets.len().saturating_sub(digest.len()))
                }
            };
            at /= 2;
        }
        self.octets.extend_from_slice(self.sealed.token());
    }

    /// Writes what comes before, and returns where in it the archive time-stamp begins.
    fn begin(&mut self, place: usize, documents: &[Digest]) -> usize {
        let level = self.levels.iter().position(|beside| *beside == Beside::First);
        let sibling = level.and_then(|level| self.siblings.beside(level, place >> level));
        let mut first: Vec<&[u8]> = documents.iter().map(Digest::octets).chain(sibling).collect();
        first.sort_unstable();
        let hashes = first.iter().map(|hash| write::whole_length(hash.len())).sum();
        let token = self.sealed.token().len();
        let others = self.octets.len().saturating_sub(self.lists).saturating_sub(token);
        // RFC 4998 §4.2: a single document in a batch of its own needs no tree.
        let has_tree = first.len() > 1 || others > 0;
        let lists = write::whole_length(hashes) + others;
        let tree = if has_tree { write::whole_length(lists) } else { 0 };
        let algorithms = write::whole_length(self.identifier.len());
        let stamp = self.identifier.len() + tree + token;
        let chain = write::whole_length(stamp);
        let sequence = write::whole_length(chain);
        let version = write::small(VERSION);
        let record = version.len() + algorithms + write::whole_length(sequence);
        let front = &mut self.front;
        front.clear();
        write::header(front, Tag::SEQUENCE, record);
        front.extend_from_slice(&version);
        write::header(front, Tag::SEQUENCE, self.identifier.len());
        front.extend_from_slice(&self.identifier);
        write::header(front, Tag::SEQUENCE, sequence);
        write::header(front, Tag::SEQUENCE, chain);
        let archive_time_stamp = front.len();
        write::header(front, Tag::SEQUENCE, stamp);
        front.push(Tag::context(0).0);
        front.extend_from_slice(self.identifier.get(1..).unwrap_or_default());
        if has_tree {
            write::header(front, Tag::context(2), lists);
            write::header(front, Tag::SEQUENCE, hashes);
            for hash in first {
                write::header(front, Tag::OCTET_STRING, hash.len());
                front.extend_from_slice(hash);
            }
        }
        let missing = self.front.len().saturating_sub(self.lists);
        if missing > 0 {
            // A group of many documents: its first list needs more room.
            self.octets.splice(..0, std::iter::repeat_n(0, missing));
            self.lists += missing;
            self.levels.iter_mut().for_each(|beside| {
                if let Beside::Own(at) = beside {
                    *at += missing;
                }
            });
        }
        archive_time_stamp
    }
}

/// Octets for what comes before the lists after the first one: more than a single document needs.
const ROOM: usize = 512;
