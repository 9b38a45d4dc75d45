//! Visits that call back into Python.

use std::ops::ControlFlow;

use pyrus::{Any, Object};
use pyrus_graph::Edge;

/// What a visit calls: with the context of its caller, and an edge.
pub(crate) type Callback<'a> = &'a dyn Fn(Option<Object>, Edge) -> pyrus::Result<Object>;

/// One step of a visit: an exception ends it.
pub(crate) fn step(f: Callback<'_>, ctx: Option<Any<'_>>, edge: Edge) -> ControlFlow<pyrus::Error> {
    match f(ctx.map(Any::to_object), edge) {
        Ok(_) => ControlFlow::Continue(()),
        Err(error) => ControlFlow::Break(error),
    }
}

/// The end of a visit.
pub(crate) fn done<E>(
    visited: Result<ControlFlow<pyrus::Error>, E>,
    failed: impl FnOnce(E) -> pyrus::Error,
) -> Result<(), pyrus::Error> {
    match visited.map_err(failed)? {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}
