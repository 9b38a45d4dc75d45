//! Linking: a type reference gets the type that it names.

use pyrus_graph::{DestroyedError, Edge, GraphView, Node};

use super::{Bound, Error, Result, names};
use crate::{find, pointer};

/// Links a type reference to a type. A second link is added, but the first one counts.
///
/// # Errors
/// [`Error::Refused`] if one of the nodes is bound to another view, or not in it.
pub fn link_type_reference(
    view: &GraphView,
    type_reference: Bound<'_>,
    target: Bound<'_>,
) -> Result<()> {
    check_views(view, type_reference, target)?;
    let names = Some(names::RESOLVED);
    pointer::point_to(view, type_reference.node, target.node, names, None)?;
    Ok(())
}

/// Links a type reference to another type: the first link leads there from now on. Other views keep
/// what they have. O(links).
///
/// # Errors
/// As [`link_type_reference`].
pub fn update_type_reference(
    view: &GraphView,
    type_reference: Bound<'_>,
    target: Bound<'_>,
) -> Result<()> {
    check_views(view, type_reference, target)?;
    let name = names::RESOLVED;
    let old = find::first_named(
        view,
        type_reference.node,
        pointer::TID,
        name,
        Edge::directional,
    )?;
    let Some(old) = old else {
        return link_type_reference(view, type_reference, target);
    };
    let new = pointer::create(type_reference.node, target.node, Some(name))?;
    Ok(view.replace_edge(&old, &new)?)
}

/// The type that a type reference is linked to: the first link counts.
pub fn resolved_type(type_reference: Bound<'_>) -> Result<Option<Node>, DestroyedError> {
    pointer::by_name(type_reference.view, type_reference.node, names::RESOLVED)
}

fn check_views(view: &GraphView, type_reference: Bound<'_>, target: Bound<'_>) -> Result<()> {
    if !std::ptr::eq(type_reference.view, view) {
        let text = "Type reference does not belong to provided GraphView";
        return Err(Error::Refused(text));
    }
    if !std::ptr::eq(target.view, view) {
        let text = "Target type does not belong to provided GraphView";
        return Err(Error::Refused(text));
    }
    Ok(())
}
