//! Type graphs: what is built, in which order, and that instances and copies are alike.

use std::ops::ControlFlow;

use proptest::prelude::*;
use pyrus_graph::{DirectionFilter, Edge, GraphView, Literal, Node, kinds};
use pyrus_typegraph::{
    Bound, EdgeAttributes, Error, InstantiationErrorKind, Segment, TypeGraph, composition,
    copy_node_into, pointer,
};

fn view() -> GraphView {
    GraphView::new().unwrap()
}

/// A type that can be instantiated.
fn add_type(types: &TypeGraph<'_>, name: &str) -> Node {
    let node = types.add_type(name).unwrap();
    types
        .mark_constructable(Bound::new(types.view(), &node))
        .unwrap();
    node
}

fn add_child(types: &TypeGraph<'_>, parent: &Node, child: &Node, name: Option<&str>) -> Node {
    let bound = |node| Bound::new(types.view(), node);
    types
        .add_make_child(bound(parent), bound(child), name, &[])
        .unwrap()
}

fn add_link(types: &TypeGraph<'_>, owner: &Node, ends: [&[&str]; 2], edge: &EdgeAttributes) {
    let [lhs, rhs] = ends.map(|path| {
        let path: Vec<Segment> = path.iter().map(|name| Segment::child(*name)).collect();
        types.add_reference(&path).unwrap()
    });
    let bound = |node| Bound::new(types.view(), node);
    types
        .add_make_link(bound(owner), bound(&lhs), bound(&rhs), edge)
        .unwrap();
}

fn children(view: &GraphView, node: &Node) -> Vec<(String, Node)> {
    let mut found = Vec::new();
    let _ = composition::visit_children::<()>(view, node, |edge| {
        found.push((edge.name().unwrap(), edge.target().clone()));
        ControlFlow::Continue(())
    });
    found
}

/// A tree as text: names, attributes, and pointers among its nodes by their place in it.
fn shape(view: &GraphView, root: &Node) -> Vec<String> {
    let mut nodes = vec![(String::new(), root.clone())];
    let mut at = 0;
    while at < nodes.len() {
        let node = nodes[at].1.clone();
        nodes.extend(children(view, &node));
        at += 1;
    }
    let place = |node: &Node| nodes.iter().position(|(_, other)| other == node);
    let line = |(name, node): &(String, Node)| {
        let mut pointers = Vec::new();
        let _ = pointer::visit::<()>(view, node, |edge| {
            pointers.push((place(edge.target()), edge.attributes()));
            ControlFlow::Continue(())
        });
        format!("{name} {:?} {pointers:?}", node.attributes())
    };
    nodes.iter().map(line).collect()
}

#[test]
fn a_new_type_graph_has_22_nodes_and_49_edges() {
    let view = view();
    let types = TypeGraph::create(&view).unwrap();
    assert_eq!((view.node_count(), view.edge_count()), (Ok(23), Ok(49)));
    let names: Vec<String> = children(&view, types.node())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names.join(" "),
        "ImplementsType ImplementsTrait MakeChild MakeLink Reference TypeReference is_constructable"
    );
}

#[test]
fn types_may_be_nested_as_deeply_as_memory_allows() {
    let levels = if cfg!(miri) { 20 } else { 5_000 };
    let view = view();
    let types = TypeGraph::create(&view).unwrap();
    let mut inner = add_type(&types, "0");
    for depth in 1..levels {
        let outer = add_type(&types, &depth.to_string());
        add_child(&types, &outer, &inner, Some("x"));
        inner = outer;
    }
    let mut node = types.instantiate(&(levels - 1).to_string()).unwrap();
    let mut depth = 0;
    while let Some(child) = composition::child(&view, &node, "x").unwrap() {
        (node, depth) = (child, depth + 1);
    }
    assert_eq!(depth, levels - 1);
}

#[test]
fn a_type_that_contains_itself_is_refused() {
    let view = view();
    let types = TypeGraph::create(&view).unwrap();
    let (a, b) = (add_type(&types, "A"), add_type(&types, "B"));
    add_child(&types, &a, &b, Some("b"));
    let closing = add_child(&types, &b, &a, Some("a"));
    let Err(Error::Instantiation(error)) = types.instantiate("A") else {
        panic!("it has no end");
    };
    assert_eq!(error.kind, InstantiationErrorKind::Other);
    assert_eq!((error.node, error.identifier.as_str()), (closing, "A"));
}

#[test]
fn a_link_that_changes_a_type_shows_in_the_next_instance() {
    let view = view();
    let types = TypeGraph::create(&view).unwrap();
    let [leaf, outer, changing] = ["Leaf", "Outer", "Changing"].map(|name| add_type(&types, name));
    let extra = add_type(&types, "Extra");
    let made = add_child(&types, &extra, &leaf, Some("more"));
    add_child(&types, &outer, &changing, Some("one"));
    add_child(&types, &outer, &changing, Some("two"));
    // The type `Changing` gets the make-child of `Extra` when it is instantiated.
    let lhs = types
        .add_reference(&[Segment::child("<<Changing")])
        .unwrap();
    let into = Segment::child("<<Extra");
    let rhs = types
        .add_reference(&[into, Segment::child("more")])
        .unwrap();
    let bound = |node| Bound::new(&view, node);
    types
        .add_make_link(
            bound(&changing),
            bound(&lhs),
            bound(&rhs),
            &composition::attributes("more"),
        )
        .unwrap();
    assert_eq!(composition::child(&view, &extra, "more"), Ok(Some(made)));
    let root = types.instantiate("Outer").unwrap();
    let count = |name| {
        let child = composition::child(&view, &root, name).unwrap().unwrap();
        children(&view, &child).len()
    };
    assert_eq!((count("one"), count("two")), (0, 1));
}

/// Types, each with children of earlier types and links between them.
type Recipe = Vec<(Vec<(usize, Option<u8>)>, Vec<(usize, usize, bool)>)>;

fn recipes() -> impl Strategy<Value = Recipe> {
    let children = prop::collection::vec((0usize..8, prop::option::of(0u8..4)), 0..4);
    let links = prop::collection::vec((0usize..4, 0usize..4, any::<bool>()), 0..4);
    prop::collection::vec((children, links), 1..if cfg!(miri) { 3 } else { 6 })
}

fn build(types: &TypeGraph<'_>, recipe: &Recipe) -> Vec<Node> {
    let mut made: Vec<Node> = Vec::new();
    for (i, (children, links)) in recipe.iter().enumerate() {
        let node = add_type(types, &format!("T{i}"));
        let mut names = Vec::new();
        for (of, name) in children {
            let Some(of) = made.get(*of) else { continue };
            let name = name.map(|name| format!("c{name}"));
            add_child(types, &node, of, name.as_deref());
            names.extend(name);
        }
        for (lhs, rhs, to_itself) in links {
            let (Some(lhs), Some(rhs)) = (names.get(*lhs), names.get(*rhs)) else {
                continue;
            };
            let rhs: &str = if *to_itself { "" } else { rhs };
            let edge = pointer::attributes(Some("w"), pointer::Index::new(i as u16));
            add_link(types, &node, [&[lhs], &[rhs]], &edge);
        }
        made.push(node);
    }
    made
}

/// Every list of every node.
fn lists(view: &GraphView, nodes: &[Node]) -> Vec<Vec<Edge>> {
    let mut lists = Vec::new();
    for node in nodes {
        for (kind, _) in kinds::NAMED {
            let mut list = Vec::new();
            let _ = view.visit_edges::<()>(node, kind, DirectionFilter::Any, |edge| {
                list.push(edge.clone());
                ControlFlow::Continue(())
            });
            lists.push(list);
        }
    }
    lists
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 64 }))]

    #[test]
    fn two_instances_of_a_type_are_alike(recipe in recipes()) {
        let view = view();
        let types = TypeGraph::create(&view).unwrap();
        for node in build(&types, &recipe) {
            let make = || types.instantiate_node(Bound::new(&view, &node), &[("k".into(), Literal::Int(1))]);
            let (one, two) = (make().unwrap(), make().unwrap());
            prop_assert_eq!(shape(&view, &one), shape(&view, &two));
        }
    }

    #[test]
    fn a_copy_has_what_leads_out_of_a_node_in_the_same_order(recipe in recipes()) {
        let (from, to) = (view(), view());
        let types = TypeGraph::create(&from).unwrap();
        let made = build(&types, &recipe);
        types.instantiate(&format!("T{}", made.len() - 1)).unwrap();
        let new = types.copy_into(&to, false).unwrap();
        prop_assert_eq!(to.node_count().unwrap(), new.len() + 1);
        // What leads into a node comes in the order in which it is met.
        for list in [kinds::COMPOSITION, kinds::POINTER, kinds::NEXT] {
            for node in &new {
                let edges = |view: &GraphView| -> Vec<Edge> {
                    let edges = view.edges_of(node, list).unwrap().map(Result::unwrap);
                    edges.filter(|edge| edge.source() == node).collect()
                };
                prop_assert_eq!(edges(&from), edges(&to));
            }
        }
        let before = lists(&to, new.as_slice());
        prop_assert!(types.copy_into(&to, false).unwrap().is_empty());
        prop_assert!(copy_node_into(Bound::new(&from, types.node()), &to).unwrap().is_empty());
        prop_assert_eq!(before, lists(&to, new.as_slice()));
    }
}
