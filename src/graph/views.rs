//! The views that have a Python object, to find those that contain a node.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use pyrus_graph::{GraphView, Node};

/// By id, so that the order is that of creation. Nothing but the map is touched while it is locked: dropping a view
/// may run Python.
static VIEWS: Mutex<BTreeMap<u32, Weak<GraphView>>> = Mutex::new(BTreeMap::new());

fn views() -> MutexGuard<'static, BTreeMap<u32, Weak<GraphView>>> {
    VIEWS.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn add(view: &Arc<GraphView>) {
    views().insert(view.id(), Arc::downgrade(view));
}

pub(super) fn remove(view: &GraphView) {
    views().remove(&view.id());
}

/// The views of which the node is a member. O(views).
pub(super) fn with_member(node: &Node) -> Vec<Arc<GraphView>> {
    let all: Vec<_> = views().values().filter_map(Weak::upgrade).collect();
    all.into_iter()
        .filter(|view| view.contains_node(node).unwrap_or(false))
        .collect()
}
