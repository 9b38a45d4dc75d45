//! The main loop.

use pyrus_graph::{Edge, Look, Node, PathId, PathTree};

use super::Cyclic;
use super::climbs::{ClimbId, Climbs};
use super::detours::{Detours, Place};
use super::levels::{LevelId, Levels};
use super::net::{Net, StepId};
use super::tables::{Open, Seen, Way};
use super::world::World;

/// A search from one source.
pub(super) struct Search<'a> {
    world: World<'a>,
    paths: PathTree,
    levels: Levels,
    climbs: Climbs,
    detours: Detours,
    seen: Seen,
    open: Open,
    net: Net<'a>,
}

impl<'a> Search<'a> {
    pub(super) fn new(look: Look<'a>, source: &'a Node) -> Self {
        let mut search = Self {
            world: World::new(look),
            paths: PathTree::new(source),
            levels: Levels::default(),
            climbs: Climbs::default(),
            detours: Detours::default(),
            seen: Seen::default(),
            open: Open::default(),
            net: Net::default(),
        };
        let start = Way {
            path: PathId::ROOT,
            end: search.world.number(source),
            length: 0,
            shallow: false,
            climbs: ClimbId::EMPTY,
            detour: None,
        };
        search.put(LevelId::SOURCE, start);
        search
    }

    /// Works until nothing is open: the newest group first, its newest path first.
    pub(super) fn run(&mut self) -> Result<(), Cyclic> {
        while let Some((level, ways)) = self.open.pop() {
            for way in ways.into_iter().rev() {
                self.process(level, way)?;
            }
        }
        Ok(())
    }

    /// All paths, and those on the level of the source in order of discovery.
    pub(super) fn into_found(self) -> (PathTree, Vec<PathId>) {
        (self.paths, self.seen.into_found())
    }

    /// Across from the end of a path, then down and up from all that was found.
    fn process(&mut self, level: LevelId, way: Way) -> Result<(), Cyclic> {
        let above = level.is_above_source();
        if above && way.shallow {
            return Ok(());
        }
        self.net.search(&mut self.world, way.end, way.path, above);
        for index in 0..self.net.found() {
            let step = self.net.found_at(index);
            let (net, paths) = (&mut self.net, &mut self.paths);
            let (end, length) = (net.end(step), way.length + net.length(step));
            let path = || net.path(step, paths);
            self.seen.put(level, end, length, path);
        }
        self.down(level, way)?;
        self.up(level, way)
    }

    /// Into the child of the name by which the level was reached.
    fn down(&mut self, level: LevelId, way: Way) -> Result<(), Cyclic> {
        let Some((below, name)) = self.levels.down(level) else {
            return Ok(());
        };
        let climbs = self.climbs.pop(way.climbs);
        for index in 0..self.net.found() {
            let step = self.net.found_at(index);
            let Some(child) = self.world.child(self.net.end(step), &name) else {
                continue;
            };
            if self.seen.contains(below, child) {
                continue;
            }
            // The child's first parent counts, which need not be the node that the path comes from.
            if let Some(edge) = self.world.parent_edge(child) {
                self.extend(below, way, step, (edge, child), climbs)?;
            }
        }
        Ok(())
    }

    /// To the first composition parent.
    fn up(&mut self, level: LevelId, way: Way) -> Result<(), Cyclic> {
        self.climbs.enter(way.climbs);
        for index in 0..self.net.found() {
            let step = self.net.found_at(index);
            let node = self.net.end(step);
            let Some(edge) = self.world.parent_edge(node) else {
                continue;
            };
            let parent = self.world.number(edge.source());
            let parent_type = self.world.type_id(parent);
            let above =
                edge.with_name(|name| self.levels.up(level, parent_type, name.unwrap_or_default()));
            if self.seen.contains(above, parent) {
                continue;
            }
            if self.climbs.contains(node) {
                return Err(self.cyclic(node));
            }
            let climbs = self.climbs.push(way.climbs, node);
            self.extend(above, way, step, (edge, parent), climbs)?;
        }
        Ok(())
    }

    /// The path of a step and one more edge, taken for the sake of a node, is found, and open.
    fn extend(
        &mut self,
        level: LevelId,
        way: Way,
        step: StepId,
        (edge, wanted): (&'a Edge, u32),
        climbs: ClimbId,
    ) -> Result<(), Cyclic> {
        let before = self.net.path(step, &mut self.paths);
        let path = self.paths.extend(before, edge);
        // Where the path ends, but borrowed from the edge.
        let forward = self.paths.end(path).is_same(edge.target());
        let end = if forward {
            edge.target()
        } else {
            edge.source()
        };
        let mut longer = Way {
            path,
            end: self.world.number(end),
            length: way.length + self.net.length(step) + 1,
            shallow: way.shallow || self.net.is_shallow(step),
            climbs,
            detour: None,
        };
        if longer.end != wanted {
            let place = Place {
                level,
                node: longer.end,
                shallow: longer.shallow,
            };
            let detour = self.detours.push(way.detour, place, self.seen.count());
            longer.detour = Some(detour.ok_or_else(|| self.cyclic(longer.end))?);
        }
        self.put(level, longer);
        Ok(())
    }

    #[cold]
    fn cyclic(&self, node: u32) -> Cyclic {
        let node = self.world.node(node).id();
        Cyclic { node }
    }

    fn put(&mut self, level: LevelId, way: Way) {
        self.seen.put(level, way.end, way.length, || way.path);
        self.open.put(level, way);
    }
}
