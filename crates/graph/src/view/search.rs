//! Breadth-first search over paths.

use std::collections::VecDeque;
use std::fmt;
use std::ops::ControlFlow;

use crate::contents::Contents;
use crate::edge::Edge;
use crate::error::SearchError;
use crate::node::Node;
use crate::path::Path;
use crate::sets::NodeSet;
use crate::view::GraphView;

/// How many paths a search may remember unless told otherwise: 1.5 GiB of them.
pub const DEFAULT_MAX_PATHS: u32 = 1 << 26;

/// No step.
const NONE: u32 = u32::MAX;

/// What to search.
#[derive(Clone, Copy, Debug)]
pub struct SearchOptions<'a> {
    /// The kinds of edges to follow, in this order; all kinds, ascending, if `None`.
    pub kinds: Option<&'a [u8]>,
    /// How many paths may be remembered before the search gives up. Paths that are never accepted
    /// can be exponentially many. 24 bytes each.
    pub max_paths: u32,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        Self {
            kinds: None,
            max_paths: DEFAULT_MAX_PATHS,
        }
    }
}

/// What a search does after it has shown a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict<B = ()> {
    /// Whether to go on, or to end the search with a value.
    pub flow: ControlFlow<B>,
    /// Whether the end of the path counts as reached: no other path to it is shown any more.
    pub accept: bool,
    /// Whether to extend the path.
    pub extend: bool,
}

impl<B> Verdict<B> {
    /// Go on; the end is reached.
    pub const ACCEPT: Self = Self {
        flow: ControlFlow::Continue(()),
        accept: true,
        extend: true,
    };
    /// Go on; other paths may end here too.
    pub const REJECT: Self = Self {
        flow: ControlFlow::Continue(()),
        accept: false,
        extend: true,
    };

    /// End the search with a value.
    pub fn stop(value: B) -> Self {
        Self {
            flow: ControlFlow::Break(value),
            accept: true,
            extend: false,
        }
    }

    /// The same, but this path is not extended.
    #[must_use]
    pub fn without_extending(self) -> Self {
        Self {
            extend: false,
            ..self
        }
    }
}

/// One step of a path: an edge after the path that ends in `parent`. Paths share their beginnings.
struct Step {
    /// `None` in the root only.
    edge: Option<Edge>,
    /// The id of the end.
    end: u32,
    parent: u32,
    /// The nearest step before this one whose end was not accepted. Accepted ends are never entered
    /// again anyway, so only these must be compared to keep a path simple.
    open: u32,
    /// Length of the path, times 2, plus 1 if the edge is walked forward.
    length_and_forward: u32,
}

impl Step {
    fn length(&self) -> u32 {
        self.length_and_forward >> 1
    }

    fn forward(&self) -> bool {
        self.length_and_forward & 1 == 1
    }
}

/// The path a search is at. Lent to the callback; [`PathCursor::to_path`] keeps it.
#[derive(Clone, Copy)]
pub struct PathCursor<'a> {
    start: &'a Node,
    steps: &'a [Step],
    at: u32,
}

impl<'a> PathCursor<'a> {
    /// The number of edges. O(1).
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.step().length() as usize
    }

    /// Where the path starts.
    pub fn start(&self) -> &'a Node {
        self.start
    }

    /// Where the path ends; the start if there is no edge. O(1).
    pub fn end(&self) -> &'a Node {
        end_of(self.step(), self.start)
    }

    /// The last edge, and whether it is walked forward. O(1).
    pub fn last(&self) -> Option<(&'a Edge, bool)> {
        let step = self.step();
        step.edge.as_ref().map(|edge| (edge, step.forward()))
    }

    /// The edges from the last to the first, each with whether it is walked forward.
    pub fn edges_backward(&self) -> impl Iterator<Item = (&'a Edge, bool)> + use<'a> {
        let cursor = *self;
        let path = std::iter::successors(Some(cursor), PathCursor::parent);
        path.map_while(|at| at.last())
    }

    /// The path without its last edge. O(1).
    pub fn parent(&self) -> Option<Self> {
        self.step().edge.as_ref()?;
        Some(Self {
            at: self.step().parent,
            ..*self
        })
    }

    /// The edges in walking order, each with whether it is walked forward. O(length).
    pub fn edges(&self) -> Vec<(Edge, bool)> {
        let mut edges = Vec::with_capacity(self.len());
        edges.extend(
            self.edges_backward()
                .map(|(edge, forward)| (edge.clone(), forward)),
        );
        edges.reverse();
        edges
    }

    /// A copy to keep. O(length).
    pub fn to_path(&self) -> Path {
        Path::from_steps(self.start, self.edges())
    }

    fn step(&self) -> &'a Step {
        &self.steps[self.at as usize]
    }
}

impl fmt::Debug for PathCursor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_path().fmt(f)
    }
}

fn end_of<'a>(step: &'a Step, start: &'a Node) -> &'a Node {
    match &step.edge {
        Some(edge) if step.forward() => edge.target(),
        Some(edge) => edge.source(),
        None => start,
    }
}

impl GraphView {
    /// Shows paths from `start`, shorter ones first, among equals in order of the kinds and lists,
    /// until told to stop or none is left.
    ///
    /// A path is not shown if its end was accepted meanwhile. It is extended over edges in either
    /// direction to nodes that are neither accepted nor on it. With everything accepted these are
    /// the shortest paths, one per node. No lock is held while the callback runs.
    ///
    /// # Errors
    /// [`SearchError::Destroyed`] if the view is destroyed, or is when the callback returns (unless
    /// it stops); [`SearchError::TooManyPaths`].
    pub fn search<B>(
        &self,
        start: &Node,
        options: SearchOptions<'_>,
        mut visit: impl FnMut(&PathCursor<'_>) -> Verdict<B>,
    ) -> Result<ControlFlow<B>, SearchError> {
        self.check_alive()?;
        let mut search = Search::new(start, options);
        while let Some(at) = search.next_path() {
            let cursor = PathCursor {
                start,
                steps: &search.steps,
                at,
            };
            let verdict = visit(&cursor);
            if let ControlFlow::Break(value) = verdict.flow {
                return Ok(ControlFlow::Break(value));
            }
            self.check_alive()?;
            if verdict.accept {
                search.accept(at);
            }
            if verdict.extend {
                self.read(|contents| search.extend(contents, at))??;
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

struct Search<'a> {
    start: &'a Node,
    options: SearchOptions<'a>,
    /// Every path that was queued, as its last step. Grows only.
    steps: Vec<Step>,
    queue: VecDeque<u32>,
    accepted: NodeSet,
}

impl<'a> Search<'a> {
    fn new(start: &'a Node, options: SearchOptions<'a>) -> Self {
        let root = Step {
            edge: None,
            end: start.id(),
            parent: NONE,
            open: NONE,
            length_and_forward: 0,
        };
        let queue = VecDeque::from([0]);
        Self {
            start,
            options,
            steps: vec![root],
            queue,
            accepted: NodeSet::new(),
        }
    }

    fn next_path(&mut self) -> Option<u32> {
        loop {
            let at = self.queue.pop_front()?;
            if !self.is_accepted(self.steps[at as usize].end) {
                return Some(at);
            }
        }
    }

    fn accept(&mut self, at: u32) {
        self.accepted
            .insert(end_of(&self.steps[at as usize], self.start));
    }

    fn is_accepted(&self, node: u32) -> bool {
        self.accepted.place(node).is_some()
    }

    fn extend(&mut self, contents: &Contents, at: u32) -> Result<(), SearchError> {
        let node = end_of(&self.steps[at as usize], self.start).clone();
        if let Some(kinds) = self.options.kinds {
            let mut lists = kinds.iter().filter_map(|kind| contents.list(&node, *kind));
            lists.try_for_each(|list| self.follow(&node, at, contents.all_list_edges(list)))
        } else {
            let mut lists = contents.lists_of(&node).map(|(_, list)| list);
            lists.try_for_each(|list| self.follow(&node, at, contents.all_list_edges(list)))
        }
    }

    fn follow<'e>(
        &mut self,
        node: &Node,
        at: u32,
        edges: impl Iterator<Item = &'e Edge>,
    ) -> Result<(), SearchError> {
        let step = &self.steps[at as usize];
        let open = if self.is_accepted(step.end) {
            step.open
        } else {
            at
        };
        let length = step.length() + 1;
        for edge in edges {
            let Some(end) = edge.other_end(node).map(Node::id) else {
                continue;
            };
            if self.is_accepted(end) || self.is_on_path(end, at, open) {
                continue;
            }
            if self.steps.len() >= self.options.max_paths as usize {
                return Err(SearchError::TooManyPaths);
            }
            let forward = edge.source().is_same(node);
            let length_and_forward = length << 1 | u32::from(forward);
            self.queue.push_back(self.steps.len() as u32);
            self.steps.push(Step {
                edge: Some(edge.clone()),
                end,
                parent: at,
                open,
                length_and_forward,
            });
        }
        Ok(())
    }

    /// Whether a node that is not accepted is an end of an edge on the path. The path of length 0
    /// has no edge, so even its start is not on it.
    fn is_on_path(&self, node: u32, at: u32, mut open: u32) -> bool {
        if self.steps[at as usize].edge.is_none() {
            return false;
        }
        while open != NONE {
            let step = &self.steps[open as usize];
            if step.end == node {
                return true;
            }
            open = step.open;
        }
        false
    }
}
