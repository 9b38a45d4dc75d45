//! `EdgeInterfaceConnection`.

use pyrus::Any;
use pyrus_graph::{Edge, Node, Path, SharedPath};
use pyrus_typegraph::{EdgeAttributes, interface, pathfinder};

use super::visit::{Callback, done, step};
use super::{BoundNode, error};
use crate::graph::error::destroyed;

pub(crate) fn build(shallow: bool) -> EdgeAttributes {
    interface::attributes(shallow)
}

pub(crate) fn connect(bn1: BoundNode<'_>, bn2: BoundNode<'_>) -> Result<Edge, pyrus::Error> {
    join(bn1, bn2, false, "Failed to connect interface nodes")
}

pub(crate) fn connect_shallow(
    bn1: BoundNode<'_>,
    bn2: BoundNode<'_>,
) -> Result<Edge, pyrus::Error> {
    join(bn1, bn2, true, "Failed to create shallow connection")
}

fn join(
    first: BoundNode<'_>,
    second: BoundNode<'_>,
    shallow: bool,
    failed: &str,
) -> Result<Edge, pyrus::Error> {
    let other = (second.owner(), second.key());
    let joined = interface::connect_across(first.owner(), first.key(), other, shallow);
    joined.map_err(|error| error::not_connected(error, failed))
}

pub(crate) fn visit_connected_edges(
    bound: BoundNode<'_>,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = interface::visit(bound.owner(), bound.key(), step);
    done(visited, destroyed)
}

pub(crate) fn is_connected_to(
    source: BoundNode<'_>,
    target: BoundNode<'_>,
) -> Result<SharedPath, pyrus::Error> {
    let path = pathfinder::path_to(source.owner(), source.key(), target.key());
    let path = path.map_err(error::not_searched)?;
    Ok(path.unwrap_or_else(|| Path::new(source.key()).into()))
}

pub(crate) fn get_connected(
    source: BoundNode<'_>,
    include_self: Option<bool>,
) -> Result<Vec<(Node, SharedPath)>, pyrus::Error> {
    let include_self = include_self.unwrap_or(true);
    let paths = pathfinder::connected(source.owner(), source.key(), include_self);
    let paths = paths.map_err(error::not_searched)?;
    Ok(paths
        .into_iter()
        .map(|path| (path.end().clone(), path))
        .collect())
}

pub(crate) fn get_tid() -> u8 {
    interface::TID
}
