//! Objects stored on nodes.
//!
//! The object of a node is held by the node's one `NodeReference`, in a slot that the garbage collector sees. That
//! reference is kept alive by every view of which the node is a member (in its `kept` slot), by the bound nodes through
//! which the object was stored or loaded, and by whoever else has it. So the object lives as long as the node can be
//! met in a view, and a cycle through it is a cycle of Python objects.
//!
//! When the last of them goes while the record lives on (an edge handle may name it, or a view that was destroyed), the
//! object moves into the record, out of the collector's sight, and the next `NodeReference` takes it back.

use pyrus::rt::{Class, Value};
use pyrus::{Anchored, Any, Handle, Object, Result, Set, This};
use pyrus_graph::{GraphView, Node};

use super::views;
use crate::api::graph::py;

type Reference = Handle<py::NodeReference>;

/// Keep an object for the node, in place of the one it has.
pub(super) fn store(this: This<'_, py::BoundNode>, data: Any<'_>) -> Result<()> {
    let node = this.get()?.clone();
    let reference = this.wrap::<py::NodeReference>(Value(node.clone()))?;
    keep(this.owner(), &reference)?;
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
    if let Some(reference) = this.slot(py::BoundNode::NODE) {
        // A slot of this class holds nothing but a reference on its own node.
        let found = this.find::<py::NodeReference>(&*this.get()?);
        debug_assert!(
            found
                .as_ref()
                .is_some_and(|found| found.as_any().is(reference.as_any()))
        );
        return Ok(found.and_then(|found| object(&found)));
    }
    let Some(reference) = reference_with_object(this, &*this.get()?)? else {
        return Ok(None);
    };
    keep(this.owner(), &reference)?;
    hold(this, &reference);
    Ok(object(&reference))
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

fn object(reference: &Reference) -> Option<Object> {
    reference.this().slot(py::NodeReference::STORED)
}

/// The reference of the node if it holds an object, which it takes back from the record if it is there.
fn reference_with_object<C: Class>(this: This<'_, C>, node: &Node) -> Result<Option<Reference>> {
    if !node.is_hosted() {
        return Ok(None);
    }
    if let Some(reference) = this.find::<py::NodeReference>(node)
        && reference.this().has_slot(py::NodeReference::STORED)
    {
        return Ok(Some(reference));
    }
    if !node.has_anchor() {
        return Ok(None);
    }
    let reference = this.wrap::<py::NodeReference>(Value(node.clone()))?;
    let anchored = node
        .take_anchor()
        .and_then(|anchor| anchor.downcast::<Anchored>().ok());
    let object = anchored.and_then(|anchored| anchored.release(this.object()));
    drop(reference.this().set_slot(py::NodeReference::STORED, object));
    Ok(Some(reference))
}

/// The bound node keeps the reference.
fn hold(this: This<'_, py::BoundNode>, reference: &Reference) {
    drop(this.set_slot(py::BoundNode::NODE, Some(Object::clone(reference))));
}

/// The view keeps the reference, as long as it has contents.
fn keep(view: This<'_, py::GraphView>, reference: &Reference) -> Result<()> {
    if view.get()?.is_destroyed() {
        return Ok(());
    }
    let kept = match view.slot(py::GraphView::KEPT) {
        Some(kept) => Set::from_object(kept)?,
        None => Set::new(view.object())?,
    };
    kept.add(reference.as_any())?;
    drop(view.set_slot(py::GraphView::KEPT, Some(kept.into_object())));
    Ok(())
}
