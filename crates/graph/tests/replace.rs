//! Replacing an edge.

mod common;

use std::ops::ControlFlow;

use common::{edge, link, list, node, nodes, view};
use pyrus_graph::{DirectionFilter, Edge, ReplaceEdgeError};

#[test]
fn a_replacement_takes_the_place_at_the_source() {
    let view = view();
    let [a, b, c] = nodes(&view);
    let (first, old, last) = (
        link(&view, &a, &b, 1),
        link(&view, &a, &b, 1),
        link(&view, &a, &c, 1),
    );
    let new = edge(&a, &c, 1);
    view.replace_edge(&old, &new).unwrap();
    assert_eq!(list(&view, &a, 1), [&first, &new, &last].map(Clone::clone));
    assert_eq!(list(&view, &b, 1), vec![first.clone()]);
    assert_eq!(list(&view, &c, 1), [last.clone(), new.clone()]);
    assert_eq!(view.edges().unwrap(), [first, new.clone(), last]);
    assert_eq!(
        (view.contains_edge(&old), view.contains_edge(&new)),
        (Ok(false), Ok(true))
    );
    assert!(old.is_unique());
    // The old edge may come back, as any edge.
    assert_eq!(view.insert_edge(&old), Ok(true));
    assert_eq!((list(&view, &b, 1).len(), view.edge_count()), (2, Ok(4)));
}

#[test]
fn loops_are_replaced_and_may_replace() {
    let view = view();
    let [a, b] = nodes(&view);
    let (old, new, same) = (link(&view, &a, &a, 1), edge(&a, &b, 1), edge(&a, &b, 1));
    view.replace_edge(&old, &new).unwrap();
    assert_eq!(
        (list(&view, &a, 1), list(&view, &b, 1)),
        (vec![new.clone()], vec![new.clone()])
    );
    view.replace_edge(&new, &same).unwrap();
    assert_eq!(
        (list(&view, &a, 1), list(&view, &b, 1)),
        (vec![same.clone()], vec![same.clone()])
    );
    view.replace_edge(&same, &old).unwrap();
    assert_eq!(
        (list(&view, &a, 1), list(&view, &b, 1)),
        (vec![old.clone(), old], vec![])
    );
    assert_eq!(view.kinds_of(&b), Ok(vec![]));
}

#[test]
fn a_refused_replacement_changes_nothing() {
    let (view, out) = (view(), node());
    let [a, b] = nodes(&view);
    let (old, other) = (link(&view, &a, &b, 1), link(&view, &a, &b, 1));
    let cases = [
        (
            &edge(&a, &b, 1),
            &edge(&a, &b, 1),
            ReplaceEdgeError::OldMissing,
        ),
        (&old, &other, ReplaceEdgeError::NewPresent),
        (&old, &old, ReplaceEdgeError::NewPresent),
        (&old, &edge(&b, &a, 1), ReplaceEdgeError::SourceDiffers),
        (&old, &edge(&a, &b, 2), ReplaceEdgeError::KindDiffers),
        (&old, &edge(&a, &out, 1), ReplaceEdgeError::TargetMissing),
    ];
    for (old, new, error) in cases {
        assert_eq!(view.replace_edge(old, new), Err(error));
    }
    assert_eq!(list(&view, &a, 1), [old, other]);
}

#[test]
fn replacing_during_a_visit_moves_nothing() {
    let view = view();
    let [a, b, c] = nodes(&view);
    let edges: Vec<Edge> = (0..40).map(|_| link(&view, &b, &a, 0)).collect();
    let mut seen = Vec::new();
    let _ = view
        .visit_edges(&a, 0, DirectionFilter::Any, |edge| {
            if seen.is_empty() {
                view.replace_edge(&edges[1], &common::edge(&b, &c, 0))
                    .unwrap();
                view.replace_edge(&edges[30], &common::edge(&b, &c, 0))
                    .unwrap();
            }
            seen.push(edge.clone());
            ControlFlow::<()>::Continue(())
        })
        .unwrap();
    // The first batch was read before; the second one knows.
    assert!(
        seen.iter()
            .eq(edges.iter().filter(|edge| **edge != edges[30]))
    );
    assert_eq!(list(&view, &a, 0).len(), 38);
}
