//! `BoundNode`.

use std::ops::ControlFlow;
use std::sync::Arc;

use pyrus::exc::{KeyError, MemoryError, TypeError};
use pyrus::{Any, Object, This, View};
use pyrus_graph::{DirectionFilter, Edge, GraphView, Node};

use super::{error, stored};
use crate::api::graph::py;

type Bound<'py> = View<'py, GraphView, Node>;

pub(crate) fn created(this: This<'_, py::BoundNode>) {
    stored::hold_node(this);
}

pub(crate) fn node(bound: Bound<'_>) -> Node {
    bound.key().clone()
}

pub(crate) fn g(this: This<'_, py::BoundNode>) -> Arc<GraphView> {
    this.owner().arc()
}

pub(crate) fn visit_edges_of_type(
    bound: Bound<'_>,
    edge_type: u8,
    ctx: Any<'_>,
    f: &dyn Fn(Object, Edge) -> pyrus::Result<Object>,
    directed: Option<bool>,
) -> Result<(), pyrus::Error> {
    let visited =
        bound
            .owner()
            .visit_edges(bound.key(), edge_type, filter(directed), |edge| {
                match f(ctx.to_object(), edge) {
                    Ok(_) => ControlFlow::Continue(()),
                    Err(error) => ControlFlow::Break(error),
                }
            });
    match visited.map_err(error::destroyed)? {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}

/// What `directed=` asks for.
fn filter(directed: Option<bool>) -> DirectionFilter {
    match directed {
        None => DirectionFilter::Any,
        Some(true) => DirectionFilter::Outgoing,
        Some(false) => DirectionFilter::Incoming,
    }
}

pub(crate) fn store(this: This<'_, py::BoundNode>, data: Any<'_>) -> Result<(), MemoryError> {
    // Nothing else can go wrong.
    stored::store(this, data).map_err(|_| MemoryError::new("no memory to store an object"))
}

pub(crate) fn load(this: This<'_, py::BoundNode>, t: Any<'_>) -> Result<Object, pyrus::Error> {
    let data =
        stored::load(this)?.ok_or_else(|| KeyError::new("No data stored on this BoundNode"))?;
    if data.as_any().is_instance(t)? {
        return Ok(data);
    }
    let found = data.as_any().type_name();
    Err(TypeError::new(format!(
        "BoundNode.load(): the stored object is of another type: {found}"
    ))
    .into())
}

pub(crate) fn try_load(this: This<'_, py::BoundNode>, t: Any<'_>) -> Result<Object, pyrus::Error> {
    match stored::load(this)? {
        Some(data) if data.as_any().is_instance(t)? => Ok(data),
        _ => Ok(Object::none(t)),
    }
}

pub(crate) fn eq(bound: Bound<'_>, other: Bound<'_>) -> bool {
    bound.key().is_same(other.key())
}

pub(crate) fn hash(bound: Bound<'_>) -> u64 {
    bound.key().id().into()
}

pub(crate) fn repr(bound: Bound<'_>) -> String {
    bound.owner().show_node(bound.key()).to_string()
}
