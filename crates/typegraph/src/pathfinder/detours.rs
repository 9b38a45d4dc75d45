//! Paths that end elsewhere than where they were meant to.
//!
//! A step up or down is taken for the sake of a parent or child, along that node's *first* edge
//! from a parent. Where a node has several parents, or the edge no direction, it may lead to yet
//! another node. Then the node in question is still not found, and the step may be taken again, and
//! again: this is how to notice.

use super::levels::LevelId;

/// Names a detour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct DetourId(u32);

/// What a search does next depends on this, and on what it has seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) level: LevelId,
    pub(super) node: u32,
    pub(super) shallow: bool,
}

struct Detour {
    place: Place,
    /// How much had been seen.
    seen: usize,
    before: Option<DetourId>,
}

/// All detours of a search.
#[derive(Default)]
pub(super) struct Detours(Vec<Detour>);

impl Detours {
    /// A detour right after another one, if any; nothing if the path has been to this place by
    /// detours alone, and nothing new was seen since: it would never end. O(detours since something
    /// new was seen).
    pub(super) fn push(
        &mut self,
        before: Option<DetourId>,
        place: Place,
        seen: usize,
    ) -> Option<DetourId> {
        let mut at = before;
        while let Some(DetourId(id)) = at {
            let detour = &self.0[id as usize];
            if detour.seen != seen {
                break;
            }
            if detour.place == place {
                return None;
            }
            at = detour.before;
        }
        self.0.push(Detour {
            place,
            seen,
            before,
        });
        Some(DetourId(self.0.len() as u32 - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_come_again_when_something_was_seen() {
        let place = |node| Place {
            level: LevelId::SOURCE,
            node,
            shallow: false,
        };
        let mut detours = Detours::default();
        let one = detours.push(None, place(1), 5);
        let two = detours.push(one, place(2), 5);
        assert_eq!(detours.push(two, place(1), 5), None);
        let again = detours.push(two, place(1), 6);
        assert!(again.is_some());
        assert!(detours.push(again, place(2), 6).is_some());
        assert!(detours.push(None, place(1), 5).is_some());
    }
}
