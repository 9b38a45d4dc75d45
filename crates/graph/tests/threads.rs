//! Several threads on the same records and views.

mod common;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use common::{link, list, nodes, rounds, view};
use pyrus_graph::{DirectionFilter, Edge, GraphView, Literal, Node};

const KIND: u8 = 1;

#[test]
fn everything_is_send_and_sync() {
    fn check<T: Send + Sync>() {}
    check::<Node>();
    check::<Edge>();
    check::<GraphView>();
    check::<pyrus_graph::Path>();
    check::<pyrus_graph::EdgeCursor>();
    check::<pyrus_graph::AttributeSnapshot>();
}

#[test]
fn t40_four_threads_at_one_node() {
    let (view, count) = (view(), rounds(2000));
    let [hub] = nodes(&view);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..count {
                    let leaf = view.create_and_insert_node().unwrap();
                    link(&view, &hub, &leaf, KIND);
                    hub.put("k", Literal::Bool(true));
                }
            });
        }
    });
    assert_eq!(
        (view.node_count(), view.edge_count()),
        (Ok(4 * count + 2), Ok(4 * count))
    );
    assert_eq!(list(&view, &hub, KIND), view.edges().unwrap());
    let mut ids: Vec<u32> = view.nodes().unwrap().iter().map(Node::id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(
        (ids.len(), hub.attributes().len()),
        (4 * count + 2, 4 * count)
    );
}

#[test]
fn two_views_inserted_into_each_other() {
    let (g, h, count) = (view(), view(), if cfg!(miri) { 5 } else { 300 });
    let grow_into = |from: &GraphView, to: &GraphView| {
        for _ in 0..count {
            let [a] = nodes(from);
            link(from, from.self_node(), &a, KIND);
            to.insert_subgraph(from).unwrap();
            drop(from.subgraph(&to.nodes().unwrap()).unwrap());
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| grow_into(&g, &h));
        scope.spawn(|| grow_into(&h, &g));
    });
    g.insert_subgraph(&h).unwrap();
    h.insert_subgraph(&g).unwrap();
    assert_eq!(
        (g.node_count(), h.node_count()),
        (Ok(2 * count + 2), Ok(2 * count + 2))
    );
    assert_eq!(
        (g.edge_count(), h.edge_count()),
        (Ok(2 * count), Ok(2 * count))
    );
}

#[test]
fn visits_go_on_while_others_insert() {
    let (view, count) = (view(), rounds(5000));
    let [hub] = nodes(&view);
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..count {
                let leaf = view.create_and_insert_node().unwrap();
                link(&view, &hub, &leaf, KIND);
            }
        });
        for _ in 0..3 {
            scope.spawn(|| {
                let mut longest = 0;
                while longest < count {
                    let mut seen = Vec::new();
                    let _ = view
                        .visit_edges(&hub, KIND, DirectionFilter::Any, |edge| {
                            seen.push(edge.id());
                            ControlFlow::<()>::Continue(())
                        })
                        .unwrap();
                    assert!(seen.len() >= longest && seen.is_sorted());
                    longest = seen.len();
                }
            });
        }
    });
}

#[test]
fn destroying_under_everybody() {
    for _ in 0..rounds(50) {
        let (view, failures) = (view(), AtomicUsize::new(0));
        let [hub] = nodes(&view);
        let work = || -> Result<(), Box<dyn std::error::Error>> {
            loop {
                let leaf = view.create_and_insert_node()?;
                view.insert_edge(&Edge::new(&hub, &leaf, KIND)?)?;
                let _ = view.visit_edges(&hub, KIND, DirectionFilter::Any, |edge| {
                    assert!(edge.source() == &hub);
                    ControlFlow::<()>::Continue(())
                })?;
            }
        };
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    work()
                        .is_err()
                        .then(|| failures.fetch_add(1, Ordering::SeqCst))
                });
            }
            scope.spawn(|| {
                thread::yield_now();
                view.destroy();
            });
        });
        assert_eq!(failures.into_inner(), 3);
        assert!(hub.is_unique());
    }
}
