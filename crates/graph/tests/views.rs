//! Inserting and listing.

mod common;

use common::{edge, link, list, node, nodes, view};
use pyrus_graph::{Edge, InsertEdgeError, Role};

#[test]
fn t3_a_new_view_has_its_self_node() {
    let view = view();
    assert_eq!((view.node_count(), view.edge_count()), (Ok(1), Ok(0)));
    assert_eq!(view.nodes().unwrap(), [view.self_node().clone()]);
    assert_eq!(view.contains_node(view.self_node()), Ok(true));
    assert_eq!(view.id(), view.self_node().id());
}

#[test]
fn t4_a_node_is_in_once() {
    let (view, a) = (view(), node());
    assert_eq!(
        (view.insert_node(&a), view.insert_node(&a)),
        (Ok(true), Ok(false))
    );
    assert_eq!(view.node_count(), Ok(2));
}

#[test]
fn t5_a_node_that_is_not_in_has_no_edges() {
    let (view, a) = (view(), node());
    assert_eq!(list(&view, &a, 0), []);
    assert_eq!(view.kinds_of(&a), Ok(vec![]));
    assert_eq!(view.first_edge(&a, 0, Role::Any), Ok(None));
    assert_eq!(
        (view.contains_node(&a), view.node_count()),
        (Ok(false), Ok(1))
    );
}

#[test]
fn t6_views_share_nodes() {
    let (g, h, a) = (view(), view(), node());
    g.insert_node(&a).unwrap();
    h.insert_node(&a).unwrap();
    assert_eq!(g.nodes().unwrap()[1], h.nodes().unwrap()[1]);
}

#[test]
fn t21_missing_ends_are_errors_and_change_nothing() {
    let (view, a, b) = (view(), node(), node());
    let ab = edge(&a, &b, 1);
    assert_eq!(view.insert_edge(&ab), Err(InsertEdgeError::SourceMissing));
    view.insert_node(&a).unwrap();
    assert_eq!(view.insert_edge(&ab), Err(InsertEdgeError::TargetMissing));
    assert_eq!(
        InsertEdgeError::SourceMissing.to_string(),
        "Edge source node not in graph"
    );
    assert_eq!(
        InsertEdgeError::TargetMissing.to_string(),
        "Edge target node not in graph"
    );
    assert_eq!(
        (view.edge_count(), view.contains_edge(&ab)),
        (Ok(0), Ok(false))
    );
    assert_eq!(list(&view, &a, 1), []);
    // T21F
    view.insert_node(&b).unwrap();
    assert_eq!(view.insert_edge(&ab), Ok(true));
    assert_eq!(
        (view.edge_count(), list(&view, &a, 1), list(&view, &b, 1)),
        (Ok(1), vec![ab.clone()], vec![ab])
    );
}

#[test]
fn t22_an_edge_is_in_once_parallel_edges_differ() {
    let view = view();
    let [a, b] = nodes(&view);
    let first = link(&view, &a, &b, 1);
    assert_eq!(
        (view.insert_edge(&first), view.edge_count()),
        (Ok(false), Ok(1))
    );
    let second = link(&view, &a, &b, 1);
    assert_eq!(view.edge_count(), Ok(2));
    let both = vec![first, second];
    assert_eq!(
        (list(&view, &a, 1), list(&view, &b, 1)),
        (both.clone(), both)
    );
}

#[test]
fn t23_lists_keep_the_order_of_insertion() {
    let view = view();
    let [a, b] = nodes(&view);
    let edges: Vec<Edge> = (0..6).map(|_| edge(&a, &b, 4)).collect();
    let order = [3, 0, 5, 1, 4, 2].map(|at: usize| edges[at].clone());
    for edge in &order {
        view.insert_edge(edge).unwrap();
    }
    assert_eq!(
        (list(&view, &a, 4), list(&view, &b, 4)),
        (order.to_vec(), order.to_vec())
    );
    assert_eq!(
        (view.edges().unwrap(), list(&view, &a, 5)),
        (order.to_vec(), vec![])
    );
}

#[test]
fn kinds_are_listed_ascending_under_the_kind_at_insertion() {
    let view = view();
    let [a, b] = nodes(&view);
    for kind in [200, 3, 90, 3] {
        link(&view, &a, &b, kind);
    }
    let late = link(&view, &a, &b, 5);
    late.set_kind(6);
    assert_eq!(view.kinds_of(&a), Ok(vec![3, 5, 90, 200]));
    assert_eq!(
        (list(&view, &a, 5), list(&view, &a, 6)),
        (vec![late.clone()], vec![])
    );
    let other = common::view();
    other.insert_subgraph(&view).unwrap();
    assert_eq!(
        (list(&other, &a, 5), list(&other, &a, 6)),
        (vec![], vec![late])
    );
}

#[test]
fn t38_listing_gives_insertion_order() {
    let (view, late) = (view(), view());
    let early = node();
    let middle = late.create_and_insert_node().unwrap();
    for node in [&middle, late.self_node(), &early] {
        view.insert_node(node).unwrap();
    }
    let expected = [
        view.self_node().clone(),
        middle,
        late.self_node().clone(),
        early,
    ];
    assert_eq!(view.nodes().unwrap(), expected);
}
