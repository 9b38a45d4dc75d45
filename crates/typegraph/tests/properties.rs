//! Children and paths of random graphs, against what is too simple to be wrong.

use std::collections::BTreeSet;

use proptest::prelude::*;
use pyrus_graph::{Edge, GraphView, Node};
use pyrus_typegraph::composition::{ChildQuery, QueryError};
use pyrus_typegraph::{composition, edge_trait, edge_type, interface, pathfinder};

const NODES: usize = 9;

/// A tree and connections of interfaces: to each node but the first perhaps a parent before it, and pairs.
type Plan = (Vec<(Option<usize>, u8)>, Vec<(usize, usize, bool)>);

fn plans(shallow: bool) -> impl Strategy<Value = Plan> {
    let parents = prop::collection::vec((prop::option::of(0..NODES), 0u8..3), NODES);
    let pair = (
        0..NODES,
        0..NODES,
        any::<bool>().prop_map(move |is| is && shallow),
    );
    (parents, prop::collection::vec(pair, 0..8))
}

struct World {
    view: GraphView,
    nodes: Vec<Node>,
}

fn built((parents, pairs): &Plan) -> World {
    let view = GraphView::new().unwrap();
    let new = || view.create_and_insert_node().unwrap();
    let (types, of, kind) = (new(), new(), new());
    composition::add_child(&view, &types, &of, pathfinder::INTERFACE_TRAIT).unwrap();
    composition::add_child(&view, &types, &kind, "E").unwrap();
    let nodes: Vec<Node> = (0..NODES).map(|_| new()).collect();
    for node in &nodes {
        edge_type::add_instance(&view, &kind, node).unwrap();
        let instance = new();
        edge_type::add_instance(&view, &of, &instance).unwrap();
        edge_trait::add_trait_instance(&view, node, &instance).unwrap();
    }
    for (child, (parent, name)) in parents.iter().enumerate() {
        let Some(parent) = parent.filter(|parent| *parent < child) else {
            continue;
        };
        let (parent, name) = (&nodes[parent], name.to_string());
        if composition::child(&view, parent, &name).unwrap().is_none() {
            composition::add_child(&view, parent, &nodes[child], &name).unwrap();
        }
    }
    for (a, b, shallow) in pairs {
        interface::connect(&view, &nodes[*a], &nodes[*b], *shallow).unwrap();
    }
    World { view, nodes }
}

/// The ids of what each node is connected to; nothing if the hierarchy is cyclic.
fn reached(world: &World) -> Option<Vec<BTreeSet<u32>>> {
    let from = |node| {
        let paths = pathfinder::connected(&world.view, node, true).ok()?;
        Some(paths.iter().map(|path| path.end().id()).collect())
    };
    world.nodes.iter().map(from).collect()
}

/// What a query gives, by recursion.
fn descendants(view: &GraphView, node: &Node, found: &mut Vec<Node>) {
    let children: Vec<Edge> = view
        .edges_of(node, composition::TID)
        .unwrap()
        .map(Result::unwrap)
        .filter(|edge| edge.source() == node && edge.target() != node)
        .collect();
    for edge in children {
        found.push(edge.target().clone());
        descendants(view, edge.target(), found);
    }
}

proptest! {
    #[test]
    fn without_shallow_connections_it_is_symmetric(plan in plans(false)) {
        let world = built(&plan);
        if let Some(reached) = reached(&world) {
            for (a, node) in world.nodes.iter().enumerate() {
                for (b, other) in world.nodes.iter().enumerate() {
                    prop_assert_eq!(
                        reached[a].contains(&other.id()),
                        reached[b].contains(&node.id())
                    );
                }
            }
        }
    }

    #[test]
    fn paths_lead_where_they_say(plan in plans(true)) {
        let world = built(&plan);
        for source in &world.nodes {
            let Ok(paths) = pathfinder::connected(&world.view, source, true) else {
                continue;
            };
            prop_assert_eq!(paths[0].end(), source);
            for path in &paths {
                let mut at = source.clone();
                for (edge, forward) in path.edges() {
                    prop_assert!(world.view.contains_edge(&edge).unwrap());
                    let (from, to) = if forward {
                        (edge.source(), edge.target())
                    } else {
                        (edge.target(), edge.source())
                    };
                    prop_assert_eq!(from, &at);
                    at = to.clone();
                }
                prop_assert_eq!(&at, path.end());
                let alone = pathfinder::path_to(&world.view, source, &at).unwrap();
                prop_assert_eq!(alone.unwrap().edges(), path.edges());
            }
            let others = pathfinder::connected(&world.view, source, false).unwrap();
            prop_assert_eq!(others.len() + 1, paths.len());
        }
    }

    #[test]
    fn a_query_is_a_walk(plan in plans(false)) {
        let world = built(&plan);
        for node in &world.nodes {
            let mut expected = Vec::new();
            descendants(&world.view, node, &mut expected);
            let found = composition::query(&world.view, node, &ChildQuery::default()).unwrap();
            prop_assert_eq!(found, expected);
        }
        let (first, last) = (&world.nodes[0], &world.nodes[NODES - 1]);
        composition::add_child(&world.view, first, last, "down").unwrap();
        composition::add_child(&world.view, last, first, "up").unwrap();
        let query = composition::query(&world.view, first, &ChildQuery::default());
        let cyclic = matches!(query, Err(QueryError::Cyclic { .. }));
        prop_assert!(cyclic);
    }
}
