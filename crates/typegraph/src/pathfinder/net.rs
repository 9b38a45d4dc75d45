//! Across connections, from one node.

use pyrus_graph::{Edge, PathId, PathTree};

use super::world::World;
use crate::interface;

/// A step across: an edge after an earlier step. The root has none.
struct Step<'a> {
    edge: Option<&'a Edge>,
    before: u32,
    end: u32,
    length: u32,
    shallow: bool,
    /// The path, once it was made.
    path: Option<PathId>,
}

/// In which round something was last done with a node.
#[derive(Clone, Copy, Default)]
struct Marks {
    clean: u32,
    shallow: u32,
    found: u32,
}

/// A breadth-first search over connections. Its memory is used again by the next one.
///
/// The steps are their own queue. To each node there is one that has crossed no shallow connection,
/// and before it perhaps one that has: others could only come later and be no shorter.
#[derive(Default)]
pub(super) struct Net<'a> {
    steps: Vec<Step<'a>>,
    marks: Vec<Marks>,
    round: u32,
    found: Vec<StepId>,
}

/// Names a step of the last search.
#[derive(Clone, Copy)]
pub(super) struct StepId(u32);

impl<'a> Net<'a> {
    /// Searches from the end of a path. The interfaces that are found are in [`Net::found`]; the
    /// search also runs through nodes that are none. With `clean_only`, no shallow connection is
    /// crossed. O(nodes and connections of the net).
    pub(super) fn search(
        &mut self,
        world: &mut World<'a>,
        from: u32,
        path: PathId,
        clean_only: bool,
    ) {
        self.begin(from, path);
        let mut at = 0;
        while at < self.steps.len() {
            self.report(world, at);
            self.extend(world, at, clean_only);
            at += 1;
        }
    }

    /// The steps that end at different interfaces, in order of discovery.
    pub(super) fn found(&self) -> usize {
        self.found.len()
    }

    /// One of them.
    pub(super) fn found_at(&self, index: usize) -> StepId {
        self.found[index]
    }

    /// Where a step ends.
    pub(super) fn end(&self, step: StepId) -> u32 {
        self.step(step).end
    }

    /// The number of connections crossed.
    pub(super) fn length(&self, step: StepId) -> u32 {
        self.step(step).length
    }

    /// Whether one of them is shallow.
    pub(super) fn is_shallow(&self, step: StepId) -> bool {
        self.step(step).shallow
    }

    /// The path that the search began with, and the connections crossed. O(those not asked for before).
    pub(super) fn path(&mut self, step: StepId, paths: &mut PathTree) -> PathId {
        let mut missing = Vec::new();
        let mut at = step.0 as usize;
        let mut path = loop {
            match self.steps[at].path {
                Some(path) => break path,
                None => missing.push(at),
            }
            at = self.steps[at].before as usize;
        };
        for at in missing.into_iter().rev() {
            if let Some(edge) = self.steps[at].edge {
                path = paths.extend(path, edge);
            }
            self.steps[at].path = Some(path);
        }
        path
    }

    fn begin(&mut self, from: u32, path: PathId) {
        self.steps.clear();
        self.found.clear();
        self.round += 1;
        self.marks_of(from).clean = self.round;
        self.steps.push(Step {
            edge: None,
            before: 0,
            end: from,
            length: 0,
            shallow: false,
            path: Some(path),
        });
    }

    fn report(&mut self, world: &mut World<'a>, at: usize) {
        let (end, round) = (self.steps[at].end, self.round);
        if self.marks_of(end).found != round && world.is_interface(end) {
            self.marks_of(end).found = round;
            self.found.push(StepId(at as u32));
        }
    }

    fn extend(&mut self, world: &mut World<'a>, at: usize, clean_only: bool) {
        let Step { end, shallow, .. } = self.steps[at];
        for (edge, other) in world.connections(end) {
            let (other, shallow) = (world.number(other), shallow || interface::is_shallow(edge));
            if !(shallow && clean_only) && self.mark(other, shallow) {
                self.push(at, edge, other, shallow);
            }
        }
    }

    /// Whether a step to the node is to be taken: none of its sort was, and no clean one.
    fn mark(&mut self, node: u32, shallow: bool) -> bool {
        let round = self.round;
        let marks = self.marks_of(node);
        let taken = marks.clean == round || shallow && marks.shallow == round;
        if shallow {
            marks.shallow = round;
        } else {
            marks.clean = round;
        }
        !taken
    }

    fn push(&mut self, before: usize, edge: &'a Edge, end: u32, shallow: bool) {
        self.steps.push(Step {
            edge: Some(edge),
            before: before as u32,
            end,
            length: self.steps[before].length + 1,
            shallow,
            path: None,
        });
    }

    fn step(&self, step: StepId) -> &Step<'a> {
        &self.steps[step.0 as usize]
    }

    fn marks_of(&mut self, node: u32) -> &mut Marks {
        let node = node as usize;
        if self.marks.len() <= node {
            self.marks.resize(node + 1, Marks::default());
        }
        &mut self.marks[node]
    }
}
