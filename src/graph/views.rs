//! The views that have a Python object, to find those that contain a node.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use pyrus::{Any, This, interpreter};
use pyrus_graph::{GraphView, Node};

use crate::api::graph::py;

/// By id, so that the order is that of creation; each with the interpreter of its Python object, which the others must
/// not touch. Nothing but the map is touched while it is locked: dropping a view may run Python.
type Views = BTreeMap<u32, (usize, Weak<GraphView>)>;

/// All of them.
static VIEWS: Mutex<Views> = Mutex::new(Views::new());
/// Those that were destroyed and keep objects nevertheless. Few.
static KEEPERS: Mutex<Views> = Mutex::new(Views::new());

fn lock(views: &'static Mutex<Views>) -> MutexGuard<'static, Views> {
    views.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn add(this: This<'_, py::GraphView>) {
    let view = this.arc();
    let entry = (interpreter(this.object()), Arc::downgrade(&view));
    lock(&VIEWS).insert(view.id(), entry);
}

/// The view was destroyed, and keeps objects.
pub(super) fn add_keeper(this: This<'_, py::GraphView>) {
    let view = this.arc();
    let entry = (interpreter(this.object()), Arc::downgrade(&view));
    lock(&KEEPERS).insert(view.id(), entry);
}

/// The view loses its Python object.
pub(super) fn remove(view: &GraphView) {
    lock(&VIEWS).remove(&view.id());
    if view.is_destroyed() {
        lock(&KEEPERS).remove(&view.id());
    }
}

/// Those of this interpreter, oldest first. O(views).
fn mine(views: &'static Mutex<Views>, proof: Any<'_>) -> Vec<Arc<GraphView>> {
    let here = interpreter(proof);
    let views = lock(views);
    let mine = views.values().filter(|(home, _)| *home == here);
    mine.filter_map(|(_, view)| view.upgrade()).collect()
}

/// The destroyed views that keep objects. They are to be added again if they still do.
pub(super) fn take_keepers(proof: Any<'_>) -> Vec<Arc<GraphView>> {
    let found = mine(&KEEPERS, proof);
    let mut keepers = lock(&KEEPERS);
    for view in &found {
        keepers.remove(&view.id());
    }
    found
}

/// The views of which the node is a member, and the destroyed ones through which it may still be met: those of which it
/// is the self node, or was a member that lived on. O(views).
pub(super) fn with_member(node: &Node, proof: Any<'_>) -> Vec<Arc<GraphView>> {
    let mut found = mine(&VIEWS, proof);
    found.retain(|view| {
        let member = view.contains_node(node);
        member.unwrap_or_else(|_| view.self_node().is_same(node) || view.has_left(node))
    });
    found
}
