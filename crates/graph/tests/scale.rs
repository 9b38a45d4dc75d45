//! More records than the pools of older implementations held. Slow and large: run with
//! `cargo test --release -p pyrus-graph --test scale -- --ignored`.

mod common;

use common::{edge, text, view};
use pyrus_graph::{Edge, Literal, Node};

#[test]
#[ignore = "needs 1.2 GB"]
fn c20_nothing_is_lost_after_sixteen_million_edges() {
    let first = Node::with_attributes([("k".to_owned(), text("v"))]).unwrap();
    let edges: Vec<Edge> = (0..(1 << 24) + 4)
        .map(|_| edge(&first, &first, 0))
        .collect();
    edges[edges.len() - 1].put("last", Literal::Bool(true));
    assert_eq!(first.get("k"), Some(text("v")));
    assert!(edges.windows(2).all(|pair| pair[0].id() < pair[1].id()));
}

#[test]
#[ignore = "needs 0.7 GB"]
fn c21_a_node_beyond_fourteen_million_takes_attributes() {
    let view = view();
    let last = (0..14_400_000)
        .map(|_| view.create_and_insert_node().unwrap())
        .last()
        .unwrap();
    last.put("k", Literal::Int(1));
    assert_eq!(last.get("k"), Some(Literal::Int(1)));
    assert_eq!(view.node_count(), Ok(14_400_001));
}

/// Edges hold nodes and nodes hold no edges, so nothing recurses.
#[test]
fn a_long_chain_is_dropped_without_recursion() {
    let view = view();
    let mut last = view.self_node().clone();
    for _ in 0..common::rounds(200_000) {
        let next = view.create_and_insert_node().unwrap();
        common::link(&view, &last, &next, 0);
        last = next;
    }
    drop(view);
    assert!(last.is_unique());
}
