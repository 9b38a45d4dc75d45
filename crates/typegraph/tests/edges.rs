//! The classes of edges, as other native code uses them.

#![allow(clippy::many_single_char_names)]

use std::ops::ControlFlow;

use pyrus_graph::{DestroyedError, Edge, GraphView, Literal, Node, kinds};
use pyrus_typegraph::{
    ConnectError, EdgeAttributes, InsertError, NotDirectional, OperandError, composition,
    edge_trait, edge_type, interface, next, operand, pointer,
};

fn view<const N: usize>() -> (GraphView, [Node; N]) {
    let view = GraphView::new().unwrap();
    let nodes = std::array::from_fn(|_| view.create_and_insert_node().unwrap());
    (view, nodes)
}

/// The targets that a visit meets.
fn targets<E: std::fmt::Debug>(
    visit: impl FnOnce(&mut dyn FnMut(Edge) -> ControlFlow<()>) -> Result<ControlFlow<()>, E>,
) -> Vec<Node> {
    let mut found = Vec::new();
    let _ = visit(&mut |edge| {
        found.push(edge.target().clone());
        ControlFlow::Continue(())
    })
    .unwrap();
    found
}

#[test]
fn children_by_name_and_order() {
    let (g, [a, b, c]) = view();
    composition::add_child(&g, &a, &a, "me").unwrap();
    composition::add_child(&g, &a, &b, "x").unwrap();
    composition::add_child(&g, &a, &c, "x").unwrap();
    assert_eq!(composition::child(&g, &a, "x").unwrap(), Some(b.clone()));
    assert_eq!(composition::child(&g, &a, "me").unwrap(), Some(a.clone()));
    assert_eq!(composition::child(&g, &a, "").unwrap(), None);
    assert_eq!(composition::parent(&g, &c).unwrap(), Some(a.clone()));
    let children = targets(|f| composition::visit_children(&g, &a, f));
    assert_eq!(children, [b, c]);
}

#[test]
fn a_refused_child_leaves_nothing_behind() {
    let (g, [a]) = view();
    let loose = Node::new().unwrap();
    let missing = composition::add_child(&g, &a, &loose, "x").unwrap_err();
    assert_eq!(missing, InsertError::TargetMissing);
    let missing = composition::add_child(&g, &loose, &a, "x").unwrap_err();
    assert_eq!(missing, InsertError::SourceMissing);
    assert_eq!(g.edge_count().unwrap(), 0);
}

#[test]
fn the_first_directional_type_edge_counts() {
    let (g, [t, u, a, b, p]) = view();
    edge_type::add_instance(&g, &t, &a).unwrap();
    edge_type::add_instance(&g, &u, &a).unwrap();
    let undirected = Edge::new(&t, &b, edge_type::TID).unwrap();
    g.insert_edge(&undirected).unwrap();
    assert!(edge_type::is_instance_of(&g, &a, &t).unwrap());
    assert!(!edge_type::is_instance_of(&g, &a, &u).unwrap());
    assert_eq!(edge_type::type_of(&g, &b).unwrap(), Some(t.clone()));
    assert!(!edge_type::is_instance_of(&g, &b, &t).unwrap());

    edge_trait::add_trait_instance(&g, &p, &b).unwrap();
    edge_trait::add_trait_instance(&g, &p, &a).unwrap();
    let found = edge_trait::trait_instance_of_type(&g, &p, &t).unwrap();
    assert_eq!(found, Some(a.clone()));
    assert_eq!(edge_trait::owner(&g, &a).unwrap(), Some(p));
}

#[test]
fn pointers_split_their_index() {
    let (g, [a, b, c]) = view();
    for number in [0, 1, 255, 256, 513, pointer::Index::MAX] {
        let index = pointer::Index::new(number);
        let edge = pointer::point_to(&g, &a, &b, Some("w"), index).unwrap();
        assert_eq!(pointer::index(&edge), number);
    }
    assert_eq!(pointer::Index::new(pointer::Index::MAX + 1), None);

    let undirected = Edge::build(&c, &a, pointer::TID).name("q").finish();
    let undirected = undirected.unwrap();
    g.insert_edge(&undirected).unwrap();
    pointer::point_to(&g, &c, &b, Some("q"), None).unwrap();
    assert_eq!(pointer::target(&undirected), Err(NotDirectional));
    assert_eq!(pointer::first(&g, &c).unwrap(), Some(b.clone()));
    assert_eq!(pointer::by_name(&g, &c, "q").unwrap(), Some(b));
    let seen = targets(|f| pointer::visit(&g, &c, f));
    assert_eq!(seen.len(), 2);
}

#[test]
fn chains_take_the_first_way() {
    let (g, [a, b, c]) = view();
    next::add(&g, &a, &b).unwrap();
    next::add(&g, &a, &c).unwrap();
    assert_eq!(next::next_node(&g, &a).unwrap(), Some(b.clone()));
    assert_eq!(next::previous_node(&g, &c).unwrap(), Some(a.clone()));
    assert_eq!(next::previous_node(&g, &a).unwrap(), None);
    let loose = Node::new().unwrap();
    let missing = next::add(&g, &a, &loose).unwrap_err();
    assert_eq!(missing, InsertError::TargetMissing);
}

#[test]
fn operands_hang_on_the_set() {
    let (g, [expression, set, x, y]) = view();
    let missing = operand::add(&g, &expression, &x, None).unwrap_err();
    assert_eq!(missing, OperandError::NoSet);
    composition::add_child(&g, &expression, &set, operand::SET).unwrap();
    let edge = operand::add(&g, &expression, &x, Some("lhs")).unwrap();
    operand::add(&g, &expression, &y, None).unwrap();
    g.insert_edge(&operand::create(&set, &set, Some("me")).unwrap())
        .unwrap();

    let by_name = |name| operand::by_name(&g, &expression, name).unwrap();
    assert_eq!([by_name("lhs"), by_name("me")], [Some(x.clone()), None]);
    assert_eq!(targets(|f| operand::visit(&g, &set, f)), [x.clone(), y]);
    assert_eq!(
        operand::expression(&g, &edge).unwrap(),
        Some(expression.clone())
    );
    let typed = operand::visit_expressions_of_type(&g, &x, &expression, |_| ControlFlow::Break(()));
    assert!(typed.unwrap().is_continue());
}

#[test]
fn connections_ask_for_one_type() {
    let (g, [t, u, a, b, c, d]) = view();
    edge_type::add_instance(&g, &t, &a).unwrap();
    edge_type::add_instance(&g, &t, &b).unwrap();
    edge_type::add_instance(&g, &u, &c).unwrap();
    let edge = interface::connect(&g, &a, &b, true).unwrap();
    assert!(interface::is_shallow(&edge) && !edge.directional());
    for other in [&c, &d] {
        let refused = interface::connect(&g, &a, other, false).unwrap_err();
        assert_eq!(refused, ConnectError::TypesDiffer);
    }
    let raw = Edge::build(&a, &b, interface::TID).attribute("shallow", Literal::Int(1));
    assert!(!interface::is_shallow(&raw.finish().unwrap()));
}

#[test]
fn attributes_make_and_change_edges() {
    let (g, [a, b]) = view();
    let bundle = EdgeAttributes {
        attributes: vec![("f".to_owned(), Literal::Float(1.5))],
        ..composition::attributes("first")
    };
    let edge = bundle.insert_edge(&g, &a, &b).unwrap();
    assert_eq!(composition::child(&g, &a, "first").unwrap(), Some(b));
    assert_eq!(edge.get("f"), Some(Literal::Float(1.5)));

    EdgeAttributes::of_kind(kinds::NEXT)
        .named(Some("second"))
        .apply_to(&edge);
    assert_eq!((edge.kind(), edge.directional()), (kinds::NEXT, true));
    assert_eq!(edge.name().as_deref(), Some("first"));

    let index = pointer::Index::new(700);
    pointer::attributes(None, index).apply_to(&edge);
    pointer::attributes(None, None).apply_to(&edge);
    assert_eq!(pointer::index(&edge), 188);
}

#[test]
fn a_destroyed_view_is_an_error_everywhere() {
    let (g, [a, b]) = view();
    composition::add_child(&g, &a, &b, "x").unwrap();
    composition::add_child(&g, &a, &b, "y").unwrap();
    let gone = DestroyedError { graph_id: g.id() };
    let during = composition::visit_children(&g, &a, |_| {
        g.destroy();
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(during.unwrap_err(), gone);
    assert_eq!(composition::child(&g, &a, "x").unwrap_err(), gone);
    assert_eq!(edge_type::type_of(&g, &a).unwrap_err(), gone);
    let insert = InsertError::Destroyed(gone);
    assert_eq!(next::add(&g, &a, &b).unwrap_err(), insert);
    let connect = interface::connect(&g, &a, &b, false).unwrap_err();
    assert_eq!(connect, ConnectError::Insert(insert));
}
