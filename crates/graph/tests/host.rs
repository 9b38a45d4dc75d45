//! What a host remembers about nodes and views.

use std::sync::atomic::Ordering;

use pyrus_graph::GraphView;

#[test]
fn a_view_knows_which_of_its_nodes_are_hosted() {
    let view = GraphView::new().unwrap();
    let [plain, pointed, anchored] =
        std::array::from_fn(|_| view.create_and_insert_node().unwrap());
    assert_eq!(view.hosted_nodes().unwrap(), []);

    pointed.host().set(1);
    anchored.anchor(Box::new("kept"));
    assert!(!plain.is_hosted());
    assert_eq!(
        view.hosted_nodes().unwrap(),
        [pointed.clone(), anchored.clone()]
    );

    pointed.host().clear();
    assert!(anchored.take_anchor().is_some());
    assert_eq!(view.hosted_nodes().unwrap(), []);
    view.destroy();
    assert!(view.hosted_nodes().is_err());
}

#[test]
fn a_view_has_a_slot_of_its_own() {
    let view = GraphView::new().unwrap();
    view.host().cell().store(7, Ordering::Release);
    assert_eq!((view.host().get(), view.self_node().host_pointer()), (7, 0));
    view.destroy();
    assert!(view.host().replace_if(7, 0));
}
