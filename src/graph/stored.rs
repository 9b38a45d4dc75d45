//! Objects stored on nodes.
//!
//! The object of a node is held by the node's one `NodeReference`, in a slot that the garbage collector sees. That
//! reference is kept alive by every view of which the node is a member, by the bound nodes through which the object was
//! stored or loaded, by edge references that had it at hand, and by whoever else has it. So the object lives as long as
//! the node can be met, and a cycle through it is a cycle of Python objects.
//!
//! When the last of them goes while the record lives on (an edge may name it that was taken from a view), the object
//! moves into the record, out of the collector's sight, and the next `NodeReference` takes it back.

use pyrus::rt::Class;
use pyrus::{Anchored, Any, Handle, Object, Result, Set, This, Value};
use pyrus_graph::{GraphView, Node};

use super::views;
use crate::api::graph::py;

type Reference = Handle<py::NodeReference>;

/// Keep an object for the node, in place of the one it has.
pub(super) fn store(this: This<'_, py::BoundNode>, data: Any<'_>) -> Result<()> {
    let node = this.get()?.clone();
    let reference = this.wrap::<py::NodeReference>(Value(node.clone()))?;
    keep_in_owner(this, &reference)?;
    for view in views::with_member(&node) {
        if let Some(view) = this.find::<py::GraphView>(&view) {
            keep(view.this(), &reference)?;
        }
    }
    hold(this, &reference);
    let moved = node.take_anchor();
    let old = reference
        .this()
        .set_slot(py::NodeReference::STORED, Some(data.to_object()));
    // From here on Python may run.
    drop((moved, old));
    Ok(())
}

/// The object stored for the node.
pub(super) fn load(this: This<'_, py::BoundNode>) -> Result<Option<Object>> {
    let node = this.get()?;
    let Some(reference) = reference_with_object(this, &node)? else {
        return Ok(None);
    };
    if !this.has_slot(py::BoundNode::NODE) {
        keep_in_owner(this, &reference)?;
        hold(this, &reference);
    }
    Ok(reference.this().slot(py::NodeReference::STORED))
}

/// A new bound node holds the reference of a node with an object. Without memory for it, the object stays where it is.
pub(super) fn hold_if_stored(this: This<'_, py::BoundNode>) {
    if let Ok(node) = this.get()
        && let Ok(Some(reference)) = reference_with_object(this, &node)
    {
        hold(this, &reference);
    }
}

/// A new edge reference holds the references of its ends that there are.
pub(super) fn hold_ends(this: This<'_, py::EdgeReference>) {
    let Ok(edge) = this.get() else { return };
    let ends = [
        (edge.source(), py::EdgeReference::SOURCE),
        (edge.target(), py::EdgeReference::TARGET),
    ];
    for (node, slot) in ends {
        if node.host_pointer() != 0
            && let Some(reference) = this.find::<py::NodeReference>(node)
        {
            drop(this.set_slot(slot, Some(reference.into_object())));
        }
    }
}

/// If an object is stored for the node, let a view that has become its home keep it.
pub(super) fn keep_if_stored(view: This<'_, py::GraphView>, node: &Node) -> Result<()> {
    match reference_with_object(view, node)? {
        Some(reference) => keep(view, &reference),
        None => Ok(()),
    }
}

/// The same for every node of `from` that is in the view now.
pub(super) fn keep_all(view: This<'_, py::GraphView>, from: &GraphView) -> Result<()> {
    for node in from.hosted_nodes().unwrap_or_default() {
        if view.get()?.contains_node(&node).unwrap_or(false) {
            keep_if_stored(view, &node)?;
        }
    }
    Ok(())
}

/// A view has lost its contents: it keeps the objects only of nodes that are in no other view and that something still
/// names, as that may be a handle on this very view.
pub(super) fn release(view: This<'_, py::GraphView>) {
    let Some(Ok(kept)) = view
        .set_slot(py::GraphView::KEPT, None)
        .map(Set::from_object)
    else {
        return;
    };
    let references = kept.items().unwrap_or_default();
    drop(kept);
    for reference in references {
        let Some(this) = view.cast::<py::NodeReference>(reference.as_any()) else {
            continue;
        };
        if this
            .get()
            .is_ok_and(|node| !node.is_unique() && views::with_member(&node).is_empty())
        {
            // Without memory, the object moves into the record.
            let _ = keep_object(view, reference.as_any());
        }
    }
}

/// A reference goes away: what it holds moves into the record, if that lives on.
pub(super) fn anchor(this: This<'_, py::NodeReference>) {
    let Ok(node) = this.get() else { return };
    if node.is_unique() {
        return;
    }
    if let Some(object) = this.set_slot(py::NodeReference::STORED, None) {
        drop(node.anchor(Box::new(Anchored::new(object))));
    }
}

/// The reference of the node if it holds an object, which it takes back from the record if it is there.
#[inline]
fn reference_with_object<C: Class>(this: This<'_, C>, node: &Node) -> Result<Option<Reference>> {
    if !node.is_hosted() {
        return Ok(None);
    }
    if node.host_pointer() != 0
        && let Some(reference) = this.find::<py::NodeReference>(node)
        && reference.this().has_slot(py::NodeReference::STORED)
    {
        return Ok(Some(reference));
    }
    if node.has_anchor() {
        return take_back(this, node).map(Some);
    }
    Ok(None)
}

#[cold]
fn take_back<C: Class>(this: This<'_, C>, node: &Node) -> Result<Reference> {
    let reference = this.wrap::<py::NodeReference>(Value(node.clone()))?;
    let anchored = node
        .take_anchor()
        .and_then(|anchor| anchor.downcast::<Anchored>().ok());
    let object = anchored.and_then(|anchored| anchored.release(this.object()));
    drop(reference.this().set_slot(py::NodeReference::STORED, object));
    Ok(reference)
}

/// The bound node keeps the reference.
fn hold(this: This<'_, py::BoundNode>, reference: &Reference) {
    drop(this.set_slot(py::BoundNode::NODE, Some(Object::clone(reference))));
}

/// The view of a bound node keeps the reference if the node is a member; a destroyed one does in any case, for the
/// other handles on it.
fn keep_in_owner(this: This<'_, py::BoundNode>, reference: &Reference) -> Result<()> {
    let view = this.owner();
    match view.get()?.contains_node(&*this.get()?) {
        Ok(false) => Ok(()),
        _ => keep(view, reference),
    }
}

/// The view keeps the reference.
fn keep(view: This<'_, py::GraphView>, reference: &Reference) -> Result<()> {
    keep_object(view, reference.as_any())
}

fn keep_object(view: This<'_, py::GraphView>, reference: Any<'_>) -> Result<()> {
    if let Some(kept) = view.slot(py::GraphView::KEPT) {
        return Set::from_object(kept)?.add(reference);
    }
    let kept = Set::new(reference)?;
    kept.add(reference)?;
    drop(view.set_slot(py::GraphView::KEPT, Some(kept.into_object())));
    Ok(())
}
