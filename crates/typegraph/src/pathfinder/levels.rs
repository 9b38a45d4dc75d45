//! How far up a path is, and by which types and names it got there.

use std::rc::Rc;

use hashbrown::HashMap;

/// Names a level. Two paths are on one level if they climbed over parents of the same types by the same names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct LevelId(u32);

impl LevelId {
    /// The level of the source.
    pub(super) const SOURCE: Self = Self(0);

    /// Whether this is above the level of the source.
    pub(super) fn is_above_source(self) -> bool {
        self != Self::SOURCE
    }
}

struct Level {
    below: LevelId,
    name: Rc<str>,
}

/// All levels of a search. Each is known by the one below it, the type of the parent climbed to,
/// and the name climbed by.
#[derive(Default)]
pub(super) struct Levels {
    levels: Vec<Level>,
    /// From a level and the type of a parent, by name.
    above: HashMap<(LevelId, Option<u32>), HashMap<Rc<str>, LevelId>>,
}

impl Levels {
    /// The level above, over a parent of this type, if any, by this name. O(name).
    pub(super) fn up(&mut self, below: LevelId, parent_type: Option<u32>, name: &str) -> LevelId {
        let names = self.above.entry((below, parent_type)).or_default();
        if let Some(level) = names.get(name) {
            return *level;
        }
        let name: Rc<str> = name.into();
        self.levels.push(Level {
            below,
            name: name.clone(),
        });
        let level = LevelId(self.levels.len() as u32);
        names.insert(name, level);
        level
    }

    /// The level below and the name that leads there; nothing is below the level of the source. O(1).
    pub(super) fn down(&self, level: LevelId) -> Option<(LevelId, Rc<str>)> {
        let level = &self.levels[level.0.checked_sub(1)? as usize];
        Some((level.below, level.name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_names_make_a_level() {
        let mut levels = Levels::default();
        let a = levels.up(LevelId::SOURCE, Some(7), "a");
        assert_eq!(levels.up(LevelId::SOURCE, Some(7), "a"), a);
        let others = [(Some(8), "a"), (None, "a"), (Some(7), "")];
        for (parent_type, name) in others {
            assert_ne!(levels.up(LevelId::SOURCE, parent_type, name), a);
        }
        let ab = levels.up(a, None, "b");
        assert_eq!(levels.down(ab), Some((a, "b".into())));
        assert!(levels.down(LevelId::SOURCE).is_none());
    }
}
