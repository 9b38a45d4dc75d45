//! What was found, and what is to be done.

use hashbrown::HashMap;
use pyrus_graph::PathId;

use super::climbs::ClimbId;
use super::detours::DetourId;
use super::levels::LevelId;

/// A path with all that a search must know of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) path: PathId,
    pub(super) end: u32,
    pub(super) length: u32,
    /// Whether it has crossed a shallow connection.
    pub(super) shallow: bool,
    pub(super) climbs: ClimbId,
    pub(super) detour: Option<DetourId>,
}

/// The best path to each node on each level, in order of discovery.
#[derive(Default)]
pub(super) struct Seen {
    places: HashMap<(LevelId, u32), (u32, u32)>,
    source_level: Vec<PathId>,
}

impl Seen {
    /// Whether there is a path to the node.
    pub(super) fn contains(&self, level: LevelId, node: u32) -> bool {
        self.places.contains_key(&(level, node))
    }

    /// How many paths to different nodes and levels there are. Never falls.
    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    /// Takes a path to a node if it is the first one or has strictly fewer edges. The path is only
    /// made if it is taken on the level of the source: of other levels nothing but the length is
    /// ever asked.
    pub(super) fn put(
        &mut self,
        level: LevelId,
        node: u32,
        length: u32,
        path: impl FnOnce() -> PathId,
    ) {
        let place = self.source_level.len() as u32;
        let known = self
            .places
            .entry((level, node))
            .or_insert((u32::MAX, place));
        if length >= known.0 {
            return;
        }
        known.0 = length;
        if level.is_above_source() {
            return;
        }
        let place = known.1 as usize;
        let path = path();
        if place == self.source_level.len() {
            self.source_level.push(path);
        } else {
            self.source_level[place] = path;
        }
    }

    /// The paths on the level of the source.
    pub(super) fn into_found(self) -> Vec<PathId> {
        self.source_level
    }
}

/// Paths that were not searched from yet: groups of one level each. The newest group is worked on
/// first, and of it the path that came last; it is taken out for that, so paths of its level that
/// are put meanwhile form a new one.
#[derive(Default)]
pub(super) struct Open {
    groups: Vec<Group>,
    by_level: HashMap<LevelId, u32>,
}

struct Group {
    level: LevelId,
    ways: Vec<Way>,
    places: HashMap<u32, u32>,
}

impl Open {
    /// Takes a path to a node if it is the first one of its group or has strictly fewer edges.
    pub(super) fn put(&mut self, level: LevelId, way: Way) {
        let next = self.groups.len() as u32;
        let at = *self.by_level.entry(level).or_insert(next);
        if at == next {
            self.groups.push(Group {
                level,
                ways: Vec::new(),
                places: HashMap::new(),
            });
        }
        self.groups[at as usize].put(way);
    }

    /// The newest group: its level, and its paths in the order in which they came.
    pub(super) fn pop(&mut self) -> Option<(LevelId, Vec<Way>)> {
        let group = self.groups.pop()?;
        self.by_level.remove(&group.level);
        Some((group.level, group.ways))
    }
}

impl Group {
    fn put(&mut self, way: Way) {
        let next = self.ways.len() as u32;
        let place = *self.places.entry(way.end).or_insert(next);
        match self.ways.get_mut(place as usize) {
            None => self.ways.push(way),
            Some(known) if way.length < known.length => *known = way,
            Some(_) => {}
        }
    }
}
