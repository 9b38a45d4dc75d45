//! What destroying ends, and what it does not.

mod common;

use std::ops::ControlFlow;

use common::{edge, link, list, node, nodes, view};
use pyrus_graph::{DestroyedError, DirectionFilter, Edge, Role};

#[test]
fn t45_records_outlive_their_view() {
    let (old, new) = (view(), view());
    let [a, b] = nodes(&old);
    let ab = link(&old, &a, &b, 0);
    old.destroy();
    assert_eq!(ab.source(), &a);
    assert_eq!(
        (new.insert_node(&a), new.insert_node(&b)),
        (Ok(true), Ok(true))
    );
    assert_eq!(new.insert_edge(&ab), Ok(true));
    assert_eq!(list(&new, &a, 0), [ab]);
}

#[test]
fn t46_adjacency_belongs_to_the_view() {
    let (g, h) = (view(), view());
    let [a, b] = nodes(&g);
    let ab = link(&g, &a, &b, 0);
    h.insert_node(&a).unwrap();
    h.insert_node(&b).unwrap();
    assert_eq!(list(&h, &a, 0), []);
    h.insert_edge(&ab).unwrap();
    g.destroy();
    assert_eq!(list(&h, &a, 0), [ab]);
}

#[test]
fn c12_destroying_again_does_nothing() {
    let old = view();
    for _ in 0..3 {
        old.destroy();
    }
    let views: Vec<_> = (0..common::rounds(1000)).map(|_| view()).collect();
    assert!(views.iter().all(|view| view.node_count() == Ok(1)));
}

#[test]
fn c13_a_destroyed_view_keeps_its_identity_only() {
    let (view, a) = (view(), node());
    let ab = edge(&a, &a, 0);
    view.destroy();
    let gone = DestroyedError {
        graph_id: view.id(),
    };
    assert_eq!((view.is_destroyed(), view.check_alive()), (true, Err(gone)));
    assert_eq!(view.self_node().id(), view.id());
    assert_eq!(view.insert_node(&a), Err(gone));
    assert_eq!(view.create_and_insert_node(), Err(gone.into()));
    assert_eq!(view.insert_edge(&ab), Err(gone.into()));
    assert_eq!(view.replace_edge(&ab, &ab), Err(gone.into()));
    assert_eq!(
        (view.node_count(), view.edge_count()),
        (Err(gone), Err(gone))
    );
    assert_eq!(
        (view.contains_node(&a), view.contains_edge(&ab)),
        (Err(gone), Err(gone))
    );
    assert_eq!((view.nodes(), view.edges()), (Err(gone), Err(gone)));
    assert_eq!(
        (view.kinds_of(&a), view.first_edge(&a, 0, Role::Any)),
        (Err(gone), Err(gone))
    );
    assert_eq!(view.edges_of(&a, 0).map(drop), Err(gone));
    let stop = |_: Edge| ControlFlow::Break(());
    assert_eq!(
        view.visit_edges(&a, 0, DirectionFilter::Any, stop),
        Err(gone)
    );
}

#[test]
fn c14_destroying_during_a_visit_ends_it() {
    let view = view();
    let [a, b] = nodes(&view);
    for _ in 0..300 {
        link(&view, &a, &b, 0);
    }
    let mut snapshot = view.edges_of(&a, 0).unwrap();
    assert!(snapshot.next().is_some_and(|edge| edge.is_ok()));
    let mut calls = 0;
    let end = view.visit_edges(&a, 0, DirectionFilter::Any, |_| {
        calls += 1;
        if calls == 2 {
            view.destroy();
        }
        ControlFlow::<()>::Continue(())
    });
    let gone = DestroyedError {
        graph_id: view.id(),
    };
    assert_eq!((calls, end), (2, Err(gone)));
    assert_eq!((snapshot.next(), snapshot.next()), (Some(Err(gone)), None));
}

#[test]
fn c14_a_break_wins_over_the_error() {
    let view = view();
    let [a] = nodes(&view);
    link(&view, &a, &a, 0);
    let end = view.visit_edges(&a, 0, DirectionFilter::Any, |_| {
        view.destroy();
        ControlFlow::Break(7)
    });
    assert_eq!(end, Ok(ControlFlow::Break(7)));
}

#[test]
fn a_destroyed_view_knows_which_nodes_live_on() {
    let view = view();
    let [a, b, c, d] = nodes(&view);
    let (id, out) = (b.id(), node());
    let kept = link(&view, &b, &b, 0);
    link(&view, &c, &d, 0);
    let other = common::view();
    other.insert_node(&c).unwrap();
    drop((a, b));
    assert!(!view.has_left(kept.source()));
    view.destroy();
    assert_eq!(kept.source().id(), id);
    assert!(
        [kept.source(), &c, &d, view.self_node()]
            .iter()
            .all(|node| view.has_left(node))
    );
    assert!(!view.has_left(&out) && !other.has_left(&c));
    view.destroy();
    assert!(view.has_left(&c));
}
