//! Visiting: filters, order, what a callback may do.

mod common;

use std::ops::ControlFlow;

use common::{link, list, nodes, view, visit};
use pyrus_graph::{DirectionFilter, Edge, GraphView, Node, Role};

#[test]
fn t24_filters() {
    let view = view();
    let [a, b] = nodes(&view);
    let directed = |source, target| {
        let edge = Edge::build(source, target, 0)
            .directional(true)
            .finish()
            .unwrap();
        view.insert_edge(&edge).unwrap();
        edge
    };
    let (ab, ba) = (directed(&a, &b), directed(&b, &a));
    let (u, v) = (link(&view, &a, &b, 0), link(&view, &b, &a, 0));
    let (ab_u_v, ba_u_v) = (
        [ab.clone(), u.clone(), v.clone()],
        [ba.clone(), u.clone(), v.clone()],
    );
    for (node, filter, expected) in [
        (&a, DirectionFilter::Outgoing, &ab_u_v),
        (&a, DirectionFilter::Incoming, &ba_u_v),
        (&b, DirectionFilter::Outgoing, &ba_u_v),
        (&b, DirectionFilter::Incoming, &ab_u_v),
    ] {
        assert_eq!(visit(&view, node, 0, filter), expected);
    }
    assert_eq!(list(&view, &a, 0), [ab.clone(), ba.clone(), u, v]);
    assert_eq!(view.first_edge(&a, 0, Role::Any), Ok(Some(ab.clone())));
    assert_eq!(view.first_edge(&b, 0, Role::Source), Ok(Some(ba)));
    assert_eq!(view.first_edge(&b, 0, Role::Target), Ok(Some(ab)));
}

#[test]
fn t25_a_loop_is_visited_twice_and_counted_once() {
    let view = view();
    let [a] = nodes(&view);
    let plain = link(&view, &a, &a, 0);
    let directed = Edge::build(&a, &a, 0).directional(true).finish().unwrap();
    view.insert_edge(&directed).unwrap();
    for filter in [
        DirectionFilter::Any,
        DirectionFilter::Outgoing,
        DirectionFilter::Incoming,
    ] {
        let seen = visit(&view, &a, 0, filter);
        assert_eq!(
            seen,
            [&plain, &plain, &directed, &directed].map(Clone::clone)
        );
    }
    assert_eq!(view.edge_count(), Ok(2));
}

#[test]
fn t26_a_break_comes_out_at_once() {
    let view = view();
    let [a, b] = nodes(&view);
    let first = link(&view, &a, &b, 0);
    link(&view, &a, &b, 0);
    let answer = view.visit_edges(&a, 0, DirectionFilter::Any, |edge| {
        ControlFlow::Break(edge.clone())
    });
    assert_eq!(answer, Ok(ControlFlow::Break(first)));
}

#[test]
fn t27_a_visit_does_not_see_what_it_inserts() {
    for count in [3, 16, 17, 300] {
        let view = view();
        let [a, b] = nodes(&view);
        let mut expected: Vec<Edge> = (0..count).map(|_| link(&view, &a, &b, 0)).collect();
        let mut added = Vec::new();
        let _ = view
            .visit_edges(&a, 0, DirectionFilter::Any, |_| {
                view.create_and_insert_node().unwrap();
                added.push(link(&view, &a, &b, 0));
                ControlFlow::<()>::Continue(())
            })
            .unwrap();
        assert_eq!(added.len(), count);
        expected.extend(added);
        assert_eq!(list(&view, &a, 0), expected);

        let snapshot = view.edges_of(&a, 0).unwrap();
        link(&view, &a, &b, 0);
        assert_eq!(snapshot.count(), 2 * count);
    }
}

/// How deep visits were nested.
fn depth(view: &GraphView, a: &Node, left: u32) -> u32 {
    let mut reached = 0;
    let _ = view.visit_edges(a, 0, DirectionFilter::Any, |_| {
        reached = if left == 0 {
            0
        } else {
            1 + depth(view, a, left - 1)
        };
        ControlFlow::<()>::Continue(())
    });
    reached
}

#[test]
fn t28_visits_nest() {
    let view = view();
    let [a, b] = nodes(&view);
    link(&view, &a, &b, 0);
    assert_eq!(depth(&view, &a, 100), 100);
}
