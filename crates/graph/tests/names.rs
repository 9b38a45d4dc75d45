//! Edges by name, against a search of the list.

mod common;

use common::{node, view};
use proptest::prelude::*;
use pyrus_graph::{DirectionFilter, Edge, GraphView, Node, Role};

#[derive(Clone, Debug)]
enum Step {
    /// Insert an edge: from the hub or to it, with a name or without.
    Insert(bool, Option<u8>),
    /// Name the n-th edge, if it has no name.
    Name(usize, u8),
    /// Turn the n-th edge around, so to speak.
    Undirect(usize),
    /// Replace the n-th edge.
    Replace(usize, u8),
    /// Look for every name.
    Look,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let name = 0u8..40;
    let step = prop_oneof![
        20 => (any::<bool>(), prop::option::weighted(0.8, name.clone()))
            .prop_map(|(out, name)| Step::Insert(out, name)),
        3 => (0usize..200, name.clone()).prop_map(|(at, name)| Step::Name(at, name)),
        1 => (0usize..200).prop_map(Step::Undirect),
        1 => (0usize..200, name).prop_map(|(at, name)| Step::Replace(at, name)),
        1 => Just(Step::Look),
    ];
    prop::collection::vec(step, 0..if cfg!(miri) { 80 } else { 250 })
}

/// What a search edge by edge finds.
fn first(view: &GraphView, hub: &Node, role: Role, name: &str) -> Option<Edge> {
    let mut edges = view.edges_of(hub, 1).unwrap().map(Result::unwrap);
    edges.find(|edge| edge.has_name(name) && DirectionFilter::from(role).passes(edge, hub))
}

fn compare(view: &GraphView, hub: &Node) -> Result<(), TestCaseError> {
    for name in (0u8..41)
        .step_by(common::step(20))
        .map(|name| name.to_string())
    {
        for role in [Role::Any, Role::Source, Role::Target] {
            let found = view.first_edge_named(hub, 1, role, &name).unwrap();
            prop_assert_eq!(found, first(view, hub, role, &name));
        }
    }
    Ok(())
}

fn built(ends: (&Node, &Node), name: Option<u8>) -> Edge {
    let edge = Edge::build(ends.0, ends.1, 1).directional(true);
    match name {
        Some(name) => edge.name(name.to_string()),
        None => edge,
    }
    .finish()
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 64 }))]

    #[test]
    fn a_name_is_found_where_it_stands_first(steps in steps()) {
        let (view, hub, other) = (view(), node(), node());
        view.insert_node(&hub).unwrap();
        view.insert_node(&other).unwrap();
        let mut edges: Vec<Edge> = Vec::new();
        for step in steps {
            match step {
                Step::Insert(out, name) => {
                    let ends = if out { (&hub, &other) } else { (&other, &hub) };
                    edges.push(built(ends, name));
                    view.insert_edge(edges.last().unwrap()).unwrap();
                }
                Step::Name(at, name) => {
                    if let Some(edge) = edges.get(at) {
                        edge.set_name(name.to_string());
                    }
                }
                Step::Undirect(at) => {
                    if let Some(edge) = edges.get(at) {
                        edge.set_directional(false);
                    }
                }
                Step::Replace(at, name) => {
                    if let Some(old) = edges.get_mut(at) {
                        let target = if name % 2 == 0 { &hub } else { &other };
                        let new = built((old.source(), target), Some(name));
                        view.replace_edge(old, &new).unwrap();
                        *old = new;
                    }
                }
                Step::Look => compare(&view, &hub)?,
            }
        }
        compare(&view, &hub)?;
    }
}
