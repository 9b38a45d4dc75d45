//! What a node keeps of its own block, in one number.

use super::arena::Inside;
use super::table::MOST_FIELDS;

/// What is known of a block:
///
/// ```text
/// 31      the slots have moved
/// 30      behind the slots stands what no field holds
/// 29..26  where the slots begin, in words of eight bytes: asked for each time, it must not depend on the table
/// 25..18  how many slots there are
/// 17..0   where the block stands in its arena; zero: it has memory of its own
/// ```
#[derive(Clone, Copy)]
pub(super) struct Marks(u32);

/// The slots have moved.
pub(super) const MOVED: u32 = 1 << 31;
/// Behind the slots stands what no field holds.
pub(super) const EXTRA: u32 = 1 << 30;
/// The first bit of where the slots begin.
const START: u32 = Inside::BITS + 8;

const _: () = assert!(MOST_FIELDS < 1 << 8 && START == 26);

impl Marks {
    /// The slots begin there at the latest, in bytes.
    pub(super) const MOST_START: usize = 8 * 0xF;

    #[inline(always)]
    pub(super) fn new(inside: Option<Inside>, start: usize, count: usize, extra: bool) -> Self {
        let inside = inside.map_or(0, Inside::bits);
        let extra = if extra { EXTRA } else { 0 };
        Self(inside | (count as u32) << Inside::BITS | ((start / 8) as u32) << START | extra)
    }

    #[inline(always)]
    pub(super) fn is(self, mark: u32) -> bool {
        self.0 & mark != 0
    }

    #[inline(always)]
    pub(super) fn start(self) -> usize {
        (self.0 >> START & 0xF) as usize * 8
    }

    #[inline(always)]
    pub(super) fn count(self) -> usize {
        (self.0 >> Inside::BITS & 0xFF) as usize
    }

    /// The same, and one more mark.
    #[inline(always)]
    pub(super) fn and(self, mark: u32) -> Self {
        Self(self.0 | mark)
    }

    /// Where the block stands in an arena.
    #[inline(always)]
    pub(super) fn inside(self) -> Option<Inside> {
        Inside::of(self.0)
    }
}
