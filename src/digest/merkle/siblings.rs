//! What stands beside the ways from the leaves to the root.

use super::super::Digest;
use super::super::many::Digests;

/// The digests beside the ways from the leaves of a [`Tree`](super::Tree) to its root, level by level.
#[derive(Clone, Debug)]
pub struct Siblings<'t> {
    /// The whole subtrees of each level, and the one at the right edge that is not whole and that the last of them may have
    /// for its sibling.
    levels: Vec<(&'t Digests, Option<Digest>)>,
}

impl<'t> Siblings<'t> {
    pub(super) fn new(levels: Vec<(&'t Digests, Option<Digest>)>) -> Self {
        Self { levels }
    }

    /// How many levels there are, that of the leaves included and that of the root not, unless it is the only one.
    pub fn levels(&self) -> usize {
        self.levels.len()
    }

    /// The digest beside the one at this place of a level, which is that of a leaf, halved once for each level. The last
    /// of a level may be alone.
    pub fn beside(&self, level: usize, at: usize) -> Option<&[u8]> {
        let (whole, edge) = self.levels.get(level)?;
        let length = whole.algorithm().length();
        let sibling = match at % 2 {
            1 => at.checked_sub(1)?,
            _ if at.checked_add(1)? == whole.len() => return edge.as_ref().map(Digest::octets),
            _ => at.checked_add(1)?,
        };
        let start = sibling.checked_mul(length)?;
        whole.octets().get(start..start.checked_add(length)?)
    }
}
