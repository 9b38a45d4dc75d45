//! Subgraphs, insertion of views, bulk insertion.

mod common;

use common::{edge, link, list, node, nodes, view};
use pyrus_graph::{DestroyedError, EdgeSet, Error, InsertEdgeError, Node, NodeMap, NodeSet};

#[test]
fn t29_a_subgraph_has_the_edges_between_its_nodes_in_list_order() {
    let view = view();
    let n: [Node; 6] = nodes(&view);
    let e = |source: usize, target: usize, kind| link(&view, &n[source], &n[target], kind);
    let (e01, e12, e20, _) = (e(0, 1, 1), e(1, 2, 1), e(2, 0, 1), e(3, 0, 1));
    let (e02, e11, _) = (e(0, 2, 2), e(1, 1, 3), e(4, 5, 1));

    let sub = view
        .subgraph(&[n[2].clone(), n[0].clone(), n[1].clone()])
        .unwrap();
    assert_eq!((sub.node_count(), sub.edge_count()), (Ok(4), Ok(5)));
    assert_ne!(sub.id(), view.id());
    assert_eq!(list(&sub, &n[0], 1), [e20.clone(), e01.clone()]);
    assert_eq!(list(&sub, &n[1], 1), [e12.clone(), e01]);
    assert_eq!(list(&sub, &n[2], 1), [e12, e20]);
    assert_eq!(list(&sub, &n[2], 2), [e02]);
    assert_eq!(list(&sub, &n[1], 3), [e11.clone(), e11]);

    view.destroy();
    assert_eq!((sub.node_count(), list(&sub, &n[0], 1).len()), (Ok(4), 2));
}

#[test]
fn t30_odd_node_lists() {
    let (view, other) = (view(), view());
    let [a, b] = nodes(&view);
    let ab = link(&view, &a, &b, 0);
    assert_eq!(view.subgraph(&[]).unwrap().node_count(), Ok(1));
    let twice = view.subgraph(&[a.clone(), a.clone(), b.clone()]).unwrap();
    assert_eq!((twice.node_count(), twice.edges()), (Ok(3), Ok(vec![ab])));
    // Nodes are taken as such: from anywhere, and the self node only if asked for.
    let foreign = other.create_and_insert_node().unwrap();
    link(&other, other.self_node(), &foreign, 0);
    let mixed = [foreign, other.self_node().clone(), view.self_node().clone()];
    let mixed = view.subgraph(&mixed).unwrap();
    assert_eq!((mixed.node_count(), mixed.edge_count()), (Ok(4), Ok(0)));
    assert_eq!(mixed.contains_node(view.self_node()), Ok(true));
}

#[test]
fn t31_inserting_a_view_brings_nodes_and_edges() {
    let (g, h) = (view(), view());
    let [a, b] = nodes(&g);
    let ab = link(&g, &a, &b, 1);
    for other in [&g, &g, &h] {
        h.insert_subgraph(other).unwrap();
        assert_eq!((h.node_count(), h.edge_count()), (Ok(4), Ok(1)));
        assert_eq!(h.contains_node(g.self_node()), Ok(true));
        assert_eq!(list(&h, &b, 1), vec![ab.clone()]);
    }
    assert_eq!(g.node_count(), Ok(3));
}

#[test]
fn c13_merging_with_a_destroyed_view_is_an_error() {
    let (alive, dead) = (view(), view());
    dead.destroy();
    let gone = DestroyedError {
        graph_id: dead.id(),
    };
    assert_eq!(alive.insert_subgraph(&dead), Err(gone));
    assert_eq!(dead.insert_subgraph(&alive), Err(gone));
    assert_eq!(dead.insert_subgraph(&dead), Err(gone));
    assert_eq!(dead.subgraph(&[]).map(drop), Err(Error::Destroyed(gone)));
    let nothing = dead.insert_all(&NodeSet::new(), &EdgeSet::new());
    assert_eq!(nothing, Err(InsertEdgeError::Destroyed(gone)));
    assert_eq!(alive.node_count(), Ok(1));
}

#[test]
fn c15_a_subgraph_after_a_replacement() {
    let view = view();
    let [a, b, r] = nodes(&view);
    let old = link(&view, &r, &a, 78);
    view.replace_edge(&old, &edge(&r, &b, 78)).unwrap();
    let sub = view.subgraph(&[a, r]).unwrap();
    assert_eq!((sub.node_count(), sub.edge_count()), (Ok(3), Ok(0)));
}

#[test]
fn sets_go_in_all_or_nothing() {
    let view = view();
    let [a] = nodes(&view);
    let (b, c) = (node(), node());
    let (ab, bc) = (edge(&a, &b, 0), edge(&b, &c, 0));
    let edges: EdgeSet = [bc.clone(), ab.clone(), bc.clone()].into_iter().collect();
    let lacking: NodeSet = [b.clone()].into_iter().collect();
    assert_eq!(
        view.insert_all(&lacking, &edges),
        Err(InsertEdgeError::TargetMissing)
    );
    assert_eq!((view.node_count(), view.edge_count()), (Ok(2), Ok(0)));

    let complete: NodeSet = [c.clone(), b.clone(), a.clone()].into_iter().collect();
    for _ in 0..2 {
        view.insert_all(&complete, &edges).unwrap();
        let nodes = [view.self_node().clone(), a.clone(), c.clone(), b.clone()];
        assert_eq!(view.nodes().unwrap(), nodes);
        assert_eq!(view.edges().unwrap(), [bc.clone(), ab.clone()]);
    }
}

#[test]
fn maps_keep_the_order_of_first_insertion() {
    let [a, b, c] = std::array::from_fn(|_| node());
    let mut map = NodeMap::new();
    for (node, value) in [(&c, 1), (&a, 2), (&c, 3)] {
        map.insert(node, value);
    }
    assert_eq!((map.get(&c), map.get(&b), map.len()), (Some(&3), None, 2));
    assert!(map.iter().eq([(&c, &3), (&a, &2)]));
}
