//! Which interfaces are connected, and by which path.
//!
//! From a source, steps may go **across** connections either way, **up** to a composition parent,
//! and later **down** again into the child of the same name. So where two devices are connected,
//! their children of equal names are, but never the reverse; and nothing below the level of the
//! source is found. How far up a path is, and by which types and names it got there, is its
//! *level*; paths of one level meet, others do not.
//!
//! Shallow connections count on the level of the source only: a path that has crossed one may
//! climb, but finds nothing there. It may still be in the way of another path that could. Hence
//! answers are not symmetric where there are shallow connections, and adding one can hide others.
//!
//! Within one net the shortest way is taken, and of equally short ones that by the older connection
//! of the nearer node. Over several levels the first way found is kept until a *later* search finds
//! one of strictly fewer edges.
//!
//! The search is iterative and keeps each path as an edge after another path. Behind shallow
//! connections it keeps one way to each node that has crossed one, and one that has not; that
//! suffices for the same answers as trying all of them.

mod climbs;
mod detours;
mod levels;
mod net;
mod search;
mod tables;
mod world;

use pyrus_graph::{DestroyedError, GraphView, Node, PathId, PathTree, SharedPath};

use search::Search;

/// The name that the type of interface traits has in its type graph.
pub const INTERFACE_TRAIT: &str = "is_interface.node.core.faebryk";

/// Why a search found no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SearchError {
    /// The view was destroyed.
    Destroyed(DestroyedError),
    /// A node is connected with its own ancestor, so that climbing would never end.
    Cyclic {
        /// The node from which a path climbs twice.
        node: u32,
    },
}

impl std::fmt::Display for SearchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::Cyclic { node } => write!(
                f,
                "interface hierarchy is cyclic: node {node:#x} is connected with its own ancestor"
            ),
        }
    }
}

impl std::error::Error for SearchError {}

impl From<DestroyedError> for SearchError {
    fn from(error: DestroyedError) -> Self {
        Self::Destroyed(error)
    }
}

/// A node is connected with its own ancestor: the one from which a path would climb again and again.
struct Cyclic {
    node: u32,
}

/// Everything that is found from a source: paths to different nodes, in order of discovery.
struct Found {
    paths: PathTree,
    ends: Vec<PathId>,
}

/// Searches under one lock: nothing changes meanwhile.
fn find(view: &GraphView, source: &Node) -> Result<Found, SearchError> {
    let found = view.look(|look| {
        let mut search = Search::new(look, source);
        search.run()?;
        let (paths, ends) = search.into_found();
        Ok(Found { paths, ends })
    })?;
    found.map_err(|Cyclic { node }| SearchError::Cyclic { node })
}

/// Paths to all that the source is connected to, in order of discovery. The source itself comes
/// first, with the path of length 0, whether or not it is an interface; or it is left out.
///
/// # Errors
/// [`SearchError`].
pub fn connected(
    view: &GraphView,
    source: &Node,
    include_self: bool,
) -> Result<Vec<SharedPath>, SearchError> {
    let Found { paths, mut ends } = find(view, source)?;
    if !include_self {
        ends.retain(|path| !paths.end(*path).is_same(source));
    }
    Ok(paths.into_paths(ends))
}

/// The path to a target, if the source is connected to it.
///
/// # Errors
/// [`SearchError`].
pub fn path_to(
    view: &GraphView,
    source: &Node,
    target: &Node,
) -> Result<Option<SharedPath>, SearchError> {
    let Found { paths, ends } = find(view, source)?;
    let found = ends
        .into_iter()
        .find(|path| paths.end(*path).is_same(target));
    Ok(found.map(|path| paths.into_path(path)))
}
