//! Objects stored on nodes.
//!
//! The object of a node is held by the node's one `NodeReference`, in a slot that the garbage collector sees. That
//! reference is kept alive by whatever leads to the node in Python: by every view of which the node is a member, or was
//! one that lived on when the view was destroyed; by every edge reference, for both ends; by bound nodes and paths, which
//! may name a node that is in no view; and by whoever else has it. So the object lives as long as the node can be met,
//! and a cycle through it is a cycle of Python objects.
//!
//! When the last of them goes while the record lives on, Rust alone names it (a view without a Python object, another
//! interpreter). Then the object moves into the record, and the next `NodeReference` takes it back.

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
    keep_if_destroyed(this, &reference)?;
    keep_where_member(this, &reference, &node)?;
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
        keep_if_destroyed(this, &reference)?;
        hold(this, &reference);
    }
    Ok(reference.this().slot(py::NodeReference::STORED))
}

/// A new bound node holds the reference of its node if there is one, or if it takes to have what waits in the record: its
/// view need not keep that. Without memory for it, the object stays where it is.
pub(super) fn hold_node(this: This<'_, py::BoundNode>) {
    let Ok(node) = this.get() else { return };
    let found = match node.host_pointer() {
        0 if node.has_anchor() => take_back(this, &node).ok(),
        0 => None,
        _ => this.find::<py::NodeReference>(&node),
    };
    if let Some(reference) = found {
        drop(this.set_slot(py::BoundNode::NODE, Some(reference.into_object())));
    }
}

/// A new edge reference holds the references of its ends. Without memory for them, it holds none.
pub(super) fn hold_ends(this: This<'_, py::EdgeReference>) {
    let Ok(edge) = this.get() else { return };
    let ends = [
        (edge.source(), py::EdgeReference::SOURCE),
        (edge.target(), py::EdgeReference::TARGET),
    ];
    for (node, slot) in ends {
        if let Ok(reference) = reference_of(this, node) {
            drop(this.set_slot(slot, Some(reference.into_object())));
        }
    }
}

/// A new path holds the reference of its start if there is one: only the start need not be a member of the view.
pub(super) fn hold_start(this: This<'_, py::BFSPath>) {
    let Ok(path) = this.get() else { return };
    if let Some(reference) = this.find::<py::NodeReference>(path.start()) {
        drop(this.set_slot(py::BFSPath::START, Some(reference.into_object())));
    }
}

/// If an object is stored for the node, let a view that has become its home keep it.
pub(crate) fn keep_if_stored(view: This<'_, py::GraphView>, node: &Node) -> Result<()> {
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

/// A view has lost its contents: it and others of its kind let go of what nothing but they can reach now.
pub(super) fn release(view: This<'_, py::GraphView>) {
    let keepers = views::take_keepers(view.object());
    let_go(view);
    for keeper in keepers {
        if let Some(keeper) = view.find::<py::GraphView>(&keeper) {
            let_go(keeper.this());
        }
    }
}

/// A destroyed view keeps the objects only of its self node and of nodes that something else still names: that may be a
/// handle on this very view.
fn let_go(view: This<'_, py::GraphView>) {
    let Some(Ok(kept)) = view
        .set_slot(py::GraphView::KEPT, None)
        .map(Set::from_object)
    else {
        return;
    };
    let references = kept.items().unwrap_or_default();
    drop(kept);
    let self_node = view.arc().self_node().clone();
    for reference in references {
        let this = view.cast::<py::NodeReference>(reference.as_any());
        let stays = |node: &Node| node.is_same(&self_node) || !node.is_unique();
        if this.is_some_and(|this| this.get().is_ok_and(|node| stays(&node))) {
            // Without memory, the object moves into the record.
            let _ = keep_object(view, reference.as_any());
        }
    }
}

/// A reference goes away: what it holds moves into the record, if that lives on and is more than a part of the garbage that
/// the reference is in.
pub(super) fn anchor(this: This<'_, py::NodeReference>) {
    let Ok(node) = this.get() else { return };
    if node.is_unique() || this.is_garbage() && is_known(this, &node) {
        return;
    }
    if let Some(object) = this.set_slot(py::NodeReference::STORED, None) {
        drop(node.anchor(Box::new(Anchored::new(object))));
    }
}

/// Whether all views of which the node is a member are known to Python. If its reference is garbage, they are as well:
/// views keep the references of their nodes. What is stored may keep such a view alive, and is not to be kept by it.
#[cold]
fn is_known(this: This<'_, py::NodeReference>, node: &Node) -> bool {
    let views = views::with_member(node, this.object());
    views
        .iter()
        .all(|view| this.find::<py::GraphView>(view).is_some())
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

/// The reference of the node, with what waits in the record.
fn reference_of<C: Class>(this: This<'_, C>, node: &Node) -> Result<Reference> {
    if node.has_anchor() {
        take_back(this, node)
    } else {
        this.wrap::<py::NodeReference>(Value(node.clone()))
    }
}

/// Move an object from the record into the node's reference, and that to all who keep it.
#[cold]
fn take_back<C: Class>(this: This<'_, C>, node: &Node) -> Result<Reference> {
    let reference = this.wrap::<py::NodeReference>(Value(node.clone()))?;
    let anchored = node
        .take_anchor()
        .and_then(|anchor| anchor.downcast::<Anchored>().ok());
    // None: another thread has taken it back meanwhile.
    if let Some(object) = anchored.and_then(|anchored| anchored.release(this.object())) {
        let slot = py::NodeReference::STORED;
        drop(reference.this().set_slot(slot, Some(object)));
    }
    keep_where_member(this, &reference, node)?;
    Ok(reference)
}

/// Every view of which the node is a member keeps the reference.
fn keep_where_member<C: Class>(
    this: This<'_, C>,
    reference: &Reference,
    node: &Node,
) -> Result<()> {
    for view in views::with_member(node, this.object()) {
        if let Some(view) = this.find::<py::GraphView>(&view) {
            keep(view.this(), reference)?;
        }
    }
    Ok(())
}

/// The bound node keeps the reference.
fn hold(this: This<'_, py::BoundNode>, reference: &Reference) {
    drop(this.set_slot(py::BoundNode::NODE, Some(Object::clone(reference))));
}

/// A destroyed view keeps what is stored through its bound nodes, for the other handles on it.
fn keep_if_destroyed(this: This<'_, py::BoundNode>, reference: &Reference) -> Result<()> {
    let view = this.owner();
    if view.get()?.is_destroyed() {
        keep(view, reference)
    } else {
        Ok(())
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
    if view.get()?.is_destroyed() {
        views::add_keeper(view);
    }
    let kept = Set::new(reference)?;
    kept.add(reference)?;
    drop(view.set_slot(py::GraphView::KEPT, Some(kept.into_object())));
    Ok(())
}
